"""EVID rules: what the article names as evidence, held against what it claims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint import tables
from healthlint.analysis.claims import ClaimStrength, strength
from healthlint.analysis.evidence import (
    SMALL,
    Design,
    Mention,
    designs,
    evidence,
    mentions,
    section_evidence,
    sizes_in,
    species,
    studies,
)
from healthlint.analysis.guards import attributed, distanced, hedged, needed, negated, quoted
from healthlint.analysis.segments import PROSE, Segment, segments, title
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.analysis.subjects import subjects
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity

_BODY = frozenset((Segment.BODY, Segment.LEAD, Segment.LIST))
_OBSERVING = frozenset((Design.OBSERVATIONAL,))
_TRIALS = frozenset((Design.SMALL_TRIAL, Design.RANDOMISED))
_SPECIES_SAID = frozenset(
    "animal animals preclinical pre-clinical lab laboratory cell cells vitro dish organoids model models".split()
)
_NOT_SPECIES = frozenset("stem blood t b nk immune sickle skin fat germ egg car-t ips progenitor".split())
"""Words before "cell" that make it a treatment or a part of the body, not a laboratory."""
_OURS = frozenset("our your us you human humans".split())
"""A title with one of these speaks of people."""
_ABOUT_ANIMALS = frozenset("veterinary veterinarian veterinarians vet vets pets pet livestock owners zoo".split())
"""Words of articles whose subject is animals: "Therapy dogs help hospital patients", care of pets, zoonoses."""


def _written(document: Document, kinds: frozenset[Segment]) -> Iterator[Sentence]:
    """The sentences of these segments that hold a word."""
    of_block = segments(document)
    return (s for s in sentences(document) if s.last > s.first and of_block[s.block] in kinds)


def title_omits_species(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-002: the study is in animals or cells, and a title about a condition or result does not say so."""
    block = title(document)
    whole = evidence(document)
    if block is None or len(whole.models) < (max(3, 2 * whole.people) if whole.people else 2):
        return
    at = words(document)
    if sum(len(at.index.get(word, ())) for word in _ABOUT_ANIMALS) > 1:
        return
    inside = [n for n, start in enumerate(at.starts) if block.start <= start < block.end]
    if not inside or any(_says_species(document, number) for number in inside):
        return
    if any(block.start <= m.start < block.end and m.design is not Design.CELL for m in mentions(document)):
        return
    names = ("condition", "benefit", "treatment", "causal", "person")
    ours = not _OURS.isdisjoint(at.folded[inside[0] : inside[-1] + 1])
    if ours or any(match.first in inside for name in names for match in at.matches(name)):
        fields = {"species": species(whole.models, document)}
        yield Hit(at.starts[inside[0]], at.ends[inside[-1]], Severity.ERROR, fields, related=_named(whole.models[0]))


def _says_species(document: Document, number: int) -> bool:
    at = words(document)
    cell = at.folded[number] in ("cell", "cells") and number > 0 and at.folded[number - 1] in _NOT_SPECIES
    return at.folded[number] in _SPECIES_SAID and not cell


def _named(mention: Mention) -> tuple[tuple[int, int, str]]:
    """The place on which a verdict about the evidence rests."""
    return ((mention.start, mention.end, f"named as evidence: {mention.design.label}"),)


def missing_caveat(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-003: an animal or laboratory result is told, and nowhere that it may not hold for people."""
    at = words(document)
    if at.matches("caveat"):
        return
    told = {at.sentence[match.first] for name in ("result-verb", "benefit") for match in at.matches(name)}
    treated = {at.sentence[match.first] for match in at.matches("treatment")}
    treated |= {at.sentence[number] for number in subjects(document)}
    whole = evidence(document)
    for mention in mentions(document):
        block = sentences(document)[_sentence_number(document, mention)].block
        alone = len(whole.models) > 1 and whole.mostly_models
        if mention.sentence in told & treated and (alone or section_evidence(document, block).only_models):
            fields = {"species": document.text[mention.start : mention.end].lower()}
            result = sentences(document)[_sentence_number(document, mention)]
            related = ((result.start, result.end, "the result; no sentence says that it may not hold for people"),)
            yield Hit(mention.start, mention.end, Severity.WARNING, fields, document=True, related=related)
            return


def _sentence_number(document: Document, mention: Mention) -> int:
    return next(n for n, s in enumerate(sentences(document)) if s.start <= mention.start < s.end)


def animal_result_as_human(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-001: a benefit for people, where the only study named (in the article, or in the section) is in animals.

    In an article that names studies of people, too, a section counts for itself, and the finding is a warning.
    """
    whole = evidence(document)
    if not whole.models:
        return
    at = words(document)
    benefits = {at.sentence[match.first]: match for match in reversed(at.matches("benefit"))}
    people = {at.sentence[match.first] for match in at.matches("person")} | _promised(document)
    found = {at.sentence[match.first] for match in at.matches("finding-subject")}
    found |= {at.sentence[number] for number in subjects(document)}
    silent = {mention.sentence for mention in whole.models}
    silent |= {at.sentence[match.first] for match in at.matches("future-test")}
    told = (benefits.keys() & people & found) - silent
    for sentence in _written(document, _BODY | {Segment.HEADING}):
        number = at.sentence[sentence.first]
        if number not in told or document.text[sentence.end - 1] == "?":
            continue
        section = section_evidence(document, sentence.block)
        alone = whole.only_models and len(whole.models) > 1
        if not alone and not (section.only_models and _beside_model(document, sentence, section.models)):
            continue
        cue = benefits[number]
        place = at.starts[cue.first], at.ends[cue.last]
        if negated(document, *place) or needed(document, *place):
            continue
        softened = hedged(document, at.starts[sentence.first], sentence.end) or not whole.only_models
        severity = Severity.WARNING if softened else Severity.ERROR
        models = section.models or whole.models
        hit = Hit(at.starts[sentence.first], sentence.end, severity, {"species": species(models, document)})
        yield _sheltered(document, hit._replace(related=_named(models[0])))


def _promised(document: Document) -> set[int]:
    """The sentences in which a treatment "can" or "may" do something about a disease: they promise it to people."""
    at = words(document)
    ill = {at.sentence[match.first] for match in at.matches("condition")}
    treated = {at.sentence[match.first] for match in at.matches("treatment")}
    treated |= {at.sentence[number] for number in subjects(document)}
    modal = {number for word in _ABLE & at.index.keys() for number in at.index[word]}
    gains = [match.first for match in at.matches("benefit")]
    able = {at.sentence[gain] for gain in gains if not modal.isdisjoint(range(gain - _ABLE_TO, gain))}
    return (ill & treated & able) - {at.sentence[number] for number in at.index.get("need", ())}


_ABLE, _ABLE_TO = frozenset("can may might could will".split()), 6
"""A benefit at most so many words after one of these is what the treatment may do."""


def _beside_model(document: Document, sentence: Sentence, models: tuple[Mention, ...]) -> bool:
    """Whether an animal or laboratory result stands near the sentence, in its paragraph or the one before or after."""
    first, last = max(0, sentence.block - 1), min(len(document.blocks) - 1, sentence.block + 1)
    return any(document.blocks[first].start <= model.start < document.blocks[last].end for model in models)


def _sheltered(document: Document, hit: Hit) -> Hit:
    return hit._replace(severity=Severity.INFO) if quoted(document, hit.start, hit.end) else hit


def observational_causal(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-005: a cause is stated, and the only design that is named can show a link at most."""
    named = designs(document)
    observing = {mention.sentence for mention in named if mention.design in _OBSERVING}
    whole = evidence(document)
    if not observing or whole.designs & _TRIALS:
        return
    at = words(document)
    for sentence in _written(document, PROSE):
        kind = segments(document)[sentence.block]
        number = at.sentence[sentence.first]
        in_title = kind is Segment.TITLE and not whole.models
        if not in_title and number not in observing:
            continue
        found = strength(document, sentence)
        if found.level is not ClaimStrength.CAUSAL or not found.cues:
            continue
        start, end = found.cues[0]
        if not (negated(document, start, end) or needed(document, start, end) or _is_settled(document, sentence)):
            hit = Hit(start, end, Severity.ERROR if in_title else Severity.WARNING)
            here = next(m for m in named if m.design in _OBSERVING and (in_title or m.sentence == number))
            yield _sheltered(document, hit._replace(related=_named(here)))


def _is_settled(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence speaks of an accepted cause and its effect: smoking and lung cancer."""
    at = words(document)
    inside = [
        {m.label for m in at.matches(name) if sentence.first <= m.first < sentence.last}
        for name in ("settled-cause", "settled-effect")
    ]
    return bool(inside[0] & inside[1])


def contested_claim(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-012: a claim that reference works have withdrawn; the table of contested claims has the correction."""
    at = words(document)
    for match in at.matches("contested"):
        start, end = at.starts[match.first], at.ends[match.last]
        block = sentences(document)[sentence_at(document, start)].block
        if segments(document)[block] not in PROSE or any(
            guard(document, start, end) for guard in (negated, distanced, attributed)
        ):
            continue
        entry = tables.entries("contested")[match.label]
        fields = {"match": document.text[start:end], "correction": entry["correction"], "source": entry["source"]}
        yield _sheltered(document, Hit(start, end, Severity.WARNING, fields))


_NEW_STUDY = expression(
    r"\b(?:an?|another|one|recent|new) (?:[\w-]+ ){0,3}(?:study|trial|experiment|research|survey)\b", re.IGNORECASE
)
_THE_STUDY = expression(
    r"(?:the|this|that|their|our|his|her) (?:[\w-]+ ){0,3}(?:study|trial|experiment)\b", re.IGNORECASE
)
"""So begins a sentence about a study that was told of before; if the article gives a size, it stands there."""
_REACH = 1200
"""The size of a study may stand this many characters before or after the sentence that tells its result."""


def missing_study_basics(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-007: the result of a study without its size and without its design or comparison; once for each study."""
    told: set[int] = set()
    first = True
    sized = [size for size in sizes_in(document, 0, len(document.text)) if size > 1]
    for sentence in studies(document):
        start, end = words(document).starts[sentence.first], sentence.end
        another = _NEW_STUDY.search(document.text, start, end)
        if (sentence.block in told and not another) or hedged(document, start, end):
            continue
        if quoted(document, start, start + 1):
            continue
        if (not first and not another) or (sized and _THE_STUDY.match(document.text, start)):
            continue
        low, high = max(0, start - _REACH), min(len(document.text), end + _REACH)
        block = document.blocks[sentence.block]
        designed, compared = (words(document).holds(name, *block[1:3]) for name in ("design", "comparison"))
        if not sizes_in(document, low, high) and not (designed and compared):
            told.add(sentence.block)
            first = False
            missing = "the number of people and " + ("what they were compared with" if designed else "the design")
            yield Hit(start, end, Severity.INFO, {"missing": missing})


_Cue = tuple[int, int, str]
"""Where a study is called weak, and its size if that is the reason."""


def weak_study_strong_verb(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-008: a small, early or uncontrolled study, told in the words of proof.

    Within a sentence any strong verb counts, across two sentences of a paragraph only one with an intensifier.
    """
    at = words(document)
    weak = {at.sentence[m.first]: (at.starts[m.first], at.ends[m.last], "") for m in at.matches("weak-study")}
    for sentence in _written(document, _BODY):
        for size in sizes_in(document, sentence.start, sentence.end):
            if 0 < size < SMALL:
                weak.setdefault(at.sentence[sentence.first], (sentence.start, sentence.end, f"{size} people"))
    intense = {match.first for match in at.matches("strong-intense")}
    done: set[int] = set()
    for match in at.matches("strong-verb"):
        number, start, end = at.sentence[match.first], at.starts[match.first], at.ends[match.last]
        cue = None if number in done else _weakness(weak, number, match.first in intense)
        if cue and not (negated(document, start, end) or needed(document, start, end) or hedged(document, start, end)):
            done.add(number)
            first, last, people = cue
            fields = {"verb": document.text[start:end], "cue": people or at.text[first:last]}
            related = ((first, last, f"named as evidence: {fields['cue']}"),)
            yield _sheltered(document, Hit(start, end, Severity.WARNING, fields, related=related))


def _weakness(weak: dict[int, _Cue], number: int, intense: bool) -> _Cue | None:
    if number in weak or not intense:
        return weak.get(number)
    return weak.get(number - 1) or weak.get(number + 1)
