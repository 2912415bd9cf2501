"""The day that came with a file, in ISO form."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Final

__all__ = ["MONTHS", "day_of"]

MONTHS: Final[dict[str, int]] = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_EDTF: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?[~?%]?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?[~?%]?)?")
_ISO: Final = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[T\s_].*)?", re.DOTALL)
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[./](\d\d?)[./](\d\d?)(?:\s.*)?")
_DAY_MONTH: Final = re.compile(r"(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b.*")
_MONTH_DAY: Final = re.compile(r"(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b.*")


def day_of(value: str | None) -> str | None:
    """The day (or month, year, interval) that a metadata value names, as EDTF; None if that is not certain.

    The day is the one written, in whatever time zone the value is. 03/04/2021 is two days and therefore none.

    >>> day_of("Tue, 11 Jan 2022 23:30:00 +0200"), day_of("20220111T093000Z"), day_of("2022-01"), day_of("03/04/2021")
    ('2022-01-11', '2022-01-11', '2022-01', None)
    """
    text = (value or "").strip()
    if not text:
        return None
    if _EDTF.fullmatch(text):
        return text if all(_sound(part) for part in text.split("/")) else None
    for pattern in (_ISO, _COMPACT, _YEAR_FIRST):
        found = pattern.fullmatch(text)
        if found:
            return _day(*(int(part) for part in found.groups()))
    lower = text.lower()
    if found := _DAY_MONTH.fullmatch(lower):
        return _day(int(found[3]), MONTHS.get(found[2][:3], 0), int(found[1]))
    if found := _MONTH_DAY.fullmatch(lower):
        return _day(int(found[3]), MONTHS.get(found[1][:3], 0), int(found[2]))
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (TypeError, ValueError, IndexError):
        return None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _sound(part: str) -> bool:
    numbers = [int(n) for n in re.findall(r"\d+", part)]
    return _day(*[*numbers, 1, 1][:3]) is not None
