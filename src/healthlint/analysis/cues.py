"""The cues of claim strength: a table of phrases with a weight for each level, and finding them in sentences.

`rules/tables/cues.yaml` is the only thing about claims that was learned from data (`tools/fit_claims.py`). A cue is
a phrase of words, a fact of the clause in braces (`{effect-may}`, see `healthlint.analysis.clauses`), or two facts, the
second at most twelve words after the first. A cue counts once in a sentence, and also inside a longer one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from healthlint import tables
from healthlint.analysis.clauses import PREDICATES, Clauses, Fact
from healthlint.grammar import GAP_LIMIT
from healthlint.phrases import Phrases

_PREDICATE = re.compile(
    r"^\{(?:[a-z]+-)?(?:(?:weak-|light-)?(?:" + "|".join((*PREDICATES, "compared")) + r")-\w+|tendency)\}$"
)

Weights = tuple[float, ...]


class Found(NamedTuple):
    """A cue that stands at words `first` to `last` (both inclusive), and what it says for each level."""

    cue: str
    first: int
    last: int
    weights: Weights

    @property
    def is_predicate(self) -> bool:
        """Whether the cue is a single fact about a word that can be what the sentence claims."""
        return self.cue.endswith("}") and _PREDICATE.search(self.cue) is not None


class Cues(NamedTuple):
    """The table: weights that every sentence starts with, cues that are facts, cues that are words."""

    start: Weights
    facts: dict[str, Weights]
    words: dict[str, Weights]
    phrases: Phrases


def parse(start: Iterable[float], weights: dict[str, Iterable[float]]) -> Cues:
    """Make a table of cues ready for use. Raises PhraseError for a cue that is no phrase."""
    facts = {cue: tuple(values) for cue, values in weights.items() if cue.startswith("{")}
    words = {cue: tuple(values) for cue, values in weights.items() if not cue.startswith("{")}
    return Cues(tuple(start), facts, words, Phrases.of(words, nested=True))


@functools.cache
def table() -> Cues:
    """The cues of `rules/tables/cues.yaml`."""
    content = tables.read_yaml(tables.rules_folder() / "tables" / "cues.yaml")
    return parse(content["start"], content["cues"])


def find(clauses: Clauses, sentences: Iterable[tuple[int, int]], cues: Cues) -> Iterator[list[Found]]:
    """The cues of each sentence, given as the range of its words (the last one exclusive)."""
    phrases, weights = list(cues.words), list(cues.words.values())
    worded: dict[int, list[Found]] = {}
    for first, last, label in cues.phrases.find(clauses.words):
        worded.setdefault(clauses.words.sentence[first], []).append(Found(phrases[label], first, last, weights[label]))
    for first, last in sentences:
        here = worded.get(clauses.words.sentence[first], []) if last > first else []
        stated = [
            Found(cue, start, end, cues.facts[cue])
            for cue, start, end in fact_cues(clauses, first, last, cues.facts)
            if cue in cues.facts
        ]
        yield list({found.cue: found for found in reversed([*stated, *here])}.values())[::-1]


def fact_cues(
    clauses: Clauses, first: int, last: int, wanted: Iterable[str] | None = None
) -> Iterator[tuple[str, int, int]]:
    """The facts of a sentence and their pairs, written as cues, each with its words; all, or those that are wanted."""
    facts = clauses.facts(first, last)
    for fact in facts:
        for name in fact.names:
            yield f"{{{name}}}", fact.first, fact.last
    for cue, before, after in _pairs(facts):
        if (wanted is None or cue in wanted) and all(map(clauses.words.passable, range(before.last, after.first))):
            yield cue, before.first, after.last


def _pairs(facts: list[Fact]) -> Iterator[tuple[str, Fact, Fact]]:
    for before in facts:
        for after in facts:
            if before.last < after.first <= before.last + GAP_LIMIT + 1:
                yield f"{{{before.name}}} ..{GAP_LIMIT} {{{after.name}}}", before, after
