"""Findings for programs: JSON, schema version 1."""

from __future__ import annotations

import json
from typing import Any

from healthlint.engine import Finding
from healthlint.report.format import Format, Run, Style


def fields(finding: Finding) -> dict[str, Any]:
    """A finding as the JSON object of the contract; only one in a Word file has a `place`."""
    mark = finding.suppressed
    told = finding._asdict()
    place = told.pop("place")
    return {
        **told,
        **({"place": place._asdict()} if place else {}),
        "family": finding.family,
        "suggestions": [suggestion._asdict() for suggestion in finding.suggestions],
        "suppressed": mark._asdict() if mark else None,
        "related": [place._asdict() for place in finding.related],
    }


def _as_json(run: Run, style: Style) -> str:
    """The whole run as one JSON object; fields may be added within a schema version."""
    findings = sorted((f for r in run.reports for f in r.findings), key=_order)
    suppressed = [f for r in run.reports for f in r.suppressed]
    summary = {
        "files": run.articles,
        "words": sum(report.words for report in run.checked),
        "unchecked_words": run.unchecked,
        **{f"{level}s": sum(f.severity == level for f in findings) for level in ("error", "warning", "info")},
        "suppressed": len(suppressed),
        "baseline": {"known": sum(len(report.known) for report in run.checked), "stale": run.stale},
        "unchanged": sum(len(report.unchanged) for report in run.checked),
        "drafts": sum(report.draft for report in run.checked),
    }
    content = {
        "schema_version": 1,
        "healthlint": run.version,
        "as_of": run.as_of,
        "summary": summary,
        "skipped": [{"path": r.path, "reason": r.problem or r.skipped} for r in run.reports if r.problem or r.skipped],
        "findings": [],
    }
    encode = json.JSONEncoder(ensure_ascii=False).encode  # a line for each finding: much faster than indenting
    told = [encode(fields(finding)) for finding in sorted([*findings, *suppressed], key=_order)]
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return text.removesuffix("[]\n}\n") + "[\n  " + ",\n  ".join(told) + "\n ]\n}\n" if told else text


def _order(finding: Finding) -> tuple[str, int, str]:
    return finding.path, finding.start, finding.rule


FORMAT = Format(end=_as_json)
