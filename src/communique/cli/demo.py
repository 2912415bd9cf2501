"""`demo`: read the sample reports into a record of their own and walk through what it holds."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from communique.cli.output import Page
    from communique.record import Record

__all__ = ["demo", "examples_folder"]


def examples_folder() -> Path:
    """The sample reports: `examples/` of a checkout, or those packed into the installed package. Raises InputError."""
    import communique
    from communique.errors import InputError

    package = Path(communique.__file__).resolve().parent
    for folder in (package.parents[1] / "examples", package / "data" / "examples"):
        if folder.is_dir() and any(folder.iterdir()):
            return folder
    raise InputError(
        "the sample reports are not installed here",
        where=str(package / "data" / "examples"),
        remedy="Reinstall communique, or get examples/ from its source and run `communique ingest examples`.",
    )


def demo(
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="PATH", help="Keep the record at PATH.", dir_okay=False, show_default=False),
    ] = None,
) -> None:
    """Read the sample reports into a temporary record, and show what there is to see."""
    from communique.cli import output
    from communique.record import Record

    folder = examples_folder()
    page = output.Page()
    with tempfile.TemporaryDirectory(prefix="communique-demo-") as place:
        path = keep or Path(place) / "demo.sqlite"
        with Record.open(path, "w") as record:
            done = record.ingest([folder])
        page.line(f"$ communique ingest {_short(folder)}", "bold")
        page.line(
            f"{output.count(done.read, 'report')} read in {done.seconds:.1f} s: "
            f"{output.count(done.encounters, 'encounter')} and {output.count(done.statements, 'statement')} found."
        )
        with Record.open(path) as record:
            _show(page, record)
    _next_steps(page, folder, keep)


def _short(folder: Path) -> str:
    try:
        return str(folder.relative_to(Path.cwd()))
    except ValueError:
        return str(folder)


def _show(page: Page, record: Record) -> None:
    from communique.cli import tables

    page.line()
    page.line("$ communique timeline", "bold")
    entries = record.timeline()
    tables.timeline(page, entries)
    page.line()
    page.line("$ communique disagreements --limit 1", "bold")
    rows = record.disagreements(limit=1)
    for row in rows:
        tables.disagreement_card(page, row)
    if not rows:
        page.line("No disagreement found.")
    page.line("$ communique verify", "bold")
    result = record.verify()
    page.line(f"{result.passages:,} passages re-read: {'every one holds.' if result.ok else 'NOT every one holds.'}")


def _next_steps(page: Page, folder: Path, keep: Path | None) -> None:
    page.line()
    page.line("Where to look next", "bold")
    record = f"export COMMUNIQUE_RECORD={keep or 'first.sqlite'}"
    steps = [record, *([] if keep else [f"communique ingest {_short(folder)}"])]
    steps += ["communique statements --act reject", "communique agenda --as-of 2022-01-01", "communique report ID"]
    steps += ["communique --help"]
    for step in steps:
        page.line(step, indent=2)
    page.line("The guide: docs/guide.md")
