"""Days and months in a page's address."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from communique.dates.edtf import valid

__all__ = ["from_address"]

_MONTHS: Final = {m: i for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_YEAR: Final = r"(?P<y>19[5-9]\d|20[0-5]\d)"
_DAY_PATTERNS: Final = tuple(
    re.compile(p)
    for p in (
        rf"[/=_-]{_YEAR}/(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01])(?=[/._?&-]|$)",
        rf"[/=_-]{_YEAR}[-_](?P<m>0?[1-9]|1[0-2])[-_](?P<d>0?[1-9]|[12]\d|3[01])(?=\D|$)",
        rf"/{_YEAR}/(?P<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(?P<d>0?[1-9]|[12]\d|3[01])(?=/|$)",
        rf"/{_YEAR}/(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=[/._-]|$)",
        rf"(?<!\d){_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"(?:/[A-Z]{{2,4}}|/[a-z]?){_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=\d{{4,}})",
        r"/(?P<d>[0-3]?\d)[-_](?P<m>0?[1-9]|1[0-2])[-_](?P<y>19[5-9]\d|20[0-5]\d)(?=\D|$)",
    )
)
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

    >>> from_address("https://example.org/world/2023/03/18/talks-end/")
    '2023-03-18'
    >>> from_address("https://example.org/2023/04/talks-end/")
    '2023-04'
    """
    if not url:
        return None
    for pattern in _DAY_PATTERNS:
        for match in pattern.finditer(url):
            found = match.groupdict()
            month = _MONTHS[found["mon"]] if found.get("mon") else int(found["m"])
            try:
                return dt.date(int(found["y"]), month, int(found["d"])).isoformat()
            except ValueError:
                continue
    for pattern in _MONTH_PATTERNS:
        if month_match := pattern.search(url):
            found = month_match.groupdict()
            month = _MONTHS[found["mon"]] if found.get("mon") else int(found["m"])
            value = f"{found['y']}-{month:02d}"
            return value if valid(value) else None
    year = _YEAR_PATTERN.search(url)
    return year["y"] if year else None
