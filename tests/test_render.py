"""Layouts are values, words come from the language files, numbers read back."""

from __future__ import annotations

import pandas as pd
import pytest

from weatherscrape import ArgumentError, extract
from weatherscrape.data import Language
from weatherscrape.frame import to_frame
from weatherscrape.render import printed, read, render, unread
from weatherscrape.templates import LAYOUT_NAMES, LAYOUTS
from weatherscrape.wording import Words

COMMON = {"page": 0, "snippet": 0, "start": 0, "end": 0, "confidence": 1.0}


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return to_frame([{**COMMON, "temperature_unit_stated": False, **row} for row in rows])


DAYS = frame(
    {"weekday": "mon", "condition": "fog", "temperature_max": 15.0, "temperature_min": 9.5},
    {"weekday": "tue", "condition": "cold", "temperature_max": 7.0, "temperature_min": -2.0},
)


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        ("lines", "Monday\nFog\n15°C\n9.5°C\nTuesday\nCold\n7°C\n-2°C"),
        ("fahrenheit", "Monday\nFog\n59°F\n49.1°F\nTuesday\nCold\n44.6°F\n28.4°F"),
        ("key last", "15°C\n9.5°C\nFog\nMonday\n7°C\n-2°C\nCold\nTuesday"),
        ("one line", "Monday Fog 15°C 9.5°C Tuesday Cold 7°C -2°C"),
        ("high / low", "Monday\nFog\n15°C / 9.5°C\nTuesday\nCold\n7°C / -2°C"),
        ("labels", "Monday\nFog\nHigh: 15°C\nLow: 9.5°C\nTuesday\nCold\nHigh: 7°C\nLow: -2°C"),
        ("bulletin", "Monday: Fog. High 15°C. Low 9.5°C.\nTuesday: Cold. High 7°C. Low -2°C."),
        (
            "table",
            "| Date | Conditions | High | Low |\n"
            "| --- | --- | --- | --- |\n"
            "| Monday | Fog | 15°C | 9.5°C |\n"
            "| Tuesday | Cold | 7°C | -2°C |",
        ),
        (
            "grid",
            "Date\tMonday\tTuesday\nConditions\tFog\tCold\nHigh °C\t15°\t7°\nLow °C\t9.5°\t-2°",
        ),
    ],
)
def test_layouts_print(layout: str, text: str) -> None:
    assert render(DAYS, layout=layout) == text


def test_missing_values_keep_their_place_in_columns() -> None:
    gap = frame(
        {"weekday": "mon", "condition": "fog", "temperature": 15.0},
        {"weekday": "tue", "temperature": 7.0},
    )
    assert render(gap, layout="columns").split("\n")[2:4] == ["Fog", "--"]
    assert "--" not in render(gap)


def test_unit_is_printed_once() -> None:
    hours = frame({"time": "21:00", "temperature": 12.7}, {"time": "22:00", "temperature": 11.0})
    assert render(hours, layout="unit once") == "21:00\n12.7\n°\nC\n22:00\n11"


def test_days_stand_once_over_their_hours() -> None:
    hours = frame(
        {"weekday": "mon", "time": "22:00", "temperature": 1.0},
        {"weekday": "mon", "time": "23:00", "temperature": 2.0},
        {"weekday": "tue", "time": "00:00", "temperature": 3.0},
    )
    text = "Monday\n22:00\n1°C\n23:00\n2°C\nTuesday\n00:00\n3°C"
    assert render(hours, layout="day headers") == text


@pytest.mark.parametrize(
    ("time", "printed_time"),
    [("00:00", "12 AM"), ("09:30", "9:30 AM"), ("12:00", "12 PM"), ("23:00", "11 PM")],
)
def test_hours_count_to_twelve(time: str, printed_time: str) -> None:
    row = frame({"time": time, "condition": "fog", "temperature": 1.0})
    assert render(row, layout="12 hours").startswith(printed_time + "\n")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ({"weekday": "sun", "date": "---04"}, "Sunday 4"),
        ({"date": "--12-13"}, "December 13"),
        ({"weekday": "sun", "date": "2020-12-13"}, "Sunday 2020-12-13"),
        ({"relative_day": "today", "period": "night"}, "Tonight"),
        ({"weekday": "sun", "period": "night"}, "Sunday Night"),
        ({"time": "09:00", "time_end": "12:00"}, "09:00 - 12:00"),
    ],
)
def test_keys(key: dict[str, object], text: str) -> None:
    row = frame({**key, "temperature": 1.0})
    assert render(row).split("\n")[0] == text


@pytest.mark.parametrize(
    ("condition", "phrase"),
    [
        ({"condition": "tornado", "intensity": "heavy"}, "Heavy Tornado"),
        ({"condition": "haze", "likelihood": "chance"}, "Chance of Haze"),
    ],
)
def test_conditions_are_put_together(condition: dict[str, object], phrase: str) -> None:
    row = frame({"weekday": "mon", "temperature": 1.0, **condition})
    assert render(row).split("\n")[1].lower() == phrase.lower()


def test_only_what_has_columns_is_printed() -> None:
    few = DAYS[["weekday", "temperature_max"]]
    assert render(few, layout="labels") == "Monday\nHigh: 15°C\nTuesday\nHigh: 7°C"
    assert render(few, layout="high / low") == "Monday\n15°C / --\nTuesday\n7°C / --"
    assert render(DAYS.iloc[:0]) == ""
    assert render(DAYS[["page"]]) == ""


@pytest.mark.parametrize("number", [0.1, 12.7, -40.0, 98.6, 1013.25])
@pytest.mark.parametrize(
    ("column", "unit"),
    [("temperature", "F"), ("wind_speed", "mph"), ("pressure", "inHg"), ("precipitation", "in")],
)
def test_numbers_read_back(number: float, column: str, unit: str) -> None:
    assert unread(read(number, column, unit), column, unit) == number


def test_every_layout_says_what_it_prints() -> None:
    assert len(LAYOUT_NAMES) >= 10
    for layout in LAYOUT_NAMES:
        assert "key" in printed(layout)
        assert set(printed(layout)) - {"key"} <= set(DAYS.columns)


def test_what_would_be_misread_is_left_out() -> None:
    row = frame(
        {"period": "now", "temperature": 1.0, "precipitation_probability": 50.0},
        {"weekday": "mon", "temperature_max": 1.0, "wind_direction": 100.0, "wind_speed": 10.0},
    )
    assert render(row) == "Now\n1°C\nMonday\n36 km/h"
    labelled = render(row, layout="labels")
    assert "50%" in labelled
    assert "100°" in labelled


def test_extract_gives_what_render_takes() -> None:
    read_back = extract(render(DAYS))
    assert render(read_back) == render(DAYS)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ArgumentError, match="layout: 'spiral' is not accepted"):
        render(DAYS, layout="spiral")
    with pytest.raises(ArgumentError, match=r"language: 'tlh' is not accepted; give one of .*en"):
        render(DAYS, language="tlh")


# A language that writes numbers, dates and wind its own way.
OTHER = Language(
    "xx",
    "Other",
    "Latn",
    "dmy",
    ",",
    lambda: (
        """
[weekday]
mon = Lun
[month]
12 = Decembro
[condition]
rain = pluvo
rain light = pluveto
[modifier]
heavy = forta
chance = eble
[unit]
km/h = km/horo | kmh
mm = мм
"""
    ),
)


@pytest.mark.parametrize(
    ("number", "text"), [(12.7, "12,7"), (-3.0, "-3"), (1.234, "1,2340"), (1013.25, "1013,25")]
)
def test_numbers_have_the_decimal_sign_of_the_language(number: float, text: str) -> None:
    assert Words(OTHER).number(number) == text


def test_dates_have_the_order_of_the_language() -> None:
    row = {"weekday": "mon", "date": "--12-13"}
    assert Words(OTHER).key(row, LAYOUTS["lines"]) == "Lun 13 Decembro"


def test_units_are_abbreviated_as_in_the_language_if_it_is_shorter() -> None:
    assert [Words(OTHER).unit(unit) for unit in ("km/h", "mm", "hPa")] == ["km/h", "мм", "hPa"]


@pytest.mark.parametrize(
    ("condition", "phrase"),
    [
        ({"condition": "rain", "intensity": "light"}, "pluveto"),
        ({"condition": "rain", "intensity": "heavy"}, "forta pluvo"),
        ({"condition": "rain", "intensity": "light", "likelihood": "chance"}, "eble pluveto"),
        ({"condition": "rain", "intensity": "heavy", "likelihood": "chance"}, "eble forta pluvo"),
        ({"condition": "rain", "likelihood": "likely"}, None),
        ({"condition": "fog"}, None),
    ],
)
def test_conditions_have_the_words_of_the_language(
    condition: dict[str, str], phrase: str | None
) -> None:
    assert Words(OTHER).condition(condition) == phrase
