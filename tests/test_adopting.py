"""The commands of docs/adopting.md, one after the other, on sites of forty articles."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from healthlint import engine

ROOT = Path(__file__).parents[1]
ARTICLES = sorted((ROOT / "tests" / "articles").glob("*.txt"))
REAL = ROOT.parent / "shared" / "real"
PAGE = (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8")
IN_SHORT, IN_FULL = (re.findall(r"^    \$ (.+)$", part, re.MULTILINE) for part in PAGE.split("\n## 1. Look\n"))
WHO = {f"GIT_{role}_{part}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
NUMBER = 40
SECTION = "\n\n## Massage\n\nThe massage works for everyone. Guaranteed relief in one session.\n"
NEW = "\n\nThe massage works for everyone. Guaranteed relief in one session.\n"


class Shell:
    """Runs commands as they stand in the page, in a folder; healthlint and pre-commit are those of this environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = folder.parent / "home"
        (home / "bin").mkdir(parents=True)
        command = home / "bin" / "healthlint"
        command.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m healthlint \"$@\"\n", encoding="utf-8")
        command.chmod(0o755)
        places = [str(home / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_"))}
        self._environment |= {
            **WHO,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PYTHONPATH": str(Path(engine.__file__).parents[1]),
        }
        self._environment |= {
            "PATH": os.pathsep.join(places),
            "HOME": str(home),
            "PRE_COMMIT_HOME": str(home / "hooks"),
        }

    def __call__(self, command: str) -> tuple[int, str, str]:
        """The status, what was printed, and all that was told beside it."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr.strip()


def real_articles() -> list[Path]:
    """Forty real articles, spread over all, and the first of them in Markdown and in English."""
    every = [path for path in sorted(REAL.rglob("*")) if path.suffix in (".md", ".mdx", ".html", ".txt")]
    readable = [path for path in every if path.name != "README.md"]
    return readable[:: len(readable) // NUMBER][:NUMBER]


def our_articles() -> list[Path]:
    return (ARTICLES * NUMBER)[:NUMBER]


@pytest.mark.parametrize(
    "articles",
    [
        our_articles,
        pytest.param(
            real_articles,
            marks=pytest.mark.skipif(not REAL.is_dir(), reason="the real articles do not lie beside the checkout"),
        ),
    ],
)
def test_a_site_is_adopted_in_five_commands(articles: Callable[[], list[Path]], tmp_path: Path) -> None:
    folder = tmp_path / "site"
    for number, article in enumerate(articles()):
        path = folder / "content" / f"part {number % 4}" / f"{number}{article.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(article.read_bytes())
    (folder / "hugo.toml").write_text("title = 'A site'\n", encoding="utf-8")
    shell = Shell(folder)
    shell("git init --quiet --initial-branch main && git remote add origin https://github.com/acme/site.git")
    assert len(IN_SHORT) == 5
    init, baseline, commit, look, gate = IN_SHORT

    status, out, told = shell(init)
    assert (status, out) == (0, "")
    assert told.splitlines()[0] == "Hugo; 40 articles in content"
    assert told.splitlines()[-1] == f"Next: {baseline}"
    assert (folder / ".github" / "workflows" / "healthlint.yml").is_file()
    status, out, told = shell(baseline)
    assert (status, out) == (0, "")
    written = re.match(r"healthlint-baseline.json: (\d+) findings written down.\n", told + "\n")
    assert written is not None
    assert int(written[1]) > NUMBER
    status, out, told = shell(commit)
    assert status == 0, out + told
    assert re.search(r"^healthlint\.{3,}Passed$", told, re.MULTILINE), told
    assert shell("git status --porcelain") == (0, "", "")
    status, out, told = shell(look)
    assert (status, out) == (0, "")
    assert f"; 0 errors, 0 warnings, 0 infos; {written[1]} more in the baseline" in told

    shell("git switch --quiet --create work")
    changed = next(
        path for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".txt") and "part 1" in str(path)
    )
    with changed.open("a", encoding="utf-8") as file:
        file.write(SECTION)
    name = changed.relative_to(folder).as_posix()
    for command in (look, gate):
        status, out, told = shell(command)
        assert status == 1, told
        files = [line for line in out.splitlines() if line.startswith("content/")]
        assert files == [name]
        assert re.search(r"\d+:\d+ +error +HYPE-008 ", out)
    assert "skipped: unchanged since main." in told
    status, out, told = shell("git commit --quiet --all --message 'A promise'")
    assert status == 1
    assert "HYPE-008" in out + told


def test_a_site_is_adopted(tmp_path: Path) -> None:
    tmp_path = tmp_path / "site"
    tmp_path.mkdir()
    run_shell = Shell(tmp_path)

    def shell(command: str) -> tuple[int, str, str]:
        status, out, told = run_shell(command)
        return status, out, told.rpartition("\n")[2]

    for number in range(40):
        path = tmp_path / "articles" / f"part {number % 4}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{number} ".encode() + ARTICLES[number % len(ARTICLES)].read_bytes())
    shell("git init --quiet --initial-branch main")
    look, baseline, add, commit, run, again, diff, fix, prune, gate, due = IN_FULL
    assert shell(look)[0] == 0
    status, out, told = shell(baseline)
    assert (status, out) == (0, "")
    written = re.fullmatch(r"healthlint-baseline.json: (\d+) findings written down.", told)
    assert written is not None
    (tmp_path / "healthlint.yaml").write_text("baseline: healthlint-baseline.json\n")
    assert [shell(add)[0], shell(commit)[0]] == [0, 0]
    status, out, told = shell(run)
    assert (status, out) == (0, "")
    assert f"; 0 errors, 0 warnings, 0 infos; {written[1]} more in the baseline" in told

    shell("git switch --quiet --create work")
    shell("git mv 'articles/part 0/0.txt' articles/moved.txt")
    with (tmp_path / "articles" / "moved.txt").open("a") as file:
        file.write(NEW)
    for command in (again, gate):
        status, out, told = shell(command)
        assert status == 1
        assert out.splitlines()[0] == "articles/moved.txt"
        assert "; 2 errors, " in told
    assert "39 more skipped" not in told
    assert "36 more skipped: unchanged since main." in told
    assert (shell(diff)[1], shell(fix)[0]) == ("", 1)
    (tmp_path / "articles" / "part 1" / "1.txt").unlink()
    status, out, told = shell(prune)
    assert status == 0
    assert re.fullmatch(r"healthlint-baseline.json: \d+ taken out, \d+ left.", told)
    assert shell(run)[0] == 1
    assert shell(due)[0] == 0
