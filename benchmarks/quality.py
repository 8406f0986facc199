"""How good the rules are: hits on real articles, and how many of the findings that somebody has read are fair.

    quality.py unpack RELEASES.jsonl FOLDER        one .txt per line, the title first
    quality.py sample --rules HYPE --out S.md CORPUS...   draw findings to be read; write a verdict under each
    quality.py record S.md --reader NAME           keep the verdicts in benchmarks/readings/NAME.jsonl
    quality.py score --out docs/scorecard.md CORPUS...

A CORPUS is NAME=FOLDER or NAME=FOLDER@PROFILE. A reading is one verdict (fair, arguable, unfair) on one finding; it is
kept by the sha256 of the article, the rule and the span, never by text. Rules are tuned on articles whose sha256 begins
with 0 to 7; only findings in the others are drawn. Every run is of the same day, so that it can be repeated.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

from healthlint import Config
from healthlint.catalogue import builtin_rules, ids
from healthlint.engine import Finding, lint_bytes
from healthlint.files import find

DAY = datetime.date(2026, 11, 24)
READINGS = Path(__file__).parent / "readings"
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
ERROR_NEEDS, WARNING_NEEDS = 0.85, 0.65
"""Precision below which a rule may not be an error, and may not be more than an info."""


class Article(NamedTuple):
    """An article that was linted, by the name of its corpus; `key` is the sha256 of the file."""

    corpus: str
    path: str
    key: str
    text: str
    words: int
    findings: tuple[Finding, ...]

    @property
    def held_out(self) -> bool:
        """Whether rules may not be tuned on this article, so that findings in it can be read."""
        return self.key[0] in "89abcdef"


class Place(NamedTuple):
    """What a reading is about: an article by its sha256, a rule, and the span in the decoded file."""

    article: str
    rule: str
    start: int
    end: int


def articles(corpora: Iterable[str]) -> Iterator[Article]:
    """All articles of some corpora that are linted (English, with words, readable), each text once."""
    seen: set[str] = set()
    for corpus in corpora:
        name, _, rest = corpus.partition("=")
        folder, _, profile = rest.partition("@")
        config = Config(profile=profile or "consumer", as_of=DAY)
        for found in find([folder], lambda path, config=config: config):  # type: ignore[misc]
            data = Path(found.path).read_bytes() if not found.skipped else b""
            key = hashlib.sha256(data).hexdigest()
            report = lint_bytes(found.path, data, config)
            if report.source is not None and report.words and key not in seen:
                seen.add(key)
                yield Article(name, found.path, key, report.source.text, report.words, report.findings)


def places(article: Article) -> dict[Place, Finding]:
    """The findings of an article by their places."""
    return {Place(article.key, f.rule, f.start, f.end): f for f in article.findings}


# Drawing findings to be read


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


# Keeping verdicts


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


# Figures


def wilson(fair: float, read: int, z: float = 1.96) -> tuple[float, float]:
    """The 95% score interval of a share (Wilson, JASA 1927;22:209)."""
    if not read:
        return 0.0, 1.0
    share, square = fair / read, z * z
    middle = (share + square / (2 * read)) / (1 + square / read)
    half = z * sqrt(share * (1 - share) / read + square / (4 * read * read)) / (1 + square / read)
    return max(0.0, middle - half), min(1.0, middle + half)


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """How much two readers agree beyond chance (Cohen, Educ Psychol Meas 1960;20:37); 1 is always."""
    agreed = sum(one == other for one, other in pairs) / len(pairs)
    ones, others = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(ones[verdict] * others[verdict] for verdict in VERDICTS) / len(pairs) ** 2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def precision(counts: Counter[str]) -> float:
    """The share of fair findings; an arguable one counts half."""
    return (counts["fair"] + counts["arguable"] / 2) / counts.total()


def scorecard(read: Sequence[Article], readers: dict[str, dict[Place, str]]) -> str:
    """The scorecard as Markdown: readings of the reader who has read most, and how far the others agree."""
    corpora = {name: [a for a in read if a.corpus == name] for name in dict.fromkeys(a.corpus for a in read)}
    today = {place: finding for article in read for place, finding in places(article).items()}
    keys = {article.key for article in read}
    (main, first), *others = sorted(readers.items(), key=lambda item: -len(item[1])) or [("", {})]
    heads = ["rule", "severity", "trust", *(f"{name}: hits per 100" for name in corpora), *_COLUMNS]
    parts = [_INTRODUCTION, *(f"- {name}: {_size(found)}\n" for name, found in corpora.items())]
    parts += ["\n", _row(heads), _row(["---"] * len(heads))]
    for rule in builtin_rules():
        mine = {place: verdict for place, verdict in first.items() if place.rule == rule.id and place.article in keys}
        rates = [f"{100 * _hits(rule.id, found) / len(found):.0f}" for found in corpora.values()]
        parts.append(_row([rule.id, rule.severity.label, rule.trust, *rates, *_measured(mine, today)]))
    for other, second in others:
        pairs = [(first[place], second[place]) for place in sorted(first.keys() & second.keys() & today.keys())]
        parts += [_agreement(main, other, pairs)] if pairs else []
    return "".join(parts)


_COLUMNS = ("read", *VERDICTS, "precision", "95%", "as errors", "gone")


def _hits(rule_id: str, found: Iterable[Article]) -> int:
    return sum(finding.rule == rule_id for article in found for finding in article.findings)


def _measured(verdicts_: dict[Place, str], today: dict[Place, Finding]) -> list[str]:
    """The cells of a rule: what was read of its findings, how much of that is fair, also of its errors alone."""
    counts = Counter(verdict for place, verdict in verdicts_.items() if place in today)
    errors = Counter(v for place, v in verdicts_.items() if place in today and today[place].severity == "error")
    gone = str(len(verdicts_) - counts.total() or "")
    if not counts:
        return ["0", *[""] * (len(_COLUMNS) - 2), gone]
    low, high = wilson(precision(counts) * counts.total(), counts.total())
    shares = [f"{precision(counts):.2f}", f"{low:.2f}-{high:.2f}"]
    of_errors = f"{precision(errors):.2f} of {errors.total()}" if errors else ""
    return [str(counts.total()), *(str(counts[verdict]) for verdict in VERDICTS), *shares, of_errors, gone]


def _agreement(main: str, other: str, pairs: Sequence[tuple[str, str]]) -> str:
    same = sum(one == two for one, two in pairs) / len(pairs)
    return f"\nReaders {main} and {other}: the same verdict on {same:.0%} of {len(pairs)}, kappa {kappa(pairs):.2f}.\n"


def _size(found: Sequence[Article]) -> str:
    words, held_out = sum(article.words for article in found), sum(article.held_out for article in found)
    return f"{len(found)} articles, {words:,} words, {held_out} articles held out"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


_INTRODUCTION = f"""\
# Scorecard

Made by `benchmarks/quality.py score`. Hits are findings per 100 articles. Precision is the share of fair findings among
those that somebody has read, with a 95% interval (Wilson); an arguable finding counts half. Only findings in articles
that rules may not be tuned on (sha256 from 8 to f) are read; which ones is drawn, with every article having its turn
before one has its second. *As errors*: the same for those findings that are errors. *Gone* are findings that were read
and that the rule does not make any more; they do not count. An error needs a precision of {ERROR_NEEDS} or more; below
{WARNING_NEEDS} a rule is an info, or off. CITE-001, CITE-004, DISC-004, DISC-006, DISC-007, EVID-001, EVID-002,
EVID-003, EVID-007, EVID-008 and HYPE-005 were mended after these readings: their figures are not of unseen articles.

The texts are other people's and are not part of this project: real articles from public repositories (clinics, shops,
blogs, news, patient organisations, public-health bodies) and press releases (FakeHealth, Dai et al., ICWSM 2020).

"""


def unpack(path: Path, folder: Path) -> None:
    """Write each press release as a text of its own: the title, an empty line, the text."""
    folder.mkdir(parents=True, exist_ok=True)
    for line in path.read_text(encoding="utf-8").splitlines():
        release = json.loads(line)
        text = f"{release['title']}\n\n{release['text']}\n"
        (folder / f"{release['id']}.txt").write_text(text, encoding="utf-8", newline="\n")


def main(words: Sequence[str] | None = None) -> int:
    """Run a command."""
    options = _parser().parse_args(words)
    if options.command == "unpack":
        unpack(options.releases, options.folder)
    elif options.command == "sample":
        known = set(read_verdicts(READINGS / f"{options.reader}.jsonl"))
        drawn = enumerate(sample(options.corpora, options.rules, known), 1)
        options.out.write_text("".join(sheet(number, *pair) for number, pair in drawn), encoding="utf-8")
    elif options.command == "record":
        path = READINGS / f"{options.reader}.jsonl"
        new = verdicts(options.sheet.read_text(encoding="utf-8"))
        write_verdicts(path, read_verdicts(path) | new)
        print(f"{len(new)} verdicts kept in {path}")
    else:
        readers = {path.stem: read_verdicts(path) for path in sorted(READINGS.glob("*.jsonl"))}
        options.out.write_text(scorecard(list(articles(options.corpora)), readers), encoding="utf-8", newline="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("unpack")
    command.add_argument("releases", type=Path)
    command.add_argument("folder", type=Path)
    for name in ("sample", "score"):
        command = commands.add_parser(name)
        command.add_argument("corpora", nargs="+", metavar="CORPUS")
        command.add_argument("--out", type=Path, required=True)
        if name == "sample":
            command.add_argument("--rules", required=True, help="ids, names or families, with commas")
            command.add_argument("--reader", default="first")
    command = commands.add_parser("record")
    command.add_argument("sheet", type=Path)
    command.add_argument("--reader", default="first")
    return parser


if __name__ == "__main__":
    sys.exit(main())
