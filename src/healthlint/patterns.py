"""Phrase rules at work: groups of phrases, where they count, what silences them, and how much a hit weighs."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from healthlint.analysis.guards import GUARDS, names_a_work, quoted
from healthlint.analysis.segments import Segment, segments
from healthlint.analysis.sentences import sentences, words
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple
from healthlint.phrases import Match, Phrases, overlapping
from healthlint.rule import Hit, Setting, Severity, Suggestion

PLACES = ("title", "heading", "lead", "body", "stacked")
"""Where a rule may have a severity of its own. `stacked`: with another hit in the sentence, or two in the paragraph."""

STACKED_IN_SENTENCE, STACKED_IN_PARAGRAPH = 2, 3
"""So many promotional words are more than style (rule catalogue, after Batalo et al., EACL 2026)."""

_PLACE_OF = {Segment.TITLE: "title", Segment.HEADING: "heading", Segment.LEAD: "lead"}


class Group(NamedTuple):
    """Phrases that are treated alike.

    A phrase counts in the segments `places`. It is silent where it overlaps one of `unless`, where its sentence holds
    none of `beside` (if there are any), and where one of `guards` holds; it weighs one level less for each of
    `softeners` that holds, and as an info inside a quotation, though not in a title. A hit that ends with one of `keep`
    can be mended by leaving only that.
    """

    phrases: Phrases
    unless: Phrases | None
    beside: Phrases | None
    keep: Phrases | None
    places: frozenset[Segment]
    guards: tuple[str, ...]
    softeners: tuple[str, ...]
    severity: dict[str, Severity]


class _Found(NamedTuple):
    start: int
    end: int
    sentence: int
    block: int
    place: str
    severity: Severity


class PhraseCheck:
    """The check of a phrase rule."""

    def __init__(self, groups: tuple[Group, ...]) -> None:
        self.groups = groups

    def __call__(self, document: Document, setting: Setting) -> Iterator[Hit]:
        """What the groups find; their message may name `match`, the words that were found."""
        hits = [hit for group in self.groups for hit in _hits(document, group)]
        if not hits:
            return
        at = words(document)
        kept = [match for group in self.groups if group.keep for match in group.keep.find(at)]
        for hit in _merged(hits):
            fields = {"match": document.text[hit.start : hit.end]}
            yield hit._replace(fields=fields, suggestions=tuple(_shorter(document, kept, hit)))


def _hits(document: Document, group: Group) -> Iterator[Hit]:
    matches = group.phrases.find(words(document))
    if not matches:
        return
    found = list(_found(document, group, matches))
    stacked = _stacked(found) if "stacked" in group.severity else frozenset()
    for hit in found:
        severity = max(hit.severity, group.severity["stacked"]) if hit in stacked else hit.severity
        severity = Severity.INFO if _sheltered(document, hit) else severity
        yield Hit(hit.start, hit.end, severity)


def _merged(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Hits of one rule that overlap are one, from the first word to the last, as heavy as the heaviest."""
    open_hit: Hit | None = None
    for hit in sorted(hits, key=lambda hit: (hit.start, hit.end)):
        if open_hit is not None and hit.start < open_hit.end:
            open_hit = open_hit._replace(end=max(hit.end, open_hit.end), severity=max(hit.severity, open_hit.severity))
            continue
        if open_hit is not None:
            yield open_hit
        open_hit = hit
    if open_hit is not None:
        yield open_hit


def _shorter(document: Document, kept: list[Match], hit: Hit) -> Iterator[Suggestion]:
    """What stays of the hit, with "a" or "an" before it as it must be, and with a capital if the hit has one."""
    at, text = words(document), document.text
    last = bisect_left(at.ends, hit.end)
    starts = [at.starts[match.first] for match in kept if match.last == last and at.starts[match.first] > hit.start]
    if not starts:
        return
    rest = text[min(starts) : hit.end]
    article = _ARTICLE.search(text, max(0, hit.start - 4), hit.start)
    if article and (rest[0] in "aeiouAEIOU") != (text[hit.start] in "aeiouAEIOU"):
        yield Suggestion(article.start(), hit.end, f"{article[1]}{'n' if rest[0] in 'aeiouAEIOU' else ''} {rest}")
    else:
        yield Suggestion(hit.start, hit.end, rest[0].upper() + rest[1:] if text[hit.start].isupper() else rest)


_ARTICLE = expression(r"(?<![\w'-])([Aa])n? $")


def _found(document: Document, group: Group, matches: list[Match]) -> Iterator[_Found]:
    at = words(document)
    excused = group.unless.find(at) if group.unless else []
    beside = None if group.beside is None else {at.sentence[m.first] for m in group.beside.find(at)}
    for match in matches:
        if overlapping(excused, match.first, match.last):
            continue
        if beside is None or at.sentence[match.first] in beside:
            yield from _weighed(document, group, match)


def _weighed(document: Document, group: Group, match: Match) -> Iterator[_Found]:
    at = words(document)
    start, end = at.starts[match.first], at.ends[match.last]
    sentence = at.sentence[match.first]
    block = sentences(document)[sentence].block
    segment = segments(document)[block]
    if segment not in group.places or any(GUARDS[name](document, start, end) for name in group.guards):
        return
    if quoted(document, start, end) and names_a_work(document, start):
        return
    place = _PLACE_OF.get(segment, "body")
    severity = group.severity.get(place, group.severity.get("body", Severity.INFO))
    for name in group.softeners:
        if GUARDS[name](document, start, end):
            severity = severity.lowered()
    yield _Found(start, end, sentence, block, place, severity)


def _stacked(found: list[_Found]) -> frozenset[_Found]:
    in_sentence, in_block = Counter(hit.sentence for hit in found), Counter(hit.block for hit in found)
    return frozenset(
        hit
        for hit in found
        if in_sentence[hit.sentence] >= STACKED_IN_SENTENCE or in_block[hit.block] >= STACKED_IN_PARAGRAPH
    )


def _sheltered(document: Document, hit: _Found) -> bool:
    """Quotations lower a finding but never hide it, and give no shelter in titles."""
    return hit.place != "title" and quoted(document, hit.start, hit.end)
