"""Tokens in, the same tokens with one reading each out, but for dates.

A token can mean several things, and its neighbours tell which: "Sun" beside "Mon" is a day, "Low"
without a number is no label, a compass point without a wind is a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from .accepts import SUN
from .days import (
    day_or_part,
    days_to_nights,
    is_no_day,
    leads_a_sentence,
    nights_between,
    nights_to_days,
    parts_of_skies,
    runs_on,
    short_days,
    weekday_ranges,
)
from .model import (
    AIR,
    KEYS,
    MEASURED,
    VALUES,
    Clock,
    Condition,
    Kind,
    PartialDate,
    Period,
    Quantity,
    Reading,
    Token,
    Weekday,
    When,
)
from .names import in_a_name, is_letter_of_a_name, is_of_a_place, is_titled
from .naming import label_or_not
from .phenomena import is_phenomenon
from .tokens import (
    Tokens,
    Window,
    as_filler,
    as_word,
    is_at,
    is_picture,
    length,
    line,
    mark_at,
    neighbour,
    opens_line,
    printed_size,
    read_as,
    reading_at,
)
from .winds import beside_wind, directions, is_a_link


def settle(tokens: Sequence[Token], page: str) -> Tokens:
    """One reading for each token, but for what only the whole window can tell."""
    window = _window(_without_quotes(_with_days_alone(Tokens(tokens)), page), page)
    rewritten = _without_durations(_without_programs(_without_shares(_without_scores(window))))
    rewritten = _without_zones(_without_asides(_without_days_of_sun(rewritten)), page)
    rewritten = _with_numbered_days(rewritten)
    rewritten = _told_twice(_without_counts(_with_named_dates(rewritten)))
    rewritten = _with_seasons(days_to_nights(nights_to_days(nights_between(rewritten), page)))
    if rewritten is not window:
        window = _window(rewritten, page)
    settled = window.settled
    for at, (token, kind) in enumerate(zip(window, window.shape, strict=True)):
        if len(token.readings) > 1:
            token = _of_several(window, at) or Token(token.span, token.readings[:1])
        elif kind in _JUDGES:
            token = _JUDGES[kind](window, at)
        settled.append(token)
    return directions(parts_of_skies(weekday_ranges(Tokens(settled), page)), page)


def _with_seasons(tokens: Tokens) -> Tokens:
    """Tokens, with the number of a list before two months as no day: "1. June – August"."""
    return tokens.rewritten([s.start() for s in _SEASON.finditer(tokens.shape)], _as_month)


def _as_month(token: Token) -> Token:
    value = token.value
    month = value.month if isinstance(value, PartialDate) else None
    return Token(token.span, (Reading(Kind.MONTH, month),)) if month else token


_SEASON: Final = re.compile("D[,jo]m(?![,.]?n)")


def _with_days_alone(tokens: Tokens) -> Tokens:
    """Tokens, with what is alone on its line or in its cell as a day, and no mark: "土⏎日⏎月"."""
    alone = (mark.start() for mark in _ALONE.finditer(tokens.shape))
    places = [at for at in alone if reading_at(tokens, at, Kind.WEEKDAY)]
    return tokens.rewritten(places, _as_weekday)


def _as_weekday(token: Token) -> Token:
    return read_as(token, Kind.WEEKDAY) or token


_ALONE: Final = re.compile("(?<![^/,])(?<!n[/,])o(?![^/,])")  # a mark, but none of a number before


def _window(tokens: Iterable[Token], page: str) -> Window:
    window = Window(tokens, page)
    window.days = short_days(window, page)
    return window


def _weekday(window: Window, at: int) -> Token:
    token = window[at]
    if is_no_day(window, at) or is_letter_of_a_name(window, at) or is_of_a_place(window, at):
        return as_word(token)  # "MO" alone is Missouri
    return token


def _when(window: Window, at: int) -> Token:
    token = window[at]
    return as_word(token) if runs_on(window, at) else token  # "Day pass", "Now playing"


def _number(window: Window, at: int) -> Token:
    token = window[at]
    if _OF_FILE.match(window.page, token.span.end):
        return as_word(token)
    clock = _dotted_clock(window, at)
    if clock is None and _counts(window, at):
        return as_word(token)
    return clock or token


_OF_FILE: Final = re.compile(r"\.(?:gif|png|jpe?g|svg|webp)\b")  # "7.gif": a picture's name


def _condition(window: Window, at: int) -> Token:
    token = window[at]
    if in_a_name(window, at, window.page) or is_titled(window, at):
        return as_word(token)  # "StormBot"
    if is_picture(token) and (label := _drawn_label(window, at)):
        return Token(token.span, (label,))
    if is_picture(token) and _in_words(window, at):
        return as_filler(token)
    share = _share_of_the_sky(window, at)
    return Token(token.span, (share,)) if share else token


def _drawn_label(window: Tokens, at: int) -> Reading | None:
    """What a picture names behind the one of the sky: "☁️ 9°C 💨 7 km/h ☔ 5% 🌧️ 0.2 mm"."""
    sky, kind = window[at].value, window.shape[at + 1 : at + 2]
    if not isinstance(sky, Condition):
        return None
    if sky.slug == "windy":
        return Reading(Kind.LABEL, "wind_speed") if kind == Kind.SPEED else None
    before = window.shape[max(0, at - _ROW) : at]
    since_key = max(before.rfind(key) for key in KEYS)
    if kind not in _OF_RAIN or not is_phenomenon(sky) or before.find("C", since_key + 1) < 0:
        return None
    return Reading(Kind.LABEL, _OF_RAIN[kind])


_OF_RAIN: Final[Mapping[str, str]] = {
    Kind.PERCENT: "precipitation_probability",
    Kind.LENGTH: "precipitation",
}
_ROW: Final = 16  # tokens of a row before one of its last pictures


def _share_of_the_sky(window: Tokens, at: int) -> Reading | None:
    """What a sky names that a colon and a percentage follow: "Cloudy: 30%"."""
    sky = window[at].value
    if window.shape[at + 1 : at + 3] != ",%" or window[at + 1].value != ":":
        return None
    cloudy = isinstance(sky, Condition) and sky.slug in _CLOUDY
    return Reading(Kind.LABEL, "cloud_cover") if cloudy else None


_CLOUDY: Final = frozenset({"cloudy", "mostly_cloudy"})


def _label(window: Window, at: int) -> Token:
    token = window[at]
    if in_a_name(window, at, window.page):
        return as_word(token)
    if printed_size(token, window.page) <= _SHORT:
        return label_or_not(window, at) or token
    return token


def _letter(window: Window, at: int) -> Token:
    token = window[at]
    if is_a_link(window, at):
        return as_filler(token)
    return as_word(token) if is_letter_of_a_name(window, at) else token


# What tokens mean that have one reading. All other kinds mean the same whatever stands beside them.
_JUDGES: Final[Mapping[str, Callable[[Window, int], Token]]] = {
    Kind.WEEKDAY: _weekday,
    Kind.WHEN: _when,
    Kind.NUMBER: _number,
    Kind.CONDITION: _condition,
    Kind.LABEL: _label,
    Kind.DIRECTION: _letter,
    Kind.UNIT: _letter,
}


def _as_link(token: Token) -> Token:
    """A letter between two words as "and" if it is that in a language: "hoje | e | amanhã"."""
    linking = tuple([r for r in token.readings if r.kind in (Kind.CONNECTOR, Kind.MARK)])
    is_and = linking and linking[0].kind is Kind.CONNECTOR
    return Token(token.span, linking) if is_and else as_filler(token)


def _of_several(window: Window, at: int) -> Token | None:
    """Which of its readings a token has here; None: the first."""
    token = window[at]
    kinds = "".join([r.kind for r in token.readings])
    first = kinds[0]
    if "D" in kinds or first == "h":
        return token  # _dates, _hour_spans
    if is_a_link(window, at):
        return _as_link(token)
    if "d" in kinds and "W" in kinds and beside_wind(window, at):
        return read_as(token, Kind.DIRECTION)  # "SO" is Sunday, or south-east
    if first == "d" and (is_no_day(window, at) or is_of_a_place(window, at)):
        return as_word(token)
    if first == "w" and "l" in kinds and _closes_day(window, at):
        return read_as(token, Kind.LABEL)
    if window.shape[at - 1 : at] in ("T", "P") and any(r.value == "change" for r in token.readings):
        return read_as(token, Kind.WORD)  # "one degree | lower than"
    if first == "w":
        if runs_on(window, at) and not (kinds[1] == "w" and leads_a_sentence(window, at)):
            return as_word(token)
        if kinds[1] == "w":
            return day_or_part(window, at)
    if first == "n":
        number = _number(window, at)
        if number is not token:
            return number
    if (
        (first in _NAMES and in_a_name(window, at, window.page))
        or (first in _LETTERS and is_letter_of_a_name(window, at))
        or is_titled(window, at)
    ):
        return as_word(token)
    if "o" in kinds and window.shape[max(0, at - 1) : at + 2 : 2] == "WW":
        return read_as(token, Kind.MARK)  # "west | to | southwest winds"
    if first == "j" and mark_at(window, at) and is_at(window, at - 1, Kind.LABEL):
        return read_as(token, Kind.MARK)  # "visibility | to | 300 m"
    if first == "C" and is_picture(token) and _in_words(window, at):
        return as_filler(token)
    if "l" in kinds:
        return label_or_not(window, at)
    if "d" in kinds and "m" in kinds:
        return read_as(token, Kind.WEEKDAY)  # "mar": what a date did not take
    if "d" in kinds and "C" in kinds:
        return read_as(token, Kind.WEEKDAY if _has_weekdays(window) else Kind.CONDITION)
    if "u" in kinds:
        others = (r.kind for r in token.readings if r.kind is not Kind.UNIT)
        return read_as(token, next(others, Kind.UNIT))
    if first in VALUES and "n" in kinds:
        return read_as(token, token.kind if _has_its_unit(window, at) else Kind.NUMBER)
    return token


def _closes_day(window: Tokens, at: int) -> bool:
    """Whether a word for the dusk names the sunset: "Sunrise 5:52⏎Dusk 18:03"."""
    dawn = _DAWN.search(window.shape, max(0, at - 5), at)
    if dawn is None or window[dawn.start()].value != "sunrise":
        return False
    return bool(_DUSK.match(window.shape, at + 1))


_DAWN: Final = re.compile(r"l,?/?h[,/]?\Z")
_DUSK: Final = re.compile(",?/?h")

_NAMES: Final = "Cl"

_LETTERS: Final = "dWu"


def _has_weekdays(window: Tokens) -> bool:
    return any(len(window[at].readings) == 1 for at in window.places(Kind.WEEKDAY))


def _has_its_unit(window: Window, at: int) -> bool:
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
    if _GLUED_INCHES.search(printed):
        return True  # "0in rain"
    return (decimal or ends) and page[token.span.end - 1] not in "cf"


_GLUED_INCHES: Final = re.compile(r"\din\Z")
_GO_ON: Final = ("x", ".", "C", "d", "w")  # kinds of what a sentence goes on with


def _without_quotes(tokens: Tokens, page: str) -> Tokens:
    """Tokens, with the quotation marks of words as no inches: "day": "Monday"."""
    units = [at for at in tokens.places(Kind.UNIT) if page[tokens[at].span.start] == '"']
    quotes = [at for at in units if _QUOTES.match(page, max(0, tokens[at].span.start - 1))]
    return tokens.rewritten(quotes, as_filler)


_QUOTES: Final = re.compile(r'[^\W\d_]"|.?"(?=[^\W\d_])')  # behind a letter or before one

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
    shares: list[int] = []
    for share in _SHARE.finditer(tokens.shape):
        at = share.start()
        labels = any(r.kind is Kind.LABEL for r in tokens[at].readings)
        if tokens[at - 1].value == "," and not labels:
            shares += (at, at + 1)
    return tokens.rewritten(shares, as_filler)


_PROGRAM: Final = line("[dw,]*h[x.,j]*(T)[x.,j]*h[x.,j]*")
_PROGRAMS: Final = 2


def _without_programs(tokens: Tokens) -> Tokens:
    """ "Mon 06:30 on 21 °C 22:00 off": from one hour to another a room is heated."""
    lines = list(_PROGRAM.finditer(tokens.shape))
    if len(lines) < _PROGRAMS:
        return tokens
    return tokens.rewritten([found.start(1) for found in lines], as_word)


_DAYS: Final = 3  # that show whether they go on as a calendar does


def _without_durations(tokens: Tokens) -> Tokens:
    """ "1日", "14日", "7日": days that do not go on as dates do say how long something takes."""
    if "D" not in tokens.shape:
        return tokens
    places = [at for at in tokens.places(Kind.DATE) if _is_day_of_month(tokens, at)]
    days = [date.day for at in places if isinstance(date := tokens[at].value, PartialDate)]
    on = sum(b - a in (0, 1) or b == 1 for a, b in pairwise(days))
    if len(set(days)) < _DAYS or 3 * on >= len(days) - 1:
        return tokens
    return tokens.rewritten(places, as_word)


def _is_day_of_month(tokens: Tokens, at: int) -> bool:
    """Whether a date is the number of a day by itself, with no weekday beside it."""
    date = tokens[at].value
    bare = isinstance(date, PartialDate) and date.month is None and date.year is None
    beside = [neighbour(tokens, at, step) for step in (-1, 1)]
    return bare and not any(lines == 0 and is_at(tokens, i, *_OF_DAYS) for i, lines in beside)


_OF_DAYS: Final = (Kind.WEEKDAY, Kind.WHEN)


_ASIDE: Final = re.compile(",[nxlh.w]{1,4},,")


def _without_asides(tokens: Tokens) -> Tokens:
    """ "Rain (next 1 h): 0.6 mm": what brackets say between a label and its colon says nothing."""
    beside: list[int] = []
    for found in _ASIDE.finditer(tokens.shape, 1):
        first, last = found.start(), found.end() - 2
        signs = [tokens[at].value for at in (first, last, last + 1)]
        if signs == ["(", ")", ":"] and reading_at(tokens, first - 1, Kind.LABEL):
            beside += range(first, last + 1)
    return tokens.rewritten(beside, as_filler)


def _without_zones(tokens: Tokens, page: str) -> Tokens:
    """ "4:00 PM EDT Friday 9 May": the zone of an hour before its day says nothing else."""
    zones = [found.end() - 1 for found in _ZONED.finditer(tokens.shape)]
    printed = ((at, page[slice(*tokens[at].span)]) for at in zones)
    return tokens.rewritten([at for at, zone in printed if _ZONE.fullmatch(zone)], as_filler)


_ZONED: Final = re.compile("hx(?=[dDm])")
_ZONE: Final = re.compile("[A-Z]{2,5}")


_OF_SUN: Final = re.compile("l[,.]?(D)[,.]*(?=[hTP])")
_NO_KEY: Final = SUN | {"other"}


def _without_days_of_sun(tokens: Tokens) -> Tokens:
    """ "Sunset: Oct 15 05:23 PM", "Average for May 3: 9 °C": such a day is no key of a row.

    Nor is "Sun" above the only sunrise of a page.
    """
    found = _OF_SUN.finditer(tokens.shape)
    days = [day.start(1) for day in found if tokens[day.start()].value in _NO_KEY]
    above = [day.start(1) for day in _ABOVE.finditer(tokens.shape)]
    suns = [at for at in above if tokens[at + 2].value in SUN]
    if len(suns) == 1 and length(tokens[suns[0]]) == _SUN:
        days += [at for at in suns if tokens[at].value is Weekday.SUN]
    return tokens.rewritten(days, as_filler)


_ABOVE: Final = re.compile("(?<![^/])(d)/(?=l)")
_SUN: Final = 3  # letters


_NUMBERED: Final = re.compile("d[wlf]n(?!u)")
_ORDINAL: Final = re.compile("dn(?=[od.])")


def _with_numbered_days(tokens: Tokens) -> Tokens:
    """ "Mon day 07", "Tuesday 30th": the number of a day behind its weekday is a date."""
    out = list(tokens)
    for at in (found.end() - 1 for found in _ORDINAL.finditer(tokens.shape)):
        number, mark = tokens[at].value, tokens[at + 1]
        glued = mark.span.start == tokens[at].span.end and mark_at(tokens, at + 1) == "link"
        if not glued or not isinstance(number, Quantity) or number.value not in range(1, 32):
            continue
        before = tokens[at - 2].value if at > 1 else None
        if isinstance(before, PartialDate) and before.day == number.value:
            out[at - 1 : at + 2] = map(as_filler, tokens[at - 1 : at + 2])  # "4th MaySat 4th"
        else:
            day = Reading(Kind.DATE, PartialDate(int(number.value)))
            out[at : at + 2] = [Token(tokens[at].span, (day,)), as_filler(mark)]
    for found in _NUMBERED.finditer(tokens.shape):
        label, at = found.start() + 1, found.end() - 1
        number = tokens[at].value
        if not isinstance(number, Quantity) or number.value not in range(1, 32):
            continue
        if any(r.kind is Kind.LABEL and r.value == "day" for r in tokens[label].readings):
            day = Reading(Kind.DATE, PartialDate(int(number.value)))
            out[label : at + 1] = [as_filler(tokens[label]), Token(tokens[at].span, (day,))]
    return tokens if out == tokens else Tokens(out)


_COUNTED: Final = re.compile("[wl]n(?!u)")
_SO_MANY: Final = re.compile(",[x.f]{1,2}nw")
_SO_LONG: Final = re.compile("(?<![^/,])nw(?![^/,])")
_LEAST_COUNTED: Final = 3


def _without_counts(tokens: Tokens) -> Tokens:
    """ "Day 1 | Day 2", "(next 3 days)", "15 Day | 45 Day": days that are counted are no keys."""
    found = (*_SO_MANY.finditer(tokens.shape), *_SO_LONG.finditer(tokens.shape))
    aside = [one.end() - 1 for one in found]
    aside = [at for at in aside if _is_by_day(tokens[at])]
    tokens = tokens.rewritten([i for at in aside for i in (at - 1, at)], as_word)
    places = [at for at in _counted(tokens) if _is_by_day(tokens[at])]
    counts = [tokens[at + 1].value for at in places]
    numbers = [count.value for count in counts if isinstance(count, Quantity)]
    if len(numbers) < _LEAST_COUNTED or any(b - a not in (0, 1) for a, b in pairwise(numbers)):
        return tokens
    return tokens.rewritten([i for at in places for i in (at, at + 1)], as_word)


def _counted(tokens: Tokens) -> Iterator[int]:
    """Words with a number right behind them."""
    return (found.start() for found in _COUNTED.finditer(tokens.shape))


def _is_by_day(token: Token) -> bool:
    """Whether a token can mean the time of daylight."""
    return any(r.value == When(None, Period.DAY) for r in token.readings)


def _with_named_dates(tokens: Tokens) -> Tokens:
    """Tokens, with the name of a day right behind its date as no second one: "25 May, Whitsun"."""
    named = (found.end() - 1 for found in _DATED.finditer(tokens.shape))
    return tokens.rewritten([at for at in named if _is_same_date(tokens, at)], as_filler)


def _is_same_date(tokens: Tokens, at: int) -> bool:
    """Whether the date at a place is the one before it."""
    before, _ = neighbour(tokens, at, -1, ",")
    return before >= 0 and tokens[before].value == tokens[at].value


_DATED: Final = re.compile("D[,/]?D")


def _told_twice(tokens: Tokens) -> Tokens:
    """ "High 33° 92° | Low 23° 74°": degrees in °C and then °F are told by their sizes."""
    ends = [found.start() for found in _TWICE.finditer(tokens.shape)]
    pairs = [(tokens[at].value, tokens[at + 1].value) for at in ends]
    sizes = [
        (one.value, two.value)
        for one, two in pairs
        if isinstance(one, Quantity) and isinstance(two, Quantity) and not (one.unit or two.unit)
    ]
    alike = all(abs(one * 1.8 + 32 - two) <= _ROUNDED for one, two in sizes)
    if len(sizes) < max(2, len(pairs)) or not alike:
        return tokens
    out = list(tokens)
    for at, (celsius, _) in zip(ends, sizes, strict=True):
        value = Reading(Kind.TEMPERATURE, Quantity(celsius, "C"))
        out[at : at + 2] = [Token(tokens[at].span, (value,)), as_filler(tokens[at + 1])]
    return Tokens(out)


_TWICE: Final = re.compile("TT")
_ROUNDED: Final = 1.4  # what whole degrees of both scales can differ by


_DOTTED: Final = re.compile(r"(\d{1,2})\.([0-5]\d)")


def _dotted_clock(window: Window, at: int) -> Token | None:
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


def _in_words(tokens: Tokens, at: int) -> bool:
    """Whether words stand beside a picture: of the same weather, or of a text about buttons.

    Words with a sign between are of something else if a temperature touches it: "Oslo: ☀️ 12°C".
    """
    if is_at(tokens, at + 1, Kind.FILLER) and _is_title(tokens, at):
        return True
    warm = any(is_at(tokens, side, Kind.TEMPERATURE) for side in (at - 1, at + 1))
    for step in (1, -1):
        beside, lines = neighbour(tokens, at, step)
        if 0 <= beside < len(tokens):
            token = tokens[beside]
            said = token.kind is Kind.CONDITION and not is_picture(token)
            words = token.kind in (Kind.WORD, Kind.LABEL) and lines == 0 and token.value not in AIR
            if (said and lines < 2) or (words and not (warm and beside != at + step)):
                return True
    return False


def _is_title(tokens: Tokens, at: int) -> bool:
    """Whether a picture opens a line that is a title: "☁️ Weather forecast", "🌤 Weather: Leeds"."""
    end = tokens.shape.find("/", at)
    rest = tokens.shape[at + 1 : end if end >= 0 else len(tokens)]
    titles = tokens[at + 1].value == "title" and opens_line(tokens, at)
    return len(rest) == 1 or (titles and MEASURED.isdisjoint(rest))


def _counts(tokens: Tokens, at: int) -> bool:
    """Whether a number is glued to a word that is no unit: "12회", "3rd", "48-hour"."""
    if at + 1 == len(tokens) or tokens[at + 1].span.start != tokens[at].span.end:
        return False
    after = tokens[at + 1]
    if mark_at(tokens, at + 1) in ("day", "link"):
        return True  # "the 48th marathon"
    if tokens.shape[at + 1] not in ("x", ","):
        return False
    counted = tokens[at + 2] if at + 2 < len(tokens) and after.value == "-" else None
    if counted is not None and counted.span.start == after.span.end:
        return counted.kind is Kind.LABEL and counted.value in ("time", "day")
    return after.kind is Kind.WORD


_SHORT: Final = 4  # characters of a label that is often something else
