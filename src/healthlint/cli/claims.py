"""`healthlint claims PATH...`: the claims of articles, each with its strength, its evidence and its sources."""

from __future__ import annotations

import sys

from healthlint.cli.arguments import UsageError
from healthlint.cli.documents import documents
from healthlint.cli.options import claims_parser, configs
from healthlint.report.claims import as_json, as_table


def main(words: list[str]) -> int:
    """Print the claims; status 2 if an article could not be read, the others are shown. Raises UsageError."""
    options = claims_parser().parse(words)
    found, problems = documents(options.paths or ["."], configs(options))
    for problem in problems:
        print(f"healthlint: {problem}", file=sys.stderr)
    if not found and not problems:
        raise UsageError("no articles were found")
    if found:
        print(as_json(found) if options.output == "json" else as_table(found).rstrip("\n"))
    return 2 if problems else 0
