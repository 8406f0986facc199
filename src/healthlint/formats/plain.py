"""Plain text: paragraphs between blank lines, or one a line, and bulleted items."""

from __future__ import annotations

from healthlint.builder import Builder
from healthlint.document import Document, Kind
from healthlint.expressions import expression
from healthlint.text import Source

_LINE = expression(r"[^\r\n]+")
BULLET = expression(r"\s*(?:[\u2022\u25e6\u25aa\u2023\u00b7*+\u2013-]|\d{1,2}[.)])\s+(?=\S)")
"""How an item begins that somebody has typed."""
_WRAPPED = 100
"""Lines longer than this were not wrapped by hand (code points)."""
_FULL = 40
"""Nor were shorter ones, but for the last of a paragraph, which ends with one of `_STOPS`."""
_STOPS = ".!?:;,)]\"'\u201d\u2019"


def parse(source: Source) -> Document:
    """Read plain text. A hard-wrapped paragraph is joined; otherwise every line is a block of its own.

    Which lines are headings, titles or page furniture is for `analysis.segments` to say.
    """
    builder = Builder(source, "text")
    text = source.text
    last_start = last_line = last_end = -1
    for match in _LINE.finditer(text):
        start, end = _trim(text, match.start(), match.end())
        adjacent = last_end >= 0 and text[last_line : match.start()] in ("\n", "\r\n", "\r")
        if start == end:
            last_end = -1
            continue
        if adjacent and _continues(text, last_start, last_end, start, end):
            builder.space(last_end, start)
            builder.verbatim(start, end)
        else:
            _open(builder, text, start, end)
        last_start, last_line, last_end = match.start(), match.end(), end
    return builder.build()


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "\ufeff\x00"):
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _continues(text: str, last_start: int, last_end: int, start: int, end: int) -> bool:
    """Whether the line `start:end` goes on with the sentence of the line before it, `last_start:last_end`."""
    if not _FULL <= last_end - last_start <= _WRAPPED or BULLET.match(text, start, end):
        return False
    if text[start] in "=-~_" and not text[start:end].strip(text[start]):  # a line below a heading
        return False
    if text[start].islower():
        return True
    closed = end - start >= _FULL or text[end - 1] in _STOPS  # else a name or a date below a title
    return closed and text[last_end - 1] not in '.!?:\u201d"'


def _open(builder: Builder, text: str, start: int, end: int) -> None:
    bullet = BULLET.match(text, start, end)
    builder.begin(Kind.ITEM if bullet else Kind.PARAGRAPH, 1 if bullet else 0)
    builder.verbatim(bullet.end() if bullet else start, end)
