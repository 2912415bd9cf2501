"""Lengths of time and times that come again: from the fields of a rule to a meaning."""

from __future__ import annotations

import re
from typing import Final

from communique.dates.fields import Fields, Made, Maker, amount, whole, word
from communique.dates.grammar import Rule
from communique.dates.meaning import Meaning

__all__ = ["LENGTHS"]


def _span(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """The past two years: a duration; the words "over", "in" before it stay outside."""
    base = match.start()
    lead = (match.start("the") if match["the"] else match.start("span")) - base
    meaning = Meaning(kind="duration", n=amount(fields.get("n", "several")), unit=word("unit", fields["unit"]))
    return [Made(lead, len(match.group()), meaning)]


def _vaguespan(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """Recent years, coming weeks: a length that nobody counts."""
    ahead = "ahead" in fields or fields["ref"].lower() not in {"recent", "past", "latest"}
    ref = "FUTURE_REF" if ahead else "PAST_REF"
    return whole(match, Meaning(kind="duration", unit=word("unitplural", fields["unit"]), ref=ref))


_LASTING: Final = re.compile(
    r"\b(?:for|in|of|within|only|just|least|than|after|about|over|took|takes|lasted|lasts|by|every|per|not|times)[^\S\n]+$",
    re.I,
)


def _duration(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    unit = word("unitn", fields["unit"])
    n = amount(fields["n"])
    if "n2" in fields and (upper := amount(fields["n2"])) is not None:
        n = upper
    plural = fields["unit"].lower().endswith("s")
    after = match.string[match.end() : match.end() + 4]
    if (unit == "second" and not plural) or (unit == "quarter" and after.lstrip().startswith("of")):
        return []  # "a second attempt", "three quarters of the votes"
    if match.group().lower() in {"one day", "a day"} and not _LASTING.search(
        match.string, max(0, match.start() - 14), match.start()
    ):
        return []  # "they hope to join one day"
    if plural and fields["n"].lower() in {"a", "an", "one"} and "n2" not in fields:
        return []  # "a months-long quarrel"
    if match.group()[:7].lower() == "between" and "n2" not in fields:
        return []
    if n is not None and n > 1 and not plural:
        return []  # "five hour" without a hyphen belongs to what follows; the hyphened rule takes it
    return whole(match, Meaning(kind="duration", n=n, unit=unit))


def _hyphened(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    text = match.group().lower()
    n = None if text.startswith("multi") else 1.0 if text.startswith("single") else amount(fields.get("n", ""))
    if n is not None and "and-a-half" in text:
        n += 0.5
    if "-" not in text and (n is None or n <= 1):
        return []  # "a week meeting" is no length of time; "five day visit" is
    if fields.get("n", "").lower() in {"a", "an"}:
        return []
    return whole(match, Meaning(kind="duration", n=n, unit=word("unit1", fields["unit"])))


def _bareunits(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    return whole(match, Meaning(kind="duration", unit=word("unit", fields["unit"])))


def _unitlong(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    """A week-long visit: one week."""
    start = match.start("unit") - match.start()
    return [Made(start, len(match.group()), Meaning(kind="duration", n=1, unit=word("unit1", fields["unit"])))]


def _halved(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    unit = word("unitn", fields["unit"])
    count = amount(fields["n"]) if "n" in fields else 1.0
    return whole(match, Meaning(kind="duration", n=(count or 0) + 0.5, unit=unit))


def _halfof(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    return whole(match, Meaning(kind="duration", n=0.5, unit=word("unit1", fields["unit"])))


def _hoursminutes(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    minutes = amount(fields["m"])
    more = (minutes, "minute") if minutes else None
    return whole(match, Meaning(kind="duration", n=amount(fields["n"]), unit="hour", more=more))


def _set(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    unit = word("unitn", fields["unit"])
    n = amount(fields["n"]) if "n" in fields else 2.0 if "other" in match.group().lower() else 1.0
    return whole(match, Meaning(kind="set", n=n, unit=unit))


_SETWORDS: Final = {
    "annually": (1, "year"), "annual": (1, "year"), "yearly": (1, "year"), "monthly": (1, "month"),
    "weekly": (1, "week"), "daily": (1, "day"), "hourly": (1, "hour"), "quarterly": (1, "quarter"),
    "biannual": (6, "month"), "biennial": (2, "year"), "nightly": (1, "day"),
}  # fmt: skip


def _setword(rule: Rule, match: re.Match[str], fields: Fields) -> list[Made]:
    n, unit = _SETWORDS[match.group().lower()]
    return whole(match, Meaning(kind="set", n=n, unit=unit))


LENGTHS: Final[dict[str, Maker]] = {
    "span": _span,
    "vaguespan": _vaguespan,
    "duration": _duration,
    "hyphened": _hyphened,
    "bareunits": _bareunits,
    "unitlong": _unitlong,
    "halved": _halved,
    "halfof": _halfof,
    "hoursminutes": _hoursminutes,
    "set": _set,
    "setword": _setword,
}
