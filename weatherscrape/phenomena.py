"""Tokens that say one condition together: "chance of", "light" and "rain", "cloudy" and "fog".

A run of tokens is taken from one place on, or none; :mod:`weatherscrape.joins` tries it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .data import rank
from .model import (
    Condition,
    Intensity,
    Kind,
    Likelihood,
    Period,
    Reading,
    Token,
    When,
)
from .tokens import is_at, one_sentence, reading_at

_COLUMNS: Final = "   "  # what stands between two columns at least


def condition_at(
    tokens: Sequence[Token], at: int, text: str
) -> tuple[int, tuple[Reading, ...]] | None:
    """modifier* phrase (connector modifier* phrase)* modifier*: the gravest phenomenon counts."""
    counted = is_at(tokens, at - 1, Kind.PERCENT) and is_at(tokens, at - 2, Kind.FILLER)
    if counted and tokens[at - 2].value == "verb" and _is_likelihood(tokens, at):
        return None  # "there is a 20% chance of rain": the number says how likely it is
    first = reading_at(tokens, at, Kind.MODIFIER)
    if first and first.value == "sky":
        return None  # "Cielo | mayormente nublado"
    if first and first.value == "felt":
        return None  # "cooler with | a few showers.", "warm and | sunny"
    lower = text[tokens[at].span.start].islower()
    inside = lower and is_at(tokens, at - 1, *_WORDS)
    if first and first.value == "article":
        of_noun = is_at(tokens, at + 2, Kind.WORD, Kind.WEEKDAY)
        of_noun = of_noun and " " not in text[slice(*tokens[at + 1].span)]
        of_sky = is_at(tokens, at + 2, Kind.LABEL) and tokens[at + 2].value == "condition"
        of_noun = _is_sky_at(tokens, at + 1) and (of_noun or of_sky)
        if lower or of_noun or _is_likelihood(tokens, at + 1):
            return None  # "a | thunderstorm", "A | chance of rain", "A | cloudy start"
    parts: list[Condition] = []
    marks: set[object] = set()
    languages: frozenset[str] | None = None
    end = cursor = at
    sky_end = 0  # where what is said of the sky ends, if a phenomenon follows
    joined = False
    while cursor < len(tokens):
        token = tokens[cursor]
        if cursor > at and not one_sentence(text, tokens[cursor - 1].span.end, token.span.start):
            break  # "Mostly sunny. | Isolated showers"
        if cursor > at and _COLUMNS in text[tokens[cursor - 1].span.end : token.span.start]:
            break  # "Sky       Clear"
        condition = reading_at(tokens, cursor, Kind.CONDITION)
        modifier = reading_at(tokens, cursor, Kind.MODIFIER)
        if condition is not None and (not parts or joined or modifier is None):
            if parts and (not joined or _is_feeling(condition)):
                break  # "partly sunny, | breezy"
            assert isinstance(condition.value, Condition)
            if parts and is_phenomenon(condition.value) and is_sky(parts[-1]):
                sky_end = end
            parts.append(condition.value)
            languages = (languages or condition.languages) & condition.languages
            cursor, joined = cursor + 1, False
            end = cursor
        elif modifier is not None and not (parts and not joined and _leads_on(tokens, cursor)):
            if not (
                parts and not joined and modifier.value == "plain" and token.kind is Kind.LABEL
            ):
                marks.add(modifier.value)
            cursor += 1
            passing = _passes(str(modifier.value), tokens, range(at, cursor), text)
            if parts and not joined and not passing:
                end = cursor  # but "showers | gradually fading"
        elif parts and not joined and (link := reading_at(tokens, cursor, Kind.CONNECTOR)):
            if link.value == "with" and _is_likelihood(tokens, cursor + 1):
                break  # "cloudy with a | chance of rain": two things are said
            if link.value == "besides" and (_is_likelihood(tokens, cursor + 1) or inside):
                break  # "it will be cloudy with | outbreaks of rain"
            clears = is_phenomenon(parts[-1]) and _is_sky_at(tokens, cursor + 1)
            if (clears or link.value == "then") and _goes_on(tokens, cursor + 1, text):
                break  # "sunny, | changing to cloudy by lunchtime", "snow, | clearing by noon"
            if is_alternative(tokens, cursor + 1, parts[-1], link.value == "or") and in_sentence(
                text, tokens[cursor - 1].span.end
            ):
                break  # "light rain | or drizzle"
            if text[tokens[at].span.start - 1] == "[" and text[token.span.start] == ",":
                break  # "[cloudy, | clear]": of two parts of the day
            if is_at(tokens, cursor, Kind.SEPARATOR) and _has_percentage(tokens, cursor + 1):
                break  # "Moderate rain, | Rain 88%"
            apart = text[token.span.start - 1] in " ," or text[token.span.start] == ","
            if apart and len(parts) == 1 and _is_feeling(tokens[cursor - 1].readings[0]):
                return None  # "windy with | snow", "windy, | rain"
            cursor, joined = cursor + 1, True
        elif not parts and cursor > at and _goes_on_below(tokens, cursor, text):
            cursor += 1  # "Light⏎Rain"
        elif marks and not parts and _is_part(token) and is_at(tokens, cursor + 1, Kind.CONDITION):
            cursor += 1  # "a chance of afternoon showers"
        else:
            break
    if sky_end and in_sentence(text, tokens[end - 1].span.end):
        end = sky_end  # "cloudy | with | a few showers."
        parts = [part for part in parts if not is_phenomenon(part)]
    if not parts or end == at + 1 or languages == frozenset():
        return None
    main = max(parts, key=lambda c: rank(c.slug))
    intensity = main.intensity or next((i for i in Intensity if i in marks), None)
    likelihood = main.likelihood or next((i for i in Likelihood if i in marks), None)
    joint = Condition(main.slug, intensity, likelihood)
    return end, (Reading(Kind.CONDITION, joint, languages or frozenset()),)


def _goes_on_below(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether a phrase can go on in the next line: "A high of 3 °C expected.⏎Clear" does not."""
    token = tokens[at]
    return token.kind is Kind.BREAK and token.value == 1 and text[token.span.start - 1] != "."


def is_phenomenon(condition: Condition) -> bool:
    """Whether a condition is more than how much of the sky is clouded, or how the air feels."""
    return rank(condition.slug) >= _PHENOMENA


def is_sky(condition: Condition) -> bool:
    """Whether a condition is how much of the sky is clouded."""
    return not is_phenomenon(condition) and not condition.is_feeling


def is_alternative(tokens: Sequence[Token], at: int, said: Condition, either: bool) -> bool:
    """Whether a rain that another one is named with stands at a place, and is no graver.

    "Light rain or drizzle" is light rain. `either`: one or the other may fall, not both.
    """
    while reading_at(tokens, at, Kind.MODIFIER) and not reading_at(tokens, at, Kind.CONDITION):
        at += 1
    other = reading_at(tokens, at, Kind.CONDITION)
    if other is None or not isinstance(other.value, Condition):
        return False
    one, two = rank(said.slug), rank(other.value.slug)
    return one in _RAINS and two in _RAINS and (either or two < one)


_RAINS: Final = range(30, 33)  # the ranks of drizzle, rain and showers
_PHENOMENA: Final = 20  # the least rank
# To the full stop of a sentence, on this line or those that go on from it in lower case.
_TO_STOP: Final = re.compile(
    r"(?:[^\t|\n.;。।]|[.](?=\S)|\n(?=[^\W\d_A-Z\u0590-\u0fff])){0,160}"
    r"(?:[。।]|[.](?:\s*\Z|[^\w\n\t|]*\n|[ ]+(?=[^\W\d_])|(?<=\w{5}[.])[ ]+(?=\d)))"
)


def in_sentence(text: str, end: int) -> bool:
    """Whether the phrase that ends there is part of a sentence, and not of a widget.

    >>> in_sentence("Mon: Cloudy with rain. High 12", 21), in_sentence("Cloudy with rain 12°", 16)
    (True, False)
    """
    found = _TO_STOP.match(text, end)
    if found is not None and not text[found.end() : found.end() + 1].islower():
        return True
    near = max(0, end - _NEAR)
    line = text.rfind("\n", near, end) + 1
    if not line and near:
        return False  # nowhere near the heading of its line
    return _LISTED.match(text, line) is not None and _GOES_ON.match(text, end) is not None


# "MONDAY: Cloudy with showers midday, Highs 45-48"
_LISTED: Final = re.compile(r"[ \t]*[^\W\d_][^\n:|\t]{2,24}: [^\W\d_]")
_NEAR: Final = 400  # characters from the beginning of a line
_GOES_ON: Final = re.compile(r"[^\n|\t\d]{0,40}?, [^\W\d_]")


def _passes(modifier: str, tokens: Sequence[Token], phrase: range, text: str) -> bool:
    """Whether the modifier that ends a phrase is of the sentence, and not of the phrase.

    "Partly cloudy | at first", "showers | easing"; but "Rain early" is all that a cell says.
    """
    start, end = tokens[phrase.start].span.start, tokens[phrase.stop - 1].span.end
    if modifier == "felt":
        return True  # "sunny | and warm"
    if modifier == "when" and text[end : end + 1] in _EDGES and _begins_cell(text, start):
        return False
    return modifier in _OF_THE_SENTENCE


def _begins_cell(text: str, start: int) -> bool:
    return text[max(0, start - _INDENT) : start].rstrip(" ")[-1:] in _EDGES


_INDENT: Final = 40  # spaces before a cell
_EDGES: Final = ("", "\n", "\t", "|")  # of a cell
_OF_THE_SENTENCE: Final = ("when", "course", "sky")  # "showers | late", "mostly sunny | skies"
_WORDS: Final = (Kind.WORD, Kind.FILLER, Kind.MODIFIER)


def _goes_on(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether a sentence goes on behind the phrase that begins at a place."""
    while reading_at(tokens, at, Kind.MODIFIER) and not reading_at(tokens, at, Kind.CONDITION):
        at += 1
    if at >= len(tokens):
        return False
    end = tokens[at].span.end
    return text[end : end + 1] == " " and text[end + 1 : end + 2].islower()


def _is_sky_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word for how much of the sky is clouded stands at a place."""
    said = reading_at(tokens, at, Kind.CONDITION)
    return said is not None and isinstance(said.value, Condition) and is_sky(said.value)


def _is_part(token: Token) -> bool:
    """Whether a word is a part of the day, of no day by itself: "afternoon"."""
    said = token.value
    return isinstance(said, When) and said.day is None and said.period is not Period.NOW


def _is_feeling(reading: Reading) -> bool:
    """Whether a phrase says how the air feels, which any sky may be: "windy", "cold"."""
    return isinstance(reading.value, Condition) and reading.value.is_feeling


def _has_percentage(tokens: Sequence[Token], at: int) -> bool:
    """Whether a condition stands at a place, and a number says how likely it is."""
    said = reading_at(tokens, at, Kind.CONDITION)
    return said is not None and is_at(tokens, at + 1, Kind.PERCENT)


def _is_likelihood(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word such as "chance of" or "scattered" stands at a place."""
    modifier = reading_at(tokens, at, Kind.MODIFIER)
    condition = reading_at(tokens, at, Kind.CONDITION)
    if condition is not None and isinstance(condition.value, Condition):
        return condition.value.likelihood is not None
    return modifier is not None and modifier.value in set(Likelihood)


def _leads_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a modifier can be a connector too, and a phrase follows: "흐림 가끔 비"."""
    while reading_at(tokens, at, Kind.CONNECTOR):
        at += 1
        if reading_at(tokens, at, Kind.CONDITION):
            return True
    return False
