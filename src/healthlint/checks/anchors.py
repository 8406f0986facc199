"""Where a finding about the whole document is shown, and which documents have duties at all."""

from __future__ import annotations

import re

from healthlint import tables
from healthlint.analysis.segments import PROSE, segments, title
from healthlint.analysis.sentences import sentences, words
from healthlint.analysis.subjects import health_claims
from healthlint.document import Document, Kind, per_document
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple
from healthlint.text import Span

CLAIMS = 3
"""From this many claims of a benefit on a text is an article about health, with the duties of one."""

_LONGEST = 120


def anchor(document: Document) -> Span:
    """The title, or the first words of the article."""
    block = title(document)
    if block is None:
        kinds = segments(document)
        block = next((b for b, kind in zip(document.blocks, kinds, strict=True) if kind in PROSE), document.blocks[0])
    line = document.text[block.start : block.end].split("\n", 1)[0]
    if len(line) > _LONGEST:
        line = line[: line.rfind(" ", 1, _LONGEST + 1)]
    return Span(block.start, block.start + min(len(line), _LONGEST))


@per_document
def is_fragment(document: Document) -> bool:
    """Whether the file is a part of a page that something else puts together: markup with headings, but without
    metadata, title or heading of the first level. Author, date and harms may stand in another part.
    """
    levels = [block.level for block in document.blocks if block.kind is Kind.HEADING]
    titled = document.fields or any(block.kind is Kind.TITLE for block in document.blocks)
    return document.format in ("markdown", "mdx", "html") and bool(levels) and min(levels) > 1 and not titled


@per_document
def informs_about_health(document: Document) -> bool:
    """Whether the document is an article about health: it makes claims, or much of it is about illness and treatment.

    So are advice on an infection and a page on what a deficiency does or how a treatment is said to work, but not a
    README or opening hours. One that is filed under health, whose title names an illness and a treatment, or speaks
    of health risks, side effects or symptoms, or that says that it is no medical advice, takes itself for one.
    """
    if makes_health_claims(document):
        return True
    told = _told(document)
    if told.ill and told.about >= _FEW and told.around >= max(_ABOUT, _WIDE_SHARE * told.sentences):
        return True
    if told.ill and told.about >= _FEW and told.around >= _ABOUT and _is_filed_under_health(document):
        return True
    block = title(document)
    names = ("treatment", "condition", "health-title")
    titled = {n for n in names if block and words(document).holds(n, block.start, block.end)}
    if told.about < _ABOUT or not (titled or told.ill):
        return False
    if "health-title" in titled or titled >= {"treatment", "condition"}:
        return True
    return disclaims(document) or told.about >= _SHARE * told.sentences


def _is_filed_under_health(document: Document) -> bool:
    """Whether the metadata put it there: `tags: health`."""
    filed = (field.value for field in document.fields if field.key in _FILES)
    return any(_HEALTH.search(value) for value in filed)


_FILES = ("tags", "tag", "categories", "category", "section", "topics", "topic", "keywords")
_HEALTH = expression(r"\b(?:health|wellness|medicine|medical|nutrition|mental[- ]health|supplements)\b", re.IGNORECASE)
_FEW, _ABOUT, _SHARE, _WIDE_SHARE = 2, 5, 0.25, 0.5
"""Five sentences, and a quarter of all, name an illness, a harm or a treatment in an article about health; or two do,
and half of all speak of the body, its parts and how it is kept well."""


class _Told(NamedTuple):
    """How many sentences of prose there are, and in how many of them a kind of word stands."""

    sentences: int
    ill: int
    """An illness or a harm."""
    about: int
    """An illness, a harm or a treatment."""
    around: int
    """One of these, or the body, its parts and how it is kept well."""


@per_document
def _told(document: Document) -> _Told:
    at, kinds = words(document), segments(document)
    prose = [at.sentence[s.first] for s in sentences(document) if s.last > s.first + 2 and kinds[s.block] in PROSE]
    found: set[int] = set()
    counts = []
    for names in (("condition", "harm-word"), ("treatment",), ("health-topic",)):
        found |= {at.sentence[match.first] for name in names for match in at.matches(name)}
        counts.append(sum(number in found for number in prose))
    return _Told(len(prose), *counts)


def disclaims(document: Document) -> bool:
    """Whether a sentence says what the text is: general information, or none that replaces advice."""
    entries, at, every = tables.entries("disclaimers"), words(document), sentences(document)
    for match in at.matches("disclaimer"):
        sentence = every[at.sentence[match.first]]
        place = (document.text, sentence.start, sentence.end)
        if _OF_MONEY.search(*place) and not _HEALTH.search(*place):
            continue
        if entries[match.label]["kind"] in ("general", "not-advice"):
            return True
    return False


_OF_MONEY = expression(r"\b(?:invest(?:ment|ing|or)|financial|tax) advice\b", re.IGNORECASE)
"""For information, and no advice to those who buy shares."""


def makes_health_claims(document: Document) -> bool:
    """Whether the document says of treatments that they help, often enough to be called a health article.

    In a manual of thousands of sentences some "treat" and "improve"; what it is about, the other sentences say.
    """
    return len(health_claims(document)) >= CLAIMS and _told(document).around >= _LEAST * _told(document).sentences


_LEAST = 0.15
"""Articles about health have at least 0.27, manuals of software at most 0.25 and mostly 0.05."""
