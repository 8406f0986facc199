"""Finding phrases (see `grammar`) in a text.

A phrase stands within one sentence; its neighbouring words are separated by blanks, hyphens or quotation marks only, a
gap may also cross commas and brackets.

The text is indexed, not the phrases: a set of phrases looks up the few words that it needs (its anchors) in the index
of the text, so hundreds of rules cost little more than the words that really occur.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from healthlint.grammar import WORD, Compiled, Element, Entry, Sequence, compile_phrases, fold, key

_CLOSE = frozenset(" \t\r\n\u00a0\u202f\u2009-\u2010\u2011\u2013'\"\u2018\u2019\u201c\u201d\u00ab\u00bb")
_GAP_BREAK = frozenset(";:\u2014")


class Match(NamedTuple):
    """Words `first` to `last` (both inclusive, counted from 0) match the phrase with number `label`."""

    first: int
    last: int
    label: int


class Words:
    """The words of a text, folded (lower case, straight apostrophes, no possessive 's), with an index.

    `starts`/`ends` are code-point offsets of each word; `sentence` the number of its sentence. `resolve` gives the
    phrases of a table or word set by its name.
    """

    def __init__(self, text: str, sentence_starts: Iterable[int], resolve: Callable[[str], Phrases]) -> None:
        self.text = text
        self._resolve = resolve
        self._matches: dict[str, list[Match]] = {}
        self._shared_count = -1
        self._shared_anchors: dict[int, list[str]] = {}
        self._members: dict[str, tuple[dict[int, int], dict[int, int]]] = {}
        folded = fold(text)
        spans = [match.span() for match in WORD.finditer(folded)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        found = [folded[start:end] for start, end in spans]
        if "'" in folded or not folded.isascii():
            found = [word if word.isalnum() and word.isascii() else key(word) for word in found]
        self.index: dict[str, list[int]] = {}
        for number, word in enumerate(found):
            self.index.setdefault(word, []).append(number)
        self.folded = [*found, ""]  # nothing stands before the first word and after the last
        self.sentence = _numbers(self.starts, sentence_starts)

    def __len__(self) -> int:
        return len(self.starts)

    def close(self, number: int) -> bool:
        """Whether the word and the next one are neighbours: nothing but blanks, hyphens or quotes between them."""
        if number + 1 >= len(self.starts) or self.sentence[number] != self.sentence[number + 1]:
            return False
        between = self.text[self.ends[number] : self.starts[number + 1]]
        return between == " " or all(character in _CLOSE for character in between)

    def passable(self, number: int) -> bool:
        """Whether a gap may reach from the word to the next one: same sentence, no colon, semicolon or dash."""
        if number + 1 >= len(self.starts) or self.sentence[number] != self.sentence[number + 1]:
            return False
        return _GAP_BREAK.isdisjoint(self.text[self.ends[number] : self.starts[number + 1]])

    def is_capital(self, number: int) -> bool:
        """Whether the word stands in capitals in the text."""
        word = self.text[self.starts[number] : self.ends[number]]
        return word.isupper() or (len(word) > 2 and word[-1] == "s" and word[:-1].isupper())

    def matches(self, name: str) -> list[Match]:
        """Where names of a table or word set stand, in order."""
        if name not in self._matches:
            self._matches[name] = self._resolve(name).find(self)
        return self._matches[name]

    def members(self, name: str) -> tuple[dict[int, int], dict[int, int]]:
        """The same as two maps: first word to last word, and last word to first."""
        if name not in self._members:
            first_to_last = {match.first: match.last for match in self.matches(name)}
            self._members[name] = (first_to_last, {last: first for first, last in first_to_last.items()})
        return self._members[name]

    def holds(self, name: str, start: int, end: int) -> bool:
        """Whether a name of a table or word set begins in the range of code points."""
        matches = self.matches(name)
        place = bisect_left(matches, start, key=lambda match: self.starts[match.first])
        return place < len(matches) and self.starts[matches[place].first] < end

    def overlaps(self, name: str, first: int, last: int) -> bool:
        """Whether a name of a table or word set shares one of the words `first` to `last` (both inclusive)."""
        return overlapping(self.matches(name), first, last) is not None

    def shared_sets(self) -> int:
        """How many sets of phrases `shared_anchors` knows for this text."""
        if self._shared_count < 0:
            self._shared_count = _SHARED.count
            for word in _SHARED.sets.keys() & self.index.keys():
                for number in _SHARED.sets[word]:
                    if number < self._shared_count:
                        self._shared_anchors.setdefault(number, []).append(word)
        return self._shared_count

    def shared_anchors(self, number: int) -> list[str]:
        """The anchors of a set of phrases that the text holds."""
        return self._shared_anchors.get(number, [])


def overlapping(matches: list[Match], first: int, last: int) -> Match | None:
    """The last of the matches that shares one of the words `first` to `last`; in order, none inside another."""
    place = bisect_right(matches, last, key=lambda match: match.first) - 1
    return matches[place] if place >= 0 and matches[place].last >= first else None


class Phrases:
    """A set of phrases, each with a number (`label`) of the caller's, ready to be found in texts.

    A match that lies inside another one does not count, unless `nested`.
    """

    def __init__(self, compiled: Compiled, *, nested: bool = False) -> None:
        self._anchors, self._by_set = compiled
        self._nested = nested
        self._uses = 0
        self._shared = -1

    @classmethod
    def of(cls, phrases: Iterable[str | tuple[str, int]], *, nested: bool = False) -> Phrases:
        """Compile phrases; one given without a label has its place in the list as label. Raises PhraseError."""
        labelled = ((p, i) if isinstance(p, str) else p for i, p in enumerate(phrases))
        return cls(compile_phrases(labelled), nested=nested)

    def find(self, words: Words) -> list[Match]:
        """All matches in the order of the text."""
        found: list[Match] = []
        for word in self._words_in(words):
            numbers = words.index[word]
            for entry in self._anchors[word]:
                found.extend(_anchored(words, entry, numbers))
        for entry in self._by_set:
            sequence, anchor, label, _, _ = entry
            for first, last in words.members(sequence[anchor][1])[0].items():
                found.extend(_around(words, sequence, anchor, label, first, last))
        if len(found) < 2:
            return found
        return sorted(set(found)) if self._nested else _outermost(found)

    def _words_in(self, words: Words) -> Iterable[str]:
        """The anchors that the text holds; looked up for all sets at once as soon as a set has served two texts."""
        if 0 <= self._shared < words.shared_sets():
            return words.shared_anchors(self._shared)
        self._uses += 1
        if self._uses == 2:
            self._shared = _SHARED.add(self._anchors)
        return self._anchors.keys() & words.index.keys()


class _SharedAnchors:
    """Which sets of phrases have an anchor: one look at the words of a text serves all of them."""

    def __init__(self) -> None:
        self.count = 0
        self.sets: dict[str, list[int]] = {}

    def add(self, words: Iterable[str]) -> int:
        for word in words:
            self.sets.setdefault(word, []).append(self.count)
        self.count += 1
        return self.count - 1


_SHARED = _SharedAnchors()


def _numbers(starts: list[int], sentence_starts: Iterable[int]) -> list[int]:
    """For each word the number of its sentence; words before the first sentence belong to number -1."""
    numbers: list[int] = []
    following = -1
    for number, start in enumerate(sentence_starts, -1):
        numbers.extend([number] * (bisect_left(starts, start) - len(numbers)))
        following = number + 1
    return numbers + [following] * (len(starts) - len(numbers)) if starts else []


def _anchored(words: Words, entry: Entry, numbers: list[int]) -> Iterator[Match]:
    """The matches whose anchor is one of the words `numbers`."""
    sequence, anchor, label, offset, neighbours = entry
    capital = type(sequence[anchor]) is tuple
    folded = words.folded
    for number in numbers:
        if offset and folded[number + offset] not in neighbours:
            continue
        if not capital or words.is_capital(number):
            yield from _around(words, sequence, anchor, label, number, number)


def _around(words: Words, sequence: Sequence, anchor: int, label: int, first: int, last: int) -> Iterator[Match]:
    if len(sequence) == 1:
        yield Match(first, last, label)
        return
    end = _walk(words, sequence, anchor + 1, last, 1)
    if end >= 0:
        start = _walk(words, sequence, anchor - 1, first, -1)
        if start >= 0:
            yield Match(start, end, label)


def _walk(words: Words, sequence: Sequence, at: int, number: int, step: int) -> int:
    """Match the elements from `at` on, in direction `step`, beside the word `number`; the outermost word, or -1."""
    while 0 <= at < len(sequence):
        element = sequence[at]
        if type(element) is int:
            return _leap(words, sequence, at + step, number, step, element)
        if not words.close(number if step > 0 else number - 1) or number + step < 0:
            return -1
        number = _step(words, element, number + step, step)
        if number < 0:
            return -1
        at += step
    return number


def _leap(words: Words, sequence: Sequence, at: int, number: int, step: int, gap: int) -> int:
    for _ in range(gap + 1):
        if not 0 <= number + step < len(words) or not words.passable(number if step > 0 else number - 1):
            return -1
        landed = _step(words, sequence[at], number + step, step)
        if landed >= 0:
            end = _walk(words, sequence, at + step, landed, step)
            if end >= 0:
                return end
        number += step
    return -1


def _step(words: Words, element: Element, number: int, step: int) -> int:
    """The last word (in direction `step`) of what matches the element at the word `number`, or -1."""
    kind = type(element)
    if kind is str:
        return number if words.folded[number] == element else -1
    if kind is frozenset:
        return number if words.folded[number] in element else -1
    if element[0] == "=":
        return number if words.folded[number] == element[1] and words.is_capital(number) else -1
    return words.members(element[1])[0 if step > 0 else 1].get(number, -1)


def _outermost(matches: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.first, -m.last, m.label)):
        if not kept or match.last > kept[-1].last:
            kept.append(match)
    return kept
