"""What rows are made of: an item, and the items of one row, not yet named."""

from __future__ import annotations

from typing import NamedTuple

from .model import AIR, OF_AIR, Key, Kind, Period, Span
from .prose import Place


class Item(NamedTuple):
    """A key, a value or a free label of a window, and what stands between it and the item before.

    `field` is the column that a label gave it, "" if none did. `lines` counts the line breaks
    before it (2 for a blank line), `words` the words that mean nothing to us. `also` is the
    label that a condition can be as well ("Rain"), or the "and", the "but" or the comma before a
    key. The value of a free label is the unit printed with it. `in_text`: three words or more stand
    before it on its line, or, before a key, some on lines of their own. `opens`: what a key is
    about follows it, as colons, blank lines or a title say. `box`: which table of drawn lines
    it stands in, and in which column of it. `place`: its paragraph and sentence, if it stands
    in running text. `named`: words and a colon before it begin its line, or are the line above:
    "Ankara: 14 °C". `bound`: it stands in brackets right behind its key: "on Saturday (33 °C)".
    `entry`: the place of a list that it tells of, "" if none; `of_air`: the text says that it is
    a list of what the air is expected to be, or is. `part`: the part of the day that a legend
    gives it. `key`: what a key says.
    """

    kind: Kind
    span: Span
    value: object = None
    field: str = ""
    lines: int = 0
    words: int = 0
    also: str = ""
    in_text: bool = False
    opens: bool = False
    box: tuple[int, int] | None = None
    place: Place | None = None
    named: bool = False
    bound: bool = False
    entry: str = ""
    of_air: bool = False
    part: Period | None = None
    key: Key | None = None


class Group(NamedTuple):
    """The items of one row, not yet named: its key, its values, and the layout that they stand in.

    `labels` is the head of the table that the row stands in, if there is one.
    """

    key: Item | None
    values: tuple[Item, ...]
    layout: str
    labels: tuple[Item, ...] = ()
    header: Key | None = None


def is_warm(item: Item) -> bool:
    """Whether an item says how warm the air is."""
    number = item.kind is Kind.NUMBER and item.field in AIR
    return number or (item.kind in OF_AIR and item.field in AIR | {""})
