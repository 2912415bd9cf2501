"""Days and months in a page's address."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from communique.dates.edtf import valid

__all__ = ["copied", "from_address"]

_MONTHS: Final = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_YEAR: Final = r"(?P<y>19[5-9]\d|20[0-5]\d)"
_NAME: Final = r"(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY: Final = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_DAY_PATTERNS: Final = tuple(
    re.compile(p)
    for p in (
        rf"[/=_-]{_YEAR}/(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01])(?=[/._?&-]|$)",
        rf"[/=_-]{_YEAR}[-_](?P<m>0?[1-9]|1[0-2])[-_](?P<d>0?[1-9]|[12]\d|3[01])(?=\D|$)",
        rf"/{_YEAR}/(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(?P<d>0?[1-9]|[12]\d|3[01])(?=/|$)",
        rf"/{_YEAR}/(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=[/._-]|$)",
        rf"(?<!\d){_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"/[a-z]{{0,4}}{_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=\d{{4,}})",
        rf"[/=_-]{_YEAR}-(?P<m>0[1-9]|1[0-2])/{_DAY}(?=[/._?&-]|$)",
        rf"/{_YEAR}(?P<m>0[1-9]|1[0-2])/{_DAY}(?=[/._?&-]|$)",
        rf"(?<![a-z\d]){_DAY}[-_/]{_NAME}[-_/]{_YEAR}(?!\d)",
        rf"(?<![a-z]){_NAME}[-_/]{_DAY}(?:st|nd|rd|th)?[-_/]{_YEAR}(?!\d)",
        rf"[?&](?:yyyy|year|y)={_YEAR}&(?:mm|month|m)=(?P<m>0?[1-9]|1[0-2])&(?:dd|day|d)={_DAY}(?!\d)",
        rf"[?&](?:dd|day|d)={_DAY}&(?:mm|month|m)=(?P<m>0?[1-9]|1[0-2])&(?:yyyy|year|y)={_YEAR}(?!\d)",
        rf"(?<!\d){_DAY}\.(?P<m>0?[1-9]|1[0-2])\.{_YEAR}(?!\d)",
        rf"/y?{_YEAR}/m(?P<m>0?[1-9]|1[0-2])/d{_DAY}(?!\d)",
    )
)
_EITHER: Final = re.compile(rf"[/=_-](?P<a>[0-3]?\d)(?P<mark>[-_/])(?P<b>[0-3]?\d)(?P=mark){_YEAR}(?=\D|$)")
"""Day before month or month before day: a day only where one of the two can be no month."""
_ARCHIVE: Final = re.compile(r"\A\S*?/(?:web/)?(\d{4})(\d\d)(\d\d)\d{6}(?:[a-z]{2}_)?/(?=https?:)", re.IGNORECASE)
"""The day on which an archive took its copy is not that of the report."""
_MONTH_PATTERNS: Final = tuple(
    re.compile(p)
    for p in (
        rf"[/=]{_YEAR}[/-](?P<m>0?[1-9]|1[0-2])(?=[/._?&-]|$)",
        rf"/{_YEAR}(?P<m>0[1-9]|1[0-2])(?=/|$)",
        rf"/{_YEAR}/(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?=/|$)",
    )
)
_YEAR_PATTERN: Final = re.compile(rf"/{_YEAR}(?=/|$)")


def from_address(url: str | None) -> str | None:
    """The day, else the month, else the year that stands in an address, as EDTF; None without one.

    Of a copy in an archive the address that was copied counts.

    >>> from_address("https://example.org/world/2023/03/18/talks-end/")
    '2023-03-18'
    >>> from_address("https://example.org/2023/04/talks-end/")
    '2023-04'
    """
    if not url:
        return None
    url = _ARCHIVE.sub("", url).lower()
    for pattern in _DAY_PATTERNS:
        for match in pattern.finditer(url):
            found = match.groupdict()
            month = _MONTHS[found["mon"]] if found.get("mon") else int(found["m"])
            try:
                return dt.date(int(found["y"]), month, int(found["d"])).isoformat()
            except ValueError:
                continue
    if either := _EITHER.search(url):
        a, b = int(either["a"]), int(either["b"])
        if a > 12 >= b or b > 12 >= a or a == b:
            try:
                return dt.date(int(either["y"]), min(a, b), max(a, b)).isoformat()
            except ValueError:
                pass
        elif 1 <= a <= 12 and 1 <= b <= 12:
            return either["y"]
    for pattern in _MONTH_PATTERNS:
        if month_match := pattern.search(url):
            found = month_match.groupdict()
            month = _MONTHS[found["mon"]] if found.get("mon") else int(found["m"])
            value = f"{found['y']}-{month:02d}"
            return value if valid(value) else None
    year = _YEAR_PATTERN.search(url)
    return year["y"] if year else None


def copied(url: str | None) -> str | None:
    """The day on which an archive took its copy of a page: the report is not younger. None for other addresses.

    >>> copied("https://archive.example/web/20181201103000/http://example.org/talks")
    '2018-12-01'
    """
    found = _ARCHIVE.search(url) if url else None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else None
    except ValueError:
        return None
