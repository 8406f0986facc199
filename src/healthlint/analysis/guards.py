"""Reasons to stay silent, or to speak more softly, about words that a rule has found.

Each guard is a function of the document and the place `start:end` of the words in `Document.text`. Hedges do not
excuse; quotations lower a finding but never hide it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from healthlint import tables
from healthlint.analysis.sentences import quotations, sentence_at, sentences, words
from healthlint.document import Document, per_document
from healthlint.phrases import Match

Guard = Callable[[Document, int, int], bool]

REACH = 8
"""A negation reaches this many words forward, but not beyond its clause (the scope cues of BioScope, simplified)."""


def negated(document: Document, start: int, end: int) -> bool:
    """NEG: an odd number of negations before the words, in their clause: "is not a miracle", "no magic bullet".

    "doesn't come without risks" is affirmative: two negations.
    """
    return _count(document, "negation", start, REACH) % 2 == 1


def needed(document: Document, start: int, end: int) -> bool:
    """NEED: the words name what is still to be shown: "trials are needed to demonstrate", "whether it works"."""
    return _count(document, "need", start, REACH + 4) > 0


def distanced(document: Document, start: int, end: int) -> bool:
    """META: text about the word, or words that the author does not own: "so-called", "popular notions about"."""
    return _count(document, "distance", start, REACH) > 0


def hedged(document: Document, start: int, end: int) -> bool:
    """HEDGE: may, might, could, possibly, potential... in the sentence before or within the words.

    "can" is no hedge: readers take it for more than "may" (Adams 2017, doi:10.1037/xap0000100).
    """
    sentence = sentences(document)[sentence_at(document, start)]
    starts = words(document).starts
    return any(sentence.start <= starts[m.first] < end for m in _found(document, "hedge"))


def quoted(document: Document, start: int, end: int) -> bool:
    """QUOTE: the words stand inside quotation marks."""
    spans = quotations(document)
    place = bisect_right(spans, (start, len(document.text))) - 1
    return place >= 0 and spans[place].start <= start and end <= spans[place].end


def technical(document: Document, start: int, end: int) -> bool:
    """TERM: the words belong to a technical phrase: breakthrough pain, landmark analysis, gold-standard test."""
    at = words(document)
    return any(at.starts[m.first] < end and start < at.ends[m.last] for m in _terms(document))


GUARDS: dict[str, Guard] = {
    "negated": negated,
    "needed": needed,
    "distanced": distanced,
    "hedged": hedged,
    "quoted": quoted,
    "technical": technical,
}
"""The guards by the names that rule packs use."""


def _count(document: Document, name: str, start: int, reach: int) -> int:
    """How many phrases of a word set end at most `reach` words before the place, in the same clause."""
    at = words(document)
    first = bisect_left(at.starts, start)
    count = 0
    for match in _found(document, name):
        if first - reach <= match.last < first and _same_clause(document, match.last, first):
            count += 1
    return count


def _same_clause(document: Document, last: int, first: int) -> bool:
    at = words(document)
    if first >= len(at) or at.sentence[last] != at.sentence[first]:
        return False
    between = document.text[at.ends[last] : at.starts[first]]
    return not any(mark in between for mark in ";:\u2014") and "but" not in at.folded[last + 1 : first]


def _found(document: Document, name: str) -> list[Match]:
    found = _sets(document)
    if name not in found:
        found[name] = tables.names(name).find(words(document))
    return found[name]


@per_document
def _sets(document: Document) -> dict[str, list[Match]]:
    return {}


@per_document
def _terms(document: Document) -> list[Match]:
    return tables.table("terms").phrases.find(words(document))
