"""The phrase language of rules and tables, and finding phrases in a text.

A phrase is a short sequence of words that a medical editor can read and write:

    miracle cure            these words, in any case; a hyphen and a blank are the same ("miracle-cure")
    transform~              the word with its regular inflections: transform, transforms, transformed, transforming
    (new|real|a ray of) hope    alternatives, each of one or more words
    [very] promising        a part that may be missing
    hope ..3 patients       a gap of at most three words
    {condition} cure        a word or name of a table or word set
    MS                      a word in capitals matches only when the text has it in capitals

A phrase stands within one sentence; its neighbouring words are separated by blanks, hyphens or quotation marks only, a
gap may also cross commas and brackets. There is no repetition and no free regular expression, so the time to find a
phrase is bounded by its length.

The text is indexed, not the phrases: a set of phrases looks up the few words that it needs (its anchors) in the index
of the text, so hundreds of rules cost little more than the words that really occur.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any, NamedTuple

GAP_LIMIT = 12
"""The most words that all gaps of one phrase may span together."""

VARIANT_LIMIT = 400
"""The most plain sequences that one phrase may stand for."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+(?:['\u00ad\u200b-\u200d\ufeff]+[^\W_]+)*|%")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\ufeff]")
_CLOSE = frozenset(" \t\r\n\u00a0\u202f\u2009-\u2010\u2011\u2013'\"\u2018\u2019\u201c\u201d\u00ab\u00bb")
_GAP_BREAK = frozenset(";:\u2014")

Element = Any  # str | frozenset[str] | int (gap) | tuple[str, str] ("=", CAPITALS) or ("{", set name)
Sequence = tuple[Element, ...]
Compiled = tuple[dict[str, list[tuple[Sequence, int, int]]], list[tuple[Sequence, int, int]]]


class PhraseError(ValueError):
    """A phrase that is not in the phrase language; the message says what is wrong and how to mend it."""


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
        self._members: dict[str, tuple[dict[int, int], dict[int, int]]] = {}
        folded = fold(text)
        spans = [match.span() for match in _WORD.finditer(folded)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        plain = "'" not in folded and folded.isascii()
        self.folded = _WORD.findall(folded) if plain else [_key(word) for word in _WORD.findall(folded)]
        self.sentence = list(_numbers(self.starts, sentence_starts))
        self.index: dict[str, list[int]] = {}
        for number, word in enumerate(self.folded):
            self.index.setdefault(word, []).append(number)

    def __len__(self) -> int:
        return len(self.folded)

    def close(self, number: int) -> bool:
        """Whether the word and the next one are neighbours: nothing but blanks, hyphens or quotes between them."""
        if number + 1 >= len(self.folded) or self.sentence[number] != self.sentence[number + 1]:
            return False
        between = self.text[self.ends[number] : self.starts[number + 1]]
        return between == " " or all(character in _CLOSE for character in between)

    def passable(self, number: int) -> bool:
        """Whether a gap may reach from the word to the next one: same sentence, no colon, semicolon or dash."""
        if number + 1 >= len(self.folded) or self.sentence[number] != self.sentence[number + 1]:
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


class Phrases:
    """A set of phrases, each with a number (`label`) of the caller's, ready to be found in texts."""

    def __init__(self, compiled: Compiled) -> None:
        self._anchors, self._by_set = compiled

    @classmethod
    def of(cls, phrases: Iterable[str | tuple[str, int]]) -> Phrases:
        """Compile phrases; one given without a label has its place in the list as label. Raises PhraseError."""
        labelled = ((p, i) if isinstance(p, str) else p for i, p in enumerate(phrases))
        return cls(compile_phrases(labelled))

    def find(self, words: Words) -> list[Match]:
        """All matches in the order of the text, without those that lie inside another one."""
        found = set(self._anchored(words))
        for sequence, anchor, label in self._by_set:
            for first, last in words.members(sequence[anchor][1])[0].items():
                found.update(_around(words, sequence, anchor, label, first, last))
        return _outermost(found) if found else []

    def _anchored(self, words: Words) -> Iterator[Match]:
        anchors, index = self._anchors, words.index
        for word in anchors.keys() & index.keys():
            for sequence, anchor, label in anchors[word]:
                element = sequence[anchor]
                for number in index[word]:
                    if type(element) is tuple and not words.is_capital(number):
                        continue
                    yield from _around(words, sequence, anchor, label, number, number)


def fold(text: str) -> str:
    """Lower case and straight apostrophes, one character for one, so that offsets survive."""
    lower = text.replace("\u2019", "'").replace("\u2018", "'").lower()
    if len(lower) != len(text):  # a few characters, such as U+0130, grow when they are lowered
        lower = "".join(c if len(c.lower()) != 1 else c.lower() for c in text.replace("\u2019", "'"))
    return lower


def _key(word: str) -> str:
    if word.endswith("'s"):
        word = word[:-2]
    return word if word.isascii() else _INVISIBLE.sub("", word)


def _numbers(starts: list[int], sentence_starts: Iterable[int]) -> Iterator[int]:
    boundaries = iter(sentence_starts)
    following = next(boundaries, None)
    number = -1
    for start in starts:
        while following is not None and start >= following:
            number += 1
            following = next(boundaries, None)
        yield number


def _around(words: Words, sequence: Sequence, anchor: int, label: int, first: int, last: int) -> Iterator[Match]:
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


def _outermost(matches: set[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.first, -m.last, m.label)):
        if not kept or match.last > kept[-1].last:
            kept.append(match)
    return kept


# --- from phrases to sequences ---------------------------------------------------------------------------------------

_TOKEN = re.compile(r"\s*(?:(\.\.)(\d+)|(\{)([\w-]+)\}|([(\[|)\]])|([^\s()\[\]|{}~]+)(~?))")
_COMMON = frozenset(
    "a an and are as at be been by can could do does for from had has have how if in into is it its may might more most"
    " no not of on or so that the their there these they this to was we were what when which who will with would you"
    " your our than all any s % other some such".split()
)


def compile_phrases(phrases: Iterable[tuple[str, int]]) -> Compiled:
    """Phrases with their labels as plain dictionaries, lists and tuples (which `marshal` can store)."""
    anchors: dict[str, list[tuple[Sequence, int, int]]] = {}
    by_set: list[tuple[Sequence, int, int]] = []
    for phrase, label in phrases:
        for sequence in sequences(phrase):
            anchor = min(range(len(sequence)), key=lambda i, s=sequence: _cost(s[i]))  # type: ignore[misc]
            entry = (sequence, anchor, label)
            for word in _anchor_words(sequence[anchor]):
                anchors.setdefault(word, []).append(entry)
            if type(sequence[anchor]) is tuple and sequence[anchor][0] == "{":
                by_set.append(entry)
    return anchors, by_set


def sequences(phrase: str) -> list[Sequence]:
    """The plain sequences that a phrase stands for. Raises PhraseError."""
    tokens = _tokens(phrase)
    variants, rest = _alternatives(tokens, 0, phrase)
    if rest < len(tokens):
        raise PhraseError(f"'{tokens[rest]}' in '{phrase}' closes nothing")
    plain = list(dict.fromkeys(_joined(variant) for variant in variants))
    for sequence in plain:
        _check(sequence, phrase)
    return plain


def inflections(word: str) -> frozenset[str]:
    """The word with its regular inflections, as noun and as verb: -s, -ed, -ing and their spelling changes."""
    forms = {word}
    if re.search(r"[^aeiou]y$", word):
        forms |= {word[:-1] + "ies", word[:-1] + "ied", word + "ing"}
    elif word.endswith("ie"):
        forms |= {word + "s", word + "d", word[:-2] + "ying"}
    elif word.endswith("e"):
        forms |= {word + "s", word + "d", word[:-1] + "ing"}
    else:
        forms |= {word + ("es" if re.search(r"(s|x|z|ch|sh)$", word) else "s"), word + "ed", word + "ing"}
        if re.search(r"[^aeiou][aeiou][bdfgklmnprtv]$", word):
            forms |= {word + word[-1] + "ed", word + word[-1] + "ing"}
    return frozenset(forms)


def _tokens(phrase: str) -> list[Any]:
    tokens: list[Any] = []
    at = 0
    text = phrase.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise PhraseError(
                f"'{text[at:]}' in '{phrase}' is not understood; see the phrase language in CONTRIBUTING.md"
            )
        gap, size, brace, name, mark, word, tilde = match.groups()
        at = match.end()
        if gap:
            tokens.append(int(size))
        elif brace:
            tokens.append(("{", name))
        elif mark:
            tokens.append(mark + " ")
        else:
            tokens.extend(_word_elements(word, bool(tilde)))
    return tokens


def _word_elements(word: str, inflected: bool) -> list[Element]:
    parts = [_key(part) for part in _WORD.findall(fold(word))]
    if not parts:
        raise PhraseError(f"'{word}' holds no word")
    if word.isupper() and len(word) > 1 and any(c.isalpha() for c in word):
        return [("=", part) if part.isalpha() else part for part in parts]
    return [*parts[:-1], inflections(parts[-1])] if inflected else list(parts)


def _alternatives(tokens: list[Any], at: int, phrase: str) -> tuple[list[Sequence], int]:
    """The sequences from `at` to the closing bracket (or the end), and where that stands."""
    branches: list[list[list[Sequence]]] = [[]]
    while at < len(tokens) and tokens[at] not in (") ", "] "):
        token = tokens[at]
        if token == "| ":
            branches.append([])
        elif token in ("( ", "[ "):
            inner, at = _alternatives(tokens, at + 1, phrase)
            if at >= len(tokens):
                raise PhraseError(f"a bracket in '{phrase}' is not closed")
            branches[-1].append([*inner, ()] if token == "[ " else inner)
        else:
            branches[-1].append([(token,)])
        at += 1
    variants = [sum(parts, ()) for branch in branches for parts in product(*branch)]
    if len(variants) > VARIANT_LIMIT:
        raise PhraseError(f"'{phrase}' stands for more than {VARIANT_LIMIT} sequences; split it")
    return _merged(variants), at


def _merged(variants: list[Sequence]) -> list[Sequence]:
    """One set of words in place of many variants that are a single word each."""
    single = [v[0] for v in variants if len(v) == 1 and isinstance(v[0], str | frozenset)]
    others = [v for v in variants if not (len(v) == 1 and isinstance(v[0], str | frozenset))]
    if len(single) < 2:
        return variants
    words = frozenset().union(*({word} if isinstance(word, str) else word for word in single))
    return [(words,), *others]


def _joined(sequence: Sequence) -> Sequence:
    """Two gaps side by side (an optional part between them is missing) are one."""
    joined: list[Element] = []
    for element in sequence:
        if isinstance(element, int) and joined and isinstance(joined[-1], int):
            joined[-1] += element
        else:
            joined.append(element)
    return tuple(joined)


def _check(sequence: Sequence, phrase: str) -> None:
    if not sequence or all(isinstance(element, int) for element in sequence):
        raise PhraseError(f"'{phrase}' can match without any word")
    if isinstance(sequence[0], int) or isinstance(sequence[-1], int):
        raise PhraseError(f"'{phrase}' begins or ends with a gap")
    if sum(element for element in sequence if isinstance(element, int)) > GAP_LIMIT:
        raise PhraseError(f"the gaps of '{phrase}' span more than {GAP_LIMIT} words")


def _cost(element: Element) -> float:
    if isinstance(element, int):
        return 1e9
    if isinstance(element, tuple):
        return 1 if element[0] == "=" else 1e6
    words = element if isinstance(element, frozenset) else (element,)
    return sum(1000 if word in _COMMON else 1 for word in words)


def _anchor_words(element: Element) -> Iterable[str]:
    if isinstance(element, str):
        return (element,)
    if isinstance(element, frozenset):
        return element
    return (element[1],) if element[0] == "=" else ()
