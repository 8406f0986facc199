"""Where a file stands in its repository, and which findings come first, for programs that show only some."""

from __future__ import annotations

import functools
import os
from pathlib import Path, PurePath

from healthlint.engine import Finding, Report
from healthlint.report import verdicts
from healthlint.report.format import Run

RANK = {"error": 0, "warning": 1, "info": 2}
"""The severities, the most severe first."""


def most_severe_first(run: Run) -> list[tuple[Report, Finding]]:
    """The findings that count, each with the report of its file: by severity, then by path and place."""
    pairs = [(report, finding) for report in run.reports for finding in verdicts.counted(report)]
    return sorted(pairs, key=lambda pair: (RANK[pair[1].severity], pair[1].path, pair[1].start, pair[1].rule))


def in_repository(path: str, variable: str = "") -> str:
    """The path from the top of the repository on, with `/`; an absolute one if the file lies outside.

    The top is what the environment variable says, if it is set, else the nearest folder upwards with a `.git`, else
    the working folder. Links are followed, as GitHub knows files by where they really are.
    """
    top = _top(os.environ.get(variable, "") if variable else "", os.getcwd())
    real = os.path.realpath(path)
    inside = (
        os.path.commonpath([top, real]) == top if os.path.splitdrive(top)[0] == os.path.splitdrive(real)[0] else False
    )
    return PurePath(os.path.relpath(real, top) if inside else real).as_posix()


@functools.lru_cache(maxsize=8)
def _top(given: str, working: str) -> str:
    if given:
        return os.path.realpath(given)
    folder = Path(os.path.realpath(working))
    return str(next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder))
