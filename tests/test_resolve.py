"""Resolving: days and hours against the day of the page, units into those of the frame."""

from __future__ import annotations

import pandas as pd
import pytest

from weatherscrape import ArgumentError, extract
from weatherscrape.resolve import to_celsius

THURSDAY = "2025-10-16"


def page(*keys: str) -> str:
    """A widget with one row for each key."""
    return "\n".join(f"{key}\n{10 + row % 9}°C\nrain" for row, key in enumerate(keys))


def days(text: str, reference: str) -> list[str]:
    """Valid times by day."""
    return [str(moment.date()) for moment in extract(text, reference=reference)["valid_time"]]


def moments(text: str, reference: str, tz: str | None = None) -> list[str]:
    return [
        moment.isoformat() for moment in extract(text, reference=reference, tz=tz)["valid_time"]
    ]


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "reference", "day"),
    [
        ("Thu", THURSDAY, "2025-10-16"),  # the day itself
        ("Fri", THURSDAY, "2025-10-17"),
        ("Mon", THURSDAY, "2025-10-20"),
        ("Wed", THURSDAY, "2025-10-22"),  # never yesterday
        ("Today", THURSDAY, "2025-10-16"),
        ("Tomorrow", THURSDAY, "2025-10-17"),
        ("Yesterday", THURSDAY, "2025-10-15"),
        ("Tomorrow", "2024-02-28", "2024-02-29"),
        ("Dec 31", "2025-12-30", "2025-12-31"),
        ("Jan 2", "2025-12-30", "2026-01-02"),  # the nearest: next year
        ("Dec 30", "2026-01-02", "2025-12-30"),  # or the last
        ("Oct 16, 2020", THURSDAY, "2020-10-16"),  # a year is taken at its word
        ("2025-10-18", THURSDAY, "2025-10-18"),
    ],
)
def test_a_day_is_resolved(key: str, reference: str, day: str) -> None:
    assert days(page(key), reference) == [day]


def test_days_run_on_over_the_week() -> None:
    week = page("Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed", "Thu")
    expected = [str(day.date()) for day in pd.date_range(THURSDAY, periods=8)]
    assert days(week, THURSDAY)[:7] == expected[:7]


def test_dates_run_on_over_the_year() -> None:
    assert days(page("Dec 30", "Dec 31", "Jan 1"), "2025-12-29") == [
        "2025-12-30",
        "2025-12-31",
        "2026-01-01",
    ]


def test_a_date_gives_its_weekday() -> None:
    assert extract(page("2025-10-18"))["weekday"].item() == "sat"
    assert extract(page("Oct 18"))["weekday"].isna().all()


def test_parts_of_a_day_begin_in_their_hour() -> None:
    text = page("Friday", "Friday Night", "Saturday", "Saturday Night")
    assert moments(text, THURSDAY) == [
        "2025-10-17T00:00:00",
        "2025-10-17T21:00:00",
        "2025-10-18T00:00:00",
        "2025-10-18T21:00:00",
    ]


# --- hours ---------------------------------------------------------------------------------------


def test_a_day_with_an_hour() -> None:
    assert moments(page("Mon 21:00"), THURSDAY) == ["2025-10-20T21:00:00"]


def test_hours_run_past_midnight() -> None:
    assert moments(page("22:00", "23:00", "00:00", "01:00"), THURSDAY) == [
        "2025-10-16T22:00:00",
        "2025-10-16T23:00:00",
        "2025-10-17T00:00:00",
        "2025-10-17T01:00:00",
    ]


def test_hours_below_a_day_run_past_midnight() -> None:
    text = "Saturday\n" + page("21:00", "00:00", "03:00")
    assert moments(text, THURSDAY) == [
        "2025-10-18T21:00:00",
        "2025-10-19T00:00:00",
        "2025-10-19T03:00:00",
    ]


def test_now_is_the_reference() -> None:
    frame = extract("Now\n12°C\nlight rain", reference="2025-10-16T17:45")
    assert frame["valid_time"].item() == pd.Timestamp("2025-10-16T17:45")
    assert frame["lead_time"].item() == pd.Timedelta(0)


def test_no_reference_no_time() -> None:
    frame = extract(page("Mon 21:00", "Tue", "2025-10-18"))
    assert frame[["reference_time", "valid_time", "lead_time"]].isna().all(axis=None)


# --- time zones ----------------------------------------------------------------------------------


def test_times_are_local_to_the_zone() -> None:
    assert moments(page("Fri 21:00"), THURSDAY, "America/New_York") == ["2025-10-17T21:00:00-04:00"]


def test_an_hour_in_the_gap_moves_on() -> None:
    # 2025-03-30 in Paris has no 02:30: the clocks go from 02:00 to 03:00.
    text = page("01:30", "02:30", "03:30")
    assert moments(text, "2025-03-30", "Europe/Paris") == [
        "2025-03-30T01:30:00+01:00",
        "2025-03-30T03:30:00+02:00",
        "2025-03-30T03:30:00+02:00",
    ]


def test_an_hour_in_the_fold_is_the_first() -> None:
    # 2025-10-26 in Paris has two 02:30; the clocks go from 03:00 to 02:00.
    frame = extract(page("01:30", "02:30", "03:30"), reference="2025-10-26", tz="Europe/Paris")
    assert [lead / pd.Timedelta(hours=1) for lead in frame["lead_time"]] == [1.5, 2.5, 4.5]


def test_a_reference_is_brought_into_the_zone() -> None:
    # 23:30 UTC is the next day in Tokyo, a Friday.
    frame = extract(page("Tomorrow"), reference="2025-10-16T23:30Z", tz="Asia/Tokyo")
    assert frame["reference_time"].item().isoformat() == "2025-10-17T08:30:00+09:00"
    assert frame["valid_time"].item().isoformat() == "2025-10-18T00:00:00+09:00"


@pytest.mark.parametrize("reference", ["1700-01-01", "2200-12-31"])
@pytest.mark.parametrize("tz", [None, "Pacific/Auckland", "America/New_York"])
@pytest.mark.parametrize("key", ["Now", "Mon 21:00", "Jan 2", "Yesterday", "Tomorrow"])
def test_old_and_far_references_are_read(reference: str, tz: str | None, key: str) -> None:
    assert extract(page(key), reference=reference, tz=tz)["valid_time"].notna().item()


@pytest.mark.parametrize("reference", ["0001-01-01", "9999-12-31"])
def test_the_edges_of_the_calendar_are_not(reference: str) -> None:
    with pytest.raises(ArgumentError, match="reference"):
        extract(page("Tomorrow"), reference=reference)


# --- units ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "column", "value", "unit"),
    [
        ("Mon 50°F rain", "temperature", 10, "F"),
        ("Mon 283.15 K rain", "temperature", 10, "K"),
        ("Mon 10°C rain", "temperature", 10, "C"),
        ("Mon 10° rain", "temperature", 10, "C"),  # nothing speaks for °F
        ("Mon 50° rain\nWind: 10 mph", "temperature", 10, "F"),  # mph does
        ("Mon\n12\n°\nC\nrain\nTue\n14\nrain", "temperature", 12, "C"),  # printed once
    ],
)
def test_temperatures_are_in_celsius(text: str, column: str, value: float, unit: str) -> None:
    first = extract(text).iloc[0]
    assert first[column] == pytest.approx(value)
    assert first["temperature_unit"] == unit


@pytest.mark.parametrize(
    ("printed", "column", "value"),
    [
        ("Wind: 36 km/h", "wind_speed", 10),
        ("Wind: 10 mph", "wind_speed", 4.4704),
        ("Wind: 10 kn", "wind_speed", 5.14444),
        ("Wind: 10 m/s", "wind_speed", 10),
        ("Pressure: 29.92 inHg", "pressure", 1013.2),
        ("Pressure: 760 mmHg", "pressure", 1013.25),
        ("Pressure: 1,013 hPa", "pressure", 1013),
        ("Visibility: 10 km", "visibility", 10_000),
        ("Visibility: 10 mi", "visibility", 16_093.44),
        ("Precipitation: 0.1 in", "precipitation", 2.54),
        ("Precipitation: 3 mm", "precipitation", 3),
        ("Humidity: 81%", "relative_humidity", 81),
        ("Dew point: 50°F", "dew_point", 10),
        ("Wind direction: SW", "wind_direction", 225),
    ],
)
def test_quantities_are_in_the_units_of_the_frame(printed: str, column: str, value: float) -> None:
    frame = extract(f"Mon\n12°C\nrain\n{printed}\nTue\n13°C\nfog\n{printed}")
    assert frame[column].tolist() == pytest.approx([value, value], rel=1e-4)


def test_a_range_has_two_ends() -> None:
    row = extract("Mon 12°C rain Wind: 18-36 km/h").iloc[0]
    assert (row["wind_speed_low"], row["wind_speed"]) == pytest.approx((5, 10))


def test_absolute_zero() -> None:
    assert to_celsius(0, "K") == -273.15
    assert to_celsius(-40, "F") == to_celsius(-40, "C")
