"""Bring copies, origins, encounters and disagreements up to date after reports were added or replaced.

Everything that can change lies within reach of the new: copies of the new reports, and the components of mentions that
a new mention is bound to. Within that reach all is worked out anew from the stored mentions, by pure functions, so the
record depends on which reports it holds and not on the batches or the order in which they came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

from communique import linking
from communique.records import Disagreement, LinkedEncounter, NearCopy, Report, Statement
from communique.store import decode, rows, sharing
from communique.store.decode import chunks, marks
from communique.store.telling import tellings

__all__ = ["relay_columns", "relink", "sketch"]


def relink(
    db: sqlite3.Connection,
    fresh: Iterable[int],
    orphaned: Iterable[int] = (),
    lost: Iterable[str] = (),
    left: Iterable[int] = (),
    settled: Mapping[int, sharing.Settled] | None = None,
) -> None:
    """Link the mentions of the reports `fresh` (row numbers) into the record, inside the caller's transaction.

    `orphaned` are components that lost mentions because their report was replaced, `lost` the ids of reports whose
    copies were lost with it, `left` the reports that it could date, `settled` those of the fresh whose findings were
    worked out with bounds on their day.
    """
    reports = sorted(set(fresh))
    sharing.share_all(db, reports)
    changed = _copies(db, reports, lost)
    sharing.share(db, reports, left, settled)
    touched = sorted({*reports, *changed})
    new = _mentions_of(db, touched)
    _keys(db, new)
    affected = _reach(db, new, {n for n in orphaned if n is not None})
    _rebuild(db, affected)


_COMPARED: Final = 40
"""Reports of one encounter up to which what is said in them is compared too: with more it takes too long."""


# ---- copies and origins


_FINGERPRINTS: Final = 1 << 32
"""Keys of copies below this are fingerprints of runs of words, the others bands of a MinHash."""
_SHARE: Final = 0.15
"""Share of the shorter report's fingerprint keys that two reports must have in common to be compared.

Only the texts decide whether a pair is compared, never what else is in the record. A pair at the threshold of a near
copy (0.35 of the shorter text) has 0.35 of the keys in common on average; of 64 keys, fewer than 0.15 once in 2,000.
"""
_CANDIDATES: Final = f"""
    SELECT r.n, r.id, r.copy_signature FROM (
        SELECT b.report AS n, sum(mine.band < {_FINGERPRINTS}) AS prints, count(*) AS shared
        FROM copy_bands mine JOIN copy_bands b ON b.band = mine.band
        WHERE mine.report = :n AND b.report <> :n GROUP BY b.report
    ) c JOIN reports r ON r.n = c.n
    WHERE c.shared > c.prints OR c.prints >= {_SHARE} * min(r.copy_prints, :prints)
"""


def sketch(text: str) -> tuple[bytes, int]:
    """The signature to keep with a report, and the number of its fingerprints among the keys of copies."""
    sign = linking.signature(text)
    return sign, sum(key < _FINGERPRINTS for key in linking.copy_keys(sign))


def relay_columns(report: Report) -> dict[str, str | int | None]:
    """The agency whose words the report passes on, and the passage that says so."""
    found = linking.relay(report)
    said = found.passage if found else None
    return {
        "relay": found.agency if found else None,
        "relay_because": found.because if found else None,
        "relay_start": said.start if said else None,
        "relay_end": said.end if said else None,
        "relay_words": said.text if said else None,
    }


def _copies(db: sqlite3.Connection, reports: list[int], lost: Iterable[str]) -> list[int]:
    """Find near copies of the reports, settle origins, and return the reports whose origin changed."""
    signed: dict[int, tuple[str, bytes, int]] = {}
    for n in reports:
        signed[n] = name, sign, _ = db.execute(
            "SELECT id, copy_signature, copy_prints FROM reports WHERE n = ?", (n,)
        ).fetchone()
        db.executemany(
            "INSERT OR IGNORE INTO copy_bands (band, report) VALUES (?, ?)", [(k, n) for k in linking.copy_keys(sign)]
        )
    for n, (name, sign, prints) in signed.items():
        for m, other, theirs in db.execute(_CANDIDATES, {"n": n, "prints": prints}).fetchall():
            copy = linking.near_copy(name, sign, other, theirs)
            if copy is not None:
                a, b = (n, m) if copy.a == name else (m, n)
                db.execute(
                    "INSERT OR REPLACE INTO near_copies (a, b, containment) VALUES (?, ?, ?)", (a, b, copy.containment)
                )
    return _origins(db, reports, lost)


def _origins(db: sqlite3.Connection, reports: list[int], lost: Iterable[str]) -> list[int]:
    """Settle the origins of the families of these reports, and of those that lost their origin."""
    starts = list(reports)
    for origin in sorted(set(lost)):
        starts += [n for (n,) in db.execute("SELECT n FROM reports WHERE origin = ?", (origin,))]
    members: dict[int, str] = {}
    pairs: set[NearCopy] = set()
    waiting = starts
    while waiting:
        n = waiting.pop()
        if n in members:
            continue
        members[n] = db.execute("SELECT id FROM reports WHERE n = ?", (n,)).fetchone()[0]
        for a, b, share, other in db.execute(
            "SELECT ra.id, rb.id, c.containment, iif(c.a = :n, c.b, c.a) FROM near_copies c"
            " JOIN reports ra ON ra.n = c.a JOIN reports rb ON rb.n = c.b WHERE c.a = :n OR c.b = :n",
            {"n": n},
        ):
            pairs.add(NearCopy(a, b, share))
            waiting.append(other)
    settled = linking.origins(members.values(), pairs)
    changed = []
    for n in sorted(members):
        cursor = db.execute(
            "UPDATE reports SET origin = :origin WHERE n = :n AND origin <> :origin",
            {"origin": settled[members[n]], "n": n},
        )
        if cursor.rowcount:
            changed.append(n)
    return changed


# ---- mentions


def _mentions_of(db: sqlite3.Connection, reports: Iterable[int]) -> list[int]:
    found: list[int] = []
    for part in chunks(reports):
        found += [n for (n,) in db.execute(f"SELECT n FROM mentions WHERE report IN {marks(part)} ORDER BY n", part)]
    return found


def _keys(db: sqlite3.Connection, mentions: list[int]) -> None:
    """Keep the blocking keys of these mentions."""
    for part in chunks(mentions):
        db.execute(f"DELETE FROM blocking_keys WHERE mention IN {marks(part)}", part)
    db.executemany(
        "INSERT INTO blocking_keys (key, mention) VALUES (?, ?)",
        [(key, n) for n, told in tellings(db, mentions).values() for key in linking.blocking_keys(told)],
    )


def _reach(db: sqlite3.Connection, new: list[int], orphaned: set[int]) -> list[int]:
    """The new mentions, what was linked with mentions that changed or went, and all that these are now bound to.

    What loses a mention looks for others again: a mention without a day keeps to the best of those it could belong to,
    and the best may be gone.
    """
    searching = {*new, *_members(db, orphaned | _components_of(db, new))}
    near: set[int] = set()
    for part in chunks(sorted(searching)):
        near.update(
            n
            for (n,) in db.execute(
                "SELECT DISTINCT b.mention FROM blocking_keys mine JOIN blocking_keys b ON b.key = mine.key"
                f" WHERE mine.mention IN {marks(part)}",
                part,
            )
        )
    ours = tellings(db, searching)
    others = tellings(db, near - searching)
    bound = linking.bound_to([told for _, told in ours.values()], [told for _, told in others.values()])
    joined = _components_of(db, [others[key][0] for key in bound])
    return sorted(searching.union(_members(db, joined)))


def _components_of(db: sqlite3.Connection, mentions: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for part in chunks(mentions):
        query = f"SELECT DISTINCT component FROM mentions WHERE component IS NOT NULL AND n IN {marks(part)}"
        found.update(component for (component,) in db.execute(query, part))
    return found


def _members(db: sqlite3.Connection, components: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for part in chunks(sorted(components)):
        found.update(n for (n,) in db.execute(f"SELECT n FROM mentions WHERE component IN {marks(part)}", part))
    return found


def _rebuild(db: sqlite3.Connection, mentions: list[int]) -> None:
    """Link these mentions, which nothing outside can be linked with, from nothing."""
    told = tellings(db, mentions)
    old: set[int] = set()
    for part in chunks(mentions):
        old.update(
            e
            for (e,) in db.execute(
                f"SELECT DISTINCT encounter FROM mentions WHERE encounter IS NOT NULL AND n IN {marks(part)}", part
            )
        )
    for part in chunks(sorted(old)):
        db.execute(f"DELETE FROM encounters WHERE n IN {marks(part)}", part)
    # An encounter whose every mention went with a replaced report has no mention left to be found by.
    for group in linking.components(one for _, one in told.values()):
        component = min(told[one.key][0] for one in group)
        db.executemany(
            "UPDATE mentions SET component = ? WHERE n = ?", [(component, told[one.key][0]) for one in group]
        )
        for met in linking.link(group):
            members = [told[f"{report}:{mention}"] for report, mention in met.mentions]
            number = _keep(db, met, [n for n, _ in members])
            parted = linking.disagreements(met.gid, [one for _, one in members], _said(db, met))
            _keep_disagreements(db, number, parted)
            sharing.give_days(db, members)


def _said(db: sqlite3.Connection, met: LinkedEncounter) -> dict[str, list[Statement]]:
    """The statements of the reports that tell the encounter, by report id; none where one report or very many do."""
    names = sorted({report for report, _ in met.mentions})
    if not 1 < len(names) <= _COMPARED:
        return {}
    said: dict[str, list[Statement]] = {}
    for name in names:
        numbers = [
            n
            for (n,) in db.execute(
                "SELECT s.n FROM statements s JOIN reports r ON r.n = s.report WHERE r.id = ? ORDER BY s.position",
                (name,),
            )
        ]
        found = decode.statements(db, numbers)
        said[name] = [found[n] for n in numbers]
    return said


def _keep(db: sqlite3.Connection, met: LinkedEncounter, members: list[int]) -> int:
    row = rows.encounter_row(met)
    number = db.execute(rows.insert("encounters", row), row).lastrowid
    assert number is not None
    db.executemany(
        "INSERT INTO encounter_participants VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        rows.participant_rows(number, met.participants),
    )
    db.executemany(
        "INSERT INTO encounter_sides (encounter, side) VALUES (?, ?)",
        [(number, side) for side in rows.sides_of(met.participants, met.kind, met.country)],
    )
    db.executemany(
        "INSERT INTO encounter_life VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(number, at, *step) for at, step in enumerate(met.life)],
    )
    db.executemany("UPDATE mentions SET encounter = ? WHERE n = ?", [(number, n) for n in members])
    return number


def _keep_disagreements(db: sqlite3.Connection, encounter: int, parted: Iterable[Disagreement]) -> None:
    for at, one in enumerate(parted):
        number = db.execute(
            "INSERT INTO disagreements (encounter, position, field, because) VALUES (?, ?, ?, ?)",
            (encounter, at, one.field, one.because),
        ).lastrowid
        for position, (value, report, mention, passages) in enumerate(one.values):
            n = db.execute(
                "INSERT INTO disagreement_values (disagreement, position, value, report, mention)"
                " SELECT ?, ?, ?, n, ? FROM reports WHERE id = ?",
                (number, position, value, mention, report),
            ).lastrowid
            db.executemany(
                "INSERT INTO disagreement_passages VALUES (?, ?, ?, ?, ?)",
                [(n, i, p.start, p.end, p.text) for i, p in enumerate(passages)],
            )
