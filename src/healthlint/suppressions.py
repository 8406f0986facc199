"""Suppressions: findings that somebody has looked at and lets stand, with a reason.

They stand in comments (`healthlint: allow HYPE-001 -- quoted from the study` for the next block, `allow-file` for the
file), in the front matter (a list under `healthlint:`, for the file), and in the configuration. What is wrong with one
is a finding itself: the SUPP rules.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from healthlint import catalogue
from healthlint.config import Config, Suppression
from healthlint.document import Document, Field, Kind
from healthlint.fixes import removal, removal_of_entry
from healthlint.grammar import fold
from healthlint.namedtuples import NamedTuple
from healthlint.rule import Finding, Suggestion, Suppressed
from healthlint.text import Span

KEY = "healthlint"
"""What comments begin with, and the key in the front matter."""
_NAME = r"(?!until\b)[A-Za-z]\w*(?:-\w+)*"
_RULE = rf"{_NAME}(?:\[\s*(?:\"[^\"]*\"|'[^']*'|\u201c[^\u201d]*\u201d)\s*\])?"
_WORD = re.compile(rf"(?P<name>{_NAME})(?:\[\s*[\"'\u201c](?P<match>[^\]]*)[\"'\u201d]\s*\])?", re.IGNORECASE)
_WORDS = re.compile(rf"{_RULE}(?:(?:\s*,\s*|\s+){_RULE})*", re.IGNORECASE)
_INSTRUCTION = re.compile(
    rf"(?P<verb>allow(?:-file)?)\s+(?P<words>{_WORDS.pattern})(?:\s+until\s+(?P<until>[^\s\u2013\u2014]+))?"
    r"\s*(?:(?:--|[\u2013\u2014])(?P<reason>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_OURS = re.compile(rf"{KEY}(?:\s*:\s*|(?=-\w)|\s+(?=(?:allow|ignore|disable|enable|off|on)\b))", re.IGNORECASE)
_LATE_DATE = re.compile(r"\buntil\s+(?P<until>\d{4}-\d\d-\d\d)\W*$", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_QUOTE_MARKS = re.compile(r"(?<=\n)[ \t]*>[ \t>]*")


class Note(NamedTuple):
    """What is wrong with a suppression: the SUPP rule, the range of the source, and what the message says."""

    rule: str
    start: int
    end: int
    fields: dict[str, str]
    suggestions: tuple[Suggestion, ...] = ()


class Judged(NamedTuple):
    """The findings that count, those that are let stand, and what is wrong with suppressions."""

    live: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    notes: tuple[Note, ...]


def judge(document: Document, config: Config, on: frozenset[str], findings: Iterable[Finding]) -> Judged:
    """Sort out which findings are let stand; `on` are the ids of the rules that are on."""
    notes: list[Note] = []
    read = (_read(text, document, notes, config.packs) for text in _texts(document))
    instructions = [found for found in read if found]
    allowed = [*_from_config(document, config), *(one for found in instructions for one in found.allowed)]
    fields = [document.prose.span(field.start, field.end) for field in document.fields if _is_ours(field)]
    live: list[Finding] = []
    suppressed: list[Finding] = []
    used: set[int] = set()
    for finding in findings:
        if any(span.start <= finding.start < span.end for span in fields):
            continue
        matching = [one for one in allowed if one.covers(finding)]
        used.update(map(id, matching))
        mark = next((one.mark for one in matching if one.holds_on(config.day)), None)
        (suppressed if mark else live).append(finding._replace(suppressed=mark))
    for found in instructions:
        notes.extend(_faults(found, document, on, used, config.day))
    return Judged(tuple(live), tuple(suppressed), tuple(notes))


def judge_config(config: Config, text: str, on: frozenset[str], used: set[str], paths: Iterable[str]) -> Iterator[Note]:
    """What is wrong with the suppressions of a configuration file with this text.

    `used` are the places of those that suppressed something, `paths` the files that were linted. An expired one is
    told if it is about one of them; an unused one only if `on`, the ids of the rules that were on everywhere, holds
    all that it names.
    """
    starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]
    about = {entry.place for path in paths for entry in config.allowed(path)}
    for entry in config.suppressions:
        start = starts[int(entry.place.rpartition(":")[2]) - 1]
        line = text[start:].splitlines()[0]
        span = Span(start + len(line) - len(line.lstrip()), start + len(line.rstrip()))
        if entry.until and entry.until < config.day:
            if entry.place in about:
                yield Note("SUPP-003", *span, {"until": entry.until.isoformat()})
        elif entry.place not in used and on.issuperset(_ids(entry, config.packs)):
            yield Note("SUPP-002", *span, {"word": ", ".join(entry.allow), "where": ""})


def _ids(entry: Suppression, packs: catalogue.Packs) -> Iterator[str]:
    names = [name for text in entry.allow for name, _ in parse_words(text, packs)]
    return (rule_id for name in names for rule_id in catalogue.ids(name, packs))


def parse_words(text: str, packs: catalogue.Packs = ()) -> list[tuple[str, str]]:
    """The rule words of `HYPE-001, DISC["landmark"]`, each with the folded words of its only match or nothing.

    Raises ValueError for what is not understood, and catalogue.UnknownRule.
    """
    if not _WORDS.fullmatch(text.strip()):
        raise ValueError(f"'{text}' is not understood; write for example HYPE-001 or HYPE-001[\"landmark\"]")
    words = [(word["name"], _folded(word["match"] or "")) for word in _WORD.finditer(text)]
    for name, _ in words:
        catalogue.ids(name, packs)
    return words


class _Allowed(NamedTuple):
    """One word of a suppression: the rules `ids`, all their findings or those with the words `match`, in `scope`."""

    ids: tuple[str, ...]
    match: str
    scope: Span | None
    until: datetime.date | None
    mark: Suppressed
    span: Span = Span(0, 0)

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is one of those that are meant."""
        if finding.rule not in self.ids or (self.scope and not self.scope.start <= finding.start < self.scope.end):
            return False
        return not self.match or f" {self.match} " in f" {_folded(finding.text)} "

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the day is not too late and there is a reason."""
        return bool(self.mark.reason) and (self.until is None or day <= self.until)


class _Text(NamedTuple):
    """The text of an instruction; `at` maps its offsets to the source, `whole` is what goes if it is removed."""

    text: str
    at: Callable[[int, int], Span]
    whole: Span
    in_comment: bool


class _Instruction(NamedTuple):
    source: _Text
    words: Span
    allowed: tuple[_Allowed, ...]
    until: Span | None


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _is_ours(field: Field) -> bool:
    return field.key == KEY or field.key.startswith(f"{KEY}.")


def _texts(document: Document) -> Iterator[_Text]:
    for field in filter(_is_ours, document.fields):
        whole = document.prose.span(field.start, field.end)
        if field.key == KEY:
            yield _Text(field.value, _in_prose(document, field.start), whole, False)
        else:
            yield _Text("", lambda start, end, whole=whole: whole, whole, False)  # type: ignore[misc]
    text = document.source.text
    for comment in document.comments:
        if ours := _OURS.match(comment.text):
            begin = text.lower().find(KEY, comment.start)
            skipped = re.compile(rf"{KEY}[\s:]*", re.IGNORECASE).match(text, begin)
            start = skipped.end() if skipped and ours.end() > len(KEY) else begin
            inner = text[start : _inner_end(text, comment.end)]
            inner = _QUOTE_MARKS.sub(lambda marks: " " * len(marks.group()), inner)
            yield _Text(inner, _in_source(start), Span(comment.start, comment.end), True)


def _in_prose(document: Document, base: int) -> Callable[[int, int], Span]:
    return lambda start, end: document.prose.span(base + start, base + max(end, start + 1))


def _in_source(base: int) -> Callable[[int, int], Span]:
    return lambda start, end: Span(base + start, base + end)


def _inner_end(text: str, end: int) -> int:
    """Where the words of a comment end that ends at `end` with its delimiter, `-->` or `*/}`."""
    for mark in ("--!>", "-->", "}", "*/"):
        if text.endswith(mark, 0, end):
            end -= len(mark)
            while text[end - 1].isspace():
                end -= 1
    return end


def _read(source: _Text, document: Document, notes: list[Note], packs: catalogue.Packs) -> _Instruction | None:
    """The suppression that a text asks for; what cannot be read goes to the notes."""
    found = _INSTRUCTION.fullmatch(source.text)
    if not found:
        span = source.at(0, len(source.text)) if source.text else source.whole
        notes.append(Note("SUPP-005", *span, {"problem": _problem(source.text)}))
        return None
    reason = " ".join((found["reason"] or "").split())
    late = None if found["until"] else _LATE_DATE.search(source.text, found.end("words"))
    until = late or found
    try:
        day = parse_date(until["until"]) if until["until"] else None
    except ValueError as error:
        notes.append(Note("SUPP-005", *source.at(*until.span("until")), {"problem": str(error)}))
        return None
    words = source.at(*found.span("words"))
    if not re.search(r"\w", reason):
        notes.append(Note("SUPP-004", *words, {}))
        reason = ""
    line = document.source.position(words.start).line
    mark = Suppressed(reason, day.isoformat() if day else None, f"{document.source.path}:{line}")
    whole_file = not source.in_comment or found["verb"].lower() == "allow-file"
    scope = None if whole_file else _next_block(document, source.whole.end)
    like = _Allowed((), "", scope, day, mark)
    allowed = tuple(_allowed(source, found.span("words"), like, notes, packs))
    return _Instruction(source, words, allowed, source.at(*until.span("until")) if day else None)


def _allowed(
    source: _Text, words: tuple[int, int], like: _Allowed, notes: list[Note], packs: catalogue.Packs
) -> Iterator[_Allowed]:
    for word in _WORD.finditer(source.text, *words):
        span = source.at(*word.span())
        try:
            ids = catalogue.ids(word["name"], packs)
        except catalogue.UnknownRule as error:
            notes.append(Note("SUPP-001", *span, {"problem": f"{error}.".replace("?.", "?")}))
            continue
        yield like._replace(ids=ids, match=_folded(word["match"] or ""), span=span)


def _problem(text: str) -> str:
    verb = (text.split() or [""])[0]
    if not text:
        return "a colon in an entry parts it, so put the entry in quotation marks"
    if verb.lower() not in ("allow", "allow-file"):
        return f"there is no instruction '{verb}', only allow and allow-file"
    return "behind 'allow' stand rules, perhaps 'until' and a date, and behind two hyphens the reason"


def parse_date(text: str) -> datetime.date:
    """The day `2027-01-31`. Raises ValueError for anything else."""
    try:
        if _DATE.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"'{text}' is not a date such as 2027-01-31")


def _next_block(document: Document, after: int) -> Span:
    """Where the first block that begins after a place stands in the source; nothing at the end of the document."""
    for block in document.blocks:
        if block.kind is not Kind.FIELD and document.prose.span(block.start, block.start + 1).start >= after:
            return document.prose.span(block.start, block.end)
    return Span(after, after)


def _from_config(document: Document, config: Config) -> Iterator[_Allowed]:
    for entry in config.allowed(document.source.path):
        mark = Suppressed(entry.reason, entry.until.isoformat() if entry.until else None, entry.place)
        for text in entry.allow:
            for name, match in parse_words(text, config.packs):
                yield _Allowed(catalogue.ids(name, config.packs), match, None, entry.until, mark)


def _faults(
    found: _Instruction, document: Document, on: frozenset[str], used: set[int], day: datetime.date
) -> Iterator[Note]:
    """What is unused or expired. Whether a suppression of rules that are off would be used, nobody knows."""
    if not found.allowed or not found.allowed[0].mark.reason:
        return
    unused = [one for one in found.allowed if id(one) not in used and on.issuperset(one.ids)]
    where = "" if found.allowed[0].scope is None else " in the block that follows"
    for one in unused:
        fix = _without(unused, found, document.source.text)
        word = " ".join(document.source.text[one.span.start : one.span.end].split())
        yield Note("SUPP-002", *one.span, {"word": word, "where": where}, fix)
    if found.until and len(unused) < len(found.allowed) and not found.allowed[0].holds_on(day):
        yield Note("SUPP-003", *found.until, {"until": str(found.allowed[0].mark.until)})


def _without(unused: Sequence[_Allowed], found: _Instruction, text: str) -> tuple[Suggestion, ...]:
    """The change of the source that takes the unused words away, and with the last one the whole suppression."""
    whole = found.source.whole
    names = len(list(_WORD.finditer(text, *found.words)))
    if len(unused) == names:
        gone = removal(text, *whole) if found.source.in_comment else removal_of_entry(text, *whole)
        return (gone,) if gone else ()
    spans = {one.span for one in unused}
    kept = [word.group() for word in _WORD.finditer(text, *found.words) if Span(*word.span()) not in spans]
    return (Suggestion(*found.words, ", ".join(kept), safe=True),)
