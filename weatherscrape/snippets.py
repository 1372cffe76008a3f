"""A window in, the snippets that it holds out: the stages from the tokens to the rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from .items import items
from .language import infer
from .layout import blocks, group
from .lex import lex
from .model import Cell, Key, Kind, Row, Snippet, Span, Token
from .places import location
from .rows import to_rows
from .vocabulary import Lexicon

_KEPT: Final = 64  # windows
_KEPT_SIZE: Final = 4_000  # characters; of a longer one a page has hardly two


def snippets(window: str, words: Lexicon, least_bits: float) -> tuple[Snippet, ...]:
    """Snippets of a window, their spans from its start.

    Examples
    --------
    >>> from weatherscrape.vocabulary import lexicon
    >>> snippet, = snippets("Tue 14° fog, Wed 15° light rain", lexicon(), 0.0)
    >>> [row.span for row in snippet.rows]
    [Span(start=0, end=11), Span(start=13, end=31)]
    """
    read = _snippets if len(window) <= _KEPT_SIZE else _snippets.__wrapped__
    return read(window, words, least_bits)


# A site prints the same weather on many of its pages, and an archive has them side by side.
@lru_cache(maxsize=_KEPT)
def _snippets(window: str, words: Lexicon, least_bits: float) -> tuple[Snippet, ...]:
    return tuple(_read(window, words, least_bits))


def _read(window: str, words: Lexicon, least_bits: float) -> Iterator[Snippet]:
    tokens = lex(window, Span(0, len(window)), words)
    for block in blocks(items(tokens, window)):
        for rows in _by_place(to_rows(group(block), window, least_bits)):
            before, own, after = _tokens_of(rows, tokens)
            if _is_elsewhere(rows, [*before, *own, *after]):
                continue
            place = location(window, before, rows[0].key is None)
            yield Snippet(tuple(rows), place, infer(own), tuple(own))


_TEMPERATURES: Final = frozenset({"temperature", "temperature_max", "temperature_min"})


def _is_elsewhere(rows: Sequence[Row], tokens: Sequence[Token]) -> bool:
    """Whether temperatures stand among words of things that have their own: a fridge, a beer.

    Days with a sky or a wind are weather all the same.
    """
    keyed = any(row.key is not None for row in rows)
    fields = {cell.field for row in rows for cell in row.cells}
    if (keyed and fields - _TEMPERATURES) or len(fields) >= _STATION:
        return False
    return any(token.kind is Kind.WORD and token.value == "elsewhere" for token in tokens)


_STATION: Final = 5  # columns that nothing but a weather station fills
_BESIDE: Final = 40  # tokens around a snippet that tell where it is, and of what


def _tokens_of(rows: Sequence[Row], tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens right before a snippet, its own, and those right after it."""
    start = bisect_left(tokens, min(r.span.start for r in rows), key=lambda t: t.span.start)
    end = bisect_left(tokens, max(r.span.end for r in rows), key=lambda t: t.span.start)
    for part in (max(0, start - _BESIDE), start), (start, end), (end, end + _BESIDE):
        yield list(tokens[slice(*part)])


def _by_place(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows parted where the present weather of another place begins."""
    part: list[Row] = []
    for row in rows:
        if part and row.key is None:
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def moved(snippet: Snippet, place: Callable[[Span], Span]) -> Snippet:
    """A snippet with every span where `place` says that it is."""

    def key(old: Key | None) -> Key | None:
        return old and old._replace(span=place(old.span))

    def row(old: Row) -> Row:
        cells = tuple([Cell(c.field, c.value, place(c.span)) for c in old.cells])
        return replace(old, key=key(old.key), cells=cells, header=key(old.header))

    tokens = tuple([Token(place(token.span), token.readings) for token in snippet.tokens])
    return replace(snippet, rows=tuple(map(row, snippet.rows)), tokens=tokens)
