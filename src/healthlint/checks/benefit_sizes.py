"""EVID-009: the size of a benefit, told in words only."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis.evidence import studies
from healthlint.analysis.guards import needed, negated, quoted, technical
from healthlint.analysis.segments import PROSE, Segment, segments
from healthlint.analysis.sentences import Sentence, sentences, words
from healthlint.checks.numbers import PERCENT
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.phrases import Match
from healthlint.rule import Hit, Setting, Severity

_EFFECT_SIZE = expression(
    rf"\d+(?:\.\d+)?(?:{PERCENT}|\s?(?:points?|mmhg|mm|kg|pounds|lbs?|mg/dl|fold|times))|\bp\s?[<=]\s?0?\.\d"
    r"|\b\d[\d,]* (?:in|of|out of) \d|\b(?:half|(?:a|one|two)[ -]thirds?|a quarter|doubled|halved)\b"
    r"|\b(?:ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -][a-z]+)? per ?cent\b"
    r"|\bof (?:the |all )?\d+ [a-z' -]{1,60},? \d+ [a-z]"
    r"|\btwice\b(?!/| (?:a|per|each|every|daily|weekly)\b)|\bfrom \d[\d.]* to \d"
    r"|\b\d[\d.,]*(?: [a-z]+)?,? (?:vs\.?|versus|v\.|compared (?:with|to)) (?:only |just )?\d"
)


def unquantified_benefit(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-009: the size of a benefit in words, and no effect size in this sentence or beside it."""
    at = words(document)
    every = sentences(document)
    for name, severity in (("magnitude-strong", Severity.WARNING), ("magnitude", Severity.INFO)):
        for first, last in _joined(at.matches(name)):
            number = at.sentence[first]
            if segments(document)[every[number].block] not in PROSE - {Segment.HEADING}:
                continue
            if name == "magnitude" and at.overlaps("magnitude-strong", first, last):
                continue
            start, end = at.starts[first], at.ends[last]
            if _EFFECT_SIZE.search(at.lower, *_around(document, every, number)):
                continue
            if _INTAKE.match(at.lower, end) or _NO_SIZE.search(at.lower, max(0, start - 12), end):
                continue
            if not any(guard(document, start, end) for guard in (negated, needed, technical)):
                weight = Severity.INFO if quoted(document, start, end) else severity
                yield Hit(start, end, weight, {"match": document.text[start:end]})


def _joined(matches: list[Match]) -> Iterator[tuple[int, int]]:
    """The first and last words of matches; of those that overlap, of all of them: "can greatly improve your sleep"."""
    first = last = -1
    for match in matches:
        if match.first > last:
            if last >= 0:
                yield first, last
            first = match.first
        last = max(last, match.last)
    if last >= 0:
        yield first, last


_INTAKE = expression(
    r"(?: (?:the|your|their|its|daily|total)){0,2} (?:intake|consumption|amount|dose|carb|calor|sugar|salt)"
)
"""What a diet or a budget reduces, and no outcome: "drastically reducing the intake of sugar"."""
_NO_SIZE = expression(
    r"\bless than (?=\w+ \w+$)|\b(?:fast|rapid|quick)[- ]acting\b|\b(?:make|makes|made|making) \w+ progress$"
)
"""A disappointment ("less than impressive results"), a speed that belongs to the kind of medicine, and progress of a
field: "scientists are making remarkable progress"."""


def _around(document: Document, every: tuple[Sentence, ...], number: int) -> tuple[int, int]:
    """From the sentence before in its block to the next two, unless one tells of another study.

    A number in another paragraph or list item is that of something else, but for what stands below a title.
    """
    own = every[number]
    before, following = every[max(0, number - 1)], every[min(number + 1, len(every) - 1)]
    start = before.start if before.block == own.block else own.start
    near = following.block == own.block or segments(document)[own.block] in (Segment.TITLE, Segment.LEAD)
    if not near or following in studies(document):
        return start, own.end
    further = every[min(number + 2, len(every) - 1)]
    last = further if further.block == own.block and further not in studies(document) else following
    return start, last.end
