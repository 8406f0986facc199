"""Reasons to stay silent, or to speak more softly, about words that a rule has found.

Each guard is a function of the document and the place `start:end` of the words in `Document.text`. Hedges do not
excuse; quotations lower a finding but never hide it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from healthlint.analysis import attribution, citations
from healthlint.analysis.nearby import asked, closing, compared, defined, studied
from healthlint.analysis.segments import title
from healthlint.analysis.sentences import Sentence, quotations, sentence_at, sentences, words
from healthlint.document import Document, per_document
from healthlint.expressions import expression

Guard = Callable[[Document, int, int], bool]

REACH = 8
"""A negation reaches this many words forward, but not beyond its clause (the scope cues of BioScope, simplified)."""
ALTERNATIVE = 4
"""And so many more for each "or" on its way: "nothing makes people live longer or slows or reverses ageing"."""


def negated(document: Document, start: int, end: int) -> bool:
    """NEG: an odd number of negations before the words, in their clause: "is not a miracle", "no magic bullet".

    "doesn't come without risks" is affirmative: two negations; and "not only", "not afraid to" deny nothing.
    """
    return _count(document, "negation", start, REACH, _ONLY) % 2 == 1


_ONLY = frozenset("only just merely afraid hesitate hesitant".split())


def needed(document: Document, start: int, end: int) -> bool:
    """NEED: the words name what is still to be shown: "trials are needed to demonstrate", "whether it works".

    What somebody needs to do ("we need to calm inflammation") is nothing of the kind.
    """
    needs = _count(document, "need", start, REACH + 4, _READERS)
    return needs > 0 and needs > _count(document, "own-need", start, REACH + 4)


_READERS = frozenset(("you", "you're", "you've"))
"""Behind "whether": "Whether you run or swim, it heals" leaves nothing to be shown."""


def distanced(document: Document, start: int, end: int) -> bool:
    """META: text about the word, or words that the author does not own: "so-called", "popular notions about".

    A label before a colon does the same: "Myth: ...", "The weakest claim: ...".
    """
    sentence = sentences(document)[sentence_at(document, start)]
    return _count(document, "distance", start, REACH) > 0 or bool(_LABEL.match(document.text, sentence.start, start))


_LABEL = expression(
    r"\W*(?:the |a |its |their )?(?:myths?|fiction|misconceptions?|fallacy"
    r"|(?:weak|weakest|false|unsupported|misleading|exaggerated)(?: \w+)? claims?)\W{0,4}:",
    re.IGNORECASE,
)


def hedged(document: Document, start: int, end: int) -> bool:
    """HEDGE: may, might, could, possibly, potential... in the sentence before or within the words.

    "can" is no hedge: readers take it for more than "may" (Adams 2017, doi:10.1037/xap0000100).
    """
    sentence = sentences(document)[sentence_at(document, start)]
    return words(document).holds("hedge", sentence.start, end)


def quoted(document: Document, start: int, end: int) -> bool:
    """QUOTE: the words stand inside quotation marks."""
    spans = quotations(document)
    place = bisect_right(spans, (start, len(document.text))) - 1
    return place >= 0 and spans[place].start <= start and end <= spans[place].end


def names_a_work(document: Document, start: int) -> bool:
    """Whether a place lies in the quoted title of a study or a book, which nobody may change."""
    return bool(_TITLED.search(document.text[max(0, start - _TITLE) : start]))


_TITLED = expression(
    r"\b(?:(?:entitled|titled|called|headed)[,:]?|(?:published|wrote|paper|article|report|editorial|chapter|book),?)"
    r" [\"\u201c\u2018'][^\"\u201d\u2019]*$",
    re.IGNORECASE,
)
_TITLE = 200
"""So many characters before a place may hold the beginning of a title."""


def doubted(document: Document, start: int, end: int) -> bool:
    """Some of the words, but not all, stand in quotation marks, to show doubt: "boosting" immunity, to "cure" gout."""
    spans = quotations(document)
    place = bisect_right(spans, (end, 0)) - 1
    return place >= 0 and spans[place].end > start and (spans[place].start > start or spans[place].end < end)


def technical(document: Document, start: int, end: int) -> bool:
    """TERM: the words begin or end inside a technical phrase: breakthrough pain, landmark analysis, gold-standard test.

    A term that stands in the middle of them ("lowered wound healing time by 40%") excuses nothing.
    """
    at = words(document)
    first, last = bisect_right(at.starts, start) - 1, bisect_left(at.starts, end) - 1
    return at.overlaps("term", first, first) or at.overlaps("term", last, last)


def attributed(document: Document, start: int, end: int) -> bool:
    """ATTR: whose finding it is, is known: a named institution or source in this sentence or, where this sentence
    speaks of "the researchers", "scientists", "they found", in the one before.
    """
    number = sentence_at(document, start)
    if _names_source(document, number):
        return True
    sentence = sentences(document)[number]
    carried = _in_sentence(document, "researcher", sentence)
    if not carried:
        return False
    if any(_names_source(document, before) for before in range(max(0, number - CARRIED), number)):
        return True
    return _reports(document, sentence) and any(
        _in_sentence(document, "institution", sentences(document)[before])
        for before in range(max(0, number - CARRIED_FAR), number)
    )


def _reports(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence tells what "researchers" found, once they have been introduced."""
    at = words(document)
    told = not _RESEARCHERS.isdisjoint(at.folded[sentence.first : sentence.last])
    return told and at.holds("result-verb", sentence.start, sentence.end)


CARRIED, CARRIED_FAR = 2, 12
"""An attribution is carried so many sentences forward (rule catalogue, ATTR), and so many to "researchers found"."""
_RESEARCHERS = frozenset(("researchers", "scientists", "investigators"))


def _names_source(document: Document, number: int) -> bool:
    sentence = sentences(document)[number]
    named = _in_sentence(document, "institution", sentence)
    called = _CALLED.search(document.text, sentence.start, sentence.end)
    return named or bool(called) or citations.cited(document, sentence.start, sentence.end)


_CALLED = expression(r"\b(?:[A-Z][\w'&-]+ ){2,4}(?:researchers|scientists|investigators)\b")
"""A team by the name of its house: "Acme Health researchers"."""


def answered(document: Document, start: int, end: int) -> bool:
    """FAQ: the words stand in a question of its own (a heading, a line) that is answered below with a limitation."""
    number = sentence_at(document, start)
    every = sentences(document)
    block = document.blocks[every[number].block]
    if document.text[every[number].end - 1] != "?" or every[number].start > block.start:
        return False
    if number + 1 < len(every) and every[number + 1].block == every[number].block:
        return False
    return any(_in_sentence(document, "limitation", s) for s in every[number + 1 : number + 3])


def debunked(document: Document, start: int, end: int) -> bool:
    """META: the article refutes claims, or this one: "cure" is said three times, twice "cannot cure"."""
    if refutes(document):
        return True
    at = words(document)
    first, last = bisect_left(at.starts, start), bisect_left(at.starts, end)
    stems = {word[:4] for word in at.folded[first:last]} & _CURES
    said = [number for word in at.index if word[:4] in stems for number in at.index[word]]
    denied = sum(_is_denied(document, at.starts[number], at.ends[number]) for number in said)
    return denied >= 2 and 2 * denied >= len(said)


_CURES = frozenset(("cure", "heal", "reve", "erad", "elim"))


@per_document
def refutes(document: Document) -> bool:
    """Whether the article is there to refute something: its title sounds so, and sentences deny that a thing helps or
    that there is evidence. A title alone proves nothing: sellers, too, write of myths.
    """
    at, block = words(document), title(document)
    if block is None or not at.holds("refuting-title", block.start, block.end):
        return False
    denied = {at.sentence[match.first] for match in at.matches("denial")}
    return len(denied) >= max(_DENIALS, len(sentences(document)) // _DENIED_ONE_IN)


_DENIALS, _DENIED_ONE_IN = 2, 20


def _is_denied(document: Document, start: int, end: int) -> bool:
    return negated(document, start, end) or distanced(document, start, end)


def counted(document: Document, start: int, end: int) -> bool:
    """The sentence gives a number, in figures or as a word: "two of the twelve", "3%"."""
    sentence = sentences(document)[sentence_at(document, start)]
    return bool(_COUNTED.search(document.text, sentence.start, sentence.end))


_COUNTED = expression(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half))"
    r" (?:(?:in|out of|of) (?:the |every )?(?:\d|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
    r"|(?:patients?|people|participants?|women|men|children|adults|volunteers)\b)|\d ?%|\d per ?cent\b",
    re.IGNORECASE,
)


GUARDS: dict[str, Guard] = {
    "negated": negated,
    "needed": needed,
    "distanced": distanced,
    "hedged": hedged,
    "quoted": quoted,
    "doubted": doubted,
    "technical": technical,
    "cited": citations.cited,
    "near-cited": citations.near_cited,
    "paragraph-cited": citations.paragraph_cited,
    "credited": attribution.credited,
    "named-group": attribution.named_group,
    "own-study": attribution.own_study,
    "refuted": attribution.refuted,
    "attributed": attributed,
    "answered": answered,
    "asked": asked,
    "debunked": debunked,
    "studied": studied,
    "compared": compared,
    "closing": closing,
    "counted": counted,
    "defined": defined,
}
"""The guards by the names that rule packs use."""


def _in_sentence(document: Document, name: str, sentence: Sentence) -> bool:
    found = words(document).matches(name)
    place = bisect_left(found, sentence.first, key=lambda match: match.first)
    return place < len(found) and found[place].first < sentence.last


def _count(document: Document, name: str, start: int, reach: int, unless: frozenset[str] = frozenset()) -> int:
    """How many phrases of a word set end at most `reach` words before the place, in the same clause.

    One that is followed by a word of `unless` does not count.
    """
    at = words(document)
    first = bisect_left(at.starts, start)
    found = at.matches(name)
    place = bisect_left(found, first, key=lambda match: match.last)
    count = 0
    while place > 0 and found[place - 1].last >= first - reach - 2 * ALTERNATIVE:
        place -= 1
        last = found[place].last
        alternatives = at.folded[last + 1 : first].count("or")
        near = last >= first - reach - ALTERNATIVE * alternatives
        excused = last + 1 < len(at) and at.folded[last + 1] in unless
        count += near and not excused and _same_clause(document, last, first)
    return count


def _same_clause(document: Document, last: int, first: int) -> bool:
    at = words(document)
    if first >= len(at) or at.sentence[last] != at.sentence[first]:
        return False
    if _ANEW.search(at.lower, at.ends[last], at.ends[first]):
        return False
    between = _ENTITY.sub("", document.text[at.ends[last] : at.starts[first]])
    ended = any(mark in between for mark in ";:\u2014") or bool(_CLAUSE.match(between))
    return not ended and "but" not in at.folded[last + 1 : first]


_CLAUSE = expression(
    r" (?:(?:yet|fully|really) )?(?:know|understand|matter), |\W*\w[^,]*, (?:these|this|it|they|we|he|she|i)\b", re.I
)
"""Where a clause ends at a comma: "although we don't know, ...", "who have not responded, these results ..."."""
_ANEW = expression(r", (?:and |or )?(?:without|not|no|never|nor|neither)\b")
"""Where a negation begins anew, the one before it has ended: "not a cure, not a miracle"."""
_ENTITY = expression(r"&#?\w{1,8};")
"""A mark that was escaped twice, such as `&amp;quot;`: its semicolon ends no clause."""
