"""OUT: the command line. Thin: it asks the library, and shows the answer in words, tables or JSON lines."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command line with the arguments of the process; leaves with the exit code of errors.py."""
    from communique.cli.app import run

    run()
