"""Which line of a text is its title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

__all__ = ["find_title", "folded", "guess_title", "is_date_line", "takes_up"]

_LOOK_AT: Final = 15
"""Units from the top among which a given title is looked for: page headers are rarely longer."""

_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WEEKDAY: Final = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?"
_CLOCK: Final = (
    r"(?:at )?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s?(?:[ap]\.?m\.?)?(?:\s?\(?[a-z]{2,5}\s?(?:[+-]\d{1,2}:?\d{0,2})?\)?)?"
)
_DAY: Final = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s.-]*{_MONTH},?[\s.-]*\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}\.?|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)"
)
_DATE_LINE: Final = re.compile(
    rf"(?:[a-z]{{2,12}}\s)?(?:{_WEEKDAY}\s*)?(?:{_CLOCK}[\s,|–-]*)?{_DAY}(?:[\s,|–-]*(?:{_WEEKDAY}))?(?:[\s,|–T-]*{_CLOCK})?",
    re.IGNORECASE,
)
_OPEN_DATE: Final = re.compile(
    rf"(?:{_WEEKDAY}\s*(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})|{_MONTH}\s+\d{{1,2}}),?(?:[\s,|–-]*{_CLOCK})?",
    re.IGNORECASE,
)
"""A day without its year is no title either; it stays in the text, where it is evidence."""
_DATELINE: Final = re.compile(
    r"\d\d?[:.]\d\d\s*\|.*"  # 08:38 | San Francisco, Nov. 15
    r"|[A-Z][\w.’'() -]{2,30},\s(?:[\w.]+[\s,]+){0,3}\d{1,4}\W{0,3}"  # Geneva, September 12, 2013
    r"|.{2,60}[–—:-]"  # VIENNA —
    r"|[A-Z][\w ,.()’'-]{1,60}/\w{2,12}/.*"  # BEIJING, November 9. /TASS/. …
)
_SUFFIX: Final = re.compile(r"\s+[-|–—»·:]\s+[^-|–—»·]{2,50}$")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_TAKEN_UP: Final = 3_000
_COMMON: Final[frozenset[str]] = frozenset(
    """
    about after all also and been before between from have into more most over said than that their them they this
    what when where which while will with your
    """.split()
)
_UNFINISHED: Final = (".", ".”", '."', ":", ",", "…", "...")


def is_date_line(text: str) -> bool:
    """Is the line nothing but a date, with a weekday, a clock time or a one-word label at most?

    >>> is_date_line("NEWS 19.03.2003 15:33"), is_date_line("On 19 March they met")
    (True, False)
    """
    return len(text) <= 60 and _DATE_LINE.fullmatch(text) is not None


def folded(text: str) -> str:
    """Letters and digits in lower case with single spaces, for comparing titles."""
    plain = text
    if not text.isascii():
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(re.findall(r"\w+", plain.lower()))


def find_title(texts: Sequence[str], title: str) -> int | None:
    """The number of the unit that is the given title, with or without the outlet's name after it; None if none is."""
    wanted = {folded(title), folded(_SUFFIX.sub("", title))} - {""}
    for number, text in enumerate(texts[:_LOOK_AT]):
        if len(text) <= 2 * len(title) + 60 and {folded(text), folded(_SUFFIX.sub("", text))} & wanted:
            return number
    return None


def guess_title(texts: Sequence[str], free: Sequence[bool], body: str) -> int | None:
    """The number of the unit that looks like a title: a short line without a full stop that the article takes up.

    `texts` are the units before the first paragraph, `free` says which of them are not furniture, `body` is the
    article from its first paragraph on. A line that stands there twice is the title before any other.
    """
    fit = [n for n, text in enumerate(texts) if free[n] and _fits(text)]
    seen: dict[str, int] = {}
    for n in fit:
        key = folded(texts[n])
        if key in seen:
            return seen[key]
        seen[key] = n
    told = _stems(body[:_TAKEN_UP])
    return next((n for n in fit if takes_up(texts[n], told)), None)


def takes_up(line: str, told: set[str] | str, *, one_in: int = 3) -> bool:
    """Does an article (its text or the stems of it) use the content words of a line? Of a title it uses most.

    One in `one_in` must come back, so that a promotion or a menu above the article does not pass.

    >>> takes_up("Envoys meet in Oslo", "The envoys met in Oslo."), takes_up("Our best pasta recipes", "They met.")
    (True, False)
    """
    own = _stems(line)
    told = _stems(told) if isinstance(told, str) else told
    return not own or one_in * len(own & told) >= len(own)


def _stems(text: str) -> set[str]:
    """The first five letters of each word of four or more: enough to hold "minister" and "ministers" together."""
    return {word[:5] for word in folded(text).split() if len(word) > 3 and word not in _COMMON}


def _fits(text: str) -> bool:
    words = text.split()
    if not 3 <= len(words) <= 35 or len(text) > 250:
        return False
    if text.endswith((".", ".”", '."', ":", ";", ",", "…", "...")) and not text.endswith(
        ("U.S.", "U.N.", "U.K.", "E.U.")
    ):
        return False
    return not is_date_line(text) and _DATELINE.fullmatch(text) is None and _OPEN_DATE.fullmatch(text) is None
