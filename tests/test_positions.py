"""Every word of prose that is put into a document comes out once, in order, and leads back to its place."""

import itertools
from collections.abc import Callable
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from healthlint.document import Document
from healthlint.formats import parse
from healthlint.text import Source


class Atom(NamedTuple):
    """Some markup, the word that a reader sees in it, and how that word stands in the source."""

    source: str
    word: str
    form: str


class Text(NamedTuple):
    """Lines of a document with the words in them, in reading order."""

    lines: list[str]
    atoms: list[Atom]


Draw = Callable[[st.SearchStrategy], object]
STEMS = ("asthma", "Zürich", "cafe\u0301", "pa🙂in", "ß", "don’t", "β-blocker", "\U0001d7d9st", "naïve\u00adly", "x")
MAKE_WORD = {
    "plain": ("{w}", "{w}", "{w}"),
    "emphasis": ("*{w}*", "{w}", "{w}"),
    "strong": ("**{w}**", "{w}", "{w}"),
    "inside": ("a**{w}**b", "a{w}b", "a**{w}**b"),
    "struck": ("~~{w}~~", "{w}", "{w}"),
    "link": ('[{w}](/x "title")', "{w}", "{w}"),
    "reference": ("[*{w}*][ref]", "{w}", "{w}"),
    "attributes": ("[**{w}**{{: .c}}](/x)", "{w}", "{w}"),
    "escape": (r"a\_{w}\!", "a_{w}!", r"a\_{w}\!"),
    "entity": ("na&iuml;{w}&#x21;", "naï{w}!", "na&iuml;{w}&#x21;"),
    "tag": ('<b class="y">{w}</b>', "{w}", "{w}"),
    "sub": ("H<sub>{w}</sub>O", "H{w}O", "H<sub>{w}</sub>O"),
    "code": ("{w} `no *prose*`", "{w}", "{w}"),
    "comment": ("{w} <!-- no prose -->", "{w}", "{w}"),
    "liquid": ("{w} {{{{ page.title | upcase }}}} {{% if x %}}", "{w}", "{w}"),
    "shortcode": ("{w} {{{{< figure src='x.png' >}}}}", "{w}", "{w}"),
    "footnote": ("{w}[^n]", "{w}", "{w}"),
    "math": (r"{w} $\alpha_{{1}}$", "{w}", "{w}"),
}
HTML_WORD = {
    "plain": ("{w}", "{w}", "{w}"),
    "tag": ("<EM>{w}</EM >", "{w}", "{w}"),
    "inside": ("a<b title='>'>{w}</b>b", "a{w}b", "a<b title='>'>{w}</b>b"),
    "link": ('<a href="/x?a=1&amp;b=2">{w}</a>', "{w}", "{w}"),
    "entity": ("na&iuml;{w}&#33;&#x21;", "naï{w}!!", "na&iuml;{w}&#33;&#x21;"),
    "ampersand": ("A&{w}", "A&{w}", "A&{w}"),
    "broken": ("{w} &# &#; &; < >", "{w}", "{w}"),
    "comment": ("{w}<!-- no <b>prose</b> -->", "{w}", "{w}"),
    "code": ("{w} <code>no prose</code>", "{w}", "{w}"),
    "script": ("{w} <script>if (a < b) no('</p>')</script>", "{w}", "{w}"),
    "hidden": ("{w} <span hidden>no <span>prose</span></span>", "{w}", "{w}"),
    "liquid": ("{w} {{{{ page.title }}}}{{% if x > 1 %}}", "{w}", "{w}"),
    "break": ("{w}<br/>", "{w}", "{w}"),
    "unclosed": ("{w} <i>", "{w}", "{w}"),
}
MDX_WORD = {
    **{name: MAKE_WORD[name] for name in ("plain", "emphasis", "inside", "link", "escape", "entity", "code", "sub")},
    "component": ('<Tip text="no prose" on={{() => {{ a > b }}}}>{w}</Tip>', "{w}", "{w}"),
    "strong": ("**<Tip>{w}</Tip>**", "{w}", "{w}"),
    "expression": ("{w} {{a.map((x) => `no ${{x}} prose`)}}", "{w}", "{w}"),
    "comment": ("{w}{{/* no prose, don't */}}", "{w}", "{w}"),
    "self": ("{w} <Chart data={{[1, 2]}} />", "{w}", "{w}"),
    "style": ("<span style={{{{ color: 'red' }}}}>{w}</span>", "{w}", "{w}"),
}
PLAIN_WORD = {"plain": ("{w}", "{w}", "{w}"), "marks": ("*{w}* &amp; <b>", "{w}", "{w}")}


@st.composite
def sentence(draw: Draw, kinds: dict[str, tuple[str, str, str]], numbers: itertools.count, breaks: str) -> Text:
    """One paragraph of one or more lines, each of which begins with a plain word."""
    lines, atoms = [""], []
    for name in ["plain", *draw(st.lists(st.sampled_from(sorted(kinds)), min_size=1, max_size=6))]:
        word = f"{draw(st.sampled_from(STEMS))}{next(numbers):03d}"
        atom = Atom(*(template.format(w=word) for template in kinds[name]))
        blank = draw(st.sampled_from(" \u00a0\u202f\t" + breaks)) if atoms else ""
        if blank == "\n" and name == "plain":
            lines.append("")
        elif blank:
            lines[-1] += " " if blank == "\n" else blank
        lines[-1] += atom.source
        atoms.append(atom)
    return Text(lines, atoms)


def indented(text: Text, first: str, rest: str) -> Text:
    lines = [(rest if number else first) + line for number, line in enumerate(text.lines)]
    return Text([line.rstrip(" ") for line in lines], text.atoms)


def framed(before: str, text: Text, after: str) -> Text:
    return Text([*before.splitlines(), *text.lines, *after.splitlines()], text.atoms)


def joined(texts: list[Text], *between: str) -> Text:
    lines = list(texts[0].lines)
    for text in texts[1:]:
        lines += [*between, *text.lines]
    return Text(lines, [atom for text in texts for atom in text.atoms])


def in_one_line(text: Text) -> Text:
    return Text([" ".join(text.lines)], text.atoms)


SILENT = (
    "```\nno prose\n```",
    "~~~~ js\n    no prose\n~~~\n~~~~",
    "<!--\nno\n\nprose\n-->",
    "---",
    "<script>\nno(prose)\n</script>",
)


@st.composite
def markdown_blocks(draw: Draw, numbers: itertools.count, depth: int = 0) -> Text:
    def line() -> Text:
        return draw(sentence(MAKE_WORD, numbers, ""))

    def inner() -> Text:
        return draw(markdown_blocks(numbers, depth + 1))

    makers = {
        "paragraph": lambda: draw(sentence(MAKE_WORD, numbers, "\n")),
        "heading": lambda: indented(line(), "## ", ""),
        "setext": lambda: framed("", line(), "====="),
        "table": lambda: framed("| | |\n|---|---|", table_row(line()), ""),
        "silent": lambda: Text(draw(st.sampled_from(SILENT)).splitlines(), []),
        "html": lambda: framed("<div class='x'>\n<p>", draw(sentence(HTML_WORD, numbers, "\n")), "</p>\n</div>"),
        "admonition": lambda: framed(":::tip", draw(sentence(MAKE_WORD, numbers, "\n")), ":::"),
        "liquid": lambda: framed("{% if page.x %}", draw(sentence(MAKE_WORD, numbers, "\n")), "{% endif %}"),
        "details": lambda: framed("<details>\n\n", draw(sentence(MAKE_WORD, numbers, "\n")), "\n</details>"),
    }
    if depth < 3:
        makers["quote"] = lambda: indented(inner(), "> ", "> ")
        makers["list"] = lambda: joined([indented(inner(), "- ", "  "), indented(inner(), "- ", "  ")], "")
        makers["numbers"] = lambda: joined([indented(line(), "1. ", "   "), indented(line(), "2. ", "   ")])
    names = draw(st.lists(st.sampled_from(sorted(makers)), min_size=1, max_size=4))
    # a list item or quotation must not begin with what would be read as something else there
    return joined([draw(sentence(MAKE_WORD, numbers, "\n")), *(makers[name]() for name in names)], "")


def table_row(text: Text) -> Text:
    return Text([f"| {text.lines[0]} | |"], text.atoms)


FIELD = {
    "plain": ("{w}", "{w}", "{w}"),
    "é": ("caf\\u00e9{w}", "café{w}", "caf\\u00e9{w}"),
    "quote": ('\\"{w}\\"', '"{w}"', '\\"{w}\\"'),
}


@st.composite
def yaml(draw: Draw, numbers: itertools.count) -> Text:
    plain = {"plain": FIELD["plain"]}

    def double() -> Text:
        return indented(draw(sentence(FIELD, numbers, "\n")), 'x: "', "  ")

    styles = {
        "plain": lambda: indented(draw(sentence(plain, numbers, "\n")), "x: ", "    "),
        "single": lambda: framed("x: '", indented(draw(sentence(plain, numbers, "\n")), "  it''s ", "  "), "  '"),
        "double": lambda: (text := double())._replace(lines=[*text.lines[:-1], text.lines[-1] + '"  # no prose']),
        "folded": lambda: framed("x: >-", indented(draw(sentence(plain, numbers, "\n")), "  ", "  "), ""),
        "literal": lambda: framed(
            "x: |2+  # no prose", indented(draw(sentence(plain, numbers, "\n")), "   ", "  "), ""
        ),
        "list": lambda: framed("x:", indented(draw(sentence(plain, numbers, "")), "  - ", ""), "  - 12"),
        "flow": lambda: in_brackets(in_one_line(draw(sentence(FIELD, numbers, "")))),
        "nested": lambda: framed("x:", indented(draw(sentence(plain, numbers, "")), "  name: ", ""), ""),
    }
    names = draw(st.lists(st.sampled_from(sorted(styles)), min_size=1, max_size=4))
    texts = [with_key(styles[name](), f"key{number}") for number, name in enumerate(names)]
    return framed("---", joined(texts), "---")


def with_key(text: Text, key: str) -> Text:
    return Text([key + text.lines[0].removeprefix("x"), *text.lines[1:]], text.atoms)


def in_brackets(text: Text) -> Text:
    return Text([f'x: ["{text.lines[0]}", 3]'], text.atoms)


@st.composite
def toml(draw: Draw, numbers: itertools.count) -> Text:
    def value(opening: str, closing: str, kinds: dict[str, tuple[str, str, str]], breaks: str = "") -> Text:
        text = draw(sentence(kinds, numbers, breaks))
        lines = [opening + text.lines[0], *text.lines[1:]]
        return Text([*lines[:-1], lines[-1] + closing], text.atoms)

    plain = {"plain": FIELD["plain"]}
    styles = {
        "basic": lambda n: value(f'x{n} = "', '" # no prose', FIELD),
        "literal": lambda n: value(f"x{n} = '", "'", plain),
        "long": lambda n: value(f'x{n} = """', '"""', FIELD, "\n"),
        "raw": lambda n: value(f"x{n} = '''\n", "'''", plain, "\n"),
        "list": lambda n: value(f'x{n} = [ # no prose\n  1979-05-27, "', '",\n]', FIELD),
        "inline": lambda n: value(f'x{n} = {{ y.z = "', '", b = true }', FIELD),
        "table": lambda n: value(f'[[t.x{n}]]\n"key" = "', '"', FIELD),
    }
    names = draw(st.lists(st.sampled_from(sorted(styles)), min_size=1, max_size=4))
    return framed("+++", joined([styles[name](number) for number, name in enumerate(names)]), "+++")


@st.composite
def markdown(draw: Draw) -> tuple[str, list[Atom]]:
    numbers = itertools.count()
    parts = [draw(st.sampled_from([yaml, toml]))(numbers)] if draw(st.booleans()) else []
    head = [draw(part) for part in parts]
    body = draw(markdown_blocks(numbers))
    notes = Text(["", "[ref]: /target 'no prose'", "", "[^n]: 12", ""], [])
    return on_disk(draw, joined([*head, body, notes]))


@st.composite
def html(draw: Draw) -> tuple[str, list[Atom]]:
    numbers = itertools.count()
    frames = (
        ("<p>", "</p>"), ("<p>", ""), ("<ul>\n<li>", "</ul>"), ("<table><tr><td>12<td>", "</table>"),
        ("<h2\nid=x>", "</h2>"),
        ("<div style='color: red'>", "</div>"), ("<blockquote><p>", "</blockquote>"), ("<nav><a href=x>", "</a></nav>"),
        ("<details><summary>", "</summary></details>"), ("", ""), ("<svg><title>no</title></svg>", ""),
        ("</p></div>", ""),
        ("<img src=x alt=''>", "<pre>no\n prose</pre>"), ("<!doctype html><?php no ?>", "<![CDATA[no]]>"),
    )  # fmt: skip
    texts = [
        framed(before, draw(sentence(HTML_WORD, numbers, "\n")), after)
        for before, after in draw(st.lists(st.sampled_from(frames), min_size=1, max_size=8))
    ]
    return on_disk(draw, joined(texts))


@st.composite
def mdx(draw: Draw) -> tuple[str, list[Atom]]:
    numbers = itertools.count()

    def block(depth: int) -> Text:
        text = draw(sentence(MDX_WORD, numbers, "\n"))
        if depth == 3 or not draw(st.booleans()):
            return text
        inner = joined([block(depth + 1) for _ in range(draw(st.integers(1, 2)))], "")
        before, after = draw(st.sampled_from((
            ("<Card\n  title=\"no prose\"\n  icon={<Icon name='no' />}\n>", "</Card>"),
            ("<Card>\n\n", "\n</Card>"), ("<div className={no}>", "</div>"), ("<ul>\n<li>", "</li>\n</ul>"),
            ("<table><tbody><tr>\n<td>", "</td>\n</tr></tbody></table>"), ("<>", "</>"), (":::note\n\n", "\n:::"),
            ("- item", ""),
        )))  # fmt: skip
        indent = "  " if before == "- item" else " " * draw(st.sampled_from((0, 2, 4)))
        return joined([text, framed(before, indented(inner, indent, indent), after)], "")

    modules = Text(["import A, { B } from 'no'", "export const meta = {", "  no: 'prose',", "", "}", ""], [])
    return on_disk(draw, joined([modules, block(0), *(block(0) for _ in range(draw(st.integers(0, 2))))], ""))


@st.composite
def plain(draw: Draw) -> tuple[str, list[Atom]]:
    numbers = itertools.count()
    marks = st.sampled_from(("", "- ", "\u2022\t", "12. ", "  ", "\u00a0"))
    count = draw(st.integers(1, 8))
    texts = [indented(draw(sentence(PLAIN_WORD, numbers, "\n")), draw(marks), draw(marks)) for _ in range(count)]
    return on_disk(draw, joined(texts, *[""] * draw(st.integers(0, 2))))


def on_disk(draw: Draw, text: Text) -> tuple[str, list[Atom]]:
    end = draw(st.sampled_from(("\n", "\r\n")))
    atoms = [atom._replace(form=atom.form.replace("\n", end)) for atom in text.atoms]
    return draw(st.sampled_from(("", "\ufeff"))) + end.join(text.lines) + draw(st.sampled_from(("", end))), atoms


def assert_found(name: str, text: str, atoms: list[Atom]) -> None:
    document = parse(Source(name, text))
    places = [document.text.find(atom.word) for atom in atoms]
    assert places == sorted(set(places))
    assert -1 not in places
    assert [document.text.count(atom.word) for atom in atoms] == [1] * len(atoms)
    spans = [document.prose.span(place, place + len(atom.word)) for place, atom in zip(places, atoms, strict=True)]
    assert [text[start:end] for start, end in spans] == [atom.form for atom in atoms]
    assert "no" not in document.text.replace("not", "").split()
    assert "prose" not in document.text.split()
    assert_sound(document)


def assert_sound(document: Document) -> None:
    """Blocks, links and fields lie in order in the text, and within a block the source is read from left to right."""
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip()
        spans = [document.prose.span(at, at + 1) for at in range(block.start, block.end)]
        assert all(0 <= start <= stop <= len(document.source.text) for start, stop in spans)
        assert spans == sorted(spans)
        end = block.end
    for part in (*document.links, *document.fields):
        assert 0 <= part.start < part.end <= len(document.text)


SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@SETTINGS
@given(markdown())
def test_every_word_of_markdown_leads_to_its_place(case: tuple[str, list[Atom]]) -> None:
    assert_found("a.md", *case)


@SETTINGS
@given(html())
def test_every_word_of_html_leads_to_its_place(case: tuple[str, list[Atom]]) -> None:
    assert_found("a.html", *case)


@SETTINGS
@given(mdx())
def test_every_word_of_mdx_leads_to_its_place(case: tuple[str, list[Atom]]) -> None:
    assert_found("a.mdx", *case)


@SETTINGS
@given(plain())
def test_every_word_of_plain_text_leads_to_its_place(case: tuple[str, list[Atom]]) -> None:
    assert_found("a.txt", *case)


MARKUP = st.lists(
    st.sampled_from(
        [
            *"aé🙂e\u0301\ufdd0\x00\ufeff\u00a0 \t\r\n\\*_`[]!#>-+|:$~=<'\"{}.(&;",
            *"** ~~~ ``` ]( [^1] [^1]: [a]: 1. |-| ::: $$ --- +++ </ <!-- --> <? &amp; &# &#65;".split(),
            *"{{ }} {% %} {: {#a}".split(),
            *"<p> </p> <b> </b> <td> <li> </ul> <script> </script> <pre> <h1> <title> </title> <A> </A> <A/>".split(),
            *("\r\n", " ", "<a href='x'>", "<img alt='é'>", "{%raw%}", "{%endraw%}", "{/*", "*/}", "import x", "x: "),
        ]
    ),
    max_size=60,
).map("".join)
ANY = st.one_of(
    st.text(max_size=200), MARKUP, MARKUP.map("---\n{}\n---\nx".format), MARKUP.map("+++\n{}\n+++\nx".format)
)


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(("a.md", "a.mdx", "a.html", "a.txt")), ANY)
def test_any_text_is_read_soundly(name: str, text: str) -> None:
    assert_sound(parse(Source(name, text)))
