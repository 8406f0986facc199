"""The rules there are, and finding them by id, name or family."""

from __future__ import annotations

import functools
from typing import Any

from healthlint import checks, packs
from healthlint.config import LEVELS, PROFILES
from healthlint.rule import Rule
from healthlint.strict import Mistake, hint


class UnknownRule(ValueError):
    """A word that is no rule's id, name or family; the message is for the user."""


@functools.cache
def builtin_rules() -> tuple[Rule, ...]:
    """All rules that come with healthlint, by id. Raises strict.Mistake."""
    rules = packs.builtin(checks.CHECKS)
    for rule in rules:
        for profile, level in rule.profiles.items():
            if profile not in PROFILES or level not in LEVELS:
                known = (*PROFILES, *LEVELS)
                raise Mistake(f"rule {rule.id}: unknown profile or severity '{profile}: {level}', not of {known}")
    return rules


@functools.cache
def _by_word() -> dict[str, tuple[str, ...]]:
    by_word: dict[str, tuple[str, ...]] = {}
    for rule in builtin_rules():
        by_word[rule.id] = by_word[rule.name] = (rule.id,)
        by_word[rule.family] = (*by_word.get(rule.family, ()), rule.id)
    return by_word


def ids(word: str) -> tuple[str, ...]:
    """The ids of the rules that a word names: an id, a name or a family, in any case. Raises UnknownRule."""
    found = _by_word().get(word) or _by_word().get(word.upper()) or _by_word().get(word.lower())
    if not found:
        near = hint(word, _by_word()) or "; 'healthlint rules' lists them"
        raise UnknownRule(f"no rule is called '{word}'{near}")
    return found


def find(word: str) -> Rule:
    """The rule with this id or name. Raises UnknownRule."""
    named = [rule for rule in builtin_rules() if rule.id in ids(word)]
    if len(named) > 1 or not named:
        raise UnknownRule(f"'{word}' is a family of {len(named)} rules; 'healthlint rules' lists them")
    return named[0]


def parameters(rule: Rule) -> dict[str, Any]:
    """The options of a rule, the keyword-only parameters of its check, each with its type."""
    import inspect
    import typing

    keywords = [p for p in inspect.signature(rule.check).parameters.values() if p.kind is p.KEYWORD_ONLY]
    if not keywords:
        return {}
    hints = typing.get_type_hints(rule.check)
    return {p.name: hints.get(p.name, type(p.default)) for p in keywords}
