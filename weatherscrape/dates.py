"""Tokens in, the same tokens with numbers read as dates and hours where the window shows it.

"52/37" is a high and a low, "10/14" a date if the next one is a day later. A number beside each
weekday is the day of the month if it goes on as the weekday does. One number alone tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from .model import Clock, Kind, PartialDate, Quantity, Reading, Token, Weekday
from .tokens import Tokens, as_word, neighbour, read_as


def settle_dates(tokens: Tokens, month_first: bool) -> Tokens:
    """ "10/14" is a date if the slashed numbers of the window go on day by day, else a pair.

    So is "14.10" a date or a number.
    """
    for kinds in ({Kind.PAIR, Kind.DATE}, {Kind.NUMBER}):
        places = [
            at
            for at, t in enumerate(tokens)
            if t.kind in kinds and len(t.readings) > 1 and t.readings[-1].kind is Kind.DATE
        ]
        if places:
            tokens = _settled(tokens, places, month_first)
    return tokens


def _settled(tokens: Tokens, places: Sequence[int], month_first: bool) -> Tokens:
    temperatures = any(t.kind is Kind.TEMPERATURE for t in tokens) or any(
        t.kind is Kind.PAIR and len(t.readings) == 1 for t in tokens
    )
    best: list[Token | None] = []
    for order in (0, -1) if month_first else (-1, 0):
        read = [[r for r in tokens[at].readings if r.kind is Kind.DATE][order] for at in places]
        values = [r.value for r in read if isinstance(r.value, PartialDate)]
        steps = [step(a, b) for a, b in pairwise(values)]
        runs = sum(step in (0, 1) for step in steps)
        if steps and runs >= 0.6 * len(steps):
            best = [Token(tokens[at].span, (r,)) for at, r in zip(places, read, strict=True)]
            break
    if not best:
        default = 0 if month_first else -1
        for at in places:
            beside = [neighbour(tokens, at, -1), neighbour(tokens, at, 1)]
            number = tokens[at].kind is Kind.NUMBER  # which only stands beside its weekday
            near = 1 if number else 2
            is_date = (
                temperatures
                and not (number and month_first)
                and any(
                    0 <= i < len(tokens)
                    and lines < near
                    and tokens[i].kind in (Kind.WEEKDAY, Kind.WHEN)
                    for i, lines in beside
                )
            )
            if is_date or tokens[at].kind is Kind.DATE:
                dates = [r for r in tokens[at].readings if r.kind is Kind.DATE]
                best.append(Token(tokens[at].span, (dates[default],)))
            else:
                best.append(read_as(tokens[at], tokens[at].kind))
    out = list(tokens)
    for at, token in zip(places, best, strict=True):
        out[at] = token or tokens[at]
    return Tokens(out)


def hour_spans(tokens: Tokens) -> Tokens:
    """ "06-12", "12-18": spans of hours, if each begins where one before it ended, else scores."""
    places = [at for at in tokens.places(Kind.TIME) if len(tokens[at].readings) > 1]
    if not places:
        return tokens
    clocks = [tokens[at].value for at in places]
    chained = sum(
        isinstance(a, Clock)
        and isinstance(b, Clock)
        and a.end is not None
        and a.end % 1440 == b.minute
        for a, b in pairwise(clocks)
    )
    keep = len(places) > 1 and 2 * chained >= len(places) - 1
    out = list(tokens)
    for at in places:
        out[at] = (read_as(tokens[at], Kind.TIME) if keep else None) or as_word(tokens[at])
    return Tokens(out)


def step(first: PartialDate, second: PartialDate) -> int:
    """Days from one date to the next, in a leap year."""
    a = date(first.year or 2000, first.month or 1, first.day)
    b = date(second.year or 2000, second.month or 1, second.day)
    return (b - a).days % 366


_SURE_STRIP: Final = 4  # days in a row whose numbers go on as they do


def days_of_month(tokens: Tokens) -> Tokens:
    """ "Tue 04 ... Wed 05": a number beside each weekday that goes on with it is the day's.

    So it is only if the row has a number besides, else "Tue 14 Wed 15" are temperatures.
    """
    if "n" not in tokens.shape:
        return tokens
    days = list(tokens.places(Kind.WEEKDAY))
    for step in (1, -1):
        found: list[tuple[int, int, Weekday]] = []
        for at in days:
            number, lines = neighbour(tokens, at, step)
            near = lines == 0 or (step == 1 and lines == 1)
            if 0 <= number < len(tokens) and tokens[number].kind is Kind.NUMBER and near:
                value = tokens[number].value
                weekday = tokens[at].value
                assert isinstance(value, Quantity) and isinstance(weekday, Weekday)
                if value.value in range(1, 32):
                    found.append((number, int(value.value), weekday))
        found = [
            found[i]
            for i in range(len(found))
            if any(_follows(*found[j : j + 2]) for j in (i - 1, i) if 0 <= j < len(found) - 1)
        ]
        if not found:
            continue
        taken = {number for number, _, _ in found}
        values = sum(
            t.kind in (Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER) and i not in taken
            for i, t in enumerate(tokens)
        )
        if values < len(found) < _SURE_STRIP:
            continue
        out = list(tokens)
        for number, day, _ in found:
            out[number] = Token(tokens[number].span, (Reading(Kind.DATE, PartialDate(day)),))
        return Tokens(out)
    return tokens


def bare_hours(tokens: Tokens) -> Tokens:
    """ "15", "16", "17" are hours below a label "Time", if they open their lines."""
    if not any(tokens[at].value == "time" for at in tokens.places(Kind.LABEL)):
        return tokens
    for ends in ({"\t", "|", ";"}, {None}):
        found: list[tuple[int, int]] = []
        for at in tokens.places(Kind.NUMBER):
            value = tokens[at].value
            if _opens_line(tokens, at) and _ends(tokens, at) in ends:
                assert isinstance(value, Quantity)
                if value.value in range(25):
                    found.append((at, int(value.value)))
        steps = [(b - a) % 24 for (_, a), (_, b) in pairwise(found)]
        if len(steps) < 2 or len(set(steps)) > 1 or steps[0] == 0:
            continue
        out = list(tokens)
        for at, hour in found:
            out[at] = Token(tokens[at].span, (Reading(Kind.TIME, Clock(hour * 60)),))
        return Tokens(out)
    return tokens


def _opens_line(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or tokens[at - 1].kind is Kind.BREAK


def _ends(tokens: Sequence[Token], at: int) -> object:
    """The sign behind a token, None at the end of a line, and else nothing that is either."""
    if at + 1 == len(tokens) or tokens[at + 1].kind is Kind.BREAK:
        return None
    return tokens[at + 1].value if tokens[at + 1].kind is Kind.SEPARATOR else ""


def _follows(one: tuple[int, int, Weekday], two: tuple[int, int, Weekday]) -> bool:
    """Whether the day of the month goes on as the weekday does, over the end of a month too."""
    days = (two[2].number - one[2].number) % 7
    return (
        days > 0
        and any((one[1] + days - two[1]) % length == 0 for length in (28, 29, 30, 31))
        and (two[1] == one[1] + days or two[1] <= days)
    )
