"""What a single line or paragraph looks like: a heading, a byline, a disclaimer, the heading of the references..."""

from __future__ import annotations

import functools
import re

from healthlint.expressions import expression

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
REFERENCES = expression(
    r"(?:\d+\.?\s+)?(?:list of )?(?:medical |scientific |selected |key )?"
    r"(?:references?|sources?|bibliography|citations?|works cited|literature(?: cited)?|footnotes|endnotes"
    r"|notable studies|(?:studies|papers|research) cited"
    r"|further reading|(?:references|sources) (?:and|&) (?:references|further reading))[\s:\[\](+)]*",
    re.IGNORECASE,
)
SOURCE_LINE = expression(
    r"(?:references?|sources?|bibliography|works cited)\s*:\s+"
    r"(?=.*(?:https?:|www\.|\bdoi\b|\b(?:19|20)\d\d\b|\breports?\b))",
    re.IGNORECASE,
)
ABOUT = expression(r"about (?:the )?(?:authors?|writer|reviewer|us|our \w+|dr\.? .*|contributor)\b", re.IGNORECASE)
_BIO = expression(  # in small letters
    r"\b(?:years|decades) of experience\b|\bour mission is\b|\bis committed to providing\b|\bour team of\b"
    r"|^about the \w+"
    r"|\bis (?:a|an|the) [^.]{0,60}\b(?:founder|author of|journalist|freelance|columnist|contributor|writer)\b"
)
_BIO_SIGNS = (
    *("experience", "mission", "committed", "our team", "about the", "founder", "author of", "journalist"),
    *("freelance", "columnist", "contributor", "writer"),
)
DISCLAIMER_HEADING = expression(r"\W*(?:(?:medical|health|legal|general) )*disclaimers?\W*", re.IGNORECASE)
_CARE = r"[^.]{0,80}\b(?:advice|care|diagnosis|consult\w*|doctors?|physicians?|professionals?|medical)\b"
_DISCLAIMER = expression(  # in small letters
    r"^\W*(?:medical )?disclaimer\b|\b(?:informational|educational|information) purposes\b"
    rf"|\bnot (?:\w+ ){{0,7}}(?:substitute|replacement) for\b{_CARE}"
    rf"|\b(?:does|do|should|can) ?not (?:replace|constitute|substitute(?: for)?)\b{_CARE}"
    r"|\bnot (?:(?:constitute|intended as|considered|be (?:taken|construed) as|meant as|offered as) )?"
    r"(?:professional |specific )?medical advice\b"
)
_DISCLAIMER_SIGNS = ("disclaimer", "purposes", "advice", "substitut", "replac", "constitute")
_DATE = expression(
    rf"\b{_MONTH}\.? \d{{1,2}},? \d{{4}}\b|\b\d{{1,2}} {_MONTH} \d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b"
    rf"|(?:^|[|\u00b7\u2022])\s*{_MONTH} \d{{4}}\s*(?:$|[|\u00b7\u2022])",  # By Ann Hill | May 2026
    re.IGNORECASE,
)
BYLINE = expression(
    r"^\W*(?:(?:written |posted |reviewed |medically reviewed |fact[- ]checked |published |edited )*by\b|author:"
    r"|originally published\b|updated\b|last (?:updated|reviewed)|published\b|posted on\b"
    r"|\d+[ -](?:mins?|minutes?)[ -]read)",
    re.IGNORECASE,
)
EXPORTED_FIELD = expression(r"\W*(?:(?:Handle|Tags|Slug|Permalink|SEO Title)\W*:|(?:Excerpt|Content|Images)\W*$)")
"""What an export of a shop or a site writes above the parts of a text: "SEO Title: ...", "Content"."""
EXPORT_SIGNS = ("Handle:", "SEO Title:", "Permalink:")
"""One of these stands in every such export."""
_COPYRIGHT = expression(r"\W*(?:\u00a9|\(c\)|copyright\b)|.*\ball rights reserved\b", re.IGNORECASE)


@functools.lru_cache(maxsize=256)
def size(text: str) -> int:
    """The number of words, between blanks, of a line or paragraph; many questions about it ask for this."""
    return len(text.split())


lowered = functools.lru_cache(maxsize=256)(str.lower)
"""A line or paragraph in small letters."""


def looks_like_heading(text: str) -> bool:
    """Whether a line could be a heading: short, begins like one, and is neither a sentence nor a byline."""
    return (
        len(text) <= 100
        and 0 < size(text) <= 14
        and text[-1] not in ".!:;,"
        and (text[0].isupper() or text[0].isdigit() or text[0] in "\u201c\"'")
        and not BYLINE.match(text)
        and not TITLED_NAME.fullmatch(text)
        and not is_dated(text)
        and not _CONTACT.search(text)
        and "http" not in text
    )


_CONTACT = expression(r"\w@\w|\+\d[\d ()-]{7,}|\b\d{3}[ .-]\d{3}[ .-]\d{4}\b")
"""An address or a telephone number."""


def is_prose(text: str) -> bool:
    """Whether a line is at least one whole sentence, or so long that it can be nothing else."""
    return (size(text) >= 9 and text[-1:] in '.!?:\u201d")]') or size(text) >= 30


def speaks_to_readers(text: str) -> bool:
    """Whether a paragraph addresses somebody, as no entry of a list of sources does."""
    return is_prose(text) and bool(_TO_READERS.search(text)) and not _TRACE.search(text)


_TO_READERS = expression(
    r"\b(?:[Yy]ou|[Yy]our|[Ww]e|[Oo]ur|[Uu]s)\b|^(?:Please|Always|Never|Remember|Looking|Consider|Contact|Call|Consult)\b"
)
_TRACE = expression(r"https?:|www\.|\bdoi\b|\b(?:19|20)\d\d\b|\bet al\b|\d:\d|\bPMID\b", re.IGNORECASE)
"""What entries of a list of sources hold: a year, an address, pages."""


def is_list_line(text: str) -> bool:
    """Whether a line could be an entry of a list without marks."""
    return size(text) <= 12 and text[-1:] not in ".!?:"


def is_scrap(text: str) -> bool:
    """Whether a line is a few words without a sentence, as page furniture and names are."""
    return size(text) <= 8 and text[-1:] not in '.!?:\u201d")'


def is_copyright(text: str) -> bool:
    """Whether a line says whose the rights are."""
    return len(text) <= _LINE and size(text) <= 20 and bool(_COPYRIGHT.match(text))


_LINE = 400
"""What is longer than so many characters is no line."""


def is_disclaimer(text: str) -> bool:
    """Whether a paragraph says that it replaces no medical advice."""
    lower = lowered(text)
    signed = any(sign in lower for sign in _DISCLAIMER_SIGNS)
    return signed and size(text) < 120 and bool(_DISCLAIMER.search(lower))


def is_bio(text: str) -> bool:
    """Whether a paragraph tells who a writer or a company is."""
    lower = lowered(text)
    return any(sign in lower for sign in _BIO_SIGNS) and bool(_BIO.search(lower))


_INSTITUTION = (
    ("founded in", "founded as", "established in", "established as", "headquartered", "chartered in", " years ago as"),
    ("dedicated to", "dedicated exclusively", "committed to", "mission", "inspires us"),
    ("www.", "http", ".org", ".edu", "twitter", "facebook"),
    ("ranked ", "recognized", "recognised", "u.s. news", "nobel"),
    ("nonprofit", "non-profit", "not-for-profit", "charity", "501(c)"),
    ("one of the", "among the", "is the only", "the largest", "the only facility"),
    ("nation's", "nation\u2019s", "world's", "world\u2019s", "in the nation", "in the world", "premier", "leading "),
    ("nasdaq", "nyse", "pharmaceutical company", "biotechnology company", "device company", "healthcare company"),
    ("faculty", "physicians and scientists", "members", "employees", "patients and families", "campuses", "locations"),
    ("academic medical", "cancer center", "health system", "universit", "society", "foundation", "hospital"),
)
"""Of so many kinds of words, three (two, under "About ...") stand together where an institution tells what it is."""


def is_institution(text: str, least: int = 3) -> bool:
    """Whether a paragraph tells what an institution or a company is, as news releases do at their end.

    `least` is how many kinds of telling words must stand in it.
    """
    if text[:1] in '"\u201c' or not 12 <= size(text) <= 220:
        return False
    lower = lowered(text)
    found = 0
    for kind in _INSTITUTION:
        for sign in kind:
            if sign in lower:
                found += 1
                break
    return found >= least


def is_dated(text: str) -> bool:
    """Whether a day, or a month by itself, of the last or this century stands in a text."""
    return ("20" in text or "19" in text) and bool(_DATE.search(text))


def is_byline(text: str) -> bool:
    """Whether a line says who wrote, reviewed or published something, or when."""
    return (
        len(text) <= _LINE
        and size(text) <= 20
        and (
            bool((BYLINE.match(text) and not _BY_AND_A_CLAUSE.match(text)) or (size(text) <= 12 and is_dated(text)))
            or bool(TITLED_NAME.fullmatch(text))
        )
    )


TITLED_NAME = expression(r"\s*(?:Dr|Prof)\.? [A-Z][\w'\u2019-]*\.?(?: (?:[A-Z]\.)+| [A-Z][\w'\u2019-]+){1,3}\s*")
"""A line that is the name of a doctor: "Dr. Maria Ruiz"."""


_BY_AND_A_CLAUSE = expression(r"\W*By [a-z]+(?: \d\w*)? [a-z][^.]* [^.]*\.$")
"""A sentence such as "By the third week she slept." and no name."""


_NO_WORD = expression(r"\W+")


@functools.lru_cache(maxsize=8)
def _plain(text: str) -> str:
    return _NO_WORD.sub(" ", text).strip().lower()


def repeats(text: str, title_text: str) -> bool:
    """Whether a line is the title once more, or the title with page furniture stuck to its end."""
    if len(text) > len(title_text) + 40:
        return False
    line, name = _plain(text), _plain(title_text)
    return line == name or (line.startswith(f"{name} ") and line.removeprefix(name).strip() in _STUCK)


_STUCK = frozenset(("table of content", "table of contents", "contents", "menu", "share", "print", "listen"))
