"""Rows of a page in, the same out without those that a text tells once more.

A text above or below a list of days: "A few showers are possible tonight, ... Tonight: Showers.
Low 36. Sunday: Partly sunny. High 52." The title of a text: "Sunny Saturday, high of 26".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Final

from .model import PartialDate, Period, RelativeDay, Row, Weekday

_LISTED: Final = 3  # headings that make a list of days

_Day = tuple[Weekday | PartialDate | RelativeDay, bool]  # and whether it is the night of it


def without_summaries(blocks: Sequence[list[Row]]) -> list[list[Row]]:
    """Rows of the blocks of a window; of a text above or below a list those of other days only."""
    if not any([row.in_text for rows in blocks for row in rows]):
        return list(blocks)
    blocks = _without_titles(blocks)
    headed = [row for rows in blocks for row in rows if _heads(row)]
    if len({tuple(_named(row)) for row in headed}) < _LISTED:
        return blocks
    told = {(day, cell.field) for row, days in _days(headed) for day in days for cell in row.cells}
    start, end = headed[0].span.start, headed[-1].span.end
    return [
        [
            row
            for row in rows
            if start < row.span.start < end or not (row.in_text and told.intersection(_told(row)))
        ]
        for rows in blocks
    ]


def _without_titles(blocks: Sequence[list[Row]]) -> list[list[Row]]:
    """Rows of the blocks but those of titles, of which the text below says every value."""
    said: set[tuple[str, object]] = set()  # by the text below
    text: list[Row] = []
    out: list[list[Row]] = []
    for rows in reversed(blocks):
        told = [fact for row in rows for fact in _facts(row)]
        if len(rows) <= _IN_TITLE and len(rows) < len(text) and said.issuperset(told):
            rows = []
        elif all(row.in_text for row in rows):
            said.update(told)
            text = [*rows, *text[:_NEAR]]
            rows = [
                row
                for at, row in enumerate(rows)
                if not any(_says_all_of(row, other) for other in text[at + 1 : at + _NEAR])
            ]
        out.append(rows)
    return out[::-1]


def _says_all_of(row: Row, other: Row) -> bool:
    """Whether another row of the same day says all that a row does, and more."""
    if set(_named(row)) != set(_named(other)):
        return False
    return set(_facts(row)) < set(_facts(other))


def _facts(row: Row) -> Iterator[tuple[str, object]]:
    """What a row says, whichever words it takes for it."""
    for cell in row.cells:
        yield cell.field, getattr(cell.value, "slug", cell.value)


_IN_TITLE: Final = 2  # rows that a title can have
_NEAR: Final = 20  # rows


def _heads(row: Row) -> bool:
    """Whether a row is of a heading, and of a day."""
    return row.key is not None and row.key.has_day and not row.key.clock and not row.in_text


def _told(row: Row) -> Iterator[tuple[_Day, str]]:
    """Of which day a row tells what."""
    return product(_named(row), [cell.field for cell in row.cells])


def _days(rows: Iterable[Row]) -> Iterator[tuple[Row, list[_Day]]]:
    """The rows of a list, each with its days; the first day behind today is tomorrow too."""
    today = RelativeDay.TODAY
    before = False  # whether the row before is of today
    for row in rows:
        named = list(_named(row))
        of_today = any(day is today for day, _ in named)
        if before and not of_today and row.key and row.key.period is None:
            named.append((RelativeDay.TOMORROW, False))
        before = of_today
        yield row, named


def _named(row: Row) -> Iterator[_Day]:
    """What a row calls its day."""
    night = row.key is not None and row.key.period is Period.NIGHT
    for key in (row.key, row.header):
        for day in (key.weekday, key.date, key.day) if key else ():
            if day is not None:
                yield day, night
