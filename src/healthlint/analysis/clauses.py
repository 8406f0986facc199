"""What the words of a sentence do in its clauses: an effect that is stated, hedged, denied, wished for, or only named.

A fact is a name and a range of words. Facts are found by hand-written grammar of a few lines: the word that governs a
verb, the part of the sentence in which it stands. Their names can stand in braces in the cues of
`rules/tables/cues.yaml`; the word sets behind them are `rules/tables/claims.yaml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from healthlint import tables
from healthlint.document import BLOCK_BREAK
from healthlint.phrases import Phrases, Words

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
_BREAK = re.compile(r"[,;:()\[\]\u2014]|--")
_STOP = re.compile("[.!?\u2026]")
_HYPHENS = "-\u2010\u2011"


class Fact(NamedTuple):
    """What words `first` to `last` (both inclusive) do: `name`, in which part of the sentence, denied or not.

    `part` is main, bracket, frame ("a study finds that", "according to"), relative (who, which) or concession
    ("although ...,"); nothing for a fact about the whole sentence.
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


@functools.cache
def word_sets() -> dict[str, Phrases]:
    """The word sets of `rules/tables/claims.yaml` by name."""
    content = tables.read_yaml(tables.rules_folder() / "tables" / "claims.yaml")
    return {entry["name"]: Phrases.of(entry["words"]) for entry in content["entries"]}


def resolve(name: str) -> Phrases:
    """The phrases of a set of claims.yaml or, where it has none of that name, of any other table."""
    return word_sets().get(name) or tables.names(name)


class Clauses:
    """The words of a text with the sets that they belong to, ready to be asked for the facts of a sentence."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._folded = words.folded
        self._sets: list[dict[str, int]] = [{} for _ in range(len(words))]
        for name in (*word_sets(), "negation"):
            for match in words.matches(name):
                self._sets[match.first][name] = match.last

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
        tail = words.text[words.ends[last - 1] : following].partition(BLOCK_BREAK)[0]
        size = last - first
        yield Fact("short" if size < 12 else "long" if size > 32 else "medium", "", False, first, last - 1)
        if "?" in words.text[words.starts[first] : words.ends[last - 1]] + tail:
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
            yield Fact(f"{weight}effect-{self._verb(i, first, last)}", part, denied, i, sets["effect"])
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

    def _gap(self, i: int) -> str:
        return self.words.text[self.words.ends[i - 1] : self.words.starts[i]]

    def _comma(self, i: int) -> bool:
        gap = self._gap(i)
        return gap != " " and bool(_BREAK.search(gap))

    def _comma_after(self, i: int, end: int) -> int:
        return next((j for j in range(i + 1, end) if self._comma(j)), end)

    # --- what a verb of effect does

    def _governor(self, i: int, first: int) -> int:
        """The word before, adverbs and "not" left out; -1 if there is none."""
        j = i - 1
        while j >= first and j > i - 5 and self._is_adverb(j) and not self._comma(j + 1):
            j -= 1
        return j if j >= first else -1

    def _is_adverb(self, j: int) -> bool:
        word = self._folded[j]
        return word not in ("be", "been", "no") and (
            "adverb" in self._sets[j] or "negation" in self._sets[j] or word.endswith("ly")
        )

    def _form(self, i: int) -> str:
        word = self._folded[i]
        if "past" in self._sets[i] or word.endswith("ed"):
            return "ed"
        if word.endswith("ing"):
            return "ing"
        return "s" if word.endswith("s") and not word.endswith("ss") else "base"

    def _verb(self, i: int, first: int, last: int) -> str:
        form, governor = self._form(i), self._governor(i, first)
        if i > first and self.words.text[self.words.starts[i] - 1] in _HYPHENS:
            return "adjective"  # drug-induced
        if governor < 0:
            return {"ing": "gerund", "s": "affects", "ed": "adjective", "base": "imperative"}[form]
        if "verb-or-adjective" in self._sets[i] and not self._surely_verb(i, governor, last):
            return "adjective"
        return self._auxiliary(i, governor, first) or self._inflected(i, governor, first, last)

    def _surely_verb(self, i: int, governor: int, last: int) -> bool:
        after = self._folded[i + 1] if i + 1 < last else ""
        return bool(
            self._sets[governor].keys() & {"may", "can", "ought", "auxiliary"}
            or self._folded[governor] in ("to", "and", "that")
            or after in ("the", "their", "your", "its", "blood")
        )

    def _auxiliary(self, i: int, governor: int, first: int) -> str:
        """may, can, ought, does, passive... for a verb after such a word; else nothing."""
        word, sets, form = self._folded[governor], self._sets[governor], self._form(i)
        if word == "to":
            return self._infinitive(governor, first)
        if word in ("be", "been"):
            before = self._governor(governor, first)
            modal = [name for name in ("may", "can", "ought") if before >= 0 and name in self._sets[before]]
            return modal[0] if modal else "passive" if form == "ed" else "gerund"
        if "may" in sets or "can" in sets:
            return "may" if "may" in sets else "can"
        if "ought" in sets and form == "base":
            return "ought"
        if "auxiliary" in sets:
            return "does"
        if "be" in sets:
            return {"ed": "passive", "ing": "progressive"}.get(form, "noun")
        return ""

    def _infinitive(self, to: int, first: int) -> str:
        """ "appears to reduce", "is thought to reduce", "was shown to reduce"; all else is a purpose."""
        before = self._governor(to, first)
        for kind in ("may", "known", "shown"):
            if before >= 0 and f"{kind}-lead" in self._sets[before]:
                return kind
        return "purpose"

    def _inflected(self, i: int, governor: int, first: int, last: int) -> str:
        word, form = self._folded[governor], self._form(i)
        if form == "ing":
            return "participle" if self._comma(i) else "means" if word in ("by", "through") else "gerund"
        if word in ("and", "or"):
            earlier = range(governor - 1, max(first, governor - 12) - 1, -1)
            twin = next((j for j in earlier if "effect" in self._sets[j] and self._form(j) == form), None)
            if twin is not None:
                return self._verb(twin, first, last)
        if form == "ed":
            return self._past(i, governor, last)
        named = "determiner" in self._sets[governor] or word.isdigit()
        if named and word not in ("this", "that", "these", "some"):
            return "noun"
        if form == "base" and not (
            word in ("who", "which", "that", "and", "or", "they", "we", "it") or word[-1] == "s"
        ):
            return "noun" if "verb-or-noun" in self._sets[i] else "affects"
        return self._intransitive(i, last) or "affects"

    def _past(self, i: int, governor: int, last: int) -> str:
        word, sets = self._folded[governor], self._sets[governor]
        after = self._folded[i + 1] if i + 1 < last else ""
        if word in ("and", "or"):
            object_follows = self._sets[i]["effect"] > i or after in ("the", "a", "an", "their", "its", "all")
            return "affected" if object_follows else "adjective"
        if word in ("has", "have", "had", "face", "faces", "carries", "carry"):
            compared = i + 1 < last and "outcome" in self._sets[i + 1]
            return "adjective" if compared else self._intransitive(i, last) or "affected"
        if "determiner" in sets or word == "to":
            return "adjective"
        return self._intransitive(i, last) or "affected"

    def _intransitive(self, i: int, last: int) -> str:
        """ "the rates increased over time": something changes, nothing is changed."""
        end = self._sets[i]["effect"]
        if end > i:
            return ""
        alone = end + 1 >= last or self._comma(end + 1) or "preposition-after" in self._sets[end + 1]
        return "changes" if alone else ""

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
