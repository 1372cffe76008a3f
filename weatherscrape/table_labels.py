"""Tokens in, the values that the head of their table or the label of their line names out.

A line of two labels or more is the head of the lines below it that have as many columns.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from .accepts import ACCEPTS, Columns, Named, kind_of_unit, label_before
from .model import EXTREME_OF, KEYS, VALUES, Kind, Quantity, RelativeDay, Token, When
from .tokens import ANY_LINE, BETWEEN, Tokens, as_filler, length, line

_A_VALUE: Final = re.compile(f"[{re.escape(''.join(VALUES))}]")


def under_heads(tokens: Tokens, tables: Sequence[Columns]) -> Named:
    """Values of tables whose columns are parted by tabs, bars or semicolons, with their heads.

    A line of two labels or more is a head; it holds for the lines below it with as many columns. A
    label of what no column has, at the start of a line, is about all of it.
    """
    found: Named = {}
    head: dict[int, int] = {}
    unknown: list[int] = []  # columns whose heads mean nothing to us
    width = 0
    shape = tokens.shape
    fields: dict[tuple[int, str], str] = {}  # of a label, before a value of a kind
    last = 0
    for columns in tables:
        if shape.count("x", last, columns[0].start) >= _OF_TEXT:
            head, unknown, width = {}, [], 0  # another text stands between
        last = columns[-1].stop
        kinds = shape[columns[0].start : columns[-1].stop]
        if not kinds.strip("-,"):
            continue  # the rule under a head
        if "l" in kinds and (not _A_VALUE.search(kinds) or _is_head(columns, shape)):
            named = _labels_of(tokens, columns)
            if len(named) >= 2:
                head, width = named, len(columns)
                words = (c for c in range(1, width) if c not in named)
                unknown = [
                    c for c in words if {*shape[columns[c].start : columns[c].stop]} & _WORDS
                ]
                said = (i for cell in columns for i in cell if shape[i] in _SAID_IN_HEADS)
                days = _days_of_heads(tokens, columns, named)
                shown = {day: i for i, day in reversed(days.items())}.values()  # each once
                found |= {i: ("other", -1) for i in (*said, *days) if i not in shown}
                continue
        if opening := _OPENING.match(shape, columns[0].start, columns[-1].stop):
            label = opening.end() - 1
            if tokens[label].value == "other":
                found |= {
                    i: ("other", label)
                    for i in range(label + 1, columns[-1].stop)
                    if shape[i] in VALUES
                }
                continue
            if not head or len(columns) != width:
                found |= _named_along(tokens, columns, label)
        if len(columns) != width:
            head = head if not any(columns) else {}
            unknown = unknown if head else []
            continue
        if head and (step := _step(tokens, head, columns)):
            head = {c + step: label for c, label in head.items()}
            unknown = [c + step for c in unknown if c + step < width]
        for c in unknown:
            found |= {i: ("other", -1) for i in columns[c] if _is_without_unit(tokens[i])}
        for c, label in head.items():
            for place in _points_last(columns[c], shape):
                field = fields.get((label, shape[place]))
                if field is None:
                    field = _field_before(tokens[label], tokens[place].kind)
                    fields[label, shape[place]] = field
                if field:
                    if field not in ("day", "condition"):
                        found[place] = (field, label)
                    break
    return found


def _step(tokens: Tokens, head: Mapping[int, int], columns: Columns) -> int:
    """1 where the first cell of a head was an empty one, and a scraper has left it out, or else 0.

    "| High | Low | |⏎| Monday | 12 | 9 |": the label of a temperature stands above a day.
    """
    first = min(head)
    accepts = ACCEPTS.get(str(tokens[head[first]].value), ())
    kinds = {tokens.shape[at] for at in columns[first]} - BETWEEN
    empty = max(head) + 1 < len(columns)
    return int(empty and bool(kinds) and kinds <= KEYS and Kind.NUMBER in accepts)


_WORDS: Final = frozenset("xm")  # of a head; "Dec" may be a declination


def _is_without_unit(token: Token) -> bool:
    """Whether a token is a number that has no unit, or nothing but a degree sign."""
    number = token.kind in (Kind.NUMBER, Kind.TEMPERATURE)
    return number and isinstance(token.value, Quantity) and token.value.unit is None


def _days_of_heads(
    tokens: Tokens, columns: Columns, labels: Collection[int]
) -> dict[int, RelativeDay]:
    """Days within the labels of a head that has today's values, and maybe those that are over.

    "Yesterday's high | Today's high | Today's low".
    """
    days: dict[int, RelativeDay] = {}
    for i in (i for c in labels for i in columns[c] if tokens.shape[i] == "w"):
        value = tokens[i].value
        if isinstance(value, When) and value.day:
            days[i] = value.day
    known = set(days.values())
    return days if RelativeDay.TODAY in known and known <= {_OVER, RelativeDay.TODAY} else {}


_OVER: Final = RelativeDay.YESTERDAY
_OF_TEXT: Final = 4  # words
_OPENING: Final = re.compile(r"[,.]*+l(?=[.u]*+,[^l]*+\Z)")


def _named_along(tokens: Tokens, columns: Columns, label: int) -> Named:
    """The values of a line that a label opens, one a cell and all alike: "High °F | 52 | | 49"."""
    field = str(tokens[label].value)
    values: list[int] = []
    for cell in columns:
        said = [i for i in cell if tokens.shape[i] not in BETWEEN and i > label]
        said = [i for i in said if tokens.shape[i] != "u"]
        if len(said) > 1:
            return {}
        values += said
    kinds = {tokens[i].kind for i in values} - {Kind.MISSING}
    alike = len(kinds) == 1 and kinds <= {*ACCEPTS.get(field, ())} & VALUES
    if field == "condition" or not alike or len(values) < _LEAST_NAMED:
        return {}
    return {i: (field, label) for i in values}


_LEAST_NAMED: Final = 2
_SAID_IN_HEADS: Final = "CWq"  # "Frost", the "s" of "Period s", and the hours of "24 hrs rain"


def _labels_of(tokens: Tokens, columns: Columns) -> dict[int, int]:
    """The token that names each column of a head: its label, a unit alone, or a part of the day.

    "T (°C)" are temperatures; "Day | Night" are the highest and the lowest, among other labels.
    """
    named: dict[int, int] = {}
    parts: dict[int, int] = {}
    highs = any(tokens[i].value == "temperature_max" for cell in columns for i in cell)
    for c, cell in enumerate(columns):
        kinds = tokens.shape[cell.start : cell.stop]
        low = _DEGREES_ALONE.match(kinds) and tokens[cell.start].value == "temperature_min"
        if "l" in kinds and not (low and not highs and length(tokens[cell.start]) == 1):
            named[c] = cell.start + kinds.index("l")
        elif _DEGREES_ALONE.fullmatch(kinds) and length(tokens[cell.start]) <= _SYMBOL:
            unit = cell.start + kinds.index("u")
            if kind_of_unit(tokens[unit]) is Kind.TEMPERATURE:
                parts[c] = unit
        elif kinds.strip(",.u") == "w" and _extreme(tokens[cell.start + kinds.index("w")]):
            parts[c] = cell.start + kinds.index("w")
    said = [i for cell in columns for i in cell if tokens.shape[i] == "w"]
    if len({_extreme(tokens[at]) for at in parts.values()} - {""}) == 1 or len(said) > _EXTREMES:
        return named  # "Morning | Day | Evening | Night"
    return dict(sorted((named | parts).items())) if named else named


_EXTREMES: Final = 2  # parts of the day, its day and its night
_DEGREES_ALONE: Final = re.compile("[xl]?[,.]*u[,.]*")
_SYMBOL: Final = 2  # letters, as "T" and "Ta"


def _extreme(token: Token) -> str:
    """The extreme that belongs to a part of the day, "" if none does."""
    when = token.value
    return EXTREME_OF.get(when.period, "") if isinstance(when, When) and when.period else ""


def _is_head(columns: Columns, shape: str) -> bool:
    """Whether most cells of a line are labels, and no value of it a number: "Min | Max | Frost"."""
    kinds = [shape[cell.start : cell.stop] for cell in columns]
    said = sum(any(kind in _SAID_IN_HEADS for kind in cell) for cell in kinds)
    labels = sum("l" in cell for cell in kinds)
    return not set("".join(kinds)) & VALUES - {*_SAID_IN_HEADS} and labels > 2 * said


def _points_last(cell: range, shape: str) -> Sequence[int]:
    """The tokens of a cell, the compass points last."""
    return cell if len(cell) <= 1 else sorted(cell, key=lambda i: shape[i] == "W")


def _field_before(label: Token, kind: Kind) -> str:
    """The column that a label gives to a value of `kind`, "" if it accepts none."""
    if label.kind is Kind.UNIT:
        field = "temperature"
    else:
        field = _extreme(label) or str(label_before(label, kind).value)
    return field if kind in ACCEPTS.get(field, ()) else ""


_SPACED_HEAD: Final = line("[,.o]*+l[,.oj]*+l[l,.oj]*+")


def under_spaced_heads(tokens: Tokens) -> Named:
    """Numbers below a line of labels and nothing else, on lines with a name and as many numbers.

    "Min Max⏎Cairo 17 27⏎Aswan 18 32", "Highs and lows:⏎Arden: from 18 to 9". Below "City Min Max" a
    name is one, even that of a day.
    """
    found: Named = {}
    placed = False  # the head has a column of names
    if not _SPACED_HEAD.search(tokens.shape):
        return found
    head: list[int] = []
    for whole in tokens.lines(ANY_LINE):
        kinds = tokens.shape[whole.start : whole.stop].translate(_WITHOUT_BETWEEN)
        if not kinds:
            continue
        if len(kinds) > 1 and not kinds.strip("l"):
            said = [i for i in _said(tokens, whole) if tokens[i].value != "location"]
            placed = len(said) < len(kinds)
            head = said if len({tokens[i].value for i in said}) == len(said) else []
            continue
        if not head:
            continue
        values = kinds[-len(head) :]
        name = kinds[: -len(head)]
        if not name or _A_VALUE.search(name) or any(kind not in VALUES for kind in values):
            head = []
            continue
        fields = [(str(tokens[label].value), label) for label in head]
        if all(
            kind in ACCEPTS.get(field, ()) for kind, (field, _) in zip(values, fields, strict=True)
        ):
            of_line = _said(tokens, whole)
            found |= dict(zip(of_line[-len(head) :], fields, strict=True))
            days = (i for i in of_line[: -len(head)] if tokens.shape[i] in KEYS)
            found |= {i: ("other", -1) for i in days if placed}
    return found


_WITHOUT_BETWEEN: Final = str.maketrans("", "", "".join(BETWEEN) + "j")


def _said(tokens: Tokens, line: range) -> list[int]:
    """The tokens of a line that say something."""
    return [i for i in line if tokens.shape[i] not in BETWEEN and tokens.shape[i] != "j"]


def lines_of(tokens: Sequence[Token]) -> Iterator[list[int]]:
    """Indices of tokens line by line."""
    line: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind is Kind.BREAK:
            yield line
            line = []
        else:
            line.append(at)
    yield line


_DELIMITERS: Final = ("\t", "|", ";")
_DELIMITED: Final = line("[^/,]*+,[^/,]*+,[^/]*+")


def table_lines(tokens: Tokens) -> list[Columns]:
    """Lines with two delimiters or more, as columns of token indices."""
    found: list[Columns] = []
    shape = tokens.shape
    for whole in tokens.lines(_DELIMITED):
        if not shape[whole.start : whole.stop].strip(","):
            continue
        signs = [i for i in whole if shape[i] == ","]
        printed = [tokens[i].value for i in signs]
        delimiter = max(_DELIMITERS, key=printed.count)
        borders = [i for i, sign in zip(signs, printed, strict=True) if sign == delimiter]
        if len(borders) >= 2:
            starts = [whole.start, *(i + 1 for i in borders)]
            found.append(list(map(range, starts, [*borders, whole.stop])))
    return found


_RULE: Final = line(",*+-,[-,]*+")
_DASHES: Final = 3


def without_rules(tokens: Tokens, page: str) -> Tokens:
    """Tokens without the rule under a head, which has no values: "|---|---|"."""
    out = list(tokens)
    for whole in tokens.lines(_RULE):
        dashes = [i for i in whole if tokens.shape[i] == "-"]
        if all(
            length(tokens[i]) >= _DASHES and "-" in page[slice(*tokens[i].span)] for i in dashes
        ):
            for i in dashes:
                out[i] = as_filler(tokens[i])
    return Tokens(out) if "-," in tokens.shape else tokens
