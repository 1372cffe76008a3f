"""Rows in, the same with each sky in the words that are its own.

A sentence puts others around them: "| mainly clear | skies.", "dia | ensolarado |."
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from .data import languages
from .model import Cell, Row, Span
from .phenomena import in_sentence


def bare_skies(rows: Iterable[Row], page: str, language: str | None) -> Iterator[Row]:
    """Rows of a snippet in one language, the words around the skies of sentences left out.

    Examples
    --------
    >>> from weatherscrape.extract import extract
    >>> extract("Tonight: Mainly clear skies. Low 12°C.")["condition_text"].item()
    'Mainly clear'
    """
    edges = _edges(language) if language else ()
    for row in rows:
        sky = next((cell for cell in row.cells if cell.field == "condition"), None)
        bare = sky and _bare(sky, page, edges)
        if bare is None or bare is sky:
            yield row
        else:
            yield replace(row, cells=tuple([bare if cell is sky else cell for cell in row.cells]))


def _bare(cell: Cell, page: str, edges: Sequence[re.Pattern[str]]) -> Cell:
    start, end = cell.span
    for edge in edges:
        if found := edge.fullmatch(page, start, end):
            start, end = found.span(1)
    bare = Span(start, end)
    return cell if bare == cell.span or not in_sentence(page, end) else cell._replace(span=bare)


@cache
def _edges(code: str) -> Sequence[re.Pattern[str]]:
    """Expressions for what may stand around a sky in a language, and the sky between.

    A form with a star stays behind a single word: "mainly clear | skies", but "clear skies".
    """
    language = languages()[code]
    forms = sorted(language.around, key=len, reverse=True)
    around = "|".join(re.escape(form) for form in forms if not form.startswith("*"))
    behind = "|".join(re.escape(form[1:].strip()) for form in forms if form.startswith("*"))
    spaced = language.script not in _UNSPACED
    before, after = (r"[\s,]+", r"[\s,]+") if spaced else (r"\s*", r"\s*")
    edges = []
    if around:
        edges.append(f"(?:(?:{around}){before})*(.+?)(?:{after}(?:{around}))*")
    if behind:
        edges.append(rf"(\S+\s.*?){after}(?:{behind})")
    return tuple(re.compile(edge, re.I | re.S) for edge in edges)


# Scripts without spaces between words; in Korean, particles are written on to a word.
_UNSPACED: Final = ("Hans", "Hant", "Jpan", "Kore", "Thai")
