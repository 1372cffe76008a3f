"""Tokens in, the sentences of running text out: what each is about, and what is no forecast.

A widget is a repetition, and its layout says where a row ends. A sentence says what it says of the
day that it names, and those behind it, of the same paragraph, go on about that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from .model import KEYS, Kind, Quantity, Token
from .tokens import Tokens


class Place(NamedTuple):
    """The paragraph of running text that a token stands in, and the sentence; both count up."""

    paragraph: int
    sentence: int


_WORDS: Final = 4  # of a paragraph of running text, at least, that mean nothing to us
_SHARE: Final = 0.15  # of its tokens
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LOWER: Final = 8  # or so many in lower case,
_MOSTLY: Final = 0.7  # which are so many of all
_WRAPPED: Final = range(45, 101)  # characters of a line that goes on in the next
_STOP: Final = re.compile(
    r"""(?<![\s.][^\W\d_])(?<!\W[ap][.]m)[.!?…]["'”’)]*\s+(?=["'“‘(]*[^\W_])"""
)
_ANY_STOP: Final = re.compile(r"[.!?…](?!\w)")
_END: Final = re.compile(r"""[.!?…]["'”’)]*\s*\Z""")
_LINE_END: Final = re.compile(r"""[.!?…]["'”’)]*[ \t]*\n""")
_CELLS: Final = ("\t", "|")


def places(tokens: Tokens, page: str) -> list[Place | None]:
    """Where in running text each token stands; None: in none.

    Examples
    --------
    >>> from weatherscrape.lex import lex
    >>> from weatherscrape.model import Span
    >>> from weatherscrape.vocabulary import lexicon
    >>> page = "Rain moves in on Friday with highs near 50. It should be gone by noon."
    >>> tokens = Tokens(lex(page, Span(0, len(page)), lexicon()))
    >>> [place.sentence for place in places(tokens, page)][:: len(tokens) - 1]
    [0, 1]
    """
    found: list[Place | None] = [None] * len(tokens)
    if not _ANY_STOP.search(page):
        return found
    sentence = number = end = 0
    for paragraph in _paragraphs(tokens, page):
        if not _is_running(tokens, paragraph, page):
            continue
        # Lines that no blank line parts can be of one paragraph.
        number += any(_is_blank(tokens[i]) for i in range(end, paragraph[0]))
        last, end = paragraph[0], paragraph[-1]
        for at in paragraph:
            if tokens.shape[at] == "/":
                continue
            sentence += at > last and _ends_between(tokens[last], tokens[at], page)
            found[at] = Place(number, sentence)
            last = at
        sentence += 1
    return found


def _heads(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a line begins with the key that it is about."""
    if tokens.shape[at : at + 1] not in KEYS:
        return False
    end = tokens[at].span.end
    return page[end : end + 1] in (":", ".")


def _is_blank(token: Token) -> bool:
    return token.kind is Kind.BREAK and token.value != 1


def _paragraphs(tokens: Tokens, page: str) -> Iterator[range]:
    """Indices of tokens by paragraph: the lines of one that is wrapped go together."""
    first = start = 0  # of the paragraph, and of its last line in the page
    for at in (*tokens.places(Kind.BREAK), len(tokens)):
        if at < len(tokens):
            end, after = tokens[at].span
            wrapped = end - start in _WRAPPED and tokens[at].value == 1
            start = after
            if wrapped and not _heads(tokens, at + 1, page):
                continue
        kinds = tokens.shape[first:at]
        if kinds.strip("/"):
            yield range(at - len(kinds.lstrip("/")), first + len(kinds.rstrip("/")))
        first = at + 1


def _is_running(tokens: Tokens, paragraph: range, page: str) -> bool:
    """Whether a paragraph is of sentences: words that we need not know, and a full stop."""
    first, last = paragraph[0], paragraph[-1]
    start, end = tokens[first].span.start, tokens[last].span.end + 2
    words = tokens.shape.count("x", first, last + 1)
    if end - start < _LEAST and words + tokens.shape.count(".", first, last + 1) < _WORDS:
        return False
    text = page[start:end]
    if any(cell in text for cell in _CELLS) or not (_STOP.search(text) or _END.search(text)):
        return False
    size = len(paragraph) - tokens.shape.count("/", first, last + 1)
    words += sum(tokens[i].value == "verb" for i in paragraph if tokens.shape[i] == ".")
    if words >= max(_WORDS, _SHARE * size):
        return True
    printed = _WORD.findall(text)
    lower = sum(map(str.islower, printed))
    return lower >= max(_LOWER, _MOSTLY * len(printed))


_LEAST: Final = 23  # characters that eight words in lower case take


def _ends_between(one: Token, two: Token, page: str) -> bool:
    """Whether a sentence ends between two tokens."""
    start = max(0, one.span.end - 1)
    if _LINE_END.search(page, start, two.span.start):
        return True
    stop = _STOP.search(page, start, two.span.start + 1)
    return stop is not None and not page[two.span.start].islower()


def _sentences(at: Sequence[Place | None]) -> Iterator[list[int]]:
    """Indices of tokens by sentence."""
    inside = (i for i in range(len(at)) if at[i] is not None)
    for _, sentence in groupby(inside, key=lambda i: at[i]):
        yield list(sentence)


_MEASURED: Final = frozenset(
    {Kind.CONDITION, Kind.NUMBER, Kind.PAIR, Kind.PERCENT, Kind.SPEED, Kind.TEMPERATURE}
)


def told(tokens: Sequence[Token], at: Sequence[Place | None]) -> frozenset[int]:
    """Tokens of sentences that tell of what has been, or of what is usual."""
    found: set[int] = set()
    for indices in _sentences(at):
        values = {tokens[i].value for i in indices if tokens[i].kind is Kind.WORD}
        ahead = any(tokens[i].kind is Kind.FILLER and tokens[i].value == "verb" for i in indices)
        if "usual" in values or ("past" in values and not ahead):
            found |= {i for i in indices if tokens[i].kind in _MEASURED}
    return frozenset(found)


def parts(tokens: Sequence[Token], at: Sequence[Place | None]) -> frozenset[int]:
    """Parts of the day that a sentence with a temperature is about, without naming another day.

    "Friday will be mild. Overnight it cools off to 28 °F."
    """
    found: set[int] = set()
    for indices in _sentences(at):
        keys = [i for i in indices if tokens[i].kind in KEYS]
        felt = any(tokens[i].value == "apparent_temperature" for i in indices)
        if len(keys) == 1 and not felt and any(tokens[i].kind in _DEGREES for i in indices):
            found.update(keys)
    return frozenset(found)


def some_time(tokens: Sequence[Token], at: Sequence[Place | None], page: str) -> frozenset[int]:
    """Words for a time that no row has, where a sentence is about it: "next week", "in May".

    "The warmest day of the week" is not.
    """
    found: set[int] = set()
    keyed: Place | None = None
    for i, token in enumerate(tokens):
        if at[i] is None:
            continue
        if token.kind in KEYS:
            keyed = at[i]
        elif _is_month(token, page) or (token.kind is Kind.WORD and token.value == "week"):
            ahead = any(
                tokens[j].kind in KEYS
                for j in range(i, min(len(tokens), i + _FAR))
                if at[j] == at[i]
            )
            if keyed != at[i] and not ahead:
                found.add(i)
        elif token.kind is Kind.WORD and token.value == "later":
            found.add(i)
    return frozenset(found)


def _is_month(token: Token, page: str) -> bool:
    """Whether a token is a month by itself: "may" and "march" are verbs."""
    return token.kind is Kind.MONTH and not page[token.span.start].islower()


_FAR: Final = 60  # tokens of a long sentence


AIR: Final = frozenset({"temperature", "temperature_max", "temperature_min"})
_DEGREES: Final = frozenset({Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER})
_LIKELY: Final = range(-60, 131)  # degrees of the one unit or the other
_OVER: Final = 12  # tokens from a label to its number
_ON: Final = 6  # tokens from there to the next number of that label


def labels(
    tokens: Sequence[Token], at: Sequence[Place | None], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """What each label names, where that is in running text; `found` is so without sentences.

    No label names a value of another sentence. It names the temperatures behind it in its own:
    "Highs will soar into the upper 50s", "lows near 40 on Friday and in the 30s on Saturday".
    """
    found = {i: named for i, named in found.items() if named[1] < 0 or at[i] == at[named[1]]}
    more = dict(found)
    used = {label: field for field, label in found.values()}
    label, field, over = -1, "", _OVER
    for i, token in enumerate(tokens):
        if at[i] is None or (label >= 0 and at[i] != at[label]):
            label = -1
        if at[i] is None:
            continue
        if token.kind is Kind.LABEL:
            named = used.get(i, str(token.value))
            label, field, over = (i, named, _OVER) if named in AIR else (-1, "", _OVER)
        elif i in found:
            label, over = (i if found[i][0] == field else -1), _ON
        elif label >= 0 and token.kind in _DEGREES and i - label <= over and _is_likely(token):
            more[i] = field, label if tokens[label].kind is Kind.LABEL else -1
            label, over = i, _ON
    return more


def _is_likely(token: Token) -> bool:
    """Whether a number can be a temperature of the air."""
    value = token.value
    return not isinstance(value, Quantity) or int(value.value) in _LIKELY
