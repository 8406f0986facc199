"""Whatever a file holds, the answer is clear, nobody sees a traceback, and the time is in proportion to the length."""

import json
from itertools import product
from pathlib import Path

import pytest

from healthlint import lint_text
from healthlint.analysis.furniture import furniture
from healthlint.analysis.segments import repeated_titles, segments
from healthlint.analysis.sentences import quotations, sentences, words
from healthlint.cli import main
from healthlint.formats import parse
from healthlint.text import Source

BAD = "Guaranteed relief in one session.\n"
ELEPHANT = bytes(range(256)) * 40
DAY = ("--as-of", "2026-11-24")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in an empty folder that no configuration governs."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def lint(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], list[str], str]:
    """The status, the places of the findings, what was skipped, and what stands in standard error but the last line."""
    status = main(["-o", "json", "--select", "HYPE-008", *DAY, *arguments])
    printed = capsys.readouterr()
    result = json.loads(printed.out) if printed.out else {"findings": [], "skipped": []}
    found = [f"{f['path']}:{f['line']}:{f['column']}: {f['text']}" for f in result["findings"]]
    skipped = [f"{entry['path']}: {entry['reason']}" for entry in result["skipped"]]
    assert "Traceback" not in printed.err
    return status, found, skipped, "\n".join(printed.err.splitlines()[:-1])


def test_a_binary_file_in_a_folder_is_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_bytes(ELEPHANT)
    Path("b.md").write_text(BAD)
    assert lint(capsys, ".") == (1, ["./b.md:1:1: Guaranteed relief"], ["./a.md: not text"], "")


def test_a_binary_file_that_is_named_is_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_bytes(ELEPHANT)
    Path("b.txt").write_text(BAD)
    assert lint(capsys, "a.txt", "b.txt") == (1, ["b.txt:1:1: Guaranteed relief"], ["a.txt: not text"], "")


def test_an_empty_file_is_skipped(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_bytes(b" \r\n\t")
    Path("b.md").write_text(BAD)
    assert lint(capsys, ".") == (1, ["./b.md:1:1: Guaranteed relief"], ["./a.md: empty"], "")


def test_a_file_that_is_not_utf8_is_told_and_the_others_are_linted(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_bytes(b"Some caf\xe9s.")
    Path("b.md").write_text(BAD)
    reason = "is not UTF-8 text (byte 8); save it as UTF-8"
    expected = (2, ["./b.md:1:1: Guaranteed relief"], [f"./a.md: {reason}"], f"healthlint: ./a.md {reason}")
    assert lint(capsys, ".") == expected


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
@pytest.mark.parametrize("name", ["a.md", "a.html", "a.mdx", "a.txt"])
def test_a_byte_order_mark_is_read_and_counts(name: str, encoding: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = "\ufeff\U0001f642 caf\u00e9 offers guaranteed relief.\r\n\r\nIt is the second line of all.\r\n"
    Path(name).write_bytes(text.encode(encoding))
    assert lint(capsys, name) == (1, [f"{name}:1:16: guaranteed relief"], [], "")


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.mdx", "a.txt"])
def test_nul_bytes_far_inside_change_no_place(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "It may help some people.\n\n" * 400
        + "\x00 \x00\x00 a\x00b\n\nIt offers guaranteed\x00 relief in one session.\n"
    )
    Path(name).write_bytes((text + BAD).encode())
    assert lint(capsys, name)[:3] == (1, [f"{name}:804:1: Guaranteed relief"], [])


@pytest.mark.parametrize(
    "front_matter",
    [
        "---\na: " + "[" * 100_000 + "\n---\n",
        "---\n" + "- " * 100_000 + "\n---\n",
        "---\na: &a [x]\n" + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 60)) + "---\n",
        "---\na: &b0 [x]\n" + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 60)) + "---\n",
        "+++\na = " + "[" * 100_000 + "\n+++\n",
        "+++\na" + ".a" * 100_000 + " = 1\n+++\n",
        "---\n" + "".join(f"k{n}: v\n" for n in range(20_000)) + "---\n",
        "---\n\x01: \x02\n---\n",
        "---\n" * 10_000,
        "+++\n" * 10_000,
    ],
    ids=lambda value: value[4:12],
)
def test_any_front_matter(front_matter: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(front_matter + "\n" + BAD, encoding="utf-8")
    line = front_matter.count("\n") + 2
    assert lint(capsys, "a.md")[:3] == (1, [f"a.md:{line}:1: Guaranteed relief"], [])


DEEP = {
    "quotes.md": "> " * 10_000,
    "lists.md": "- " * 10_000,
    "numbers.md": "1. " * 10_000,
    "divs.html": "<div>" * 10_000,
    "lists.html": "<ul><li>" * 10_000,
    "bold.html": "<b>" * 10_000,
    "components.mdx": "<Card>\n" * 10_000,
    "divs.md": "<div>" * 10_000 + "\n\n",
    "braces.mdx": "{" * 10_000 + "\n\n",
    "brackets.md": "[" * 10_000 + "\n\n",
}


@pytest.mark.parametrize("name", DEEP)
def test_ten_thousand_levels(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_text(DEEP[name] + BAD)
    before = DEEP[name]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert lint(capsys, name) == (1, [f"{name}:{line}:{column}: Guaranteed relief"], [], "")


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.mdx", "a.txt"])
@pytest.mark.parametrize("unit", ["word ", "It may help. ", "x"])
def test_a_line_of_a_million_characters(name: str, unit: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = unit * (1_000_000 // len(unit)) + ". "
    Path(name).write_text(before + BAD)
    assert lint(capsys, name) == (1, [f"{name}:1:{len(before) + 1}: Guaranteed relief"], [], "")


SIGNS = (
    "<", "<a ", '<a b="', '<a b=\'">', "</", "</a ", "<!", "<!--", "<!-- >", "<![", "<?", "&", "&#", "&#1", "<p>",
    "<b>x", "<i>x<p>", "<li>", "<div hidden>", "<script>", "<title>", "<svg>", "<a href=x>", "<A>x", "<A {", '<A "',
    "</A><A>", "<td>x", "{", "}", "{%", "{% x %}", "{% raw %}", "{{", "{{x}}", "{{< highlight >}}", "{/*", "{'",
    '{ "', "{`", "{a}", "{#a}", "$a_", "$$a", ":::n\n", ":::n t\n", "import {\n\n", "export x\n", "`", "`a ``b ",
    "```\n", "```a\n", "~~~\n~~~a\n", "    a\n\n", "\t", "\x00", "[", "](", "[a](", "![", "[^a]", "[^a]: b\n",
    "[a]: b\n", "*", "**a ", "_a", "~", "\\", "#", "> ", "- ", "- a\n", "1. ", "|", "|a|\n|-|\n", ": a\n", "a\n: b\n",
    "---\n", "+++\n", "\n", "\r", "\r\n", ".", "a. ", "Dr. ", "A. ", "1. A", "... ", '"', "\u201c", "a'", "http://",
    "www.", "a@", "10.1234/", "Ab\n", "Ab ab ab\n", "References\n", "x" * 60 + "\n", "Home:\nx\n", "\xb9.", "a.1 B",
)  # fmt: skip


@pytest.mark.parametrize("name", ["a.md", "a.mdx", "a.html", "a.txt"])
@pytest.mark.parametrize("sign", SIGNS)
def test_repeated_signs_take_time_in_proportion(name: str, sign: str) -> None:
    """A search that began again at each sign would take minutes."""
    text = sign * (60_000 // len(sign))
    document = parse(Source(name, text))
    for analyse in (words, sentences, segments, quotations, furniture, repeated_titles):
        analyse(document)
    assert all(document.prose.span(block.start, block.end).end <= len(text) for block in document.blocks)


SCRAPS = (
    *("", "#", "# Tea", "Tea.", "- a", "| a |\n|---|\n| b |", "> q", "![x](y)", "<p>", "***", "1", "%", "?", "\u200b"),
    *("Mice.", "In mice, tea helped.", "[1]: x", "---\ntitle: Tea\n---\n", "```\ncode\n```"),
)


@pytest.mark.parametrize("form", ["md", "mdx", "html", "txt"])
def test_every_rule_survives_documents_of_next_to_nothing(form: str) -> None:
    for text in ("\n\n".join(pair) for pair in product(SCRAPS, SCRAPS)):
        for finding in lint_text(text, filename=f"a.{form}"):
            assert text[finding.start : finding.end] == finding.text
