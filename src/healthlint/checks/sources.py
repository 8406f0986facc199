"""EVID rules about what stands in for evidence: work that nobody has reviewed, and stories of single people."""

import re
from collections.abc import Iterator

from healthlint.analysis.citations import cited
from healthlint.analysis.evidence import Design, Evidence, section_evidence
from healthlint.analysis.guards import distanced, negated
from healthlint.analysis.participants import sizes_in
from healthlint.analysis.segments import PROSE, Segment, segments
from healthlint.analysis.sentences import Sentence, sentence_at, sentences, words
from healthlint.checks.passages import Passage, said
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple
from healthlint.rule import Hit, Setting, Severity

_PREPRINT = expression(
    r"(?:medrxiv|biorxiv|psyarxiv|chemrxiv)\.(?:org|com)|researchsquare\.com|ssrn\.com|preprints\.org|arxiv\.org"
    r"|osf\.io/preprints|\b10\.1101/\d|\b10\.64898/\d|\b10\.21203/rs\.|\b10\.2139/ssrn|\b10\.20944/preprints"
    r"|\b10\.31234/osf|\b10\.48550/arxiv|\barXiv:\s?\d{4}\.",
    re.IGNORECASE,
)
"""Addresses and DOI prefixes of preprint servers (Crossref). 10.1101 is Cold Spring Harbor, too: its journals' DOIs
go on with letters (10.1101/gr.123), those of bioRxiv and medRxiv with a digit."""
_NEAR = 2
"""So many sentences before and after may carry the label (rule catalogue, EVID-010)."""
_ABOUT_PREPRINTS = 4


class _Trace(NamedTuple):
    start: int
    end: int


def unreviewed_evidence(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-010: a preprint that is not called one; results from a conference or a press release are noted."""
    labels = words(document).matches("preprint-label")
    if len(labels) >= _ABOUT_PREPRINTS:
        return
    reported: set[int] = set()
    for trace in _preprints(document):
        number = sentence_at(document, trace.start)
        if number not in reported and not _labelled(document, number):
            reported.add(number)
            yield Hit(*trace, Severity.ERROR, {"what": "a preprint", "match": document.text[slice(*trace)]})
    for passage in said(document, "unpublished-result", (distanced,)):
        number = sentence_at(document, passage.start)
        if number not in reported and not _labelled(document, number) and not _is_published(document, passage):
            fields = {"what": "not a reviewed publication", "match": document.text[passage.start : passage.end]}
            yield Hit(passage.start, passage.end, Severity.INFO, fields)
            return


_PUBLISHED = expression(
    r"\b(?:[Pp]ublished|[Pp]ublication|[Aa]ccepted|[Aa]ppear(?:s|ed|ing)?|[Aa]vailable|[Ii]n press)"
    r" (?:[\w,-]+ ){0,8}?(?:in|by|online)\b (?:the )?(?:journal |\w+ issue of )?(?:the )?(?:[A-Z]|and\b)"
    r"|\bin the (?:journal [A-Z]|(?:[A-Z][a-z]+ )+Journal\b)"
)
_ALSO = expression(r"\balso (?:being |be )?$")
_SAME_WORK = 3000
"""A journal that is named so many characters before or after is that of the same work."""


def _is_published(document: Document, passage: Passage) -> bool:
    """Whether the work that was shown at a meeting stands in a journal, too."""
    low, high = max(0, passage.start - _SAME_WORK), passage.end + _SAME_WORK
    also = _ALSO.search(document.text[max(0, passage.start - 12) : passage.start])
    return bool(also or _PUBLISHED.search(document.text, low, high))


def _preprints(document: Document) -> list[_Trace]:
    """Links and written addresses of preprints, in the prose and in the list of references."""
    found = [_Trace(link.start, link.end) for link in document.links if _PREPRINT.search(link.target)]
    text = document.text.lower()
    if not any(part in text for part in _PARTS):
        return found
    for block, kind in zip(document.blocks, segments(document), strict=True):
        if kind in PROSE or kind is Segment.REFERENCES:
            for match in _PREPRINT.finditer(document.text, block.start, block.end):
                if not any(trace.start <= match.start() < trace.end for trace in found):
                    found.append(_Trace(*_whole(document, match, block.end)))
    return sorted(found)


_PARTS = (
    *("rxiv", "ssrn.com", "researchsquare", "preprints.org", "osf.io"),
    *("10.1101", "10.64898", "10.21203", "10.2139", "10.20944", "10.31234", "10.48550"),
)
"""One of these stands in every address of a preprint; to look for them is cheap."""


def _whole(document: Document, match: re.Match[str], end: int) -> tuple[int, int]:
    """The whole address around the part of it that gave it away."""
    start, stop = match.span()
    while start > 0 and not document.text[start - 1].isspace() and document.text[start - 1] not in '(<["':
        start -= 1
    while stop < end and not document.text[stop].isspace() and document.text[stop] not in ')>]",;':
        stop += 1
    return start, stop


def _labelled(document: Document, number: int) -> bool:
    every = sentences(document)
    near = every[max(0, number - _NEAR) : number + _NEAR + 1]
    return words(document).holds("preprint-label", near[0].start, near[-1].end)


def anecdote_as_evidence(document: Document, setting: Setting) -> Iterator[Hit]:
    """EVID-011: a person's story, or what a practitioner sees every day, carries the claim of benefit.

    Silent where a result of a study stands in the section of the story.
    """
    reported: set[int] = set()
    quiet = (negated, distanced)
    stories = [*said(document, "testimonial", quiet), *_quoted_stories(document)]
    practice = said(document, "practice-experience", (distanced,))
    for passage in [*stories, *practice]:
        sentence = passage.sentence
        if sentence.block in reported or passage.segment in (Segment.TITLE, Segment.HEADING):
            continue
        backed = _is_cited if passage in practice else _is_backed
        if backed(document, sentence) or _tells_of_harm(document, sentence):
            continue
        reported.add(sentence.block)
        yield Hit(passage.start, passage.end, Severity.WARNING, {"match": document.text[passage.start : passage.end]})


def _quoted_stories(document: Document) -> list[Passage]:
    """Sentences in which "I" or a patient got better after a treatment."""
    at = words(document)
    found = []
    for passage in said(document, "got-better", (negated, distanced)):
        sentence = passage.sentence
        person = (
            at.holds("storyteller", sentence.start, sentence.end)
            or _NAMED.match(document.text, sentence.start)
            or _TELLER.search(document.text, sentence.start, sentence.end)
        )
        told = at.holds("after-treatment", sentence.start, sentence.end) or _OWN_PATIENT.search(
            document.text, sentence.start, sentence.end
        )
        if person and told:
            found.append(passage)
    return found


def _is_cited(document: Document, sentence: Sentence) -> bool:
    """What a practitioner sees every day is no result of the study that the article reports as well."""
    return cited(document, sentence.start, sentence.end)


def _is_backed(document: Document, sentence: Sentence) -> bool:
    """Whether a study of people, with its size or a share, or a source stands in the section.

    Two patients are no study, "case studies" are what is told here, and "50% better" is one person's feeling.
    """
    found: Evidence = section_evidence(document, sentence.block)
    block = document.blocks[sentence.block]
    return (
        cited(document, sentence.start, sentence.end)
        or any(design >= Design.OBSERVATIONAL for design in found.designs)
        or (found.size or 0) >= _GROUP
        or bool(_SHARE_OF_PEOPLE.search(document.text, block.start, block.end))
        or any(size >= _GROUP for size in sizes_in(document, block.start, block.end))
    )


_OWN_PATIENT = expression(
    r"\b(?:[Oo]ne|[Aa]nother|[Aa]) of (?:my|our) (?:\w+ )?(?:patients|clients|customers|readers)\b"
)
"""Whose story it is, tells after which treatment."""
_NAMED = expression(r"[A-Z][a-z]+(?: [A-Z][\w.]*)?, (?:\d\d\b|an? [a-z]+(?: [a-z]+)?,)")
"""A person who is introduced: "Peter, a retired baker, ...", "Ana R., 45, ..."."""
_TELLER = expression(r", [A-Z][a-z]+ (?:noticed|felt|saw|experienced|reported)\b")
"""Or without being introduced: "After two visits, Ana noticed ..."."""
_GROUP = 10
"""Fewer people than this are single stories."""
_SHARE_OF_PEOPLE = expression(r"%(?! (?:better|improved|improvement|recovered|relief|less|more|back|of my)\b)")


def _tells_of_harm(document: Document, sentence: Sentence) -> bool:
    return words(document).holds("harm-statement", sentence.start, sentence.end)
