"""What is cut out of a text before it is parsed: templates, components, formulas. Every offset stays as it is.

The cut characters are replaced by as many of one that means nothing in any markup, so emphasis around them still
works; a line on which nothing else stands becomes a blank line.
"""

from __future__ import annotations

import re
from itertools import pairwise

from healthlint.expressions import expression
from healthlint.namedtuples import NamedTuple

FILLER = "\ufdd0"
"""Stands for a cut character: a noncharacter of Unicode, so neither a blank nor punctuation nor a letter."""

BREAK = "\n\n"
"""The markup of a cut that parts two blocks."""

CODE = r"(?P<escape>\\`)|(?P<code>`+|~~~+)"
"""Where code of Markdown may begin (or an escaped mark of it stands); `Scanner.code_end` tells where it ends."""

DIRECTIVE = r"(?P<directive>:::+)"
"""Where the line of an admonition, `:::note Title`, may begin; `Scanner.directive` reads it."""


class Cut(NamedTuple):
    """The range `start:end` of the source is not prose; in its place stands `markup`: a tag, a blank, a break."""

    start: int
    end: int
    markup: str = ""


class Scanner:
    """What looking for cuts in a text needs to know. No search is made twice, so the time is proportional."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._missing: dict[str, int] = {}

    def find(self, pattern: str, start: int) -> re.Match[str] | None:
        """The next match of a pattern; one that was missing from some place on is not looked for again."""
        if start >= self._missing.get(pattern, len(self.text) + 1):
            return None
        match = re.compile(pattern, re.MULTILINE | re.IGNORECASE).search(self.text, start)
        if not match:
            self._missing[pattern] = start
        return match

    def opens_line(self, at: int) -> bool:
        """Whether nothing but indentation and marks of quotations and lists stands before `at` in its line."""
        start = self.text.rfind("\n", max(0, at - 200), at) + 1
        return bool(_LEAD.fullmatch(self.text, start, at)) and (start > 0 or at <= 200)

    def code_end(self, match: re.Match[str]) -> int:
        """Where the code that a match of `CODE` opens ends; if it opens none, the end of the match."""
        marks = match["code"]
        if len(marks) >= 3 and self.opens_line(match.start()):
            line = self.text.find("\n", match.end())
            if marks[0] == "~" or "`" not in self.text[match.end() : line if line >= 0 else None]:
                closing = self.find(rf"^[ \t>]*{marks}{marks[0]}*[ \t]*\r?$", match.end())
                return closing.end() if closing else match.end()
        if marks[0] == "~":
            return match.end()
        closing = self.find(rf"(?<!`){marks}(?!`)", match.end())
        blank = closing and _BLANK_LINE.search(self.text, match.end(), closing.start())
        return closing.end() if closing and not blank else match.end()

    def directive(self, match: re.Match[str]) -> list[Cut]:
        """The cuts in the line of an admonition; its title is a paragraph of its own."""
        line = _DIRECTIVE_LINE.match(self.text, match.start())
        if not line or not self.opens_line(match.start()):
            return []
        title = line["label"].strip()
        inner = title[1:-1] if title.startswith("[") and title.endswith("]") else title
        start = line.start("label") + line["label"].find(inner)
        if not inner.strip():
            return [Cut(line.start(), line.end())]
        return [Cut(line.start(), start, BREAK), Cut(start + len(inner), line.end(), BREAK)]


_LEAD = expression(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*")
_BLANK_LINE = expression(r"\n[ \t]*\r?\n")
_DIRECTIVE_LINE = expression(r":::+[ \t]*[\w-]*(?:[ \t]*\{[^}\n]*\})?(?P<label>[^\r\n]*)")


def blanked(text: str, cuts: list[Cut]) -> str:
    """The text with fillers in place of what is cut. Line ends stay."""
    if not cuts:
        return text
    bounds = [0, *(bound for cut in cuts for bound in (cut.start, cut.end)), len(text)]
    parts = [text[start:end] for start, end in pairwise(bounds)]
    parts[1::2] = [_IN_LINE.sub(FILLER, part) for part in parts[1::2]]
    return _LINE_OF_FILLERS.sub(lambda match: " " * len(match.group()), "".join(parts))


_IN_LINE = expression(r"[^\r\n]")
_LINE_OF_FILLERS = expression(rf"^[ \t]*+{FILLER}[ \t{FILLER}]*+(?=\r?$)", re.MULTILINE)
