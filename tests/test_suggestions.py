"""Other words for what was found: ranges of the source, and what could stand there."""

from pathlib import Path

import pytest

from healthlint import Config, lint_text
from healthlint.cli import main


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("HYPE-001", "It is a <<revolutionary therapy>> for pain.", ["therapy"]),
        ("HYPE-001", "It is <<a groundbreaking approach>> to pain.", ["an approach"]),
        ("HYPE-001", "<<Groundbreaking research>> on pain is done here.", ["Research"]),
        ("HYPE-001", "It is a <<game-changer>> for people in pain.", []),
        ("HYPE-002", "This is <<an innovative new treatment>> for pain.", ["a new treatment"]),
        ("HYPE-002", "It gave <<very promising results>> in people.", ["results"]),
        (
            "LANG-002",
            "<<Addicts>> get help here.",
            ["People with a substance use disorder", "People in recovery"],
        ),
        ("LANG-002", "She was an <<addict>> then.", ["person with a substance use disorder", "person in recovery"]),
        ("LANG-003", "They <<suffer from>> pain.", []),
        ("LANG-004", "Care for <<the elderly>> is costly.", ["older people", "older adults"]),
        ("LANG-004", "<<Obese women>> were asked to walk.", ["Women with obesity"]),
        ("READ-004", "It was <<administered>> at night, and administered again.", []),
        ("READ-004", "Rub it on <<topically>>, and topically alone.", ["topically (on the skin)"]),
    ],
)
def test_words_that_could_stand_there(rule: str, text: str, expected: list[str]) -> None:
    source = text.replace("<<", "").replace(">>", "")
    found = lint_text(source, config=Config(select=(rule,)))
    offered = [
        (source[: one.start] + "<<" + source[one.start : one.end] + ">>" + source[one.end :], one.text, one.safe)
        for finding in found
        for one in finding.suggestions
    ]
    assert offered == [(text, words, False) for words in expected]


def test_nothing_is_offered_that_would_overwrite_markup() -> None:
    (found,) = lint_text("It is a *revolutionary* therapy for pain.", config=Config(select=("HYPE-001",)))
    assert (found.text, found.suggestions) == ("revolutionary* therapy", ())


def test_words_that_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("It is a revolutionary therapy for pain.\n")
    main(["--isolated", "--select", "HYPE-001", str(tmp_path / "a.md")])
    assert capsys.readouterr().out.splitlines()[-2] == '          Without it: "therapy".'


def test_writers_see_them_below_the_advice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.md").write_text("He committed suicide.\n")
    assert main(["--isolated", "--select", "LANG-001", str(tmp_path / "a.md")]) == 1
    assert capsys.readouterr().out.splitlines()[-3:] == [
        '          suicide attempt".',
        '          For example: "died by suicide" or "ended their life".',
        "",
    ]
