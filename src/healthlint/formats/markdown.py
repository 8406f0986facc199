"""Markdown and MDX: CommonMark with tables, footnotes, definition lists, callouts and strikethrough.

The only module that knows pyromark. What is not Markdown (templates, JSX) has been cut out, see `cuts`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pyromark

from healthlint.builder import Builder
from healthlint.document import Document, Kind
from healthlint.expressions import expression
from healthlint.formats import frontmatter, templates
from healthlint.formats.cuts import FILLER, blanked
from healthlint.formats.elements import Elements
from healthlint.formats.markup import last_closings
from healthlint.formats.page import Page
from healthlint.text import Piece, Source

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_GFM
)
_CONTAINERS = {
    "Item": "#item",
    "DefinitionListTitle": "#item",
    "DefinitionListDefinition": "#item",
    "FootnoteDefinition": "#footnote",
}

_DEEPEST = 16
"""How deep components of MDX may be nested for their indented prose to be read with its markup."""


def parse(source: Source, *, mdx: bool = False) -> Document:
    """Read Markdown, or MDX."""
    builder = Builder(source, "mdx" if mdx else "markdown")
    text = _encodable(frontmatter.read(builder))
    if mdx:
        from healthlint.formats import jsx

        cuts = jsx.cuts(builder, text)
    else:
        cuts = templates.cuts(builder, text, markdown=True)
    page = Page(Elements(builder, last_closings(text)), cuts)
    text, places = blanked(text, cuts), range(len(text) + 1)
    _Walk(page, *(_unindented(text, places) if mdx else (text, places))).run()
    return builder.build()


def _encodable(text: str) -> str:
    """The text without lone surrogates, which no file holds and the parser does not take."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def _unindented(text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """The text without the margin of what Markdown takes for indented code, which MDX does not have."""
    for _ in range(_DEEPEST):
        margins = list(_margins(text)) if "\n    " in text or "\t" in text else []
        if not margins:
            break
        bounds = [0, *(bound for margin in margins for bound in margin), len(text)]
        kept = list(zip(bounds[::2], bounds[1::2], strict=True))
        moved = array("L")
        for start, end in [*kept, (len(text), len(text) + 1)]:
            moved.extend(places[start:end])
        places = moved
        text = "".join(text[start:end] for start, end in kept)
    return text, places


def _margins(text: str) -> Iterator[tuple[int, int]]:
    """The white space before the lines of indented code that their container does not ask for."""
    offset = _Offsets(text)
    lines: list[tuple[int, int]] | None = None
    for event, span in pyromark.events_with_range(text, options=_OPTIONS):
        if event == {"Start": {"CodeBlock": "Indented"}}:
            lines = []
        elif event == {"End": "CodeBlock"} and lines is not None:
            margin = min((end - start for start, end in lines), default=0)
            for start, _ in lines:
                yield start - (1 if text[start - 1] == "\t" else 4), start + margin
            lines = None
        elif lines is not None and (content := _INDENT.match(text, offset(span["start"]), offset(span["end"]))):
            lines.append(content.span(1))


_INDENT = expression(r"([ \t]*)\S")


class _Walk:
    """Goes through the parser's events for a text and fills the builder.

    The character number `i` of the text stands at `places[i]` of the source; events are handled with such numbers.
    """

    def __init__(self, page: Page, text: str, places: Sequence[int]) -> None:
        self.page = page
        self.elements = page.elements
        self.builder = page.builder
        self.text = text
        self.places = places
        self.chunks: list[tuple[int, int]] | None = None
        self.alt: list[Piece] = []
        self.images = 0
        self.links: list[tuple[int, str]] = []
        self.strong: list[int] = []
        self.code = False
        self.inline_hides = False

    def run(self) -> None:
        handlers: dict[str, Callable[[Any, int, int], None]] = {
            "Text": self._text,
            "Code": self._code,
            "Html": self._chunk,
            "InlineHtml": self._inline_html,
            "FootnoteReference": self._footnote,
        }
        offset = _Offsets(self.text)
        event: Any
        for event, span in pyromark.events_with_range(self.text, options=_OPTIONS):
            if isinstance(event, str):
                self._mark(event, offset(span["start"]), offset(span["end"]))
                continue
            name, value = event.popitem()
            if name == "Start":
                self._start(value, offset(span["start"]))
            elif name == "End":
                self._end(value)
            elif name in handlers:
                start = offset(span["start"])
                handlers[name](value, start, offset(span["end"]))

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]

    def _mark(self, event: str, start: int, end: int) -> None:
        if event == "Rule":
            self.builder.end()
        else:
            self._blank(start, end)

    def _blank(self, start: int, end: int) -> None:
        """A line break, or code in its place."""
        place = self._span(start, end)
        if self.images:
            self.alt.append(Piece(" ", *place))
            return
        self.page.catch_up(place[0])
        self.builder.space(*place)

    def _footnote(self, label: str, start: int, end: int) -> None:
        """ "[^1]": no prose, but it leads to a source."""
        if not self.images:
            self.page.catch_up(self.places[start])
            self.builder.note(f"#fn-{label}")

    def _start(self, value: Any, start: int) -> None:
        detail: Any
        name, detail = (value, None) if isinstance(value, str) else value.popitem()
        if name == "Link":
            self.links.append((self.builder.offset, detail["dest_url"].replace(FILLER, "")))
        elif name == "Image":
            self.images += 1
        elif name == "Strong":
            self.strong.append(self.builder.offset)
        elif name not in ("Emphasis", "Strikethrough"):
            self.page.catch_up(self.places[start])
            self._start_block(name, detail)

    def _start_block(self, name: str, detail: Any) -> None:
        self.builder.end()
        if name in _CONTAINERS:
            self.elements.enter(_CONTAINERS[name])
        elif name == "BlockQuote":
            self.elements.enter("#callout" if detail else "#quote")
        elif name == "Heading":
            self._begin(Kind.HEADING, int(detail["level"][1]))
        elif name == "TableCell":
            self._begin(Kind.CELL)
        elif name == "HtmlBlock":
            self.chunks = []
        elif name == "CodeBlock":
            self.code = True

    def _begin(self, kind: Kind, level: int = 0) -> None:
        if not self.elements.is_furniture:
            self.builder.begin(kind, level)

    def _end(self, value: Any) -> None:
        name, detail = (value, None) if isinstance(value, str) else value.popitem()
        if name == "Link":
            self.builder.link(*self.links.pop())
        elif name == "Image":
            self.images -= 1
            if not self.images:
                self.builder.aside(Kind.CAPTION, self.alt)
                self.alt = []
        elif name in _CONTAINERS:
            self.elements.close(_CONTAINERS[name])
        elif name == "BlockQuote":
            self.elements.close("#callout" if detail else "#quote")
        elif name == "Strong":
            self.builder.strong(self.strong.pop())
        elif name not in ("Emphasis", "Strikethrough"):
            self._end_block(name)

    def _end_block(self, name: str) -> None:
        if self.inline_hides:
            self.elements.reveal()
            self.inline_hides = False
        if self.chunks is not None:
            self._read_chunks()
        self.code = False
        self.builder.end()

    def _text(self, value: str, start: int, end: int) -> None:
        if self.images:
            self._alternative(value, start, end)
        elif self.code:
            self.builder.skip("code", value)
        elif end - start == len(value):
            self.page.verbatim(*self._span(start, end))
        else:
            self.page.catch_up(self.places[start])
            if not self.elements.hidden:
                self.builder.text(value, *self._span(start, end))

    def _alternative(self, value: str, start: int, end: int) -> None:
        if end - start != len(value):
            self.alt.append(Piece(value, *self._span(start, end)))
            return
        for run in _NO_FILLER.finditer(self.text, start, end):
            self.alt.append(Piece(run.group(), *self._span(*run.span())))

    def _code(self, value: str, start: int, end: int) -> None:
        self.builder.skip("code", value)
        self._blank(start, end)

    def _inline_html(self, value: str, start: int, end: int) -> None:
        hidden = self.elements.hidden
        self.page.catch_up(self.places[start])
        self._feed(self.text[start:end], self.places[start:end])
        self.inline_hides = bool(self.elements.hidden) and (self.inline_hides or not hidden)

    def _chunk(self, value: str, start: int, end: int) -> None:
        if self.chunks is not None:
            self.chunks.append((start, end))

    def _read_chunks(self) -> None:
        """Read a block of HTML."""
        chunks, self.chunks = self.chunks or [], None
        text = "".join(self.text[start:end] for start, end in chunks)
        self._feed(text, [place for start, end in chunks for place in self.places[start:end]])

    def _feed(self, text: str, places: Sequence[int]) -> None:
        from healthlint.formats import html

        html.feed(self.elements, text, places)


_NO_FILLER = expression(f"[^{FILLER}]+")


class _Offsets:
    """Turns UTF-8 byte offsets of a text into code point offsets; cheap as long as they go forward."""

    def __init__(self, text: str) -> None:
        self._bytes = b"" if text.isascii() else text.encode()
        self._byte = self._point = 0

    def __call__(self, byte: int) -> int:
        if not self._bytes:
            return byte
        if byte >= self._byte:
            self._point += len(self._bytes[self._byte : byte].decode())
        else:
            self._point -= len(self._bytes[byte : self._byte].decode())
        self._byte = byte
        return self._point
