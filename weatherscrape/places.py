"""The place that a snippet names: a short line of names right before its first value.

Wrong is worse than missing: the line must hold nothing but capitalised words and words of weather
("Weather in Carrow", "Carrow - Weather"), and it must touch the snippet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .model import KEYS, VALUES, Kind, Token
from .names_in_text import IN_NAMES
from .tokens import is_picture

_MOST_WORDS: Final = 4
_MOST_LINES: Final = 3  # between the name and the first value
_STATE: Final = re.compile(r", ?[A-Z]{2}\b")  # "Pembry, ON": a state may be a word as well
_COUNTRY: Final = re.compile(r", ?[A-Z][A-Za-z]+$")  # "Nantes, FR", "Poltava, Ukraine"
_ASKS: Final = re.compile(r"\s?[?？؟;]")  # Greek asks with a semicolon
_OF_NO_NAME: Final = ("nowhere", "front", "verb")
_AROUND: Final = frozenset({Kind.FILLER, Kind.SEPARATOR, Kind.LABEL, Kind.WHEN})


def location(page: str, before: Sequence[Token], now: bool, among: bool) -> str | None:
    """The place named right before a snippet, if one is.

    Parameters
    ----------
    page
        The page as given.
    before
        The tokens before the snippet's first value or key, as far as they can matter.
    now
        Whether the snippet begins with the present weather: places stand on top of that.
    among
        Whether it tells of one of several places below a day: a blank line may be below its name.

    Returns
    -------
    str or None
        The name as printed.
    """
    for distance, line in enumerate(reversed(_lines(before))):
        if distance > _MOST_LINES:
            break
        name = _name(page, line) or (_heading(page, line) if among and now else None)
        if name is None:
            said = any(token.kind in _OF_NO_HEADING for token in line)
            if said and among and distance:
                break  # what stands above its own line is of another place
            continue
        sure = _COUNTRY.search(name) or any(map(_is_of_weather, line))
        if sure or (now and distance < 2 + among):
            return name
    return None


def _heading(page: str, line: Sequence[Token]) -> str | None:
    """A name with a colon behind it that may have points and labels: "Western Cape: cloudy"."""
    colon = next((i for i, token in enumerate(line) if token.value == ":"), 0)
    words = [page[slice(*token.span)] for token in line[:colon]]
    said = any(map(_is_of_no_heading, line[:colon]))
    if said or not words or not words[0][0].isupper():
        return None
    if any(word[0].islower() and len(word) > _SHORT for word in words):
        return None
    return page[line[0].span.start : line[colon - 1].span.end]


def _is_of_no_heading(token: Token) -> bool:
    """Whether a token says something, as no word of a name does: "Forecast: cloudy"."""
    label = token.kind is Kind.LABEL and token.value not in IN_NAMES
    return label or token.kind in _OF_NO_HEADING or token.value in _TITLES


_TITLES: Final = frozenset({"condition", "title"})
_OF_NO_HEADING: Final = (VALUES - {Kind.DIRECTION}) | KEYS
_SHORT: Final = 3  # letters of "and"


def _is_of_weather(token: Token) -> bool:
    """Whether a token is a word such as "weather" or "forecast", which stands beside the place."""
    return token.kind is Kind.FILLER or token.value == "condition"


def _lines(tokens: Sequence[Token]) -> list[list[Token]]:
    """Tokens line by line; a blank line is a line without tokens."""
    lines: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind is Kind.BREAK:
            lines += [[] for _ in range(token.value if isinstance(token.value, int) else 1)]
        else:
            lines[-1].append(token)
    return lines


def _parts(token: Token) -> bool:
    """Whether a token stands between names, and in none."""
    return is_picture(token) or token.kind in KEYS or token.value == "title"


def _is_sky(page: str, token: Token) -> bool:
    """Whether a token is a sky in lower case, which no name has: "In the north cloudy. Leeds"."""
    return token.kind is Kind.CONDITION and page[token.span.start].islower()


def _with_points(line: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The ends of a name with the points and days that are letters of it: "東京", "金沢"."""
    while first and _is_point(line[first - 1], line[first - 1 : first + 1]):
        first -= 1
    while last + 1 < len(line) and _is_point(line[last + 1], line[last : last + 2]):
        last += 1
    return first, last


def _is_point(token: Token, both: Sequence[Token]) -> bool:
    """Whether a token is a compass point or the letter of a day, and touches the one beside it."""
    letter = token.kind is Kind.WEEKDAY and token.span.end - token.span.start == 1
    return (token.kind is Kind.DIRECTION or letter) and both[0].span.end == both[1].span.start


def _name(page: str, line: Sequence[Token]) -> str | None:
    """The name that a line consists of, if it does."""
    words = [i for i, token in enumerate(line) if token.kind is Kind.WORD]
    if not words or len(words) > _MOST_WORDS:
        return None
    first, last = _with_points(line, words[0], words[-1])
    outside = [*line[:first], *line[last + 1 :]]
    if any(token.kind is Kind.TIME for token in outside):
        return None  # "10:03 PM EDT Mon Apr 27"
    if any(token.kind not in _AROUND | KEYS and not is_picture(token) for token in outside):
        return None
    if any(token.value in _OF_NO_NAME for token in line):
        return None  # "Latest forecast", "Forecast from the Met Office", "A cold front nears Leeds"
    if any(_parts(token) or _is_sky(page, token) for token in line[words[0] : words[-1]]):
        return None  # "Good morning! ☀️ The forecast for today in Oxwich"
    printed = [page[slice(*line[i].span)] for i in words]
    end = line[last].span.end
    name = page[line[first].span.start : end]
    name += ")" * (name.count("(") > name.count(")") and page.startswith(")", end))
    if any(word[0].islower() for word in printed) or any(c.isdigit() for c in name):
        return None
    if _ASKS.match(page, line[-1].span.end):
        return None  # "How will the weather be on Thursday?"
    state = _STATE.match(page, line[last].span.end)
    return name + state.group() if state else name
