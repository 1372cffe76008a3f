"""Items in, blocks out: stretches of a window with little other text between.

A block is one widget, one list of places or one text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .groups import Item
from .model import DAILY, Kind, RelativeDay

_BLOCK_WORDS: Final = 8  # so many words of another text between two items part two blocks
_TEXT_WORDS: Final = 16  # the same, between two paragraphs of running text
_CLIMATE_MONTHS: Final = 3
_TOLD_DAYS: Final = 2  # of a text that is about days


def blocks(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Stretches of items with little other text between them.

    Months without days are a climate table, and what stands in one is no forecast; but a text that
    tells of weekdays may name months.
    """
    months = [i for i, item in enumerate(items) if item.kind == "m"]
    if len(months) >= _CLIMATE_MONTHS:
        within = items[months[0] : months[-1] + 1]
        days = {item.key.weekday for item in within if item.key and item.place} - {None}
        if len(days) < _TOLD_DAYS:
            end = months[-1] + 1
            in_a_row = not any(items[at].lines for at in months[-2:])
            # The lines of the table below its head, or as many values as the month before has.
            last = len(items) if in_a_row else end + months[-1] - months[-2] - 1
            while end < min(last, len(items)) and not (items[end].key or items[end].lines > 1):
                end += 1
            items = [*items[: months[0]], *items[end:]]
    block: list[Item] = []
    skipped = 0
    for at, item in enumerate(items):
        if item.kind == "m" and item.key is None:
            skipped += item.words + 1
            continue
        if item.key and not item.key.facts:
            beside = [other.place for other in (*block[-1:], *items[at + 1 : at + 2])]
            if not any(place and place.paragraph == paragraph(item) for place in beside):
                skipped += item.words + 1  # the season of another text
                continue
        if skipped:
            item, skipped = item._replace(words=item.words + skipped), 0
        if (
            item.words
            and block
            and _is_far(item, block)
            and not (_is_next(item, block) or _is_next_day(item, block))
        ):
            yield block
            block = []
        block.append(item)
    if block:
        yield block


def paragraph(item: Item) -> int:
    """The paragraph of running text that an item stands in; -1 for none."""
    return item.place.paragraph if item.place else -1


def _is_far(item: Item, block: Sequence[Item]) -> bool:
    """Whether so much other text stands before an item that it is not of the block above."""
    if item.words < min(_TEXT_WORDS, _BLOCK_WORDS // 2):
        return False  # as nearly always, before the block is looked at
    last = block[-1]
    if item.place and last.place:  # running text is of other words for the most part
        return item.place.paragraph != last.place.paragraph and item.words >= _TEXT_WORDS
    headed = last.key is not None and last.key.has_day and item.place is not None
    titled = item.key is None and any(other.opens for other in block if other.key)
    if titled and item.field in DAILY:
        return item.words >= _TEXT_WORDS  # "Rain near the coast.⏎⏎Lows of 8 to 11C."
    near = (
        item.lines < 2 or headed or titled or (last.kind is Kind.DIRECTION and _size(last) > _POINT)
    )
    return item.words >= (_BLOCK_WORDS if near else _BLOCK_WORDS // 2)


def _is_next(item: Item, block: Sequence[Item]) -> bool:
    """Whether a value is that of the next of several names, or of the first one below its day."""
    if not item.named or item.words >= _NAMES_END:
        return False
    keys = [other for other in block if other.kind is not Kind.LABEL]  # "Tuesday's weather"
    titled = all(other.key is not None and other.place is None for other in keys)
    return titled or any(other.named for other in block)


def _is_next_day(item: Item, block: Sequence[Item]) -> bool:
    """Whether a day that heads its line is the one behind the last day of a block.

    Or a part of today behind another part of it.
    """
    key = item.key
    if key is None or not (item.opens and item.lines) or item.words >= _REST_WORDS or item.in_text:
        return False
    heads = (other for other in reversed(block) if other.key and other.key.has_day)
    head = next(heads, None)
    if head is None or head.key is None or not head.opens:
        return False
    last = head.key
    if key.weekday and last.weekday:
        return (key.weekday.number - last.weekday.number) % _WEEK == 1
    return key.day is last.day is RelativeDay.TODAY and None is not key.period != last.period


_REST_WORDS: Final = 6  # of a sentence, behind its last value
_WEEK: Final = 7  # days
_NAMES_END: Final = 20  # words of another text behind the last name
_POINT: Final = 6  # characters of a bearing; "southerlies, strong at times" goes on


def _size(item: Item) -> int:
    return item.span.end - item.span.start
