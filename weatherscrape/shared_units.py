"""Tokens in, the same out with the temperatures of parts of the day whose unit stands once.

"In the morning 5, in the afternoon 16 degrees" says degrees of both.
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
    return Tokens(out) if len(out) < len(tokens) or out != tokens else tokens


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
