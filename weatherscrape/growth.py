"""Whether words for a time that stand together are one key: "Mon | 3 June | 21:00"."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final, NamedTuple

from . import prose
from .groups import Item
from .model import KEYS, VALUES, Clock, Kind, PartialDate, Period, RelativeDay, Token, Weekday, When
from .tokens import Tokens, is_at, kind_after, length, mark_at

Facts = dict[str, Any]  # what a word for a time says, by the names of a key


def facts_of(token: Token) -> Facts:
    """What a word for a time says, by the names of :class:`weatherscrape.model.Key`."""
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


class Between(NamedTuple):
    """What stands between a key and the next word for a time.

    `lines` and `words` are those of an item. `just_keys`: the key stands right behind another.
    `titled`: a label stands between, of a value below it. `in_cell`: both are the words of one
    cell in a head of keys.
    """

    lines: int
    words: int
    just_keys: bool
    titled: bool
    in_cell: bool


def grows(
    key: Item,
    facts: Facts,
    at: int,
    between: Between,
    place: prose.Place | None,
    tokens: Tokens,
    page: str,
) -> bool:
    """Whether the word for a time at `at` is one of the key before it, and says more of it."""
    again = kind_after(tokens, at) == tokens.shape[at] and not between.in_cell
    if between.titled or again:
        return False
    other = place and key.place and key.place != place  # sentence
    if other and ("day" in facts or not between.lines):
        return False  # "Sunny on Sunday the 14th. | Tomorrow 23 °C"
    if key.place and key.place != place and "clock" in facts and between.lines:
        return False  # "It froze last night. Now for today:⏎| 8 am: 4 °C"
    if other and key.key and not key.key.has_day and ("weekday" in facts or "date" in facts):
        return False  # "up to 23 °C at night. | Sunday ..."
    if between.lines > 1 and key.key and key.key.date and tokens.shape.startswith("dD", at):
        return False  # "until 23 May:⏎⏎Thursday | 16 May"
    start, end = tokens[at].span.start, key.span.end
    # "3:45 pm,⏎Nov 20", "03/17⏎(土)"
    lines = 0 if page[end] == "," or page[start] == "(" else between.lines
    if key.key and key.key.has_day and not between.lines and _is_another_day(tokens, at):
        return False
    in_column = between.just_keys and place is None and not _closes_keys(tokens, at)
    more = _says_more(key, facts, lines, between.words, in_column)
    has_part = kind_after(tokens, at) == Kind.WHEN
    if not (more or (_is_day_of(key, facts, place, between.words) and not has_part)):
        return False
    stopped = between.lines > 1 and page[end:start].lstrip()[:1] == "."
    return not stopped and not _is_of_the_next(tokens, at, key, page)


def _is_another_day(tokens: Tokens, at: int) -> bool:
    """Whether "and" stands before a day, which is not the one before that: "today and Friday"."""
    return is_joined(tokens, at) and bool(facts_of(tokens[at]).keys() & _NAMES_OF_DAYS)


def is_joined(tokens: Tokens, at: int) -> bool:
    """Whether "and" stands before a key, or a short word and that: "Samstag | und | am | Sonntag".

    "To" is none: "from Saturday to Sunday".
    """
    link = at - 1
    if link > 0 and tokens.shape[link] in _SHORT_WORDS and length(tokens[link]) <= _SHORT:
        link -= 1
    spaced = link >= 0 and tokens[link].span.end < tokens[link + 1].span.start
    return spaced and is_at(tokens, link, Kind.CONNECTOR) and mark_at(tokens, link) != "range"


_SHORT_WORDS: Final = ".xW"  # kinds
_SHORT: Final = 3  # letters
_NAMES_OF_DAYS: Final = frozenset({"weekday", "date", "day"})


def _is_day_of(key: Item, facts: Facts, place: prose.Place | None, words: int) -> bool:
    """Whether a sentence names the day of its part of a day later, and nothing between.

    "À noite, porém, a expectativa é que o sábado termine com garoa", "the 7 a.m. start on Sunday".
    """
    known = key.key
    if known is None or known.has_day or known.period is Period.NOW:
        return False
    if known.period is None and not (known.clock and words <= _OF_AN_EVENT):
        return False
    return place is not None and key.place == place and [*facts] == ["weekday"]


_OF_AN_EVENT: Final = 2  # words between its hour and its day


def _is_of_the_next(tokens: Tokens, at: int, key: Item, page: str) -> bool:
    """Whether spaces part a key from the one before, not from the next: "01/05   Mon 01/06"."""
    apart = _COLUMN.search(page, key.span.end, tokens[at].span.start)
    if apart is None or tokens.shape[at + 1 : at + 2] not in KEYS:
        return False
    return tokens[at + 1].span.start - tokens[at].span.end == 1


_COLUMN: Final = re.compile(" {2}")


def _closes_keys(tokens: Tokens, at: int) -> bool:
    """Whether a date is the last of some keys, one a line: "13 March - 17 March⏎FRI⏎13/3⏎54°"."""
    return tokens.shape[at] == "D" and tokens.shape[at + 1 : at + 3].strip("/") in VALUES


def _says_more(key: Item, facts: Facts, lines: int, words: int, just_keys: bool) -> bool:
    """Whether a key word belongs to the key before it: it says what that does not yet say."""
    known = key.key
    if known is None or words or not facts:
        return False
    if any(getattr(known, name) is not None for name in facts):
        return False
    if lines > 1 and not may_be_of(
        facts.get("weekday", known.weekday), facts.get("date", known.date)
    ):
        return False  # "September 7, 2022⏎⏎Thursday": that was a Wednesday
    if lines and just_keys:
        return False  # one of a column of keys
    if known.period is Period.NOW and ("weekday" in facts or "date" in facts):
        return lines == 0
    if known.period is Period.NOW and facts.get("day") is RelativeDay.YESTERDAY:
        return False
    if known.clock is not None:  # "21:00 Mon", but not 21:00 and then the next day
        return lines == 0 and ("period" not in facts)
    if isinstance(facts.get("day"), RelativeDay) and known.has_day:
        return lines == 0
    return lines < 2 or known.has_day


def may_be_of(weekday: Weekday | None, day: PartialDate | None) -> bool:
    """Whether a date can be on a day of the week: one without a year can."""
    if weekday is None or day is None or day.year is None or day.month is None:
        return True
    return date(day.year, day.month, day.day).weekday() == weekday.number
