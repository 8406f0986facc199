"""Adding to YAML files of other people so that everything in them stays as it is, comments and layout included.

Text is only put in, and the result is read again: it must say what the file said before, and the addition.
"""

from __future__ import annotations

import textwrap
from typing import Any


def with_item(text: str, key: str, item: str) -> str | None:
    """The text of a mapping with an item, written as `- ...` lines, at the end of the list under `key`.

    A list that is missing or empty is begun. None if the file cannot be added to safely.
    """
    before, added = _content(text) or {}, _content(item)
    if not isinstance(before, dict) or not isinstance(before.get(key) or [], list):
        return None
    expected = {**before, key: [*(before.get(key) or []), *added]}
    if key not in before:
        return _checked(f"{text}{_break(text)}{key}:\n{item}", expected)
    node = next(value for name, value in _root(text).value if name.value == key)
    if not before[key]:
        start, end = node.start_mark.index, node.end_mark.index
        return _checked(f"{text[:start].rstrip()}\n{item}{text[end:].lstrip(chr(10))}", expected)
    at = _line_after(text, _last(node))
    indented = textwrap.indent(item, " " * node.start_mark.column)
    return _checked(text[:at] + _break(text[:at]) + indented + text[at:], expected)


def with_entry(text: str, entry: str) -> str | None:
    """The text of a mapping with another entry, `key: ...` lines, at its end. None if that is not safely possible."""
    before, added = _content(text) or {}, _content(entry)
    if not isinstance(before, dict) or before.keys() & added.keys():
        return None
    return _checked(f"{text}{_break(text)}{chr(10) if text else ''}{entry}", {**before, **added})


def texts(text: str, key: str) -> list[str]:
    """The texts of the list under a key; none if there is no such list."""
    content = _content(text)
    listed = content.get(key) if isinstance(content, dict) else None
    return [str(item).partition(" ")[2] for item in listed] if isinstance(listed, list) else []


def _checked(text: str, expected: Any) -> str | None:
    return text if _content(text) == expected else None


def _root(text: str) -> Any:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.compose(text, Loader=loader)


def _content(text: str) -> Any:
    """What the text says, without any meaning of tags and words; a text that is not valid says nothing like others."""
    import yaml

    try:
        return _plain(_root(text), ())
    except (yaml.YAMLError, RecursionError):
        return object()


def _plain(node: Any, above: tuple[Any, ...]) -> Any:
    if node is None or node in above:
        return None
    above = (*above, node)
    if node.id == "mapping":
        return {str(key.value): _plain(value, above) for key, value in node.value}
    if node.id == "sequence":
        return [_plain(item, above) for item in node.value]
    return "" if node.tag.endswith(":null") else f"{node.tag} {node.value}"


def _last(node: Any) -> int:
    """Where the last value within a block ends."""
    if node.id == "scalar" or node.flow_style or not node.value:
        return int(node.end_mark.index)
    return max(_last(part) for item in node.value for part in (item if isinstance(item, tuple) else (item,)))


def _line_after(text: str, at: int) -> int:
    if at and text[at - 1] == "\n":
        return at
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _break(text: str) -> str:
    return "" if not text or text.endswith("\n") else "\n"
