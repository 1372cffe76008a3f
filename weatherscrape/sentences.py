"""Tokens in, what sentences of a forecast text say beside their row's own key out.

"Saturday: Sunny, some clouds in the afternoon. Wind from the west." is one row: the afternoon says
when of Saturday, and the west goes with the wind although words stand between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from .accepts import WIND
from .data import languages
from .headings import introduces, leads
from .model import (
    DAILY,
    DEGREES,
    EXTREME_OF,
    KEYS,
    OF_AIR,
    Clock,
    Kind,
    Period,
    Reading,
    RelativeDay,
    Token,
    When,
)
from .tokens import ANY_LINE, BEFORE_NUMBER, BETWEEN, Tokens, is_at, length, printed_size

_STOP: Final = re.compile(rf"(?!{BEFORE_NUMBER})[.!?…。।][\s)]|。|\.\.")


def _stops(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a sentence ends before the token at `at`."""
    return bool(_STOP.search(page, max(0, tokens[at - 1].span.end - 1), tokens[at].span.start))


_SAID: Final = frozenset(
    {
        Kind.CONDITION,
        Kind.DIRECTION,
        Kind.LABEL,
        Kind.MODIFIER,
        Kind.NUMBER,
        Kind.PAIR,
        Kind.PERCENT,
        Kind.SPEED,
        Kind.TEMPERATURE,
    }
)
_NO_TEXT: Final = "".join(KEYS | BETWEEN)
_VALUES: Final = frozenset({Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER, Kind.PERCENT})


def asides(tokens: Tokens, page: str) -> frozenset[int]:
    """Parts of the day that only say when of the row's day something is.

    The line begins with the day, or that stands alone on the line above.
    """
    if not any(_part(tokens[at]) for at in tokens.places(Kind.WHEN)):
        return frozenset()
    found: set[int] = set()
    above: list[int] = []
    for line in tokens.lines(ANY_LINE):
        found |= _within_text(tokens, line, page)
        lead = _lead(tokens, line) or above
        alone = not tokens.shape[line.start : line.stop].strip(_NO_TEXT)
        above = _lead(tokens, line) if alone else []
        if alone or not any(_has_day(tokens[i]) for i in lead):
            continue
        parts = {p for i in lead if (p := _part(tokens[i]))}
        said = False
        if not parts:
            found |= _within_extremes(tokens, line, page)
        found |= _several(tokens, [i for i in line if i not in lead], page)
        for at in line:
            if at and _stops(tokens, at, page):
                said = False
            part = _part(tokens[at])
            known = not parts or any(part in _NEAR[p] for p in parts)
            if part and known and said and at not in lead and _passes_by(tokens, at, page):
                found.add(at)
            said = said or tokens.shape[at] in _SAID
    return frozenset(found)


def _within_extremes(tokens: Tokens, line: range, page: str) -> set[int]:
    """Parts of the day between a label and its number: "highs in the afternoon near 29"."""
    found: set[int] = set()
    for within in _WITHIN.finditer(tokens.shape, line.start, line.stop):
        at, end = within.start(1), within.end()
        stops = any(_stops(tokens, i, page) for i in range(within.start() + 1, end))
        if tokens[within.start()].value in DAILY and _part(tokens[at]) and not stops:
            found.add(at)
    return found


_WITHIN: Final = re.compile("l[.fj]*(w)[.fj]*[TPn]")


def below_headings(tokens: Tokens, page: str) -> frozenset[int]:
    """Parts of the day in a text whose heading names the day: it is one row, whatever it says when.

    ".THURSDAY...Showers in the morning.⏎Gusts up to 55 mph in the afternoon." The day itself may be
    named again: "SATURDAY: Sunny spells on Saturday."
    """
    parts = any(_part(tokens[at]) for at in tokens.places(Kind.WHEN))
    if not (parts or _INSIDE.search(tokens.shape)):
        return frozenset()
    found: set[int] = set()
    lead: list[int] = []
    titled = False  # by the line before
    headed = False  # by a day alone on the line before
    lines = tokens.lines(ANY_LINE)
    for number, line in enumerate(lines):
        own = _lead(tokens, line)
        alone = own and all(tokens[i].kind in KEYS | BETWEEN for i in line)
        if (
            alone
            or any(introduces(page, tokens[i].span.end) for i in own)
            or _tells(tokens, line, own)
        ):
            lead, titled = (own if any(_has_day(tokens[i]) for i in own) else []), False
        elif title := _title(tokens, line):
            below = lines[number + 1 : number + _PARAGRAPH]
            lead, titled = _above_text(title, below, tokens, page), True
        elif number and not (titled or headed or _goes_on(tokens, lines[number - 1][-1], line[0])):
            lead = []
        else:
            titled = False
        headed = bool(alone)
        beside = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
        own_part = (
            lead and _is_of_part(tokens, line) and any(_is_of_part(tokens, n) for n in beside)
        )
        for at in line if lead else ():
            if tokens.shape[at] not in KEYS or at in lead or (own_part and at in own):
                continue
            of_part = _part(tokens[at]) and _says_when(tokens, at, lead, page)
            if of_part or _names_again(tokens, at, lead, page) or _are_hours_within(tokens, at):
                found.add(at)
    return frozenset(found)


def _tells(tokens: Tokens, line: Sequence[int], own: Sequence[int]) -> bool:
    """Whether a line tells all of the day that opens it: "Tue 29 Apr Sunny. ... High 16."."""
    if not own or own[0] != line[0] or tokens.shape[own[-1] + 1 : own[-1] + 2] != "C":
        return False
    return any(tokens.shape[i] == "l" and tokens[i].value in DAILY for i in line)


def _is_of_part(tokens: Tokens, line: Sequence[int]) -> bool:
    """Whether a line begins with a part of the day and says how warm it gets then."""
    own = _lead(tokens, line)
    return (
        bool(own)
        and all(_part(tokens[i]) and not _has_day(tokens[i]) for i in own)
        and any(tokens.shape[i] in OF_AIR for i in line)
    )


# A key within a line, behind what it says. It is looked for once a line, not from each token on.
_INSIDE: Final = re.compile(f"(?:\\A|/)[{_NO_TEXT}]*+[^/{_NO_TEXT}][^/]*[{''.join(KEYS)}]")


def _names_again(tokens: Tokens, at: int, lead: Sequence[int], page: str) -> bool:
    """Whether a word in the text below a heading names its day once more."""
    beside = (tokens.shape[at - 1], tokens.shape[at + 1 : at + 2])
    if introduces(page, tokens[at].span.end) or not KEYS.isdisjoint(beside) or beside[0] == "/":
        return False
    if _ENDS_IN_COLON.match(page, tokens[at].span.end):
        return False  # "Highs today in the cities:" is the title of what follows
    if beside == (",", "l"):
        return False  # "City;Today's High;Today's Low", the head of a table
    night = any(_part(tokens[i]) is Period.NIGHT for i in lead)
    named = [] if night else [tokens[i].value for i in lead]  # "Tonight clear. Friday wet"
    counted = any(isinstance(value, When) and value.day for value in named)  # "Yesterday ..."
    return tokens[at].value in named or (tokens[at].value == _TODAY and not counted)


_ENDS_IN_COLON: Final = re.compile(r"[^\n]{0,99}: *(?:\n|\Z)")


def _are_hours_within(tokens: Tokens, at: int) -> bool:
    """Whether hours stand behind a word of a sentence: "rain from 2 pm to 5 pm"."""
    hours = tokens[at].value
    return isinstance(hours, Clock) and hours.end is not None and tokens.shape[at - 1] in ".x"


_TODAY: Final = When(RelativeDay.TODAY, None)


def _within_text(tokens: Tokens, line: range, page: str) -> set[int]:
    """Parts of the day in a line of words about the sky: "Rain, easing in the evening"."""
    kinds = tokens.shape[line.start : line.stop]
    if kinds[0] != "C" or not ("x" in kinds or "f" in kinds) or not _VALUES.isdisjoint(kinds):
        return set()
    parts = {i for i in line if _part(tokens[i]) and page[tokens[i].span.start].islower()}
    behind = line.start + 1  # "Cloudy | tonight"
    parts -= {behind} if _has_day(tokens[behind]) else set()
    return {i for i in parts if not is_at(tokens, i - 1, Kind.WEEKDAY)}  # "Friday | night"


def _title(tokens: Tokens, line: Sequence[int]) -> list[int]:
    """The day that a line without values ends with: "Previsioni meteo, sabato 18 ottobre"."""
    keys = [i for i in line if tokens[i].kind in KEYS]
    ends = keys and all(tokens[i].kind in BETWEEN for i in line if i > keys[-1])
    if not ends or not any(_has_day(tokens[i]) for i in keys):
        return []
    said = any(tokens[i].kind in _SAID and tokens[i].value != "day" for i in line)
    return [] if said else keys


def _above_text(
    title: list[int], below: Sequence[Sequence[int]], tokens: Tokens, page: str
) -> list[int]:
    """The day of a title, if the line or the paragraph below it ends as a sentence does."""
    last = next(
        (one for one, two in pairwise(below) if not _goes_on(tokens, one[-1], two[0])),
        below[-1] if below else (),
    )
    ends = [tokens[line[-1]].span.end for line in (*below[:1], last) if line]
    said = any(stop in page[end - 1 : end + 1] for end in ends for stop in _FULL_STOPS)
    return title if said else []


_PARAGRAPH: Final = 12  # lines, at most
_FULL_STOPS: Final = (".", "。", "।", "!")


def _goes_on(tokens: Tokens, last: int, first: int) -> bool:
    """Whether nothing but one line break stands between two lines."""
    return first - last == 2 and tokens[last + 1].value == 1


def _says_when(tokens: Tokens, at: int, lead: Sequence[int], page: str) -> bool:
    """Whether a part of the day says when of a heading's day, and has no values of its own."""
    first = tokens.shape[at - 1] == "/" or _stops(tokens, at, page)
    if _next_kind(tokens, at, -1) in KEYS and not first:
        return False
    if leads(page, tokens[at].span.end) and (first or ":" in page[tokens[at].span.end :][:2]):
        return False  # but "CLOUDY IN THE EVENING...THEN CLEAR"
    after = _next_kind(tokens, at)
    if after in OF_AIR or (after in KEYS and not _stops(tokens, at + 1, page)):
        return False
    start = tokens[at].span.start
    if tokens[at - 1].span.end == start and page[start - 1].isalnum():
        return False  # "RainTonight"
    parts = {p for i in lead if (p := _part(tokens[i]))}
    if _has_day(tokens[at]) and _part(tokens[at]) is Period.NIGHT and not parts:
        return False  # "Today: sunny. Tonight clear"
    opens = at == 0 or _stops(tokens, at, page) or tokens.shape[at - 1] == "/"
    if opens and page[tokens[at].span.start].isupper() and _part(tokens[at]) not in parts:
        if not parts:
            return not _has_day(tokens[at]) and not _measures(tokens, at, page)
        return any(_part(tokens[at]) in _NEAR[p] for p in parts)
    return True


def _measures(tokens: Tokens, at: int, page: str) -> bool:
    """Whether the sentence that begins at a place gives a number, or is the last of its text."""
    for i in range(at + 1, len(tokens)):
        if tokens.shape[i] in _VALUES or tokens.shape[i] == "/":
            return True
        if _stops(tokens, i, page):
            return False
    return True


def _several(tokens: Tokens, line: Sequence[int], page: str) -> set[int]:
    """Parts of the day, where a sentence without numbers names two: "dry by night, rain by day"."""
    found: set[int] = set()
    sentence: list[int] = []
    for at in [*line, -1]:
        if at < 0 or _stops(tokens, at, page):
            parts = {
                i
                for i in sentence
                if _part(tokens[i])
                and not leads(page, tokens[i].span.end)
                and not is_at(tokens, i - 1, Kind.WEEKDAY)  # "Sunday | night"
            }
            joined = {i for i in parts if tokens.shape.endswith("wjw", 0, i + 1)}
            if len(parts - joined) > 1 and not any(tokens.shape[i] in _VALUES for i in sentence):
                found |= parts  # but not of "this evening and tonight it is cloudy"
            sentence = []
        sentence.append(at)
    return found


_NEAR: Final = {
    Period.NIGHT: (Period.NIGHT, Period.EVENING, Period.MORNING),
    Period.EVENING: (Period.EVENING, Period.NIGHT),
    Period.DAY: (Period.DAY, Period.MORNING, Period.AFTERNOON, Period.EVENING),
    Period.MORNING: (Period.MORNING,),
    Period.AFTERNOON: (Period.AFTERNOON, Period.EVENING),
    Period.NOW: (),
}


def night_and_day(tokens: Tokens, page: str) -> Tokens:
    """Tokens, with the night and the day that have a temperature each, of one day, as its labels.

    "Saturday: temperature at night 2 to 6, by day 9 to 14 °C".
    """
    if not any(_part(tokens[at]) in EXTREME_OF for at in tokens.places(Kind.WHEN)):
        return tokens
    if _are_told_apart(tokens):
        return tokens
    out = list(tokens)
    for both in _BEHIND.finditer(tokens.shape):  # "from 4 degrees at night to 11 by day"
        named = {
            at: EXTREME_OF[part]
            for at in (both.start(1), both.start(2))
            if (part := _part(tokens[at])) in EXTREME_OF
        }
        if len({*named.values()}) == len(EXTREME_OF):
            for at, field in named.items():
                out[at] = Token(tokens[at].span, (Reading(Kind.LABEL, field),))
    for line in tokens.lines(ANY_LINE):
        for at in line:
            if _is_low_of_night(tokens, at, page):  # "27C high, 18C overnight"
                out[at] = Token(tokens[at].span, (Reading(Kind.LABEL, "temperature_min"),))
        lead = _lead(tokens, line)
        dated = any(_has_day(tokens[i]) for i in lead)
        if not (dated or any(tokens[i].value == "temperature" for i in line)):
            continue
        parts = {
            at: EXTREME_OF[part]
            for at in line
            if (part := _part(tokens[at])) in EXTREME_OF
            and at not in lead
            and not (at and _has_day(tokens[at - 1]) and at - 1 not in lead)  # "low Friday night"
            and _next_kind(tokens, at) in _VALUES
        }
        within = {at for at in parts if not page[tokens[at].span.start].isupper()}
        if not all(at in within or _are_of_one_sentence(tokens, at, within, page) for at in parts):
            parts = {at: parts[at] for at in within}
        labels = (
            {str(tokens[at].value) for at in line if tokens.shape[at] == "l"} if dated else set()
        )
        if not {*parts.values(), *labels} >= {*EXTREME_OF.values()}:
            parts = {at: parts[at] for at in parts if _is_its_day(tokens, at, page)}
        for at, field in parts.items():
            out[at] = Token(tokens[at].span, (Reading(Kind.LABEL, field),))
    return Tokens(out)


def _are_told_apart(tokens: Tokens) -> bool:
    """Whether the night and the day of a date each have a sky or a wind.

    "Dry by night. By night and in the morning fog. By day rain."
    """
    for line in tokens.lines(ANY_LINE):
        told: set[Period] = set()
        keys = [at for at in line if tokens.shape[at] in KEYS]
        for at, end in pairwise([*keys, line.stop]):
            part = _part(tokens[at])
            if _has_day(tokens[at]):
                told = set()
            elif part in EXTREME_OF and _TOLD.match(tokens.shape, at, end):
                told.add(part)
        if len(told) == len(EXTREME_OF):
            return True
    return False


# A sky, or a wind with its speed, behind a part of the day.
_TOLD: Final = re.compile(r"w[.fjx,]*(?:C|[Wl.x,]*S)")


def _is_its_day(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a sentence names its day before and only "by day" then: "Monday cloudy, by day 9"."""
    if _part(tokens[at]) is not Period.DAY or _next_kind(tokens, at) not in DEGREES:
        return False
    keys = [i for i in _sentence(tokens, at, page) if tokens.shape[i] in KEYS]
    days = [i for i in keys if _has_day(tokens[i]) and not _part(tokens[i])]
    named = keys[:-1] == [i for i in days if i < at] != []
    return named and tokens.shape[at - 1] not in KEYS


def _sentence(tokens: Tokens, at: int, page: str) -> range:
    """The tokens of the sentence, within its line, that a token is of."""
    first, last = at, at + 1
    while first and tokens.shape[first - 1] != "/" and not _stops(tokens, first, page):
        first -= 1
    while last < len(tokens) and tokens.shape[last] != "/" and not _stops(tokens, last, page):
        last += 1
    return range(first, last)


_BEHIND: Final = re.compile(r"T(w)[.fjo,]{0,3}T(w)(?![.fjo,]*T)")
_HIGH_AND_LOW: Final = "Tl,T"  # kinds


def _is_low_of_night(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a night ends a sentence behind the high of a day and a second temperature."""
    if _part(tokens[at]) is not Period.NIGHT or not tokens.shape.endswith(_HIGH_AND_LOW, 0, at):
        return False
    ends = _next_kind(tokens, at) is None or _stops(tokens, at + 1, page)
    return ends and tokens[at - 3].value == "temperature_max"


def _are_of_one_sentence(tokens: Tokens, first: int, others: Iterable[int], page: str) -> bool:
    """Whether a sentence that begins with a part of the day has another: "Ночью +2, днём +8"."""
    return any(
        first < at and not any(_stops(tokens, i, page) for i in range(first + 1, at + 1))
        for at in others
    )


def _next_kind(tokens: Tokens, at: int, step: int = 1) -> Kind | None:
    """The kind of the next token of the line that says something."""
    at += step
    while 0 <= at < len(tokens) and tokens.shape[at] in BETWEEN:
        at += step
    if not 0 <= at < len(tokens) or tokens.shape[at] == "/":
        return None
    return tokens[at].kind


def _lead(tokens: Tokens, line: Sequence[int]) -> list[int]:
    """The keys that a line begins with, behind a short word or two at most: "В субботу"."""
    out: list[int] = []
    for place, at in enumerate(line):
        if tokens.shape[at] in KEYS:
            out.append(at)
        elif tokens.shape[at] not in BETWEEN and (out or place > 1 or not _is_short(tokens[at])):
            break
    return out


def _is_short(token: Token) -> bool:
    return token.kind in (Kind.WORD, Kind.DIRECTION) and length(token) <= _LETTERS + 1


def _has_day(token: Token) -> bool:
    when = token.value
    return token.kind in KEYS and not (isinstance(when, When) and when.day is None)


def _part(token: Token) -> Period | None:
    """The part of the day that a word means, if it does not name another day than today."""
    when = token.value
    if not isinstance(when, When) or when.day not in (None, RelativeDay.TODAY):
        return None
    return None if when.period is Period.NOW else when.period


def _passes_by(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a part of the day is of no key and stands behind no number of its own."""
    if page[tokens[at].span.start].isupper() or leads(page, tokens[at].span.end):
        return False
    before, after = _next_kind(tokens, at, -1), _next_kind(tokens, at)
    if before in KEYS or after in KEYS:
        return False
    if after is None or _stops(tokens, at + 1, page):
        return before not in _VALUES or not _is_next_part(tokens, at, page)
    if (before, after) == (Kind.SPEED, Kind.CONDITION):
        return False  # "9 km/h | tonight | clear"
    return before not in _VALUES and after not in _VALUES


def _is_next_part(tokens: Tokens, at: int, page: str) -> bool:
    """Whether its sentence names another part before: "12 °C in the morning and 9 °C at night"."""
    for i in range(at - 1, -1, -1):
        if tokens.shape[i] == "/" or _stops(tokens, i + 1, page):
            return False
        if _part(tokens[i]):
            return tokens.shape[i - 1 : i] in _VALUES
    return False


def names_wind(token: Token, page: str) -> bool:
    """Whether a compass point is printed as a wind: "Westwind", "北の風", "southwesterlies"."""
    printed = page[slice(*token.span)].lower()
    if printed_size(token, page) <= 2:
        return False
    return any(wind in printed for code in token.readings[0].languages for wind in _winds(code))


@cache
def _winds(code: str) -> tuple[str, ...]:
    """The word for wind in a language, the first label of its speed, and what means it in words."""
    sections = languages()[code].sections
    speed = sections.get("label", {}).get("wind_speed", ())[:1]
    return tuple(form.lower() for form in (*speed, *sections.get("mark", {}).get("wind", ())))


_APART: Final = 16  # tokens that may stand between a wind and where it comes from
_LETTERS: Final = 3  # of a compass point that is spelled out; "SSW" is none
_PASSED: Final = BETWEEN | {
    Kind.CONNECTOR,
    Kind.MISSING,
    Kind.MODIFIER,
    Kind.SPEED,
    Kind.UNIT,  # "the warm | hours | of the day"
    Kind.WHEN,
    Kind.WORD,
}


def _is_of_a_sentence(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a point is written as sentences do: "northwest", "drejer til syd", "din NV".

    An abbreviation is led by a word in small letters, and it alone is in capitals.
    """
    start, end = tokens[at].span
    if end - start > _LETTERS:
        return True
    printed, before = page[start:end], tokens[at - 1]
    if end - start == _LETTERS and printed.islower():  # but "le vent | est | faible"
        return before.kind in (Kind.FILLER, Kind.CONNECTOR)
    return before.kind is Kind.FILLER and printed.isupper() and page[slice(*before.span)].islower()


def from_where(tokens: Tokens, page: str) -> frozenset[int]:
    """Compass points that the sentence gives to the wind that it names before.

    "Winds today will be 12 mph and northwesterly", "il forte vento da nord".
    """
    found: set[int] = set()
    for at in winds_named(tokens, page) if "W" in tokens.shape else ():
        for place in range(at + 1, min(len(tokens), at + 1 + _APART)):
            if _stops(tokens, place, page) or _VARIES_HERE.match(tokens.shape, place - 1):
                break
            if tokens.shape[place] == "W" and not _is_no_point(tokens, place, page):
                if _is_of_a_sentence(tokens, place, page):
                    found.add(place)
                break
            if tokens.shape[place] not in _PASSED and tokens.shape[place] != "W":
                break
    return frozenset(found)


# "variable, on the ridges from the north" is of two places, but not "variable, later northerly".
_VARIES_HERE: Final = re.compile("W,(?!w)")


def winds_named(tokens: Tokens, page: str) -> list[int]:
    """Labels of winds, and skies that are one: "strong winds", but not "windy"."""
    labels = [at for at in tokens.places(Kind.LABEL) if tokens[at].value in WIND]
    return [*labels, *(at for at in tokens.places(Kind.CONDITION) if _is_wind(tokens[at], page))]


def _is_wind(sky: Token, page: str) -> bool:
    """Whether one of the words of a sky is a wind: "il | forte vento | da nord"."""
    words = page[slice(*sky.span)].lower().split()
    return any(not _words_of_wind(code).isdisjoint(words) for code in sky.readings[0].languages)


@cache
def _words_of_wind(code: str) -> frozenset[str]:
    """The words that mean a wind in a language."""
    labels = languages()[code].sections.get("label", {}).get("wind_speed", ())
    return frozenset((*_winds(code), *(form.lower() for form in labels)))


def _is_no_point(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a direction is a small letter in a sentence, "deboli | o | assenti", or varies."""
    start, end = tokens[at].span
    return isinstance(tokens[at].value, str) or (end - start == 1 and page[start].islower())
