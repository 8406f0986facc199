"""Where the prose of an article says something: matches of word sets, with the guards that keep them quiet."""

from collections.abc import Iterable, Iterator, Mapping

from healthlint import tables
from healthlint.analysis.evidence import Mention
from healthlint.analysis.guards import Guard, quoted
from healthlint.analysis.segments import PROSE, Segment, segments
from healthlint.analysis.sentences import Sentence, sentences, words
from healthlint.document import Document
from healthlint.namedtuples import NamedTuple
from healthlint.phrases import Match
from healthlint.rule import Hit, Severity

BODY = frozenset((Segment.BODY, Segment.LEAD, Segment.LIST))


class Passage(NamedTuple):
    """Words `start:end` of the text, from word `first` to word `last`, with the entry `label` that they match."""

    start: int
    end: int
    first: int
    last: int
    label: int
    sentence: Sentence
    segment: Segment


def passages(document: Document, matches: Iterable[Match], guards: Iterable[Guard] = ()) -> Iterator[Passage]:
    """The matches that stand in prose (no references, bios, page furniture) and that no guard keeps quiet."""
    at, every, kinds = words(document), sentences(document), segments(document)
    for first, last, label in matches:
        sentence = every[at.sentence[first]]
        segment = kinds[sentence.block]
        start, end = at.starts[first], at.ends[last]
        if segment in PROSE and not any(guard(document, start, end) for guard in guards):
            yield Passage(start, end, first, last, label, sentence, segment)


def said(document: Document, name: str, guards: Iterable[Guard] = ()) -> list[Passage]:
    """The same for a table or word set, by its name."""
    return list(passages(document, words(document).matches(name), guards))


def overlaps(document: Document, name: str, passage: Passage) -> bool:
    """Whether a name of a table or word set shares a word with the passage."""
    return words(document).overlaps(name, passage.first, passage.last)


def hit(document: Document, passage: Passage, severity: Severity, fields: Mapping[str, str] | None = None) -> Hit:
    """A finding on the passage: an info inside quotation marks, though not in a title."""
    sheltered = passage.segment is not Segment.TITLE and quoted(document, passage.start, passage.end)
    words_ = {"match": document.text[passage.start : passage.end], **(fields or {})}
    return Hit(passage.start, passage.end, Severity.INFO if sheltered else severity, words_)


def wording(document: Document, match: Match | Passage) -> str:
    """What the article calls a medicine: "Ketamine", also where it says "Ketamine's"."""
    at = words(document)
    return document.text[at.starts[match.first] : at.ends[match.last]].removesuffix("'s").removesuffix("\u2019s")


def entry(table: str, passage: Passage) -> tables.Entry:
    """The entry of a table that the passage matches."""
    return tables.entries(table)[passage.label]


def written(document: Document, kinds: frozenset[Segment]) -> Iterator[Sentence]:
    """The sentences of these segments that hold a word."""
    of_block = segments(document)
    return (s for s in sentences(document) if s.last > s.first and of_block[s.block] in kinds)


def named(mention: Mention) -> tuple[tuple[int, int, str]]:
    """The place on which a verdict about the evidence rests."""
    return ((mention.start, mention.end, f"named as evidence: {mention.design.label}"),)


def sheltered(document: Document, hit: Hit) -> Hit:
    """The finding, as an info if it stands inside quotation marks; the closing one may end its sentence."""
    end = hit.start + len(document.text[hit.start : hit.end].rstrip(_CLOSING))
    return hit._replace(severity=Severity.INFO) if quoted(document, hit.start, end) else hit


_CLOSING = " \"'\u201d\u2019\u00bb"
