"""WHO MET WHOM: words of contact, the sides around them, what became of it."""

from __future__ import annotations

from communique.encounters.find import find
from communique.encounters.lexicon import gate_words

__all__ = ["find", "gate_words"]
