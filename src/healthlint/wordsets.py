"""Word sets of a pack's own: the `tables/` folder beside it, for names in braces (`{our-brands}`).

Each gets a longer name that is made of its words, too, so that packs with sets of the same name do not get into each
other's way, and none can change what a name of healthlint's own means.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from healthlint import tables
from healthlint.grammar import PhraseError, sequences
from healthlint.namedtuples import NamedTuple
from healthlint.phrases import Phrases
from healthlint.strict import Value, hint, read_yaml

_HEAD = ("about", "source", "as_of", "review_by")
_NAME_IN_BRACES = re.compile(r"\{([\w-]+)\}")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class WordSet(NamedTuple):
    """A word set: its name in the pack, that in compiled phrases (`key`), and what its table says of it, or nothing."""

    name: str
    key: str
    table: str
    source: str = ""
    review_by: str = ""


def read(paths: Iterable[Path]) -> list[WordSet]:
    """The word sets of some tables, ready to be used in phrases. Raises strict.Mistake."""
    found: dict[str, WordSet] = {}
    for path in paths:
        for entry, head in _entries(path):
            one = _read(entry, head, path)
            if one.name in found:
                raise entry.mistake(f"the word set '{one.name}' stands here a second time")
            found[one.name] = one
    return list(found.values())


def _entries(path: Path) -> Iterator[tuple[Value, dict[str, Value]]]:
    root = read_yaml(path) or Value(str(path), 1, "the file", {})
    keys = root.mapping((*_HEAD, "entries"))
    if "entries" not in keys:
        raise root.mistake("a table has 'entries', each with a 'name' and 'words'")
    for entry in keys["entries"].items():
        yield entry, keys


def _read(entry: Value, head: Mapping[str, Value], path: Path) -> WordSet:
    keys = entry.mapping(("name", "words", *_HEAD))
    for key in ("name", "words"):
        if key not in keys or not keys[key].content:
            raise entry.mistake(f"an entry has '{key}'")
    name = keys["name"].text()
    if not _NAME.fullmatch(name):
        raise keys["name"].mistake(f"'{name}' is not a name of small words with hyphens: our-brands")
    if _is_known(name):
        raise keys["name"].mistake(f"'{name}' is a word set that comes with healthlint; take another name")
    words = [phrase(word, {}) for word in keys["words"].texts()]
    about = {key: {**head, **keys}[key].text() for key in _HEAD if key in head or key in keys}
    for key in ("as_of", "review_by"):
        if key in about and not _DATE.fullmatch(about[key]):
            raise {**head, **keys}[key].mistake(f"'{key}' is a date such as 2027-01-31, not '{about[key]}'")
    key = f"{name}--{hashlib.sha256(repr(words).encode()).hexdigest()[:16]}"
    tables.add_names(key, Phrases.of(words))
    return WordSet(name, key, path.stem, about.get("source", ""), about.get("review_by", ""))


def phrase(value: Value, sets: Mapping[str, str]) -> str:
    """A phrase that has been checked, with the keys of the pack's own word sets. Raises strict.Mistake."""
    text = value.text()
    try:
        sequences(text)
    except PhraseError as error:
        raise value.mistake(str(error)) from error
    for name in _NAME_IN_BRACES.findall(text):
        if name not in sets and not _is_known(name):
            near = hint(name, [*sets, *tables.set_names()]) or "; a 'tables' folder beside the pack may hold one"
            raise value.mistake(f"there is no word set '{{{name}}}'{near}")
    return _NAME_IN_BRACES.sub(lambda found: f"{{{sets.get(found[1], found[1])}}}", text)


def _is_known(name: str) -> bool:
    try:
        tables.names(name)
    except KeyError:
        return False
    return True
