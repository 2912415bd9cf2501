"""The days that a page prints around its article: evidence for the day of publication, though not part of the text."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal, NamedTuple, TypeAlias

from communique.cleaning.days import MONTHS
from communique.records import Report

__all__ = ["Stamp", "days_in", "stamps"]

StampKind: TypeAlias = Literal["published", "updated", "plain", "bare", "caption"]


class Stamp(NamedTuple):
    """A day (ISO) that the page printed, the words around it, and what the page calls it.

    "plain" is a date without a label around the article, mostly the article's day. "bare" is one that names its
    weekday too, as the heads of pages do: as often the day on which the page was fetched. "caption" is the day on which
    a picture was taken. A page that gives "published" and "updated" means the former.
    """

    day: str
    kind: StampKind
    text: str


_LONGEST: Final = 450
"""Characters of the longest line of furniture that is a line of dates and names."""
_SHORT: Final = 40
"""Characters of the longest line in another language that is a date and no more."""
_FOREIGN: Final[dict[str, tuple[str, ...]]] = {
    "es pt it": (
        "enero janeiro gennaio", "febrero fevereiro febbraio", "marzo março", "abril aprile", "mayo maio maggio",
        "junio junho giugno", "julio julho luglio", "agosto",
        "septiembre setembro settembre", "octubre outubro ottobre",
        "noviembre novembro", "diciembre dezembro dicembre",
    ),
    "fr de nl": (
        "janvier januar januari", "février fevrier februar februari", "mars märz maart", "avril", "mai mei",
        "juin juni",
        "juillet juli", "août aout augustus", "septembre", "octobre oktober", "novembre", "décembre decembre dezember",
    ),
    "tr id pl": (
        "ocak stycznia", "şubat subat lutego", "mart maret marca", "nisan kwietnia", "mayıs maja", "haziran czerwca",
        "temmuz lipca", "ağustos agustus sierpnia", "eylül eylul września", "ekim października",
        "kasım kasim listopada",
        "aralık aralik desember grudnia",
    ),
    "ru uk sr": (
        "января січня januara", "февраля лютого februara", "марта березня", "апреля квітня aprila", "мая травня maja",
        "июня червня juna", "июля липня jula", "августа серпня avgusta", "сентября вересня septembra",
        "октября жовтня oktobra", "ноября листопада novembra", "декабря грудня decembra",
    ),
}  # fmt: skip
"""Months as other languages write them in dates, by groups of languages, January first."""
_NAMES: Final[dict[str, int]] = {
    name: number for months in _FOREIGN.values() for number, names in enumerate(months, 1) for name in names.split()
}
_MONTH: Final = (
    "("
    + "|".join(sorted(_NAMES, key=len, reverse=True))
    + r"|jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_FORMS: Final[tuple[tuple[re.Pattern[str], tuple[int, int, int]], ...]] = (
    (re.compile(r"\b(\d{4})[-./年]\s?(\d{1,2})[-./月]\s?(\d{1,2})"), (1, 2, 3)),
    (
        re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|º)?[\s.-]*(?:de |of )?{_MONTH},?[\s.-]*(?:de |del )?(\d{{4}})\b"),
        (3, 2, 1),
    ),
    (re.compile(rf"\b{_MONTH}\s*(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b"), (3, 1, 2)),
    (re.compile(rf"\b(\d{{4}})[\s,-]+{_MONTH}[\s,-]+(\d{{1,2}})\b"), (1, 2, 3)),
    (re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b"), (3, 2, 1)),
)
_SLASHED: Final = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")
_LATER: Final = re.compile(
    r"\b(?:updated?|modified|revised|edited|amended|aktualisiert|mis à jour|modifié|actualizado|atualizado|aggiornato|"
    r"güncelleme|güncellendi|обновлено|оновлено)\b"
)
_LABEL: Final = re.compile(
    r"\b(?:published|posted|created|released?|issued|dated?|uploaded|written|filed|submitted|write|reported|by|"
    r"veröffentlicht|publié|publicado|pubblicato|gepubliceerd|opublikowano|yayınlanma|опубликовано|опубліковано)\b"
)
_RELEASE: Final = re.compile(r"\bimmediate release\b|^press release$", re.IGNORECASE)
_WEEKDAY: Final = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b")
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
        foreign = item.reason.startswith("leftover of another language") and len(item.text) <= _SHORT
        if not foreign and (item.reason not in _STAMPED or len(item.text) > _LONGEST):
            continue
        meant = _STAMPED.get(item.reason)
        if item.reason == "page timestamp" and number - headed <= 2:
            meant = "published"  # the day below a letterhead is that of the release
        lower = " ".join(item.text.lower().split())
        at = 0
        for start, end, day in sorted(days_in(lower)):
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
    if unlabelled or _LABEL.search(before):
        return "published"
    return "bare" if _WEEKDAY.search(before) else "plain"


def days_in(text: str) -> list[tuple[int, int, str]]:
    """The full days written in a line (lower case, any order, several languages): start, end, ISO; no doubtful ones."""
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
    number = int(month) if month.isdigit() else _NAMES.get(month) or MONTHS.get(month[:3], 0)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None
