"""The journey of one report is a pure function, and everything that it finds rests on words of the text."""

from __future__ import annotations

import pytest

import communique
from communique import pipeline
from communique.analysis import default_knowledge
from communique.errors import UnreadableReport
from communique.records import Findings, Passage

READOUT = """Foreign Ministers of Norway and Kenya Meet in Nairobi

NAIROBI, March 4, 2019 - Norwegian Foreign Minister Ine Eriksen Soreide met Kenyan Foreign Minister Monica Juma in
Nairobi on Monday.

"Kenya is a close partner of Norway in peace diplomacy," Soreide said after the meeting.

Juma said that the two countries would open talks on fisheries in May.
"""

MATCH = """Harbour Town through to the final

Harbour Town beat Castle Rovers 3-1 on Saturday to reach the cup final. Striker Leo Marsh scored twice before the
break. "We wanted it more," said coach Pete Dunn. The final will be played on May 11.
"""


@pytest.fixture(scope="module")
def findings() -> Findings:
    """What the readout says."""
    return communique.analyse(READOUT, id="readout")


def passages(found: Findings) -> list[Passage]:
    every = [p for e in found.encounters for p in e.evidence]
    for statement in found.statements:
        every += [*statement.content, *statement.evidence]
        every += [p for p in (statement.cue, statement.speaker_passage) if p]
    return every + [a.passage for a in found.abstentions]


def test_a_meeting_is_found_with_who_when_and_where(findings: Findings) -> None:
    """The readout's meeting has both ministers, their sides, the day and the place."""
    met = findings.encounters[0]
    assert (met.kind, met.status, met.date, met.place, met.country) == (
        "meeting", "held", "2019-03-04", "Nairobi", "KE",
    )  # fmt: skip
    assert {(p.name.split()[-1], p.represents) for p in met.participants} >= {("Juma", "KE")}
    assert met.sides == {"NO", "KE"}


def test_statements_have_their_speakers(findings: Findings) -> None:
    """The quotation is Søreide's, the indirect speech Juma's."""
    spoken = {s.mode: (s.represents, s.content[0].text) for s in findings.statements}
    assert spoken["direct"][0] == "NO"
    assert "close partner" in spoken["direct"][1]
    assert spoken["indirect"][0] == "KE"


def test_the_reports_day_says_what_it_rests_on(findings: Findings) -> None:
    """The dateline dates the report, and says so."""
    published = findings.report.published
    assert (published.value, published.basis) == ("2019-03-04", "stated")
    assert published.because


def test_every_passage_is_verbatim(findings: Findings) -> None:
    """Each passage holds the very characters of the text at its offsets."""
    found = passages(findings)
    assert found
    for passage in found:
        assert findings.report.text[passage.start : passage.end] == passage.text


def test_the_same_report_gives_the_same_findings(findings: Findings) -> None:
    """Whatever was read in between, a report's findings do not change."""
    communique.analyse(MATCH)
    assert communique.analyse(READOUT, id="readout") == findings


def test_a_sports_page_gives_nothing_and_is_not_parsed() -> None:
    """A match report holds no encounter and no statement, and no sentence of it reaches the parser."""
    found = communique.analyse(MATCH)
    assert (found.encounters, found.statements) == ((), ())
    assert found.parsed == 0


def test_every_attribution_can_be_asked_for() -> None:
    """With scope `all` the coach's words are kept too."""
    report = communique.analyse(MATCH).report
    found = pipeline.analyse(report, default_knowledge(), scope="all")
    assert any("wanted it more" in passage.text for s in found.statements for passage in s.content)


def test_what_is_no_report_is_refused() -> None:
    """Empty text raises an error that says so."""
    with pytest.raises(UnreadableReport):
        communique.analyse("   \n ")


def test_the_knowledge_has_one_fingerprint() -> None:
    """The fingerprint is stable within a version and short enough to show."""
    knowledge = default_knowledge()
    assert knowledge.fingerprint == knowledge.fingerprint
    assert len(knowledge.fingerprint) == 16
