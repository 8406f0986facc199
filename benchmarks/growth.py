"""How time grows: with the length of an article, with the number of phrases, and with texts that are made to be slow.

    python benchmarks/growth.py [--megabytes 1 2 4] [--phrases 1000 5000] [--files 1000 4000] [--out docs/growth.md]

Everything is made up here. Times are CPU seconds of one process per megabyte, less those of a start, beside ordinary
prose of the same size in the same run: a ratio near 1 means that time grows with the length and with nothing else.
"""

from __future__ import annotations

import argparse
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PROSE = (
    "The study followed 120 adults for six months. Half of them drank green tea, the others water, and blood pressure "
    "fell by 4 mmHg in the first group [1]. Side effects were rare: two people slept badly, one had a headache.\n\n"
    "## What that means\n\nTalk to your doctor before you change your treatment. **Nobody knows** whether it lasts.\n\n"
)
HOSTILE = {
    "quotation marks": '" ',
    "brackets": "[",
    "dots": ". ",
    "asterisks": "*",
    "opening tags": "<div>",
    "one endless sentence": "and the tea may reduce pain ",
    "one endless word": "tea",
    "lists in lists": "- tea\n  ",
    "block quotations": "> ",
}


HEAD = f"""\
# Growth

Made by `benchmarks/growth.py` with Python {platform.python_version()} on {platform.machine()}: CPU seconds of one
process, those of a start taken off; on a machine shared with other work they differ by half between runs, so look at
how they grow. *Of ordinary prose*: the time for a made-up text that ought to be slow, divided by that for prose of the
same size in the same run.

"""


def seconds(folder: Path, *arguments: str) -> float:
    """CPU seconds of one run over a folder. Exits if the run went wrong, which would look very fast."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "healthlint", "--jobs", "1", "-o", "jsonl", *arguments, str(folder)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(files: dict[str, str], *arguments: str) -> float:
    """The same for files that are written for it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        return seconds(Path(folder), *arguments)


def filled(piece: str, megabytes: float) -> str:
    """The piece again and again; paragraphs of prose all around, so that it is an English article."""
    many = int(megabytes * 1_000_000 / len(piece))
    return f"# Green tea\n\n{PROSE}{piece * many}\n\n{PROSE}"


def pack(count: int) -> str:
    """A rule with so many phrases of two words, none of which occurs."""
    phrases = "\n".join(f'    - "zork{number} blorb{number % 97}~"' for number in range(count))
    return f"""\
- id: ZORK-001
  name: zork-talk
  severity: info
  trust: high
  why: Nobody talks so.
  sources: [none]
  message: '"{{match}}" is no word.'
  help: Leave it out.
  phrases:
{phrases}
  examples:
    fires: ["They say <<zork1 blorb1>> there to everybody who comes along."]
    silent: ["They say nothing of the kind to anybody who comes along."]
"""


def rows(options: argparse.Namespace) -> Iterator[str]:
    start = run({"a.md": f"# Green tea\n\n{PROSE}"}, "--isolated")
    yield f"start: {start:.2f} s"
    ordinary = {size: run({"a.md": filled(PROSE, size)}, "--isolated") - start for size in options.megabytes}
    for size, taken in ordinary.items():
        yield f"one article of {size:g} MB: {taken:.2f} s, {taken / size:.2f} s a MB"
    base = ordinary[options.megabytes[0]] / options.megabytes[0]
    for name, piece in HOSTILE.items():
        taken = run({"a.md": filled(piece, options.megabytes[0])}, "--isolated") - start
        yield f"{name}, {options.megabytes[0]:g} MB: {taken / options.megabytes[0] / base:.2f} of ordinary prose"
    for count in options.files:
        taken = run({f"{n}.md": f"# Tea {n}\n\n{PROSE}" for n in range(count)}, "--isolated") - start
        yield f"{count} short files: {taken:.2f} s, {1000 * taken / count:.2f} ms a file"
    for count in options.phrases:
        files = {"a.md": filled(PROSE, options.megabytes[0]), "b.md": PROSE, "pack.yaml": pack(count)}
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                Path(folder, name).write_text(text, encoding="utf-8")
            Path(folder, "healthlint.yaml").write_text("packs: [./pack.yaml]\n", encoding="utf-8")
            loading = seconds(Path(folder, "b.md"), "--config", str(Path(folder, "healthlint.yaml")))
            taken = seconds(Path(folder, "a.md"), "--config", str(Path(folder, "healthlint.yaml")))
        size = options.megabytes[0]
        yield f"{count} phrases more in a pack: {taken - start:.2f} s for {size:g} MB, {loading:.2f} s to load"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, nargs="+", default=[1, 2, 4])
    parser.add_argument("--phrases", type=int, nargs="+", default=[1000, 5000])
    parser.add_argument("--files", type=int, nargs="+", default=[1000, 4000])
    parser.add_argument("--out", type=Path, help="a Markdown file for the figures")
    options, told = parser.parse_args(), []
    for row in rows(options):
        print(row, flush=True)
        told.append(f"- {row}\n")
    if options.out:
        options.out.write_text(HEAD + "".join(told), encoding="utf-8")


if __name__ == "__main__":
    main()
