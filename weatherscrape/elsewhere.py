"""Rows and the tokens around them in, whether they are of something else than the weather out.

An oven, a beer and a child have temperatures, and songs, teams and perfumes are named after skies.
Words for such things near rows that hardly say more tell that they are none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from typing import Final

from .accepts import SUN
from .model import AIR, DAILY, Kind, Quantity, Row, Token

_OF_ROOMS: Final = AIR | SUN | {"relative_humidity"}  # what a room may have, or a table of the moon
_SHARE: Final = "precipitation_probability"  # or one of something else, if it has no label
_MEASURED: Final = _OF_ROOMS - SUN | {_SHARE, "wind_speed"}
_OUTSIDE: Final = frozenset({"temperature", "condition", "wind_speed"})  # no room has all of these
_STATION: Final = 5  # columns that nothing but a weather station fills
_LISTED: Final = 5  # places of a day
_SAID: Final = 2  # words that no menu has by chance
_HOT: Final = {"C": 60.0, "F": 140.0}  # without a unit it may be where a wind blows from


def names_others(tokens: Sequence[Token]) -> bool:
    """Whether any word among tokens is of things with a temperature of their own, or a namesake."""
    return any(
        token.value in _OTHERS if token.kind is Kind.WORD else _is_of_an_oven(token)
        for token in tokens
    )


_OTHERS: Final = frozenset({"elsewhere", "namesake"})


def are_elsewhere(
    rows: Sequence[Row], beside: Sequence[Token], around: Sequence[Token], most: int
) -> bool:
    """Whether the words among and around rows say that they are no weather.

    `beside`: the rows' own tokens and those next to them, `around`: more of them. `most`: how many
    rows there are beside one another, of this place or others.
    """
    things = _things(around)
    if things < _SAID and not _things(beside):
        things = 0  # one word far away
    return _are_of_things(rows, things, most) or _are_of_namesakes(rows, around)


def _are_of_things(rows: Sequence[Row], words: int, most: int) -> bool:
    """Whether temperatures stand among words of things that have their own: a fridge, a beer.

    What tells more of the weather is weather all the same, if it is more than half of the rows, and
    there are not more of such words.
    """
    fields = {cell.field for row in rows for cell in row.cells}
    if not words or fields >= _OUTSIDE or len(fields - DAILY) >= _STATION:
        return False
    of_rooms = _OF_ROOMS | {_SHARE} if words >= _SAID else _OF_ROOMS
    sure = sum(_is_of_weather(row, of_rooms, most >= _LISTED) for row in rows)
    return 2 * sure <= len(rows) or words > sure or fields.isdisjoint(_MEASURED)


def _are_of_namesakes(rows: Sequence[Row], tokens: Sequence[Token]) -> bool:
    """Whether skies without a temperature stand among words of what is named after them: songs."""
    degrees = [c.value for row in rows for c in row.cells if c.field in AIR]
    if any(isinstance(value, Quantity) and value.unit for value in degrees):
        return False
    words = _count(tokens, "namesake") + (0 if degrees else _count(tokens, "elsewhere"))
    return words >= _SAID


def _things(tokens: Sequence[Token]) -> int:
    """How often tokens speak of what has a temperature of its own."""
    return _count(tokens, "elsewhere") + sum(map(_is_of_an_oven, tokens))


def _count(tokens: Sequence[Token], word: str) -> int:
    return sum(token.kind is Kind.WORD and token.value == word for token in tokens)


def _is_of_an_oven(token: Token) -> bool:
    """Whether a temperature is one that no air on Earth has."""
    value = token.value
    if token.kind is not Kind.TEMPERATURE or not isinstance(value, Quantity):
        return False
    return value.value > _HOT.get(value.unit or "", math.inf)


def _is_of_weather(row: Row, of_rooms: Set[str], listed: bool) -> bool:
    """Whether a row tells more of a day than a room has, a sky, a high, or a place of a list."""
    fields = {cell.field for cell in row.cells}
    if row.key is None:
        below_day = listed and row.header is not None and row.header.has_day
        return below_day or "condition" in fields
    told = row.in_text and row.key.has_day and not fields.isdisjoint(DAILY)
    return told or not fields <= of_rooms
