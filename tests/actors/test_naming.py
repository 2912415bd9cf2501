"""Names with honorifics, titles and offices around them, and references back to people, in marked sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actors.marked import Marked, marked, wrong

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("sentence", list(marked(DATA / "naming.txt")), ids=lambda s: s.text[:40])
def test_names(sentence: Marked) -> None:
    """Names of every kind are found whole and with the side that the sentence gives."""
    assert wrong(sentence) == []


@pytest.mark.parametrize("sentence", list(marked(DATA / "referring.txt")), ids=lambda s: s.text[:40])
def test_references(sentence: Marked) -> None:
    """Nominals, class nouns of bodies and pronouns lead back to those named before."""
    assert wrong(sentence) == []


@pytest.mark.parametrize("sentence", list(marked(DATA / "leftovers.txt")), ids=lambda s: s.text[:40])
def test_faults_mended(sentence: Marked) -> None:
    """Words of headlines, outlets' errors, swapped names, surnames that are words and namesakes are settled or left."""
    assert wrong(sentence) == []
