"""What is due and what is overdue, as the record knew it on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import msgspec

from communique.errors import BadDate
from communique.linking.when import Period, iso, period
from communique.records import LinkedEncounter

__all__ = ["AgendaItem", "agenda"]

Due = Literal["due", "overdue", "open"]
_OPEN: Final = frozenset({"proposed", "scheduled", "postponed"})
_Step = tuple[str, str | None, str | None, str, str]


class AgendaItem(msgspec.Struct, frozen=True):
    """A planned encounter as it stood on that day.

    `state`: `due` its day is still to come (or has come), `overdue` its last day has passed and no report says that it
    took place, was called off or moved, `open` no day is known. `date` and `status` are the latest known then; `life`
    are the steps of the encounter's life that were known; `because` says why it stands here.
    """

    gid: str
    state: Due
    status: str
    date: str | None
    life: tuple[_Step, ...]
    encounter: LinkedEncounter
    because: str


def agenda(linked: Iterable[LinkedEncounter], as_of: str) -> tuple[AgendaItem, ...]:
    """The plans that were due, overdue or open on the day `as_of` (EDTF, a day), with only what was known by then.

    Reports count from their day of publication; a report whose day is unknown counts as known throughout, since hiding
    it would lose its plan. Sorted: due by day, overdue by day, open. Raises BadDate if `as_of` is not a day.
    """
    today = period(as_of)
    if today is None or not today.exact:
        raise BadDate(f"{as_of!r} is not a day", remedy="Give it as YYYY-MM-DD.")
    items = [item for one in linked if (item := _item(one, today)) is not None]
    order = {"due": 0, "overdue": 1, "open": 2}
    return tuple(sorted(items, key=lambda i: (order[i.state], _first(i.date), i.gid)))


def _first(value: str | None) -> int:
    days = period(value)
    return days.first if days else 0


def _known(step: _Step, today: Period) -> bool:
    published = period(step[2])
    return published is None or published.first <= today.first


def _item(one: LinkedEncounter, today: Period) -> AgendaItem | None:
    known = tuple(step for step in one.life if _known(step, today))
    if not known or any(step[0] in ("held", "ongoing", "disputed") for step in known):
        return None
    firm = [step for step in known if step[0] != "proposed"] or list(known)
    status = firm[-1][0]
    if status not in _OPEN:
        return None
    date = _planned_day(firm, known)
    days = period(date)
    report = firm[-1][3]
    if days is None:
        return AgendaItem(one.gid, "open", status, None, known, one, f"It is {status} ({report}), without a day.")
    if days.last < today.first:
        passed = f"Its day ({date}) has passed, and no report known on {iso(today.first)} says that it took place."
        return AgendaItem(one.gid, "overdue", status, date, known, one, passed)
    return AgendaItem(one.gid, "due", status, date, known, one, f"It is {status} for {date} ({report}).")


def _planned_day(firm: list[_Step], known: tuple[_Step, ...]) -> str | None:
    """The day last given; where it was postponed, the day before that no longer counts."""
    after = firm
    moved = [n for n, step in enumerate(firm) if step[0] == "postponed"]
    if moved:
        after = firm[moved[-1] :]
    dated = [step[1] for step in after if period(step[1]) is not None]
    exact = [value for value in dated if (days := period(value)) is not None and (days.exact or days.ranged)]
    if exact or dated:
        return (exact or dated)[-1]
    if moved:
        return None
    return next((step[1] for step in reversed(known) if period(step[1]) is not None), None)
