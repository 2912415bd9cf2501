"""Agencies whose words a report passes on."""

from __future__ import annotations

from typing import Any

import pytest

from communique.errors import KnowledgeError
from communique.linking import relay
from communique.linking.relay import agencies, checked
from communique.records import Report


def of(text: str, **more: Any) -> str | None:
    found = relay(Report("a", text, **more))
    return found.agency if found else None


@pytest.mark.parametrize(("text", "agency"), agencies().examples)
def test_the_examples_of_the_data_file_hold(text: str, agency: str | None) -> None:
    """The examples of the data file hold."""
    assert of(text) == agency


def test_an_agency_is_itself_and_a_dateline_counts_before_a_passing_name() -> None:
    """An agency is itself and a dateline counts before a passing name."""
    assert of("Anything.", outlet="Reuters") == "Reuters"
    both = "OSLO (AP) — They met, Reuters reported."
    assert of(both) == "AP"
    found = relay(Report("a", both))
    assert found is not None
    assert found.passage is not None
    assert found.passage.text == both[: found.passage.end]


def test_two_agencies_in_passing_are_nobodys_story() -> None:
    """Two agencies in passing are nobody's story."""
    assert of("They met, according to AFP. It was short, Reuters reported.") is None


def test_the_list_is_checked_when_loaded() -> None:
    """The list is checked when loaded."""
    good: dict[str, Any] = {"agencies": {"A": ["A"]}, "verbs": {"relay": ["said"]}, "examples": []}
    assert checked(good).names == {"A": "A"}
    for bad in ({**good, "more": {}}, {**good, "agencies": {"A": ["A"], "B": ["A"]}}, {**good, "verbs": {}}):
        with pytest.raises(KnowledgeError):
            checked(bad)
