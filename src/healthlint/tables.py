"""Data tables (`rules/tables/*.yaml`): conditions, drugs, species, study designs, terms, word sets...

A table is reviewed like code: every entry has a `source`, the date `as_of` which it was true and a date `review_by`
which it must be looked at again; an entry inherits them from the head of its file.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from healthlint import prepared
from healthlint.grammar import Sequence, sequences, words_of
from healthlint.lexicon import Lexicon
from healthlint.phrases import Phrases

if TYPE_CHECKING:
    from pathlib import Path

Entry = dict[str, Any]


def parts(sets: Lexicon, numbers: dict[str, int]) -> dict[str, Any]:
    """All tables as they stand in the prepared file; `sets` and `numbers` as `compiled` makes them, or with more."""
    words, nodes, starts, shapes, others = sets.stored()
    made: dict[str, Any] = {"lexicon": (words, starts, others, numbers), "lexicon nodes": nodes, "shapes": shapes}
    made |= {"claim words": _claim_words(), "syllables": _read_syllables()}
    return made | {f"table {name}": _entries(name) for name in listed()}


@functools.cache
def read_yaml(path: Path) -> Any:
    """The content of a YAML file; parsed once in a process. Dates stay texts (2026-11-24)."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader = type("Loader", (base,), {"yaml_implicit_resolvers": _without_dates(base)})
    return yaml.load(path.read_bytes(), Loader=loader)


def _without_dates(loader: Any) -> dict[str, Any]:
    return {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in loader.yaml_implicit_resolvers.items()
    }


def entries(name: str) -> list[Entry]:
    """The entries of `rules/tables/<name>.yaml`, each with source, as_of and review_by.

    Raises FileNotFoundError if there is no such table.
    """
    return prepared.part(f"table {name}") or _entries(name)


@functools.cache
def _entries(name: str) -> list[Entry]:
    content = read_yaml(prepared.rules_folder() / "tables" / f"{name}.yaml")
    defaults = {key: content[key] for key in ("source", "as_of", "review_by") if key in content}
    return [{**defaults, **entry} for entry in content["entries"]]


PARTS = {"settled-cause": ("settled", "cause"), "settled-effect": ("settled", "effect")}
"""Names in braces that stand for the phrases under another key than `name` or `phrases`."""

SELECTIONS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "treatment": (("treatments", {}), ("drugs", {})),
    "general-treatment": (("treatments", {"kind": "general"}),),
    "animal": (("species", {"kind": "animal"}),),
    "cell": (("species", {"kind": "cell"}),),
    "computer": (("species", {"kind": "computer"}),),
    "curable": (("conditions", {"curable": True}),),
    "term": tuple(("terms", {"kind": kind}) for kind in ("hype", "hope", "cure", "safety", "size", "number")),
    "furniture": (("furniture", {}),),
}
"""Names in braces that stand for several tables, or for the entries of one with certain values."""


_added: dict[str, Phrases] = {}


def add_names(name: str, phrases: Phrases) -> None:
    """Let `{name}` stand for these phrases, too; for the word sets of packs that do not come with healthlint."""
    _added[name] = phrases


def set_names() -> list[str]:
    """The names of tables and word sets that may stand in braces, in alphabetical order."""
    return sorted(_lexicon()[1])


@functools.cache
def _lexicon() -> tuple[Lexicon, dict[str, int]]:
    stored, nodes, shapes = prepared.part("lexicon"), prepared.raw("lexicon nodes"), prepared.raw("shapes")
    if stored is None or nodes is None or shapes is None:
        return compiled()
    words, starts, others, numbers = stored
    return Lexicon((words, nodes, starts, shapes, others)), numbers


def compiled() -> tuple[Lexicon, dict[str, int]]:
    """The sets of phrases of all tables, made from the YAML files, and their numbers by name. Raises PhraseError."""
    made = Lexicon()
    known = sorted({*_word_sets(), *SELECTIONS, *PARTS, *(_singular(name) for name in listed())} - {"word"})
    numbers = {name: made.add(_phrases(name)) for name in known}
    return made, numbers


def lexicon() -> Lexicon:
    """All phrases of tables and word sets, to which the rules add theirs."""
    return _lexicon()[0]


@functools.cache
def names(name: str) -> Phrases:
    """The phrases that `{name}` stands for: a set of words.yaml, or the names of a table (`{condition}`).

    The phrases of a table are labelled with the entry's place in it. Raises KeyError for an unknown name.
    """
    shared, numbers = _lexicon()
    return _added.get(name) or Phrases(shared, numbers[name])


def _phrases(name: str) -> Iterator[tuple[str, int]]:
    words = _word_sets().get(name)
    if words is not None:
        return ((phrase, place) for place, phrase in enumerate(words))
    if name in PARTS:
        table, part = PARTS[name]
        return ((phrase, place) for place, entry in enumerate(_entries(table)) for phrase in entry[part])
    return (
        (phrase, place)
        for table, wanted in SELECTIONS.get(name, ((_plural(name), {}),))
        for place, entry in enumerate(_entries(table))
        if all(entry.get(key) == value for key, value in wanted.items())
        for phrase in _names(entry)
    )


def listed() -> list[str]:
    """The names of the tables that are lists of entries: the learned cues are weights."""
    paths = (prepared.rules_folder() / "tables").glob("*.yaml")
    return sorted(path.stem for path in paths if "entries" in read_yaml(path))


def _singular(table: str) -> str:
    return table if table in ("species", "crisis") else table.removesuffix("s")


def _plural(name: str) -> str:
    """The table that a name in the singular means: conditions, terms; jargon and species have no other form."""
    return name + "s" if (prepared.rules_folder() / "tables" / f"{name}s.yaml").is_file() else name


def _names(entry: Entry) -> list[str]:
    return [*([entry["name"]] if "phrases" not in entry else entry["phrases"]), *entry.get("also", [])]


@functools.cache
def _word_sets() -> dict[str, list[str]]:
    return {entry["name"]: entry["words"] for entry in _entries("words")}


ClaimWords = tuple[dict[str, dict[str, int]], dict[str, list[tuple[str, Sequence]]]]


@functools.cache
def claim_words() -> ClaimWords:
    """The word sets of `rules/tables/claims.yaml`, and "negation": the names of the sets that hold a word alone, each
    with 0; and the longer phrases that begin with a word, each with its set.
    """
    content: ClaimWords | None = prepared.part("claim words")
    return content or _claim_words()


def _claim_words() -> ClaimWords:
    alone: dict[str, dict[str, int]] = {}
    longer: dict[str, list[tuple[str, Sequence]]] = {}
    sets = {entry["name"]: entry["words"] for entry in _entries("claims")} | {"negation": _word_sets()["negation"]}
    for name, phrases in sets.items():
        for sequence in (sequence for phrase in phrases for sequence in sequences(phrase)):
            for word in words_of(sequence[0]):
                if len(sequence) == 1:
                    alone.setdefault(word, {})[name] = 0
                else:
                    longer.setdefault(word, []).append((name, sequence))
    return alone, longer


def cues() -> dict[str, Any]:
    """What `tools/fit_claims.py` has learned: `start` weights, and `cues` with their weights."""
    content: dict[str, Any] = read_yaml(prepared.rules_folder() / "tables" / "cues.yaml")
    return content


def syllables(word: str) -> int | None:
    """The syllables of a word for which the heuristic of `analysis.readability` errs (`tools/build_syllables.py`)."""
    known = _syllables().get(word[:_PREFIX], "")
    at = known.find(f" {word}=")
    return int(known[at + len(word) + 2]) if at >= 0 else None


@functools.cache
def _syllables() -> dict[str, str]:
    content: dict[str, str] | None = prepared.part("syllables")
    return content or _read_syllables()


def _read_syllables() -> dict[str, str]:
    """Words with their one digit, " able=2 abler=2", by the letters that they begin with: this loads faster."""
    by_prefix: defaultdict[str, str] = defaultdict(str)
    for line in (prepared.rules_folder() / "tables" / "syllables.txt").read_text("ascii").splitlines():
        number, *words = line.split()
        for word in words:
            by_prefix[word[:_PREFIX]] += f" {word}={number}"
    return dict(by_prefix)


_PREFIX = 2
