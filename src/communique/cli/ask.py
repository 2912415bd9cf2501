"""ASK: timeline, encounters, statements, agenda, disagreements, search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli import options as o

if TYPE_CHECKING:
    from communique.query import Filters, Results

__all__ = ["agenda", "disagreements", "encounters", "positions", "search", "statements", "timeline"]


def _answer(
    rows: Results[Any],
    json: bool,
    noun: str,
    *,
    card: str | None = None,
    table: str | None = None,
    missing: str | None = None,
) -> None:
    """Print the rows as JSON lines, or each as a `card`, or all as a `table` (functions of tables), and how many more.

    `missing` is what there is none of where nothing matches; the noun, unless it is another thing.
    """
    from communique.cli import output, tables

    if json:
        output.print_json(rows)
        return
    page = output.Page()
    if not rows:
        tables.nothing(page, missing or noun)
        return
    if card is not None:
        for row in rows:
            getattr(tables, card)(page, row)
    elif table is not None:
        getattr(tables, table)(page, rows)
    # A card leaves a blank line behind it.
    page.more(len(rows), rows.total, noun, gap=card is None)


@o.asking()
def timeline(
    ctx: typer.Context,
    wanted: Filters,
    full: Annotated[
        bool, typer.Option("--full", metavar="", help="Each with its passages, its life, and why reports were linked.")
    ] = False,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Encounters in order of time, each counted once, whatever the number of reports."""
    with o.opened(ctx, record) as found:
        entries = found.timeline(wanted)
    _answer(entries, json, "encounter", card="entry_card" if full else None, table="timeline")


@o.asking()
def encounters(
    ctx: typer.Context,
    wanted: Filters,
    gid: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="One encounter of the timeline, in full.", autocompletion=o.complete_gid),
    ] = None,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Encounters as each report tells them, with the words; with ID one encounter and all that is known of it."""
    if gid is not None:
        from communique.cli import output, tables

        with o.opened(ctx, record) as found:
            entry = found.encounter(gid)
        if json:
            output.print_json([entry])
        else:
            tables.entry_card(output.Page(), entry)
        return
    with o.opened(ctx, record) as found:
        mentions = found.encounters(wanted)
    _answer(mentions, json, "mention", card="mention_card", missing="encounter")


@o.asking()
def statements(
    ctx: typer.Context,
    wanted: Filters,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Who said what, direct or indirect, with the speech act and where it was said."""
    with o.opened(ctx, record) as found:
        said = found.statements(wanted)
    _answer(said, json, "statement", table="statements")


@o.asking("kind", "status", "place", limit=20)
def positions(
    ctx: typer.Context,
    wanted: Filters,
    issue: Annotated[
        str | None, typer.Option("--issue", metavar="WORDS", help="One issue: statements that have all these words.")
    ] = None,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """An actor's line on each issue: first said, last said, changed, unchanged or silent, with the words."""
    with o.opened(ctx, record) as found:
        lines = found.positions(issue, wanted)
    _answer(lines, json, "issue", card="line_card", missing="statement")


@o.asking()
def agenda(
    ctx: typer.Context,
    wanted: Filters,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DAY",
            show_default="today",
            help="What the record knew on this day: later reports are left out.",
        ),
    ] = None,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Plans: what is overdue, what is due, and what has no day yet, each with the sentence that says so."""
    if as_of is None:
        from datetime import date

        # The one place where the clock is asked: the record itself answers for any day alike.
        as_of = date.today().isoformat()
    with o.opened(ctx, record) as found:
        items = found.agenda(as_of, wanted)
    from communique.cli import output, tables

    if json:
        output.print_json(items)
        return
    page = output.Page()
    if not items:
        tables.nothing(page, "plan")
        return
    tables.agenda(page, items, as_of)
    page.more(len(items), items.total, "plan", gap=False)


@o.asking()
def disagreements(
    ctx: typer.Context,
    wanted: Filters,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Where reports of one encounter cannot both be right, with the words of each."""
    with o.opened(ctx, record) as found:
        rows = found.disagreements(wanted)
    _answer(rows, json, "disagreement", card="disagreement_card")


@o.asking("text", limit=20)
def search(
    ctx: typer.Context,
    wanted: Filters,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help='Words, "a phrase", a beginning*, AND, OR, NOT.')],
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Reports, encounters and statements that hold the words, best first."""
    with o.opened(ctx, record) as found:
        hits = found.search(" ".join(words), wanted)
    _answer(hits, json, "find", card="hit_card", missing="place with these words")
