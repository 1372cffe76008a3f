"""What is cut out of a page is its weather, and nothing else."""

from __future__ import annotations

import pytest
from gold import cases
from hypothesis import given
from hypothesis import strategies as st

import weatherscrape as ws
from weatherscrape.strategies import noise, pages, snippets

PAGES = [case.text for case in cases()]


@given(noise(), snippets(), noise())
def test_what_stands_around_a_widget_stays(before: str, snippet: str, after: str) -> None:
    assert not ws.extract(snippet).empty
    left = ws.remove(f"{before}\n\n{snippet}\n\n{after}")
    assert left.split() == [*before.split(), *after.split()]


@given(noise())
def test_a_page_without_weather_comes_back(text: str) -> None:
    assert ws.remove(text) is text


def test_hardly_anything_is_left_to_extract() -> None:
    before = ws.extract_many(PAGES)
    after = ws.extract_many(ws.remove_many(PAGES))
    assert len(after) <= len(before) / 100


@given(st.text())
def test_any_text_is_cleaned(text: str) -> None:
    assert len(ws.remove(text)) <= len(text)


@given(st.lists(pages(), max_size=3))
def test_many_pages_are_cleaned_as_each(texts: list[str]) -> None:
    assert list(ws.remove_many(texts)) == [ws.remove(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Read on.\nMon\n12 °C\nfog\nTue\n9 °C\nrain\nMost read", "Read on.\nMost read"),
        ("Go. Mon 12 °C fog, Tue 9 °C rain. Stay.", "Go. . Stay."),
        (
            "Saturday will be sunny, with a high of 58. The fair opens at 10.\n"
            "Sunday will be cloudy, with a high of 55.",
            ". The fair opens at 10.\n",
        ),
    ],
)
def test_text_between_rows_stays(text: str, left: str) -> None:
    assert ws.remove(text) == left


def test_one_page_is_no_list() -> None:
    with pytest.raises(TypeError, match="texts is one str"):
        ws.remove_many("Mon 12 °C")
