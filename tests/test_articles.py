"""The five source articles: what must be found is found, and what must be left alone is not touched.

`python tests/test_articles.py` writes the complete lists of findings anew; look at the difference before committing it.
"""

import datetime
import json
from pathlib import Path

import pytest

from healthlint import Config, Finding, lint_text
from healthlint.catalogue import builtin_rules

HERE = Path(__file__).parent
ARTICLES = sorted((HERE / "articles").glob("*.txt"))


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def touches(text: str, finding: Finding, quote: str | None) -> bool:
    if quote is None or finding.document:
        return True
    at = text.find(quote)
    while at >= 0:
        if finding.start < at + len(quote) and at < finding.end:
            return True
        at = text.find(quote, at + 1)
    return False


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name[:3])
def test_expectations(path: Path) -> None:
    text = read(path)
    expected = json.loads((HERE / "expected" / f"{path.name}.json").read_text(encoding="utf-8"))
    findings = lint_text(text, filename=path.name)
    built = {rule.id for rule in builtin_rules()}
    missing = [
        (want["rule"], want["quote"])
        for want in expected["findings"]
        if want["priority"] == "M" and want["rule"] in built
        if not any(f.rule == want["rule"] and touches(text, f, want["quote"]) for f in findings)
    ]
    wrong = [
        (no["rule"], f.text)
        for no in expected["not_findings"]
        for f in findings
        if f.rule == no["rule"] and not f.document and touches(text, f, no["quote"])
    ]
    assert (missing, wrong) == ([], [])


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name[:3])
def test_positions(path: Path) -> None:
    text = read(path)
    for finding in lint_text(text, filename=path.name):
        assert text[finding.start : finding.end] == finding.text


def listed(path: Path) -> str:
    """All findings of an article, one a line."""
    config = Config(as_of=datetime.date(2026, 11, 22))
    return "".join(
        f"{f.line}:{f.column}-{f.end_line}:{f.end_column} {f.severity} {f.rule} {' '.join(f.text.split())}\n"
        for f in lint_text(read(path), filename=path.name, config=config)
    )


def snapshot(path: Path) -> Path:
    return HERE / "expected" / f"{path.name}.findings.txt"


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name[:3])
def test_the_complete_list_of_findings_is_as_it_was(path: Path) -> None:
    assert listed(path).splitlines() == snapshot(path).read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    for article in ARTICLES:
        snapshot(article).write_text(listed(article), encoding="utf-8")
