"""`healthlint baseline`: write down what is found, so that later runs tell only what is new."""

from __future__ import annotations

import os
import sys

from healthlint import engine
from healthlint.baseline import NAME, Baseline, Baselines, read
from healthlint.cli.arguments import UsageError
from healthlint.cli.documents import left_out, skipped_clause
from healthlint.cli.options import baseline_parser, configs
from healthlint.files import find
from healthlint.report.text import few


def main(words: list[str]) -> int:
    """Write the baselines of what the words name, each where the configuration or `--baseline` says."""
    options = baseline_parser().parse(words)
    if "-" in options.paths:
        raise UsageError("a baseline is about files; standard input has no name to be known by")
    govern = configs(options)
    baselines = Baselines(read if options.prune else _read_if_there)
    status = 0
    skipped: list[str] = []
    for found in find(options.paths or ["."], govern, force_exclude=options.force_exclude):
        config = govern(found.path)
        if found.skipped:
            skipped.extend(left_out(found))
            continue
        report = (
            engine.Report(found.path, problem=found.problem) if found.problem else engine.lint_file(found.path, config)
        )
        if report.problem:
            print(f"healthlint: {report.path} {report.problem}", file=sys.stderr)
            status = 2
        elif report.skipped:
            skipped.extend(left_out(report))
        else:
            on = frozenset(active.rule.id for active in engine.active_rules(config.steps(found.path), config.packs))
            baselines[config.baseline or NAME].split(report, on)
    if not baselines.by_path:
        raise UsageError(f"no articles were found, so there is nothing to write down{skipped_clause(skipped)}")
    for path, baseline in baselines.by_path.items():
        _write(path, baseline, options.prune)
    if skipped:
        print(f"skipped: {few(skipped)}.", file=sys.stderr)
    return status


def _read_if_there(path: str) -> Baseline:
    return read(path) if os.path.exists(path) else Baseline(path)


def _write(path: str, baseline: Baseline, prune: bool) -> None:
    entries = baseline.pruned() if prune else baseline.renewed()
    gone = len(baseline.stale())
    try:
        baseline.save(entries)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    told = f"{gone} taken out, {len(entries)} left" if prune else f"{len(entries)} findings written down"
    print(f"{path}: {told}.", file=sys.stderr)
