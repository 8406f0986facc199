"""What part each block plays in articles of every format."""

import pytest

from healthlint.analysis.furniture import contents, furniture
from healthlint.analysis.segments import repeated_titles, section_starts, segments, title
from healthlint.document import Document
from healthlint.formats import parse
from healthlint.text import Source

LONG = "It was a small trial of twelve adults with mild asthma who took the drug for six weeks and kept a diary."


def test_a_description_that_stands_twice_counts_once() -> None:
    line = "Tea calms people who cannot sleep within an hour."
    document = parse(Source("a.md", f"---\ntitle: Tea\ndescription: {line}\n---\n{line}\n\nIt is green."))
    told = [
        s.value
        for b, s in zip(document.blocks, segments(document), strict=True)
        if line in document.text[b.start : b.end]
    ]
    assert told == ["metadata", "lead"]


def test_the_end_of_a_release() -> None:
    """What follows "###" and "About ..." is about the sender; what goes on with the story is not."""
    parts = {
        "The tea calms people who cannot sleep, and it does so within an hour of drinking it at night.": "lead",
        "More people slept in the second week, and the third week was better than the second one.": "sentence",
        "Nobody was ill after it, and most people said that they would drink it again at home.": "sentence",
        "The hospital pays for the tea, and the garden of the hospital is where all of it grows.": "sentence",
        "About Harbour Health": "bio",
        "Harbour Health is one of the largest hospitals of the coast and committed to care.": "bio",
        "###": "boilerplate",
        "Ruiz will now test the tea in a larger group of people who cannot sleep at night.": "sentence",
        "Media contact: Ana Ruiz": "boilerplate",
    }
    document = parse(Source("a.txt", "\n\n".join(parts)))
    told = {document.text[b.start : b.end]: s.value for b, s in zip(document.blocks, segments(document), strict=True)}
    assert told == parts


def document(name: str, text: str) -> Document:
    return parse(Source(name, text))


def parts(name: str, text: str) -> list[str]:
    """Each block as `segment: its first words`."""
    read = document(name, text)
    texts = [" ".join(read.text[block.start : block.end].split()[:4]) for block in read.blocks]
    return [f"{segment}: {words}" for segment, words in zip(segments(read), texts, strict=True)]


MARKDOWN = f"""---
title: Asthma and the weather
description: Why cold air can make asthma worse.
author: Jane Roe
---
# Asthma and the weather

*By Jane Roe, 3 May 2024*

{LONG}

{LONG}

## What to do

Use your inhaler.

- Keep warm
- Avoid smoke

> The cold is a common trigger, she said.

**Does it help?**

Often.

| Drug | Dose |
|------|------|
| A    | 5 mg |

![An inhaler](a.png)

## References

1. Roe J. Cold air. 2020.

Disclaimer: this page is for information purposes only.

## About the author

Jane Roe writes.

[^1]: Roe 2020.
"""

PAGE = f"""<html><head><title>Site</title><meta name="description" content="Cold air and asthma."></head><body>
<nav><a href="/">Home</a></nav>
<article><h1>Asthma and the weather</h1><p>Updated 2024-05-03 &middot; Reviewed by Dr. Roe</p><p>5 mins read</p>
<p>{LONG}</p><h2>What to do</h2><p>Use your inhaler.</p><ul><li>Keep warm</li></ul><blockquote>She said so.</blockquote>
<p><strong>Does it <em>help</em>?</strong></p><p>Often.</p>
<h2>Medical disclaimer</h2><p>Ask your doctor.</p><h3>Sources:</h3><p>Roe 2020.</p>
<p>© 2024 Roe Ltd. All rights reserved.</p>
</article><footer>Contact</footer></body></html>"""

SAVED = f"""Menu
in
Asthma and the Weather
Asthma and the weather
Roe Clinic
5 min read May 3, 2024

Why cold air makes it worse

{LONG}

{LONG}
What to Do in Winter
Use your inhaler before you go out, and wear a scarf over your mouth and nose.
It can help to know the signs:
Wheezing
A tight chest

Does It Pass?

For most people the tight feeling passes within an hour of coming back into the warm.

This article is not intended to be used as a substitute for medical advice.

SOURCES
[1] https://www.example.org/cold
Originally published at https://www.example.org on May 3, 2024.
--
Jane Roe
Jane is a freelance health writer who lives in the north.
Leave a Reply
"""

WRAPPED = """Cold air narrows the airways of many people with asthma, and a scarf
over the mouth and nose warms it a little.

About the author: Jane Roe is a columnist.
"""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "a.md",
            MARKDOWN,
            [
                "title: Asthma and the weather",
                "lead: Why cold air can",
                "metadata: Jane Roe",
                "boilerplate: Asthma and the weather",
                "metadata: By Jane Roe, 3",
                "lead: It was a small",
                "sentence: It was a small",
                "heading: What to do",
                "sentence: Use your inhaler.",
                "list: Keep warm",
                "list: Avoid smoke",
                "quote: The cold is a",
                "heading: Does it help?",
                "sentence: Often.",
                "list: Drug",
                "list: Dose",
                "list: A",
                "list: 5 mg",
                "sentence: An inhaler",
                "references: References",
                "references: Roe J. Cold air.",
                "disclaimer: Disclaimer: this page is",
                "bio: About the author",
                "bio: Jane Roe writes.",
                "references: Roe 2020.",
            ],
        ),
        (
            "a.html",
            PAGE,
            [
                "lead: Cold air and asthma.",
                "boilerplate: Home",
                "title: Asthma and the weather",
                "metadata: Updated 2024-05-03 · Reviewed",
                "metadata: 5 mins read",
                "lead: It was a small",
                "heading: What to do",
                "sentence: Use your inhaler.",
                "list: Keep warm",
                "quote: She said so.",
                "heading: Does it help?",
                "sentence: Often.",
                "disclaimer: Medical disclaimer",
                "disclaimer: Ask your doctor.",
                "references: Sources:",
                "references: Roe 2020.",
                "boilerplate: © 2024 Roe Ltd.",
                "boilerplate: Contact",
            ],
        ),
        (
            "a.txt",
            SAVED,
            [
                "boilerplate: Menu",
                "sentence: in",
                "title: Asthma and the Weather",
                "boilerplate: Asthma and the weather",
                "metadata: Roe Clinic",
                "metadata: 5 min read May",
                "heading: Why cold air makes",
                "sentence: It was a small",
                "sentence: It was a small",
                "heading: What to Do in",
                "sentence: Use your inhaler before",
                "sentence: It can help to",
                "list: Wheezing",
                "list: A tight chest",
                "heading: Does It Pass?",
                "sentence: For most people the",
                "disclaimer: This article is not",
                "references: SOURCES",
                "references: [1] https://www.example.org/cold",
                "metadata: Originally published at https://www.example.org",
                "boilerplate: --",
                "bio: Jane Roe",
                "bio: Jane is a freelance",
                "boilerplate: Leave a Reply",
            ],
        ),
        ("a.txt", WRAPPED, ["lead: Cold air narrows the", "bio: About the author: Jane"]),
        ("a.mdx", "# T\n\n<Note>\n## In it\n</Note>\n\ntext", ["title: T", "heading: In it", "sentence: text"]),
        ("a.md", "[Source](https://x.org)\n\nIt helps.\n", ["metadata: Source", "sentence: It helps."]),
        (
            "a.md",
            "It helps.\n\n**Sources**\n\nRoe.\n",
            ["sentence: It helps.", "references: Sources", "references: Roe."],
        ),
        (
            "a.md",
            "Oily fish helps.\n\nSources: oily fish and eggs.",
            ["sentence: Oily fish helps.", "sentence: Sources: oily fish and"],
        ),
        ("a.md", "It helps.\n\nSource: Roe 2020.", ["sentence: It helps.", "references: Source: Roe 2020."]),
        (
            "a.md",
            "It does not replace insulin.\n\nIt is not a substitute for salt.",
            ["sentence: It does not replace", "sentence: It is not a"],
        ),
        ("a.md", "It cannot replace professional medical advice.", ["disclaimer: It cannot replace professional"]),
        (
            "a.md",
            "**A warning that is a whole sentence.**\n\nMore.\n\n**Last line**",
            ["sentence: A warning that is", "sentence: More.", "sentence: Last line"],
        ),
        ("a.md", "Partly **bold** line\n\nMore.", ["sentence: Partly bold line", "sentence: More."]),
        (
            "a.md",
            "Partly **bold**\n\nMore.\n\n- item\n\nThe first paragraph that could have been a lead.",
            ["sentence: Partly bold", "sentence: More.", "list: item", "sentence: The first paragraph that"],
        ),
        ("a.md", "", []),
    ],
)
def test_parts_of_an_article(name: str, text: str, expected: list[str]) -> None:
    assert parts(name, text) == expected


def test_a_heading_governs_the_blocks_below_it() -> None:
    assert section_starts(document("a.md", "intro\n\n# A\n\ntext\n\n## B\n\n- item\n")) == (-1, 1, 1, 3, 3)


def test_a_line_of_short_lines_without_prose_holds_no_heading() -> None:
    assert parts("a.txt", "One\n\nTwo\n\nThree\n") == ["sentence: One", "sentence: Two", "sentence: Three"]


def test_the_title_and_what_repeats_it() -> None:
    text = f"Asthma In Winter\nAsthma in winter! Table of Contents\n\n{LONG}\n\nAsthma in winter\n\n{LONG}\n"
    read = document("a.txt", text)
    first = title(read)
    assert first is not None
    assert read.text[first.start : first.end] == "Asthma In Winter"
    assert [read.text[block.start : block.end] for block in repeated_titles(read)] == [
        "Asthma in winter! Table of Contents",
        "Asthma in winter",
    ]


def test_page_furniture_is_told_from_prose() -> None:
    read = document("a.txt", "Menu\n\nThe menu of the clinic is long.\n\n-----\n\nLeave a Reply\n")
    assert [read.text[block.start : block.end] for _, block in furniture(read)] == ["Menu", "-----", "Leave a Reply"]


def test_a_table_of_contents_is_navigation() -> None:
    items = (
        "1. [Best teas](#best)\n2. [Cost](#cost) - 3 KB\n3. [Who](#who)\n4. A [long](#long) item that tells a lot.\n"
    )
    read = document("a.md", f"# Tea\n\n{items}")
    assert sorted(read.text[block.start : block.end] for block in contents(read)) == ["Best teas", "Cost - 3 KB", "Who"]


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("Quarry Lane Clinic\n\nHome\n\nSeven ways to live with migraine\n\nBy Ana Ruiz", 2),
        ("Quarry Lane Clinic\n\nLiving with migraine\n\nLiving with migraine", 1),
        ("Living with migraine | Quarry Lane Clinic\n\nTo think about\n\nLiving with migraine", 2),
        ("Migraine\n\nWhat an attack is like", 0),
        ("Women and migraine", 0),
    ],
    ids=["name of the site", "twice", "title of the window", "heading below", "alone"],
)
def test_the_title_of_a_page_saved_as_text(page: str, line: int) -> None:
    lines = page.split("\n\n")
    prose = "Migraine is a common disease, and many people have it for years."
    read = parse(Source("a.txt", "\n\n".join([*lines, prose])))
    found = title(read)
    assert found is not None
    assert read.text[found.start : found.end] == lines[line]
    assert all(kind.value in ("boilerplate", "metadata") for kind in segments(read)[:line])


def test_fields_of_an_export_are_no_part_of_the_article() -> None:
    text = (
        "Five uses of nettle tea\n\nHandle: five-uses\n\nSEO Title: Nettle tea\n\n---\n\nExcerpt\n\n"
        "No excerpt available\n\nContent\n\nNettle tea is drunk in many houses, and most people like it with honey.\n"
    )
    read = parse(Source("a.txt", text))
    told = [kind.value for kind in segments(read)]
    assert told == ["title", *["boilerplate"] * 6, "lead"]


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    read = parse(Source("a.txt", "By the third week she slept well again.\n\nBy Jane Roe\n"))
    assert [kind.value for kind in segments(read)] == ["lead", "metadata"]


def test_the_article_goes_on_below_its_sources() -> None:
    text = (
        f"Tea for gout\n\n{LONG}\n\nReferences\n\nRuiz A, et al. Tea and gout in adults. Acta Rheum. 2019;4:1-9."
        "\n\nTea board. What the leaves of the hills do, a leaflet for the members of the board.\n\n"
        "Always talk to the nurse of your practice before you drink more than two cups of it.\n\nIt is green.\n"
    )
    assert [part.split(":")[0] for part in parts("a.txt", text)] == [
        *("title", "lead", "references", "references", "references", "sentence", "sentence")
    ]


@pytest.mark.parametrize("below", ["By Ann Hill", "2025-03-08", "May 3, 2026"])
def test_a_first_line_above_a_byline_is_the_title(below: str) -> None:
    assert parts("a.txt", f"calming tea\n{below}\n\n{LONG}\n")[:2] == ["title: calming tea", f"metadata: {below}"]


def test_a_long_paragraph_without_a_stop_is_prose_below_a_heading() -> None:
    text = f"The tea of the hills\n\n{LONG[:-1]} and drank the tea at night and in the morning for all of that time"
    assert parts("a.txt", text)[0] == "title: The tea of the"
