"""Facts about medicines are reported only from entries that were read, and only for the jurisdictions checked."""

from collections.abc import Callable
from typing import Any

import pytest
from test_families import DAY, found, rule
from test_tables import entries

from healthlint import tables
from healthlint.formats import parse
from healthlint.phrases import Words as Index
from healthlint.rule import Setting
from healthlint.text import Source

ABOUT = (
    "# Sertraline for you\n\n"
    "Sertraline helps people with depression. Sertraline treats anxiety and lifts mood. Sertraline relieves panic."
    " It can cause nausea."
)
PROSTATE = (
    "Testosterone helps people with fatigue. Testosterone reduces pain."
    " Testosterone can improve mood and prostate problems in some people."
)
USES = "Sertraline helps people with migraine. Sertraline treats insomnia. Sertraline relieves pain in most people."
APPROVED = "Sertraline is FDA-approved for migraine, the page says, and most people take it at night."
OFFER = "Our metformin tablets cost $50 a month. Book a free consultation with our team this very week."
DAILY = "Diazepam tablets are taken daily for as long as the symptoms last, the page explains."

REPORTS = [
    ("DISC-006", USES, "us", "sertraline", ["Sertraline"]),
    ("DISC-007", APPROVED, "us", "sertraline", ["FDA-approved"]),
    ("SAFE-005", ABOUT, "us", "sertraline", ["can cause nausea"]),
    ("SAFE-005", PROSTATE, "us", "testosterone", ["prostate problems"]),
    ("ADVC-004", OFFER, "uk", "metformin", ["metformin"]),
    ("ADVC-005", DAILY, "us", "diazepam", ["taken daily"]),
]
"""Rule, text, jurisdiction, the entry that the finding rests on, the words found."""

Change = Callable[[str, dict[str, Any]], None]


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Change:
    """Sets keys of the entry of a medicine."""

    def do(name: str, new: dict[str, Any]) -> None:
        entry = next(entry for entry in tables.entries("drugs") if entry["name"] == name)
        for key, value in new.items():
            monkeypatch.setitem(entry, key, value)

    return do


def words(rule_id: str, text: str, jurisdiction: str) -> list[str]:
    return [word for word, _ in found(rule_id, text, jurisdiction=jurisdiction)]


@pytest.mark.parametrize(("rule_id", "text", "jurisdiction", "name", "expected"), REPORTS)
def test_no_rule_reports_from_an_entry_that_nobody_has_read(
    change: Change, rule_id: str, text: str, jurisdiction: str, name: str, expected: list[str]
) -> None:
    assert words(rule_id, text, jurisdiction) == expected
    change(name, {"verified": False})
    assert words(rule_id, text, jurisdiction) == []


@pytest.mark.parametrize(("rule_id", "text"), [("DISC-006", USES), ("DISC-007", APPROVED)])
def test_a_missing_jurisdiction_means_not_checked(change: Change, rule_id: str, text: str) -> None:
    assert words(rule_id, text, "eu") == []
    change("sertraline", {"approved": {"eu": []}})
    assert len(words(rule_id, text, "eu")) == 1, "an empty list means that nothing is approved"
    assert words(rule_id, text, "us") == []


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        ("prescription", {"uk": "prescription-only"}, ["metformin"]),
        ("prescription", {"us": "prescription-only"}, []),
        ("otc", {"uk": "over the counter and prescription"}, []),
        ("supplement", {"uk": "lower doses sold in shops; higher doses on prescription"}, []),
    ],
)
def test_what_shops_may_sell_is_no_promotion(
    change: Change, kind: str, status: dict[str, str], expected: list[str]
) -> None:
    change("metformin", {"kind": kind, "status": status})
    assert words("ADVC-004", OFFER, "uk") == expected


def test_a_name_that_nobody_has_read_up_still_recognises_a_treatment() -> None:
    unread = next(entry for entry in entries("drugs") if not entry["verified"])
    assert [m.first for m in tables.names("treatment").find(Index(unread["name"], [0], tables.names))] == [0]


DRUGS = entries("drugs")
KINDS = {"prescription", "controlled", "unapproved", "otc", "supplement"}
READ = {"official", "copy"}
"""Pages of regulators and health services, and copies of their text."""


def test_enough_substances_are_known_and_read() -> None:
    assert len(DRUGS) >= 120
    assert sum(entry["verified"] for entry in DRUGS) >= 80


@pytest.mark.parametrize("entry", DRUGS, ids=lambda entry: entry["name"])
def test_the_form_of_an_entry(entry: dict[str, Any]) -> None:
    assert entry["kind"] in KINDS
    assert isinstance(entry["verified"], bool)
    assert {*entry["approved"], *entry["status"]} <= {"us", "uk", "eu"}
    uses = [use for uses in entry["approved"].values() for use in uses]
    facts = [*entry["harms"], *entry["organs"], *entry["status"].values(), *uses]
    assert [fact for fact in facts if not isinstance(fact, str) or not fact.strip()] == []
    assert [source for source in entry["sources"] if set(source) != {"url", "title", "as_of", "kind"}] == []
    assert {source["kind"] for source in entry["sources"]} <= READ | {"secondary"}


@pytest.mark.parametrize("entry", [e for e in DRUGS if e["verified"]], ids=lambda entry: entry["name"])
def test_what_is_verified_stands_on_a_page_of_a_regulator_or_health_service(entry: dict[str, Any]) -> None:
    assert entry["source"] in [source["url"] for source in entry["sources"] if source["kind"] in READ]
    assert entry["harms"]
    assert entry["status"]


def test_harms_are_missed_in_articles_about_the_medicine_only() -> None:
    other = "# Valerian for you\n\nValerian eases worry.\n\nValerian is a herb.\n\nIt grows here.\n\nMany like it.\n\n"
    assert words("SAFE-005", ABOUT, "us") == ["can cause nausea"]
    assert words("SAFE-005", other + ABOUT.partition("\n\n")[2], "us") == []


def fields(rule_id: str, text: str) -> list[dict[str, str]]:
    hits = rule(rule_id).check(parse(Source("a.txt", text)), Setting("consumer", "us", DAY))
    return [dict(hit.fields) for hit in hits]


def test_medicine_and_condition_are_called_what_the_article_calls_them() -> None:
    text = USES.replace("Sertraline", "Zoloft").replace("insomnia", "Parkinson's")
    assert fields("DISC-006", text) == [
        {"drug": "Zoloft", "conditions": "migraine or Parkinson's", "jurisdiction": "US"}
    ]
    [harms] = fields("SAFE-005", ABOUT.replace("Sertraline", "Zoloft"))
    assert harms["problem"].startswith("Known harms of Zoloft that are not mentioned: ")
    owned = fields("DISC-006", text.replace("Zoloft helps", "Zoloft's makers say that it helps"))
    assert [found["drug"] for found in owned] == ["Zoloft"]
    assert fields("ADVC-005", DAILY.replace("Diazepam", "Valium"))[0]["drug"] == "Valium"
