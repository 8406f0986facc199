"""Front matter in YAML or TOML: each value a field, with its exact place.

Some sites keep the prose of a page in it, below the first level: sections, questions with answers, the blocks of a
visual editor. What is long enough to be a sentence there is a paragraph, what a key calls a heading is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from healthlint.builder import Builder
from healthlint.document import Kind
from healthlint.expressions import expression
from healthlint.formats import scalars
from healthlint.text import Piece

_FENCE = expression(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n")
_LINE = expression(
    r"^([A-Za-z][\w -]*?)[ \t]*[:=][ \t]*(?:\"([^\"\r\n]*)\"|'([^'\r\n]*)'|([^\r\n]*?))[ \t]*(?:[ \t]#[^\r\n]*)?\r?$",
    re.MULTILINE,
)
_LIST = expression(r"\"([^\"\n]*)\"|'([^'\n]*)'|([^\s,\[\]\"'][^,\[\]\"'\n]*)")
_PROPERTIES = expression(r"(?:[&!]\S*\s+)*")
_HEADER = expression(r"[|>][^\n]*\n")
_SPACE = expression(r"[ \t\r\n]+")
_LEADS = ("description", "summary", "excerpt")
_LONGEST = 200_000
"""Front matter longer than this (code points) is not parsed as YAML or TOML; its plain lines are read."""


def read(builder: Builder) -> str:
    """Add the fields of the front matter; returns the text with line ends in its place, so offsets stay."""
    text = builder.source.text
    end = _read(builder)
    return "\n" * end + text[end:] if end else text


def _read(builder: Builder) -> int:
    text = builder.source.text
    mark = 1 if text.startswith("\ufeff") else 0
    fence = _FENCE.match(text)
    if not fence:
        return mark
    closing = re.compile(rf"^{re.escape(fence[1])}[ \t]*\r?$", re.MULTILINE).search(text, fence.end())
    if not closing:
        return mark
    fields = _fields(builder, fence[1], fence.end(), closing.start())
    if fields is None:
        return mark
    for key, pieces in fields:
        kind = _kind(key, pieces)
        if kind is None:
            add(builder, _key(key), pieces)
        else:
            builder.field(_key(key), pieces, kind)
    return closing.end()


def _kind(key: str, pieces: list[Piece]) -> Kind | None:
    """What prose a value is; None if it only describes the page."""
    path = _key(key).split(".")
    if len(path) < 2 or not _DESCRIBING.isdisjoint(path) or any(map(_FOR_MACHINES.match, path)):
        return None
    return kind_of(path[-1], "".join(piece.text for piece in pieces))


def kind_of(key: str, value: str) -> Kind | None:
    """What prose a text is that stands under a key: a paragraph, a heading, or none (None)."""
    words = len(value.split())
    if _NO_PROSE.search(key) or value.startswith(("/", "http", "#")):
        return None
    if words >= _SHORTEST_HEADING and _HEADING.match(key) and not value.endswith("."):
        return Kind.HEADING
    return Kind.PARAGRAPH if words >= _PARAGRAPH else None


_DESCRIBING = frozenset(
    "author authors writer reviewer reviewers editor medical_reviewer reviewed_by contributors bio source sources"
    " reference references citation citations bibliography image images hero_image thumbnail banner video menu menus"
    " nav navigation header footer breadcrumb breadcrumbs button buttons cta link links related related_posts redirect"
    " redirects cascade build resources params sitemap feed share config layout disclaimer".split()
)
"""Keys below which nothing is prose of the page itself."""
_FOR_MACHINES = expression(r"(?:seo|search_engine|meta|og|open_graph|twitter|social|schema|json_?ld|structured)")
"""How keys begin below which stands what is for search engines and social networks."""
_NO_PROSE = expression(
    r"(?:slug|image|img|src|icon|alt|href|url|link|path|class|class_?names?|id|key|type|variant|style|colou?rs?|keywords?"
    r"|tags?|categor(?:y|ies)|email|phone|address|robots|canonical|schema)$",
    re.IGNORECASE,
)
"""Keys of what no reader reads as prose."""
_HEADING = expression(r"(?!seo|og|meta|twitter).*(?:heading|headline|title|question)$", re.IGNORECASE)
_PARAGRAPH, _SHORTEST_HEADING = 6, 2
"""A text of at least so many words is a paragraph, or a heading under a key that says so."""


def _fields(builder: Builder, fence: str, start: int, end: int) -> Iterable[tuple[str, list[Piece]]] | None:
    """All keys with their values; None if what stands between two lines `---` is no front matter."""
    text = builder.source.text
    language, parse = ("YAML", _yaml) if fence == "---" else ("TOML", _toml)
    try:
        if end - start > _LONGEST:
            raise _InvalidError(0, "too long to be parsed")
        return parse(text, start, end)
    except _InvalidError as error:
        line = builder.source.position(start).line + error.line
        reason = error.reason or f"not valid {language}"
        builder.notice(f"{builder.source.path}:{line}: the front matter is {reason}; its plain lines were read")
        return _lines(text, start, end)


class _InvalidError(ValueError):
    """The front matter cannot be parsed; `line` counts from 0 within it."""

    def __init__(self, line: int, reason: str = "") -> None:
        self.line = line
        self.reason = reason


def _yaml(text: str, start: int, end: int) -> Iterable[tuple[str, list[Piece]]] | None:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root: Any = yaml.compose(text[start:end], Loader=loader)
        if root is not None and root.id != "mapping":
            return None
        return list(_nodes(text, root, "", start, set())) if root is not None else []
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _InvalidError(mark.line if mark else 0) from error


def _nodes(text: str, node: Any, key: str, base: int, seen: set[int]) -> Iterator[tuple[str, list[Piece]]]:
    if node.id == "scalar":
        yield key, _scalar(text, node, base)
        return
    if id(node) in seen:  # what an alias stands for has been read where it was written
        return
    seen.add(id(node))
    if node.id == "mapping":
        for name, value in node.value:
            inner = str(name.value) if name.id == "scalar" else ""
            yield from _nodes(text, value, f"{key}.{inner}" if key else inner, base, seen)
    else:
        for item in node.value:
            yield from _nodes(text, item, key, base, seen)


def _scalar(text: str, node: Any, base: int) -> list[Piece]:
    start, end = base + node.start_mark.index, base + node.end_mark.index
    properties = _PROPERTIES.match(text, start, end)
    inner = properties.end() if properties else start
    value = str(node.value)
    quoted = 1 if node.style in ("'", '"') else 0
    if text[inner + quoted : end - quoted] == value:
        return [Piece(value, inner + quoted, end - quoted)]
    if node.style == '"':
        pieces = list(scalars.double_quoted(text, inner + 1, end - 1))
    elif node.style == "'":
        pieces = list(scalars.single_quoted(text, inner + 1, end - 1))
    else:
        header = _HEADER.match(text, inner, end) if node.style in ("|", ">") else None
        words = scalars.words(text, header.end() if header else inner, end)
        pieces = list(islice(words, max(0, 2 * len(_SPACE.split(value.strip(" \t\r\n"))) - 1)))  # no comment after it
    if "".join(piece.text for piece in pieces).split() != value.split():
        return [Piece(value, start, end)]
    return pieces


def _toml(text: str, start: int, end: int) -> Iterable[tuple[str, list[Piece]]]:
    import tomllib

    from healthlint.formats import toml

    try:
        tomllib.loads(text[start:end].replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = re.search(r"\(at line (\d+)", str(error))
        raise _InvalidError(int(line[1]) - 1 if line else 0) from error
    return toml.fields(text, start, end)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[str, list[Piece]]]:
    """The values of plain lines, `key: value`, where the whole cannot be parsed."""
    for match in _LINE.finditer(text, start, end):
        number = next((number for number in (2, 3, 4) if match[number]), 4)
        if number == 4 and match[4].startswith("["):
            for item in _LIST.finditer(text, *match.span(4)):
                yield match[1], [Piece(item[item.lastindex or 1], *item.span(item.lastindex or 1))]
        elif match[number]:
            yield match[1], [Piece(match[number], *match.span(number))]


def add(builder: Builder, key: str, pieces: list[Piece]) -> None:
    """Add a value: the title, the first description as a lead, or a field."""
    if key == "title":
        kind = Kind.TITLE
    elif key in _LEADS and not builder.has_lead:
        kind, builder.has_lead = Kind.LEAD, True
    else:
        kind = Kind.FIELD
    builder.field(key, pieces, kind)


def _key(key: str) -> str:
    return re.sub(r"[\s-]+", "_", key.strip()).lower()
