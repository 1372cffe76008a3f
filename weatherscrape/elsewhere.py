"""Rows and the tokens around them in, whether they are of something else than the weather out.

An oven, a beer and a child have temperatures, and songs, teams and perfumes are named after skies.
Words for such things near rows that hardly say more tell that they are none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from .accepts import SUN
from .model import AIR, DAILY, Kind, Quantity, Row, Token

_SHARES: Final = frozenset({"relative_humidity", "precipitation_probability"})
_OF_ROOMS: Final = AIR | SUN | _SHARES  # what a thing or a room may have, or a table of the moon
_MEASURED: Final = AIR | _SHARES | {"wind_speed"}
_OUTSIDE: Final = frozenset({"temperature", "condition", "wind_speed"})  # no room has all of these
_STATION: Final = 5  # columns that nothing but a weather station fills
_LISTED: Final = 5  # places of a day
_SAID: Final = 2  # words that skies are named in
_HOT: Final = {"C": 60.0, "F": 140.0}  # without a unit it may be where a wind blows from


def are_elsewhere(rows: Sequence[Row], tokens: Sequence[Token], most: int) -> bool:
    """Whether the words among and around rows say that they are no weather.

    `most`: how many rows there are beside one another, of this place or others.
    """
    return _are_of_things(rows, tokens, most) or _are_of_namesakes(rows, tokens)


def _are_of_things(rows: Sequence[Row], tokens: Sequence[Token], most: int) -> bool:
    """Whether temperatures stand among words of things that have their own: a fridge, a beer.

    Days with a sky or a wind are weather all the same, if they are more than half of the rows, and
    two of such words do not stand against each.
    """
    words = _count(tokens, "elsewhere") + sum(map(_is_of_an_oven, tokens))
    fields = {cell.field for row in rows for cell in row.cells}
    if not words or fields >= _OUTSIDE or len(fields - DAILY) >= _STATION:
        return False
    sure = sum(_is_of_weather(row, most >= _LISTED) for row in rows)
    return 2 * sure <= len(rows) or words >= 2 * sure or fields.isdisjoint(_MEASURED)


def _are_of_namesakes(rows: Sequence[Row], tokens: Sequence[Token]) -> bool:
    """Whether skies without a temperature stand among words of what is named after them: songs."""
    degrees = [c.value for row in rows for c in row.cells if c.field in AIR]
    if any(isinstance(value, Quantity) and value.unit for value in degrees):
        return False
    words = _count(tokens, "namesake") + (0 if degrees else _count(tokens, "elsewhere"))
    return words >= _SAID


def _count(tokens: Sequence[Token], word: str) -> int:
    return sum(token.kind is Kind.WORD and token.value == word for token in tokens)


def _is_of_an_oven(token: Token) -> bool:
    """Whether a temperature is one that no air on Earth has."""
    value = token.value
    if token.kind is not Kind.TEMPERATURE or not isinstance(value, Quantity):
        return False
    return value.value > _HOT.get(value.unit or "", math.inf)


def _is_of_weather(row: Row, listed: bool) -> bool:
    """Whether a row tells more of a day than how warm and damp it is, or is of a list below one."""
    if row.key is None:
        return listed and row.header is not None and row.header.has_day
    return not {cell.field for cell in row.cells} <= _OF_ROOMS
