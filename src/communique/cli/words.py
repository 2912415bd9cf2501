"""How the things of the record are put in words: who, where, when, for how long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rich.text import Text

from communique.cli.inert import one_line
from communique.cli.output import count

if TYPE_CHECKING:
    from communique.records import Participant

__all__ = ["BASES", "SHORT", "day", "duration", "joined", "short", "told_by", "where", "who"]

BASES: Final = {
    "metadata": "came with the file",
    "stated": "stated in the text",
    "resolved": "worked out from another date",
    "inferred": "inferred from what must hold",
}
"""What a date rests on, in words."""

_DURATION: Final = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_UNITS: Final = ("year", "month", "week", "day", "hour", "minute", "second")


def joined(parts: Iterable[Text | str], separator: str = " · ") -> Text:
    """The parts that are not empty, in one line."""
    return Text(separator).join(Text(p) if isinstance(p, str) else p for p in parts if p)


def who(participants: Sequence[Participant], most: int = 8) -> Text:
    """Participants by side, `RU: Sergei Ryabkov; US: Wendy Sherman`; after `most` names only how many more."""
    sides: dict[str, list[str]] = {}
    for participant in participants[:most]:
        sides.setdefault(participant.represents or "", []).append(one_line(participant.name))
    groups = []
    # Those whose side is not known come last, without a colon before them.
    for side, names in sorted(sides.items(), key=lambda item: not item[0]):
        if names == [side]:  # a body that is its own side: NATO, OSCE
            groups.append(Text(names[0], style="bold"))
        else:
            groups.append(Text.assemble((f"{one_line(side)}: " if side else "", "bold"), ", ".join(names)))
    if len(participants) > most:
        groups.append(Text(f"{len(participants) - most} more", style="dim"))
    return joined(groups, "; ") if groups else Text("nobody named", style="dim")


def where(place: str | None, country: str | None, forum: str | None = None) -> Text:
    """Place with the country's code, and the forum."""
    spot = ", ".join(one_line(p) for p in (place, country) if p)
    return joined([spot, one_line(forum) if forum else ""])


def day(value: str | None, basis: str | None = None) -> Text:
    """A date as EDTF; an interval may break after its slash; a date that was only inferred says so."""
    if value is None:
        return Text("no date", style="dim")
    shown = Text(one_line(value).replace("/", "/\n", 1) if len(value) > 11 else one_line(value))
    if basis == "inferred":
        shown.append("\ninferred", style="dim")
    return shown


def duration(value: str | None) -> str:
    """An ISO 8601 duration in words: `PT7H30M` is `7 hours 30 minutes`; what is none stays as it is."""
    if not value:
        return ""
    match = _DURATION.fullmatch(value)
    if match is None or not any(match.groups()):
        return one_line(value)
    return " ".join(
        f"{number} {unit}" + ("" if number == "1" else "s")
        for number, unit in zip(match.groups(), _UNITS, strict=True)
        if number
    )


def told_by(reports: int, origins: int) -> str:
    """How many reports tell it, and how many of them are independent where that is fewer."""
    if origins >= reports:
        return count(reports, "report")
    return f"{count(reports, 'report')}, {count(origins, 'origin')}"


SHORT: Final = 9
"""Characters of an encounter's id that are shown: eight hexadecimal digits, enough for some 9,000 encounters."""


def short(gid: str) -> str:
    """The beginning of an encounter's id, by which commands find it too; `--json` gives all of it."""
    return one_line(gid)[:SHORT]
