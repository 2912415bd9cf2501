"""Linking report by report, as the record does it, gives what linking everything at once gives."""

from __future__ import annotations

import random

import pytest

from communique import linking
from communique.records import LinkedEncounter

from .made import told

SETS = [("Orla Brandt", "Tomas Vidal"), ("DE", "FR"), ("DE delegation", "FR delegation"), ("Sam Reyes", "Lin Hao"),
        ("Orla Brandt", "Ines Moreau"), ("OSCE",), ("US", "OSCE")]  # fmt: skip


def random_mentions(rng: random.Random, reports: int) -> list[list[linking.Told]]:
    found = []
    for n in range(reports):
        day = rng.randint(1, 28)
        published = f"2031-05-{min(28, day + rng.randint(-3, 3)):02}" if rng.random() < 0.8 and day > 3 else None
        told_here = []
        for local in range(rng.choice((1, 1, 2))):
            names = rng.choice(SETS)
            told_here.append(
                told(
                    f"r{n:02}",
                    *names,
                    local=f"e{local}",
                    kind="session" if "OSCE" in names else rng.choice(("meeting", "talks", "talks", "call", "visit")),
                    status=rng.choice(("held", "held", "scheduled", "proposed", "postponed")),
                    date=rng.choice((f"2031-05-{day:02}", f"2031-05-{day:02}", "2031-05", None, "2031")),
                    basis=rng.choice(("stated", "resolved")),
                    published=published,
                    origin=f"r{n % 7:02}" if n % 7 < 3 else None,
                    place=rng.choice((None, "Bonn", "Paris")),
                    country=rng.choice((None, "FR")),
                    number=rng.choice((None, None, 3, 4)),
                    forum="OSCE" if "OSCE" in names else None,
                )
            )
        found.append(told_here)
    return found


class Keeper:
    """A record in memory that links each report into what it holds, by the steps that the room asks for."""

    def __init__(self) -> None:
        self.component: dict[str, str] = {}
        self.told: dict[str, linking.Told] = {}
        self.linked: dict[str, tuple[LinkedEncounter, ...]] = {}

    def add(self, new: list[linking.Told]) -> None:
        keys = {key for one in new for key in linking.blocking_keys(one)}
        near = [one for one in self.told.values() if keys & set(linking.blocking_keys(one))]
        reached = {self.component[key] for key in linking.bound_to(new, near)}
        union = new + [one for key, one in self.told.items() if self.component[key] in reached]
        for name in reached:
            del self.linked[name]
        for group in linking.components(union):
            name = group[0].key
            for one in group:
                self.told[one.key], self.component[one.key] = one, name
            self.linked[name] = linking.link(group)

    def record(self) -> tuple[LinkedEncounter, ...]:
        return tuple(sorted((one for group in self.linked.values() for one in group), key=lambda one: one.gid))


@pytest.mark.parametrize("seed", range(25))
def test_report_by_report_in_any_order_is_the_same_as_all_at_once(seed: int) -> None:
    """Report by report in any order is the same as all at once."""
    rng = random.Random(seed)
    reports = random_mentions(rng, 40)
    everything = linking.link(one for group in reports for one in group)
    rng.shuffle(reports)
    keeper = Keeper()
    for group in reports:
        keeper.add(group)
    assert keeper.record() == everything


def test_a_thousand_reports_of_one_meeting_are_linked_quickly() -> None:
    """A thousand reports of one meeting are compared by how they tell it, not each with each."""
    rng = random.Random(1)
    mentions = [
        told(f"r{n:04}", *rng.choice(SETS[:3]), place=rng.choice((None, "Bonn")), duration=rng.choice((None, "PT3H")))
        for n in range(1000)
    ]
    with_plans = [
        *mentions,
        *(told(f"s{n:04}", *SETS[0], status="scheduled", date=None, published="2031-05-11") for n in range(40)),
    ]
    counted = linking.link(with_plans)
    assert len(counted) == 1
    assert counted[0].reports == 1040
    assert linking.disagreements("E1", mentions) == ()
