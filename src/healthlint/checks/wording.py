"""HYPE and CITE rules that need more than a phrase: questions, repetition, studies that cannot be found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis.segments import PROSE, Segment, segments
from healthlint.analysis.sentences import quotations, sentences, words
from healthlint.document import Document
from healthlint.phrases import Phrases
from healthlint.rule import Hit, Setting, Severity

_OPENING = frozenset("could can will might is are does do would".split())
_RISK = frozenset("safe safety risk risks dangerous harm harmful you your i".split())
_BENEFIT = Phrases.of(
    ["(cure~|help~|treat~|offer~|end|future|answer~|solution|alternative|improve~|less|relief|benefit~)"]
)
_PROMOTION = Phrases.of(
    ["[a] (promising|revolutionary|novel|innovative|unique|powerful|valuable) ..1 (option~|solution~|approach~|tool~)"]
)
_STUDY = re.compile(
    r"\b(?:[Ii]n |[Ff]rom )?[Aa]n? (?:19|20)\d\d (?:study|trial|paper|survey)\b"
    r"|\b(?:[Rr]ecent |[Nn]ew )?(?:research|study|studies) (?:from|at|by) (?:the "
    r"|researchers at )?(?:[A-Z]\w+ )?(?:University|Institute|College)(?: of [A-Z]\w+)?"
)
_TRACE = re.compile(
    r"https?://|\bdoi\b|10\.\d{4}|\bPMID\b|\bNCT\d|\bJournal\b|\bet al\b|\[\d|\bLancet\b|\bJAMA\b|\bBMJ\b|\bNature\b"
)


def speculative_question(document: Document, setting: Setting) -> Iterator[Hit]:
    """HYPE-006: a question that puts a benefit before the reader; not one about risk, and no FAQ heading."""
    at = words(document)
    hopeful = {at.sentence[match.first] for match in _BENEFIT.find(at)}
    kinds = segments(document)
    for sentence in sentences(document):
        kind = kinds[sentence.block]
        if sentence.last == sentence.first or kind not in (Segment.TITLE, Segment.LEAD, Segment.BODY):
            continue
        inside = at.folded[sentence.first : sentence.last]
        asks = document.text[sentence.end - 1] == "?" and inside[0] in _OPENING
        if asks and at.sentence[sentence.first] in hopeful and _RISK.isdisjoint(inside):
            yield Hit(sentence.start, sentence.end, Severity.WARNING if kind is Segment.TITLE else Severity.INFO)


def repeated_promotion(document: Document, setting: Setting) -> Iterator[Hit]:
    """HYPE-009: one promotional formula in three paragraphs or more."""
    at = words(document)
    kinds = segments(document)
    where: dict[str, dict[int, tuple[int, int]]] = {}
    for match in _PROMOTION.find(at):
        block = next(i for i, b in enumerate(document.blocks) if b.start <= at.starts[match.first] < b.end)
        if kinds[block] in PROSE:
            formula = " ".join(at.folded[match.first : match.last + 1]).removeprefix("a ")
            where.setdefault(formula, {}).setdefault(block, (at.starts[match.first], at.ends[match.last]))
    for formula, places in where.items():
        if len(places) >= 3:
            start, end = next(iter(places.values()))
            yield Hit(start, end, Severity.WARNING, {"match": formula, "n": str(len(places))}, document=True)


def untraceable_study(document: Document, setting: Setting) -> Iterator[Hit]:
    """CITE-004: a single study without link, author or journal in its sentence."""
    kinds = segments(document)
    for sentence in sentences(document):
        if kinds[sentence.block] not in (Segment.LEAD, Segment.BODY, Segment.LIST, Segment.TITLE):
            continue
        match = _STUDY.search(document.text, sentence.start, sentence.end)
        if not match or _TRACE.search(document.text, sentence.start, sentence.end):
            continue
        linked = any(link.start < sentence.end and sentence.start < link.end for link in document.links)
        quoted = any(start <= match.start() < end for start, end in quotations(document))
        if not linked:
            severity = Severity.INFO if quoted else Severity.WARNING
            yield Hit(match.start(), match.end(), severity, {"match": match.group()})
