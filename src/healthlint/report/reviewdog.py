"""rdjsonl, for reviewdog: one diagnostic a line, as soon as its file is linted.

Columns count UTF-8 bytes from 1, ends are exclusive:
https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from healthlint.engine import Finding, Report
from healthlint.report import verdicts
from healthlint.report.format import Format, Style
from healthlint.text import Source


def _diagnostics(report: Report, style: Style) -> str:
    source = report.source
    if source is None:
        return ""
    found = (_diagnostic(finding, source) for finding in verdicts.counted(report))
    return "".join(json.dumps(diagnostic, ensure_ascii=False) + "\n" for diagnostic in found)


def _diagnostic(finding: Finding, source: Source) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": f"{finding.message}\n{finding.help}",
        "location": _location(source, finding.start, finding.end),
        "severity": finding.severity.upper(),
        "source": {"name": "healthlint"},
        "code": {"value": finding.rule},
    }
    offered = verdicts.suggestions(finding)
    if offered:
        diagnostic["suggestions"] = [{"range": _range(source, one.start, one.end), "text": one.text} for one in offered]
    if finding.related:
        diagnostic["related_locations"] = [
            {"message": place.note, "location": _location(source, place.start, place.end)} for place in finding.related
        ]
    return diagnostic


def _location(source: Source, start: int, end: int) -> dict[str, Any]:
    return {"path": PurePath(source.path).as_posix(), "range": _range(source, start, end)}


def _range(source: Source, start: int, end: int) -> dict[str, Any]:
    return {"start": _position(source, start), "end": _position(source, end)}


def _position(source: Source, offset: int) -> dict[str, int]:
    line, column = source.position(offset)
    before = source.text[offset - column + 1 : offset]
    return {"line": line, "column": len(before.encode()) + 1}


FORMAT = Format(file=_diagnostics)
