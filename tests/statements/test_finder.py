"""Statements are found with speaker, content, mode and act, and only those of the diplomatic record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique import statements
from communique.actors import Cast
from communique.language import Reading
from communique.records import Dating, Encounter, Participant, Passage, Statement, TimeExpression

Find = Callable[..., tuple[Statement, ...]]


def meeting(text: str, words: str, **fields: Any) -> Encounter:
    at = text.index(words)
    given: dict[str, Any] = {
        "id": "e1",
        "kind": "meeting",
        "status": "held",
        "participants": (
            Participant("Anna Berg", "person", "NO", actor="berg"),
            Participant("Ivan Petrov", "person", "BG", actor="petrov"),
        ),
        "evidence": (Passage(at, at + len(words), words),),
        "date": "2019-05-06",
        "date_basis": "stated",
        **fields,
    }
    return Encounter(**given)


@pytest.mark.parametrize(
    ("text", "speaker", "content", "mode"),
    [
        ("Anna Berg said that the border will stay open.", "Anna Berg", "the border will stay open", "indirect"),
        ("“The border will stay open,” Anna Berg said.", "Anna Berg", "“The border will stay open,”", "direct"),
        ("According to Anna Berg, the border will stay open.", "Anna Berg", "the border will stay open", "indirect"),
        ("The border, according to Anna Berg, will stay open.", "Anna Berg", "will stay open", "indirect"),
        ("The border will stay open, Anna Berg said.", "Anna Berg", "The border will stay open", "indirect"),
        ("Berg could not stay, but Petrov rejected any change of the treaty.", "Ivan Petrov", "any change", "indirect"),
        ("Anna Berg thanked Bulgaria for its help after the flood.", "Anna Berg", "for its help", "indirect"),
        ("Petrov demanded that the ships leave the harbour.", "Ivan Petrov", "the ships leave the harbour", "indirect"),
        ("Anna Berg called the plan “a dangerous mistake” on Monday.", "Anna Berg", "“a dangerous mistake”", "mixed"),
        ("Anna Berg said she could not say whether it would go on.", "Anna Berg", "could not say whether", "indirect"),
        ("The Bulgarian Foreign Ministry warned that the deal may fail.", None, "the deal may fail", "indirect"),
    ],
)  # fmt: skip
def test_one_statement(find: Find, text: str, speaker: str | None, content: str, mode: str) -> None:
    """The content, speaker and mode of each way of reporting are found."""
    found = [s for s in find(text) if content in " ".join(p.text for p in s.content)]
    assert len(found) == 1, find(text)
    assert speaker is None or found[0].speaker == speaker
    assert found[0].mode == mode


def test_a_split_quotation_and_its_next_sentences_are_one_statement(find: Find) -> None:
    """A split quotation and its next sentences are one statement."""
    (said,) = find("“We agree,” Anna Berg said. “The rest can wait. Nobody is in a hurry.”")
    words = " ".join(p.text for p in said.content)
    assert "We agree" in words
    assert "Nobody is in a hurry" in words
    assert said.mode == "direct"


def test_a_question_and_who_asked_it_are_one_statement(find: Find) -> None:
    """A question and who asked it are one statement."""
    (said,) = find("“When will the bridge be open again for the lorries of both countries?” Anna Berg said.")
    assert said.speaker == "Anna Berg"
    assert "the bridge" in said.content[0].text


def test_passages_are_slices_of_the_text(find: Find) -> None:
    """Passages are slices of the text."""
    text = "Anna Berg said that the border will stay open. “It must,” Petrov added."
    for said in find(text):
        for passage in (*said.content, *said.evidence, said.cue, said.speaker_passage):
            assert passage is not None
            assert text[passage.start : passage.end] == passage.text


def test_ids_run_in_text_order(find: Find) -> None:
    """Ids run in text order."""
    found = find("Anna Berg said the road is safe. Petrov said that the road is closed. Berg rejected this claim.")
    assert [s.id for s in found] == ["s1", "s2", "s3"]
    assert [s.content[0].start for s in found] == sorted(s.content[0].start for s in found)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg and Ivan Petrov discussed trade.",
        "Anna Berg declined to comment.",
        "Anna Berg refused to say when the talks begin.",
        "A passenger said that the ferry was late.",
        "Anna Berg did not answer when she was asked for comment.",
        "Both teams fear the rain.",
        "",
    ],
)
def test_no_statement_of_the_record(find: Find, text: str) -> None:
    """What is no statement of an official gives none."""
    assert find(text) == ()


def test_a_report_with_one_side_has_none(
    reading_of: Callable[[str], Reading], cast_by_words: Callable[[str], Cast]
) -> None:
    """A report with one side has none."""
    text = "Anna Berg said that taxes will fall."
    assert statements.find(reading_of(text), cast_by_words(text), (), (), Dating()) == ()


def test_everything_keeps_what_is_not_diplomacy(find: Find) -> None:
    """Everything keeps what is not diplomacy."""
    found = find("A passenger said that the ferry was late.", everything=True)
    assert [s.speaker_passage.text for s in found if s.speaker_passage] == ["A passenger"]
    assert found[0].speakers == ()


def test_a_headline_that_the_body_repeats_is_left_out(find: Find) -> None:
    """A headline that the body repeats is left out."""
    title = "Berg: border will stay open"
    text = f"{title}\n\nAnna Berg said on Monday that the border will stay open."
    found = find(text, title_end=len(title))
    assert len(found) == 1
    assert found[0].content[0].start > len(title)


def test_the_outer_of_two_officials_speaks(find: Find) -> None:
    """The outer of two officials speaks."""
    (said,) = find("The Bulgarian Foreign Ministry said that Petrov rejected the offer of a loan.")
    assert said.speaker == "Ministry of Foreign Affairs of Bulgaria"


def test_a_document_hands_on_what_somebody_said(find: Find) -> None:
    """A document hands on what somebody said."""
    text = (
        "The Bulgarian Foreign Ministry said the talks were open. According to the statement, Berg praised the pilots."
    )
    inner = find(text)[-1]
    assert inner.speaker == "Anna Berg"
    assert inner.relayed_by == "Ministry of Foreign Affairs of Bulgaria"


def test_the_statement_said_is_the_word_of_its_issuer(find: Find) -> None:
    """The statement said is the word of its issuer."""
    text = (
        "The Bulgarian Foreign Ministry warned that the deal may fail. “There is little time left,” the statement said."
    )
    assert find(text)[-1].speaker == "Ministry of Foreign Affairs of Bulgaria"


def test_both_sides_are_those_of_the_encounter_before(find: Find) -> None:
    """Both sides are those of the encounter before."""
    text = "Anna Berg met Ivan Petrov in Bergen. Both parties stressed their commitment to open seas."
    met = meeting(text, "Anna Berg met Ivan Petrov in Bergen.")
    (said,) = find(text, [met])
    assert said.speaker == "Anna Berg; Ivan Petrov"
    assert said.represents == "NO; BG"
    assert said.at == "e1"
    assert (said.date, said.date_basis) == ("2019-05-06", "stated")


def test_the_day_beside_the_cue_wins(find: Find) -> None:
    """The day beside the cue wins."""
    text = "Anna Berg said on 3 May 2019 that the border will stay open."
    at = text.index("3 May 2019")
    day = TimeExpression(at, at + 10, "3 May 2019", "date", "2019-05-03", "2019-05-03", "stated")
    (said,) = find(text, times=[day])
    assert said.date == "2019-05-03"


def test_whoever_is_spoken_to_is_the_addressee(find: Find) -> None:
    """Whoever is spoken to is the addressee."""
    (said,) = find("Anna Berg urged Bulgaria to open the border.")
    assert said.addressee == "Bulgaria"


def test_coordinated_clauses_are_two_statements(find: Find) -> None:
    """Coordinated clauses are two statements."""
    found = find("Anna Berg said that the road is safe, but that the bridge must be closed at once.")
    assert len(found) == 2
    assert found[1].act == "demand"


def test_words_without_speaker_go_on_with_the_one_before(find: Find) -> None:
    """Words without speaker go on with the one before."""
    text = "Anna Berg spoke in Oslo. According to her, the border will stay open."
    assert [s.speaker for s in find(text)] == ["Anna Berg"]


def test_gate_words_are_lower_case_and_hold_the_cues() -> None:
    """Gate words are lower case and hold the cues."""
    words = list(statements.gate_words())
    assert {"said", "according to", "warned", "statement"} <= set(words)
    assert all(w == w.lower() for w in words)


def test_a_report_of_business_has_none(
    reading_of: Callable[[str], Reading], cast_by_words: Callable[[str], Cast]
) -> None:
    """A report of business has none."""
    text = "Bulgaria bought tyres from Norway. Anna Berg said that sales of winter tyres are up."
    assert statements.find(reading_of(text), cast_by_words(text), (), (), Dating()) == ()


def test_a_verb_that_adds_a_noun_phrase_makes_no_second_statement(find: Find) -> None:
    """A verb that adds a noun phrase makes no second statement."""
    found = find("Anna Berg praised the pilots and commended the work of the engineers.")
    assert len(found) == 1
    assert "engineers" in " ".join(p.text for p in found[0].content)


def test_a_pledge_within_what_was_said_is_a_statement_of_its_own(find: Find) -> None:
    """A pledge within what was said is a statement of its own."""
    found = find("Petrov said that he would not sign the paper and earlier pledged never to leave the league.")
    assert [s.cue.text for s in found if s.cue] == ["said", "pledged"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Petrov reiterated his call for a ceasefire.", "request"),
        ("Norway is confident that a deal can be reached.", "assess"),
        ("Petrov: Bulgaria will not sign.", "reject"),
        ("Bulgaria denied it had fired at the ship.", "deny"),
        ("Bulgaria has issued a warning that ships may be seized.", "warn"),
        ("Petrov made it clear that the border would stay closed.", None),
        ("Anna Berg spoke of a “new chapter” in relations.", None),
        ("Norway considers the vote illegal.", None),
    ],
)
def test_other_ways_of_saying(find: Find, text: str, act: str | None) -> None:
    """Nouns, adjectives, colons and set phrases report speech too."""
    (said,) = find(text)
    assert act is None or said.act == act


def test_an_invitation_names_whom_it_is_for(find: Find) -> None:
    """An invitation names whom it is for."""
    (said,) = find("Anna Berg invited Petrov to visit Oslo in May.")
    assert (said.act, said.addressee) == ("propose", "Ivan Petrov")


def test_who_a_message_is_of_speaks_for_what_it_states(find: Find) -> None:
    """Who a message is of speaks for what it states."""
    text = (
        "This is stated in the message of the spokesman Ivan Petrov. It is noted that the sides “will keep the peace.”"
    )
    assert [s.speaker for s in find(text)] == ["Ivan Petrov"]


def test_an_outlet_hands_on_the_words_of_the_official_inside(find: Find) -> None:
    """An outlet hands on the words of the official inside."""
    text = "The border will open in May, Petrov said, according to a newspaper."
    (said,) = find(text)
    assert said.speaker == "Ivan Petrov"


def test_a_joint_statement_is_of_those_who_issued_it(find: Find) -> None:
    """A joint statement is of those who issued it."""
    text = "Anna Berg and Ivan Petrov issued a joint statement. “The sea is for all,” the statement said."
    assert find(text)[-1].speaker == "Anna Berg; Ivan Petrov"


def test_a_quotation_without_speaker_goes_on_with_the_one_before(find: Find) -> None:
    """A quotation without speaker goes on with the one before."""
    text = "Anna Berg said that the road is safe. “The bridge is safe as well, and so is the ferry.”"
    found = find(text)
    assert {s.speaker for s in found} == {"Anna Berg"}


def test_a_day_inside_the_words_that_hangs_on_the_cue_is_the_day_of_saying(find: Find) -> None:
    """A day inside the words that hangs on the cue is the day of saying."""
    text = "Anna Berg urged Bulgaria on 3 May 2019 to open the border."
    at = text.index("3 May 2019")
    day = TimeExpression(at, at + 10, "3 May 2019", "date", "2019-05-03", "2019-05-03", "stated")
    assert find(text, times=[day])[0].date == "2019-05-03"


def test_cancelled_encounters_are_no_place_to_speak(find: Find) -> None:
    """Cancelled encounters are no place to speak."""
    text = "Anna Berg met Ivan Petrov in Bergen. Berg said that the border will stay open."
    met = meeting(text, "Anna Berg met Ivan Petrov in Bergen.", status="cancelled")
    assert find(text, [met])[0].at is None


PIECES = """Anna Berg|said|that|“|”|"|The statement|warned|,|.|:|according to|him|the border|will close|must|Bulgaria|
Both parties|-|agreed|—|He|…|?|İ""".split("|")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=30,
    )
)
def test_any_order_of_words_gives_sound_passages(find: Find, words: list[str]) -> None:
    """However broken the text: no error, passages are slices of it, ids run."""
    text = " ".join(words)
    found = find(text)
    assert [s.id for s in found] == [f"s{n}" for n in range(1, len(found) + 1)]
    whole = f"{text}\n\n"
    for said in found:
        for passage in (*said.content, *said.evidence):
            assert passage.end > len(whole) or whole[passage.start : passage.end] == passage.text


def test_a_bare_noun_is_whoever_was_called_so_before(find: Find) -> None:
    """ "The envoy" is the one who spoke as an envoy before."""
    found = find("The envoy Ivan Petrov said that talks go on. The envoy warned that time is short.")
    assert [s.speaker for s in found] == ["Ivan Petrov", "Ivan Petrov"]


def test_whoever_is_quoted_as_saying_speaks(find: Find) -> None:
    """The words are of the one quoted, not of whoever quotes."""
    (said,) = find("“We want a treaty with our neighbours,” the agency quoted Petrov as saying.")
    assert said.speaker == "Ivan Petrov"
    assert "Petrov" not in " ".join(p.text for p in said.content)


def test_content_is_found_where_the_parse_goes_astray(find: Find) -> None:
    """A clause far behind its cue is content though the parser hangs it elsewhere."""
    text = (
        "Anna Berg told a news conference after talks with her colleague Ivan Petrov on Thursday "
        "that no summit of the two presidents was being prepared."
    )
    assert any("no summit" in p.text for s in find(text) for p in s.content)
