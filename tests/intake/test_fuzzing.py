"""Hostile input ends as reports or refusals, quickly: the short form of tests/intake/fuzzing.py."""

from __future__ import annotations

import pytest

from communique.language.reading import _is_language
from tests.intake import fuzzing


@pytest.mark.slow
def test_nothing_raises_and_nothing_is_silent() -> None:
    """A thousand damaged and slow inputs, some of them analysed: none raises."""
    told: list[str] = []
    assert fuzzing.run(1_000, 7, 40, told.append) == 0, "\n".join(told)


def test_inputs_are_the_same_for_the_same_seed() -> None:
    """What was found once can be found again."""
    assert list(fuzzing.inputs(50, 3)) == list(fuzzing.inputs(50, 3))


def test_what_nobody_wrote_as_a_sentence_is_not_parsed() -> None:
    """A run of marks without a space, and a sentence longer than any, are left to no parser."""
    from communique.analysis import analyse

    assert not _is_language("«" * 3_000)
    assert not _is_language("word " * 3_000)
    assert _is_language("The envoys met in Northport.")
    found = analyse("The envoys met in Northport. He said: " + "(" * 30_000, id="x")
    assert found.parsed <= 1
