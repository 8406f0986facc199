"""The cues of claim strength: a table of phrases with a weight for each level, and finding them in sentences.

`rules/tables/cues.yaml` is the only thing about claims that was learned from data (`tools/fit_claims.py`). A cue is

    leads to             words that stand next to each other; with ~ in any inflection
    {effect-may}         a fact of the clause (see `healthlint.analysis.clauses`)
    <be COMPARATIVE in>  steps of the outline of the sentence (see `healthlint.analysis.outline`)
    <NEGATION .. than>   two of them, at most five apart

A cue counts once in a sentence, and also inside a longer one.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from healthlint import prepared, tables
from healthlint.analysis.clauses import PREDICATES, Clauses
from healthlint.analysis.outline import WINDOW, Step
from healthlint.expressions import expression
from healthlint.grammar import inflections
from healthlint.namedtuples import NamedTuple
from healthlint.phrases import Words

_PREDICATE = expression(
    r"^\{(?:[a-z]+-)?(?:(?:weak-|light-)?(?:" + "|".join((*PREDICATES, "compared")) + r")-\w+|tendency)\}$"
)
LONGEST_PHRASE = 3
LONGEST_OUTLINE = 4

Weights = tuple[int, ...]
"""What a cue says for each level, in hundredths: sums of whole numbers are the same in every Python."""
_Trie = dict[str, Any]
_END = ""
"""Under this key a trie holds the cue that ends here."""


class Found(NamedTuple):
    """A cue that stands at words `first` to `last` (both inclusive), and what it says for each level."""

    cue: str
    first: int
    last: int
    weights: Weights

    @property
    def is_predicate(self) -> bool:
        """Whether the cue is a fact about a word that can be what the sentence claims."""
        return self.cue.startswith("{") and _PREDICATE.search(self.cue) is not None

    @property
    def is_outline(self) -> bool:
        """Whether the cue is a part of the outline of the sentence."""
        return self.cue.startswith("<")


class Cues:
    """The table: weights that every sentence starts with, and cues with theirs, ready to be found."""

    def __init__(self, start: Iterable[float], weights: Mapping[str, Iterable[float]]) -> None:
        self.start = _hundredths(start)
        self.weights: dict[str, Weights] = {cue: _hundredths(values) for cue, values in weights.items()}
        self._roots: dict[str, list[str]] = {}
        self._phrases: _Trie = {}
        self._outlines: _Trie = {}
        self._apart: _Trie = {}
        for cue in self.weights:
            if cue.startswith("<"):
                steps = cue[1:-1].split()
                if ".." in steps:
                    _plant(self._apart, [steps[0], steps[2]], cue)
                else:
                    _plant(self._outlines, steps, cue)
            elif not cue.startswith("{"):
                _plant(self._phrases, cue.split(), cue)
        roots = {word for cue in self.weights if cue[0] not in "<{" for word in cue.split() if word[-1] == "~"}
        for root in sorted(roots):
            for form in sorted(inflections(root[:-1])):
                self._roots.setdefault(form, []).append(root)

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Cues":
        """The table that was stored."""
        made = cls((), {})
        vars(made).update(stored)
        return made

    def stored(self) -> dict[str, Any]:
        """The table in a form that `marshal` can store."""
        return vars(self)

    def find(self, clauses: Clauses, first: int, last: int) -> list[Found]:
        """The cues of the sentence of words `first` to `last` (exclusive), each once, where it stands first."""
        found: dict[str, tuple[int, int]] = {}
        for cue, start, end in self._places(clauses, first, last):
            if cue in self.weights:
                found.setdefault(cue, (start, end))
        return [Found(cue, start, end, self.weights[cue]) for cue, (start, end) in found.items()]

    def _places(self, clauses: Clauses, first: int, last: int) -> Iterator[tuple[str, int, int]]:
        yield from fact_cues(clauses, first, last)
        for i, word in enumerate(clauses.words.folded[first:last], first):
            if word in self._phrases or word in self._roots:
                yield from self._phrases_at(self._phrases, clauses.words, i, i, last)
        steps = clauses.outline(first, last)
        for place, step in enumerate(steps):
            if step.name in self._outlines:
                yield from _outlines_at(self._outlines, steps, place)
            apart = self._apart.get(step.name)
            if apart:
                for later in steps[place + 2 : place + WINDOW + 1]:
                    if later.name in apart:
                        yield apart[later.name][_END], step.first, later.last

    def _phrases_at(self, trie: _Trie, words: Words, i: int, first: int, last: int) -> Iterator[tuple[str, int, int]]:
        word = words.folded[i]
        for form in (word, *self._roots.get(word, ())):
            below = trie.get(form)
            if below is None:
                continue
            if _END in below:
                yield below[_END], first, i
            if len(below) > (_END in below) and i + 1 < last and words.close(i):
                yield from self._phrases_at(below, words, i + 1, first, last)


def _hundredths(weights: Iterable[float]) -> Weights:
    return tuple(round(100 * weight) for weight in weights)


def _plant(trie: _Trie, path: list[str], cue: str) -> None:
    for step in path:
        trie = trie.setdefault(step, {})
    trie[_END] = cue


def _outlines_at(trie: _Trie, steps: list[Step], place: int) -> Iterator[tuple[str, int, int]]:
    for step in steps[place : place + LONGEST_OUTLINE]:
        below = trie.get(step.name)
        if below is None:
            return
        trie = below
        if _END in trie:
            yield trie[_END], steps[place].first, step.last


@functools.cache
def table() -> Cues:
    """The cues of `rules/tables/cues.yaml`."""
    stored = prepared.part(_PART)
    return _read() if stored is None else Cues.of(stored)


def parts() -> dict[str, Any]:
    """The table as it stands in the prepared file."""
    return {_PART: _read().stored()}


def _read() -> Cues:
    content = tables.cues()
    return Cues(content["start"], content["cues"])


_PART = "cues"


def fact_cues(clauses: Clauses, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """The facts of a sentence, written as cues, each with its words."""
    for fact in clauses.facts(first, last):
        for name in fact.names:
            yield f"{{{name}}}", fact.first, fact.last


def outline_cues(clauses: Clauses, first: int, last: int) -> Iterator[str]:
    """Every cue that the outline of a sentence could hold."""
    names = [step.name for step in clauses.outline(first, last)]
    for i, name in enumerate(names):
        for end in range(i + 1, min(len(names), i + LONGEST_OUTLINE) + 1):
            yield f"<{' '.join(names[i:end])}>"
        for later in names[i + 2 : i + WINDOW + 1]:
            yield f"<{name} .. {later}>"
