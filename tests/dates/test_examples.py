"""The rules' own examples, which stand beside them in data/dates."""

from __future__ import annotations

import pytest

from communique.dates.grammar import Attachment, Rule, grammar
from communique.dates.scan import scan

RULES: list[Rule | Attachment] = [*grammar().rules, *grammar().before, *grammar().after, *grammar().join]
EXAMPLES = [pytest.param(rule.name, *example, id=example[0]) for rule in RULES for example in rule.examples]
AGAINST = [pytest.param(text, id=text) for rule in RULES for text in rule.against]


def test_every_rule_has_an_example() -> None:
    """A rule without an example cannot be published."""
    assert [rule.name for rule in RULES if not rule.examples] == []


@pytest.mark.parametrize(("rule", "sentence", "expression", "value"), EXAMPLES)
def test_example(rule: str, sentence: str, expression: str, value: str) -> None:
    """Each example sentence holds its expression, with the value that the words alone give."""
    found = {f.text: f.value or "" for f in scan(sentence)}
    assert expression in found, f"rule {rule!r}: found only {found}"
    assert found[expression] == value


@pytest.mark.parametrize("sentence", AGAINST)
def test_against(sentence: str) -> None:
    """Nothing is found where the rules say that there is nothing."""
    assert [f.text for f in scan(sentence)] == []
