"""Settled tokens in, items out, read from left to right: the keys, grown, and the values.

What stands between two items is counted on the way: line breaks, and words that mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from . import days_in_text, labels_in_text, past, prose
from .accepts import SUN, WIND, Named, unit_after, unit_behind
from .cities import parts_in_lists
from .doubts import IN_DOUBT, says_nothing
from .groups import Item
from .growth import Between, Facts, facts_of, grows, is_joined
from .headings import is_named, opens
from .labels import is_behind_name
from .model import (
    AIR,
    KEYS,
    VALUES,
    Key,
    Kind,
    PartialDate,
    Period,
    Quantity,
    Span,
    Token,
    Value,
    Weekday,
    When,
)
from .names import listed
from .passed_over import (
    STOPS,
    closes_sentence,
    is_hour_within,
    is_of_something_else,
    is_or_other,
    is_part_of_sky,
)
from .sentences import asides, below_headings
from .skies import falls_from
from .tendencies import by_verbs
from .titles import announces
from .tokens import Tokens, is_at, length, opens_line, sign_at
from .vocabulary import UNSPACED


@dataclass(frozen=True, slots=True)
class _Text:
    """What the text around says of the tokens of a window.

    `place`: where in running text each stands. `names`: values behind the name of a place.
    `beside`: words for a time that are no key, as they only say when of one. `some_time`: those
    for a time that no row has. `told`: what is over, or usual, or an example.
    """

    place: list[prose.Place | None]
    names: frozenset[int]
    beside: frozenset[int]
    some_time: frozenset[int]
    told: frozenset[int]


def _text(tokens: Tokens, labels: Named, page: str) -> tuple[_Text, Named]:
    """What the text says, and what each label names in it."""
    place = prose.places(tokens, page)
    beside = asides(tokens, page) | parts_in_lists(tokens)
    some_time = apart = frozenset[int]()
    told = past.told(tokens, place, page)
    if any(place):  # there is running text
        labels = labels_in_text.labels(tokens, place, labels)
        for at, field in by_verbs(tokens, place, labels, page):
            labels[at] = field, labels.get(at, ("", -1))[1]
        beside = days_in_text.no_keys(tokens, place, labels, beside)
        apart = days_in_text.with_degrees(tokens, place, labels, page)
        some_time = days_in_text.some_time(tokens, place, page)
        told |= past.exceptions(tokens, place, labels, page)
    beside = (beside | below_headings(tokens, page)) - apart
    return _Text(place, listed(tokens, page), beside, some_time, told), dict(labels)


class Reader:
    """The items of a window; `heads` are keys of a table's head, each in its own column."""

    def __init__(self, tokens: Tokens, labels: Named, heads: frozenset[int], page: str) -> None:
        self._tokens, self._heads, self._page = tokens, heads, page
        self._text, self._labels = _text(tokens, labels, page)
        self._used = {label for _, label in self._labels.values()}
        self._lines = self._words = 0  # since the last item
        self._in_line = 0  # of those, the words of the lines before
        self._on_line = 0  # the words on the line of the last item
        self._last = 0  # where the last token ended
        self._key: Item | None = None  # a key that may still grow,
        self._just_keys = False  # the item before it being a key too, with nothing between,
        self._titled = False  # and the label of a value below behind it, on another line
        self._label = _NONE  # the last label of a value, and the words before it
        self._falls = _NONE  # what falls from the last sky, and the words before that,
        self._sky = 0  # which is here
        self._begun = False  # there was an item before
        self._updated = False  # on a line that says when the page was made
        self._among_words = False  # where "of" and "the" are part of a sentence
        self._day: tuple[prose.Place | None, Value] = None, None  # last named, and its sentence
        self._after_sky = False  # the last item is one
        self._like: Kind | None = None  # the kind of the last value, if a name stands before that

    @property
    def places(self) -> list[prose.Place | None]:
        """Where in running text each token stands."""
        return self._text.place

    def items(self) -> Iterator[Item]:
        """The items, in order."""
        for at, kind in enumerate(self._tokens.shape):
            if kind == ",":
                self._among_words = self._among_words and self._goes_on(at)
                self._last = 0
            elif kind == "/":
                self._break_line(at)
            elif not self._is_of_an_update(at, kind):
                yield from self._read(at, kind)
        yield from self._closed()

    def _goes_on(self, at: int) -> bool:
        return self._tokens[at].value not in STOPS

    def _break_line(self, at: int) -> None:
        token = self._tokens[at]
        breaks = token.value if isinstance(token.value, int) else 1
        self._on_line = self._on_line if self._lines else self._words
        self._lines = max(self._lines, breaks)
        dated = self._key is not None and self._key.key is not None and self._key.key.has_day
        if dated and self._page[token.span.start - 1] == ":":
            self._words = 0  # "Today the temperatures will be as follows:"
        self._updated = self._among_words = False
        self._last, self._in_line, self._label = token.span.end, self._words, _NONE

    def _is_of_an_update(self, at: int, kind: str) -> bool:
        """Whether a key says when the page was made, and not what a row is about."""
        token = self._tokens[at]
        if kind == "l":
            behind = (
                at > 0 and self._tokens.shape[at - 1] in _KEY and token.span.start == self._last
            )
            if token.value == "update" and not behind:  # but "9日6时发布"
                self._updated = True
            return False
        return self._updated and kind in _KEY

    def _read(self, at: int, kind: str) -> Iterator[Item]:
        """The items that a token closes or is."""
        token, here = self._tokens[at], self._text.place[at]
        span = token.span
        field, label = self._labels.get(at, ("", at))
        if (
            span.start == self._last
            and kind in _SAID
            and label != at - 1
            and not UNSPACED.match(self._page, span.start - 1)
        ):
            # "CloudyTonight": glued where a line ended; but not "北风3级", "Wind5 mph"
            self._lines = self._lines or 1
        self._last = span.end if kind != "." else 0  # "d'ouest"
        if at in self._text.some_time:  # a key that no row has
            yield from self._closed()
            yield Item(
                token.kind, span, None, "", self._lines, self._words, place=here, key=Key(span)
            )
            self._begin()
            return
        if self._is_word(at, kind, field) or self._is_passed_over(at, kind, field):
            return
        if kind in _KEY and field not in SUN:
            yield from self._read_key(at)
        else:
            yield from self._read_value(at, field, label)

    def _is_word(self, at: int, kind: str, field: str) -> bool:
        """Whether a token is a word to this, or a label that has named its value."""
        spoken = self._among_words and kind in ".l" and at not in self._used
        if not (kind in _NO_ITEM or at in self._used or spoken or field in _SKIPPED_LABELS):
            return False
        name = kind in _KEY and self._labels.get(at) == ("other", -1)  # one spelled as a day is
        self._words += kind in "xf" or spoken or name
        if at in self._used:
            self._label = at, self._words
            self._titled = self._lines > 0
        self._among_words = kind == "x" or (self._among_words and self._goes_on(at))
        return True

    def _is_passed_over(self, at: int, kind: str, field: str) -> bool:
        """Whether a token is none of a row for what stands beside it; some are words instead."""
        tokens, text = self._tokens, self._text
        here = text.place[at]
        if not field and is_of_something_else(
            tokens, at, text.place, self._page, self._among_words
        ):
            self._words += 1
            return True
        self._among_words = False
        if (
            at in text.told
            or (
                kind in IN_DOUBT
                and says_nothing(tokens, at, self._page, field != "", here is not None)
            )
            or (kind == "C" and is_or_other(tokens, at))
        ):
            self._words += 1
            return True
        other = falls_from(tokens, at, text.place, self._page) if kind == "C" else 0
        if other and other not in text.told:
            # "cloudy | with | a few showers": the row's weather are the showers
            if at in self._labels:
                self._labels[other] = self._labels[at]
            self._falls, self._sky = (other, self._words), at
            return True
        if kind == "h" and is_hour_within(tokens, at, self._labels):
            return True
        if kind == "w" and tokens.shape[at - 1 : at] == "C" and is_part_of_sky(tokens, at):
            return True
        if at in text.beside:
            return True
        sentence, day = self._day
        if here is None or here != sentence:
            return False
        # "to kick off our Saturday", "Friday currently looks wet"
        same = kind in _KEY and tokens[at].value in (day, _NOW)
        within = kind == "h" and (self._key is None or self._words > 0)
        # "on Sunday drizzle should begin at 4am"
        return same or within or closes_sentence(tokens, at, text.place, day)

    def _read_key(self, at: int) -> Iterator[Item]:
        token, here = self._tokens[at], self._text.place[at]
        self._after_sky = False
        facts = facts_of(token)
        if isinstance(token.value, Weekday | PartialDate | When):
            self._day = here, token.value
        key, span = self._key, token.span
        grown = key is not None and at not in self._heads
        in_cell = grown and at - 1 in self._heads  # "11 pm | Wed 2 am | 5 am"
        between = Between(self._lines, self._words, self._just_keys, self._titled, in_cell)
        if (
            grown
            and key is not None
            and key.key is not None
            and grows(key, facts, at, between, here, self._tokens, self._page)
        ):
            span = Span(key.span.start, span.end)
            known = key.key._replace(span=span, **facts)
            place = key.place or here  # "Tomorrow⏎Tuesday will be dry"
            opens = self._opens(at, span)
            self._key = key._replace(span=span, key=known, opens=opens, place=place)
        else:
            yield from self._closed()
            self._just_keys = key is not None and self._words == 0
            self._key = self._new_key(at, facts)
        self._begin()

    def _new_key(self, at: int, facts: Facts) -> Item:
        token = self._tokens[at]
        link = _link(self._tokens, at)
        return Item(
            token.kind,
            token.span,
            None,
            "",
            self._lines,
            self._words
            - (link in _LINKS and self._tokens.shape[at - 1] == "x"),  # "e | no | sábado"
            also=link,
            in_text=self._lines > 0 and self._words > self._on_line,
            opens=self._opens(at, token.span),
            place=self._text.place[at],
            key=Key(token.span, **facts),
        )

    def _opens(self, at: int, span: Span) -> bool:
        return opens(self._page, span) or _is_title(self._tokens, at)

    def _read_value(self, at: int, field: str, label: int) -> Iterator[Item]:
        yield from self._closed()
        tokens, token, here = self._tokens, self._tokens[at], self._text.place[at]
        self._just_keys = False
        value: object = token.value
        if token.kind is Kind.LABEL:
            field, value = str(token.value), unit_after(tokens, at)
        elif field and isinstance(value, Quantity):
            value = _labelled(value, field, tokens, at, label)
        if self._falls[0] == at:
            self._words = self._falls[1]
        if self._label[0] == label >= 0 and here is None:
            self._words = self._label[1]  # a name stands between a label and its value
            self._label = _NONE
        if field and here is None and self._ended_sky(label):
            self._words = 0
        named = self._words > 0 and self._is_named(at, label)
        self._like = token.kind if named else None
        self._after_sky = token.kind is Kind.CONDITION
        yield Item(
            token.kind,
            token.span,
            value,
            field,
            self._lines,
            self._words,
            _other_label(token),
            self._words - self._in_line >= _TEXT_WORDS,
            place=here,
            named=named,
            bound=self._is_bound(at),
        )
        self._begin()

    def _is_bound(self, at: int) -> bool:
        """Whether a value stands in brackets right behind a key: "Saturday (33 °C)"."""
        tokens = self._tokens
        behind = tokens.shape[at - 1 : at] == "," and tokens.shape[at - 2 : at - 1] in _KEY
        return behind and at > 1 and tokens[at - 1].value == "("

    def _ended_sky(self, label: int) -> bool:
        """Whether words end the line of a sky above a label: "Hot; drink enough⏎RealFeel 41°"."""
        ended = self._after_sky and self._lines > 0 and self._words == self._on_line
        return ended and label >= 0 and opens_line(self._tokens, label)

    def _is_named(self, at: int, label: int) -> bool:
        """Whether the words before a value name a place."""
        if not self._lines and (self._begun or self._tokens[at].kind is not Kind.CONDITION):
            return self._like == self._tokens[at].kind and is_behind_name(self._tokens, at)
        spoken = self._text.place[at] is not None
        first = self._sky if self._falls[0] == at else at  # "Fairview: Cloudy with rain"
        begins = _begins(self._tokens, first, label)
        return at in self._text.names or is_named(self._page, begins, spoken)

    def _closed(self) -> Iterator[Item]:
        """The key that can no longer grow, if there is one."""
        if self._key is not None:
            yield self._key
            self._key = None

    def _begin(self) -> None:
        """Begin to count what stands before the next item."""
        self._lines = self._words = self._in_line = 0
        self._titled, self._begun = False, True


_NONE: Final = (-1, 0)
_NOW: Final = When(None, Period.NOW)
_TEXT_WORDS: Final = 3

_AND, _BUT, _CLAUSE = "and", "but", ","
_LINKS: Final = (_AND, _BUT)
_OPENS_CLAUSE: Final = re.compile(r",[x.o]*\Z")
_LED_OVER: Final = 5  # tokens
_SKIPPED_LABELS: Final = frozenset({"other", "update"})

# Kinds as the letters of a shape.
_KEY: Final = "".join(sorted(KEYS))
_SAID: Final = "".join(sorted(KEYS | VALUES))
_NO_ITEM: Final = ",.oxfju"


def _other_label(token: Token) -> str:
    """The label that a condition can be as well: "Rain"."""
    if token.kind is not Kind.CONDITION or len(token.readings) == 1:
        return ""
    return next((str(r.value) for r in token.readings if r.kind is Kind.LABEL), "")


def _link(tokens: Tokens, at: int) -> str:
    """How a key goes on from the one before: "and", or "but" if a verb says something else of it.

    "Rain on Saturday and Sunday", "Rain on Tuesday, and Wednesday should be sunny". Or that it
    stands at the head of a clause: "5 to 8 degrees, while at night ...".
    """
    slash = tokens.shape.endswith("d,d", 0, at + 1) and tokens[at - 1].value == "/"
    if not (slash or (at and tokens.shape[at - 1] == "j") or is_joined(tokens, at)):
        return _CLAUSE if _OPENS_CLAUSE.search(tokens.shape, max(0, at - _LED_OVER), at) else ""
    return _BUT if is_at(tokens, at + 1, Kind.FILLER) and tokens[at + 1].value == "verb" else _AND


def _is_title(tokens: Tokens, at: int) -> bool:
    """Whether a key ends a line that names the day of a forecast: "Forecast for Monday 6 May:".

    Or all of its line is a short word and the day: "Per lunedì".
    """
    end = at + 1 + (sign_at(tokens, at + 1) == ":")
    if end < len(tokens) and tokens.shape[end] != "/":
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
