"""The authority file: people with dated offices, bodies with their spellings, places.

One compact file is decoded at the first use: names and indexes at once, a person's offices only when that person
is looked up. `Authority.scan` finds every spelling of a body or place in a text in one pass.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from communique.actors.entries import STATES, Body, City, Held, Hit, Person, Place, Role, Span
from communique.actors.folding import fold
from communique.actors.register import Register
from communique.errors import KnowledgeError
from communique.records import ActorType

__all__ = [
    "Authority", "Body", "City", "Held", "Hit", "Person", "Place", "Role", "Span", "body_type", "fresh_authority",
    "in_force", "load_authority",
]  # fmt: skip

_MAGIC: Final = b"CMQA0001"

_SHOUT: Final = re.compile(r"\b[A-Z]{4,}(?: [A-Z]{2,})*\b|\b[A-Z]{2,}(?: [A-Z]{4,})+\b")

_TYPES: Final[dict[str, ActorType]] = {
    "organisation": "organisation", "organ": "organisation", "agency": "organisation", "mission": "organisation",
    "court": "organisation", "forum": "forum", "format": "forum", "nonstate": "group", "agreement": "forum",
}  # fmt: skip


def body_type(kind: str) -> ActorType:
    """The type of actor that a kind of body is."""
    return "government" if kind in STATES else _TYPES.get(kind, "government")


class _Entry:
    """What one spelling can mean."""

    __slots__ = ("bodies", "cities", "forms", "weak")

    def __init__(self) -> None:
        self.bodies: list[str] = []
        self.forms: list[str] = []
        self.cities: list[City] = []
        self.weak = False

    @property
    def city(self) -> City | None:
        """The city that is meant without more."""
        return self.cities[0] if self.cities else None


class Authority(Register):
    """People, bodies and places that are known, found by spelling. See `load_authority`."""

    def __init__(self, sections: dict[str, Any], local: dict[str, Any]) -> None:
        super().__init__(sections["people"], sections["strings"])
        self._cities: list[list[Any]] = sections["places"]
        self._local = local
        self.bodies: dict[str, Body] = {}
        self._entries: dict[str, _Entry] = {}
        self._demonyms: dict[str, str] = {}
        self._load_bodies(sections["bodies"])
        # A side that several bodies share ("UN") is one of its own, whose offices are booked under it.
        self._organs = {
            side: ids
            for side, ids in self._organs.items()
            if len(ids) == 1 and (side not in self.bodies or self.bodies[side].is_state)
        }
        for spelling, ident in local["prefer"].items():
            entry = self._entries[fold(spelling)]
            entry.bodies.sort(key=lambda i: i != ident)
        self._load_cities()
        for spelling in local["ignored"]:
            entry = self._entries[fold(spelling)] = _Entry()
            entry.forms.append("ignored")
        for country, regions in local["regions"].items():
            for region in regions:
                entry = self._entries.setdefault(fold(region), _Entry())
                entry.cities = [City(f"region:{region}", region, country, 0, False)]
        for country, towns in local["capitals"].items():
            for town in towns:
                entry = self._entries.setdefault(fold(town), _Entry())
                if not any(c.country == country for c in entry.cities):
                    entry.cities.insert(0, City(f"capital:{country}", towns[0], country, 0, True))
                if country not in entry.bodies:
                    entry.bodies.append(country)
                    entry.forms.append("capital")

    # -- bodies and places -------------------------------------------------------------------------------------

    def _load_bodies(self, rows: list[dict[str, Any]]) -> None:
        local = self._local
        names, sides, extra, adjectives = local["names"], local["sides"], local["aliases"], local["demonyms"]
        for ident, row in local["former"].items():
            rows.append({"id": ident, "kind": "former", **row})
        for row in rows:
            ident, kind = row["id"], row["kind"]
            state = kind in STATES
            side = row.get("side") or sides.get(ident) or (ident if kind == "state" else row.get("of")) or (
                None if kind in {"forum", "format", "agreement"} else ident
            )  # fmt: skip
            if kind == "territory":
                side = row["of"]
            name = names.get(ident, row["name"])
            body = Body(
                ident, kind, name, side, body_type(kind), row.get("seat", ""), tuple(row.get("members", ())),
                str(row.get("start") or ""), str(row.get("end") or ""), " ".join(row.get("source", ())),
            )  # fmt: skip
            self.bodies[ident] = body
            if body.side not in {None, ident} and kind in {"organisation", "agency"}:
                self._organs.setdefault(str(body.side), []).append(ident)
            for alias in row.get("demonyms", ()):
                self._add(alias, ident, "demonym")
            if state and (own := [*row.get("demonyms", ()), *adjectives.get(ident, ())]):
                self._demonyms[ident] = own[0]
            for alias in (name, row["name"], *row.get("aliases", ())):
                self._add(alias, ident, "name")
            for alias in adjectives.get(ident, ()):
                self._add(alias, ident, "demonym", ours=True)
            for alias in extra.get(ident, ()):
                self._add(alias, ident, "name", ours=True)
            if state:
                for alias in row.get("metonyms", ()):
                    self._add(alias, ident, "capital")
                if row.get("capital"):
                    self._add(row["capital"], ident, "capital")
        self.bodies["EU"] = self.bodies["EU"]._replace(side="EU")

    def _add(self, spelling: str, ident: str, form: str, ours: bool = False) -> None:
        if len(spelling) < 2 or (not spelling[0].isalnum() and spelling[0] not in "ÉÇÖÜÅŁŚŠČ") or "(" in spelling:
            return
        if spelling in self._blocked or (spelling[0].islower() and " " not in spelling and not ours):
            return
        folded = fold(spelling)
        entry = self._entries.setdefault(folded, _Entry())
        if ident not in entry.bodies:
            entry.bodies.append(ident)
            entry.forms.append(form)
        entry.weak = entry.weak or spelling in self._weak

    @cached_property
    def _blocked(self) -> frozenset[str]:
        return frozenset(self._local["blocked"])

    @cached_property
    def _weak(self) -> frozenset[str]:
        return frozenset(self._local["weak"])

    def _load_cities(self) -> None:
        # Rows come by falling population: the largest city of a name is the one that is meant without more.
        for ident, name, aliases, country, population, capital, weak in self._cities:
            city = City(ident, name, country, population, capital)
            for spelling in (name, *aliases):
                folded = fold(spelling)
                entry = self._entries.get(folded)
                if entry is None:
                    if len(folded) < 4 and not capital and population < 500_000:
                        continue
                    entry = self._entries[folded] = _Entry()
                    entry.weak = weak
                seat = "capital" in entry.forms and country in entry.bodies
                own = spelling == name or seat
                if (capital or seat) and own and not (entry.city and entry.city.capital):
                    entry.cities.insert(0, city._replace(capital=True))
                elif len(entry.cities) < 8 and (spelling == name or not entry.cities):
                    entry.cities.append(city)

    @cached_property
    def _seats(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for _, name, _, country, _, capital, _ in self._cities:
            if capital:
                found.setdefault(country, []).append(name)
        return found

    def capital(self, country: str) -> str | None:
        """The capital of a country by its ISO code; None where it has several or none is known."""
        found = self._seats.get(country, [])
        return found[0] if len(found) == 1 else None

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, list[str]]:
        patterns = list(self._entries)
        return AhoCorasick(
            patterns, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        ), patterns

    def scan(self, text: str) -> list[Hit]:
        """Every spelling of a body or place in the text, whole words only, the longest where several overlap.

        Case counts: "US" is the country, "us" is not. Offsets hold in `text`.
        """
        hits = self._scan(fold(text))
        calm = _SHOUT.sub(lambda m: m.group().title(), fold(text))
        if len(calm) == len(text) and calm != fold(text):
            # "NEW DELHI (Agency)", "PUTIN IN MINSK": places and states set in capitals
            spans = {(h.start, h.end) for h in hits}
            more = [h for h in self._scan(calm) if not any(a < h.end and h.start < b for a, b in spans)]
            hits = sorted([*hits, *more], key=lambda h: h.start)
        return hits

    def _scan(self, folded: str) -> list[Hit]:
        automaton, patterns = self._automaton
        size = len(folded)
        found: list[tuple[int, int, int]] = []
        for index, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and (folded[start - 1].isalnum()):
                continue
            if end < size and folded[end].isalnum() and folded[end - 1] != "-":
                continue
            found.append((start, start - end, index))
        found.sort()
        hits: list[Hit] = []
        last = 0
        for start, negative, index in found:
            end = start - negative
            if start < last:
                continue
            last = end
            entry = self._entries[patterns[index]]
            cities = tuple(entry.cities)
            hits.append(Hit(start, end, self._form(entry), tuple(entry.bodies), entry.city, entry.weak, cities))
        return hits

    def _form(self, entry: _Entry) -> str:
        if entry.forms[:1] == ["ignored"]:
            return "ignored"
        city = entry.city
        if "capital" in entry.forms and city is not None:
            return "capital"
        if city is not None and city.capital and entry.bodies[:1] == [city.country] and entry.forms[0] == "name":
            return "capital" if fold(city.name) != fold(self.bodies[city.country].name) else "name"
        if entry.city is not None and "name" not in entry.forms and "demonym" not in entry.forms:
            return "place"
        state = self.bodies.get(entry.bodies[0]) if entry.forms[:1] == ["demonym"] else None
        if state is not None and fold(state.name) in self._entries and self._entries[fold(state.name)] is entry:
            return "name"  # "Myanmar" is the state, though it serves as an adjective too
        return next((f for f in ("demonym", "name", "capital") if f in entry.forms), "place")

    def body(self, ident: str) -> Body | None:
        """The body of that id."""
        return self.bodies.get(ident)

    def state(self, side: str | None) -> Body | None:
        """The state or organisation whose short name a side is."""
        if side is None:
            return None
        return self.bodies.get(side) or next((b for b in self.bodies.values() if b.side == side), None)

    def demonym(self, side: str) -> str:
        """The adjective of a side ("Russian"), or its name, or the side itself."""
        body = self.bodies.get(side)
        return self._demonyms.get(side) or (body.name if body is not None and body.is_state else side)

    def gate_words(self) -> Iterator[str]:
        """Lower-case spellings of states, organisations, fora, governments and their capitals, for the gate."""
        for spelling, entry in self._entries.items():
            if entry.bodies and len(spelling) > 2 and not entry.weak:
                yield spelling.lower()

    def gate_acronyms(self) -> Iterator[str]:
        """Spellings that only their capitals tell from words ("US", "EU"), for the gate."""
        for spelling, entry in self._entries.items():
            if entry.bodies and len(spelling) <= 4 and spelling.isupper():
                yield spelling

    def gate_names(self) -> Iterator[str]:
        """Lower-case full names of the people of the file, for the gate."""
        for name in self._names:
            if " " in name:
                yield name.lower()

    def bodies_called(self, name: str) -> list[str]:
        """Ids of the body of that id, or else of those with that spelling."""
        if name in self.bodies:
            return [name]
        entry = self._entries.get(fold(name))
        return list(entry.bodies) if entry is not None else []

    def spellings(self, ident: str) -> list[tuple[str, str]]:
        """Every spelling of a body (without accents), with its form: name, demonym or capital."""
        return sorted(
            (spelling, entry.forms[entry.bodies.index(ident)])
            for spelling, entry in self._entries.items()
            if ident in entry.bodies
        )

    def body_spellings(self) -> Iterator[tuple[str, str]]:
        """Every spelling of every body, with its id."""
        for body in self.bodies.values():
            yield body.name, body.id
        for spelling, entry in self._entries.items():
            for ident in entry.bodies:
                yield spelling, ident

    def place_spellings(self) -> Iterator[tuple[str, City]]:
        """Every spelling of every place, with the place."""
        for spelling, entry in self._entries.items():
            for city in entry.cities:
                yield spelling, city

    def add_body(
        self, body: Body, aliases: Iterable[str], demonyms: Iterable[str] = (), houses: Iterable[str] = ()
    ) -> None:
        """Add a body with its spellings, or more spellings to one of the file; before the first scan.

        A spelling that others have too means this body first.
        """
        self.bodies[body.id] = body
        given = [(s, "name") for s in (body.name, *aliases)] + [(s, "demonym") for s in demonyms]
        for spelling, form in [*given, *((s, "capital") for s in houses)]:
            entry = self._entries.setdefault(fold(spelling), _Entry())
            if entry.forms[:1] == ["ignored"] or body.id in entry.bodies:
                at = entry.bodies.index(body.id) if body.id in entry.bodies else 0
                del entry.forms[at : at + 1], entry.bodies[at : at + 1]
            entry.bodies.insert(0, body.id)
            entry.forms.insert(0, form)
            entry.weak = False
            if form == "demonym":
                self._demonyms[body.id] = spelling
        self.__dict__.pop("_automaton", None)

    def add_place(self, city: City, aliases: Iterable[str]) -> bool:
        """Add a place, which is then meant by its spellings without more; returns whether they were known before."""
        known = False
        for spelling in (city.name, *aliases):
            entry = self._entries.setdefault(fold(spelling), _Entry())
            known = known or bool(entry.cities or entry.bodies)
            entry.cities.insert(0, city)
            if not entry.bodies:
                entry.weak, entry.forms = False, []
        self.__dict__.pop("_automaton", None)
        return known


def _local() -> dict[str, Any]:
    known = {
        "blocked", "ignored", "regions", "weak", "prefer", "aliases", "former", "names", "sides", "capitals",
        "demonyms",
    }  # fmt: skip
    resource = files("communique") / "data" / "actors" / "bodies.toml"
    table = tomllib.loads(resource.read_text(encoding="utf-8"))
    if set(table) != known:
        raise KnowledgeError(
            f"keys {sorted(set(table) ^ known)} are unknown or missing", where="data/actors/bodies.toml",
            remedy="Keep to the keys of the shipped file.",
        )  # fmt: skip
    return table


_IN_FORCE: Final[ContextVar[Authority | None]] = ContextVar("authority in force", default=None)


@contextmanager
def in_force(authority: Authority) -> Iterator[None]:
    """Make this the authority that `load_authority` gives where none is asked for by file: that of an analysis."""
    token = _IN_FORCE.set(authority)
    try:
        yield
    finally:
        _IN_FORCE.reset(token)


def load_authority(extra: Path | None = None) -> Authority:
    """The authority that comes with communique, with a user's own actors put over it (see actors/additions.py).

    Without `extra`, the one of the analysis under way, else the one that comes with communique. An `extra` that is
    not there adds nothing. Loaded once for each content of `extra`.
    Raises KnowledgeError if a file is not of the expected format.
    """
    if extra is None and (now := _IN_FORCE.get()) is not None:
        return now
    if extra is None or not extra.exists():
        return _loaded(None, "")
    try:
        return _loaded(extra, hashlib.sha256(extra.read_bytes()).hexdigest())
    except OSError as error:
        raise KnowledgeError(
            f"it cannot be read ({error.strerror})", where=str(extra), remedy="Give a file that you may read."
        ) from error


@lru_cache(maxsize=2)
def _loaded(extra: Path | None, digest: str) -> Authority:
    return fresh_authority(extra)


def fresh_authority(extra: Path | None = None) -> Authority:
    """An authority of one's own, which may be changed. Raises KnowledgeError."""
    raw = (files("communique") / "data" / "actors" / "authority.bin").read_bytes()
    if raw[: len(_MAGIC)] != _MAGIC:
        raise KnowledgeError(
            "not an authority file of this version", where="data/actors/authority.bin",
            remedy="Install communique again, or build the file with training/build_authority.py.",
        )  # fmt: skip
    authority = Authority(msgspec.msgpack.decode(zlib.decompress(raw[len(_MAGIC) :])), _local())
    if extra is not None and extra.exists():
        from communique.actors.additions import add_from

        add_from(authority, extra)
    return authority
