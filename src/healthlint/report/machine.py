"""Findings for programs: JSON, schema version 1."""

from __future__ import annotations

import json

from healthlint.engine import Report


def as_json(reports: list[Report], version: str, as_of: str) -> str:
    """The whole run as one JSON object; fields may be added within a schema version."""
    findings = sorted((f for r in reports for f in r.findings), key=lambda f: (f.path, f.start, f.rule))
    unchecked: dict[str, int] = {}
    for report in reports:
        for reason, words in report.unchecked.items():
            unchecked[reason] = unchecked.get(reason, 0) + words
    skipped = [r for r in reports if r.problem or r.skipped]
    summary = {
        "files": len(reports) - len(skipped),
        "words": sum(report.words for report in reports),
        "unchecked_words": dict(sorted(unchecked.items())),
        **{f"{level}s": sum(f.severity == level for f in findings) for level in ("error", "warning", "info")},
        "suppressed": 0,
    }
    content = {
        "schema_version": 1,
        "healthlint": version,
        "as_of": as_of,
        "summary": summary,
        "skipped": [{"path": r.path, "reason": r.problem or r.skipped} for r in skipped],
        "findings": [{**f._asdict(), "family": f.family, "suggestions": []} for f in findings],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)
