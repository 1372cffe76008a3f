"""Items in, those of a text in chapters out: days that stand alone on their lines, in their order.

"Saturday 21 November⏎⏎Showers. Winds westerly, easing in the evening.⏎⏎Sunday 22 November⏎⏎..."
All below a heading is of its day, whatever else it names within its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from .dates import step
from .groups import Item
from .headings import leads
from .model import Key, Period

_LEAST: Final = 3  # headings
_WORDS: Final = 3  # of other text before a value, that speak against it: a chapter may have more
_MOST_WORDS: Final = 16  # behind so many, another text begins


def in_chapters(items: Sequence[Item], page: str) -> list[Item]:
    """Items of a window; within chapters without the keys that only say when of its day."""
    heads = [
        at
        for at, item in enumerate(items)
        if (item.words <= _MOST_WORDS or not at) and _is_heading(item, page)
    ]
    while len(heads) >= _LEAST and not _fills(items, heads[-1] + 1):
        heads.pop()  # of what is no weather: tides
    if len(heads) < _LEAST:
        return list(items)
    chapters = list(_chapters(items, heads, page))
    in_order = all(_follows(items[a].key, items[b].key) for a, b in pairwise(heads))
    if not (
        in_order
        and all(
            _is_text(items[at], chapter, page, items[end].span.start if end else len(page))
            for at, end, chapter in zip(heads, [*heads[1:], 0], chapters, strict=True)
        )
    ):
        return list(items)
    out = list(items[: heads[0]])
    for at, chapter in zip(heads, chapters, strict=True):
        words = min(items[at].words, _WORDS) if at > heads[0] else items[at].words
        out.append(items[at]._replace(opens=True, words=words))
        out += _without_asides(items[at], chapter, page)
    return out + list(items[heads[-1] + 1 + len(chapters[-1]) :])


def _fills(items: Sequence[Item], at: int) -> bool:
    """Whether the next thing that is said is a value."""
    return at < len(items) and items[at].key is None and items[at].words < _MOST_WORDS


def _is_text(head: Item, chapter: Sequence[Item], page: str, end: int) -> bool:
    """Whether what stands below a heading says something in sentences, and of one place.

    `end`: where the next heading stands.
    """
    values = [item for item in chapter if item.key is None]
    if not values or sum(item.named for item in values) > 1:
        return False
    end = min(end, values[-1].span.end + _NEARBY)
    return _SENTENCE.search(page, head.span.end, end) is not None


_SENTENCE: Final = re.compile(r"(?<!\d )(?<![^\W\d_])[^\W\d_]++[.。।]\s")  # not of "14 okt."
_NEARBY: Final = 100  # characters behind the last value


def _without_asides(head: Item, chapter: Sequence[Item], page: str) -> Iterator[Item]:
    """The items of a chapter but the keys within its lines, which only say when of its day.

    A key that leads on to the next lines is none, nor is one that goes on with another key, nor
    the night of a day: "Sunday⏎Rain. High 8. Sunday night clearing. Low 3."
    """
    last = head
    of_a_day = head.key is not None and head.key.period is None
    for item in chapter:
        goes_on = item.lines == 0 and item.words == 0 and last.key is not None
        goes_on = goes_on or (of_a_day and _is_night_of_a_day(item))
        opens = _opens_line(item, page) or _is_of_another_day(item, head, page)
        if not item.key or goes_on or opens or leads(page, item.span.end):
            yield item._replace(words=min(item.words, _WORDS))
        last = item


def _is_of_another_day(item: Item, head: Item, page: str) -> bool:
    """Whether a line begins with another weekday than its heading: "Am Sonntag bedeckt."."""
    if item.key is None or head.key is None or not (item.key.weekday and head.key.weekday):
        return False
    start = item.span.start
    line = page[page.rfind("\n", 0, start) + 1 : start]
    led = _SHORT_WORD.fullmatch(line) is not None
    return led and item.key.weekday is not head.key.weekday


_SHORT_WORD: Final = re.compile(r"[ \t]*[^\W\d_]{1,3} ")


def _is_night_of_a_day(item: Item) -> bool:
    """Whether a key names a day, and its night: "Sunday night"."""
    return item.key is not None and item.key.has_day and item.key.period is Period.NIGHT


def _chapters(items: Sequence[Item], heads: Sequence[int], page: str) -> Iterator[Sequence[Item]]:
    """What stands below each heading; below the last one, up to another text or heading."""
    for start, end in zip(heads, [*heads[1:], len(items)], strict=True):
        below = items[start + 1 : end]
        if end == len(items):
            ends = (i for i, one in enumerate(below) if (i and one.named) or _ends_text(one, page))
            below = below[: next(ends, len(below))]
        yield below


def _ends_text(item: Item, page: str) -> bool:
    """Whether another text or the heading of a day begins with an item."""
    day = item.key is not None and item.key.has_day
    return (day and (item.opens or leads(page, item.span.end))) or item.words >= _MOST_WORDS


def _is_heading(item: Item, page: str) -> bool:
    """Whether a day stands alone on its line, below a blank one or the beginning."""
    key = item.key
    if key is None or not key.has_day or key.clock or not item.lines:
        return False
    alone = _ALONE.match(page, item.span.end) is not None
    return alone and (_opens_line(item, page) or _is_numbered(item, page))


def _is_numbered(item: Item, page: str) -> bool:
    """Whether a day that a number belongs to begins its line: "Day 2 - Thursday 5 September"."""
    start = item.span.start
    return _NUMBER.fullmatch(page, page.rfind("\n", 0, start) + 1, start) is not None


_NUMBER: Final = re.compile(r"[^\W\d_]{2,10} \d{1,2} ?[-–—:] ")
_ALONE: Final = re.compile(r"[ \t]*[-–—:.…]*[ \t]*(?:\n|\Z)")


def _opens_line(item: Item, page: str) -> bool:
    """Whether a key begins its line, and no line goes on with it."""
    start = item.span.start
    line = page[page.rfind("\n", 0, start) + 1 : start]
    return not any(map(str.isalnum, line)) and not page[start].islower()


def _follows(one: Key | None, two: Key | None) -> bool:
    """Whether a day is the one of the heading before or the next one, as far as they are named."""
    assert one is not None
    assert two is not None
    if one.weekday and two.weekday:
        return one.weekday.days_to(two.weekday) <= 1
    if one.date and two.date:
        return step(one.date, two.date) in (0, 1)
    return True
