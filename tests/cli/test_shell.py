"""The command line as a whole: it starts fast, helps, completes, and leaves with the right code."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from communique.cli.app import app
from communique.settings import SETTINGS

from .conftest import FakeRecord, Run, rows

COMMANDS = (
    "ingest", "reanalyse", "analyse", "timeline", "encounters", "statements", "agenda", "disagreements", "report",
    "reports", "reconcile", "positions", "doctor", "backup", "verify", "status", "search", "settings", "export",
    "demo", "actors",
)  # fmt: skip


def command_line(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "communique", *words],
        capture_output=True, text=True, check=False, env=os.environ | environment,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="no account of the time of child processes")
def test_help_answers_at_once() -> None:
    """`communique --help` takes less than 0.3 seconds of the processor: unlike the clock's, they are our own."""
    import resource

    taken = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert command_line("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(taken) < 0.3


def test_help_loads_nothing_heavy() -> None:
    """Assembling the command line brings in no parser, no maths, no database."""
    code = (
        "import sys, communique.cli.app;"
        "print(sorted({'spacy', 'numpy', 'trafilatura', 'sqlite3', 'rich.table', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps(run: Run, name: str) -> None:
    """Each command has a help text, and each option of it says what it is for."""
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout
    import typer

    command = typer.main.get_command(app).commands[name]  # type: ignore[attr-defined]
    for one in (command, *getattr(command, "commands", {}).values()):
        assert one.help
        for param in one.params:
            assert getattr(param, "help", None), f"{name} {param.name}"


def test_the_commands_are_those_that_are_promised() -> None:
    """No command is missing from this list, and none from the command line."""
    import typer

    assert set(typer.main.get_command(app).commands) == set(COMMANDS)  # type: ignore[attr-defined]


def test_the_version() -> None:
    """`--version` says which it is."""
    import communique

    assert command_line("--version").stdout.strip() == f"communique {communique.__version__}"


def test_a_misspelt_command_is_a_usage_error(run: Run) -> None:
    """Exit code 2, and the right word is suggested."""
    result = run("timelin")
    assert result.exit_code == 2
    assert "timeline" in result.stderr


def test_completion_knows_the_words_of_the_glossary() -> None:
    """Kinds, statuses, acts and formats are completed, after a comma too."""
    from communique.cli import keep, options

    assert options._words("meeting", "message", "call")("me") == ["meeting", "message"]
    assert options._words("meeting", "call")("meeting,c") == ["meeting,call"]
    assert "exchange" in [*keep._formats("ex"), "exchange"]
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv[0] = 'communique'; from communique.cli import main; main()"],
        capture_output=True, text=True, check=False,
        env=os.environ | {"_COMMUNIQUE_COMPLETE": "complete_bash", "COMP_WORDS": "communique time", "COMP_CWORD": "1"},
    )  # fmt: skip
    assert done.stdout.split() == ["timeline"], done.stderr


def test_completion_of_names_asks_the_record(record: FakeRecord) -> None:
    """Sides and ids that the record has are offered; without a record nothing is, and nothing fails."""
    from communique.cli import options
    from communique.errors import NoRecord

    assert options.complete_side("n") == ["NO"]
    assert options.complete_gid("G") == ["g1", "g2", "g3"]
    assert options.complete_report("r-v") == ["r-vienna"]
    record.error = NoRecord("none")
    assert options.complete_side("n") == []


def test_settings_say_their_value_and_where_it_is_from(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each setting is listed, with the variable that sets it and whether it did."""
    monkeypatch.setenv("COMMUNIQUE_JOBS", "4")
    shown = run("settings").stdout
    for setting in SETTINGS:
        assert setting.variable in shown
    found = {row["name"]: row for row in rows(run("settings", "--json", "--record", "x.sqlite"))}
    assert (found["jobs"]["value"], found["jobs"]["from"]) == ("4", "COMMUNIQUE_JOBS")
    assert (found["record"]["value"], found["record"]["from"]) == ("x.sqlite", "command line")
    monkeypatch.setenv("COMMUNIQUE_JOBS", "many")
    result = run("settings")
    assert result.exit_code == 2
    assert "wrong type" in result.stderr


def test_a_reader_that_goes_away_is_no_fault() -> None:
    """`communique ... | head` ends quietly with 141, as the shell knows it."""
    with subprocess.Popen(
        [sys.executable, "-m", "communique", "settings", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as going:  # fmt: skip
        assert going.stdout is not None
        assert going.stderr is not None
        going.stdout.close()
        said = going.stderr.read()
        assert going.wait(timeout=60) == 141
    assert said == ""


def test_a_reader_that_goes_away_in_the_middle_is_no_fault(run: Run, record: FakeRecord) -> None:
    """The same when the pipe breaks while rows are printed."""
    record.error = BrokenPipeError()
    result = run("timeline")
    assert result.exit_code == 141
    assert result.stderr == ""
