"""`--fix` and `--diff`: what can be changed safely, on disk or shown."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from healthlint.engine import Report
from healthlint.fixes import applied, write
from healthlint.formats.contents import decode, encode


def mended(report: Report) -> str | None:
    """The text of a file with its safe suggestions in place; None if there are none, or it is a Word file."""
    if report.source is None or not report.source.is_on_disk:
        return None
    text = report.source.text
    new = applied(text, (s for finding in report.findings for s in finding.suggestions if s.safe))
    return None if new == text else new


def save(report: Report, text: str) -> str:
    """Write the text into the file of a report; returns what went wrong."""
    try:
        data = Path(report.path).read_bytes()
        if report.source is None or decode(data) != report.source.text:
            return "was changed by somebody else meanwhile, so it was not fixed"
        write(report.path, encode(text, data))
    except (OSError, UnicodeDecodeError) as error:
        return f"cannot be fixed: {getattr(error, 'strerror', error)}"
    return ""


def difference(report: Report, new: str) -> str:
    """What would change in the file of a report, as a unified diff."""
    if report.source is None:
        return ""
    path = os.path.relpath(report.path).replace(os.sep, "/")
    old = report.source.text
    lines = difflib.unified_diff(_lines(old), _lines(new), f"a/{path}", f"b/{path}")
    return "".join(_ended(lines))


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
