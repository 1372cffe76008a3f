"""Items in, those of a text in sections by place out: short lines, each above what is said of one.

"Forecast for today by region.⏎North⏎Cloudy. Highs near 12°C.⏎Hills⏎Fog. Highs near 8°C.⏎Coast⏎..."
A heading by itself may be any line. Several of them, each above weather, are names of places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .groups import Item
from .model import DAILY, Kind

_LEAST: Final = 3  # sections
_TELLS: Final = frozenset({Kind.CONDITION, Kind.TEMPERATURE, Kind.PAIR})


def in_sections(items: Sequence[Item], page: str) -> list[Item]:
    """Items of a window; the first value of each section with the line above as its name."""
    starts = [at for at, item in enumerate(items) if _is_below_heading(items, at, page)]
    told = items[starts[0] : starts[-1]] if starts else ()
    if len(starts) < _LEAST or any(item.key and item.key.has_day for item in told):
        return list(items)
    out = list(items)
    for at, end in zip(starts, [*starts[1:], len(items)], strict=True):
        out[at] = items[at]._replace(named=True)
        within = [i for i in range(at + 1, end) if items[i].named]
        # The town of a region: "Leeds 12 17" below its text.
        if len(within) == 1 and items[within[0]].field in DAILY:
            out[within[0]] = items[within[0]]._replace(named=False, words=0)
    return out


def _is_below_heading(items: Sequence[Item], at: int, page: str) -> bool:
    """Whether a value is the first of a line below a short one that says nothing to us."""
    item = items[at]
    if item.kind not in _TELLS or not item.lines:
        return False
    above = _HEADING.search(page, max(0, item.span.start - _SIZE), item.span.start)
    return above is not None and (not at or items[at - 1].span.end <= above.start())


# A line of capitalised words behind the end of a sentence, and the beginning of a text below it.
_HEADING: Final = re.compile(
    r"(?<=[.:!\n]\n) [ \t]* [^\W\d_] [^\n\d.:;!?|\t]{2,39} \n{1,2} [^\n]{0,40} \Z", re.VERBOSE
)
_SIZE: Final = 90  # characters: two short lines
