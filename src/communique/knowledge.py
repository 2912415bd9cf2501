"""What the journey knows: the language pipeline, the authority file and the gate made of every room's words."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from communique import __version__, actors, encounters, statements
from communique.errors import KnowledgeError
from communique.language import Gate, Parser
from communique.settings import Settings

if TYPE_CHECKING:
    from communique.actors import Authority
    from communique.language import SentenceSpan
    from communique.language.reading import Chooser

__all__ = ["Knowledge"]


class Knowledge:
    """Loaded once, handed to every `pipeline.analyse`; nothing in it changes while reports are read."""

    def __init__(self, authority: Authority, parser: Parser, own: bytes = b"") -> None:
        self.authority = authority
        self.parser = parser
        self._own = own

    @classmethod
    def load(cls, settings: Settings | None = None) -> Knowledge:
        """The knowledge that came with communique and the user's own actors, under these settings.

        Raises KnowledgeError.
        """
        settings = settings or Settings.load()
        return cls(actors.load_authority(settings.actors_path), Parser(settings.model), _own(settings))

    @classmethod
    def current(cls, settings: Settings | None = None) -> str:
        """The fingerprint of the knowledge under these settings, without loading it."""
        settings = settings or Settings.load()
        return _fingerprint(settings.model, _own(settings))

    @cached_property
    def gate(self) -> Gate:
        """Every known actor, trigger and cue, looked for in one pass."""
        return Gate(
            {
                "trigger": encounters.gate_words(),
                "cue": statements.gate_words(),
                "actor": self.authority.gate_words(),
                "official": chain(actors.office_words(), self.authority.gate_names()),
            },
            exact={"actor": self.authority.gate_acronyms()},
        )

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the program's version, the language pipeline's name, every data file and the user's own actors:
        two findings of one text with one fingerprint are equal."""
        return _fingerprint(self.parser.model, self._own)

    @staticmethod
    def chooser(scope: str) -> Chooser:
        """The rule that decides which sentences are worth a parse.

        With scope `all`, every sentence. With `diplomacy`, the report as a whole must name an official and another
        official or body (or four bodies), and have a trigger beside one of them, or a cue where bodies are named too;
        then sentences with a trigger, a cue or a quotation are parsed.
        """
        return _everything if scope == "all" else _diplomacy


def _own(settings: Settings) -> bytes:
    """The user's own actors as they stand in their file; nothing where there is no file."""
    try:
        return settings.actors_path.read_bytes()
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not settings.actors:
            return b""
        raise KnowledgeError(
            f"it cannot be read ({error.strerror})",
            where=str(settings.actors_path),
            remedy="Let communique read the file, or name another in the setting actors.",
        ) from error


def _fingerprint(model: str, own: bytes) -> str:
    digest = hashlib.sha256(f"{__version__}\n{model}\n".encode())
    root = resources.files("communique").joinpath("data")
    with resources.as_file(root) as folder:
        for path in sorted(Path(folder).rglob("*")):
            # The sample reports are packed beside the knowledge in a wheel, and are none.
            if path.is_file() and path.suffix != ".py" and path.relative_to(folder).parts[0] != "examples":
                digest.update(path.relative_to(folder).as_posix().encode())
                digest.update(path.read_bytes())
    if own:
        digest.update(b"own" + own)
    return digest.hexdigest()[:16]


def _everything(spans: Sequence[SentenceSpan], marks: Sequence[Counter[str]], quoted: Sequence[bool]) -> Sequence[bool]:
    return [True] * len(spans)


def _diplomacy(spans: Sequence[SentenceSpan], marks: Sequence[Counter[str]], quoted: Sequence[bool]) -> Sequence[bool]:
    named = [bool(found["actor"] or found["official"]) for found in marks]
    actors_named = sum(found["actor"] for found in marks)
    officials_named = sum(found["official"] for found in marks)
    engaged = any(who and found["trigger"] for who, found in zip(named, marks, strict=True))
    voiced = any(who and found["cue"] for who, found in zip(named, marks, strict=True))
    if not (
        (engaged and officials_named and actors_named + officials_named >= 2)
        or (engaged and actors_named >= 4)
        or (voiced and officials_named and actors_named >= 2)
    ):
        return [False] * len(spans)
    return [bool(f["trigger"] or f["cue"]) or quote for f, quote in zip(marks, quoted, strict=True)]
