"""The options, and telling in one sentence what is wrong with them."""

import argparse
import os
import sys
from collections.abc import Iterable

from healthlint import catalogue
from healthlint.cli.arguments import (
    Parser,
    UsageError,
    choice_of,
    count,
    date,
    jobs,
    new_parser,
    one_of,
    output,
    period,
    rule_words,
)
from healthlint.config import JURISDICTIONS, PROFILES, THRESHOLDS, Config, Override
from healthlint.configfile import Configs
from healthlint.report import FORMATS

_DESCRIPTION = """\
Check health articles: files, folders, or - for standard input.

  healthlint articles/         check the articles in a folder
  healthlint explain RULE      why a rule is there, what it flags, how to rewrite
  healthlint rules             the list of rules, and which are on
  healthlint comment a.docx    a copy of a Word file with the findings as comments
  healthlint baseline          write down what is found, so that later runs tell only what is new
  healthlint due               the articles whose review falls due
  healthlint init              set up a site: configuration, pre-commit hook, CI
  healthlint config PATH       the settings for an article, and where each comes from
  healthlint schema KIND       the JSON Schema of a configuration, a rule pack or a table, for editors
  healthlint test              run the examples of your own rule packs
"""
_EPILOG = """\
The exit status is 0 if nothing at or above --fail-on was found, 1 if something was, and 2 if the run itself went
wrong: a bad option or configuration, a missing path, a file that cannot be read, nothing to check.
"""


def lint_parser() -> Parser:
    """The options of a run."""
    parser = new_parser("healthlint", _DESCRIPTION, _EPILOG)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; - reads standard input")
    parser.add_argument("--watch", action="store_true", help="lint again whatever is saved, until Ctrl-C")
    add_rule_options(parser)
    group = parser.add_argument_group("which files")
    _add_stdin_name(group)
    group.add_argument("--force-exclude", action="store_true", help="leave out excluded files even if they are named")
    group = parser.add_argument_group("which findings")
    group.add_argument("--baseline", metavar="FILE", help="only what is not in this file ('healthlint baseline')")
    group.add_argument("--diff-base", metavar="REF", help="only what stands on lines changed since this commit")
    group = parser.add_argument_group("what is changed")
    group.add_argument("--fix", action="store_true", help="change the files where that is safe; wording never is")
    group.add_argument("--diff", action="store_true", help="show what --fix would change, and change nothing")
    group = parser.add_argument_group("what is printed")
    group.add_argument(
        *("-o", "--output"),
        action="append",
        type=output,
        metavar="FORMAT[=PATH]",
        help=f"{one_of(FORMATS)}; repeatable",
    )
    add_colour_option(group)
    group.add_argument("--verbose", action="store_true", help="every finding in full")
    group.add_argument("--jobs", type=jobs, metavar="N", help="so many processes (as many as pay)")
    group.add_argument("--time-rules", action="store_true", help="tell at the end what each rule costs")
    group = parser.add_argument_group("when the run fails")
    group.add_argument(
        "--fail-on",
        type=choice_of(*THRESHOLDS),
        metavar="LEVEL",
        help=f"{one_of(THRESHOLDS)} (error)",
    )
    group.add_argument("--max-warnings", type=count, metavar="N", help="fail if there are more warnings")
    group.add_argument("--exit-zero", action="store_true", help="findings never fail the run; mistakes still do")
    return parser


def baseline_parser() -> Parser:
    """The options of `healthlint baseline`."""
    parser = new_parser(
        "healthlint baseline", "Write down all that is found, so that later runs tell only what is new."
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders (the current folder)")
    parser.add_argument("--baseline", metavar="FILE", help="the file to write (healthlint-baseline.json)")
    parser.add_argument("--prune", action="store_true", help="only take out what is not found any more")
    parser.add_argument("--force-exclude", action="store_true", help=argparse.SUPPRESS)
    add_rule_options(parser)
    return parser


def comment_parser() -> Parser:
    """The options of `healthlint comment`."""
    parser = new_parser(
        "healthlint comment", "Write a copy of a Word file with every finding as a comment at its words."
    )
    parser.add_argument("path", metavar="IN.docx", help="the Word file")
    parser.add_argument("-o", "--output", metavar="OUT.docx", help="the copy (IN-comments.docx)")
    add_rule_options(parser)
    return parser


def due_parser() -> Parser:
    """The options of `healthlint due`."""
    parser = new_parser("healthlint due", "The articles whose review falls due, soonest first.")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders (the current folder)")
    parser.add_argument("--within", type=period, metavar="TIME", help="only within 60d, 8w, 6m or 1y")
    parser.add_argument("--as-of", type=date, metavar="DATE", help="the day to count from (today)")
    parser.add_argument("-o", "--output", type=choice_of("text", "json"), default="text", metavar="FORMAT")
    _add_stdin_name(parser)
    _add_config_options(parser)
    return parser


def claims_parser() -> Parser:
    """The options of `healthlint claims`."""
    parser = new_parser("healthlint claims", "The claims of articles, with strength, evidence and citations.")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders (the current folder)")
    parser.add_argument("-o", "--output", type=choice_of("text", "json"), default="text", metavar="FORMAT")
    _add_stdin_name(parser)
    _add_config_options(parser)
    return parser


def rules_parser() -> Parser:
    """The options of `healthlint rules`."""
    parser = new_parser("healthlint rules", "The rules: severity at most, trust, and whether a rule is on here.")
    parser.add_argument("--due", action="store_true", help="list the entries of tables that must be reviewed again")
    parser.add_argument(
        "-o", "--output", type=choice_of("text", "json"), default="text", metavar="FORMAT", help="or json"
    )
    add_rule_options(parser)
    return parser


def explain_parser() -> Parser:
    """The options of `healthlint explain`."""
    parser = new_parser("healthlint explain", "Why a rule is there, what it flags and what not, and how to rewrite.")
    parser.add_argument("rules", nargs="*", metavar="RULE", help="an id such as HYPE-001, or a name")
    parser.add_argument(
        "--format",
        type=choice_of("text", "markdown"),
        default="text",
        metavar="FORMAT",
        help="text or markdown",
    )
    parser.add_argument("--verbose", action="store_true", help="all examples")
    _add_config_options(parser)
    add_colour_option(parser)
    return parser


def test_parser() -> Parser:
    """The options of `healthlint test`."""
    parser = new_parser(
        "healthlint test", "Run the examples of rule packs, and tell which phrases none of them touches."
    )
    parser.add_argument(
        "packs", nargs="*", metavar="PACK", help="a file, a folder or an installed pack (those of the configuration)"
    )
    _add_config_options(parser)
    return parser


def add_colour_option(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """The option that says whether to print in colour."""
    parser.add_argument("--color", type=choice_of("auto", "always", "never"), default="auto", metavar="WHEN")


def wants_colour(choice: str) -> bool:
    """Whether to print in colour: as chosen, else as NO_COLOR, FORCE_COLOR and the terminal say."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and sys.stdout.isatty()


def add_rule_options(parser: argparse.ArgumentParser) -> None:
    """The options that say which rules are on, and for whom."""
    group = parser.add_argument_group("which rules, for whom")
    of_rules: dict[str, object] = {
        "action": "append",
        "default": [],
        "type": rule_words,
        "metavar": "RULE,...",
    }
    group.add_argument("--select", help="only these ids, names or families", **of_rules)  # type: ignore[arg-type]
    group.add_argument("--ignore", help="not these ids, names or families", **of_rules)  # type: ignore[arg-type]
    group.add_argument("--profile", type=choice_of(*PROFILES), metavar="NAME", help=one_of(PROFILES))
    group.add_argument("--jurisdiction", type=choice_of(*JURISDICTIONS), metavar="NAME", help=one_of(JURISDICTIONS))
    group.add_argument("--as-of", type=date, metavar="DATE", help="the day to check for (today)")
    _add_config_options(group)


def _add_stdin_name(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    parser.add_argument("--stdin-filename", default="article.md", metavar="NAME", help="what the text of - is called")


def _add_config_options(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    parser.add_argument("--config", default="", metavar="FILE", help="use this configuration file, and no other")
    parser.add_argument("--isolated", action="store_true", help="read no configuration file")


def configs(options: argparse.Namespace) -> Configs:
    """The configuration of each article, with what the options say. Raises strict.Mistake and UsageError."""
    if options.config and options.isolated:
        raise UsageError("--config and --isolated exclude each other; drop one of them")
    chosen = Override(
        select=tuple(word for words in getattr(options, "select", ()) for word in words),
        ignore=tuple(word for words in getattr(options, "ignore", ()) for word in words),
        profile=getattr(options, "profile", None),
        jurisdiction=getattr(options, "jurisdiction", None),
    )
    given = {key: getattr(options, key, None) for key in ("as_of", "fail_on", "max_warnings", "baseline")}
    changes = {key: value for key, value in given.items() if value is not None}

    def adjusted(config: Config) -> Config:
        for option, words in (("--select", chosen.select), ("--ignore", chosen.ignore)):
            _check_words(option, words, config.packs)
        return config._replace(overrides=(*config.overrides, chosen), **changes)

    return Configs(adjusted, file=options.config, isolated=options.isolated)


def _check_words(option: str, words: Iterable[str], packs: catalogue.Packs) -> None:
    try:
        for word in words:
            catalogue.ids(word, packs)
    except catalogue.UnknownRule as error:
        raise UsageError(f"{option}: {error}") from error
