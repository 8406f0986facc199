"""GitLab code quality, in the words of Code Climate: https://docs.gitlab.com/ci/testing/code_quality/.

GitLab shows lines, not columns, and not the name of the rule, which therefore stands in the description.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from healthlint.engine import Finding
from healthlint.report.format import Format, Run, Style
from healthlint.report.places import in_repository, most_severe_first
from healthlint.report.text import escaped

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def _as_code_quality(run: Run, style: Style) -> str:
    return json.dumps(list(_issues(run)), ensure_ascii=False, indent=1) + "\n"


def _issues(run: Run) -> Iterator[dict[str, Any]]:
    taken: set[str] = set()
    for _, finding in most_severe_first(run):
        path = in_repository(finding.path, "CI_PROJECT_DIR")
        fingerprint = _hash(path, finding.rule, finding.fingerprint)
        while fingerprint in taken:
            fingerprint = _hash(fingerprint)
        taken.add(fingerprint)
        yield _issue(finding, path, fingerprint)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogateescape")).hexdigest()[:32]


def _issue(finding: Finding, path: str, fingerprint: str) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": finding.rule,
        "description": escaped(" ".join(f"{finding.rule} {finding.message} {finding.help}".split())),
        "categories": ["Clarity"],
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": fingerprint,
        "location": {"path": path, "lines": {"begin": finding.line, "end": finding.end_line}},
    }


FORMAT = Format(end=_as_code_quality)
