"""The people of the authority file: found by words of their names, by office, or by id.

A person's offices are decoded only when that person is looked up.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

import msgspec

from communique.actors.entries import Held, Person, Role, Span
from communique.actors.folding import fold, name_words, skeleton

__all__ = ["Register"]

_OF_ORGANISATIONS: Final = frozenset({"io_head", "io_deputy"})
"""Types of office that only organisations have: "AU" is Australia too."""


class Register:
    """People by number, in the order of the file; those added later come after them."""

    def __init__(self, people: dict[str, Any], strings: list[str]) -> None:
        self._strings = strings
        self._names: list[str] = people["names"]
        self._aliases: list[str] = people["aliases"]
        self._blob: bytes = people["records"]
        self._offsets = array("I", people["offsets"])
        self._keys: list[str] = people["keys"].split("\n")
        self._ends = array("I", people["ends"])
        self._postings = array("H", people["postings"])
        self._holders: dict[str, list[int]] = people["holders"]
        self.given: frozenset[str] = frozenset(people["given"])
        self._organs: dict[str, list[str]] = {}
        self._extra: dict[int, Person] = {}
        self._extra_keys: dict[str, set[int]] = {}

    def __len__(self) -> int:
        return len(self._names)

    def number_of(self, ident: str) -> int | None:
        """The number of the person of that id; None if there is none."""
        for number, person in self._extra.items():
            if person.id == ident:
                return number
        # A record begins with its id: looked for in the packed records, which are not decoded.
        mark = msgspec.msgpack.encode(ident)
        at = self._blob.find(mark) if ident else -1
        while at > 0:
            number = bisect_left(self._offsets, at) - 1
            if self._offsets[number] == at - 1 and number not in self._extra:
                return number
            at = self._blob.find(mark, at + 1)
        return None

    def called(self, name: str) -> list[str]:
        """Ids of the people of that id, or else with that whole name or alias, accents and case apart."""
        if self.number_of(name) is not None:
            return [name]
        words, low = name_words(name), fold(name).lower()
        found = [self.person(n) for n in self.sharing(words, len(set(words)))]
        exact = [p.id for p in found if any(fold(form).lower() == low for form in (p.name, *p.aliases))]
        return list(dict.fromkeys(exact))

    def person_spellings(self) -> Iterator[tuple[int, str]]:
        """Every name and alias of every person, with the person's number."""
        for number, (name, aliases) in enumerate(zip(self._names, self._aliases, strict=True)):
            yield number, name
            for alias in aliases.split("\t"):
                if alias:
                    yield number, alias

    def add_person(self, person: Person) -> None:
        """Add a person; one with the id of a person of the file takes that one's place."""
        number = self.number_of(person.id)
        if number is None:
            number = len(self._names)
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

    @lru_cache(maxsize=8192)  # noqa: B019 - one authority lives as long as its process
    def person(self, number: int) -> Person:
        """The person of that number in the file."""
        if number in self._extra:
            return self._extra[number]
        ident, family, country, born, died, roles = msgspec.msgpack.decode(
            memoryview(self._blob)[self._offsets[number] : self._offsets[number + 1]]
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
        """Who held an office of one of these types for a side at some time in `days`; confirmed ones first.

        Offices of an organisation are its own (ARAB_LEAGUE), whatever side it acts for ("Arab League").
        """
        found = []
        for kind in types:
            own = self._organs.get(side, ()) if kind in _OF_ORGANISATIONS else ()
            for of in (side, *own):
                for number in self._holders.get(f"{kind}|{of}", ()):
                    person = self.person(number)
                    for role in person.roles:
                        if role.type == kind and role.of == of and (held := role.held(days)) != "no":
                            found.append((person, role, held))
        return sorted(found, key=lambda f: (f[2], f[1].start == "", f[0].id))


@lru_cache(maxsize=32768)
def _forms(name: str, aliases: str) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(name_words(form) for form in (name, *aliases.split("\t")) if form))
