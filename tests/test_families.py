"""What examples cannot show: severities by profile and jurisdiction, and findings that name two places."""

import datetime

import pytest

from healthlint import catalogue
from healthlint.checks.brands import brand_in_claim
from healthlint.formats import parse
from healthlint.rule import Rule, Setting
from healthlint.text import Source

DAY = datetime.date(2026, 11, 24)


def rule(rule_id: str) -> Rule:
    return next(rule for rule in catalogue.builtin_rules() if rule.id == rule_id)


def found(
    rule_id: str, text: str, profile: str = "consumer", jurisdiction: str = "us", name: str = "a.txt"
) -> list[tuple[str, str]]:
    """The words and the severity of each finding of one rule, before the ceiling of the profile."""
    document = parse(Source(name, text))
    hits = rule(rule_id).check(document, Setting(profile, jurisdiction, DAY))
    return [(document.text[hit.start : hit.end], hit.severity.label) for hit in hits]


@pytest.mark.parametrize(
    ("profile", "severity"),
    [("consumer", "warning"), ("clinic", "warning"), ("news", "info"), ("press-release", "info")],
)
def test_bare_safety_weighs_less_in_news(profile: str, severity: str) -> None:
    assert found("SAFE-001", "Massage is safe, the page of the spa says.", profile) == [("is safe", severity)]


@pytest.mark.parametrize("profile", ["consumer", "clinic", "news", "press-release", "professional"])
def test_absolute_safety_is_an_error_everywhere(profile: str) -> None:
    assert found("SAFE-001", "Massage is completely safe, the spa says.", profile) == [("completely safe", "error")]


def test_hedges_lower_absolute_safety_by_one_level() -> None:
    assert found("SAFE-001", "Massage may be completely safe, the spa says.") == [("completely safe", "warning")]


OFFER = "Our metformin tablets cost $50 a month. Book a free consultation with our team this very week."


@pytest.mark.parametrize(("jurisdiction", "expected"), [("us", []), ("eu", []), ("uk", [("metformin", "warning")])])
def test_promotion_of_prescription_medicines_by_jurisdiction(
    jurisdiction: str, expected: list[tuple[str, str]]
) -> None:
    """The table does not tell the status of metformin in the EU, so nothing is said there."""
    assert found("ADVC-004", OFFER, jurisdiction=jurisdiction) == expected


def test_no_offer_no_promotion() -> None:
    assert found("ADVC-004", "Metformin is a tablet. Doctors prescribe it for diabetes.", jurisdiction="uk") == []


@pytest.mark.parametrize(
    ("profile", "severity"), [("consumer", "warning"), ("news", "warning"), ("professional", "info")]
)
def test_crisis_line_is_a_note_for_professionals(profile: str, severity: str) -> None:
    text = "Sometimes you may feel that life isn't worth living after the birth."
    assert found("ADVC-007", text, profile) == [("life isn't worth living", severity)]


def test_suicide_in_passing_is_a_note() -> None:
    assert found("ADVC-007", "Some patients had suicidal thoughts in the trial.") == [("suicidal", "info")]


def test_link_to_a_crisis_line_is_help() -> None:
    text = "You may feel that life isn't worth living. [Talk to somebody](https://988lifeline.org/chat)."
    document = parse(Source("a.md", text))
    assert list(rule("ADVC-007").check(document, Setting("consumer", "us", DAY))) == []


def test_contradiction_names_both_lines() -> None:
    text = "The long-term effects of the powder are unknown.\n\nFor best results, take the powder daily for a year."
    document = parse(Source("a.txt", text))
    hits = list(rule("SAFE-004").check(document, Setting("consumer", "us", DAY)))
    assert [hit.fields for hit in hits] == [{"a": "1", "b": "3"}]


def test_brands_of_the_configuration_are_known() -> None:
    document = parse(Source("a.txt", "The tea Silverleaf relieves your pain, and it tastes of mint and honey."))
    setting = Setting("consumer", "us", DAY)
    assert list(brand_in_claim(document, setting)) == []
    hits = list(brand_in_claim(document, setting, brands=("Silverleaf",)))
    assert [document.text[hit.start : hit.end] for hit in hits] == ["Silverleaf relieves your pain"]


@pytest.mark.parametrize(
    ("rule_id", "profile", "ceiling"),
    [
        ("ADVC-002", "news", "warning"),
        ("ADVC-002", "press-release", "warning"),
        ("SAFE-003", "news", "info"),
        ("READ-004", "professional", "off"),
        ("READ-006", "professional", "off"),
        ("SAFE-007", "professional", "off"),
    ],
)
def test_ceilings_of_profiles(rule_id: str, profile: str, ceiling: str) -> None:
    assert rule(rule_id).profiles[profile] == ceiling


USES = (
    "Sertraline helps people with migraine. Sertraline treats insomnia. Sertraline also relieves pain in most people."
)


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ("", "error"),
        (" It was tested in a randomised trial of 80 volunteers.", "warning"),
        (" It was tested in a randomised trial of 80 volunteers. Book a free consultation.", "error"),
    ],
)
def test_a_report_of_a_study_offers_no_treatment(more: str, severity: str) -> None:
    assert found("DISC-006", USES + more) == [("Sertraline", severity)]


CLAIMS = "Exercise helps people with arthritis.\n\nMassage reduces pain in the back. Yoga improves sleep.\n"


@pytest.mark.parametrize(
    ("rule_id", "text", "severities"),
    [
        ("DISC-002", f"# Arthritis\n\n{CLAIMS}", ["warning"]),
        ("DISC-001", f"## Arthritis\n\n{CLAIMS}", ["info"]),  # a part of a page
        ("DISC-002", f"## Arthritis\n\n{CLAIMS}", ["info"]),
        ("DISC-004", f"## Arthritis\n\n{CLAIMS}", ["info"]),
        ("DISC-003", f"# Arthritis\n\n{CLAIMS}", ["warning"]),
        ("DISC-003", f"## Arthritis\n\n{CLAIMS}", ["info"]),
        ("DISC-003", f"---\nauthor: Ana Ruiz\n---\n{CLAIMS}", ["warning"]),
        ("DISC-003", f"---\nauthor: Dr. Ana Ruiz\n---\n{CLAIMS}", ["info"]),
        ("DISC-003", f"# Arthritis\n\nBy Ana Ruiz, RN\n\n{CLAIMS}", ["info"]),
        ("DISC-003", f"# Arthritis\n\n{CLAIMS}\nBen Cole PhD MRPharmS is a pharmacist in Leeds.\n", ["info"]),
    ],
)
def test_who_wrote_and_who_checked(rule_id: str, text: str, severities: list[str]) -> None:
    assert [severity for _, severity in found(rule_id, text, name="a.md")] == severities


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("Rats that ate the herb lived 20% longer than the others.", ["warning"]),
        ("Rats that ate the herb lived 20% longer than the others [3].", []),
        ("Rats that ate the herb lived 20% longer. It has not been tested in people.", []),
        ("Rats that ate the herb had 20% higher levels of vitamin D than the others [3].", ["info"]),
        ("People who ate the herb lived 20% longer than the others [3].", ["warning"]),
        ("After the bath she felt 40% better.", ["info"]),
    ],
)
def test_a_relative_change_that_no_reader_takes_for_a_risk(text: str, severities: list[str]) -> None:
    assert [weight for _, weight in found("EVID-006", text)] == severities


def test_what_somebody_says_of_mice_is_a_note() -> None:
    mice = "Mice that swam lived longer, and the mice that swam at night lived longest of all. "
    said = "It helps patients with arthritis to walk."
    assert found("EVID-001", f"{mice}{said}") == [(said, "error")]
    assert found("EVID-001", f'{mice}Ruiz said: "{said}"') == [(f'Ruiz said: "{said}"', "info")]
    assert found("EVID-001", f"{mice}In the animals it helps, as in patients with arthritis.") == []
