"""Items in, those of a text that tells of one place after another with its name as their entry.

"Arden will have a low of 6 °C and a high of 23 °C, while in Carrow it will be 24 °C. ..." on a day
that is named once: each place is a row, of what is said from its name up to the next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from .blocks import paragraph
from .groups import Item, is_warm
from .model import Key, Kind, Token
from .names_in_text import Name, is_led, names_in
from .prose import Place, sentences

_LEAST: Final = 3  # places with temperatures
_PAIR: Final = 2  # of one sentence that compares them
_LEAD: Final = 4  # words before a name that begins a clause: "while in", "mientras que en"


class _Part(NamedTuple):
    """The items of a sentence that tell of a place; of the one before, if `name` is ""."""

    name: str
    items: list[int]


def told_of_places(
    items: Sequence[Item], tokens: Sequence[Token], at: Sequence[Place | None], page: str
) -> list[Item]:
    """Items of a window; those of such a text have the name of their place as their `entry`.

    `at`: where in running text each token stands. Parts of the day within only say when of it.
    """
    warm = sum(is_warm(item) for item in items if item.place)
    if warm < _PAIR or not _are_names_alone(tokens, at, page):
        return list(items)
    out: list[Item] = []
    done = 0
    for run in _runs(items, tokens, at, page):
        start = run[0].items[0]
        out += items[done:start]
        told = list(_told(items, run))
        out += [told[0]._replace(words=items[start].words), *told[1:]]
        done = run[-1].items[-1] + 1
    return [*out, *items[done:]]


def _told(items: Sequence[Item], run: Sequence[_Part]) -> Iterator[Item]:
    """The day of the first sentence, and the values of all, each with the name of its place."""
    first = items[run[0].items[0]].place
    for i in (i for part in run for i in part.items):
        key = items[i].key
        if key is not None and key.has_day and items[i].place == first:
            yield items[i]._replace(words=0)
    within = _has_parts(items, run)
    for part in run:
        for i in part.items:
            when = within and i in part.items[:-1] and is_warm(items[i + 1])
            if (items[i].key is None or when) and items[i].kind is not Kind.LABEL:
                yield items[i]._replace(entry=part.name, words=0, named=False)


def _has_parts(items: Sequence[Item], run: Sequence[_Part]) -> bool:
    """Whether all temperatures stand behind a part of the day, and a place has those of two.

    "In Arden 21 to 23 °C by day, ...": "In Arden by day 21 to 23 °C, by night 8 °C."
    """
    parts: Counter[str] = Counter()
    for part in run:
        for i in part.items:
            if not is_warm(items[i]):
                continue
            key = items[i - 1].key if i > part.items[0] else None
            if key is None or key.has_day or key.clock or items[i].lines:
                return False
            parts[part.name] += 1
    return max(parts.values()) > 1


def _are_names_alone(tokens: Sequence[Token], at: Sequence[Place | None], page: str) -> bool:
    """Whether names stand out by their capitals: words of weather in sentences have none."""
    inside = [
        page[token.span.start].isupper()
        for token, before, place in zip(tokens[1:], at, at[1:], strict=False)
        if token.kind in _OF_WEATHER and place is not None and place == before
    ]
    return _SHARE * sum(inside) < len(inside)


_OF_WEATHER: Final = frozenset({Kind.CONDITION, Kind.LABEL})
_SHARE: Final = 3


def _runs(
    items: Sequence[Item], tokens: Sequence[Token], at: Sequence[Place | None], page: str
) -> Iterator[list[_Part]]:
    """Sentences about one day, one behind the other, that tell how warm enough places are."""
    within = {at[indices[0]]: indices for indices in sentences(at)}
    run: list[_Part] = []
    aside: list[_Part] = []  # said since then, of the last place if another one follows
    day: Key | None = None
    for place, group in groupby(range(len(items)), key=lambda i: items[i].place):
        sentence = list(group)
        days = [key for i in sentence if (key := items[i].key) and key.has_day]
        apart = any(_are_apart(day, key) for key in days)
        day = days[-1] if days else day
        if not any(items[i].key is None and items[i].kind is not Kind.LABEL for i in sentence):
            if apart:
                yield from _enough(items, run, page)
                run = []
            continue
        parts: list[_Part] = []
        if place is not None and not any(items[i].entry for i in sentence):
            told = any(_is_weather(items[i]) for i in sentence)  # and not just a wind
            names = names_in(tokens, within[place], page) if told else []
            if not names or _leads(names[0], [items[i] for i in sentence]):
                parts = _parts(items, sentence, names, page)
        if not apart and parts and _is_aside(items, run, parts, bool(aside)):
            aside += parts
            continue
        if apart or not (parts and (parts[0].name or _goes_on(items, run, sentence))):
            yield from _enough(items, run, page)
            run = []
        if run or (day and parts and parts[0].name):
            run += [*(aside if run else ()), *parts]
        aside = []
    yield from _enough(items, run, page)


def _leads(name: Name, sentence: Sequence[Item]) -> bool:
    """Whether a name stands before all temperatures: not "12 to 15 °C (12 °C in Brest)"."""
    return all(name.span.start < item.span.start for item in sentence if is_warm(item))


def _are_apart(one: Key | None, two: Key) -> bool:
    """Whether two keys name different days."""
    if one is None:
        return False
    pairs = ((one.weekday, two.weekday), (one.date, two.date), (one.day, two.day))
    return any(a is not None and b is not None and a != b for a, b in pairs)


def _is_aside(
    items: Sequence[Item], run: Sequence[_Part], parts: Sequence[_Part], among: bool
) -> bool:
    """Whether a sentence tells the sky of parts of the day, or goes on from one (`among`).

    "Arden will have 21 °C. In the morning light rain, later cloudy. Carrow will have 24 °C."
    """
    if not run or parts[0].name:
        return False
    told = [items[i] for part in parts for i in part.items]
    led = among or (told[0].key is not None and any(map(_is_weather, told)))
    return led and not any(map(is_warm, told)) and _is_below(items, run, told[0])


def _is_below(items: Sequence[Item], run: Sequence[_Part], item: Item) -> bool:
    """Whether an item stands in the paragraph that a run ends in."""
    return paragraph(items[run[-1].items[-1]]) == paragraph(item)


def _goes_on(items: Sequence[Item], run: Sequence[_Part], sentence: Sequence[int]) -> bool:
    """Whether a sentence without a name is about the place of the one before: "It is cloudy".

    "Overnight a low of 8" is about another time.
    """
    told = [items[i] for i in sentence]
    timed = any(item.key for item in told)
    if (
        not run
        or (timed and any(map(is_warm, told)))
        or (told[0].key and any(map(_is_weather, told)))
    ):
        return False
    return _is_below(items, run, items[sentence[0]])


def _is_weather(item: Item) -> bool:
    return item.kind is Kind.CONDITION or is_warm(item)


def _enough(items: Sequence[Item], run: Sequence[_Part], page: str) -> Iterator[list[_Part]]:
    """A run with names in all its parts, if enough of the places have temperatures."""
    parts: list[_Part] = []
    for part in run:
        parts.append(part if part.name else part._replace(name=parts[-1].name))
    warm = {part.name for part in parts if any(is_warm(items[i]) for i in part.items)}
    told = [at for at, part in enumerate(parts) if part.name in warm]  # not what is said around
    if len(warm) >= _LEAST or (len(warm) == _PAIR and _are_compared(items, parts, page)):
        yield parts[told[0] : told[-1] + 1]


def _are_compared(items: Sequence[Item], parts: Sequence[_Part], page: str) -> bool:
    """Whether a sentence tells the same of two places: "Arden has 24 °C, while Carrow has 26"."""
    told = [[i for i in part.items if is_warm(items[i])] for part in parts]
    said = [{items[i].field for i in warm} for warm in told if warm]
    one = len({items[i].place for part in parts for i in part.items}) == 1
    first = next(at for at, warm in enumerate(told) if warm)
    start = page.rfind(parts[first].name, 0, items[told[first][0]].span.start)
    return one and all(fields == said[0] for fields in said) and is_led(page, start)


def _parts(
    items: Sequence[Item], sentence: Sequence[int], names: Sequence[Name], page: str
) -> list[_Part]:
    """The parts of a sentence: the first name is that of all before it, too."""
    parts = [_Part(page[slice(*names[0].span)] if names else "", [])]
    rest = list(names[1:])
    for i in sentence:
        while rest and rest[0].span.start < items[i].span.start:
            name = rest.pop(0)
            told = parts[-1].items
            if (start := _clause(items, told, name, page)) >= 0:
                parts.append(_Part(page[slice(*name.span)], told[start:]))
                del told[start:]
        parts[-1].items.append(i)
    return parts


def _clause(items: Sequence[Item], told: Sequence[int], name: Name, page: str) -> int:
    """Where a name begins to be what a sentence is about, behind items of another; -1 if not.

    ", while in Carrow it will be 24 °C", "while a sunny Carrow will have 24 °C".
    """
    start = name.span.start
    end = len(told)
    if told and items[told[-1]].kind is Kind.CONDITION:
        end -= not page[items[told[-1]].span.end : start].strip()
    if not end or not any(is_warm(items[i]) for i in told[:end]):
        return -1
    until = items[told[end]].span.start if end < len(told) else start
    between = page[items[told[end - 1]].span.end : until].split()
    led = len(between) <= _LEAD and not any(word[0].isupper() for word in between)
    return end if led else -1
