"""Prose that stands in metadata, exported by a page of MDX or in front matter: what is read, and where it stands."""

from __future__ import annotations

import pytest

from healthlint.formats import parse
from healthlint.text import Source


def _read(text: str, name: str = "page.mdx") -> list[str]:
    document = parse(Source(name, text))
    return [f"{block.kind}: {document.text[block.start : block.end]}" for block in document.blocks]


def _page(inside: str) -> str:
    return f"export const metadata = {{\n{inside}\n}};\n"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ('title: "Tea for gout", slug: "tea for gout and for all that hurts"', ["title: Tea for gout"]),
        ("\"title\": \"Tea\", 'description': 'It is hot.'", ["title: Tea", "lead: It is hot."]),
        ('p: ["Tea is a drink that many like.", "Too short."]', ["paragraph: Tea is a drink that many like."]),
        ("p: `Tea is a drink\n  that many people like.`", ["paragraph: Tea is a drink that many people like."]),
        ("p: `Tea is ${what} that many people like.`", []),
        ('painHeading: "When joints hurt"', ["heading: When joints hurt"]),
        ('sub: {title: "Three steps"}, subheading: "Tea in three steps."', ["heading: Three steps"]),
        ('imageAlt: "A cup of tea on a table of wood", image: "/a b c d e f.png"', []),
        ('cta: "https://example.org/a b c d e f"', []),
        ('cards: [{title: "Other page", href: "/b"}, {title: "Step one"}]', ["heading: Step one"]),
        ('p: t("Tea is a drink that many people like.")', []),
        ('/* p: "Tea is a drink that many like." */ // q: "Tea is a drink that many like."', []),
        ('p: "It isn\\"t a drink that \\u0041nn likes."', ['paragraph: It isn"t a drink that Ann likes.']),
        (
            'p: "Tea is \\u{1F375} and \\ud83c and \\u{FFFFFFFF}"',
            ["paragraph: Tea is \U0001f375 and \ufffd and \ufffd"],
        ),
    ],
)
def test_what_is_read(inside: str, expected: list[str]) -> None:
    assert _read(_page(inside)) == expected


@pytest.mark.parametrize(
    "text",
    [
        'export const metadata = {title: "Tea\n\nGout hurts.\n',
        "export const metadata = {p: `Tea is a drink that many people like\n\nGout hurts.\n",
        "export const metadata = {a: {b: [{c: [\n\nGout hurts.\n",
        "export const metadata = {]}])}\n\nGout hurts.\n",
        "export const metadata = {/* p: 'Tea'\n\nGout hurts.\n",
        "export const metadata = " + "{a: [" * 3000 + "\n\nGout hurts.\n",
    ],
)
def test_what_is_broken_hides_nothing_else(text: str) -> None:
    assert _read(text)[-1] == "paragraph: Gout hurts."


def test_each_word_stands_where_the_file_has_it() -> None:
    text = _page('p: [\n    "Tea isn\\\'t a drink that cures gout.",\n  ],') + "\nGout hurts.\n"
    document = parse(Source("page.mdx", text))
    for word in ("Tea", "drink", "cures", "gout", "Gout"):
        start = document.text.index(word)
        span = document.prose.span(start, start + len(word))
        assert text[span.start : span.end] == word
    apostrophe = document.text.index("'")
    span = document.prose.span(apostrophe, apostrophe + 1)
    assert text[span.start : span.end] == "\\'"


def test_what_was_read_is_not_counted_as_unchecked() -> None:
    document = parse(Source("page.mdx", _page('p: "Tea is a drink that many like.", q: "No."')))
    assert document.unchecked == {"components": 10}


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        (
            "faqs:\n  - question: Does tea help?\n    answer: Tea is a drink that many like.",
            ["heading: Does tea help?", "paragraph: Tea is a drink that many like."],
        ),
        (
            "content:\n  - type: paragraph\n    content:\n      - type: text\n"
            "        text: 'It''s what many people do like.'",
            ["field: paragraph", "field: text", "paragraph: It's what many people do like."],
        ),
        (
            "hero: {subheading: Tea for everybody, image: /tea that many like here.png}",
            ["heading: Tea for everybody", "field: /tea that many like here.png"],
        ),
        ("intro: Tea is a drink that many like.", ["field: Tea is a drink that many like."]),
        (
            "author: {name: Ann, bio: Ann has treated gout for many years.}",
            ["field: Ann", "field: Ann has treated gout for many years."],
        ),
        ("sources:\n  - title: Tea and gout in two hundred people", ["field: Tea and gout in two hundred people"]),
        ("seo_settings: {page_text: Tea is a drink that many like.}", ["field: Tea is a drink that many like."]),
        (
            "faqs:\n  - answer: |\n      Tea is a drink\n      that many like.",
            ["paragraph: Tea is a drink that many like."],
        ),
    ],
)
def test_what_is_prose_in_front_matter(front: str, expected: list[str]) -> None:
    assert _read(f"---\n{front}\n---\n", "page.md") == expected
    assert _read(f"---\n{front}\n---\n<p>Gout hurts.</p>\n", "page.html") == [*expected, "paragraph: Gout hurts."]


def test_prose_in_toml_and_its_place() -> None:
    text = '+++\ntitle = "Tea"\n[[faqs]]\nanswer = "It isn\\"t a drink that cures gout."\n+++\n\nGout hurts.\n'
    document = parse(Source("page.md", text))
    assert [block.kind for block in document.blocks] == ["title", "paragraph", "paragraph"]
    start = document.text.index("cures gout")
    span = document.prose.span(start, start + len("cures gout"))
    assert text[span.start : span.end] == "cures gout"


def test_prose_in_front_matter_stays_a_value() -> None:
    text = "---\nlegal:\n  note: This page gives general information and replaces no doctor.\n---\n\nGout hurts.\n"
    document = parse(Source("page.md", text))
    assert [(field.key, field.value) for field in document.fields] == [
        ("legal.note", "This page gives general information and replaces no doctor.")
    ]
    assert [block.kind for block in document.blocks] == ["paragraph", "paragraph"]


def test_the_keys_of_front_matter_mean_the_same_in_an_export() -> None:
    page = _page('authorName: "Ana Ruiz", dateModified: "2026-04-02", reviewedBy: "Bo Hill", tags: ["Tea", "Gout"]')
    fields = [(field.key, field.value) for field in parse(Source("page.mdx", page)).fields]
    assert fields == [("author_name", "Ana Ruiz"), ("date_modified", "2026-04-02"), ("reviewed_by", "Bo Hill")]
