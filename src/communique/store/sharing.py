"""Days that reports give each other: which reports seek theirs, what bounds it, which mentions are given one.

A report that leaves its own day open (a *seeker*) is kept with what it says by itself. Its bounds follow from that and
from the mentions, of reports that know their day, which share a key with it; never from what was inferred for another
seeker. So they depend on what is in the record and not on the order in which it came.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from communique import linking
from communique.linking import Told
from communique.records import DateBasis, Encounter
from communique.store import rows
from communique.store.decode import chunks, marks
from communique.store.telling import tellings

__all__ = ["Settled", "Waiting", "give_days", "leaving", "own_of", "share", "share_all", "waiting"]

_COMMON: Final = 32
"""Mentions under one key from which on the key tells too little to be looked under."""
_NONE: Final = "[]"


class Own(msgspec.Struct, frozen=True, array_like=True):
    """A seeker as it is by itself."""

    published: str | None
    basis: DateBasis | None
    encounters: tuple[Encounter, ...]


class Settled(NamedTuple):
    """A seeker whose findings were worked out with bounds: what it is by itself, and these bounds."""

    own: bytes
    bounds: str


class Waiting(NamedTuple):
    """A seeker whose findings are to be worked out anew: row number, id, bounds as kept and ready to be used.

    `knowledge` is what analysed the report by itself, and stays with it: other knowledge must analyse it from there.
    """

    n: int
    id: str
    knowledge: str | None
    kept: str
    bounds: tuple[linking.Bound, ...]


def _one(db: sqlite3.Connection, query: str, *values: object) -> int:
    found: int = db.execute(query, values).fetchone()[0]
    return found


def _in(db: sqlite3.Connection, query: str, values: Iterable[object]) -> set[int]:
    """The numbers that a query with one IN list gives."""
    found: set[int] = set()
    for part in chunks(values):  # type: ignore[arg-type]
        found.update(n for (n,) in db.execute(query.replace("IN ()", f"IN {marks(part)}"), part))
    return found


# ---- seekers


def own_of(db: sqlite3.Connection, report: int) -> bytes | None:
    """What the report is by itself, where it is a seeker."""
    row = db.execute("SELECT own FROM seekers WHERE report = ?", (report,)).fetchone()
    return row[0] if row else None


def leaving(db: sqlite3.Connection, report: int) -> set[int]:
    """The seekers that a report could date which is about to go."""
    keys = [
        key
        for key, here in db.execute("SELECT key, count(*) FROM anchor_keys WHERE report = ? GROUP BY key", (report,))
        if _anchored(db, key, here) <= _COMMON
    ]
    found = _in(db, "SELECT DISTINCT report FROM seeker_keys WHERE key IN ()", sorted(keys))
    return found | _copied(db, [report])


def _anchored(db: sqlite3.Connection, key: str, but: int) -> int:
    """The number of mentions under the key without `but` of them, as far as it matters."""
    most = _COMMON + but + 1
    return _one(db, "SELECT count(*) FROM (SELECT 1 FROM anchor_keys WHERE key = ? LIMIT ?)", key, most) - but


def _copied(db: sqlite3.Connection, reports: Iterable[int]) -> set[int]:
    """The seekers among the near copies of these reports."""
    found = _in(db, "SELECT c.b FROM near_copies c JOIN seekers s ON s.report = c.b WHERE c.a IN ()", reports)
    return found | _in(db, "SELECT c.a FROM near_copies c JOIN seekers s ON s.report = c.a WHERE c.b IN ()", reports)


def share(
    db: sqlite3.Connection, fresh: Sequence[int], left: Iterable[int] = (), settled: Mapping[int, Settled] | None = None
) -> None:
    """Take in the reports `fresh` (row numbers) as seekers or as those that date others, and note who is concerned.

    `left` are seekers that reports could date which are gone, `settled` those of the fresh that were worked out with
    bounds. Near copies must have been found before.
    """
    seeking: set[int] = set()
    added: Counter[str] = Counter()
    for n in fresh:
        told = _seeker(db, n, (settled or {}).get(n))
        if told is not None:
            seeking.add(n)
        added.update(_anchor(db, n, _plain(db, n) if told is None else told))
    open_keys = sorted(key for key, here in added.items() if _anchored(db, key, here) <= _COMMON)
    concerned = seeking | _in(db, "SELECT DISTINCT report FROM seeker_keys WHERE key IN ()", open_keys)
    concerned |= _copied(db, fresh) | _in(db, "SELECT report FROM seekers WHERE report IN ()", sorted(set(left)))
    db.executemany("UPDATE seekers SET stale = 1 WHERE report = ?", [(n,) for n in sorted(concerned)])


def share_all(db: sqlite3.Connection, but: Iterable[int] = ()) -> None:
    """Take in every report of a record that has none of this yet, but those that are about to be."""
    if db.execute("SELECT 1 FROM meta WHERE key = 'days to share'").fetchone() is None:
        return
    db.execute("DELETE FROM meta WHERE key = 'days to share'")
    others = set(but)
    share(db, [n for (n,) in db.execute("SELECT n FROM reports ORDER BY n") if n not in others])
    for (encounter,) in db.execute("SELECT n FROM encounters ORDER BY n").fetchall():
        numbers = [n for (n,) in db.execute("SELECT n FROM mentions WHERE encounter = ?", (encounter,))]
        give_days(db, list(tellings(db, numbers).values()))


def _plain(db: sqlite3.Connection, n: int) -> list[Told]:
    """The mentions of a report that is no seeker, in their order."""
    numbers = [m for (m,) in db.execute("SELECT n FROM mentions WHERE report = ? ORDER BY position", (n,))]
    found = dict(tellings(db, numbers).values())
    return [found[m] for m in numbers]


def _seeker(db: sqlite3.Connection, n: int, settled: Settled | None) -> list[Told] | None:
    """Keep the report as a seeker if it is one; its mentions as it has them by itself."""
    name, published, basis, aside = db.execute(
        "SELECT id, published, published_basis, set_aside FROM reports WHERE n = ?", (n,)
    ).fetchone()
    if settled is None:
        if aside is not None or not linking.seeks(published, basis):
            return None
        own = Own(published, basis, tuple(told.encounter for told in _plain(db, n)))
        settled = Settled(msgspec.msgpack.encode(own), _NONE)
    db.execute(
        "INSERT INTO seekers (report, own, bounds, settled, stale) VALUES (?, ?, ?, ?, 1)",
        (n, settled.own, settled.bounds, settled.bounds),
    )
    told = _told(name, settled.own)
    keys = {key for one in told for key in linking.shared_keys(one)}
    db.executemany("INSERT INTO seeker_keys (key, report) VALUES (?, ?)", [(key, n) for key in sorted(keys)])
    return told


def _told(name: str, blob: bytes) -> list[Told]:
    own = msgspec.msgpack.decode(blob, type=Own)
    return [Told(name, own.published, own.basis, name, met) for met in own.encounters]


def _anchor(db: sqlite3.Connection, n: int, mentions: Iterable[Told]) -> Counter[str]:
    """Keep the keys of those of a report's mentions that can date others; how often each stands there."""
    kept = [(key, n, one.encounter.id) for one in mentions if linking.anchors(one) for key in linking.anchor_keys(one)]
    db.executemany("INSERT INTO anchor_keys (key, report, mention) VALUES (?, ?, ?)", kept)
    return Counter(key for key, _, _ in kept)


def _anchors(db: sqlite3.Connection, keys: Iterable[str]) -> list[Told]:
    """The mentions under these keys, as their reports have them by themselves."""
    wanted: dict[int, set[str]] = defaultdict(set)
    for part in chunks(keys):  # type: ignore[arg-type]
        for n, local in db.execute(f"SELECT report, mention FROM anchor_keys WHERE key IN {marks(part)}", part):
            wanted[n].add(local)
    found: list[Told] = []
    plain: list[int] = []
    for n in sorted(wanted):
        row = db.execute(
            "SELECT r.id, s.own FROM seekers s JOIN reports r ON r.n = s.report WHERE s.report = ?", (n,)
        ).fetchone()
        if row is not None:
            found += [one for one in _told(*row) if one.encounter.id in wanted[n]]
        else:
            here = db.execute("SELECT n, id FROM mentions WHERE report = ?", (n,)).fetchall()
            plain += [m for m, local in here if local in wanted[n]]
    return found + [told for _, told in tellings(db, plain).values()]


def _bind(db: sqlite3.Connection, n: int) -> None:
    """Work out the bounds of a seeker from the reports that there are now."""
    name, own = db.execute(
        "SELECT r.id, s.own FROM seekers s JOIN reports r ON r.n = s.report WHERE s.report = ?", (n,)
    ).fetchone()
    keys = [key for (key,) in db.execute("SELECT key FROM seeker_keys WHERE report = ? ORDER BY key", (n,))]
    telling = [key for key in keys if _anchored(db, key, 0) <= _COMMON]
    copies = db.execute(
        "SELECT r.id, r.published FROM near_copies c JOIN reports r ON r.n = iif(c.a = :n, c.b, c.a)"
        " WHERE (c.a = :n OR c.b = :n) AND r.published IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM seekers s WHERE s.report = r.n)",
        {"n": n},
    ).fetchall()
    found = linking.bounds(_told(name, own), _anchors(db, telling), copies)
    db.execute("UPDATE seekers SET bounds = ?, stale = 0 WHERE report = ?", (rows.packed(found), n))


def waiting(db: sqlite3.Connection, most: int) -> list[Waiting]:
    """Seekers whose findings were not worked out with the bounds that they have now, by id, at most so many.

    Bounds are brought up to date here, once for all reports that came since, inside the caller's transaction.
    """
    for (n,) in db.execute("SELECT report FROM seekers WHERE stale ORDER BY report").fetchall():
        _bind(db, n)
    found = db.execute(
        "SELECT s.report, r.id, r.knowledge, s.bounds FROM seekers s JOIN reports r ON r.n = s.report"
        " WHERE s.bounds <> s.settled ORDER BY r.id LIMIT ?",
        (most,),
    ).fetchall()
    return [
        Waiting(n, name, knowledge, kept, msgspec.json.decode(kept, type=tuple[linking.Bound, ...]))
        for n, name, knowledge, kept in found
    ]


# ---- mentions


def give_days(db: sqlite3.Connection, members: Sequence[tuple[int, Told]]) -> None:
    """Keep the days that the mentions of one encounter (row number, mention) are given by each other, and no others."""
    number = {told.key: n for n, told in members}
    given = {one.key: one for one in linking.dated_together([told for _, told in members])}
    for part in chunks(number.values()):
        db.execute(f"DELETE FROM inferred_dates WHERE mention IN {marks(part)}", part)
    # first_day and last_day are for comparing, so they follow the day that is shown.
    db.executemany(
        "UPDATE mentions SET first_day = :first, last_day = :last"
        " WHERE n = :n AND (first_day IS NOT :first OR last_day IS NOT :last)",
        [
            {"first": first, "last": last, "n": n}
            for n, told in members
            for first, last in [rows.days(given[told.key].date if told.key in given else told.encounter.date)]
        ],
    )
    db.executemany(
        'INSERT INTO inferred_dates (mention, date, because, report, told_as, start, "end", words)'
        " SELECT ?, ?, ?, n, ?, ?, ?, ? FROM reports WHERE id = ?",
        [
            (number[key], one.date, one.because, one.told_as, one.passage.start, one.passage.end, one.passage.text,
             one.told_by)
            for key, one in sorted(given.items())
        ],
    )  # fmt: skip
