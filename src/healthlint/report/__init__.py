"""What a run prints: for people (`text`, `html`) and for programs.

A form of output is a module here that has a `FORMAT`, and a name in `FORMATS`. Only those that a run asks for are
loaded.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from healthlint.report.format import Format

FORMATS = {
    "text": "text",
    "json": "machine",
    "jsonl": "lines",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "rdjsonl": "reviewdog",
    "html": "page",
}
"""The names that `--output` knows, each with its module."""


def load(name: str) -> Format:
    """The form of output with this name. Raises KeyError."""
    module = importlib.import_module(f"healthlint.report.{FORMATS[name]}")
    form: Format = module.FORMAT
    return form
