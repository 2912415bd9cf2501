"""A log of trips and visits against the record: what the record has, what it lacks, and where the two disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from communique.query.questions import entries_of
from communique.query.results import Results, TimelineEntry
from communique.query.travel_log import LoggedTrip
from communique.records import TripState
from communique.store import facts as facts_of
from communique.store import select
from communique.store.connection import guarded

if TYPE_CHECKING:
    from communique.actors import Authority
    from communique.store import Reader

__all__ = ["Reconciled", "reconcile"]

Words: TypeAlias = tuple[str, ...]

_SLIP: Final = 5
"""Days on either side of a logged trip in which an encounter with the same host is taken to be of this trip, unless
another trip of the log covers it: in the log of the Office of the Historian, 94 % of 933 further trips of one
traveller to the same host begin later than that."""
_COARSE: Final = 31
"""A date known less well than to the month says nothing on whether a trip of some days took place."""
_NOT_THERE: Final = frozenset({"call", "message"})
_OFF: Final = frozenset({"postponed", "cancelled", "refused", "disputed"})


class Reconciled(msgspec.Struct, frozen=True):
    """A trip of the log and what the record says of it.

    `state`: "has" the record has an encounter of the traveller with the host, or in its country, on a day of the trip;
    "planned" it has one, but no report yet that it took place; "disagrees" it has one that cannot be squared with the
    log; "lacks" it has none. `because` says why in a sentence for each thing; `encounters` are those it rests on.
    """

    trip: LoggedTrip
    state: TripState
    because: tuple[str, ...]
    encounters: tuple[TimelineEntry, ...]


def reconcile(reader: Reader, trips: Sequence[LoggedTrip], authority: Authority) -> Results[Reconciled]:
    """What the record says of each trip, in the order of the log."""
    with guarded(reader.path):
        told = _told_forms(facts_of.names(reader.db), authority)
        theirs: dict[str, list[int]] = {}
        for i, trip in enumerate(trips):
            theirs.setdefault(trip.name, []).append(i)
        rows: dict[int, Reconciled] = {}
        for name, numbers in theirs.items():
            logged = [trips[i] for i in numbers]
            names = _spellings(name, told)
            met = _met(reader, names, logged)
            rows.update((i, _compare(trips[i], names, met, logged)) for i in numbers)
        return Results([rows[i] for i in range(len(trips))], len(trips))


# ---- the traveller


def _told_forms(known: Iterable[tuple[str, str | None]], authority: Authority) -> list[tuple[str, list[Words]]]:
    """Each name of the record with the words of it, and of every spelling that the authority file has for its actor."""
    from communique.actors.folding import name_words

    found = []
    for theirs, actor in known:
        words = name_words(theirs)
        forms = [words]
        if actor is not None:
            numbers = authority.sharing(words, len(set(words)))
            forms += [f for n in numbers if authority.person(n).id == actor for f in authority.forms(n)]
        found.append((theirs, forms))
    return found


def _spellings(name: str, told: Iterable[tuple[str, list[Words]]]) -> frozenset[str]:
    """The names of the record that may be this traveller's."""
    from communique.actors.folding import name_words

    words = name_words(name)
    titles = _titles()
    while len(words) > 1 and words[0] in titles:
        words = words[1:]
    return frozenset(theirs for theirs, forms in told if any(_agree(words, form) for form in forms))


@cache
def _titles() -> frozenset[str]:
    """Words that stand before a name in a log."""
    from communique.actors.folding import name_words
    from communique.actors.offices import office_words

    return frozenset({w for title in office_words() for w in name_words(title)} | {"king", "queen", "sultan", "amir"})


def _agree(logged: Sequence[str], told: Sequence[str]) -> bool:
    """Can the words of two names be of one person? The last agree, and every other of the shorter, if by initial."""
    if not logged or not told or logged[-1] != told[-1]:
        return False
    fewer, more = sorted((logged[:-1], told[:-1]), key=len)
    return all(any(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for b in more) for a in fewer)


def _met(reader: Reader, names: frozenset[str], trips: Sequence[LoggedTrip]) -> list[TimelineEntry]:
    if not names:
        return []
    chosen = select.Selection(
        actors=(tuple(sorted(names)),),
        first=_shifted(min(t.start for t in trips), -_SLIP),
        last=_shifted(max(t.end for t in trips), _SLIP),
    )
    numbers, _ = select.encounter_numbers(reader.db, chosen)
    return [e for e in entries_of(reader.db, numbers) if e.kind not in _NOT_THERE and _is_fine(e)]


def _is_fine(entry: TimelineEntry) -> bool:
    if entry.first is None or entry.last is None:
        return False
    return (date.fromisoformat(entry.last) - date.fromisoformat(entry.first)).days < _COARSE


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


# ---- one trip


def _compare(
    trip: LoggedTrip, names: frozenset[str], met: Sequence[TimelineEntry], logged: Sequence[LoggedTrip]
) -> Reconciled:
    """The state of one trip among the traveller's encounters; `logged` are all trips of this traveller."""
    theirs = [e for e in met if _may_be(e, names, trip)]
    there = [e for e in theirs if _is_with_host(e, trip.host)]
    during = [e for e in there if _within(e, trip)]
    took_place = [e for e in during if e.status in ("held", "ongoing")]
    if took_place:
        return Reconciled(trip, "has", (), tuple(took_place))
    off = [e for e in during if e.status in _OFF]
    if off:
        said = tuple(f"the record has it as {e.status}" for e in off)
        return Reconciled(trip, "disagrees", tuple(dict.fromkeys(said)), tuple(off))
    if during:
        return Reconciled(trip, "planned", ("no report says that it took place",), tuple(during))
    moved = [e for e in there if _near(e, trip) and not any(_covers(t, e) for t in logged)]
    if moved:
        said = tuple(f"the record dates it {e.date}" for e in moved)
        return Reconciled(trip, "disagrees", tuple(dict.fromkeys(said)), tuple(moved))
    away = [
        e for e in theirs
        if e.first == e.last and _within(e, trip) and e.status == "held" and e.country not in (None, trip.host)
        and e.kind == "visit" and not any(_covers(t, e) for t in logged)
    ]  # fmt: skip
    if away:
        said = tuple(f"the record has the traveller in {e.place or e.country} on {e.date}" for e in away)
        return Reconciled(trip, "disagrees", tuple(dict.fromkeys(said)), tuple(away))
    why = "no encounter of the traveller with this host on these days" if names else "the traveller is not in it"
    return Reconciled(trip, "lacks", (why,), ())


def _may_be(entry: TimelineEntry, names: frozenset[str], trip: LoggedTrip) -> bool:
    """Is the participant of that name for the guest's side, as far as both are told?"""
    return any(
        p.name in names and (trip.guest is None or p.represents in (None, trip.guest)) for p in entry.participants
    )


def _is_with_host(entry: TimelineEntry, host: str) -> bool:
    return entry.country == host or (entry.country is None and host in entry.sides)


def _within(entry: TimelineEntry, trip: LoggedTrip) -> bool:
    return bool(entry.first and entry.last) and str(entry.first) <= trip.end and str(entry.last) >= trip.start


def _near(entry: TimelineEntry, trip: LoggedTrip) -> bool:
    first, last = _shifted(trip.start, -_SLIP), _shifted(trip.end, _SLIP)
    return bool(entry.first and entry.last) and str(entry.first) <= last and str(entry.last) >= first


def _covers(trip: LoggedTrip, entry: TimelineEntry) -> bool:
    return _within(entry, trip) and _is_with_host(entry, trip.host)
