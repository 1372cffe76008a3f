"""Tokens in, the same tokens with one reading each out, but for dates.

A token can mean several things, and its neighbours tell which: "Sun" beside "Mon" is a day, "Low"
without a number is no label, a compass point without a wind is a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from .data import units
from .labels import ACCEPTS, WIND, labelling, unit_after
from .model import (
    KEYS,
    VALUES,
    Clock,
    Kind,
    PartialDate,
    Period,
    Quantity,
    Reading,
    RelativeDay,
    Token,
    Weekday,
    When,
)
from .sentences import from_where, names_wind
from .tokens import (
    as_word,
    is_at,
    is_picture,
    kind_after,
    length,
    mark_at,
    neighbour,
    one_sentence,
    read_as,
    reading_at,
)
from .vocabulary import UNSPACED

# What means the same whatever stands beside it, if it has one meaning.
_PLAIN: Final = frozenset(
    {
        Kind.BREAK,
        Kind.SEPARATOR,
        Kind.WORD,
        Kind.FILLER,
        Kind.TIME,
        Kind.TEMPERATURE,
        Kind.PAIR,
        Kind.PERCENT,
        Kind.SPEED,
        Kind.PRESSURE,
        Kind.LENGTH,
        Kind.QUANTITY,
        Kind.MISSING,
    }
)


def settle(tokens: Sequence[Token], page: str) -> list[Token]:
    """One reading for each token, but for what only the whole window can tell."""
    tokens = _nights_between(_without_shares(_without_scores(tokens)))
    weekdays = sum(t.kind is Kind.WEEKDAY and len(t.readings) == 1 for t in tokens)
    days = _short_days(tokens, page)
    out: list[Token] = []
    for at, token in enumerate(tokens):
        if len(token.readings) == 1 and token.kind in _PLAIN:
            out.append(token)
            continue
        kinds = [r.kind for r in token.readings]
        chosen: Token | None = token
        if Kind.DATE in kinds or (kinds[0] is Kind.TIME and len(kinds) > 1):
            pass  # _dates, _hour_spans
        elif kinds[0] is Kind.DIRECTION and length(token) == 1 and _is_a_link(tokens, at, page):
            chosen = Token(token.span, (Reading(Kind.FILLER),))
        elif Kind.WEEKDAY in kinds and Kind.DIRECTION in kinds and _beside_wind(tokens, at):
            chosen = read_as(token, Kind.DIRECTION)  # "SO" is Sunday, or south-east
        elif (
            kinds[0] is Kind.WEEKDAY
            and _letters(token, page) <= 2
            and (days < _LEAST_DAYS[_letters(token, page)] or _in_a_sentence(tokens, at, page))
            and kind_after(tokens, at) not in (Kind.DATE, Kind.MONTH)
            and not (_opens_line(tokens, at) and kind_after(tokens, at) is Kind.TIME)
        ):
            chosen = as_word(token)  # "MO" alone is Missouri
        elif kinds[0] is Kind.WHEN and _runs_on(tokens, at, page):
            chosen = as_word(token)  # "Day pass", "Now playing"
        elif kinds[0] is Kind.WHEN and kinds[1:2] == [Kind.WHEN]:
            chosen = _day_or_part(tokens, at)
        elif kinds[0] is Kind.NUMBER and (clock := _dotted_clock(tokens, at, page)):
            chosen = clock
        elif kinds[0] is Kind.NUMBER and _counts(tokens, at):
            chosen = as_word(token)
        elif (
            kinds[0] in (Kind.CONDITION, Kind.LABEL)
            or (kinds[0] in (Kind.WEEKDAY, Kind.DIRECTION, Kind.UNIT) and length(token) == 1)
        ) and (_in_a_name(tokens, at) or _is_titled(tokens, at, page)):
            chosen = as_word(token)  # "StormBot", and the letter of a word of an unspaced script
        elif kinds[0] is Kind.CONNECTOR and mark_at(tokens, at) and _is_led(tokens, at):
            chosen = read_as(token, Kind.MARK)  # "visibility | to | 300 m"
        elif is_picture(token) and _in_words(tokens, at):
            chosen = Token(token.span, (Reading(Kind.FILLER),))
        elif Kind.LABEL in kinds and (len(kinds) > 1 or _size(token, page) <= _SHORT):
            chosen = _label_or_not(tokens, out, page)
        elif Kind.WEEKDAY in kinds and Kind.MONTH in kinds:
            chosen = read_as(token, Kind.WEEKDAY)  # "mar": what a date did not take
        elif Kind.WEEKDAY in kinds and Kind.CONDITION in kinds:
            kind = Kind.WEEKDAY if weekdays else Kind.CONDITION
            chosen = read_as(token, kind)
        elif Kind.UNIT in kinds and len(kinds) > 1:
            chosen = read_as(token, next(k for k in kinds if k is not Kind.UNIT))
        elif len(kinds) > 1 and kinds[0] in VALUES and Kind.NUMBER in kinds:
            before, lines = neighbour(tokens, at, -1, Kind.CONNECTOR)
            labelled = before >= 0 and lines < 2 and tokens[before].kind is Kind.LABEL
            ends = at + 1 == len(tokens) or tokens[at + 1].kind in (Kind.BREAK, Kind.SEPARATOR)
            decimal = "." in page[slice(*token.span)]
            # "a maximum of 35 in Melbourne"
            in_words = page[slice(*token.span)].endswith(" in") and is_at(tokens, at + 1, *_GO_ON)
            sure = (labelled and not in_words) or (
                (decimal or ends) and page[token.span.end - 1] not in "cf"
            )  # "50c"
            chosen = read_as(token, kinds[0] if sure else Kind.NUMBER)
        out.append(chosen or Token(token.span, token.readings[:1]))
    return _directions(_weekday_ranges(out, page), page)


def _is_led(tokens: Sequence[Token], at: int) -> bool:
    """Whether a label stands right before a token."""
    return is_at(tokens, at - 1, Kind.LABEL)


_GO_ON: Final = (Kind.WORD, Kind.FILLER, Kind.CONDITION, Kind.WEEKDAY, Kind.WHEN)


def _nights_between(tokens: Sequence[Token]) -> list[Token]:
    """The night from one day to the next is that of the second: "dans la nuit de lundi à mardi"."""
    out = list(tokens)
    for at, token in enumerate(tokens):
        when = token.value
        if not isinstance(when, When) or when.period is not Period.NIGHT:
            continue
        first = _weekday_near(tokens, at)
        second = _weekday_near(tokens, first) if first else 0
        if not second or (_day(tokens, second) - _day(tokens, first)) % 7 != 1:
            continue
        for between in range(at + 1, second):
            out[between] = Token(tokens[between].span, (Reading(Kind.FILLER),))
    return out


_NEXT_WORDS: Final = 3  # tokens that may stand from a night to its day: "de nacht van vrijdag"


def _weekday_near(tokens: Sequence[Token], at: int) -> int:
    """Where the next weekday stands, if that is near and in the same line; 0 if none does."""
    for place in range(at + 1, min(len(tokens), at + 1 + _NEXT_WORDS)):
        if reading_at(tokens, place, Kind.WEEKDAY):
            return place
        if not is_at(tokens, place, Kind.WORD, Kind.FILLER, Kind.MARK, *_JOINING):
            break
    return 0


_JOINING: Final = (Kind.CONNECTOR, Kind.DIRECTION)


def _day(tokens: Sequence[Token], at: int) -> int:
    weekday = reading_at(tokens, at, Kind.WEEKDAY)
    assert weekday is not None and isinstance(weekday.value, Weekday)
    return weekday.value.number


_TEAMS: Final = frozenset({Kind.WORD, Kind.CONDITION, Kind.DIRECTION})


def _without_scores(tokens: Sequence[Token]) -> list[Token]:
    """ "Storm 3 - 1 Northern Sun": numbers between two names are a score, and the names names."""
    out = list(tokens)
    for at in range(1, len(tokens) - 3):
        if tokens[at].kind is not Kind.NUMBER or tokens[at + 2].kind is not Kind.NUMBER:
            continue
        home, one, sign, two, away = tokens[at - 1 : at + 4]
        if (
            sign.value in ("-", "—", ":")
            and sign.kind is Kind.SEPARATOR
            and (sign.value == ":" or {home.kind, away.kind} <= _TEAMS)
        ):
            out[at - 1 : at + 4] = [as_word(t) for t in (home, one, sign, two, away)]
    return out


def _without_shares(tokens: Sequence[Token]) -> Sequence[Token]:
    """ "Light rain, | overcast 85%, | rain 71%": how much of the sky is so is of no column."""
    if not any(token.kind is Kind.PERCENT for token in tokens):
        return tokens
    out = list(tokens)
    for at in range(3, len(tokens)):
        before, sign, sky, percent = tokens[at - 3 : at + 1]
        if (
            percent.kind is Kind.PERCENT
            and sky.kind is Kind.CONDITION
            and sign.value == ","
            and before.kind in (Kind.CONDITION, Kind.PERCENT)
            and not any(r.kind is Kind.LABEL for r in sky.readings)
        ):
            out[at - 1 : at + 1] = [Token(t.span, (Reading(Kind.FILLER),)) for t in (sky, percent)]
    return out


def _letters(token: Token, page: str) -> int:
    """Letters of an abbreviation without its dot; two of an unspaced script are a word."""
    size = _size(token, page)
    return 1 if size == 2 and length(token) == 1 else size


def _size(token: Token, page: str) -> int:
    """Letters of a token without its dot; those of an unspaced script say as much as two."""
    printed = page[slice(*token.span)].rstrip(".")
    return len(printed) * (2 if UNSPACED.match(printed) else 1)


_LEAST_DAYS: Final = (0, 3, 2)  # that a window names, for one of 1 or 2 letters to be believed


def _short_days(tokens: Sequence[Token], page: str) -> int:
    """How many different days the window names, abbreviated to a letter or two, or as "today"."""
    days: set[object] = set()
    for at, token in enumerate(tokens):
        if token.kind is Kind.WEEKDAY and _letters(token, page) <= 2:
            if not _in_a_sentence(tokens, at, page):
                days.add(token.value)
        elif isinstance(token.value, When) and token.value.day is not None:
            days.add(token.value.day)
    return len(days)


def _in_a_sentence(tokens: Sequence[Token], at: int, page: str) -> bool:
    """Whether a word in lower case stands beside words: "how we mended it"."""
    beside = [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]]
    return page[tokens[at].span.start].islower() and any(t.kind is Kind.WORD for t in beside)


def _is_a_link(tokens: Sequence[Token], at: int, page: str) -> bool:
    """Whether a letter in lower case stands in a sentence: "venti forti | o | moderati".

    It is a compass point before a speed, "w 12 mph", and at the end of what is said.
    """
    if not page[tokens[at].span.start].islower() or _opens_line(tokens, at):
        return False
    return at + 1 < len(tokens) and tokens[at + 1].kind not in _BEHIND_WIND


_BEHIND_WIND: Final = frozenset(
    {Kind.BREAK, Kind.NUMBER, Kind.SEPARATOR, Kind.SPEED, Kind.TEMPERATURE, Kind.UNIT}
)


def _beside_wind(tokens: Sequence[Token], at: int) -> bool:
    """Whether a speed or the label of one stands beside on the line."""
    for step in (1, -1):
        beside, lines = neighbour(tokens, at, step)
        if 0 <= beside < len(tokens) and lines == 0:
            token = tokens[beside]
            if token.kind is Kind.SPEED or (token.kind is Kind.LABEL and token.value in WIND):
                return True
    return False


def _day_or_part(tokens: Sequence[Token], at: int) -> Token:
    """ "Morgen" is tomorrow, but the morning behind a weekday and among parts of the day."""
    token = tokens[at]
    before, lines = neighbour(tokens, at, -1)
    value = tokens[before].value if before >= 0 and lines == 0 else None
    dated = isinstance(value, Weekday | PartialDate) or (isinstance(value, When) and value.day)
    part = [r for r in token.readings if isinstance(r.value, When) and r.value.period]
    day = [r for r in token.readings if isinstance(r.value, When) and r.value.day]
    as_part = dated or _among_parts(tokens, at)
    return Token(token.span, tuple(part if as_part else day)[:1] or token.readings[:1])


_PARTS: Final = frozenset({Period.MORNING, Period.AFTERNOON, Period.EVENING, Period.NIGHT})


def _among_parts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the next word or the last one for a time is a part of the day, and no more."""
    near = range(max(0, at - _NEAR), min(len(tokens), at + _NEAR))
    heads = _opens_line(tokens, at)  # then only those that head a line too
    whens = [
        i
        for i in near
        if isinstance(tokens[i].value, When) and (not heads or _opens_line(tokens, i))
    ]
    place = whens.index(at)
    earlier = whens[max(0, place - 1) : place]
    if place > 1 and _tonight(tokens[whens[place - 2]], tokens[whens[place - 1]]):
        earlier = []  # "today, at night, tomorrow"
    for beside in earlier + whens[place + 1 : place + 2]:
        value = tokens[beside].value
        if isinstance(value, When) and value.day is None and value.period in _PARTS:
            return True
    return False


def _tonight(day: Token, night: Token) -> bool:
    """Whether a word for today is followed by one for the night."""
    first, second = day.value, night.value
    assert isinstance(first, When) and isinstance(second, When)
    return first.day is RelativeDay.TODAY and second.period is Period.NIGHT


_DOTTED: Final = re.compile(r"(\d{1,2})\.([0-5]\d)")


def _dotted_clock(tokens: Sequence[Token], at: int, page: str) -> Token | None:
    """ "Sunrise 7.34": a number with two decimals behind a label of a time is a time."""
    printed = _DOTTED.fullmatch(page, *tokens[at].span)
    before, lines = neighbour(tokens, at, -1)
    if printed is None or before < 0 or lines > 1 or int(printed[1]) > 23:
        return None
    label = tokens[before]
    if label.kind is not Kind.LABEL or label.value not in ("sunrise", "sunset", "update"):
        return None
    clock = Clock(int(printed[1]) * 60 + int(printed[2]))
    return Token(tokens[at].span, (Reading(Kind.TIME, clock),))


def _opens_line(tokens: Sequence[Token], at: int) -> bool:
    return at <= 0 or tokens[at - 1].kind is Kind.BREAK


def _closes_line(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 >= len(tokens) or tokens[at + 1].kind is Kind.BREAK


def _runs_on(tokens: Sequence[Token], at: int, page: str) -> bool:
    """Whether a part of the day, or "now", is an ordinary word of a sentence.

    It is none with a sentence of its own before a colon: "...breeze. OVERNIGHT: Clear".
    """
    value = tokens[at].value
    assert isinstance(value, When)
    start, end = tokens[at].span
    if _SENTENCE_ENDS.search(page[max(0, start - 2) : start]) and _HEADS.match(page, end):
        return False
    if _SENTENCE_STARTS.search(page, max(0, start - 3), start) and " " in page[start:end]:
        return False  # "Rain. In the night clouding over", but "Today pass"
    if is_at(tokens, at - 1, Kind.WEEKDAY) and page[tokens[at - 1].span.end : start] in ("", " "):
        return False  # "Saturday evening", "zaterdagochtend"
    if page[max(0, start - 2) : start] == ". " and is_at(tokens, at + 1, *_SAYS) and value.period:
        return not page[start].isupper()  # "Leeds. Overnight light rain", "Leeds. By day 12 °C"
    if value.period is Period.NIGHT and _weekday_near(tokens, at):
        return False  # "but the night to Sunday will be cold"
    if is_at(tokens, at - 1, Kind.LABEL) and page[tokens[at - 1].span.end : start] == " ":
        return False  # "temperatures overnight drop to 28"
    if is_at(tokens, at + 1, Kind.PAIR, Kind.TEMPERATURE) and page[end : end + 1] == " ":
        return False  # "at night 4-9°, but by day 12-14°"
    sides = [t for t in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])]
    return value.day is None and any(
        t.kind is Kind.WORD or (_links(t) and t.span.start < tokens[at].span.start) for t in sides
    )


def _links(token: Token) -> bool:
    """Whether a word leads on to another; "o" is west, and the article of "o dia"."""
    return token.kind in _LINKS or (token.kind is Kind.DIRECTION and length(token) == 1)


_SAYS: Final = (Kind.CONDITION, Kind.LABEL, Kind.TEMPERATURE, Kind.PAIR)
_SENTENCE_ENDS: Final = re.compile(r"[.!?] ?$")
_SENTENCE_STARTS: Final = re.compile(r"(?:[.!?] ?|\n|\A)\Z")
_HEADS: Final = re.compile(r" ?(?:[:：]|\.\.)")
_LINKS: Final = (Kind.FILLER, Kind.MODIFIER, Kind.CONNECTOR)


def _is_titled(tokens: Sequence[Token], at: int, page: str) -> bool:
    """Whether a sky is a word of a title: "Friday: Thunder Road", with no temperature in its line.

    Capitals tell it in scripts that have them.
    """
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.kind is not Kind.CONDITION or after is None or after.kind is not Kind.WORD:
        return False
    if after.value is not None or page[token.span.end : after.span.start] != " ":
        return False
    if not (page[slice(*token.span)].istitle() and page[slice(*after.span)].istitle()):
        return False
    line = takewhile(lambda i: tokens[i].kind is not Kind.BREAK, range(at, len(tokens)))
    return not any(tokens[i].kind in _WARM for i in line)


_WARM: Final = frozenset({Kind.TEMPERATURE, Kind.PAIR})


def _in_a_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token is glued to a word that means nothing."""
    span = tokens[at].span
    sides = [t for t in tokens[max(0, at - 1) : at + 2] if t.kind is Kind.WORD]
    return any(t.span.end == span.start or t.span.start == span.end for t in sides)


def _in_words(tokens: Sequence[Token], at: int) -> bool:
    """Whether words stand beside a picture: of the same weather, or of a text about buttons.

    Words with a sign between are of something else if a temperature touches it: "Oslo: ☀️ 12°C".
    """
    warm = any(is_at(tokens, side, Kind.TEMPERATURE) for side in (at - 1, at + 1))
    for step in (1, -1):
        beside, lines = neighbour(tokens, at, step)
        if 0 <= beside < len(tokens):
            token = tokens[beside]
            said = token.kind is Kind.CONDITION and not is_picture(token)
            words = token.kind in (Kind.WORD, Kind.LABEL) and lines == 0
            if (said and lines < 2) or (words and not (warm and beside != at + step)):
                return True
    return False


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number is glued to a word that is no unit: "12회", "3rd", "48-hour"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.span.start != tokens[at].span.end:
        return False
    counted = tokens[at + 2] if at + 2 < len(tokens) and after.value == "-" else None
    if counted is not None and counted.span.start == after.span.end:
        return counted.kind is Kind.LABEL and counted.value in ("time", "day")
    return after.kind is Kind.WORD


def _label_or_not(tokens: Sequence[Token], settled: Sequence[Token], page: str) -> Token | None:
    """A label if a value that it can name is near: "Rain: 2 mm", "H 73"."""
    at = len(settled)
    token = tokens[at]
    end = token.span.end
    colon = page[end : end + 1] in (":", "：") or page[end : end + 2] == " :"
    after, lines = neighbour(tokens, at, 1)
    value = tokens[after] if after < len(tokens) else None
    label = next(r for r in token.readings if r.kind is Kind.LABEL)
    if value is not None:
        label = labelling(token, value.kind).readings[0]
    accepts = ACCEPTS.get(str(label.value), ())
    fits = value is not None and value.kind in accepts and lines < 2
    before, up = neighbour(tokens, at, -1)
    named = settled[before] if before >= 0 else None
    around = [t for t in (named, value) if t is not None]
    others = [r for r in token.readings if r.kind not in (Kind.LABEL, Kind.MARK)]
    minutes = label.value == "temperature_min" and page[slice(*token.span)] in ("min", "min.")
    if minutes and named is not None and named.kind is Kind.NUMBER and up == 0:
        return as_word(token)  # "45 min"
    if not others:  # a single letter, "H", "L"; or a word for two columns, "Precipitation"
        if label.value == "wind_gusts" and length(token) == 1 and not _is_blown(tokens, at):
            return as_word(token)
        unit = unit_after(tokens, at)
        if unit or _size(token, page) > 2:
            beside = named if named and up == 0 and lines else value
            kind = units()[unit].kind if unit else beside.kind if beside else Kind.WORD
            return labelling(token, kind) if kind in VALUES else token
        if any(t.kind is Kind.LABEL and _size(t, page) > 2 for t in around):
            return token
        if _size(token, page) == 2:
            behind = named is not None and named.kind in accepts and up == 0  # "11 UV"
            return token if fits or behind else as_word(token)
        return token if fits and lines == 0 else as_word(token)
    if others[0].kind is Kind.CONDITION:
        column = at > 0 and tokens[at - 1].value in _DELIMITERS
        if named and named.kind is Kind.LABEL and named.value == "condition" and not column:
            return Token(token.span, (others[0],))
        percent = named is not None and named.kind is Kind.PERCENT and up == 0
        if percent and _opens_line(tokens, before) and _closes_line(tokens, at):
            return labelling(token, Kind.PERCENT)  # "20% chance of rain" on a line of its own
        if all(Kind.LABEL in [r.kind for r in t.readings] for t in around) and not colon:
            return read_as(token, Kind.LABEL)  # the head of a table
        length_follows = value is not None and value.kind in _NOT_STORED
        if label.value == "other" and length_follows and lines == 0:
            return read_as(token, Kind.LABEL)  # "Sunshine max. 3 h"
        strong = value is not None and value.kind in _MEASURED
        if named is not None and named.kind in _MEASURED and named.kind in accepts and up < 2:
            return read_as(token, Kind.LABEL)
        unit = unit_after(tokens, at)
        if unit:
            return labelling(token, units()[unit].kind)  # "Rain (mm)"
        second, _ = neighbour(tokens, after, 1)
        many = second < len(tokens) and value is not None and tokens[second].kind is value.kind
        counted = value is not None and value.kind is not Kind.NUMBER
        sure = colon or (counted and many) or (strong and lines == 0)
        if fits and value and (sure or (counted and _labels_often(tokens, at, accepts))):
            return labelling(token, value.kind)
        return Token(token.span, (others[0], label)) if fits else Token(token.span, (others[0],))
    if others[0].kind is Kind.MODIFIER and named and named.kind is Kind.PERCENT and up == 0:
        return labelling(token, Kind.PERCENT)  # "there is a 20% chance of | rain"
    if fits and not any(r.kind in KEYS for r in others):
        return read_as(token, Kind.LABEL)
    if fits and lines == 0 and (colon or page[end : end + 2].strip(" ")[:1] in ("\t", "|")):
        return read_as(token, Kind.LABEL)  # "Day | Monday | Tuesday"
    if any(t.kind is Kind.LABEL for t in around) and not colon:
        return read_as(token, Kind.LABEL)  # the head of a table
    return Token(token.span, (others[0],))


_DELIMITERS: Final = ("\t", "|")  # of columns
_SHORT: Final = 4  # characters of a label that is often something else
_NOT_STORED: Final = (Kind.LABEL, Kind.QUANTITY, Kind.NUMBER)
_MEASURED: Final = (Kind.LENGTH, Kind.SPEED, Kind.DIRECTION)


def _is_blown(tokens: Sequence[Token], at: int) -> bool:
    """Whether a wind stands before a letter for gusts, on its line: "NW 14 G 23", "S10G18"."""
    speed, lines = neighbour(tokens, at, -1)
    point, more = neighbour(tokens, speed, -1)
    blows = is_at(tokens, speed, Kind.NUMBER, Kind.SPEED) and is_at(tokens, point, Kind.DIRECTION)
    return blows and lines + more == 0


_NEAR: Final = 200  # tokens that can be of the same widget


def _labels_often(tokens: Sequence[Token], at: int, accepts: Sequence[Kind]) -> bool:
    """Whether the same words stand several times near, each time before such a value."""
    near = range(max(0, at - _NEAR), min(len(tokens), at + _NEAR))
    same = [i for i in near if tokens[i].readings == tokens[at].readings]
    following = [neighbour(tokens, i, 1)[0] for i in same]
    return len(same) > 1 and all(i < len(tokens) and tokens[i].kind in accepts for i in following)


def _weekday_ranges(tokens: list[Token], page: str) -> list[Token]:
    """ "Mon-Fri 9:00-17:00" are opening hours: no day of a forecast."""
    for at in range(len(tokens) - 2):
        if tokens[at].kind is not Kind.WEEKDAY:
            continue
        first, sign, last = tokens[at : at + 3]
        if last.kind is Kind.WEEKDAY and (
            sign.value == "-" or any(r.value == "range" for r in sign.readings)
        ):
            tokens[at], tokens[at + 2] = as_word(first), as_word(last)
    return tokens


def _directions(tokens: list[Token], page: str) -> list[Token]:
    """A compass point counts only beside a wind: "SSE 14 mph", "Wind: NW", "Westwind"."""
    if not any(t.kind is Kind.DIRECTION or t.kind is Kind.TEMPERATURE for t in tokens):
        return tokens
    tokens = [as_word(t) if _is_preposition(tokens, at, page) else t for at, t in enumerate(tokens)]
    winds = [t.kind is Kind.SPEED or (t.kind is Kind.LABEL and t.value in WIND) for t in tokens]
    named = any(t.kind is Kind.LABEL and t.value in WIND for t in tokens)
    for at in from_where(tokens, page):
        winds[at] = True
    tokens = [_bearing(tokens, at) for at in range(len(tokens))]
    for step in (1, -1):
        order = range(len(tokens)) if step == 1 else range(len(tokens) - 1, -1, -1)
        for at in order:
            if tokens[at].kind is Kind.DIRECTION and not winds[at]:
                before, lines = neighbour(tokens, at, -step, Kind.UNIT)
                numbers = 0
                while (
                    0 <= before < len(tokens) and tokens[before].kind is Kind.NUMBER and numbers < 1
                ):
                    before, more = neighbour(tokens, before, -step, Kind.UNIT)
                    lines, numbers = lines + more, numbers + 1
                winds[at] = 0 <= before < len(tokens) and winds[before] and lines < 2
                if winds[at] and _in_other_sentences(tokens, at, before, page):
                    winds[at] = False
    return [
        as_word(t)
        if t.kind is Kind.DIRECTION
        and not (near or _in_a_column(tokens, at) or names_wind(t, page))
        and not (named and _in_a_row(tokens, at))
        else t
        for at, (t, near) in enumerate(zip(tokens, winds, strict=True))
    ]


def _in_other_sentences(tokens: Sequence[Token], at: int, beside: int, page: str) -> bool:
    """Whether a sentence ends between a spelled-out point and a wind: "Dry in the East. Wind: "."""
    first, last = sorted((at, beside))
    spelled = length(tokens[at]) > _LETTERS
    start = tokens[first].span.end - 1
    return spelled and not one_sentence(page, start, tokens[last].span.start)


_LETTERS: Final = 3  # of a compass point that is abbreviated, at most


def _is_preposition(tokens: Sequence[Token], at: int, page: str) -> bool:
    """Whether a letter for a compass point is a word before a day: "7 м/с.⏎В воскресенье"."""
    token = tokens[at]
    if token.kind is not Kind.DIRECTION or length(token) > 1 or at + 1 == len(tokens):
        return False
    gap = page[token.span.end : tokens[at + 1].span.start]
    opens = _opens_line(tokens, at) or page[token.span.start - 2 : token.span.start] == ". "
    lower = page[token.span.start].islower()
    return gap == " " and tokens[at + 1].kind in _BEHIND_WORDS and (opens or lower)


_BEHIND_WORDS: Final = KEYS | {Kind.WORD, Kind.FILLER, Kind.LABEL}


def _in_a_column(tokens: Sequence[Token], at: int) -> bool:
    """Whether a compass point shares its cell of a table with a number: "| NW 12"."""
    delimited = at > 0 and tokens[at - 1].value in _DELIMITERS
    return delimited and at + 1 < len(tokens) and tokens[at + 1].kind is Kind.NUMBER


def _in_a_row(tokens: Sequence[Token], at: int) -> bool:
    """Whether a compass point or a calm stands between numbers of a table: "87 | SE9"."""
    before, lines = neighbour(tokens, at, -1)
    after, more = neighbour(tokens, at, 1)
    beside = is_at(tokens, before, Kind.NUMBER, Kind.PERCENT)
    beside = beside and is_at(tokens, after, Kind.NUMBER, Kind.PRESSURE)
    return beside and lines + more == 0


_HOTTEST: Final = 60  # no air is hotter, in °C; and a wind is not given in °F


def _bearing(tokens: Sequence[Token], at: int) -> Token:
    """ "8 kt from 240°": degrees beside a speed that no temperature has."""
    token = tokens[at]
    value = token.value
    if token.kind is not Kind.TEMPERATURE or not isinstance(value, Quantity) or value.unit:
        return token
    before, lines = neighbour(tokens, at, -1)
    beside = before >= 0 and lines == 0 and tokens[before].kind in (Kind.SPEED, Kind.DIRECTION)
    if beside and _HOTTEST < value.value <= 360:
        return Token(token.span, (Reading(Kind.DIRECTION, value.value),))
    return token
