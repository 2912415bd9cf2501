"""KEEP: one SQLite file, its schema and migrations, writer, reader, verification."""

from communique.store.verify import Failure

__all__ = ["Failure"]
