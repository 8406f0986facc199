"""The baseline: the findings that a site has when it begins to lint, so that only new ones are told.

A file of JSON with one line a finding, sorted; paths are relative to it. A finding is known by its fingerprint, which
holds no line numbers. An article that was moved is known by what it has in common with one that is gone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from healthlint.engine import Report
from healthlint.fixes import write
from healthlint.namedtuples import NamedTuple
from healthlint.strict import Mistake

NAME = "healthlint-baseline.json"
"""What the file is called unless it is told otherwise."""
_VERSION = 1
_LONGEST = 80


class Entry(NamedTuple):
    """A known finding; the fingerprint alone counts, `text` is for people who read the file."""

    path: str
    rule: str
    fingerprint: str
    document: bool
    text: str


class Baseline:
    """The known findings of a file, and which of them have been found again."""

    def __init__(self, path: str, entries: Iterable[Entry] = ()) -> None:
        self.path = path
        self._folder = os.path.dirname(os.path.abspath(path))
        self._known: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            self._known.setdefault(entry.path, {})[entry.fingerprint] = entry
        self._linted: dict[str, tuple[Report, frozenset[str]]] = {}
        self._moved: dict[str, str] = {}

    def split(self, report: Report, on: frozenset[str]) -> Report:
        """The report without what is known; `on` are the ids of the rules that could have been found."""
        key = self._key(report.path)
        self._linted[key] = report, on
        known = self._known.get(self._former(key, report), {})
        return report._replace(
            findings=tuple(f for f in report.findings if f.fingerprint not in known),
            known=tuple(f for f in report.findings if f.fingerprint in known),
        )

    def stale(self) -> list[Entry]:
        """The entries that were looked for and not found, and those of articles that are gone."""
        return [entry for entry in self._entries() if self._is_stale(entry)]

    def pruned(self) -> list[Entry]:
        """The entries without the stale ones, those of moved articles under their new paths."""
        new = {former: key for key, former in self._moved.items()}
        return [e._replace(path=new.get(e.path, e.path)) for e in self._entries() if not self._is_stale(e)]

    def renewed(self) -> list[Entry]:
        """What is found now in the articles that were linted, and the entries of all others that are still there."""
        others = (e for e in self._entries() if self._now(e) not in self._linted and self._exists(e.path))
        found = (
            Entry(key, f.rule, f.fingerprint, f.document, _shortened(f.text))
            for key, (report, _) in self._linted.items()
            for f in report.findings
        )
        return [*others, *found]

    def save(self, entries: Iterable[Entry]) -> None:
        """Write entries to the file. Raises OSError."""
        write(self.path, written(entries).encode("utf-8", "backslashreplace"))

    def _entries(self) -> Iterator[Entry]:
        return (entry for known in self._known.values() for entry in known.values())

    def _key(self, path: str) -> str:
        place = os.path.join(os.path.realpath(os.path.dirname(path) or "."), os.path.basename(path))
        return os.path.relpath(place, os.path.realpath(self._folder)).replace(os.sep, "/")

    def _exists(self, key: str) -> bool:
        return os.path.exists(os.path.join(self._folder, key))

    def _now(self, entry: Entry) -> str:
        """Where the article of an entry lies now."""
        return next((key for key, former in self._moved.items() if former == entry.path), entry.path)

    def _is_stale(self, entry: Entry) -> bool:
        report, on = self._linted.get(self._now(entry), (None, frozenset[str]()))
        if report is None:
            return not self._exists(entry.path)
        return entry.rule in on and all(f.fingerprint != entry.fingerprint for f in report.findings)

    def _former(self, key: str, report: Report) -> str:
        """The path under which an article is known: its own, or that of one which is gone and half of it is here.

        Findings about the whole document tell nothing, as most articles have the same.
        """
        if key in self._known:
            return key
        here = {finding.fingerprint for finding in report.findings}
        best, most = key, 0
        for former, known in self._known.items():
            if former not in self._moved.values() and not self._exists(former):
                words = {entry.fingerprint for entry in known.values() if not entry.document}
                common = len(words & here)
                if common > most and 2 * common >= len(words):
                    best, most = former, common
        if best != key:
            self._moved[key] = best
        return best


def written(entries: Iterable[Entry] = ()) -> str:
    """The content of a file with these entries."""
    rows = [json.dumps(entry._asdict(), ensure_ascii=False) for entry in sorted(entries)]
    listed = ",\n".join(f"  {row}" for row in rows)
    return f'{{\n "schema_version": {_VERSION},\n "findings": [\n{listed}\n ]\n}}\n'


def read(path: str) -> Baseline:
    """The baseline in a file. Raises strict.Mistake."""
    try:
        content: Any = json.loads(Path(path).read_bytes())
        if content["schema_version"] == _VERSION:
            return Baseline(path, [Entry(**row) for row in content["findings"]])
    except FileNotFoundError as error:
        raise Mistake(f"there is no baseline {path}; 'healthlint baseline' writes it") from error
    except OSError as error:
        raise Mistake(f"{path} cannot be read: {error.strerror}") from error
    except json.JSONDecodeError as error:
        raise Mistake(f"{path}:{error.lineno}: not a baseline: {error.msg}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Mistake(f"{path} is not a baseline; 'healthlint baseline' writes one") from error
    raise Mistake(f"{path} was written by a later version of healthlint; bring this one up to date")


class Baselines:
    """The baselines of a run, each read once."""

    def __init__(self, reader: Callable[[str], Baseline] = read) -> None:
        self._read = reader
        self.by_path: dict[str, Baseline] = {}

    def __getitem__(self, path: str) -> Baseline:
        """The baseline in a file. Raises strict.Mistake."""
        if path not in self.by_path:
            self.by_path[path] = self._read(path)
        return self.by_path[path]


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "\u2026"
