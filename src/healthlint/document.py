"""What a file says, whatever its format: blocks of clean prose, links, fields, and what was left out.

A parser (`healthlint.formats`) collects a `Document` with a `Builder`; analyses and rules read it. The prose of all
blocks is one string, `Document.text`; offsets in blocks, links, fields and analyses are code-point offsets into it, and
`Document.prose.span` leads back to the source.
"""

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from healthlint.namedtuples import NamedTuple
from healthlint.text import Prose, Source

T = TypeVar("T")
BLOCK_BREAK = "\n\n"
"""Stands between two blocks in `Document.text`; no finding can touch it."""


class Kind(StrEnum):
    """The kind of a block, as far as markup alone can tell; `analysis.segments` refines it."""

    TITLE = "title"  # the title of the page: front matter, <title>
    LEAD = "lead"  # the description of the page: front matter, <meta name="description">
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    QUOTE = "quote"  # a paragraph of a block quotation
    CELL = "cell"  # of a table
    CAPTION = "caption"  # of a figure, or the alternative text of an image
    FOOTNOTE = "footnote"  # the text of a footnote
    FURNITURE = "furniture"  # navigation, header, footer, forms, buttons
    FIELD = "field"  # a value of the metadata other than title and description


class Block(NamedTuple):
    """A paragraph, heading, list item... : the range `start:end` of `Document.text`.

    `level` is 1 to 6 for a heading, the depth for a list item (1 is outermost), else 0. `strong`: all of it is bold.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    strong: bool = False


class Link(NamedTuple):
    """A link: the words `start:end` of `Document.text` lead to `target`."""

    start: int
    end: int
    target: str


class Field(NamedTuple):
    """A value of the metadata: `author`, `date`, `sources`..., with `start:end` of the value in `Document.text`.

    Keys are lower case with `_`; nested ones are joined with dots (`author.name`); a list gives one field an entry.
    """

    key: str
    value: str
    start: int
    end: int


class Comment(NamedTuple):
    """A comment of the markup, `text` without its delimiters, `start:end` in the *source*."""

    text: str
    start: int
    end: int


class Document:
    """An article, as analyses and rules see it.

    `unchecked` counts the words that are not prose and so are not linted, by reason ("code", "templates"...).
    `notices` are sentences for the user about the reading itself (front matter that is not valid YAML...).
    `own_keys` are keys of the front matter that a site uses besides those that `analysis.about` knows.
    """

    def __init__(
        self,
        source: Source,
        prose: Prose,
        *,
        format: str,
        blocks: tuple[Block, ...],
        links: tuple[Link, ...] = (),
        fields: tuple[Field, ...] = (),
        comments: tuple[Comment, ...] = (),
        unchecked: dict[str, int] | None = None,
        notices: tuple[str, ...] = (),
    ) -> None:
        self.source = source
        self.prose = prose
        self.text = prose.text
        self.format = format  # "markdown", "mdx", "html", "word", "text"
        self.blocks = blocks
        self.links = links
        self.fields = fields
        self.comments = comments
        self.unchecked = unchecked or {}
        self.notices = notices
        self.own_keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._memo: dict[object, Any] = {}

    def field(self, *keys: str) -> Field | None:
        """The first field, in the order of the document, with one of these keys and a value."""
        return next((field for field in self.fields if field.key in keys and field.value), None)


def per_document(analyse: Callable[[Document], T]) -> Callable[[Document], T]:
    """Compute an analysis at most once for each document and remember it as long as the document lives."""

    @functools.wraps(analyse)
    def remembered(document: Document) -> T:
        try:
            return document._memo[analyse]  # type: ignore[no-any-return]
        except KeyError:
            pass
        found = document._memo[analyse] = analyse(document)
        return found

    return remembered
