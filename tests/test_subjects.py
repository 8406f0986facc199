"""What an article is about where no table knows it, and how many claims it makes."""

import pytest

from healthlint.analysis.sentences import words
from healthlint.analysis.subjects import health_claims, subjects
from healthlint.checks.anchors import informs_about_health, makes_health_claims
from healthlint.document import Document
from healthlint.formats import parse
from healthlint.text import Source

ROOT = """\
# The truth about blue nettle root

Blue nettle root can ease pain in the knee. It helps people sleep, too.

Is blue nettle root dear? Most shops sell it.

Blue nettle root reduces inflammation.
"""
DOOR = "# The front door\n\nThe front door is open. The front door helps nobody. Come in.\n"


def document(text: str) -> Document:
    return parse(Source("a.md", text))


def test_what_the_title_names_and_the_text_praises_is_the_subject() -> None:
    read = document(ROOT)
    at = words(read)
    assert [at.text[at.starts[n] : at.ends[n + 2]].lower() for n in sorted(subjects(read))] == ["blue nettle root"] * 4
    assert subjects(document(DOOR)) == frozenset()
    assert subjects(document("No title, only this.")) == frozenset()


def test_claims_are_of_treatments_of_the_subject_and_of_what_it_stands_for() -> None:
    read = document(ROOT)
    assert [read.text[s.start : s.end] for s in health_claims(read)] == [
        "Blue nettle root can ease pain in the knee.",
        "It helps people sleep, too.",
        "Blue nettle root reduces inflammation.",
    ]


def test_items_under_a_sentence_that_ends_with_a_colon_speak_of_its_subject() -> None:
    read = document("# Yoga\n\nYoga can:\n\n- reduce pain\n- buy a mat\n\nPeople smile.\n\n- reduce pain\n")
    assert [read.text[s.start : s.end] for s in health_claims(read)] == ["reduce pain"]


MORNING = (
    "Gout is in the family. The sauna opens at nine. He has gout. A sauna is hot. Gout is on his mind. "
    + "The lake is the colour of slate today. " * 20
)


@pytest.mark.parametrize(
    ("text", "claims", "informs"),
    [
        (ROOT, True, True),
        (DOOR, False, False),
        (
            "A fever is common. Antibiotics treat cystitis. See a nurse. Cystitis hurts. Diabetes is a risk.\n\n"
            "Cystitis comes back. Ibuprofen is for the pain of cystitis.",
            False,
            True,
        ),
        (
            "Iron is in the blood. Blood takes it to the muscles. A lack of it tires the body. Anaemia is one of its"
            " names. Iron tablets are sold. Tea is drunk by many. Ask about anaemia.",
            False,
            True,
        ),
        (
            "Anaemia is one of its names. Iron tablets are sold. Tea is drunk by many. Iron is in the blood. Trains are"
            " late. Rails are made of iron, too. Ships are old. The sea is wide.",
            False,
            False,
        ),
        (
            "Treatment of keys reduces stress. Therapies of the cache improve memory. The treatment improves memory. "
            + "The index has a row for each of the keys. " * 20,
            False,
            False,
        ),
        (
            "We ship supplements. Returns of supplements are free. Pay by card. Our supplements come in a box."
            " Supplements weigh a pound. Send supplements back in their box.",
            False,
            False,
        ),
        ("# A sauna for gout\n\n" + MORNING, False, True),
        ("# A morning at the lake\n\n" + MORNING, False, False),
    ],
)
def test_pages_of_advice_inform_without_claims_and_shops_rules_do_not(text: str, claims: bool, informs: bool) -> None:
    read = document(text)
    assert (makes_health_claims(read), informs_about_health(read)) == (claims, informs)
