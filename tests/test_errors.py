"""Errors say what was wrong, where, and what to do."""

from __future__ import annotations

import pickle

import pytest

from communique import errors


def test_an_error_says_what_where_and_what_to_do() -> None:
    """The message has the place, the fault and the remedy, in this order."""
    error = errors.NoRecord("there is no record", where="a.sqlite", remedy="Run `communique ingest`.")
    assert str(error) == "a.sqlite: there is no record. Run `communique ingest`."


@pytest.mark.parametrize("name", [n for n in errors.__all__ if n != "CommuniqueError"])
def test_every_error_is_of_one_family_and_survives_a_process_border(name: str) -> None:
    """Each error is a CommuniqueError, has a non-zero exit code, and can be pickled whole."""
    kind = getattr(errors, name)
    error = kind("it broke", where="here", remedy="Mend it.")
    assert isinstance(error, errors.CommuniqueError)
    assert error.exit_code > 0
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert (again.what, again.where, again.remedy) == ("it broke", "here", "Mend it.")


def test_the_drawn_tree_names_every_error() -> None:
    """The picture at the top of the module is whole."""
    assert errors.__doc__ is not None
    for name in errors.__all__:
        assert name in errors.__doc__
