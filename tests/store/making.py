"""A toy analysis and made-up reports for tests of what happens after it: a line a finding, in plain words.

On 2021-03-03 Ana Horvat (HR) and Leif Dahl (NO) met in Vienna [held meeting].
Leif Dahl (NO) rejected: the treaty is closed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import msgspec

from communique.intake import RawReport, report_id
from communique.records import (
    Abstention,
    Dating,
    Encounter,
    Findings,
    Furniture,
    Participant,
    Passage,
    Piece,
    Refusal,
    Report,
    Statement,
    TimeExpression,
)
from communique.store import Analysed, Writer
from communique.workers import set_aside

MET = re.compile(
    r"On (?P<date>\S+) (?P<who>.+?) met(?: in (?P<place>[A-Z]\w+))?(?: for (?P<span>PT\w+))? "
    r"\[(?P<status>\w+) (?P<kind>\w+)\]\."
)
SAID = re.compile(r"(?P<who>[A-Z][\w. ]+? \(\w+\)) (?P<act>rejected|demanded|promised): (?P<what>[^.\n]+)\.")
WHO = re.compile(r"(?P<name>[A-Z][\w. ]+?) \((?P<side>\w+)\)")
ACTS = {"rejected": "reject", "demanded": "demand", "promised": "promise"}
DATELINE = "Published "


def toy(raw: RawReport) -> Findings | Refusal:
    """The findings of a made-up report; a line that begins with "-- " is furniture."""
    original = raw.text or ""
    if "unreadable" in original:
        return Refusal(raw.path or "-", "it says so itself")
    if "explode" in original:
        raise ValueError("boom")
    text, pieces, furniture = "", [], []
    for line in re.finditer(r"[^\n]*\n?", original):
        if line.group().startswith("-- "):
            furniture.append(Furniture(*line.span(), line.group(), "a share bar"))
        elif line.group():
            pieces.append(Piece(len(text), line.start(), len(line.group())))
            text += line.group()
    day = re.search(DATELINE + r"(\d{4}-\d\d-\d\d)", text)
    dating = Dating(day[1], "stated", "a dateline", ("dateline",)) if day else Dating()
    if raw.published:
        dating = Dating(raw.published, "metadata", "it came with the file")
    report = Report(
        id=raw.id or report_id(text, outlet=raw.outlet, url=raw.url),
        text=text,
        title=raw.title,
        outlet=raw.outlet,
        url=raw.url,
        language=raw.language or "en",
        path=raw.path,
        metadata_published=raw.published,
        published=dating,
        pieces=tuple(pieces),
        furniture=tuple(furniture),
        original=original,
    )
    if report.language != "en":
        return Findings(report)
    met = tuple(_met(report, n, m) for n, m in enumerate(MET.finditer(text), 1))
    said = tuple(_said(report, n, m, bool(met)) for n, m in enumerate(SAID.finditer(text), 1))
    times = tuple(
        TimeExpression(*m.span("date"), m["date"], "date", m["date"], m["date"], "stated", "it is written", ("a", "b"))
        for m in MET.finditer(text)
    )
    left = tuple(
        Abstention(report.passage(*m.span()), "nobody is named") for m in re.finditer(r"Somebody met somebody\.", text)
    )
    return Findings(report, met, said, times, left, text.count("."), len(met) + len(said))


def _people(text: str) -> tuple[Participant, ...]:
    return tuple(
        Participant(m["name"].removeprefix("and "), "person", m["side"], "guest", None, "minister")
        for m in WHO.finditer(text)
    )


def _met(report: Report, n: int, m: re.Match[str]) -> Encounter:
    return Encounter(
        id=f"e{n}",
        kind=m["kind"],  # type: ignore[arg-type]
        status=m["status"],  # type: ignore[arg-type]
        participants=_people(m["who"]),
        evidence=(report.passage(*m.span()),),
        date=None if m["date"] == "some-day" else m["date"],
        date_basis=None if m["date"] == "some-day" else "stated",
        date_because="it is written",
        place=m["place"],
        duration=m["span"],
        topics=("the treaty",),
        confidence=0.75,
        because=("a verb",),
    )


def _said(report: Report, n: int, m: re.Match[str], at: bool) -> Statement:
    return Statement(
        id=f"s{n}",
        speakers=_people(m["who"]),
        mode="indirect",
        act=ACTS[m["act"]],  # type: ignore[arg-type]
        content=(report.passage(*m.span("what")),),
        evidence=(report.passage(*m.span()),),
        cue=report.passage(*m.span("act")),
        speaker_passage=report.passage(*m.span("who")),
        about="the treaty",
        at="e1" if at else None,
        date=report.published.value,
        date_basis="resolved" if report.published.value else None,
        relayed_by=None,
        confidence=0.5,
    )


class Toy:
    """The toy analysis as workers make it, with a fingerprint."""

    def __init__(self, fingerprint: str = "toy 1") -> None:
        self.fingerprint = fingerprint

    def __call__(self, raw: RawReport) -> Findings | Refusal:
        return toy(raw)


def make_toy(fingerprint: str = "toy 1") -> Callable[[], Toy]:
    """What `ingest(analyse=…)` takes."""
    return partial(Toy, fingerprint)


PEOPLE = (
    "Ana Horvat (HR)", "Leif Dahl (NO)", "Mia Berg (SE)", "Juan Soto (CL)", "Aiko Tanaka (JP)", "Omar Haddad (JO)",
    "Nia Okoro (NG)", "Pavel Novak (CZ)", "Rosa Lima (PE)", "Kofi Mensah (GH)", "Tariq Aziz Khan (PK)",
)  # fmt: skip
PLACES = ("Vienna", "Oslo", "Lima", "Accra", "Tokyo", "Prague")
FILLER = (
    "rain", "market", "school", "river", "engine", "bread", "harbour",
    "music", "summer", "window", "paper", "garden", "railway", "museum",
)  # fmt: skip


def reports(count: int, seed: int = 1) -> list[str]:
    """Made-up reports: some tell the same encounter, some are copies, some tell of a plan, some of nothing."""
    rng = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        a, b = rng.sample(PEOPLE, 2)
        day, place = rng.randint(1, 28), rng.choice(PLACES)
        month = rng.randint(1, 12)
        for telling in range(rng.randint(1, 4)):
            told = day + (telling == 3 and day < 28)
            status = "scheduled" if telling == 2 else "held"
            words = " ".join(rng.choice(FILLER) for _ in range(40))
            lines = [
                f"{DATELINE}2021-{month:02}-{min(day + telling, 28):02}.",
                f"On 2021-{month:02}-{told:02} {a} and {b} met in {place} [{status} meeting].",
                f"{rng.choice((a, b))} {rng.choice(tuple(ACTS))}: the {rng.choice(FILLER)} stays open.",
                "-- Share this story",
                f"Some {words}.",
            ]
            found.append("\n".join(lines))
        if rng.random() < 0.2:
            found.append(found[-1] + "\nA last line of the agency.")
        if rng.random() < 0.2:
            found.append(f"Nothing happened but {' '.join(rng.choice(FILLER) for _ in range(30))}.")
    return found[:count]


def write_jsonl(path: Path, texts: list[str], **fields: str) -> Path:
    """The texts as JSON lines with ids."""
    lines = [
        msgspec.json.encode({"id": f"{path.stem}-{n:04}", "text": text, **fields}).decode()
        for n, text in enumerate(texts)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def passage(report: Report, words: str) -> Passage:
    """Where the words stand."""
    start = report.text.index(words)
    return report.passage(start, start + len(words))


def kept(where: Path, raws: Iterable[RawReport]) -> Path:
    """A record at `where` of these reports, analysed by the toy and written in one batch."""
    run = make_toy()()
    batch = []
    for raw in raws:
        found = run(raw)
        assert isinstance(found, Findings)
        batch.append(Analysed(raw, found, set_aside(found.report), run.fingerprint))
    writer = Writer(where)
    writer.write(batch)
    writer.close()
    return where
