"""The network gives the same roles every time, and sentences do not disturb each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from communique.errors import KnowledgeError
from communique.language import Reading
from communique.statements.attribution import joined, trimmed, without_dateline
from communique.statements.features import FIELDS, PATH_FIELDS, describe, paths
from communique.statements.framing import by_frames
from communique.statements.network import Network, network
from communique.statements.tagger import by_network


def test_features_stay_inside_their_fields(reading_of: Callable[[str], Reading]) -> None:
    """Features stay inside their fields."""
    reading = reading_of("“We shall see,” the envoy said in Quito, “but: not before 2031 …” Why?")
    for sentence in reading.sentences:
        features = describe(reading, sentence)
        for column, size in enumerate(FIELDS.values()):
            assert features.fields[:, column].max() < size
        for cue in range(len(features.words)):
            path = paths(features, cue)
            for column, size in enumerate(PATH_FIELDS.values()):
                assert 0 <= path[:, column].min() <= path[:, column].max() < size


def test_a_sentence_is_read_alike_alone_and_among_others(reading_of: Callable[[str], Reading]) -> None:
    """A sentence is read alike alone and among others."""
    reading = reading_of("The minister said that it rained. Nobody listened to the long speech of the envoy.")
    features = [describe(reading, s) for s in reading.sentences]
    together, alone = network().read(features), network().read(features[:1])
    np.testing.assert_allclose(together.cues[0], alone.cues[0], atol=1e-5)
    (one,) = network().roles(features, together, [(0, 2)])
    np.testing.assert_allclose(one.sum(1), 1, atol=1e-5)


def test_the_same_text_gives_the_same_attributions(reading_of: Callable[[str], Reading]) -> None:
    """The same text gives the same attributions."""
    text = "The envoy said that it rained, according to a clerk. “Let us go,” she added."
    assert by_network(reading_of(text)) == by_network(reading_of(text))


def test_weights_that_do_not_fit_are_refused() -> None:
    """Weights that do not fit are refused."""
    arrays = {"vocabulary": np.frombuffer(b'["a"]', dtype=np.uint8), "word.weight": np.zeros((9, 4))}
    with pytest.raises(KnowledgeError, match="vocabulary"):
        Network(arrays)


def test_nothing_parsed_gives_nothing(reading_of: Callable[[str], Reading]) -> None:
    """Nothing parsed gives nothing."""
    assert by_network(reading_of("")) == []
    assert network().roles([], network().read([]), []) == []


def test_a_name_behind_a_dash_says_what_stands_before(reading_of: Callable[[str], Reading]) -> None:
    """A name behind a dash says what stands before."""
    reading = reading_of("“A door is a door.” — Lena Holm\n\nThe weather was fine.")
    (said,) = by_frames(reading, [])
    assert reading.text[slice(*(said.speaker or (0, 0)))] == "Lena Holm"


def test_turns_of_a_transcript(reading_of: Callable[[str], Reading]) -> None:
    """Turns of a transcript."""
    text = "SECRETARY HOLM: We had good talks.\n\nQUESTION: About what?\n\nSECRETARY HOLM: About the sea."
    found = by_frames(reading_of(text), [])
    assert [text[slice(*a.content[0])] for a in found] == ["We had good talks.", "About what?", "About the sea."]
    assert by_frames(reading_of("NOTE: one line alone is no transcript."), []) == []


def test_spans_are_trimmed_and_joined() -> None:
    """Spans are trimmed and joined."""
    text = "  , one two ,"
    assert trimmed(text, (0, len(text))) == (4, 11)
    assert trimmed(text, (0, 3)) is None
    assert joined([(4, 7), (8, 11)], text) == ((4, 11),)
    dated = "LIMA, May 3 (Reuters) - Talks ended"
    assert dated[slice(*without_dateline(dated, (0, len(dated))))] == "Talks ended"
    assert without_dateline("Talks ended", (0, 11)) == (0, 11)
