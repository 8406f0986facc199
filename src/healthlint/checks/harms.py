"""SAFE rules about the whole text: harms, options and costs that it leaves out, and safety that it contradicts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from healthlint import tables
from healthlint.analysis.claims import ClaimStrength, strength
from healthlint.analysis.evidence import evidence
from healthlint.analysis.guards import hedged, needed, negated, quoted
from healthlint.analysis.segments import PROSE, Segment, segments, title
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.analysis.subjects import health_claims, subjects
from healthlint.checks.anchors import CLAIMS, anchor, makes_health_claims
from healthlint.checks.passages import Passage, overlaps, said
from healthlint.document import Document, per_document
from healthlint.phrases import Words
from healthlint.rule import Hit, Setting, Severity

MENTIONS = 3
"""From so many mentions on an article is about a medicine."""
_FIRST_BLOCKS = 4
NAMED = 3
"""So many of the key harms of a medicine should be named (rule catalogue, SAFE-005)."""


@per_document
def harm_statements(document: Document) -> tuple[Passage, ...]:
    """Where the article says that a treatment can do harm: not "no side effects", not the risk of a disease."""
    found = said(document, "harm-statement", (negated,))
    return tuple(
        passage
        for passage in found
        if not overlaps(document, "no-harm-statement", passage) and not _is_of_another(document, passage)
    )


def _is_of_another(document: Document, passage: Passage) -> bool:
    """Whether the harm is that of "other drugs", "painkillers", which neither title, lead nor headings name."""
    sentence = passage.sentence
    if not words(document).holds("compared-treatment", sentence.start, passage.end):
        return False
    named = _named_in(document, sentence.start, sentence.end)
    return bool(named and _main(document)) and named.isdisjoint(_main(document))


@per_document
def _main(document: Document) -> frozenset[str | int]:
    """What the article is about: the treatments of title, lead and headings, and what its title names."""
    kinds = segments(document)
    blocks = _opening(document) | {number for number, kind in enumerate(kinds) if kind is Segment.HEADING}
    places = [(document.blocks[number].start, document.blocks[number].end) for number in blocks]
    found = [_named_in(document, start, end) for start, end in places]
    return frozenset(name for names in found for name in names)


def _named_in(document: Document, start: int, end: int) -> frozenset[str | int]:
    """The treatments named in a range, but for "the drug", "this therapy": by their entries, or their first words."""
    at = words(document)
    general = {(m.first, m.last) for m in at.matches("general-treatment")}
    special = {m.first for m in at.matches("treatment") if (m.first, m.last) not in general}
    firsts = [n for n in special | subjects(document) if start <= at.starts[n] < end]
    drugs = [m.label for m in at.matches("drug") if start <= at.starts[m.first] < end]
    return frozenset([*(at.folded[number] for number in firsts), *drugs])


def harms_missing(document: Document, setting: Setting) -> Iterator[Hit]:
    """SAFE-002: benefits of a treatment, and not one harm.

    A warning where the text at least says that it was tolerated, or where only animals and cells were studied.
    """
    if not makes_health_claims(document) or not _is_about_treatment(document) or harm_statements(document):
        return
    claims = _treatment_claims(document)
    if len(claims) < CLAIMS:
        return
    told = said(document, "safety-reported")
    severity = Severity.WARNING if told or evidence(document).mostly_models else Severity.ERROR
    yield Hit(*anchor(document), severity, {"n": str(len(claims))}, document=True)


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
    if len(plain) >= CLAIMS:  # enough; to weigh the others takes longer
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


def _is_about_treatment(document: Document) -> bool:
    """Whether the title or the lead names a treatment that can do harm; a title about food or yoga does not."""
    at = words(document)
    block = title(document)
    harmless = ("food-subject", "gentle-practice")
    named = block is not None and at.holds("drug", block.start, block.end)
    if block is not None and not named and any(at.holds(name, block.start, block.end) for name in harmless):
        return False
    opening = _opening(document)
    return any(
        sentences(document)[sentence_at(document, at.starts[place])].block in opening for place in _harmful(document)
    )


def _opening(document: Document) -> set[int]:
    """The blocks of title and lead or, where neither is known, the first blocks of prose."""
    kinds = list(enumerate(segments(document)))
    first = [number for number, kind in kinds if kind in PROSE][:_FIRST_BLOCKS]
    return {number for number, kind in kinds if kind in (Segment.TITLE, Segment.LEAD)} or set(first)


def safety_contradiction(document: Document, setting: Setting) -> Iterator[Hit]:
    """SAFE-004: long-term effects are called unknown here, and long-term use is recommended or reassured of there."""
    for unknown in said(document, "long-term-unknown"):
        if unknown.segment in (Segment.TITLE, Segment.HEADING):
            continue
        drugs = _drugs_near(document, unknown)
        for other in said(document, "long-term-use", (negated, needed, hedged)):
            if other.sentence == unknown.sentence or quoted(document, other.start, other.end):
                continue
            if not drugs <= (_drugs_near(document, other) or drugs):
                continue
            fields = {"a": _line(document, unknown.start), "b": _line(document, other.start)}
            yield Hit(unknown.sentence.start, unknown.sentence.end, Severity.WARNING, fields, document=True)
            return


def _drugs_near(document: Document, passage: Passage) -> set[int]:
    at = words(document)
    start, end = passage.sentence.start, passage.sentence.end
    return {match.label for match in at.matches("drug") if start <= at.starts[match.first] < end}


def _line(document: Document, offset: int) -> str:
    return str(document.source.position(document.prose.span(offset, offset + 1).start).line)


def known_harms_omitted(document: Document, setting: Setting) -> Iterator[Hit]:
    """SAFE-005: a benefit for an organ that the medicine harms; or harms are named, but not the important ones."""
    drug = _main_medicine(document)
    if drug is None or not _is_about_treatment(document) or not makes_health_claims(document):
        return
    conflict = _organ_conflict(document, drug)
    if conflict:
        text = document.text[conflict.start : conflict.end]
        problem = f'Benefit is claimed for "{text}", which {drug["name"]} can harm; the text does not say so'
        yield Hit(conflict.start, conflict.end, Severity.WARNING, {"problem": problem}, document=True)
    statements = harm_statements(document)
    missing = [harm for harm in drug["harms"] if not _is_named(document, harm)]
    named = len(drug["harms"]) - len(missing)
    if statements and len(drug["harms"]) > NAMED > named and not _about_single_use(document):
        first = statements[0]
        problem = f"Known harms of {drug['name']} that are not mentioned: {'; '.join(missing[:4])}"
        yield Hit(first.start, first.end, Severity.INFO, {"problem": problem}, document=True)


def _main_medicine(document: Document) -> dict[str, Any] | None:
    """The medicine that the article is about, if its entry was checked and lists harms.

    It is named most often, and in title, lead or headings, too, or else twice as often.
    """
    at = words(document)
    kinds = segments(document)
    counts = Counter(
        match.label
        for match in at.matches("drug")
        if kinds[sentences(document)[sentence_at(document, at.starts[match.first])].block] in PROSE
    )
    if not counts:
        return None
    label, count = counts.most_common(1)[0]
    drug = tables.entries("drugs")[label]
    if label not in _main(document) and count < 2 * MENTIONS:
        return None
    return drug if count >= MENTIONS and drug["verified"] and drug["harms"] else None


_GENERAL = frozenset(
    "problem raise serious severe rare high low dose with from possible cautio unknow safety small when withou other"
    " risk used stoppe sudden including especi known largel report effect change injury damage medici mood"
    " product people young test tests bloody treatm proper some dangerous toxic long term".split()
)


def _is_named(document: Document, harm: str) -> bool:
    """Whether the article has a word of the harm, or a word of the same group: cystitis for bladder."""
    at = words(document)
    stems = {word[:6] for word in re.findall(r"[a-z]{4,}", harm.lower())}
    stems = {stem for stem in stems if not any(stem.startswith(general) for general in _GENERAL)}
    if any(stem in _stems(document) for stem in stems):
        return True
    groups = {match.label for match in tables.names("same-harm").find(Words(harm, (0,), tables.names))}
    return any(match.label in groups for match in at.matches("same-harm"))


@per_document
def _stems(document: Document) -> frozenset[str]:
    at = words(document)
    kinds = segments(document)
    prose = (s for s in sentences(document) if kinds[s.block] in PROSE)
    return frozenset(word[:6] for s in prose for word in at.folded[s.first : s.last])


def _about_single_use(document: Document) -> bool:
    """Anaesthesia, where a medicine is given once and watched."""
    block = title(document)
    return block is not None and words(document).holds("single-use", block.start, block.end)


def _organ_conflict(document: Document, drug: dict[str, Any]) -> Passage | None:
    """Where a benefit is claimed for an organ that the medicine (no supplement) harms and is not approved for."""
    if drug["kind"] in ("supplement", "otc"):
        return None
    spared = "brain " + " ".join(use for uses in drug["approved"].values() for use in uses)
    harmed = {label for organ in drug["organs"] for label in _organs(organ)} - _organs(spared)
    if not harmed.isdisjoint(match.label for match in _organs_in_harm_statements(document)):
        return None
    at = words(document)
    entries = tables.entries("drugs")
    beside = {at.sentence[m.first] for m in at.matches("drug") if entries[m.label] is drug}
    for passage in said(document, "organ-trouble", (negated, needed)):
        if passage.label not in harmed or at.sentence[passage.first] not in beside:
            continue
        if words(document).holds("benefit", passage.sentence.start, passage.start):
            return passage
    return None


def _organs(text: str) -> set[int]:
    """The organs that a text names, by their place in the word set."""
    text = " problems, ".join(text.split()) + " problems"
    return {match.label for match in tables.names("organ-trouble").find(Words(text, (0,), tables.names))}


def _organs_in_harm_statements(document: Document) -> Iterator[Any]:
    at = words(document)
    harmful = {at.sentence[passage.first] for passage in harm_statements(document)}
    return (match for match in at.matches("organ-trouble") if at.sentence[match.first] in harmful)


_TOPICS = ("other options", "what happens without treatment", "cost", "availability")


def missing_alternatives(document: Document, setting: Setting) -> Iterator[Hit]:
    """SAFE-007: an article about a treatment without most of: other options, no treatment, cost, availability."""
    if not _is_about_treatment(document) or not makes_health_claims(document) or evidence(document).only_models:
        return
    covered = {passage.label for passage in said(document, "treatment-topic")}
    missing = [topic for number, topic in enumerate(_TOPICS) if number not in covered]
    if len(missing) >= 3:
        yield Hit(*anchor(document), Severity.INFO, {"missing": ", ".join(missing)}, document=True)
