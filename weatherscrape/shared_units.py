"""Tokens in, the same out with temperatures of parts of a day or of places whose unit stands once.

"In the morning 5, in the afternoon 16 degrees" says degrees of both, and "Leeds – 8-12 degrees,
York – 7-13" too.
"""

from __future__ import annotations

import re
from typing import Final

from .model import OF_AIR, Kind, Pair, Quantity, Reading, Span, Token, When
from .tokens import Tokens

# A part of the day and what stands right behind it: one number or two, or degrees.
_OF_PART: Final = re.compile(r"w[.fxl]{0,4}(?:(n(?:[,jo]n)?)|[TP])")
_LINK: Final = re.compile(r"[.f]?[,j]{1,2}[.fx]{0,2}")


def with_shared_units(tokens: Tokens, page: str) -> Tokens:
    """Tokens, with bare numbers of a part as temperatures where the next part's number is one.

    "At dawn 7 to 14, in the afternoon 15 to 22 degrees": from the last part to the first.
    """
    out = list(tokens)
    following, unit = -1, None  # where the part behind begins, if it has degrees, and their unit
    for part in reversed(list(_OF_PART.finditer(tokens.shape))):
        start, end = part.span()
        linked = following >= 0 and _LINK.fullmatch(tokens.shape, end, following)
        when, last = tokens[start].value, tokens[end - 1]
        following = -1
        if not isinstance(when, When) or when.day is not None:
            continue
        if last.kind in OF_AIR or page[last.span.end - 1].isalpha():  # "10 fok"
            following, unit = start, _unit_of(last)
        elif linked and (degrees := _degrees(tokens[slice(*part.span(1))], unit)):
            out[slice(*part.span(1))] = [degrees]
            following = start
    return tokens if out == list(tokens) else Tokens(out)


# Degrees of a place and, behind commas, each further name with a dash and one number or two, which
# may look like hours: "18-24".
_OF_PLACES: Final = re.compile(
    r"[TP]((?:,[.xju]{1,5}(?:,[.xj]{1,3}){0,2},(?:n(?:,n)?|h)(?=[,/xj.]|\Z))+)"
)
_OF_PLACE: Final = re.compile(r",(n,n|n|h)(?!,n)")
_ENDS: Final = re.compile(r"(\d{1,2})[-–—](\d{1,2})")


def with_units_of_lists(tokens: Tokens, page: str) -> Tokens:
    """Tokens, with bare numbers of places as temperatures behind the one that has its unit.

    "In Leeds – 8-12 degrees, in York – 7-13, in Hull – 9-14": two places follow, or more.
    """
    out = list(tokens)
    for run in reversed(list(_OF_PLACES.finditer(tokens.shape))):
        unit = _unit_of(tokens[run.start()])
        told = [place.span(1) for place in _OF_PLACE.finditer(tokens.shape, *run.span(1))]
        degrees = [_behind_a_dash(tokens, range(*ends), unit, page) for ends in told]
        if len(told) < _FURTHER or None in degrees:
            continue
        for ends, value in zip(reversed(told), reversed(degrees), strict=True):
            out[slice(*ends)] = [value] if value else []
    return Tokens(out) if out != list(tokens) else tokens


_FURTHER: Final = 2  # places


def _behind_a_dash(tokens: Tokens, at: range, unit: str | None, page: str) -> Token | None:
    """One number or two as a temperature, if a dash parts them from a name: "York – 7-13"."""
    span = Span(tokens[at[0]].span.start, tokens[at[-1]].span.end)
    ends = _ENDS.fullmatch(page, *span)
    if page[slice(*tokens[at[0] - 1].span)] not in _DASHES or (len(at) > 1 and not ends):
        return None
    if ends is None:
        return _degrees([tokens[at[0]]], unit)
    first, second = (Quantity(float(end), unit) for end in ends.groups())
    rises = first.value < second.value <= _HOTTEST
    return Token(span, (Reading(Kind.PAIR, Pair(first, second)),)) if rises else None


_DASHES: Final = frozenset("-–—")


def _unit_of(token: Token) -> str | None:
    value = token.value.second if isinstance(token.value, Pair) else token.value
    return value.unit if isinstance(value, Quantity) else None


def _degrees(numbers: list[Token], unit: str | None) -> Token | None:
    """One number or two ends, with what stands between, as a temperature; None if they are not."""
    ends = [n.value for n in numbers if isinstance(n.value, Quantity)]
    if any(end.unit or end.low is not None or abs(end.value) > _HOTTEST for end in ends):
        return None
    of_unit = [Quantity(end.value, unit) for end in ends]
    span = Span(numbers[0].span.start, numbers[-1].span.end)
    if len(ends) == 1:
        return Token(span, (Reading(Kind.TEMPERATURE, of_unit[0]),))
    rises = ends[0].value < ends[-1].value
    return Token(span, (Reading(Kind.PAIR, Pair(*of_unit)),)) if rises else None


_HOTTEST: Final = 120.0  # in degrees of any scale
