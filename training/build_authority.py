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
import tomllib
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
SOURCE_KEYS = {
    "wikidata": "Wikidata statements (CC0)",
    "factbook": "CIA World Factbook, yearly and weekly editions (public domain)",
    "pocom": "Office of the Historian, principal officers and chiefs of mission (public domain)",
    "ifg": "IfG Ministers Database, Institute for Government (CC BY 4.0)",
    "ungdc": "speakers of the UN General Debate (CC0)",
    "rigour": "opensanctions/rigour territories (MIT)",
    "geonames": "GeoNames (CC BY 4.0)",
    "curated": "written from general knowledge (CC0)",
    "generated": "put together by rule from the names of the state (CC0)",
}
"""What each key of a role's or body's sources stands for. Nothing of another licence may be built in."""
OFFICE_WORDS = {
    "interior",
    "defense",
    "defence",
    "foreign",
    "finance",
    "oil",
    "prime",
    "minister",
    "deputy",
    "crown",
    "prince",
    "king",
    "state",
    "justice",
    "health",
    "energy",
    "trade",
    "economy",
    "first",
    "second",
    "vice",
    "president",
    "speaker",
    "governor",
    "acting",
    "minister's",
    "sir",
    "sheikh",
    "shaykh",
    "dr",
    "mr",
    "gen",
    "general",
    "lt",
    "lieutenant",
    "col",
    "colonel",
    "maj",
    "major",
    "adm",
    "admiral",
    "brig",
    "marshal",
}
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


SEATS = {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "vice_president", "io_head"}


def repaired(people: list[dict[str, Any]], fixes: dict[str, Any], extra: Path) -> list[dict[str, Any]]:
    """People with our fixes: records dropped, renamed, joined where two are one, and roles added."""
    people = [p for p in people if p["id"] not in set(fixes["drop"])]
    names = {name_words(p["name"]) for p in people}
    # "China Hu Jintao" of Hong Kong: a chief of state booked under each of his territories
    people = [p for p in people if p["id"].startswith("Q") or name_words(p["name"])[1:] not in names]
    for person in people:
        if usual := fixes["names"].get(person["id"]):
            person.setdefault("aliases", []).append(person["name"])
            person["name"] = usual
        at_home(person)
        never = fixes["not_roles"].get(person["id"], [])
        person["roles"] = [r for r in person["roles"] if r["type"] not in never]
        for role in person["roles"]:
            ended = fixes["ended"].get(person["id"], {}).get(role["type"])
            if ended and not role.get("end"):
                role["end"] = ended
        wrong = fixes["not_aliases"].get(person["id"], [])
        person["aliases"] = [a for a in person.get("aliases", []) if a not in wrong]
        plain_name(person)
        closed(person)
    people = joined(people)
    added(people, extra)
    return people


PEER = re.compile(r"^(.+?), (?:\d\w+ )?(?:Baron|Baroness|Viscount|Viscountess|Earl|Marquis|Marquess|Lord|Prince)\b.*$")
REALM = re.compile(
    r"^(.+?) of (?:Spain|Belgium|Denmark|Bulgaria|Bahrain|Saudi Arabia|Morocco|Jordan|Sweden|Norway|Brunei)$"
)


def plain_name(person: dict[str, Any]) -> None:
    """Names without peerages and realms: "Tariq Ahmad, Baron Ahmad of Wimbledon", "Felipe VI of Spain"."""
    for pattern in (PEER, REALM):
        if match := pattern.match(person["name"]):
            person.setdefault("aliases", []).append(person["name"])
            person["name"] = match[1]


def closed(person: dict[str, Any]) -> None:
    """An open term before a later term of the same office that has ended did end with it at the latest."""
    for role in person["roles"]:
        later = [
            r["end"]
            for r in person["roles"]
            if r is not role
            and r.get("end")
            and (r["type"], r.get("of")) == (role["type"], role.get("of"))
            and r.get("start", "") >= role.get("start", "~")
        ]
        if role["type"] in SEATS and role.get("start") and not role.get("end") and later:
            role["end"] = min(later)


def at_home(person: dict[str, Any]) -> None:
    """Secondary crowns are no side: a French president is not Andorra's, the British monarch not Tuvalu's."""
    heads = [r for r in person["roles"] if r["type"] == "head_of_state"]
    princes = [r for r in person["roles"] if r.get("of") == "AD" and "prince" in r["office"].lower()]
    if princes and any(r.get("of") != "AD" for r in heads):
        for role in princes:
            role["type"] = "other"
        person["country"] = next(r["of"] for r in heads if r.get("of") != "AD")
    if person.get("country") == "GB":
        for role in heads:
            if role.get("of") != "GB":
                role["type"] = "other"


def joined(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join records without a QID to another that held the same single seat at the same time under a like name."""
    by_seat: dict[tuple[str, str], list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for person in people:
        for role in person["roles"]:
            if role["type"] in SEATS and role.get("of"):
                by_seat[role["type"], role["of"]].append((person, role))
    gone: dict[str, str] = {}
    for holders in by_seat.values():
        for person, role in holders:
            if person["id"].startswith("Q") or person["id"] in gone:
                continue
            for other, theirs in holders:
                if other["id"].startswith("Q") and overlap(role, theirs) and alike(person, other):
                    other.setdefault("aliases", []).extend([person["name"], *person.get("aliases", [])])
                    gone[person["id"]] = other["id"]
                    break
    return [p for p in people if p["id"] not in gone]


def overlap(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Do two tenures overlap, as far as dates are known?"""
    start = lambda r: r.get("start") or min(r.get("seen", []) or [r.get("asof", "")])  # noqa: E731
    end = lambda r: r.get("end") or r.get("asof") or r.get("end_by") or "9999"  # noqa: E731
    return bool(start(a) and start(b)) and start(a) <= end(b) and start(b) <= end(a)


def alike(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Do two names share the family name, or two words?"""
    one, two = ({skeleton(w) for w in name_words(p["name"])} for p in (a, b))
    family = {skeleton(w) for w in name_words(b.get("family", ""))}
    return bool(one & family) or len(one & two) >= 2


def added(people: list[dict[str, Any]], extra: Path) -> None:
    """Add the roles of authority_people.csv, to people of the file or as new ones."""
    by_name: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for person in people:
        for form in (person["name"], *person.get("aliases", [])):
            by_name[tuple(sorted(name_words(form)))].append(person)
    for line in extra.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        side, kind, office, name, start, end, aliases = line.split("|")
        forms = [name, *(a for a in aliases.split(";") if a)]
        known = [p for f in forms for p in by_name[tuple(sorted(name_words(f)))] if fits(p, side)]
        if known:
            person = known[0]
        else:
            slug = re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")
            family = name_words(name)[-1:]
            person = {
                "id": f"x:{side.lower()}/{slug}",
                "name": name,
                "family": "",
                "country": side,
                "roles": [],
                "source": ["curated"],
            }
            person["family"] = next((w for w in reversed(name.split()) if key(w) in family), "")
            people.append(person)
            for form in forms:
                by_name[tuple(sorted(name_words(form)))].append(person)
        person.setdefault("aliases", []).extend(f for f in forms if f != person["name"])
        role = {"office": office, "type": kind, "of": side, "start": start, "src": ["curated"]}
        if end:
            role["end"] = end
        else:
            role["asof"] = "2025-11-30"
        same = [r for r in person["roles"] if r["type"] == kind and r.get("of") == side and overlap(r, role)]
        if same:
            same[0]["start"] = min(same[0].get("start") or start, start)
            if end and not same[0].get("end"):
                same[0]["end"] = end
        else:
            person["roles"].append(role)


def fits(person: dict[str, Any], side: str) -> bool:
    """Is this the person of that side rather than a namesake? Organisations take people of any country."""
    return (
        len(side) != 2
        or side in {"UN", "EU"}
        or person.get("country") == side
        or any(r.get("of") == side for r in person["roles"])
    )


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
            plain = [key(w) for w in re.split(r"[ -]", person["name"])]
            given.update(w for w in {*words, *plain} if w not in family)
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


def families(people: list[dict[str, Any]]) -> set[str]:
    """Family names of those who held one of the high offices: a town of that name needs a witness."""
    return {
        fold(person["name"].split()[-1]).lower()
        for person in people
        if any(r["type"] in SEATS for r in person["roles"])
    }


def build_places(places: list[dict[str, Any]], fixes: dict[str, Any], surnames: set[str]) -> list[list[Any]]:
    """Places with the spellings that news in English may use.

    Of the many spellings of the data set only transliterations of the place's own name are kept: others are names in
    foreign languages, and many of them are English words or surnames ("Bush", "Aman"). Exonyms come from our list.
    """
    rows = []
    cities = fixes["cities"]
    for place in places:
        if usual := fixes["city_names"].get(place["name"]):
            place["aliases"], place["name"] = [place["name"], *place.get("aliases", [])], usual
    for place in sorted(places, key=lambda p: (-p.get("pop", 0), p["id"])):
        large = place.get("pop", 0) >= 500_000 or place.get("capital") or place.get("source") != "geonames"
        keep = list(cities.get(place["name"], [])) if large else []
        if large:
            seen = {fold(place["name"]).lower(), *(fold(a).lower() for a in keep)}
            sound = [skeleton(key(w)) for w in re.split(r"[ -]", place["name"])]
            for alias in place.get("aliases", []):
                alike = [skeleton(key(w)) for w in re.split(r"[ -]", alias)] == sound
                low = fold(alias).lower()
                if LATIN.match(alias) and len(alias) > 3 and alike and low not in seen and low not in surnames:
                    seen.add(low)
                    keep.append(alias)
        capital, population = bool(place.get("capital")), place.get("pop", 0)
        weak = not capital and population < 700_000 and fold(place["name"]).lower() in surnames
        rows.append([place["id"], place["name"], keep, place.get("country", ""), population, capital, weak])
    return rows


OWN = ("authority_fixes.toml", "authority_people.csv")
"""Inputs that stand beside this script."""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unlicensed(people: list[dict[str, Any]], bodies: list[dict[str, Any]]) -> set[str]:
    """Keys of sources that are not among those whose licence is known."""
    used = {key for p in people for r in p["roles"] for key in r["src"]} | {k for b in bodies for k in b["source"]}
    return used - set(SOURCE_KEYS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/communique/data/actors"))
    args = parser.parse_args()
    people, bodies, places = (read(args.source / f"{n}.jsonl") for n in ("people", "bodies", "places"))
    here = Path(__file__).parent
    fixes = tomllib.loads((here / "authority_fixes.toml").read_text(encoding="utf-8"))
    people = repaired(people, fixes, here / "authority_people.csv")
    for body in bodies:
        # Where only an identifier came from another source: identifiers are not built in.
        body["source"] = [key for key in body.get("source", []) if not key.startswith("qid:")]
    if unknown := unlicensed(people, bodies):
        raise SystemExit(f"sources of unknown licence: {', '.join(sorted(unknown))}")
    table = Table()
    table(None)
    named = {b["id"]: b for b in bodies}
    for body in bodies:
        if body["kind"] == "foreign_ministry" and (state := named.get(body["of"])):
            forms = [state["name"], *state.get("demonyms", [])[:1]]
            short = [f"{f} {m}" for f in forms for m in ("MoFA", "MOFA", "MFA", "Foreign Ministry", "Foreign Office")]
            body["aliases"] = [*body.get("aliases", []), *(s for s in short if s not in body.get("aliases", []))]
    sections = {
        "people": build_people(people, table),
        "bodies": [{k: b[k] for k in BODY_FIELDS if k in b} for b in sorted(bodies, key=lambda b: b["id"])],
        "places": build_places(places, fixes, families(people)),
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
        "inputs": {
            **{n: digest(args.source / n) for n in ("people.jsonl", "bodies.jsonl", "places.jsonl")},
            **{n: digest(here / n) for n in OWN},
        },
        "source_keys": SOURCE_KEYS,
        "unverified_roles": sum(set(r["src"]) == {"curated"} for p in people for r in p["roles"]),
        "sources": given["sources"],
        "licence": "CC BY 4.0 (GeoNames, Institute for Government); other sources CC0, public domain or MIT",
        "attribution": ATTRIBUTION,
        "provenance": "each role keeps the keys of the sources it rests on; each body likewise",
    }
    (args.out / "authority.manifest.json").write_text(
        json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    )
    print(json.dumps({k: manifest[k] for k in ("bytes", "counts", "sha256")}))


if __name__ == "__main__":
    main()
