"""All sets of phrases in one index, so that one look at the words of a text serves every rule and table.

Each phrase (see `grammar`) waits at its rarest word and, where a plain word stands beside that, at this pair of words.
The cost of a text grows with its words, not with the number of phrases. What is left to be compared there is the shape
of the phrase; many phrases share one, and one that is stored is read when a text needs it.
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
Shape = tuple[grammar.Sequence, int, tuple[Need, ...]]
"""One of the plain sequences of a phrase, the place of the anchor in it, and what a look at the words shows before it
is walked.

Elements of the sequence that have been looked up when the entry is found (the anchor, its neighbour) are None.
"""
ONE_WORD, WITH_NEXT, WITH_LAST = 0, 1, 2
"""The numbers of the shapes that have been looked up whole: a word, and one with the word after or before it."""
_COMPLETE: tuple[Shape, ...] = (((None,), 0, ()), ((None, None), 0, ()), ((None, None), 1, ()))
Entry = tuple[int, int, int]
"""The number of the set, the label of the phrase, and the number of its shape."""
Node = tuple[list[Entry], dict[str, list[Entry]], dict[str, list[Entry]]]
"""The entries that wait at a word: whatever stands beside it, by the word after it, by the word before it."""
Places = Sequence[int]
"""The numbers of words in a text, in order."""
Stored = tuple[dict[str, int], bytes, list[int], bytes, tuple[int, dict[int, list[Entry]]]]
"""A lexicon as `marshal` can store it: where the node of each word begins, the nodes one after the other; the same for
the shapes by number; the rest."""


class _Shapes(dict[int, Shape]):
    """The shapes by number; those that are stored are read when they are asked for. `count` is how many there are."""

    def __init__(self, starts: list[int], blob: bytes) -> None:
        super().__init__(enumerate(_COMPLETE))
        self._starts, self._stored = starts, memoryview(blob)
        self._numbers = {shape: number for number, shape in self.items()}
        self.count = max(len(self), len(starts))

    def __missing__(self, number: int) -> Shape:
        shape: Shape = marshal.loads(self._stored[self._starts[number] :])
        self[number] = shape
        return shape

    def number(self, shape: Shape) -> int:
        """The number of a shape, which is added if it is new."""
        if shape not in self._numbers:
            self._numbers[shape] = self.count
            self[self.count] = shape
            self.count += 1
        return self._numbers[shape]


class Lexicon:
    """Sets of phrases, numbered from 0 in the order in which they were added."""

    def __init__(self, stored: Stored | None = None) -> None:
        nodes, blob, starts, shapes, (self.count, self._by_name) = stored or ({}, b"", [], b"", (0, {}))
        self._nodes: dict[str, Node | int] = {**nodes}
        self._stored = memoryview(blob)
        self.shapes = _Shapes(starts, shapes)

    def add(self, phrases: Iterable[tuple[str, int]]) -> int:
        """Add a set of phrases with their labels; returns its number. Raises PhraseError."""
        for phrase, label in phrases:
            for sequence in grammar.sequences(phrase):
                self._place(sequence, label)
        self.count += 1
        return self.count - 1

    def _place(self, sequence: grammar.Sequence, label: int) -> None:
        anchor = grammar.anchor(sequence)
        words = grammar.words_of(sequence[anchor])
        offset, neighbours = _neighbour(sequence, anchor) if words else (0, ())
        checked = {anchor + offset} if offset else set()
        if isinstance(sequence[anchor], str | frozenset):
            checked.add(anchor)
        rest = tuple(None if i in checked else part for i, part in enumerate(sequence))
        needs = tuple(need for step in (-1, 1) for need in _needs(rest, anchor, step)) if words else ()
        entry = (self.count, label, self.shapes.number((rest, anchor, needs)))
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
        """The lexicon in a form that loads fast: nodes of words and shapes are read when a text needs them."""
        nodes = {word: marshal.dumps(self._node(word), 4) for word in sorted(self._nodes)}
        shapes = [marshal.dumps(self.shapes[number], 4) for number in range(self.shapes.count)]
        starts = accumulate(map(len, nodes.values()), initial=0)
        words = dict(zip(nodes, starts, strict=False))
        shape_starts = [*accumulate(map(len, shapes), initial=0)][:-1]
        return words, b"".join(nodes.values()), shape_starts, b"".join(shapes), (self.count, self._by_name)


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
