"""Tokens in, the same tokens in one language out.

Words mean different things in different languages: "mar" is a Tuesday or a month, "SO" south-east
or south-west. A widget is written in one language, and its own words tell which: each votes for the
languages that have it. A word that the chosen language does not have keeps its meaning in another
only if it is long enough to be no accident, or if that language has votes of its own.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from .data import languages
from .model import Kind, Reading, Token, Weekday

# How much a word says about its language, by kind: (with more than three letters, with fewer).
_WEIGHTS: Final = {
    Kind.CONDITION: (1.0, 0.4),
    Kind.LABEL: (1.0, 0.2),
    Kind.WEEKDAY: (0.8, 0.2),
    Kind.WHEN: (0.6, 0.2),
    Kind.MONTH: (0.8, 0.2),
    Kind.UNIT: (0.4, 0.4),
    Kind.MODIFIER: (0.2, 0.05),
    Kind.FILLER: (0.1, 0.02),
    Kind.DIRECTION: (0.2, 0.05),
}
_NO_WEIGHT: Final = (0.0, 0.0)
_LONG: Final = 4
_STRIP: Final = 1.0  # for a language in which a weekday is the day after the one before
_AFTER_ALL: Final = 0.3  # English, where nothing else tells: so many widgets are
_SECOND: Final = 0.3  # share of the first language's votes that make a second one credible


def votes(tokens: Sequence[Token]) -> dict[str, float]:
    """Languages of a window with what speaks for each."""
    words: dict[int, Token] = {}  # a word said twice tells no more
    for token in tokens:
        if token.readings[0].languages:
            words.setdefault(id(token.readings), token)
    found: defaultdict[str, float] = defaultdict(float)
    seen: set[tuple[Reading, ...]] = set()
    for token in words.values():
        readings = token.readings
        if readings not in seen:
            seen.add(readings)
            for code, weight in _ballot(readings, token.span.end - token.span.start >= _LONG):
                found[code] += weight
    if len(found) > 1:
        _add_strips(tokens, found)
    if "en" in found:
        found["en"] += _AFTER_ALL
    return found


@lru_cache(maxsize=1 << 12)
def _ballot(readings: tuple[Reading, ...], long: bool) -> tuple[tuple[str, float], ...]:
    """The languages that a word speaks for, with how much it does."""
    return tuple(
        (code, _WEIGHTS.get(kind, _NO_WEIGHT)[not long] / len(codes) ** 0.5)
        for kind, _, codes in readings
        for code in codes
    )


def _add_strips(tokens: Sequence[Token], found: dict[str, float]) -> None:
    """Votes for the languages in which the weekdays go on day by day."""
    last: dict[str, int] = {}
    for token in tokens:
        if token.kind is not Kind.WEEKDAY and len(token.readings) == 1:
            continue
        for kind, value, codes in token.readings:
            if kind is Kind.WEEKDAY and isinstance(value, Weekday):
                day = value.number
                for code in codes:
                    if code in last and (day - last[code]) % 7 == 1:
                        found[code] += _STRIP / len(codes) ** 0.5
                    last[code] = day


def infer(tokens: Sequence[Token]) -> str | None:
    """BCP 47 code of the language of a window, None if no word tells."""
    found = votes(tokens)
    return _first(found) if found else None


def credible(found: Mapping[str, float]) -> frozenset[str]:
    """The languages that a window with these votes can be in.

    In one in Latin letters any words in others are: a program has English names for its values.
    """
    most = max(found.values(), default=0.0)
    latin = bool(found) and _is_latin(_first(found))
    return frozenset(
        code
        for code, vote in found.items()
        if vote >= _SECOND * most or (latin and not _is_latin(code))
    )


@cache
def _is_latin(code: str) -> bool:
    """Whether a language is written in Latin letters, if only by some."""
    days = languages()[code].sections["weekday"].values()
    return any(unicodedata.name(form[0]).startswith("LATIN") for form in chain(*days))


def one_language(tokens: Sequence[Token], found: Mapping[str, float]) -> list[Token]:
    """`tokens` with the readings of the window's own language, where they have any.

    Examples
    --------
    >>> from weatherscrape.extract import tokenize
    >>> token, = tokenize("Wed")
    >>> token.readings[0].value, token.readings[0].languages
    (<Weekday.WED: 'wed'>, frozenset({'en'}))
    """
    if not found:
        return list(tokens)
    first = _first(found)
    spoken = credible(found)
    out = list(tokens)
    for at, token in enumerate(tokens):
        readings = token.readings
        if len(readings) == 1 and not readings[0].languages:
            continue
        own = _own(readings, first)
        if len(own) != len(readings):
            out[at] = Token(token.span, own) if own else _foreign(token, spoken, found)
    return out


@lru_cache(maxsize=1 << 12)
def _own(readings: tuple[Reading, ...], first: str) -> tuple[Reading, ...]:
    """What a word means in one language."""
    return tuple(r for r in readings if not r.languages or first in r.languages)


def _first(found: Mapping[str, float]) -> str:
    """The language with the most votes."""
    return min(found, key=lambda code: (-round(found[code], 6), code))


def _foreign(token: Token, spoken: frozenset[str], found: Mapping[str, float]) -> Token:
    """A token that the first language does not have, as the likeliest other one has it."""
    size = token.span.end - token.span.start
    printed = _is_point if size <= _POINT else _is_month
    if known := tuple(filter(printed, token.readings)):
        return Token(token.span, known)
    others = {code for r in token.readings for code in r.languages}
    best = max(sorted(others), key=lambda code: found[code])
    kept = tuple(r for r in token.readings if best in r.languages)
    trusted = kept[0].kind in _TRUSTED and size >= _LONG and best == "en"
    own = dict(_ballot(token.readings, size >= _LONG)).get(best, 0.0)
    if (best in spoken and found[best] > own) or trusted:  # "40 cars", a Turkish Wednesday
        return Token(token.span, kept)
    return Token(token.span, (Reading(Kind.WORD),))


_TRUSTED: Final = frozenset({Kind.CONDITION, Kind.LABEL, Kind.UNIT})  # that programs print
_POINT: Final = 3  # letters of a compass point that all languages print so: "NW", "SSE"


def _is_point(reading: Reading) -> bool:
    """Whether a word is one of those that :func:`_is_month` finds, or an English compass point."""
    return (reading.kind is Kind.DIRECTION and "en" in reading.languages) or _is_month(reading)


def _is_month(reading: Reading) -> bool:
    """Whether a word is an English month, as programs print them in pages of any language."""
    return reading.kind is Kind.MONTH and "en" in reading.languages
