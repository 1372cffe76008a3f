"""Whether a token is a label here: "Rain: 2 mm" names what follows, "Rain" alone is the weather.

What a label can name must stand near; what it names is found later, in :mod:`weatherscrape.labels`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from .accepts import ACCEPTS, label_before, labelling, unit_after
from .data import units
from .model import DAILY, KEYS, VALUES, Kind, Reading, Token, When
from .tokens import (
    DELIMITERS,
    NEAR,
    Tokens,
    Window,
    as_filler,
    as_word,
    closes_line,
    is_at,
    kind_after,
    length,
    neighbour,
    opens_line,
    printed_size,
    read_as,
)
from .winds import is_blown


def label_or_not(window: Window, at: int) -> Token | None:
    """A label if a value that it can name is near: "Rain: 2 mm", "H 73"."""
    token = window[at]
    if is_at(window, at - 1, Kind.SPEED) and kind_after(window, at) == Kind.DIRECTION:
        return as_filler(token)  # "13 km/h ↑ from southwest"
    beside = _beside(window, at)
    if _is_of_minutes(window, at, beside) or _is_a_grade(window, at):
        return as_word(token)  # "45 min", "Sunburn index: Low."
    others = [r for r in token.readings if r.kind not in _OF_LABELS]
    if not others:  # a single letter, "H", "L"; or a word for two columns, "Precipitation"
        return _label_alone(window, at, beside)
    other = others[0]
    if other.kind is Kind.CONDITION:
        return _label_or_condition(window, at, beside, other)
    if other.kind is Kind.MODIFIER and beside.is_behind_percent:
        return labelling(token, Kind.PERCENT)  # "there is a 20% chance of | rain"
    if beside.fits and not any(r.kind in KEYS for r in token.readings):
        return read_as(token, Kind.LABEL)
    if beside.fits and other.kind is Kind.WEEKDAY and _is_one_extreme(window, at):
        return read_as(token, Kind.LABEL)  # "Min. 24° Max. 33°", but "Min" is Sunday in Indonesian
    if _is_part(other.value) and beside.is_beside_part:
        return Token(token.span, (other,))  # "Day | Evening | Night"
    page, end = window.page, token.span.end
    colon = _has_colon(page, end)
    in_line = beside.fits and beside.down == 0
    if in_line and (colon or page[end : end + 2].strip(" ")[:1] in DELIMITERS):
        return read_as(token, Kind.LABEL)  # "Day | Monday | Tuesday"
    if any(t.kind is Kind.LABEL for t in beside.tokens) and not colon:
        return read_as(token, Kind.LABEL)  # the head of a table
    return Token(token.span, (other,))


def _is_one_extreme(window: Tokens, at: int) -> bool:
    """Whether a label of a high or a low stands near one of the other."""
    own = {r.value for r in window[at].readings if r.value in DAILY}
    near = {t.value for t in window[max(0, at - _OTHER) : at + _OTHER] if t.kind is Kind.LABEL}
    return bool(own) and bool(near & (DAILY - own))


_OTHER: Final = 5  # tokens from the one to the other


def _is_part(value: object) -> bool:
    """Whether a word for a time is one for a part of the day, whichever day it is."""
    return isinstance(value, When) and value.day is None


_OF_LABELS: Final = frozenset({Kind.LABEL, Kind.MARK})


class _Beside(NamedTuple):
    """What stands beside a token that may be a label.

    `label`: what it names if so. `named` is the token before it, `up` lines above, and `value` the
    one behind it, `down` lines below, which `fits` if the label can name it.
    """

    label: Reading
    accepts: tuple[Kind, ...]
    named: Token | None
    before: int
    up: int
    value: Token | None
    after: int
    down: int
    fits: bool

    @property
    def tokens(self) -> list[Token]:
        return [t for t in (self.named, self.value) if t is not None]

    @property
    def is_beside_part(self) -> bool:
        before = self.named is not None and _is_part(self.named.value) and self.up == 0
        return before or (self.value is not None and _is_part(self.value.value) and self.down == 0)

    @property
    def is_behind_percent(self) -> bool:
        return self.named is not None and self.named.kind is Kind.PERCENT and self.up == 0


def _beside(window: Window, at: int) -> _Beside:
    after, down = neighbour(window, at, 1)
    before, up = neighbour(window, at, -1)
    named = window.settled[before] if before >= 0 else None
    if after < len(window):
        value = window[after]
        label = label_before(window[at], value.kind)
        accepts = ACCEPTS.get(str(label.value), ())
        fits = down <= 1 and value.kind in accepts
        return _Beside(label, accepts, named, before, up, value, after, down, fits)
    label = next(r for r in window[at].readings if r.kind is Kind.LABEL)
    accepts = ACCEPTS.get(str(label.value), ())
    return _Beside(label, accepts, named, before, up, None, after, down, False)


def _is_of_minutes(window: Window, at: int, beside: _Beside) -> bool:
    """Whether a label of the lowest temperature is that of minutes: "45 min"."""
    if beside.label.value != "temperature_min" or beside.named is None or beside.up:
        return False
    printed = window.page[slice(*window[at].span)]
    return beside.named.kind is Kind.NUMBER and printed in ("min", "min.")


def _is_a_grade(window: Window, at: int) -> bool:
    """Whether a high or a low is what the name before a colon grades, and ends its line."""
    if not is_at(window, at - 1, Kind.SEPARATOR) or window[at - 1].value != ":":
        return False
    end = window[at].span.end
    after = window.page[end : end + 2]
    return is_at(window, at - 2, Kind.WORD) and after.lstrip(".")[:1] in ("", "\n")


def _last_filler(window: Tokens, at: int) -> int:
    """The last token behind a label that says nothing: "Rain | (3h) | : 0.4 mm"."""
    while window.shape[at + 1 : at + 2] == ".":
        at += 1
    return at


def _has_colon(page: str, end: int) -> bool:
    return page[end : end + 1] in (":", "：") or page[end : end + 2] in (" :", '":')


def _label_alone(window: Window, at: int, beside: _Beside) -> Token:
    """A token that is a label, or nothing."""
    token, page = window[at], window.page
    if beside.label.value == "wind_gusts" and length(token) == 1 and not is_blown(window, at):
        return as_word(token)
    size = printed_size(token, page)
    unit = unit_after(window, at)
    if unit or size > _LETTER:
        near = beside.named if beside.named and beside.up == 0 and beside.down else beside.value
        kind = units()[unit].kind if unit else near.kind if near else Kind.WORD
        return labelling(token, kind) if kind in VALUES else token
    if any(t.kind is Kind.LABEL and printed_size(t, page) > _LETTER for t in beside.tokens):
        return token
    if size == _LETTER:
        behind = beside.named is not None and beside.named.kind in beside.accepts
        return token if beside.fits or (behind and beside.up == 0) else as_word(token)  # "11 UV"
    return token if beside.fits and beside.down == 0 else as_word(token)


_LETTER: Final = 2  # the size of one of an unspaced script


def _label_or_condition(
    window: Window, at: int, beside: _Beside, condition: Reading
) -> Token | None:
    """ "Rain" is a label before what it can name, else a condition."""
    token, value, named = window[at], beside.value, beside.named
    if window.page.startswith(". ", token.span.start - 2):
        named = None  # "Seas 4 to 6 feet. | Chance of rain."
    colon = _has_colon(window.page, window[_last_filler(window, at)].span.end)
    column = at > 0 and window[at - 1].value in DELIMITERS
    if column and _closes_cell(window, at) and _opens_with_key(window, at):
        return Token(token.span, (condition,))  # "kl. 15 | 9° | Rain | 2.1 mm"
    if named and named.kind is Kind.LABEL and named.value == "condition" and not column:
        return Token(token.span, (condition,))
    if beside.is_behind_percent and opens_line(window, beside.before) and closes_line(window, at):
        return labelling(token, Kind.PERCENT)  # "20% chance of rain" on a line of its own
    if all(Kind.LABEL in [r.kind for r in t.readings] for t in beside.tokens) and not colon:
        return read_as(token, Kind.LABEL)  # the head of a table
    if window.shape[max(0, at - 2) : at] == "ll" and kind_after(window, at) in KEYS and not colon:
        return read_as(token, Kind.LABEL)  # "Hour | Temperature | Wind | Rain 07:00 3°C ..."
    if closes_line(window, at) and _HEAD.search(window.shape, max(0, at - _HEADS), at):
        return read_as(token, Kind.LABEL)  # "Temp Air Wind | Rain⏎"
    if colon and value is not None and value.kind is Kind.QUANTITY and beside.down == 0:
        return read_as(token, Kind.LABEL)  # "Rain: 0.2 mm/h"
    ends = window.page[token.span.end : token.span.end + 1] in _STOPS  # "Sunshine. High 54"
    length_follows = value is not None and value.kind in _NOT_STORED and not ends
    if beside.label.value == "other" and length_follows and beside.down == 0:
        return read_as(token, Kind.LABEL)  # "Sunshine max. 3 h"
    if window.shape.endswith("L.", 0, at):
        return Token(token.span, (condition,))  # "2 to 4 cm of | snow"
    if named and named.kind in _MEASURED and named.kind in beside.accepts and beside.up <= 1:
        return read_as(token, Kind.LABEL)
    if named and named.kind is Kind.LENGTH and is_at(window, at - 1, Kind.LENGTH):
        return labelling(token, Kind.LENGTH)  # "0in rain, 72% humidity"
    listed = at > 0 and window[at - 1].value == ","
    if listed and window.shape.startswith(",%", at + 1) and window[at + 1].value == "(":
        return Token(token.span, (condition,))  # "Cloudy, | Rain | (70%), Breezy"
    unit = unit_after(window, at)
    if unit:
        return labelling(token, units()[unit].kind)  # "Rain (mm)"
    if value is None or not beside.fits:
        parted = window.page.startswith("  ", token.span.end) and beside.down == 0
        if beside.is_behind_percent and parted and value and value.kind is Kind.CONDITION:
            return labelling(token, Kind.PERCENT)  # "10% rain   Overcast"
        return Token(token.span, (condition,))
    verb = any(window[i].value == "verb" for i in range(at + 1, beside.after))
    verb = verb and beside.label.value == "precipitation_probability"
    if value.kind is Kind.PERCENT and verb and beside.down == 0:
        return labelling(token, Kind.PERCENT)  # "the chance of rain will be 30%"
    counted = value.kind is not Kind.NUMBER
    second, _ = neighbour(window, beside.after, 1)
    many = second < len(window) and window[second].kind is value.kind
    paired = beside.down == 0 or _PAIRS.search(window.shape, max(0, at - _PAIR), at)
    sure = colon or (counted and many) or (value.kind in _MEASURED and paired)
    if sure or (counted and _labels_often(window, at, beside.accepts)):
        return labelling(token, value.kind)
    return Token(token.span, (condition, beside.label))


_HEAD: Final = re.compile(r"(?:\A|/)l{1,3}x?l{1,3}\Z")
_HEADS: Final = 8  # tokens of a line of heads
# A label and its value below it: "gusts⏎37 km/h⏎rain⏎0.2 mm".
_PAIR: Final = 4
_PAIRS: Final = re.compile("l/[TSpL%n]/\\Z")


def _closes_cell(window: Window, at: int) -> bool:
    return is_at(window, at + 1, Kind.SEPARATOR) and window[at + 1].value in DELIMITERS


def _opens_with_key(window: Window, at: int) -> bool:
    """Whether the line of a cell begins with a day or an hour, a few cells before."""
    shape = window.shape[max(0, at - _CELLS) : at]
    return shape.rpartition("/")[2][:1] in KEYS and ("/" in shape or at <= _CELLS)


_CELLS: Final = 12  # tokens of the cells before one for the sky
_STOPS: Final = (",", ".", "।", ";")
_NOT_STORED: Final = (Kind.LABEL, Kind.QUANTITY, Kind.NUMBER)
_MEASURED: Final = (Kind.LENGTH, Kind.SPEED, Kind.DIRECTION)


def _labels_often(tokens: Tokens, at: int, accepts: Sequence[Kind]) -> bool:
    """Whether the same words stand several times near, each time before such a value.

    And no other sky does: "Sunny⏎10%⏎Rain⏎60%⏎Fog⏎20%⏎Rain⏎70%".
    """
    near = range(max(0, at - NEAR), min(len(tokens), at + NEAR))
    same = [i for i in near if tokens[i].readings == tokens[at].readings]
    skies = [i for i in near if tokens.shape[i] == "C" and len(tokens[i].readings) == 1]
    named, others = ([_is_before(tokens, i, accepts) for i in of] for of in (same, skies))
    return len(same) > 1 and all(named) and not any(others)


def _is_before(tokens: Tokens, at: int, accepts: Sequence[Kind]) -> bool:
    following, _ = neighbour(tokens, at, 1)
    return following < len(tokens) and tokens[following].kind in accepts
