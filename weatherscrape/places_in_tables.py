"""Tokens in, out the rows of tables that each open with the name of a place, and the names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .accepts import Columns
from .model import KEYS, Kind, Span
from .tokens import Tokens

_LEAST: Final = 3  # places of a table
_LABELS: Final = 3  # of its head


def rows_of_places(tokens: Tokens, tables: Sequence[Columns], page: str) -> dict[Span, str]:
    """Where the rows of tables stand that each open with the name of another place, and the names.

    "City;High;Weather⏎Leeds;12;Rain in the a.m.⏎York;14;Sunny⏎Hull;13;Cloudy".
    """
    found: dict[Span, str] = {}
    rows: list[Columns] = []
    width = 0
    for whole in (*tables, _NO_ROW):
        columns = whole if whole[0] or len(whole) == 1 else whole[1:]  # a bar opens the line
        kinds = [tokens.shape[cell.start : cell.stop] for cell in columns]
        if rows and (len(columns) != width or not _is_of_place(tokens, columns)):
            if len({_printed(tokens, row[0], page) for row in rows}) == len(rows) >= _LEAST:
                found |= {_hull(tokens, row): _printed(tokens, row[0], page) for row in rows}
            rows, width = [], 0
        if sum("l" in kind for kind in kinds) >= _LABELS and not any(map(_NUMBERED.search, kinds)):
            rows, width = [], len(columns)
        elif len(columns) == width and _is_of_place(tokens, columns):
            rows.append(columns)
    return found


_NO_ROW: Final[Columns] = [range(0)]
_NUMBERED: Final = re.compile("[nTP%]")


def _is_of_place(tokens: Tokens, columns: Columns) -> bool:
    """Whether a row opens with words, and names no time but of what its sky says."""
    name, *cells = (tokens.shape[cell.start : cell.stop] for cell in columns)
    labels = [tokens[i].value for i in columns[0] if tokens.shape[i] == "l"]
    if "x" not in name or name.strip("xl,.Wuo") or set(labels) - {"location"}:
        return False
    times = KEYS - {Kind.WHEN}
    return any(map(_NUMBERED.search, cells)) and not any(
        times & {*cell} or ("w" in cell and "C" not in cell) for cell in cells
    )


def _printed(tokens: Tokens, cell: range, page: str) -> str:
    return page[tokens[cell.start].span.start : tokens[cell.stop - 1].span.end].strip()


def _hull(tokens: Tokens, columns: Columns) -> Span:
    return Span(tokens[columns[0].start].span.start, tokens[columns[-1].stop - 1].span.end)
