"""EDTF values and the days that they cover."""

from __future__ import annotations

import doctest

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import dates
from communique.dates import address, makers, meaning, offsets
from communique.dates import edtf as own


@pytest.mark.parametrize("module", [own, address, makers, meaning, offsets])
def test_doctests(module: object) -> None:
    """The examples in the docstrings hold."""
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2022-01-10", ("2022-01-10", "2022-01-10")),
        ("2022-02", ("2022-02-01", "2022-02-28")),
        ("2022", ("2022-01-01", "2022-12-31")),
        ("199X", ("1990-01-01", "1999-12-31")),
        ("18XX", ("1800-01-01", "1899-12-31")),
        ("2022-21", ("2022-03-01", "2022-05-31")),
        ("2022-24", ("2022-12-01", "2023-02-28")),
        ("2022-01-10/2022-01-13", ("2022-01-10", "2022-01-13")),
        ("2021-12/2022-02", ("2021-12-01", "2022-02-28")),
        ("2022~", ("2022-01-01", "2022-12-31")),
        ("2022-01-10T18:00:00Z", ("2022-01-10", "2022-01-10")),
        ("2022-01-XX", ("2022-01-01", "2022-01-31")),
        ("XXXX-01-10", None),
        ("2022-02-30", None),
        ("2022-01-10/..", None),
        ("2022-01-13/2022-01-10", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days(value: str, days: tuple[str, str] | None) -> None:
    """Each value covers its days; a value without a year or an end covers none."""
    assert dates.days(value) == days


@pytest.mark.parametrize("value", ["2022-02-30", "2022-13", "XXXX", "yesterday", "XXXX-02-30", "2022/", "2022-01/2021"])
def test_refused(value: str) -> None:
    """What is no date is not valid."""
    assert not dates.valid(value)


def test_comparing() -> None:
    """Values are compared by the days they share; without days nothing is known."""
    assert dates.inside("2022-01-10", "2022-01")
    assert not dates.inside("2022-01", "2022-01-10")
    assert dates.overlap("2022-01-10/2022-01-13", "2022-01-13")
    assert not dates.overlap("2022-01-10", "XXXX-01-10")
    assert dates.meet("2022-01", "2022-01-20/2022-02-03") == "2022-01-20/2022-01-31"
    assert dates.meet("2022-01", "2022-03") is None
    assert dates.precision("2022-02") == 28
    assert dates.precision(None) is None


@given(st.dates(), st.dates())
def test_interval_round_trip(a: object, b: object) -> None:
    """The value made of two days covers exactly these days and is good EDTF."""
    first, last = sorted([a, b])  # type: ignore[type-var]
    value = own.interval(first, last)
    assert own.bounds(value) == (first, last)
    edtf.parse_edtf(value)
