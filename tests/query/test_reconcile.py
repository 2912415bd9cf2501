"""A log of trips against the record: has, planned, disagrees or lacks, with the encounters it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.actors import load_authority
from communique.errors import InputError
from communique.intake import RawReport
from communique.query.travel_log import LoggedTrip, read_log
from communique.record import Record
from tests.store.making import kept

TOLD = (
    "On 2021-03-03 Ana Horvat (HR) and Leif Dahl (NO) met in Oslo [held meeting].",
    "On 2021-04-10 Ana Horvat (HR) and Mia Berg (SE) met in Stockholm [scheduled meeting].",
    "On 2021-05-20 Ana Horvat (HR) and Rosa Lima (PE) met in Lima [cancelled meeting].",
    "On 2021-06-12 Ana Horvat (HR) and Pavel Novak (CZ) met in Prague [held meeting].",
    "On 2021-08-01 Ana Horvat (HR) and Leif Dahl (NO) met in Oslo [held call].",
    "On 2021 Ana Horvat (HR) and Juan Soto (CL) met in Santiago [held meeting].",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with six encounters of one minister."""
    raws = (RawReport(id=f"r{n}", published="2021-12-01", path=f"{n}.txt", text=text) for n, text in enumerate(TOLD))
    return kept(tmp_path_factory.mktemp("reconcile") / "a.record", raws)


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    """The record, open for reading."""
    with Record.open(path) as record:
        yield record


def log(folder: Path, *rows: str, head: str = "name,start,end,country,place,remarks,log") -> Path:
    """A CSV file with these rows."""
    where = folder / "log.csv"
    where.write_text("\n".join([head, *rows]), encoding="utf-8")
    return where


@pytest.mark.parametrize(
    ("row", "state", "because"),
    [
        ("Ana Horvat,2021-03-02,2021-03-04,Norway,Oslo,,", "has", ""),
        ("Foreign Minister A. Horvat,2021-03-03,,Norway,Oslo,,", "has", ""),
        ("Ana Horvat,2021-04-09,2021-04-10,Sweden,Stockholm,,", "planned", "no report says that it took place"),
        ("Ana Horvat,2021-05-20,,Peru,Lima,,", "disagrees", "cancelled"),
        ("Ana Horvat,2021-06-08,2021-06-10,Czech Republic,Prague,,", "disagrees", "dates it 2021-06-12"),
        ("Ana Horvat,2021-08-01,,Norway,Oslo,,", "lacks", "no encounter"),
        ("Ana Horvat,2021-10-01,2021-10-02,Chile,Santiago,,", "lacks", "no encounter"),
        ("Vera Horvat,2021-03-03,,Norway,Oslo,,", "lacks", "not in it"),
        ("Ana Horvat,2021-03-03,,Croatia,Norway,,visits", "has", ""),
        ("Ana Horvat,2021-03-03,,Peru,Norway,,visits", "lacks", "no encounter"),
    ],
)
def test_each_trip_has_a_state(record: Record, tmp_path: Path, row: str, state: str, because: str) -> None:
    """A call is no trip, a year says nothing on some days of it, a guest of another side is somebody else."""
    (found,) = record.reconcile(log(tmp_path, row)).trips
    assert found.state == state
    assert because in " ".join(found.because)
    assert bool(found.encounters) == (state != "lacks")


def test_another_trip_of_the_log_takes_its_own_encounter(record: Record, tmp_path: Path) -> None:
    """An encounter two days after a trip is no disagreement where the log has a trip of that day too."""
    rows = ("Ana Horvat,2021-06-08,2021-06-10,Czechia,,,", "Ana Horvat,2021-06-12,,Czechia,,,")
    first, second = record.reconcile(log(tmp_path, *rows)).trips
    assert (first.state, second.state) == ("lacks", "has")


def test_bad_rows_are_refused_alone(record: Record, tmp_path: Path) -> None:
    """Each row that is no trip is named with its line and reason; the others are answered."""
    rows = (
        ",2021-03-03,,Norway,,,", "Ana Horvat,3 March,,Norway,,,", "Ana Horvat,2021-03-03,2021-03-01,Norway,,,",
        "Ana Horvat,2021-03-03,,Nowhere,,,", "Ana Horvat,2021-03-03,,Norway,,,sideways",
        "Ana Horvat,2021-03-03,,Norway,,,",
    )  # fmt: skip
    result = record.reconcile(log(tmp_path, *rows))
    assert [r.state for r in result.trips] == ["has"]
    assert [r.where.rsplit(":", 1)[1] for r in result.refusals] == ["2", "3", "4", "5", "6"]
    reasons = [r.reason for r in result.refusals]
    for reason, word in zip(reasons, ("name", "not a day", "before it begins", "no country", "sideways"), strict=True):
        assert word in reason


def test_json_lines_are_logs_too(tmp_path: Path) -> None:
    """JSON lines with the same names; a line that is no object is refused."""
    where = tmp_path / "log.jsonl"
    row = {
        "id": "t1",
        "name": "Ana Horvat",
        "start": "2021-03-02",
        "end": "2021-03-04",
        "country": "Korea, Republic of",
    }
    where.write_text(json.dumps(row) + "\n\n[1]\n{\n", encoding="utf-8")
    trips, refused = read_log(where, load_authority())
    assert trips == [
        LoggedTrip("t1", "travels", "Ana Horvat", "2021-03-02", "2021-03-04", "KR", None, "Korea, Republic of")
    ]
    assert [r.where.rsplit(":", 1)[1] for r in refused] == ["3", "4"]


def test_a_file_that_is_no_log_says_what_is_missing(record: Record, tmp_path: Path) -> None:
    """Columns that are needed, and a file that is not there, are errors of the whole."""
    with pytest.raises(InputError, match="no column name"):
        record.reconcile(log(tmp_path, "x", head="who,start,country"))
    with pytest.raises(InputError, match="cannot be read"):
        record.reconcile(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Germany, Federal Republic of", "DE"), ("Denmark (Greenland)", "DK"), ("no", "NO"), ("U.S.S.R.", "SU"),
        ("Democratic Republic of the Congo (Zaire)", "CD"), ("Vatican City", "VA"), ("Türkiye", "TR"),
    ],
)  # fmt: skip
def test_countries_are_read_as_logs_write_them(tmp_path: Path, name: str, side: str) -> None:
    """Turned round after a comma, with a part in brackets, as a code."""
    where = log(tmp_path, f'Ana Horvat,1985-03-03,,"{name}",,,')
    trips, refused = read_log(where, load_authority())
    assert not refused
    assert trips[0].host == side
