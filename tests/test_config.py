"""Configuration files: what they may say, which one governs an article, and which setting wins."""

import pickle
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from healthlint import Config, catalogue, configfile, engine, lint_text
from healthlint.config import Override
from healthlint.configfile import Configs, read
from healthlint.document import Document
from healthlint.rule import Hit, Setting, Severity
from healthlint.strict import Mistake

BAD = "Guaranteed relief in one session."
FULL = """\
select: [HYPE, DISC-001]
ignore: hype-superlative
profile: clinic
jurisdiction: uk
fail_on: warning
max_warnings: 3
exclude: ["drafts/", "*.draft.md"]
severities:
  HYPE-008: warning
  DISC: off
overrides:
  - files: ["news/**"]
    profile: news
    severities: {HYPE-008: error}
"""
SAME_IN_TOML = """\
[project]
name = "x"

[tool.healthlint]
select = ["HYPE", "DISC-001"]
ignore = ["hype-superlative"]
profile = "clinic"
jurisdiction = "uk"
fail_on = "warning"
max_warnings = 3
exclude = ["drafts/", "*.draft.md"]

[tool.healthlint.severities]
HYPE-008 = "warning"
DISC = "off"

[[tool.healthlint.overrides]]
files = ["news/**"]
profile = "news"
severities = { HYPE-008 = "error" }
"""


def configured(folder: Path, text: str, name: str = "healthlint.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def as_given(config: Config) -> Config:
    return config


def severities(config: Config, path: str = "a.md", text: str = BAD) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in lint_text(text, filename=path, config=config)]


@pytest.mark.parametrize(("name", "text"), [("healthlint.yaml", FULL), ("pyproject.toml", SAME_IN_TOML)])
def test_every_key_is_read(name: str, text: str, tmp_path: Path) -> None:
    path = configured(tmp_path, text, name)
    config = read(str(path))
    assert config == Config(
        select=("HYPE", "DISC-001"),
        ignore=("hype-superlative",),
        profile="clinic",
        jurisdiction="uk",
        severities=(("HYPE-008", "warning"), ("DISC", "off")),
        overrides=(Override(files=("news/**",), profile="news", severities=(("HYPE-008", "error"),)),),
        exclude=("drafts/", "*.draft.md"),
        fail_on="warning",
        max_warnings=3,
        path=str(path),
    )
    assert pickle.loads(pickle.dumps(config)) == config
    assert hash(config) == hash(read(str(path)))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("\n\nignore: []\nselct: [HYPE]\n", ":4: unknown key 'selct', did you mean 'select'?"),
        ("colour: red\n", ":1: unknown key 'colour'"),
        ("select:\n  - HYPE\n  - HYPR\n", ":3: no rule is called 'HYPR', did you mean 'HYPE'?"),
        ("ignore: {HYPE: off}\n", ":1: 'ignore' must be a list"),
        ("ignore:\n", ":1: 'ignore' must be a text"),
        (
            "profile: consummer\n",
            ":1: 'profile' is consumer, clinic, news, press-release or professional, not 'consummer', did you mean"
            " 'consumer'?",
        ),
        ("fail_on: [error]\n", ":1: 'fail_on' must be a text"),
        ("max_warnings: many\n", ":1: 'max_warnings' must be a whole number"),
        ("max_warnings: -1\n", ":1: 'max_warnings' cannot be less than 0"),
        ("severities: [HYPE]\n", ":1: 'severities' must hold settings"),
        (
            "severities:\n  HYPE: warning\n  HYPE-002: eror\n",
            ":3: 'HYPE-002' is off, info, warning or error, not 'eror', did you mean 'error'?",
        ),
        ("severities:\n  HYPE-02: error\n", ":2: no rule is called 'HYPE-02', did you mean 'HYPE-002'?"),
        ("rules:\n  HYPE-002:\n    strict: true\n", ":3: rule HYPE-002 has no option 'strict'; it has none"),
        ("rules:\n  HYPE: {strict: true}\n", ":2: 'HYPE' is a family of "),
        ("overrides:\n  files: [a]\n", ":1: 'overrides' must be a list"),
        ("overrides:\n  - profile: news\n", ":2: an override says for which 'files' it holds"),
        ("overrides:\n  - files: [a]\n    fail_on: error\n", ":3: unknown key 'fail_on'"),
        ("exclude: ['a', '!']\n", ":1: '!' is not a pattern as in .gitignore files"),
        ("select: [HYPE]\nselect: [READ]\n", ":2: 'select' stands here a second time"),
        ("select: [HYPE\n", ":2: not valid YAML (did not find expected ',' or ']')"),
        ("- HYPE\n", ":1: the file must hold settings"),
        ("select: &a [*a]\n", ":1: 'select' is nested too deeply"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, complaint: str, tmp_path: Path) -> None:
    path = configured(tmp_path, text)
    with pytest.raises(Mistake) as caught:
        read(str(path))
    assert str(caught.value).startswith(f"{path}{complaint}")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[tool.healthlint]\nignore = []\nselct = ['HYPE']\n", ":3: unknown key 'selct', did you mean 'select'?"),
        ("[tool.healthlint]\nselect = [\n  'HYPE',\n  'HYPR',\n]\n", ":4: no rule is called 'HYPR'"),
        ("[tool.healthlint]\nfail-on = 'error'\n", ":2: unknown key 'fail-on', did you mean 'fail_on'?"),
        ("[tool.healthlint.severities]\nHYPE = true\n", ":2: 'HYPE' is off, info, warning or error, not 'true'"),
        (
            "[[tool.healthlint.overrides]]\nfiles = ['a']\n"
            "[[tool.healthlint.overrides]]\nfiles = ['b']\nprofil = 'x'\n",
            ":5: unknown key 'profil', did you mean 'profile'?",
        ),
        ("[tool]\nhealthlint = 3\n", ":1: 'tool.healthlint' must hold settings"),
        ("[tool.healthlint]\nselect = [\n", ":2: not valid TOML: "),
    ],
)
def test_a_mistake_in_toml_is_told_with_its_place(text: str, complaint: str, tmp_path: Path) -> None:
    path = configured(tmp_path, text, "pyproject.toml")
    with pytest.raises(Mistake) as caught:
        read(str(path))
    assert str(caught.value).startswith(f"{path}{complaint}")


def test_a_file_that_cannot_be_read_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="cannot be read: No such file or directory"):
        read(str(tmp_path / "nowhere.yaml"))


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_an_empty_file_changes_nothing(text: str, tmp_path: Path) -> None:
    path = configured(tmp_path, text)
    assert read(str(path)) == Config(path=str(path))


def test_the_nearest_file_governs(tmp_path: Path) -> None:
    configured(tmp_path, "select: [READ]\n")
    configured(tmp_path / "site", "[tool.other]\nx = 1\n", "pyproject.toml")
    configured(tmp_path / "site" / "news", "select: [HYPE]\n", ".healthlint.yaml")
    configured(tmp_path / "site" / "news", "[tool.healthlint]\nselect = ['CITE']\n", "pyproject.toml")
    (tmp_path / "site" / "shop" / ".git").mkdir(parents=True)
    govern = Configs(as_given)
    chosen = {
        name: govern(str(tmp_path / name)).select
        for name in ("a.md", "site/a.md", "site/news/a.md", "site/news/deep/a.md", "site/shop/a.md")
    }
    assert chosen == {
        "a.md": ("READ",),
        "site/a.md": ("READ",),
        "site/news/a.md": ("HYPE",),
        "site/news/deep/a.md": ("HYPE",),
        "site/shop/a.md": (),
    }


def test_a_broken_pyproject_of_others_is_not_our_business(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    configured(tmp_path, "[tool.\n", "pyproject.toml")
    assert Configs(as_given)(str(tmp_path / "a.md")) == Config()


def test_one_file_for_all_or_none(tmp_path: Path) -> None:
    configured(tmp_path, "select: [READ]\n")
    other = configured(tmp_path / "other", "select: [HYPE]\n", "some.yaml")
    article = str(tmp_path / "a.md")
    assert Configs(as_given, file=str(other))(article).select == ("HYPE",)
    assert Configs(as_given, isolated=True)(article) == Config()


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (Config(), [("HYPE-008", "error")]),
        (Config(ignore=("HYPE",)), []),
        (Config(severities=(("HYPE-008", "info"),)), [("HYPE-008", "info")]),
        (Config(severities=(("HYPE", "off"),)), []),
        (Config(severities=(("HYPE-008", "warning"), ("HYPE", "off"))), [("HYPE-008", "warning")]),
        (Config(severities=(("HYPE", "off"),), overrides=(Override(select=("HYPE",)),)), [("HYPE-008", "error")]),
        (Config(ignore=("HYPE",), overrides=(Override(select=("HYPE-008",)),)), [("HYPE-008", "error")]),
        (Config(ignore=("HYPE",), overrides=(Override(ignore=("READ",)),)), []),
        (Config(select=("READ",), severities=(("HYPE-008", "error"),)), []),
        (
            Config(severities=(("HYPE-008", "off"),), overrides=(Override(severities=(("HYPE-008", "info"),)),)),
            [("HYPE-008", "info")],
        ),
        (Config(overrides=(Override(files=("news/**",), ignore=("HYPE",)),)), [("HYPE-008", "error")]),
        (Config(overrides=(Override(files=("*.md",), ignore=("HYPE",)),)), []),
    ],
)
def test_the_later_setting_wins(config: Config, expected: list[tuple[str, str]]) -> None:
    assert severities(config) == expected


def test_overrides_see_the_path_from_the_folder_of_the_configuration(tmp_path: Path) -> None:
    path = configured(tmp_path / "site", "overrides:\n  - {files: [/news/], ignore: [HYPE]}\n")
    config = read(str(path))
    assert severities(config, str(tmp_path / "site" / "news" / "deep" / "a.md")) == []
    assert severities(config, str(tmp_path / "site" / "old" / "news" / "a.md")) == [("HYPE-008", "error")]


def test_patterns_for_files_elsewhere_see_the_path_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = configured(tmp_path / "ci", "overrides:\n  - {files: [/news/], ignore: [HYPE]}\n")
    monkeypatch.chdir(tmp_path)
    config = read(str(path))
    assert severities(config, "news/a.md") == []
    assert severities(config, "old/news/a.md") == [("HYPE-008", "error")]


def pretend(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    """Replace HYPE-008 among the rules by one that is changed."""
    every = [
        rule._replace(**changes) if rule.id == "HYPE-008" else rule  # type: ignore[arg-type]
        for rule in catalogue.builtin_rules()
    ]
    monkeypatch.setattr(catalogue, "builtin_rules", lambda: tuple(every))
    engine.active_rules.cache_clear()


@pytest.fixture
def _fresh() -> Iterator[None]:
    engine.active_rules.cache_clear()
    yield
    engine.active_rules.cache_clear()


@pytest.mark.usefixtures("_fresh")
def test_a_profile_lowers_a_rule_or_turns_it_off(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, profiles={"news": "warning", "clinic": "error", "professional": "off"})
    found = {profile: severities(Config(profile=profile)) for profile in ("consumer", "clinic", "news", "professional")}
    assert found == {
        "consumer": [("HYPE-008", "error")],
        "clinic": [("HYPE-008", "error")],
        "news": [("HYPE-008", "warning")],
        "professional": [],
    }
    assert severities(Config(profile="professional", overrides=(Override(profile="news"),))) == [
        ("HYPE-008", "warning")
    ]
    assert severities(Config(profile="professional", severities=(("HYPE-008", "info"),))) == [("HYPE-008", "info")]


def optional(
    document: Document,
    setting: Setting,
    *,
    target: float = 8,
    limit: int | None = None,
    metric: Literal["grade", "smog"] = "grade",
    words: tuple[str, ...] = (),
    strict: bool = False,
) -> Iterator[Hit]:
    """A check that tells its options."""
    yield Hit(0, 1, Severity.INFO, {"match": repr((target, limit, metric, words, strict))})


@pytest.mark.usefixtures("_fresh")
def test_options_reach_the_check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, check=optional, message="{match}")
    path = configured(
        tmp_path,
        "select: [HYPE-008]\n"
        "rules:\n  HYPE-008: {target: 10, metric: smog, words: [a, no], strict: yes, limit: 4}\n"
        "overrides:\n  - files: [b.md]\n    rules:\n      HYPE-008: {limit: null, words: one}\n",
    )
    config = read(str(path))
    told = [lint_text(BAD, filename=str(tmp_path / name), config=config)[0].message for name in ("a.md", "b.md")]
    assert told == ["(10.0, 4, 'smog', ('a', 'no'), True)", "(10.0, None, 'smog', ('one',), True)"]


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ("targt: 10", ":2: rule HYPE-008 has no option 'targt', did you mean 'target'?"),
        ("colour: 10", ":2: rule HYPE-008 has no option 'colour'; its options: target, limit, metric, words, strict"),
        ("target: high", ":2: 'target' must be a number"),
        ("limit: 1.5", ":2: 'limit' must be a whole number"),
        ("metric: smogg", ":2: 'metric' is grade or smog, not 'smogg', did you mean 'smog'?"),
        ("strict: maybe", ":2: 'strict' must be true or false"),
        ("words: {a: b}", ":2: 'words' must be a list"),
    ],
)
def test_a_wrong_option_is_told(options: str, complaint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, check=optional)
    path = configured(tmp_path, f"rules:\n  HYPE-008: {{{options}}}\n")
    with pytest.raises(Mistake) as caught:
        read(str(path))
    assert str(caught.value) == f"{path}{complaint}"


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ("metric: smog_indx", "there is no readability metric 'smog_indx', did you mean 'smog_index'?"),
        ("metric: flesch_reading_ease", "'flesch_reading_ease' is not a school grade, so it needs a target of its own"),
    ],
)
def test_a_value_that_the_check_refuses_is_told(options: str, complaint: str, tmp_path: Path) -> None:
    path = configured(tmp_path, f"rules:\n  reading-grade: {{{options}}}\n")
    with pytest.raises(Mistake) as caught:
        read(str(path))
    assert str(caught.value) == f"{path}:2: rule READ-001: {complaint}"


def test_python_users_are_told_too() -> None:
    with pytest.raises(ValueError, match="no rule is called 'HYPR', did you mean 'HYPE'"):
        lint_text(BAD, config=Config(select=("HYPR",)))
    with pytest.raises(ValueError, match="rule HYPE-008 has no option 'x'"):
        lint_text(BAD, config=Config(rules=(("HYPE-008", (("x", 1),)),)))


def test_the_sample_configuration_is_valid() -> None:
    sample = Path(__file__).parents[1] / "examples" / "healthlint.yaml"
    config = read(str(sample))
    assert config.overrides
    text = sample.read_text(encoding="utf-8")
    every = ("select", "ignore", "profile", "jurisdiction", "severities", "rules", "fail_on", "max_warnings", "exclude")
    assert [key for key in every if f"{key}:" not in text] == []


@pytest.mark.parametrize("page", ["README.md", "docs/configuration.md"])
def test_what_the_documentation_shows_is_valid(page: str, tmp_path: Path) -> None:
    text = (Path(__file__).parents[1] / page).read_text(encoding="utf-8")
    blocks = [textwrap.dedent(block) for block in re.findall(r"(?:^ {4}.*\n|^\n)+", text, re.MULTILINE)]
    yaml = [
        block
        for block in blocks
        if re.match(r"\s*(# healthlint\.yaml|severities:|rules:|overrides:|front_matter:)", block)
    ]
    toml = [block for block in blocks if "[tool.healthlint]" in block]
    configs = [read(str(configured(tmp_path, block))) for block in yaml]
    configs += [read(str(configured(tmp_path, block, "pyproject.toml"))) for block in toml]
    assert len(configs) == {"README.md": 1, "docs/configuration.md": 5}[page]
    assert all(config != Config(path=config.path) for config in configs)


def test_the_documentation_tells_every_key() -> None:
    text = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == list(configfile.KEYS)
