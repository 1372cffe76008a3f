"""Colours change no row: a page with codes says what the plain one does, and spans hold in it."""

from __future__ import annotations

import re

import pandas as pd
from hypothesis import given, note
from hypothesis import strategies as st

from weatherscrape import extract, find
from weatherscrape.codes import Plain
from weatherscrape.strategies import pages

PLACES = ["start", "end"]
CODES = ["\x1b[0m", "\x1b[1;34m", "\x1b[38;5;226m", "\x1b[K", "\x1b(B\x1b[m", "\x02", "\x0304,01"]
RESIDUE = ["[0m", "[38;5;226m", "^[[1m", "\\033[0m", "\ufffd[0m", "%{F#ff0000}", "#[fg=colour2]"]


def coloured(data: st.DataObject, page: str, codes: list[str]) -> str:
    """A page with codes where its words and numbers begin."""
    starts = [match.start() for match in re.finditer(r"\w+", page)]
    chosen = data.draw(st.lists(st.sampled_from(starts or [0]), max_size=12, unique=True))
    for start in sorted(chosen, reverse=True):
        page = page[:start] + data.draw(st.sampled_from(codes)) + page[start:]
    note(page)
    return page


@given(st.data(), pages())
def test_codes_change_nothing_but_places(data: st.DataObject, page: str) -> None:
    one, two = extract(page), extract(coloured(data, page, CODES))
    pd.testing.assert_frame_equal(two.drop(columns=PLACES), one.drop(columns=PLACES))


@given(st.data(), pages())
def test_nor_does_what_is_left_of_them(data: st.DataObject, page: str) -> None:
    one, two = extract(page), extract("[0m" + coloured(data, page, RESIDUE))
    pd.testing.assert_frame_equal(two.drop(columns=PLACES), one.drop(columns=PLACES))


@given(st.data(), pages())
def test_spans_hold_in_the_coloured_page(data: st.DataObject, page: str) -> None:
    painted = coloured(data, page, CODES)
    for one, two in zip(find(page), find(painted), strict=True):
        for before, after in zip(one.rows, two.rows, strict=True):
            printed = [page[slice(*cell.span)] for cell in before.cells]
            spans = [painted[slice(*cell.span)] for cell in after.cells]
            assert [Plain(text).text for text in spans] == printed
            assert not any(text[0] in "\x1b\x02\x03" for text in spans)
