"""`--time-rules` tells the cost of each rule, and that of what rules share apart from them."""

import re
from pathlib import Path

import pytest

from healthlint.catalogue import builtin_rules
from healthlint.cli import main, timing

ARTICLE = "# Tea\n\nTea cures arthritis, studies show. In a trial of 12 people, tea reduced pain by 40% in rats.\n"


def test_every_rule_and_the_facts_they_share_are_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = iter(range(100_000))
    monkeypatch.setattr(timing, "perf_counter", lambda: next(ticks) / 1000)
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(ARTICLE)
    assert main(["--isolated", "--exit-zero", "--time-rules", str(tmp_path)]) == 0
    lines = capsys.readouterr().err.partition("Time, measured once more:\n")[2].splitlines()
    rows = [re.fullmatch(r" *([\d.]+) ms +([\d.]+)%  (.*)", line).groups() for line in lines]  # type: ignore[union-attr]
    half = [name for _, _, name in rows].index("rules")
    facts, rules = rows[1:half], rows[half + 1 :]
    assert sorted(name.strip() for _, _, name in rules) == [f"{rule.id} {rule.name}" for rule in builtin_rules()]
    assert {"  reading the file", "  sentences: words", "  names of tables and word sets"} <= {n for _, _, n in facts}
    assert {time for time, _, _ in (*facts, *rules)} == {"2.00"}
    assert float(rows[0][0]) == 2 * len(facts)
    assert float(rows[half][0]) == 2 * len(rules)
    assert abs(float(rows[0][1]) + float(rows[half][1]) - 100) < 0.2


def test_facts_are_computed_before_the_rules_that_use_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A rule is never charged for an analysis that is remembered: all are there when the first rule is timed."""
    found: list[int] = []
    timed = timing._timed

    def spy(times: dict[str, float], name: str, work):  # type: ignore[no-untyped-def]
        result = timed(times, name, work)
        document = next((cell.cell_contents for cell in work.__closure__ if hasattr(cell.cell_contents, "_memo")), None)
        if document is not None and re.match(r"[A-Z]{4}-\d{3} ", name):
            found.append(len(document._memo))
        return result

    monkeypatch.setattr(timing, "_timed", spy)
    path = tmp_path / "a.md"
    path.write_text(ARTICLE)
    main(["--isolated", "--exit-zero", "--time-rules", str(path)])
    assert len(found) == timing._ROUNDS * len(builtin_rules())
    assert len(set(found)) == 1
