"""Every example of every rule, in every format: exact words, number and position of the findings."""

import datetime
import re
from html import escape

import pytest

from healthlint import engine
from healthlint.formats import parse
from healthlint.rule import Example, Rule, Setting
from healthlint.text import Source

SETTING = Setting("consumer", "us", datetime.date(2026, 11, 24))
MARK = re.compile("<<(.*?)>>", re.DOTALL)
WRAP = {
    "a.md": lambda text: text,
    "a.txt": lambda text: text,
    "a.html": lambda text: "".join(f"<p>{escape(part, quote=False)}</p>\n" for part in text.split("\n\n")),
}
CASES = [
    (rule, example, name)
    for rule in engine.builtin_rules()
    for example in rule.examples
    for name in WRAP
    if name[2:] in example.formats
]


@pytest.mark.parametrize(("rule", "example", "name"), CASES, ids=lambda value: getattr(value, "id", None))
def test_example(rule: Rule, example: Example, name: str) -> None:
    expected = MARK.findall(example.text)
    document = parse(Source(name, WRAP[name](MARK.sub(r"\1", example.text))))
    spans = sorted(document.prose.span(hit.start, hit.end) for hit in rule.check(document, SETTING))
    assert [document.source.text[start:end] for start, end in spans] == [
        escape(words, quote=False) for words in expected
    ]
