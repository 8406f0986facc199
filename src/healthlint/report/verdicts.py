"""Whether a finding counts."""

from __future__ import annotations

from healthlint.engine import Finding, Report
from healthlint.namedtuples import NamedTuple
from healthlint.rule import Suggestion


class Suppression(NamedTuple):
    """Why a finding does not count: allowed in the article itself (`in_source`), or outside of it."""

    in_source: bool
    reason: str


def suggestions(finding: Finding) -> tuple[Suggestion, ...]:
    """What could stand there instead."""
    return finding.suggestions


def counted(report: Report) -> tuple[Finding, ...]:
    """The findings that count, in the order of the file."""
    return report.findings


def suppressed(report: Report) -> tuple[tuple[Finding, Suppression], ...]:
    """The findings that do not count, each with the reason."""
    marked = ((finding, finding.suppressed) for finding in report.suppressed)
    return tuple(
        (finding, Suppression(mark.place.startswith(report.path), mark.reason)) for finding, mark in marked if mark
    )
