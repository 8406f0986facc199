"""Study mentions, and the evidence that stands behind a sentence: what was studied, in whom, and how.

The ladder is that of the rule catalogue: computer < cell < animal < case < observational < small trial < randomised
trial < systematic review. What a study mention says holds for its section, until another study is mentioned.
"""

from enum import IntEnum

from healthlint import tables
from healthlint.analysis.participants import people_signs, sizes
from healthlint.analysis.prose import prose, prose_numbers
from healthlint.analysis.segments import Segment, section_starts, segments
from healthlint.analysis.sentences import Sentence, words
from healthlint.document import Document, per_document
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple

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


@per_document
def mentions(document: Document) -> tuple[Mention, ...]:
    """Animals, cells and computer models that the prose names, in order."""
    at = words(document)
    inside = prose_numbers(document)
    found = [
        Mention(at.starts[first], at.ends[last], at.sentence[first], design)
        for name, design in (("animal", Design.ANIMAL), ("cell", Design.CELL), ("computer", Design.COMPUTER))
        for first, last in at.members(name)[0].items()
        if at.sentence[first] in inside
    ]
    return tuple(sorted(found))


@per_document
def designs(document: Document) -> tuple[Mention, ...]:
    """Study designs that the prose names, in order."""
    at = words(document)
    inside = prose_numbers(document)
    entries = tables.entries("designs")
    return tuple(
        Mention(at.starts[m.first], at.ends[m.last], at.sentence[m.first], _rung(entries[m.label]["rank"]))
        for m in at.matches("design")
        if at.sentence[m.first] in inside
    )


def _rung(label: str) -> Design:
    return Design[label.upper().replace("-", "_")]


@per_document
def evidence(document: Document) -> Evidence:
    """What the whole article names as evidence."""
    return _evidence(document, prose_numbers(document))


def section_evidence(document: Document, block: int) -> Evidence:
    """What the section of a block (between two headings) names as evidence."""
    sections = _by_section(document)
    return sections[section_starts(document)[block]]


@per_document
def _by_section(document: Document) -> dict[int, Evidence]:
    inside: dict[int, set[int]] = {section: set() for section in section_starts(document)}
    at = words(document)
    for sentence in prose(document):
        inside[section_starts(document)[sentence.block]].add(at.sentence[sentence.first])
    return {section: _evidence(document, numbers) for section, numbers in inside.items()}


def _evidence(document: Document, inside: set[int]) -> Evidence:
    counts = [size.many for size in sizes(document) if words(document).sentence[size.word] in inside]
    return Evidence(
        tuple(mention for mention in mentions(document) if mention.sentence in inside),
        sum(number in inside for number in people_signs(document)),
        frozenset(design.design for design in designs(document) if design.sentence in inside),
        max(counts, default=None),
    )


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
        for sentence in prose(document)
        if at.sentence[sentence.first] in wanted and kinds[sentence.block] not in (Segment.TITLE, Segment.HEADING)
    )
