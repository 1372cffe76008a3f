"""Items in, a group a place out, where one block tells of several places.

Each stands behind its name, on a day that stands once on top: "Today⏎Coast: cloudy⏎Hills: fog".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Final

from .accepts import ACCEPTS
from .blocks import paragraph
from .cuts import code_of, distance, speaks
from .groups import Group, Item
from .headed import dated_by
from .legends import rows_of_parts
from .model import AIR, DAILY, Key, Kind, Period

_NAMED_ALIKE: Final = 3  # columns with names that two places of a table share, whatever they lack
_BEGINNING: Final = 3  # values that two places have first, whatever is said behind
_PLACES_BARE: Final = 3  # places in a row that show a number without a unit to be a temperature


def below_days(keys: Sequence[Item], gaps: Sequence[Sequence[Item]]) -> list[Group]:
    """Lists of places, each below its day: "Friday 13.3⏎Haifa 19°⏎Eilat 26°"; none for others.

    `gaps`: what stands behind each key, if anything.
    """
    rows: list[Group] = []
    if any(not (gap or key.lines or key.words) for gap, key in zip(gaps, keys[1:], strict=False)):
        return []  # "Fri Sat Sun" on one line are heads of columns, or links
    for key, gap in zip(keys, gaps, strict=True):
        places = _places(gap)
        alone = len(keys) == 1 or (key.key and key.key.has_day and gap and gap[0].lines)
        if gap and not (places and alone):
            return []
        rows += [Group(None, part, "no key", header=key.key) for part in places]
    return rows


def under_names(items: Sequence[Item], keys: Sequence[Item]) -> list[Group]:
    """What is said of several places, each behind its name, on a day that stands once on top.

    "Today, Tuesday:⏎Coast: cloudy. West wind.⏎Hills: fog in the morning." A part of the day within
    says when of it. There may be the same of the next day, and some on top of them all.
    """
    if not any([item.named for item in items]):
        return []
    top = items.index(keys[0])
    if (top and keys[0].lines < 2) or not (keys[0].key and keys[0].key.has_day):
        return []
    groups = by_place(items[:top]) if top else []
    several = False
    above: Item | None = None  # a day on top of the next: "Forecast for Saturday⏎Today"
    for day in _from_each(items[top:], lambda item: _is_of_another_day(item, keys[0])):
        if any(item.opens for item in day[1:]):
            return []
        values = [item for item in day if item.key is None]
        if not values:
            above = day[0]
            continue
        head, above = dated_by(above, day[0]) if above else day[0], None
        parts = list(_from_each(values, lambda item: item.named))
        first = next((i for i, part in enumerate(parts) if any(map(_is_weather, part))), None)
        if first is None:
            return []
        parts = parts[first:]  # behind what stands above, "Warnings: 1. None"
        if not any(map(_is_weather, parts[-1])):
            parts.pop()  # of what stands below
        if not all(any(map(_is_weather, part)) for part in parts):
            return []
        if not parts[0][0].named:
            within = len(values) < len(day) - 1  # see below_names
            if within or len(parts) <= _PLACES_BARE or parts[0][0].kind is not Kind.CONDITION:
                return []
            told = tuple(without_labels(parts.pop(0)))
            near = told[0].words < _FAR
            row = Group(None, told, "no key", header=head.key)
            groups.append(Group(head, told, "key first") if near else row)
        several = several or len(parts) > 1
        for named, *rest in parts:
            told = tuple(without_labels([named._replace(words=0), *rest]))
            groups += rows_of_parts(told, head.key)
    return groups if several else []


_FAR: Final = 16  # words of other text between a day and what is said of it


def _is_of_another_day(item: Item, head: Item) -> bool:
    """Whether an item is a day, and not the one on top again in a line: "Leeds: sunny today"."""
    if not (item.key and item.key.has_day and head.key) or item is head:
        return False
    one, two = ((key.weekday, key.date, key.day) for key in (item.key, head.key))
    again = any(a is not None and a == b for a, b in zip(one, two, strict=True))
    return bool(item.lines) or not (again and item.place and not item.opens)


def below_names(items: Sequence[Item], keys: Sequence[Item]) -> list[Group]:
    """The same, where parts of the day have rows of their own, or the day has some on top.

    "TODAY⏎⏎Mostly dry.⏎⏎Coast:⏎⏎Cloudy. Max 8C. Tonight, clear. Min 4C.⏎⏎Hills:⏎⏎Rain. Max 6C. ..."
    """
    starts = [at for at, item in enumerate(items) if item.named and item.kind in _WEATHER]
    if len(starts) < _PLACES_BARE:
        return []
    above = [item for item in items[: starts[0]] if item.key is not None and item.key.facts]
    top = above[-1] if above else None
    if top is None or top.key is None or not top.key.has_day or top.key.period is not None:
        return []
    within = [item.key for item in items[starts[0] :] if item.key is not None]
    if any(key.period is None or key.weekday or key.date for key in within):
        return []
    first = items.index(top)
    lead = tuple(item for item in items[first + 1 : starts[0]] if item.key is None)
    if any(map(_is_weather, items[:first])):
        return []  # there are rows of other days above
    groups = [Group(top, lead, "key first")] if any(map(_is_weather, lead)) else []
    for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
        named, *rest = items[start:end]
        parts = list(_from_each([named._replace(words=0), *rest], lambda item: bool(item.key)))
        groups.append(Group(None, tuple(parts[0]), "no key", header=top.key))
        groups += [
            Group(key, tuple(values), "key first", header=top.key) for key, *values in parts[1:]
        ]
    return groups if all(any(map(_is_weather, group.values)) for group in groups) else []


def without_a_day(items: Sequence[Item]) -> list[Group]:
    """The same of places that no day stands above: sky and temperatures of each behind its name.

    "Coast: cloudy. Low 12, high 17 degrees.⏎Hills: fog in the morning. Low 6, high 14 degrees."
    Where no colon is behind the names, each has a line.
    """
    if len(items) < _PLACES_BARE or any(item.key and item.key.has_day for item in items):
        return []
    head = Key(items[0].span, period=Period.NOW)
    for begins in (attrgetter("named"), attrgetter("lines")):
        parts = list(_from_each(items, begins))
        said = [tuple(without_labels(i for i in part if i.key is None)) for part in parts]
        led = all(part[0].words for part in parts)
        if led and len(said) >= _PLACES_BARE and all(map(_is_whole, said)):
            rows = ((one._replace(words=0), *rest) for one, *rest in said)
            return [Group(None, row, "no key", header=head) for row in rows]
    return []


def _is_whole(items: Sequence[Item]) -> bool:
    """Whether items are what a bulletin says of a place: its sky, its high and its low."""
    return any(i.kind is Kind.CONDITION for i in items) and {i.field for i in items} >= DAILY


def in_paragraphs(items: Sequence[Item], keys: Sequence[Item]) -> list[Group]:
    """What a text says of several places, a paragraph each that names it, below one day.

    "Forecast for Wednesday⏎⏎Delhi will have light rain. The minimum will be 26 degrees ..."
    """
    head, *values = items
    if len(keys) != 1 or head is not keys[0] or not (head.key and head.key.has_day):
        return []
    parts = [tuple(part) for _, part in groupby(values, key=paragraph)]
    if len(parts) < 2 or paragraph(head) == paragraph(values[0]):
        return []
    said = [{Kind.TEMPERATURE if i.field in AIR else i.kind for i in part} for part in parts]
    alike = all(len(one & two) >= _SAID_ALIKE for one, two in pairwise(said))
    if not alike or not all(part[0].place and part[0].words for part in parts):
        return []
    first = (part[0]._replace(words=0) for part in parts)
    rows = zip(first, parts, strict=True)
    return [Group(None, (one, *part[1:]), "no key", header=head.key) for one, part in rows]


_SAID_ALIKE: Final = 2  # kinds of values that the texts of two places have in common


def _is_weather(item: Item) -> bool:
    """Whether an item is a sky or a temperature."""
    return item.kind in _WEATHER or (item.field in DAILY and item.kind is not Kind.LABEL)


_WEATHER: Final = frozenset({Kind.CONDITION, Kind.TEMPERATURE, Kind.PAIR})


def _from_each(items: Sequence[Item], begins: Callable[[Item], bool]) -> Iterator[list[Item]]:
    """Stretches of items, each from one that begins it up to the next such one."""
    starts = [i for i, item in enumerate(items) if begins(item) or i == 0]
    for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
        yield list(items[start:end])


def heads_places(gap: Sequence[Item]) -> bool:
    """Whether what stands behind the last key is of several places: "Around the country today"."""
    named = bool(gap) and gap[0].words > 0 and gap[0].lines > 0
    return named and len(_places(gap)) >= _PLACES_BARE


def without_labels(items: Iterable[Item]) -> Iterator[Item]:
    """Items but the free labels; what stands on a label's line begins that line."""
    lines = 0
    named = False
    for item in items:
        if item.kind is Kind.LABEL:
            lines = max(lines, item.lines)
            named = named or item.named
        else:
            if lines:
                item = item._replace(lines=max(lines, item.lines), named=named or item.named)
            yield item
            lines, named = 0, False


def by_place(items: Sequence[Item]) -> list[Group]:
    """Readings of several places, or else one reading of one."""
    parts = _places(items) or _from_the_same(items) or [tuple(items)]
    return [Group(None, part, "no key") for part in parts]


def _from_the_same(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Readings that each begin with the same label, behind a name: none if one is all there is.

    "Osaka⏎Temperature: 28 °C⏎Sky: clear⏎Note: ...⏎Dublin⏎Temperature: 21 °C⏎Sky: ..."
    """
    first = items[0].field
    starts = [
        i for i, item in enumerate(items) if item.field == first and item.words and item.lines
    ]
    if not first or len(starts) < _READINGS or starts[0] != 0:
        return []
    parts = [tuple(items[a:b]) for a, b in zip(starts, [*starts[1:], len(items)], strict=True)]
    if not all(speaks(list(map(code_of, part))) for part in parts):
        return []
    return [(part[0]._replace(words=0), *part[1:]) for part in parts]


_READINGS: Final = 2


def _places(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Readings of two places or more, each behind the words that name it: none if there are not.

    "London 12° cloudy⏎Paris 15° sunny" is no row of two conditions.
    """
    starts = [i for i, item in enumerate(items) if item.words]
    lines = [i for i in starts if items[i].lines or i == 0]
    starts = lines if len(lines) > 1 else starts
    if len(starts) < 2 or starts[0] != 0:
        return []
    parts = [tuple(items[a:b]) for a, b in zip(starts, [*starts[1:], len(items)], strict=True)]
    parts = [part for part in parts if any(item.kind is not Kind.MISSING for item in part)]
    shapes = [tuple(map(code_of, part)) for part in parts]
    if len(parts) > _PLACES_BARE and shapes[0] == (Kind.CONDITION,) and _are_alike(*shapes[1:3]):
        alone = not _are_alike(*shapes[:2])  # of another text above: "A widget :sunny:"
        parts, shapes = parts[alone:], shapes[alone:]
    while len(parts) > _PLACES_BARE and not _are_alike(shapes[0], shapes[-1]):
        parts.pop()  # of another text below
        shapes.pop()
    bare = len(parts) >= _PLACES_BARE
    alike = all(_are_alike(one, two) for one, two in pairwise(shapes))
    if not alike or not all(speaks(shape, bare) for shape in shapes):
        return []
    return [(part[0]._replace(words=0), *part[1:]) for part in parts]


def _are_alike(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether two places, as the codes of their values, have the same values or nearly so."""
    return (
        distance(one, two) <= 1
        or (len(one) >= _BEGINNING and one[:_BEGINNING] == two[:_BEGINNING])
        or len(set(one) & set(two) & ACCEPTS.keys()) >= _NAMED_ALIKE
    )
