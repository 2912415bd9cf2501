#!/usr/bin/env python3
"""Measure the actors room: ambiguous mentions, the logs of visits, invented names, and what the room costs.

    python evaluation/measure_actors.py ambiguous [--misses]
    python evaluation/measure_actors.py visits [--log LOG.jsonl] [--misses]
    python evaluation/measure_actors.py invented [--reports 200] [--seed 1] [--misses]
    python evaluation/measure_actors.py cost [--reports 200]

`ambiguous` scores tests/actors/data/ambiguous*.jsonl, each half apart. `visits` makes a report of each row since 1990
of a log of visits (which is no source of the authority file) and looks for the people whom it names with a title.
`invented` tells made-up people of many languages in many frames (invented_names.py). `cost` gives the seconds and the
memory of loading and of the room. With --json OUT the figures are written too.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from communique import actors, dates, language
from communique.actors.folding import key, name_words, skeleton
from communique.knowledge import Knowledge
from communique.records import Dating, Participant, Report

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("COMMUNIQUE_SHARED", HERE.parents[1] / "shared"))
AMBIGUOUS = [
    HERE.parent / "tests" / "actors" / "data" / f"{name}.jsonl"
    for name in ("ambiguous", "ambiguous_fresh", "ambiguous_fresh2")
]
Figures = dict[str, Any]


def cast_of(text: str, day: str | None, knowledge: Knowledge) -> actors.Cast:
    """The cast of a text, parsed as in the journey, on a day that is known."""
    reading = language.read(Report(id="x", text=text), knowledge.gate, knowledge.parser, knowledge.chooser("all"))
    named = actors.refer(reading, knowledge.authority)
    published = Dating(value=day, basis="metadata" if day else None)
    if day is None:
        bounds = actors.day_bounds(named, knowledge.authority)
        published = dates.publish(reading, dates.find(reading), bounds)
    return actors.settle(reading, named, knowledge.authority, published)


# -- ambiguous mentions ----------------------------------------------------------------------------------------------


def ambiguous(args: argparse.Namespace) -> Figures:
    """Each half of the ambiguous mentions apart, and by kind."""
    from tests.actors.ambiguous import judged

    knowledge = Knowledge.load()
    right: dict[str, list[bool]] = defaultdict(list)
    lines = [line for path in AMBIGUOUS for line in path.read_text(encoding="utf-8").splitlines()]
    for row in map(json.loads, lines):
        cast = cast_of(row["text"], row["day"], knowledge)
        good = judged(row, cast)
        right[row["half"]].append(good)
        right[f"{row['half']}/{row['kind']}"].append(good)
        if args.misses and not good:
            print(row["id"], row["half"], row["kind"], "|", row["text"], "|", row["mention"], row["expect"])
    return {half: _share(hits) for half, hits in sorted(right.items())}


def _share(hits: list[bool]) -> dict[str, Any]:
    return {"n": len(hits), "right": round(sum(hits) / len(hits), 4)}


# -- the logs of visits ----------------------------------------------------------------------------------------------

TITLES = {
    "president": ("head_of_state", "head_of_government"),
    "prime minister": ("head_of_government",),
    "premier": ("head_of_government",),
    "chancellor": ("head_of_government",),
    "foreign minister": ("foreign_minister",),
    "minister of foreign affairs": ("foreign_minister",),
    "foreign secretary": ("foreign_minister",),
    "secretary of state": ("foreign_minister",),
    "king": ("head_of_state",),
    "queen": ("head_of_state",),
    "emperor": ("head_of_state",),
    "sultan": ("head_of_state", "head_of_government"),
    "amir": ("head_of_state",),
    "emir": ("head_of_state",),
    "pope": ("head_of_state",),
    "crown prince": ("head_of_government", "deputy_head_of_government", "other"),
    "defense minister": ("defence_minister",),
    "minister of defense": ("defence_minister",),
    "vice president": ("vice_president",),
    "deputy prime minister": ("deputy_head_of_government", "foreign_minister"),
    "secretary-general": ("io_head",),
    "secretary general": ("io_head",),
    "interim president": ("head_of_state",),
    "acting president": ("head_of_state",),
    "chairman": ("head_of_state", "io_head", "head_of_government"),
}
"""Titles of the logs and the role types that they can mean."""
_NAME = r"(?:(?:[A-Z]\.)+|(?:al|el|as|ad|an|ar|ash)-[A-Z][\w’'-]*|[A-Z][\w’'-]*[a-zé]|[A-Z]{2,}|II+|IV|VI+)"
_JOIN = r"(?: (?:bin|ibn|de|da|do|dos|del|della|di|la|las|le|van|von|der|den|e|y|al|el|ul|ur) )"
MENTION = re.compile(
    r"(?:\b(?P<adj>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}) )?"
    r"\b(?P<title>" + "|".join(t.title().replace(" Of ", " of ") for t in sorted(TITLES, key=len, reverse=True)) + r")"
    r"(?P<elect>-[Ee]lect| [Ee]lect|-[Dd]esignate)?"
    r" (?P<name>(?:(?:Prince|Sheikh|Shaykh|King|General|Dr\.|Gen\.) )?"
    + _NAME + r"(?:(?:" + _JOIN + r"| )" + _NAME + r")*)"
    r"(?: of (?P<of>(?:the )?[A-Z]\w+(?: [A-Z]\w+)*))?"
)  # fmt: skip
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
AFTER = re.compile(r"(?:’s|'s)(?: .*)?$| (?:" + "|".join(MONTHS) + r"|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\b.*$")
MANY = re.compile(
    r"\b(?:attend|summit|conference|assembly|funeral|ceremon|meetings? of|also met|forum|delegation)", re.I
)
COUNTRIES = {
    "Korea": "KR",
    "China, People’s Republic of": "CN",
    "China, Republic of": "TW",
    "Macedonia, Former Yugoslav Republic of": "MK",
    "Korea, South": "KR",
    "Korea, North": "KP",
    "Union of Soviet Socialist Republics": "SU",
    "U.S.S.R.": "SU",
    "Holy See": "VA",
    "Burma": "MM",
    "Jerusalem": "IL",
}


class Gold(NamedTuple):
    """A person whom a log names with a title."""

    title: str
    name: str
    start: int
    end: int
    side: str | None
    """None where the log does not tell it."""
    in_office: bool
    where: str
    """"visitor", "host" or "elsewhere": whose side the name has."""


def visits(args: argparse.Namespace) -> Figures:
    """People named with a title in the rows since 1990, by decade."""
    knowledge = Knowledge.load()
    rows = [json.loads(line) for line in args.log.read_text(encoding="utf-8").splitlines()]
    rows = [r for r in rows if r["start"] >= "1990"]
    ours = _americans(rows)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        text, gold = _told(row, knowledge.authority, ours)
        if not gold:
            continue
        cast = cast_of(text, row["start"], knowledge)
        for one in gold:
            marks = _marks(one, row["start"], cast, knowledge.authority)
            for group in ("all", row["start"][:3] + "0s", one.where):
                counts[group].update(marks)
            if args.misses and any(marks[w] > marks[r] for w, r in PAIRS):
                missed = [r for w, r in PAIRS if marks[w] > marks[r]]
                got = [(p.name, p.represents, p.actor) for p in cast.resolve(one.start, one.end)]
                print(",".join(missed), row["id"], row["start"], "|", text, "|", one.title, one.name, one.side, got)
    return {group: _shares(c) for group, c in sorted(counts.items())}


PAIRS = (("named", "found"), ("sided", "side"), ("known", "linked"))


def _shares(c: Counter[str]) -> Figures:
    return {r: {"n": c[w], "right": round(c[r] / c[w], 4) if c[w] else None} for w, r in PAIRS}


def _americans(rows: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Family names of US presidents, secretaries and vice presidents, whom the log calls by title and name alone."""
    names = {r["name"].replace(" Jr.", "").split()[-1] for r in rows if r["log"] == "travels"}
    held = {
        "president": names,
        "secretary of state": names,
        "vice president": {"Quayle", "Gore", "Cheney", "Biden", "Pence", "Harris"},
    }
    return {title: tuple(sorted(found)) for title, found in held.items()}


def _told(row: dict[str, Any], authority: actors.Authority, ours: dict[str, tuple[str, ...]]) -> tuple[str, list[Gold]]:
    """A row as a short report, and whom it names with a title."""
    country = re.sub(r" \(.*\)", "", row["country"])
    host = _side(country, authority)
    day = dt.date.fromisoformat(row["start"])
    when = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    state = authority.state(host)
    plain = state.name if state and host else country
    if row["log"] == "visits":
        begin = f"{row['name']} of {plain} visited the United States on {when}. "
    else:
        office = "President" if row["role"] == "president" else "Secretary of State"
        place = f"{row['place']}, {plain}" if row["place"] and row["place"] != plain else plain
        begin = f"U.S. {office} {row['name']} travelled to {place}, on {when}. "
    remarks = (row["remarks"] or "").strip()
    text = begin + remarks
    gold = []
    for match in MENTION.finditer(text):
        title = match["title"].lower()
        name, start = AFTER.sub("", match["name"]), match.start("name")
        if match.start() < len(begin) and row["log"] == "travels":
            continue
        where, side = "host", host
        adjective = _side(match["adj"], authority) if match["adj"] else None
        if row["log"] == "visits" and match.start() < len(begin):
            where = "visitor"
        elif adjective or match["of"]:
            where, side = "elsewhere", adjective or _side(match["of"], authority)
        elif name.split()[-1] in ours.get(title, ()):
            where, side = "elsewhere", "US"
        elif MANY.search(remarks) or row["log"] == "visits":
            side = None
        former = bool(re.search(r"\b[Ff]ormer (?:\S+ )?$", text[: match.start("title")])) or bool(match["elect"])
        gold.append(Gold(title, name, start, start + len(name), side, not former, where))
    return text, gold


def _side(words: str, authority: actors.Authority) -> str | None:
    """The side that an adjective or a country's name in the log means."""
    words = words.removeprefix("the ")
    if words in COUNTRIES:
        return COUNTRIES[words]
    hits = [h for h in authority.scan(words) if h.bodies]
    return authority.bodies[hits[-1].bodies[0]].side if hits else None


def _marks(gold: Gold, day: str, cast: actors.Cast, authority: actors.Authority) -> Counter[str]:
    """What was asked of one person, and what was right."""
    marks = Counter(named=1)
    people = _people(cast, gold.start, gold.end)
    marks["found"] = int(people is not None)
    got = people or ()
    if gold.side:
        marks["sided"], marks["side"] = 1, int([p.represents for p in got] == [gold.side])
        known = _known(gold, day, authority) if gold.in_office else []
        if known:
            marks["known"], marks["linked"] = 1, int([p.actor for p in got] in [[k] for k in known])
    return marks


def _people(cast: actors.Cast, start: int, end: int) -> tuple[Participant, ...] | None:
    """The person of the reference whose naming part holds the whole name; None if there is none."""
    for reference in cast.references:
        if reference.type == "person" and reference.head[0] <= start and end <= reference.head[1]:
            return tuple(p for p in reference.participants if p.type == "person")
    # A regnal title is part of the head or not: the whole nominal will do.
    for reference in cast.references:
        if reference.type == "person" and reference.start <= start and end <= reference.end:
            return tuple(p for p in reference.participants if p.type == "person")
    return None


def _known(gold: Gold, day: str, authority: actors.Authority) -> list[str]:
    """Ids of the people of the file who held an office of that title then and whose name this can be."""
    words = [
        w
        for w in map(key, re.split(r"[\s-]+", gold.name))
        if len(w) > 1 and w not in {"al", "el", "bin", "de", "prince", "sheikh"}
    ]
    found = []
    for person, _, _ in authority.holders(TITLES[gold.title], gold.side or "", (day, day)):
        forms = [{key(w) for w in re.split(r"[\s-]+", form)} for form in (person.name, *person.aliases)]
        if any(all(w in form or any(skeleton(w) == skeleton(o) for o in form) for w in words[-1:]) for form in forms):
            found.append(person.id)
    return list(dict.fromkeys(found))


# -- invented names --------------------------------------------------------------------------------------------------


def invented(args: argparse.Namespace) -> Figures:
    """Made-up people in made-up reports: found whole, and with the side that their titles tell."""
    from invented_names import reports

    knowledge = Knowledge.load()
    counts: dict[str, list[bool]] = defaultdict(list)
    for text, told in reports(args.reports, args.seed):
        cast = cast_of(text, "2018-05-14", knowledge)
        for person in told:
            got = _people(cast, person.start, person.end)
            found = got is not None
            whole = any(set(name_words(person.name)) <= set(name_words(p.name)) for p in got or ())
            sided = whole and any(p.represents == person.side for p in got or ())
            if not person.titled:
                counts["side without a title"].append(sided)
                counts["found without a title"].append(found)
                continue
            for group in ("side from a title", f"frame {person.frame}", f"names {person.family}"):
                counts[group].append(sided)
            counts["found with a title"].append(found)
            counts["linked to somebody"].append(any(p.actor for p in got or ()))
            if args.misses and not sided:
                print(
                    person.frame,
                    "|",
                    text,
                    "|",
                    person.name,
                    person.side,
                    [(p.name, p.represents, p.actor) for p in got or ()],
                )
    return {group: _share(hits) for group, hits in sorted(counts.items())}


# -- cost ------------------------------------------------------------------------------------------------------------

LOAD = """
import json, resource, time
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
import communique.actors
imported = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start, begun = time.perf_counter(), time.process_time()
authority = communique.actors.load_authority()
loaded, worked = time.perf_counter() - start, time.process_time() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
authority.scan("Moscow")
print(json.dumps([loaded, worked, time.process_time() - begun, (peak - imported) / 1024, peak / 1024]))
"""


def loading(times: int = 5) -> Figures:
    """Loading the authority file in fresh processes: medians of seconds, and megabytes."""
    rows = [
        json.loads(subprocess.run([sys.executable, "-c", LOAD], check=True, capture_output=True, text=True).stdout)
        for _ in range(times)
    ]
    load, worked, scan, more, peak = (statistics.median(column) for column in zip(*rows, strict=True))
    return {
        "load_s": round(load, 3), "load_cpu_s": round(worked, 3), "load_and_first_scan_cpu_s": round(scan, 3),
        "megabytes_added": round(more),
        "peak_megabytes_of_process": round(peak),
    }  # fmt: skip


def cost(args: argparse.Namespace) -> Figures:
    """Loading, and the seconds of the room on generated reports beside those of the whole journey."""
    from generator import mixed

    from communique import pipeline

    figures: Figures = {"loading": loading()}
    knowledge = Knowledge.load()
    texts = [row["text"] for row in mixed(args.reports, share=1.0, seed=7)]
    pipeline.analyse(Report(id="x", text=texts[0]), knowledge)
    start = time.perf_counter()
    for text in texts:
        pipeline.analyse(Report(id="x", text=text), knowledge)
    journey = time.perf_counter() - start
    room = 0.0
    for text in texts:
        reading = language.read(
            Report(id="x", text=text), knowledge.gate, knowledge.parser, knowledge.chooser("diplomacy")
        )
        expressions = dates.find(reading)
        start = time.perf_counter()
        named = actors.refer(reading, knowledge.authority)
        bounds = actors.day_bounds(named, knowledge.authority)
        room += time.perf_counter() - start
        published = dates.publish(reading, expressions, bounds)
        start = time.perf_counter()
        actors.settle(reading, named, knowledge.authority, published)
        room += time.perf_counter() - start
    words = sum(len(t.split()) for t in texts)
    figures["room"] = {
        "reports": len(texts), "words": words, "ms_per_report": round(1000 * room / len(texts), 2),
        "share_of_journey": round(room / journey, 3),
        "peak_megabytes_of_process": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip
    return figures


def lines(figures: Figures) -> Iterator[str]:
    """Figures as lines of text."""
    for group, found in figures.items():
        cells: Iterable[str]
        if "right" in found:
            cells = [f"{found['right']:.3f} of {found['n']}"]
        else:
            cells = [f"{n} {v['right']} of {v['n']}" if isinstance(v, dict) else f"{n} {v}" for n, v in found.items()]
        yield f"{group:32}{'   '.join(cells)}"


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("what", choices=["ambiguous", "visits", "invented", "cost"])
    cli.add_argument("--log", type=Path, default=SHARED / "data" / "travels" / "log_dev.jsonl")
    cli.add_argument("--reports", type=int, default=200)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--misses", action="store_true", help="show each miss")
    cli.add_argument("--json", type=Path)
    args = cli.parse_args()
    if args.what == "visits" and not args.log.is_file():
        print(f"{args.log} is not at hand: skipped")
        return 0
    figures: Figures = globals()[args.what](args)
    print("\n".join(lines(figures)))
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    sys.exit(main())
