"""Reading articles for commands that do not lint them."""

from __future__ import annotations

from pathlib import Path

from healthlint import engine
from healthlint.configfile import Configs
from healthlint.document import Document
from healthlint.files import find
from healthlint.formats import parse
from healthlint.formats.unreadable import Unreadable
from healthlint.report.text import escaped


def documents(paths: list[str], govern: Configs) -> tuple[list[Document], list[str]]:
    """The articles among files and folders, without empty ones, and what is wrong with those that cannot be read."""
    read, problems = [], []
    for found in find(paths, govern):
        path, problem = escaped(found.path), found.problem
        try:
            data = b"" if found.problem or found.skipped else Path(found.path).read_bytes()
            source = engine.read(found.path, data) if data.strip() else None
            document = parse(source) if source else None
            read.extend([document] if document and document.text else [])
        except Unreadable as error:
            problem = str(error)
        except OSError as error:
            problem = f"cannot be read: {error.strerror}"
        problems.extend([f"{path} {problem}"] if problem else [])
    return read, problems
