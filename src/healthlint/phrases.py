"""Finding phrases (see `grammar`) in a text.

A phrase stands within one sentence; its neighbouring words are separated by blanks, hyphens or quotation marks only, a
gap may also cross commas and brackets.

The text is indexed, not the phrases: the sets of a lexicon look up their words in the index of the text together, so
hundreds of rules cost little more than the phrases that really occur.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from itertools import accumulate, pairwise

from healthlint.grammar import WORD, Element, Sequence, fold, key
from healthlint.lexicon import ONE_WORD, WITH_LAST, WITH_NEXT, Entry, Lexicon, Places, Shape
from healthlint.namedtuples import NamedTuple

_CLOSE_BY = frozenset(" \t\r\n\u00a0\u202f\u2009-\u2010\u2011\u2013'\"\u2018\u2019\u201c\u201d\u00ab\u00bb")
_GAP_BREAK = frozenset(";:\u2014")
APART, PASSABLE, CLOSE = 0, 1, 2
"""What `Words.joints` says of a word and the next one: other sentences or clauses, a gap may cross, neighbours."""


class _Joints(dict[str, int]):
    """What stands between two words of a sentence: only blanks, hyphens or quotes; what a gap may cross; or more."""

    def __missing__(self, between: str) -> int:
        kind = CLOSE if _CLOSE_BY.issuperset(between) else PASSABLE if _GAP_BREAK.isdisjoint(between) else APART
        if len(between) < 4:
            self[between] = kind
        return kind


_JOINTS = _Joints()
_NOTHING_KNOWN: tuple[int, dict[int, list[tuple[Entry, Places]]]] = (0, {})


class Match(NamedTuple):
    """Words `first` to `last` (both inclusive, counted from 0) match the phrase with number `label`."""

    first: int
    last: int
    label: int


class Words:
    """The words of a text, folded (lower case, straight apostrophes, no possessive 's), with an index.

    `lower` is the folded text, with the same offsets. `starts`/`ends` are code-point offsets of each word; `sentence`
    the number of its sentence. `firsts` are the first words of the sentences, with the number of words at the end.
    `resolve` gives the phrases of a table or word set.
    """

    def __init__(self, text: str, sentence_starts: Iterable[int], resolve: Callable[[str], "Phrases"]) -> None:
        self.text = text
        self._resolve = resolve
        self._matches: dict[str, list[Match]] = {}
        self._members: dict[str, tuple[dict[int, int], dict[int, int]]] = {}
        self._candidates: dict[Lexicon, tuple[int, dict[int, list[tuple[Entry, Places]]]]] = {}
        self.lower = fold(text)
        parts = WORD.split(self.lower)  # what stands before, the word, what stands between, the next word...
        edges = list(accumulate(map(len, parts)))
        self.starts = edges[:-1:2]
        self.ends = edges[1::2]
        found = parts[1::2]
        self.folded = [*found, ""]  # nothing stands before the first word and after the last
        index: defaultdict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(found):
            index[word].append(number)
        self.index: dict[str, list[int]] = dict(index)
        if "'" in self.lower or not self.lower.isascii():
            for word in [word for word in index if "'" in word or not word.isascii()]:
                self._rename(word, key(word))
        self.joints = [*map(_JOINTS.__getitem__, parts[2:-1:2]), APART]
        self.firsts = [*(bisect_left(self.starts, start) for start in sentence_starts), len(found)]
        self.sentence = [-1] * self.firsts[0]
        for number, (first, following) in enumerate(pairwise(self.firsts)):
            self.joints[first - 1] = APART
            self.sentence += [number] * (following - first)

    def _rename(self, word: str, name: str) -> None:
        if name != word:
            places = self.index.pop(word)
            for place in places:
                self.folded[place] = name
            self.index[name] = sorted([*self.index.get(name, ()), *places])

    def __len__(self) -> int:
        return len(self.starts)

    def close(self, number: int) -> bool:
        """Whether the word and the next one are neighbours: nothing but blanks, hyphens or quotes between them."""
        return self.joints[number] == CLOSE

    def passable(self, number: int) -> bool:
        """Whether a gap may reach from the word to the next one: same sentence, no colon, semicolon or dash."""
        return self.joints[number] != APART

    def is_capital(self, number: int) -> bool:
        """Whether the word stands in capitals in the text."""
        word = self.text[self.starts[number] : self.ends[number]]
        return word.isupper() or (len(word) > 2 and word[-1] == "s" and word[:-1].isupper())

    def candidates(self, lexicon: Lexicon, number: int) -> Iterable[tuple[Entry, Places]]:
        """The entries of a set that may stand in the text, with the places of their anchors."""
        known, found = self._candidates.get(lexicon, _NOTHING_KNOWN)
        if number >= known:
            known, found = self._candidates[lexicon] = lexicon.count, lexicon.candidates(self.index, self.folded)
        return found.get(number, ())

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


def overlapping(matches: list[Match], first: int, last: int) -> Match | None:
    """The last of the matches that shares one of the words `first` to `last`; in order, none inside another."""
    place = bisect_right(matches, last, key=lambda match: match.first) - 1
    return matches[place] if place >= 0 and matches[place].last >= first else None


class Phrases:
    """A set of phrases of a lexicon, by its number, ready to be found in texts.

    A match that lies inside another one does not count, unless `nested`.
    """

    def __init__(self, lexicon: Lexicon, number: int, *, nested: bool = False) -> None:
        self._lexicon = lexicon
        self._number = number
        self._nested = nested

    @classmethod
    def of(cls, phrases: Iterable[str | tuple[str, int]], *, nested: bool = False) -> "Phrases":
        """A set of its own; a phrase without a label has its place in the list as label. Raises PhraseError."""
        lexicon = Lexicon()
        return cls(lexicon, lexicon.add(labelled(phrases)), nested=nested)

    def find(self, words: Words) -> list[Match]:
        """All matches in the order of the text."""
        found: list[Match] = []
        folded, shapes = words.folded, self._lexicon.shapes
        for (_, label, number), places in words.candidates(self._lexicon, self._number):
            if number == ONE_WORD:
                found += [_match((place, place, label)) for place in places]
            elif number in (WITH_NEXT, WITH_LAST):
                first = places[0] - (number == WITH_LAST)  # a pair of words has a single place
                if words.joints[first] == CLOSE:
                    found.append(_match((first, first + 1, label)))
            else:
                sequence, anchor, needs = shapes[number]
                for place in places:
                    for low, high, wanted in needs:
                        low += place  # no max(): a call costs as much as the look at the words
                        if wanted.isdisjoint(folded[low if low > 0 else 0 : place + high + 1]):
                            break
                    else:
                        if sequence[anchor] is None or words.is_capital(place):
                            found += _around(words, sequence, anchor, label, place, place)
        for _, label, number in self._lexicon.by_name(self._number):
            found += _at_names(words, shapes[number], label)
        if len(found) < 2:
            return found
        return sorted(set(found)) if self._nested else _outermost(found)


_match = partial(tuple.__new__, Match)


def labelled(phrases: Iterable[str | tuple[str, int]]) -> Iterable[tuple[str, int]]:
    """Phrases with labels; the label of one that has none is its place in the list."""
    return ((phrase, place) if isinstance(phrase, str) else phrase for place, phrase in enumerate(phrases))


def _at_names(words: Words, shape: Shape, label: int) -> list[Match]:
    """The matches of a phrase that waits at the name of a set."""
    sequence, anchor, _ = shape
    names = words.members(sequence[anchor][1])[0].items()
    if len(sequence) == 1:
        return [_match((first, last, label)) for first, last in names]
    return [match for first, last in names for match in _around(words, sequence, anchor, label, first, last)]


def _around(words: Words, sequence: Sequence, anchor: int, label: int, first: int, last: int) -> tuple[Match, ...]:
    """The match, if there is one, whose anchor is matched by the words `first` to `last`."""
    end = _walk(words, sequence, anchor + 1, last, 1) if anchor + 1 < len(sequence) else last
    if end >= 0:
        start = _walk(words, sequence, anchor - 1, first, -1) if anchor else first
        if start >= 0:
            return (_match((start, end, label)),)
    return ()


def _walk(words: Words, sequence: Sequence, at: int, number: int, step: int) -> int:
    """Match the elements from `at` on, in direction `step`, beside the word `number`; the outermost word, or -1."""
    folded, joints = words.folded, words.joints
    while 0 <= at < len(sequence):
        element = sequence[at]
        kind = type(element)
        if kind is int:
            return _leap(words, sequence, at + step, number, step, element)
        if joints[number if step > 0 else number - 1] != CLOSE:
            return -1
        number += step
        if kind is str:
            if folded[number] != element:
                return -1
        elif kind is frozenset:
            if folded[number] not in element:
                return -1
        elif element is not None:
            number = _step(words, element, number, step)
            if number < 0:
                return -1
        at += step
    return number


def _leap(words: Words, sequence: Sequence, at: int, number: int, step: int, gap: int) -> int:
    if not _may_land(words, sequence[at], number, step, gap):
        return -1
    for _ in range(gap + 1):
        if words.joints[number if step > 0 else number - 1] == APART:
            return -1
        landed = _step(words, sequence[at], number + step, step)
        if landed >= 0:
            end = _walk(words, sequence, at + step, landed, step)
            if end >= 0:
                return end
        number += step
    return -1


def _may_land(words: Words, element: Element, number: int, step: int, gap: int) -> bool:
    """Whether the element stands within reach of a gap beside the word, whatever is between."""
    low, high = (number + 1, number + gap + 2) if step > 0 else (max(0, number - gap - 1), number)
    kind = type(element)
    if kind is tuple and element[0] == "{":
        return not words.members(element[1])[0 if step > 0 else 1].keys().isdisjoint(range(low, high))
    within = words.folded[low:high]
    return not element.isdisjoint(within) if kind is frozenset else (element if kind is str else element[1]) in within


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
    """The matches in order, without those that lie inside another; of several with the same words the first label."""
    matches.sort()
    kept: list[Match] = []
    begun = reached = -1
    for match in matches:
        first, last, _ = match
        if last > reached:
            if first == begun:
                kept.pop()
            kept.append(match)
            begun, reached = first, last
    return kept
