"""`healthlint rules`: the list of rules, and which entries of their tables must be reviewed again."""

from __future__ import annotations

import datetime
import json
from typing import Any

from healthlint import __version__, engine, tables
from healthlint.catalogue import Packs, parameters, word_sets
from healthlint.catalogue import rules as known_rules
from healthlint.cli.options import configs, rules_parser


def main(words: list[str]) -> int:
    """Print each rule with its severity at most, its trust, and whether it is on for articles of this folder."""
    options = rules_parser().parse(words)
    path = "article.md"
    config = configs(options)(path)
    if options.due:
        due = _due(config.day, config.packs)
        if options.output == "json":
            _print_json({"as_of": config.day.isoformat(), "due": due})
        else:
            _print_due(due, config.day)
        return 0
    active = engine.active_rules(config.steps(path), config.packs)
    rules = _rules(config.packs, {one.rule.id: one for one in active})
    if options.output == "json":
        _print_json({"rules": rules})
        return 0
    for rule in rules:
        on = "on" if rule["on"] else "off"
        print(f"{rule['id']}  {rule['severity']:7}  {rule['trust']:6}  {on:3}  {rule['name']}")
    return 0


def _rules(packs: Packs, active: dict[str, engine.Active]) -> list[dict[str, Any]]:
    found = []
    for rule in known_rules(packs):
        on = active.get(rule.id)
        severity = (on.severity or min(rule.severity, on.ceiling)) if on else rule.severity
        told: dict[str, Any] = {"id": rule.id, "name": rule.name, "family": rule.family, "severity": severity.label}
        told |= {"trust": rule.trust, "on": on is not None, "profiles": rule.profiles, "options": [*parameters(rule)]}
        told |= {"pack": rule.pack} if rule.pack else {}
        found.append({**told, "why": rule.why, "help": rule.help, "sources": rule.sources})
    return found


def _due(day: datetime.date, packs: Packs) -> list[dict[str, str]]:
    """The entries of tables whose day of review has passed, the oldest first."""
    found = [
        {"table": name, "entry": _name(entry), "review_by": str(entry["review_by"]), "source": entry["source"]}
        for name in tables.listed()
        for entry in tables.entries(name)
        if str(entry["review_by"]) < day.isoformat()
    ]
    found += [
        {"table": one.table, "entry": one.name, "review_by": one.review_by, "source": one.source}
        for one in word_sets(packs)
        if one.review_by and one.review_by < day.isoformat()
    ]
    return sorted(found, key=lambda entry: (entry["review_by"], entry["table"]))


def _name(entry: tables.Entry) -> str:
    return str(entry.get("name") or entry.get("domain") or next(iter(entry.values())))


def _print_due(due: list[dict[str, str]], day: datetime.date) -> None:
    for entry in due:
        print(f"{entry['review_by']}  {entry['table']:12}  {entry['entry']}")
    count = "1 entry" if len(due) == 1 else f"{len(due)} entries"
    print(f"{count} of the tables to be reviewed again as of {day.isoformat()}.")


def _print_json(content: dict[str, Any]) -> None:
    print(json.dumps({"schema_version": 1, "healthlint": __version__, **content}, ensure_ascii=False, indent=1))
