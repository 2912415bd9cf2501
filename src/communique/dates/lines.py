"""Datelines and date lines: where a report states its own day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from communique.cleaning.stamps import days_in
from communique.dates.meaning import Found, Meaning

if TYPE_CHECKING:
    from communique.language import Reading

__all__ = ["Line", "date_lines"]


class Line(NamedTuple):
    """A date that the report states as its own: what kind of line it stands in, and how far it can be trusted."""

    found: Found
    kind: str
    trust: float


_CITY: Final = r"[A-ZÀ-Þ][\w.'’À-ÿ-]*(?:[ /][A-ZÀ-Þa-z][\w.'’À-ÿ()-]*){0,4}"
_BEFORE: Final = re.compile(
    r"(?:^|\n)[^\S\n]*(?:\d\d:\d\d[^\S\n]*\|[^\S\n]*)?"
    rf"(?:{_CITY},?[^\S\n]*){{1,3}}(?:\([^()\n]{{1,60}}\)?)?[^\S\n]*[,:/|–—-]*[^\S\n]*$"
)
_AFTER: Final = re.compile(r"[^\S\n]*(?:\.|,|:|[-–—]|\(|/|\)|\||$|\n)")
_AGENCY: Final = re.compile(
    r"[^\S\n]*(?:[.,]?[^\S\n]*[-–—(/|][^\S\n]*[A-Za-z.’' ]{2,40}[)/|]|[^\S\n]*[-–—]{1,2}[^\S\n]|"
    r"\.[^\S\n]*/[A-Z]|[^\S\n]*\)|:[^\S\n]|,[^\S\n][A-Z]{2,8}[^\S\n]?[-–—])"
)
_OPENING: Final = re.compile(r"[^\S\n]*\([A-Z][A-Za-z/ .]{1,30}\)[^\S\n]*[-–—]")
_TODAY: Final = re.compile(r"\b[Tt]oday[^\S\n]*(?:[,(–—-][^\S\n]*|on[^\S\n]+)$")
"""Today, 14 May 2019: the report says itself that this is its day."""
_TAKEN: Final = re.compile(r"[^\S\n]*[).:,]*[^\S\n]+(?:[A-Z\"“]|$)")
_SENT: Final = re.compile(
    r"(?!(?:In|On|At|By|Since|From|Until|After|Before|As|For|Between|During|The|A|An)\b)"
    r"(?:\([A-Z][\w .-]{1,30}\)[^\S\n]*)?"
    r"(?:[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3},[^\S\n]*)?(?:[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3})"
    r"[^\S\n]*[,–—-][^\S\n]*$"
)
"""The agency or city, and a dash or comma, with nothing else before the date: "AGENCY - May 14, 2019 The ministers"."""
_LABEL: Final = re.compile(
    r"\b(?:published|posted|updated|last updated|last modified|modified|date|dated|created|first published|"
    r"released?|publication date|issued|for immediate release)\b[^\n]{0,24}$",
    re.I,
)
_EMBEDDED: Final = re.compile(r"[@<>\"=]")
"""Another page's matter in the line, such as a post: its date is not the report's."""
_CORRECTION: Final = re.compile(r"\b(?:correct(?:ion|ed)|clarif\w+|editor['’]s note|amended)\b", re.I)
"""A correction bears the day on which it was made."""
_CLAUSE: Final = re.compile(r"\b(?!of\b|the\b|and\b|by\b|on\b|at\b|in\b)[a-z]{3,}\b.*\b[a-z]{3,}\b")
_LATE_LABEL: Final = re.compile(r"\b(?:updated|modified|last updated|accessed|printed|retrieved)\b", re.I)
_NOISE: Final = re.compile(
    r"\b(?:updated|published|posted|last|on|at|by|date|first|modified|am|pm|gmt|utc|ist|est|edt|et|bst|cet|local time|"
    r"hours|hrs|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|"
    r"min read|minutes? read|staff|reporter|correspondent|reuters|ap|afp|xinhua|agencies|news|desk|edition|print|web|"
    r"dateline|issue|no|vol)\b|[\d\W_]",
    re.I,
)
"""What may stand beside a date on a line that is nothing but a date line."""


_TRUST: Final = {"dateline": 0.97, "labelled": 0.96, "line": 0.94, "updated": 0.5, "closing": 0.8}
"""How far each kind is trusted. A date alone at the end closes a press release, but a newspaper's correction too."""


def date_lines(reading: Reading, expressions: Sequence[Found]) -> list[Line]:
    """Dates with a day that stand in a dateline or alone on a line near the beginning or the end of the report."""
    text = reading.text
    found: list[Line] = []
    for e in expressions:
        m = e.meaning
        if m.kind != "calendar" or m.month is None or m.day is None or m.mod or m.bc:
            continue
        line_start = text.rfind("\n", 0, e.start) + 1
        if e.start - line_start > 150:
            continue
        line_end = text.find("\n", e.end)
        line_end = len(text) if line_end < 0 else line_end
        kind = _kind(text, e, line_start, line_end)
        if kind is None:
            continue
        number = text.count("\n", 0, e.start)
        early, late = e.start < 1500 or number < 12, e.start > len(text) - 400
        if not early and not late:
            continue
        if kind in {"line", "dateline"} and not early:
            kind = "closing"
        trust = _TRUST[kind]
        found.append(Line(e, kind, trust if early or kind == "closing" else trust * 0.7))
    return found + _glued(text, [*(line.found for line in found), *expressions])


_HEAD_LINES: Final = 10
_GLUE: Final = re.compile(r"[a-z_](?=[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})|(?<=\d)_|(?<=\d)(?=[A-Z][a-z])")
"""Where the page's parts were run together: "NewsMay 14, 2019", "14 May 2019_The ministers", "2019-05-14The"."""
_LEADING: Final = re.compile(
    r"\W*(?:(?:news|world|politics|home|press release|releases?|statements?|date|posted|published|created|issued|on|at|"
    r"[a-z]{3,6}day|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|\d\d?:\d\d|gmt|utc|am|pm)\b\W*){0,5}",
    re.I,
)


def _glued(text: str, known: Sequence[Found]) -> list[Line]:
    """Full dates that open one of the first lines, run together with what stands before or behind them."""
    out: list[Line] = []
    at = 0
    for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        start, at = at, at + len(line) + 1
        head = line[:90]
        apart = _GLUE.sub(lambda m: " " if m.group() == "_" else m.group() + " ", head)
        for a, b, day in days_in(apart.lower())[:1]:
            written = apart[a:b]
            if not _LEADING.fullmatch(apart[:a]) or any(
                e.start < start + len(head) and start <= e.start and e.meaning.year and e.meaning.day for e in known
            ):
                continue
            year, month, number = (int(part) for part in day.split("-"))
            meaning = Meaning(year=year, month=month, day=number)
            spot = start + min(a, max(len(line) - 1, 0))
            one = Found(spot, min(spot + b - a, start + len(line)), written, "date", meaning=meaning)
            out.append(Line(one, "labelled" if re.search(r"date|posted|published", apart[:a], re.I) else "line", 0.9))
    return out


def _kind(text: str, e: Found, line_start: int, line_end: int) -> str | None:
    before, after = text[line_start : e.start], text[e.end : line_end]
    if e.meaning.year is not None and (_TODAY.search(before) or _opens(before, after)):
        return "line"
    if _is_dateline(text, e, before, after):
        return "dateline"
    if _EMBEDDED.search(before) or (after.strip()[:1] == "." and _CLAUSE.search(before)):
        return None
    above = text[max(0, line_start - 60) : line_start]
    if _CORRECTION.search(above + before):
        return None
    rest = _NOISE.sub("", before) + _NOISE.sub("", after)
    label = _LABEL.search(before)
    if (
        label
        and e.meaning.year is not None
        and len(before) < 60
        and len(before.split()) <= 8
        and len(_NOISE.sub("", after)) < 40
    ):
        return "updated" if _LATE_LABEL.search(before) else "labelled"
    if before.startswith("By ") and e.meaning.year is not None and len(before) < 100 and not after.strip():
        return "labelled"
    if before.strip().lower() == "date" and e.meaning.year is not None:
        return "labelled"
    if len(rest) <= 24 and len(before) + len(after) <= 70 and e.meaning.year is not None:
        return "line"
    if len(rest) <= 3 and len(before) + len(after) <= 24:
        return "line"
    return None


def _opens(before: str, after: str) -> bool:
    """ "(Oslo, 14 May 2019) The ministers", "AGENCY - May 14, 2019 The ministers"."""
    bracket = before.lstrip().startswith("(") and after.startswith(")") and len(before) < 60
    return bool(_TAKEN.match(after)) and (bracket or _SENT.fullmatch(before.strip() + " ") is not None)


def _is_dateline(text: str, e: Found, before: str, after: str) -> bool:
    """ "GENEVA, Jan 10 (Agency) -", "BEIJING, November 9. /AGENCY/.", "ABU DHABI (AGENCY - 2 May, 2021)"."""
    if not before.strip():
        return bool(_OPENING.match(after))
    if len(before) > 110:
        return False
    if after.startswith(")") and re.match(r"[A-Z .'’-]{3,40},?[^\S\n]*\([^()]{2,80}$", before):
        return True
    if not _BEFORE.search("\n" + before):
        return False
    if len(before.split()) > 9 or re.search(r"\b(?:on|in|from|by|until|since|of)[^\S\n]*$", before):
        return False
    if re.search(r"\b(?:is|was|met|said|will|has|the|and|to)\b", before):
        return False
    return (
        bool(_AGENCY.match(after)) or (before.strip().isupper() and bool(_AFTER.match(after))) or not after.strip(" .")
    )
