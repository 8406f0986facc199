"""Which findings count in a run: only new ones (`--baseline`), only those on changed lines (`--diff-base`)."""

from __future__ import annotations

import argparse

from healthlint import engine
from healthlint.baseline import Baselines
from healthlint.cli.arguments import UsageError
from healthlint.config import Config
from healthlint.engine import Report
from healthlint.files import UNCHANGED, Found
from healthlint.gitdiff import Changes


class Gate:
    """Narrows the reports of a run to what the options and the configurations ask for."""

    def __init__(self, options: argparse.Namespace) -> None:
        if options.diff_base is not None and "-" in options.paths:
            raise UsageError("--diff-base compares files with git, and standard input is none; drop one of them")
        self._changes = Changes(options.diff_base) if options.diff_base is not None else None
        self._baselines = Baselines()

    def target(self, found: Found, config: Config) -> Found:
        """The file to lint, or why it need not be. Raises strict.Mistake, also for a baseline that cannot be read."""
        if found.problem or found.skipped:
            return found
        if config.baseline:
            self._baselines[config.baseline]
        if self._changes and not self._changes.touch(found.path):
            return found._replace(skipped=f"{UNCHANGED} {self._changes.ref}")
        return found

    def narrow(self, report: Report, config: Config) -> Report:
        """The report with only the findings that are asked for; the others are set apart."""
        if report.problem or report.skipped:
            return report
        if config.baseline:
            on = frozenset(active.rule.id for active in engine.active_rules(config.steps(report.path), config.packs))
            report = self._baselines[config.baseline].split(report, on)
        return self._changes.narrow(report) if self._changes else report

    def forget(self) -> None:
        """A file has been changed since."""
        if self._changes:
            self._changes.forget()

    def stale(self) -> dict[str, list[str]]:
        """What the baselines hold and was not found any more: by their paths, the rule and place of each."""
        entries = {path: baseline.stale() for path, baseline in self._baselines.by_path.items()}
        return {path: [f"{e.rule} in {e.path}" for e in found] for path, found in entries.items() if found}
