"""Findings to rows: what each record becomes in its table."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

from communique.records import (
    Abstention,
    Dating,
    Encounter,
    Furniture,
    LinkedEncounter,
    Participant,
    Passage,
    Statement,
    TimeExpression,
)

__all__ = [
    "PARTICIPANT",
    "compressed",
    "days",
    "encounter_row",
    "insert",
    "joined",
    "mention_row",
    "packed",
    "participant_rows",
    "report_dating",
    "sides_of",
    "span_rows",
    "statement_row",
    "time_rows",
    "unpacked",
]

PARTICIPANT: Final = ("name", "type", "represents", "role", "actor", "office")
_PARTED: Final = " … "

Row = dict[str, Any]


def insert(table: str, columns: Iterable[str]) -> str:
    """The INSERT with named parameters for these columns."""
    names = list(columns)
    quoted = ", ".join(f'"{n}"' for n in names)
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(':' + n for n in names)})"


def packed(values: Iterable[Any]) -> str:
    """A list as it stands in a column: a JSON array."""
    return msgspec.json.encode(list(values)).decode()


def unpacked(text: str) -> tuple[str, ...]:
    """The strings of such a column."""
    return tuple(msgspec.json.decode(text, type=list[str]))


def compressed(data: bytes) -> bytes:
    """Bytes as the record keeps what is seldom read; the level is zlib's default, the same bytes every time."""
    return zlib.compress(data, 6)


def joined(values: Iterable[str | None]) -> str:
    """Names or sides in one column, without repetition."""
    return "; ".join(dict.fromkeys(v for v in values if v))


def days(value: str | None) -> tuple[str | None, str | None]:
    """First and last day (ISO) that an EDTF value may mean."""
    from communique.linking.when import iso, period  # late: linking needs numpy, and reading does not

    span = period(value)
    return (iso(span.first), iso(span.last)) if span else (None, None)


def sides_of(participants: Sequence[Participant], kind: str, country: str | None) -> list[str]:
    """The sides in contact, sorted; joint ones apart; a visit involves its host too."""
    sides = {s.strip() for p in participants for s in (p.represents or "").split(";") if s.strip()}
    if kind == "visit" and country:
        sides.add(country)
    return sorted(sides)


def report_dating(dating: Dating) -> Row:
    """The columns of a report's day."""
    first, last = days(dating.value)
    return {
        "published": dating.value,
        "published_first": first,
        "published_last": last,
        "published_basis": dating.basis,
        "published_because": dating.because,
        "published_constraints": packed(dating.constraints),
    }


def mention_row(report: int, position: int, met: Encounter) -> Row:
    """One encounter as a report tells it."""
    first, last = days(met.date)
    return {
        "report": report,
        "position": position,
        "id": met.id,
        "kind": met.kind,
        "status": met.status,
        "date": met.date,
        "first_day": first,
        "last_day": last,
        "date_basis": met.date_basis,
        "date_because": met.date_because,
        "duration": met.duration,
        "place": met.place,
        "country": met.country,
        "forum": met.forum,
        "level": met.level,
        "format": met.format,
        "number": met.number,
        "part_of": met.part_of,
        "topics": packed(met.topics),
        "confidence": met.confidence,
        "because": packed(met.because),
        "sides": "; ".join(sides_of(met.participants, met.kind, met.country)),
        "who": joined(p.name for p in met.participants),
        "evidence": _PARTED.join(p.text for p in met.evidence),
    }


def statement_row(report: int, position: int, said: Statement, published: str | None) -> Row:
    """One statement; `published` is the day of its report, which counts where it has none of its own."""
    first, last = days(said.date)
    return {
        "report": report,
        "position": position,
        "id": said.id,
        "speaker": said.speaker,
        "represents": said.represents,
        "addressee": said.addressee,
        "mode": said.mode,
        "act": said.act,
        "about": said.about,
        "said": _PARTED.join(p.text for p in said.content),
        "at": said.at,
        "date": said.date,
        "first_day": first,
        "last_day": last,
        "day": first or days(published)[0],
        "date_basis": said.date_basis,
        "relayed_by": said.relayed_by,
        "confidence": said.confidence,
        "because": packed(said.because),
    }


def encounter_row(met: LinkedEncounter) -> Row:
    """One encounter counted once."""
    first, last = days(met.date)
    return {
        "gid": met.gid,
        "kind": met.kind,
        "status": met.status,
        "date": met.date,
        "first_day": first,
        "last_day": last,
        "date_basis": met.date_basis,
        "place": met.place,
        "country": met.country,
        "forum": met.forum,
        "duration": met.duration,
        "part_of": met.part_of,
        "sides": "; ".join(sides_of(met.participants, met.kind, met.country)),
        "who": joined(p.name for p in met.participants),
        "topics": packed(met.topics),
        "reports": met.reports,
        "origins": met.origins,
        "because": packed(met.because),
        "confidence": met.confidence,
    }


def participant_rows(owner: int, people: Sequence[Participant]) -> list[tuple[Any, ...]]:
    """Participants of one owner, in order."""
    return [(owner, at, p.name, p.type, p.represents, p.role, p.actor, p.office) for at, p in enumerate(people)]


def span_rows(report: int, spans: Sequence[Abstention | Furniture]) -> list[tuple[Any, ...]]:
    """Abstentions or furniture of one report, in order."""
    rows: list[tuple[Any, ...]] = []
    for at, span in enumerate(spans):
        where: Passage | Furniture = span.passage if isinstance(span, Abstention) else span
        rows.append((report, at, where.start, where.end, where.text, span.reason))
    return rows


def time_rows(report: int, times: Sequence[TimeExpression]) -> list[tuple[Any, ...]]:
    """Expressions of time of one report, in order."""
    return [
        (
            report, at, t.start, t.end, t.text, t.type, t.value, t.timex, t.basis, t.because, packed(t.candidates),
            int(t.approximate),
        )
        for at, t in enumerate(times)
    ]  # fmt: skip
