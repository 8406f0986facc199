"""SAFE-005: what is known of a medicine's harms, held against what the article names of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from healthlint import tables
from healthlint.analysis.guards import needed, negated
from healthlint.analysis.segments import PROSE, segments, title
from healthlint.analysis.sentences import sentence_at, sentences, words
from healthlint.checks.anchors import makes_health_claims
from healthlint.checks.harms import is_about_treatment
from healthlint.checks.passages import Passage, said, wording
from healthlint.checks.told_harms import harm_statements, main_treatments
from healthlint.document import Document, per_document
from healthlint.phrases import Words
from healthlint.rule import Hit, Setting, Severity

MENTIONS = 3
"""From so many mentions on an article is about a medicine."""
NAMED = 3
"""So many of the key harms of a medicine should be named (rule catalogue, SAFE-005)."""


def known_harms_omitted(document: Document, setting: Setting) -> Iterator[Hit]:
    """SAFE-005: a benefit for an organ that the medicine harms; or harms are named, but not the important ones."""
    drug, name = _main_medicine(document)
    if drug is None or not is_about_treatment(document) or not makes_health_claims(document):
        return
    conflict = _organ_conflict(document, drug)
    if conflict:
        text = document.text[conflict.start : conflict.end]
        problem = f'Benefit is claimed for "{text}", which {name} can harm; the text does not say so'
        yield Hit(conflict.start, conflict.end, Severity.WARNING, {"problem": problem}, document=True)
    statements = harm_statements(document)
    missing = [harm for harm in drug["harms"] if not _is_named(document, harm)]
    named = len(drug["harms"]) - len(missing)
    if statements and len(drug["harms"]) > NAMED > named and not _about_single_use(document):
        first = statements[0]
        problem = f"Known harms of {name} that are not mentioned: {'; '.join(missing[:4])}"
        yield Hit(first.start, first.end, Severity.INFO, {"problem": problem}, document=True)


def _main_medicine(document: Document) -> tuple[dict[str, Any] | None, str]:
    """The medicine that the article is about, if its harms were read up, and what the article calls it.

    It is named most often, and in title, lead or headings, too, or else twice as often.
    """
    at = words(document)
    kinds = segments(document)
    named = [m for m in at.matches("drug") if kinds[_block(document, at.starts[m.first])] in PROSE]
    for label, count in Counter(match.label for match in named).most_common(1):
        drug = tables.entries("drugs")[label]
        wanted = MENTIONS if label in main_treatments(document) else 2 * MENTIONS
        if count >= wanted and drug["verified"] and drug["harms"]:
            return drug, wording(document, next(match for match in named if match.label == label))
    return None, ""


def _block(document: Document, offset: int) -> int:
    return sentences(document)[sentence_at(document, offset)].block


_GENERAL = frozenset(
    "problem raise serious severe rare high low dose with from possible cautio unknow safety small when withou other"
    " risk used stoppe sudden including especi known largel report effect change injury damage medici mood"
    " product people young test tests bloody treatm proper some dangerous toxic long term".split()
)


def _is_named(document: Document, harm: str) -> bool:
    """Whether the article has a word of the harm, or a word of the same group: cystitis for bladder."""
    at = words(document)
    stems = {word[:6] for word in re.findall(r"[a-z]{4,}", harm.lower())}
    stems = {stem for stem in stems if not any(stem.startswith(general) for general in _GENERAL)}
    if any(stem in _stems(document) for stem in stems):
        return True
    groups = {match.label for match in tables.names("same-harm").find(Words(harm, (0,), tables.names))}
    return any(match.label in groups for match in at.matches("same-harm"))


@per_document
def _stems(document: Document) -> frozenset[str]:
    at = words(document)
    kinds = segments(document)
    prose = (s for s in sentences(document) if kinds[s.block] in PROSE)
    return frozenset(word[:6] for s in prose for word in at.folded[s.first : s.last])


def _about_single_use(document: Document) -> bool:
    """Anaesthesia, where a medicine is given once and watched."""
    block = title(document)
    return block is not None and words(document).holds("single-use", block.start, block.end)


def _organ_conflict(document: Document, drug: dict[str, Any]) -> Passage | None:
    """Where a benefit is claimed for an organ that the medicine (no supplement) harms and is not approved for."""
    if drug["kind"] in ("supplement", "otc"):
        return None
    spared = "brain " + " ".join(use for uses in drug["approved"].values() for use in uses)
    harmed = {label for organ in drug["organs"] for label in _organs(organ)} - _organs(spared)
    if not harmed.isdisjoint(match.label for match in _organs_in_harm_statements(document)):
        return None
    at = words(document)
    entries = tables.entries("drugs")
    beside = {at.sentence[m.first] for m in at.matches("drug") if entries[m.label] is drug}
    for passage in said(document, "organ-trouble", (negated, needed)):
        if passage.label not in harmed or at.sentence[passage.first] not in beside:
            continue
        if words(document).holds("benefit", passage.sentence.start, passage.start):
            return passage
    return None


def _organs(text: str) -> set[int]:
    """The organs that a text names, by their place in the word set."""
    text = " problems, ".join(text.split()) + " problems"
    return {match.label for match in tables.names("organ-trouble").find(Words(text, (0,), tables.names))}


def _organs_in_harm_statements(document: Document) -> Iterator[Any]:
    at = words(document)
    harmful = {at.sentence[passage.first] for passage in harm_statements(document)}
    return (match for match in at.matches("organ-trouble") if at.sentence[match.first] in harmful)
