"""Items in, those of a text in sections by place out: short lines, each above what is said of one.

"Forecast for today by region.⏎North⏎Cloudy. Highs near 12°C.⏎Hills⏎Fog. Highs near 8°C.⏎Coast⏎..."
A heading by itself may be any line. Several of them, each above weather, are names of places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .groups import Item
from .model import DAILY, Kind, Span

_LEAST: Final = 3  # sections
_TELLS: Final = frozenset({Kind.CONDITION, Kind.TEMPERATURE, Kind.PAIR})


def in_sections(items: Sequence[Item], page: str) -> list[Item]:
    """Items of a window; the first value of each section with the line above as its name."""
    heads = {at: head for at, item in enumerate(items) if (head := _heading(item, page))}
    starts = [
        at
        for at, head in heads.items()
        if not at or _ends_before(items[at - 1], head) or _is_of_name(items[at - 1], head)
    ]
    told = items[starts[0] : starts[-1]] if starts else ()
    if len(starts) < _LEAST or any(item.key and item.key.has_day for item in told):
        return list(items)
    out: list[Item] = list(items[: starts[0]])
    for at, end in zip(starts, [*starts[1:], len(items)], strict=True):
        if out and _is_of_name(out[-1], heads[at]):
            out.pop()
        out.append(items[at]._replace(named=True))
        within = [i for i in range(at + 1, end) if items[i].named]
        # The town of a region: "Leeds 12 17" below its text.
        town = within[0] if len(within) == 1 and items[within[0]].field in DAILY else -1
        out += [
            items[i]._replace(named=False, words=0) if i == town else items[i]
            for i in range(at + 1, end)
        ]
    return out


def _heading(item: Item, page: str) -> Span | None:
    """The short line that says nothing to us above the one that a value is the first of."""
    if item.kind not in _TELLS or not item.lines:
        return None
    above = _HEADING.search(page, max(0, item.span.start - _SIZE), item.span.start)
    return Span(*above.span()) if above else None


def _ends_before(item: Item, heading: Span) -> bool:
    """Whether an item is none of a heading."""
    return item.span.end <= heading.start


def _is_of_name(item: Item, heading: Span) -> bool:
    """Whether an item is a word of a heading that names can have: "South Coast", "High Fells"."""
    return item.kind in _IN_NAMES and item.span.start >= heading.start


_IN_NAMES: Final = frozenset({Kind.DIRECTION, Kind.LABEL})

# A line of capitalised words behind the end of a sentence, and the beginning of a text below it.
_HEADING: Final = re.compile(
    r"(?<=[.:!\n]\n) [ \t]* [^\W\d_] [^\n\d.:;!?|\t]{2,39} \n{1,2} [^\n]{0,40} \Z", re.VERBOSE
)
_SIZE: Final = 90  # characters: two short lines
