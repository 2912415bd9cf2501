"""A small record for questions: a plan and its outcome, a disagreement, a copy, another language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.intake import RawReport
from communique.record import Record
from tests.store.making import kept

FILLER = (
    "Rain fell on the market while the river rose and the music in the garden played on into the summer evening, and "
    "nobody who had come by boat from the harbour to the museum wished to leave before the last song was over."
)
REPORTS = (
    RawReport(
        id="plan", outlet="Daily Example", title="Ministers to meet", published="2021-02-20", path="plan.txt",
        text="On 2021-03-03 Ana Horvat (HR) and Leif Dahl (NO) met in Vienna [scheduled meeting].",
    ),
    RawReport(
        id="held", outlet="The Outlet", published="2021-03-04", path="held.txt", url="https://example.org/held",
        text="On 2021-03-03 Ana Horvat (HR) and Leif Dahl (NO) met in Vienna for PT1H [held meeting].\n"
        "Leif Dahl (NO) rejected: the border treaty is open. Ana Horvat (HR) demanded: a new border.\n"
        f"Somebody met somebody. {FILLER}",
    ),
    RawReport(
        id="held-too", published="2021-03-05", path="other.txt",
        text="On 2021-03-03 Ana Horvat (HR) and Leif Dahl (NO) met in Vienna for PT7H [held meeting].",
    ),
    RawReport(
        id="copy", outlet="Copyist", published="2021-03-05", path="copy.txt",
        text="On 2021-03-03 Ana Horvat (HR) and Leif Dahl (NO) met in Vienna for PT1H [held meeting].\n"
        "Leif Dahl (NO) rejected: the border treaty is open. Ana Horvat (HR) demanded: a new border.\n"
        f"Somebody met somebody. {FILLER} So it was.",
    ),
    RawReport(
        id="late", published="2021-03-06", path="late.txt",
        text="On 2021-05 Mia Berg (SE) and Leif Dahl (NO) met in Oslo [scheduled talks].\n"
        "On some-day Mia Berg (SE) and Juan Soto (CL) met [proposed visit].\n"
        "On 2021-02-01 Rosa Lima (PE) and Pavel Novak (CZ) met in Lima [held call].",
    ),
    RawReport(id="fremd", text="Ein Bericht über nichts.", language="de", path="fremd.txt"),
)  # fmt: skip


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the record is."""

    return kept(tmp_path_factory.mktemp("query") / "a.record", REPORTS)


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    """The record, open for reading."""
    with Record.open(path) as record:
        yield record
