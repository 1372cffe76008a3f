"""Tokens of a sentence in, the names of places in it out: words with a capital, unknown to us."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from .data import languages
from .model import AIR, Kind, Span, Token


class Name(NamedTuple):
    """A name in a sentence: its first token, and where it is printed."""

    token: int
    span: Span


def names_in(tokens: Sequence[Token], sentence: Sequence[int], page: str) -> list[Name]:
    """The names of a sentence; its first word is one if a verb or a label follows it."""
    found: list[Name] = []
    at, stop = sentence[0], sentence[-1] + 1
    while at < stop:
        end = end_of_name(tokens, at, stop, page)
        first = at + (at == sentence[0] and end > at + 1 and tokens[at].value == "nowhere")
        if end > first and (first > sentence[0] or _opens(tokens, first, end, page)):
            start = tokens[first].span.start
            article = _ARTICLE.search(page, max(0, start - _REACH), start)
            start = article.start() if article else start
            found.append(Name(first, Span(start, tokens[end - 1].span.end)))
        at = max(end, at + 1)
    return found


def end_of_name(tokens: Sequence[Token], at: int, stop: int, page: str) -> int:
    """Where a name ends that begins with a token; there if it is none."""
    end = at
    while end < stop and _is_of_name(tokens, end, page, end > at):
        end += 1
    return end


@cache
def any_of(name: str) -> str:
    """An expression for the words of all languages that lead a name, or stand for one."""
    return any_form(form for language in languages().values() for form in getattr(language, name))


def any_form(forms: Iterable[str]) -> str:
    """An expression for any of some forms, the longest first."""
    return f"(?:{'|'.join(map(re.escape, sorted(set(forms), key=len, reverse=True)))})"


def is_led(page: str, start: int) -> bool:
    """Whether a name begins a sentence, or stands behind a word for "in"."""
    return _led().search(page, max(0, start - _BEFORE), start) is not None


_BEFORE: Final = 16  # characters


@cache
def _led() -> re.Pattern[str]:
    return re.compile(rf"(?:\A|[\n.!?…]\s*|(?<!\w){any_of('within')}[ ])\Z", re.IGNORECASE)


_ARTICLE: Final = re.compile(r"(?<=[^\W_] )[^\W\d_a-z][a-z]{1,2} \Z")  # "en La Paz"
_REACH: Final = 6  # characters


def _is_of_name(tokens: Sequence[Token], at: int, page: str, goes_on: bool) -> bool:
    """Whether a token is a word with a capital, right behind another one if a name `goes_on`."""
    token = tokens[at]
    if token.kind is not Kind.WORD and not (token.kind is Kind.LABEL and token.value in IN_NAMES):
        return False
    start, end = token.span
    if not page[start].isupper() or end - start < _SHORTEST or page[end : end + 1].isalpha():
        return False
    return not goes_on or page[tokens[at - 1].span.end : start] in _JOINTS


IN_NAMES: Final = frozenset({"location", "other"})  # labels that can be words of a name
_JOINTS: Final = frozenset({" ", "-", "'", "’", "’s ", "'s "})
_SHORTEST: Final = 2


def _opens(tokens: Sequence[Token], first: int, end: int, page: str) -> bool:
    """Whether words that begin a sentence are a name: a verb, a label or an ending follows them."""
    after = tokens[end] if end < len(tokens) else None
    pronoun = end - first == 1 and len(page[slice(*tokens[first].span)]) <= _SHORTEST
    if after is None or pronoun or tokens[first].value in _OF_NO_NAME:
        return False
    verb = after.kind is Kind.FILLER and after.value == "verb"
    owns = page.startswith(("’s ", "'s "), tokens[end - 1].span.end)
    tells = after.kind is Kind.LABEL and after.value in AIR
    return verb or owns or tells or (end - first > 1 and page[after.span.start].islower())


_OF_NO_NAME: Final = frozenset({"nowhere", "front", "verb"})
