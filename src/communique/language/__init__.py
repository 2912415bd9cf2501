"""PARSE: quotation marks, paragraphs and sentences of the raw text, the gate, and the parse of what passes it."""

from communique.language.gate import Gate, Mark
from communique.language.parser import Parser
from communique.language.quotes import Quotation, quotations
from communique.language.reading import Reading, Sentence, read
from communique.language.sentences import SentenceSpan, paragraphs, split

__all__ = [
    "Gate",
    "Mark",
    "Parser",
    "Quotation",
    "Reading",
    "Sentence",
    "SentenceSpan",
    "paragraphs",
    "quotations",
    "read",
    "split",
]
