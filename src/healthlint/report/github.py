"""GitHub Actions: annotations by workflow commands, and a table for the summary of the step.

A step shows ten errors, ten warnings and ten notices; the most severe findings get them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from healthlint.engine import Finding
from healthlint.report.format import Format, Run, Style
from healthlint.report.places import in_repository, most_severe_first
from healthlint.report.text import closing_line, escaped

SHOWN = 10
"""As many annotations of each kind a step shows."""
LARGEST = 1_000_000
"""Bytes of a summary; GitHub drops one of more than 1 MiB."""
_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")


def _annotations(run: Run, style: Style) -> str:
    """The commands, the most severe first. The last notice tells how many findings have no room."""
    found = [finding for _, finding in most_severe_first(run)]
    kinds = Counter(finding.severity for finding in found)
    crowded = any(count > SHOWN for count in kinds.values())
    room = {level: SHOWN - (crowded and level == "info") for level in _LEVELS}
    told = []
    for level in _LEVELS:
        told += [finding for finding in found if finding.severity == level][: room[level]]
    lines = [_command(finding) for finding in told]
    if len(told) < len(found):
        lines.append(f"::notice title=healthlint::{len(found) - len(told)} more findings, see the summary of this step")
    return "".join(line + "\n" for line in lines)


def _command(finding: Finding) -> str:
    """One annotation; columns are only understood where a finding stands in one line."""
    path = in_repository(finding.path, "GITHUB_WORKSPACE")
    place = {"title": f"{finding.rule} {finding.name}", "file": path, "line": finding.line, "endLine": finding.end_line}
    if finding.line == finding.end_line:
        place |= {"col": finding.column, "endColumn": finding.end_column}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items())
    where = f"{finding.path}:{finding.line}:{finding.column}"
    message = _data(escaped(f"{where}: {finding.rule} {finding.message}\n{finding.help}"))
    return f"::{_LEVELS[finding.severity]} {properties}::{message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _summary(run: Run) -> str:
    """All findings as a Markdown table, as many as have room."""
    parts = [f"## healthlint\n\n{_words(closing_line(run))}\n\n"]
    found = [finding for _, finding in most_severe_first(run)]
    parts += ["| Severity | Place | Rule | Finding | Rewrite |\n| --- | --- | --- | --- | --- |\n"] if found else []
    room = LARGEST - sum(len(part.encode()) for part in parts)
    for number, row in enumerate(map(_row, found)):
        room -= len(row.encode(errors="backslashreplace"))
        if room < 100:
            return "".join([*parts, f"\n{len(found) - number} more findings have no room here.\n"])
        parts.append(row)
    return "".join(parts)


def _row(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}"
    return "| " + " | ".join(_cells(finding, place)) + " |\n"


def _cells(finding: Finding, place: str) -> Iterator[str]:
    for text in (finding.severity, place, f"{finding.rule} {finding.name}", finding.message, finding.help):
        yield _words(text)


def _words(text: str) -> str:
    """Plain words as Markdown: nothing in them is markup, and they stay in one line."""
    return _MARKUP.sub(lambda mark: "\\" + mark.group(), escaped(" ".join(text.split())))


FORMAT = Format(end=_annotations, summary=_summary)
