"""The front door for one text: clean it, analyse it, without a record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from communique import pipeline
from communique.cleaning import clean
from communique.errors import UnreadableReport
from communique.intake import RawReport
from communique.knowledge import Knowledge
from communique.records import Findings, Refusal
from communique.settings import Settings

if TYPE_CHECKING:
    from communique.dates import DayBound

__all__ = ["analyse", "default_knowledge"]


@lru_cache(maxsize=1)
def default_knowledge() -> Knowledge:
    """The knowledge under the settings of the environment, loaded once a process."""
    return Knowledge.load(Settings.load())


def analyse(
    text: str,
    published: str | None = None,
    *,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    id: str | None = None,
    scope: pipeline.Scope = "diplomacy",
    knowledge: Knowledge | None = None,
    bounds: Sequence[DayBound] = (),
) -> Findings:
    """What one report says.

    `text` is plain text or HTML as it came; `published` an EDTF day, if it is known for certain, `bounds` what else is
    known of that day. Offsets in the findings count in `findings.report.text`, the cleaned text. Raises
    UnreadableReport if it is no report.
    """
    markup = text.lstrip()[:200].lower()
    is_page = markup.startswith(("<!doctype html", "<html", "<?xml")) or "<body" in markup
    raw = RawReport(
        id=id,
        text=None if is_page else text,
        html=text if is_page else None,
        title=title,
        outlet=outlet,
        url=url,
        published=published,
    )
    report = clean(raw)
    if isinstance(report, Refusal):
        raise UnreadableReport(report.reason, where=report.where, remedy="Give the words of a news report.")
    return pipeline.analyse(report, knowledge or default_knowledge(), scope=scope, bounds=bounds)
