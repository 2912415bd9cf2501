"""The rules of furniture keep their own examples."""

from __future__ import annotations

import re

import pytest

from communique.cleaning.rules import AFTER_SENTENCE, Rule, load, parse
from communique.errors import KnowledgeError

CASES = [(n, rule, text, True) for n, rule in enumerate(load().rules) for text in rule.examples]
CASES += [(n, rule, text, False) for n, rule in enumerate(load().rules) for text in rule.not_]


def matches(rule: Rule, text: str) -> bool:
    flags = 0 if rule.case else re.IGNORECASE
    for pattern in rule.patterns:
        if rule.where == "start":
            found = re.match(pattern, text, flags)
        elif rule.where in {"end", "cut"}:
            found = re.search(rf"{AFTER_SENTENCE if rule.where == 'end' else ' '}(?:{pattern})\s*\Z", text, flags)
        else:
            found = re.fullmatch(pattern, text, flags)
        if found:
            return True
    return False


@pytest.mark.parametrize(("number", "rule", "text", "wanted"), CASES, ids=lambda v: str(v)[:40])
def test_each_rule_matches_its_examples_and_not_its_counter_examples(
    number: int, rule: Rule, text: str, wanted: bool
) -> None:
    """The phrases in the data file are the tests of the data file."""
    assert matches(rule, text) == wanted, (number, rule.reason)


def test_the_compiled_rules_give_the_reason_of_the_rule_that_matched() -> None:
    """Reasons travel with the match."""
    rules = load()
    assert rules.line("close", "Leave a Reply") == "comment form"
    assert rules.line("tail", "op") == "signature"
    assert rules.line("line", "The ministers met.") is None
    assert rules.start("date 2021-03-04 Ministers meet") == (16, "page timestamp")
    assert rules.start("Ministers meet") is None
    found = rules.end("The two shake hands. REUTERS/Jane Doe")
    assert found is not None
    assert found[1] == "photo credit"
    assert rules.end("The two shake hands.") is None


@pytest.mark.parametrize(
    "data",
    [
        "[[rule]]\nwhere = 'line'\n",
        "[[rule]]\nwhere='line'\nreason='x'\npatterns=['a']\nexamples=[]\nnot=[]\ncolour='red'\n",
        "[[rule]]\nwhere='somewhere'\nreason='x'\npatterns=['a']\nexamples=[]\nnot=[]\n",
        "[[rule]]\nwhere='line'\nreason='x'\npatterns=['(']\nexamples=[]\nnot=[]\n",
        "rule = 3\n",
        "other = 3\n",
        "not toml",
        "[[rule]]\nwhere='line'\nreason='x'\npatterns=['a']\nexamples=[]\nnot=[]\n[more]\na=1\n",
    ],
)
def test_rules_that_do_not_follow_the_form_are_refused(data: str) -> None:
    """Unknown keys, unknown places and broken patterns stop the loading with a clear error."""
    with pytest.raises(KnowledgeError, match=r"furniture\.toml"):
        parse(data)


@pytest.mark.parametrize(
    "text",
    [
        "read more " + "a b " * 120,
        "(" * 400,
        "more news " * 50,
        "a/" * 200,
        "Abc " * 120,
        "_" * 480,
        "By " + "a" * 150 + "!",
        "Posted by " + "A" * 150 + "!",
        "TASS/" + "A" * 150 + "!",
        "By " + "a-" * 70 + "!",
        "Home >" + " >" * 90 + "!",
        "aa created with sketch." + "title" * 60 + "x",
        "pl" * 90 + "!",
        "x/" * 90 + "!",
        "a@" + "a." * 200,
        "World/" * 30 + "!",
    ],
)  # fmt: skip
def test_no_line_makes_a_pattern_run_for_long(text: str) -> None:
    """Lines built of what patterns repeat are decided at once (a run-away pattern would hang here)."""
    rules = load()
    for _ in range(20):
        for where in ("line", "close", "block", "head", "tail"):
            rules.line(where, text[:500])  # type: ignore[arg-type]
        rules.end(text)
        rules.start(text)
