"""From what an expression says to its days: full dates, ranges, clocks, and what is counted from another day."""

from __future__ import annotations

import datetime as dt

from communique.dates.anchors import Anchor, Settled
from communique.dates.edtf import bounds, interval, precision
from communique.dates.meaning import Meaning, full, partial
from communique.dates.offsets import shifted
from communique.dates.tense import Tense
from communique.dates.yearless import yearless
from communique.records import DateBasis

__all__ = ["settle"]


def settle(m: Meaning, anchor: Anchor, own: tuple[dt.date, dt.date] | None, how: Tense | None, text: str) -> Settled:
    """The value of a meaning with its basis and reason; `own` is the report's own day or span, `how` the tense."""
    if m.kind in {"duration", "set"}:
        return Settled(partial(m.with_(kind="duration")), "stated" if m.n else None,
                       "the text gives the length" if m.n else "the text does not say how many")  # fmt: skip
    if m.kind == "ref":
        return Settled(None, None, "the text names no day")
    if m.kind == "clock":
        return _clock(anchor)
    if m.kind == "range":
        return _range(m, anchor, own, how, text)
    if m.bc:
        return Settled(None, None, "a year before Christ")
    if m.kind == "offset":
        return _offset(m, anchor, own, how)
    if m.year is not None and m.swapped:
        return _swapped(m, anchor)
    if m.year is not None or m.decade or m.century:
        value = partial(m)
        return Settled(
            value, "stated" if value else None, "the text gives it in full" if value else "there is no such day"
        )
    return yearless(m, anchor, own, how)


def _clock(anchor: Anchor) -> Settled:
    size = precision(anchor.narrated)
    if size == 1:
        return Settled(anchor.narrated, "resolved", f"a time on the day told before ({anchor.narrated_text!r})")
    if anchor.day is not None:
        return Settled(anchor.day.isoformat(), "resolved", f"a time on the report's day {anchor.day.isoformat()}")
    return Settled(None, None, "the text gives a time without a day")


def _swapped(m: Meaning, anchor: Anchor) -> Settled:
    one = full(m)
    other = full(m.with_(month=m.day, day=m.month))
    both = tuple(v for v in (one, other) if v)
    if anchor.day and len(both) == 2:
        gaps = sorted((abs((dt.date.fromisoformat(v) - anchor.day).days), v) for v in both)
        if gaps[0][0] <= 31 and gaps[1][0] >= 3 * (gaps[0][0] + 2):
            return Settled(
                gaps[0][1], "resolved", "of the two ways to read the figures this one is near the report's day", both
            )
    return Settled(None, None, "day and month may stand in either order", both)


def _range(m: Meaning, anchor: Anchor, own: tuple[dt.date, dt.date] | None, how: Tense | None, text: str) -> Settled:
    assert m.first is not None
    assert m.last is not None
    if m.last.year is None and m.first.year is not None and m.last.kind == "calendar":
        turned = (m.last.month or 12, m.last.day or 31) < (m.first.month or 0, m.first.day or 0)
        m = m.with_(last=m.last.with_(year=m.first.year + turned))
    assert m.first is not None
    assert m.last is not None
    first = settle(m.first, anchor, own, how, text)
    a = bounds(first.value)
    after = Anchor(day=anchor.day, narrated=first.value or anchor.narrated, narrated_text=text)
    last = settle(m.last, after, own, how, text)
    b = bounds(last.value)
    if a and b and b[1] < a[0] and m.last.year is None:  # over New Year, or from weekday to weekday
        last = _following(m.last, a[0]) or last
        b = bounds(last.value)
    if a and b and m.first.year is None and m.last.year is not None and a[0] > b[1]:
        a = bounds(
            full(m.first.with_(year=m.last.year - 1 if (m.first.month or 0) > (m.last.month or 0) else m.last.year))
        )
    if a and b and a[0] <= b[1]:
        basis: DateBasis = "stated" if first.basis == last.basis == "stated" else "resolved"
        return Settled(interval(a[0], b[1]), basis, first.because if basis == "stated" else last.because)
    value = partial(m)
    return Settled(value, None, first.because or last.because)


def _following(m: Meaning, start: dt.date) -> Settled | None:
    if m.weekday and not m.day:
        day = start + dt.timedelta((m.weekday - 1 - start.weekday()) % 7)
        return Settled(day.isoformat(), "resolved", "the first such day after the range begins")
    if m.month:
        for year in (start.year, start.year + 1):
            value = full(m.with_(year=year))
            if value and (b := bounds(value)) and b[1] >= start:
                return Settled(value, "resolved", "the first such date after the range begins")
    return None


# --- so many units from a day ------------------------------------------------------------------------------------


def _coarse(m: Meaning, own: tuple[dt.date, dt.date] | None) -> dt.date | None:
    """The report's own month or year, where the unit asks for no more ("last year", "next month")."""
    if own is None or own[0].year != own[1].year:
        return None
    if m.unit in {"year", "decade", "century"} or (m.unit == "month" and own[0].month == own[1].month):
        return own[0]
    return None


def _offset(m: Meaning, anchor: Anchor, own: tuple[dt.date, dt.date] | None, how: Tense | None) -> Settled:
    if m.n is None:
        return Settled(None, None, "the text does not say how many")
    base: dt.date | None = anchor.day or _coarse(m, own)
    told = ""
    b, words = bounds(anchor.narrated), anchor.narrated_text
    if m.unit not in {"year", "month", "quarter", "decade", "century"} and b and b[0] != b[1]:
        b, words = bounds(anchor.narrated_day), anchor.narrated_day_text  # "the next day" is not of "the 2015 deal"
    if m.anchor == "narrative" and b:
        base, told = (b[0] if m.n <= 0 else b[1]), words
    elif base is None and (b := b or bounds(anchor.narrated)):
        base, told = b[1], words or anchor.narrated_text
    if base is None:
        return _in_open_year(m, anchor)
    value = shifted(base, m, how)
    source = f"the date told before ({told!r})" if told else f"the report's day {base.isoformat()}"
    return Settled(value, "resolved" if value else None, f"counted from {source}" if value else "out of the calendar")


def _in_open_year(m: Meaning, anchor: Anchor) -> Settled:
    """ "two days later" after "on 10 January" of an unknown year: 12 January of that year."""
    told = anchor.narrated or ""
    day = bounds(told.replace("XXXX", "2023")) if told.startswith("XXXX-") and len(told) == 10 else None
    if day and m.unit == "day" and m.n is not None:
        moved = day[0] + dt.timedelta(round(m.n))
        if moved.year == day[0].year and not (day[0].month <= 2 < moved.month or moved.month <= 2 < day[0].month):
            because = f"counted from the date told before ({anchor.narrated_text!r}); the year is not known"
            return Settled(f"XXXX-{moved.month:02d}-{moved.day:02d}", None, because)
    return Settled(None, None, "there is no day to count from")
