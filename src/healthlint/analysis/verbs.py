"""What a verb of effect does where it stands: it states an effect, may have one, is the purpose of something else...

The words of the sets come from `rules/tables/claims.yaml`; what decides is the word that governs the verb: "may
reduce", "was shown to reduce", "in order to reduce", "with reduced", "the increase".
"""

from __future__ import annotations

from healthlint.analysis.wordsets import NOTHING, Sets, sets_of
from healthlint.expressions import expression
from healthlint.phrases import Words

_BREAK = expression(r"[,;:()\[\]\u2014]|--")
_HYPHENS = "-\u2010\u2011"


class Verbs:
    """The words of a text with the sets that they belong to."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._folded = words.folded
        self._done: dict[int, str] = {}
        self._sets: list[Sets] = [NOTHING] * len(words)

    def read(self, first: int, last: int) -> None:
        """Look up the sets of the words of a sentence; must come before anything is asked about it."""
        self._sets[first:last] = sets_of(self.words, first, last)
        for i in range(first, last):
            if "association" in self._sets[i] and self._is_name(i, first, last):
                self._sets[i] = {name: more for name, more in self._sets[i].items() if name != "association"}

    def _is_name(self, i: int, first: int, last: int) -> bool:
        """Whether "association" is part of a name: American Heart Association."""
        words = self.words
        return (
            i > first
            and all(words.text[words.starts[j]].isupper() for j in (i - 1, i))
            and (i + 1 == last or words.folded[i + 1] not in ("between", "of", "with", "among"))
        )

    def _gap(self, i: int) -> str:
        return self.words.text[self.words.ends[i - 1] : self.words.starts[i]]

    def _comma(self, i: int) -> bool:
        gap = self._gap(i)
        return gap != " " and bool(_BREAK.search(gap))

    def _comma_after(self, i: int, end: int) -> int:
        return next((j for j in range(i + 1, end) if self._comma(j)), end)

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

    def verb(self, i: int, first: int, last: int) -> str:
        """What the verb at word `i` of the sentence `first` to `last` (exclusive) does; ask from left to right.

        affects, affected (active), changes (nothing is affected), passive, progressive, does (do, will), may, can,
        ought, known ("is thought to"), shown ("was shown to"), purpose ("to"), participle (", reducing"), means ("by
        reducing"), gerund, imperative, noun ("the increase"), adjective ("with reduced").
        """
        self._done[i] = self._verb(i, first, last)
        return self._done[i]

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
        if any("may" in self._sets[j] for j in range(governor + 1, i)):
            return "may"  # potentially reduces
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
            twin = next((j for j in earlier if j in self._done and self._form(j) == form), None)
            if twin is not None:
                return self._done[twin]
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
            object_follows = self._sets[i]["effect"] > 0 or after in ("the", "a", "an", "their", "its", "all")
            return "affected" if object_follows else "adjective"
        if word in ("has", "have", "had", "face", "faces", "carries", "carry"):
            compared = i + 1 < last and "outcome" in self._sets[i + 1]
            return "adjective" if compared else self._intransitive(i, last) or "affected"
        if "determiner" in sets or word == "to":
            return "adjective"
        return self._intransitive(i, last) or "affected"

    def _intransitive(self, i: int, last: int) -> str:
        """ "the rates increased over time": something changes, nothing is changed."""
        if self._sets[i]["effect"] > 0:
            return ""
        alone = i + 1 >= last or self._comma(i + 1) or "preposition-after" in self._sets[i + 1]
        return "changes" if alone else ""
