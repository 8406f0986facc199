"""READ rules about words and numbers that readers take in different ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from healthlint.analysis.citations import cited
from healthlint.analysis.evidence import studies
from healthlint.analysis.guards import technical
from healthlint.analysis.nearby import defined
from healthlint.analysis.segments import Segment, segments, title
from healthlint.analysis.sentences import sentence_at, sentences, words
from healthlint.checks.passages import Passage, entry, overlaps, said
from healthlint.document import Block, Document
from healthlint.expressions import expression
from healthlint.phrases import overlapping
from healthlint.rule import Hit, Setting, Severity, Suggestion

_READ = frozenset((Segment.LEAD, Segment.BODY, Segment.LIST, Segment.QUOTE))


def unexplained_jargon(document: Document, setting: Setting) -> Iterator[Hit]:
    """READ-004: technical words, where they first stand, without an explanation; also inside quotations.

    One finding a sentence, at its first such word. A word that stands alone in its sentence and is never used again is
    let pass; words that most adults know, names and the words of the title are left out.
    """
    found = [passage for passage in said(document, "jargon") if _is_jargon(document, passage)]
    uses = Counter(passage.label for passage in found)
    beside = Counter(sentence for sentence, _ in {(passage.sentence, passage.label) for passage in found})
    first = {passage.label: passage for passage in reversed(found)}
    by_sentence: dict[int, list[Passage]] = {}
    for passage in sorted(first.values(), key=lambda passage: passage.start):
        costs = uses[passage.label] > 1 or beside[passage.sentence] > 1
        if costs and not _is_explained(document, passage):
            by_sentence.setdefault(passage.sentence.start, []).append(passage)
    for passages in by_sentence.values():
        plain = ", ".join(f'"{_text(document, passage)}" ({_plain(passage)})' for passage in passages)
        explained = tuple(
            Suggestion(p.start, p.end, f"{_text(document, p)} ({_plain(p).partition(' or ')[0]})")
            for p in passages
            if _text(document, p).lower() == entry("jargon", p)["name"].lower()  # "administered (give)" fits nowhere
        )
        yield Hit(passages[0].start, passages[0].end, Severity.INFO, {"words": plain}, suggestions=explained)


_BRACKET = expression(r"(?: [\w-]+){0,2} (?:\([^)]*? [^)]*\)|(?:[\u2013\u2014]|--?) ?(?=[a-z]))")


def _is_explained(document: Document, passage: Passage) -> bool:
    """Right where it stands, or in a bracket after its noun: "systemic therapy (treatment of the whole body)"."""
    bracket = _BRACKET.match(document.text, passage.end, passage.sentence.end)
    return bool(bracket) or defined(document, passage.start, passage.end)


def _text(document: Document, passage: Passage) -> str:
    return document.text[passage.start : passage.end]


def _plain(passage: Passage) -> str:
    return str(entry("jargon", passage)["plain"]).replace("; ", " or ")


def _is_jargon(document: Document, passage: Passage) -> bool:
    block = title(document)
    topic = document.text[block.start : block.end].lower() if block else ""
    word = _text(document, passage)
    named = word[0].isupper() and passage.start > passage.sentence.start
    if passage.segment not in _READ or named or word.lower() in topic or entry("jargon", passage).get("common"):
        return False
    return not _is_part_of_name(document, passage)


def _is_part_of_name(document: Document, passage: Passage) -> bool:
    """Whether the word belongs to a longer name of a condition: "acute" of acute myeloid leukaemia."""
    at = words(document)
    beside = [overlapping(at.matches(name), passage.first, passage.first) for name in ("condition", "disease-name")]
    size = passage.last - passage.first
    return any(name and passage.last <= name.last and name.last - name.first > size for name in beside)


_NUMBER = expression(
    r"\d+(?:\.\d+)?\s?(?:%|per ?cent)|\b(?:\d[\d,]*|one|two|three|four|five) (?:in|out of) (?:every )?\d[\d,]*"
    r"|\b(?:half|third|quarter|fewer than|less than) (?:of|\d)"
    r"|\d[\d,]* (?:people|patients|participants|women|men|children)",
    re.IGNORECASE,
)
_ONE_IN = expression(r"\b(?:1|[Oo]ne) in (?:every )?(\d[\d,]*)\b")
_SHARE = expression(r"\b\d+(?:\.\d+)?\s?(?:%|per ?cent)")


def unclear_numbers(document: Document, setting: Setting) -> Iterator[Hit]:
    """READ-006: how often a harm occurs in words only, or risks in one paragraph that cannot be compared."""
    for passage in said(document, "harm-frequency", (technical, cited)):
        sentence = passage.sentence
        if passage.segment not in _READ or overlaps(document, "no-frequency", passage):
            continue
        if not _NUMBER.search(document.text, sentence.start, sentence.end):
            yield _note(
                document, passage.start, passage.end, "gives no number, and readers think of very different ones"
            )
    at = words(document)
    ones = [number for word in ("1", "one") for number in at.index.get(word, ())]
    if not any(at.folded[number + 1] == "in" for number in ones):
        return
    for block, kind in zip(document.blocks, segments(document), strict=True):
        if kind in _READ:
            yield from _mixed(document, block)


def _mixed(document: Document, block: Block) -> Iterator[Hit]:
    """Risks as "1 in 7" beside risks in per cent, or "1 in 50" beside "1 in 200"."""
    found = list(_ONE_IN.finditer(document.text, block.start, block.end))
    below = {match.group(1) for match in found}
    shares = [m for m in _SHARE.finditer(document.text, block.start, block.end) if _is_risk(document, m.start())]
    if found and shares and _is_risk(document, found[0].start()):
        later = max(found[0], shares[0], key=lambda match: match.start())
        yield _note(document, later.start(), later.end(), _MIXED)
    elif len(below) > 1 and _is_risk(document, found[-1].start()):
        yield _note(document, found[-1].start(), found[-1].end(), _MIXED)


def _is_risk(document: Document, offset: int) -> bool:
    sentence = sentences(document)[sentence_at(document, offset)]
    return words(document).holds("risk-word", sentence.start, sentence.end) and sentence not in studies(document)


_MIXED = "is hard to compare with the other risk here, which is counted in another way"


def _note(document: Document, start: int, end: int, problem: str) -> Hit:
    return Hit(start, end, Severity.INFO, {"problem": f'"{document.text[start:end]}" {problem}'})
