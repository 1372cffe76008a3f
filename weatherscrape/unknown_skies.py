"""Tokens in, the same out with words as a sky, where they stand as other skies of the page do.

"Mon | Sunny | 12°⏎Tue | Murky | 14°⏎Wed | Rain | 9°": a page that words a sky as no data file does
tells it all the same. Such a sky keeps its words, and its place among the values; it has no code.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from .data import rank
from .model import KEYS, VALUES, Condition, Kind, Reading, Span, Token
from .tokens import ANY_LINE, BETWEEN, Tokens

UNKNOWN: Final = Condition("")
_LONGEST: Final = 6  # tokens of a sky; a sentence has more
_LIKE: Final = 2  # skies that stand alike, at least
_LEAST: Final = 3  # of one line or one column
_SKY: Final = str(Kind.CONDITION)
_MEASURED: Final = frozenset({Kind.TEMPERATURE, Kind.PAIR, Kind.PERCENT})
_WORDS: Final = re.compile(r"f*x(?:[xfj.]*x)?")
# Kinds beside a sky that leave no doubt what the line is about; a bare number does not.
_SURE: Final = frozenset((VALUES | KEYS | {Kind.LABEL}) - {Kind.CONDITION, Kind.NUMBER})
_SIGNS: Final = str.maketrans("", "", ",.o")


def unknown_skies(tokens: Tokens) -> Tokens:
    """Tokens with words that stand as the skies of a page do as skies, though we do not know them.

    What we know of them is kept: "snow blorvik" among skies is a sky with snow.
    """
    if tokens.shape.count(_SKY) < _LIKE:
        return tokens
    lines = [
        line for line in tokens.lines(ANY_LINE) if tokens.shape[line.start : line.stop].strip(",")
    ]
    found = {*_among_cells(tokens, lines), *_as_in_other_lines(tokens, lines)}
    found |= {*_among_lines(tokens, lines)}
    out = list(tokens)
    after = len(tokens)
    for start, end in sorted(found, reverse=True):
        words = tokens[start:end]
        if end > after:
            continue  # it stands there for two reasons
        after = start
        if any(word.kind is Kind.WORD and word.value for word in words):
            continue  # "next week"
        skies = [w.value for w in words if isinstance(w.value, Condition)]
        sky = max(skies, key=lambda sky: rank(sky.slug), default=UNKNOWN)
        span = Span(words[0].span.start, words[-1].span.end)
        out[start:end] = [Token(span, (Reading(Kind.CONDITION, sky),))]
    return Tokens(out) if found else tokens


def _among_cells(tokens: Tokens, lines: list[range]) -> Iterator[tuple[int, int]]:
    """Words of a line of skies: "| Sunny | Murky | Rain | Fog |". Those that open it name it."""
    for line in lines:
        kinds = tokens.shape[line.start : line.stop]
        if not _OF_SKIES.fullmatch(kinds):
            continue
        cells = list(_CELL.finditer(kinds))
        named = [cell for cell in cells if _letter(cell[0]) == "x"]
        words = [cell for cell in named if kinds[: cell.start()].strip(",")]
        if len(cells) - len(named) >= max(_LEAST, len(words) + 1):
            yield from ((line.start + cell.start(), line.start + cell.end()) for cell in words)


# Cells with words or two skies, which are one: "snow showers"; without signs between, each word.
_CELL: Final = re.compile("[xfjlC]*[xfC][xfjlC]*")
_OF_SKIES: Final = re.compile(f"(?:l?,+)?{_CELL.pattern}(?:,+{_CELL.pattern})+,*|[xC]+")


def _as_in_other_lines(tokens: Tokens, lines: list[range]) -> Iterator[tuple[int, int]]:
    """Words of a line that is like others of the page, if they are its sky: "Leeds Murky 12°"."""
    shapes = [_WORDS.sub("x", tokens.shape[line.start : line.stop]) for line in lines]
    alike = Counter(s for s in shapes if s.count(_SKY) == 1 and not _SURE.isdisjoint(s))
    alike = Counter({shape: count for shape, count in alike.items() if count >= _LIKE})
    found: dict[str, list[tuple[int, int]]] = {}
    for line, shape in zip(lines, shapes, strict=True) if alike else ():
        if _SKY in shape or "x" not in shape:
            continue
        kinds = tokens.shape[line.start : line.stop]
        for run in _WORDS.finditer(kinds):
            before, after = _WORDS.sub("x", kinds[: run.start()]), kinds[run.end() :]
            after = _WORDS.sub("x", after)
            first, last = line.start + run.start(), line.start + run.end()
            if before + _SKY + after in alike:
                found.setdefault(before + _SKY + after, []).append((first, last))
            elif before + "x" + _SKY + after in alike and last - first > 1:
                found.setdefault(before + "x" + _SKY + after, []).append((last - 1, last))
    for shape, places in found.items():
        if len(places) <= alike[shape]:
            yield from places


def _among_lines(tokens: Tokens, lines: list[range]) -> Iterator[tuple[int, int]]:
    """Lines of words between the same lines as those of skies, or in a column of skies."""
    kinds = [tokens.shape[line.start : line.stop].translate(_SIGNS) for line in lines]
    shape = "".join(map(_letter, kinds))
    found: set[int] = set()
    # A blank line is part of what stands around: a text between two widgets is no sky.
    breaks = ["/" * _break(tokens, line.start - 1) for line in lines]
    before = ["", *(kind + gap for kind, gap in zip(kinds[:-1], breaks[1:], strict=True))]
    behind = [*(gap + kind for kind, gap in zip(kinds[1:], breaks[1:], strict=True)), ""]
    around = [f"{above}|{below}" for above, below in zip(before, behind, strict=True)]
    for beside, least, sure in ((around, _LIKE, _SURE), (before, _LEAST, _MEASURED)):
        skies = Counter(b for b, letter in zip(beside, shape, strict=False) if letter == "C")
        words = Counter(b for b, letter in zip(beside, shape, strict=False) if letter == "x")
        alike = {b for b in skies if skies[b] >= max(least, words[b] + 1) and sure & {*b}}
        found.update(i for i, letter in enumerate(shape) if letter == "x" and beside[i] in alike)
    for column in _COLUMN.finditer(shape):
        found.update(_in_column(column))
    for i in found:
        said = [at for at in lines[i] if tokens.shape[at] not in BETWEEN]
        yield said[0], said[-1] + 1


def _break(tokens: Tokens, at: int) -> int:
    """How many lines a line break ends."""
    value = tokens[at].value if at >= 0 else None
    return value if isinstance(value, int) else 0


def _letter(kinds: str) -> str:
    """The letter of a line or a cell: "C" a sky, "x" words or several, "k" a key, "-" else."""
    if _CELL.fullmatch(kinds) and len(kinds) <= _LONGEST:
        return "C" if kinds.count(_SKY) == 1 and "x" not in kinds.partition(_SKY)[0] else "x"
    return "k" if kinds in KEYS else "-"


def _in_column(column: re.Match[str]) -> Iterator[int]:
    """Lines of words in a column of skies: below as many days, or with skies on both sides."""
    days, column_shape = column.groups()
    number, start = len(days), column.start(2)
    if number > 1:
        part, most = column_shape[:number], 1
    else:
        start += len(column_shape) - len(column_shape.lstrip("x"))
        part, most = column_shape.strip("x"), _TWICE
    if most * part.count("x") < part.count("C") >= _LIKE:
        yield from (i for i, letter in enumerate(part, start) if letter == "x")


_TWICE: Final = 2  # as many skies as words, where no days tell how many there are
_COLUMN: Final = re.compile("(k*)-?([Cx]{3,})")  # a label may stand between
