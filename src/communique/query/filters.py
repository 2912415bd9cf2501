"""What a question is narrowed to, checked before it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from communique.errors import BadDate, BadFilter
from communique.records import ENCOUNTER_KINDS, ENCOUNTER_STATUSES, SPEECH_ACTS

__all__ = ["Filters", "close_to"]

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Filters(msgspec.Struct, frozen=True):
    """What a question is narrowed to. Every field that is given must match; of several values in one, any may.

    `actor` are names (or parts of names, or ids of the authority file) of people and bodies; two actors must both
    be there. `side` likewise: all of them must take part. `kind`, `status`, `act` and `mode` are words of the
    glossary. `since` and `until` are years, months or days: what may lie in that period matches, so a date known
    only by its month matches each of its days. `forum` and `place` match by words of the name; `place` also by the
    code of the country. `outlet` and `report` are exact. `text` is looked for in the passages (every word).
    `limit` and `offset` page through the answer.
    """

    actor: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    forum: str | None = None
    place: str | None = None
    outlet: str | None = None
    report: str | None = None
    text: str | None = None
    limit: int | None = None
    offset: int = 0

    @classmethod
    def of(cls, given: Filters | None = None, **fields: Any) -> Filters:
        """Filters from keywords, each a value or several; a comma also parts several.

        `given` are filters to start from. Raises BadFilter for an unknown field, kind, status, act or mode, with the
        nearest known word, and BadDate for a period that is not a date.
        """
        values: dict[str, Any] = {n: getattr(given, n) for n in cls.__struct_fields__} if given else {}
        for name, value in fields.items():
            if name not in cls.__struct_fields__:
                raise BadFilter(
                    f"there is no filter {name!r}", remedy=_hint(name, cls.__struct_fields__, "Filters are")
                )
            if value is None:
                continue
            values[name] = _several(value) if name in _SEVERAL else value
        values["side"] = tuple(_side(s) for s in values.get("side", ()))
        for name, known in _CLOSED.items():
            values[name] = tuple(v.lower() for v in values.get(name, ()))
            for value in values[name]:
                if value not in known:
                    raise BadFilter(f"{value!r} is no {name}", remedy=_hint(value, known, f"A {name} is one of"))
        for name in ("since", "until"):
            if values.get(name) is not None:
                values[name] = _day(str(values[name]), last=name == "until")
        if values.get("since") and values.get("until") and values["since"] > values["until"]:
            raise BadFilter(
                f"the period ends ({values['until']}) before it begins ({values['since']})",
                remedy="Exchange since and until.",
            )
        for name in ("limit", "offset"):
            if values.get(name) is not None and (not isinstance(values[name], int) or values[name] < 0):
                raise BadFilter(f"{name} is {values[name]!r}", remedy="Give a whole number that is not negative.")
        return cls(**values)


_SEVERAL = frozenset({"actor", "side", "kind", "status", "act", "mode"})
_CLOSED: dict[str, tuple[str, ...]] = {
    "kind": ENCOUNTER_KINDS,
    "status": ENCOUNTER_STATUSES,
    "act": SPEECH_ACTS,
    "mode": ("direct", "indirect", "mixed"),
}


def _several(value: Any) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else list(value)
    return tuple(part.strip() for v in values for part in str(v).split(",") if part.strip())


def _side(value: str) -> str:
    return value.upper() if len(value) == 2 else value


def _day(value: str, *, last: bool) -> str:
    """The first or last day of a year, month or day, as ISO."""
    from calendar import monthrange
    from datetime import date

    match = _DAY.fullmatch(value.strip())
    try:
        if match is None:
            raise ValueError(value)
        year = int(match[1])
        month = int(match[2]) if match[2] else (12 if last else 1)
        day = int(match[3]) if match[3] else (monthrange(year, month)[1] if last else 1)
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise BadDate(f"{value!r} is not a year, month or day", remedy="Write 2022, 2022-01 or 2022-01-10.") from error


def close_to(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Up to `limit` known words that look like this one, best first."""
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        word, sorted(set(known)), scorer=fuzz.WRatio, processor=utils.default_process, limit=limit, score_cutoff=60
    )
    return [name for name, _, _ in found]


def _hint(word: str, known: Iterable[str], lead: str) -> str:
    near = close_to(word, known)
    return f"Did you mean {' or '.join(near)}?" if near else f"{lead} {', '.join(known)}."
