"""Reading articles for commands that do not lint them."""

from __future__ import annotations

import sys
from pathlib import Path

from healthlint.analysis.language import language
from healthlint.cli.arguments import UsageError
from healthlint.configfile import Configs
from healthlint.document import Document
from healthlint.engine import Report
from healthlint.files import NO_ARTICLES, Found, find
from healthlint.formats import parse
from healthlint.formats.contents import read
from healthlint.namedtuples import NamedTuple
from healthlint.report.text import escaped, few
from healthlint.text import Unreadable


class Articles(NamedTuple):
    """What was read, what is wrong with files that cannot be read, and which were skipped and why."""

    documents: list[Document]
    problems: list[str]
    skipped: list[str]

    @property
    def status(self) -> int:
        """The exit status of a command that shows them."""
        return 2 if self.problems else 0


def documents(paths: list[str], govern: Configs, stdin_name: str = "article.md") -> Articles:
    """The articles among files and folders; `-` is standard input, a text that is called `stdin_name`.

    What cannot be read is told on standard error. Raises UsageError if there is nothing to read.
    """
    told = Articles([], [], [])
    if "-" in paths:
        _add(told, stdin_name, sys.stdin.buffer.read(), govern)
    for found in find([path for path in paths if path != "-"], govern):
        path = escaped(found.path)
        if found.problem:
            told.problems.append(f"{path} {found.problem}")
        elif found.skipped:
            told.skipped.extend(left_out(found))
        else:
            try:
                _add(told, found.path, Path(found.path).read_bytes(), govern)
            except OSError as error:
                told.problems.append(f"{path} cannot be read: {error.strerror}")
    for problem in told.problems:
        print(f"healthlint: {problem}", file=sys.stderr)
    if not told.documents and not told.problems:
        raise UsageError(f"no articles were found{skipped_clause(told.skipped)}")
    return told


def left_out(found: Found | Report) -> list[str]:
    """The path and why it was skipped; nothing of a folder without articles, which a run as a whole tells."""
    return [] if found.skipped == NO_ARTICLES else [f"{escaped(found.path)} ({found.skipped})"]


def skipped_clause(skipped: list[str]) -> str:
    """The end of a sentence that tells what was skipped, if anything was."""
    return f"; skipped: {few(skipped)}" if skipped else ""


def _add(told: Articles, path: str, data: bytes, govern: Configs) -> None:
    try:
        source = read(path, data) if data.strip() else None
    except Unreadable as error:
        told.problems.append(f"{escaped(path)} {error}")
        return
    document = parse(source, govern(path).front_matter) if source else None
    if document is None or not document.text:
        told.skipped.append(f"{escaped(path)} ({'not text' if data.strip() and source is None else 'empty'})")
    elif other := language(document):
        told.skipped.append(f"{escaped(path)} (not English, looks like {other})")
    else:
        told.documents.append(document)
