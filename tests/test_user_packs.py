"""Packs that do not come with healthlint: found, read strictly, run beside the built-in rules, and tested."""

import json
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml

from healthlint import Config, catalogue, engine, lint_text
from healthlint.cli import main
from healthlint.configfile import read
from healthlint.schemas import SCHEMAS
from healthlint.strict import Mistake

RULE = """\
- id: ACME-001
  name: no-magic
  severity: {title: error, body: warning}
  trust: high
  why: Magic explains nothing.
  sources: [House style, page 3]
  message: '"{match}" explains nothing.'
  help: Say what was done.
  guards: [negated]
  phrases: [pure magic, "{our-brands} works"]
  unless: [wound magic]
  examples:
    fires: ["It is <<pure magic>>, they say.", "So <<MiracleDrop works>>, they say."]
    silent: ["It is not pure magic."]
"""
OTHER = RULE.replace("ACME-001", "ACME-002").replace("no-magic", "no-tricks").replace("pure magic", "pure tricks")
WORDS = """\
source: House style
review_by: 2026-06-30
entries:
  - {name: our-brands, words: [miracledrop, wonder oil~]}
"""
ARTICLE = (
    "# On sleep\n\nSleep is pure magic for many people, and it is a game-changer. The wonder oil works at night.\n"
)
DAY = ("--as-of", "2026-11-24")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    catalogue.forget()
    engine.active_rules.cache_clear()
    yield
    catalogue.forget()
    engine.active_rules.cache_clear()


def write(files: dict[str, str]) -> None:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def house(rule: str = RULE, config: str = "packs: [packs/]\n") -> None:
    write({"packs/house.yaml": rule, "packs/tables/words.yaml": WORDS, "healthlint.yaml": config, "a.md": ARTICLE})


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str, str]]:
    main([*arguments, "-o", "json", *DAY, "a.md"])
    findings = json.loads(capsys.readouterr().out)["findings"]
    return [(f["rule"], f["severity"], f["text"]) for f in findings if not f.get("suppressed")]


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments or ("a.md",)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


MAGIC, WORKS = ("ACME-001", "warning", "pure magic"), ("ACME-001", "warning", "wonder oil works")
HYPE = ("HYPE-001", "error", "game-changer")


def test_rules_of_a_pack_run_beside_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    house()
    assert found(capsys, "--select", "ACME,HYPE-001") == [MAGIC, HYPE, WORKS]
    assert found(capsys, "--select", "no-magic") == [MAGIC, WORKS]
    assert found(capsys, "--select", "HYPE-001,ACME", "--ignore", "acme-001") == [HYPE]
    assert found(capsys, "--isolated", "--select", "HYPE-001") == [HYPE]


def test_rules_of_a_pack_are_configured_like_others(capsys: pytest.CaptureFixture[str]) -> None:
    config = "packs: packs/\nselect: [ACME]\nseverities: {no-magic: info}\n"
    house(config=config)
    assert found(capsys) == [("ACME-001", "info", "pure magic"), ("ACME-001", "info", "wonder oil works")]
    write({"healthlint.yaml": config + "overrides: [{files: a.md, ignore: [ACME-001]}]\n"})
    assert found(capsys) == []
    suppression = "suppressions: [{allow: 'ACME-001[\"pure magic\"]', reason: the name of a band}]\n"
    write({"healthlint.yaml": config + suppression})
    assert found(capsys) == [("ACME-001", "info", "wonder oil works")]


def test_rules_of_a_pack_can_be_allowed_in_an_article(capsys: pytest.CaptureFixture[str]) -> None:
    house()
    allowed = ARTICLE.replace("\n\n", "\n\n<!-- healthlint: allow no-magic -- the name of a band -->\n\n")
    write({"a.md": allowed})
    assert found(capsys, "--select", "ACME,SUPP") == []
    write({"healthlint.yaml": ""})
    assert [(rule, text) for rule, _, text in found(capsys, "--select", "SUPP")] == [("SUPP-001", "no-magic")]


def test_a_single_file_is_a_pack_and_pyproject_can_name_it(capsys: pytest.CaptureFixture[str]) -> None:
    house(config="")
    Path("healthlint.yaml").unlink()
    write({"pyproject.toml": '[tool.healthlint]\npacks = ["packs/house.yaml"]\nselect = ["ACME"]\n'})
    assert found(capsys) == [MAGIC, WORKS]


def test_packs_lie_beside_the_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    write({"site/healthlint.yaml": "packs: [../packs/]\n", "a.md": ARTICLE})
    write({"packs/house.yaml": RULE, "packs/tables/words.yaml": WORDS})
    assert found(capsys, "--config", "site/healthlint.yaml", "--select", "ACME") == [MAGIC, WORKS]


def test_a_pack_can_be_used_from_python() -> None:
    house()
    config = Config(packs=("packs/house.yaml",), select=("ACME",))
    assert [finding.text for finding in lint_text(ARTICLE, config=config)] == ["pure magic", "wonder oil works"]
    assert pickle.loads(pickle.dumps(config)) == config
    assert lint_text(ARTICLE, config=Config(select=("HYPE-003",))) == []


def test_word_sets_of_the_same_name_do_not_get_into_each_other_s_way(capsys: pytest.CaptureFixture[str]) -> None:
    house(config="packs: [packs/, more/]\nselect: [ACME]\n")
    write({"more/b.yaml": OTHER, "more/tables/words.yaml": WORDS.replace("[miracledrop, wonder oil~]", "[at night]")})
    write({"a.md": "# On sleep\n\nThe wonder oil works well, and sleep at night works well for most of us, too.\n"})
    assert found(capsys) == [WORKS, ("ACME-002", "warning", "at night works")]


def test_rules_explain_and_sarif_know_the_pack(capsys: pytest.CaptureFixture[str]) -> None:
    house()
    assert main(["rules", "--select", "ACME", "-o", "json"]) == 0
    (rule,) = [rule for rule in json.loads(capsys.readouterr().out)["rules"] if rule["on"]]
    assert (rule["id"], rule["family"], rule["severity"], rule["pack"]) == (
        *("ACME-001", "ACME", "error"),
        "packs/house.yaml",
    )
    assert main(["rules"]) == 0
    assert capsys.readouterr().out.startswith("ACME-001  error    high    on   no-magic\nADVC-001")
    assert main(["explain", "acme-001"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("ACME-001 no-magic\nerror at most, trust high, from packs/house.yaml\n\nWhy\n  Magic")
    assert "- the sentence denies it" in told
    assert "  - in the title: error\n  - in a heading: warning\n" in told
    main(["a.md", "-o", "sarif", "--select", "ACME"])
    driver = json.loads(capsys.readouterr().out)["runs"][0]["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == ["ACME-001"]
    assert driver["rules"][0]["help"][
        "text"
    ] == "Magic explains nothing.\n\nRewrite: Say what was done.\n\nSources:" + ("\n- House style\n- page 3")


def test_findings_of_a_pack_go_into_baselines(capsys: pytest.CaptureFixture[str]) -> None:
    house(config="packs: [packs/]\nselect: [ACME]\nbaseline: known.json\n")
    assert main(["baseline", "a.md"]) == 0
    assert capsys.readouterr().err == "known.json: 2 findings written down.\n"
    assert found(capsys) == []
    write({"a.md": ARTICLE.replace("pure magic", "rest")})
    assert main(["a.md", *DAY]) == 0
    assert "healthlint: ACME-001 in a.md: not found any more;" in capsys.readouterr().err
    assert main(["baseline", "--prune", "a.md"]) == 0
    assert capsys.readouterr().err == "known.json: 1 taken out, 1 left.\n"


def test_findings_of_a_pack_become_comments_of_word_files(capsys: pytest.CaptureFixture[str]) -> None:
    docx = pytest.importorskip("docx")
    house(config="packs: [packs/]\nselect: [ACME]\nbaseline: known.json\n")
    article = docx.Document()
    for text in ("Sleep is better than nothing for most people.", "Sleep is pure magic for many people at night."):
        article.add_paragraph(text)
    article.save("a.docx")
    write({"known.json": "", "b.md": "The people of the town slept well and long in that week, they said.\n"})
    Path("known.json").unlink()
    assert main(["baseline", "b.md"]) == 0
    assert main(["comment", "a.docx", "-o", "out.docx"]) in (0, 1)
    (comment,) = docx.Document("out.docx").comments
    assert "ACME-001" in comment.text


def test_settings_of_a_pack_s_rules_name_their_line(capsys: pytest.CaptureFixture[str]) -> None:
    house(config="packs: [packs/]\nseverities:\n  no-magic: info\n")
    assert main(["config", "a.md", "-o", "json", "--ignore", "HYPE"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one for one in told["settings"] if one["key"] == "packs"] == [
        {"key": "packs", "value": ["packs/"], "from": "healthlint.yaml:1"}
    ]
    rule = {"id": "ACME-001", "name": "no-magic", "on": True, "severity": "info", "options": {}}
    assert told["rules"][0] == {**rule, "from": "healthlint.yaml:3"}


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("packs: [packs/]\nselect: [ACME, no-magic, ACME-001, HYPE-001]\nrules: {ACME-001: {most: 2}}\n", True),
        ("packs: packs/\noverrides: [{files: a.md, ignore: ACME-001, severities: {no-magic: off}}]\n", True),
        ("packs: packs/\nselect: [acme]\n", False),
        ("packs: {a: b}\n", False),
        ("select: [ACME-001]\n", False),
        ("overrides: [{files: a.md, ignore: ACME-001}]\n", False),
        ("overrides: [{files: a.md, ignore: HYPE-001}]\n", True),
        ("severities: {no-magic: info}\n", False),
        ("rules: {no-magic: {most: 2}}\n", False),
    ],
)
def test_editors_know_rules_of_packs_where_packs_are_named(text: str, taken: bool) -> None:
    content = yaml.load(text, Loader=yaml.BaseLoader)
    assert jsonschema.Draft7Validator(SCHEMAS["config"]()).is_valid(content) is taken


def test_an_unused_suppression_of_a_pack_s_rule_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    house(config="packs: [packs/]\nsuppressions: [{allow: 'ACME-001[\"nothing\"]', reason: none}]\n")
    main([".", "-o", "json", *DAY])
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [(f["path"], f["rule"], f["line"]) for f in findings if f["family"] == "SUPP"] == [
        ("healthlint.yaml", "SUPP-002", 2)
    ]


def test_what_rules_cost_is_told_for_packs_too(capsys: pytest.CaptureFixture[str]) -> None:
    house()
    main(["a.md", "--select", "ACME", "--time-rules"])
    assert capsys.readouterr().err.endswith("  ACME-001 no-magic\n")


def test_word_sets_fall_due_like_tables(capsys: pytest.CaptureFixture[str]) -> None:
    house()
    assert main(["rules", "--due", "--as-of", "2026-07-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "2026-06-30  words         our-brands" in lines
    assert main(["rules", "--due", "--as-of", "2026-06-30"]) == 0
    assert "our-brands" not in capsys.readouterr().out


def test_a_broken_configuration_does_not_keep_built_in_rules_from_being_explained(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write({"healthlint.yaml": "packs: [none/]\n"})
    assert main(["explain", "HYPE-001"]) == 0
    capsys.readouterr()
    assert complaint(capsys, "explain", "ACME-001") == (
        "healthlint: healthlint.yaml:1: there is no file or folder 'none'\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  phrases:", "  phrase:", "10: unknown key 'phrase', did you mean 'phrases'?"),
        (
            "id: ACME-001",
            "id: HYPE-001",
            "1: 'HYPE-001' is the id of a rule that comes with healthlint; take letters of your own, such as ACME-001",
        ),
        (
            "no-magic",
            "hype-superlative",
            "2: 'hype-superlative' is the name of a rule that comes with healthlint; take another name",
        ),
        ("no-magic", "magic", "2: 'magic' is not a name of small words with hyphens: miracle-cure"),
        ("no-magic", "acme-001", "2: 'acme-001' is not a name of small words with hyphens: miracle-cure"),
        ("{match}", "{word}", "7: the message knows no '{word}', only '{match}', the words that were found"),
        ("{match}", "{match.__class__}", "7: the message knows no '{match.__class__}', only '{match}', the words that"),
        ("{match}", "{", "7: a brace stands alone in the message; write '{{' or '}}' for one brace"),
        (
            "{our-brands} works",
            "{our-brand} works",
            "10: there is no word set '{our-brand}', did you mean 'our-brands'?",
        ),
        (
            "{our-brands} works",
            "{qqqq} works",
            "10: there is no word set '{qqqq}'; a 'tables' folder beside the pack may hold one",
        ),
        ('  phrases: [pure magic, "{our-brands} works"]\n', "  phrases: []\n", "1: 'phrases' are missing"),
        (
            '  phrases: [pure magic, "{our-brands} works"]\n  unless: [wound magic]\n',
            "  check: no_sources\n",
            "10: 'check' names a function in Python, which only an installed package may bring: whoever lints a folder"
            " must not run code that lies in it",
        ),
        ("  unless:", "  check: x\n  unless:", "10: a rule has either 'phrases' or a 'check'"),
        ("  guards:", "  profiles: {new: off}\n  guards:", "9: unknown key 'new', did you mean 'news'?"),
        ("  guards:", "  profiles: {news: mild}\n  guards:", "9: 'news' is off, info, warning or error, not 'mild'"),
        ("<<pure magic>>", "<<pure magic", "13: mark what fires with << >>, and nothing else"),
        ("fires: [", "fires: [{formats: [md]}, ", "13: 'text' is missing in an example"),
    ],
)
def test_what_is_wrong_in_a_pack_is_told(old: str, new: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert old in RULE
    house(RULE.replace(old, new, 1))
    assert complaint(capsys).startswith(f"healthlint: packs/house.yaml:{told}")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("our-brands", "condition", "4: 'condition' is a word set that comes with healthlint; take another name"),
        ("our-brands", "Brands", "4: 'Brands' is not a name of small words with hyphens: our-brands"),
        ("words: [", "word: [", "4: unknown key 'word', did you mean 'words'?"),
        (", words: [miracledrop, wonder oil~]", "", "4: an entry has 'words'"),
        ("wonder oil~", "(wonder oil~", "4: a bracket in '(wonder oil~' is not closed"),
        ("wonder oil~", "'{our-brands}'", "4: there is no word set '{our-brands}'"),
        ("2026-06-30", "soon", "2: 'review_by' is a date such as 2027-01-31, not 'soon'"),
        ("entries:", "entrys:", "3: unknown key 'entrys', did you mean 'entries'?"),
        (
            "  - {",
            "  - {name: our-brands, words: [x]}\n  - {",
            "5: the word set 'our-brands' stands here a second time",
        ),
    ],
)
def test_what_is_wrong_in_a_table_is_told(old: str, new: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert old in WORDS
    house()
    write({"packs/tables/words.yaml": WORDS.replace(old, new, 1)})
    assert complaint(capsys).startswith(f"healthlint: packs/tables/words.yaml:{told}")


def test_an_empty_table_has_no_entries(capsys: pytest.CaptureFixture[str]) -> None:
    house()
    write({"packs/tables/words.yaml": ""})
    assert complaint(capsys) == (
        "healthlint: packs/tables/words.yaml:1: a table has 'entries', each with a 'name' and 'words'\n"
    )


def test_packs_cannot_share_ids(capsys: pytest.CaptureFixture[str]) -> None:
    house(config="packs: [packs/, more.yaml]\n")
    write({"more.yaml": RULE.replace("{our-brands}", "it")})
    assert complaint(capsys) == (
        "healthlint: more.yaml:1: 'ACME-001' is the id of another rule, too: packs/house.yaml:1\n"
    )
    write({"more.yaml": OTHER.replace("{our-brands}", "it"), "packs/b.yaml": RULE})
    catalogue.forget()
    assert complaint(capsys) == (
        "healthlint: packs/house.yaml:1: 'ACME-001' is the id of another rule, too: packs/b.yaml:1\n"
    )


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("packs:\n  - none/\n", "2: there is no file or folder 'none'"),
        ("packs: [drafts/]\n", "1: there is no rule pack (*.yaml) in 'drafts'"),
        ("packs: [packs]\n", "1: no installed package offers a pack 'packs'; a file or folder is written './packs'"),
        ("packs: {a: b}\n", "1: 'packs' must be a list"),
        ("packs: [packs/]\nselect: [ACM-001]\n", "2: no rule is called 'ACM-001', did you mean 'ACME-001'?"),
        ("select: [no-magic]\n", "1: no rule is called 'no-magic'; 'healthlint rules' lists them"),
    ],
)
def test_a_pack_that_is_not_there_is_told(config: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    house(config=config)
    write({"drafts/a.md": ARTICLE})
    assert complaint(capsys) == f"healthlint: healthlint.yaml:{told}\n"


def test_words_of_the_command_line_are_those_of_the_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    house()
    assert complaint(capsys, "--select", "ACME-002", "a.md") == (
        "healthlint: --select: no rule is called 'ACME-002', did you mean 'ACME-001'?\n"
    )
    assert complaint(capsys, "--isolated", "--ignore", "ACME-001", "a.md").startswith(
        "healthlint: --ignore: no rule is called 'ACME-001'"
    )


# Installed packs


MODULE = '''\
"""Rules of a house."""
from healthlint.rule import Hit, Severity


def shouting(document, setting, *, most: int = 0):
    """Words in capitals, more than are allowed."""
    found = [b for b in document.blocks if document.text[b.start : b.end].isupper()]
    for block in found[most:]:
        yield Hit(block.start, block.end, Severity.WARNING, {"count": str(len(found))})


CHECKS = {"shouting": shouting}
'''
SHOUTING = """\
- id: ACME-010
  name: no-shouting
  severity: warning
  trust: high
  why: Capitals shout.
  sources: [House style]
  message: "There are {count} paragraphs in capitals."
  help: Write small letters.
  check: shouting
  examples:
    fires: ["<<STOP NOW.>>\\n\\nHe stopped at once."]
    silent: ["Stop now."]
"""


@pytest.fixture
def _installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package as pip would install it."""
    site = tmp_path / "site-packages"
    write({f"{site}/acme_rules/__init__.py": MODULE, f"{site}/acme_rules/a.yaml": SHOUTING})
    info = f"{site}/acme_rules-1.0.dist-info"
    write({f"{info}/METADATA": "Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n"})
    write({f"{info}/entry_points.txt": "[healthlint.packs]\nacme = acme_rules\nbroken = acme_rules.none\n"})
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setattr(sys, "modules", {k: v for k, v in sys.modules.items() if not k.startswith("acme_rules")})


@pytest.mark.usefixtures("_installed")
def test_an_installed_pack_may_bring_python(capsys: pytest.CaptureFixture[str]) -> None:
    write({"a.md": "# On sleep\n\nSLEEP WELL TONIGHT.\n\nThe people of the town slept well and long in that week.\n"})
    write({"healthlint.yaml": "packs: [acme]\nselect: [ACME]\n"})
    assert found(capsys) == [("ACME-010", "warning", "SLEEP WELL TONIGHT.")]
    assert main(["test", "acme"]) == 0
    assert capsys.readouterr() == (
        "ACME-010 no-shouting: 6 runs of examples, all as expected\n",
        "1 rule: 6 runs, all as expected.\n",
    )
    write({"healthlint.yaml": "packs: [acme]\nselect: [ACME]\nrules: {ACME-010: {most: 1}}\n"})
    assert found(capsys) == []
    write({"healthlint.yaml": "packs: [acme]\nrules: {ACME-010: {most: many}}\n"})
    assert complaint(capsys) == "healthlint: healthlint.yaml:2: 'most' must be a whole number\n"


@pytest.mark.usefixtures("_installed")
def test_an_installed_pack_that_is_broken_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write({"a.md": ARTICLE, "healthlint.yaml": "packs: [broken]\n"})
    assert complaint(capsys) == (
        "healthlint: healthlint.yaml:1: the installed pack 'broken' (acme_rules.none) cannot be loaded:"
        " ModuleNotFoundError: No module named 'acme_rules.none'\n"
    )
    write({"healthlint.yaml": "packs: [acm]\n"})
    assert complaint(capsys) == (
        "healthlint: healthlint.yaml:1: no installed package offers a pack 'acm', did you mean 'acme'?\n"
    )


def test_a_run_without_packs_loads_nothing_for_them() -> None:
    write({"a.md": ARTICLE})
    script = (
        "import sys; from healthlint.cli import main; main(['a.md', '--isolated', '--exit-zero'])\n"
        "print(sorted({'importlib.metadata', 'healthlint.examples', 'healthlint.cli.packtest', 'healthlint.cli.watch',"
        " 'healthlint.cli.progress'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


# healthlint test


def test_a_pack_that_does_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    house(RULE.replace('silent: ["', 'silent: ["A wound magic in the title.", "'))
    for arguments in (["test", "packs"], ["test", "packs/house.yaml"], ["test", "./packs"], ["test"]):
        assert main(arguments) == 0
        assert capsys.readouterr() == (
            "ACME-001 no-magic: 12 runs of examples, all as expected; 3 of 3 phrases touched\n",
            "1 rule: 12 runs, all as expected; examples touch 3 of 3 phrases.\n",
        )


def test_what_was_expected_and_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    fires = 'fires: ["It is <<pure>> magic.", "It is not <<pure magic>>."]'
    silent = 'silent: ["It is not pure magic.", {text: "Pure magic & more.\\n\\nSo it is.", formats: [md, html]}]'
    rule = RULE.replace('fires: ["It is <<pure magic>>, they say.", "So <<MiracleDrop works>>, they say."]', fires)
    house(rule.replace('silent: ["It is not pure magic."]', silent))
    assert main(["test", "packs/"]) == 1
    assert capsys.readouterr() == (
        """\
ACME-001 no-magic: 8 of 11 runs went wrong; 1 of 3 phrases touched
  packs/house.yaml:13: other words were reported than those that are marked (md, txt)
      expected: It is <<pure>> magic.
      found:    It is <<pure magic>>.
  packs/house.yaml:13: other words were reported than those that are marked (html)
      expected: <p>It is <<pure>> magic.</p>
      found:    <p>It is <<pure magic>>.</p>
  packs/house.yaml:13: nothing was reported: the guard 'negated' holds (md, txt)
      expected: It is not <<pure magic>>.
      found:    It is not pure magic.
  packs/house.yaml:13: nothing was reported: the guard 'negated' holds (html)
      expected: <p>It is not <<pure magic>>.</p>
      found:    <p>It is not pure magic.</p>
  packs/house.yaml:14: this example must stay silent (md)
      found:    <<Pure magic>> & more.

                So it is.
  packs/house.yaml:14: this example must stay silent (html)
      found:    <p><<Pure magic>> &amp; more.</p>
                <p>So it is.</p>
  packs/house.yaml:10: no example that fires touches '{our-brands} works'
  packs/house.yaml:11: no silent example touches 'wound magic'
""",
        "1 rule: 8 of 11 runs went wrong; examples touch 1 of 3 phrases.\n",
    )


def test_phrases_are_touched_where_they_matter(capsys: pytest.CaptureFixture[str]) -> None:
    rule = RULE.replace('"{our-brands} works"', "wonder oil, the people").replace("[wound magic]", "[they say]")
    rule = rule.replace('"So <<MiracleDrop works>>, they say."', '"The people say: <<pure magic>>."')
    house(rule.replace('"It is not pure magic."', '"It is not wonder oil."'))
    main(["test", "packs"])
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "  packs/house.yaml:10: no example that fires touches 'wonder oil'",
        "  packs/house.yaml:10: no example that fires touches 'the people'",
        "  packs/house.yaml:11: no silent example touches 'they say'",
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("guards: [negated]", "in: [list]"), "the words stand where 'in' does not look"),
        (("guards: [negated]", "beside: [the]"), "none of 'beside' stands in the sentence"),
        (("wound magic", "they say"), ""),
        (("wound magic", "pure magic"), "one of 'unless' stands there"),
    ],
)
def test_a_reason_for_silence_is_told(change: tuple[str, str], reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    house(RULE.replace(*change).replace(', "So <<MiracleDrop works>>, they say."', "").replace(", they say", ""))
    assert main(["test", "packs"]) == int(bool(reason))
    assert (f"nothing was reported: {reason} (md, txt)" in capsys.readouterr().out) is bool(reason)


def test_a_broken_pack_does_not_keep_others_from_being_tested(capsys: pytest.CaptureFixture[str]) -> None:
    house()
    write({"b.yaml": RULE.replace("name:", "nam:"), "c/tables/a.yaml": WORDS})
    assert main(["test", "b.yaml", "none.yaml", "c", "packs"]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("ACME-001 no-magic: 9 runs of examples, all as expected; 2 of 3")
    assert err.splitlines()[:-1] == [
        "healthlint: b.yaml:2: unknown key 'nam', did you mean 'name'?",
        "healthlint: there is no file or folder 'none.yaml'",
        "healthlint: there is no rule pack (*.yaml) in 'c'",
    ]


def test_without_a_pack_there_is_nothing_to_test(capsys: pytest.CaptureFixture[str]) -> None:
    assert complaint(capsys, "test") == (
        "healthlint: name a pack to test, for example 'healthlint test packs/house.yaml'\n"
    )


@pytest.mark.usefixtures("_installed")
def test_a_message_that_names_what_the_check_does_not_tell(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write({f"{tmp_path}/site-packages/acme_rules/a.yaml": SHOUTING.replace("{count}", "{number}")})
    assert main(["test", "acme"]) == 1
    assert capsys.readouterr().out == (
        "ACME-010 no-shouting: 3 of 6 runs went wrong\n"
        f"  {tmp_path}/site-packages/acme_rules/a.yaml:11: ValueError: the message of ACME-010 names 'number', which"
        " its check does not tell (md, txt, html)\n"
    )


def test_the_packs_that_come_with_healthlint_can_be_tested(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rules = Path(__file__).parents[1] / "rules"
    assert main(["test", str(rules / "supp.yaml"), str(rules / "disc.yaml")]) == 0
    assert "DISC-001" in capsys.readouterr().out
    shutil.copy(rules / "disc.yaml", tmp_path / "mine.yaml")
    assert complaint(capsys, "test", "mine.yaml").startswith("healthlint: mine.yaml:")


def test_a_pack_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    house()
    read("healthlint.yaml")
    write({"packs/house.yaml": "broken"})
    read("healthlint.yaml")
    catalogue.forget()
    with pytest.raises(Mistake):
        read("healthlint.yaml")


def documented(first: str) -> str:
    """A block of code of docs/packs.md that begins with these words, without its indentation."""
    text = (Path(__file__).parents[1] / "docs" / "packs.md").read_text(encoding="utf-8")
    block = text[text.index(f"    {first}") :].split("\n\nThe ")[0].split("\n\n`about`")[0].split("\n\nEvery ")[0]
    return "".join(f"{line[4:]}\n" for line in block.splitlines())


def test_the_documented_pack_does_what_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    rule, words = documented("# packs/house.yaml"), documented("# packs/tables/words.yaml")
    write({"packs/house.yaml": rule, "packs/tables/words.yaml": words})
    for kind, text in (("pack", rule), ("table", words)):
        content = yaml.load(text, Loader=yaml.BaseLoader)
        assert list(jsonschema.Draft7Validator(SCHEMAS[kind]()).iter_errors(content)) == []
    assert main(["test", "packs/"]) == 0
    capsys.readouterr()
    wrong = rule.replace(
        "They say that <<Miracle Drop works wonders>> at night.", "It is not <<pure magic>>, they say."
    )
    write({"packs/house.yaml": wrong})
    assert main(["test", "packs/"]) == 1
    told = capsys.readouterr()
    assert f"$ healthlint test packs/\n{told.out}{told.err}" == documented("$ healthlint test packs/")
