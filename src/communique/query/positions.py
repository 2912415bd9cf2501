"""Positions: what an actor said on an issue over time, from first to last, changed, unchanged or silent.

Statements are brought together by the words of what they are about. A stance is for something (asked for, proposed,
promised, agreed to, supported) or against it (rejected, denied); every other speech act tells, and takes none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from communique.query.filters import Filters
from communique.query.questions import statements
from communique.query.results import Results, Said
from communique.query.words import fold
from communique.store import Reader

__all__ = ["Change", "Line", "Step", "positions"]

Change: TypeAlias = Literal["first", "unchanged", "changed", "told"]
Stance: TypeAlias = Literal["for", "against"]
_STANCES: Final[dict[str, Stance]] = {
    **dict.fromkeys(("demand", "request", "propose", "promise", "agree", "support"), "for"),
    **dict.fromkeys(("reject", "deny"), "against"),
}
_STOP: Final = frozenset(
    "a an the and or but of to in on at for with by from as into over under about against between is are was were be "
    "been being has have had do does did will would shall should can could may might must not no nor it its this that "
    "these those he she they them his her their our your my we us you i who whom which what when where why how if than "
    "then there here also more most very all any some such own other another every each both only just still again "
    "further new first last next same day week month year time today now once two three one many much so too out up "
    "down off said say says told made make take part well way thing things nothing something issue issues matter "
    "matters question".split()
)
_ENDINGS: Final = re.compile(r"(?:ations?|ations|ings?|ments?|ities|ity|ies|ions?|ed|ers?|es|s|al|ly|y|e)$")
_STEM: Final = 4
_ABOUT: Final = 3.0
"""What a word of what a statement is about weighs, beside one that is only said."""
_ALIKE: Final = 0.34
"""Share of the lighter one's weight that two statements must have in common to be on one issue."""
_SAME: Final = 0.6
"""Share of words in common from which two statements of one day and act are one that several reports have."""


class Step(msgspec.Struct, frozen=True):
    """One statement on the line: its day, its act, the stance that this takes, and what that is to the stance before.

    `said` are the reports' tellings of it, the first to be used; each has its passages.
    """

    date: str | None
    act: str
    stance: Stance | None
    change: Change
    said: tuple[Said, ...]


class Line(msgspec.Struct, frozen=True):
    """What one actor said on one issue: from `first` to `last` (days, None where no day is known).

    `state`: "changed" if a stance differs from the one before, "unchanged" if several agree, "once" for a single one,
    "told" where no stance is taken. `silent` counts statements of the actor on other issues after `last`: 0 means that
    nothing was heard of the actor since, which is no silence on this issue.
    """

    issue: str
    first: str | None
    last: str | None
    state: Literal["changed", "unchanged", "once", "told"]
    silent: int
    steps: tuple[Step, ...]


def positions(reader: Reader, filters: Filters, issue: str | None = None) -> Results[Line]:
    """The lines of the actors of `filters`, those with most statements first; with `issue` the one that has its words.

    Raises BadFilter for an actor or side that the record does not know, or where neither is given.
    """
    from communique.errors import BadFilter

    if not filters.actor and not filters.side:
        raise BadFilter("positions are somebody's", where="actor", remedy="Name an actor or a side.")
    everything = msgspec.structs.replace(filters, limit=None, offset=0)
    said = sorted(statements(reader, everything), key=_when)
    weights = _weights(said)
    if issue is not None:
        wanted = set(_stems(issue))
        chosen = [s for s in said if wanted and wanted <= set(_stems(_all(s)))]
        groups = [chosen] if chosen else []
    else:
        groups = _grouped(said, weights)
    lines = [_line(issue or _named(group, weights), group, said) for group in groups]
    lines.sort(key=lambda line: (-len(line.steps), line.first is None, line.first or "", line.issue))
    end = None if filters.limit is None else filters.offset + filters.limit
    return Results(lines[filters.offset : end], len(lines))


# ---- words


def _stems(text: str) -> list[str]:
    return [_ENDINGS.sub("", w)[:12] if len(w) > _STEM + 1 else w for w in fold(text).split() if w not in _STOP]


def _all(said: Said) -> str:
    return " ".join([said.statement.about or "", *(p.text for p in said.statement.content)])


def _weights(said: Sequence[Said]) -> dict[str, float]:
    """How much a word says about the issue: words in most statements of an actor say little."""
    counts: Counter[str] = Counter()
    for one in said:
        counts.update(set(_stems(_all(one))))
    return {word: math.log((len(said) + 1) / n) for word, n in counts.items()}


def _vector(said: Said, weights: dict[str, float]) -> dict[str, float]:
    names = {stem for p in said.statement.speakers for stem in _stems(p.name)}
    out = {w: weights[w] for w in _stems(_all(said)) if w not in names}
    out.update((w, _ABOUT * weights[w]) for w in _stems(said.statement.about or "") if w in out)
    return out


def _alike(a: dict[str, float], b: dict[str, float]) -> float:
    shared = sum(min(a[w], b[w]) for w in a.keys() & b.keys())
    least = min(sum(a.values()), sum(b.values()))
    return shared / least if least else 0.0


def _grouped(said: Sequence[Said], weights: dict[str, float]) -> list[list[Said]]:
    """Statements on one issue together: each joins the group it is most like, in order of time, or begins one."""
    groups: list[list[Said]] = []
    vectors: list[dict[str, float]] = []
    where: dict[str, set[int]] = {}
    for one in said:
        vector = _vector(one, weights)
        near = sorted({g for word in vector for g in where.get(word, ())})
        best = max(near, key=lambda g: (_alike(vector, vectors[g]), -g), default=None)
        if best is None or _alike(vector, vectors[best]) < _ALIKE:
            best = len(groups)
            groups.append([])
            vectors.append({})
        groups[best].append(one)
        for word, weight in vector.items():
            vectors[best][word] = max(weight, vectors[best].get(word, 0.0))
            where.setdefault(word, set()).add(best)
    return groups


def _named(group: Sequence[Said], weights: dict[str, float]) -> str:
    """What the group is about, in a report's words: the telling that has most in common with the others."""
    abouts = [s.statement.about for s in group if s.statement.about]
    common = Counter(w for a in abouts for w in set(_stems(a)))
    if not abouts:
        return group[0].statement.content[0].text[:60] if group[0].statement.content else "?"
    return max(
        abouts, key=lambda a: (sum(common[w] - 1 + 0.01 * weights.get(w, 0) for w in set(_stems(a))), -len(a), a)
    )


# ---- the line


def _when(said: Said) -> tuple[bool, str, str, str]:
    return (_day(said) is None, _day(said) or "", said.report, said.statement.id)


def _day(said: Said) -> str | None:
    """The day of a statement: its own, else that of the report."""
    return said.statement.date or said.published


def _line(issue: str, group: Sequence[Said], everything: Sequence[Said]) -> Line:
    steps: list[Step] = []
    before: Stance | None = None
    for told in _told_alike(group):
        act = told[0].statement.act
        stance = _STANCES.get(act)
        change: Change = "told" if stance is None else "first" if before is None else "unchanged"
        if change == "unchanged" and stance != before:
            change = "changed"
        before = stance or before
        steps.append(Step(_day(told[0]), act, stance, change, tuple(told)))
    changes = [step.change for step in steps]
    days = [day for step in steps if (day := step.date) is not None]
    last = days[-1] if days else None
    held = {(s.report, s.statement.id) for s in group}
    later = sum(
        last is not None and (day := _day(s)) is not None and day[:10] > last and (s.report, s.statement.id) not in held
        for s in everything
    )
    state: Literal["changed", "unchanged", "once", "told"] = (
        "changed" if "changed" in changes else "unchanged" if "unchanged" in changes
        else "once" if "first" in changes else "told"
    )  # fmt: skip
    return Line(issue, days[0] if days else None, last, state, later, tuple(steps))


def _told_alike(group: Iterable[Said]) -> list[list[Said]]:
    """Statements in order of time; those of one day and act with mostly the same words are one."""
    found: list[list[Said]] = []
    for one in group:
        alike = (told for told in found if _is_same(told[0], one))
        known = next(alike, None)
        if known is None:
            found.append([one])
        else:
            known.append(one)
    return found


def _is_same(a: Said, b: Said) -> bool:
    if _day(a) != _day(b) or a.statement.act != b.statement.act:
        return False
    ours, theirs = (set(_stems(" ".join(p.text for p in one.statement.content))) for one in (a, b))
    return len(ours & theirs) >= _SAME * max(min(len(ours), len(theirs)), 1)
