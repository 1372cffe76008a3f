"""Tokens that make a range together: its two ends, two temperatures of a day, tens of degrees.

Each takes a run of tokens from one place on, or none; :mod:`weatherscrape.joins` tries them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final

from .data import languages
from .model import (
    AIR,
    Clock,
    Kind,
    Pair,
    PartialDate,
    Quantity,
    Reading,
    Span,
    Token,
    When,
)
from .tokens import is_at, length, mark_at, reading_at, sign_at
from .whens import hour_span, worded_hours

RANGE_SIGNS: Final = frozenset({"-", "—", "~", "/", "…", "..", "...", "÷", "、"})


def range_at(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """Two ends of one value: a pair of temperatures, a range of anything else, a span of hours."""
    middle = at + 1
    while is_at(tokens, middle, Kind.BREAK) and tokens[middle].value == 1:
        middle += 1
    sign = reading_at(tokens, middle, Kind.SEPARATOR)
    if sign is not None and sign.value == "," and middle == at + 1:
        return _listed(tokens, at, text)
    if sign is None or sign.value not in RANGE_SIGNS:
        # "between 5 and 9 °C", "5 és 9 °C között"; the word can be part of a label
        after = middle + 2 + is_at(tokens, middle + 2, Kind.UNIT)
        between = mark_at(tokens, at - 1) in ("between", "within")
        between = between or mark_at(tokens, after) == "between"
        led = at - 1 - is_at(tokens, at - 1, Kind.FILLER)  # "massime tra | gli | 11 e i 15"
        listed = _is_of_two_days(tokens, led) and not _says_between(tokens, led, text)
        between = between or (is_at(tokens, led, Kind.LABEL) and not listed)
        if mark_at(tokens, middle) not in (("range", "and") if between else ("range",)):
            return None
    slash = sign is not None and sign.value == "/"
    last = middle + 1
    if sign is None and length(tokens[middle]) == 1:
        last += is_at(tokens, last, Kind.FILLER)  # "tra gli 11 e | i | 15 gradi"
    wrapped = sign is None and middle <= at + 2  # "winds 10 to⏎15 mph", "winds 10⏎to 15 mph"
    while (slash or wrapped) and is_at(tokens, last, Kind.BREAK) and tokens[last].value == 1:
        last += 1
    broken = not wrapped and (middle > at + 1 or last > middle + 1)
    if last >= len(tokens) or (broken and not slash):
        return None
    if mark_at(tokens, last + 1) == "day":
        return None  # "23-24日"
    printed = text[tokens[at].span.start : tokens[last].span.end]
    first, second = _both_below(tokens[at], tokens[last], text)
    reading = (
        (_eighths(tokens, at, last) if slash else None)
        or _signed(first, second, text)
        or _ends(first, second, slash)
        or (not slash and _bare_range(tokens, at, last))
        or (sign is None and _of_next_place(tokens, at, last))
        or (sign is not None and sign.value == "~" and _of_a_day(first, second, text))
        or (sign is not None and sign.value == "~" and _in_brackets(tokens, at, last))
        or worded_hours(tokens[at], tokens[last], text)
        or hour_span(printed)
    )
    if reading is None or (broken and reading[0].kind is not Kind.PAIR):
        return None
    if broken and tokens[at].kind is Kind.NUMBER:
        return None
    return last + 1, reading


def _is_of_two_days(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" joins the last two days before a label: "Sunday and Monday ... highs of".

    Two numbers behind that are one of each.
    """
    before = range(at - 1, max(0, at - _SENTENCES), -1)
    last = next((i for i in before if _ends_days(tokens, i)), 0)
    if not _is_a_day(tokens, last):
        return False
    link = last - 1
    while is_at(tokens, link, Kind.FILLER) and mark_at(tokens, link) != "and":
        link -= 1
    return mark_at(tokens, link) == "and" and _is_a_day(tokens, link - 1)


def _says_between(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether a label ends with the word for a range: "highs between"."""
    printed = text[slice(*tokens[at].span)]
    return any(
        printed.lower().endswith(words_for_between(code))
        for reading in tokens[at].readings
        for code in reading.languages
    )


@cache
def words_for_between(code: str) -> tuple[str, ...]:
    """What leads the two ends of a range in a language: "between"."""
    marks = languages()[code].sections.get("mark", {})
    return tuple(word.lower() for name in ("between", "within") for word in marks.get(name, ()))


_SENTENCES: Final = 40  # tokens of a sentence or two


def _is_a_day(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token names a day: "Sunday", "21 May", "tomorrow"."""
    if not is_at(tokens, at, Kind.WEEKDAY, Kind.DATE, Kind.WHEN):
        return False
    return any(
        reading.kind in (Kind.WEEKDAY, Kind.DATE)
        or (isinstance(reading.value, When) and reading.value.day is not None)
        for reading in tokens[at].readings
    )


def _ends_days(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is a day, or ends the paragraph."""
    return _is_a_day(tokens, at) or (is_at(tokens, at, Kind.BREAK) and tokens[at].value != 1)


def _eighths(tokens: Sequence[Token], at: int, last: int) -> tuple[Reading, ...] | None:
    """How much of the sky is clouded, as observers count it: "Cloud cover: 4/8"."""
    label = at - 1 - (sign_at(tokens, at - 1) == ":")
    cloud = reading_at(tokens, label, Kind.LABEL)
    part, whole = tokens[at].value, tokens[last].value
    if cloud is None or cloud.value != "cloud_cover":
        return None
    if not (isinstance(part, Quantity) and isinstance(whole, Quantity)):
        return None
    if part.unit or whole.unit or whole.value != _OKTAS or part.value > _OKTAS:
        return None
    return (Reading(Kind.PERCENT, Quantity(100 * part.value / _OKTAS, "%")),)


_OKTAS: Final = 8


def _bare_range(tokens: Sequence[Token], at: int, last: int) -> tuple[Reading, ...] | None:
    """Two numbers without a unit that rise behind a label of temperatures: "highs 81 to 87"."""
    before = at - 1
    while is_at(tokens, before, *_LEADS_ON) or sign_at(tokens, before) == ":":
        before -= 1
    label = reading_at(tokens, before, Kind.LABEL)
    low, high = tokens[at].value, tokens[last].value
    humid = label is not None and label.value == "relative_humidity"  # "濕度:百分之65至90"
    if label is None or not (humid or str(label.value).startswith("temperature")):
        return None
    if not (tokens[at].kind is tokens[last].kind is Kind.NUMBER):
        return None
    assert isinstance(low, Quantity) and isinstance(high, Quantity)
    ends = sorted((low.value, high.value))
    if low.value > high.value > 0 or not 0 < ends[1] - ends[0] <= (100 if humid else _WIDEST):
        return None  # but "lows -3 to -8"
    if label.value == "temperature":  # "the temperature will be 3 to 5, on the coast 8 degrees"
        return (Reading(Kind.PAIR, Pair(low, high)),)
    return (Reading(Kind.NUMBER, Quantity(ends[1], None, ends[0])),)


def _of_next_place(tokens: Sequence[Token], at: int, last: int) -> tuple[Reading, ...] | None:
    """Two numbers behind degrees of another place: "from 17 to 29°, in Leeds between 14 and 23"."""
    low, high = tokens[at].value, tokens[last].value
    if (
        mark_at(tokens, at - 1) != "between"
        or not tokens[at].kind is tokens[last].kind is Kind.NUMBER
    ):
        return None
    before = at - 1
    while before > at - _PLACES and is_at(tokens, before, *_OF_PLACES):
        before -= 1
    assert isinstance(low, Quantity) and isinstance(high, Quantity)
    if not is_at(tokens, before, Kind.TEMPERATURE) or not 0 < high.value - low.value <= _WIDEST:
        return None
    return (Reading(Kind.PAIR, Pair(low, high)),)


_PLACES: Final = 100  # tokens of a list of places
_OF_PLACES: Final = (
    Kind.CONNECTOR,
    Kind.DIRECTION,  # "e" and "no", which are words
    Kind.FILLER,
    Kind.MARK,
    Kind.NUMBER,
    Kind.SEPARATOR,
    Kind.WORD,
)


def _of_a_day(first: Token, last: Token, text: str) -> tuple[Reading, ...] | None:
    """Low and high of a day in a table whose head has the unit: "气温(℃) | 3~11"."""
    low, high = first.value, last.value
    if not (first.kind is last.kind is Kind.NUMBER and _ALONE.match(text, last.span.end)):
        return None
    if last.span.start - first.span.end != 1 or not _in_celsius(text):
        return None
    assert isinstance(low, Quantity) and isinstance(high, Quantity)
    if low.unit or high.unit or not 0 < high.value - low.value <= _WIDEST:
        return None
    return (Reading(Kind.PAIR, Pair(low, high)),)


def _in_brackets(tokens: Sequence[Token], at: int, last: int) -> tuple[Reading, ...] | None:
    """Low and high in brackets behind the sky of a place: "Arden: [cloudy, clear] (7~16)"."""
    low, high = tokens[at].value, tokens[last].value
    if not (sign_at(tokens, at - 1) == "(" and sign_at(tokens, last + 1) == ")"):
        return None
    if not any(is_at(tokens, i, Kind.CONDITION) for i in range(max(0, at - _SKY), at)):
        return None
    if not (isinstance(low, Quantity) and isinstance(high, Quantity) and low.value < high.value):
        return None
    return None if low.unit or high.unit else (Reading(Kind.PAIR, Pair(low, high)),)


_SKY: Final = 4  # tokens from a sky to the brackets behind it


@lru_cache(maxsize=1 << 4)  # once for a window, not for each of its ranges
def _in_celsius(text: str) -> bool:
    return "℃" in text or "°C" in text


_ALONE: Final = re.compile(r"[ \t]*(?:[\n|]|\Z)")
_LEADS_ON: Final = (Kind.FILLER, Kind.MARK, Kind.BREAK)
_WIDEST: Final = 25.0  # degrees between the warmest and the coldest place of a district


def _signed(first: Token, last: Token, text: str) -> tuple[Reading, ...] | None:
    """Two numbers with their signs printed are temperatures: "+7...+12", "0 to +3".

    Two below zero have a word or dots between: "-6 to -2", "-9..-4".
    """
    one, two = first.value, last.value
    printed = text[first.span.start] + text[last.span.start]
    between = text[first.span.end : last.span.start].strip()
    apart = between.isalpha() or between.strip(".…") == ""
    signed = ("++", "-+", "0+", "-0", "--") if apart else ("++", "-+")
    if not (first.kind is last.kind is Kind.NUMBER and printed in signed):
        return None
    assert isinstance(one, Quantity) and isinstance(two, Quantity)
    if (printed == "0+" and one.value) or (printed == "-0" and two.value):
        return None
    return (Reading(Kind.PAIR, Pair(one, two)),)


def _both_below(first: Token, last: Token, text: str) -> tuple[Token, Token]:
    """Two ends of which a word says that they are below zero: "2 to 5 degrees of frost".

    A dash that is set apart does not.
    """
    one, two = first.value, last.value
    if not (isinstance(one, Quantity) and isinstance(two, Quantity)):
        return first, last
    if first.kind not in _OF_AIR or last.kind not in _OF_AIR:
        return first, last
    worded = text[first.span.start].isalpha(), text[last.span.start].isdigit()
    bare = len(text[slice(*first.span)].split()) < _WORDS  # not "2 degrees of warmth to 3 of frost"
    if one.value > 0 > two.value and worded[1] and bare and text[first.span.start].isdigit():
        return _with_value(first, replace(one, value=-one.value)), last
    apart = text[first.span.start : first.span.start + 2] == "- "
    if apart and 0 < -one.value < two.value:  # "by day - 21-23 °C"
        return _with_value(first, replace(one, value=-one.value)), last
    # "minus 3-5 °C", and "-11-12 градусов" of sentences; programs print "-1.2-3.1°C"
    glued = _GLUED.fullmatch(text, first.span.end, last.span.start) is not None
    spelled = glued and sum(map(str.isalpha, text[slice(*last.span)])) > 1
    colder = spelled and 0 < -one.value < two.value <= _COLDER - one.value
    if one.value < 0 < two.value and (all(worded) or colder):
        return first, _with_value(last, replace(two, value=-two.value))
    return first, last


_WORDS: Final = 3  # of a number, its unit and a side of zero
_GLUED: Final = re.compile("[-—]")
_COLDER: Final = 3.0  # degrees between two ends below zero


def _with_value(token: Token, value: Quantity) -> Token:
    return Token(token.span, (Reading(token.kind, value),))


def below_zero(tokens: list[Token]) -> list[Token]:
    """Tokens, with the degrees below zero behind a word for frost: "мороз до 25 градусов"."""
    frosts = [at for at in range(len(tokens)) if mark_at(tokens, at) == "frost"]
    if not frosts:
        return tokens
    shape = "".join([token.kind for token in tokens])
    out = list(tokens)
    for at in frosts[::-1]:
        found = _DEGREES_BEHIND.match(shape, at + 1)
        for i in range(*found.span()) if found else ():
            value = tokens[i].value
            if isinstance(value, Quantity) and value.value > 0:
                out[i] = _with_value(tokens[i], _negated(value))
            elif isinstance(value, Pair):
                ends = [end and _negated(end) for end in (value.first, value.second)]
                out[i] = Token(tokens[i].span, (Reading(Kind.PAIR, Pair(*ends)),))
        if found and found[1]:  # "6-12": a range without its unit
            first, last = found.start(1), found.end(1) - 1
            one, two = out[first].value, out[last].value
            if isinstance(one, Quantity) and isinstance(two, Quantity):
                span = Span(tokens[first].span.start, tokens[last].span.end)
                out[first : last + 1] = [Token(span, (Reading(Kind.PAIR, Pair(one, two)),))]
    return out


# "Külma on 6-12, kohati 15 kraadi": some degrees have to have their unit.
_DEGREES_BEHIND: Final = re.compile("[.xo]{0,2}(n,n)?(?:,?[.xfo]{0,2}[TP])+")


def _negated(value: Quantity) -> Quantity:
    if value.low is None:
        return replace(value, value=-abs(value.value))
    return replace(value, value=-value.low, low=-value.value)


def _listed(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """Two ends with their signs and a comma between: "+4,+6°", "-2, -5 °C"; three are a list."""
    last = at + 2
    if not is_at(tokens, last, *_OF_AIR) or tokens[at].kind not in _OF_AIR:
        return None
    signs = [text[tokens[i].span.start] for i in (at, last)]
    alone = not any(
        sign_at(tokens, comma) == ","
        and is_at(tokens, beside, *_OF_AIR)
        and text[tokens[beside].span.start] in "+-"
        for comma, beside in ((at - 1, at - 2), (last + 1, last + 2))
    )
    if signs[0] == "0":
        signs[0] = signs[1]  # "0, +2°C"
    if not (alone and signs[0] == signs[1] and signs[0] in "+-"):
        return None
    rising = _pair_of(tokens, at, last, 1)
    return rising if signs[0] == "+" else rising or _pair_of(tokens, at, last, -1)


def signed_at(
    tokens: Sequence[Token], at: int, text: str
) -> tuple[int, tuple[Reading, ...]] | None:
    """Two ends with their signs and nothing between: "+7 +9", "+15+17°C"; three are a list."""
    plus = sign_at(tokens, at + 1) == "+"
    last = at + 1 + plus
    if not (is_at(tokens, at, *_OF_AIR) and is_at(tokens, last, *_OF_AIR)):
        return None
    between = text[tokens[at].span.end : tokens[last].span.start]
    signs = [text[tokens[i].span.start] for i in (at, last - plus)]
    beside = [i for i in (at - 1, last + 1) if is_at(tokens, i, *_OF_AIR)]
    if signs == ["0", "+"]:
        signs[0] = "+"  # "0 +4"
    if between not in (" ", "+") or signs[0] != signs[1] or signs[0] not in "+-":
        return None
    if any(text[tokens[i].span.start] in "+-" for i in beside) or sign_at(tokens, last + 1) == "+":
        return None
    return _pair_of(tokens, at, last, 1)


def _pair_of(
    tokens: Sequence[Token], at: int, last: int, direction: int
) -> tuple[int, tuple[Reading, ...]] | None:
    """Two temperatures with the unit of either; the second is warmer, or colder (-1)."""
    one, two = tokens[at].value, tokens[last].value
    if not (isinstance(one, Quantity) and isinstance(two, Quantity)):
        return None
    if not 0 < direction * (two.value - one.value) <= _WIDEST:
        return None
    unit = two.unit or one.unit
    return last + 1, (Reading(Kind.PAIR, Pair(replace(one, unit=unit), replace(two, unit=unit))),)


_OF_AIR: Final = (Kind.NUMBER, Kind.TEMPERATURE)


def _ends(first: Token, last: Token, slash: bool) -> tuple[Reading, ...] | None:
    kinds = {first.kind, last.kind}
    one, two = first.value, last.value
    if kinds == {Kind.TIME}:
        assert isinstance(one, Clock) and isinstance(two, Clock)
        if slash or one.end is not None or two.end is not None:
            return None
        return (Reading(Kind.TIME, Clock(one.minute, two.minute)),)
    low = one if isinstance(one, Quantity) else None
    high = two if isinstance(two, Quantity) else None
    if Kind.MISSING in kinds:
        if slash and kinds <= {Kind.MISSING, Kind.TEMPERATURE, Kind.NUMBER} and (low or high):
            return (Reading(Kind.PAIR, Pair(low, high)),)
        return None
    if low is None or high is None:
        return None
    unit = high.unit or low.unit
    ends = Quantity(low.value, low.unit or unit), Quantity(high.value, high.unit or unit)
    if Kind.TEMPERATURE in kinds and kinds <= {Kind.TEMPERATURE, Kind.NUMBER}:
        return (Reading(Kind.PAIR, Pair(*ends)),)
    if kinds == {Kind.NUMBER} and slash:
        return _slashed(low.value, high.value)
    if slash or first.kind not in (Kind.NUMBER, last.kind) or last.kind is Kind.NUMBER:
        return None
    if high.value < low.value:
        if last.kind is not Kind.PERCENT:
            return None
        low, high = high, low  # "humidity between 90 % and 40 %"
    # No speed or length is below zero: "Wind - 5-9 m/s" has a dash.
    return (Reading(last.kind, Quantity(high.value, unit, abs(low.value))),)


def _slashed(first: float, second: float) -> tuple[Reading, ...]:
    """ "10/21" is a high and a low, or a date; who reads the whole window decides."""
    readings = [Reading(Kind.PAIR, Pair(Quantity(first), Quantity(second)))]
    if first == int(first) and second == int(second):
        for month, day in ((first, second), (second, first)):
            if value := PartialDate.of(int(day), int(month)):
                readings.append(Reading(Kind.DATE, value))
    return tuple(readings)


THIRDS: Final = {"lower": -3.0, "mid": 0.0, "upper": 3.0}


def tens_at(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """A part of ten degrees: "lower 50s" is 52, "mid 50s" 55, "upper 50s" 58.

    And two of them: "mid to upper 50s", "mid- and upper-50s", "upper 50s and low 60s".
    """
    third = THIRDS.get(mark_at(tokens, at))
    if third is None:
        return None
    if low := _decade_at(tokens, at + 1, text):
        end, value = low
        high = _part_of_decade(tokens, end + 1, text) if _joins_decades(tokens, end) else None
        if high and high[1] > value + third:
            return high[0], (Reading(Kind.NUMBER, Quantity(high[1], None, value + third)),)
        return end, (Reading(Kind.NUMBER, Quantity(value + third)),)
    link = at + 1 + (sign_at(tokens, at + 1) == "-")
    if _joins_decades(tokens, link) and (high := _part_of_decade(tokens, link + 1, text)):
        last = THIRDS.get(mark_at(tokens, link + 1), third)
        if last > third:
            return high[0], (Reading(Kind.NUMBER, Quantity(high[1], None, high[1] - last + third)),)
    return None


def teens_at(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """The teens behind a label: "lows in the teens" is 15, "highs in the teens and low 20s" 22."""
    before = at - 1
    while is_at(tokens, before, Kind.FILLER, Kind.UNIT):  # "are in the"
        before -= 1
    label = reading_at(tokens, before, Kind.LABEL)
    if mark_at(tokens, at) != "teens" or label is None or label.value not in AIR:
        return None
    high = _part_of_decade(tokens, at + 2, text) if _joins_decades(tokens, at + 1) else None
    if high:
        return high[0], (Reading(Kind.NUMBER, Quantity(high[1], None, _TEENS)),)
    return at + 1, (Reading(Kind.NUMBER, Quantity(_TEENS)),)


def _part_of_decade(tokens: Sequence[Token], at: int, text: str) -> tuple[int, float] | None:
    """ "upper 50s" or "50s": where it ends, and the number."""
    third = THIRDS.get(mark_at(tokens, at))
    decade = _decade_at(tokens, at + (third is not None), text)
    return decade and (decade[0], decade[1] + (third or 0.0))


def _decade_at(tokens: Sequence[Token], at: int, text: str) -> tuple[int, float] | None:
    """The ten degrees that stand at a place, "50s" or "-50s": where they end, and their middle."""
    at += is_at(tokens, at, Kind.BREAK) and tokens[at].value == 1  # "in the lower⏎50s"
    if mark_at(tokens, at) == "teens":
        return at + 1, _TEENS
    middle = mark_at(tokens, at - 1) == "mid"
    at += sign_at(tokens, at) == "-"
    value = tokens[at].value if is_at(tokens, at, Kind.NUMBER) else None
    if not isinstance(value, Quantity):
        return None
    if text[tokens[at].span.end - 1] in "sS":
        return at + 1, value.value
    tens = middle and value.value in _TENS  # "around mid-80 degrees"
    return (at + 1, value.value + _MIDDLE) if tens else None


_TENS: Final = range(20, 120, 10)
_MIDDLE: Final = 5.0


_TEENS: Final = 15.0  # their middle


def _joins_decades(tokens: Sequence[Token], at: int) -> bool:
    """Whether "to" or "and" stands at a place."""
    link = reading_at(tokens, at, Kind.CONNECTOR)
    return mark_at(tokens, at) == "range" or (link is not None and link.value in ("join", "or"))
