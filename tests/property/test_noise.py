"""What is not weather changes nothing but where the weather stands; nor does common damage."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, note
from hypothesis import strategies as st

from weatherscrape import extract
from weatherscrape.strategies import damage, noise, snippets

PLACES = ["start", "end"]


@given(noise())
def test_noise_alone_is_no_weather(text: str) -> None:
    assert extract(text).empty


@given(noise(), snippets(), noise())
def test_noise_around_moves_spans_only(before: str, snippet: str, after: str) -> None:
    page = f"{before}\n\n{snippet}\n\n{after}"
    note(page)
    expected = extract(snippet)
    expected[PLACES] += len(before) + 2
    pd.testing.assert_frame_equal(extract(page), expected)


@given(st.data())
def test_harmless_damage_changes_no_value(data: st.DataObject) -> None:
    page = data.draw(snippets())
    damaged = data.draw(damage(page))
    note(damaged)
    different = [*PLACES, "condition_text", "confidence"]
    pd.testing.assert_frame_equal(
        extract(damaged).drop(columns=different), extract(page).drop(columns=different)
    )
