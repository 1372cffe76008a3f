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
from typing import Final

from .blocks import paragraph
from .data import languages
from .groups import Item, is_warm
from .model import DAILY, Key, Kind, Token
from .names_in_text import end_of_name
from .places_in_text import Part, are_apart, are_names_alone, has_parts
from .prose import Place, sentences


def told_apart(
    items: Sequence[Item], tokens: Sequence[Token], at: Sequence[Place | None], page: str
) -> list[Item]:
    """Items of a window; those of another place in such a text have its name as their `entry`.

    `at`: where in running text each token stands. Parts of the day within only say when of it.
    """
    out: list[Item | None] = list(items)
    if sum(is_warm(item) for item in items if item.place) < _LEAST or any(i.entry for i in items):
        return list(items)
    names = list(_openings(tokens, at, page))
    if not names or not are_names_alone(tokens, at, page):
        return list(items)
    for part in _parts(items, names):
        within = has_parts(items, [part])
        for i in part.items:
            said = items[i].kind is not Kind.LABEL if items[i].key is None else within
            out[i] = items[i]._replace(entry=part.name, words=0, named=False) if said else None
    return [item for item in out if item is not None]


_LEAST: Final = 2  # temperatures


@dataclass(slots=True)
class _Day:
    """What a text has said of the day that it is about, and the place that it tells of now."""

    key: Key | None = None
    said: set[str] = field(default_factory=set)  # columns of its temperatures
    names: set[str] = field(default_factory=set)  # of the place that they are of, if any
    name: str = ""  # of the other place,
    part: list[int] = field(default_factory=list)  # and the items of it


def _parts(
    items: Sequence[Item], names: Sequence[tuple[Place, str]]
) -> Iterator[Part]:
    """The other places of each day with the items of all sentences about them.

    `names`: what sentences begin with.
    """
    day = _Day()
    rest = deque(names)
    for place, group in groupby(range(len(items)), key=lambda i: items[i].place):
        sentence = list(group)
        keys = [key for i in sentence if (key := items[i].key)]
        dated = [key for key in keys if key.has_day]
        name = ""
        while place and rest and rest[0][0].sentence <= place.sentence:
            opened, found = rest.popleft()
            name = found if opened.paragraph == place.paragraph else ""
        apart = day.key is None or any(are_apart(day.key, key) for key in dated)
        if apart or name or not place or not all(key.facts for key in keys) or not _goes_on(items, day, sentence):
            yield from _closed(items, day)
            day.name, day.part = "", []
        if apart and dated:
            day = _Day(dated[-1])
        if name and day.key and day.said and name not in day.names:
            day.name = name
        elif name:
            day.names.add(name)
        if day.name:
            day.part += sentence
        else:
            day.said |= _said(items, sentence)
    yield from _closed(items, day)


def _goes_on(items: Sequence[Item], day: _Day, sentence: Sequence[int]) -> bool:
    """Whether a sentence without a name is about the place of the one before.

    It is in the paragraph of that, or the first one that says how warm it is there.
    """
    below = day.part and paragraph(items[day.part[-1]]) == paragraph(items[sentence[0]])
    return bool(below) or not _said(items, day.part)


def _closed(items: Sequence[Item], day: _Day) -> Iterator[Part]:
    """What a day has of another place, if it says what is said of the day before it."""
    said = _said(items, day.part)
    if said & day.said:
        yield Part(day.name, day.part)
    else:
        day.said |= said


def _said(items: Sequence[Item], part: Sequence[int]) -> set[str]:
    """The columns of the temperatures of a part of the text; without a label they are of highs."""
    warm = (items[i].field for i in part if is_warm(items[i]))
    return {field if field in DAILY else "temperature_max" for field in warm}


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
    first = next((i for i in sentence if tokens[i].span.start >= led.end()), stop)
    end = end_of_name(tokens, first, stop, page)
    if end == first or tokens[first].value in _OF_NO_NAME:
        return ""
    return page[tokens[first].span.start : tokens[end - 1].span.end]


_OF_NO_NAME: Final = frozenset({"nowhere", "front"})


@cache
def _led() -> re.Pattern[str]:
    """A word for "in", another short one before it at most, and a word for the capital if any."""
    within = {form for language in languages().values() for form in language.within}
    capital = {form for language in languages().values() for form in language.capital}
    led, town = (
        "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) for forms in (within, capital)
    )
    return re.compile(
        rf"(?:[^\W\d_]{{1,4}}[ ])??(?:{led})[ ](?:(?P<capital>{town})(?!\w))?", re.IGNORECASE
    )
