"""The mentions of the record as linking sees them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from communique.linking import Told
from communique.store import decode
from communique.store.decode import chunks, marks

__all__ = ["tellings"]


def tellings(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[str, tuple[int, Told]]:
    """The mentions with these row numbers, as their reports alone tell them, by their key."""
    wanted = sorted(set(numbers))
    met = decode.mentions(db, wanted)
    found: dict[str, tuple[int, Told]] = {}
    for part in chunks(wanted):
        for n, report, published, basis, origin, relay in db.execute(
            "SELECT m.n, r.id, r.published, r.published_basis, r.origin, r.relay FROM mentions m"
            f" JOIN reports r ON r.n = m.report WHERE m.n IN {marks(part)}",
            part,
        ):
            told = Told(report, published, basis, origin, met[n], relay)
            found[told.key] = (n, told)
    return found
