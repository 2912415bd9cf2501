"""Whose words they are, and who is no voice of the record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.records import Statement, TimeExpression

Find = Callable[..., tuple[Statement, ...]]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg, who met Ivan Petrov on Monday, said that the border will stay open.",
        "Anna Berg, whose country shares a river with the bloc led by Petrov, said that the border will stay open.",
        "Anna Berg, accompanied by Ivan Petrov, said that the border will stay open.",
    ],
)
def test_an_aside_names_no_speaker(find: Find, text: str) -> None:
    """Whoever is met or accompanied in an aside does not speak."""
    assert [s.speaker for s in find(text)] == ["Anna Berg"]


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian shipping giant rejected the offer.",
        "A Bulgarian striker warned that the match would be hard.",
        "The Norwegian coach praised his players.",
        "A Bulgarian baker accused the harbour of waste.",
    ],
)
def test_a_national_adjective_makes_no_government(find: Find, text: str) -> None:
    """Firms, clubs and private people do not speak for the state of their adjective."""
    assert find(text) == ()


def test_a_side_and_its_officials_speak_for_the_state(find: Find) -> None:
    """The side, the government and the officials of a state are voices of the record."""
    for who in ("side", "government", "negotiators"):
        assert find(f"The Norwegian {who} rejected the offer.")


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg did not want to comment on the threat of a strike.",
        "Petrov declined to comment on the plan.",
        "Berg and Petrov discussed the proposal for a new ferry.",
        "Nordic News Agency reported that the ferry was late.",
    ],
)
def test_what_is_no_statement(find: Find, text: str) -> None:
    """Silence, a subject of talks and an agency's own report are no statements."""
    assert find(text) == ()


def test_a_name_right_after_an_unnamed_spokesman_is_his(find: Find) -> None:
    """The name counts for what the spokesman said before as well."""
    text = (
        "A spokesman for the harbour office denied the report. “There is no quarrel,” Todor Ilkov said. "
        "The spokesman warned that the rumours do harm."
    )
    found = find(text)
    assert {(s.speaker, s.represents) for s in found} == {("Todor Ilkov", "BG")}
    assert len(found) == 3


def test_a_quoted_paragraph_goes_on_with_the_one_before(find: Find) -> None:
    """A paragraph that is all quotation is the same speaker's; the next paragraph is not."""
    text = "“We are ready,” Anna Berg told reporters.\n\n“Little is left. We hope to settle it soon.”\n\nIt rained."
    found = find(text)
    assert [s.speaker for s in found] == ["Anna Berg", "Anna Berg"]
    assert found[1].cue is None
    assert found[1].mode == "direct"


def test_turns_of_a_briefing(find: Find) -> None:
    """A name before a colon speaks the whole turn; the question is nobody's."""
    text = "Q: Will there be a ferry?\n\nAnna Berg: The ferry matters to both banks. It must sail.\n\nQ: When?"
    (said,) = find(text)
    assert (said.speaker, said.mode) == ("Anna Berg", "direct")


def test_a_court_hands_on_words(find: Find) -> None:
    """What an office tells in quotation marks of its minister is the minister's, through the office."""
    text = (
        "Anna Berg “underlined the role of the ferry and told her guest that she was ready to help”, the palace said."
    )
    (said,) = find(text)
    assert (said.speaker, said.relayed_by) == ("Anna Berg", "Royal Court of Norway")
    assert said.cue is not None
    assert said.cue.text == "underlined"


def test_a_call_to_inform(find: Find) -> None:
    """Calling somebody is no cue; what the call was for is."""
    (said,) = find("Anna Berg called Ivan Petrov to inform him that the ferry would sail in June.")
    assert said.cue is not None
    assert said.cue.text == "inform"
    assert said.content[0].text.endswith("the ferry would sail in June")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Anna Berg repudiated the map of the islands.", "reject"),
        ("Anna Berg defended the right of Bulgaria to build a harbour.", "support"),
        ("Anna Berg conveyed a strong protest to the envoy over the shooting.", "condemn"),
        ("Anna Berg expressed gratitude for the help.", "praise"),
        ("Petrov said Bulgaria will do its best to end the war.", "promise"),
        ("Petrov said the boats should leave, failing which there would be consequences.", "threaten"),
        ("Petrov said that Bulgaria was not willing to keep silent.", "reject"),
        ("Petrov said that the army had broken the truce.", "accuse"),
    ],
)
def test_acts_in_other_words(find: Find, text: str, act: str) -> None:
    """Acts that no single verb performs are told by the words around."""
    assert [s.act for s in find(text)] == [act]


def test_the_day_of_an_aside_is_not_the_day_of_saying(find: Find) -> None:
    """ "X, who met Y on Sunday, said": Sunday is the day of the meeting."""
    text = "Anna Berg, who met Ivan Petrov on Sunday, said that the border will stay open."
    at = text.index("Sunday")
    day = TimeExpression(at, at + 6, "Sunday", "date", "2019-05-12", "2019-05-12", "resolved")
    assert find(text, times=[day])[0].date is None
