"""The command line. Exit status: 0 clean, 1 findings at or above --fail-on, 2 the run itself went wrong."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Mapping, Sequence

from healthlint import __version__, engine, packs
from healthlint.config import JURISDICTIONS, PROFILES, Config
from healthlint.engine import Report
from healthlint.formats import SUFFIXES
from healthlint.report import machine, text
from healthlint.rule import Rule, Severity
from healthlint.text import Source


class UsageError(Exception):
    """Something about the call itself is wrong; the message is for the user."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    commands = {"explain": _explain, "rules": _rules}
    try:
        if words and words[0] in commands:
            return commands[words[0]](words[1:])
        return _lint(words)
    except (UsageError, packs.PackError) as error:
        print(f"healthlint: {error}", file=sys.stderr)
        return 2


def run() -> None:
    """The installed command."""
    sys.exit(main())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="healthlint",
        description="Check health articles. Also: healthlint explain RULE, healthlint rules.",
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; - reads standard input")
    parser.add_argument("--stdin-filename", default="article.md", metavar="NAME", help="the name of what - reads")
    parser.add_argument("--select", action="append", default=[], metavar="RULE", help="only these rules or families")
    parser.add_argument("--ignore", action="append", default=[], metavar="RULE", help="not these rules or families")
    parser.add_argument("--profile", choices=PROFILES, default="consumer", help="whom the articles are for")
    parser.add_argument("--jurisdiction", choices=JURISDICTIONS, default="us", help="whose rules for medicines hold")
    parser.add_argument("--as-of", type=_date, metavar="DATE", help="the day to check for (default: today)")
    parser.add_argument("--isolated", action="store_true", help="read no configuration file")
    parser.add_argument("-o", "--output", choices=("text", "json"), default="text", help="how to print")
    parser.add_argument("--fail-on", choices=("error", "warning", "info", "never"), default="error")
    parser.add_argument("--max-warnings", type=int, metavar="N", help="fail when there are more warnings")
    parser.add_argument("--exit-zero", action="store_true", help="findings never fail the run; mistakes still do")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    parser.add_argument("--verbose", action="store_true", help="every finding in full")
    parser.add_argument("--version", action="version", version=f"healthlint {__version__}")
    return parser


def _date(value: str) -> datetime.date:
    return datetime.date.fromisoformat(value)


def _lint(words: list[str]) -> int:
    options = _parser().parse_args(words)
    if not options.paths:
        raise UsageError("nothing to lint: name files or folders, for example 'healthlint articles/'")
    names = [
        tuple(word for value in values for word in value.split(",")) for values in (options.select, options.ignore)
    ]
    config = Config(names[0], names[1], options.profile, options.jurisdiction, options.as_of)
    reports = list(_reports(options, config))
    _print(reports, options, config)
    problems = [report for report in reports if report.problem]
    for report in problems:
        print(f"healthlint: {text.escaped(report.path)} {report.problem}", file=sys.stderr)
    if problems:
        return 2
    return 0 if options.exit_zero else _status(reports, options.fail_on, options.max_warnings)


def _reports(options: argparse.Namespace, config: Config) -> list[Report]:
    try:
        engine.rules(config.select, config.ignore)
        if options.paths == ["-"]:
            content = engine.decode(sys.stdin.buffer.read())
            return [engine.lint_source(Source(options.stdin_filename, content), config)]
        paths = list(engine.find_files(options.paths))
    except FileNotFoundError as error:
        raise UsageError(f"there is no file or folder '{error}'") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"standard input is not UTF-8 text (byte {error.start})") from error
    except engine.UnknownRule as error:
        raise UsageError(f"no rule is called '{error}'; 'healthlint rules' lists them") from error
    if not paths:
        raise UsageError(f"no articles in {' '.join(options.paths)} ({' '.join(SUFFIXES)} are looked for)")
    return [engine.lint_file(path, config) for path in paths]


def _print(reports: list[Report], options: argparse.Namespace, config: Config) -> None:
    day = config.day.isoformat()
    if options.output == "json":
        print(machine.as_json(reports, __version__, day))
    else:
        width = min(int(os.environ.get("COLUMNS") or 0) or _columns(), 120)
        style = text.Style(_colour(options.color, os.environ), width, options.verbose)
        for report in reports:
            print(text.file_report(report, style), end="")
    print(text.closing_line(reports, day), file=sys.stderr)


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 80


def _colour(choice: str, environment: Mapping[str, str]) -> bool:
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return environment.get("TERM") != "dumb" and sys.stdout.isatty()


def _status(reports: list[Report], fail_on: str, max_warnings: int | None) -> int:
    levels = [Severity[f.severity.upper()] for report in reports for f in report.findings]
    if max_warnings is not None and levels.count(Severity.WARNING) > max_warnings:
        return 1
    return int(fail_on != "never" and any(level >= Severity[fail_on.upper()] for level in levels))


def _rules(words: list[str]) -> int:
    for rule in engine.builtin_rules():
        print(f"{rule.id}  {rule.severity.label:8} {rule.trust:7} {rule.name}")
    return 0


def _explain(words: list[str]) -> int:
    wanted = words[0] if words else ""
    rule = next((r for r in engine.builtin_rules() if wanted.lower() in (r.id.lower(), r.name)), None)
    if rule is None:
        raise UsageError(f"no rule is called '{wanted}'; 'healthlint rules' lists them")
    print(_explanation(rule))
    return 0


def _explanation(rule: Rule) -> str:
    def listed(fires: bool) -> list[str]:
        return [f"  {example.text.strip()}" for example in rule.examples if example.fires is fires]

    return "\n".join(
        [
            f"{rule.id} {rule.name} ({rule.severity.label} at most, trust: {rule.trust})",
            "",
            rule.why,
            "",
            "Flagged (the words between << and >>):",
            *listed(True),
            "Not flagged:",
            *listed(False),
            "",
            f"Rewrite: {rule.help}",
            f"Sources: {'; '.join(rule.sources)}",
        ]
    )
