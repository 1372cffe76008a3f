"""Items in, the same out with a night before the second sky of each day, told by word only once.

"Today⏎10/3⏎Mostly cloudy⏎Night: Showers⏎Sat⏎10/4⏎A shower⏎Partly cloudy⏎Sun⏎10/5⏎Sunny⏎Clear".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from .groups import Item
from .model import Key, Kind, Period, Span


def with_nights(items: list[Item]) -> list[Item]:
    """Items, with the nights of days below one whose night has its word.

    A day tells two skies, one below the other, and there are two such days and more.
    """
    days = [at for at, item in enumerate(items) if item.key is not None and item.key.has_day]
    named = next((at for at, item in enumerate(items) if _is_night(items, at, item)), None)
    if named is None:
        return items
    gaps = [range(at + 1, end) for at, end in pairwise([*days, len(items)]) if at > named]
    nights = [at for gap in gaps if (at := _second_sky(items, gap))]
    if len(nights) < _DAYS:
        return items
    out = list(items)
    for at in reversed(nights):
        sky = items[at]
        span = Span(sky.span.start, sky.span.start)
        night = Item(Kind.WHEN, span, lines=sky.lines, key=Key(span, period=Period.NIGHT))
        out[at : at + 1] = [night, sky._replace(lines=0)]
    return out


_DAYS: Final = 2


def _is_night(items: Sequence[Item], at: int, item: Item) -> bool:
    """Whether an item is a night on a line below the sky of its day: "Cloudy⏎Night: Showers"."""
    if not at or item.key is None or item.key.period is not Period.NIGHT or item.key.has_day:
        return False
    following = items[at + 1 : at + 2]
    below = items[at - 1].key is None and item.lines == 1 and not item.words
    return below and all(other.kind is Kind.CONDITION and not other.lines for other in following)


def _second_sky(items: Sequence[Item], gap: Sequence[int]) -> int:
    """Where the second of the two skies of a day stands, each on its line; 0 if there are others.

    `gap`: the items of the day. What follows a blank line is none of them.
    """
    lines = [at for at in gap if items[at].lines]
    skies = [at for at in lines if items[at].kind is Kind.CONDITION]
    if len(skies) != _SKIES or any(items[at].key is not None for at in gap[: skies[1] - gap[0]]):
        return 0
    first, second = (items[at] for at in skies)
    near = first.lines == second.lines == 1 and second.words < _REST
    return skies[1] if near else 0


_SKIES: Final = 2  # of the day and of its night
_REST: Final = 5  # words behind the first: "Mostly sunny and beautiful"
