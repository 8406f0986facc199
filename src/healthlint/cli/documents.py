"""Reading articles for commands that do not lint them."""

from __future__ import annotations

from pathlib import Path

from healthlint.configfile import Configs
from healthlint.document import Document
from healthlint.files import find
from healthlint.formats import parse
from healthlint.formats.contents import read
from healthlint.report.text import escaped
from healthlint.text import Unreadable


def documents(paths: list[str], govern: Configs) -> tuple[list[Document], list[str]]:
    """The articles among files and folders, without empty ones, and what is wrong with those that cannot be read."""
    articles: list[Document] = []
    problems = []
    for found in find(paths, govern):
        path, problem = escaped(found.path), found.problem
        try:
            data = b"" if found.problem or found.skipped else Path(found.path).read_bytes()
            source = read(found.path, data) if data.strip() else None
            document = parse(source, govern(found.path).front_matter) if source else None
            articles.extend([document] if document and document.text else [])
        except Unreadable as error:
            problem = str(error)
        except OSError as error:
            problem = f"cannot be read: {error.strerror}"
        problems.extend([f"{path} {problem}"] if problem else [])
    return articles, problems
