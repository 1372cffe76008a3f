"""Codes are taken out, and spans find their way back."""

from __future__ import annotations

import pytest

import weatherscrape as ws
from weatherscrape.codes import Plain
from weatherscrape.model import Kind, Span


@pytest.mark.parametrize(
    "coloured",
    [
        "\x1b[38;5;226m12\x1b[0m °C",
        "\x1b[1;33;44m12 \x1b[m°C\x1b[K",
        "[38;5;226m12[0m °C",
        "\\033[33m12\\033[0m °C",
        "\\u001b[33m12\\u001b[0m °C",
        "\ufffd[33m12\ufffd[0m °C",
        "\x1b(B\x1b[m12 °C",
        "\x1b]8;;https://example.org/\x1b\\12 °C\x1b]8;;\x1b\\",
        "\x0304,01\x0212\x02\x0f °C",
        "%{F#ff0000}12 °C%{F-}",
        "#[fg=colour226]12 °C#[default]",
        "12 =\n°C",
    ],
)
def test_codes_are_taken_out(coloured: str) -> None:
    assert Plain(coloured).text == "12 °C"


@pytest.mark.parametrize(
    "text", ["[10] 12 °C", "see [1;2]", "a #[b", "100 %{x", "[m] 5 m", "a = b"]
)
def test_other_brackets_stay(text: str) -> None:
    assert Plain(text).text == text


def test_a_span_ends_before_the_codes_behind_it() -> None:
    page = "\x1b[1m12\x1b[0m °C\x1b[0m fog"
    plain = Plain(page)
    assert plain.text == "12 °C fog"
    start, end = plain.span(Span(0, 5))
    assert page[start:end] == "12\x1b[0m °C"


def test_tokens_hold_in_the_page() -> None:
    page = "Mon \x1b[33m14\x1b[0m°C"
    token = next(t for t in ws.tokenize(page) if t.kind is Kind.TEMPERATURE)
    assert page[slice(*token.span)] == "14\x1b[0m°C"


def test_what_a_condition_says_has_no_codes() -> None:
    frame = ws.extract("Mon 14°C light \x1b[1mrain\x1b[0m")
    assert frame["condition_text"].tolist() == ["light rain"]


def test_brackets_with_metres_stay_where_nothing_resets() -> None:
    assert ws.extract("Mon 14°C fog [10m] wind 5 m/s")["end"].item() == 29
