"""DISC rules: what an article must say about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis.about import about
from healthlint.analysis.segments import PROSE, Segment, segments, title
from healthlint.analysis.sentences import sentence_at, sentences, words
from healthlint.analysis.shapes import TITLED_NAME, is_dated, is_institution
from healthlint.checks.anchors import anchor, disclaims, informs_about_health, is_fragment, makes_health_claims
from healthlint.document import Document, Kind
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity

_COLLECTIVE = expression(
    r"\b(?:editorial|content|marketing|writing)?\s*(?:staff|team|editors?|writers|experts|desk|newsroom)\b|\badmin\b"
    r"|\b(?:AI|chat-?gpt|chatbot|bot)$"
    r"|\b(?:doctors|physicians|clinicians|specialists|therapists|nurses|professionals|practitioners)$"
    r"|\b(?:cent(?:er|re)|clinics?|health|wellness|university|institute|college|hospital|news|company|inc|llc|ltd|group"
    r"|pharmacy|labs?|spa|blog|magazine|association|foundation|society|council|department)\b",
    re.IGNORECASE,
)
_AUTHORITY = expression(
    r"\b(?:world health organization|WHO|NHS|CDC|NIH|FDA|EMA|MHRA|NICE|cochrane|medlineplus|ministry of health"
    r"|cent(?:er|re)s? for disease control|national institutes? (?:of|for) health|public health \w+)\b",
    re.IGNORECASE,
)
"""Organisations that speak for themselves in official guidance (rule catalogue, DISC-002)."""


def missing_disclaimer(document: Document, setting: Setting) -> Iterator[Hit]:
    """DISC-001: no sentence says that the text is general information and who to ask; a note about a part of a page."""
    if setting.profile in ("news", "professional") or about(document, "disclaimer"):
        return
    if informs_about_health(document) and not disclaims(document):
        must = setting.profile != "press-release" and makes_health_claims(document)
        severity = Severity.ERROR if must else Severity.WARNING
        yield Hit(*anchor(document), Severity.INFO if is_fragment(document) else severity, document=True)


def missing_author(document: Document, setting: Setting) -> Iterator[Hit]:
    """DISC-002: no person is named as author; a staff or a company is shown where it stands.

    A note about a single word, which may be a handle or a company, and about a part of a page, whose byline stands in
    another part.
    """
    fields = about(document, "author")
    named = any(
        "last" in field.key  # beside the first name
        or not (_COLLECTIVE.search(field.value) or _HANDLE.fullmatch(field.value))
        or _AUTHORITY.search(field.value)
        for field in fields
    )
    if not informs_about_health(document) or named or any(_persons(document)) or _is_of_authority(document):
        return
    if fields:
        handle = not _COLLECTIVE.search(fields[0].value)
        weight = Severity.INFO if handle else Severity.WARNING
        yield Hit(fields[0].start, fields[0].end, weight, {"help": _IN_FULL} if handle else {}, document=True)
        return
    for block, kind in zip(document.blocks, segments(document), strict=True):
        text = document.text[block.start : block.end]
        written = kind in (Segment.BIO, Segment.METADATA) and block.kind is not Kind.FIELD  # no category or slug
        if written and len(text.split()) <= 6 and _COLLECTIVE.search(text):
            yield Hit(block.start, block.end, Severity.WARNING, document=True)
            return
    yield Hit(*anchor(document), Severity.INFO if is_fragment(document) else Severity.WARNING, document=True)


_HANDLE = expression(r"\s*[^\W_]+\s*")
_IN_FULL = 'Give the name in full, and the role or qualification, for example "Ana Ruiz, science journalist".'


def _is_of_authority(document: Document) -> bool:
    """Whether a public-health body is its own author: the publisher, a line of its own or the window's title say so."""
    lines = [
        document.text[block.start : block.end]
        for block, kind in zip(document.blocks, segments(document), strict=True)
        if kind in (Segment.BIO, Segment.METADATA) and block.kind is not Kind.FIELD
    ]
    block = title(document)
    window = _WINDOW.search(document.text, block.start, block.end) if block else None
    lines += [window.group(1)] if window else []
    lines += [field.value for field in document.fields if field.key == "publisher"]
    return any(_AUTHORITY.match(line) and len(line.split()) <= _SHORT for line in lines)


_WINDOW = expression(r" [-|\u2013\u2014\u00b7] ([A-Z][^-|\u2013\u2014\u00b7]{1,60})$")
_SHORT = 8
"""A line that names who publishes has no more words than this."""


_PERSON = r"(?:Dr\.? |Prof\.? )?([A-Z][\w'\u2019.-]+ (?:[A-Z]\.? )?[A-Z][\w'\u2019-]+[^\n,;(]{0,20})"
_NAME = expression(rf":? {_PERSON}")
_ALONE = expression(rf"{_PERSON}\s*")
_HOUSE = expression(r"(?:[A-Z][\w'\u2019-]+ ){2,}[A-Z][\w'\u2019-]+")
"""A longer name, whose last word tells what it is: "Blue Fern Psychiatric Center"."""
_WRITES = expression(
    r"(?:^|[\n|\u00b7\u2022])\W*(?:(?:\w+ ){0,2}(?:written|posted|published|authored|article|story|words|text|updated"
    r"|contributed|submitted|blog post|post)\W{1,3})?$|(?:\d{4}|\bread|[|\u00b7\u2022\u2013\u2014])\W{1,3}$",
    re.IGNORECASE,
)
"""What stands before the "by" of an author: nothing, "Written", a date; not "a photo", "a study", "reviewed"."""
_BOX = expression(rf"(?:About the author\W+|About (?=[A-Z]))?{_PERSON}(?:,|(?: is| has| was| writes| holds| earned)\b)")
_CREDENTIAL = (
    r"(?:MD|M\.D\.|DO|RN|NP|PhD|Ph\.D\.|PharmD|RDN?|DC|L\.?Ac|ND|MBBS|MBChB|MPH|DPT|DDS|DVM|MRPharmS|MRCGP|MRCP|FRCP"
    r"|FRCS|RGN|CNM)\b"
)
_SIGNED = expression(rf"\W*{_PERSON},? (?:{_CREDENTIAL}|(?:MS|MSc|BSc)\b)")
_CLINICIAN = expression(rf"\b(?:Dr|Prof|Doctor|Professor)\b|[ ,]{_CREDENTIAL}")


def _persons(document: Document) -> Iterator[str]:
    """By whom a line says that the text is, with first and family name and what follows, and whom a box tells of."""
    at = words(document)
    for number in sorted({*at.index.get("by", ()), *at.index.get("author", ())}):
        start = at.starts[number]
        place = sentences(document)[sentence_at(document, start)].block
        block = document.blocks[place]
        before = document.text[max(block.start, start - 60) : start]
        name = _NAME.match(document.text, at.ends[number])
        if at.ends[number] == block.end and _is_metadata(document, place + 1):  # "By", and the name in the next line
            block = document.blocks[place + 1]
            name = _ALONE.fullmatch(document.text, block.start, block.end)
        house = name and _HOUSE.match(document.text, name.start(1))
        if name and _WRITES.search(before) and not _COLLECTIVE.search(house.group() if house else name.group(1)):
            yield document.text[name.start() : min(block.end, name.end() + _TITLES)]
    kinds = segments(document)
    last = [number for number, kind in enumerate(kinds) if kind in PROSE][-_LAST:]
    for number, (block, kind) in enumerate(zip(document.blocks, kinds, strict=True)):
        text = document.text[block.start : block.end]
        box = kind is Segment.BIO and not is_institution(text) and _is_person(_BOX, document, block.start)
        line = kind is Segment.METADATA and len(text) < _LINE
        told = number in last and len(text) < _ENDING and _TELLS.search(text)
        named = line and block.kind is not Kind.FIELD and _is_byline(document, number)
        if box or named or ((line or told) and _is_person(_SIGNED, document, block.start)):
            yield text


def _is_metadata(document: Document, number: int) -> bool:
    return number < len(document.blocks) and segments(document)[number] is Segment.METADATA


def _is_byline(document: Document, number: int) -> bool:
    """Whether a line is nothing but a name, beside a line with the date; that of a doctor may stand alone at the top.

    A category looks the same ("Weight Loss"), but its words stand in the text in small letters, too.
    """
    block, at = document.blocks[number], words(document)
    if number < _TOP and TITLED_NAME.fullmatch(document.text, block.start, block.end):
        return True
    name = _BARE_NAME.fullmatch(document.text, block.start, block.end)
    if not name or _COLLECTIVE.search(name.group()):
        return False
    beside = (other for other in (number - 1, number + 1) if 0 <= other < len(document.blocks))
    dated = any(is_dated(document.text[document.blocks[n].start : document.blocks[n].end]) for n in beside)
    places = (place for word in name.group().lower().split() for place in at.index.get(word, ()))
    return dated and all(at.text[at.starts[place]].isupper() for place in places)


_BARE_NAME = expression(
    r"(?:Dr\.? |Prof\.? )?[A-Z][\w'\u2019-]+(?: [A-Z]\.?| (?:de|van|von|der|la|bin|al))*(?: [A-Z][\w'\u2019-]+){1,2}"
)
_TOP = 10
_LINE = 80
"""A line with a name and a credential is no longer than this."""
_LAST, _ENDING, _TITLES = 3, 400, 40
"""One of the last paragraphs can tell who wrote the text, in so many characters, or titles behind the name."""
_TELLS = expression(r" (?:is|was|works|practi[sc]es|teaches|runs|writes) (?:an?|as|at|in|the|for|on)\b")


def _is_person(pattern: re.Pattern[str], document: Document, start: int) -> bool:
    found = pattern.match(document.text, start)
    return found is not None and any(found.groups()) and not _COLLECTIVE.search(found.group())


def missing_reviewer(document: Document, setting: Setting) -> Iterator[Hit]:
    """DISC-003: no clinician is named who has checked the text.

    A note where a clinician wrote it, in news, and about a part of a page.
    """
    named = about(document, "reviewer") or words(document).matches("reviewed")
    if informs_about_health(document) and not named:
        authors = [*(field.value for field in about(document, "author")), *_persons(document)]
        skilled = any(_CLINICIAN.search(author) for author in authors)
        lesser = skilled or setting.profile == "news" or is_fragment(document)
        yield Hit(*anchor(document), Severity.INFO if lesser else Severity.WARNING, document=True)
