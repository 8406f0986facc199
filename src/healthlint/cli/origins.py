"""Where each setting for an article comes from: `file:line`, the command line, or what healthlint does by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from healthlint import catalogue, engine
from healthlint.catalogue import Packs, ids
from healthlint.config import Config, Override, matches
from healthlint.configfile import content
from healthlint.namedtuples import NamedTuple
from healthlint.rule import Rule, Severity
from healthlint.strict import Value

DEFAULT, COMMAND_LINE = "default", "command line"


class Setting(NamedTuple):
    """A setting as it holds for an article, and where it comes from."""

    key: str
    value: Any
    origin: str


class RuleSetting(NamedTuple):
    """Whether a rule is on for an article, with which severity at most and which options, and where that comes from."""

    rule: Rule
    severity: Severity | None
    options: dict[str, Any]
    origin: str


class _Step(NamedTuple):
    chosen: Override
    values: dict[str, Value]
    on_command_line: bool = False

    def origin(self, key: str) -> str:
        value = self.values.get(key)
        return COMMAND_LINE if self.on_command_line else place(value) if value else DEFAULT


class _State(NamedTuple):
    severity: Severity | None
    options: dict[str, Any]


def place(value: Value) -> str:
    """Where a value stands, `path:line`."""
    return f"{value.path}:{value.line}"


def settings(config: Config, path: str, *, day_given: bool) -> Iterator[Setting]:
    """All settings but those of rules, in the order of the documentation. Raises strict.Mistake."""
    root = _root(config)
    steps = _steps(config, path, root)
    for key in ("profile", "jurisdiction"):
        step = next(step for step in reversed(steps) if getattr(step.chosen, key))
        yield Setting(key, getattr(step.chosen, key), step.origin(key))
    yield Setting("as_of", config.day.isoformat(), COMMAND_LINE if day_given else "today")
    first = steps[0]
    yield Setting("packs", list(config.packs), first.origin("packs"))
    for key in ("fail_on", "max_warnings", "baseline", "disclaimer"):
        yield Setting(key, getattr(config, key) or None, first.origin(key))
    yield Setting("exclude", list(config.exclude), first.origin("exclude"))
    yield Setting("excluded", config.excludes(path), first.origin("exclude") if config.excludes(path) else DEFAULT)
    values = first.values["front_matter"].mapping() if "front_matter" in first.values else {}
    for part, keys in config.front_matter:
        yield Setting(f"front_matter.{part}", list(keys), place(values[part]))
    for let in config.allowed(path):
        yield Setting("suppressions", [*let.allow], let.place)


def rules(config: Config, path: str) -> list[RuleSetting]:
    """All rules by id. Their origin is what changed them last. Raises strict.Mistake."""
    default = Config()
    origins = dict.fromkeys((rule.id for rule in catalogue.rules(config.packs)), DEFAULT)
    steps = _steps(config, path, _root(config))
    before = _states([Override(profile=default.profile, jurisdiction=default.jurisdiction)], config.packs)
    for number, step in enumerate(steps, 1):
        now = _states([s.chosen for s in steps[:number]], config.packs)
        for rule_id in origins:
            if now[rule_id] != before[rule_id]:
                changed = now[rule_id].options != before[rule_id].options
                origins[rule_id] = _cause(step, rule_id, now[rule_id], changed, config.packs)
        before = now
    return [RuleSetting(rule, *before[rule.id], origins[rule.id]) for rule in catalogue.rules(config.packs)]


def _root(config: Config) -> dict[str, Value]:
    root = content(config.path) if config.path else None
    return root.content if root and isinstance(root.content, dict) else {}


def _steps(config: Config, path: str, root: dict[str, Value]) -> list[_Step]:
    """The settings step by step as `Config.steps` gives them, each with its values in the file."""
    own, *_ = config.steps(path)
    steps = [_Step(own, root)]
    items = root["overrides"].items() if "overrides" in root else []
    for number, override in enumerate(config.overrides):
        if not override.files:
            steps.append(_Step(override, {}, on_command_line=True))
        elif matches(override.files, config.relative(path)):
            steps.append(_Step(override, items[number].mapping()))
    return steps


def _states(steps: Iterable[Override], packs: Packs) -> dict[str, _State]:
    active = {on.rule.id: on for on in engine.active_rules(tuple(step._replace(files=()) for step in steps), packs)}
    return {rule.id: _state(active.get(rule.id)) for rule in catalogue.rules(packs)}


def _state(on: engine.Active | None) -> _State:
    return _State(on.level, dict(getattr(on.check, "keywords", {}))) if on else _State(None, {})


def _cause(step: _Step, rule_id: str, now: _State, options_changed: bool, packs: Packs) -> str:
    """The line of the step that made the rule what it is after it."""
    if step.on_command_line:
        return COMMAND_LINE
    named = [*_named(step.values, "rules", rule_id, packs)] if options_changed else []
    levels = _named(step.values, "severities", rule_id, packs)
    named += [value for value in levels if (value.text() == "off") == (now.severity is None)]
    if now.severity is None:
        named += _named(step.values, "ignore", rule_id, packs)
    keys = (step.values[key] for key in ("select", "profile") if key in step.values)
    return place(next(iter([*named, *keys])))


def _named(values: dict[str, Value], key: str, rule_id: str, packs: Packs) -> list[Value]:
    """The entries below a key that name the rule, those that name it alone first."""
    if key not in values:
        return []
    value = values[key]
    pairs = value.content.items() if isinstance(value.content, dict) else ((v.text(), v) for v in value.texts())
    found = [(len(ids(word, packs)), entry) for word, entry in pairs if rule_id in ids(word, packs)]
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]
