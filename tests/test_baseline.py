"""The baseline: only new findings are told, wherever else the site is edited."""

import json
from pathlib import Path

import pytest

from healthlint import Config, lint_text
from healthlint.baseline import NAME
from healthlint.cli import main

BAD = "Guaranteed relief in one session."
OTHER = "The massage works for everyone."
GOOD = "The drug may help some people."
RULES = ("--select", "HYPE-008,DISC-001,SUPP", "--as-of", "2026-11-24")
CLAIMS = "Exercise helps people with arthritis. Massage reduces pain in the back. Yoga improves sleep."


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8", newline="")


def known() -> list[tuple[str, str, str]]:
    return [(row["path"], row["rule"], row["text"]) for row in json.loads(Path(NAME).read_bytes())["findings"]]


def run(
    capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, list[tuple[str, str, int]], dict[str, object]]:
    """Status, new findings, and the counts of a run with the baseline."""
    status = main(["-o", "json", "--baseline", NAME, *RULES, *(arguments or (".",))])
    result = json.loads(capsys.readouterr().out)
    found = [(f["path"].removeprefix("./"), f["rule"], f["line"]) for f in result["findings"]]
    return status, found, result["summary"]["baseline"]


@pytest.mark.parametrize(
    "edited",
    [
        f"# T\n\n{BAD}\n\nMore of this. {OTHER}\n",
        f"---\ntitle: New\n---\n# Other\n\n{GOOD}\n\n{BAD} {GOOD}\n\n> {OTHER}\n",
        f"# T\r\n\r\n{OTHER}\r\n\r\n**Guaranteed**\r\nrelief in one session.\r\n",
        f"{OTHER}\n\n{BAD}\n",
    ],
)
def test_edits_elsewhere_disturb_nothing(edited: str) -> None:
    config = Config(select=("HYPE-008",))
    before = lint_text(f"# T\n\n{BAD}\n\n{OTHER}\n", config=config)
    after = lint_text(edited, config=config)
    assert {f.fingerprint for f in before} == {f.fingerprint for f in after}
    assert len(before) == len(after) == 2


def test_another_sentence_with_the_same_words_is_another_finding() -> None:
    config = Config(select=("HYPE-008",))
    first, second = lint_text(f"{BAD}\n\nYou get guaranteed relief here.\n", config=config)
    assert first.fingerprint.partition(":")[0] != second.fingerprint.partition(":")[0]


def test_a_finding_shown_at_the_title_outlives_the_title() -> None:
    config = Config(select=("DISC-001",))
    first, second = (lint_text(f"# {title}\n\n{CLAIMS}\n", config=config)[0] for title in ("Rest", "Sleep and rest"))
    assert first.fingerprint == second.fingerprint


def test_a_finding_shown_at_words_of_the_text_knows_them() -> None:
    config = Config(select=("DISC-002",))
    texts = (f"---\nauthor: {author}\n---\n# T\n\n{CLAIMS}\n" for author in ("Admin", "Editorial team"))
    first, second = (lint_text(text, config=config)[0] for text in texts)
    assert (first.text, second.text) == ("Admin", "Editorial team")
    assert first.fingerprint != second.fingerprint


def test_only_new_findings_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    write("news/a.md", f"# T\n\n{BAD}\n\n{BAD}\n")
    write("b.txt", OTHER)
    write("c d.md", f"# Title\n\n{CLAIMS}\n")
    assert main(["baseline", *RULES]) == 0
    assert capsys.readouterr() == ("", f"{NAME}: 4 findings written down.\n")
    assert known() == [
        ("b.txt", "HYPE-008", "works for everyone"),
        ("c d.md", "DISC-001", "Title"),
        ("news/a.md", "HYPE-008", "Guaranteed relief"),
        ("news/a.md", "HYPE-008", "Guaranteed relief"),
    ]
    assert run(capsys) == (0, [], {"known": 4, "stale": 0})
    write("news/a.md", f"# T\n\n{GOOD}\n\n{BAD}\n\n{OTHER}\n\n{BAD}\n")
    assert run(capsys) == (1, [("news/a.md", "HYPE-008", 7)], {"known": 4, "stale": 0})
    assert main(["--baseline", NAME, *RULES, "."]) == 1
    assert capsys.readouterr().err.endswith("; 1 error, 0 warnings, 0 infos; 4 more in the baseline.\n")


def test_the_file_is_stable_and_complete(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"{OTHER}\n\n{BAD}\n")
    main(["baseline", *RULES])
    first = Path(NAME).read_text()
    assert [line.split('"rule": ')[1][:10] for line in first.splitlines() if "rule" in line] == ['"HYPE-008"'] * 2
    write("a.md", f"# T\n\n{GOOD}\n\n{OTHER}\n\n{BAD}\n")
    main(["baseline", *RULES, "."])
    assert Path(NAME).read_text() == first
    assert (json.loads(first)["schema_version"], first[-1]) == (1, "\n")


def test_stale_entries_are_told_and_pruned(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"{BAD}\n\n{OTHER}\n")
    write("b.md", BAD)
    write("c.md", BAD)
    main(["baseline", *RULES])
    write("a.md", f"{GOOD}\n\n{OTHER}\n")
    Path("b.md").unlink()
    assert run(capsys) == (0, [], {"known": 2, "stale": 2})
    assert run(capsys, "c.md") == (0, [], {"known": 1, "stale": 1})
    assert run(capsys, "--ignore", "HYPE", "a.md", "c.md") == (0, [], {"known": 0, "stale": 1})
    main(["--baseline", NAME, *RULES, "."])
    told = "HYPE-008 in a.md, HYPE-008 in b.md: not found any more; 'healthlint baseline --prune' takes this out of"
    assert f"healthlint: {told} {NAME}\n" in capsys.readouterr().err
    write("d.md", "You get guaranteed relief here.")
    assert main(["baseline", "--prune", *RULES]) == 0
    assert capsys.readouterr().err == f"{NAME}: 2 taken out, 2 left.\n"
    assert [path for path, _, _ in known()] == ["a.md", "c.md"]
    assert run(capsys) == (1, [("d.md", "HYPE-008", 1)], {"known": 2, "stale": 0})


def test_a_part_of_the_site_is_written_down_without_losing_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    write("a/a.md", BAD)
    write("b/b.md", BAD)
    main(["baseline", *RULES])
    write("a/a.md", OTHER)
    write("b/b.md", OTHER)
    main(["baseline", *RULES, "a"])
    assert known() == [("a/a.md", "HYPE-008", "works for everyone"), ("b/b.md", "HYPE-008", "Guaranteed relief")]


def test_moved_articles_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    write("old name.md", f"# T\n\n{BAD}\n\n{OTHER}\n\n{CLAIMS}\n")
    write("other.md", f"# U\n\n{CLAIMS}\n")
    main(["baseline", *RULES])
    Path("new").mkdir()
    Path("old name.md").rename("new/name.md")
    Path("other.md").unlink()
    write("unrelated.md", f"# V\n\n{CLAIMS}\n")
    assert run(capsys) == (1, [("unrelated.md", "DISC-001", 1)], {"known": 3, "stale": 1})
    write("new/name.md", f"# Another title\n\n{GOOD} {OTHER}\n\n{CLAIMS}\n")
    assert run(capsys) == (1, [("unrelated.md", "DISC-001", 1)], {"known": 2, "stale": 2})
    capsys.readouterr()
    main(["baseline", "--prune", *RULES])
    assert known() == [("new/name.md", "DISC-001", "T"), ("new/name.md", "HYPE-008", "works for everyone")]


def test_neither_a_copy_nor_another_article_is_a_moved_one(capsys: pytest.CaptureFixture[str]) -> None:
    third = "It is clinically proven to work."
    write("a.md", f"{BAD}\n\n{OTHER}\n\n{third}\n")
    main(["baseline", *RULES])
    write("copy.md", f"{BAD}\n\n{OTHER}\n\n{third}\n")
    assert run(capsys) == (1, [("copy.md", "HYPE-008", line) for line in (1, 3, 5)], {"known": 3, "stale": 0})
    Path("a.md").unlink()
    write("copy.md", f"{BAD}\n\n{GOOD}\n")
    assert run(capsys) == (1, [("copy.md", "HYPE-008", 1)], {"known": 0, "stale": 3})
    main(["baseline", *RULES])
    assert known() == [("copy.md", "HYPE-008", "Guaranteed relief")]


def test_the_configuration_names_the_file(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write("site/healthlint.yaml", "baseline: known/base.json\nselect: [HYPE-008]\n")
    write("site/text/a.md", BAD)
    Path("site/known").mkdir()
    assert main(["site"]) == 2
    assert capsys.readouterr().err == (
        "healthlint: there is no baseline site/known/base.json; 'healthlint baseline' writes it\n"
    )
    monkeypatch.chdir("site/text")
    assert main(["baseline"]) == 0
    assert json.loads(Path("../known/base.json").read_bytes())["findings"][0]["path"] == "../text/a.md"
    assert main(["a.md"]) == 0
    monkeypatch.chdir("../..")
    assert main(["site"]) == 0
    assert main(["--isolated", "--select", "HYPE", "site"]) == 1


def test_suppressed_findings_need_no_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"<!-- healthlint: allow HYPE-008 -- quoted -->\n{BAD}\n\n{OTHER}\n")
    main(["baseline", *RULES])
    assert known() == [("a.md", "HYPE-008", "works for everyone")]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("<<<<<<< HEAD\n", f"{NAME}:1: not a baseline: Expecting value"),
        ("[]", f"{NAME} is not a baseline; 'healthlint baseline' writes one"),
        (
            '{"schema_version": 1, "findings": [{"path": 1}]}',
            f"{NAME} is not a baseline; 'healthlint baseline' writes one",
        ),
        ('{"schema_version": 2}', f"{NAME} was written by a later version of healthlint; bring this one up to date"),
    ],
)
def test_what_is_no_baseline(content: str, complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", BAD)
    write(NAME, content)
    assert main(["--baseline", NAME, "a.md"]) == 2
    assert capsys.readouterr() == ("", f"healthlint: {complaint}\n")


def test_nothing_to_write_down(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline"]) == 2
    assert capsys.readouterr().err == "healthlint: no articles were found, so there is nothing to write down\n"
    assert not Path(NAME).exists()
    write("a.md", GOOD)
    assert main(["baseline", "a.md", "b.md"]) == 2
    assert capsys.readouterr().err.startswith("healthlint: b.md does not exist\n")
