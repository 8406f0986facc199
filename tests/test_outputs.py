"""Forms of output for programs: what stands in them, in the units of each, and read by somebody else's code."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typeguard
from gitlab_cq import GitLabCodeQuality
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from sarif_kit.validate import validation_errors

from healthlint import Config, engine, lint_text, report
from healthlint.cli import main
from healthlint.engine import Finding, Report
from healthlint.report import github, sarif, verdicts
from healthlint.report.format import Run, Style
from healthlint.report.verdicts import Suggestion, Suppression
from healthlint.rule import Related
from healthlint.text import Source

FORMATS = ("jsonl", "sarif", "github", "gitlab", "junit", "rdjsonl", "html")
TRICKY = (
    "# Sleep\r\n\r\nMany people sleep badly.\r\n\r\n## Masks\r\n\r\n"
    "Élise’s cafe\u0301 says 🩺👩🏽\u200d⚕\ufe0f:\tthe new mask is a **game-changer** for people with asthma.\r\n"
    "\tA naïve\r\n“miracle\r\ncure” sold as a breakthrough treatment for 🫁 asthma.\r\n"
)
"""Accents, a combining mark, emoji of one and of five code points, tabs, CRLF, and a finding on two lines."""
LEAD = "# Sleep\n\nMany people sleep badly.\n\n## Masks\n\n"
"""A title and a first paragraph without findings, so that what follows is the body of an article."""
MIXED = "# A revolutionary therapy\n\nMany people have asthma.\n\n## Cures\n\nThis miracle cure is sold in shops.\n"
"""An error in the title, a warning in the body."""
PLACES = [
    ("game-changer", (7, 48), (7, 60), (7, 67), (7, 79)),
    ("miracle\r\ncure", (9, 2), (10, 5), (9, 4), (10, 5)),
    ("breakthrough treatment", (10, 17), (10, 39), (10, 19), (10, 41)),
]
"""The words, where they begin and end in code points, and where in UTF-8 bytes; counted by hand."""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs at the top of an empty repository, on no CI system."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


def write(name: str, text: str | bytes) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def printed(capsys: pytest.CaptureFixture[str], form: str, *arguments: str, select: str = "HYPE-001") -> str:
    main(["-o", form, "--select", select, "--as-of", "2026-11-24", *(arguments or (".",))])
    return capsys.readouterr().out


def sarif_run(capsys: pytest.CaptureFixture[str], *arguments: str, select: str = "HYPE-001") -> dict[str, Any]:
    content = json.loads(printed(capsys, "sarif", *arguments, select=select))
    assert validation_errors(content) == []
    (run,) = content["runs"]
    return run  # type: ignore[no-any-return]


def issues(capsys: pytest.CaptureFixture[str], *arguments: str, select: str = "HYPE-001") -> list[dict[str, Any]]:
    content = json.loads(printed(capsys, "gitlab", *arguments, select=select))
    every = typeguard.CollectionCheckStrategy.ALL_ITEMS
    typeguard.check_type(content, list[GitLabCodeQuality.Issue], collection_check_strategy=every)
    return content  # type: ignore[no-any-return]


def commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them: kind, properties, message."""

    def unescaped(text: str) -> str:
        for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            text = text.replace(code, character)
        return text

    told = []
    for line in output.splitlines():
        kind, properties, message = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line).groups()  # type: ignore[union-attr]
        pairs = [pair.partition("=") for pair in properties.split(",")]
        told.append((kind, {key: unescaped(value) for key, _, value in pairs}, unescaped(message)))
    return told


def a_run(*findings: Finding) -> Run:
    """A run over one file with these findings."""
    return Run((Report("a.md", Source("a.md", TRICKY), findings),), (), "2026-11-24", "0.1.0")


def a_finding(**changes: Any) -> Finding:
    return lint_text(TRICKY, filename="a.md", config=Config(select=("HYPE-001",)))[0]._replace(**changes)


def test_places_in_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", TRICKY)
    found = [json.loads(line) for line in printed(capsys, "jsonl").splitlines()]
    assert [
        (f["text"], (f["line"], f["column"]), (f["end_line"], f["end_column"]), TRICKY[f["start"] : f["end"]])
        for f in found
    ] == [(words, start, end, words) for words, start, end, _, _ in PLACES]


def test_places_in_sarif(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", TRICKY)
    run = sarif_run(capsys)
    assert run["columnKind"] == "unicodeCodePoints"
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in run["results"]]
    assert sorted(
        (r["startLine"], r["startColumn"], r["endLine"], r["endColumn"], r["snippet"]["text"]) for r in regions
    ) == [(*start, *end, words) for words, start, end, _, _ in PLACES]


def test_places_in_github_annotations(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", TRICKY)
    places = [properties for _, properties, _ in commands(printed(capsys, "github"))]
    assert [{key: place[key] for key in place if key not in ("title", "file")} for place in places] == [
        {"line": "7", "endLine": "7", "col": "48", "endColumn": "60"},
        {"line": "10", "endLine": "10", "col": "17", "endColumn": "39"},
        {"line": "9", "endLine": "10"},
    ]


def test_places_in_gitlab(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", TRICKY)
    lines = [(7, 7), (10, 10), (9, 10)]
    assert [issue["location"]["lines"] for issue in issues(capsys)] == [{"begin": b, "end": e} for b, e in lines]


def test_places_in_junit(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", TRICKY)
    (suite,) = JUnitXml.fromstring(printed(capsys, "junit").encode())
    assert [case.name for case in suite] == [
        f"HYPE-001 hype-superlative at {line}:{column}" for _, (line, column), _, _, _ in PLACES
    ]


def test_places_in_rdjsonl_count_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", TRICKY)
    ranges = [json.loads(line)["location"]["range"] for line in printed(capsys, "rdjsonl").splitlines()]
    assert [((r["start"]["line"], r["start"]["column"]), (r["end"]["line"], r["end"]["column"])) for r in ranges] == [
        (start, end) for _, _, _, start, end in PLACES
    ]
    lines = TRICKY.encode().split(b"\r\n")
    assert lines[6][67 - 1 : 79 - 1].decode() == "game-changer"


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_input_gives_the_same_bytes(form: str) -> None:
    write("b/é.md", TRICKY)
    write("a.txt", "A miracle cure for everyone with arthritis, said the shop.")
    source = Path(engine.__file__).parents[1]
    outputs = set()
    for seed in "12":
        environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "healthlint", "-o", form, "--as-of", "2026-11-24", "a.txt", "b"]
        outputs.add(subprocess.run(command, env=environment, capture_output=True, check=False).stdout)
    assert len(outputs) == 1
    assert outputs != {b""}


def test_a_plain_run_loads_no_other_form_of_output() -> None:
    write("a.md", TRICKY)
    script = (
        "import sys; from healthlint.cli import main; main(['a.md']);"
        "print([name for name in sys.modules if name.startswith('healthlint.report.')], file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(engine.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "['healthlint.report.format', 'healthlint.report.text']"


def test_all_forms_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", TRICKY)
    outputs = [word for form in FORMATS for word in ("-o", f"{form}={form}.out")]
    assert main(["-o", "text", *outputs, "--select", "HYPE-001", "--as-of", "2026-11-24", "a.md"]) == 0
    assert "a.md\n" in capsys.readouterr().out
    for form in FORMATS:
        assert Path(f"{form}.out").read_bytes().decode() == printed(capsys, form, "a.md")


def test_two_forms_cannot_share_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", TRICKY)
    assert main(["-o", "json=x", "-o", "sarif=x", "a.md"]) == 2
    assert capsys.readouterr().err == "healthlint: two --output go to x; give each a file of its own\n"


def test_a_file_that_cannot_be_written_does_not_take_the_others_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", TRICKY)
    assert main(["-o", "text", "-o", "sarif=none/x", "-o", "json=y", "-o", "html=.", "--exit-zero", "a.md"]) == 2
    told = capsys.readouterr()
    assert told.err == (
        "healthlint: none/x cannot be written: No such file or directory; . cannot be written: Is a directory\n"
    )
    assert told.out.startswith("a.md\n")
    assert json.loads(Path("y").read_text())["summary"]["files"] == 1


# JSON Lines


def test_json_lines_have_the_fields_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", TRICKY)
    write("b.txt", "A miracle cure for everyone with arthritis, said the shop.")
    lines = [json.loads(line) for line in printed(capsys, "jsonl").splitlines()]
    assert lines == json.loads(printed(capsys, "json"))["findings"]
    assert len(lines) == 4


# SARIF


def test_a_sarif_log_is_complete(capsys: pytest.CaptureFixture[str]) -> None:
    write("articles/a b#1 é%.md", LEAD + "This miracle cure is sold to people with asthma all over the country.\n")
    run = sarif_run(capsys, select="HYPE-001,READ-001")
    help_ = "Delete the word and state the result: who was studied, how many, what changed, by how much."
    (result,) = run["results"]
    assert result == {
        "ruleId": "HYPE-001",
        "ruleIndex": 0,
        "level": "warning",
        "message": {
            "text": '"miracle cure" tells readers how to feel about the finding instead of what was found. ' + help_
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "articles/a%20b%231%20%C3%A9%25.md", "uriBaseId": "%SRCROOT%"},
                    "region": {
                        "startLine": 7,
                        "startColumn": 6,
                        "endLine": 7,
                        "endColumn": 18,
                        "snippet": {"text": "miracle cure"},
                    },
                }
            }
        ],
        "partialFingerprints": result["partialFingerprints"],
    }
    assert re.fullmatch(r"[0-9a-f]{16}:1", result["partialFingerprints"]["primaryLocationLineHash"])
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["automationDetails"] == {"id": "healthlint/"}


def test_sarif_describes_every_rule_that_is_on(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", "The drug may help some people. The effect is short.\n")
    run = sarif_run(capsys, select="HYPE-001,READ-001")
    assert run["results"] == []
    superlative, grade = run["tool"]["driver"]["rules"]
    assert (superlative["id"], superlative["name"], grade["id"]) == ("HYPE-001", "hype-superlative", "READ-001")
    assert superlative["shortDescription"] == {"text": "Hype superlative"}
    assert superlative["fullDescription"]["text"].startswith("A word that claims exceptional importance")
    for words in ("\n\nRewrite: Delete the word", "\n\nSources:\n- Abola & Prasad, JAMA Oncology 2016"):
        assert words in superlative["help"]["text"]
    for words in ("\n\n**Rewrite:** Delete the word", "\n\n**Sources**\n\n- Abola & Prasad, JAMA Oncology 2016"):
        assert words in superlative["help"]["markdown"]
    assert superlative["defaultConfiguration"] == {"level": "error"}
    assert superlative["properties"] == {
        "tags": ["health", "HYPE"],
        "precision": "high",
        "problem.severity": "error",
    }


def test_every_rule_is_within_the_limits_of_github(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", TRICKY)
    families = "HYPE,EVID,CITE,DISC,READ,SAFE,ADVC,LANG"
    rules = sarif_run(capsys, select=families)["tool"]["driver"]["rules"]
    assert len(rules) > 50
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024, rule["id"]
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024, rule["id"]
        assert 0 < len(rule["name"]) <= 255, rule["id"]
        assert rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 10
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")


def test_sarif_keeps_the_most_severe_results(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    monkeypatch.setattr(sarif, "KEPT", 2)
    write("a.md", TRICKY)
    write("b.md", "# A revolutionary therapy\n\nIt was sold to people with asthma all over the country.\n")
    run = sarif_run(capsys)
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told == {"level": "warning", "message": {"text": "2 more findings were left out, the least severe ones"}}


def test_sarif_tells_which_files_were_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", b"\xff\xe9")
    write("b.md", "")
    (invocation,) = sarif_run(capsys, "a.md", "b.md")["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [
        (told["level"], told["message"]["text"], told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        for told in invocation["toolExecutionNotifications"]
    ] == [("error", "is not UTF-8 text (byte 0); save it as UTF-8", "a.md"), ("note", "skipped: empty", "b.md")]


def test_words_of_an_article_are_no_links_in_sarif() -> None:
    message = "See [here](https://example.org) and [1], {0} and {x}."
    content = json.loads(sarif.FORMAT.end(a_run(a_finding(message=message, help="")), Style()))
    assert validation_errors(content) == []
    text = content["runs"][0]["results"][0]["message"]["text"]
    assert text == r"See \[here](https://example.org) and [1], {{0}} and {x}. "


def test_sarif_knows_files_outside_of_the_repository_and_links(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.md"
    outside.write_text(TRICKY)
    write("real.md", TRICKY)
    Path("link.md").symlink_to("real.md")
    files = {
        json.dumps(result["locations"][0]["physicalLocation"]["artifactLocation"])
        for result in sarif_run(capsys, str(outside), "link.md")["results"]
    }
    assert files == {
        json.dumps({"uri": outside.resolve().as_uri()}),
        json.dumps({"uri": "real.md", "uriBaseId": "%SRCROOT%"}),
    }


def test_sarif_paths_begin_at_the_top_of_the_repository(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("site/articles/a.md", TRICKY)
    monkeypatch.chdir("site")
    result = sarif_run(capsys, "articles")["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "site/articles/a.md"


def test_sarif_names_related_places(capsys: pytest.CaptureFixture[str]) -> None:
    text = "# Pain\n\nThe drug reduced pain in rats. The treatment also improved how well the animals slept.\n"
    write("a.md", text)
    (result,) = sarif_run(capsys, select="EVID-003")["results"]
    (related,) = result["relatedLocations"]
    assert related == {
        "id": 1,
        "message": {"text": "the result; no sentence says that it may not hold for people"},
        "physicalLocation": {
            "artifactLocation": {"uri": "a.md", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 31},
        },
    }


def test_sarif_offers_suggestions_as_fixes(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = a_finding()
    offered = (
        Suggestion(finding.start, finding.end, "new mask", False),
        Suggestion(finding.start, finding.end, "", False),
    )
    monkeypatch.setattr(verdicts, "suggestions", lambda _: offered)
    content = json.loads(sarif.FORMAT.end(a_run(finding), Style()))
    assert validation_errors(content) == []
    write_, delete = content["runs"][0]["results"][0]["fixes"]
    assert write_ == {
        "description": {"text": "Write “new mask”"},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": "a.md", "uriBaseId": "%SRCROOT%"},
                "replacements": [
                    {
                        "deletedRegion": {"startLine": 7, "startColumn": 48, "endLine": 7, "endColumn": 60},
                        "insertedContent": {"text": "new mask"},
                    }
                ],
            }
        ],
    }
    assert delete["description"] == {"text": "Delete the words"}


def test_suppressed_findings_stay_in_sarif_behind_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = a_finding(severity="error", rule="HYPE-003")
    reasons = (Suppression(True, "quoted from the study"), Suppression(False, "known before 2026"))
    monkeypatch.setattr(verdicts, "suppressed", lambda _: tuple((hidden, reason) for reason in reasons))
    content = json.loads(sarif.FORMAT.end(a_run(a_finding(severity="info")), Style()))
    assert validation_errors(content) == []
    results = content["runs"][0]["results"]
    assert [(result["level"], result["suppressions"]) for result in results] == [
        ("note", []),
        ("error", [{"kind": "inSource", "status": "accepted", "justification": "quoted from the study"}]),
        ("error", [{"kind": "external", "status": "accepted", "justification": "known before 2026"}]),
    ]


def spliced(lines: list[str], start: tuple[int, int], end: tuple[int, int], text: str) -> str:
    """Lines with other words from one line and column on up to another; both count from 1."""
    before = [*lines[: start[0] - 1], lines[start[0] - 1][: start[1] - 1]]
    return "".join([*before, text, lines[end[0] - 1][end[1] - 1 :], *lines[end[0] :]])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_whoever_applies_a_suggestion_gets_what_fix_writes(end: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"# On sleep{end * 2}cafe\u0301 🩺\té <!-- healthlint: allow HYPE-008, HYPE-001 -- x -->{end * 2}"
    text += f"This miracle cure is sold to people with asthma at night.{end}"
    write("a.md", text)
    (result, suppressed) = sarif_run(capsys, "a.md", select="HYPE,SUPP")["results"]
    assert [suppressed["ruleId"], *suppressed["suppressions"]] == [
        "HYPE-001",
        {"kind": "inSource", "status": "accepted", "justification": "x"},
    ]
    (change,) = result["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    r, words = replacement["deletedRegion"], replacement["insertedContent"]["text"]
    start, stop = (r["startLine"], r["startColumn"]), (r["endLine"], r["endColumn"])
    by_code_points = spliced(text.splitlines(keepends=True), start, stop, words)
    (suggestion,) = json.loads(printed(capsys, "rdjsonl", "a.md", select="HYPE,SUPP"))["suggestions"]
    start, stop = ((place["line"], place["column"]) for place in suggestion["range"].values())
    lines = [line.encode().decode("latin-1") for line in text.splitlines(keepends=True)]
    by_bytes = spliced(lines, start, stop, suggestion["text"]).encode("latin-1")
    assert main(["--fix", "--select", "HYPE,SUPP", "a.md"]) == 0
    fixed = Path("a.md").read_bytes()
    assert fixed == text.replace("HYPE-008, ", "").encode() == by_code_points.encode() == by_bytes


# GitHub


def test_a_github_annotation(capsys: pytest.CaptureFixture[str]) -> None:
    write("a,b:c.md", LEAD + "This miracle cure is sold to 100% of people with asthma in the country.\n")
    assert printed(capsys, "github") == (
        "::warning title=HYPE-001 hype-superlative,file=a%2Cb%3Ac.md,line=7,endLine=7,col=6,endColumn=18::"
        './a,b:c.md:7:6: HYPE-001 "miracle cure" tells readers how to feel about the finding instead of what was found.'
        "%0ADelete the word and state the result: who was studied, how many, what changed, by how much.\n"
    )


def test_words_of_an_article_are_no_commands() -> None:
    finding = a_finding(message='"50%\n::error::gotcha\r::stop-commands::x\x1b[2J" is hype.', path="a.md\n::error::b")
    output = github.FORMAT.end(a_run(finding), Style())
    assert output.count("\n") == 1
    ((kind, properties, message),) = commands(output)
    assert (kind, properties["file"]) == ("warning", "a.md\n::error::b")
    assert '"50%\n::error::gotcha\\x0d::stop-commands::x\\x1b[2J" is hype.' in message


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((12, 11, 12), {"error": 10, "warning": 10, "notice": 10}),
        ((12, 0, 0), {"error": 10, "notice": 1}),
        ((1, 0, 10), {"error": 1, "notice": 10}),
        ((0, 0, 11), {"notice": 10}),
    ],
)
def test_a_step_shows_no_more_than_ten_annotations_of_a_kind(
    counts: tuple[int, int, int], told: dict[str, int]
) -> None:
    levels = [
        level for level, count in zip(("info", "warning", "error"), counts[::-1], strict=True) for _ in range(count)
    ]
    run = a_run(*(a_finding(severity=level, start=number) for number, level in enumerate(levels)))
    shown = commands(github.FORMAT.end(run, Style()))
    kinds = [kind for kind, _, _ in shown]
    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == told
    if max(counts) > 10:
        left = sum(counts) - (len(shown) - 1)
        assert shown[-1] == ("notice", {"title": "healthlint"}, f"{left} more findings, see the summary of this step")


def test_the_summary_of_the_step_is_a_table_of_plain_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    write("summary.md", "What another step said.\n\n")
    write(
        "a|b.md", LEAD + "A *game-changer* <script>x</script> for people with asthma, said [the page](javascript:x).\n"
    )
    write("c.md", LEAD + "A <b onclick=x>miracle cure</b> for people with asthma, said the page.\n")
    printed(capsys, "github")
    text = Path("summary.md").read_text()
    assert text.startswith("What another step said.\n\n## healthlint\n\n")
    html = MarkdownIt("commonmark").enable("table").render(text)
    tables = ElementTree.fromstring(f"<x>{html}</x>")
    rows = [["".join(cell.itertext()) for cell in row] for row in tables.iter("tr")]
    assert [row[:3] for row in rows] == [
        ["Severity", "Place", "Rule"],
        ["warning", "./a|b.md:7:4", "HYPE-001 hype-superlative"],
        ["warning", "./c.md:7:16", "HYPE-001 hype-superlative"],
    ]
    assert {element.tag for element in tables.iter()} == set("x p h2 table thead tbody tr th td".split())


def test_the_summary_stays_below_the_limit() -> None:
    run = a_run(*(a_finding(message=f"<{number}> " + "é" * 2000) for number in range(400)))
    text = github.FORMAT.summary(run)
    assert len(text.encode()) < 1024 * 1024
    rows = text.count("| warning |")
    assert text.endswith(f"\n{400 - rows} more findings have no room here.\n")
    assert rows > 200


def test_markup_in_a_summary_is_text() -> None:
    hostile = (
        "<img src=x onerror=alert(1)> **bold** `code` [a](b) ![c](d) | ~~e~~ &lt; \\ https://x.example @user #1 _f_"
    )
    html = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .render(github.FORMAT.summary(a_run(a_finding(message=hostile))))
    )
    cells = [cell.text for cell in ElementTree.fromstring(f"<x>{html}</x>").iter("td")]
    assert cells[3] == hostile


# GitLab


def test_a_gitlab_issue(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", MIXED)
    error, warning = issues(capsys)
    assert error == {
        "type": "issue",
        "check_name": "HYPE-001",
        "description": (
            'HYPE-001 "revolutionary therapy" tells readers how to feel about the finding instead of what was found.'
            " Delete the word and state the result: who was studied, how many, what changed, by how much."
        ),
        "categories": ["Clarity"],
        "severity": "major",
        "fingerprint": error["fingerprint"],
        "location": {"path": "a.md", "lines": {"begin": 1, "end": 1}},
    }
    assert (warning["severity"], warning["location"]["lines"]["begin"]) == ("minor", 7)


def test_fingerprints_are_unique_and_do_not_depend_on_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    same = "This miracle cure is sold to people with asthma.\n\n"
    write("a.md", LEAD + same * 3)
    write("b.md", LEAD + same)
    before = [issue["fingerprint"] for issue in issues(capsys)]
    assert len(set(before)) == 4
    write("a.md", LEAD + "A paragraph that is new and says nothing of note.\n\n" + same * 3)
    assert [issue["fingerprint"] for issue in issues(capsys)] == before


def test_equal_fingerprints_are_made_different() -> None:
    run = a_run(a_finding(), a_finding(start=0))
    content = json.loads(report.load("gitlab").end(run, Style()))
    assert len({issue["fingerprint"] for issue in content}) == 2


def test_gitlab_paths_begin_at_the_project(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write("project/site/a.md", TRICKY)
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path / "project"))
    assert {issue["location"]["path"] for issue in issues(capsys)} == {"site/a.md"}


def test_gitlab_without_findings_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", "The drug may help some people. The effect is short.\n")
    assert printed(capsys, "gitlab") == "[]\n"


# JUnit


def suites(capsys: pytest.CaptureFixture[str], *arguments: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    content = JUnitXml.fromstring(printed(capsys, "junit", *arguments).encode())
    for suite in content:
        counted = suite.tests, suite.failures, suite.errors, suite.skipped
        suite.update_statistics()
        assert counted == (suite.tests, suite.failures, suite.errors, suite.skipped)
        results = [(case, case.result[0] if case.result else None) for case in suite]
        yield suite.name, [(case.name, result._tag if result else "passed") for case, result in results]


def test_junit_fails_what_fails_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", MIXED)
    write("draft.md", "---\ndraft: true\n---\n" + MIXED)
    write("empty.md", "")
    write("good.md", "The drug may help some people. The effect is short.\n")
    first, second = "HYPE-001 hype-superlative at 1:5", "HYPE-001 hype-superlative at 7:6"
    assert dict(suites(capsys)) == {
        "./a.md": [(first, "failure"), (second, "skipped")],
        "./draft.md": [
            ("HYPE-001 hype-superlative at 4:5", "skipped"),
            ("HYPE-001 hype-superlative at 10:6", "skipped"),
        ],
        "./empty.md": [("healthlint", "skipped")],
        "./good.md": [("healthlint", "passed")],
    }
    assert dict(suites(capsys, "--fail-on", "warning", "a.md")) == {"a.md": [(first, "failure"), (second, "failure")]}
    assert dict(suites(capsys, "--fail-on", "never", "a.md")) == {"a.md": [(first, "skipped"), (second, "skipped")]}


def test_junit_tells_of_files_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", b"\xff\xe9")
    assert dict(suites(capsys, "a.md")) == {"a.md": [("healthlint", "error")]}


def test_junit_is_xml_whatever_an_article_says() -> None:
    words = "<![CDATA[ ]]> & \" ' \x00\x0c\x1b\ufffe\ud800 </failure>"
    run = a_run(a_finding(message=words, path=f"{words}.md", severity="error")._replace(text=words))
    (case,) = next(iter(JUnitXml.fromstring(report.load("junit").end(run, Style()).encode())))
    visible = "<![CDATA[ ]]> & \" ' \\x00\\x0c\\x1b\\ufffe\\ud800 </failure>"
    assert case.result[0].message == visible
    assert f"\n{visible}\n" in case.result[0].text
    assert case.classname == visible


# rdjsonl


def test_a_diagnostic(capsys: pytest.CaptureFixture[str]) -> None:
    write("a.md", LEAD + "This miracle cure is sold to people with asthma.\n")
    assert json.loads(printed(capsys, "rdjsonl", "a.md")) == {
        "message": (
            '"miracle cure" tells readers how to feel about the finding instead of what was found.\n'
            "Delete the word and state the result: who was studied, how many, what changed, by how much."
        ),
        "location": {"path": "a.md", "range": {"start": {"line": 7, "column": 6}, "end": {"line": 7, "column": 18}}},
        "severity": "WARNING",
        "source": {"name": "healthlint"},
        "code": {"value": "HYPE-001"},
    }


def test_diagnostics_carry_suggestions_and_related_places(monkeypatch: pytest.MonkeyPatch) -> None:
    finding = a_finding(related=(Related(149, 162, 9, 2, "miracle\r\ncure", "the same again"),))
    monkeypatch.setattr(verdicts, "suggestions", lambda _: (Suggestion(finding.start, finding.end, "new mask", True),))
    told = json.loads(report.load("rdjsonl").file(a_run(finding).reports[0], Style()))
    assert told["suggestions"] == [
        {"range": {"start": {"line": 7, "column": 67}, "end": {"line": 7, "column": 79}}, "text": "new mask"}
    ]
    assert told["related_locations"] == [
        {
            "message": "the same again",
            "location": {
                "path": "a.md",
                "range": {"start": {"line": 9, "column": 4}, "end": {"line": 10, "column": 5}},
            },
        }
    ]
