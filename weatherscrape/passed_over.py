"""What a window says that is no item of a row: numbers of other things, hours of an extreme.

And words for the day of which the sentence says what it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from . import prose
from .accepts import Named
from .doubts import MEASURED
from .model import Condition, Kind, Quantity, Token, Value, When
from .phenomena import is_alternative
from .tokens import Tokens, is_at, mark_at, sign_at

STOPS: Final = ("\t", "|", ";", "•", "·")  # a text does not go on behind them


def is_of_something_else(
    tokens: Tokens, at: int, place: Sequence[prose.Place | None], page: str, among_words: bool
) -> bool:
    """Whether a value without a label is no weather by what stands beside it.

    `among_words`: behind words that mean nothing to us.
    """
    kind = tokens.shape[at]
    if (
        among_words
        and kind in _NAMED_BY_WORDS
        and not (_said(tokens, at) or _is_rain(tokens[at], place[at]) or _is_chance(tokens, at))
    ):
        return True
    return kind == "n" and (_in_brackets(tokens, at) or _is_of_else(tokens, at, place, page))


# Values that say nothing of weather by themselves: "berth 12", "memory usage: 22%".
_NAMED_BY_WORDS: Final = "n%Lq"


def _in_brackets(tokens: Tokens, at: int) -> bool:
    """Whether a number without a unit stands alone in brackets: "Comments (3)"."""
    around = [t.value for t in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])]
    return around == ["(", ")"]


def _is_of_else(tokens: Tokens, at: int, places: Sequence[prose.Place | None], page: str) -> bool:
    """Whether a bare number of running text is of something else: "at 6. | 40 showmen came".

    One of the air stands beside a sky, "sunny and 75", or is in tens, "it will hit the mid-50s".
    """
    place, end = places[at], tokens[at].span.end
    if place is None or (place.ahead and page.endswith(OF_TENS, 0, end)):
        return False
    near = range(max(0, at - _SKY_NEAR), min(len(tokens), at + _SKY_NEAR + 1))
    return not any(tokens.shape[i] == "C" and places[i] == places[at] for i in near)


_SKY_NEAR: Final = 4  # tokens
OF_TENS: Final = ("0s", "0S", "eens", "EENS", "ties")  # "the upper 50s", "the low twenties"


def _is_rain(token: Token, place: prose.Place | None) -> bool:
    """Whether millimetres of a forecast are of rain: "in which 15 to 20 millimetres may fall"."""
    value = token.value
    ahead = place is not None and place.ahead
    return ahead and isinstance(value, Quantity) and value.unit == "mm"


def _is_chance(tokens: Tokens, at: int) -> bool:
    """Whether a percentage is how likely what stands beside it is: "80 % de risque de pluie".

    Also behind that: "le risque de pluie est de 80 %".
    """
    if tokens.shape[at] != "%":
        return False
    before = _CHANCE_BEFORE.search(tokens.shape, max(0, at - _CHANCE_WORDS), at)
    after = _CHANCE_AFTER.match(tokens.shape, at + 1)
    found = [*([before.start()] if before else ()), *([after.end() - 1] if after else ())]
    values = [tokens[place].value for place in found]
    return any(isinstance(value, Condition) and value.likelihood for value in values)


_CHANCE_BEFORE: Final = re.compile("C[x.o]{1,3}+\\Z")
_CHANCE_AFTER: Final = re.compile("[.o]?C")
_CHANCE_WORDS: Final = 4


def _said(tokens: Tokens, at: int) -> bool:
    """Whether a condition follows: "Arden 72 Sunny", "Arden 61 72 Sunny", "Arden: 72, sunny"."""
    shape = tokens.shape
    listed = sign_at(tokens, at - 1) == ":" and sign_at(tokens, at + 1) == ","
    after = at + 1 + (listed or shape[at : at + 2] == "nn")
    while shape[at] == "L" and shape[after : after + 1] in _LED:
        after += 1  # "6 inches of snow"
    return shape[after : after + 1] == "C"


_LED: Final = frozenset({Kind.MARK, Kind.FILLER})


def is_hour_within(tokens: Tokens, at: int, labels: Named) -> bool:
    """Whether a clock is no key: it says when an extreme was, or when of a period something is."""
    return _of_an_extreme(tokens, at, labels) or _within_a_period(tokens, at)


def _of_an_extreme(tokens: Tokens, at: int, labels: Named) -> bool:
    """Whether a clock says when an extreme was: "Max 14.1 °C at 14:05".

    Or when what a label names was, in brackets: "Highest wind: 11 mph (12:42)".
    """
    if tokens.shape[at - 1 : at + 2] == ",h," and at - 2 in labels:
        return (tokens[at - 1].value, tokens[at + 1].value) == ("(", ")")
    link = at - 1
    while link >= 0 and tokens.shape[link] in _LINKS and tokens[link].value not in STOPS:
        link -= 1
    return link < at - 1 and labels.get(link, ("", 0))[0] in _EXTREMES


_EXTREMES: Final = frozenset({"temperature_max", "temperature_min", "wind_gusts"})
_LINKS: Final = ".jo,f"


def _within_a_period(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clock says when of a period something is: "rain, mainly after 2pm"."""
    if mark_at(tokens, at - 1) == "within":
        return True
    # "between 1pm and 3pm"
    return is_at(tokens, at - 2, Kind.TIME) and mark_at(tokens, at - 3) == "within"


def is_part_of_sky(tokens: Tokens, at: int) -> bool:
    """Whether a part of the day is one of a sky, behind the hour of both: "7pm: Clear night"."""
    start = tokens.shape.rfind("/", 0, at) + 1
    touches = tokens[at].span.start == tokens[at - 1].span.end + 1
    return touches and "h" in tokens.shape[start:at]


def is_or_other(tokens: Tokens, at: int) -> bool:
    """Whether a rain is the second of two that may fall: "periods of rain or | showers"."""
    if at < 2 or tokens[at - 1].value != "or":
        return False
    said = tokens[at - 2].value
    return isinstance(said, Condition) and is_alternative(tokens, at, said, True)


def closes_sentence(
    tokens: Tokens, at: int, place: Sequence[prose.Place | None], day: Value
) -> bool:
    """Whether a part of the day ends a sentence: "on Monday it reaches 23 °C in the afternoon".

    It is a key behind another part of it: "12 °C in the morning and 19 °C in the afternoon".
    `day`: that of the sentence; "this afternoon" is a part of today.
    """
    value = tokens[at].value
    if not isinstance(value, When) or not at:
        return False
    if value.day is not None and day != When(value.day):
        return False
    if at + 1 < len(tokens) and place[at + 1] == place[at]:
        return False
    before = takewhile(lambda i: place[i] == place[at], range(at - 1, -1, -1))
    parted = any(isinstance(when := tokens[i].value, When) and when.day is None for i in before)
    return tokens.shape[at - 1] in _CLOSED and not parted


_CLOSED: Final = MEASURED + "C"
