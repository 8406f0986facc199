"""`healthlint explain RULE`: why a rule is there, what it flags and what it leaves alone, and how to rewrite."""

from __future__ import annotations

import shutil

from healthlint.catalogue import UnknownRule, find
from healthlint.cli.arguments import UsageError
from healthlint.cli.options import configs, explain_parser, wants_colour
from healthlint.report.explanation import FEW, as_markdown, as_text


def main(words: list[str]) -> int:
    """Print the explanation of one rule. Raises UsageError and catalogue.UnknownRule."""
    options = explain_parser().parse(words)
    if len(options.rules) != 1:
        raise UsageError("name one rule to explain, for example 'healthlint explain HYPE-001'")
    try:
        rule = find(options.rules[0])
    except UnknownRule:
        rule = find(options.rules[0], configs(options)("article.md").packs)
    if options.format == "markdown":
        print(as_markdown(rule), end="")
    else:
        width = min(shutil.get_terminal_size().columns, 100)
        most = len(rule.examples) if options.verbose else FEW
        print(as_text(rule, width, wants_colour(options.color), most), end="")
    return 0
