"""Which line of a page that was saved as plain text is its title.

Such a page begins with what stood above the article: the name of the site, a menu, the title as the window showed it
("Sleep and pain | Acme Clinic"), and then the title once more.
"""

from __future__ import annotations

from collections.abc import Sequence

from healthlint.analysis import shapes
from healthlint.expressions import expression

_OPENING = 24
"""The title is one of so many first lines."""
_SHORT = 4
"""The name of a site has at most so many words; a title that takes its place has more."""
_WINDOW = expression(r"(.{12,}?)\s+(?:[-\u2013\u2014|\u00b7\u00bb]|::)\s+(\S.{2,40})")
_SITE = expression(
    r"\b(?:Clinics?|Cent(?:er|re)s?|Health(?:care)?|Wellness|Medical|Medicine|Hospital|Spa|Practice|Pharmacy|News|Blog"
    r"|Magazine|Journal|Chiropractic|Therapy|Institute|Foundation|University|Group|Labs?)$|\.(?:com|org|net|co\.uk)$"
)


def clear_title(texts: Sequence[str]) -> int | None:
    """The line that stands twice, or else a first line above one that says who wrote the page, or when."""
    repeated = _repeated_title(texts)
    return 0 if repeated is None and _stands_above_byline(texts) else repeated


def _repeated_title(texts: Sequence[str]) -> int | None:
    """The first line that stands twice above the article, or once with the name of the site behind it."""
    opening = _opening(texts)
    windows = {part.group(1).strip().lower() for text in texts[:opening] if (part := _WINDOW.fullmatch(text))}
    seen: dict[str, int] = {}
    for number, text in enumerate(texts[:opening]):
        line = text.lower()
        if not _could_be_title(text):
            continue
        if line in windows or (line in seen and seen[line] < number):
            return seen.get(line, number)
        seen.setdefault(line, number)
    return None


def _stands_above_byline(texts: Sequence[str]) -> bool:
    first = texts[0] if len(texts) > 1 else ""
    if shapes.is_byline(first):
        return False
    return 0 < len(first) <= _LONGEST and first[-1] not in ".:;," and shapes.is_byline(texts[1])


_LONGEST = 140


def better_title(texts: Sequence[str], first: int) -> int:
    """The title in place of a line that is the name of a site: a longer line with a byline or prose below it."""
    if len(texts[first].split()) > _SHORT or not _SITE.search(texts[first]):
        return first
    for number in range(first + 1, _opening(texts)):
        below = texts[number + 1] if number + 1 < len(texts) else ""
        longer = len(texts[number].split()) > max(_SHORT, len(texts[first].split()))
        if longer and _could_be_title(texts[number]) and (shapes.is_byline(below) or shapes.is_prose(below)):
            return number
    return first


def window_title(text: str, title: str) -> str:
    """The name of the site in a line that says the title as the window of a browser does, or nothing."""
    part = _WINDOW.fullmatch(text) if text.startswith(title) else None
    return part.group(2).strip() if part and part.group(1).strip() == title else ""


def _opening(texts: Sequence[str]) -> int:
    """The number of the first line of prose."""
    lines = enumerate(texts[:_OPENING])
    return next((n for n, text in lines if shapes.is_prose(text) and not shapes.is_byline(text)), len(texts[:_OPENING]))


def _could_be_title(text: str) -> bool:
    return shapes.looks_like_heading(text) and len(text.split()) > 1
