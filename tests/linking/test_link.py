"""Linking: which mentions are one encounter, and that nothing contradictory is ever joined."""

from __future__ import annotations

import random

from communique import linking

from .made import told, who


def groups(*mentions: linking.Told) -> set[frozenset[str]]:
    return {frozenset(f"{r}:{e}" for r, e in one.mentions) for one in linking.link(mentions)}


def joined(a: linking.Told, b: linking.Told) -> bool:
    return len(groups(a, b)) == 1


BRANDT_VIDAL = ("Orla Brandt", "Tomas Vidal")


def test_the_same_meeting_in_two_reports_is_counted_once() -> None:
    """The same meeting in two reports is counted once."""
    (one,) = linking.link([told("a", *BRANDT_VIDAL, place="Bonn"), told("b", *BRANDT_VIDAL)])
    assert (one.reports, one.origins, one.place, one.date) == (2, 2, "Bonn", "2031-05-14")
    assert "a:e1 and b:e1 are the same" in one.because[0]


def test_a_plan_and_its_outcome_are_one_encounter_that_was_held() -> None:
    """A plan and its outcome are one encounter that was held."""
    plan = told("a", *BRANDT_VIDAL, status="scheduled", published="2031-05-10")
    outcome = told("b", *BRANDT_VIDAL, published="2031-05-15")
    (one,) = linking.link([outcome, plan])
    assert one.status == "held"
    assert [step[0] for step in one.life] == ["scheduled", "held"]


def test_two_stated_days_on_which_both_took_place_are_never_joined() -> None:
    """Two stated days on which both took place are never joined."""
    assert not joined(told("a", *BRANDT_VIDAL), told("b", *BRANDT_VIDAL, date="2031-05-15"))


def test_a_day_that_was_worked_out_may_be_one_off() -> None:
    """A day that was worked out may be one off."""
    assert joined(told("a", *BRANDT_VIDAL), told("b", *BRANDT_VIDAL, date="2031-05-15", basis="resolved"))


def test_the_thirteenth_round_is_not_the_fourteenth() -> None:
    """The thirteenth round is not the fourteenth."""
    a = told("a", "DE delegation", "FR delegation", kind="talks", number=13, date="2031-05")
    b = told("b", "DE delegation", "FR delegation", kind="talks", number=14, date="2031-05")
    assert not joined(a, b)


def test_a_call_is_not_a_meeting_unless_the_meeting_was_by_video() -> None:
    """A call is not a meeting unless the meeting was by video."""
    call = told("a", *BRANDT_VIDAL, kind="call")
    assert not joined(call, told("b", *BRANDT_VIDAL))
    assert joined(call, told("b", *BRANDT_VIDAL, format="video"))


def test_the_same_people_in_the_same_city_months_apart_stay_apart() -> None:
    """The same people in the same city months apart stay apart."""
    a = told("a", *BRANDT_VIDAL, place="Bonn", date="2031-05-14")
    b = told("b", *BRANDT_VIDAL, place="Bonn", date="2031-09-02", basis="resolved")
    assert not joined(a, b)


def test_a_visit_and_the_meeting_during_it_are_two_that_know_each_other() -> None:
    """A visit and the meeting during it are two that know each other."""
    visit = told("a", "Orla Brandt", kind="visit", place="Paris", country="FR", date="2031-05-13/2031-05-15")
    meeting = told("b", *BRANDT_VIDAL, place="Paris", country="FR")
    linked = {one.kind: one for one in linking.link([visit, meeting])}
    assert linked["meeting"].part_of == linked["visit"].gid
    assert len(linking.components([visit, meeting])) == 1


def test_a_report_that_names_the_whole_settles_the_part() -> None:
    """A report that names the whole settles the part."""
    summit = told("a", "G20", kind="summit", forum="G20", date="2031-05-14/2031-05-15")
    meeting = told("a", *BRANDT_VIDAL, local="e2", part_of="e1")
    linked = {one.kind: one for one in linking.link([summit, meeting])}
    assert linked["meeting"].part_of == linked["summit"].gid


def test_one_report_tells_two_meetings_apart_but_may_tell_a_proposal_twice() -> None:
    """One report tells two meetings apart but may tell a proposal twice."""
    held = told("a", *BRANDT_VIDAL, local="e1")
    again = told("a", *BRANDT_VIDAL, local="e2")
    assert not joined(held, again)
    plan = told("a", "DE", "FR", kind="talks", status="scheduled", local="e1")
    wish = told("a", "DE", "FR", kind="talks", status="proposed", local="e2", date="2031-05")
    assert joined(plan, wish)


def test_a_month_meets_its_days_and_an_undated_plan_the_day_after_its_report() -> None:
    """A month meets its days and an undated plan the day after its report."""
    day = told("a", *BRANDT_VIDAL, published="2031-05-15")
    assert joined(day, told("b", *BRANDT_VIDAL, date="2031-05"))
    assert joined(day, told("b", *BRANDT_VIDAL, date=None, status="scheduled", published="2031-05-11"))
    assert not joined(day, told("b", *BRANDT_VIDAL, date=None, status="scheduled", published="2031-05-20"))


def test_a_plan_told_afterwards_is_for_the_next_meeting() -> None:
    """A plan told afterwards is for the next meeting."""
    held = told("a", *BRANDT_VIDAL, published="2031-05-14")
    assert not joined(held, told("b", *BRANDT_VIDAL, status="scheduled", date="2031-05-18", published="2031-05-15"))
    assert joined(held, told("b", *BRANDT_VIDAL, status="scheduled", date="2031-05-13", published="2031-05-10"))


def test_other_persons_on_a_side_make_it_another_meeting() -> None:
    """Other persons on a side make it another meeting."""
    assert not joined(told("a", *BRANDT_VIDAL), told("b", "Orla Brandt", "Ines Moreau"))


def test_a_bilateral_is_not_the_summit_around_it() -> None:
    """A bilateral is not the summit around it."""
    bilateral = told("a", *BRANDT_VIDAL)
    summit = told("b", "DE", "FR", "US", "CN", kind="summit", forum="Twelve")
    assert not joined(bilateral, summit)


def test_delegations_and_named_persons_of_the_same_sides_meet() -> None:
    """Delegations and named persons of the same sides meet."""
    a = told("a", "DE delegation", "FR delegation", kind="talks", place="Geneva", country="CH")
    b = told("b", *BRANDT_VIDAL, kind="talks", place="Geneva", country="CH")
    (one,) = linking.link([a, b])
    assert [p.name for p in one.participants] == ["Orla Brandt", "DE delegation", "Tomas Vidal", "FR delegation"]


def test_spellings_of_a_name_are_one_person_and_ids_decide_where_both_have_them() -> None:
    """Spellings of a name are one person and ids decide where both have them."""
    a = told("a", participants=who("DE") + who("Lin Hao"))
    b = told("b", participants=(*who("DE"), who("Lin Hao")[0].__class__("Lin Haao", "person", "CN")))
    assert joined(a, b)


def test_forum_sessions_meet_by_their_forum_even_if_one_names_no_sides_of_countries() -> None:
    """Forum sessions meet by their forum even if one names no sides of countries."""
    a = told("a", "OSCE", kind="session", forum="OSCE Permanent Council")
    b = told("b", "US", "OSCE", kind="meeting", forum="OSCE")
    assert joined(a, b)
    other = told("b", "UN", kind="session", forum="UN Security Council")
    assert not joined(a, other)


def test_the_order_of_ingest_changes_nothing() -> None:
    """The order of ingest changes nothing."""
    rng = random.Random(7)
    mentions = [
        told(f"r{i}", *rng.choice([BRANDT_VIDAL, ("Sam Reyes", "Lin Hao"), ("DE", "FR")]), date=f"2031-05-{d:02}")
        for i, d in enumerate(rng.choices(range(10, 20), k=40))
    ]
    first = linking.link(mentions)
    for _ in range(10):
        rng.shuffle(mentions)
        assert linking.link(mentions) == first


def test_components_can_be_linked_one_by_one() -> None:
    """Components can be linked one by one."""
    rng = random.Random(3)
    mentions = [
        told(f"r{i}", *rng.choice([BRANDT_VIDAL, ("Sam Reyes", "Lin Hao"), ("DE", "FR")]), date=f"2031-{m:02}-{d:02}")
        for i, (m, d) in enumerate(zip(rng.choices((5, 6), k=60), rng.choices(range(10, 20), k=60), strict=True))
    ]
    piecewise = [one for part in linking.components(mentions) for one in linking.link(part)]
    assert tuple(sorted(piecewise, key=lambda one: one.gid)) == linking.link(mentions)


def test_a_new_report_touches_only_what_it_is_bound_to() -> None:
    """A new report touches only what it is bound to."""
    old = [told("a", *BRANDT_VIDAL), told("b", "Sam Reyes", "Lin Hao")]
    assert linking.bound_to([told("c", *BRANDT_VIDAL)], old) == ("a:e1",)
    shared = set(linking.blocking_keys(old[0])) & set(linking.blocking_keys(told("c", *BRANDT_VIDAL)))
    assert shared


def test_what_copies_tell_is_joined_more_readily() -> None:
    """What two copies of one text tell is joined even where it is told too barely to be joined otherwise."""
    a = told("a", "DE", "FR", kind="talks")
    b = {"kind": "talks", "date": None, "published": "2031-05-30"}
    assert not joined(a, told("b", "DE", "FR", **b))  # type: ignore[arg-type]
    assert joined(a, told("b", "DE", "FR", origin="a", **b))  # type: ignore[arg-type]


def test_a_body_in_session_is_met_by_its_name_among_the_sides() -> None:
    """A forum's session and "Russia meets the OSCE" on one day meet although only one names the forum."""
    a = told("a", "OSCE", kind="session", forum="OSCE Permanent Council")
    assert joined(a, told("b", "US", "OSCE", kind="meeting"))
