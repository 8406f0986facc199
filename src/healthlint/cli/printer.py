"""Where the forms of output go: to standard output file by file, to files at the end; all else to standard error."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from healthlint import report
from healthlint.cli.arguments import Output, UsageError
from healthlint.cli.options import wants_colour
from healthlint.engine import Report
from healthlint.files import MISSING
from healthlint.report.format import Format, Run, Style
from healthlint.report.text import escaped

if TYPE_CHECKING:
    from healthlint.cli.progress import Progress


class Printer:
    """Sends each form of output where it belongs: at once to standard output, at the end to files."""

    def __init__(self, options: argparse.Namespace, progress: Progress | None = None) -> None:
        self._progress = progress
        outputs: list[Output] = options.output or ([] if options.diff else [Output("text")])
        if options.diff and not all(output.path for output in outputs):
            raise UsageError("--diff prints to standard output; give the findings a file: json=report.json")
        if sum(not output.path for output in outputs) > 1:
            raise UsageError("only one --output can go to standard output; give the others a file: json=report.json")
        for path, count in Counter(output.path for output in outputs if output.path).items():
            if count > 1:
                raise UsageError(f"two --output go to {path}; give each a file of its own")
        width = min(_columns(), 120)
        self._style = Style(wants_colour(options.color), width, options.verbose)
        self._outputs = [(output, report.load(output.format)) for output in outputs]
        self._parts: dict[str, list[str]] = {output.path: [] for output in outputs if output.path}
        to_programs = any(output.format != "text" and not output.path for output in outputs)
        if to_programs and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")

    @property
    def streams(self) -> bool:
        """Whether all that is said about a file is said at once, and none of it again at the end."""
        silent = Format()
        return all(form.end is silent.end and form.summary is silent.summary for _, form in self._outputs)

    def file(self, report: Report) -> None:
        """Print what there is to say about one file."""
        if self._progress and (report.findings or report.notices or report.problem):
            self._progress.clear()
        self._print(lambda form, style: form.file(report, style))
        for notice in report.notices:
            say(escaped(notice))
        if report.problem:
            say(complaint(report))

    def end(self, run: Run) -> None:
        """Print what there is to say about the run, and write the files, as many as can be. Raises UsageError."""
        self._print(lambda form, style: form.end(run, style))
        problems = [_write(path, "w", "".join(parts)) for path, parts in self._parts.items()]
        summary = "".join(form.summary(run) for _, form in self._outputs)
        if summary and os.environ.get("GITHUB_STEP_SUMMARY"):
            problems.append(_write(os.environ["GITHUB_STEP_SUMMARY"], "a", summary))
        if any(problems):
            raise UsageError("; ".join(filter(None, problems)))

    def _print(self, told: Callable[[Format, Style], str]) -> None:
        for output, form in self._outputs:
            if output.path:
                self._parts[output.path].append(told(form, self._style._replace(colour=False)))
            else:
                print(told(form, self._style), end="", flush=True)


def _write(path: str, mode: str, text: str) -> str:
    """Write a file; returns what went wrong."""
    try:
        with open(path, mode, encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        return f"{escaped(path)} cannot be written: {error.strerror}"
    return ""


def say(sentence: str, prefix: str = "healthlint: ") -> None:
    """Print a sentence to standard error."""
    print(f"{prefix}{sentence}", file=sys.stderr)


def complaint(report: Report) -> str:
    """What went wrong with a file."""
    path = escaped(report.path)
    if report.problem == MISSING:
        return f"there is no file or folder '{path}'"
    kind, _, rest = report.problem.partition(": ")
    return f"{kind} in {path}: {escaped(rest)}" if kind == "internal error" else f"{path} {report.problem}"


def _columns() -> int:
    """The width of the terminal, or what COLUMNS says; 80 where there is none."""
    try:
        return int(os.environ.get("COLUMNS") or os.get_terminal_size().columns) or 80
    except (OSError, ValueError):
        return 80
