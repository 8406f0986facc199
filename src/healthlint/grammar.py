"""The phrase language of rules and tables.

A phrase is a short sequence of words that a medical editor can read and write:

    miracle cure            these words, in any case; a hyphen and a blank are the same ("miracle-cure")
    transform~              the word with its regular inflections: transform, transforms, transformed, transforming
    (new|real|a ray of) hope    alternatives, each of one or more words
    [very] promising        a part that may be missing
    hope ..3 patients       a gap of at most three words
    {condition} cure        a word or name of a table or word set
    MS                      a word in capitals matches only when the text has it in capitals

There is no repetition and no free regular expression, so the time to find a phrase is bounded by its length.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Any

from healthlint.expressions import expression

GAP_LIMIT = 12
"""The most words that all gaps of one phrase may span together."""

VARIANT_LIMIT = 400
"""The most plain sequences that one phrase may stand for."""

WORD = expression(
    r"([a-z]++(?=[ ,.\n)(;:-])"  # most words, for speed; the rest says what a word is
    r"|[%\w](?<!_)(?:(?<=%)|(?<=\d)\d*(?:[.,]\d+)*(?![^\W_])"
    r"|[^\W_]*(?:['\u00ad\u200b-\u200d\ufeff]+[^\W_]+)*))"
)
"""What counts as a word in a folded text: letters with inner apostrophes, a number, a percent sign.

Alternatives share their first character: each that is tried anew costs as much as a word.
"""
_INVISIBLE = expression("[\u00ad\u200b-\u200d\ufeff]")

Element = Any  # str | frozenset[str] | int (gap) | tuple[str, str] ("=", CAPITALS) or ("{", set name)
Sequence = tuple[Element, ...]


class PhraseError(ValueError):
    """A phrase that is not in the phrase language; the message says what is wrong and how to mend it."""


def fold(text: str) -> str:
    """Lower case and straight apostrophes, one character for one, so that offsets survive."""
    lower = text.replace("\u2019", "'").replace("\u2018", "'").lower()
    if len(lower) != len(text):  # a few characters, such as U+0130, grow when they are lowered
        lower = "".join(c if len(c.lower()) != 1 else c.lower() for c in text.replace("\u2019", "'"))
    return lower


def key(word: str) -> str:
    """A folded word as it is indexed: without possessive 's and invisible characters."""
    if word.endswith("'s"):
        word = word[:-2]
    return word if word.isascii() else _INVISIBLE.sub("", word)


_TOKEN = expression(r"\s*(?:(\.\.)(\d+)|(\{)([\w-]+)\}|([(\[|)\]])|([^\s()\[\]|{}~]+)(~?))")
_COMMON = frozenset(
    "% a about after all also an and any are as at author based be been but by can clinical could disease do does"
    " effects first for found from had has have health how if in into is it its journal may medical might more"
    " most new no not of on one or other our over patients people published research researchers results s said so"
    " some study such than that the their there these they this those time to treatment university use used was we"
    " were what when which who will with would you your".split()
)
"""Words of nearly every text: the poorest anchors."""
_FREQUENT = frozenset(
    "ability able according across action active activity addition additional administration adults advanced"
    " adverse affects against age although american among analysis annual another anti approach approved around"
    " article articles associate associated association authors available average avoid back because become before"
    " being beneficial benefit benefits best better between blood body both brain called cancer cancers"
    " cardiovascular care cases cause caused causes cell cells center centers certain change changes children"
    " chronic clinic cognitive combination common commonly community compared comprehensive condition conditions"
    " conducted considered content control controlled cost current currently daily damage data date day days death"
    " department depression designed determine develop developed development diabetes diagnosed diagnosis did diet"
    " dietary different difficult director diseases disorders doctors dose doses down dr drug drugs due during"
    " each early education effect effective effectiveness efficacy either energy especially essential even every"
    " evidence exercise experience experienced factors family fda few find findings five follow following food"
    " form foundation four free full function funded further future general generally get given global go good"
    " greater group groups growth having he healthcare healthy heart help helps high higher his history hospital"
    " however human identify immune impact important improve improved improvement improves include included"
    " includes including increase increased increases individual individuals inflammation inflammatory information"
    " institute institutes international invasive issues just key know known large lead leading learn least led"
    " less level levels life lifestyle like likely limited lives long longer loss low lower made major make making"
    " management many md medication medications medicine men million month months much multiple muscle national"
    " natural nearly need needed news next nih non normal now number nutrition offer often older once online only"
    " option options organization out outcomes overall pain part participants patient per percent period phase"
    " physical physicians placebo please population positive possible post potential potentially practice pressure"
    " prevent prevention previous primary problems process production products professor program promising provide"
    " provided provides public quality randomized range rate rates re receive received recent reduce reduced"
    " reduces reducing reduction related release report reported response result review right risk role safe"
    " safety same says school science sciences scientific scientists second see senior serious services several"
    " severe short should show showed shown shows side significant significantly similar since single six small"
    " society source specific stage standard start states step still stress strong studies suggest suggests"
    " support supported surgery surgical symptoms system take taking target team technology term test tested"
    " testing tests them then therapies therapy three through throughout times tissue title today top total treat"
    " treated treating treatments trial trials tumor two type types typically under united until up us using very"
    " visit way week weeks weight well where whether while within without women work working works world worldwide"
    " year years yet".split()
)
"""Words of more than one in eight of 425 health articles and news releases: poor anchors."""
_OFTEN = frozenset(
    "academy benefit biology body-act change-verb condition drug harm-any harm-done harmed-part heading-object"
    " health-outcome medicines outcome person treatment".split()
)
"""Sets whose names stand more than three times in such an article: poorer anchors than any word."""
_POOR = 1000
"""The cost of one of the common words."""


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
                f"'{text[at:]}' in '{phrase}' is not understood; the phrase language is explained in CONTRIBUTING.md"
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
    parts = [key(part) for part in WORD.findall(fold(word))]
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


def anchor(sequence: Sequence) -> int:
    """The place of the element at which a phrase waits: the rarest words or, joined to common ones, a rare name."""
    best = min(range(len(sequence)), key=lambda place: cost(sequence[place]))
    if cost(sequence[best]) < _POOR:
        return best
    first = max((place for place in range(best) if isinstance(sequence[place], int)), default=-1) + 1
    last = min((place for place in range(best, len(sequence)) if isinstance(sequence[place], int)), default=None)
    for place, element in enumerate(sequence[first:last], first):
        if isinstance(element, tuple) and element[0] == "{" and element[1] not in _OFTEN:
            return place
    return best


def cost(element: Element) -> float:
    """How common the words of an element are; the phrase waits at the rarest."""
    if isinstance(element, int):
        return 1e9
    if isinstance(element, tuple):
        return 1 if element[0] == "=" else 1e6
    words = element if isinstance(element, frozenset) else (element,)
    return sum(_POOR if word in _COMMON else 100 if word in _FREQUENT else 1 for word in words)


def words_of(element: Element) -> tuple[str, ...]:
    """The words that match an element, in order; none for a gap and for the name of a set."""
    if isinstance(element, str):
        return (element,)
    if isinstance(element, frozenset):
        return tuple(sorted(element))
    return (element[1],) if isinstance(element, tuple) and element[0] == "=" else ()
