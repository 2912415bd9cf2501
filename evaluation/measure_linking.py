"""Measure linking on made-up encounters: true mentions linked, compared with the truth; cost for many mentions.

python evaluation/measure_linking.py quality [--seed 1] [--encounters 300] [--reports 1500]
python evaluation/measure_linking.py days [--seed 1] [--encounters 300] [--reports 1500] [--without 0.25]
python evaluation/measure_linking.py cost [--sizes 10000 30000 100000]
"""

from __future__ import annotations

import argparse
import gc
import itertools
import math
import random
import resource
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import generator

from communique import linking
from communique.records import Encounter, Participant, Passage


def mentions(documents: Iterable[dict[str, Any]], origins: dict[str, str] | None = None) -> list[linking.Told]:
    """The encounters of documents in the exchange format as mentions."""
    found = []
    for doc in documents:
        for row in doc["encounters"]:
            met = Encounter(
                id=row["id"],
                kind=row["kind"],
                status=row["status"],
                participants=tuple(Participant(**{"office": None, **p}) for p in row["participants"]),
                evidence=tuple(
                    Passage(span[0], span[1], text)
                    for span, text in zip(row.get("spans", []), row["evidence"], strict=True)
                ),
                date=row["date"],
                date_basis=row.get("date_basis"),
                duration=row.get("duration"),
                place=row["place"],
                country=row["country"],
                forum=row["forum"],
                number=row.get("number"),
                part_of=row.get("part_of"),
                topics=tuple(row["topics"]),
            )
            origin = (origins or {}).get(doc["id"], doc["id"])
            found.append(linking.Told(doc["id"], doc["published"], "metadata", origin, met))
    return found


def b_cubed(gold: dict[str, str], pred: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over mentions; both map a mention to its cluster."""
    by_gold, by_pred = defaultdict(set), defaultdict(set)
    for key, one in gold.items():
        by_gold[one].add(key)
        by_pred[pred[key]].add(key)
    precision = recall = 0.0
    for key, one in gold.items():
        both = len(by_gold[one] & by_pred[pred[key]])
        precision += both / len(by_pred[pred[key]])
        recall += both / len(by_gold[one])
    p, r = precision / len(gold), recall / len(gold)
    return p, r, 2 * p * r / (p + r)


class Quality(NamedTuple):
    """Linking of one made-up world: mentions, B-cubed, and (precision, recall, number true) of what else is found."""

    mentions: int
    b_cubed: tuple[float, float, float]
    disagreements: tuple[float, float, int]
    near_copies: tuple[float, float, int]
    notes: tuple[str, ...]


def quality(seed: int, encounters: int, reports: int, noise: float = 1.0) -> Quality:
    """Link the true mentions of a made-up world and compare with the truth."""
    made = generator.tell(seed, encounters, reports, noise=noise)
    documents = [generator.document(one) for one in made]
    truth = generator.links(made)
    copies = linking.near_copies({doc["id"]: linking.signature(doc["text"]) for doc in documents})
    told = mentions(documents, linking.origins([doc["id"] for doc in documents], copies))
    gold = {key: one["gid"] for one in truth["encounters"] for key in one["mentions"]}
    by_key = {one.key: one for one in told}
    pred, found, notes = {}, set(), []
    real = {(d["gid"], d["field"]) for d in truth["disagreements"]}
    for one in linking.link(told):
        keys = [f"{r}:{e}" for r, e in one.mentions]
        pred.update(dict.fromkeys(keys, one.gid))
        names = [gold[key] for key in keys]
        true = max(sorted(set(names)), key=names.count)
        for differing in linking.disagreements(one.gid, [by_key[key] for key in keys]):
            found.add((true, differing.field))
            if (true, differing.field) not in real:
                notes.append(f"not true: {true} {differing.field} {differing.because}")
    for gid, field in sorted(real - found):
        notes.append(f"missed: {gid} {field} {next(d['values'] for d in truth['disagreements'] if d['gid'] == gid)}")
    wanted, given = {tuple(pair) for pair in truth["near_duplicates"]}, {(c.a, c.b) for c in copies}
    notes += [f"no copies: {pair}" for pair in sorted(given - wanted)]
    notes += [f"copies missed: {pair}" for pair in sorted(wanted - given)]
    notes += _clusters(gold, pred, by_key)
    return Quality(len(told), b_cubed(gold, pred), _share(real, found), _share(wanted, given), tuple(notes))


def _share(wanted: set[Any], given: set[Any]) -> tuple[float, float, int]:
    hit = len(wanted & given)
    return hit / max(len(given), 1), hit / max(len(wanted), 1), len(wanted)


def _clusters(gold: dict[str, str], pred: dict[str, str], by_key: dict[str, linking.Told]) -> list[str]:
    """Encounters that came apart and clusters that hold several, mention by mention."""
    lines = []
    for name, ours, theirs in (("split", gold, pred), ("mixed", pred, gold)):
        groups = defaultdict(list)
        for key in sorted(ours):
            groups[ours[key]].append(key)
        for gid in sorted(groups):
            if len({theirs[key] for key in groups[gid]}) > 1:
                lines.append(f"{name} {gid}")
                for key in sorted(groups[gid], key=lambda key: (theirs[key], key)):
                    told, met = by_key[key], by_key[key].encounter
                    names = [p.name for p in met.participants]
                    told_as = (met.kind, met.status, met.date, met.date_basis, met.place, met.number, names)
                    lines.append(f"    {theirs[key][:7]} {key} {told.published} {told_as}")
    return lines


class Days(NamedTuple):
    """What joint dating gives a made-up world in which a share of the reports has lost its day.

    Reports without a day, those that were bounded, those whose true day lies within the bounds; the same where the
    bounds leave a few weeks. Mentions without a day of their own, those given one, those given the true one.
    """

    reports: tuple[int, int, int]
    narrow: tuple[int, int]
    mentions: tuple[int, int, int]
    notes: tuple[str, ...]


def days(seed: int, encounters: int, reports: int, without: float) -> Days:
    """Take the day from a share of the reports, and with it what was worked out from it; see what comes back."""
    made = generator.tell(seed, encounters, reports)
    documents = [generator.document(one) for one in made]
    truth = {key: one for one in generator.links(made)["encounters"] for key in one["mentions"]}
    rng = random.Random(seed)
    lost = {doc["id"]: doc["published"] for doc in documents if rng.random() < without}
    for doc in documents:
        if doc["id"] in lost:
            doc["published"] = None
            for row in doc["encounters"]:
                if row["date_basis"] == "resolved":
                    row["date"] = row["date_basis"] = None
    copies = linking.near_copies({doc["id"]: linking.signature(doc["text"]) for doc in documents})
    told = mentions(documents, linking.origins([doc["id"] for doc in documents], copies))
    index: dict[str, dict[str, linking.Told]] = defaultdict(dict)
    by_report: dict[str, list[linking.Told]] = defaultdict(list)
    for one in told:
        by_report[one.report_id].append(one)
        for key in linking.anchor_keys(one) if linking.anchors(one) else ():
            index[key][one.key] = one
    notes, bounded, right, narrow = [], 0, 0, [0, 0]
    for name, day in sorted(lost.items()):
        near = {k: v for one in by_report[name] for key in linking.shared_keys(one) for k, v in index[key].items()}
        found = linking.bounds(by_report[name], near.values())
        holds = linking.hold(found, day)
        bounded, right = bounded + bool(found), right + (holds and bool(found))
        if found and all(bound.start and bound.end for bound in found):
            narrow = [narrow[0] + 1, narrow[1] + holds]
        if found and not holds:
            notes.append(f"bounds wrong: {name} {day} {found}")
    open_, given, true = 0, 0, 0
    by_key = {one.key: one for one in told}
    for met in linking.link(told):
        members = [by_key[f"{report}:{local}"] for report, local in met.mentions]
        open_ += sum(one.encounter.date is None and one.encounter.status == "held" for one in members)
        for one in linking.dated_together(members):
            given += 1
            if one.date.partition("/")[0] == truth[one.key]["date"]:
                true += 1
            else:
                notes.append(f"day wrong: {one.key} {one.date} for {truth[one.key]['date']}: {one.because}")
    return Days((len(lost), bounded, right), (narrow[0], narrow[1]), (open_, given, true), tuple(notes))


def cost(sizes: list[int], span: int | None) -> None:
    """Print the time to link, and to link one more report into a record of that size."""
    times = []
    for size in sizes:
        made = generator.tell(1, size // 5, round(size / 1.3), span=span)
        told = mentions(generator.document(one) for one in made)[:size]
        gc.collect()
        gc.freeze()  # what is already there is no garbage; looking through it again and again is not linking
        start = time.process_time()
        linked = linking.link(told)
        spent = time.process_time() - start
        times.append((len(told), spent))
        index = defaultdict(list)
        for one in told:
            for key in linking.blocking_keys(one):
                index[key].append(one)
        slowest = 0.0
        for new in told[:: max(1, len(told) // 200)]:
            start = time.process_time()
            near = {one.key: one for key in linking.blocking_keys(new) for one in index[key] if one.key != new.key}
            linking.bound_to([new], near.values())
            slowest = max(slowest, time.process_time() - start)
        rows = sum(len(v) for v in index.values())
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{len(told)} mentions, {len(linked)} encounters: {spent:.1f} s; {rows / len(told):.1f} keys a mention; "
            f"one more: slowest of 200 {1000 * slowest:.0f} ms; peak {peak:.0f} MB",
            flush=True,
        )
    for (n, a), (m, b) in itertools.pairwise(times):
        print(f"exponent {n} to {m}: {math.log(b / a) / math.log(m / n):.2f}")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    modes = cli.add_subparsers(dest="mode", required=True)
    good = modes.add_parser("quality")
    good.add_argument("--seed", type=int, default=1)
    good.add_argument("--encounters", type=int, default=300)
    good.add_argument("--reports", type=int, default=1500)
    good.add_argument("--noise", type=float, default=1.0)
    good.add_argument("--details", action="store_true")
    when = modes.add_parser("days")
    when.add_argument("--seed", type=int, default=1)
    when.add_argument("--encounters", type=int, default=300)
    when.add_argument("--reports", type=int, default=1500)
    when.add_argument("--without", type=float, default=0.25, help="share of the reports that lose their day")
    when.add_argument("--details", action="store_true")
    dear = modes.add_parser("cost")
    dear.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    dear.add_argument(
        "--span", type=int, help="days over which the encounters lie; grows with their number if not given"
    )
    args = cli.parse_args()
    if args.mode == "quality":
        found = quality(args.seed, args.encounters, args.reports, args.noise)
        precision, recall, f1 = found.b_cubed
        print(f"{found.mentions} mentions: B-cubed p {precision:.3f} r {recall:.3f} f1 {f1:.3f}")
        for name, (precision, recall, count) in (
            ("disagreements", found.disagreements),
            ("near copies", found.near_copies),
        ):
            print(f"{name}: p {precision:.3f} r {recall:.3f} ({count} true)")
        if args.details:
            print(*found.notes, sep="\n")
    elif args.mode == "days":
        joint = days(args.seed, args.encounters, args.reports, args.without)
        print("reports without a day: {}, bounded: {}, rightly: {}".format(*joint.reports))
        print("bounded on both sides: {}, rightly: {}".format(*joint.narrow))
        print("mentions held without a day: {}, mentions given a day: {}, the true one: {}".format(*joint.mentions))
        if args.details:
            print(*joint.notes, sep="\n")
    else:
        cost(args.sizes, args.span)


if __name__ == "__main__":
    main()
