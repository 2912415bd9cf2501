"""The authority file and its look-ups."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files

import pytest

from communique.actors import Authority, load_authority
from communique.actors.authority import Role, _loaded
from communique.errors import KnowledgeError


@pytest.fixture(scope="module")
def authority() -> Authority:
    return load_authority()


def test_file_is_the_one_of_the_manifest(authority: Authority) -> None:
    """The manifest names the file's hash, counts and attribution."""
    folder = files("communique") / "data" / "actors"
    manifest = json.loads((folder / "authority.manifest.json").read_text(encoding="utf-8"))
    raw = (folder / "authority.bin").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == manifest["sha256"]
    assert manifest["counts"]["people"] == len(authority)
    assert "GeoNames" in manifest["attribution"]
    assert "Institute for Government" in manifest["attribution"]


def role(**dates: object) -> Role:
    """A role with the given dates."""
    values = {"start": "", "end": "", "asof": "", "end_by": "", "seen": (), **dates}
    return Role("Minister", "minister", "XX.gov", "XX", "", *values.values(), "test")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dates", "day", "held"),
    [
        ({"start": "2010-05", "end": "2012"}, "2012-12-31", "confirmed"),
        ({"start": "2010-05", "end": "2012"}, "2013-01-01", "no"),
        ({"start": "2010-05", "end": "2012"}, "2010-04-30", "no"),
        ({"start": "2010", "asof": "2022-07"}, "2022-07-30", "confirmed"),
        ({"start": "2010", "asof": "2022-07"}, "2024-01-01", "probable"),
        ({"start": "2010", "end_by": "2022-07"}, "2024-01-01", "no"),
        ({"seen": ("2014-09",)}, "2015-01-01", "probable"),
        ({"seen": ("2014-09",)}, "2019-01-01", "no"),
    ],
)
def test_held_has_three_values(dates: dict[str, object], day: str, held: str) -> None:
    """An office was held for certain, probably, or not, and precision of dates is respected."""
    assert role(**dates).held((day, day)) == held
    assert role(**dates).held(None) == "probable"


def test_holders_on_a_day(authority: Authority) -> None:
    """The foreign minister of Russia on a day is one person."""
    held = authority.holders(["foreign_minister"], "RU", ("2022-01-11", "2022-01-11"))
    assert [(p.name, h) for p, _, h in held] == [("Sergey Lavrov", "confirmed")]


def test_secondary_crowns_are_no_side(authority: Authority) -> None:
    """A French president is head of state of France alone."""
    (macron,) = [
        p for n in authority.sharing(("emmanuel", "macron"), 2) if (p := authority.person(n)).name == "Emmanuel Macron"
    ]
    assert {r.of for r in macron.roles if r.type == "head_of_state"} == {"FR"}
    assert macron.country == "FR"


def test_scan_takes_the_longest_whole_words(authority: Authority) -> None:
    """The longest spelling wins, whole words only, and places set in capitals are found."""
    text = "ANKARA - Omanis met the Foreign Ministry of Iranian officials and the NATO-Russia Council of Türkiye."
    found = [text[h.start : h.end] for h in authority.scan(text)]
    assert found == ["ANKARA", "Omanis", "Iranian", "NATO-Russia Council", "Türkiye"]


def test_names_of_sides(authority: Authority) -> None:
    """A side has a body, an adjective and words for the gate."""
    ukraine = authority.state("UA")
    assert ukraine is not None
    assert (ukraine.name, ukraine.is_state) == ("Ukraine", True)
    assert (authority.demonym("UA"), authority.demonym("NATO"), authority.demonym("Q")) == ("Ukrainian", "NATO", "Q")
    assert authority.state(None) is None
    assert authority.body("nobody") is None
    assert {"ukraine", "kremlin", "nato"} <= set(authority.gate_words())


def test_wrong_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of another format says what to do."""
    monkeypatch.setattr("communique.actors.authority._MAGIC", b"CMQA9999")
    _loaded.cache_clear()
    with pytest.raises(KnowledgeError, match="build_authority"):
        load_authority()
    monkeypatch.undo()
    _loaded.cache_clear()


@pytest.mark.parametrize(
    ("spelling", "side"),
    [
        ("Argentinian", "AR"), ("Australian", "AU"), ("Ivorian", "CI"), ("Nepalese", "NP"), ("Ecuadorean", "EC"),
        ("Zairean", "ZR"), ("Cape Verdean", "CV"), ("Comorian", "KM"), ("Byelorussian", "BY"), ("Kirghiz", "KG"),
        ("Vanuatuan", "VU"), ("Slovakian", "SK"), ("Salvadorean", "SV"), ("Botswanan", "BW"), ("East Timorese", "TL"),
    ],
)  # fmt: skip
def test_variant_demonyms(authority: Authority, spelling: str, side: str) -> None:
    """Variant and older adjectives of states are known."""
    (hit,) = authority.scan(f"the {spelling} side")
    assert (hit.form, authority.bodies[hit.bodies[0]].side) == ("demonym", side)


@pytest.mark.parametrize(
    ("town", "name", "country"),
    [
        ("Tunis", "Tunis", "TN"), ("Naypyidaw", "Naypyidaw", "MM"), ("Nay Pyi Taw", "Naypyidaw", "MM"),
        ("Ulaanbaatar", "Ulaanbaatar", "MN"), ("Ramallah", "Ramallah", "PS"), ("Brazzaville", "Brazzaville", "CG"),
        ("Port Vila", "Port-Vila", "VU"), ("San Jose", "San José", "CR"), ("Bali", "Bali", "ID"),
    ],
)  # fmt: skip
def test_capitals_are_places(authority: Authority, town: str, name: str, country: str) -> None:
    """Seats of government are places with their country, also those that share their state's name or a namesake."""
    (hit,) = authority.scan(f"talks in {town}.")
    assert hit.form in {"capital", "place"}
    assert hit.city is not None
    assert (hit.city.name, hit.city.country) == (name, country)
