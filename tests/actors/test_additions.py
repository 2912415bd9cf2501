"""A user's own actors."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique import actors
from communique.errors import KnowledgeError
from communique.records import Dating
from tests.actors.support import reading

TOML = """
[[person]]
name = "Torvald Brekkesund"
side = "NO"
aliases = ["T. Brekkesund"]
roles = [{ office = "Minister of Foreign Affairs", type = "foreign_minister", start = "2031-01", end = "2033" }]

[[person]]
id = "Q58217"
name = "Sergei Lavrov the Younger"
side = "RU"

[[body]]
id = "NSRF"
name = "North Sea Rescue Forum"
aliases = ["NSRF"]
"""
CSV = """name,side,office,type,start,end,aliases
Torvald Brekkesund,NO,Minister of Foreign Affairs,foreign_minister,2031-01,2033,T. Brekkesund
Torvald Brekkesund,NO,Prime Minister,head_of_government,2034,,
"""


def people(text: str, authority: actors.Authority, day: str) -> list[tuple[str, str | None, str | None]]:
    """(name, side, id) of everybody in a text."""
    read = reading(text)
    cast = actors.settle(read, actors.refer(read, authority), authority, Dating(value=day, basis="metadata"))
    return [(p.name, p.represents, p.actor) for r in cast.references for p in r.participants if p.type == "person"]


def test_toml_adds_people_and_bodies(tmp_path: Path) -> None:
    """People and bodies of a TOML file are found like those of the file."""
    path = tmp_path / "own.toml"
    path.write_text(TOML, encoding="utf-8")
    authority = actors.load_authority(path)
    found = people("The Norwegian foreign minister left the NSRF.", authority, "2032-05-01")
    assert found == [("Torvald Brekkesund", "NO", "u:no/torvald-brekkesund")]
    assert authority.body("NSRF") is not None
    assert [h.bodies for h in authority.scan("the NSRF met")] == [("NSRF",)]


def test_csv_joins_offices_of_one_person(tmp_path: Path) -> None:
    """Lines of one name and side are one person with several offices."""
    path = tmp_path / "own.csv"
    path.write_text(CSV, encoding="utf-8")
    authority = actors.load_authority(path)
    assert people("The Norwegian prime minister left.", authority, "2035-05-01")[0][0] == "Torvald Brekkesund"
    assert people("Mr Brekkesund, the Norwegian foreign minister, left.", authority, "2031-05-01")[0][2]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a.toml", '[[person]]\nname = "X"\nsides = "NO"\n', "unknown key 'sides'; person 1: no 'side'"),
        ("a.toml", '[[persons]]\nname = "X"\n', "unknown table 'persons'"),
        ("a.toml", "not toml", "cannot be read"),
        ("a.toml", '[[body]]\nname = "X"\n', "body 1: no 'id'"),
        ("a.csv", "name,side,office,type,start\nX,NO,Minister,cook,soon\n", "type 'cook'.*start 'soon'"),
        ("a.csv", "name,side,rank\nX,NO,1\n", "unknown key 'rank'"),
    ],
)
def test_bad_entries_are_named(tmp_path: Path, name: str, text: str, fault: str) -> None:
    """Each fault of a user's file is named, with the file."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=fault) as error:
        actors.load_authority(path)
    assert str(path) in str(error.value)
