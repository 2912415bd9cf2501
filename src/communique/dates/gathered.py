"""Evidence from gatherings known by place or number, from well-known meetings, and from numbered resolutions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

import numpy as np

from communique.dates.calendar import FIRST, Floats, table
from communique.dates.edtf import bounds
from communique.dates.evidence import Evidence
from communique.dates.grammar import check_keys, load_table
from communique.dates.tense import Tense
from communique.errors import KnowledgeError

__all__ = ["ORDINAL", "Calendar", "Gathering", "Heard", "calendar", "day", "gathered", "near", "ordinal"]

Marks = Mapping[str, Sequence[int]]
Days = tuple[dt.date, dt.date]

_NEAR: Final = 260
"""Characters between the name of a forum (or of a person) and the place where it met."""


class Gathering(NamedTuple):
    """A meeting of gatherings.toml: forum, place, days."""

    forum: str
    place: str
    start: dt.date
    end: dt.date


class Series(NamedTuple):
    """A row of series.toml: the days by number, words that follow a number and words that stand before it."""

    name: str
    words: tuple[str, ...]
    before: tuple[str, ...]
    held: dict[int, Days]


class Numbered(NamedTuple):
    """Texts with running numbers: last number of each year, in order."""

    name: str
    words: frozenset[str]
    also: frozenset[str]
    least: int
    last: tuple[tuple[int, int], ...]


class Meeting(NamedTuple):
    """A row of meetings.toml: the spellings of each party, those of the place, the days."""

    who: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    start: dt.date
    end: dt.date


class Sitting(NamedTuple):
    """A body that meets at the same seat, or a thing that comes round: words, what else must be named, the days."""

    name: str
    words: tuple[str, ...]
    also: frozenset[str]
    days: tuple[Days, ...]


class Heard(NamedTuple):
    """What a report tells beside the names: weekdays gone by, and days of the year; each with its place."""

    weekdays: tuple[tuple[int, int], ...] = ()
    """Place and number, 1 Monday."""
    dates: tuple[tuple[int, int, int], ...] = ()
    """Place, month, day of dates without a year."""
    how: Callable[[int], Tense | None] = lambda _: None
    """The tense of the clause at a place."""


class Calendar(NamedTuple):
    """What is known of gatherings, and all words by which they are recognised."""

    gatherings: dict[str, tuple[Gathering, ...]]
    forum_of: dict[str, tuple[str, ...]]
    series: tuple[Series, ...]
    numbered: tuple[Numbered, ...]
    meetings: dict[str, tuple[Meeting, ...]]
    seats: frozenset[str]
    sittings: tuple[Sitting, ...]
    words: frozenset[str]


def day(value: str) -> dt.date:
    """The day of a row. Raises KnowledgeError if it is none."""
    found = bounds(value)
    if found is None or found[0] != found[1]:
        raise KnowledgeError(f"{value!r} is no day", where="data/dates", remedy="Write it as 2022-02-24.")
    return found[0]


@cache
def calendar() -> Calendar:
    """gatherings.toml, series.toml and meetings.toml, checked. Raises KnowledgeError where a key or a day is wrong."""
    gatherings: dict[str, list[Gathering]] = {}
    forum_of: dict[str, list[str]] = {}
    for row in load_table("gatherings.toml")["forum"]:
        check_keys(row, {"name", "words", "meetings"}, "data/dates/gatherings.toml")
        for word in row["words"]:
            forum_of.setdefault(word, []).append(row["name"])
        found = gatherings.setdefault(row["name"], [])
        for places, start, end in row["meetings"]:
            found += [Gathering(row["name"], place, day(start), day(end)) for place in places.split("|")]
    sittings = tuple(_sitting(row) for row in load_table("gatherings.toml")["sitting"])
    counted = load_table("series.toml")
    series = tuple(_series(row) for row in counted["series"])
    numbered = tuple(_numbered(row) for row in counted["numbered"])
    meetings: dict[str, list[Meeting]] = {}
    famous = load_table("meetings.toml")
    check_keys(famous, {"seats", "meetings"}, "data/dates/meetings.toml")
    for table_ in famous["meetings"]:
        check_keys(table_, {"between", "rows"}, "data/dates/meetings.toml")
        for who, places, start, end in table_["rows"]:
            one = Meeting(
                tuple(tuple(w.split("|")) for w in who.split("+")), tuple(places.split("|")), day(start), day(end)
            )
            for name in one.who[0]:
                meetings.setdefault(name, []).append(one)
    words = {w for s in series for w in (*s.words, *s.before)} | {w for n in numbered for w in (*n.words, *n.also)}
    words |= {w for s in sittings for w in (*s.words, *s.also)}
    words |= set(forum_of) | {g.place for gs in gatherings.values() for g in gs}
    words |= {w for ms in meetings.values() for m in ms for w in (*m.places, *(n for names in m.who for n in names))}
    return Calendar(
        {name: tuple(found) for name, found in gatherings.items()},
        {word: tuple(names) for word, names in forum_of.items()},
        series,
        numbered,
        {name: tuple(found) for name, found in meetings.items()},
        frozenset(famous["seats"]),
        sittings,
        frozenset(words),
    )


def _sitting(row: dict[str, Any]) -> Sitting:
    check_keys(row, {"name", "words", "also", "days"}, "data/dates/gatherings.toml")
    days = tuple((day(a), day(b)) for a, _, b in (d.partition("/") for d in row["days"]))
    return Sitting(row["name"], tuple(row["words"]), frozenset(row.get("also", ())), days)


def _series(row: dict[str, Any]) -> Series:
    check_keys(row, {"name", "words", "before", "held", "yearly", "days"}, "data/dates/series.toml")
    held = {number: (day(a), day(b)) for number, a, b in row.get("held", ())}
    if "yearly" in row:
        number, year, month, first, last = row["yearly"]
        a, b = row["days"]
        for n in range(first, last + 1):
            held[n] = (dt.date(year + n - number, month, a), dt.date(year + n - number, month, b))
    return Series(row["name"], tuple(row["words"]), tuple(row.get("before", ())), held)


def _numbered(row: dict[str, Any]) -> Numbered:
    check_keys(row, {"name", "words", "also", "least", "last"}, "data/dates/series.toml")
    last = tuple((year, number) for year, number in row["last"])
    return Numbered(row["name"], frozenset(row["words"]), frozenset(row["also"]), row["least"], last)


@lru_cache(maxsize=32)
def near(start: dt.date, end: dt.date) -> Floats:
    """Log-likelihood of days by their distance from an event that a report speaks of as if it knew it to be known.

    Most are of the days of the event, of the weeks before it and of those after; later ones look back at it for years.
    """
    days = table().ordinal
    before = np.maximum(start.toordinal() - days, 0)
    after = np.maximum(days - end.toordinal(), 0)
    late = np.where(after <= 1, 0.0, np.where(after <= 8, -0.5 - 0.12 * after, -2.6 - 1.2 * np.log1p(after / 30.0)))
    soon = np.where(before <= 8, -0.4 - 0.1 * before, np.maximum(-1.2 - 0.045 * before, -9.0))
    return np.asarray(np.where(before > 0, soon, np.maximum(late, -9.0)), dtype=np.float64)


_MISREAD: Final = -2.0
"""The other side of an event than the tense of its clause says."""


def _leaning(scores: Floats, start: dt.date, end: dt.date, how: Tense | None) -> Floats:
    """An event told as past lies behind the report, one to come ahead of it."""
    days = table().ordinal
    if how == "past":
        return np.where(days < start.toordinal(), scores + _MISREAD, scores)
    return np.where(days > end.toordinal(), scores + _MISREAD, scores) if how == "future" else scores


def _told(start: dt.date, end: dt.date, weekdays: frozenset[int]) -> Floats | None:
    """The same where the report tells, beside the place, of a weekday gone by, and the event lasted over such a day."""
    if (end - start).days > 6:
        return None
    run = [dt.date.fromordinal(n) for n in range(start.toordinal(), end.toordinal() + 1)]
    told = [d for d in run if d.isoweekday() in weekdays]
    if not told:
        return None
    after = table().ordinal - told[-1].toordinal()
    steps = np.array([0.0, -0.2, -1.2, -2.0, -2.2, -2.4, -2.6])
    return np.asarray(np.where((after >= 0) & (after <= 6), steps[np.clip(after, 0, 6)], near(start, end) - 2.0))


def _when(start: dt.date, end: dt.date) -> str:
    return f"on {start.isoformat()}" if start == end else f"from {start.isoformat()} to {end.isoformat()}"


def _year_given(text: str, spots: Iterable[int], year: int) -> bool:
    """Does the text itself give the year beside the name? Then that date speaks for itself, mostly as a look back."""
    return any(str(year) in text[max(0, at - 60) : at + 90] for at in spots)


def gathered(text: str, marks: Marks, heard: Heard | None = None) -> list[Evidence]:
    """What the gatherings and resolutions that the text names say about its day.

    `marks` are the words found, with their places; `heard` the weekdays and days of the year that the report tells.
    """
    c = calendar()
    low = text.lower()
    if len(low) != len(text):  # a few capitals grow when lowered: keep the offsets
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    told = heard or Heard()
    names = {w: up for w, spots in marks.items() if (up := [at for at in spots if text[at : at + 1].isupper()])}
    by_place, by_party = _by_place(c, low, marks, told), _by_party(c, low, names, told)
    return [
        *by_place, *_by_number(c, low, marks, told), *by_party, *_sat(c, marks, told.dates), *_numbers(c, low, marks)
    ]  # fmt: skip


def _sat(c: Calendar, marks: Marks, dates: Sequence[tuple[int, int, int]]) -> list[Evidence]:
    """A day of the year, beside the name of a body that met on it: of the years in which it did."""
    out: list[Evidence] = []
    for sitting in c.sittings:
        spots = [at for w in sitting.words for at in marks.get(w, ())]
        if not spots or (sitting.also and sitting.also.isdisjoint(marks)):
            continue
        beside = {(month, number) for at, month, number in dates if any(abs(at - spot) < _NEAR for spot in spots)}
        fits = [d for d in sitting.days if any(_holds(d, month, number) for month, number in beside)]
        if not fits:
            continue
        ordinals = table().ordinal
        inside = np.zeros(len(ordinals), dtype=bool)
        for first, last in fits:
            inside |= (ordinals >= first.toordinal() - 75) & (ordinals <= last.toordinal() + 45)
        years = ", ".join(str(first.year) for first, _ in fits)
        because = f"the day told beside the {sitting.name} is one of its days in {years}"
        out.append(Evidence("known", np.where(inside, 0.0, -2.2), because))
    return out[:3]


def _holds(days: Days, month: int, number: int) -> bool:
    first, last = days
    return any(
        (d.month, d.day) == (month, number)
        for d in (first + dt.timedelta(n) for n in range((last - first).days + 1))
    )  # fmt: skip


def _shape(start: dt.date, end: dt.date, spots: Sequence[int], heard: Heard) -> Floats:
    beside = frozenset(weekday for at, weekday in heard.weekdays if any(abs(at - spot) < _NEAR for spot in spots))
    told = _told(start, end, beside)
    if told is not None:
        return told
    scores = _leaning(near(start, end), start, end, heard.how(spots[0]))
    return scores - 1.5 if beside and (end - start).days <= 6 else scores  # another meeting there fits the weekday


_LOOK_BACK: Final = -6.5
"""The least likelihood of a day long after a gathering: later ones are compared with it."""


def _by_place(c: Calendar, text: str, marks: Marks, heard: Heard) -> list[Evidence]:
    """A forum and the place where it met: of those days or later; where it met there twice, of either."""
    out: list[Evidence] = []
    done: set[tuple[str, str]] = set()
    for word in sorted(set(marks) & set(c.forum_of)):
        for forum in c.forum_of[word]:
            met: dict[str, list[Gathering]] = {}
            for g in c.gatherings[forum]:
                if g.place in marks and (forum, g.place) not in done and _close(marks[word], marks[g.place]):
                    met.setdefault(g.place, []).append(g)
            for place, all_ in met.items():
                done.add((forum, place))
                if any(_year_given(text, marks[place], g.start.year) for g in all_):
                    continue
                scores = np.asarray(np.maximum.reduce([_shape(g.start, g.end, marks[place], heard) for g in all_]))
                later = table().ordinal > all_[-1].end.toordinal()
                scores[later] = np.maximum(scores[later], _LOOK_BACK)
                when = " and ".join(_when(g.start, g.end) for g in all_)
                out.append(Evidence("known", scores, f"the {forum} met at {place.title()} {when}"))
    return out[:4]


def _close(some: Sequence[int], others: Sequence[int]) -> bool:
    return any(abs(a - b) < _NEAR for a in some for b in others)


_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
_ONES: Final = {
    w: i
    for i, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80}
ORDINAL: Final = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|(?:(?:"
    + "|".join(_TENS)
    + r")[- ])?(?:"
    + "|".join(sorted(_ONES, key=len, reverse=True))
    + r"))"
)
_ORDINAL: Final = re.compile(rf"\b({ORDINAL})\b")


def ordinal(words: str) -> int:
    """The number that an ordinal in lower case says: "27th", "seventy-eighth"."""
    if words[0].isdigit():
        return int(re.match(r"\d+", words)[0])  # type: ignore[index]
    tens, _, ones = words.replace(" ", "-").rpartition("-")
    return _TENS.get(tens, 0) + _ONES[ones]


_BROKEN: Final = re.compile(r"[.;:!?\n](?!\w)")


def _by_number(c: Calendar, text: str, marks: Marks, heard: Heard) -> list[Evidence]:
    """The 27th summit of a series, COP27."""
    out: list[Evidence] = []
    for series in c.series:
        found: dict[int, int] = {}
        for word in series.words:
            for at in marks.get(word, ()):
                head = text[max(0, at - 75) : at]
                numbers = list(_ORDINAL.finditer(head))
                if (
                    numbers
                    and not _BROKEN.search(head[numbers[-1].end() :])
                    and len(head[numbers[-1].end() :].split()) <= 9
                ):
                    found.setdefault(ordinal(numbers[-1][1]), at)
        for word in series.before:
            for match in re.finditer(rf"\b{re.escape(word)}[- ]?(\d{{1,3}})\b", text):
                found.setdefault(int(match[1]), match.start())
        for number, at in found.items():
            held = series.held.get(number)
            if held is None or _year_given(text, [at], held[0].year):
                continue
            because = f"number {number} of the {series.name} met {_when(*held)}"
            out.append(Evidence("known", _shape(*held, [at], heard), because))
    return out[:3]


_AT_SEAT: Final = -3.5
"""The least likelihood of a day far from a meeting at a place where such parties often are."""


def _gather(m: Meeting, marks: Marks, spots: Sequence[int]) -> bool:
    """Are two of the parties, or the only one that is named apart from the place, near one naming of the place?"""
    return any(
        sum(any(abs(at - spot) < _NEAR for n in names for at in marks.get(n, ())) for names in m.who) >= 2
        for spot in spots
    )


def _by_party(c: Calendar, text: str, marks: Marks, heard: Heard) -> list[Evidence]:
    """A meeting that went into history: all parties named, the place near one of them; if twice there, either."""
    met: dict[tuple[tuple[tuple[str, ...], ...], str], list[Meeting]] = {}
    for name in sorted(set(marks) & set(c.meetings)):
        for m in c.meetings[name]:
            if not all(any(n in marks for n in names) for names in m.who):
                continue
            place = next((p for p in m.places if p in marks and _gather(m, marks, marks[p])), None)
            if place is not None:
                all_ = met.setdefault((m.who, place), [])
                all_ += [] if m in all_ else [m]
    out: list[Evidence] = []
    for (parties, place), all_ in met.items():
        if any(_year_given(text, marks[place], m.start.year) for m in all_):
            continue
        who = " and ".join(names[0].title() for names in parties)
        scores = np.maximum.reduce([_shape(m.start, m.end, marks[place], heard) for m in all_])
        if place in c.seats:
            scores = np.maximum(scores, _AT_SEAT)
        when = " and ".join(_when(m.start, m.end) for m in all_)
        out.append(Evidence("known", scores, f"{who} met at {place.title()} {when}"))
    return out[:4]


_RESOLUTION: Final = re.compile(
    r"\b(?:resolutions?|unscr|unsc)\s(?:no\.?\s|number\s)?((?:\d{3,4}(?:,?\s(?:and\s)?|\b))+)"
)


def _numbers(c: Calendar, text: str, marks: Marks) -> list[Evidence]:
    """A numbered resolution: the report is not older than the year in which it was adopted."""
    out: list[Evidence] = []
    for row in c.numbered:
        if row.words.isdisjoint(marks) or row.also.isdisjoint(marks):
            continue
        numbers = [int(n) for m in _RESOLUTION.finditer(text) for n in re.findall(r"\d{3,4}", m[1])]
        known = [n for n in numbers if row.least <= n <= row.last[-1][1]]
        if not known:
            continue
        year = next(y for y, last in row.last if max(known) <= last)
        scores, start = np.zeros(len(table().ordinal)), dt.date(year, 1, 1)
        scores[: max((start - FIRST).days, 0)] = -5.0
        because = f"number {max(known)} of the {row.name} was adopted in {year}"
        out.append(Evidence("known", scores, because, since=start.toordinal()))
    return out
