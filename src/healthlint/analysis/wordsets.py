"""Which word sets of `rules/tables/claims.yaml` the words of a sentence belong to.

Only the sentences that somebody asks about are read, so an article whose claims no rule looks at costs nothing. A word
of its own is looked up in one dictionary; longer phrases are tried where their first word stands.
"""

from __future__ import annotations

from healthlint import tables
from healthlint.grammar import Element, Sequence
from healthlint.phrases import Words

Sets = dict[str, int]
"""The sets of a word, each with the number of words by which the phrase goes on after it. Shared: never changed."""

NOTHING: Sets = {}


def sets_of(words: Words, first: int, last: int) -> list[Sets]:
    """The sets of each word from `first` to `last` (exclusive); of nested phrases of one set only the longest."""
    alone, beginning = tables.claim_words()
    found = [alone.get(word, NOTHING) for word in words.folded[first:last]]
    longer: list[tuple[int, str, int]] = []
    for i in range(first, last):
        for name, sequence in beginning.get(words.folded[i], ()):
            end = _end(words, sequence, i, last)
            if end >= 0:
                longer.append((i - first, name, end - i))
    for i, name, more in longer:
        if found[i].get(name, 0) <= more:
            found[i] = found[i] | {name: more}
    for i, name, more in longer:
        for j in range(i + 1, i + more + 1):
            if name in found[j] and j + found[j][name] <= i + more:
                found[j] = {other: size for other, size in found[j].items() if other != name}
    return found


def _end(words: Words, sequence: Sequence, i: int, last: int) -> int:
    """The last word of the phrase whose first element is the word `i`; -1 if it does not stand there."""
    for at, element in enumerate(sequence[1:], 1):
        if type(element) is int:
            return _leap(words, sequence[at + 1 :], i, last, element)
        if i + 1 >= last or not words.close(i) or not _is(words, element, i + 1):
            return -1
        i += 1
    return i


def _leap(words: Words, rest: Sequence, i: int, last: int, gap: int) -> int:
    for j in range(i + 1, min(last, i + gap + 2)):
        if not words.passable(j - 1):
            return -1
        if _is(words, rest[0], j):
            end = _end(words, rest, j, last)
            if end >= 0:
                return end
    return -1


def _is(words: Words, element: Element, i: int) -> bool:
    word = words.folded[i]
    if type(element) is tuple:
        return element[1] in tables.claim_words()[0].get(word, NOTHING)
    return bool(word in element if type(element) is frozenset else word == element)
