"""Forms of verbs and nouns without a lemmatizer."""

from __future__ import annotations

import pytest

from communique.encounters.inflect import noun_forms, verb_forms


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("visit", {"visit", "visits", "visited", "visiting"}),
        ("plan", {"plan", "plans", "planned", "planning"}),
        ("host", {"host", "hosts", "hosted", "hosting"}),
        ("fly", {"fly", "flies", "flew", "flown", "flying"}),
        ("receive", {"receive", "receives", "received", "receiving"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("cancel", {"cancel", "cancels", "cancelled", "canceled", "cancelling", "canceling"}),
        ("defer", {"defer", "defers", "deferred", "deferring"}),
        ("die", {"die", "dies", "died", "dying"}),
    ],
)
def test_every_form_of_a_verb(verb: str, forms: set[str]) -> None:
    """Regular forms come by rule, the others from the table."""
    irregular = {"fly": ["flew", "flown"], "cancel": ["cancelled", "canceled"], "defer": ["deferred", "deferred"]}
    assert set(verb_forms(verb, irregular)) == forms


def test_plurals_of_nouns() -> None:
    """A plural comes by rule unless the table has it."""
    assert noun_forms("summit", {}) == ("summit", "summits")
    assert noun_forms("delegacy", {}) == ("delegacy", "delegacies")
    assert noun_forms("criterion", {"criterion": "criteria"}) == ("criterion", "criteria")
