"""Check and hand on: verify, status, export, settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import options as o

if TYPE_CHECKING:
    from communique.cli.output import Page
    from communique.query import Filters
    from communique.record import Record, Verification

__all__ = ["export", "settings", "status", "verify"]


def verify(ctx: typer.Context, json: o.JsonOption = False, record: o.RecordOption = None) -> None:
    """Re-read every passage against the stored text; exit code 1 and each passage named if one does not hold."""
    from communique.cli import output

    with o.opened(ctx, record) as found:
        errors = output.Page(to_stderr=True)
        result = _watched(errors, found) if errors.console.is_terminal and not json else found.verify()
    if json:
        output.print_json([result])
    else:
        _verified(output.Page(), result)
    if not result.ok:
        raise typer.Exit(1)


def _watched(errors: Page, record: Record) -> Verification:
    """Verify with a bar, since a large record takes a while."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("reports re-read"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=errors.console, transient=True) as progress:
        task = progress.add_task("", total=record.status().reports)
        return record.verify(lambda done: progress.update(task, completed=done))


def _verified(page: Page, result: Verification) -> None:
    from rich.text import Text

    from communique.cli.inert import one_line
    from communique.cli.output import count, quote

    for failure in result.failures:
        page.print(
            Text.assemble(
                ("FAILED ", "bold red"),
                f"report {one_line(failure.report)}, {one_line(failure.owner)}, {failure.start} to {failure.end}",
            )
        )
        page.print(Text(one_line(failure.reason)), indent=2)
        if failure.expected or failure.found:
            page.print(Text("record: ") + quote(failure.expected[:300]), indent=2)
            page.print(Text("text:   ") + quote(failure.found[:300]), indent=2)
    reread = f"{count(result.passages, 'passage')} in {count(result.reports, 'report')} re-read"
    if result.ok:
        page.line(f"{reread}: every one holds.", "green")
    else:
        page.line(f"{reread}: {len(result.failures):,} of them wrong.", "bold red")


def status(ctx: typer.Context, json: o.JsonOption = False, record: o.RecordOption = None) -> None:
    """What the record holds, in numbers, and what was refused or set aside, with reasons."""
    with o.opened(ctx, record) as found:
        state = found.status()
        refusals = tuple(found.refusals())
    from communique.cli import output
    from communique.knowledge import Knowledge

    current = Knowledge.current(o.settings(ctx, record))
    if json:
        from msgspec import structs

        output.print_json([structs.asdict(structs.replace(state, refusals=refusals)) | {"current_knowledge": current}])
        return
    from communique.cli import tables

    tables.status_page(output.Page(), state, refusals, current)


def _formats(incomplete: str) -> list[str]:
    from communique.export import formats

    return sorted(name for name in formats() if name.startswith(incomplete))


@o.asking("limit")
def export(
    ctx: typer.Context,
    wanted: Filters,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write into.", file_okay=False)],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="exchange: documents.jsonl and links.json.",
            autocompletion=_formats,
        ),
    ] = "exchange",
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Write the record, or the part that the filters leave, into files for other programs."""
    with o.opened(ctx, record) as found:
        manifest = found.export(folder, form, wanted)
    from communique.cli import output, tables

    if json:
        output.print_json([manifest])
        return
    tables.manifest(output.Page(), manifest, folder)


def settings(ctx: typer.Context, json: o.JsonOption = False, record: o.RecordOption = None) -> None:
    """Every setting: its value now, where that comes from, its default, and what it is for."""
    import os

    from communique.cli import output
    from communique.settings import SETTINGS

    now = o.settings(ctx, record)
    paths = {"record": "record_path", "actors": "actors_path"}
    rows = [
        {
            "name": setting.name,
            "value": str(getattr(now, paths.get(setting.name, setting.name))),
            "from": "command line"
            if setting.name == "record" and now.record and now.record != os.environ.get(setting.variable)
            else (setting.variable if os.environ.get(setting.variable) else "default"),
            "default": setting.default,
            "variable": setting.variable,
            "help": setting.help,
        }
        for setting in SETTINGS
    ]
    if json:
        output.print_json(rows)
        return
    from rich.text import Text

    from communique.cli.inert import one_line

    page = output.Page()
    for row in rows:
        page.print(Text.assemble((row["name"], "bold"), f" = {one_line(row['value'])}"))
        page.line(row["help"], indent=2)
        page.line(f"set by {row['variable']}; now from {row['from']}", "dim", 2)
