"""Several processes say the same as one, lose nothing when one of them dies, and end when they are told to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from healthlint.cli import main, parallel
from healthlint.config import Config
from healthlint.engine import Report, lint_file
from healthlint.files import Found

BAD = "# How our tea cures arthritis\n\nStudies have shown that the tea relieves pain. It is 100% effective for {n}.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for number in range(9):
        text = BAD.format(n=f"{number} people") * (1 + number % 3)
        (tmp_path / f"article-{number}.md").write_text(text, encoding="utf-8")
    (tmp_path / "broken.md").write_bytes(b"caf\xe9 au lait\n")
    (tmp_path / "empty.md").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def targets(folder: Path) -> list[parallel.Target]:
    return [(Found(path.name), Config()) for path in sorted(folder.glob("article-*.md"))]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "jsonl"])
def test_the_same_bytes_with_any_number_of_processes(
    folder: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for jobs in ("1", "2", "5"):
        status = main(["--isolated", "--as-of", "2026-11-26", "--jobs", jobs, "-o", form, "."])
        said.append((status, capsys.readouterr()))
    assert said[0][0] == 2  # for the file that is no UTF-8
    assert "cures arthritis" in said[0][1].out
    assert said == [said[0]] * 3


def dies_at_the_fourth(found: Found, config: Config) -> Report:
    if found.path == "article-3.md":
        os._exit(9)
    return lint_file(found.path, config)


@pytest.mark.skipif(sys.platform != "linux", reason="a function of a test can be handed to a fork only")
def test_a_process_that_dies_loses_one_file_only(folder: Path) -> None:
    reports = list(parallel.checked(targets(folder), dies_at_the_fourth, 2))
    assert [report.path for report in reports] == [f"article-{number}.md" for number in range(9)]
    assert [report.path for report in reports if report.problem] == ["article-3.md"]
    assert "process" in reports[3].problem
    alone = [lint_file(found.path, config) for found, config in targets(folder)]
    assert [one.findings for one in reports if not one.problem] == [a.findings for a in alone[:3] + alone[4:]]


def test_a_second_process_must_pay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1, 2, 3}, raising=False)
    few = targets(folder)
    assert parallel.processes(None, few) == 1
    assert parallel.processes(3, few) == 3
    assert parallel.processes(100, few) == 9
    monkeypatch.setattr(parallel, "PAYS", 1000)
    assert parallel.processes(None, few) == 4
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0}, raising=False)
    assert parallel.processes(None, few) == 1


def test_no_process_at_all_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--jobs", "0", "."]) == 2
    assert "--jobs: at least 1 process is needed" in capsys.readouterr().err


def children(parent: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            yield int(status.parent.name)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_an_interrupt_ends_all_of_them(folder: Path) -> None:
    (folder / "long.md").write_text(BAD.format(n="all") * 20_000, encoding="utf-8")
    (folder / "longer.md").write_text(BAD.format(n="all") * 20_000, encoding="utf-8")
    command = [sys.executable, "-m", "healthlint", "--isolated", "--jobs", "2", "."]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while len(at_work := list(children(process.pid))) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(at_work) == 2
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    assert not [child for child in at_work if Path(f"/proc/{child}").exists()]
