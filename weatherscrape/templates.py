"""The layouts that :mod:`weatherscrape.render` prints.

A page is a matrix of printed values, one line of the matrix a row of the frame. It may be headed by
labels, turned on its side, and is then joined with two separators. A :class:`Layout` holds those
choices and nothing else, so another layout is another value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from .schema import BY_NAME

KEY: Final = "key"  # stands for the weekday, date, relative day, part of the day and time of a row
DAY_COLUMNS: Final[tuple[str, ...]] = ("weekday", "date", "relative_day")
HOUR_COLUMNS: Final[tuple[str, ...]] = ("period", "time", "time_end")
KEY_COLUMNS: Final[tuple[str, ...]] = (*DAY_COLUMNS, *HOUR_COLUMNS)
TEMPERATURES: Final = frozenset(name for name, c in BY_NAME.items() if c.unit == "°C")

# What each unit of the frame is printed in.
_UNITS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "metric": {"°C": "C", "m/s": "km/h", "hPa": "hPa", "mm": "mm", "m": "km", "%": "%"},
        "imperial": {"°C": "F", "m/s": "mph", "hPa": "inHg", "mm": "in", "m": "mi", "%": "%"},
    }
)
DAILY: Final = ("temperature_max", "temperature_min")
_UNLABELLED: Final = (
    "temperature",
    *DAILY,
    "precipitation_probability",
    "wind_direction",
    "wind_speed",
)
_LABELLED: Final = (
    "temperature",
    *DAILY,
    "apparent_temperature",
    "dew_point",
    "precipitation_probability",
    "precipitation",
    "relative_humidity",
    "cloud_cover",
    "wind_direction",
    "wind_speed",
    "wind_gusts",
    "pressure",
    "visibility",
    "uv_index",
    "sunrise",
    "sunset",
)


@dataclass(frozen=True, slots=True)
class Layout:
    r"""How a widget prints a frame.

    Attributes
    ----------
    columns
        The columns that it can print, in the order in which it does; "key" stands for those that
        say when.
    between, end
        What stands between two values of a row, and between two rows.
    after_key
        What stands behind a key that opens a row; None: the same as between two values.
    opening, closing
        What every line begins and ends with.
    turned
        Whether a line holds one column of all rows instead of all columns of one row.
    label
        How a value and its label are printed; without "{label}" only the value is.
    plain
        Columns that are printed without a label.
    heads
        Whether labels stand once, before the values of their column.
    rule
        What stands below each head.
    pair
        How the two temperatures of a day are printed as one value; "" if they are two.
    units
        "metric" or "imperial".
    unit
        The temperatures that carry their unit: "each", the "first", those of the "head", or "none".
    sign, bare
        What stands behind a temperature before its unit, and where it carries none.
    short_days
        Whether weekdays are abbreviated.
    after_day
        What stands behind a day that is printed once, over the hours of it; None: each row has its.
    half_days
        Whether hours are counted from 1 to 12.
    """

    columns: tuple[str, ...]
    between: str = "\n"
    end: str = "\n"
    after_key: str | None = None
    opening: str = ""
    closing: str = ""
    turned: bool = False
    label: str = "{value}"
    plain: frozenset[str] = frozenset({KEY, "condition"})
    heads: bool = False
    rule: str = ""
    pair: str = ""
    units: str = "metric"
    unit: str = "each"
    sign: str = "°"
    bare: str = "°"
    short_days: bool = False
    after_day: str | None = None
    half_days: bool = False

    @property
    def temperature_unit(self) -> str:
        """C or F."""
        return _UNITS[self.units]["°C"]

    def labels(self, column: str) -> bool:
        """Whether the values of a column come with its label."""
        if self.pair and column in DAILY:
            return "{high_label}" in self.pair
        return column not in self.plain and (self.heads or "{label}" in self.label)


_LINES: Final = Layout((KEY, "condition", *_UNLABELLED))

LAYOUTS: Final[Mapping[str, Layout]] = MappingProxyType(
    {
        "lines": _LINES,
        "fahrenheit": replace(_LINES, units="imperial"),
        "broken degrees": replace(_LINES, sign="\n°\n", short_days=True),
        "unit once": replace(_LINES, sign="\n°\n", bare="", unit="first", short_days=True),
        "12 hours": replace(_LINES, half_days=True, unit="none"),
        "day headers": replace(_LINES, after_day="\n"),
        "key last": Layout((*_UNLABELLED, "condition", KEY)),
        "key inside": Layout(("condition", KEY, *_UNLABELLED), sign=" °"),
        "row a line": Layout((KEY, *_UNLABELLED, "condition"), between=" ", short_days=True),
        "one line": Layout((KEY, "condition", *_UNLABELLED), between=" ", end=" "),
        "tabs": Layout((KEY, "condition", *_UNLABELLED), between="\t", unit="none"),
        "paragraphs": Layout((KEY, "condition", *_UNLABELLED), between="\n", end="\n\n"),
        "high / low": Layout(
            (KEY, "condition", *DAILY, "precipitation_probability"), pair="{high} / {low}"
        ),
        "H L": Layout(
            (KEY, "condition", *DAILY, "precipitation_probability"),
            pair="{high_label} {high} {low_label} {low}",
            unit="none",
        ),
        "labels": Layout((KEY, "condition", *_LABELLED), label="{label}: {value}"),
        "labels after": Layout(
            (KEY, "temperature", "condition", *_LABELLED[1:]),
            label="{value} {label}",
            plain=frozenset({KEY, "condition", "temperature"}),
        ),
        "label lines": Layout((KEY, "condition", *_LABELLED), label="{label}\n{value}"),
        "bulletin": Layout(
            (KEY, "condition", *DAILY, "precipitation_probability", "wind_speed"),
            between=". ",
            after_key=": ",
            closing=".",
            label="{label} {value}",
        ),
        "columns": Layout((KEY, "condition", "temperature", *DAILY), turned=True, short_days=True),
        "grid": Layout(
            (KEY, "condition", *_LABELLED), between="\t", turned=True, heads=True, unit="head"
        ),
        "table": Layout(
            (KEY, "condition", *_LABELLED),
            between=" | ",
            opening="| ",
            closing=" |",
            heads=True,
            rule="---",
        ),
    }
)
LAYOUT_NAMES: Final = tuple(LAYOUTS)


def unit_of(column: str, layout: Layout) -> str:
    """The unit in which a layout prints a column, "" if it has none."""
    return _UNITS[layout.units].get(BY_NAME[column].unit, "")
