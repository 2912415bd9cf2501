#!/usr/bin/env python3
"""Measure encounters on the remarks of a log of trips and visits, as sentences.

    python evaluation/measure_travels.py [--log LOG.jsonl] [--since 1990] [--misses]

Each remark "Met with ..." is told with its traveller, place and day as one sentence, and read like any report. Asked is
whether an encounter is found, whether it has the country of the other side, and whether each person whom the remark
names with a title takes part in it by the whole name. Each remark "Attended the ... Summit" (conference, council,
session, assembly, forum) is told likewise; asked is whether the forum is recognised.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evaluation.measure_actors import MONTHS, _americans, _told

from communique.actors.folding import fold, skeleton
from communique.analysis import analyse, default_knowledge
from communique.records import Encounter

SHARED = Path(os.environ.get("COMMUNIQUE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
_STOP = re.compile(r"(?<!\bU)(?<!\bU\.N)(?<!\bU\.S)(?<! [A-Z])(?<!\bSt)(?<!\bDr)(?<!\bGen)\.(?= |$)")
FORUM = re.compile(
    r"^Attended (?:the |a |an )?(?P<name>[^;]*?\b(?:Summit|Conference|Council|Assembly|Forum|Session|Meetings?)\b)"
)
NAMED = re.compile(
    r"\b(?:NATO|North Atlantic|OSCE|CSCE|OAS|APEC|ASEAN|G-?\d+|Group of|UN|U\.N\.|United Nations|EU|OECD|OPEC|GCC"
    r"|ECOWAS|African Union|Arab League|Summit of the Americas|Economic Summit|Nuclear Security|Contact Group|Quad"
    r"|Pacific|Quartet|World Economic Forum|Our Ocean|Climate|Gulf Cooperation|Commonwealth|Munich"
    r"|Western European Union)\b"
)
"""What stands in the name of a forum; "Attended a meeting on Syria" names none."""


class Row(NamedTuple):
    """A remark as a sentence, and what a careful reader has from it."""

    id: str
    text: str
    day: str
    names: tuple[tuple[str, str | None], ...]
    forum: str | None


def sentences(row: dict[str, Any]) -> list[str]:
    """The sentences of a remark, with their full stops."""
    text = " ".join((row["remarks"] or "").split())
    return [part.strip() + "." for part in _STOP.split(text) if part.strip()]


def rows_of(row: dict[str, Any], ours: dict[str, tuple[str, ...]]) -> list[Row]:
    """The remark's sentences about meetings and fora, each told with the traveller, the place and the day."""
    authority = default_knowledge().authority
    found = []
    for number, remark in enumerate(sentences(row)):
        met = remark.startswith("Met with ")
        forum = FORUM.match(remark) if not met else None
        if not met and (forum is None or not NAMED.search(forum["name"])):
            continue
        begin, gold = _told({**row, "remarks": remark}, authority, ours)
        day = dt.date.fromisoformat(row["start"])
        when = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        if row["log"] == "visits":
            country = begin.split(" visited the United States")[0].rsplit(" of ", 1)[1]
            who, where = f"{row['name']} of {country}", "the United States"
        else:
            office = "President" if row["role"] == "president" else "Secretary of State"
            who = f"U.S. {office} {row['name']}"
            where = begin.split(" travelled to ")[1].split(", on ")[0]
        text = f"{who} visited {where} on {when}. On that day {who} {remark[0].lower()}{remark[1:]}"
        names = tuple((g.name, g.side) for g in gold if g.where != "visitor")
        found.append(Row(f"{row['id']}.{number}", text, row["end"], names if met else (), forum and forum["name"]))
    return found


def is_whole(name: str, met: Encounter) -> bool:
    """Does somebody of the encounter bear every word of this name?"""
    wanted = {skeleton(w) for w in re.split(r"[\s-]+", fold(name).lower()) if len(w) > 2}
    borne = ({skeleton(w) for w in re.split(r"[\s-]+", fold(one.name).lower())} for one in met.participants)
    return any(wanted <= words for words in borne)


def has_forum(met: Encounter) -> bool:
    """Is a forum named, as the frame of the encounter or as a body that takes part?"""
    return bool(met.forum) or any(p.type in ("forum", "organisation") for p in met.participants)


def measure(rows: list[Row], misses: bool) -> Counter[str]:
    """What was asked and what was right."""
    marks: Counter[str] = Counter()
    for row in rows:
        found = analyse(row.text, id=row.id, published=row.day).encounters
        if row.forum is not None:
            marks["fora"] += 1
            right = any(map(has_forum, found))
            marks["forum recognised"] += right
            if misses and not right:
                print("forum", row.id, "|", row.text)
            continue
        marks["met"] += 1
        told = [e for e in found if e.kind in ("meeting", "talks", "summit", "session")]
        marks["found"] += bool(told)
        for name, side in row.names:
            marks["named"] += 1
            whole = [e for e in told if is_whole(name, e)]
            marks["whole"] += bool(whole)
            sides = {p.represents for e in told for p in e.participants}
            if side:
                marks["sided"] += 1
                marks["side"] += side in sides
            if misses and (not whole or (side and side not in sides)):
                shown = [[(p.name, p.represents) for p in e.participants] for e in told]
                print("met", row.id, "|", row.text, "|", name, side, shown)
    return marks


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--log", type=Path, default=SHARED / "data" / "travels" / "log_dev.jsonl")
    cli.add_argument("--since", default="1990")
    cli.add_argument("--misses", action="store_true")
    args = cli.parse_args()
    log = [json.loads(line) for line in args.log.read_text(encoding="utf-8").splitlines()]
    log = [row for row in log if row["start"] >= args.since]
    ours = _americans(log)
    marks = measure([r for row in log for r in rows_of(row, ours)], args.misses)
    for right, asked in (("found", "met"), ("side", "sided"), ("whole", "named"), ("forum recognised", "fora")):
        print(f"{right:18} {marks[right]:5} of {marks[asked]:5}  {marks[right] / max(marks[asked], 1):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
