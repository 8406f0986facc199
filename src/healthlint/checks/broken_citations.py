"""CITE-006: sources that are there and cannot be used."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from healthlint.analysis.citations import references
from healthlint.analysis.segments import PROSE, Segment, segments
from healthlint.analysis.sentences import sentences
from healthlint.document import Document
from healthlint.expressions import expression
from healthlint.rule import Hit, Setting, Severity

_BARE = expression(r"(?:\[?\d{1,3}[\].)]?\s+)?(https?://\S+)\s*")
_PLACEHOLDER = expression(
    r"\[(?:citation needed|source needed|source\?|citation|source|link|ref|TODO|TK"
    r"|(?:insert|add) [\w ]{1,30}|(?:your |author |doctor |company |product |clinic |study |first |last )?name"
    r"|year|journal|topic|number|date|url|link here|XX+)\]"
    r"|\bTODO\b|https?://(?:www\.)?example\.(?:com|org|net)\S*",
    re.IGNORECASE,
)
_GENERATED = expression(r"https?://\S*?utm_source=(?:chatgpt\.com|openai|perplexity|copilot\.com|gemini|claude)\S*")
_MALFORMED = expression(
    r"\bdoi:?\s+(?!10\.\d{4,9}/\S)(?:10\.\S+|\d\S*)|\bdoi\.org/(?!10\.\d{4,9}/\S)\S+|\bPMID:?\s*\d{9,}\b"
    r"|\bNCT(?!\d{8}(?!\d))\d+\b"
)
_NO_ADDRESS = expression(r"(?<![\w/])(?:https?//|https?;//|htt?ps?:///|hhttps?://)\S+?(?=[.,;)]*(?:\s|$))")
_OPEN_IT = "Correct it, and follow it once to see that it leads to the source."
_PROBLEMS = (
    (
        _PLACEHOLDER,
        ("[", "TODO", "example."),
        "is a placeholder; a source was meant to stand here",
        "Put the source there: author, title, journal, year and link.",
    ),
    (
        _GENERATED,
        ("utm_source",),
        "carries the mark of a chat tool; check that the page exists and says what the text says",
        'Open the page, and delete "utm_source=..." from the address.',
    ),
    (_MALFORMED, ("doi", "PMID", "NCT"), "is not a valid identifier", _OPEN_IT),
    (_NO_ADDRESS, ("https//", "http//", ";//", ":///", "htp", "hhttp"), "is not a valid address", _OPEN_IT),
)
"""What to look for, what the text must hold for it to be there, what to say, and what to do."""
_IN_SQUARE = r"\[(\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*)\]"
_CITATION = expression(_IN_SQUARE)


def citation_integrity(document: Document, setting: Setting) -> Iterator[Hit]:
    """CITE-006: sources that are there and cannot be used: bare addresses, orphans, placeholders, malformed numbers."""
    for pattern, signs, problem, advice in _PROBLEMS:
        for match in pattern.finditer(document.text) if any(sign in document.text for sign in signs) else ():
            fields = {"match": match.group(), "problem": problem, "help": advice}
            yield Hit(match.start(), match.end(), Severity.WARNING, fields)
    yield from _orphans(document)
    yield from _lost_keys(document)
    for block, kind in zip(document.blocks, segments(document), strict=True):
        if kind is Segment.REFERENCES:
            bare = _BARE.fullmatch(document.text, block.start, block.end)
            if bare and not _GENERATED.match(bare.group(1)) and not _PLACEHOLDER.match(bare.group(1)):
                fields = {"match": bare.group(1), "problem": "stands without author, title and year"}
                yield Hit(bare.start(1), bare.end(1), Severity.INFO, fields)


_LIST_IT = "Add the source to the list, or delete the number."
_KEY = expression(r"\[(\^[\w-]{1,40}|@?[A-Za-z][A-Za-z-]{1,30}[-:_]?(?:19|20)\d\d[a-z]?)\](?!:)")


def _lost_keys(document: Document) -> Iterator[Hit]:
    """Footnotes "[^2]" and keys "[smith-2019]" that the file has nowhere else: nothing says which source is meant."""
    if "[" not in document.text:
        return
    first: dict[str, re.Match[str]] = {}
    for match in _KEY.finditer(document.text):
        first.setdefault(match.group(1), match)
    source = document.source.text
    for key, match in first.items():
        cited = source.count(f"[{key}]") - source.count(f"[{key}]:")
        if source.count(key.lstrip("^@")) == cited or (key[0] == "^" and f"[{key}]:" not in source):
            fields = {"match": match.group(), "problem": "has no entry anywhere in the file", "help": _LIST_IT}
            yield Hit(match.start(), match.end(), Severity.WARNING, fields)


def _orphans(document: Document) -> Iterator[Hit]:
    """Numbers in the text that no entry of the list has, and entries that no number leads to.

    Silent unless the list is numbered, and about its entries unless some of them are cited by number in the text.
    """
    entries = {reference.number: reference for reference in reversed(references(document)) if reference.number}
    numbered = entries.keys()
    if not numbered:
        yield from _without_list(document)
        return
    kinds = segments(document)
    reported: set[int] = set()
    cited: set[int] = set()
    for sentence in sentences(document):
        if kinds[sentence.block] in (Segment.REFERENCES, Segment.BOILERPLATE):
            continue
        for match in _CITATION.finditer(document.text, sentence.start, sentence.end):
            cited |= _numbers(match.group(1))
            missing = sorted(_numbers(match.group(1)) - numbered - reported)
            if missing:
                reported.update(missing)
                problem = f"has no entry {', '.join(map(str, missing))} in the list of sources"
                fields = {"match": match.group(), "problem": problem, "help": _LIST_IT}
                yield Hit(match.start(), match.end(), Severity.WARNING, fields)
    unused = sorted(numbered - cited)
    if unused and cited & numbered:
        block = entries[unused[0]].block
        end = min(block.end, block.start + _SHOWN)
        others = f" (nor are {', '.join(map(str, unused[1:]))})" if unused[1:] else ""
        shown = document.text[block.start : end].rsplit(" ", 1)[0] + ("\u2026" if end < block.end else "")
        problem = f"is cited nowhere in the text{others}"
        fields = {"match": shown, "problem": problem, "help": "Cite it where it supports a claim, or delete it."}
        yield Hit(block.start, end, Severity.WARNING, fields)


def _without_list(document: Document) -> Iterator[Hit]:
    """The first number of an article that counts its sources, [1], [2]... or (1), (2)..., and lists none."""
    if references(document) or any(_ENTRY.match(document.text, b.start, b.end) for b in document.blocks):
        return
    kinds, linked = segments(document), sorted((link.start, link.end) for link in document.links)
    for pattern, enough in ((_BEHIND, set()), (_CLOSING, {1, 2})):
        found = [
            match
            for sentence in sentences(document)
            if kinds[sentence.block] in PROSE
            for match in pattern.finditer(document.text, sentence.start, sentence.end)
        ]
        counted = {min(_numbers(match.group(1))) for match in found}
        if counted - {0} and enough <= counted and not any(_leads(linked, match) for match in found):
            place, problem = found[0].start(1) - 1, "leads nowhere: the article has no list of sources"
            fields = {"match": found[0].group().strip(), "problem": problem, "help": _ADD_LIST}
            yield Hit(place, found[0].end(), Severity.WARNING, fields)
            return


def _leads(linked: list[tuple[int, int]], match: re.Match[str]) -> bool:
    """Whether the number is part of a link; these are sorted, and none lies inside another."""
    place = bisect_left(linked, (match.end(),))
    return place > 0 and linked[place - 1][1] > match.start()


_ADD_LIST = "Add the list, with an entry for each number."
_BEHIND = expression(r"(?<=[\w.,;:)\"\u201d]) ?" + _IN_SQUARE + r"(?=[\s.,;:)]|$)(?! ?(?:m|k|\u00b5|mc)?g\b| ?ml\b)")
_CLOSING = expression(r"(?<=\w) ?\((\d{1,2}(?:\s?[,\u2013-]\s?\d{1,2})*)\)(?=[.,;:]|\s*$)", re.MULTILINE)
"""A source in round brackets stands behind what it supports: "... for other therapies (1)."."""
_ENTRY = expression(
    r"\s*[\[(]\d{1,3}[\])]\s*\w|\W{0,2}1\W.{0,300}?(?:\b(?:19|20)\d\d\b|https?:|doi)", re.IGNORECASE | re.DOTALL
)
"""What a list of sources, or of notes, begins with, wherever it stands."""
_SHOWN = 40
"""So much of an entry tells which one is meant."""


def _numbers(text: str) -> set[int]:
    found: set[int] = set()
    for part in re.split(r"\s?,\s?", text):
        first, _, last = re.sub(r"\s", "", part).replace("\u2013", "-").partition("-")
        found.update(range(int(first), min(int(last or first), int(first) + 50) + 1))
    return found
