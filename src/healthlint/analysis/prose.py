"""The sentences of the article itself: no references, bios or page furniture."""

from healthlint.analysis.segments import PROSE, segments
from healthlint.analysis.sentences import Sentence, sentences, words
from healthlint.document import Document, per_document


@per_document
def prose(document: Document) -> tuple[Sentence, ...]:
    """The sentences of the prose that hold a word, in order."""
    kinds = segments(document)
    return tuple(s for s in sentences(document) if s.last > s.first and kinds[s.block] in PROSE)


@per_document
def prose_numbers(document: Document) -> set[int]:
    """Their numbers in the word index."""
    at = words(document)
    return {at.sentence[sentence.first] for sentence in prose(document)}
