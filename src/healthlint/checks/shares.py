"""Shares of people that a text gives without a source: "70% of patients", "9 in 10 users", "61% vs. 40%"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis.attribution import aside, claimed, credited, introduced, own_result, refuted
from healthlint.analysis.citations import paragraph_cited
from healthlint.analysis.evidence import studies
from healthlint.analysis.guards import attributed, distanced, quoted
from healthlint.analysis.segments import Segment, segments
from healthlint.analysis.sentences import sentence_at, sentences, words
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple

_PLACES = (Segment.BODY, Segment.LEAD, Segment.LIST)
_GUARDS = (credited, own_result, refuted, aside, claimed, distanced, quoted, attributed, paragraph_cited)


class Share(NamedTuple):
    """The share of a group at `start:end` of the text; `compared` with that of another."""

    start: int
    end: int
    compared: bool


def untold_shares(document: Document) -> Iterator[Share]:
    """Shares of people whose source is not told, in an article that tells of no study they could come from."""
    if introduced(document):
        return
    kinds = segments(document)
    reported = {study.start for study in studies(document)}
    for match, compared in _matches(document):
        sentence = sentences(document)[sentence_at(document, match.start())]
        told = kinds[sentence.block] in _PLACES and sentence.start not in reported
        if told and _ACCORDING.search(document.text, sentence.start, sentence.end):
            continue
        if told and not any(guard(document, *match.span()) for guard in _GUARDS):
            yield Share(*match.span(), compared)


def _matches(document: Document) -> Iterator[tuple[re.Match[str], bool]]:
    at, text = words(document), document.text
    if "%" in at.index:
        yield from ((match, True) for match in _TWO_SHARES.finditer(text))
    for number in sorted(place for word in _PERCENT & at.index.keys() for place in at.index[word]):
        ranged = number > 1 and text[at.ends[number - 2] : at.starts[number - 1]] in _RANGE
        match = _PERCENT_OF_PEOPLE.match(text, at.starts[max(0, number - 1 - ranged)])
        if match:
            yield match, False
    for word in at.index:
        if word in _FIRST or word.isdecimal():
            found = (_ONE_IN_SOME.match(text, at.starts[number]) for number in at.index[word])
            yield from ((match, False) for match in found if match)


_ACCORDING = expression(r"\b[Aa]ccording to (?:the )?[A-Z]")
_PERCENT = frozenset(("%", "percent", "per"))
_FIRST = frozenset("one two three nine most majority".split())
_TWO_SHARES = expression(
    r"\d[\d.]* ?% [^.;\n]{0,60}?\b(?:vs\.?|versus|compared (?:with|to)|against) (?:only |just )?\d[\d.]* ?%"
    r" (?:in|with|of|for|on)\b(?: \w+){1,3}"
)
_PEOPLE = (
    r"(?:[\w-]+ ){0,3}?(?:patients|people|persons|adults|women|men|children|kids|teens|users|clients|participants|cases"
    r"|sufferers|individuals|[Aa]mericans|[Bb]ritons|[Ee]uropeans|[Aa]ustralians|the population|those|us|them"
    r"|your immune)\b"
)
_RANGE = ("-", "\u2013")
_PERCENT_OF_PEOPLE = expression(
    r"\d[\d.]*(?:[-\u2013]\d[\d.]*)?(?: ?%| per ?cent) of (?:all |our )?"
    rf"(?!the (?!population)|those\b){_PEOPLE}"  # of some group, not of the patients that a study had
)
_ONE_IN_SOME = expression(
    rf"(?:[Oo]ne|[Tt]wo|[Tt]hree|[Nn]ine|\d+) (?:in|out of) (?:every )?(?:\d+|three|four|five|six|ten) {_PEOPLE}"
    rf"|majority of (?:the )?{_PEOPLE}[^.;\n]{{0,40}}? (?:are|is|were|feel|felt|find|found|report|see|get|got)"
    r" (?:\w+ )?(?:helped|better|relief|improve\w*|cured|healed|free|results|benefits?)\b"
    r"|[Mm]ost (?:patients|people|users|clients|women|men) [^.;\n]{0,60}?\bwithin (?:about |just |only )?"
    r"(?:[\d\u2013-]+|a (?:few|couple of)|one|two|three|four|six) (?:minute|hour|day|week|month)s?\b"
)
