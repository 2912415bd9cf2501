"""A report with its findings marked in the text, and beneath it the findings, the dating and what was left."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rich.text import Text

from communique.cli.inert import inert, one_line
from communique.cli.output import Column, Page, count, quote, shade
from communique.cli.words import BASES, day, duration, joined, short, where, who

if TYPE_CHECKING:
    from collections.abc import Mapping

    from communique.records import Encounter, Findings, Statement

__all__ = ["findings_page", "marked_text"]

_TAG_STYLES = {"e": "bold cyan", "s": "bold green", "?": "bold yellow"}


class Tag(NamedTuple):
    """A passage and the ids of the findings that rest on it."""

    start: int
    end: int
    label: str


def tags(findings: Findings) -> list[Tag]:
    """Passages of encounters, what was said in statements, and sentences that gave nothing (`?`), longest first."""
    labels: dict[tuple[int, int], list[str]] = {}
    for encounter in findings.encounters:
        for passage in encounter.evidence:
            labels.setdefault(passage.span, []).append(encounter.id)
    for statement in findings.statements:
        for passage in statement.content:
            labels.setdefault(passage.span, []).append(statement.id)
    for left in findings.abstentions:
        labels.setdefault(left.passage.span, []).append("?")
    found = [Tag(start, end, ",".join(dict.fromkeys(ids))) for (start, end), ids in labels.items()]
    return sorted(found, key=lambda t: (t.start, -t.end, t.label))


def marked_text(findings: Findings) -> Text:
    """The text with each passage between `[e1` and `e1]`: to be seen without colour, and where passages overlap too."""
    text, marks = findings.report.text, tags(findings)
    # (offset, closings before openings, inner closings first, the tag)
    events = [(t.end, 0, -t.start, t) for t in marks] + [(t.start, 1, n, t) for n, t in enumerate(marks)]
    bold = {p.span for s in findings.statements for p in (s.speaker_passage, s.cue) if p}
    shown, at = Text(), 0
    for offset, opening, _, tag in sorted(events, key=lambda e: e[:3]):
        shown.append_text(_words(text, at, offset, bold))
        style = _TAG_STYLES.get(tag.label[:1], "bold")
        shown.append(f"[{tag.label} " if opening else f" {tag.label}]", style=style)
        at = offset
    shown.append_text(_words(text, at, len(text), bold))
    return shown


def _words(text: str, start: int, end: int, bold: set[tuple[int, int]]) -> Text:
    """`text[start:end]`, inert, with the spans that lie in it underlined (speakers and reporting words)."""
    shown, at = Text(), start
    for left, right in sorted(span for span in bold if start <= span[0] and span[1] <= end):
        if left < at:
            continue
        shown.append(inert(text[at:left])).append(inert(text[left:right]), style="underline")
        at = right
    return shown.append(inert(text[at:end]))


def findings_page(
    page: Page,
    findings: Findings,
    *,
    gids: Mapping[str, str] | None = None,
    facts: list[tuple[str, str]] | None = None,
    with_text: bool = True,
) -> None:
    """Print one report: what it is, how it was dated, its marked text, its findings, and what was not understood."""
    report = findings.report
    page.print(
        joined([Text(one_line(report.id), style="bold"), *(one_line(v) for v in (report.outlet, report.url) if v)])
    )
    if report.title and not with_text:
        page.print(Text(one_line(report.title), style="bold"))
    dated = report.published
    basis = f"{one_line(dated.value)}, {BASES[dated.basis]}" if dated.value and dated.basis else "not known"
    lines = [f"{basis}: {one_line(dated.because)}", *(one_line(c) for c in dated.constraints if c != dated.because)]
    rows: list[tuple[str, Text | str]] = [("published", "\n".join(lines))]
    if report.furniture:
        reasons = Counter(f.reason for f in report.furniture)
        rows.append(("furniture", ", ".join(f"{n} × {one_line(reason)}" for reason, n in sorted(reasons.items()))))
    rows += facts or []
    rows.append(("parsed", f"{findings.parsed} of {count(findings.sentences, 'sentence')}"))
    page.facts(rows)
    if with_text:
        page.line()
        for paragraph in marked_text(findings).split("\n"):
            page.print(paragraph)
    _encounters(page, findings.encounters, gids or {})
    _statements(page, findings.statements)
    _left(page, findings)


def _heading(page: Page, words: str) -> None:
    page.line()
    page.line(words, "bold")


def _encounters(page: Page, encounters: tuple[Encounter, ...], gids: Mapping[str, str]) -> None:
    _heading(page, count(len(encounters), "encounter") if encounters else "No encounters")
    if not encounters:
        return
    columns = [Column("Id", 4), Column("Day", 11), Column("What", 9), Column("Who", share=4), Column("Where", share=3)]
    page.table(columns, (_encounter(e, gids.get(e.id)) for e in encounters), airy=True)


def _encounter(met: Encounter, gid: str | None) -> list[Text]:
    notes = [f"lasted {duration(met.duration)}" if met.duration else ""]
    notes += ["about " + ", ".join(one_line(t) for t in met.topics)] if met.topics else []
    notes += [f"day: {one_line(met.date_because)}"] if met.date_because else []
    notes += [f"in the record as {short(gid)}"] if gid else []
    who_and_notes = who(met.participants, most=20)
    for note in filter(None, notes):
        who_and_notes.append(f"\n{note}", style="dim")
    what = Text(met.kind + "\n") + shade(met.status)
    return [_id(met.id), day(met.date), what, who_and_notes, where(met.place, met.country, met.forum)]


def _id(name: str) -> Text:
    return Text(name, style=_TAG_STYLES.get(name[:1], "bold"))


def _statements(page: Page, statements: tuple[Statement, ...]) -> None:
    _heading(page, count(len(statements), "statement") if statements else "No statements")
    if not statements:
        return
    columns = [Column("Id", 4), Column("Act", 9), Column("Speaker", share=2), Column("What was said", share=4)]
    page.table(columns, (_statement(s) for s in statements), airy=True)


def _statement(said: Statement) -> list[Text]:
    words = Text(" … ").join(quote(p.text) for p in said.content)
    # What it is about is often part of what was said, and need not be said twice.
    about = said.about if said.about and said.about not in words.plain else None
    notes = [f"to {said.addressee}" if said.addressee else "", f"about {about}" if about else ""]
    notes += [f"at {said.at}" if said.at else "", f"by way of {said.relayed_by}" if said.relayed_by else ""]
    note = "; ".join(one_line(n) for n in notes if n)
    if note:
        words.append(f"\n{note}", style="dim")
    act = Text(said.act + "\n").append(said.mode, style="dim")
    return [_id(said.id), act, who(said.speakers), words]


def _left(page: Page, findings: Findings) -> None:
    if not findings.abstentions:
        return
    _heading(page, f"Not understood: {count(len(findings.abstentions), 'sentence')} that gave no record")
    for left in findings.abstentions:
        page.print(quote(left.passage.text), indent=2)
        page.print(Text(f"- {one_line(left.reason)}", style="dim"), indent=4)
