"""The benchmark of quality: what is drawn, how verdicts are kept, and the figures made of them."""

import importlib
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

PATH = Path(__file__).parents[1] / "benchmarks" / "quality.py"
sys.path.insert(0, str(PATH.parent))
coded, corpora, drawing, figures, quality = map(
    importlib.import_module, ("coded", "corpora", "drawing", "figures", "quality")
)
sys.path.pop(0)

TEXT = "# Tea {n}\n\nThe tea offers guaranteed relief, and our clinic is open.\n\nIt is guaranteed to work, too.\n"


@pytest.fixture
def _corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty articles of two findings of HYPE-008 each, in an empty folder of readings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(quality, "READINGS", tmp_path)
    Path("articles").mkdir()
    for n in range(20):
        Path(f"articles/{n}.md").write_text(TEXT.format(n=n))
    Path("articles/copy.md").write_text(TEXT.format(n=0))


def drawn() -> list[tuple[object, object]]:
    return [(a.path, f.text) for a, f in drawing.sample(["a=articles"], "HYPE-008", set())]


@pytest.mark.usefixtures("_corpus")
def test_only_held_out_articles_are_drawn_and_each_has_its_turn() -> None:
    held_out = {a.path for a in corpora.articles(["a=articles"]) if a.key[0] in "89abcdef"}
    paths = [path for path, _ in drawn()]
    assert len(held_out) > 3
    assert set(paths[: len(held_out)]) == held_out
    assert sorted(paths) == sorted([*held_out] * 2)


@pytest.mark.usefixtures("_corpus")
def test_the_draw_is_always_the_same_and_as_large_as_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    every = drawn()
    assert drawn() == every
    monkeypatch.setattr(drawing, "MANY", 3)
    assert drawn() == every[:3]
    known = {
        corpora.Place(a.key, "HYPE-008", f.start, f.end)
        for a, f in [*drawing.sample(["a=articles"], "HYPE", set())][:2]
    }
    (third,) = drawing.sample(["a=articles"], "HYPE-008", known)
    assert (third[0].path, third[1].text) == every[2]


@pytest.mark.usefixtures("_corpus")
def test_a_text_counts_once() -> None:
    assert len(list(corpora.articles(["a=articles", "b=articles"]))) == 20


@pytest.mark.usefixtures("_corpus")
def test_verdicts_written_in_a_sheet_are_kept_without_any_text() -> None:
    assert quality.main(["sample", "--rules", "HYPE-008", "--out", "sheet.md", "a=articles"]) == 0
    sheet = Path("sheet.md").read_text()
    count = sheet.count("\nverdict: \n")
    assert count == len(drawn())
    Path("sheet.md").write_text(
        sheet.replace("verdict: \n", "verdict: unfair\n", 1).replace("verdict: \n", "verdict: fair\n", 1)
    )
    assert quality.main(["record", "sheet.md", "--reader", "ann"]) == 0
    kept = [json.loads(line) for line in Path("ann.jsonl").read_text().splitlines()]
    assert [sorted(reading) for reading in kept] == [["article", "end", "rule", "start", "verdict"]] * 2
    assert sorted(reading["verdict"] for reading in kept) == ["fair", "unfair"]
    assert quality.main(["sample", "--rules", "HYPE-008", "--reader", "ann", "--out", "rest.md", "a=articles"]) == 0
    assert Path("rest.md").read_text().count("\nverdict: \n") == count - 2


def test_a_word_that_is_no_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="'good' is not a verdict: fair, arguable, unfair"):
        drawing.verdicts('key: ["ab", "HYPE-001", 1, 2]\nverdict: good\n')


@pytest.mark.usefixtures("_corpus")
def test_the_scorecard_tells_hits_precision_agreement_and_what_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    read = list(corpora.articles(["a=articles"]))
    found = [place for article in read for place in corpora.places(article) if place.rule == "HYPE-008"]
    first = dict(zip(found, ["fair"] * 6 + ["arguable"] * 2 + ["unfair"] * 2, strict=False))
    gone = corpora.Place(read[0].key, "HYPE-008", 999, 1000)
    elsewhere = corpora.Place("f" * 64, "HYPE-008", 1, 2)
    second = {**{place: first[place] for place in found[:3]}, found[9]: "fair"}
    monkeypatch.setattr(figures, "COMMON", 4)
    card = figures.scorecard(read, {"bob": second, "ann": {**first, gone: "unfair", elsewhere: "unfair"}})
    (row,) = [line for line in card.splitlines() if line.startswith("| HYPE-008 ")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[3:] == ["200", "10", "6", "2", "2", "0.70", "0.40-0.89", "0.70 of 10", "1"]
    assert card.endswith("\nReaders bob and ann: the same verdict on 75% of 4, kappa 0.00.\n")
    monkeypatch.setattr(figures, "COMMON", 5)
    assert "Readers" not in figures.scorecard(read, {"bob": second, "ann": first})


@pytest.mark.parametrize(
    ("fair", "read", "interval"),
    [(0, 0, (0.0, 1.0)), (10, 10, (0.722, 1.0)), (0, 10, (0.0, 0.278)), (17, 20, (0.640, 0.948))],
)
def test_wilson_interval(fair: int, read: int, interval: tuple[float, float]) -> None:
    """Against the published formula's values, to three digits."""
    assert figures.wilson(fair, read) == pytest.approx(interval, abs=6e-4)


def test_kappa_of_a_published_table() -> None:
    """20 and 15 agreements, 5 and 10 disagreements: observed 0.70, by chance 0.50, kappa 0.40."""
    counts = {("fair", "fair"): 20, ("fair", "unfair"): 5, ("unfair", "fair"): 10, ("unfair", "unfair"): 15}
    pairs = [pair for pair, count in counts.items() for _ in range(count)]
    assert figures.kappa(pairs) == pytest.approx(0.4)
    assert figures.kappa([("fair", "fair")] * 3) == 1


def test_an_arguable_finding_counts_half() -> None:
    assert figures.precision(Counter(fair=3, arguable=2, unfair=1)) == pytest.approx(4 / 6)


def test_releases_become_texts_without_their_titles(tmp_path: Path) -> None:
    source = tmp_path / "releases.jsonl"
    source.write_text(json.dumps({"id": "a-1", "title": "Tea", "text": "It is hot.\n\nIt is wet."}) + "\n")
    quality.unpack(source, tmp_path / "out")
    assert (tmp_path / "out" / "a-1.txt").read_bytes() == b"It is hot.\n\nIt is wet."


def test_readings_hold_places_and_verdicts_of_rules_only() -> None:
    for path in PATH.with_name("readings").glob("*.jsonl"):
        for place, verdict in drawing.read_verdicts(path).items():
            assert len(place.article) == 64
            assert place.article[0] in "89abcdef"
            assert place.start < place.end
            assert verdict in drawing.VERDICTS


def test_releases_are_counted_by_what_coders_said_of_them(tmp_path: Path) -> None:
    rats = "The rats moved more freely after a week. A second group of rats got nothing. Rats got it for a month."
    rows = [
        ("New drug eases arthritis", rats, True, True),
        ("New drug eases arthritis in rats", rats, True, False),
        ("New drug eases arthritis", "The 80 volunteers moved more freely after taking it.", False, False),
        ("New drug eases arthritis", "The 80 volunteers moved more freely.", None, None),
    ]
    path = tmp_path / "coded.jsonl"
    path.write_text(
        "".join(
            json.dumps(
                {"id": str(n), "title": t, "text": x, "gold": {"laboratory_sample": lab, "animal_as_human": human}}
            )
            + "\n"
            for n, (t, x, lab, human) in enumerate(rows)
        )
    )
    assert coded.section(path).splitlines()[-3:] == [
        "| laboratory sample, release about people | 1 | 0 | 1 | 1 |",
        "| laboratory sample, release says so | 1 | 0 | 0 | 1 |",
        "| people studied, or mixed | 2 | 0 | 0 | 0 |",
    ]
