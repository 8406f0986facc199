import json
import re

import pytest

from healthlint import ClaimStrength, claim_strength, tables
from healthlint.analysis import cues
from healthlint.analysis.claims import claims, strength
from healthlint.analysis.clauses import Clauses
from healthlint.analysis.sentences import sentences
from healthlint.document import Document
from healthlint.formats import parse
from healthlint.grammar import PhraseError, sequences
from healthlint.phrases import Words
from healthlint.report.claims import as_json, as_table
from healthlint.text import Source

MARKED = re.compile(r"<<(.+?)>>")
SENTENCES = (
    (ClaimStrength.CAUSAL, "Daily walking <<reduces>> blood pressure in older adults."),
    (ClaimStrength.CAUSAL, "A cup of green tea a day <<lowers>> cholesterol, a new study finds."),
    (ClaimStrength.CAUSAL, "Acupuncture <<improved>> sleep and relieved pain in the treated group."),
    (ClaimStrength.CAUSAL, "Smoking <<causes>> lung cancer."),
    (ClaimStrength.CAUSAL, "Regular exercise can <<reduce>> the risk of a second stroke."),
    (ClaimStrength.CAUSAL, "The new programme <<led to>> fewer hospital admissions."),
    (ClaimStrength.CAUSAL, "These results suggest that yoga <<improves>> balance."),
    (ClaimStrength.CAUSAL, "Peppermint oil did not <<reduce>> nausea after surgery."),
    (ClaimStrength.CAUSAL, "The drug is <<safe>> and effective in children with asthma."),
    (ClaimStrength.CAUSAL, "Massage had no <<effect>> on the length of the stay."),
    (ClaimStrength.CAUSAL, "Poor sleep <<raises>> the risk of diabetes"),
    (ClaimStrength.CAUSAL, "The rash was <<caused>> by the cream."),
    (ClaimStrength.CAUSAL, "The training <<increased>> their walking speed."),
    (ClaimStrength.CAUSAL, "The vaccine <<protects>> against severe disease."),
    (ClaimStrength.CAUSAL, "Losing weight <<cuts>> the risk of gout in half"),
    (ClaimStrength.CONDITIONAL, "Turmeric may <<reduce>> joint pain."),
    (ClaimStrength.CONDITIONAL, "Vitamin D could <<prevent>> winter colds, according to a new study."),
    (ClaimStrength.CONDITIONAL, "Meditation appears to <<lower>> stress in nurses."),
    (ClaimStrength.CONDITIONAL, "The extract might be <<effective>> against migraine."),
    (ClaimStrength.CONDITIONAL, "Cold showers seem to <<improve>> mood."),
    (ClaimStrength.CONDITIONAL, "A fibre-rich diet may <<help>> prevent bowel disease"),
    (ClaimStrength.CONDITIONAL, "This protein may <<play a role>> in the spread of the tumour."),
    (ClaimStrength.CONDITIONAL, "The supplement potentially <<increases>> the risk of bleeding."),
    (ClaimStrength.CONDITIONAL, "Late dinners could <<lead to>> weight gain."),
    (ClaimStrength.ASSOCIATION, "Coffee was <<associated>> with a lower risk of liver disease."),
    (ClaimStrength.ASSOCIATION, "Loneliness <<linked>> to higher blood pressure"),
    (ClaimStrength.ASSOCIATION, "Women who slept less than six hours had <<higher>> blood sugar."),
    (ClaimStrength.ASSOCIATION, "Men with gout are <<more likely>> to develop kidney stones."),
    (ClaimStrength.ASSOCIATION, "There was a strong <<correlation>> between age and hearing loss."),
    (ClaimStrength.ASSOCIATION, "Birth weight <<predicted>> height at the age of ten."),
    (ClaimStrength.ASSOCIATION, "Stress is a <<risk factor>> for back pain."),
    (ClaimStrength.ASSOCIATION, "The marker was not <<associated>> with survival."),
    (ClaimStrength.ASSOCIATION, "We found no <<difference>> between the two groups."),
    (ClaimStrength.ASSOCIATION, "Night workers <<had a higher risk>> of falls than day workers."),
    (ClaimStrength.NONE, "<<We>> <<aimed>> to examine whether ginger relieves nausea."),
    (ClaimStrength.NONE, "Further <<studies>> are <<needed>> to confirm these findings."),
    (ClaimStrength.NONE, "The <<study>> was <<published>> in a journal of nutrition."),
    (ClaimStrength.NONE, "Doctors <<should>> ask every patient <<about>> alcohol."),
    (ClaimStrength.NONE, "Participants <<were asked>> to keep a diary for two weeks."),
    (ClaimStrength.NONE, "The <<authors>> thank the nurses of the ward."),
    (ClaimStrength.NONE, "<<About>> one in ten adults has asthma."),
    (ClaimStrength.NONE, "Side effects"),
    (ClaimStrength.NONE, "<<Whether>> the tea helps is not <<known>>."),
    (ClaimStrength.NONE, "What is known <<about>> turmeric?"),
    (ClaimStrength.NONE, "<<Trial>> <<registration>>: NCT00000000."),
)


def document(text: str, name: str = "a.md") -> Document:
    return parse(Source(name, text))


def marked(document: Document, spans: tuple[tuple[int, int], ...]) -> str:
    text = document.text
    for start, end in reversed(spans):
        text = f"{text[:start]}<<{text[start:end]}>>{text[end:]}"
    return text


@pytest.mark.parametrize(("level", "text"), SENTENCES)
def test_level_and_cues(level: ClaimStrength, text: str) -> None:
    read = document(MARKED.sub(r"\1", text), "a.txt")
    found = strength(read, sentences(read)[0])
    assert (found.level, marked(read, found.cues)) == (level, text)
    assert claim_strength(read.text) is level


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("The tea reduces pain.", "effect-affects"),
        ("They reduce pain.", "effect-affects"),
        ("The tea reduced pain.", "effect-affected"),
        ("The pain was reduced by tea.", "effect-passive"),
        ("The pain decreased over time.", "effect-changes"),
        ("The tea may also reduce pain.", "effect-may"),
        ("The tea potentially reduces pain.", "effect-may"),
        ("The tea appears to reduce pain.", "effect-may"),
        ("Pain may be reduced by tea.", "effect-may"),
        ("The tea can reduce pain.", "effect-can"),
        ("The tea should reduce pain.", "effect-ought"),
        ("The tea does not reduce pain.", "effect-does"),
        ("The tea is thought to reduce pain.", "effect-known"),
        ("The tea was shown to reduce pain.", "effect-shown"),
        ("We gave tea to reduce pain.", "effect-purpose"),
        ("Pain went away, reducing the need for pills.", "effect-participle"),
        ("Tea works by reducing pain.", "effect-means"),
        ("The increase was small.", "effect-noun"),
        ("Tea goes with reduced pain.", "effect-adjective"),
        ("A drug-induced rash.", "effect-adjective"),
        ("Tea reduced pain and improved the mood.", "effect-affected"),
        ("Tea came late and reduced the pain.", "effect-affected"),
        ("Tea came late and reduced pain followed.", "effect-adjective"),
        ("A weight increase followed.", "effect-noun"),
    ],
)
def test_what_a_verb_does(text: str, fact: str) -> None:
    words = Words(text, (0,), tables.names)
    found = [f.name for f in Clauses(words).facts(0, len(words)) if f.name.startswith("effect-")]
    assert found[-1] == fact


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A study found that tea helps.", "frame frame frame frame main main"),
        ("Tea helps everyone here, a study finds.", "main main main main frame frame frame"),
        ("Tea helps people according to us.", "main main main frame frame frame"),
        ("Although tea helps, it stains.", "concession concession concession main main"),
        ("People who drink tea, sleep.", "main relative relative relative main"),
        ("Tea (not coffee) helps.", "main bracket bracket main"),
        ("Adults who drink tea at night or at noon sleep.", "main " + "relative " * 7 + "main main"),
        ("There are concerns that tea stains but none agree.", "main main " + "supposed " * 4 + "main main main"),
    ],
)
def test_parts_of_a_sentence(text: str, parts: str) -> None:
    words = Words(text, (0,), tables.names)
    assert Clauses(words)._parts(0, len(words)) == parts.split()


def test_society_is_no_association() -> None:
    words = Words("The American Heart Association met. An Association Between Tea and Sleep", (0, 36), tables.names)
    names = [(f.name, f.first) for f in Clauses(words).facts(0, len(words)) if f.name.startswith("association")]
    assert names == [("association-the", 6)]


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Tea heals.", ["short"]),
        ("Tea heals", ["short", "headline"]),
        ("Tea heals 2.5", ["short", "headline"]),
        ("Does tea heal?", ["short", "question"]),
        ("Tea heals.[1]", ["short"]),
        ('"Tea heals."', ["short"]),
        ("Tea " * 12 + ".", ["medium"]),
        ("Tea " * 33 + ".", ["long"]),
    ],
)
def test_shape_of_a_sentence(text: str, shape: list[str]) -> None:
    words = Words(text, (0,), tables.names)
    assert [f.name for f in Clauses(words).facts(0, len(words)) if not f.part] == shape


def test_a_heading_without_a_full_stop_ends_with_its_block() -> None:
    read = document("# Tea heals\n\nSo it is said.")
    words = Words(read.text, (sentence.start for sentence in sentences(read)), tables.names)
    assert [f.name for f in Clauses(words).facts(0, 2) if not f.part] == ["short", "headline"]


ARTICLE = """# Tea may cure colds

Tea reduces pain.[1] "Tea does not prevent colds," she said. We drank it in rats.

## Sleep

Some tea drinkers might sleep better, because tea could improve sleep.

## References

1. Tea reduces pain. A Journal, 2020.
"""


def test_claims_of_a_document() -> None:
    read = document(ARTICLE)
    found = [
        (read.text[c.sentence.start : c.sentence.end], c.strength.level, c.hedged, c.negated, c.quoted)
        for c in claims(read)
    ]
    assert found == [
        ("Tea may cure colds", ClaimStrength.CONDITIONAL, True, False, False),
        ("Tea reduces pain.[1]", ClaimStrength.CAUSAL, False, False, False),
        ('"Tea does not prevent colds," she said.', ClaimStrength.CAUSAL, False, True, True),
        (
            "Some tea drinkers might sleep better, because tea could improve sleep.",
            ClaimStrength.CONDITIONAL,
            True,
            False,
            False,
        ),
    ]


def test_json() -> None:
    text = "Tea.\n\nIn rats, tea **reduces** pain.[2]\n"
    content = json.loads(as_json([document(text)]))
    assert content == {
        "schema_version": 1,
        "claims": [
            {
                "path": "a.md",
                "line": 3,
                "column": 1,
                "start": 6,
                "end": 39,
                "text": "In rats, tea **reduces** pain.[2]",
                "strength": "causal",
                "cues": [{"start": 21, "end": 28, "text": "reduces"}],
                "evidence": "animal",
                "subjects": ["rats"],
                "hedged": False,
                "negated": False,
                "quoted": False,
                "citations": [{"kind": "number", "start": 36, "end": 39, "text": "[2]"}],
            }
        ],
    }


def test_a_link_right_behind_the_sentence_is_its_citation() -> None:
    text = "Tea reduces pain. [Here](https://example.org/a/study) is more."
    content = json.loads(as_json([document(text)]))
    assert [[c["text"] for c in claim["citations"]] for claim in content["claims"]] == [["Here"]]


def test_table_for_people() -> None:
    assert as_table([document("Tea may not reduce pain in adults.")]) == (
        "a.md:1:1  conditional; evidence: unstated; hedged; negated; no source\n"
        "    Tea may not reduce pain in adults.\n"
    )
    assert as_table([document("Tea is a drink.")]) == "No claims found.\n"


def test_a_cue_counts_inside_a_longer_one_and_once() -> None:
    table = cues.parse([0, 0, 0, 0], {"tea": [1, 0, 0, 0], "green tea": [0, 1, 0, 0], "{effect-may}": [0, 0, 1, 0]})
    words = Words("Green tea may cure, tea may heal.", (0,), tables.names)
    found = cues.Finder(Clauses(words), table).find(0, len(words))
    assert sorted((c.cue, c.first, c.last) for c in found) == [
        ("green tea", 0, 1),
        ("tea", 1, 1),
        ("{effect-may}", 3, 3),
    ]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Tea can and cures gout.", True),
        ("Tea can, it cures gout.", True),
        ("Tea can; it cures gout.", False),
        ("Tea cures gout if it can.", False),
        ("Tea can " + "or so " * 6 + "cures gout.", True),
        ("Tea can " + "or so " * 6 + "surely cures gout.", False),
    ],
)
def test_pairs_need_order_nearness_and_no_semicolon(text: str, holds: bool) -> None:
    pair = "{can} ..12 {effect-affects}"
    words = Words(text, (0,), tables.names)
    found = cues.Finder(Clauses(words), cues.parse([0, 0, 0, 0], {pair: [0, 0, 1, 0]})).find(0, len(words))
    assert [cue.cue for cue in found] == [pair] * holds


def test_the_table_is_a_list_of_phrases() -> None:
    table = cues.table()
    every = table.facts | table.words
    assert 500 < len(every) <= 1000
    assert {len(weights) for weights in (table.start, *every.values())} == {4}
    for cue in every:
        assert sequences(cue)
    with pytest.raises(PhraseError):
        cues.parse([0, 0, 0, 0], {"(tea": [0, 0, 0, 0]})


def test_verbs_without_end() -> None:
    assert claim_strength("Tea " + "reduces pain and " * 5000 + "heals.") is ClaimStrength.CAUSAL


def test_no_words_no_claim() -> None:
    assert [claim_strength(text) for text in ("", "   ", "...", "Reduces pain", "\U0001f600")] == [
        ClaimStrength.NONE
    ] * 5
