"""The day that a title names, and the rows of other paragraphs below it that are of that day.

"The weather forecast for Friday", then some sentences of what was, then "In the morning: cloudy."
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby, takewhile
from typing import Final

from .blocks import paragraph
from .groups import Group, Item
from .model import DAILY, Kind, Period, RelativeDay, Span, Token
from .tokens import length

_TITLE: Final = 30  # tokens
_WORD_SIZE: Final = 7  # letters of "forecast" and "weather for", but not of "clima"
_PHRASE_SIZE: Final = 16  # of "previsioni per oggi", but not of "this afternoon"


def title(block: Sequence[Item], tokens: Sequence[Token]) -> Item | None:
    """The last day of a block without weather, if a word for a forecast stands in its line."""
    for item in reversed(block):
        key = item.key
        if key is None or not key.has_day or key.day is RelativeDay.YESTERDAY or key.clock:
            continue
        at = bisect_left(tokens, item.span.start, key=lambda token: token.span.start)
        if any(map(_is_of_forecasts, _line(tokens, at))):
            return item
    return None


def announces(tokens: Sequence[Token]) -> bool:
    """Whether a forecast is announced among tokens: "Weather forecast", "Detailed forecast:"."""
    return any(_is_title(token) for token in tokens)


def names(tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Where tokens name the weather, in a title or as the label of a column: "Weather"."""
    return tuple([token.span for token in tokens if token.value in _NAMES])


_NAMES: Final = frozenset({"title", "condition"})


def _is_title(token: Token) -> bool:
    return token.value == "title" and length(token) >= _WORD_SIZE


def _line(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """The tokens around one in its line, as many as a title has."""
    before = takewhile(_is_within, tokens[max(0, at - _TITLE) : at][::-1])
    after = takewhile(_is_within, tokens[at : at + _TITLE])
    return [*before, *after]


def _is_within(token: Token) -> bool:
    return token.kind is not Kind.BREAK


def _is_of_forecasts(token: Token) -> bool:
    """Whether a word stands in titles of forecasts: "Weather", "Forecast for"."""
    said = token.kind is Kind.WHEN and length(token) >= _PHRASE_SIZE
    return token.value == "condition" or _is_title(token) or said


def with_title(day: Item, block: Sequence[Item]) -> list[Item]:
    """A block, with the day of the title before the paragraphs that tell its high and its low.

    "Forecast for Tuesday⏎⏎The city has a low of 15 and a high of 23.⏎⏎In the morning: fog."
    """
    if any(item.key and item.key.has_day for item in block):
        return list(block)
    out: list[Item] = []
    for place, part in groupby(block, key=paragraph):
        items = list(part)
        told = {item.field for item in items if item.key is None and item.kind is not Kind.LABEL}
        if place >= 0 and told >= DAILY and not any(item.key for item in items):
            out.append(day)
        out += items
    return out


def below(day: Item, groups: Sequence[Group]) -> list[Group]:
    """Groups of a block, those without a day with the one of the title above them."""
    told = (group for group in groups if group.values or group.key is not day)
    return [_of_the_title(day, group) for group in told]


def _of_the_title(day: Item, group: Group) -> Group:
    if group.key is day:  # see with_title
        return group._replace(key=None, header=day.key, layout="no key")
    return group._replace(header=day.key) if _has_no_day(group) else group


def _has_no_day(group: Group) -> bool:
    """Whether a group is of a part of some day, or of a place with its weather of some day."""
    if group.header is not None or not group.values:
        return False
    key = group.key.key if group.key else None
    if key is None:
        return any(item.field in DAILY for item in group.values)
    return not (key.has_day or key.clock) and key.period not in (None, Period.NOW)
