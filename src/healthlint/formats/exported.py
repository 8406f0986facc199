"""The object that a page of MDX exports: `export const metadata = {title: "...", painParagraphs: ["...", ...]}`.

Some sites keep all the prose of a page in it. Its `title`, `description`, `date`... are fields as in front matter; of
the other strings the long ones are paragraphs and the short ones under a key such as `painHeading` are headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthlint.analysis.about import part_of
from healthlint.builder import Builder
from healthlint.expressions import expression
from healthlint.formats import frontmatter, scalars
from healthlint.namedtuples import NamedTuple

START = expression(r"export\s+const\s+(?:metadata|meta|front[Mm]atter)\b[^={;\n]*=\s*(?=\{)")
_TOKEN = expression(
    r"(?P<comment>/\*(?:[^*/]|\*(?!/)|/(?!\*))*+\*/|//[^\n]*)"
    r"|(?P<string>\"(?:[^\"\\\n]|\\[\s\S])*+\"|'(?:[^'\\\n]|\\[\s\S])*+'|`(?:[^`\\]|\\[\s\S])*+`)"
    r"|(?P<open>[({\[])|(?P<close>[)}\]])|(?P<name>[A-Za-z_$][\w$]*)"
)
_COLON = expression(r"\s*:")
_FIELD = frozenset("title description excerpt summary".split())
_TOLD = ("author", "reviewer", "date", "next_review")
_CAMEL = expression(r"(?<=[a-z])(?=[A-Z])")
_LINKED = frozenset("href url link to path slug".split())
"""An object with one of these, other than the whole, is a card that leads to another page."""


class _Text(NamedTuple):
    """A string, without its marks, and the key under which it stands; `top` for one at the first level."""

    key: str
    start: int
    end: int
    top: bool


class _Frame(NamedTuple):
    """An open bracket, the key before it, and how many strings were found before."""

    bracket: str
    key: str
    found: int


def read(builder: Builder, start: int, end: int) -> list[tuple[int, int]]:
    """Add what the object in `start:end` of the source says; returns the ranges that were read."""
    text = builder.source.text
    done = []
    for found in _strings(text, start, end):
        value = text[found.start : found.end]
        key = _CAMEL.sub("_", found.key).lower()
        if found.top and (key in _FIELD or part_of(key) in _TOLD):
            frontmatter.add(builder, key, list(scalars.double_quoted(text, found.start, found.end)))
        elif (kind := frontmatter.kind_of(found.key, value)) is not None:
            builder.prose(kind, list(scalars.double_quoted(text, found.start, found.end)))
        else:
            continue
        done.append((found.start, found.end))
    return done


def _strings(text: str, start: int, end: int) -> list[_Text]:
    """The strings that are values of the object, with the key of each; those of an array have the key of the array."""
    frames: list[_Frame] = []
    found: list[_Text] = []
    key, linked = "", set[int]()
    for match in _tokens(text, start, end):
        if match["open"]:
            frames.append(_Frame(match["open"], key, len(found)))
        elif match["close"]:
            if not frames:
                break
            if len(frames) in linked and len(frames) > 1:
                del found[frames[-1].found :]
            linked.discard(len(frames))
            key = frames.pop().key
            if not frames:
                break
        elif frames and frames[-1].bracket == "{" and _COLON.match(text, match.end()):
            key = match.group().strip("\"'")
            if key in _LINKED:
                linked.add(len(frames))
        elif match["string"] and frames and _is_plain(match.group(), frames):
            found.append(_Text(key, match.start() + 1, match.end() - 1, len(frames) == 1))
    return found


def _is_plain(string: str, frames: list[_Frame]) -> bool:
    """Whether a string stands for itself: no template with a value in it, no argument of a function."""
    return not (string[0] == "`" and "${" in string) and all(frame.bracket != "(" for frame in frames)


def _tokens(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return (match for match in _TOKEN.finditer(text, start, end) if not match["comment"])
