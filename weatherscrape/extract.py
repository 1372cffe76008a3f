"""A page in, its records or its frame out: the stages in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import repeat
from math import inf, log2

import pandas as pd

from .codes import Plain, has_controls, has_controls_in_bytes, has_residue
from .errors import ArgumentError
from .frame import to_frame
from .lex import lex
from .model import Snippet, Span, Token
from .resolve import Record, Reference, read_reference, read_timezone, resolve
from .scan import may_hold, scan
from .signs import signs_in_bytes
from .snippets import moved, told
from .vocabulary import Lexicon, Words, lexicon


def page_of(text: object, name: str = "text") -> str:
    """`text`, if it is one; `name` is what the error calls it."""
    if isinstance(text, str):
        return text
    if isinstance(text, bytes | bytearray | memoryview):
        raise TypeError(
            f"{name} is {type(text).__name__}, not str; decode it: {name}.decode('utf-8')"
        )
    raise TypeError(f"{name} is {type(text).__name__}; give a str")


def tokenize(
    text: str, *, languages: Sequence[str] | None = None, words: Words | None = None
) -> list[Token]:
    """Typed tokens of a whole text, in order and disjoint.

    Raises
    ------
    TypeError
        If `text` is no str.

    Examples
    --------
    >>> [str(token.kind.name) for token in tokenize("Tue 14° fog")]
    ['WEEKDAY', 'TEMPERATURE', 'CONDITION']
    """
    page = page_of(text)
    if has_controls(page) or has_residue(page):
        plain = Plain(page)
        return plain.tokens(_all_tokens(plain.text, lexicon(languages, words)))
    return _all_tokens(page, lexicon(languages, words))


def _all_tokens(page: str, words: Lexicon) -> list[Token]:
    return lex(page, Span(0, len(page)), words)


def find(
    text: str,
    *,
    languages: Sequence[str] | None = None,
    words: Words | None = None,
    min_confidence: float = 0.5,
) -> list[Snippet]:
    """Snippets of a page: its widgets and forecasts, one object a place.

    Raises
    ------
    TypeError
        If `text` is no str.
    ArgumentError
        As :func:`extract`.

    Examples
    --------
    >>> snippet, = find("Most read\\n\\nTue\\n14°\\nfog\\nWed\\n15°\\nlight rain")
    >>> snippet.span, snippet.layout, len(snippet.rows)
    (Span(start=11, end=41), 'key first', 2)
    """
    found = find_in(page_of(text), lexicon(languages, words), least_bits(min_confidence))
    return [moved(one.snippet, one.place) for one in found]


def least_bits(min_confidence: float) -> float:
    """The evidence that a confidence stands for, as log2 of odds."""
    if not 0 <= min_confidence <= 1:
        raise ArgumentError("min_confidence", min_confidence, "a probability from 0 to 1")
    if min_confidence in (0, 1):
        return -inf if min_confidence == 0 else inf
    return log2(min_confidence / (1 - min_confidence))


def may_find_in(page: bytes, least_bits: float) -> bool:
    """Whether :func:`find_in` can find a snippet in a page in UTF-8; cheaper than to decode it."""
    if has_controls_in_bytes(page):
        return True
    return may_hold(page) if least_bits >= 0 else signs_in_bytes(page) is not None


@dataclass(frozen=True, slots=True)
class Found:
    """A snippet as it was read: in a window of the page, without the codes that colour it.

    `told` is what its rows say.
    """

    snippet: Snippet
    told: tuple[Record, ...]
    start: int
    plain: Plain | None

    def place(self, span: Span) -> Span:
        """Where in the page a span of the window stands."""
        start, end = span
        span = Span(start + self.start, end + self.start)
        return self.plain.span(span) if self.plain else span


def find_in(page: str, words: Lexicon, least_bits: float) -> Iterable[Found]:
    """Snippets of a page, in order."""
    any_sign = least_bits < 0
    plain = Plain(page) if has_controls(page) else None
    windows = scan(plain.text if plain else page, any_sign=any_sign)
    if not windows:  # as of nearly every page
        return ()
    if plain is None and has_residue(page):
        plain = Plain(page)
        windows = scan(plain.text, any_sign=any_sign)
    return _found(page, plain, windows, words, least_bits)


def _found(
    page: str, plain: Plain | None, windows: Iterable[Span], words: Lexicon, least_bits: float
) -> Iterator[Found]:
    text = plain.text if plain else page
    for start, end in windows:
        for snippet, records in told(text[start:end], words, least_bits):
            yield Found(snippet, records, start, plain)


def extract(
    text: str,
    *,
    reference: Reference = None,
    tz: str | tzinfo | None = None,
    languages: Sequence[str] | None = None,
    words: Words | None = None,
    min_confidence: float = 0.5,
) -> pd.DataFrame:
    """Read the weather that a page carries into a typed table.

    Parameters
    ----------
    text
        The page, as scraped.
    reference
        When it was published (CF forecast_reference_time). None leaves `valid_time` NaT.
    tz
        Time zone of the place: a name of the IANA database. The datetime columns are then aware.
    languages
        Codes of the languages to read; default: all.
    words
        More words by section and key, as a language file has them:
        ``{"condition": {"rain light": ["spitting"]}}``.
    min_confidence
        How sure the library must be of a row, from 0 to 1: higher for fewer rows that are wrong,
        lower for fewer that are missing.

    Returns
    -------
    DataFrame, shape (rows found, len(COLUMNS))
        A row per valid period, in page order. Units in ``attrs["units"]``: °C, %, mm, m/s,
        degrees (from), hPa, m.

    Raises
    ------
    TypeError
        If `text` is no str.
    ArgumentError
        If `reference` is no date, `tz` or a language is not known, or `min_confidence` is no
        probability.
    VocabularyError
        If `words` names a section, a condition or a unit that is not known.

    Notes
    -----
    Time grows with the length of the text. Codes: WMO-No. 306, table 4677, as Open-Meteo uses it.

    Examples
    --------
    >>> extract("Mon 21:00\\nlight rain\\n12.7\\n°\\nC")["temperature"].item()
    12.7
    """
    zone = read_timezone(tz)
    moment = read_reference(reference, zone)
    page = page_of(text)
    least = least_bits(min_confidence)
    return to_frame(_records([page], [moment], zone, lexicon(languages, words), least), zone)


def extract_many(
    texts: Iterable[str],
    *,
    references: Iterable[Reference] | str | date | datetime | None = None,
    tz: str | tzinfo | None = None,
    languages: Sequence[str] | None = None,
    words: Words | None = None,
    min_confidence: float = 0.5,
) -> pd.DataFrame:
    """Read the weather of many pages into one table; its column `page` tells which.

    Parameters
    ----------
    texts
        The n pages, as scraped. Consumed once, never held together.
    references
        When each was published: one for all, or n in the order of `texts`.
    tz, languages, words, min_confidence
        As in :func:`extract`.

    Returns
    -------
    DataFrame, shape (rows found, len(COLUMNS))
        As :func:`extract` gives it.

    Raises
    ------
    TypeError
        If a text is no str.
    ArgumentError
        If a reference is no date, or there are not as many as texts.

    Examples
    --------
    >>> extract_many(["Mon 12°C fog", "no weather", "Tue 9°C rain"])["page"].tolist()
    [0, 2]
    """
    if isinstance(texts, str | bytes):
        raise TypeError(f"texts is one {type(texts).__name__}; give a list of str, or call extract")
    zone = read_timezone(tz)
    moments: Iterable[datetime | None]
    if references is None or isinstance(references, str | date):
        moments = repeat(read_reference(references, zone, "references"))
    else:
        moments = (read_reference(r, zone, "references") for r in references)
    least = least_bits(min_confidence)
    return to_frame(_records(texts, moments, zone, lexicon(languages, words), least), zone)


def _records(
    texts: Iterable[str],
    moments: Iterable[datetime | None],
    zone: tzinfo | None,
    words: Lexicon,
    least_bits: float,
) -> Iterator[Record]:
    for number, (text, moment) in enumerate(_paired(texts, moments)):
        if not isinstance(text, str):
            page_of(text, f"texts[{number}]" if number else "text")
        found = find_in(text, words, least_bits)
        if not found:  # as in nearly every page
            continue
        for record in _resolved(found, moment, zone):
            record["page"] = number
            yield record


def records_of(
    page: str,
    moment: datetime | None,
    zone: tzinfo | None,
    words: Lexicon,
    least_bits: float,
) -> Iterable[Record]:
    """Records of one page, with all of the frame's columns but `page`."""
    found = find_in(page, words, least_bits)
    return _resolved(found, moment, zone) if found else ()


def _resolved(
    snippets: Iterable[Found], moment: datetime | None, zone: tzinfo | None
) -> Iterator[Record]:
    for number, found in enumerate(snippets):
        rows = found.snippet.rows
        for row, record in zip(rows, resolve(found.told, rows, moment, zone), strict=True):
            record["start"], record["end"] = found.place(row.span)
            record["snippet"] = number
            yield record


def _paired(
    texts: Iterable[str], moments: Iterable[datetime | None]
) -> Iterable[tuple[str, datetime | None]]:
    """Pairs of both; a different number of them is an error, unless one moment is repeated."""
    return (
        zip(texts, moments, strict=False) if isinstance(moments, repeat) else _each(texts, moments)
    )


def _each(
    texts: Iterable[str], moments: Iterable[datetime | None]
) -> Iterator[tuple[str, datetime | None]]:
    missing = object()
    left = iter(moments)
    number = 0
    for text in texts:
        moment = next(left, missing)
        if moment is missing:
            raise ArgumentError("references", f"{number} references", "as many as texts")
        yield text, moment  # type: ignore[misc]
        number += 1
    if next(left, missing) is not missing:
        raise ArgumentError("references", f"more than {number} references", "as many as texts")
