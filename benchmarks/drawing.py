"""Which findings are to be read, and the sheets in which a reader writes a verdict under each."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import indent

from corpora import Article, Place, articles, places

from healthlint.catalogue import builtin_rules, ids
from healthlint.engine import Finding

VERDICTS = ("fair", "arguable", "unfair")
STARRED = (
    *("HYPE-001", "HYPE-002", "HYPE-003", "HYPE-008", "EVID-001", "EVID-002", "EVID-003", "EVID-005", "EVID-006"),
    *("EVID-008", "CITE-001", "CITE-003", "CITE-004", "DISC-001", "DISC-004", "DISC-006", "SAFE-001", "SAFE-002"),
    *("READ-001", "ADVC-002"),
)
"""The twenty rules of the catalogue that matter most; of these, and of those that may be errors, more is read."""
MANY, FEW = 30, 12
AROUND, ENDS = 300, 900
"""So many characters stand around a finding in a sheet, and from both ends of the article if it is about the whole."""


def sample(corpora: Sequence[str], words: str, known: set[Place]) -> Iterator[tuple[Article, Finding]]:
    """Findings to be read, so many of each rule that with those known there are enough.

    The order is arbitrary but fixed; each article has its turn before one has its second, so that no single text stands
    for a rule.
    """
    wanted = {rule_id for word in words.split(",") for rule_id in ids(word)}
    by_rule: dict[str, list[tuple[int, str, Article, Finding]]] = defaultdict(list)
    for article in articles(corpora):
        turns: Counter[str] = Counter()
        found = sorted((_digest(place), place, finding) for place, finding in places(article).items())
        for digest, place, finding in found:
            if article.held_out and place.rule in wanted:
                by_rule[place.rule].append((turns[place.rule], digest, article, finding))
                turns[place.rule] += 1
    for rule_id, drawn in sorted(by_rule.items()):
        read = sum(place.rule == rule_id for place in known)
        unread = [(a, f) for _, _, a, f in sorted(drawn, key=lambda d: d[:2]) if Place(a.key, *_spot(f)) not in known]
        yield from unread[: max(0, _quota(rule_id) - read)]


def _digest(place: Place) -> str:
    return hashlib.sha256(repr(tuple(place)).encode()).hexdigest()


def _spot(finding: Finding) -> tuple[str, int, int]:
    return finding.rule, finding.start, finding.end


def _quota(rule_id: str) -> int:
    errors = {rule.id for rule in builtin_rules() if rule.severity.label == "error"}
    return MANY if rule_id in STARRED or rule_id in errors else FEW


def sheet(number: int, article: Article, finding: Finding) -> str:
    """A finding with what stands around it, for a reader who writes a verdict in its last line."""
    text = article.text
    shown = f"{text[max(0, finding.start - AROUND) : finding.start]}[[{finding.text}]]"
    shown += text[finding.end : finding.end + AROUND]
    if finding.document:
        shown = f"{text[:ENDS]}\n[...]\n{shown}\n[...]\n{text[-ENDS:]}"
    related = "".join(f"related: {place.note} (line {place.line}): {place.text}\n" for place in finding.related)
    key = json.dumps(Place(article.key, *_spot(finding)))
    return (
        f"## {number}. {finding.rule} {finding.name} ({finding.severity})\n\n{article.path}:{finding.line}\n\n"
        f"{indent(shown, '> ', lambda line: True)}\n\n{finding.message}\n{related}\nkey: {key}\nverdict: \n\n"
    )


def verdicts(text: str) -> dict[Place, str]:
    """The verdicts that a reader has written in a sheet. Raises ValueError for a word that is none."""
    found: dict[Place, str] = {}
    for key, word in re.findall(r"^key: (\[.*\])\nverdict: *(\S*)", text, re.MULTILINE):
        if word and word not in VERDICTS:
            raise ValueError(f"'{word}' is not a verdict: {', '.join(VERDICTS)}")
        if word:
            found[Place(*json.loads(key))] = word
    return found


def read_verdicts(path: Path) -> dict[Place, str]:
    """The readings of one reader; none if the file is not there."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    readings = (json.loads(line) for line in lines)
    return {Place(r["article"], r["rule"], r["start"], r["end"]): r["verdict"] for r in readings}


def write_verdicts(path: Path, readings: dict[Place, str]) -> None:
    """Keep readings as JSON lines, by rule and article."""
    ordered = sorted(readings, key=lambda place: (place.rule, place))
    lines = (json.dumps({**place._asdict(), "verdict": readings[place]}) + "\n" for place in ordered)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
