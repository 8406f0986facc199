"""`healthlint config`: the settings for an article, each with the line that it comes from."""

import json
from pathlib import Path

import pytest

from healthlint.catalogue import builtin_rules
from healthlint.cli import main

FULL = """\
select: [HYPE, DISC, READ]
ignore: [READ-007]
jurisdiction: uk
severities:
  READ: info
  READ-002: off
rules:
  READ-001: {target: 9}
front_matter:
  author: [writer]
exclude: [drafts/]
baseline: known.json
suppressions:
  - {allow: HYPE-001, reason: name of a trial, files: ["news/**"]}
overrides:
  - files: ["news/**"]
    profile: news
    severities: {DISC-002: error}
  - files: ["other/**"]
    profile: clinic
"""
TOTAL = len(builtin_rules())
NEWS = f"""\
news/a.md: healthlint.yaml; 20 of {TOTAL} rules are on
  profile              news                healthlint.yaml:17
  jurisdiction         uk                  healthlint.yaml:3
  as_of                2026-11-24          command line
  packs                none                default
  fail_on              error               default
  max_warnings         none                default
  baseline             known.json          healthlint.yaml:12
  disclaimer           none                default
  exclude              drafts/             healthlint.yaml:11
  excluded             no                  default
  front_matter.author  writer              healthlint.yaml:10
  suppressions         HYPE-001            healthlint.yaml:14
  ADVC                 off                 healthlint.yaml:1
  CITE                 off                 healthlint.yaml:1
  DISC-002             error               healthlint.yaml:18
  EVID                 off                 healthlint.yaml:1
  HYPE-009             off                 command line
  LANG                 off                 healthlint.yaml:1
  READ-001             info (target: 9.0)  healthlint.yaml:8
  READ-002             off                 healthlint.yaml:6
  READ-007             off                 healthlint.yaml:2
  SAFE                 off                 healthlint.yaml:1
  SUPP                 off                 healthlint.yaml:1
  all other rules are as healthlint has them; 'healthlint rules' lists them
"""
NOTHING = f"""\
.: no configuration file; {TOTAL} of {TOTAL} rules are on
  profile       consumer    default
  jurisdiction  us          default
  as_of         2026-11-24  command line
  packs         none        default
  fail_on       error       default
  max_warnings  none        default
  baseline      none        default
  disclaimer    none        default
  exclude       none        default
  excluded      no          default
  all rules are as healthlint has them; 'healthlint rules' lists them
"""
AS_OF = ("--as-of", "2026-11-24")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    for name in words[:1]:
        if name.endswith(".md"):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).touch()
    assert main(["config", *AS_OF, *words]) == 0
    return capsys.readouterr().out


def test_every_setting_names_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("healthlint.yaml").write_text(FULL, encoding="utf-8")
    assert told(capsys, "news/a.md", "--ignore", "HYPE-009") == NEWS


def test_the_override_that_holds_is_the_origin(capsys: pytest.CaptureFixture[str]) -> None:
    Path("healthlint.yaml").write_text(FULL, encoding="utf-8")
    assert "  profile              clinic              healthlint.yaml:20\n" in told(capsys, "other/a.md")


def test_without_a_file_all_is_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys) == NOTHING


def test_json_has_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    Path("healthlint.yaml").write_text(FULL, encoding="utf-8")
    Path("news").mkdir()
    content = json.loads(told(capsys, "news", "-o", "json", "--jurisdiction", "eu"))
    assert (content["schema_version"], content["path"], content["file"]) == (1, "news", "healthlint.yaml")
    by_key = {one["key"]: (one["value"], one["from"]) for one in content["settings"]}
    assert by_key["profile"] == ("news", "healthlint.yaml:17")
    assert by_key["jurisdiction"] == ("eu", "command line")
    assert by_key["exclude"] == (["drafts/"], "healthlint.yaml:11")
    assert by_key["max_warnings"] == (None, "default")
    rules = {one["id"]: one for one in content["rules"]}
    assert list(rules) == [rule.id for rule in builtin_rules()]
    assert rules["READ-001"] == {
        "id": "READ-001",
        "name": "reading-grade",
        "on": True,
        "severity": "info",
        "options": {"target": 9.0},
        "from": "healthlint.yaml:8",
    }
    assert (rules["ADVC-001"]["on"], rules["ADVC-001"]["severity"]) == (False, None)


def test_a_later_step_that_gives_back_is_the_origin(capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "[tool.healthlint]\nignore = ['HYPE']\n[[tool.healthlint.overrides]]\nfiles = ['*.md']\nselect = ['HYPE-001']\n"
    )
    Path("pyproject.toml").write_text(text, encoding="utf-8")
    content = json.loads(told(capsys, "a.md", "-o", "json"))
    origins = {one["id"]: (one["on"], one["from"]) for one in content["rules"]}
    assert origins["HYPE-001"] == (True, "pyproject.toml:5")
    assert origins["HYPE-002"] == (False, "pyproject.toml:2")
    assert origins["READ-001"] == (False, "pyproject.toml:5")


def test_a_profile_is_the_origin_of_what_it_turns_off(capsys: pytest.CaptureFixture[str]) -> None:
    Path("healthlint.yaml").write_text("# ours\nprofile: press-release\n", encoding="utf-8")
    content = json.loads(told(capsys, "-o", "json"))
    assert next(one for one in content["rules"] if one["id"] == "DISC-003")["from"] == "healthlint.yaml:2"


def test_an_excluded_file_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    Path("healthlint.yaml").write_text("exclude: [drafts/]\n", encoding="utf-8")
    assert "excluded      yes         healthlint.yaml:1" in told(capsys, "drafts/a.md")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["a.md", "b.md"], "healthlint: 'healthlint config' tells of one path at a time; name one\n"),
        (["--config", "no.yaml"], "healthlint: no.yaml cannot be read: No such file or directory\n"),
        (["--outptu=json"], "healthlint: there is no option '--outptu', did you mean '--output'?\n"),
    ],
)
def test_mistakes(words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", *words]) == 2
    assert capsys.readouterr().err == complaint
