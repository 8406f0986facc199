"""Front matter in YAML or TOML: each value a field, with its exact place."""

from __future__ import annotations

import re
from typing import Any

from healthlint.document import Builder, Kind
from healthlint.text import Piece

_FENCE = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n")
_LINE = re.compile(
    r"^([A-Za-z][\w -]*?)[ \t]*[:=][ \t]*(?:\"([^\"\r\n]*)\"|'([^'\r\n]*)'|([^\r\n]*?))[ \t]*\r?$", re.MULTILINE
)
_LIST = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")
_LEADS = ("description", "summary", "excerpt")


def read(builder: Builder) -> int:
    """Add the fields of the front matter; returns where the article begins (code points)."""
    text = builder.source.text
    fence = _FENCE.match(text)
    if not fence:
        return 1 if text.startswith("\ufeff") else 0
    closing = re.compile(rf"^{re.escape(fence.group(1))}[ \t]*\r?$", re.MULTILINE).search(text, fence.end())
    if not closing:
        return 1 if text.startswith("\ufeff") else 0
    if fence.group(1) == "---":
        _yaml(builder, fence.end(), closing.start())
    else:
        _lines(builder, fence.end(), closing.start())
    builder.end()
    return closing.end()


def _yaml(builder: Builder, start: int, end: int) -> None:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root: Any = yaml.compose(builder.source.text[start:end], Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = builder.source.position(start).line + (mark.line if mark else 0)
        builder.notice(f"{builder.source.path}:{line}: the front matter is not valid YAML; its plain lines were read")
        _lines(builder, start, end)
        return
    if root is not None and root.id == "mapping":
        _mapping(builder, root, "", start)


def _mapping(builder: Builder, node: Any, prefix: str, base: int) -> None:
    for key, value in node.value:
        _value(builder, value, prefix + _key(str(key.value)), base)


def _value(builder: Builder, node: Any, key: str, base: int) -> None:
    if node.id == "mapping":
        _mapping(builder, node, key + ".", base)
    elif node.id == "sequence":
        for item in node.value:
            _value(builder, item, key, base)
    else:
        _add(builder, key, _pieces(builder, str(node.value), base + node.start_mark.index, base + node.end_mark.index))


def _pieces(builder: Builder, value: str, start: int, end: int) -> list[Piece]:
    """The value with the place of each of its words; as a whole where escapes hide them."""
    text = builder.source.text
    pieces: list[Piece] = []
    at = start
    for match in re.finditer(r"\S+", value):
        place = text.find(match.group(), at, end)
        if place < 0:
            return [Piece(value, start, end)]
        if pieces:
            pieces.append(Piece(" ", at, place))
        pieces.append(Piece(match.group(), place, place + len(match.group())))
        at = place + len(match.group())
    return pieces


def _lines(builder: Builder, start: int, end: int) -> None:
    for match in _LINE.finditer(builder.source.text, start, end):
        key = _key(match.group(1))
        group = next((number for number in (2, 3, 4) if match.group(number)), 4)
        value = match.group(group)
        if group == 4 and value.startswith("["):
            for item in _LIST.finditer(builder.source.text, match.start(4), match.end(4)):
                number = 1 if item.group(1) is not None else 2
                _add(builder, key, [Piece(item.group(number), item.start(number), item.end(number))])
        elif value:
            _add(builder, key, [Piece(value, match.start(group), match.end(group))])


def _add(builder: Builder, key: str, pieces: list[Piece]) -> None:
    if key == "title":
        kind = Kind.TITLE
    elif key in _LEADS and not builder.has_lead:
        kind, builder.has_lead = Kind.LEAD, True
    else:
        kind = Kind.FIELD
    builder.field(key, pieces, kind)


def _key(key: str) -> str:
    return re.sub(r"[\s-]+", "_", key.strip()).lower()
