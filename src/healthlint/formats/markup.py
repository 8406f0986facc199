"""The grammar of HTML with exact places: tags, attributes, comments, character references.

Written here because the standard library's parser gives up on the rest of a page after `&#`, looks through the rest
of a page again for every comment that is not closed, and reads some pages differently from one Python to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from healthlint.expressions import expression
from healthlint.formats.cuts import FILLER
from healthlint.text import Piece

TOKEN = expression(
    r"<!--(?:-?>|(?P<comment>[\s\S]*?)(?:--!?>|\Z))"
    r"|<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<attributes>(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>"
    r"|<[!?/][^>]*+>"
)
"""A tag, a comment (to the end of the text if nothing closes it) or a declaration; ends with a `>` or the text."""

_ATTRIBUTE = expression(r"([^\s\"'>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_SPECIAL = expression(
    rf"[ \t\r\n\f{FILLER}]{{2,}}|[\t\r\n\f{FILLER}]"
    r"|&(?:#\d{1,9}(?!\d)|#[xX][0-9a-fA-F]{1,7}(?![0-9a-fA-F])|[a-zA-Z][a-zA-Z0-9]{1,40});?"
)
_CLOSING = expression(r"</([a-zA-Z][a-zA-Z0-9]*)")


class Markup:
    """Text to be read as HTML; its character number `i` is the character number `places[i]` of the source."""

    def __init__(self, text: str, places: Sequence[int]) -> None:
        self.text = text
        self.places = places

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source that a non-empty range of the text came from."""
        return self.places[start], self.places[end - 1] + 1

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The text with references resolved and each run of white space as one blank."""
        text, at = self.text, start
        for special in _SPECIAL.finditer(text, start, end):
            if special.start() > at:
                yield Piece(text[at : special.start()], *self.span(at, special.start()))
            raw, at = special.group(), special.end()
            if resolved := _resolved(raw) if raw[0] == "&" else " ":
                yield Piece(resolved, *self.span(special.start(), at))
        if at < end:
            yield Piece(text[at:end], *self.span(at, end))


class Tag:
    """A start tag."""

    def __init__(self, markup: Markup, match: re.Match[str]) -> None:
        self.name = match["name"].lower()
        self.start, self.end = markup.span(*match.span())
        self._markup = markup
        self._values: dict[str, tuple[int, int]] = {}
        if match["attributes"]:
            for found in _ATTRIBUTE.finditer(markup.text, *match.span("attributes")):
                number = found.lastindex or 1
                place = found.span(number) if number > 1 else (found.end(), found.end())
                self._values.setdefault(found[1].lower(), place)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def value(self, name: str) -> str:
        """The value of an attribute; empty if it has none."""
        start, end = self._values.get(name, (0, 0))
        return unescape(self._markup.text[start:end]).replace(FILLER, "")

    def pieces(self, name: str) -> list[Piece]:
        """The value of an attribute with the place of each of its characters."""
        return list(self._markup.pieces(*self._values.get(name, (0, 0))))


def _resolved(reference: str) -> str:
    text = unescape(reference)
    return " " if text in ("\n", "\t", "\f", "\r") else text


def last_closings(text: str) -> dict[str, int]:
    """For each element that the text closes, where it does so last."""
    return {match[1].lower(): match.start() for match in _CLOSING.finditer(text)} if "</" in text else {}
