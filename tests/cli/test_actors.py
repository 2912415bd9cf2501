"""`communique actors`: looking up who is who, and adding to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from communique.cli.app import app

from .conftest import rows

OWN = """
person:
  - name: Torvald Brekkesund
    side: NO
    offices: [{office: Minister of Foreign Affairs, start: 2031-01}]
"""


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> object:
    """Runs `communique actors ...` with a record in a folder of its own."""
    monkeypatch.setenv("COMMUNIQUE_RECORD", str(tmp_path / "desk.sqlite"))
    monkeypatch.setenv("COLUMNS", "110")

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["actors", *words])

    return run


def test_show_tells_offices_and_what_they_rest_on(said) -> None:  # type: ignore[no-untyped-def]
    """A person's offices with days, sides and sources; an open office says who vouches until when."""
    result = said("show", "Sergei Lavrov")
    assert result.exit_code == 0
    for words in (
        "Q58217",
        "Minister of Foreign Affairs",
        "2004-03-09",
        "open (",
        "wikidata",
        "Wikidata statements (CC0)",
    ):
        assert words in result.output
    (told,) = rows(said("show", "Q58217", "--json"))
    assert told["name"] == "Sergey Lavrov"
    assert {o["type"] for o in told["offices"]} >= {"foreign_minister", "permanent_representative"}


def test_show_of_a_body(said) -> None:  # type: ignore[no-untyped-def]
    """A body shows its spellings, members and who headed it; a day narrows that; general knowledge has a star."""
    output = said("show", "NATO", "--day", "2010").output
    assert "Atlantic Alliance" in output
    assert "Anders Fogh" in output
    assert "Stoltenberg" not in output
    assert "RU.hos" in said("show", "the Kremlin").output


def test_show_of_nobody_tells_who_is_like_it(said) -> None:  # type: ignore[no-untyped-def]
    """A name that is not there gives exit code 5 and the nearest names."""
    result = said("show", "Sergey Lavrof")
    assert result.exit_code == 5
    assert "Sergey Lavrov (Q58217)" in result.output


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["Wolodymyr Selenskij"], "Q3874799"), (["Lavrov", "--side", "RU", "--type", "foreign_minister"], "Q58217"),
        (["Russia-NATO Council"], "NRC"), (["Foggy Botom"], "US.mfa"), (["Xi Jinpin"], "Q15031"),
        (["Wang Yi", "--day", "2021"], "Q701801"), (["Kharkov", "--type", "place"], "gn:706483"),
        (["Muhamed bin Salman"], "Q6892571"), (["Tsai Ing Wen"], "Q233984"), (["Hosni Mubarack"], "Q34105"),
    ],
)  # fmt: skip
def test_search_forgives(said, words: list[str], first: str) -> None:  # type: ignore[no-untyped-def]
    """Typing errors, transliterations and parts of names still find the actor, likest first."""
    found = rows(said("search", *words, "--json"))
    assert found[0]["id"] == first, found[:3]
    assert [f["score"] for f in found] == sorted((f["score"] for f in found), reverse=True)


def test_search_narrows_by_day_and_side(said) -> None:  # type: ignore[no-untyped-def]
    """With a day, only those who held an office then; with a side, only its people."""
    ids = {f["id"] for f in rows(said("search", "Ivanov", "--type", "foreign_minister", "--day", "2002", "--json"))}
    assert "Q312415" in ids or ids
    assert all(f["side"] == "RU" for f in rows(said("search", "Ivanov", "--side", "RU", "--json")))
    assert "No actor is called so." in said("search", "qqqqqqqq").output
    assert said("search", "x", "--type", "cook").exit_code == 2
    assert said("search", "x", "--day", "someday").exit_code == 2


def test_import_and_add_are_kept_and_in_force(said, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """What is imported and added is kept beside the record, and shown at once."""
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    assert "1 person" in said("import", str(own)).output
    said("add", "office", "Torvald Brekkesund", "--office", "Prime Minister", "--from", "2034")
    said("add", "alias", "OSCE", "--alias", "the Helsinki family")
    said("add", "forum", "North Sea Rescue Forum", "--id", "NSRF", "--member", "NO", "--member", "GB")
    said("add", "place", "Brekkevik", "--country", "NO")
    said("add", "body", "Kingdom of Norway", "--id", "NO", "--house", "Victoria Terrasse")
    (told,) = rows(said("add", "person", "Ada Vatn", "--side", "NO", "--office", "Ambassador", "--to", "GB", "--json"))
    assert told["file"] == str(tmp_path / "desk.actors.yaml")
    shown = said("show", "Torvald Brekkesund").output
    assert "Prime Minister" in shown
    assert "2034" in shown
    assert rows(said("show", "the Helsinki family", "--json"))[0]["id"] == "OSCE"
    assert rows(said("show", "NSRF", "--json"))[0]["members"] == ["NO", "GB"]
    assert rows(said("show", "NO", "--json"))[0]["name"] == "Kingdom of Norway"
    assert "Ambassador to GB" in said("show", "Ada Vatn").output
    assert rows(said("search", "Brekkevik", "--json"))[0]["side"] == "NO"


def test_bad_lines_are_all_named_and_nothing_is_kept(said, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Exit code 4, each bad line with its field and what to do, and no file is written."""
    bad = tmp_path / "bad.csv"
    bad.write_text(
        "name,side,office,start\nA B,NO,Ambassador,2031-13\nC D,Atlantis,Cook,\nE F,NO,King,2031\n", encoding="utf-8"
    )
    result = said("import", str(bad))
    assert result.exit_code == 4
    assert "line 2, field 'start': '2031-13' is no day" in result.output
    assert "line 3, field 'side': there is no side 'Atlantis'" in result.output
    assert "line 3, field 'type'" in result.output
    assert not (tmp_path / "desk.actors.yaml").exists()


def test_a_wrong_addition_is_a_usage_error(said, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Exit code 2 with every wrong field; an unknown kind is named."""
    result = said("add", "person", "X Y", "--side", "Norwai", "--office", "Cook")
    assert result.exit_code == 2
    assert "Perhaps NO is meant" in result.output
    assert "what kind of office 'Cook' is" in result.output
    assert said("add", "cook", "X").exit_code == 2
    assert not (tmp_path / "desk.actors.yaml").exists()


def test_status_tells_reports_analysed_before(said, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Reports analysed before a change of one's own actors are counted, until they are read again."""
    from communique.record import Record

    report = tmp_path / "r.txt"
    report.write_text("Norwegian Foreign Minister Torvald Brekkesund met nobody on 3 May 2031.\n", encoding="utf-8")
    with Record.open(tmp_path / "desk.sqlite", "w") as record:
        record.ingest([report])
    runner = CliRunner()
    assert "reanalyse" not in runner.invoke(app, ["status"]).output
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    assert "1 report of the record analysed before" in said("import", str(own)).output
    assert "1 report was analysed with other knowledge than today's" in runner.invoke(app, ["status"]).output
    assert runner.invoke(app, ["reanalyse"]).exit_code == 0
    assert "reanalyse" not in runner.invoke(app, ["status"]).output
