"""EVID-007: a study whose result is told without its size and its design or comparison."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from healthlint.analysis.evidence import Design, evidence, studies
from healthlint.analysis.guards import hedged, quoted
from healthlint.analysis.participants import gives_size, sizes_in
from healthlint.analysis.prose import prose
from healthlint.analysis.segments import segments
from healthlint.analysis.sentences import Sentence, words
from healthlint.checks.passages import BODY
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity

_NEW_STUDY = expression(
    r"\b(?:an?|another|one|recent|new) (?:[\w-]+ ){0,3}(?:study|trial|experiment|research|survey)\b",
    re.IGNORECASE,
)
_THE_STUDY = expression(
    r"(?:the|this|that|their|our|his|her) (?:[\w-]+ ){0,3}(?:study|trial|experiment)\b", re.IGNORECASE
)
"""So begins a sentence about a study that was told of before; if the article gives a size, it stands there."""
_COUNTED = expression(
    r"\b(?!(?:19|20)\d\d\b)(?:\d{2,3}|\d{1,3}(?:,\d{3})+) (?:[A-Za-z][\w'\u2019-]* ){0,2}?"
    r"(?!(?:years|months|weeks|days|hours|minutes|times|percents?|points|grams|milligrams|units|doses|calories|miles"
    r"|countries|states|pounds|kilograms|cents|dollars|degrees|seconds|reasons|sessions|pages|genes|studies|trials"
    r"|journals|articles)\b)"
    r"[a-z]{3,}(?<!s)s\b"
)
"""A number and what it counts: "900 Leeds commuters"."""
_BESIDE = 250
_CHEMISTRY = expression(
    r"\b(?:bacteri\w+|antimicrobial|antibacterial|microb\w+|pathogens?|analogs?|analogues?|molecules?"
    r"|reactive oxygen)\b",
    re.IGNORECASE,
)
"""Nobody took part in a study of bacteria or of a reaction."""
_OPENING = 150
"""Among so many words at the beginning an article tells of its own study, whose size it may give anywhere."""
_REACH = 1200
"""The size of a study may stand this many characters before or after the sentence that tells its result."""


def missing_study_basics(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-007: the result of a study without its size and without its design or comparison; once for each study."""
    told: set[int] = set()
    first = True
    sized = gives_size(document)
    for sentence in sorted({*studies(document), *_told_by_subjects(document)}):
        start, end = words(document).starts[sentence.first], sentence.end
        another = _NEW_STUDY.search(document.text, start, end)
        if (sentence.block in told and not another) or hedged(document, start, end):
            continue
        if quoted(document, start, start + 1) or (not first and not another):
            continue
        if words(document).folded[sentence.first] in ("i", "i've"):  # what somebody has read or not
            continue
        if sized and _THE_STUDY.match(document.text, start):
            continue
        missing = "" if sized and first and sentence.first < _OPENING else _missing(document, sentence)
        if missing is not None:
            told.add(sentence.block)
            first = False
        if missing:
            fields = {"missing": missing} | ({"help": _OF_ANIMALS} if "animals" in missing else {})
            yield Hit(start, end, Severity.INFO, fields)


_OF_ANIMALS = (
    "Add the number of animals, the design and the comparison, for example"
    ' "in a study of 24 mice, half of them without the drug".'
)


def _missing(document: Document, sentence: Sentence) -> str | None:
    """What the text does not say of the study; nothing ("") if the study counts no people, None if all is said."""
    start, end = words(document).starts[sentence.first], sentence.end
    block = document.blocks[sentence.block]
    chemical = _CHEMISTRY.search(document.text, start, end) and not words(document).holds("person", start, end)
    if chemical or _COUNTED.search(document.text, max(block.start, start - _BESIDE), min(block.end, end + _BESIDE)):
        return ""
    low, high = max(0, start - _REACH), min(len(document.text), end + _REACH)
    designed, compared = (words(document).holds(name, *block[1:3]) for name in ("design", "comparison"))
    if sizes_in(document, low, high, vague=False) or (designed and compared):
        return None
    on_animals = any(start <= m.start < end and m.design is Design.ANIMAL for m in evidence(document).models)
    whom = "animals" if on_animals else "people"
    return f"the number of {whom} and " + ("what they were compared with" if designed else "the design")


def _told_by_subjects(document: Document) -> Iterator[Sentence]:
    """The sentences that tell a study by those who took part in it: who had the treatment, and how they fared.

    How they fared may stand in the next sentence, as scores; and of tests on animals only that they were made.
    """
    animals = {mention.sentence for mention in evidence(document).models if mention.design is Design.ANIMAL}
    at = words(document)
    having = {at.sentence[n] for word in _TAKEN & at.index.keys() for n in at.index[word]}
    inside = [s for s in prose(document) if segments(document)[s.block] in BODY]
    for sentence, following in zip_longest(inside, inside[1:]):
        number, place = at.sentence[sentence.first], (at.starts[sentence.first], sentence.end)
        had = number in having and _HAD.search(document.text, *place)
        fared = had and (_FARED.match(document.text, had.end(), sentence.end) or _scored(document, sentence, following))
        if fared or (number in animals and _TESTED.search(document.text, *place)):
            yield sentence


_TAKEN = frozenset("received took given treated underwent drank ate used".split())


def _scored(document: Document, sentence: Sentence, following: Sentence | None) -> bool:
    """Whether the next sentence of the paragraph tells how a score changed."""
    if following is None or following.block != sentence.block:
        return False
    return bool(_SCORED.search(document.text, following.start, following.end))


_HAD = expression(
    r"\b(?:participants|patients|volunteers|subjects|people|men|women|adults|children|those|babies|nurses|mothers)\b"
    r"[^.;]{0,60}?\b(?:received|took|were (?:given|treated with)|underwent|drank|ate|used)\b",
    re.IGNORECASE,
)
_FARED = expression(
    r"(?:(?!\b(?:so|because|but|they)\b)[^.;]){0,90}?"
    r"(?:\b(?:experienced|had|showed|reported|felt|saw|achieved)\b[^.;]{0,30}\b(?:greater|less|more|fewer|lower|higher"
    r"|better|reductions?|improvements?|relief)\b"
    r"|\b(?:improved|recovered) (?:more|faster|significantly|better)\b)",
    re.IGNORECASE,
)
_SCORED = expression(
    r"\b(?:dropped|fell|rose|decreased|increased|improved|declined|went)\b[^.;]{0,40}\bfrom \d[\d.]*[^.;]{0,20} to \d",
    re.IGNORECASE,
)
_TESTED = expression(
    r"\b(?:carried out|conducted|performed|ran|did) (?:[\w-]+ ){0,3}?(?:tests|experiments|trials|studies)"
    r" (?:on|in|with)\b",
    re.IGNORECASE,
)
