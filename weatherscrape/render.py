"""A frame in, the text of a widget out: the inverse of :func:`weatherscrape.extract`.

A page is a matrix of printed values, one line of the matrix a row of the frame. It may be headed by
labels, turned on its side, and is then joined with two separators. A :class:`Layout` holds those
choices and nothing else, so another layout is another value; the words are those of the language
files, of each entry the first form that means nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from .data import Language, languages, units
from .errors import ArgumentError
from .lex import phrase_tokens
from .model import Condition, Intensity, Likelihood
from .resolve import to_celsius
from .schema import BY_NAME
from .vocabulary import POINTS, squeeze, vocabulary, vocabulary_of

KEY: Final = "key"  # stands for the weekday, date, relative day, part of the day and time of a row
_DAY_COLUMNS: Final[tuple[str, ...]] = ("weekday", "date", "relative_day")
_HOUR_COLUMNS: Final[tuple[str, ...]] = ("period", "time", "time_end")
KEY_COLUMNS: Final[tuple[str, ...]] = (*_DAY_COLUMNS, *_HOUR_COLUMNS)
_POINT: Final = 22.5  # degrees between two points of the compass
_ABBREVIATED: Final = 3  # letters of an abbreviated weekday that is sure by itself
_DECIMALS: Final = 10  # that a printed number has at most, if it is a number of the page's unit
_ROUNDING: Final = 1e-10  # far above the error of a conversion, far below what is printed
_TEMPERATURES: Final = frozenset(name for name, c in BY_NAME.items() if c.unit == "°C")

# What each unit of the frame is printed in.
_UNITS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "metric": {"°C": "C", "m/s": "km/h", "hPa": "hPa", "mm": "mm", "m": "km", "%": "%"},
        "imperial": {"°C": "F", "m/s": "mph", "hPa": "inHg", "mm": "in", "m": "mi", "%": "%"},
    }
)
_DAILY: Final = ("temperature_max", "temperature_min")
_UNLABELLED: Final = (
    "temperature",
    *_DAILY,
    "precipitation_probability",
    "wind_direction",
    "wind_speed",
)
_LABELLED: Final = (
    "temperature",
    *_DAILY,
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
        if self.pair and column in _DAILY:
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
            (KEY, "condition", *_DAILY, "precipitation_probability"), pair="{high} / {low}"
        ),
        "H L": Layout(
            (KEY, "condition", *_DAILY, "precipitation_probability"),
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
            (KEY, "condition", *_DAILY, "precipitation_probability", "wind_speed"),
            between=". ",
            after_key=": ",
            closing=".",
            label="{label} {value}",
        ),
        "columns": Layout((KEY, "condition", "temperature", *_DAILY), turned=True, short_days=True),
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
        dated = any(row.keys() & set(_DAY_COLUMNS) for row in rows)
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
        day = {name: row[name] for name in _DAY_COLUMNS if name in row}
        repeated = day == before and row.keys() & set(_HOUR_COLUMNS)
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
    if layout.pair and name in _DAILY:  # printed as one, in the place of the first
        return name == _DAILY[0] and bool(row.keys() & set(_DAILY))
    if name not in row:
        return False
    return layout.labels(name) or name == "condition" or not _misread(row, name)


def _misread(row: Mapping[str, Any], name: str) -> bool:
    """Whether a value without a label would pass for one of another column."""
    if name in _DAILY:
        return not row.keys() >= set(_DAILY)
    if name == "wind_direction":
        return bool(row[name] % _POINT) or "wind_speed" not in row
    return name == "precipitation_probability" and row.get("period") == "now"


def _value(name: str, row: Mapping[str, Any], layout: Layout, words: Words, first: bool) -> str:
    """One printed value with its label and its unit, "" if the row has none."""
    if not _says(row, name, layout):
        return ""
    if name == KEY:
        return words.key(row, layout)
    if name == "condition":
        return words.condition(row) or ""
    if layout.pair and name in _DAILY:
        return _pair(row, layout, words)
    text = _plain(name, row, layout, words, first)
    if layout.heads or not layout.labels(name):
        return text
    return layout.label.format(label=words.label(name), value=text)


def _plain(name: str, row: Mapping[str, Any], layout: Layout, words: Words, first: bool) -> str:
    value = row[name]
    if name in ("sunrise", "sunset"):
        return _clock(str(value), layout)
    if name == "wind_direction":
        return words.direction(float(value)) or words.number(float(value)) + "°"
    unit = unit_of(name, layout)
    text = words.number(unread(float(value), name, unit))
    if name in _TEMPERATURES:
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
        for name in _DAILY
    )
    names = {"high_label": words.label(_DAILY[0]), "low_label": words.label(_DAILY[1])}
    return layout.pair.format(high=high, low=low, **names)


def unit_of(column: str, layout: Layout) -> str:
    """The unit in which a layout prints a column, "" if it has none."""
    return _UNITS[layout.units].get(BY_NAME[column].unit, "")


def read(number: float, column: str, unit: str) -> float:
    """A printed number in the unit of the frame's column.

    >>> read(50, "temperature", "F"), read(36, "wind_speed", "km/h")
    (10.0, 10.0)
    """
    if column in _TEMPERATURES:
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


def _clock(text: str, layout: Layout) -> str:
    """Time of day as it stands, "21:00", or as "9 PM"."""
    hour, minute = map(int, text.split(":"))
    if not layout.half_days or hour == 24:
        return text
    past = f":{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{past} {'PM' if hour >= 12 else 'AM'}"


# --- words ---------------------------------------------------------------------------------------


@cache
def words_of(language: Language) -> Words:
    """The words of a language, made once."""
    return Words(language)


def _condition(row: Mapping[str, Any]) -> Condition | None:
    if "condition" not in row:
        return None
    intensity, likelihood = row.get("intensity"), row.get("likelihood")
    return Condition(
        str(row["condition"]),
        Intensity(intensity) if intensity else None,
        Likelihood(likelihood) if likelihood else None,
    )


class Words:
    """Of each entry of a language file, the first form that means nothing else, in any language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._own, self._all = vocabulary_of(language), vocabulary()
        self._conditions: dict[Condition, str | None] = {}

    def _forms(self, section: str, key: str) -> Sequence[str]:
        return self._language.sections.get(section, {}).get(key, ())

    def _first(self, section: str, key: str) -> str | None:
        forms = self._forms(section, key)
        return min(forms, key=self._meanings, default=None)

    def _meanings(self, form: str) -> tuple[int, int]:
        """How many there are in the language itself, and in all."""
        squeezed = squeeze(form)
        return len(self._own.readings(squeezed)), len(self._all.readings(squeezed))

    @property
    def missing(self) -> str:
        """What stands where a value is missing."""
        return self._first("missing", "none") or "--"

    def label(self, column: str) -> str | None:
        """Name of a column."""
        return self._first("label", column)

    def unit(self, name: str) -> str:
        """A unit as the language abbreviates it ("км/ч"), else its international symbol."""
        short = self._first("unit", name) or name
        return short if len(short) <= len(name) else name

    def head(self, column: str, layout: Layout, dated: bool) -> str:
        """Label of a column of a table, with its unit if only the head has one."""
        if column == KEY:
            return self.label("day" if dated else "time") or ""
        if column == "condition":
            return self.label(column) or ""
        label, unit = self.label(column) or "", unit_of(column, layout)
        if layout.unit != "head" or unit in ("", "%"):
            return label
        return f"{label} °{unit}" if column in _TEMPERATURES else f"{label} {self.unit(unit)}"

    def number(self, value: float) -> str:
        """A number with the decimal sign of the language."""
        text = format(Decimal(repr(value + 0.0)), "f").removesuffix(".0")
        if self._language.decimal == ".":
            return text
        whole, point, decimals = text.partition(".")
        if len(decimals) == 3:  # "1,234" would be a thousand two hundred and thirty-four
            decimals += "0"
        return whole + (self._language.decimal if point else "") + decimals

    def direction(self, degrees: float) -> str | None:
        """A point of the compass, if the direction is one."""
        point, rest = divmod(degrees, _POINT)
        return None if rest else self._first("direction", POINTS[int(point) % 16])

    def condition(self, row: Mapping[str, Any]) -> str | None:
        """The phenomenon with how hard and how likely, as one phrase or put together.

        The first phrase that says so when it is read, or else the first that there is.
        """
        meant = _condition(row)
        if meant is None:
            return None
        if meant not in self._conditions:
            phrases = list(self._phrases(meant))
            sure = (phrase for phrase in phrases if self._says(phrase, meant))
            self._conditions[meant] = next(sure, phrases[0] if phrases else None)
        return self._conditions[meant]

    def can_say(self, condition: Condition) -> bool:
        """Whether a phrase of the language means just that."""
        return any(self._says(phrase, condition) for phrase in self._phrases(condition))

    def _says(self, phrase: str, condition: Condition) -> bool:
        tokens = phrase_tokens(phrase, self._own)
        return len(tokens) == 1 and [r.value for r in tokens[0].readings] == [condition]

    def _phrases(self, condition: Condition) -> Iterator[str]:
        """The file's own words for as much as they say, a modifier for each mark that is left."""
        marks = [str(m) for m in (condition.intensity, condition.likelihood) if m]
        for size in range(len(marks), -1, -1):
            for kept in combinations(marks, size):
                rest = [self._first("modifier", mark) for mark in marks if mark not in kept]
                forms = self._forms("condition", " ".join([condition.slug, *kept]))
                for form in sorted(forms, key=self._meanings) if all(rest) else ():
                    yield " ".join(word for word in (*reversed(rest), form) if word)

    def key(self, row: Mapping[str, Any], layout: Layout) -> str:
        """Day, date, part of the day and time, as far as the row says them."""
        day = [self._weekday(row, layout), self._date(row)]
        hour = [self._when(row), self._time(row, layout)]
        known = [" ".join(part for part in parts if part) for parts in (day, hour)]
        return (layout.after_day or " ").join(part for part in known if part)

    def _weekday(self, row: Mapping[str, Any], layout: Layout) -> str | None:
        forms = self._forms("weekday", str(row.get("weekday", "")))
        if layout.short_days:
            forms = sorted(forms, key=lambda form: (len(form) < _ABBREVIATED, len(form)))
        return min(forms, key=self._meanings, default=None)

    def _date(self, row: Mapping[str, Any]) -> str | None:
        """The full date in numbers; day and month with the name of the month; the day alone."""
        date = str(row.get("date", ""))
        if not date or date[0] != "-":
            return date
        if date.startswith("---"):
            return str(int(date[3:]))
        month, day = int(date[2:4]), str(int(date[5:]))
        name = self._first("month", str(month))
        if name is None:
            return None
        first_month = self._language.date_order != "dmy"
        return f"{name} {day}" if first_month else f"{day} {name}"

    def _when(self, row: Mapping[str, Any]) -> str | None:
        facts = [str(row[name]) for name in ("relative_day", "period") if name in row]
        joint = self._first("when", " ".join(facts))
        apart = [self._first("when", fact) for fact in facts]
        return joint or " ".join(word for word in apart if word) or None

    def _time(self, row: Mapping[str, Any], layout: Layout) -> str | None:
        if "time" not in row:
            return None
        ends = [_clock(str(row[name]), layout) for name in ("time", "time_end") if name in row]
        return " - ".join(ends)


__all__ = ["KEY", "LAYOUTS", "LAYOUT_NAMES", "Layout", "printed", "render"]
