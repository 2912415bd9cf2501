"""Hold the rows written from general knowledge against the other sources of the authority file.

usage: python training/check_authority.py PATH/TO/authority [--coverage]

Prints, one a line: `days` where a row and another source have one office with other days (more than a month apart),
`rival` where another source has somebody else in a seat of one at that time, and last how many rows another source
confirms. With --coverage: for how many states and years a head and a foreign minister are known, by decade, and how
many of these rest on general knowledge alone.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import authority_rows as rows
import build_authority as build

ONE = {"head_of_state", "head_of_government", "foreign_minister", "defence_minister"}
"""Offices that one person holds at a time, but in the states below."""
COLLECTIVE = {
    "BA",
    "SM",
    "CH",
    "AD",
    "AF",
    "SD",
    "LY",
    "YE",
    "SO",
    "IR",
    "PS",
    "LB",
    "SU",
    "DD",
    "KP",
    "VN",
    "CN",
    "LA",
}
"""Presidencies of several, states with two governments or with two heads: no rivals are looked for."""
SINCE = {"SU": 1975, "YU": 1975, "CS": 1975, "DD": 1975, "ZR": 1975}
YOUNG = {
    "AE": 1971, "AM": 1991, "AO": 1975, "AZ": 1991, "AG": 1981, "BA": 1992, "BN": 1984, "BY": 1991, "BZ": 1981,
    "CD": 1997, "CV": 1975, "CZ": 1993, "DJ": 1977, "DM": 1978, "EE": 1991, "ER": 1993, "FM": 1986, "GE": 1991,
    "HR": 1991, "KG": 1991, "KI": 1979, "KM": 1975, "KN": 1983, "KZ": 1991, "LC": 1979, "LT": 1990, "LV": 1991,
    "MD": 1991, "ME": 2006, "MH": 1986, "MK": 1991, "MZ": 1975, "NA": 1990, "PG": 1975, "PS": 1994, "PW": 1994,
    "RU": 1991, "SB": 1978, "SC": 1976, "SI": 1991, "SK": 1993, "SR": 1975, "SS": 2011, "ST": 1975, "TJ": 1991,
    "TL": 2002, "TM": 1991, "TV": 1978, "UA": 1991, "UZ": 1991, "VC": 1979, "VU": 1980, "XK": 2008, "ZW": 1980,
    "RS": 1992, "DE": 1975, "YE": 1990,
}  # fmt: skip
"""First year of the states that began after 1974."""
ENDED = {"SU": 1991, "YU": 2003, "CS": 1992, "DD": 1990, "ZR": 1997}
NO_STATES = set(
    "AI AS AW BM CC CK CW CX EH FK FO GG GI GL GS GU HK IM IO JE KY MO MP MS NC NF NU PF PN PR SH SX TC VG VI"
    " WF".split()
)
"""Territories and islands that the data set books as states."""


def assembled(source: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The people and bodies of the file, as the build puts them together."""
    here = Path(__file__).parent
    fixes = tomllib.loads((here / "authority_fixes.toml").read_text(encoding="utf-8"))
    people = build.repaired(build.read(source / "people.jsonl"), fixes, here / "authority_people.csv")
    return people, build.read(source / "bodies.jsonl")


def rivals(people: list[dict[str, Any]]) -> Iterator[str]:
    """Rows of general knowledge where another source has somebody else at that time for half a year or more."""
    seats: dict[tuple[str, str], list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for person in people:
        for role in person["roles"]:
            if role["type"] in ONE and role.get("start") and role.get("of") not in COLLECTIVE:
                seats[role["type"], role["of"]].append((person, role))
    for (kind, side), held in sorted(seats.items()):
        for person, role in held:
            if set(role["src"]) != {"curated"}:
                continue
            for other, theirs in held:
                both = rows.months(min(end(role), end(theirs))) - rows.months(max(role["start"], theirs["start"]))
                if other is not person and "curated" not in theirs["src"] and both >= 6:
                    yield (
                        f"rival  {side} {kind}: {person['name']} {role['start']}/{role.get('end', '')}, "
                        f"but {other['name']} {theirs['start']}/{theirs.get('end', '')} in {' '.join(theirs['src'])}"
                    )


def end(role: dict[str, Any]) -> str:
    """The last day for which a role is vouched."""
    return str(role.get("end") or role.get("asof") or role.get("end_by") or role["start"])


def coverage(people: list[dict[str, Any]], bodies: list[dict[str, Any]]) -> Iterator[str]:
    """Cells of state and year with a head and with a foreign minister, by decade."""
    states = {b["id"] for b in bodies if b["kind"] == "state" and b["id"] not in NO_STATES} | set(ENDED)
    known: dict[tuple[str, str, int], set[bool]] = defaultdict(set)
    for person in people:
        for role in person["roles"]:
            if role["type"] not in {"head_of_state", "head_of_government", "foreign_minister"}:
                continue
            kind = "minister" if role["type"] == "foreign_minister" else "head"
            first = role.get("start") or min(role.get("seen", []), default="") or role.get("asof", "")
            for year in range(int(first[:4]), int(end({"start": first, **role})[:4]) + 1) if first else ():
                known[kind, role.get("of", ""), year].add(set(role["src"]) != {"curated"})
    yield "decade    states x years   with a head   of these confirmed   with a minister   of these confirmed"
    for decade, years in (
        ("1975-79", range(1975, 1980)),
        *((f"{d}s", range(d, min(d + 10, 2027))) for d in range(1980, 2030, 10)),
    ):
        cells = [(s, y) for s in sorted(states) for y in years if YOUNG.get(s, 0) <= y <= ENDED.get(s, 9999)]
        row = f"{decade:10}{len(cells):14}"
        for kind in ("head", "minister"):
            found = [known[kind, s, y] for s, y in cells if known.get((kind, s, y))]
            sure = sum(True in f for f in found)
            row += f"{len(found) / len(cells):14.3f}{sure / max(len(found), 1):21.3f}"
        yield row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--coverage", action="store_true")
    args = parser.parse_args()
    people, bodies = assembled(args.source)
    if args.coverage:
        print("\n".join(coverage(people, bodies)))
        return
    found = [*sorted({f"days   {d}" for d in rows.DIFFERENCES}), *rivals(people)]
    print("\n".join(found))
    rests: Counter[str] = Counter()
    for person in people:
        for role in person["roles"]:
            if "curated" in role["src"]:
                rests["confirmed by another source" if len(role["src"]) > 1 else "general knowledge alone"] += 1
    print(f"{len(found)} to look at; rows from general knowledge: {dict(rests)}")


if __name__ == "__main__":
    main()
