"""What the words of a sentence do in its clauses: an effect that is stated, hedged, denied, wished for, or only named.

A fact is a name and a range of words. Facts are found by hand-written grammar of a few lines: the word that governs a
verb, the part of the sentence in which it stands. Their names can stand in braces in the cues of
`rules/tables/cues.yaml`; the word sets behind them are `rules/tables/claims.yaml`.
"""

from collections.abc import Iterator

from healthlint.analysis.outline import Step, outline
from healthlint.analysis.parts import Parts
from healthlint.document import BLOCK_BREAK
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple

PREDICATES = ("effect", "effect-noun", "efficacy", "association", "prediction")
"""The sets whose words can be what a sentence claims."""

_STATED = PREDICATES[1:]
_PLAIN = frozenset(
    "tendency degree may potential can ought further examine published background unclear difference change-noun report"
    " negation prevalence tool importance period treatment trait illness survey usage event novelty approach sign"
    " amount weakness plan follow-up good saying safety rank suggesting showing causing bettering lessening worsening"
    " raising demographic statistic health-system".split()
)
_SUBJECTS = "person outcome treatment trait illness study survey usage tool approach".split()
_VERBAL = frozenset((*PREDICATES, "be", "have", "auxiliary", "may", "can"))
_OPENINGS = (
    "further study opening may can examine effect-noun association person importance negation outcome prevalence"
    " concession contrast published"
).split()
_STOP = expression(r"[.!?\u2026](?!\d)")


class Fact(NamedTuple):
    """What words `first` to `last` (both inclusive) do: `name`, in which part of the sentence, denied or not.

    `part` is that of the sentence (see `healthlint.analysis.parts`); nothing for a fact about the whole sentence.
    """

    name: str
    part: str
    denied: bool
    first: int
    last: int

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which cues know the fact: in other parts than the main one it is another fact."""
        if not self.part:
            return (self.name,)
        found = (self.name,) if self.part == "main" else (f"{self.part}-{self.name}", f"{self.part}-any")
        return (*found, f"no-{self.name}") if self.denied else found


class Clauses(Parts):
    """The words of a text with the sets that they belong to, ready to be asked for the facts of a sentence."""

    def facts(self, first: int, last: int) -> list[Fact]:
        """The facts of the sentence of words `first` to `last` (exclusive)."""
        if last <= first:
            return []
        self.read(first, last)
        parts = self.parts(first, last)
        found = [
            fact for i in range(first, last) if self._sets[i] for fact in self._facts(i, parts[i - first], first, last)
        ]
        main = [i for i in range(first, last) if parts[i - first] == "main"]
        return [*self._opening(main), *found, *self._lead(found), *self._shape(first, last)]

    def outline(self, first: int, last: int) -> list[Step]:
        """The outline of a sentence whose facts have been asked for."""
        return outline(self._folded, self._sets, self._done, first, last)

    def _shape(self, first: int, last: int) -> Iterator[Fact]:
        """Facts about the whole sentence: its length, and whether it asks, quotes, has a label or is a headline."""
        words = self.words
        following = words.starts[last] if last < len(words) else len(words.text)
        final = last - 1
        while final > first and words.folded[final].isdigit():  # "... heals.[1]"
            final -= 1
        tail = words.text[words.ends[final] : following].partition(BLOCK_BREAK)[0]
        text = words.text[words.starts[first] : words.ends[final]]
        size = last - first
        shape = {
            "short": size < 12,
            "medium": 12 <= size <= 32,
            "long": size > 32,
            "question": "?" in text + tail,
            "quoted": '"' in text or "\u201c" in text,
            "labelled": ":" in text and text.partition(":")[0].isupper(),
            "headline": not _STOP.search(tail),
        }
        yield from (Fact(name, "", False, first, last - 1) for name, holds in shape.items() if holds)

    def _facts(self, i: int, part: str, first: int, last: int) -> Iterator[Fact]:
        sets = self._sets[i]
        denied = any("negation" in found for found in self._sets[max(first, i - 4) : i])
        for name, more in sets.items():
            if name in _PLAIN:
                yield Fact(name, part, denied and name != "negation", i, i + more)
            elif name in _STATED:
                yield Fact(f"{name}-{self._put(i, first)}", part, denied, i, i + more)
            elif name == "effect":
                weight = "weak-" if "weak-effect" in sets else "light-" if "light-effect" in sets else ""
                yield Fact(f"{weight}effect-{self.verb(i, first, last)}", part, denied, i, i + more)
            elif name == "comparative":
                if any("outcome" in found for found in self._sets[i + 1 : min(i + 4, last)]):
                    yield Fact(f"compared-{self._put(i, first)}", part, denied, i, i)
                if any("have" in found for found in self._sets[max(first, i - 3) : i]):
                    yield Fact("compared-had", part, denied, i, i)

    def _opening(self, main: list[int]) -> Iterator[Fact]:
        """How the main part begins, and what it is about: the first such word before its verb."""
        for i in main[:3]:
            for name in _OPENINGS:
                if name in self._sets[i]:
                    yield Fact(f"opens-{name}", "main", False, i, i + self._sets[i][name])
        for i in main:
            sets = self._sets[i]
            if not _VERBAL.isdisjoint(sets):
                return
            for name in _SUBJECTS:
                if name in sets:
                    yield Fact(f"about-{name}", "main", False, i, i)
                    return

    def _lead(self, facts: list[Fact]) -> Iterator[Fact]:
        """The first predicate of the main part, and how many there are."""
        predicates = [fact for fact in facts if fact.part == "main" and fact.name.startswith(_LEADING)]
        if predicates:
            yield predicates[0]._replace(name=f"lead-{predicates[0].name}", denied=False)
            yield predicates[-1]._replace(name=f"predicates-{min(3, len(predicates))}", denied=False)

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
