"""`--diff-base`: only findings on changed lines, on real git histories."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from healthlint import gitdiff
from healthlint.cli import main

BAD = "Guaranteed relief in one session."
OTHER = "The massage works for everyone."
GOOD = "The drug may help some people."
CLAIMS = "Exercise helps people with arthritis. Massage reduces pain in the back. Yoga improves sleep."
PROSE = "\n\n".join(f"This is paragraph number {number} of an article about walking." for number in range(12))
RULES = ("--select", "HYPE-008,DISC-001", "--as-of", "2026-11-24")
WHO = {f"GIT_{role}_{part}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {**WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    git("init", "--quiet", "--initial-branch", "main")


def git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)


def commit(message: str = "x") -> None:
    git("add", "--all")
    git("commit", "--quiet", "--message", message)


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8", newline="")


def run(capsys: pytest.CaptureFixture[str], ref: str = "main", *paths: str) -> list[tuple[str, str, int]]:
    status = main(["-o", "json", "--diff-base", ref, *RULES, *(paths or (".",))])
    result = json.loads(capsys.readouterr().out)
    found = [(f["path"].removeprefix("./"), f["rule"], f["line"]) for f in result["findings"]]
    assert status == int(bool(found))
    return found


def test_only_changed_lines(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"{BAD}\n\n{PROSE}\n\n{BAD}\n")
    write("b.md", f"{BAD}\n")
    commit()
    assert run(capsys) == []
    write("a.md", f"{BAD}\n\n{GOOD}\n\n{OTHER}\n\n{PROSE}\n\n{BAD}\n")
    assert run(capsys) == [("a.md", "HYPE-008", 5)]
    assert main(["--diff-base", "main", *RULES, "."]) == 1
    err = capsys.readouterr().err
    assert err.endswith(
        "; 1 error, 0 warnings, 0 infos; 2 more on unchanged lines; ./b.md skipped: unchanged since main.\n"
    )


def test_staged_untracked_ignored_and_added_files(capsys: pytest.CaptureFixture[str]) -> None:
    write("old.md", f"{PROSE}\n\n{BAD}\n")
    write(".gitignore", "ignored.md\n")
    commit()
    for name in ("staged.md", "intended.md", "untracked.md", "ignored.md"):
        write(name, f"# T\n\n{BAD}\n\n{CLAIMS}\n")
    git("add", "staged.md")
    git("add", "--intent-to-add", "intended.md")
    every = ["ignored.md", "intended.md", "old.md", "staged.md", "untracked.md"]
    assert run(capsys, "main", *every) == [
        (name, rule, line) for name in every if name != "old.md" for rule, line in (("DISC-001", 1), ("HYPE-008", 3))
    ]
    write("old.md", f"{PROSE}\n\n{OTHER}\n\n{BAD}\n")
    git("add", "old.md")
    write("old.md", f"{PROSE}\n\n{OTHER}\n\n{BAD}\n\n{OTHER}\n")
    assert run(capsys, "main", "old.md") == [("old.md", "HYPE-008", 25), ("old.md", "HYPE-008", 29)]


def test_renamed_files(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"# T\n\n{BAD}\n\n{CLAIMS}\n\n{PROSE}\n")
    write("b.md", f"# T\n\n{BAD}\n\n{CLAIMS}\n\n{PROSE.replace('walking', 'running')}\n")
    commit()
    git("switch", "--quiet", "--create", "work")
    Path("new folder").mkdir()
    git("mv", "a.md", "new folder/a \u00e9\t.md")
    git("mv", "b.md", "new folder/b.md")
    write("new folder/b.md", Path("new folder/b.md").read_text() + f"\n{OTHER}\n")
    assert run(capsys) == [("new folder/b.md", "HYPE-008", 31)]
    commit()
    write("new folder/a \u00e9\t.md", f"{OTHER}\n\n" + Path("new folder/a \u00e9\t.md").read_text())
    assert run(capsys) == [("new folder/a \u00e9\t.md", "HYPE-008", 1), ("new folder/b.md", "HYPE-008", 31)]


def test_what_others_did_on_the_main_branch_meanwhile_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"{PROSE}\n\n{BAD}\n")
    commit()
    git("switch", "--quiet", "--create", "work")
    write("b.md", OTHER)
    commit()
    git("switch", "--quiet", "main")
    write("a.md", f"{PROSE}\n")
    commit()
    git("switch", "--quiet", "work")
    assert run(capsys) == [("b.md", "HYPE-008", 1)]
    assert run(capsys, "HEAD") == []
    assert run(capsys, "HEAD~1") == [("b.md", "HYPE-008", 1)]


@pytest.mark.parametrize(("kept", "told"), [(90, False), (30, True)])
def test_what_was_only_taken_out_is_a_change_too(kept: int, told: bool, capsys: pytest.CaptureFixture[str]) -> None:
    words = "\n".join(f"word{number}" for number in range(100))
    write("a.md", f"# T\n\n{BAD}\n\n{CLAIMS}\n\n{words}\n")
    commit()
    write("a.md", f"# T\n\n{BAD}\n\n{CLAIMS}\n\n{words[: 7 * kept]}\n")
    assert run(capsys) == ([("a.md", "DISC-001", 1)] if told else [])


def test_a_finding_from_whose_middle_a_line_was_taken_has_changed(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"{PROSE}\n\nThe new\nold\nmiracle\n\ncure is guaranteed\nnot\nto work for everyone.\n\n{BAD}\n")
    commit()
    write("a.md", f"{PROSE}\n\nThe new\nmiracle\n\ncure is guaranteed\nto work for everyone.\n\n{BAD}\n")
    line = Path("a.md").read_text().split("\n").index("cure is guaranteed") + 1
    assert run(capsys) == [("a.md", "HYPE-008", line)]


@pytest.mark.parametrize(("share", "told"), [(0.2, False), (0.3, True)])
def test_findings_about_the_whole_document_ask_for_a_substantial_change(
    share: float, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [f"word{number}" for number in range(100)]
    write("a.md", f"# T\n\n{CLAIMS}\n\n{' '.join(words)}\n")
    commit()
    total = len(Path("a.md").read_text().split())
    changed = [f"new{number}" for number in range(round(total * share))]
    write("a.md", f"# T\n\n{CLAIMS}\n\n{' '.join([*changed, *words[len(changed) :]])}\n")
    assert run(capsys) == ([("a.md", "DISC-001", 1)] if told else [])


def test_the_distance_of_two_texts() -> None:
    assert gitdiff._distance("a b c d", "d c b a") == 0
    assert gitdiff._distance("a a b", "a b") == pytest.approx(0.2)
    assert gitdiff._distance("a b", "c d") == 1
    assert gitdiff._distance("", "") == 0


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (f"x\r\n\r\n{PROSE}\r\n\r\n{BAD}\r\n", f"x\r\n\r\n{OTHER}\r\n\r\n{PROSE}\r\n\r\n{BAD}\r\n", [3]),
        (f"{PROSE}\n\nGuaranteed\nrelief here.", f"{PROSE}\n\nGuaranteed\nrelief now.", [25]),
        (f"{PROSE}\n\n{GOOD}\n\n{BAD}\n", f"{PROSE}\n\n{BAD}\n", []),
        (f"{PROSE}\n\n{BAD}", f"{PROSE}\n\n{BAD}\n", [25]),
        (f"-- a/x\n{PROSE}\n\n++ b/a.md\n\n{BAD}\n", f"-- b/x\n{PROSE}\n\n++ b/b.md\n\n{BAD}\n\n{OTHER}\n", [30]),
        ("\ufeffa\u0000b", f"\ufeff{BAD}\u0000", []),
    ],
)
def test_lines(before: str, after: str, expected: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", before)
    write("other.md", GOOD)
    commit()
    write("a.md", after)
    write("other.md", f"{GOOD}\n")
    assert [line for _, _, line in run(capsys)] == expected


def test_a_file_that_git_takes_for_binary_has_changed_as_a_whole(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_bytes(f"{BAD}\n\n{PROSE}\n".encode("utf-16"))
    commit()
    Path("a.md").write_bytes(f"{BAD}\n\n{PROSE}\n{OTHER}\n".encode("utf-16"))
    assert [line for _, _, line in run(capsys)] == [1, 26]


def test_modes_and_links(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"{PROSE}\n\n{BAD}\n")
    commit()
    Path("a.md").chmod(0o755)
    Path("link.md").symlink_to("a.md")
    assert run(capsys) == []
    assert run(capsys, "main", "link.md") == []


def test_the_users_settings_of_git_change_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"{PROSE}\n\n{BAD}\n")
    commit()
    write("a.md", f"{PROSE}\n\n{OTHER}\n\n{BAD}\n")
    for setting in ("color.ui always", "diff.external false", "diff.context 5", "diff.interHunkContext 20"):
        git("config", *setting.split())
    for setting in ("diff.renames false", "diff.mnemonicPrefix true", "diff.noprefix true"):
        git("config", *setting.split())
        assert run(capsys) == [("a.md", "HYPE-008", 25)]


def test_a_line_that_looks_like_the_head_of_a_patch(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"{PROSE}\n\n{BAD}\n")
    write("b.md", f"{PROSE}\n\nend")
    commit()
    write("a.md", f"{PROSE}\n\n{OTHER}\n\n{BAD}\n")
    write("b.md", f"{PROSE}\n\n++ b/a.md")
    assert run(capsys) == [("a.md", "HYPE-008", 25)]


def test_after_a_fix_the_lines_are_counted_anew(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"{PROSE}\n\n{BAD}\n")
    commit()
    write("a.md", f"<!-- healthlint: allow SUPP -- x -->\n\n{PROSE}\n\n{BAD}\n\n{OTHER}\n")
    rules = ("--select", "HYPE-008,SUPP", "--as-of", "2026-11-24")
    assert main(["-o", "json", "--fix", "--diff-base", "main", *rules, "."]) == 1
    assert Path("a.md").read_text() == f"{PROSE}\n\n{BAD}\n\n{OTHER}\n"
    assert [f["line"] for f in json.loads(capsys.readouterr().out)["findings"]] == [27]


def test_within_the_hook_of_another_repository_and_from_a_folder_below(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("sub/a.md", f"{PROSE}\n\n{BAD}\n")
    commit()
    write("sub/a.md", f"{PROSE}\n\n{OTHER}\n\n{BAD}\n")
    Path("../elsewhere").mkdir()
    git("init", "--quiet", "../elsewhere")
    monkeypatch.setenv("GIT_DIR", str(Path("../elsewhere/.git").absolute()))
    assert run(capsys) == [("sub/a.md", "HYPE-008", 25)]
    monkeypatch.chdir("sub")
    assert run(capsys) == [("a.md", "HYPE-008", 25)]


def test_several_repositories(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        Path(f"../{name}").mkdir()
        monkeypatch.chdir(f"../{name}")
        git("init", "--quiet", "--initial-branch", "main")
        write("a.md", f"{PROSE}\n\n{BAD}\n")
        commit()
    write("a.md", f"{PROSE}\n\n{OTHER}\n\n{BAD}\n")
    monkeypatch.chdir("..")
    assert run(capsys, "main", "one", "two") == [("two/a.md", "HYPE-008", 25)]


def test_together_with_a_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", f"{PROSE}\n\n{BAD}\n")
    commit()
    main(["baseline", *RULES])
    write("a.md", f"{PROSE}\n\n{OTHER}\n\n{BAD} {GOOD}\n")
    capsys.readouterr()
    status = main(["-o", "json", "--diff-base", "main", "--baseline", "healthlint-baseline.json", *RULES, "."])
    result = json.loads(capsys.readouterr().out)
    assert (status, [f["line"] for f in result["findings"]]) == (1, [25])
    assert result["summary"]["baseline"] == {"known": 1, "stale": 0}


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "main~5", "HEAD:a.md", ""])
def test_an_unknown_commit(ref: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", BAD)
    commit()
    status = main([f"--diff-base={ref}", "a.md"])
    here = os.path.realpath(".")
    expected = f"healthlint: git knows no commit '{ref}' in {here}; perhaps it must be fetched first\n"
    assert (status, *capsys.readouterr()) == (2, "", expected)


def test_no_repository(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("..")
    write("a.md", BAD)
    assert main(["--diff-base", "main", "a.md"]) == 2
    expected = "healthlint: a.md is in no git repository, so --diff-base has nothing to compare it with\n"
    assert capsys.readouterr() == ("", expected)


def test_no_git(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.md", BAD)
    commit()
    monkeypatch.setenv("PATH", "")
    assert main(["--diff-base", "main", "a.md"]) == 2
    assert (
        capsys.readouterr().err == "healthlint: --diff-base needs git, which cannot be run: No such file or directory\n"
    )


def test_standard_input_is_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--diff-base", "main", "-"]) == 2
    assert capsys.readouterr().err.startswith("healthlint: --diff-base compares files with git, and standard input")
