"""Who is who: `communique actors show|search|add|import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from communique.cli import options as o

if TYPE_CHECKING:
    from collections.abc import Sequence

    from communique.actors import Authority
    from communique.actors.addition_files import Entry
    from communique.actors.entries import Span
    from communique.actors.lookup import Found, OfficeView, View
    from communique.settings import Settings

__all__ = ["actors"]

actors = typer.Typer(
    name="actors",
    help="Who is who: look actors up, and add or override people, offices, bodies, fora, places and aliases.",
    no_args_is_help=True,
)

_KINDS: Final = ("person", "office", "body", "forum", "place", "alias")
_DayOption = Annotated[
    str | None, typer.Option("--day", metavar="DATE", help="Only offices held in this year, month or on this day.")
]
_SideOption = Annotated[
    str | None, typer.Option("--side", metavar="SIDE", help="A side: two letters of a country, or EU, UN, NATO, ...")
]


def _authority(settings: Settings) -> Authority:
    from communique.actors import load_authority

    return load_authority(settings.actors_path)


def _span(day: str | None) -> Span | None:
    if day is None:
        return None
    from communique import dates
    from communique.errors import BadDate

    span = dates.days(day)
    if span is None:
        raise BadDate(f"{day!r} is no day, month or year", where="--day", remedy="Write 2022, 2022-01 or 2022-01-11.")
    return span


@actors.command()
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A whole name or spelling, or an id (Q58217, RU, OSCE).")],
    day: _DayOption = None,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Everything that is known of an actor: spellings, side, offices over time, and on what each rests."""
    from communique.actors import lookup
    from communique.errors import NotFound

    authority = _authority(o.settings(ctx, record))
    span = _span(day)
    found = lookup.find(authority, name)
    if not found:
        near = lookup.search(authority, name, limit=3)
        like = "Like it: " + "; ".join(f"{f.name} ({f.id})" for f in near) + ". " if near else ""
        remedy = f"{like}`communique actors search` finds by part of a name, or by another spelling."
        raise NotFound(f"no actor is called {name!r}", remedy=remedy)
    views = [lookup.view(authority, what, ident, span) for what, ident in found]
    from communique.cli import output

    if json:
        output.print_json(views)
        return
    page = output.Page()
    for number, one in enumerate(views):
        if number:
            page.line()
        _shown(page, one)


def _shown(page: Any, one: View) -> None:
    from communique.actors.lookup import sources
    from communique.cli.inert import one_line
    from communique.cli.output import Column, count

    page.line(one_line(one.name), "bold")
    begun, over = ("born", "died") if one.what == "person" else ("since", "until")
    facts = [
        ("id", one.id), ("kind", one.kind.replace("_", " ")), ("side", one.side or ""),
        ("also", ", ".join(one.aliases)), ("adjectives", ", ".join(one.demonyms)),
        ("stands for it", ", ".join(one.houses)), ("seat", one.seat), ("members", ", ".join(one.members)),
        (begun, one.start), (over, one.end),
    ]  # fmt: skip
    page.facts([(label, one_line(value)) for label, value in facts if value])
    if one.offices:
        page.line()
        columns = [Column("from", 10), Column("until", 17), Column("side", 8), Column("office", share=3)]
        if one.what == "body":
            columns.append(Column("held by", share=3))
        columns.append(Column("rests on", share=2))
        page.table(columns, (_office_row(one, office) for office in one.offices))
        if any(not office.verified for office in one.offices):
            page.line("* general knowledge, which no second source confirms", "dim")
    keys = sorted(set(one.sources) | {key for office in one.offices for key in office.sources})
    known = sources()
    if keys:
        page.line()
        page.line(f"{count(len(keys), 'source')}: " + "; ".join(f"{key}: {known.get(key, key)}" for key in keys), "dim")


def _office_row(one: View, office: OfficeView) -> Sequence[str]:
    from communique.cli.inert import one_line

    words = one_line(office.office) + (f" to {office.to}" if office.to else "")
    rests = ", ".join(office.sources) + ("" if office.verified else " *")
    row = [office.start, office.until, office.side, words]
    return [*row, one_line(office.name), rests] if one.what == "body" else [*row, rests]


@actors.command()
def search(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, part of one, or another transliteration of it.")],
    kind: Annotated[
        str | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="person, body or place; a type of office (foreign_minister) or a kind of body (forum).",
        ),
    ] = None,
    side: _SideOption = None,
    day: _DayOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most so many rows.")] = 20,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Actors by name, the likest first; typing errors and other transliterations are forgiven."""
    from communique.actors import lookup

    authority = _authority(o.settings(ctx, record))
    found = lookup.search(authority, text, kind=_kind(kind), side=side, day=_span(day), limit=limit)
    from communique.cli import output

    if json:
        output.print_json(found)
        return
    page = output.Page()
    if not found:
        page.line("No actor is called so.")
        return
    column = output.Column
    columns = [column("like", 4, right=True), column("name", share=3), column("side", 8), column("kind", 20)]
    columns += [column("office", share=3), column("id", share=2)]
    page.table(columns, (_found_row(one) for one in found))


def _found_row(one: Found) -> Sequence[str]:
    from communique.cli.inert import one_line

    kind = one.kind.replace("_", " ")
    return [f"{one.score:.0f}", one_line(one.name), one.side or "", kind, one_line(one.office), one.id]


def _kind(kind: str | None) -> str | None:
    if kind is None:
        return None
    from communique.actors.addition_checks import BODY_KINDS, ROLE_TYPES
    from communique.errors import BadFilter

    wanted = kind.lower().replace(" ", "_").replace("-", "_")
    known = {"person", "body", "place"} | ROLE_TYPES | BODY_KINDS
    if wanted not in known:
        raise BadFilter(f"there is no type {kind!r}", where="--type", remedy=f"Use one of {', '.join(sorted(known))}.")
    return wanted


@actors.command()
def add(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"What to add: {', '.join(_KINDS)}.")],
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="Its name; for an office or alias, whose it is (whole name or id)."),
    ],
    ident: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Its id: a known one overrides what the authority file has."),
    ] = None,
    side: _SideOption = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CODE", help="The country of a place, by two letters.")
    ] = None,
    office: Annotated[
        str | None, typer.Option("--office", metavar="WORDS", help="The office that the person holds.")
    ] = None,
    kind_of: Annotated[
        str | None,
        typer.Option(
            "--type", metavar="TYPE", help="The type of the office (foreign_minister), or the kind of the body."
        ),
    ] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="When the office began.")] = None,
    end: Annotated[str | None, typer.Option("--until", metavar="DATE", help="When the office ended.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="SIDE", help="To whom an ambassador is sent.")] = None,
    alias: Annotated[
        list[str] | None, typer.Option("--alias", metavar="NAME", help="Another spelling. May be given several times.")
    ] = None,
    demonym: Annotated[
        list[str] | None, typer.Option("--adjective", metavar="WORD", help="An adjective of a state. Several: all.")
    ] = None,
    house: Annotated[
        list[str] | None,
        typer.Option("--house", metavar="NAME", help="A house or town that stands for a government. Several: all."),
    ] = None,
    member: Annotated[
        list[str] | None, typer.Option("--member", metavar="SIDE", help="A member of a forum or body. Several: all.")
    ] = None,
    seat: Annotated[str | None, typer.Option("--seat", metavar="TOWN", help="Where a body sits.")] = None,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Add one person, office, body, forum, place or alias, or override one that is known.

    It is kept in the file of your own actors (see `communique settings`), which you may edit.
    """
    given = {
        "id": ident, "side": side, "country": country, "start": start, "end": end, "to": to, "aliases": alias,
        "demonyms": demonym, "houses": house, "members": member, "seat": seat,
    }  # fmt: skip
    fields: dict[str, Any] = {n: v for n, v in given.items() if v}
    if kind == "person" and office:
        held = {n: fields.pop(n) for n in ("start", "end", "to") if n in fields}
        fields["offices"] = [{"office": office, **({"type": kind_of} if kind_of else {}), **held}]
    elif office:
        fields["office"] = office
    if kind_of and kind != "person":
        fields["kind" if kind in {"body", "forum"} else "type"] = kind_of
    named = {"office": "person", "alias": "of"}.get(kind, "name")
    _taken(ctx, record, [_entry(kind, {named: name, **fields})], json)


def _entry(kind: str, fields: dict[str, Any]) -> Entry:
    from communique.actors.addition_files import KINDS, Entry
    from communique.errors import InputError

    if kind not in KINDS:
        raise InputError(f"there is no kind {kind!r}", where="KIND", remedy=f"Use one of {', '.join(KINDS)}.")
    return Entry(kind, fields, 1, dict.fromkeys(fields, 1))


@actors.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file in YAML, TOML or CSV.", dir_okay=False)],
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Add or override actors from a file; with one bad line nothing is taken over, and every bad line is named."""
    from communique.actors.additions import read_entries

    authority = _authority(o.settings(ctx, record))
    _taken(ctx, record, read_entries(file, authority), json)


def _taken(ctx: typer.Context, record: Path | None, entries: list[Entry], json: bool) -> None:
    """Check entries against the authority with what is kept, keep them, and say what that changes."""
    from communique.actors.additions import add_entries, check_entries, keep
    from communique.actors.authority import fresh_authority

    settings = o.settings(ctx, record)
    authority = _authority(settings)
    check_entries(entries, authority)
    # Counted on a copy of its own: the authority that others use in this process stays as it is.
    done = add_entries(fresh_authority(settings.actors_path), entries)
    path = settings.actors_path
    keep(path, entries)
    from communique.cli import output
    from communique.cli.inert import one_line

    older = _analysed_before(settings)
    if json:
        output.print_json(
            [{"file": str(path), "entries": dict(sorted(done.items())), "reports_analysed_before": older}]
        )
        return
    page = output.Page()
    words = ", ".join(f"{n:,} {kind}" for kind, n in sorted(done.items()))
    page.line(f"Kept in {one_line(str(path))}: {words or 'nothing'}.")
    if older:
        page.line(
            f"{output.count(older, 'report')} of the record analysed before; `communique reanalyse` reads them anew.",
            "yellow",
        )


def _analysed_before(settings: Settings) -> int:
    """How many reports of the record were analysed with other knowledge than today's."""
    if not settings.record_path.exists():
        return 0
    from communique.knowledge import Knowledge
    from communique.record import Record

    current = Knowledge.current(settings)
    with Record.open(settings.record_path, "r") as found:
        return sum(n for knowledge, n in found.status().knowledge.items() if knowledge != current)
