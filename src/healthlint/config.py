"""The settings of a run: values without any file behind them, so that they can be compared, stored and sent on."""

import datetime
import functools
import os
import re
from typing import Any

from healthlint.namedtuples import NamedTuple
from healthlint.rule import LEVELS as LEVELS
from healthlint.rule import PROFILES as PROFILES

JURISDICTIONS = ("us", "uk", "eu")
THRESHOLDS = ("error", "warning", "info", "never")

Option = int | float | bool | str | tuple[int | float | bool | str, ...] | None
Options = tuple[tuple[str, tuple[tuple[str, Option], ...]], ...]
"""For each rule the options that its check is called with: `(("READ-001", (("target", 10.0),)),)`."""


class Override(NamedTuple):
    """Settings for some files: those that match one of the gitignore-style patterns `files`; without any, all files.

    What is not set here stays as it was. Rules are chosen step by step: a `select` starts afresh with the rules it
    names, an `ignore` takes rules away, and an entry of `severities` gives every finding of a rule its severity.
    """

    files: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    jurisdiction: str | None = None
    severities: tuple[tuple[str, str], ...] = ()
    rules: Options = ()


class Suppression(NamedTuple):
    """Findings that are let stand in the files that match `files` (without any, in all) up to the day `until`.

    `allow` holds ids, names or families as comments do: `HYPE-001`, or of one match only `HYPE-001["landmark"]`.
    `place` is where this is written, `path:line`.
    """

    allow: tuple[str, ...]
    reason: str
    files: tuple[str, ...] = ()
    until: datetime.date | None = None
    place: str = ""


class Config(NamedTuple):
    """What a run decides: the rules that are on, for whom the article is, and the day the check is made.

    `select` and `ignore` hold rule ids, names or families; an empty `select` means all rules. `severities` pairs them
    with off, info, warning or error, `rules` holds options of rules. Each of the `overrides` changes this for some
    files; a later one wins. `exclude` are patterns of files that are left out, `suppressions` are findings that are let
    stand. Patterns are relative to the folder of `path`, the file this was read from; without a file, to the current
    folder. `packs` are rules that do not come with healthlint: files and folders (`packs/house.yaml`, `./packs`), and
    names under which installed packages offer theirs. `baseline` is a file of known findings, `disclaimer` a sentence
    that `--fix` adds where DISC-001 misses one.
    `front_matter` pairs parts of `analysis.about` with keys of the front matter that stand for them on this site.
    `as_of` is today unless given, so that a run can be repeated.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str = "consumer"
    jurisdiction: str = "us"
    as_of: datetime.date | None = None
    severities: tuple[tuple[str, str], ...] = ()
    rules: Options = ()
    overrides: tuple[Override, ...] = ()
    exclude: tuple[str, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    packs: tuple[str, ...] = ()
    baseline: str = ""
    disclaimer: str = ""
    front_matter: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fail_on: str = "error"
    max_warnings: int | None = None
    path: str = ""

    @property
    def day(self) -> datetime.date:
        """The day the check is made."""
        return self.as_of or datetime.date.today()

    def checked(self) -> "Config":
        """The same, with lists as tuples. Raises ValueError for what means nothing, TypeError for a wrong kind."""
        for name, known in (("profile", PROFILES), ("jurisdiction", JURISDICTIONS), ("fail_on", THRESHOLDS)):
            if getattr(self, name) not in known:
                raise ValueError(f"{name} is one of {', '.join(known)}, not {getattr(self, name)!r}")
        if self.as_of is not None and not isinstance(self.as_of, datetime.date):
            raise TypeError(f"as_of is a datetime.date, not {self.as_of!r}")
        lists = ("select", "ignore", "severities", "rules", "overrides", "exclude", "suppressions", "packs")
        for name in lists:
            if isinstance(getattr(self, name), str):
                raise TypeError(f"{name} is a tuple, not one text: ({getattr(self, name)!r},)")
        unknown = [level for _, level in self.severities if level not in LEVELS]
        if unknown:
            raise ValueError(f"a severity is one of {', '.join(LEVELS)}, not {unknown[0]!r}")
        tuples: dict[str, Any] = {name: tuple(getattr(self, name)) for name in lists}
        return self._replace(**tuples)

    def steps(self, path: str) -> tuple[Override, ...]:
        """The settings for one file, step by step: these, and the overrides that hold for it, without patterns."""
        own = Override((), self.select, self.ignore, self.profile, self.jurisdiction, self.severities, self.rules)
        matching = [o for o in self.overrides if not o.files or matches(o.files, self.relative(path))]
        return (own, *(override._replace(files=()) for override in matching))

    def allowed(self, path: str) -> tuple[Suppression, ...]:
        """The suppressions that hold for the file."""
        return tuple(s for s in self.suppressions if not s.files or matches(s.files, self.relative(path)))

    def excludes(self, path: str) -> bool:
        """Whether the file, or the folder if the path ends with a slash, is left out."""
        return bool(self.exclude) and matches(self.exclude, self.relative(path))

    def relative(self, path: str) -> str:
        """The path as the patterns see it, with `/`.

        It is relative to the folder of the configuration file or, for what lies elsewhere, to the current folder.
        """
        here = os.path.dirname(os.path.abspath(self.path)) if self.path else os.getcwd()
        inside = os.path.relpath(path, here)
        inside = os.path.relpath(path) if inside.startswith(os.pardir) else inside
        return inside.replace(os.sep, "/") + ("/" if path.endswith("/") else "")


def matches(patterns: tuple[str, ...], path: str) -> bool:
    """Whether a path with `/` matches gitignore-style patterns (see `is_pattern`)."""
    return bool(_spec(patterns).match_file(path))


def is_pattern(text: str) -> bool:
    """Whether the text is a pattern as in .gitignore files."""
    try:
        _spec((text,))
    except (ValueError, re.error):
        return False
    return True


@functools.lru_cache(maxsize=256)
def _spec(patterns: tuple[str, ...]):  # type: ignore[no-untyped-def]
    from pathspec import GitIgnoreSpec  # takes longer to import than an article takes to lint

    return GitIgnoreSpec.from_lines(patterns, backend="simple")
