"""`healthlint claims PATH...`: the claims of articles, each with its strength, its evidence and its sources."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from healthlint.cli.options import UsageError
from healthlint.config import Config
from healthlint.document import Document
from healthlint.engine import decode
from healthlint.files import find
from healthlint.formats import parse
from healthlint.report.claims import as_json, as_table
from healthlint.text import Source


def main(words: list[str]) -> int:
    """Print the claims; status 2 if an article could not be read, the others are shown. Raises UsageError."""
    parser = argparse.ArgumentParser(prog="healthlint claims", description=__doc__)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="articles or folders of articles")
    parser.add_argument("-o", "--output", choices=("text", "json"), default="text", help="how to print")
    options = parser.parse_args(words)
    problems: list[str] = []
    documents = list(_documents(options.paths, problems))
    if not documents and not problems:
        raise UsageError(f"no articles in {' '.join(options.paths)}")
    print(as_json(documents) if options.output == "json" else as_table(documents), end="")
    for problem in problems:
        print(f"healthlint: {problem}", file=sys.stderr)
    return 2 if problems else 0


def _documents(paths: list[str], problems: list[str]) -> Iterator[Document]:
    for found in find(paths, lambda path: Config()):
        if found.problem:
            problems.append(f"{found.path} {found.problem}")
        if found.problem or found.skipped:
            continue
        try:
            yield parse(Source(found.path, decode(Path(found.path).read_bytes())))
        except OSError as error:
            problems.append(f"{found.path} cannot be read: {error.strerror}")
        except UnicodeDecodeError as error:
            problems.append(f"{found.path} is not UTF-8 text (byte {error.start}); save it as UTF-8")
