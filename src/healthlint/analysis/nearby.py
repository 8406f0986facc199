"""Guards that look at what stands near: a study, a size, an explanation, the end of the article.

Each is a function of the document and the place `start:end` of the words, like those of `healthlint.analysis.guards`,
which has the names of all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from healthlint.analysis import citations, releases
from healthlint.analysis.evidence import Mention, designs, studies
from healthlint.analysis.participants import sizes_in
from healthlint.analysis.segments import Segment, segments
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.document import Document, per_document
from healthlint.expressions import expression


def asked(document: Document, start: int, end: int) -> bool:
    """The words stand in a question, which states nothing."""
    sentence = sentences(document)[sentence_at(document, start)]
    return document.text[sentence.end - 1] == "?"


def studied(document: Document, start: int, end: int) -> bool:
    """The words report what was compared: a study, its design or size, a source or a share in this or the next one."""
    number = sentence_at(document, start)
    near = sentences(document)[max(0, number - 1) : number + 2]
    low, high = near[0].start, near[-1].end
    return (
        citations.cited(document, start, end)
        or _starts_within(designs(document), low, high)
        or _starts_within(studies(document), low, high)
        or bool(sizes_in(document, low, high))
        or "%" in document.text[low:high]
    )


def compared(document: Document, start: int, end: int) -> bool:
    """The other side of a comparison stands near: a study and its size or a share in the paragraph or beside it.

    A title, and a comparison with "usual care", speak of the study that the article reports, wherever its size stands.
    """
    number = sentences(document)[sentence_at(document, start)].block
    arm = segments(document)[number] is Segment.TITLE or words(document).holds("trial-arm", start, end)
    if arm and sizes_in(document, 0, len(document.text)) and (designs(document) or _ARMS.search(document.text)):
        return True
    low = max(document.blocks[max(0, number - 1)].start, start - _PARAGRAPH)
    high = min(document.blocks[min(len(document.blocks) - 1, number + 1)].end, end + _PARAGRAPH)
    return studied(document, start, end) or (
        _starts_within(designs(document), low, high)
        and (bool(sizes_in(document, low, high)) or "%" in document.text[low:high])
    )


_ARMS = expression(
    r"\b(?:[Bb]oth|[Tt]wo|[Tt]he other|[Tt]he control|[Tt]he comparison) (?:study |treatment )?(?:groups|arms)\b"
    r"|\beither (?:received|took|got|were given)\b"
)
"""What tells of the two arms of a study whose design has no name."""
_PARAGRAPH = 1200
"""A paragraph can be a whole article; this many characters before and after are near."""


def closing(document: Document, start: int, end: int) -> bool:
    """The words stand in what an organisation says of itself at the end: below "###", or below "About the Society"."""
    return _end_of_article(document) < start


@per_document
def _end_of_article(document: Document) -> int:
    number = releases.end([document.text[block.start : block.end].strip() for block in document.blocks])
    return document.blocks[number].start if number < len(document.blocks) else len(document.text)


def _starts_within(places: Sequence[Mention | Sentence], low: int, high: int) -> bool:
    place = bisect_left(places, low, key=lambda place: place.start)
    return place < len(places) and places[place].start < high


_GLOSS = expression(
    r"\s*(?:\(|(?:\w+)?, meaning\b|,? (?:which|that is|or|i\.e\.|also (?:called|known as)|a|an|the)\b"
    r"|[\u2013\u2014]"
    r"| (?:is|are|means?) (?:a|an|the|when)\b)"
)
_GLOSSED = expression(r"(?:\b(?:called|known as|termed|named)|\()\s*[\u201c\"']?$")


def defined(document: Document, start: int, end: int) -> bool:
    """DEF: the words are explained right where they stand: "myelin, a layer around nerves", "... called myelin"."""
    sentence = sentences(document)[sentence_at(document, start)]
    before = document.text[max(sentence.start, start - 24) : start]
    return bool(_GLOSS.match(document.text, end, sentence.end) or _GLOSSED.search(before))
