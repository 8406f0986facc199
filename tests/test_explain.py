"""What `healthlint explain` and `healthlint rules` tell writers and programs."""

import json
import re
from collections import Counter

import pytest

from healthlint import tables
from healthlint.analysis.guards import GUARDS
from healthlint.catalogue import builtin_rules, find
from healthlint.cli import main
from healthlint.report import explanation
from healthlint.report.explanation import as_markdown, as_text, sections
from healthlint.rule import Example, Rule, Severity

ESSENTIAL = ["Why", "How to rewrite", "What is flagged", "What is not flagged", "Severity", "Trust"]


def told(rule: Rule, heading: str) -> explanation.Section:
    return next(section for section in sections(rule) if section.heading == heading)


@pytest.mark.parametrize("rule", builtin_rules(), ids=lambda rule: rule.id)
def test_every_rule_answers_what_a_writer_asks(rule: Rule) -> None:
    headings = [section.heading for section in sections(rule)]
    assert [heading for heading in ESSENTIAL if heading not in headings] == []
    assert max(map(len, as_text(rule, width=80).splitlines())) <= 80
    every = as_text(rule, width=200, most=len(rule.examples))
    assert "".join(every.split()).count("<<") == sum(example.text.count("<<") for example in rule.examples)


def test_a_terminal_gets_a_few_examples_from_all_over_the_list() -> None:
    rule = find("CITE-003")
    fires = [example.text for example in rule.examples if example.fires]
    shown = as_text(rule, width=1000).split("What is flagged\n")[1].split("What is not flagged")[0].splitlines()
    places = (0, len(fires) // 5, 2 * len(fires) // 5, 3 * len(fires) // 5, 4 * len(fires) // 5)
    assert [line[4:] for line in shown if line.startswith("  - ")] == [fires[place] for place in places]
    assert shown[-2] == f"  ({len(fires) - 5} more with --verbose)"


def test_every_guard_has_words_for_writers() -> None:
    assert explanation.GUARDS.keys() == GUARDS.keys()


def test_severity_is_told_by_place_and_profile() -> None:
    places = ("in the title: error", "in a heading: error", "in the opening paragraph: warning")
    assert told(find("HYPE-003"), "Severity").points == (*places, "elsewhere in the text: warning or info")
    rule = find("EVID-001")._replace(profiles={"news": "warning", "professional": "off"})
    assert told(rule, "Severity").points == (
        "error at most",
        "for the profile news: warning at most",
        "for the profile professional: off",
    )


def test_options_are_told_with_values_and_defaults() -> None:
    section = told(find("READ-001"), "Options")
    assert section.points == (
        "metric: a word; without it flesch_kincaid_grade",
        "target: a number or null; without it what suits the profile",
    )
    assert section.code[-1] == "  READ-001: {metric: flesch_kincaid_grade, target: null}"


def test_a_guard_of_some_phrases_is_told_as_such() -> None:
    silent = told(find("HYPE-003"), "When it stays silent").points
    assert explanation.GUARDS["negated"] in silent
    assert explanation.GUARDS["studied"] + " (some of the phrases)" in silent


def _rule(text: str) -> Rule:
    return find("EVID-001")._replace(examples=(Example(text, fires="<<" in text),))


def test_marked_words_are_bold_in_markdown_and_markup_is_escaped() -> None:
    page = as_markdown(_rule("# A *new* drug\n\nIt <<cures [1] everything>> for <b>all</b>."))
    assert r"- \# A \*new\* drug<br>It **cures \[1\] everything** for \<b\>all\</b\>." in page.splitlines()


def test_marked_words_are_underlined_where_there_is_colour() -> None:
    page = as_text(_rule("It <<cures everything>> for all."), colour=True)
    assert "  - It <<\x1b[4mcures everything\x1b[0m>> for all." in page.splitlines()


def test_what_comes_long_after_the_mark_is_left_out() -> None:
    page = as_text(_rule("It <<cures>> " + "all kinds of things " * 40), width=1000)
    (line,) = re.findall(r"^  - It <<cures>>.*$", page, re.MULTILINE)
    assert line.endswith(" ...")
    assert len(line) < 230


def test_a_reference_leads_to_its_paper() -> None:
    rule = find("EVID-001")._replace(sources=("A paper, doi:10.1234/abc.5; another",))
    assert "- A paper, [doi:10.1234/abc.5](https://doi.org/10.1234/abc.5); another" in as_markdown(rule).splitlines()


def test_explain_prints_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--format", "markdown", "cure-language"]) == 0
    assert capsys.readouterr().out == as_markdown(find("HYPE-003"))


def test_rules_are_told_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--isolated", "--ignore", "EVID", "-o", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert [rule["id"] for rule in content["rules"]] == [rule.id for rule in builtin_rules()]
    off = [rule["id"] for rule in content["rules"] if not rule["on"]]
    assert off == [rule.id for rule in builtin_rules() if rule.family == "EVID"]
    rule = next(rule for rule in content["rules"] if rule["id"] == "READ-001")
    assert (rule["name"], rule["family"], rule["severity"]) == ("reading-grade", "READ", Severity.WARNING.label)
    assert (rule["trust"], rule["options"]) == ("high", ["metric", "target"])


@pytest.fixture
def _due_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {
        "drugs": [
            {"name": "aspirin", "review_by": "2026-03-01", "source": "a page"},
            {"name": "ibuprofen", "review_by": "2026-03-02", "source": "a page"},
        ],
        "species": [{"phrases": ["rats"], "name": "rats", "review_by": "2025-01-01", "source": "a list"}],
    }
    monkeypatch.setattr("healthlint.tables.entries", lambda name: entries.get(name, []))


@pytest.mark.usefixtures("_due_tables")
def test_entries_fall_due_the_day_after_their_review_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--isolated", "--due", "--as-of", "2026-03-02"]) == 0
    assert capsys.readouterr().out == (
        "2025-01-01  species       rats\n"
        "2026-03-01  drugs         aspirin\n"
        "2 entries of the tables to be reviewed again as of 2026-03-02.\n"
    )


def test_the_tables_that_are_shipped_fall_due_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """Not with made-up tables only: one of the files, the learned cues, is no list of entries."""
    assert main(["rules", "--isolated", "--due", "--as-of", "2999-01-01", "-o", "json"]) == 0
    due = json.loads(capsys.readouterr().out)["due"]
    counts = {name: len(tables.entries(name)) for name in tables.listed()}
    assert Counter(entry["table"] for entry in due) == counts
    assert {"drugs", "crisis", "contested"} <= counts.keys()
    assert all(entry["entry"] and entry["source"] for entry in due)


@pytest.mark.usefixtures("_due_tables")
def test_due_entries_are_told_to_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--isolated", "--due", "--as-of", "2025-06-01", "-o", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["as_of"] == "2025-06-01"
    assert content["due"] == [{"table": "species", "entry": "rats", "review_by": "2025-01-01", "source": "a list"}]
