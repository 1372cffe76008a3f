"""Items in, the rows of a table out that has keys on top of its columns and before its lines.

"      Morning  Day  Night
 3 May   4°     9°    2°
 4 May   5°    10°    1°": each cell is a row, and what stands behind them is of the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from .columns import are_alike, joint
from .groups import Group, Item
from .model import Kind

_LEAST: Final = 2  # lines, and columns
_CELLS: Final = frozenset({Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER, Kind.CONDITION})


def grid_at(items: Sequence[Item], at: int) -> tuple[int, list[Group]] | None:
    """A table whose head begins there: (where it ends, the rows)."""
    head = _head(items, at)
    if len(head) < _LEAST:
        return None
    rows: list[Group] = []
    end = at + len(head)
    lines = 0
    while (line := _line(items, end)) and (told := list(_rows(head, line))):
        rows += told
        end += len(line)
        lines += 1
    return (end, rows) if lines >= _LEAST else None


def _head(items: Sequence[Item], at: int) -> Sequence[Item]:
    """The keys of a line from there on, if they are different days, or different parts of one."""
    head = [items[at], *_rest_of_line(items, at + 1)]
    said = [item.key._replace(span=items[at].span) for item in head if item.key]
    alike = len(said) == len(head) == len(set(said)) and not any(item.place for item in head)
    of_days = all(key.has_day and not key.period for key in said)
    of_parts = all(key.period and not key.has_day for key in said)
    return head if alike and (of_days or of_parts) and not any(k.clock for k in said) else ()


def _line(items: Sequence[Item], at: int) -> Sequence[Item]:
    """The items of a line that begins there with a key and has no other; none if it does not."""
    if at >= len(items) or not items[at].lines or items[at].key is None or items[at].place:
        return ()
    line = [items[at], *_rest_of_line(items, at + 1)]
    return () if any(item.key for item in line[1:]) else line


def _rest_of_line(items: Sequence[Item], at: int) -> Iterator[Item]:
    return takewhile(lambda item: not item.lines, (items[i] for i in range(at, len(items))))


def _rows(head: Sequence[Item], line: Sequence[Item]) -> Iterator[Group]:
    """The rows of a line below a head: one a cell, and what stands behind them; none of others."""
    key, *values = line
    cells, rest = values[: len(head)], values[len(head) :]
    if len(cells) < len(head) or not are_alike(cells) or cells[0].kind not in _CELLS:
        return
    if any(item.words for item in cells) or (rest and rest[0].kind is cells[0].kind):
        return
    day = key.key is not None and key.key.has_day
    keys = [joint(key, top) if day else joint(top, key) for top in head]
    if not all(keys):
        return
    for both, cell in zip(keys, cells, strict=True):
        yield Group(both, (cell,), "columns")
    if rest:
        yield Group(key, tuple(rest), "columns")
