"""What the journey knows: the language pipeline, the authority file and the gate made of every room's words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from communique import __version__, actors, encounters, statements
from communique.language import Gate, Parser
from communique.settings import Settings

if TYPE_CHECKING:
    from communique.actors import Authority
    from communique.language import SentenceSpan
    from communique.language.reading import Chooser

__all__ = ["Knowledge"]


class Knowledge:
    """Loaded once, handed to every `pipeline.analyse`; nothing in it changes while reports are read."""

    def __init__(self, authority: Authority, parser: Parser) -> None:
        self.authority = authority
        self.parser = parser

    @classmethod
    def load(cls, settings: Settings | None = None) -> Knowledge:
        """The knowledge that came with communique, under these settings. Raises KnowledgeError."""
        settings = settings or Settings.load()
        return cls(actors.load_authority(), Parser(settings.model))

    @cached_property
    def gate(self) -> Gate:
        """Every known actor, trigger and cue, looked for in one pass."""
        return Gate(
            {
                "trigger": encounters.gate_words(),
                "cue": statements.gate_words(),
                "actor": self.authority.gate_words(),
            }
        )

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the program's version, the language pipeline's name and every data file: two findings of one
        text with one fingerprint are equal."""
        digest = hashlib.sha256(f"{__version__}\n{self.parser.model}\n".encode())
        root = resources.files("communique").joinpath("data")
        with resources.as_file(root) as folder:
            for path in sorted(Path(folder).rglob("*")):
                # The sample reports are packed beside the knowledge in a wheel, and are none.
                if path.is_file() and path.suffix != ".py" and path.relative_to(folder).parts[0] != "examples":
                    digest.update(path.relative_to(folder).as_posix().encode())
                    digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    @staticmethod
    def chooser(scope: str) -> Chooser:
        """The rule that decides which sentences are worth a parse.

        With scope `all`, every sentence with a cue or a quotation. With `diplomacy`, the report as a whole must hold
        a known actor and either a trigger or a cue; then sentences with a trigger, a cue or a quotation are parsed.
        """
        return _everything if scope == "all" else _diplomacy


def _everything(spans: Sequence[SentenceSpan], labels: Sequence[set[str]], quoted: Sequence[bool]) -> Sequence[bool]:
    return [True] * len(spans)


def _diplomacy(spans: Sequence[SentenceSpan], labels: Sequence[set[str]], quoted: Sequence[bool]) -> Sequence[bool]:
    if not any("actor" in found for found in labels) or not any("trigger" in found for found in labels):
        return [False] * len(spans)
    return [bool(found & {"trigger", "cue"}) or quote for found, quote in zip(labels, quoted, strict=True)]
