"""Groups in, rows out: those that the evidence carries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from .cells import name_cells, trimmed
from .evidence import TEMPERATURES, Setting, bits_of, evidence_around, possible, weighed
from .groups import Group
from .model import DAILY, DEGREES, Condition, Kind, Period, Quantity, Row
from .same_time import once, once_in_text


def to_rows(
    groups: Sequence[Group],
    page: str,
    least_bits: float,
    setting: Setting,
) -> list[Row]:
    """Rows of a block that the evidence carries, in the order of the page.

    `least_bits`: how much evidence a row must have.
    """
    groups = _without_headlines([trimmed(group) for group in groups], page)
    rows = [
        Row(
            g.key.key if g.key else None,
            possible(cells) or tuple(cells),
            g.layout,
            bits_of(g, cells, page),
            g.header,
            g.key is not None and g.key.place is not None and not g.key.opens,
            g.values[0].entry,
        )
        for g, cells in zip(groups, name_cells(groups, page), strict=True)
        if cells
    ]
    if any([item.place for g in groups for item in g.values]):
        rows = once_in_text(rows, page)
    rows = once(rows)
    around = evidence_around(groups, rows, page, setting)
    out = weighed(_with_now(rows), page, around)
    return [row for row in out if row.bits > least_bits and _says_weather(row, setting.announced)]


def _without_headlines(groups: Sequence[Group], page: str) -> list[Group]:
    """Groups but those of the headlines on top of running text: "Snow on Saturday, sun later"."""
    first = next((i for i, g in enumerate(groups) if g.key and g.key.place), 0)
    above = [g for g in groups[:first] if not (_is_headline(g) or _is_summary(g, page))]
    return [*above, *groups[first:]]


def _is_headline(group: Group) -> bool:
    """Whether nothing but skies stand before a day, in no running text."""
    return group.layout == "key last" and all(
        item.kind is Kind.CONDITION and item.place is None for item in group.values
    )


def _is_summary(group: Group, page: str) -> bool:
    """Whether a phrase that names no day says how warm its sky gets: "Sunny with up to 27 °C"."""
    if group.key is not None or group.header is not None:
        return False
    return any(
        one.kind is Kind.CONDITION
        and two.kind in DEGREES
        and _LINK.fullmatch(page, one.span.end, two.span.start)
        for one, two in pairwise(group.values)
    )


_LINK: Final = re.compile(r"(?: [^\W\d_]+)+ ")  # "with highs of up to"


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
    """The one row with a clock time, among days or alone, is a reading if it is like one."""
    clocks = [i for i, row in enumerate(rows) if row.key and row.key.clock]
    if len(clocks) != 1:
        return rows
    row = rows[clocks[0]]
    assert row.key is not None
    observed = {cell.field for cell in row.cells} & _OBSERVED
    if row.key.period is None and (len(observed) > 1 or (observed and len(rows) == 1)):
        rows = list(rows)
        rows[clocks[0]] = replace(row, key=row.key._replace(period=Period.NOW))
    return rows


_ALONE: Final = TEMPERATURES | {"condition"}
_FEELINGS: Final = frozenset({"cold", "hot"})  # "cold air follows", "hot meals"


def _says_weather(row: Row, announced: bool) -> bool:
    """Whether the columns of a row are of the weather; those of many instruments are not.

    `announced`: below a title such as "Weather in Carrow".
    """
    fields = {cell.field for cell in row.cells}
    sky = row.cells[0].value
    if len(row.cells) == 1 and isinstance(sky, Condition) and sky.slug in _FEELINGS:
        return False
    if row.key is None and row.header is not None:
        return bool(fields & _ALONE) or len(fields) >= 2
    if row.key is not None:
        span = row.key.clock is not None and row.key.clock.end is not None
        chance = span and "precipitation_probability" in fields  # of some hours
        wind = row.key.has_day and "wind_speed" in fields
        return bool(fields & _ALONE) or len(fields) >= 2 or chance or wind
    if any(cell.field in _SPANS and _is_range(cell.value) for cell in row.cells):
        return False  # what an instrument can measure
    if len({cell.span for cell in row.cells if cell.field in DAILY}) == 2:
        return True  # a high and a low, not "store at 2-8 °C"
    if fields >= _OUTSIDE and len(fields) > _OF_OUTSIDE:
        return True  # "Light rain⏎Wind: 9 mph SW⏎Humidity: 88%"
    rest = fields - TEMPERATURES - {"precipitation"}
    rest -= frozenset() if announced else {"relative_humidity"}
    rest |= fields & {"apparent_temperature"}
    return bool(fields & TEMPERATURES) and bool(rest)


_SPANS: Final = frozenset({"relative_humidity", "pressure"})
_OUTSIDE: Final = frozenset({"condition", "wind_speed"})
_OF_OUTSIDE: Final = len(_OUTSIDE | {"wind_direction"})


def _is_range(value: object) -> bool:
    return isinstance(value, Quantity) and value.low is not None
