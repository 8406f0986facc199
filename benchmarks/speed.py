"""How fast healthlint is beside proselint: the same files, the same machine, in turn, several times.

    python benchmarks/speed.py ARTICLES [--files N] [--rounds N] [--healthlint COMMAND] [--proselint COMMAND]

ARTICLES is a folder of texts. Cold start: the whole process on the one file whose size is nearest to 5 KB. Throughput:
the whole process on N files, less the cold start, on one core. All rules of both are on; proselint looks for wording of
general prose (about 80 checks), healthlint for what its rules say. Times are CPU times of the process (user and
system), which other work on the machine disturbs less than the clock; the wall time of the cold start stands beside it.
Measure an installed wheel (rules prepared), not an editable installation, which reads its rules from YAML.
"""

from __future__ import annotations

import argparse
import os
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

NEAR = 5_000
"""The size in bytes of the article of the cold start."""


def measured(command: list[str]) -> tuple[float, float]:
    """CPU and wall seconds of one process; its findings go nowhere."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=one_core(), check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{shlex.join(command[:3])} failed: {done.stderr.decode()[-400:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def one_core() -> dict[str, str]:
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}


def in_turn(rounds: int, *commands: list[str]) -> list[list[tuple[float, float]]]:
    """The times of each command, measured alternately, after one round that does not count."""
    for command in commands:
        measured(command)
    times: list[list[tuple[float, float]]] = [[] for _ in commands]
    for _ in range(rounds):
        for place, command in enumerate(commands):
            times[place].append(measured(command))
    return times


def row(name: str, ours: list[float], theirs: list[float], shown: Callable[[float], str]) -> str:
    ratios = sorted(mine / other for mine, other in zip(ours, theirs, strict=True))
    middle = statistics.median(ratios)
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    return (
        f"{name:34} healthlint {shown(statistics.median(ours)):>10}  proselint {shown(statistics.median(theirs)):>10}"
        f"  ratio {middle:.2f} ({spread})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--healthlint", default="healthlint --isolated -o json")
    parser.add_argument("--proselint", default="proselint check")
    options = parser.parse_args()
    files = sorted(path for path in options.articles.rglob("*") if path.suffix in (".md", ".txt"))[: options.files]
    if not files:
        sys.exit(f"no .md or .txt files in {options.articles}")
    ours, theirs = shlex.split(options.healthlint), shlex.split(options.proselint)
    if shutil.which(theirs[0]) is None:
        sys.exit("proselint is not installed: pip install proselint")
    one = min(files, key=lambda path: abs(path.stat().st_size - NEAR))
    names = [str(path) for path in files]
    cold = in_turn(options.rounds, [*ours, str(one)], [*theirs, str(one)])
    many = in_turn(max(3, options.rounds // 2), [*ours, *names], [*theirs, *names])
    start = [statistics.median(cpu for cpu, _ in times) for times in cold]
    each = [[(cpu - start[place]) / len(files) for cpu, _ in times] for place, times in enumerate(many)]
    shown = lambda seconds: f"{1000 * seconds:.1f} ms"  # noqa: E731
    print(f"cold start: {one.name}, {one.stat().st_size} bytes; throughput: {len(files)} files")
    print(row("cold start, wall", [w for _, w in cold[0]], [w for _, w in cold[1]], shown))
    print(row("cold start, CPU", [c for c, _ in cold[0]], [c for c, _ in cold[1]], shown))
    print(row("an article more, CPU", each[0], each[1], shown))


if __name__ == "__main__":
    main()
