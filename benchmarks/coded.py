"""How far EVID-001 and EVID-002 agree with trained coders of press releases.

InSciOut (Adams et al., BMC Medicine 2019;17:91, doi:10.1186/s12916-019-1324-7): whom the paper studied, and whom the
main statement of the release is about. `laboratory_sample` is true for animals, cells, molecules and microbes;
`animal_as_human` where such a release speaks of people. The coders read the first two sentences about the study, not
the headline, so that EVID-002, which is about the title, may be right where they saw nothing wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from corpora import DAY

from healthlint import Config
from healthlint.engine import lint_source
from healthlint.text import Source

RULES = ("EVID-001", "EVID-002", "EVID-003")


class Release(NamedTuple):
    """What the coders said of a release (None: a mixed sample), and which of the rules speak."""

    laboratory: bool | None
    as_human: bool | None
    rules: frozenset[str]


def releases(path: Path) -> list[Release]:
    """All releases of a file of JSON lines, linted as press releases, the title first."""
    config = Config(profile="press-release", as_of=DAY, select=RULES)
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source = Source(f"{row['id']}.txt", f"{row['title']}\n\n{row['text']}\n")
        rules = frozenset(finding.rule for finding in lint_source(source, config).findings)
        found.append(Release(row["gold"]["laboratory_sample"], row["gold"]["animal_as_human"], rules))
    return found


def section(path: Path) -> str:
    """The section of the scorecard, as Markdown."""
    read = releases(path)
    groups = (
        ("laboratory sample, release about people", [r for r in read if r.laboratory and r.as_human]),
        ("laboratory sample, release says so", [r for r in read if r.laboratory and not r.as_human]),
        ("people studied, or mixed", [r for r in read if not r.laboratory]),
    )
    rows = "".join(
        f"| {name} | {len(group)} | {' | '.join(str(_speaking(group, rules)) for rules in _COLUMNS)} |\n"
        for name, group in groups
    )
    return _HEAD.format(n=len(read)) + rows


_COLUMNS = (("EVID-001",), ("EVID-002",), RULES)


def _speaking(group: Iterable[Release], rules: Iterable[str]) -> int:
    return sum(not release.rules.isdisjoint(rules) for release in group)


_HEAD = """
## Animals and people, against trained coders

{n} press releases of the InSciOut trial (Adams et al., BMC Medicine 2019, doi:10.1186/s12916-019-1324-7), the half for
development. The columns count releases in which the rules speak; EVID-003 asks for the note that results may not hold
for people, also where the release names the animal. The coders did not code headlines, which EVID-002 is about.

| the coders say | releases | EVID-001 | EVID-002 | any of EVID-001 to 003 |
| --- | --- | --- | --- | --- |
"""
