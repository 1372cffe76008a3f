"""The rows of a block in, out what they show of one another: which numbers can be what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import correlation
from typing import Final

from .groups import Group
from .model import DEGREES, Kind, Quantity


@dataclass(frozen=True, slots=True)
class Shown:
    """What the rows of a block show.

    `bare`: a number without a unit can be a temperature. `daily`: some days have two temperatures,
    so that the same one twice is a high and a low too. `humid`: the percentages are of the humidity
    of the air. `lists`: it is a list of places, with the low and the high of each.
    """

    bare: bool
    daily: bool
    humid: bool
    lists: bool


def shown_by(groups: Sequence[Group]) -> Shown:
    """What the rows of a block show of one another."""
    return Shown(
        bare=_bare_temperatures(groups),
        daily=any(_temperature_pair(group) for group in groups),
        humid=_are_humidities(groups),
        lists=sum(map(has_extremes, groups)) >= _PLACES,
    )


def _are_humidities(groups: Sequence[Group]) -> bool:
    """Whether the percentages of a block are of moist air.

    Chances of rain are often low and mostly rounded, and humidity falls as it gets warmer.
    """
    both = [
        (percent.value, warmth.value)
        for group in groups
        if group.key
        if (percent := _first_of(group, "%")) and (warmth := _first_of(group, "T"))
    ]
    percents = [percent for percent, _ in both]
    odd = sum(percent % 5 != 0 for percent in percents)
    if len(both) < _COLUMN or min(percents) < _DRIEST or 2 * odd <= len(both):
        return False
    return _falls(percents, [warmth for _, warmth in both])


def _first_of(group: Group, kind: str) -> Quantity | None:
    """The first value of a kind that no label names."""
    values = (i.value for i in group.values if i.kind == kind and not i.field)
    return next((value for value in values if isinstance(value, Quantity)), None)


def _falls(values: Sequence[float], others: Sequence[float]) -> bool:
    """Whether values fall as others rise."""
    if len(set(values)) == 1 or len(set(others)) == 1:
        return False
    return correlation(values, others) < _FALLS


_COLUMN: Final = 4  # rows that show what a column is
_DRIEST: Final = 30  # percent of the air that is taken for its humidity
_FALLS: Final = -0.6


def _bare_temperatures(groups: Sequence[Group]) -> bool:
    """Whether a number without a unit can be a temperature: the block shows that it has some.

    It has if a temperature has a degree sign, or if conditions stand beside the numbers.
    """
    numbers = conditions = 0
    for group in groups:
        kinds = [item.kind for item in group.values]
        if "T" in kinds or "P" in kinds:
            return True
        numbers += "n" in kinds
        conditions += "n" in kinds and "C" in kinds
    return conditions >= 0.6 * max(numbers, 1)


def _temperature_pair(group: Group) -> bool:
    """Whether a day has two different temperatures without a label: a high and a low."""
    if not (group.key and group.key.key and group.key.key.has_day):
        return False
    values = [item.value for item in group.values if item.kind == "T" and not item.field]
    values = values or [i.value for i in group.values if i.kind == "n" and not (i.field or i.words)]
    return len(values) > 1 and len(set(values)) == 2


def has_extremes(group: Group) -> bool:
    """Whether a place has two temperatures, and nothing says of when: "Ankara 15°, 29°".

    In a list of places they may be bare numbers: "Ankara 15 29 fog".
    """
    counted = [item for item in group.values if item.kind in _DEGREES]
    warm = all(item.kind is Kind.TEMPERATURE or item.entry for item in counted)
    return group.key is None and warm and [item.field for item in counted] == ["", ""]


_DEGREES: Final = DEGREES - {Kind.PAIR}
_PLACES: Final = 3  # of a list
