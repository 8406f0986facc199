"""How news releases end: a sign such as "###", and paragraphs about the institution that sends them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from healthlint.analysis import shapes
from healthlint.expressions import expression

_END = expression(r"#{2,4}|# # #|-\s?30\s?-|\W*(?:ENDS?|Ends)\W*")
_NOTE = expression(r"(?:(?:media|press|for) )?contacts?\b|about \w+|notes?\b|editors?\b|\[?\d{1,2}\b", re.IGNORECASE)
_ADDRESS = expression(r"@|https?:|www\.|\bdoi\b|\+?\d[\d ()-]{8,}\d")
_SHORT = 25
"""A paragraph of so many words with an address is a note."""
_ABOUT = expression(r"About (?:the )?[A-Z0-9][^.:!?\n]{1,80}(?::|$)")


def end(texts: Sequence[str]) -> int:
    """The number of the paragraph with which the article is over: a sign such as "###", or a line "About Acme Health".

    The sign may stand behind the first third of the text, the line behind the first half. The number of paragraphs, if
    none does.
    """
    whole, before = sum(map(len, texts)), 0
    for number, text in enumerate(texts):
        sign = 3 * before >= whole and _END.fullmatch(text)
        if sign or (2 * before >= whole and _ABOUT.fullmatch(text)):
            return number
        before += len(text)
    return len(texts)


def after_the_end(texts: Sequence[str]) -> Iterator[int]:
    """The numbers of "###", "-30-" or "Ends" in the second half, and of the notes, contacts and portraits behind it.

    A paragraph behind the sign that is none of these speaks to readers like those before it.
    """
    end = next((n for n, text in enumerate(texts) if 2 * n >= len(texts) and _END.fullmatch(text)), len(texts))
    for number in range(end, len(texts)):
        text = texts[number]
        short = len(text.split()) <= _SHORT and _ADDRESS.search(text)
        if number == end or short or _NOTE.match(text) or shapes.is_institution(text):
            yield number


def about_the_sender(texts: Sequence[str]) -> Iterator[int]:
    """The numbers of the lines "About Acme Health" in the second half, and of the paragraph that follows each.

    A line "About ketamine" with a paragraph that tells of no institution is a part of the article.
    """
    for number in range(len(texts) // 2, len(texts)):
        line = _ABOUT.match(texts[number])
        if line is None:
            continue
        rest = texts[number][line.end() :].strip()
        if rest and shapes.is_institution(rest, least=2):
            yield number
        elif not rest and number + 1 < len(texts) and shapes.is_institution(texts[number + 1], least=2):
            yield from (number, number + 1)
