"""Reading articles for commands that do not lint them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from healthlint.analysis.language import language
from healthlint.configfile import Configs
from healthlint.document import Document
from healthlint.files import NO_ARTICLES, find
from healthlint.formats import parse
from healthlint.formats.contents import read
from healthlint.report.text import escaped
from healthlint.text import Unreadable


class Articles(NamedTuple):
    """What was read, what is wrong with files that cannot be read, and which were skipped and why."""

    documents: list[Document]
    problems: list[str]
    skipped: list[str]


def documents(paths: list[str], govern: Configs, stdin_name: str = "article.md") -> Articles:
    """The articles among files and folders; `-` is standard input, a text that is called `stdin_name`."""
    told = Articles([], [], [])
    if "-" in paths:
        _add(told, stdin_name, sys.stdin.buffer.read(), govern)
    for found in find([path for path in paths if path != "-"], govern):
        path = escaped(found.path)
        if found.problem:
            told.problems.append(f"{path} {found.problem}")
        elif found.skipped:
            told.skipped.extend([f"{path} ({found.skipped})"] if found.skipped != NO_ARTICLES else [])
        else:
            try:
                _add(told, found.path, Path(found.path).read_bytes(), govern)
            except OSError as error:
                told.problems.append(f"{path} cannot be read: {error.strerror}")
    return told


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
