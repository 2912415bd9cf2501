"""Where a bare number is a year, "years" a length of time and "now" a time: what the words around them say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final, NamedTuple

from communique.dates.grammar import check_keys, load_table

__all__ = ["CONTEXTS"]

_WINDOW: Final = 26


class _Patterns(NamedTuple):
    counted: re.Pattern[str]
    numbered: re.Pattern[str]
    year_after: re.Pattern[str]
    units_after: re.Pattern[str]
    units_before: re.Pattern[str]
    units_not_after: re.Pattern[str]
    soon_before: re.Pattern[str]
    named_after: re.Pattern[str]
    named_weekday: re.Pattern[str]
    weekday_named: re.Pattern[str]
    month_after: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    """The words with either case of their first letter."""
    forms = []
    for word in sorted(words, key=lambda w: (-len(w), w)):
        head = f"[{word[0].upper()}{word[0].lower()}]" if word[0].isalpha() else re.escape(word[0])
        forms.append(head + re.escape(word[1:]))
    return "(?:" + "|".join(forms) + ")"


@cache
def _patterns() -> _Patterns:
    table = load_table("contexts.toml")
    check_keys(table, set(_Patterns._fields), "data/dates/contexts.toml")
    gap = r"[^\S\n]+"
    return _Patterns(
        counted=re.compile(rf"{gap}(?:(?:or so|[\w-]+){gap})?{_any(table['counted'])}\b"),
        numbered=re.compile(
            rf"(?<!\w){_any(table['numbered'])}[^\S\n]?[-–]?"
            r"(?:\d{3,4}(?:[^\S\n]\(\d{4}\))?(?:,|,? and|,? or)[^\S\n]){0,5}$"
        ),
        year_after=re.compile(rf"\b{_any(table['year_after'])}[^\S\n]$"),
        units_after=re.compile(rf"\b{_any(table['units_after'])}[^\S\n]$"),
        units_before=re.compile(rf"[^\S\n]{_any(table['units_before'])}\b"),
        units_not_after=re.compile(rf"\b{_any(table['units_not_after'])}[^\S\n]$"),
        soon_before=re.compile(rf"{gap}(?:{_any(table['soon_before'])}|\w+ed|\w+ing)\b"),
        named_weekday=re.compile(rf"\b{_any(w.capitalize() for w in table['named_weekday'])}[^\S\n]$"),
        weekday_named=re.compile(rf"[^\S\n](?:{'|'.join(re.escape(w) for w in table['weekday_named'])})\b"),
        month_after=re.compile(rf"(?:\b{_any(table['month_after'])}|[^\w\s.])[^\S\n]?$"),
        named_after=re.compile(rf"[^\S\n]{_any(table['named_after'])}\b"),
    )


_FIGURES_BEFORE: Final = re.compile(r"\d[.,]?[^\S\n]?$")
_FIGURES_AFTER: Final = re.compile(
    r"[/@%°_=]|:(?!\s)|[.,]\d|[-–]\d|[^\S\n]?(?:percent|per cent|million|billion|GMT|UTC|hrs)\b"
)
_HYPHEN: Final = re.compile(r"-(?!era\b|style\b|model\b|based\b)[a-z]")
_DASH: Final = re.compile(r"\s[-–]$|[a-z][-–]$")
_CLAUSE: Final = re.compile(r"[\n.,;:“\"(–—-][^\S\n]*$")


def _is_year(text: str, start: int, end: int) -> bool:
    """A bare number of four figures is a year unless it counts, numbers or costs something."""
    p = _patterns()
    before, after = text[max(0, start - _WINDOW) : start], text[end : end + 40]
    if before[-1:] and before[-1] in "$€£¥#/.-–:@_&=" and not _DASH.search(before):
        return False
    if _FIGURES_AFTER.match(after) or _FIGURES_BEFORE.search(before) or _HYPHEN.match(after):
        return False
    leads = p.year_after.search(before)
    if (
        p.numbered.search(text[max(0, start - 3 * _WINDOW) : start])
        or (not leads and p.counted.match(after))
        or _counts(p, after)
    ):
        return False
    value = int(re.sub(r"\D", "", text[start:end]))
    if value < 1500 or value > 2060:
        return bool(leads)
    return 1000 <= value <= 2099


def _counts(p: _Patterns, after: str) -> bool:
    """The counted noun follows at once: "of 2000 soldiers"."""
    match = p.counted.match(after)
    return bool(match) and len(match.group().split()) == 1 if match else False


def _is_bare(text: str, start: int, end: int) -> bool:
    """ "for years", "days of talks": a number of units that nobody counts."""
    before = text[max(0, start - _WINDOW) : start]
    p = _patterns()
    if p.units_not_after.search(before):
        return False
    if start == 0 or p.units_after.search(before) or _CLAUSE.search(before):
        return True
    return bool(p.units_before.match(text, end))


def _is_ref(text: str, start: int, end: int) -> bool:
    """ "now" and the like, but not in names ("Now Media"), as a prefix ("now-defunct") or of a story ("soon after")."""
    p = _patterns()
    plain = text[start:end]
    if text[end : end + 1] == "-":
        return False
    if plain.lower() == "soon":
        told = p.soon_before.match(text, end) or text[max(0, start - 3) : start].lower() == "as "
        return not told and plain[0] == "s"
    if plain[0].isupper() and re.match(r"[^\S\n][A-Z]", text[end : end + 2]):
        return False
    return not (plain.lower() in {"future", "current"} and p.named_after.match(text, end))


def _is_weekday(text: str, start: int, end: int) -> bool:
    """A weekday that is no name ("Good Friday", "Sunday Telegraph")."""
    p = _patterns()
    return not p.named_weekday.search(text[max(0, start - _WINDOW) : start]) and not p.weekday_named.match(text, end)


_CAPITAL: Final = re.compile(r"[^\S\n][A-Z][a-zà-ÿ]")


_ANDED: Final = re.compile(r"\b(?:and|or)[^\S\n]$|,[^\S\n]$")
_TWO_MONTHS: Final = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December),?[^\S\n]"
    r"(?:and[^\S\n]|or[^\S\n])?$"
)


def _is_month(text: str, start: int, end: int) -> bool:
    """A month alone that is no name ("April Jones"): before a word with a capital only behind "in", "last" and such."""
    before = text[max(0, start - _WINDOW) : start]
    if text[start:end] in {"March", "May"} and _ANDED.search(before) and not _TWO_MONTHS.search(before):
        return False  # "they left and May stayed", but "in December and March"
    if not _CAPITAL.match(text, end) or text[end - 1] == ".":
        return True
    return bool(_patterns().month_after.search(before))


CONTEXTS: Final[dict[str, Callable[[str, int, int], bool]]] = {
    "year": _is_year,
    "bareunits": _is_bare,
    "ref": _is_ref,
    "weekday": _is_weekday,
    "month": _is_month,
}
"""The tests that a rule names in `where`: text, start, end of the match."""
