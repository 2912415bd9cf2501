"""The command line put together: its commands, its global options, and what it says when something is wrong."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from communique.cli import actors as who
from communique.cli import ask, care, demo, ingest, keep, look
from communique.cli.options import Shell
from communique.cli.reconcile import reconcile
from communique.errors import CommuniqueError

__all__ = ["app", "run"]

INTERRUPTED = 130
BROKEN_PIPE = 141
FAULT = 70

_EPILOG = (
    "Exit codes: 0 fine, 1 a check failed (verify, or an ingest that refused something), 2 wrong usage or input, "
    "3 the record, 4 a data file, 5 no such id, 70 a fault of communique, 130 interrupted."
)


class Commands(TyperGroup):
    """Commands whose errors come out as one message, with the exit code that errors.py gives them."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an error of ours becomes a message on stderr. With --debug the traceback is shown."""
        try:
            return super().invoke(ctx)
        except CommuniqueError as error:
            if _debug(ctx):
                raise
            _complain(error)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            typer.echo("Interrupted.", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _nobody_reads()
            raise typer.Exit(BROKEN_PIPE) from None
        except Exception as error:
            if _debug(ctx) or isinstance(error, (typer.Exit, typer.Abort)) or _is_usage(error):
                raise
            _fault(error)
            raise typer.Exit(FAULT) from None


def _nobody_reads() -> None:
    """The reader of our output has gone (`communique timeline | head`): nobody is left to tell."""
    # Python flushes at its end, and would then complain about the pipe itself.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _debug(ctx: Any) -> bool:
    return isinstance(ctx.obj, Shell) and ctx.obj.debug


def _is_usage(error: Exception) -> bool:
    # typer brings its own click, whose errors it formats itself; all of them have a `format_message`.
    return hasattr(error, "format_message")


def _complain(error: CommuniqueError) -> None:
    from communique.cli.inert import inert

    head = f"{error.where}: {error.what}" if error.where else error.what
    typer.secho("Error: ", fg="red", bold=True, err=True, nl=False)
    typer.echo(inert(head).rstrip(".") + ".", err=True)
    if error.remedy:
        typer.echo(inert(error.remedy), err=True)


def _fault(error: Exception) -> None:
    from communique.cli.inert import one_line

    typer.secho("Error: ", fg="red", bold=True, err=True, nl=False)
    typer.echo(f"communique has a fault: {type(error).__name__}: {one_line(str(error))}", err=True)
    typer.echo("Run it again as `communique --debug ...` to see where, and please tell its makers.", err=True)


app = typer.Typer(
    name="communique",
    cls=Commands,
    help="Keep the diplomatic record: who met whom, who said what, and the exact words that prove it.",
    epilog=_EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(value: bool) -> None:
    if value:
        from communique import __version__

        typer.echo(f"communique {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    ctx: typer.Context,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record",
            "-r",
            metavar="PATH",
            show_default=False,
            help="The record. Default: COMMUNIQUE_RECORD, else the file in your data folder.",
        ),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", metavar="", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool,
        typer.Option("--version", metavar="", help="Show the version and leave.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    ctx.obj = Shell(record, debug)


for panel, commands in (
    ("Put in", (ingest.ingest, ingest.reanalyse, look.analyse)),
    (
        "Ask",
        (
            ask.timeline,
            ask.encounters,
            ask.statements,
            ask.positions,
            ask.agenda,
            ask.disagreements,
            ask.search,
            look.report,
            look.reports,
        ),
    ),
    ("Check and hand on", (keep.verify, keep.status, reconcile, keep.export)),
    ("Look after", (care.doctor, care.backup, keep.settings, demo.demo)),
):
    for command in commands:
        app.command(rich_help_panel=panel)(command)


app.add_typer(who.actors, rich_help_panel="Who is who")


def run() -> NoReturn:
    """Run with the arguments of the process and leave with the exit code."""
    # A terminal that cannot show a letter gets an escape instead of a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    finally:
        # What is left in the buffer is written here, while a reader that has gone can still be told from a fault.
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            _nobody_reads()
            sys.exit(BROKEN_PIPE)
    sys.exit(0)
