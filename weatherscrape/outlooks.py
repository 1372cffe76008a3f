"""Groups in, those out that tell the sky of one day after another: evidence where no number is.

"On Saturday it will be cloudy with rain. On Sunday it will be mostly sunny."
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from .dates import step
from .groups import Group, Item
from .model import Condition, Key, Kind, RelativeDay, Span
from .vocabulary import UNSPACED

_SAID: Final = 2  # days, if sentences about what is to come tell their skies,
_LISTED: Final = 3  # or headings that each stand above or before one
_GAP: Final = 2  # days from one to the next, at most
_BETWEEN: Final = 1  # day of another sentence, at most, between two
_LED: Final = 3  # words between a heading and its sky
_SKIES: Final = 2  # that differ


def outlook(groups: Sequence[Group], page: str) -> frozenset[Span]:
    """The keys of days that go on in their order, each with its sky; none if they are too few."""
    days = [group for group in groups if _day(group)]
    return frozenset(
        key.span
        for run in _runs(days, page)
        if _is_outlook(run, page)
        for group in run
        if (key := _day(group))
    )


def _runs(days: Sequence[Group], page: str) -> Iterator[list[Group]]:
    """Days with a sky that follow each other.

    A day without one parts the lines of a list, but not the sentences of a text.
    """
    run: list[Group] = []
    between = 0
    for group in days:
        said = _is_said(group, page)
        if not (said or _is_headed(group, page)):
            between += 1
            continue
        if run and not (_follows(run[-1], group) and between <= (_BETWEEN if said else 0)):
            yield run
            run = []
        run.append(group)
        between = 0
    yield run


def _is_outlook(run: Sequence[Group], page: str) -> bool:
    """Whether there are days enough, and their skies are some.

    Those that are all the same are none: "Friday: Storm. Saturday: Storm. Sunday: Storm.".
    """
    spoken = sum(_is_said(group, page) for group in run) >= _SAID
    days = {key._replace(span=_NOWHERE, period=None) for group in run if (key := _day(group))}
    skies = [sky for group in run if (sky := _sky(group))]
    return (
        len(days) >= (_SAID if spoken else _LISTED)
        and len({_slug(sky) for sky in skies}) >= _SKIES
        and sum(_is_a_sky(sky, page, spoken) for sky in skies) >= _SKIES - spoken
    )


_NOWHERE: Final = Span(0, 0)


def _day(group: Group) -> Key | None:
    """The key of a group, if that is a day or a part of one."""
    key = group.key.key if group.key else None
    return key if key and key.has_day and not key.clock else None


def _sky(group: Group) -> Item | None:
    """The first sky of a group that is no mere feeling: "cold"."""
    return next((item for item in group.values if _slug(item) not in _NO_SKY), None)


def _slug(item: Item) -> str:
    value = item.value
    return value.slug if item.kind is Kind.CONDITION and isinstance(value, Condition) else ""


_NO_SKY: Final = frozenset({"", "hot", "cold"})


def _is_said(group: Group, page: str) -> bool:
    """Whether a sentence about what is to come begins with its day: "On Sunday it will rain."."""
    key, sky = group.key, _sky(group)
    if key is None or key.place is None or sky is None:
        return False
    ahead = key.place.ahead or (sky.place is not None and sky.place.ahead)
    return ahead and key.key is not None and key.key.has_day and begins_sentence(key.key, page)


def begins_sentence(key: Key, page: str) -> bool:
    """Whether a key in words begins a sentence, a line or a cell: "Am Montag", "Por la tarde"."""
    start, end = key.span
    if not any(map(str.isalpha, page[start:end])):
        return False  # "4/8"
    return _OPENING.search(page, max(0, start - _OPENING_SIZE), start) is not None


_OPENING: Final = re.compile(r"(?:\A|[.!?…。।:]|\n|(?<!\w)[*(-])\s*(?:\w{1,4} ){0,2}\Z")
_OPENING_SIZE: Final = 14  # characters: what parts it, and two short words


def _is_headed(group: Group, page: str) -> bool:
    """Whether a day stands above a sky or right before it: "Friday: Sunny."."""
    key, sky = group.key, _sky(group)
    if key is None or sky is None or group.layout != "key first":
        return False
    before = group.values[: group.values.index(sky) + 1]
    return (key.opens or key.lines > 0) and sum(item.words for item in before) <= _LED


def _is_a_sky(sky: Item, page: str, spoken: bool) -> bool:
    """Whether a sky is a phrase, or nothing goes on behind it: "Rain.", but not "Rain Man".

    In a sentence (`spoken`) a comma may follow it, or a letter of a script without spaces.
    """
    start, end = sky.span
    if " " in page[start:end]:
        return True
    goes_on = page[end : end + 1] in _PAUSES or UNSPACED.match(page, end) is not None
    return (spoken and goes_on) or _END.match(page, end) is not None


_PAUSES: Final = tuple(",、，")
_END: Final = re.compile(r"\Z|[ \t]*[.;\n。।]")


def _follows(group: Group, other: Group) -> bool:
    """Whether a day is the same as the one before or soon behind it, as far as they tell."""
    one, two = _day(group), _day(other)
    if one is None or two is None:
        return False
    if one.weekday and two.weekday:
        return one.weekday.days_to(two.weekday) <= _GAP
    if one.date and two.date:
        return step(one.date, two.date) <= _GAP
    days = list(RelativeDay)
    if one.day and two.day:
        return 0 <= days.index(two.day) - days.index(one.day) <= _GAP
    return one.day is not None or two.day is None  # "Today ... On Sunday ..."
