"""Writes docs/rules/: a page for each rule and an index by family. Run it after every change of a rule.

python tools/build_docs.py
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from healthlint.catalogue import builtin_rules
from healthlint.report.explanation import as_markdown
from healthlint.rule import Rule

FOLDER = Path(__file__).parents[1] / "docs" / "rules"
FAMILIES = {
    "ADVC": "Advice: what readers are told to do",
    "CITE": "Sources: where claims come from",
    "DISC": "Disclosure: who wrote it, when, and with what interest",
    "EVID": "Evidence: what was studied, held against what is claimed",
    "HYPE": "Hype: superlatives, promises and praise",
    "LANG": "Language about people",
    "READ": "Readability",
    "SAFE": "Safety: harms and what is said of them",
    "SUPP": "Suppressions: what is wrong with one",
}
_INTRODUCTION = """\
# The rules

One page a rule: why it is there, how to rewrite, what is and is not flagged, and how to switch it off. The same stands
in `healthlint explain RULE`. How well the rules do on real articles is in the [scorecard](../scorecard.md). These
pages are written by `tools/build_docs.py`; edit the rules in `rules/` instead.
"""


def pages() -> dict[str, str]:
    """The text of each page by its file name."""
    rules = builtin_rules()
    return {"README.md": _index(rules)} | {f"{rule.id}.md": _page(rule) for rule in rules}


def _page(rule: Rule) -> str:
    return f"{as_markdown(rule)}\n[All rules](README.md)\n"


def _index(rules: Iterable[Rule]) -> str:
    parts = [_INTRODUCTION]
    for family, members in groupby(rules, key=lambda rule: rule.family):
        parts.append(f"\n## {FAMILIES[family]}\n\n| rule | name | severity at most | trust |\n|---|---|---|---|\n")
        parts.extend(f"| [{r.id}]({r.id}.md) | {r.name} | {r.severity.label} | {r.trust} |\n" for r in members)
    return "".join(parts)


def main() -> None:
    """Write the pages, and take away those of rules that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in written:
            path.unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
