"""Rule packs: what is wrong in one is told with its place and a hint."""

from pathlib import Path

import pytest

from healthlint.checks import CHECKS
from healthlint.packs import load
from healthlint.strict import Mistake

PACK = """\
- id: ACME-001
  name: no-magic
  severity: {title: error, body: warning}
  trust: high
  why: Magic explains nothing.
  sources: [House style, page 3]
  message: '"{match}" explains nothing.'
  help: Say what was done.
  in: [title, sentence]
  guards: [negated]
  phrases: [pure magic, "[real] magic pill~"]
  examples:
    fires: ["It is <<pure magic>>, they say."]
    silent: ["It is not pure magic.", {text: "A trick.", formats: [md]}]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "acme.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_pack_is_read(tmp_path: Path) -> None:
    (rule,) = load([write(tmp_path, PACK)], CHECKS)
    assert (rule.id, rule.name, rule.severity.label, rule.trust) == ("ACME-001", "no-magic", "error", "high")
    assert rule.sources == ("House style", "page 3")
    assert [(example.text, example.fires, example.formats) for example in rule.examples] == [
        ("It is <<pure magic>>, they say.", True, ("md", "txt", "html")),
        ("It is not pure magic.", False, ("md", "txt", "html")),
        ("A trick.", False, ("md",)),
    ]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("  phrases: [", "  phrase: [", "acme.yaml:11: unknown key 'phrase', did you mean 'phrases'?"),
        ("  help: Say what was done.\n", "", "acme.yaml:1: 'help' is missing in rule ACME-001"),
        ("id: ACME-001", "id: ACME1", "acme.yaml:1: 'ACME1' is not a rule id such as HYPE-001"),
        ("trust: high", "trust: hihg", "acme.yaml:4: 'trust' is high, medium or low, not 'hihg', did you mean 'high'?"),
        ("[negated]", "[negatd]", "acme.yaml:10: 'guards' knows no 'negatd', did you mean 'negated'?"),
        ("[title, sentence]", "[title, sentense]", "acme.yaml:9: 'in' knows no 'sentense', did you mean 'sentence'?"),
        ("title: error", "titel: error", "acme.yaml:3: unknown key 'titel', did you mean 'title'?"),
        ("body: warning", "body: warn", "acme.yaml:3: 'body' is info, warning or error, not 'warn'"),
        ("pure magic, ", "(pure magic, ", "acme.yaml:11: a bracket in '(pure magic' is not closed"),
        ("<<pure magic>>", "pure magic", "acme.yaml:13: mark what fires with << >>, and nothing else"),
        (
            'silent: ["It is not pure magic.", {text: "A trick.", formats: [md]}]',
            "silent: []",
            "acme.yaml:12: there is no example that stays silent",
        ),
        ("formats: [md]", "formats: [doc]", "acme.yaml:14: 'formats' is md, txt or html, not 'doc'"),
        ("- id: ACME-001", "id: ACME-001\n- id: x", "acme.yaml:2: not valid YAML"),
        ("  trust: high\n", "  trust: high\n  trust: low\n", "acme.yaml:5: 'trust' stands here a second time"),
        ("  phrases: [pure magic,", "  check: magic\n  unless: [", "acme.yaml:11: 'check' is "),
    ],
)
def test_a_mistake_is_told_with_its_place(old: str, new: str, complaint: str, tmp_path: Path) -> None:
    assert old in PACK
    with pytest.raises(Mistake) as caught:
        load([write(tmp_path, PACK.replace(old, new, 1))], CHECKS)
    assert complaint in str(caught.value)


@pytest.mark.parametrize("text", ["", "rules: 3", "just words"])
def test_a_pack_is_a_list(text: str, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match=r"acme\.yaml:1: a rule pack is a list of rules"):
        load([write(tmp_path, text)], CHECKS)


def test_two_rules_cannot_share_a_name(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match=r"acme\.yaml:16: 'no-magic' is the name of another rule, too: .*acme\.yaml:1$"):
        load([write(tmp_path, PACK + PACK.replace("ACME-001", "ACME-002"))], CHECKS)
