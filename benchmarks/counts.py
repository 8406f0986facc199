"""What linting one article takes, in counts that are the same on every machine, so that a regression shows in review.

    python benchmarks/counts.py [ARTICLE]

Look-ups are the entries of phrases whose rarest words the article holds, matches those that really stand there; calls
are calls of Python functions. Rules and tables are loaded before anything is counted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

from healthlint import lint_text
from healthlint.analysis.sentences import words
from healthlint.formats import parse
from healthlint.tables import lexicon
from healthlint.text import Source

ARTICLE = Path(__file__).parents[1] / "tests" / "articles" / "000_29f788a374ee8e54.txt"


def calls(text: str, name: str) -> int:
    """How many Python functions are called to lint a text for the second time."""
    lint_text(text, filename=name)
    count = 0

    def counted(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    try:
        lint_text(text, filename=name)
    finally:
        sys.setprofile(None)
    return count


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ARTICLE
    text = path.read_text("utf-8")
    at = words(parse(Source(path.name, text)))
    called = calls(text, path.name)
    found = lexicon().candidates(at.index, at.folded)
    looked_up = sum(len(places) for entries in found.values() for _, places in entries)
    print(f"{path.name}: {len(at)} words, {looked_up} look-ups of phrases, {called} calls of functions")


if __name__ == "__main__":
    main()
