"""The words of contact: checked when loaded, with examples that hold."""

from __future__ import annotations

from typing import Any

import pytest

from communique.encounters import lexicon
from communique.encounters.lexicon import Example
from communique.errors import KnowledgeError
from tests.encounters.conftest import Told

EXAMPLES = [example for entry in lexicon.load().entries for example in entry.examples]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.text[:50])
def test_every_example_of_the_lexicon_holds(told: Told, example: Example) -> None:
    """A sentence beside a trigger gives the kind of encounter that it promises, or none."""
    kinds = [record.kind for record in told(example.text)[0]]
    if example.kind is None:
        assert kinds == []
    else:
        assert example.kind in kinds


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"phrases": ["meet"], "kind": "meeting", "frame": "mutual", "fram": 1}, "unknown key 'fram'"),
        ({"phrases": ["Meet"], "kind": "meeting", "frame": "mutual"}, "lower-case"),
        ({"phrases": ["meet"], "kind": "party", "frame": "mutual"}, "unknown kind"),
        ({"phrases": ["meet"], "kind": "meeting", "frame": "odd"}, "unknown frame"),
        ({"phrases": ["meet"], "kind": "meeting", "frame": "mutual", "strength": 2}, "strength"),
        ({"phrases": ["meet"], "kind": "meeting", "frame": "mutual", "examples": ["x"]}, "example"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(row: dict[str, Any], words: str) -> None:
    """An unknown key, kind, frame or example is refused, and the message names the entry."""
    with pytest.raises(KnowledgeError, match=r"verb 1") as caught:
        lexicon.check_triggers({"verb": [row]})
    assert words in str(caught.value)


def test_an_unknown_table_is_refused() -> None:
    """A misspelt table does not pass unnoticed."""
    with pytest.raises(KnowledgeError, match="nouns"):
        lexicon.check_triggers({"nouns": []})
    with pytest.raises(KnowledgeError, match="domain"):
        lexicon.check_words({"domain": {}})


def test_gate_words_are_lower_case_forms() -> None:
    """The gate hears of every form of a trigger."""
    words = set(lexicon.gate_words())
    assert {"met", "meeting", "talks", "visited", "summoned", "telephoned"} <= words
    assert all(word == word.lower() for word in words)
