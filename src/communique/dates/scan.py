"""Finding expressions of time in raw text: one pass of the scanner, what attaches before and behind, what joins."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from communique.dates.grammar import Attachment, Rule, grammar
from communique.dates.makers import amount, make, word
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
    pieces = _base(text)
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


def _inside_word(text: str, at: int) -> bool:
    return (
        at < len(text) and (text[at].isalnum() or text[at] == "_") and (text[at - 1].isalnum() or text[at - 1] == "_")
    )


def _made(text: str, rule: Rule, start: int) -> list[Piece]:
    exact = rule.regex.match(text, start)
    if exact is None or exact.end() == start or _inside_word(text, exact.end()):
        return []
    if rule.where and not _WHERE[rule.where](text, start, exact.end()):
        return []
    return [Piece(start + m.start, start + m.end, m.meaning, rule.name, tuple((start + a, start + b) for a, b in m.ends))
            for m in make(rule, exact)]  # fmt: skip


_COUNTED: Final = re.compile(
    r"[^\S\n]+(?:or so |more |other |new |additional |armed |unarmed |Russian |Ukrainian |Syrian |Israeli |Palestinian |[A-Z]\w+ )?"
    r"(?:people|persons|troops|soldiers|men|women|children|civilians|militants|fighters|rebels|refugees|migrants|"
    r"prisoners|detainees|police|officers|personnel|peacekeepers|observers|workers|employees|jobs|students|members|"
    r"delegates|journalists|crimes|deaths|casualties|victims|wounded|killed|dead|houses|homes|buildings|vehicles|"
    r"tanks|missiles|rockets|warheads|aircraft|planes|ships|tons|tonnes|metric|barrels|kilomet\w+|km|miles|met(?:er|re)s|"
    r"feet|hectares|acres|megawatts|MW|dollars|euros|pounds|rupees|yuan|roubles|rubles|hryvnias?|dinars?|riyals?|shekels?|"
    r"votes|points|percent|per cent|times|families|households|companies|firms|units|copies|pages|seats|pilgrims|"
    r"participants|visitors|tourists|passengers|cases|doses|hours|HST|days|weeks|months|years|mAh|cc|mg|kg|yards|degrees)\b"
)
_NUMBERED: Final = re.compile(
    r"(?:[Rr]esolutions?|RES|[Nn]o\.?|[Nn]umber|#|[$€£¥₹]|USD|EUR|Rs\.?|[Ff]lights?|[Bb]oeing|[Aa]rticles?|[Pp]ages?|p\.|pp\.|"
    r"[Rr]oom|[Hh]ighway|[Rr]oute|[Rr]oad|Airbus|[Mm]odel|[Vv]ersion|[Tt]el\.?|[Pp]hone|[Ff]ax|[Bb]ox|[Zz]ip|ISO|"
    r"[Tt]otal(?:ing|ling)?|[Nn]early|[Aa]lmost|[Rr]oughly|[Ee]stimated|[Oo]ver|[Mm]ore than|[Ff]ewer than|[Ll]ess than|"
    r"[Aa]t least|[Dd]ecree|[Ll]aw|[Oo]rder|[Pp]riv\w+|[Ss]ome|[Pp]aragraph|[Ss]ection|[Cc]hapter|S/RES/|[Uu]nder)[^\S\n]?[-–]?$"
)


def _is_year(text: str, start: int, end: int) -> bool:
    """A bare number of four figures is a year unless it counts, numbers or costs something."""
    before, after = text[max(0, start - 24) : start], text[end : end + 40]
    if before[-1:] and before[-1] in "$€£¥#/.-–:@_&=" and not re.search(r"\s[-–]$|[a-z][-–]$", before):
        return False
    if re.match(r"[/@%°_=]|:(?!\s)|[.,]\d|[-–]\d|[^\S\n]?(?:percent|per cent|million|billion|GMT|UTC|hrs|hours)\b", after):
        return False
    if (
        re.search(r"\d[.,]?[^\S\n]?$", before)
        or re.match(r"-[a-z]", after)
        and not re.match(r"-(?:era|style|model|based)", after)
    ):
        return False
    if _COUNTED.match(after) or _NUMBERED.search(before):
        return False
    value = int(re.sub(r"\D", "", text[start:end]))
    if not 1000 <= value <= 2099:
        return False
    if value < 1500 or value > 2060:
        return bool(
            re.search(
                r"\b(?:[Ii]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Bb]y|[Yy]ear|of|to|and|before|after|circa)[^\S\n]$", before
            )
        )
    return True


_IN_NAME: Final = re.compile(r"[A-Z]\w*[^\S\n]$")


def _is_bare(text: str, start: int, end: int) -> bool:
    """ "for years", "in recent months", "days of talks": a number of units that nobody counts."""
    before = text[max(0, start - 24) : start]
    if re.search(r"\b(?:[Ff]or|[Oo]ver|[Ii]n|[Aa]fter|[Dd]espite|[Oo]f|many|recent|few|several|past|those|these|[Tt]he|within|with|"
                 r"during|through|took|take|takes|last|lasted|lasts|by|following|just|only|mere|spent|spend|"
                 r"and|or|be|been|with|ahead|early|late|final|first|coming|next|previous|other|some)[^\S\n]$", before):  # fmt: skip
        return True
    return (
        start == 0
        or bool(re.search(r"[\n.,;:“\"(–—-][^\S\n]*$", before))
        or bool(re.match(r"[^\S\n](?:of|after|before|ago|later|earlier)\b", text[end : end + 10]))
    )


def _is_ref(text: str, start: int, end: int) -> bool:
    """ "now" and the like, but not in names ("Now Media") or as a prefix ("now-defunct")."""
    plain = text[start:end]
    if text[end : end + 1] == "-":
        return False
    if plain.lower() == "soon":
        rest, ahead = text[end : end + 16], text[max(0, start - 4) : start]
        return not re.match(r"[^\S\n]+(?:after|as|thereafter|before|\w+ed|became|found|began|\w+ing)\b", rest) and not (
            ahead.lower().endswith("as ") or plain[0] == "S"
        )
    if plain[0].isupper() and re.match(r"[^\S\n][A-Z]", text[end : end + 2]):
        return False
    return not (
        plain.lower() in {"future", "current"} and re.match(r"[^\S\n](?:account|affairs|events)", text[end : end + 9])
    )


_WHERE: Final = {"year": _is_year, "bareunits": _is_bare, "ref": _is_ref}


# --- what attaches -----------------------------------------------------------------------------------------------


def _attach(text: str, pieces: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for i, piece in enumerate(pieces):
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
        if match and match.end() > piece.end and match.end() <= ceiling + 12:
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
        return m.with_(nth=word("ordinal", found["nth"]), nthunit=re.sub(r"\s+", " ", found["nthunit"].lower()))
    if "nthunit" in rule.fields:
        return m.with_(nthunit=rule.fields["nthunit"])
    if "near" in found:
        if plain.lower().startswith("the "):
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
    if m.part or m.kind == "offset" and m.unit not in {"year", "month", "week", "decade", "century", "quarter"}:
        return None
    return m.with_(part=word("part", text) or None) if word("part", text) is not None else None


_NARRATIVE: Final = {"earlier", "later", "beforehand", "afterwards", "thereafter", "previously", "prior", "before", "after",
                     "before that", "after that", "from then"}  # fmt: skip
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


_SHARED: Final = re.compile(r"[^\S\n]*(?:,|and|or|, and|to|[-–—])[^\S\n]*(?:(?:early|late|mid|on|in|the|by|then)[^\S\n-])*")


def _shared_year(text: str, pieces: list[Piece]) -> list[Piece]:
    """ "in August and September 1914": the first month is of the same year; "in December and January 1915" it is not."""
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


def _join(text: str, a: Piece, b: Piece) -> Piece | None:
    if not 0 < b.start - a.end <= 12 or "\n" in text[a.end : b.start]:
        return None
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
    value = partial(m)
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


def counted(text: str) -> float | None:
    """The number that a text begins with, in figures or words."""
    return amount(text)
