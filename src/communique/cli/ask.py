"""ASK: timeline, encounters, statements, agenda, disagreements, search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import options as o

if TYPE_CHECKING:
    from communique.query import Filters

__all__ = ["agenda", "disagreements", "encounters", "positions", "search", "statements", "timeline"]


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
    from communique.cli import output, tables

    if json:
        output.print_json(entries)
        return
    page = output.Page()
    if not entries:
        tables.nothing(page, "encounter")
        return
    if full:
        for entry in entries:
            tables.entry_card(page, entry)
    else:
        tables.timeline(page, entries)
    page.more(len(entries), entries.total, "encounter", gap=not full)


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
    from communique.cli import output, tables

    if gid is not None:
        with o.opened(ctx, record) as found:
            entry = found.encounter(gid)
        if json:
            output.print_json([entry])
        else:
            tables.entry_card(output.Page(), entry)
        return
    with o.opened(ctx, record) as found:
        mentions = found.encounters(wanted)
    if json:
        output.print_json(mentions)
        return
    page = output.Page()
    if not mentions:
        tables.nothing(page, "encounter")
        return
    for mention in mentions:
        tables.mention_card(page, mention)
    page.more(len(mentions), mentions.total, "mention", gap=False)


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
    from communique.cli import output, tables

    if json:
        output.print_json(said)
        return
    page = output.Page()
    if not said:
        tables.nothing(page, "statement")
        return
    tables.statements(page, said)
    page.more(len(said), said.total, "statement")


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
    from communique.cli import output, tables

    if json:
        output.print_json(lines)
        return
    page = output.Page()
    if not lines:
        tables.nothing(page, "statement")
        return
    for line in lines:
        tables.line_card(page, line)
    page.more(len(lines), lines.total, "issue", gap=False)


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
    from communique.cli import output, tables

    if json:
        output.print_json(rows)
        return
    page = output.Page()
    if not rows:
        tables.nothing(page, "disagreement")
        return
    for row in rows:
        tables.disagreement_card(page, row)
    page.more(len(rows), rows.total, "disagreement", gap=False)


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
    from communique.cli import output, tables

    if json:
        output.print_json(hits)
        return
    page = output.Page()
    if not hits:
        tables.nothing(page, "place with these words")
        return
    for hit in hits:
        tables.hit_card(page, hit)
    page.more(len(hits), hits.total, "find", gap=False)
