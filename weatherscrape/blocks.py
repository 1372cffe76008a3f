"""Items in, blocks out: stretches of a window with little other text between.

A block is one widget, one list of places or one text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .groups import Item
from .model import DAILY, YEARS, Kind, Quantity, RelativeDay

_BLOCK_WORDS: Final = 8  # so many words of another text between two items part two blocks
_TEXT_WORDS: Final = 16  # the same, between two paragraphs of running text
_CLIMATE_MONTHS: Final = 3


def blocks(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Stretches of items with little other text between them.

    Several months without days are a climate table, and what stands in one is no forecast.
    """
    items = _without_climate(items)
    block: list[Item] = []
    skipped = 0
    for at, item in enumerate(items):
        if item.kind == "m" and item.key is None:
            skipped += item.words + 1
            continue
        if item.key and not item.key.facts:
            near = (*block[-1:], *items[at + 1 : at + 2])
            beside = [other.place for other in near if other.kind is not Kind.MONTH]
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


def _without_climate(items: Sequence[Item]) -> Sequence[Item]:
    """Items but for those of climate tables, from the first month of one on."""
    out: list[Item] = []
    start = 0
    for months in _months(items):
        if len(months) < _CLIMATE_MONTHS:
            continue
        end = months[-1] + 1
        in_a_row = not any(items[at].lines for at in months[-2:])
        # The lines of the table below its head, or as many values as the month before has.
        most = len(items) if in_a_row else 2 * months[-1] - months[-2]
        while end < min(most, len(items)) and not (items[end].key or items[end].lines > 1):
            end += 1
        out += items[start : months[0]]
        start = end
    return [*out, *items[start:]] if start else items


def _months(items: Sequence[Item]) -> Iterator[list[int]]:
    """Where months stand with no day or hour between, but for those of a year: "May 2024"."""
    run: list[int] = []
    for at, item in enumerate(items):
        if item.key is not None and (item.key.has_day or item.key.clock):
            yield run
            run = []
        elif item.kind == "m" and not _is_year(items[at + 1 : at + 2]):
            run.append(at)
    yield run


def _is_year(behind: Sequence[Item]) -> bool:
    """Whether what stands behind a month is its year."""
    year = behind[0].value if behind and not behind[0].lines else None
    return isinstance(year, Quantity) and year.unit is None and year.value in YEARS


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
    told = [other for other in block if other.kind is not Kind.LABEL]
    if item.entry:
        told = told[-1:]  # a list of places below a text: "Tuesday's highs⏎⏎Leeds: 14°"
    titled = all(other.key is not None and other.place is None for other in told)
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
        return last.weekday.days_to(key.weekday) == 1
    return key.day is last.day is RelativeDay.TODAY and None is not key.period != last.period


_REST_WORDS: Final = 6  # of a sentence, behind its last value
_NAMES_END: Final = 20  # words of another text behind the last name
_POINT: Final = 6  # characters of a bearing; "southerlies, strong at times" goes on


def _size(item: Item) -> int:
    return item.span.end - item.span.start
