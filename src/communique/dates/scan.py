"""Finding expressions of time in raw text: one pass of the scanner, what attaches before and behind, what joins."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from communique.dates.contexts import CONTEXTS
from communique.dates.fields import word
from communique.dates.grammar import Attachment, Rule, grammar
from communique.dates.makers import make
from communique.dates.meaning import Found, Meaning, duration_iso, partial
from communique.records import TimeType

__all__ = ["scan"]


class Piece(NamedTuple):
    """An expression on its way: span, meaning, rule, and the parts of a range."""

    start: int
    end: int
    meaning: Meaning
    rule: str
    ends: tuple[tuple[int, int], ...] = ()


def scan(text: str) -> tuple[Found, ...]:
    """Every expression of time of the text, in order, without overlaps."""
    pieces = _ordered(text, _base(text))
    pieces = _attach(text, pieces)
    pieces = _joined(text, _shared_year(text, pieces))
    return tuple(_found(text, p) for p in pieces)


_WORD: Final = re.compile(r"[^\W_]+|(?<!\w)['’](?=\d)")


def _base(text: str) -> list[Piece]:
    rules, match_at, starters = grammar().rules, grammar().scanner.match, grammar().starters
    pieces: list[Piece] = []
    at = 0
    for token in _WORD.finditer(text):
        start = token.start()
        word_ = token.group()
        if start < at or not (word_[0].isdigit() or word_[0] in "'’" or word_.lower() in starters):
            continue
        match = match_at(text, start)
        if match is None or match.lastgroup is None:
            continue
        made: list[Piece] = []
        for rule in rules[int(match.lastgroup[1:]) :]:  # where the fields make no sense a later rule may still hold
            made = _made(text, rule, start)
            if made:
                pieces += made
                at = max(made[-1].end, start + 1)
                break
    return pieces


def _ordered(text: str, pieces: list[Piece]) -> list[Piece]:
    """3/1/2022 where the same text has 25/12/2021: the day comes first in all of them."""
    first: set[bool] = set()
    for piece in pieces:
        m = piece.meaning
        figures = re.split("[/-]", text[piece.start : piece.end])
        if piece.rule == "day-month-year in figures" and len(figures) == 3 and (m.day or 0) > 12:
            first.add(int(figures[0]) == m.day)
    if len(first) != 1:
        return pieces
    out = []
    for piece in pieces:
        m = piece.meaning
        if m.swapped:
            m = m.with_(swapped=False) if first == {True} else m.with_(swapped=False, day=m.month, month=m.day)
        out.append(piece._replace(meaning=m))
    return out


def _inside_word(text: str, at: int) -> bool:
    return (
        at < len(text) and (text[at].isalnum() or text[at] == "_") and (text[at - 1].isalnum() or text[at - 1] == "_")
    )


def _made(text: str, rule: Rule, start: int) -> list[Piece]:
    exact = rule.regex.match(text, start)
    if exact is None or exact.end() == start or _inside_word(text, exact.end()):
        return []
    if rule.where and not CONTEXTS[rule.where](text, start, exact.end()):
        return []
    return [
        Piece(
            start + m.start, start + m.end, m.meaning, rule.name, tuple((start + a, start + b) for a, b in m.ends)
        )
        for m in make(rule, exact)
    ]  # fmt: skip


# --- what attaches -----------------------------------------------------------------------------------------------


def _attach(text: str, pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for i, piece in enumerate(pieces):
        if out and piece.start < out[-1].end:
            continue  # taken by the one before ("a year from now")
        floor = max(out[-1].end if out else 0, text.rfind("\n", 0, piece.start) + 1)
        ceiling = pieces[i + 1].start if i + 1 < len(pieces) else len(text)
        out.append(_grown(text, piece, floor, ceiling))
    return out


def _allowed(rule: Attachment, m: Meaning) -> bool:
    grain = m.grain
    return grain in rule.on or ("season" in rule.on and grain in {"quarter", "half"})


def _grown(text: str, piece: Piece, floor: int, ceiling: int) -> Piece:
    if piece.meaning.kind in {"set", "ref", "range"}:
        return piece
    for _ in range(3):
        bigger = _behind(text, piece, ceiling) or _ahead(text, piece, floor)
        if bigger is None:
            return piece
        piece = bigger
    return piece


def _behind(text: str, piece: Piece, ceiling: int) -> Piece | None:
    if piece.end < len(text) and text[piece.end] not in " \xa0,'’-":
        return None
    for rule in grammar().after:
        if not _allowed(rule, piece.meaning):
            continue
        match = rule.regex.match(text, piece.end)
        if match and match.end() > piece.end and match.end() <= ceiling + 24:
            changed = _apply(piece.meaning, rule, match)
            if changed is not None:
                return piece._replace(end=match.end(), meaning=changed)
    return None


def _ahead(text: str, piece: Piece, floor: int) -> Piece | None:
    if piece.start <= floor or text[piece.start - 1] not in " \xa0-":
        return None
    low = max(floor, piece.start - 40)
    for rule in grammar().before:
        if not _allowed(rule, piece.meaning):
            continue
        match = rule.regex.search(text, low, piece.start)
        if match:
            changed = _apply(piece.meaning, rule, match, text[piece.start : piece.end])
            if changed is not None:
                return piece._replace(start=match.start(), meaning=changed)
    return None


def _apply(m: Meaning, rule: Attachment, match: re.Match[str], plain: str = "") -> Meaning | None:
    """The meaning with what the attachment adds; None where it does not fit."""
    found = {k.partition("__")[0]: v for k, v in match.groupdict().items() if v is not None}
    if "ago" in found or rule.fields.get("ago"):
        return _ago(m, found.get("ago", "hence").lower())
    if "part" in found:
        return _part(m, found["part"])
    if "tod" in found:
        return m.with_(tod=word("tod", found["tod"])) if m.tod is None else None
    if "nth" in found:
        if m.nth is not None or m.part:
            return None
        nth = word("ordinal", found["nth"]) or word("nthclose", found["nth"])
        return m.with_(nth=nth, nthunit=re.sub(r"\s+", " ", found["nthunit"].lower()))
    if "nthunit" in rule.fields:
        return m.with_(nthunit=rule.fields["nthunit"])
    if "near" in found:
        if plain.lower().startswith("the ") or (m.kind == "offset" and m.ref is None):
            return None
        return m.with_(near=word("near", found["near"]) or "exact") if m.near is None else None
    if "about" in found:
        return m.with_(near="about") if m.near is None else None
    if "bcafter" in found:
        return m.with_(bc=True) if m.year is not None or m.decade else None
    if "ymodafter" in found:
        return m.with_(years=found["ymodafter"].lower()) if m.year is None else None
    return m


def _part(m: Meaning, text: str) -> Meaning | None:
    if m.part or (m.kind == "offset" and m.unit not in {"year", "month", "week", "decade", "century", "quarter"}):
        return None
    return m.with_(part=word("part", text) or None) if word("part", text) is not None else None


_NARRATIVE: Final = frozenset(
    {
        "earlier", "later", "beforehand", "afterwards", "thereafter", "previously", "prior", "before", "after",
        "before that", "after that", "from then",
    }
)  # fmt: skip
_FORWARD: Final = {
    "later",
    "hence",
    "from now",
    "from today",
    "afterwards",
    "thereafter",
    "after",
    "after that",
    "from then",
}


def _ago(m: Meaning, how: str) -> Meaning | None:
    how = re.sub(r"\s+", " ", how)
    sign = 1 if how in _FORWARD else -1
    anchor = "narrative" if how in _NARRATIVE else "publication"
    return Meaning(kind="offset", n=None if m.n is None else sign * m.n, unit=m.unit, anchor=anchor, near=m.near,
                   ref="FUTURE_REF" if sign > 0 else "PAST_REF")  # fmt: skip


_SHARED: Final = re.compile(
    r"[^\S\n]*(?:,|and|or|, and|to|[-–—])[^\S\n]*(?:(?:early|late|mid|on|in|the|by|then)[^\S\n-])*"
)


def _shared_year(text: str, pieces: list[Piece]) -> list[Piece]:
    """ "August and September 1914": both of that year; "December and January 1915": the first of the year before."""
    out = list(pieces)
    for i in range(len(out) - 2, -1, -1):
        a, b = out[i].meaning, out[i + 1].meaning
        if a.kind != "calendar" or b.kind != "calendar" or not a.month or not b.month or a.year or not b.year or b.bc:
            continue
        if (a.mod or a.years or a.weekday) is None and _SHARED.fullmatch(text, out[i].end, out[i + 1].start):
            year = b.year if _before_in_year(a, b) else b.year - 1
            out[i] = out[i]._replace(meaning=a.with_(year=year))
    return out


# --- what joins --------------------------------------------------------------------------------------------------


def _joined(text: str, pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for piece in pieces:
        if out:
            one = _join(text, out[-1], piece)
            if one is not None:
                out[-1] = one
                continue
        out.append(piece)
    return out


_APPOSED: Final = re.compile(r"[^\S\n]?(?:,|\(|[-–—])?[^\S\n]?(?:the[^\S\n])?")


def _join(text: str, a: Piece, b: Piece) -> Piece | None:
    if not 0 < b.start - a.end <= 12 or "\n" in text[a.end : b.start]:
        return None
    if a.meaning.grain == "weekday" and a.meaning.weeks is None and not a.meaning.clock:
        apposed = b.meaning
        if (
            apposed.grain == "day"
            and apposed.month
            and not apposed.weekday
            and _APPOSED.fullmatch(text, a.end, b.start)
        ):
            both = apposed.with_(weekday=a.meaning.weekday, tod=apposed.tod or a.meaning.tod)
            close = "(" in text[a.end : b.start] and text[b.end : b.end + 1] == ")"
            return Piece(a.start, b.end + close, both, b.rule)  # "this Friday, 3 March", "Friday (3 March)"
    kind = f"{_kind(a.meaning)}+{_kind(b.meaning)}"
    for rule in grammar().join:
        if kind not in rule.on or not rule.regex.fullmatch(text, a.end, b.start):
            continue
        lead = re.search(r"\b([Ff]rom|[Bb]etween)[^\S\n]{1,3}$", text[max(0, a.start - 12) : a.start])
        if rule.needs == "between" and not (lead and lead.group(1).lower() == "between"):
            continue
        if rule.name == "clock and day":
            clock, day = (a, b) if _kind(a.meaning) == "clock" else (b, a)
            return Piece(a.start, b.end, day.meaning.with_(clock=clock.meaning.clock), day.rule)
        start = a.start - (len(lead.group()) if lead else 0)
        first = a.meaning
        if first.month and first.year is None and b.meaning.year and _before_in_year(first, b.meaning):
            first = first.with_(year=b.meaning.year)
        meaning = Meaning(kind="range", first=first, last=b.meaning)
        return Piece(start, b.end, meaning, rule.name, ((a.start, a.end), (b.start, b.end)))
    return None


def _before_in_year(a: Meaning, b: Meaning) -> bool:
    return (a.month or 0, a.day or 0) <= (b.month or 0, b.day or 31)


def _kind(m: Meaning) -> str:
    if m.kind == "offset" and m.unit == "day":
        return "day" if not m.clock else "none"
    if m.kind == "calendar" and (m.clock or m.grain == "weekday"):
        return "none" if m.clock else "day"
    return m.grain


# --- what is handed on -------------------------------------------------------------------------------------------


def _found(text: str, piece: Piece) -> Found:
    m = piece.meaning
    value = None if m.swapped else partial(m)
    kind: TimeType = "date"
    if m.kind in {"duration", "set"}:
        kind = "duration" if m.kind == "duration" else "set"
        value = duration_iso(m)
    elif m.tod or m.clock:
        kind = "time"
    return Found(
        start=piece.start, end=piece.end, text=text[piece.start : piece.end], type=kind, value=value,
        basis="stated" if value and not value.startswith("XXXX") else None,
        because="the words give it in full" if value and not value.startswith("XXXX") else "",
        approximate=m.near in {"about", "less", "more"} or m.part is not None,
        meaning=m, rule=piece.rule, ends=piece.ends,
    )  # fmt: skip
