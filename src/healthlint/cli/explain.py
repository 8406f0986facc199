"""`healthlint explain RULE`: why a rule is there, what it flags and what it leaves alone, and how to rewrite."""

from __future__ import annotations

from healthlint.catalogue import find, parameters
from healthlint.cli.options import UsageError
from healthlint.rule import Rule


def main(words: list[str]) -> int:
    """Print the explanation of one rule. Raises UsageError and catalogue.UnknownRule."""
    if len(words) != 1 or words[0].startswith("-"):
        raise UsageError("name one rule to explain, for example 'healthlint explain HYPE-001'")
    print(_explanation(find(words[0])))
    return 0


def _explanation(rule: Rule) -> str:
    def listed(fires: bool) -> list[str]:
        return [f"  {example.text.strip()}" for example in rule.examples if example.fires is fires]

    options = ", ".join(parameters(rule))
    profiles = ", ".join(f"{profile}: {level}" for profile, level in rule.profiles.items())
    return "\n".join(
        [
            f"{rule.id} {rule.name} ({rule.severity.label} at most, trust: {rule.trust})",
            "",
            rule.why,
            "",
            "Flagged (the words between << and >>):",
            *listed(True),
            "Not flagged:",
            *listed(False),
            "",
            f"Rewrite: {rule.help}",
            *([f"Options: {options}"] if options else []),
            *([f"Profiles: {profiles}"] if profiles else []),
            f"Sources: {'; '.join(rule.sources)}",
        ]
    )
