"""CITE rules: sources that are missing, few or broken, and claims that lean on none."""

from collections.abc import Iterator

from healthlint import tables
from healthlint.analysis.attribution import aside, claimed, credited, introduced, own_result, refuted
from healthlint.analysis.citations import (
    LEADING_TO_A_LIST,
    has_sources,
    marks,
    paragraph_cited,
    references,
)
from healthlint.analysis.claims import ClaimStrength, strength
from healthlint.analysis.evidence import studies
from healthlint.analysis.guards import attributed, distanced, hedged, needed, negated, quoted
from healthlint.analysis.segments import Segment, segments
from healthlint.analysis.sentences import sentence_at, sentences, words
from healthlint.analysis.subjects import health_claims, told_effects
from healthlint.analysis.traces import is_source, parts_of
from healthlint.checks.anchors import CLAIMS, anchor, informs_about_health, is_fragment, makes_health_claims
from healthlint.checks.shares import untold_shares
from healthlint.document import Document, Kind
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple
from healthlint.rule import Hit, Setting, Severity

_SHOWN_WITHOUT_SOURCES = 3
"""So many uncited claims are shown in an article without any source; CITE-001 says the rest (rule catalogue, 2.5)."""


def no_sources(document: Document, setting: Setting) -> Iterator[Hit]:
    """CITE-001: an article with claims and no source of any kind; a warning where a conference, a trial or the chief
    author is named, or where it informs about health in other ways. A text that names no illness is not about health.
    """
    if has_sources(document) or not _is_about_health(document):
        return
    claims = health_claims(document)
    informs = informs_about_health(document)
    if len(claims) < CLAIMS and informs:
        claims = told_effects(document)
    claiming = len(claims) >= CLAIMS
    if claiming or (informs and len(words(document)) >= _ARTICLE and not is_fragment(document)):
        traced = bool(introduced(document) or words(document).matches("unpublished-result"))
        what = "names no publication that can be looked up" if traced else "names no source"
        fields = {"does": f"makes {len(claims)} health claims" if claiming else "informs about health", "what": what}
        severity = Severity.ERROR if claiming and not traced else Severity.WARNING
        yield Hit(*anchor(document), severity, fields, document=True)


_ARTICLE = 300
"""A page of fewer words without claims is a note."""


def _is_about_health(document: Document) -> bool:
    at = words(document)
    return any(at.matches(name) for name in ("condition", "drug", "harm-word")) or not _HEALTH.isdisjoint(at.index)


_HEALTH = frozenset("health healthy patient patients disease illness body".split())
_SPECIFIC = expression(
    r"\d(?:[\d.,]*)\s?(?:%|per ?cent)|\b\d+ (?:in|out of) \d+|\bwithin (?:\w+ )?(?:minutes|hours|days|weeks)\b"
    r"|\bmost effective\b|\bsuccess rates?\b|\b(?:millions|thousands|majority) of (?:people|patients|adults)\b"
)


_OWNED = (credited, own_result, refuted, aside, claimed)


class _Claim(NamedTuple):
    weight: int
    start: int
    end: int


def uncited_claim(document: Document, setting: Setting) -> Iterator[Hit]:
    """CITE-002: a specific claim of effect whose paragraph leads to no source.

    In an article without any source only the strongest few are shown: by claim strength, then by what makes them
    specific.
    """
    if not makes_health_claims(document):
        return
    told = {_Claim(_COMPARED if share.compared else _TOLD, share.start, share.end) for share in untold_shares(document)}
    found = sorted({*_uncited(document), *told}, key=lambda claim: -claim.weight)
    if not has_sources(document):
        found = found[:_SHOWN_WITHOUT_SOURCES]
    for claim in sorted(found, key=lambda claim: claim.start):
        yield Hit(claim.start, claim.end, Severity.WARNING, {"match": document.text[claim.start : claim.end]})


def _uncited(document: Document) -> Iterator[_Claim]:
    at = words(document)
    effects = {at.sentence[m.first]: m for m in reversed(at.matches("efficacy"))}
    conditions = {at.sentence[m.first] for name in ("condition", "person") for m in at.matches(name)}
    strong = {at.sentence[m.first] for m in at.matches("strong-efficacy")}
    conditions |= strong & {at.sentence[m.first] for m in at.matches("heading-object")}
    reported = {study.start for study in studies(document)}
    for sentence in health_claims(document):
        kind = segments(document)[sentence.block]
        number = at.sentence[sentence.first]
        if kind not in (Segment.BODY, Segment.LEAD, Segment.LIST) or sentence.start in reported:
            continue
        if document.blocks[sentence.block].kind is Kind.LEAD:  # the description in the metadata
            continue
        effect = effects.get(number)
        if effect is None or document.text[sentence.end - 1] == "?" or _ACTION.match(at.lower, at.ends[effect.last]):
            continue
        specific = _SPECIFIC.search(at.lower, sentence.start, sentence.end)
        weight = 2 * bool(specific) + 1 + (number in conditions) + (number in strong)
        if weight < 3:
            continue
        start, end = at.starts[effect.first], at.ends[effect.last]
        silent = (*_OWNED, negated, needed, distanced, hedged, quoted, attributed, paragraph_cited)
        if any(guard(document, start, end) for guard in silent):
            continue
        level = strength(document, sentence).level
        if level is not ClaimStrength.NONE:
            yield _Claim(level + weight, start, specific.end() if specific and specific.end() > end else end)


_COMPARED, _TOLD = ClaimStrength.CAUSAL + 5, ClaimStrength.CAUSAL + 2
"""What the shares of two groups weigh, and the share of one."""
_ACTION = expression(r" (?:perception|signals?|signall?ing|receptors?|pathways?|transmission|processing|thresholds?)\b")
"""How a medicine acts, not whether it helps: "blocks pain signals"."""


def weak_source_base(document: Document, setting: Setting) -> Iterator[Hit]:
    """CITE-005: all sources are news or shops, or one single paper carries everything, or the only pointer is news."""
    if not makes_health_claims(document):
        return
    addresses = [(r.block.start, r.block.end, r.address) for r in references(document) if r.address]
    addresses += [
        (link.start, link.end, link.target)
        for link in document.links
        if is_source(link.target) and not any(start <= link.start < end for start, end, _ in addresses)
    ]
    tiers = [_tier(address) for _, _, address in addresses]
    if addresses and None not in tiers and min(tier for tier in tiers if tier) >= 3:
        kind = "shops or companies" if min(tier for tier in tiers if tier) == 4 else "news or encyclopedias"
        yield _weak(addresses[0][0], addresses[0][1], f"The sources are all {kind}")
    elif len({address for _, _, address in addresses}) == 1 and tiers[0] != 1 and len(health_claims(document)) > 4:
        yield _weak(addresses[0][0], addresses[0][1], "The whole article leans on a single source")
    elif not addresses and not any(mark.kind not in LEADING_TO_A_LIST for mark in marks(document)):
        yield from _pointer(document)


def _pointer(document: Document) -> Iterator[Hit]:
    """ "Read more of this story at ...", where that is all the article points to."""
    at = words(document)
    for match in at.matches("pointer"):
        sentence = sentences(document)[sentence_at(document, at.starts[match.first])]
        place = _PLACE.search(document.text, at.ends[match.last], sentence.end)
        if place and segments(document)[sentence.block] is not Segment.BOILERPLATE:
            yield _weak(sentence.start, sentence.end, "The only pointer to a source is one to another news page")
            return


_PLACE = expression(r"\b(?:at|in|on|from)\s+(?:the )?[A-Z]")


def _weak(start: int, end: int, problem: str) -> Hit:
    return Hit(start, end, Severity.INFO, {"problem": problem}, document=True)


def _tier(address: str) -> int | None:
    """The tier of the longest known domain that the address belongs to, or None for one not in the table."""
    host = parts_of(address)[1].removeprefix("www.")
    known = {entry["domain"]: int(entry["tier"]) for entry in tables.entries("domains")}
    while host:
        if host in known:
            return known[host]
        host = host.partition(".")[2]
    return None
