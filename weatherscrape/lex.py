"""A window of a page in, typed tokens out.

The vocabulary finds phrases wherever a word may begin and end, in glued words too; one expression
finds numbers, dates and clock times; then neighbours that make one value are joined: number and
unit, the two ends of a range, day and month, "chance of" and "light rain". What a token may mean
besides stays with it as a further reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from .fold import fold
from .language import one_language
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
from .vocabulary import UNSPACED, Vocabulary, slugs, units

# Letters and the marks that belong to them: a vowel sign of Devanagari ends no word.
_MARKS: Final = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0981-\u0983\u09bc-\u09d7\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
_LETTER: Final = re.compile(f"[^\\W\\d_]|[{_MARKS}]")

_CAPITAL: Final = re.compile(r"[^\W\d_](?=[A-Z](?![a-z]))(?<=[a-z])")
_SEPARATORS: Final = "-\t|,;:•·/()…~+&[]"
_ATOM: Final = re.compile(
    rf"""
      (?P<ymd>   \d{{4}} (?P<s1>[-/.]) \d{{1,2}} (?P=s1) \d{{1,2}} (?!\d) )
    | (?P<xmy>   \d{{1,2}} (?P<s2>[-/.]) \d{{1,2}} (?P=s2) (?:\d{{4}}|(?<!-)\d{{2}}) (?![\d°]) )
    | (?P<clock> \d{{1,2}} : [0-5]\d (?: :[0-5]\d )?
                 (?: [ \n]?[ap]\.?m (?![^\W\d_]) \.? )? (?!:?\d\d) )
    | (?P<hour>  \d{{1,2}} (?: \.[0-5]\d )? [ ]? [ap]\.?[ ]?m (?![^\W\d_]) \.?
               | \d{{1,2}} h (?: [0-5]\d (?!\d*h) )? (?![^\W\d_]) )
    | (?P<dotted> \d{{1,2}} \. \d{{1,2}} \. (?![\d.]) )
    | (?P<money> [$£€¥₹₽₩] [ ]? \d [\d.,]* | \d [\d.,]* [ ]? [€£¥₹₽₩] )
    | (?P<number>\d+ (?: [.,]\d+ )* )
    | (?P<break> \n [ \t\n]* )
    | (?P<separator> [-\t|,;:•·/()…~+&\[\]] )
    | (?P<word>  (?: [^\W\d_] | [{_MARKS}] )+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def lex(page: str, window: Span, vocabulary: Vocabulary) -> list[Token]:
    """Tokens of ``page[window]``: disjoint, in order, every span in the page's own offsets.

    Examples
    --------
    >>> from weatherscrape.vocabulary import vocabulary
    >>> page = "Mon 21:00\\nlight rain\\n12.7\\n°\\nC"
    >>> for token in lex(page, Span(0, len(page)), vocabulary()):
    ...     print(token.kind.name, repr(page[token.span.start : token.span.end]))
    WEEKDAY 'Mon'
    TIME '21:00'
    BREAK '\\n'
    CONDITION 'light rain'
    BREAK '\\n'
    TEMPERATURE '12.7\\n°\\nC'
    """
    text = fold(page[window.start : window.end])
    tokens = one_language(_atoms(text, window.start, vocabulary))
    for join, kinds in _JOINS:
        tokens = _joined(tokens, join, kinds, text, window.start)
    return tokens


# --- atoms --------------------------------------------------------------------------------------


def _may_break(text: str, at: int) -> bool:
    """Whether a word may begin or end at `at`: no letter on one side, or a capital after it."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if not (_LETTER.match(before) and _LETTER.match(after)):
        return True
    if after.isupper():  # "CloudyTonight", "°CLow"
        return before.islower() or (at + 1 < len(text) and text[at + 1].islower())
    return bool(UNSPACED.match(before) or UNSPACED.match(after))


def _phrases(text: str, vocabulary: Vocabulary) -> dict[int, tuple[int, int]]:
    """Longest phrase at each place where one may stand: start → (end, index of the form).

    Inside a run of letters a phrase counts only if phrases fill the run to a place where a word may
    end: "rain" in "raintonight", but not in "raincoat".
    """
    lower = text.lower()
    places: list[int] = []
    for run in re.finditer(r"\S+", lower):
        places.extend(range(run.start(), run.end()))
    found: dict[int, tuple[int, int]] = {}
    chained: set[int] = set()  # starts from which phrases lead to the end of a word
    matches = vocabulary.find("".join(lower.split()))
    for index, first, after in sorted(matches, key=lambda m: (-m[1], m[2])):
        start, end = places[first], places[after - 1] + 1
        if not (_may_break(text, end) or (end in chained and after - first >= 3)):
            continue
        if end - start > after - first and not _may_span(lower[start:end], index, vocabulary):
            continue
        capital = _CAPITAL.search(text, start + 1, end)
        if capital and "".join(lower[start : capital.end()].split()) in vocabulary:
            continue  # "WindS 7 mph" is no "winds"
        if after - first >= _GLUED.get(vocabulary.readings[index][0].kind, len(text) + 1):
            chained.add(start)
        found[start] = (end, index)  # sorted: the longest comes last
    return found


# What is found glued in lower case, from so many letters on: "raintonight" is two words, but
# "Marlow" no month and no low, and "Snowden" no snow and no Czech day.
_GLUED: Final = {Kind.CONDITION: 3, Kind.WHEN: 4, Kind.WEEKDAY: 4}


def _may_span(phrase: str, index: int, vocabulary: Vocabulary) -> bool:
    """Whether a phrase may run over the white space in it.

    Over one line break it may ("mostly⏎cloudy"), but not if its first line says something by itself
    ("Sun⏎light rain"). A unit may stand on its own lines ("°⏎C").
    """
    first, newline, rest = phrase.partition("\n")
    if "\t" in phrase:
        return False
    if (
        vocabulary.readings[index][0].kind is not Kind.UNIT
        and len(phrase.rsplit(None, 1)[-1]) == 1
        and phrase[-1].isalpha()
    ):
        return False  # "Wind S 5 mph" is no "winds"
    if not newline:
        return True
    if not rest.lstrip(" ") or "\n" in rest:
        return False  # over a blank line
    unit = vocabulary.readings[index][0].kind is Kind.UNIT
    return unit or not vocabulary.says("".join(first.split()))


def _atoms(text: str, offset: int, vocabulary: Vocabulary) -> list[Token]:
    phrases = _phrases(text, vocabulary)
    tokens: list[Token] = []
    at, word_may_start = 0, True
    while at < len(text):
        phrase = phrases.get(at)
        if phrase and (word_may_start or _may_break(text, at)):
            end, readings = phrase[0], vocabulary.readings[phrase[1]]
            if end == at + 1 and text[at] in _SEPARATORS:  # "/" joins conditions, and parts numbers
                readings = (Reading(Kind.SEPARATOR, text[at]), *readings)
        else:
            match = _ATOM.match(text, at)
            if match is None:
                at, word_may_start = at + 1, True
                continue
            end = match.end()
            if match.lastgroup == "word":
                end = _word_end(text, at, end, phrases)
                readings = vocabulary.short(text[at:end].lower()) or (Reading(Kind.WORD),)
            else:
                name = match.lastgroup if match.lastgroup not in ("s1", "s2") else ""
                read = _ATOMS[name or _shape(match)](match.group())
                readings = read if isinstance(read, tuple) else (read,)
        tokens.append(Token(Span(at + offset, end + offset), readings))
        word_may_start = phrase is not None and end == phrase[0]
        at = end
    return tokens


def _shape(match: re.Match[str]) -> str:
    return "ymd" if match.group("ymd") else "xmy"


def _word_end(text: str, start: int, end: int, phrases: dict[int, tuple[int, int]]) -> int:
    """End of the word at `start`: the run of letters ends, or a capital or a phrase begins."""
    for at in range(start + 1, end):
        if text[at].isupper() and _may_break(text, at):
            return at
        if at in phrases and UNSPACED.match(text[at]):
            return at
    return end


def _day(year: int | None, month: int, day: int) -> PartialDate | None:
    try:
        date(year or 2000, month, day)  # 2000 has a February 29
    except ValueError:
        return None
    return PartialDate(day, month, year)


def _read_ymd(text: str) -> Reading:
    year, month, day = map(int, re.split(r"[-/.]", text))
    value = _day(year, month, day)
    return Reading(Kind.DATE, value) if value else Reading(Kind.WORD)


def _read_xmy(text: str) -> tuple[Reading, ...]:
    """Month first and day first, as far as both are dates; only slashes are read month first."""
    first, second, year = map(int, re.split(r"[-/.]", text))
    year += 2000 if year < 100 else 0
    orders = [(first, second), (second, first)] if "/" in text else [(second, first)]
    values = [_day(year, month, day) for month, day in orders]
    return tuple(Reading(Kind.DATE, v) for v in values if v) or (Reading(Kind.WORD),)


def _read_clock(text: str) -> Reading:
    """Local time in minutes; "12 AM" is midnight."""
    hour, minute = [*re.findall(r"\d+", text), "0"][:2]
    hours, minutes = int(hour), int(minute)
    half = re.search(r"[ap]", text, re.IGNORECASE)
    if half:
        if not 1 <= hours <= 12:
            return Reading(Kind.WORD)
        hours = hours % 12 + (12 if half.group() in "pP" else 0)
    if hours * 60 + minutes > 1440:
        return Reading(Kind.WORD)
    return Reading(Kind.TIME, Clock(hours * 60 + minutes))


def _read_dotted(text: str) -> tuple[Reading, ...]:
    """ "13.2." is February 13, or 13.2 at the end of a sentence."""
    number = _read_number(text[:-1])
    day, month = map(int, text[:-1].split("."))
    value = _day(None, month, day)
    return (number, Reading(Kind.DATE, value)) if value else (number,)


def _read_number(text: str) -> Reading:
    """A number with either decimal sign: "1,013" is a thousand and thirteen, "12,7" a decimal."""
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        text = re.sub(r"[.,]", "", text[:decimal]) + "." + text[decimal + 1 :]
    elif re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", text):
        text = text.replace(",", "")
    elif text.count(".") + text.count(",") > 1:
        return Reading(Kind.WORD)  # a version, an address
    return Reading(Kind.NUMBER, Quantity(float(text.replace(",", "."))))


_ATOMS: Final[dict[str, Callable[[str], Reading | tuple[Reading, ...]]]] = {
    "ymd": _read_ymd,
    "xmy": _read_xmy,
    "clock": _read_clock,
    "hour": _read_clock,
    "dotted": _read_dotted,
    "money": lambda _: Reading(Kind.WORD),
    "number": _read_number,
    "break": lambda text: Reading(Kind.BREAK, min(text.count("\n"), 2)),
    "separator": lambda text: Reading(Kind.SEPARATOR, text),
}


# --- joins --------------------------------------------------------------------------------------

Join = Callable[[Sequence[Token], int, str, int], tuple[int, tuple[Reading, ...]] | None]


def _joined(
    tokens: Sequence[Token], join: Join, kinds: frozenset[Kind], text: str, offset: int
) -> list[Token]:
    """`tokens` with every run that `join` takes made one token, from left to right.

    `kinds` are those that such a run may begin with.
    """
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        starts = any(reading.kind in kinds for reading in tokens[at].readings)
        taken = join(tokens, at, text, offset) if starts else None
        if taken is None:
            out.append(tokens[at])
            at += 1
        else:
            end, readings = taken
            out.append(Token(Span(tokens[at].span.start, tokens[end - 1].span.end), readings))
            at = end
    return out


def _is(tokens: Sequence[Token], at: int, *kinds: Kind) -> bool:
    return 0 <= at < len(tokens) and tokens[at].kind in kinds


def _reading(tokens: Sequence[Token], at: int, kind: Kind) -> Reading | None:
    if not 0 <= at < len(tokens):
        return None
    return next((r for r in tokens[at].readings if r.kind is kind), None)


def _sign_at(tokens: Sequence[Token], at: int, text: str, offset: int) -> str:
    """The sign that stands before the number at `at + 1`, if the token at `at` is one."""
    sign = _reading(tokens, at, Kind.SEPARATOR)
    if sign is None or sign.value not in ("-", "+") or not _is(tokens, at + 1, Kind.NUMBER):
        return ""
    start = tokens[at].span.start - offset
    before = text[start - 1] if start else "\n"
    touches = tokens[at].span.end == tokens[at + 1].span.start
    if touches:  # "70-57" is a range, "70° -57°" no longer
        if before.isalpha():  # "Thu-1°": glued
            glued = _is(tokens, at - 1, Kind.WEEKDAY, Kind.CONDITION, Kind.LABEL, Kind.WHEN)
            return str(sign.value) if glued and _is(tokens, at + 2, Kind.UNIT) else ""
        return "" if before.isdigit() or before in "°%)" else str(sign.value)
    # "- 4 °C": a minus set apart, if it neither opens the line nor stands between two values.
    apart = tokens[at + 1].span.start - tokens[at].span.end == 1
    if before == "\n":  # a bullet, or "- 2 º C" in a text that sets all its signs apart
        after = tokens[at + 1].span.end - offset
        return str(sign.value) if apart and text[after : after + 2] == " °" else ""
    apart = apart and before == " "
    closes = _is(tokens, at - 1, Kind.NUMBER, Kind.UNIT, Kind.BREAK, Kind.MISSING)
    return str(sign.value) if apart and not closes and at else ""


def _unit_at(tokens: Sequence[Token], at: int, text: str, offset: int) -> tuple[int, str] | None:
    """The unit that follows a number and where it ends; a degree sign may stand on its own line."""
    if _is(tokens, at, Kind.SEPARATOR) and tokens[at].value == "(":  # "4 (9) m/s"
        shared = _is(tokens, at + 1, Kind.NUMBER) and _reading(tokens, at + 3, Kind.UNIT)
        return (at, str(shared.value)) if shared else None
    if _is(tokens, at, Kind.SEPARATOR) and tokens[at].value == ")":
        at += _reading(tokens, at + 1, Kind.UNIT) is not None
    broken = _is(tokens, at, Kind.BREAK)
    unit = _reading(tokens, at + broken, Kind.UNIT)
    if unit is None:
        return None
    span = tokens[at + broken].span
    printed = text[span.start - offset : span.end - offset]
    if broken and printed[0] not in "°%&":
        alone = at + 2 >= len(tokens) or tokens[at + 2].kind is Kind.BREAK
        if not alone or str(unit.value) in _SHORT_UNITS or len(printed) < 2:
            return None
        return at + 2, str(unit.value)
    if printed in "cfk":  # °C, °F and K are capitals
        return None
    gap = span.start - tokens[at + broken - 1].span.end
    if printed[0].isalpha() and gap > (1 if len(printed) == 1 else _SPACES):
        return None
    return at + broken + 1, str(unit.value)


def _quantity(
    tokens: Sequence[Token], at: int, text: str, offset: int
) -> tuple[int, tuple[Reading, ...]] | None:
    """[sign] number [unit]."""
    sign = _sign_at(tokens, at, text, offset)
    number = at + bool(sign)
    if not _is(tokens, number, Kind.NUMBER):
        return None
    quantity = tokens[number].value
    assert isinstance(quantity, Quantity)
    value = -quantity.value if sign == "-" else quantity.value
    end, name = number + 1, None
    while following := _unit_at(tokens, end, text, offset):
        unit = units()[following[1]]
        if name not in (None, "°"):
            # "12 °C°", "12°°": a sign printed twice; anything else is not of this number.
            if unit.name != "°":
                break
        else:
            name = unit.name
        shared, end = following[0] == end, following[0]
        if unit.kind is not Kind.TEMPERATURE or shared:
            break
    if name is None:
        return (end, (Reading(Kind.NUMBER, Quantity(value)),)) if sign else None
    unit = units()[name]
    printed = None if name == "°" else name
    reading = Reading(unit.kind, Quantity(value, printed))
    if name in _SHORT_UNITS:
        return end, (reading, Reading(Kind.NUMBER, Quantity(value)))
    return end, (reading,)


_SPACES: Final = 3  # that may stand between a number and its unit
_SHORT_UNITS: Final = frozenset({"in", "m", "K"})  # "in" and "m" are words and names as well


def _double(
    tokens: Sequence[Token], at: int, text: str, offset: int
) -> tuple[int, tuple[Reading, ...]] | None:
    """One value in two units, "49 °F (9.4 °C)", "8 mph / 13 km/h": the first is the value."""
    first = _reading(tokens, at, tokens[at].kind)
    second_at = at + 1
    while _is(tokens, second_at, Kind.SEPARATOR):
        if tokens[second_at].value not in ("(", "/", "|"):
            return None
        second_at += 1
    if (
        second_at == at + 1
        and text[tokens[at].span.end - offset : tokens[at].span.end - offset + 1] != " "
    ):
        return None
    if not (first and _is(tokens, second_at, first.kind)):
        return None
    one, two = first.value, tokens[second_at].value
    if not (isinstance(one, Quantity) and isinstance(two, Quantity)):
        return None
    if one.unit is None or two.unit is None or one.unit == two.unit:
        return None
    if not _same_amount(one, two):
        return None
    end = second_at + 1
    closing = _reading(tokens, end, Kind.SEPARATOR)
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


_RANGE_SIGNS: Final = frozenset({"-", "~", "/", "…"})


def _range(
    tokens: Sequence[Token], at: int, text: str, offset: int
) -> tuple[int, tuple[Reading, ...]] | None:
    """Two ends of one value: a pair of temperatures, a range of anything else, a span of hours."""
    middle = at + 1
    while _is(tokens, middle, Kind.BREAK) and tokens[middle].value == 1:
        middle += 1
    sign = _reading(tokens, middle, Kind.SEPARATOR)
    if sign is None or sign.value not in _RANGE_SIGNS:
        if not (_is(tokens, middle, Kind.FILLER) and _text(tokens[middle], text, offset) == "to"):
            return None
        slash = False
    else:
        slash = sign.value == "/"
    last = middle + 1
    while slash and _is(tokens, last, Kind.BREAK) and tokens[last].value == 1:
        last += 1
    broken = middle > at + 1 or last > middle + 1
    if last >= len(tokens) or (broken and not slash):
        return None
    printed = text[tokens[at].span.start - offset : tokens[last].span.end - offset]
    reading = _ends(tokens[at], tokens[last], slash) or _hours(printed)
    if reading is None or (broken and reading[0].kind is not Kind.PAIR):
        return None
    if broken and tokens[at].kind is Kind.NUMBER:
        return None
    return last + 1, reading


def _text(token: Token, text: str, offset: int) -> str:
    return text[token.span.start - offset : token.span.end - offset].lower()


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


_HOURS: Final = re.compile(
    r"([01]\d|2[0-3])()\s?-\s?([01]\d|2[0-4])()"
    r"|([01]?\d|2[0-3])\.([0-5]\d)\s?-\s?([01]?\d|2[0-4])\.([0-5]\d)"
)


def _hours(printed: str) -> tuple[Reading, ...] | None:
    """ "06-12" may be hours of the day, or a score."""
    match = _HOURS.fullmatch(printed)
    if match is None:
        return None
    numbers = [int(group or 0) for group in match.groups() if group is not None]
    start, end = (hour * 60 + minute for hour, minute in (numbers[:2], numbers[2:]))
    return (Reading(Kind.TIME, Clock(start, end or 1440)), Reading(Kind.WORD))


def _slashed(first: float, second: float) -> tuple[Reading, ...]:
    """ "10/21" is a high and a low, or a date; who reads the whole window decides."""
    readings = [Reading(Kind.PAIR, Pair(Quantity(first), Quantity(second)))]
    if first == int(first) and second == int(second):
        for month, day in ((first, second), (second, first)):
            if 1 <= month <= 12 and (value := _day(None, int(month), int(day))):
                readings.append(Reading(Kind.DATE, value))
    return tuple(readings)


def _day_number(tokens: Sequence[Token], at: int) -> int | None:
    """The number at `at` if it can be a day of the month."""
    if not _is(tokens, at, Kind.NUMBER):
        return None
    value = tokens[at].value
    assert isinstance(value, Quantity)
    return int(value.value) if value.value in range(1, 32) else None


def _ordinal_end(tokens: Sequence[Token], at: int) -> int:
    """Behind "3rd", "3 of" and "3日" as behind "3"."""
    while _reading(tokens, at, Kind.MARK) is not None:
        at += 1
    return at


def _date(
    tokens: Sequence[Token], at: int, text: str, offset: int
) -> tuple[int, tuple[Reading, ...]] | None:
    """Day and month in either order, a year if one follows."""
    month = _reading(tokens, at, Kind.MONTH)
    if month is not None:
        second = at + 1
        day = _day_number(tokens, second)
        end = _ordinal_end(tokens, second + 1) if day else second
    else:
        day = _day_number(tokens, at)
        if day is None:
            return None
        second = _ordinal_end(tokens, at + 1)
        if _is(tokens, second, Kind.SEPARATOR) and tokens[second].value == ".":
            second += 1
        if _is(tokens, second, Kind.BREAK) and tokens[second].value == 1:
            second += 1
        month = _reading(tokens, second, Kind.MONTH)
        end = second + 1
    if day is not None and month is None and second > at + 1:
        marks = [_reading(tokens, i, Kind.MARK) for i in range(at + 1, second)]
        if any(mark and mark.value == "day" for mark in marks):  # "14日"
            return at + 1 + len(marks), (Reading(Kind.DATE, PartialDate(day)),)
    if day is None or month is None:
        return None
    assert isinstance(month.value, int)
    year, after = None, end
    if _is(tokens, after, Kind.SEPARATOR) and tokens[after].value == ",":
        after += 1
    if _is(tokens, after, Kind.NUMBER):
        number = tokens[after].value
        assert isinstance(number, Quantity)
        if 1900 <= number.value <= 2100 and number.value == int(number.value):
            year, end = int(number.value), after + 1
    value = _day(year, month.value, day)
    if value is None:
        return None
    return end, (Reading(Kind.DATE, value, month.languages),)


def _condition(
    tokens: Sequence[Token], at: int, text: str, offset: int
) -> tuple[int, tuple[Reading, ...]] | None:
    """modifier* phrase (connector modifier* phrase)* modifier*: the gravest phenomenon counts."""
    parts: list[Condition] = []
    marks: set[object] = set()
    languages: frozenset[str] | None = None
    end = cursor = at
    joined = False
    while cursor < len(tokens):
        token = tokens[cursor]
        condition = _reading(tokens, cursor, Kind.CONDITION)
        modifier = _reading(tokens, cursor, Kind.MODIFIER)
        if condition is not None and (not parts or joined or modifier is None):
            if parts and not joined:
                break
            assert isinstance(condition.value, Condition)
            parts.append(condition.value)
            languages = (languages or condition.languages) & condition.languages
            cursor, joined = cursor + 1, False
            end = cursor
        elif modifier is not None:
            if not (
                parts and not joined and modifier.value == "plain" and token.kind is Kind.LABEL
            ):
                marks.add(modifier.value)
            cursor += 1
            if parts and not joined:
                end = cursor
        elif parts and not joined and _reading(tokens, cursor, Kind.CONNECTOR) is not None:
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


_MEASURES: Final = frozenset(
    {Kind.TEMPERATURE, Kind.SPEED, Kind.PRESSURE, Kind.LENGTH, Kind.PERCENT, Kind.QUANTITY}
)
_JOINS: Final[tuple[tuple[Join, frozenset[Kind]], ...]] = (
    (_quantity, frozenset({Kind.NUMBER, Kind.SEPARATOR})),
    (_double, _MEASURES),
    (_range, _MEASURES | {Kind.NUMBER, Kind.MISSING, Kind.TIME}),
    (_date, frozenset({Kind.NUMBER, Kind.MONTH})),
    (_condition, frozenset({Kind.CONDITION, Kind.MODIFIER})),
)
