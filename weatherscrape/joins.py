"""Tokens in, fewer tokens out: neighbours that make one value become one token.

Number and unit, the two ends of a range, a word and its hour, day and month, "chance of" and "light
rain". Each join looks at the tokens from one place on and takes a run of them, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from .data import slugs, units
from .model import (
    Clock,
    Condition,
    Intensity,
    Kind,
    Likelihood,
    Pair,
    PartialDate,
    Quantity,
    Reading,
    Span,
    Token,
)
from .tokens import is_at, mark_at, one_sentence, reading_at, sign_at
from .vocabulary import UNSPACED
from .whens import clock, date, hour_span, worded_hours


def joined(tokens: list[Token], text: str) -> list[Token]:
    """`tokens` with every run that makes one value made one token.

    `text` is the folded window.
    """
    for join, kinds, needed in _JOINS:
        if any(reading.kind in needed for token in tokens for reading in token.readings):
            tokens = _joined(tokens, join, kinds, text)
    return tokens


Join = Callable[[Sequence[Token], int, str], tuple[int, tuple[Reading, ...]] | None]


def _joined(tokens: Sequence[Token], join: Join, kinds: frozenset[Kind], text: str) -> list[Token]:
    """`tokens` with every run that `join` takes made one token, from left to right.

    `kinds` are those that such a run may begin with.
    """
    out: list[Token] = []
    done = 0
    for at, token in enumerate(tokens):
        of = token.readings
        if at < done or not (of[0].kind in kinds or (len(of) > 1 and _any_of(of, kinds))):
            continue
        if taken := join(tokens, at, text):
            out += tokens[done:at]
            done, readings = taken
            out.append(Token(Span(token.span.start, tokens[done - 1].span.end), readings))
    return [*out, *tokens[done:]] if out else list(tokens)


def _any_of(readings: Sequence[Reading], kinds: frozenset[Kind]) -> bool:
    return any(reading.kind in kinds for reading in readings)


_SIGNS: Final = {"minus": "-", "plus": "+"}


def _sign_at(tokens: Sequence[Token], at: int, text: str) -> str:
    """The sign that stands before the number at `at + 1`, if the token at `at` is one."""
    word = _SIGNS.get(mark_at(tokens, at))
    if word and is_at(tokens, at + 1, Kind.NUMBER):
        return word
    sign = reading_at(tokens, at, Kind.SEPARATOR)
    if sign is None or sign.value not in ("-", "+") or not is_at(tokens, at + 1, Kind.NUMBER):
        return ""
    start = tokens[at].span.start
    before = text[start - 1] if start else "\n"
    touches = tokens[at].span.end == tokens[at + 1].span.start
    if touches:  # "70-57" is a range, "70° -57°" no longer
        if before.isalpha() and not UNSPACED.match(before):  # "Thu-1°": glued
            glued = is_at(tokens, at - 1, Kind.WEEKDAY, Kind.CONDITION, Kind.LABEL, Kind.WHEN)
            return str(sign.value) if glued and is_at(tokens, at + 2, Kind.UNIT) else ""
        return "" if before.isdigit() or before in "°%)" else str(sign.value)
    # "- 4 °C": a minus set apart, if it neither opens the line nor stands between two values.
    apart = tokens[at + 1].span.start - tokens[at].span.end == 1
    if before == "\n":  # a bullet, or "- 2 º C" in a text that sets all its signs apart
        after = tokens[at + 1].span.end
        return str(sign.value) if apart and text[after : after + 2] == " °" else ""
    apart = apart and before == " "
    closes = is_at(
        tokens, at - 1, Kind.NUMBER, Kind.UNIT, Kind.BREAK, Kind.MISSING, Kind.TIME, Kind.MONTH
    )
    if is_at(tokens, at - 1, Kind.CONDITION, Kind.WORD):  # "Light rain - 13°C", "Porto - 21ºC"
        apart = apart and text[tokens[at + 1].span.end] == " "
    return str(sign.value) if apart and not closes and at else ""


def _unit_at(tokens: Sequence[Token], at: int, text: str) -> tuple[int, str] | None:
    """The unit that follows a number and where it ends; a degree sign may stand on its own line."""
    if is_at(tokens, at, Kind.SEPARATOR) and tokens[at].value == "(":  # "4 (9) m/s"
        inner = at + 1 + (sign_at(tokens, at + 1) in ("-", "+"))
        shared = is_at(tokens, inner, Kind.NUMBER) and reading_at(tokens, inner + 2, Kind.UNIT)
        return (at, str(shared.value)) if shared else None
    if is_at(tokens, at, Kind.SEPARATOR) and tokens[at].value == ")":
        at += reading_at(tokens, at + 1, Kind.UNIT) is not None
    broken = is_at(tokens, at, Kind.BREAK)
    unit = reading_at(tokens, at + broken, Kind.UNIT)
    if unit is None:
        return None
    span = tokens[at + broken].span
    printed = text[span.start : span.end]
    if broken and printed[0] not in "°%&":
        alone = at + 2 >= len(tokens) or tokens[at + 2].kind is Kind.BREAK
        if not alone or str(unit.value) in _SHORT_UNITS or len(printed) < 2:
            return None
        return at + 2, str(unit.value)
    gap = span.start - tokens[at + broken - 1].span.end
    if printed == "k" or (printed in "cf" and gap):  # °C, °F and K are capitals
        return None
    if printed[0].isalpha() and gap > (1 if len(printed) == 1 else _SPACES):
        return None
    return at + broken + 1, str(unit.value)


def _thousands(tokens: Sequence[Token], at: int, text: str) -> tuple[int, float] | None:
    """ "1 015 hPa": the place of the last digits, and the number."""
    printed = _THOUSANDS.match(text, tokens[at].span.start)
    unit = reading_at(tokens, at + 2, Kind.UNIT)
    if printed is None or unit is None or units()[str(unit.value)].kind is not Kind.PRESSURE:
        return None
    if tokens[at + 1].span.end != printed.end():
        return None
    return at + 1, float(printed.group().replace(" ", "").replace(",", "."))


_THOUSANDS: Final = re.compile(r"1 [01]\d\d(?:[.,]\d+)?")


def _quantity(
    tokens: Sequence[Token], at: int, text: str
) -> tuple[int, tuple[Reading, ...]] | None:
    """[sign] number [unit]."""
    sign = _sign_at(tokens, at, text)
    number = at + bool(sign)
    if not is_at(tokens, number, Kind.NUMBER):
        return None
    quantity = tokens[number].value
    assert isinstance(quantity, Quantity)
    number, amount = _thousands(tokens, number, text) or (number, quantity.value)
    value = -amount if sign == "-" else amount
    end, name = number + 1, None
    while following := _unit_at(tokens, end, text):
        unit = units()[following[1]]
        if name not in (None, "°"):
            # "12 °C°", "12°°": a sign printed twice; anything else is not of this number.
            if unit.name != "°":
                break
        elif name == "°" and unit.kind is not Kind.TEMPERATURE:
            break  # "12 degrees in light winds"
        else:
            name = unit.name
        shared, end = following[0] == end, following[0]
        if unit.kind is not Kind.TEMPERATURE or shared:
            break
    if name is None and not sign and (side := _side_of_zero(tokens, end, text)):
        return end + 1, (Reading(Kind.NUMBER, Quantity(side * amount)),)
    if name is None:
        return (end, (Reading(Kind.NUMBER, Quantity(value)),)) if sign else None
    if not sign and mark_at(tokens, end) in _SIGNS and not is_at(tokens, end + 1, Kind.NUMBER):
        # "5 degrees below zero"
        value = -amount if mark_at(tokens, end) == "minus" else amount
        end += 1
    unit = units()[name]
    if sign and unit.kind is Kind.PERCENT:
        if tokens[number].span.start == tokens[at].span.end:
            return end, (Reading(Kind.WORD),)  # "+1.7%": a change of something
        value = amount
    printed = None if name == "°" else name
    reading = Reading(unit.kind, Quantity(value, printed))
    if name in _SHORT_UNITS or text[tokens[end - 1].span.start] in "cf":
        return end, (reading, Reading(Kind.NUMBER, Quantity(value)))
    return end, (reading,)


def _side_of_zero(tokens: Sequence[Token], at: int, text: str) -> int:
    """1 for "5 above", -1 for "5 below", where nothing follows that it could be above; else 0."""
    side = {"above": 1, "below": -1}.get(mark_at(tokens, at), 0)
    ends = not side or text[tokens[at].span.end :][:1] in ("", ".", ",", ";", "\n")
    return side if ends else 0


_SPACES: Final = 3  # that may stand between a number and its unit
_SHORT_UNITS: Final = frozenset({"in", "m", "K"})  # "in" and "m" are words and names as well


def _double(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """One value in two units, "49 °F (9.4 °C)", "8 mph / 13 km/h": the first is the value."""
    first = reading_at(tokens, at, tokens[at].kind)
    second_at = at + 1
    while is_at(tokens, second_at, Kind.SEPARATOR):
        if tokens[second_at].value not in ("(", "/", "|"):
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
    if closing and closing.value == ")" and tokens[at + 1].value == "(":
        end += 1
    return end, (first,)


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


_RANGE_SIGNS: Final = frozenset({"-", "—", "~", "/", "…", "..", "...", "÷", "、"})


def _range(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """Two ends of one value: a pair of temperatures, a range of anything else, a span of hours."""
    middle = at + 1
    while is_at(tokens, middle, Kind.BREAK) and tokens[middle].value == 1:
        middle += 1
    sign = reading_at(tokens, middle, Kind.SEPARATOR)
    if sign is None or sign.value not in _RANGE_SIGNS:
        # "between 5 and 9 °C"; the word can be part of a label
        between = mark_at(tokens, at - 1) in ("between", "within")
        between = between or is_at(tokens, at - 1, Kind.LABEL)
        if mark_at(tokens, middle) not in (("range", "and") if between else ("range",)):
            return None
    slash = sign is not None and sign.value == "/"
    last = middle + 1
    wrapped = sign is None and middle <= at + 2  # "winds 10 to⏎15 mph", "winds 10⏎to 15 mph"
    while (slash or wrapped) and is_at(tokens, last, Kind.BREAK) and tokens[last].value == 1:
        last += 1
    broken = not wrapped and (middle > at + 1 or last > middle + 1)
    if last >= len(tokens) or (broken and not slash):
        return None
    printed = text[tokens[at].span.start : tokens[last].span.end]
    reading = (
        _signed(tokens[at], tokens[last], text)
        or _ends(tokens[at], tokens[last], slash)
        or (not slash and _bare_range(tokens, at, last))
        or worded_hours(tokens[at], tokens[last], printed)
        or hour_span(printed)
    )
    if reading is None or (broken and reading[0].kind is not Kind.PAIR):
        return None
    if broken and tokens[at].kind is Kind.NUMBER:
        return None
    return last + 1, reading


def _bare_range(tokens: Sequence[Token], at: int, last: int) -> tuple[Reading, ...] | None:
    """Two numbers without a unit that rise behind a label of temperatures: "highs 81 to 87"."""
    before = at - 1
    while is_at(tokens, before, *_LEADS_ON) or sign_at(tokens, before) == ":":
        before -= 1
    label = reading_at(tokens, before, Kind.LABEL)
    low, high = tokens[at].value, tokens[last].value
    if label is None or not str(label.value).startswith("temperature"):
        return None
    if not (tokens[at].kind is tokens[last].kind is Kind.NUMBER):
        return None
    assert isinstance(low, Quantity) and isinstance(high, Quantity)
    ends = sorted((low.value, high.value))
    if low.value > high.value > 0 or not 0 < ends[1] - ends[0] <= _WIDEST:
        return None  # but "lows -3 to -8"
    return (Reading(Kind.NUMBER, Quantity(ends[1], None, ends[0])),)


_LEADS_ON: Final = (Kind.FILLER, Kind.MARK, Kind.BREAK)
_WIDEST: Final = 25.0  # degrees between the warmest and the coldest place of a district


def _signed(first: Token, last: Token, text: str) -> tuple[Reading, ...] | None:
    """Two numbers with their signs printed are temperatures: "+7...+12"."""
    one, two = first.value, last.value
    printed = text[first.span.start] + text[last.span.start]
    if not (first.kind is last.kind is Kind.NUMBER and printed in ("++", "-+")):
        return None
    assert isinstance(one, Quantity) and isinstance(two, Quantity)
    return (Reading(Kind.PAIR, Pair(one, two)),)


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
        return None
    return (Reading(last.kind, Quantity(high.value, unit, low.value)),)


def _slashed(first: float, second: float) -> tuple[Reading, ...]:
    """ "10/21" is a high and a low, or a date; who reads the whole window decides."""
    readings = [Reading(Kind.PAIR, Pair(Quantity(first), Quantity(second)))]
    if first == int(first) and second == int(second):
        for month, day in ((first, second), (second, first)):
            if value := PartialDate.of(int(day), int(month)):
                readings.append(Reading(Kind.DATE, value))
    return tuple(readings)


def _condition(
    tokens: Sequence[Token], at: int, text: str
) -> tuple[int, tuple[Reading, ...]] | None:
    """modifier* phrase (connector modifier* phrase)* modifier*: the gravest phenomenon counts."""
    counted = is_at(tokens, at - 1, Kind.PERCENT) and is_at(tokens, at - 2, Kind.FILLER)
    if counted and tokens[at - 2].value == "verb" and _is_likelihood(tokens, at):
        return None  # "there is a 20% chance of rain": the number says how likely it is
    first = reading_at(tokens, at, Kind.MODIFIER)
    if first and first.value == "sky":
        return None  # "Cielo | mayormente nublado"
    lower = text[tokens[at].span.start].islower()
    inside = lower and is_at(tokens, at - 1, *_WORDS)
    if first and first.value == "article" and (lower or _is_likelihood(tokens, at + 1)):
        return None  # "a | thunderstorm", "A | chance of rain"
    parts: list[Condition] = []
    marks: set[object] = set()
    languages: frozenset[str] | None = None
    end = cursor = at
    joined = False
    while cursor < len(tokens):
        token = tokens[cursor]
        if cursor > at and not one_sentence(text, tokens[cursor - 1].span.end, token.span.start):
            break  # "Mostly sunny. | Isolated showers"
        condition = reading_at(tokens, cursor, Kind.CONDITION)
        modifier = reading_at(tokens, cursor, Kind.MODIFIER)
        if condition is not None and (not parts or joined or modifier is None):
            if parts and (not joined or _is_feeling(condition)):
                break  # "partly sunny, | breezy"
            assert isinstance(condition.value, Condition)
            parts.append(condition.value)
            languages = (languages or condition.languages) & condition.languages
            cursor, joined = cursor + 1, False
            end = cursor
        elif modifier is not None and not (parts and not joined and _leads_on(tokens, cursor)):
            if not (
                parts and not joined and modifier.value == "plain" and token.kind is Kind.LABEL
            ):
                marks.add(modifier.value)
            cursor += 1
            passing = _passes(str(modifier.value), tokens, cursor, text)
            if parts and not joined and not passing:
                end = cursor  # but "showers | gradually fading"
        elif parts and not joined and (link := reading_at(tokens, cursor, Kind.CONNECTOR)):
            if link.value == "with" and _is_likelihood(tokens, cursor + 1):
                break  # "cloudy with a | chance of rain": two things are said
            if link.value == "besides" and (_is_likelihood(tokens, cursor + 1) or inside):
                break  # "it will be cloudy with | outbreaks of rain"
            if link.value == "then" and _goes_on(tokens, cursor + 1, text):
                break  # "sunny, | changing to cloudy by lunchtime"
            apart = text[token.span.start - 1] in " ,"
            if apart and len(parts) == 1 and _is_feeling(tokens[cursor - 1].readings[0]):
                return None  # "windy with | snow"
            cursor, joined = cursor + 1, True
        elif not parts and cursor > at and token.kind is Kind.BREAK and token.value == 1:
            cursor += 1  # "Light⏎Rain"
        else:
            break
    if not parts or end == at + 1 or languages == frozenset():
        return None
    main = max(parts, key=lambda c: slugs()[c.slug].rank)
    intensity = main.intensity or next((i for i in Intensity if i in marks), None)
    likelihood = main.likelihood or next((i for i in Likelihood if i in marks), None)
    joint = Condition(main.slug, intensity, likelihood)
    return end, (Reading(Kind.CONDITION, joint, languages or frozenset()),)


def _passes(modifier: str, tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether a modifier that ends before `at` is of the sentence, and not of the phrase.

    "Partly cloudy | at first.", "showers | easing in the west"; but "Showers easing." is a phrase.
    """
    if modifier not in ("when", "course"):
        return modifier == "sky"  # "mostly sunny | skies"
    end = tokens[at - 1].span.end
    stops, goes_on = text[end : end + 1] in (".", ","), text[end : end + 2].lstrip(" ").islower()
    return goes_on or (stops and modifier == "when")


_WORDS: Final = (Kind.WORD, Kind.FILLER, Kind.MODIFIER)


def _goes_on(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether a sentence goes on behind the phrase that begins at a place."""
    while reading_at(tokens, at, Kind.MODIFIER) and not reading_at(tokens, at, Kind.CONDITION):
        at += 1
    if at >= len(tokens):
        return False
    end = tokens[at].span.end
    return text[end : end + 1] == " " and text[end + 1 : end + 2].islower()


def _is_feeling(reading: Reading) -> bool:
    """Whether a phrase says how the air feels, which any sky may be: "windy", "cold"."""
    return isinstance(reading.value, Condition) and reading.value.slug in _FEELINGS


_FEELINGS: Final = frozenset({"windy", "hot", "cold"})


def _is_likelihood(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word such as "chance of" or "scattered" stands at a place."""
    modifier = reading_at(tokens, at, Kind.MODIFIER)
    condition = reading_at(tokens, at, Kind.CONDITION)
    if condition is not None and isinstance(condition.value, Condition):
        return condition.value.likelihood is not None
    return modifier is not None and modifier.value in set(Likelihood)


def _leads_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a modifier can be a connector too, and a phrase follows: "흐림 가끔 비"."""
    while reading_at(tokens, at, Kind.CONNECTOR):
        at += 1
        if reading_at(tokens, at, Kind.CONDITION):
            return True
    return False


_MEASURES: Final = frozenset(
    {Kind.TEMPERATURE, Kind.SPEED, Kind.PRESSURE, Kind.LENGTH, Kind.PERCENT, Kind.QUANTITY}
)
_THIRDS: Final = {"lower": -3.0, "mid": 0.0, "upper": 3.0}


def _decade(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """A part of ten degrees: "lower 50s" is 52, "mid 50s" 55, "upper 50s" 58.

    And two of them: "mid to upper 50s", "upper 50s and low 60s".
    """
    third = _THIRDS.get(mark_at(tokens, at))
    if third is None:
        return None
    if low := _decade_at(tokens, at + 1, text):
        end, value = low
        high = _part_of_decade(tokens, end + 1, text) if _joins_decades(tokens, end) else None
        if high and high[1] > value + third:
            return high[0], (Reading(Kind.NUMBER, Quantity(high[1], None, value + third)),)
        return end, (Reading(Kind.NUMBER, Quantity(value + third)),)
    if _joins_decades(tokens, at + 1) and (high := _part_of_decade(tokens, at + 2, text)):
        last = _THIRDS.get(mark_at(tokens, at + 2), third)
        if last > third:
            return high[0], (Reading(Kind.NUMBER, Quantity(high[1], None, high[1] - last + third)),)
    return None


def _part_of_decade(tokens: Sequence[Token], at: int, text: str) -> tuple[int, float] | None:
    """ "upper 50s" or "50s": where it ends, and the number."""
    third = _THIRDS.get(mark_at(tokens, at))
    decade = _decade_at(tokens, at + (third is not None), text)
    return decade and (decade[0], decade[1] + (third or 0.0))


def _decade_at(tokens: Sequence[Token], at: int, text: str) -> tuple[int, float] | None:
    """The ten degrees that stand at a place, "50s" or "-50s": where they end, and their middle."""
    at += is_at(tokens, at, Kind.BREAK) and tokens[at].value == 1  # "in the lower⏎50s"
    at += sign_at(tokens, at) == "-"
    if not is_at(tokens, at, Kind.NUMBER) or text[tokens[at].span.end - 1] not in "sS":
        return None
    value = tokens[at].value
    return (at + 1, value.value) if isinstance(value, Quantity) else None


def _joins_decades(tokens: Sequence[Token], at: int) -> bool:
    """Whether "to" or "and" stands at a place."""
    link = reading_at(tokens, at, Kind.CONNECTOR)
    return mark_at(tokens, at) == "range" or (link is not None and link.value == "join")


# Each join with the kinds that a run it takes may begin with, and those of which it holds one.
_JOINS: Final[tuple[tuple[Join, frozenset[Kind], frozenset[Kind]], ...]] = (
    (_decade, frozenset({Kind.MARK, Kind.LABEL}), frozenset({Kind.MARK})),
    (clock, frozenset({Kind.MARK, Kind.NUMBER, Kind.TIME}), frozenset({Kind.MARK})),
    (_quantity, frozenset({Kind.NUMBER, Kind.SEPARATOR, Kind.MARK}), frozenset({Kind.NUMBER})),
    (_double, _MEASURES, _MEASURES),
    (
        _range,
        _MEASURES | {Kind.NUMBER, Kind.MISSING, Kind.TIME},
        frozenset({Kind.SEPARATOR, Kind.MARK}),
    ),
    (date, frozenset({Kind.NUMBER, Kind.MONTH}), frozenset({Kind.MONTH, Kind.MARK})),
    (
        _condition,
        frozenset({Kind.CONDITION, Kind.MODIFIER}),
        frozenset({Kind.MODIFIER, Kind.CONNECTOR}),
    ),
)
