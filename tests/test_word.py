"""What is read from Word files, with its places; hostile files; what runs say of them."""

import contextlib
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wordfiles import archive, box, paragraph, parts_of, run, table, word_file

from healthlint import Config, lint, lint_text
from healthlint.cli import main
from healthlint.engine import lint_bytes
from healthlint.formats import parse
from healthlint.formats.contents import read
from healthlint.formats.word import package
from healthlint.text import Place, Unreadable

NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'


def told(data: bytes) -> list[str]:
    """All that a Word file says, a line each; ` <- ` stands before the source of a text that differs from it."""
    source = read("a.docx", data)
    assert source is not None
    document = parse(source)

    def place(start: int, end: int) -> str:
        clean, span = document.text[start:end], document.prose.span(start, end)
        found = source.text[span.start : span.end]
        return clean if clean == found else f"{clean} <- {found}"

    return [
        *(f"{b.kind}{b.level or ''}{' strong' * b.strong}: {place(b.start, b.end)}" for b in document.blocks),
        *(f"link to {link.target}: {place(link.start, link.end)}" for link in document.links),
        *(f"{field.key} = {place(field.start, field.end)}" for field in document.fields),
        *(f"{count} unchecked as {reason}" for reason, count in sorted(document.unchecked.items())),
    ]


def field(code: str, *result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return "".join([mark("begin"), instruction, mark("separate"), *result, mark("end")])


READ: list[tuple[str, list[str]]] = [
    (
        paragraph("A title", style="Titel") + paragraph("One", style="berschrift1") + paragraph("Two", style="Own"),
        ["heading1: A title", "heading1: One", "heading1: Two"],
    ),
    (paragraph("Three", style="Level"), ["heading3: Three"]),
    (paragraph("Direct", more='<w:outlineLvl w:val="1"/>'), ["heading2: Direct"]),
    (paragraph("None", style="Level", more='<w:outlineLvl w:val="9"/>'), ["paragraph: None"]),
    (
        paragraph("Point", style="Punkt")
        + paragraph("Deep", more='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="4"/></w:numPr>')
        + paragraph("Plain", style="Liste")
        + paragraph("Out", style="Liste", more='<w:numPr><w:numId w:val="0"/></w:numPr>'),
        ["item2: Point", "item2: Deep", "paragraph: Plain", "paragraph: Out"],
    ),
    (
        paragraph("Said", style="Zitat") + paragraph("Fig. 1", style="Bild") + paragraph("Tea\t3", style="TOC1"),
        ["quote: Said", "caption: Fig. 1", "furniture: Tea 3 <- Tea\t3"],
    ),
    (
        paragraph("Unknown", style="Nowhere") + paragraph("Loop", style="LoopA"),
        ["paragraph: Unknown", "paragraph: Loop"],
    ),
    (
        table(["a", "b"], ["c", ""]) + table(["One cell is a frame."]),
        ["cell: a", "cell: b", "cell: c", "paragraph: One cell is a frame."],
    ),
    (
        paragraph(run("All", "<w:b/>"), run(" ", ""), run("bold", '<w:rStyle w:val="Fett"/>'))
        + paragraph(run("Not", "<w:b/>"), run(" all"))
        + paragraph(run("Off", '<w:rStyle w:val="Fett"/><w:b w:val="0"/>'))
        + paragraph(run("Large letters", '<w:sz w:val="32"/>')),
        ["paragraph strong: All bold", "paragraph: Not all", "paragraph: Off", "paragraph strong: Large letters"],
    ),
    (
        paragraph(
            run("Seen, "), run("secret words ", "<w:vanish/>"), run("more ", '<w:rStyle w:val="Geheim"/>'), "shown."
        ),
        ["paragraph: Seen, shown.", "3 unchecked as hidden text"],
    ),
    (
        paragraph(
            "Old is ",
            '<w:del w:id="1"><w:r><w:delText>gone</w:delText><w:tab/></w:r></w:del>',
            f'<w:ins w:id="2">{run("new")}</w:ins>',
            f'<w:moveFrom w:id="3">{run("moved")}</w:moveFrom><w:moveTo w:id="4">{run(" here")}</w:moveTo>',
        ),
        ["paragraph: Old is new here"],
    ),
    (
        paragraph("Head ", style="berschrift1", more='<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph("goes on."),
        ["paragraph: Head goes on. <- Head \ngoes on."],
    ),
    (
        paragraph("The end of the last one is gone.", more='<w:rPr><w:del w:id="1"/></w:rPr>'),
        ["paragraph: The end of the last one is gone."],
    ),
    (
        '<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>'
        + paragraph("Gone")
        + "</w:tc></w:tr></w:tbl>"
        + paragraph("Left"),
        ["paragraph: Left"],
    ),
    (
        paragraph(
            "<w:r><w:t>A</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>"
            '<w:t>e</w:t><w:sym w:font="Symbol" w:char="03B1"/><w:lastRenderedPageBreak/><w:t>f&#10;g</w:t></w:r>'
        ),
        ["paragraph: A b c-de\u03b1f g <- A\tb c-de\u03b1f g"],
    ),
    (
        paragraph(
            "Page ", field(" PAGE ", run("7")), " of ", f'<w:fldSimple w:instr=" NUMPAGES ">{run("9")}</w:fldSimple>'
        ),
        ["paragraph: Page 7 of 9"],
    ),
    (
        paragraph(
            "See ", '<w:hyperlink r:id="rId9">' + run("this ") + run("study", "<w:b/>") + "</w:hyperlink>", " and "
        )
        + paragraph(field(' HYPERLINK "https://b.example/x" ', run("that ")), "one.")
        + paragraph('<w:hyperlink w:anchor="below">' + run("below") + "</w:hyperlink>"),
        [
            "paragraph: See this study and",
            "paragraph: that one.",
            "paragraph: below",
            "link to https://a.example/paper: this study",
            "link to https://b.example/x: that",
            "link to #below: below",
        ],
    ),
    (
        paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "never closed") + paragraph("It goes on."),
        ["paragraph: It goes on."],
    ),
    (
        paragraph(
            "Tea helps",
            run("1,2", '<w:vertAlign w:val="superscript"/>'),
            " in m",
            run("2", '<w:vertAlign w:val="superscript"/>'),
        ),
        ["paragraph: Tea helps\u00b9,\u00b2 in m\u00b2 <- Tea helps1,2 in m2"],
    ),
    (
        paragraph(f"<w:smartTag><w:customXml>{run('Lon')}</w:customXml>{run('don')}</w:smartTag>", " is wet."),
        ["paragraph: London is wet."],
    ),
    (
        paragraph(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Filled')}</w:sdtContent></w:sdt>",
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>",
        ),
        ["paragraph: Filled"],
    ),
    (
        paragraph("Before ", box(paragraph("In the box"), paragraph("Point", style="Punkt")), "after."),
        ["paragraph: Before after.", "paragraph: In the box", "item2: Point"],
    ),
    (
        paragraph("x is ", "<m:oMath><m:r><m:t>a b</m:t></m:r></m:oMath>", " here."),
        ["paragraph: x is  here.", "2 unchecked as formulas"],
    ),
    (
        paragraph(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>small</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>large</w:t></w:r>"
            "</w:rubyBase></w:ruby></w:r>"
        ),
        ["paragraph: large"],
    ),
    (
        paragraph("A ", '<w:commentRangeStart w:id="0"/>', "word", '<w:commentRangeEnd w:id="0"/>', "."),
        ["paragraph: A word."],
    ),
    (
        paragraph("\u2022\tTyped")
        + paragraph(run("1", "<w:b/>"), run(". "), run("One"))
        + paragraph("- ", style="Titel"),
        ["item1: Typed", "item1: One", "heading1: -"],
    ),
    (paragraph("  Blanks ", "\u00a0") + "<w:p/>" + paragraph("   "), ["paragraph: Blanks"]),
]


@pytest.mark.parametrize(
    ("body", "expected"), READ, ids=lambda value: value[-1][:30] if isinstance(value, list) else ""
)
def test_what_is_read(body: str, expected: list[str]) -> None:
    assert told(word_file(body, links={"rId9": "https://a.example/paper"})) == expected


def test_notes_headers_and_properties() -> None:
    data = word_file(
        paragraph("Tea helps.", NOTE, " It is hot."),
        footnotes={1: paragraph("<w:r><w:footnoteRef/></w:r>", " Smith 2020."), 2: paragraph("Nobody refers to me.")},
        header=paragraph("Acme Clinic"),
        properties="<dc:title>Tea</dc:title><dc:creator>Jane\nDoe</dc:creator><dcterms:modified>2026-01-02T00:00:00Z"
        "</dcterms:modified>",
    )
    assert told(data) == [
        "paragraph: Tea helps. It is hot.",
        "footnote: Smith 2020.",
        "furniture: Acme Clinic",
        "field: Tea",
        "field: Jane Doe",
        "link to #fn-footnote-1: .",
        "title = Tea",
        "author = Jane Doe",
    ]


@pytest.mark.parametrize("name", ["python-docx", "Microsoft Office User", "User", "admin", "Windows User"])
def test_an_author_who_is_nobody(name: str) -> None:
    assert told(word_file(paragraph("Tea."), properties=f"<dc:creator>{name}</dc:creator>")) == ["paragraph: Tea."]


def test_a_strict_file_and_another_name_for_the_document() -> None:
    data = word_file(paragraph("Strict.", style="Titel"))
    parts = parts_of(data)
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        name: part.replace(old, b"http://purl.oclc.org/ooxml/wordprocessingml/main") for name, part in parts.items()
    }
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["word/_rels/document2.xml.rels"] = parts.pop("word/_rels/document.xml.rels")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    assert told(archive(parts)) == ["heading1: Strict."]


ARTICLE = word_file(
    paragraph("How our tea cures arthritis", style="Titel"),
    paragraph("Guaran", run("teed re", "<w:b/>"), run("lief in one session. ", "<w:i/>"), "It is all we know.", NOTE),
    table(["Herb", "Use"], ["Ginger", "A miracle cure for pain"]),
    paragraph("See the box. ", box(paragraph("Guaranteed results in one week.")), "It is in here."),
    paragraph("It is a break", more='<w:rPr><w:del w:id="7"/></w:rPr>'),
    paragraph("through treatment."),
    footnotes={1: paragraph("Smith 2020.")},
)
WORDS = Config(select=("HYPE",))


def test_every_finding_has_its_exact_place() -> None:
    report = lint_bytes("a.docx", ARTICLE, WORDS)
    assert report.source is not None
    assert [(f.rule, f.line, f.column, f.end_line, f.end_column, f.place, f.text) for f in report.findings] == [
        ("HYPE-003", 1, 13, 1, 28, Place(1, 12, 1), "cures arthritis"),
        ("HYPE-008", 2, 1, 2, 18, Place(2, 0, 1), "Guaranteed relief"),
        ("HYPE-001", 6, 3, 6, 15, Place(6, 2, 1), "miracle cure"),
        ("HYPE-008", 8, 1, 8, 19, Place(8, 0, 1), "Guaranteed results"),
        ("HYPE-001", 9, 9, 10, 18, Place(9, 8, 1), "break\nthrough treatment"),
    ]
    assert [report.source.text[f.start : f.end] for f in report.findings] == [f.text for f in report.findings]


def test_places_name_the_run() -> None:
    data = word_file(
        paragraph(run("It is "), run(""), run("secret", "<w:vanish/>"), run("a "), run("miracle cure", "<w:b/>"))
    )
    (finding,) = lint_bytes("a.docx", data, WORDS).findings
    assert (finding.text, finding.place) == ("miracle cure", Place(1, 8, 5))


LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]), max_size=12)
RUNS = st.lists(
    st.tuples(LETTERS, st.sampled_from(["", "<w:b/>", "<w:vanish/>", '<w:vertAlign w:val="superscript"/>']))
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(RUNS, st.sampled_from(["", "Titel", "Punkt", "Zitat"]))))
def test_all_that_is_read_stands_at_its_place(paragraphs: list[tuple[list[tuple[str, str]], str]]) -> None:
    """Every block of clean text is, but for blanks and raised digits, what stands at its place in the source."""
    body = [paragraph(*(run(_escaped(text), look) for text, look in runs), style=style) for runs, style in paragraphs]
    source = read("a.docx", word_file(*body))
    assert source is not None
    shown = ["".join(text for text, look in runs if "vanish" not in look) for runs, _ in paragraphs]
    one_line = [line.replace("\u2028", " ").replace("\u2029", " ") for line in shown]
    assert source.text == "\n".join(one_line)
    document = parse(source)
    plain = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789")
    for block in document.blocks:
        span = document.prose.span(block.start, block.end)
        said = document.text[block.start : block.end]
        assert said.translate(plain) == source.text[span.start : span.end].translate(plain)
        place = source.place(span.start)
        assert place is not None
        line = one_line[place.paragraph - 1]
        assert line[place.offset :].startswith(source.text[span.start : span.end])
    assert [b.start for b in document.blocks] == sorted(b.start for b in document.blocks)
    assert len(document.blocks) == sum(bool(line.strip()) for line in one_line)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


GOOD = word_file(paragraph("It may help some people."))
BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>"
OUTER = b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>"
DEEP = b"<a>" * 5000 + b"</a>" * 5000
NO_WORD = "is no Word file, whatever its name says; open it in Word and save it as .docx"
REPAIR = "let Word repair it (Open, then Open and Repair) and save it again"
DAMAGED = f"is damaged or incomplete; fetch it again, or {REPAIR}"
HARM = "it may be made to do harm; if it is yours, open it in Word and save it again"
PROTECTED = "is protected with a password; take the password off in Word and save it again"


def encrypted(data: bytes) -> bytes:
    """The archive with the flag of encryption set for all its parts."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 1)
    return bytes(changed)


def with_part(name: str, content: bytes) -> bytes:
    return archive(parts_of(GOOD) | {name: content})


HOSTILE = {
    "text": (b"Just text.", NO_WORD),
    "old": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999,
        "is a file of Word 97 to 2003 (.doc), whatever its name says; open it in Word and save it as .docx",
    ),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..." + "EncryptedPackage".encode("utf-16-le"), PROTECTED),
    "flag": (encrypted(GOOD), PROTECTED),
    "rtf": (b"{\\rtf1 x}", "is Rich Text (.rtf), whatever its name says; open it in Word and save it as .docx"),
    "cut": (GOOD[:-30], DAMAGED),
    "short": (GOOD[:200], DAMAGED),
    "zip": (
        archive({"a.txt": b"x"}),
        "holds no Word document (no word/document.xml is in it); open it in Word and save it as .docx",
    ),
    "odt": (
        archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
        "is an OpenDocument file, whatever its name says; open it in Word and save it as .docx",
    ),
    "entities": (
        with_part("word/document.xml", BOMB),
        f"declares entities or a document type in word/document.xml, as Word never does; {HARM}",
    ),
    "entities in styles": (
        with_part("word/styles.xml", OUTER),
        f"declares entities or a document type in word/styles.xml, as Word never does; {HARM}",
    ),
    "entities in relations": (
        with_part("_rels/.rels", BOMB),
        f"declares entities or a document type in _rels/.rels, as Word never does; {HARM}",
    ),
    "deep": (
        with_part("word/document.xml", DEEP),
        f"has more than 200 levels of elements in word/document.xml; {HARM}",
    ),
    "no XML": (
        with_part("word/document.xml", b"<w:document>\n<w:body>"),
        f"is damaged (line 1, column 1 of word/document.xml); {REPAIR}",
    ),
    "encoding": (
        with_part("word/document.xml", b"<?xml version='1.0' encoding='nobody-knows'?><x/>"),
        f"is damaged (word/document.xml cannot be decoded); {REPAIR}",
    ),
    "ratio": (
        with_part("word/document.xml", b"<a>" + b" " * (5 << 20) + b"</a>"),
        f"unpacks to more than 250 times its size, as no text does; {HARM}",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_sound_word_file_is_refused_and_the_others_are_linted(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data, sentence = HOSTILE[name]
    monkeypatch.chdir(tmp_path)
    Path("a.docx").write_bytes(data)
    Path("b.docx").write_bytes(ARTICLE)
    assert main(["--isolated", "--select", "HYPE-003", "-o", "json", "."]) == 2
    printed = capsys.readouterr()
    assert printed.err.splitlines()[0] == f"healthlint: ./a.docx {sentence}"
    result = json.loads(printed.out)
    assert result["skipped"] == [{"path": "./a.docx", "reason": sentence}]
    assert [finding["text"] for finding in result["findings"]] == ["cures arthritis"]
    assert result["summary"]["files"] == 1


@pytest.mark.parametrize(
    ("limit", "value", "sentence"),
    [
        ("MOST_XML", 1000, "holds more than 0 MB of text, as no article does; "),
        ("MOST_BYTES", 1 << 20, "unpacks to more than 1 MB, as no article does; "),
        ("MOST_PARTS", 5, "has more than 5 parts, as no article does; "),
    ],
)
def test_what_would_fill_the_memory_is_refused(
    limit: str, value: int, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = archive(parts_of(GOOD) | {"word/media/a.bmp": b"\0" * (2 << 20)})
    read("a.docx", data)
    monkeypatch.setattr(package, limit, value)
    with pytest.raises(Unreadable) as caught:
        read("a.docx", data)
    assert str(caught.value) == sentence + HARM


@pytest.mark.parametrize("seed", range(150))
def test_a_file_with_wrong_bytes_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    changed = bytearray(ARTICLE)
    for _ in range(chance.randint(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    with contextlib.suppress(Unreadable):
        lint_bytes("a.docx", bytes(changed), WORDS)


@pytest.mark.parametrize("seed", range(100))
def test_wrong_xml_is_read_or_refused(seed: int) -> None:
    """Elements at places where Word would never put them."""
    chance = random.Random(seed)
    names = (
        "p r t tbl tr tc fldChar instrText hyperlink sdt sdtContent pPr rPr numPr footnoteReference sectPr ruby".split()
    )

    def element(depth: int) -> str:
        name = chance.choice(names)
        inner = "".join(element(depth + 1) for _ in range(chance.randint(0, 3))) if depth < 6 else "words"
        value = chance.choice(["begin", "separate", "end", "1", "", "\u0663", "99999999999999999999"])
        return f'<w:{name} w:fldCharType="{value}" w:val="{value}" w:id="{value}">{inner}</w:{name}>'

    lint_bytes("a.docx", word_file(*(element(0) for _ in range(20))), WORDS)


def test_ten_thousand_paragraphs_and_deep_tables() -> None:
    nested = paragraph("It is a miracle cure.")
    for _ in range(20):
        nested = f"<w:tbl><w:tr><w:tc>{nested}{paragraph()}</w:tc></w:tr></w:tbl>"
    data = word_file(paragraph("It may help some people.") * 10_000 + nested)
    assert [f.place for f in lint_bytes("a.docx", data, WORDS).findings] == [Place(10_001, 8, 1)]


def test_python_users(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(ARTICLE)
    only = Config(select=("HYPE-003",))
    assert [finding.text for finding in lint([str(tmp_path)], only)] == ["cures arthritis"]
    (tmp_path / "b.docx").write_bytes(b"PK")
    with pytest.raises(ValueError, match=r"b\.docx is damaged or incomplete"):
        list(lint([str(tmp_path / "b.docx")], only))
    assert [f.line for f in lint_text("Our tea cures arthritis.", filename="a.docx", config=only)] == [1]


def run_lint(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main([*words, "--as-of", "2026-11-24", "--color", "never"])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("a.docx").write_bytes(ARTICLE)
    return tmp_path


@pytest.mark.usefixtures("here")
def test_what_writers_see(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run_lint(capsys, "--select", "HYPE-003", "a.docx")
    assert (status, out) == (
        1,
        "a.docx\n"
        "  paragraph 1  error  HYPE-003 cure-language\n"
        "          How our tea cures arthritis\n"
        "                      ^^^^^^^^^^^^^^^\n"
        '          "cures arthritis" promises an end to the condition.\n'
        '          Rewrite: Say what changed and for how long: "reduced symptoms for two\n'
        '          weeks in 18 people".\n\n',
    )
    assert err == "1 file, 42 words checked as of 2026-11-24; 1 error, 0 warnings, 0 infos.\n"


@pytest.mark.usefixtures("here")
def test_json_has_the_place(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text("# How our tea cures arthritis\n")
    _, out, _ = run_lint(capsys, "--select", "HYPE-003", "-o", "json", ".")
    word, plain = json.loads(out)["findings"]
    assert word["place"] == {"paragraph": 1, "offset": 12, "run": 1}
    assert {key: word[key] for key in ("line", "column", "end_line", "end_column", "start", "end")} == {
        "line": 1,
        "column": 13,
        "end_line": 1,
        "end_column": 28,
        "start": 12,
        "end": 27,
    }
    assert "place" not in plain
    assert plain.keys() == word.keys() - {"place"}


@pytest.mark.usefixtures("here")
def test_word_files_are_never_fixed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("healthlint.yaml").write_text("disclaimer: This is general information. Ask your doctor.\n")
    for option in ("--fix", "--diff"):
        status, _, err = run_lint(capsys, option, "a.docx")
        assert status == 1
        assert err.splitlines()[0] == (
            "healthlint: Word files are never changed by --fix; 'healthlint comment FILE.docx' writes a copy with the"
            " findings as comments"
        )
    assert Path("a.docx").read_bytes() == ARTICLE


@pytest.mark.usefixtures("here")
def test_suppressions_in_the_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.docx").write_bytes(ARTICLE)
    Path("healthlint.yaml").write_text(
        'suppressions:\n  - allow: HYPE-003["cures arthritis"]\n    files: a.docx\n    reason: the name of a play\n'
    )
    _, out, err = run_lint(capsys, "--select", "HYPE-003", "-o", "json", "a.docx", "b.docx")
    found = {f["path"]: f["suppressed"] for f in json.loads(out)["findings"]}
    assert found == {
        "a.docx": {"reason": "the name of a play", "until": None, "place": "healthlint.yaml:2"},
        "b.docx": None,
    }
    assert "1 more suppressed" in err


@pytest.mark.usefixtures("here")
def test_a_baseline_survives_an_edit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "--select", "HYPE", "a.docx"]) == 0
    Path("a.docx").write_bytes(
        word_file(paragraph("New here."), paragraph("How our tea cures arthritis", style="Titel"))
    )
    capsys.readouterr()
    status, out, err = run_lint(capsys, "--select", "HYPE", "--baseline", "healthlint-baseline.json", "a.docx")
    assert (status, out) == (0, "")
    assert "; 1 more in the baseline" in err


@pytest.mark.usefixtures("here")
def test_other_commands_and_forms_take_word_files(capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.docx").write_bytes(b"PK")
    assert main(["claims", ".", "-o", "json"]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("healthlint: ./b.docx is damaged or incomplete")
    assert json.loads(printed.out)["claims"][0]["text"] == "How our tea cures arthritis"
    status, out, _ = run_lint(capsys, "--select", "HYPE-003", "-o", "html", "a.docx")
    assert status == 1
    assert '<span class="muted">paragraph 1</span>' in out


def test_runs_without_word_files_load_nothing_for_them() -> None:
    program = (
        "import sys; from healthlint import lint_text; lint_text('A miracle cure.');"
        "print([m for m in sys.modules if m.split('.')[0] in ('zipfile', 'xml', 'docx', 'lxml')"
        " or '.word.' in m + '.'])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
