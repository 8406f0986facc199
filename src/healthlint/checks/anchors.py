"""Where a finding about the whole document is shown, and which documents have duties at all."""

from __future__ import annotations

from healthlint.analysis.segments import PROSE, segments, title
from healthlint.analysis.sentences import words
from healthlint.analysis.subjects import health_claims
from healthlint.document import Document
from healthlint.text import Span

CLAIMS = 3
"""From this many claims of a benefit on a text is an article about health, with the duties of one."""
_SHORT, _FEW_CLAIMS = 200, 2
"""In a text with fewer words so many are enough."""


def anchor(document: Document) -> Span:
    """The title, or the first words of the article."""
    block = title(document)
    if block is None:
        kinds = segments(document)
        block = next((b for b, kind in zip(document.blocks, kinds, strict=True) if kind in PROSE), document.blocks[0])
    text = document.text[block.start : block.end]
    line = text.split("\n", 1)[0]
    return Span(block.start, block.start + min(len(line), 120))


def makes_health_claims(document: Document) -> bool:
    """Whether the document says of treatments that they help, often enough to be called a health article."""
    enough = _FEW_CLAIMS if len(words(document)) < _SHORT else CLAIMS
    return len(health_claims(document)) >= enough
