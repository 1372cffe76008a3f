"""A window in, the same window out with the lines that a scraper ran together or broke up.

"City;High;Low;UV Index Arden;64;52;1 Carrow;75;53;5": the last cell of a row and the first one of
the next are one. ".TODAY...Sunny. .TONIGHT...Clear.": each heading began a line. The space between
them becomes a line break, and the line breaks around the cells of a row become spaces, so that no
offset changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from .model import Kind
from .vocabulary import Lexicon, Vocabulary, squeeze

_LEAST: Final = 12  # semicolons that a line of running text has not
_ROWS: Final = 2  # that are run together, at least
_CELLS: Final = 3  # of a row, at least
_LABEL: Final = 60  # characters of a label, at most
_CELL: Final = re.compile(r"[^;]+")
_JOINT: Final = re.compile(r"-?\d+(?:\.\d+)?[%°]?( )[^\W\d_].*")
_RULE: Final = re.compile(r"[_=—-]{3,}( )")


def parted(window: str, lexicon: Lexicon) -> str:
    """`window`, as long as before, with the rows of its tables on lines of their own.

    Examples
    --------
    >>> from weatherscrape.vocabulary import lexicon
    >>> table = "Town;High;Low;UV index Arden;64;52;1 Carrow;75;53;5 Pembry;61;50;2 Dale;70;51;3"
    >>> print(parted(table, lexicon()))
    Town;High;Low;UV index
    Arden;64;52;1
    Carrow;75;53;5
    Pembry;61;50;2
    Dale;70;51;3
    """
    for sign in _ITEM:
        if window.count(sign) >= _ITEMS:
            window = _LISTS[sign].sub(_without_dashes, window)
    if window.count("\n|\n") >= _BROKEN or _CONTINUED.search(window):
        window = "\n".join(_rows(window.split("\n")))
    window = _with_rows(window, lexicon)
    if len(_BULLET.findall(window)) >= _BULLETS:
        window = "\n".join(map(_listed, window.split("\n")))
    if window.count("...") >= _HEADINGS:
        window = "\n".join(map(_headed, window.split("\n")))
    if window.count(";") < _LEAST:
        return window
    return "\n".join(_of_line(line, lexicon) for line in window.split("\n"))


def _without_dashes(items: re.Match[str]) -> str:
    """The items of a list without their dashes, which are no minus: "- Monday⏎- 12 °C⏎- Fog"."""
    return _DASH.sub(_blank, items[0]) if _WORDED.search(items[0]) else items[0]


def _blank(dash: re.Match[str]) -> str:
    return " " * len(dash[0])


_ITEM: Final = ("- ", "• ", "* ", "> ")
_ITEMS: Final = 3
_LISTS: Final = {
    sign: re.compile(rf"(?:^[ \t]*{re.escape(sign)}[^\n]*(?:\n\s*|\Z)){{{_ITEMS},}}", re.MULTILINE)
    for sign in _ITEM
}
_DASH: Final = re.compile(rf"^[ \t]*(?:{'|'.join(map(re.escape, _ITEM))})", re.MULTILINE)
_WORDED: Final = re.compile(_DASH.pattern + r"[^\W\d_]", re.MULTILINE)


def _rows(lines: Sequence[str]) -> Iterator[str]:
    """Lines, with those of a broken row as one: "| Gust |⏎31⏎|⏎28⏎|", "| Gust | 31 |⏎28 | 30 |"."""
    row: list[str] = []
    at = 0
    while at < len(lines):
        cell = _broken_cell(lines, at, row[0]) if row and _is_open(row) else 0
        if row and not cell:
            yield " ".join(row)
            row = []
        row += lines[at : at + (cell or 1)]
        at += cell or 1
    yield " ".join(row)


def _is_open(row: Sequence[str]) -> bool:
    """Whether lines are the beginning of a row of a table."""
    return row[0].startswith("|") and row[-1].rstrip().endswith("|")


def _broken_cell(lines: Sequence[str], at: int, row: str) -> int:
    """How many lines cells have that begin behind a bar, with the bar that ends them; 0 if none.

    The bar stands alone, or behind the last words in a table whose rows begin with one. `row`: the
    first line of theirs.
    """
    barred = row.rstrip() != "|"
    for size, line in enumerate(lines[at : at + _CELL_LINES], 1):
        if "|" in line:
            ends = barred and line[0] != "|" and line.rstrip()[-1] == "|"
            return size if line == "|" or ends else 0
    return 0


_BROKEN: Final = 3  # cells
_CONTINUED: Final = re.compile(r"\|[ ]*\n[^|\n]+\|(?:[^\n]*\|)?[ ]*\n\|")
_CELL_LINES: Final = 4


def _with_rows(window: str, lexicon: Lexicon) -> str:
    """A window with the cells of each row on one line, where a table has each on its own.

    "Town⏎High⏎Low⏎Arden⏎24⏎12⏎Carrow⏎22⏎9⏎Dale⏎19⏎8": as many cells of the same kinds again and
    again, below as many labels.
    """
    barred = window.count("\n|") >= _BROKEN
    cells = list((_BARRED if barred else _ALONE).finditer(window))
    kinds = "".join(["n" if _NUMBER.match(cell[1]) else "a" if cell[1] else "-" for cell in cells])
    out = list(window)
    for rows in _PERIODS.finditer(kinds):
        size = len(rows[1])
        head = rows.start() - size
        if head < 0 or "n" in kinds[head : rows.start()]:
            continue
        words = lexicon.of(window)
        named = head if kinds[rows.start()] == "n" else head + 1  # names need no label
        if all(_begins_with_label(cell[1], words) for cell in cells[named : rows.start()]):
            for row in range(head, rows.end(), size):
                for at in range(cells[row].start(1), cells[row + size - 1].end(1)):
                    if out[at] == "\n":
                        out[at] = " " if barred else "\t"
    return "".join(out)


_BARRED: Final = re.compile(r"(?:^|\n)\| *([^\n|]*(?:\n[^\n|]+)*?)(?=\n\||\n?\Z)")
_ALONE: Final = re.compile(r"^ *([^\n]{,40}?)(?: *\|)?$", re.MULTILINE)
_NUMBER: Final = re.compile(r"[-+]?\d[^\n]{,11}$|-+$")
_PERIODS: Final = re.compile(r"(a[an]{2,8}?|(?=n+a)n[an]{3,8}?)\1{2,}")


def _begins_with_label(cell: str, words: Vocabulary) -> bool:
    cell = _DURATION.sub("", cell)
    ends = [at for at, letter in enumerate(cell) if letter in " \n("]
    return any(
        reading.kind is Kind.LABEL
        for end in (*ends, len(cell))
        for reading in words.readings(squeeze(cell[:end]))
    )


_DURATION: Final = re.compile(r"\A\d+[ -]?[^\W\d_]+[ ]")  # "24 hrs rainfall"


def _listed(line: str) -> str:
    """A line with what stands behind its bullets on lines of their own: "Highs*Leeds 12*York 9"."""
    return _BULLET.sub("\n", line) if len(_BULLET.findall(line)) >= _BULLETS else line


_BULLET: Final = re.compile(r"(?<=\S)[*•●▲◆■](?=\S)")
_BULLETS: Final = 4  # of one line


def _headed(line: str) -> str:
    """A line with its headings on lines of their own, if it has several."""
    headings = list(_HEADING.finditer(line))
    if len(headings) < _HEADINGS:
        return line
    out = list(line)
    for heading in headings:
        out[heading.start()] = "\n"
    return "".join(out)


_HEADINGS: Final = 3
_HEADING: Final = re.compile(r" (?=\.[A-Z][A-Z ]{2,40}\.\.\.)")


def _of_line(line: str, lexicon: Lexicon) -> str:
    if line.count(";") < _LEAST:
        return line
    cells = list(_CELL.finditer(line))
    joints = {at: joint for at, cell in enumerate(cells) if (joint := _joint(line, *cell.span()))}
    steps = {two - one for one, two in pairwise(joints)}
    size = steps.pop() if len(steps) == 1 else 0
    if len(joints) < _ROWS or size < _CELLS:
        return line
    breaks = list(joints.values())
    head = min(joints) - size
    if head >= 0:
        breaks += _behind_label(line, *cells[head].span(), lexicon)
        if rule := _RULE.search(line, 0, cells[head].start()):
            breaks.append(rule.start(1))
    out = list(line)
    for at in breaks:
        out[at] = "\n"
    return "".join(out)


def _joint(line: str, start: int, end: int) -> int:
    """Where the space stands between a value and the name of the next row; 0 if it is no joint."""
    joint = _JOINT.fullmatch(line, start, end)
    return joint.start(1) if joint else 0


def _behind_label(line: str, start: int, end: int, lexicon: Lexicon) -> list[int]:
    """Where the space stands behind the last label of the head: "UV index| Arden"."""
    words = lexicon.of(line)
    spaces = [at for at in range(start, min(end, start + _LABEL)) if line[at] == " "]
    for at in reversed(spaces):
        readings = words.readings(squeeze(line[start:at]))
        if any(reading.kind is Kind.LABEL for reading in readings):
            return [at]
    return []
