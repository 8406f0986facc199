"""Where sentences of medical English end; the words they hold; what stands in quotation marks."""

import pytest

from healthlint.analysis.sentences import quotations, sentences, words
from healthlint.document import Document
from healthlint.formats import parse
from healthlint.text import Source


def document(text: str, name: str = "a.txt") -> Document:
    return parse(Source(name, text))


def split(text: str, name: str = "a.txt") -> list[str]:
    read = document(text, name)
    return [read.text[sentence.start : sentence.end] for sentence in sentences(read)]


CASES = [
    "Dr. Smith met Mrs. Hill.| They spoke to Prof. R. J. Lee of the U.S. team.",
    "Use a statin, e.g. Simvastatin.| Or i.e. Another drug.| Compare vs. placebo.",
    "Smith et al. found it.| Smith et al. (2020) found it.| It was shown by Smith et al.| The drug works.",
    "The effect was small (p < 0.05).| It rose by 5-6 points, i.e. 2.5 mg.| Then it fell.",
    "Patients in the U.S. may apply.| She lives in the U.S.| The drug is sold in the U.K. and the E.U.| It works.",
    "See Fig. 2 and Figs. 3 and 4.| It is given i.v. or i.m. twice daily.",
    "Take approx. 5 mg p.o. b.i.d. with food.",
    "Wait... what?| Really?!| Yes.| And so on…| Then it stopped… but not for long.",
    "No. 4 is best.| He said no.| Four others agreed.| Vitamin No. 12 too.",
    "It works [1].| It fails.[2]| It may help.[3,4]| It does not.¹| It might.²,³| It could.| (5) It will.",
    '"It works."| She said so.| "Does it?" he asked.| “It does!” she cried.| He agreed (“Yes.”).| Done.',
    "The dose is 5 mg.| 10 mg is too much.| It is 3.5.| Then 4.",
    "J. R. Smith, M.D., Ph.D., agrees.| So does the M.D.| The trial began at 5 p.m. on Monday.",
    "It ended at 6 a.m.| Then we left.",
    "It grew in St. Louis.| People with MS.| They tire.| Ms. Hill left.| The 1st ed. was short.| See Ch. 3.",
    "Vitamin E.| Coli grew.| Hepatitis C.| It spread.| E. coli grew.| Group A.| Group B.",
    "It costs $5.00.| Visit www.example.org.| Then call.| See https://x.org/a.b.| It helps.",
    "Is it safe?| Yes!| it is.| It is safe?Yes.It is.",
    "Take it (see below.)| Then rest.| (Ask first.)| Then go.",
    "It was shown in 2019.1 It was not.2,3| The end of it.12–14| More.",
    "Jan. 5 was cold.| In Jan.| It snowed.| On Sept. 11 it rained.",
    "Acme Inc. makes it.| Acme Inc.| The drug.| Smith Jr. agreed.",
    "The ratio (95% C.I. 1.2–3.4) was high.| Sens. and spec. were low, resp. the same.",
    "Steps: 1. First do this.| 2. Then that.| A. Option one.",
    "Take 2 tsp. daily.| Add 1 oz. of it.| Give 5 mL.| Repeat.| Weigh 10 kg.| Then go.| About 3 hr. later.",
    "She said: “Stop.”| Then she left.| ‘Go.’| He did.| It is the “best.”| Next.",
    "The so-called Gov. Brown rule, Sec. 4, vol. 2, pp. 3–4, nos. 5 and 6.| Ok.",
    "Does it work?[1]| It does![2]| End.",
    "Ends without stop",
    "Trailing ellipsis ... and more.| Etc.| The next.| And so on, etc.| The next etc. is fine.",
    "Study 1 (n = 20) vs. Study 2.| Cf. Smith.| Dept. of Health.| Approx. 20 people.| Max. dose.| Min. dose.",
    "iPhone apps help.| eGFR fell.| mRNA vaccines work.| α-blockers help.| 5-HT rose.",
    "It is 98.6 F. at noon.| D.C. is far.| Washington D.C.| The end.| Lt. Col. Fox.| Rev. Green.",
    "Vitamins A, B, and C.| Take them.| Plan B.| It works.| Type I.| Type II.| Dose I.| Phase I.| Then II.",
    "It happened.|  Two spaces.|\tTab.|\u00a0Nbsp.| End.",
    "He has a b.p. of 120.| The P.T. said so.| R.N. Jones and L.P.N. Smith.",
    "W.H.O. guidelines say so.| The N.H.S.| It helps.| F.D.A. approval came.",
    "The U.S. Food and Drug Administration approved it.| A U.S. Preventive Services report followed.",
    "At 5 p.m. Monday it closed.",
    "The dose (5 mg/kg i.v.) was safe.| It was given p.o.| After a week it stopped.",
    "Patients had HbA1c of 7.5%.| LDL fell by 30 mg/dL.| SpO2 was 98%.",
    "“Is it safe?” asks Dr. Lee.| ‘Yes.’| She nods.| He said, “It is.”1| Others agree.",
    "The patients’ needs differ.| It’s 5′ away.| Rock ’n’ roll.",
]
"""Texts in which a bar stands behind each sentence but the last."""


@pytest.mark.parametrize("text", CASES)
def test_sentences_end_where_a_reader_would_say(text: str) -> None:
    assert split(text.replace("|", "")) == [sentence.strip() for sentence in text.split("|")]


def test_a_sentence_ends_with_its_block() -> None:
    text = (
        "# A heading\n\n- one thing\n- another. And more\n\n| cell | two. Three |\n|---|---|\n\nText **in** bold.\nNext"
    )
    assert split(text, "a.md") == [
        "A heading", "one thing", "another.", "And more", "cell", "two.", "Three", "Text in bold.", "Next",
    ]  # fmt: skip


def test_each_sentence_knows_its_block_and_its_words() -> None:
    read = document("First one. Second one here.\n\nThird https://x.org/a.b?c=D.E one.\n")
    assert [sentence[2:] for sentence in sentences(read)] == [(0, 0, 2), (0, 2, 5), (1, 5, 7)]
    assert words(read).folded[:-1] == ["first", "one", "second", "one", "here", "third", "one"]


@pytest.mark.parametrize(
    "text",
    [
        "Mail a.b@c.org now. Go.",
        "See doi 10.1000/xyz.123 here. Go.",
        "At www.x.org/a. Go.",
        "At https://x.org?q=1. Go.",
    ],
)
def test_addresses_hold_no_words_and_end_no_sentence(text: str) -> None:
    assert split(text) == [text[:-4], "Go."]
    assert not {"org", "xyz", "q", "10"} & set(words(document(text)).folded)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "it works" and “it “does” help”.', ["it works", "it “does"]),
        ("«Oui», „ja“, ‘yes’ and the patients’ needs don’t count.", ["Oui", "ja", "yes"]),
        ("“It goes on\n\n“and ends.” Not here.", ["It goes on", "and ends."]),
        ('5" is no quotation.', []),
        ("no quotation” either", []),
    ],
)
def test_quotations_are_paired_within_a_block(text: str, expected: list[str]) -> None:
    read = document(text)
    assert [read.text[start:end] for start, end in quotations(read)] == expected
