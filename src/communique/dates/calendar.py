"""Every day from 1945 to 2045 as arrays, so that a piece of evidence is one vector of log-likelihoods over days."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["FIRST", "LAST", "Floats", "Ints", "Table", "gaps", "table"]

FIRST: Final = dt.date(1945, 1, 1)
LAST: Final = dt.date(2045, 12, 31)
"""Reports of other days are not dated by evidence."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Table(NamedTuple):
    """Of every day: ordinal, year, month (counted from year 0), weekday (0 Monday), day of its year, leap year."""

    ordinal: Ints
    year: Ints
    month: Ints
    weekday: Ints
    yday: Ints
    leap: Ints
    before: Ints  # days in the year before


@cache
def table() -> Table:
    """The calendar from FIRST to LAST."""
    ordinal = np.arange(FIRST.toordinal(), LAST.toordinal() + 1, dtype=np.int64)
    stamps = (ordinal - dt.date(1970, 1, 1).toordinal()).astype("datetime64[D]")
    month = stamps.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    year = month // 12
    starts = np.array([dt.date(y, 1, 1).toordinal() for y in range(FIRST.year, LAST.year + 1)], dtype=np.int64)
    leap = (year % 4 == 0).astype(np.int64)  # 2000 was one; no other century lies in the span
    before = 365 + ((year - 1) % 4 == 0)
    return Table(ordinal, year, month, (ordinal - 1) % 7, ordinal - starts[year - FIRST.year], leap, before)


@lru_cache(maxsize=48)
def gaps(month: int, day: int) -> tuple[Ints, Ints]:
    """For every day, the days since the last "month day" (0 on it) and the days until the next one (0 on it).

    29 February of a common year counts as 1 March.
    """
    t = table()
    place = dt.date(2023, month, min(day, 28)).timetuple().tm_yday - 1 + day - min(day, 28)
    shift = 1 if month > 2 else 0
    here = t.yday - (place + shift * t.leap)
    back = np.where(here >= 0, here, t.yday + t.before - place - shift * (t.before - 365))
    year_after = 365 + ((t.year + 1) % 4 == 0)
    ahead = np.where(here <= 0, -here, 365 + t.leap - t.yday + place + shift * (year_after - 365))
    return back, ahead
