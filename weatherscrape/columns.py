"""Items in, the rows of a table out whose keys stand in a run, and its values in runs as long.

"Mon Tue Wed", "12° 14° 11°", "rain fog snow".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final

from .accepts import ACCEPTS
from .groups import Group, Item
from .model import DAILY, Kind, Quantity, Span


def run_of_keys(items: Sequence[Item], at: int) -> int:
    """Where the keys end that stand together from `at` on."""
    end = at
    while end < len(items) and items[end].key is not None and (end == at or items[end].words == 0):
        end += 1
    return end


def columns_at(items: Sequence[Item], at: int, end: int) -> tuple[int, list[Group]] | None:
    """Keys in a run and as many values of each kind behind it: (where it ends, the rows)."""
    if items[at].place:
        return None  # "Tuesday and Wednesday" of a sentence
    for keys in _heads_of_columns(items[at:end]):
        n = len(keys)
        if len({key.key and key.key._replace(span=_NOWHERE) for key in keys}) == 1:
            continue  # "Today's weather⏎Today": one day, named again
        after, runs = _runs(items, end, n)
        calendar = any(map(_is_calendar, runs))
        runs = [run for run in runs if not _is_calendar(run)]
        whole = after == len(items) or items[after].key is not None
        if calendar or len(runs) >= (1 if n > 2 or whole else 2):
            rows = [Group(keys[i], tuple(run[i] for run in runs), "columns") for i in range(n)]
            return after, rows
    return None


def below_rows(keys: Sequence[Item], gaps: Sequence[Sequence[Item]]) -> list[Group]:
    """Rows of a list with a value each, whose other values stand in runs below all of it.

    "Today⏎Rain⏎Tonight⏎Fog⏎Friday⏎Clear⏎High 12°⏎Low 7°⏎High 14°". `gaps`: what stands before the
    first key, and behind each.
    """
    n = len(keys)
    first, *rows, last = gaps
    if n < _LIST or any(len(row) != 1 or row[0].kind is not rows[0][0].kind for row in rows):
        return []
    if len(last) <= n or last[0].kind is not rows[0][0].kind or not last[1].lines:
        return []
    end, runs = _runs(last, 1, n)
    if not runs or end < len(last) or any(run[0].kind is last[0].kind for run in runs):
        return []
    own = [*[row[0] for row in rows], last[0]]
    above = [Group(None, tuple(first), "no key")] if first else []
    return above + [
        Group(key, (own[i], *[run[i] for run in runs]), "columns") for i, key in enumerate(keys)
    ]


_LIST: Final = 3  # keys of a list


def _is_calendar(run: Sequence[Item]) -> bool:
    """Whether values are the days of a week in a calendar: "Mon Tue ... Sun⏎13 14 ... 19"."""
    days = [item.value.value for item in run if isinstance(item.value, Quantity) and not item.field]
    return len(days) == len(run) >= _WEEK_DAYS and all(
        item.kind is Kind.NUMBER and two - one == 1
        for item, (one, two) in zip(run, pairwise(days), strict=False)
    )


_WEEK_DAYS: Final = 5  # numbers that go on one by one are no temperatures


def _heads_of_columns(keys: Sequence[Item]) -> Iterator[list[Item]]:
    """Readings of a run of keys: one a column, or days and then the dates or hours below them.

    Below each of k days may stand as many hours or parts of the day.
    """
    yield list(keys)
    k = next((i for i, key in enumerate(keys) if key.kind is not keys[0].kind), len(keys))
    if both := _below(keys[:k], keys[k:]):
        yield both
    kinds = [list(run) for _, run in groupby(keys, key=lambda key: key.kind)]
    if len(kinds) > 2:  # "Thursday⏎Morning⏎Evening⏎6-12⏎18-22"
        each = kinds[0]
        for below in kinds[1:]:
            each = _below(each, below)
        if each:
            yield each


def _below(above: Sequence[Item], below: Sequence[Item]) -> list[Item]:
    """Keys joined with those that stand below them, as many below each; none if they cannot be."""
    if not above or len(below) < 2 or len(below) % len(above):
        return []
    each = len(below) // len(above)
    both = [joint(above[i // each], key) for i, key in enumerate(below)]
    return [key for key in both if key] if all(both) else []


def joint(above: Item, below: Item) -> Item | None:
    """Both keys as one, if they say different things."""
    one, two = above.key, below.key
    assert one and two
    facts = {name: getattr(two, name) for name in _FACTS if getattr(two, name) is not None}
    if any(getattr(one, name) is not None for name in facts):
        return None
    return above._replace(span=two.span, key=one._replace(span=two.span, **facts))


_NOWHERE: Final = Span(0, 0)
_FACTS: Final = ("weekday", "date", "day", "period", "clock")


def _runs(items: Sequence[Item], at: int, n: int) -> tuple[int, list[tuple[Item, ...]]]:
    """Runs of n values of one kind from `at` on. A label before a run names all of it."""
    runs: list[tuple[Item, ...]] = []
    while True:
        label = items[at] if at < len(items) and items[at].kind == "l" else None
        start = at + (label is not None)
        each = items[at : at + 2 * n]  # "feels like 6°⏎feels like 5°"
        if label and _are_labelled(each, label.field) and len(each) == 2 * n:
            runs.append(named(each[1::2], label))
            at += 2 * n
            continue
        double = items[start : start + 2 * n]
        run = double[:n]
        if len(run) < n or any(i.words for i in run[1:]) or any(i.key for i in run):
            return at, runs
        if len(double) == 2 * n and _are_twice(double):
            runs.append(named(double[0::2], label))
            at = start + 2 * n
            continue
        pairs = len(double) == 2 * n and are_alike(double[0::2]) and are_alike(double[1::2])
        if pairs and (not are_alike(run) or (are_alike(double) and _interleaved(double))):
            runs += [named(double[0::2], label), named(double[1::2], None)]
            at = start + 2 * n
        elif are_alike(run) or _are_by_turns(run):
            runs.append(named(run, label))
            at = start + n
        else:
            return at, runs


def _are_twice(items: Sequence[Item]) -> bool:
    """Whether each sky stands twice, as its icon's name and in words: "Fog⏎Fog⏎Rain⏎Rain"."""
    skies = [item.value for item in items if item.kind is Kind.CONDITION]
    return len(skies) == len(items) and skies[0::2] == skies[1::2] and len({*skies}) > 1


def _are_labelled(items: Sequence[Item], field: str) -> bool:
    """Whether items are values of one kind, each behind the same label."""
    labels, values = items[::2], items[1::2]
    named = all(item.kind == "l" and item.field == field for item in labels)
    return named and bool(values) and are_alike(values)


def named(run: Sequence[Item], label: Item | None) -> tuple[Item, ...]:
    """A run with the label and the unit that stand once, before it or with its first value.

    What a label cannot name is of a column that we do not know: "low | 2 km/h | 3 km/h".
    """
    first = run[0].value
    field = label.field if label else run[0].field
    unit = first.unit if isinstance(first, Quantity) else None
    if label is not None and isinstance(label.value, str):
        unit = label.value
    if not field or any(item.field for item in run[1:]):
        return tuple(run)
    kind = next((item.kind for item in run if item.kind is not Kind.MISSING), Kind.MISSING)
    if label is not None and kind not in ACCEPTS.get(field, (kind,)):
        field = "other"
    return tuple(item._replace(field=field, value=_in_unit(item.value, unit)) for item in run)


def _in_unit(value: object, unit: str | None) -> object:
    if isinstance(value, Quantity) and value.unit is None:
        return replace(value, unit=unit)
    return value


def are_alike(run: Sequence[Item]) -> bool:
    """Whether values are of one kind, but for those that are missing, and one label names them."""
    there = [item for item in run if item.kind is not Kind.MISSING]
    kinds = {item.kind for item in there}
    fields = {item.field for item in there if item.field}
    if fields and fields != {there[0].field}:
        return False
    return len(kinds) == 1 or kinds == {Kind.NUMBER, Kind.TEMPERATURE}


def _are_by_turns(run: Sequence[Item]) -> bool:
    """Whether values are highs of days and lows of nights: "High 82   Low 72   High 80"."""
    one, two = run[0::2], run[1::2]
    named = {item.field for item in run}
    return named == DAILY and are_alike(one) and are_alike(two) and run[0].kind is run[1].kind


def _interleaved(run: Sequence[Item]) -> bool:
    """Whether 2n temperatures are n pairs of high and low, not n highs and then n lows."""
    numbers = [item.value.value for item in run if isinstance(item.value, Quantity)]
    if any(item.field for item in run):
        return False
    if len(numbers) != len(run) or run[0].kind not in (Kind.TEMPERATURE, Kind.NUMBER):
        return False
    n = len(run) // 2
    if n > 2 and all(i.lines for i in run[2::2]) and not any(i.lines for i in run[1::2]):
        return True  # two on each line
    pairs = all(a >= b for a, b in zip(numbers[0::2], numbers[1::2], strict=True))
    halves = all(a >= b for a, b in zip(numbers[:n], numbers[n:], strict=True))
    return pairs and not halves
