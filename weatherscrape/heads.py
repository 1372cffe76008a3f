"""Tokens in, the values that stand below a label of a table's head out, by where they are printed.

    CITY      SKY/WX    TMP DP  RH WIND       PRES
    ALTON     MOCLDY    50  46  87 SE9       29.80S
    CAHOKIA   LGT RAIN  52  50  93 S10G18    29.79F

What stands under a label is of it, however many values a line has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .accepts import ACCEPTS, Named, kind_of_unit, labelling
from .model import KEYS, VALUES, Kind, Token
from .tokens import ANY_LINE, Tokens
from .tokens import line as line_like

_LEAST: Final = 3  # labels of a head, and values of a line below it
_SPACES: Final = re.compile(" {2,}")
_SAID: Final = re.escape("".join(VALUES | KEYS))
_OF_LABELS: Final = line_like(f"(?=(?:[^/l]*+l){{{_LEAST}}})[^/{_SAID}]*+")
_PRINTED: Final = VALUES - {Kind.MISSING}
_UNNAMED: Final = frozenset({"day", "time", "location", "other"})


@dataclass(frozen=True, slots=True)
class _Head:
    """A label of a head, the characters of its line that it stands on, and its unit below them."""

    label: int
    start: int
    end: int
    unit: int = -1


def under_printed_heads(tokens: Tokens, page: str) -> Named:
    """Which value each label of a head names: index of the value → (field, index of the label)."""
    found: Named = {}
    heads: list[_Head] = []
    head_lines = {line.start for line in tokens.lines(_OF_LABELS)}
    for line in tokens.lines(ANY_LINE) if head_lines else ():
        if line.start in head_lines:
            heads = list(_heads(tokens, line, page)) if _is_spaced(tokens, line, page) else []
        elif heads and not tokens.shape[line.start : line.stop].strip(_OF_UNITS):
            heads = [_with_unit(tokens, head, line, page) for head in heads]
        elif heads and any(kind in _PRINTED for kind in tokens.shape[line.start : line.stop]):
            named = _named(tokens, line, heads, page)
            heads = heads if named else []
            found |= named
    return found


def _is_spaced(tokens: Tokens, line: range, page: str) -> bool:
    """Whether runs of spaces part what stands on a line, and no other sign does."""
    printed = page[tokens[line[0]].span.start : tokens[line[-1]].span.end]
    return "\t" not in printed and "|" not in printed and len(_SPACES.findall(printed)) > 1


def _heads(tokens: Tokens, line: range, page: str) -> Iterator[_Head]:
    """The labels of a head; what follows one without spaces is of it: "Wind(mph)"."""
    origin = _line_start(page, tokens[line[0]])
    for place, at in enumerate(line):
        if tokens[at].kind is not Kind.LABEL:
            continue
        end = tokens[at].span.end
        for other in line[place + 1 :]:
            if tokens[other].span.start > end or tokens[other].kind is Kind.LABEL:
                break
            end = tokens[other].span.end
        yield _Head(at, tokens[at].span.start - origin, end - origin)


def _with_unit(tokens: Tokens, head: _Head, line: range, page: str) -> _Head:
    """A label with the unit that is printed below it: "Temp   Wind⏎(°F)   (mph)"."""
    origin = _line_start(page, tokens[line[0]])
    accepts = ACCEPTS.get(str(tokens[head.label].value), ())
    for at in line:
        token = tokens[at]
        start, end = token.span.start - origin, token.span.end - origin
        below = token.kind is Kind.UNIT and start <= head.end and head.start <= end
        if below and kind_of_unit(token) in accepts:
            return _Head(head.label, min(start, head.start), max(end, head.end), at)
    return head


_OF_UNITS: Final = "u,."


def _line_start(page: str, token: Token) -> int:
    return page.rfind("\n", 0, token.span.start) + 1


def _named(tokens: Tokens, line: range, heads: Sequence[_Head], page: str) -> Named:
    """The values of a line with what stands above them; none if it is no line of that table."""
    origin = _line_start(page, tokens[line[0]])
    found: Named = {}
    taken: set[tuple[int, Kind]] = set()
    for at in line:
        token = tokens[at]
        start, end = token.span.start - origin, token.span.end - origin
        over = [head for head in heads if head.start < end and start < head.end]
        if token.kind not in VALUES or not over:
            continue
        unit = kind_of_unit(tokens[over[0].unit]) if over[0].unit >= 0 else None
        of_unit = unit if token.kind is Kind.NUMBER else None
        label = labelling(tokens[over[0].label], of_unit or token.kind)
        field = str(label.value)
        if len(over) > 1 and not _are_one(tokens, over):
            return {}
        if field in _UNNAMED or token.kind is Kind.MISSING:
            continue
        if token.kind not in ACCEPTS.get(field, ()) or (over[0].label, token.kind) in taken:
            return {}
        taken.add((over[0].label, token.kind))
        found[at] = (field, over[0].label if over[0].unit < 0 else over[0].unit)
    return found if len(found) >= _LEAST else {}


def _are_one(tokens: Tokens, heads: Sequence[_Head]) -> bool:
    """Whether labels mean the same: "SKY/WX"."""
    return len({tokens[head.label].value for head in heads}) == 1
