"""`--watch` as a process of its own, and the line that tells how far a run is, in a terminal of its own."""

import os
import queue
import signal
import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthlint.cli import main, watch
from healthlint.cli.progress import Progress, is_welcome

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and terminals as POSIX has them")

BAD = "# On sleep\n\nThis miracle cure is sold to people with asthma at night, said the page.\n"
GOOD = "# On sleep\n\nThe drug may help some people with asthma at night, said the page.\n"
PACK = """\
- id: ACME-001
  name: no-page
  severity: warning
  trust: high
  why: w
  sources: [s]
  message: m
  help: h
  phrases: [said the page]
  examples: {fires: ["So <<said the page>>."], silent: [No.]}
"""
PATIENCE = 60
START = """\
import signal
from healthlint.__main__ import run
signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background has it ignored
run()
"""


class Watching:
    """A running `healthlint --watch`, and what it prints."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-c", START, "--watch", "--as-of", "2026-11-24", "-o", "text", *arguments]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))

    def until(self, words: str) -> list[str]:
        """The lines that mean something up to one that holds the words."""
        lines: list[str] = []
        while not (lines and words in lines[-1]):
            lines.append(self._lines.get(timeout=PATIENCE))
        return [line for line in lines if line and not line.startswith(" " * 8)]

    def end(self) -> list[str]:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(PATIENCE) == 0
        self._reader.join(PATIENCE)
        return list(self._lines.queue)


@pytest.fixture
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")


@pytest.fixture
def watching(_here: None) -> Iterator[type[Watching]]:
    started: list[Watching] = []

    class Started(Watching):
        def __init__(self, *arguments: str) -> None:
            super().__init__(*arguments)
            started.append(self)

    yield Started
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()
        one._reader.join(PATIENCE)
        assert one.process.stdout
        one.process.stdout.close()


def write(name: str, text: str) -> None:
    """Save as editors do: into another file, which takes the place of the first."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(f"{name}~").write_text(text, encoding="utf-8")
    Path(f"{name}~").replace(name)


def checked(files: str, errors: int, warnings: int = 0) -> str:
    found = f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}"
    return f"{files} checked as of 2026-11-24; {found}, 0 infos."


ONLY = ("--select", "HYPE-001")


def test_what_is_saved_is_linted_again(watching: type[Watching]) -> None:
    write("site/a.md", BAD)
    write("site/b.md", GOOD)
    run = watching(*ONLY, "site")
    lines = run.until("Ctrl-C")
    assert lines[0] == "site/a.md"
    assert lines[1].split() == ["3:6", "error", "HYPE-001", "hype-superlative"]
    assert lines[-2:] == [checked("2 files, 31 words", 1), "healthlint: watching 2 articles; Ctrl-C ends it"]
    write("site/a.md", GOOD)
    assert run.until("checked") == ["healthlint: site/a.md was saved", checked("1 file, 15 words", 0)]
    write("site/deep/c.md", BAD)
    lines = run.until("checked")
    assert (lines[0], lines[1], lines[-1]) == (
        *("healthlint: site/deep/c.md is new", "site/deep/c.md"),
        checked("1 file, 16 words", 1),
    )
    Path("site/b.md").unlink()
    assert run.until("gone") == ["healthlint: site/b.md is gone"]
    Path("site/deep/c.md").rename("site/d.md")
    lines = run.until("checked")
    assert lines[0] == "healthlint: site/d.md is new, site/deep/c.md is gone"
    assert lines[-1] == checked("1 file, 16 words", 1)
    assert "".join(run.end()).strip() == ""


def test_a_configuration_that_changes_counts_for_everything(watching: type[Watching]) -> None:
    write("a.md", BAD)
    write("b.md", BAD)
    write("drafts/c.md", BAD)
    write("healthlint.yaml", "select: [HYPE-001]\nexclude: [drafts/]\n")
    run = watching(".")
    assert run.until("Ctrl-C")[-2:] == [
        checked("2 files, 32 words", 2),
        "healthlint: watching 2 articles; Ctrl-C ends it",
    ]
    write("healthlint.yaml", "ignore: [HYPE-01]\n")
    assert run.until("no rule") == [
        "healthlint: healthlint.yaml was saved",
        "healthlint: healthlint.yaml:1: no rule is called 'HYPE-01', did you mean 'HYPE-001'?",
    ]
    write("b.md", GOOD)
    assert run.until("no rule")[0] == "healthlint: ./b.md was saved"
    write("healthlint.yaml", "select: [HYPE-001]\nexclude: [drafts/]\n")
    lines = run.until("checked")
    assert lines[:2] == ["healthlint: healthlint.yaml was saved", "./a.md"]
    assert lines[-1] == checked("2 files, 31 words", 1)
    write("healthlint.yaml", "select: [HYPE-003]\nexclude: [drafts/]\n")
    assert run.until("checked")[-1] == checked("2 files, 31 words", 0)
    Path("healthlint.yaml").unlink()
    assert run.until("checked")[0] == "healthlint: healthlint.yaml is gone, ./drafts/c.md is new"
    run.end()


def test_a_pack_that_changes_counts_for_everything(watching: type[Watching]) -> None:
    write("a.md", GOOD)
    write("packs/p.yaml", PACK)
    write("healthlint.yaml", "select: [ACME]\npacks: [packs/]\n")
    run = watching("a.md")
    assert run.until("checked")[-1] == checked("1 file, 15 words", 0, 1)
    run.until("Ctrl-C")
    write("packs/p.yaml", PACK.replace("said the page", "at night"))
    lines = run.until("checked")
    assert (lines[0], lines[2].split()[0], lines[-1]) == (
        "healthlint: packs/p.yaml was saved",
        "3:43",
        checked("1 file, 15 words", 0, 1),
    )
    write("packs/p.yaml", PACK.replace("phrases", "phrase"))
    assert run.until("unknown key") == [
        "healthlint: packs/p.yaml was saved",
        "healthlint: packs/p.yaml:9: unknown key 'phrase', did you mean 'phrases'?",
    ]
    write("packs/tables/words.yaml", "entries: [{name: pages, words: [the page]}]\n")
    write("packs/p.yaml", PACK.replace("[said the page]", '["said {pages}"]'))
    assert run.until("checked")[-1] == checked("1 file, 15 words", 0, 1)
    write("packs/tables/words.yaml", "entries: [{name: pages, words: [a page]}]\n")
    assert run.until("checked") == ["healthlint: packs/tables/words.yaml was saved", checked("1 file, 15 words", 0)]
    run.end()


def test_files_are_read_when_nothing_changes_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = [watch._Look({"a.md": (time, 0, 0)}, {}) for time in (1, 1, 2, 3, 4, 4, 5)]
    coming = iter(looks[1:])
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    watched = types.SimpleNamespace(look=lambda: next(coming))
    assert watch._next(watched, looks[0]) == looks[4]  # type: ignore[arg-type]
    assert next(coming) == looks[6]


def test_files_of_output_hold_whole_runs(watching: type[Watching]) -> None:
    write("a.md", BAD)
    write("b.md", BAD)
    run = watching(*ONLY, "-o", "jsonl=found.jsonl", "a.md", "b.md")
    run.until("Ctrl-C")
    write("b.md", BAD.replace("This", "That"))
    assert run.until("checked")[-1] == checked("2 files, 32 words", 2)
    run.end()
    assert [line.split('"')[3] for line in Path("found.jsonl").read_text().splitlines()] == ["a.md", "b.md"]


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-"], "--watch looks at files, and standard input is none"),
        (["--fix", "a.md"], "--watch only looks; run --fix and --diff by themselves"),
        (["none"], "there is no file or folder 'none'"),
        (["--select", "HYPE-999", "a.md"], "--select: no rule is called 'HYPE-999', did you mean 'HYPE-009'?"),
    ],
)
def test_what_cannot_be_watched(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", BAD)
    assert main(["--watch", *arguments]) == 2
    assert capsys.readouterr() == ("", f"healthlint: {told}\n")


# The line that tells how far a run is


SLOW = """\
import itertools, sys
from healthlint.cli import lint, main, progress
seconds = itertools.count(0, {step})
progress.monotonic = lambda: next(seconds)
sys.exit(main(sys.argv[1:]))
"""


def in_a_terminal(*arguments: str, step: float = 0.6, **environment: str) -> str:
    """What a run shows in a terminal, where a clock that is looked at has gone on by `step` seconds."""
    import pty

    ours, theirs = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if k not in ("CI", "PRE_COMMIT", "NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-c", SLOW.format(step=step), "--isolated", "--color", "never", *ONLY, *arguments]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env={**clean, "TERM": "xterm", **environment}
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(ours)
    process.wait(PATIENCE)
    return shown.decode().replace("\r\n", "\n")


def screen(shown: str) -> list[str]:
    """The lines as they stand on the terminal at the end: what follows a carriage return is written over."""
    lines = []
    for line in shown.split("\n"):
        final = ""
        for part in line.split("\r"):
            final = part + final[len(part) :]
        lines.append(final.rstrip())
    return lines


@pytest.fixture
def _five(_here: None) -> None:
    for number, text in enumerate([GOOD, GOOD, GOOD, BAD, GOOD]):
        write(f"{number}.md", text)


@pytest.mark.usefixtures("_five")
def test_a_long_run_tells_how_far_it_is() -> None:
    shown = in_a_terminal(*(f"{number}.md" for number in range(5)))
    assert shown.startswith(
        "\r1 of 5 files checked\r2 of 5 files checked\r3 of 5 files checked\r                    \r3.md\n"
    )
    assert "\r4 of 5 files checked\r                    \r5 files, " in shown
    assert screen(shown)[0] == "3.md"
    assert screen(shown)[-2].startswith("5 files, ")
    assert not any("of 5" in line for line in screen(shown))


@pytest.mark.usefixtures("_five")
def test_a_short_run_tells_nothing() -> None:
    assert " of " not in in_a_terminal("0.md", "1.md", "2.md", step=0.3).partition(" checked as of")[0]


@pytest.mark.usefixtures("_five")
@pytest.mark.parametrize("variable", [{"CI": "true"}, {"PRE_COMMIT": "1"}, {"TERM": "dumb"}])
def test_where_nobody_looks_nothing_is_told(variable: dict[str, str]) -> None:
    assert "\r" not in in_a_terminal("0.md", "1.md", "2.md", **variable)


@pytest.mark.usefixtures("_five")
def test_what_is_changed_is_not_mixed_with_the_line() -> None:
    assert "\r" not in in_a_terminal("--fix", "0.md", "1.md", "2.md")


def test_without_a_terminal_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", open(os.devnull, "w"))  # noqa: SIM115
    assert not is_welcome()
    sys.stderr.close()


def test_the_line_is_not_drawn_too_often(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 1.5, 1.55, 1.61, 1.62])
    monkeypatch.setattr("healthlint.cli.progress.monotonic", lambda: next(clock))
    line = Progress()
    for done in (8, 9, 10):
        line.show(done, 10)
    line.clear()
    line.clear()
    line.show(10, 10)
    assert capsys.readouterr().err == (
        "\r8 of 10 files checked\r10 of 10 files checked\r                      \r\r10 of 10 files checked"
    )
