"""What the offices that people hold say about the day on which a report was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.actors.authority import Authority, Role
from communique.actors.mentions import Named
from communique.actors.people import Entity, likeness

if TYPE_CHECKING:
    from communique.dates import DayBound

__all__ = ["day_bounds", "tenures"]


def tenures(named: Named, authority: Authority) -> list[tuple[str | None, str | None, str]]:
    """(first day, last day, reason) for each person named with an office in force, in the order of the text."""
    found: dict[str, tuple[str | None, str | None, str]] = {}
    for run in named.runs:
        if len(run.words) < 2:
            continue
        for office in run.offices:
            if office.standing != "now" or office.plural or office.indefinite:
                continue
            side = office.side or office.kind.side or run.side
            if side is None:
                continue
            for number in authority.sharing(run.words, len(run.words)):
                person = authority.person(number)
                if not any(likeness(run.words, form) >= 0.9 for form in authority.forms(number)):
                    continue
                roles = [r for r in person.roles if r.type in office.kind.types[:2] and r.of == side and r.start]
                if roles:
                    start, end = _reach(roles)
                    office_name = max(roles, key=lambda r: r.start).office
                    until = f"until {end}" if end else "with no known end"
                    reason = f"{person.name} is called {office_name} of {side} and was from {start} {until}"
                    found.setdefault(person.id, (start, end, reason))
    return list(found.values())


def _reach(roles: list[Role]) -> tuple[str | None, str | None]:
    """First start and last end; no end where one of the roles has none."""
    start = min(r.start for r in roles)
    latest = max(roles, key=lambda r: (r.start, r.end or "9999"))
    if not latest.end or any(not r.end and r.start >= latest.start for r in roles):
        return start, None
    return start, max(r.end for r in roles if r.end)


def day_bounds(named: Named, authority: Authority) -> tuple[DayBound, ...]:
    """The intervals in which the report must lie, because it calls people by offices that they hold.

    Not for "former" or "then" holders. The days are EDTF with the precision that the authority file has.
    """
    from communique.dates import DayBound

    return tuple(DayBound(start, end, reason) for start, end, reason in tenures(named, authority))


def common(bounds: list[tuple[str | None, str | None, str]]) -> tuple[str, str] | None:
    """The interval that all bounds share, as ISO days; None where there is none."""
    low = max((_first(s) for s, _, _ in bounds if s), default=None)
    high = min((_last(e) for _, e, _ in bounds if e), default=None)
    if low is None:
        return None
    if high is None:
        return None
    return (low, high) if low <= high else None


def _first(day: str) -> str:
    return (day + "-01-01")[:10] if len(day) == 4 else (day + "-01")[:10]


def _last(day: str) -> str:
    return day + "-12-31" if len(day) == 4 else day + "-31" if len(day) == 7 else day


def unsettled(entities: list[Entity]) -> list[str]:
    """Names of the entities for which several people remain possible."""
    return [e.runs[0].text for e in entities if e.choice.candidates]
