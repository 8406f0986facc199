"""EVID-001 to EVID-003: results in animals and cells, told as if they were results in people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis import citations
from healthlint.analysis.claims import ClaimStrength, strength
from healthlint.analysis.evidence import (
    Design,
    Evidence,
    Mention,
    as_said,
    evidence,
    mentions,
    result_sentences,
    section_evidence,
    species,
)
from healthlint.analysis.guards import hedged, needed, negated, quoted
from healthlint.analysis.prose import prose
from healthlint.analysis.segments import Segment, segments, title
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.analysis.subjects import subjects
from healthlint.checks.passages import BODY, named, written
from healthlint.document import Document, Kind
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity

_SPECIES_SAID = frozenset(
    "animal animals preclinical pre-clinical lab laboratory cell cells vitro dish organoids model models".split()
)
_NOT_SPECIES = frozenset("stem blood t b nk immune sickle skin fat germ egg car-t ips progenitor".split())
"""Words before "cell" that make it a treatment or a part of the body, not a laboratory."""
_OURS = frozenset("our your us you we human humans".split())
"""A title with one of these speaks of people."""
_ABOUT_ANIMALS = frozenset("veterinary veterinarian veterinarians vet vets pets pet livestock owners zoo".split())
"""Words of articles whose subject is animals: "Therapy dogs help hospital patients", care of pets, zoonoses."""


def title_omits_species(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-002: the study is in animals or cells, and a title about a condition or result does not say so."""
    block = title(document)
    whole = evidence(document)
    least = max(3, 2 * whole.people) if whole.people else 1 if _tells_result(document, whole) else 2
    if block is None or len(whole.models) < least:
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
    if _GUIDE.search(document.text, block.start, block.end):
        return
    ours = not _OURS.isdisjoint(at.folded[inside[0] : inside[-1] + 1])
    if ours or any(match.first in inside for name in names for match in at.matches(name)):
        fields = {"species": species(whole.models, document)}
        early = _EARLY.search(document.text, block.start, block.end)
        severity = Severity.WARNING if early else Severity.ERROR
        yield Hit(at.starts[inside[0]], at.ends[inside[-1]], severity, fields, related=named(whole.models[0]))


def _tells_result(document: Document, whole: Evidence) -> bool:
    """Whether the first sentence that names an animal stands near the beginning and says what was seen in it."""
    first = whole.models[0].sentence if whole.models else _NEAR_THE_TOP
    return first < _NEAR_THE_TOP and first in result_sentences(document)


_NEAR_THE_TOP = 12


_GUIDE = expression(
    r"\b(?:guides?|overview|primer|introduction to|faqs?|glossary|what is|what are)\b"
    r"|\bwhat (?:the )?(?:science|research|evidence|studies|data) (?:actually |really )?(?:says?|shows?|tells?)\b"
    r"|\b(?:\d+|five|six|seven|eight|ten) (?:[\w-]+ ){0,3}?(?:benefits|reasons|ways|facts|uses|tips|things)\b",
    re.IGNORECASE,
)
"""A title that reports no result."""
_EARLY = expression(r"\b(?:early|early-stage|preliminary|initial) (?:research|stud(?:y|ies)|results|findings)\b", re.I)
"""A title that leaves the species out, but warns all the same."""


def _says_species(document: Document, number: int) -> bool:
    at = words(document)
    if at.folded[number] in _KINDS:  # fish, but not fish oil
        return at.folded[number + 1] not in ("oil", "oils")
    cell = at.folded[number] in ("cell", "cells") and number > 0 and at.folded[number - 1] in _NOT_SPECIES
    return at.folded[number] in _SPECIES_SAID and not cell


_KINDS = frozenset("fish worms worm flies fly primates rodent rodents".split())
"""How a title calls zebrafish, roundworms, fruit flies..."""


def missing_caveat(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-003: an animal or laboratory result is told, and nowhere that it may not hold for people."""
    at = words(document)
    if at.matches("caveat"):
        return
    told = {at.sentence[match.first] for name in ("result-verb", "benefit") for match in at.matches(name)}
    told |= {at.sentence[match.first] for match in at.matches("longer-life")}
    treated = {at.sentence[match.first] for match in at.matches("treatment")}
    treated |= {at.sentence[number] for number in subjects(document)}
    whole = evidence(document)
    for mention in mentions(document):
        result = sentences(document)[sentence_at(document, mention.start)]
        block = result.block
        alone = len(whole.models) > 1 and whole.mostly_models
        listed = segments(document)[block] is Segment.LIST
        if listed and document.blocks[block].kind is not Kind.CELL:
            treated.add(mention.sentence)  # "Extends lifespan in mice": what does so, stands in the heading
        below = _RESULT_BELOW if whole.only_models and not listed else 1
        reach = range(mention.sentence, mention.sentence + below)
        if not (told.isdisjoint(reach) or treated.isdisjoint(reach)) and (
            alone or section_evidence(document, block).only_models
        ):
            fields = {"species": as_said(document.text[mention.start : mention.end])}
            related = ((result.start, result.end, "the result; no sentence says that it may not hold for people"),)
            yield Hit(mention.start, mention.end, Severity.WARNING, fields, document=True, related=related)
            return


_RESULT_BELOW = 4
"""Where only animals and cells were studied, a result at most so many sentences below is theirs: "We used two cell
lines. We measured growth. The compounds were effective at ..."."""


def animal_result_as_human(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-001: a benefit for people, where the only study named (in the article, or in the section) is in animals.

    In an article that names studies of people, too, a section counts for itself, and the finding is a warning.
    """
    whole = evidence(document)
    if not whole.models:
        return
    at = words(document)
    gains = sorted([*at.matches("benefit"), *at.matches("longer-life")])
    benefits = {at.sentence[match.first]: match for match in reversed(gains)}
    people = {at.sentence[match.first] for match in at.matches("person")}
    people |= _promised(document) if whole.only_models else set()
    on_animals = _reports_on_animals(document)
    people |= _ours(document) | _unnamed(document) if on_animals else set()
    found = {at.sentence[match.first] for match in at.matches("finding-subject")}
    found |= {at.sentence[number] for number in subjects(document)}
    silent = {mention.sentence for mention in whole.models}
    silent |= {at.sentence[match.first] for match in at.matches("future-test")}
    silent |= {at.sentence[number] for word in ("animal", "animals") for number in at.index.get(word, ())}
    told = (benefits.keys() & people & found) - silent
    told |= _held_out(document) - silent if on_animals else set()
    bodily = (_ours(document) & found) - silent - told if on_animals else set()
    for sentence in written(document, BODY | {Segment.HEADING}):
        number = at.sentence[sentence.first]
        if number in bodily and strength(document, sentence).level is ClaimStrength.CAUSAL:
            told.add(number)
        if number not in told or document.text[sentence.end - 1] == "?" or _tells_something_else(document, sentence):
            continue
        section = section_evidence(document, sentence.block)
        alone = whole.only_models and len(whole.models) > 1
        if not alone and not (
            section.only_models and _beside_model(document, sentence, section.models, whole.only_models)
        ):
            continue
        cue = benefits.get(number)
        place = (
            (at.starts[cue.first], at.ends[cue.last])
            if cue
            else (at.starts[sentence.first], at.ends[sentence.last - 1])
        )
        if negated(document, *place) or needed(document, *place):
            continue
        mixed = not whole.only_models or bool(_TRIED.search(document.text, sentence.end))
        softened = hedged(document, at.starts[sentence.first], sentence.end) or mixed
        severity = Severity.INFO if quoted(document, *place) else Severity.WARNING if softened else Severity.ERROR
        models = section.models or whole.models
        fields = {"species": species(models, document)}
        yield Hit(at.starts[sentence.first], sentence.end, severity, fields, related=named(models[0]))


def _tells_something_else(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence has a source or people of its own, or tells of a plan, a hypothesis or a tissue."""
    start = words(document).starts[sentence.first]
    return bool(_ELSE.search(document.text, start, sentence.end)) or citations.cited(document, start, sentence.end)


_ELSE = expression(
    r"\b(?:most|majority of|many|current|existing|standard|available) (?:treatments|therapies|drugs|medicines)\b"
    r"|\b(?:investigations?|research|projects?) (?:into|on)\b[^.]{0,80}? to (?:help )?(?:treat|prevent|fight|cure)\b"
    r"|\b(?:urgently )?need\b|\blearn more\b|\b(?:contact|visit|call) us\b"
    r"|\b(?:is|are) (?:\w+ )?(?:treated|managed) (?:with|by)\b"
    r"|\bgoals?\b|\bpublic health\b|\bhypothes\w+|\blimits\b"
    r"|\b(?:trials?|stud(?:y|ies)|research) (?:should|must|will (?:need|have) to)\b|\bin vitro\b"
    r"|\b(?:tumou?r|cancer|muscle|blood|immune) (?:cells?|tissues?)\b(?! (?:therap|transplant|transfusion))"
    r"|\bin (?:\d[\d,]* )?(?:healthy|elderly|older|obese|overweight|young) (?:adults|people|volunteers|men|women)\b",
    re.IGNORECASE,
)
_TRIED = expression(
    r"\b(?:a|an|one|two|several|the first|early|small|recent) (?:[\w-]+ )?(?:human|clinical) (?:trial|stud)\w+\b"
    r"[^.?]{0,60}?\b(?:found|showed|shown|reported|suggested?|began|started|(?:is|are) under ?way)\b",
    re.IGNORECASE,
)
"""A trial in people of which the article tells further down."""


def _promised(document: Document) -> set[int]:
    """The sentences in which a treatment "can" or "may" do something about a disease: they promise it to people.

    A heading that says it does so makes no difference either: "How needles ease pain". What "it" can do, is told of the
    treatment as well.
    """
    at = words(document)
    ill = {at.sentence[match.first] for name in ("condition", "longer-life") for match in at.matches(name)}
    treated = {at.sentence[match.first] for name in ("treatment", "this-treatment") for match in at.matches(name)}
    treated |= {at.sentence[number] for number in subjects(document)}
    modal = {number for word in _ABLE & at.index.keys() for number in at.index[word]}
    treated |= {at.sentence[number] for number in modal if number and at.folded[number - 1] in ("it", "which")}
    gains = [match.first for match in at.matches("benefit")]
    able = {at.sentence[gain] for gain in gains if not modal.isdisjoint(range(gain - _ABLE_TO, gain))}
    headings = {at.sentence[sentence.first] for sentence in written(document, frozenset((Segment.HEADING,)))}
    gained = {at.sentence[gain] for gain in gains}
    return (ill & treated & (able | (headings & gained))) - {at.sentence[number] for number in at.index.get("need", ())}


def _held_out(document: Document) -> set[int]:
    """The sentences that hold out a treatment to people: "it could lead to new drugs for millions of patients"."""
    at = words(document)
    modal = {at.sentence[number] for word in _MAY & at.index.keys() for number in at.index[word]}
    treated = {at.sentence[match.first] for match in at.matches("treatment")}
    return modal & treated & {at.sentence[match.first] for match in at.matches("patient")}


_MAY = frozenset("could may might would".split())
_ABLE, _ABLE_TO = frozenset("can may might could will seems seem appears appear".split()), 6
"""A benefit at most so many words after one of these is what the treatment may do, or seems to do."""


def _reports_on_animals(document: Document) -> bool:
    """Whether a study of animals is what the article is about, and not only named in passing."""
    whole, block = evidence(document), title(document)
    on_animals = whole.only_models and any(model.design is Design.ANIMAL for model in whole.models)
    if not on_animals or len(whole.models) * _IN_PASSING < len(prose(document)):
        return False
    return block is None or not _GUIDE.search(document.text, block.start, block.end)


_IN_PASSING = 12
"""Animals that are named less than once in so many sentences."""


def _ours(document: Document) -> set[int]:
    """The sentences that speak to readers, or of what is theirs: "you", "our bodies"."""
    at = words(document)
    found = {at.sentence[number] for word in _YOU & at.index.keys() for number in at.index[word]}
    return found | {at.sentence[n] for n in at.index.get("our", ()) if not _PARTS.isdisjoint(at.folded[n + 1 : n + 2])}


_YOU = frozenset("you your yourself".split())
_PARTS = frozenset(
    "body bodies brain brains diet diets health heart hearts skin bones joints muscles immune gut blood lives".split()
)


def _unnamed(document: Document) -> set[int]:
    """The sentences before the first that names an animal: what a study found there of a treatment and the body, its
    readers take to be true of people.
    """
    at = words(document)
    first = mentions(document)[0].sentence
    studied = {at.sentence[match.first] for name in ("one-study", "result-verb") for match in at.matches(name)}
    bodily = {at.sentence[match.first] for name in ("condition", "heading-object") for match in at.matches(name)}
    treated = {at.sentence[match.first] for match in at.matches("treatment")}
    treated |= {at.sentence[number] for number in subjects(document)}
    return {number for number in studied & treated & bodily if number < first}


def _beside_model(document: Document, sentence: Sentence, models: tuple[Mention, ...], only_models: bool) -> bool:
    """Whether an animal or laboratory result stands before the sentence, in its paragraph or the one before.

    In an article that names no study of people it may stand in the next paragraph, too. A paragraph of many sentences
    is often a whole article that lost its line breaks: there it has to stand close by.
    """
    start = document.blocks[max(0, sentence.block - 1)].start
    following = document.blocks[min(len(document.blocks) - 1, sentence.block + 1)].end
    end = following if only_models else sentence.start
    inside = [s for s in sentences(document) if s.block == sentence.block]
    if len(inside) > _LONG:
        place = inside.index(sentence)
        start, end = inside[max(0, place - _CLOSE)].start, inside[min(len(inside) - 1, place + only_models)].end
    return any(start <= model.start < end for model in models)


_LONG, _CLOSE = 12, 3
"""A paragraph of more sentences than this is long; so many sentences before are close by."""
