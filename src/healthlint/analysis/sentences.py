"""Sentences of medical English, words, and quotations."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from healthlint import tables
from healthlint.document import Document, per_document
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple
from healthlint.phrases import Words
from healthlint.text import Span

_NOTE = r"[\u00b9\u00b2\u00b3\u2070-\u2079]+(?:[,\u2013-][\u00b9\u00b2\u00b3\u2070-\u2079]+)*"
_STOP = expression(
    r"[.!?\u2026](?<![.!?\u2026].)[.!?\u2026]*+[\"'\u201d\u2019)\]\u00bb]*"
    rf"(?:\s?\[\d[\d,\s\u2013-]*\]|\(\d[\d,\s\u2013-]*\)|{_NOTE})*(?=\s)"
)
_SUPERSCRIPT = expression(r"[.?!](?<=[a-z)\]].)[\"\u201d\u2019]?\d{1,3}(?:[,\u2013-]\d{1,3})*(?=\s+[A-Z])")
_LONGEST_ABBREVIATION = 6
_BEFORE = expression(r"[\w.&'\u2019-]*")
"""The word before a stop, read backwards."""
_ALWAYS = frozenset(
    "dr mr mrs ms prof st e.g i.e vs cf fig figs no nos vol pp ed eds al approx dept gen sen rep gov rev hon lt col"
    " capt sgt resp ca eq sec ch ref refs suppl viz".split()
)
_OFTEN = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec inc ltd corp co ph.d b.sc m.sc jr sr esq ave blvd".split()
)
"""These end a sentence, like abbreviations of single letters (U.S., M.D., p.m.), if a word follows that begins one."""
_STARTERS = frozenset(
    "a after all also although an and another any as at because before both but by can do does each even every first"
    " for from he her here his how however i if in it its many may more most my new no not now of on once one only or"
    " other our over people patients research researchers she since so some studies such that the their then there"
    " these they this those though through to two under unlike until we what when where whether which while who why"
    " with without yes yet you your".split()
)
_DOTTED = expression(r"(?:[a-z]\.)+[a-z]")
_LABEL = expression(
    r"(?:\b(?:vitamins?|hepatitis|influenza|groups?|types?|plans?|grades?|class|stages?|phases?|factors?|strains?"
    r"|category|schedule|levels?|arms?|cohorts?|appendix|tables?|figures?|parts?|steps?|options?|study|immunoglobulin)"
    r"|\b[A-Z],? (?:and|or|&))\s+$",
    re.IGNORECASE,
)
_NUMBER = expression(r"\s*\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})|[^.!?]*[:;]\s+\(?[1AaIi]")


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
    spans, limits = _spans(document), pairwise(words(document).firsts)
    return tuple(Sentence(*span, *limit) for span, limit in zip(spans, limits, strict=True))


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
    at = text.find("@")
    while at >= 0:
        before, after = _MAILBOX.match(text[max(0, at - _LONGEST_MAILBOX) : at][::-1]), _MAIL_HOST.match(text, at)
        if before and after:
            start, end = at - before.end(), after.end()
            text = text[:start] + " " * (end - start) + text[end:]
        at = text.find("@", at + 1)
    return text


_ADDRESSES = (
    (("http", "www."), expression(r"(?:https?://|www\.)[^\s<>\"\u201d]+[^\s<>\"\u201d.,;:!?)\]'\u2019]")),
    (("10.",), expression(r"10\.(?<!\w10\.)\d{4,9}/[^\s,;)\]]*\w")),
)
"""Addresses and identifiers, each with letters that a text must hold for them to be there."""
_MAILBOX = expression(r"[\w.+-]+")
"""What stands before the "@" of a mail address, read backwards."""
_LONGEST_MAILBOX = 64
_MAIL_HOST = expression(r"@[\w-]{1,64}\.[\w.]{0,64}\w")


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
    ends: list[int] = []
    for match in _STOP.finditer(text, start, end):
        if _is_end(text, match, ends[-1] if ends else start, end):
            ends.append(match.end())
    if _SUPERSCRIPT.search(text, start, end):
        ends = sorted({*ends, *(match.end() for match in _SUPERSCRIPT.finditer(text, start, end))})
    return ends


def _is_end(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """Whether a stop ends the sentence that begins at `start`; the block ends at `end`."""
    following = _FOLLOWING.match(text, stop.end(), min(end, stop.end() + 40)).group(1)  # type: ignore[union-attr]
    if not following:
        return False
    if following[0].islower() and not _begins_like_mrna(following):
        return stop.group() in ("!", "?", "?!", "!!")  # with a closing mark: "Really?" she asked.
    at = stop.start()
    if text[at] != "." or text[at + 1] == ".":
        return True
    before = _BEFORE.match(text[max(start, at - 24) : at][::-1])
    original = before.group()[::-1] if before else ""
    if original.isalpha() and len(original) > _LONGEST_ABBREVIATION:
        return True
    if len(original) <= 4 and _NUMBER.fullmatch(text, start, at):
        return False
    if len(original) == 1 and original.isupper():
        return original == "I" or bool(_LABEL.search(text[max(start, at - 30) : at - 1]))
    return not _is_abbreviation(original.lower().strip("'\u2019-"), following, original)


_FOLLOWING = expression("\\s*[\"'\u201c\u2018(\\[\u00ab]*\\s*(\\S*)")
"""The next word, without quotation marks and brackets before it."""


def _begins_like_mrna(word: str) -> bool:
    """Whether a word that begins with a small letter can begin a sentence: mRNA, eGFR, \u03b2-blockers."""
    return any(letter.isupper() for letter in word[1:3]) or "\u03b1" <= word[0] <= "\u03c9"


def _is_abbreviation(word: str, following: str, original: str) -> bool:
    if word in _ALWAYS:
        return word not in ("no", "al", "ed", "ch", "sec", "st", "ms") or _continues(word, following, original)
    if word in _OFTEN or _DOTTED.fullmatch(word):
        return following.strip(",;:.)").lower() not in _STARTERS
    return word == "etc" and not following[0].isupper()


def _continues(word: str, following: str, original: str) -> bool:
    """Abbreviations that are words, too: "No. 4" but "He said no."; "Ms. Hill" but "people with MS."."""
    if word in ("st", "ms", "ed"):
        return original[0].isupper() and not original.isupper()
    return following[0].isdigit() if word != "al" else not following[0].isupper()


@per_document
def quotations(document: Document) -> tuple[Span, ...]:
    """What stands between quotation marks, without the marks, in order; marks are paired within a block."""
    found: list[Span] = []
    marks = [at for at in map(re.Match.start, _MARK.finditer(document.text)) if _is_mark(document.text, at)]
    at = 0
    for block in document.blocks if marks else ():
        first = at
        while at < len(marks) and marks[at] < block.end:
            at += 1
        if at > first:
            found.extend(_quotations(document.text, marks[first:at], block.end))
    return tuple(found)


_MARK = expression('["\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb]')
_CLOSING = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "\u00ab": "\u00bb", "\u2018": "\u2019", '"': '"'}


def _is_mark(text: str, at: int) -> bool:
    """Whether it is no apostrophe: a single mark opens before a word and closes behind one."""
    beside = text[at - 1 : at] if text[at] == "\u2018" else text[at + 1 : at + 2] if text[at] == "\u2019" else ""
    return not (beside.isalnum() or beside == "_")


def _quotations(text: str, marks: list[int], end: int) -> Iterator[Span]:
    opened = -1
    for at in marks:
        if opened < 0:
            opened = at if text[at] in _CLOSING else -1
        elif text[at] in _CLOSING[text[opened]]:
            yield Span(opened + 1, at)
            opened = -1
    goes_on = opened >= 0 and text[end : end + 4].strip().startswith(('"', "\u201c"))
    if opened >= 0 and (text[opened] == "\u201c" or goes_on):  # a quotation that goes on in the next paragraph
        yield Span(opened + 1, end)
