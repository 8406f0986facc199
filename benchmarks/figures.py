"""The figures of the scorecard: hits, precision with its interval, and how far readers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import sqrt

from corpora import Article, Place, places
from drawing import VERDICTS

from healthlint.catalogue import builtin_rules
from healthlint.engine import Finding

ERROR_NEEDS, WARNING_NEEDS, FEW = 0.85, 0.65, 8
"""Precision below which a rule may not be an error, or more than an info, and the fewest readings that show it."""
COMMON = 20
"""So many findings two readers must have in common for their agreement to be told."""


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
    """The scorecard as Markdown: what all readers say, the harsher verdict where two differ, and how far they agree."""
    corpora = {name: [a for a in read if a.corpus == name] for name in dict.fromkeys(a.corpus for a in read)}
    today = {place: finding for article in read for place, finding in places(article).items()}
    keys = {article.key for article in read}
    harshest = _harshest(readers.values())
    heads = ["rule", "severity", "trust", *(f"{name}: hits per 100" for name in corpora), *_COLUMNS]
    parts = [_INTRODUCTION, *(f"- {name}: {_size(found)}\n" for name, found in corpora.items())]
    parts += ["\n", _row(heads), _row(["---"] * len(heads))]
    for rule in builtin_rules():
        mine = {
            place: verdict for place, verdict in harshest.items() if place.rule == rule.id and place.article in keys
        }
        rates = [f"{100 * _hits(rule.id, found) / len(found):.0f}" for found in corpora.values()]
        parts.append(_row([rule.id, rule.severity.label, rule.trust, *rates, *_measured(mine, today)]))
    for (one, first), (other, second) in combinations(readers.items(), 2):
        pairs = [(first[place], second[place]) for place in sorted(first.keys() & second.keys() & today.keys())]
        parts += [_agreement(one, other, pairs)] if len(pairs) >= COMMON else []
    return "".join(parts)


def _harshest(readings: Iterable[dict[Place, str]]) -> dict[Place, str]:
    found: dict[Place, str] = {}
    for place, verdict in (item for reading in readings for item in reading.items()):
        found[place] = max(found.get(place, verdict), verdict, key=VERDICTS.index)
    return found


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
those that somebody has read, with a 95% interval (Wilson); an arguable finding counts half, and where two readers
differ the harsher one counts. Only findings in articles that rules may not be tuned on (sha256 from 8 to f) are read;
which ones is drawn, with every article having its turn before one has its second. *As errors*: the same for those
findings that are errors. *Gone* are findings that were read and that the rule does not make any more; they do not
count. An error needs a precision of {ERROR_NEEDS} or more; below {WARNING_NEEDS} a rule is an info, or off; fewer than
{FEW} readings decide nothing. DISC-002 and DISC-003 are infos in press releases, where most of their arguable findings
stand.

The readers had not seen the code. Most rules were mended after ana and ben had read (what they called unfair is *gone*
where that helped), so the figures of these two are no longer of unseen articles and flatter the rules. What cleo read,
errors only, was drawn after that; what dora and emil read, in articles only, after many rules had learned to find more.
Of those they call unfair, EVID-006, SAFE-002, CITE-002, CITE-003, DISC-002, DISC-003 and HYPE-007 were mended in turn.
What finn and gail read came later: rules whose findings had become many more. hugo read six rules that had grown once
more; what he calls unfair in CITE-002 and CITE-003 was mended in turn. ivo read all that the rules came to find in
another round; a part of what he calls unfair in EVID-006 was mended in turn. jona is the last and read ten rules after
one more; two of the nine that he calls unfair were mended in turn.

The texts are other people's and are not part of this project: real articles from public repositories (clinics, shops,
blogs, news, patient organisations, public-health bodies) and press releases (FakeHealth, Dai et al., ICWSM 2020).

"""
