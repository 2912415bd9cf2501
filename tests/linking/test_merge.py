"""What a linked encounter says of itself."""

from __future__ import annotations

from communique import linking
from communique.linking.merge import gid_of
from communique.records import LinkedEncounter, Participant

from .made import told, who

PAIR = ("Orla Brandt", "Tomas Vidal")


def only(*mentions: linking.Told) -> LinkedEncounter:
    (one,) = linking.link(mentions)
    return one


def test_the_finest_date_wins_and_among_equals_the_one_with_more_origins() -> None:
    """The finest date wins and among equals the one with more origins."""
    worked_out = told("c", *PAIR, date="2031-05-15", basis="resolved")
    found = only(told("a", *PAIR, date="2031-05"), told("b", *PAIR), worked_out, told("d", *PAIR))
    assert found.date == "2031-05-14"


def test_copies_count_as_one_origin_and_so_do_reports_that_relay_one_agency() -> None:
    """Copies count as one origin and so do reports that relay one agency."""
    assert only(told("a", *PAIR), told("b", *PAIR, origin="a")).origins == 1
    relayed = only(told("a", *PAIR, relay="Q1"), told("b", *PAIR, relay="Q1"), told("c", *PAIR))
    assert (relayed.reports, relayed.origins) == (3, 2)


def test_the_latest_status_counts_but_what_was_held_stays_held() -> None:
    """The latest status counts but what was held stays held."""
    plan = told("a", *PAIR, status="scheduled", published="2031-05-10")
    assert only(plan, told("b", *PAIR, status="cancelled", published="2031-05-12")).status == "cancelled"
    assert only(told("a", *PAIR, status="ongoing"), told("b", *PAIR, status="scheduled")).status == "ongoing"
    assert only(told("a", *PAIR), told("b", *PAIR, status="disputed")).status == "disputed"


def test_after_a_postponement_the_new_day_counts() -> None:
    """After a postponement the new day counts."""
    plan = told("a", *PAIR, status="scheduled", published="2031-05-10")
    moved = told("b", *PAIR, status="postponed", published="2031-05-12", date="2031-05-20")
    assert only(plan, moved).date == "2031-05-20"


def test_a_bare_country_beside_its_minister_says_nothing_and_is_left_out() -> None:
    """A bare country beside its minister says nothing and is left out."""
    found = only(told("a", "DE", "FR"), told("b", *PAIR))
    assert [p.name for p in found.participants] == ["Orla Brandt", "Tomas Vidal"]


def test_who_was_only_named_in_the_plan_stays_if_the_outcome_names_nobody_of_that_side() -> None:
    """Who was only named in the plan stays if the outcome names nobody of that side."""
    plan = told("a", *PAIR, kind="talks", status="scheduled")
    outcome = told("b", "DE delegation", participants=(*who("FR delegation"), *who("Orla Brandt")), kind="talks")
    assert "Tomas Vidal" in [p.name for p in only(plan, outcome).participants]


def test_the_telling_of_a_name_that_has_an_id_is_kept() -> None:
    """The telling of a name that has an id is kept."""
    known = Participant("Orla Brandt", "person", "DE", actor="Q9")
    found = only(told("a", *PAIR), told("b", participants=(known, *who("Tomas Vidal"))))
    assert found.participants[0].actor == "Q9"


def test_a_second_origin_makes_it_surer_and_a_copy_does_not() -> None:
    """A second origin makes it surer and a copy does not."""
    one = only(told("a", *PAIR)).confidence
    assert only(told("a", *PAIR), told("b", *PAIR)).confidence > one
    assert only(told("a", *PAIR), told("b", *PAIR, origin="a")).confidence == one


def test_the_id_is_that_of_the_smallest_mention() -> None:
    """The id is that of the smallest mention."""
    assert only(told("b", *PAIR), told("a", *PAIR)).gid == gid_of(["b:e1", "a:e1"]) == gid_of(["a:e1"])


def test_a_bilateral_at_a_summit_is_its_part() -> None:
    """A bilateral at a summit is its part."""
    summit = told("a", "Twelve", kind="summit", forum="Twelve Nations", date="2031-05-13/2031-05-14")
    meeting = told("b", *PAIR, forum="Twelve Nations")
    linked = {one.kind: one for one in linking.link([summit, meeting])}
    assert linked["meeting"].part_of == linked["summit"].gid


def test_a_range_over_several_rounds_gives_way_to_the_day_planned_for_a_session() -> None:
    """A range told of the outcome gives way to the day planned for a session, but talks do last for days."""

    def date(kind: str) -> tuple[str | None, str | None]:
        plan = told("a", *PAIR, kind=kind, status="scheduled", published="2031-05-10")
        found = only(plan, told("b", *PAIR, kind=kind, date="2031-05-12/2031-05-15"))
        return found.date, found.date_basis

    assert date("session") == ("2031-05-14", "inferred")
    assert date("talks") == ("2031-05-12/2031-05-15", "stated")
