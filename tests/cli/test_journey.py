"""From files to answers with the whole program: what a newcomer does in the first hour."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run, rows

pytestmark = pytest.mark.slow

PLAN = """Lavrov and Cavusoglu to meet in Antalya

ANTALYA, March 7, 2022. Russian Foreign Minister Sergey Lavrov and Turkish Foreign Minister Mevlut Cavusoglu will meet \
in Antalya on March 10, Turkey's Foreign Ministry said on Monday.
"""
OUTCOME = {
    "id": "later",
    "outlet": "Example Wire",
    "published": "2022-03-11",
    "title": "Ministers talk in Antalya",
    "text": "Sergey Lavrov met Turkish Foreign Minister Mevlut Cavusoglu in Antalya on Thursday. Cavusoglu said "
    '"the door of diplomacy stays open".',
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a plan, its outcome, and a file that is no report."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    (folder / "outcome.jsonl").write_text(json.dumps(OUTCOME) + "\n", encoding="utf-8")
    (folder / "scan.txt").write_bytes(b"\x00\x01\x02")
    return folder


@pytest.fixture(scope="module")
def made(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of that folder, made by the program itself in a process of its own."""
    path = tmp_path_factory.mktemp("record") / "a.sqlite"
    done = program("ingest", str(reports), "--record", str(path))
    assert done.returncode == 1, done.stderr
    assert "3 reports read" in done.stdout or "2 new" in done.stdout
    assert "scan.txt" in done.stderr
    return path


def program(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "communique", *words], capture_output=True, text=True, check=False, env=dict(os.environ)
    )


def test_a_plan_and_its_outcome_are_one_line_of_the_timeline(run: Run, made: Path) -> None:
    """The meeting is there once, held, on its day, told by both reports; the text says who."""
    found = rows(run("timeline", "--json", "--record", str(made)))
    assert [(e["date"], e["status"], e["reports"]) for e in found] == [("2022-03-10", "held", 2)]
    assert found[0]["sides"] == ["RU", "TR"]
    shown = run("timeline", "--full", "--record", str(made)).stdout
    assert "scheduled" in shown
    assert "Sergey Lavrov" in shown
    for gid in (found[0]["gid"], found[0]["gid"][:6]):
        assert "Antalya" in run("encounters", gid, "--record", str(made)).stdout


def test_the_agenda_knows_the_plan_before_its_day_only(run: Run, made: Path) -> None:
    """Before its day the plan is due; after its outcome was reported it is no plan any more."""
    before = rows(run("agenda", "--as-of", "2022-03-08", "--json", "--record", str(made)))
    assert [(i["state"], i["days"]) for i in before] == [("due", 2)]
    late = rows(run("agenda", "--as-of", "2022-03-10", "--until", "2022-03-10", "--json", "--record", str(made)))
    assert all(i["state"] in ("due", "overdue") for i in late)
    assert rows(run("agenda", "--as-of", "2022-03-20", "--json", "--record", str(made))) == []


def test_the_same_folder_twice_changes_nothing(run: Run, made: Path, reports: Path) -> None:
    """A second ingest knows every report; the record has the same content."""
    from communique import Record

    with Record.open(made) as record:
        before = record.digest()
    result = run("ingest", str(reports), "--record", str(made), "--json")
    assert result.exit_code == 1
    (done,) = rows(result)
    assert (done["new"], done["unchanged"], done["refused"]) == (0, 2, 1)
    with Record.open(made) as record:
        assert record.digest() == before


def test_statements_reports_search_and_status_answer(run: Run, made: Path) -> None:
    """Each question finds what the reports say."""
    said = rows(run("statements", "--actor", "Cavusoglu", "--json", "--record", str(made)))
    assert said
    assert {s["statement"]["speakers"][0]["represents"] for s in said} == {"TR"}
    shown = run("report", "later", "--record", str(made)).stdout
    assert "[e1" in shown
    assert "published  2022-03-11" in shown
    assert {r["id"] for r in rows(run("reports", "--json", "--record", str(made)))} >= {"later"}
    assert rows(run("search", "door of diplomacy", "--json", "--record", str(made)))
    assert rows(run("status", "--json", "--record", str(made)))[0]["reports"] == 2


def test_verify_passes_and_notices_one_changed_letter(run: Run, made: Path, tmp_path: Path) -> None:
    """Every passage holds; after a letter of a stored text is changed by hand the exit code is 1, and it is named."""
    assert run("verify", "--record", str(made)).exit_code == 0
    path = tmp_path / "changed.sqlite"
    with sqlite3.connect(made) as kept, sqlite3.connect(path) as copy:
        kept.backup(copy)
    with sqlite3.connect(path) as copy:
        copy.execute("UPDATE reports SET text = replace(text, 'Antalya on Thursday', 'Antalia on Thursday')")
    copy.close()
    result = run("verify", "--record", str(path))
    assert result.exit_code == 1
    assert "later" in result.stdout
    assert "Antalia" in result.stdout


def test_export_writes_the_exchange_format(run: Run, made: Path, tmp_path: Path) -> None:
    """documents.jsonl has each report with its text and spans, links.json the encounter with both mentions."""
    result = run("export", str(tmp_path / "out"), "--record", str(made))
    assert result.exit_code == 0, result.output
    documents = [json.loads(line) for line in (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines()]
    assert len(documents) == 2
    for document in documents:
        for met in document["encounters"]:
            for (start, end), words in zip(met["spans"], met["evidence"], strict=True):
                assert document["text"][start:end] == words
    links = json.loads((tmp_path / "out" / "links.json").read_text("utf-8"))
    assert [len(e["mentions"]) for e in links["encounters"]] == [2]
    result = run("export", str(tmp_path / "out2"), "--format", "nonesuch", "--record", str(made))
    assert result.exit_code == 2


def test_analyse_reads_a_file_standard_input_and_a_day(run: Run, reports: Path) -> None:
    """A text without a day is resolved by the day that is given; what is no report is refused with its reason."""
    words = "Sergey Lavrov met Turkish Foreign Minister Mevlut Cavusoglu in Antalya on Thursday."
    (found,) = rows(run("analyse", "-", "--published", "2022-03-11", "--json", stdin=words))
    assert found["encounters"][0]["date"] == "2022-03-10"
    result = run("analyse", str(reports / "plan.txt"))
    assert result.exit_code == 0
    assert "1 encounter" in result.stdout
    for path in (reports / "scan.txt", reports / "none.txt", reports):
        result = run("analyse", str(path))
        assert result.exit_code == 2
        assert "Traceback" not in result.stderr
    assert run("analyse", "-", "--published", "soon", stdin=words).exit_code == 2


def test_without_a_record_it_is_said_what_to_do(run: Run, tmp_path: Path) -> None:
    """Exit code 3, a remedy, and no file made."""
    path = tmp_path / "none.sqlite"
    for words in (["timeline"], ["verify"], ["status"], ["report", "x"]):
        result = run(*words, "--record", str(path))
        assert result.exit_code == 3
        assert "communique ingest" in result.stderr
    assert not path.exists()


def test_an_unknown_id_is_not_found(run: Run, made: Path) -> None:
    """Exit code 5, for reports and for encounters."""
    assert run("report", "nonesuch", "--record", str(made)).exit_code == 5
    assert run("encounters", "nonesuch", "--record", str(made)).exit_code == 5


def test_what_is_no_record_is_refused(run: Run, tmp_path: Path) -> None:
    """A file that is no record gives exit code 3 and a message."""
    path = tmp_path / "x.sqlite"
    path.write_text("not a database, only words", encoding="utf-8")
    result = run("timeline", "--record", str(path))
    assert result.exit_code == 3
    assert "Traceback" not in result.stderr


def test_the_timeline_loads_no_parser(made: Path) -> None:
    """A question never brings in spaCy, nor the packages that read web pages."""
    code = (
        "import sys; sys.argv = ['communique', 'timeline', '--record', sys.argv[1]]\n"
        "from communique.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'spacy', 'trafilatura', 'numpy', 'thinc'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(made)], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_leaves_a_sound_record(run: Run, tmp_path: Path) -> None:
    """An ingest that is stopped says what was kept, leaves with 130, and the record passes verification."""
    lines = tmp_path / "many.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for n in range(3000):
            text = f"{OUTCOME['text']} This was report number {n}."
            file.write(json.dumps({**OUTCOME, "id": f"r{n}", "text": text}) + "\n")
    path = tmp_path / "stopped.sqlite"
    with subprocess.Popen(
        [sys.executable, "-m", "communique", "ingest", str(lines), "--record", str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as going:  # fmt: skip
        assert going.stderr is not None
        for _ in range(600):
            if path.exists() and path.stat().st_size > 0 and _kept(path) > 0:
                break
            if going.poll() is not None:
                break
            _pause()
        going.send_signal(signal.SIGINT)
        _, said = going.communicate(timeout=60)
    assert going.returncode == 130, said
    kept = re.search(r"([\d,]+) reports? of this run kept", said)
    assert kept is not None, said
    assert "Traceback" not in said
    assert run("verify", "--record", str(path)).exit_code == 0
    assert rows(run("status", "--json", "--record", str(path)))[0]["reports"] == int(kept[1].replace(",", "")) < 3000


def _kept(path: Path) -> int:
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as record:
            return int(record.execute("SELECT count(*) FROM reports").fetchone()[0])
    except sqlite3.Error:
        return 0


def _pause() -> None:
    import time

    time.sleep(0.1)


def test_the_demo_shows_a_timeline_and_where_to_look_next(run: Run, tmp_path: Path) -> None:
    """The sample reports are read into a record of their own; ids in the next steps are of that record."""
    path = tmp_path / "kept.sqlite"
    result = run("demo", "--keep", str(path))
    assert result.exit_code == 0, result.output
    for words in ("reports read", "$ communique timeline", "$ communique disagreements", "every one holds", "held"):
        assert words in result.stdout
    steps = [line.split()[1:] for line in result.stdout.splitlines() if line.startswith("  communique ")]
    assert len(steps) >= 4
    for step in steps:
        assert run(*step, "--record", str(path)).exit_code == 0 if step[0] != "--help" else True


def test_where_there_are_no_samples_the_demo_says_where_to_get_them(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Installed without the sample reports, the demo names what to do instead."""
    import communique

    monkeypatch.setattr(communique, "__file__", str(tmp_path / "a" / "b" / "__init__.py"))
    result = run("demo")
    assert result.exit_code == 2
    assert "communique ingest examples" in result.stderr
