"""Rows written from general knowledge, and how they join the people of the data set: for build_authority.py.

authority_people.csv has one office a line, authority_history.txt all who held one office on a line (its head explains
the form). A row goes to the person of that name, or of a like name who held the same seat at the same time; where the
person has the office from another source already, the row widens it and is named among its sources.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from communique.actors.folding import fold, key, name_words, skeleton

__all__ = ["DIFFERENCES", "Row", "add", "forget", "history_rows", "months", "overlap", "table_rows"]


class Row(NamedTuple):
    """An office of one person, written from general knowledge."""

    side: str
    type: str
    office: str
    names: tuple[str, ...]
    start: str
    end: str


USUAL = {
    "hos": ("head_of_state", "President"),
    "hog": ("head_of_government", "Prime Minister"),
    "fm": ("foreign_minister", "Minister of Foreign Affairs"),
    "ioh": ("io_head", "Secretary General"),
    "sp": ("spokesperson", "Spokesperson"),
    "ldr": ("party_leader", "Leader"),
    "env": ("special_envoy", "Special Envoy"),
    "nsa": ("national_security", "National Security Adviser"),
}
AS_OF = "2025-11-30"
"""Until when a row without an end vouches for an office."""
LINE = re.compile(r"([\w-]+) (\w+)(?: \[([^\]]+)\])?: (.+)$")
TERM = re.compile(r"(.+?) ([\d-]+)(?:/([\d-]*))$")


def table_rows(path: Path) -> Iterator[Row]:
    """The rows of authority_people.csv."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            side, kind, office, name, start, end, aliases = line.split("|")
            yield Row(side, kind, office, (name, *(a for a in aliases.split(";") if a)), start, end)


def history_rows(path: Path) -> Iterator[Row]:
    """The rows of authority_history.txt, whose form its head explains."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        match = LINE.match(line)
        if match is None:
            raise SystemExit(f"{path.name}: not understood: {line[:80]}")
        kind, office = USUAL[match[2]]
        for term in match[4].split("; "):
            found = TERM.match(term.strip())
            if found is None:
                raise SystemExit(f"{path.name}: not understood: {term[:80]}")
            yield Row(match[1], kind, match[3] or office, tuple(found[1].split("=")), found[2], found[3] or "")


BY_NAME: dict[int, dict[tuple[str, ...], list[dict[str, Any]]]] = {}
BY_SEAT: dict[int, dict[tuple[str, str], list[dict[str, Any]]]] = {}
DIFFERENCES: list[str] = []
"""Where a row and another source have the same office with other days: for check_authority.py."""


def people_named(people: list[dict[str, Any]]) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """People by the words of their names, made once for a list."""
    if id(people) not in BY_NAME:
        found: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for person in people:
            for form in (person["name"], *person.get("aliases", [])):
                found[tuple(sorted(name_words(form)))].append(person)
        BY_NAME[id(people)] = found
    return BY_NAME[id(people)]


def add(people: list[dict[str, Any]], row: Row) -> None:
    """Add the office of a row, to a person of the data set or to a new one."""
    by_name = people_named(people)
    role: dict[str, Any] = {
        "office": row.office, "type": row.type, "of": row.side, "start": row.start, "src": ["curated"],
    }  # fmt: skip
    if row.end:
        role["end"] = row.end
    else:
        role["asof"] = AS_OF
    person = known_as(people, row, role)
    if person is None:
        slug = re.sub(r"[^a-z0-9]+", "-", fold(row.names[0]).lower()).strip("-")
        family = name_words(row.names[0])[-1:]
        person = {
            "id": f"x:{row.side.lower()}/{slug}", "name": row.names[0], "country": row.side, "roles": [],
            "source": ["curated"],
            "family": next((w for w in reversed(row.names[0].split()) if key(w) in family), ""),
        }  # fmt: skip
        people.append(person)
    person.setdefault("aliases", []).extend(n for n in row.names if n != person["name"])
    for form in row.names:
        if person not in by_name[tuple(sorted(name_words(form)))]:
            by_name[tuple(sorted(name_words(form)))].append(person)
    same = [r for r in person["roles"] if r["type"] == row.type and r.get("of") == row.side and shared(r, role)]
    if same:
        merge(person, same[0], row)
    else:
        person["roles"].append(role)
        seats = seated(people)[row.type, row.side]
        if person not in seats:
            seats.append(person)


def known_as(people: list[dict[str, Any]], row: Row, role: dict[str, Any]) -> dict[str, Any] | None:
    """The person of the data set whom a row means: by name, or by a like name in the same seat at the same time."""
    by_name = people_named(people)
    exact = [
        p for n in row.names for p in by_name[tuple(sorted(name_words(n)))] if fits(p, row.side) and same_name(n, p)
    ]
    if exact:
        return exact[0]
    ours = [[skeleton(w) for w in name_words(n)] for n in row.names]
    for person in seated(people)[row.type, row.side]:
        if any((r["type"], r.get("of")) == (row.type, row.side) and shared(r, role) for r in person["roles"]):
            theirs = [[skeleton(w) for w in name_words(n)] for n in (person["name"], *person.get("aliases", []))]
            # A son in his father's seat shares every word but the first, and follows instead of holding it with him.
            if any(a[0] == b[0] and len(set(a) & set(b)) >= 2 for a in ours for b in theirs):
                return person
    return None


def same_name(name: str, person: dict[str, Any]) -> bool:
    """Is a name whose words a person's name has too really that person's?

    "V. P. Singh" and "R. K. Singh" have one word between them, Khalifa bin Hamad and Hamad bin Khalifa all of them.
    """
    low = fold(name).lower()
    forms = [fold(n).lower() for n in (person["name"], *person.get("aliases", []))]
    if low in forms:
        return True
    words = name_words(name)
    if len(words) < 2:
        return False
    return not re.search(r"\b(?:ibn|bin)\b", low) or any(name_words(form) == words for form in forms)


def shared(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Do two tenures have more in common than the day on which one follows the other?"""
    first = [months(r.get("start") or min(r.get("seen", []) or [r.get("asof", "2000")])) for r in (a, b)]
    last = [months(r.get("end") or r.get("asof") or r.get("end_by") or "9999") for r in (a, b)]
    length = min(e - s for s, e in zip(first, last, strict=True))
    return min(last) - max(first) >= max(min(3.0, length * 0.5), 0.5)


def seated(people: list[dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Who held each office, made once for a list; `add` keeps it."""
    if id(people) not in BY_SEAT:
        found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for person in people:
            for role in person["roles"]:
                if role.get("of") and not any(p is person for p in found[role["type"], role["of"]][-3:]):
                    found[role["type"], role["of"]].append(person)
        BY_SEAT[id(people)] = found
    return BY_SEAT[id(people)]


def merge(person: dict[str, Any], held: dict[str, Any], row: Row) -> None:
    """A row widens the same office of another source, and says so in its sources."""
    for edge, ours in (("start", row.start), ("end", row.end)):
        theirs = held.get(edge, "")
        if ours and theirs and apart(ours, theirs) and "curated" not in held["src"]:
            what = f"{row.side} {row.type} {person['name']}: {edge} {ours}, but {theirs} in {' '.join(held['src'])}"
            DIFFERENCES.append(what)
    start = min(held.get("start") or row.start, row.start)
    # A source often knows one cabinet of several: the later end holds.
    end = max(held.get("end", ""), row.end) if row.end else held.get("end", "")
    if (start, end) != (held.get("start"), held.get("end", "")) and "curated" not in held["src"]:
        held["src"] = [*held["src"], "curated"]
    held["start"] = start
    if end:
        held["end"] = end
    elif not row.end:
        held["asof"] = max(held.get("asof", ""), AS_OF)
        held.pop("end_by", None)
        if "curated" not in held["src"]:
            held["src"] = [*held["src"], "curated"]


def apart(a: str, b: str) -> bool:
    """Are two days more than a month apart, as far as both are known?"""
    if 4 in (len(a), len(b)):
        return a[:4] != b[:4]
    return abs(months(a) - months(b)) > 1


def months(day: str) -> float:
    """A day as months; a year without month is its middle."""
    return int(day[:4]) * 12 + (int(day[5:7]) if len(day) > 4 else 6.5)


def fits(person: dict[str, Any], side: str) -> bool:
    """Is this the person of that side rather than a namesake? Organisations take people of any country."""
    return (
        len(side) != 2
        or side in {"UN", "EU"}
        or person.get("country") == side
        or any(r.get("of") == side for r in person["roles"])
    )


def overlap(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Do two tenures overlap, as far as dates are known?"""
    start = lambda r: r.get("start") or min(r.get("seen", []) or [r.get("asof", "")])  # noqa: E731
    end = lambda r: r.get("end") or r.get("asof") or r.get("end_by") or "9999"  # noqa: E731
    return bool(start(a) and start(b)) and start(a) <= end(b) and start(b) <= end(a)


def forget() -> None:
    """Begin anew with another list of people."""
    BY_NAME.clear()
    BY_SEAT.clear()
    DIFFERENCES.clear()
