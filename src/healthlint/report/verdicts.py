"""What else there is to say about a finding: how it could be mended, and whether it counts."""

from __future__ import annotations

from typing import NamedTuple

from healthlint.engine import Finding, Report


class Suggestion(NamedTuple):
    """Words to put in place of the source range `start:end`; `safe` if nobody has to look at the change."""

    start: int
    end: int
    text: str
    safe: bool


class Suppression(NamedTuple):
    """Why a finding does not count: allowed in the article itself (`in_source`), or outside of it."""

    in_source: bool
    reason: str


def suggestions(finding: Finding) -> tuple[Suggestion, ...]:
    """What could stand there instead. No rule offers anything yet."""
    return ()


def counted(report: Report) -> tuple[Finding, ...]:
    """The findings that count, in the order of the file."""
    return report.findings


def suppressed(report: Report) -> tuple[tuple[Finding, Suppression], ...]:
    """The findings that do not count, each with the reason. Nothing suppresses a finding yet."""
    return ()
