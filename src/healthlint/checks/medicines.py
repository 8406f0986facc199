"""DISC-006 and DISC-007: medicines held against the table of what regulators approved them for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from healthlint import tables
from healthlint.analysis.evidence import evidence
from healthlint.analysis.guards import distanced, negated, quoted
from healthlint.analysis.prose import prose, prose_numbers
from healthlint.analysis.segments import Segment, section_starts, segments, title
from healthlint.analysis.sentences import sentence_at, sentences, words
from healthlint.checks.anchors import makes_health_claims
from healthlint.checks.passages import wording
from healthlint.checks.told_harms import opening
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.phrases import Match
from healthlint.rule import Hit, Setting, Severity

MENTIONS = 3
"""From so many mentions on an article is about a medicine."""


def off_label_undisclosed(document: Document, setting: Setting) -> Iterator[Hit]:
    """DISC-006: a medicine is offered for a condition outside its approval, and the text does not say so.

    Two conditions, or one that stands in the title or again and again; praise of any kind for what is approved for
    nothing; of somebody who offers it, also what the page lists besides. A report of a study offers no treatment: a
    warning.
    """
    at = words(document)
    if not makes_health_claims(document) or at.matches("not-approved"):
        return
    for match in _medicines(document):
        drug = tables.entries("drugs")[match.label]
        if not _is_judged(drug, setting.jurisdiction):
            continue
        approved = drug["approved"][setting.jurisdiction]
        praised = _praised(document, match.label)
        conditions = _conditions_beside(document, praised, approved)
        if approved and len(conditions) < 2 and praised and _is_offered(document, match.label):
            conditions |= _conditions_beside(document, _listed(document), approved)
        told = len(conditions) >= 2 or any(
            _in_title(document, label) or _count(document, praised, label) >= MENTIONS for label in conditions
        )
        if told or (not approved and len(praised) >= 2):
            fields = {
                "drug": wording(document, match),
                "conditions": " or ".join(list(conditions.values())[:3]) or "any use",
                "jurisdiction": setting.jurisdiction.upper(),
            }
            severity = Severity.WARNING if _reports_research(document, setting) else Severity.ERROR
            yield Hit(at.starts[match.first], at.ends[match.last], severity, fields, document=True)
            return


def _reports_research(document: Document, setting: Setting) -> bool:
    """Whether the text tells of a study with its size and design, or as news of animals, and makes no offer."""
    whole = evidence(document)
    told = bool(whole.size and whole.designs) or (setting.profile == "news" and whole.only_models)
    return told and not words(document).matches("offer")


def _is_judged(drug: dict[str, Any], jurisdiction: str) -> bool:
    """Whether the table knows, from a page that was read, what the medicine is approved for there."""
    return drug["verified"] and drug["kind"] != "supplement" and jurisdiction in drug["approved"]


def _medicines(document: Document) -> list[Match]:
    """The first mention of each medicine that the article is about, the most mentioned one first."""
    matches = words(document).matches("drug")
    counts = Counter(match.label for match in matches)
    first = {match.label: match for match in reversed(matches)}
    return [first[label] for label, count in counts.most_common() if count >= MENTIONS]


def _praised(document: Document, label: int) -> set[int]:
    """The sentences (their numbers in the word index) in which a medicine stands with a benefit that nobody denies."""
    at = words(document)
    with_drug = {at.sentence[match.first] for match in at.matches("drug") if match.label == label}
    gains = ((m.first, at.starts[m.first], at.ends[m.last]) for m in at.matches("benefit"))
    benefits = {at.sentence[n] for n, *place in gains if at.sentence[n] in with_drug and not negated(document, *place)}
    return benefits & prose_numbers(document)


def _listed(document: Document) -> set[int]:
    """Headings and short lines, as pages list what they treat; not those below a heading about side effects."""
    at, starts, blocks = words(document), section_starts(document), document.blocks
    harmful = {n for n, block in enumerate(blocks) if _HARMS.search(document.text, block.start, block.end)}
    return {
        at.sentence[s.first] for s in prose(document) if s.last - s.first <= _SHORT and starts[s.block] not in harmful
    }


_HARMS = expression(
    r"\b(?:side effects?|risks?|safety|warnings?|precautions|complications|who should not)\b", re.IGNORECASE
)
_SHORT = 8


def _is_offered(document: Document, label: int) -> bool:
    """Whether the page sells or gives the medicine that its title, lead or headings name."""
    at = words(document)
    blocks = opening(document) | {n for n, kind in enumerate(segments(document)) if kind is Segment.HEADING}
    first = {
        sentences(document)[sentence_at(document, at.starts[m.first])].block
        for m in at.matches("drug")
        if m.label == label
    }
    return not first.isdisjoint(blocks) and any(at.matches(name) for name in ("offer", "call-to-action"))


def _conditions_beside(document: Document, inside: set[int], approved: list[str]) -> dict[int, str]:
    """The conditions in some sentences that an approval does not cover.

    By their place in the table, each in the words of the article: sleep apnoea is not called by the name of a group.
    """
    at = words(document)
    entries = tables.entries("conditions")
    found: dict[int, str] = {}
    for match in at.matches("condition"):
        disease = entries[match.label]
        if at.sentence[match.first] in inside and disease.get("kind") != "symptom" and not _covered(disease, approved):
            found.setdefault(match.label, document.text[at.starts[match.first] : at.ends[match.last]])
    return found


def _count(document: Document, inside: set[int], condition: int) -> int:
    """In how many of the sentences a condition stands."""
    at = words(document)
    return len({at.sentence[m.first] for m in at.matches("condition") if m.label == condition} & inside)


def _covered(condition: dict[str, Any], approved: list[str]) -> bool:
    allowed = " ".join(approved).lower()
    return any(_plain(name).lower() in allowed for name in (condition["name"], *condition.get("also", ())))


def _plain(name: str) -> str:
    return re.sub(r"[~\[\]]", "", name)


def _in_title(document: Document, condition: int) -> bool:
    block = title(document)
    at = words(document)
    return block is not None and any(
        match.label == condition and block.start <= at.starts[match.first] < block.end
        for match in at.matches("condition")
    )


def misleading_approval(document: Document, setting: Setting) -> Iterator[Hit]:
    """DISC-007: an approval that is implied, or that the table does not know."""
    at = words(document)
    for match in at.matches("implied-approval"):
        yield from _status(document, at.starts[match.first], at.ends[match.last], Severity.WARNING)
    for match in at.matches("stated-approval"):
        low, high = _clause(document, at.starts[match.first], at.ends[match.last])
        if _USE.match(document.text, at.ends[match.last]):  # "its only FDA-approved use is ..."
            continue
        drugs = [m for m in at.matches("drug") if low <= at.starts[m.first] < high]
        conditions = [m for m in at.matches("condition") if low <= at.starts[m.first] < high]
        if drugs and conditions and not _approved(drugs, conditions, setting.jurisdiction):
            yield from _status(document, at.starts[match.first], at.ends[match.last], Severity.ERROR)


_USE = expression(r" (?:use|indication)s? (?:is|are|was|were|remains?)\b")


def _clause(document: Document, start: int, end: int) -> tuple[int, int]:
    """The part of the sentence between semicolons in which a place stands."""
    sentence = sentences(document)[sentence_at(document, start)]
    low = document.text.rfind(";", sentence.start, start)
    high = document.text.find(";", end, sentence.end)
    return max(sentence.start, low), high if high >= 0 else sentence.end


def _approved(drugs: list[Any], conditions: list[Any], jurisdiction: str) -> bool:
    """Whether one of the medicines is approved for one of the conditions, or the table cannot tell."""
    medicines = [tables.entries("drugs")[match.label] for match in drugs]
    names = [tables.entries("conditions")[match.label] for match in conditions]
    return any(
        not _is_judged(drug, jurisdiction) or any(_covered(name, drug["approved"][jurisdiction]) for name in names)
        for drug in medicines
    )


def _status(document: Document, start: int, end: int, severity: Severity) -> Iterator[Hit]:
    if document.text[max(0, start - 4) : start].lower().rstrip("- ").endswith(("non", "not")):
        return
    if not negated(document, start, end) and not distanced(document, start, end):
        weight = Severity.INFO if quoted(document, start, end) else severity
        yield Hit(start, end, weight, {"match": document.text[start:end]})
