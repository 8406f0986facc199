"""Values as YAML and TOML write them, decoded piece by piece so that each character keeps its place."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.expressions import expression
from healthlint.text import Piece

_WORD = expression(r"[^ \t\r\n]+")
_NAMED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_DOUBLE = expression(
    r"(?P<join>\\[ \t]*\r?\n\s*)"
    r"|\\(?:u\{(?P<point>[0-9a-fA-F]{1,8})\}|x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})"
    r"|(?P<named>[\s\S]))|(?P<space>[ \t\r\n]+)|[^ \t\r\n\\]+"
)
_SINGLE = expression(r"(?P<quote>'')|(?P<space>[ \t\r\n]+)|[^ \t\r\n']+")


def words(text: str, start: int, end: int) -> Iterator[Piece]:
    """The words of a value in which nothing is escaped, one blank between them."""
    last = -1
    for match in _WORD.finditer(text, start, end):
        if last >= 0:
            yield Piece(" ", last, match.start())
        yield Piece(match.group(), *match.span())
        last = match.end()


def single_quoted(text: str, start: int, end: int) -> Iterator[Piece]:
    """What stands between single quotation marks (`start:end`) in YAML."""
    for match in _SINGLE.finditer(text, start, end):
        blank = match["space"] is not None
        yield Piece(" " if blank else "'" if match["quote"] else match.group(), *match.span())


def double_quoted(text: str, start: int, end: int) -> Iterator[Piece]:
    """What stands between double quotation marks (`start:end`) in YAML, TOML and JavaScript."""
    for match in _DOUBLE.finditer(text, start, end):
        code = match["point"] or match["x"] or match["u"] or match["U"]
        if match["join"]:
            continue
        if code or match["named"]:
            decoded = _character(int(code, 16)) if code else _NAMED.get(match["named"], match["named"])
            yield Piece(" " if decoded.isspace() and decoded != "\xa0" else decoded, *match.span())
        else:
            yield Piece(" " if match["space"] else match.group(), *match.span())


def _character(code: int) -> str:
    """The character, or the mark for one that no text can hold: half of a pair, a number beyond the last."""
    return "\ufffd" if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)
