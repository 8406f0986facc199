"""What a page of HTML says about itself: `<meta>`, `<time>` and linked data (JSON-LD)."""

from __future__ import annotations

from healthlint.builder import Builder
from healthlint.document import Kind
from healthlint.expressions import expression
from healthlint.formats.markup import Markup, Tag
from healthlint.text import Piece

_META = {
    "author": "author",
    "article:published_time": "date",
    "article:modified_time": "updated",
    "description": "description",
}
_LINKED_DATA = expression(
    r'"(datePublished|dateModified)"\s*:\s*"([^"\\]{1,60})"'
    r'|"(author|reviewedBy)"\s*:\s*\[?\s*\{[^{}]{0,400}?"name"\s*:\s*"([^"\\]{1,100})"'
)
_LINKED_KEYS = {"datePublished": "date", "dateModified": "updated", "author": "author", "reviewedBy": "reviewed_by"}


def from_tag(builder: Builder, tag: Tag) -> None:
    """Add what a `<meta>` or `<time>` tag says."""
    if tag.name == "meta":
        key = _META.get((tag.value("name") or tag.value("property")).lower())
        if key:
            lead = key == "description" and not builder.has_lead
            builder.has_lead = builder.has_lead or lead
            builder.field(key, tag.pieces("content"), Kind.LEAD if lead else Kind.FIELD)
    elif tag.name == "time" and tag.value("datetime"):
        builder.field("date", tag.pieces("datetime"))


def from_script(builder: Builder, markup: Markup, start: int, end: int) -> None:
    """Add what linked data in a script says."""
    for match in _LINKED_DATA.finditer(markup.text, start, end):
        number = 2 if match[1] else 4
        piece = Piece(match[number], *markup.span(*match.span(number)))
        organisation = match[3] and "Organization" in match.group()
        builder.field("publisher" if organisation else _LINKED_KEYS[match[1] or match[3]], [piece])
