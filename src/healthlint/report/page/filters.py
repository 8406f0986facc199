"""Showing only some findings: check boxes that style sheets read, so that no script is needed.

Where a browser does not know `:has`, the check boxes stay away and everything is shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.report.page.article import Article
from healthlint.report.page.markup import SEVERITIES, SEVERITY_WORDS, anchor, spaced, words
from healthlint.rule import Rule

FAMILIES = {
    "ADVC": "advice",
    "CITE": "sources",
    "DISC": "disclosure",
    "EVID": "evidence",
    "HYPE": "hype",
    "LANG": "words for people",
    "READ": "readability",
    "SAFE": "safety",
}


def filters(articles: list[Article], rules: list[Rule]) -> tuple[str, list[str]]:
    """The style sheet and the form for the severities, families and rules of which something was found."""
    found = [finding for article in articles for finding in article.findings]
    names = {rule.id: spaced(rule.name) for rule in rules}
    levels = {finding.severity for finding in found}
    groups = [
        ("Severity", [("s", level, SEVERITY_WORDS[level]) for level in SEVERITIES if level in levels]),
        ("Family", [("f", name, _family(name)) for name in sorted({finding.family for finding in found})]),
        (
            "Rule",
            [("r", rule, f"{rule} {names.get(rule, '')}") for rule in sorted({finding.rule for finding in found})],
        ),
    ]
    sheet = "".join(_hiding(anchor(kind, name)) for _, choices in groups for kind, name, _ in choices)
    return sheet, list(_form(groups)) if found else []


def _family(name: str) -> str:
    return f"{name} {FAMILIES[name]}" if name in FAMILIES else name


def _hiding(name: str) -> str:
    off = f":root:has(#show-{name}:not(:checked))"
    return f"{off} :is(.note,.ref).{name}{{display:none}}\n{off} mark.{name}{{all:unset}}\n"


def _form(groups: list[tuple[str, list[tuple[str, str, str]]]]) -> Iterator[str]:
    yield '<form class="filters" aria-label="Filters">'
    yield "<details><summary>Show only some findings</summary>"
    for title, choices in groups:
        yield f"<fieldset><legend>{title}</legend>"
        for kind, name, label in choices:
            box = f'<input type="checkbox" id="show-{anchor(kind, name)}" checked>'
            yield f"<label>{box} {words(label.strip())}</label>"
        yield "</fieldset>"
    yield '<button type="reset">Show all again</button></details></form>'
