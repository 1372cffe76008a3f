"""Groups in, rows out: every value gets its column, every row the evidence for it.

A label or a table's head names a value; else its kind and its neighbours do: of two temperatures of
a day the higher is its maximum, a percentage beside a forecast is the chance of rain. Evidence is
counted in bits (log2 of odds) and adds up over a block, because a widget repeats itself and chance
does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from .fields import ACCEPTS, Item, step
from .layout import Group
from .model import Cell, Clock, Condition, Key, Kind, Pair, Period, Quantity, Row, Span
from .vocabulary import slugs, units

# The hottest and the coldest air ever measured (WMO world weather and climate extremes archive:
# 56.7 °C and -89.2 °C), rounded outwards.
_EXTREMES: Final = {"C": (-90.0, 58.0), "F": (-130.0, 136.0), "K": (183.0, 331.0)}
_BODY: Final = {"C": (35.0, 42.0), "F": (95.0, 107.6)}  # temperatures of people

_LOOSE: Final = (Kind.NUMBER, Kind.QUANTITY)
_COLUMN_OF: Final = {
    Kind.PERCENT: "precipitation_probability",
    Kind.SPEED: "wind_speed",
    Kind.DIRECTION: "wind_direction",
    Kind.PRESSURE: "pressure",
}
_DAILY: Final = ("temperature_max", "temperature_min")


def to_rows(groups: Sequence[Group], page: str) -> list[Row]:
    """Rows of a block that the evidence carries, in the order of the page."""
    groups = [replace(g, values=_trimmed(g.values)) for g in groups]
    bare = _bare_temperatures(groups)
    daily = any(_temperature_pair(g) for g in groups)
    rows = [
        Row(g.key.key if g.key else None, tuple(cells), g.layout, _bits(g, cells), g.header)
        for g in groups
        if (cells := _cells(g, bare, daily, page))
    ]
    return _weighed(_with_now(rows))


def _trimmed(values: Sequence[Item]) -> tuple[Item, ...]:
    """Values without the numbers at the end that belong to the text that follows."""
    end = len(values)
    while (
        end
        and values[end - 1].kind in _LOOSE
        and not values[end - 1].field
        and values[end - 1].words
    ):
        end -= 1
    return tuple(values[:end])


# --- names ----------------------------------------------------------------------------------------


def _bare_temperatures(groups: Sequence[Group]) -> bool:
    """Whether a number without a unit can be a temperature: the block shows that it has some.

    It has if a temperature is printed with a degree sign, or if conditions stand beside the numbers.
    """
    kinds = [{item.kind for item in g.values} for g in groups]
    numbers = sum(Kind.NUMBER in k for k in kinds)
    sure = sum(bool(k & {Kind.TEMPERATURE, Kind.PAIR}) for k in kinds)
    conditions = sum({Kind.NUMBER, Kind.CONDITION} <= k for k in kinds)
    return bool(sure) or conditions >= 0.6 * max(numbers, 1)


def _temperature_pair(group: Group) -> bool:
    """Whether a day has two different temperatures without a label: a high and a low."""
    values = {i.value for i in group.values if i.kind is Kind.TEMPERATURE and not i.field}
    return bool(group.key and group.key.key and group.key.key.has_day) and len(values) == 2


def _is_now(group: Group) -> bool:
    key = group.key.key if group.key else None
    return key is None or key.period is Period.NOW


def _cells(group: Group, bare: bool, daily: bool, page: str) -> list[Cell]:
    found: dict[str, Cell] = {}
    loose: list[Item] = []

    def put(field: str, item: Item, value: object = None) -> None:
        if field not in found:
            found[field] = Cell(field, item.value if value is None else value, item.span)  # type: ignore[arg-type]

    for item in _named_by_maybes(_named_by_head(group)):
        if item.field:
            _put_labelled(put, item)
        elif item.kind is not Kind.MISSING:
            loose.append(item)
    _put_temperatures(put, found, loose, group, bare, daily)
    _put_conditions(put, loose, page)
    _put_rest(put, found, loose, _is_now(group))
    _share_unit(found, "wind_speed", "wind_gusts")
    _share_unit(found, "wind_gusts", "wind_speed")
    cells = [cell for cell in found.values() if _possible(cell)]
    return sorted(cells, key=lambda cell: cell.span)


def _named_by_head(group: Group) -> list[Item]:
    """Values with the labels of the table's head, if each has one that fits, in their order."""
    out: list[Item] = []
    at = 0
    for item in group.values:
        fits = (
            i
            for i in range(at, len(group.labels))
            if item.kind in ACCEPTS.get(group.labels[i].field, ())
        )
        place = None if item.field else next(fits, None)
        if place is None and not item.field:
            return list(group.values)
        if place is not None:
            at = place + 1
            item = replace(item, field=group.labels[place].field)
        out.append(item)
    return out


def _named_by_maybes(values: Sequence[Item]) -> list[Item]:
    """Values with a phrase that can be a label and a condition read as a label, if there is another.

    "Thunderstorm⏎Chance of rain⏎25%" says one condition, and how likely rain is.
    """
    out = list(values)
    if not any(i.kind is Kind.CONDITION and not i.also for i in out):
        return out
    for at, (item, after) in enumerate(zip(values, values[1:], strict=False)):
        if item.also and not after.field and after.kind in ACCEPTS.get(item.also, ()):
            out[at + 1] = replace(after, field=item.also)
    return [item for item in out if not item.also]


def _put_labelled(put, item: Item) -> None:  # type: ignore[no-untyped-def]
    field, value = item.field, item.value
    if item.kind is Kind.MISSING or field in ("other", "update", "day", "time"):
        return
    if item.kind is Kind.DIRECTION:
        if isinstance(value, float):
            put("wind_direction", item)
    elif isinstance(value, Pair):
        _put_pair(put, item, value)
    elif item.kind is Kind.CONDITION:
        put("condition", item)
    elif field == "pressure" and item.kind is Kind.LENGTH:
        if isinstance(value, Quantity) and value.unit == "in":
            put(field, item, Quantity(value.value, "inHg"))
    elif field == "precipitation" and item.kind is Kind.PERCENT:
        put("precipitation_probability", item)
    elif field == "wind_direction" and isinstance(value, Quantity):
        if 0 <= value.value <= 360:
            put(field, item, value.value)
    else:
        put(field, item)


def _put_pair(put, item: Item, pair: Pair) -> None:  # type: ignore[no-untyped-def]
    first, second = pair.first, pair.second
    if first is None:
        put("temperature_min", item, second)
    elif second is None:
        put("temperature_max", item, first)
    else:
        high, low = (first, second) if first.value >= second.value else (second, first)
        put("temperature_max", item, high)
        put("temperature_min", item, low)


def _put_temperatures(
    put, found, loose: Sequence[Item], group: Group, bare: bool, daily: bool
) -> None:  # type: ignore[no-untyped-def]
    """Temperatures without a label, by how many different ones there are."""
    known = {
        cell.value.value
        for cell in found.values()
        if isinstance(cell.value, Quantity) and cell.field.startswith("temperature")
    }
    for item in loose:
        if isinstance(item.value, Pair) and not known:
            _put_pair(put, item, item.value)
            known |= {q.value for q in (item.value.first, item.value.second) if q}
    single: list[Item] = []
    kinds = {Kind.TEMPERATURE}
    twice = [i for i in loose if i.kind is Kind.TEMPERATURE]
    key = group.key.key if group.key else None
    pair = len(twice) == 2 and twice[0].value == twice[1].value
    if daily and pair and not known and key and not key.clock:
        put("temperature_max", twice[0])
        put("temperature_min", twice[1])
        return
    if bare and not any(i.kind in (Kind.TEMPERATURE, Kind.PAIR) for i in loose) and not known:
        kinds.add(Kind.NUMBER)
    for item in loose:
        if item.kind is Kind.NUMBER and item.words:
            continue  # "berth 12": the word before it says what it is
        if (
            item.kind in kinds
            and isinstance(item.value, Quantity)
            and item.value.value not in known
        ):
            known.add(item.value.value)
            single.append(item)
    if not single or "temperature" in found:
        return
    paired = bool(found.keys() & set(_DAILY))
    if len(single) == 2 and not paired and not _is_now(group) and not (key and key.clock):
        high, low = sorted(single, key=lambda i: -i.value.value)  # type: ignore[union-attr]
        put("temperature_max", high)
        put("temperature_min", low)
        return
    put("temperature", single[0])
    if len(single) == 3 and not paired:
        now, high, low = (i.value.value for i in single)  # type: ignore[union-attr]
        if high >= now >= low:
            put("temperature_max", single[1])
            put("temperature_min", single[2])


_ICON: Final = re.compile(r"_|-(?:day|night)|^[a-z]+-[a-z]+$")


def _put_conditions(put, loose: Sequence[Item], page: str) -> None:  # type: ignore[no-untyped-def]
    """The condition in words; the name of its icon only if there is nothing else."""
    conditions = [i for i in loose if i.kind is Kind.CONDITION]
    printed = [i for i in conditions if not _ICON.search(page[slice(*i.span)])] or conditions
    if printed:
        put("condition", printed[0])


def _put_rest(put, found, loose: Sequence[Item], now: bool) -> None:  # type: ignore[no-untyped-def]
    percents = [i for i in loose if i.kind is Kind.PERCENT]
    names = (
        ("relative_humidity", "cloud_cover")
        if now
        else ("precipitation_probability", "relative_humidity")
    )
    free = [name for name in names if name not in found]
    for name, item in zip(free, percents, strict=False):
        put(name, item)
    speeds = [i for i in loose if i.kind is Kind.SPEED and isinstance(i.value, Quantity)]
    if len(speeds) == 2 and speeds[0].value.value < speeds[1].value.value:  # type: ignore[union-attr]
        put("wind_gusts", speeds[1])  # "4 (9) m/s"
    for item in loose:
        if item.kind is Kind.LENGTH and isinstance(item.value, Quantity):
            if item.value.unit in ("mm", "in", "cm"):
                put("precipitation", item)
            elif item.value.unit in ("km", "mi") and any(i.kind is Kind.SPEED for i in loose):
                put("visibility", item)
        elif item.kind is not Kind.PERCENT and item.kind in _COLUMN_OF:
            if item.kind is not Kind.DIRECTION or isinstance(item.value, float):
                put(_COLUMN_OF[item.kind], item)


def _share_unit(found: dict[str, Cell], field: str, other: str) -> None:
    """The unit of the gusts for the wind, if it has none of its own: "WSW 21 gust 34 km/h"."""
    if field in found and other in found:
        value, known = found[field].value, found[other].value
        if isinstance(value, Quantity) and isinstance(known, Quantity) and value.unit is None:
            found[field] = replace(found[field], value=replace(value, unit=known.unit))


def _possible(cell: Cell) -> bool:
    """Whether a cell holds something that its column can hold."""
    value = cell.value
    if not isinstance(value, Quantity):
        return True
    if cell.field in ("precipitation_probability", "relative_humidity", "cloud_cover"):
        return 0 <= value.value <= 100
    if cell.field in ("wind_speed", "wind_gusts", "pressure", "visibility", "precipitation"):
        return value.unit is not None or cell.field == "pressure"
    return True


_OBSERVED: Final = frozenset(
    {
        "relative_humidity",
        "apparent_temperature",
        "dew_point",
        "pressure",
        "visibility",
        "wind_speed",
    }
)


def _with_now(rows: list[Row]) -> list[Row]:
    """The one row with a clock time among days, or alone, is a reading if it says what readings say."""
    clocks = [i for i, row in enumerate(rows) if row.key and row.key.clock]
    if len(clocks) != 1:
        return rows
    row = rows[clocks[0]]
    assert row.key is not None
    observed = {cell.field for cell in row.cells} & _OBSERVED
    if row.key.period is None and (len(observed) > 1 or (observed and len(rows) == 1)):
        rows = list(rows)
        rows[clocks[0]] = replace(row, key=replace(row.key, period=Period.NOW))
    return rows


# --- evidence -------------------------------------------------------------------------------------

_PRIOR: Final = -4.0  # most text is not weather
_LABELLED: Final = 2.0
_IMPOSSIBLE: Final = -8.0
_WORD: Final = -0.6
_UNREAD: Final = -0.4  # a number that no column takes
_ODD: Final = -1.0  # a temperature too many
_NO_DAY: Final = -1.0  # nothing but parts of a day
_NO_NUMBER: Final = -4.0  # a block of nothing but words
_SHARE: Final = 0.35  # of what the rest of the block says for a row
_SHARE_MAX: Final = 4.0
_ON_TIME: Final = 1.5  # a key that is the next day or the next step of hours
_OUT_OF_TIME: Final = -1.5


def _bits(group: Group, cells: Sequence[Cell]) -> float:
    """The evidence in a row by itself."""
    by_span = {item.span: item for item in group.values}
    bits = 0.0
    key = group.key.key if group.key else None
    if key is not None:
        bits += 0.7 if key.has_day or key.period is Period.NOW else 0.4 if key.clock else 0.0
    counted: set[Span] = set()
    for cell in cells:
        item = by_span[cell.span]
        if cell.span in counted:
            continue
        counted.add(cell.span)
        value = cell.value
        if isinstance(value, Condition):
            bits += _condition_bits(value, cell.span)
        elif cell.field.startswith("temperature"):
            bits += _temperature_bits(item)
        elif item.field or cell.field == "wind_direction":
            bits += _LABELLED
        else:
            bits += 0.5
        if item.field and cell.field.startswith("temperature"):
            bits += 0.8
    start = min(i.span.start for i in (*group.values, *([group.key] if group.key else [])))
    for item in group.values:
        if item.span.start > start:
            bits += _WORD * item.words
        if item.span not in counted and not item.field:
            repeated = item.value in [c.value for c in cells]
            bits += _UNREAD if item.kind in _LOOSE else 0.0
            bits += _ODD if item.kind is Kind.TEMPERATURE and not repeated else 0.0
    return bits


_WEAK: Final = frozenset({"windy", "hot", "cold", "dust", "sand", "ash", "smoke", "squall", "hail"})


def _condition_bits(condition: Condition, span: Span) -> float:
    """A phrase of two words is rarely anything else; "Smoke" and "Cold" often are."""
    if condition.slug in _WEAK:
        return 1.0
    return 3.0 if span.end - span.start > 8 else 2.0


def _temperature_bits(item: Item) -> float:
    values = (
        [q for q in (item.value.first, item.value.second) if q]
        if isinstance(item.value, Pair)
        else [item.value]
    )
    bits = 0.0
    for quantity in values:
        if not isinstance(quantity, Quantity):
            continue
        low, high = _EXTREMES.get(quantity.unit or "F", (-130.0, 136.0))
        if not low <= quantity.value <= high:
            return _IMPOSSIBLE
        bits += 2.0 if quantity.unit else 1.5 if item.kind is Kind.TEMPERATURE else 0.8
    return bits if len(values) == 1 else 0.8 * bits


def _weighed(rows: list[Row]) -> list[Row]:
    """Rows with the evidence of their block added; those that it does not carry left out."""
    if not rows:
        return []
    rows = _without_repeats(rows)
    block = sum(row.bits for row in rows) + _order_bits(rows)
    wordy = not any(isinstance(c.value, Quantity | Pair) for row in rows for c in row.cells)
    if _only_bodies(rows):
        return []
    prior = (
        _PRIOR + (_NO_NUMBER if wordy else 0.0) + (_NO_DAY if not any(map(_dated, rows)) else 0.0)
    )
    out = []
    for row in rows:
        share = min(_SHARE * (block - row.bits), _SHARE_MAX)
        bits = prior + row.bits + share
        if bits > 0 and _says_weather(row):
            out.append(Row(row.key, row.cells, row.layout, bits, row.header))
    return out


def _dated(row: Row) -> bool:
    """Whether a row says when it is for by more than a part of some day."""
    key = row.key
    return key is None or key.has_day or key.clock is not None or key.period is Period.NOW


def _without_repeats(rows: Sequence[Row]) -> list[Row]:
    """Rows but those of the present weather that say again what the next or the last one says."""
    out: list[Row] = []
    for row in rows:
        if out and _present(out[-1]) and _present(row):
            last, this = _said(out[-1]), _said(row)
            if this <= last:
                continue
            if last <= this:
                out.pop()
        out.append(row)
    return out


def _present(row: Row) -> bool:
    return row.key is None or row.key.period is Period.NOW


def _said(row: Row) -> frozenset[tuple[str, object]]:
    values = {
        (c.field, c.value.value if isinstance(c.value, Quantity) else c.value) for c in row.cells
    }
    return frozenset(values)


_TEMPERATURES: Final = frozenset(
    {"temperature", "temperature_max", "temperature_min", "apparent_temperature"}
)
_ALONE: Final = _TEMPERATURES | {"condition"}


def _says_weather(row: Row) -> bool:
    fields = {cell.field for cell in row.cells}
    if row.key is not None:
        return bool(fields & _ALONE) or len(fields) >= 2
    rest = fields - _TEMPERATURES - {"relative_humidity", "precipitation"}
    rest |= fields & {"apparent_temperature"}
    return bool(fields & _TEMPERATURES) and bool(rest)


def _order_bits(rows: Sequence[Row]) -> float:
    """What the order of the keys says: days go on one by one, hours by equal steps."""
    days = [r.key.weekday.number for r in rows if r.key and r.key.weekday]
    bits = 0.0
    for one, two in zip(days, days[1:], strict=False):
        bits += _ON_TIME if (two - one) % 7 <= 1 else _OUT_OF_TIME
    dates = [r.key.date for r in rows if r.key and r.key.date and not r.key.weekday]
    for first, second in zip(dates, dates[1:], strict=False):
        bits += _ON_TIME if step(first, second) in (0, 1) else _OUT_OF_TIME
    hours = [r.key.clock.minute for r in rows if r.key and r.key.clock and not r.key.weekday]
    steps = [(b - a) % 1440 for a, b in zip(hours, hours[1:], strict=False)]
    for one, two in zip(steps, steps[1:], strict=False):
        bits += _ON_TIME if one == two else _OUT_OF_TIME
    return bits


def _only_bodies(rows: Sequence[Row]) -> bool:
    """Whether all there is are temperatures of a person, to the tenth of a degree."""
    values = []
    for row in rows:
        for cell in row.cells:
            if cell.field != "temperature" or not isinstance(cell.value, Quantity):
                return False
            values.append(cell.value)
    return all(
        _BODY[q.unit or "C"][0] <= q.value <= _BODY[q.unit or "C"][1]
        if (q.unit or "C") in _BODY
        else False
        for q in values
    ) and any(q.value != int(q.value) for q in values)
