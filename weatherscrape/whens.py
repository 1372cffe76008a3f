"""Tokens that make a clock time, a span of hours or a date together.

Each takes a run of tokens from one place on, or none; :mod:`weatherscrape.joins` tries them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .model import Clock, Kind, PartialDate, Quantity, Reading, Token
from .tokens import is_at, mark_at, reading_at, sign_at

_CLOCK: Final = re.compile(r"(\d{1,2})(?:\.([0-5]\d))?")


def clock(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """An hour by its words: "14 Uhr", "kl. 7.30", "14時30分", "午後3時", "3:00 μ.μ."."""
    end = at
    marks: set[str] = set()
    while (mark := mark_at(tokens, end)) in HOUR_WORDS and len(marks) < 2:
        marks.add(mark)
        end += 1
    if end >= len(tokens) or tokens[end].kind not in (Kind.NUMBER, Kind.TIME):
        return None
    number, value = end, tokens[end].value
    end += 1
    while (mark := mark_at(tokens, end)) in HOUR_WORDS:
        if mark == "hour" and _CLOCK_BEHIND.match(text, tokens[end].span.end):
            break  # "21.10 | klo 06.00"
        marks.add(mark)
        end += 1
        more = tokens[end].value if is_at(tokens, end, Kind.NUMBER) else None
        if (
            mark == "hour"
            and isinstance(more, Quantity)
            and more.value in range(60)
            and mark_at(tokens, end + 1) == "minute"
        ):
            value = Clock(_hour_of(value, tokens[number], text) * 60 + int(more.value))
            end += 2
    minute = value.minute if isinstance(value, Clock) else _minutes(tokens[number], text)
    if not marks or minute is None or (isinstance(value, Clock) and value.end is not None):
        return None
    sure = "hour" in marks or isinstance(value, Clock)
    if not sure and (minute > 12 * 60 + 59 or reading_at(tokens, end, Kind.UNIT)):
        return None  # "오전 20%": the morning, and a value
    if marks & {"am", "pm"} and minute <= 12 * 60 + 59:
        minute = minute % 720 + (720 if "pm" in marks else 0)
    return (end, (Reading(Kind.TIME, Clock(minute)),)) if minute <= 1440 else None


_CLOCK_BEHIND: Final = re.compile(r" \d{1,2}[.:]\d\d(?![\d.])")
HOUR_WORDS: Final = frozenset({"hour", "am", "pm"})


def _hour_of(value: object, token: Token, text: str) -> int:
    minute = value.minute if isinstance(value, Clock) else _minutes(token, text)
    return (minute or 0) // 60


def _minutes(token: Token, text: str) -> int | None:
    """Minutes of the day of a number printed "7" or "7.30"."""
    printed = _CLOCK.fullmatch(text, token.span.start, token.span.end)
    if printed is None or int(printed[1]) > 24:
        return None
    return int(printed[1]) * 60 + int(printed[2] or 0)


def worded_hours(first: Token, last: Token, text: str) -> tuple[Reading, ...] | None:
    """ "kl. 12-18", "8.30 to 16.30 Uhr": the word that makes one end an hour makes both."""
    ends = []
    for token in (first, last):
        if token.kind is Kind.TIME and isinstance(token.value, Clock):
            if token.value.end is not None:
                return None
            ends.append(token.value.minute)
        elif token.kind is Kind.NUMBER:
            minute = _minutes(token, text)
            if minute is None:
                return None
            ends.append(minute)
    printed = text[first.span.start : last.span.end]
    if {first.kind, last.kind} != {Kind.TIME, Kind.NUMBER} or ":" in printed:
        return None
    return (Reading(Kind.TIME, Clock(ends[0], ends[1])),)


_HOURS: Final = re.compile(
    r"([01]\d|2[0-3])()\s?-\s?([01]\d|2[0-4])()"
    r"|([01]?\d|2[0-3])\.([0-5]\d)\s?-\s?([01]?\d|2[0-4])\.([0-5]\d)"
)


def hour_span(printed: str) -> tuple[Reading, ...] | None:
    """ "06-12" may be hours of the day, or a score."""
    match = _HOURS.fullmatch(printed)
    if match is None:
        return None
    numbers = [int(group or 0) for group in match.groups() if group is not None]
    start, end = (hour * 60 + minute for hour, minute in (numbers[:2], numbers[2:]))
    return (Reading(Kind.TIME, Clock(start, end or 1440)), Reading(Kind.WORD))


_YEARS: Final = (1900, 2100)


def date(tokens: Sequence[Token], at: int, text: str) -> tuple[int, tuple[Reading, ...]] | None:
    """Day and month in either order, with a year before or behind if there is one."""
    year, start = _whole(tokens, at, *_YEARS), at
    if year:  # "2025. október 14.", "2025年10月14日"
        start = at + 1
        while mark_at(tokens, start) in ("year", "link") or sign_at(tokens, start) in (".", ","):
            start += 1
    found = _day_and_month(tokens, start)
    if found is None:
        return None
    end, day, month, languages = found
    if month is not None and not year:
        after = end + (sign_at(tokens, end) in (",", "-", "/"))
        after += mark_at(tokens, after) == "link"
        year = _whole(tokens, after, *_YEARS) or _buddhist_year(tokens, after)
        end = after + 1 if year else end
        end += bool(year) and mark_at(tokens, end) == "year"
    value = PartialDate.of(day, month, year) if month else PartialDate(day)
    return (end, (Reading(Kind.DATE, value, languages),)) if value else None


def _buddhist_year(tokens: Sequence[Token], at: int) -> int | None:
    """The year of an era that is 543 years older, behind a day and a month: "14 ตุลาคม 2567"."""
    least, most = (year + _OLDER for year in _YEARS)
    year = _whole(tokens, at, least, most)
    return year - _OLDER if year else None


_OLDER: Final = 543  # years


def _day_and_month(
    tokens: Sequence[Token], at: int
) -> tuple[int, int, int | None, frozenset[str]] | None:
    """Where they end, the day, the month if one is said, and the languages that say it so."""
    name = reading_at(tokens, at, Kind.MONTH)
    if name is not None and reading_at(tokens, at, Kind.WEEKDAY):
        return None  # "mar 14": Tuesday
    if name is not None:  # "October 14", "Oct. 14th"
        assert isinstance(name.value, int)
        day = _whole(tokens, at + 1, 1, 31)
        return (_behind(tokens, at + 2), day, name.value, name.languages) if day else None
    number = _whole(tokens, at, 1, 31)
    if number is None:
        return None
    if sign_at(tokens, at + 1) == ")" and mark_at(tokens, at + 2) == "day":  # "今(14)日"
        return at + 3, number, None, frozenset()
    mark, day = mark_at(tokens, at + 1), _whole(tokens, at + 2, 1, 31)
    if mark == "month" and number <= 12 and day and mark_at(tokens, at + 3) == "day":  # "10月14日"
        return at + 4, day, number, frozenset()
    end = _behind(tokens, at + 1)
    if (
        is_at(tokens, end, Kind.BREAK)
        and tokens[end].value == 1
        and not _whole(tokens, end + 2, 1, 31)  # "11⏎August 9": a value, and the next date
    ):
        end += 1
    end += _is_hyphen(tokens, end)  # "14-Oct-2025", "14-Oct", "14/Oct"
    name = reading_at(tokens, end, Kind.MONTH)
    if name and reading_at(tokens, end, Kind.WEEKDAY) and _whole(tokens, end + 1, 1, 31):
        return None  # "lun 14 mar 15": Tuesday the 15th
    if name is not None:  # "14 October", "14th of October", "14. října"
        assert isinstance(name.value, int)
        return end + 1, number, name.value, name.languages
    return (at + 2, number, None, frozenset()) if mark == "day" else None  # "14日"


def _is_hyphen(tokens: Sequence[Token], at: int) -> bool:
    """Whether a dash or a slash touches what stands on both sides of it."""
    if sign_at(tokens, at) not in ("-", "/") or not 0 < at < len(tokens) - 1:
        return False
    start, end = tokens[at].span
    return tokens[at - 1].span.end == start and tokens[at + 1].span.start == end


def _behind(tokens: Sequence[Token], at: int) -> int:
    """Behind "3rd", "3 of", "3." and "3日" as behind "3"."""
    while mark_at(tokens, at) in ("link", "day") or sign_at(tokens, at) == ".":
        at += 1
    return at


def _whole(tokens: Sequence[Token], at: int, least: int, most: int) -> int | None:
    """The number at `at`, if it is a whole one in those bounds."""
    if not is_at(tokens, at, Kind.NUMBER):
        return None
    value = tokens[at].value
    assert isinstance(value, Quantity)
    inside = least <= value.value <= most and value.value == int(value.value)
    return int(value.value) if inside else None
