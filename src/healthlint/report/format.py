"""What a form of output is given, and what it gives back."""

from collections.abc import Callable

from healthlint.engine import Report
from healthlint.namedtuples import NamedTuple
from healthlint.rule import Rule


class Style(NamedTuple):
    """How to print: with colour or not, how many columns wide, every finding in full or folded."""

    colour: bool = False
    width: int = 80
    verbose: bool = False


class Run(NamedTuple):
    """A whole run: the reports in the order in which the files were linted, and the rules that were on.

    `fail_on` gives each path the severity from which on a finding fails the run, or "never".
    `stale` counts the entries of baselines that were not found any more.
    """

    reports: tuple[Report, ...]
    rules: tuple[Rule, ...]
    as_of: str
    version: str
    fail_on: dict[str, str] = {}  # noqa: RUF012  never changed
    stale: int = 0

    @property
    def checked(self) -> list[Report]:
        """The reports of the files that were really linted."""
        return [report for report in self.reports if not report.problem and not report.skipped]

    @property
    def articles(self) -> int:
        """How many articles were linted; a report about a configuration file is none."""
        return sum(report.words > 0 for report in self.checked)

    @property
    def unchecked(self) -> dict[str, int]:
        """The words that were not linted, by reason, in alphabetical order."""
        words: dict[str, int] = {}
        for report in self.reports:
            for reason, count in report.unchecked.items():
                words[reason] = words.get(reason, 0) + count
        return dict(sorted(words.items()))


def _nothing(*about: object) -> str:
    return ""


class Format(NamedTuple):
    """A form of output: the text to print for each file as soon as it is linted, and the text at the end of the run.

    `summary` is appended to the file that the environment variable GITHUB_STEP_SUMMARY names, if there is one.
    """

    file: Callable[[Report, Style], str] = _nothing
    end: Callable[[Run, Style], str] = _nothing
    summary: Callable[[Run], str] = _nothing
