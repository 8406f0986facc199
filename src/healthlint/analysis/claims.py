"""How strong a claim a sentence makes, and which sentences claim a benefit of a treatment."""

from __future__ import annotations

from enum import IntEnum

from healthlint import tables
from healthlint.analysis.segments import PROSE, segments
from healthlint.analysis.sentences import Sentence, sentences, words
from healthlint.document import Document, per_document
from healthlint.phrases import Words


class ClaimStrength(IntEnum):
    """The scale of InSciOut and Yu et al. (EMNLP 2019, doi:10.18653/v1/D19-1473)."""

    NONE = 0
    ASSOCIATION = 1
    CONDITIONAL = 2
    CAUSAL = 3


def claim_strength(sentence: str) -> ClaimStrength:
    """The strength of the claim that one sentence makes, by the weakest kind of cue that it holds."""
    at = Words(sentence, (0,), tables.names)
    for name in ("conditional", "association", "causal"):
        if tables.names(name).find(at):
            return ClaimStrength[name.upper()]
    return ClaimStrength.NONE


@per_document
def benefit_sentences(document: Document) -> tuple[Sentence, ...]:
    """Sentences of the article (no references, bios, furniture) in which a treatment stands with a benefit."""
    at = words(document)
    treated = {at.sentence[first] for first in at.members("treatment")[0]}
    benefits = {at.sentence[first] for first in at.members("benefit")[0]}
    kinds = segments(document)
    chosen = treated & benefits
    return tuple(
        sentence
        for sentence in sentences(document)
        if sentence.last > sentence.first and at.sentence[sentence.first] in chosen and kinds[sentence.block] in PROSE
    )
