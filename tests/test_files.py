"""Finding the articles among files and folders."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from healthlint import Config
from healthlint.files import BY_NAME, EXCLUDED, MISSING, NO_ARTICLES, Found, find, is_article

HOOKS = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"


def tree(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")


def found(*paths: object, config: Config = Config(), force_exclude: bool = False) -> list[str]:  # noqa: B008
    results = list(find(map(str, paths), lambda path: config, force_exclude=force_exclude))
    kept = [result for result in results if result.skipped != BY_NAME]
    assert [result for result in kept if result != Found(result.path)] == []
    return [result.path for result in kept]


def test_a_folder_gives_its_articles_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "b.md", "a/z.txt", "a.html", "a/B.MD", "x.py", "node_modules/x.md", ".hidden/x.md", "a/LICENSE.txt")
    monkeypatch.chdir(tmp_path)
    assert found(".") == ["./a.html", "./a/B.MD", "./a/z.txt", "./b.md"]
    assert found("a") == ["a/B.MD", "a/z.txt"]
    assert found("a/") == ["a/B.MD", "a/z.txt"]


def test_a_file_that_is_named_twice_comes_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a.md", "b.md")
    monkeypatch.chdir(tmp_path)
    assert found("b.md", "./b.md", ".", tmp_path / "a.md") == ["b.md", "./a.md"]


def test_what_is_named_is_always_an_article(tmp_path: Path) -> None:
    tree(tmp_path, "LICENSE.txt", "x.py", ".hidden/x.md")
    named = [tmp_path / "LICENSE.txt", tmp_path / "x.py", tmp_path / ".hidden"]
    assert found(*named) == [str(named[0]), str(named[1]), str(named[2] / "x.md")]


def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "b.md", "keep.md", "build/x.md", "sub/build/x.md", "sub/b.md", "sub/c.md", "deep/er/d.md")
    (tmp_path / ".git" / "info").mkdir(parents=True)
    (tmp_path / ".git" / "info" / "exclude").write_text("deep/\n")
    (tmp_path / ".gitignore").write_text("# built\n/build/\nb.md\nk*.md\n!keep.md\n!\n")
    (tmp_path / "sub" / ".gitignore").write_bytes(b"!b.md\r\nc.md\r\n")
    names = ["a.md", "keep.md", "sub/b.md", "sub/build/x.md"]
    assert found(tmp_path) == [str(tmp_path / name) for name in names]
    assert found(tmp_path / "sub") == [str(tmp_path / name) for name in names[2:]]


def test_a_named_folder_is_searched_though_git_ignores_it(tmp_path: Path) -> None:
    tree(tmp_path, "build/x.md", "build/draft.md")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n")
    (tmp_path / "build" / ".gitignore").write_text("draft.md\n")
    assert found(tmp_path / "build") == [str(tmp_path / "build" / "x.md")]


def test_links_do_not_go_in_circles(tmp_path: Path) -> None:
    tree(tmp_path, "a/x.md")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "a" / "y.md").symlink_to(tmp_path / "a" / "x.md")
    (tmp_path / "a" / "folder.md").symlink_to(tmp_path / "a")
    os.mkfifo(tmp_path / "a" / "pipe.md")
    assert found(tmp_path) == [str(tmp_path / "a" / "x.md"), str(tmp_path / "a" / "y.md")]


@pytest.fixture
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A current folder with more levels below it than Python can recurse; removed here, since pytest cannot."""
    monkeypatch.chdir(tmp_path)
    levels = 1500
    for _ in range(levels):
        os.mkdir("d")
        os.chdir("d")
    Path("x.md").write_text("text")
    os.chdir(tmp_path)
    yield levels
    os.chdir("d/" * levels)
    os.remove("x.md")
    for _ in range(levels):
        os.chdir("..")
        os.rmdir("d")


def test_very_deep_folders(deep: int) -> None:
    assert found(".") == ["./" + "d/" * deep + "x.md"]


def test_what_the_configuration_excludes(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "drafts/b.md", "x/drafts/b.md", "x/c.md")
    config = Config(exclude=("/drafts/", "c.md"), path=str(tmp_path / "healthlint.yaml"))
    draft = tmp_path / "drafts" / "b.md"
    assert found(tmp_path, config=config) == [str(tmp_path / "a.md"), str(tmp_path / "x" / "drafts" / "b.md")]
    assert found(draft, config=config) == [str(draft)]
    forced = list(find([str(draft)], lambda path: config, force_exclude=True))
    assert forced == [Found(str(draft), skipped=f"{EXCLUDED} {tmp_path / 'healthlint.yaml'}")]


def test_paths_that_give_nothing(tmp_path: Path) -> None:
    tree(tmp_path, "empty/x.py")
    (tmp_path / "lost.md").symlink_to(tmp_path / "nowhere.md")
    paths = [str(tmp_path / name) for name in ("nowhere.md", "empty", "lost.md")]
    results = list(find(paths, lambda path: Config()))
    assert results == [Found(paths[0], problem=MISSING), Found(paths[1], skipped=NO_ARTICLES), Found(paths[2])]
    assert found(tmp_path) == [paths[2]]


def test_a_folder_that_cannot_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "a.md", "shut/b.md")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert list(find([str(tmp_path)], lambda path: Config())) == [
        Found(str(tmp_path / "a.md")),
        Found(str(tmp_path / "shut"), problem="cannot be read: Permission denied"),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.md", True),
        ("a.MARKDOWN", True),
        ("a.mdx", True),
        ("a.html", True),
        ("a.htm", True),
        ("a.txt", True),
        ("README.md", True),
        ("license.md", True),
        ("noticeboard.txt", True),
        ("authors guide.txt", True),
        ("notice-the-signs-of-stroke.txt", True),
        ("humans-and-mice.txt", True),
        ("requirements-for-a-good-sleep.txt", True),
        ("requirements-dev.txt", False),
        ("robots.txt", False),
        ("LICENSE.txt", False),
        ("license-mit.txt", False),
        ("requirements_dev.txt", False),
        ("requirements.in.txt", False),
        ("llms-full.txt", False),
        ("CMakeLists.txt", False),
        ("a.docx", True),
        ("~$a.docx", False),
        ("a.doc", False),
        ("a", False),
        ("md", False),
    ],
)
def test_folders_and_hooks_take_the_same_files(name: str, expected: bool) -> None:
    hooks = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    taken = [
        bool(re.search(hook["files"], path)) and not re.search(hook["exclude"], path)
        for hook in hooks
        for path in (name, f"articles/{name}")
    ]
    assert [is_article(name), *taken] == [expected] * (1 + 2 * len(hooks))


def test_a_file_that_is_left_out_by_its_name_is_told(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "robots.txt", "~$b.docx")
    assert list(find([str(tmp_path)], lambda path: Config())) == [
        Found(str(tmp_path / "a.md")),
        Found(str(tmp_path / "robots.txt"), skipped=BY_NAME),
    ]


def test_a_folder_that_is_excluded_says_by_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "old/a.md")
    monkeypatch.chdir(tmp_path)
    config = Config(exclude=("old/",), path="healthlint.yaml")
    assert list(find(["old"], lambda path: config)) == [Found("old", skipped=f"{EXCLUDED} healthlint.yaml")]
