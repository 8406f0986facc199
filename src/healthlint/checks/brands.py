"""ADVC-003: a brand in a claim of effect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from healthlint.analysis.citations import cited
from healthlint.analysis.evidence import studies
from healthlint.analysis.guards import distanced, needed, quoted
from healthlint.analysis.segments import site_name
from healthlint.analysis.sentences import words
from healthlint.checks.passages import Passage, said
from healthlint.document import Document, per_document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity
from healthlint.text import Span

_PLACE = expression(
    r"\b(?i:clinics?|centers?|centres?|spas?|practices?|brands?|companies|products?|supplements?|providers?"
    r"|tools?|platforms?|apps?|devices?|programs?|programmes?|services?|systems?|solutions?|kits?) "
    r"(?:like|such as|called|named) ((?:[A-Z][\w'\u2019&-]*)(?: (?:[A-Z][\w'\u2019&-]*|of|the|and))*)"
    r"|\b(?:[Aa]t|[Ww]ith|[Ff]rom|[Bb]y) ((?:[A-Z][\w'\u2019&-]* ){1,5}"
    r"(?:Clinics?|Wellness|Spa|MD|Med ?Spa|Labs?|Nutrition|Naturals?|Therapeutics|Infusions?|Chiropractic"
    r"|Aesthetics)\b)"
)
_BRAND_FIELDS = ("site_name", "site", "brand", "publisher", "organization", "clinic", "company", "publisher.name")
_RESEARCHERS = expression(
    r"\b(?:University|Hospital|Institute|Cleveland|Mayo|School|College|National|Medical Center|Health System)\b"
)


def brand_in_claim(document: Document, setting: Setting, *, brands: tuple[str, ...] = ()) -> Iterator[Hit]:
    """ADVC-003: a clinic or product, by name, in a sentence that claims an effect.

    `brands` are names to look for besides those that the metadata give.
    """
    seen: set[int] = set()
    for effect, match in sorted({*_claimed(document, brands), *_helping(document)}, key=lambda found: found[0]):
        sentence = effect.sentence
        if sentence.start in seen or sentence in studies(document) or _RESEARCHERS.search(match.group()):
            continue
        if words(document).holds("advert-label", sentence.start, sentence.end):
            continue
        seen.add(sentence.start)
        brand = next(group for group in match.groups() if group)
        start, end = min(match.start(), effect.start), max(match.end(), effect.end)
        weight = Severity.INFO if quoted(document, start, end) else Severity.ERROR
        yield Hit(start, end, weight, {"brand": brand})


_Found = tuple[Passage, re.Match[str]]
"""What is said to be done, and where the brand stands."""


def _claimed(document: Document, brands: tuple[str, ...]) -> Iterator[_Found]:
    """Effects in sentences with a name that is known, or that clinics and products have: "at Acme Wellness"."""
    effects = said(document, "brand-effect", (distanced, needed, cited))
    if not effects:
        return
    named = [field.value.strip() for field in document.fields if field.key in _BRAND_FIELDS]
    own = [document.text[place.start : place.end] for place in own_names(document)]
    names = (*brands, *named, *own, site_name(document))
    known = [name for name in dict.fromkeys(names) if len(name) > 3 and not name.startswith("http")]
    pattern = re.compile("|".join([*_groups(known), _PLACE.pattern])) if known else _PLACE
    found = {s: pattern.search(document.text, s.start, s.end) for s in dict.fromkeys(one.sentence for one in effects)}
    for effect in effects:
        match = found[effect.sentence]
        if match and match.start() <= effect.end + 40:
            yield effect, match


@per_document
def own_names(document: Document) -> tuple[Span, ...]:
    """Where the publisher names itself: "At Acme Wellness in York, we ...", "your visit to ..."; not in quotations."""
    if not any(sign in document.text for sign in _OWN_SIGNS):
        return ()
    found = [Span(*match.span(match.lastindex or 0)) for match in _OWN.finditer(document.text)]
    return tuple(
        place
        for place in found
        if not quoted(document, place.start, place.end)
        and not _RESEARCHERS.search(document.text, place.start, place.end)
    )


_OWN_SIGNS = (
    ", we ",
    ", our ",
    "your consultation ",
    "your visit ",
    "your appointment ",
    "your first ",
    " offered ",
    " provided ",
    "e use the ",
)
_NAME_OF_HOUSE = r"[A-Z][\w'\u2019&-]*(?: (?:of|the|and|&|[A-Z][\w'\u2019&-]*))*"
_OWN = expression(
    rf"\b(?:At|at|Here at) ({_NAME_OF_HOUSE})(?: in [A-Z][\w.]*(?:,? [A-Z][\w.]*)*)?, (?=(?:we|our)\b)"
    rf"|\byour (?:first |initial )?(?:consultation|visit|appointment|session) (?:at|with|to) ({_NAME_OF_HOUSE})"
    rf"|\b(?:treatments?|therap(?:y|ies)|infusions?|services|drips|programs?|injections?),? (?:\w+ )?"
    rf"(?:offered|provided) (?:by|at) ({_NAME_OF_HOUSE})"
    rf"|\b[Ww]e use the ([A-Z][a-z]+[A-Z]\w+) (?:device|machine|system|technology|laser|app)\b"
)


def _helping(document: Document) -> Iterator[_Found]:
    """What a tool can do that the article names ("apps like Acme Health") and comes back to again and again."""
    at = words(document)
    likened = [n for word in _LIKE & at.index.keys() for n in at.index[word] if n and at.folded[n - 1] in _TOOLS]
    found = [match.group(1) for n in likened if (match := _PLACE.match(document.text, at.starts[n - 1]))]
    names = sorted({name for name in (_NAME.sub("", name) for name in found) if len(name) > 3})
    praised = [name for name in names if document.text.count(name) >= _OFTEN]
    if not praised:
        return
    pattern = re.compile("|".join(_groups(praised)))
    for effect in said(document, "tool-help", (distanced, needed, cited)):
        match = pattern.search(document.text, effect.sentence.start, effect.start)
        if match:
            yield effect, match


def _groups(names: Iterable[str]) -> list[str]:
    return [rf"\b(?P<k{n}>{re.escape(name)})\b" for n, name in enumerate(names)]


_LIKE = frozenset("like such called named".split())
_TOOLS = frozenset(
    "app apps tool tools platform platforms product products supplement supplements device devices program programs"
    " programme programmes service services system systems solution solutions kit kits brand brands".split()
)
_NAME = expression(r"(?:['\u2019]s\b.*| (?:and|of|the)\b.*)$")
"""What is no more of the name: "Acme's planner", "Acme and the like"."""
_OFTEN = 3
