"""Analyse reports in this process or in a pool of spawned ones, results in the order of the reports.

`nlp.pipe(n_process=…)` ships parsed documents between processes and is much slower than one process; handing over the
raw report and taking back its findings scales with the cores (33.5k tokens a second on one, 65.4k on two), if each
worker's maths keeps to one thread.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import msgspec

from communique.deadline import TooLong, within
from communique.errors import CommuniqueError, UnreadableReport
from communique.intake import RawReport
from communique.records import Dating, Findings, Refusal, Report
from communique.settings import Settings

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from communique.dates import DayBound

__all__ = ["Analyse", "Analyser", "InProcess", "Pool", "analyser", "set_aside"]

Run: TypeAlias = Callable[..., Findings | Refusal]
Analyse: TypeAlias = Callable[[], Run]
"""Called once in each worker; what it returns is called with each raw report. The attribute `fingerprint` of what it
returns, where there is one, says which knowledge it uses; where it has a true attribute `settles`, it also takes
bounds on the report's day as a second argument."""
Item: TypeAlias = RawReport | Refusal

_AHEAD: Final = 6
"""Reports a worker has in hand, so that it need not wait while this process writes a batch."""
_WINDOW: Final = 8
"""Times `_AHEAD` reports for each worker may be done and waiting for one before them."""
LIMIT: Final = 300.0
"""Seconds that the analysis of one report may take; the longest of 456 real reports took two."""
_THREADS: Final = (
    "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)  # fmt: skip


def set_aside(report: Report) -> str | None:
    """Why a cleaned report is kept but not analysed; None where it is to be analysed."""
    code = report.language.lower().replace("_", "-").partition("-")[0]
    if code in {"en", "und", ""}:
        return None
    return f"its language is {report.language!r}, and only English is analysed"


class Analyser:
    """Cleans and analyses raw reports with the knowledge that these settings name. Raises KnowledgeError."""

    settles = True

    def __init__(self, settings: Settings | None = None) -> None:
        from communique.knowledge import Knowledge

        self._knowledge = Knowledge.load(settings)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the knowledge."""
        return self._knowledge.fingerprint

    def __call__(self, raw: RawReport, bounds: Sequence[DayBound] = ()) -> Findings | Refusal:
        """What the report says, or why it is none. `bounds` are what other reports say of its day."""
        from communique.cleaning import clean
        from communique.pipeline import analyse

        report = clean(raw)
        if isinstance(report, Refusal):
            return report
        if set_aside(report) is None:
            return analyse(report, self._knowledge, bounds=bounds)
        day = report.metadata_published
        dating = Dating(day, "metadata", "The day came with the report.") if day else report.published
        return Findings(msgspec.structs.replace(report, published=dating))


def analyser(settings: Settings | None = None) -> Analyse:
    """The usual way to analyse, ready to be handed to worker processes."""
    return partial(Analyser, settings)


def _attempt(run: Run, raw: RawReport, *bounds: Sequence[DayBound]) -> Findings | Refusal:
    """Analyse one report; what goes wrong with it is its refusal, what goes wrong with our data is raised."""
    try:
        return run(raw, *bounds)
    except UnreadableReport as error:
        return Refusal(raw.path or raw.id or "-", error.what)
    except (CommuniqueError, MemoryError, TooLong):
        raise
    except Exception as error:
        return Refusal(raw.path or raw.id or "-", f"the analysis failed ({type(error).__name__}: {error})")


class InProcess:
    """Analyses in this process; what analyses is made at the first report, so that nothing is loaded for nothing.

    A report that takes more than `limit` seconds is refused, where this is the main thread (see `deadline.within`).
    """

    def __init__(self, make: Analyse, *, limit: float | None = LIMIT) -> None:
        self._make, self._limit = make, limit
        self._run: Run | None = None

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    @property
    def fingerprint(self) -> str | None:
        """Which knowledge analyses; None where it does not say, or before the first report."""
        return getattr(self._run, "fingerprint", None)

    def knows(self) -> str | None:
        """The fingerprint, for which what analyses is made if it was not."""
        self._ready()
        return self.fingerprint

    def __call__(self, raw: RawReport) -> Findings | Refusal:
        """Analyse one report now."""
        return self._attempt(raw)

    def settles(self) -> bool:
        """Whether what analyses takes bounds on a report's day, for which it is made if it was not."""
        return bool(getattr(self._ready(), "settles", False))

    def settled(self, raw: RawReport, bounds: Sequence[DayBound]) -> Findings | Refusal:
        """Analyse one report now, with what others say of its day."""
        return self._attempt(raw, bounds)

    def _attempt(self, raw: RawReport, *bounds: Sequence[DayBound]) -> Findings | Refusal:
        run = self._ready()
        try:
            with within(self._limit):
                return _attempt(run, raw, *bounds)
        except TooLong:
            return Refusal(raw.path or raw.id or "-", f"the analysis took more than {self._limit:g} seconds")

    def _ready(self) -> Run:
        if self._run is None:
            # As in a worker: the matrices of a sentence are too small to share, and threads that wait for each other
            # keep the cores from whoever else is at work.
            with _one_thread(), suppress(ImportError):
                importlib.import_module("numpy")
            self._run = self._make()
        return self._run

    def map(self, items: Iterable[Item]) -> Iterator[tuple[Item, Findings | Refusal]]:
        """Each item with its findings, in order; a refusal passes through."""
        for item in items:
            yield item, item if isinstance(item, Refusal) else self(item)


# ---- the worker's side


def _work(make: Analyse, pipe: Connection) -> None:
    """The life of a worker: take reports until the pipe closes, give findings back.

    Two threads keep both directions moving: a worker that could not take the next report before its findings were
    taken would stand against a parent that cannot take findings before its report is taken.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who ends us
    tasks: queue.SimpleQueue[tuple[int, RawReport] | None] = queue.SimpleQueue()
    answers: queue.SimpleQueue[tuple[int, str, bytes] | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, tasks), daemon=True).start()
    sender = threading.Thread(target=_send, args=(pipe, answers), daemon=True)
    try:
        run = make()
        # Sent from here, so that a crash on the first report cannot come before it.
        pipe.send((-1, "ready", pickle.dumps(getattr(run, "fingerprint", None))))
        sender.start()
        gc.collect()
        gc.freeze()
        while (task := tasks.get()) is not None:
            ticket, raw = task
            found = _attempt(run, raw)
            answers.put((ticket, type(found).__name__, msgspec.msgpack.encode(found)))
    except BaseException as error:
        answers.put((-1, "error", _pickled(error)))
    answers.put(None)
    if sender.ident is None:
        sender.start()
    sender.join()


def _pickled(error: BaseException) -> bytes:
    try:
        return pickle.dumps(error)
    except Exception:
        return pickle.dumps(CommuniqueError(f"{type(error).__name__}: {error}", where="worker"))


def _receive(pipe: Connection, tasks: queue.SimpleQueue[tuple[int, RawReport] | None]) -> None:
    try:
        while (task := pipe.recv()) is not None:
            tasks.put(task)
    except (EOFError, OSError):
        os._exit(1)  # the parent is gone: nobody waits for what is being analysed
    tasks.put(None)


def _send(pipe: Connection, answers: queue.SimpleQueue[tuple[int, str, bytes] | None]) -> None:
    with suppress(OSError):
        while (answer := answers.get()) is not None:
            pipe.send(answer)


# ---- the parent's side


class _Worker:
    """One process, the tickets it has in hand in order, and since when it has been at the first."""

    def __init__(self, make: Analyse) -> None:
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_work, args=(make, theirs), daemon=True)
        with _one_thread():
            self.process.start()
        theirs.close()
        self.ready = False
        self.tickets: deque[int] = deque()
        self.alone = False
        self.since = time.monotonic()

    def give(self, ticket: int, raw: RawReport, alone: bool) -> None:
        if not self.tickets:
            self.since = time.monotonic()
        self.tickets.append(ticket)
        self.alone = alone
        with suppress(OSError):  # a worker that has just died is noticed by its sentinel
            self.pipe.send((ticket, raw))

    def end(self, *, gently: bool) -> None:
        if gently:
            with suppress(OSError):
                self.pipe.send(None)
            self.process.join(2)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.pipe.close()


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let processes that start meanwhile do their maths in one thread; read when numpy is imported there."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class Pool:
    """`jobs` processes that analyse. Use in a `with` statement.

    A report on which a worker dies, or takes more than `limit` seconds, is tried once more alone in a fresh worker,
    and refused if that ends the same way; the other reports the worker had in hand are analysed again.
    """

    def __init__(self, make: Analyse, jobs: int, *, limit: float | None = LIMIT) -> None:
        self._make = make
        self._jobs = max(jobs, 1)
        self._limit = limit
        self._workers: list[_Worker] = []
        self._fingerprint: str | None = None
        self._items: dict[int, RawReport] = {}
        self._done: dict[int, Findings | Refusal] = {}
        self._again: deque[int] = deque()
        self._suspects: set[int] = set()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for worker in self._workers:
            worker.end(gently=kind is None)
        self._workers.clear()

    @property
    def fingerprint(self) -> str | None:
        """Which knowledge analyses; None where it does not say, or before the first result."""
        return self._fingerprint

    def knows(self) -> str | None:
        """The fingerprint, for which a worker is started if there is none."""
        if not self._workers:
            self._workers.append(_Worker(self._make))
        while not any(worker.ready for worker in self._workers):
            self._listen()
        return self._fingerprint

    def map(self, items: Iterable[Item]) -> Iterator[tuple[Item, Findings | Refusal]]:
        """Each item with its findings, in order; a refusal passes through. Items are read as they are needed."""
        source = iter(items)
        order: deque[tuple[int | None, Item]] = deque()
        ticket, more = 0, True
        while True:
            while more and len(order) < self._jobs * _AHEAD * _WINDOW and self._hungry():
                item = next(source, None)
                if item is None:
                    more = False
                elif isinstance(item, Refusal):
                    order.append((None, item))
                else:
                    self._items[ticket] = item
                    order.append((ticket, item))
                    self._again.append(ticket)
                    ticket += 1
                    self._hand_out()
            while order and (order[0][0] is None or order[0][0] in self._done):
                number, item = order.popleft()
                if number is None:
                    assert isinstance(item, Refusal)
                    yield item, item
                else:
                    del self._items[number]
                    self._suspects.discard(number)
                    yield item, self._done.pop(number)
            if not order and not more:
                return
            self._hand_out()
            if any(worker.tickets for worker in self._workers):
                self._listen()

    def _hungry(self) -> bool:
        """Could one more report be handed out now?"""
        if self._again:
            return False
        return len(self._workers) < self._jobs or any(len(w.tickets) < _AHEAD and not w.alone for w in self._workers)

    def _hand_out(self) -> None:
        """Give waiting reports to the workers with the least in hand; suspects go alone."""
        while self._again:
            ticket = self._again[0]
            suspect = ticket in self._suspects
            worker = self._freest(idle=suspect)
            if worker is None:
                return
            self._again.popleft()
            worker.give(ticket, self._items[ticket], alone=suspect)

    def _freest(self, *, idle: bool) -> _Worker | None:
        open_to = [w for w in self._workers if not w.alone and len(w.tickets) < (1 if idle else _AHEAD)]
        best = min(open_to, key=lambda w: len(w.tickets), default=None)
        if (best is None or best.tickets) and len(self._workers) < self._jobs:
            best = _Worker(self._make)
            self._workers.append(best)
        return best

    def _listen(self) -> None:
        """Take what workers have to say, or notice that one has died or takes too long."""
        pipes: dict[Any, _Worker] = {w.pipe: w for w in self._workers}
        heard = wait(list(pipes), timeout=self._patience())
        for pipe in heard:
            worker = pipes[pipe]
            try:
                ticket, kind, data = worker.pipe.recv()
            except (EOFError, OSError, pickle.UnpicklingError):
                self._lost(worker, "the analysis crashed")
                continue
            self._take(worker, ticket, kind, data)
        if self._limit is not None:
            for worker in list(self._workers):
                if worker.tickets and worker.ready and time.monotonic() - worker.since > self._limit:
                    self._lost(worker, f"the analysis took more than {self._limit:g} seconds")

    def _patience(self) -> float | None:
        if self._limit is None:
            return None
        waits = [w.since + self._limit - time.monotonic() for w in self._workers if w.tickets]
        return max(min(waits, default=self._limit), 0.01)

    def _take(self, worker: _Worker, ticket: int, kind: str, data: bytes) -> None:
        if kind == "error":
            raise pickle.loads(data)
        worker.since = time.monotonic()
        if kind == "ready":
            worker.ready = True
            self._fingerprint = pickle.loads(data)
            return
        worker.tickets.remove(ticket)
        worker.alone = False
        if kind == "Findings":
            self._done[ticket] = msgspec.msgpack.decode(data, type=Findings)
        else:
            self._done[ticket] = msgspec.msgpack.decode(data, type=Refusal)

    def _lost(self, worker: _Worker, why: str) -> None:
        """A worker has died or hangs: try what it had in hand again, each alone, and refuse what was alone before."""
        self._workers.remove(worker)
        worker.end(gently=False)
        code = worker.process.exitcode
        if not worker.ready:
            raise CommuniqueError(
                f"a worker process ended before it was ready (exit code {code})",
                where="ingest",
                remedy="Try --jobs 1; in a script, call ingest under `if __name__ == '__main__':`.",
            )
        if worker.alone:
            ticket = worker.tickets[0]
            raw = self._items[ticket]
            self._done[ticket] = Refusal(raw.path or raw.id or "-", f"{why}, twice")
            return
        self._suspects.update(worker.tickets)
        self._again.extendleft(reversed(worker.tickets))
