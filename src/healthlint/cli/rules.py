"""`healthlint rules`: the list of rules."""

from __future__ import annotations

from healthlint import engine
from healthlint.catalogue import builtin_rules
from healthlint.cli.options import configs, rules_parser


def main(words: list[str]) -> int:
    """Print each rule with its severity at most, its trust, and whether it is on for articles of this folder."""
    options = rules_parser().parse(words)
    path = "article.md"
    active = {active.rule.id: active for active in engine.active_rules(configs(options)(path).steps(path))}
    for rule in builtin_rules():
        on = active.get(rule.id)
        severity = (on.severity or min(rule.severity, on.ceiling)) if on else rule.severity
        print(f"{rule.id}  {severity.label:7}  {rule.trust:6}  {'on ' if on else 'off'}  {rule.name}")
    return 0
