"""What in an article leads to a source: links, identifiers, numbered references, named authors and journals."""

import re
from bisect import bisect_left, bisect_right

from healthlint.analysis.about import about
from healthlint.analysis.segments import Segment, section_starts, segments
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.analysis.traces import ADDRESS, DOI, Mark, is_source, written_marks
from healthlint.document import Block, Document, Kind, per_document
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple

_ENTRY = expression(r"\s*\[?(\d{1,3})[\].)]")


class Reference(NamedTuple):
    """An entry of the reference list: its block, its number if it has one, and the address that it gives."""

    block: Block
    number: int | None
    address: str


@per_document
def marks(document: Document) -> tuple[Mark, ...]:
    """All traces to sources outside of the reference list and of page furniture, in order."""
    found = [
        Mark(link.start, link.end, "link") for link in document.links if is_source(link.target) or "#fn" in link.target
    ]
    found += written_marks(document)
    found += _fallen_numbers(document)
    at = words(document)
    found += [
        Mark(at.starts[m.first], at.ends[m.last], "journal")
        for m in at.matches("journal")
        if not document.text[at.starts[m.last] : at.ends[m.last]].islower()  # "raises cell metabolism" names none
    ]
    return tuple(sorted(mark for mark in found if _counts(document, mark)))


def _fallen_numbers(document: Document) -> list[Mark]:
    """Raised numbers that a page has lost to the line: "is different in pure water.2", with a numbered list below."""
    if not any(entry.number or entry.block.kind is Kind.ITEM for entry in references(document)):
        return []
    return [Mark(*match.span(1), "number") for match in _FALLEN.finditer(document.text)]


_FALLEN = expression(r"(?<=[a-z)][.,;]) ?(\d{1,3}(?:[,\u2013-]\d{1,3})*)(?=\s+[A-Z]|\s*$)", re.MULTILINE)


_SILENT = (Segment.REFERENCES, Segment.BOILERPLATE, Segment.METADATA)
"""Where nothing leads to a source; but one written behind the end of a release does."""


def _counts(document: Document, mark: Mark) -> bool:
    place = bisect_right(document.blocks, mark.start, key=lambda block: block.start) - 1
    if place < 0:
        return False
    written = mark.kind in ("identifier", "name", "author", "journal") and document.blocks[place].kind is Kind.PARAGRAPH
    return segments(document)[place] not in (_SILENT[:1] if written else _SILENT)


@per_document
def references(document: Document) -> tuple[Reference, ...]:
    """The entries of the reference list, and the sources that the metadata name."""
    found = []
    for block, kind in zip(document.blocks, segments(document), strict=True):
        text = document.text[block.start : block.end]
        if kind is Segment.REFERENCES and len(text.split()) + text.count("/") > 2:
            number = _ENTRY.match(text)
            found.append(Reference(block, int(number.group(1)) if number else None, _address(document, block)))
    for field in about(document, "sources"):
        block = next(b for b in document.blocks if b.start == field.start)
        found.append(Reference(block, None, field.value if field.value.startswith("http") else ""))
    return tuple(found)


def _address(document: Document, block: Block) -> str:
    linked = next((link.target for link in document.links if block.start <= link.start < block.end), "")
    match = ADDRESS.search(document.text, block.start, block.end)
    doi = DOI.search(document.text, block.start, block.end)
    return linked or (match.group().rstrip(".,;") if match else "https://doi.org/" + doi.group() if doi else "")


def has_sources(document: Document) -> bool:
    """Whether the article leads to any source at all."""
    named = (document.text[link.start : link.end] for link in document.links if is_source(link.target))
    return (
        bool(references(document))
        or any(mark.kind not in LEADING_TO_A_LIST for mark in marks(document))
        or any(_SOURCE.fullmatch(name) for name in named)
        or any(_CREDITED.match(document.text, block.start, block.end) for block in document.blocks)
    )


_CREDITED = expression(r"\s*Sources?: ?[A-Z\"\u201c][^\n]{3,200}$")
"""A line of its own: "Source: University of Leeds"."""
LEADING_TO_A_LIST = ("number", "author")
"""Marks that lead to a source only by way of a list of sources."""
_SOURCE = expression(r"\W*(?:original )?(?:sources?|study|paper|article)\W*", re.IGNORECASE)
"""A link that says what it is counts wherever it stands, also in the line below the title."""


def cited(document: Document, start: int, end: int) -> bool:
    """CITE: a trace to a source in the sentence of the place `start:end`, or right at the beginning of the next."""
    sentence = sentences(document)[sentence_at(document, start)]
    return _marked(document, sentence.start, max(sentence.end, end) + 3) or listed(document, sentence)


@per_document
def _by_year(document: Document) -> dict[str, frozenset[str]]:
    """The words of the entries of the list of sources, by the years that they give."""
    found: dict[str, set[str]] = {}
    for block, _, _ in references(document):
        text = document.text[block.start : block.end]
        for year in _YEAR.findall(text):
            found.setdefault(year, set()).update(_stems(text))
    return {year: frozenset(stems) for year, stems in found.items()}


def newest_source(document: Document, until: int) -> tuple[int, Block] | None:
    """The newest year, at most `until`, that the list of sources gives, and its entry.

    None where that says little: fewer than two entries, one without a year, a link to a source outside of the list.
    """
    entries = references(document)
    if len(entries) < _SEVERAL or any(mark.kind == "link" for mark in marks(document)):
        return None
    years = []
    for block, _, _ in entries:
        told = [int(year) for year in _YEAR.findall(document.text, block.start, block.end) if int(year) <= until]
        if not told:
            return None
        years.append((max(told), block))
    return max(years, key=lambda item: item[0])


_SEVERAL = 2


def listed(document: Document, sentence: Sentence) -> bool:
    """Whether an entry of the list of sources has the year of the sentence and a telling word of it."""
    years = _by_year(document)
    if not years:
        return False
    text = document.text[sentence.start : sentence.end]
    return any(not years.get(year, frozenset()).isdisjoint(_stems(text)) for year in _YEAR.findall(text))


_YEAR = expression(r"\b(?:19|20)\d\d\b")
_WORD = expression(r"[a-z]{6,}")
_GENERAL = frozenset(
    "studie publis resear journa analys review effect patien people result trials report findin".split()
)


def _stems(text: str) -> set[str]:
    """The beginnings of the longer words of a text, without those that stand in every title of a paper."""
    return {word[:6] for word in _WORD.findall(text.lower())} - _GENERAL


def paragraph_cited(document: Document, start: int, end: int) -> bool:
    """CITE with the paragraph as reach."""
    number = sentences(document)[sentence_at(document, start)].block
    block = document.blocks[number]
    return _marked(document, block.start, block.end) or section_starts(document)[number] in _linked_sections(document)


@per_document
def _linked_sections(document: Document) -> frozenset[int]:
    """The sections that end in a link called "Source", "Read the full paper": it stands for all of their paragraphs."""
    found = set()
    for link in document.links:
        if _SOURCE_LINK.fullmatch(document.text, link.start, link.end) and is_source(link.target):
            place = bisect_right(document.blocks, link.start, key=lambda block: block.start) - 1
            found.add(section_starts(document)[place])
    return frozenset(found)


_SOURCE_LINK = expression(
    r"\W*(?:sources?|references?|(?:read |see |view )?(?:the )?(?:full |original |whole )?"
    r"(?:paper|study|research|abstract))\W*",
    re.IGNORECASE,
)


def near_cited(document: Document, start: int, end: int) -> bool:
    """CITE; in the sentence before, or at the end of the paragraph or list item; and words such as "studies" that sum
    up what the next sentence, "For example, ...", or the next paragraphs cite one by one.
    """
    number = sentence_at(document, start)
    every = sentences(document)
    at = words(document)
    inside = at.folded[bisect_left(at.starts, start) : bisect_left(at.starts, end)]
    sums_up = not _EVIDENCE.isdisjoint(inside)
    near = [s for s in every[max(0, number - 1) : number + 2] if s.block == every[number].block]
    if every[number] is not near[-1] and not (sums_up and _EXAMPLE.match(document.text, near[-1].start)):
        del near[-1]
    return (
        any(cited(document, sentence.start, sentence.end) for sentence in near)
        or _closes_cited(document, number)
        or (sums_up and _sums_up(document, every[number]))
        or ("known" in inside and _recalls(document, every[number]))
    )


_EXAMPLE = expression(
    r"\W*(?:(?:for|an) (?:example|instance)|in (?:one|an?)|one|others?|another|both|specifically|namely|e\.g\."
    r"|the (?:largest|first|latest|newest|best|biggest|most|oldest))\b",
    re.I,
)
"""How a sentence begins that names one of "the studies" of the sentence before."""


def _closes_cited(document: Document, number: int) -> bool:
    """Whether the paragraph or list item ends, a sentence or two further on, with a source behind its last stop.

    "It calms. It is old. (Ruiz 2019)": a source within the last sentence would be that of the sentence alone.
    """
    every = sentences(document)
    block = document.blocks[every[number].block]
    following = [s for s in every[number + 1 : number + _FURTHER + 2] if s.block == every[number].block]
    found = marks(document)
    last = bisect_left(found, (block.end, 0, "")) - 1
    if not following or following[-1].end < block.end or last < 0 or found[last].start < every[number].end:
        return False
    before = document.text[every[number].start : found[last].start + 1]
    return bool(_BEHIND_STOP.search(before)) and not _WORDS.search(document.text, found[last].end, block.end)


_FURTHER = 2
"""So many sentences, and the reference that stands alone, may lie between the words and the source of the paragraph."""
_BEHIND_STOP = expression(r"[.!?][\s(\[\\]*\S?$|[.!?] [(\[][^.()\[\]]{1,80}$")
_WORDS = expression(r"[a-z]{3}")


def _sums_up(document: Document, sentence: Sentence) -> bool:
    """Whether a short paragraph introduces what the next two tell, each with its source: "Many studies show it"."""
    block, starts = sentence.block, section_starts(document)
    whole = document.blocks[block]
    following = [n for n in range(block + 1, min(block + 3, len(starts))) if starts[n] == starts[block]]
    if whole.kind is not Kind.PARAGRAPH or whole.end - whole.start > _SHORT or len(following) < 2:
        return False
    return all(_marked(document, document.blocks[n].start, document.blocks[n].end) for n in following)


_SHORT = 400


def _recalls(document: Document, sentence: Sentence) -> bool:
    """Whether sources stand in the paragraphs before, which a sentence takes up: "it has long been known that"."""
    starts = section_starts(document)
    low = next(
        n for n in range(max(0, sentence.block - _BACK), sentence.block + 1) if starts[n] == starts[sentence.block]
    )
    return low < sentence.block and _marked(document, document.blocks[low].start, document.blocks[sentence.block].start)


_BACK = 4
"""So many paragraphs before may tell what "has long been known"."""
_EVIDENCE = frozenset("studies study trials trial research evidence data researchers scientists".split())


def _marked(document: Document, start: int, end: int) -> bool:
    found = marks(document)
    place = bisect_left(found, (start, start, ""))
    return (place < len(found) and found[place].start < end) or (place > 0 and found[place - 1].end > start)
