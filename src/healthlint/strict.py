"""Files of settings (YAML, TOML) read strictly: every value knows its place.

A mistake is told as `file:line: what is wrong, and a hint`. Values are read by what is expected of them, so that `off`,
`no` and `1_000` are the words that stand there where a word is expected.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from healthlint.namedtuples import NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_KINDS = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}
_NULLS = frozenset({"", "~", "null"})
_WHOLE = "the file"
"""What the outermost value of a file is called."""


class Mistake(ValueError):
    """A file of settings that is wrong; the message is for the user: `file:line: what is wrong, and a hint`."""


def hint(word: str, known: Iterable[str]) -> str:
    """`, did you mean 'x'?` with the nearest of the known words, or nothing if none is near."""
    import difflib

    by_lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), by_lower, 1)
    return f", did you mean '{by_lower[near[0]]}'?" if near else ""


class Value(NamedTuple):
    """A text, list or mapping of a file, called `name`, with its line (counted from 1)."""

    path: str
    line: int
    name: str
    content: str | Sequence[Value] | dict[str, Value]

    def mistake(self, problem: str) -> Mistake:
        """The complaint about this value."""
        return Mistake(f"{self.path}:{self.line}: {problem}")

    def mapping(self, keys: Iterable[str] | None = None) -> dict[str, Value]:
        """The entries by key. Raises Mistake if it is no mapping, or for a key that is not among `keys`."""
        if not isinstance(self.content, dict):
            what = "the file" if self.name == _WHOLE else f"'{self.name}'"
            raise self.mistake(f"{what} must hold settings, each written as 'name: value'")
        known = self.content.keys() if keys is None else list(keys)
        for key, value in self.content.items():
            if key not in known:
                raise value.mistake(f"unknown key '{key}'{hint(key, known)}")
        return self.content

    def items(self) -> Sequence[Value]:
        """The values of a list. Raises Mistake if it is none."""
        if isinstance(self.content, str | dict):
            raise self.mistake(f"'{self.name}' must be a list")
        return self.content

    def text(self) -> str:
        """The text as it stands in the file. Raises Mistake if it is a list, a mapping or empty."""
        if not isinstance(self.content, str) or self.content.lower() in _NULLS:
            raise self.mistake(f"'{self.name}' must be a text")
        return self.content

    def texts(self) -> list[Value]:
        """The texts of a list; one text alone is a list, too. Raises Mistake if there is anything else."""
        values = [self] if isinstance(self.content, str) else list(self.items())
        for value in values:
            value.text()
        return values

    def choice(self, known: Iterable[str]) -> str:
        """The text, which must be one of the known ones. Raises Mistake."""
        words, text = list(known), self.text()
        if text not in words:
            raise self.mistake(f"'{self.name}' is {_listed(words)}, not '{text}'{hint(text, words)}")
        return text

    def typed(self, kind: Any) -> Any:
        """The value as `kind`: int, float, bool, str, a Literal, a tuple of one of them, or a union with None.

        Raises Mistake for a value of another kind.
        """
        origin, parts = typing.get_origin(kind), typing.get_args(kind)
        if origin in (types.UnionType, typing.Union):
            return self._one_of(parts)
        if origin is Literal:
            return self.choice([str(part) for part in parts])
        if origin is tuple:
            values = [self] if isinstance(self.content, str) else self.items()
            return tuple(value.typed(parts[0]) for value in values)
        result = _scalar(self.content, kind) if isinstance(self.content, str) else None
        if result is None:
            raise self.mistake(f"'{self.name}' must be {_KINDS.get(kind, 'something else')}")
        return result

    def _one_of(self, kinds: Sequence[Any]) -> Any:
        if type(None) in kinds and isinstance(self.content, str) and self.content.lower() in _NULLS:
            return None
        kinds = [kind for kind in kinds if kind is not type(None)]
        for kind in kinds[:-1]:
            try:
                return self.typed(kind)
            except Mistake:
                continue
        return self.typed(kinds[-1])


def _scalar(text: str, kind: Any) -> int | float | bool | str | None:
    if kind is bool:
        return _TRUTH.get(text.lower())
    if kind is int:
        return int(text) if re.fullmatch(r"[+-]?\d{1,18}", text) else None
    if kind is float:
        return float(text) if re.fullmatch(r"[+-]?(\d{1,18}(\.\d*)?|\.\d+)", text) else None
    return text if kind is str and text.lower() not in _NULLS else None


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def read_yaml(path: Path, shown: str = "") -> Value | None:
    """The content of a YAML file, or None if it is empty; `shown` is the path for messages.

    Raises Mistake for what is not YAML and for a key that stands twice; OSError for a file that cannot be read.
    """
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    shown = shown or str(path)
    try:
        root: Any = yaml.compose(path.read_bytes(), Loader=loader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "it is nested too deeply or holds a character that YAML has not"
        look = "look for a missing quotation mark, bracket or colon, a tab, or an indent that differs"
        raise Mistake(f"{shown}:{line}: not valid YAML ({problem}); {look}") from error
    return None if root is None else _yaml_value(shown, root, root.start_mark.line + 1, _WHOLE, ())


def _yaml_value(path: str, node: Any, line: int, name: str, above: tuple[Any, ...]) -> Value:
    if node in above or len(above) > 20:
        raise Mistake(f"{path}:{line}: '{name}' is nested too deeply")
    above = (*above, node)
    content: str | list[Value] | dict[str, Value]
    if node.id == "mapping":
        content = {}
        for key, value in node.value:
            entry = _yaml_value(path, value, key.start_mark.line + 1, str(key.value), above)
            if entry.name in content:
                raise entry.mistake(f"'{entry.name}' stands here a second time; one of them would be lost")
            content[entry.name] = entry
    elif node.id == "sequence":
        content = [_yaml_value(path, item, item.start_mark.line + 1, name, above) for item in node.value]
    else:
        content = str(node.value)
    return Value(path, line, name, content)


def read_toml(path: Path, table: Sequence[str], shown: str = "") -> Value | None:
    """A table of a TOML file, or None if the file has no such table; `shown` is the path for messages.

    Raises Mistake for what is not TOML, and OSError for a file that cannot be read.
    """
    import tomllib

    shown = shown or str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        content: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        line = re.search(r"at line (\d+)", str(error))
        last = path.read_bytes().count(b"\n") if "at end of document" in str(error) else 1
        raise Mistake(f"{shown}:{line.group(1) if line else last}: not valid TOML: {error}") from error
    for key in table:
        content = content.get(key) if isinstance(content, dict) else None
    if content is None:
        return None
    header = re.search(rf"^[ \t]*\[+{re.escape('.'.join(table))}\b", text, re.MULTILINE)
    return _toml_value(shown, content, ".".join(table), text, header.start() if header else 0)


def _toml_value(path: str, content: Any, name: str, text: str, at: int) -> Value:
    """A value of which nothing is known but that it stands at or after the offset `at` of the text."""

    def below(part: Any, name: str, place: int) -> Value:
        return _toml_value(path, part, name, text, place)

    line = text.count("\n", 0, at) + 1
    if isinstance(content, dict):
        return Value(path, line, name, {key: below(v, key, _key_at(text, key, at)) for key, v in content.items()})
    if isinstance(content, list):
        return Value(path, line, name, _toml_items(content, name, text, at, below))
    return Value(path, line, name, str(content).lower() if isinstance(content, bool) else str(content))


def _toml_items(
    content: list[Any], name: str, text: str, at: int, below: Callable[[Any, str, int], Value]
) -> list[Value]:
    items = []
    for item in content:
        found = -1
        if isinstance(item, str):
            found = text.find(item, at)
        elif isinstance(item, dict) and item:
            found = _key_at(text, next(iter(item)), at)
        at = max(at, found)
        items.append(below(item, name, at))
        at += isinstance(item, dict)
    return items


def _key_at(text: str, key: str, at: int) -> int:
    """Where a key stands at or after `at`: before an equals sign, or in the brackets of a table."""
    pattern = rf"(?<![\w-])[\"']?{re.escape(key)}[\"']?\s*(?:=|\.|\])"
    found = re.compile(pattern).search(text, at)
    return found.start() if found else at
