"""The authority file for readers: who or what is called so, and everything that is known of one actor."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

import msgspec
from rapidfuzz import fuzz, process

from communique.actors.authority import Authority, Body, Person, Role
from communique.actors.entries import Held, Span
from communique.actors.folding import fold, name_words, skeleton

__all__ = ["Found", "OfficeView", "View", "find", "search", "sources", "view"]

_LEAST: Final = 72.0
"""Likeness (of 100) below which a spelling is no answer: below it, names shared a given name at most."""
_PART: Final = 88.0
"""The likeness of a spelling that has every word of the search among others."""
_MAIN: Final = ("head_of_state", "head_of_government", "foreign_minister", "io_head")


class Found(msgspec.Struct, frozen=True):
    """An actor that a search found: `what` is person, body or place, `kind` the type of the office or body.

    `matched` is the spelling that was like the search, `score` how like it was, of 100; `office` the one held on the
    day asked for, else the last one.
    """

    id: str
    name: str
    what: str
    kind: str
    side: str | None
    office: str
    score: float
    matched: str


class OfficeView(msgspec.Struct, frozen=True):
    """An office and when it was held. `until` says how the end is known: a day, "open", or what vouches for it.

    `verified` is False where it rests on general knowledge alone.
    """

    person: str
    name: str
    office: str
    type: str
    side: str
    to: str
    start: str
    end: str
    until: str
    sources: tuple[str, ...]
    verified: bool


class View(msgspec.Struct, frozen=True):
    """Everything that the authority has on one actor."""

    id: str
    name: str
    what: str
    kind: str
    side: str | None
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...] = ()
    houses: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    seat: str = ""
    start: str = ""
    end: str = ""
    offices: tuple[OfficeView, ...] = ()
    sources: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def sources() -> dict[str, str]:
    """What each key of a source stands for, with its licence."""
    text = (files("communique") / "data" / "actors" / "authority.manifest.json").read_text(encoding="utf-8")
    return dict(json.loads(text)["source_keys"]) | {"user": "your own actors"}


# -- search ----------------------------------------------------------------------------------------------------------


class _Form(NamedTuple):
    spelling: str
    what: str
    key: Any


def search(
    authority: Authority,
    text: str,
    *,
    kind: str | None = None,
    side: str | None = None,
    day: Span | None = None,
    limit: int = 20,
) -> list[Found]:
    """Actors whose spellings are like a text, the likest first.

    Typing errors and other transliterations are forgiven. `kind` is person, body, place, a type of office or a kind
    of body; `side` a side; with `day` (its first and last ISO day), people must have held an office then.
    """
    wanted = fold(text).lower().strip()
    forms = list(_forms(authority, kind))
    found: dict[tuple[str, str], Found] = {}
    for form, score in _like(authority, wanted, forms):
        one = _found(authority, form, score, kind, side, day)
        if one is not None and one.score > found.get((one.what, one.id), _NOBODY).score:
            found[one.what, one.id] = one
    return sorted(found.values(), key=lambda f: (-f.score, f.what != "body", len(f.matched), f.name, f.id))[:limit]


_NOBODY: Final = Found("", "", "", "", None, "", 0.0, "")


def _forms(authority: Authority, kind: str | None) -> list[_Form]:
    forms: list[_Form] = []
    if kind != "place":
        forms += [_Form(s, "body", i) for s, i in authority.body_spellings()]
    if kind not in {"body", "place"}:
        forms += [_Form(s, "person", n) for n, s in authority.person_spellings()]
    if kind in {None, "place"}:
        forms += [_Form(s, "place", c) for s, c in authority.place_spellings()]
    return forms


def _like(authority: Authority, wanted: str, forms: list[_Form]) -> list[tuple[_Form, float]]:
    """Forms like a text: by letters, and people by the sounds of their names, whatever the order of the words."""
    spelled = [fold(f.spelling).lower() for f in forms]
    scores: dict[int, float] = {}
    for scorer, less in ((fuzz.ratio, 0.0), (fuzz.token_sort_ratio, 2.0)):
        for _, score, at in process.extract(wanted, spelled, scorer=scorer, score_cutoff=_LEAST, limit=200):
            scores[at] = max(scores.get(at, 0.0), score - less)
    if len(wanted) > 2:
        asked = set(wanted.split())
        for at, spelling in enumerate(spelled):
            if wanted.split()[0] in spelling and asked <= set(re.split(r"[\s-]+", spelling)):
                scores[at] = max(scores.get(at, 0.0), _PART)
    found = [(forms[at], score) for at, score in sorted(scores.items())]
    words = name_words(wanted)
    sounds = " ".join(sorted(skeleton(w) for w in words))
    numbers = set(authority.sharing(words, max(1, len(set(words)) - 1))) if words else set()
    for form in forms:
        if form.what == "person" and form.key in numbers:
            theirs = " ".join(sorted(skeleton(w) for w in name_words(form.spelling)))
            # Sounds alone make "Ghazi" of "Xi": letters count as much.
            score = 0.5 * fuzz.token_sort_ratio(sounds, theirs)
            score += 0.5 * fuzz.token_sort_ratio(wanted, fold(form.spelling).lower())
            if score >= _LEAST:
                found.append((form, score))
    return found


def _found(
    authority: Authority, form: _Form, score: float, kind: str | None, side: str | None, day: Span | None
) -> Found | None:
    score = round(score, 1)
    if form.what == "place":
        city = form.key
        if day is not None or side not in {None, city.country}:
            return None
        return Found(city.id, city.name, "place", "place", city.country, "", score, form.spelling)
    if form.what == "body":
        body = authority.bodies[form.key]
        if (kind not in {None, "body", body.kind, body.type}) or (
            side is not None and side not in {body.side, body.id}
        ):
            return None
        if day is not None and (
            (body.start and body.start > day[1]) or (body.end and body.end < day[0][: len(body.end)])
        ):
            return None
        return Found(body.id, body.name, "body", body.kind, body.side, "", score, form.spelling)
    person = authority.person(form.key)
    roles = _roles(person, kind, side, day)
    if not roles and (side is not None or day is not None or kind not in {None, "person"}):
        return None
    role = roles[0] if roles else None
    of = role.of if role else person.country
    office = role.office if role else ""
    return Found(person.id, person.name, "person", role.type if role else "person", of, office, score, form.spelling)


def _roles(person: Person, kind: str | None, side: str | None, day: Span | None) -> list[Role]:
    """The roles that answer the question, the surest and latest first."""
    rank: dict[Held, int] = {"confirmed": 0, "probable": 1, "no": 2}
    found = [
        (rank[role.held(day)], role)
        for role in person.roles
        if kind in {None, "person", role.type} and side in {None, role.of} and role.held(day) != "no"
    ] if day is not None else [
        (0, role) for role in person.roles if kind in {None, "person", role.type} and side in {None, role.of}
    ]  # fmt: skip
    latest = sorted(found, key=lambda f: (_last(f[1]), f[1].type in _MAIN), reverse=True)
    return [role for _, role in sorted(latest, key=lambda f: f[0])]


def _last(role: Role) -> str:
    return role.end or role.asof or role.end_by or max(role.seen, default="") or role.start


# -- one actor -------------------------------------------------------------------------------------------------------


def find(authority: Authority, name: str) -> list[tuple[str, str]]:
    """What is called exactly so, as (what, id): by id first, else by every spelling of people and bodies."""
    if name in authority.bodies:
        return [("body", name)]
    if authority.number_of(name) is not None:
        return [("person", name)]
    people = [("person", i) for i in authority.called(name)]
    return people + [("body", i) for i in authority.bodies_called(name)]


def view(authority: Authority, what: str, ident: str, day: Span | None = None) -> View:
    """Everything on one actor; with `day`, only the offices held then."""
    if what == "body":
        return _body(authority, authority.bodies[ident], day)
    number = authority.number_of(ident)
    assert number is not None
    person = authority.person(number)
    roles = [r for r in person.roles if day is None or r.held(day) != "no"]
    roles.sort(key=lambda r: (r.start or min(r.seen, default="") or r.asof, r.office))
    offices = tuple(_office(person, role) for role in roles)
    return View(
        person.id, person.name, "person", "person", person.country, person.aliases, start=person.born, end=person.died,
        offices=offices, sources=tuple(dict.fromkeys(s for o in offices for s in o.sources)),
    )  # fmt: skip


def _body(authority: Authority, body: Body, day: Span | None) -> View:
    spellings = authority.spellings(body.id)
    forms = {
        form: tuple(s for s, f in spellings if f == form and s != body.name) for form in ("name", "demonym", "capital")
    }
    offices: list[OfficeView] = []
    if body.is_state or body.kind in {"organisation", "agency", "court"}:
        for person, role, _ in authority.holders(_MAIN, body.id, day):
            offices.append(_office(person, role))
    offices.sort(key=lambda o: (o.type, o.start or "9999", o.name))
    return View(
        body.id, body.name, "body", body.kind, body.side, forms["name"], forms["demonym"], forms["capital"],
        body.members, body.seat, body.start, body.end, tuple(offices), tuple(body.source.split()),
    )  # fmt: skip


def _office(person: Person, role: Role) -> OfficeView:
    if role.end:
        until = role.end
    elif role.asof:
        until = f"open ({role.asof})"
    elif role.end_by:
        until = f"by {role.end_by}"
    else:
        until = "" if not role.start and role.seen else "open"
    start = (
        ""
        if role.start == "0001"
        else role.start or ("seen " + ", ".join(s[:4] for s in role.seen) if role.seen else "")
    )
    keys = tuple(role.source.split())
    return OfficeView(
        person.id, person.name, role.office, role.type, role.of, role.to, start, role.end, until, keys,
        bool(set(keys) - {"curated"}),
    )  # fmt: skip
