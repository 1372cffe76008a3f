"""A window in, the snippets that it holds out: the stages from the tokens to the rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from .bare_skies import bare_skies
from .blocks import blocks
from .elsewhere import are_elsewhere, names_others
from .evidence import Setting, are_ahead
from .flat import parted
from .fold import with_plain_spaces
from .groups import Group, Item
from .items import items
from .language import infer
from .layout import group
from .lex import lex
from .model import VALUES, Cell, Key, Period, RelativeDay, Row, Snippet, Span, Token
from .outlooks import outlook
from .places import location
from .resolve import Record, stated
from .rows import to_rows
from .summaries import without_summaries
from .table_labels import lines_of
from .tables import in_columns
from .titles import announces, names, title
from .topics import topic_bits
from .vocabulary import Lexicon

_KEPT: Final = 64  # windows
_KEPT_SIZE: Final = 4_000  # characters; of a longer one a page has hardly two


def snippets(window: str, words: Lexicon, least_bits: float) -> tuple[Snippet, ...]:
    """Snippets of a window, their spans from its start.

    Examples
    --------
    >>> from weatherscrape.vocabulary import lexicon
    >>> snippet, = snippets("Tue 14° fog, Wed 15° light rain", lexicon(), 0.0)
    >>> [row.span for row in snippet.rows]
    [Span(start=0, end=11), Span(start=13, end=31)]
    """
    return tuple(snippet for snippet, _ in told(window, words, least_bits))


Told = tuple[tuple[Snippet, tuple[Record, ...]], ...]


def told(window: str, words: Lexicon, least_bits: float) -> Told:
    """Snippets of a window, each with what its rows say, but for times and places."""
    read = _snippets if len(window) <= _KEPT_SIZE else _snippets.__wrapped__
    return read(window, words, least_bits)


# A site prints the same weather on many of its pages, and an archive has them side by side.
@lru_cache(maxsize=_KEPT)
def _snippets(window: str, words: Lexicon, least_bits: float) -> Told:
    found = list(_read(window, words, least_bits))
    return tuple(zip(found, stated(found, window), strict=True))


def _read(window: str, words: Lexicon, least_bits: float) -> Iterator[Snippet]:
    window = parted(with_plain_spaces(window), words)
    tokens = lex(window, Span(0, len(window)), words)
    climate = _has_climate(tokens)
    others = names_others(tokens)
    text = Setting(topic=topic_bits(tokens), names=names(tokens))
    announced = False
    day: Item | None = None  # of the last title
    found: list[list[Row]] = []
    silent: list[tuple[int, list[Group], Setting]] = []  # sentences that say too little alone
    for block in blocks(in_columns(items(tokens, window), window)):
        announced = (announced and text.topic >= _SURE) or announces(_near(block, tokens))
        setting = text._replace(announced=announced)
        groups = group(block, day)
        told = to_rows(groups, window, least_bits, setting)
        below = day is not None and all(day.key in (row.key, row.header) for row in told)
        day = day if told and below else None if told else title(block, tokens) or day
        if not told and (are_ahead(groups) or _go_on(found, groups)):
            silent.append((len(found), groups, setting._replace(among=True)))
        found.append(told)
    told_days = [group for _, groups, _ in silent for group in groups]
    if any(found) or len(outlook(told_days, window)) >= _DAYS:
        for at, groups, setting in silent:
            found[at] = to_rows(groups, window, least_bits, setting)
    for told in without_summaries(found):
        for rows in map(_as_reading, _by_place(told)):
            start, end = _place_of(rows, tokens)
            before, own = tokens[max(0, start - _BESIDE) : start], tokens[start:end]
            beside = tokens[max(0, start - _BESIDE) : end + _BESIDE]
            around = tokens[max(0, start - _AROUND) : end + _AROUND]
            if others and are_elsewhere(rows, beside, around, len(told)):
                continue
            if climate and not any(row.key and _is_ahead(row.key) for row in rows):
                continue  # "WEATHER CONDITIONS: THUNDERSTORM" of yesterday
            place = rows[0].place or _place(window, rows, tokens)
            among = rows[0].header is not None
            place = place or location(window, before, rows[0].key is None, among)
            language = infer(own)
            rows = list(bare_skies(rows, window, language))
            yield Snippet(tuple(rows), place, language, tuple(own))


def _go_on(found: Sequence[Sequence[Row]], groups: Sequence[Group]) -> bool:
    """Whether a block tells the sky of the days behind the last one: "Outlook: Sunday cloudy."."""
    rows = next((rows for rows in reversed(found) if rows), ())
    said = [group.key.key for group in groups if group.key and group.values]
    days = [key.weekday for key in (*[row.key for row in rows[-1:]], *said) if key and key.weekday]
    follow = all(one.days_to(two) == 1 for one, two in pairwise(days))
    return len(said) == len(groups) == len(days) - 1 and follow and rows[-1].in_text


def _as_reading(rows: list[Row]) -> list[Row]:
    """The rows of a place; a single one with the date and one temperature is a reading of then.

    "Tuesday, June 11, 2024⏎29.7 °C": the weather of a page is that of the hour at which it is made.
    """
    key = rows[0].key
    if len(rows) > 1 or key is None or key.date is None or rows[0].in_text:
        return rows
    dated = key.period is None and key.day is None and not (key.clock and key.clock.end)
    if not dated or not any(cell.field == "temperature" for cell in rows[0].cells):
        return rows
    return [replace(rows[0], key=key._replace(period=Period.NOW))]


def _near(block: Sequence[Item], tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens of a block, and those right before it."""
    if not block:
        return ()
    ends = block[0].span.start, block[-1].span.end
    start, end = (bisect_left(tokens, at, key=lambda t: t.span.start) for at in ends)
    return tokens[max(0, start - _BESIDE) : end]


def _place(window: str, rows: Sequence[Row], tokens: Sequence[Token]) -> str | None:
    """The place named on the line above the values of a table, below its keys."""
    if any(row.layout != "columns" or row.key is None for row in rows):
        return None
    keys = max(row.key.span.end for row in rows if row.key)
    values = min(cell.span.start for row in rows for cell in row.cells)
    start, end = (bisect_left(tokens, at, key=lambda t: t.span.start) for at in (keys, values))
    return location(window, tokens[max(start, end - _BESIDE) : end], True, False)


def _has_climate(tokens: Sequence[Token]) -> bool:
    """Whether a table tells what is usual: "RECORD  YEAR  NORMAL  DEPARTURE" on a line of heads."""
    usual = {at for at, token in enumerate(tokens) for r in token.readings if r.value == "usual"}
    if len(usual) < _USUAL:
        return False
    return any(
        len(usual.intersection(line)) >= _USUAL and not any(tokens[i].kind in VALUES for i in line)
        for line in lines_of(tokens)
    )


def _is_ahead(key: Key) -> bool:
    """Whether a key names a day of a forecast, and not just today or yesterday."""
    return key.weekday is not None or key.date is not None or key.day is RelativeDay.TOMORROW


_DAYS: Final = 3  # that paragraphs tell of, if nothing else is sure
_SURE: Final = 3.0  # bits of a text that is a forecast all through, once it is announced
_USUAL: Final = 2  # words for what is usual on one line, without a value
_BESIDE: Final = 40  # tokens around a snippet that tell where it is
_AROUND: Final = 120  # and of what


def _place_of(rows: Sequence[Row], tokens: Sequence[Token]) -> tuple[int, int]:
    """Where the tokens of a snippet begin, and where they end."""
    ends = min(row.span.start for row in rows), max(row.span.end for row in rows)
    start, end = (bisect_left(tokens, at, key=lambda t: t.span.start) for at in ends)
    return start, end


def _by_place(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows parted where the present weather of another place begins, or a table's next place."""
    part: list[Row] = []
    for row in rows:
        again = row.layout == "columns" and part and part[0].layout == row.layout
        again = again and row.key is not None and row.key == part[0].key
        other = row.key is None and not (part and _goes_on_with_parts(part[-1], row))
        if part and (other or again or part[-1].place != row.place):
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def _goes_on_with_parts(one: Row, two: Row) -> bool:
    """Whether a row is of a place's next part of the day, or of all of it, behind its parts."""
    first, second = (row.header.period if row.header else None for row in (one, two))
    if one.key or first in (None, Period.NOW) or one.header is None or two.header is None:
        return False
    parts = list(Period)
    same_day = one.header._replace(period=None) == two.header._replace(period=None)
    return same_day and (second is None or parts.index(first) < parts.index(second))


def moved(snippet: Snippet, place: Callable[[Span], Span]) -> Snippet:
    """A snippet with every span where `place` says that it is."""

    def key(old: Key | None) -> Key | None:
        return old and old._replace(span=place(old.span))

    def row(old: Row) -> Row:
        cells = tuple([Cell(c.field, c.value, place(c.span)) for c in old.cells])
        return replace(old, key=key(old.key), cells=cells, header=key(old.header))

    tokens = tuple([Token(place(token.span), token.readings) for token in snippet.tokens])
    return replace(snippet, rows=tuple(map(row, snippet.rows)), tokens=tokens)
