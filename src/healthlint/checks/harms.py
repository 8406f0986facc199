"""SAFE rules about the whole text: harms, options and costs that it leaves out, and safety that it contradicts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis.claims import ClaimStrength, strength
from healthlint.analysis.evidence import evidence
from healthlint.analysis.guards import distanced, hedged, needed, negated, quoted
from healthlint.analysis.segments import PROSE, Segment, section_starts, segments, title
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.analysis.subjects import health_claims, subjects
from healthlint.checks.anchors import CLAIMS, anchor, is_fragment, makes_health_claims
from healthlint.checks.passages import BODY, Passage, overlaps, said
from healthlint.checks.told_harms import harm_statements, opening, treatments_in
from healthlint.document import Document, per_document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity


def harms_missing(document: Document, setting: Setting) -> Iterator[Hit]:
    """SAFE-002: benefits of a treatment, and not one harm; not in a report of cells in a dish, which offers none.

    A warning where the text at least says that it was tolerated, where only animals and cells were studied, or where
    the file is a part of a page, the other parts of which may name the harm.
    """
    if not makes_health_claims(document) or harm_statements(document):
        return
    if evidence(document).only_cells or _asks_first(document):
        return
    if not (is_about_treatment(document) or _leads_to_treatment(document)):
        return
    claims = _treatment_claims(document)
    if len(claims) < CLAIMS:
        return
    told = said(document, "safety-reported")
    modelled = evidence(document).mostly_models
    fields = {"n": str(len(claims)), "whom": "" if modelled else " for people"}
    lesser = told or modelled or is_fragment(document)
    yield Hit(*anchor(document), Severity.WARNING if lesser else Severity.ERROR, fields, document=True)


def _asks_first(document: Document) -> bool:
    """Whether a section about safety tells readers to ask first: whom it may harm, stands between the lines."""
    starts, kinds = section_starts(document), segments(document)
    cautious = {
        starts[number]
        for number, block in enumerate(document.blocks)
        if kinds[number] is Segment.HEADING and _SAFETY.search(document.text, block.start, block.end)
    }
    return bool(cautious) and any(
        starts[number] in cautious and kinds[number] in BODY and _ASK.search(document.text, block.start, block.end)
        for number, block in enumerate(document.blocks)
    )


_SAFETY = expression(
    r"\b(?:safety|precautions?|cautions?|who should (?:not|avoid)|before (?:you|taking))\b", re.IGNORECASE
)
_ASK = expression(
    r"\b(?:ask|consult|tell|inform|talk to|talk with|speak to|speak with|check with) (?:a|an|your|their|the|with) "
    r"[^.!?]{0,60}?\b(?:before|first|if|prior to)\b",
    re.IGNORECASE,
)


def _leads_to_treatment(document: Document) -> bool:
    """Whether an article about an illness praises, below a heading that names it, one treatment again and again."""
    kinds = segments(document)
    heads = [block for block, kind in zip(document.blocks, kinds, strict=True) if kind is Segment.HEADING]
    headed = frozenset(name for block in heads for name in treatments_in(document, block.start, block.end))
    praised = [treatments_in(document, s.start, s.end) for s in health_claims(document)] if headed else []
    return any(sum(name in names for names in praised) >= CLAIMS for name in headed)


@per_document
def _treatment_claims(document: Document) -> list[Sentence]:
    """Sentences that state, not only name, a benefit of something that can do harm (no yoga, no meditation)."""
    at = words(document)
    efficacy = {at.sentence[match.first] for name in ("efficacy", "gain") for match in at.matches(name)}
    treated = {at.sentence[place] for place in _harmful(document)}
    by_start = {at.sentence[s.first]: s for s in health_claims(document)}
    treated |= {number for number in by_start if not _holds_practice(document, by_start[number])}
    benefits = [
        sentence
        for sentence in health_claims(document)
        if at.sentence[sentence.first] in treated and document.text[sentence.end - 1] != "?"
    ]
    plain = [sentence for sentence in benefits if at.sentence[sentence.first] in efficacy]
    if len(plain) >= CLAIMS or len(benefits) < CLAIMS:  # to weigh the others takes long and changes nothing
        return plain
    return [s for s in benefits if s in plain or strength(document, s).level >= ClaimStrength.CONDITIONAL]


@per_document
def _harmful(document: Document) -> frozenset[int]:
    """The first words of the treatments that can do harm: medicines, supplements, procedures, devices, the subject."""
    at = words(document)
    practices = {m.first for m in at.matches("gentle-practice")}
    treatments = {match.first for match in at.matches("treatment")} | subjects(document)
    return frozenset(treatments - practices - {match.first for match in at.matches("food-subject")})


def _holds_practice(document: Document, sentence: Sentence) -> bool:
    at = words(document)
    return any(at.holds(name, sentence.start, sentence.end) for name in ("gentle-practice", "food-subject"))


def is_about_treatment(document: Document) -> bool:
    """Whether the title or the lead names a treatment that can do harm.

    A title about food or yoga does not; in an article without one the first paragraph stands for it.
    """
    at = words(document)
    prose = (block for block, kind in zip(document.blocks, segments(document), strict=True) if kind in PROSE)
    block = title(document) or next(prose, None)
    harmless = ("food-subject", "gentle-practice")
    named = block is not None and at.holds("drug", block.start, block.end)
    if block is not None and not named and any(at.holds(name, block.start, block.end) for name in harmless):
        return False
    first = opening(document)
    return any(
        sentences(document)[sentence_at(document, at.starts[place])].block in first for place in _harmful(document)
    )


def safety_contradiction(document: Document, setting: Setting) -> Iterator[Hit]:
    """SAFE-004: long-term effects are called unknown here, and long-term use is recommended or reassured of there."""
    for unknown in said(document, "long-term-unknown"):
        if unknown.segment in (Segment.TITLE, Segment.HEADING):
            continue
        drugs = _drugs_near(document, unknown)
        for other in (*said(document, "long-term-use", (negated, needed, hedged)), *_reassurances(document, unknown)):
            if other.sentence == unknown.sentence or quoted(document, other.start, other.end):
                continue
            if not drugs <= (_drugs_near(document, other) or drugs):
                continue
            fields = {"a": _line(document, unknown.start), "b": _line(document, other.start)}
            yield Hit(unknown.sentence.start, unknown.sentence.end, Severity.WARNING, fields, document=True)
            return


def _reassurances(document: Document, unknown: Passage) -> Iterator[Passage]:
    """Where a treatment is called safe, in another part of the text, and not only for a short time or so far."""
    at = words(document)
    for passage in said(document, "safe-bare", (negated, needed, distanced, hedged)):
        inside = at.folded[passage.sentence.first : passage.sentence.last]
        near = abs(passage.sentence.block - unknown.sentence.block) <= 1
        if not (near or overlaps(document, "no-safety-claim", passage)) and _SO_FAR.isdisjoint(inside):
            yield passage


_SO_FAR = frozenset(
    "short short-term term but however although though far animals animal mice rats preclinical".split()
)


def _drugs_near(document: Document, passage: Passage) -> set[int]:
    at = words(document)
    start, end = passage.sentence.start, passage.sentence.end
    return {match.label for match in at.matches("drug") if start <= at.starts[match.first] < end}


def _line(document: Document, offset: int) -> str:
    return str(document.source.position(document.prose.span(offset, offset + 1).start).line)


def _lists_options(document: Document) -> bool:
    """Whether the title promises what the rule asks for: "7 ways to", "Treatment options", "X versus Y"."""
    block = title(document)
    return block is not None and words(document).holds("options-title", block.start, block.end)


_REPORT = (Segment.TITLE, Segment.LEAD)
"""Where an article tells that it reports one trial, and against what the treatment was tested there."""
_TOPICS = ("other options", "what happens without treatment", "cost", "availability")


def missing_alternatives(document: Document, setting: Setting) -> Iterator[Hit]:
    """SAFE-007: an article about a treatment without most of: other options, no treatment, cost, availability."""
    if not is_about_treatment(document) or not makes_health_claims(document) or evidence(document).mostly_models:
        return
    if _lists_options(document):
        return
    covered = {passage.label for passage in said(document, "treatment-topic")}
    covered |= {passage.label for passage in said(document, "comparator") if passage.segment in _REPORT}
    missing = [topic for number, topic in enumerate(_TOPICS) if number not in covered]
    if len(missing) >= 3 and len(_treatment_claims(document)) >= CLAIMS:
        yield Hit(*anchor(document), Severity.INFO, {"missing": ", ".join(missing)}, document=True)
