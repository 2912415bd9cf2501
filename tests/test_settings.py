"""Settings come from the environment, and arguments override it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from communique.errors import InputError
from communique.settings import SETTINGS, Settings


def test_defaults_are_those_that_the_list_shows() -> None:
    """The list of settings and the class agree on names and defaults."""
    shown = {s.name: s.default for s in SETTINGS}
    held = {f.name: str(getattr(Settings(), f.name)) for f in msgspec.structs.fields(Settings)}
    assert shown == held


def test_the_environment_sets_and_arguments_override(monkeypatch: pytest.MonkeyPatch) -> None:
    """COMMUNIQUE_JOBS is read as a number; a keyword wins over it; None does not."""
    monkeypatch.setenv("COMMUNIQUE_JOBS", "3")
    assert Settings.load().jobs == 3
    assert Settings.load(jobs=5, record=None).jobs == 5


def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that is none gives an input error, not a traceback from elsewhere."""
    monkeypatch.setenv("COMMUNIQUE_JOBS", "many")
    with pytest.raises(InputError, match="wrong type"):
        Settings.load()


def test_the_record_stands_in_the_users_data_folder_unless_told(tmp_path: Path) -> None:
    """Without a setting the record is in the data folder of the user; with one it is there."""
    assert Settings().record_path.name == "record.sqlite"
    assert Settings(record=str(tmp_path / "r.sqlite")).record_path == tmp_path / "r.sqlite"
