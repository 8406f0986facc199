"""Page furniture: interface text that was pasted into an article, such as "Leave a Reply" and "Share"."""

from __future__ import annotations

from bisect import bisect_right

from healthlint import tables
from healthlint.analysis import shapes
from healthlint.analysis.sentences import words
from healthlint.document import Block, Document, Kind, per_document
from healthlint.expressions import expression

_RULE = expression(r"[-\u2013\u2014*_=~. ]{2,}")
_MENU = expression(r"(?:[^\s|]+(?: [^\s|]+){0,3}(?:[ \t]{2,}|[ \t]*[|\u00b7\u2022][ \t]*)){3,}[^\s|]+(?: [^\s|]+){0,3}")
"""The entries of a menu in one line: "Home   About us   Blog   Book now"."""


@per_document
def furniture(document: Document) -> tuple[tuple[int, Block], ...]:
    """Page furniture among the prose: the number of its entry in the table (-1: dashes or a menu) and its block."""
    blocks = [block for block in document.blocks if block.kind in (Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM)]
    found = {block: -1 for block in blocks if _is_line_of_page(document.text, block)}
    starts = [block.start for block in blocks]
    at = words(document)
    for match in at.matches("furniture"):
        start, end = at.starts[match.first], at.ends[match.last]
        place = bisect_right(starts, start) - 1
        if place >= 0 and _is_furniture(document.text, blocks[place], start, end, match.label):
            below = blocks[place + 1] if place + 1 < len(blocks) else None
            if not _heads_content(document.text, blocks[place], below):
                found.setdefault(blocks[place], match.label)
    return tuple(sorted(((label, block) for block, label in found.items()), key=lambda item: item[1].start))


def _is_line_of_page(text: str, block: Block) -> bool:
    if block.end - block.start > _LONGEST_LINE:
        return False
    return any(pattern.fullmatch(text, block.start, block.end) for pattern in (_RULE, _MENU))


_LONGEST_LINE = 200


@per_document
def contents(document: Document) -> frozenset[Block]:
    """The entries of a table of contents: list items that are hardly more than a link to a place on the same page."""
    links = [link for link in document.links if link.target.startswith("#") and not _NOTE.match(link.target)]
    if len(links) < _ENTRIES:
        return frozenset()
    starts = [block.start for block in document.blocks]
    found = set()
    for link in links:
        block = document.blocks[bisect_right(starts, link.start) - 1]
        rest = document.text[block.start : link.start] + document.text[link.end : block.end]
        if block.kind is Kind.ITEM and len(rest.split()) <= _BESIDE:
            found.add(block)
    return frozenset(found) if len(found) >= _ENTRIES else frozenset()


_NOTE = expression(r"#(?:fn|cite|ref|note|footnote|endnote|bib)")
_ENTRIES, _BESIDE = 3, 3
"""So many entries make a table of contents, and so many words may stand beside the link: a page, "3 KB"."""


def _is_furniture(text: str, block: Block, start: int, end: int, label: int) -> bool:
    """Whether the entry is the whole block or, where the table allows it, part of a short one."""
    rest = (text[block.start : start] + text[end : block.end]).strip(" \t.:;!?*|\u00bb\u203a\u2192()[]#")
    part = not tables.entries("furniture")[label].get("whole_line", True)
    return end <= block.end and (not rest or (part and len(rest.split()) <= 12))


def _heads_content(text: str, block: Block, below: Block | None) -> bool:
    """Whether words such as "Learn more" are a heading, and a paragraph or a list stands under it."""
    if block.kind is not Kind.HEADING or below is None or below.kind is Kind.HEADING:
        return False
    return below.kind is Kind.ITEM or shapes.is_prose(text[below.start : below.end])
