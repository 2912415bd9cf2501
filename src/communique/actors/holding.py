"""Days that fit how a report calls people: offices held, left, just taken up or about to end, and ages.

Everything found is a `Fit`: the intervals of which the report's day lies in one, and how much a day outside of them
speaks against it. Several people of one name, and several terms of one person, give several intervals.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from communique.actors.authority import Authority, Person, Role
from communique.actors.mentions import Named
from communique.actors.names import Run
from communique.actors.offices import Office
from communique.actors.people import likeness

__all__ = ["Fit", "fits"]

Days = tuple[str | None, str | None]

_UNSURE: Final = frozenset(
    {"leader", "ambassador", "special_envoy", "spokesperson", "legislature", "presidential_staff", "governor"}
)
"""Kinds of office that reports keep giving to people after or before they held them, or to several at once: weak."""
_EMINENT: Final = frozenset(
    {
        "head_of_state", "supreme_leader", "monarch", "queen", "head_of_government", "chancellor", "foreign_minister",
        "secretary_of_state", "foreign_secretary", "defence_minister", "vice_president", "io_head",
    }
)  # fmt: skip
"""Kinds of office whose holder a report names by a surname alone."""
SURE: Final = -4.5
LIKELY: Final = -3.0
WEAK: Final = -1.5
"""Weight of a full name with an office, of a surname alone or a word such as "former" or "new", of offices that are
given loosely."""
_BETWEEN: Final = -3.0
"""Between two terms of one person the authority file may lack a third."""
_NEW: Final = 200
"""Days for which a holder is called new, and for which before the end one is called outgoing."""
_COMING: Final = 150
"""Days from an election or appointment to the day of taking office."""
_ELECTED: Final = 80
"""Days before a head of state or government takes office on which reports of the election already use the title."""
_JOINED: Final = 60
"""Terms with fewer days between them are one."""
_PEOPLE: Final = 80
"""Names of a report that are looked at."""
_UNITS: Final = {
    "day": 3, "days": 10, "week": 14, "weeks": 40, "month": 45, "months": 200, "trip": 300, "visit": 400, "tour": 300,
    "meeting": 400, "call": 120,
}  # fmt: skip
"""Days since taking office for which a report speaks of the first day, week, month, trip in it."""
_TAKING: Final = frozenset({"taking", "assuming", "took", "assumed", "entering", "becoming"})
_FORMER: Final = frozenset({"former", "ex", "onetime", "previous", "erstwhile", "ousted", "deposed"})
_FRESH: Final = frozenset({"new", "newly"})
_NEXT: Final = frozenset({"incoming", "designate", "elect"})
_FOR_NOW: Final = frozenset({"acting", "interim", "caretaker", "transitional"})
_TOPPLED: Final = frozenset(
    {"toppled", "toppling", "ousted", "ousting", "overthrew", "overthrown", "overthrow", "deposed", "unseated"}
)
_NEITHER: Final = frozenset({"then", "late", "exiled", "next", "future", "first", "last"})


class Fit(NamedTuple):
    """Intervals (ISO days, None is open) of which the report's day lies in one, and the sentence that says why."""

    spans: tuple[Days, ...]
    weight: float
    between: float
    because: str
    lead: int = 0
    """Days before an interval that count as half inside."""

    @property
    def start(self) -> str | None:
        """The first day of all; None if open."""
        return None if any(a is None for a, _ in self.spans) else min(a for a, _ in self.spans if a)

    @property
    def end(self) -> str | None:
        """The last day of all; None if open."""
        return None if any(b is None for _, b in self.spans) else max(b for _, b in self.spans if b)

    def earlier(self) -> tuple[Days, ...]:
        """The intervals with the days before them that count half."""
        return tuple((a and _shift(a, -self.lead), b) for a, b in self.spans)

    def holds(self, day: str) -> bool:
        """Does the day lie in one of the intervals?"""
        return any((a is None or a <= day) and (b is None or day <= b) for a, b in self.spans)


def fits(named: Named, authority: Authority) -> list[Fit]:
    """What the names and offices of a report say of its day, in the order of the text, each person once.

    Only those that can all be true together are given: where an outlet calls somebody by an office lost long ago,
    the weight of the others rules; where neither side is stronger, none is given.
    """
    found: dict[tuple[str, ...], Fit] = {}
    fresh = _freshness(named)
    for run in [r for r in named.runs if r.offices][:_PEOPLE]:
        for office in run.offices:
            if office.plural or (len(run.words) < 2 and (office.indefinite or office.kind.id in _UNSURE)):
                continue
            for key, fit in _of_office(run, office, named, authority, fresh):
                known = found.get(key)
                if known is None or fit.weight < known.weight:
                    found[key] = fit
    for key, fit in _ages(named, authority):
        found.setdefault(key, fit)
    return _together(list(found.values()))


def _freshness(named: Named) -> dict[int, int]:
    """Sentences that speak of somebody's first week, month or trip in office, and how many days that can be.

    Key -1 holds the shortest of them, for a holder who is called new elsewhere.
    """
    found: dict[int, int] = {}
    words = named.words
    for i, word in enumerate(words[:-4]):
        if word.low != "first":
            continue
        rest = [w.low for w in words[i + 1 : i + 9] if w.sentence == word.sentence]
        days = next((_UNITS[w] for w in rest[:3] if w in _UNITS), None)
        office = any(
            a in _TAKING and b in {"office", "power", "charge", "post", "president"} for a, b in pairwise(rest)
        )
        if days is not None and (office or rest[1:2] in (["as"], ["in"])):
            found[word.sentence] = min(days, found.get(word.sentence, days))
    if found:
        found[-1] = min(found.values())
    return found


def _of_office(
    run: Run, office: Office, named: Named, authority: Authority, fresh: dict[int, int]
) -> Iterator[tuple[tuple[str, ...], Fit]]:
    side = office.side or office.kind.side or run.side
    held = _candidates(run, office, side, named, authority)
    if not held:
        return
    marks = {named.words[i].low for i in range(office.first, office.last + 1)}
    how = _how(marks)
    if how == "now" and _toppled(office, named):
        how = "former"
    if how is None:
        return
    here = [r for r in named.runs if r.offices and named.words[r.first].sentence == named.words[run.first].sentence]
    days = fresh.get(-1) if how == "new" else fresh.get(named.words[run.first].sentence) if len(here) == 1 else None
    if days is not None and how in {"now", "new"}:
        how = "new"
    spans = _joined(s for _, roles in held for s in _spans(roles, how, days or _NEW))
    if not spans or spans == [(None, None)]:
        return
    full = len(run.words) >= 2
    plain = how == "now" and not marks & _FOR_NOW
    weight = SURE if full and plain and side is not None and len(held) == 1 else LIKELY - (0.7 if full else 0.0)
    if how in {"new", "coming"} and full:
        weight = SURE - 1.0 - (days is not None)  # a narrow window must outweigh the many days outside of it
    if office.kind.id in _UNSURE:
        weight = WEAK
    between = max(weight, _BETWEEN)
    key = (held[0][0].id if len(held) == 1 else " ".join(run.words), how)
    elected = how == "now" and office.kind.types[0] in {"head_of_state", "head_of_government"}
    because = _because(held, how, spans, authority)
    yield key, Fit(tuple(spans), weight, between, because, _ELECTED if elected else 0)


def _how(marks: set[str]) -> str | None:
    if marks & _NEITHER:
        return None
    if marks & _FORMER:
        return "former"
    if marks & _NEXT:
        return "coming"
    if "outgoing" in marks:
        return "outgoing"
    if marks & _FRESH:
        return "new"
    return "now"


def _toppled(office: Office, named: Named) -> bool:
    """Is it said just before that the holder was driven from office: "soldiers toppled President X"?"""
    sentence = named.words[office.first].sentence
    before = named.words[max(0, office.first - 4) : office.first]
    return any(w.sentence == sentence and w.low in _TOPPLED for w in before)


def _candidates(
    run: Run, office: Office, side: str | None, named: Named, authority: Authority
) -> list[tuple[Person, list[Role]]]:
    """Who of the authority file the name can mean, with the terms in that office."""
    words, types = run.words, office.kind.types[:2]
    if len(words) < 2:
        if office.kind.id not in _EMINENT:
            return []
        types = types[:1]
    numbers = authority.sharing(words, len(set(words)))
    if len(numbers) > (150 if len(words) > 1 else 1500):
        return []
    found: list[tuple[Person, list[Role]]] = []
    for number in numbers:
        forms = authority.forms(number)
        if len(words) == 1:
            if not any(words[0] in (form[-1], form[0] if len(form) > 2 else "") for form in forms):
                continue
        elif not any(likeness(words, form) >= 0.9 for form in forms):
            continue
        person = authority.person(number)
        roles = [r for r in person.roles if r.type in types and r.start and (side is None or r.of == side)]
        roles = [r for r in roles if _titled(r, office)]
        if roles:
            found.append((person, roles))
    if side is not None and not found and len(words) >= 2:
        found = _spelt_otherwise(words, types, side, office, authority)
    if side is None and len(found) > 1:
        near = [(p, here) for p, roles in found if (here := [r for r in roles if r.of in named.lands])]
        found = near or found
    return found if len(found) <= 4 else []


def _titled(role: Role, office: Office) -> bool:
    """Do the words of the role allow this kind of office ("king" for a monarch)?"""
    return not office.kind.titled or any(word in role.office.lower() for word in office.kind.titled)


def _spelt_otherwise(
    words: tuple[str, ...], types: tuple[str, ...], side: str, office: Office, authority: Authority
) -> list[tuple[Person, list[Role]]]:
    """The one holder of such an office of that side whose name is spelt nearly like this."""
    found: dict[str, tuple[Person, list[Role]]] = {}
    for person, _, _ in authority.holders(types[:1], side, None):
        if person.id in found:
            continue
        spelt = [tuple(form.lower().replace("-", " ").split()) for form in (person.name, *person.aliases)]
        if any(likeness(words, [w.strip("'’") for w in form]) >= 0.8 for form in spelt):
            roles = [r for r in person.roles if r.type in types and r.of == side and r.start and _titled(r, office)]
            if roles:
                found[person.id] = (person, roles)
    return list(found.values()) if len(found) == 1 else []


def _spans(roles: list[Role], how: str, new: int = _NEW) -> Iterator[Days]:
    """The days on which a report can speak so of somebody who held these offices."""
    if how == "former":
        ends = [_last(r.end) for r in roles if r.end]
        if ends and len(ends) == len(roles):
            yield min(ends), None
        return
    for start, end in _joined((_first(r.start), _last(r.end) if r.end else None) for r in roles):
        assert start is not None
        if how == "now":
            yield start, end
        elif how == "new":
            yield _shift(start, -7), _shift(start, new)
        elif how == "coming":
            yield _shift(start, -_COMING), _shift(start, 7)
        elif end is not None:
            yield _shift(end, -_NEW), _shift(end, 30)


def _joined(spans: Iterable[Days]) -> list[Days]:
    """The intervals in order, those that touch or nearly touch made one."""
    out: list[Days] = []
    for start, end in sorted(spans, key=lambda s: (s[0] or "", s[1] or "9999")):
        if out and (out[-1][1] is None or start is None or start <= _shift(out[-1][1], _JOINED)):
            before = out[-1][1]
            out[-1] = (out[-1][0], None if before is None or end is None else max(before, end))
        else:
            out.append((start, end))
    return out


_AGE: Final = range(18, 100)
_OLD: Final = re.compile(r"(?:\A|\D)(\d\d)[- ]year[- ]old\b[^.\n,;]{0,40}\Z", re.IGNORECASE)


def _ages(named: Named, authority: Authority) -> Iterator[tuple[tuple[str, ...], Fit]]:
    """Ada Example, 58, and the 58-year-old President Example: a year of life of somebody whose birthday is known."""
    for run in named.runs[: 2 * _PEOPLE]:
        age = _age(run, named)
        if age is None or len(run.words) < 2:
            continue
        born = {}
        for number in authority.sharing(run.words, len(set(run.words))):
            if any(likeness(run.words, form) >= 0.9 for form in authority.forms(number)):
                person = authority.person(number)
                born[person.id] = person
        people = list(born.values())
        if len(people) != 1 or len(people[0].born) != 10:
            continue
        day = dt.date.fromisoformat(people[0].born)
        start, end = _birthday(day, age), _birthday(day, age + 1)
        first = min((r.start for r in people[0].roles if r.start), default="")
        if not first or int(end[:4]) < int(first[:4]) - 5:
            continue  # a number beside the name, or somebody else
        because = f"{people[0].name}, born on {people[0].born}, is said to be {age} years old: {start} to {end}"
        yield (people[0].id, "age"), Fit(((start, end),), -5.0, -5.0, because)


def _age(run: Run, named: Named) -> int | None:
    words = named.words
    after = [w.text for w in words[run.last + 1 : run.last + 4]]
    if len(after) == 3 and after[0] == "," and after[2] in {",", "."} and after[1].isdigit() and int(after[1]) in _AGE:
        return int(after[1])
    first = run.start_word if run.start_word >= 0 else run.first
    line = "".join((" " if w.spaced else "") + w.text for w in words[max(0, first - 14) : first])
    found = _OLD.search(line)
    return int(found[1]) if found and int(found[1]) in _AGE else None


def _birthday(born: dt.date, age: int) -> str:
    try:
        return born.replace(year=born.year + age).isoformat()
    except ValueError:
        return dt.date(born.year + age, 3, 1).isoformat()


def _together(found: list[Fit]) -> list[Fit]:
    """The weightiest set that shares a day; nothing where two sets are equally weighty and disagree."""
    days = sorted({a for f in found for a, _ in f.spans if a} | {"1900-01-01"})
    sets: list[list[Fit]] = []
    for day in days:
        inside = [f for f in found if f.holds(day)]
        if inside and inside not in sets:
            sets.append(inside)
    weights = [sum(f.weight for f in s) for s in sets]
    best = [s for s, w in zip(sets, weights, strict=True) if w == min(weights)]
    if len(best) == 1:
        return best[0]
    return [f for f in found if all(f in s for s in best)]


_WORDS: Final = {
    "now": "is called {office}, an office held {spans}",
    "former": "is called a former {office}, so after {start}",
    "coming": "is called {office} to be, an office taken up on {taken}",
    "new": "is called a new {office}, an office taken up on {taken}",
    "outgoing": "is called outgoing {office}, an office left on {left}",
}


def _because(held: list[tuple[Person, list[Role]]], how: str, spans: list[Days], authority: Authority) -> str:
    names = " or ".join(dict.fromkeys(p.name for p, _ in held))
    role = max((r for _, roles in held for r in roles), key=lambda r: r.start)
    state = authority.state(role.of)
    office = role.office if state is None or state.name in role.office else f"{role.office} of {_the(state.name)}"
    if len(office) > 70:
        office = role.office
    times = " and ".join(
        f"since {a}" if b is None else f"from {a} until {b}" if a else f"until {b}" for a, b in spans[:4]
    )
    starts = " or ".join(sorted({r.start for _, roles in held for r in roles})[-3:])
    ends = " or ".join(sorted({r.end for _, roles in held for r in roles if r.end})[-3:])
    return f"{names} {_WORDS[how].format(office=office, spans=times, start=spans[0][0], taken=starts, left=ends)}"


def _the(name: str) -> str:
    plural = name.startswith(("United ", "European ", "Holy ", "Democratic ")) or name in _ARTICLE
    return f"the {name}" if plural else name


_ARTICLE: Final = frozenset(
    {"Netherlands", "Philippines", "Maldives", "Bahamas", "Gambia", "Marshall Islands", "Solomon Islands", "Comoros"}
)


def _shift(day: str, days: int) -> str:
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return day


def _first(day: str) -> str:
    return (day + "-01-01")[:10] if len(day) == 4 else (day + "-01")[:10]


def _last(day: str) -> str:
    if len(day) == 4:
        return day + "-12-31"
    if len(day) != 7:
        return day
    year, month = int(day[:4]), int(day[5:])
    return (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)).isoformat()
