"""How strong a claim a sentence makes, and which sentences claim a benefit of a treatment.

The strength is the level for which the cues of the sentence (`healthlint.analysis.cues`) weigh most, so every verdict
can show its cues. "can reduce" is causal, "may reduce" conditional, and "suggests that it reduces" causal: a study that
suggests is no hedge (the conventions of Yu et al.).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from healthlint.analysis import cues, guards
from healthlint.analysis.clauses import Clauses
from healthlint.analysis.cues import Found, Weights
from healthlint.analysis.segments import PROSE, segments
from healthlint.analysis.sentences import Sentence, masked, sentences, words
from healthlint.analysis.verbs import resolve
from healthlint.document import Document, per_document
from healthlint.phrases import Words
from healthlint.text import Span


class ClaimStrength(IntEnum):
    """The scale of InSciOut and Yu et al. (EMNLP 2019, doi:10.18653/v1/D19-1473)."""

    NONE = 0
    ASSOCIATION = 1
    CONDITIONAL = 2
    CAUSAL = 3


class Strength(NamedTuple):
    """The strength of a claim, and the cue words that decided it."""

    level: ClaimStrength
    cues: tuple[Span, ...] = ()


FEWEST = 3
"""A claim takes a cause, an effect and a word between them: with fewer words ("Side effects") there is none."""


class Claim(NamedTuple):
    """A sentence that makes a claim; `hedged`, `negated` and `quoted` are told at its first cue."""

    sentence: Sentence
    strength: Strength
    hedged: bool
    negated: bool
    quoted: bool


def claim_strength(sentence: str) -> ClaimStrength:
    """The strength of the claim that one sentence makes. The text is taken as a single sentence, whatever it holds."""
    clauses = Clauses(Words(sentence, (0,), resolve))
    return _verdicts(clauses, [(0, len(clauses.words))])[0].level


def strength(document: Document, sentence: Sentence) -> Strength:
    """The same for a sentence of a document, with the places of its cues in the text of the document."""
    return _strengths(document)[sentence]


@per_document
def claims(document: Document) -> tuple[Claim, ...]:
    """The sentences of the article (no references, bios, furniture) that claim something, in order."""
    kinds = segments(document)
    return tuple(
        _claim(document, sentence, found)
        for sentence, found in _strengths(document).items()
        if found.level is not ClaimStrength.NONE and kinds[sentence.block] in PROSE
    )


def _claim(document: Document, sentence: Sentence, found: Strength) -> Claim:
    start, end = found.cues[0] if found.cues else (sentence.start, sentence.end)
    return Claim(
        sentence,
        found,
        guards.hedged(document, start, end),
        guards.negated(document, start, end),
        guards.quoted(document, start, end),
    )


@per_document
def _strengths(document: Document) -> dict[Sentence, Strength]:
    every = sentences(document)
    clauses = Clauses(Words(masked(document), (sentence.start for sentence in every), resolve))
    return dict(zip(every, _verdicts(clauses, [(s.first, s.last) for s in every]), strict=True))


def _verdicts(clauses: Clauses, ranges: list[tuple[int, int]]) -> list[Strength]:
    table = cues.table()
    found = cues.find(clauses, ranges, table)
    return [_verdict(clauses, *words_, here, table.start) for words_, here in zip(ranges, found, strict=True)]


def _verdict(clauses: Clauses, first: int, last: int, found: list[Found], start: Weights) -> Strength:
    """The level with the largest sum of weights, and the cues that speak for it most."""
    if last - first < FEWEST:
        return Strength(ClaimStrength.NONE)
    sums = [sum(weights) for weights in zip(start, *(cue.weights for cue in found), strict=True)]
    level = sums.index(max(sums))
    return Strength(ClaimStrength(level), tuple(_spans(clauses, _deciding(found, level))))


def _deciding(found: list[Found], level: int) -> list[Found]:
    """The cues that favour the level, at least half as much as the strongest; predicates first, pairs last."""
    favour = [cue for cue in found if max(cue.weights) == cue.weights[level] > 0]
    favour = [cue for cue in favour if cue.is_predicate] or [cue for cue in favour if not cue.is_pair] or favour
    least = max((cue.weights[level] for cue in favour), default=0.0) / 2
    return [cue for cue in favour if cue.weights[level] >= least]


def _spans(clauses: Clauses, found: list[Found]) -> Iterator[Span]:
    """Where cues stand, in order; one that overlaps an earlier one is left out."""
    end = -1
    for first, last in sorted({(cue.first, cue.last) for cue in found}):
        if first > end:
            yield Span(clauses.words.starts[first], clauses.words.ends[last])
            end = last


@per_document
def benefit_sentences(document: Document) -> tuple[Sentence, ...]:
    """Sentences of the article (no references, bios, furniture) in which a treatment stands with a benefit."""
    at = words(document)
    treated = {at.sentence[match.first] for match in at.matches("treatment")}
    benefits = {at.sentence[match.first] for match in at.matches("benefit")}
    kinds = segments(document)
    chosen = treated & benefits
    return tuple(
        sentence
        for sentence in sentences(document)
        if sentence.last > sentence.first and at.sentence[sentence.first] in chosen and kinds[sentence.block] in PROSE
    )
