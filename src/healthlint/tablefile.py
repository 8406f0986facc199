"""Data tables read strictly: what is wrong with one is told as `file:line: what is wrong, and a hint`."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from healthlint.grammar import PhraseError, sequences
from healthlint.strict import Value, read_yaml

HEAD = ("about", "source", "as_of", "review_by", "entries", "start", "cues")
"""What may stand in the head of a table; `start` and `cues` make a table of weights, which has no entries."""
REQUIRED = ("about", "as_of", "review_by")
PHRASES = ("also", "phrases", "words", "cause", "effect")
"""The keys of an entry that hold phrases; `name` is one, too, where there are no `phrases`."""
SOURCES = ("source", "sources")
DATE = r"\d{4}-\d{2}-\d{2}"
_LABELLED = frozenset(("phrases", "words", "cause", "domain", "known"))


def check(path: Path) -> None:
    """Raises strict.Mistake for a table that is not well formed, dated and sourced."""
    root = read_yaml(path)
    if root is None or not isinstance(root.content, dict):
        raise (root or Value(str(path), 1, "the file", "")).mistake("a table is a mapping with 'about', 'entries'...")
    head = root.mapping(HEAD)
    for key in REQUIRED:
        if key not in head:
            raise root.mistake(f"'{key}' is missing")
    head["about"].text()
    _dates(head)
    if "entries" not in head:
        if "cues" not in head:
            raise root.mistake("'entries' are missing")
        return
    if not head["entries"].items():
        raise head["entries"].mistake("'entries' is empty")
    for entry in head["entries"].items():
        _entry(entry, sourced="source" in head)


def _entry(value: Value, *, sourced: bool) -> None:
    keys = value.mapping()
    if "name" not in keys:
        raise value.mistake("'name' is missing")
    keys["name"].text()
    if not sourced and not any(key in keys for key in SOURCES):
        raise value.mistake("the entry has no 'source', and neither has the head of the table")
    for key in SOURCES[:1]:
        if key in keys:
            keys[key].text()
    _dates(keys)
    phrases = [phrase for key in PHRASES if key in keys for phrase in keys[key].items()]
    for phrase in phrases if _LABELLED & keys.keys() else [keys["name"], *phrases]:
        try:
            sequences(phrase.text())
        except PhraseError as error:
            raise phrase.mistake(str(error)) from error


def _dates(keys: dict[str, Value]) -> None:
    for key in ("as_of", "review_by"):
        if key in keys and not _is_date(keys[key].text()):
            raise keys[key].mistake(f"'{key}' is a date such as 2026-11-24, not '{keys[key].text()}'")


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(DATE, text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False
