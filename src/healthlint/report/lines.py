"""JSON Lines: one finding a line, with the fields that it has in JSON, as soon as its file is linted."""

from __future__ import annotations

import json

from healthlint.engine import Report
from healthlint.report import verdicts
from healthlint.report.format import Format, Style
from healthlint.report.machine import fields


def _lines(report: Report, style: Style) -> str:
    return "".join(json.dumps(fields(finding), ensure_ascii=False) + "\n" for finding in verdicts.counted(report))


FORMAT = Format(file=_lines)
