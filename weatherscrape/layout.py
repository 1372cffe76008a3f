"""Items in, rows out: the layout that explains the window with the fewest irregular rows.

A widget is a repetition. Between two keys (days or hours) stand values, and somewhere between them
one row ends and the next begins. If the cut falls just before the key, rows open with their key; if
it falls just after, they close with it; if in between, the key stands inside its row. So a layout
is nothing but where the gaps are cut, and the best cuts, found by dynamic programming over the
gaps, make consecutive rows alike. Runs of keys followed by runs of as many values are columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from typing import Final

from .cities import rows_of_lists
from .columns import below_rows, columns_at, run_of_keys
from .cuts import best_cuts
from .grids import grid_at
from .groups import Group, Item
from .headed import dated_by, with_headers
from .model import AIR, DAILY, Kind, Period
from .several import (
    below_days,
    below_names,
    by_place,
    heads_places,
    in_paragraphs,
    under_names,
    without_a_day,
    without_labels,
)
from .titles import below, with_title


def group(block: Sequence[Item], day: Item | None = None) -> list[Group]:
    """Rows of a block, in the order of the page.

    `day`: of the last title above the block, if nothing but other text stands between.
    """
    if rows := _of_places_apart(block):
        rest = group([item for item in block if not item.entry], day)
        return sorted((*rest, *rows), key=_start)
    if listed := rows_of_lists(block, day):
        rest = group([item for item in block if not item.entry], day)
        return sorted((*rest, *listed), key=_start)
    if day is not None:
        if several := under_names([day, *block], [day]):
            return several
        return below(day, group(with_title(day, block)))
    groups: list[Group] = []
    before: list[Item] = []
    if not any([item.box for item in block]):
        return with_headers(_grouped(block))
    for table, part in groupby(block, key=lambda item: item.box and item.box[0]):
        items = list(part)
        boxed = _boxed(items) if table else []
        if not boxed:
            before += items
            continue
        head = [before.pop()] if before and before[-1].key else []  # the day, on top of its table
        groups += [*_grouped(before), *(Group(key, (), "key first") for key in head), *boxed]
        before = []
    return with_headers(groups + _grouped(before))


def _of_places_apart(block: Sequence[Item]) -> list[Group]:
    """Rows of places that a text tells of behind its day, with which the items of each begin."""
    groups: list[Group] = []
    for entry, part in groupby(block, key=lambda item: item.entry):
        day, *values = part
        if not entry or day.key is None or not day.key.has_day:
            continue
        if not any(item.key for item in values):
            groups.append(Group(None, tuple(values), "no key", header=day.key))
            continue
        rows = (row for row in with_headers(_grouped([day, *values])) if row.values)
        groups += (r._replace(key=None, header=day.key) if r.key is day else r for r in rows)
    return groups


def _start(row: Group) -> int:
    return min(item.span.start for item in (row.key, *row.values) if item)


def _boxed(items: Sequence[Item]) -> list[Group]:
    """Rows of a drawn table whose columns begin with their keys; none if it is another."""
    columns: dict[int, list[Item]] = {}
    for item in items:
        assert item.box
        columns.setdefault(item.box[1], []).append(item)
    if len(columns) < 2 or not all(
        column[0].key and not any(item.key for item in column[1:]) for column in columns.values()
    ):
        return []
    return [Group(key, tuple(values), "columns") for key, *values in columns.values()]


def _grouped(block: Sequence[Item]) -> list[Group]:
    """Rows of a block but for drawn tables."""
    rest, labels = _heads(_without_titles(block))
    groups: list[Group] = []
    at = start = 0
    while at < len(rest):
        end = run_of_keys(rest, at)
        columns = (grid_at(rest, at) or columns_at(rest, at, end)) if end > at + 1 else None
        if columns is None:
            at = max(end, at + 1)
            continue
        groups += _stacked(rest[start:at], labels)
        groups += columns[1]
        at = start = columns[0]
    return groups + _stacked(rest[start:], labels)


def _without_titles(block: Sequence[Item]) -> list[Item]:
    """A block without "now" where it is part of a label that names no value: "Current air quality".

    What stands below it is of days.
    """
    out: list[Item] = []
    for at, item in enumerate(block):
        if item.key is not None and item.key.period is Period.NOW:
            behind = list(takewhile(lambda other: other.kind is Kind.LABEL, block[at + 1 :]))
            after = block[at + 1 + len(behind)] if at + 1 + len(behind) < len(block) else None
            titles = behind and not (behind[0].lines or behind[0].words)
            if titles and after is not None and after.key is not None and after.lines:
                continue
        out.append(item)
    return out


def _heads(block: Sequence[Item]) -> tuple[list[Item], list[tuple[int, tuple[Item, ...]]]]:
    """The block without its table heads, and the heads with the place that each stands before.

    A head is a run of labels that name no value of their own. A single free label stays: in columns
    it names the run of values that follows.
    """
    rest: list[Item] = []
    heads: list[tuple[int, tuple[Item, ...]]] = []
    run: list[Item] = []
    if not any([item.kind == "l" for item in block]):
        return list(block), heads
    for item in [*block, None]:
        if item is not None and item.kind is Kind.LABEL and item.words == 0:
            run.append(item)
            continue
        if len(run) >= 2:
            start = item.span.start if item else run[-1].span.end
            heads.append((start, tuple(run)))
            if item is not None:
                lines = max(label.lines for label in (*run, item))
                item = item._replace(lines=max(item.lines, lines))
        else:
            rest += run
        run = []
        if item is not None:
            if item.kind is Kind.LABEL:
                run.append(item)
            else:
                rest.append(item)
    return rest, heads


def _stacked(items: Sequence[Item], heads: Sequence[tuple[int, tuple[Item, ...]]]) -> list[Group]:
    if any([item.kind == "l" for item in items]):
        items = list(without_labels(items))
    if not items:
        return []
    keys = [item for item in items if item.key is not None]
    if several := without_a_day(items):
        return [_headed(row, heads) for row in several]
    if not keys:
        return [_headed(row, heads) for row in by_place(items)]
    if several := (
        under_names(items, keys) or below_names(items, keys) or in_paragraphs(items, keys)
    ):
        return [_headed(row, heads) for row in several]
    if at := _below_text(items, keys):
        return [*_stacked(items[:at], heads), *_stacked(items[at:], heads)]
    gaps: list[list[Item]] = [[]]
    for item in items:
        if item.key is not None:
            gaps.append([])
        else:
            gaps[-1].append(item)
    if apart := _apart(keys, gaps):
        rest = _stacked(items[items.index(keys[apart]) :], heads)
        return [*(Group(key, (), "key first") for key in keys[:apart]), *rest]
    if len(keys) > 1 and heads_places(gaps[-1]):
        last = items.index(keys[-1])
        head = dated_by(keys[-2], keys[-1]) if not gaps[-2] else keys[-1]
        return [*_stacked(items[:last], heads), *_stacked([head, *items[last + 1 :]], heads)]
    if not gaps[0] and (stacked := below_days(keys, gaps[1:])):
        return [_headed(row, heads) for row in stacked]
    if rows := below_rows(keys, gaps):
        return [_headed(row, heads) for row in rows]
    cuts = best_cuts(keys, gaps)
    groups: list[Group] = []
    own = [(gaps[i][cuts[i].pre :], gaps[i + 1][: cuts[i + 1].post]) for i in range(len(keys))]
    shared = list(_shared(keys, own))
    for i, (gap, cut) in enumerate(zip(gaps, cuts, strict=True)):
        if i:
            pre, post = shared[i - 1]
            name = "key inside" if pre and post else "key last" if pre else "key first"
            name = name if (pre, post) == own[i - 1] else "columns"  # a cell of two of them
            groups.append(Group(keys[i - 1], (*pre, *post), name))
        middle = gap[cut.post : cut.pre]
        if i and _say_again(middle, gap[: cut.post]):
            groups[-1] = groups[-1]._replace(values=(*groups[-1].values, *middle))
        elif 2 * sum(item.place is not None for item in middle) < len(middle):
            groups.append(Group(None, tuple(middle), "no key"))
    return [_headed(row, heads) for row in groups] if heads else groups


def _apart(keys: Sequence[Item], gaps: Sequence[Sequence[Item]]) -> int:
    """How many keys stand without values in texts above a list: no rows of it are like those.

    "Tonight we clear out.⏎⏎TODAY⏎⏎Mostly cloudy⏎⏎High: 36⏎⏎TONIGHT⏎⏎Mostly clear⏎⏎Low: 20".
    """
    texts = (key.lines >= _BLANK and key.words > 0 for key in keys[1:])
    ends = (not (before or behind) for before, behind in pairwise(gaps))
    return sum(takewhile(bool, map(all, zip(texts, ends, strict=False))))


_BLANK: Final = 2  # lines: a blank one


def _say_again(values: Sequence[Item], row: Sequence[Item]) -> bool:
    """Whether values tell the high and the low of the row before them, and more: its details."""
    told, known = ({i.field: i.value for i in part if i.field in DAILY} for part in (values, row))
    return len(told) == len(DAILY) and told == known


def _below_text(items: Sequence[Item], keys: Sequence[Item]) -> int:
    """Where a day heads a list of places below a text about days; 0 if none does."""
    if keys[0].place is None:
        return 0
    headings = [key for key in keys if key.place is None and key.lines]
    at = items.index(headings[0]) if headings else 0
    return at if at and under_names(items[at:], headings) else 0


def _shared(
    keys: Sequence[Item], own: Sequence[tuple[Sequence[Item], Sequence[Item]]]
) -> Iterator[tuple[Sequence[Item], Sequence[Item]]]:
    """The values before each key and behind it, with those of the days that are named with it.

    "Sunny on Saturday and Sunday with highs near 70" says both of both.
    """
    first = 0
    for last in range(len(keys)):
        goes_on = last + 1 < len(keys) and not own[last][1] and not own[last + 1][0]
        if goes_on and _are_one(keys[last], keys[last + 1]):
            continue
        before, behind = own[first][0], own[last][1]
        # "Rain on Tuesday, but Wednesday is sunny"
        turns = [i for i in range(first + 1, last + 1) if keys[i].also == "but"]
        dealt = _dealt(behind, last + 1 - first)
        for at in range(first, last + 1):
            pre = own[at][0] if turns and at >= turns[0] else before
            post = own[at][1] if before and turns and at < turns[-1] else dealt[at - first]
            yield pre, post
        first = last + 1


def _dealt(values: Sequence[Item], days: int) -> list[list[Item]]:
    """The values of so many days; a list of as many temperatures has one of each in their order.

    "Sunday and Monday will be dry with highs of 14 and 17 degrees."
    """
    out: list[list[Item]] = [[] for _ in range(days)]
    start = 0
    for end in range(1, len(values) + 1):
        if end < len(values) and _go_on(values[end - 1], values[end]):
            continue
        listed = values[start:end]
        for place, own in enumerate(out):
            own += listed[place : place + 1] if len(listed) == days else listed
        start = end
    return out


def _go_on(one: Item, two: Item) -> bool:
    """Whether nothing stands between two temperatures that a label gave the same column."""
    degrees = one.kind in _NUMBERS and two.kind in _NUMBERS and one.field == two.field in AIR
    return degrees and not (two.words or two.lines)


_NUMBERS: Final = frozenset({Kind.TEMPERATURE, Kind.NUMBER})


def _are_one(key: Item, following: Item) -> bool:
    """Whether nothing but "and" stands between two days of a sentence."""
    days = [(i.key.weekday, i.key.date, i.key.day) for i in (key, following) if i.key]
    joined = key.place == following.place and following.words == 0 and not following.lines
    linked = following.also in ("and", "but")
    by_name = key.place is not None and all(i.key and i.key.weekday for i in (key, following))
    joined = joined and (linked or by_name)
    return joined and all(map(any, days)) and days[0] != days[1]


def _headed(row: Group, heads: Sequence[tuple[int, tuple[Item, ...]]]) -> Group:
    if not heads or not row.values:
        return row
    start = row.values[0].span.start
    if row.key is not None:
        start = min(start, row.key.span.start)
    above = bisect_right(heads, start, key=lambda head: head[0])
    return row._replace(labels=heads[above - 1][1]) if above else row
