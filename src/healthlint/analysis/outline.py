"""A sentence as an outline: what its words are, one after another, whatever they are about.

"Statins were not associated with a lower risk." reads ^ * be NOT ASSOCIATION with a COMPARATIVE OUTCOME $: names of the
sets of `rules/tables/claims.yaml` in capitals, small words as they are, `*` for a run of other words, `#` for a number.
"""

from healthlint.analysis.wordsets import Sets
from healthlint.namedtuples import NamedTuple

NAMED = (
    "negation may-lead may can ought further unclear association prediction tendency effect effect-noun efficacy degree"
    " comparative difference change-noun report examine study be have auxiliary who concession contrast supposition"
    " published background importance prevalence tool outcome treatment illness trait survey usage event sign approach"
    " novelty weakness plan person period potential follow-up amount good saying"
).split()
"""The sets that an outline tells; of the sets of a word the first."""
_RANK = {name: rank for rank, name in enumerate(NAMED)}

SMALL_WORDS = frozenset(
    "a an and are as at be been by can could do does for from had has have how if in into is it its may might more most"
    " no not of on or so that the their there these they this to was we were what when which who will with would you"
    " your our than all any s % other some such those after before during while because she he among between under"
    " over per only just about around against without within through upon up down out off both either neither each"
    " every many much few several one two three first second third same another new".split()
)

WINDOW = 5
"""An outline cue with a gap spans at most as many steps."""


class Step(NamedTuple):
    """One step of an outline, and its words `first` to `last` (both inclusive)."""

    name: str
    first: int
    last: int


def outline(folded: list[str], sets: list[Sets], verbs: dict[int, str], first: int, last: int) -> list[Step]:
    """The outline of words `first` to `last` (exclusive); `verbs` says what the verbs of effect do."""
    steps = [Step("^", first, first)]
    i = first
    while i < last:
        named = _named(sets[i])
        name = f"EFFECT-{verbs[i].upper()}" if named == "effect" else named.upper() or _other(folded[i])
        end = i + sets[i][named] if named else i
        if name != "*" or steps[-1].name != "*":
            steps.append(Step(name, i, min(end, last - 1)))
        i = end + 1
    return [*steps, Step("$", last - 1, last - 1)]


def _named(sets: Sets) -> str:
    return min((name for name in sets if name in _RANK), key=_RANK.__getitem__, default="") if sets else ""


def _other(word: str) -> str:
    return word if word in SMALL_WORDS else "#" if word.isdigit() else "*"
