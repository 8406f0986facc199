"""`healthlint claims PATH...`: the claims of articles, each with its strength, its evidence and its sources."""

from __future__ import annotations

import sys

from healthlint.cli.arguments import UsageError
from healthlint.cli.documents import documents
from healthlint.cli.options import claims_parser, configs
from healthlint.report.claims import as_json, as_table
from healthlint.report.text import few


def main(words: list[str]) -> int:
    """Print the claims; status 2 if an article could not be read, the others are shown. Raises UsageError."""
    options = claims_parser().parse(words)
    found, problems, skipped = documents(options.paths or ["."], configs(options), options.stdin_filename)
    for problem in problems:
        print(f"healthlint: {problem}", file=sys.stderr)
    if not found and not problems:
        raise UsageError("no articles were found" + (f"; skipped: {few(skipped)}" if skipped else ""))
    if found:
        print(as_json(found) if options.output == "json" else as_table(found).rstrip("\n"))
    rest = f"; skipped: {few(skipped)}" if skipped else ""
    print(f"{len(found)} file{'' if len(found) == 1 else 's'} read{rest}.", file=sys.stderr)
    return 2 if problems else 0
