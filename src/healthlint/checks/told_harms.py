"""Where an article says that its treatment can do harm, and what the treatment is."""

from __future__ import annotations

import re

from healthlint.analysis.guards import negated
from healthlint.analysis.segments import PROSE, Segment, segments
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.analysis.subjects import subjects
from healthlint.checks.passages import Passage, overlaps, said
from healthlint.document import Document, per_document
from healthlint.expressions import expression

_FIRST_BLOCKS = 4


@per_document
def harm_statements(document: Document) -> tuple[Passage, ...]:
    """Where the article says that a treatment can do harm: not "no side effects", not the risk of a disease."""
    found = said(document, "harm-statement", (negated,))
    return tuple(
        passage
        for passage in found
        if not (
            overlaps(document, "no-harm-statement", passage)
            or _is_risk_of_disease(document, passage)
            or _is_of_another(document, passage)
            or _is_of_a_disease(document, passage)
            or _is_done_by_another(document, passage)
            or _is_tied_to_another(document, passage)
        )
    )


def _is_risk_of_disease(document: Document, passage: Passage) -> bool:
    """Whether the risk is that of an illness, and no treatment named before it raises that risk."""
    if not overlaps(document, "risk-of-disease", passage):
        return False
    sentence, at = passage.sentence, words(document)
    raised = [m.first for m in at.matches("raised-risk") if sentence.first < m.first < sentence.last]
    return not any(
        treatments_in(document, sentence.start, at.starts[first])
        or _is_taken(at.folded[sentence.first : first])
        or any(at.holds(name, sentence.start, at.starts[first]) for name in ("treatment", "drug"))
        for first in raised
    )


def _is_of_a_disease(document: Document, passage: Passage) -> bool:
    """Whether an illness does the harm: "Anaemia can cause fatigue", and "It can ..." right after such a sentence."""
    sentence, at = passage.sentence, words(document)
    treated = treatments_in(document, sentence.start, sentence.end) or at.holds(
        "treatment", sentence.start, sentence.end
    )
    if treated or at.holds("harm-word", passage.start, passage.end):
        return False  # side effects are those of a treatment
    if "it" in at.folded[sentence.first : passage.first]:
        before = sentences(document)[max(0, sentence_at(document, passage.start) - 1)]
        return before.block == sentence.block and _is_about_a_disease(document, before, before.last)
    return _is_about_a_disease(document, sentence, passage.first)


def _is_about_a_disease(document: Document, sentence: Sentence, last: int) -> bool:
    """Whether a sentence begins with an illness, before the word `last`, and names no treatment."""
    at = words(document)
    if at.folded[sentence.first] in _CONDITIONS or at.holds("treatment", sentence.start, sentence.end):
        return False
    subject = min(sentence.first + _SUBJECT, last)
    return subject > sentence.first and at.holds("condition", sentence.start, at.ends[subject - 1])


_CONDITIONS = frozenset("in for with if during among when while after unlike".split())
"""A sentence that begins with one of these says for whom, not what does harm."""
_SUBJECT = 4


def _is_of_another(document: Document, passage: Passage) -> bool:
    """Whether the harm is that of "other drugs", or of surgery, in an article about another treatment."""
    sentence, main, at = passage.sentence, main_treatments(document), words(document)
    if not main:
        return False
    beside = (at.folded[sentence.first], at.folded[passage.first - 1])
    if not any(isinstance(name, int) for name in main) and not _MEDICINES.isdisjoint(beside):
        return True  # "Medications have side effects", "without drug side effects": in an article about a device
    named = treatments_in(document, sentence.start, sentence.end)
    if not named.isdisjoint(main):
        return False
    subject = at.ends[min(sentence.first + _SUBJECT, sentence.last) - 1]
    compared = bool(named) and at.holds("compared-treatment", sentence.start, passage.end)
    return compared or at.holds("usual-care", sentence.start, subject)


_MEDICINES = frozenset("medications medication medicines drugs drug pills".split())


def _is_done_by_another(document: Document, passage: Passage) -> bool:
    """Whether what "can cause" fatigue or "raises the risk" is no treatment: lack of a vitamin, age, people indoors.

    Nor is it the treatment of the article where only food or exercise is named, and the article is about neither.
    """
    at, sentence = words(document), passage.sentence
    if not any((m.first, m.last) == (passage.first, passage.last) for m in at.matches("harm-effect")):
        return False
    before = at.folded[sentence.first : passage.first]
    if _is_taken(before) or not _DOERS.isdisjoint(before) or not _RELATIVE.isdisjoint(before[-1:]):
        return False
    named = [m for name in ("treatment", "drug") for m in at.matches(name) if sentence.first <= m.first < sentence.last]
    named = [m for m in named if _LACK.isdisjoint(at.folded[m.last + 1 : m.last + 3])]
    if all(at.overlaps("gentle-practice", m.first, m.last) for m in named):
        own = {at.folded[m.first] for m in named} & main_treatments(document)
        return not own and subjects(document).isdisjoint(range(sentence.first, sentence.last))
    return False


_DOERS = frozenset(["it", "they", "you"])


def _is_taken(folded: list[str]) -> bool:
    """Whether the words speak of a dose or of "long-term use"; not "improper use of the back", which names its own."""
    return not _TAKING.isdisjoint(folded) or any(
        word == "use" and folded[number : number + 1] != ["of"] for number, word in enumerate(folded, 1)
    )


_TAKING = frozenset("dose doses take takes taken taking overuse excess".split())
_RELATIVE = frozenset("this these that which also and or".split())
_LACK = frozenset("deficiency deficiencies deficient insufficiency shortage".split())
"""Behind a vitamin one of these names an illness."""


def _is_tied_to_another(document: Document, passage: Passage) -> bool:
    """Whether the risks are those "associated with" something that is no treatment: belly fat, loss of weight."""
    tie = _TIE.match(document.text, passage.end)
    if not tie or (tie.group(1) == "of" and not _DOWNSIDE.search(document.text, passage.start, passage.end)):
        return False
    end = min(passage.sentence.end, tie.end() + _TIED)
    treated = any(words(document).holds(name, tie.end(), end) for name in ("treatment", "drug"))
    return not (treated or _DOING.search(document.text, tie.end(), end) or treatments_in(document, tie.end(), end))


_TIED = 40
_TIE = expression(r" (associated with|linked to|posed by|of)\b")
_DOWNSIDE = expression(r"downsides?$", re.IGNORECASE)
_DOING = expression(
    r"\b(?:it|its|them|they|this|these|use|using|taking|treatment|therapy|dos\w+|supplement\w*)\b", re.I
)


@per_document
def main_treatments(document: Document) -> frozenset[str | int]:
    """What the article is about: the treatments of title, lead and headings, and what its title names."""
    kinds = segments(document)
    blocks = opening(document) | {number for number, kind in enumerate(kinds) if kind is Segment.HEADING}
    places = [(document.blocks[number].start, document.blocks[number].end) for number in blocks]
    found = [treatments_in(document, start, end) for start, end in places]
    return frozenset(name for names in found for name in names)


def treatments_in(document: Document, start: int, end: int) -> frozenset[str | int]:
    """The treatments named in a range, but for "the drug", "this therapy": by their entries, or their first words."""
    at = words(document)
    general = {(m.first, m.last) for m in at.matches("general-treatment")}
    special = {m.first for m in at.matches("treatment") if (m.first, m.last) not in general}
    firsts = [n for n in special | subjects(document) if start <= at.starts[n] < end]
    drugs = [m.label for m in at.matches("drug") if start <= at.starts[m.first] < end]
    return frozenset([*(at.folded[number] for number in firsts), *drugs])


def opening(document: Document) -> set[int]:
    """The blocks of title and lead or, where neither is known, the first blocks of prose."""
    kinds = list(enumerate(segments(document)))
    first = [number for number, kind in kinds if kind in PROSE][:_FIRST_BLOCKS]
    return {number for number, kind in kinds if kind in (Segment.TITLE, Segment.LEAD)} or set(first)
