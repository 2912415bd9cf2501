"""From the fields that a rule caught to a meaning (or several, for lists such as "10 and 12 January")."""

from __future__ import annotations

import re
from typing import Any, Final

from communique.dates.edtf import last_of_month
from communique.dates.fields import Fields, Made, Maker, amount, figure, whole, word, year_of
from communique.dates.grammar import Rule
from communique.dates.lengths import LENGTHS
from communique.dates.meaning import Meaning

__all__ = ["make"]


def make(rule: Rule, match: re.Match[str]) -> list[Made]:
    """What a rule's match means; empty where the fields make no sense (31 February)."""
    fields: Fields = {}
    for name, text in match.groupdict().items():
        if text is not None:
            fields.setdefault(name.partition("__")[0], text)
    return [m for m in _MAKERS[rule.make](rule, match, fields) if _sane(m.meaning)]


def _sane(m: Meaning) -> bool:
    if m.first and m.last:
        return _sane(m.first) and _sane(m.last)
    if m.month and m.day:
        return 1 <= m.day <= last_of_month(m.year or 2024, m.month)
    return m.n is None or m.n < 1e7


def calendar(rule: Rule, fields: Fields) -> Meaning:
    """The calendar fields of a match."""
    kept: dict[str, Any] = dict(rule.fields)
    for name, text in fields.items():
        if name == "year":
            kept["year"] = year_of(text)
        elif name == "month":
            kept["month"] = int(text) if text.isdigit() else _month(text)
        elif name == "day":
            kept["day"] = figure(text)
        elif name == "dayth":
            kept["day"] = word("dayth", text)
        elif name == "weekday":
            kept["weekday"] = word("weekday", text) or word("weekdayabbr", text) or word("weekdays", text)
        elif name == "season":
            kept["season"] = word("season", text) or word("fall", text)
        elif name == "mod":
            kept["mod"] = word("modword", text) or word("followingword", text)
        elif name == "wmod":
            kept["weeks"] = word("weekmod", text)
        elif name == "mmod":
            told = text.split()[-1].lower() in {"that", "same"}  # "the 5th of that month": of the month told before
            kept["months"] = None if told else word("monthmod", text)
        elif name == "ymod":
            kept["years"] = word("modword", text) or word("yearword", text)
        elif name == "tod":
            kept["tod"] = word("tod", text)
    return Meaning(**kept)


def _month(text: str) -> int | None:
    found = word("month", text) or word("monthabbr", text)
    return int(found) if found else None


def _calendar(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    return whole(match, calendar(rule, fields))


def _figures(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """13.04.2021, 04/13/2021: with stops the day comes first; otherwise it may be either, if both are months."""
    a, b, year = int(fields["a"]), int(fields["b"]), year_of(fields["year"])
    if len(fields["year"]) == 2 and fields["sep"] != "/":
        return []
    if b > 12:
        a, b = b, a
    if b > 12:
        return []
    doubtful = fields["sep"] in "/-" and a <= 12 and a != b
    meaning = Meaning(year=year, month=b, day=a, swapped=doubtful)
    return whole(match, meaning)


def _days(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """January 10-13: one range; the year, if there is one, belongs to both."""
    month = _month(fields["month"])
    first, last = figure(fields["day"]), figure(fields["day2"])
    year = year_of(fields["year"]) if "year" in fields else None
    if first >= last:
        return []
    a, b = Meaning(year=year, month=month, day=first), Meaning(year=year, month=month, day=last)
    base = match.start()
    if match.start("month") < match.start("day"):
        ends = (
            (match.start("month") - base, match.end("day") - base),
            (match.start("day2") - base, len(match.group())),
        )
    else:
        ends = ((match.start("day") - base, match.end("day") - base), (match.start("day2") - base, len(match.group())))
    return [Made(0, len(match.group()), Meaning(kind="range", first=a, last=b), ends)]


_NUMBER: Final = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)")


def _list(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """10, 12 and 14 January: dates that share month and year. After "between" two of them are a range."""
    month = _month(fields["month"])
    year = year_of(fields["year"]) if "year" in fields else None
    base, size = match.start(), len(match.group())
    month_first = match.start("month") < match.start("day")
    starts = [match.start("month") if month_first else base, match.start("more")]
    spans = [(starts[0] - base, match.end("day") - base, figure(fields["day"]))]
    spans += [
        (m.start() - base, m.end() - base, figure(m.group()))
        for m in _NUMBER.finditer(match.string, match.start("more"), match.end("more"))
    ]
    spans[-1] = (spans[-1][0], size, spans[-1][2])
    days = [Meaning(year=year, month=month, day=day) for _, _, day in spans]
    if match.group().lower().startswith("between"):
        if len(spans) != 2:
            return []
        ends = ((spans[0][0], spans[0][1]), (spans[1][0], spans[1][1]))
        return [Made(0, size, Meaning(kind="range", first=days[0], last=days[1]), ends)]
    return [Made(start, end, meaning) for (start, end, _), meaning in zip(spans, days, strict=True)]


def _weekdays(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """Thursday and Friday, March 4 and 5: one range; the weekdays add nothing to the days."""
    month = _month(fields["month"])
    year = year_of(fields["year"]) if "year" in fields else None
    low, high = match.span("days")
    two = list(_NUMBER.finditer(match.string, low, high))
    if len(two) != 2:
        return []
    first, last = (Meaning(year=year, month=month, day=figure(m.group())) for m in two)
    if (first.day or 0) >= (last.day or 0):
        return []
    base, size = match.start(), len(match.group())
    ends = ((0, two[0].end() - base), (two[1].start() - base, size))
    return [Made(0, size, Meaning(kind="range", first=first, last=last), ends)]


def _figuredays(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """13-14.12.2021, 30.11.-02.12.2021: one range."""
    year, last_month = int(fields["year"]), int(fields["month"])
    first_month = int(fields.get("m1", last_month))
    first = Meaning(year=year - (first_month > last_month), month=first_month, day=int(fields["day"]))
    last = Meaning(year=year, month=last_month, day=int(fields["day2"]))
    if (first.year, first.month, first.day) >= (last.year, last.month, last.day):
        return []
    base, size = match.start(), len(match.group())
    ends = ((0, match.end("day") - base), (match.start("day2") - base, size))
    return [Made(0, size, Meaning(kind="range", first=first, last=last), ends)]


def _quarter(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    if "half" in fields:
        return whole(match, Meaning(half=int(fields["half"][1]), year=year_of(fields["year"])))
    if fields["nth"].lower() == "last" and not {"year", "ymod"} & fields.keys():
        return whole(match, Meaning(kind="offset", unit="quarter", n=-1))
    nth = int(fields["nth"]) if fields["nth"].isdigit() else word("quarterly", fields["nth"])
    year = year_of(fields["year"]) if "year" in fields else None
    years = word("yearword", fields["ymod"]) if "ymod" in fields else None
    return whole(match, Meaning(quarter=nth, year=year, years=years))


def _half(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    return whole(match, Meaning(half=word("halves", fields["nth"]), year=year_of(fields["year"])))


def _decade(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    digits = fields["year"] if "year" in fields else str(word("tens", fields["tens"]))
    decade = digits[:3] if len(digits) == 4 else "19" + digits[0]
    head = match.group().lower().removeprefix("the ")
    part = next((p for p in ("early", "late", "mid") if head.startswith(p)), None)
    return whole(match, Meaning(decade=decade, part=part))


def _century(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    nth = figure(fields["nth"]) or word("centuryword", fields["nth"])
    return whole(match, Meaning(century=f"{nth - 1:02d}")) if nth else []


def _bc(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    if match.group().lower().startswith("the ") and "s " in match.group():
        return whole(match, Meaning(decade=f"{int(fields['bc']):04d}"[:3], bc=True))
    month = _month(fields["month"]) if "month" in fields else None
    return whole(match, Meaning(year=int(fields["bc"]), month=month, bc=True))


def _years(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    first = year_of(fields["year"])
    tail = fields["year2"]
    last = int(str(first)[:2] + tail) if len(tail) == 2 else int(tail)
    if not first < last <= first + 120:
        return []
    base = match.start()
    ends = ((0, match.end("year") - base), (match.start("year2") - base, len(match.group())))
    meaning = Meaning(kind="range", first=Meaning(year=first), last=Meaning(year=last))
    return [Made(0, len(match.group()), meaning, ends)]


def _clock(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    text = match.group().lower()
    if "hhmm" in fields:
        hour, minute = int(fields["hhmm"][:2]), int(fields["hhmm"][2:])
    elif "hour" in fields:
        hour, minute = int(fields["hour"]), int(fields.get("minute", 0))
        half = fields.get("ampm", "").lower()[:1]
        if half and not 1 <= hour <= 12:
            return []
        hour = hour % 12 + 12 if half == "p" else hour % 12 if half == "a" else hour
    elif "hourof" in fields:
        hour, minute = (
            int(amount(fields["hourof"]) or 0),
            {"half past": 30, "quarter past": 15}.get(fields["past"].lower(), 45),
        )
        hour -= fields["past"] == "quarter to"
        if not 0 <= hour <= 24:
            return []
    elif "noon" in text or "midday" in text:
        hour, minute = 12, 0
    elif "midnight" in text:
        hour, minute = 24, 0
    else:
        hour, minute = int(amount(re.split(r"\s", text)[0]) or 0), 0
    zone = "Z" if re.search(r"\b(?:UTC|GMT)\b", match.group()) else ""
    return whole(match, Meaning(kind="clock", clock=f"{hour:02d}:{minute:02d}{zone}"))


_DAYWORDS: Final = {
    "the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
    "the day after tomorrow": 2, "this": 0, "last": -1, "that": 0, "the same": 0,
    "the next": 1, "the following": 1, "the previous": -1,
}  # fmt: skip


_OF_THE_STORY: Final = frozenset({"that", "same", "next", "following", "previous"})


def _dayword(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    tod = word("tod", fields["tod"]) if "tod" in fields else None
    if "dayword" not in fields:  # "in the evening", "the night before": counted from the day told before
        return whole(match, Meaning(kind="offset", unit="day", n=rule.fields["n"], anchor="narrative", tod=tod))
    key = re.sub(r"\s+", " ", fields["dayword"].lower())
    tod = "NI" if key == "tonight" else tod
    anchor = "narrative" if key.split()[-1] in _OF_THE_STORY else "publication"
    if key == "last" and tod not in {"NI", "EV"}:
        return []
    return whole(match, Meaning(kind="offset", unit="day", n=_DAYWORDS[key], anchor=anchor, tod=tod))


def _modunit(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    anchor, n = word("modunit", fields["mod"]).split()
    unit = word("unit1", fields["unit"])
    the = match.group().lower().startswith("the ")
    mod = fields["mod"].lower()
    if the and mod == "next":
        anchor = "narrative"
    if unit in {"second", "minute", "hour"}:
        return []
    if mod == "past" or (the and mod in {"last", "past"} and unit in {"decade", "century"}):
        return whole(match, Meaning(kind="duration", n=1, unit=unit))
    if unit == "weekend" and mod.endswith("coming"):
        return whole(match, Meaning(kind="offset", unit=unit, n=0, ref="FUTURE_REF"))
    return whole(match, Meaning(kind="offset", unit=unit, n=float(n), anchor=anchor))


def _offset(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """A rule whose `set` says the offset; the unit comes from the words where they name it."""
    kept = dict(rule.fields)
    if "unit" in fields:
        kept["unit"] = word("unit1", fields["unit"])
    if kept.get("kind") == "clock":
        return whole(match, Meaning(kind="clock", tod=kept["tod"], clock=kept["tod"]))
    return whole(match, Meaning(**kept))


def _beside(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    back = fields["side"].lower() in {"before", "earlier", "prior", "previous", "previously", "beforehand"}
    unit = word("unit1", fields["unit"])
    ref = None
    if unit == "week" and not match.group().lower().startswith("the "):
        ref = "PAST_REF" if back else "FUTURE_REF"  # "a week later" is that very day, "the week before" a week
    return whole(match, Meaning(kind="offset", unit=unit, n=-1 if back else 1, anchor="narrative", ref=ref))


def _nthweekday(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """The second Tuesday in May."""
    nth = fields.pop("nth")
    meaning = calendar(rule, fields).with_(nth=word("ordinal", nth), nthunit="weekday")
    return whole(match, meaning) if meaning.month or meaning.months is not None else []


def _months(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """The first six months of 2021."""
    n = amount(fields["n"])
    if n is None or n != int(n) or not 1 <= n <= 11:
        return []
    years = None if "year" in fields else word("yearword", fields["ymod"]) if "ymod" in fields else "this"
    nth = 1 if fields["side"] in {"first", "opening"} else -1
    year = year_of(fields["year"]) if "year" in fields else None
    start = (match.start("the") if match["the"] else match.start("side")) - match.start()
    return [Made(start, len(match.group()), Meaning(year=year, years=years, n=n, nth=nth, nthunit="months"))]


def _beforelast(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """The week before last."""
    n = -2 if fields["side"] == "before last" else 2
    return whole(match, Meaning(kind="offset", unit=word("unit1", fields["unit"]), n=n))


def _holiday(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    day = word("holiday", fields["holiday"])
    if not day:
        return []
    year = year_of(fields["year"]) if "year" in fields else None
    tod = word("tod", fields["tod"]) if "tod" in fields else None
    return whole(match, Meaning(year=year, month=int(day[:2]), day=int(day[3:]), tod=tod))


def _ref(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    text = re.sub(r"\s+", " ", match.group().lower())
    ref = "PRESENT_REF"
    if any(w in text for w in ("future", "soon", "coming", "next")):
        ref = "FUTURE_REF"
    elif any(w in text for w in ("recent", "late", "past")):
        ref = "PAST_REF"
    return whole(match, Meaning(kind="ref", ref=ref))


_MAKERS: Final[dict[str, Maker]] = {
    "calendar": _calendar,
    "figures": _figures,
    "days": _days,
    "list": _list,
    "figuredays": _figuredays,
    "weekdays": _weekdays,
    "quarter": _quarter,
    "half": _half,
    "decade": _decade,
    "century": _century,
    "bc": _bc,
    "years": _years,
    "clock": _clock,
    "dayword": _dayword,
    "modunit": _modunit,
    "offset": _offset,
    "beside": _beside,
    "holiday": _holiday,
    "nthweekday": _nthweekday,
    "months": _months,
    "beforelast": _beforelast,
    "ref": _ref,
    **LENGTHS,
}
