"""The authority file: people with dated offices, bodies with their spellings, places.

One compact file is decoded at the first use: names and indexes at once, a person's offices only when that person
is looked up. `Authority.scan` finds every spelling of a body or place in a text in one pass.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from communique.actors.entries import STATES, Body, City, Held, Hit, Person, Place, Role, Span
from communique.actors.folding import fold, name_words, skeleton
from communique.errors import KnowledgeError
from communique.records import ActorType

__all__ = ["Authority", "Body", "City", "Held", "Hit", "Person", "Place", "Role", "Span", "load_authority"]

_MAGIC: Final = b"CMQA0001"

_SHOUT: Final = re.compile(r"\b[A-Z]{4,}(?: [A-Z]{2,})*\b|\b[A-Z]{2,}(?: [A-Z]{4,})+\b")

_TYPES: Final[dict[str, ActorType]] = {
    "organisation": "organisation", "organ": "organisation", "agency": "organisation", "mission": "organisation",
    "court": "organisation", "forum": "forum", "format": "forum", "nonstate": "group", "agreement": "forum",
}  # fmt: skip


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


class Authority:
    """People, bodies and places that are known, found by spelling. See `load_authority`."""

    def __init__(self, sections: dict[str, Any], local: dict[str, Any]) -> None:
        people = sections["people"]
        self._strings: list[str] = sections["strings"]
        self._names: list[str] = people["names"]
        self._aliases: list[str] = people["aliases"]
        self._records = memoryview(people["records"])
        self._offsets = array("I", people["offsets"])
        self._keys: list[str] = people["keys"].split("\n")
        self._ends = array("I", people["ends"])
        self._postings = array("H", people["postings"])
        self._holders: dict[str, list[int]] = people["holders"]
        self.given: frozenset[str] = frozenset(people["given"])
        self._cities: list[list[Any]] = sections["places"]
        self._local = local
        self.bodies: dict[str, Body] = {}
        self._entries: dict[str, _Entry] = {}
        self._demonyms: dict[str, str] = {}
        self._extra: dict[int, Person] = {}
        self._extra_keys: dict[str, set[int]] = {}
        self._load_bodies(sections["bodies"])
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
            kind_type = "government" if state else _TYPES.get(kind, "government")
            name = names.get(ident, row["name"])
            body = Body(ident, kind, name, side, kind_type, row.get("seat", ""), tuple(row.get("members", ())))
            self.bodies[ident] = body
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

    # -- people ------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._names)

    def add_person(self, person: Person) -> None:
        """Add a person; one with the id of a person of the file takes that one's place."""
        number = next((n for n in self._numbers(person) if self.person(n).id == person.id), len(self._names))
        if number == len(self._names):
            self._names.append(person.name)
            self._aliases.append("")
        self._names[number], self._aliases[number] = person.name, "\t".join(person.aliases)
        self._extra[number] = person
        for form in (person.name, *person.aliases):
            for word in name_words(form):
                self._extra_keys.setdefault(skeleton(word), set()).add(number)
        for role in person.roles:
            numbers = self._holders.setdefault(f"{role.type}|{role.of}", [])
            if number not in numbers:
                numbers.append(number)
        self.person.cache_clear()
        self.sharing.cache_clear()
        self.bearers.cache_clear()

    def _numbers(self, person: Person) -> tuple[int, ...]:
        words = name_words(person.name)
        return self.sharing(words, len(set(words)))

    def add_body(self, body: Body, aliases: Iterable[str]) -> None:
        """Add a body with its spellings, or more spellings to one of the file; before the first scan."""
        self.bodies[body.id] = body
        for spelling in (body.name, *aliases):
            self._add(spelling, body.id, "name", ours=True)
        self.__dict__.pop("_automaton", None)

    @lru_cache(maxsize=8192)  # noqa: B019 - one authority lives as long as its process
    def person(self, number: int) -> Person:
        """The person of that number in the file."""
        if number in self._extra:
            return self._extra[number]
        ident, family, country, born, died, roles = msgspec.msgpack.decode(
            self._records[self._offsets[number] : self._offsets[number + 1]]
        )
        s = self._strings
        aliases = tuple(a for a in self._aliases[number].split("\t") if a)
        return Person(
            ident, self._names[number], aliases, family, country, born, died,
            tuple(
                Role(s[r[0]], s[r[1]], s[r[2]], s[r[3]], s[r[4]], r[5], r[6], r[7], r[8], tuple(r[9]), s[r[10]])
                for r in roles
            ),
        )  # fmt: skip

    def forms(self, number: int) -> tuple[tuple[str, ...], ...]:
        """The words of each spelling of a person's name."""
        return _forms(self._names[number], self._aliases[number])

    def _posting(self, token: str) -> frozenset[int]:
        at = bisect_left(self._keys, token)
        extra = frozenset(self._extra_keys.get(token, ()))
        if at == len(self._keys) or self._keys[at] != token:
            return extra
        return frozenset(self._postings[self._ends[at] : self._ends[at + 1]]) | extra

    @lru_cache(maxsize=4096)  # noqa: B019
    def sharing(self, words: tuple[str, ...], least: int) -> tuple[int, ...]:
        """Numbers of the people of whose name at least `least` of these words could be spellings, in file order."""
        count: dict[int, int] = {}
        for token in dict.fromkeys(skeleton(w) for w in words):
            for number in self._posting(token):
                count[number] = count.get(number, 0) + 1
        return tuple(sorted(n for n, c in count.items() if c >= least))

    @lru_cache(maxsize=1024)  # noqa: B019
    def bearers(self, word: str) -> int:
        """How many people of the file have exactly this word as a family name."""
        return sum(word in name_words(self.person(n).family) for n in self._posting(skeleton(word)))

    def holders(self, types: Iterable[str], side: str, days: Span | None) -> list[tuple[Person, Role, Held]]:
        """Who held an office of one of these types for a side at some time in `days`; confirmed ones first."""
        found = []
        for kind in types:
            for number in self._holders.get(f"{kind}|{side}", ()):
                person = self.person(number)
                for role in person.roles:
                    if role.type == kind and role.of == side and (held := role.held(days)) != "no":
                        found.append((person, role, held))
        return sorted(found, key=lambda f: (f[2], f[1].start == "", f[0].id))


@lru_cache(maxsize=32768)
def _forms(name: str, aliases: str) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(name_words(form) for form in (name, *aliases.split("\t")) if form))


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


@lru_cache(maxsize=2)
def load_authority(extra: Path | None = None) -> Authority:
    """The authority that comes with communique, with a user's own TOML or CSV file added (see actors/additions.py).

    Raises KnowledgeError if a file is not of the expected format.
    """
    raw = (files("communique") / "data" / "actors" / "authority.bin").read_bytes()
    if raw[: len(_MAGIC)] != _MAGIC:
        raise KnowledgeError(
            "not an authority file of this version", where="data/actors/authority.bin",
            remedy="Install communique again, or build the file with training/build_authority.py.",
        )  # fmt: skip
    authority = Authority(msgspec.msgpack.decode(zlib.decompress(raw[len(_MAGIC) :])), _local())
    if extra is not None:
        from communique.actors.additions import add_from

        add_from(authority, extra)
    return authority
