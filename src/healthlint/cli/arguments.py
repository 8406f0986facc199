"""What every command line is made of: a parser that complains kindly, and the kinds of values that options take."""

import argparse
import datetime
import os
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

from healthlint import __version__
from healthlint.namedtuples import NamedTuple
from healthlint.report import FORMATS
from healthlint.strict import hint


class UsageError(Exception):
    """Something about the call itself is wrong; the message is for the user."""


class Output(NamedTuple):
    """A form of output and the file that it goes to; without a path, standard output."""

    format: str
    path: str = ""


_ELSEWHERE = {"--format": "--output", "--disable": "--ignore", "--enable": "--select", "--rule": "--select"}
"""What other linters call options that stand here under another name."""


class Parser(argparse.ArgumentParser):
    """Reads options; what is wrong with them is told in a sentence."""

    def error(self, message: str) -> NoReturn:
        """Raise UsageError for what argparse has noticed."""
        raise UsageError(re.sub(r"^argument ", "", message))

    def parse(self, words: Sequence[str]) -> argparse.Namespace:
        """The options; paths and options may stand in any order. Raises UsageError."""
        self.usage = " ".join((self.prog, "[options]", *map(_usage, self._get_positional_actions())))
        options, unknown = self.parse_known_intermixed_args(words)
        for word in unknown:
            if not word.startswith("-"):
                raise UsageError(f"'{word}' is one word too many; --help tells what is understood")
            known = [name for action in self._actions for name in action.option_strings]
            name = word.partition("=")[0]
            meant = hint(_ELSEWHERE.get(name, name), known)
            raise UsageError(f"there is no option '{name}'{meant or '; --help lists them'}")
        return options


def _usage(place: argparse.Action) -> str:
    return f"[{place.metavar} ...]" if place.nargs == "*" else str(place.metavar)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal. argparse makes one for every option, and by itself loads a lot for that."""

    def __init__(self, prog: str) -> None:
        width = os.environ.get("COLUMNS", "")
        super().__init__(prog, width=min(int(width) if width.isdigit() else _terminal(), 100) - 2)


def _terminal() -> int:
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 80


def new_parser(name: str, description: str, epilog: str = "") -> Parser:
    """A parser with --help and --version for the command of this name."""
    made = Parser(
        prog=name,
        description=description,
        epilog=epilog,
        allow_abbrev=False,
        formatter_class=_Help,
    )
    made.add_argument("--version", action="version", version=f"healthlint {__version__}")
    return made


def command_parser(name: str, description: str) -> Parser:
    """A parser for `healthlint NAME`, without any options but --help and --version."""
    return new_parser(f"healthlint {name}", description)


def one_of(words: Iterable[str]) -> str:
    """The words as a sentence lists them: "a, b or c"."""
    *first, last = words
    return f"{', '.join(first)} or {last}"


def choice_of(*known: str) -> Callable[[str], str]:
    """The kind of a value that is one of some words. Raises ArgumentTypeError with what may have been meant."""

    def choice(word: str) -> str:
        if word not in known:
            raise argparse.ArgumentTypeError(f"'{word}' is not {one_of(known)}{hint(word, known)}")
        return word

    return choice


def rule_words(text: str) -> list[str]:
    """Ids, names or families with commas between them. Raises ArgumentTypeError."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words:
        raise argparse.ArgumentTypeError("names no rule; 'healthlint rules' lists them")
    return words


def date(text: str) -> datetime.date:
    """A day such as 2026-11-24. Raises ArgumentTypeError."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2026-11-24")


def period(text: str) -> int:
    """The number of days in `60d`, `8w`, `6m` or `1y`."""
    found = re.fullmatch(r"(\d{1,5})([dwmy])", text)
    if not found:
        raise argparse.ArgumentTypeError(f"'{text}' is not a time such as 60d, 8w, 6m or 1y")
    return int(int(found[1]) * {"d": 1, "w": 7, "m": 30.44, "y": 365.25}[found[2]])


def count(text: str) -> int:
    """A number from 0 on. Raises ArgumentTypeError."""
    if not re.fullmatch(r"\d{1,9}", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number such as 0 or 20")
    return int(text)


def jobs(text: str) -> int:
    """A number of processes, from 1 on. Raises ArgumentTypeError."""
    processes = count(text)
    if not processes:
        raise argparse.ArgumentTypeError("at least 1 process is needed")
    return processes


def output(text: str) -> Output:
    """A form of output, or one with a file: `sarif=out.sarif`. Raises ArgumentTypeError."""
    name, equals, path = text.partition("=")
    if name not in FORMATS:
        raise argparse.ArgumentTypeError(f"'{name}' is not {one_of(FORMATS)}{hint(name, FORMATS)}")
    if equals and not path:
        raise argparse.ArgumentTypeError(f"'{text}' names no file; write {name}=FILE")
    return Output(name, path)
