"""From rule packs to rules: those that come with healthlint, prepared or read, and those of a user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from healthlint import tables
from healthlint.analysis.segments import Segment
from healthlint.lexicon import Lexicon
from healthlint.patterns import Group, phrase_check
from healthlint.phrases import Phrases, labelled
from healthlint.rule import Check, Example, Rule, Severity


def builtin(checks: Mapping[str, Check]) -> tuple[Rule, ...]:
    """The rules that come with healthlint, by id; prepared when the package was built, else read from their files.

    Raises strict.Mistake.
    """
    prepared = tables.prepared("rules")
    return load(_own(), checks) if prepared is None else tuple(_rule(values, checks) for values in prepared)


def load(paths: Iterable[Path], checks: Mapping[str, Check]) -> tuple[Rule, ...]:
    """The rules of some packs, by id; `checks` are the functions that a rule may name. Raises strict.Mistake."""
    return tuple(_rule(values, checks) for values in _read(paths, checks, tables.lexicon()))


def prepare(checks: Mapping[str, Check], *, checkout: bool = False) -> bytes:
    """The rules and tables that come with healthlint in a form that loads fast; for a package that is being built.

    In a `checkout` it serves as long as nobody edits what it is made from. Raises strict.Mistake.
    """
    lexicon, numbers = tables.compiled()
    rules = _read(_own(), checks, lexicon)
    state = tables.files_state(tables.rules_folder()) if checkout else None
    return tables.prepare(lexicon, numbers, rules, state)


def _own() -> list[Path]:
    return sorted(tables.rules_folder().glob("*.yaml"))


def _read(paths: Iterable[Path], checks: Mapping[str, Check], lexicon: Lexicon) -> list[dict[str, Any]]:
    """Rules as plain values, with the numbers of their sets of phrases in the lexicon."""
    from healthlint import packfile  # not needed where rules are prepared

    rules = packfile.read(paths, checks)
    for group in (group for rule in rules for group in rule["groups"]):
        for key in ("phrases", "unless", "beside"):
            group[key] = lexicon.add(labelled(group[key])) if group[key] else None
    return rules


def _rule(values: dict[str, Any], checks: Mapping[str, Check]) -> Rule:
    groups = tuple(_group(group) for group in values["groups"])
    return Rule(
        **{key: values[key] for key in ("id", "name", "trust", "why", "help", "message", "profiles")},
        severity=Severity(values["severity"]),
        sources=tuple(values["sources"]),
        examples=tuple(Example(*example) for example in values["examples"]),
        check=checks[values["check"]] if values["check"] else phrase_check(groups),
    )


def _group(values: dict[str, Any]) -> Group:
    return Group(
        Phrases(tables.lexicon(), values["phrases"]),
        _optional(values["unless"]),
        _optional(values["beside"]),
        frozenset(Segment(place) for place in values["in"]),
        values["guards"],
        values["softeners"],
        {place: Severity(level) for place, level in values["severity"].items()},
    )


def _optional(number: int | None) -> Phrases | None:
    return None if number is None else Phrases(tables.lexicon(), number)
