"""Every example of every rule, in every format: exact words, number and position of the findings."""

import re
from html import escape

import pytest

from healthlint import packs
from healthlint.formats import parse
from healthlint.rule import Example, Rule
from healthlint.text import Source

MARK = re.compile("<<(.*?)>>", re.DOTALL)
WRAP = {
    "a.md": lambda text: text,
    "a.txt": lambda text: text,
    "a.html": lambda text: f"<p>{escape(text, quote=False)}</p>",
}
CASES = [(rule, example, name) for rule in packs.builtin_rules() for example in rule.examples for name in WRAP]


@pytest.mark.parametrize(("rule", "example", "name"), CASES, ids=lambda value: getattr(value, "id", None))
def test_example(rule: Rule, example: Example, name: str) -> None:
    expected = MARK.findall(example.text)
    document = parse(Source(name, WRAP[name](MARK.sub(r"\1", example.text))))
    spans = sorted(document.prose.span(hit.start, hit.end) for hit in rule.check(document))
    assert [document.source.text[start:end] for start, end in spans] == [
        escape(words, quote=False) for words in expected
    ]
