"""`demo`: read the sample reports into a record of their own and walk through what it holds."""

from __future__ import annotations

import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.ingest import Bar, Watch

if TYPE_CHECKING:
    from communique.cli.output import Page
    from communique.record import Record

__all__ = ["demo", "examples_folder"]

_SINCE = "2021-06"
"""The samples begin in 1977; from here on they tell of plans, outcomes and a disagreement on one screen."""
_SHOWN = 10


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
        errors = output.Page(to_stderr=True)
        watch = Watch()
        watch.bar = Bar(errors.console) if errors.console.is_terminal else None
        with Record.open(path, "w") as record, watch.bar or nullcontext():
            done = record.ingest([folder], progress=watch)
        page.line(f"$ communique ingest {_short(folder)}", "bold")
        page.line(
            f"{output.count(done.read, 'report')} read in {done.seconds:.1f} s: "
            f"{output.count(done.encounters, 'encounter')} and {output.count(done.statements, 'statement')} found."
        )
        with Record.open(path) as record:
            _show(page, record)
            _next_steps(page, record, folder, keep)


def _short(folder: Path) -> str:
    try:
        return str(folder.relative_to(Path.cwd()))
    except ValueError:
        return str(folder)


def _show(page: Page, record: Record) -> None:
    from communique.cli import tables

    page.line()
    page.line(f"$ communique timeline --since {_SINCE} --limit {_SHOWN}", "bold")
    entries = record.timeline(since=_SINCE, limit=_SHOWN)
    tables.timeline(page, entries)
    page.more(len(entries), entries.total, "encounter")
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


def _next_steps(page: Page, record: Record, folder: Path, keep: Path | None) -> None:
    """Commands that have something to show, with ids and days of this very record."""
    from communique.cli.words import short

    page.line()
    page.line("Where to look next", "bold")
    steps = [f"export COMMUNIQUE_RECORD={keep or 'first.sqlite'}"]
    steps += [] if keep else [f"communique ingest {_short(folder)}"]
    entries = record.timeline(since=_SINCE)
    if entries:
        most = max(entries, key=lambda e: (e.reports, len(e.disagreements), e.statements))
        steps += [f"communique encounters {short(most.gid)}", f"communique report {most.mentions[0][0]}"]
    planned = [c.published for e in entries for c in e.life if c.status == "scheduled" and c.published]
    if planned:
        steps.append(f"communique agenda --as-of {min(planned)}")
    steps += ["communique statements --act reject", "communique --help"]
    for step in steps:
        page.line(step, indent=2)
    page.line("The guide is docs/guide.md.")
