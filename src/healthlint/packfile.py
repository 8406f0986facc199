"""Rule packs: YAML files of rules, read strictly and compiled to plain values.

A mistake in a pack is told as `file:line: what is wrong, and a hint`; a rule without examples that fire and examples
that stay silent is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from healthlint.analysis.guards import GUARDS
from healthlint.analysis.segments import Segment
from healthlint.grammar import PhraseError, sequences
from healthlint.patterns import PLACES
from healthlint.rule import Severity
from healthlint.strict import Value, hint, read_yaml

Compiled = dict[str, Any]
"""A rule as dictionaries, lists and tuples of texts and numbers, which `marshal` can store."""

FORMATS = ("md", "txt", "html")
"""The formats in which an example is run."""

REQUIRED = ("id", "name", "severity", "trust", "why", "help", "message", "sources", "examples")
_OF_PHRASES = ("phrases", "unless", "beside", "in", "guards", "softeners")
GROUP_KEYS = (*_OF_PHRASES, "severity")
KEYS = (*REQUIRED, *_OF_PHRASES, "groups", "check", "profiles")
_EVERYWHERE = (Segment.TITLE, Segment.HEADING, Segment.LEAD, Segment.BODY, Segment.LIST)


def read(paths: Iterable[Path], checks: Iterable[str]) -> list[Compiled]:
    """The rules of some packs, by id. Raises strict.Mistake, also for an id or a name that stands twice."""
    found: dict[str, Compiled] = {}
    taken: set[str] = set()
    known = tuple(checks)
    for path in paths:
        for value in _rules_of(path):
            rule = _compiled(value, known)
            for key in (rule["id"], rule["name"]):
                if key in taken:
                    raise value.mistake(f"'{key}' is the id or name of another rule, too")
                taken.add(key)
            found[rule["id"]] = rule
    return [found[key] for key in sorted(found)]


def _rules_of(path: Path) -> Sequence[Value]:
    root = read_yaml(path)
    if root is None or isinstance(root.content, str | dict):
        root = root or Value(str(path), 1, "the file", "")
        raise root.mistake("a rule pack is a list of rules, each beginning with '- id: ...'")
    for value in root.items():
        if not isinstance(value.content, dict):
            raise value.mistake("a rule is a mapping that begins with '- id: ...'")
    return root.items()


def _compiled(value: Value, checks: Sequence[str]) -> Compiled:
    keys = value.mapping(KEYS)
    for key in REQUIRED:
        if key not in keys or not keys[key].content:
            raise value.mistake(f"'{key}' is missing in rule {keys['id'].text() if 'id' in keys else '?'}")
    if not re.fullmatch(r"[A-Z]{4}-\d{3}", keys["id"].text()):
        raise keys["id"].mistake(f"'{keys['id'].text()}' is not a rule id such as HYPE-001")
    check = keys["check"].choice(checks) if "check" in keys else ""
    groups = [] if check else list(_groups(value, keys))
    levels = [group["severity"] for group in groups] or [_severity(keys["severity"])]
    profiles = keys["profiles"].mapping() if "profiles" in keys else {}
    return {
        "id": keys["id"].text(),
        "name": keys["name"].text(),
        "trust": keys["trust"].choice(("high", "medium", "low")),
        **{key: keys[key].text().strip() for key in ("why", "help", "message")},
        "severity": max(max(level.values()) for level in levels),
        "sources": [source.text() for source in keys["sources"].texts()],
        "examples": list(_examples(keys["examples"])),
        "profiles": {profile: level.text() for profile, level in profiles.items()},
        "check": check,
        "groups": groups,
    }


def _examples(value: Value) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
    examples = value.mapping(("fires", "silent"))
    for key, fires in (("fires", True), ("silent", False)):
        if key not in examples or not examples[key].items():
            raise value.mistake(f"there is no example that {'fires' if fires else 'stays silent'}")
        for item in examples[key].items():
            whole = isinstance(item.content, dict)
            text = item.mapping(("text", "formats"))["text"].text() if whole else item.text()
            if ("<<" in text) != fires:
                raise item.mistake(f"mark what fires with << >>, and nothing else: '{text}'")
            formats = item.mapping().get("formats") if whole else None
            yield text, fires, tuple(f.choice(FORMATS) for f in formats.texts()) if formats else FORMATS


def _groups(value: Value, keys: dict[str, Value]) -> Iterator[Compiled]:
    shared = {key: keys[key] for key in GROUP_KEYS if key in keys}
    own = keys["groups"].items() if "groups" in keys else [value._replace(content={})]
    for group in own:
        yield _group(group, {**shared, **group.mapping(GROUP_KEYS)})


def _group(value: Value, keys: dict[str, Value]) -> Compiled:
    if "phrases" not in keys:
        raise value.mistake("'phrases' are missing")
    return {
        **{key: _phrases(keys.get(key)) for key in ("phrases", "unless", "beside")},
        "in": _words(keys.get("in"), list(Segment)) or tuple(place.value for place in _EVERYWHERE),
        "guards": _words(keys.get("guards"), list(GUARDS)),
        "softeners": _words(keys.get("softeners"), list(GUARDS)),
        "severity": _severity(keys["severity"]),
    }


def _words(value: Value | None, known: Iterable[str]) -> tuple[str, ...]:
    words = value.texts() if value else []
    for word in words:
        if word.text() not in known:
            raise word.mistake(f"'{word.name}' knows no '{word.text()}'{hint(word.text(), known)}")
    return tuple(word.text() for word in words)


def _phrases(value: Value | None) -> list[str]:
    return [_checked(phrase) for phrase in (value.texts() if value else [])]


def _checked(phrase: Value) -> str:
    try:
        sequences(phrase.text())
    except PhraseError as error:
        raise phrase.mistake(str(error)) from error
    return phrase.text()


def _severity(value: Value) -> dict[str, int]:
    by_place = value.mapping(PLACES) if isinstance(value.content, dict) else {"body": value}
    return {
        place: int(Severity[level.choice(("info", "warning", "error")).upper()]) for place, level in by_place.items()
    }
