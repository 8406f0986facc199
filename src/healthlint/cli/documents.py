"""Reading articles for commands that do not lint them."""

from __future__ import annotations

from pathlib import Path

from healthlint import engine
from healthlint.configfile import Configs
from healthlint.document import Document
from healthlint.files import find
from healthlint.formats import parse
from healthlint.report.text import escaped
from healthlint.text import Source


def documents(paths: list[str], govern: Configs) -> tuple[list[Document], list[str]]:
    """The articles among files and folders, without empty ones, and what is wrong with those that cannot be read."""
    read, problems = [], []
    for found in find(paths, govern):
        path, problem = escaped(found.path), found.problem
        try:
            data = b"" if found.problem or found.skipped else Path(found.path).read_bytes()
            document = parse(Source(found.path, engine.decode(data)), govern(found.path).front_matter)
            read.extend([document] if document.text and b"\0" not in data[:8192] else [])
        except UnicodeDecodeError as error:
            problem = engine.not_utf8(error)
        except OSError as error:
            problem = f"cannot be read: {error.strerror}"
        problems.extend([f"{path} {problem}"] if problem else [])
    return read, problems
