"""What became of a contact, from tense, modality, negation and the words around it."""

from __future__ import annotations

import pytest

from tests.encounters.conftest import Told


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Emmanuel Macron met Olaf Scholz in Berlin on Monday.", "held"),
        ("Emmanuel Macron will meet Olaf Scholz in Berlin on Friday.", "scheduled"),
        ("Emmanuel Macron is to meet Olaf Scholz in Berlin on Friday.", "scheduled"),
        ("Emmanuel Macron plans to meet Olaf Scholz in Berlin.", "scheduled"),
        ("Emmanuel Macron is expected to hold talks with Olaf Scholz in Berlin.", "scheduled"),
        ("Emmanuel Macron may meet Olaf Scholz next month.", "proposed"),
        ("Emmanuel Macron proposed a meeting with Olaf Scholz.", "proposed"),
        ("Emmanuel Macron is ready to meet Olaf Scholz, his office said.", "proposed"),
        ("Emmanuel Macron invited Olaf Scholz to visit France.", "proposed"),
        ("Emmanuel Macron refused to meet Olaf Scholz.", "refused"),
        ("Emmanuel Macron will not meet Olaf Scholz in Berlin.", "refused"),
        ("A meeting between Emmanuel Macron and Olaf Scholz was called off on Monday.", "cancelled"),
        ("Emmanuel Macron cancelled his visit to Germany.", "cancelled"),
        ("The talks between Emmanuel Macron and Olaf Scholz were postponed.", "postponed"),
        ("France denied that Emmanuel Macron had met Sergey Lavrov in Geneva.", "disputed"),
        ("Talks between France and Germany are under way in Vienna.", "ongoing"),
    ],
)
def test_the_status_of_one_sentence(told: Told, text: str, status: str) -> None:
    """Each way of telling gives its status."""
    assert [record.status for record in told(text)[0]] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "Poland and Belarus have not held talks since the border was closed.",
        "Emmanuel Macron left Berlin without meeting Olaf Scholz.",
        "Germany has no plans for a meeting with Sergey Lavrov.",
        "The leaders of Japan and South Korea failed to meet in Madrid.",
    ],
)
def test_what_did_not_happen_is_no_record(told: Told, text: str) -> None:
    """A contact that did not happen and that nobody refused gives nothing."""
    assert told(text)[0] == ()


def test_a_later_sentence_changes_the_status(told: Told) -> None:
    """A plan and its cancelling in one report are one cancelled encounter."""
    records, _ = told(
        "Emmanuel Macron was to meet Olaf Scholz in Berlin on Thursday. The meeting has been cancelled, Paris said."
    )
    assert [(r.kind, r.status, len(r.evidence)) for r in records] == [("meeting", "cancelled", 2)]


def test_a_day_after_the_report_is_a_plan(told: Told) -> None:
    """The headline present with a day to come is scheduled, not held."""
    records, _ = told("Emmanuel Macron meets Olaf Scholz in Berlin on January 25.")
    assert [r.status for r in records] == ["scheduled"]
