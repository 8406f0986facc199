"""The cues of claim strength: a table of phrases with a weight for each level, and finding them in sentences.

`rules/tables/cues.yaml` is the only thing about claims that was learned from data (`tools/fit_claims.py`). A cue is
a phrase of words, a fact of the clause in braces (`{effect-may}`, see `healthlint.analysis.clauses`), or two facts, the
second at most twelve words after the first. A cue counts once in a sentence, and also inside a longer one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from healthlint import tables
from healthlint.analysis.clauses import PREDICATES, Clauses, Fact
from healthlint.expressions import expression
from healthlint.grammar import GAP_LIMIT
from healthlint.phrases import Phrases

_PREDICATE = expression(
    r"^\{(?:[a-z]+-)?(?:(?:weak-|light-)?(?:" + "|".join((*PREDICATES, "compared")) + r")-\w+|tendency)\}$"
)

_REACH = 200
"""As many facts after a fact are looked at; so many words stand within reach of it."""

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

    @property
    def is_pair(self) -> bool:
        """Whether the cue is two facts and reaches from one to the other."""
        return self.cue.startswith("{") and " " in self.cue


class Cues(NamedTuple):
    """The table: weights that every sentence starts with, cues that are facts, cues that are words."""

    start: Weights
    facts: dict[str, Weights]
    words: dict[str, Weights]
    phrases: Phrases


def parse(start: Iterable[float], weights: dict[str, Iterable[float]]) -> Cues:
    """Make a table of cues ready for use. Raises PhraseError for a cue that is no phrase."""
    worded = [cue for cue in weights if not cue.startswith("{")]
    return _cues(start, weights, Phrases.of(worded, nested=True))


def _cues(start: Iterable[float], weights: dict[str, Iterable[float]], phrases: Phrases) -> Cues:
    facts = {cue: tuple(values) for cue, values in weights.items() if cue.startswith("{")}
    words = {cue: tuple(values) for cue, values in weights.items() if not cue.startswith("{")}
    return Cues(tuple(start), facts, words, phrases)


@functools.cache
def table() -> Cues:
    """The cues of `rules/tables/cues.yaml`."""
    content = tables.cues()
    return _cues(content["start"], content["cues"], content["phrases"])


class Finder:
    """The cues of the sentences of a text; those that are words are looked for in all sentences at once."""

    def __init__(self, clauses: Clauses, cues: Cues) -> None:
        self._clauses, self._cues = clauses, cues
        phrases, weights, words = list(cues.words), list(cues.words.values()), clauses.words
        self._worded: dict[int, list[Found]] = {}
        for first, last, label in cues.phrases.find(words):
            found = Found(phrases[label], first, last, weights[label])
            self._worded.setdefault(words.sentence[first], []).append(found)

    def find(self, first: int, last: int) -> list[Found]:
        """The cues of the sentence of words `first` to `last` (exclusive), each once."""
        worded = self._worded.get(self._clauses.words.sentence[first], []) if last > first else []
        stated = [
            Found(cue, start, end, self._cues.facts[cue])
            for cue, start, end in fact_cues(self._clauses, first, last, self._cues.facts)
            if cue in self._cues.facts
        ]
        return list({found.cue: found for found in reversed([*stated, *worded])}.values())[::-1]


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
    """Facts with those that begin after them within reach; the time grows with the sentence, not with its square."""
    ordered = sorted((fact for fact in facts if fact.part), key=lambda fact: fact.first)
    for place, before in enumerate(ordered):
        for after in ordered[place + 1 : place + 1 + _REACH]:
            if after.first > before.last + GAP_LIMIT + 1:
                break
            if after.first > before.last:
                yield f"{{{before.name}}} ..{GAP_LIMIT} {{{after.name}}}", before, after
