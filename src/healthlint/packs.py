"""From rule packs to rules: those that come with healthlint, prepared or read, and those of a user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from healthlint import tables
from healthlint.analysis.segments import Segment
from healthlint.patterns import Group, phrase_check
from healthlint.phrases import Phrases
from healthlint.rule import Check, Example, Rule, Severity


def builtin(checks: Mapping[str, Check]) -> tuple[Rule, ...]:
    """The rules that come with healthlint, by id; prepared when the package was built, else read from their files.

    Raises strict.Mistake.
    """
    prepared = tables.prepared("rules")
    if prepared is None:
        return load(sorted(tables.rules_folder().glob("*.yaml")), checks)
    return tuple(_rule(values, checks) for values in prepared)


def load(paths: Iterable[Path], checks: Mapping[str, Check]) -> tuple[Rule, ...]:
    """The rules of some packs, by id; `checks` are the functions that a rule may name. Raises strict.Mistake."""
    from healthlint import packfile  # not needed where rules are prepared

    return tuple(_rule(values, checks) for values in packfile.read(paths, checks))


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
        Phrases(values["phrases"]),
        Phrases(values["unless"]),
        Phrases(values["beside"]) if any(values["beside"]) else None,
        frozenset(Segment(place) for place in values["in"]),
        values["guards"],
        values["softeners"],
        {place: Severity(level) for place, level in values["severity"].items()},
    )
