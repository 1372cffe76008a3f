"""What sentences tell of the past, of what is usual, of an example, or of some places only.

None of that is a forecast: "It was sunny last year", "a record high of 97".
"""

from __future__ import annotations

import math
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from .model import (
    AIR,
    DAILY,
    DEGREES,
    KEYS,
    MEASURED,
    OF_AIR,
    YEARS,
    Kind,
    PartialDate,
    Quantity,
    Token,
)
from .names_in_text import is_led, names_in
from .prose import Place, sentences
from .tokens import ANY_LINE, Tokens, length


def is_past(tokens: Sequence[Token], at: int, page: str) -> bool:
    """Whether a token is a verb of the past, and no noun that is spelled so: "in höheren Lagen"."""
    if tokens[at].value != "past":
        return False
    start = tokens[at].span.start
    noun = page[start].isupper() and page[start + 1 : start + 2].islower()
    return not noun or _OPENING.search(page, max(0, start - 3), start) is not None


_OPENING: Final = re.compile(r"(?:\A|[.!?।:…\n\"“„»(–-])\s*\Z")


def told(tokens: Tokens, at: Sequence[Place | None], page: str) -> frozenset[int]:
    """Tokens of sentences that tell of what has been, of what is usual, or of what is an example.

    "It was sunny last year", "For example, a sign says rain and 12 °C".
    """
    found = _almanac(tokens, at)
    for indices in sentences(at):
        values = {tokens[i].value for i in indices if tokens.shape[i] == "x"}
        place = at[indices[0]]
        ahead = place is not None and place.ahead
        over = "ago" in values or any(_is_year(tokens[i]) for i in indices)
        over = over or (not ahead and _since_a_date(tokens, indices))
        was = any(is_past(tokens, i, page) for i in indices)
        usual = "usual" in values and not (ahead and _names_an_extreme(tokens, indices))
        found.update(_records(tokens, indices))
        if usual or over or (was and not ahead):
            clause: Sequence[int] = indices
            only = usual and not over and not was and _opens_with_day(tokens, indices)
            if only or (ahead and over):
                clause = _from_clause(tokens, indices)
            elif ahead and usual and not over:
                clause = _to_clause(tokens, indices)
            found |= {i for i in clause if tokens.shape[i] in MEASURED}
        elif "example" in values:
            said = next(i for i in indices if tokens[i].value == "example")
            found |= {i for i in indices if i > said and tokens.shape[i] in MEASURED}
    return frozenset(found)


def _records(tokens: Tokens, sentence: Sequence[int]) -> Iterator[int]:
    """Values right behind a word for what was once: "a record high of 97 and a high of 95"."""
    for at in sentence:
        usual = any(reading.value == "usual" for reading in tokens[at].readings)
        if usual and (behind := _RECORD.match(tokens.shape, at + 1)):
            yield behind.end() - 1


_RECORD: Final = re.compile(r"[.l]{0,2}[TnP]")


def _since_a_date(tokens: Tokens, sentence: Sequence[int]) -> bool:
    """Whether a sentence names a date with its year, and not as its first thing.

    "The record is of 18 June 2002, with 35.8 degrees", "the coldest since Jan. 19, 1994".
    """
    dates = (tokens[i].value for i in sentence if tokens.shape[i] == "D")
    dated = any(isinstance(value, PartialDate) and value.year for value in dates)
    return dated and not _opens_with_day(tokens, sentence)


def _names_an_extreme(tokens: Tokens, sentence: Sequence[int]) -> bool:
    """Whether a high or a low is the first thing that a sentence says."""
    said = next((i for i in sentence if tokens.shape[i] in "lxC"), -1)
    return said >= 0 and tokens.shape[said] == "l" and tokens[said].value in DAILY


def _opens_with_day(tokens: Tokens, sentence: Sequence[int]) -> bool:
    """Whether the first thing that a sentence says is its day."""
    said = next((i for i in sentence if tokens.shape[i] in _SAID), -1)
    return said >= 0 and tokens.shape[said] in "dD"


_SAID: Final = "dDwhlxCTPn"


def _from_clause(tokens: Tokens, sentence: Sequence[int]) -> Sequence[int]:
    """The end of a sentence that tells of what was, from the comma before the word that says so.

    "A high of 27, which is warmer than a day ago", "Saturday sunny with 24 °C, above the normals".
    """
    said = next(i for i in sentence if tokens[i].value in _OF_ONCE or _is_year(tokens[i]))
    commas = [i for i in sentence if i < said and tokens[i].value == ","]
    return [i for i in sentence if i >= commas[-1]] if commas else sentence


def _to_clause(tokens: Tokens, sentence: Sequence[int]) -> Sequence[int]:
    """The beginning of a sentence that tells of what is usual, to the clause about a day.

    "The average high is 67 degrees, while Sunday's high is expected to reach 78 degrees."
    """
    said = [i for i in sentence if tokens[i].value == "usual"]
    commas = [i for i in sentence if i > said[-1] and tokens[i].value == ","]
    for comma in commas[-1:]:
        kinds = "".join(tokens.shape[i] for i in sentence if i > comma)
        if _ABOUT_A_DAY.search(kinds):
            return [i for i in sentence if i < comma]
    return sentence


_ABOUT_A_DAY: Final = re.compile("[dDw].*[TnP]")
_OF_ONCE: Final = ("ago", "usual")


def _almanac(tokens: Tokens, at: Sequence[Place | None]) -> set[int]:
    """Tokens of lines that tell of what is usual or was once, and of the lines below their title.

    "Record high: 86 in 1949", "Normals for the period: low minus 19", "Almanac".
    """
    found: set[int] = set()
    told = any(tokens[i].value for i in tokens.places(Kind.WORD))
    if not (told or "D" in tokens.shape or any(map(_is_year, tokens))):
        return found
    titled = False
    years: defaultdict[int, list[int]] = defaultdict(list)
    for line in tokens.lines(ANY_LINE):
        words = {tokens[j].value for j in line if tokens.shape[j] == "x"}
        values = [j for j in line if tokens.shape[j] in MEASURED and at[j] is None]
        blank = line.start and tokens[line.start - 1].value != 1
        forecast = not values and any(tokens[j].value == "title" for j in line)
        counted = all(tokens.shape[j] == "n" for j in values)  # "Exercise 2", "Climate data 1991"
        titled = (titled and not blank and not forecast) or ("almanac" in words and counted)
        if values:
            years[_dated_behind(tokens, line, values[0])] += values
        behind = "n" in tokens.shape[line.start : line.stop] and _has_year(tokens, line)
        once = next((j for j in line if tokens[j].value in _TELLS), len(tokens))
        found.update(values if titled or behind else [j for j in values if j > once])
    if len(years.keys() - {0}) > 1:  # "36.8 °C on 28 June 2019⏎-27.4 °C on 9 February 1956"
        found.update(j for year, values in years.items() if year for j in values)
    return found


def _has_year(tokens: Tokens, line: Sequence[int]) -> bool:
    """Whether a line names a year, and no time of the day: "13.6 °C in 1926"."""
    return any(_is_year(tokens[j]) for j in line) and not any(tokens.shape[j] == "h" for j in line)


def _dated_behind(tokens: Tokens, line: Sequence[int], value: int) -> int:
    """The year of a date that stands behind a value on its line; 0 if none does, or one before."""
    dates = [j for j in line if tokens.shape[j] == "D"]
    if dates and dates[0] < value:
        return 0  # "2001-01-01 0 °C, 2001-01-02 2 °C"
    days = (tokens[j].value for j in dates)
    return next((d.year for d in days if isinstance(d, PartialDate) and d.year), 0)


_TELLS: Final = frozenset({"usual", "ago", "almanac", "example"})


def _is_year(token: Token) -> bool:
    """Whether a number by itself is a year: "in 1987 it hit 41 °C"."""
    value = token.value
    return (
        token.kind is Kind.NUMBER
        and isinstance(value, Quantity)
        and value.unit is None
        and value.value in YEARS
        and length(token) == len("1987")
    )


_GENERAL: Final = {**dict.fromkeys(AIR, OF_AIR), "wind_gusts": frozenset({Kind.SPEED})}


def exceptions(
    tokens: Sequence[Token],
    at: Sequence[Place | None],
    labels: Mapping[int, tuple[str, int]],
    page: str,
) -> frozenset[int]:
    """Values without a label behind a labelled one of their sentence: of some places only.

    "Highs 12 to 16 °C, in the north-west locally up to 19 °C." Several are a list of places.
    Nor is one behind a word for an exception of the whole: "High 17 except 21 in the valleys".
    """
    found: set[int] = set()
    for indices in sentences(at):
        found.update(i for i in indices if _is_of_a_height(tokens, i))
        if _is_of_places(tokens, indices, page):
            continue
        found.update(_elsewhere(tokens, indices, labels))
        found.update(_in_a_town(tokens, indices, page))
        said: frozenset[Kind] = frozenset()
        others: list[int] = []
        excepted = False
        field = ""  # the last extreme that is named: "low 6, locally below 4, high 12"
        for i in indices:
            extreme = labels[i][0] if i in labels and labels[i][0] in DAILY else field
            excepted, field = excepted and extreme == field, extreme
            if tokens[i].kind in KEYS:
                said = frozenset()
                excepted = False
            elif tokens[i].value == "except":
                excepted = True
            elif excepted and tokens[i].kind in _COUNTED:
                found.add(i)
            elif i in labels:
                said |= _GENERAL.get(labels[i][0], frozenset())
            elif tokens[i].kind in said:
                others.append(i)
        if len(others) < _SEVERAL:
            found.update(others)
    return frozenset(found)


def _is_of_places(tokens: Sequence[Token], sentence: Sequence[int], page: str) -> bool:
    """Whether a sentence tells how warm it is in places that it names, before that or behind.

    "In Arden 20 °C, and in Carrow 19 °C", "20 °C in Arden, and 19 °C in Carrow".
    """
    told = [i for i in sentence if tokens[i].kind in DEGREES]
    if len(told) < _PLACES:
        return False
    named = {bisect(told, name.token) for name in names_in(tokens, sentence, page)}
    between = [at in named for at in range(1, len(told))]
    return (0 in named and any(between)) or (len(told) in named and all(between))


_PLACES: Final = 2


def _elsewhere(
    tokens: Sequence[Token], sentence: Sequence[int], labels: Mapping[int, tuple[str, int]]
) -> Iterator[int]:
    """A temperature behind another one and words for a place: "21 on the coast and 12 inland"."""
    told = [i for i in sentence if i in labels and labels[i][0] == "temperature"]
    for one, two in pairwise(told):
        between = [tokens[i].kind for i in sentence if one < i < two]
        if between.count(Kind.WORD) >= _WORDS and KEYS.isdisjoint(between):
            yield two


def _in_a_town(tokens: Sequence[Token], sentence: Sequence[int], page: str) -> Iterator[int]:
    """A temperature right behind a place, and another one: "20 degrees, and in Leeds 17"."""
    told = [i for i in sentence if tokens[i].kind in DEGREES]
    names = names_in(tokens, sentence, page) if len(told) > 1 else []
    for name in names:
        at = bisect(told, name.token)
        if 0 < at < len(told) and is_led(page, name.span.start):
            before = {tokens[i].kind for i in range(told[at - 1] + 1, name.token)}
            behind = {tokens[i].kind for i in range(name.token, told[at])}
            if before & _JOINTS and not behind & (_JOINTS | KEYS | {Kind.LABEL}):
                yield told[at]


_JOINTS: Final = frozenset({Kind.SEPARATOR, Kind.CONNECTOR})
_WORDS: Final = 3
_SEVERAL: Final = 3
_COUNTED: Final = DEGREES | {Kind.SPEED}


def _is_of_a_height(tokens: Sequence[Token], at: int) -> bool:
    """Whether a temperature is that of the air high up: "auf 2000 Metern -1 Grad"."""
    if tokens[at].kind not in OF_AIR or at == 0 or tokens[at - 1].kind is not Kind.LENGTH:
        return False
    height = tokens[at - 1].value
    return isinstance(height, Quantity) and height.value >= _HIGH.get(height.unit or "", math.inf)


_HIGH: Final = {"m": 500, "ft": 1500}
