"""READ rules about the whole text: how hard it is, and what does not belong in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint import tables
from healthlint.analysis.readability import Counts, grade, smog, syllables
from healthlint.analysis.segments import Segment, furniture, repeated_titles, segments
from healthlint.analysis.sentences import Sentence, sentences, words
from healthlint.checks.anchors import anchor
from healthlint.document import Document, per_document
from healthlint.rule import Hit, Setting, Severity

TARGET = {"consumer": 8.0, "clinic": 8.0, "news": 12.0, "press-release": 12.0}
"""The highest Flesch-Kincaid grade that suits the readers (NHS, NIH: 6 to 8 for the public)."""
_ACRONYM = re.compile(r"(?<![\w.-])([A-Z]{2,6})s?(?![\w.])")
HARD_GRADE, HARD_SMOG = 12.0, 14.0
LONG = 25
"""Words from which a sentence loses readers (NHS content style guide: 20 to 25)."""


@per_document
def _measured(document: Document) -> tuple[Sentence, ...]:
    """The sentences that count: those of the lead and the body, lists included."""
    kinds = segments(document)
    counted = (Segment.LEAD, Segment.BODY, Segment.LIST)
    return tuple(s for s in sentences(document) if s.last > s.first and kinds[s.block] in counted)


def reading_grade(document: Document, setting: Setting) -> Iterator[Hit]:
    """READ-001: the text is harder than its readers read. Texts under 100 words or 10 sentences get no number."""
    target = TARGET.get(setting.profile)
    counts = _counts(document)
    if target is None or counts.words < 100 or counts.sentences < 10 or grade(counts) <= target:
        return
    hard = grade(counts) > HARD_GRADE or smog(counts) > HARD_SMOG
    longest = sorted(_measured(document), key=lambda s: s.first - s.last)[:5]
    lines = sorted(document.source.position(document.prose.span(s.start, s.end).start).line for s in longest)
    fields = {
        "grade": f"{grade(counts):.1f}",
        "smog": f"{smog(counts):.1f}",
        "target": f"{target:g}",
        "lines": ", ".join(map(str, dict.fromkeys(lines))),
    }
    yield Hit(*anchor(document), Severity.WARNING if hard else Severity.INFO, fields, document=True)


def _counts(document: Document) -> Counts:
    at = words(document)
    sizes = [syllables(word) for s in _measured(document) for word in at.folded[s.first : s.last] if word != "%"]
    return Counts(len(_measured(document)), len(sizes), sum(sizes), sum(size >= 3 for size in sizes))


def long_sentences(document: Document, setting: Setting) -> Iterator[Hit]:
    """READ-002: more than 15% of the sentences are long; one finding for the document, at the longest."""
    measured = _measured(document)
    long = [s for s in measured if s.last - s.first > LONG]
    if len(measured) >= 10 and len(long) > 0.15 * len(measured):
        worst = max(long, key=lambda s: s.last - s.first)
        fields = {"n": str(len(long)), "all": str(len(measured)), "longest": str(worst.last - worst.first)}
        yield Hit(worst.start, worst.end, Severity.INFO, fields, document=True)


def undefined_acronyms(document: Document, setting: Setting) -> Iterator[Hit]:
    """READ-003: an abbreviation that is not explained where it first stands."""
    known = {entry["name"] for entry in tables.entries("acronyms")}
    kinds = segments(document)
    seen: set[str] = set()
    for sentence in sentences(document):
        if kinds[sentence.block] not in (Segment.LEAD, Segment.BODY, Segment.LIST):
            continue
        for match in _ACRONYM.finditer(document.text, sentence.start, sentence.end):
            word = match.group(1)
            if word not in seen and word not in known and not _explained(document.text, match):
                yield Hit(match.start(1), match.end(1), Severity.INFO, {"match": word})
            seen.add(word)


def _explained(text: str, match: re.Match[str]) -> bool:
    """Whether the abbreviation stands in brackets after its full form, or a bracket with it follows."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 3]
    return before in ("(", "[") or after.lstrip().startswith("(") or before in ("-", "/", "&", "@", "#", "_")


def page_furniture(document: Document, setting: Setting) -> Iterator[Hit]:
    """READ-007: interface text inside the article, and a title that stands twice."""
    for _, block in furniture(document):
        yield Hit(block.start, block.end, Severity.INFO, {"match": document.text[block.start : block.end].strip()[:60]})
    if document.format == "text":
        for block in repeated_titles(document):
            yield Hit(
                block.start, block.end, Severity.INFO, {"match": document.text[block.start : block.end].strip()[:60]}
            )
