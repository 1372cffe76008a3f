"""Rows in, the same with each sky in the words that are its own.

A sentence puts others around them: "| mainly clear | skies.", "dia | ensolarado |."
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from .data import languages
from .model import Cell, Condition, Row, Span
from .phenomena import in_sentence


def bare_skies(rows: Iterable[Row], page: str, language: str | None) -> Iterator[Row]:
    """Rows of a snippet in one language, the words around the skies of sentences left out.

    Examples
    --------
    >>> from weatherscrape.extract import extract
    >>> extract("Tonight: Mainly clear skies. Low 12°C.")["condition_text"].item()
    'Mainly clear'
    """
    edges = _edges(language) if language else None
    for row in rows:
        cells = tuple([_bare(cell, page, edges) for cell in row.cells]) if edges else row.cells
        yield row if cells == row.cells else replace(row, cells=cells)


def _bare(cell: Cell, page: str, edges: re.Pattern[str]) -> Cell:
    if not isinstance(cell.value, Condition):
        return cell
    start, end = cell.span
    found = edges.fullmatch(page, start, end)
    if found is None or found.span(1) == cell.span or not in_sentence(page, end):
        return cell
    return cell._replace(span=Span(*found.span(1)))


@cache
def _edges(code: str) -> re.Pattern[str] | None:
    """An expression for what may stand around a sky in a language, and the sky between."""
    forms = languages()[code].around
    if not forms:
        return None
    around = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    before, after = (
        (r"", r"") if languages()[code].script in _UNSPACED else (r"\b[\s,]+", r"[\s,]+")
    )
    return re.compile(f"(?:(?:{around}){before})*(.+?)(?:{after}(?:{around}))*", re.I | re.S)


_UNSPACED: Final = ("Hans", "Hant", "Jpan")
