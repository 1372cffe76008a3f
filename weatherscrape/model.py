"""Every type that passes between two stages. No stage changes what it was given.

The text as printed is never copied: a :class:`Span` finds it in the page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple


class Span(NamedTuple):
    """A half-open range of characters, ``page[start:end]``, in the page as it was given."""

    start: int
    end: int


class Kind(StrEnum):
    """What a token is. The set is closed; the value is the letter that stands for it in a shape."""

    WEEKDAY = "d"
    DATE = "D"
    WHEN = "w"  # a relative day, a part of the day, "now", or both ("tonight")
    TIME = "h"
    MONTH = "m"  # a month that is part of no date
    TEMPERATURE = "T"
    PAIR = "P"  # two temperatures of one period: "70° / 57°", "2-6°"
    NUMBER = "n"
    PERCENT = "%"
    SPEED = "S"
    DIRECTION = "W"
    PRESSURE = "p"
    LENGTH = "L"
    QUANTITY = "q"  # a number with a unit that no column has
    CONDITION = "C"
    MISSING = "-"
    MARK = "o"  # what stands behind the number of a day: "rd", "日", "of"
    LABEL = "l"
    UNIT = "u"
    MODIFIER = "f"
    CONNECTOR = "j"
    FILLER = "."
    SEPARATOR = ","
    BREAK = "/"
    WORD = "x"


KEYS = frozenset({Kind.WEEKDAY, Kind.DATE, Kind.WHEN, Kind.TIME})
VALUES = frozenset(
    {
        Kind.TEMPERATURE,
        Kind.PAIR,
        Kind.NUMBER,
        Kind.PERCENT,
        Kind.SPEED,
        Kind.DIRECTION,
        Kind.PRESSURE,
        Kind.LENGTH,
        Kind.QUANTITY,
        Kind.CONDITION,
        Kind.MISSING,
    }
)
# Kinds of how warm something is: with its unit, and also without one.
OF_AIR = frozenset({Kind.TEMPERATURE, Kind.PAIR})
DEGREES = OF_AIR | {Kind.NUMBER}
# Kinds of what a sentence says of the weather.
MEASURED = DEGREES | {Kind.CONDITION, Kind.PERCENT, Kind.SPEED}
# Kinds of numbers that do not say by themselves what they are of.
NAMELESS = frozenset({Kind.NUMBER, Kind.QUANTITY})
# Columns of what a day has one of each.
DAILY = frozenset({"temperature_max", "temperature_min"})
# Numbers that are years, of measurements too.
YEARS = range(1800, 2101)
# Columns of how warm the air is.
AIR = DAILY | {"temperature"}


class Weekday(StrEnum):
    """Days of the week, in ISO 8601 order."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """0 for Monday to 6 for Sunday, as in :meth:`datetime.date.weekday`."""
        return _WEEKDAYS.index(self)

    def days_to(self, other: Weekday) -> int:
        """Days from this one to the next `other`: 0 for the same, 6 for the day before.

        >>> Weekday.SUN.days_to(Weekday.MON)
        1
        """
        return (other.number - self.number) % len(_WEEKDAYS)


_WEEKDAYS = tuple(Weekday)


class RelativeDay(StrEnum):
    """Days named from the day of the page."""

    YESTERDAY = "yesterday"
    TODAY = "today"
    TOMORROW = "tomorrow"
    DAY_AFTER_TOMORROW = "day_after_tomorrow"


class Period(StrEnum):
    """Parts of a day, and now."""

    NOW = "now"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    DAY = "day"


# What a word for a part of the day labels behind the other one: "by night 2°, by day 9°".
EXTREME_OF = {Period.NIGHT: "temperature_min", Period.DAY: "temperature_max"}


class Intensity(StrEnum):
    """How hard it falls, as the page says."""

    LIGHT = "light"
    MODERATE = "moderate"
    HEAVY = "heavy"


class Likelihood(StrEnum):
    """How sure the page is: "slight chance of", "chance of", "likely"."""

    SLIGHT_CHANCE = "slight_chance"
    CHANCE = "chance"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as the page gives it.

    >>> str(PartialDate(13, 12, 2020)), str(PartialDate(13, 12)), str(PartialDate(13))
    ('2020-12-13', '--12-13', '---13')
    """

    day: int
    month: int | None = None
    year: int | None = None

    @classmethod
    def of(cls, day: int, month: int, year: int | None = None) -> PartialDate | None:
        """The date, if there is such a day.

        >>> PartialDate.of(29, 2), PartialDate.of(29, 2, 2025)
        (PartialDate(day=29, month=2, year=None), None)
        """
        try:
            date(year or 2000, month, day)  # 2000 has a February 29
        except (ValueError, OverflowError):
            return None
        return cls(day, month, year)

    def __str__(self) -> str:
        """ISO 8601, with the truncated forms of its first edition for what is not said."""
        if self.month is None:
            return f"---{self.day:02}"
        if self.year is None:
            return f"--{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    def on(self, day: date) -> bool:
        """Whether `day` is a day that this date can mean."""
        return (
            self.day == day.day
            and self.month in (None, day.month)
            and self.year in (None, day.year)
        )


@dataclass(frozen=True, slots=True)
class When:
    """A relative day, a part of the day, or both ("tonight")."""

    day: RelativeDay | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A local clock time in minutes after midnight, 0..1440, and its end where a range is given."""

    minute: int
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed, with its unit: None if none is printed beside it.

    `low` is the lower end of a range ("5 to 13 mph"), whose upper end is `value`.
    """

    value: float
    unit: str | None = None
    low: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two temperatures of one period in the order of the page; None where the page has a dash."""

    first: Quantity | None
    second: Quantity | None


@dataclass(frozen=True, slots=True)
class Condition:
    """Present weather: the main phenomenon, how hard, how sure.

    `general`: it says no more than that nothing falls, which many skies may: "fine".
    """

    slug: str
    intensity: Intensity | None = None
    likelihood: Likelihood | None = None
    general: bool = False

    @property
    def is_feeling(self) -> bool:
        """Whether it says how the air feels, which any sky may: "windy", "cold"."""
        return self.slug in _FEELINGS


_FEELINGS = frozenset({"windy", "hot", "cold"})

Value = (
    Weekday | PartialDate | When | Clock | Quantity | Pair | Condition | int | float | str | None
)


class Reading(NamedTuple):
    """One thing that a token can mean. No languages: it means that in any."""

    kind: Kind
    value: Value = None
    languages: frozenset[str] = frozenset()


@dataclass(slots=True, init=False, unsafe_hash=True)
class Token:
    """A typed span. More than one reading: still ambiguous, the likeliest first.

    Every stage makes tokens and asks for their kind, so both are as cheap as they can be: the
    likeliest reading is unpacked once, and that no field changes is checked by mypy alone.
    """

    span: Final[Span]
    readings: Final[tuple[Reading, ...]]
    kind: Final[Kind] = field(init=False, repr=False, compare=False)  # of the likeliest reading
    value: Final[Value] = field(init=False, repr=False, compare=False)  # of the likeliest reading

    def __init__(self, span: Span, readings: tuple[Reading, ...]) -> None:
        self.span = span
        self.readings = readings
        likeliest = readings[0]  # mypy takes a field() for a value of these two
        self.kind = likeliest.kind  # type: ignore[misc]
        self.value = likeliest.value  # type: ignore[misc]


class Key(NamedTuple):
    """What a row is about: the adjacent day, date, time and period words, read together."""

    span: Span
    weekday: Weekday | None = None
    date: PartialDate | None = None
    day: RelativeDay | None = None
    period: Period | None = None
    clock: Clock | None = None

    @property
    def facts(self) -> bool:
        """Whether it says when at all: "next week" does not."""
        return self.has_day or self.period is not None or self.clock is not None

    @property
    def has_day(self) -> bool:
        """Whether it says which day."""
        return self.weekday is not None or self.date is not None or self.day is not None


class Cell(NamedTuple):
    """One value of a row: the column it fills, what it is, and where it is printed."""

    field: str
    value: Value
    span: Span


@dataclass(frozen=True)
class Row:
    """One valid period. `bits` is the evidence for it: log2 of the odds that it is weather."""

    key: Key | None
    cells: tuple[Cell, ...]
    layout: str
    bits: float
    header: Key | None = None  # the day that stands once over several rows
    in_text: bool = False  # whether sentences of running text say it
    place: str = ""  # of a list of places

    @cached_property
    def span(self) -> Span:
        """The hull of the key and the cells."""
        spans = [c.span for c in self.cells] + ([self.key.span] if self.key else [])
        return Span(min(s.start for s in spans), max(s.end for s in spans))

    @property
    def confidence(self) -> float:
        """The evidence as a probability."""
        return 1 / (1 + math.exp2(-self.bits))


@dataclass(frozen=True, slots=True)
class Snippet:
    """One contiguous piece of a page that speaks of weather at one place."""

    rows: tuple[Row, ...]
    location: str | None = None
    language: str | None = None
    tokens: tuple[Token, ...] = field(default=(), repr=False)

    @property
    def span(self) -> Span:
        """The hull of the rows."""
        return Span(
            min(r.span.start for r in self.rows),
            max(r.span.end for r in self.rows),
        )

    @property
    def layout(self) -> str:
        """How most of the rows print their fields."""
        names = [row.layout for row in self.rows]
        return max(sorted(set(names)), key=names.count)

    @property
    def confidence(self) -> float:
        """Mean confidence of the rows."""
        return sum(row.confidence for row in self.rows) / len(self.rows)
