"""The tables and cards of answers: one function for each kind of row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from communique.cli.inert import one_line
from communique.cli.output import STYLES, Column, Page, count, quote, shade
from communique.cli.words import BASES, SHORT, day, duration, joined, short, told_by, where, who
from communique.records import ACT_GROUPS

if TYPE_CHECKING:
    from communique.export import Manifest
    from communique.query import (
        AgendaItem,
        Change,
        DisagreementRow,
        Line,
        Mention,
        Said,
        SearchHit,
        Status,
        TimelineEntry,
    )
    from communique.records import Refusal

__all__ = [
    "agenda",
    "disagreement_card",
    "entry_card",
    "hit_card",
    "line_card",
    "manifest",
    "mention_card",
    "nothing",
    "reports",
    "statements",
    "status_page",
    "timeline",
]

_GROUP_OF_ACT: Final[dict[str, str]] = {act: group for group, acts in ACT_GROUPS.items() for act in acts}
_PASSAGES_SHOWN = 12


def nothing(page: Page, noun: str) -> None:
    """Say that there is no answer, which is an answer too."""
    page.line(f"No {noun} matches.", "dim")


def _stacked(*lines: Text | str) -> Text:
    return Text("\n").join(Text(line) if isinstance(line, str) else line for line in lines if line)


def _id(gid: str) -> Text:
    return Text(short(gid), style="dim")


# ---- timeline


def timeline(page: Page, entries: Iterable[TimelineEntry]) -> None:
    """One line of the record a row; in a narrow terminal the kind stands above the status, who above the id."""
    if page.is_wide:
        columns = [
            Column("Day", 11), Column("Kind", 7), Column("Status", 9), Column("Who", share=5),
            Column("Where", share=3), Column("Told by", 14), Column("Id", SHORT),
        ]  # fmt: skip
        page.table(columns, (_wide(e) for e in entries), airy=True)
        return
    columns = [
        Column("Day", 11),
        Column("What", 9),
        Column("Who", share=5),
        Column("Where", share=3),
        Column("Told by", 10),
    ]
    page.table(columns, (_narrow(e) for e in entries), airy=True)


def _wide(entry: TimelineEntry) -> list[Text]:
    return [
        day(entry.date, entry.date_basis), Text(entry.kind), shade(entry.status), _who_and_why(entry),
        where(entry.place, entry.country, entry.forum), _told(entry), _id(entry.gid),
    ]  # fmt: skip


def _narrow(entry: TimelineEntry) -> list[Text]:
    return [
        day(entry.date, entry.date_basis),
        _stacked(Text(entry.kind), shade(entry.status)),
        _stacked(_who_and_why(entry), _id(entry.gid)),
        where(entry.place, entry.country, entry.forum),
        _told(entry),
    ]


def _who_and_why(entry: TimelineEntry) -> Text:
    about = Text("about " + ", ".join(one_line(t) for t in entry.topics[:3]), style="dim") if entry.topics else ""
    return _stacked(who(entry.participants), about)


def _told(entry: TimelineEntry) -> Text:
    parts: list[Text | str] = [told_by(entry.reports, entry.origins).replace(", ", "\n")]
    parts += [Text(f"differ: {field}", style="bold yellow") for field in entry.disagreements]
    return _stacked(*parts)


def entry_card(page: Page, entry: TimelineEntry) -> None:
    """All that the record knows of one encounter."""
    page.print(
        _headline(entry.date, entry.kind, entry.status, where(entry.place, entry.country, entry.forum), entry.gid)
    )
    page.print(who(entry.participants, most=40), indent=2)
    facts: list[tuple[str, Text | str]] = []
    if entry.date_basis:
        facts.append(("day", BASES[entry.date_basis]))
    if entry.duration:
        facts.append(("lasted", duration(entry.duration)))
    if entry.topics:
        facts.append(("about", ", ".join(one_line(t) for t in entry.topics)))
    if entry.part_of:
        facts.append(("part of", one_line(entry.part_of)))
    said = count(entry.statements, "statement") + " made there" if entry.statements else ""
    facts.append(("told by", joined([told_by(entry.reports, entry.origins), said])))
    if entry.disagreements:
        facts.append(("differ on", Text(", ".join(entry.disagreements), style="bold yellow")))
    if len({(c.status, c.date) for c in entry.life}) > 1:
        facts.append(("life", _stacked(*_life(entry.life))))
    if entry.because:
        facts.append(("linked", _stacked(*(one_line(b) for b in entry.because[:_PASSAGES_SHOWN]))))
    page.facts(facts, indent=2)
    for passage in entry.evidence[:_PASSAGES_SHOWN]:
        _passage(page, passage.text, passage.report)
    if len(entry.evidence) > _PASSAGES_SHOWN:
        page.line(f"and {count(len(entry.evidence) - _PASSAGES_SHOWN, 'passage')} more (--json has all)", "dim", 2)
    page.line()


def _life(changes: Iterable[Change]) -> Iterable[Text]:
    """The steps from plan to outcome; reports that repeat a step are only counted."""
    for (status, date), group in groupby(changes, key=lambda c: (c.status, c.date)):
        first, *others = group
        known = f"reported {one_line(first.published)}" if first.published else "in an undated report"
        also = f" and {count(len(others), 'more report')}" if others else ""
        where_told = Text(f"{known} ({one_line(first.report)}{also})", style="dim")
        yield joined([shade(status), one_line(date) if date else "no date", where_told])


def _headline(date: str | None, kind: str, status: str, spot: Text, gid: str | None, note: str = "") -> Text:
    flat = Text(one_line(date)) if date else Text("no date", style="dim")
    flat.stylize("bold")
    parts: list[Text | str] = [flat, note, Text(kind, style="bold"), shade(status), spot]
    if gid:
        parts.append(_id(gid))
    return joined(parts)


def _passage(page: Page, words: str, label: str, indent: int = 2) -> None:
    page.print(quote(words), indent=indent)
    page.print(Text(f"- {one_line(label)}", style="dim"), indent=indent + 2)


def _origin(report: str, outlet: str | None, published: str | None) -> str:
    return ", ".join(one_line(p) for p in (report, outlet, published) if p)


def mention_card(page: Page, mention: Mention) -> None:
    """An encounter as one report tells it, with its words."""
    met = mention.encounter
    page.print(_headline(met.date, met.kind, met.status, where(met.place, met.country, met.forum), mention.gid))
    page.print(who(met.participants, most=40), indent=2)
    facts: list[tuple[str, Text | str]] = []
    if met.date_because:
        facts.append(("day", one_line(met.date_because)))
    if met.duration:
        facts.append(("lasted", duration(met.duration)))
    if met.topics:
        facts.append(("about", ", ".join(one_line(t) for t in met.topics)))
    if facts:
        page.facts(facts, indent=2)
    for n, passage in enumerate(met.evidence):
        if n == len(met.evidence) - 1:
            _passage(page, passage.text, f"{_origin(mention.report, mention.outlet, mention.published)}: {met.id}")
        else:
            page.print(quote(passage.text), indent=2)
    page.line()


# ---- statements


def statements(page: Page, said: Iterable[Said]) -> None:
    """One statement a row."""
    columns = [Column("Day", 11), Column("Act", 9), Column("Speaker", share=2), Column("What was said", share=5)]
    page.table(columns, (_statement(s) for s in said), airy=True)


def _statement(row: Said) -> list[Text]:
    said = row.statement
    act = _stacked(shade(said.act, _act_style(said.act)), Text(said.mode, style="dim"))
    to = Text(f"to {one_line(said.addressee)}", style="dim") if said.addressee else ""
    via = Text(f"by way of {one_line(said.relayed_by)}", style="dim") if said.relayed_by else ""
    words = Text(" … ").join(quote(p.text) for p in said.content)
    about = Text(f"about {one_line(said.about)}", style="dim") if said.about and said.about not in words.plain else ""
    at = f", at {short(row.gid)}" if row.gid else ""
    foot = Text(f"- {_origin(row.report, row.outlet, None)}: {said.id}{at}", style="dim")
    # Without a day of its own a statement is only known to have been made by the time it was reported.
    reported = _stacked(Text("reported", style="dim"), day(row.published)) if row.published else None
    when = day(said.date, said.date_basis) if said.date or not reported else reported
    return [when, act, _stacked(who(said.speakers), to, via), _stacked(words, about, foot)]


def line_card(page: Page, line: Line) -> None:
    """One issue: how the line stands, and each step with its words and reports."""
    days = line.first if line.first == line.last else f"{line.first} to {line.last}"
    page.print(joined([
        Text(one_line(line.issue), style="bold"), days or "no date", Text(line.state, style=STYLES.get(line.state, "")),
        f"silent on it since, in {count(line.silent, 'later statement')}" if line.silent else "",
    ]))  # fmt: skip
    for step in line.steps:
        told = step.said[0]
        head = [day(step.date), shade(step.act, _act_style(step.act)), who(told.statement.speakers)]
        if step.change in ("changed", "unchanged"):
            head.append(Text(step.change, style=STYLES.get(step.change, "dim")))
        page.print(joined(head), indent=2)
        more = f" and {count(len(step.said) - 1, 'more report')}" if len(step.said) > 1 else ""
        words = " … ".join(p.text for p in told.statement.content)
        _passage(page, words, f"{_origin(told.report, told.outlet, None)}: {told.statement.id}{more}", indent=4)
    page.line()


def _act_style(act: str) -> str:
    return STYLES.get(_GROUP_OF_ACT.get(act, ""), "")


# ---- agenda

_STATES: Final[dict[str, str]] = {
    "overdue": "Overdue on {day}: the day has passed, and no report says that it took place or was called off",
    "due": "Due after {day}",
    "open": "Open: no day is known",
}


def agenda(page: Page, items: Sequence[AgendaItem], as_of: str) -> None:
    """Plans under three headings: overdue, due, open."""
    order = {state: n for n, state in enumerate(_STATES)}
    for state, group in groupby(sorted(items, key=lambda i: order[i.state]), key=lambda i: i.state):
        heading = Text(_STATES[state].format(day=one_line(as_of)))
        heading.stylize(f"bold {STYLES[state]}")
        page.print(heading)
        page.line()
        for item in group:
            _plan_card(page, item)


def _plan_card(page: Page, item: AgendaItem) -> None:
    spot = where(item.place, item.country, item.forum)
    page.print(_headline(item.date, item.kind, item.status, spot, item.gid, note=_in_days(item.days)), indent=2)
    page.print(who(item.participants), indent=4)
    for proof in item.evidence[:1]:
        _passage(page, proof.text, proof.report, indent=4)
    page.line()


def _in_days(days: int | None) -> str:
    if days is None:
        return ""
    if days == 0:
        return "today"
    return f"in {count(days, 'day')}" if days > 0 else f"{count(-days, 'day')} ago"


# ---- disagreements and search


def disagreement_card(page: Page, row: DisagreementRow) -> None:
    """The field, why both cannot be right, and each value with the words of its reports."""
    head = joined([
        Text(f"differ: {row.field}", style="bold yellow"), Text(row.kind, style="bold"),
        one_line(row.date) if row.date else "no date", _id(row.gid),
    ])  # fmt: skip
    page.print(head)
    page.print(who(row.participants, most=40), indent=2)
    page.print(Text(one_line(row.because)), indent=2)
    for value in dict.fromkeys(v.value for v in row.values):
        shown = duration(value) if row.field == "duration" else one_line(value)
        page.print(Text(shown, style="bold"), indent=2)
        for told in (v for v in row.values if v.value == value):
            label = _origin(told.report, told.outlet, told.published)
            for passage in told.passages[:3] or ():
                _passage(page, passage.text, label, indent=4)
            if not told.passages:
                page.line(f"- {label}", "dim", 4)
    page.line()


def hit_card(page: Page, hit: SearchHit) -> None:
    """Where the words were found, with the words around them."""
    name = f"{hit.report}:{hit.id}" if hit.id else hit.report
    title = Text(one_line(hit.title), style="bold") if hit.title else ""
    page.print(
        joined([Text(hit.what), _origin(name, hit.outlet, hit.published), title, _id(hit.gid) if hit.gid else ""])
    )
    page.print(_highlighted(hit.snippet, hit.highlights), indent=2)
    page.line()


def _highlighted(snippet: str, spans: Iterable[tuple[int, int]]) -> Text:
    """The snippet with found words in brackets and bold: to be seen without colour too."""
    shown, at = Text(), 0
    for start, end in _joined_spans(snippet, spans):
        shown.append(_spaced(snippet[at:start])).append(f"[{one_line(snippet[start:end])}]", style="bold")
        at = end
    return shown.append(_spaced(snippet[at:]))


def _joined_spans(snippet: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those with only white space between them as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(s for s in spans if 0 <= s[0] < s[1] <= len(snippet)):
        if found and not snippet[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _spaced(words: str) -> str:
    """One line, with the spaces at the ends that join it to what stands beside it."""
    plain = one_line(words)
    return (" " if words[:1].isspace() else "") + plain + (" " if plain and words[-1:].isspace() else "")


# ---- reports, status, exports


def reports(page: Page, rows: Iterable[Mapping[str, Any]]) -> None:
    """One report a row."""
    rows = list(rows)
    width = min(max((len(row["id"]) for row in rows), default=2), page.width // 3)
    columns = [Column("Published", 11), Column("Id", width), Column("Outlet", share=2), Column("Title", share=5)]
    page.table(columns, (_report(row) for row in rows))


def _report(row: Mapping[str, Any]) -> list[Text]:
    note = f" (not analysed: {one_line(row['set_aside'])})" if row.get("set_aside") else ""
    title = Text(one_line(row.get("title") or "no title")).append(note, style="yellow")
    return [day(row.get("published")), Text(one_line(row["id"])), Text(one_line(row.get("outlet") or "")), title]


def status_page(page: Page, state: Status, refusals: Sequence[Refusal], current: str) -> None:
    """What the record holds, in numbers; `current` is the fingerprint of today's knowledge."""
    dated = f"{state.dated_share:.0%} of those analysed have a day" if state.dated_share is not None else ""
    period = f"{state.first} to {state.last}" if state.first and state.last else ""
    share = f"{state.parsed / state.sentences:.0%} parsed" if state.sentences else ""
    bases = ", ".join(f"{n:,} {BASES.get(basis, basis)}" for basis, n in sorted(state.bases.items()))
    languages = ", ".join(f"{one_line(name)} {n:,}" for name, n in sorted(state.languages.items()))
    page.facts([
        ("record", Text(one_line(state.path))),
        ("size", f"{state.bytes / 1e6:,.1f} MB, schema {state.schema}, by communique {one_line(state.program)}"),
        ("reports", joined([f"{state.reports:,}", count(state.origins, "origin"), period])),
        ("days", joined([dated, bases])),
        ("languages", languages),
        ("encounters", f"{state.encounters:,} from {count(state.mentions, 'mention')}"),
        ("statements", f"{state.statements:,}"),
        ("disagreements", f"{state.disagreements:,}"),
        ("passages", f"{state.passages:,}"),
        ("sentences", joined([f"{state.sentences:,}", share])),
        ("not understood", count(state.abstentions, "sentence")),
        ("near copies", count(state.near_copies, "pair")),
        ("not analysed", _reasons(state)),
        ("refused", f"{state.refused:,}"),
    ])  # fmt: skip
    for refusal in refusals[:_PASSAGES_SHOWN]:
        page.print(Text(f"refused {one_line(refusal.where)}: {one_line(refusal.reason)}", style="yellow"), indent=2)
    if len(refusals) > _PASSAGES_SHOWN:
        page.line(f"and {len(refusals) - _PASSAGES_SHOWN:,} more; --json lists them.", "dim", 2)
    older = sum(n for knowledge, n in state.knowledge.items() if knowledge != current)
    if older:
        were = f"{count(older, 'report')} {'was' if older == 1 else 'were'} analysed with other knowledge than today's"
        page.line(f"{were}; `communique reanalyse` brings them level.", "yellow")


def _reasons(state: Status) -> str:
    reasons = ", ".join(f"{n:,} {one_line(why)}" for why, n in sorted(state.set_aside_reasons.items()))
    return f"{state.set_aside:,}" + (f": {reasons}" if reasons else "")


def manifest(page: Page, written: Manifest, folder: Path) -> None:
    """What an export wrote."""
    page.print(Text(f"Written to {one_line(str(folder))} in the format {one_line(written.format)}:"))
    page.facts([(f.name, f"{count(f.rows, 'row')}, {f.bytes:,} bytes") for f in written.files], indent=2)
