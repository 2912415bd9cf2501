"""Whom a side or a forum stands for when nobody of it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.records import Participant

if TYPE_CHECKING:
    from communique.actors import Cast

__all__ = ["capital_of", "forum_sides", "government_of", "states_in"]

_FEW = 4
"""A forum of at most so many members is a contact between these ("NATO-Russia Council"); larger ones act as one."""


def government_of(side: str | None) -> Participant | None:
    """The state or organisation of a side as a participant; None for one that the authority file does not know."""
    from communique.actors import load_authority

    authority = load_authority()
    body = authority.state(side) if side else None
    if body is None and side:
        body = authority.body(side)
    if body is None:
        return None
    kind = "government" if body.is_state else "organisation"
    return Participant(body.name, kind, represents=side, actor=body.id)  # type: ignore[arg-type]


def states_in(text: str) -> list[str]:
    """The states that a piece of text names, by their name or capital, in order: "ambassador to Kenya"."""
    from communique.actors import load_authority

    authority = load_authority()
    hits = [hit for hit in authority.scan(text) if hit.form in {"name", "capital"} and len(hit.bodies) == 1]
    return [hit.bodies[0] for hit in hits if authority.state(hit.bodies[0]) is not None]


def capital_of(country: str) -> str | None:
    """The capital of a country; None where it has several or none is known."""
    from communique.actors import load_authority

    return load_authority().capital(country)


def forum_sides(cast: Cast, start: int, end: int) -> list[Participant]:
    """Who sits in the forum named at a span: its members where they are few, else the forum or organisation itself."""
    from communique.actors import load_authority

    authority = load_authority()
    for forum in cast.forums_in(start, end):
        body = authority.body(forum.actor)
        if body is not None and 0 < len(body.members) <= _FEW:
            found = [p for p in map(government_of, body.members) if p is not None]
            states = [p for p in found if p.type == "government"]
            mediated = len(states) > 1 and any(w in forum.name.lower() for w in ("dialogue", "talks", "process"))
            return states if mediated else found
        if body is not None:
            side = body.side or (forum.name if " " not in forum.name else None)
            kind = "forum" if body.side is None and side is None else "organisation"
            return [Participant(forum.name, kind, represents=side, actor=forum.actor)]  # type: ignore[arg-type]
    return list(cast.resolve(start, end))
