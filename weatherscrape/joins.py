"""Tokens in, fewer tokens out: neighbours that make one value become one token.

Number and unit, the two ends of a range, a word and its hour, day and month, "chance of" and "light
rain". Each join looks at the tokens from one place on and takes a run of them, or none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from .model import (
    Kind,
    Quantity,
    Reading,
    Span,
    Token,
)
from .phenomena import condition_at
from .quantities import (
    RATES,
    TENDENCY,
    barometer_at,
    beaufort_at,
    double_at,
    quantity_at,
    rate_at,
    twice_at,
)
from .ranges import RANGE_SIGNS, THIRDS, below_zero, range_at, signed_at, teens_at, tens_at
from .tokens import mark_at
from .whens import HOUR_WORDS, clock, date
from .winds import compound_at, letters_at


def joined(tokens: list[Token], text: str) -> list[Token]:
    """`tokens` with every run that makes one value made one token.

    `text` is the folded window.
    """
    shape = _shape(tokens)
    hints = _hints(tokens, shape)
    for rule in _RULES:
        if rule.hints is not None and hints.isdisjoint(rule.hints):
            continue
        if rule.applies is not None and not rule.applies(tokens, text):
            continue
        joint = _joined(tokens, rule, shape, text)
        if joint is not tokens:
            tokens, shape = joint, _shape(joint)
    return below_zero(tokens) if "frost" in hints else tokens


# --- shapes: where a join can apply ---------------------------------------------------------------

Join = Callable[[Sequence[Token], int, str], tuple[int, tuple[Reading, ...]] | None]


class _Rule(NamedTuple):
    """A join, and where it is tried: it takes no run of tokens anywhere else.

    `where` is an expression over a shape that matches where a run may begin. A token that can be of
    one of some kinds is written "<no>", a separator that can part the ends of a range "<~>", a plus
    "<+>", any other separator "<,>".
    """

    join: Join
    where: str
    hints: frozenset[str] | None = None  # a window needs one of these
    applies: Callable[[Sequence[Token], str], bool] | None = None  # what else it needs


def _shape(tokens: Sequence[Token]) -> str:
    """One letter a token: that of its kind, or one for all tokens of the same kinds."""
    return "".join(
        [
            token.kind
            if len(token.readings) == 1 and token.kind is not _SEPARATOR
            else _letter(token.readings)
            for token in tokens
        ]
    )


@lru_cache(maxsize=1 << 10)
def _letter(readings: tuple[Reading, ...]) -> str:
    """The letter of a token that is a separator, or of several kinds."""
    kinds = "".join(dict.fromkeys(_letter_of(reading) for reading in readings))
    if len(kinds) == 1:
        return kinds
    return _MIXED.setdefault(kinds, chr(_FIRST_MIXED + len(_MIXED)))


def _letter_of(reading: Reading) -> str:
    if reading.kind is not _SEPARATOR:
        return reading.kind
    return "~" if reading.value in RANGE_SIGNS else "+" if reading.value == "+" else ","


_MIXED: Final[dict[str, str]] = {}  # the letters of tokens of several kinds, as they are met
_FIRST_MIXED: Final = 0x4E00


@lru_cache(maxsize=1 << 6)
def _compiled(where: str, mixed: int) -> re.Pattern[str]:
    """The expression of a rule, when so many letters of several kinds are known."""
    letters = list(_MIXED.items())[:mixed]

    def one_of(kinds: re.Match[str]) -> str:
        more = (letter for of, letter in letters if not set(of).isdisjoint(kinds[1]))
        return f"[{re.escape(kinds[1])}{''.join(more)}]"

    return re.compile(re.sub("<([^>]*)>", one_of, where))


def _hints(tokens: Sequence[Token], shape: str) -> set[str]:
    """What the marks of a window do ("range", "hour"...), and the kind of months if it has any."""
    hints: set[str] = set()
    read: set[int] = set()
    for found in _compiled("<om>", len(_MIXED)).finditer(shape):
        readings = tokens[found.start()].readings
        if id(readings) not in read:
            read.add(id(readings))
            hints.update([str(value) if kind is Kind.MARK else kind for kind, value, _ in readings])
    return hints


# To look a member of an enum up takes longer than all that is done with these.
_NUMBER: Final = Kind.NUMBER
_SEPARATOR: Final = Kind.SEPARATOR
_DECADES: Final = frozenset({Kind.NUMBER, Kind.MARK})


def _joined(tokens: list[Token], rule: _Rule, shape: str, text: str) -> list[Token]:
    """`tokens` with every run that a join takes made one token, from left to right."""
    join = rule.join
    out: list[Token] = []
    done = 0
    for place in _compiled(rule.where, len(_MIXED)).finditer(shape):
        at = place.start()
        if at >= done and (taken := join(tokens, at, text)):
            out += tokens[done:at]
            done, readings = taken
            span = Span(tokens[at].span.start, tokens[done - 1].span.end)
            out.append(Token(span, readings))
    return [*out, *tokens[done:]] if done else tokens


_MEASURES: Final = frozenset(
    {Kind.TEMPERATURE, Kind.SPEED, Kind.PRESSURE, Kind.LENGTH, Kind.PERCENT, Kind.QUANTITY}
)


def _has_decades(tokens: Sequence[Token], text: str) -> bool:
    """Whether there is a number like "50s" or "mid-50", or "teens"."""
    decades = [t.kind in _DECADES and text[t.span.end - 1] in "sS" for t in tokens]
    return any(decades) or any(mark_at(tokens, at) == "mid" for at in range(len(tokens)))


def _has_tendency(tokens: Sequence[Token], text: str) -> bool:
    """Whether a text with labels has a number with a letter like "29.80S"."""
    return TENDENCY.search(text) is not None and any(
        [reading.kind is Kind.LABEL for token in tokens for reading in token.readings]
    )


def _has_two_units(tokens: Sequence[Token], _: str) -> bool:
    """Whether values of one kind are printed in more than one unit."""
    units: dict[Kind, str] = {}
    for token in tokens:
        if token.kind in _MEASURES and isinstance(token.value, Quantity):
            unit = token.value.unit
            if unit and units.setdefault(token.kind, unit) != unit:
                return True
    return False


_RULES: Final = (
    _Rule(beaufort_at, "<o>(?=<n>)", frozenset({"force"})),
    _Rule(tens_at, "<o>(?=<jno~/>)", frozenset(THIRDS), _has_decades),
    _Rule(teens_at, "<o>", frozenset({"teens"})),
    _Rule(clock, "<o>(?=<onh>)|<nh>(?=<o>)", HOUR_WORDS),
    # A sign and a number, or a number and a unit, which may stand on its own line, be that of
    # "4 (9) m/s", or stand behind the second part of "1 015 hPa".
    # A letter behind inches of mercury, and "5 below".
    _Rule(barometer_at, "<n>(?=.)", applies=_has_tendency),
    _Rule(quantity_at, "<~+o>(?=<n>)|<n>(?=<o>|(?:<,>|/)?<u>|<,><,~+>?<n>.<u>|<n><u>)"),
    _Rule(double_at, "<TSpL%q>(?=/?<,~+>*<TSpL%q>)", applies=_has_two_units),
    _Rule(range_at, "<TSpL%qn-h>(?=/*<~o>)|<nT>(?=<,>)"),
    _Rule(signed_at, "<nT>(?=<+>?<nT>)"),
    _Rule(rate_at, "<o>(?=<L>)", frozenset(RATES)),
    _Rule(double_at, "<SpL>(?=<,~>*<SpL>)", applies=_has_two_units),  # of ranges
    _Rule(compound_at, "<W>(?=<~>?<W>)"),
    _Rule(letters_at, "<W>(?=<W>)"),
    _Rule(twice_at, "<n>(?=<,><n><,>)"),
    _Rule(date, "<m>(?=<n>)|<n>(?=<o,~+/mn>)", frozenset({"day", Kind.MONTH})),
    _Rule(condition_at, "<C>(?=<fj>)|<f>(?=<Cfj/>|<w><C>)"),
)
