"""What :func:`render` prints, :func:`extract` reads: every layout, every language."""

from __future__ import annotations

from typing import Final

import pandas as pd
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from weatherscrape import extract
from weatherscrape.data import languages
from weatherscrape.render import printed, render
from weatherscrape.strategies import frames
from weatherscrape.templates import KEY, LAYOUT_NAMES

# What one printed value fills.
FILLED: Final = {
    KEY: ("weekday", "date", "relative_day", "period", "time", "time_end"),
    "condition": ("condition", "intensity", "likelihood", "weather_code"),
    "temperature": ("temperature", "temperature_unit", "temperature_unit_stated"),
}
# The profile's examples are shared out: twice as many for all layouts, and for all languages.
EACH_LAYOUT: Final = 2 * settings().max_examples // len(LAYOUT_NAMES)
EACH_LANGUAGE: Final = 2 * settings().max_examples // len(languages())


def reads_what_it_prints(layout: str, language: str, data: st.DataObject) -> None:
    frame = data.draw(frames(layout, language))
    page = render(frame, layout=layout, language=language)
    note(page)
    columns = [column for name in printed(layout, language) for column in FILLED.get(name, (name,))]
    pd.testing.assert_frame_equal(extract(page)[columns], frame[columns], check_exact=True)


@pytest.mark.parametrize("layout", LAYOUT_NAMES)
@settings(max_examples=EACH_LAYOUT)
@given(data=st.data())
def test_every_layout_in_english(layout: str, data: st.DataObject) -> None:
    reads_what_it_prints(layout, "en", data)


@pytest.mark.parametrize("language", languages())
@settings(max_examples=EACH_LANGUAGE)
@given(layout=st.sampled_from(LAYOUT_NAMES), data=st.data())
def test_every_language(language: str, layout: str, data: st.DataObject) -> None:
    reads_what_it_prints(layout, language, data)
