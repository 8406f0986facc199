"""What each block of an article is: title, heading, lead, body, list, quotation, references, disclaimer, bio...

Markup tells part of it. A page that was saved as plain text tells nothing, so headings without marks, a title that
stands twice, bylines and page furniture are recognised by their shape and place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import StrEnum

from healthlint import tables
from healthlint.analysis.sentences import words
from healthlint.document import Block, Document, Kind, per_document


class Segment(StrEnum):
    """The part that a block plays in the article."""

    TITLE = "title"
    HEADING = "heading"
    LEAD = "lead"
    BODY = "sentence"
    LIST = "list"
    QUOTE = "quote"
    REFERENCES = "references"
    DISCLAIMER = "disclaimer"
    BIO = "bio"
    BOILERPLATE = "boilerplate"
    METADATA = "metadata"


PROSE = frozenset({Segment.TITLE, Segment.HEADING, Segment.LEAD, Segment.BODY, Segment.LIST, Segment.QUOTE})
"""The segments that speak to the reader about health."""

_BY_KIND = {
    Kind.TITLE: Segment.TITLE,
    Kind.LEAD: Segment.LEAD,
    Kind.HEADING: Segment.HEADING,
    Kind.PARAGRAPH: Segment.BODY,
    Kind.ITEM: Segment.LIST,
    Kind.CELL: Segment.LIST,
    Kind.QUOTE: Segment.QUOTE,
    Kind.CAPTION: Segment.BODY,
    Kind.FOOTNOTE: Segment.REFERENCES,
    Kind.FURNITURE: Segment.BOILERPLATE,
    Kind.FIELD: Segment.METADATA,
}
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_REFERENCES = re.compile(
    r"(?:\d+\.?\s+)?(?:list of )?(?:medical |scientific |selected |key )?"
    r"(?:references?|sources?|bibliography|citations?|works cited|literature(?: cited)?|footnotes|endnotes"
    r"|further reading|(?:references|sources) (?:and|&) (?:references|further reading))\s*:?",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"about (?:the )?(?:authors?|writer|reviewer|us|our \w+|dr\.? .*|contributor)\b", re.IGNORECASE)
_ABOUT_START = re.compile(r"about the \w+", re.IGNORECASE)
_DISCLAIMER_START = re.compile(r"\W*(?:medical )?disclaimer\b", re.IGNORECASE)
_DATELINE = re.compile(
    rf"\b{_MONTH}\.? \d{{1,2}},? \d{{4}}\b|\b\d{{1,2}} {_MONTH} \d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b", re.IGNORECASE
)
_BYLINE = re.compile(
    r"^\W*(?:(?:written |posted |reviewed |medically reviewed |fact[- ]checked |published |edited )*by\b|author:"
    r"|originally published\b|updated\b|last (?:updated|reviewed)|published\b|\d+ min read)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[-\u2013\u2014*_=~. ]{2,}")


@per_document
def segments(document: Document) -> tuple[Segment, ...]:
    """The segment of each block, in the order of `document.blocks`."""
    kinds = [_BY_KIND[block.kind] for block in document.blocks]
    texts = [document.text[block.start : block.end].strip() for block in document.blocks]
    _mark_furniture(document, kinds)
    if document.format == "text":
        _mark_plain_headings(document.blocks, texts, kinds)
    _mark_title(document, texts, kinds)
    _mark_sections(texts, kinds)
    _mark_ends(document, texts, kinds)
    _mark_lead(texts, kinds)
    return tuple(kinds)


@per_document
def section_starts(document: Document) -> tuple[int, ...]:
    """For each block the number of the heading block that governs it, or -1."""
    current = -1
    result = []
    for number, segment in enumerate(segments(document)):
        if segment in (Segment.HEADING, Segment.TITLE):
            current = number
        result.append(current)
    return tuple(result)


@per_document
def title(document: Document) -> Block | None:
    """The block that is the title of the article."""
    kinds = segments(document)
    return next((block for block, kind in zip(document.blocks, kinds, strict=True) if kind is Segment.TITLE), None)


@per_document
def repeated_titles(document: Document) -> tuple[Block, ...]:
    """Paragraphs and headings that say the title once more."""
    first = title(document)
    if first is None:
        return ()
    text = _plain(document.text[first.start : first.end])
    return tuple(
        block
        for block in document.blocks
        if block != first
        and block.kind in (Kind.PARAGRAPH, Kind.HEADING)
        and _plain(document.text[block.start : block.end]) == text
    )


@per_document
def furniture(document: Document) -> tuple[tuple[int, Block], ...]:
    """Page furniture among the prose: the number of its entry in the table (-1: a line of dashes) and its block."""
    blocks = [block for block in document.blocks if block.kind in (Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM)]
    found = {block: -1 for block in blocks if _RULE.fullmatch(document.text, block.start, block.end)}
    starts = [block.start for block in blocks]
    at = words(document)
    for match in at.matches("furniture"):
        start, end = at.starts[match.first], at.ends[match.last]
        place = bisect_right(starts, start) - 1
        if place >= 0 and _is_furniture(document.text, blocks[place], start, end, match.label):
            found.setdefault(blocks[place], match.label)
    return tuple(sorted(((label, block) for block, label in found.items()), key=lambda item: item[1].start))


def _is_furniture(text: str, block: Block, start: int, end: int, label: int) -> bool:
    """Whether the entry is the whole block or, where the table allows it, part of a short one."""
    rest = (text[block.start : start] + text[end : block.end]).strip(" \t.:;!?*|\u00bb\u203a\u2192()[]#")
    part = not tables.entries("furniture")[label].get("whole_line", True)
    return end <= block.end and (not rest or (part and len(rest.split()) <= 12))


def _mark_furniture(document: Document, kinds: list[Segment]) -> None:
    blocks = {block for _, block in furniture(document)}
    for number, block in enumerate(document.blocks):
        if block in blocks:
            kinds[number] = Segment.BOILERPLATE


def _mark_plain_headings(blocks: tuple[Block, ...], texts: list[str], kinds: list[Segment]) -> None:
    for number, text in enumerate(texts):
        if kinds[number] is Segment.BODY and _looks_like_heading(text) and _introduces(number, texts, kinds, blocks):
            kinds[number] = Segment.HEADING


def _looks_like_heading(text: str) -> bool:
    return (
        len(text) <= 100
        and 0 < len(text.split()) <= 14
        and text[-1] not in ".!:;,"
        and (text[0].isupper() or text[0].isdigit() or text[0] in "\u201c\"'")
        and not _BYLINE.match(text)
        and not _DATELINE.search(text)
        and "http" not in text
    )


def _introduces(number: int, texts: list[str], kinds: list[Segment], blocks: tuple[Block, ...]) -> bool:
    """Whether prose follows a short line: a sentence, a list, or another heading and then prose."""
    for following in range(number + 1, min(number + 4, len(texts))):
        if kinds[following] in (Segment.BOILERPLATE, Segment.METADATA) or _is_byline(texts[following]):
            continue
        if blocks[following].kind is Kind.ITEM or (
            len(texts[following].split()) >= 9 and texts[following][-1:] in '.!?:\u201d")]'
        ):
            return True
        if not _looks_like_heading(texts[following]):
            return False
    return False


def _mark_title(document: Document, texts: list[str], kinds: list[Segment]) -> None:
    first = next((i for i, kind in enumerate(kinds) if kind is Segment.TITLE), None)
    if first is None:
        first = next((i for i, kind in enumerate(kinds) if kind in (Segment.HEADING, Segment.BODY, Segment.LIST)), None)
        if first is None or kinds[first] is not Segment.HEADING:
            first = next(
                (i for i, b in enumerate(document.blocks) if kinds[i] is Segment.HEADING and b.level == 1), None
            )
        if first is None:
            return
        kinds[first] = Segment.TITLE
    for number, text in enumerate(texts):
        if (
            number != first
            and kinds[number] in (Segment.HEADING, Segment.BODY, Segment.TITLE)
            and len(text) <= 2 * len(texts[first]) + 20
            and _plain(text) == _plain(texts[first])
        ):
            kinds[number] = Segment.BOILERPLATE


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _mark_sections(texts: list[str], kinds: list[Segment]) -> None:
    inside: Segment | None = None
    for number, text in enumerate(texts):
        if (
            kinds[number] in (Segment.HEADING, Segment.BODY, Segment.TITLE)
            and len(text) < 80
            and _REFERENCES.fullmatch(text)
        ):
            kinds[number] = inside = Segment.REFERENCES
        elif kinds[number] is Segment.HEADING:
            inside = Segment.BIO if _ABOUT.match(text) else None
            kinds[number] = inside or Segment.HEADING
        elif inside and kinds[number] in (Segment.BODY, Segment.LIST, Segment.QUOTE):
            if inside is Segment.REFERENCES and _BYLINE.match(text):
                kinds[number], inside = Segment.METADATA, None
            else:
                kinds[number] = inside


def _mark_ends(document: Document, texts: list[str], kinds: list[Segment]) -> None:
    about, disclaiming = _blocks_with(document, "bio"), _blocks_with(document, "not-advice")
    about |= {number for number, text in enumerate(texts) if _ABOUT_START.match(text)}
    disclaiming |= {number for number, text in enumerate(texts) if _DISCLAIMER_START.match(text)}
    long = [n for n, text in enumerate(texts) if kinds[n] in (Segment.BODY, Segment.LEAD) and _has_words(text, 20)]
    last_long = max((number for number in long if number not in about), default=-1)
    first_long = min(long, default=len(texts))
    for number, text in enumerate(texts):
        if kinds[number] not in (Segment.BODY, Segment.LEAD, Segment.LIST, Segment.HEADING):
            continue
        if kinds[number] is not Segment.HEADING and number in disclaiming and not _has_words(text, 120):
            kinds[number] = Segment.DISCLAIMER
        elif kinds[number] is Segment.BODY and not first_long <= number <= last_long and _is_byline(text):
            kinds[number] = Segment.METADATA
        elif (
            number > last_long >= 0
            and kinds[number] is not Segment.LIST
            and (number in about or _is_tail(document, text))
        ):
            kinds[number] = Segment.BIO


def _blocks_with(document: Document, name: str) -> set[int]:
    """The numbers of the blocks in which a name of the word set stands."""
    at = words(document)
    starts = [block.start for block in document.blocks]
    return {bisect_right(starts, at.starts[match.first]) - 1 for match in at.matches(name)}


def _has_words(text: str, count: int) -> bool:
    return len(text) >= 2 * count - 1 and len(text.split()) >= count


def _is_byline(text: str) -> bool:
    if _has_words(text, 21):
        return False
    return bool(_BYLINE.match(text) or (not _has_words(text, 13) and _DATELINE.search(text)))


def _is_tail(document: Document, text: str) -> bool:
    """A name or a line without a sentence after the last paragraph of a page that was saved as text."""
    return document.format == "text" and not _has_words(text, 9) and text[-1:] not in '.!?\u201d")'


def _mark_lead(texts: list[str], kinds: list[Segment]) -> None:
    for number, text in enumerate(texts):
        if kinds[number] is Segment.HEADING:
            return
        if kinds[number] is Segment.BODY and len(text.split()) >= 8:
            kinds[number] = Segment.LEAD
            return
