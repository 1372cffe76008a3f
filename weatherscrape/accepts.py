"""What labels can name, and the units that are printed with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .data import units
from .model import Kind, Reading, Token
from .tokens import Tokens

# Which kinds of value a label can name. The likeliest stands first.
ACCEPTS: Final[Mapping[str, tuple[Kind, ...]]] = {
    "temperature": (Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER),
    "temperature_max": (Kind.TEMPERATURE, Kind.NUMBER, Kind.PAIR, Kind.MISSING),
    "temperature_min": (Kind.TEMPERATURE, Kind.NUMBER, Kind.PAIR, Kind.MISSING),
    "apparent_temperature": (Kind.TEMPERATURE, Kind.NUMBER),
    "dew_point": (Kind.TEMPERATURE, Kind.NUMBER),
    "precipitation_probability": (Kind.PERCENT, Kind.NUMBER, Kind.MISSING),
    "precipitation": (Kind.LENGTH, Kind.NUMBER, Kind.PERCENT, Kind.MISSING),
    "relative_humidity": (Kind.PERCENT, Kind.NUMBER, Kind.MISSING),
    "cloud_cover": (Kind.PERCENT, Kind.NUMBER, Kind.CONDITION),
    "wind_speed": (Kind.SPEED, Kind.DIRECTION, Kind.NUMBER, Kind.MISSING),
    "wind_gusts": (Kind.SPEED, Kind.NUMBER, Kind.MISSING),
    "wind_direction": (Kind.DIRECTION, Kind.TEMPERATURE, Kind.NUMBER),
    "pressure": (Kind.PRESSURE, Kind.NUMBER, Kind.LENGTH, Kind.MISSING),  # "30.1 in" of mercury
    "visibility": (Kind.LENGTH, Kind.NUMBER),
    "uv_index": (Kind.NUMBER,),
    "sunrise": (Kind.TIME,),
    "sunset": (Kind.TIME,),
    "condition": (Kind.CONDITION,),
    "time": (Kind.TIME,),
    "day": (Kind.WEEKDAY, Kind.DATE, Kind.WHEN),
    "update": (Kind.DATE, Kind.TIME, Kind.WEEKDAY),
    "other": (
        Kind.QUANTITY,
        Kind.LENGTH,
        Kind.NUMBER,
        Kind.TEMPERATURE,
        Kind.PAIR,
        Kind.PERCENT,
        Kind.TIME,
        Kind.SPEED,
        Kind.PRESSURE,
        Kind.DATE,
        Kind.MISSING,
    ),
}
WIND: Final = frozenset({"wind_speed", "wind_gusts", "wind_direction"})
SUN: Final = frozenset({"sunrise", "sunset"})


def labelling(token: Token, kind: Kind) -> Token:
    """`token` as the label that names values of `kind`, where it can be several."""
    if len(token.readings) == 1:
        return token
    return Token(token.span, (label_before(token, kind),))


def label_before(token: Token, kind: Kind) -> Reading:
    """What a token is as the label of a value of `kind`."""
    labels = [r for r in token.readings if r.kind is Kind.LABEL]
    return labels[0] if len(labels) == 1 else min(labels, key=lambda r: _rank(str(r.value), kind))


def _rank(field: str, kind: Kind) -> int:
    accepts = ACCEPTS.get(field, ())
    return accepts.index(kind) if kind in accepts else len(Kind)


Columns = list[range]  # the cells of a line
Named = dict[int, tuple[str, int]]  # index of a value: (its column, index of the label or -1)


def unit_after(tokens: Tokens, label: int) -> str | None:
    """The unit printed right behind a label: "Wind speed mph", "Temperature (°C)"."""
    shape = tokens.shape
    if label < 0:
        return None
    if shape[label] == "u":
        unit = tokens[label].value
        return str(unit) if unit in units() and unit != "°" else None
    at = label + 1
    while at < len(shape) and shape[at] in ",.u":
        unit = tokens[at].value
        if unit == "verb":
            return None  # "Rain will spread in"
        if shape[at] == "u" and unit != "°" and units()[str(unit)].kind in _accepts(tokens[label]):
            return str(unit)
        at += 1
    return None


def kind_of_unit(token: Token) -> Kind | None:
    """The kind of what a unit measures; a degree sign alone tells nothing."""
    unit = units().get(str(token.value))
    return unit.kind if unit else None


def _accepts(label: Token) -> list[Kind]:
    """The kinds of values that a token can name, as any label that it can be."""
    names = [str(r.value) for r in label.readings if r.kind is Kind.LABEL]
    return [kind for name in names for kind in ACCEPTS.get(name, ())]


def unit_behind(tokens: Tokens, at: int) -> str | None:
    """The unit of a wind whose direction stands between: "24 NW km/h"."""
    shape = tokens.shape
    at += 1
    while at < len(shape) and shape[at] in "/W":
        at += 1
    if shape[at : at + 1] == "u" and shape[at - 1] != "u":
        unit = str(tokens[at].value)
        return unit if units()[unit].kind is Kind.SPEED else None
    return None
