"""The tokens of a window in, how much it speaks of the weather out.

"Sereno. Venti deboli. Temperature in calo." gives no number, and is a forecast all the same: a text
that names the sky, the wind and how warm it gets is about nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from .model import Condition, Kind, Token

_OF_COURSE: Final = 5  # subjects that a text about something else may have
_A_SUBJECT: Final = 0.6  # bits for each further one
_MOST: Final = 4.0


def topic_bits(tokens: Sequence[Token]) -> float:
    """The evidence that a text is about the weather: bits, by how many subjects of it it has.

    Examples
    --------
    >>> from weatherscrape import tokenize
    >>> topic_bits(tokenize("On Monday snow shut the school."))
    0.0
    >>> topic_bits(tokenize("Sunny, then rain. Winds light, highs near 50 F, humidity 40%, fog."))
    1.2
    """
    subjects = len(set(_subjects(tokens)))
    return round(min(_MOST, _A_SUBJECT * max(0, subjects - _OF_COURSE)), 1)


def _subjects(tokens: Sequence[Token]) -> Iterator[object]:
    """What each token is about: a sky, a column of the frame, a word for what is to come."""
    for token in tokens:
        kind, value = token.kind, token.value
        if kind in _MEASURES:
            yield _MEASURES[kind]
        elif not token.readings[0].languages:
            continue  # a picture, or a sign
        elif isinstance(value, Condition):
            yield value.slug
        elif value in _WORDS or (kind is Kind.LABEL and value not in _OF_ANYTHING):
            yield value


_MEASURES: Final = {
    Kind.SPEED: Kind.SPEED,
    Kind.TEMPERATURE: Kind.TEMPERATURE,
    Kind.PAIR: Kind.TEMPERATURE,
}
_WORDS: Final = frozenset({"verb", "sky", "wind", "title"})
_OF_ANYTHING: Final = frozenset({"time", "day", "update", "location", "other"})  # labels
