"""`healthlint comment IN.docx`: a copy of a Word file with every finding as a comment at its words."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from healthlint import engine
from healthlint.baseline import Baselines
from healthlint.cli.arguments import UsageError
from healthlint.cli.options import comment_parser, configs
from healthlint.config import Config
from healthlint.engine import Report
from healthlint.fixes import write
from healthlint.formats.contents import is_word
from healthlint.report.text import escaped
from healthlint.text import Unreadable


def main(words: list[str]) -> int:
    """Write the copy; the status is 0 however much was found. Raises UsageError."""
    options = comment_parser().parse(words)
    path: str = options.path
    target = _target(path, options.output)
    try:
        from healthlint.report.comments import commented
    except ImportError as error:
        raise UsageError("'comment' needs python-docx; install it with: pip install 'healthlint[docx]'") from error
    config = configs(options)(path)
    try:
        data = Path(path).read_bytes()
        report = _checked(path, data, config)
        new, added = commented(data, report, config.day)
    except Unreadable as error:
        raise UsageError(f"{escaped(path)} {error}") from error
    except OSError as error:
        raise UsageError(f"{escaped(path)} cannot be read: {error.strerror}") from error
    try:
        write(target, new)
    except OSError as error:
        raise UsageError(f"{escaped(target)} cannot be written: {error.strerror}") from error
    print(f"healthlint: {_told(target, added, report)}", file=sys.stderr)
    return 0


def _target(path: str, output: str | None) -> str:
    """Where the copy goes; nothing is written over unless it is named."""
    if os.path.isdir(path) or not is_word(path):
        raise UsageError(
            f"'comment' takes one Word file (.docx), and {escaped(path)} is none; 'healthlint {escaped(path)}' lists"
            " what is found in it"
        )
    if not os.path.exists(path):
        raise UsageError(f"there is no file '{escaped(path)}'")
    target = output or f"{path[: -len('.docx')]}-comments.docx"
    if not is_word(target):
        raise UsageError(f"the copy is a Word file, too; call it {escaped(target)}.docx")
    if not output and os.path.exists(target):
        raise UsageError(
            f"{escaped(target)} is there already; to write over it, say so: -o {escaped(target)}, or name another file"
        )
    return target


def _checked(path: str, data: bytes, config: Config) -> Report:
    """What is found, without what the baseline of the configuration knows. Raises Unreadable."""
    report = engine.lint_bytes(path, data, config)
    if report.skipped:
        raise Unreadable(f"was not checked: {report.skipped}")
    if not config.baseline:
        return report
    on = frozenset(active.rule.id for active in engine.active_rules(config.steps(path), config.packs))
    return Baselines()[config.baseline].split(report, on)


def _told(target: str, added: int, report: Report) -> str:
    levels = [finding.severity for finding in report.findings]
    counts = ", ".join(f"{levels.count(level)} {level}{'s' * (levels.count(level) != 1)}" for level in _LEVELS)
    there = len(levels) - added
    again = f"; {there} more were there from an earlier run" if there else ""
    return f"{escaped(target)} has {added} new comment{'s' * (added != 1)} ({counts}){again}"


_LEVELS = ("error", "warning", "info")
