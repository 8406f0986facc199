"""What an article names as evidence, and what in it leads to a source."""

import pytest

from healthlint import Config, lint_text
from healthlint.analysis.citations import has_sources, is_source, marks, references
from healthlint.analysis.evidence import Design, designs, evidence, mentions, section_evidence, species, studies
from healthlint.analysis.participants import gives_size, people_signs, sizes_in
from healthlint.document import Document
from healthlint.formats import parse
from healthlint.text import Source


def document(text: str, name: str = "a.md") -> Document:
    return parse(Source(name, text))


def test_models_are_named_with_their_rung() -> None:
    read = document("In mice it worked. In cell cultures, too. A computer model agreed, and so did the rats.")
    assert [(read.text[m.start : m.end], m.design) for m in mentions(read)] == [
        ("mice", Design.ANIMAL),
        ("cell cultures", Design.CELL),
        ("computer model", Design.COMPUTER),
        ("rats", Design.ANIMAL),
    ]


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("They asked 18 overweight people.", [18]),
        ("Some 1,250 women took part (n = 64 in Spain).", [64, 1250]),
        ("In 2021, patients came. It took 3 months in patients.", []),
        ("Two studies including 900 patients found it.", [900]),
        ("They gave it to twelve rats.", [12]),
        ("About 30% of people said so.", []),
    ],
)
def test_sizes(text: str, sizes: list[int]) -> None:
    read = document(text)
    assert sorted(sizes_in(read, 0, len(text))) == sizes


def test_designs_and_people() -> None:
    read = document("A cohort study came first. Then a randomised trial of 80 volunteers followed.")
    assert [m.design for m in designs(read)] == [Design.OBSERVATIONAL, Design.RANDOMISED]
    whole = evidence(read)
    assert (whole.only_models, whole.size) == (False, 80)


def test_a_section_counts_for_itself() -> None:
    read = document("# A drug\n\nA trial of 40 people is over.\n\n## Nerves\n\nIn mice it reduced swelling.\n")
    last = len(read.blocks) - 1
    assert evidence(read).only_models is False
    assert section_evidence(read, last).only_models is True


def test_studies_report_a_result() -> None:
    read = document("A study found less pain. Studies are under way. The weather was fine. In rats it reduced pain.")
    assert [read.text[s.start : s.end] for s in studies(read)] == [
        "A study found less pain.",
        "In rats it reduced pain.",
    ]


def test_marks() -> None:
    read = document(
        "Pain fell [3]. See [the trial](https://www.bmj.com/content/1) or [us](https://acme.com/). Ruiz et al. agree,"
        " (Osei, 2020), too: doi:10.1177/13524 and NCT01234567, in the Lancet."
    )
    assert [(read.text[m.start : m.end], m.kind) for m in marks(read)] == [
        ("[3]", "number"),
        ("the trial", "link"),
        ("Ruiz et al", "name"),
        ("(Osei, 2020)", "name"),
        ("10.1177/13524", "identifier"),
        ("NCT01234567", "identifier"),
        ("the Lancet", "journal"),
    ]


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://www.bmj.com/content/350/bmj.h1", True),
        ("https://acme.com/", False),
        ("https://www.facebook.com/acme/posts/1", False),
        ("/about/", False),
        ("https://[broken", False),
    ],
)
def test_what_may_be_a_source(address: str, source: bool) -> None:
    assert is_source(address) is source


def test_references_have_numbers_and_addresses() -> None:
    read = document(
        "Walk more.\n\n## References\n\n1. Lee LL. Walking. https://www.bmj.com/content/2\n2. Osei B. Rest. 2020.\n"
    )
    assert [reference.address for reference in references(read)] == ["https://www.bmj.com/content/2", ""]
    assert has_sources(read) is True


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Originally published at Acme. Walk more.", False),
        ("Walk more. Call [us](https://acme.com).", False),
        ("---\nsources: [WHO 2024]\n---\nWalk more.", True),
        ("It was published online this week in Molecular Psychiatry.", True),
    ],
)
def test_whether_there_is_any_source(text: str, found: bool) -> None:
    assert has_sources(document(text)) is found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The herb was tried in vitro in Spain before. We gave it to rats.", "rats"),
        ("The herb was tested in vitro.", "cells in a dish"),
        ("Mice got the herb. The mice slept. We also had rats.", "mice"),
        ("We grew iPSCs. They came from induced pluripotent stem cells.", "induced pluripotent stem cells"),
    ],
)
def test_how_a_message_calls_the_model(text: str, name: str) -> None:
    read = document(text)
    assert species(mentions(read), read) == name


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("A survey found that 28 per cent of men are obese.", 0),
        ("Gout affects one in 40 adults worldwide.", 0),
        ("To arrange interviews call the press office.", 0),
        ("The oil is to be tested in human trials.", 0),
        ("A survey found that 28 per cent of patients say the oil reduces pain.", 1),
        ("They asked 18 people with gout. Half of the volunteers had it in one knee.", 2),
        ("In the trial 5 per cent of the volunteers had gout.", 1),
    ],
)
def test_how_many_have_an_illness_is_no_study_of_the_claim(text: str, signs: int) -> None:
    assert len(people_signs(document(text))) == signs


def test_a_size_is_that_of_a_study_and_a_number() -> None:
    assert gives_size(document("They asked 18 people with gout."))
    assert gives_size(document("The oil was fed to 12 mice."))
    assert not gives_size(document("Gout affects 40 people in 1,000 in a year. They asked thousands of people."))


def test_an_article_that_opens_with_its_study_may_give_the_size_further_down() -> None:
    opening, far = "A new study found that baths ease pain.", "The town has a bath.\n\n" * 90
    found = lint_text(f"{opening}\n\n{far}", config=Config(select=("EVID-007",)))
    assert [finding.text for finding in found] == [opening]
    assert not lint_text(f"{opening}\n\n{far}They asked 18 people.", config=Config(select=("EVID-007",)))


def test_an_article_without_a_sentence_of_its_own_has_no_study() -> None:
    assert [f.rule for f in lint_text("# Tea\n\n| a | b |\n|---|---|\n| tea | water |\n") if f.rule == "EVID-007"] == []
