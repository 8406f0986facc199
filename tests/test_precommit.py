"""The hooks, run by pre-commit on a fresh repository as its users run them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from wordfiles import paragraph, word_file

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "tests" / "articles" / "000_29f788a374ee8e54.txt"
GOOD = ROOT / "examples" / "good" / "walking-and-blood-pressure.md"
WHO = {f"GIT_{role}_{part}": "a@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}


def git(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, **WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", "-C", str(folder), *arguments], env=environment, check=True, capture_output=True)


def repository(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "first")
    return folder


@pytest.fixture(scope="session")
def hooks(project: Path) -> Path:
    """The project as a repository of hooks."""
    return repository(project)


@pytest.mark.usefixtures("_index")
def test_hooks_find_and_let_pass(hooks: Path, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    shutil.copy(GOOD, articles / "good.md")
    (articles / "requirements.txt").write_text("guaranteed relief\n")
    (articles / "drafts").mkdir()
    (articles / "drafts" / "draft.md").write_text("Guaranteed relief in one session.\n")
    (articles / "healthlint.yaml").write_text("exclude: [drafts/]\n")
    repository(articles)

    def hook(name: str) -> tuple[int, str]:
        environment = {**os.environ, **WHO, "PRE_COMMIT_HOME": str(tmp_path / "home"), "PRE_COMMIT_COLOR": "never"}
        environment.pop("PYTHONPATH", None)
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), name, "--all-files", "--verbose"]
        done = subprocess.run(command, cwd=articles, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    status, told = hook("healthlint")
    assert status == 0, told
    assert "1 file, " in told
    assert "drafts/draft.md skipped: excluded by healthlint.yaml." in told
    assert "requirements.txt" not in told

    shutil.copy(ARTICLE, articles / "bad article.txt")
    (articles / "letter.docx").write_bytes(word_file(paragraph("It is a miracle cure for all of us.")))
    (articles / "~$letter.docx").write_bytes(b"\x05Jane")
    git(articles, "add", "--all")
    status, told = hook("healthlint")
    assert status == 1, told
    assert "- exit code: 1" in told
    assert "bad article.txt\n" in told
    assert "error  CITE-001 no-sources" in told
    assert "letter.docx\n  paragraph 1  " in told
    assert "3 files, " in told


def test_the_manifest_is_valid() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
