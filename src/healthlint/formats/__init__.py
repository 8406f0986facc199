"""From a source text to a document, by the ending of its name."""

from __future__ import annotations

from healthlint.document import Document
from healthlint.text import Source

SUFFIXES = (".md", ".markdown", ".mdx", ".html", ".htm", ".txt", ".docx")
"""The endings of the files that a folder is searched for."""


def parse(source: Source, own_keys: tuple[tuple[str, tuple[str, ...]], ...] = ()) -> Document:
    """Read a source in the format that its path names; whatever is not known is read as plain text.

    `own_keys` are those of `Config.front_matter`.
    """
    document = _parsed(source)
    document.own_keys = own_keys
    return document


def _parsed(source: Source) -> Document:
    suffix = source.path[source.path.rfind(".") :].lower()
    if suffix in (".md", ".markdown", ".mdx"):
        from healthlint.formats import markdown

        return markdown.parse(source, mdx=suffix == ".mdx")
    if suffix in (".html", ".htm"):
        from healthlint.formats import html

        return html.parse(source)
    if not source.is_on_disk:
        from healthlint.formats import word

        if isinstance(source, word.WordSource):
            return word.parse(source)
    from healthlint.formats import plain

    return plain.parse(source)
