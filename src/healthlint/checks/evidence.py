"""EVID rules about animal and laboratory results."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis.claims import benefit_sentences
from healthlint.analysis.guards import hedged
from healthlint.analysis.segments import PROSE, Segment, segments, title
from healthlint.analysis.sentences import sentences, words
from healthlint.document import Document
from healthlint.rule import Hit, Setting, Severity

_CAVEAT = re.compile(
    r"\bnot (?:yet )?(?:been )?(?:tested|studied|shown|tried) in (?:people|humans|patients)\b"
    r"|\b(?:may|might|does|do|often do|will) not (?:\w+ )?(?:apply|translate|hold|work) (?:\w+ )?(?:in|to"
    r"|into) (?:people|humans|patients)\b"
    r"|\b(?:not known|unknown|unclear) (?:if|whether) [^.]{0,60}(?:people|humans|patients)\b"
    r"|\bin (?:people|humans) is (?:unknown|not known)\b",
    re.IGNORECASE,
)
_PEOPLE = frozenset(
    "patient patients people humans person individuals adults women men children those someone anyone".split()
)
_HUMAN_STUDY = frozenset(
    "participants volunteers randomized randomised placebo adults humans subjects men women".split()
)
_SPECIES_SAID = frozenset("animal animals preclinical lab laboratory cell cells".split())


def title_omits_species(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-002: the study is in animals or cells, and a title about a condition or result does not say so."""
    block = title(document)
    at = words(document)
    animals = _study_animals(document)
    if block is None or len(animals) < 2 or _human_cues(document) >= len(animals):
        return
    inside = [n for n, start in enumerate(at.starts) if block.start <= start < block.end]
    if not inside or not _SPECIES_SAID.isdisjoint(at.folded[inside[0] : inside[-1] + 1]):
        return
    if any(first in inside for first in at.members("animal")[0]):
        return
    speaks = [
        first for name in ("condition", "benefit", "treatment") for first in at.members(name)[0] if first in inside
    ]
    if speaks:
        yield Hit(at.starts[inside[0]], at.ends[inside[-1]], Severity.ERROR, {"species": _name(document, animals)})


def missing_caveat(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-003: an animal result is told, and nowhere that it may not hold for people."""
    animals = _study_animals(document)
    if not animals or _CAVEAT.search(document.text) or len(benefit_sentences(document)) < 2:
        return
    at = words(document)
    last = at.members("animal")[0][animals[0]]
    yield Hit(
        at.starts[animals[0]], at.ends[last], Severity.WARNING, {"species": _name(document, animals)}, document=True
    )


def animal_result_as_human(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-001: a benefit for people, in a text whose only study was made in animals."""
    animals = _study_animals(document)
    at = words(document)
    if len(animals) < 2 or _human_cues(document):  # one mention may be an aside
        return
    animal_sentences = {at.sentence[first] for first in animals}
    benefits = {at.sentence[first] for first in at.members("benefit")[0]}
    kinds = segments(document)
    for sentence in sentences(document):
        if sentence.last == sentence.first or kinds[sentence.block] not in (Segment.BODY, Segment.LEAD):
            continue
        number = at.sentence[sentence.first]
        names_people = not _PEOPLE.isdisjoint(at.folded[sentence.first : sentence.last])
        if number in benefits - animal_sentences and names_people and document.text[sentence.end - 1] != "?":
            start, end = at.starts[sentence.first], sentence.end
            severity = Severity.WARNING if hedged(document, start, end) else Severity.ERROR
            yield Hit(start, end, severity, {"species": _name(document, animals)})


def _study_animals(document: Document) -> list[int]:
    """The first words of species mentions in the prose."""
    at = words(document)
    kinds = segments(document)
    prose = {at.sentence[s.first] for s in sentences(document) if s.last > s.first and kinds[s.block] in PROSE}
    return sorted(first for first in at.members("animal")[0] if at.sentence[first] in prose)


def _human_cues(document: Document) -> int:
    index = words(document).index
    return sum(len(index.get(word, ())) for word in _HUMAN_STUDY)


def _name(document: Document, animals: list[int]) -> str:
    at = words(document)
    return at.text[at.starts[animals[0]] : at.ends[at.members("animal")[0][animals[0]]]].lower()
