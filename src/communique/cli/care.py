"""Care of the record's file: `doctor` and `backup`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import options as o

if TYPE_CHECKING:
    from communique.cli.output import Page
    from communique.mending import Diagnosis, Mended

__all__ = ["backup", "doctor"]


def backup(
    ctx: typer.Context,
    target: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where the copy goes; there must be no such file yet.")
    ],
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """A sound copy of the record in one file, also while another process writes to it."""
    with o.opened(ctx, record) as found:
        size = found.backup(target)
        source = found.path
    from communique.cli import output

    if json:
        output.print_json([{"record": str(source), "copy": str(target), "bytes": size}])
    else:
        from communique.cli.inert import one_line

        output.Page().line(f"{one_line(str(target))}: {size / 1e6:,.1f} MB, sound.")


def doctor(
    ctx: typer.Context,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair", metavar="", help="Build indexes again; if more is damaged, make a new record of what is whole."
        ),
    ] = False,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Look at every page, index, reference and passage of the record; exit code 1 if something stays wrong."""
    from communique import mending
    from communique.cli import output

    where = o.settings(ctx, record).record_path
    found = mending.diagnose(where)
    mended = None
    if repair and found.rebuilt:
        found = mending.rebuild(where)
    elif repair and not found.ok:
        mended = mending.mend(where)
    if json:
        output.print_json([{"record": str(where), "ok": found.ok, "found": found, "mended": mended}])
    else:
        _told(output.Page(), where, found, mended)
    if not found.ok:
        raise typer.Exit(1)


def _told(page: Page, where: Path, found: Diagnosis, mended: Mended | None) -> None:
    from rich.text import Text

    from communique.cli.inert import one_line
    from communique.cli.output import count

    if found.ok:
        page.line(f"{one_line(str(where))}: every page, index, reference and passage is sound.")
        return
    for trouble in found.troubles:
        page.print(Text.assemble(("FAULT ", "bold red"), one_line(trouble.what)))
    for failure in found.failures[:20]:
        page.print(
            Text.assemble(("FAILED ", "bold red"), f"report {one_line(failure.report)}: {one_line(failure.reason)}")
        )
    if len(found.failures) > 20:
        page.line(f"and {count(len(found.failures) - 20, 'passage')} more (`communique verify` names each)", "dim")
    if mended is None:
        page.line("`communique doctor --repair` builds indexes again, or makes a new record of what is whole.")
        return
    taken = mended.taken
    page.line(f"{one_line(mended.path)}: a new record of {count(taken.new, 'report')}; the damaged one is as it was.")
    for what in mended.lost:
        page.print(Text.assemble(("Lost ", "red"), one_line(what)))
