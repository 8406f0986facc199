"""From the bytes of a file to a source, and what is said of a file that gives none."""

from __future__ import annotations

from healthlint.text import Source, Unreadable

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def is_word(path: str) -> bool:
    """Whether a file of this name is a Word file, which holds no text that could be decoded."""
    return path.lower().endswith(".docx")


def read(path: str, data: bytes) -> Source | None:
    """The text of a file with this content; None for a binary one. Raises Unreadable."""
    if is_word(path):
        from healthlint.formats import word

        return word.load(path, data)
    if b"\x00" in data[:8192] and not data.startswith(_UTF16):
        return None
    try:
        return Source(path, decode(data))
    except UnicodeDecodeError as error:
        raise Unreadable(f"is not UTF-8 text (byte {error.start}); save it as UTF-8") from error


def decode(data: bytes) -> str:
    """UTF-8, or UTF-16 with its byte order mark; the mark stays in the text. Raises UnicodeDecodeError."""
    if data.startswith(_UTF16):
        return data.decode("utf-16-le" if data[0] == 0xFF else "utf-16-be")
    return data.decode("utf-8")


def encode(text: str, like: bytes) -> bytes:
    """The text in the encoding of the data from which it was decoded."""
    if like.startswith(_UTF16):
        return text.encode("utf-16-le" if like[0] == 0xFF else "utf-16-be")
    return text.encode("utf-8")
