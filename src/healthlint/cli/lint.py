"""`healthlint PATH...`: lint, print, and say whether the articles have passed."""

import argparse
import functools
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from healthlint import __version__, engine
from healthlint.cli.arguments import UsageError
from healthlint.cli.options import configs, lint_parser
from healthlint.cli.printer import Printer, complaint, say
from healthlint.config import Config
from healthlint.configfile import Configs
from healthlint.engine import Finding, Report
from healthlint.files import EXCLUDED, MISSING, NO_ARTICLES, UNCHANGED, Found, find
from healthlint.formats import SUFFIXES
from healthlint.formats.contents import is_word
from healthlint.namedtuples import NamedTuple
from healthlint.report.format import Run
from healthlint.report.text import closing_line, escaped, few
from healthlint.rule import Severity
from healthlint.text import Unreadable

if TYPE_CHECKING:
    from healthlint.cli.gate import Gate
    from healthlint.cli.progress import Progress


_FIX_OF_WORD = (
    "Word files are never changed by --fix; 'healthlint comment FILE.docx' writes a copy with the findings as comments"
)


class _Result(NamedTuple):
    config: Config
    report: Report


def main(words: list[str]) -> int:
    """Lint what the words name; returns the exit status."""
    options = lint_parser().parse(words)
    if not options.paths:
        raise UsageError("nothing to lint: name files or folders, for example 'healthlint articles/'")
    if options.fix and "-" in options.paths:
        raise UsageError("--fix changes files, and standard input is none; --diff shows what would change")
    if options.watch:
        from healthlint.cli import watch

        return watch.main(options, run)
    return run(options)


def run(options: argparse.Namespace) -> int:
    """Lint what the options name; returns the exit status."""
    progress = _progress(options)
    printer = Printer(options, progress)
    govern = configs(options)
    targets = list(_targets(options, govern))
    if all(found.problem == MISSING for found, _ in targets):
        for found, _ in targets:
            say(complaint(Report(found.path, problem=found.problem)))
        say("0 files checked.", prefix="")
        return 2
    gate = _gate(options, targets)
    if gate:
        targets = [(gate.target(found, config), config) for found, config in targets]
    keep = options.time_rules or not printer.streams
    results = []
    for result in _linted(targets, options, gate, progress):
        printer.file(result.report)
        results.append(result if keep else _Result(result.config, _counted(result.report)))
    for result in _about_settings(results, options.paths) if options.diff_base is None else []:
        printer.file(result.report)
        results.append(result)
    whole = _run(results, govern)
    if gate:
        whole = whole._replace(stale=_tell_stale(gate))
    printer.end(whole)
    if (options.fix or options.diff) and any(is_word(report.path) for report in whole.checked):
        say(_FIX_OF_WORD)
    status = _status(results, options)
    say(closing_line(whole), prefix="")
    if options.time_rules:
        from healthlint.cli import timing

        say(timing.table(timing.measured(results)), prefix="")
    return status


def _counted(report: Report) -> Report:
    """What the end of a run needs of a report that has been printed, so that thousands of files fit in memory."""
    found, known, unchanged = (
        tuple(_of_severity(finding.severity) for finding in kind)
        for kind in (report.findings, report.known, report.unchanged)
    )
    return report._replace(source=None, findings=found, known=known, unchanged=unchanged)


@functools.cache
def _of_severity(severity: str) -> Finding:
    return Finding("", "", "", severity, 0, 0, 0, 0, 0, 0, "", "", "", False, "")


def _linted(
    targets: list[tuple[Found, Config]], options: argparse.Namespace, gate: "Gate | None", progress: "Progress | None"
) -> Iterator[_Result]:
    reports = _checked_all(targets, options)
    try:
        for number, ((_, config), report) in enumerate(zip(targets, reports, strict=True)):
            if progress:
                progress.show(number, len(targets))
            yield _Result(config, _narrowed(report, config, options, gate))
    finally:
        if progress:
            progress.clear()


def _checked_all(targets: list[tuple[Found, Config]], options: argparse.Namespace) -> Iterator[Report]:
    """The report of each target, made in several processes where that pays; fixes are written one after the other."""
    check = functools.partial(_checked, stdin_name=options.stdin_filename)
    alone = options.fix or options.diff or any(found.path == "-" for found, _ in targets)
    if not alone and len(targets) > 1 and options.jobs != 1:
        from healthlint.cli import parallel

        jobs = parallel.processes(options.jobs, targets)
        if jobs > 1:
            return parallel.checked(targets, check, jobs)
    return (check(found, config) for found, config in targets)


def _progress(options: argparse.Namespace) -> "Progress | None":
    """The line that tells how far the run is, where somebody sees it and nothing else is written in between."""
    if not sys.stderr or not sys.stderr.isatty() or options.fix or options.diff:
        return None
    from healthlint.cli import progress

    return progress.Progress() if progress.is_welcome() else None


def _gate(options: argparse.Namespace, targets: list[tuple[Found, Config]]) -> "Gate | None":
    """What narrows the findings; most runs have none, and load nothing for it."""
    if options.diff_base is None and not any(config.baseline for _, config in targets):
        return None
    from healthlint.cli.gate import Gate

    return Gate(options)


def _tell_stale(gate: "Gate") -> int:
    stale = gate.stale()
    for path, entries in stale.items():
        say(f"{few(entries)}: not found any more; 'healthlint baseline --prune' takes this out of {path}")
    return sum(map(len, stale.values()))


def _narrowed(whole: Report, config: Config, options: argparse.Namespace, gate: "Gate | None") -> Report:
    """What counts of what was found in a file; with `--fix`, after what can be fixed has been."""
    report = gate.narrow(whole, config) if gate else whole
    if not (options.fix or options.diff):
        return report
    from healthlint.cli import fix

    text = fix.mended(report)
    if text is None:
        return report
    if options.diff:
        print(fix.difference(report, text), end="")
        return report
    problem = fix.save(report, text)
    if problem:
        return report._replace(problem=problem)
    say(f"{escaped(report.path)} was fixed")
    if gate:
        gate.forget()
    again = engine.lint_file(report.path, config)
    return gate.narrow(again, config) if gate else again


def _targets(options: argparse.Namespace, govern: Configs) -> Iterator[tuple[Found, Config]]:
    """All that will be linted with its configuration, so that a mistake in one of these comes before any finding."""
    if "-" in options.paths:
        config = govern(options.stdin_filename)
        left_out = options.force_exclude and config.excludes(options.stdin_filename)
        yield Found("-", skipped=f"{EXCLUDED} {config.path}" if left_out else ""), config
    paths = [path for path in options.paths if path != "-"]
    for found in find(paths, govern, force_exclude=options.force_exclude):
        yield found, govern(found.path)


def _checked(found: Found, config: Config, stdin_name: str) -> Report:
    path = stdin_name if found.path == "-" else found.path
    if found.problem or found.skipped:
        return Report(path, problem=found.problem, skipped=found.skipped)
    try:
        if found.path == "-":
            return engine.lint_bytes(path, sys.stdin.buffer.read(), config)
        return engine.lint_file(path, config)
    except Unreadable as error:
        return Report(path, problem=str(error))
    except Exception as error:
        if os.environ.get("HEALTHLINT_DEBUG"):
            import traceback

            traceback.print_exc()
        notes = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
        return Report(path, problem=f"internal error: {type(error).__name__}: {error}{notes}; please report it")


def _about_settings(results: list[_Result], paths: list[str]) -> list[_Result]:
    """What is wrong with the suppressions of configuration files; told only if an article has been checked."""
    by_file: dict[str, list[_Result]] = {}
    for result in results:
        if result.config.suppressions and result.report.words:
            by_file.setdefault(result.config.path, []).append(result)
    told = []
    for path, governed in by_file.items():
        folder = os.path.dirname(os.path.abspath(path))
        whole = any(os.path.join(folder, "").startswith(os.path.join(os.path.abspath(p), "")) for p in paths)
        config = governed[0].config
        report = engine.lint_settings(config, [result.report for result in governed], whole=whole)
        told.extend([_Result(config, report)] if report.findings else [])
    return told


def _run(results: list[_Result], govern: Configs) -> Run:
    settings = dict.fromkeys((config.steps(report.path), config.packs) for config, report in results)
    rules = {active.rule.id: active.rule for one in settings for active in engine.active_rules(*one)}
    day = results[0].config.day.isoformat()
    reports = tuple(result.report for result in results)
    fail_on = {told.path: "never" if told.draft else config.fail_on for config, told in results}
    return Run(reports, tuple(rules[key] for key in sorted(rules)), day, __version__, fail_on)


def _status(results: list[_Result], options: argparse.Namespace) -> int:
    reports = [result.report for result in results]
    if any(report.problem for report in reports):
        return 2
    if all(report.skipped for report in reports) and not all(_is_meant(report, options) for report in reports):
        say(_nothing_checked(reports))
        return 2
    return 0 if options.exit_zero else int(_fails(results, options.max_warnings is not None))


def _is_meant(report: Report, options: argparse.Namespace) -> bool:
    """Whether it is no mistake that a file was skipped: it was left out or is as it was, or a hook has brought it."""
    return report.skipped.startswith((EXCLUDED, UNCHANGED)) or (options.force_exclude and report.skipped != NO_ARTICLES)


def _nothing_checked(reports: list[Report]) -> str:
    folders = [escaped(report.path) for report in reports if report.skipped == NO_ARTICLES]
    if len(folders) == len(reports):
        return f"no articles in {', '.join(folders)} ({' '.join(SUFFIXES)} are looked for)"
    reasons = ", ".join(dict.fromkeys(report.skipped for report in reports))
    return f"no file was checked: {reasons}; what is left out on purpose goes under 'exclude' in healthlint.yaml"


def _fails(results: list[_Result], together: bool) -> bool:
    """Whether findings fail the run: each file by its own configuration; `together`, all warnings are counted."""
    warnings: dict[str, int] = {}
    for config, told in results:
        levels = [] if told.draft else [Severity[finding.severity.upper()] for finding in told.findings]
        if config.fail_on != "never" and any(level >= Severity[config.fail_on.upper()] for level in levels):
            return True
        key = "" if together else config.path
        warnings[key] = warnings.get(key, 0) + levels.count(Severity.WARNING)
        if config.max_warnings is not None and warnings[key] > config.max_warnings:
            return True
    return False
