"""The claims of articles: as a table for people, as JSON for programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from healthlint.analysis.citations import marks
from healthlint.analysis.claims import Claim, claims
from healthlint.analysis.evidence import Design, Evidence, section_evidence
from healthlint.document import Document
from healthlint.report.text import escaped

SCHEMA_VERSION = 1


def as_json(documents: Iterable[Document]) -> str:
    """All claims of the documents as one JSON object."""
    found = [row for document in documents for row in rows(document)]
    return json.dumps({"schema_version": SCHEMA_VERSION, "claims": found}, ensure_ascii=False, indent=1)


def as_table(documents: Iterable[Document], width: int = 80) -> str:
    """All claims of the documents, one paragraph each: place, strength, evidence, sources, words."""
    lines = [line for document in documents for line in _lines(document, width)]
    return "\n".join(lines) + "\n" if lines else "No claims found.\n"


def rows(document: Document) -> list[dict[str, Any]]:
    """The claims of a document in order, each as the JSON object of the contract."""
    return [_row(document, claim) for claim in claims(document)]


def _row(document: Document, claim: Claim) -> dict[str, Any]:
    sentence = claim.sentence
    span = document.prose.span(sentence.start, sentence.end)
    position = document.source.position(span.start)
    evidence = section_evidence(document, sentence.block)
    return {
        "path": document.source.path,
        "line": position.line,
        "column": position.column,
        "start": span.start,
        "end": span.end,
        "text": document.source.text[span.start : span.end],
        "strength": claim.strength.level.name.lower(),
        "cues": [_place(document, *cue) for cue in claim.strength.cues],
        "evidence": design(evidence).label,
        "subjects": subjects(document, evidence),
        "hedged": claim.hedged,
        "negated": claim.negated,
        "quoted": claim.quoted,
        "citations": _citations(document, sentence.start, sentence.end),
    }


def design(evidence: Evidence) -> Design:
    """The strongest design that a section names; where it names none, the weakest model."""
    models = {mention.design for mention in evidence.models}
    if evidence.only_models or not evidence.designs:
        return min(models, default=max(evidence.designs, default=Design.UNSTATED))
    return max(evidence.designs)


def subjects(document: Document, evidence: Evidence) -> list[str]:
    """The animals, cells and computer models that a section names, in alphabetical order."""
    return sorted({document.text[mention.start : mention.end].lower() for mention in evidence.models})


def _place(document: Document, start: int, end: int) -> dict[str, Any]:
    span = document.prose.span(start, end)
    return {"start": span.start, "end": span.end, "text": document.source.text[span.start : span.end]}


def _citations(document: Document, start: int, end: int) -> list[dict[str, Any]]:
    """The traces to sources in a sentence, and right behind it: "... was lower.[3]"."""
    inside = [mark for mark in marks(document) if start <= mark.start < end + 3 and mark.end > mark.start]
    return [{"kind": mark.kind, **_place(document, mark.start, mark.end)} for mark in inside]


def _lines(document: Document, width: int) -> Iterator[str]:
    for row in rows(document):
        notes = [note for note in ("hedged", "negated", "quoted") if row[note]]
        sources = ", ".join(citation["text"] for citation in row["citations"]) or "no source"
        cues = ", ".join(f'"{cue["text"]}"' for cue in row["cues"])
        strength = f"{row['strength']} ({cues})" if cues else row["strength"]
        facts = [strength, f"evidence: {row['evidence']}", *row["subjects"], *notes, sources]
        yield escaped(f"{row['path']}:{row['line']}:{row['column']}  " + "; ".join(facts))
        text = escaped(" ".join(row["text"].split()))
        yield from textwrap.wrap(text, max(width, 40), initial_indent="    ", subsequent_indent="    ")
