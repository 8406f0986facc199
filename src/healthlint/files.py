"""Finding the articles among files and folders."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from healthlint.config import Config, is_pattern
from healthlint.expressions import expression
from healthlint.formats import SUFFIXES
from healthlint.namedtuples import NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

NOT_ARTICLES = expression(
    r"((requirements|constraints)([-_.][\w.]+)?|licen[cs]e([-_.][\w.-]+)?|llms([-_]\w+)?"
    r"|robots|humans|ads|security|copying|notice|authors|cmakelists)\.txt"
    r"|~\$.*",
    re.IGNORECASE,
)
"""Text files that are written for programs or lawyers, and what Word puts beside a file that is open. The pre-commit
hook leaves out the same names."""


MISSING, NO_ARTICLES, EXCLUDED, UNCHANGED = "does not exist", "no articles in it", "excluded by", "unchanged since"
BY_NAME = "not an article, to judge by the name; name the file to check it"


class Found(NamedTuple):
    """A file to lint, or why a path gives none: `problem` is a failure of the run, `skipped` is not."""

    path: str
    problem: str = ""
    skipped: str = ""


def find(paths: Iterable[str], config: Callable[[str], Config], *, force_exclude: bool = False) -> Iterator[Found]:
    """The articles among files and folders, each once, those of a folder sorted by path.

    Folders are searched for `SUFFIXES`, without hidden folders, `node_modules`, what git ignores and what `config`
    (which gives each path its configuration) excludes. A file that is named is always an article, unless
    `force_exclude` holds the configuration's `exclude` for it, too. Paths are given back as they were given.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _find(path, config, force_exclude):
            place = os.path.abspath(found.path)
            if place not in seen:
                seen.add(place)
                yield found


def _find(path: str, config: Callable[[str], Config], force_exclude: bool) -> Iterable[Found]:
    settings = config(path)
    if os.path.isdir(path):
        out = settings.excludes(os.path.join(path, ""))
        reason = f"{EXCLUDED} {settings.path}" if out else NO_ARTICLES
        return sorted(_Walk(config).articles(path)) or [Found(path, skipped=reason)]
    if not os.path.lexists(path):
        return [Found(path, problem=MISSING)]
    if force_exclude and settings.excludes(path):
        return [Found(path, skipped=f"{EXCLUDED} {settings.path}")]
    return [Found(path)]


def is_article(name: str) -> bool:
    """Whether a file of this name, met in a folder, is linted."""
    return has_known_suffix(name) and not NOT_ARTICLES.fullmatch(name)


def has_known_suffix(name: str) -> bool:
    """Whether the name ends like that of a file that can be read."""
    return os.path.splitext(name)[1].lower() in SUFFIXES


class _Walk:
    """A walk through a folder; links to folders are not followed, so it cannot go in circles."""

    def __init__(self, config: Callable[[str], Config]) -> None:
        self._config = config

    def articles(self, top: str) -> Iterator[Found]:
        folders = [(top, _Ignores.above(os.path.abspath(top)))]
        while folders:
            folder, ignores = folders.pop()
            ignores = ignores.inside(os.path.abspath(folder))
            try:
                entries = list(os.scandir(folder))
            except OSError as error:
                yield Found(folder, problem=f"cannot be read: {error.strerror}")
                continue
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if self._wanted(entry, ignores, "/"):
                        folders.append((entry.path, ignores))
                elif has_known_suffix(entry.name) and _is_readable(entry) and self._wanted(entry, ignores):
                    if is_article(entry.name):
                        yield Found(entry.path)
                    elif not entry.name.startswith("~$"):
                        yield Found(entry.path, skipped=BY_NAME)

    def _wanted(self, entry: os.DirEntry[str], ignores: "_Ignores", slash: str = "") -> bool:
        if slash and (entry.name.startswith(".") or entry.name == "node_modules"):
            return False
        path = entry.path + slash
        return not ignores.match(os.path.abspath(entry.path) + slash) and not self._config(path).excludes(path)


def _is_readable(entry: os.DirEntry[str]) -> bool:
    """A file, or a link that leads nowhere, which reading will tell; no pipe, socket or link to a folder."""
    return entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path))


class _Ignores(NamedTuple):
    """The ignore files that hold in a folder, the innermost last, each with the folder that it stands in."""

    specs: tuple[tuple[str, "GitIgnoreSpec"], ...] = ()

    @classmethod
    def above(cls, folder: str) -> "_Ignores":
        """Those of the folders above, as far as the repository reaches, but for what ignores the folder itself."""
        above = [folder]
        while not os.path.exists(os.path.join(above[-1], ".git")):
            parent = os.path.dirname(above[-1])
            if parent == above[-1]:
                return cls()
            above.append(parent)
        ignores = cls()._with(above[-1], os.path.join(above[-1], ".git", "info", "exclude"))
        for place in reversed(above[1:]):
            ignores = ignores.inside(place)
        return cls(tuple((place, spec) for place, spec in ignores.specs if not _matches(place, spec, folder + "/")))

    def inside(self, folder: str) -> "_Ignores":
        """With the .gitignore of the folder."""
        return self._with(folder, os.path.join(folder, ".gitignore"))

    def _with(self, folder: str, file: str) -> "_Ignores":
        try:
            with open(file, encoding="utf-8", errors="surrogateescape") as lines:
                return _Ignores((*self.specs, (folder, _spec(lines.read().splitlines()))))
        except OSError:
            return self

    def match(self, path: str) -> bool:
        """Whether git ignores the path; the innermost file that says something about it decides."""
        answers = (_matches(folder, spec, path) for folder, spec in reversed(self.specs))
        return next((answer for answer in answers if answer is not None), False)


def _matches(folder: str, spec: "GitIgnoreSpec", path: str) -> bool | None:
    inside = path[len(folder.rstrip(os.sep)) + 1 :].replace(os.sep, "/")
    return spec.check_file(inside).include if inside.strip("/") else None


def _spec(lines: list[str]) -> "GitIgnoreSpec":
    """The patterns; like git, without those that are none."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines([line for line in lines if is_pattern(line)], backend="simple")
