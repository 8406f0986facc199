"""How hard an article and its sections are to read, counted as READ-001 counts."""

from __future__ import annotations

from healthlint.analysis.readability import Counts, grade, syllables
from healthlint.analysis.segments import section_starts
from healthlint.analysis.sentences import Sentence, words
from healthlint.checks.readability import POLYSYLLABLE, _kept, _measured
from healthlint.document import Document
from healthlint.namedtuples import NamedTuple


class Section(NamedTuple):
    """A section with its heading, its words, and its reading grade if it is long enough for one."""

    name: str
    words: int
    grade: float | None


def article_grade(document: Document) -> float | None:
    """The reading grade of an article, from 100 words and 10 sentences on."""
    return _grade(_counts(document, list(_measured(document))), 100, 10)


def sections_of(document: Document) -> list[Section]:
    """The sections that have sentences, in order; a grade is given from 30 words and 3 sentences on."""
    starts = section_starts(document)
    by_heading: dict[int, list[Sentence]] = {}
    for sentence in _measured(document):
        by_heading.setdefault(starts[sentence.block], []).append(sentence)
    result = []
    for heading, sentences in by_heading.items():
        block = document.blocks[heading]
        name = document.text[block.start : block.end] if heading >= 0 else ""
        size = sum(sentence.last - sentence.first for sentence in sentences)
        result.append(Section(name, size, _grade(_counts(document, sentences), 30, 3)))
    return result


def _counts(document: Document, sentences: list[Sentence]) -> Counts:
    folded = words(document).folded
    sizes = [syllables(folded[number]) for sentence in sentences for number in _kept(document, sentence)]
    return Counts(len(sentences), len(sizes), sum(sizes), sum(size >= POLYSYLLABLE for size in sizes))


def _grade(counts: Counts, least_words: int, least_sentences: int) -> float | None:
    enough = counts.words >= least_words and counts.sentences >= least_sentences
    return grade(counts) if enough else None
