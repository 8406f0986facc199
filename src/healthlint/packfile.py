"""Rule packs: YAML files of rules, read strictly and compiled to plain values.

A mistake in a pack is told as `file:line: what is wrong, and a hint`; a rule without examples that fire and examples
that stay silent is a mistake.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from healthlint import wordsets
from healthlint.analysis.guards import GUARDS
from healthlint.analysis.segments import Segment
from healthlint.patterns import PLACES
from healthlint.rule import LEVELS, PROFILES, Severity
from healthlint.strict import Value, hint, read_yaml

Compiled = dict[str, Any]
"""A rule as dictionaries, lists and tuples of texts and numbers, which `marshal` can store."""

FORMATS = ("md", "txt", "html")
"""The formats in which an example is run."""

BUILT_IN = ""
"""The place of the rules that come with healthlint, where packs must not take their ids and names."""

REQUIRED = ("id", "name", "severity", "trust", "why", "help", "message", "sources", "examples")
_PHRASES = ("phrases", "unless", "beside")
_OF_PHRASES = (*_PHRASES, "keep", "in", "guards", "softeners")
GROUP_KEYS = (*_OF_PHRASES, "severity")
KEYS = (*REQUIRED, *_OF_PHRASES, "groups", "check", "profiles")
_EVERYWHERE = (Segment.TITLE, Segment.HEADING, Segment.LEAD, Segment.BODY, Segment.LIST)
_ID = re.compile(r"[A-Z]{4}-\d{3}")
NAME = re.compile(r"(?![a-z]{4}-\d{3}$)[a-z][a-z0-9]*(-[a-z0-9]+)+")


def read(
    paths: Iterable[Path],
    checks: Iterable[str],
    *,
    taken: Mapping[str, str] = {},
    sets: Mapping[str, str] = {},
) -> list[Compiled]:
    """The rules of some packs, by id. Raises strict.Mistake, also for an id or a name that stands twice.

    `checks` are the functions in Python that a rule may name. `taken` are the ids and names of other rules, each with
    its place (`path:line`, or `BUILT_IN`); `sets` are word sets of the packs' own (see `wordsets`).
    """
    found: dict[str, Compiled] = {}
    places = dict(taken)
    known = tuple(checks)
    for path in paths:
        for value in _rules_of(path):
            rule = _compiled(value, known, sets)
            for key in ("id", "name"):
                if rule[key] in places:
                    raise _clash(value, key, rule, places[rule[key]])
                places[rule[key]] = f"{value.path}:{value.line}"
            found[rule["id"]] = rule
    return [found[key] for key in sorted(found)]


def _clash(value: Value, key: str, rule: Compiled, place: str) -> Exception:
    at = value.mapping()[key]
    if place == BUILT_IN:
        other = f"take letters of your own, such as ACME{rule['id'][4:]}" if key == "id" else "take another name"
        return at.mistake(f"'{rule[key]}' is the {key} of a rule that comes with healthlint; {other}")
    return at.mistake(f"'{rule[key]}' is the {key} of another rule, too: {place}")


def _rules_of(path: Path) -> Sequence[Value]:
    root = read_yaml(path)
    if root is None or isinstance(root.content, str | dict):
        root = root or Value(str(path), 1, "the file", "")
        raise root.mistake("a rule pack is a list of rules, each beginning with '- id: ...'")
    for value in root.items():
        if not isinstance(value.content, dict):
            raise value.mistake("a rule is a mapping that begins with '- id: ...'")
    return root.items()


def _compiled(value: Value, checks: Sequence[str], sets: Mapping[str, str]) -> Compiled:
    keys = value.mapping(KEYS)
    for key in REQUIRED:
        if key not in keys or not keys[key].content:
            raise value.mistake(f"'{key}' is missing in rule {keys['id'].text() if 'id' in keys else '?'}")
    if not _ID.fullmatch(keys["id"].text()):
        raise keys["id"].mistake(f"'{keys['id'].text()}' is not a rule id such as HYPE-001")
    if not NAME.fullmatch(keys["name"].text()):
        raise keys["name"].mistake(f"'{keys['name'].text()}' is not a name of small words with hyphens: miracle-cure")
    check = _check(keys, checks) if "check" in keys else ""
    groups = [] if check else list(_groups(value, keys, sets))
    levels = [group["severity"] for group in groups] or [_severity(keys["severity"])]
    profiles = keys["profiles"].mapping(PROFILES) if "profiles" in keys else {}
    return {
        "id": keys["id"].text(),
        "name": keys["name"].text(),
        "trust": keys["trust"].choice(("high", "medium", "low")),
        "message": _message(keys["message"], check),
        **{key: keys[key].text().strip() for key in ("why", "help")},
        "severity": max(max(level.values()) for level in levels),
        "sources": [source.text() for source in keys["sources"].texts()],
        "examples": list(_examples(keys["examples"])),
        "profiles": {profile: level.choice(LEVELS) for profile, level in profiles.items()},
        "check": check,
        "groups": groups,
        "line": value.line,
    }


def _check(keys: Mapping[str, Value], checks: Sequence[str]) -> str:
    for key in ("phrases", "groups"):
        if key in keys:
            raise keys[key].mistake(f"a rule has either '{key}' or a 'check'")
    if not checks:
        raise keys["check"].mistake(
            "'check' names a function in Python, which only an installed package may bring: whoever lints a folder"
            " must not run code that lies in it"
        )
    return keys["check"].choice(checks)


def _message(value: Value, check: str) -> str:
    """The message, whose placeholders are plain names; phrases fill in `match` alone."""
    text = value.text().strip()
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as error:
        raise value.mistake("a brace stands alone in the message; write '{{' or '}}' for one brace") from error
    for _, field, form, conversion in parts:
        if field is not None and (form or conversion or not (field.isidentifier() if check else field == "match")):
            raise value.mistake(f"the message knows no '{{{field}}}', only '{{match}}', the words that were found")
    return text


def _examples(value: Value) -> Iterator[tuple[str, bool, tuple[str, ...], int]]:
    examples = value.mapping(("fires", "silent"))
    for key, fires in (("fires", True), ("silent", False)):
        if key not in examples or not examples[key].items():
            raise value.mistake(f"there is no example that {'fires' if fires else 'stays silent'}")
        for item in examples[key].items():
            keys = item.mapping(("text", "formats")) if isinstance(item.content, dict) else {"text": item}
            if "text" not in keys:
                raise item.mistake("'text' is missing in an example")
            text = keys["text"].text()
            if ("<<" in text) != fires or text.count("<<") != text.count(">>"):
                raise item.mistake(f"mark what fires with << >>, and nothing else: '{text}'")
            formats = tuple(f.choice(FORMATS) for f in keys["formats"].texts()) if "formats" in keys else FORMATS
            yield text, fires, formats, item.line


def _groups(value: Value, keys: dict[str, Value], sets: Mapping[str, str]) -> Iterator[Compiled]:
    shared = {key: keys[key] for key in GROUP_KEYS if key in keys}
    own = keys["groups"].items() if "groups" in keys else [value._replace(content={})]
    for group in own:
        yield _group(group, {**shared, **group.mapping(GROUP_KEYS)}, sets)


def _group(value: Value, keys: dict[str, Value], sets: Mapping[str, str]) -> Compiled:
    if "phrases" not in keys or not keys["phrases"].texts():
        raise value.mistake("'phrases' are missing")
    return {
        **{key: _phrases(keys.get(key), sets) for key in (*_PHRASES, "keep")},
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


def _phrases(value: Value | None, sets: Mapping[str, str]) -> list[str]:
    return [wordsets.phrase(text, sets) for text in (value.texts() if value else [])]


def _severity(value: Value) -> dict[str, int]:
    by_place = value.mapping(PLACES) if isinstance(value.content, dict) else {"body": value}
    return {
        place: int(Severity[level.choice(("info", "warning", "error")).upper()]) for place, level in by_place.items()
    }


def phrase_texts(path: Path, sets: Mapping[str, str]) -> Iterator[tuple[str, str, Value, str]]:
    """The phrases of a pack that can be read, as they are written: rule, key (`phrases`, `unless`...), text, compiled.

    A phrase that several groups share comes once for each.
    """
    for value in _rules_of(path):
        keys = value.mapping()
        shared = {key: keys[key] for key in _PHRASES if key in keys}
        for group in keys["groups"].items() if "groups" in keys else [value._replace(content={})]:
            merged = {**shared, **group.mapping()}
            for key in _PHRASES:
                for text in merged[key].texts() if key in merged else ():
                    yield keys["id"].text(), key, text, wordsets.phrase(text, sets)
