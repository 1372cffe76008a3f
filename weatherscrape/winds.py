"""Tokens in, the same tokens out with compass points only where a wind blows from them.

A letter is a compass point beside a wind and a word or a name elsewhere: "SO" is Sunday or
south-east, "o" is west or "or", "N" may open a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from .accepts import WIND
from .model import KEYS, Clock, Kind, Quantity, Reading, Span, Token
from .quantities import RATES
from .sentences import from_where, names_wind, winds_named
from .table_labels import table_lines
from .tokens import (
    DELIMITERS,
    Tokens,
    Window,
    as_word,
    is_at,
    length,
    line,
    neighbour,
    one_sentence,
    opens_line,
    reading_at,
    sign_at,
)


def directions(tokens: Tokens, page: str) -> Tokens:
    """A compass point counts only beside a wind: "SSE 14 mph", "Wind: NW", "Westwind"."""
    tokens = _lengths_of_gusts(_without_grades(tokens, page))
    if not _WINDY.search(tokens.shape):
        return tokens  # nothing that can be a direction
    tokens = _forces(tokens, page)
    tokens = _ranges(_bearings(_without_prepositions(tokens, page)), page)
    winds = set(winds_named(tokens, page))
    named = any(tokens.shape[at] == "l" for at in winds)
    winds.update(tokens.places(Kind.SPEED), from_where(tokens, page))
    winds.update([*_under_heads(tokens), *_on_lines(tokens)] if named else ())
    points = list(tokens.places(Kind.DIRECTION))
    for step in (1, -1):
        for at in points[::step]:
            if at not in winds and _is_near_wind(tokens, at, -step, winds, page):
                winds.add(at)
    winds.update(
        found.start() for found in _BLOWS_WITH.finditer(tokens.shape) if _is_with(tokens, found)
    )
    for found in list(_VEERS.finditer(tokens.shape))[::-1]:
        first, last = found.start(), found.end(1) - 1
        parted = tokens.shape[first + 1] == "," and tokens[first + 1].value != "-"
        if not parted and (last in winds or names_wind(tokens[last], page)):
            winds.add(first)
    out = list(tokens)
    for at in points:
        blows = at in winds or _in_a_column(tokens, at) or (named and _in_a_row(tokens, at, page))
        if not (blows or names_wind(tokens[at], page)):
            out[at] = as_word(tokens[at])
    return Tokens(out)


def _is_with(tokens: Tokens, found: re.Match[str]) -> bool:
    return tokens[found.end() - 1].value == "with"


def compound_at(
    tokens: Sequence[Token], at: int, text: str
) -> tuple[int, tuple[Reading, ...]] | None:
    """The point between two that a hyphen joins, or words side by side: "N-NE", "Este Sur-Este"."""
    second = at + 1 + (sign_at(tokens, at + 1) == "-")
    first, last = (reading_at(tokens, i, Kind.DIRECTION) for i in (at, second))
    if first is None or last is None or tokens[second].span.start - tokens[at].span.end > 1:
        return None  # "N - NE"
    if second == at + 1 and min(length(tokens[at]), length(tokens[second])) <= _POINT:
        return None
    between = _between(first.value, last.value, _NEXT_POINT)
    if between is None:
        return None
    return second + 1, (Reading(Kind.DIRECTION, between, first.languages & last.languages),)


def letters_at(
    tokens: Sequence[Token], at: int, text: str
) -> tuple[int, tuple[Reading, ...]] | None:
    """A point of two letters or three with spaces: "S W" as Arabic prints it, "ج ج غ"."""
    points: list[Reading] = []
    for i in range(at, min(at + _MOST_LETTERS, len(tokens))):
        point = reading_at(tokens, i, Kind.DIRECTION)
        glued = points and text[tokens[i - 1].span.end : tokens[i].span.start] != " "
        if point is None or length(tokens[i]) > 1 or text[tokens[i].span.start].isascii() or glued:
            break
        points.append(point)
    if len(points) < _MOST_LETTERS - 1:
        return None
    between = _between(points[-2].value, points[-1].value, 2 * _NEXT_POINT)
    if len(points) == _MOST_LETTERS:
        between = _between(points[0].value, between, _NEXT_POINT)
    if between is None:
        return None
    languages = frozenset.intersection(*[point.languages for point in points])
    return at + len(points), (Reading(Kind.DIRECTION, between, languages),)


_MOST_LETTERS: Final = 3


def _between(one: object, two: object, apart: float) -> float | None:
    """The bearing between two that are so many degrees apart."""
    if not (isinstance(one, float) and isinstance(two, float)):
        return None
    turn = (two - one + 180) % 360 - 180
    return (one + turn / 2) % 360 if abs(turn) == apart else None


_NEXT_POINT: Final = 45.0  # degrees from one of the eight points to the next

# "West or northwest wind", "Südwest- bis Südwind"
_VEERS: Final = re.compile("W(?=([.,o]?[jo]W))")
_BLOWS_WITH: Final = re.compile("Wj(?=S)")  # "Nordwest mit 30 bis 60 km/h"
_WINDY: Final = re.compile("W|S[/,.o]*+T|T[.o]?S")


def _under_heads(tokens: Tokens) -> Iterator[int]:
    """Compass points below a head of winds: "Time | Direction | Speed⏎15:00 | southwest | 9"."""
    heads: list[int] = []
    width = 0
    for columns in table_lines(tokens):
        kinds = [tokens.shape[cell.start : cell.stop] for cell in columns]
        labels = [c for c, cell in enumerate(kinds) if "l" in cell]
        if len(labels) > 1:
            of_wind = (c for c in labels if tokens[columns[c][kinds[c].index("l")]].value in WIND)
            heads, width = list(of_wind), len(columns)
        elif len(columns) == width:
            yield from (columns[c][kinds[c].index("W")] for c in heads if "W" in kinds[c])


def _on_lines(tokens: Tokens) -> Iterator[int]:
    """Compass points of several lines that hold a number besides: "4.2 NW" below "wind, m/s"."""
    lines = tokens.lines(_WIND_LINE)
    if len(lines) >= _WIND_LINES:
        yield from (at for found in lines for at in found if tokens.shape[at] == "W")


_WIND_LINE: Final = line("(?:nW|Wn)")
_WIND_LINES: Final = 3


def _is_near_wind(tokens: Tokens, at: int, step: int, winds: Collection[int], page: str) -> bool:
    """Whether a wind is the next thing that is said in one direction, but for one number."""
    beside, lines = neighbour(tokens, at, step, "u")
    if tokens.shape[max(0, beside) : beside + 1] == "n":
        beside, more = neighbour(tokens, beside, step, "u")
        lines += more
    near = beside in winds and lines < 2
    return near and not _in_other_sentences(tokens, at, beside, page)


def _in_other_sentences(tokens: Tokens, at: int, beside: int, page: str) -> bool:
    """Whether a sentence ends between a spelled-out point and a wind: "Dry in the East. Wind: "."""
    first, last = sorted((at, beside))
    spelled = length(tokens[at]) > _POINT
    start = tokens[first].span.end - 1
    return spelled and not one_sentence(page, start, tokens[last].span.start)


_POINT: Final = 3  # letters of a compass point that is abbreviated, at most


def _without_prepositions(tokens: Tokens, page: str) -> Tokens:
    """Tokens with the letters for compass points that are words before days made words."""
    words = [at for at in tokens.places(Kind.DIRECTION) if _is_preposition(tokens, at, page)]
    return tokens.rewritten(words, as_word)


def _is_preposition(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a letter for a compass point is a word before a day: "7 м/с.⏎В воскресенье"."""
    token = tokens[at]
    word = length(token) == 2 and page[slice(*token.span)].istitle()  # "No domingo", not "NO"
    if (length(token) > 1 and not word) or at + 1 == len(tokens):
        return False
    after = tokens[at + 1]
    if after.kind is Kind.LABEL and after.value in WIND:
        measured = is_at(tokens, at + 2, Kind.SPEED, Kind.NUMBER)
        if measured or after.value == "wind_direction":
            return False  # "N wind 10 mph", "N Wind direction"
    gap = page[token.span.end : after.span.start]
    opens = opens_line(tokens, at) or page[token.span.start - 2 : token.span.start] == ". "
    lower = page[token.span.start].islower()
    return gap == " " and after.kind in _BEHIND_WORDS and (opens or lower)


_BEHIND_WORDS: Final = KEYS | {Kind.WORD, Kind.FILLER, Kind.LABEL}


def _in_a_column(tokens: Tokens, at: int) -> bool:
    """Whether a compass point shares its cell of a table with a number: "| NW 12", "| 12 NW |"."""
    if tokens.shape[at + 1 : at + 2] == "n":
        return at > 0 and tokens[at - 1].value in DELIMITERS
    first = at - 1 if at > 1 and tokens.shape[at - 1] == "n" else at
    ends = at + 1 == len(tokens) or tokens[at + 1].value in DELIMITERS
    return first < at and ends and tokens[first - 1].value in DELIMITERS


def _in_a_row(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a point or a calm stands between numbers of a table: "87 | SE9", "5 NW   "."""
    start, end = tokens[at].span
    if tokens.shape[at - 1 : at] == "n" and page.startswith("  ", end):
        return page[tokens[at - 1].span.end : start] == " "
    before, lines = neighbour(tokens, at, -1)
    after, more = neighbour(tokens, at, 1)
    if before < 0 or lines + more:
        return False
    return tokens.shape[before] in "n%" and tokens.shape[after : after + 1] in ("n", "p")


def _bearings(tokens: Tokens) -> Tokens:
    """ "8 kt from 240°", "240° 8 kt": degrees beside a speed that no temperature has."""
    out = list(tokens)
    for at in tokens.places(Kind.TEMPERATURE):
        value = tokens[at].value
        if not isinstance(value, Quantity) or value.unit or not _HOTTEST < value.value <= _ROUND:
            continue
        before, lines = neighbour(tokens, at, -1)
        blown = before >= 0 and lines == 0 and tokens.shape[before] in "SW"
        if blown or _SPEED.match(tokens.shape, at + 1):  # "280° at 15 knots"
            out[at] = Token(tokens[at].span, (Reading(Kind.DIRECTION, value.value),))
    return Tokens(out)


def _forces(tokens: Tokens, page: str) -> Tokens:
    """ "Friday: Southwest 5 to 7.": numbers behind spelled-out bearings are forces, as of sailors.

    Several have to stand so: "West 5" alone is an address. So are those before a force that the
    wind turns to: "西风4~5转2~3级".
    """
    found = [force for force in _OF_FORCE.finditer(tokens.shape) if _is_force(tokens, force, page)]
    if len(found) < _FORCES:
        found = [t for t in _TURNING.finditer(tokens.shape) if _is_of_force(tokens[t.end()])]
    if not found:
        return tokens
    out = list(tokens)
    for force in found[::-1]:
        at = [i for i in range(*force.span()) if tokens.shape[i] == "n"]
        values = [v.value for i in at if isinstance(v := tokens[i].value, Quantity)]
        span = Span(tokens[at[0]].span.start, tokens[at[-1]].span.end)
        speed = Quantity(max(values), "bft", min(values) if len(values) > 1 else None)
        out[at[0] : at[-1] + 1] = [Token(span, (Reading(Kind.SPEED, speed),))]
    return Tokens(out)


def _lengths_of_gusts(tokens: Tokens) -> Tokens:
    """Tokens with a length behind gusts as the speed that it is: "con ráfagas de 44 kilómetros"."""
    found = _FAR_GUSTS.finditer(tokens.shape)
    far = [gust.end() - 1 for gust in found if tokens[gust.start()].value == "wind_gusts"]
    return tokens.rewritten(far, _by_the_hour)


def _by_the_hour(token: Token) -> Token:
    """A length as the speed of an hour, if it is one of a speed; else as it is."""
    value = token.value
    unit = RATES["hourly"].get(value.unit or "") if isinstance(value, Quantity) else None
    if not (unit and isinstance(value, Quantity)):
        return token
    return Token(token.span, (Reading(Kind.SPEED, replace(value, unit=unit)),))


_FAR_GUSTS: Final = re.compile("l[.fo]{0,3}L")


def _without_grades(tokens: Tokens, page: str) -> Tokens:
    """Tokens with forces in words that are those of no wind made words: "三级 医院"."""
    words = [at for at in tokens.places(Kind.SPEED) if _is_grade(tokens, at, page)]
    return tokens.rewritten(words, as_word)


def _is_grade(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a force has no digit, and neither a point nor the label of a wind beside it."""
    if not page[slice(*tokens[at].span)].isalpha():
        return False
    for step in (1, -1):
        beside, lines = neighbour(tokens, at, step, "Sj")
        token = tokens[beside] if 0 <= beside < len(tokens) and not lines else None
        if token and (token.kind is Kind.DIRECTION or token.value in WIND):
            return False
    return True


_TURNING: Final = re.compile("(?<=W)n(?:[,o]n)?[jo](?=S)")


def _is_of_force(token: Token) -> bool:
    """Whether a speed is one of the Beaufort scale."""
    return _unit(token) == "bft"


def _is_force(tokens: Tokens, found: re.Match[str], page: str) -> bool:
    """Whether a bearing begins what is said, and whole numbers that a force can be follow it."""
    first, end = found.span()
    start, stop = tokens[first].span
    values = [tokens[i].value for i in range(first, end) if tokens.shape[i] == "n"]
    return (
        stop - start > _POINT
        and page[start].isupper()
        and page[max(0, start - 2) : start].strip(" ")[-1:] in ("", "\n", ":", ".", ",")
        and all(isinstance(v, Quantity) and v.unit is None and v.value in _BEAUFORT for v in values)
    )


_OF_FORCE: Final = re.compile(r"W[f.]?n(?:[jfo.]n)?(?=[,./Cxm]|\Z)")
_FORCES: Final = 3
_BEAUFORT: Final = range(1, 13)


def _ranges(tokens: Tokens, page: str) -> Tokens:
    """ "SSE 15-20 | G | 30 mph": two numbers of a bearing, before gusts or a speed, are a wind.

    So are those of a bearing behind a label: "Wind: NW 5-10", "Winds 10-15 SE mph". They may have
    been read as hours. Their unit is that of all the winds of the text, if those have one.
    """
    out = list(tokens)
    units = {unit for at in tokens.places(Kind.SPEED) if (unit := _unit(tokens[at]))}
    unit = units.pop() if len(units) == 1 else None
    places = {
        found.span(found.lastindex or 0)
        for found in _BEHIND_LABEL.finditer(tokens.shape)
        if tokens[found.start()].value in WIND
    }
    for found in _BEFORE_ANOTHER.finditer(tokens.shape):
        end, last = found.end(1), found.start(2)
        if tokens.shape[last] == "l" and tokens[last].value != "wind_gusts":
            continue
        if one_sentence(page, tokens[end - 1].span.end, tokens[last].span.start):
            places.add(found.span(1))
    places |= {
        found.span(1)
        for found in _BEFORE_GUSTS.finditer(tokens.shape)
        if tokens[found.start()].value == "wind_speed"
        and tokens[found.end() - 1].value == "wind_gusts"
    }
    for first, end in sorted(places, reverse=True):
        ends = _ends_of(tokens[first:end])
        if ends is not None:
            low, high = ends
            span = Span(tokens[first].span.start, tokens[end - 1].span.end)
            speed = Reading(Kind.SPEED if unit else Kind.NUMBER, Quantity(high, unit, low))
            out[first:end] = [Token(span, (speed,))]
    return Tokens(out)


def _unit(token: Token) -> str | None:
    return token.value.unit if isinstance(token.value, Quantity) else None


# The two ends of a wind, and what its gusts or another wind begin with: "N 4-10, ... gusts 15 m/s".
_BEFORE_ANOTHER: Final = re.compile("W(h|n,n)(?=[^/ndDC%TS]{0,12}?(l(?=,?[Sn])|W(?=[.x]?S)))")

# "vietor o rýchlosti 3 až 9, v nárazoch okolo 15 m/s"
_BEFORE_GUSTS: Final = re.compile("l(n[,j]n),?l(?=[.fx]{0,3}S)")

_BEHIND_LABEL: Final = re.compile("l[,.]?(?:W(h|n,n)(?!n|[.,]?S)|(h|n,n)(?=Wu))")


def _ends_of(tokens: Sequence[Token]) -> tuple[float, float] | None:
    """The ends of a range, of two numbers with a dash or a word between or of two hours."""
    one, two = tokens[0].value, tokens[-1].value
    if isinstance(one, Clock):
        whole = one.end is not None and one.minute % _HOUR == one.end % _HOUR == 0
        return (one.minute / _HOUR, one.end / _HOUR) if whole and one.end else None
    linked = tokens[1].value == "-" or tokens[1].kind is Kind.CONNECTOR
    if isinstance(one, Quantity) and isinstance(two, Quantity) and linked:
        return (one.value, two.value) if one.value < two.value else None
    return None


_HOUR: Final = 60  # minutes
_SPEED: Final = re.compile("[.o]?S")
_HOTTEST: Final = 60  # no air is hotter, in °C; and a wind is not given in °F
_ROUND: Final = 360  # degrees


def is_a_link(window: Window, at: int) -> bool:
    """Whether a letter in lower case stands in a sentence: "venti forti | o | moderati".

    It is a compass point before a speed, "w 12 mph", and at the end of what is said.
    """
    token = window[at]
    if token.kind is not Kind.DIRECTION or length(token) != 1:
        return False
    if not window.page[token.span.start].islower() or opens_line(window, at):
        return False
    return window.shape[at + 1 : at + 2] not in _BEHIND_WIND


_BEHIND_WIND: Final = ("", "/", "n", ",", "S", "T", "u")


def beside_wind(tokens: Tokens, at: int) -> bool:
    """Whether a speed or the label of one stands beside on the line, or a force, as of others."""
    for step in (1, -1):
        beside, lines = neighbour(tokens, at, step)
        if 0 <= beside < len(tokens) and lines == 0:
            token = tokens[beside]
            if token.kind is Kind.SPEED or (token.kind is Kind.LABEL and token.value in WIND):
                return True
    if tokens.shape[at + 1 : at + 2] != "n" or "Wn" not in tokens.shape:
        return False
    return len({tokens[i].value for i in tokens.places(Kind.WEEKDAY)}) == 1


def is_blown(tokens: Tokens, at: int) -> bool:
    """Whether a wind stands before a letter for gusts, on its line: "NW 14 G 23", "S10G18"."""
    speed, lines = neighbour(tokens, at, -1)
    first = speed - 2 if tokens.shape[max(0, speed - 2) : speed + 1] == "n,n" else speed
    point, more = neighbour(tokens, first, -1)  # "SW 20-30 G45"
    if point < 0 or lines + more:
        return False
    return tokens.shape[point] == "W" and tokens.shape[speed] in _BLOWN


_BLOWN: Final = ("n", "S", "h")  # "SSE 15-20" is read as hours before it is known for a wind
