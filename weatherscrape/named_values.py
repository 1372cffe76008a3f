"""Values in, the same values out, named by labels that stand elsewhere: in a head, or as a sky."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from .accepts import ACCEPTS
from .groups import Group, Item
from .model import DAILY, DEGREES, NAMELESS, Condition, Kind, Quantity


def named_by_head(group: Group) -> Sequence[Item]:
    """Values with the labels of the table's head, if each has one that fits, in their order."""
    before = _before_heads(group)
    out = list(group.values[:before])
    at = 0
    named = {item.field for item in group.values if item.field}
    for item in group.values[before:]:
        ends = {label.field for label in group.labels[at : at + 2]}
        if item.kind is Kind.PAIR and not item.field and ends == DAILY:
            at += 2  # "(Low~High)⏎(9~19)"
            out.append(item)
            continue
        fits = (
            i
            for i in range(at, len(group.labels))
            if item.kind in ACCEPTS.get(group.labels[i].field, ())
            and group.labels[i].field not in named
        )
        place = None if item.field else next(fits, None)
        if (
            at
            and out
            and Kind.DIRECTION in (item.kind, out[-1].kind)
            and out[-1].field == group.labels[at - 1].field == "wind_speed"
            and item.kind in _OF_WIND
        ):
            place = at - 1  # "SW 12 mph", "12 SW"
        if place is None and not item.field:
            if at == len(group.labels) >= _WHOLE_HEAD and item.kind in NAMELESS:
                continue  # of a column whose head says nothing to us
            return group.values
        if place is not None:
            at = place + 1
            label = group.labels[place]
            item = item._replace(field=label.field, value=_in_unit(item.value, label.value))
        out.append(item)
    return out


_OF_WIND: Final = frozenset({Kind.SPEED, Kind.NUMBER, Kind.DIRECTION})


def _before_heads(group: Group) -> int:
    """How many values stand before those that heads name: the weather, in pictures on the page."""
    values = [item for item in group.values if item.kind is not Kind.DIRECTION]
    before = len(values) - len(group.labels)
    behind = zip(values[before:], group.labels, strict=True) if 0 < before < len(values) else ()
    pairs = list(behind)
    if not pairs or any(i.field or i.kind not in ACCEPTS.get(of.field, ()) for i, of in pairs):
        return 0
    weather = all(item.kind in _WEATHER and not item.field for item in values[:before])
    return before if weather and group.values[:before] == tuple(values[:before]) else 0


_WEATHER: Final = DEGREES | {Kind.CONDITION}
_WHOLE_HEAD: Final = 4  # labels that leave no doubt what a table is of


def _in_unit(value: object, unit: object) -> object:
    """A value in the unit that its column's head prints, if it has none of its own."""
    if isinstance(value, Quantity) and value.unit is None and isinstance(unit, str) and unit:
        return replace(value, unit=unit)
    return value


def named_by_maybes(values: Sequence[Item]) -> list[Item]:
    """Values, with what can be a label and a condition read as a label, if there is another.

    "Thunderstorm⏎Chance of rain⏎25%" says one condition, and how likely rain is.
    """
    out = list(values)
    if not any(isinstance(i.value, Condition) and not (i.also or i.value.is_feeling) for i in out):
        return out  # "breezy with sunshine"
    for at, item in enumerate(values):
        if item.place and item.also == "cloud_cover":
            continue  # "clouds will dominate, with a 40% chance of showers"
        for beside in (at + 1, at - 1) if item.also else ():
            if 0 <= beside < len(out) and _may_name(item.also, out[beside]):
                out[beside] = out[beside]._replace(field=item.also)
                break
    return [item for item in out if not item.also]


def _may_name(label: str, item: Item) -> bool:
    return not item.field and not item.also and item.kind in ACCEPTS.get(label, ())
