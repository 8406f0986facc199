"""EVID rules: what the article names as evidence, held against what it claims."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint import tables
from healthlint.analysis.citations import cited
from healthlint.analysis.claims import ClaimStrength, strength
from healthlint.analysis.evidence import SMALL, Design, designs, evidence, result_sentences
from healthlint.analysis.guards import attributed, debunked, distanced, doubted, hedged, needed, negated
from healthlint.analysis.participants import sizes_in
from healthlint.analysis.segments import PROSE, Segment, segments
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.checks.passages import BODY, named, sheltered, written
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity
from healthlint.text import Span

_OBSERVING = frozenset((Design.OBSERVATIONAL,))
_TRIALS = frozenset((Design.SMALL_TRIAL, Design.RANDOMISED))


def observational_causal(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-005: a cause is stated, and the only design that is named can show a link at most."""
    designed = tuple(m for m in designs(document) if not _NO_DESIGN.search(document.text, m.start, m.end))
    observing = {mention.sentence for mention in designed if mention.design in _OBSERVING}
    whole = evidence(document)
    if not observing or _is_of_a_trial(document, min(observing)):
        return
    at = words(document)
    plain = any(_SAYS_SO.search(document.text, m.start, m.end) for m in designed)
    told = _told_effects(document) if plain and not whole.models else {}
    for sentence in written(document, PROSE):
        kind = segments(document)[sentence.block]
        number = at.sentence[sentence.first]
        in_title = kind is Segment.TITLE and (not whole.models or (plain and not whole.mostly_models))
        if not in_title and number not in observing and number not in told:
            continue
        place = _cause(document, sentence, can=in_title) or told.get(number)
        if place is None or negated(document, *place) or needed(document, *place):
            continue
        excused = bool(_NAMES_CAUSES.match(document.text, place[0]))
        excused = excused or bool(_NOT_OBSERVED.search(document.text, sentence.start, sentence.end))
        if not (excused or _is_settled(document, sentence)):
            observed = [m for m in designed if m.design in _OBSERVING]
            here = next((m for m in observed if m.sentence == number), observed[0])
            hit = Hit(*place, Severity.ERROR if in_title and plain else Severity.WARNING)
            yield sheltered(document, hit._replace(related=named(here)))


def _cause(document: Document, sentence: Sentence, *, can: bool = False) -> Span | None:
    """Where a sentence states a cause, if it does; what `can` cause something, is heard as nearly the same."""
    found = strength(document, sentence)
    cues = [cue for cue in found.cues if _CAN.match(document.text, cue.start, cue.end)] if can else []
    if found.level is ClaimStrength.CONDITIONAL and cues:
        return cues[0]
    return found.cues[0] if found.level is ClaimStrength.CAUSAL and found.cues else None


_CAN = expression(r"can\b", re.IGNORECASE)


def _told_effects(document: Document) -> dict[int, Span]:
    """The sentences, by their numbers, that say what reduces a risk: "the study found", points of a list, headings."""
    at = words(document)
    said_so = {at.sentence[m.first] for m in at.matches("one-study")} & result_sentences(document)
    said_so |= {at.sentence[s.first] for s in written(document, frozenset((Segment.LIST, Segment.HEADING)))}
    found = [m for m in at.matches("effect-told") if at.sentence[m.first] in said_so]
    places = {at.sentence[m.first]: Span(at.starts[m.first], at.ends[m.last]) for m in found}
    return {n: place for n, place in places.items() if not (hedged(document, *place) or cited(document, *place))}


def _is_of_a_trial(document: Document, first: int) -> bool:
    """Whether a trial is told of, too: any before the sentence `first` that names an observational study, or one that
    is meant in particular; further down "randomised trials have had mixed results" are those of others.
    """
    trials = [m for m in designs(document) if m.design in _TRIALS]
    plural = [m for m in trials if m.sentence > first and _IN_GENERAL.search(document.text, m.start, m.end + 30)]
    return len(trials) > len(plural)


_IN_GENERAL = expression(r"\btrials\b|\bstudies\b", re.IGNORECASE)
_NO_DESIGN = expression(r"\bfollow[- ]?up\b", re.IGNORECASE)
"""Trials have a follow-up, too."""
_NAMES_CAUSES = expression(r"causes?\b(?=\s*(?:,|:|&|$|\?|and\b|or\b|of\b))", re.IGNORECASE | re.MULTILINE)
"""A noun: "Insomnia: causes and remedies"."""
_NOT_OBSERVED = expression(
    r"\b(?:operates?|maintains?|runs|manages?|hosts?) [^.;]{0,40}\b(?:registr|surve|cohort)"
    r"|\b(?:mutations?|genotypes?|gene variants?|variants? (?:of|in) the)\b"
    r"|\bfinding out\b|\bextrapolat\w+|\bsimulat\w+|\bmodell?ing\b|\bcost[- ](?:sav|effective)\w+",
    re.IGNORECASE,
)
"""What an organisation does, what genes do, and what was calculated; none of it was seen by observing people."""
_SAYS_SO = expression(
    r"\b(?:observational|cohort stud\w+|(?:prospective|birth|population|\w+-year) cohort|retrospective\w*|case-control"
    r"|cross-sectional|epidemiolog\w+|registr\w+|followed|tracked|survey of|ecological)\b",
    re.IGNORECASE,
)
"""So a study is named observational; "survey" and "cohort" alone are parts of other studies, too."""


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
            guard(document, start, end) for guard in (negated, distanced, doubted, attributed, debunked)
        ):
            continue
        entry = tables.entries("contested")[match.label]
        fields = {"match": document.text[start:end], "correction": entry["correction"], "source": entry["source"]}
        yield sheltered(document, Hit(start, end, Severity.WARNING, fields))


_Cue = tuple[int, int, str]
"""Where a study is called weak, and its size if that is the reason."""


def weak_study_strong_verb(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-008: a small, early or uncontrolled study, told in the words of proof.

    Within a sentence any strong verb counts, across two sentences of a paragraph only one with an intensifier.
    """
    at = words(document)
    cues = [(at.sentence[m.first], at.starts[m.first], at.ends[m.last]) for m in at.matches("weak-study")]
    weak = {number: (start, end, "") for number, start, end in cues if not _of_earlier_studies(document, start)}
    for sentence in written(document, BODY):
        for size in sizes_in(document, sentence.start, sentence.end):
            if 0 < size < SMALL:
                weak.setdefault(at.sentence[sentence.first], (sentence.start, sentence.end, f"{size} people"))
    intense = {match.first for match in at.matches("strong-intense")}
    done: set[int] = set()
    for match in at.matches("strong-verb"):
        number, start, end = at.sentence[match.first], at.starts[match.first], at.ends[match.last]
        if _PROOF_OF_CONCEPT.match(document.text, start):
            continue
        cue = None if number in done else _weakness(weak, number, match.first in intense)
        if cue and not (negated(document, start, end) or needed(document, start, end) or hedged(document, start, end)):
            done.add(number)
            first, last, people = cue
            fields = {"verb": document.text[start:end], "cue": people or at.text[first:last]}
            related = ((first, last, f"named as evidence: {fields['cue']}"),)
            yield sheltered(document, Hit(start, end, Severity.WARNING, fields, related=related))


_PROOF_OF_CONCEPT = expression(r"proof[- ]of[- ](?:concept|principle)", re.IGNORECASE)
_EARLIER = expression(r"\b(?:previous(?:ly)?|earlier|prior|former)\b[^,;:]{0,40}$", re.IGNORECASE)


def _of_earlier_studies(document: Document, start: int) -> bool:
    """Whether it is not this study that is weak: "confirms what was previously seen in small studies"."""
    return bool(_EARLIER.search(document.text[max(0, start - 60) : start]))


def _weakness(weak: dict[int, _Cue], number: int, intense: bool) -> _Cue | None:
    if number in weak or not intense:
        return weak.get(number)
    return weak.get(number - 1) or weak.get(number + 1)
