"""The side of people of whom the text says no side: by the ground it is on, its dateline, the offices beside them."""

from __future__ import annotations

from typing import Final

from communique.actors.mentions import Named
from communique.actors.names import Run
from communique.actors.offices import Office
from communique.actors.people import Entity

__all__ = ["dateline", "fallback_side", "near_side", "spoken_for"]

_NO_GROUND: Final = frozenset({"UN", "EU", "AU"})
"""Organisations with names as short as those of states."""
_ON_GROUND: Final = frozenset({"in", "at", "visited", "visiting", "visits", "toured"})
_TOWARDS: Final = frozenset({"to", "from", "visit"})
_OPENING: Final = 2
"""Words that may stand before the city of a dateline at the beginning."""
_EARLY: Final = 10
"""Places among which a dateline in capitals is looked for."""


def near_side(word: int, named: Named) -> str | None:
    """The side on whose ground the text is before a word: the last country or capital after "in", "to", "visited".

    Without such a one, the side named last before, else None.
    """
    last = moved = None
    for hit, first, _ in reversed(named.hits):
        if first >= word:
            continue
        side = hit.city.country if hit.city is not None and hit.form != "name" else None
        side = side or next((s.side for s in named.sides if s.first == first), None)
        if (
            side is None
            or len(side) != 2
            or side in _NO_GROUND
            or (hit.form == "demonym" and named.words[first].low.endswith(("n", "i", "h", "se")))
        ):
            continue
        before = named.words[first - 1].low if first else ""
        before = named.words[first - 2].low if before == "the" and first > 1 else before
        if before in _ON_GROUND:
            return side
        moved = moved or (side if before in _TOWARDS else None)
        last = last or side
    return dateline(named) or moved or last or _ahead(word, named)


def dateline(named: Named) -> str | None:
    """The state of the city with which the text begins, if it is set as a dateline: "JAKARTA -", "Abu Dhabi, May 3"."""
    words = named.words
    for hit, first, last in named.hits[:_EARLY]:
        opens = first <= _OPENING or words[first - 1].sentence != words[first].sentence
        if hit.city is None or not opens or last + 1 >= len(words):
            continue
        marked = words[last + 1].text in {"-", "–", "—", "(", ":", "_", ","}
        if marked and (first <= _OPENING or words[first].text.isupper()):
            return hit.city.country
    return None


def _ahead(word: int, named: Named) -> str | None:
    """The first state, or state of a city, behind a word in its sentence, where none stands before it in the text."""
    for hit, first, _ in named.hits:
        if first > word and named.words[first].sentence == named.words[word].sentence:
            side = hit.city.country if hit.city is not None and hit.form != "name" else None
            side = side or next((s.side for s in named.sides if s.first == first), None)
            if side is not None and len(side) == 2 and side not in _NO_GROUND:
                return side
    return None


_STAFF: Final = frozenset({"spokesperson", "presidential_staff", "deputy_minister", "deputy_foreign_minister"})


def spoken_for(run: Run, named: Named) -> str | None:
    """The side of a "ministry spokesman", or of "X and Foreign Minister Y": that of the office named last before."""
    sentence = named.words[run.first].sentence
    joined = run.start_word and named.words[run.start_word - 1].low in {"and", ","}
    if joined and run.offices and not run.offices[0].side and not run.offices[0].plural:
        same = [
            o.side
            for o in named.offices
            if o.last < run.start_word and named.words[o.first].sentence == sentence and o.side and not o.plural
        ]
        if same:
            return same[-1]
    if (shared := _behind_both(run, named)) is not None:
        return shared
    if not any(o.kind.id in _STAFF and not o.side for o in run.offices):
        return None
    if any(_for_another(o, named) for o in run.offices):
        return None
    if any(o.portfolio == "ministry" for o in run.offices) and (own := _of_ministry(run, named)):
        return own
    before = [
        (o.side, named.words[o.first].sentence)
        for o in named.offices
        if o.last < run.start_word and o.side and len(o.side) == 2 and o.kind.id != "spokesperson"
    ]
    speaks = any(o.kind.id == "spokesperson" for o in run.offices)
    if before and before[-1][1] == sentence and (speaks or dateline(named) is None):
        return before[-1][0]
    return dateline(named) or (before[-1][0] if before else None)


def _for_another(office: Office, named: Named) -> bool:
    """Does the text say for whom somebody speaks, though it is no known side: "spokesman for the team"?"""
    behind = named.words[office.last + 1].low if office.last + 1 < len(named.words) else ""
    return office.kind.id == "spokesperson" and not office.side and office.owner < 0 and behind in {"for", "of"}


def _of_ministry(run: Run, named: Named) -> str | None:
    """The side of a "foreign ministry spokesman": of the ministry named last, or the only one of the sentence."""
    for hit, first, _ in reversed(named.hits):
        if first < run.start_word and hit.bodies and hit.bodies[0].endswith((".mfa", ".mod")):
            return hit.bodies[0].partition(".")[0]
    sentence = named.words[run.first].sentence
    here = {s.side for s in named.sides if named.words[s.first].sentence == sentence and len(s.side or "") == 2}
    return here.pop() if len(here) == 1 else None


def _behind_both(run: Run, named: Named) -> str | None:
    """The side behind the second of two people whom "and" joins: "President X and Prime Minister Y of Slovakia"."""
    if not run.offices or run.side or any(o.side for o in run.offices) or run.end_word + 1 >= len(named.words):
        return None
    if named.words[run.end_word + 1].low != "and":
        return None
    other = next((r for r in named.runs if r.start_word == run.end_word + 2), None)
    behind = other is not None and other.offices and not any(o.side for o in other.offices)
    return other.side if other is not None and behind and other.end_word > other.last else None


_PUBLIC: Final = frozenset(
    {
        "head_of_state", "monarch", "queen", "crown_prince", "head_of_government", "chancellor", "foreign_minister",
        "deputy_head_of_government", "secretary_of_state", "foreign_secretary", "deputy_foreign_minister", "minister",
        "defence_minister", "deputy_minister", "national_security", "military_chief", "intelligence_chief",
        "ambassador", "governor",
    }
)  # fmt: skip
"""Offices that only a state has; companies have presidents, vice presidents and spokesmen too."""


def fallback_side(entity: Entity) -> str | None:
    """The side of somebody with an office but no stated side: whose ground the text is on."""
    if entity.text_side or not entity.offices:
        return None
    public = any(o.kind.id in _PUBLIC or o.portfolio == "ministry" for o in entity.offices)
    return entity.spoken_for or (entity.near if public else None)
