"""Word files (.docx): each paragraph is a line, so the line is the number of the paragraph, the column a place in it.

The standard library reads them. What stands in the text is what a reader sees once all changes are accepted: inserted
words count; deleted and hidden ones, codes of fields and comments do not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from healthlint.builder import Builder
from healthlint.document import Document, Kind
from healthlint.formats.plain import BULLET
from healthlint.formats.word.package import Package
from healthlint.formats.word.paragraphs import Run
from healthlint.formats.word.story import Story
from healthlint.formats.word.styles import Styles, name_of, value
from healthlint.namedtuples import NamedTuple
from healthlint.text import Piece, Place, Source

_NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
_PROPERTIES = {"title": "title", "creator": "author"}
"""The properties that are read, each with its field. When a file was made or saved is none of them: who opens a leaflet
and saves it has not reviewed it."""
_NOBODY = re.compile(
    r"(?:microsoft |windows )?(?:office )?(?:user|owner)|microsoft(?: office)?|admin(?:istrator)?|author|unknown"
    r"|un-named|python-docx|apache poi|docx4j|pandoc",
    re.IGNORECASE,
)
"""Who has "written" files when nobody has told the program a name."""
_RAISED = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")


class Property(NamedTuple):
    """A property of the file: the key of its field and the range of its value in the text."""

    key: str
    start: int
    end: int


class WordSource(Source):
    """The text of a Word file: its paragraphs, a line each, then its properties.

    The paragraphs are those of the body in reading order, with those of tables and text boxes; then come foot- and
    endnotes, headers and footers. `starts` are their offsets, `body` counts those of the body, `left_out`
    is what is no prose, each with the reason.
    """

    is_on_disk = False

    def __init__(self, path: str, story: Story, body: int, properties: Iterable[tuple[str, str]]) -> None:
        self.paragraphs = story.paragraphs
        self.body = body
        self.left_out = story.left_out
        lines = [paragraph.text for paragraph in self.paragraphs]
        self.starts = [0, *accumulate(len(line) + 1 for line in lines)][:-1]
        at = sum(len(line) + 1 for line in lines)
        self.properties: list[Property] = []
        for key, text in properties:
            self.properties.append(Property(key, at, at + len(text)))
            lines.append(text)
            at += len(text) + 1
        super().__init__(path, "\n".join(lines))

    def paragraph_at(self, offset: int) -> int | None:
        """The number, from 0, of the paragraph in which an offset lies; None for a property."""
        number = bisect_right(self.starts, offset) - 1
        end = self.starts[-1] + len(self.paragraphs[-1].text) if self.starts else -1
        return number if number >= 0 and offset <= end else None

    def place(self, offset: int) -> Place | None:
        """Where the offset lies; None for a property of the file."""
        number = self.paragraph_at(offset)
        if number is None:
            return None
        inside = offset - self.starts[number]
        ends = list(accumulate(len(run.text) for run in self.paragraphs[number].runs))
        return Place(number + 1, inside, min(bisect_right(ends, inside), max(len(ends) - 1, 0)) + 1)


def load(path: str, data: bytes) -> WordSource:
    """The text of a Word file with this content. Raises Unreadable for whatever is no sound Word file."""
    package = Package(data)
    relations = package.relations(package.main)
    parts = {relation.type: relation.target for relation in relations.values() if not relation.external}
    story = Story(Styles(package.xml(parts.get("styles", ""))))
    body = package.xml(package.main)
    story.read(body if body is not None else (), relations)
    count = len(story.paragraphs)
    for kind, part in _NOTES.items():
        _read_notes(story, package, kind, parts.get(part, ""))
    for header in story.headers:
        root = package.xml(header)
        if root is not None:
            story.read(root, package.relations(header), Kind.FURNITURE)
    return WordSource(path, story, count, _properties(package))


def _read_notes(story: Story, package: Package, kind: str, part: str) -> None:
    """Add the notes that the text refers to, in the order in which it does."""
    root = package.xml(part) if part else None
    notes = {f"{kind} {value(note, 'id')}": note for note in (root if root is not None else ())}
    for name in [name for name in story.notes() if name in notes]:
        story.read(notes[name], package.relations(part), Kind.FOOTNOTE, name)


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    names = [relation.target for relation in package.relations("").values() if relation.type == "core-properties"]
    root = package.xml(names[0]) if names else None
    for element in root if root is not None else ():
        key = _PROPERTIES.get(name_of(element).removeprefix("?:"))
        text = " ".join((element.text or "").split())
        if key and text and not (key == "author" and _NOBODY.fullmatch(text)):
            yield key, text


def parse(source: WordSource) -> Document:
    """The document; a file in which no paragraph has the style of a heading is segmented like plain text."""
    styled = any(paragraph.kind is Kind.HEADING for paragraph in source.paragraphs)
    builder = Builder(source, "word" if styled else "text")
    goes_on: list[int] = []
    for number, paragraph in enumerate(source.paragraphs):
        goes_on.append(number)
        if not paragraph.goes_on or number + 1 in (source.body, len(source.paragraphs)):
            _add(builder, source, goes_on)
            goes_on = []
    for key, start, end in source.properties:
        builder.field(key, [Piece(source.text[start:end], start, end)])
    for reason, text in source.left_out:
        builder.skip(reason, text)
    return builder.build()


def _add(builder: Builder, source: WordSource, numbers: list[int]) -> None:
    """Add a block: a paragraph, or several whose ends were deleted but for the last, which says what they are."""
    last = source.paragraphs[numbers[-1]]
    typed = BULLET.match(source.paragraphs[numbers[0]].text) if last.kind is Kind.PARAGRAPH else None
    builder.begin(*((Kind.ITEM, 1) if typed else (last.kind, last.level)))
    start, begin = builder.offset, source.starts[numbers[0]] + (typed.end() if typed else 0)
    for number in numbers:
        _add_runs(builder, source.paragraphs[number].runs, source.starts[number], start, begin)
    said = [run for number in numbers for run in source.paragraphs[number].runs if run.text.strip()]
    if said and all(run.set_off for run in said):
        builder.strong(start)
    builder.end()


def _add_runs(builder: Builder, runs: list[Run], at: int, first: int, begin: int) -> None:
    """Add what runs say from the offset `begin` of the source on; `at` is where they stand, `first` the block."""
    target, opened = "", builder.offset
    for run in runs:
        if run.target != target:
            if target:
                builder.link(opened, target)
            target, opened = run.target, builder.offset
        text = run.text
        shown = text[max(0, begin - at) :]
        shown = shown if builder.offset > first else shown.lstrip()
        place = at + len(text) - len(shown)
        clean = shown.replace("\t", " ")
        builder.text(clean.translate(_RAISED) if run.raised else clean, place, place + len(shown))
        if run.note and not target and builder.offset > first:
            builder.link(builder.offset - 1, f"#fn-{run.note.replace(' ', '-')}")
        at += len(text)
    if target:
        builder.link(opened, target)
