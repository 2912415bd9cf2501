"""Made-up encounters told by made-up outlets, with the truth beside them; and mixed reports for measuring speed.

    python evaluation/generator.py encounters DIR [--seed N] [--encounters 300] [--reports 1500]
    python evaluation/generator.py mixed OUT.jsonl [--seed N] [--reports 10000] [--share 0.2]

`encounters` writes DIR/reports.jsonl (id, outlet, url, title, published, text), DIR/truth.jsonl (the same reports in
the exchange format, with their encounters) and DIR/links.json (encounters, disagreements, near duplicates). The same
seed gives the same bytes. Sentences and word lists stand in generator.toml.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
START = dt.date(2011, 3, 1)
ROUNDED = {"PT1H": "one hour", "PT2H": "two hours", "PT3H": "three hours", "PT4H": "four hours", "PT5H": "five hours",
           "PT6H": "six hours", "PT7H": "seven hours", "PT8H": "eight hours", "PT9H": "nine hours"}  # fmt: skip


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The tables of generator.toml."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@dataclass(frozen=True)
class Person:
    name: str
    office: str
    country: str


@dataclass(frozen=True)
class Happening:
    """An encounter as it truly was. `day` is its day, `planned` the days it was announced for, in order."""

    gid: str
    kind: str
    status: str
    day: dt.date
    days: int
    parties: tuple[Person, ...]
    sides: tuple[str, ...]
    place: str | None
    country: str | None
    forum: str | None = None
    number: int | None = None
    hours: int | None = None
    topic: str = ""
    planned: dt.date | None = None
    part_of: str | None = None


@dataclass
class Telling:
    """One report's account of a happening: what it says, and whether what it says is wrong on purpose."""

    true: Happening
    status: str
    date: str | None
    basis: str | None
    parties: list[dict[str, Any]]
    place: str | None
    duration: str | None
    sentences: list[str]
    wrong: str | None = None
    local: str = "e1"


@dataclass
class Made:
    """A report: sentences with the telling that each belongs to (None for the rest), and what it was copied from."""

    id: str
    outlet: str
    title: str
    published: dt.date
    given: bool
    body: list[tuple[str, Telling | None]]
    tellings: list[Telling] = field(default_factory=list)
    copy_of: str | None = None


class World:
    """Countries, office holders and happenings, all drawn from one seed."""

    def __init__(self, seed: int, encounters: int, span: int | None = None) -> None:
        self.rng = random.Random(seed)
        self.span = span or max(730, int(encounters * 1.1))
        table = words()
        self.countries = {row[0]: row for row in table["countries"]}
        self.people = {code: self._cast(row) for code, row in self.countries.items()}
        self.taken: dict[tuple[Any, ...], list[dt.date]] = defaultdict(list)
        self.rounds: dict[tuple[str, str], int] = defaultdict(int)
        self.happenings: list[Happening] = []
        while len(self.happenings) < encounters:
            self._happen()
        del self.happenings[encounters:]

    def _cast(self, row: list[str]) -> dict[str, Person]:
        names, rng = words()["names"][row[5]], self.rng
        families = rng.sample(names["family"], k=len(words()["offices"]))
        eastern = row[5] in ("han", "viet")
        cast = {}
        for office, family in zip(words()["offices"], families, strict=True):
            given = rng.choice(names["given"])
            cast[office] = Person(f"{family} {given}" if eastern else f"{given} {family}", office, row[0])
        return cast

    def _pair(self) -> tuple[str, str]:
        codes = sorted(self.countries)
        weights = [1 / (n + 3) ** 0.5 for n in range(len(codes))]
        first, second = self.rng.choices(codes, weights)[0], self.rng.choices(codes, weights)[0]
        return (first, second) if first != second else self._pair()

    def _free(self, key: tuple[Any, ...], day: dt.date, apart: int = 12) -> bool:
        if any(abs((day - other).days) < apart for other in self.taken[key]):
            return False
        self.taken[key].append(day)
        return True

    def _day(self) -> dt.date:
        return START + dt.timedelta(days=self.rng.randrange(self.span))

    def _add(self, **fields: Any) -> Happening:
        rng = self.rng
        day = fields["day"]
        status = rng.choices(("held", "cancelled", "scheduled"), (0.92, 0.05, 0.03))[0]
        planned = (
            day - dt.timedelta(days=rng.choice((2, 5, 9, 20))) if status == "held" and rng.random() < 0.06 else day
        )
        fields.setdefault("status", status)
        one = Happening(
            gid=f"G{len(self.happenings):06}", topic=rng.choice(words()["topics"]), planned=planned, **fields
        )
        self.happenings.append(one)
        return one

    def _happen(self) -> None:
        kind = self.rng.choices(("meeting", "call", "visit", "talks", "session"), (34, 20, 16, 20, 10))[0]
        getattr(self, f"_{kind}")()

    def _seat(self, host: str) -> tuple[str, str]:
        rng = self.rng
        if rng.random() < 0.25:
            city, country = rng.choice(words()["venues"])
            return city, country
        return (self.countries[host][3] if rng.random() < 0.85 else self.countries[host][4]), host

    def _officials(self, first: str, second: str) -> tuple[Person, Person]:
        office = self.rng.choice(words()["offices"])
        other = office if self.rng.random() < 0.7 else self.rng.choice(words()["offices"])
        return self.people[first][office], self.people[second][other]

    def _meeting(self) -> None:
        first, second = self._pair()
        who, day = self._officials(first, second), self._day()
        if not self._free(("gather", *sorted((first, second))), day):
            return
        place, country = self._seat(second)
        self._add(kind="meeting", day=day, days=1, parties=who, sides=(first, second), place=place, country=country,
                  hours=self.rng.choice((None, None, 1, 2, 3)))  # fmt: skip
        if self.rng.random() < 0.25:  # the same two on the telephone soon after: never the same encounter
            later = day + dt.timedelta(days=self.rng.randint(1, 3))
            if self._free(("call", *sorted((first, second))), later):
                self._add(kind="call", day=later, days=1, parties=who, sides=(first, second), place=None, country=None)
        if self.rng.random() < 0.2:  # the same two in the same city months later
            later = day + dt.timedelta(days=self.rng.randint(40, 120))
            if self._free(("gather", *sorted((first, second))), later):
                self._add(kind="meeting", day=later, days=1, parties=who, sides=(first, second), place=place,
                          country=country)  # fmt: skip

    def _call(self) -> None:
        first, second = self._pair()
        day = self._day()
        if self._free(("call", *sorted((first, second))), day):
            self._add(kind="call", day=day, days=1, parties=self._officials(first, second), sides=(first, second),
                      place=None, country=None)  # fmt: skip

    def _visit(self) -> None:
        first, second = self._pair()
        who, day = self._officials(first, second), self._day()
        if not self._free(("gather", *sorted((first, second))), day):
            return
        city = self.countries[second][3]
        visit = self._add(kind="visit", day=day, days=1, parties=who[:1], sides=(first, second), place=city,
                          country=second, status="held")  # fmt: skip
        self._add(kind="meeting", day=day, days=1, parties=who, sides=(first, second), place=city, country=second,
                  status="held", part_of=visit.gid)  # fmt: skip

    def _talks(self) -> None:
        first, second = sorted(self._pair())
        day = self._day()
        for _ in range(self.rng.choice((1, 2, 2, 3))):
            if not self._free(("gather", first, second), day):
                return
            self.rounds[first, second] += 1
            place, country = self._seat(second)
            self._add(
                kind="talks",
                day=day,
                days=self.rng.choice((1, 1, 1, 2, 3)),
                parties=self._officials(first, second),
                sides=(first, second),
                place=place,
                country=country,
                number=self.rounds[first, second],
                hours=self.rng.choice((None, 2, 3, 4, 5, 6, 7, 8)),
            )
            day += dt.timedelta(days=self.rng.randint(15, 60))

    def _session(self) -> None:
        forum, side, seat, country = self.rng.choice(words()["forums"])
        day = self._day()
        if self._free(("session", side), day, 9):
            self._add(
                kind="session", day=day, days=1, parties=(), sides=(side,), place=seat, country=country, forum=forum
            )


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 11th, 22nd."""
    tail = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{tail}"


def respell(name: str, rng: random.Random) -> str:
    """The name as another outlet spells it: one or two letters otherwise, as transliterations differ."""
    swaps = [tuple(pair.split(">")) for pair in words()["respell"]]
    fit = [(old, new) for old, new in swaps if old in name]
    if not fit:
        place = next((i for i in range(len(name) - 2, 0, -1) if name[i] in "aeou" and name[i + 1].isalpha()), None)
        return name if place is None else name[: place + 1] + name[place] + name[place + 1 :]
    old, new = rng.choice(fit)
    return name.replace(old, new, 1)


def _far(true: Happening) -> bool:
    """A call across so many hours that two outlets may rightly give two days."""
    hours = [words()["hours"].get(side, 0) for side in true.sides]
    return true.kind == "call" and abs(hours[0] - hours[-1]) >= 5


class Teller:
    """Tells happenings as outlets do: in other words, more or less exactly, now and then wrong."""

    def __init__(self, world: World, noise: float = 1.0) -> None:
        self.world, self.rng, self.noise = world, world.rng, noise

    def chance(self, share: float) -> bool:
        return self.rng.random() < share * self.noise

    def tell(self, true: Happening, published: dt.date, how: str, local: str = "e1") -> Telling:
        """`how`: plan (told before), news (just after) or background (told later, in passing)."""
        rng = self.rng
        told_day, status = true.day, {"plan": "scheduled"}.get(how, true.status)
        if how == "plan":
            told_day = true.planned or true.day
        elif how == "news" and true.status == "held" and true.planned != true.day and published < true.day:
            status = "postponed"
        wrong = None
        if how != "background" and true.kind != "visit" and true.days == 1 and not _far(true) and self.chance(0.04):
            shift = rng.choice((-1, 1)) if how == "plan" else -1
            if how == "plan" or (told_day - true.day).days == 0:
                told_day, wrong = told_day + dt.timedelta(days=shift), "date"
                if how == "plan" and told_day < published:
                    told_day += dt.timedelta(days=2)
        when, day, date, basis = self._when(true, told_day, published, how, status, slipped=wrong == "date")
        parties, named, wrong_who = self._who(true, how, wrong)
        wrong = wrong or wrong_who
        place = true.place if true.place and rng.random() < (0.75 if how != "background" else 0.5) else None
        if true.kind == "visit":
            place = true.place
        elif place and true.kind in ("meeting", "talks") and wrong is None and status == "held" and self.chance(0.03):
            place = rng.choice([v[0] for v in words()["venues"] if v[0] != true.place])
            wrong = "place"
        template = self._template(true, status, how, day)
        if "{where}" not in template and true.kind != "visit":
            place, wrong = None, None if wrong == "place" else wrong
        duration = None
        sentences = [self._sentence(template, true, parties, when, day, place)]
        if true.kind == "talks" and named == "delegations" and how == "news" and rng.random() < 0.35:
            sentences.append(self._led(true, parties))
        if true.hours and status == "held" and how == "news" and true.days == 1 and rng.random() < 0.6:
            hours = true.hours
            if wrong is None and self.chance(0.08):
                hours, wrong = max(1, (hours + 3) % 10), "duration"
            duration = f"PT{hours}H"
            rough = rng.random() < 0.25 and wrong != "duration"
            text = ("about " if rough else "") + ROUNDED[duration]
            sentences.append(rng.choice(words()["frame"]["lasted"]).format(duration=text))
        return Telling(true, status, date, basis, parties, place, duration, sentences, wrong, local)

    def _when(
        self, true: Happening, day: dt.date, published: dt.date, how: str, status: str, *, slipped: bool
    ) -> tuple[str, str, str | None, str | None]:
        """The phrase in a clause, the bare day, the EDTF value and its basis."""
        rng = self.rng
        month, last = MONTHS[day.month - 1], day + dt.timedelta(days=true.days - 1)
        if true.days > 1 and status == "held" and last <= published and last.month == day.month and rng.random() < 0.5:
            year = f", {day.year}" if rng.random() < 0.5 else ""
            return f" on {month} {day.day}-{last.day}{year}", "", f"{day}/{last}", "stated" if year else "resolved"
        near = abs((published - day).days) <= 5 and (day <= published or how == "plan" or status != "held")
        forms = ["full", "noyear", "noyear"] + ["weekday"] * 3 * near
        if how == "background":
            forms = ["full", "noyear", "month", "monthonly"]
        elif slipped and how != "plan":
            forms = ["weekday"] if near else ["noyear"]  # two stated days on which it was held are two encounters
        form = rng.choice(forms)
        vague = status in ("held", "scheduled") and not slipped
        if vague and self.chance(0.08):
            return "", "", None, None
        if form == "weekday" and abs((published - day).days) < 6:
            return f" on {WEEKDAYS[day.weekday()]}", WEEKDAYS[day.weekday()], str(day), "resolved"
        if form in ("month", "monthonly") and (published - day).days < 330:
            text = f"{month} {day.year}" if form == "month" else month
            return f" in {text}", text, f"{day:%Y-%m}", "stated" if form == "month" else "resolved"
        if form == "noyear" and abs((published - day).days) < 150:
            return f" on {month} {day.day}", f"{month} {day.day}", str(day), "resolved"
        text = f"{month} {day.day}, {day.year}" if rng.random() < 0.5 else f"{day.day} {month} {day.year}"
        return f" on {text}", text, str(day), "stated"

    def _who(self, true: Happening, how: str, wrong: str | None) -> tuple[list[dict[str, Any]], str, str | None]:
        """The participants as told, in what way, and `participants` if somebody is named who was not there."""
        rng = self.rng
        if true.kind == "session":
            return [{"name": true.forum, "type": "organisation", "represents": true.sides[0]}], "forum", None
        bare = true.kind == "talks" or (true.kind in ("meeting", "call") and self.chance(0.12))
        if bare and not (true.kind == "talks" and how == "news" and rng.random() < 0.45):
            label = "delegations" if true.kind == "talks" and rng.random() < 0.6 else "governments"
            return [self._body(side, label) for side in true.sides], label, None
        parties = []
        slip = None
        for person in true.parties:
            shown = person
            if true.kind == "talks" and wrong is None and slip is None and self.chance(0.03):
                others = [p for p in self.world.people[person.country].values() if p.name != person.name]
                shown, slip = replace(rng.choice(others), office=person.office), "participants"
            name = respell(shown.name, rng) if self.chance(0.15) else shown.name
            parties.append({"name": name, "type": "person", "represents": person.country, "office": person.office})
        return parties, "persons", slip

    def _body(self, side: str, label: str) -> dict[str, Any]:
        row = self.world.countries[side]
        if label == "delegations":
            return {"name": f"{row[2]} delegation", "type": "delegation", "represents": side}
        return {"name": row[1], "type": "government", "represents": side}

    def _show(self, party: dict[str, Any]) -> str:
        """A party in a sentence."""
        row = self.world.countries.get(party["represents"])
        article = "the " if row and row[0] in ("US", "GB") else ""
        if party["type"] == "person" and row:
            return f"{row[2]} {party['office']} {party['name']}"
        return ("the " if party["type"] == "delegation" else article) + party["name"]

    def _template(self, true: Happening, status: str, how: str, day: str) -> str:
        rows = words()["tell"][true.kind]
        group = rows["background"] if how == "background" and status == "held" else rows[status]
        return self.rng.choice(group if day else [t for t in group if "{day}" not in t])

    def _sentence(
        self, template: str, true: Happening, parties: list[dict[str, Any]], when: str, day: str, place: str | None
    ) -> str:
        shown = [self._show(p) for p in parties]
        text = template.format(
            A=shown[0], B=shown[-1], when=when, day=day, where=f" in {place}" if place else "", city=place or "",
            topic=true.topic, nth=ordinal(true.number or 1), forum=true.forum or "",
        )  # fmt: skip
        return text[0].upper() + text[1:]

    def _led(self, true: Happening, parties: list[dict[str, Any]]) -> str:
        """Who led the delegations; adds them to `parties`."""
        rows = [self.world.countries[side] for side in true.sides]
        parties += [
            {"name": p.name, "type": "person", "represents": p.country, "office": p.office} for p in true.parties
        ]
        first, second = (f"{p.office} {p.name}" for p in true.parties)
        return words()["frame"]["led"][0].format(Xa=rows[0][2], Ya=rows[1][2], A=first, B=second)


class Newsroom:
    """Writes the reports: a main encounter each, words around it, something in passing; some are copies."""

    def __init__(self, world: World, noise: float = 1.0, copies: float = 0.12) -> None:
        self.world, self.rng, self.copies = world, world.rng, copies
        self.teller = Teller(world, noise)
        self.by_pair: dict[tuple[str, ...], list[Happening]] = defaultdict(list)
        for one in world.happenings:
            self.by_pair[tuple(sorted(one.sides))].append(one)

    def write(self, reports: int) -> list[Made]:
        """`reports` reports, each encounter told at least once if there are enough of them."""
        rng, made = self.rng, []
        originals = max(1, round(reports * (1 - self.copies)))
        mains = list(self.world.happenings[:originals])
        weights = [1 / (n % 97 + 5) for n in range(len(self.world.happenings))]
        mains += rng.choices(self.world.happenings, weights, k=originals - len(mains))
        for n, true in enumerate(mains):
            made.append(self._report(f"r{n:06}", true))
        while len(made) < reports:
            made.append(self._copy(f"r{len(made):06}", made[rng.randrange(originals)]))
        rng.shuffle(made)
        # Ids say nothing about what was copied from what, or when.
        names = {one.id: f"r{n:06}" for n, one in enumerate(made)}
        for one in made:
            one.id, one.copy_of = names[one.id], names.get(one.copy_of or "")
        return made

    def _report(self, name: str, true: Happening) -> Made:
        rng = self.rng
        how = "plan" if rng.random() < 0.28 and true.status == "held" else "news"
        if how == "plan":
            published = min(true.day, true.planned or true.day) - dt.timedelta(days=rng.randint(1, 10))
        elif true.status == "held":
            published = true.day + dt.timedelta(days=true.days - 1 + rng.choice((0, 0, 0, 1, 1, 2)))
        else:
            published = true.day - dt.timedelta(days=rng.randint(1, 6))
        main = self.teller.tell(true, published, how)
        tellings, passing = [main], self._passing(true, published)
        if passing is not None:
            tellings.append(self.teller.tell(passing, published, "background", "e2"))
        body: list[tuple[str, Telling | None]] = [(text, main) for text in main.sentences]
        loose = [self._loose(true) for _ in range(rng.randint(7, 16))]
        if passing is not None:
            place = rng.randrange(2, len(loose))
            loose[place:place] = [(text, tellings[1]) for text in tellings[1].sentences]
        body += loose
        return Made(
            name, rng.choice(words()["outlets"]), self._title(true), published, rng.random() < 0.85, body, tellings
        )

    def _passing(self, true: Happening, published: dt.date) -> Happening | None:
        """Another encounter of the same sides that a report may recall, or the visit around a meeting."""
        rng = self.rng
        if rng.random() > 0.4:
            return None
        if true.part_of and true.day <= published:
            return next(one for one in self.world.happenings if one.gid == true.part_of)
        fit = [
            one
            for one in self.by_pair[tuple(sorted(true.sides))]
            if one.gid != true.gid and one.status == "held" and 3 <= (published - one.day).days <= 200
            and one.part_of != true.gid and one.kind != "visit"
        ]  # fmt: skip
        return rng.choice(fit) if fit else None

    def _loose(self, true: Happening) -> tuple[str, Telling | None]:
        rng, frame = self.rng, words()["frame"]
        speakers = true.parties or (rng.choice(list(self.world.people[rng.choice(list(self.world.people))].values())),)
        template = rng.choice(frame["quote"] if rng.random() < 0.4 else frame["filler"])
        text = self._fill(template, true, rng.choice(speakers).name.split()[-1])
        if text.endswith(".") and rng.random() < 0.7:
            text = f"{text[:-1]}, {self._fill(rng.choice(frame['tail']), true, '')}."
        return text[0].upper() + text[1:], None

    def _fill(self, template: str, true: Happening, speaker: str) -> str:
        frame = words()["frame"]
        slots = {k: self.rng.choice(frame[k]) for k in ("adj", "noun", "group", "place", "act", "time")}
        return template.format(topic=true.topic, S=speaker, **slots)

    def _title(self, true: Happening) -> str:
        names = [self.world.countries[s][1] if s in self.world.countries else s for s in true.sides]
        title: str = self.rng.choice(words()["frame"]["headline"]).format(X=names[0], Y=names[-1], topic=true.topic)
        return title[0].upper() + title[1:]

    def _copy(self, name: str, source: Made) -> Made:
        """Another outlet's copy: some loose sentences cut, a few words of others changed; the facts stay."""
        rng = self.rng
        cut = rng.random() < 0.35
        body = []
        for n, (text, telling) in enumerate(source.body):
            if telling is None and (rng.random() < 0.07 or (cut and n > 0.65 * len(source.body))):
                continue
            if telling is None and rng.random() < 0.5:
                tokens = text.split(" ")
                tokens[rng.randrange(1, len(tokens))] = rng.choice(words()["frame"]["noun"])
                text = " ".join(tokens)
            body.append((text, telling))
        told = [one for one in source.tellings if any(t is one for _, t in body)]
        outlet = rng.choice([o for o in words()["outlets"] if o != source.outlet])
        title = source.title if rng.random() < 0.5 else self._title(source.tellings[0].true)
        return Made(name, outlet, title, source.published, source.given, body, told, copy_of=source.id)


def layout(made: Made) -> tuple[str, dict[int, tuple[int, int]]]:
    """The text of a report, and for each sentence of its body the span."""
    parts, spans, at = [made.title + "\n\n"], {}, len(made.title) + 2
    if not made.given:
        day = made.published
        parts.append(f"{MONTHS[day.month - 1]} {day.day}, {day.year}\n\n")
        at += len(parts[-1])
    for n, (text, _) in enumerate(made.body):
        spans[n] = (at, at + len(text))
        gap = "\n\n" if n % 3 == 2 else " "
        parts.append(text + gap)
        at += len(text) + len(gap)
    return "".join(parts).rstrip(), spans


def document(made: Made) -> dict[str, Any]:
    """A report in the exchange format, with its true encounters."""
    text, spans = layout(made)
    encounters = []
    for telling in made.tellings:
        own = [spans[n] for n, (_, t) in enumerate(made.body) if t is telling]
        true = telling.true
        part = next((t.local for t in made.tellings if t.true.gid == true.part_of), None)
        encounters.append({
            "id": telling.local, "kind": true.kind, "status": telling.status, "date": telling.date,
            "date_basis": telling.basis, "duration": telling.duration, "place": telling.place,
            "country": country_of(telling), "forum": true.forum, "number": true.number,
            "part_of": part, "topics": [true.topic], "participants": telling.parties,
            "evidence": [text[a:b] for a, b in own], "spans": [list(span) for span in own],
            "anchor": " ".join(text[own[0][0] : own[0][1]].split()[:8]), "gid": true.gid,
        })  # fmt: skip
    return {
        "id": made.id, "title": made.title, "outlet": made.outlet, "url": None, "language": "en",
        "published": str(made.published), "published_basis": "metadata" if made.given else "stated",
        "published_because": "known", "text": text, "encounters": encounters, "statements": [],
    }  # fmt: skip


def country_of(telling: Telling) -> str | None:
    """The country of the place told."""
    if telling.true.kind == "visit" or telling.place == telling.true.place:
        return telling.true.country if telling.place else None
    return next((code for city, code in words()["venues"] if city == telling.place), None)


def links(made: list[Made]) -> dict[str, Any]:
    """The truth across reports: encounters with their mentions, disagreements, near duplicates."""
    mentions: dict[str, list[tuple[Made, Telling]]] = defaultdict(list)
    for report in made:
        for telling in report.tellings:
            mentions[telling.true.gid].append((report, telling))
    encounters, differ = [], []
    for gid in sorted(mentions):
        told = mentions[gid]
        true = told[0][1].true
        encounters.append({
            "gid": gid, "kind": true.kind, "status": true.status, "date": str(true.day), "place": true.place,
            "forum": true.forum, "part_of": true.part_of, "mentions": sorted(f"{r.id}:{t.local}" for r, t in told),
        })  # fmt: skip
        differ += [{"gid": gid, **one} for one in differences(told)]
    family = defaultdict(list)
    for report in made:
        family[report.copy_of or report.id].append(report.id)
    pairs = sorted(
        [min(a, b), max(a, b)] for group in family.values() for i, a in enumerate(group) for b in group[i + 1 :]
    )
    return {"encounters": encounters, "disagreements": differ, "near_duplicates": pairs}


def differences(told: list[tuple[Made, Telling]]) -> list[dict[str, Any]]:
    """Fields on which the reports of one encounter cannot both be right.

    Taken from what the tellings were made to say, class by class (held with held, plan with plan), not from how
    communique compares; a field counts once.
    """
    found = {}
    for classes in (("held",), ("scheduled",)):
        group = [(r, t) for r, t in told if t.status in classes]
        exact = {}
        for report, telling in group:
            if telling.date and len(telling.date) != 7:
                exact[report.id] = telling.date
        # Days on which a visit or call was told differ only by a slip; ranges of talks contain their days.
        for fld, values in (
            ("date", exact),
            ("place", {r.id: t.place for r, t in group if t.place and t.true.kind != "visit"}),
            ("duration", _lengths(group)),
            ("participants", _misnamed(group)),
        ):
            if len(set(values.values())) > 1:
                found.setdefault(fld, values)
    return [{"field": fld, "values": values} for fld, values in found.items()]


def _lengths(group: list[tuple[Made, Telling]]) -> dict[str, str]:
    return {r.id: t.duration for r, t in group if t.duration}


def _misnamed(group: list[tuple[Made, Telling]]) -> dict[str, str]:
    """Reports that name persons, by whether they name the one who was not there."""
    named = [(r, t) for r, t in group if any(p["type"] == "person" for p in t.parties)]
    return {r.id: "other" if t.wrong == "participants" else "right" for r, t in named}


def reports(made: list[Made]) -> Iterator[dict[str, Any]]:
    """The reports as they would be fed to communique."""
    for one in made:
        yield {
            "id": one.id, "outlet": one.outlet, "url": None, "title": one.title,
            "published": str(one.published) if one.given else None, "text": layout(one)[0],
        }  # fmt: skip


def tell(
    seed: int = 1, encounters: int = 300, number: int = 1500, *, noise: float = 1.0, span: int | None = None
) -> list[Made]:
    """`encounters` made-up encounters over `span` days, told in `number` reports."""
    return Newsroom(World(seed, encounters, span), noise).write(number)


def mixed(number: int, share: float = 0.2, seed: int = 1) -> Iterator[dict[str, Any]]:
    """`number` reports of 300 to 600 words; `share` are diplomacy, the rest sport, business, culture and weather."""
    rng = random.Random(seed)
    diplomatic = round(number * share)
    kinds = [True] * diplomatic + [False] * (number - diplomatic)
    rng.shuffle(kinds)
    room = Newsroom(World(seed, max(20, diplomatic // 4)), copies=0.0)
    source = iter(room.write(diplomatic) if diplomatic else [])
    for n, is_diplomacy in enumerate(kinds):
        if is_diplomacy:
            made = next(source)
            size = sum(text.count(" ") + 1 for text, _ in made.body)
            wanted = rng.randint(300, 600)
            while size < wanted:
                loose = room._loose(made.tellings[0].true)
                made.body.append(loose)
                size += loose[0].count(" ") + 1
            row = next(reports([made]))
            yield {**row, "id": f"m{n:06}", "subject": "diplomacy"}
        else:
            yield page(rng, f"m{n:06}")


def page(rng: random.Random, name: str) -> dict[str, Any]:
    """A report that is no diplomacy, 300 to 600 words."""
    table = rng.choice(words()["page"])
    slots = {k: v for k, v in table.items() if isinstance(v, list) and k != "sentences"}
    wanted, size, paragraphs = rng.randint(300, 600), 0, [[]]  # type: ignore[var-annotated]
    while size < wanted:
        chosen = {k: rng.choice(v) for k, v in slots.items()}
        text = rng.choice(table["sentences"]).format(n=rng.randint(2, 9), m=rng.randint(11, 89), **chosen)
        size += text.count(" ") + 1
        if len(paragraphs[-1]) >= 4:
            paragraphs.append([])
        paragraphs[-1].append(text[0].upper() + text[1:])
    day = START + dt.timedelta(days=rng.randrange(1500))
    title = " ".join(paragraphs[0][0].rstrip(".").split()[:9])
    return {
        "id": name, "outlet": rng.choice(words()["outlets"]), "url": None, "title": title, "published": str(day),
        "text": title + "\n\n" + "\n\n".join(" ".join(p) for p in paragraphs), "subject": table["subject"],
    }  # fmt: skip


def write_lines(path: Path, rows: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    modes = cli.add_subparsers(dest="mode", required=True)
    told = modes.add_parser("encounters", help="reports with their truth")
    told.add_argument("out", type=Path)
    told.add_argument("--encounters", type=int, default=300)
    told.add_argument("--reports", type=int, default=1500)
    told.add_argument("--noise", type=float, default=1.0)
    mix = modes.add_parser("mixed", help="reports for measuring speed")
    mix.add_argument("out", type=Path)
    mix.add_argument("--reports", type=int, default=10_000)
    mix.add_argument("--share", type=float, default=0.2)
    for parser in (told, mix):
        parser.add_argument("--seed", type=int, default=1)
    args = cli.parse_args()
    if args.mode == "mixed":
        write_lines(args.out, mixed(args.reports, args.share, args.seed))
        return
    made = tell(args.seed, args.encounters, args.reports, noise=args.noise)
    args.out.mkdir(parents=True, exist_ok=True)
    write_lines(args.out / "reports.jsonl", reports(made))
    write_lines(args.out / "truth.jsonl", [document(one) for one in made])
    (args.out / "links.json").write_text(json.dumps(links(made), ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
