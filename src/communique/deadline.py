"""A limit on how long something may run in this process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["TooLong", "within"]


class TooLong(Exception):
    """The time of a report is up."""


@contextmanager
def within(limit: float | None) -> Iterator[None]:
    """Raise TooLong in what runs longer than `limit` seconds.

    Only the main thread of a system with interval timers can be interrupted so; elsewhere nothing is limited.
    """
    if limit is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def up(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, up)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
