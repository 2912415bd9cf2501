"""`ingest` and `reanalyse`: put reports in, with a bar that says how far it is, and an account of what was done."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer

from communique.cli import options as o

if TYPE_CHECKING:
    from collections.abc import Callable

    from communique.record import IngestReport, Progress, Record
    from communique.settings import Settings

__all__ = ["Bar", "Watch", "ingest", "reanalyse"]

_REFUSALS_SHOWN = 20


JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", metavar="N", min=1, help="Processes that analyse.", show_default="COMMUNIQUE_JOBS, else 1"
    ),
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", metavar="", help="No bar, and nothing said unless something is wrong.")
]


def ingest(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files and folders; - is standard input.")],
    jobs: JobsOption = None,
    quiet: QuietOption = False,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Read reports (text, HTML, JSON, JSON lines), analyse what is new, link it and keep it.

    The same report twice changes nothing. What cannot be read is listed and kept as a refusal; the exit code is then 1.
    Ctrl-C stops soundly: what was analysed is kept, and the same command goes on from there.
    """
    settings = o.settings(ctx, record, jobs=jobs)

    def put_in(found: Record, watch: Watch) -> IngestReport:
        return found.ingest(paths, jobs=settings.jobs, settings=settings, progress=watch)

    _put_in(settings, put_in, quiet=quiet, json=json)


def reanalyse(
    ctx: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", metavar="", help="Also what today's knowledge has analysed already.")
    ] = False,
    jobs: JobsOption = None,
    quiet: QuietOption = False,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """Analyse again, from the stored texts, what an older communique or other knowledge analysed."""
    settings = o.settings(ctx, record, jobs=jobs)
    if not settings.record_path.exists():
        with o.opened(ctx, record):  # says that there is none, instead of making an empty one
            pass

    def put_in(found: Record, watch: Watch) -> IngestReport:
        return found.reanalyse(jobs=settings.jobs, settings=settings, everything=everything, progress=watch)

    _put_in(settings, put_in, quiet=quiet, json=json)


def _put_in(settings: Settings, put_in: Callable[[Record, Watch], IngestReport], *, quiet: bool, json: bool) -> None:
    """Run an ingest with its bar, and account for it. Leaves with 1 after refusals and 130 after Ctrl-C."""
    from communique.cli import output
    from communique.record import Record

    watch = Watch()
    errors = output.Page(to_stderr=True)
    bar = Bar(errors.console) if errors.console.is_terminal and not quiet and not json else None
    try:
        with Record.open(settings.record_path, "w") as found, bar or nullcontext():
            watch.bar = bar
            done = put_in(found, watch)
    except KeyboardInterrupt:
        kept = output.count(watch.last.kept if watch.last else 0, "report")
        errors.line(f"Stopped. {kept} of this run kept; the record is sound. Run it again to go on.")
        raise typer.Exit(130) from None
    if json:
        output.print_json([done])
    else:
        _account(output.Page(), errors, done, str(settings.record_path), quiet=quiet)
    if done.refused:
        raise typer.Exit(1)


class Watch:
    """Remembers how far the ingest is, for the case that it is stopped."""

    def __init__(self) -> None:
        self.last: Progress | None = None
        self.bar: Bar | None = None

    def __call__(self, progress: Progress) -> None:
        """Called by the ingest now and then."""
        self.last = progress
        if self.bar:
            self.bar.show(progress)


class Bar:
    """A line that moves while reports are read; how many there will be is not known before they are."""

    def __init__(self, console: Any) -> None:
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=console, transient=True
        )
        self._task = self._progress.add_task("reading the language model", total=None)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, p: Progress) -> None:
        """Say how far it is."""
        rate = p.read / p.seconds if p.seconds else 0.0
        refused = f", {p.refused:,} refused" if p.refused else ""
        self._progress.update(
            self._task,
            description=f"{p.read:,} reports read, {p.new:,} new, {p.kept:,} kept{refused} · {rate:,.1f} reports/s",
        )


def _account(page: Any, errors: Any, done: IngestReport, path: str, *, quiet: bool) -> None:
    from rich.text import Text

    from communique.cli.inert import one_line
    from communique.cli.output import count

    if not quiet:
        parts = [
            f"{done.new:,} new",
            f"{done.updated:,} updated" if done.updated else "",
            f"{done.unchanged:,} known before",
        ]
        parts += [f"{done.refused:,} refused" if done.refused else ""]
        speed = f" in {done.seconds:.1f} s ({done.read / done.seconds:,.1f} reports/s)" if done.seconds else ""
        page.line(f"{count(done.read, 'report')} read{speed}: {', '.join(p for p in parts if p)}.")
        page.line(f"Found {count(done.encounters, 'encounter')} and {count(done.statements, 'statement')}.")
        if done.set_aside:
            page.line(f"{count(done.set_aside, 'report')} kept but not analysed; `communique status` says why.")
        page.line(f"Record: {one_line(path)}", "dim")
        sys.stdout.flush()  # what was done comes before what was refused, also where both go into one pipe
    for refusal in done.refusals[:_REFUSALS_SHOWN]:
        errors.print(Text(f"refused {one_line(refusal.where)}: {one_line(refusal.reason)}"))
    if done.refused > _REFUSALS_SHOWN:
        errors.line(f"and {done.refused - _REFUSALS_SHOWN:,} more; `communique status --json` lists them.")
