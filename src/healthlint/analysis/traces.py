"""Traces to sources that are written out in a text: addresses, identifiers, numbers, authors with years, journals."""

import re
from collections.abc import Iterator

from healthlint.analysis.sentences import words
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple

ADDRESS = expression(r"https?://[^\s<>\"\u201d)\]]+")
DOI = expression(r"10\.(?<!\w10\.)\d{4,9}/\S+")
_IDENTIFIERS = (
    ("10.", DOI),
    ("PM", expression(r"\bPMID:?\s*\d+|\bPMC\s?\d{4,}")),
    ("NCT", expression(r"\bNCT\d{8}\b")),
    ("ISRCTN", expression(r"\bISRCTN\d+")),
    ("arXiv", expression(r"\barXiv:\s?\d{4}\.")),
)
"""Identifiers of papers and trials, each with letters that the text must hold for it to be there."""
_BROKEN = expression(r"https?://(?:[\w-]+\. ?)+(?<=\. )(?:ly|gl|com|org|gov|edu|net|co|uk|eu)/[^\s<>\"\u201d)\]]+")
"""An address that a line break or an editor has cut: "http://bit. ly/2abc"."""
_NUMBER = expression(
    r"\[\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*\]|\[\^[\w-]{1,40}\](?!:)|\[@?[A-Za-z][A-Za-z-]{1,30}[-:_]?(?:19|20)\d\d[a-z]?\]"
)
"""A number, a footnote "[^1]", or the key of an entry: "[smith-2019]"."""
_RAISED = expression(r"[\u00b9\u00b2\u00b3\u2070-\u2079](?<=[\w.,;)].)[\u00b9\u00b2\u00b3\u2070-\u2079]*")
_AUTHOR_YEAR = expression(
    r"\([A-Z][\w'\u2019-]+(?: et al\.?)?(?:,? (?:and|&) [A-Z][\w'\u2019-]+)?,? (?:19|20)\d\d[a-z]?[);,]"
)
_PUBLISHED = expression(
    r"(?:[Pp]ublished|[Pp]ublishing|[Aa]ppears?|[Aa]ppeared|[Aa]ppearing|[Rr]eported|[Oo]ut|[Oo]nline) "
    r"(?:(?:[\w,\u2019'-]+|[A-Z][a-z]{2,4}\.) ){0,8}?(?:in|by) (?:the )?"
    r"(?:(?:[a-z-]+ ){0,2}journal,? ['\"\u2018\u201c]?|(?:[\w,]+ ){1,5}(?:issue|edition) of )?(?:the )?"
    r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|English|Spanish"
    r"|German|French|Chinese|[A-Z][a-z]{2,3}\.)(?!\w))[A-Z]\w+"
    r"|study in [A-Z]{3,}\b|issue of (?:the )?[A-Z]\w+"
)
"""A journal that no table knows: "published online this week in Molecular Psychiatry", "online Dec. 23 in Blood"."""
_WORK_IN = expression(
    r"\b(?i:article|paper|study|report|letter|editorial|review|analysis) in (?:the )?[A-Z][\w&-]+ "
    r"(?:(?:[A-Z][\w&-]+|of|and|the|for) ){0,5}(?:was |is )?$"
)
"""What stands before "published" in "a paper in Sleep Health published online in May"."""
_BY_JOURNAL = expression(r"[^.]*? by (?:the )?(?:[A-Z][\w&-]+ ){0,5}(?:Journal|Lancet|BMJ|JAMA|Nature|Science)\b")
_PUBLISHING = (
    "published",
    "publishing",
    "appear",
    "appears",
    "appeared",
    "appearing",
    "reported",
    "online",
    "study",
    "issue",
)
_NAMED_JOURNAL = expression(
    r"(?:(?!The |A |This |That |Our |Wall |Street |Home )[A-Z][\w&-]+ (?:of |and |for )?){1,5}$"
)
"""What stands before "Journal" in the name of one: "European Heart Journal"; not "The Wall Street Journal"."""
_VOLUME = expression(r"vol(?:ume|\.)? ?\d{1,3}\b", re.IGNORECASE)
_TITLED = expression(r" (?:of )?(?:the )?[A-Z]\w+")
_JOURNALS = frozenset(("journal", "annals", "archives", "proceedings"))
_NOT_SOURCES = expression(
    r"(?:^|\.)(?:facebook|twitter|x|instagram|linkedin|youtube|youtu|pinterest|tiktok|t|goo|maps\.google|wa|calendly"
    r"|unsplash|pexels|pixabay|shutterstock|istockphoto|gettyimages|flickr|freepik|canva|eepurl|mailchimp|list-manage"
    r"|substack|eventbrite|apple|amazon|amzn|etsy|shopify|squarespace|wixsite|trustpilot|yelp)"
    r"\.(?:com|be|me|gl|co|to|co\.uk)$|^(?:schema\.org|www\.w3\.org|play\.google\.com|apps\.apple\.com)$"
)


class Mark(NamedTuple):
    """A trace to a source at `start:end` of the text; `kind` is link, identifier, number, name, journal or author.

    An author, "Ruiz et al", leads somewhere only if the article lists its sources.
    """

    start: int
    end: int
    kind: str


def written_marks(document: Document) -> Iterator[Mark]:
    """Traces that are written out; each pattern is tried only where the text holds what it needs."""
    text, at = document.text, words(document)
    if "http" in text:
        for match in ADDRESS.finditer(text):
            if is_source(match.group()):
                yield Mark(match.start(), match.end(), "identifier")
        yield from _all(_BROKEN, text, "identifier")
    for sign, pattern in _IDENTIFIERS:
        yield from _all(pattern, text, "identifier") if sign in text else ()
    yield from _all(_NUMBER, text, "number")
    yield from _all(_RAISED, text, "number") if not text.isascii() else ()
    yield from _all(_AUTHOR_YEAR, text, "name")
    yield from _published(document)
    for number in at.index.get("al", ()):
        if number > 1 and at.folded[number - 1] == "et":
            dated = _DATED.match(text, at.ends[number])
            yield Mark(at.starts[number - 2], at.ends[number], "name" if dated else "author")
    for number in (number for word in _JOURNALS & at.index.keys() for number in at.index[word]):
        title = _TITLED.match(text, at.ends[number])
        if title:
            yield Mark(at.starts[number], title.end(), "name")
    yield from _named_journals(document)


_DATED = expression(r"[^\n]{0,200}?\b(?:19|20)\d\d\b|[^.;\n]{0,30}\.? ?\[\d")
"""A year behind the authors, or a number: with it their work can be looked up."""


def _published(document: Document) -> Iterator[Mark]:
    """ "Published online in Blood", "a paper in Sleep Health published in May"."""
    text, at = document.text, words(document)
    for number in (number for word in _PUBLISHING for number in at.index.get(word, ())):
        published = _PUBLISHED.match(text, at.starts[number])
        if published and (" by " not in published.group() or _BY_JOURNAL.match(text, at.starts[number])):
            yield Mark(*published.span(), "name")
    for number in at.index.get("published", ()):
        start = at.starts[number]
        work = _WORK_IN.search(text, max(0, start - _NAME), start)
        if work:
            yield Mark(work.start(), at.ends[number], "name")


def _named_journals(document: Document) -> Iterator[Mark]:
    """ "European Heart Journal", and the volume of one: "The FASEB Journal, April 2017, vol. 31"."""
    text, at = document.text, words(document)
    for number in at.index.get("journal", ()):
        start = at.starts[number]
        name = _NAMED_JOURNAL.search(text, max(0, start - _NAME), start) if text[start].isupper() else None
        if name and text[at.ends[number] : at.ends[number] + 9] != " Sentinel":
            yield Mark(name.start(), at.ends[number], "name")
    for number in (number for word in ("vol", "volume") for number in at.index.get(word, ())):
        volume = _VOLUME.match(text, at.starts[number])
        if volume:
            yield Mark(*volume.span(), "name")


_NAME = 60
"""So many characters before "Journal" can hold its name."""


def _all(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Mark]:
    return (Mark(match.start(), match.end(), kind) for match in pattern.finditer(text))


def is_source(address: str) -> bool:
    """Whether an address may be a source: a page of another site, no home page, shop, picture or social network."""
    scheme, host, path = parts_of(address)
    return (
        scheme in ("http", "https")
        and not _NOT_SOURCES.search(host)
        and path.strip("/") not in ("", "index.html")
        and not _OF_THE_SITE.search(path.lower())
    )


_OF_THE_SITE = expression(
    r"/(?:terms(?:-[\w-]+)?|disclaimers?|privacy(?:-policy)?|cookies?(?:-policy)?|about(?:-us)?|contact(?:-us)?|legal"
    r"|imprint|subscribe|newsletter|log-?in|sign-?up|cart|careers?)(?:\.\w+|/)?$"
)
"""The end of the path of a page about the site itself."""


_ADDRESS = expression(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)")


def parts_of(address: str) -> tuple[str, str, str]:
    """Scheme and host (lower case) and path of an address, each empty if it is not there.

    The expression is that of RFC 3986, appendix B; `urllib.parse` would have to be imported first, at every start.
    """
    scheme, host, path = _ADDRESS.match(address).groups("")  # type: ignore[union-attr]  # matches anything
    return scheme.lower(), host.lower(), path
