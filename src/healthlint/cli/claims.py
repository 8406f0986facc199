"""`healthlint claims PATH...`: the claims of articles, each with its strength, its evidence and its sources."""

from __future__ import annotations

import sys

from healthlint.cli.documents import documents, skipped_clause
from healthlint.cli.options import claims_parser, configs
from healthlint.report.claims import as_json, as_table


def main(words: list[str]) -> int:
    """Print the claims; status 2 if an article could not be read, the others are shown. Raises UsageError."""
    options = claims_parser().parse(words)
    articles = documents(options.paths or ["."], configs(options), options.stdin_filename)
    found = articles.documents
    if found:
        print(as_json(found) if options.output == "json" else as_table(found).rstrip("\n"))
    rest = skipped_clause(articles.skipped)
    print(f"{len(found)} file{'' if len(found) == 1 else 's'} read{rest}.", file=sys.stderr)
    return articles.status
