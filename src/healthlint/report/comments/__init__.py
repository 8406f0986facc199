"""Findings as comments in a copy of the Word file, each at its words.

python-docx writes the comments; it marks whole runs, so runs are divided where a finding begins or ends within one.
Word knows no comments in notes, headers, footers and text boxes: those stand at the reference of the note, at the text
box, or at the first words of the file, and name the words that they are about.
"""

from __future__ import annotations

import datetime
import io
import textwrap
import zipfile
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.text.run import Run as WordRun

from healthlint.engine import Finding, Report
from healthlint.formats.word import WordSource
from healthlint.formats.word.package import Package
from healthlint.formats.word.story import Story
from healthlint.formats.word.styles import Styles
from healthlint.namedtuples import NamedTuple
from healthlint.report.comments.runs import Body
from healthlint.text import Unreadable

AUTHOR = "healthlint"
_INITIALS = "HL"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FORM = "is in a form that cannot be written; open it in Word and save it as 'Word Document (*.docx)'"
_SHOWN = 200
"""So many characters of words that stand elsewhere are repeated in a comment."""


class _Comment(NamedTuple):
    """What a comment says, line by line, and what it stands at: a range of the text, an element, or the first words."""

    lines: tuple[str, ...]
    span: tuple[int, int] | None = None
    element: Any = None


def commented(data: bytes, report: Report, day: datetime.date) -> tuple[bytes, int]:
    """A Word file with the findings of its report as comments of this day, and how many were added.

    A comment that an earlier run has left at the same words is not repeated; nothing is taken away. The same input
    gives the same bytes. Raises Unreadable for a file that cannot be written.
    """
    source = report.source
    assert isinstance(source, WordSource)
    document = _opened(data)
    story = _read(data, document)
    if [one.text for one in story.paragraphs] != [one.text for one in source.paragraphs[: source.body]]:
        raise Unreadable("reads differently when it is to be written, so nothing was written; please report it")
    earlier = _earlier(document, story, source)
    said = {lines for lines, _ in earlier}
    wanted = [_comment(finding, document, story, source) for finding in report.findings]
    added = [one for one in wanted if (one.lines, one.span) not in earlier and (one.span or one.lines not in said)]
    body = Body(document, story, source.starts, {bound for one in added for bound in one.span or ()})
    numbers = [_write(document, one.lines, day) for one in added]
    for comment, number in zip(reversed(added), reversed(numbers), strict=True):  # the first is to come first in print
        first, last = body.ends(comment.span, comment.element)
        WordRun(first, document).mark_comment_range(WordRun(last, document), number)
    return _saved(document), len(added)


def _opened(data: bytes) -> Any:
    """The file as python-docx has it, with its comments looked through; what is wrong there can come as any error."""
    try:
        document = docx.Document(io.BytesIO(data))
        for comment in document.comments:
            comment.comment_id, comment.author, comment.paragraphs  # noqa: B018  reading them is what fails
    except Exception as error:
        raise Unreadable(_FORM) from error
    if document.element.tag != qn("w:document"):  # the strict form of the standard
        raise Unreadable(_FORM)
    return document


def _read(data: bytes, document: Any) -> Story:
    """The body once more, now from the elements that are written to."""
    package = Package(data)
    relations = package.relations(package.main)
    styles = next((relation.target for relation in relations.values() if relation.type == "styles"), "")
    story = Story(Styles(package.xml(styles)), keep=True)
    story.read(document.element, relations)
    return story


def _comment(finding: Finding, document: Any, story: Story, source: WordSource) -> _Comment:
    head = f"{finding.severity.capitalize()} {finding.rule} {finding.name}"
    lines = head, finding.message, f"Rewrite: {finding.help}"
    first, last = source.paragraph_at(finding.start), source.paragraph_at(finding.end - 1)
    if first is None or last is None:
        return _Comment((head, _about("In the properties of the file", finding), *lines[1:]))
    if last < source.body and not story.paragraphs[first].boxed and not story.paragraphs[last].boxed:
        return _Comment(lines, (finding.start, finding.end))
    note = source.paragraphs[first].note
    if first < source.body:
        where, element = "In this text box", story.paragraphs[first].element
    elif note:
        where, element = f"In this {note.partition(' ')[0]}", _reference(document, note)
    else:
        where, element = "In the header or footer of the page", None
    return _Comment((head, _about(where, finding), *lines[1:]), element=element)


def _about(where: str, finding: Finding) -> str:
    words = textwrap.shorten(finding.text, _SHOWN, placeholder=" \u2026")
    return f"{where}: \u201c{words}\u201d"


def _reference(document: Any, note: str) -> Any:
    kind, _, number = note.partition(" ")
    found = document.element.iter(qn(f"w:{kind}Reference"))
    return next((element for element in found if element.get(qn("w:id")) == number), None)


def _earlier(document: Any, story: Story, source: WordSource) -> set[tuple[tuple[str, ...], tuple[int, int] | None]]:
    """The comments of earlier runs: what they say, and where."""
    there = set()
    for comment in document.comments:
        if comment.author == AUTHOR:
            places = [source.starts[n] + at for n, at in story.comments.get(str(comment.comment_id), ())[:2]]
            span = (places[0], places[1]) if len(places) == 2 else None
            there.add((tuple(paragraph.text for paragraph in comment.paragraphs), span))
    return there


def _write(document: Any, lines: tuple[str, ...], day: datetime.date) -> int:
    """Write a comment that stands nowhere yet; returns its number."""
    head, *others = lines
    comment = document.comments.add_comment(author=AUTHOR, initials=_INITIALS)
    comment._comment_elm.date = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    comment.paragraphs[0].add_run(head).bold = True
    for line in others:
        comment.add_paragraph(line)
    return int(comment.comment_id)


def _saved(document: Any) -> bytes:
    """The file, without the time of day that archives keep."""
    plain, dated = io.BytesIO(), io.BytesIO()
    document.save(dated)
    with zipfile.ZipFile(dated) as parts, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts.infolist():
            archive.writestr(zipfile.ZipInfo(part.filename, _EPOCH), parts.read(part), zipfile.ZIP_DEFLATED)
    return plain.getvalue()
