"""Items in, the same items out with the drawn table and its column that they stand in.

Lines are drawn by box characters, as wttr.in does it, or by the bars of Markdown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from .groups import Item

_BOX: Final = re.compile("[\u2500-\u257f]+")  # Unicode, box drawing
_BAR: Final = re.compile("[|]")  # Markdown
_RULE: Final = re.compile("[\u2500-\u257f\\s|:-]+")
_RULE_OF_BARS: Final = re.compile(r"\n[|](?: ?:?-+:? ?[|])+(?=\n)")


def in_boxes(items: list[Item], page: str, start: int, end: int) -> list[Item]:
    """Items of a stretch of a page with the drawn table and the column that they stand in."""
    if _BOX.search(page, start, end):
        return _within(items, page, _BOX)
    return _within(items, page, _BAR) if _RULE_OF_BARS.search(page, start, end) else items


def _within(items: Sequence[Item], page: str, drawn: re.Pattern[str]) -> list[Item]:
    """Items with the drawn table and the column that they stand in; `drawn` are its borders.

    Lines with two cells or more are of one table as far as nothing but drawn lines is between.
    """
    out: list[Item] = []
    borders: list[int] = []
    table, last = 1, 0
    end = -1  # of the line
    for item in items:
        if item.span.start > end:
            start = page.rfind("\n", 0, item.span.start) + 1
            end = _line_end(page, start)
            borders = [border.end() for border in drawn.finditer(page, start, end)]
            if len(borders) >= _BORDERS:
                between = page[last:start].splitlines()
                table += not all(_is_box_line(line, drawn) for line in between)
                last = end
        if len(borders) >= _BORDERS:
            item = item._replace(box=(table, bisect_right(borders, item.span.start)))
        out.append(item)
    return out


_BORDERS: Final = 3  # of a line with two cells


def _line_end(page: str, start: int) -> int:
    end = page.find("\n", start)
    return end if end >= 0 else len(page)


def _is_box_line(line: str, drawn: re.Pattern[str]) -> bool:
    return not line.strip() or bool(_RULE.fullmatch(line)) or len(drawn.findall(line)) >= _BORDERS
