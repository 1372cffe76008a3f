"""The day that a title names, and the rows of other paragraphs below it that are of that day.

"The weather forecast for Friday", then some sentences of what was, then "In the morning: cloudy."
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from .groups import Item
from .model import DAILY, Key, Kind, Period, RelativeDay, Row, Token

_WORD_SIZE: Final = 7  # letters of "Weather for" and "Forecast", but not of "from" and "about"


def title(block: Sequence[Item], tokens: Sequence[Token]) -> Key | None:
    """The last day of a block without weather, if a word for a forecast stands in its line."""
    for item in reversed(block):
        key = item.key
        if key is None or not key.has_day or key.day is RelativeDay.YESTERDAY or key.clock:
            continue
        at = bisect_left(tokens, item.span.start, key=lambda token: token.span.start)
        if any(map(_is_of_forecasts, _line(tokens, at))):
            return key
    return None


def _line(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """The tokens of the line that one stands in."""
    first = last = at
    while first and tokens[first - 1].kind is not Kind.BREAK:
        first -= 1
    while last < len(tokens) and tokens[last].kind is not Kind.BREAK:
        last += 1
    return tokens[first:last]


def _is_of_forecasts(token: Token) -> bool:
    """Whether a word stands in titles of forecasts: "Weather", "Forecast for"."""
    named = token.kind is Kind.FILLER and token.value not in ("verb", "definite")
    long = token.span.end - token.span.start >= _WORD_SIZE
    return token.value == "condition" or (named and long)


def below(day: Key, rows: Sequence[Row]) -> list[Row]:
    """Rows, those without a day with the one of the title above them."""
    return [replace(row, header=day) if _has_no_day(row) else row for row in rows]


def _has_no_day(row: Row) -> bool:
    """Whether a row is of a part of some day, or of a place with its extremes of some day."""
    if row.header is not None:
        return False
    if row.key is None:
        return any(cell.field in DAILY for cell in row.cells)
    key = row.key
    return not (key.has_day or key.clock) and key.period not in (None, Period.NOW)
