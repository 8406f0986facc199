"""How strong a claim a sentence makes, and which sentences claim a benefit of a treatment.

The strength is the level for which the cues of the sentence (`healthlint.analysis.cues`) weigh most, so every verdict
can show its cues. "can reduce" is causal, "may reduce" conditional, and "suggests that it reduces" causal: a study that
suggests is no hedge (the conventions of Yu et al.).
"""

from collections.abc import Iterator
from enum import IntEnum

from healthlint import tables
from healthlint.analysis import cues, guards
from healthlint.analysis.clauses import Clauses
from healthlint.analysis.cues import Found
from healthlint.analysis.segments import PROSE, segments
from healthlint.analysis.sentences import Sentence, sentences, words
from healthlint.document import Document, per_document
from healthlint.namedtuples import NamedTuple
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
    reader = _Reader(Words(sentence, (0,), tables.names))
    return reader.strength(0, len(reader.words)).level


def strength(document: Document, sentence: Sentence) -> Strength:
    """The same for a sentence of a document, with the places of its cues in the text of the document."""
    return _reader(document).strength(sentence.first, sentence.last)


@per_document
def claims(document: Document) -> tuple[Claim, ...]:
    """The sentences of the article (no references, bios, furniture) that claim something, in order."""
    kinds = segments(document)
    prose = [sentence for sentence in sentences(document) if kinds[sentence.block] in PROSE]
    found = ((sentence, strength(document, sentence)) for sentence in prose)
    return tuple(_claim(document, sentence, said) for sentence, said in found if said.level is not ClaimStrength.NONE)


def _claim(document: Document, sentence: Sentence, found: Strength) -> Claim:
    start, end = found.cues[0] if found.cues else (sentence.start, sentence.end)
    return Claim(
        sentence,
        found,
        guards.hedged(document, start, end),
        guards.negated(document, start, end),
        guards.quoted(document, start, end),
    )


class _Reader:
    """Reads sentences of a text, each at most once."""

    def __init__(self, text: Words) -> None:
        self.words = text
        self._clauses = Clauses(text)
        self._known: dict[int, Strength] = {}

    def strength(self, first: int, last: int) -> Strength:
        """The level with the largest sum of weights, and the cues that speak for it most."""
        if last - first < FEWEST:
            return Strength(ClaimStrength.NONE)
        if first not in self._known:
            found = cues.table().find(self._clauses, first, last)
            sums = [sum(weights) for weights in zip(cues.table().start, *(cue.weights for cue in found), strict=True)]
            level = sums.index(max(sums))
            self._known[first] = Strength(ClaimStrength(level), tuple(_spans(self.words, _deciding(found, level))))
        return self._known[first]


@per_document
def _reader(document: Document) -> _Reader:
    return _Reader(words(document))


def _deciding(found: list[Found], level: int) -> list[Found]:
    """The cues that favour the level at least half as much as the strongest: predicates, else words, else outlines."""
    favour = [cue for cue in found if max(cue.weights) == cue.weights[level] > 0]
    favour = [cue for cue in favour if cue.is_predicate] or [cue for cue in favour if not cue.is_outline] or favour
    least = max((cue.weights[level] for cue in favour), default=0) / 2
    return [cue for cue in favour if cue.weights[level] >= least]


def _spans(text: Words, found: list[Found]) -> Iterator[Span]:
    """Where cues stand, in order; one that overlaps an earlier one is left out."""
    end = -1
    for first, last in sorted({(cue.first, cue.last) for cue in found}):
        if first > end:
            yield Span(text.starts[first], text.ends[last])
            end = last


@per_document
def gains(document: Document) -> tuple[Match, ...]:
    """Where a benefit is named; not what only helps to know something: "helps you understand your sleep"."""
    at = words(document)
    return tuple(m for m in at.matches("benefit") if not at.overlaps("help-to-know", m.first, m.last))


@per_document
def benefit_sentences(document: Document) -> tuple[Sentence, ...]:
    """Sentences of the article (no references, bios, furniture) in which a treatment stands with a benefit."""
    at = words(document)
    treated = {at.sentence[match.first] for match in at.matches("treatment")}
    benefits = {at.sentence[match.first] for match in gains(document)}
    kinds = segments(document)
    chosen = treated & benefits
    return tuple(
        sentence
        for sentence in sentences(document)
        if sentence.last > sentence.first and at.sentence[sentence.first] in chosen and kinds[sentence.block] in PROSE
    )
