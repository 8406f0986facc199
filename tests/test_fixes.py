"""`--fix` and `--diff`: only what is safe, once, and without touching anything else of a file."""

import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from healthlint import Config, catalogue, engine, fixes, lint_text
from healthlint.cli import main
from healthlint.configfile import read
from healthlint.document import Document
from healthlint.engine import Active
from healthlint.fixes import appended, applied, removal
from healthlint.formats import parse
from healthlint.rule import Hit, Setting, Severity, Suggestion
from healthlint.strict import Mistake
from healthlint.text import Source

BAD = "Guaranteed relief in one session."
GOOD = "The drug may help some people."
CLAIMS = "Exercise helps people with arthritis. Massage reduces pain in the back. Yoga improves sleep."
SAID = "This article gives general information & does not replace advice from a doctor."
UNUSED = "<!-- healthlint: allow HYPE-008 -- quoted -->"
RULES = ("--select", "HYPE-008,DISC-001,SUPP", "--as-of", "2026-11-24")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("healthlint.yaml").write_text(f'disclaimer: "{SAID}"\n')


def fix(name: str, text: str | bytes, capsys: pytest.CaptureFixture[str]) -> tuple[int, bytes]:
    """The status and what becomes of a file; a second run must change nothing."""
    data = text if isinstance(text, bytes) else text.encode()
    Path(name).write_bytes(data)
    status = main(["--fix", *RULES, name])
    err = capsys.readouterr().err
    first = Path(name).read_bytes()
    assert (f"healthlint: {name} was fixed\n" in err) is (first != data)
    before = os.stat(name).st_ino
    assert main(["--fix", *RULES, name]) == status
    assert Path(name).read_bytes() == first
    assert os.stat(name).st_ino == before
    assert "was fixed" not in capsys.readouterr().err
    return status, first


@pytest.mark.parametrize(
    ("name", "text", "fixed"),
    [
        ("a.md", f"# T\n\n{CLAIMS}\n", f"# T\n\n{CLAIMS}\n\n{SAID}\n"),
        ("a.md", f"# T\n\n{CLAIMS}", f"# T\n\n{CLAIMS}\n\n{SAID}\n"),
        ("a.md", f"\ufeff# T\r\n\r\n{CLAIMS}\r\n", f"\ufeff# T\r\n\r\n{CLAIMS}\r\n\r\n{SAID}\r\n"),
        ("a.md", f"# T\n\n{CLAIMS}\n\n- a\n- b\n\n", f"# T\n\n{CLAIMS}\n\n- a\n- b\n\n{SAID}\n"),
        ("a.txt", f"T\n\n{CLAIMS}\n", f"T\n\n{CLAIMS}\n\n{SAID}\n"),
        ("a.mdx", f"# T\n\n<Box>{CLAIMS}</Box>\n", f"# T\n\n<Box>{CLAIMS}</Box>\n\n{SAID}\n"),
        (
            "a.html",
            f"<html><body><main><h1>T</h1><p>{CLAIMS}</p></main><footer>x</footer></body></html>\n",
            f"<html><body><main><h1>T</h1><p>{CLAIMS}</p><p>{SAID.replace('&', '&amp;')}</p>\n</main>"
            "<footer>x</footer></body></html>\n",
        ),
        ("a.html", f"<h1>T</h1>\r\n<p>{CLAIMS}", f"<h1>T</h1>\r\n<p>{CLAIMS}<p>{SAID.replace('&', '&amp;')}</p>\r\n"),
        ("a.md", f"# T\n\n{CLAIMS}\n\n{SAID}\n", None),
        ("a.md", f"# T\n\n{CLAIMS}\n\n```\ncode\n", None),
        ("a.md", f"# T\n\n{UNUSED}\n{GOOD}\n\n{CLAIMS}\n", f"# T\n\n{GOOD}\n\n{CLAIMS}\n\n{SAID}\n"),
        ("a.md", f"# T\n\n{CLAIMS}\n\n{UNUSED}\n", f"# T\n\n{CLAIMS}\n\n{SAID}\n"),
        ("a.md", f"# T\n\n{BAD}\n", None),
    ],
)
def test_what_is_safe_is_fixed_once(
    name: str, text: str, fixed: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fix(name, text, capsys)[1].decode() == (text if fixed is None else fixed)


def test_the_status_is_that_of_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    assert fix("a.md", f"# T\n\n{CLAIMS}\n", capsys)[0] == 0
    assert fix("b.md", f"# T\n\n{CLAIMS}\n\n{BAD}\n", capsys) == (1, f"# T\n\n{CLAIMS}\n\n{BAD}\n\n{SAID}\n".encode())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_the_encoding_stays(encoding: str, capsys: pytest.CaptureFixture[str]) -> None:
    mark = "" if encoding == "utf-8-sig" else "\ufeff"
    _, data = fix("a.md", f"{mark}# Caf\u00e9 \U0001f642\n\n{CLAIMS}\n".encode(encoding), capsys)
    assert data == f"{mark}# Caf\u00e9 \U0001f642\n\n{CLAIMS}\n\n{SAID}\n".encode(encoding)


def test_permissions_and_links_stay(capsys: pytest.CaptureFixture[str]) -> None:
    Path("real.md").write_text(f"# T\n\n{CLAIMS}\n")
    Path("real.md").chmod(0o640)
    Path("link.md").symlink_to("real.md")
    assert main(["--fix", *RULES, "link.md"]) == 0
    assert Path("link.md").is_symlink()
    assert Path("real.md").read_text().endswith(f"{SAID}\n")
    assert stat.S_IMODE(os.stat("real.md").st_mode) == 0o640
    assert sorted(os.listdir()) == [".git", "healthlint.yaml", "link.md", "real.md"]


def test_a_failure_leaves_the_file_as_it_was(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"# T\n\n{CLAIMS}\n"
    Path("a.md").write_text(text)

    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert main(["--fix", *RULES, "a.md"]) == 2
    assert "healthlint: a.md cannot be fixed: No space left on device\n" in capsys.readouterr().err
    assert Path("a.md").read_text() == text
    assert sorted(os.listdir()) == [".git", "a.md", "healthlint.yaml"]


def test_a_file_that_is_read_only_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"# T\n\n{CLAIMS}\n"
    Path("a.md").write_text(text)
    Path("a.md").chmod(0o444)
    monkeypatch.setattr(os, "access", lambda path, mode: bool(os.stat(path).st_mode & 0o222))  # root may write anything
    assert main(["--fix", *RULES, "a.md"]) == 2
    assert "healthlint: a.md cannot be fixed: it is read-only\n" in capsys.readouterr().err
    assert Path("a.md").read_text() == text


def test_somebody_elses_change_is_not_lost(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(f"# T\n\n{CLAIMS}\n")
    lint_file = engine.lint_file

    def slowly(path: str, config: Config) -> engine.Report:
        report = lint_file(path, config)
        Path(path).write_text("another text")
        return report

    monkeypatch.setattr(engine, "lint_file", slowly)
    assert main(["--fix", *RULES, "a.md"]) == 2
    assert "a.md was changed by somebody else meanwhile, so it was not fixed" in capsys.readouterr().err
    assert Path("a.md").read_text() == "another text"


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    fixes.write(str(tmp_path / "new"), b"x")
    (tmp_path / "usual").write_bytes(b"x")
    assert os.stat(tmp_path / "new").st_mode == os.stat(tmp_path / "usual").st_mode


@pytest.mark.parametrize("end", ["\n", "", "\r\n"])
def test_the_diff_is_what_fix_does(end: str, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {
        "a.md": f"# T\r\n\r\n{UNUSED}\r\n{GOOD}{end}",
        "news/b c.md": f"# T\n\n{CLAIMS}{end}",
        "c.md": f"{BAD}{end}",
    }
    Path("news").mkdir()
    for name, text in texts.items():
        Path(name).write_bytes(text.encode())
    assert main(["--diff", *RULES, "."]) == 1
    out = capsys.readouterr().out
    assert {name: Path(name).read_bytes().decode() for name in texts} == texts
    Path("change.diff").write_bytes(out.encode())
    subprocess.run(["git", "apply", "--check", "change.diff"], check=True, cwd=Path.cwd(), env=_outside())
    subprocess.run(["git", "apply", "change.diff"], check=True, env=_outside())
    shown = {name: Path(name).read_bytes() for name in texts}
    for name, text in texts.items():
        Path(name).write_bytes(text.encode())
    assert main(["--fix", *RULES, "."]) == 1
    assert {name: Path(name).read_bytes() for name in texts} == shown
    capsys.readouterr()
    assert main(["--diff", *RULES, "."]) == 1
    assert capsys.readouterr().out == ""


def _outside() -> dict[str, str]:
    """An environment in which git takes the current folder for no repository."""
    return {**os.environ, "GIT_CEILING_DIRECTORIES": str(Path.cwd().parent), "GIT_CONFIG_GLOBAL": os.devnull}


def test_the_diff_goes_alone_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(f"# T\n\n{CLAIMS}\n")
    assert main(["--diff", "-o", "json", "a.md"]) == 2
    assert capsys.readouterr().err.startswith("healthlint: --diff prints to standard output; give the findings a file")
    assert main(["--diff", *RULES, "-o", "json=a.json", "a.md"]) == 1
    assert capsys.readouterr().out.startswith("--- a/a.md\n+++ b/a.md\n@@ ")
    (finding,) = json.loads(Path("a.json").read_bytes())["findings"]
    end = len(f"# T\n\n{CLAIMS}\n")
    assert finding["suggestions"] == [{"start": end, "end": end, "text": f"\n{SAID}\n", "safe": True}]


def test_standard_input_cannot_be_fixed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--fix", "-"]) == 2
    assert capsys.readouterr().err.startswith("healthlint: --fix changes files, and standard input is none")


def test_known_findings_are_not_fixed(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(f"# T\n\n{CLAIMS}\n")
    main(["baseline", *RULES])
    assert main(["--fix", "--baseline", "healthlint-baseline.json", *RULES, "a.md"]) == 0
    assert Path("a.md").read_text() == f"# T\n\n{CLAIMS}\n"


def test_wording_is_suggested_and_never_changed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def check(document: Document, setting: Setting) -> list[Hit]:
        at = [document.text.index(word) for word in ("relief", "session")]
        edits = [Suggestion(at[0], at[0] + 6, "help"), Suggestion(at[1], at[1] + 7, "visit")]
        return [Hit(at[0], at[0] + 6, Severity.ERROR, {"match": "relief"}, suggestions=tuple(edits))]

    rule = next(rule for rule in catalogue.builtin_rules() if rule.id == "HYPE-008")
    monkeypatch.setattr(engine, "active_rules", lambda *_: (Active(rule, check),))
    text = "Guaranteed **relief** in one ses**sion**.\n"
    (finding,) = lint_text(text)
    assert finding.suggestions == (Suggestion(13, 19, "help"),)
    assert fix("a.md", text, capsys) == (1, text.encode())


def test_safe_changes_of_prose_are_made(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def check(document: Document, setting: Setting) -> list[Hit]:
        at = document.text.find("sufferer")
        edit = Suggestion(at, at + 8, "patient", safe=True)
        return [Hit(at, at + 8, Severity.ERROR, {"match": "sufferer"}, suggestions=(edit,))] if at >= 0 else []

    rule = next(rule for rule in catalogue.builtin_rules() if rule.id == "HYPE-008")
    monkeypatch.setattr(engine, "active_rules", lambda *_: (Active(rule, check),))
    fixed = b"The **patient** was well.\n"
    assert fix("a.md", "The **sufferer** was well.\n", capsys) == (0, fixed)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([], "abcdef"),
        ([(1, 2, "X"), (4, 6, "")], "aXcd"),
        ([(4, 6, ""), (1, 2, "X")], "aXcd"),
        ([(1, 3, "X"), (2, 4, "Y")], "aXdef"),
        ([(1, 3, "X"), (1, 3, "X")], "aXdef"),
        ([(6, 6, "!"), (3, 6, "")], "abc!"),
        ([(0, 0, "!"), (0, 1, "")], "!bcdef"),
    ],
)
def test_applying(edits: list[tuple[int, int, str]], expected: str) -> None:
    assert applied("abcdef", [Suggestion(*edit, safe=True) for edit in edits]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n#\n\nb\n", "a\n\nb\n"),
        ("a\n\n#\nb\n", "a\n\nb\n"),
        ("a\n#\n\nb\n", "a\n\nb\n"),
        ("a\n#\nb\n", "a\n\nb\n"),
        ("a\r\n\r\n  #  \r\n\r\nb", "a\r\n\r\nb"),
        ("a\r\r#\r\rb", "a\r\rb"),
        ("#\n\nb\n", "b\n"),
        ("#\nb\n", "b\n"),
        ("a\n\n#\n", "a\n"),
        ("a\n\n#", "a\n"),
        ("#", ""),
        ("a # b\n", "a b\n"),
        ("a# b\n", "a b\n"),
        ("a#b\n", "ab\n"),
        ("- # b\n", "- b\n"),
        ("# b\n", "b\n"),
        ("> a\n> #\n> b\n", "> a\n> \n> b\n"),
        ("---\nt: x\n---\n\n#\n\nb\n", "---\nt: x\n---\n\nb\n"),
    ],
)
def test_removing_a_comment(text: str, expected: str) -> None:
    marked = text.replace("#", "<!-- x -->")
    start = marked.index("<!--")
    edit = removal(marked, start, start + len("<!-- x -->"))
    assert applied(marked, [edit]) == expected
    assert edit.safe


def test_removing_a_comment_parts_no_paragraph_and_joins_none() -> None:
    for text in ("One\n<!-- x -->\nTwo\n", "One <!-- x --> Two\n", "One\n\n<!-- x -->\n\nTwo", "- a\n- <!-- x --> b\n"):
        start = text.index("<!--")
        before = parse(Source("a.md", text))
        after = parse(Source("a.md", applied(text, [removal(text, start, start + 10)])))
        assert [after.text[b.start : b.end] for b in after.blocks] == [
            " ".join(before.text[b.start : b.end].split()) for b in before.blocks
        ]


def test_the_disclaimer_must_be_one(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text("\ndisclaimer: Have a nice day.\n")
    with pytest.raises(Mistake) as caught:
        read(str(path))
    assert str(caught.value).startswith(f"{path}:2: the disclaimer says neither that the text is general information")
    path.write_text(f"disclaimer: >\n  {SAID[:30]}\n  {SAID[30:]}\n")
    assert read(str(path)).disclaimer.split() == SAID.replace(SAID[:30], SAID[:30] + " ").split()


def test_appending_to_nothing() -> None:
    assert appended("", "x", "markdown") == Suggestion(0, 0, "\n\nx\n", safe=True)
