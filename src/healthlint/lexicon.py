"""All sets of phrases in one index, so that one look at the words of a text serves every rule and table.

Each phrase (see `grammar`) waits at its rarest word and, where a plain word stands beside that, at this pair of words.
The cost of a text grows with its words, not with the number of phrases.
"""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from healthlint import grammar

Need = tuple[int, int, frozenset[str]]
"""One of these words must stand so many words from the anchor: at least, at most (before it, if negative)."""
Entry = tuple[int, int, grammar.Sequence, int, tuple[Need, ...]]
"""The number of the set, the label of the phrase, one of its plain sequences, the place of the anchor in that, and what
a look at the words shows before the sequence is walked.

Elements of the sequence that have been looked up when the entry is found (the anchor, its neighbour) are None.
"""
Node = tuple[list[Entry], dict[str, list[Entry]], dict[str, list[Entry]]]
"""The entries that wait at a word: whatever stands beside it, by the word after it, by the word before it."""
Places = Sequence[int]
"""The numbers of words in a text, in order."""
Stored = tuple[dict[str, int], bytes, tuple[int, dict[int, list[Entry]]]]
"""A lexicon as `marshal` can store it: where the node of each word begins, the nodes one after the other, the rest."""


class Lexicon:
    """Sets of phrases, numbered from 0 in the order in which they were added."""

    def __init__(self, stored: Stored | None = None) -> None:
        nodes, blob, (self.count, self._by_name) = stored or ({}, b"", (0, {}))
        self._nodes: dict[str, Node | int] = {**nodes}
        self._stored = memoryview(blob)

    def add(self, phrases: Iterable[tuple[str, int]]) -> int:
        """Add a set of phrases with their labels; returns its number. Raises PhraseError."""
        for phrase, label in phrases:
            for sequence in grammar.sequences(phrase):
                self._place(sequence, label)
        self.count += 1
        return self.count - 1

    def _place(self, sequence: grammar.Sequence, label: int) -> None:
        anchor = min(range(len(sequence)), key=lambda place: grammar.cost(sequence[place]))
        words = grammar.words_of(sequence[anchor])
        offset, neighbours = _neighbour(sequence, anchor) if words else (0, ())
        checked = {anchor + offset} if offset else set()
        if isinstance(sequence[anchor], str | frozenset):
            checked.add(anchor)
        rest = tuple(None if i in checked else part for i, part in enumerate(sequence))
        needs = tuple(need for step in (-1, 1) for need in _needs(rest, anchor, step)) if words else ()
        entry = (self.count, label, rest, anchor, needs)
        for word in words:
            alone, after, before = self._node(word)
            if not offset:
                alone.append(entry)
            for neighbour in neighbours:
                (after if offset > 0 else before).setdefault(neighbour, []).append(entry)
        if not words:
            self._by_name.setdefault(self.count, []).append(entry)

    def _node(self, word: str) -> Node:
        node = self._nodes.setdefault(word, ([], {}, {}))
        if isinstance(node, int):
            node = self._nodes[word] = marshal.loads(self._stored[node:])
        return node

    def by_name(self, number: int) -> Sequence[Entry]:
        """The entries of a set whose anchor is the name of another set."""
        return self._by_name.get(number, ())

    def candidates(self, index: Mapping[str, Places], folded: Sequence[str]) -> dict[int, list[tuple[Entry, Places]]]:
        """By the number of the set: entries whose anchor and neighbour a text holds, and the places of the anchor.

        `index` gives the places of each word; `folded` is the list of words, with an empty one at its end.
        """
        found: defaultdict[int, list[tuple[Entry, Places]]] = defaultdict(list)
        nodes = self._nodes
        for word in nodes.keys() & index.keys():
            node = nodes[word]
            alone, after, before = self._node(word) if isinstance(node, int) else node
            places = index[word]
            for entry in alone:
                found[entry[0]].append((entry, places))
            if after:
                for place in places:
                    if folded[place + 1] in after:
                        for entry in after[folded[place + 1]]:
                            found[entry[0]].append((entry, (place,)))
            if before:
                for place in places:
                    if folded[place - 1] in before:
                        for entry in before[folded[place - 1]]:
                            found[entry[0]].append((entry, (place,)))
        return found

    def stored(self) -> Stored:
        """The lexicon in a form that loads fast: the node of a word is read when a text holds it."""
        blobs = {word: marshal.dumps(self._node(word), 4) for word in sorted(self._nodes)}
        starts = accumulate(map(len, blobs.values()), initial=0)
        return dict(zip(blobs, starts, strict=False)), b"".join(blobs.values()), (self.count, self._by_name)


def _needs(sequence: grammar.Sequence, anchor: int, step: int) -> Iterator[Need]:
    """What the nearest plain words on one side of the anchor demand; nothing if the name of a set comes first."""
    nearest = farthest = 0
    for element in sequence[anchor + 1 :] if step > 0 else reversed(sequence[:anchor]):
        if isinstance(element, int):
            farthest += element
            continue
        nearest, farthest = nearest + 1, farthest + 1
        if element is not None:
            words = grammar.words_of(element)
            if words:
                low, high = sorted((step * nearest, step * farthest))
                yield low, high, frozenset(words)
            return


def _neighbour(sequence: grammar.Sequence, anchor: int) -> tuple[int, Iterable[str]]:
    """On which side (-1 or 1) of the anchor plain words stand, the rarer ones if on both, and which; else (0, ())."""
    beside = [(offset, sequence[anchor + offset]) for offset in (-1, 1) if 0 <= anchor + offset < len(sequence)]
    plain: list[tuple[float, int, Any]] = [
        (grammar.cost(element), offset, element) for offset, element in beside if isinstance(element, str | frozenset)
    ]
    if not plain:
        return 0, ()
    _, offset, element = min(plain, key=lambda item: item[:2])
    return offset, grammar.words_of(element)
