"""One text at a time: `analyse` without a record, `report` and `reports` from one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli import options as o

if TYPE_CHECKING:
    from collections.abc import Iterator

    from communique.query import Filters
    from communique.records import Findings
    from communique.settings import Settings

__all__ = ["analyse", "report", "reports"]


def analyse(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Text, HTML, JSON or JSON lines; - is standard input.")],
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DAY", help="When it was published, if you know; else it is worked out."),
    ] = None,
    text: Annotated[
        bool, typer.Option("--text/--no-text", metavar="", help="Show the text with its findings marked.")
    ] = True,
    json: o.JsonOption = False,
) -> None:
    """What one text says, without a record: who met whom, who said what, and the words that show it."""
    from communique.settings import Settings

    found = _findings(file, published, Settings.load())
    from communique.cli import output

    if json:
        from communique.export import document

        output.print_json(map(document, found), flush=True)
        return
    from communique.cli.marked import findings_page

    page = output.Page()
    for n, findings in enumerate(found):
        if n:
            page.line()
        findings_page(page, findings, with_text=text)


def _findings(file: str, published: str | None, settings: Settings) -> Iterator[Findings]:
    """The findings of every report in `file`; UnreadableReport for the first that is none, BadDate for a bad day."""
    from msgspec import structs

    from communique import intake
    from communique.errors import UnreadableReport
    from communique.records import Refusal

    if published is not None:
        o.filters(since=published)
    if file != "-" and Path(file).is_dir():
        raise UnreadableReport(
            "it is a folder", where=file, remedy="`communique ingest` reads folders, `communique analyse` one file."
        )
    for raw in intake.read([file], max_chars=settings.max_report_chars):
        if isinstance(raw, Refusal):
            raise UnreadableReport(raw.reason, where=raw.where)
        yield _findings_of(structs.replace(raw, published=published) if published else raw)


def _findings_of(raw: object) -> Findings:
    from communique import pipeline
    from communique.analysis import default_knowledge
    from communique.cleaning import clean
    from communique.errors import UnreadableReport
    from communique.intake import RawReport
    from communique.records import Refusal

    assert isinstance(raw, RawReport)
    cleaned = clean(raw)
    if isinstance(cleaned, Refusal):
        raise UnreadableReport(cleaned.reason, where=cleaned.where)
    return pipeline.analyse(cleaned, default_knowledge())


def report(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The report's id; its start is enough where it is unique.",
            autocompletion=o.complete_report,
        ),
    ],
    text: Annotated[
        bool, typer.Option("--text/--no-text", metavar="", help="Show the text with its findings marked.")
    ] = True,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """One report: its text with the findings marked, how its day was found, and what was not understood."""
    with o.opened(ctx, record) as found:
        view = found.report(name)
    from communique.cli import output

    if json:
        from communique.export import document

        more = {"origin": view.origin, "copies": view.copies, "gids": view.gids, "set_aside": view.set_aside}
        output.print_json([document(view.findings) | more])
        return
    from communique.cli.inert import one_line
    from communique.cli.marked import findings_page

    facts = []
    if view.findings.report.path:
        facts.append(("file", one_line(view.findings.report.path)))
    if view.copies:
        facts.append(("copies", ", ".join(view.copies)))
    if view.set_aside:
        facts.append(("not analysed", one_line(view.set_aside)))
    findings_page(output.Page(), view.findings, gids=view.gids, facts=facts, with_text=text)


@o.asking("report")
def reports(
    ctx: typer.Context,
    wanted: Filters,
    json: o.JsonOption = False,
    record: o.RecordOption = None,
) -> None:
    """The reports of the record, with their day, outlet and title."""
    with o.opened(ctx, record) as found:
        rows = found.reports(wanted)
    from communique.cli import output, tables

    if json:
        output.print_json(rows)
        return
    page = output.Page()
    if not rows:
        tables.nothing(page, "report")
        return
    tables.reports(page, rows.rows())
    page.more(len(rows), rows.total, "report")
