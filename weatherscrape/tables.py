"""Items in, the same items out, those of a table with keys on top in its columns.

    Hour         13   14   15            FCST     FCST     FCST
    Temperature  34   34   33            THU      FRI      SAT
    Gust         23   23                 Boise
                                         PTCLDY   TSTRMS   SUNNY
                                         61/88    63/79    56/81
                                         Ketchum
                                         ...

A cell can be empty, and the lines of several places can stand under one head. A table with neither
is left to :mod:`weatherscrape.layout`, which counts the values.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Final

from .columns import are_alike, joint, named
from .groups import Item
from .model import DAILY, Kind, Pair, Period, Quantity

_LEAST_COLUMNS: Final = 3
_APART: Final = re.compile(r"[\t|]|  ")  # what stands between two columns
_PARTING: Final = re.compile(r"[\t|]")
_HOURS_APART: Final = re.compile(r"\s")  # and between two hours without minutes
_ELSEWHERE: Final = re.compile(r"\s*(?:UTC|GMT)\b")  # of no local time
_MOST_UNREAD: Final = 2  # lines between two of a table that are of another kind
_CHANCES: Final = range(0, 101, 5)  # percent, as forecasters round them


def in_columns(items: Sequence[Item], page: str) -> Sequence[Item]:
    """Items, with `box` set for those of tables that only their columns explain.

    The keys are given once more for each place of a table.
    """
    if sum(item.key is not None for item in items) < _LEAST_DAYS:
        return items
    lines = [list(line) for _, line in groupby(items, key=lambda i: _line_start(page, i))]
    if (places := _of_places(lines)) is not None:
        return places
    heads = [at for at, line in enumerate(lines) if _is_head(line, page)]
    if not heads:
        return items
    promise = next((at for at, line in enumerate(lines) if _tells_chances(line)), len(lines))
    out: list[Item] = []
    done = 0
    for number, at in enumerate(heads, 1):
        if at < done:
            continue
        table = _read(lines, at, page, number, promise)
        if table is None:
            continue
        above = lines[done : table.start]
        out += [item for line in above for item in line]
        out += table.items
        done = table.end
    return [*out, *(item for line in lines[done:] for item in line)]


def _of_places(lines: Sequence[list[Item]]) -> list[Item] | None:
    """The items of a table with the days on top and a place a line; None if there is none.

    "        Today               Tomorrow
     City    Hi/Lo  Sky          Hi/Lo  Sky
     Albany  41/27  Snow         38/24  Sunny"
    """
    for at in range(len(lines)):
        head: list[Item] = []
        first = at
        while first < len(lines) and _are_days(_keys(lines[first])):
            head += _keys(lines[first])
            first += 1
        if len(head) < _LEAST_DAYS:
            continue
        while first < len(lines) and first < at + _HEAD_LINES and _is_of_labels(lines[first]):
            first += 1
        parted: list[list[Item]] = []
        while (row := first + len(parted)) < len(lines):
            parts = _parts(lines[row], len(head))
            if not parts or (parted and _shape(parts) != _shape(_parts(lines[first], len(head)))):
                break
            box = len(lines) + row
            keys = [key._replace(box=(box, n)) for n, key in enumerate(head)]
            if parted:  # what stands before the head stands before its first place
                keys[0] = keys[0]._replace(words=0)
            values = [
                item._replace(words=0, entry="", box=(box, n))
                for n, part in enumerate(parts)
                for item in part
            ]
            parted.append([*keys, *values])
        if len(parted) >= _LEAST_PLACES:
            above = [item for line in lines[:at] for item in line]
            below = [item for line in lines[first + len(parted) :] for item in line]
            return [*above, *(item for line in parted for item in line), *below]
    return None


_LEAST_DAYS: Final = 2
_LEAST_PLACES: Final = 3
_HEAD_LINES: Final = 3  # the days, and labels below them


def _are_days(line: Sequence[Item]) -> bool:
    """Whether a line holds nothing but days of a table's head, which may take several lines."""
    days = [item.key for item in line if item.key and item.key.has_day and not item.key.clock]
    return 0 < len(days) == len(line) and not any(item.place for item in line)


def _is_of_labels(line: Sequence[Item]) -> bool:
    return all(item.kind is Kind.LABEL for item in line)


def _parts(line: Sequence[Item], count: int) -> list[Sequence[Item]]:
    """The values of a place, as many for each of some days; none if they are something else."""
    size = len(line) // count
    parts = [line[n * size : (n + 1) * size] for n in range(count)]
    named = line[0].words > 0 and not any(item.words for item in line[1:])
    alike = len({tuple(item.kind for item in part) for part in parts}) == 1
    whole = size > 0 and size * count == len(line) and all(item.key is None for item in line)
    return parts if named and alike and whole and line[0].kind is not Kind.LABEL else []


def _shape(parts: Sequence[Sequence[Item]]) -> tuple[Kind, ...]:
    return tuple(item.kind for item in parts[0])


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines `start` to `end` of a page as one table."""

    start: int
    end: int
    items: list[Item]


def _line_start(page: str, item: Item) -> int:
    """Where the line begins that an item ends on."""
    return page.rfind("\n", 0, item.span.end) + 1


_OF_KEYS: Final = frozenset({"time", "day", "location"})


def _keys(line: Sequence[Item]) -> Sequence[Item]:
    """The items of a line but for the label "Hour", "Date" or "City" that it begins with."""
    return line[1:] if line[0].kind is Kind.LABEL and line[0].field in _OF_KEYS else line


def _is_head(line: Sequence[Item], page: str) -> bool:
    """Whether a line holds nothing but keys of one kind, one a column."""
    line = _keys(line)
    if len(line) < _LEAST_COLUMNS or any(item.key is None or item.box for item in line):
        return False  # what stands in drawn lines is parted by them
    apart = _HOURS_APART if all(page[slice(*item.span)].isdigit() for item in line) else _APART
    days = all(item.key and item.key.has_day and not item.key.clock for item in line)
    hours = all(item.key and item.key.clock for item in line)  # of some the day, too
    return (days or hours or len({item.kind for item in line}) == 1) and all(
        two.words == 0 and apart.search(page, one.span.end, two.span.start)
        for one, two in pairwise(line)
    )


def _tells_chances(line: Sequence[Item]) -> bool:
    """Whether a line has the label of a chance of rain."""
    return any(
        item.kind is Kind.LABEL and item.field == "precipitation_probability" for item in line
    )


def _read(
    lines: Sequence[list[Item]], at: int, page: str, number: int, promise: int
) -> _Table | None:
    """The table below a head, if it has empty cells or several places.

    `promise`: the first line that says that the page prints chances of rain.
    """
    head, end = _keys(lines[at]), at + 1
    columns = _Columns(head, page)
    if end < len(lines) and _is_head(lines[end], page):
        second = _keys(lines[end])
        if len(second) == len(head):
            if _ELSEWHERE.match(page, _line_start(page, head[0])):
                head, second = second, head
            head = [joint(*both) or both[0] for both in zip(head, second, strict=True)]
            end += 1
    start = at
    if at and (dated := _with_days(lines[at - 1], head, page)):
        head, start = dated, at - 1
    chances = promise < start
    if crossed := _crossed(lines, end, columns, head, number):
        return _Table(start, *crossed)
    places: list[list[tuple[int, Item]]] = [[]]
    said: set[tuple[Kind, str]] = set()
    ragged = False
    while found := _next_row(lines, end, columns, chances and len(said) > 1):
        end, row = found
        what = row[0][1].kind, row[0][1].field
        if what in said and _is_below_a_name(lines[end - 1][0], page):
            places.append([])
            said = set()
        said.add(what)
        places[-1] += row
        ragged = ragged or len({column for column, _ in row}) < len(head)
    if len(places) == 1 and (len(said) < 2 or not (ragged or start < at)):
        return None
    out: list[Item] = []
    for place, values in enumerate(places):
        box = number * len(lines) + place
        out += [key._replace(box=(box, column)) for column, key in enumerate(head)]
        out += [item._replace(words=0, box=(box, column)) for column, item in values]
    return _Table(start, end, out)


def _crossed(
    lines: Sequence[list[Item]], at: int, columns: _Columns, head: Sequence[Item], number: int
) -> tuple[int, list[Item]] | None:
    """Where a table ends whose lines open with parts of the days on top, and its items.

    "Today⇥Saturday" above "morning⇥3°⇥2°" and "afternoon⇥9°⇥8°": a line has a row for each day.
    """
    if not all(item.key and item.key.has_day and item.key.period is None for item in head):
        return None
    out: list[Item] = []
    end = at
    while end < len(lines) and (part := lines[end][0]).key and part.key and not part.key.has_day:
        values = columns.row(lines[end][1:], chances=False)
        keys = [joint(day, part) for day in head]
        if {column for column, _ in values} != set(range(len(head))) or not all(keys):
            break
        for column, key in enumerate(keys):
            assert key
            box = number * len(lines) * _PARTS + end, column
            out.append(key._replace(box=box))
            out += [item._replace(box=box, words=0) for of, item in values if of == column]
        end += 1
    return (end, out) if end - at > 1 else None


_PARTS: Final = 8  # a number of its own for each line of parts, apart from those of places


def _next_row(
    lines: Sequence[list[Item]], at: int, columns: _Columns, chances: bool
) -> tuple[int, list[tuple[int, Item]]] | None:
    """The next line of a table from `at` on, where it ends, and its values with their columns.

    Lines with a label that hold something else are passed over: "PoP 12hr        10".
    """
    for end in range(at, min(len(lines), at + _MOST_UNREAD + 1)):
        if row := columns.row(lines[end], chances):
            return end + 1, row
        if not any(item.field for item in lines[end]) or any(item.key for item in lines[end]):
            break
    return None


def _is_below_a_name(item: Item, page: str) -> bool:
    """Whether words stand above an item and nothing beside it."""
    start = _line_start(page, item)
    return item.words > 0 and not page[start : item.span.start].strip()


def _are_hours(head: Sequence[Item]) -> bool:
    return all(item.key and item.key.clock and not item.key.has_day for item in head)


def _with_days(above: Sequence[Item], head: Sequence[Item], page: str) -> list[Item]:
    """Hours or parts of the day with the days that stand above them; none if they do not.

    "Monday 14⇥⇥⇥Tuesday 15" above "AM⇥PM⇥night⇥AM⇥PM⇥night".
    """
    above = _keys(above)
    days = [item for item in above if item.key and item.key.has_day and not item.key.clock]
    if len(days) != len(above):
        return []
    if len(days) == len(head):
        numbers = list(range(len(days)))
    elif _are_hours(head):
        numbers = _by_midnights(head)
    else:
        numbers = _by_cells(days, head, page) or _by_parts(head, len(days))
    dated = [
        (joint(days[number], item) if number < len(days) else None) or item
        for number, item in zip(numbers, head, strict=False)
    ]
    # What stands before a day stands before the first of its parts alone.
    return [*dated[:1], *(item._replace(words=0, lines=0) for item in dated[1:])]


def _by_midnights(hours: Sequence[Item]) -> list[int]:
    """The day of each hour: one until midnight, the next one from there on."""
    return _rounds([item.key.clock.minute for item in hours if item.key and item.key.clock])


def _by_cells(days: Sequence[Item], head: Sequence[Item], page: str) -> list[int]:
    """The day of each part by the cells of both lines, where days leave cells empty."""
    tops, cells = ([_cell(item, page) for item in line] for line in (days, head))
    if len(days) < 2 or tops[0] != cells[0] or not set(tops) <= set(cells):
        return []
    steps = {two - one for one, two in pairwise(tops)}
    if min(steps) < 1 or steps == {1}:
        return []
    return [bisect_right(tops, cell) - 1 for cell in cells]


def _by_parts(head: Sequence[Item], days: int) -> list[int]:
    """The day of each part by their order: a day begins with its morning, or with its night."""
    parts = [item.key.period for item in head if item.key and not item.key.has_day]
    if len(parts) == len(head) and all(part in _ORDER for part in parts):
        for first in (Period.MORNING, Period.NIGHT):
            start = _ORDER.index(first)
            order = (*_ORDER[start:], *_ORDER[:start])
            numbers = _rounds([order.index(part) for part in parts if part], again=True)
            if numbers[-1] == days - 1:
                return numbers
    return []


_ORDER: Final = (Period.MORNING, Period.DAY, Period.AFTERNOON, Period.EVENING, Period.NIGHT)


def _rounds(places: Sequence[int], again: bool = False) -> list[int]:
    """How often the order has begun anew at each place; with `again`, the same place does so too.

    >>> _rounds([18, 21, 0, 3]), _rounds([0, 2, 0, 0], again=True)
    ([0, 0, 1, 1], [0, 0, 1, 2])
    """
    steps = (two < one or (again and two == one) for one, two in pairwise(places))
    return [0, *accumulate(map(int, steps))][: len(places)]


def _cell(item: Item, page: str) -> int:
    """The number of the cell that an item stands in, if tabs or bars part them."""
    line = page[_line_start(page, item) : item.span.start]
    return line.count("\t") + line.count("|")


class _Columns:
    """The columns that the keys of a head open, by their tabs or by where they are printed."""

    def __init__(self, head: Sequence[Item], page: str) -> None:
        self._page = page
        self._tabs = all(_PARTING.search(page, a.span.end, b.span.start) for a, b in pairwise(head))
        self._head = [self._place(item) for item in head]
        self._size = len(head)
        self._hourly = _are_hours(head)

    def _place(self, item: Item) -> tuple[int, int]:
        """Where an item begins and ends on its line; the number of its cell, if it has one."""
        start = _line_start(self._page, item)
        if self._tabs:
            cell = _cell(item, self._page)
            return cell, cell
        return item.span.start - start, item.span.end - start

    def row(self, line: Sequence[Item], chances: bool) -> list[tuple[int, Item]]:
        """The values of a line with their columns, under one name; none if it is no line of these.

        `chances`: the page says above that it prints chances of rain.
        """
        label = line[0] if line and line[0].kind is Kind.LABEL else None
        values = line[1:] if label else line
        if not values or any(item.key or item.kind is Kind.LABEL for item in values):
            return []
        if any(item.words or item.lines for item in values[1:]):
            return []
        strands = [self._strand(strand, label, chances) for strand in _strands(values)]
        first, *others = ([column for column, _ in strand] for strand in strands)
        if not all(other and set(other) <= set(first) for other in others):
            return []
        return [cell for strand in strands for cell in strand]

    def _strand(
        self, values: Sequence[Item], label: Item | None, chances: bool
    ) -> list[tuple[int, Item]]:
        """Values of a line that are alike, with their columns."""
        if chances and not label:
            values = _daytime(values)
        values = _halves(values, self._page)
        if not values or len(values) > self._size or not are_alike(values):
            return []
        if self._hourly and len(values) < self._size and values[0].field in DAILY:
            return []  # "Min/Max        25       38"
        columns = self._of(values)
        if len(set(columns)) < len(columns) or -1 in columns:
            return []
        field = "precipitation_probability"
        if chances and not label and not values[0].field and _are_chances(values):
            values = [item._replace(field=field) for item in values]
        return list(zip(columns, named(values, label), strict=True))

    def _of(self, values: Sequence[Item]) -> list[int]:
        """The column of each value, -1 where none is: in order, if there are as many."""
        if len(values) == self._size:
            return list(range(self._size))
        return [self._nearest(*self._place(item)) for item in values]

    def _nearest(self, start: int, end: int) -> int:
        """The column whose head begins or ends where a value does, or stands over it."""
        for column, (first, last) in enumerate(self._head):
            if first == start or last == end or (start < last and first < end):
                return column
        return -1


def _strands(values: Sequence[Item]) -> list[Sequence[Item]]:
    """The winds of a line, and where they blow from: "25 SW⇥35 SW"; else all of its values."""
    points = [item for item in values if item.kind is Kind.DIRECTION]
    rest = [item for item in values if item.kind is not Kind.DIRECTION]
    blown = all(item.kind in _BLOWN for item in rest)
    return [rest, points] if points and rest and blown else [values]


_BLOWN: Final = (Kind.NUMBER, Kind.SPEED, Kind.MISSING)


def _daytime(values: Sequence[Item]) -> Sequence[Item]:
    """Chances of rain by night and by day as those by day: "/80    80/80    60/60"."""
    ends = [item.value.second if isinstance(item.value, Pair) else item.value for item in values]
    if not all(isinstance(end, Quantity) and end.value in _CHANCES for end in ends):
        return values
    return [
        item._replace(kind=Kind.NUMBER, value=end) for item, end in zip(values, ends, strict=True)
    ]


def _halves(values: Sequence[Item], page: str) -> Sequence[Item]:
    """Values, with what stands behind a slash alone as the one of a pair: "/38     31/36"."""
    pairs = [item.value for item in values if isinstance(item.value, Pair)]
    both = [(pair.first, pair.second) for pair in pairs]
    rise = [two.value > one.value for one, two in both if one and two]
    if not rise or len(rise) == len(values):
        return values
    field = "temperature_max" if sum(rise) > len(rise) / 2 else "temperature_min"
    return [
        item._replace(kind=Kind.PAIR, field=field)
        if item.kind is Kind.NUMBER and page[item.span.start - 1] == "/"
        else item
        for item in values
    ]


def _are_chances(values: Sequence[Item]) -> bool:
    return all(
        item.kind is Kind.NUMBER
        and isinstance(item.value, Quantity)
        and item.value.value in _CHANCES
        for item in values
    )
