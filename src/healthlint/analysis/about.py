"""What the metadata of an article say about it: who wrote and checked it, when, from which sources.

Every site generator has keys of its own; which of them mean the same stands here. `Document.own_keys` adds to them.
"""

from __future__ import annotations

import functools

from healthlint.document import Document, Field

KEYS = {
    "author": (
        *("author", "authors", "byline", "by", "written_by", "post_author", "author_name"),
        *("author_last", "author_last_name", "creator", "dc:creator"),
        *("author.name", "authors.name", "authors.key", "written_by.name", "last_update.author"),
    ),
    "reviewer": (
        *("reviewed_by", "reviewer", "reviewers", "medical_reviewer", "medical_reviewers", "clinical_reviewer"),
        *("medically_reviewed_by", "clinically_reviewed_by", "medical_review_by", "expert_reviewer"),
        *("reviewed_by.name", "reviewer.name", "reviewers.name", "medical_reviewer.name", "medically_reviewed_by.name"),
    ),
    "date": (
        *("date", "published", "publish_date", "published_date", "published_at", "pub_date", "publication_date"),
        *("date_published", "post_date", "created", "created_at", "updated", "update_date", "updated_date"),
        *("updated_at", "date_modified", "date_updated", "modified", "modified_date", "modified_at", "post_modified"),
        *("lastmod", "last_mod", "last_modified", "last_modified_at", "last_update", "last_updated", "last_updated_at"),
        *("last_update.date", "reviewed", "reviewed_on", "reviewed_at", "reviewed_date", "last_reviewed"),
        *("last_reviewed_on", "date_reviewed", "last_medically_reviewed", "medically_reviewed_on"),
    ),
    "next_review": ("next_review", "next_review_date", "next_review_due", "review_by", "review_due"),
    "sources": ("sources", "source", "references", "citations", "bibliography"),
    "disclaimer": ("disclaimer", "medical_disclaimer"),
}
"""The keys of each part in Hugo, Jekyll, Docusaurus, Astro, Eleventy, exports of WordPress, and pages of HTML.

`reviewedBy`, `reviewed-by` and `reviewed_by` are the same key; so are `params.author` (Hugo) and `author`. Keys below
`sources` (`sources.url`) are sources, too.
"""
PARTS = tuple(KEYS)
_NESTED = "sources"
_NO = frozenset(("false", "no", "off", "none", "null", "~"))


def about(document: Document, part: str) -> tuple[Field, ...]:
    """The values of a part of `PARTS`, in the order of the document; "false" and the like are none."""
    own = next((keys for name, keys in document.own_keys if name == part), ())
    known = _plain_keys(part) | {plain(key) for key in own}
    return tuple(
        field
        for field in document.fields
        if field.value.strip().lower() not in _NO and _is_one_of(plain(field.key), known, part)
    )


def part_of(key: str) -> str:
    """The part that a key of the front matter is known to mean, or nothing."""
    return next((part for part in PARTS if _is_one_of(plain(key), _plain_keys(part), part)), "")


def plain(key: str) -> str:
    """The key as it is compared: small letters, without `_`, `-` and blanks, and without a leading `params.`."""
    return key.lower().translate(_NO_MARKS).removeprefix("params.")


_NO_MARKS = str.maketrans("", "", "_- ")


@functools.cache
def _plain_keys(part: str) -> frozenset[str]:
    return frozenset(plain(key) for key in KEYS[part])


def _is_one_of(key: str, known: frozenset[str], part: str) -> bool:
    return key in known or (part == _NESTED and key.partition(".")[0] in known)
