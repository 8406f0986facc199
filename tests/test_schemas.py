"""The schemas take what the strict readers take, and refuse what they refuse."""

import json
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import test_config
import test_packs
import yaml

from healthlint import configfile, packs, prepared, tablefile
from healthlint.checks import CHECKS
from healthlint.cli import main, schema
from healthlint.schemas import SCHEMAS
from healthlint.strict import Mistake

ROOT = Path(__file__).parents[1]
READERS: dict[str, Callable[[Path], object]] = {
    "config": lambda path: configfile.read(str(path)),
    "pack": lambda path: packs.load([path], CHECKS),
    "table": tablefile.check,
}
FOLDER = prepared.rules_folder()
PAGES = ("README.md", "docs/configuration.md", "docs/suppressions.md", "docs/adopting.md")
KEYS = "|".join(configfile.KEYS)
TABLE = """\
about: Names of places.
source: the atlas
as_of: 2026-11-24
review_by: 2027-11-24
entries:
  - {name: Rome, also: [the Eternal City]}
  - {name: label, phrases: [Naples~, bay of Naples], source: the map}
"""


class Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it: `off` and dates are texts."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", "~nN\0"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)", "-+.0123456789"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), [*first])  # type: ignore[no-untyped-call]
Core.yaml_implicit_resolvers[""] = [("tag:yaml.org,2002:null", re.compile(""))]

VALIDATORS = {kind: jsonschema.Draft7Validator(made()) for kind, made in SCHEMAS.items()}


def verdicts(kind: str, path: Path) -> tuple[bool, bool]:
    """Whether the reader takes the file, and whether the schema does."""
    try:
        READERS[kind](path)
        read = True
    except Mistake:
        read = False
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=Core)
    except yaml.YAMLError:
        return read, False
    return read, VALIDATORS[kind].is_valid(content)


def documented() -> Iterator[str]:
    """The configurations that stand in the documentation."""
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        blocks = [textwrap.dedent(block) for block in re.findall(r"(?:^ {4}.*\n|^\n)+", text, re.MULTILINE)]
        yield from (block for block in blocks if re.match(rf"\s*(?:# healthlint\.yaml\n|(?:{KEYS}):)", block))


def written(folder: Path, text: str) -> Path:
    path = folder / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_valid(kind: str) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMAS[kind]())


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("config", ROOT / "examples" / "healthlint.yaml"),
        *(("pack", path) for path in sorted(FOLDER.glob("*.yaml"))),
        *(("table", path) for path in sorted((FOLDER / "tables").glob("*.yaml"))),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_what_is_shipped_is_taken_by_both(kind: str, path: Path) -> None:
    assert verdicts(kind, path) == (True, True)


def test_what_is_documented_is_taken_by_both(tmp_path: Path) -> None:
    blocks = list(documented())
    assert len(blocks) >= 7
    assert [block for block in blocks if verdicts("config", written(tmp_path, block)) != (True, True)] == []


def parameters(test: Any) -> list[tuple[Any, ...]]:
    """The cases of another test, so that a mistake that is told there is refused here, too."""
    (mark,) = (mark for mark in test.pytestmark if mark.name == "parametrize")
    return [tuple(case) for case in mark.args[1]]


BEYOND = (
    "exclude: ['a', '!']",  # whether it is a pattern
    "(pure magic, ",  # whether it is a phrase
)
"""What only a reader can know."""
WRONG_CONFIGS = [
    *(text for text, _ in parameters(test_config.test_a_mistake_is_told_with_its_place)),
    "front_matter: {autor: x}",
    "front_matter: {author: {a: b}}",
    "disclaimer: [a]",
    "baseline: {}",
    "max_warnings: 1.5",
    "fail_on: errors",
    "jurisdiction: fr",
    "overrides: [{files: '*.md', baseline: x}]",
    "rules: {READ-001: {target: low}}",
    "rules: {READ-001: {goal: 9}}",
    "rules: {reading-grade: {metric: [a]}}",
    "rules: {READ: {target: 9}}",
    "severities: {HYPE-001: none}",
    "suppressions: [{allow: HYPE-001}]",
    "suppressions: [{reason: x}]",
    "suppressions: [{allow: [], reason: x}]",
    "suppressions: [{allow: HYPE-001, reason: x, until: soon}]",
    "suppressions: [{allow: HYPE-001, reason: x, because: y}]",
    "suppressions: {allow: HYPE-001, reason: x}",
]


@pytest.mark.parametrize("text", [text for text in WRONG_CONFIGS if not text.startswith(BEYOND)])
def test_a_mistake_in_a_configuration_is_refused_by_both(text: str, tmp_path: Path) -> None:
    read, valid = verdicts("config", written(tmp_path, text))
    assert (read, valid) == (False, text.count("select:") == 2)  # no schema knows that a key stands twice


@pytest.mark.parametrize(
    "text",
    [
        "",
        "select: HYPE",
        "rules: {READ-001: {target: null}}",
        "rules: {READ-001: {target: 9.5, metric: smog_index}}",
        "severities: {HYPE: off, hype-superlative: error}",
        "suppressions: [{allow: 'HYPE-001[\"landmark\"]', reason: a name, until: 2027-01-31, files: '*.md'}]",
        "max_warnings: 0",
        "front_matter: {author: writer, next_review: [again]}",
    ],
)
def test_what_is_right_is_taken_by_both(text: str, tmp_path: Path) -> None:
    assert verdicts("config", written(tmp_path, text)) == (True, True)


WRONG_PACKS = [
    *((old, new) for old, new, _ in parameters(test_packs.test_a_mistake_is_told_with_its_place)),
    ("  name: no-magic\n", ""),
    ("  sources: [House style, page 3]", "  sources: []"),
    ("  phrases: [", "  softeners: ["),
    ("severity: {title: error, body: warning}", "severity: off"),
    ("severity: {title: error, body: warning}", "severity: {}"),
    ("  guards: [negated]", "  groups: [{in: title, phrase: x}]"),
    ("  guards: [negated]", "  groups: magic"),
    ('fires: ["It is <<pure magic>>, they say."]', "fires: []"),
    ('fires: ["It is <<pure magic>>, they say."]', 'fire: ["It is <<pure magic>>, they say."]'),
    ("It is not pure magic.", "It is <<not>> pure magic."),
]


@pytest.mark.parametrize(("old", "new"), [case for case in WRONG_PACKS if not case[1].startswith(BEYOND)])
def test_a_mistake_in_a_pack_is_refused_by_both(old: str, new: str, tmp_path: Path) -> None:
    assert old in test_packs.PACK
    read, valid = verdicts("pack", written(tmp_path, test_packs.PACK.replace(old, new, 1)))
    assert (read, valid) == (False, "trust: low" in new)


def test_a_right_pack_is_taken_by_both(tmp_path: Path) -> None:
    assert verdicts("pack", written(tmp_path, test_packs.PACK)) == (True, True)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("about: Names of places.\n", "", ":1: 'about' is missing"),
        ("about: Names of places.\n", "about: [x]\n", ":1: 'about' must be a text"),
        ("about:", "abut:", ":1: unknown key 'abut', did you mean 'about'?"),
        ("as_of: 2026-11-24", "as_of: last year", ":3: 'as_of' is a date such as 2026-11-24, not 'last year'"),
        ("review_by: 2027-11-24\n", "", ":1: 'review_by' is missing"),
        ("source: the atlas\n", "", ":5: the entry has no 'source', and neither has the head of the table"),
        ("name: Rome", "nam: Rome", ":6: 'name' is missing"),
        ("[the Eternal City]", "the Eternal City", ":6: 'also' must be a list"),
        ("[the Eternal City]", "[{a: b}]", ":6: 'also' must be a text"),
        ("source: the map", "source: [the map]", ":7: 'source' must be a text"),
        ("source: the map", "review_by: 2027", ":7: 'review_by' is a date such as 2026-11-24, not '2027'"),
        (TABLE[TABLE.index("entries") :], "", ":1: 'entries' are missing"),
        (TABLE[TABLE.index("entries") :], "entries: []\n", ":5: 'entries' is empty"),
        (TABLE, "- a\n", ":1: a table is a mapping with 'about', 'entries'..."),
    ],
)
def test_a_mistake_in_a_table_is_refused_by_both(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    assert old in TABLE
    path = written(tmp_path, TABLE.replace(old, new, 1))
    assert verdicts("table", path) == (False, False)
    with pytest.raises(Mistake) as caught:
        tablefile.check(path)
    assert str(caught.value) == f"{path}{complaint}"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[Naples~,", "['(Naples',", ":7: a bracket in '(Naples' is not closed"),
        ("Rome,", "'(Rome',", ":6: a bracket in '(Rome' is not closed"),
        ("as_of: 2026-11-24", "as_of: 2026-13-24", ":3: 'as_of' is a date such as 2026-11-24, not '2026-13-24'"),
    ],
)
def test_what_only_the_reader_of_tables_knows(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    path = written(tmp_path, TABLE.replace(old, new, 1))
    with pytest.raises(Mistake) as caught:
        tablefile.check(path)
    assert str(caught.value).startswith(f"{path}{complaint}")


def test_a_right_table_is_taken_by_both(tmp_path: Path) -> None:
    assert verdicts("table", written(tmp_path, TABLE)) == (True, True)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_command_prints_the_schema(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", kind]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMAS[kind]()


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_stored_schema_is_current(kind: str) -> None:
    stored = ROOT / "schemas" / f"{kind}.json"
    assert stored.read_text(encoding="utf-8") == schema.text(kind), f"write it anew: healthlint schema {kind}"


@pytest.mark.parametrize(
    "path",
    [ROOT / "examples" / "healthlint.yaml", *FOLDER.glob("*.yaml"), *(FOLDER / "tables").glob("*.yaml")],
    ids=lambda path: path.name,
)
def test_editors_find_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert match is not None
    kind = "config" if path.parent.name == "examples" else "table" if path.parent.name == "tables" else "pack"
    assert (path.parent / match[1]).resolve() == ROOT / "schemas" / f"{kind}.json"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "healthlint: say which schema to print: config, pack, table; for example 'healthlint schema config'\n"),
        (["tabel"], "healthlint: there is no schema 'tabel', did you mean 'table'?\n"),
        (["xyz"], "healthlint: there is no schema 'xyz'; there are config, pack, table\n"),
    ],
)
def test_mistakes(words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", *words]) == 2
    assert capsys.readouterr().err == complaint
