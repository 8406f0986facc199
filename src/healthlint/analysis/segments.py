"""What each block of an article is: title, heading, lead, body, list, quotation, references, disclaimer, bio...

Markup tells part of it. A page that was saved as plain text tells nothing, so headings without marks, a title that
stands twice, bylines and page furniture are recognised by their shape and place.
"""

from __future__ import annotations

from enum import StrEnum

from healthlint.analysis import releases, shapes, titles
from healthlint.analysis.furniture import contents, furniture
from healthlint.document import Block, Document, Kind, per_document


class Segment(StrEnum):
    """The part that a block plays in the article."""

    TITLE = "title"
    HEADING = "heading"
    LEAD = "lead"
    BODY = "sentence"
    LIST = "list"
    QUOTE = "quote"
    REFERENCES = "references"
    DISCLAIMER = "disclaimer"
    BIO = "bio"
    BOILERPLATE = "boilerplate"
    METADATA = "metadata"


PROSE = frozenset({Segment.TITLE, Segment.HEADING, Segment.LEAD, Segment.BODY, Segment.LIST, Segment.QUOTE})
"""The segments that speak to the reader about health."""

_BY_KIND = {
    Kind.TITLE: Segment.TITLE,
    Kind.LEAD: Segment.LEAD,
    Kind.HEADING: Segment.HEADING,
    Kind.PARAGRAPH: Segment.BODY,
    Kind.ITEM: Segment.LIST,
    Kind.CELL: Segment.LIST,
    Kind.QUOTE: Segment.QUOTE,
    Kind.CAPTION: Segment.BODY,
    Kind.FOOTNOTE: Segment.REFERENCES,
    Kind.FURNITURE: Segment.BOILERPLATE,
    Kind.FIELD: Segment.METADATA,
}


@per_document
def segments(document: Document) -> tuple[Segment, ...]:
    """The segment of each block, in the order of `document.blocks`."""
    kinds = [_BY_KIND[block.kind] for block in document.blocks]
    texts = [document.text[block.start : block.end].strip() for block in document.blocks]
    for number, block in enumerate(document.blocks):  # a description that the article says again is read there
        if block.kind is Kind.LEAD and texts[number] in texts[number + 1 :]:
            kinds[number] = Segment.METADATA
    _mark_furniture(document, texts, kinds)
    if document.format == "text":
        _mark_plain_lists(document, texts, kinds)
    _mark_headings(document, texts, kinds)
    _mark_title(document, texts, kinds)
    _mark_sections(texts, kinds)
    _mark_ends(document, texts, kinds)
    _mark_lead(texts, kinds)
    return tuple(kinds)


@per_document
def section_starts(document: Document) -> tuple[int, ...]:
    """For each block the number of the heading block that governs it, or -1."""
    current = -1
    result = []
    for number, segment in enumerate(segments(document)):
        if segment in (Segment.HEADING, Segment.TITLE):
            current = number
        result.append(current)
    return tuple(result)


@per_document
def title(document: Document) -> Block | None:
    """The block that is the title of the article."""
    kinds = segments(document)
    return next((block for block, kind in zip(document.blocks, kinds, strict=True) if kind is Segment.TITLE), None)


@per_document
def repeated_titles(document: Document) -> tuple[Block, ...]:
    """Paragraphs and headings that say the title once more."""
    first = title(document)
    if first is None:
        return ()
    text = document.text[first.start : first.end]
    return tuple(
        block
        for block in document.blocks
        if block != first
        and block.kind in (Kind.PARAGRAPH, Kind.HEADING)
        and _says_again(document.text[block.start : block.end], text)
    )


@per_document
def site_name(document: Document) -> str:
    """The name of the site, if a page saved as text begins with it behind the title: "Sleep and pain | Acme Clinic"."""
    first = title(document)
    if first is None or document.format != "text":
        return ""
    text = document.text[first.start : first.end]
    lines = (document.text[block.start : block.end] for block in repeated_titles(document))
    return next((name for line in lines if (name := titles.window_title(line, text))), "")


def _says_again(line: str, title_text: str) -> bool:
    return shapes.repeats(line, title_text) or bool(titles.window_title(line, title_text))


def _mark_furniture(document: Document, texts: list[str], kinds: list[Segment]) -> None:
    blocks = {block for _, block in furniture(document)} | contents(document)
    exported = any(sign in document.text for sign in shapes.EXPORT_SIGNS)
    for number, block in enumerate(document.blocks):
        if block in blocks:
            kinds[number] = Segment.METADATA if shapes.is_dated(texts[number]) else Segment.BOILERPLATE
        elif exported and kinds[number] in (Segment.BODY, Segment.LIST) and shapes.EXPORTED_FIELD.match(texts[number]):
            kinds[number] = Segment.BOILERPLATE


def _mark_plain_lists(document: Document, texts: list[str], kinds: list[Segment]) -> None:
    """Short lines right below a line that ends with a colon are a list."""
    inside = False
    for number, text in enumerate(texts):
        goes_on = number > 0 and (inside or texts[number - 1].endswith(":"))
        inside = goes_on and shapes.is_list_line(text) and _is_next_line(document, number)
        if inside and kinds[number] is Segment.BODY:
            kinds[number] = Segment.LIST


def _is_next_line(document: Document, number: int) -> bool:
    before, block = document.blocks[number - 1], document.blocks[number]
    start, end = document.prose.span(before.end - 1, before.end).end, document.prose.span(block.start, block.end).start
    between = document.source.text[start:end]
    return max(between.count("\n"), between.count("\r")) == 1


def _mark_headings(document: Document, texts: list[str], kinds: list[Segment]) -> None:
    """Headings without marks, and lines that are bold as a whole and introduce something."""
    for number, block in enumerate(document.blocks):
        if kinds[number] is not Segment.BODY or not shapes.looks_like_heading(texts[number]):
            continue
        plain = document.format == "text" and _introduces(number, document.blocks, texts, kinds)
        if plain or (block.strong and number + 1 < len(texts)):
            kinds[number] = Segment.HEADING


def _introduces(number: int, blocks: tuple[Block, ...], texts: list[str], kinds: list[Segment]) -> bool:
    """Whether prose follows a short line: a sentence, a list, or one or two other headings and then prose."""
    headings = 0
    for following in range(number + 1, min(number + 12, len(texts))):
        line = texts[following]
        if kinds[following] in (Segment.BOILERPLATE, Segment.METADATA) or shapes.is_byline(line):
            continue
        if shapes.repeats(line, texts[number]):
            continue
        listed = kinds[following] is Segment.LIST or blocks[following].kind is Kind.ITEM
        if listed or shapes.is_prose(line) or line[-1:] == ":":
            return True
        headings += 1
        if headings > 2 or not shapes.looks_like_heading(line):
            return False
    return False


def _mark_title(document: Document, texts: list[str], kinds: list[Segment]) -> None:
    first = _title_number(document, texts, kinds)
    if first is None:
        return
    kinds[first] = Segment.TITLE
    for number, text in enumerate(texts):
        if number < first and kinds[number] is Segment.HEADING and document.format == "text":
            kinds[number] = Segment.BOILERPLATE  # the name of the site, a menu
        if (
            number != first
            and kinds[number] in (Segment.HEADING, Segment.BODY, Segment.TITLE)
            and _says_again(text, texts[first])
        ):
            kinds[number] = Segment.BOILERPLATE


def _title_number(document: Document, texts: list[str], kinds: list[Segment]) -> int | None:
    """The title that the markup gives; the first heading if the article begins with it; else the first `h1`."""
    given = next((i for i, kind in enumerate(kinds) if kind is Segment.TITLE), None)
    if given is not None:
        return given
    if document.format == "text":
        clear = titles.clear_title(texts)
        if clear is not None and kinds[clear] is not Segment.METADATA:
            return clear
    for number, kind in enumerate(kinds):
        if kind is Segment.HEADING:
            return titles.better_title(texts, number) if document.format == "text" else number
        scrap = document.format == "text" and not shapes.is_prose(texts[number])
        if kind in (Segment.BODY, Segment.LIST) and not scrap:
            break
    levels = ((i, block.level) for i, block in enumerate(document.blocks) if kinds[i] is Segment.HEADING)
    return next((number for number, level in levels if level == 1), None)


def _mark_sections(texts: list[str], kinds: list[Segment]) -> None:
    inside: Segment | None = None
    has_prose = False
    for number, text in enumerate(texts):
        kind = kinds[number]
        has_prose = has_prose or (kind is Segment.BODY and text[-1:] in ".!?")
        if kind in (Segment.HEADING, Segment.BODY, Segment.TITLE) and shapes.REFERENCES.fullmatch(text):
            inside = Segment.REFERENCES if has_prose or kind is not Segment.BODY else None
            kinds[number] = inside or Segment.METADATA
        elif kind is Segment.HEADING:
            inside = _section(text)
            kinds[number] = inside or kind
        elif kind is Segment.BODY and shapes.SOURCE_LINE.match(text):
            kinds[number] = Segment.REFERENCES
        elif inside is Segment.REFERENCES and (shapes.BYLINE.match(text) or shapes.is_disclaimer(text)):
            kinds[number], inside = (Segment.METADATA if shapes.BYLINE.match(text) else Segment.DISCLAIMER), None
        elif inside is Segment.REFERENCES and kind is Segment.BODY and shapes.speaks_to_readers(text):
            inside = None  # what follows the sources is the article again
        elif inside and kind in (Segment.BODY, Segment.LIST, Segment.QUOTE):
            kinds[number] = inside


def _section(heading: str) -> Segment | None:
    if shapes.ABOUT.match(heading):
        return Segment.BIO
    return Segment.DISCLAIMER if shapes.DISCLAIMER_HEADING.fullmatch(heading) else None


def _mark_ends(document: Document, texts: list[str], kinds: list[Segment]) -> None:
    long = [number for number, kind in enumerate(kinds) if kind is Segment.BODY and shapes.size(texts[number]) >= 20]
    last_long = next((number for number in reversed(long) if not shapes.is_bio(texts[number])), -1)
    first_long = min(long, default=len(texts))
    for number, text in enumerate(texts):
        outside = number < first_long or number > last_long
        if kinds[number] not in (Segment.BODY, Segment.LIST, Segment.HEADING):
            continue
        if kinds[number] is not Segment.HEADING and shapes.is_disclaimer(text):
            kinds[number] = Segment.DISCLAIMER
        elif (kinds[number] is Segment.BODY and outside and shapes.is_byline(text)) or (
            number < first_long and _is_name(document, texts, kinds, number)
        ):
            kinds[number] = Segment.METADATA
        elif kinds[number] is not Segment.LIST and shapes.is_copyright(text):
            kinds[number] = Segment.BOILERPLATE
    for number in range(len(texts) // 2, len(texts)):
        if kinds[number] is Segment.BODY and shapes.is_institution(texts[number]):
            kinds[number] = Segment.BIO
    if last_long >= 0:
        _mark_bio(document, texts, kinds, last_long)
    _mark_release(document, texts, kinds)


def _mark_release(document: Document, texts: list[str], kinds: list[Segment]) -> None:
    behind = releases.after_the_end(texts) if document.format == "text" else ()
    marked = [(number, Segment.BOILERPLATE) for number in behind]
    marked += [(number, Segment.BIO) for number in releases.about_the_sender(texts)]
    for number, segment in marked:
        if kinds[number] in PROSE and kinds[number] is not Segment.TITLE:
            kinds[number] = segment


def _mark_bio(document: Document, texts: list[str], kinds: list[Segment], last_long: int) -> None:
    """Mark who the author is, behind the last long paragraph: names and headings too, if no prose follows them."""
    following = Segment.BIO if document.format == "text" else Segment.BODY
    for number in range(len(texts) - 1, last_long, -1):
        kind, text = kinds[number], texts[number]
        scrap = kind is Segment.BODY and document.format == "text" and shapes.is_scrap(text)
        belongs = following is Segment.BIO and (scrap or kind is Segment.HEADING)
        if belongs or (kind is Segment.BODY and shapes.is_bio(text)):
            kinds[number] = Segment.BIO
        if kinds[number] in PROSE or kinds[number] is Segment.BIO:
            following = kinds[number]


def _is_name(document: Document, texts: list[str], kinds: list[Segment], number: int) -> bool:
    """Who wrote it: a few words between the title and the line with the date, in a page that was saved as text."""
    return (
        document.format == "text"
        and 0 < number < len(texts) - 1
        and kinds[number - 1] in (Segment.TITLE, Segment.METADATA, Segment.BOILERPLATE)
        and shapes.size(texts[number]) <= 5
        and shapes.is_byline(texts[number + 1])
    )


def _mark_lead(texts: list[str], kinds: list[Segment]) -> None:
    for number, text in enumerate(texts):
        if kinds[number] in (Segment.HEADING, Segment.LIST):
            return
        if kinds[number] is Segment.BODY and shapes.size(text) >= 8:
            kinds[number] = Segment.LEAD
            return
