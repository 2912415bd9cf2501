"""Every day from 1900 to 2060 as arrays, so that a piece of evidence is one vector of log-likelihoods over days."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from communique.dates.edtf import last_of_month

__all__ = ["FIRST", "LAST", "Floats", "Table", "gaps", "table"]

FIRST: Final = dt.date(1900, 1, 1)
LAST: Final = dt.date(2060, 12, 31)
"""Reports outside these days are not dated by evidence, only by what they state."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Table(NamedTuple):
    """Ordinal, year, month (counted from year 0) and weekday (0 Monday) of every day."""

    ordinal: Ints
    year: Ints
    month: Ints
    weekday: Ints


@cache
def table() -> Table:
    """The calendar from FIRST to LAST."""
    ordinal = np.arange(FIRST.toordinal(), LAST.toordinal() + 1, dtype=np.int64)
    stamps = (ordinal - dt.date(1970, 1, 1).toordinal()).astype("datetime64[D]")
    month = stamps.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return Table(ordinal, month // 12, month, (ordinal - 1) % 7)


@cache
def gaps(month: int, day: int) -> tuple[Ints, Ints]:
    """For every day, the days since the last 'month day' (0 on it) and the days until the next one (0 on it)."""
    found = [
        dt.date(y, month, min(day, last_of_month(y, month))).toordinal() for y in range(FIRST.year - 1, LAST.year + 2)
    ]
    dates = np.array(found, dtype=np.int64)
    days = table().ordinal
    after = np.searchsorted(dates, days, side="left")
    return days - dates[np.searchsorted(dates, days, side="right") - 1], dates[after] - days
