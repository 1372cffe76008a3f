"""Small questions about a list of tokens, which several stages ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .model import Kind, Reading, Token

BETWEEN: Final = frozenset(
    {Kind.SEPARATOR, Kind.FILLER, Kind.MARK}
)  # what only stands between two tokens


def read_as(token: Token, kind: Kind) -> Token | None:
    """`token` with its reading of one kind alone."""
    reading = next((r for r in token.readings if r.kind is kind), None)
    return Token(token.span, (reading,)) if reading else None


def as_word(token: Token) -> Token:
    """`token` as a word that means nothing."""
    return Token(token.span, (Reading(Kind.WORD),))


def neighbour(tokens: Sequence[Token], at: int, step: int, *through: Kind) -> tuple[int, int]:
    """The nearest token in one direction that says something: (its index, line breaks passed)."""
    lines = 0
    at += step
    while 0 <= at < len(tokens) and tokens[at].kind in (
        Kind.BREAK,
        *BETWEEN,
        *through,
    ):
        value = tokens[at].value
        if tokens[at].kind is Kind.BREAK and isinstance(value, int):
            lines += value
        at += step
    return at, lines


def is_picture(token: Token) -> bool:
    """Whether a token is a condition drawn as an emoji: those are of no language."""
    return token.kind is Kind.CONDITION and not token.readings[0].languages


def one_sentence(text: str, start: int, end: int) -> bool:
    """Whether no sentence ends between two places; in the cells of a table none does.

    >>> one_sentence("Sunny. Warm", 5, 7), one_sentence("Mon | Sunny. Warm", 11, 13)
    (False, True)
    """
    if ". " not in text[start:end]:
        return True
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return "\t" in line or "|" in line


def length(token: Token) -> int:
    """Characters of a token."""
    return token.span.end - token.span.start


def kind_after(tokens: Sequence[Token], at: int) -> Kind | None:
    """Kind of the next token that says something."""
    after, _ = neighbour(tokens, at, 1)
    return tokens[after].kind if after < len(tokens) else None


def reading_at(tokens: Sequence[Token], at: int, kind: Kind) -> Reading | None:
    """What the token at `at` means as one of a kind, if it can."""
    if 0 <= at < len(tokens):
        token = tokens[at]
        if token.kind is kind:
            return token.readings[0]
        for reading in token.readings[1:]:
            if reading.kind is kind:
                return reading
    return None


def is_at(tokens: Sequence[Token], at: int, *kinds: Kind) -> bool:
    """Whether there is a token at `at`, and it is likeliest one of these kinds."""
    return 0 <= at < len(tokens) and tokens[at].kind in kinds


def mark_at(tokens: Sequence[Token], at: int) -> str:
    """What the token at `at` does to the number beside it ("range", "hour"...), "" if nothing."""
    if 0 <= at < len(tokens):
        for kind, value, _ in tokens[at].readings:
            if kind is _MARK:
                return str(value)
    return ""


_MARK: Final = Kind.MARK  # looked up once: to do so takes longer than the rest


def sign_at(tokens: Sequence[Token], at: int) -> str:
    """The separator at `at`, "" if the token is none."""
    sign = reading_at(tokens, at, Kind.SEPARATOR)
    return str(sign.value) if sign else ""
