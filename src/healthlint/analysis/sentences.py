"""Sentences of medical English, words, and quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from healthlint import tables
from healthlint.document import Document, per_document
from healthlint.phrases import Words
from healthlint.text import Span

_STOP = re.compile(
    r"(?<![.!?\u2026])[.!?\u2026]++[\"'\u201d\u2019)\]\u00bb]*"
    r"(?:\s?\[\d[\d,\s\u2013-]*\]|[\u00b9\u00b2\u00b3\u2070-\u2079]+)*(?=\s)"
)
_SUPERSCRIPT = re.compile(r"(?<=[a-z)])\.\d{1,3}(?:[,\u2013-]\d{1,3})*(?=\s+[A-Z])")
_BEFORE = re.compile(r"[\w.&'\u2019-]*$")
_ALWAYS = frozenset(
    "dr mr mrs ms prof st e.g i.e vs etc. cf fig figs no nos vol pp ed eds al approx dept gen sen rep gov rev hon"
    " jr. resp ca eq sec ch ref refs suppl".split()
)
_UNIT_OR_TITLE = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec inc ltd corp co u.s u.k u.n e.u ph.d m.d b.sc m.sc d.c a.m p.m"
    " etc jr sr".split()
)


class Sentence(NamedTuple):
    """The range `start:end` of the document's text, in block number `block`; words `first` to `last` (exclusive)."""

    start: int
    end: int
    block: int
    first: int
    last: int


@per_document
def sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences in order; a heading, list item or cell has at least one, with or without a full stop."""
    spans = _spans(document)
    starts = words(document).starts
    result = []
    at = 0
    for start, end, block in spans:
        first = at
        while at < len(starts) and starts[at] < end:
            at += 1
        result.append(Sentence(start, end, block, first, at))
    return tuple(result)


@per_document
def words(document: Document) -> Words:
    """The words of the document with their index; URLs are masked and hold no words."""
    return Words(masked(document), (start for start, _, _ in _spans(document)), tables.names)


@per_document
def masked(document: Document) -> str:
    """The text with every URL and e-mail address replaced by as many blanks."""
    text = document.text
    for signs, pattern in _ADDRESSES:
        if any(sign in text for sign in signs):
            text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


_ADDRESSES = (
    (("http", "www."), re.compile(r"(?:https?://|www\.)[^\s<>\"\u201d]+[^\s<>\"\u201d.,;:!?)\]'\u2019]")),
    (("@",), re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{0,64}\w")),
    (("10.",), re.compile(r"\b10\.\d{4,9}/[^\s,;)\]]*\w")),
)
"""Addresses and identifiers, each with letters that a text must hold for them to be there."""


def sentence_at(document: Document, offset: int) -> int:
    """The number of the sentence that holds the offset (or the one before it)."""
    return max(0, bisect_right(_starts(document), offset) - 1)


@per_document
def _starts(document: Document) -> list[int]:
    return [sentence.start for sentence in sentences(document)]


@per_document
def _spans(document: Document) -> tuple[tuple[int, int, int], ...]:
    text = document.text
    result = []
    for number, block in enumerate(document.blocks):
        start = block.start
        for end in _ends(text, block.start, block.end):
            if text[start:end].strip():
                result.append((start, end, number))
                start = end
                while start < block.end and text[start].isspace():
                    start += 1
        if text[start : block.end].strip():
            result.append((start, block.end, number))
    return tuple(result)


def _ends(text: str, start: int, end: int) -> list[int]:
    ends = [match.end() for match in _STOP.finditer(text, start, end) if _is_end(text, match, start, end)]
    if _SUPERSCRIPT.search(text, start, end):
        ends = sorted({*ends, *(match.end() for match in _SUPERSCRIPT.finditer(text, start, end))})
    return ends


def _is_end(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    rest = text[stop.end() : min(end, stop.end() + 40)].lstrip()
    following = rest.lstrip("\"'\u201c\u2018([\u00ab")[:1]
    if (following.islower() and not stop.group().startswith(("!", "?"))) or following == "":
        return False
    if following.islower() and len(stop.group()) > 1:  # "Really?" she asked.
        return False
    if stop.group()[0] != "." or (len(stop.group()) > 1 and stop.group()[1] == "."):
        return True
    before = _BEFORE.search(text[max(start, stop.start() - 24) : stop.start()])
    word = before.group().lower().strip("'\u2019-") if before else ""
    return not _is_abbreviation(word, following, before.group() if before else "")


def _is_abbreviation(word: str, following: str, original: str) -> bool:
    if word in _ALWAYS:
        return word not in ("no", "al", "ed", "ch", "sec", "st", "ms") or _continues(word, following, original)
    if word in _UNIT_OR_TITLE:
        return not following.isupper()
    return len(original) == 1 and original.isupper() and original != "I" and following.isupper()


def _continues(word: str, following: str, original: str) -> bool:
    """Abbreviations that are words, too: "No. 4" but "He said no."; "Ms. Hill" but "people with MS."."""
    if word in ("st", "ms", "ed"):
        return original[0].isupper() and not original.isupper()
    return following.isdigit() if word != "al" else not following.isupper() or following == "("


@per_document
def quotations(document: Document) -> tuple[Span, ...]:
    """What stands between quotation marks, without the marks, in order; marks are paired within a block."""
    found: list[Span] = []
    marks = list(_MARK.finditer(document.text))
    at = 0
    for block in document.blocks if marks else ():
        first = at
        while at < len(marks) and marks[at].start() < block.end:
            at += 1
        if at > first:
            found.extend(_quotations(marks[first:at], block.end))
    return tuple(found)


_MARK = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]|(?<!\\w)\u2018|\u2019(?!\\w)')
_CLOSING = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", "\u2018": "\u2019", '"': '"'}


def _quotations(marks: list[re.Match[str]], end: int) -> Iterator[Span]:
    opened: re.Match[str] | None = None
    for mark in marks:
        if opened is None:
            opened = mark if mark.group() in _CLOSING else None
        elif mark.group() in _CLOSING[opened.group()]:
            yield Span(opened.end(), mark.start())
            opened = None
    if opened and opened.group() == "\u201c":  # a quotation that goes on in the next paragraph
        yield Span(opened.end(), end)
