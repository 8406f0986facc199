import json
from pathlib import Path

import pytest

from healthlint.cli import main

BAD = "Guaranteed relief in one session.\n"
GOOD = "The drug may help some people. The effect is short.\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(list(arguments))
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_findings_stand_in_json_with_exact_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "a.md"
    article.write_bytes("\ufeffCaf\u00e9 \U0001f642 offers **guaranteed\r\n  relief** now.\r\n".encode())
    status, out, _ = run(capsys, "-o", "json", "--select", "HYPE-008", "--as-of", "2026-11-24", str(article))
    (finding,) = json.loads(out)["findings"]
    assert status == 1
    assert finding["text"] == "guaranteed\r\n  relief"
    assert [finding[key] for key in ("line", "column", "end_line", "end_column")] == [1, 18, 2, 9]
    assert article.read_bytes().decode()[finding["start"] : finding["end"]] == finding["text"]


@pytest.mark.parametrize(
    ("options", "text", "status"),
    [
        ((), BAD, 1),
        ((), GOOD, 0),
        (("--exit-zero",), BAD, 0),
        (("--fail-on", "never"), BAD, 0),
        (("--ignore", "HYPE"), BAD, 0),
        (("--select", "guaranteed-or-absolute-efficacy"), BAD, 1),
    ],
)
def test_exit_status(
    options: tuple[str, ...], text: str, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert run(capsys, *options, str(tmp_path))[0] == status


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "nothing to lint"),
        (("nowhere.md",), "there is no file or folder 'nowhere.md'"),
        (("--select", "HYPE-999", "README.md"), "no rule is called 'HYPE-999'"),
        (("explain", "nonsense"), "no rule is called 'nonsense'"),
    ],
)
def test_a_wrong_call_is_one_sentence(
    arguments: tuple[str, ...], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert complaint in err
    assert len(err.splitlines()) == 1


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_bytes(b"caf\xe9")
    (tmp_path / "b.md").write_text(BAD)
    (tmp_path / "c.md").write_text("")
    status, out, err = run(capsys, "--exit-zero", "-o", "json", str(tmp_path))
    result = json.loads(out)
    assert status == 2
    assert [finding["rule"] for finding in result["findings"]] == ["HYPE-008"]
    assert [entry["reason"] for entry in result["skipped"]] == ["is not UTF-8 text (byte 3); save it as UTF-8", "empty"]
    assert "a.md is not UTF-8 text" in err


def test_an_empty_folder_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, str(tmp_path))
    assert status == 2
    assert "no articles in" in err


def test_control_characters_are_printed_escaped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("\x1b[2J\u202eGuaranteed relief in one session.")
    _, out, _ = run(capsys, str(tmp_path / "a.txt"))
    assert "\\x1b[2J\\u202eGuaranteed relief" in out
    assert "\x1b" not in out


def test_explain_shows_examples_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "explain", "hype-superlative")
    assert status == 0
    assert "<<revolutionary therapy>>" in out
    assert "10.1001/jamaoncol.2015.3931" in out
