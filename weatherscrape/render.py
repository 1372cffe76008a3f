"""A frame in, the text of a widget out: the inverse of :func:`weatherscrape.extract`.

The layouts are those of :mod:`weatherscrape.templates`, the words of :mod:`weatherscrape.wording`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from .data import Language, languages, units
from .errors import ArgumentError
from .resolve import to_celsius
from .schema import BY_NAME
from .templates import (
    DAILY,
    DAY_COLUMNS,
    HOUR_COLUMNS,
    KEY,
    KEY_COLUMNS,
    LAYOUTS,
    TEMPERATURES,
    Layout,
    unit_of,
)
from .wording import POINT, Words, clock, words_of

_DECIMALS: Final = 10  # that a printed number has at most, if it is a number of the page's unit
_ROUNDING: Final = 1e-10  # far above the error of a conversion, far below what is printed


def render(frame: pd.DataFrame, *, layout: str = "lines", language: str = "en") -> str:
    r"""Print a frame as a weather widget would.

    Parameters
    ----------
    frame
        Rows as :func:`weatherscrape.extract` gives them; columns that are missing are not printed.
    layout
        One of `LAYOUT_NAMES`. Each prints some of the columns: see :func:`printed`.
    language
        Code of the language whose words are used.

    Returns
    -------
    str
        The text, without a line break at its end. What the layout or the language has no way to
        print is left out.

    Raises
    ------
    ArgumentError
        If there is no such layout or language.

    Examples
    --------
    >>> from weatherscrape import extract
    >>> frame = extract("Mon: fog, high 12.7 °C, low 9 °C\nTue: mostlycloudy, high 15 °C")
    >>> print(render(frame, layout="high / low"))
    Monday
    Fog
    12.7°C / 9°C
    Tuesday
    Mostly cloudy
    15°C / --
    """
    chosen, words = _layout(layout), words_of(_language(language))
    rows = [_stated(row) for row in frame.to_dict("records")]
    if chosen.after_day is not None:
        rows = list(_days_once(rows))
    columns = [
        name for name in printed(layout, language) if any(_says(row, name, chosen) for row in rows)
    ]
    if not columns:
        return ""
    lines = [
        [_value(name, row, chosen, words, first=number == 0) for name in columns]
        for number, row in enumerate(rows)
    ]
    if chosen.heads or chosen.turned:
        lines = [[value or words.missing for value in line] for line in lines]
    if chosen.heads:
        dated = any(row.keys() & set(DAY_COLUMNS) for row in rows)
        lines.insert(0, [words.head(name, chosen, dated) for name in columns])
    if chosen.rule:
        lines.insert(1, [chosen.rule] * len(columns))
    if chosen.turned:
        lines = [list(line) for line in zip(*lines, strict=True)]
    return chosen.end.join(_line(line, columns, chosen) for line in lines)


def printed(layout: str, language: str = "en") -> tuple[str, ...]:
    """Columns that a layout can print in a language, "key" for those that say when.

    Raises
    ------
    ArgumentError
        If there is no such layout or language.

    Examples
    --------
    >>> printed("columns")
    ('key', 'condition', 'temperature', 'temperature_max', 'temperature_min')
    """
    chosen, words = _layout(layout), words_of(_language(language))
    return tuple(name for name in chosen.columns if words.label(name) or not chosen.labels(name))


def _layout(name: str) -> Layout:
    if name not in LAYOUTS:
        raise ArgumentError("layout", name, f"one of {', '.join(map(repr, LAYOUTS))}")
    return LAYOUTS[name]


def _language(code: str) -> Language:
    known = languages()
    if code not in known:
        raise ArgumentError("language", code, f"one of {', '.join(known)}")
    return known[code]


def _stated(row: Mapping[Any, Any]) -> dict[str, Any]:
    """What a row of the frame says."""
    return {str(name): value for name, value in row.items() if not pd.isna(value)}


def _days_once(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows without the day where it is that of the row before, and they say an hour besides."""
    before: dict[str, Any] = {}
    for row in rows:
        day = {name: row[name] for name in DAY_COLUMNS if name in row}
        repeated = day == before and row.keys() & set(HOUR_COLUMNS)
        yield {name: row[name] for name in row if not (repeated and name in day)}
        before = day


def _line(cells: Sequence[str], columns: Sequence[str], layout: Layout) -> str:
    rest = [cell for cell in cells if cell or layout.heads]
    first = ""
    if layout.after_key is not None and columns[0] == KEY and cells[0]:
        first = rest.pop(0) + layout.after_key
    return layout.opening + first + layout.between.join(rest) + layout.closing


# --- values --------------------------------------------------------------------------------------


def _says(row: Mapping[str, Any], name: str, layout: Layout) -> bool:
    """Whether a row has a value of a column that the layout can print so that it reads back."""
    if name == KEY:
        return bool(row.keys() & set(KEY_COLUMNS))
    if layout.pair and name in DAILY:  # printed as one, in the place of the first
        return name == DAILY[0] and bool(row.keys() & set(DAILY))
    if name not in row:
        return False
    return layout.labels(name) or name == "condition" or not _misread(row, name)


def _misread(row: Mapping[str, Any], name: str) -> bool:
    """Whether a value without a label would pass for one of another column."""
    if name in DAILY:
        return not row.keys() >= set(DAILY)
    if name == "wind_direction":
        return bool(row[name] % POINT) or "wind_speed" not in row
    return name == "precipitation_probability" and row.get("period") == "now"


def _value(name: str, row: Mapping[str, Any], layout: Layout, words: Words, first: bool) -> str:
    """One printed value with its label and its unit, "" if the row has none."""
    if not _says(row, name, layout):
        return ""
    if name == KEY:
        return words.key(row, layout)
    if name == "condition":
        return words.condition(row) or ""
    if layout.pair and name in DAILY:
        return _pair(row, layout, words)
    text = _plain(name, row, layout, words, first)
    if layout.heads or not layout.labels(name):
        return text
    return layout.label.format(label=words.label(name), value=text)


def _plain(name: str, row: Mapping[str, Any], layout: Layout, words: Words, first: bool) -> str:
    value = row[name]
    if name in ("sunrise", "sunset"):
        return clock(str(value), layout)
    if name == "wind_direction":
        return words.direction(float(value)) or words.number(float(value)) + "°"
    unit = unit_of(name, layout)
    text = words.number(unread(float(value), name, unit))
    if name in TEMPERATURES:
        carries = layout.unit == "each" or (layout.unit == "first" and first)
        return f"{text}{layout.sign}{unit}" if carries else f"{text}{layout.bare}"
    if not unit or (layout.unit == "head" and unit != "%"):
        return text
    if name == "wind_speed" and "wind_speed_low" in row:
        low = words.number(unread(float(row["wind_speed_low"]), name, unit))
        text = f"{low}-{text}"
    return f"{text}%" if unit == "%" else f"{text} {words.unit(unit)}"


def _pair(row: Mapping[str, Any], layout: Layout, words: Words) -> str:
    high, low = (
        _plain(name, row, layout, words, first=True) if name in row else words.missing
        for name in DAILY
    )
    names = {"high_label": words.label(DAILY[0]), "low_label": words.label(DAILY[1])}
    return layout.pair.format(high=high, low=low, **names)


def read(number: float, column: str, unit: str) -> float:
    """A printed number in the unit of the frame's column.

    >>> read(50, "temperature", "F"), read(36, "wind_speed", "km/h")
    (10.0, 10.0)
    """
    if column in TEMPERATURES:
        return to_celsius(number, unit)
    factor = units()[unit].factor if unit and unit != "%" else None
    if factor is None:
        return number
    return float(number * factor) * (1000 if BY_NAME[column].unit == "mm" else 1)


def unread(value: float, column: str, unit: str) -> float:
    """Number with the fewest decimals that reads back as a value of the frame.

    Where no short one does to the last bit of the float, the fewest that do but for rounding.

    >>> unread(10.0, "temperature", "F"), unread(7.0, "temperature", "F")
    (50.0, 44.6)
    """
    zero, one = read(0, column, unit), read(1, column, unit)
    near = (value - zero) / (one - zero)
    rounded = [round(near, digits) for digits in range(_DECIMALS + 1)]
    for tolerance in (0.0, _ROUNDING):
        for number in rounded:
            if math.isclose(read(number, column, unit), value, rel_tol=0.0, abs_tol=tolerance):
                return number
    return near
