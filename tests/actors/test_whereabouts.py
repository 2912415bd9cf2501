"""Places that the text introduces, and towns of one name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.actors.support import cast_of


def places(text: str) -> list[tuple[str, str | None]]:
    """Name and country of every place of a text."""
    return [(p.name, p.country) for p in cast_of(text, "2018-03-06").places]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministers met in Brodvik on Tuesday.", [("Brodvik", None)]),
        ("Talks were held in Vrelno, Serbia.", [("Vrelno", "RS")]),
        ("Talks were held in the lakeside resort of Vrelno.", [("Vrelno", None)]),
        ("They met in the Macedonian town of Vrelno.", [("Vrelno", "MK")]),
        ("They met in Italy's port of Mareluna.", [("Mareluna", "IT")]),
        ("They met in the port of Mareluna in southern Italy.", [("Mareluna", "IT")]),
        ("They met in Cambridge, Massachusetts.", [("Cambridge", "US"), ("Massachusetts", "US")]),
        ("Leaders of Indonesia met in Bali.", [("Bali", "ID")]),
        ("Costa Rica's ministers met in San Jose.", [("San José", "CR")]),
        ("U.S. and Mexican ministers met in San Jose.", [("San Jose", "US")]),
        ("Greek and U.S. officials met in Athens.", [("Athens", "GR")]),
        ("They met in Tunis, in Naypyidaw, in Oman.", [("Tunis", "TN"), ("Naypyidaw", "MM")]),
        ("They met in Singapore.", [("Singapore", "SG")]),
        ("They spoke at the World Economic Forum in Davos.", [("Davos", "CH")]),
    ],
)  # fmt: skip
def test_places_that_the_text_tells(text: str, expected: list[tuple[str, str | None]]) -> None:
    """A place has the name of the text and the country that the text or the report's states tell, else none."""
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They met at Independence Palace.",
        "They spoke of the Oslo Accords and the Paris Agreement.",
        "It was said in English, in Parliament, in May and in Operation Dawn.",
        "In Article 5, in Merkel's view, nothing changed.",
        "Prime Minister Torvald Brekkesund believes in Brekkesund.",
    ],
)
def test_names_that_are_no_places(text: str) -> None:
    """Palaces, treaties, languages, organs and months are no towns."""
    assert places(text) == []


PIECES = st.sampled_from(
    "in In at the town resort of port , . ( ) Ohrid Bali Italy Italian San Jose ’s \n Agreement É".split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=20))
def test_any_order_of_words_gives_sound_places(pieces: list[str]) -> None:
    """Places lie in the text, in order, none twice."""
    text = " ".join(pieces)
    found = cast_of(text).places
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert len({(p.start, p.end) for p in found}) == len(found)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="Hh.EexcellencyMr’' HisGen,Abl\n\"“-", max_size=60))
def test_honorifics_of_any_shape(text: str) -> None:
    """Whatever stands before a name, the references lie in the text."""
    assert all(0 <= r.start < r.end <= len(text) for r in cast_of(text).references)
