"""Findings for programs: JSON, schema version 1."""

from __future__ import annotations

import json
from typing import Any

from healthlint.engine import Finding
from healthlint.report import verdicts
from healthlint.report.format import Format, Run, Style


def fields(finding: Finding) -> dict[str, Any]:
    """A finding as the JSON object of the contract."""
    related = [place._asdict() for place in finding.related]
    suggestions = [suggestion._asdict() for suggestion in verdicts.suggestions(finding)]
    return {**finding._asdict(), "family": finding.family, "suggestions": suggestions, "related": related}


def _as_json(run: Run, style: Style) -> str:
    """The whole run as one JSON object; fields may be added within a schema version."""
    findings = sorted((f for r in run.reports for f in r.findings), key=lambda f: (f.path, f.start, f.rule))
    summary = {
        "files": len(run.checked),
        "words": sum(report.words for report in run.checked),
        "unchecked_words": run.unchecked,
        **{f"{level}s": sum(f.severity == level for f in findings) for level in ("error", "warning", "info")},
        "suppressed": 0,
        "drafts": sum(report.draft for report in run.checked),
    }
    content = {
        "schema_version": 1,
        "healthlint": run.version,
        "as_of": run.as_of,
        "summary": summary,
        "skipped": [{"path": r.path, "reason": r.problem or r.skipped} for r in run.reports if r.problem or r.skipped],
        "findings": [fields(finding) for finding in findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


FORMAT = Format(end=_as_json)
