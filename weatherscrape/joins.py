"""Tokens in, fewer tokens out: neighbours that make one value become one token.

Number and unit, the two ends of a range, a word and its hour, day and month, "chance of" and "light
rain". Each join looks at the tokens from one place on and takes a run of them, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

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
from .whens import HOUR_WORDS, clock, date, hour_span, worded_hours


def joined(tokens: list[Token], text: str) -> list[Token]:
    """`tokens` with every run that makes one value made one token.

    `text` is the folded window.
    """
    shape = _shape(tokens)
    hints = _hints(tokens, shape)
    for rule in _RULES:
        if rule.hints is not None and hints.isdisjoint(rule.hints):
            continue
        if rule.applies is not None and not rule.applies(tokens, text):
            continue
        joint = _joined(tokens, rule, shape, text)
        if joint is not tokens:
            tokens, shape = joint, _shape(joint)
    return tokens


# --- shapes: where a join can apply ---------------------------------------------------------------

Join = Callable[[Sequence[Token], int, str], tuple[int, tuple[Reading, ...]] | None]


class _Rule(NamedTuple):
    """A join, and where it is tried: it takes no run of tokens anywhere else.

    `where` is an expression over a shape that matches where a run may begin. A token that can be of
    one of some kinds is written "<no>", a separator that can part the ends of a range "<~>", a plus
    "<+>", any other separator "<,>".
    """

    join: Join
    where: str
    hints: frozenset[str] | None = None  # a window needs one of these
    applies: Callable[[Sequence[Token], str], bool] | None = None  # what else it needs


def _shape(tokens: Sequence[Token]) -> str:
    """One letter a token: that of its kind, or one for all tokens of the same kinds."""
    return "".join(
        [
            token.kind
            if len(token.readings) == 1 and token.kind is not _SEPARATOR
            else _letter(token.readings)
            for token in tokens
        ]
    )


@lru_cache(maxsize=1 << 10)
def _letter(readings: tuple[Reading, ...]) -> str:
    """The letter of a token that is a separator, or of several kinds."""
    kinds = "".join(dict.fromkeys(_letter_of(reading) for reading in readings))
    if len(kinds) == 1:
        return kinds
    return _MIXED.setdefault(kinds, chr(_FIRST_MIXED + len(_MIXED)))


def _letter_of(reading: Reading) -> str:
    if reading.kind is not _SEPARATOR:
        return reading.kind
    return "~" if reading.value in _RANGE_SIGNS else "+" if reading.value == "+" else ","


_RANGE_SIGNS: Final = frozenset({"-", "—", "~", "/", "…", "..", "...", "÷", "、"})
_MIXED: Final[dict[str, str]] = {}  # the letters of tokens of several kinds, as they are met
_FIRST_MIXED: Final = 0x4E00


@lru_cache(maxsize=1 << 6)
def _compiled(where: str, mixed: int) -> re.Pattern[str]:
    """The expression of a rule, when so many letters of several kinds are known."""
    letters = list(_MIXED.items())[:mixed]

    def one_of(kinds: re.Match[str]) -> str:
        more = (letter for of, letter in letters if not set(of).isdisjoint(kinds[1]))
        return f"[{re.escape(kinds[1])}{''.join(more)}]"

    return re.compile(re.sub("<([^>]*)>", one_of, where))


def _hints(tokens: Sequence[Token], shape: str) -> set[str]:
    """What the marks of a window do ("range", "hour"...), and the kind of months if it has any."""
    hints: set[str] = set()
    read: set[int] = set()
    for found in _compiled("<om>", len(_MIXED)).finditer(shape):
        readings = tokens[found.start()].readings
        if id(readings) not in read:
            read.add(id(readings))
            hints.update([str(value) if kind is Kind.MARK else kind for kind, value, _ in readings])
    return hints


# To look a member of an enum up takes longer than all that is done with these.
_NUMBER: Final = Kind.NUMBER
_UNIT: Final = Kind.UNIT
_BREAK: Final = Kind.BREAK
_SEPARATOR: Final = Kind.SEPARATOR
_TEMPERATURE: Final = Kind.TEMPERATURE


def _joined(tokens: list[Token], rule: _Rule, shape: str, text: str) -> list[Token]:
    """`tokens` with every run that a join takes made one token, from left to right."""
    join = rule.join
    out: list[Token] = []
    done = 0
    for place in _compiled(rule.where, len(_MIXED)).finditer(shape):
        at = place.start()
        if at >= done and (taken := join(tokens, at, text)):
            out += tokens[done:at]
            done, readings = taken
            span = Span(tokens[at].span.start, tokens[done - 1].span.end)
            out.append(Token(span, readings))
    return [*out, *tokens[done:]] if done else tokens


_SIGNS: Final = {"minus": "-", "plus": "+"}


def _sign_at(tokens: Sequence[Token], at: int, text: str) -> str:
    """The sign that stands before the number at `at + 1`, if the token at `at` is one."""
    if not is_at(tokens, at + 1, _NUMBER):
        return ""
    if word := _SIGNS.get(mark_at(tokens, at)):
        return word
    sign = reading_at(tokens, at, _SEPARATOR)
    if sign is None or sign.value not in ("-", "+"):
        return ""
    start = tokens[at].span.start
    before = text[start - 1] if start else "\n"
    if tokens[at].span.end == tokens[at + 1].span.start:  # it touches the number
        if before in " \n":
            return str(sign.value)
        if before.isalpha() and not UNSPACED.match(before):  # "Thu-1°": glued
            glued = is_at(tokens, at - 1, Kind.WEEKDAY, Kind.CONDITION, Kind.LABEL, Kind.WHEN)
            return str(sign.value) if glued and is_at(tokens, at + 2, Kind.UNIT) else ""
        # "70-57" is a range, "70° -57°" no longer
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
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind is not _UNIT:
        if token.kind is _SEPARATOR and token.value == "(":  # "4 (9) m/s"
            inner = at + 1 + (sign_at(tokens, at + 1) in ("-", "+"))
            shared = is_at(tokens, inner, _NUMBER) and reading_at(tokens, inner + 2, _UNIT)
            return (at, str(shared.value)) if shared else None
        if token.kind is _BREAK:
            return _unit_on_next_line(tokens, at + 1, text)
        if token.kind is _SEPARATOR and token.value == ")":
            at += reading_at(tokens, at + 1, _UNIT) is not None
        elif len(token.readings) == 1:
            return None
    unit = reading_at(tokens, at, _UNIT)
    if unit is None:
        return None
    start, end = tokens[at].span
    if text[start] not in "°%":
        printed = text[start:end]
        gap = start - tokens[at - 1].span.end
        if printed == "k" or (printed in "cf" and gap):  # °C, °F and K are capitals
            return None
        if printed[0].isalpha() and gap > (1 if len(printed) == 1 else _SPACES):
            return None
    return at + 1, unit.value  # type: ignore[return-value]


def _unit_on_next_line(tokens: Sequence[Token], at: int, text: str) -> tuple[int, str] | None:
    unit = reading_at(tokens, at, _UNIT)
    if unit is None:
        return None
    printed = text[slice(*tokens[at].span)]
    if printed[0] not in "°%&":
        alone = at + 1 >= len(tokens) or tokens[at + 1].kind is _BREAK
        if not alone or unit.value in _SHORT_UNITS or len(printed) < 2:
            return None
    return at + 1, str(unit.value)


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


def _quantity(
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
    if name is None and not sign and (side := _side_of_zero(tokens, end, text)):
        return end + 1, (Reading(Kind.NUMBER, Quantity(side * amount)),)
    if name is None:
        return (end, _measure(amount, sign == "-", None)) if sign else None
    below = sign == "-"
    after = mark_at(tokens, end) if not sign else ""
    if after and after in _SIGNS and not is_at(tokens, end + 1, _NUMBER):  # "5 degrees below zero"
        below = after == "minus"
        end += 1
    if sign and kind is Kind.PERCENT:
        if tokens[number].span.start == tokens[at].span.end:
            return end, (Reading(Kind.WORD),)  # "+1.7%": a change of something
        below = False
    maybe_number = name in _SHORT_UNITS or text[tokens[end - 1].span.start] in "cf"
    return end, _measure(amount, below, name, maybe_number)


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
    """1 for "5 above", -1 for "5 below", where nothing follows that it could be above; else 0."""
    side = {"above": 1, "below": -1}.get(mark_at(tokens, at), 0)
    ends = not side or text[tokens[at].span.end :][:1] in ("", ".", ",", ";", "\n")
    return side if ends else 0


_SPACES: Final = 3  # that may stand between a number and its unit
_SHORT_UNITS: Final = frozenset({"in", "m", "K"})  # "in" and "m" are words and names as well


_TENDENCY: Final = re.compile(r"(2[6-9]\.\d\d|3[01]\.\d\d)[RSF](?!\w)(?!,? *\d+\.\d+[EW])")


def _barometer(
    tokens: Sequence[Token], at: int, text: str
) -> tuple[int, tuple[Reading, ...]] | None:
    """ "29.80S": inches of mercury that rise, fall or are steady; "29.80S 31.02E" is a place."""
    printed = _TENDENCY.match(text, tokens[at].span.start)
    if printed is None or at + 1 == len(tokens) or tokens[at + 1].span.end != printed.end():
        return None
    return at + 2, (Reading(Kind.PRESSURE, Quantity(float(printed[1]), "inHg")),)


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


def _range(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """Two ends of one value: a pair of temperatures, a range of anything else, a span of hours."""
    middle = at + 1
    while is_at(tokens, middle, Kind.BREAK) and tokens[middle].value == 1:
        middle += 1
    sign = reading_at(tokens, middle, Kind.SEPARATOR)
    if sign is not None and sign.value == "," and middle == at + 1:
        return _listed(tokens, at, text)
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
    first, second = _both_below(tokens[at], tokens[last], text)
    reading = (
        _signed(first, second, text)
        or _ends(first, second, slash)
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
    if one.value > 0 > two.value and worded[1] and text[first.span.start].isdigit():
        return _with_value(first, replace(one, value=-one.value)), last
    apart = text[first.span.start : first.span.start + 2] == "- "
    if apart and 0 < -one.value < two.value:  # "by day - 21-23 °C"
        return _with_value(first, replace(one, value=-one.value)), last
    if one.value < 0 < two.value and all(worded):  # "minus 3-5 °C"
        return first, _with_value(last, replace(two, value=-two.value))
    return first, last


def _with_value(token: Token, value: Quantity) -> Token:
    return Token(token.span, (Reading(token.kind, value),))


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
    one, two = tokens[at].value, tokens[last].value
    if not (alone and signs[0] == signs[1] and signs[0] in "+-"):
        return None
    if not (isinstance(one, Quantity) and isinstance(two, Quantity)):
        return None
    ends = one.value < two.value if signs[0] == "+" else one.value > two.value
    if not ends or abs(one.value - two.value) > _WIDEST:
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


_COLUMNS: Final = "   "  # what stands between two columns at least


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
        if cursor > at and _COLUMNS in text[tokens[cursor - 1].span.end : token.span.start]:
            break  # "Sky       Clear"
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
            if is_at(tokens, cursor, Kind.SEPARATOR) and _has_percentage(tokens, cursor + 1):
                break  # "Moderate rain, | Rain 88%"
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


def _has_percentage(tokens: Sequence[Token], at: int) -> bool:
    """Whether a condition stands at a place, and a number says how likely it is."""
    said = reading_at(tokens, at, Kind.CONDITION)
    return said is not None and is_at(tokens, at + 1, Kind.PERCENT)


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


_FORCES: Final = range(13)  # of the Beaufort scale


def _force(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """A wind in Beaufort, with its word before: "windkracht 3 tot 4", "Windstärke 5"."""
    if mark_at(tokens, at) != "force" or (low := _force_at(tokens, at + 1)) is None:
        return None
    linked = mark_at(tokens, at + 2) == "range" or sign_at(tokens, at + 2) in ("-", "/")
    high = _force_at(tokens, at + 3) if linked else None
    if high is None or high <= low:
        return at + 2, (Reading(Kind.SPEED, Quantity(low, "bft")),)
    return at + 4, (Reading(Kind.SPEED, Quantity(high, "bft", low)),)


def _force_at(tokens: Sequence[Token], at: int) -> float | None:
    """The force that a bare number at a place can be."""
    value = tokens[at].value if is_at(tokens, at, Kind.NUMBER) else None
    bare = isinstance(value, Quantity) and value.unit is None
    if not bare or reading_at(tokens, at + 1, Kind.UNIT):
        return None
    assert isinstance(value, Quantity)
    return value.value if value.value in _FORCES else None


def _has_decades(tokens: Sequence[Token], text: str) -> bool:
    """Whether there is a number like "50s"."""
    return any([t.kind is _NUMBER and text[t.span.end - 1] in "sS" for t in tokens])


def _has_tendency(tokens: Sequence[Token], text: str) -> bool:
    """Whether a text with labels has a number with a letter like "29.80S"."""
    return _TENDENCY.search(text) is not None and any(
        [reading.kind is Kind.LABEL for token in tokens for reading in token.readings]
    )


def _has_two_units(tokens: Sequence[Token], _: str) -> bool:
    """Whether values of one kind are printed in more than one unit."""
    units: dict[Kind, str] = {}
    for token in tokens:
        if token.kind in _MEASURES and isinstance(token.value, Quantity):
            unit = token.value.unit
            if unit and units.setdefault(token.kind, unit) != unit:
                return True
    return False


_RULES: Final = (
    _Rule(_force, "<o>(?=<n>)", frozenset({"force"})),
    _Rule(_decade, "<o>(?=<jno~/>)", frozenset(_THIRDS), _has_decades),
    _Rule(clock, "<o>(?=<onh>)|<nh>(?=<o>)", HOUR_WORDS),
    # A sign and a number, or a number and a unit, which may stand on its own line, be that of
    # "4 (9) m/s", or stand behind the second part of "1 015 hPa".
    # A letter behind inches of mercury, and "5 below".
    _Rule(_barometer, "<n>(?=.)", applies=_has_tendency),
    _Rule(_quantity, "<~+o>(?=<n>)|<n>(?=<o>|(?:<,>|/)?<u>|<,><,~+>?<n>.<u>|<n><u>)"),
    _Rule(_double, "<TSpL%q>(?=<,~+>*<TSpL%q>)", applies=_has_two_units),
    _Rule(_range, "<TSpL%qn-h>(?=/*<~o>)|<nT>(?=<,>)"),
    _Rule(date, "<m>(?=<n>)|<n>(?=<o,~+/mn>)", frozenset({"day", Kind.MONTH})),
    _Rule(_condition, "<C>(?=<fj>)|<f>(?=<Cfj/>)"),
)
