"""What examples cannot show: severities by profile and jurisdiction, and findings that name two places."""

import datetime

import pytest

from healthlint import Config, catalogue, lint_text
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
        ("Rats that ate the herb lived 20% longer than the others.", ["info"]),
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


@pytest.mark.parametrize(
    ("rule_id", "text", "advice"),
    [
        (
            "EVID-006",
            "In mice the drug halved the risk of gout.",
            'Give the numbers on both sides, for example "tumours in',
        ),
        ("EVID-006", "The drug halved the risk of gout.", 'Give both: "from 4 in 100 people to 2 in 100 (half)".'),
        ("CITE-006", "Walking helps [4].", "Add the list, with an entry for each number."),
        ("CITE-006", "Walking helps [citation needed].", "Put the source there: author, title, journal"),
        ("DISC-004", f"# Arthritis\n\n{CLAIMS}", "Add the day of publication or of the last review:"),
        ("ADVC-007", "Some people with tinnitus think of suicide.", 'Add a line such as "If you feel this'),
        ("LANG-004", "The patient failed the treatment with iron.", "Let the treatment fail, not the person:"),
        ("LANG-004", "Obese women were asked to walk.", 'Put the person first: "people with asthma", "participants".'),
    ],
)
def test_the_advice_fits_what_was_found(rule_id: str, text: str, advice: str) -> None:
    (finding,) = [f for f in lint_text(text, config=Config(select=(rule_id,)), filename="a.md") if f.rule == rule_id]
    assert finding.help.startswith(advice)


def test_the_crisis_line_is_that_of_the_jurisdiction() -> None:
    text = "Some people with tinnitus think of suicide."
    advice = [lint_text(text, config=Config(select=("ADVC-007",), jurisdiction=j))[0].help for j in ("us", "uk", "eu")]
    assert [("988" in line, "116 123" in line, "112" in line) for line in advice] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


def test_ages_are_told_as_people_say_them() -> None:
    (old,) = lint_text(f"---\ndate: 2017-01-24\n---\n{CLAIMS}", config=Config(select=("DISC-004",), as_of=DAY))
    assert old.message == f"Last dated 2017-01-24, 9 years and 10 months before {DAY.isoformat()}."
