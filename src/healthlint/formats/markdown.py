"""Markdown and MDX: CommonMark with tables, footnotes and strikethrough. The only module that knows pyromark.

Templates (Liquid, shortcodes, attribute lists, admonition fences) and JSX are replaced by blanks of the same length
before parsing, so every offset stays an offset of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any

import pyromark

from healthlint.document import Builder, Document, Kind
from healthlint.formats import frontmatter
from healthlint.text import Source

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
_TEMPLATE = re.compile(
    r"\{%-?\s*(highlight|raw|comment)\b[^%]{0,200}%\}[\s\S]{0,20000}?\{%-?\s*end\1\s*-?%\}"
    r"|\{%[^%\n]{0,400}%\}|\{\{[^{}]{0,400}\}\}|\{:[^}\n]{0,200}\}|\{#[\w-]{1,100}\}|\[\[toc\]\]|\[toc\]"
    r"|^[ \t]*:::+[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_JSX = re.compile(
    r"^(?:import|export)\s[^\n]*(?:\n(?![ \t]*\n)[^\n]+)*"
    r"|\{/\*[\s\S]{0,5000}?\*/\}"
    r"|</?[A-Za-z][\w.:]*(?:\"[^\"]{0,4000}\"|'[^']{0,4000}'|\{(?:[^{}]|\{[^{}]{0,2000}\}){0,4000}\}|[^<>\"'{}]){0,400}>"
    r"|</?>|\{(?:[^{}\n]|\{[^{}\n]{0,400}\}){0,800}\}",
    re.MULTILINE,
)
_CODE = re.compile(r"^(```|~~~)[\s\S]*?^\1[^\n]*$|`[^`\n]+`", re.MULTILINE)


def parse(source: Source, *, jsx: bool = False) -> Document:
    """Read Markdown, or MDX if `jsx`."""
    builder = Builder(source, "mdx" if jsx else "markdown")
    base = frontmatter.read(builder)
    body = source.text[base:]
    if "{" in body or ":::" in body or "[toc]" in body.lower():
        body = _blank(builder, body, _TEMPLATE, "templates", base)
    if jsx:
        body = _blank(builder, body, _JSX, "components", base)
    _Walk(builder, body, base, indented_prose=jsx).run()
    return builder.build()


def _blank(builder: Builder, body: str, pattern: re.Pattern[str], reason: str, base: int) -> str:
    """The text with what matches outside of code replaced by blanks (line ends stay)."""
    code = [match.span() for match in _CODE.finditer(body)]
    starts = [start for start, _ in code]

    def replace(match: re.Match[str]) -> str:
        place = bisect_right(starts, match.start()) - 1
        if place >= 0 and match.start() < code[place][1]:
            return match.group()
        if match.group().startswith("{/*"):
            builder.comment(match.group()[3:-3].strip(), base + match.start(), base + match.end())
        else:
            builder.skip(reason, match.group())
        return re.sub(r"[^\r\n]", " ", match.group())

    return pattern.sub(replace, body)


class _Walk:
    """Goes through the parser's events and fills the builder."""

    def __init__(self, builder: Builder, body: str, base: int, *, indented_prose: bool) -> None:
        self.builder = builder
        self.body = body
        self.places = _code_points(body, base)
        self.indented_prose = indented_prose
        self.containers: list[str] = []
        self.alt: list[tuple[str, int, int]] | None = None
        self.captions: list[list[tuple[str, int, int]]] = []
        self.links: list[tuple[int, str]] = []
        self.code = False
        self.html: tuple[int, int] | None = None

    def run(self) -> None:
        for event, span in pyromark.events_with_range(self.body, options=_OPTIONS):
            start, end = self.places[span["start"]], self.places[span["end"]]
            if isinstance(event, str):
                self._mark(event, start, end)
            else:
                ((name, value),) = event.items()
                getattr(self, "_" + name.lower(), self._ignored)(value, start, end)

    def _ignored(self, value: Any, start: int, end: int) -> None:
        pass

    def _mark(self, event: str, start: int, end: int) -> None:
        if event == "Rule":
            self.builder.end()
        else:
            self.builder.space(start, end)

    def _start(self, value: Any, start: int, end: int) -> None:
        detail: Any
        name, detail = (value, None) if isinstance(value, str) else next(iter(value.items()))
        if name == "Heading":
            self.builder.begin(Kind.HEADING, int(detail["level"][1]))
        elif name in ("Paragraph", "Item"):
            if name == "Item":
                self.containers.append(name)
            self.builder.begin(self._kind(), self.containers.count("Item"))
        elif name == "TableCell":
            self.builder.begin(Kind.CELL)
        elif name in ("BlockQuote", "FootnoteDefinition"):
            self.containers.append(name)
        elif name == "Link":
            self.links.append((self.builder.offset, detail["dest_url"]))
        elif name == "Image":
            self.alt = []
        elif name == "CodeBlock":
            self.code = not (self.indented_prose and detail == "Indented")
            self.builder.end()
        elif name == "HtmlBlock":
            self.html = (start, end)

    def _end(self, value: Any, start: int, end: int) -> None:
        name = value if isinstance(value, str) else next(iter(value))
        if name in ("Item", "BlockQuote", "FootnoteDefinition"):
            self.containers.pop()
        if name == "Link" and self.links:
            self.builder.link(*self.links.pop())
        elif name == "Image":
            self.captions.append(self.alt or [])
            self.alt = None
        elif name == "HtmlBlock" and self.html:
            self._feed_html(*self.html)
        elif name in ("Paragraph", "Heading", "Item", "TableCell", "BlockQuote"):
            self.builder.end()
            self._flush_captions()
        if name == "CodeBlock":
            self.code = False
            self.builder.end()

    def _text(self, value: str, start: int, end: int) -> None:
        if self.alt is not None:
            self.alt.append((value, start, end))
        elif self.code:
            self.builder.skip("code", value)
        elif end - start == len(value):
            self.builder.verbatim(start, end)
        else:
            self.builder.text(value, start, end)

    def _code(self, value: str, start: int, end: int) -> None:
        self.builder.skip("code", value)
        self.builder.space(start, end)

    def _inlinehtml(self, value: str, start: int, end: int) -> None:
        if value.startswith("<!--"):
            self.builder.comment(value[4:-3].strip(), start, end)
        elif value[:3].lower() == "<br":
            self.builder.space(start, end)

    def _kind(self) -> Kind:
        inner = self.containers[-1] if self.containers else ""
        return {"Item": Kind.ITEM, "BlockQuote": Kind.QUOTE, "FootnoteDefinition": Kind.FOOTNOTE}.get(
            inner, Kind.PARAGRAPH
        )

    def _flush_captions(self) -> None:
        for pieces in self.captions:
            self.builder.begin(Kind.CAPTION)
            for text, start, end in pieces:
                self.builder.text(text, start, end)
            self.builder.end()
        self.captions.clear()

    def _feed_html(self, start: int, end: int) -> None:
        from healthlint.formats import html

        html.feed(self.builder, start, end)
        self.html = None


_LEAD_BYTES = bytes(0 if 0x80 <= byte < 0xC0 else 1 for byte in range(256))


def _code_points(body: str, base: int) -> range | list[int]:
    """For each UTF-8 byte offset of the body the code point offset in the source."""
    if body.isascii():
        return range(base, base + len(body) + 1)
    begun = body.encode("utf-8", "surrogatepass").translate(_LEAD_BYTES)
    return list(accumulate(begun, initial=base))
