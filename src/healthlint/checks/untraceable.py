"""CITE-004: a study that cannot be looked up."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis.attribution import NAMED_TRIAL, introduced
from healthlint.analysis.citations import cited, has_sources, marks, paragraph_cited
from healthlint.analysis.evidence import result_sentences
from healthlint.analysis.guards import quoted
from healthlint.analysis.segments import Segment, segments
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.checks.dating import dates
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.phrases import Match
from healthlint.rule import Hit, Setting, Severity


def untraceable_study(document: Document, setting: Setting) -> Iterator[Hit]:
    """CITE-004: a single study that cannot be looked up.

    "A 2021 study" needs a source in its sentence or the next; wording such as "research from the University of ..."
    counts only in an article without any source, and "a recent study found" is a note in one that has others.
    """
    at = words(document)
    bare = not has_sources(document)
    found = [match for match in at.matches("dated-study") if _has_year(document, match)]
    reporting = result_sentences(document)
    noting = setting.profile not in ("news", "press-release")  # there the study of the day is named further down
    loose = [m for m in at.matches("loose-study") if bare or (noting and _is_nameless(document, m))]
    found += [m for m in loose if at.sentence[m.first] in reporting or at.folded[m.first] == "according"]
    told: set[int] = set()
    for match in found:
        last = match.last - (at.folded[match.last] in _LEADING_ON)
        start, end = at.starts[match.first], at.ends[last]
        number = sentence_at(document, start)
        sentence = sentences(document)[number]
        if number in told or segments(document)[sentence.block] not in _TOLD or _traceable(document, number):
            continue
        if _is_named(document, sentence) or _is_known(document, match):
            continue
        told.add(number)
        named = _OF_PLACE.match(document.text, end)
        end = named.end() if named else end
        noted = quoted(document, start, end) or not (bare or _has_year(document, match))
        severity = Severity.INFO if noted else Severity.WARNING
        yield Hit(start, end, severity, {"match": document.text[start:end]})


_LEADING_ON = frozenset("out from at of in on involving covering with which that published".split())
"""What a phrase asks for behind "a study", and is no part of its name."""
_OF_PLACE = expression(r"(?: (?:of|for)(?: (?:the )?[A-Z][\w-]+)+)")
_TOLD = (Segment.LEAD, Segment.BODY, Segment.LIST, Segment.TITLE)
_CALLED = expression(r"\b(?:called|named|known as|dubbed) [A-Z]")
_MONEY = frozenset("grant grants award awards fellowship fund funds prize program programme".split())
_SPEAKERS = ("researchers", "scientists")
_SAID_BY = frozenset(("say", "says", "said", "to", "explain", "by"))
_OF_ORGANISATION = expression(
    r"[^.]{0,60}? (?:by|from) (?:the )?(?:[A-Z]{3,}\b|(?:[A-Z][\w-]+ |of |for |and |on )*"
    r"(?:Association|Agency|Cent(?:er|re)s? for|Foundation|Organi[sz]ation|Department"
    r"|Administration|Bureau|Society|Council|Institutes|Statistics|Research))"
)
"""An organisation that publishes its surveys: with the year they can be looked up."""
_YEAR = expression(r"(?:19|20)\d\d$")


def _is_named(document: Document, sentence: Sentence) -> bool:
    """Whether the sentence gives the study a name by which it is found."""
    patterns = (_CALLED, NAMED_TRIAL)
    return any(pattern.search(document.text, sentence.start, sentence.end) for pattern in patterns)


def _is_nameless(document: Document, match: Match) -> bool:
    """Whether nobody is said to have done it, neither here nor, as in news, by the chief author further down."""
    at = words(document)
    said = at.folded[match.first : match.last + 2]  # and the next word: "one study reported by Ruiz in 2007"
    if not _PEOPLE.isdisjoint(said) or at.matches("chief-author"):
        return False
    dated = next(dates(document), None) is not None  # a journal and the day of the article lead to the study
    return not at.overlaps("academy", match.first, match.last) and not (dated and introduced(document))


_PEOPLE = frozenset("researchers scientists doctors physicians research by at from earlier previous controlled".split())


def _has_year(document: Document, match: Match) -> bool:
    return any(_YEAR.match(word) for word in words(document).folded[match.first : match.last + 1])


def _is_known(document: Document, match: Match) -> bool:
    """Whether the words are of a speaker ("say researchers at"), or of a survey of an organisation with its year."""
    at = words(document)
    if match.first and at.folded[match.first - 1] in _SAID_BY and at.folded[match.first] in _SPEAKERS:
        return True
    if at.folded[match.last + 1 : match.last + 2] and at.folded[match.last + 1] in _MONEY:  # "a 2016 Research Grant"
        return True
    return _has_year(document, match) and bool(_OF_ORGANISATION.match(document.text, at.ends[match.last]))


def _traceable(document: Document, number: int) -> bool:
    """A trace in its sentence, in the rest of its paragraph, or a journal or authors in one of the next paragraphs."""
    here = sentences(document)[number]
    if cited(document, here.start, here.end) or paragraph_cited(document, here.start, here.end):
        return True
    end = document.blocks[min(here.block + _FOLLOWING, len(document.blocks) - 1)].end
    where = (mark.start for mark in marks(document) if mark.kind in ("name", "author", "journal"))
    chief = (words(document).starts[match.first] for match in words(document).matches("chief-author"))
    return any(here.end <= start < end for start in (*where, *chief))


_FOLLOWING = 4
"""So many paragraphs after the study is first told of may name who did it, or where it appeared."""
