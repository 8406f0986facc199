"""From sources to findings: which rules run, whose word counts where two speak, and reading files."""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from healthlint import checks, packs
from healthlint.analysis.sentences import words
from healthlint.config import Config
from healthlint.document import Document
from healthlint.formats import SUFFIXES, parse
from healthlint.rule import Hit, Rule, Setting, Severity
from healthlint.text import Source

ORDER = (
    *("SAFE-001", "HYPE-008", "HYPE-003", "HYPE-001", "HYPE-009", "HYPE-002"),
    *("EVID-002", "EVID-001", "CITE-004", "CITE-003", "CITE-002"),
)
"""Where two of these rules hit the same words, the first speaks."""
_RIVALS = ({"SAFE-001", "HYPE-008", "HYPE-003", "HYPE-001", "HYPE-009", "HYPE-002"}, {"EVID-002", "EVID-001"})
_NOT_ARTICLES = {"requirements", "robots", "llms", "license", "licence", "copying", "notice", "authors"}


class Finding(NamedTuple):
    """A problem at its place. Lines and columns count from 1, in code points; ends are exclusive.

    `start` and `end` are offsets into the decoded file; `text` is what stands there.
    """

    path: str
    rule: str
    name: str
    severity: str
    line: int
    column: int
    end_line: int
    end_column: int
    start: int
    end: int
    text: str
    message: str
    help: str
    document: bool
    fingerprint: str

    @property
    def family(self) -> str:
        """The four letters before the number of the rule."""
        return self.rule.partition("-")[0]


class Report(NamedTuple):
    """What was found in one file with the text `source`.

    `problem` says why the file could not be read, `skipped` why it was not linted.
    """

    path: str
    source: Source | None = None
    findings: tuple[Finding, ...] = ()
    words: int = 0
    unchecked: dict[str, int] = {}  # noqa: RUF012  never changed
    problem: str = ""
    skipped: str = ""


class UnknownRule(ValueError):
    """A rule id, name or family that does not exist."""


def lint(paths: Iterable[str], config: Config = Config()) -> Iterator[Finding]:  # noqa: B008  immutable
    """All findings in files and folders, in order. Raises OSError for a path that does not exist."""
    for path in find_files(paths):
        yield from lint_file(path, config).findings


def lint_text(text: str, *, filename: str = "article.md", config: Config = Config()) -> list[Finding]:  # noqa: B008
    """The findings in a text, read in the format that the file name tells."""
    return list(lint_source(Source(filename, text), config).findings)


def lint_file(path: str, config: Config) -> Report:
    """Lint one file; whatever is wrong with it is told in the report, never raised."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        return Report(path, problem=f"cannot be read: {error.strerror}")
    if not data.strip():
        return Report(path, skipped="empty")
    try:
        text = decode(data)
    except UnicodeDecodeError as error:
        return Report(path, problem=f"is not UTF-8 text (byte {error.start}); save it as UTF-8")
    if "\x00" in text[:8192]:
        return Report(path, skipped="not text")
    return lint_source(Source(path, text), config)


def decode(data: bytes) -> str:
    """UTF-8, or UTF-16 with its byte order mark; the mark stays in the text. Raises UnicodeDecodeError."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        little = data.startswith(b"\xff\xfe")
        return data.decode("utf-16-le" if little else "utf-16-be")
    return data.decode("utf-8")


def find_files(paths: Iterable[str]) -> Iterator[str]:
    """The articles among files and folders, each once, a folder's in sorted order. Raises FileNotFoundError."""
    for path in paths:
        if not os.path.exists(path):
            raise FileNotFoundError(path)
        if not os.path.isdir(path):
            yield path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
            yield from (os.path.join(folder, name) for name in sorted(files) if _is_article(name))


def _is_article(name: str) -> bool:
    stem, suffix = os.path.splitext(name.lower())
    return suffix in SUFFIXES and not (suffix == ".txt" and stem.split("-")[0].split("_")[0] in _NOT_ARTICLES)


@functools.cache
def builtin_rules() -> tuple[Rule, ...]:
    """All rules that come with healthlint, by id. Raises packs.PackError."""
    return packs.builtin(checks.CHECKS)


@functools.cache
def rules(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> tuple[Rule, ...]:
    """The rules that are on. Raises UnknownRule for a word that names no rule and no family."""
    every = builtin_rules()
    known = {word for rule in every for word in (rule.id, rule.name, rule.family)}
    for word in (*select, *ignore):
        if word not in known:
            raise UnknownRule(word)
    chosen = [rule for rule in every if not select or _named(rule, select)]
    return tuple(rule for rule in chosen if not _named(rule, ignore))


def _named(rule: Rule, words_: tuple[str, ...]) -> bool:
    return bool({rule.id, rule.name, rule.family} & set(words_))


def lint_source(source: Source, config: Config) -> Report:
    """Lint a text that has been read already."""
    document = parse(source)
    setting = Setting(config.profile, config.jurisdiction, config.day)
    hits = [(rule, hit) for rule in rules(config.select, config.ignore) for hit in rule.check(document, setting)]
    findings = sorted(_findings(document, _one_voice(hits)), key=lambda f: (f.start, f.rule, f.end))
    return Report(source.path, source, tuple(findings), len(words(document)), document.unchecked)


def _one_voice(hits: list[tuple[Rule, Hit]]) -> Iterator[tuple[Rule, Hit]]:
    """Where rivals hit the same words, only the first in `ORDER` speaks."""
    for rule, hit in hits:
        if not any(_outranks(other, rule) and _overlap(theirs, hit) for other, theirs in hits):
            yield rule, hit


def _outranks(other: Rule, rule: Rule) -> bool:
    together = any(other.id in group and rule.id in group for group in _RIVALS)
    return together and ORDER.index(other.id) < ORDER.index(rule.id)


def _overlap(one: Hit, two: Hit) -> bool:
    return one.start < two.end and two.start < one.end


def _findings(document: Document, hits: Iterable[tuple[Rule, Hit]]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for rule, hit in hits:
        span = document.prose.span(hit.start, hit.end)
        start, end = document.source.position(span.start), document.source.position(span.end)
        text = document.source.text[span.start : span.end]
        key = f"{rule.id}:{' '.join(text.lower().split())}"
        seen[key] = seen.get(key, 0) + 1
        yield Finding(
            path=document.source.path,
            rule=rule.id,
            name=rule.name,
            severity=Severity(hit.severity).label,
            line=start.line,
            column=start.column,
            end_line=end.line,
            end_column=end.column,
            start=span.start,
            end=span.end,
            text=text,
            message=rule.message.format(**hit.fields),
            help=rule.help,
            document=hit.document,
            fingerprint=f"{hashlib.sha256(key.encode()).hexdigest()[:16]}:{seen[key]}",
        )
