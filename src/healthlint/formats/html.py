"""HTML with exact positions, by the standard library's parser. White space folds as in a browser."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

from healthlint.document import Builder, Document, Kind
from healthlint.formats import frontmatter
from healthlint.text import Piece, Source

_BLOCKS = {
    **{f"h{level}": Kind.HEADING for level in range(1, 7)},
    **dict.fromkeys(
        ("p", "div", "section", "article", "main", "dl", "body", "figure", "details", "summary", "address"),
        Kind.PARAGRAPH,
    ),
    **dict.fromkeys(("li", "dt", "dd"), Kind.ITEM),
    **dict.fromkeys(("td", "th"), Kind.CELL),
    **dict.fromkeys(
        ("ul", "ol", "table", "tr", "thead", "tbody", "hr", "header", "footer", "nav", "aside", "form"), Kind.PARAGRAPH
    ),
    "blockquote": Kind.QUOTE,
    "figcaption": Kind.CAPTION,
    "caption": Kind.CAPTION,
    "title": Kind.TITLE,
}
_SKIPPED = frozenset(
    "script style pre code svg template noscript iframe textarea select math object canvas video audio".split()
)
_FURNITURE_TAGS = frozenset(("nav", "footer", "aside", "form", "button", "dialog"))
_FURNITURE_ROLES = frozenset(("navigation", "banner", "contentinfo", "search"))
_FURNITURE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|sidebar|footer|breadcrumbs?|cookie|share|sharing|related|comment-?form|newsletter|skip-link)(?:$|[\s_-])"
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_SPACE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
_META = {
    "author": "author",
    "article:published_time": "date",
    "article:modified_time": "updated",
    "description": "description",
}
_LINKED_DATA = re.compile(
    r'"(datePublished|dateModified)"\s*:\s*"([^"\\]{1,60})"'
    r'|"(author|reviewedBy)"\s*:\s*\[?\s*\{[^{}]{0,400}?"name"\s*:\s*"([^"\\]{1,100})"'
)
_LINKED_KEYS = {"datePublished": "date", "dateModified": "updated", "author": "author", "reviewedBy": "reviewed_by"}


def parse(source: Source) -> Document:
    """Read a whole page, front matter included if there is any."""
    builder = Builder(source, "html")
    feed(builder, frontmatter.read(builder), len(source.text))
    return builder.build()


def feed(builder: Builder, start: int, end: int) -> None:
    """Add the prose of the HTML that stands at `start:end` of the source."""
    parser = _Parser(builder, start, end)
    last = builder.source.text.rfind(">", start, end) + 1 or start  # what follows holds no whole tag
    parser.feed(builder.source.text[start:last])
    parser.close()
    if not parser.skipping:
        builder.verbatim(last, end)
    builder.end()


class _Parser(HTMLParser):
    def __init__(self, builder: Builder, start: int, end: int) -> None:
        super().__init__(convert_charrefs=False)
        text = builder.source.text
        self.builder = builder
        self.lines = [start, *(start + m.end() for m in re.finditer("\n", text[start:end]))]
        self.has_heading = "<h1" in text[start:end].lower()
        self.stack: list[str] = []
        self.depth: Counter[str] = Counter()
        self.skipping: list[str] = []
        self.furniture: list[int] = []
        self.links: list[tuple[int, str]] = []

    def _place(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.skipping:
            if tag == self.skipping[-1]:
                self.skipping.append(tag)
            return
        values = {name: value or "" for name, value in attrs}
        if tag in _SKIPPED or _is_hidden(values) or (tag == "title" and self.has_heading):
            if tag not in _VOID:
                self.skipping.append(tag)
            return
        if tag == "meta":
            self._meta(values)
        elif tag == "time" and values.get("datetime"):
            self._attribute("date", values["datetime"])
        if tag not in _VOID:
            self.stack.append(tag)
            self.depth[tag] += 1
            if self._is_furniture(tag, values):
                self.furniture.append(len(self.stack))
        self._open(tag, values)

    def _open(self, tag: str, values: dict[str, str]) -> None:
        if tag in _BLOCKS:
            kind = Kind.FURNITURE if self.furniture else _BLOCKS[tag]
            if kind is Kind.PARAGRAPH and self.depth["blockquote"]:
                kind = Kind.QUOTE
            elif kind is Kind.PARAGRAPH and self.stack[-2:-1] == ["li"] and tag == "p":
                kind = Kind.ITEM
            level = int(tag[1]) if kind is Kind.HEADING else self.depth["li"] if kind is Kind.ITEM else 0
            self.builder.begin(kind, level)
        elif tag == "br":
            place = self._place()
            self.builder.space(place, place + 1)
        elif tag == "a":
            self.links.append((self.builder.offset, values.get("href", "")))

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            if tag == self.skipping[-1]:
                self.skipping.pop()
            return
        if tag == "a" and self.links:
            self.builder.link(*self.links.pop())
        if tag in _BLOCKS:
            self.builder.end()
        if tag in self.stack[-64:]:
            while self.stack:
                closed = self.stack.pop()
                self.depth[closed] -= 1
                if closed == tag:
                    break
            while self.furniture and self.furniture[-1] > len(self.stack):
                self.furniture.pop()

    def handle_data(self, data: str) -> None:
        place = self._place()
        if self.skipping:
            if "datePublished" in data or '"author"' in data:
                self._linked_data(place, len(data))
            if self.skipping[0] in ("pre", "code"):
                self.builder.skip("code", data)
            return
        at = 0
        for space in _SPACE.finditer(data):
            self._verbatim(place + at, place + space.start())
            self.builder.space(place + space.start(), place + space.end())
            at = space.end()
        self._verbatim(place + at, place + len(data))

    def _verbatim(self, start: int, end: int) -> None:
        if end > start:
            if self.builder.source.text[start] == " ":
                self.builder.space(start, start + 1)
                start += 1
            if self.furniture and not self.builder.is_open:
                self.builder.begin(Kind.FURNITURE)
            self.builder.verbatim(start, end) if end > start else None

    def handle_entityref(self, name: str) -> None:
        self._reference("&" + name)

    def handle_charref(self, name: str) -> None:
        self._reference("&#" + name)

    def _reference(self, raw: str) -> None:
        if self.skipping:
            return
        place = self._place()
        closed = self.builder.source.text.startswith(";", place + len(raw))
        text = unescape(raw + ";")
        self.builder.text(text if text != raw + ";" else raw, place, place + len(raw) + closed)

    def handle_comment(self, data: str) -> None:
        place = self._place()
        self.builder.comment(data.strip(), place, place + len(data) + 7)

    def _is_furniture(self, tag: str, values: dict[str, str]) -> bool:
        if tag in ("html", "body", "main", "article"):
            return False
        names = f"{values.get('class', '')} {values.get('id', '')}".lower()
        return (
            tag in _FURNITURE_TAGS
            or (tag == "header" and not (self.depth["article"] or self.depth["main"]))
            or values.get("role") in _FURNITURE_ROLES
            or bool(_FURNITURE_CLASS.search(names))
        )

    def _meta(self, values: dict[str, str]) -> None:
        key = _META.get(values.get("name", values.get("property", "")).lower())
        if key and values.get("content"):
            self._attribute(key, values["content"])

    def _attribute(self, key: str, value: str) -> None:
        place = self._place()
        raw = self.get_starttag_text() or ""
        at = raw.find(value)
        span = (place + at, place + at + len(value)) if at >= 0 else (place, place + len(raw))
        self.builder.field(key, [Piece(value, *span)])

    def _linked_data(self, place: int, length: int) -> None:
        for match in _LINKED_DATA.finditer(self.builder.source.text, place, place + length):
            key = match.group(1) or match.group(3)
            group = 2 if match.group(1) else 4
            self.builder.field(_LINKED_KEYS[key], [Piece(match.group(group), match.start(group), match.end(group))])


def _is_hidden(values: dict[str, str]) -> bool:
    return (
        "hidden" in values
        or values.get("aria-hidden") == "true"
        or "display:none" in values.get("style", "").replace(" ", "")
    )
