"""The source of a Markdown page without what was cut out of it; the tags among that keep their meaning."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from healthlint.formats.cuts import BREAK, Cut
from healthlint.formats.elements import Elements
from healthlint.formats.markup import TOKEN, Markup, Tag


class Page:
    """What one file has once, however many texts within it are parsed: builder, elements, cuts."""

    def __init__(self, elements: Elements, cuts: list[Cut]) -> None:
        self.elements = elements
        self.builder = elements.builder
        self._cursor = _Cursor(cuts)
        self._read_to = 0  # the end of the last cut

    def verbatim(self, start: int, end: int) -> None:
        """Add the source range `start:end` without what is cut out of it."""
        if self._cursor.upcoming <= end:
            for cut in self._cursor.passed(end):
                self._run(max(start, self._read_to), cut.start)
                self._apply(cut)
        self._run(max(start, self._read_to), end)

    def catch_up(self, place: int) -> None:
        """Let the tags speak that were cut out before the place."""
        if self._cursor.upcoming <= place:
            for cut in self._cursor.passed(place):
                self._apply(cut)

    def _run(self, start: int, end: int) -> None:
        if start >= end:
            return
        text = self.builder.source.text
        if self.elements.hidden:
            self.builder.skip("code", text[start:end] if self.elements.is_code else "")
        else:
            if text[start] == " ":
                self.builder.space(start, start + 1)
                start += 1
            if start < end:
                self.builder.verbatim(start, end)

    def _apply(self, cut: Cut) -> None:
        self._read_to = cut.end
        if cut.markup == " ":
            self.builder.space(cut.start, cut.end)
        elif cut.markup == BREAK:
            self.builder.end()
        elif match := TOKEN.match(cut.markup):
            if match["slash"]:
                self.elements.close(match["name"])
            else:
                self.elements.open(Tag(Markup(cut.markup, range(cut.start, cut.end)), match))


class _Cursor:
    """Goes through the cuts of a source once, from left to right; `upcoming` is where the next one begins."""

    def __init__(self, cuts: list[Cut]) -> None:
        self._cuts = iter(cuts)
        self._next = next(self._cuts, _NONE)
        self.upcoming = self._next.start

    def passed(self, place: int) -> Iterator[Cut]:
        """The cuts that begin at the place or before it and have not been passed yet."""
        while self.upcoming <= place:
            cut, self._next = self._next, next(self._cuts, _NONE)
            self.upcoming = self._next.start
            yield cut


_NONE = Cut(sys.maxsize, sys.maxsize)
