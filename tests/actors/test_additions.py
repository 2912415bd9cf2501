"""A user's own actors."""

from __future__ import annotations

import contextlib
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import actors
from communique.actors.addition_checks import office_type
from communique.actors.additions import keep, read_entries
from communique.errors import KnowledgeError
from communique.records import Dating
from tests.actors.support import reading

TOML = """
[[person]]
name = "Torvald Brekkesund"
side = "NO"
aliases = ["T. Brekkesund"]
offices = [{ office = "Minister of Foreign Affairs", type = "foreign_minister", start = "2031-01", end = "2033" }]

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
    ("name", "text", "faults"),
    [
        ("a.toml", '[[person]]\nname = "X"\nsides = "NO"\n',
         ["line 1: the person has no 'side'", "line 3, field 'sides'"]),
        ("a.toml", '[[persons]]\nname = "X"\n', ["line 1, field 'persons': there is no such kind"]),
        ("a.toml", "not toml", ["cannot be read"]),
        ("a.toml", '[[body]]\nname = "X"\n', ["line 1: the body has no 'id'"]),
        ("a.csv", "name,side,office,type,start\nX,NO,Minister,cook,soon\n",
         ["field 'type': 'cook'", "field 'start': 'soon'"]),
        ("a.csv", "name,side,rank\nX,NO,1\n", ["line 2, field 'rank': a person has no such field"]),
        ("a.csv", "name,side\nX,NO,1\n", ["line 2: 3 cells where the first line has 2"]),
        ("a.csv", "name,side\nX,Norway\nY,Atlantis\n",
         ["line 2, field 'side'.*Perhaps NO is meant", "line 3, field 'side'"]),
        ("a.csv", "entry,name\ncook,X\n", ["line 2, field 'entry': there is no kind 'cook'"]),
        ("a.csv", "name,name\nX,Y\n", ["line 1, field 'name': the column stands twice"]),
        ("a.yaml", "person:\n  - name: X\n    side: NO\n  - side: NO\n    aliases: Y\n",
         ["line 4: the person has no 'name'", "line 5, field 'aliases': 'Y' is no list"]),
        ("a.yaml", "person:\n  - name: X\n    side: NO\n    offices:\n      - {office: King, start: 2022-02-30}\n",
         ["line 5, field 'start': '2022-02-30' is no day"]),
        ("a.yaml", "person:\n  - name: X\n    side: NO\n    offices:\n      - {office: King, start: 2022, end: 2021}\n",
         ["2021 is before the start, 2022"]),
        ("a.yaml", "office:\n  - person: Nobody Atall\n    office: Gardener\n",
         ["line 2, field 'person': nobody is called", "field 'type': nothing tells what kind of office 'Gardener' is"]),
        ("a.yaml", "alias:\n  - of: Nothing Atall\n    aliases: [X]\n", ["line 2, field 'of': nothing is called"]),
        ("a.yaml", "person:\n  - name: X\n    name: Y\n", ["cannot be read.*duplicate key"]),
        ("a.yaml", "person: !!python/object/apply:os.getcwd []\n", ["line 1: the tag .* is not taken"]),
        ("a.yaml", "person: &a [*a]\n", ["cannot be read"]),
        ("a.yaml", "- 1\n", ["line 1: the file holds no lists of entries"]),
        ("a.yaml", "person: 3\nbody:\n  - x\n",
         ["line 1, field 'person': it holds no list", "line 2, field 'body': 'x' is not"]),
        ("a.yaml", "place:\n  - name: ''\n    country: 7\n", ["field 'name': '' is no text", "there is no side '7'"]),
        ("a.txt", "", ["files ending in .txt are not understood"]),
    ],
)  # fmt: skip
def test_bad_entries_are_named(tmp_path: Path, name: str, text: str, faults: list[str]) -> None:
    """Each fault of a user's file is named, with file, line and field, and nothing of the file is taken over."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        actors.load_authority(path)
    assert str(path) in str(error.value)
    for fault in faults:
        assert re.search(fault, str(error.value)), str(error.value)


YAML = """
# our desk's own
person:
  - name: Torvald Brekkesund
    side: NO            # Norway, and not false
    aliases: [Thorwald Brekkesund]
    offices:
      - office: Minister of Foreign Affairs
        start: 2031-01-14
        end: 2033
  - id: Q58217
    aliases: ["Sergej Lawrow Senior"]
office:
  - person: Torvald Brekkesund
    office: Prime Minister
    start: 2034
  - person: Q58217
    office: President
    start: 2040
    end: 2041
forum:
  - id: NSRF
    name: North Sea Rescue Forum
    aliases: [NSRF]
    members: [NO, GB, "EU"]
body:
  - id: LIB
    name: Lysefjord Islands
    kind: state
    demonyms: [Lysefjordian]
    houses: [Skerry House]
  - id: RU
    houses: [the Onion Dome]
place:
  - name: Brekkevik
    country: NO
    aliases: [Brekke Bay]
alias:
  - of: OSCE
    aliases: [the Helsinki club]
  - of: Torvald Brekkesund
    aliases: [Mr Fjord]
"""


def test_yaml_adds_and_overrides(tmp_path: Path) -> None:
    """People, offices, fora, states, houses, places and aliases of a YAML file are all in force."""
    path = tmp_path / "own.yaml"
    path.write_text(YAML, encoding="utf-8")
    authority = actors.load_authority(path)
    assert people("The Norwegian prime minister left.", authority, "2035-05-01")[0][0] == "Torvald Brekkesund"
    assert people("The Russian president left.", authority, "2040-05-01")[0] == ("Sergey Lavrov", "RU", "Q58217")
    (lavrov,) = authority.called("Sergej Lawrow Senior")
    number = authority.number_of(lavrov)
    assert number is not None
    kept = authority.person(number)
    assert "foreign_minister" in {r.type for r in kept.roles}, "an override keeps the fields that it does not give"
    found = {h.form: h.bodies[:1] for h in authority.scan("the Lysefjordian side at Skerry House")}
    assert found == {"demonym": ("LIB",), "capital": ("LIB",)}
    assert authority.state("LIB") is not None
    assert [h.bodies[0] for h in authority.scan("the Onion Dome and the Helsinki club")] == ["RU", "OSCE"]
    assert [(h.city.name, h.city.country) for h in authority.scan("in Brekke Bay") if h.city] == [("Brekkevik", "NO")]
    forum = authority.body("NSRF")
    assert forum is not None
    assert (forum.type, forum.side, forum.members) == ("forum", None, ("NO", "GB", "EU"))
    assert people("Norwegian Prime Minister Fjord left.", authority, "2035-05-01")[0][2] == "u:no/torvald-brekkesund"


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    """Entries are kept in a file that can be edited: comments stay, the same entry is replaced, aliases gather."""
    own, kept = tmp_path / "own.yaml", tmp_path / "kept.yaml"
    own.write_text(YAML, encoding="utf-8")
    plain = actors.load_authority()
    keep(kept, read_entries(own, plain))
    kept.write_text(kept.read_text(encoding="utf-8") + "# ours\n", encoding="utf-8")
    again = tmp_path / "again.csv"
    again.write_text(
        "entry,name,country,of,aliases\nplace,Brekkevik,NO,,Port Brekke\nalias,,,OSCE,the Vienna club\n",
        encoding="utf-8",
    )
    keep(kept, read_entries(again, plain))
    text = kept.read_text(encoding="utf-8")
    assert "# ours" in text
    assert text.count("Brekkevik") == 1
    authority = actors.load_authority(kept)
    spellings = ["Port Brekke", "the Vienna club", "the Helsinki club"]
    assert [bool(authority.scan(f"at {s}")) for s in spellings] == [True, True, True]
    assert not [h for h in authority.scan("at Brekke Bay") if h.city and h.city.name == "Brekkevik"]
    assert not kept.with_name("kept.yaml.new").exists()


def test_a_changed_file_is_loaded_anew(tmp_path: Path) -> None:
    """The authority follows the content of the user's file, and a file that is not there adds nothing."""
    path = tmp_path / "own.csv"
    assert actors.load_authority(path) is actors.load_authority()
    path.write_text(CSV, encoding="utf-8")
    first = actors.load_authority(path)
    assert actors.load_authority(path) is first
    path.write_text(CSV.replace("2034", "2035"), encoding="utf-8")
    assert actors.load_authority(path) is not first


@pytest.mark.parametrize(
    ("office", "kind"),
    [
        ("Minister of Foreign Affairs", "foreign_minister"), ("Prime Minister", "head_of_government"),
        ("Ambassador to Chad", "ambassador"), ("Gardener", None),
    ],
)  # fmt: skip
def test_types_of_offices(office: str, kind: str | None) -> None:
    """The type of an office is told from its name where that is known."""
    assert office_type(office) == kind


@given(st.text(max_size=300), st.sampled_from(["a.yaml", "a.toml", "a.csv"]))
@settings(max_examples=200, deadline=None)
def test_any_file_is_read_or_refused(text: str, name: str) -> None:
    """Whatever a file holds, it is taken over or refused with an error of ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        with contextlib.suppress(KnowledgeError):
            read_entries(path, actors.load_authority())


def test_own_actors_take_part_in_the_whole_journey(tmp_path: Path) -> None:
    """An analysis knows a user's own states and people to its end, and another one in the same process does not."""
    from communique.analysis import analyse
    from communique.knowledge import Knowledge
    from communique.settings import Settings

    own = tmp_path / "own.yaml"
    own.write_text(
        "body:\n  - {id: LIB, name: Lysefjord Islands, kind: state, demonyms: [Lysefjordian], houses: [Lysevik]}\n"
        "person:\n  - name: Torvald Brekkesund\n    side: LIB\n    offices: [{office: Prime Minister, start: 2020}]\n",
        encoding="utf-8",
    )
    text = (
        "LYSEVIK, 3 May 2031 - Lysefjordian Prime Minister Brekkesund met Norwegian Foreign Minister Ada Vatn in Oslo "
        "on Friday. The two ministers discussed fishing."
    )
    knowledge = Knowledge.load(Settings(actors=str(own)))
    met = analyse(text, "2031-05-03", knowledge=knowledge).encounters
    assert [(p.name, p.represents) for p in met[0].participants] == [("Torvald Brekkesund", "LIB"), ("Ada Vatn", "NO")]
    plain = Knowledge.load(Settings(record=str(tmp_path / "none.sqlite")))
    assert knowledge.fingerprint == Knowledge.current(Settings(actors=str(own))) != plain.fingerprint
    assert "LIB" not in {
        p.represents for e in analyse(text, "2031-05-03", knowledge=plain).encounters for p in e.participants
    }


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    """A setting that names no file is an error; a file beside the record need not be there."""
    from communique.knowledge import Knowledge
    from communique.settings import Settings

    assert Knowledge.current(Settings(record=str(tmp_path / "r.sqlite")))
    with pytest.raises(KnowledgeError, match="cannot be read"):
        Knowledge.current(Settings(actors=str(tmp_path / "none.yaml")))


def test_where_own_actors_are(tmp_path: Path) -> None:
    """Beside the record, unless the setting names another file."""
    from communique.settings import Settings

    assert Settings(record=str(tmp_path / "desk.sqlite")).actors_path == tmp_path / "desk.actors.yaml"
    assert Settings(actors=str(tmp_path / "x.csv")).actors_path == tmp_path / "x.csv"
