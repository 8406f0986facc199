"""How fast healthlint is beside other prose linters: the same files, the same machine, in turn, several times.

    python benchmarks/speed.py ARTICLES --tools FOLDER [--files N] [--rounds N] [--out docs/speed.md]

ARTICLES is a folder of .md and .txt files; the articles are read as Markdown by those who only read that. FOLDER is
where the others are installed, with pip (proselint) and npm (write-good, alex, textlint with the rules of write-good);
what cannot be installed is left out with a word. healthlint is installed there too, from this checkout, as a user
would install it. All rules of each are on, one process each, one core.

*A start* is the whole process on the one file whose size is nearest to 5 KB. *An article more* is the whole process on
N files less the start, divided by N. Times are CPU seconds of the process (user and system), which other work on the
machine disturbs less than the clock; the wall time of a start stands beside it. Every round runs all tools one after
the other; ratios are taken within a round, so that a slow moment hits both sides. The counts of instructions need
valgrind: they are the same on every run, so a change of a few per cent shows.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
NEAR = 5_000
"""The size in bytes of the article of a start."""


class Tool(NamedTuple):
    """A linter: its name, what it looks for, its command, and how it is installed into a folder."""

    name: str
    looks_for: str
    command: Callable[[Path], list[str]]
    install: Callable[[Path], list[list[str]]]


class Cost(NamedTuple):
    """What one process took: seconds of the processor, seconds on the clock, and memory at its peak in MiB."""

    cpu: float
    wall: float
    peak: float


def _npm(*packages: str) -> Callable[[Path], list[list[str]]]:
    return lambda folder: [["npm", "install", "--silent", "--no-fund", "--prefix", str(folder / "npm"), *packages]]


def _pip(*packages: str) -> Callable[[Path], list[list[str]]]:
    return lambda folder: [
        [sys.executable, "-m", "venv", str(folder / packages[0].rpartition("/")[2])],
        [str(folder / packages[0].rpartition("/")[2] / "bin" / "pip"), "install", "--quiet", *packages],
    ]


def _bin(name: str, *arguments: str) -> Callable[[Path], list[str]]:
    return lambda folder: [str(folder / "npm" / "node_modules" / ".bin" / name), *arguments]


TOOLS = (
    Tool(
        "healthlint",
        "all rules about health articles: phrases, claims, evidence, sources, harms, readability",
        lambda folder: [str(folder / ROOT.name / "bin" / "healthlint"), "--isolated", "--jobs", "1", "-o", "json"],
        _pip(str(ROOT)),
    ),
    Tool(
        "proselint",
        "about 80 checks of wording in general prose",
        lambda folder: [str(folder / "proselint" / "bin" / "proselint"), "check"],
        _pip("proselint"),
    ),
    Tool("write-good", "8 checks: passive voice, weasel words, wordiness", _bin("write-good"), _npm("write-good")),
    Tool("alex", "words that may hurt (retext)", _bin("alex", "--quiet"), _npm("alex")),
    Tool(
        "textlint",
        "the rules of write-good in textlint",
        _bin("textlint", "--rule", "write-good"),
        _npm("textlint", "textlint-rule-write-good"),
    ),
)


def installed(tool: Tool, folder: Path) -> bool:
    """Whether the tool is there, after an attempt to install it; healthlint is installed anew, as it stands now."""
    if tool is TOOLS[0] or not Path(tool.command(folder)[0]).exists():
        for command in tool.install(folder):
            done = subprocess.run(command, capture_output=True, check=False)
            if done.returncode:
                break
    return Path(tool.command(folder)[0]).exists()


def measured(command: list[str]) -> Cost:
    """Run a process to its end; what it says goes nowhere."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu or used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def in_turn(rounds: int, commands: list[list[str]]) -> list[list[Cost]]:
    """The costs of each command, measured alternately, after one round that does not count."""
    for command in commands:
        measured(command)
    turns = [[measured(command) for command in commands] for _ in range(rounds)]
    return [list(costs) for costs in zip(*turns, strict=True)]


def instructions(command: list[str]) -> int | None:
    """How many instructions a process takes, as valgrind counts them; None without valgrind."""
    if shutil.which("valgrind") is None:
        return None
    script = Path(command[0])
    interpreter = [str(script.parent / "python")] if (script.parent / "python").exists() else []
    counting = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *interpreter, *command]
    done = subprocess.run(
        counting, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONHASHSEED": "0"}
    )
    found = re.search(r"Collected : (\d+)", done.stderr)
    return int(found.group(1)) if found else None


def ratio(ours: list[float], theirs: list[float]) -> str:
    """The median of the ratios within the rounds, with the smallest and the largest."""
    found = sorted(one / other for one, other in zip(ours, theirs, strict=True))
    return f"{statistics.median(found):.2f} ({found[0]:.2f}-{found[-1]:.2f})"


def table(tools: list[Tool], starts: list[list[Cost]], many: list[list[Cost]], count: int) -> list[str]:
    """The rows of the page, each tool beside healthlint, which is the first."""
    rows = [
        "| tool | a start: ms on the clock | ratio | a start: CPU ms | an article more: CPU ms | ratio | peak MiB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    walls = [[cost.wall for cost in costs] for costs in starts]
    starting = [statistics.median(cost.cpu for cost in costs) for costs in starts]
    each = [[max((c.cpu - s) / count, 1e-6) for c in costs] for costs, s in zip(many, starting, strict=True)]
    for number, tool in enumerate(tools):
        cells = [
            f"{1000 * statistics.median(walls[number]):.0f}",
            ratio(walls[0], walls[number]),
            f"{1000 * starting[number]:.0f}",
            f"{1000 * statistics.median(each[number]):.2f}",
            ratio(each[0], each[number]),
            f"{max(cost.peak for cost in many[number]):.0f}",
        ]
        rows.append(f"| {tool.name} | {' | '.join(cells)} |")
    return rows


def page(options: argparse.Namespace, tools: list[Tool], missing: list[str], files: list[Path], one: Path) -> str:
    """Measure, and write the page."""
    starts = in_turn(options.rounds, [[*tool.command(options.tools), str(one)] for tool in tools])
    names = [str(path) for path in files]
    many = in_turn(max(3, options.rounds // 2), [[*tool.command(options.tools), *names] for tool in tools])
    lines = [
        "# Speed",
        "",
        "Made by `benchmarks/speed.py`, which says how each figure is taken. Ratios are healthlint's time divided by",
        "the other's within one round (median, smallest, largest): below 1, healthlint is faster. Measured on",
        f"{platform.machine()}, {os.cpu_count()} cores shared with other work, Python {platform.python_version()};",
        f"a start with one file of {one.stat().st_size:,} bytes, {options.rounds} rounds; {len(files)} files of",
        f"{sum(path.stat().st_size for path in files) // len(files):,} bytes on average.",
        "",
        *table(tools, starts, many, len(files)),
        "",
        "What each looks for:",
        "",
        *(f"- {tool.name}: {tool.looks_for}" for tool in tools),
        *(f"- {name} could not be installed here and is left out" for name in missing),
        "",
        *counted(options, tools, files, one),
    ]
    return "\n".join(lines).rstrip() + "\n"


def counted(options: argparse.Namespace, tools: list[Tool], files: list[Path], one: Path) -> list[str]:
    """The counts of instructions of healthlint and proselint."""
    few = files[:: max(1, len(files) // 20)][:20]
    rows = []
    for tool in tools[:2]:
        command = tool.command(options.tools)
        start = instructions([*command, str(one)])
        more = instructions([*command, str(one), *map(str, few)]) if start else None
        if start and more:
            rows.append(f"| {tool.name} | {start / 1e6:.0f} | {(more - start) / len(few) / 1e6:.1f} |")
    if not rows:
        return []
    head = ["| tool | a start: million instructions | an article more: million instructions |", "| --- | ---: | ---: |"]
    return ["Instructions, the same on every run:", "", *head, *rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--tools", type=Path, required=True)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    options.tools = options.tools.absolute()
    files = sorted(path for path in options.articles.rglob("*") if path.suffix in (".md", ".txt"))[: options.files]
    if not files:
        sys.exit(f"no .md or .txt files in {options.articles}")
    there = [(tool, installed(tool, options.tools)) for tool in TOOLS]
    if not there[0][1]:
        sys.exit("healthlint could not be installed")
    one = min(files, key=lambda path: abs(path.stat().st_size - NEAR))
    tools, missing = [tool for tool, found in there if found], [tool.name for tool, found in there if not found]
    text = page(options, tools, missing, files, one)
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
