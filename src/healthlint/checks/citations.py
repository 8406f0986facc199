"""CITE rules about the document: sources that are missing, or are there and cannot be used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis.claims import benefit_sentences
from healthlint.analysis.segments import Segment, segments
from healthlint.checks.anchors import anchor, makes_health_claims
from healthlint.document import Document
from healthlint.rule import Hit, Setting, Severity

_SOURCE = re.compile(
    r"https?://\S|\bdoi\b|\b10\.\d{4,9}/|\bPMID\b|\bPMC\d|\bNCT\d{8}\b|\bISRCTN\d|\bet al\b"
    r"|\b(?:BMJ|Lancet|JAMA|NEJM|New England Journal|Cochrane|PLOS|Nature Medicine)\b|\bjournal [A-Z]|\bJournal of\b"
)
_BARE = re.compile(r"(?:\[?\d{1,3}[\].)]?\s+)?(https?://\S+)\s*")
_SELF = re.compile(r"^\W*(?:originally )?published (?:at|on|in)\b", re.IGNORECASE)


def no_sources(document: Document, setting: Setting) -> Iterator[Hit]:
    """CITE-001: an article with claims and no source of any kind."""
    if not makes_health_claims(document) or _has_source(document):
        return
    start, end = anchor(document)
    count = str(len(benefit_sentences(document)))
    yield Hit(start, end, Severity.ERROR, {"n": count}, document=True)


def _has_source(document: Document) -> bool:
    if any(field.key in ("sources", "references", "citations") for field in document.fields):
        return True
    if any(kind is Segment.REFERENCES for kind in segments(document)):
        return True
    if any(link.target.startswith("http") for link in document.links):
        return True
    return any(
        _SOURCE.search(document.text, block.start, block.end)
        for block in document.blocks
        if not _SELF.match(document.text[block.start : block.end])
    )


def bare_references(document: Document, setting: Setting) -> Iterator[Hit]:
    """CITE-006: an entry of the reference list that is an address and nothing else."""
    for block, kind in zip(document.blocks, segments(document), strict=True):
        if kind is Segment.REFERENCES:
            match = _BARE.fullmatch(document.text, block.start, block.end)
            if match and not any(link.start < block.end and block.start < link.end for link in document.links):
                yield Hit(match.start(1), match.end(1), Severity.INFO, {"problem": "The source is an address only"})
