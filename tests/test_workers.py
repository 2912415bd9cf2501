"""Worker processes give what one process gives, in order, and survive what a report does to them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from functools import partial

import pytest

from communique import errors, workers
from communique.intake import RawReport
from communique.records import Findings, Refusal, Report
from communique.workers import InProcess, Pool, set_aside
from tests.store.making import make_toy, reports, toy


def raws(count: int) -> list[RawReport]:
    return [RawReport(id=f"r{n:03}", text=text, path=f"{n}.txt") for n, text in enumerate(reports(count))]


class Rough:
    """An analysis that does what the report's text says: dies, hangs, fails, or tells about its process."""

    def __init__(self, start: str = "") -> None:
        if start == "die":
            os._exit(3)
        if start == "know":
            raise errors.KnowledgeError("a cue is misspelt", where="cues.toml", remedy="Mend it.")

    def __call__(self, raw: RawReport) -> Findings | Refusal:
        words = raw.text or ""
        if "crash" in words:
            os._exit(9)
        if "once" in words and not os.path.exists(words.split()[-1]):  # noqa: PTH110
            open(words.split()[-1], "w").close()  # noqa: PTH123
            os._exit(9)
        if "hang" in words:
            time.sleep(60)
        if "threads" in words:
            return Refusal("threads", os.environ.get("OMP_NUM_THREADS", ""))
        if "knowledge" in words:
            raise errors.KnowledgeError("a cue is misspelt")
        return toy(raw)


def test_a_pool_gives_what_one_process_gives() -> None:
    """The same findings in the same order, refusals passing through, with one and with two workers."""
    items: list[RawReport | Refusal] = [*raws(30), Refusal("x", "empty"), *raws(5)]
    with InProcess(make_toy()) as alone:
        expected = list(alone.map(items))
    with Pool(make_toy("two"), 2) as pool:
        assert pool.fingerprint is None
        assert list(pool.map(items)) == expected
        assert pool.fingerprint == "two"


def test_reports_are_read_as_they_are_needed() -> None:
    """A pool does not read a long source ahead of its workers without bound."""
    taken = 0

    def source() -> Iterator[RawReport]:
        nonlocal taken
        for raw in raws(300):
            taken += 1
            yield raw

    with Pool(make_toy(), 1) as pool:
        results = pool.map(source())
        next(results)
        assert taken < 100
        assert len(list(results)) == 299


def test_a_report_that_kills_its_worker_is_refused_and_the_rest_goes_on() -> None:
    """The one that crashes twice is refused with the reason; those that the worker had in hand are analysed."""
    items = [*raws(8), RawReport(id="bad", text="crash", path="bad.txt"), *raws(8)]
    with Pool(Rough, 2) as pool:
        found = [result for _, result in pool.map(items)]
    assert found[8] == Refusal("bad.txt", "the analysis crashed, twice")
    assert sum(isinstance(f, Findings) for f in found) == 16


def test_a_worker_that_dies_once_costs_nothing(tmp_path) -> None:
    """A crash that does not come again leaves no refusal."""
    items = [*raws(4), RawReport(id="bad", text=f"once {tmp_path / 'seen'}", path="bad.txt"), *raws(4)]
    with Pool(Rough, 1) as pool:
        assert all(isinstance(f, Findings) for _, f in pool.map(items))
    assert (tmp_path / "seen").exists()


def test_a_report_that_takes_for_ever_is_refused() -> None:
    """After the limit, twice, the report is refused and its worker replaced."""
    items = [RawReport(id="slow", text="hang"), *raws(3)]
    with Pool(Rough, 1, limit=0.5) as pool:
        found = [result for _, result in pool.map(items)]
    assert found[0] == Refusal("slow", "the analysis took more than 0.5 seconds, twice")
    assert all(isinstance(f, Findings) for f in found[1:])


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failing_analysis_is_a_refusal_with_its_reason(jobs: int) -> None:
    """An exception for one report is that report's refusal, with type and message."""
    make = make_toy()
    with InProcess(make) if jobs == 1 else Pool(make, jobs) as analysing:
        found = [f for _, f in analysing.map([RawReport(text="explode", path="a.txt"), *raws(2)])]
    assert found[0] == Refusal("a.txt", "the analysis failed (ValueError: boom)")
    assert isinstance(found[1], Findings)


@pytest.mark.parametrize("jobs", [1, 2])
def test_wrong_knowledge_stops_everything(jobs: int) -> None:
    """What is wrong with our own data is raised, at the start as in the middle, with its place and remedy."""
    for make, text in ((partial(Rough, "know"), "x"), (Rough, "knowledge")):
        with (
            pytest.raises(errors.KnowledgeError, match="misspelt"),
            InProcess(make) if jobs == 1 else Pool(make, jobs) as analysing,
        ):
            list(analysing.map([RawReport(text=text)]))


def test_workers_that_cannot_start_say_so() -> None:
    """A pool whose processes end before they are ready does not start them for ever."""
    with pytest.raises(errors.CommuniqueError, match="before it was ready"), Pool(partial(Rough, "die"), 2) as pool:
        list(pool.map(raws(2)))


def test_each_worker_has_one_thread_and_this_process_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The maths of a worker keeps to one thread; our environment is as it was."""
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with Pool(Rough, 1) as pool:
        ((_, found),) = pool.map([RawReport(text="threads")])
    assert found == Refusal("threads", "1")
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "MKL_NUM_THREADS" not in os.environ


def test_leaving_a_pool_early_ends_its_processes() -> None:
    """After an error in the loop, no worker is left."""
    pool = Pool(Rough, 2)
    processes = []

    def interrupted() -> None:
        with pool:
            for _ in pool.map([*raws(4), RawReport(text="hang"), *raws(4)]):
                processes.extend(w.process for w in pool._workers)
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert processes
    assert not any(process.is_alive() for process in processes)


@pytest.mark.parametrize(
    ("language", "kept"), [("en", True), ("en-GB", True), ("EN_us", True), ("und", True), ("de", False), ("zh", False)]
)
def test_only_english_is_analysed(language: str, kept: bool) -> None:
    """A report in another language has a reason to be set aside, which names it."""
    reason = set_aside(Report("a", "text", language=language))
    assert (reason is None) == kept
    if reason:
        assert language in reason


def test_the_usual_analysis_cleans_dates_and_says_what_it_knows() -> None:
    """The analyser of the product gives findings for a report, a refusal for none, and its fingerprint."""
    run = workers.analyser()()
    assert len(run.fingerprint) == 16
    text = "Vienna, March 3, 2021. Norwegian Foreign Minister Leif Dahl met his Croatian counterpart in Vienna."
    found = run(RawReport(id="a", text=text))
    assert isinstance(found, Findings)
    assert found.report.text
    assert isinstance(run(RawReport(id="a", text="12 34 -- 5", path="a.txt")), Refusal)
    german = "Der Außenminister traf am Mittwoch seinen Kollegen in Wien und sprach mit ihm über den Vertrag. " * 3
    aside = run(RawReport(id="b", text=german, published="2021-03-04"))
    assert isinstance(aside, Findings)
    assert aside.sentences == 0
    assert (aside.report.published.value, aside.report.published.basis) == ("2021-03-04", "metadata")


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no interval timers")
def test_a_report_that_takes_too_long_is_refused_in_this_process_too() -> None:
    """The one is refused with its reason, the next is analysed, and the alarm is as it was before."""
    before = signal.getsignal(signal.SIGALRM)
    with InProcess(Rough, limit=0.2) as alone:
        first, second = (alone(RawReport(id=str(n), text=text)) for n, text in enumerate(("hang", "On 2021-03-03.")))
    assert isinstance(first, Refusal)
    assert first.reason == "the analysis took more than 0.2 seconds"
    assert isinstance(second, Findings)
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
