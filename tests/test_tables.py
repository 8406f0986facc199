"""The data tables: well formed, dated, sourced, free of double entries, and not fitted to the five articles."""

import datetime
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import yaml

from healthlint import tables
from healthlint.grammar import sequences
from healthlint.phrases import Phrases, Words

FOLDER = tables.rules_folder() / "tables"
TABLES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
LADDER = {"computer", "cell", "animal", "case", "observational", "small-trial", "randomised", "review"}
TERM_KINDS = {"hype", "hope", "cure", "safety", "alarm", "weak", "size", "number", "stigma", "animal"}
REQUIRED: dict[str, dict[str, Any]] = {
    "conditions": {},
    "contested": {"phrases": list, "claim": str, "correction": str},
    "crisis": {"country": str, "kind": {"emergency", "crisis", "directory"}, "url": str},
    "designs": {"rank": LADDER},
    "disclaimers": {"kind": {"general", "not-advice", "professional", "emergency"}},
    "domains": {"domain": str, "tier": {1, 2, 3, 4}, "kind": str},
    "jargon": {"plain": str},
    "settled": {"cause": list, "effect": list, "claim": str},
    "species": {"kind": {"animal", "cell", "computer"}},
    "stigma": {"prefer": str, "rule": {"LANG-001", "LANG-002", "LANG-003", "LANG-004"}, "kind": str},
    "terms": {"kind": TERM_KINDS},
    "treatments": {"kind": {"general", "class", "procedure", "device", "supplement", "herb", "practice"}},
}
MINIMUM = {
    "conditions": 250,
    "contested": 25,
    "designs": 60,
    "domains": 100,
    "jargon": 400,
    "settled": 40,
    "species": 60,
    "stigma": 150,
    "terms": 300,
    "treatments": 150,
}
"""How many entries (designs, stigma, terms: phrases) a table has at least, so that none is lost unseen."""

OWNERS = ("healing maps", "daydream", "rtr wellness", "genetic engineering news")
"""Publishers and brands of the five articles: no table may know them."""


def entries(name: str) -> list[dict[str, Any]]:
    content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    defaults = {key: content[key] for key in ("source", "as_of", "review_by") if key in content}
    return [{**defaults, **entry} for entry in content["entries"]]


def phrases_of(entry: dict[str, Any]) -> list[str]:
    if "words" in entry:
        return list(entry["words"])
    return [*entry.get("phrases", [entry["name"]]), *entry.get("also", [])]


def found(phrases: list[str], text: str) -> int:
    return len(Phrases.of(phrases).find(Words(text, [0], tables.names)))


def readings(phrase: str) -> Iterator[tuple[Any, ...]]:
    """Every plain reading of a phrase: one word, gap, capitals or set name for each of its elements."""
    for sequence in sequences(phrase):
        yield from product(*(sorted(part) if isinstance(part, frozenset) else [part] for part in sequence))


def date(value: Any) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)


@pytest.mark.parametrize("name", TABLES)
def test_head(name: str) -> None:
    content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(content["about"], str)
    assert set(content) <= {"about", "source", "as_of", "review_by", "entries"}


@pytest.mark.parametrize("name", TABLES)
def test_every_entry_is_sourced_and_dated(name: str) -> None:
    wrong = [
        entry["name"]
        for entry in entries(name)
        if not str(entry.get("source", "")).strip() or not date(entry["as_of"]) < date(entry["review_by"])
    ]
    assert wrong == []


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_required_keys(name: str) -> None:
    wrong = [
        (entry["name"], key)
        for entry in entries(name)
        for key, allowed in REQUIRED[name].items()
        if (key not in entry or entry[key] not in allowed)
        if isinstance(allowed, set) or not isinstance(entry.get(key), allowed) or not entry[key]
    ]
    assert wrong == []


@pytest.mark.parametrize("name", sorted(MINIMUM))
def test_nothing_is_lost(name: str) -> None:
    count = (
        len(entries(name))
        if name not in ("designs", "stigma", "terms")
        else sum(len(sequences(phrase)) for entry in entries(name) for phrase in phrases_of(entry))
    )
    assert count >= MINIMUM[name]


@pytest.mark.parametrize("name", TABLES)
def test_names_compile(name: str) -> None:
    for entry in entries(name):
        Phrases.of(phrases_of(entry))


@pytest.mark.parametrize("name", TABLES)
def test_plain_names_find_themselves(name: str) -> None:
    """A slash, for one, parts words, so that "ME/CFS" as a name would never be found."""
    plain = [
        phrase for entry in entries(name) for phrase in phrases_of(entry) if not re.search(r"[()|\[\]{}~]|\.\.", phrase)
    ]
    assert [phrase for phrase in plain if found([phrase], phrase) == 0] == []


@pytest.mark.parametrize("name", [name for name in TABLES if name not in ("words", "domains")])
def test_no_words_stand_for_two_entries(name: str) -> None:
    owner: dict[tuple[Any, ...], str] = {}
    double = []
    for entry in entries(name):
        for reading in {reading for phrase in phrases_of(entry) for reading in readings(phrase)}:
            if owner.setdefault(reading, entry["name"]) != entry["name"]:
                double.append((owner[reading], entry["name"], reading))
    assert double == []
    labels = [entry["name"].casefold() for entry in entries(name)]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("name", TABLES)
def test_no_table_knows_the_articles_publishers(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8").casefold()
    assert [owner for owner in OWNERS if owner in text] == []
