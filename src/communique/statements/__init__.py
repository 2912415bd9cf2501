"""WHO SAID WHAT: cues, content, speaker, speech act."""

from communique.statements.finder import find, gate_words

__all__ = ["find", "gate_words"]
