"""Build the authority file of the actors room from the authority data set.

usage: python training/build_authority.py PATH/TO/authority [--out src/communique/data/actors]

Reads people.jsonl, bodies.jsonl and places.jsonl (never bodies_ext_ccbysa.jsonl, whose licence does not allow
mixing) and writes authority.bin and authority.manifest.json. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
import zlib
from array import array
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import msgspec

from communique.actors.folding import fold, key, name_words, skeleton

MAGIC = b"CMQA0001"
ATTRIBUTION = (
    'Contains information from GeoNames (geonames.org, CC BY 4.0) and from "IfG Ministers Database, Institute for '
    'Government" (CC BY 4.0); Wikidata (CC0); HistoryAtState/pocom and the CIA World Factbook (public domain); UN '
    "General Debate Corpus (CC0); opensanctions/rigour territories (MIT)."
)
OFFICE_WORDS = set(
    ["interior", "defense", "defence", "foreign", "finance", "oil", "prime", "minister", "deputy", "crown", "prince", "king", "state", "justice", "health", "energy", "trade", "economy", "first", "second", "vice", "president", "speaker", "governor", "acting", "minister's", "sir", "sheikh", "shaykh", "dr", "mr", "gen", "general", "lt", "lieutenant", "col", "colonel", "maj", "major", "adm", "admiral", "brig", "marshal"]
)
BODY_FIELDS = (
    "id",
    "kind",
    "name",
    "aliases",
    "metonyms",
    "demonyms",
    "capital",
    "of",
    "members",
    "seat",
    "start",
    "end",
    "source",
)


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def clean_aliases(person: dict[str, Any], taken: dict[tuple[str, ...], set[str]]) -> list[str]:
    """Aliases that are names: not an office glued to a name, not another person's name in the same country."""
    kept = []
    for alias in person.get("aliases", []):
        words = alias.split()
        if key(words[0]) in OFFICE_WORDS and key(words[0]) not in {"sheikh", "king"}:
            continue
        alias = " ".join(w.title() if w.isupper() and len(w) > 3 else w for w in words)
        owners = taken.get(tuple(sorted(name_words(alias))), set())
        if owners - {person["id"]}:
            continue
        if alias != person["name"]:
            kept.append(alias)
    return list(dict.fromkeys(kept))


class Table:
    """Strings by number."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def __call__(self, value: str | None) -> int:
        return self.of.setdefault(value or "", len(self.of))


def build_people(people: list[dict[str, Any]], table: Table) -> dict[str, Any]:
    taken: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for person in people:
        taken[tuple(sorted(name_words(person["name"])))].add(person["id"])
    people = sorted(people, key=lambda p: (p.get("country", ""), p["id"]))
    blob, offsets = bytearray(), array("I", [0])
    names, aliases, postings = [], [], defaultdict(list)
    given: Counter[str] = Counter()
    holders: dict[str, list[int]] = defaultdict(list)
    for number, person in enumerate(people):
        roles = [
            [
                table(r["office"]), table(r["type"]), table(r.get("body")), table(r.get("of")), table(r.get("to")),
                r.get("start", ""), r.get("end", ""), r.get("asof", ""), r.get("end_by", ""),
                r.get("seen", []), table(" ".join(r["src"])),
            ]
            for r in person["roles"]
        ]  # fmt: skip
        record = [
            person["id"],
            person.get("family", ""),
            person.get("country", ""),
            person.get("born", ""),
            person.get("died", ""),
            roles,
        ]
        blob += msgspec.msgpack.encode(record)
        offsets.append(len(blob))
        for role in sorted({f"{r['type']}|{r.get('of', '')}" for r in person["roles"]}):
            holders[role].append(number)
        own = clean_aliases(person, taken)
        names.append(person["name"])
        aliases.append("\t".join(own))
        tokens = {skeleton(w) for form in (person["name"], *own) for w in name_words(form)}
        for token in sorted(tokens):
            postings[token].append(number)
        words = name_words(person["name"])
        family = set(name_words(person.get("family", "")))
        if len(words) > 1:
            given.update(w for w in words if w not in family)
    keys = sorted(postings)
    ends, flat = array("I", [0]), array("H" if len(people) < 65536 else "I")
    for token in keys:
        flat.extend(postings[token])
        ends.append(len(flat))
    for buffer in (offsets, ends, flat):
        if struct.pack("=H", 1) != struct.pack("<H", 1):
            buffer.byteswap()
    return {
        "names": names,
        "aliases": aliases,
        "records": bytes(blob),
        "offsets": offsets.tobytes(),
        "keys": "\n".join(keys),
        "ends": ends.tobytes(),
        "postings": flat.tobytes(),
        "holders": dict(sorted(holders.items())),
        "given": sorted(w for w, n in given.items() if n >= 2 and len(w) > 2 and w.isalpha() and w.isascii()),
    }


LATIN = re.compile(r"^[A-Z][A-Za-z'’ .\-À-ɏ]+$")


def build_places(places: list[dict[str, Any]]) -> list[list[Any]]:
    """Places with the spellings that news in English may use; small towns keep only their own name."""
    rows = []
    for place in sorted(places, key=lambda p: (-p.get("pop", 0), p["id"])):
        keep = []
        if place.get("source") != "geonames" or place.get("pop", 0) >= 300_000:
            seen = {fold(place["name"]).lower()}
            for alias in place.get("aliases", []):
                if LATIN.match(alias) and len(alias) > 3 and fold(alias).lower() not in seen:
                    seen.add(fold(alias).lower())
                    keep.append(alias)
        rows.append(
            [
                place["id"],
                place["name"],
                keep,
                place.get("country", ""),
                place.get("pop", 0),
                bool(place.get("capital")),
            ]
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/communique/data/actors"))
    args = parser.parse_args()
    people, bodies, places = (read(args.source / f"{n}.jsonl") for n in ("people", "bodies", "places"))
    table = Table()
    table(None)
    sections = {
        "people": build_people(people, table),
        "bodies": [{k: b[k] for k in BODY_FIELDS if k in b} for b in sorted(bodies, key=lambda b: b["id"])],
        "places": build_places(places),
    }
    sections["strings"] = list(table.of)
    packed = MAGIC + zlib.compress(msgspec.msgpack.encode(sections, order="sorted"), 9)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "authority.bin").write_bytes(packed)
    given = json.loads((args.source / "manifest.json").read_text())
    manifest = {
        "name": "communique authority file",
        "version": given["version"],
        "format": MAGIC.decode(),
        "file": "authority.bin",
        "bytes": len(packed),
        "sha256": hashlib.sha256(packed).hexdigest(),
        "counts": {
            "people": len(people),
            "roles": sum(len(p["roles"]) for p in people),
            "bodies": len(bodies),
            "places": len(places),
        },
        "inputs": {n: given["files"][n]["sha256"] for n in ("people.jsonl", "bodies.jsonl", "places.jsonl")},
        "sources": given["sources"],
        "licence": "CC BY 4.0 as a whole (GeoNames, Institute for Government); the other sources are CC0, public domain or MIT",
        "attribution": ATTRIBUTION,
        "provenance": "each role keeps the keys of the sources it rests on; each body likewise",
    }
    (args.out / "authority.manifest.json").write_text(
        json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    )
    print(json.dumps({k: manifest[k] for k in ("bytes", "counts", "sha256")}))


if __name__ == "__main__":
    main()
