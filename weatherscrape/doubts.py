"""Whether a value or a day of a text says nothing of weather: what is over, denied, a change.

"It fell to -4 °C", "no rain", "15 degrees warmer", "Friday the 13th".
"""

from __future__ import annotations

import re
from typing import Final

from .model import Condition, Kind, Pair, Quantity, Token
from .past import is_past
from .phenomena import is_phenomenon
from .tokens import Tokens, closes_line, is_at, length, mark_at, opens_line
from .vocabulary import UNSPACED


def says_nothing(tokens: Tokens, at: int, page: str, named: bool, spoken: bool) -> bool:
    """Whether a value or a day says nothing of weather, by the words beside it.

    `named`: a label names it. `spoken`: it stands in running text.
    """
    kind = tokens.shape[at]
    if kind in MEASURED and (
        _is_over(tokens, at, page)
        or _is_a_change(tokens, at, page)
        or _is_at_height(tokens, at, page)
        or _is_a_side_of_zero(tokens, at)
    ):
        return True
    if kind == "C" and (_is_denied(tokens, at) or _is_a_name(tokens[at], page)):
        return True
    if kind in "Tn" and _COMPOUND.match(page, tokens[at].span.start):
        return True
    if kind == "n" and _EXACT.search(page, *tokens[at].span):
        return True
    if kind == "P" and _is_of_dates(tokens, at, page):
        return True
    if spoken and (
        _is_of_a_sentence(tokens, at, page)
        or (kind == "P" and not named and _is_fraction(tokens, at, page))
    ):
        return True
    if named or kind not in "nd":
        return False
    if kind == "n" and _MEASURED_FINELY.search(page, *tokens[at].span):
        return True
    return _is_of_words(tokens, at, page) or (
        kind == "n"
        and (
            _is_an_ordinal(tokens, at)
            or _is_a_total(tokens, at)
            or _is_of_a_list(tokens, at, page)
            or _lies_in(_CODE, tokens[at], page)
        )
    )


MEASURED: Final = "TnP"  # kinds as the letters of a shape
IN_DOUBT: Final = MEASURED + "CdD"


_COMPOUND: Final = re.compile(r"\d+-[^\W\d_]+-[^\W\d_]")  # "the 20-Grad-Marke"
_EXACT: Final = re.compile(r"[.,]\d{4}")  # more decimals than weather has: of rates, of places
# "23.687", the seconds of a race; but "1.013" and "1,013" may be a pressure.
_MEASURED_FINELY: Final = re.compile(r"(?:\d\d|[2-9])[.,]\d{3}\Z")


def _lies_in(expression: re.Pattern[str], token: Token, page: str) -> bool:
    """Whether a token is a part of what an expression finds around it."""
    start, end = token.span
    near = expression.finditer(page, max(0, start - _AROUND), end + _AROUND)
    return any(found.start() <= start and end <= found.end() for found in near)


_AROUND: Final = 12  # characters


def _is_of_dates(tokens: Tokens, at: int, page: str) -> bool:
    """Whether two numbers are the first or the last day of a time: "12/11 to 2/24", "21/4 a 20/5".

    What joins the two is a dash, or a word that can stand for one.
    """
    if _lies_in(_DATES, tokens[at], page):
        return True
    for first, last in ((at - 2, at), (at, at + 2)):
        if is_at(tokens, first, Kind.PAIR) and is_at(tokens, last, Kind.PAIR):
            joins = tokens[first + 1].value in _JOINS
            slashed = all(_FRACTION.fullmatch(page, *tokens[i].span) for i in (first, last))
            if joins and slashed:
                return True
    return False


_DATES: Final = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?: to | ?[-–] ?)\d{1,2}/\d{1,2}(?![\d/])")
_JOINS: Final = ("range", "join")


def _is_fraction(tokens: Tokens, at: int, page: str) -> bool:
    """Whether two numbers have nothing but a slash, "11/24": a sentence has many such.

    But "Friday: Heating up, dry and sunny. 79/50" ends with the high and the low, and of a list of
    names each has both: "Arden 23/31, Carrow 13/27 and Hull 11/25 degrees".
    """
    start, end = tokens[at].span
    if _FRACTION.fullmatch(page, start, end) is None or _is_listed(tokens, at):
        return False
    return not (page[start - 2 : start] == ". " and closes_line(tokens, at))


_FRACTION: Final = re.compile(r"\d+/\d+")


def _is_listed(tokens: Tokens, at: int) -> bool:
    """Whether two numbers are those of one name of some, and any of these has a unit."""
    near = max(0, at - _LONGEST), min(len(tokens), at + _LONGEST)
    for listed in _NAMED_PAIRS.finditer(tokens.shape, *near):
        if listed.start() <= at < listed.end():
            values = [tokens[i].value for i in range(*listed.span())]
            pairs = [value for value in values if isinstance(value, Pair)]
            return any(pair.first and pair.first.unit for pair in pairs)
    return False


_NAMED_PAIRS: Final = re.compile("(?:[,.jf]{0,2}x{1,3}[.jf]?P){3,}")
_LONGEST: Final = 40  # tokens of such a list before a pair or behind it


def _is_of_words(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a year, or a verb that is spelled as a day is, stands in a sentence.

    "In 2014 it opened", "en 2003, la course", "fans sat through".
    """
    token = tokens[at]
    beside = tokens.shape[max(0, at - 1) : at] + tokens.shape[at + 1 : at + 2]
    if token.kind is Kind.NUMBER and isinstance(token.value, Quantity):
        of_late = token.value.value in _OF_LATE and is_at(tokens, at - 1, Kind.FILLER)
        return token.value.value in _YEARS and ("x" in beside or of_late)
    printed = page[slice(*token.span)]
    short = token.kind is Kind.WEEKDAY and len(printed) <= _SHORT_DAY
    return short and printed.islower() and beside == "xx"


_YEARS: Final = range(1000, 10_000)
_OF_LATE: Final = range(1900, 2100)  # no pressure of the air
_SHORT_DAY: Final = 3  # letters


def _is_over(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a sentence tells of the past: "fell to -4 °C", "in 2003 it was 34 °C"."""
    before = at - 1
    while before >= 0 and tokens.shape[before] in _OF_A_VERB:
        if tokens.shape[before] == "x" and is_past(tokens, before, page):
            return True
        before -= 1
    return False


_OF_A_VERB: Final = ".lnx"


def _is_denied(tokens: Tokens, at: int) -> bool:
    """Whether a text says that there will be none: "no rain", "rain is unlikely"."""
    if is_at(tokens, at + 1, Kind.WORD) and tokens[at + 1].value == "denied":
        return True
    before = at - 1
    while before >= 0 and tokens.shape[before] in "f." and at - before < _NEAR:
        before -= 1
    return _has_no_chance(tokens, at) or (
        is_at(tokens, before, Kind.WORD) and tokens[before].value == "negation"
    )


_NEAR: Final = 3  # tokens


def _has_no_chance(tokens: Tokens, at: int) -> bool:
    """Whether a number says that the chance of a condition is none: "a 0% chance of rain"."""
    sky, counted = tokens[at].value, _COUNTED.search(tokens.shape, max(0, at - _NEAR - 1), at)
    if counted is None or not (isinstance(sky, Condition) and is_phenomenon(sky)):
        return False
    first, *said = range(*counted.span())
    chance = tokens[first].value
    named = sky.likelihood or any(tokens[i].kind is Kind.LABEL for i in said)
    return bool(named) and isinstance(chance, Quantity) and chance.value == 0


_COUNTED: Final = re.compile(r"%[fl.]*\Z")


def _is_a_name(sky: Token, page: str) -> bool:
    """Whether a sky is the name of somebody or of a team: "J. Snow", "«Мороз» – «Зной»"."""
    start, end = sky.span
    quoted = page[start - 1 : start] + page[end : end + 1] in _QUOTED
    titled = page[start:end].istitle() and " " not in page[start:end]
    return (quoted and titled) or _INITIAL.search(page, max(0, start - 4), start) is not None


_QUOTED: Final = ("«»", "„“", "“”")  # straight ones are of data, too
_INITIAL: Final = re.compile(r"(?<![^\s(])(?![CFNSEWO])[A-Z]\. \Z")  # no unit, no wind


def _is_an_ordinal(tokens: Tokens, at: int) -> bool:
    """Whether a number is glued to what makes it an ordinal: "Friday the 13th"."""
    after = at + 1
    if after >= len(tokens) or tokens[after].span.start != tokens[at].span.end:
        return False
    return mark_at(tokens, after) == "link"


def _is_a_total(tokens: Tokens, at: int) -> bool:
    """Whether a number is how many there are: "0 of 11"."""
    if tokens.shape[max(0, at - 2) : at] != "n.":
        return False
    return tokens[at].span.start - tokens[at - 2].span.end <= _OF


_OF: Final = 4  # characters of " of "


_CODE: Final = re.compile(r"\d+(?:-\d+){2,}")  # numbers that hyphens join: "4-1-7"


def _is_of_a_list(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a number counts the lines of a list: "2. Rain" between "1. Fog" and "3. Snow".

    Without the full stop three lines have to go on one by one.
    """
    count = _listed(tokens, at, page)
    if count is None:
        return False
    least = 1 if page[tokens[at].span.end] in ".)" else 2
    return (
        _goes_on(tokens, at, page, count, -1, least) + _goes_on(tokens, at, page, count, 1, least)
        >= least
    )


def _goes_on(tokens: Tokens, at: int, page: str, count: float, step: int, most: int) -> int:
    """How many lines above or below, so many at most, go on with a count."""
    for lines in range(most):
        if step > 0:
            at = tokens.shape.find("/", at) + 1
        else:
            at = tokens.shape.rfind("/", 0, max(0, at - 1)) + 1
        count += step
        if (not at and step > 0) or _listed(tokens, at, page) != count:
            return lines
    return most


def _listed(tokens: Tokens, at: int, page: str) -> float | None:
    """The number that begins a line with words behind it, if one does: "2. Rain", "2 Rain"."""
    value = tokens[at].value if at < len(tokens) else None
    if not isinstance(value, Quantity) or value.unit or not opens_line(tokens, at):
        return None
    return value.value if _COUNTS.match(page, tokens[at].span.end) else None


_COUNTS: Final = re.compile(r"[.)]? +[^\W\d_]")


def _is_a_change(tokens: Tokens, at: int, page: str) -> bool:
    """Whether degrees are of a difference: "15 degrees warmer", "a drop of 30 degrees", "[-3]"."""
    after = tokens.shape[at + 1 : at + 2]
    start, end = tokens[at].span
    if page[start - 1 : start + 1] in ("[+", "[-", "[±") and page[end : end + 1] == "]":
        return True
    before = at - 1
    while before >= 0 and tokens.shape[before] in "f.":
        before -= 1
    if before >= 0 and tokens[before].value == "difference":
        return True
    return after in _SAYS_BY and (after, tokens[at + 1].value) in _CHANGES


_CHANGES: Final = frozenset({(Kind.WORD, "change"), (Kind.MARK, "above"), (Kind.MARK, "below")})
_SAYS_BY: Final = frozenset({kind for kind, _ in _CHANGES})


def _is_of_a_sentence(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a day, a sky or a date is an ordinary word of running text.

    "So", "Do" and "sun" are words of sentences, "the storm" is one that is known, and "(Jan 24)",
    "Jan 24 (AP) -" or "Leeds, 24 January - " is when a report was written.
    """
    token = tokens[at]
    if token.kind is Kind.WEEKDAY:
        letter = page[token.span.start]
        size = length(token)
        if page[token.span.end - 1] == "." and not _GOES_ON_DATED.match(page, token.span.end):
            size -= 1  # the full stop of its sentence: "en bord de mer."
        short = size < (2 if UNSPACED.match(letter) else _SHORT_DAY)  # "周日"
        return short or (size == _SHORT_DAY and letter.islower())
    if token.kind is Kind.CONDITION:
        before = tokens[at - 1] if at else None
        sure = isinstance(token.value, Condition) and token.value.likelihood is None
        return sure and before is not None and before.value == "definite"
    if token.kind is Kind.DATE:
        after = at + 1 + (tokens.shape[at + 1 : at + 2] == ",")  # a bracket
        dated = is_at(tokens, after, Kind.WEEKDAY)  # "14日(金)", "20.11.2026 (Friday)"
        line = tokens.shape[tokens.shape.rfind("/", 0, at) + 1 : at]
        placed = _CITY.fullmatch(line) and _DASH.match(page, token.span.end)
        return bool(not dated and (placed or _DATELINE.match(page, token.span.end)))
    return False


_GOES_ON_DATED: Final = re.compile(r"[ ,]*\d")  # "mar. 14"
_CITY: Final = re.compile("x{1,3},")
_DASH: Final = re.compile(r" ?[-–—] ")
_DATELINE: Final = re.compile(r" ?\((?:[^\W\d_]\.?)+\)")


def _is_a_side_of_zero(tokens: Tokens, at: int) -> bool:
    """Whether a zero is what a temperature is above or below: "it drops slightly below zero"."""
    return mark_at(tokens, at - 1) in ("above", "below") and tokens[at].value == Quantity(0.0)


def _is_at_height(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a temperature is one of the mountains: "auf 2000 Metern -2 bis -1 Grad"."""
    before = at - 1
    while before >= 0 and tokens.shape[before] in ".o":
        before -= 1
    if before < 0 or tokens.shape[before] not in "Ln":
        return False
    height = tokens[before].value
    if not page[tokens[before].span.end - 1].isalpha():
        return False  # no unit
    return isinstance(height, Quantity) and height.value >= _HIGH_UP


_HIGH_UP: Final = 300.0  # units of a height; snow and rain are less deep
