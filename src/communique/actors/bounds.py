"""What the offices that people hold say about the day on which a report was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from communique.actors.authority import Authority, Role
from communique.actors.holding import fits
from communique.actors.mentions import Named
from communique.actors.names import Run
from communique.actors.offices import Office
from communique.actors.people import likeness

if TYPE_CHECKING:
    from communique.dates import DayBound

__all__ = ["Tenure", "common", "day_bounds", "tenures"]


_UNSURE: Final = frozenset(
    {"leader", "ambassador", "special_envoy", "spokesperson", "legislature", "presidential_staff"}
)
"""Kinds of office that reports keep giving to people after or before they held them, or to several at once."""


class Tenure(NamedTuple):
    """The interval in which a person held the office by which the report calls them (ISO, None is open)."""

    start: str | None
    end: str | None
    because: str


def tenures(named: Named, authority: Authority) -> list[Tenure]:
    """One interval for each person named with an office in force, in the order of the text.

    Only intervals that agree with each other are given: where an outlet calls somebody by an office lost long ago,
    the majority of the others rules; where no majority is, none is given.
    """
    found: dict[str, Tenure] = {}
    for run in named.runs:
        if len(run.words) < 2:
            continue
        for office in run.offices:
            side = office.side or office.kind.side or run.side
            sure = office.standing == "now" and not (office.plural or office.indefinite)
            if sure and side is not None and office.kind.id not in _UNSURE:
                for ident, tenure in _held(run, office, side, authority):
                    found.setdefault(ident, tenure)
    return _agreeing(list(found.values()))


def _held(run: Run, office: Office, side: str, authority: Authority) -> list[tuple[str, Tenure]]:
    found = []
    for number in authority.sharing(run.words, len(set(run.words))):
        person = authority.person(number)
        if not any(likeness(run.words, form) >= 0.9 for form in authority.forms(number)):
            continue
        roles = [r for r in person.roles if r.type in office.kind.types[:2] and r.of == side and r.start]
        if not roles:
            continue
        start, end = _reach(roles)
        title = max(roles, key=lambda r: r.start).office
        until = f"until {end}" if end else "with no known end"
        reason = f"{person.name} is called {title} of {side}, which {person.name} was from {start} {until}"
        found.append((person.id, Tenure(start, end, reason)))
    return found if len(found) == 1 else []


def _agreeing(tenures: list[Tenure]) -> list[Tenure]:
    """The largest set of tenures that share a day; nothing where two such sets are equally large and disagree."""
    sets: list[list[Tenure]] = []
    for low in sorted({_first(t.start) for t in tenures if t.start}):
        inside = [t for t in tenures if (not t.start or _first(t.start) <= low) and (not t.end or low <= _last(t.end))]
        if inside and inside not in sets:
            sets.append(inside)
    largest = max(map(len, sets), default=0)
    best = [s for s in sets if len(s) == largest]
    return best[0] if len(best) == 1 else []


def _reach(roles: list[Role]) -> tuple[str, str | None]:
    """First start and last end; no end where the latest role has none."""
    start = min(r.start for r in roles)
    latest = max(roles, key=lambda r: (r.start, r.end or "9999"))
    return start, (max(r.end for r in roles if r.end) if latest.end else None)


def day_bounds(named: Named, authority: Authority) -> tuple[DayBound, ...]:
    """The intervals in which the report must lie, because it calls people by offices that they hold.

    Former, new, coming and outgoing holders and people's ages count too (actors/holding.py), with less weight.
    """
    from communique.dates import DayBound

    found: list[DayBound] = []
    for f in fits(named, authority):
        if not f.lead:
            found.append(DayBound(f.start, f.end, f.because, f.spans, f.weight, f.between))
            continue
        early = f.earlier()
        found.append(DayBound(early[0][0], f.end, f.because, early, f.weight / 2, f.between / 2))
        found.append(DayBound(f.start, f.end, f.because, f.spans, f.weight / 2, f.between / 2))
    return tuple(found)


def common(bounds: list[Tenure]) -> tuple[str, str] | None:
    """The interval that all bounds share, as ISO days; None where it is open or empty."""
    low = max((_first(t.start) for t in bounds if t.start), default=None)
    high = min((_last(t.end) for t in bounds if t.end), default=None)
    if low is None or high is None:
        return None
    return (low, high) if low <= high else None


def _first(day: str) -> str:
    return (day + "-01-01")[:10] if len(day) == 4 else (day + "-01")[:10]


def _last(day: str) -> str:
    return day + "-12-31" if len(day) == 4 else day + "-31" if len(day) == 7 else day
