"""What a legend says of the brackets in the lines of a list: which part of the day each is of.

"[Morning, Afternoon] (Low~High) <Chance of rain, morning, afternoon>⏎Arden: [fog, rain] (3~9) <10,
60>": the first of two skies and of two chances is of the morning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from .groups import Group, Item
from .model import Key, Kind, Period, Quantity, Span, Token, When

Legend = tuple[Period, Period]
_TIMES: Final = 2  # that a legend names both parts, at least
_BETWEEN: Final = (",", "/", "·", "ㆍ", "、")  # the two of them
_CHANCE: Final = "precipitation_probability"


def by_legend(items: Sequence[Item], tokens: Sequence[Token], page: str) -> Sequence[Item]:
    """Items of a window; those behind the name of a place have the part of the day of theirs."""
    starts = [at for at, item in enumerate(items) if item.named]
    legend = _legend(tokens, page) if starts else None
    if legend is None:
        return items
    out = list(items[: starts[0]])
    for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
        out += _in_parts(items[start:end], legend, page)
    return out


def rows_of_parts(values: Sequence[Item], header: Key | None) -> Iterator[Group]:
    """The rows of a place: of each part of the day that a legend names, and of the rest."""
    for part in dict.fromkeys(item.part for item in values if item.part) if header else ():
        told = tuple(item for item in values if item.part is part)
        yield Group(None, told, "no key", header=header and header._replace(period=part))
    rest = tuple(item for item in values if not (header and item.part))
    if rest:
        yield Group(None, rest, "no key", header=header)


def _legend(tokens: Sequence[Token], page: str) -> Legend | None:
    """The two parts of the day that a legend of chances names side by side, each time so."""
    if not any(token.kind is Kind.LABEL and token.value == _CHANCE for token in tokens):
        return None
    parts = [token for token in tokens if token.kind is Kind.WHEN]
    found = [
        (one.value.period, two.value.period)
        for one, two in pairwise(parts)
        if isinstance(one.value, When) and isinstance(two.value, When)
        if page[one.span.end : two.span.start].strip() in _BETWEEN
    ]
    first, second = found[0] if len(found) >= _TIMES and len({*found}) == 1 else (None, None)
    return (first, second) if first and second and first is not second else None


def _in_parts(items: Sequence[Item], legend: Legend, page: str) -> list[Item]:
    """The items of a place; two skies and two bare numbers are each of a part of the day."""
    out = [one for item in items for one in _numbers(item, page)]
    for kind in (Kind.CONDITION, Kind.NUMBER):
        places = [at for at, item in enumerate(out) if item.kind is kind and not item.field]
        if len(places) == len(legend):
            field = _CHANCE if kind is Kind.NUMBER else ""
            for at, part in zip(places, legend, strict=True):
                out[at] = out[at]._replace(part=part, field=field)
    return out


def _numbers(item: Item, page: str) -> Iterator[Item]:
    """A number, or the two that are no decimals: "<10,60>"."""
    both = _BOTH.fullmatch(page, *item.span) if item.kind is Kind.NUMBER else None
    if both is None or not isinstance(item.value, Quantity):
        yield item
        return
    for number in (1, 2):
        value = replace(item.value, value=float(both[number]))
        yield item._replace(span=Span(*both.span(number)), value=value)


_BOTH: Final = re.compile(r"(\d{1,3}),(\d{1,3})")
