"""Tokens in, the same tokens with one reading each out, but for dates.

A token can mean several things, and its neighbours tell which: "Sun" beside "Mon" is a day, "Low"
without a number is no label, a compass point without a wind is a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from .data import units
from .labels import ACCEPTS, WIND, label_before, labelling, unit_after
from .model import (
    KEYS,
    VALUES,
    Clock,
    Kind,
    PartialDate,
    Period,
    Quantity,
    Reading,
    RelativeDay,
    Span,
    Token,
    Weekday,
    When,
)
from .sentences import from_where, names_wind
from .tokens import (
    Tokens,
    as_word,
    is_at,
    is_picture,
    kind_after,
    length,
    mark_at,
    neighbour,
    one_sentence,
    read_as,
    reading_at,
)
from .vocabulary import UNSPACED


class _Window(Tokens):
    """The tokens of a window as they were read, and what has been settled of them so far."""

    __slots__ = ("days", "page", "settled")

    def __init__(self, tokens: Iterable[Token], page: str) -> None:
        super().__init__(tokens)
        self.page: Final = page
        self.days: Final = _short_days(self, page)
        self.settled: Final[list[Token]] = []


def settle(tokens: Sequence[Token], page: str) -> Tokens:
    """One reading for each token, but for what only the whole window can tell."""
    window = _Window(tokens, page)
    rewritten = _nights_between(_without_shares(_without_scores(window)))
    if rewritten is not window:
        window = _Window(rewritten, page)
    settled = window.settled
    for at, (token, kind) in enumerate(zip(window, window.shape, strict=True)):
        if len(token.readings) > 1:
            token = _of_several(window, at) or Token(token.span, token.readings[:1])
        elif kind in _JUDGES:
            token = _JUDGES[kind](window, at)
        settled.append(token)
    return _directions(_weekday_ranges(Tokens(settled)), page)


def _weekday(window: _Window, at: int) -> Token:
    token = window[at]
    if _is_no_day(window, at) or _is_letter_of_a_name(window, at):
        return as_word(token)  # "MO" alone is Missouri
    return token


def _when(window: _Window, at: int) -> Token:
    token = window[at]
    return as_word(token) if _runs_on(window, at) else token  # "Day pass", "Now playing"


def _number(window: _Window, at: int) -> Token:
    token = window[at]
    clock = _dotted_clock(window, at)
    if clock is None and _counts(window, at):
        return as_word(token)
    return clock or token


def _condition(window: _Window, at: int) -> Token:
    token = window[at]
    if _in_a_name(window, at) or _is_titled(window, at):
        return as_word(token)  # "StormBot"
    if is_picture(token) and _in_words(window, at):
        return _as_filler(token)
    return token


def _label(window: _Window, at: int) -> Token:
    token = window[at]
    if _in_a_name(window, at):
        return as_word(token)
    if _size(token, window.page) <= _SHORT:
        return _label_or_not(window, at) or token
    return token


def _letter(window: _Window, at: int) -> Token:
    token = window[at]
    if _is_a_link(window, at):
        return _as_filler(token)
    return as_word(token) if _is_letter_of_a_name(window, at) else token


# What tokens mean that have one reading. All other kinds mean the same whatever stands beside them.
_JUDGES: Final[Mapping[str, Callable[[_Window, int], Token]]] = {
    Kind.WEEKDAY: _weekday,
    Kind.WHEN: _when,
    Kind.NUMBER: _number,
    Kind.CONDITION: _condition,
    Kind.LABEL: _label,
    Kind.DIRECTION: _letter,
    Kind.UNIT: _letter,
}


def _of_several(window: _Window, at: int) -> Token | None:
    """Which of its readings a token has here; None: the first."""
    token = window[at]
    kinds = "".join([r.kind for r in token.readings])
    first = kinds[0]
    if "D" in kinds or first == "h":
        return token  # _dates, _hour_spans
    if _is_a_link(window, at):
        return _as_filler(token)
    if "d" in kinds and "W" in kinds and _beside_wind(window, at):
        return read_as(token, Kind.DIRECTION)  # "SO" is Sunday, or south-east
    if first == "d" and _is_no_day(window, at):
        return as_word(token)
    if first == "w":
        if _runs_on(window, at):
            return as_word(token)
        if kinds[1] == "w":
            return _day_or_part(window, at)
    if first == "n":
        number = _number(window, at)
        if number is not token:
            return number
    if (
        (first in _NAMES and _in_a_name(window, at))
        or (first in _LETTERS and _is_letter_of_a_name(window, at))
        or _is_titled(window, at)
    ):
        return as_word(token)
    if first == "j" and mark_at(window, at) and is_at(window, at - 1, Kind.LABEL):
        return read_as(token, Kind.MARK)  # "visibility | to | 300 m"
    if first == "C" and is_picture(token) and _in_words(window, at):
        return _as_filler(token)
    if "l" in kinds:
        return _label_or_not(window, at)
    if "d" in kinds and "m" in kinds:
        return read_as(token, Kind.WEEKDAY)  # "mar": what a date did not take
    if "d" in kinds and "C" in kinds:
        return read_as(token, Kind.WEEKDAY if _has_weekdays(window) else Kind.CONDITION)
    if "u" in kinds:
        return read_as(token, next(r.kind for r in token.readings if r.kind is not Kind.UNIT))
    if first in VALUES and "n" in kinds:
        return read_as(token, token.kind if _has_its_unit(window, at) else Kind.NUMBER)
    return token


_NAMES: Final = "Cl"
_LETTERS: Final = "dWu"


def _has_weekdays(window: Tokens) -> bool:
    return any(len(window[at].readings) == 1 for at in window.places(Kind.WEEKDAY))


def _has_its_unit(window: _Window, at: int) -> bool:
    """Whether the letter behind a number is its unit: "50c" may be cents."""
    page, token = window.page, window[at]
    before, lines = neighbour(window, at, -1, "j")
    after = window.shape[at + 1 : at + 2]
    printed = page[slice(*token.span)]
    if before >= 0 and lines < 2 and window.shape[before] == "l":
        in_words = printed.endswith(" in") and after in _GO_ON
        if not in_words:  # "a maximum of 35 in Melbourne"
            return True
    ends = after in ("", "/", ",")
    decimal = "." in printed
    return (decimal or ends) and page[token.span.end - 1] not in "cf"


_GO_ON: Final = ("x", ".", "C", "d", "w")  # kinds of what a sentence goes on with


_SCORE: Final = re.compile("n(?=,n.)")
_TEAMS: Final = "xCW"


def _without_scores(tokens: Tokens) -> Tokens:
    """ "Storm 3 - 1 Northern Sun": numbers between two names are a score, and the names names."""
    out = list(tokens)
    for score in _SCORE.finditer(tokens.shape, 1):
        at = score.start()
        home, sign, away = tokens[at - 1], tokens[at + 1], tokens[at + 3]
        if sign.value == ":" or (
            sign.value in ("-", "—") and home.kind in _TEAMS and away.kind in _TEAMS
        ):
            out[at - 1 : at + 4] = [as_word(t) for t in tokens[at - 1 : at + 4]]
    return tokens if out == tokens else Tokens(out)


_SHARE: Final = re.compile("(?<=[C%],)C%")


def _without_shares(tokens: Tokens) -> Tokens:
    """ "Light rain, | overcast 85%, | rain 71%": how much of the sky is so is of no column."""
    out = list(tokens)
    for share in _SHARE.finditer(tokens.shape):
        at = share.start()
        sky, percent = tokens[at : at + 2]
        if tokens[at - 1].value == "," and not any(r.kind is Kind.LABEL for r in sky.readings):
            out[at : at + 2] = [_as_filler(sky), _as_filler(percent)]
    return tokens if out == tokens else Tokens(out)


def _as_filler(token: Token) -> Token:
    return Token(token.span, (Reading(Kind.FILLER),))


def _nights_between(tokens: Tokens) -> Tokens:
    """The night from one day to the next is that of the second: "dans la nuit de lundi à mardi"."""
    out = list(tokens)
    for at in tokens.places(Kind.WHEN):
        when = tokens[at].value
        if not isinstance(when, When) or when.period is not Period.NIGHT:
            continue
        first = _weekday_near(tokens, at)
        second = _weekday_near(tokens, first) if first else 0
        if second and (_day(tokens, second) - _day(tokens, first)) % 7 == 1:
            out[at + 1 : second] = [_as_filler(token) for token in tokens[at + 1 : second]]
    return tokens if out == tokens else Tokens(out)


_NEXT_WORDS: Final = 3  # tokens that may stand from a night to its day: "de nacht van vrijdag"
_JOINING: Final = "x.ojW"  # kinds of those


def _weekday_near(tokens: Tokens, at: int) -> int:
    """Where the next weekday stands, if that is near and in the same line; 0 if none does."""
    for place in range(at + 1, min(len(tokens), at + 1 + _NEXT_WORDS)):
        if reading_at(tokens, place, Kind.WEEKDAY):
            return place
        if tokens.shape[place] not in _JOINING:
            break
    return 0


def _day(tokens: Tokens, at: int) -> int:
    weekday = reading_at(tokens, at, Kind.WEEKDAY)
    assert weekday is not None and isinstance(weekday.value, Weekday)
    return weekday.value.number


def _is_no_day(window: _Window, at: int) -> bool:
    """Whether a letter or two are no day: too few such are named, or it stands in a sentence."""
    if not _is_abbreviated(window[at], window.page):
        return False
    letters = _letters(window[at], window.page)
    if window.days >= _LEAST_DAYS[letters] and not _in_a_sentence(window, at, window.page):
        return False
    after = kind_after(window, at)
    return after not in ("D", "m") and not (after == "h" and _opens_line(window, at))


def _is_abbreviated(token: Token, page: str) -> bool:
    """Whether a token has one letter or two, and perhaps a dot."""
    start, end = token.span
    if end - start > _ABBREVIATED and page[end - 1] != ".":
        return False
    return _letters(token, page) <= _ABBREVIATED


_ABBREVIATED: Final = 2  # letters


def _letters(token: Token, page: str) -> int:
    """Letters of an abbreviation without its dot; two of an unspaced script are a word."""
    size = _size(token, page)
    return 1 if size == 2 and length(token) == 1 else size


def _size(token: Token, page: str) -> int:
    """Letters of a token without its dot; those of an unspaced script say as much as two."""
    return _size_of(page[slice(*token.span)])


@lru_cache(maxsize=1024)
def _size_of(printed: str) -> int:
    printed = printed.rstrip(".")
    return len(printed) * (2 if UNSPACED.match(printed) else 1)


_LEAST_DAYS: Final = (0, 3, 2)  # that a window names, for one of 1 or 2 letters to be believed


def _short_days(tokens: Tokens, page: str) -> int:
    """How many different days the window names, abbreviated to a letter or two, or as "today"."""
    days: set[object] = set()
    for at in tokens.places(Kind.WEEKDAY):
        if _is_abbreviated(tokens[at], page) and not _in_a_sentence(tokens, at, page):
            days.add(tokens[at].value)
    for at in tokens.places(Kind.WHEN):
        value = tokens[at].value
        if isinstance(value, When) and value.day is not None:
            days.add(value.day)
    return len(days)


def _in_a_sentence(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a word in lower case stands beside words: "how we mended it"."""
    shape = tokens.shape
    words = shape[max(0, at - 1) : at] == "x" or shape[at + 1 : at + 2] == "x"
    return words and page[tokens[at].span.start].islower()


def _is_a_link(window: _Window, at: int) -> bool:
    """Whether a letter in lower case stands in a sentence: "venti forti | o | moderati".

    It is a compass point before a speed, "w 12 mph", and at the end of what is said.
    """
    token = window[at]
    if token.kind is not Kind.DIRECTION or length(token) != 1:
        return False
    if not window.page[token.span.start].islower() or _opens_line(window, at):
        return False
    return window.shape[at + 1 : at + 2] not in _BEHIND_WIND


_BEHIND_WIND: Final = ("", "/", "n", ",", "S", "T", "u")


def _beside_wind(tokens: Tokens, at: int) -> bool:
    """Whether a speed or the label of one stands beside on the line."""
    for step in (1, -1):
        beside, lines = neighbour(tokens, at, step)
        if 0 <= beside < len(tokens) and lines == 0:
            token = tokens[beside]
            if token.kind is Kind.SPEED or (token.kind is Kind.LABEL and token.value in WIND):
                return True
    return False


def _day_or_part(tokens: Tokens, at: int) -> Token:
    """ "Morgen" is tomorrow, but the morning behind a weekday and among parts of the day."""
    token = tokens[at]
    before, lines = neighbour(tokens, at, -1)
    value = tokens[before].value if before >= 0 and lines == 0 else None
    dated = isinstance(value, Weekday | PartialDate) or (isinstance(value, When) and value.day)
    part = [r for r in token.readings if isinstance(r.value, When) and r.value.period]
    day = [r for r in token.readings if isinstance(r.value, When) and r.value.day]
    as_part = dated or _among_parts(tokens, at)
    return Token(token.span, tuple(part if as_part else day)[:1] or token.readings[:1])


_PARTS: Final = frozenset({Period.MORNING, Period.AFTERNOON, Period.EVENING, Period.NIGHT})


def _among_parts(tokens: Tokens, at: int) -> bool:
    """Whether the next word or the last one for a time is a part of the day, and no more."""
    near = range(max(0, at - _NEAR), min(len(tokens), at + _NEAR))
    heads = _opens_line(tokens, at)  # then only those that head a line too
    whens = [
        i
        for i in near
        if isinstance(tokens[i].value, When) and (not heads or _opens_line(tokens, i))
    ]
    place = whens.index(at)
    earlier = whens[max(0, place - 1) : place]
    if place > 1 and _tonight(tokens[whens[place - 2]], tokens[whens[place - 1]]):
        earlier = []  # "today, at night, tomorrow"
    for beside in earlier + whens[place + 1 : place + 2]:
        value = tokens[beside].value
        if isinstance(value, When) and value.day is None and value.period in _PARTS:
            return True
    return False


def _tonight(day: Token, night: Token) -> bool:
    """Whether a word for today is followed by one for the night."""
    first, second = day.value, night.value
    assert isinstance(first, When) and isinstance(second, When)
    return first.day is RelativeDay.TODAY and second.period is Period.NIGHT


_DOTTED: Final = re.compile(r"(\d{1,2})\.([0-5]\d)")


def _dotted_clock(window: _Window, at: int) -> Token | None:
    """ "Sunrise 7.34": a number with two decimals behind a label of a time is a time."""
    before, lines = neighbour(window, at, -1)
    if before < 0 or lines > 1 or window.shape[before] != "l":
        return None
    token, label = window[at], window[before]
    printed = _DOTTED.fullmatch(window.page, *token.span)
    if printed is None or int(printed[1]) > _LAST_HOUR or label.value not in _OF_TIMES:
        return None
    clock = Clock(int(printed[1]) * 60 + int(printed[2]))
    return Token(token.span, (Reading(Kind.TIME, clock),))


_LAST_HOUR: Final = 23
_OF_TIMES: Final = ("sunrise", "sunset", "update")


def _opens_line(tokens: Tokens, at: int) -> bool:
    return at <= 0 or tokens.shape[at - 1] == "/"


def _closes_line(tokens: Tokens, at: int) -> bool:
    return tokens.shape[at + 1 : at + 2] in ("", "/")


def _runs_on(window: _Window, at: int) -> bool:
    """Whether a part of the day, or "now", is an ordinary word of a sentence.

    It is none with a sentence of its own before a colon: "...breeze. OVERNIGHT: Clear".
    """
    page, token = window.page, window[at]
    value = token.value
    assert isinstance(value, When)
    start, end = token.span
    if _SENTENCE_ENDS.search(page[max(0, start - 2) : start]) and _HEADS.match(page, end):
        return False
    if _SENTENCE_STARTS.search(page, max(0, start - 3), start) and " " in page[start:end]:
        return False  # "Rain. In the night clouding over", but "Today pass"
    if is_at(window, at - 1, Kind.WEEKDAY) and page[window[at - 1].span.end : start] in ("", " "):
        return False  # "Saturday evening", "zaterdagochtend"
    if page[max(0, start - 2) : start] == ". " and is_at(window, at + 1, *_SAYS) and value.period:
        return not page[start].isupper()  # "Leeds. Overnight light rain", "Leeds. By day 12 °C"
    if value.period is Period.NIGHT and _weekday_near(window, at):
        return False  # "but the night to Sunday will be cold"
    if is_at(window, at - 1, Kind.LABEL) and page[window[at - 1].span.end : start] == " ":
        return False  # "temperatures overnight drop to 28"
    if is_at(window, at + 1, Kind.PAIR, Kind.TEMPERATURE) and page[end : end + 1] == " ":
        return False  # "at night 4-9°, but by day 12-14°"
    sides = [t for t in (*window[max(0, at - 1) : at], *window[at + 1 : at + 2])]
    return value.day is None and any(
        t.kind is Kind.WORD or (_links(t) and t.span.start < token.span.start) for t in sides
    )


def _links(token: Token) -> bool:
    """Whether a word leads on to another; "o" is west, and the article of "o dia"."""
    return token.kind in _LINKS or (token.kind is Kind.DIRECTION and length(token) == 1)


_SAYS: Final = (Kind.CONDITION, Kind.LABEL, Kind.TEMPERATURE, Kind.PAIR)
_SENTENCE_ENDS: Final = re.compile(r"[.!?] ?$")
_SENTENCE_STARTS: Final = re.compile(r"(?:[.!?] ?|\n|\A)\Z")
_HEADS: Final = re.compile(r" ?(?:[:：]|\.\.)")
_LINKS: Final = (Kind.FILLER, Kind.MODIFIER, Kind.CONNECTOR)


def _is_titled(window: _Window, at: int) -> bool:
    """Whether a sky is a word of a title: "Friday: Thunder Road", with no temperature in its line.

    Capitals tell it in scripts that have them, and quotation marks in all.
    """
    if _is_quoted(window.page, window[at].span):
        return True
    if not (_is_of_name(window, at, at + 1) or _ends_name(window, at)):
        return False
    line = window.shape[at:].partition("/")[0]
    return "T" not in line and "P" not in line


def _ends_name(window: _Window, at: int) -> bool:
    """Whether a sky is the last word of a name behind a day: "Tonight: Quiet Storm"."""
    led = window.shape[max(0, at - _NAMED) : at].rstrip(",").endswith("x")
    keyed = led and window.shape[max(0, at - _NAMED) : at - 1].rstrip(",")[-1:] in KEYS
    return keyed and _is_of_name(window, at - 1, at)


_NAMED: Final = 4  # tokens from a day to the last word of a name


def _is_of_name(window: _Window, first: int, second: int) -> bool:
    """Whether two words go together with capitals, one of a sky and one that means nothing."""
    if window.shape[first : second + 1] not in ("Cx", "xC", "Cl"):
        return False
    page, one, two = window.page, window[first], window[second]
    unknown = two if one.kind is Kind.CONDITION else one
    if unknown.value not in (None, "location") or page[one.span.end : two.span.start] != " ":
        return False
    return page[slice(*one.span)].istitle() and page[slice(*two.span)].istitle()


_OPENING: Final = re.compile(r"""(?: ["“„](?!\s) | « ) [^"“”«»„\n]{0,60}\Z""", re.VERBOSE)
_CLOSING: Final = re.compile(r"""[^"“”«»„\n]{0,60} (?: (?<=\S)["”“] | » )""", re.VERBOSE)
_LOWER: Final = re.compile(r"\b(?=[^\W\d_]{5})[a-zß-öø-ÿ]")
_OF_DATA: Final = ":=,;|[{(\t"  # what stands before a value in quotation marks


def _is_quoted(page: str, span: Span) -> bool:
    """Whether a text quotes a sky: a title, or a name, but no value of data ("sky": "Rain")."""
    end = _CLOSING.match(page, span.end)
    if end is None:
        return False
    start = _OPENING.search(page, max(0, span.start - _QUOTED), span.start)
    if start is None:
        return False
    before = page[: start.start()].rstrip(" ")[-1:]
    data = before in _OF_DATA or before in ("", "\n")
    if data and page[end.end() - 2] != ",":  # "Rain Likely," is an album
        return False
    printed = page[start.start() : end.end()]
    return printed[0] == "«" or not _LOWER.search(printed)  # what forecasters say is in lower case


_QUOTED: Final = 61  # characters


def _in_a_name(tokens: Tokens, at: int) -> bool:
    """Whether a token is glued to a word that means nothing."""
    first = max(0, at - 1)
    if "x" not in tokens.shape[first : at + 2]:
        return False
    span = tokens[at].span
    sides = [t for t in tokens[first : at + 2] if t.kind is Kind.WORD]
    return any(t.span.end == span.start or t.span.start == span.end for t in sides)


def _is_letter_of_a_name(tokens: Tokens, at: int) -> bool:
    """Whether a token is a letter of a word of an unspaced script."""
    return length(tokens[at]) == 1 and _in_a_name(tokens, at)


def _in_words(tokens: Tokens, at: int) -> bool:
    """Whether words stand beside a picture: of the same weather, or of a text about buttons.

    Words with a sign between are of something else if a temperature touches it: "Oslo: ☀️ 12°C".
    """
    warm = any(is_at(tokens, side, Kind.TEMPERATURE) for side in (at - 1, at + 1))
    for step in (1, -1):
        beside, lines = neighbour(tokens, at, step)
        if 0 <= beside < len(tokens):
            token = tokens[beside]
            said = token.kind is Kind.CONDITION and not is_picture(token)
            words = token.kind in (Kind.WORD, Kind.LABEL) and lines == 0
            if (said and lines < 2) or (words and not (warm and beside != at + step)):
                return True
    return False


def _counts(tokens: Tokens, at: int) -> bool:
    """Whether a number is glued to a word that is no unit: "12회", "3rd", "48-hour"."""
    if tokens.shape[at + 1 : at + 2] not in ("x", ","):
        return False
    after = tokens[at + 1]
    if after.span.start != tokens[at].span.end:
        return False
    counted = tokens[at + 2] if at + 2 < len(tokens) and after.value == "-" else None
    if counted is not None and counted.span.start == after.span.end:
        return counted.kind is Kind.LABEL and counted.value in ("time", "day")
    return after.kind is Kind.WORD


def _label_or_not(window: _Window, at: int) -> Token | None:
    """A label if a value that it can name is near: "Rain: 2 mm", "H 73"."""
    token = window[at]
    beside = _beside(window, at)
    if _is_of_minutes(window, at, beside):
        return as_word(token)  # "45 min"
    others = [r for r in token.readings if r.kind not in _OF_LABELS]
    if not others:  # a single letter, "H", "L"; or a word for two columns, "Precipitation"
        return _label_alone(window, at, beside)
    other = others[0]
    if other.kind is Kind.CONDITION:
        return _label_or_condition(window, at, beside, other)
    if other.kind is Kind.MODIFIER and beside.is_behind_percent:
        return labelling(token, Kind.PERCENT)  # "there is a 20% chance of | rain"
    if beside.fits and not any(r.kind in KEYS for r in token.readings):
        return read_as(token, Kind.LABEL)
    page, end = window.page, token.span.end
    colon = _has_colon(page, end)
    in_line = beside.fits and beside.down == 0
    if in_line and (colon or page[end : end + 2].strip(" ")[:1] in _DELIMITERS):
        return read_as(token, Kind.LABEL)  # "Day | Monday | Tuesday"
    if any(t.kind is Kind.LABEL for t in beside.tokens) and not colon:
        return read_as(token, Kind.LABEL)  # the head of a table
    return Token(token.span, (other,))


_OF_LABELS: Final = frozenset({Kind.LABEL, Kind.MARK})


class _Beside(NamedTuple):
    """What stands beside a token that may be a label.

    `label`: what it names if so. `named` is the token before it, `up` lines above, and `value` the
    one behind it, `down` lines below, which `fits` if the label can name it.
    """

    label: Reading
    accepts: tuple[Kind, ...]
    named: Token | None
    before: int
    up: int
    value: Token | None
    after: int
    down: int
    fits: bool

    @property
    def tokens(self) -> list[Token]:
        return [t for t in (self.named, self.value) if t is not None]

    @property
    def is_behind_percent(self) -> bool:
        return self.named is not None and self.named.kind is Kind.PERCENT and self.up == 0


def _beside(window: _Window, at: int) -> _Beside:
    after, down = neighbour(window, at, 1)
    before, up = neighbour(window, at, -1)
    named = window.settled[before] if before >= 0 else None
    if after < len(window):
        value = window[after]
        label = label_before(window[at], value.kind)
        accepts = ACCEPTS.get(str(label.value), ())
        fits = down <= 1 and value.kind in accepts
        return _Beside(label, accepts, named, before, up, value, after, down, fits)
    label = next(r for r in window[at].readings if r.kind is Kind.LABEL)
    accepts = ACCEPTS.get(str(label.value), ())
    return _Beside(label, accepts, named, before, up, None, after, down, False)


def _is_of_minutes(window: _Window, at: int, beside: _Beside) -> bool:
    """Whether a label of the lowest temperature is that of minutes: "45 min"."""
    if beside.label.value != "temperature_min" or beside.named is None or beside.up:
        return False
    printed = window.page[slice(*window[at].span)]
    return beside.named.kind is Kind.NUMBER and printed in ("min", "min.")


def _has_colon(page: str, end: int) -> bool:
    return page[end : end + 1] in (":", "：") or page[end : end + 2] == " :"


def _label_alone(window: _Window, at: int, beside: _Beside) -> Token:
    """A token that is a label, or nothing."""
    token, page = window[at], window.page
    if beside.label.value == "wind_gusts" and length(token) == 1 and not _is_blown(window, at):
        return as_word(token)
    size = _size(token, page)
    unit = unit_after(window, at)
    if unit or size > _LETTER:
        near = beside.named if beside.named and beside.up == 0 and beside.down else beside.value
        kind = units()[unit].kind if unit else near.kind if near else Kind.WORD
        return labelling(token, kind) if kind in VALUES else token
    if any(t.kind is Kind.LABEL and _size(t, page) > _LETTER for t in beside.tokens):
        return token
    if size == _LETTER:
        behind = beside.named is not None and beside.named.kind in beside.accepts
        return token if beside.fits or (behind and beside.up == 0) else as_word(token)  # "11 UV"
    return token if beside.fits and beside.down == 0 else as_word(token)


_LETTER: Final = 2  # the size of one of an unspaced script


def _label_or_condition(
    window: _Window, at: int, beside: _Beside, condition: Reading
) -> Token | None:
    """ "Rain" is a label before what it can name, else a condition."""
    token, value, named = window[at], beside.value, beside.named
    colon = _has_colon(window.page, token.span.end)
    column = at > 0 and window[at - 1].value in _DELIMITERS
    if named and named.kind is Kind.LABEL and named.value == "condition" and not column:
        return Token(token.span, (condition,))
    if beside.is_behind_percent and _opens_line(window, beside.before) and _closes_line(window, at):
        return labelling(token, Kind.PERCENT)  # "20% chance of rain" on a line of its own
    if all(Kind.LABEL in [r.kind for r in t.readings] for t in beside.tokens) and not colon:
        return read_as(token, Kind.LABEL)  # the head of a table
    length_follows = value is not None and value.kind in _NOT_STORED
    if beside.label.value == "other" and length_follows and beside.down == 0:
        return read_as(token, Kind.LABEL)  # "Sunshine max. 3 h"
    if named and named.kind in _MEASURED and named.kind in beside.accepts and beside.up <= 1:
        return read_as(token, Kind.LABEL)
    unit = unit_after(window, at)
    if unit:
        return labelling(token, units()[unit].kind)  # "Rain (mm)"
    if value is None or not beside.fits:
        return Token(token.span, (condition,))
    counted = value.kind is not Kind.NUMBER
    second, _ = neighbour(window, beside.after, 1)
    many = second < len(window) and window[second].kind is value.kind
    sure = colon or (counted and many) or (value.kind in _MEASURED and beside.down == 0)
    if sure or (counted and _labels_often(window, at, beside.accepts)):
        return labelling(token, value.kind)
    return Token(token.span, (condition, beside.label))


_DELIMITERS: Final = ("\t", "|")  # of columns
_SHORT: Final = 4  # characters of a label that is often something else
_NOT_STORED: Final = (Kind.LABEL, Kind.QUANTITY, Kind.NUMBER)
_MEASURED: Final = (Kind.LENGTH, Kind.SPEED, Kind.DIRECTION)


_BLOWN: Final = ("n", "S")


def _is_blown(tokens: Tokens, at: int) -> bool:
    """Whether a wind stands before a letter for gusts, on its line: "NW 14 G 23", "S10G18"."""
    speed, lines = neighbour(tokens, at, -1)
    point, more = neighbour(tokens, speed, -1)
    if point < 0 or lines + more:
        return False
    return tokens.shape[point] == "W" and tokens.shape[speed] in _BLOWN


_NEAR: Final = 200  # tokens that can be of the same widget


def _labels_often(tokens: Tokens, at: int, accepts: Sequence[Kind]) -> bool:
    """Whether the same words stand several times near, each time before such a value."""
    near = range(max(0, at - _NEAR), min(len(tokens), at + _NEAR))
    same = [i for i in near if tokens[i].readings == tokens[at].readings]
    following = [neighbour(tokens, i, 1)[0] for i in same]
    return len(same) > 1 and all(i < len(tokens) and tokens[i].kind in accepts for i in following)


_RANGE: Final = re.compile("d(?=.d)")


def _weekday_ranges(tokens: Tokens) -> Tokens:
    """ "Mon-Fri 9:00-17:00" are opening hours: no day of a forecast."""
    ranges = [found.start() for found in _RANGE.finditer(tokens.shape)]
    if not ranges:
        return tokens
    out = list(tokens)
    for at in ranges:
        first, sign, last = out[at : at + 3]
        if first.kind is Kind.WEEKDAY and (
            sign.value == "-" or any(r.value == "range" for r in sign.readings)
        ):
            out[at], out[at + 2] = as_word(first), as_word(last)
    return Tokens(out)


def _directions(tokens: Tokens, page: str) -> Tokens:
    """A compass point counts only beside a wind: "SSE 14 mph", "Wind: NW", "Westwind"."""
    if not _WINDY.search(tokens.shape):
        return tokens  # nothing that can be a direction
    tokens = _without_prepositions(tokens, page)
    winds = {at for at in tokens.places(Kind.LABEL) if tokens[at].value in WIND}
    named = bool(winds)
    winds.update(tokens.places(Kind.SPEED), from_where(tokens, page))
    tokens = _bearings(tokens)
    points = list(tokens.places(Kind.DIRECTION))
    for step in (1, -1):
        for at in points[::step]:
            if at not in winds and _is_near_wind(tokens, at, -step, winds, page):
                winds.add(at)
    out = list(tokens)
    for at in points:
        blows = at in winds or _in_a_column(tokens, at) or (named and _in_a_row(tokens, at))
        if not (blows or names_wind(tokens[at], page)):
            out[at] = as_word(tokens[at])
    return Tokens(out)


_WINDY: Final = re.compile("W|S[/,.o]*+T")


def _is_near_wind(tokens: Tokens, at: int, step: int, winds: Collection[int], page: str) -> bool:
    """Whether a wind is the next thing that is said in one direction, but for one number."""
    beside, lines = neighbour(tokens, at, step, "u")
    if tokens.shape[max(0, beside) : beside + 1] == "n":
        beside, more = neighbour(tokens, beside, step, "u")
        lines += more
    near = beside in winds and lines < 2
    return near and not _in_other_sentences(tokens, at, beside, page)


def _in_other_sentences(tokens: Tokens, at: int, beside: int, page: str) -> bool:
    """Whether a sentence ends between a spelled-out point and a wind: "Dry in the East. Wind: "."""
    first, last = sorted((at, beside))
    spelled = length(tokens[at]) > _POINT
    start = tokens[first].span.end - 1
    return spelled and not one_sentence(page, start, tokens[last].span.start)


_POINT: Final = 3  # letters of a compass point that is abbreviated, at most


def _without_prepositions(tokens: Tokens, page: str) -> Tokens:
    """Tokens with the letters for compass points that are words before days made words."""
    words = [at for at in tokens.places(Kind.DIRECTION) if _is_preposition(tokens, at, page)]
    if not words:
        return tokens
    out = list(tokens)
    for at in words:
        out[at] = as_word(tokens[at])
    return Tokens(out)


def _is_preposition(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a letter for a compass point is a word before a day: "7 м/с.⏎В воскресенье"."""
    token = tokens[at]
    if length(token) > 1 or at + 1 == len(tokens):
        return False
    after = tokens[at + 1]
    if after.kind is Kind.LABEL and after.value in WIND:
        measured = is_at(tokens, at + 2, Kind.SPEED, Kind.NUMBER)
        if measured or after.value == "wind_direction":
            return False  # "N wind 10 mph", "N Wind direction"
    gap = page[token.span.end : after.span.start]
    opens = _opens_line(tokens, at) or page[token.span.start - 2 : token.span.start] == ". "
    lower = page[token.span.start].islower()
    return gap == " " and after.kind in _BEHIND_WORDS and (opens or lower)


_BEHIND_WORDS: Final = KEYS | {Kind.WORD, Kind.FILLER, Kind.LABEL}


def _in_a_column(tokens: Tokens, at: int) -> bool:
    """Whether a compass point shares its cell of a table with a number: "| NW 12"."""
    delimited = at > 0 and tokens[at - 1].value in _DELIMITERS
    return delimited and tokens.shape[at + 1 : at + 2] == "n"


def _in_a_row(tokens: Tokens, at: int) -> bool:
    """Whether a compass point or a calm stands between numbers of a table: "87 | SE9"."""
    before, lines = neighbour(tokens, at, -1)
    after, more = neighbour(tokens, at, 1)
    if before < 0 or lines + more:
        return False
    return tokens.shape[before] in "n%" and tokens.shape[after : after + 1] in ("n", "p")


_HOTTEST: Final = 60  # no air is hotter, in °C; and a wind is not given in °F


def _bearings(tokens: Tokens) -> Tokens:
    """ "8 kt from 240°": degrees beside a speed that no temperature has."""
    out = list(tokens)
    for at in tokens.places(Kind.TEMPERATURE):
        value = tokens[at].value
        if not isinstance(value, Quantity) or value.unit or not _HOTTEST < value.value <= _ROUND:
            continue
        before, lines = neighbour(tokens, at, -1)
        if before >= 0 and lines == 0 and tokens.shape[before] in "SW":
            out[at] = Token(tokens[at].span, (Reading(Kind.DIRECTION, value.value),))
    return Tokens(out)


_ROUND: Final = 360  # degrees
