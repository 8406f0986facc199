"""DISC-004: when an article was published or reviewed, and how old that and its sources are."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from healthlint.analysis.about import about
from healthlint.analysis.citations import newest_source
from healthlint.analysis.segments import Segment, segments
from healthlint.checks.anchors import anchor, informs_about_health, is_fragment
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity

MAXIMUM_AGE = 36
"""Months after which health information should have been reviewed (NHS England, content standard, 2022)."""
_MAXIMUM_SOURCE_AGE = 10
"""Years after which the newest source of an article is too old (rule catalogue, DISC-004)."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE = expression(
    r"\b(\d{4})-(\d\d)(?:-(\d\d))?(?:\b|(?=T\d))|\b([A-Z][A-Za-z]{2,8})\.? (\d{1,2}),? (\d{4})\b"
    r"|\b(\d{1,2}) ([A-Z][A-Za-z]{2,8})\.? (\d{4})\b"
    r"|\b(?:[Uu]pdated|[Rr]eviewed|[Pp]ublished|[Pp]osted|[Cc]hecked)(?: on| in)?:? ([A-Z][A-Za-z]{2,8})\.? (\d{4})\b"
    r"|(?:^|[\u00b7\u2022|]\s?)\W*([A-Z][A-Za-z]{2,8})\.?,? (\d{4})\W*$",
    re.MULTILINE,
)
_DATED_NAME = expression(r"(\d{4})-(\d\d)-(\d\d)-")
"""How the names of posts begin in Jekyll and Eleventy."""


def missing_date(document: Document, setting: Setting) -> Iterator[Hit]:
    """DISC-004: no date of publication or review, a note about a part of a page; or one that is too old, or no source
    of the last ten years, notes for a press release.
    """
    evergreen = document.field("evergreen")
    if not informs_about_health(document) or (evergreen is not None and evergreen.value == "true"):
        return
    old = Severity.INFO if setting.profile == "press-release" else Severity.WARNING
    found = sorted(dates(document), key=lambda item: item[0])
    if not found:
        severity = Severity.INFO if is_fragment(document) else Severity.WARNING
        fields = {"problem": "No date of publication or review found", "help": _DATE_IT}
        yield Hit(*anchor(document), severity, fields, document=True)
    else:
        newest, start, end = found[-1]
        months = (setting.day.year - newest.year) * 12 + setting.day.month - newest.month
        if months > MAXIMUM_AGE:
            problem = f"Last dated {newest.isoformat()}, {_age(months)} before {setting.day.isoformat()}"
            yield Hit(start, end, old, {"problem": problem}, document=True)
            return
    source = newest_source(document, setting.day.year)
    if source and setting.day.year - source[0] > _MAXIMUM_SOURCE_AGE:
        year, block = source
        problem = f"No source is newer than {year}, {setting.day.year - year} years before {setting.day.isoformat()}"
        yield Hit(block.start, block.end, old, {"problem": problem}, document=True)


_DATE_IT = 'Add the day of publication or of the last review: "Last reviewed: 3 May 2026".'


def _age(months: int) -> str:
    """So many months, as people say it: "3 years and 4 months"."""
    years, rest = divmod(months, 12)
    return f"{years} years" + (f" and {rest} month{'s' if rest > 1 else ''}" if rest else "")


def dates(document: Document) -> Iterator[tuple[datetime.date, int, int]]:
    """The days of publication, update or review, each with its range: in the metadata, and in lines like these."""
    for field in about(document, "date"):
        yield from dates_in(document, field.start, field.end)
    yield from _date_of_name(document)
    for block, kind in zip(document.blocks, segments(document), strict=True):
        if kind is Segment.METADATA or block.end - block.start < _LINE:
            yield from dates_in(document, block.start, block.end)
        elif kind in (Segment.LEAD, Segment.BODY, Segment.QUOTE):
            opening = _DATELINE.match(document.text, block.start, min(block.end, block.start + 120))
            if opening:
                yield from dates_in(document, block.start, opening.end())


_LINE = 20
"""So short a block, with a date in it, is a line that gives the date: "June, 2025"."""


def _date_of_name(document: Document) -> Iterator[tuple[datetime.date, int, int]]:
    """The day in the name of the file, shown at the title."""
    path = document.source.path.replace("\\", "/")
    match = _DATED_NAME.match(path, path.rfind("/") + 1)
    if match and document.blocks:
        try:
            yield datetime.date(*map(int, match.groups())), *anchor(document)
        except ValueError:
            return


_DATELINE = expression(
    r"(?:(?:Newswise|PRNewswire|EurekAlert!?|GLOBE NEWSWIRE|Business Wire)[\s/\u2013\u2014-]+)?"
    r"(?:\(?(?:[A-Z][A-Za-z]+[ ,.]+){1,5}[(\u2013\u2014-]+(?:Embargoed until [^)]{0,25}?)?"
    r"|(?:[A-Z][A-Za-z]+, ){1,3}(?=[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4},? ?[\u2013\u2014-])"
    r"|[A-Z][A-Z .,/&-]{2,60}(?:, [A-Z][\w. ]{1,30})?[\s(,\u2013\u2014/-]+"
    r"|\W*(?:EMBARGOED|Embargoed|For immediate release|FOR IMMEDIATE RELEASE|Released?|News release)[^.]{0,60}?)?"
    r"\W{0,3}(?:[A-Z][a-z]+day,? )?[A-Z][A-Za-z]{2,8}\.? \d{1,2},? \d{4}\b"
)
"""How a news release begins: "BOSTON (Sept. 14, 2016)", "Newswise - Bethesda, Md. (March 23, 2017)",
"EMBARGOED UNTIL AUG. 14, 2017", "June 23, 2015 /PR/".
"""


def dates_in(document: Document, start: int, end: int) -> Iterator[tuple[datetime.date, int, int]]:
    """The days that are written in a range of the text; a month alone is its first day."""
    for match in _DATE.finditer(document.text, start, end):
        year, month, day, name, day2, year2, day3, name3, year3, name4, year4, name5, year5 = match.groups()
        word = (name or name3 or name4 or name5 or "").lower()[:3]
        number = int(month) if month else _MONTHS.index(word) + 1 if word in _MONTHS else 0
        try:
            found = datetime.date(int(year or year2 or year3 or year4 or year5), number, int(day or day2 or day3 or 1))
        except ValueError:
            continue
        yield found, match.start(), match.end()
