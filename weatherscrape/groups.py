"""The items of one row, not yet named: what passes from the layout to the cells."""

from __future__ import annotations

from typing import NamedTuple

from .items import Item
from .model import Key


class Group(NamedTuple):
    """The items of one row, not yet named: its key, its values, and the layout that they stand in.

    `labels` is the head of the table that the row stands in, if there is one.
    """

    key: Item | None
    values: tuple[Item, ...]
    layout: str
    labels: tuple[Item, ...] = ()
    header: Key | None = None
