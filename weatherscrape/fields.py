"""Tokens in, items out: what may start or end a row, and the values between.

A token can mean several things, and its neighbours tell which: "Sun" beside "Mon" is a day, "52/37"
is a date only if the next one is a day later, "Low" without a number is no label. After that the
adjacent day, date and time words are one key, and every label has given its name to the value that
it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from .language import infer
from .model import (
    KEYS,
    VALUES,
    Cell,
    Clock,
    Key,
    Kind,
    PartialDate,
    Period,
    Quantity,
    Reading,
    RelativeDay,
    Span,
    Token,
    Weekday,
    When,
)
from .vocabulary import languages, units


@dataclass(frozen=True, slots=True)
class Item:
    """A key, a value or a free label of a window, and what stands between it and the item before.

    `field` is the column that a label gave it, "" if none did. `lines` counts the line breaks
    before it (2 for a blank line), `words` the words that mean nothing to us. `also` is the label
    that a condition can be as well ("Rain"). The value of a free label is the unit printed with it.
    `in_text`: three words or more stand before it on its line.
    """

    kind: Kind
    span: Span
    value: Cell | Key | object = None
    field: str = ""
    lines: int = 0
    words: int = 0
    also: str = ""
    in_text: bool = False

    @property
    def key(self) -> Key | None:
        """The key, if this is one."""
        return self.value if isinstance(self.value, Key) else None


# Which kinds of value a label can name. The likeliest stands first.
ACCEPTS: Final[Mapping[str, tuple[Kind, ...]]] = {
    "temperature": (Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER),
    "temperature_max": (Kind.TEMPERATURE, Kind.NUMBER, Kind.MISSING),
    "temperature_min": (Kind.TEMPERATURE, Kind.NUMBER, Kind.MISSING),
    "apparent_temperature": (Kind.TEMPERATURE, Kind.NUMBER),
    "dew_point": (Kind.TEMPERATURE, Kind.NUMBER),
    "precipitation_probability": (Kind.PERCENT, Kind.NUMBER, Kind.MISSING),
    "precipitation": (Kind.LENGTH, Kind.NUMBER, Kind.PERCENT, Kind.MISSING),
    "relative_humidity": (Kind.PERCENT, Kind.NUMBER),
    "cloud_cover": (Kind.PERCENT, Kind.NUMBER, Kind.CONDITION),
    "wind_speed": (Kind.SPEED, Kind.DIRECTION, Kind.NUMBER, Kind.MISSING),
    "wind_gusts": (Kind.SPEED, Kind.NUMBER, Kind.MISSING),
    "wind_direction": (Kind.DIRECTION, Kind.TEMPERATURE, Kind.NUMBER),
    "pressure": (Kind.PRESSURE, Kind.NUMBER, Kind.LENGTH),  # "30.1 in" of mercury
    "visibility": (Kind.LENGTH, Kind.NUMBER),
    "uv_index": (Kind.NUMBER,),
    "sunrise": (Kind.TIME,),
    "sunset": (Kind.TIME,),
    "condition": (Kind.CONDITION,),
    "time": (Kind.TIME,),
    "day": (Kind.WEEKDAY, Kind.DATE, Kind.WHEN),
    "update": (Kind.DATE, Kind.TIME, Kind.WEEKDAY),
    "other": (
        Kind.QUANTITY,
        Kind.LENGTH,
        Kind.NUMBER,
        Kind.TEMPERATURE,
        Kind.PAIR,
        Kind.PERCENT,
        Kind.TIME,
        Kind.SPEED,
        Kind.PRESSURE,
        Kind.DATE,
        Kind.MISSING,
    ),
}
_WIND: Final = frozenset({"wind_speed", "wind_gusts", "wind_direction"})


def items(tokens: Sequence[Token], page: str) -> list[Item]:
    """Items of a window, in order.

    Examples
    --------
    >>> from weatherscrape.lex import lex
    >>> from weatherscrape.vocabulary import vocabulary
    >>> page = "Thu 3 Jun Light rain High 25°C Humidity: 40%"
    >>> for item in items(lex(page, Span(0, len(page)), vocabulary()), page):
    ...     print(item.kind.name, item.field, page[item.span.start : item.span.end])
    WEEKDAY  Thu 3 Jun
    CONDITION  Light rain
    TEMPERATURE temperature_max 25°C
    PERCENT relative_humidity 40%
    """
    code = infer(tokens)
    month_first = code is None or languages()[code].date_order == "mdy"
    settled = _hour_spans(_settle(tokens, page))
    settled = _bare_hours(_days_of_month(_dates(settled, month_first)))
    return list(_items(settled, _labels(settled, page)))


# --- what an ambiguous token means ---------------------------------------------------------------


def _as(token: Token, kind: Kind) -> Token | None:
    """`token` with its reading of one kind alone."""
    reading = next((r for r in token.readings if r.kind is kind), None)
    return Token(token.span, (reading,)) if reading else None


def _word(token: Token) -> Token:
    return Token(token.span, (Reading(Kind.WORD),))


def _next(tokens: Sequence[Token], at: int, step: int, *through: Kind) -> tuple[int, int]:
    """The nearest token in one direction that says something: (its index, line breaks passed)."""
    lines = 0
    at += step
    while 0 <= at < len(tokens) and tokens[at].kind in (
        Kind.SEPARATOR,
        Kind.BREAK,
        Kind.FILLER,
        *through,
    ):
        value = tokens[at].value
        if tokens[at].kind is Kind.BREAK and isinstance(value, int):
            lines += value
        at += step
    return at, lines


def _settle(tokens: Sequence[Token], page: str) -> list[Token]:
    """One reading for each token, but for what only the whole window can tell."""
    weekdays = sum(t.kind is Kind.WEEKDAY and len(t.readings) == 1 for t in tokens)
    short = sum(t.kind is Kind.WEEKDAY and _length(t) == 2 for t in tokens)
    out: list[Token] = []
    for at, token in enumerate(tokens):
        kinds = [r.kind for r in token.readings]
        chosen: Token | None = token
        if Kind.DATE in kinds or (kinds[0] is Kind.TIME and len(kinds) > 1):
            pass  # _dates, _hour_spans
        elif (
            kinds[0] is Kind.WEEKDAY
            and _length(token) == 2
            and short < 2
            and _kind_after(tokens, at) not in (Kind.DATE, Kind.MONTH)
        ):
            chosen = _word(token)  # "MO" alone is Missouri
        elif kinds[0] is Kind.WHEN and _runs_on(tokens, at):
            chosen = _word(token)  # "Day pass", "Now playing"
        elif kinds[0] in (Kind.CONDITION, Kind.LABEL) and _in_a_name(tokens, at):
            chosen = _word(token)  # "StormBot"
        elif Kind.LABEL in kinds and (len(kinds) > 1 or _length(token) <= 2):
            chosen = _label_or_not(tokens, at, page)
        elif Kind.WEEKDAY in kinds and Kind.CONDITION in kinds:
            kind = Kind.WEEKDAY if weekdays else Kind.CONDITION
            chosen = _as(token, kind)
        elif Kind.UNIT in kinds and len(kinds) > 1:
            chosen = _as(token, next(k for k in kinds if k is not Kind.UNIT))
        elif len(kinds) > 1 and kinds[0] in VALUES and Kind.NUMBER in kinds:
            before, lines = _next(tokens, at, -1)
            labelled = before >= 0 and lines < 2 and tokens[before].kind is Kind.LABEL
            ends = at + 1 == len(tokens) or tokens[at + 1].kind in (Kind.BREAK, Kind.SEPARATOR)
            decimal = "." in page[slice(*token.span)]
            chosen = _as(token, kinds[0] if labelled or decimal or ends else Kind.NUMBER)
        out.append(chosen or Token(token.span, token.readings[:1]))
    return _directions(_weekday_ranges(out, page))


def _labelling(token: Token, kind: Kind) -> Token:
    """`token` as the label that names values of `kind`, where it can be several."""
    labels = [r for r in token.readings if r.kind is Kind.LABEL]
    best = min(labels, key=lambda r: _rank(str(r.value), kind))
    return Token(token.span, (best,))


def _rank(field: str, kind: Kind) -> int:
    accepts = ACCEPTS.get(field, ())
    return accepts.index(kind) if kind in accepts else len(Kind)


def _length(token: Token) -> int:
    return token.span.end - token.span.start


def _runs_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a part of the day, or "now", is an ordinary word of a sentence."""
    value = tokens[at].value
    assert isinstance(value, When)
    sides = [t for t in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])]
    return value.day is None and any(
        t.kind is Kind.WORD or (t.kind in _LINKS and t.span.start < tokens[at].span.start)
        for t in sides
    )


_LINKS: Final = (Kind.FILLER, Kind.MODIFIER, Kind.CONNECTOR)


def _in_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is glued to a word that means nothing."""
    span = tokens[at].span
    sides = [t for t in tokens[max(0, at - 1) : at + 2] if t.kind is Kind.WORD]
    return any(t.span.end == span.start or t.span.start == span.end for t in sides)


def _label_or_not(tokens: Sequence[Token], at: int, page: str) -> Token | None:
    """A label if a value that it can name is near: "Rain: 2 mm", "H 73"."""
    token = tokens[at]
    end = token.span.end
    colon = page[end : end + 1] in (":", "：") or page[end : end + 2] == " :"
    after, lines = _next(tokens, at, 1)
    value = tokens[after] if after < len(tokens) else None
    label = next(r for r in token.readings if r.kind is Kind.LABEL)
    if value is not None:
        label = _labelling(token, value.kind).readings[0]
    accepts = ACCEPTS.get(str(label.value), ())
    fits = value is not None and value.kind in accepts and lines < 2
    before, up = _next(tokens, at, -1)
    named = tokens[before] if before >= 0 else None
    around = [t for t in (named, value) if t is not None]
    others = [r for r in token.readings if r.kind is not Kind.LABEL]
    if not others:  # a single letter: "H", "L"
        if _unit_after(tokens, at):
            return token
        if any(t.kind is Kind.LABEL and _length(t) > 2 for t in around):
            return token
        return token if fits and (lines == 0 or _length(token) == 2) else _word(token)
    if others[0].kind is Kind.CONDITION:
        if all(Kind.LABEL in [r.kind for r in t.readings] for t in around) and not colon:
            return _as(token, Kind.LABEL)  # the head of a table
        if label.value == "other" and value is not None and lines == 0:
            if value.kind in (Kind.LABEL, Kind.QUANTITY, Kind.NUMBER):
                return _as(token, Kind.LABEL)  # "Sunshine max. 3 h"
        strong = value is not None and value.kind in _MEASURED
        if named is not None and named.kind in _MEASURED and named.kind in accepts and up < 2:
            return _as(token, Kind.LABEL)
        unit = _unit_after(tokens, at)
        if unit:
            return _labelling(token, units()[unit].kind)  # "Rain (mm)"
        second, _ = _next(tokens, after, 1)
        many = second < len(tokens) and value is not None and tokens[second].kind is value.kind
        counted = value is not None and value.kind is not Kind.NUMBER
        sure = colon or (counted and many) or (strong and lines == 0)
        if fits and value and (sure or (counted and _labels_often(tokens, at, accepts))):
            return _labelling(token, value.kind)
        return Token(token.span, (others[0], label)) if fits else Token(token.span, (others[0],))
    if fits and not any(r.kind in KEYS for r in others):
        return _as(token, Kind.LABEL)
    if fits and lines == 0 and (colon or page[end : end + 2].strip(" ")[:1] in ("\t", "|")):
        return _as(token, Kind.LABEL)  # "Day | Monday | Tuesday"
    if any(t.kind is Kind.LABEL for t in around) and not colon:
        return _as(token, Kind.LABEL)  # the head of a table
    return Token(token.span, (others[0],))


_MEASURED: Final = (Kind.LENGTH, Kind.SPEED, Kind.DIRECTION)


_NEAR: Final = 200  # tokens that can be of the same widget


def _labels_often(tokens: Sequence[Token], at: int, accepts: Sequence[Kind]) -> bool:
    """Whether the same words stand several times near, each time before such a value."""
    near = range(max(0, at - _NEAR), min(len(tokens), at + _NEAR))
    same = [i for i in near if tokens[i].readings == tokens[at].readings]
    following = [_next(tokens, i, 1)[0] for i in same]
    return len(same) > 1 and all(i < len(tokens) and tokens[i].kind in accepts for i in following)


def _weekday_ranges(tokens: list[Token], page: str) -> list[Token]:
    """ "Mon-Fri 9:00-17:00" are opening hours: no day of a forecast."""
    for at in range(len(tokens) - 2):
        first, sign, last = tokens[at : at + 3]
        if (
            first.kind is Kind.WEEKDAY
            and last.kind is Kind.WEEKDAY
            and (sign.value == "-" or page[slice(*sign.span)].lower() == "to")
        ):
            tokens[at], tokens[at + 2] = _word(first), _word(last)
    return tokens


def _directions(tokens: list[Token]) -> list[Token]:
    """A compass point counts only beside a wind: "SSE 14 mph", "Wind: NW"."""
    winds = [t.kind is Kind.SPEED or (t.kind is Kind.LABEL and t.value in _WIND) for t in tokens]
    tokens = [_bearing(tokens, at) for at in range(len(tokens))]
    for step in (1, -1):
        order = range(len(tokens)) if step == 1 else range(len(tokens) - 1, -1, -1)
        for at in order:
            if tokens[at].kind is Kind.DIRECTION and not winds[at]:
                before, lines = _next(tokens, at, -step, Kind.UNIT)
                numbers = 0
                while (
                    0 <= before < len(tokens) and tokens[before].kind is Kind.NUMBER and numbers < 1
                ):
                    before, more = _next(tokens, before, -step, Kind.UNIT)
                    lines, numbers = lines + more, numbers + 1
                winds[at] = 0 <= before < len(tokens) and winds[before] and lines < 2
    return [
        _word(t) if t.kind is Kind.DIRECTION and not near else t
        for t, near in zip(tokens, winds, strict=True)
    ]


_HOTTEST: Final = 60  # no air is hotter, in °C; and a wind is not given in °F


def _bearing(tokens: Sequence[Token], at: int) -> Token:
    """ "8 kt from 240°": degrees beside a speed that no temperature has."""
    token = tokens[at]
    value = token.value
    if token.kind is not Kind.TEMPERATURE or not isinstance(value, Quantity) or value.unit:
        return token
    before, lines = _next(tokens, at, -1)
    beside = before >= 0 and lines == 0 and tokens[before].kind in (Kind.SPEED, Kind.DIRECTION)
    if beside and _HOTTEST < value.value <= 360:
        return Token(token.span, (Reading(Kind.DIRECTION, value.value),))
    return token


def _dates(tokens: list[Token], month_first: bool) -> list[Token]:
    """ "10/14" is a date if the slashed numbers of the window go on day by day, else a pair."""
    places = [
        at
        for at, t in enumerate(tokens)
        if t.kind in (Kind.PAIR, Kind.NUMBER, Kind.DATE)
        and len(t.readings) > 1
        and t.readings[-1].kind is Kind.DATE
    ]
    if not places:
        return tokens
    temperatures = any(t.kind is Kind.TEMPERATURE for t in tokens) or any(
        t.kind is Kind.PAIR and len(t.readings) == 1 for t in tokens
    )
    best: list[Token | None] = []
    for order in (0, -1) if month_first else (-1, 0):
        read = [[r for r in tokens[at].readings if r.kind is Kind.DATE][order] for at in places]
        values = [r.value for r in read if isinstance(r.value, PartialDate)]
        steps = [step(a, b) for a, b in zip(values, values[1:], strict=False)]
        runs = sum(step in (0, 1) for step in steps)
        if steps and runs >= 0.6 * len(steps):
            best = [Token(tokens[at].span, (r,)) for at, r in zip(places, read, strict=True)]
            break
    if not best:
        default = 0 if month_first else -1
        for at in places:
            beside = [_next(tokens, at, -1), _next(tokens, at, 1)]
            is_date = temperatures and any(
                0 <= i < len(tokens) and lines < 2 and tokens[i].kind in (Kind.WEEKDAY, Kind.WHEN)
                for i, lines in beside
            )
            if is_date or tokens[at].kind is Kind.DATE:
                dates = [r for r in tokens[at].readings if r.kind is Kind.DATE]
                best.append(Token(tokens[at].span, (dates[default],)))
            else:
                best.append(_as(tokens[at], tokens[at].kind))
    out = list(tokens)
    for at, token in zip(places, best, strict=True):
        out[at] = token or tokens[at]
    return out


def _hour_spans(tokens: list[Token]) -> list[Token]:
    """ "06-12", "12-18": spans of hours, if each begins where one before it ended, else scores."""
    places = [at for at, t in enumerate(tokens) if t.kind is Kind.TIME and len(t.readings) > 1]
    clocks = [tokens[at].value for at in places]
    chained = sum(
        isinstance(a, Clock)
        and isinstance(b, Clock)
        and a.end is not None
        and a.end % 1440 == b.minute
        for a, b in zip(clocks, clocks[1:], strict=False)
    )
    keep = len(places) > 1 and 2 * chained >= len(places) - 1
    for at in places:
        tokens[at] = (_as(tokens[at], Kind.TIME) if keep else None) or _word(tokens[at])
    return tokens


def step(first: PartialDate, second: PartialDate) -> int:
    """Days from one date to the next, in a leap year."""
    a = date(first.year or 2000, first.month or 1, first.day)
    b = date(second.year or 2000, second.month or 1, second.day)
    return (b - a).days % 366


def _days_of_month(tokens: list[Token]) -> list[Token]:
    """ "Tue 04 ... Wed 05": a number beside each weekday, a day on at each, is the day of the month.

    So it is only if the row has a number besides, else "Tue 14 Wed 15" are temperatures.
    """
    days = [at for at, t in enumerate(tokens) if t.kind is Kind.WEEKDAY]
    for step in (1, -1):
        found: list[tuple[int, int, Weekday]] = []
        for at in days:
            number, lines = _next(tokens, at, step)
            if 0 <= number < len(tokens) and tokens[number].kind is Kind.NUMBER and lines < 2:
                value = tokens[number].value
                weekday = tokens[at].value
                assert isinstance(value, Quantity) and isinstance(weekday, Weekday)
                if value.value in range(1, 32):
                    found.append((number, int(value.value), weekday))
        if len(found) < 2 or len(found) < 0.6 * len(days):
            continue
        good = sum(_follows(one, two) for one, two in zip(found, found[1:], strict=False))
        if good < max(1, 0.8 * (len(found) - 1)):
            continue
        taken = {number for number, _, _ in found}
        values = sum(
            t.kind in (Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER) and i not in taken
            for i, t in enumerate(tokens)
        )
        if values < len(found):
            continue
        out = list(tokens)
        for number, day, _ in found:
            out[number] = Token(tokens[number].span, (Reading(Kind.DATE, PartialDate(day)),))
        return out
    return tokens


def _bare_hours(tokens: list[Token]) -> list[Token]:
    """ "15", "16", "17" on lines of their own below a label "Time" are hours."""
    if not any(t.kind is Kind.LABEL and t.value == "time" for t in tokens):
        return tokens
    found: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        sides = [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]]
        value = token.value
        if token.kind is Kind.NUMBER and all(t.kind is Kind.BREAK for t in sides):
            assert isinstance(value, Quantity)
            if value.value in range(25):
                found.append((at, int(value.value)))
    steps = [(b - a) % 24 for (_, a), (_, b) in zip(found, found[1:], strict=False)]
    if len(steps) < 2 or len(set(steps)) > 1 or steps[0] == 0:
        return tokens
    for at, hour in found:
        tokens[at] = Token(tokens[at].span, (Reading(Kind.TIME, Clock(hour * 60)),))
    return tokens


def _follows(one: tuple[int, int, Weekday], two: tuple[int, int, Weekday]) -> bool:
    """Whether the day of the month goes on as the weekday does, over the end of a month too."""
    days = (two[2].number - one[2].number) % 7
    return any((one[1] + days - two[1]) % length == 0 for length in (28, 29, 30, 31)) and (
        two[1] == one[1] + days or two[1] <= days
    )


# --- labels ---------------------------------------------------------------------------------------


def _labels(tokens: Sequence[Token], page: str) -> dict[int, tuple[str, int]]:
    """Which value each label names: index of the value → (field, index of the label).

    A label stands before its value or after it. Where both neighbours fit, the window's other
    labels decide.
    """
    found = _under_heads(tokens)
    taken = {label for _, label in found.values()}
    crowd = _label_crowds(tokens)
    open_labels: list[tuple[int, str, int, int]] = []
    votes = 0
    for at, token in enumerate(tokens):
        if token.kind is not Kind.LABEL or at in taken:
            continue
        field = str(token.value)
        accepts = ACCEPTS.get(field, ())
        after, down = _next(tokens, at, 1, Kind.UNIT)
        before, up = _next(tokens, at, -1)
        colon = ":" in page[token.span.end : token.span.end + 2]
        if not colon and at in crowd:
            continue  # a table's head, a line a label
        if not colon and down == 0 and after < len(tokens) and tokens[after].kind is Kind.LABEL:
            if field not in ("condition", "time", "day"):
                before_fits = before >= 0 and tokens[before].kind in accepts[:1] and up == 0
                if not before_fits:
                    continue  # two labels in a row: the head of a table
        after_fits = after < len(tokens) and tokens[after].kind in accepts and down <= 2
        after_fits = after_fits and after not in found
        before_fits = before >= 0 and tokens[before].kind in accepts and up <= 1 and not colon
        if up and _unit_after(tokens, at):
            before_fits = False  # "Temperatures in °C" says only that
        if before_fits and before in found:
            before_fits = found[before][0] == "" or False
        if after_fits and before_fits:
            if down == 0 and up > 0:
                before_fits = False
            elif up == 0 and down > 0:
                after_fits = False
        if after_fits and before_fits:
            open_labels.append((at, field, before, after))
        elif after_fits:
            found[after] = (field, at)
            votes += 1
        elif before_fits:
            found[before] = (field, at)
            votes -= 1
    found |= _sun(tokens, found)
    found |= _along_the_line(tokens, found)
    last_first = votes < 0 or (votes == 0 and _value_first(tokens, open_labels))
    for at, field, before, after in open_labels:
        place = before if last_first and before not in found else after
        if place not in found:
            found[place] = (field, at)
    return found


def _along_the_line(
    tokens: Sequence[Token], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """The other times of a line that a label of sunrise or sunset begins: "Sunrise | 6:31 | 6:33"."""
    more: dict[int, tuple[str, int]] = {}
    for at, (field, label) in found.items():
        if field not in ("sunrise", "sunset") or label > at:
            continue
        after = at + 1
        while after < len(tokens) and tokens[after].kind in (Kind.TIME, Kind.SEPARATOR):
            if tokens[after].kind is Kind.TIME and after not in found:
                more[after] = (field, -1)
            after += 1
    return more


_NOON: Final = 720


def _sun(tokens: Sequence[Token], found: Mapping[int, object]) -> dict[int, tuple[str, int]]:
    """Two times on a line of their own, one before noon and one after: sunrise and sunset."""
    lines: list[list[int]] = [[]]
    for at, token in enumerate(tokens):
        if token.kind is Kind.BREAK:
            lines.append([])
        elif token.kind not in _SKIP:
            lines[-1].append(at)
    out: dict[int, tuple[str, int]] = {}
    for line in lines:
        times = [i for i in line if tokens[i].kind is Kind.TIME]
        others = [i for i in line if tokens[i].kind is not Kind.TIME]
        clocks = [v for v in (tokens[i].value for i in times) if isinstance(v, Clock)]
        if (
            len(clocks) == 2
            and len(others) <= 1
            and all(tokens[i].kind is Kind.WORD for i in others)
            and clocks[0].minute < _NOON < clocks[1].minute
            and not found.keys() & set(times)
        ):
            out |= {times[0]: ("sunrise", -1), times[1]: ("sunset", -1)}
    return out if len(out) == 2 else {}


def _label_crowds(tokens: Sequence[Token]) -> frozenset[int]:
    """Labels of runs of three or more with no value between."""
    crowds: set[int] = set()
    run: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind is Kind.LABEL:
            run.append(at)
        elif token.kind in VALUES | KEYS | {Kind.WORD}:
            crowds |= set(run) if len(run) >= _CROWD else set()
            run = []
    return frozenset(crowds)


_CROWD: Final = 3


def _under_heads(tokens: Sequence[Token]) -> dict[int, tuple[str, int]]:
    """Values of tables whose columns are parted by tabs, bars or semicolons, with their heads.

    A line of two labels or more is a head; it holds for the lines below it with as many columns.
    """
    found: dict[int, tuple[str, int]] = {}
    head: dict[int, int] = {}
    width = 0
    for columns in _table_lines(tokens):
        labels = {
            c: next((i for i in cell if tokens[i].kind is Kind.LABEL), None)
            for c, cell in enumerate(columns)
        }
        values = sum(tokens[i].kind in VALUES for cell in columns for i in cell)
        named = {c: i for c, i in labels.items() if i is not None}
        if all(tokens[i].kind in (Kind.MISSING, Kind.SEPARATOR) for cell in columns for i in cell):
            continue  # the rule under a head
        if len(named) >= 2 and values == 0:
            head, width = named, len(columns)
            continue
        if len(columns) != width:
            head = head if not any(columns) else {}
            continue
        for c, cell in enumerate(columns):
            if c not in head:
                continue
            field = str(tokens[head[c]].value)
            place = next((i for i in cell if tokens[i].kind in ACCEPTS.get(field, ())), None)
            if place is not None and field not in ("day", "condition"):
                found[place] = (field, head[c])
    return found


_DELIMITERS: Final = ("\t", "|", ";")


def _table_lines(tokens: Sequence[Token]) -> Iterator[list[list[int]]]:
    """Lines with two delimiters or more, as columns of token indices."""
    line: list[int] = []
    for at in range(len(tokens) + 1):
        if at < len(tokens) and tokens[at].kind is not Kind.BREAK:
            line.append(at)
            continue
        signs = [tokens[i].value for i in line if tokens[i].kind is Kind.SEPARATOR]
        delimiter = max(_DELIMITERS, key=signs.count)
        if signs.count(delimiter) >= 2:
            columns: list[list[int]] = [[]]
            for i in line:
                if tokens[i].kind is Kind.SEPARATOR and tokens[i].value == delimiter:
                    columns.append([])
                else:
                    columns[-1].append(i)
            if any(any(tokens[i].kind is not Kind.SEPARATOR for i in c) for c in columns):
                yield columns
        line = []


def _value_first(tokens: Sequence[Token], labels: Sequence[tuple[int, str, int, int]]) -> bool:
    """Whether a strip of value, label, value, label, ... ends with a label."""
    if not labels:
        return False
    last = labels[-1]
    after, lines = _next(tokens, last[3], 1)
    return after < len(tokens) and tokens[after].kind is Kind.LABEL and lines == 0 and last[2] >= 0


# --- items ----------------------------------------------------------------------------------------


def _facts(token: Token) -> dict[str, object]:
    """What a key token says, by the names of :class:`Key`."""
    value = token.value
    if isinstance(value, Weekday):
        return {"weekday": value}
    if isinstance(value, PartialDate):
        return {"date": value}
    if isinstance(value, Clock):
        return {"clock": value}
    if isinstance(value, When):
        return {k: v for k, v in (("day", value.day), ("period", value.period)) if v}
    return {}


_TEXT_WORDS: Final = 3
_STOPS: Final = ("\t", "|", ";", "•", "·")  # a text does not go on behind them
_SKIPPED_LABELS: Final = frozenset({"other", "update"})
# Values that say nothing of weather by themselves: "berth 12", "memory usage: 22%".
_NAMED_BY_WORDS: Final = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.LENGTH, Kind.QUANTITY})
_NO_ITEM: Final = frozenset(
    {Kind.MARK, Kind.SEPARATOR, Kind.FILLER, Kind.WORD, Kind.MODIFIER, Kind.CONNECTOR, Kind.UNIT}
)


def _said(tokens: Sequence[Token], at: int) -> bool:
    """Whether a condition follows at once: "Arden 72 Sunny"."""
    return at + 1 < len(tokens) and tokens[at + 1].kind is Kind.CONDITION


def _unit_after(tokens: Sequence[Token], label: int) -> str | None:
    """The unit printed right behind a label: "Wind speed mph", "Temperature (°C)"."""
    names = [str(r.value) for r in tokens[label].readings if r.kind is Kind.LABEL]
    accepts = [kind for name in names for kind in ACCEPTS.get(name, ())]
    at = label + 1
    while at < len(tokens) and tokens[at].kind in (Kind.SEPARATOR, Kind.FILLER, Kind.UNIT):
        unit = tokens[at].value
        if tokens[at].kind is Kind.UNIT and unit != "°" and units()[str(unit)].kind in accepts:
            return str(unit)
        at += 1
    return None


def _unit_behind(tokens: Sequence[Token], at: int) -> str | None:
    """The unit of a wind whose direction stands between: "24 NW km/h"."""
    at += 1
    while at < len(tokens) and tokens[at].kind in (Kind.BREAK, Kind.DIRECTION):
        at += 1
    if at < len(tokens) and tokens[at].kind is Kind.UNIT and tokens[at - 1].kind is not Kind.UNIT:
        unit = str(tokens[at].value)
        return unit if units()[unit].kind is Kind.SPEED else None
    return None


def _column_heads(tokens: Sequence[Token]) -> frozenset[int]:
    """Tokens of table lines that hold only keys, one a column: "Today | Wed 7 | Thu 8".

    They stay apart, but for the words of one column.
    """
    apart: set[int] = set()
    for columns in _table_lines(tokens):
        filled = [[i for i in c if tokens[i].kind not in _SKIP] for c in columns]
        filled = [c for c in filled if c]
        if len(filled) > 1 and all(tokens[i].kind in KEYS for c in filled[1:] for i in c):
            apart |= {c[0] for c in filled}
    return frozenset(apart)


_SKIP: Final = frozenset({Kind.SEPARATOR, Kind.FILLER})


def _items(tokens: Sequence[Token], labels: Mapping[int, tuple[str, int]]) -> Iterator[Item]:
    used = {label for _, label in labels.values()}
    heads = _column_heads(tokens)
    lines = words = last = in_line = 0  # `in_line`: the words of the lines before
    pending: Item | None = None  # a key that may still grow
    updated = False  # on a line that says when the page was made
    in_prose = False  # among words: "of" and "the" are part of a sentence there
    just_keys = False  # the item before `pending` was a key too, with nothing between
    for at, token in enumerate(tokens):
        kind = token.kind
        updated = (updated or token.value == "update") and kind is not Kind.BREAK
        if updated and kind in KEYS:
            continue  # when the page was made, not what a row is about
        if token.span.start == last and kind in KEYS | VALUES:
            lines = max(lines, 1)  # "CloudyTonight": glued where a line ended
        last = token.span.end if kind is not Kind.SEPARATOR else 0
        if kind is Kind.BREAK:
            lines = min(lines + (token.value if isinstance(token.value, int) else 1), 2)
            in_prose, in_line = False, words
            continue
        field, label = labels.get(at, ("", at))
        prose = in_prose and kind in (Kind.FILLER, Kind.LABEL) and at not in used
        if kind in _NO_ITEM or at in used or prose or field in _SKIPPED_LABELS:
            words += kind in (Kind.WORD, Kind.MODIFIER) or prose
            in_prose = kind is Kind.WORD or (in_prose and token.value not in _STOPS)
            continue
        if in_prose and not field and kind in _NAMED_BY_WORDS and not _said(tokens, at):
            words += 1
            continue
        in_prose = False
        if kind in KEYS and field not in ("sunrise", "sunset"):
            facts = _facts(token)
            runs_on = at + 1 < len(tokens) and _kind_after(tokens, at) is kind
            if (
                pending is not None
                and not runs_on
                and at not in heads
                and _may_grow(pending, facts, lines, words, just_keys)
            ):
                assert isinstance(pending.value, Key)
                span = Span(pending.span.start, token.span.end)
                pending = replace(
                    pending, span=span, value=replace(pending.value, span=span, **facts)
                )
            else:
                if pending is not None:
                    yield pending
                just_keys = pending is not None and words == 0
                pending = Item(kind, token.span, Key(token.span, **facts), "", lines, words)
            lines = words = in_line = 0
            continue
        if pending is not None:
            yield pending
            pending = None
        just_keys = False
        also = str(token.readings[1].value) if len(token.readings) > 1 else ""
        value: object = token.value
        if kind is Kind.LABEL:
            field, value = str(token.value), _unit_after(tokens, at)
        elif isinstance(value, Quantity) and value.unit is None and field:
            value = replace(value, unit=_unit_after(tokens, label) or _unit_behind(tokens, at))
        in_text = words - in_line >= _TEXT_WORDS
        yield Item(kind, token.span, value, field, lines, words, also, in_text)
        lines = words = in_line = 0
    if pending is not None:
        yield pending


def _kind_after(tokens: Sequence[Token], at: int) -> Kind | None:
    after, _ = _next(tokens, at, 1)
    return tokens[after].kind if after < len(tokens) else None


def _may_grow(
    key: Item, facts: Mapping[str, object], lines: int, words: int, just_keys: bool
) -> bool:
    """Whether a key word belongs to the key before it: it says what that does not yet say."""
    known = key.key
    if known is None or words or not facts:
        return False
    if any(getattr(known, name) is not None for name in facts):
        return False
    if lines and just_keys:
        return False  # one of a column of keys
    if known.period is Period.NOW and ("weekday" in facts or "date" in facts):
        return lines == 0
    if known.clock is not None:  # "21:00 Mon", but not 21:00 and then the next day
        return lines == 0 and ("period" not in facts)
    if isinstance(facts.get("day"), RelativeDay) and known.has_day:
        return lines == 0
    return lines < 2 or known.has_day
