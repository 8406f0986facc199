"""Findings that are let stand: where suppressions may be written, what they cover, and what is wrong with them."""

import datetime
import json
import re
from pathlib import Path

import pytest

from healthlint import Config, catalogue, engine, lint, lint_text
from healthlint.cli import main
from healthlint.config import Suppression
from healthlint.configfile import read
from healthlint.engine import Report
from healthlint.fixes import applied
from healthlint.rule import Example, Rule, Suppressed
from healthlint.strict import Mistake
from healthlint.text import Source

BAD = "Guaranteed relief in one session."
OTHER = "The massage works for everyone."
GOOD = "The drug may help some people."
DAY = datetime.date(2026, 11, 24)
ON = Config(select=("HYPE-008", "SUPP"), as_of=DAY)
RULES = [rule for rule in catalogue.builtin_rules() if rule.family == "SUPP"]
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]


def linted(text: str, name: str = "a.md", config: Config = ON) -> Report:
    return engine.lint_source(Source(name, text), config)


def told(report: Report) -> list[tuple[str, int, str]]:
    return [(finding.rule, finding.line, finding.text) for finding in report.findings]


def let_stand(report: Report) -> list[tuple[str, int, str]]:
    return [(f.rule, f.line, f.suppressed.reason) for f in report.suppressed if f.suppressed]


def test_the_family_is_complete() -> None:
    assert [rule.id for rule in RULES] == [f"SUPP-00{number}" for number in range(1, 6)]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda value: getattr(value, "id", None))
def test_examples(rule: Rule, example: Example) -> None:
    text = re.sub("<<|>>", "", example.text.replace("<!--", "\0")).replace("\0", "<!--")
    marked = re.findall("<<(.*?)>>", example.text)
    config = Config(select=(rule.id, "HYPE-008"), as_of=DAY)
    assert [found for rule_id, _, found in told(linted(text, config=config)) if rule_id == rule.id] == marked


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.md", f"<!-- healthlint: allow HYPE-008 -- quoted -->\n{BAD}\n\n{OTHER} {BAD}\n", 2),
        ("a.md", f"# Relief\n\n<!--healthlint:allow HYPE-008--quoted-->\n\n- {BAD}\n- {BAD}\n", 5),
        ("a.md", f"- <!-- healthlint: allow HYPE-008 \u2014 quoted --> {BAD}\n- {BAD}\n", 1),
        ("a.md", f"> <!-- healthlint: allow HYPE-008\n> -- quoted -->\n> {BAD}\n\n{BAD}\n", 3),
        ("a.md", f"<!-- HEALTHLINT: Allow hype-008 -- quoted -->\r\n{BAD}\r\n\r\n{BAD}\r\n", 2),
        ("a.mdx", f"{{/* healthlint: allow HYPE-008 -- quoted */}}\n\n{BAD}\n\n{BAD}\n", 3),
        ("a.mdx", f"<Box>\n  {{/* healthlint: allow HYPE-008 -- quoted */}}\n  {BAD}\n</Box>\n\n{BAD}\n", 3),
        (
            "a.html",
            f"<!--healthlint:allow HYPE-008--quoted--><time datetime='2020-01-01'></time>\n<p>{BAD}</p><p>{BAD}</p>",
            2,
        ),
        ("a.html", f"<!-- healthlint: allow HYPE -- quoted -->\n<p>{BAD}</p>\n<p>{BAD}</p>", 2),
        (
            "a.html",
            f"<!-- healthlint: allow guaranteed-or-absolute-efficacy -- quoted -->\n<p>{BAD}</p>\n<p>{BAD}</p>",
            2,
        ),
    ],
)
def test_a_comment_covers_the_block_that_follows(name: str, text: str, line: int) -> None:
    report = linted(text, name)
    assert let_stand(report) == [("HYPE-008", line, "quoted")]
    assert {rule for rule, _, _ in told(report)} == {"HYPE-008"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", f"{BAD}\n\n{BAD}\n\n<!-- healthlint: allow-file HYPE-008 -- quoted -->\n"),
        ("a.mdx", f"{BAD}\n\n{{/* healthlint: allow-file HYPE-008 -- quoted */}}\n\n{BAD}\n"),
        ("a.html", f"<p>{BAD}</p><!-- healthlint: allow-file HYPE-008 -- quoted --><p>{BAD}</p>"),
        ("a.md", f"---\nhealthlint:\n  - allow HYPE-008 -- quoted\n---\n{BAD}\n\n{BAD}\n"),
        ("a.md", f"---\nhealthlint: allow HYPE-008 -- quoted\n---\n{BAD}\n\n{BAD}\n"),
        ("a.md", f"---\nhealthlint: ['allow HYPE-008 -- quoted']\n---\n{BAD}\n\n{BAD}\n"),
        ("a.md", f'+++\nhealthlint = ["allow HYPE-008 -- quoted"]\n+++\n{BAD}\n\n{BAD}\n'),
        ("a.html", f"---\nhealthlint:\n  - allow HYPE-008 -- quoted\n---\n<p>{BAD}</p><p>{BAD}</p>"),
    ],
)
def test_a_whole_file(name: str, text: str) -> None:
    report = linted(text, name)
    assert [(rule, reason) for rule, _, reason in let_stand(report)] == [("HYPE-008", "quoted")] * 2
    assert report.findings == ()


def test_the_reason_is_no_prose_of_the_article() -> None:
    report = linted(f"---\nhealthlint:\n  - 'allow HYPE-008 -- the trial says: \"guaranteed relief\"'\n---\n{BAD}\n")
    assert let_stand(report) == [("HYPE-008", 5, 'the trial says: "guaranteed relief"')]
    assert report.findings == ()


@pytest.mark.parametrize(
    ("match", "lines"),
    [
        ('["guaranteed relief"]', [3]),
        ("['GUARANTEED']", [3]),
        ("[\u201crelief\u201d]", [3]),
        ('["works for everyone"]', [5]),
        ('["guarante"]', []),
        ("", [3, 5]),
    ],
)
def test_one_match_only(match: str, lines: list[int]) -> None:
    text = f"<!-- healthlint: allow-file HYPE-008{match} -- quoted -->\n\n{BAD}\n\n{OTHER}\n"
    report = linted(text, config=ON._replace(select=("HYPE-008",)))
    assert [line for _, line, _ in let_stand(report)] == lines
    assert [line for _, line, _ in told(report)] == [line for line in (3, 5) if line not in lines]


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("until 2026-11-24 -- quoted", "2026-11-24"),
        ("until 2026-11-24 \u2013 quoted", "2026-11-24"),
        ("-- quoted until 2026-11-24", "2026-11-24"),
        ("-- quoted (until 2026-11-24)", "2026-11-24"),
        ("-- quoted", None),
    ],
)
def test_the_last_day(words: str, until: str | None) -> None:
    text = f"<!-- healthlint: allow HYPE-008 {words} -->\n{BAD}\n"
    (finding,) = linted(text).suppressed
    assert finding.suppressed is not None
    assert finding.suppressed[1:] == (until, "a.md:1")
    late = linted(text, config=ON._replace(as_of=DAY + datetime.timedelta(1)))
    expired = [] if until is None else [("SUPP-003", 1, "2026-11-24"), ("HYPE-008", 2, "Guaranteed relief")]
    assert told(late) == expired


@pytest.mark.parametrize(
    ("instruction", "expected", "message"),
    [
        ("healthlint: allow HYPE-08 -- quoted", ("SUPP-001", "HYPE-08"), "'HYPE-08', did you mean 'HYPE-008'?"),
        ("healthlint: allow HYPE-008 --", ("SUPP-004", "HYPE-008"), "because it gives no reason"),
        ("healthlint: allow HYPE-008 -- ...", ("SUPP-004", "HYPE-008"), "because it gives no reason"),
        ("healthlint: allow HYPE-008", ("SUPP-004", "HYPE-008"), "because it gives no reason"),
        ("healthlint: allow HYPE-008 until 2026-13-01 -- x", ("SUPP-005", "2026-13-01"), "'2026-13-01' is not a date"),
        ("healthlint: allow HYPE-008 until tomorrow -- x", ("SUPP-005", "tomorrow"), "'tomorrow' is not a date"),
        ("healthlint: allow -- x", ("SUPP-005", "allow -- x"), "behind 'allow' stand rules"),
        ("healthlint: alow HYPE-008 -- x", ("SUPP-005", "alow HYPE-008 -- x"), "no instruction 'alow'"),
        (
            "healthlint-disable HYPE-008",
            ("SUPP-005", "healthlint-disable HYPE-008"),
            "instruction 'healthlint-disable'",
        ),
        ("healthlint off", ("SUPP-005", "off"), "no instruction 'off'"),
        ("healthlint:", ("SUPP-005", "<!-- healthlint: -->"), "is not understood"),
    ],
)
def test_what_is_wrong_is_told_and_does_not_hold(instruction: str, expected: tuple[str, str], message: str) -> None:
    report = linted(f"<!-- {instruction} -->\n{BAD}\n")
    assert [(rule, text) for rule, _, text in told(report)] == [expected, ("HYPE-008", "Guaranteed relief")]
    assert message in report.findings[0].message
    assert report.suppressed == ()
    assert report.findings[0].severity == "warning"


def test_comments_that_only_name_healthlint_are_left_alone() -> None:
    assert linted(f"<!-- healthlint is run on this; healthlinting -->\n{GOOD}\n").findings == ()
    assert linted(f"```\n<!-- healthlint: allow HYPE-008 -- x -->\n```\n\n{GOOD}\n").findings == ()


def test_an_entry_that_yaml_takes_apart_is_told() -> None:
    report = linted(f"---\nhealthlint:\n  - allow HYPE-008 -- the trial: quoted\n---\n{BAD}\n")
    assert told(report) == [("SUPP-005", 3, "quoted"), ("HYPE-008", 5, "Guaranteed relief")]
    assert "put the entry in quotation marks" in report.findings[0].message


@pytest.mark.parametrize(
    ("name", "text", "unused", "fixed"),
    [
        ("a.md", f"A b.\n\n<!-- healthlint: allow HYPE-008 -- x -->\n{GOOD}\n", ["HYPE-008"], f"A b.\n\n{GOOD}\n"),
        ("a.md", f"A b.\n\n<!-- healthlint: allow HYPE-008 -- x -->\n\n{GOOD}\n", ["HYPE-008"], f"A b.\n\n{GOOD}\n"),
        ("a.md", f"A b.\n<!-- healthlint: allow HYPE-008 -- x -->\n{GOOD}\n", ["HYPE-008"], f"A b.\n\n{GOOD}\n"),
        ("a.md", f"\ufeff<!--healthlint:allow HYPE-008--x-->\r\n\r\n{GOOD}\r\n", ["HYPE-008"], f"\ufeff{GOOD}\r\n"),
        ("a.md", f"{GOOD}\n\n<!-- healthlint: allow HYPE-008 -- x -->\n", ["HYPE-008"], f"{GOOD}\n"),
        ("a.md", f"- <!-- healthlint: allow HYPE-008 -- x --> {GOOD}\n", ["HYPE-008"], f"- {GOOD}\n"),
        ("a.mdx", f"{{/* healthlint: allow HYPE-008 -- x */}}\n\n{GOOD}\n", ["HYPE-008"], f"{GOOD}\n"),
        ("a.html", f"<p>A</p><!-- healthlint: allow HYPE-008 -- x --><p>{GOOD}", ["HYPE-008"], f"<p>A</p><p>{GOOD}"),
        (
            "a.md",
            f'<!-- healthlint: allow HYPE-008["x"], HYPE-008["relief"] SUPP -- x -->\n{BAD}\n',
            ['HYPE-008["x"]', "SUPP"],
            f'<!-- healthlint: allow HYPE-008["relief"] -- x -->\n{BAD}\n',
        ),
        (
            "a.md",
            f"---\ntitle: T\nhealthlint:\n  - allow HYPE-008 -- x\ndate: 2020\n---\n{GOOD}\n",
            ["HYPE-008"],
            f"---\ntitle: T\ndate: 2020\n---\n{GOOD}\n",
        ),
        (
            "a.md",
            f"---\nhealthlint:\n  - 'allow SUPP -- x'\n  - allow HYPE-008 -- x\n---\n{BAD}\n",
            ["SUPP"],
            f"---\nhealthlint:\n  - allow HYPE-008 -- x\n---\n{BAD}\n",
        ),
        (
            "a.md",
            f"---\nhealthlint: ['allow SUPP -- x']\n---\n{BAD}\n",
            ["SUPP"],
            f"---\nhealthlint: ['allow SUPP -- x']\n---\n{BAD}\n",
        ),
        (
            "a.md",
            f"<!-- healthlint: allow HYPE-008 until 2020-01-01 -- x -->\n{GOOD}\n",
            ["HYPE-008"],
            f"{GOOD}\n",
        ),
    ],
)
def test_unused_ones_are_told_and_can_be_removed(name: str, text: str, unused: list[str], fixed: str) -> None:
    report = linted(text, name)
    assert [finding.text for finding in report.findings if finding.rule == "SUPP-002"] == unused
    suggestions = [s for finding in report.findings for s in finding.suggestions]
    assert applied(text, suggestions) == fixed
    assert all(suggestion.safe for suggestion in suggestions)


@pytest.mark.parametrize("select", [("SUPP",), ("SUPP", "HYPE-001"), ("HYPE-008",)])
def test_nobody_knows_whether_a_rule_that_is_off_is_allowed_in_vain(select: tuple[str, ...]) -> None:
    text = f"<!-- healthlint: allow HYPE-008 -- x -->\n{GOOD}\n\n<!-- healthlint: allow-file HYPE -- x -->\n"
    assert linted(text, config=ON._replace(select=select)).findings == ()


def test_each_of_two_that_allow_the_same_is_used() -> None:
    text = f"<!-- healthlint: allow-file HYPE-008 -- x -->\n<!-- healthlint: allow HYPE-008 -- y -->\n{BAD}\n"
    assert told(linted(text)) == []


def test_rules_about_suppressions_can_be_off_or_errors() -> None:
    text = f"<!-- healthlint: allow HYPE-008 -->\n{BAD}\n"
    assert [f.rule for f in lint_text(text, config=ON._replace(ignore=("SUPP",)))] == ["HYPE-008"]
    harsh = ON._replace(severities=(("SUPP-004", "error"),))
    assert [(f.rule, f.severity) for f in lint_text(text, config=harsh)] == [
        ("SUPP-004", "error"),
        ("HYPE-008", "error"),
    ]


def test_findings_about_the_whole_document() -> None:
    claims = "Exercise helps people with arthritis.\n\nMassage reduces pain in the back. Yoga improves sleep.\n"
    config = Config(select=("DISC-001", "SUPP"), as_of=DAY)
    report = linted(f"<!-- healthlint: allow-file DISC-001 -- the site's footer has it -->\n\n{claims}", config=config)
    assert (told(report), let_stand(report)) == ([], [("DISC-001", 3, "the site's footer has it")])


def test_python_users_get_what_counts(tmp_path: Path) -> None:
    text = f"<!-- healthlint: allow HYPE-008 -- x -->\n{BAD}\n\n{OTHER}\n"
    (tmp_path / "a.md").write_text(text)
    assert [f.text for f in lint_text(text, config=ON)] == ["works for everyone"]
    assert [f.text for f in lint([str(tmp_path)], ON)] == ["works for everyone"]


CONFIGURATION = """\
select: [HYPE-008, SUPP]
suppressions:
  - allow: HYPE-008["guaranteed relief"]
    files: "leaflets/*.txt"
    reason: name of the programme
  - {allow: [SUPP, HYPE-008], files: news/, until: 2026-11-24, reason: with the reviewer}
"""


def test_suppressions_in_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "healthlint.yaml"
    path.write_text(CONFIGURATION)
    config = read(str(path))
    assert config.suppressions == (
        Suppression(
            ('HYPE-008["guaranteed relief"]',), "name of the programme", ("leaflets/*.txt",), None, f"{path}:3"
        ),
        Suppression(("SUPP", "HYPE-008"), "with the reviewer", ("news/",), DAY, f"{path}:6"),
    )
    report = linted(f"{BAD}\n\n{OTHER}\n", str(tmp_path / "leaflets" / "a.txt"), config._replace(as_of=DAY))
    assert told(report) == [("HYPE-008", 3, "works for everyone")]
    assert report.suppressed[0].suppressed == Suppressed("name of the programme", None, f"{path}:3")
    assert linted(BAD, str(tmp_path / "b.txt"), config).suppressed == ()
    assert len(linted(BAD, str(tmp_path / "news" / "b.txt"), config._replace(as_of=DAY)).suppressed) == 1
    late = config._replace(as_of=DAY + datetime.timedelta(1))
    assert linted(BAD, str(tmp_path / "news" / "b.txt"), late).suppressed == ()


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("allow: HYPE-008", ":2: a suppression has 'reason', for example reason: the name of a trial"),
        ("reason: x", ":2: a suppression has 'allow', for example allow: HYPE-001"),
        ("{allow: HYPE-08, reason: x}", ":2: no rule is called 'HYPE-08', did you mean 'HYPE-008'?"),
        ("{allow: HYPE-008, reason: ''}", ":2: 'reason' must be a text"),
        ("{allow: [], reason: x}", ":2: 'allow' names no rule"),
        ("{allow: '!', reason: x}", ":2: '!' is not understood; write for example HYPE-001"),
        ("{allow: HYPE-008, reason: x, until: soon}", ":2: 'soon' is not a date such as 2027-01-31"),
        ("{allow: HYPE-008, raison: x}", ":2: unknown key 'raison', did you mean 'reason'?"),
        ("HYPE-008", ":2: 'suppressions' must hold settings"),
    ],
)
def test_mistakes_in_the_configuration(entry: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "healthlint.yaml"
    path.write_text(f"suppressions:\n  - {entry}\n")
    with pytest.raises(Mistake) as caught:
        read(str(path))
    assert str(caught.value).startswith(f"{path}{complaint}")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "healthlint.yaml").write_text(CONFIGURATION)
    for name, text in (("leaflets/a.txt", BAD), ("leaflets/b.txt", GOOD), ("news/c.txt", GOOD)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("paths", "day", "expected"),
    [
        (["."], "2026-11-24", [("SUPP-002", 6)]),
        (["."], "2026-11-25", [("SUPP-003", 6)]),
        (["leaflets"], "2026-11-24", []),
        (["leaflets"], "2026-11-25", []),
        (["news"], "2026-11-25", [("SUPP-003", 6)]),
        (["leaflets/b.txt"], "2026-11-24", []),
    ],
)
@pytest.mark.usefixtures("site")
def test_faults_of_the_configuration(
    paths: list[str], day: str, expected: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-o", "json", "--as-of", day, *paths]) == 0
    result = json.loads(capsys.readouterr().out)
    found = [(f["rule"], f["line"], f["path"]) for f in result["findings"] if not f["suppressed"]]
    assert found == [(rule, line, "healthlint.yaml") for rule, line in expected]
    assert result["summary"]["files"] == {".": 3, "leaflets": 2, "news": 1, "leaflets/b.txt": 1}[paths[0]]


def test_suppressed_findings_stay_in_json_and_do_not_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(f"<!-- healthlint: allow HYPE-008 until 2027-01-31 -- quoted -->\n{BAD}\n")
    arguments = ["--select", "HYPE-008", "--as-of", "2026-11-24", "--max-warnings", "0", "a.md"]
    assert main([*arguments, "-o", "json"]) == 0
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert [(f["rule"], f["suppressed"]) for f in result["findings"]] == [
        ("HYPE-008", {"reason": "quoted", "until": "2027-01-31", "place": "a.md:1"})
    ]
    assert (result["summary"]["errors"], result["summary"]["suppressed"]) == (0, 1)
    assert (
        printed.err == "1 file, 5 words checked as of 2026-11-24; 0 errors, 0 warnings, 0 infos; 1 more suppressed.\n"
    )
    assert main(arguments) == 0
    assert capsys.readouterr().out == ""
