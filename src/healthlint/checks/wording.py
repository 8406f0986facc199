"""HYPE rules that need more than a phrase: questions, headings, repetition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from healthlint.analysis.claims import ClaimStrength, strength
from healthlint.analysis.guards import answered, hedged, negated
from healthlint.analysis.segments import PROSE, Segment, segments
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.document import Document
from healthlint.rule import Hit, Setting, Severity

_OPENING = frozenset("could can will might may is are does do would should".split())
_ASKING = frozenset("what how why which who when where".split())
_RISK = frozenset(
    "safe safety risk risks risky dangerous danger harm harms harmful cause causes worse side you your i we"
    " placebo cost costs price".split()
)


def speculative_question(document: Document, setting: Setting) -> Iterator[Hit]:
    """HYPE-006: a question that puts a benefit before the reader.

    Also without a verb: "Mushrooms: the key to a long life?". Not one about risk, none to the reader, and none that is
    answered with a limitation.
    """
    at = words(document)
    hopeful = {at.sentence[m.first] for name in ("benefit", "promise") for m in at.matches(name)}
    offering = {at.sentence[m.first] for m in at.matches("key-to-it")}
    kinds = segments(document)
    for sentence in sentences(document):
        kind = kinds[sentence.block]
        if sentence.last == sentence.first or kind not in PROSE - {Segment.QUOTE}:
            continue
        inside = at.folded[sentence.first : sentence.last]
        number = at.sentence[sentence.first]
        opens = _OPENING & set(inside[:1]) or (
            kind is Segment.TITLE and _OPENING & set(_after_colon(document, sentence))
        )
        asks = (opens and number in hopeful) or (number in offering and _ASKING.isdisjoint(inside))
        if document.text[sentence.end - 1] != "?" or not asks:
            continue
        if _is_practical(document, sentence):
            continue
        if _RISK.isdisjoint(inside) and not answered(document, sentence.start, sentence.end):
            yield Hit(sentence.start, sentence.end, Severity.WARNING if kind is Segment.TITLE else Severity.INFO)


def _is_practical(document: Document, sentence: Sentence) -> bool:
    """Whether it asks how something is done, without illness and remedy: "Can both hands be treated at once?"."""
    at = words(document)
    passive = "be treated" in at.lower[sentence.start : sentence.end]
    return passive and not any(at.holds(name, sentence.start, sentence.end) for name in ("condition", "treatment"))


def _after_colon(document: Document, sentence: Sentence) -> list[str]:
    """The first word after a colon: "An old drug: could it help people with gout?"."""
    rest = document.text[sentence.start : sentence.end].partition(":")[2].split()
    return [rest[0].lower()] if rest else []


def repeated_promotion(document: Document, setting: Setting) -> Iterator[Hit]:
    """HYPE-009: one promotional formula in three paragraphs or more; shown at the first that is no title."""
    at = words(document)
    kinds = segments(document)
    where: dict[str, dict[int, tuple[int, int]]] = {}
    counts: Counter[str] = Counter()
    for match in at.matches("promotion"):
        start, end = at.starts[match.first], at.ends[match.last]
        if match.first and at.folded[match.first - 1] == "cost":  # "cost-effective supplements" speaks of the price
            continue
        block = sentences(document)[sentence_at(document, start)].block
        if kinds[block] in PROSE:
            formula = " ".join(map(_stem, at.folded[match.first : match.last + 1]))
            where.setdefault(formula, {}).setdefault(block, (start, end))
            counts[formula] += 1
    for formula, places in where.items():
        below = [place for block, place in places.items() if kinds[block] is not Segment.TITLE]
        if len(places) >= 3 and below:
            start, end = below[0]
            fields = {"match": document.text[start:end], "n": str(counts[formula])}
            yield Hit(start, end, Severity.WARNING, fields, document=True)


def _stem(word: str) -> str:
    """The word without the ending that it takes in another sentence: shows, shown and showing promise."""
    return re.sub(r"(?<=\w{3})(?:s|n|ed|ing|e)$", "", word)


def heading_stronger_than_body(document: Document, setting: Setting) -> Iterator[Hit]:
    """HYPE-005: a heading that states a benefit as a fact, over a section that only hedges or links."""
    at = words(document)
    kinds = segments(document)
    promised = {match.first for match in at.matches("heading-benefit")}
    for number, sentence in enumerate(sentences(document)):
        if sentence.first not in promised or kinds[sentence.block] is not Segment.HEADING:
            continue
        start, end = at.starts[sentence.first], sentence.end
        if document.text[end - 1] == "?" or hedged(document, start, end) or negated(document, end - 1, end):
            continue
        if ClaimStrength.NONE < _strongest_below(document, number) < ClaimStrength.CAUSAL:
            yield Hit(start, end, Severity.INFO, {"match": document.text[start:end]})


def _strongest_below(document: Document, heading: int) -> ClaimStrength:
    """The strongest claim between the heading (the number of its sentence) and the next one."""
    kinds = segments(document)
    strongest = ClaimStrength.NONE
    for sentence in sentences(document)[heading + 1 :]:
        kind = kinds[sentence.block]
        if kind in (Segment.HEADING, Segment.TITLE):
            break
        if kind in (Segment.BODY, Segment.LIST, Segment.LEAD):
            strongest = max(strongest, strength(document, sentence).level)
    return strongest
