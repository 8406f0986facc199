"""`healthlint due`: whose review falls due, soonest first."""

import datetime
import json
from pathlib import Path

import pytest

from healthlint.cli import main
from healthlint.cli.due import Due, _later, due_of
from healthlint.formats import parse
from healthlint.text import Source

BODY = "The drug may help some people.\n"
DAY = ("--as-of", "2026-11-24")
ARTICLES = {
    "named.md": f"---\nnext_review: 2026-12-24\nupdated: 2026-01-01\n---\n{BODY}",
    "aged.md": f"---\ntitle: T\ndate: 2020-01-01\nlast_reviewed: 2023-11-01\n---\n{BODY}",
    "today.md": f"---\nreview_by: '2026-11-24'\n---\n{BODY}",
    "later/fresh.md": f"---\ndate: 2026-11-01\n---\n{BODY}",
    "evergreen.md": f"---\ndate: 2001-11-01\nevergreen: true\n---\n{BODY}",
    "undated.md": BODY,
    "empty.md": "",
}


@pytest.fixture(autouse=True)
def _site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)


def due(text: str, name: str = "a.md") -> tuple[str, bool, int] | None:
    found = due_of(parse(Source(name, text)))
    return (found.day.isoformat(), found.named, found.line) if found else None


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", f"---\nnext_review: 2027-05-06\n---\n{BODY}", ("2027-05-06", True, 2)),
        ("a.md", f"---\nreview-by: 6 May 2027\ndate: 2026-01-01\n---\n{BODY}", ("2027-05-06", True, 2)),
        ("a.md", f"+++\nreview_due = 2027-05-06\n+++\n{BODY}", ("2027-05-06", True, 2)),
        ("a.md", f"---\ndate: 2020-03-04\nlastmod: 2021-03-05T10:00:00Z\n---\n{BODY}", ("2024-03-05", False, 3)),
        ("a.md", f"# T\n\nLast reviewed: 4 March 2024\n\n{BODY}", ("2027-03-04", False, 3)),
        (
            "a.html",
            f'<meta property="article:modified_time" content="2024-03-04"><h1>T</h1><p>{BODY}</p>',
            ("2027-03-04", False, 1),
        ),
        ("a.md", f"---\nnext_review: soon\n---\n{BODY}", None),
        ("a.md", BODY, None),
    ],
)
def test_when_an_article_falls_due(name: str, text: str, expected: tuple[str, bool, int] | None) -> None:
    assert due(text, name) == expected


def test_a_line_that_names_the_next_review() -> None:
    text = f"# T\n\nPage last reviewed: 4 March 2024\n\nNext review due: 5 April 2026\n\n{BODY}"
    assert due(text) == ("2026-04-05", True, 5)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [("2024-02-29", 36, "2027-02-28"), ("2024-12-31", 36, "2027-12-31"), ("2024-11-30", 3, "2025-02-28")],
)
def test_months_later(day: str, months: int, expected: str) -> None:
    assert _later(datetime.date.fromisoformat(day), months).isoformat() == expected


def test_soonest_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", *DAY]) == 0
    assert capsys.readouterr() == (
        "2026-11-01     23 days ago  ./aged.md  (last dated 2023-11-01)\n"
        "2026-11-24           today  ./today.md  (as it says)\n"
        "2026-12-24      in 30 days  ./named.md  (as it says)\n"
        "2029-11-01    in 1073 days  ./later/fresh.md  (last dated 2026-11-01)\n",
        "4 of 5 articles listed as of 2026-11-24; 1 overdue; without any date: ./undated.md;"
        " skipped: ./empty.md (empty).\n",
    )


@pytest.mark.parametrize(
    ("within", "listed"),
    [
        ("29d", ["aged.md", "today.md"]),
        ("30d", ["aged.md", "today.md", "named.md"]),
        ("1m", ["aged.md", "today.md", "named.md"]),
        ("0d", ["aged.md", "today.md"]),
        ("5w", ["aged.md", "today.md", "named.md"]),
        ("3y", ["aged.md", "today.md", "named.md", "later/fresh.md"]),
    ],
)
def test_within_a_time(within: str, listed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", *DAY, "--within", within, *ARTICLES, "-o", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [row["path"] for row in result["due"]] == listed


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", *DAY, "-o", "json", "aged.md", "named.md", "undated.md"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "schema_version": 1,
        "as_of": "2026-11-24",
        "due": [
            {
                "path": "aged.md",
                "line": 4,
                "due": "2026-11-01",
                "days": -23,
                "basis": "last-dated",
                "date": "2023-11-01",
            },
            {"path": "named.md", "line": 2, "due": "2026-12-24", "days": 30, "basis": "named", "date": "2026-12-24"},
        ],
        "undated": ["undated.md"],
    }


def test_the_order_is_that_of_days() -> None:
    first = Due(datetime.date(2026, 1, 1), "b", 1, True, datetime.date(2026, 1, 1))
    assert sorted([first._replace(day=datetime.date(2026, 2, 1)), first, first._replace(path="a")])[0].path == "a"


def test_what_goes_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    Path("broken.md").write_bytes(b"caf\xe9")
    assert main(["due", *DAY, "broken.md", "nowhere.md", "aged.md"]) == 2
    printed = capsys.readouterr()
    assert printed.out.startswith("2026-11-01")
    assert printed.err.splitlines()[:2] == [
        "healthlint: broken.md is not UTF-8 text (byte 3); save it as UTF-8",
        "healthlint: nowhere.md does not exist",
    ]
    assert main(["due", "empty.md"]) == 2
    assert capsys.readouterr().err == "healthlint: no articles were found; skipped: empty.md (empty)\n"
    assert main(["due", "--within", "soon"]) == 2
    assert capsys.readouterr().err == "healthlint: --within: 'soon' is not a time such as 60d, 8w, 6m or 1y\n"
    assert main(["due", *DAY, "evergreen.md"]) == 0


def test_the_configuration_excludes(capsys: pytest.CaptureFixture[str]) -> None:
    Path("healthlint.yaml").write_text("exclude: [later/, aged.md]\n")
    assert main(["due", *DAY]) == 0
    assert [line.split()[-3] for line in capsys.readouterr().out.splitlines() if "as it says" in line] != []
    main(["due", *DAY, "-o", "json"])
    assert [row["path"] for row in json.loads(capsys.readouterr().out)["due"]] == ["./today.md", "./named.md"]
