"""How good the rules are: hits on real articles, and how many of the findings that somebody has read are fair.

    quality.py unpack RELEASES.jsonl FOLDER        one .txt per line
    quality.py sample --rules HYPE --out S.md CORPUS...   draw findings to be read; write a verdict under each
    quality.py record S.md --reader NAME           keep the verdicts in benchmarks/readings/NAME.jsonl
    quality.py score --out docs/scorecard.md [--coded RELEASES.jsonl] CORPUS...

A CORPUS is NAME=FOLDER or NAME=FOLDER@PROFILE. A reading is one verdict (fair, arguable, unfair) on one finding; it is
kept by the sha256 of the article, the rule and the span, never by text. Rules are tuned on articles whose sha256 begins
with 0 to 7; only findings in the others are drawn. Every run is of the same day, so that it can be repeated. `--coded`
are press releases with what trained coders said of them (InSciOut, see `coded`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import coded
from corpora import articles
from drawing import read_verdicts, sample, sheet, verdicts, write_verdicts
from figures import scorecard

READINGS = Path(__file__).parent / "readings"
CLAIMS = "\n## Claim strength\n"
"""What stands from here on in the scorecard is made by `benchmarks/claims.py`."""


def unpack(path: Path, folder: Path) -> None:
    """Write each press release as a text of its own: its text alone, as the readers had it."""
    folder.mkdir(parents=True, exist_ok=True)
    for line in path.read_text(encoding="utf-8").splitlines():
        release = json.loads(line)
        (folder / f"{release['id']}.txt").write_text(release["text"], encoding="utf-8", newline="\n")


def main(words: Sequence[str] | None = None) -> int:
    """Run a command."""
    options = _parser().parse_args(words)
    if options.command == "unpack":
        unpack(options.releases, options.folder)
    elif options.command == "sample":
        known = set(read_verdicts(READINGS / f"{options.reader}.jsonl"))
        drawn = enumerate(sample(options.corpora, options.rules, known), 1)
        options.out.write_text("".join(sheet(number, *pair) for number, pair in drawn), encoding="utf-8")
    elif options.command == "record":
        path = READINGS / f"{options.reader}.jsonl"
        new = verdicts(options.sheet.read_text(encoding="utf-8"))
        write_verdicts(path, read_verdicts(path) | new)
        print(f"{len(new)} verdicts kept in {path}")
    else:
        readers = {path.stem: read_verdicts(path) for path in sorted(READINGS.glob("*.jsonl"))}
        card = scorecard(list(articles(options.corpora)), readers)
        card += coded.section(options.coded) if options.coded else ""
        old = options.out.read_text(encoding="utf-8") if options.out.exists() else ""
        card += "".join(old.partition(CLAIMS)[1:])
        options.out.write_text(card, encoding="utf-8", newline="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("unpack")
    command.add_argument("releases", type=Path)
    command.add_argument("folder", type=Path)
    for name in ("sample", "score"):
        command = commands.add_parser(name)
        command.add_argument("corpora", nargs="+", metavar="CORPUS")
        command.add_argument("--out", type=Path, required=True)
        if name == "sample":
            command.add_argument("--rules", required=True, help="ids, names or families, with commas")
            command.add_argument("--reader", default="first")
        else:
            command.add_argument("--coded", type=Path)
    command = commands.add_parser("record")
    command.add_argument("sheet", type=Path)
    command.add_argument("--reader", default="first")
    return parser


if __name__ == "__main__":
    sys.exit(main())
