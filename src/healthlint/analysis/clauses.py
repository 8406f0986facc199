"""What the words of a sentence do in its clauses: an effect that is stated, hedged, denied, wished for, or only named.

A fact is a name and a range of words. Facts are found by hand-written grammar of a few lines: the word that governs a
verb, the part of the sentence in which it stands. Their names can stand in braces in the cues of
`rules/tables/cues.yaml`; the word sets behind them are `rules/tables/claims.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from healthlint.analysis.verbs import Verbs
from healthlint.document import BLOCK_BREAK
from healthlint.expressions import expression

PREDICATES = ("effect", "effect-noun", "efficacy", "association", "prediction")
"""The sets whose words can be what a sentence claims."""

_STATED = PREDICATES[1:]
_PLAIN = (
    "tendency degree may potential can ought further examine published background unclear difference change-noun report"
    " negation prevalence tool importance period"
).split()
_OPENINGS = (
    "further study opening may can examine effect-noun association person importance negation outcome prevalence"
    " concession contrast published"
).split()
_STOP = expression(r"[.!?\u2026](?!\d)")


class Fact(NamedTuple):
    """What words `first` to `last` (both inclusive) do: `name`, in which part of the sentence, denied or not.

    `part` is main, bracket, frame ("a study finds that", "according to"), relative (who, which) concession
    ("although ...,") or supposed ("the concern that"); nothing for a fact about the whole sentence.
    """

    name: str
    part: str
    denied: bool
    first: int
    last: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which cues know the fact."""
        if not self.part:
            return (self.name,)
        found = (self.name, f"{self.part}-{self.name}")
        return (*found, f"no-{self.name}") if self.denied else found


class Clauses(Verbs):
    """The words of a text with the sets that they belong to, ready to be asked for the facts of a sentence."""

    def facts(self, first: int, last: int) -> list[Fact]:
        """The facts of the sentence of words `first` to `last` (exclusive)."""
        if last <= first:
            return []
        parts = self._parts(first, last)
        found = [fact for i in range(first, last) for fact in self._facts(i, parts[i - first], first, last)]
        main = [i for i in range(first, last) if parts[i - first] == "main"]
        return [*self._opening(main), *found, *self._lead(found), *self._shape(first, last)]

    def _shape(self, first: int, last: int) -> Iterator[Fact]:
        """How long the sentence is, whether it asks, and whether it is a headline: one without a full stop."""
        words = self.words
        following = words.starts[last] if last < len(words) else len(words.text)
        final = last - 1
        while final > first and words.folded[final].isdigit():  # "... heals.[1]"
            final -= 1
        tail = words.text[words.ends[final] : following].partition(BLOCK_BREAK)[0]
        size = last - first
        yield Fact("short" if size < 12 else "long" if size > 32 else "medium", "", False, first, last - 1)
        if "?" in words.text[words.starts[first] : words.ends[final]] + tail:
            yield Fact("question", "", False, first, last - 1)
        if not _STOP.search(tail):
            yield Fact("headline", "", False, first, last - 1)

    def _facts(self, i: int, part: str, first: int, last: int) -> Iterator[Fact]:
        sets = self._sets[i]
        if not sets:
            return
        denied = any("negation" in self._sets[j] for j in range(max(first, i - 4), i))
        if "effect" in sets:
            weight = "weak-" if "weak-effect" in sets else "light-" if "light-effect" in sets else ""
            yield Fact(f"{weight}effect-{self.verb(i, first, last)}", part, denied, i, sets["effect"])
        for name in _STATED:
            if name in sets:
                yield Fact(f"{name}-{self._put(i, first)}", part, denied, i, sets[name])
        if "comparative" in sets:
            if any("outcome" in self._sets[j] for j in range(i + 1, min(i + 4, last))):
                yield Fact(f"compared-{self._put(i, first)}", part, denied, i, i)
            if any("have" in self._sets[j] for j in range(max(first, i - 3), i)):
                yield Fact("compared-had", part, denied, i, i)
        for name in _PLAIN:
            if name in sets:
                yield Fact(name, part, denied and name != "negation", i, sets[name])

    def _opening(self, main: list[int]) -> Iterator[Fact]:
        """How the main part begins, and whether people or an outcome are what it is about."""
        for i in main[:3]:
            for name in _OPENINGS:
                if name in self._sets[i]:
                    yield Fact(f"opens-{name}", "main", False, i, self._sets[i][name])
        for i in main:
            sets = self._sets[i].keys()
            if sets & {*PREDICATES, "be", "have", "auxiliary", "may", "can"}:
                return
            for name in ("person", "outcome"):
                if name in sets:
                    yield Fact(f"about-{name}", "main", False, i, i)
                    return

    def _lead(self, facts: list[Fact]) -> Iterator[Fact]:
        """The first predicate of the main part, and how many there are."""
        predicates = [fact for fact in facts if fact.part == "main" and fact.name.startswith(_LEADING)]
        if predicates:
            yield predicates[0]._replace(name=f"lead-{predicates[0].name}", denied=False)
            yield predicates[-1]._replace(name=f"predicates-{min(3, len(predicates))}", denied=False)

    # --- the parts of a sentence

    def _parts(self, first: int, last: int) -> list[str]:
        start, end = self._framed_before(first, last), last
        end = self._framed_after(start, last)
        parts = ["frame"] * (start - first) + ["main"] * (end - start) + ["frame"] * (last - end)
        if start < end and "concession" in self._sets[start] and self._folded[start] != "as":
            close = self._comma_after(start, end)
            if close < end:
                parts[start - first : close - first] = ["concession"] * (close - start)
        for i in range(start + 1, end):
            if "who" in self._sets[i]:
                close = self._comma_after(i, min(end, i + 7))
                parts[i - first : close - first] = ["relative"] * (close - i)
        supposed = next((i for i in range(start, end) if "supposition" in self._sets[i]), end)
        close = next((i for i in range(supposed, end) if "contrast" in self._sets[i]), end)
        parts[supposed - first : close - first] = ["supposed"] * (close - supposed)
        self._bracket(parts, first)
        return parts

    def _bracket(self, parts: list[str], first: int) -> None:
        depth = 0
        for i in range(len(parts)):
            gap = self._gap(first + i) if i else ""
            if gap != " ":
                depth = max(0, depth + gap.count("(") + gap.count("[") - gap.count(")") - gap.count("]"))
            if depth:
                parts[i] = "bracket"

    def _framed_before(self, first: int, last: int) -> int:
        """The word after "... finds that"; else the first word."""
        for i in range(first, last - 1):
            if "report" in self._sets[i]:
                for j in range(i + 1, min(i + 3, last)):
                    if self._folded[j] == "that":
                        return j + 1
        return first

    def _framed_after(self, start: int, last: int) -> int:
        """The word at which ", a new study finds" or "according to ..." begins; else `last`."""
        for i in range(start + 3, last):
            if self._folded[i] == "according":
                return i
            if self._comma(i) and (
                self._sets[i].keys() & {"report", "study"} or self._folded[i] in ("a", "an", "the", "new")
            ):
                near = [name for j in range(i, min(i + 9, last)) for name in self._sets[j]]
                if "report" in near and "study" in near:
                    return i
        return last

    # --- how the other predicates are put

    def _put(self, i: int, first: int) -> str:
        """may, can, ought, is, has: the word before that carries the predicate; else "the", it is only named."""
        for j in range(i - 1, max(first, i - 6) - 1, -1):
            sets = self._sets[j]
            modal = [name for name in ("may", "can", "ought") if name in sets]
            if modal:
                return modal[0]
            if "be" in sets or "have" in sets:
                hedged = any("may" in self._sets[k] for k in range(max(first, j - 3), j))
                return "may" if hedged else "is" if "be" in sets else "has"
            if "who" in sets or "negation" in sets:
                break
        return "the"


_LEADING = (*PREDICATES, "weak-effect", "light-effect", "tendency", "compared", "may", "can")
