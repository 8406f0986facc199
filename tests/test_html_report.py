"""The HTML report: what stands in it, and that nothing an article says can run."""

import re
import shutil
import subprocess
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest

from healthlint import Config, lint_text
from healthlint.cli import main
from healthlint.formats import parse
from healthlint.report import page, verdicts
from healthlint.report.page.grades import Section, article_grade, sections_of
from healthlint.report.page.marks import marked_blocks
from healthlint.report.verdicts import Suggestion
from healthlint.text import Source

ARTICLES = Path(__file__).parent / "articles"
OWNED = "document.title='owned'"
HOSTILE = {
    "plain.txt": (
        f"A revolutionary therapy <script>{OWNED}</script>\n\n"
        f"People with asthma </mark></p></main><img src=x onerror={OWNED}> got the miracle cure"
        f" <svg onload={OWNED}>.\n\n"
        f'"onmouseover={OWNED} x=" \' --> ]]> <!-- <style>*{{display:none}}</style> </style> </title>'
        "<base href=//x>\n\n"
        "A game-changer \u202egnihton\u202c for people \u2066with\u2069 asthma"
        " &lt;b&gt; &amp;lt; &#60;i&#62;, they said.\n"
    ),
    "words.md": (
        f'---\ntitle: "<img src=x onerror={OWNED}> A revolutionary therapy"\n"<svg onload={OWNED}>": "<b>x</b>"\n---\n'
        f"The miracle cure [costs](javascript:{OWNED}) ![<script>{OWNED}</script>](x)"
        f" &lt;script&gt;{OWNED}&lt;/script&gt;\n"
        f"`<iframe srcdoc=x>` and <javascript:{OWNED}> for people with asthma.\n"
    ),
    "page.html": (
        f"<title>&lt;/title&gt;&lt;script&gt;{OWNED}&lt;/script&gt; A revolutionary therapy</title>"
        f"<p>The <b>miracle</b> cure &lt;img src=x onerror={OWNED}&gt; for people <a href='javascript:{OWNED}'>with</a>"
        " asthma.</p>"
    ),
    f"'\"><img src=x onerror={OWNED}>.txt": "The miracle cure for people with asthma is sold in the shop.\n",
}
"""Articles and a file name that try to be markup. Each has a finding."""
ELEMENTS = frozenset(
    "html head meta title style body a main header h1 h2 h3 h4 h5 h6 p strong b section article div span ul li table"
    " caption thead tbody tr th td svg defs pattern rect path form details summary fieldset legend label input button"
    " mark blockquote ins".split()
)
TOGGLE = "<script>document.getElementById('{}').click();document.title={}</script>"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs at the top of an empty repository."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def report_of(contents: dict[str, str], *options: str) -> str:
    """The report over files with these contents."""
    for name, text in contents.items():
        Path(name).write_bytes(text.encode())
    main(["-o", "html=report.html", "--as-of", "2026-11-24", *options, "--", *contents])
    return Path("report.html").read_text(encoding="utf-8")


class Seen(HTMLParser):
    """The elements of a page with their attributes, and the text of each element that ends."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, dict[str, str], str]] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag not in ("meta", "input", "rect", "path"):
            self._open.append((tag, attributes, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        name, attributes, parts = self._open.pop()
        assert name == tag
        self.texts.append((tag, attributes, "".join(parts)))

    def handle_data(self, data: str) -> None:
        """The numbers that stand behind findings are left out."""
        if not any("ref" in attributes.get("class", "").split() for _, attributes, _ in self._open):
            for _, _, parts in self._open:
                parts.append(data)

    def text(self, tag: str, name: str) -> list[str]:
        """The texts of the elements of a class."""
        return [
            text for kind, attributes, text in self.texts if kind == tag and name in attributes.get("class", "").split()
        ]


def assert_harmless(content: str) -> None:
    """Only the elements of the report, no code in attributes, nothing that loads something."""
    seen = Seen(content)
    assert {tag for tag, _ in seen.elements} <= ELEMENTS
    for tag, attributes in seen.elements:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset", "data")]
        assert attributes.get("href", "#").startswith("#"), (tag, attributes)
    assert "url(" not in content.replace("url(#hatch)", "")


def test_hostile_articles_are_text() -> None:
    content = report_of(HOSTILE)
    assert_harmless(content)
    texts = [text for _, _, text in Seen(content).texts]
    for text in (
        f"A revolutionary therapy <script>{OWNED}</script>",
        f"People with asthma </mark></p></main><img src=x onerror={OWNED}> got the miracle cure <svg onload={OWNED}>.",
        "A game-changer \\u202egnihton\\u202c for people \\u2066with\\u2069 asthma"
        " &lt;b&gt; &amp;lt; &#60;i&#62;, they said.",
        f"Title of the page <img src=x onerror={OWNED}> A revolutionary therapy",
        f"</title><script>{OWNED}</script> A revolutionary therapy",
        f"The miracle cure <img src=x onerror={OWNED}> for people with asthma.",
        f"'\"><img src=x onerror={OWNED}>.txt",
    ):
        assert any(found.endswith(text) for found in texts), text
    assert [text for tag, _, text in Seen(content).texts if tag == "title"] == ["Health article check, 2026-11-24"]


def test_the_report_forbids_scripts_and_the_network() -> None:
    seen = Seen(report_of(HOSTILE))
    policies = [attributes["content"] for tag, attributes in seen.elements if "http-equiv" in attributes]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]


@pytest.mark.parametrize(
    "contents",
    [
        HOSTILE,
        {"a.md": "The drug may help some people. The effect is short.\n"},
        {"a.md": ""},
        {path.name: path.read_text(encoding="utf-8") for path in sorted(ARTICLES.iterdir())},
    ],
    ids=["hostile", "clean", "empty", "articles"],
)
def test_the_report_is_html(contents: dict[str, str]) -> None:
    content = report_of(contents)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    targets = {element.get("href", "")[1:] for element in tree.iter("a")}
    assert targets - set(ids) == set()
    assert len(list(tree.iter("h1"))) == len(list(tree.iter("main"))) == 1
    for element in tree.iter("section"):
        assert element.get("aria-labelledby") in ids
    assert all(label.find("input") is not None for label in tree.iter("label"))


# What stands in it


def test_findings_are_marked_in_place_and_explained_beside() -> None:
    text = (
        "# Sleep\r\n\r\nMany people sleep badly.\r\n\r\n## Masks\r\n\r\n"
        "Élise’s cafe\u0301 says 🩺: the mask is\r\na **game-changer** &amp;"
        " a [breakthrough *treatment*](x) for asthma.\r\n"
    )
    seen = Seen(report_of({"a.md": text}, "--select", "HYPE-001"))
    assert seen.text("mark", "warning") == ["game-changer", "breakthrough treatment"]
    assert seen.text("p", "block-paragraph") == [
        "Many people sleep badly.",
        "Élise’s cafe\u0301 says 🩺: the mask is a game-changer & a breakthrough treatment for asthma.",
    ]
    assert [text for tag, _, text in seen.texts if tag in ("h3", "h4")][:2] == ["Sleep", "Masks"]
    first, second = seen.text("div", "note")
    assert first == (
        '1 Warning HYPE-001 hype superlative line 8"game-changer" tells readers how to feel about the finding instead'
        " of what was found.Rewrite: Delete the word and state the result: who was studied, how many, what changed, by"
        " how much.Why it mattersA word that claims exceptional importance for a treatment, test or finding tells"
        " readers how to feel about it before they know what was found. Half of the cancer drugs called breakthroughs"
        " in the news had no approval."
    )
    assert second.startswith('2 Warning HYPE-001 hype superlative line 8"breakthrough treatment" tells readers')
    links = [attributes["href"] for tag, attributes in seen.elements if "ref" in attributes.get("class", "").split()]
    assert links == ["#note-1", "#note-2"]
    (rule,) = [text for tag, attributes, text in seen.texts if attributes.get("class") == "rule"]
    assert rule.startswith("HYPE-001 hype superlative\nA word that claims")
    assert "\nExpected share of fair findings: high. Sources:\nAbola & Prasad" in rule


def test_findings_that_overlap_are_cut_into_parts() -> None:
    source = Source("a.md", "One **two** three four.\n")
    document = parse(source)
    finding = lint_text("A miracle cure for people with asthma.\n", config=Config(select=("HYPE-001",)))[0]
    found = [finding._replace(start=start, end=end) for start, end in ((6, 17), (12, 22), (6, 9), (99, 100))]
    (marked,) = marked_blocks(document, found)
    assert marked.begin == (0, 1, 2)
    assert marked.parts == (
        ("One ", frozenset(), ()),
        ("two", frozenset({0, 2}), (2,)),
        (" ", frozenset({0}), ()),
        ("three", frozenset({0, 1}), (0,)),
        (" four", frozenset({1}), (1,)),
        (".", frozenset(), ()),
    )


@pytest.mark.parametrize("path", sorted(ARTICLES.iterdir()), ids=lambda path: path.name[:3])
def test_every_finding_of_an_article_is_marked(path: Path) -> None:
    source = Source(path.name, path.read_text(encoding="utf-8"))
    found = lint_text(source.text, filename=path.name)
    marks = marked_blocks(parse(source), found)
    assert sorted(number for block in marks for number in block.begin) == list(range(len(found)))
    for number, finding in enumerate(found):
        shown = "".join(text for block in marks for text, numbers, _ in block.parts if number in numbers)
        assert shown.split() == finding.text.split()


def test_findings_about_the_whole_article_stand_above_it() -> None:
    text = "# Pain\n\nThe drug reduced pain in rats. This miracle cure also improved how well the animals slept.\n"
    seen = Seen(report_of({"a.md": text}, "--select", "EVID-003,HYPE-001"))
    (whole,) = seen.text("div", "whole")
    assert whole.startswith("About the article as a whole1 Warning EVID-003 missing translation caveat line 3")
    assert "HYPE-001" not in whole
    assert (seen.text("mark", "document"), seen.text("mark", "s-error")) == (["rats"], ["miracle cure"])


def test_suggestions_and_related_places_stand_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        verdicts, "suggestions", lambda _: (Suggestion(0, 1, "a <b>", False), Suggestion(0, 1, "", False))
    )
    text = "# Pain\n\nThe drug reduced pain in rats. The treatment also improved how well the animals slept.\n"
    (note,) = Seen(report_of({"a.md": text}, "--select", "EVID-003")).text("div", "note")
    assert (
        "Instead: a <b>Instead: nothing“The drug reduced pain in rats.” (line 3): the result; no sentence says" in note
    )


def rows(content: str, name: str) -> list[list[str]]:
    """The rows of the table that a heading or caption names, as texts."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content)
    (region,) = (e for e in tree.iter("div") if e.get("aria-labelledby") == name)
    return [["".join(cell.itertext()) for cell in row] for row in region.iter("tr")]


def test_the_summary_counts_by_article_by_rule_and_by_grade() -> None:
    bad = "# A revolutionary therapy\n\nMany people have asthma.\n\n## Cures\n\nThis miracle cure is sold in shops.\n"
    easy = "# Sleep\n\n" + "Most of us sleep at night. We need it to feel well. A walk may help you to sleep. " * 8
    draft = "---\ndraft: true\n---\nThis drug may help.\n"
    contents = {"easy.md": easy, "bad.md": bad, "draft.md": draft, "empty.md": ""}
    content = report_of(contents, "--select", "HYPE-001,DISC-001")
    assert rows(content, "by-article") == [
        ["Article", "Errors", "Warnings", "Notes", "Reading grade", ""],
        ["bad.md", "1", "1", "0", "too short", ""],
        ["easy.md", "0", "0", "0", f"{article_grade(parse(Source('easy.md', easy))):.1f}", ""],
        ["draft.md (draft)", "0", "0", "0", "too short", ""],
    ]
    assert rows(content, "by-rule") == [["Rule", "Findings", ""], ["HYPE-001 hype superlative", "2", ""]]
    assert rows(content, "by-grade") == [
        ["Grade", "Articles", ""],
        ["up to 6", "1", ""],
        ["above 6, up to 8", "0", ""],
        ["above 8, up to 10", "0", ""],
        ["above 10, up to 12", "0", ""],
        ["above 12", "0", ""],
        ["too short to grade", "2", ""],
    ]
    assert "<strong>One of them has errors</strong>: 1 error, 1 warning, 0 notes." in content
    assert (
        '<section aria-labelledby="unchecked"><h2 id="unchecked">Not checked</h2><ul><li>empty.md: empty</li></ul>'
        in content
    )


def test_a_bar_has_a_part_for_each_severity() -> None:
    content = report_of(
        {"a.md": "# A revolutionary therapy\n\nMany people have asthma.\n\n## Cures\n\nA miracle cure.\n"}
    )
    (table,) = re.findall(r'<table><thead><tr><th scope="col">Article</th>.*?</table>', content)
    widths = dict(re.findall(r'<rect class="(\w+)" x="[\d.]+" y="1" width="([\d.]+)"', table))
    (counts,) = rows(content, "by-article")[1:]
    sizes = [int(count) for count in counts[1:4]]
    assert [float(widths[level]) for level in ("error", "warning", "info")] == [
        pytest.approx(240 * size / sum(sizes), abs=0.1) for size in sizes
    ]


@pytest.mark.parametrize("path", sorted(ARTICLES.iterdir()), ids=lambda path: path.name[:3])
def test_the_grade_is_the_one_of_the_rule(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    (finding,) = lint_text(text, filename=path.name, config=Config(select=("READ-001",)))
    assert f"Reading grade {article_grade(parse(Source(path.name, text))):.1f} " in finding.message


def test_sections_have_grades_of_their_own() -> None:
    easy = "We all need to sleep at night. It makes us feel well. A short walk may help you. " * 2
    hard = (
        "Pharmacological interventions necessitate comprehensive evaluation of individual characteristics. "
        "Multidisciplinary collaboration facilitates appropriate therapeutic decisions in complicated situations. "
        "Considerable heterogeneity characterises epidemiological investigations of contemporary populations. "
    )
    text = f"{easy}\n\n# Rest\n\n{hard}\n\n## Walks\n\nWalk.\n"
    first, second, third = sections_of(parse(Source("a.md", text)))
    assert (first.name, first.words, third) == ("", 36, Section("Walks", 1, None))
    assert (second.name, second.words) == ("Rest", 25)
    assert (first.grade, second.grade) == (pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59), None)


def test_a_report_without_findings_has_no_filters() -> None:
    content = report_of({"a.md": "The drug may help some people. The effect is short.\n"}, "--select", "HYPE-001")
    assert "<form" not in content
    assert "Nothing was found." in content


# Colours


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "print"])
def test_words_stand_out_from_their_ground(scheme: int) -> None:
    sheet = Path(page.__file__).with_name("style.css").read_text(encoding="utf-8")
    block = re.findall(r":root \{([^}]*)\}", sheet)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    assert len(colours) == 13
    pairs = [
        (words, ground)
        for ground in ("ground", "panel")
        for words in ("words", "muted", "link", "error", "warning", "info")
    ]
    pairs += [("words", f"{level}-mark") for level in ("error", "warning", "info")]
    pairs += [(level, f"{level}-mark") for level in ("error", "warning", "info")]
    assert [pair for pair in pairs if _contrast(*(colours[name] for name in pair)) < 4.5] == []
    assert _contrast(colours["grade"], colours["ground"]) > 3


# In a browser


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program; the test is skipped where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium is installed")
    return program


def in_chromium(program: str, content: str, *options: str) -> str:
    """The page as the browser sees it, after its scripts, if any, have run."""
    Path("page.html").write_text(content, encoding="utf-8")
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
        " --disable-component-update --disable-sync --virtual-time-budget=2000"
    )
    command = [program, *flags.split(), f"--user-data-dir={Path('profile').absolute()}", *options]
    page_ = Path("page.html").absolute().as_uri()
    done = subprocess.run([*command, "--dump-dom", page_], capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


def title_of(dom: str) -> str:
    (title,) = re.findall(r"<title>(.*?)</title>", dom, re.DOTALL)
    return str(title)


@pytest.mark.parametrize("policed", [True, False], ids=["with the policy", "without"])
def test_nothing_of_an_article_runs_in_a_browser(chromium: str, policed: bool) -> None:
    content = report_of(HOSTILE)
    if not policed:
        content = re.sub(r'<meta http-equiv="Content-Security-Policy".*?>\n', "", content)
        assert "Content-Security-Policy" not in content
    dom = in_chromium(chromium, content)
    assert title_of(dom) == "Health article check, 2026-11-24"
    elements = set(re.findall(r"<([a-z][a-z0-9-]*)", dom))
    assert elements <= ELEMENTS


def test_the_hostile_article_would_run_if_it_could(chromium: str) -> None:
    dom = in_chromium(chromium, f"<html><head><title>x</title></head><body>{HOSTILE['plain.txt']}</body></html>")
    assert title_of(dom) == "owned"


@pytest.mark.parametrize(
    ("box", "shown"),
    [
        ("show-s-error", {"HYPE-001": [False, True], "CITE-004": [True]}),
        ("show-f-HYPE", {"HYPE-001": [False, False], "CITE-004": [True]}),
        ("show-r-CITE-004", {"HYPE-001": [True, True], "CITE-004": [False]}),
    ],
)
def test_filters_hide_findings_without_any_script_of_the_report(
    chromium: str, box: str, shown: dict[str, list[bool]]
) -> None:
    text = (
        "# A revolutionary therapy\n\nMany people have asthma.\n\n## Cures\n\n"
        "This miracle cure is sold in shops. A recent study shows that it helps people with asthma.\n"
    )
    content = report_of({"a.md": text}, "--select", "HYPE-001,CITE-004")
    content = re.sub(r'<meta http-equiv="Content-Security-Policy".*?>\n', "", content)
    for kind, style in (("note", "display"), ("ref", "display"), ("mark", "backgroundColor")):
        elements = f"[...document.querySelectorAll('{'mark' if kind == 'mark' else '.' + kind}')]"
        asked = (
            f"{elements}.map(e => e.className.match(/r-([A-Z]+-\\d+)/)[1] + ' ' + getComputedStyle(e).{style}).join()"
        )
        dom = in_chromium(chromium, content.replace("</body>", TOGGLE.format(box, asked) + "</body>"))
        visible: dict[str, list[bool]] = {}
        for rule, value in re.findall(r"([A-Z]+-\d+) (none|block|inline|rgba?\([^)]*\))", title_of(dom)):
            visible.setdefault(rule, []).append(value not in ("none", "rgba(0, 0, 0, 0)"))
        assert visible == shown, kind
