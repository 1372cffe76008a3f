"""Tokens in, items out: what may start or end a row, and the values between.

The adjacent day, date and time words are one key, and every label has given its name to the value
that it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import Any, Final

from . import prose
from .accepts import SUN, WIND, Columns, Named, unit_after, unit_behind
from .boxes import in_boxes
from .chapters import in_chapters
from .cities import in_lists, parts_in_lists
from .data import languages
from .dates import (
    bare_hours,
    dates_that_head,
    days_in_commas,
    days_of_month,
    hour_spans,
    hyphened_dates,
    settle_dates,
)
from .doubts import IN_DOUBT, MEASURED, says_nothing
from .groups import Item
from .headings import is_named, opens
from .heads import under_printed_heads
from .labels import find_labels, is_behind_name
from .language import infer
from .model import (
    AIR,
    KEYS,
    VALUES,
    Clock,
    Condition,
    Key,
    Kind,
    PartialDate,
    Period,
    Quantity,
    RelativeDay,
    Span,
    Token,
    Weekday,
    When,
)
from .names import listed, without_refrains
from .phenomena import is_alternative
from .sentences import asides, below_headings, night_and_day
from .settle import settle
from .skies import falls_from
from .table_labels import table_lines, without_rules
from .titles import announces
from .tokens import BETWEEN, Tokens, is_at, kind_after, length, mark_at, opens_line
from .vocabulary import UNSPACED


def items(tokens: Sequence[Token], page: str) -> list[Item]:
    """Items of a window, in order.

    Examples
    --------
    >>> from weatherscrape.lex import lex
    >>> from weatherscrape.vocabulary import lexicon
    >>> page = "Thu 3 Jun Light rain High 25°C Humidity: 40%"
    >>> for item in items(lex(page, Span(0, len(page)), lexicon()), page):
    ...     print(item.kind.name, item.field, page[item.span.start : item.span.end])
    WEEKDAY  Thu 3 Jun
    CONDITION  Light rain
    TEMPERATURE temperature_max 25°C
    PERCENT relative_humidity 40%
    """
    settled = hyphened_dates(night_and_day(settle(tokens, page), page), page)
    settled = hour_spans(settled)
    unsure = [token.readings[-1] for token in settled if len(token.readings) > 1]
    if any(reading.kind is Kind.DATE for reading in unsure):
        settled = settle_dates(settled, _is_month_first(tokens))
    headed = dates_that_head(settled, page)
    if headed is not settled and not _is_month_first(tokens):
        settled = headed
    settled = bare_hours(days_of_month(days_in_commas(settled, page)))
    settled = without_refrains(without_rules(settled, page), page)
    tables = table_lines(settled)
    labels = find_labels(settled, page, tables) | under_printed_heads(settled, page)
    found = _observed(list(_items(settled, labels, _column_heads(settled, tables), page)))
    naming = [settled[label].span for _, label in labels.values() if label >= 0]
    found = in_lists(in_chapters(found, page), page, naming)
    return in_boxes(found, page, tokens[0].span.start, tokens[-1].span.end) if tokens else found


def _is_month_first(tokens: Sequence[Token]) -> bool:
    """Whether the language of a window, if one is known, puts the month before the day."""
    code = infer(tokens)
    return code is None or languages()[code].date_order != "dmy"


def _observed(items: list[Item]) -> list[Item]:
    """Items, with the time that ends the line of a reading as part of its key.

    "Current conditions: 77.4 °F, scattered clouds - 9:51 PM CDT Aug. 3".
    """
    out = list(items)
    for at, item in enumerate(items):
        if item.key is None or item.key.period is not Period.NOW or item.key.clock:
            continue
        line = list(takewhile(lambda other: not other.lines, items[at + 1 :]))
        values = list(takewhile(lambda other: other.key is None, line))
        when = [other.key for other in line[len(values) :] if other.key]
        if not values or len(values) + len(when) < len(line) or not when or not when[0].clock:
            continue
        facts = {k: v for key in when for k in _OF_DAYS if (v := getattr(key, k)) is not None}
        if any(getattr(item.key, name) is not None for name in facts):
            continue
        out[at] = item._replace(key=item.key._replace(**facts))
        del out[at + 1 + len(values) : at + 1 + len(line)]
        break
    return out


_OF_DAYS: Final = ("clock", "date", "weekday")


def _facts(token: Token) -> dict[str, Any]:
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


_NOW: Final = When(None, Period.NOW)
_TEXT_WORDS: Final = 3

_STOPS: Final = ("\t", "|", ";", "•", "·")  # a text does not go on behind them

_AND: Final = "and"
_SKIPPED_LABELS: Final = frozenset({"other", "update"})

# Kinds as the letters of a shape.
_KEY: Final = "".join(sorted(KEYS))

_SAID: Final = "".join(sorted(KEYS | VALUES))

# Values that say nothing of weather by themselves: "berth 12", "memory usage: 22%".
_NAMED_BY_WORDS: Final = "n%Lq"

_NO_ITEM: Final = ",.oxfju"


def _in_brackets(tokens: Tokens, at: int) -> bool:
    """Whether a number without a unit stands alone in brackets: "Comments (3)"."""
    around = [t.value for t in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])]
    return around == ["(", ")"]


def _is_of_else(tokens: Tokens, at: int, places: Sequence[prose.Place | None]) -> bool:
    """Whether a bare number of running text is of something else: "at 6. | 40 showmen came".

    One of the air stands beside a sky: "sunny and 75".
    """
    if places[at] is None:
        return False
    near = range(max(0, at - _SKY_NEAR), min(len(tokens), at + _SKY_NEAR + 1))
    return not any(tokens.shape[i] == "C" and places[i] == places[at] for i in near)


_SKY_NEAR: Final = 4  # tokens
_EXTREMES: Final = frozenset({"temperature_max", "temperature_min", "wind_gusts"})

_LINKS: Final = ".jo,f"


def _of_an_extreme(tokens: Tokens, at: int, labels: Named) -> bool:
    """Whether a clock says when an extreme was: "Max 14.1 °C at 14:05"."""
    link = at - 1
    while link >= 0 and tokens.shape[link] in _LINKS and tokens[link].value not in _STOPS:
        link -= 1
    return link < at - 1 and labels.get(link, ("", 0))[0] in _EXTREMES


def _is_rain(token: Token, place: prose.Place | None) -> bool:
    """Whether millimetres of a forecast are of rain: "in which 15 to 20 millimetres may fall"."""
    value = token.value
    ahead = place is not None and place.ahead
    return ahead and isinstance(value, Quantity) and value.unit == "mm"


def _is_chance(tokens: Tokens, at: int) -> bool:
    """Whether a percentage is how likely what stands beside it is: "80 % de risque de pluie".

    Also behind that: "le risque de pluie est de 80 %".
    """
    if tokens.shape[at] != "%":
        return False
    before = _CHANCE_BEFORE.search(tokens.shape, max(0, at - _CHANCE_WORDS), at)
    after = _CHANCE_AFTER.match(tokens.shape, at + 1)
    found = [*([before.start()] if before else ()), *([after.end() - 1] if after else ())]
    values = [tokens[place].value for place in found]
    return any(isinstance(value, Condition) and value.likelihood for value in values)


_CHANCE_BEFORE: Final = re.compile("C[x.o]{1,3}+\\Z")
_CHANCE_AFTER: Final = re.compile("[.o]?C")
_CHANCE_WORDS: Final = 4


def _within_a_period(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clock says when of a period something is: "rain, mainly after 2pm"."""
    if mark_at(tokens, at - 1) == "within":
        return True
    # "between 1pm and 3pm"
    return is_at(tokens, at - 2, Kind.TIME) and mark_at(tokens, at - 3) == "within"


def _said(tokens: Tokens, at: int) -> bool:
    """Whether a condition follows at once: "Arden 72 Sunny"."""
    shape = tokens.shape
    after = at + 1
    while shape[at] == "L" and shape[after : after + 1] in _LED:
        after += 1  # "6 inches of snow"
    return shape[after : after + 1] == "C"


_LED: Final = frozenset({Kind.MARK, Kind.FILLER})


def _closes(tokens: Tokens, at: int, place: Sequence[prose.Place | None]) -> bool:
    """Whether a part of the day ends a sentence: "on Monday it reaches 23 °C in the afternoon"."""
    value = tokens[at].value
    if not isinstance(value, When) or value.day is not None or not at:
        return False
    ends = at + 1 >= len(tokens) or place[at + 1] != place[at]
    return ends and tokens.shape[at - 1] in _CLOSED


_CLOSED: Final = MEASURED + "C"


def _column_heads(tokens: Tokens, tables: Sequence[Columns]) -> frozenset[int]:
    """Tokens of table lines that hold only keys, one a column: "Today | Wed 7 | Thu 8".

    They stay apart, but for the words of one column.
    """
    apart: set[int] = set()
    for columns in tables:
        kinds = tokens.shape[columns[0].start : columns[-1].stop].rstrip(_BETWEEN)
        if kinds[-1:] not in _KEY:
            continue
        filled = [[i for i in c if tokens.shape[i] not in _BETWEEN] for c in columns]
        filled = [c for c in filled if c]
        if len(filled) > 1 and all(tokens.shape[i] in _KEY for c in filled[1:] for i in c):
            apart |= {c[0] for c in filled}
    return frozenset(apart)


_BETWEEN: Final = "".join(sorted(BETWEEN))


def _items(tokens: Tokens, labels: Named, heads: frozenset[int], page: str) -> Iterator[Item]:
    place = prose.places(tokens, page)
    places = listed(tokens, page)
    beside = asides(tokens, page) | parts_in_lists(tokens)
    some_time = _NOTHING
    told = prose.told(tokens, place)
    if any(place):  # there is running text
        labels = prose.labels(tokens, place, labels)
        beside -= prose.parts(tokens, place)
        beside |= prose.idle_parts(tokens, place) | prose.passing_parts(tokens, place, labels)
        beside |= prose.whole_days(tokens, place)
        beside |= prose.days_of_extremes(tokens, place, labels) | prose.compared(tokens, place)
        some_time = prose.some_time(tokens, place, page)
        told |= prose.exceptions(tokens, place, labels)
    beside |= below_headings(tokens, page)
    labels = dict(labels)  # the loop adds to it
    used = {label for _, label in labels.values()}
    lines = words = last = in_line = 0  # `in_line`: the words of the lines before
    on_line = 0  # the words on the line of the item before
    named_at = _UNNAMED  # the last label of a value, and the words before it
    from_sky = _UNNAMED  # what falls from the last sky, and the words before that
    pending: Item | None = None  # a key that may still grow
    updated = False  # on a line that says when the page was made
    in_prose = False  # among words: "of" and "the" are part of a sentence there
    keyed: prose.Place | None = None  # the last sentence that named a day,
    day: object = None  # and that day
    like: Kind | None = None  # the kind of the value before, if a name stands before that
    just_keys = False  # the item before `pending` was a key too, with nothing between
    titled = False  # the label of a value below stands behind `pending`, on another line
    for at, kind in enumerate(tokens.shape):
        token = tokens[at]
        if kind == ",":
            in_prose = in_prose and token.value not in _STOPS
            last = 0
            continue
        if kind == "/":
            breaks = token.value if isinstance(token.value, int) else 1
            on_line = words if not lines else on_line
            lines = breaks if breaks > lines else lines
            named = pending is not None and pending.key is not None and pending.key.has_day
            if named and page[token.span.start - 1] == ":":
                words = 0  # "Today the temperatures will be as follows:"
            updated = in_prose = False
            last, in_line, named_at = token.span.end, words, _UNNAMED
            continue
        if kind == "l":
            behind = at > 0 and tokens.shape[at - 1] in _KEY and token.span.start == last
            updated = updated or (token.value == "update" and not behind)  # "9日6时发布"
        elif updated and kind in _KEY:
            continue  # when the page was made, not what a row is about
        span = token.span
        if span.start == last and kind in _SAID and not UNSPACED.match(page, last - 1):
            lines = lines or 1  # "CloudyTonight": glued where a line ended; but not "北风3级"
        last = span.end if kind != "." else 0  # "d'ouest"
        if at in some_time:  # a key that no row has
            if pending is not None:
                yield pending
                pending = None
            yield Item(token.kind, span, None, "", lines, words, place=place[at], key=Key(span))
            lines = words = in_line = 0
            continue
        field, label = labels.get(at, ("", at))
        spoken = in_prose and kind in ".l" and at not in used
        if kind in _NO_ITEM or at in used or spoken or field in _SKIPPED_LABELS:
            words += kind in "xf" or spoken
            if at in used:
                named_at = at, words
                titled = lines > 0
            in_prose = kind == "x" or (in_prose and token.value not in _STOPS)
            continue
        if not field and (
            (
                in_prose
                and kind in _NAMED_BY_WORDS
                and not (_said(tokens, at) or _is_rain(token, place[at]) or _is_chance(tokens, at))
            )
            or (kind == "n" and (_in_brackets(tokens, at) or _is_of_else(tokens, at, place)))
        ):
            words += 1
            continue
        in_prose = False
        here = place[at]
        if at in told or (
            kind in IN_DOUBT and says_nothing(tokens, at, page, field != "", here is not None)
        ):
            words += 1
            continue
        if kind == "C" and _is_or_other(tokens, at):
            words += 1
            continue
        if kind == "C" and (other := falls_from(tokens, at, place, page)):
            # "cloudy | with | a few showers": the row's weather are the showers
            if at in labels:
                labels[other] = labels[at]
            from_sky = other, words
            continue
        if kind == "h" and (_of_an_extreme(tokens, at, labels) or _within_a_period(tokens, at)):
            continue
        again = here is not None and here == keyed
        # "to kick off our Saturday", "Friday currently looks wet"
        same = again and kind in _KEY and token.value in (day, _NOW)
        if at in beside or same or (again and _closes(tokens, at, place)):
            continue
        if again and kind == "h" and (pending is None or words):
            continue  # "on Sunday drizzle should begin at 4am"
        if kind in _KEY and field not in SUN:
            facts = _facts(token)
            if isinstance(token.value, Weekday | PartialDate | When):
                keyed, day = here, token.value
            if (
                pending is not None
                and at not in heads
                and (
                    _may_grow(
                        pending,
                        facts,
                        # "3:45 pm,⏎Nov 20", "03/17⏎(土)"
                        0 if page[pending.span.end] == "," or page[span.start] == "(" else lines,
                        words,
                        just_keys and here is None and not _closes_keys(tokens, at),
                    )
                    or _is_day_of(pending, facts, here, words)
                )
                and not titled
                and kind_after(tokens, at) != kind
                and not _is_of_the_next(tokens, at, pending, page)
                and not (lines > 1 and page[pending.span.end : span.start].lstrip()[:1] == ".")
            ):
                assert pending.key is not None
                span = Span(pending.span.start, span.end)
                key = pending.key._replace(span=span, **facts)
                heads_text = opens(page, span) or _is_title(tokens, at)
                pending = pending._replace(span=span, key=key, opens=heads_text)
            else:
                if pending is not None:
                    yield pending
                just_keys = pending is not None and words == 0
                pending = Item(
                    token.kind,
                    span,
                    None,
                    "",
                    lines,
                    words,
                    also=_AND if _is_joined(tokens, at) else "",
                    in_text=lines > 0 and words > on_line,
                    opens=opens(page, span) or _is_title(tokens, at),
                    place=place[at],
                    key=Key(span, **facts),
                )
            lines = words = in_line = 0
            titled = False
            continue
        if pending is not None:
            yield pending
            pending = None
        just_keys = titled = False
        also = ""
        if kind == "C" and len(token.readings) > 1:
            also = next((str(r.value) for r in token.readings if r.kind is Kind.LABEL), "")
        value: object = token.value
        if kind == "l":
            field, value = str(token.value), unit_after(tokens, at)
        elif field and isinstance(value, Quantity):
            value = _labelled(value, field, tokens, at, label)
        if from_sky[0] == at:
            words = from_sky[1]
        if named_at[0] == label >= 0 and here is None:
            words = named_at[1]  # a name stands between a label and its value
            named_at = _UNNAMED
        in_text = words - in_line >= _TEXT_WORDS
        named = words > 0 and (
            at in places or is_named(page, _begins(tokens, at, label), here is not None)
            if lines
            else like == token.kind and is_behind_name(tokens, at)
        )
        like = token.kind if named else None
        yield Item(
            token.kind,
            span,
            value,
            field,
            lines,
            words,
            also,
            in_text,
            place=here,
            named=named,
        )
        lines = words = in_line = 0
    if pending is not None:
        yield pending


def _is_joined(tokens: Tokens, at: int) -> bool:
    """Whether "and" stands before a key, or a slash between it and another weekday."""
    if at and tokens.shape[at - 1] == "j":
        return True
    return tokens.shape.endswith("d,d", 0, at + 1) and tokens[at - 1].value == "/"


def _is_or_other(tokens: Tokens, at: int) -> bool:
    """Whether a rain is the second of two that may fall: "periods of rain or | showers"."""
    if at < 2 or tokens[at - 1].value != "or":
        return False
    said = tokens[at - 2].value
    return isinstance(said, Condition) and is_alternative(tokens, at, said, True)


def _is_title(tokens: Tokens, at: int) -> bool:
    """Whether a key ends a line that names the day of a forecast: "Forecast for Monday 6 May".

    Or all of its line is a short word and the day: "Per lunedì".
    """
    if at + 1 < len(tokens) and tokens.shape[at + 1] != "/":
        return False
    start = tokens.shape.rfind("/", 0, at) + 1
    alone = at == start + 1 and tokens.shape[start] in _SHORT_WORDS
    if alone and tokens.shape[at] in _DAYS and length(tokens[start]) <= _SHORT:
        return True
    return announces(tokens[start : start + 1])


_SHORT_WORDS: Final = ".xWjo"  # kinds
_DAYS: Final = "dD"
_SHORT: Final = 3  # letters of "Per", "Am", "El"


def _begins(tokens: Tokens, at: int, label: int) -> int:
    """Where a value begins, or the label that opens its line: "High: 30°C" has no other name."""
    first = label if 0 <= label < at and opens_line(tokens, label) else at
    return tokens[first].span.start


def _labelled(value: Quantity, field: str, tokens: Tokens, at: int, label: int) -> Quantity:
    """A value with the unit that is printed with its label or behind its direction."""
    if value.unit is None:
        unit = unit_after(tokens, label)
        unit = unit_behind(tokens, at) if unit is None and field in WIND else unit
        value = replace(value, unit=unit) if unit else value
    if value.value < 0 and field in _NEVER_NEGATIVE:
        value = replace(value, value=-value.value)  # behind a dash: "UV index forecast - 8"
    if value.low is not None and field in AIR:
        end = value.low if field == "temperature_min" else value.value
        value = replace(value, value=end, low=None)  # "lows in the low to mid 60s"
    return value


_NEVER_NEGATIVE: Final = frozenset(
    {"uv_index", "relative_humidity", "wind_speed", "wind_gusts", "precipitation_probability"}
)
_NOTHING: Final[frozenset[int]] = frozenset()

_UNNAMED: Final = (-1, 0)


def _is_day_of(key: Item, facts: Mapping[str, Any], place: prose.Place | None, words: int) -> bool:
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


def _may_grow(key: Item, facts: Mapping[str, Any], lines: int, words: int, just_keys: bool) -> bool:
    """Whether a key word belongs to the key before it: it says what that does not yet say."""
    known = key.key
    if known is None or words or not facts:
        return False
    if any(getattr(known, name) is not None for name in facts):
        return False
    if lines > 1 and not _may_be_of(
        facts.get("weekday", known.weekday), facts.get("date", known.date)
    ):
        return False  # "September 7, 2022⏎⏎Thursday": that was a Wednesday
    if lines and just_keys:
        return False  # one of a column of keys
    if known.period is Period.NOW and ("weekday" in facts or "date" in facts):
        return lines == 0
    if known.clock is not None:  # "21:00 Mon", but not 21:00 and then the next day
        return lines == 0 and ("period" not in facts)
    if isinstance(facts.get("day"), RelativeDay) and known.has_day:
        return lines == 0
    return lines < 2 or known.has_day


def _may_be_of(weekday: Weekday | None, day: PartialDate | None) -> bool:
    """Whether a date can be on a day of the week: one without a year can."""
    if weekday is None or day is None or day.year is None or day.month is None:
        return True
    return date(day.year, day.month, day.day).weekday() == weekday.number
