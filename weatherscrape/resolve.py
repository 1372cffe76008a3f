"""Rows in, records out: times against the reference, units of the frame.

A record is one row of the frame as a plain dict; what the page does not say is not in it. Local
calendar days are worked out first, as a reader of the page would; python-dateutil then finds the
moment, over gaps of daylight saving time too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import parser
from dateutil.tz import resolve_imaginary

from .data import languages, slugs, units
from .errors import ArgumentError
from .model import (
    Cell,
    Clock,
    Condition,
    Key,
    Kind,
    PartialDate,
    Period,
    Quantity,
    RelativeDay,
    Row,
    Snippet,
    Span,
    Weekday,
)
from .schema import BY_NAME, COLUMNS, Type

Record = dict[str, object]
Reference = str | date | datetime | None

# Where the parts of a day begin: English dayPeriods of CLDR 45; "day" as "morning".
_PERIOD_START: Final = {
    Period.MORNING: time(6),
    Period.DAY: time(6),
    Period.AFTERNOON: time(12),
    Period.EVENING: time(18),
    Period.NIGHT: time(21),
}
_DAYS_FROM_TODAY: Final = {
    RelativeDay.YESTERDAY: -1,
    RelativeDay.TODAY: 0,
    RelativeDay.TOMORROW: 1,
    RelativeDay.DAY_AFTER_TOMORROW: 2,
}
# Mean speed of each number of the Beaufort scale in m/s, 0.836 B^1.5 (WMO-No. 8, annex).
_BEAUFORT: Final = tuple(round(0.836 * b**1.5, 1) for b in range(13))
_YEARS: Final = range(1700, 2201)  # with room on both sides of what a frame can hold
_MILLIMETRES: Final = 1000
_TEMPERATURES: Final = frozenset(
    {"temperature", "temperature_max", "temperature_min", "apparent_temperature", "dew_point"}
)
_PLAIN: Final = frozenset(column.name for column in COLUMNS if column.unit in ("%", "1"))


# --- arguments -----------------------------------------------------------------------------------


def read_timezone(tz: str | tzinfo | None) -> tzinfo | None:
    """The time zone that `tz` names.

    Raises
    ------
    ArgumentError
        If it is no name of the IANA time zone database.

    Examples
    --------
    >>> read_timezone("Mars/Olympus")
    Traceback (most recent call last):
        ...
    weatherscrape.errors.ArgumentError: tz: 'Mars/Olympus' is not accepted; give an IANA name ...
    """
    if tz is None or isinstance(tz, tzinfo):
        return tz
    accepted = 'an IANA name of a time zone ("Europe/Paris", "UTC") or a tzinfo'
    try:
        return ZoneInfo(str(tz))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ArgumentError("tz", tz, accepted) from None


def read_reference(
    reference: Reference, tz: tzinfo | None, argument: str = "reference"
) -> datetime | None:
    """When the page was published: local time of `tz`, without a zone of its own.

    Raises
    ------
    ArgumentError
        If it is no date.

    Examples
    --------
    >>> read_reference("2025-10-16", None)
    datetime.datetime(2025, 10, 16, 0, 0)
    """
    accepted = (
        "a datetime, a date, or an ISO 8601 string such as '2025-10-16' or '2025-10-16T21:00'"
    )
    if reference is None:
        return None
    moment: datetime
    if isinstance(reference, datetime):
        moment = reference
    elif isinstance(reference, date):
        moment = datetime.combine(reference, time())
    elif isinstance(reference, str):
        try:
            moment = parser.isoparse(reference)
        except (ValueError, OverflowError):
            raise ArgumentError(argument, reference, accepted) from None
    else:
        raise ArgumentError(argument, reference, accepted)
    if moment != moment:  # noqa: PLR0124 (pandas' NaT is a datetime)
        raise ArgumentError(argument, reference, accepted)
    if moment.year not in _YEARS:
        raise ArgumentError(argument, reference, f"a year of {_YEARS[0]} to {_YEARS[-1]}")
    if moment.tzinfo is not None:
        moment = moment.astimezone(tz or UTC).replace(tzinfo=None)
    return moment


# --- time ----------------------------------------------------------------------------------------


def _moment(local: datetime | None, tz: tzinfo | None) -> datetime | None:
    """The moment of a local time, in UTC if there is a zone; a time in a DST gap moves on."""
    if local is None or tz is None:
        return local
    stated = local.replace(tzinfo=tz)
    moment = stated.astimezone(UTC)
    if moment.astimezone(tz).replace(tzinfo=None) != local:
        moment = resolve_imaginary(stated).astimezone(UTC)
    return moment.replace(tzinfo=None)


@lru_cache(maxsize=4096)
def _nearest(day: PartialDate, near: date, weekday: Weekday | None) -> date | None:
    """The day that a partial date means: the nearest to `near`, on the stated weekday if any is."""
    if day.month and day.year:
        return date(day.year, day.month, day.day)
    if day.month is None:
        this_month = near.year * 12 + near.month - 1
        months = [divmod(month, 12) for month in range(this_month - 12, this_month + 13)]
    else:
        months = [(year, day.month - 1) for year in range(near.year - 4, near.year + 5)]
    candidates = []
    for year, month in months:
        try:
            candidates.append(date(year, month + 1, day.day))
        except ValueError:  # no such day in that month, or year 0
            continue
    if weekday is not None:
        window = [c for c in candidates if abs((c - near).days) < 190]
        candidates = [c for c in window if c.weekday() == weekday.number] or candidates
    return min(candidates, key=lambda c: abs((c - near).days), default=None)


class _Calendar:
    """The local day and time of each row of a snippet, one after the other."""

    def __init__(self, reference: datetime) -> None:
        self._reference = reference
        self._day: date | None = None  # of the row before
        self._clock: int | None = None
        self._header: Span | None = None  # the day that the rows stand below

    def resolve(self, row: Row) -> datetime | None:
        """Start of the row's period as local time."""
        key = row.key
        if key is None and row.header is None:
            return self._reference
        key = key or row.header
        assert key is not None
        if key.period is Period.NOW and not key.has_day and key.clock is None:
            return self._reference
        header = row.header if row.header and row.header.span != self._header else None
        day = self._stated_day(key) or (self._stated_day(header) if header else None)
        if key.has_day or header:
            self._header = (header or key).span
        clock = key.clock
        if day is None:
            day = self._day or self._reference.date()
            if clock and self._clock is not None and clock.minute < self._clock:
                day += timedelta(days=1)  # past midnight
        self._day = day
        self._clock = clock.minute if clock else None
        start = datetime.combine(day, time())
        if clock is not None:
            return start + timedelta(minutes=clock.minute)
        if key.period is Period.NOW:
            return max(start, self._reference) if day == self._reference.date() else start
        return datetime.combine(day, _PERIOD_START[key.period]) if key.period else start

    def _stated_day(self, key: Key) -> date | None:
        today = self._reference.date()
        if key.date is not None:
            return _nearest(key.date, self._day or today, key.weekday)
        if key.day is not None:
            return today + timedelta(days=_DAYS_FROM_TODAY[key.day])
        if key.weekday is not None:
            # The first such day from the row before on; several rows may share one.
            day = self._day or today
            return day + timedelta(days=(key.weekday.number - day.weekday()) % 7)
        return None


def _hhmm(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


# --- units ---------------------------------------------------------------------------------------


def to_celsius(value: float, unit: str) -> float:
    """A temperature in °C.

    >>> to_celsius(50, "F"), to_celsius(273.15, "K")
    (10.0, 0.0)
    """
    if unit == "F":
        return (value - 32) / 1.8
    return value - 273.15 if unit == "K" else value


_FAHRENHEIT_COMPANY: Final = frozenset({"mph", "in", "inHg", "mi"})
_FAHRENHEIT_FROM: Final = 46.0  # no forecast but a desert's says 46 °C
_SHARE: Final = 3  # of the temperatures, where a single "98" is something else


def _temperature_unit(snippet: Snippet) -> tuple[str | None, bool]:
    """Unit of the snippet's temperatures, and whether the page states it; None: nothing says."""
    quantities = [
        (cell.field, cell.value)
        for row in snippet.rows
        for cell in row.cells
        if isinstance(cell.value, Quantity)
    ]
    values = [value for field, value in quantities if field in _TEMPERATURES]
    printed = [value.unit for value in values if value.unit] or [
        token.value.unit  # of a temperature between the rows that is none of theirs
        for token in snippet.tokens
        if token.kind is Kind.TEMPERATURE and isinstance(token.value, Quantity) and token.value.unit
    ]
    if printed:
        return max(sorted(set(printed)), key=printed.count), True
    company = {value.unit for _, value in quantities}
    hot = sum(value.value >= _FAHRENHEIT_FROM for value in values)
    code = snippet.language
    if hot and (code is None or languages()[code].fahrenheit or hot * _SHARE >= len(values)):
        return "F", False
    if company & _FAHRENHEIT_COMPANY:
        return "F", False
    return None, False


def _in_frame_unit(field: str, quantity: Quantity, temperature_unit: str) -> float | None:
    if field in _TEMPERATURES:
        return to_celsius(quantity.value, quantity.unit or temperature_unit)
    if field == "pressure":
        return _pressure(quantity)
    if field in _PLAIN:
        return quantity.value
    if quantity.unit is None:
        return None
    return _scaled(field, quantity.value, quantity.unit)


def _scaled(field: str, value: float, unit: str) -> float | None:
    if unit == "bft":
        return _BEAUFORT[int(value)] if 0 <= value <= 12 else None
    factor = units()[unit].factor
    if factor is None:
        return None
    scaled = float(value * factor)
    return scaled * _MILLIMETRES if field == "precipitation" else scaled


# Air pressure by the size of its number, where no unit is printed (records: 870 and 1084 hPa).
_PRESSURE_UNITS: Final = (("hPa", 850.0, 1100.0), ("inHg", 25.0, 32.5), ("mmHg", 640.0, 815.0))


def _pressure(quantity: Quantity) -> float | None:
    value, unit = quantity.value, quantity.unit
    if unit is None:
        unit = next((u for u, low, high in _PRESSURE_UNITS if low <= value <= high), None)
    if unit is None:
        return None
    scaled = _scaled("pressure", value, unit)
    if scaled is not None and scaled < 2:  # "1.013 hPa": a dot between the thousands
        scaled *= 1000
    return scaled if scaled is not None and 500 <= scaled <= 1100 else None


# --- records -------------------------------------------------------------------------------------


def stated(snippets: Sequence[Snippet], page: str) -> list[tuple[Record, ...]]:
    """What the rows of each snippet say: their records, but for times and where they stand.

    Temperatures of a text of which nothing says the unit have that of the rest of the text, and
    those of a place that of the other places below its day.
    """
    of_each = [_temperature_unit(snippet) for snippet in snippets]
    in_text = [all(map(_is_of_text, snippet.rows)) for snippet in snippets]
    of_text = {unit for (unit, _), told in zip(of_each, in_text, strict=True) if told and unit}
    other = of_text.pop() if len(of_text) == 1 else "C"
    units_of = [
        (unit or (other if told else "C"), is_stated)
        for (unit, is_stated), told in zip(of_each, in_text, strict=True)
    ]
    return [
        tuple(_stated(row, page, snippet.location, *unit) for row in snippet.rows)
        for snippet, unit in zip(snippets, units_of, strict=True)
    ]


def _is_of_text(row: Row) -> bool:
    """Whether a row is of running text, or of a place below a day."""
    return row.in_text or (row.key is None and row.header is not None)


def resolve(
    records: Iterable[Record],
    rows: Iterable[Row],
    reference: datetime | None = None,
    tz: tzinfo | None = None,
) -> Iterator[Record]:
    """Copies of what some rows say, with the times of the rows.

    `reference` is local time of `tz`; without it there is no valid time.
    """
    if reference is None:
        yield from (record.copy() for record in records)
        return
    calendar = _Calendar(reference)
    start = _moment(reference, tz)
    for record, row in zip(records, rows, strict=True):
        valid = _moment(calendar.resolve(row), tz)
        resolved = record.copy()
        resolved["reference_time"], resolved["valid_time"] = start, valid
        if valid is not None and start is not None:
            resolved["lead_time"] = valid - start
        yield resolved


def _stated(row: Row, page: str, location: str | None, unit: str, unit_stated: bool) -> Record:
    record: Record = {
        "confidence": row.confidence,
        "temperature_unit_stated": False,
        "location": location,
    }
    for key in (row.header, row.key):
        if key is not None:
            _tell_key(record, key)
    if row.key is None and row.header is None:
        record["period"] = Period.NOW
    for cell in row.cells:
        _tell_cell(record, cell, page, unit)
        if cell.field in _TEMPERATURES:
            assert isinstance(cell.value, Quantity)
            record["temperature_unit"] = cell.value.unit or unit
            record["temperature_unit_stated"] = unit_stated
    return record


def _tell_key(record: Record, key: Key) -> None:
    weekday = key.weekday
    if key.date is not None:
        record["date"] = str(key.date)
        if weekday is None and key.date.year and key.date.month:
            day = date(key.date.year, key.date.month, key.date.day)
            weekday = tuple(Weekday)[day.weekday()]
    if weekday is not None:
        record["weekday"] = weekday
    if key.day is not None:
        record["relative_day"] = key.day
    if key.period is not None:
        record["period"] = key.period
    if key.clock is not None:
        record["time"] = _hhmm(key.clock.minute)
        if key.clock.end is not None:
            record["time_end"] = _hhmm(key.clock.end)


def _tell_cell(record: Record, cell: Cell, page: str, unit: str) -> None:
    value = cell.value
    if isinstance(value, Quantity):
        record[cell.field] = _in_frame_unit(cell.field, value, unit)
        if value.low is not None and cell.field == "wind_speed" and value.unit:
            record["wind_speed_low"] = _scaled(cell.field, value.low, value.unit)
    elif isinstance(value, Condition):
        if value.slug:  # one that we know
            record["condition"] = value.slug
            record["intensity"] = value.intensity
            record["likelihood"] = value.likelihood
            record["weather_code"] = slugs()[value.slug].code(value.intensity)
        record["condition_text"] = page[slice(*cell.span)]
    elif isinstance(value, Clock):
        record[cell.field] = _hhmm(value.minute)
    elif BY_NAME[cell.field].type is Type.FLOAT:
        record[cell.field] = value
