"""The parts of a sentence: the main one, and those in which a claim is only reported, supposed, conceded or aside.

A part is main, bracket, frame ("a study finds that", "according to"), relative (who, which, "a gene that"), concession
("although ..."), reason ("because ..."), condition (if, whether) or supposed ("the concern that").
"""

from __future__ import annotations

from healthlint.analysis.verbs import Verbs

_SUBORDINATE = {"if": "condition", "whether": "condition", "unless": "condition"} | dict.fromkeys(
    ("although", "though", "whereas", "despite", "while"), "concession"
)
_OF_A_CLAUSE = frozenset(("effect", "be", "have", "may", "can", "auxiliary", "ought", "association", "prediction"))

_REPORTED = frozenset(("report", "supposition"))


class Parts(Verbs):
    """The words of a text with the parts of the sentence in which they stand."""

    def parts(self, first: int, last: int) -> list[str]:
        """The part for each word from `first` to `last` (exclusive); a later kind of part wins over an earlier one."""
        start, end = self._framed_before(first, last), last
        end = self._framed_after(start, last)
        parts = ["frame"] * (start - first) + ["main"] * (end - start) + ["frame"] * (last - end)
        if start < end and "concession" in self._sets[start] and self._folded[start] != "as":
            close = self._comma_after(start, end)
            if close < end:
                parts[start - first : close - first] = ["concession"] * (close - start)
        for i in range(start + 1, end):
            kind, close = self._subordinate(i, start, end)
            parts[i - first : close - first] = [kind] * (close - i)
        supposed = next((i for i in range(start, end) if "supposition" in self._sets[i]), end)
        close = next((i for i in range(supposed, end) if "contrast" in self._sets[i]), end)
        parts[supposed - first : close - first] = ["supposed"] * (close - supposed)
        self._bracket(parts, first)
        return parts

    def _subordinate(self, i: int, start: int, end: int) -> tuple[str, int]:
        """The kind of part that word `i` begins, and the word after it; word `i` itself if none."""
        word, sets = self._folded[i], self._sets[i]
        if "who" in sets:
            return "relative", self._comma_after(i, min(end, i + 7))
        if word == "that":
            return "relative", self._comma_after(i, min(end, i + 8)) if self._is_relative(i, end) else i
        kind = _SUBORDINATE.get(word, "")
        if word in ("because", "since") and self._folded[i + 1] != "of" and not self._folded[i + 1].isdigit():
            kind = "reason"
        if not kind or (kind == "concession" and i <= start + 3):
            return "", i
        return kind, self._comma_after(i, end)

    def _is_relative(self, i: int, end: int) -> bool:
        """Whether "that" goes on with a verb and does not stand for what somebody finds or supposes."""
        if i + 1 >= end or self._folded[i - 1] in ("is", "so", "than") or not _REPORTED.isdisjoint(self._sets[i - 1]):
            return False
        return not _OF_A_CLAUSE.isdisjoint(self._sets[i + 1]) or self._folded[i + 1].endswith(("ed", "s"))

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
