"""How an ambiguous mention of data/ambiguous.jsonl is judged: the test and the evaluation judge alike.

Kinds of row: `expect` lists [name, side] of everybody meant; an empty list says that nobody of the file may be named.
"""

from __future__ import annotations

from typing import Any

from communique.actors import Cast, load_authority
from communique.actors.folding import name_words
from communique.records import Participant

__all__ = ["judged"]


def judged(row: dict[str, Any], cast: Cast) -> bool:
    """Does the cast settle the row's mention as the row expects?"""
    text, mention = str(row["text"]), str(row["mention"])
    if row["kind"] == "report":
        return _any_right(row, cast)
    last = row["kind"] != "coreference" or mention not in text[: len(mention) + 2]
    at = text.rindex(mention) if last else text.index(mention)
    if row["kind"] == "place":
        return _place_right(row, cast, at, at + len(mention))
    got = cast.resolve(at, at + len(mention))
    found = [p for p in got if p.type == "person"] or list(got)
    wanted = [(set(name_words(name)), side) for name, side in row["expect"]]
    if not wanted:
        return not any(p.actor for p in got)
    have = [(_forms(p), p.represents if any(s for _, s in wanted) else None) for p in found]
    return len(have) == len(wanted) and all(
        any(any(w <= h or h <= w for h in forms) and s == side for forms, side in have) for w, s in wanted
    )


def _forms(participant: Participant) -> list[set[str]]:
    """The words of each spelling of a participant: the file may print another one than the row expects."""
    authority = load_authority()
    forms = [participant.name]
    number = authority.number_of(participant.actor) if participant.actor and participant.type == "person" else None
    if number is not None:
        person = authority.person(number)
        forms += [person.name, *person.aliases]
    elif participant.actor in authority.bodies:
        forms += [spelling for spelling, form in authority.spellings(participant.actor) if form != "demonym"]
    return [set(name_words(form)) for form in forms]


def _place_right(row: dict[str, Any], cast: Cast, start: int, end: int) -> bool:
    """A town and its country; and no person there."""
    ((name, country),) = row["expect"]
    people = [p for p in cast.resolve(start, end) if p.type == "person"]
    return not people and [(p.name, p.country) for p in cast.places_in(start, end)] == [(name, country)]


def _any_right(row: dict[str, Any], cast: Cast) -> bool:
    at = str(row["text"]).index(str(row["mention"]))
    ((name, side),) = row["expect"]
    end = at + len(str(row["mention"]))
    near = [r for r in cast.references if r.start < end and at < r.end and r.type == "person"]
    wanted = set(name_words(name))
    return any(
        (wanted <= set(name_words(p.name)) or set(name_words(p.name)) <= wanted) and side in {None, p.represents}
        for r in near
        for p in r.participants
    )
