"""Collecting a `Document` piece by piece, as every parser does."""

from collections import Counter

from healthlint.document import BLOCK_BREAK, Block, Comment, Document, Field, Kind, Link
from healthlint.text import Piece, Prose, Source


class Builder:
    """Collects the pieces of a document in reading order; every parser fills one and calls `build`.

    Between `begin` and `end` stands one block. `text` adds prose with its place in the source. White space: a parser
    hands over text as it should be read; `space` adds one blank unless the block is empty or already ends with one.
    """

    def __init__(self, source: Source, format: str) -> None:
        self.source = source
        self._format = format
        self._pieces: list[Piece] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._links: list[Link] = []
        self._fields: list[Field] = []
        self._comments: list[Comment] = []
        self._unchecked: Counter[str] = Counter()
        self._notices: list[str] = []
        self._open: tuple[Kind, int, int] | None = None
        self._mark = 0
        self._strong = (0, 0)
        self._asides: list[tuple[Kind, list[Piece]]] = []
        self.ambient: tuple[Kind, int] = (Kind.PARAGRAPH, 0)
        """The kind and level of a block that text opens by itself."""
        self.has_lead = False

    @property
    def offset(self) -> int:
        """Where the next character of clean text will stand."""
        return self._length

    def begin(self, kind: Kind, level: int = 0) -> None:
        """Open a block; one that is still open is closed first."""
        self.end()
        if self._blocks:
            at = self._pieces[-1].end
            self._add(Piece(BLOCK_BREAK, at, at))
        self._open = (kind, level, self._length)
        self._mark = len(self._pieces)

    def text(self, text: str, start: int, end: int) -> None:
        """Add prose that stands at `start:end` of the source; opens a block of the `ambient` kind if none is open."""
        if not text:
            return
        if self._open is None:
            self.begin(*self.ambient)
        self._add(Piece(text, start, end))

    def verbatim(self, start: int, end: int) -> None:
        """Add the source range `start:end` as it stands."""
        self.text(self.source.text[start:end], start, end)

    def space(self, start: int, end: int) -> None:
        """Add one blank that stands for the source range, unless the block is empty or ends with white space."""
        if self._open and self._length > self._open[2] and not self._pieces[-1].text[-1].isspace():
            self._add(Piece(" ", start, end))

    def end(self) -> None:
        """Close the open block; one without any visible character leaves no trace, nor does a blank at its end."""
        if self._open is None:
            return
        kind, level, start = self._open
        self._open = None
        self._strip()
        if self._length > start:
            strong = self._strong[0] <= start and self._length <= self._strong[1]
            self._blocks.append(Block(kind, start, self._length, level, strong))
        else:
            self._drop()
        asides, self._asides = self._asides, []
        for kind, pieces in asides:
            self.aside(kind, pieces)

    def _strip(self) -> None:
        while len(self._pieces) > self._mark:
            text, start, end = self._pieces[-1]
            kept = text.rstrip()
            if len(kept) == len(text):
                return
            self._length -= len(text) - len(kept)
            if kept and len(text) == end - start:
                self._pieces[-1] = Piece(kept, start, start + len(kept))
                return
            self._pieces.pop()

    def _drop(self) -> None:
        """Take back what `begin` added for a block that stayed empty, and links that lead from nothing."""
        if self._blocks:
            self._length -= len(self._pieces.pop().text)
        while self._links and self._links[-1].end > self._length:
            self._links.pop()

    def aside(self, kind: Kind, pieces: list[Piece]) -> None:
        """Add a block of its own, after the open one if there is one: the alternative text of an image."""
        if self._open is not None:
            self._asides.append((kind, pieces))
            return
        self.begin(kind)
        self._fill(pieces)
        self.end()

    def _fill(self, pieces: list[Piece]) -> None:
        for text, start, end in pieces:
            self.space(start, end) if text == " " else self.text(text, start, end)

    def link(self, start: int, target: str) -> None:
        """Record that the clean text from `start` to here leads to `target`."""
        if self._length > start:
            self._links.append(Link(start, self._length, target))

    def note(self, target: str) -> None:
        """Record that a mark behind the text so far, which is none of it, leads to the note `target`."""
        if self._open is None or self._length == self._open[2]:
            return
        last = self._pieces[-1].text
        end = self._length - len(last) + len(last.rstrip())
        self._links.append(Link(end - 1, end, target))

    def strong(self, start: int) -> None:
        """Record that the clean text from `start` to here is bold."""
        first, last = self._strong
        self._strong = (first if start <= last + 1 else start, self._length)

    def field(self, key: str, pieces: list[Piece], kind: Kind = Kind.FIELD) -> None:
        """Add a value of the metadata as a block of its own; it may be prose as well."""
        self.begin(kind, 2 if kind is Kind.HEADING else 0)
        start, first = self._length, len(self._pieces)
        self._fill(pieces)
        value = "".join(piece.text for piece in self._pieces[first:]).rstrip()
        self.end()
        if value:
            self._fields.append(Field(key, value, start, self._length))

    def prose(self, kind: Kind, pieces: list[Piece]) -> None:
        """Add a paragraph or heading that stands in the metadata as a block of its own."""
        self.begin(kind, 2 if kind is Kind.HEADING else 0)
        self._fill(pieces)
        self.end()

    def comment(self, text: str, start: int, end: int) -> None:
        """Record a comment of the markup."""
        self._comments.append(Comment(text, start, end))

    def skip(self, reason: str, text: str) -> None:
        """Count the words of something that is not linted as prose."""
        self._unchecked[reason] += len(text.split())

    def notice(self, sentence: str) -> None:
        """Tell the user something about the reading of this file."""
        self._notices.append(sentence)

    def build(self) -> Document:
        """The finished document."""
        self.end()
        prose = Prose(self._pieces)
        links = (_trimmed(prose.text, link) for link in self._links)
        return Document(
            self.source,
            prose,
            format=self._format,
            blocks=tuple(self._blocks),
            links=tuple(link for link in links if link.end > link.start),
            fields=tuple(self._fields),
            comments=tuple(self._comments),
            unchecked=dict(+self._unchecked),
            notices=tuple(self._notices),
        )

    def _add(self, piece: Piece) -> None:
        if piece.text:
            self._pieces.append(piece)
            self._length += len(piece.text)


def _trimmed(text: str, link: Link) -> Link:
    """The link without white space at its ends, such as the break before a block that it opens."""
    words = text[link.start : link.end]
    start = link.start + len(words) - len(words.lstrip())
    return link._replace(start=start, end=start + len(words.strip()))
