"""The frame's columns, one line each. Dtypes, units, docs and checks all come from here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .model import Intensity, Likelihood, Period, RelativeDay, Weekday


class Type(StrEnum):
    """What a column holds."""

    INTEGER = "int64"
    CODE = "UInt8"
    FLOAT = "float64"
    STRING = "str"
    BOOLEAN = "bool"
    CATEGORY = "category"
    DATETIME = "datetime64"
    DURATION = "timedelta64"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the frame.

    `standard_name` is the CF standard name (table, version 83), where there is one.
    """

    name: str
    type: Type
    unit: str
    meaning: str
    standard_name: str = ""
    categories: tuple[str, ...] = ()


def _category(name: str, categories: type[StrEnum] | tuple[str, ...], meaning: str) -> Column:
    return Column(name, Type.CATEGORY, "", meaning, categories=tuple(str(c) for c in categories))


def _number(name: str, unit: str, meaning: str, standard_name: str = "") -> Column:
    return Column(name, Type.FLOAT, unit, meaning, standard_name)


# The phenomena, mildest first within a group. conditions.txt gives each its code; a test compares.
SLUGS: Final = tuple(
    """clear mostly_clear partly_cloudy mostly_cloudy cloudy mist fog freezing_fog haze smoke dust
    sand ash drizzle freezing_drizzle rain freezing_rain rain_showers sleet ice_pellets snow
    snow_showers snow_grains blowing_snow blizzard hail thunderstorm thunderstorm_hail squall
    tornado tropical_storm windy hot cold""".split()
)

COLUMNS: Final = (
    Column("page", Type.INTEGER, "", "position of the page in the input, 0 for one text"),
    Column("snippet", Type.INTEGER, "", "number of the snippet in the page"),
    Column("start", Type.INTEGER, "characters", "where the row begins in the page"),
    Column("end", Type.INTEGER, "characters", "where the row ends (of its hull, in columns)"),
    Column("location", Type.STRING, "", "place that the snippet names"),
    Column("reference_time", Type.DATETIME, "", "as passed in", "forecast_reference_time"),
    Column("valid_time", Type.DATETIME, "", "start of the period; NaT if not resolved", "time"),
    Column("lead_time", Type.DURATION, "", "valid_time - reference_time", "forecast_period"),
    _category("weekday", Weekday, "day of the week, stated or derived from a full date"),
    Column("date", Type.STRING, "", "stated date: 2020-12-13, --12-13 or ---13"),
    _category("relative_day", RelativeDay, "day counted from the day of the page"),
    Column("time", Type.STRING, "HH:MM", "stated local clock time"),
    Column("time_end", Type.STRING, "HH:MM", "stated end, 24:00 for midnight"),
    _category("period", Period, "part of the day, or now"),
    _number("temperature", "°C", "temperature", "air_temperature"),
    _number("temperature_max", "°C", "highest temperature of the period", "air_temperature"),
    _number("temperature_min", "°C", "lowest temperature of the period", "air_temperature"),
    _number("apparent_temperature", "°C", "what it feels like", "apparent_air_temperature"),
    _number("dew_point", "°C", "dew point", "dew_point_temperature"),
    _category("temperature_unit", ("C", "F", "K"), "unit on the page, or the inferred one"),
    Column("temperature_unit_stated", Type.BOOLEAN, "", "whether the page states the unit"),
    _category("condition", SLUGS, "the main phenomenon, where we know the phrase"),
    _category("intensity", Intensity, "how hard it falls"),
    _category("likelihood", Likelihood, 'how sure the page is: "chance of rain"'),
    Column("weather_code", Type.CODE, "", "present weather, WMO 4677 as Open-Meteo uses it"),
    Column("condition_text", Type.STRING, "", "the condition as printed"),
    _number("precipitation_probability", "%", "chance of precipitation"),
    _number("relative_humidity", "%", "relative humidity", "relative_humidity"),
    _number("cloud_cover", "%", "share of the sky in cloud", "cloud_area_fraction"),
    _number("precipitation", "mm", "amount of precipitation", "precipitation_amount"),
    _number("wind_speed", "m/s", "wind speed, the upper end of a range", "wind_speed"),
    _number("wind_speed_low", "m/s", "lower end, where a range is given", "wind_speed"),
    _number("wind_gusts", "m/s", "gusts", "wind_speed_of_gust"),
    _number("wind_direction", "degrees", "where the wind blows from", "wind_from_direction"),
    _number("pressure", "hPa", "air pressure at sea level", "air_pressure_at_mean_sea_level"),
    _number("visibility", "m", "visibility", "visibility_in_air"),
    _number("uv_index", "1", "ultraviolet index", "ultraviolet_index"),
    Column("sunrise", Type.STRING, "HH:MM", "local time of sunrise"),
    Column("sunset", Type.STRING, "HH:MM", "local time of sunset"),
    _number("confidence", "1", "0..1, how sure the library is of the row"),
)

BY_NAME: Final = {column.name: column for column in COLUMNS}
# Each category of a column by its number: what frames and Arrow store.
CODES: Final = {
    column.name: {name: code for code, name in enumerate(column.categories)}
    for column in COLUMNS
    if column.type is Type.CATEGORY
}
