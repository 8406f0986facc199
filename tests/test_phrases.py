import pytest

from healthlint.grammar import PhraseError, inflections
from healthlint.lexicon import Lexicon
from healthlint.phrases import Match, Phrases, Words


def found(phrases: list[str], text: str) -> list[tuple[str, int]]:
    conditions = Phrases.of(["multiple sclerosis", "cancer~"])
    sentence_starts = [0, *(i + 2 for i in range(len(text)) if text[i : i + 2] == ". ")]
    words = Words(text, sentence_starts, {"condition": conditions}.__getitem__)
    return [(text[words.starts[m.first] : words.ends[m.last]], m.label) for m in Phrases.of(phrases).find(words)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("miracle cure", "A Miracle-cure, a miracle\u00a0cure; a miracle, cure", ["Miracle-cure", "miracle\u00a0cure"]),
        ("transform~", "transforms transforming transformer", ["transforms", "transforming"]),
        ("(new|real|a ray of) hope", "New hope, a ray of hope, no hope", ["New hope", "a ray of hope"]),
        ("[very] promising", "Very promising. Promising", ["Very promising", "Promising"]),
        ("hope ..3 patients", "hope for many (old) patients. hope. patients", ["hope for many (old) patients"]),
        ("hope ..2 patients", "hope for many old patients; hope: patients", []),
        ("{condition} cure", "a multiple sclerosis cure, a cancer cure", ["multiple sclerosis cure", "cancer cure"]),
        ("MS", "MS and Ms and ms", ["MS"]),
        ("doesn't", "It doesn\u2019t.", ["doesn\u2019t"]),
        ("100% effective", "a 100% effective and 100 % effective pill", ["100% effective", "100 % effective"]),
        ("the patient", "the patient\u2019s", ["the patient\u2019s"]),
    ],
)
def test_a_phrase_finds_exactly(phrase: str, text: str, expected: list[str]) -> None:
    assert [words for words, _ in found([phrase], text)] == expected


def test_the_longest_of_nested_matches_stands() -> None:
    assert found(["wonder drug", "a real wonder drug"], "a real wonder drug") == [("a real wonder drug", 1)]


@pytest.mark.parametrize(
    ("phrase", "complaint"),
    [
        ("(one|two", "not closed"),
        ("one)", "closes nothing"),
        ("..3 one", "begins or ends with a gap"),
        ("[one]", "without any word"),
        ("one ..9 two ..9 three", "span more than 12 words"),
        ("~", "not understood"),
    ],
)
def test_a_wrong_phrase_is_explained(phrase: str, complaint: str) -> None:
    with pytest.raises(PhraseError, match=complaint):
        Phrases.of([phrase])


def test_inflections() -> None:
    assert inflections("stop") == {"stop", "stops", "stoped", "stoping", "stopped", "stopping"}
    assert inflections("study") == {"study", "studies", "studied", "studying"}
    assert inflections("cure") == {"cure", "cures", "cured", "curing"}


def test_phrases_are_added_to_a_stored_lexicon() -> None:
    first = Lexicon()
    first.add([("a [new] cure ..3 gout", 0), ("hope for (gout|asthma) ..2 now", 1)])
    words, nodes, starts, shapes, rest = first.stored()
    second = Lexicon((words, nodes, starts, shapes, rest))
    number = second.add([("[ancient] (kitchen|pantry) magic ..1 works", 0), ("old hope ..2 asthma", 1)])
    text = Words(
        "A cure for bad gout. Ancient kitchen magic always works; old hope for asthma.", (0, 21), {}.__getitem__
    )
    assert Phrases(second, 0).find(text) == [Match(0, 4, 0)]
    assert Phrases(second, number).find(text) == [Match(5, 9, 0), Match(10, 13, 1)]
