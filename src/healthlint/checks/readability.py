"""READ rules about the whole text: how hard it is, and what does not belong in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from operator import mul

from healthlint.analysis import shapes
from healthlint.analysis.acronyms import unexplained
from healthlint.analysis.furniture import furniture
from healthlint.analysis.nearby import closing
from healthlint.analysis.readability import EASIER_ABOVE, GRADES, Counts, grade, require, smog, syllables
from healthlint.analysis.readability import metric as textstat_metric
from healthlint.analysis.segments import Segment, repeated_titles, segments, title
from healthlint.analysis.sentences import Sentence, quotations, sentence_at, sentences, words
from healthlint.checks.anchors import anchor
from healthlint.document import Block, Document, Kind, per_document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity

TARGET = {"consumer": 8.0, "clinic": 8.0, "news": 12.0, "press-release": 12.0}
"""The highest Flesch-Kincaid grade that suits the readers (NHS, NIH: 6 to 8 for the public)."""
_LABELS = {"flesch_kincaid_grade": "Reading grade", "smog_index": "SMOG"}
POLYSYLLABLE = 3
"""From this many syllables on a word is long (McLaughlin 1969)."""
HARD_GRADE, HARD_SMOG = 12.0, 14.0
LONG = 25
"""Words from which a sentence loses readers (NHS content style guide: 20 to 25)."""
PARAGRAPH, STRETCH = 100, 300
"""Words from which a paragraph, and the text between two headings, is a wall (after CDC index and PEMAT: chunks)."""
LEAST = 20
"""A first paragraph shorter than this may be a byline, a date or a menu."""


@per_document
def _measured(document: Document) -> tuple[Sentence, ...]:
    """The sentences that count: those of the lead, the body and its lists, but no tables and captions."""
    counted = [
        kind in (Segment.LEAD, Segment.BODY, Segment.LIST) and block.kind not in (Kind.CELL, Kind.CAPTION)
        for block, kind in zip(document.blocks, segments(document), strict=True)
    ]
    return tuple(s for s in sentences(document) if s.last > s.first and counted[s.block])


@per_document
def _headline(document: Document) -> Block | None:
    """The title; in a text without one the first heading, which names the topic as well."""
    kinds = zip(document.blocks, segments(document), strict=True)
    return title(document) or next((block for block, kind in kinds if kind is Segment.HEADING), None)


@per_document
def _topic(document: Document) -> frozenset[str]:
    """The long words of the title, singular and plural: who writes about them cannot avoid them."""
    block, at = _headline(document), words(document)
    if block is None:
        return frozenset()
    numbers = range(bisect_left(at.starts, block.start), bisect_left(at.starts, block.end))
    long = {at.folded[i] for i in numbers if syllables(at.folded[i]) >= POLYSYLLABLE}
    return frozenset(long | {word + "s" for word in long} | {word.removesuffix("s") for word in long})


def _kept(document: Document, sentence: Sentence) -> list[int]:
    """The numbers of the words of a sentence that count: all but signs and the topic."""
    folded, topic = words(document).folded, _topic(document)
    return [i for i in range(sentence.first, sentence.last) if folded[i] != "%" and folded[i] not in topic]


@per_document
def _counts(document: Document) -> Counts:
    folded = words(document).folded
    said = Counter(chain.from_iterable(folded[sentence.first : sentence.last] for sentence in _measured(document)))
    for word in _topic(document) | {"%"}:
        said.pop(word, None)
    sizes, times = [*map(syllables, said)], said.values()
    many = sum(time for size, time in zip(sizes, times, strict=True) if size >= POLYSYLLABLE)
    return Counts(len(_measured(document)), sum(times), sum(map(mul, sizes, times)), many)


def _plain_text(document: Document) -> str:
    """What counts, as textstat wants it: without the topic, every sentence and list item with a full stop."""
    lines = []
    for sentence in _measured(document):
        at, text, start = words(document), [], sentence.start
        for number in sorted({*range(sentence.first, sentence.last)} - {*_kept(document, sentence)}):
            text.append(document.text[start : at.starts[number]])
            start = at.ends[number]
        line = ("".join(text) + document.text[start : sentence.end]).strip()
        lines.append(line if line.endswith((".", "!", "?")) else line + ".")
    return "\n".join(lines)


def reading_grade(
    document: Document, setting: Setting, *, metric: str = "flesch_kincaid_grade", target: float | None = None
) -> Iterator[Hit]:
    """READ-001: the text is harder than its readers read. Texts under 100 words or 10 sentences get no number.

    `metric` is a name of `analysis.readability.METRICS`, `target` the last value that suits; without one it is the
    grade of the profile. Raises ValueError for an unknown metric, or one that is no grade and has no target.
    """
    goal = _goal(setting, metric, target)
    counts = _counts(document)
    if goal is None or counts.words < 100 or counts.sentences < 10:
        return
    value = _value(document, metric)
    if value >= goal if metric in EASIER_ABOVE else value <= goal:
        return
    hard = grade(counts) > HARD_GRADE or smog(counts) > HARD_SMOG
    fields = {
        "measured": f"{_LABELS.get(metric, metric.replace('_', ' ').capitalize())} {value:.1f}",
        "target": f"{goal:g}",
        "also": f"reading grade {grade(counts):.1f}" if metric == "smog_index" else f"SMOG {smog(counts):.1f}",
        "lines": _longest(document),
    }
    yield Hit(*anchor(document), Severity.WARNING if hard else Severity.INFO, fields, document=True)


def _goal(setting: Setting, metric: str, target: float | None) -> float | None:
    require(metric)
    if target is None and metric not in GRADES:
        raise ValueError(f"'{metric}' is not a school grade, so it needs a target of its own")
    return TARGET.get(setting.profile) if target is None else target


def _value(document: Document, metric: str) -> float:
    own = {"flesch_kincaid_grade": grade, "smog_index": smog}
    if metric in own:
        return own[metric](_counts(document))
    value = textstat_metric(metric, _plain_text(document))
    return float(re.findall(r"\d+", value)[-1]) if isinstance(value, str) else value  # "7th and 8th grade"


def _longest(document: Document) -> str:
    """Where the five longest sentences begin: "lines 3, 8", in a Word file "paragraphs 3, 8"."""
    longest = sorted(_measured(document), key=lambda s: s.first - s.last)[:5]
    lines = sorted(document.source.position(document.prose.span(s.start, s.end).start).line for s in longest)
    unit = "paragraphs" if document.source.place(0) else "lines"
    return f"{unit} {', '.join(map(str, dict.fromkeys(lines)))}"


def long_sentences(document: Document, setting: Setting) -> Iterator[Hit]:
    """READ-002: more than 15% of the sentences are long; one finding for the document, at the longest."""
    measured = _measured(document)
    long = [s for s in measured if s.last - s.first > LONG and not _is_matter(document, s)]
    if len(measured) >= 10 and len(long) > 0.15 * len(measured):
        long.sort(key=lambda s: s.first - s.last)
        worst = next((s for s in long if _is_the_writers(document, s)), long[0])
        fields = {"n": str(len(long)), "all": str(len(measured)), "longest": str(worst.last - worst.first)}
        yield Hit(worst.start, worst.end, Severity.INFO, fields, document=True)


def _is_matter(document: Document, sentence: Sentence) -> bool:
    """Whether it lists the authors, or stands in what an organisation says of itself at the end."""
    return bool(_AUTHORS.match(document.text, sentence.start)) or closing(document, sentence.start, sentence.end)


def _is_the_writers(document: Document, sentence: Sentence) -> bool:
    """Whether the writer can split the sentence: body text, no quotation, no list of names with degrees."""
    prose = segments(document)[sentence.block] in (Segment.LEAD, Segment.BODY)
    spoken = any(q.start < sentence.end and sentence.start < q.end for q in quotations(document))
    return prose and not spoken and len(_DEGREE.findall(document.text, sentence.start, sentence.end)) < _NAMES


_DEGREE = expression(r"\b(?:M\.?D|Ph\.?D|Pharm\.?D|MPH|M\.P\.H|RN|DO|MSc|M\.?S|DrPH|MBBS)\b")
_NAMES = 2
"""From so many degrees on a sentence is a list of people."""
_AUTHORS = expression(r"\W*(?:(?:other |additional |the )?(?:co-?)?authors\b|contributors\b)", re.IGNORECASE)


def wall_of_text(document: Document, setting: Setting) -> Iterator[Hit]:
    """READ-005: a long paragraph, a long stretch without a heading, no title; at most one finding of each kind."""
    sections = _sections(document)
    words_in = {block: _size(document, block) for section in sections for block in section}
    long = [block for block, size in words_in.items() if size > PARAGRAPH]
    if long:
        block = max(long, key=words_in.__getitem__)
        others = f"; {len(long)} paragraphs have more" if len(long) > 1 else ""
        what = f"This paragraph has {words_in[block]} words, and more than {PARAGRAPH} are hard to read{others}"
        yield _wall(document, block, what)
    sizes = [sum(map(words_in.__getitem__, section)) for section in sections]
    if max(sizes, default=0) > STRETCH:
        section = sections[sizes.index(max(sizes))]
        yield _wall(document, section[0], f"{max(sizes)} words follow each other without a heading")
    if sum(sizes) > STRETCH and _untitled(document):
        yield _wall(document, document.blocks[0], "No title stands above the text", help="Add a title.")


def _sections(document: Document) -> list[list[Block]]:
    """The paragraphs of the lead and the body between one heading and the next, without empty sections."""
    sections: list[list[Block]] = [[]]
    for block, kind in zip(document.blocks, segments(document), strict=True):
        if kind in (Segment.TITLE, Segment.HEADING):
            sections.append([])
        elif kind in (Segment.LEAD, Segment.BODY) and block.kind in (Kind.PARAGRAPH, Kind.LEAD):
            sections[-1].append(block)
    return [section for section in sections if section]


def _untitled(document: Document) -> bool:
    """Whether there is no title, and no heading that could be one above the first paragraph worth the name."""
    for block, kind in zip(document.blocks, segments(document), strict=True):
        if kind in (Segment.LEAD, Segment.BODY) and _size(document, block) >= LEAST:
            break
        if kind is Segment.HEADING:
            return False
    return title(document) is None


def _size(document: Document, block: Block) -> int:
    return shapes.size(document.text[block.start : block.end])


def _wall(document: Document, block: Block, what: str, **more: str) -> Hit:
    """The finding, at the first sentence of the block."""
    sentence = sentences(document)[sentence_at(document, block.start)]
    return Hit(sentence.start, sentence.end, Severity.INFO, {"what": what, **more}, document=True)


def undefined_acronyms(document: Document, setting: Setting) -> Iterator[Hit]:
    """READ-003: an abbreviation that is explained nowhere, at its first place."""
    for start, end in unexplained(document):
        yield Hit(start, end, Severity.INFO, {"match": document.text[start:end]})


def page_furniture(document: Document, setting: Setting) -> Iterator[Hit]:
    """READ-007: interface text inside the article, and a title that stands twice."""
    for _, block in furniture(document):
        place = (document.text, block.start, block.end)
        if _SEPARATOR.fullmatch(*place) or _EMBEDDED.match(*place) or _INTRODUCES.search(*place):
            continue
        if block.kind is Kind.HEADING and _MORE.match(document.text, block.start, block.end):
            continue
        dated = shapes.is_dated(document.text[block.start : block.end])
        minutes = _MINUTES.search(document.text, block.start, block.end)
        if not dated:
            yield _furnishing(document, block.start, block.end)
        elif minutes:  # the date stays
            yield _furnishing(document, *minutes.span())
    for block in repeated_titles(document) if document.format == "text" else ():
        yield _furnishing(document, block.start, block.end)


def _furnishing(document: Document, start: int, end: int) -> Hit:
    return Hit(start, end, Severity.INFO, {"match": document.text[start:end].strip()[:60]})


_EMBEDDED, _INTRODUCES = expression(r"\W*Embed from\b", re.IGNORECASE), expression(r":\W*$")
"""What writers mean to be there: the credit of an embedded picture, a line that introduces a list."""
_SEPARATOR = expression(r"([-*_=~]) ?(?:\1 ?){2,}")
"""A line between two parts, as writers type it."""
_MORE = expression(r"\W*(?:learn|read|find out) more\W*$", re.IGNORECASE)
"""A heading of a section that goes on; elsewhere it is a button."""
_MINUTES = expression(r"\b\d+[ -]min(?:ute)?s?[ -]read\b", re.IGNORECASE)
