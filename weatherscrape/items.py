"""Tokens in, items out: what may start or end a row, and the values between.

The adjacent day, date and time words are one key, and every label has given its name to the value
that it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from .accepts import Columns
from .boxes import in_boxes
from .chapters import in_chapters
from .cities import in_lists, labels_of_air
from .data import languages
from .dates import (
    bare_hours,
    dates_that_head,
    days_in_commas,
    days_of_month,
    hour_spans,
    hours_under_heads,
    hyphened_dates,
    settle_dates,
)
from .groups import Item
from .headings import in_lines
from .heads import under_printed_heads
from .labels import find_labels
from .language import infer
from .legends import by_legend
from .model import (
    AIR,
    KEYS,
    Kind,
    Period,
    Token,
)
from .names import without_refrains
from .nights import with_nights
from .places_apart import told_apart
from .places_behind import named_behind
from .places_in_tables import rows_of_places
from .places_in_text import told_of_places
from .reader import Reader
from .sections import in_sections
from .sentences import night_and_day
from .settle import settle
from .shared_units import with_shared_units, with_units_of_lists
from .table_labels import table_lines, without_rules
from .tokens import BETWEEN, Tokens
from .unknown_skies import unknown_skies


def items(tokens: Sequence[Token], page: str) -> list[Item]:
    """Items of a window, in order.

    Examples
    --------
    >>> from weatherscrape.lex import lex
    >>> from weatherscrape.model import Span
    >>> from weatherscrape.vocabulary import lexicon
    >>> page = "Thu 3 Jun Light rain High 25°C Humidity: 40%"
    >>> for item in items(lex(page, Span(0, len(page)), lexicon()), page):
    ...     print(item.kind.name, item.field, page[item.span.start : item.span.end])
    WEEKDAY  Thu 3 Jun
    CONDITION  Light rain
    TEMPERATURE temperature_max 25°C
    PERCENT relative_humidity 40%
    """
    settled = with_units_of_lists(with_shared_units(settle(tokens, page), page), page)
    settled = hyphened_dates(night_and_day(settled, page), page)
    settled = hour_spans(settled)
    unsure = [token.readings[-1] for token in settled if len(token.readings) > 1]
    if any(reading.kind is Kind.DATE for reading in unsure):
        settled = settle_dates(settled, _is_month_first(tokens))
    headed = dates_that_head(settled, page)
    if headed is not settled and not _is_month_first(tokens):
        settled = headed
    settled = hours_under_heads(days_in_commas(settled, page))
    settled = bare_hours(days_of_month(settled))
    settled = unknown_skies(without_refrains(without_rules(settled, page), page))
    tables = table_lines(settled)
    labels = find_labels(settled, page, tables) | under_printed_heads(settled, page)
    reader = Reader(settled, labels, _column_heads(settled, tables), page)
    found = with_nights(in_lines(_observed(list(reader.items())), page))
    naming = [settled[label].span for _, label in labels.values() if label >= 0]
    places = rows_of_places(settled, tables, page)
    warm = [settled[at] for at in settled.places(Kind.LABEL) if settled[at].value in AIR]
    ends = {label.span.end: str(label.value) for label in warm}
    airs = labels_of_air([label.span for label in warm], page)
    found = in_sections(in_chapters(found, page), page)
    said = {token.value for token in settled if isinstance(token.value, str)}
    titled = "title" in said and "other" not in said  # not "Weather.net⏎Water of our lakes"
    found = in_lists(found, page, naming, places, ends, airs, titled)
    found = list(by_legend(found, tokens, page))
    found = told_of_places(named_behind(found, page), settled, reader.places, page)
    found = told_apart(found, settled, reader.places, page)
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


def _column_heads(tokens: Tokens, tables: Sequence[Columns]) -> frozenset[int]:
    """Tokens of table lines that hold only keys, one a column: "Today | Wed 7 | Thu 8".

    They stay apart, but for the words of one column.
    """
    apart: set[int] = set()
    for columns in tables:
        kinds = tokens.shape[columns[0].start : columns[-1].stop].rstrip(_BETWEEN)
        if kinds[-1:] not in KEYS:
            continue
        filled = [[i for i in c if tokens.shape[i] not in _BETWEEN] for c in columns]
        filled = [c for c in filled if c]
        if len(filled) > 1 and all(tokens.shape[i] in KEYS for c in filled[1:] for i in c):
            apart |= {c[0] for c in filled}
    return frozenset(apart)


_BETWEEN: Final = "".join(sorted(BETWEEN))
