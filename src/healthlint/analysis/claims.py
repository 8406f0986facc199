"""How strong a claim a sentence makes, and which sentences claim a benefit of a treatment."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from healthlint import tables
from healthlint.analysis.segments import PROSE, segments
from healthlint.analysis.sentences import Sentence, sentences, words
from healthlint.document import Document, per_document
from healthlint.phrases import Match, Words
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


_LADDER = (ClaimStrength.CONDITIONAL, ClaimStrength.ASSOCIATION, ClaimStrength.CAUSAL)


def claim_strength(sentence: str) -> ClaimStrength:
    """The strength of the claim that one sentence makes, by the weakest kind of cue that it holds."""
    at = Words(sentence, (0,), tables.names)
    for level in _LADDER:
        if at.matches(level.name.lower()):
            return level
    return ClaimStrength.NONE


def strength(document: Document, sentence: Sentence) -> Strength:
    """The same for a sentence of a document, with the places of the cues in its text."""
    at = words(document)
    for level in _LADDER:
        cues = [m for m in at.matches(level.name.lower()) if sentence.first <= m.first < sentence.last]
        if cues:
            return Strength(level, tuple(_span(document, cue) for cue in cues))
    return Strength(ClaimStrength.NONE)


def _span(document: Document, match: Match) -> Span:
    at = words(document)
    return Span(at.starts[match.first], at.ends[match.last])


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
