"""The lexicon and the signs of acts are checked when loaded, and their examples hold."""

from __future__ import annotations

import pytest

from communique.errors import KnowledgeError
from communique.records import SPEECH_ACTS
from communique.statements import acts, lexicon


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("deny", ("deny", "denied", "denies", "denying")),
        ("urge", ("urge", "urged", "urges", "urging")),
        ("stress", ("stress", "stressed", "stresses", "stressing")),
        ("plan", ("plan", "planned", "plans", "planning")),
        ("convey", ("convey", "conveyed", "conveys", "conveying")),
        ("report", ("report", "reported", "reports", "reporting")),
    ],
)
def test_regular_forms(lemma: str, forms: tuple[str, ...]) -> None:
    """Regular verbs are inflected as English spells them."""
    assert lexicon.inflect(lemma) == forms


def test_every_entry_has_an_act_and_irregular_forms_are_known() -> None:
    """Every entry has an act and irregular forms are known."""
    words = lexicon.lexicon()
    assert words.verbs["told"].lemma == "tell"
    assert words.verbs["rejected"].act == "reject"
    assert words.nouns["warnings"].act == "warn"
    assert all(entry.act in SPEECH_ACTS for entry in (*words.verbs.values(), *words.nouns.values()))
    assert "discussed" in words.silent


@pytest.mark.parametrize(
    "row",
    [{"act": "shout", "frames": "that"}, {"act": "inform", "frames": "sideways"}, {"act": "inform", "colour": "red"}],
)
def test_a_wrong_entry_is_refused(row: dict[str, str]) -> None:
    """A wrong entry is refused."""
    with pytest.raises(KnowledgeError, match=r"cues\.toml"):
        lexicon._entry("verbs", "say", row)


@pytest.mark.parametrize(
    ("sign", "example"), [(s, e) for s in acts.acts().signs for e in s.examples], ids=lambda v: str(v)[:40]
)
def test_examples_show_their_sign(sign: acts.Sign, example: str) -> None:
    """Examples show their sign."""
    assert sign.pattern.search(example.lower())


def test_every_sign_has_an_example() -> None:
    """Every sign has an example."""
    assert all(s.examples for s in acts.acts().signs)


@pytest.mark.parametrize(
    "row",
    [
        {"act": "shout", "weight": 1, "pattern": "x"},
        {"act": "warn", "weight": 1, "pattern": "("},
        {"act": "warn", "weight": 1, "pattern": "x", "where": "above"},
        {"act": "warn", "weight": 1, "pattern": "x", "colour": "red"},
    ],
)
def test_a_wrong_sign_is_refused(row: dict[str, object]) -> None:
    """A wrong sign is refused."""
    with pytest.raises(KnowledgeError, match=r"acts\.toml"):
        acts._sign(row, 1)


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("rejected", "any change of the treaty", "reject"),
        ("said", "the troops must leave the island at once", "demand"),
        ("thanked", "the hosts for their help", "praise"),
        ("said", "an attack would have serious consequences", "warn"),
        ("said", "we are grateful for the warm welcome", "praise"),
        ("said", "the ministers will meet in Lima next week", "announce"),
        ("denied", "that there were any talks", "deny"),
        ("said", "the delegation arrived by train", "inform"),
        ("accused", "the navy of ramming a trawler", "accuse"),
        ("offered", "to mediate between the two", "propose"),
    ],
)
def test_plain_acts(cue: str, content: str, act: str) -> None:
    """Plain language gives the plain act."""
    assert acts.act_of(lexicon.lexicon().verbs[cue], cue, content) == act


@pytest.mark.parametrize(
    ("content", "act"),
    [
        ("little headway had been made on the border", "assess"),
        ("there was no reason to be displeased", "assess"),
        ("the garrison would withdraw within a week", "promise"),
        ("the general would leave for Oslo on Monday", "announce"),
        ("the two presidents could meet in May", "announce"),
        ("the island would not bow to pressure", "reject"),
        ("rumours of a rift were simply made up", "deny"),
        ("the neighbours had gone back on their word", "accuse"),
        ("the guests left the hall by the back door", "inform"),
        ("the army would answer every shot", "threaten"),
        ("the price would be high", "warn"),
        ("the price of oil would be on the agenda", "announce"),
        ("he would like to meet his neighbour in May", "propose"),
    ],
)
def test_set_phrases(content: str, act: str) -> None:
    """Set phrases tell the act of what was said, and words near to them do not."""
    assert acts.act_of(lexicon.lexicon().verbs["said"], "said", content) == act
