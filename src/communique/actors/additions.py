"""A user's own actors: read from a file, checked, put over the authority file, and kept beside the record.

A file in YAML or TOML has a list of entries under `person`, `office`, `body`, `forum`, `place` and `alias`; a CSV file
has a header line and one entry (of a person: one office) a line. An entry with the id of something that the authority
file has overrides the fields that it gives and keeps the others; aliases are added, and come before older bearers of
the same spelling. Every bad line is named in one error, and then nothing at all has been added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from communique.actors.addition_checks import ROLE_TYPES, faults_of, office_type
from communique.actors.addition_files import KINDS, LINES, Entry, Fault, entries_of
from communique.actors.authority import Authority, Body, City, Person, Role, body_type
from communique.actors.folding import fold
from communique.errors import InputError, KnowledgeError

__all__ = ["ROLE_TYPES", "add_entries", "add_from", "check_entries", "keep", "read_entries"]

_REMEDY: Final = "Nothing was taken over. Correct these lines and give the file again."
_HEADING: Final = (
    "# Your own actors: see `communique actors --help`. Edit at will; communique checks the file when it reads it.\n"
)


def add_from(authority: Authority, path: Path) -> None:
    """Put the entries of a file over an authority.

    Raises KnowledgeError naming each bad line; then nothing has been added.
    """
    add_entries(authority, read_entries(path, authority))


def read_entries(path: Path, authority: Authority) -> list[Entry]:
    """The entries of a file, checked against an authority. Raises KnowledgeError naming each bad line."""
    entries, faults = entries_of(path)
    faults = [*faults, *faults_of(entries, authority)]
    if faults:
        raise KnowledgeError(_told(faults), where=str(path), remedy=_REMEDY)
    return entries


def check_entries(entries: list[Entry], authority: Authority) -> None:
    """Check entries that stand in no file. Raises InputError naming every field that is wrong."""
    faults = faults_of(entries, authority)
    if faults:
        told = "; ".join(f"{f.field or 'entry'}: {f.what}" for f in faults)
        raise InputError(told, remedy=" ".join(dict.fromkeys(f"{f.remedy.rstrip('.')}." for f in faults)))


def _told(faults: Sequence[Fault]) -> str:
    lines = [f"  {fault}" for fault in sorted(dict.fromkeys(faults), key=lambda f: (f.line, f.field))]
    return "\n".join([f"{len(lines)} {'thing is' if len(lines) == 1 else 'things are'} wrong:", *lines])


def add_entries(authority: Authority, entries: Iterable[Entry]) -> Counter[str]:
    """Put checked entries over an authority; returns how many of each kind, overriding ones as `KIND overridden`."""
    done: Counter[str] = Counter()
    # Bodies first: people can act for them. Offices and aliases last: they belong to what stands before.
    order = ("body", "forum", "place", "person", "office", "alias")
    for entry in sorted(entries, key=lambda e: order.index(e.kind)):
        over = _ADD[entry.kind](authority, entry.fields)
        done[f"{entry.kind} overridden" if over else entry.kind] += 1
    return done


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(str(v).strip() for v in value or ())


def _body(authority: Authority, given: dict[str, Any], kind: str = "organisation") -> bool:
    ident = given["id"]
    old = authority.bodies.get(ident)
    if old is not None:
        kind = given.get("kind", old.kind)
        side = given.get("side", old.side)
    else:
        kind = given.get("kind", kind)
        side = given.get("side") or (None if kind in {"forum", "format", "agreement"} else ident)
    blank = Body(ident, kind, ident, side, body_type(kind))
    body = (old or blank)._replace(
        kind=kind, side=_known_side(side, authority), type=body_type(kind), source="user",
        name=given.get("name") or (old or blank).name, seat=given.get("seat") or (old or blank).seat,
        members=_strings(given["members"]) if "members" in given else (old or blank).members,
    )  # fmt: skip
    authority.add_body(
        body, _strings(given.get("aliases")), _strings(given.get("demonyms")), _strings(given.get("houses"))
    )
    return old is not None


def _forum(authority: Authority, given: dict[str, Any]) -> bool:
    return _body(authority, given, "forum")


def _place(authority: Authority, given: dict[str, Any]) -> bool:
    country = _known_side(given["country"], authority) or ""
    city = City(f"u:{country.lower()}/{_slug(given['name'])}", given["name"], country, 0, False)
    return authority.add_place(city, _strings(given.get("aliases")))


def _person(authority: Authority, given: dict[str, Any]) -> bool:
    ident = given.get("id") or ""
    number = authority.number_of(ident)
    side = _known_side(given.get("side"), authority) or ""
    if number is None:
        ident = ident or f"u:{side.lower()}/{_slug(given['name'])}"
        number = authority.number_of(ident)
    old = authority.person(number) if number is not None else None
    name = given.get("name") or (old.name if old else "")
    aliases = dict.fromkeys([*_strings(given.get("aliases")), *((old.name, *old.aliases) if old else ())])
    aliases.pop(name, None)
    side = side or (old.country if old else "")
    if "offices" in given:
        roles = tuple(_role(role, role.get("side") or side, authority) for role in given["offices"])
    else:
        roles = old.roles if old else ()
    family = old.family if old and name == old.name else name.split()[-1]
    person = Person(ident, name, tuple(aliases), family, side, old.born if old else "", old.died if old else "", roles)
    authority.add_person(person)
    return old is not None


def _office(authority: Authority, given: dict[str, Any]) -> bool:
    (ident,) = authority.called(given["person"])
    number = authority.number_of(ident)
    assert number is not None
    person = authority.person(number)
    role = _role(given, given.get("side") or person.country, authority)
    same = [r for r in person.roles if (r.type, r.of, r.start[:4]) == (role.type, role.of, role.start[:4])]
    authority.add_person(person._replace(roles=(*(r for r in person.roles if r not in same), role)))
    return bool(same)


def _role(given: dict[str, Any], side: str, authority: Authority) -> Role:
    kind = given.get("type") or office_type(given["office"]) or "other"
    start, end = str(given.get("start") or ""), str(given.get("end") or "")
    to = _known_side(given.get("to"), authority) or ""
    of = _known_side(side, authority) or ""
    # Whoever gives neither day vouches for the office on every day.
    return Role(given.get("office", ""), kind, "", of, to, start or "0001", end, "", "", (), "user")


def _alias(authority: Authority, given: dict[str, Any]) -> bool:
    aliases = _strings(given["aliases"])
    what = given["of"]
    if what in authority.bodies or not authority.called(what):
        ident = what if what in authority.bodies else authority.bodies_called(what)[0]
        authority.add_body(authority.bodies[ident], aliases)
        return False
    number = authority.number_of(authority.called(what)[0])
    assert number is not None
    person = authority.person(number)
    authority.add_person(person._replace(aliases=tuple(dict.fromkeys([*person.aliases, *aliases]))))
    return False


_ADD: Final = {
    "body": _body, "forum": _forum, "place": _place, "person": _person, "office": _office, "alias": _alias,
}  # fmt: skip


def _known_side(words: str | None, authority: Authority) -> str | None:
    """A side as the authority writes it: the one that a body acts for ("RU" for the Russian foreign ministry)."""
    if not words:
        return None
    body = authority.bodies.get(words)
    return (body.side if body is not None else None) or words


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")


# -- kept beside the record ------------------------------------------------------------------------------------------

_SAME: Final[dict[str, tuple[str, ...]]] = {
    "person": ("id", "name", "side"), "office": ("person", "type", "office", "side", "start"), "body": ("id",),
    "forum": ("id",), "place": ("name", "country"), "alias": ("of",),
}  # fmt: skip
"""By which fields an entry is the same as one that is kept already, and takes its place."""


def keep(path: Path, entries: Iterable[Entry]) -> None:
    """Add entries to the file of kept actors, made if it is not there; what stands for the same is replaced.

    Comments and order of the file stay. It is written whole to a new file first: a crash leaves the old one.
    """
    from ruamel.yaml import YAML

    writer = YAML(typ="rt", pure=True)
    writer.version = None
    writer.width = 110
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    document = writer.load(path.read_text(encoding="utf-8")) if path.exists() else None
    document = {} if document is None else document
    for entry in entries:
        rows = document.setdefault(entry.kind, [])
        same = [i for i, row in enumerate(rows) if _identity(entry.kind, row) == _identity(entry.kind, entry.fields)]
        value = _writable(entry.fields)
        if not same:
            rows.append(value)
        elif entry.kind == "alias":
            old = rows[same[0]]["aliases"]
            old.extend(a for a in value["aliases"] if a not in old)
        else:
            rows[same[0]] = value
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        if not path.exists():
            file.write(_HEADING)
        writer.dump({k: document[k] for k in KINDS if k in document} if type(document) is dict else document, file)
    new.replace(path)


def _identity(kind: str, fields: Any) -> tuple[str, ...]:
    return tuple(str(fields.get(name) or "") for name in _SAME[kind])


def _writable(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _writable(v) for k, v in value.items() if k != LINES}
    return [_writable(v) for v in value] if isinstance(value, list | tuple) else value
