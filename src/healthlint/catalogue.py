"""The rules there are, and finding them by id, name or family.

`packs` are those of a configuration, in its order: rules that do not come with healthlint. Each is read once in a
process (see `forget`).
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from healthlint import checks
from healthlint import packs as rule_packs
from healthlint.rule import Rule
from healthlint.strict import hint

if TYPE_CHECKING:
    from healthlint.wordsets import WordSet

Packs = tuple[str, ...]


class UnknownRule(ValueError):
    """A word that is no rule's id, name or family; the message is for the user."""


@functools.cache
def builtin_rules() -> tuple[Rule, ...]:
    """All rules that come with healthlint, by id. Raises strict.Mistake."""
    return rule_packs.builtin(checks.CHECKS)


def rules(packs: Packs = ()) -> tuple[Rule, ...]:
    """All rules, by id. Raises strict.Mistake for a mistake in a pack and packs.UnknownPack for one that is missing."""
    return _with_packs(packs)[0] if packs else builtin_rules()


def word_sets(packs: Packs) -> tuple[WordSet, ...]:
    """The word sets that the packs bring. Raises as `rules` does."""
    return _with_packs(packs)[1] if packs else ()


@functools.cache
def _with_packs(packs: Packs) -> tuple[tuple[Rule, ...], tuple[WordSet, ...]]:
    above = rules(packs[:-1])
    taken = {word: f"{rule.pack}:{rule.line}" if rule.pack else "" for rule in above for word in (rule.id, rule.name)}
    own, sets = rule_packs.load_pack(rule_packs.locate(packs[-1]), taken)
    return tuple(sorted((*above, *own), key=lambda rule: rule.id)), (*word_sets(packs[:-1]), *sets)


def forget() -> None:
    """Read packs anew when they are asked for again."""
    _with_packs.cache_clear()
    _by_word.cache_clear()


@functools.cache
def _by_word(packs: Packs) -> dict[str, tuple[str, ...]]:
    by_word: dict[str, tuple[str, ...]] = {}
    for rule in rules(packs):
        by_word[rule.id] = by_word[rule.name] = (rule.id,)
        by_word[rule.family] = (*by_word.get(rule.family, ()), rule.id)
    return by_word


def ids(word: str, packs: Packs = ()) -> tuple[str, ...]:
    """The ids of the rules that a word names: an id, a name or a family, in any case. Raises UnknownRule."""
    known = _by_word(packs)
    found = known.get(word) or known.get(word.upper()) or known.get(word.lower())
    if not found:
        near = hint(word, known) or "; 'healthlint rules' lists them"
        raise UnknownRule(f"no rule is called '{word}'{near}")
    return found


def find(word: str, packs: Packs = ()) -> Rule:
    """The rule with this id or name. Raises UnknownRule."""
    named = [rule for rule in rules(packs) if rule.id in ids(word, packs)]
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
