import json
import re

import pytest

from healthlint import ClaimStrength, claim_strength, tables
from healthlint.analysis import cues
from healthlint.analysis.claims import claims, strength
from healthlint.analysis.clauses import Clauses
from healthlint.analysis.outline import NAMED, SMALL_WORDS
from healthlint.analysis.sentences import sentences
from healthlint.analysis.wordsets import sets_of
from healthlint.document import Document
from healthlint.formats import parse
from healthlint.grammar import sequences
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
    (ClaimStrength.CONDITIONAL, "A fibre-rich diet <<may>> help prevent bowel disease"),
    (ClaimStrength.CONDITIONAL, "This protein may <<play a role>> in the spread of the tumour."),
    (ClaimStrength.CONDITIONAL, "The supplement potentially <<increases>> the risk of bleeding."),
    (ClaimStrength.CONDITIONAL, "Late dinners could <<lead to>> weight gain."),
    (ClaimStrength.ASSOCIATION, "Coffee was <<associated>> with a <<lower>> risk of liver disease."),
    (ClaimStrength.ASSOCIATION, "Loneliness <<linked>> to higher blood pressure"),
    (ClaimStrength.ASSOCIATION, "Women who slept less than six hours had <<higher>> blood sugar."),
    (ClaimStrength.ASSOCIATION, "Men with gout are <<more likely>> to develop kidney stones."),
    (ClaimStrength.ASSOCIATION, "There was a strong <<correlation>> between age and hearing loss."),
    (ClaimStrength.ASSOCIATION, "<<Birth>> weight <<predicted>> height at the age of ten."),
    (ClaimStrength.ASSOCIATION, "Stress is a <<risk factor>> for back pain."),
    (ClaimStrength.ASSOCIATION, "The marker was not <<associated>> with survival."),
    (ClaimStrength.ASSOCIATION, "We <<found>> no difference between the two groups."),
    (ClaimStrength.ASSOCIATION, "Night workers <<had a higher risk>> of falls than day workers."),
    (ClaimStrength.NONE, "We <<aimed>> to examine whether ginger relieves nausea."),
    (ClaimStrength.NONE, "Further <<studies>> are <<needed to>> confirm these findings."),
    (ClaimStrength.NONE, "The <<study>> was published in a journal of nutrition."),
    (ClaimStrength.NONE, "Doctors <<should>> ask every patient <<about>> alcohol."),
    (ClaimStrength.NONE, "Participants <<were asked>> to keep a diary for two weeks."),
    (ClaimStrength.NONE, "The <<authors>> thank the <<nurses>> of the ward."),
    (ClaimStrength.NONE, "<<About>> one in ten adults has asthma."),
    (ClaimStrength.NONE, "Side effects"),
    (ClaimStrength.NONE, "<<Whether>> the tea helps is not known."),
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
        ("We drink tea because it helps, they say.", "main main main reason reason reason main main"),
        ("They asked if tea helps, in short.", "main main condition condition condition main main"),
        ("It has leaves that cause stains.", "main main main relative relative relative"),
        ("It is that tea stains.", "main main main main main"),
        ("Tea is a drink while milk is food, too.", "main " * 4 + "concession " * 4 + "main"),
    ],
)
def test_parts_of_a_sentence(text: str, parts: str) -> None:
    words = Words(text, (0,), tables.names)
    assert _read(words).parts(0, len(words)) == parts.split()


def _read(words: Words) -> Clauses:
    clauses = Clauses(words)
    clauses.read(0, len(words))
    return clauses


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
        ('We say: "Tea heals."', ["short", "quoted"]),
        ("CONCLUSIONS: Tea heals.", ["short", "labelled"]),
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
        'a.md:1:1  conditional ("reduce"); evidence: unstated; hedged; negated; no source\n'
        "    Tea may not reduce pain in adults.\n"
    )
    assert as_table([document("Tea is a drink.")]) == "No claims found.\n"


def found(text: str, weights: dict[str, list[float]]) -> list[tuple[str, int, int]]:
    words = Words(text, (0,), tables.names)
    table = cues.Cues([0, 0, 0, 0], weights)
    return [(cue.cue, cue.first, cue.last) for cue in table.find(Clauses(words), 0, len(words))]


def test_a_cue_counts_inside_a_longer_one_and_once() -> None:
    weights = {"tea": [1, 0, 0, 0], "green tea": [0, 1, 0, 0], "{effect-may}": [0, 0, 1, 0]}
    assert sorted(found("Green tea may cure, tea may heal.", weights)) == [
        ("green tea", 0, 1),
        ("tea", 1, 1),
        ("{effect-may}", 3, 3),
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("It reduced the risk.", [(1, 3)]),
        ("It reduces the risks.", [(1, 3)]),
        ("It reduces a risk.", []),
        ("It reduces, the risk is small.", []),
    ],
)
def test_words_of_a_cue_stand_next_to_each_other(text: str, places: list[tuple[int, int]]) -> None:
    assert [place[1:] for place in found(text, {"reduce~ the risk~": [0, 0, 0, 1]})] == places


@pytest.mark.parametrize(
    ("text", "cue", "places"),
    [
        ("Tea was associated with a lower risk.", "<be ASSOCIATION with>", []),
        ("Tea was associated with a lower risk.", "<BE ASSOCIATION with>", [(1, 3)]),
        ("Tea was associated with a lower risk.", "<^ * BE>", [(0, 1)]),
        ("Tea was associated with a higher risk.", "<COMPARATIVE OUTCOME $>", [(5, 6)]),
        ("Tea was associated with a lower risk.", "<ASSOCIATION .. OUTCOME>", [(2, 6)]),
        ("Tea was associated with a lower risk.", "<^ .. OUTCOME>", []),
        ("Green or black tea heals us.", "<* or * EFFECT-AFFECTS>", [(0, 4)]),
        ("Green tea or cold water heals.", "<* or * EFFECT-AFFECTS>", []),
        ("It heals 12 of them.", "<EFFECT-AFFECTS # of>", [(1, 3)]),
    ],
)
def test_outline(text: str, cue: str, places: list[tuple[int, int]]) -> None:
    assert [place[1:] for place in found(text, {cue: [0, 0, 1, 0]})] == places


@pytest.mark.parametrize(
    ("text", "name", "places"),
    [
        ("It led them to drink.", "effect", [(1, 2)]),
        ("It led: them to drink.", "effect", []),
        ("It can put tea drinkers at risk.", "effect", [(2, 3)]),
        ("It was more common.", "tendency", [(2, 1)]),
        ("It was more, common or not.", "tendency", []),
        ("Tea from 1999 heals.", "period", [(1, 1)]),
        ("Further large trials followed.", "further", [(0, 2)]),
    ],
)
def test_word_sets(text: str, name: str, places: list[tuple[int, int]]) -> None:
    words = Words(text, (0,), tables.names)
    sets = sets_of(words, 0, len(words))
    assert [(i, sets[i][name]) for i in range(len(words)) if name in sets[i]] == places


def test_the_table_is_a_list_that_people_can_read() -> None:
    table = cues.table()
    assert 500 < len(table.weights) <= 1000
    assert {len(weights) for weights in (table.start, *table.weights.values())} == {4}
    names = {name.upper() for name in NAMED} | {"^", "$", "*", "#", ".."} | SMALL_WORDS
    for cue in table.weights:
        if cue.startswith("<"):
            assert all(step in names or step.startswith("EFFECT-") for step in cue[1:-1].split())
        elif cue.startswith("{"):
            assert re.fullmatch(r"\{[a-z0-9-]+\}", cue)
        else:
            assert sequences(cue)


def test_verbs_without_end() -> None:
    assert claim_strength("Tea " + "reduces pain and " * 5000 + "heals.") is ClaimStrength.CAUSAL


def test_no_words_no_claim() -> None:
    assert [claim_strength(text) for text in ("", "   ", "...", "Reduces pain", "\U0001f600")] == [
        ClaimStrength.NONE
    ] * 5
