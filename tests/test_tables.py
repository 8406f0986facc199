"""The data tables: well formed, dated, sourced, free of double entries, and not fitted to the five articles."""

import datetime
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from healthlint import catalogue, prepared, tables
from healthlint.analysis.guards import negated
from healthlint.analysis.sentences import words
from healthlint.examples import outcome
from healthlint.formats import parse
from healthlint.grammar import sequences
from healthlint.phrases import Phrases, Words
from healthlint.text import Source

FOLDER = prepared.rules_folder() / "tables"
LEARNED = "cues"
"""Not a list of entries, but weights that tools/fit_claims.py writes."""
TABLES = sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != LEARNED)
PHRASED = [name for name in TABLES if name not in ("acronyms", "domains")]
"""Tables whose names are phrases: the acronyms are plain lists, and the name of a domain is a label."""
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
        if not (
            entry.get(key) in allowed
            if isinstance(allowed, set)
            else entry.get(key) and isinstance(entry[key], allowed)
        )
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


@pytest.mark.parametrize("name", PHRASED)
def test_names_compile(name: str) -> None:
    for entry in entries(name):
        Phrases.of(phrases_of(entry))


@pytest.mark.parametrize("name", PHRASED)
def test_plain_names_find_themselves(name: str) -> None:
    """A slash, for one, parts words, so that "ME/CFS" as a name would never be found."""
    plain = [
        phrase for entry in entries(name) for phrase in phrases_of(entry) if not re.search(r"[()|\[\]{}~]|\.\.", phrase)
    ]
    assert [phrase for phrase in plain if found([phrase], phrase) == 0] == []


@pytest.mark.parametrize("name", [name for name in PHRASED if name not in ("words", "claims")])
def test_no_words_stand_for_two_entries(name: str) -> None:
    owner: dict[tuple[Any, ...], str] = {}
    double = [
        (owner[reading], entry["name"], reading)
        for entry in entries(name)
        for reading in {reading for phrase in phrases_of(entry) for reading in readings(phrase)}
        if owner.setdefault(reading, entry["name"]) != entry["name"]
    ]
    assert double == []
    labels = [entry["name"].casefold() for entry in entries(name)]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("name", TABLES)
def test_no_table_knows_the_articles_publishers(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8").casefold()
    assert [owner for owner in OWNERS if owner in text] == []


def contested(text: str) -> list[str]:
    """The entries of contested.yaml whose claim a text affirms."""
    document = parse(Source("a.txt", text))
    at = words(document)
    everything = entries("contested")
    phrases = Phrases.of((phrase, place) for place, entry in enumerate(everything) for phrase in entry["phrases"])
    spans = [(m.label, at.starts[m.first], at.ends[m.last]) for m in phrases.find(at)]
    return [everything[label]["name"] for label, start, end in spans if not negated(document, start, end)]


@pytest.mark.parametrize("entry", entries("contested"), ids=lambda entry: entry["name"])
def test_a_contested_claim_is_found_and_its_correction_is_not(entry: dict[str, Any]) -> None:
    assert (contested(entry["claim"]), contested(entry["correction"])) == ([entry["name"]], [])


@pytest.mark.parametrize("entry", entries("settled"), ids=lambda entry: entry["name"])
def test_a_settled_claim_holds_cause_and_effect(entry: dict[str, Any]) -> None:
    assert found(entry["cause"], entry["claim"]) > 0
    assert found(entry["effect"], entry["claim"]) > 0


def test_a_cure_has_a_source_of_its_own_and_a_means() -> None:
    head = yaml.safe_load((FOLDER / "conditions.yaml").read_text(encoding="utf-8"))["source"]
    curable = [entry for entry in entries("conditions") if entry.get("curable")]
    assert [entry["name"] for entry in curable if entry["source"] == head or not entry.get("cured_by")] == []
    assert [entry["name"] for entry in entries("conditions") if entry.get("cured_by") and entry not in curable] == []


def test_domains_are_bare_and_stand_once() -> None:
    domains = [entry["domain"] for entry in entries("domains")]
    assert [domain for domain in domains if not re.fullmatch(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+", domain)] == []
    assert sorted(set(domains)) == sorted(domains)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If you feel this way, call or text 988 today.", 1),
        ("Ring the Samaritans on 116 123 at any hour.", 2),
        ("In Australia, Lifeline is there on 13 11 14.", 1),
        ("Of the 988 patients, 116 were followed for 123 days.", 0),
        ("The ward has 111 beds and room 999 is empty.", 0),
    ],
)
def test_crisis_lines(text: str, expected: int) -> None:
    assert found([phrase for entry in entries("crisis") for phrase in phrases_of(entry)], text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This page gives general information. It does not replace advice from a doctor.", {"general", "not-advice"}),
        (
            "For informational purposes only; not a substitute for professional medical advice.",
            {"general", "not-advice"},
        ),
        ("Talk to your pharmacist before starting any supplement.", {"professional"}),
        ("Disclaimer: names have been changed.", set()),
    ],
)
def test_disclaimers(text: str, expected: set[str]) -> None:
    assert {entry["kind"] for entry in entries("disclaimers") if found(phrases_of(entry), text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Rat poison lay beside the computer mouse, and a guinea pig looked on.",
        "The in vitro fertilisation clinic calls its patients.",
        "They felt like guinea pigs, and the rat race went on.",
    ],
)
def test_idioms_are_no_species(text: str) -> None:
    assert [entry["name"] for entry in entries("species") if found(phrases_of(entry), text)] == []


TOPIC = re.compile(
    r"\b(?:es)?ketamine|\bparkinson|\bmultiple sclerosis|\bMS\b|\bC?PTSD|\bpost[- ]?traumatic|\bNMDA|\bglutamate"
    r"|\blevodopa|\bL-DOPA|\bdyskinesia|\bpsychedelic|\bKetalar|\bSpravato",
    re.IGNORECASE,
)
"""What the five articles are about."""


def without_topic(phrase: str) -> str:
    """The phrase without the alternatives that name a topic of the five articles; empty if nothing is left."""
    inner = re.compile(r"\(([^()]*)\)")
    kept = inner.sub(lambda m: "(" + "|".join(a for a in m.group(1).split("|") if not TOPIC.search(a)) + ")", phrase)
    return "" if TOPIC.search(kept) or "()" in kept else kept


def strip_topic(content: dict[str, Any]) -> None:
    for entry in content.get("entries", ()):
        for key in ("words", "phrases", "also"):
            if isinstance(entry.get(key), list):
                entry[key] = [kept for phrase in entry[key] if (kept := without_topic(phrase))]
        entry["name"] = entry["name"] if "words" in entry or "phrases" in entry else without_topic(entry["name"])
    if "entries" in content:
        content["entries"] = [entry for entry in content["entries"] if entry["name"]]


@pytest.fixture
def stripped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Rules and tables as they would be had nobody heard of the topics of the five articles."""
    folder = tmp_path / "rules"
    shutil.copytree(prepared.rules_folder(), folder)
    (folder / prepared.FILE).unlink(missing_ok=True)
    for path in (folder / "tables").glob("*.yaml"):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        strip_topic(content)
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(prepared, "folder", lambda: str(folder))
    forget()
    yield folder
    monkeypatch.undo()
    forget()


def forget() -> None:
    """Empty what tables and rules remember."""
    caches: list[Callable[..., Any]] = [*vars(tables).values(), *vars(prepared).values(), catalogue.builtin_rules]
    for function in caches:
        if hasattr(function, "cache_clear"):
            function.cache_clear()


def test_rules_do_not_lean_on_the_topics_of_the_articles(stripped: Path) -> None:
    left = [phrase for name in PHRASED for entry in tables.entries(name) for phrase in phrases_of(entry)]
    assert [phrase for phrase in left if TOPIC.search(phrase)] == []
    failed = [
        (rule.id, example.text)
        for rule in catalogue.builtin_rules()
        for example in rule.examples
        if not all(outcome(rule, example, form).is_right for form in example.formats)
    ]
    assert failed == []
