"""The options that commands share, each with its words once, and what they mean for the record to open."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple

import typer

from communique.records import ENCOUNTER_KINDS, ENCOUNTER_STATUSES, SPEECH_ACTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from communique.query import Filters
    from communique.record import Record
    from communique.settings import Settings

__all__ = [
    "JsonOption",
    "RecordOption",
    "Shell",
    "asking",
    "complete_gid",
    "complete_report",
    "complete_side",
    "filters",
    "opened",
    "settings",
]


class Shell(NamedTuple):
    """What was said before the command's name."""

    record: Path | None = None
    debug: bool = False


_NARROW = "Narrow the answer"


def _words(*known: str) -> Any:
    def complete(incomplete: str) -> list[str]:
        # The part after the last comma is completed, for options that take several.
        head, comma, last = incomplete.rpartition(",")
        return [f"{head}{comma}{word}" for word in known if word.startswith(last)]

    return complete


def _known(names: Callable[[Record], Iterable[str]]) -> Callable[[str], list[str]]:
    """Completion by names that the record in force knows; none where there is no record."""

    def complete(incomplete: str) -> list[str]:
        from communique.errors import CommuniqueError

        try:
            with opened(None, None) as record:
                found = set(names(record))
        except (CommuniqueError, OSError):
            return []  # a shell that waits for words is no place for an error
        begun = incomplete.casefold()
        return sorted(name for name in found if name.casefold().startswith(begun))

    return complete


complete_side = _known(lambda record: (side for entry in record.timeline() for side in entry.sides))
complete_gid = _known(lambda record: (entry.gid for entry in record.timeline()))
complete_report = _known(lambda record: (row["id"] for row in record.reports().rows()))


RecordOption = Annotated[
    Path | None,
    typer.Option(
        "--record",
        "-r",
        metavar="PATH",
        help="The record. Default: COMMUNIQUE_RECORD, else the file in your data folder.",
        dir_okay=False,
        show_default=False,
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", metavar="", help="JSON lines, one object a row, with nothing left out.")
]
ActorOption = Annotated[
    list[str] | None,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="A person or body, by (part of) the name or by id. Several: all must be there.",
        rich_help_panel=_NARROW,
    ),
]
SideOption = Annotated[
    list[str] | None,
    typer.Option(
        "--side",
        metavar="SIDE",
        help="A side: two letters of a country (RU, US), or EU, UN, NATO, ... Several: all must be there.",
        autocompletion=complete_side,
        rich_help_panel=_NARROW,
    ),
]
KindOption = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help=f"Kind of encounter: {', '.join(ENCOUNTER_KINDS)}. Several: any.",
        autocompletion=_words(*ENCOUNTER_KINDS),
        rich_help_panel=_NARROW,
    ),
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help=f"Status: {', '.join(ENCOUNTER_STATUSES)}. Several: any.",
        autocompletion=_words(*ENCOUNTER_STATUSES),
        rich_help_panel=_NARROW,
    ),
]
ActOption = Annotated[
    list[str] | None,
    typer.Option(
        "--act",
        metavar="ACT",
        help=f"Speech act: {', '.join(SPEECH_ACTS)}. Several: any.",
        autocompletion=_words(*SPEECH_ACTS),
        rich_help_panel=_NARROW,
    ),
]
ModeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--mode",
        metavar="MODE",
        help="direct (in quotation marks), indirect, or mixed.",
        autocompletion=_words("direct", "indirect", "mixed"),
        rich_help_panel=_NARROW,
    ),
]
SinceOption = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help="From this year, month or day on.", rich_help_panel=_NARROW),
]
UntilOption = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Up to this year, month or day.", rich_help_panel=_NARROW),
]
ForumOption = Annotated[
    str | None,
    typer.Option("--forum", metavar="NAME", help="A forum, by words of its name.", rich_help_panel=_NARROW),
]
PlaceOption = Annotated[
    str | None,
    typer.Option(
        "--place", metavar="NAME", help="A place, by words of its name or its country's code.", rich_help_panel=_NARROW
    ),
]
OutletOption = Annotated[
    str | None, typer.Option("--outlet", metavar="NAME", help="The outlet of the report.", rich_help_panel=_NARROW)
]
ReportOption = Annotated[
    str | None,
    typer.Option(
        "--report",
        metavar="ID",
        help="One report alone.",
        autocompletion=complete_report,
        rich_help_panel=_NARROW,
    ),
]
TextOption = Annotated[
    str | None,
    typer.Option("--text", metavar="WORDS", help="Words that the passages hold.", rich_help_panel=_NARROW),
]
LimitOption = Annotated[
    int | None,
    typer.Option("--limit", "-n", metavar="N", min=0, help="At most so many rows.", rich_help_panel=_NARROW),
]


_NARROWING: Final[dict[str, Any]] = {
    "actor": ActorOption,
    "side": SideOption,
    "kind": KindOption,
    "status": StatusOption,
    "act": ActOption,
    "mode": ModeOption,
    "since": SinceOption,
    "until": UntilOption,
    "forum": ForumOption,
    "place": PlaceOption,
    "outlet": OutletOption,
    "report": ReportOption,
    "text": TextOption,
    "limit": LimitOption,
}
"""Every option that narrows an answer: the fields of Filters, but for `offset`."""


def asking(*without: str, limit: int | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that narrow an answer, but for those named; it gets them as `wanted`, one Filters.

    `limit` is the default of --limit. Whatever all questions share is said once, here.
    """
    names = [name for name in _NARROWING if name not in without]

    def give(function: Callable[..., None]) -> Callable[..., None]:
        def command(**given: Any) -> None:
            wanted = filters(**{name: given.pop(name) for name in names})
            function(wanted=wanted, **given)

        space = vars(sys.modules[function.__module__])
        own = [
            p.replace(kind=p.KEYWORD_ONLY, annotation=eval(p.annotation, space))
            for p in inspect.signature(function).parameters.values()
            if p.name != "wanted"
        ]
        more = [
            inspect.Parameter(
                n, inspect.Parameter.KEYWORD_ONLY, default=limit if n == "limit" else None, annotation=_NARROWING[n]
            )
            for n in names
        ]
        # typer reads a command's options from its signature: arguments of its own first, --json and --record last.
        command.__signature__ = inspect.Signature([*own, *more])  # type: ignore[attr-defined]
        command.__annotations__ = {p.name: p.annotation for p in (*own, *more)}
        command.__name__, command.__doc__, command.__module__ = function.__name__, function.__doc__, function.__module__
        return command

    return give


def settings(ctx: typer.Context | None, record: Path | None, **given: object) -> Settings:
    """The settings in force: environment, then what came before the command's name, then the command's own."""
    from communique.settings import Settings

    shell = ctx.find_root().obj if ctx is not None else None
    path = record or (shell.record if isinstance(shell, Shell) else None)
    return Settings.load(record=str(path) if path else None, **given)


@contextmanager
def opened(ctx: typer.Context | None, record: Path | None, mode: Literal["r", "w"] = "r") -> Iterator[Record]:
    """The record in force, open; whoever only asks gets it read-only. Raises RecordError."""
    from communique.record import Record

    with Record.open(settings(ctx, record).record_path, mode) as found:
        yield found


def filters(**given: Any) -> Filters:
    """The filters of a command line. Raises BadFilter and BadDate."""
    from communique.query import Filters

    return Filters.of(**{name: value for name, value in given.items() if value not in (None, [], ())})
