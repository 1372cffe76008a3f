"""What each label names in running text, where other words stand between.

"Highs will soar into the upper 50s on Friday, with lows near 40".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from .model import (
    AIR,
    DAILY,
    DEGREES,
    EXTREME_OF,
    KEYS,
    OF_AIR,
    VALUES,
    Kind,
    Period,
    Quantity,
    Token,
    When,
)
from .prose import Place, touch
from .tokens import Tokens, length, mark_at, sign_at

_LIKELY: Final = range(-60, 131)  # degrees of the one unit or the other
_FELT: Final = "apparent_temperature"
_FELT_OVER: Final = 5  # tokens from its label to its number: "wind chill values | land between -15"
_OVER: Final = 12  # the same from other labels
_ON: Final = 6  # tokens from there to the next number of that label
_PLAIN: Final = frozenset({"day", "location", "sunrise", "sunset", "time"})  # ordinary words too
_TO: Final = 16  # the same, to the other end of a range: "from 17 in the hills to 23 on the coast"


def labels(
    tokens: Tokens, at: Sequence[Place | None], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """What each label names, where that is in running text; `found` is so without sentences.

    No label names a value of another sentence. It names the temperatures behind it in its own:
    "Highs will soar into the upper 50s", "lows near 40 on Friday and in the 30s on Saturday".
    """
    found = {i: named for i, named in found.items() if named[1] < 0 or at[i] == at[named[1]]}
    # "Mostly clear skies and breezy conditions": words of a sentence, and no labels of it.
    found = {i: named for i, named in found.items() if not at[i] or tokens.shape[i] != "C"}
    for i, (field, label) in found.items():
        if at[i] is not None:
            found[i] = _named_before(tokens, field, label), label
    found |= _respectively(tokens, at)
    more = dict(found)
    used = {label: field for field, label in found.values()}
    label, field, over = -1, "", _OVER
    ranged = False  # whether the label has a range already, which nothing goes on from
    part = -1  # the last key
    for i, token in enumerate(tokens):
        if token.kind is Kind.BREAK and field in DAILY:
            continue  # within a sentence, or the next token is of another one
        if at[i] is None or (label >= 0 and at[i] != at[label]):
            label = -1
        if at[i] is None:
            continue
        plain = token.value in _PLAIN and sign_at(tokens, i + 1) != ":"
        if token.kind is Kind.LABEL and (i in used or not plain):
            named = used.get(i) or _named_before(tokens, str(token.value), i)
            over = _FELT_OVER if named == _FELT else _OVER
            label, field = (i, named) if named in AIR or named == _FELT else (-1, "")
            ranged = False
        elif i in found:
            label, over = (i if found[i][0] == field else -1), _ON
            ranged = _is_range(token)
        elif token.kind in KEYS or (field == _FELT and token.kind is Kind.CONDITION):
            ranged = False
            part = i
            label = -1 if field == _FELT else label
        elif label >= 0 and token.kind in DEGREES and _is_likely(token):
            if "range" in (mark_at(tokens, j) for j in range(max(0, i - _LED_BY), i)):
                over = max(over, _TO)  # "from 13 on the coast to | locally | 16"
            elif _is_other_end(tokens, i):
                over = max(over, _TO)  # "between 13 on the coast and | 16 in the hills"
            if i - label > over:
                continue
            if ranged or (token.kind is Kind.PAIR and _is_told_behind(tokens, i, label, more)):
                label = -1
                continue
            if part > label and field in DAILY and touch(tokens, part, i):
                warmest = field == "temperature_min" and _is_of_afternoon(tokens[part])
                field = "temperature_max" if warmest else _extreme_of(tokens[part]) or field
            named = "other" if field == _FELT and token.kind is Kind.PAIR else field
            more[i] = named, label if tokens.shape[label] == "l" else -1
            label, over, ranged = i, _ON, _is_range(token)
    more |= _of_topics(tokens, at, more)
    more |= _up_to(tokens, at, more) | _of_gusts(tokens, at, more)
    more |= _from_place_to_place(tokens, at, more)
    return more | _of_humidity(tokens, at, more)


def _of_topics(
    tokens: Tokens, at: Sequence[Place | None], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """Temperatures of places in the sentences behind one that says only how an extreme differs.

    "Lows will be 3 °C warmer than on Sunday. It will be 8 °C in Leeds, 9 °C in York, 4 °C in Hull."
    """
    more: dict[int, tuple[str, int]] = {}
    topic = -1  # a label of the air that names none so far
    differs = False  # whether it tells a difference, as temperatures other than highs have to
    listed: list[int] = []
    for i, token in enumerate([*tokens, None]):
        within = token is not None and topic >= 0 and at[i] == at[topic]
        if token is None or token.kind is Kind.LABEL or _ends_topic(tokens, at, topic, i):
            if len(listed) >= _SEVERAL:
                more |= {j: (str(tokens[topic].value), -1) for j in listed}
            topic = i if token is not None and _is_topic(token) else -1
            differs, listed = topic >= 0 and tokens[topic].value in DAILY, []
        elif within and token is not None and token.value == "change":
            differs = True
        elif topic >= 0 and token.kind in OF_AIR and not _is_difference(tokens, i):
            if i in found or within or not differs:
                topic, listed = -1, []
            else:
                listed.append(i)
    return more


def _is_topic(token: Token) -> bool:
    """Whether a token can name what the sentences behind it are about."""
    return token.kind is Kind.LABEL and token.value in AIR


def _ends_topic(tokens: Tokens, at: Sequence[Place | None], topic: int, i: int) -> bool:
    """Whether a token is of another paragraph than a topic, or a key of another sentence."""
    if topic < 0:
        return False
    place, last = at[i], at[topic]
    if place is None or last is None:
        return tokens.shape[i] == "/" and tokens[i].value != 1
    return place.paragraph != last.paragraph or (tokens.shape[i] in KEYS and place != last)


def _is_difference(tokens: Tokens, at: int) -> bool:
    """Whether degrees are those of a difference: "3 °C | warmer"."""
    after = at + 1 + tokens.shape.startswith(".", at + 1)
    return after < len(tokens) and tokens[after].value == "change"


_SEVERAL: Final = 3  # places of a list


def _is_told_behind(
    tokens: Tokens, at: int, label: int, found: Mapping[int, tuple[str, int]]
) -> bool:
    """Whether two ends stand behind a low and a high, so that they are those of the next place.

    "Leeds low 13, high 24 degrees, York 15 to 22 degrees, Hull 12 to 23 degrees".
    """
    near = (
        i for i in range(max(0, label - _TOLD_IN), at) if tokens.shape[i] in "nT" and i in found
    )
    return {found[i][0] for i in near} >= DAILY


_TOLD_IN: Final = 8  # tokens


def _of_gusts(
    tokens: Tokens, at: Sequence[Place | None], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """Speeds that a sentence gives to the gusts it names: "gusts could well reach 45 mph".

    They may be called a speed as well: "rafale | cu viteze de | 60 km/h".
    """
    used = {label for _, label in found.values()}
    more: dict[int, tuple[str, int]] = {}
    for label in tokens.places(Kind.LABEL):
        if tokens[label].value != "wind_gusts" or label in used or at[label] is None:
            continue
        speed = _SPEED_AFTER.match(tokens.shape, label + 1)
        if speed is None or at[speed.end() - 1] != at[label]:
            continue
        if all(
            tokens[i].value in _REACHING for i in range(*speed.span()) if tokens.shape[i] == "l"
        ):
            more[speed.end() - 1] = "wind_gusts", label
    return more


def _of_humidity(
    tokens: Tokens, at: Sequence[Place | None], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """Percentages that a sentence gives to one label: "humidity by day about 50 %, later 75 %"."""
    more: dict[int, tuple[str, int]] = {}
    for label in tokens.places(Kind.LABEL):
        if tokens[label].value == "relative_humidity" and at[label] is not None:
            behind = _PERCENTS_AFTER.match(tokens.shape, label + 1)
            for i in range(label, behind.end() if behind else label):
                if tokens.shape[i] == "%" and at[i] == at[label] and i not in found:
                    more[i] = "relative_humidity", label
    return more


_PERCENTS_AFTER: Final = re.compile("(?:[lx.owfj,]{0,6}%)+")
_SPEED_AFTER: Final = re.compile("(?:[x.olj]{1,6}|[x.o]{1,6},[x.o]{1,2})S")
_REACHING: Final[frozenset[object]] = frozenset(
    {"wind_speed", "temperature_max"}
)  # "jego prędkość | dojdzie do"


def _up_to(
    tokens: Sequence[Token], at: Sequence[Place | None], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """Temperatures that a day comes up to: "температура до +24 °C", "днём ясно и до +4 °C"."""
    more: dict[int, tuple[str, int]] = {}
    when: object = None  # the last key of the sentence
    other: Place | None = None  # the last sentence with a temperature that no word is for
    for i, token in enumerate(tokens):
        if token.kind in KEYS:
            when, other = token.value, None
        elif i and at[i] != at[i - 1] and token.kind is not Kind.BREAK:
            when = None
        first = at[i] != other
        if token.kind is Kind.TEMPERATURE and i not in found:
            other = at[i]
        if i < 2 or token.kind not in OF_AIR or mark_at(tokens, i - 1) != "range":
            continue
        field, label = found.get(i, ("temperature", -1))
        before = tokens[i - 2]
        led = before.kind not in VALUES
        if at[i] is None or field != "temperature" or not led:
            continue
        if not first:
            continue  # "begins with 13 degrees, which can rise up to 24 °C": two ends of a day
        if any(at[j] == at[i] and j < i for j, (name, _) in found.items() if name in DAILY):
            continue  # "lows from 8 to 15 °C, in the hills with up to 8 °C"
        if not isinstance(when, When) or when.period in (None, Period.DAY, Period.AFTERNOON):
            more[i] = "temperature_max", label
    return more


def _from_place_to_place(
    tokens: Tokens, at: Sequence[Place | None], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """The two ends of a range that words for places part: "from 3 °C in the east to 9 °C inland".

    With a label of highs or lows they are that, both.
    """
    more: dict[int, tuple[str, int]] = {}
    for two in _TWO_ENDS.finditer(tokens.shape):
        first, last = two.start(), two.end() - 1
        own = [found.get(i, ("temperature", -1))[0] for i in (first, last)]
        low, high = tokens[first].value, tokens[last].value
        if at[first] is None or at[first] != at[last] or own[0] != "temperature":
            continue
        if own[1] not in ("temperature", "temperature_max") or not _leads_to(tokens, last):
            continue
        if isinstance(low, Quantity) and isinstance(high, Quantity) and low.value < high.value:
            more[first], more[last] = ("temperature_min", -1), ("temperature_max", -1)
    return more


def _leads_to(tokens: Tokens, at: int) -> bool:
    """Whether a word for the other end of a range stands before a value."""
    return mark_at(tokens, at - 1) == "range" or _is_other_end(tokens, at)


_TWO_ENDS: Final = re.compile("T[x.oWu]{1,8}j?T")


def _is_of_afternoon(token: Token) -> bool:
    """Whether a part of the day has no low: "in the morning the lows are 1 to 7, after noon 16"."""
    return isinstance(token.value, When) and token.value.period is Period.AFTERNOON


def _extreme_of(token: Token) -> str:
    """The extreme that a word for the night or the day stands for behind the other one.

    "Temperature at night 9 to 11°, by day 21 to 23°".
    """
    when = token.value
    if not isinstance(when, When) or when.day is not None:
        return ""
    return EXTREME_OF.get(when.period, "") if when.period else ""


def _is_other_end(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" leads to a temperature: "14 °C in the valleys and up to 22 °C inland"."""
    links = [i for i in range(max(0, at - _LED_BY), at) if tokens[i].kind is Kind.CONNECTOR]
    return any(tokens[i].value == "join" and length(tokens[i]) > 1 for i in links)


_LED_BY: Final = 3  # tokens


def _is_range(token: Token) -> bool:
    """Whether a value has two ends: "12 to 16 °C"."""
    value = token.value
    return token.kind is Kind.PAIR or (isinstance(value, Quantity) and value.low is not None)


_OF_ITS_OWN: Final = DAILY | {_FELT, "dew_point"}  # "wind chills dropping to -15"


def _named_before(tokens: Tokens, field: str, label: int) -> str:
    """What a label names, or the one right before it: "highs | dropping into the 30s"."""
    before = label - 1
    while before >= 0 and tokens.shape[before] == ".":
        before -= 1
    if field in AIR and label >= 0 and before >= 0 and tokens.shape[before] == "l":
        return str(tokens[before].value) if tokens[before].value in _OF_ITS_OWN else field
    return field


def _respectively(tokens: Tokens, at: Sequence[Place | None]) -> dict[int, tuple[str, int]]:
    """What two labels name that stand before two values, in the same order.

    "The maximum and minimum temperatures will be around 20 and 7 degrees". Each day that follows
    can have two: "... on Saturday 34 and 21, on Sunday 33 and 20".
    """
    found: dict[int, tuple[str, int]] = {}
    for i, token in enumerate(tokens[:-2]):
        if at[i] is None or token.kind is not Kind.LABEL or token.value not in DAILY:
            continue
        link, other = tokens[i + 1], tokens[i + 2]
        if other.kind is not Kind.LABEL or link.kind not in (Kind.CONNECTOR, Kind.MARK):
            continue
        behind = range(i + 3, min(len(tokens), i + _OVER + 3))
        values = [j for j in behind if at[j] == at[i] and tokens.shape[j] in DEGREES]
        if {token.value, other.value} == DAILY and len(values) > 1:
            found |= {values[0]: (str(token.value), i), values[1]: (str(other.value), i + 2)}
            for two in _TWO_OF_A_DAY.finditer(tokens.shape, i + 3):
                if at[two.end() - 1] == at[i]:
                    found[two.start(1)] = str(token.value), -1
                    found[two.start(2)] = str(other.value), -1
    return found


_TWO_OF_A_DAY: Final = re.compile("[dDw],?([nT])[jo]([nT])")


def _is_likely(token: Token) -> bool:
    """Whether a number can be a temperature of the air."""
    value = token.value
    return not isinstance(value, Quantity) or int(value.value) in _LIKELY
