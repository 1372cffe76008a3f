"""Small questions about a list of tokens, which several stages ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from .model import Kind, Reading, Token
from .vocabulary import UNSPACED

BETWEEN: Final = frozenset(
    {Kind.SEPARATOR, Kind.FILLER, Kind.MARK}
)  # what only stands between two tokens
WRAPPED: Final = range(45, 101)  # characters of a line of running text that goes on in the next
NEAR: Final = 200  # tokens that can be of the same widget
DELIMITERS: Final = ("\t", "|")  # of columns


class Tokens(list[Token]):
    """The tokens of a window, and their shape: one letter a token, that of its likeliest kind.

    A rule looks for its kinds in the shape first, by one expression or with ``in``, and at tokens
    only where it can apply. The tokens are not changed: a pass that does so makes new ones.

    Examples
    --------
    >>> from weatherscrape.extract import tokenize
    >>> Tokens(tokenize("Mon | 12°C | Fog\\nTue | 9°C | Rain")).shape
    'd,T,C/d,T,C'
    """

    __slots__ = ("shape",)

    def __init__(self, tokens: Iterable[Token]) -> None:
        super().__init__(tokens)
        self.shape: Final = "".join([token.kind for token in self])

    def places(self, kind: Kind) -> Iterator[int]:
        """Where the tokens of a kind stand."""
        at = self.shape.find(kind)
        while at >= 0:
            yield at
            at = self.shape.find(kind, at + 1)

    def lines(self, like: re.Pattern[str]) -> list[range]:
        """Lines of a shape (see :func:`line`), as indices of their tokens."""
        return [range(*found.span()) for found in like.finditer(self.shape)]

    def rewritten(self, places: Sequence[int], how: Callable[[Token], Token]) -> Tokens:
        """The same with those at some places made words or fillers; itself if there are none."""
        if not places:
            return self
        out = list(self)
        for at in places:
            out[at] = how(self[at])
        return Tokens(out)


class Window(Tokens):
    """The tokens of a window as they were read, and what has been settled of them so far.

    `days`: how many days are named by a letter or two, or as "today".
    """

    __slots__ = ("days", "page", "settled")

    def __init__(self, tokens: Iterable[Token], page: str) -> None:
        super().__init__(tokens)
        self.page: Final = page
        self.days = 0
        self.settled: Final[list[Token]] = []


def line(like: str) -> re.Pattern[str]:
    """An expression for lines whose shape is `like` it."""
    return re.compile(f"(?<![^/]){like}(?![^/])")


ANY_LINE: Final = re.compile("[^/]+")
_SILENT: Final = "/" + "".join(sorted(BETWEEN))  # kinds that say nothing


def read_as(token: Token, kind: Kind) -> Token | None:
    """`token` with its reading of one kind alone."""
    reading = next((r for r in token.readings if r.kind is kind), None)
    return Token(token.span, (reading,)) if reading else None


def as_word(token: Token) -> Token:
    """`token` as a word that means nothing."""
    return Token(token.span, (Reading(Kind.WORD),))


def neighbour(tokens: Tokens, at: int, step: int, through: str = "") -> tuple[int, int]:
    """The nearest token in one direction that says something: (its index, line breaks passed).

    `through`: other kinds that say nothing here.
    """
    shape = tokens.shape
    silent = _SILENT + through
    lines = 0
    at += step
    while 0 <= at < len(shape) and shape[at] in silent:
        if shape[at] == "/":
            value = tokens[at].value
            lines += value if isinstance(value, int) else 0
        at += step
    return at, lines


# The full stop of a short word before a number ends no sentence: "ca. 18 Grad", "ok. 18°C".
BEFORE_NUMBER: Final = r"(?:(?<=\s[^\W\d_]{2})|(?<=\s[^\W\d_]{3}))[.]\s+[-+−]?\d"


def is_picture(token: Token) -> bool:
    """Whether a token is a condition drawn as an emoji: those are of no language."""
    return not token.readings[0].languages and token.kind is Kind.CONDITION


GLUED: Final = re.compile(r"[.][A-Z]")  # "Partly cloudy.Light winds"


def one_sentence(text: str, start: int, end: int) -> bool:
    """Whether no sentence ends between two places; in the cells of a table none does.

    >>> one_sentence("Sunny. Warm", 5, 7), one_sentence("Mon | Sunny. Warm", 11, 13)
    (False, True)
    """
    between = text[start:end]
    if not (". " in between or "।" in between or GLUED.search(text, start, end + 1)):
        return True
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return "\t" in line or "|" in line


def length(token: Token) -> int:
    """Characters of a token."""
    return token.span.end - token.span.start


def kind_after(tokens: Tokens, at: int) -> str:
    """Kind of the next token that says something, "" if there is none."""
    after, _ = neighbour(tokens, at, 1)
    return tokens.shape[after : after + 1]


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


def as_filler(token: Token) -> Token:
    """`token` as one that says nothing and parts nothing."""
    return Token(token.span, (Reading(Kind.FILLER),))


def opens_line(tokens: Tokens, at: int) -> bool:
    """Whether a token is the first one of its line."""
    return at <= 0 or tokens.shape[at - 1] == "/"


def closes_line(tokens: Tokens, at: int) -> bool:
    """Whether a token is the last one of its line."""
    return tokens.shape[at + 1 : at + 2] in ("", "/")


def printed_size(token: Token, page: str) -> int:
    """Letters of a token without its dot; those of an unspaced script say as much as two."""
    return _size_of(page[slice(*token.span)])


@lru_cache(maxsize=1024)
def _size_of(printed: str) -> int:
    printed = printed.rstrip(".")
    return len(printed) * (2 if UNSPACED.match(printed) else 1)
