"""Topics are what was discussed, as whole noun phrases."""

from __future__ import annotations

import pytest

from tests.encounters.conftest import Told

_MET = "Russian Foreign Minister Sergei Lavrov met Ukrainian Foreign Minister Dmytro Kuleba on Monday"


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        (f"{_MET} and discussed the grain corridor.", ["grain corridor"]),
        (f"{_MET} and discussed the grain corridor, which had been closed in May.", ["grain corridor"]),
        (f"{_MET} and discussed these issues.", []),
        (f"{_MET} on the lawn of the palace.", []),
        ("Sergei Lavrov held talks with Dmytro Kuleba on the gas dispute on January 18.", ["gas dispute"]),
        (f"{_MET} and discussed the gas dispute ahead of the winter.", ["gas dispute"]),
        (f"{_MET} and discussed trade and security.", ["trade and security"]),
    ],
)
def test_a_topic_is_a_whole_noun_phrase(told: Told, text: str, topics: list[str]) -> None:
    """No relative clauses, places, days, empty words or fragments."""
    (record,) = [r for r in told(text)[0] if r.kind in {"meeting", "talks"}]
    assert list(record.topics) == topics
