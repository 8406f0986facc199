"""Who took part: the people and animals that the text counts, and the signs that a study was one of people."""

import re
from bisect import bisect_left

from healthlint.analysis.prose import prose, prose_numbers
from healthlint.analysis.sentences import words
from healthlint.document import Document, per_document
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple

_NUMBER = (
    r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty"
    r"|(?:hundreds|thousands|dozens) of)"
)
_WHO = frozenset(
    "people patients participants adults women men children volunteers subjects individuals veterans students infants"
    " babies boys girls nurses twins mothers couples users runners athletes adolescents teenagers respondents survivors"
    " cases donors families households seniors smokers workers pregnancies births".split()
)
_COUNTED = expression(
    rf"\b(?!(?:19|20)\d\d\b)({_NUMBER})"
    r"(?:,? (?!of\b|but\b|so\b|while\b|because\b|per|months?\b|weeks?\b|days?\b|years?\b|hours?\b|in\b|for\b"
    r"|and\b|doses\b|stud|trials?\b|including\b|with\b|hospitals\b|centers\b)[\w\u2019'-]+){0,4} $",
    re.IGNORECASE,
)
"""A number before the word for whom it counts: "18 overweight ", "n = 18" stands alone."""
_N = expression(r"\bn\s?=\s?(\d[\d,]*)", re.IGNORECASE)
_TREATED = expression(
    r"[^.;]{0,40}?"
    r"\b(?:were (?:randomi[sz]ed|randomly|assigned|given|treated|followed|enrolled|recruited|asked|interviewed|tested)"
    r"|who (?:took|received|were given|were treated|ate|drank|used|reported|had taken|got)|receiving|received|enrolled"
    r"|randomi[sz]ed|completed)\b",
    re.IGNORECASE,
)
_BEFORE = 60
"""A number stands at most this many characters before the word that it counts."""


@per_document
def people_signs(document: Document) -> tuple[int, ...]:
    """The sentences (their numbers in the word index, one entry a sign) in which a study of people shows."""
    at = words(document)
    inside = prose_numbers(document)
    signs = [
        at.sentence[match.first]
        for match in at.matches("human-study")
        if _YET_TO_COME.isdisjoint(at.folded[max(0, match.first - 5) : match.first])
        and _MISSING.isdisjoint(at.folded[match.last + 1 : match.last + 5])
    ]
    signs += [
        at.sentence[size.word]
        for size in sizes(document)
        if at.folded[size.word] in _WHO and at.folded[size.word + 1 : size.word + 2] != ["die"]
    ]
    signs += [at.sentence[n] for n in _occurrences(document) if _TREATED.match(at.text, at.ends[n], at.ends[n] + 70)]
    signs = [sign for sign in signs if sign in inside]
    aside = _background(document, set(signs)) if signs else set()
    return tuple(sorted(sign for sign in signs if sign not in aside))


def _background(document: Document, numbers: set[int]) -> set[int]:
    """Those of the sentences that tell how many people have an illness: "a survey found that 28% of men are obese".

    They praise no treatment and name nobody who took part, so that they are no evidence of what the article claims.
    """
    at = words(document)
    found = set()
    for sentence in prose(document):
        number = at.sentence[sentence.first]
        if number not in numbers or all(at.holds(n, sentence.start, sentence.end) for n in ("treatment", "benefit")):
            continue
        place = (at.lower, sentence.start, sentence.end)
        if _SHARE.search(*place) and _HAVING.search(*place) and not _STUDIED.search(*place):
            found.add(number)
    return found


_SHARE = expression(
    r"\d ?(?:%|per ?cent) of\b|\b(?:\d+|one|two|three) (?:in|out of) (?:every )?\d|\bin (?:three|four|five|six|ten)\b"
    r"|\b(?:millions?|billions?|worldwide|globally|nationwide|annually|epidemic|prevalence|incidence)\b"
    r"|\b(?:each|every|a|per) year\b|\baround the world\b"
)
_HAVING = expression(
    r"\b(?:affect(?:s|ed|ing)?|suffer(?:s|ed|ing)?|liv(?:e|es|ing) with|ha(?:s|ve|d)|are|were|is|was|dies?|died"
    r"|kill(?:s|ed)?|deaths|infects?|infected|diagnosed|estimated|epidemic|rates?|cases)\b"
)
_STUDIED = expression(
    r"\b(?:participants|volunteers|respondents|placebo|randomi[sz]ed|enrolled|recruited|took part|trials?|cohorts?"
    r"|followed|compared|more likely|less likely)\b(?! (?:with|to) \d)"
)


_YET_TO_COME = frozenset(
    "be arrange do start begin before until need needs needed no hope hopes hopeful hoping future plan plans planned"
    " without".split()
)
"""Before "human trials" one of these tells that there was none so far."""
_MISSING = frozenset("required needed necessary lacking missing warranted scarce".split())
"""And behind them one of these: "human studies are still required"."""


def _occurrences(document: Document) -> list[int]:
    """Where words for people stand, who may take part in a study."""
    index = words(document).index
    return [number for word in _WHO & index.keys() for number in index[word]]


class Size(NamedTuple):
    """The number of the word that is counted, how many of it there were, and whether no number says so: "dozens of"."""

    word: int
    many: int
    vague: bool


@per_document
def sizes(document: Document) -> tuple[Size, ...]:
    """Numbers of people and animals in the text, in order."""
    at = words(document)
    counted = [*_occurrences(document), *(match.first for match in at.matches("animal"))]
    found = []
    for number in counted:
        if not any(word[0].isdigit() or word in _COUNTING for word in at.folded[max(0, number - 12) : number]):
            continue
        start = at.starts[number]
        match = _COUNTED.search(at.text, max(0, start - _BEFORE), start)
        if match:
            found.append(Size(number, _count(match.group(1)), match.group(1).endswith("of")))
    for number in at.index.get("n", ()):
        match = _N.match(at.text, at.starts[number])
        if match:
            found.append(Size(number, _count(match.group(1)), vague=False))
    return tuple(sorted(found))


def sizes_in(document: Document, start: int, end: int, *, vague: bool = True) -> list[int]:
    """The numbers of people or animals that studies are said to have had, in a range of the text."""
    starts, found = words(document).starts, sizes(document)
    place = bisect_left(found, start, key=lambda size: starts[size.word])
    last = bisect_left(found, end, key=lambda size: starts[size.word])
    return [size.many for size in found[place:last] if vague or not size.vague]


def gives_size(document: Document) -> bool:
    """Whether the text says somewhere how many people or animals a study had, not only how many have an illness."""
    at = words(document)
    signs = set(people_signs(document))
    return any(
        size.many > 1 and not size.vague and (at.folded[size.word] not in _WHO or at.sentence[size.word] in signs)
        for size in sizes(document)
    )


_COUNTS = {
    word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_COUNTS |= {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_COUNTING = _COUNTS.keys() | {"hundreds", "thousands", "dozens"}
_COUNTS |= {"dozens of": 50, "hundreds of": 500, "thousands of": 5000}


def _count(number: str) -> int:
    digits = number.replace(",", "")
    return int(digits) if digits.isdigit() and len(digits) < 12 else _COUNTS.get(number.lower(), 0)
