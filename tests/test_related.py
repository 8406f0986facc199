"""The places that a verdict about the evidence rests on."""

import json
from pathlib import Path

import pytest

from healthlint import Config, lint_text
from healthlint.cli import main

NO_CAVEAT = "The drug reduced pain in rats. The treatment also improved how well the animals slept.\n"
CASES = {
    "EVID-001": (
        "The team gave the drug to **rats** for two weeks. The rats moved more freely. "
        "The treatment reduces pain in patients.\n",
        [("rats", "named as evidence: animal")],
    ),
    "EVID-002": (
        "# New drug eases arthritis\n\nThe rats moved more freely. A second group of rats got nothing.\n",
        [("rats", "named as evidence: animal")],
    ),
    "EVID-003": (
        NO_CAVEAT,
        [("The drug reduced pain in rats.", "the result; no sentence says that it may not hold for people")],
    ),
    "EVID-005": (
        "A case-control study came first. In a cohort study, eating walnuts lowers the risk of diabetes in adults.\n",
        [("cohort study", "named as evidence: observational")],
    ),
    "EVID-008": (
        "The trial with 12 patients proves that the drug works.\n",
        [("The trial with 12 patients proves that the drug works.", "named as evidence: 12 people")],
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_findings_name_the_places_they_rest_on(rule: str) -> None:
    text, expected = CASES[rule]
    (finding,) = lint_text(text, config=Config(select=(rule,)))
    assert [(place.text, place.note) for place in finding.related] == expected
    assert [text[place.start : place.end] for place in finding.related] == [words for words, _ in expected]


def test_related_places_stand_in_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Pain\n\n" + NO_CAVEAT)
    main(["-o", "json", "--isolated", "--select", "EVID-003,HYPE-008", str(path)])
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    note = "the result; no sentence says that it may not hold for people"
    text = "The drug reduced pain in rats."
    assert finding["related"] == [{"start": 8, "end": 38, "line": 3, "column": 1, "text": text, "note": note}]
