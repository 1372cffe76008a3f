"""The place that a snippet names: a short line of names right before its first value.

Wrong is worse than missing: the line must hold nothing but capitalised words and words of weather
("Weather in Carrow", "Carrow - Weather"), and it must touch the snippet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .model import KEYS, Kind, Row, Token

_MOST_WORDS: Final = 4
_MOST_LINES: Final = 3  # between the name and the first value
_COUNTRY: Final = re.compile(r", ?[A-Z][A-Za-z]+$")  # "Nantes, FR", "Poltava, Ukraine"
_AROUND: Final = frozenset({Kind.FILLER, Kind.SEPARATOR, Kind.LABEL, Kind.WHEN})


def location(page: str, rows: Sequence[Row], tokens: Sequence[Token]) -> str | None:
    """The place named before the first of `rows`, if one is.

    Parameters
    ----------
    page
        The page as given.
    rows
        The rows of a snippet.
    tokens
        Tokens of the window that the snippet stands in.

    Returns
    -------
    str or None
        The name as printed.
    """
    start = rows[0].span.start
    lines = _lines([token for token in tokens if token.span.end <= start])
    for distance, line in enumerate(reversed(lines)):
        if distance > _MOST_LINES:
            break
        name = _name(page, line)
        if name is None:
            continue
        sure = _COUNTRY.search(name) or any(token.kind is Kind.FILLER for token in line)
        if sure or (rows[0].key is None and distance < 2):
            return name
    return None


def _lines(tokens: Sequence[Token]) -> list[list[Token]]:
    """Tokens line by line; a blank line is a line without tokens."""
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind is Kind.BREAK:
            lines += [[] for _ in range(token.value if isinstance(token.value, int) else 1)]
        else:
            lines[-1].append(token)
    return lines


def _name(page: str, line: Sequence[Token]) -> str | None:
    """The name that a line consists of, if it does."""
    words = [i for i, token in enumerate(line) if token.kind is Kind.WORD]
    if not words or len(words) > _MOST_WORDS:
        return None
    first, last = words[0], words[-1]
    outside = [*line[:first], *line[last + 1 :]]
    if any(token.kind not in _AROUND | KEYS for token in outside):
        return None
    printed = [page[slice(*line[i].span)] for i in words]
    name = page[line[first].span.start : line[last].span.end]
    if all(not word[0].islower() for word in printed) and not any(c.isdigit() for c in name):
        return name
    return None
