"""The days that a page prints around its article: evidence for the day of publication, though not part of the text."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal, NamedTuple, TypeAlias

from communique.cleaning.days import MONTHS
from communique.records import Report

__all__ = ["Stamp", "stamps"]

StampKind: TypeAlias = Literal["published", "updated", "bare", "caption"]


class Stamp(NamedTuple):
    """A day (ISO) that the page printed, the words around it, and what the page calls it.

    "bare" is a date without a label around the article: the article's day or, as often, the day on which the page was
    fetched. "caption" is the day on which a picture was taken. A page that gives "published" and "updated" means the
    former.
    """

    day: str
    kind: StampKind
    text: str


_LONGEST: Final = 450
"""Characters of the longest line of furniture that is a line of dates and names."""
_MONTH: Final = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FORMS: Final[tuple[tuple[re.Pattern[str], tuple[int, int, int]], ...]] = (
    (re.compile(r"\b(\d{4})[-./年]\s?(\d{1,2})[-./月]\s?(\d{1,2})"), (1, 2, 3)),
    (re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s.-]*{_MONTH},?[\s.-]*(\d{{4}})\b"), (3, 2, 1)),
    (re.compile(rf"\b{_MONTH}\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b"), (3, 1, 2)),
    (re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b"), (3, 2, 1)),
)
_SLASHED: Final = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")
_LATER: Final = re.compile(r"\b(?:updated?|modified|revised|edited|amended)\b")
_LABEL: Final = re.compile(
    r"\b(?:published|posted|created|released?|issued|dated?|uploaded|written|filed|submitted|write|reported|by)\b"
)
_RELEASE: Final = re.compile(r"\bimmediate release\b|^press release$", re.IGNORECASE)
_NOW: Final = re.compile(r"\b(?:today|printed|accessed|retrieved|visited|copyright)\b|©")
_STAMPED: Final[dict[str, StampKind | None]] = {
    "page timestamp": None,
    "byline": "published",
    "source note of a reprint": "published",
    "editors' names": "published",
    "agency name": "published",
    "page header": None,
    "section name": None,
    "navigation": None,
    "share bar": None,
    "signature": None,
    "title again": None,
    "caption of a picture": "caption",
    "photo credit": "caption",
}
"""The kinds of furniture whose dates speak of the article, and what a date without a label means there: the name of
the writer or of the agency beside it makes it the day of publication. Dates among links to other articles, readers'
comments and notices of copyright are of other things."""


def stamps(report: Report) -> tuple[Stamp, ...]:
    """The days among the furniture of a report that are its own or the page's, in the order of the page.

    Dates that could be read in two ways ("03/04/2021") are left out.
    """
    found: list[Stamp] = []
    headed = -9
    for number, item in enumerate(report.furniture):
        if item.reason == "letterhead" or _RELEASE.search(item.text):
            headed = number
        if item.reason not in _STAMPED or len(item.text) > _LONGEST:
            continue
        meant = _STAMPED[item.reason]
        if item.reason == "page timestamp" and number - headed <= 2:
            meant = "published"  # the day below a letterhead is that of the release
        lower = " ".join(item.text.lower().split())
        at = 0
        for start, end, day in sorted(_days(lower)):
            found.append(Stamp(day, _kind(lower[at:start], meant), item.text))
            at = end
    return tuple(found)


def _kind(before: str, unlabelled: StampKind | None) -> StampKind:
    if unlabelled == "caption":
        return "caption"
    if _LATER.search(before):
        return "updated"
    if _NOW.search(before):
        return "bare"
    return "published" if unlabelled or _LABEL.search(before) else "bare"


def _days(text: str) -> list[tuple[int, int, str]]:
    days: list[tuple[int, int, str]] = []
    for pattern, (year, month, day) in _FORMS:
        for match in pattern.finditer(text):
            iso = _iso(match[year], match[month], match[day])
            if iso and not any(a < match.end() and match.start() < b for a, b, _ in days):
                days.append((match.start(), match.end(), iso))
    for match in _SLASHED.finditer(text):
        first, second = int(match[1]), int(match[2])
        if first > 12 or second > 12 or first == second:
            iso = _iso(match[3], match[2], match[1]) if first > 12 else _iso(match[3], match[1], match[2])
            if iso:
                days.append((match.start(), match.end(), iso))
    return days


def _iso(year: str, month: str, day: str) -> str | None:
    number = int(month) if month.isdigit() else MONTHS.get(month[:3], 0)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None
