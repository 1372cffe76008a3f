"""A page in, the page without its weather out: for corpora that want text, and no widgets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from .extract import find_in, least_bits, page_of
from .lex import lex
from .model import Kind, Span
from .vocabulary import Lexicon, Words, lexicon

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_FEW: Final = 3  # so many other words between two rows are part of the widget
_LETTER: Final = re.compile(r"\w")
_LABELS: Final = frozenset({Kind.BREAK, Kind.CONNECTOR, Kind.LABEL, Kind.SEPARATOR, Kind.UNIT})


def remove(
    text: str,
    *,
    languages: Sequence[str] | None = None,
    words: Words | None = None,
    min_confidence: float = 0.5,
) -> str:
    r"""Cut the weather out of a page; nothing else is touched.

    Parameters
    ----------
    text
        The page, as scraped.
    languages, words, min_confidence
        As in :func:`weatherscrape.extract`: what would be a row is cut.

    Returns
    -------
    str
        The page without its rows and what is printed between them. Lines of which nothing but
        punctuation is left go too. A page without weather comes back as it is.

    Raises
    ------
    TypeError
        If `text` is no str.
    ArgumentError
        As :func:`weatherscrape.extract`.

    Examples
    --------
    >>> remove("The council met.\n\nMon\n12 °C\nfog\nTue\n9 °C\nrain\n\nMost read")
    'The council met.\n\n\nMost read'
    """
    return _without(page_of(text), lexicon(languages, words), least_bits(min_confidence))


def remove_many(
    texts: Iterable[str],
    *,
    languages: Sequence[str] | None = None,
    words: Words | None = None,
    min_confidence: float = 0.5,
) -> Iterator[str]:
    r"""Cut the weather out of many pages, one after the other.

    Parameters
    ----------
    texts
        The pages, as scraped; never held together.
    languages, words, min_confidence
        As in :func:`weatherscrape.extract`.

    Returns
    -------
    Iterator[str]
        A page for each page.

    Raises
    ------
    TypeError
        If `texts` is a single page, or a text is no str.
    ArgumentError
        As :func:`weatherscrape.extract`.

    Examples
    --------
    >>> list(remove_many(["Most read", "Mon 12 °C fog, Tue 9 °C rain"]))
    ['Most read', '']
    """
    if isinstance(texts, str | bytes):
        raise TypeError(f"texts is one {type(texts).__name__}; give a list of str, or call remove")
    vocabulary, least = lexicon(languages, words), least_bits(min_confidence)
    return (
        _without(page_of(text, f"texts[{number}]"), vocabulary, least)
        for number, text in enumerate(texts)
    )


def _without(page: str, words: Lexicon, least: float) -> str:
    pieces: list[str] = []
    at = 0
    for found in find_in(page, words, least):
        for span in _stretches([found.place(row.span) for row in found.snippet.rows], page):
            start, end = _with_labels(page, span, at, words)
            pieces.append(page[at:start])
            at = end
    return "".join([*pieces, page[at:]]) if pieces else page


def _stretches(rows: Sequence[Span], page: str) -> Iterator[Span]:
    """The rows of a snippet, in one with what stands between them if that is hardly text."""
    spans = sorted(rows)
    start, end = spans[0]
    for span in spans[1:]:
        if len(_WORD.findall(page, end, span.start)) > _FEW:
            yield Span(start, end)
            start, end = span
        end = max(end, span.end)
    yield Span(start, end)


def _with_labels(page: str, span: Span, least: int, words: Lexicon) -> tuple[int, int]:
    """A stretch with the labels before and behind it, as whole lines where they are its own."""
    start, end = max(span.start, least), max(span.end, least)
    first, last = _line_start(page, start, least), _line_end(page, end)
    start = first if _is_label(page[first:start], words) else start
    end = last if _is_label(page[end:last], words) else end
    if (start, end) != (first, last):
        return start, end
    while start > least:
        above = _line_start(page, start - 1, least)
        if not page[above:start].strip() or not _is_label(page[above : start - 1], words):
            break
        start = above
    while end < len(page):
        below = _line_end(page, end + 1)
        if not page[end:below].strip() or not _is_label(page[end + 1 : below], words):
            break
        end = below
    return start, min(end + 1, len(page))


def _line_start(page: str, at: int, least: int) -> int:
    return max(page.rfind("\n", 0, at) + 1, least)


def _line_end(page: str, at: int) -> int:
    found = page.find("\n", at)
    return found if found >= 0 else len(page)


def _is_label(line: str, words: Lexicon) -> bool:
    """Whether there is nothing on a line, or on a part of it, but labels and punctuation."""
    if not _LETTER.search(line):
        return True
    kinds = {token.kind for token in lex(line, Span(0, len(line)), words)}
    return kinds <= _LABELS
