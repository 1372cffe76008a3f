"""Which words for a time in running text are no key of a row, or a key of none.

"Friday sunny. In the morning some fog." is of one day, "next week" of none that a row has.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby, islice, pairwise, takewhile
from typing import Final

from .model import (
    DAILY,
    DEGREES,
    EXTREME_OF,
    KEYS,
    MEASURED,
    OF_AIR,
    Kind,
    Period,
    Quantity,
    RelativeDay,
    Token,
    When,
)
from .prose import Place, sentences, touch
from .ranges import words_for_between
from .tokens import Tokens, sign_at


def no_keys(
    tokens: Tokens,
    at: Sequence[Place | None],
    labels: Mapping[int, tuple[str, int]],
    beside: frozenset[int],
) -> frozenset[int]:
    """Words for a time that are no key, those `beside` too but where a sentence is about them."""
    found = (
        (beside - _parts(tokens, at, labels) - _whole_parts(tokens, at, labels))
        | _idle_parts(tokens, at)
        | _passing_parts(tokens, at, labels)
        | _whole_days(tokens, at)
        | _days_of_extremes(tokens, at, labels)
        | _mornings_of_two(tokens, at)
        | _within_labels(tokens, at, labels)
        | _compared(tokens, at)
        | _later_ends(tokens, at)
        | _of_reports(tokens, at)
    )
    return found - _that_open_lines(tokens) if found else found


def with_degrees(
    tokens: Tokens, at: Sequence[Place | None], labels: Mapping[int, tuple[str, int]], page: str
) -> frozenset[int]:
    """Parts of the day that a sentence tells apart: how warm it is stands beside each of them.

    "It will be dry on Friday, with 8 to 11 °C in the morning, 14 to 17 °C in the afternoon", "in
    the morning it will be 8 °C, by day 17 °C".
    """
    found: set[int] = set()
    for indices in sentences(at):
        told = [i for i in indices if tokens[i].kind in KEYS | MEASURED]
        shape = "".join("w" if _is_part(tokens[i]) else tokens.shape[i] for i in told)
        beside = _PARTS_BEHIND.search(shape) or _PARTS_BEFORE.search(shape)
        extremes = any(labels[i][0] in DAILY for i in indices if i in labels)
        if beside and not (extremes or _are_two_ends(tokens, told[beside.start(1)], page)):
            found.update(i for i in told[slice(*beside.span(1))] if _is_part(tokens[i]))
    return frozenset(found)


def _are_two_ends(tokens: Tokens, first: int, page: str) -> bool:
    """Whether a temperature is the first of two ends: "between 9 °C in the morning and 22 °C"."""
    if first == 0 or tokens.shape[first] != "T":
        return False
    led = tokens[first - 1]
    last = page[slice(*led.span)].lower().rpartition(" ")[2]  # "liegen zwischen"
    return any(last in words_for_between(code) for code in led.readings[0].languages)


_PARTS_BEHIND: Final = re.compile("(?:^|D|(?<!d)d)((?:[C%S]w)*(?:[C%S]*[TPn]w){2,})$")
_PARTS_BEFORE: Final = re.compile("((?:w[TP]){2,})(?![TPn])")


def _that_open_lines(tokens: Tokens) -> frozenset[int]:
    """Parts of the day that each open a line with its sky, one after the other: those are rows.

    "In the morning cloudy, 9 degrees.⏎In the afternoon sunny. West wind.⏎Towards night rain."
    """
    lines = [
        found.start(1)
        for found in _PART_OF_LINE.finditer(tokens.shape)
        if _is_part(tokens[found.start(1)])
    ]
    periods = [_period(tokens[i]) for i in lines]
    several = len(lines) >= _LINES and all(one is not two for one, two in pairwise(periods))
    return frozenset(lines) if several else frozenset()


_PART_OF_LINE: Final = re.compile("(?<![^/])[.]?(w)(?=[^/]*C)")
_LINES: Final = 3


def _parts(
    tokens: Tokens, at: Sequence[Place | None], labels: Mapping[int, tuple[str, int]]
) -> frozenset[int]:
    """Parts of the day that a sentence with a temperature is about, without naming another day.

    "Friday will be mild. Overnight it cools off to 28 °F. The low for Friday night will be 27."
    """
    found: set[int] = set()
    for indices in sentences(at):
        keys = [i for i in indices if tokens.shape[i] in KEYS]
        felt = any(tokens[i].value == "apparent_temperature" for i in indices)
        warm = any(tokens.shape[i] in DEGREES or _is_low(i, tokens, labels) for i in indices)
        together = len(keys) == 1 or (len(keys) == 2 and keys[0] + 1 == keys[1])
        if warm and together and not felt:
            found.update(keys)
    return frozenset(found)


def _is_low(at: int, tokens: Tokens, labels: Mapping[int, tuple[str, int]]) -> bool:
    """Whether a number at a place is named as the lowest temperature."""
    return tokens.shape[at] == "n" and at in labels and labels[at][0] == "temperature_min"


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
    Where no day is named, its low and its high together are of no part of it either.
    """
    found: set[int] = set()
    passing: list[int] = []
    said: set[str] = set()  # by the sentences without a key behind those parts
    paragraph, day, night = -1, False, False
    titled = False  # the day is that of a title
    for indices in sentences(at):
        place = at[indices[0]]
        assert place is not None
        keys = [i for i in indices if tokens.shape[i] in KEYS]
        title = _title(tokens, at, indices[0])
        titled = title is not None or (titled and place.paragraph == paragraph)
        if title is not None:
            day, night, passing = _is_whole(title), _period(title) is Period.NIGHT, []
        elif place.paragraph != paragraph and not all(
            _is_part(tokens[i]) and _is_light(tokens[i]) for i in keys
        ):
            day, night, passing = False, False, []
        paragraph = place.paragraph
        warm = [i for i in indices if tokens.shape[i] in OF_AIR]
        if keys[:1] == indices[:1] and tokens.shape.startswith("l", keys[0] + 1):
            # "Afternoon | highs near 79"
            warm += [i for i in indices if tokens.shape[i] == "n" and i in labels]
        fields = {labels[i][0] for i in warm if i in labels} or {""} if warm else set()
        light = all(_is_light(tokens[i]) for i in keys)
        headed = bool(keys) and sign_at(tokens, keys[-1] + 1) == ":"  # "Morning: clear. High 9"
        known, said = said, set() if keys else said | fields
        if warm and not keys:
            low = fields == {"temperature_min"}
            both = said >= DAILY
            whole = both or (day and not night and not low)
            nights = {i for i in passing if _period(tokens[i]) is Period.NIGHT}
            if whole or (low and night):  # "Tonight dry. In the morning fog. Lows 5"
                if titled and not both:  # "Weather on 9 June⏎By day cloudy. It gets 20 degrees."
                    passing = [i for i in passing if _is_light(tokens[i])]
                found.update(passing if whole else set(passing) - nights)
            elif fields == {"temperature_max"}:
                found |= nights  # no night has a high
            passing = passing if low and (day or not night) else []
        elif not keys:
            continue
        elif not (warm or headed) and (
            (light and (day or night)) or all(_is_part(tokens[i]) for i in keys)
        ):
            passing += keys
            night = night or any(_period(tokens[i]) is Period.NIGHT for i in keys)
        elif (
            (day or (night and fields == {"temperature_min"}))
            and known.isdisjoint({"temperature", *fields})
            and _is_of_the_day(fields, [tokens[i] for i in keys])
        ):
            found.update(keys + passing)
            passing = []
        else:
            day = any(_is_whole(tokens[i]) for i in keys)
            night = any(_period(tokens[i]) is Period.NIGHT for i in keys)
            passing = [i for i in keys if _is_light(tokens[i])] if day and not warm else []
    return frozenset(found)


def _title(tokens: Tokens, at: Sequence[Place | None], first: int) -> Token | None:
    """The key that stands last between running text and a sentence that begins at a place."""
    for i in range(first - 1, -1, -1):
        if at[i] is not None and tokens.shape[i] != "/":
            return None
        if tokens.shape[i] in KEYS:
            joined = tokens.shape[i - 1] == "j" and tokens.shape[i - 2] in KEYS
            return tokens[i - 2 if joined else i]  # "Tonight | and | tomorrow"
    return None


def _is_of_the_day(fields: Set[str], keys: Sequence[Token]) -> bool:
    """Whether a sentence about parts of a day has the high of the day, or a low of the morning.

    Or what it is in the morning, too: "2 °C in the morning, with a high of 14 °C".
    """
    periods = {_period(key) for key in keys}
    if fields == {"temperature_max"} or (
        fields == {"temperature_min"} and periods == {Period.MORNING}
    ):
        return all(map(_is_light, keys))
    mornings = periods <= {Period.MORNING, Period.DAY}
    return mornings and "temperature_max" in fields and "temperature_min" not in fields


def _is_whole(token: Token) -> bool:
    """Whether a key names a day, and no part of it."""
    return not _is_part(token) and _period(token) is None


def _whole_days(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Words for the day in a paragraph that names which, and says nothing of its night.

    "No domingo o tempo muda. O dia deve ficar nublado." Nor is one behind its sky a key: "a partly
    cloudy day on Friday".
    """
    behind_sky = [sky.end() for sky in re.finditer("C(?=w)", tokens.shape)]
    found = {i for i in behind_sky if at[i] and at[i] == at[i - 1] and _is_day(tokens[i])}
    inside = [(i, place) for i in tokens.places(Kind.WHEN) if (place := at[i]) is not None]
    for _, whens in groupby(inside, key=lambda found: found[1].paragraph):
        words = [i for i, _ in whens]
        if any(_period(tokens[i]) in (Period.NIGHT, Period.EVENING) for i in words):
            continue
        days = [i for i in words if _is_day(tokens[i])]
        found.update(i for i in days if _names_day_before(tokens, at, i))
    return frozenset(found)


def _is_day(token: Token) -> bool:
    """Whether a word means the day, and not which."""
    return _is_part(token) and _period(token) is Period.DAY


def _period(token: Token) -> Period | None:
    when = token.value
    return when.period if isinstance(when, When) else None


def _names_day_before(tokens: Tokens, at: Sequence[Place | None], behind: int) -> bool:
    """Whether its paragraph names a day before a place, and not right before it."""
    place = at[behind]
    for i in range(behind - 1, -1, -1):
        other = at[i]
        if place is None or other is None or other.paragraph != place.paragraph:
            return False
        if tokens.shape[i] in KEYS and not _is_part(tokens[i]):
            return other != place or not touch(tokens, i, behind)
    return False


def _is_light(token: Token) -> bool:
    """Whether a word means a part of the day between two nights."""
    when = token.value
    today = isinstance(when, When) and when.day in (None, RelativeDay.TODAY)
    return today and _period(token) in _LIGHT


_LIGHT: Final = frozenset({Period.MORNING, Period.AFTERNOON, Period.EVENING})


def _days_of_extremes(
    tokens: Tokens, at: Sequence[Place | None], labels: Mapping[int, tuple[str, int]]
) -> frozenset[int]:
    """Words for the day and the night in a sentence that gives the low and the high of its day.

    "At night it cools off to 3 °C, by day it warms up to 12 °C." But each is a key of its own if
    it has a sky and its extreme: "Today sunny, high 21 °C; at night cloudy, low 6 °C".
    """
    found: set[int] = set()
    for indices in sentences(at):
        if {labels[i][0] for i in indices if i in labels} >= DAILY:
            found.update(
                i
                for i in indices
                if isinstance(when := tokens[i].value, When)
                and when.day is None
                and when.period in _WITH_EXTREMES
                and not (i and tokens.shape[i - 1] in KEYS)  # "the low Tuesday night"
                and not _tells_all(tokens, i, indices, labels)
            )
    return frozenset(found)


def _mornings_of_two(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Mornings of the first of two temperatures of a day: "-2 °C in the morning, then up to 10 °C".

    The two are the ends of the day.
    """
    found: set[int] = set()
    for indices in sentences(at):
        told = [i for i in indices if tokens.shape[i] in KEYS | DEGREES]
        two = _TWO_OF_A_DAY.search("".join(tokens.shape[i] for i in told))
        if two is None:
            continue
        low, part, high = told[two.start(1) : two.end()]
        if _period(tokens[part]) is Period.MORNING and _is_part(tokens[part]):
            rises = _degrees(tokens[low]) < _degrees(tokens[high])
            found.update({part} if rises and "," not in tokens.shape[low:part] else ())
    return frozenset(found)


_TWO_OF_A_DAY: Final = re.compile("[dDw](TwT)$")


def _degrees(token: Token) -> float:
    return token.value.value if isinstance(token.value, Quantity) else 0.0


_WITH_EXTREMES: Final = frozenset({*EXTREME_OF, Period.MORNING, Period.AFTERNOON})


def _whole_parts(
    tokens: Tokens, at: Sequence[Place | None], labels: Mapping[int, tuple[str, int]]
) -> frozenset[int]:
    """Days and nights of today that have a sky and their extreme: "today by day clear, high 21"."""
    return frozenset(
        i
        for indices in sentences(at)
        for i in indices
        if tokens.shape[i] == "w" and _tells_all(tokens, i, indices, labels)
    )


def _tells_all(
    tokens: Tokens, at: int, sentence: Sequence[int], labels: Mapping[int, tuple[str, int]]
) -> bool:
    """Whether a sky follows a word for the day or the night, and of the extremes its own alone."""
    period = _period(tokens[at])
    if period not in EXTREME_OF:
        return False
    rest = islice(sentence, bisect(sentence, at), None)
    behind = list(takewhile(lambda i: tokens.shape[i] not in KEYS, rest))
    extremes = {labels[i][0] for i in behind if i in labels} & DAILY
    return extremes == {EXTREME_OF[period]} and any(tokens.shape[i] == "C" for i in behind)


def _within_labels(
    tokens: Tokens, at: Sequence[Place | None], labels: Mapping[int, tuple[str, int]]
) -> frozenset[int]:
    """The day of a text, named again with a part of it between a label and its number.

    "Saturday will be wet. Highs Saturday afternoon will be near 14."
    """
    found: set[int] = set()
    for value, (field, label) in labels.items():
        place = at[value]
        if field not in DAILY or label < 0 or place is None or at[label] != place:
            continue
        keys = [i for i in range(label + 1, value) if tokens.shape[i] in KEYS]
        days = [tokens[i].value for i in keys if tokens[i].kind is Kind.WEEKDAY]
        if not days or not all(_is_light(tokens[i]) or tokens[i].value in days for i in keys):
            continue
        before = (tokens[i] for i in range(label - 1, max(-1, label - _FAR), -1))
        last = next((token for token in before if token.kind in KEYS), None)
        if last is not None and set(days) == {last.value} and len(keys) > 1:
            found.update(keys)
    return frozenset(found)


def _compared(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Days that a sentence compares its own with: "it will be cooler than Friday".

    So it does with yesterday, if it is about what is to come.
    """
    found: set[int] = set()
    for i, token in enumerate(tokens):
        place, when = at[i], token.value
        if place and place.ahead and isinstance(when, When) and when.day is RelativeDay.YESTERDAY:
            found.add(i)
        if place is None or tokens.shape[i + 1 : i + 2] not in KEYS:
            continue
        before = tokens[max(0, i - _COMPARED) : i]
        than = token.value == "compare" and any(other.value == "change" for other in before)
        if than or token.value == "alike":
            found.add(i + 1)
    return frozenset(found)


_COMPARED: Final = 3  # tokens from "cooler" to "than"


# "Thursday night | into early Friday", "Thursday | through Friday morning"
_TO_LATER_END: Final = re.compile("(?:[dD]w(x)f?[dD]w?|[dD](x)f?[dD]w)(?!w)")


def _later_ends(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Days up to which something lasts that begins in a part of another, or ends in one."""
    found: set[int] = set()
    for span in _TO_LATER_END.finditer(tokens.shape):
        link = span.start(span.lastindex or 0)
        if tokens[link].value == "through" and at[link] is not None:
            found.update(range(link + 1, span.end()))
    return frozenset(found)


def _of_reports(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Days on which something was said, in a clause that says no more than that.

    "Saturday starts dry, | as the forecaster said on Friday."
    """
    found: set[int] = set()
    for indices in sentences(at):
        keys = {i for i in indices if tokens.shape[i] in KEYS}
        for _, part in groupby(indices, key=lambda i: tokens[i].value in _CLAUSES):
            clause = {*part}
            says = any(tokens[i].value == "says" for i in clause)
            if says and keys - clause and not any(tokens[i].kind in MEASURED for i in clause):
                found |= keys & clause
    return frozenset(found)


_CLAUSES: Final = (",", "-", "–", "—", ":", ";", "(")


def _is_part(token: Token) -> bool:
    """Whether a word means a part of the day and no day."""
    when = token.value
    return isinstance(when, When) and when.day is None


def some_time(tokens: Tokens, at: Sequence[Place | None], page: str) -> frozenset[int]:
    """Words for a time that no row has, where a sentence is about it: "next week", "in May".

    "The warmest day of the week" is not, nor "Monday⏎⏎The first day of the new week will be mild".
    """
    found: set[int] = set()
    keyed: Place | None = None
    headed = False  # whether a day is the last thing said
    for i, token in enumerate(tokens):
        if at[i] is None:
            headed = token.kind in KEYS or (headed and token.kind in _BETWEEN)
            continue
        if headed or token.kind in KEYS:
            keyed = at[i]
        headed = token.kind in KEYS
        if headed:
            continue
        if _is_month(token, page) or (token.kind is Kind.WORD and token.value == "week"):
            ahead = any(
                tokens.shape[j] in KEYS
                for j in range(i, min(len(tokens), i + _FAR))
                if at[j] == at[i]
            )
            if keyed != at[i] and not ahead:
                found.add(i)
        elif token.kind is Kind.WORD and token.value == "later":
            found.add(i)
            found.update(_parts_behind(tokens, at, i))
    return frozenset(found)


def _parts_behind(tokens: Tokens, at: Sequence[Place | None], later: int) -> Iterator[int]:
    """The parts of later days, behind the word for those: "next week cold, 3 °C in the morning"."""
    for i in range(later + 1, len(tokens)):
        if at[i] != at[later] or (tokens.shape[i] in KEYS and not _is_part(tokens[i])):
            return
        if tokens.shape[i] in KEYS:
            yield i


def _is_month(token: Token, page: str) -> bool:
    """Whether a token is a month by itself: "may" and "march" are verbs."""
    return token.kind is Kind.MONTH and not page[token.span.start].islower()


_BETWEEN: Final = frozenset({Kind.BREAK, Kind.SEPARATOR})
_FAR: Final = 60  # tokens of a long sentence
