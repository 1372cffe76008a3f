"""Tokens that make one measured value together: number and unit, a sign, a value in two units.

Each takes a run of tokens from one place on, or none; :mod:`weatherscrape.joins` tries them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from .data import units
from .model import (
    Kind,
    Quantity,
    Reading,
    Token,
)
from .tokens import WRAPPED, is_at, mark_at, reading_at, sign_at
from .vocabulary import UNSPACED

# To look a member of an enum up takes longer than all that is done with these.
_NUMBER: Final = Kind.NUMBER
_UNIT: Final = Kind.UNIT
_BREAK: Final = Kind.BREAK
_SEPARATOR: Final = Kind.SEPARATOR
_TEMPERATURE: Final = Kind.TEMPERATURE

_SIGNS: Final = {"minus": "-", "plus": "+"}
_BEHIND: Final = {"cold": -1, "warm": 1}  # "3 мороза": words for a side of zero, unit or none


def _sign_at(tokens: Sequence[Token], at: int, text: str) -> str:
    """The sign that stands before the number at `at + 1`, if the token at `at` is one."""
    if not is_at(tokens, at + 1, _NUMBER):
        return ""
    if word := _SIGNS.get(mark_at(tokens, at)):
        return word
    sign = reading_at(tokens, at, _SEPARATOR)
    if sign is None or sign.value not in ("-", "+", "—"):
        return ""
    start = tokens[at].span.start
    before = text[start - 1] if start else "\n"
    if sign.value == "—":  # "from —4 to +1"
        led = before == " " and mark_at(tokens, at - 1) in ("between", "range")
        return "-" if led and tokens[at].span.end == tokens[at + 1].span.start else ""
    if tokens[at].span.end == tokens[at + 1].span.start:  # it touches the number
        if before in " \n":
            return str(sign.value)
        if before.isalpha() and not UNSPACED.match(before):  # "Thu-1°": glued
            glued = is_at(tokens, at - 1, Kind.WEEKDAY, Kind.CONDITION, Kind.LABEL, Kind.WHEN)
            return str(sign.value) if glued and is_at(tokens, at + 2, Kind.UNIT) else ""
        # "70-57", "16度-20度" are ranges, "70° -57°" no longer
        ranged = before.isdigit() or before in "°%)" or is_at(tokens, at - 1, Kind.UNIT)
        return "" if ranged else str(sign.value)
    # "- 4 °C": a minus set apart, if it neither opens the line nor stands between two values.
    apart = tokens[at + 1].span.start - tokens[at].span.end == 1
    if before == "\n":  # a bullet, or "- 2 º C" in a text that sets all its signs apart
        after = tokens[at + 1].span.end
        return str(sign.value) if apart and text[after : after + 2] == " °" else ""
    apart = apart and before == " "
    closes = is_at(
        tokens, at - 1, Kind.NUMBER, Kind.UNIT, Kind.BREAK, Kind.MISSING, Kind.TIME, Kind.MONTH
    )
    # "Light rain - 13°C", "Porto - 21 degrees", "Max – 27", "Monday - 9°C"
    if is_at(tokens, at - 1, *_LED_BY_DASH):
        apart = apart and text.startswith(" °", tokens[at + 1].span.end)
    return str(sign.value) if apart and not closes and at else ""


_LED_BY_DASH: Final = (
    Kind.CONDITION,
    Kind.DIRECTION,
    Kind.WORD,
    Kind.LABEL,
    Kind.WHEN,
    Kind.WEEKDAY,
)


def _unit_at(tokens: Sequence[Token], at: int, text: str) -> tuple[int, str] | None:
    """The unit that follows a number and where it ends; a degree sign may stand on its own line."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind is not _UNIT:
        if token.kind is _SEPARATOR and token.value == "(":  # "4 (9) m/s"
            inner = at + 1 + (sign_at(tokens, at + 1) in ("-", "+"))
            shared = is_at(tokens, inner, _NUMBER) and reading_at(tokens, inner + 2, _UNIT)
            if not shared or _LEADS_ON.match(text, tokens[inner + 2].span.start):
                return None
            return at, str(shared.value)
        if token.kind is _BREAK:
            return _unit_on_next_line(tokens, at + 1, text)
        if token.kind is _SEPARATOR and token.value == ")":
            at += reading_at(tokens, at + 1, _UNIT) is not None
            if _LEADS_ON.match(text, tokens[at].span.start):
                return None
        elif len(token.readings) == 1:
            return None
    unit = reading_at(tokens, at, _UNIT)
    if unit is None:
        return None
    start, end = tokens[at].span
    if text[tokens[at - 1].span.end - 1] in "sS" and _LEADS_ON.match(text, start):
        return None  # "in the lower 80s in the mountains"
    if text[start] == '"' and (
        text[end : end + 1] in _OF_CODE
        or text[start - 1] == "."
        or _QUOTE.search(text, max(0, start - _QUOTED), start)
    ):
        return None
    if text[start] not in "°%":
        printed = text[start:end]
        gap = start - tokens[at - 1].span.end
        small = printed in "cf" and gap and not _is_told_twice(text, start)
        if printed == "k" or small:  # °C, °F and K are capitals
            return None
        if not gap and _OF_HEX.match(text, start):
            return None
        if printed[0].isalpha() and text[start - gap - 1] == ".":
            return None  # "16.10. Mi"
        if printed[0].isalpha() and gap > (1 if len(printed) == 1 else _SPACES):
            return None
    return at + 1, unit.value  # type: ignore[return-value]


def _is_told_twice(text: str, at: int) -> bool:
    """Whether a line ends with two numbers that have the same small letter: "30 c 24 c"."""
    line = slice(max(text.rfind("\n", 0, at), at - _PAIR_SIZE) + 1, at + _PAIR_SIZE)
    return any(m.start(1) <= at - line.start < m.end() for m in _PAIR.finditer(text[line]))


_PAIR: Final = re.compile(r"-?\d{1,3}( ?([cf])) ?[/-]? ?-?\d{1,3} ?\2(?=\n|\Z)")
_PAIR_SIZE: Final = 16

# A quotation mark is no inch: '"06/05"=>"sunny"', '"a low of 31."', '"day": "Mon 5"'.
_OF_CODE: Final = ("=", ":", "]", "}")
_QUOTE: Final = re.compile(r'(?:\A|[\s:=,>(\[{])"(?!\s)[^"\n]*\Z')
_QUOTED: Final = 400  # characters
_OF_HEX: Final = re.compile(r"[CF][0-9]+(?![0-9CF°])")  # "26C4", but "24C12C"
_LEADS_ON: Final = re.compile(r"in [a-z]")  # "a low of 16 (61) in light winds": no inches


def _unit_on_next_line(tokens: Sequence[Token], at: int, text: str) -> tuple[int, str] | None:
    unit = reading_at(tokens, at, _UNIT)
    if unit is None:
        return None
    printed = text[slice(*tokens[at].span)]
    if printed[0] not in "°%&℃℉":
        alone = at + 1 >= len(tokens) or tokens[at + 1].kind is _BREAK
        if not (alone or _is_wrapped(printed, tokens[at - 1], text)) or unit.value in _SHORT_UNITS:
            return None
        end = tokens[at].span.end
        if len(printed) < 2 and not _TENTHS.search(text, max(0, end - _TENTHS_SIZE), end):
            return None
    return at + 1, str(unit.value)


def _is_wrapped(printed: str, end: Token, text: str) -> bool:
    """Whether a unit is a word that a line of running text goes on with: "near 14⏎degrees"."""
    size = end.span.start - (text.rfind("\n", 0, end.span.start) + 1)
    return len(printed) >= _SPELLED and end.value == 1 and size in WRAPPED


_SPELLED: Final = 4  # letters

# "30.4⏎C": a letter alone on its line is a unit below tenths, which lists and menus do not have.
_TENTHS: Final = re.compile(r"(?<![^\n])-?\d{1,2}\.\d\n[CF]\Z")
_TENTHS_SIZE: Final = 7


def _thousands(tokens: Sequence[Token], at: int, text: str) -> tuple[int, float] | None:
    """ "1 015 hPa": the place of the last digits, and the number."""
    printed = _THOUSANDS.match(text, tokens[at].span.start)
    unit = reading_at(tokens, at + 2, _UNIT) if printed else None
    if printed is None or unit is None or units()[str(unit.value)].kind is not Kind.PRESSURE:
        return None
    if tokens[at + 1].span.end != printed.end():
        return None
    return at + 1, float(printed.group().replace(" ", "").replace(",", "."))


_THOUSANDS: Final = re.compile(r"1 [01]\d\d(?:[.,]\d+)?")


def quantity_at(
    tokens: Sequence[Token], at: int, text: str
) -> tuple[int, tuple[Reading, ...]] | None:
    """[sign] number [unit]."""
    token = tokens[at]
    plain = token.kind is _NUMBER and len(token.readings) == 1
    sign = "" if plain else _sign_at(tokens, at, text)
    number = at + bool(sign)
    if not (plain or is_at(tokens, number, _NUMBER)):
        return None
    quantity = tokens[number].value
    assert isinstance(quantity, Quantity)
    amount = quantity.value
    if amount == 1 and (thousands := _thousands(tokens, number, text)):
        number, amount = thousands
    end, name, kind = number + 1, None, None
    while following := _unit_at(tokens, end, text):
        unit = units()[following[1]]
        if name not in (None, "°"):
            # "12 °C°", "12°°": a sign printed twice; anything else is not of this number.
            if unit.name != "°":
                break
        elif name == "°" and unit.kind is not _TEMPERATURE:
            break  # "12 degrees in light winds"
        else:
            name, kind = unit.name, unit.kind
        shared, end = following[0] == end, following[0]
        if shared or unit.kind is not _TEMPERATURE:
            break
    if name is None and not sign and mark_at(tokens, end) == "frost":  # "3 minusgrader"
        return end + 1, (Reading(Kind.TEMPERATURE, Quantity(-amount)),)
    if name is None and not sign and (warmth := _BEHIND.get(mark_at(tokens, end))):
        return end + 1, (Reading(Kind.TEMPERATURE, Quantity(warmth * amount)),)
    if name is None and not sign and (side := _side_of_zero(tokens, end, text)):
        end += 1 + _is_zero(tokens, end + 1)
        return end, (Reading(Kind.NUMBER, Quantity(side * amount)),)
    if name is None:
        return (end, _measure(amount, sign == "-", None)) if sign else None
    below = sign == "-"
    after = mark_at(tokens, end)
    if sign:  # "-2 degrees of frost" says it twice
        end += after == {"-": "cold", "+": "warm"}.get(sign)
    elif after in _BEHIND or (after in _SIGNS and not is_at(tokens, end + 1, _NUMBER)):
        below = after in ("minus", "cold")  # "5 degrees below zero"
        end += 1
    if sign and kind is not _TEMPERATURE:
        if tokens[number].span.start > tokens[at].span.end:
            return None  # "Pressure - 1021 mb": only the air is below zero
        if kind is Kind.PERCENT:
            return end, (Reading(Kind.WORD),)  # "+1.7%": a change of something
    below = below and kind not in _NEVER_BELOW  # "Wind -5 m/s" has a dash
    last = tokens[end - 1].span.start
    small = text[last] in "cf" and not _is_told_twice(text, last)
    maybe_number = name in _SHORT_UNITS or small
    return end, _measure(amount, below, name, maybe_number)


_NEVER_BELOW: Final = frozenset({Kind.SPEED, Kind.PRESSURE})


@lru_cache(maxsize=1 << 13)
def _measure(
    amount: float, below: bool, name: str | None, maybe_number: bool = False
) -> tuple[Reading, ...]:
    """What a number with a unit means; what stands for a unit can be a word."""
    value = -amount if below else amount
    number = Reading(Kind.NUMBER, Quantity(value))
    if name is None:
        return (number,)
    unit = units()[name]
    measure = Reading(unit.kind, Quantity(value, None if name == "°" else name))
    return (measure, number) if maybe_number else (measure,)


def _side_of_zero(tokens: Sequence[Token], at: int, text: str) -> int:
    """1 for "5 above", -1 for "5 below" or "5 below zero", if no more follows; else 0."""
    side = {"above": 1, "below": -1}.get(mark_at(tokens, at), 0)
    ends = not side or text[tokens[at].span.end :][:1] in ("", ".", ",", ";", "\n")
    return side if ends or _is_zero(tokens, at + 1) else 0


def _is_zero(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number that stands at a place is zero."""
    value = tokens[at].value if is_at(tokens, at, _NUMBER) else None
    return isinstance(value, Quantity) and not value.value


_SPACES: Final = 3  # that may stand between a number and its unit
_SHORT_UNITS: Final = frozenset({"in", "m", "K"})  # "in" and "m" are words and names as well


TENDENCY: Final = re.compile(r"(2[6-9]\.\d\d|3[01]\.\d\d)[RSF](?!\w)(?!,? *\d+\.\d+[EW])")


def barometer_at(
    tokens: Sequence[Token], at: int, text: str
) -> tuple[int, tuple[Reading, ...]] | None:
    """ "29.80S": inches of mercury that rise, fall or are steady; "29.80S 31.02E" is a place."""
    printed = TENDENCY.match(text, tokens[at].span.start)
    if printed is None or at + 1 == len(tokens) or tokens[at + 1].span.end != printed.end():
        return None
    return at + 2, (Reading(Kind.PRESSURE, Quantity(float(printed[1]), "inHg")),)


def double_at(
    tokens: Sequence[Token], at: int, text: str
) -> tuple[int, tuple[Reading, ...]] | None:
    """One value in two units, "49 °F (9.4 °C)", "9 °C, 48 °F": the first is the value."""
    first = reading_at(tokens, at, tokens[at].kind)
    opening = second_at = at + 1
    if is_at(tokens, at + 1, Kind.BREAK):  # "68 °F⏎(20 °C)"
        opening = second_at = at + 2
        if tokens[at + 1].value != 1 or sign_at(tokens, opening) != "(":
            return None
    while is_at(tokens, second_at, Kind.SEPARATOR):
        if tokens[second_at].value not in ("(", "/", "|", ","):
            return None
        second_at += 1
    if second_at == at + 1 and text[tokens[at].span.end : tokens[at].span.end + 1] != " ":
        return None
    if not (first and is_at(tokens, second_at, first.kind)):
        return None
    one, two = first.value, tokens[second_at].value
    if not (isinstance(one, Quantity) and isinstance(two, Quantity)):
        return None
    if one.unit is None or two.unit is None or one.unit == two.unit:
        return None
    if not _same_amount(one, two):
        return None
    end = second_at + 1
    closing = reading_at(tokens, end, Kind.SEPARATOR)
    if closing and closing.value == ")" and tokens[opening].value == "(":
        end += 1
    return end, (first,)


def twice_at(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """A temperature in °C and in brackets in °F, without the units: "a high of 27 (81)"."""
    if [t.value for t in (tokens[at + 1], *tokens[at + 3 : at + 4])] != ["(", ")"]:
        return None
    one, two = tokens[at].value, tokens[at + 2].value
    if not (isinstance(one, Quantity) and isinstance(two, Quantity)) or one.unit or two.unit:
        return None
    led = is_at(tokens, at - 1, Kind.LABEL) and str(tokens[at - 1].value).startswith("temperature")
    if not led or not _same_amount(replace(one, unit="C"), replace(two, unit="F")):
        return None
    return at + 4, (Reading(Kind.TEMPERATURE, replace(one, unit="C")),)


def _same_amount(one: Quantity, two: Quantity) -> bool:
    assert one.unit and two.unit
    if {one.unit, two.unit} == {"C", "F"}:
        celsius, fahrenheit = (one, two) if one.unit == "C" else (two, one)
        return abs(celsius.value * 1.8 + 32 - fahrenheit.value) <= 1.5
    first, second = units()[one.unit], units()[two.unit]
    if first.factor is None or second.factor is None:
        return False
    a, b = one.value * float(first.factor), two.value * float(second.factor)
    return abs(a - b) <= 0.1 * max(abs(a), abs(b))


_FORCES: Final = range(13)  # of the Beaufort scale


def beaufort_at(
    tokens: Sequence[Token], at: int, text: str
) -> tuple[int, tuple[Reading, ...]] | None:
    """A wind in Beaufort, with its word before: "windkracht 3 tot 4", "Windstärke 5"."""
    if mark_at(tokens, at) != "force" or (low := _force_at(tokens, at + 1)) is None:
        return None
    linked = mark_at(tokens, at + 2) == "range" or sign_at(tokens, at + 2) in ("-", "/")
    high = _force_at(tokens, at + 3) if linked else None
    if high is None or high <= low:
        return at + 2, (Reading(Kind.SPEED, Quantity(low, "bft")),)
    return at + 4, (Reading(Kind.SPEED, Quantity(high, "bft", low)),)


def rate_at(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """A length that a wind goes in the time before it: "saatte 25 ile 36 km", "초속 5m"."""
    length = reading_at(tokens, at + 1, Kind.LENGTH)
    if length is None or not isinstance(length.value, Quantity):
        return None
    unit = RATES.get(mark_at(tokens, at), {}).get(length.value.unit or "")
    if unit is None:
        return None
    return at + 2, (Reading(Kind.SPEED, replace(length.value, unit=unit)),)


# The speed that a length is in the time that a word says.
RATES: Final[Mapping[str, Mapping[str, str]]] = {
    "hourly": {"km": "km/h", "mi": "mph"},
    "each_second": {"m": "m/s"},
}


def _force_at(tokens: Sequence[Token], at: int) -> float | None:
    """The force that a bare number at a place can be."""
    value = tokens[at].value if is_at(tokens, at, Kind.NUMBER) else None
    bare = isinstance(value, Quantity) and value.unit is None
    if not bare or reading_at(tokens, at + 1, Kind.UNIT):
        return None
    assert isinstance(value, Quantity)
    return value.value if value.value in _FORCES else None
