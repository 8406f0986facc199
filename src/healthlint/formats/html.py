"""HTML with exact positions. White space folds as in a browser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from healthlint.builder import Builder
from healthlint.document import Document
from healthlint.formats import frontmatter, metadata, templates
from healthlint.formats.cuts import blanked
from healthlint.formats.elements import RAW, Elements
from healthlint.formats.markup import TOKEN, Markup, Tag, last_closings
from healthlint.text import Source


def parse(source: Source) -> Document:
    """Read a whole page, front matter included if there is any."""
    builder = Builder(source, "html")
    text = frontmatter.read(builder)
    text = blanked(text, templates.cuts(builder, text, markdown=False))
    has_heading = re.search("<h1", text, re.IGNORECASE) is not None
    feed(Elements(builder, last_closings(text), has_heading=has_heading), text, range(len(text)))
    return builder.build()


def feed(elements: Elements, text: str, places: Sequence[int]) -> None:
    """Add the prose of some HTML; its character number `i` is the character number `places[i]` of the source."""
    reader = _Reader(elements, Markup(text, places))
    at, last = 0, text.rfind(">") + 1  # what follows holds no whole tag
    while found := TOKEN.search(text, at, last):
        reader.prose(at, found.start())
        at = found.end()
        if found["comment"] is not None:
            at = reader.comment(found)
        elif found["name"]:
            at = reader.tag(found)
    reader.prose(at, len(text))


class _Reader:
    def __init__(self, elements: Elements, markup: Markup) -> None:
        self.elements = elements
        self.builder = elements.builder
        self.markup = markup

    def tag(self, found: re.Match[str]) -> int:
        """Read a tag, with the whole element where tags mean nothing in it; returns where to go on."""
        name = found["name"].lower()
        if found["slash"]:
            self.elements.close(name)
            return found.end()
        tag = Tag(self.markup, found)
        self.elements.open(tag)
        if name not in RAW or (self.elements.hidden and self.elements.hidden != name):
            return found.end()
        closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.markup.text, found.end())
        end = closing.start() if closing else len(self.markup.text)
        if name == "script":
            metadata.from_script(self.builder, self.markup, found.end(), end)
        else:
            self.prose(found.end(), end)
        return end

    def comment(self, found: re.Match[str]) -> int:
        """Record a comment; returns where to go on: at the very end if it is not closed."""
        self.builder.comment(found["comment"].strip(), *self.markup.span(*found.span()))
        return found.end() if found.group().endswith("->") or found.group().endswith("-!>") else len(self.markup.text)

    def prose(self, start: int, end: int) -> None:
        """Add text, unless an element hides it."""
        if start >= end:
            return
        if self.elements.hidden:
            if self.elements.is_code:
                self.builder.skip("code", self.markup.text[start:end])
            return
        for text, first, last in self.markup.pieces(start, end):
            if text[0] == " ":
                self.builder.space(first, first + 1 if len(text) > 1 else last)
                text, first = text[1:], first + 1
            if text[-1:] == " ":
                self.builder.text(text[:-1], first, last - 1)
                self.builder.space(last - 1, last)
            else:
                self.builder.text(text, first, last)
