"""Where a finding about the whole document is shown, and which documents have duties at all."""

from __future__ import annotations

from healthlint.analysis.claims import benefit_sentences
from healthlint.analysis.segments import PROSE, segments, title
from healthlint.document import Document
from healthlint.text import Span

CLAIMS = 3
"""From this many benefit sentences on a text is an article about health, with the duties of one."""

_LONGEST = 120


def anchor(document: Document) -> Span:
    """The title, or the first words of the article."""
    block = title(document)
    if block is None:
        kinds = segments(document)
        block = next((b for b, kind in zip(document.blocks, kinds, strict=True) if kind in PROSE), document.blocks[0])
    line = document.text[block.start : block.end].split("\n", 1)[0]
    if len(line) > _LONGEST:
        line = line[: line.rfind(" ", 1, _LONGEST + 1)]
    return Span(block.start, block.start + min(len(line), _LONGEST))


def makes_health_claims(document: Document) -> bool:
    """Whether the document says of treatments that they help, often enough to be called a health article."""
    return len(benefit_sentences(document)) >= CLAIMS
