"""What an entry of a user's own actors may hold, and what is wrong with one that holds something else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Final

from rapidfuzz import fuzz, process

from communique.actors.addition_files import LINES, Entry, Fault
from communique.actors.authority import Authority
from communique.actors.offices import office_kinds

__all__ = ["BODY_KINDS", "ROLE_TYPES", "faults_of", "near_side", "office_type"]

ROLE_TYPES: Final = frozenset(
    """
    ambassador central_bank chief_of_staff defence_minister deputy_foreign_minister deputy_head_of_government
    deputy_minister economy_minister eu_commissioner finance_minister foreign_minister head_of_agency
    head_of_foreign_policy head_of_government head_of_state intelligence_chief interior_minister io_deputy io_head
    justice legislature military_chief minister national_security opposition_leader other party_leader
    permanent_representative senior_official special_envoy spokesperson vice_president
    """.split()
)
"""The closed list of role types of the authority file."""
BODY_KINDS: Final = frozenset(
    """
    agency agreement cabinet_office central_bank court defence_ministry finance_ministry forum foreign_ministry format
    government head_of_government_office head_of_state_office intelligence legislature military ministry mission
    nonstate organ organisation party state territory
    """.split()
)
"""Kinds of body that a user may add."""

_FIELDS: Final[dict[str, frozenset[str]]] = {
    "person": frozenset({"id", "name", "side", "aliases", "offices"}),
    "office": frozenset({"person", "name", "side", "office", "type", "start", "end", "to"}),
    "body": frozenset({"id", "name", "kind", "side", "aliases", "demonyms", "houses", "seat", "members"}),
    "forum": frozenset({"id", "name", "kind", "side", "aliases", "seat", "members"}),
    "place": frozenset({"name", "country", "aliases"}),
    "alias": frozenset({"of", "aliases"}),
}
_NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "person": ("name", "side"), "office": ("person", "office"), "body": ("id", "name"), "forum": ("id", "name"),
    "place": ("name", "country"), "alias": ("of", "aliases"),
}  # fmt: skip
_ROLE: Final = frozenset({"office", "type", "start", "end", "to", "side"})
_LISTS: Final = frozenset({"aliases", "demonyms", "houses", "members"})
_NEAR: Final = 75.0
"""Likeness (of 100) from which a misspelt state is guessed at in an error's advice."""
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_DAY_REMEDY: Final = "Write YYYY, YYYY-MM or YYYY-MM-DD"


def office_type(office: str) -> str | None:
    """The role type of an office by its name; None where no phrase of data/actors/offices.toml tells it.

    >>> office_type("Minister of Foreign Affairs"), office_type("Gardener")
    ('foreign_minister', None)
    """
    phrases = office_kinds()[0]
    words = tuple(re.findall(r"[a-z]+(?:'[a-z]+)?|-", office.lower()))
    for start in range(len(words)):
        for end in range(len(words), start, -1):
            found = phrases.get(words[start:end])
            if found is not None and found.kind.types:
                return found.kind.types[0]
    return None


def faults_of(entries: list[Entry], authority: Authority) -> list[Fault]:
    """Everything that is wrong with these entries, in the order of their lines.

    Sides, members and accredited states must be known to the authority or be the id of a body among the entries.
    """
    own = {str(e.fields.get("id")) for e in entries if e.kind in {"body", "forum"} and e.fields.get("id")}
    named = {str(e.fields.get(f)) for e in entries for f in ("id", "name") if e.kind == "person" and e.fields.get(f)}
    found = [fault for entry in entries for fault in _faults(entry, authority, own, named)]
    return sorted(found, key=lambda f: (f.line, f.field))


def _faults(entry: Entry, authority: Authority, own: set[str], named: set[str]) -> Iterator[Fault]:
    fields = entry.fields
    for name in sorted(set(fields) - _FIELDS[entry.kind]):
        known = ", ".join(sorted(_FIELDS[entry.kind]))
        yield entry.fault(name, f"a {entry.kind} has no such field", f"Use {known}")
    overrides = entry.kind == "person" and authority.number_of(str(fields.get("id", ""))) is not None
    overrides = overrides or (entry.kind in {"body", "forum"} and str(fields.get("id", "")) in authority.bodies)
    for name in _NEEDED[entry.kind]:
        if name not in fields and not (overrides and name in {"name", "side"}):
            yield entry.fault("", f"the {entry.kind} has no {name!r}", f"Add {name}")
    yield from _values(entry)
    for name in ("side", "country"):
        if fields.get(name):
            yield from _side(entry, name, fields[name], authority, own)
    for member in _list(fields.get("members")):
        yield from _side(entry, "members", member, authority, own)
    if entry.kind in {"body", "forum"} and fields.get("kind") and fields["kind"] not in BODY_KINDS:
        yield entry.fault(
            "kind", f"{fields['kind']!r} is no kind of body", f"Use one of {', '.join(sorted(BODY_KINDS))}"
        )
    if entry.kind == "person":
        for role in _list(fields.get("offices")):
            yield from _role(entry, role, authority, own)
    if entry.kind == "office":
        yield from _role(entry, {k: v for k, v in fields.items() if k in _ROLE}, authority, own)
        yield from _person(entry, authority, named)
    if entry.kind == "alias" and fields.get("of"):
        yield from _bearer(entry, authority, own | named)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _values(entry: Entry) -> Iterator[Fault]:
    """Values of the wrong form: what is no text, no list, or empty."""
    for name, value in entry.fields.items():
        if name not in _FIELDS[entry.kind]:
            continue
        if name in _LISTS:
            if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
                yield entry.fault(name, f"{value!r} is no list of names", "Write several, as the guide shows")
        elif name == "offices":
            if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
                yield entry.fault(name, "it is no list of offices", "Write office, type, start and end of each")
        elif not isinstance(value, str) or not value.strip():
            yield entry.fault(name, f"{value!r} is no text", f"Give the {name}, or leave the field out")
        elif name == "name" and not any(c.isalpha() for c in value):
            yield entry.fault(name, f"{value!r} has no letter", "Give the name as English reports write it")


def _side(entry: Entry, name: str, value: Any, authority: Authority, own: set[str]) -> Iterator[Fault]:
    if not isinstance(value, str) or value in own or value in authority.bodies or authority.state(value) is not None:
        return
    near = near_side(value, authority)
    advice = f"Perhaps {near} is meant" if near else "Give two letters of a country (NO), or an organisation's id (EU)"
    yield entry.fault(name, f"there is no side {value!r}", advice)


def near_side(words: str, authority: Authority) -> str | None:
    """The side that these words name ("Norway", "Norwegian"), or the one whose id they nearly are."""
    for hit in authority.scan(words):
        if hit.bodies:
            return authority.bodies[hit.bodies[0]].side
    upper = words.upper()
    if upper in authority.bodies:
        return upper
    states = {body.name.lower(): body.side for body in authority.bodies.values() if body.is_state}
    near = process.extractOne(words.lower(), list(states), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return states[near[0]] if near else None


def _role(entry: Entry, role: dict[str, Any], authority: Authority, own: set[str]) -> Iterator[Fault]:
    lines = role.get(LINES) or {}
    at = entry._replace(line=min(lines.values()), lines=entry.lines | lines) if lines else entry
    if entry.kind == "person" and not lines and "offices" in entry.lines:
        at = entry._replace(line=entry.lines["offices"], lines={})
    for name in sorted(set(role) - _ROLE - {LINES}):
        yield at.fault(name, "an office has no such field", f"Use {', '.join(sorted(_ROLE))}")
    kind, office = role.get("type"), role.get("office")
    if not isinstance(office, str) or not office.strip():
        yield at.fault("office", "the office has no name", "Add office, as English reports write it")
    elif kind is not None and kind not in ROLE_TYPES:
        yield at.fault("type", f"{kind!r} is no type of office", f"Use one of {', '.join(sorted(ROLE_TYPES))}")
    elif kind is None and office_type(office) is None:
        advice = "Add a type: foreign_minister, ambassador, special_envoy, spokesperson, minister or other"
        yield at.fault("type", f"nothing tells what kind of office {office!r} is", advice)
    if role.get("to"):
        yield from _side(at, "to", role["to"], authority, own)
    if role.get("side") and entry.kind == "person":
        yield from _side(at, "side", role["side"], authority, own)
    days = {name: str(role[name]) for name in ("start", "end") if role.get(name) not in (None, "")}
    sound = {name: day for name, day in days.items() if _is_day(day)}
    for name in sorted(set(days) - set(sound)):
        yield at.fault(name, f"{days[name]!r} is no day", _DAY_REMEDY)
    if len(sound) == 2 and sound["end"] < sound["start"][: len(sound["end"])]:
        yield at.fault("end", f"{sound['end']} is before the start, {sound['start']}", "Correct one of them")


def _is_day(text: str) -> bool:
    match = _DAY.match(text)
    if match is None:
        return False
    try:
        dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def _person(entry: Entry, authority: Authority, named: set[str]) -> Iterator[Fault]:
    who = entry.fields.get("person")
    if not isinstance(who, str) or who in named:
        return
    found = authority.called(who)
    if not found:
        yield entry.fault("person", f"nobody is called {who!r}", "Give an id, or add the person first")
    elif len(found) > 1:
        yield entry.fault("person", f"several are called {who!r}", f"Give one id of {', '.join(found[:6])}")


def _bearer(entry: Entry, authority: Authority, own: set[str]) -> Iterator[Fault]:
    what = entry.fields["of"]
    if not isinstance(what, str) or what in own or what in authority.bodies:
        return
    found = [*authority.called(what), *authority.bodies_called(what)]
    if not found:
        yield entry.fault(
            "of", f"nothing is called {what!r}", "Give the id or the whole name; `actors search` finds it"
        )
    elif len(found) > 1:
        yield entry.fault("of", f"several are called {what!r}", f"Give one id of {', '.join(found[:6])}")
