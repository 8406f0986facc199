"""`healthlint config [PATH]`: the settings that hold for an article, and where each of them comes from."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Iterator
from typing import Any

from healthlint import __version__
from healthlint.cli import origins
from healthlint.cli.arguments import UsageError, choice_of, command_parser
from healthlint.cli.options import add_rule_options, configs
from healthlint.config import Config
from healthlint.report.text import escaped

_ANY = "article.md"
"""Stands for the articles of a folder."""


def main(words: list[str]) -> int:
    """Print the settings for a file, or for the articles of a folder. Raises UsageError and strict.Mistake."""
    parser = command_parser("config", "The settings that hold for an article, and where each comes from.")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, or a folder (the current one)")
    parser.add_argument(
        "-o", "--output", type=choice_of("text", "json"), default="text", metavar="FORMAT", help="or json"
    )
    add_rule_options(parser)
    options = parser.parse(words)
    if len(options.paths) > 1:
        raise UsageError("'healthlint config' tells of one path at a time; name one")
    path = options.paths[0] if options.paths else "."
    if not os.path.exists(path):
        raise UsageError(f"there is no file or folder '{escaped(path)}'")
    article = os.path.normpath(os.path.join(path, _ANY)) if os.path.isdir(path) else path
    config = configs(options)(article)
    told = list(origins.settings(config, article, day_given=options.as_of is not None))
    rules = origins.rules(config, article)
    if options.output == "json":
        print(_as_json(path, config, told, rules))
    else:
        print("\n".join(_as_text(path, config, told, rules)))
    return 0


def _as_json(path: str, config: Config, told: list[origins.Setting], rules: list[origins.RuleSetting]) -> str:
    listed = [
        {
            "id": one.rule.id,
            "name": one.rule.name,
            "on": one.severity is not None,
            "severity": one.severity.label if one.severity else None,
            "options": one.options,
            "from": one.origin,
        }
        for one in rules
    ]
    content: dict[str, Any] = {"schema_version": 1, "healthlint": __version__, "path": path}
    content |= {"file": config.path or None}
    content["settings"] = [{"key": one.key, "value": one.value, "from": one.origin} for one in told]
    return json.dumps({**content, "rules": listed}, ensure_ascii=False, indent=1)


def _as_text(path: str, config: Config, told: list[origins.Setting], rules: list[origins.RuleSetting]) -> Iterator[str]:
    on = sum(one.severity is not None for one in rules)
    changed = [one for one in rules if one.origin != origins.DEFAULT]
    rows = [(one.key, _shown(one.value), one.origin) for one in told]
    rows += _rows(rules)
    first, second = (min(max(len(row[n]) for row in rows), 40) for n in (0, 1))
    yield f"{escaped(path)}: {escaped(config.path) or 'no configuration file'}; {on} of {len(rules)} rules are on"
    for key, value, origin in rows:
        yield f"  {key:{first}}  {escaped(value):{second}}  {escaped(origin)}"
    if len(changed) < len(rules):
        rest = "all" if not changed else "all other"
        yield f"  {rest} rules are as healthlint has them; 'healthlint rules' lists them"


def _rows(rules: list[origins.RuleSetting]) -> Iterator[tuple[str, str, str]]:
    """A row for each rule that something has changed; one for a family to all of which the same was done."""
    for family, members in itertools.groupby(rules, lambda one: one.rule.family):
        rows = [(one.rule.id, _rule(one), one.origin) for one in members]
        same = {row[1:] for row in rows}
        if len(same) == 1 and len(rows) > 1:
            rows = [(family, *same.pop())]
        yield from (row for row in rows if row[2] != origins.DEFAULT)


def _rule(one: origins.RuleSetting) -> str:
    options = ", ".join(f"{name}: {_shown(value)}" for name, value in one.options.items())
    level = one.severity.label if one.severity else "off"
    return f"{level} ({options})" if options else level


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    if value is None or isinstance(value, bool):
        return {None: "none", True: "yes", False: "no"}[value]
    return str(value)
