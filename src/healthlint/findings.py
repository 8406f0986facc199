"""From hits to findings: the place in the source, the words of the message, and the fingerprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from healthlint.analysis.sentences import sentence_at, sentences
from healthlint.checks.anchors import anchor
from healthlint.document import Document
from healthlint.grammar import fold
from healthlint.rule import Finding, Hit, Related, Rule, Severity, Suggestion
from healthlint.text import Source, Span

try:  # importing hashlib loads OpenSSL, which takes longer than all that is hashed here
    from _sha2 import sha256  # type: ignore[import-not-found]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]  # Python 3.11
    except ImportError:
        from hashlib import sha256

_CONTEXT = 3
"""So many words before and behind the words of a finding, in their sentence, are part of its fingerprint."""


class Findings:
    """Makes the findings of one source; equal ones are numbered in the order in which they are made.

    A fingerprint knows the rule, the words and a few words around them in the sentence, but no place, so it stays
    when anything else is edited. For a finding that is shown at the title because it must be shown somewhere, it
    knows only the rule.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._seen: Counter[str] = Counter()

    def of_hit(self, document: Document, rule: Rule, severity: Severity, hit: Hit) -> Finding:
        """What a rule reports."""
        span = document.prose.span(hit.start, hit.end)
        if hit.document:
            span = _first_line(self._source.text, span)
        words = "" if hit.document and (hit.start, hit.end) == anchor(document) else _words(document, hit)
        related = tuple(_related(document, *place) for place in hit.related)
        suggestions = tuple(_in_source(document, hit)) if hit.suggestions else ()
        return self._made(rule, severity, span, hit.fields, words, hit.document, suggestions, related)

    def of_note(
        self, rule: Rule, severity: Severity, span: Span, fields: dict[str, str], suggestions: tuple[Suggestion, ...]
    ) -> Finding:
        """What is said of a range of the source that is no prose."""
        words = self._source.text[span.start : span.end]
        return self._made(rule, severity, span, fields, words, suggestions=suggestions)

    def _made(
        self,
        rule: Rule,
        severity: Severity,
        span: Span,
        fields: dict[str, str],
        words: str,
        about_document: bool = False,
        suggestions: tuple[Suggestion, ...] = (),
        related: tuple[Related, ...] = (),
    ) -> Finding:
        start, end = self._source.position(span.start), self._source.position(span.end)
        return Finding(
            path=self._source.path,
            rule=rule.id,
            name=rule.name,
            severity=severity.label,
            line=start.line,
            column=start.column,
            end_line=end.line,
            end_column=end.column,
            start=span.start,
            end=span.end,
            text=self._source.text[span.start : span.end],
            message=rule.message.format(**fields),
            help=fields.get("help", rule.help),
            document=about_document,
            fingerprint=self._fingerprint(rule, words),
            suggestions=suggestions,
            related=related,
            place=self._source.place(span.start),
        )

    def _fingerprint(self, rule: Rule, words: str) -> str:
        key = f"{rule.id}:{' '.join(fold(words).split())}"
        self._seen[key] += 1
        return f"{sha256(key.encode('utf-8', 'replace')).hexdigest()[:16]}:{self._seen[key]}"


def _first_line(text: str, span: Span) -> Span:
    """The range without what stands on further lines: a finding about the whole document is shown on one."""
    lines = text[span.start : span.end].splitlines()
    return Span(span.start, span.start + len(lines[0].rstrip())) if len(lines) > 1 and lines[0].strip() else span


def _words(document: Document, hit: Hit) -> str:
    """The words of a hit between a few words of its sentence."""
    first = sentences(document)[sentence_at(document, hit.start)]
    last = sentences(document)[sentence_at(document, hit.end - 1)]
    before = document.text[first.start : hit.start].split()[-_CONTEXT:]
    after = document.text[hit.end : max(last.end, hit.end)].split()[:_CONTEXT]
    return " ".join([*before, "[", document.text[hit.start : hit.end], "]", *after])


def _in_source(document: Document, hit: Hit) -> Iterator[Suggestion]:
    """The suggestions of a hit, but for those that would overwrite markup."""
    for start, end, text, safe in hit.suggestions:
        if document.prose.is_verbatim(start, end):
            yield Suggestion(*document.prose.span(start, end), text, safe)


def _related(document: Document, first: int, last: int, note: str) -> Related:
    span = document.prose.span(first, last)
    line, column = document.source.position(span.start)
    return Related(*span, line, column, document.source.text[span.start : span.end], note)
