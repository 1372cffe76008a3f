"""Which words for a time in running text are no key of a row, or a key of none.

"Friday sunny. In the morning some fog." is of one day, "next week" of none that a row has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from .model import (
    DAILY,
    DEGREES,
    KEYS,
    MEASURED,
    OF_AIR,
    Kind,
    Period,
    RelativeDay,
    Token,
    When,
)
from .prose import Place, sentences, touch
from .tokens import Tokens


def no_keys(
    tokens: Tokens,
    at: Sequence[Place | None],
    labels: Mapping[int, tuple[str, int]],
    beside: frozenset[int],
) -> frozenset[int]:
    """Words for a time that are no key, those `beside` too but where a sentence is about them."""
    return (
        (beside - _parts(tokens, at))
        | _idle_parts(tokens, at)
        | _passing_parts(tokens, at, labels)
        | _whole_days(tokens, at)
        | _days_of_extremes(tokens, at, labels)
        | _compared(tokens, at)
    )


def _parts(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Parts of the day that a sentence with a temperature is about, without naming another day.

    "Friday will be mild. Overnight it cools off to 28 °F."
    """
    found: set[int] = set()
    for indices in sentences(at):
        keys = [i for i in indices if tokens.shape[i] in KEYS]
        felt = any(tokens[i].value == "apparent_temperature" for i in indices)
        if len(keys) == 1 and not felt and any(tokens.shape[i] in DEGREES for i in indices):
            found.update(keys)
    return frozenset(found)


def _idle_parts(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Parts of the day that a sentence names behind a sky of its day, with nothing measured after.

    "On Saturday changeable, in the afternoon mostly dry."
    """
    found: set[int] = set()
    for indices in sentences(at):
        day = said = False
        idle = -1
        for i in indices:
            kind = tokens[i].kind
            if kind in KEYS:
                found.update({idle} if idle >= 0 and not touch(tokens, idle, i) else ())
                part = kind is Kind.WHEN and _is_part(tokens[i])
                idle = i if part and day and said else -1
                day, said = day or not part, said and part
            elif kind in MEASURED:
                idle, said = -1, True
        found.update({idle} if idle >= 0 else ())
        told = [i for i in indices if tokens[i].kind in MEASURED]
        if {tokens[i].kind for i in told} == {Kind.SPEED}:  # "Wind 5 m/s, towards evening 9 m/s."
            found.update(i for i in indices if _is_part(tokens[i]) and i > told[0])
    return frozenset(found)


def _passing_parts(
    tokens: Tokens, at: Sequence[Place | None], labels: Mapping[int, tuple[str, int]]
) -> frozenset[int]:
    """Parts of a day that the text goes on from to how warm the day itself gets.

    "Friday sunny. In the morning some fog. It gets 14 degrees.", "Windy in the afternoon, top 17".
    No night has a high: "Friday sunny. Fog in the night. Lows 3, highs 14."
    """
    found: set[int] = set()
    passing: list[int] = []
    paragraph, day = -1, False
    for indices in sentences(at):
        place = at[indices[0]]
        assert place is not None
        keys = [i for i in indices if tokens.shape[i] in KEYS]
        if place.paragraph != paragraph:
            paragraph, day, passing = place.paragraph, day and not keys, [] if keys else passing
        fields = {labels.get(i, ("", -1))[0] for i in indices if tokens.shape[i] in OF_AIR}
        if not keys and fields:
            top = fields >= DAILY or (day and "temperature_max" in fields)
            night = any(_period(tokens[i]) is Period.NIGHT for i in passing[:1])
            after = passing if day else passing[1:] if night else []  # "At night ... Towards dawn"
            found.update(passing if top else filter(lambda i: _is_by_day(tokens[i]), after))
            passing = [] if top else [i for i in passing if i not in found]
        elif keys and not fields and all(_period(tokens[i]) for i in keys):
            passing += keys
        elif day and fields == {"temperature_max"} and all(_is_by_day(tokens[i]) for i in keys):
            found.update(passing, keys)
            passing = []
        elif keys:
            day, passing = any(_is_whole(tokens[i]) for i in keys), []
    return frozenset(found)


def _is_whole(token: Token) -> bool:
    """Whether a key names a day, and no part of it."""
    return not _is_part(token) and _period(token) is None


def _whole_days(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Words for the day in a paragraph that names which, and says nothing of its night.

    "No domingo o tempo muda. O dia deve ficar nublado."
    """
    found: set[int] = set()
    inside = [(i, place) for i in tokens.places(Kind.WHEN) if (place := at[i]) is not None]
    for _, whens in groupby(inside, key=lambda found: found[1].paragraph):
        words = [i for i, _ in whens]
        if any(_period(tokens[i]) in (Period.NIGHT, Period.EVENING) for i in words):
            continue
        days = [i for i in words if _is_part(tokens[i]) and _period(tokens[i]) is Period.DAY]
        found.update(i for i in days if _names_day_before(tokens, at, i))
    return frozenset(found)


def _period(token: Token) -> Period | None:
    when = token.value
    return when.period if isinstance(when, When) else None


def _names_day_before(tokens: Tokens, at: Sequence[Place | None], behind: int) -> bool:
    """Whether another sentence of its paragraph names a day before a place."""
    place = at[behind]
    for i in range(behind - 1, -1, -1):
        other = at[i]
        if place is None or other is None or other.paragraph != place.paragraph:
            return False
        if tokens.shape[i] in KEYS and not _is_part(tokens[i]):
            return other != place
    return False


def _is_light(token: Token) -> bool:
    """Whether a word means a part of the day between two nights."""
    when = token.value
    today = isinstance(when, When) and when.day in (None, RelativeDay.TODAY)
    return today and _period(token) in _LIGHT


def _is_by_day(token: Token) -> bool:
    return _is_light(token) or (_is_part(token) and _period(token) is Period.DAY)


_LIGHT: Final = frozenset({Period.MORNING, Period.AFTERNOON, Period.EVENING})


def _days_of_extremes(
    tokens: Tokens, at: Sequence[Place | None], labels: Mapping[int, tuple[str, int]]
) -> frozenset[int]:
    """Words for the day and the night in a sentence that gives the low and the high of its day.

    "At night it cools off to 3 °C, by day it warms up to 12 °C."
    """
    found: set[int] = set()
    for indices in sentences(at):
        if {"temperature_max", "temperature_min"} <= {labels[i][0] for i in indices if i in labels}:
            found.update(
                i
                for i in indices
                if isinstance(when := tokens[i].value, When)
                and when.day is None
                and when.period in (Period.DAY, Period.NIGHT)
                and not (i and tokens.shape[i - 1] in KEYS)  # "the low Tuesday night"
            )
    return frozenset(found)


def _compared(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Days that a sentence compares its own with: "it will be cooler than Friday"."""
    found: set[int] = set()
    for i, token in enumerate(tokens):
        if at[i] is None or tokens.shape[i + 1 : i + 2] not in KEYS:
            continue
        before = tokens[max(0, i - _COMPARED) : i]
        than = token.value == "compare" and any(other.value == "change" for other in before)
        if than or token.value == "alike":
            found.add(i + 1)
    return frozenset(found)


_COMPARED: Final = 3  # tokens from "cooler" to "than"


def _is_part(token: Token) -> bool:
    """Whether a word means a part of the day and no day."""
    when = token.value
    return isinstance(when, When) and when.day is None


def some_time(tokens: Tokens, at: Sequence[Place | None], page: str) -> frozenset[int]:
    """Words for a time that no row has, where a sentence is about it: "next week", "in May".

    "The warmest day of the week" is not.
    """
    found: set[int] = set()
    keyed: Place | None = None
    for i, token in enumerate(tokens):
        if at[i] is None:
            continue
        if token.kind in KEYS:
            keyed = at[i]
        elif _is_month(token, page) or (token.kind is Kind.WORD and token.value == "week"):
            ahead = any(
                tokens.shape[j] in KEYS
                for j in range(i, min(len(tokens), i + _FAR))
                if at[j] == at[i]
            )
            if keyed != at[i] and not ahead:
                found.add(i)
        elif token.kind is Kind.WORD and token.value == "later":
            found.add(i)
    return frozenset(found)


def _is_month(token: Token, page: str) -> bool:
    """Whether a token is a month by itself: "may" and "march" are verbs."""
    return token.kind is Kind.MONTH and not page[token.span.start].islower()


_FAR: Final = 60  # tokens of a long sentence
