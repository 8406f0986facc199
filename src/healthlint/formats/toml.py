"""Where the values of a TOML text stand. That it is valid TOML has been found out before, by the standard library."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.expressions import expression
from healthlint.formats import scalars
from healthlint.text import Piece

_PART = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_BETWEEN = expression(r"(?:[\s,]|#[^\n]*)*")
_TABLE = expression(rf"\[\[?[ \t]*({_KEY})[ \t]*\]\]?")
_ASSIGNMENT = expression(rf"({_KEY})[ \t]*=[ \t]*")
_VALUE = expression(
    r'"""(?P<long>(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*"{0,2})"""'
    r"|'''(?P<raw>(?:[^']|'{1,2}(?!'))*'{0,2})'''"
    r"|\"(?P<basic>(?:[^\"\\\n]|\\.)*)\"|'(?P<literal>[^'\n]*)'"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<bare>[^\s,\]}#]+(?: \d\d:[^\s,\]}#]+)?)"
)


def fields(text: str, start: int, end: int) -> Iterator[tuple[str, list[Piece]]]:
    """The keys (nested ones joined with dots) with their values, in order; a list gives one an entry."""
    table = ""
    keys = [""]
    expected = False  # a value
    at = start
    while (at := _end(_BETWEEN.match(text, at, end))) < end:
        if not expected and len(keys) == 1 and (header := _TABLE.match(text, at, end)):
            table, at = _name(header[1]), header.end()
        elif not expected and (assignment := _ASSIGNMENT.match(text, at, end)):
            keys[-1] = ".".join(filter(None, (keys[-2] if len(keys) > 1 else table, _name(assignment[1]))))
            expected, at = True, assignment.end()
        elif value := _VALUE.match(text, at, end):
            expected, at = False, value.end()
            if value["open"]:
                keys.append(keys[-1])
            elif value["close"]:
                keys.pop()
            else:
                yield keys[-1], list(_pieces(text, value))
        else:
            return


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _name(key: str) -> str:
    return ".".join(part.strip("\"'") for part in re.findall(_PART, key))


def _pieces(text: str, value: re.Match[str]) -> Iterator[Piece]:
    name = value.lastgroup or ""
    start, end = value.span(name)
    return (scalars.double_quoted if name in ("long", "basic") else scalars.words)(text, start, end)
