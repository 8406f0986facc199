"""`healthlint comment`: every finding as a comment at its words, and nothing else changed."""

import datetime
import io
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from wordfiles import archive, box, paragraph, parts_of, run, table, word_file

from healthlint import Config
from healthlint.cli import main
from healthlint.engine import lint_bytes
from healthlint.formats.contents import read
from healthlint.report.comments import commented
from healthlint.text import Unreadable

DAY = datetime.date(2026, 11, 24)
HYPE = Config(select=("HYPE",), as_of=DAY)
NOTE = '<w:r><w:t xml:space="preserve">for all</w:t><w:footnoteReference w:id="1"/></w:r>'
INSERTED = f'<w:ins w:id="5">{run("A game-")}</w:ins>'
SHORT = ("--isolated", "--as-of", "2026-11-24", "--select", "HYPE")


def marked(data: bytes) -> list[tuple[str, str]]:
    """For each comment, in the order in which the text refers to them, its first line and the words it stands at."""
    document = docx.Document(io.BytesIO(data))
    heads = {str(comment.comment_id): comment.paragraphs[0].text for comment in document.comments}
    open_, words, order = set[str](), dict.fromkeys(heads, ""), list[str]()
    for element in document.element.iter():
        number = element.get(qn("w:id"), "")
        if element.tag == qn("w:commentRangeStart"):
            open_.add(number)
        elif element.tag == qn("w:commentRangeEnd"):
            open_.remove(number)
        elif element.tag == qn("w:commentReference"):
            order.append(number)
        elif element.tag in (qn("w:t"), qn("w:tab"), qn("w:footnoteReference")) and not _is_boxed(element):
            said = {qn("w:t"): element.text, qn("w:tab"): "\t"}.get(element.tag, "[note]")
            for one in open_:
                words[one] += said or ""
    assert not open_
    assert sorted(order) == sorted(heads)
    return [(heads[number], words[number]) for number in order]


def _is_boxed(element: object) -> bool:
    return any(True for _ in element.iterancestors(qn("w:txbxContent")))  # type: ignore[attr-defined]


def comments(data: bytes, config: Config = HYPE) -> bytes:
    return commented(data, lint_bytes("a.docx", data, config), DAY)[0]


def said(data: bytes) -> list[list[str]]:
    return [[p.text for p in comment.paragraphs] for comment in docx.Document(io.BytesIO(data)).comments]


ARTICLE = word_file(
    paragraph("How our tea cures arthritis", style="Titel"),
    paragraph(
        "Guaran",
        run("teed re", "<w:b/>"),
        run("lief in one session. ", "<w:i/>"),
        "It is revolutionary treatment ",
        NOTE,
    ),
    paragraph(
        "See ", '<w:hyperlink r:id="rId9">', run("the landmark study and the miracle cure"), "</w:hyperlink>", "."
    ),
    table(["Herb", "Use"], ["Ginger", "A miracle cure for pain"]),
    paragraph("See the box. ", box(paragraph("Guaranteed results in one week.")), "It is in here."),
    paragraph(INSERTED, '<w:del w:id="6"><w:r><w:delText>x</w:delText></w:r></w:del>', "changing pill."),
    paragraph("It is a break", more='<w:rPr><w:del w:id="7"/></w:rPr>'),
    paragraph("through treatment."),
    links={"rId9": "https://a.example/paper"},
    footnotes={1: paragraph("Smith 2020.")},
    header=paragraph("Acme"),
)


def test_every_finding_is_a_comment_at_its_words() -> None:
    assert marked(comments(ARTICLE)) == [
        ("Error HYPE-003 cure-language", "cures arthritis"),
        ("Error HYPE-008 guaranteed-or-absolute-efficacy", "Guaranteed relief"),
        ("Error HYPE-001 hype-superlative", "revolutionary treatment"),
        ("Warning HYPE-001 hype-superlative", "landmark study"),
        ("Warning HYPE-001 hype-superlative", "miracle cure"),
        ("Warning HYPE-001 hype-superlative", "miracle cure"),
        ("Error HYPE-008 guaranteed-or-absolute-efficacy", ""),
        ("Warning HYPE-001 hype-superlative", "game-changing"),
        ("Warning HYPE-001 hype-superlative", "breakthrough treatment"),
    ]


def test_what_a_comment_says() -> None:
    data = comments(ARTICLE)
    assert said(data)[0] == [
        "Error HYPE-003 cure-language",
        '"cures arthritis" promises an end to the condition.',
        'Rewrite: Say what changed and for how long: "reduced symptoms for two weeks in 18 people".',
    ]
    assert said(data)[6][:2] == [
        "Error HYPE-008 guaranteed-or-absolute-efficacy",
        "In this text box: \u201cGuaranteed results\u201d",
    ]
    (first, *_) = docx.Document(io.BytesIO(data)).comments
    assert (first.author, first.initials) == ("healthlint", "HL")
    assert first.timestamp == datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)


def test_nothing_else_changes() -> None:
    """The text reads the same, run by run with its looks; all other parts have the same bytes or mean the same."""
    after = comments(ARTICLE)
    one, two = read("a.docx", ARTICLE), read("a.docx", after)
    assert one is not None
    assert two is not None
    assert one.text == two.text
    assert _looks(ARTICLE) == _looks(after)
    names = set(zipfile.ZipFile(io.BytesIO(after)).namelist()) - set(zipfile.ZipFile(io.BytesIO(ARTICLE)).namelist())
    assert names == {"word/comments.xml"}


def _looks(data: bytes) -> list[tuple[str, str]]:
    """Every character of the body with the properties of its run; what stands in text boxes, twice."""
    found = []
    for element in docx.Document(io.BytesIO(data)).element.iter(qn("w:t")):
        properties = element.getparent().find(qn("w:rPr"))
        look = "" if properties is None else ",".join(inner.tag.rpartition("}")[2] for inner in properties)
        found += [(character, look) for character in element.text or ""]
    return found


def test_the_same_input_gives_the_same_bytes_and_comments_are_not_repeated() -> None:
    once = comments(ARTICLE)
    assert once == comments(ARTICLE)
    assert {part.date_time for part in zipfile.ZipFile(io.BytesIO(once)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    report = lint_bytes("a.docx", once, HYPE)
    again, added = commented(once, report, DAY)
    assert (added, marked(again)) == (0, marked(once))
    more = lint_bytes("a.docx", once, Config(select=("HYPE", "READ-003"), as_of=DAY))
    assert [finding.text for finding in more.findings] == [finding.text for finding in report.findings]


def test_the_comments_of_others_are_kept() -> None:
    document = docx.Document()
    words = document.add_paragraph("It is a ").add_run("miracle cure")
    document.add_comment(words, text="Really?", author="Ann")
    file = io.BytesIO()
    document.save(file)
    data = comments(file.getvalue())
    assert marked(data) == [("Warning HYPE-001 hype-superlative", "miracle cure"), ("Really?", "miracle cure")]
    assert [comment.author for comment in docx.Document(io.BytesIO(data)).comments] == ["Ann", "healthlint"]


def test_findings_about_the_whole_file_stand_at_the_title() -> None:
    text = (
        "Ginger tea reduces pain in patients with arthritis. Ginger lowers blood pressure in adults. Ginger relieves"
        " nausea in people with cancer. Ginger tea treats insomnia "
    )
    data = word_file(
        paragraph("Tea and you", style="Titel"),
        paragraph(text, NOTE, "."),
        footnotes={1: paragraph("See XQZV and https://a.example/paper.")},
        properties="<dc:creator>Wellness Staff</dc:creator>",
    )
    config = Config(select=("DISC-001", "DISC-002", "DISC-003"), as_of=DAY)
    found = comments(data, config)
    assert marked(found) == [
        ("Error DISC-001 missing-medical-disclaimer", "Tea and you"),
        ("Warning DISC-003 missing-medical-reviewer", "Tea and you"),
        ("Warning DISC-002 missing-author", "Tea and you"),
    ]
    assert said(found)[2][1] == "In the properties of the file: \u201cWellness Staff\u201d"


def test_a_finding_in_a_footnote_stands_at_its_reference() -> None:
    data = word_file(
        paragraph(box(paragraph("A box that begins the page."))),
        paragraph("Tea and you", style="Titel"),
        paragraph("It is a miracle cure ", NOTE, " of us."),
        footnotes={1: paragraph("Smith 2020, a miracle cure.")},
        header=paragraph("A miracle cure"),
    )
    report = lint_bytes("a.docx", data, HYPE)
    (finding,) = report.findings
    assert report.source is not None
    places = [place for place in range(len(report.source.text)) if report.source.text.startswith("miracle cure", place)]
    moved = [finding._replace(start=place, end=place + 12) for place in places]
    found, added = commented(data, report._replace(findings=tuple(moved)), DAY)
    head = "Error HYPE-001 hype-superlative"
    assert added == 3
    assert marked(found) == [(head, "Tea and you"), (head, "miracle cure"), (head, "for all[note]")]
    assert [lines[1] for lines in said(found)] == [
        finding.message,
        "In this footnote: \u201cmiracle cure\u201d",
        "In the header or footer of the page: \u201cmiracle cure\u201d",
    ]


def changed(**parts: tuple[bytes, bytes]) -> bytes:
    """A file with comments in which some bytes of the parts with these names are others."""
    names = {"types": "[Content_Types].xml", "comments": "word/comments.xml", "document": "word/document.xml"}
    content = parts_of(comments(ARTICLE))
    for part, (old, new) in parts.items():
        assert old in content[names[part]]
        content[names[part]] = content[names[part]].replace(old, new)
    return archive(content)


@pytest.mark.parametrize(
    "data",
    [
        changed(comments=(b"</w:comments>", b"")),
        changed(comments=(b"w:comments", b"w:none")),
        changed(comments=(b'w:id="1"', b'w:id="x"')),
        changed(comments=(b"<w:comments", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:comments"), types=(b"<Types", b"<T")),
        changed(types=(b"wordprocessingml.document.main", b"wordprocessingml.template.main")),
        changed(
            document=(b"schemas.openxmlformats.org/wordprocessingml/2006", b"purl.oclc.org/ooxml/wordprocessingml")
        ),
    ],
    ids=["cut", "none", "id", "types", "template", "strict"],
)
def test_what_can_be_read_but_not_written(data: bytes) -> None:
    report = lint_bytes("a.docx", data, HYPE)
    assert len(report.findings) == 9
    with pytest.raises(Unreadable) as caught:
        commented(data, report, DAY)
    assert str(caught.value) == (
        "is in a form that cannot be written; open it in Word and save it as 'Word Document (*.docx)'"
    )


def test_a_file_with_text_in_a_box_only() -> None:
    found = comments(word_file(paragraph(box(paragraph("It is a miracle cure.")))))
    assert marked(found) == [("Warning HYPE-001 hype-superlative", "")]


def test_blanks_at_new_ends_of_runs_are_kept() -> None:
    found = comments(word_file("<w:p><w:r><w:t>It is a miracle cure for all.</w:t></w:r></w:p>"))
    texts = docx.Document(io.BytesIO(found)).element.iter(qn("w:t"))
    preserve = qn("xml:space"), "preserve"
    assert [(text.text, text.items()) for text in texts] == [
        ("It is a ", [preserve]),
        ("miracle cure", [preserve]),
        (" for all.", [preserve]),
    ]


def test_what_cannot_be_divided_is_marked_as_a_whole() -> None:
    """A comment cannot begin among letters that have smaller ones above them."""
    below = f"<w:rubyBase>{run('a miracle cure')}</w:rubyBase>"
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('x')}</w:rt>{below}</w:ruby></w:r>"
    found = comments(word_file(paragraph("It is ", ruby, ".")))
    (begin,) = docx.Document(io.BytesIO(found)).element.iter(qn("w:commentRangeStart"))
    assert begin.getparent().tag == qn("w:p")
    assert begin.getnext()[0].tag == qn("w:ruby")


LOOKS = st.sampled_from(["", "<w:b/>", "<w:i/>"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text("ab c\t\u00e9\U0001f642", max_size=6), LOOKS), min_size=1, max_size=6), st.data())
def test_any_ranges_can_be_marked(runs: list[tuple[str, str]], chosen: st.DataObject) -> None:
    """Ranges that overlap, begin and end anywhere: the words are the same, so are the looks."""
    body = paragraph(
        *(run(text.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">'), look) for text, look in runs)
    )
    data = word_file(paragraph("It is a miracle cure."), body)
    report = lint_bytes("a.docx", data, HYPE)
    assert report.source is not None
    first = report.source.starts[1]  # type: ignore[attr-defined]
    length = len(report.source.text) - first
    if not length:
        return
    starts = chosen.draw(st.lists(st.integers(0, length - 1), min_size=1, max_size=5))
    ends = [chosen.draw(st.integers(start + 1, length)) for start in starts]
    ranges = sorted(set(zip(starts, ends, strict=True)))
    findings = tuple(
        report.findings[0]._replace(start=first + s, end=first + e, rule=f"TEST-{n:03}")
        for n, (s, e) in enumerate(ranges)
    )
    found, added = commented(data, report._replace(findings=findings), DAY)
    text = "".join(text for text, _ in runs)
    assert added == len(ranges)
    words = {head.split()[1]: words for head, words in marked(found)}
    assert words == {f"TEST-{n:03}": text[s:e] for n, (s, e) in enumerate(ranges)}
    assert _looks(found) == _looks(data)


def run_comment(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    status = main(["comment", *SHORT, *words])
    printed = capsys.readouterr()
    assert printed.out == ""
    return status, printed.err


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.docx").write_bytes(ARTICLE)
    told = "has 9 new comments (4 errors, 5 warnings, 0 infos)\n"
    assert run_comment(capsys, "a.docx") == (0, f"healthlint: a-comments.docx {told}")
    assert Path("a.docx").read_bytes() == ARTICLE
    assert Path("a-comments.docx").read_bytes() == comments(ARTICLE)
    there = "a-comments.docx is there already; to write over it, say so: -o a-comments.docx, or name another file"
    assert run_comment(capsys, "a.docx") == (2, f"healthlint: {there}\n")
    assert run_comment(capsys, "a.docx", "-o", "a-comments.docx") == (0, f"healthlint: a-comments.docx {told}")
    again = "has 0 new comments (4 errors, 5 warnings, 0 infos); 9 more were there from an earlier run"
    assert run_comment(capsys, "a-comments.docx", "-o", "b.docx") == (0, f"healthlint: b.docx {again}\n")
    assert run_comment(capsys, "a.docx", "-o", "a.docx", "--ignore", "HYPE-001") == (
        0,
        "healthlint: a.docx has 3 new comments (3 errors, 0 warnings, 0 infos)\n",
    )


def test_what_goes_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.docx").write_bytes(ARTICLE)
    Path("old.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    Path("german.docx").write_bytes(
        word_file(paragraph("Der Tee hilft allen, die ihn nicht nur trinken, sondern auch. " * 9))
    )
    Path("empty.docx").write_bytes(b"")
    Path("folder").mkdir()
    assert run_comment(capsys, "no.docx") == (2, "healthlint: there is no file 'no.docx'\n")
    none = "'comment' takes one Word file (.docx), and folder is none; 'healthlint folder' lists what is found in it"
    assert run_comment(capsys, "folder") == (2, f"healthlint: {none}\n")
    assert run_comment(capsys, "a.docx", "-o", "b.pdf") == (
        2,
        "healthlint: the copy is a Word file, too; call it b.pdf.docx\n",
    )
    assert run_comment(capsys, "a.docx", "-o", "nowhere/b.docx")[1].startswith(
        "healthlint: nowhere/b.docx cannot be written"
    )
    assert run_comment(capsys, "old.docx")[1].startswith("healthlint: old.docx is a file of Word 97 to 2003 (.doc)")
    assert run_comment(capsys, "german.docx") == (
        2,
        "healthlint: german.docx was not checked: not English (looks like German)\n",
    )
    assert run_comment(capsys, "empty.docx") == (2, "healthlint: empty.docx was not checked: empty\n")


def test_without_python_docx_the_next_step_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.docx").write_bytes(ARTICLE)
    monkeypatch.delitem(sys.modules, "healthlint.report.comments", raising=False)
    monkeypatch.setitem(sys.modules, "docx", None)
    expected = "'comment' needs python-docx; install it with: pip install 'healthlint[docx]'"
    assert run_comment(capsys, "a.docx") == (2, f"healthlint: {expected}\n")


def test_suppressions_and_baselines_hold_for_comments(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.docx").write_bytes(ARTICLE)
    Path("healthlint.yaml").write_text(
        "suppressions:\n  - allow: HYPE-001\n    files: '*.docx'\n    reason: quoted\nbaseline: known.json\n"
    )
    Path("known.json").unlink(missing_ok=True)
    assert main(["baseline", "--select", "HYPE-003", "a.docx"]) == 0
    capsys.readouterr()
    assert main(["comment", "--select", "HYPE", "a.docx"]) == 0
    assert [head for head, _ in marked(Path("a-comments.docx").read_bytes())] == [
        "Error HYPE-008 guaranteed-or-absolute-efficacy",
        "Error HYPE-008 guaranteed-or-absolute-efficacy",
    ]
