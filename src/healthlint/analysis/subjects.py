"""What an article praises, and how often: the sentences that say of a treatment that it does people good.

Tables know many treatments, and not all. What the title names and the text praises again and again ("nettle tea",
"ear candling") is one as well, and so is what "it" stands for in the sentence after one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from healthlint.analysis.claims import ClaimStrength, benefit_sentences, gains, strength
from healthlint.analysis.segments import PROSE, Segment, segments, title
from healthlint.analysis.sentences import Sentence, sentences, words
from healthlint.document import Document, per_document

_MENTIONS = 3
"""The title and two more mentions make a subject."""
_PRAISES = 2
_REACH = 8
"""A benefit at most so many words after a mention is one of it; fewer, if the name is a single word."""
_LONGEST = 3
_STOP = frozenset(
    "a an the of for and or in on at to with by from as is are be do does can could may might will should what why how"
    " when who which your you our my we i it its this that these those their his her not no new more most all about"
    " into vs versus than between up out if after before during best top guide everything need know complete ultimate"
    " explained understanding benefits benefit effects effect uses risks facts truth science study studies research"
    " researchers scientists experts doctors trial trials review results evidence story news report tips ways reasons"
    " health healthy wellness medicine medical body natural naturally treatment treatments therapy relief help helps"
    " people patients women men children adults kids life day daily claim claims potential better percent".split()
)
_NO_SUBJECT = ("condition", "person", "heading-object", "harm-word", "animal", "benefit")
_CARRYING = frozenset("it they this these".split())


@per_document
def subjects(document: Document) -> frozenset[int]:
    """The numbers of the words at which the subject of the article stands, if no table knows it as a treatment."""
    block = title(document)
    at = words(document)
    if block is None:
        return frozenset()
    first, last = (bisect_left(at.starts, place) for place in (block.start, block.end))
    for length in range(_LONGEST, 0, -1):
        for number in range(first, last - length + 1):
            found = _mentions(document, number, number + length)
            if len(found) >= _MENTIONS and _praised(document, found, _reach(length, found)) >= _PRAISES:
                return frozenset(found)
    return frozenset()


def _mentions(document: Document, first: int, last: int) -> list[int]:
    """Where the words `first` to `last` (exclusive) of the title stand; nowhere if they cannot name a treatment."""
    at = words(document)
    name = at.folded[first:last]
    if not _STOP.isdisjoint(name) or any(not word[:1].isalpha() or len(word) < 4 for word in name):
        return []
    if any(at.overlaps(known, first, last - 1) for known in (*_NO_SUBJECT, "treatment")):
        return []
    size = last - first
    return [number for number in at.index.get(name[0], ()) if at.folded[number : number + size] == name]


def _reach(length: int, mentions: list[int]) -> int:
    if length > 1:
        return _REACH
    return _REACH // 2 if len(mentions) > 2 * _MENTIONS else 2


def _praised(document: Document, mentions: list[int], reach: int) -> int:
    at = words(document)
    praise = [match.first for match in gains(document)]
    return sum(
        any(
            mention < gain <= mention + reach and at.sentence[gain] == at.sentence[mention]
            for gain in praise[bisect_left(praise, mention) :][:2]
        )
        for mention in mentions
    )


@per_document
def health_claims(document: Document) -> tuple[Sentence, ...]:
    """Sentences of the article (no references, bios, furniture, questions) that say what good a treatment does.

    More than those in which a treatment of the tables stands with a benefit: the subject of the article counts as one,
    and a sentence that goes on with "it", or is an item of a list under "... can:", speaks of the one before.
    """
    return tuple(sorted({*_asserted(benefit_sentences(document), document), *_carried(document)}))


def told_effects(document: Document) -> tuple[Sentence, ...]:
    """Those, and sentences that say what brings about, worsens or eases an illness, whatever that is."""
    at = words(document)
    kinds = segments(document)
    ill = {at.sentence[match.first] for name in ("condition", "harm-word") for match in at.matches(name)}
    ill &= {at.sentence[match.first] for name in ("causal", "benefit") for match in at.matches(name)}
    told = tuple(
        sentence
        for sentence in sentences(document)
        if sentence.last > sentence.first
        and at.sentence[sentence.first] in ill
        and kinds[sentence.block] in PROSE
        and strength(document, sentence).level >= ClaimStrength.CONDITIONAL
    )
    return tuple(sorted({*health_claims(document), *_asserted(told, document)}))


def _asserted(found: tuple[Sentence, ...], document: Document) -> Iterator[Sentence]:
    return (sentence for sentence in found if document.text[sentence.end - 1] != "?")


def _carried(document: Document) -> Iterator[Sentence]:
    at = words(document)
    kinds = segments(document)
    named = {at.sentence[match.first] for match in at.matches("treatment")}
    named |= {at.sentence[number] for number in subjects(document)}
    gained = {at.sentence[match.first] for match in (*at.matches("gain"), *gains(document))}
    before: Sentence | None = None
    for sentence in sentences(document):
        if sentence.last == sentence.first or kinds[sentence.block] not in PROSE:
            continue
        number = at.sentence[sentence.first]
        spoken = number in named or (before is not None and _goes_on(document, before, sentence))
        if spoken and number in gained and document.text[sentence.end - 1] != "?":
            yield sentence
        if spoken and (kinds[sentence.block] is not Segment.LIST or before is None):
            before = sentence
        elif kinds[sentence.block] is not Segment.LIST:
            before = None


def _goes_on(document: Document, before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence speaks of what the one before named: "It ...", or an item under "... can:"."""
    if segments(document)[sentence.block] is Segment.LIST and sentence.block != before.block:
        return document.text[before.end - 1] == ":"
    return sentence.block == before.block and words(document).folded[sentence.first] in _CARRYING
