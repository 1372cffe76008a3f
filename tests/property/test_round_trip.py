"""What :func:`render` prints, :func:`extract` reads: every layout in every language."""

from __future__ import annotations

from typing import Final

import pandas as pd
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from weatherscrape import extract
from weatherscrape.render import KEY, LAYOUT_NAMES, printed, render
from weatherscrape.strategies import frames

LANGUAGES: Final = ("en",)  # the phrases that others print first are yet to be chosen
# What one printed value fills.
FILLED: Final = {
    KEY: ("weekday", "date", "relative_day", "period", "time", "time_end"),
    "condition": ("condition", "intensity", "likelihood", "weather_code"),
    "temperature": ("temperature", "temperature_unit", "temperature_unit_stated"),
}
# The profile's examples are shared out among layouts and languages, but none has fewer than these.
EXAMPLES: Final = max(20, 2 * settings().max_examples // (len(LAYOUT_NAMES) * len(LANGUAGES)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUT_NAMES)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_render_then_extract(layout: str, language: str, data: st.DataObject) -> None:
    frame = data.draw(frames(layout, language))
    page = render(frame, layout=layout, language=language)
    note(page)
    columns = [column for name in printed(layout, language) for column in FILLED.get(name, (name,))]
    pd.testing.assert_frame_equal(extract(page)[columns], frame[columns], check_exact=True)
