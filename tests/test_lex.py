"""Tokens: one value in many spellings (tests/spec/lexer.toml), and how they lie in the text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from weatherscrape import tokenize
from weatherscrape.model import (
    Clock,
    Condition,
    Kind,
    PartialDate,
    Quantity,
    Reading,
    Weekday,
    When,
)

SPEC = tomllib.loads((Path(__file__).parent / "spec" / "lexer.toml").read_text(encoding="utf-8"))
Facts = dict[str, object]


def facts(reading: Reading) -> Facts:
    """A reading as the specification writes it, without what is not told."""
    value = reading.value
    told: Facts = {"kind": reading.kind.name}
    match value:
        case Quantity():
            unit = None if reading.kind is Kind.PERCENT or value.unit == "°" else value.unit
            told |= {"value": value.value, "unit": unit, "low": value.low}
        case Clock():
            told["minute"] = value.minute
        case PartialDate():
            told["date"] = str(value)
        case Weekday():
            told["weekday"] = value
        case When():
            told |= {"relative_day": value.day, "period": value.period}
        case Condition():
            parts = (value.slug, value.intensity, value.likelihood)
            told["condition"] = " ".join(part for part in parts if part)
        case float():
            told["degrees"] = value
    return {name: fact for name, fact in told.items() if fact is not None}


def cases() -> Iterator[object]:
    wanted = pytest.mark.xfail(reason="wanted")
    for entry in SPEC["value"]:
        told = {name: fact for name, fact in entry.items() if name not in ("texts", "wanted")}
        for text in entry["texts"]:
            yield pytest.param(told, text, id=repr(text))
        for text in entry.get("wanted", ()):
            yield pytest.param(told, text, id=repr(text), marks=wanted)


@pytest.mark.parametrize(("expected", "text"), list(cases()))
def test_value_has_many_spellings(expected: Facts, text: str) -> None:
    (token,) = tokenize(text)
    assert facts(token.readings[0]) == expected
    assert token.span == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "raincoat",
        "Snowden",
        "windscreen",
        "10.0.0.1",
        "13 PM",
        "$12.50",
        "2020-13-45",
        "Clearance",
    ],
)
def test_other_words_and_numbers_are_no_weather(text: str) -> None:
    weather = {Kind.CONDITION, Kind.TEMPERATURE, Kind.NUMBER, Kind.TIME, Kind.DATE, Kind.WEEKDAY}
    assert not {token.kind for token in tokenize(text)} & weather


def kinds(text: str) -> str:
    return " ".join(token.kind.name for token in tokenize(text))


def test_glued_words_come_apart() -> None:
    assert kinds("Mon12°CLight rain") == "WEEKDAY TEMPERATURE CONDITION"
    assert kinds("CloudyTonight") == "CONDITION WHEN"


def test_a_phrase_does_not_swallow_the_next_row() -> None:
    assert kinds("Sun\nlight rain") == "WEEKDAY BREAK CONDITION"


def test_ambiguity_is_kept() -> None:
    (token,) = tokenize("04/05/2026")
    assert [str(reading.value) for reading in token.readings] == ["2026-04-05", "2026-05-04"]


def test_spans_are_those_of_the_text_as_given() -> None:
    text = "\ufeff１２\u3000°Ｃ · ﹣４&deg;C"
    assert [text[slice(*token.span)] for token in tokenize(text) if token.kind is Kind.TEMPERATURE]
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in tokenize(text))
