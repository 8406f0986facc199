"""Every example of every rule, in every format: exact words, number and position of the findings."""

import pytest

from healthlint.catalogue import builtin_rules
from healthlint.examples import marked, outcome
from healthlint.rule import Example, Rule

CASES = [(rule, example, form) for rule in builtin_rules() for example in rule.examples for form in example.formats]


@pytest.mark.parametrize(("rule", "example", "form"), CASES, ids=lambda value: getattr(value, "id", None))
def test_example(rule: Rule, example: Example, form: str) -> None:
    done = outcome(rule, example, form)
    assert marked(done.text, done.found) == marked(done.text, done.expected)
