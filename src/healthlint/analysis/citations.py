"""What in an article leads to a source: links, identifiers, numbered references, named authors and journals."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from healthlint.analysis.about import about
from healthlint.analysis.segments import Segment, segments
from healthlint.analysis.sentences import sentence_at, sentences, words
from healthlint.document import Block, Document, per_document
from healthlint.expressions import expression

_ADDRESS = expression(r"https?://[^\s<>\"\u201d)\]]+")
_DOI = expression(r"\b10\.\d{4,9}/\S+")
_IDENTIFIERS = (
    ("10.", _DOI),
    ("PM", expression(r"\bPMID:?\s*\d+|\bPMC\s?\d{4,}")),
    ("NCT", expression(r"\bNCT\d{8}\b")),
    ("ISRCTN", expression(r"\bISRCTN\d+")),
    ("arXiv", expression(r"\barXiv:\s?\d{4}\.")),
    ("vol", expression(r"\bvol(?:\.|ume)? ?\d+,? ?(?:\(|no\.?|issue|pp?\.?) ?\d+")),
)
"""Identifiers of papers and trials, each with letters that the text must hold for it to be there."""
_NUMBER = expression(r"\[\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*\]")
_RAISED = expression(r"[\u00b9\u00b2\u00b3\u2070-\u2079](?<=[\w.,;)].)[\u00b9\u00b2\u00b3\u2070-\u2079]*")
_AUTHOR_YEAR = expression(
    r"\([A-Z][\w'\u2019-]+(?: et al\.?)?(?:,? (?:and|&) [A-Z][\w'\u2019-]+)?,? (?:19|20)\d\d[a-z]?[);,]"
)
_PUBLISHED = expression(
    r"(?:[Pp]ublished|[Aa]ppears?|[Aa]ppeared|[Rr]eported) (?:(?:[\w,]+|[A-Z][a-z]{2,3}\.) ){0,6}?in (?:the )?"
    r"(?:journal |\w+ issue of )?(?:the )?[A-Z]\w+"
    r"|[Pp]ublished (?:[\w,]+ ){0,4}?by (?:the )?(?:[A-Z]\w+ ){1,5}Journal\b"
    r"|study in (?:the )?(?:[A-Z]{3,}|(?:[A-Z]\w+ ){1,5}Journal)\b"
    r"|issue of (?:the )?[A-Z]\w+"
)
"""A journal that no table knows: "published online this week in Molecular Psychiatry"."""
_PUBLISHING = ("published", "appear", "appears", "appeared", "reported", "study", "issue")
_TITLED = expression(r" (?:of )?(?:the )?[A-Z]\w+")
_JOURNALS = frozenset(("journal", "annals", "archives", "proceedings"))
_NOT_SOURCES = expression(
    r"(?:^|\.)(?:facebook|twitter|x|instagram|linkedin|youtube|youtu|pinterest|tiktok|t|goo|maps\.google|wa|calendly"
    r"|unsplash|pexels|pixabay|shutterstock|istockphoto|gettyimages|flickr|freepik|canva|eepurl|mailchimp|list-manage"
    r"|substack|eventbrite|apple|amazon|amzn|etsy|shopify|squarespace|wixsite|trustpilot|yelp)"
    r"\.(?:com|be|me|gl|co|to|co\.uk)$|^(?:schema\.org|www\.w3\.org|play\.google\.com|apps\.apple\.com)$"
)
_ENTRY = expression(r"\s*\[?(\d{1,3})[\].)]")


class Mark(NamedTuple):
    """A trace to a source at `start:end` of the text; `kind` is link, identifier, number, name or journal."""

    start: int
    end: int
    kind: str


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
    found += _written_marks(document)
    at = words(document)
    found += [Mark(at.starts[m.first], at.ends[m.last], "journal") for m in at.matches("journal")]
    return tuple(sorted(mark for mark in found if _counts(document, mark)))


_SILENT = (Segment.REFERENCES, Segment.BOILERPLATE, Segment.METADATA)


def _counts(document: Document, mark: Mark) -> bool:
    place = bisect_right(document.blocks, mark.start, key=lambda block: block.start) - 1
    return place >= 0 and segments(document)[place] not in _SILENT


def _written_marks(document: Document) -> Iterator[Mark]:
    """Traces that are written out; each pattern is tried only where the text holds what it needs."""
    text, at = document.text, words(document)
    if "http" in text:
        for match in _ADDRESS.finditer(text):
            if is_source(match.group()):
                yield Mark(match.start(), match.end(), "identifier")
    for sign, pattern in _IDENTIFIERS:
        yield from _all(pattern, text, "identifier") if sign in text else ()
    yield from _all(_NUMBER, text, "number")
    yield from _all(_RAISED, text, "number") if not text.isascii() else ()
    yield from _all(_AUTHOR_YEAR, text, "name")
    for number in (number for word in _PUBLISHING for number in at.index.get(word, ())):
        published = _PUBLISHED.match(text, at.starts[number])
        if published:
            yield Mark(*published.span(), "name")
    for number in at.index.get("al", ()):
        if number > 1 and at.folded[number - 1] == "et":
            yield Mark(at.starts[number - 2], at.ends[number], "name")
    for number in (number for word in _JOURNALS & at.index.keys() for number in at.index[word]):
        title = _TITLED.match(text, at.ends[number])
        if title:
            yield Mark(at.starts[number], title.end(), "name")


def _all(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Mark]:
    return (Mark(match.start(), match.end(), kind) for match in pattern.finditer(text))


def is_source(address: str) -> bool:
    """Whether an address may be a source: a page of another site, no home page, shop, picture or social network."""
    parts = urlsplit_or_none(address)
    return (
        parts is not None
        and parts[0] in ("http", "https")
        and not _NOT_SOURCES.search(parts[1])
        and parts[2].strip("/") not in ("", "index.html")
    )


def urlsplit_or_none(address: str) -> tuple[str, str, str] | None:
    """Scheme, host (lower case) and path of an address, or None for one that is malformed."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.scheme, parts.netloc.lower(), parts.path


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
    match = _ADDRESS.search(document.text, block.start, block.end)
    doi = _DOI.search(document.text, block.start, block.end)
    return linked or (match.group().rstrip(".,;") if match else "https://doi.org/" + doi.group() if doi else "")


def has_sources(document: Document) -> bool:
    """Whether the article leads to any source at all."""
    named = (document.text[link.start : link.end] for link in document.links if is_source(link.target))
    return (
        bool(references(document))
        or any(mark.kind != "number" for mark in marks(document))
        or any(_SOURCE.fullmatch(name) for name in named)
    )


_SOURCE = expression(r"\W*(?:original )?(?:sources?|study|paper|article)\W*", re.IGNORECASE)
"""A link that says what it is counts wherever it stands, also in the line below the title."""


def cited(document: Document, start: int, end: int) -> bool:
    """CITE: a trace to a source in the sentence of the place `start:end`, or right at the beginning of the next."""
    sentence = sentences(document)[sentence_at(document, start)]
    return _marked(document, sentence.start, max(sentence.end, end) + 3)


def paragraph_cited(document: Document, start: int, end: int) -> bool:
    """CITE with the paragraph as reach."""
    block = document.blocks[sentences(document)[sentence_at(document, start)].block]
    return _marked(document, block.start, block.end)


def _marked(document: Document, start: int, end: int) -> bool:
    found = marks(document)
    place = bisect_left(found, (start, start, ""))
    return (place < len(found) and found[place].start < end) or (place > 0 and found[place - 1].end > start)
