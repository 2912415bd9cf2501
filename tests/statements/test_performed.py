"""Acts in words that are no reporting verbs: agreements reached, apologies, light verbs with a noun."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.records import Statement
from communique.statements.performed import acts_with

Find = Callable[..., tuple[Statement, ...]]


@pytest.mark.parametrize(
    ("text", "speaker", "content", "act"),
    [
        ("Norway and Bulgaria clinched a deal to reopen the ferry line.", "Norway; Bulgaria", "to reopen", "agree"),
        ("Norway and Bulgaria reached an agreement on the fishing grounds.", "Norway; Bulgaria", "fishing", "agree"),
        ("Sofia gave a cautious welcome to the plan for a new bridge.", "Bulgaria", "the plan for", "praise"),
        ("Norway made an appeal for calm on both banks.", "Norway", "calm on both", "request"),
        ("Bulgaria has held out assurances of help for the crews.", "Bulgaria", "help for the crews", "promise"),
        ("Anna Berg apologised to Bulgaria for the sinking of the ferry.", "Anna Berg", "the sinking", "agree"),
        ("Anna Berg praised the pilots and committed to return in May.", "Anna Berg", "to return in May", "promise"),
        ("Anna Berg raised the issue of the detained crew.", "Anna Berg", "the detained crew", None),
        ("Norway asked for the help of Bulgaria in the storm.", "Norway", "the help", "request"),
    ],
)
def test_acts_done_in_words(find: Find, text: str, speaker: str, content: str, act: str | None) -> None:
    """Speaker, content and act are found without a reporting verb."""
    found = [s for s in find(text) if content in " ".join(p.text for p in s.content)]
    assert [s.speaker for s in found] == [speaker]
    assert act is None or found[0].act == act


def test_what_that_stands_for_was_rejected(find: Find) -> None:
    """ "A plan that X has rejected": the plan is what was rejected."""
    found = find("Norway wants to move the border, a plan that Sofia has rejected.")
    said = [s for s in found if s.act == "reject"]
    assert [s.speaker for s in said] == ["Bulgaria"]
    assert said[0].content[0].text.startswith("a plan")


def test_a_denial_of_what_was_told_before(find: Find) -> None:
    """ "Denied this" is a statement, "noted this" is none."""
    assert [s.act for s in find("The Bulgarian Foreign Ministry denied this.")] == ["deny"]
    assert find("The Bulgarian Foreign Ministry noted this.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Norway seeks to widen its trade with the islands.",
        "Anna Berg gave no details about the plan for a “new ferry”.",
        "Backed by Norway, Petrov plans to open a harbour.",
        "Norway made territorial claims against Bulgaria.",
        "Anna Berg and Petrov discussed a proposal for a “summer ferry” on Monday.",
        "Bulgaria is worried about its ties after the “year of storms”.",
        "Norway did not reach an agreement on fishing.",
        "Norway might make an appeal for calm.",
        "Norway reached a harbour to rest.",
        "An agreement on fish is far off.",
    ],
)
def test_what_does_nothing_in_words(find: Find, text: str) -> None:
    """Wishes, silence, subjects of talks, worries, and what was not or only might be done are no statements."""
    assert find(text) == ()


@pytest.mark.parametrize(
    ("cue", "acts"),
    [
        ("has held out assurances of", True),
        ("reached an agreement on", True),
        ("held talks on", False),
        ("made", False),
    ],
)
def test_light_verb_and_noun_make_an_act(cue: str, acts: bool) -> None:
    """A light verb makes an act only with a noun that goes with it."""
    assert acts_with(cue.split()) is acts


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Anna Berg turned down the plan of the Bulgarian side.", "the plan of the Bulgarian side"),
        ("Anna Berg turned down the invitation to the fair.", "the invitation to the fair"),
        ("Anna Berg turned the invitation down.", "the invitation"),
        ("Anna Berg has ruled out sending ships.", "sending ships"),
        ("Ivan Petrov ruled out a meeting with the Norwegians.", "a meeting with the Norwegians"),
    ],
)
def test_a_particle_refuses(find: Find, text: str, refused: str) -> None:
    """Who rules out or turns down something refuses it."""
    assert [(s.act, s.content[0].text) for s in find(text)] == [("reject", refused)]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg did not turn down the invitation.",
        "Anna Berg turned down the road to the harbour.",
        "The invitation was turned down.",
        "Anna Berg turned out the lights.",
        "Anna Berg turned to the harbour.",
    ],
)
def test_no_particle_no_refusal(find: Find, text: str) -> None:
    """Other senses of the verb, and refusals that were not made, are none."""
    assert find(text) == ()


def test_what_is_only_pointed_to_is_no_statement(find: Find) -> None:
    """ "Had announced the journey" tells nothing of it; "announced the release of" does."""
    assert find("Anna Berg wrote to Sofia a day after Petrov had announced the journey.") == ()
    assert [s.act for s in find("Anna Berg announced the release of three fishermen.")] == ["announce"]


def test_regret_is_no_denial(find: Find) -> None:
    """Who regrets that there was none denies nothing."""
    assert [s.act for s in find("Anna Berg regretted that no date had been found.")] == ["assess"]
