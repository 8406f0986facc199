"""Changes of a source text: making them, applying them, and writing a file so that nothing can be lost."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterable

from healthlint.rule import Suggestion

_BREAK = re.compile(r"\r\n?|\n")
_ENTRY = re.compile(r"[ \t]*-[ \t]+[\"']?")
_END = re.compile(r"</(article|main|body|html)\s*>", re.IGNORECASE)
_KEY = re.compile(r"[\w-]+:[ \t]*\r?\n")


def applied(text: str, suggestions: Iterable[Suggestion]) -> str:
    """The text with the suggestions in place; of two that overlap, the first alone."""
    parts, at = [], 0
    for start, end, words, _ in sorted(set(suggestions)):
        if start >= at:
            parts += [text[at:start], words]
            at = end
    return "".join([*parts, text[at:]])


def removal(text: str, start: int, end: int) -> Suggestion:
    """How to take a comment away: with its line if it stands alone, but so that no two paragraphs become one."""
    first, last = _line(text, start, end)
    if text[first:start].strip() or text[end:last].strip():
        beside = text[end : end + 1] in (" ", "\t") and (start == first or text[start - 1].isspace())
        return Suggestion(start, end + beside, "", safe=True)
    after = _after(text, last)
    blank_before = not text[:first].strip("\ufeff") or not _line_text(text, first - 1).strip()
    blank_after = not _line_text(text, after).strip()
    if not text[after:].strip():
        return Suggestion(_after(text, len(text[:first].rstrip())) if first else 0, len(text), "", safe=True)
    if blank_before and blank_after:
        after = _after(text, _line(text, after, after)[1])
    elif not blank_before and not blank_after:
        after = last
    return Suggestion(first, after, "", safe=True)


def removal_of_entry(text: str, start: int, end: int) -> Suggestion | None:
    """How to take an entry of a list in the front matter away, with the key if it is the only one; None if unsure."""
    first, last = _line(text, start, end)
    if not _ENTRY.fullmatch(text, first, start) or text[end:last].strip(" \t\"'"):
        return None
    after = _after(text, last)
    key = _line(text, first - 1, first - 1)[0]
    if _KEY.fullmatch(text, key, first) and not _line_text(text, after).startswith((" ", "\t", "-\t", "- ")):
        first = key
    return Suggestion(first, after, "", safe=True)


def appended(text: str, paragraph: str, format: str) -> Suggestion:
    """How to add a paragraph at the end: of a text, or of the article in HTML."""
    found = _BREAK.search(text)
    newline = found.group() if found else "\n"
    if format == "html":
        from html import escape

        ends = {match.group(1).lower(): match.start() for match in _END.finditer(text)}
        place = next((ends[name] for name in ("article", "main", "body", "html") if name in ends), len(text))
        return Suggestion(place, place, f"<p>{escape(paragraph, quote=False)}</p>{newline}", safe=True)
    gap = "" if text.endswith(newline * 2) else newline if text.endswith(("\n", "\r")) else newline * 2
    return Suggestion(len(text), len(text), f"{gap}{paragraph}{newline}", safe=True)


def write(path: str, data: bytes) -> None:
    """Put the data in the place of a file in one step, with its permissions, if it is not there already.

    A link stays a link. Raises OSError; then the file is as it was.
    """
    path = os.path.realpath(path)
    mode = None
    if os.path.exists(path):
        with open(path, "rb") as file:
            if file.read() == data:
                return
            if not os.access(path, os.W_OK):
                raise PermissionError(errno.EACCES, "it is read-only", path)
        mode = os.stat(path).st_mode & 0o7777
    handle, temporary = tempfile.mkstemp(prefix=".healthlint-", dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode if mode is not None else 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of the lines that hold a range, without the last line ending."""
    first = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    found = _BREAK.search(text, end)
    first += not first and text.startswith("\ufeff")
    return first, found.start() if found else len(text)


def _line_text(text: str, at: int) -> str:
    """The line in which the offset stands; a line ending belongs to the line that it ends."""
    if text[at : at + 1] == "\n" and text[at - 1 : at] == "\r":
        at -= 1
    first, last = _line(text, at, at)
    return text[first:last]


def _after(text: str, end: int) -> int:
    """The place behind the line ending at `end`, if one stands there."""
    found = _BREAK.match(text, end)
    return found.end() if found else end
