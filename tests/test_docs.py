"""The pages that are generated from the rules are current, and every page leads somewhere."""

import datetime
import importlib.util
import re
from pathlib import Path

import pytest

from healthlint import packfile, packs
from healthlint.analysis.guards import GUARDS
from healthlint.catalogue import builtin_rules
from healthlint.formats import parse
from healthlint.patterns import PLACES
from healthlint.rule import Setting
from healthlint.text import Source

ROOT = Path(__file__).parents[1]
RULES = ROOT / "docs" / "rules"
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
SETTING = Setting("consumer", "us", datetime.date(2026, 11, 24))
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *RULES.glob("*.md")})

specification = importlib.util.spec_from_file_location("build_docs", ROOT / "tools" / "build_docs.py")
assert specification is not None
assert specification.loader is not None
build_docs = importlib.util.module_from_spec(specification)
specification.loader.exec_module(build_docs)


def test_pages_of_rules_are_current() -> None:
    stored = {path.name: path.read_text(encoding="utf-8") for path in RULES.glob("*.md")}
    assert stored == build_docs.pages(), "run tools/build_docs.py"


def test_the_index_names_every_rule_once() -> None:
    index = build_docs.pages()["README.md"]
    assert re.findall(r"^\| \[([A-Z]{4}-\d{3})\]", index, re.MULTILINE) == [rule.id for rule in builtin_rules()]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_rule_in_the_guide_works(tmp_path: Path) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    path = tmp_path / "guide.yaml"
    path.write_text(example, encoding="utf-8")
    (rule,) = packs.load([path], {})
    for case in rule.examples:
        document = parse(Source("a.md", case.text.replace("<<", "").replace(">>", "")))
        hits = [document.text[hit.start : hit.end] for hit in rule.check(document, SETTING)]
        assert hits == re.findall("<<(.*?)>>", case.text)


def test_the_guide_names_every_key_and_guard() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [word for word in (*packfile.KEYS, *GUARDS, *PLACES) if f"`{word}`" not in guide] == []
