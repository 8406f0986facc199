"""Relative changes that EVID-006 leaves alone or only notes: of nothing that readers can have, or with their own start.

Each function is asked about a sentence that tells a relative change; `lower` is the text in small letters.
"""

from __future__ import annotations

from bisect import bisect_left

from healthlint.analysis.citations import cited, marks
from healthlint.analysis.evidence import Design, mentions
from healthlint.analysis.segments import section_starts
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.document import Document
from healthlint.expressions import expression


def needs_no_start(document: Document, lower: str, sentence: Sentence) -> bool:
    """Whether readers miss no starting point for the change."""
    return (
        bool(_LEVEL.search(lower, sentence.start, sentence.end))
        or _is_of_genes(document, lower, sentence)
        or _is_level_of_matched(lower, sentence)
        or _is_own_performance(document, lower, sentence)
        or (_is_life_span(lower, sentence) and is_looked_up(document, lower, sentence))
    )


def matters_less(document: Document, lower: str, sentence: Sentence, end: int) -> bool:
    """Whether readers miss little: a source is given, one person tells of herself, or it is how long animals lived."""
    return (
        is_looked_up(document, lower, sentence)
        or is_own_rating(document, lower, sentence, end)
        or (_is_life_span(lower, sentence) and is_of_animals(document, sentence))
    )


def _is_life_span(lower: str, sentence: Sentence) -> bool:
    return bool(_LIFE_SPAN.search(lower, sentence.start, sentence.end))


_LIFE_SPAN = expression(r"\blife[ -]?spans?\b|\bmedian survival\b|\blived\b|\bextend\w* life\b")
"""How long they lived: no risk is behind it."""


_LEVEL = expression(
    r"\b(?:up|down|back|close) to (?:that|those|the [\w-]+) (?:of|in|seen in) (?:[\w-]+ )?"
    r"(?:normal|healthy|untreated|controls?|young|younger|lean|non-\w+)\b"
)
"""Where the change ends says where it began: "which brought it back to that of healthy goats"."""


def _is_of_genes(document: Document, lower: str, sentence: Sentence) -> bool:
    """Whether the animals differ in their genes: nobody can take that, and nobody is told to."""
    return is_of_animals(document, sentence) and bool(_GENES.search(lower, sentence.start, sentence.end))


_GENES = expression(
    r"\bknock-?\s?outs?\b|\btransgen\w+|\bmutants?\b|\bmutations?\b|\b(?:hetero|homo)zygous\b"
    r"|[-\u2013\u2212]/[-\u2013\u2212]|\bgenetically (?:modified|altered|engineered)\b"
    r"|\b(?:missing|without|lack|lacks|lacked|lacking) (?:[\w-]+ ){0,3}"
    r"(?:receptors?|genes?|proteins?|enzymes?|hormones?)\b"
)


def _is_level_of_matched(lower: str, sentence: Sentence) -> bool:
    """Whether a level is set against people of the same age and sex: a description, no change of a risk."""
    matched = _MATCHED.search(lower, sentence.start, sentence.end)
    return bool(matched) and not _RISK.search(lower, sentence.start, sentence.end)


_MATCHED = expression(
    r"\bthan (?:[\w-]+,? (?:and |or )?){0,3}?[\w-]*matched (?:controls?|peers|people|adults|women|men)\b"
)
_RISK = expression(
    r"\b(?:risks?|odds|chances?|likel\w+|rates?|mortality|deaths?|died?|dying|incidence|prevalence|surviv\w+|pain"
    r"|symptoms?|diseases?|cancers?|strokes?|attacks?)\b"
)


def _is_own_performance(document: Document, lower: str, sentence: Sentence) -> bool:
    """Whether readers know the start themselves, their time in a race, and the section gives a source of the figure."""
    performs = _PERFORMANCE.search(lower, sentence.start, sentence.end)
    if not performs or _RISK.search(lower, sentence.start, sentence.end):
        return False
    starts, found = section_starts(document), marks(document)
    near = range(max(0, sentence.block - _PARAGRAPHS), sentence.block + 1)
    low = min(document.blocks[n].start for n in near if starts[n] == starts[sentence.block])
    place = bisect_left(found, low, key=lambda mark: mark.start)
    return place < len(found) and found[place].start < document.blocks[sentence.block].end


_PARAGRAPHS = 3
"""A figure is told once with its source, and taken up again at most so many paragraphs further down."""
_PERFORMANCE = expression(
    r"\b(?:impro\w+|boost\w*|enhanc\w+|affect\w*|impact\w*|reduc\w+|lower\w*|rais\w+|increas\w+|decreas\w+)"
    r" (?:(?:your|their|his|her|the|running|cycling|athletic|sporting?|endurance|exercise|physical|race) ){0,3}"
    r"(?:performance|(?:[\w-]+ )?(?:race|running|swimming|cycling|finish(?:ing)?|marathon|triathlon|lap)[ -]times?)\b"
)


def is_looked_up(document: Document, lower: str, sentence: Sentence) -> bool:
    """Whether it is a life span or a level of animals or cells, with its source or a caveat: a note is enough.

    Readers cannot mistake it for a change of their own risk, and what it started from stands in the paper.
    """
    of_models = is_of_animals(document, sentence) and _LIVES.search(lower, sentence.start, sentence.end)
    of_cells = _CELLULAR.search(lower, sentence.start, sentence.end)
    if not (of_models or of_cells):
        return False
    number = sentence_at(document, sentence.start)
    near = [s for s in sentences(document)[number : number + 2] if s.block == sentence.block]
    limited = words(document).holds("caveat", sentence.start, near[-1].end)
    return limited or any(cited(document, s.start, s.end) for s in near)


_LIVES = expression(
    r"\bmedian survival\b|\blife[ -]?spans?\b|\blife expectancy\b|\blongevity\b|\bliv(?:e|es|ed|ing)\b"
    r"|\bextend\w* life\b|\blevels?\b"
    r"|\bconcentrations?\b|\bexpression\b"
)
_CELLULAR = expression(r"\b(?:inter|intra|extra)?cellular (?:levels?|concentrations?|uptake|expression)\b")


def is_own_rating(document: Document, lower: str, sentence: Sentence, end: int) -> bool:
    """Whether the change, whose words end at `end`, is how much better one person says she feels: a note is enough.

    EVID-011 speaks of her story; a share of her own feeling misleads nobody about a risk.
    """
    inside = words(document).folded[sentence.first : sentence.last]
    rated = bool(_BETTER.search(lower, max(sentence.start, end - 12), end))
    return rated and not _ONE.isdisjoint(inside) and _STUDIED.isdisjoint(inside)


_BETTER = expression(r"(?:better|improvement|improved)$")
_ONE = frozenset("she he her his i my".split())
_STUDIED = frozenset(
    "study studies trial trials research participants patients people risk chance chances odds".split()
)


def is_of_animals(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence names animals or cells."""
    number = words(document).sentence[sentence.first]
    return any(m.sentence == number and m.design in (Design.ANIMAL, Design.CELL) for m in mentions(document))
