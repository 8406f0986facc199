"""Study mentions, and the evidence that stands behind a sentence: what was studied, in whom, and how.

The ladder is that of the rule catalogue: computer < cell < animal < case < observational < small trial < randomised
trial < systematic review. What a study mention says holds for its section, until another study is mentioned.
"""

import re
from bisect import bisect_left
from enum import IntEnum
from typing import NamedTuple

from healthlint import tables
from healthlint.analysis.segments import PROSE, Segment, section_starts, segments
from healthlint.analysis.sentences import Sentence, sentences, words
from healthlint.document import Document, per_document
from healthlint.expressions import expression

SMALL = 50
"""A trial with fewer people is a small one (rule catalogue, section 2.3)."""


class Design(IntEnum):
    """The rung of a study on the evidence ladder."""

    UNSTATED = 0
    COMPUTER = 1
    CELL = 2
    ANIMAL = 3
    CASE = 4
    OBSERVATIONAL = 5
    SMALL_TRIAL = 6
    RANDOMISED = 7
    REVIEW = 8

    @property
    def label(self) -> str:
        """The word that output uses: computer, cell, ..., small-trial, randomised, review, unstated."""
        return self.name.lower().replace("_", "-")


class Mention(NamedTuple):
    """Words `start:end` that tell of a study model: a species, cells, a design; `design` is its rung."""

    start: int
    end: int
    sentence: int
    design: Design


class Evidence(NamedTuple):
    """What the text around a sentence names as evidence.

    `models` are the mentions of animals, cells and computer models, `people` counts the signs of a study of people, and
    `size` is the largest number of people (or animals) that a study is said to have had.
    """

    models: tuple[Mention, ...]
    people: int
    designs: frozenset[Design]
    size: int | None

    @property
    def only_models(self) -> bool:
        """Whether animals, cells or computer models are named, and no study of people."""
        return bool(self.models) and not self.people

    @property
    def only_cells(self) -> bool:
        """Whether cells and computer models are all that was studied: nothing that readers could take or do."""
        return self.only_models and all(model.design in (Design.CELL, Design.COMPUTER) for model in self.models)

    @property
    def mostly_models(self) -> bool:
        """Whether animals, cells or computer models are named more often than signs of a study of people."""
        return len(self.models) > self.people


_NUMBER = (
    r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty"
    r"|(?:hundreds|thousands|dozens) of)"
)
_WHO = frozenset(
    "people patients participants adults women men children volunteers subjects individuals veterans students infants"
    " babies boys girls nurses twins mothers couples users runners athletes adolescents teenagers respondents survivors"
    " cases donors families households seniors smokers workers pregnancies births".split()
)
_COUNTED = expression(
    rf"\b(?!(?:19|20)\d\d\b)({_NUMBER})"
    r"(?:,? (?!of\b|per|months?\b|weeks?\b|days?\b|years?\b|hours?\b|in\b|for\b|and\b|doses\b|stud|trials?\b"
    r"|including\b|with\b|hospitals\b|centers\b)[\w\u2019'-]+){0,4} $",
    re.IGNORECASE,
)
"""A number before the word for whom it counts: "18 overweight ", "n = 18" stands alone."""
_N = expression(r"\bn\s?=\s?(\d[\d,]*)", re.IGNORECASE)
_TREATED = expression(
    r"[^.;]{0,40}?"
    r"\b(?:were (?:randomi[sz]ed|randomly|assigned|given|treated|followed|enrolled|recruited|asked|interviewed|tested)"
    r"|who (?:took|received|were given|were treated|ate|drank|used|reported|had taken|got)|receiving|received|enrolled"
    r"|randomi[sz]ed|completed)\b",
    re.IGNORECASE,
)
_BEFORE = 60
"""A number stands at most this many characters before the word that it counts."""


@per_document
def mentions(document: Document) -> tuple[Mention, ...]:
    """Animals, cells and computer models that the prose names, in order."""
    at = words(document)
    prose = _prose_sentences(document)
    found = [
        Mention(at.starts[first], at.ends[last], at.sentence[first], design)
        for name, design in (("animal", Design.ANIMAL), ("cell", Design.CELL), ("computer", Design.COMPUTER))
        for first, last in at.members(name)[0].items()
        if at.sentence[first] in prose
    ]
    return tuple(sorted(found))


@per_document
def people_signs(document: Document) -> tuple[int, ...]:
    """The sentences (their numbers in the word index, one entry a sign) in which a study of people shows."""
    at = words(document)
    prose = _prose_sentences(document)
    signs = [
        at.sentence[match.first]
        for match in at.matches("human-study")
        if _YET_TO_COME.isdisjoint(at.folded[max(0, match.first - 3) : match.first])
        and _MISSING.isdisjoint(at.folded[match.last + 1 : match.last + 5])
    ]
    signs += [
        at.sentence[number]
        for number, _ in _sizes(document)
        if at.folded[number] in _WHO and at.folded[number + 1 : number + 2] != ["die"]
    ]
    signs += [at.sentence[n] for n in _occurrences(document) if _TREATED.match(at.text, at.ends[n], at.ends[n] + 70)]
    return tuple(sorted(sign for sign in signs if sign in prose))


_YET_TO_COME = frozenset("do start begin before until need needs needed future plan plans planned without".split())
"""Before "human trials" one of these tells that there was none so far."""
_MISSING = frozenset("required needed necessary lacking missing warranted scarce".split())
"""And behind them one of these: "human studies are still required"."""


def _occurrences(document: Document) -> list[int]:
    """Where words for people stand, who may take part in a study."""
    index = words(document).index
    return [number for word in _WHO & index.keys() for number in index[word]]


@per_document
def _sizes(document: Document) -> tuple[tuple[int, int], ...]:
    """Numbers of people and animals in the text: the word that is counted, and how many."""
    at = words(document)
    counted = [*_occurrences(document), *(match.first for match in at.matches("animal"))]
    found = []
    for number in counted:
        if not any(word[0].isdigit() or word in _COUNTING for word in at.folded[max(0, number - 12) : number]):
            continue
        start = at.starts[number]
        match = _COUNTED.search(at.text, max(0, start - _BEFORE), start)
        if match:
            found.append((number, _count(match.group(1))))
    for number in at.index.get("n", ()):
        match = _N.match(at.text, at.starts[number])
        if match:
            found.append((number, _count(match.group(1))))
    return tuple(sorted(found))


@per_document
def designs(document: Document) -> tuple[Mention, ...]:
    """Study designs that the prose names, in order."""
    at = words(document)
    prose = _prose_sentences(document)
    entries = tables.entries("designs")
    return tuple(
        Mention(at.starts[m.first], at.ends[m.last], at.sentence[m.first], _rung(entries[m.label]["rank"]))
        for m in at.matches("design")
        if at.sentence[m.first] in prose
    )


def _rung(label: str) -> Design:
    return Design[label.upper().replace("-", "_")]


@per_document
def evidence(document: Document) -> Evidence:
    """What the whole article names as evidence."""
    return _evidence(document, _prose_sentences(document))


def section_evidence(document: Document, block: int) -> Evidence:
    """What the section of a block (between two headings) names as evidence."""
    sections = _by_section(document)
    return sections[section_starts(document)[block]]


@per_document
def _by_section(document: Document) -> dict[int, Evidence]:
    inside: dict[int, set[int]] = {section: set() for section in section_starts(document)}
    at = words(document)
    for sentence in _prose(document):
        inside[section_starts(document)[sentence.block]].add(at.sentence[sentence.first])
    return {section: _evidence(document, numbers) for section, numbers in inside.items()}


def _evidence(document: Document, inside: set[int]) -> Evidence:
    sizes = [size for number, size in _sizes(document) if words(document).sentence[number] in inside]
    return Evidence(
        tuple(mention for mention in mentions(document) if mention.sentence in inside),
        sum(number in inside for number in people_signs(document)),
        frozenset(design.design for design in designs(document) if design.sentence in inside),
        max(sizes, default=None),
    )


def sizes_in(document: Document, start: int, end: int) -> list[int]:
    """The numbers of people or animals that studies are said to have had, in a range of the text."""
    starts, found = words(document).starts, _sizes(document)
    place = bisect_left(found, start, key=lambda size: starts[size[0]])
    return [size for _, size in found[place : bisect_left(found, end, key=lambda size: starts[size[0]])]]


_COUNTS = {
    word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_COUNTS |= {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_COUNTING = _COUNTS.keys() | {"hundreds", "thousands", "dozens"}
_COUNTS |= {"dozens of": 50, "hundreds of": 500, "thousands of": 5000}


def _count(number: str) -> int:
    digits = number.replace(",", "")
    return int(digits) if digits.isdigit() and len(digits) < 12 else _COUNTS.get(number.lower(), 0)


def species(mentions_: tuple[Mention, ...], document: Document) -> str:
    """The model that is named most often, as a reader would say it: "rats", "cells in a dish"; no abbreviation.

    Of two that are named as often, it is the one of the text's own study: "we used", "in this study".
    """
    at = words(document)
    own = {at.sentence[match.first] for match in at.matches("one-study")}
    own |= {at.sentence[number] for word in _OWN & at.index.keys() for number in at.index[word]}
    named = [(document.text[m.start : m.end], m.sentence in own) for m in mentions_]
    named = [(name, its) for name, its in named if sum(map(str.isupper, name)) < 2] or named
    said = [as_said(name) for name, _ in named]
    ranks = [(said.count(name), its) for name, (_, its) in zip(said, named, strict=True)]
    return said[ranks.index(max(ranks))] if said else "animals"


_OWN = frozenset("we our team authors".split())
_IN_A_DISH = expression(r"\bin[ -]vitro\b|\b(?:petri|culture) dish|\btest tubes?\b")


def as_said(name: str) -> str:
    """The words that name a model, as they read in a message: "in vitro in" is cells in a dish."""
    lower = " ".join(name.lower().split())
    return "cells in a dish" if _IN_A_DISH.search(lower) else lower


@per_document
def _prose(document: Document) -> tuple[Sentence, ...]:
    kinds = segments(document)
    return tuple(s for s in sentences(document) if s.last > s.first and kinds[s.block] in PROSE)


@per_document
def _prose_sentences(document: Document) -> set[int]:
    at = words(document)
    return {at.sentence[sentence.first] for sentence in _prose(document)}


@per_document
def result_sentences(document: Document) -> frozenset[int]:
    """The sentences (their numbers in the word index) that tell a result: "showed that", not "the report"."""
    at = words(document)
    verbs = at.matches("result-verb")
    return frozenset(at.sentence[m.first] for m in verbs if not at.overlaps("result-noun", m.first, m.last))


@per_document
def studies(document: Document) -> tuple[Sentence, ...]:
    """Sentences of the body that report what one study found, in order."""
    at = words(document)
    reporting = result_sentences(document)
    named = {at.sentence[match.first] for match in at.matches("one-study")}
    modelled = {mention.sentence for mention in mentions(document)}
    kinds = segments(document)
    wanted = reporting & (named | modelled)
    return tuple(
        sentence
        for sentence in _prose(document)
        if at.sentence[sentence.first] in wanted and kinds[sentence.block] not in (Segment.TITLE, Segment.HEADING)
    )
