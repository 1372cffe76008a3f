"""Rows of the same time as one row.

A text tells of a period in several sentences, a page lists the same days twice, a widget has a
box for the sky of now and one for its wind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from typing import Final

from .evidence import TEMPERATURES, opens_sentence
from .model import DAILY, Cell, Condition, Period, Row, Span
from .outlooks import begins_sentence
from .tokens import one_sentence


def once_in_text(rows: Sequence[Row], page: str) -> list[Row]:
    """Rows, with what running text says of a period in several sentences in one."""
    rows = _with_points_of_parts([_of_whole_day(row) for row in rows], page)
    return _with_parts(_once(rows, page), page)


def once(rows: Sequence[Row]) -> list[Row]:
    """Rows, with what lists and boxes say of a time in several places in one."""
    rows = _observed_once(_side_by_side_once(_told_again(rows)))
    return _by_day_alone(_with_whole_days(rows))


def _of_whole_day(row: Row) -> Row:
    """A row of running text; if it has the high of a day, it is not of its morning.

    "Friday begins with fog in the morning. The highs are near 14 °C."
    """
    extremes = {cell.field: cell.span for cell in row.cells if cell.field in DAILY}
    ends = len(extremes) == len(DAILY) and len({*extremes.values()}) == 1  # of one range
    high = "temperature_max" in extremes and not ends
    if not (row.in_text and high and row.key and row.key.period is Period.MORNING):
        return row
    return replace(row, key=row.key._replace(period=None)) if row.key.has_day else row


def _with_points_of_parts(rows: Sequence[Row], page: str) -> list[Row]:
    """Rows; where a wind blows from in a part of the day, if no more is told of that, is its day's.

    "Today cloudy, with a high of 21°C. A south-westerly wind is anticipated by this afternoon."
    """
    out: list[Row] = []
    for row in rows:
        last = out[-1] if out else None
        if last and _is_point_of_part(row) and _is_of_its_day(last, row, page):
            out[-1] = replace(last, cells=(*last.cells, *row.cells))
        else:
            out.append(row)
    return out


def _is_point_of_part(row: Row) -> bool:
    """Whether a row tells only where the wind blows from, in a part of some day but the night."""
    part = row.key.period if row.key else None
    in_day = part in (Period.MORNING, Period.AFTERNOON, Period.EVENING)
    return in_day and {cell.field for cell in row.cells} == {"wind_direction"}


def _is_of_its_day(day: Row, part: Row, page: str) -> bool:
    """Whether a row tells of the day of one that goes on about a part of it, without its wind."""
    one, two = day.key, part.key
    if not (one and two and one.has_day and one.period is None) or two.weekday or two.date:
        return False
    if two.day not in (None, one.day) or "\n" in page[day.span.start : part.span.end]:
        return False
    return all(cell.field != "wind_direction" for cell in day.cells)


def _with_parts(rows: Sequence[Row], page: str) -> list[Row]:
    """Rows, with what a text tells of a part of a day and not of the day as told of the day.

    "On Friday the low is 5 °C. In the afternoon it reaches 21 °C." That is the high of the day. So
    is what a part without a temperature has: "Friday 12 °C. Gusts of 30 km/h after noon."
    """
    out: list[Row] = []
    for row in rows:
        day = out[-1] if out else None
        more = _of_the_day(day, row, page) if day and _is_part_of(day, row) else None
        if day is None or more is None:
            out.append(row)
        else:
            bits = day.bits + max(row.bits, 0.0)
            out[-1] = replace(day, cells=_each_field_once(day, more), bits=bits)
    return out


def _is_part_of(day: Row, part: Row) -> bool:
    """Whether a row of running text is about a part of the day that another one is about."""
    if not (part.in_text and day.key and part.key and part.header and part.key.period in _PARTS):
        return False
    return not part.key.has_day and part.header == day.key._replace(span=part.header.span)


_PARTS: Final = frozenset({Period.MORNING, Period.AFTERNOON, Period.EVENING, Period.DAY})


def _of_the_day(day: Row, part: Row, page: str) -> Row | None:
    """What a row tells of its day, if it has nothing but what that lacks, or says itself.

    "In the afternoon rain." is a row of the afternoon, "with rain in the afternoon" is not.
    """
    known, told = ({cell.field for cell in row.cells} for row in (day, part))
    if "condition" in told and part.key and begins_sentence(part.key, page):
        return None
    if not told.isdisjoint(TEMPERATURES):
        return _of_its_extremes(day, part)
    return None if known & told else part


def _of_its_extremes(day: Row, part: Row) -> Row | None:
    """What a row tells of a day that it gives its other end: the end of a range, of an afternoon.

    Or that has the temperature itself. "By day 21 °C" is not asked: it may be one of two rows.
    """
    known, warm = (
        {cell.field: cell for cell in row.cells if cell.field in TEMPERATURES}
        for row in (day, part)
    )
    period = part.key and part.key.period
    if period is Period.DAY or len({cell.span for cell in warm.values()}) > 1:
        return None
    own = "temperature_min" if period is Period.MORNING else "temperature_max"
    said = [cell.value for cell in known.values() if cell.field in DAILY]
    if [cell.value in said for cell in warm.values()] == [True]:
        own = ""
    elif own not in warm or known.keys() != DAILY - {own}:
        return None
    cells = tuple(cell for cell in part.cells if cell.field not in warm or cell.field == own)
    return replace(part, cells=cells)


def _once(rows: Sequence[Row], page: str) -> list[Row]:
    """Rows, with what a paragraph of running text says of a period in several sentences in one.

    Not if it says two things: a summary on top may be less exact.
    """
    out: list[Row] = []
    for row in rows:
        known = {cell.field: cell.value for cell in row.cells}
        for at, other in enumerate(out):
            same = row.key is not None and _when(row) == _when(other)
            same = same and (len(row.cells) > 1 or not _apart(page, other, row))
            same = same and not _in_another_district(page, other, row, rows)
            if same and _adds_nothing(row, other):
                break
            if same and _adds_nothing(other, row):
                out.pop(at)  # the row stands where all of it is told
                out.append(replace(row, bits=max(row.bits, other.bits)))
                break
            sky = known.get("condition")
            if same and isinstance(sky, Condition) and sky.is_feeling:
                known.pop("condition")  # "Friday sunny. It will be another windy day."
            told = _in_one_text(page, other.span.start, row.span)
            same = same and (told or (other is out[-1] and _tells_more(page, other, row)))
            if same and told and _has_other_end(other, row):
                known.pop("condition", None)  # "Clear, low 5. In the course of Friday clouds, 21"
            if same and _of_one_sentence(page, other.span.start, row.span.end):
                known.pop("condition", None)  # "rain is likely: the chance of rain is 70 percent"
            if same and all(known.get(c.field, c.value) == c.value for c in other.cells):
                bits = other.bits + max(row.bits, 0.0)
                out[at] = replace(other, cells=_each_field_once(other, row), bits=bits)
                break
        else:
            out.append(row)
    return out


def _has_other_end(row: Row, following: Row) -> bool:
    """Whether a row has the high or the low of a day, of which the one before it has the other."""
    known, told = ({cell.field for cell in one.cells} & DAILY for one in (row, following))
    return len(known) == len(told) == 1 and known | told == DAILY


def _told_again(rows: Sequence[Row]) -> list[Row]:
    """Rows, with those of a second list of the same days or hours as values of the first one.

    "Monday 9 °C⏎Tuesday 12 °C⏎Wednesday 8 °C⏎Chance of rain⏎Monday 10%⏎Tuesday 20% ..."
    """
    seen: dict[tuple[object, ...], int] = {}
    for start, row in enumerate(rows):
        at = seen.setdefault(_when(row), start)
        if at < start and row.key is not None:
            break
    else:
        return list(rows)
    pairs = list(
        takewhile(
            lambda pair: _when(pair[0]) == _when(pair[1]),
            zip(rows[at:start], rows[start:], strict=False),
        )
    )
    again = any({c.field for c in one.cells} & {c.field for c in two.cells} for one, two in pairs)
    if again or len(pairs) < _DAYS:
        return list(rows)
    both = [replace(one, cells=(*one.cells, *two.cells), layout="columns") for one, two in pairs]
    end = start + len(pairs)
    return [*rows[:at], *both, *rows[at + len(pairs) : start], *rows[end:]]


_DAYS: Final = 3  # of two lists of the same days, at least


def _of_one_sentence(page: str, start: int, end: int) -> bool:
    return "\n" not in page[start:end] and one_sentence(page, start, end)


def _apart(page: str, one: Row, two: Row) -> bool:
    """Whether a heading with a colon and a blank line stand between two rows: another district."""
    between = page[one.span.end : two.span.start]
    return "\n\n" in between and ":\n" in between


def _in_another_district(page: str, one: Row, two: Row, rows: Sequence[Row]) -> bool:
    """Whether a line with a colon that names no day stands between two rows: "greater oxwich:"."""
    for heading in _DISTRICT.finditer(page, one.span.end, two.span.start + 1):
        start, end = heading.span()
        if not any(row.key and start <= row.key.span.start < end for row in rows):
            return True
    return False


_DISTRICT: Final = re.compile(r"\n[^\W\d_][^\n:.,;\d]{2,30}:(?=\n)")


def _in_one_text(page: str, start: int, row: Span) -> bool:
    """Whether a row goes on with the text that begins at `start`, and not with another place's.

    "Saturday sunny.⏎Lows on Saturday 4 to 5" is of one; "Coast: ...⏎Inland: ..." is of two.
    """
    between = page[start : row.end]
    last = page.rfind("\n", start, row.start) + 1
    return "\n" not in between or (
        "\n" not in page[row.start : row.end]
        and "\n\n" not in between
        and ":" not in page[last : row.start]
    )


def _tells_more(page: str, row: Row, following: Row) -> bool:
    """Whether two paragraphs about a day begin with it: "Today is dry.⏎⏎Today's high is 15"."""
    between = page[row.span.end : following.span.start]
    said = {cell.field for cell in row.cells}
    if said.isdisjoint(cell.field for cell in following.cells) and row.in_text:
        return _INTO_NEXT_PARAGRAPH.fullmatch(between) is not None
    next_one = _TO_NEXT_PARAGRAPH.fullmatch(between) is not None
    return next_one and opens_sentence(row, page) and opens_sentence(following, page)


_INTO_NEXT_PARAGRAPH: Final = re.compile(r"[^\n]*[.][”\"]?\n\n[^\n.:]{0,40}")
_TO_NEXT_PARAGRAPH: Final = re.compile(r"[^\n]*[.]\n\n")


def _adds_nothing(row: Row, other: Row) -> bool:
    """Whether another row says all that a row says."""
    said = {(cell.field, cell.value) for cell in other.cells}
    return all((cell.field, cell.value) in said for cell in row.cells)


def _each_field_once(row: Row, other: Row) -> tuple[Cell, ...]:
    """Cells of two rows; what both say is told as the first one does."""
    said = {cell.field for cell in row.cells}
    return (*row.cells, *[cell for cell in other.cells if cell.field not in said])


def _when(row: Row) -> tuple[object, ...]:
    """What a row is about, wherever the page says so."""
    key, header = row.key, row.header
    if key and header and not (key.has_day or header.period or header.clock):
        key = key._replace(weekday=header.weekday, date=header.date, day=header.day)
        header = None  # "Monday night" is "At night" below "Monday"
    return tuple([one._replace(span=Span(0, 0)) for one in (key, header) if one])


def _side_by_side_once(rows: Sequence[Row]) -> list[Row]:
    """Rows, with those as one that stand side by side, are of one time and say other things.

    "Sky now⏎Wind now⏎...", "Today cloudy.⏎Today's high is 15."
    """
    out: list[Row] = []
    for row in rows:
        last = out[-1] if out else None
        if last and row.key and _when(last) == _when(row) and last.place == row.place:
            said = {cell.field for cell in last.cells}
            if said.isdisjoint(cell.field for cell in row.cells):
                bits = last.bits + max(row.bits, 0.0)
                out[-1] = replace(last, cells=(*last.cells, *row.cells), bits=bits)
                continue
        out.append(row)
    return out


def _observed_once(rows: Sequence[Row]) -> list[Row]:
    """Rows, with the present weather and what was observed at the one hour beside it as one.

    "Current conditions: cloudy, 12 °C⏎Observed at 4 pm⏎Cloudy⏎12 °C⏎Humidity 84%".
    """
    hours = [at for at, row in enumerate(rows) if row.key and row.key.clock and not row.in_text]
    if len(hours) != 1:
        return list(rows)
    at = hours[0]
    hour = rows[at]
    assert hour.key is not None
    for place in (at - 1, at + 1):
        now = rows[place] if 0 <= place < len(rows) else None
        if now is None or not _is_now(now) or not _agree(now, hour):
            continue
        first, second = (now, hour) if place < at else (hour, now)
        cells = _each_field_once(first, second)
        key = hour.key._replace(period=Period.NOW)
        one = replace(first, key=key, header=None, cells=cells, bits=max(now.bits, hour.bits))
        return [*rows[: min(at, place)], one, *rows[max(at, place) + 1 :]]
    return list(rows)


def _is_now(row: Row) -> bool:
    key = row.key
    if key is None:
        return row.header is None and not row.in_text
    return key.period is Period.NOW and not (key.clock or key.date or key.weekday)


def _agree(now: Row, hour: Row) -> bool:
    """Whether two rows may be of one time: what both say is the same, or one says only measures."""
    if hour.key is None or hour.key.period is not None or hour.key.day is not None:
        return False
    one, two = ({cell.field: cell.value for cell in row.cells} for row in (now, hour))
    both = one.keys() & two.keys()
    if both:
        return all(one[field] == two[field] for field in both)
    return _WEATHER.isdisjoint(one) or _WEATHER.isdisjoint(two)


_WEATHER: Final = TEMPERATURES | {"condition"}


def _with_whole_days(rows: Sequence[Row]) -> list[Row]:
    """Rows, with the high and the low below the parts of a day as one of the whole day.

    "Monday⏎Morning: Fog⏎Night: Rain⏎Temperature: 24 - 32 °C": no other part has a temperature.
    """
    out: list[Row] = []
    for _, parts in groupby(rows, key=lambda row: row.header and row.header.span):
        *before, last = parts
        extremes = tuple([cell for cell in last.cells if cell.field in DAILY])
        rest = tuple([cell for cell in last.cells if cell.field not in DAILY])
        told = any(cell.field in TEMPERATURES for row in before for cell in row.cells)
        below = last.header and last.key and last.key.period and not last.in_text
        out += [*before, last]
        if before and below and rest and len(extremes) == len(DAILY) and not told:
            day = replace(last, key=last.header, header=None, cells=extremes)
            out[-1:] = [replace(last, cells=rest), day]
    return out


def _by_day_alone(rows: Sequence[Row]) -> list[Row]:
    """Rows, with how warm it gets by day as the high of the day, if nothing is told of its night.

    "16 May: Cloudy. Temperature by day up to 17°."
    """
    out: list[Row] = []
    for at, row in enumerate(rows):
        last, following = out[-1] if out else None, rows[at + 1] if at + 1 < len(rows) else None
        by_day = row.header and row.key and row.key.period is Period.DAY and not row.key.has_day
        if last and last.key and by_day and row.header == last.key and last.key.period is None:
            alone = following is None or following.header != row.header
            said = {cell.field for cell in last.cells}
            if alone and said.isdisjoint({*TEMPERATURES, *[cell.field for cell in row.cells]}):
                cells = tuple([_as_high(cell) for cell in row.cells])
                out[-1] = replace(last, cells=(*last.cells, *cells), bits=max(last.bits, row.bits))
                continue
        out.append(row)
    return out


def _as_high(cell: Cell) -> Cell:
    return cell._replace(field="temperature_max") if cell.field == "temperature" else cell
