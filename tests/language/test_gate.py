"""The gate marks whole words, whatever their case, in one pass."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.language import Gate, split


def test_marks_are_whole_words_and_the_longest_wins() -> None:
    """`met` is not found in `metal`; `held talks` wins over `held`."""
    gate = Gate({"trigger": ["met", "held", "held talks"], "actor": ["nato"]})
    text = "NATO held talks on metal. They met."
    assert [(text[m.start : m.end], m.label) for m in gate.marks(text)] == [
        ("NATO", "actor"),
        ("held talks", "trigger"),
        ("met", "trigger"),
    ]


def test_labels_are_given_to_the_sentence_that_holds_them() -> None:
    """Each sentence gets the labels of the marks inside it."""
    gate = Gate({"trigger": ["met"], "cue": ["said"]})
    text = "They met. Nothing here. He said so."
    assert Gate.by_sentence(gate.marks(text), split(text)) == [{"trigger": 1}, {}, {"cue": 1}]


def test_case_counts_where_it_is_asked_for() -> None:
    """`US` is marked, `us` is not."""
    gate = Gate({"trigger": ["met"]}, exact={"actor": ["US"]})
    text = "The US met us."
    assert [(text[m.start : m.end], m.label) for m in gate.marks(text)] == [("US", "actor"), ("met", "trigger")]


@given(st.text(), st.text(alphabet="İıŞ ab"))
def test_offsets_hold_for_letters_that_change_length_when_lowered(before: str, after: str) -> None:
    """A mark's span holds the word that was looked for, whatever letters stand around it."""
    text = f"{before} talks {after}"
    found = [text[m.start : m.end].lower() for m in Gate({"trigger": ["talks"]}).marks(text)]
    assert "talks" in found
    assert set(found) == {"talks"}
