"""How sure a record is."""

from __future__ import annotations

import pytest

from communique.encounters import confidence
from communique.errors import KnowledgeError
from tests.encounters.conftest import Told

_MET = "Russian Foreign Minister Sergei Lavrov met Ukrainian Foreign Minister Dmytro Kuleba in Ankara on Monday."


def test_more_evidence_is_surer(told: Told) -> None:
    """Two sides named with people are surer than a gathering named in passing."""
    met = told(_MET)[0][0].confidence
    passing = told("The foreign minister of Japan spoke of the G7 summit.")[0]
    assert met is not None
    assert met > 0.7
    assert all((r.confidence or 0) < met for r in passing)


def test_reports_of_sport_are_less_sure(told: Told) -> None:
    """Words of sport around it make a record less sure."""
    sport = (
        "The team won the match. The coach praised the players. A late goal in the league final. The striker scored."
    )
    plain, among = told(_MET)[0], told(f"{_MET} {sport} {sport}")[0]
    assert not among or (among[0].confidence or 0) < (plain[0].confidence or 0)


@pytest.mark.parametrize("table", [{}, {"weights": {"bias": 1.0}}, {"weights": {}, "other": {}}])
def test_weights_are_checked(table: dict[str, dict[str, float]]) -> None:
    """A missing or unknown name is refused with the file's name."""
    with pytest.raises(KnowledgeError, match=r"confidence\.toml"):
        confidence.check(table)


def test_all_features_have_weights() -> None:
    """The file that comes with communique names every feature, and nothing speaks against its direction."""
    weights = confidence.weights()
    assert set(weights) == {*confidence.FEATURES, "bias"}
    assert weights["unresolved"] <= 0 <= weights["two_sides"]
