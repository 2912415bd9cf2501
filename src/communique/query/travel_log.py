"""Logs of trips and visits, as offices of historians and protocol departments keep them, read from CSV or JSON lines.

One trip or visit a row: `name` (with or without the title), `start` and `end` (ISO days; `end` may be empty for one
day), `country`, and where the log has them `id`, `place`, `remarks` and `log`. `log` says which way the row goes:
"travels" (the default: the traveller went to `country`) or "visits" (a guest from `country` came to `place`).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from communique.errors import InputError
from communique.records import Refusal

if TYPE_CHECKING:
    from communique.actors import Authority

__all__ = ["LoggedTrip", "read_log"]

_COLUMNS: Final = ("id", "log", "name", "start", "end", "country", "place", "remarks")
_NEEDED: Final = ("name", "start", "country")
_LISTED: Final = re.compile(r"(?P<rest>.+?)\s*\([^)]*\)")  # "Denmark (Greenland)": the state is Denmark


class LoggedTrip(msgspec.Struct, frozen=True):
    """One trip or visit of a log. `host` and `guest` are sides; `guest` is None where the log does not tell it."""

    id: str
    log: str
    name: str
    start: str
    end: str
    host: str
    guest: str | None
    country: str
    place: str = ""
    remarks: str = ""


def read_log(path: Path, authority: Authority) -> tuple[list[LoggedTrip], list[Refusal]]:
    """The trips of a log, and a refusal with its reason for each row that is none; the rest goes on.

    Raises InputError where the file cannot be read or has not the columns.
    """
    trips, refused = [], []
    for where, row in _rows(path):
        if isinstance(row, str):
            refused.append(Refusal(where, row))
            continue
        trip = _trip(row, where, authority)
        if isinstance(trip, Refusal):
            refused.append(trip)
        else:
            trips.append(trip)
    return trips, refused


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Each row with its place, or what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the log cannot be read ({getattr(error, 'strerror', None) or error})",
            where=str(path),
            remedy="Give a CSV or JSON lines file in UTF-8.",
        ) from error
    if path.suffix.lower() not in {".jsonl", ".ndjson"}:
        table = csv.DictReader(text.splitlines())
        missing = [name for name in _NEEDED if name not in (table.fieldnames or ())]
        if missing:
            raise InputError(
                f"the log has no column {', '.join(missing)}", where=str(path),
                remedy=f"The first line names the columns: {', '.join(_COLUMNS)} ({', '.join(_NEEDED)} are needed).",
            )  # fmt: skip
        for row in table:
            yield f"{path}:{table.line_num}", dict(row)
        return
    for n, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            yield f"{path}:{n}", f"it is not JSON ({error})"
            continue
        yield f"{path}:{n}", row if isinstance(row, dict) else "it is not a JSON object"


def _trip(row: dict[str, Any], where: str, authority: Authority) -> LoggedTrip | Refusal:
    values = {name: str(row.get(name) or "").strip() for name in _COLUMNS}
    for name in _NEEDED:
        if not values[name]:
            return Refusal(where, f"{name} is empty")
    start, end = _day(values["start"]), _day(values["end"] or values["start"])
    if start is None or end is None:
        return Refusal(where, f"{values['end' if start else 'start']!r} is not a day; write 2022-01-10")
    if end < start:
        return Refusal(where, f"it ends ({end}) before it begins ({start})")
    log = values["log"] or "travels"
    if log not in {"travels", "visits"}:
        return Refusal(where, f"log is {log!r}; write travels or visits")
    named = values["country"] if log == "travels" else values["place"]
    host = _side(named, authority)
    if host is None:
        return Refusal(where, f"{named!r} is no country that the authority file knows")
    guest = _side(values["country"], authority) if log == "visits" else None
    return LoggedTrip(
        values["id"] or where, log, values["name"], start, end, host, guest,
        values["country"], values["place"], values["remarks"],
    )  # fmt: skip


def _day(value: str) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if len(value) == 10 else None
    except ValueError:
        return None


def _side(name: str, authority: Authority) -> str | None:
    """The side of a country as logs write it: "Korea, Republic of", "Denmark (Greenland)", "US"."""
    state = authority.state(name.upper()) if len(name) == 2 else None
    if state is not None:
        return state.side
    forms = [name]
    if listed := _LISTED.fullmatch(name):
        forms.append(listed["rest"])
    for form in list(forms):
        head, comma, tail = form.partition(", ")
        if comma:
            forms += [f"{tail} {head}", head]
    for form in forms:
        hits = [h for h in authority.scan(form) if h.bodies and h.start == 0 and h.end == len(form)]
        sides = [body.side for h in hits for b in h.bodies if (body := authority.body(b)) is not None]
        if sides and sides[0]:
            return sides[0]
    return None
