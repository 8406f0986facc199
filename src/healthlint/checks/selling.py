"""Selling inside of information: calls to action, promotion of medicines, and interests that nobody states."""

from __future__ import annotations

from collections.abc import Iterator

from healthlint.analysis.guards import distanced, quoted
from healthlint.analysis.segments import Segment, section_starts, segments, title
from healthlint.analysis.sentences import sentence_at, sentences, words
from healthlint.checks.anchors import makes_health_claims
from healthlint.checks.brands import brand_in_claim, own_names
from healthlint.checks.passages import Passage, entry, hit, said, wording
from healthlint.document import Document, per_document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity


def call_to_action(document: Document, setting: Setting) -> Iterator[Hit]:
    """ADVC-002: sales or recruitment inside the article, not labelled as advertising. One finding a call."""
    yield from _calls(document)


@per_document
def _calls(document: Document) -> list[Hit]:
    calls: list[Hit] = []
    offers: dict[int, list[Passage]] = {}
    called = [*said(document, "call-to-action", (distanced,)), *_imperatives(document)]
    for passage in sorted(called, key=lambda passage: passage.start):
        if not _is_labelled(document, passage) and not _goes_to_own_doctor(document, passage):
            offers.setdefault(passage.sentence.block, []).append(passage)
    for block, passages in offers.items():
        if block - 1 in offers and _is_line(document, block) and _is_line(document, block - 1):
            continue  # the lines of one call to action
        first = hit(document, passages[0], Severity.ERROR)
        near = [p for p in passages if p.sentence.start <= passages[0].sentence.end + 2]
        fields = {"match": document.text[first.start : near[-1].end]}
        calls.append(first._replace(end=near[-1].end, fields=fields))
    return calls


def _is_line(document: Document, number: int) -> bool:
    block = document.blocks[number]
    return len(document.text[block.start : block.end].split()) <= _LINE


_LINE = 12
"""A block of more words than this is a paragraph."""


def _imperatives(document: Document) -> Iterator[Passage]:
    """Sentences that begin with "Book ...", "Order ...", "Visit our ...", up to what is offered: a place, a shop."""
    at, kinds = words(document), segments(document)
    done: set[int] = set()
    for number in sorted(n for word in _OFFERED & at.index.keys() for n in at.index[word]):
        sentence = sentences(document)[sentence_at(document, at.starts[number])]
        if sentence.first in done:
            continue
        verb, between = at.folded[sentence.first], at.folded[sentence.first + 1 : number]
        ours = not _OURS.isdisjoint(between)
        kind = kinds[sentence.block]
        if kind not in _READ or number - sentence.first > _IN_REACH:
            continue
        sold = verb in _SELLING and not _YOURS.isdisjoint(between)
        shown = verb in _SHOWING and number > sentence.first and _is_line(document, sentence.block)
        if shown or (kind is not Segment.BIO and (sold or (verb in _INVITING and ours))):
            done.add(sentence.first)
            start, end = at.starts[sentence.first], at.ends[number]
            yield Passage(start, end, sentence.first, number, 0, sentence, kind)


_READ = (Segment.BODY, Segment.LEAD, Segment.LIST, Segment.HEADING, Segment.BIO)
_IN_REACH = 10
"""What is offered stands at most so many words behind the verb."""
_SELLING = frozenset("book reserve order buy claim schedule purchase secure rent arrange snap lock grab".split())
_INVITING = frozenset(
    "call ring phone text message email dm send drop pop head come visit shop grab join become use let try start sign"
    " register enrol enroll request swing get see meet ask browse explore discover check download upgrade locate chat"
    " dial invest compare sample step turn add pick choose complete support boost enhance experience elevate nourish"
    " fuel reset".split()
)
_SHOWING = _SELLING | {"shop", "browse"}
"""With what the line of a button begins, also without a pronoun: "Shop detox teas"."""
_OURS = frozenset("our us me my".split())
_YOURS = _OURS | frozenset("a an your yours the".split())
_OFFERED = frozenset(
    "appointment appointments slot slots spot shop store clinic clinics studio spa session sessions consultation"
    " consultations membership discount voucher bundle subscription bottle bottles sample samples kit kits package"
    " packages therapist therapists practitioner practitioners workshop workshops place app assessment plan plans"
    " price bundles retreat retreats course class classes scan scans check consult hotline branches dispensary"
    " centre center cart starter programme program evening products supplements teas tinctures capsules formulas"
    " blends serums gummies collection protocol protocols treatment treatments therapy therapies dentists providers"
    " specialists chiropractors".split()
)


def _goes_to_own_doctor(document: Document, passage: Passage) -> bool:
    """Whether the sentence, or the answer to the question that it is, names the readers' own doctor.

    Or whether it offers no treatment: "Get our newsletter. Sign up here."
    """
    at, every = words(document), sentences(document)
    end = passage.sentence.end
    if document.text[end - 1] == "?":
        end = every[min(sentence_at(document, passage.start) + 1, len(every) - 1)].end
    before = every[max(0, sentence_at(document, passage.start) - 1)]
    start = before.start if before.block == passage.sentence.block else passage.sentence.start
    return at.holds("own-doctor", passage.sentence.start, end) or at.holds("no-offer", start, end)


def _is_labelled(document: Document, passage: Passage) -> bool:
    """Whether the block, what stands above it, its heading or the title begins with "Advertisement"."""
    block = passage.sentence.block
    labels = {block, max(block - 1, 0), max(section_starts(document)[block], 0)}
    labels |= {number for number, kind in enumerate(segments(document)) if kind in (Segment.TITLE, Segment.METADATA)}
    starts = (document.blocks[number].start for number in labels)
    return any(words(document).holds("advert-label", start, start + _LABEL) for start in starts)


_LABEL = 40
"""So many characters of a block can hold a label: "Advertisement:", "This is a paid partnership"."""

_PRICE = expression(r"[$\u00a3\u20ac]\s?\d")


def prescription_promotion(document: Document, setting: Setting) -> Iterator[Hit]:
    """ADVC-004: a prescription-only medicine beside an offer, a price or a brand, where the law forbids that."""
    if setting.jurisdiction not in ("uk", "eu"):
        return
    offers = [offer.start for offer in (*_calls(document), *brand_in_claim(document, setting))]
    prices = [m.start() for m in _PRICE.finditer(document.text)]
    sections = section_starts(document)
    offered = {sections[_block(document, place)] for place in (*offers, *prices)}
    for passage in said(document, "drug"):
        drug = entry("drugs", passage)
        status = str(drug["status"].get(setting.jurisdiction, "")) if drug["verified"] else ""
        if "prescription-only" in status and sections[passage.sentence.block] in offered:
            fields = {"drug": wording(document, passage), "jurisdiction": "the " + setting.jurisdiction.upper()}
            yield Hit(passage.start, passage.end, Severity.WARNING, fields, document=True)
            return


def _block(document: Document, offset: int) -> int:
    return sentences(document)[sentence_at(document, offset)].block


def undisclosed_interest(document: Document, setting: Setting) -> Iterator[Hit]:
    """DISC-005: the publisher sells what the text recommends, and no sentence says so; a note on a shop's page."""
    if not makes_health_claims(document) or words(document).matches("interest") or _states_disclosure(document):
        return
    for start, end in _offers(document):
        if not quoted(document, start, end):
            severity = Severity.INFO if _is_offer(document) else Severity.WARNING
            yield Hit(start, end, severity, {"match": document.text[start:end]}, document=True)
            return


def _offers(document: Document) -> Iterator[tuple[int, int]]:
    """Where an offer shows: "our clinic", "At Acme Wellness, we ...", a call to action."""
    at = words(document)
    for match in at.matches("offer"):
        start, end = at.starts[match.first], at.ends[match.last]
        like = document.text[end - 4 : end] == "like" and not _brand(document, end)
        about = at.folded[match.first] == "our" and not _ABOUT.isdisjoint(at.folded[match.first : match.last])
        if not (like or about or _is_mere_mission(document, start, end)):
            yield start, end
    for place in own_names(document):
        yield place.start, place.end
    for call in _calls(document):
        yield call.start, call.end


_ABOUT = frozenset("of on about for to in with from".split())
"""Our opinion of supplements is no supplement of ours."""


def _is_mere_mission(document: Document, start: int, end: int) -> bool:
    """Whether a mission is told of that is to treat nobody."""
    sentence = sentences(document)[sentence_at(document, start)]
    mission = document.text[start:end].lower() == "our mission"
    return mission and not words(document).holds("treatment", end, sentence.end)


def _is_offer(document: Document) -> bool:
    """Whether the page itself is the offer, which nobody takes for independent: a shop's page, a title "Our ..."."""
    block = title(document)
    at = words(document)
    return bool(at.matches("shop-page")) or (block is not None and at.holds("offer", block.start, block.end))


def _states_disclosure(document: Document) -> bool:
    at = words(document)
    return any(
        document.text[at.ends[number]] == ":"
        for number in at.index.get("disclosure", ())
        if at.ends[number] < len(document.text)
    )


def _brand(document: Document, end: int) -> bool:
    """Whether a name follows: "a clinic like Acme"."""
    return document.text[end + 1 : end + 2].isupper()
