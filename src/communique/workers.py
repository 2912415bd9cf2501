"""A pool of spawned processes that analyse reports, one maths thread each; results come back in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from communique.records import Findings, Refusal

__all__ = ["Analyse"]

Analyse: TypeAlias = Callable[[], Callable[[Any], Findings | Refusal]]
"""Called once in each worker; what it returns is called with each raw report."""
