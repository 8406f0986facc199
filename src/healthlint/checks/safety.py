"""SAFE rules about what is said of safety, and about harms that are not named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from healthlint.analysis.citations import cited
from healthlint.analysis.evidence import Design, mentions, studies
from healthlint.analysis.guards import answered, distanced, hedged, needed, negated, technical
from healthlint.analysis.nearby import studied
from healthlint.analysis.participants import sizes_in
from healthlint.analysis.sentences import sentence_at, sentences, words
from healthlint.analysis.subjects import subjects
from healthlint.checks.passages import Passage, hit, overlaps, said
from healthlint.document import Document
from healthlint.rule import Hit, Setting, Severity

_QUIET = (negated, needed, distanced, technical, answered)
_TO_THE_PUBLIC = ("consumer", "clinic")


def absolute_safety(document: Document, setting: Setting) -> Iterator[Hit]:
    """SAFE-001: no risk at all, or simply "safe"; the latter is a note in news, and none where a source stands."""
    reported = -1
    bare = Severity.WARNING if setting.profile in _TO_THE_PUBLIC else Severity.INFO
    found = [(p, Severity.ERROR) for p in said(document, "safe-absolute", _QUIET)]
    found += [(p, bare) for p in said(document, "safe-bare", (*_QUIET, cited, _reported)) if _of_treatment(document, p)]
    for passage, severity in sorted(found, key=lambda item: (item[0].start, -item[0].end)):
        if passage.start < reported or overlaps(document, "no-safety-claim", passage) or _asked(document, passage):
            continue
        if _in_animals(document, passage, severity) or (severity is bare and _concedes(document, passage)):
            continue
        reported = passage.end
        softer = (hedged, studied) if severity is Severity.ERROR else (hedged, _balanced, _found)
        weight = severity.lowered() if any(soft(document, passage.start, passage.end) for soft in softer) else severity
        yield hit(document, passage, weight)


def _of_treatment(document: Document, passage: Passage) -> bool:
    """Whether a treatment, or the subject of the article, stands in the sentence or in the one before."""
    number = sentence_at(document, passage.start)
    low, high = sentences(document)[max(0, number - 1)].start, passage.sentence.end
    at = words(document)
    named = any(at.holds(name, low, high) for name in ("treatment", "drug", "medicines"))
    return named or any(low <= at.starts[n] < high for n in subjects(document))


def _in_animals(document: Document, passage: Passage, severity: Severity) -> bool:
    """Whether it is said of animals that were studied: "in the dogs the treatment was safe".

    They may be named in the sentence before, but not for a claim of no risk at all.
    """
    at = words(document)
    start, high = passage.sentence.start, passage.sentence.end
    if at.holds("person", start, high):
        return False
    before = sentences(document)[max(0, sentence_at(document, passage.start) - 1)]
    low = start if severity is Severity.ERROR else before.start
    if any(low <= m.start < high and m.design is Design.ANIMAL for m in mentions(document)):
        return True
    return not _PETS.isdisjoint(at.folded[passage.sentence.first : passage.sentence.last])


_PETS = frozenset("dog dogs cat cats horse horses".split())


def _reported(document: Document, start: int, end: int) -> bool:
    """Whether the sentence itself gives the size of a study, or a share."""
    sentence = sentences(document)[sentence_at(document, start)]
    low, high = sentence.start, sentence.end
    return bool(sizes_in(document, low, high)) or "%" in document.text[low:high]


def _found(document: Document, start: int, end: int) -> bool:
    """Whether it is what one study found, by its own words."""
    return sentences(document)[sentence_at(document, start)] in studies(document)


def _balanced(document: Document, start: int, end: int) -> bool:
    """Whether a "but" or side effects follow, here or in the next sentence: "is generally safe, but can cause"."""
    number = sentence_at(document, start)
    every, at = sentences(document), words(document)
    sentence = every[number]
    following = at.folded[bisect_left(at.starts, end) : sentence.last]
    near = [s.end for s in every[number : number + 2] if s.block == sentence.block][-1]
    return not _TURNS.isdisjoint(following) or at.holds("harm-statement", end, near)


def _concedes(document: Document, passage: Passage) -> bool:
    """Whether the sentence only grants it, to tell of harms: "While it is generally safe, side effects can occur"."""
    at, sentence = words(document), passage.sentence
    granted = at.folded[sentence.first] in _GRANTING
    return granted and any(at.holds(name, passage.end, sentence.end) for name in ("harm-statement", "harm-word"))


_GRANTING = frozenset("while although though".split())
_TURNS = frozenset("but however although though yet".split())


def _asked(document: Document, passage: Passage) -> bool:
    return document.text[passage.sentence.end - 1] == "?"
