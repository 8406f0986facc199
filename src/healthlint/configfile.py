"""Configuration files: finding the one that governs an article, and reading it strictly."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterator
from typing import Any

from healthlint import catalogue, packs
from healthlint.analysis.about import PARTS
from healthlint.checks.anchors import disclaims
from healthlint.config import JURISDICTIONS, LEVELS, PROFILES, THRESHOLDS, Config, Override, Suppression, is_pattern
from healthlint.formats import parse
from healthlint.rule import Rule, Setting
from healthlint.strict import Mistake, Value, hint, read_toml, read_yaml
from healthlint.text import Source

NAMES = ("healthlint.yaml", ".healthlint.yaml", "healthlint.yml", ".healthlint.yml", "pyproject.toml")
"""In one folder the first of these wins; a pyproject.toml without `[tool.healthlint]` is passed over."""
_TABLE = ("tool", "healthlint")
_STEP_KEYS = ("select", "ignore", "profile", "jurisdiction", "severities", "rules")
KEYS = (
    *(*_STEP_KEYS, "packs", "overrides", "exclude", "suppressions", "baseline", "disclaimer", "front_matter"),
    *("fail_on", "max_warnings"),
)
"""What a configuration file may hold."""


class Configs:
    """Gives each article its configuration: that of the nearest file, looked for from its folder upwards.

    The search ends at the folder that holds `.git`, or at the root. `file` is used for every article instead, and
    `isolated` reads none. Every configuration goes through `adjust`: what the command line says. Each file is read
    once.
    """

    def __init__(self, adjust: Callable[[Config], Config], *, file: str = "", isolated: bool = False) -> None:
        self._adjust = adjust
        self._by_folder: dict[str, Config] = {}
        self._fixed = adjust(read(file)) if file else adjust(Config()) if isolated else None

    def __call__(self, path: str) -> Config:
        """The configuration for the file at `path`. Raises Mistake."""
        if self._fixed is not None:
            return self._fixed
        return self._of(os.path.dirname(os.path.abspath(path)))

    def _of(self, folder: str) -> Config:
        config = self._by_folder.get(folder)
        if config is None:
            config = self._by_folder[folder] = self._here(folder) or self._above(folder)
        return config

    def _here(self, folder: str) -> Config | None:
        for name in NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name != "pyproject.toml" or _has_table(path)):
                return self._adjust(read(_shown(path)))
        return None

    def _above(self, folder: str) -> Config:
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return self._adjust(Config())
        return self._of(above)


def _shown(path: str) -> str:
    """The path as a user would write it: relative if it lies below the current folder."""
    here = os.path.join(os.getcwd(), "")
    return path[len(here) :] if path.startswith(here) else path


def _has_table(path: str) -> bool:
    """Whether a pyproject.toml has our table; one that does not even name us need not be valid."""
    from pathlib import Path  # not needed where no configuration is read

    return b"healthlint" in Path(path).read_bytes() and read_toml(Path(path), _TABLE) is not None


def content(path: str) -> Value | None:
    """What stands in the file, each value with its line, or None if it says nothing. Raises Mistake."""
    try:
        from pathlib import Path

        return read_toml(Path(path), _TABLE) if path.endswith(".toml") else read_yaml(Path(path))
    except OSError as error:
        raise Mistake(f"{path} cannot be read: {error.strerror}") from error


def read(path: str) -> Config:
    """The configuration in a YAML file, or in the table `[tool.healthlint]` of a TOML file.

    Raises Mistake for anything that is wrong with it.
    """
    root = content(path)
    if root is None or root.content == "":
        return Config(path=path)
    values = root.mapping(KEYS)
    config = Config(path=path, packs=_packs(values["packs"]) if "packs" in values else ())
    config = config._replace(**_step(values, config.packs))
    if "fail_on" in values:
        config = config._replace(fail_on=values["fail_on"].choice(THRESHOLDS))
    if "max_warnings" in values:
        config = config._replace(max_warnings=_count(values["max_warnings"]))
    if "exclude" in values:
        config = config._replace(exclude=_patterns(values["exclude"]))
    if "overrides" in values:
        config = config._replace(overrides=tuple(_override(item, config.packs) for item in values["overrides"].items()))
    if "suppressions" in values:
        config = config._replace(
            suppressions=tuple(_suppression(item, config.packs) for item in values["suppressions"].items())
        )
    if "baseline" in values:
        config = config._replace(baseline=os.path.join(os.path.dirname(path), values["baseline"].text()))
    if "disclaimer" in values:
        config = config._replace(disclaimer=_disclaimer(values["disclaimer"]))
    if "front_matter" in values:
        config = config._replace(front_matter=tuple(_own_keys(values["front_matter"])))
    return config


def _packs(value: Value) -> catalogue.Packs:
    """The packs; files and folders are relative to the folder of the configuration file."""
    found: catalogue.Packs = ()
    for item in value.texts():
        name = item.text()
        found = (*found, os.path.join(os.path.dirname(item.path), name) if packs.is_path(name) else name)
        try:
            catalogue.rules(found)
        except packs.UnknownPack as error:
            raise item.mistake(str(error)) from error
        except OSError as error:
            raise item.mistake(f"the pack '{name}' cannot be read: {error.strerror}") from error
    return found


def _override(item: Value, packs: catalogue.Packs) -> Override:
    values = item.mapping(("files", *_STEP_KEYS))
    if "files" not in values:
        raise item.mistake("an override says for which 'files' it holds, for example files: [\"news/**\"]")
    return Override(files=_patterns(values["files"]), **_step(values, packs))


def _suppression(item: Value, packs: catalogue.Packs) -> Suppression:
    from healthlint.suppressions import parse_date, parse_words

    values = item.mapping(("allow", "files", "until", "reason"))
    for key, example in (("allow", "allow: HYPE-001"), ("reason", "reason: the name of a trial")):
        if key not in values:
            raise item.mistake(f"a suppression has '{key}', for example {example}")
    allow = values["allow"].texts()
    if not allow:
        raise values["allow"].mistake("'allow' names no rule")
    for text in allow:
        try:
            parse_words(text.text(), packs)
        except ValueError as error:
            raise text.mistake(str(error)) from error
    until = None
    if "until" in values:
        try:
            until = parse_date(values["until"].text())
        except ValueError as error:
            raise values["until"].mistake(str(error)) from error
    reason = values["reason"].text().strip()
    files = _patterns(values["files"]) if "files" in values else ()
    return Suppression(tuple(text.text() for text in allow), reason, files, until, f"{item.path}:{item.line}")


def _own_keys(value: Value) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part, keys in value.mapping(PARTS).items():
        yield part, tuple(key.text() for key in keys.texts())


def _disclaimer(value: Value) -> str:
    """The text; DISC-001 must know it for a disclaimer, or it would be added again and again."""
    text = " ".join(value.text().split())
    if not disclaims(parse(Source("article.txt", text))):
        raise value.mistake(
            "the disclaimer says neither that the text is general information nor that it does not replace advice"
        )
    return text


def _step(values: dict[str, Value], packs: catalogue.Packs) -> dict[str, Any]:
    readers: dict[str, Callable[[Value], Any]] = {
        "select": lambda value: tuple(_known(item, item.text(), packs) for item in value.texts()),
        "ignore": lambda value: tuple(_known(item, item.text(), packs) for item in value.texts()),
        "profile": lambda value: value.choice(PROFILES),
        "jurisdiction": lambda value: value.choice(JURISDICTIONS),
        "severities": lambda value: tuple(_severities(value, packs)),
        "rules": lambda value: tuple(_options(value, packs)),
    }
    return {key: readers[key](values[key]) for key in _STEP_KEYS if key in values}


def _known(value: Value, word: str, packs: catalogue.Packs) -> str:
    try:
        catalogue.ids(word, packs)
    except catalogue.UnknownRule as error:
        raise value.mistake(str(error)) from error
    return word


def _severities(value: Value, packs: catalogue.Packs) -> Iterator[tuple[str, str]]:
    for word, level in value.mapping().items():
        yield _known(level, word, packs), level.choice(LEVELS)


def _options(value: Value, packs: catalogue.Packs) -> Iterator[tuple[str, tuple[tuple[str, Any], ...]]]:
    for word, options in value.mapping().items():
        try:
            rule = catalogue.find(word, packs)
        except catalogue.UnknownRule as error:
            raise options.mistake(str(error)) from error
        kinds = catalogue.parameters(rule)
        for name, option in options.mapping().items():
            if name not in kinds:
                offer = f"its options: {', '.join(kinds)}" if kinds else "it has none"
                raise option.mistake(f"rule {rule.id} has no option '{name}'{hint(name, kinds) or '; ' + offer}")
        chosen = {name: option.typed(kinds[name]) for name, option in options.mapping().items()}
        _try(rule, chosen, options)
        yield rule.id, tuple(chosen.items())


def _try(rule: Rule, options: dict[str, Any], place: Value) -> None:
    """Let the check itself refuse options, before an article comes that it cannot lint with them."""
    setting = Setting(PROFILES[0], JURISDICTIONS[0], datetime.date.today())
    try:
        list(rule.check(parse(Source("article.txt", "")), setting, **options))
    except ValueError as error:
        raise place.mistake(f"rule {rule.id}: {error}") from error


def _count(value: Value) -> int:
    number: int = value.typed(int)
    if number < 0:
        raise value.mistake(f"'{value.name}' cannot be less than 0")
    return number


def _patterns(value: Value) -> tuple[str, ...]:
    texts = value.texts()
    for item in texts:
        if not is_pattern(item.text()):
            raise item.mistake(f"'{item.text()}' is not a pattern as in .gitignore files")
    return tuple(item.text() for item in texts)
