"""What each question prints: as a table, plain, in colour, and as JSON lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from communique.errors import BadFilter, NoRecord, NotFound
from communique.query import Filters
from communique.records import Refusal

from .conftest import EVIL, MET, SAID, TEXT, WRONG, FakeRecord, Run, rows

ASKING = [
    ("timeline",), ("timeline", "--full"), ("encounters",), ("encounters", "g1"), ("statements",),
    ("agenda", "--as-of", "2021-05-01"), ("disagreements",), ("search", "border"), ("report", "r-vienna"),
    ("reports",), ("status",), ("verify",), ("export", "out"), ("reconcile", "log.csv"),
    ("positions", "--actor", "Dahl"),
]  # fmt: skip


@pytest.mark.parametrize("words", ASKING, ids=" ".join)
@pytest.mark.parametrize("columns", [80, 120])
def test_answers_fit_the_terminal_and_are_plain_without_one(
    run: Run, record: FakeRecord, words: tuple[str, ...], columns: int
) -> None:
    """Without a terminal there is no escape code, no white space at the ends of lines, and no line too long."""
    result = run(*words, columns=columns)
    assert result.exit_code == 0, result.output
    assert "\x1b" not in result.stdout
    assert "\x9b" not in result.stdout
    for line in result.stdout.splitlines():
        assert len(line) <= columns
        assert line == line.rstrip()
    assert result.stdout.strip()


@pytest.mark.parametrize("words", ASKING, ids=" ".join)
def test_whoever_asks_opens_read_only(run: Run, record: FakeRecord, words: tuple[str, ...]) -> None:
    """Every command that only reads opens the record with mode r."""
    run(*words)
    assert {mode for _, mode in record.opened} == {"r"}


@pytest.mark.parametrize("words", ASKING, ids=" ".join)
def test_json_lines_can_be_read_back(run: Run, record: FakeRecord, words: tuple[str, ...]) -> None:
    """With --json each line is an object."""
    if "--full" in words:
        return
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    found = rows(result)
    assert found
    assert all(isinstance(row, dict) for row in found)
    assert "\x1b" not in result.stdout


def test_the_timeline_says_when_what_who_where_and_by_how_many(run: Run, record: FakeRecord) -> None:
    """A row has the day, kind and status as words, the sides, the place, reports and origins, disagreements."""
    shown = run("timeline", columns=120).stdout
    for words in ("2021-03-03", "meeting", "held", "HR: Ana Horvat", "Vienna, AT", "3 reports", "2 origins", "g1"):
        assert words in shown
    assert "differ: place" in shown
    assert "inferred" in shown
    assert "no date" in shown
    assert "3 of 5 encounters shown" in shown


def test_what_a_report_brings_is_shown_inert(run: Run, record: FakeRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    """Escape sequences go, and words in square brackets stay words; JSON keeps the whole, escaped."""
    shown = run("timeline", columns=200).stdout
    assert "Vienna [bold]City[/bold]" in shown
    assert "owned" not in shown
    assert rows(run("timeline", "--json"))[1]["place"] == EVIL
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b]0;" not in run("timeline").stdout


@pytest.mark.parametrize("words", ASKING, ids=" ".join)
def test_no_report_can_act_on_the_terminal(
    run: Run, record: FakeRecord, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """Whatever words a report brings, in whichever field, only colours and styles of our own reach a terminal."""
    record.hostile = True
    record.failures = (WRONG,)
    record.refused = (Refusal(f"x{EVIL}", f"y{EVIL}"),)
    plain = run(*words)
    assert plain.exit_code in (0, 1), plain.output
    assert not re.search("[\x1b\x9b\x07\u202e]", plain.output)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = re.sub("\x1b\\[[0-9;]*m", "", run(*words).stdout)
    assert not re.search("[\x1b\x9b\x07\u202e]", coloured)


def test_colour_in_a_terminal_and_none_where_it_is_not_wanted(
    run: Run, record: FakeRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal gets colour; NO_COLOR means no escape code at all, not even bold."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[32mheld" in run("timeline").stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("timeline").stdout


@pytest.mark.parametrize(
    "words", [w for w in ASKING if w[0] in ("timeline", "statements", "agenda", "disagreements", "search", "reports")]
)
def test_no_answer_is_said(run: Run, record: FakeRecord, words: tuple[str, ...]) -> None:
    """Where nothing matches, that is said, and it is no error; JSON is then empty."""
    record.empty = True
    result = run(*words)
    assert result.exit_code == 0
    assert re.match(r"No .* matches\.", result.stdout)
    if "--full" not in words:
        assert run(*words, "--json").stdout == ""


def test_filters_reach_the_question(run: Run, record: FakeRecord) -> None:
    """Options become Filters: repeated or parted by commas, periods as days."""
    run(
        "timeline", "--side", "ru,us", "--side", "UN", "--kind", "talks", "--status", "held", "--since", "2022",
        "--until", "2022-02", "--place", "Geneva", "--forum", "council", "--actor", "Ryabkov", "-n", "7",
    )  # fmt: skip
    assert record.asked == [
        (
            "timeline",
            Filters(
                actor=("Ryabkov",), side=("RU", "US", "UN"), kind=("talks",), status=("held",), since="2022-01-01",
                until="2022-02-28", forum="council", place="Geneva", limit=7,
            ),
        )
    ]  # fmt: skip
    run("statements", "--act", "reject", "--mode", "direct", "--report", "r1", "--outlet", "X", "--text", "no")
    question, asked = record.asked[-1]
    assert (question, asked.act, asked.mode, asked.report) == ("statements", ("reject",), ("direct",), "r1")


def test_a_wrong_word_gets_the_right_one(run: Run, record: FakeRecord) -> None:
    """A kind that is none is refused with the nearest known word, on stderr, with exit code 2 and no traceback."""
    result = run("timeline", "--kind", "meting")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Did you mean meeting" in result.stderr
    assert "Traceback" not in result.stderr


def test_statements_show_speaker_act_words_and_report(run: Run, record: FakeRecord) -> None:
    """A statement has its speaker with side, act and mode, the words, and where they stand."""
    shown = run("statements").stdout
    for words in ("NO: Leif Dahl", "reject", "mixed", SAID, "r-vienna: s1", "at g1"):
        assert words in shown


def test_the_agenda_has_three_parts(run: Run, record: FakeRecord) -> None:
    """Overdue comes first, then what is due and in how many days, then plans without a day, each with its sentence."""
    shown = run("agenda", "--as-of", "2021-05-01").stdout
    order = [shown.index(w) for w in ("Overdue on 2021-05-01", "1 day ago", "Due after", "12 days", "Open", "no date")]
    assert order == sorted(order)
    assert shown.count("“They plan”") == 3


def test_the_agenda_is_of_today_unless_told(run: Run, record: FakeRecord) -> None:
    """Without --as-of the day is today's, in ISO."""
    run("agenda")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", record.asked[0][1][0])


def test_a_disagreement_shows_both_passages(run: Run, record: FakeRecord) -> None:
    """Each value stands with the words and the report that say it, and there is a reason."""
    shown = " ".join(run("disagreements").stdout.split())
    for words in ("differ: place", "one meeting has one place", MET, "They met in Oslo", "r-oslo", "The Example"):
        assert words in shown


def test_a_report_is_shown_with_its_findings_marked(run: Run, record: FakeRecord) -> None:
    """Passages stand between [e1 and e1]; beneath are the dating with its reasons and what was not understood."""
    shown = " ".join(run("report", "r-vienna").stdout.split())
    assert f"[e1 {MET} e1]" in shown
    assert f"[s1 {SAID} s1]" in shown
    assert "[? An envoy is expected to hold consultations. ?]" in shown
    for words in ("worked out from another date", "Thursday is 4 March 2021", "nobody is named", "1 × share bar", "g1"):
        assert words in shown
    assert "Ministers meet in Vienna" not in run("report", "r-vienna", "--no-text").stdout.splitlines()[5:]
    (found,) = rows(run("report", "r-vienna", "--json"))
    assert found["text"] == TEXT
    assert found["gids"] == {"e1": "g1"}


def test_found_words_can_be_seen_without_colour(run: Run, record: FakeRecord) -> None:
    """The words that were looked for stand in brackets."""
    assert "the [border] treaty was" in run("search", "border", "treaty").stdout
    assert record.asked[0][1][0] == "border treaty"


def test_verify_names_what_does_not_hold(run: Run, record: FakeRecord) -> None:
    """A failed passage is named with its report, owner and both texts, and the exit code is 1; else it is 0."""
    assert run("verify").exit_code == 0
    record.failures = (WRONG,)
    result = run("verify")
    assert result.exit_code == 1
    for words in ("FAILED report r-vienna, encounter e1, 26 to 40", "the words differ", "Foreign Minist", "Xoreign"):
        assert words in result.stdout
    result = run("verify", "--json")
    assert result.exit_code == 1
    assert rows(result)[0]["failures"][0]["report"] == "r-vienna"


def test_verify_has_a_bar_in_a_terminal(run: Run, record: FakeRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a terminal it is shown how many reports were re-read, on stderr alone."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    result = run("verify")
    assert "reports re-read" in result.stderr
    assert "re-read: every one holds" in result.stdout


def test_status_lists_what_was_refused(run: Run, record: FakeRecord) -> None:
    """Numbers, and each refusal with its reason; a long list is cut, but whole as JSON."""
    record.refused = tuple(Refusal(f"{n}.bin", "it is no text") for n in range(15))
    shown = run("status").stdout
    assert "refused 0.bin: it is no text" in shown
    assert "3 more" in shown
    assert "75%" in shown
    assert len(rows(run("status", "--json"))[0]["refusals"]) == 15


def test_export_says_what_it_wrote(run: Run, record: FakeRecord) -> None:
    """Each file with its rows and size."""
    shown = run("export", "out", "--format", "exchange", "--side", "no").stdout
    assert "documents.jsonl  5 rows, 1,200 bytes" in shown
    folder, form, asked = record.asked[0][1]
    assert (folder, form, asked.side) == (Path("out"), "exchange", ("NO",))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadFilter("no such kind", remedy="Try another."), 2),
        (NoRecord("there is no record", where="x.sqlite", remedy="Make one."), 3),
        (NotFound("nothing has that id\x1b[31m"), 5),
        (KeyboardInterrupt(), 130),
        (RuntimeError("a bug"), 70),
    ],
)
def test_errors_are_one_message_with_their_code(run: Run, record: FakeRecord, error: BaseException, code: int) -> None:
    """An error gives its message on stderr and its exit code, never a traceback, and is inert itself."""
    record.error = error
    result = run("timeline")
    assert result.exit_code == code
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "\x1b" not in result.stderr
    assert result.stderr.strip()


def test_debug_shows_where(run: Run, record: FakeRecord) -> None:
    """With --debug the error itself comes through."""
    record.error = NotFound("nothing")
    assert isinstance(run("--debug", "timeline").exception, NotFound)


def test_reconcile_counts_the_states_and_names_refused_rows(run: Run, record: FakeRecord) -> None:
    """Each trip with its state and why, the count of each state, refused rows on stderr with exit code 1."""
    record.refused = (Refusal("log.csv:3", "'Nowhere' is no country that the authority file knows"),)
    result = run("reconcile", "log.csv", columns=120)
    assert result.exit_code == 1
    assert "2 trips in the log: has 1, lacks 1." in result.stdout
    assert "no encounter of the traveller" in " ".join(result.stdout.split())
    assert "log.csv:3" in result.stderr
    record.refused = ()
    only = rows(run("reconcile", "log.csv", "--state", "lacks", "--json"))
    assert [row["trip"]["id"] for row in only] == ["t2"]
    assert run("reconcile", "log.csv", "--state", "lost").exit_code == BadFilter.exit_code


def test_doctor_and_backup(run: Run, tmp_path: Path) -> None:
    """A sound record is said to be sound; a damaged passage is named with exit code 1, and mended into a new record."""
    import sqlite3

    kept, copy = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    story = tmp_path / "a.txt"
    story.write_text(
        "PARIS, March 4, 2021. French President Emmanuel Macron met Chancellor Angela Merkel here on Thursday."
    )
    assert run("--record", str(kept), "ingest", "--quiet", str(story)).exit_code == 0
    assert "sound" in run("--record", str(kept), "doctor").stdout
    assert rows(run("--record", str(kept), "backup", str(copy), "--json"))[0]["bytes"] == copy.stat().st_size
    assert run("--record", str(kept), "backup", str(copy)).exit_code == 3
    db = sqlite3.connect(kept)
    db.execute("UPDATE passages SET words = 'x'")
    db.commit()
    db.close()
    found = run("--record", str(kept), "doctor")
    assert found.exit_code == 1
    assert "FAILED" in found.stdout
    mended = run("--record", str(kept), "doctor", "--repair")
    assert f"{kept}.mended: a new record of 1 report" in " ".join(mended.stdout.split())
    assert "sound" in run("--record", f"{kept}.mended", "doctor").stdout
    assert rows(run("--record", str(kept), "doctor", "--json"))[0]["ok"] is False


def test_a_line_says_what_changed_and_who_is_silent(run: Run, record: FakeRecord) -> None:
    """The issue, its days, its state, each step with its words, and how often the actor spoke of other things since."""
    shown = " ".join(run("positions", "--actor", "Dahl", "--issue", "border", columns=120).stdout.split())
    for words in ("border · 2021-02-01 to 2021-03-03 · changed", "2 later statements", "and 1 more report", SAID):
        assert words in shown
    assert record.asked[-1][1][0] == "border"
