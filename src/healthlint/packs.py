"""Rule packs: YAML files of rules, read strictly.

A mistake in a pack is a `PackError` that names the file, the line, what is wrong and how to mend it; a rule without
examples that fire and examples that stay silent is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from healthlint import tables
from healthlint.analysis.guards import GUARDS
from healthlint.analysis.segments import Segment
from healthlint.grammar import PhraseError, compile_phrases
from healthlint.patterns import PLACES, Group, phrase_check
from healthlint.phrases import Phrases
from healthlint.rule import Check, Example, Rule, Severity

_GROUP_KEYS = {
    "phrases": list,
    "unless": list,
    "beside": list,
    "in": list,
    "guards": list,
    "softeners": list,
    "severity": (str, dict),
}
_RULE_KEYS = {
    **_GROUP_KEYS,
    "id": str,
    "name": str,
    "trust": str,
    "why": str,
    "help": str,
    "message": str,
    "sources": list,
    "groups": list,
    "check": str,
    "profiles": dict,
    "examples": dict,
}
_REQUIRED = ("id", "name", "severity", "trust", "why", "help", "message", "sources", "examples")
_EVERYWHERE = [segment.value for segment in (Segment.TITLE, Segment.HEADING, Segment.LEAD, Segment.BODY, Segment.LIST)]


class PackError(ValueError):
    """A rule pack that is wrong: `file:line: what is wrong, and a hint`."""


Compiled = dict[str, Any]
"""A rule as plain dictionaries, lists and tuples, which `marshal` can store; `rules` makes `Rule`s of them."""


def load(paths: Iterable[Path], checks: Mapping[str, Check]) -> tuple[Rule, ...]:
    """The rules of some packs, by id; `checks` are the functions that a rule may name.

    Raises PackError, also for an id or a name that stands twice.
    """
    return rules(read(paths, checks), checks)


def read(paths: Iterable[Path], checks: Iterable[str]) -> list[Compiled]:
    """The rules of some packs, by id, checked and compiled. Raises PackError."""
    found: dict[str, Compiled] = {}
    taken: set[str] = set()
    for path in paths:
        for node in _document(path):
            rule = _compiled(_Reader(path, node), set(checks))
            for key in (rule["id"], rule["name"]):
                if key in taken:
                    line = node.start_mark.line + 1
                    raise PackError(f"{path}:{line}: '{key}' is the id or name of another rule, too")
                taken.add(key)
            found[rule["id"]] = rule
    return [found[key] for key in sorted(found)]


def rules(compiled: Iterable[Compiled], checks: Mapping[str, Check]) -> tuple[Rule, ...]:
    """Rules that work, from compiled ones."""
    return tuple(_rule(values, checks) for values in compiled)


def builtin(checks: Mapping[str, Check]) -> tuple[Rule, ...]:
    """The rules that come with healthlint: compiled when the package was built, else read from their YAML files.

    Raises PackError.
    """
    compiled = tables.prepared("rules")
    if compiled is None:
        compiled = read(sorted(tables.rules_folder().glob("*.yaml")), checks)
    return rules(compiled, checks)


def _rule(values: Compiled, checks: Mapping[str, Check]) -> Rule:
    groups = tuple(_group(group) for group in values["groups"])
    return Rule(
        id=values["id"],
        name=values["name"],
        severity=Severity(values["severity"]),
        trust=values["trust"],
        why=values["why"],
        help=values["help"],
        message=values["message"],
        sources=tuple(values["sources"]),
        examples=tuple(Example(*example) for example in values["examples"]),
        check=checks[values["check"]] if values["check"] else phrase_check(groups),
        profiles=values["profiles"],
    )


def _group(values: Compiled) -> Group:
    return Group(
        Phrases(values["phrases"]),
        Phrases(values["unless"]),
        Phrases(values["beside"]) if any(values["beside"]) else None,
        frozenset(Segment(place) for place in values["in"]),
        values["guards"],
        values["softeners"],
        {place: Severity(level) for place, level in values["severity"].items()},
    )


class _Reader:
    """A mapping of a pack with the lines of its keys."""

    def __init__(self, path: Path, node: Any) -> None:
        self.path = path
        self.line = node.start_mark.line + 1
        self.nodes = {key.value: (key, value) for key, value in node.value}
        self.values: dict[str, Any] = {key: _plain(value) for key, (_, value) in self.nodes.items()}

    def error(self, key: str | None, problem: str) -> PackError:
        line = self.nodes[key][0].start_mark.line + 1 if key in self.nodes else self.line
        return PackError(f"{self.path}:{line}: {problem}")

    def check(self, keys: dict[str, Any], required: Iterable[str] = ()) -> None:
        for key, value in self.values.items():
            if key not in keys:
                raise self.error(key, f"unknown key '{key}'{_hint(key, keys)}")
            if not isinstance(value, keys[key]):
                kind = {list: "a list", dict: "a mapping", str: "a text"}.get(keys[key], "a text or a mapping")
                raise self.error(key, f"'{key}' must be {kind}")
        for key in required:
            if not self.values.get(key):
                raise self.error(None, f"'{key}' is missing in rule {self.values.get('id', '?')}")


def _document(path: Path) -> list[Any]:
    import yaml

    root: Any
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(path.read_bytes(), Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        raise PackError(f"{place}: not valid YAML: {getattr(error, 'problem', error)}") from error
    if root is None or root.id != "sequence":
        raise PackError(f"{path}:1: a rule pack is a list of rules, each beginning with '- id: ...'")
    for node in root.value:
        if node.id != "mapping":
            raise PackError(f"{path}:{node.start_mark.line + 1}: a rule is a mapping that begins with '- id: ...'")
    return list(root.value)


def _plain(node: Any) -> Any:
    if node.id == "mapping":
        return {key.value: _plain(value) for key, value in node.value}
    return [_plain(item) for item in node.value] if node.id == "sequence" else str(node.value)


def _hint(word: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, list(known), 1)
    return f", did you mean '{near[0]}'?" if near else ""


def _compiled(reader: _Reader, checks: set[str]) -> Compiled:
    reader.check(_RULE_KEYS, _REQUIRED)
    values = reader.values
    if not re.fullmatch(r"[A-Z]{4}-\d{3}", values["id"]):
        raise reader.error("id", f"'{values['id']}' is not a rule id such as HYPE-001")
    if values["trust"] not in ("high", "medium", "low"):
        raise reader.error("trust", f"trust is high, medium or low, not '{values['trust']}'")
    check = values.get("check", "")
    if check and check not in checks:
        raise reader.error("check", f"there is no check '{check}'{_hint(check, checks)}")
    groups = [] if check else list(_groups(reader))
    levels = [_severity(reader, values["severity"]), *(group["severity"] for group in groups)]
    return {
        **{key: values[key] for key in ("id", "name", "trust")},
        **{key: values[key].strip() for key in ("why", "help", "message")},
        "severity": max(max(level.values()) for level in (levels[1:] or levels)),
        "sources": values["sources"],
        "examples": list(_examples(reader)),
        "profiles": values.get("profiles", {}),
        "check": check,
        "groups": groups,
    }


def _examples(reader: _Reader) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
    examples = reader.values["examples"]
    for key, fires in (("fires", True), ("silent", False)):
        texts = examples.get(key)
        if not isinstance(texts, list) or not texts:
            raise reader.error(
                "examples", f"rule {reader.values['id']} has no example that {'fires' if fires else 'stays silent'}"
            )
        for item in texts:
            example = item if isinstance(item, dict) else {"text": item}
            text = example.get("text", "")
            if ("<<" in text) != fires:
                raise reader.error("examples", f"mark what fires with << >>, and nothing else: '{text}'")
            yield text, fires, tuple(example.get("formats", ("md", "txt", "html")))
    for key in examples.keys() - {"fires", "silent"}:
        raise reader.error("examples", f"unknown key '{key}'{_hint(key, ('fires', 'silent'))}")


def _groups(reader: _Reader) -> Iterator[Compiled]:
    shared = {key: reader.values[key] for key in _GROUP_KEYS if key in reader.values}
    for group in reader.values.get("groups", [{}]):
        for key in group:
            if key not in _GROUP_KEYS:
                raise reader.error("groups", f"unknown key '{key}' in a group{_hint(key, _GROUP_KEYS)}")
        yield _compiled_group(reader, {**shared, **group})


def _compiled_group(reader: _Reader, values: dict[str, Any]) -> Compiled:
    if not values.get("phrases"):
        raise reader.error("phrases", f"rule {reader.values['id']} has no 'phrases'")
    for key, known in (("guards", GUARDS), ("softeners", GUARDS), ("in", set(Segment))):
        for name in values.get(key, ()):
            if name not in known:
                raise reader.error(key, f"'{key}' knows no '{name}'{_hint(name, known)}")
    return {
        **{key: _phrases(reader, key, values.get(key, [])) for key in ("phrases", "unless", "beside")},
        "in": tuple(values.get("in", _EVERYWHERE)),
        "guards": tuple(values.get("guards", ())),
        "softeners": tuple(values.get("softeners", ())),
        "severity": _severity(reader, values["severity"]),
    }


def _phrases(reader: _Reader, key: str, phrases: list[str]) -> Any:
    try:
        return compile_phrases((phrase, number) for number, phrase in enumerate(phrases)) if phrases else ({}, [])
    except PhraseError as error:
        raise reader.error(key, str(error)) from error


def _severity(reader: _Reader, value: str | dict[str, str]) -> dict[str, int]:
    by_place = {"body": value} if isinstance(value, str) else value
    for place, word in by_place.items():
        if place not in PLACES or word.upper() not in Severity.__members__:
            raise reader.error("severity", f"'{place}: {word}' is not a place with info, warning or error")
    return {place: int(Severity[word.upper()]) for place, word in by_place.items()}
