"""Tokens in, items out: what may start or end a row, and the values between.

The adjacent day, date and time words are one key, and every label has given its name to the value
that it belongs to.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from . import prose
from .data import languages
from .dates import bare_hours, days_of_month, hour_spans, settle_dates
from .labels import Columns, Named, find_labels, table_lines, unit_after, unit_behind
from .language import infer
from .model import (
    KEYS,
    VALUES,
    Clock,
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
from .sentences import asides, night_and_day
from .settle import settle
from .tokens import BETWEEN, Tokens, is_at, kind_after, length, mark_at


class Item(NamedTuple):
    """A key, a value or a free label of a window, and what stands between it and the item before.

    `field` is the column that a label gave it, "" if none did. `lines` counts the line breaks
    before it (2 for a blank line), `words` the words that mean nothing to us. `also` is the label
    that a condition can be as well ("Rain"). The value of a free label is the unit printed with it.
    `in_text`: three words or more stand before it on its line. `opens`: a colon or dots behind a
    key say that what it is about follows. `box`: which table of drawn lines it stands in, and in
    which column of it. `place`: its paragraph and sentence, if it stands in running text.
    `key`: what a key says.
    """

    kind: Kind
    span: Span
    value: object = None
    field: str = ""
    lines: int = 0
    words: int = 0
    also: str = ""
    in_text: bool = False
    opens: bool = False
    box: tuple[int, int] | None = None
    place: prose.Place | None = None
    key: Key | None = None


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
    settled = hour_spans(night_and_day(settle(tokens, page), page))
    unsure = [token.readings[-1] for token in settled if len(token.readings) > 1]
    if any(reading.kind is Kind.DATE for reading in unsure):
        code = infer(tokens)
        month_first = code is None or languages()[code].date_order == "mdy"
        settled = settle_dates(settled, month_first)
    settled = bare_hours(days_of_month(settled))
    tables = table_lines(settled)
    labels = find_labels(settled, page, tables)
    found = list(_items(settled, labels, _column_heads(settled, tables), page))
    hull = _hull(tokens)
    if _BOX.search(page, *hull):
        return _in_boxes(found, page, _BOX)
    return _in_boxes(found, page, _BAR) if _RULE_OF_BARS.search(page, *hull) else found


_BOX: Final = re.compile("[\u2500-\u257f]+")  # Unicode, box drawing
_BAR: Final = re.compile("[|]")  # Markdown
_RULE: Final = re.compile("[\u2500-\u257f\\s|:-]+")
_RULE_OF_BARS: Final = re.compile(r"\n[|](?: ?:?-+:? ?[|])+(?=\n)")


def _hull(tokens: Sequence[Token]) -> tuple[int, int]:
    return (tokens[0].span.start, tokens[-1].span.end) if tokens else (0, 0)


def _in_boxes(items: Sequence[Item], page: str, drawn: re.Pattern[str]) -> list[Item]:
    """Items with the drawn table and the column that they stand in; `drawn` are its borders.

    Lines with two cells or more are of one table as far as nothing but drawn lines is between.
    """
    out: list[Item] = []
    borders: list[int] = []
    table = last = 0
    end = -1  # of the line
    for item in items:
        if item.span.start > end:
            start = page.rfind("\n", 0, item.span.start) + 1
            end = _line_end(page, start)
            borders = [border.end() for border in drawn.finditer(page, start, end)]
            if len(borders) >= _BORDERS:
                between = page[last:start].splitlines()
                table += not all(_is_box_line(line, drawn) for line in between)
                last = end
        if len(borders) >= _BORDERS:
            item = item._replace(box=(table, bisect_right(borders, item.span.start)))
        out.append(item)
    return out


_BORDERS: Final = 3  # of a line with two cells


def _line_end(page: str, start: int) -> int:
    end = page.find("\n", start)
    return end if end >= 0 else len(page)


def _is_box_line(line: str, drawn: re.Pattern[str]) -> bool:
    return not line.strip() or bool(_RULE.fullmatch(line)) or len(drawn.findall(line)) >= _BORDERS


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


_TEXT_WORDS: Final = 3
_STOPS: Final = ("\t", "|", ";", "•", "·")  # a text does not go on behind them
_SKIPPED_LABELS: Final = frozenset({"other", "update"})
# Kinds as the letters of a shape.
_KEY: Final = "".join(sorted(KEYS))
_SAID: Final = "".join(sorted(KEYS | VALUES))
# Values that say nothing of weather by themselves: "berth 12", "memory usage: 22%".
_NAMED_BY_WORDS: Final = "n%Lq"
_NO_ITEM: Final = ",.oxfju"
_MEASURED: Final = "TnP"


def _in_brackets(tokens: Tokens, at: int) -> bool:
    """Whether a number without a unit stands alone in brackets: "Comments (3)"."""
    around = [t.value for t in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])]
    return around == ["(", ")"]


_EXTREMES: Final = frozenset({"temperature_max", "temperature_min", "wind_gusts"})
_LINKS: Final = ".jo,f"


def _of_an_extreme(tokens: Tokens, at: int, labels: Named) -> bool:
    """Whether a clock says when an extreme was: "Max 14.1 °C at 14:05"."""
    link = at - 1
    while link >= 0 and tokens.shape[link] in _LINKS and tokens[link].value not in _STOPS:
        link -= 1
    return link < at - 1 and labels.get(link, ("", 0))[0] in _EXTREMES


def _within_a_period(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clock says when of a period something is: "rain, mainly after 2pm"."""
    if mark_at(tokens, at - 1) == "within":
        return True
    # "between 1pm and 3pm"
    return is_at(tokens, at - 2, Kind.TIME) and mark_at(tokens, at - 3) == "within"


_YEARS: Final = range(1000, 10_000)
_SHORT_DAY: Final = 3  # letters


def _is_of_words(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a year, or a verb that is spelled as a day is, stands in a sentence.

    "In 2014 it opened", "fans sat through".
    """
    token = tokens[at]
    beside = tokens.shape[max(0, at - 1) : at] + tokens.shape[at + 1 : at + 2]
    if "x" not in beside:
        return False
    if token.kind is Kind.NUMBER and isinstance(token.value, Quantity):
        return token.value.value in _YEARS
    printed = page[slice(*token.span)]
    short = token.kind is Kind.WEEKDAY and len(printed) <= _SHORT_DAY
    return short and printed.islower() and beside == "xx"


def _is_over(tokens: Tokens, at: int) -> bool:
    """Whether a sentence tells of the past: "fell to -4 °C", "in 2003 it was 34 °C"."""
    before = at - 1
    while before >= 0 and tokens.shape[before] in _OF_A_VERB:
        if tokens.shape[before] == "x" and tokens[before].value == "past":
            return True
        before -= 1
    return False


_OF_A_VERB: Final = ".lnx"


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
    beside = asides(tokens, page)
    told = some_time = _NOTHING
    if any(place):  # there is running text
        labels = prose.labels(tokens, place, labels)
        beside -= prose.parts(tokens, place)
        told, some_time = prose.told(tokens, place), prose.some_time(tokens, place, page)
    used = {label for _, label in labels.values()}
    lines = words = last = in_line = 0  # `in_line`: the words of the lines before
    pending: Item | None = None  # a key that may still grow
    updated = False  # on a line that says when the page was made
    in_prose = False  # among words: "of" and "the" are part of a sentence there
    just_keys = False  # the item before `pending` was a key too, with nothing between
    for at, kind in enumerate(tokens.shape):
        token = tokens[at]
        if kind == ",":
            in_prose = in_prose and token.value not in _STOPS
            last = 0
            continue
        if kind == "/":
            breaks = token.value if isinstance(token.value, int) else 1
            lines = breaks if breaks > lines else lines
            updated = in_prose = False
            last, in_line = token.span.end, words
            continue
        if kind == "l":
            updated = updated or token.value == "update"
        elif updated and kind in _KEY:
            continue  # when the page was made, not what a row is about
        span = token.span
        if span.start == last and kind in _SAID:
            lines = lines or 1  # "CloudyTonight": glued where a line ended
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
            in_prose = kind == "x" or (in_prose and token.value not in _STOPS)
            continue
        if not field and (
            (in_prose and kind in _NAMED_BY_WORDS and tokens.shape[at + 1 : at + 2] != "C")
            or (kind == "n" and _in_brackets(tokens, at))
        ):
            words += 1
            continue
        in_prose = False
        if (
            at in told
            or (kind in _MEASURED and _is_over(tokens, at))
            # "We", "So", "Do" are words of a sentence
            or (kind == "d" and place[at] and length(token) < _SHORT_DAY)
            or (not field and kind in "nd" and _is_of_words(tokens, at, page))
        ):
            words += 1
            continue
        if kind == "h" and (_of_an_extreme(tokens, at, labels) or _within_a_period(tokens, at)):
            continue
        if at in beside:
            continue
        if kind in _KEY and field not in ("sunrise", "sunset"):
            facts = _facts(token)
            if (
                pending is not None
                and at not in heads
                and _may_grow(pending, facts, lines, words, just_keys)
                and kind_after(tokens, at) != kind
            ):
                assert pending.key is not None
                span = Span(pending.span.start, span.end)
                key = pending.key._replace(span=span, **facts)
                pending = pending._replace(span=span, key=key, opens=_opens(page, span))
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
                    opens=_opens(page, span),
                    place=place[at],
                    key=Key(span, **facts),
                )
            lines = words = in_line = 0
            continue
        if pending is not None:
            yield pending
            pending = None
        just_keys = False
        also = ""
        if kind == "C" and len(token.readings) > 1:
            also = next((str(r.value) for r in token.readings if r.kind is Kind.LABEL), "")
        value: object = token.value
        if kind == "l":
            field, value = str(token.value), unit_after(tokens, at)
        elif field and isinstance(value, Quantity):
            value = _labelled(value, field, tokens, at, label)
        in_text = words - in_line >= _TEXT_WORDS
        yield Item(token.kind, span, value, field, lines, words, also, in_text, place=place[at])
        lines = words = in_line = 0
    if pending is not None:
        yield pending


def _labelled(value: Quantity, field: str, tokens: Tokens, at: int, label: int) -> Quantity:
    """A value with the unit that is printed with its label or behind its direction."""
    if value.unit is None:
        unit = unit_after(tokens, label) or unit_behind(tokens, at)
        value = replace(value, unit=unit) if unit else value
    if value.low is not None and field in prose.AIR:
        end = value.low if field == "temperature_min" else value.value
        value = replace(value, value=end, low=None)  # "lows in the low to mid 60s"
    return value


_NOTHING: Final[frozenset[int]] = frozenset()


_OPENING: Final = re.compile(r" ?(?::(?!\d)|\.\.|…)|\. [A-Z]")


_SENTENCE_START: Final = re.compile(r"\w[.!?] (?:[^\W\d_]{1,3} )?\Z")  # "On", "Am", "Le"


def _opens(page: str, span: Span) -> bool:
    """Whether what a key is about follows it: it begins a sentence that goes on from another.

    Or it begins a line, and a colon, dots or a full stop end it there.
    """
    start = span.start
    if page[start - 1 : start] == " ":
        sentence = _SENTENCE_START.search(page, max(0, start - 7), start)
        if sentence and page[sentence.start() + 3].isupper():
            return True
    if _OPENING.match(page, span.end) is None:
        return False
    return page[max(0, start - 2) : start].rstrip(" ")[-1:] in ("", "\n", ".")


def _may_grow(key: Item, facts: Mapping[str, Any], lines: int, words: int, just_keys: bool) -> bool:
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
