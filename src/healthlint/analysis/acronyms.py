"""Abbreviations in capitals that a text uses and nowhere explains.

Most words in capitals need no explanation, so nearly every pattern here is a reason to stay silent; where one errs, it
errs towards silence.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from healthlint import tables
from healthlint.analysis.segments import Segment, segments
from healthlint.analysis.sentences import Sentence, masked, sentence_at, sentences, words
from healthlint.document import Document, Kind, per_document
from healthlint.expressions import expression
from healthlint.text import Span

USES = 2
"""An abbreviation that is used once does not stop a reader, unless it is one of medicine that the table writes out: not
one of two letters, which can be many things."""
REACH = 8
"""So many words before and after an abbreviation may hold its full form."""
NEAR, BESIDE = 60, 24
"""So many characters before an abbreviation tell what it is, and so many whether it is one."""
_COUNTED = (Segment.LEAD, Segment.BODY, Segment.LIST)
_CAPITALS = expression(  # not U.S., R&D, IL-6, SAM-e, T3, BPC 157, mg/DL, NAD+; but LH/FSH
    r"[A-Z][A-Z](?<![\w.\-+&@#_]..)(?<![^A-Z]/..)[A-Z]{0,4}(?=s?(?![\w+&@_]|/(?![A-Z]{2})|\.\w|['\u2019][^s]|\s\d|-\d|-\w{1,2}(?!\w)))"
)
_CITED = expression(r"[A-Z][^\W\d_]+ [A-Z]{1,3}(?:[,.;]| \(|\s&)")
_NOT_AFTER = expression(
    r"(?:(?:\d|\b[mb]illion|thousand)\s?"  # a unit: 400 IU
    r"|(?<!\w)(?:[A-Z]{2,}|[AI])[\"'\u201d\u2019:!]*\s+"  # shouting: DO NOT
    r"|(?<!\w)[A-Z][a-z]+,\s"  # a degree, a state: Jane Doe, LPC
    r"|\b(?:called|known as|named|termed)\s+[\"'\u201c\u2018]?)$"  # a name that the sentence explains
)
_NOT_BEFORE = expression(
    r"[\"'\u201d\u2019:]*\s+(?:[A-Z]{2,}|[AI])(?![\w'\u2019-])"  # shouting
    r"|,\s+(?:an?|the|which|one of|or|also)\s"  # a gloss: AMP, an important messenger
    r"|\s(?:trial|study|cohort)s?\b"  # the name of a study
)
_ROMAN = expression(r"[IVX]+")
_NUMBERED = expression(
    r"\b(?:type|phase|stage|grade|class|factor|schedule|chapter|part|table|figure|war|level|title|section|volume|arm"
    r"|nerve|bipolar|angiotensin|collagen|complex|group)s?\s+(?:[IVX]+(?:, | and | or | to |\u2013|-))*$",
    re.IGNORECASE,
)
_INTRODUCED = expression(
    r"(?:[(\[][\s\"'\u201c\u2018]*(?:(?:or|aka|also|called|known|as|abbreviated|the|i\.e\.)[,:]?\s+)*"
    r"|, (?:or|aka|also known as|abbreviated(?: as| to)?)\s+[\"'\u201c\u2018]?)$"
)
_EXPLAINS = expression(
    r"s?(?:-\w+)?[\"'\u201d\u2019]?(?:\s*[(\[](?:[\"'\u201c\u2018]|[^()\d]{0,3}(?:[^\W\d_]{5,}|[^\W\d_]+[\s-][^\W\d_]+))"
    r"|,?\s+(?:which )?(?:stands for|(?:is )?short for|means|is an abbreviation)"
    r"|,?\s+(?:also |better |which (?:\w+ ){1,6})(?:called|known? (?:of )?as|calls?)\b)"
)
_HOST = expression(r"(?://|@|www\.)([\w.-]+)")
_BETWEEN_LABELS = expression(r"[._-]")
_WORD = expression(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_SMALL = frozenset("of and the for in on to a an with by or de".split())


def unexplained(document: Document) -> Iterator[Span]:
    """The first place of each abbreviation that is neither commonly known nor explained anywhere in the document."""
    for word, places in _used(document).items():
        if not (_is_name(document, word) or _is_explained(document, word)):
            yield places[0]


def _used(document: Document) -> dict[str, list[Span]]:
    """The abbreviations of the prose that are not commonly known, and their places."""
    kinds, text, every = segments(document), masked(document), sentences(document)
    found: dict[str, list[re.Match[str]]] = {}
    known = _known()
    for match in _CAPITALS.finditer(text):
        if match.group() not in known:
            found.setdefault(match.group(), []).append(match)
    used: dict[str, list[Span]] = {}
    loud: dict[int, bool] = {}
    often = (matches for word, matches in found.items() if _is_enough(word, matches))
    for match in (match for matches in often for match in matches):
        number = sentence_at(document, match.start())
        sentence = every[number]
        if number not in loud:
            loud[number] = kinds[sentence.block] not in _COUNTED or _is_loud(text, sentence)
        if not (loud[number] or _is_other(match, sentence) or _is_linked(document, match)):
            used.setdefault(match.group(), []).append(Span(*match.span()))
    return {word: places for word, places in used.items() if _is_enough(word, places)}


def _is_enough(word: str, places: Sequence[object]) -> bool:
    return len(places) >= USES or (len(word) > 2 and word in _forms())


def _is_loud(text: str, sentence: Sentence) -> bool:
    """Whether most words are in capitals, or the sentence lists authors: Doe J, Roe RR (2007)."""
    if len(_CITED.findall(text, sentence.start, sentence.end)) > 1:
        return True
    said = [word for word in text[sentence.start : sentence.end].split() if len(word) > 1]
    return 2 * sum(map(str.isupper, said)) > len(said)


_BEHIND_DEGREE = expression(r"\b(?:PhD|MD|DO|RDN?|RN|NP|MPH|MSc?|PharmD), $")
"""One more degree: "Ana Ruiz, PhD, RD, LDN"."""
_IN_NAME = expression(r",[A-Z]\b")
"""A part of a name: "RTS,S"."""


def _is_other(match: re.Match[str], sentence: Sentence) -> bool:
    """Whether the capitals are no abbreviation here: a unit, a Roman number, a degree, a word that is shouted."""
    text, (start, end) = match.string, match.span()
    near = max(sentence.start, start - NEAR)
    if _ROMAN.fullmatch(match.group()) and (match.group() != "IV" or _NUMBERED.search(text, near, start)):
        return True
    if _BEHIND_DEGREE.search(text, near, start) or _IN_NAME.match(text, end):
        return True
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper():  # part of a name: "UW-Madison"
        return True
    beside = max(near, start - BESIDE)
    return bool(_NOT_AFTER.search(text, beside, start) or _NOT_BEFORE.match(text, end, sentence.end))


def _is_linked(document: Document, match: re.Match[str]) -> bool:
    """Whether the capitals stand in a short link: a name, and the link explains it."""
    place = bisect_right(document.links, match.start(), key=lambda link: link.start) - 1
    if place < 0:
        return False
    start, end, _ = document.links[place]
    return match.end() <= end and len(document.text[start:end].split()) <= 3


@per_document
def _hosts(document: Document) -> str:
    """The parts of the names of linked sites, between blanks."""
    text = document.source.text.lower()
    hosts = {*_HOST.findall(text)} if "//" in text or "@" in text or "www." in text else ()
    return f" {_BETWEEN_LABELS.sub(' ', ' '.join(hosts))} "


@per_document
def _initial_letters(document: Document) -> str:
    """The first letters of all words but small ones, in small letters."""
    return "".join([word[:1] for word in words(document).folded if word not in _SMALL])


@per_document
def _capital_letters(document: Document) -> str:
    """The same in capitals, with "-" for words that begin with a small letter."""
    at = words(document)
    letters = [at.text[start] for start, word in zip(at.starts, at.folded, strict=False) if word not in _SMALL]
    return "".join([letter if letter.isupper() else "-" for letter in letters])


def _places(text: str, word: str) -> Iterator[int]:
    """Where the capitals stand at the beginning of a word."""
    at = text.find(word)
    while at >= 0:
        if not (at and (text[at - 1].isalnum() or text[at - 1] == "_")):
            yield at
        at = text.find(word, at + len(word))


def _is_name(document: Document, word: str) -> bool:
    """Whether the capitals only stress a word that the text has in small letters, too, or belong to a code with
    digits (SIRT1) or to the name of a site (abcclinic.com)."""
    at, text = words(document), document.text
    spelled = {text[at.starts[number] : at.ends[number]] for number in at.index.get(word.lower(), ())}
    if not {word.lower(), word.capitalize()}.isdisjoint(spelled):
        return True
    ends = (start + len(word) for start in _places(text, word))
    if any(text[end : end + 2].removeprefix("-")[:1].isdigit() for end in ends):
        return True
    label = f" {word.lower()}" if len(word) > 2 else f" {word.lower()} "
    if label in _hosts(document):
        return True
    return any(name == word or (word[0] == "U" and name.startswith(word)) for name in _institutions(document))


@per_document
def _institutions(document: Document) -> frozenset[str]:
    """The initials of universities, hospitals, ... that the text names: UWM of "University of Wisconsin-Madison"."""
    names = (name.group() for name in _INSTITUTION.finditer(document.text) if _KIND.search(name.group()))
    return frozenset("".join(_INITIAL.findall(name)) for name in names)


_INSTITUTION = expression(r"[A-Z](?<!\w.)[a-z]+(?:[ -](?:(?:of|for|and|at|the|in) ){0,2}[A-Z][a-z]+){1,6}")
_INITIAL = expression(r"\b[A-Z]")
_KIND = expression(r"University|College|Institut|Hospital|Cent(?:er|re)|School|Foundation|Association|Society|Agency")


def _is_explained(document: Document, word: str) -> bool:
    """Whether the full form stands in the text, or something beside the abbreviation that introduces or explains it."""
    forms = _forms().get(word, ())
    lower = words(document).lower
    if any(form in lower for form in forms) or f"({word.lower()})" in lower or _has_full_form(document, word):
        return True
    if word in _headings(document):
        return True  # a section is about it
    return any(_is_explained_at(document.text, start, start + len(word)) for start in _places(document.text, word))


@per_document
def _headings(document: Document) -> frozenset[str]:
    return frozenset(document.text[b.start : b.end].strip() for b in document.blocks if b.kind is Kind.HEADING)


@functools.cache
def _known() -> frozenset[str]:
    """The abbreviations of the table that need no explanation."""
    return frozenset(" ".join(entry.get("known", "") for entry in tables.entries("acronyms")).split())


@functools.cache
def _forms() -> dict[str, list[str]]:
    """Full forms by abbreviation, in small letters."""
    lines = "\n".join(entry.get("forms", "") for entry in tables.entries("acronyms")).split("\n")
    return {word: forms.split(", ") for word, _, forms in (line.partition(": ") for line in lines) if forms}


def _has_full_form(document: Document, word: str) -> bool:
    """Whether words in a row begin with the letters, somewhere: three in capitals (Fasting Mimicking Diet), or more."""
    if len(word) == 3:
        return word in _capital_letters(document)
    return len(word) > 3 and word.lower() in _initial_letters(document)


def _is_explained_at(text: str, start: int, end: int) -> bool:
    if text[end : end + 1 + text.startswith("s", end)].removeprefix("s")[:1].isalnum():
        return False  # part of a longer word
    if _INTRODUCED.search(text, max(0, start - NEAR), start) or _EXPLAINS.match(text, end):
        return True
    letters = text[start:end].lower()
    before = _WORD.findall(text, max(0, start - 20 * REACH), start)[-REACH:]
    after = _WORD.findall(text, end, end + 20 * REACH)[:REACH] if len(letters) > 2 else []
    return any(letters in initials for side in (before, after) for initials in _initials(side))


def _initials(side: list[str]) -> tuple[str, str]:
    """The first letters of words, and those without the small ones."""
    content = [word for word in side if word.lower() not in _SMALL]
    return "".join(word[0] for word in side).lower(), "".join(word[0] for word in content).lower()
