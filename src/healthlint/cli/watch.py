"""`--watch`: lint, then look again and again for what has been saved, and lint that.

Looking at the times of files needs no help from the system, and so works on network drives and in containers, too.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from healthlint import catalogue, engine, packs
from healthlint.catalogue import UnknownRule
from healthlint.cli.arguments import UsageError
from healthlint.cli.options import configs
from healthlint.config import Config
from healthlint.configfile import NAMES
from healthlint.files import find
from healthlint.namedtuples import NamedTuple
from healthlint.report.text import escaped
from healthlint.strict import Mistake

_PAUSE = 0.3
"""Seconds between two looks; longer where a look itself takes long, so that no more than a tenth of a core is used."""
_SETTLED = 0.1
"""Seconds in which nothing must have happened before files are read: an editor may be in the middle of saving."""
_PATIENCE = 20
_NAMED = 5

Stamps = dict[str, tuple[int, int, int]]
"""What shows whether a file has changed, for each that is there: time, size and identity."""


class _Look(NamedTuple):
    articles: Stamps
    settings: Stamps


def main(options: argparse.Namespace, run: Callable[[argparse.Namespace], int]) -> int:
    """Lint with `run` what the options name, and again whatever is saved, until Ctrl-C; then the status is 0."""
    _refuse(options)
    watched = _Watched(options)
    try:
        before = watched.look()
        run(options)
        _say(f"watching {_counted(len(before.articles))}; Ctrl-C ends it")
        while True:
            after = _next(watched, before)
            _again(options, run, before, after)
            before = after
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 0


def _refuse(options: argparse.Namespace) -> None:
    if "-" in options.paths:
        raise UsageError("--watch looks at files, and standard input is none")
    if options.fix or options.diff:
        raise UsageError("--watch only looks; run --fix and --diff by themselves")
    for path in options.paths:
        if not os.path.lexists(path):
            raise UsageError(f"there is no file or folder '{escaped(path)}'")


class _Watched:
    """The files to look at: articles, and what decides how they are linted."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._articles: list[str] = []
        self._configs: set[Config] = set()

    def look(self) -> _Look:
        """How things stand now. While a configuration cannot be read, the files stay those of the look before."""
        try:
            govern = configs(self._options)
            found = find(self._options.paths, govern, force_exclude=self._options.force_exclude)
            articles = [one.path for one in found if not one.problem and not one.skipped]
            self._configs = {govern(path) for path in [*self._options.paths, *articles]}
            self._articles = articles
        except (Mistake, UsageError, UnknownRule):
            pass
        return _Look(_stamps(self._articles), _stamps(self._settings()))

    def _settings(self) -> Iterator[str]:
        folders = {os.path.dirname(os.path.abspath(path)) for path in self._articles}
        folders |= {os.path.abspath(path) for path in self._options.paths if os.path.isdir(path)}
        if not (self._options.config or self._options.isolated):
            yield from (os.path.join(folder, name) for folder in _with_those_above(folders) for name in NAMES)
        yield from ([self._options.config] if self._options.config else [])
        for config in self._configs:
            yield from ([config.baseline] if config.baseline else [])
            yield from (path for name in config.packs for path in _files_of(name))


def _with_those_above(folders: Iterable[str]) -> set[str]:
    found = set()
    for folder in folders:
        while folder not in found:
            found.add(folder)
            if os.path.exists(os.path.join(folder, ".git")):
                break
            folder = os.path.dirname(folder)
    return found


def _files_of(pack: str) -> list[str]:
    try:
        place = packs.locate(pack)
    except packs.UnknownPack:
        return []
    return [str(path) for path in (*place.files, *place.tables)]


def _stamps(paths: Iterable[str]) -> Stamps:
    stamps: Stamps = {}
    for path in paths:
        try:
            status = os.stat(path)
        except OSError:
            continue
        stamps[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return stamps


def _next(watched: _Watched, before: _Look) -> _Look:
    """The first look that differs from the one before, when nothing changes any more."""
    while True:
        begun = time.monotonic()
        now = watched.look()
        if now != before:
            break
        time.sleep(max(_PAUSE, 10 * (time.monotonic() - begun)))
    for _ in range(_PATIENCE):
        time.sleep(_SETTLED)
        now, last = watched.look(), now
        if now == last:
            break
    return now


def _again(options: argparse.Namespace, run: Callable[[argparse.Namespace], int], before: _Look, after: _Look) -> None:
    """Lint what has changed; all of it if settings have, or if it goes to files, which hold whole runs."""
    changed = [path for path in after.articles if after.articles[path] != before.articles.get(path)]
    told = [*_changes(before.settings, after.settings), *_changes(before.articles, after.articles)]
    if not told:  # changed, and changed back while things settled
        return
    print(file=sys.stderr)
    _say(", ".join(told[:_NAMED]) + (f" and {len(told) - _NAMED} more" if len(told) > _NAMED else ""))
    if before.settings != after.settings:
        catalogue.forget()
        engine.active_rules.cache_clear()
    whole = before.settings != after.settings or any(output.path for output in options.output or [])
    if not (whole or changed):
        return
    try:
        run(options if whole else argparse.Namespace(**{**vars(options), "paths": changed}))
    except (Mistake, UsageError, UnknownRule) as error:
        _say(str(error))


def _changes(before: Stamps, after: Stamps) -> Iterator[str]:
    for path in dict.fromkeys([*after, *before]):
        shown = escaped(os.path.relpath(path) if os.path.isabs(path) else path)
        if path not in after:
            yield f"{shown} is gone"
        elif path not in before:
            yield f"{shown} is new"
        elif after[path] != before[path]:
            yield f"{shown} was saved"


def _counted(number: int) -> str:
    return "1 article" if number == 1 else f"{number} articles"


def _say(sentence: str) -> None:
    print(f"healthlint: {sentence}", file=sys.stderr, flush=True)
