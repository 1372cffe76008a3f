"""The strategies give what they promise, and shrink to the plainest of it."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from weatherscrape import ArgumentError, extract
from weatherscrape.strategies import (
    HARMFUL,
    HARMLESS,
    conditions,
    damage,
    frames,
    noise,
    pages,
    scraps,
    snippets,
)
from weatherscrape.templates import LAYOUT_NAMES

# Without the phase that explains a failure: it would replace what was found.
QUICK = settings(max_examples=5000, database=None, phases=[Phase.generate, Phase.shrink])


@given(st.sampled_from(LAYOUT_NAMES).flatmap(frames))
def test_frames_are_as_extract_gives_them(frame: pd.DataFrame) -> None:
    pd.testing.assert_series_equal(frame.dtypes, extract("").dtypes)
    assert len(frame) >= 1
    assert (frame["temperature_max"].isna() == frame["temperature_min"].isna()).all()
    assert not (frame["temperature_max"] < frame["temperature_min"]).any()
    values = frame.filter(regex="temp|precip|humid|wind|press|visib|uv|condition$")
    assert (values.notna().all() | values.isna().all()).all()


@given(frames())
def test_keys_are_in_order(frame: pd.DataFrame) -> None:
    keys = frame[["weekday", "date", "relative_day", "period", "time"]].astype("object")
    assert not keys.isna().all(axis=1).any()
    assert not keys.duplicated().any() or keys["weekday"].notna().any() or len(keys) > 3


def test_snippets_shrink_to_the_plainest() -> None:
    text = find(snippets(), lambda text: "Tuesday" in text, settings=QUICK)
    assert text == "Monday\n0°C\nTuesday\n0°C\nWednesday\n0°C"


def test_noise_shrinks_to_one_sentence() -> None:
    assert find(noise(), lambda text: True, settings=QUICK) == "Read more."


def test_pages_hold_noise_and_weather() -> None:
    page = find(pages(), lambda text: "Tuesday" in text, settings=QUICK)
    assert page == "Read more.\n\nMonday\n0°C\nTuesday\n0°C\nWednesday\n0°C\n\nRead more."


@pytest.mark.parametrize("kind", [*HARMLESS, *HARMFUL])
def test_damage_hits(kind: str) -> None:
    text = "Mon night\tlight rain\n-4°C 5%"
    kinds = {kind: (HARMLESS | dict(HARMFUL))[kind]}
    assert find(damage(text, kinds), lambda damaged: damaged != text, settings=QUICK)


def test_scraps_have_words_of_the_language() -> None:
    days = {"Monday", "Tuesday", "Wednesday", "Rain", "Fog", "Humidity", "High", "Light"}
    assert find(scraps(("en",)), lambda text: any(day in text for day in days), settings=QUICK)


def test_unknown_language_is_refused() -> None:
    with pytest.raises(ArgumentError, match="language"):
        conditions("tlh")


def test_hypothesis_is_loaded_on_demand() -> None:
    code = "import sys, weatherscrape; sys.exit('hypothesis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_missing_hypothesis_names_the_extra() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; import weatherscrape.strategies"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'weatherscrape[test]'" in done.stderr
