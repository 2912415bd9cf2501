"""A reading holds the sentences with offsets into the report, parsed where they were chosen."""

from __future__ import annotations

import pytest

from communique.errors import KnowledgeError
from communique.language import Gate, Parser, read
from communique.records import Report

TEXT = "Ministers met in Oslo\n\nThe ministers of Norway and Chile met in Oslo. “We agree,” she said. Rain fell."
PARSER = Parser()


def test_sentences_carry_offsets_labels_and_parses() -> None:
    """Only chosen sentences are parsed; token spans count in the report's text."""
    report = Report(id="r", text=TEXT, title="Ministers met in Oslo", title_end=21)
    gate = Gate({"trigger": ["met"]})
    reading = read(report, gate, PARSER, lambda spans, labels, quoted: ["trigger" in found for found in labels])
    title, body, said, rain = reading.sentences
    assert (title.is_title, body.is_title) == (True, False)
    assert body.labels == {"trigger"}
    assert said.doc is None
    assert rain.doc is None
    assert body.doc is not None
    verb = next(t for t in body.doc if t.text == "met")
    assert TEXT[slice(*body.token_span(verb))] == "met"
    start = TEXT.index("Norway")
    tokens = body.tokens_in(start, start + len("Norway and Chile"))
    assert tokens is not None
    assert tokens.text == "Norway and Chile"
    assert TEXT[slice(*body.char_span(tokens.start, tokens.end - 1))] == "Norway and Chile"
    assert rain.tokens_in(rain.start, rain.end) is None


def test_a_place_in_the_text_leads_to_its_sentence_and_quotation() -> None:
    """sentence_at and quoted answer for offsets of the report's text."""
    reading = read(Report(id="r", text=TEXT), Gate({"cue": ["said"]}), PARSER, lambda s, m, q: [False] * len(s))
    at = TEXT.index("We agree")
    assert reading.quoted(at, at + 8)
    assert not reading.quoted(0, 5)
    sentence = reading.sentence_at(at)
    assert sentence is not None
    assert "she said" in sentence.text
    assert reading.sentence_at(21) is None
    assert reading.passage(at, at + 8).text == "We agree"


def test_the_parse_does_not_depend_on_the_neighbours() -> None:
    """A sentence parsed alone and in company has the same tags and heads."""
    gate = Gate({"trigger": ["met"]})
    alone = read(Report(id="a", text="They met in Oslo."), gate, PARSER).sentences[0].doc
    company = read(Report(id="b", text="They met in Oslo. It rained for a week in the north."), gate, PARSER)
    first = company.sentences[0].doc
    assert alone is not None
    assert first is not None
    assert [(t.tag_, t.head.i) for t in alone] == [(t.tag_, t.head.i) for t in first]


def test_a_missing_pipeline_is_named() -> None:
    """A pipeline that is not installed gives an error that says what to do."""
    with pytest.raises(KnowledgeError, match="not installed"):
        Parser("no_such_pipeline").parse(["x"])
