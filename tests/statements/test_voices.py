"""Whose words they are, and who is no voice of the record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique import statements
from communique.actors import Cast, Reference
from communique.language import Reading
from communique.records import Dating, Encounter, Participant, Passage, Statement, TimeExpression
from communique.statements.attribution import Attribution
from communique.statements.shaping import caused

Find = Callable[..., tuple[Statement, ...]]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg, who met Ivan Petrov on Monday, said that the border will stay open.",
        "Anna Berg, whose country shares a river with the bloc led by Petrov, said that the border will stay open.",
        "Anna Berg, accompanied by Ivan Petrov, said that the border will stay open.",
    ],
)
def test_an_aside_names_no_speaker(find: Find, text: str) -> None:
    """Whoever is met or accompanied in an aside does not speak."""
    assert [s.speaker for s in find(text)] == ["Anna Berg"]


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian shipping giant rejected the offer.",
        "A Bulgarian striker warned that the match would be hard.",
        "The Norwegian coach praised his players.",
        "A Bulgarian baker accused the harbour of waste.",
    ],
)
def test_a_national_adjective_makes_no_government(find: Find, text: str) -> None:
    """Firms, clubs and private people do not speak for the state of their adjective."""
    assert find(text) == ()


def test_a_side_and_its_officials_speak_for_the_state(find: Find) -> None:
    """The side, the government and the officials of a state are voices of the record."""
    for who in ("side", "government", "negotiators"):
        assert find(f"The Norwegian {who} rejected the offer.")


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg did not want to comment on the threat of a strike.",
        "Petrov declined to comment on the plan.",
        "Berg and Petrov discussed the proposal for a new ferry.",
        "Nordic News Agency reported that the ferry was late.",
    ],
)
def test_what_is_no_statement(find: Find, text: str) -> None:
    """Silence, a subject of talks and an agency's own report are no statements."""
    assert find(text) == ()


def test_a_name_right_after_an_unnamed_spokesman_is_his(find: Find) -> None:
    """The name counts for what the spokesman said before as well."""
    text = (
        "A spokesman for the harbour office denied the report. “There is no quarrel,” Todor Ilkov said. "
        "The spokesman warned that the rumours do harm."
    )
    found = find(text)
    assert {(s.speaker, s.represents) for s in found} == {("Todor Ilkov", "BG")}
    assert len(found) == 3


def test_a_quoted_paragraph_goes_on_with_the_one_before(find: Find) -> None:
    """A paragraph that is all quotation is the same speaker's; the next paragraph is not."""
    text = "“We are ready,” Anna Berg told reporters.\n\n“Little is left. We hope to settle it soon.”\n\nIt rained."
    found = find(text)
    assert [s.speaker for s in found] == ["Anna Berg", "Anna Berg"]
    assert found[1].cue is None
    assert found[1].mode == "direct"


def test_turns_of_a_briefing(find: Find) -> None:
    """A name before a colon speaks the whole turn; the question is nobody's."""
    text = "Q: Will there be a ferry?\n\nAnna Berg: The ferry matters to both banks. It must sail.\n\nQ: When?"
    (said,) = find(text)
    assert (said.speaker, said.mode) == ("Anna Berg", "direct")


def test_a_court_hands_on_words(find: Find) -> None:
    """What an office tells in quotation marks of its minister is the minister's, through the office."""
    text = (
        "Anna Berg “underlined the role of the ferry and told her guest that she was ready to help”, the palace said."
    )
    (said,) = find(text)
    assert (said.speaker, said.relayed_by) == ("Anna Berg", "Royal Court of Norway")
    assert said.cue is not None
    assert said.cue.text == "underlined"


def test_a_call_to_inform(find: Find) -> None:
    """Calling somebody is no cue; what the call was for is."""
    (said,) = find("Anna Berg called Ivan Petrov to inform him that the ferry would sail in June.")
    assert said.cue is not None
    assert said.cue.text == "inform"
    assert said.content[0].text.endswith("the ferry would sail in June")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Anna Berg repudiated the map of the islands.", "reject"),
        ("Anna Berg defended the right of Bulgaria to build a harbour.", "support"),
        ("Anna Berg conveyed a strong protest to the envoy over the shooting.", "condemn"),
        ("Anna Berg expressed gratitude for the help.", "praise"),
        ("Petrov said Bulgaria will do its best to end the war.", "promise"),
        ("Petrov said the boats should leave, failing which there would be consequences.", "threaten"),
        ("Petrov said that Bulgaria was not willing to keep silent.", "reject"),
        ("Petrov said that the army had broken the truce.", "accuse"),
    ],
)
def test_acts_in_other_words(find: Find, text: str, act: str) -> None:
    """Acts that no single verb performs are told by the words around."""
    assert [s.act for s in find(text)] == [act]


def test_the_day_of_an_aside_is_not_the_day_of_saying(find: Find) -> None:
    """ "X, who met Y on Sunday, said": Sunday is the day of the meeting."""
    text = "Anna Berg, who met Ivan Petrov on Sunday, said that the border will stay open."
    at = text.index("Sunday")
    day = TimeExpression(at, at + 6, "Sunday", "date", "2019-05-12", "2019-05-12", "resolved")
    assert find(text, times=[day])[0].date is None


def test_who_is_the_one_named_before(find: Find) -> None:
    """ "X, who said": X speaks."""
    found = find("The guests were met by Ivan Petrov, who promised that the border will stay open.")
    assert [s.speaker for s in found] == ["Ivan Petrov"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Diplomats said that the talks had stalled.", "Diplomats"),
        ("A Western diplomat said that the talks had stalled.", "Western diplomat"),
        ("Informed sources said that the talks had stalled.", "Informed sources"),
    ],
)
def test_diplomats_without_a_side(find: Find, text: str, speaker: str) -> None:
    """Diplomats and informed circles without name and side are on the record."""
    assert [(s.speaker, s.represents) for s in find(text)] in ([(speaker, None)], [(speaker, "")])


@pytest.mark.parametrize(
    "text",
    ["Sputnik Norway reported that the ferry was late.", "Norway state TV said that the ferry was late."],
)
def test_agencies_with_a_country_in_their_name(find: Find, text: str) -> None:
    """An agency or broadcaster is no voice of the state it is named after."""
    assert find(text) == ()


def test_whose_spokesman_it_is_does_not_speak(find: Find) -> None:
    """ "Petrov's spokesman, X, said": X alone speaks."""
    assert [s.speaker for s in find("Petrov's spokesman, Anna Berg, said the harbour is closed.")] == ["Anna Berg"]


def test_the_end_of_another_quotation_is_no_speaker(find: Find) -> None:
    """A quoted headline that runs into the sentence names nobody."""
    text = "“The ferry is as good as Petrov” Foreign Minister Anna Berg said that the border will stay open."
    assert {s.speaker for s in find(text)} == {"Anna Berg"}


def test_the_report_of_a_spokesman(find: Find) -> None:
    """ "The report says" goes on with the office that was quoted before."""
    text = "The Bulgarian Foreign Ministry said the guests had dined. “They agreed to write,” the report says."
    assert [s.represents for s in find(text)] == ["BG", "BG"]


def test_he_is_whoever_was_speaking(reading_of: Callable[..., Reading]) -> None:
    """Who is named only inside what was said does not take over the word."""
    text = (
        "Anna Berg said that Ivan Petrov was misinformed about the ferry. He added that a letter would follow.\n\n"
        "Norway and Bulgaria have treaties, embassies, a common border, bilateral talks and ministers."
    )
    berg, petrov = Participant("Anna Berg", "person", "NO"), Participant("Ivan Petrov", "person", "BG")
    places = [("Anna Berg", "name", berg), ("Ivan Petrov", "name", petrov), ("He", "pronoun", petrov)]
    references = [
        Reference(text.index(w), text.index(w) + len(w), (text.index(w), text.index(w) + len(w)), kind, "person", (p,))
        for w, kind, p in places
    ]
    found = statements.find(reading_of(text), Cast(references, (), ()), (), (), Dating())
    assert [s.speaker for s in found][:2] == ["Anna Berg", "Anna Berg"]


def test_the_officials_are_those_who_spoke_before(reading_of: Callable[..., Reading]) -> None:
    """ "The officials" are the side's officials quoted before."""
    text = (
        "Norwegian officials said that the gap with Bulgaria was wide. The officials said more talks were needed.\n\n"
        "Norway and Bulgaria have treaties, embassies, a common border, bilateral talks and ministers."
    )
    ours, theirs = Participant("Norwegian officials", "government", "NO"), Participant("Bulgaria", "government", "BG")
    words = [
        ("Norwegian officials", "nominal", ours),
        ("Bulgaria", "name", theirs),
        ("The officials", "nominal", theirs),
    ]
    references = [
        Reference(text.index(w), text.index(w) + len(w), (text.index(w), text.index(w) + len(w)), kind, None, (p,))
        for w, kind, p in words
    ]
    found = statements.find(reading_of(text), Cast(references, (), ()), (), (), Dating())
    assert [s.represents for s in found] == ["NO", "NO"]


def test_a_briefing_under_surnames(find: Find) -> None:
    """Who answers under a surname speaks for the office whose briefing it is; its further paragraphs are his too."""
    text = (
        "Briefing of the Bulgarian Foreign Ministry\n\nQUESTION: Will the ferry sail?\n\n"
        "MR. ILKOV: The ferry will sail in May. It has to.\n\nThe harbour of the south stays closed.\n\n"
        "QUESTION: Why?\n\nMR. ILKOV: Nobody knows."
    )
    found = [s for s in find(text) if s.speaker == "Mr. Ilkov"]
    words = [" ".join(p.text for p in s.content) for s in found]
    assert "The ferry will sail in May. It has to." in words
    assert "The harbour of the south stays closed." in words
    assert {(s.represents, s.mode) for s in found} == {("BG", "direct")}
    assert not any("Why?" in w or "Will the ferry" in w for w in words)


def test_a_surname_in_a_briefing_is_whoever_the_text_knows(find: Find) -> None:
    """ "MS. BERG" is Anna Berg, who is named elsewhere."""
    text = "Anna Berg briefed the press.\n\nQ: When?\n\nMS. BERG: The ferry sails in May, as planned.\n\nQ: Why?"
    assert "Anna Berg" in {s.speaker for s in find(text) if "as planned" in s.content[0].text}


def test_an_office_tells_what_its_head_told_somebody(find: Find) -> None:
    """ "The palace said Berg told her guest that": Berg speaks, through the palace."""
    found = find("On Monday the palace said Anna Berg told her guest that the ferry would be free for children.")
    assert [(s.speaker, s.relayed_by) for s in found] == [("Anna Berg", "Royal Court of Norway")]


def test_whoever_was_quoted_as_saying(find: Find) -> None:
    """ "X was quoted as saying that": X speaks, and only what follows was said."""
    found = find("Petrov was quoted as saying that Bulgaria wants good relations with Norway.")
    assert [s.speaker for s in found] == ["Ivan Petrov"]
    assert found[0].content[0].text.startswith("that Bulgaria")


def test_what_was_agreed_is_of_both(find: Find) -> None:
    """ "It was agreed that", behind an encounter, is of its sides."""
    text = "Anna Berg met Ivan Petrov in Bergen. It was agreed that the experts would come again in June."
    met = Encounter(
        id="e1",
        kind="meeting",
        status="held",
        participants=(Participant("Anna Berg", "person", "NO"), Participant("Ivan Petrov", "person", "BG")),
        evidence=(Passage(0, 36, text[:36]),),
    )
    assert [(s.speaker, s.act) for s in find(text, [met])] == [("Anna Berg; Ivan Petrov", "agree")]


def test_the_head_of_a_body_speaks_alone(find: Find) -> None:
    """The body that somebody heads is no second speaker."""
    text = "The spokesman of the Bulgarian Foreign Ministry, Ivan Petrov, said that the ferry is safe."
    assert [s.speaker for s in find(text)] == ["Ivan Petrov"]


def test_who_asks_not_to_be_named_says_nothing_by_it(find: Find) -> None:
    """The wish to stay unnamed is no statement."""
    assert find("Anna Berg asked not to be named.") == ()


def test_whoever_is_prompted_to_claim_speaks(reading_of: Callable[..., Reading]) -> None:
    """ "Prompting Sofia to claim that": Sofia claims."""
    text = "Norway closed the strait, prompting Sofia to claim that the treaty was void."
    start = text.index("prompting")
    said = Attribution(0, ((text.index("that"), len(text) - 1),), (start, text.index(" that")), (0, 6), "claim")
    told = caused(reading_of(text), said)
    assert told.speaker is not None
    assert text[slice(*told.speaker)] == "Sofia"
    untold = said._replace(cue=(text.index("claim"), text.index(" that")))
    assert caused(reading_of(text), untold) == untold


def test_a_spokesman_is_not_the_one_he_speaks_for(find: Find) -> None:
    """Whoever a spokesman or adviser speaks for is no second speaker; two who are joined speak both."""
    for office in ("A spokesman for", "An aide to", "The chief adviser to"):
        assert [
            s.speakers[0].name for s in find(f"{office} Anna Berg, Ivan Petrov, said that the ferry will run.")
        ] == ["Ivan Petrov"]
    both = find("Anna Berg and Ivan Petrov said that the ferry will run.")
    assert [len(s.speakers) for s in both] == [2]


def test_a_spokesman_hands_on_an_answer(find: Find) -> None:
    """What somebody answered is his, through his spokesman; what the spokesman says of others is the spokesman's."""
    (answered,) = find("A spokesman for the harbour office said that Petrov answered that he would come.")
    assert (answered.speaker, answered.relayed_by) == ("Ivan Petrov", "spokesman for the harbour office")
    (told,) = find("A spokesman for the harbour office said that Berg answered that she would come.")
    assert told.speaker == "spokesman for the harbour office"


def test_whoever_speaks_inside_the_words_told_introduces_nobody(find: Find) -> None:
    """A name behind what an office asked is not that office's."""
    for said in find("The Bulgarian Foreign Ministry asked that the visit be short, Mensah said."):
        assert said.speaker != "Mensah"


def test_a_letter_is_of_whoever_sent_it(find: Find) -> None:
    """ "The letter", where the text told whose letter it is, speaks for the sender, whoever spoke since."""
    found = find(
        "The palace received Bulgaria's letter on Friday. Anna Berg said that she had read it. "
        "The letter asked that the fishermen be released."
    )
    assert [s.speaker for s in found][-1] == "Bulgaria"


def test_both_sides_are_told_alike(find: Find) -> None:
    """Where one side is known as its state and the other by one person, "the two sides" are both states."""
    text = "Norway received Ivan Petrov in Bergen. Bulgaria is near. The two sides agreed to reopen the ferry line."
    met = Encounter(
        id="e1",
        kind="meeting",
        status="held",
        participants=(Participant("Norway", "government", "NO"), Participant("Ivan Petrov", "person", "BG")),
        evidence=(Passage(0, 38, text[:38]),),
    )
    assert [s.speaker for s in find(text, [met])] == ["Norway; Bulgaria"]
