"""Temperatures that a verb makes the low or the high: "temperatures will slowly fall to 7 °C"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from .accepts import Named
from .data import languages
from .model import Kind, Period, Quantity, When
from .prose import Place, sentences
from .tokens import Tokens

_OVER: Final = 50  # characters from a verb to its temperature


def by_verbs(
    tokens: Tokens, places: Sequence[Place | None], named: Named, page: str
) -> Iterator[tuple[int, str]]:
    """Temperatures that no label names but "temperature", and what the verb before them does.

    How warm it gets at night is no high of the day.
    """
    for sentence in sentences(places):
        label = next((i for i in sentence if _is_of_temperatures(tokens, i)), None)
        if label is None:
            continue
        verb = _verb(tokens[label].readings[0].languages)
        when = [tokens[i].value for i in sentence if tokens.shape[i] == Kind.WHEN]
        night = any(isinstance(value, When) and value.period is Period.NIGHT for value in when)
        start = tokens[sentence[0]].span.start
        told = ""  # of the temperature before: "will rise to 25 °C on Friday, to 29 °C on Saturday"
        for at in sentence:
            field = named.get(at, ("", -1))[0]
            if field not in ("", "temperature") or not _is_one_temperature(tokens, at, field):
                continue
            end = tokens[at].span.start
            if found := verb.match(page, max(start, end - _OVER), end):
                told = "temperature_min" if found["falls"] else "" if night else "temperature_max"
            if told:
                yield at, told


def _is_of_temperatures(tokens: Tokens, at: int) -> bool:
    """Whether a token is a label for temperatures, which says not which ones."""
    return tokens.shape[at] == Kind.LABEL and tokens[at].value == "temperature"


def _is_one_temperature(tokens: Tokens, at: int, field: str) -> bool:
    """Whether a token is a temperature, and no range: that has both ends of a day."""
    value, kind = tokens[at].value, tokens.shape[at]
    warm = kind == Kind.TEMPERATURE or (kind == Kind.NUMBER and field)
    return isinstance(value, Quantity) and value.low is None and bool(warm)


@cache
def _verb(codes: frozenset[str]) -> re.Pattern[str]:
    """The last verb before a number, but where the number is a difference: "falls by 5 °C"."""
    tendency = [languages()[code].sections.get("tendency", {}) for code in sorted(codes)]
    falls, rises, by = (
        "|".join(re.escape(form) for forms in tendency for form in forms.get(key, ())) or "(?!)"
        for key in ("falls", "rises", "by")
    )
    return re.compile(
        rf".*\b(?:(?P<falls>{falls})|(?P<rises>{rises}))\b(?![^\n]*\b(?:{by}) ?\Z)[^\d.,;]*\Z",
        re.IGNORECASE | re.DOTALL,
    )
