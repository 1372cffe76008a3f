"""Groups in, the same out with what stands on top of them: the day of hours, the title of today."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from .blocks import paragraph
from .cuts import code_of
from .groups import Group, Item
from .growth import may_be_of
from .model import DAILY, DEGREES, Key, Kind, PartialDate, Period, RelativeDay


def with_headers(groups: list[Group]) -> list[Group]:
    """A day holds for the parts of it below it; without values of its own, for hours too."""
    groups = _with_instruments(_with_time_below(groups))
    out: list[Group] = []
    header: Key | None = None
    header_at: Item | None = None
    empty = False
    header_row = 0
    dates: dict[object, PartialDate | None] = {}
    for row, after in zip_longest(groups, groups[1:]):
        above = out[-1] if out and not out[-1].values else None
        row = _dated(_below_heading(_below_title(row, above), above), dates)
        key = row.key.key if row.key else None
        if key is None:
            header = (
                header if all(item.kind == "n" and not item.field for item in row.values) else None
            )
        elif not key.facts:
            header = None  # of a time that no row has
            continue
        elif key.day is RelativeDay.YESTERDAY and not row.values and header is not None:
            continue  # of the past, below the title of a forecast
        elif key.has_day:
            # "Today 21° 11°", and then its hours
            alone = not out or not out[-1].values or not _is_day(out[-1])
            header_at = row.key
            header = key
            empty = not row.values or key.clock is not None or key.period is not None or alone
        elif (
            header is not None
            and header.day != "yesterday"
            and (empty or _is_part(key))
            and key.period != "now"
            and not _leads_to_a_day(row.key, after.key if after else None, header_at)
        ):
            if key.clock is not None and out and header_row < len(out):
                out[header_row], row = _with_extremes(out[header_row], row)
            elif out and header_row < len(out):
                out[header_row], row = _with_chance(out[header_row], row)
            row = row._replace(header=header._replace(period=None, clock=None))
        if key is not None and key.has_day:
            header_row = len(out)
        out.append(row)
    return out


def _with_time_below(groups: list[Group]) -> list[Group]:
    """A reading with its time and its sky, where these are the lines below its numbers.

    "14 °C⏎Humidity: 87%⏎Leeds⏎Thursday 5:00 PM⏎Cloudy", and then the days.
    """
    if len(groups) < _READING:
        return groups
    reading, time = groups[:_READING]
    now = reading.key and reading.key.key
    codes = [code_of(item) for item in reading.values]
    clock = time.key.key.clock if time.key and time.key.key else None
    kinds = [item.kind for item in time.values]
    told = kinds[:1] == [Kind.CONDITION] and DEGREES.isdisjoint(kinds)
    if clock is None or clock.end is not None or not told:
        return groups
    if (now and now.period is not Period.NOW) or "C" in codes or "T" not in codes:
        return groups
    return [time._replace(values=(*reading.values, *time.values)), *groups[_READING:]]


_READING: Final = 2  # groups: its numbers, and its time


def _with_instruments(groups: list[Group]) -> list[Group]:
    """A reading with what instruments say below a title: "27 °C⏎Rain⏎Today's highlights⏎..."."""
    out: list[Group] = []
    joined = False  # the row before is one of instruments, and joined
    for row in groups:
        codes = {code_of(item) for item in row.values}
        key = row.key.key if row.key else None
        titled = key is not None and key.day is RelativeDay.TODAY and not (key.period or key.clock)
        said = {code_of(item) for item in out[-1].values} if out else set()
        joined = (titled and len(codes) > 1) or (joined and key is None)
        joined = joined and codes <= _INSTRUMENTS and "T" in said and not said & codes
        if joined:
            out[-1] = out[-1]._replace(values=(*out[-1].values, *row.values))
        else:
            out.append(row)
    return out


_INSTRUMENTS: Final = frozenset(
    {
        Kind.SPEED,
        Kind.DIRECTION,
        Kind.PRESSURE,
        "relative_humidity",
        "wind_speed",
        "wind_gusts",
        "wind_direction",
        "pressure",
        "visibility",
        "uv_index",
        "dew_point",
        "cloud_cover",
        "sunrise",
        "sunset",
    }
)


def _with_extremes(day: Group, hours: Group) -> tuple[Group, Group]:
    """A day and hours of it, with the highs and lows on lines below the hours with the day."""
    moved = tuple(item for item in hours.values if item.field in DAILY and item.lines)
    if not moved or len(moved) == len(hours.values):
        return day, hours
    rest = tuple(item for item in hours.values if item not in moved)
    return _with_more(day, moved), hours._replace(values=rest)


def _with_chance(day: Group, part: Group) -> tuple[Group, Group]:
    """A day and a part of it, with the percentage below the line of the part with the day.

    "Today⏎44°⏎Rain⏎Night: Cloudy⏎68%": the night has its line only.
    """
    *said, last = part.values or (None,)
    if last is None or last.kind is not Kind.PERCENT or last.field or last.lines != 1:
        return day, part
    opens = part.key is not None and part.key.opens and said and not said[0].lines
    if not opens or Kind.PERCENT in map(code_of, (*day.values, *said)):
        return day, part
    return _with_more(day, [last]), part._replace(values=tuple(said))


def _with_more(day: Group, values: Sequence[Item]) -> Group:
    """A day with values that stand behind a row of it: the two are read side by side."""
    return day._replace(values=(*day.values, *values), layout="columns")


def _dated(row: Group, dates: dict[object, PartialDate | None]) -> Group:
    """A row below a title that says which day that is: "Weather for today, 13 December".

    Or the hours of a weekday: "Monday - 17 March⏎Monday 15:00". `dates` are of the titles so far.
    """
    item = row.key
    key = item.key if item else None
    if item is None or key is None:
        return row
    day: object = key.day or (key.weekday if key.date or key.clock or not row.values else None)
    if key.date or (key.day and key.weekday):
        if key.day is None or not row.values:
            dates[day] = key.date
        return row
    if day is None or day not in dates:
        return row
    return row._replace(key=item._replace(key=key._replace(date=dates[day])))


def _below_title(row: Group, title: Group | None) -> Group:
    """A row of today right below a title that says which day that is: "Weather on Friday⏎Today"."""
    item, above = row.key, title.key if title else None
    if item is None or item.key is None or above is None or above.key is None:
        return row
    # Not that of a sentence: "Rain ends by Saturday.⏎⏎Today: ..."
    alone = not (above.place or above.key.clock)
    if not (alone and item.lines and not item.words):
        return row
    if item.key.day is RelativeDay.TOMORROW and above.opens and above.key.date is None:
        return row._replace(key=_of_the_same_day(item, above.key))  # "Tuesday⏎⏎Tomorrow ..."
    return row._replace(key=dated_by(above, item))


def _below_heading(row: Group, heading: Group | None) -> Group:
    """A row below a heading that says more of its day: "Today, 22 February⏎⏎On Friday ..."."""
    item, above = row.key, heading.key if heading else None
    if item is None or item.key is None or above is None or above.key is None:
        return row
    key, day = item.key, above.key
    if day.clock or day.period or day.day is RelativeDay.YESTERDAY:
        return row
    if not row.values:  # "for tomorrow in Leeds (14-11-2024)"
        goes_on = not item.lines and item.words < _WORDS and key.day is None and day.date is None
        return row._replace(key=_of_the_same_day(item, day)) if goes_on else row
    same = key.weekday is not None and key.weekday is day.weekday
    dated = key.weekday is not None and day.weekday is None and day.day is not None and day.date
    goes_on = item.lines > 0 and not key.date and may_be_of(key.weekday, day.date)
    return row._replace(key=_of_the_same_day(item, day)) if goes_on and (same or dated) else row


def _of_the_same_day(item: Item, day: Key) -> Item:
    """An item with what another key says of its day."""
    key = item.key
    assert key is not None
    more = {name: getattr(key, name) or getattr(day, name) for name in _OF_DAYS}
    return item._replace(key=key._replace(**more))


_OF_DAYS: Final = ("weekday", "date", "day")
_WORDS: Final = 3  # of a name, before a date


def _leads_to_a_day(item: Item | None, after: Item | None, header: Item | None) -> bool:
    """Whether a part of a day begins a paragraph that names its day later: "At night cloudy.

    On Saturday sunny." It is not of the day of another paragraph.
    """
    if not (item and after and item.place and after.place and after.key and after.key.has_day):
        return False
    here = item.place.paragraph == after.place.paragraph
    return here and header is not None and paragraph(header) != item.place.paragraph


def _is_day(row: Group) -> bool:
    """Whether a row is about a day, and not about hours or parts of it."""
    key = row.key.key if row.key else None
    return key is not None and key.has_day and key.clock is None


def _is_part(key: Key) -> bool:
    """Whether a key is a part of a day: its morning, or some hours."""
    return key.clock is None or key.clock.end is not None


def dated_by(title: Item, item: Item) -> Item:
    """Today with the day of a title: "Forecast for Saturday, October 30⏎City; Today's high"."""
    above, key = title.key, item.key
    if above is None or key is None or key.day is not RelativeDay.TODAY or above.day is not None:
        return item
    if key.weekday or key.date:
        return item
    return item._replace(key=key._replace(weekday=above.weekday, date=above.date))
