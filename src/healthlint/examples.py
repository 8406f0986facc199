"""The examples of rules at work: each is run in every format, and its rule must report what is marked and no more."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from html import escape
from typing import Any

from healthlint.analysis.segments import Segment
from healthlint.document import Document
from healthlint.formats import parse
from healthlint.namedtuples import NamedTuple
from healthlint.patterns import PhraseCheck
from healthlint.rule import Example, Rule, Setting
from healthlint.text import Source, Span

SETTING = Setting("consumer", "us", datetime.date(2026, 11, 24))
"""For whom and when examples are run, so that they mean the same on every day."""
_OPEN, _CLOSE = "\ue000", "\ue001"  # stand for << and >>, which mean something in HTML


class Outcome(NamedTuple):
    """What came of an example: the text as it was read, the ranges that were marked, and those that were reported."""

    text: str
    expected: tuple[Span, ...]
    found: tuple[Span, ...]

    @property
    def is_right(self) -> bool:
        """Whether exactly what is marked was reported."""
        return self.expected == self.found


def outcome(rule: Rule, example: Example, form: str) -> Outcome:
    """Run an example in a format (md, txt, html). Raises what the check raises, and ValueError for its message."""
    document, expected = read(example, form)
    hits = list(rule.check(document, SETTING))
    for hit in hits:
        try:
            rule.message.format(**hit.fields)
        except (KeyError, IndexError) as error:
            raise ValueError(f"the message of {rule.id} names {error}, which its check does not tell") from error
    return Outcome(
        document.source.text, expected, tuple(sorted(document.prose.span(hit.start, hit.end) for hit in hits))
    )


def why_silent(rule: Rule, example: Example, form: str) -> Iterator[str]:
    """What keeps a phrase rule from speaking in an example, where it is one thing alone."""
    if not isinstance(rule.check, PhraseCheck):
        return
    document, _ = read(example, form)
    groups = rule.check.groups
    changes: dict[str, dict[str, Any]] = {
        f"the guard '{name}' holds": {"guards": tuple(sorted({guard for g in groups for guard in g.guards} - {name}))}
        for group in groups
        for name in group.guards
    }
    changes["one of 'unless' stands there"] = {"unless": None}
    changes["none of 'beside' stands in the sentence"] = {"beside": None}
    changes["the words stand where 'in' does not look"] = {"places": frozenset(Segment)}
    for reason, change in changes.items():
        relaxed = PhraseCheck(tuple(group._replace(**change) for group in groups))
        if any(True for _ in relaxed(document, SETTING)):
            yield reason


def read(example: Example, form: str) -> tuple[Document, tuple[Span, ...]]:
    """An example in a format (md, txt, html), without its marks, and the ranges of the source that are marked."""
    text, expected = _without_marks(_written(example, form))
    return parse(Source(f"example.{form}", text)), expected


def marked(text: str, spans: tuple[Span, ...]) -> str:
    """The text with `<<` and `>>` around the ranges."""
    places = sorted([(span.start, 1, "<<") for span in spans] + [(span.end, 0, ">>") for span in spans], reverse=True)
    for place, _, mark in places:
        text = text[:place] + mark + text[place:]
    return text


def _written(example: Example, form: str) -> str:
    text = example.text.replace("<<", _OPEN).replace(">>", _CLOSE)
    if form != "html":
        return text
    return "".join(f"<p>{escape(part, quote=False)}</p>\n" for part in text.split("\n\n"))


def _without_marks(text: str) -> tuple[str, tuple[Span, ...]]:
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for part in text.split(_OPEN):
        words, mark, rest = part.partition(_CLOSE)
        if mark:
            spans.append(Span(length, length + len(words)))
        parts.append(words + rest)
        length += len(words + rest)
    return "".join(parts), tuple(spans)
