"""Reports without a day are dated by the encounters that they share with reports that have one."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from communique import linking
from communique.linking import Told
from communique.linking.when import day_number, iso, period
from communique.records import Dating, Findings, Report

from .made import told

VIDAL = ("Orla Brandt", "Tomas Vidal")


def plan(report: str = "plan", **more: object) -> Told:
    """A dated report that plans a meeting in Lisbon for 14 May 2031, a Wednesday."""
    given = {"status": "scheduled", "published": "2031-05-02", "place": "Lisbon", "country": "PT", **more}
    return told(report, *VIDAL, **given)  # type: ignore[arg-type]


def undated(**more: object) -> Told:
    """A report without a day that tells the meeting as past."""
    given = {"date": None, "place": "Lisbon", "country": "PT", **more}
    return told("late", *VIDAL, **given)  # type: ignore[arg-type]


def test_a_report_of_the_outcome_lies_at_or_after_the_day_that_another_planned() -> None:
    """A report of the outcome lies at or after the day that another planned."""
    (bound,) = linking.bounds([undated()], [plan()])
    assert (bound.start, bound.end) == ("2031-05-14", "2031-05-20")
    assert "plan has on 2031-05-14" in bound.because
    assert "They met." in bound.because


def test_a_preview_lies_before_the_day_on_which_another_tells_it_as_held() -> None:
    """A preview lies before the day on which another tells it as held; with the weekday, in the week before."""
    held = told("held", *VIDAL, published="2031-05-15", place="Lisbon", country="PT")
    (bound,) = linking.bounds([undated(status="scheduled")], [held])
    assert bound.end == "2031-05-14"
    assert bound.start is not None
    assert bound.start < "2031-04-15"
    (pinned,) = linking.bounds([undated(status="scheduled", evidence="They will meet on Wednesday.")], [held])
    assert (pinned.start, pinned.end) == ("2031-05-08", "2031-05-14")


def test_what_is_under_way_is_of_that_day() -> None:
    """What is told as under way is of the days on which it is held."""
    (bound,) = linking.bounds([undated(status="ongoing")], [plan()])
    assert (bound.start, bound.end) == ("2031-05-14", "2031-05-14")


def test_background_far_down_bounds_on_one_side_only() -> None:
    """An encounter told far down a report is background, and bounds its day on one side only."""
    news = told("late", "DE", "CZ", local="e0", date=None)
    far = told("late", "Orla Brandt", "Lin Hao", local="e1", date=None)
    (bound,) = linking.bounds([news, far, undated(local="e2")], [plan()])
    assert (bound.start, bound.end) == ("2031-05-14", None)
    (bound,) = linking.bounds([undated(evidence="It is quiet since they met in Lisbon.")], [plan()])
    assert (bound.start, bound.end) == ("2031-05-14", None)


def test_the_same_people_in_the_same_city_twice_date_nothing() -> None:
    """The same people in the same city twice, months apart, date nothing: it could be either."""
    assert linking.bounds([undated()], [plan(), plan("again", date="2031-09-03", published="2031-08-30")]) == ()


def test_the_day_of_the_year_tells_them_apart() -> None:
    """A day of a year that is not named tells which of two it is."""
    one = undated(date="XXXX-05-14", basis="stated")
    others = [plan(), plan("again", date="2031-09-03", published="2031-08-30")]
    (bound,) = linking.bounds([one], others)
    assert bound.start == "2031-05-14"
    assert linking.bounds([undated(date="XXXX-06-14", basis="stated")], others) == ()


def test_who_met_whom_alone_is_not_enough() -> None:
    """Who met whom alone is not enough: the same people meet again and again."""
    assert linking.bounds([undated(place=None, country=None)], [plan()]) == ()
    assert linking.bounds([undated(place="Porto")], [plan()]) == ()


def test_where_delegations_meet_again_and_again_the_city_says_little() -> None:
    """Two sides in a city where delegations meet again and again are known only by more than that; two persons are."""

    def pair(place: str, country: str, *names: str) -> list[linking.Bound]:
        late = told("late", *names, kind="talks", date=None, place=place, country=country)
        dated = told("x", *names, kind="talks", published="2031-05-15", place=place, country=country)
        return list(linking.bounds([late], [dated]))

    assert pair("Porto", "PT", "US", "CN")
    assert pair("Geneva", "CH", "US", "CN") == []
    assert pair("Geneva", "CH", *VIDAL)


def test_bounds_that_contradict_each_other_are_dropped() -> None:
    """Bounds that contradict each other are dropped, all of them."""
    other = told("early", "DE", "CZ", date="2031-08-01", published="2031-07-30", place="Oslo", country="NO", number=3)
    second = told("late", "DE", "CZ", local="e2", date=None, place="Oslo", country="NO", number=3)
    assert len(linking.bounds([second], [other])) == 1
    assert linking.bounds([undated(), second], [plan(), other]) == ()


def test_a_near_copy_is_of_the_same_days() -> None:
    """A near copy of a dated report is of the same days."""
    (bound,) = linking.bounds([undated()], [], [("twin", "2031-05-15")])
    assert (bound.start, bound.end) == ("2031-05-14", "2031-05-19")


def test_only_known_days_are_anchors() -> None:
    """An anchor has a day that is stated, or rests on a day of its report that was not itself inferred."""
    assert linking.anchors(plan())
    assert linking.anchors(plan(basis="resolved"))
    assert linking.anchors(told("x", *VIDAL, published=None))
    assert not linking.anchors(told("x", *VIDAL, published=None, basis="resolved"))
    assert not linking.anchors(undated())
    assert not linking.anchors(plan(date="2031"))
    assert not linking.anchors(plan(status="proposed"))


def test_which_reports_seek_their_day() -> None:
    """A report seeks its day if it has none, a month at best, or one that was inferred."""
    assert linking.seeks(None, None)
    assert linking.seeks("2031-05", "inferred")
    assert linking.seeks("2031-05", "metadata")
    assert not linking.seeks("2031-05-14", "metadata")
    assert linking.seeks("2031-05-14", "inferred")
    assert not linking.seeks("2031-05-14", "resolved")


def test_a_day_holds_if_it_lies_within_all_bounds() -> None:
    """A day that was worked out holds if it lies within all bounds."""
    found = linking.bounds([undated()], [plan()])
    assert linking.hold(found, "2031-05-15")
    assert linking.hold(found, "2031-05-14~")
    assert not linking.hold(found, "2031-05")
    assert not linking.hold(found, "2031-06-01")
    assert not linking.hold(found, None)


CITIES = (("Lisbon", "PT"), ("Oslo", "NO"), (None, None))


@given(st.randoms(use_true_random=False))
def test_anchors_share_a_key_with_what_they_date(rng: random.Random) -> None:
    """What dates a mention shares a key with it, and the order of the candidates does not matter."""

    def one(report: str, **more: object) -> Told:
        place, country = rng.choice(CITIES)
        names = rng.choice((VIDAL, ("DE", "FR"), ("Sam Reyes", "Lin Hao"), ("OSCE",)))
        more |= {"number": rng.choice((None, 3)), "forum": rng.choice((None, "Lisbon Forum"))}
        more |= {"kind": rng.choice(("talks", "meeting")), "status": rng.choice(("held", "scheduled"))}
        return told(report, *names, place=place, country=country, **more)  # type: ignore[arg-type]

    late = one("late", date=rng.choice((None, "XXXX-05-14")))
    others = [one(f"r{n}", date=f"2031-05-{rng.randint(13, 15)}", published="2031-05-13") for n in range(4)]
    found = linking.bounds([late], others)
    keys = set(linking.shared_keys(late))
    near = [a for a in others if keys & set(linking.anchor_keys(a))]
    rng.shuffle(near)
    assert linking.bounds([late], near) == found
    for bound in found:
        days = period(f"{bound.start or bound.end}/{bound.end or bound.start}")
        assert days is not None
        assert iso(days.first) >= "2031-03-01"


def test_a_visit_by_the_same_guest_on_the_same_weekday_is_the_same() -> None:
    """A visit by one guest to one country is known by the weekday; another of his on another weekday is not it."""
    trip = told("plan", "Tomas Vidal", kind="visit", status="scheduled", published="2031-05-02", country="PT")
    other = told(
        "x", "Tomas Vidal", kind="visit", date="2033-01-07", published="2033-01-08", country="PT", place="Faro"
    )
    late = told("late", "Tomas Vidal", kind="visit", date=None, country="PT", evidence="He arrived on Wednesday.")
    assert set(linking.shared_keys(late)) & set(linking.anchor_keys(trip))
    (bound,) = linking.bounds([late], [trip, other])
    assert (bound.start, bound.end) == ("2031-05-14", "2031-05-20")


def test_a_day_worked_out_from_an_uncertain_one_does_not_count() -> None:
    """In a report whose day is not certain, only stated days and days of the year that it names are compared."""
    wrong = undated(date="2029-08-01", basis="resolved", evidence="They met in Lisbon.")
    assert [bound.start for bound in linking.bounds([wrong], [plan()])] == ["2031-05-14"]
    named = undated(date="2029-08-01", basis="resolved", evidence="They met in Lisbon on 1 August.")
    assert linking.bounds([named], [plan()]) == ()
    right = undated(date="2029-05-14", basis="resolved", evidence="They met in Lisbon on May 14.")
    assert [bound.start for bound in linking.bounds([right], [plan()])] == ["2031-05-14"]


class Analysis:
    """Findings whose published day is the first that the bounds allow, and whose visit is on the weekday before it."""

    def __init__(self, fails: bool = False) -> None:
        self.asked: list[tuple[linking.Bound, ...]] = []
        self.fails = fails

    def __call__(self, found: tuple[linking.Bound, ...]) -> Findings | None:
        self.asked.append(found)
        if self.fails:
            return None
        published = max(bound.start or "" for bound in found)
        number = day_number(published)
        assert number is not None
        visit = told("late", "Tomas Vidal", kind="visit", date=iso(number - (number - 3) % 7), country="PT").encounter
        return Findings(Report("late", "They met.", published=Dating(published, "inferred", "so")), (visit,))


def test_a_weekday_counted_from_the_wrong_side_is_counted_again() -> None:
    """An encounter that comes out a week off narrows the bounds, and it is done again."""
    found = (linking.Bound("2031-05-08", "2031-05-14", "told as still to come", "e9", "2031-05-14"),)
    analysis = Analysis()
    findings = linking.settle(analysis, found)
    assert findings is not None
    assert [bounds[0].start for bounds in analysis.asked] == ["2031-05-08", "2031-05-14"]
    assert findings.report.published.value == "2031-05-14"
    assert findings.encounters[0].date == "2031-05-14"


def test_what_does_not_keep_to_its_bounds_is_not_settled() -> None:
    """An analysis that fails, or that puts the shared encounter on another day, settles nothing."""
    assert linking.settle(Analysis(fails=True), (linking.Bound("2031-05-08", None, "so"),)) is None
    apart = (linking.Bound("2031-05-14", None, "so", "e1", "2031-05-11"),)
    assert linking.settle(Analysis(), apart) is None
