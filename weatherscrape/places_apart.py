"""Items in, those that a text says of another place, behind what it says of the day, named out.

"Today 26 to 29 °C. In Carrow sunny, with a low of 16 and a high of 28 °C.": it is a row of that day
if the day has values of the same kind already, so that it can be no more of the same row.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from .cuts import code_of
from .groups import Item, is_warm
from .model import DAILY, Key, Token
from .names_in_text import any_of, end_of_name
from .prose import Place, sentences


def told_apart(
    items: Sequence[Item], tokens: Sequence[Token], at: Sequence[Place | None], page: str
) -> list[Item]:
    """Items of a window; those of another place in such a text have its name as their `entry`.

    `at`: where in running text each token stands. Parts of the day within only say when of it.
    """
    warm = sum(is_warm(item) for item in items if item.place)
    if warm < _LEAST or any(item.entry for item in items):
        return list(items)
    names = list(_openings(tokens, at, page))
    if not names:
        return list(items)
    out: list[Item] = []
    done = 0
    for part in _parts(items, names):
        start = part.items[0]
        out += items[done:start]
        day = _day_of(items, part)._replace(place=items[start].place)
        told = _with_parts([items[i] for i in part.items])
        out += (i._replace(entry=part.name, lines=0, words=0, named=False) for i in (day, *told))
        done = part.items[-1] + 1
    return [*out, *items[done:]]


_LEAST: Final = 2  # temperatures


def _day_of(items: Sequence[Item], part: _Part) -> Item:
    """The item that names the day of a place, without a part of the day if another one follows."""
    day = items[part.day]
    over = any(item.key for item in items[part.day + 1 : part.items[0]])
    return day._replace(key=day.key._replace(period=None, clock=None)) if day.key and over else day


def _with_parts(items: Sequence[Item]) -> list[Item]:
    """Items of a place, with the keys if temperatures of one kind are of two parts of the day.

    "In Carrow fog in the morning, later sunny, with a low of 8 and a high of 21 °C" is one row.
    """
    columns = [_column(item) for item in items if is_warm(item)]
    if len(set(columns)) < len(columns) and len({item.key for item in items if item.key}) > 1:
        return list(items)
    return [item for item in items if item.key is None]


class _Part(NamedTuple):
    """The items of another place, and the one that names their day."""

    name: str
    day: int
    items: list[int]


@dataclass(slots=True)
class _Day:
    """What a text has said of the day that it is about, and of the other places so far."""

    at: int  # of the item that names it; -1 if none does
    said: set[str] = field(default_factory=set)  # columns of its temperatures
    names: set[str] = field(default_factory=set)  # of the place that they are of, if any
    others: list[_Part] = field(default_factory=list)
    part: _Part | None = None  # of the place that it tells of now, if that is another one


def _parts(items: Sequence[Item], names: Sequence[tuple[Place, str]]) -> Iterator[_Part]:
    """The other places of each day with the items of all sentences about them.

    `names`: what sentences begin with.
    """
    rest = deque(names)
    day = _Day(-1)
    days: set[object] = set()
    for place, group in groupby(range(len(items)), key=lambda i: items[i].place):
        sentence = list(group)
        name = ""
        while place and rest and rest[0][0].sentence <= place.sentence:
            opened, found = rest.popleft()
            name = found if opened.paragraph == place.paragraph else ""
        if name or not place or not _goes_on(items, day, sentence):
            _close(items, day)
        dated = [i for i in sentence if (key := items[i].key) and key.has_day]
        if dated and _is_new(items, day, dated):
            _close(items, day)
            facts = _facts(items[dated[-1]].key)
            if facts.isdisjoint(days):  # else the text has begun anew with the name of the place
                yield from day.others
            days |= facts
            day = _Day(dated[-1])
        if name and day.at >= 0 and day.said and name not in day.names:
            day.part = _Part(name, day.at, [])
        elif name:
            day.names.add(name)
        if day.part:
            day.part.items.extend(sentence)
        else:
            day.said |= _said(items, sentence)
    _close(items, day)
    yield from day.others


def _is_new(items: Sequence[Item], day: _Day, dated: Sequence[int]) -> bool:
    """Whether a sentence names another day than the text before it, as far as one can tell."""
    if day.at < 0:
        return True
    old = _facts(items[day.at].key)
    return any(old.isdisjoint(_facts(items[i].key)) for i in dated)


def _facts(key: Key | None) -> set[object]:
    """What a key says of its day."""
    return {fact for fact in (key.weekday, key.date, key.day) if fact} if key else set()


def _goes_on(items: Sequence[Item], day: _Day, sentence: Sequence[int]) -> bool:
    """Whether a sentence without a name is about the place of the one before.

    It is on the line of that, or on the next and says something else, or the first one that says
    how warm it is there, and not about a time that no row has: "in the days to come".
    """
    if not all(key.facts for i in sentence if (key := items[i].key)):
        return False
    lines = items[sentence[0]].lines
    if not lines or day.part is None or not _said(items, day.part.items):
        return True
    one, two = ({code_of(items[i]) for i in part} for part in (day.part.items, sentence))
    return lines == 1 and not one & two


def _close(items: Sequence[Item], day: _Day) -> None:
    """Another place is told of, if that says what is said of the day before it; else it is none."""
    if day.part is None:
        return
    said = _said(items, day.part.items)
    if said & day.said:
        day.others.append(day.part)
    else:
        day.said |= said
    day.part = None


def _said(items: Sequence[Item], part: Sequence[int]) -> set[str]:
    """The columns of the temperatures of a part of the text."""
    return {_column(items[i]) for i in part if is_warm(items[i])}


def _column(item: Item) -> str:
    """The column of a temperature: without a label it is that of the high."""
    return item.field if item.field in DAILY else "temperature_max"


def _openings(
    tokens: Sequence[Token], at: Sequence[Place | None], page: str
) -> Iterator[tuple[Place, str]]:
    """Sentences that begin with the name of a place behind a word for "in", with that name."""
    for sentence in sentences(at):
        place = at[sentence[0]]
        if place and (name := _name(tokens, sentence, page)):
            yield place, name


def _name(tokens: Sequence[Token], sentence: Sequence[int], page: str) -> str:
    """The name that a sentence begins with: "U Beogradu", "En Lima Este", "У столиці"."""
    led = _led().match(page, tokens[sentence[0]].span.start)
    if led is None:
        return ""
    if led["capital"]:
        return led["capital"]
    stop = sentence[-1] + 1
    if page[tokens[sentence[0]].span.start : tokens[sentence[-1]].span.end].isupper():
        return ""  # where all words have capitals no name stands out
    first = next((i for i in sentence if tokens[i].span.start >= led.end()), stop)
    end = end_of_name(tokens, first, stop, page)
    if end == first or tokens[first].value in _OF_NO_NAME:
        return ""
    return page[tokens[first].span.start : tokens[end - 1].span.end]


_OF_NO_NAME: Final = frozenset({"nowhere", "front"})


@cache
def _led() -> re.Pattern[str]:
    """A word for "in", another short one before it at most, and a word for the capital if any."""
    led, town = any_of("within"), any_of("capital")
    return re.compile(
        rf"(?:[^\W\d_]{{1,4}}[ ])??{led}[ ](?:(?P<capital>{town})(?!\w))?", re.IGNORECASE
    )
