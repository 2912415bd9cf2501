"""CHECK against the world outside: `reconcile`, a log of trips and visits against the record."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import options as o
from communique.records import TRIP_STATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from communique.cli.output import Page
    from communique.query import Reconciled
    from communique.records import Refusal

__all__ = ["reconcile"]


def reconcile(
    ctx: typer.Context,
    log: Annotated[
        Path,
        typer.Argument(
            metavar="LOG",
            help="CSV or JSON lines: name, start, end, country, and where there are id, place, remarks, log.",
        ),
    ],
    state: Annotated[
        list[str] | None,
        typer.Option("--state", metavar="STATE", help=f"Only these: {', '.join(TRIP_STATES)}. Several: any."),
    ] = None,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Which logged trips and visits the record has, which it lacks, and where the two disagree."""
    wanted = _states(state or [])
    with o.opened(ctx, record) as found:
        result = found.reconcile(log)
    from communique.cli import output

    shown = [row for row in result.trips if row.state in wanted]
    if json:
        output.print_json(shown)
    else:
        _page(output.Page(), shown, result.trips)
    _refused(output.Page(to_stderr=True), result.refusals)
    if result.refusals:
        raise typer.Exit(1)


def _states(asked: Sequence[str]) -> set[str]:
    from communique.errors import BadFilter

    wanted = {word.strip() for given in asked for word in given.split(",")}
    for word in sorted(wanted - set(TRIP_STATES)):
        raise BadFilter(f"{word!r} is no state of a trip", remedy=f"A state is one of {', '.join(TRIP_STATES)}.")
    return wanted or set(TRIP_STATES)


def _page(page: Page, shown: Sequence[Reconciled], everything: Sequence[Reconciled]) -> None:
    from communique.cli.output import Column, count

    columns = [Column("Days", 11), Column("Who", share=4), Column("Where", share=3), Column("Record", 9)]
    page.table([*columns, Column("Why", share=6)], (_row(row) for row in shown), airy=page.is_wide)
    page.line()
    counts = Counter(row.state for row in everything)
    told = ", ".join(f"{state} {counts[state]:,}" for state in TRIP_STATES if counts[state])
    page.line(f"{count(len(everything), 'trip')} in the log: {told}." if everything else "The log has no trip.", "dim")


def _row(row: Reconciled) -> list[Text | str]:
    from rich.text import Text

    from communique.cli.inert import one_line
    from communique.cli.output import shade
    from communique.cli.words import short

    trip = row.trip
    days = trip.start if trip.start == trip.end else f"{trip.start}\n{trip.end}"
    spot = trip.place if trip.log == "travels" and trip.place else ""
    country = trip.country if trip.log == "travels" else trip.place
    why = Text("; ".join(one_line(b) for b in row.because) or row.encounters[0].kind)
    for met in row.encounters[:3]:
        why.append(f"\n{short(met.gid)} {met.date} {met.kind}, {met.status}", style="dim")
    where = one_line(country) + (f"\n{one_line(spot)}" if spot else "")
    return [days, one_line(trip.name), where, shade(row.state), why]


def _refused(page: Page, refusals: Sequence[Refusal]) -> None:
    from rich.text import Text

    from communique.cli.inert import one_line

    for refusal in refusals:
        page.print(Text.assemble(("Refused ", "red"), f"{one_line(refusal.where)}: {one_line(refusal.reason)}"))
