"""What came of an encounter."""

from __future__ import annotations

from typing import Any

import pytest

from communique import linking
from communique.errors import KnowledgeError
from communique.linking.outcome import checked, outcome, questions
from communique.records import Passage

from .made import told

PAIR = ("Orla Brandt", "Tomas Vidal")


@pytest.mark.parametrize("example", questions().examples, ids=lambda e: e["text"][:40])
def test_the_examples_of_the_data_file_hold(example: dict[str, Any]) -> None:
    """The examples of the data file hold."""
    for question in questions().questions:
        found = outcome([Passage(0, len(example["text"]), example["text"])], question)
        assert (found[0] if found else None) is example.get(question.name)


def outcomes(*evidence: str) -> list[tuple[str, ...]]:
    members = [told(f"r{n}", *PAIR, evidence=text) for n, text in enumerate(evidence)]
    return [tuple(v[0] for v in one.values) for one in linking.disagreements("E1", members) if one.field == "outcome"]


def test_yes_against_no_is_listed_and_silence_and_both_are_not() -> None:
    """Yes against no is listed; silence, and a report that says both, are not."""
    assert outcomes("They reached an agreement.", "The talks ended without agreement.") == [("no", "yes")]
    assert outcomes("They reached an agreement.", "They met in Bonn.") == []
    assert (
        outcomes("They reached an agreement.", "An agreement was reached after the first day ended in deadlock.") == []
    )


def test_the_file_is_checked_when_loaded() -> None:
    """The file is checked when loaded."""
    good = {"question": "whether", "yes": ["a"], "no": ["b"]}
    assert checked({"x": good}).questions[0].name == "x"
    for bad in ({**good, "more": 1}, {**good, "yes": ["("]}, {**good, "no": [3]}):
        with pytest.raises(KnowledgeError):
            checked({"x": bad})
