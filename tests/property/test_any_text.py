"""Whatever the text: no exception, a frame with the schema, and rows where the page has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from weatherscrape import extract, extract_many, find
from weatherscrape.data import languages
from weatherscrape.fold import fold
from weatherscrape.model import Cell, Clock, Pair, Quantity, Snippet
from weatherscrape.schema import COLUMNS, Type
from weatherscrape.strategies import HARMFUL, damage, pages, scraps, snippets

# Every code point: control characters, lone surrogates, unassigned ones.
anything = st.text(st.characters(exclude_categories=()))


def cut(page: str) -> st.SearchStrategy[str]:
    """The page up to any place: a crawler's limit ends a text inside a row or a number."""
    return st.integers(0, len(page)).map(lambda end: page[:end])


@cache
def read_lines() -> list[list[str]]:
    """The lines of each labelled page."""
    paths = sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))
    return [path.read_text(encoding="utf-8").splitlines() for path in paths]


@st.composite
def spliced(draw: st.DrawFn) -> str:
    """The head of one page, the rest of another, and a few lines lost: tables lose their bodies."""
    one, two = (draw(st.sampled_from(read_lines())) for _ in range(2))
    lines = one[: draw(st.integers(0, len(one)))] + two[draw(st.integers(0, len(two))) :]
    lost = draw(st.sets(st.integers(0, len(lines)), max_size=8))
    return "\n".join(line for at, line in enumerate(lines) if at not in lost)


texts = st.one_of(
    anything,
    scraps(tuple(languages())),
    spliced(),
    pages().flatmap(cut),
    snippets().flatmap(lambda text: damage(text, HARMFUL)),
)


@example("MOCLDY\nOCT09   OCT10   OCT11   OCT12\n6AM-6PM")  # parts of days without values
@example(
    "22 April forecast: thundershowers.\n\nNorth: Temperature: warm to hot.\n\n"
    "South: showers.\n\nWest:\n\nTemperature: cloudy wind"
)  # a label without a value, in what is told of places
@example(
    "│Morning│Day└──────┬──────┘Evening│Night│\n│       │+5(2)°C│+3(0)°C|\n"
    "│    │0%│0.7mm78%│0.0mm|temperature.0%"
)  # and in a cell of a table
@example("2 Apr\nSnow. High zero.\nkm/h\t0°C\t-5°C\t-10°C\t-15°C\t-20°C")  # a unit of no wind
@example("MorningNoonEvening\tlow2k/h1mk/h3kmh")  # a label over what it cannot name
@example("時刻\t\t\t度\t\n1\t晴\t\t8\t")  # a head that is but a degree sign
@example("Wednesday - Overcast - 15")
@example("Cloud0:0:. WEdTHU0F")  # two days run together before one value
@example("Saturday:and$Sun0hi//:anticipated;the;mid 10s")  # and two that share one
@example("Mon 12°C Rain\nTue - Porto - 21")
@example("I0THU0:1am:chanceshower0percent0度降水率パーセント\n最高0気温")  # a high below the hours
@example(":0°Pon0000000000tor0TmpŚro0PoniedziaŁek0%torek0%Śro0%")  # a second list of the days
@given(texts)
def test_whatever_the_text(text: str) -> None:
    """One test for all of them: reading the page is what takes the time."""
    frame, snippets = extract(text), find(text)
    has_the_schema(frame)
    spans_lie_in_the_page(frame, text)
    condition_text_is_what_the_page_says(frame, text)
    snippets_are_in_order(frame)
    rows_are_disjoint_but_in_columns(snippets)
    values_stand_in_their_rows(snippets, text)


def has_the_schema(frame: pd.DataFrame) -> None:
    assert list(frame.columns) == [column.name for column in COLUMNS]
    for column in COLUMNS:
        dtype = frame.dtypes[column.name]
        assert str(dtype).startswith(column.type.value), column.name
        if column.type is Type.CATEGORY:
            assert tuple(frame[column.name].cat.categories) == column.categories


def spans_lie_in_the_page(frame: pd.DataFrame, text: str) -> None:
    assert (frame["start"] >= 0).all()
    assert (frame["start"] < frame["end"]).all()
    assert (frame["end"] <= len(text)).all()


def condition_text_is_what_the_page_says(frame: pd.DataFrame, text: str) -> None:
    stated = frame[frame["condition"].notna()]
    for row in stated.itertuples():
        assert str(row.condition_text) in text[row.start : row.end]


def snippets_are_in_order(frame: pd.DataFrame) -> None:
    assert frame["snippet"].is_monotonic_increasing
    first = frame.groupby("snippet")["start"].min()
    assert first.is_monotonic_increasing


def rows_are_disjoint_but_in_columns(snippets: Sequence[Snippet]) -> None:
    rows = [row for snippet in snippets for row in snippet.rows if row.layout != "columns"]
    for one, two in pairwise(sorted(row.span for row in rows)):
        assert one.end <= two.start


def values_stand_in_their_rows(snippets: Sequence[Snippet], text: str) -> None:
    for snippet in snippets:
        for row in snippet.rows:
            for cell in row.cells:
                assert row.span.start <= cell.span.start < cell.span.end <= row.span.end
                assert _stands_in(cell, text[cell.span.start : cell.span.end])


def _stands_in(cell: Cell, printed: str) -> bool:
    """Whether the digits of a cell's number are printed in its span, or words for the number."""
    value = cell.value
    if isinstance(value, Pair):
        numbers = [end.value for end in (value.first, value.second) if end]
    elif isinstance(value, Quantity):
        numbers = [value.value, *([] if value.low is None else [value.low])]
    elif isinstance(value, Clock):
        return any(letter.isdigit() for letter in printed)
    else:
        return bool(printed.strip())
    digits = "".join(letter for letter in fold(printed) if letter.isdigit())
    if decades := _DECADE.findall(fold(printed)):  # "mid 50s" is 55
        return all(str(int(abs(number) // 10 * 10)) in decades for number in numbers)
    if not digits:
        return any(letter.isalpha() for letter in printed)  # "zero"
    for number in numbers:
        written = format(abs(number), "f").rstrip("0").replace(".", "").lstrip("0") or "0"
        if written not in digits and written not in digits.lstrip("0"):
            return False
    return True


_DECADE = re.compile("([0-9]*0)['’]?s", re.IGNORECASE)


@given(st.lists(texts, max_size=3))
def test_pages_are_read_one_by_one(pages: list[str]) -> None:
    together = extract_many(pages)
    apart = [extract(page).assign(page=number) for number, page in enumerate(pages)]
    if apart:
        pd.testing.assert_frame_equal(together, pd.concat(apart, ignore_index=True))
    else:
        assert together.empty
