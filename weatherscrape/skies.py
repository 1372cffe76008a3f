"""What falls from a sky that a sentence tells of first: the weather of "cloudy with showers"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .doubts import says_nothing
from .model import Condition, Kind, When
from .phenomena import in_sentence, is_phenomenon, is_sky
from .prose import Place
from .tokens import Tokens, one_sentence


def falls_from(tokens: Tokens, at: int, places: Sequence[Place | None], page: str) -> int:
    """Where the phenomenon stands that a sentence tells of behind the sky at a place.

    0: there is none. The row's weather is the gravest that its first sentence tells of.
    """
    sky = tokens[at].value
    if not (isinstance(sky, Condition) and is_sky(sky)):
        return 0
    found = _LINKED.match(tokens.shape, at + 1)
    if found and not any(tokens[i].value in _OF_ANOTHER for i in range(*found.span())):
        other = found.end() - 1
        return other if _is_phenomenon(tokens, other) else 0
    return _told_later(tokens, at, places, page)


# What else is said: "cloudy, and there will be rain", "mostly clear, with no rain".
_OF_ANOTHER: Final = frozenset({"verb", "negation"})

# "skies with scattered showers", "and from the west rain"
_LINKED: Final = re.compile("f*j[jf.]*(?:[x.Ww][jf.xWw]{0,5})?C")


def _told_later(tokens: Tokens, at: int, places: Sequence[Place | None], page: str) -> int:
    """As :func:`falls_from`, further on in the sentence.

    "Cloudy in the morning with patchy rain", "dry with clear spells, but the odd shower"; not
    "sunny by day, rain at night", "sunny, then rain" or "sunny, later cloudy and rain".
    """
    here, end = places[at], tokens[at].span.end
    found = _FURTHER.match(tokens.shape, at + 1)
    if found is None or not (here or in_sentence(page, end)):
        return 0
    linked = True  # behind a part of the day "with" has to follow
    parted = False  # by a comma, behind which another sky begins what comes later
    for other in range(*found.span()):
        value = tokens[other].value
        if places[other] != here or value in _ENDS:
            return 0
        match tokens.shape[other]:
            case Kind.WHEN:
                if not isinstance(value, When) or value.day is not None or not linked:
                    return 0
                linked = False
            case Kind.SEPARATOR:
                parted = True
            case Kind.CONNECTOR:
                linked = linked or value in _ADDS
            case Kind.CONDITION if _is_phenomenon(tokens, other):
                said = linked and one_sentence(page, end, tokens[other].span.start)
                return other if said and not says_nothing(tokens, other, page, False, True) else 0
            case Kind.CONDITION if parted:
                return 0
    return 0


_FURTHER: Final = re.compile("[xf.jlwWL,C]{1,20}C")
_ENDS: Final = frozenset(
    {"then", "negation", "within", ";", ":", "—", "-", "(", "|", "\t", "...", "…"}
)
_ADDS: Final = ("with", "besides")


def _is_phenomenon(tokens: Tokens, at: int) -> bool:
    """Whether a token is what falls; mist lies in some places, below the sky that is told of."""
    value = tokens[at].value
    return isinstance(value, Condition) and is_phenomenon(value) and value.slug not in _LYING


_LYING: Final = frozenset({"mist", "fog", "haze"})
