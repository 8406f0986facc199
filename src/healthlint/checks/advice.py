"""ADVC rules: advice that can harm, and selling inside of information."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint import tables
from healthlint.analysis.citations import cited
from healthlint.analysis.evidence import evidence, studies
from healthlint.analysis.guards import distanced, needed, negated, quoted
from healthlint.analysis.participants import sizes_in
from healthlint.analysis.segments import Segment, section_starts, segments
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.checks.passages import Passage, hit, overlaps, said, wording
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity

_NEEDS_A_PRESCRIPTION = ("prescription", "controlled", "unapproved")
_HEADS = (Segment.TITLE, Segment.HEADING)


def treatment_change(document: Document, setting: Setting) -> Iterator[Hit]:
    """ADVC-001: readers are told to stop or replace a treatment, or that they need no doctor.

    Silent where the sentence sends them to a professional: "stop taking it and call your doctor".
    """
    for name, severity in _CHANGES.items():
        quiet = (distanced,) if name == "instead-of-treatment" else (distanced, needed)
        for passage in said(document, name, quiet):
            if _is_forbidden(document, passage):
                continue
            sent_on = name != "discourage-care" and _asks_a_professional(document, passage)
            if not sent_on and not _is_question(document, passage.sentence):
                yield hit(document, passage, severity)


_CHANGES = {
    "change-treatment": Severity.ERROR,
    "discourage-care": Severity.ERROR,
    "instead-of-treatment": Severity.WARNING,
}


_NOT = frozenset(
    "not never don't dont cannot can't shouldn't mustn't without avoid nor nobody against warn warns warned".split()
)


def _is_forbidden(document: Document, passage: Passage) -> bool:
    """Whether a negation stands right before the words: "do not stop taking", "never throw away"."""
    before = words(document).folded[max(passage.sentence.first, passage.first - 3) : passage.first]
    return not _NOT.isdisjoint(before)


def _asks_a_professional(document: Document, passage: Passage) -> bool:
    return words(document).holds("professional", passage.sentence.start, passage.sentence.end)


def _is_question(document: Document, sentence: Sentence) -> bool:
    return document.text[sentence.end - 1] == "?"


_DOSE = expression(
    r"\d(?<!\w.)[\d.,]*(?:\s?[-\u2013]\s?\d[\d.,]*)?\s?(?:mg|mcg|\u00b5g|ml|mL|IU|iu|units?|drops|tablets)(?:/kg)?\b"
)


def unsupervised_dosing(document: Document, setting: Setting) -> Iterator[Hit]:
    """ADVC-005: doses or use at home of a medicine that needs a prescription, and no word of risk beside it."""
    at = words(document)
    seen: set[int] = set()
    for passage in sorted(_dosings(document), key=lambda passage: passage.start):
        sentence = passage.sentence
        drug = _prescription_drug(document, sentence)
        if drug is None or sentence.start in seen or passage.segment in _HEADS or _is_question(document, sentence):
            continue
        if at.holds("reported-dosing", sentence.start, sentence.end) or sentence in studies(document):
            continue
        if _OWN_DOSE.search(document.text, sentence.start, sentence.end):
            continue
        block = document.blocks[sentence.block]
        if _tells_of_a_study(document, sentence.block):
            continue
        if at.holds("supervision", block.start, block.end) or sizes_in(document, sentence.start, sentence.end):
            continue
        seen.add(sentence.start)
        yield hit(document, passage, Severity.WARNING, {"drug": drug})


_OWN_DOSE = expression(
    r"\bmy (?:dos(?:e|age)|prescription|medication|tablets|pills)\b"
    r"|\b(?:they|he|she|doctors?|gp|psychiatrist) (?:\w+ )?"
    r"(?:doubled|increased|raised|lowered|reduced|prescribed|started me|put me)\b",
    re.IGNORECASE,
)
"""What a doctor has given to the one who tells the story, is no advice."""


def _tells_of_a_study(document: Document, number: int) -> bool:
    """Whether the heading above the block is about a study: "STEP-1 trial"."""
    heading = section_starts(document)[number]
    return heading >= 0 and bool(_STUDY.search(document.text, *document.blocks[heading][1:3]))


_STUDY = expression(r"\b(?:trials?|study|studies|results|research)\b", re.IGNORECASE)


def _dosings(document: Document) -> Iterator[Passage]:
    quiet = (negated, quoted, cited)
    yield from said(document, "home-dosing", quiet)
    at, kinds = words(document), segments(document)
    for number in dict.fromkeys(at.sentence[match.first] for match in at.matches("dose-frame")):
        sentence = sentences(document)[number]
        segment = kinds[sentence.block]
        if segment not in (Segment.BODY, Segment.LEAD, Segment.LIST):
            continue
        for match in _DOSE.finditer(document.text, sentence.start, sentence.end):
            if not any(guard(document, *match.span()) for guard in quiet):
                yield Passage(*match.span(), sentence.first, sentence.first, 0, sentence, segment)


def _prescription_drug(document: Document, sentence: Sentence) -> str | None:
    """The first medicine of the sentence that is known, from a page that was read, to need a prescription."""
    at = words(document)
    every = tables.entries("drugs")
    for match in at.matches("drug"):
        drug, start = every[match.label], at.starts[match.first]
        if sentence.start <= start < sentence.end and drug["verified"] and drug["kind"] in _NEEDS_A_PRESCRIPTION:
            return wording(document, match)
    return None


def missing_crisis_resource(document: Document, setting: Setting) -> Iterator[Hit]:
    """ADVC-007: suicide or self-harm is spoken of, also in a quotation, and no help is named anywhere.

    A note where it is mentioned in passing, such as one harm among others.
    """
    found = [passage for passage in said(document, "suicidality") if not overlaps(document, "no-suicidality", passage)]
    if not found or words(document).matches("crisis") or _links_to_help(document) or evidence(document).only_models:
        return
    passing = len(found) == 1 and not _speaks_to_reader(document, found[0])
    passing = passing or any(_sends_to_care(document, passage) for passage in found)
    severity = Severity.INFO if passing or setting.profile == "professional" else Severity.WARNING
    first = found[0]
    fields = {"match": document.text[first.start : first.end], "help": _LINES[setting.jurisdiction]}
    yield Hit(first.start, first.end, severity, fields, document=True)


_LINES = {
    "us": 'Add a line such as "If you feel this way, call or text 988, at any hour".',
    "uk": 'Add a line such as "If you feel this way, call Samaritans on 116 123, at any hour".',
    "eu": 'Add the line of the reader\'s country, such as "If you feel this way, call ..., or 112 in an emergency".',
}
"""Whom to name, by jurisdiction (table `crisis`)."""


def _sends_to_care(document: Document, passage: Passage) -> bool:
    """Whether the words, or those right after them, tell the reader to seek care at once."""
    number = sentence_at(document, passage.start)
    near = [s for s in sentences(document)[number : number + 3] if s.block - passage.sentence.block <= 1]
    return words(document).holds("seek-care", passage.sentence.start, near[-1].end)


def _speaks_to_reader(document: Document, passage: Passage) -> bool:
    """Whether the words are in the title, or in a sentence about "you" or "I", and not one of many facts."""
    inside = words(document).folded[passage.sentence.first : passage.sentence.last]
    return passage.segment is Segment.TITLE or not _FIRST_AND_SECOND.isdisjoint(inside)


_FIRST_AND_SECOND = frozenset("you your yourself i i'm i've my me myself we our".split())


def _links_to_help(document: Document) -> bool:
    hosts = {_host(str(line["url"])) for line in tables.entries("crisis") if line.get("url")}
    return any(_host(link.target) in hosts for link in document.links)


def _host(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address).split("/")[0].lower()
