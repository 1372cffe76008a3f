"""The place that a snippet names: a short line of capitalised words right before it."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Row, Token


def location(page: str, rows: Sequence[Row], tokens: Sequence[Token]) -> str | None:
    """The place named before the first of `rows`, if one is."""
    return None
