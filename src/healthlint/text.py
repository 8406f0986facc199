"""Positions: a source text, spans in it, and clean prose that knows where each character came from.

Every offset in healthlint counts Unicode code points, from 0, and every range is half open: `start` is the first
character, `end` the one after the last. Lines and columns, counted from 1, are made from offsets at the very end.
"""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points: in a source text, or in clean prose, as the context says."""

    start: int
    end: int


class Position(NamedTuple):
    """A line and a column, both counted from 1; the column counts code points."""

    line: int
    column: int


class Place(NamedTuple):
    """Where something stands in a Word file: its paragraph and its run, counted from 1, and the offset, from 0.

    The offset is that of a code point in the paragraph, the run one of the runs of the paragraph.
    """

    paragraph: int
    offset: int
    run: int


class Unreadable(ValueError):
    """A file that cannot be read; the message is a sentence that begins with its path, without it."""


class Source:
    """A text as it stands on disk, decoded, with its line endings, tabs and byte order mark kept.

    `path` is printed in findings exactly as it is given here.
    """

    is_on_disk = True
    """Whether the file holds this very text, so that a changed one can take its place."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._line_starts: list[int] | None = None

    def position(self, offset: int) -> Position:
        """The line and column of an offset; a line ends after `\\r\\n`, `\\r` or `\\n`, and after nothing else."""
        if self._line_starts is None:
            self._line_starts = _line_starts(self.text)
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def place(self, offset: int) -> Place | None:
        """Where the offset lies in a file that has paragraphs instead of lines; None for all others."""
        return None

    def line_text(self, line: int) -> str:
        """The text of a line (counted from 1) without its line ending."""
        self.position(0)
        starts = self._line_starts or [0]
        end = starts[line] if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end].rstrip("\r\n")


def _line_starts(text: str) -> list[int]:
    if "\r" in text:
        return [0, *(match.end() for match in _LINE_END.finditer(text))]
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


_LINE_END = expression(r"\r\n?|\n")


class Piece(NamedTuple):
    """A run of clean text and the source range `start:end` that it stands for.

    If both have the same length they correspond character by character; otherwise (an entity, an escape, a soft line
    break with its indent) every character of `text` stands for the whole range.
    """

    text: str
    start: int
    end: int


class Prose:
    """Clean text in which every character remembers where it came from."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = [piece for piece in pieces if piece.text]
        self._starts = [0, *accumulate(len(piece.text) for piece in self._pieces)][:-1]
        self.text = "".join(piece.text for piece in self._pieces)

    def span(self, start: int, end: int) -> Span:
        """Map a non-empty range of the clean text to the source range from its first to its last character.

        The *last character* is mapped, not the end offset, so that in `**best** diet` the span of "best" ends before
        the asterisks. Raises ValueError for an empty range or one that leaves the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"empty or out of range: {start}:{end} of {len(self.text)}")
        index = bisect_right(self._starts, start) - 1
        base, (text, first, last) = self._starts[index], self._pieces[index]
        if end - base <= len(text) == last - first:  # most ranges lie in one piece
            return Span(first + start - base, first + end - base)
        return Span(self._map(start).start, self._map(end - 1).end)

    def is_verbatim(self, start: int, end: int) -> bool:
        """Whether a range of the clean text stands in the source character by character, in one piece."""
        span = self.span(start, end)
        same_piece = bisect_right(self._starts, start) == bisect_right(self._starts, end - 1)
        return same_piece and span.end - span.start == end - start

    def _map(self, offset: int) -> Span:
        index = bisect_right(self._starts, offset) - 1
        text, start, end = self._pieces[index]
        if len(text) != end - start:
            return Span(start, end)
        at = start + offset - self._starts[index]
        return Span(at, at + 1)
