"""Tokens in, the same tokens with numbers read as dates and hours where the window shows it.

"52/37" is a high and a low, "10/14" a date if the next one is a day later. A number beside each
weekday is the day of the month if it goes on as the weekday does. One number alone tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Final

from .headings import is_heading
from .model import Clock, Kind, Pair, PartialDate, Quantity, Reading, Span, Token, Weekday
from .table_labels import table_lines
from .tokens import (
    DELIMITERS,
    Tokens,
    as_word,
    closes_line,
    is_at,
    is_picture,
    length,
    mark_at,
    neighbour,
    read_as,
)


def settle_dates(tokens: Tokens, month_first: bool) -> Tokens:
    """ "10/14" is a date if the slashed numbers of the window go on day by day, else a pair.

    So is "14.10" a date or a number.
    """
    for kinds in ({Kind.PAIR, Kind.DATE}, {Kind.NUMBER}):
        places = [
            at
            for at, t in enumerate(tokens)
            if t.kind in kinds and len(t.readings) > 1 and t.readings[-1].kind is Kind.DATE
        ]
        if places:
            tokens = _settled(tokens, places, month_first)
    return tokens


def _settled(tokens: Tokens, places: Sequence[int], month_first: bool) -> Tokens:
    temperatures = any(t.kind is Kind.TEMPERATURE for t in tokens) or any(
        t.kind is Kind.PAIR and len(t.readings) == 1 for t in tokens
    )
    pairs = sum(t.kind is Kind.PAIR and len(t.readings) == 1 for t in tokens)
    month_first = _is_month_first(tokens, places, month_first)
    best: list[Token | None] = []
    for order in (0, -1) if month_first else (-1, 0):
        read = [[r for r in tokens[at].readings if r.kind is Kind.DATE][order] for at in places]
        values = [r.value for r in read if isinstance(r.value, PartialDate)]
        steps = [step(a, b) for a, b in pairwise(values)]
        runs = sum(step in (0, 1) for step in steps) if any(steps) or pairs <= len(places) else 0
        if steps and runs >= 0.6 * len(steps):
            best = [Token(tokens[at].span, (r,)) for at, r in zip(places, read, strict=True)]
            break
    if not best:
        default = 0 if month_first else -1
        against = _go_against_days(tokens, places, default)
        for at in places:
            beside = [neighbour(tokens, at, -1), neighbour(tokens, at, 1)]
            number = tokens[at].kind is Kind.NUMBER  # which only stands beside its weekday
            near = 1 if number else 2
            is_date = (
                temperatures
                and not against
                and not (number and month_first)
                and any(
                    0 <= i < len(tokens)
                    and lines < near
                    and (tokens[i].kind in (Kind.WEEKDAY, Kind.WHEN) or tokens[i].value == "day")
                    for i, lines in beside
                )
            )
            if is_date or tokens[at].kind is Kind.DATE:
                dates = [r for r in tokens[at].readings if r.kind is Kind.DATE]
                best.append(Token(tokens[at].span, (dates[default],)))
            else:
                best.append(read_as(tokens[at], tokens[at].kind))
    out = list(tokens)
    for at, token in zip(places, best, strict=True):
        out[at] = token or tokens[at]
    return Tokens(out)


def _is_month_first(tokens: Tokens, places: Sequence[int], usual: bool) -> bool:
    """In which order dates are printed, if one of them can only be read so: "02/09 ... 15/09"."""
    values = [tokens[at].value for at in places]
    pairs = [(v.first, v.second) for v in values if isinstance(v, Pair)]
    day_first = any(first and first.value > _MONTHS for first, _ in pairs)
    month_first = any(second and second.value > _MONTHS for _, second in pairs)
    return month_first if day_first != month_first else usual


_MONTHS: Final = 12


def _go_against_days(tokens: Tokens, places: Sequence[int], order: int) -> bool:
    """Whether several weekdays stand before what no dates of theirs are: "Thu 8/17⏎Fri 7/15".

    Or one of them before what can be no date, in the same place: "Thu 14/22⏎Fri 9/21".
    """
    if any(len(tokens[of.start(1)].readings) == 1 for of in _PAIR_OF_DAY.finditer(tokens.shape)):
        return True
    dated: list[tuple[int, PartialDate]] = []
    for at in places:
        before, lines = neighbour(tokens, at, -1)
        day = tokens[before].value if before >= 0 and lines == 0 else None
        on = [r.value for r in tokens[at].readings if r.kind is Kind.DATE][order]
        if isinstance(day, Weekday) and isinstance(on, PartialDate):
            dated.append((day.number, on))
    return len(dated) > 1 and not any(
        (two[0] - one[0] - step(one[1], two[1])) % 7 == 0 for one, two in pairwise(dated)
    )


_PAIR_OF_DAY: Final = re.compile("d,?(P)")


def dates_that_head(tokens: Tokens, page: str) -> Tokens:
    """ "Forecast for cities, Friday 13.3": a number that ends its line behind a weekday is a date.

    So it is where temperatures have a sign, or where both are the heading of a text, or of hours.
    """
    found: list[tuple[int, Reading]] = []
    alone: list[tuple[int, Reading]] = []  # "Friday 13"
    headed = False
    signed = Kind.TEMPERATURE in tokens.shape
    for behind in _BEHIND_DAY.finditer(tokens.shape):
        first, at = behind.start(), behind.end() - 1
        printed = _DAY_AND_MONTH.fullmatch(page, *tokens[at].span) if signed else None
        value = PartialDate.of(*map(int, printed.groups())) if printed else None
        line = tokens.shape.rfind("/", 0, first) + 1
        opens = not tokens.shape[line:first].strip("w,")  # "Today, Friday 13"
        if value:
            found.append((at, Reading(Kind.DATE, value)))
        elif opens and (day := _DAY.fullmatch(page, *tokens[at].span)):
            alone.append((at, Reading(Kind.DATE, PartialDate(int(day[0])))))
            headed = headed or tokens.shape.startswith("/h", at + 1)  # of hours
            headed = headed or is_heading(page, Span(tokens[first].span.start, tokens[at].span.end))
            headed = headed or (signed and _ABOVE_HOURS.match(tokens.shape, at + 1) is not None)
    for behind in _DAY_AND_SKY.finditer(tokens.shape):
        at, start = behind.end() - 1, tokens[behind.start()].span.start
        day = _DAY.fullmatch(page, *tokens[at].span)
        stop = page.find("\n", start)
        line_end = stop if stop >= 0 else len(page)
        if day and page[start:line_end].rstrip().endswith("."):
            found.append((at, Reading(Kind.DATE, PartialDate(int(day[0])))))
    for within in _DAY_IN_TEXT.finditer(tokens.shape):
        at = within.end() - 1
        day = _DAY.fullmatch(page, *tokens[at].span)
        if day and _GOES_ON.match(page, tokens[at].span.end):
            found.append((at, Reading(Kind.DATE, PartialDate(int(day[0])))))
    return _reread(tokens, found + (alone if headed else []))


_DAY_IN_TEXT: Final = re.compile("dn(?=[xl.foj])")  # "from Wednesday 14 the highs fall."
_GOES_ON: Final = re.compile(r" [^\W\d_A-Z]{2}[^\n]{20,400}?\.(?:\s|\Z)")  # a sentence
_DAY_AND_SKY: Final = re.compile("(?<![^/])d,?n(?=[.,f]*C)")  # "Friday 13 sunny at first."
_BEHIND_DAY: Final = re.compile("d,?n(?=,?(?:/|$))")
_ABOVE_HOURS: Final = re.compile(",?/+(?:[^/hTn]*/)?h")  # at most heads of a table between
_DAY_AND_MONTH: Final = re.compile(r"(\d{1,2})\.(\d{1,2})")
_DAY: Final = re.compile(r"[12]?[1-9]|[123]0|31")


def hyphened_dates(tokens: Tokens, page: str) -> Tokens:
    """ "Sat 17-10⏎Sun 18-10⏎Mon 19-10": two numbers behind weekdays that go on as those do.

    Or at the beginning of lines, if they go on day by day.
    """
    for where in (_BEHIND_WEEKDAY, _OPENING_LINE):
        places = [range(*found.span(1)) for found in where.finditer(tokens.shape)]
        spans = [Span(tokens[of[0]].span.start, tokens[of[-1]].span.end) for of in places]
        printed = [_HYPHENED.fullmatch(page, *span) for span in spans]
        for order in (1, -1):
            found = [
                (of, day)
                for of, two in zip(places, printed, strict=True)
                if two and (day := PartialDate.of(*(int(n) for n in two.groups()[::order])))
            ]
            steps = [step(one, two) for (_, one), (_, two) in pairwise(found)]
            of_weekdays = _steps_of_weekdays(tokens, [of[0] for of, _ in found])
            if len(steps) >= _STEPS and all(steps) and steps == (of_weekdays or [1] * len(steps)):
                return _with_dates(tokens, found)
    return tokens


def _with_dates(tokens: Tokens, found: Sequence[tuple[range, PartialDate]]) -> Tokens:
    """Tokens, with some runs of them as one date each."""
    out = list(tokens)
    for of, day in reversed(found):
        span = Span(tokens[of[0]].span.start, tokens[of[-1]].span.end)
        out[of.start : of.stop] = [Token(span, (Reading(Kind.DATE, day),))]
    return Tokens(out)


def _steps_of_weekdays(tokens: Tokens, places: Sequence[int]) -> list[int]:
    """From each weekday that stands right before a place to the next; none if one does not."""
    values = [tokens[neighbour(tokens, at, -1)[0]].value for at in places]
    days = [value.number for value in values if isinstance(value, Weekday)]
    return [(b - a) % 7 for a, b in pairwise(days)] if len(days) == len(places) else []


_BEHIND_WEEKDAY: Final = re.compile("d,?([hPx]|n,n)")
_OPENING_LINE: Final = re.compile("(?<![^/])[,.]*([hPx]|n,n)")
_HYPHENED: Final = re.compile(r"(\d{1,2})-(\d{1,2})")
_STEPS: Final = 2  # from one day to the next


def hour_spans(tokens: Tokens) -> Tokens:
    """ "06-12", "12-18": spans of hours, if each begins where one before it ended, else scores.

    Among other ranges of numbers they are ranges too: "Friday 11-26⏎Saturday 14-21". In a list of
    places behind a label of temperatures they are lows and highs: "Temperatures: Leeds 13-17, ...".
    """
    tokens = _listed_pairs(tokens)
    places = [at for at in tokens.places(Kind.TIME) if len(tokens[at].readings) > 1]
    if not places:
        return tokens
    clocks = [tokens[at].value for at in places]
    chained = sum(
        isinstance(a, Clock)
        and isinstance(b, Clock)
        and a.end is not None
        and a.end % 1440 == b.minute
        for a, b in pairwise(clocks)
    )
    keep = len(places) > 1 and 2 * chained >= len(places) - 1
    ranged = any(_is_range(tokens, found.start()) for found in _RANGE.finditer(tokens.shape))
    out: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind is not Kind.TIME or len(token.readings) == 1:
            out.append(token)
        elif keep:
            out.append(read_as(token, Kind.TIME) or as_word(token))
        else:
            out += _numbers(token) if ranged and closes_line(tokens, at) else [as_word(token)]
    return Tokens(out)


def _listed_pairs(tokens: Tokens) -> Tokens:
    """Two numbers each of a list of places behind a label of temperatures as low and high."""
    out = list(tokens)
    for run in reversed(list(_LIST_OF_SPANS.finditer(tokens.shape))):
        label, colon = tokens[run.start()], tokens[run.start(1)]
        if not str(label.value).startswith("temperature") or colon.value != ":":
            continue
        blank = (at for at in range(run.end(1) + 1, run.end()) if _is_blank_line(tokens[at]))
        pairs = list(_TWO_NUMBERS.finditer(tokens.shape, run.start(), next(blank, run.end())))
        for found in reversed(pairs if len(pairs) >= _LEAST_PLACES else []):
            out[found.start() : found.end()] = _pair(tokens, found.start(), found.end())
    return tokens if out == list(tokens) else Tokens(out)


def _is_blank_line(token: Token) -> bool:
    return token.kind is Kind.BREAK and token.value != 1


def _pair(tokens: Tokens, start: int, end: int) -> list[Token]:
    """A span of hours, or two numbers and the dash between, as low and high; else as it is."""
    given = list(tokens[start:end])
    parts = given if len(given) > 1 else _numbers(given[0])
    one, two = parts[0].value, parts[-1].value
    if not (isinstance(one, Quantity) and isinstance(two, Quantity)):
        return given
    if len(given) > 1 and not _is_range(tokens, start):
        return given
    pair = Reading(Kind.PAIR, Pair(one, two))
    return [Token(Span(parts[0].span.start, parts[-1].span.end), (pair,))]


_TWO_NUMBERS: Final = re.compile("h|n,n")
_LEAST_PLACES: Final = 3
# A label, perhaps a day, a colon, and names with two numbers each.
_LIST_OF_SPANS: Final = re.compile(r"l[^lChn,]{0,6}(,)/?(?:[x.][x.,]{0,5}(?:h|n,n)[,/]{0,2}){3,}")


_RANGE: Final = re.compile("n(?=,n(?![^/]))")  # at the end of a line


def _is_range(tokens: Tokens, at: int) -> bool:
    """Whether a dash and a number touch the one at `at`, but for a space on each side."""
    size = tokens[at + 2].span.end - tokens[at].span.start
    spaces = size - sum(map(length, tokens[at : at + 3]))
    return spaces in (0, 2) and tokens[at + 1].value == "-"


def _numbers(token: Token) -> list[Token]:
    """A span of hours as two numbers and the sign between: "14-21", "14 - 21"."""
    span, (start, end) = token.value, token.span
    if not isinstance(span, Clock) or end - start not in _TWO_HOURS or span.end is None:
        return [as_word(token)]
    first, last = (Quantity(float(minute // 60)) for minute in (span.minute, span.end))
    sign = (start + end) // 2
    return [
        Token(Span(start, start + 2), (Reading(Kind.NUMBER, first),)),
        Token(Span(sign, sign + 1), (Reading(Kind.SEPARATOR, "-"),)),
        Token(Span(end - 2, end), (Reading(Kind.NUMBER, last),)),
    ]


_TWO_HOURS: Final = (len("14-21"), len("14 - 21"))


def step(first: PartialDate, second: PartialDate) -> int:
    """Days from one date to the next, in a leap year."""
    a = date(first.year or 2000, first.month or 1, first.day)
    b = date(second.year or 2000, second.month or 1, second.day)
    return (b - a).days % 366


_SURE_STRIP: Final = 4  # days in a row whose numbers go on as they do


def days_in_commas(tokens: Tokens, page: str) -> Tokens:
    """ "Na segunda-feira, 27, o céu": a number between commas behind a weekday is the day's.

    Or before a colon, where its sign may be of an ordinal: "Sábado, 1º: sol". Or in brackets, if it
    goes on as the weekday does: "neste sábado (22)"; or before another: "martedì 7 e mercoledì 8".
    """
    found = _in_brackets(tokens, page) + _before_next_date(tokens)
    for at in (dated.end() for dated in _WITH_HOUR.finditer(tokens.shape)):
        value = tokens[at].value
        if isinstance(value, Quantity) and value.value in range(1, 32):  # "Thursday 26, 8 pm"
            found.append((at, Reading(Kind.DATE, PartialDate(int(value.value)))))
    for at in (dated.start() for dated in _DATED.finditer(tokens.shape)):
        number = tokens[at + 2]
        value = number.value
        assert isinstance(value, Quantity)
        commas = _IN_COMMAS.match(page, tokens[at].span.end)
        if commas and commas.start(1) == number.span.start and value.value in range(1, 32):
            found.append((at + 2, Reading(Kind.DATE, PartialDate(int(value.value)))))
    return _reread(tokens, found)


def _in_brackets(tokens: Tokens, page: str) -> list[tuple[int, Reading]]:
    """Numbers in brackets behind weekdays that are days of the month, as dates."""
    found: list[tuple[int, int, Weekday]] = []
    for bracketed in _BRACKETED.finditer(tokens.shape):
        at = bracketed.end() - 1
        weekday, number = tokens[bracketed.start()].value, tokens[at].value
        printed = page[tokens[bracketed.start()].span.end : tokens[at].span.end + 1]
        if not (isinstance(weekday, Weekday) and isinstance(number, Quantity)):
            continue
        if _BRACKETS.fullmatch(printed) and number.value in range(1, 32):
            found.append((at, int(number.value), weekday))
    if not all(_goes_on(one, two) for one, two in pairwise(found)):
        return []
    return [(at, Reading(Kind.DATE, PartialDate(day))) for at, day, _ in found]


def _before_next_date(tokens: Tokens) -> list[tuple[int, Reading]]:
    """Numbers of weekdays that the next weekday goes on with, as dates of its month."""
    found: list[tuple[int, Reading]] = []
    for dated in _TWO_DATES.finditer(tokens.shape):
        at, last = dated.start() + 1, dated.end() - 1
        number, following = tokens[at].value, tokens[last].value
        if not (isinstance(number, Quantity) and isinstance(following, PartialDate)):
            continue
        if number.value == following.day - 1 and number.value >= 1:
            day = PartialDate(int(number.value), following.month, following.year)
            found.append((at, Reading(Kind.DATE, day)))
    return found


_TWO_DATES: Final = re.compile("dn[jW.,]?dD")


def _goes_on(one: tuple[int, int, Weekday], two: tuple[int, int, Weekday]) -> bool:
    """Whether a number is the same day of the month, or goes on as its weekday does."""
    return one[1:] == two[1:] or _follows(one, two)


_BRACKETED: Final = re.compile("d,n")
_BRACKETS: Final = re.compile(r" ?\(\d{1,2}\)")
_WITH_HOUR: Final = re.compile("d(?=n,h)")
_DATED: Final = re.compile("d(?=.[nT])")  # what is between is a comma
_IN_COMMAS: Final = re.compile(r", (\d{1,2})(?:, [^\W\d_A-Z]|º?:)")


def _reread(tokens: Tokens, found: Sequence[tuple[int, Reading]]) -> Tokens:
    """Tokens, some of which mean something else."""
    if not found:
        return tokens
    out = list(tokens)
    for at, reading in found:
        out[at] = Token(tokens[at].span, (reading,))
    return Tokens(out)


def days_of_month(tokens: Tokens) -> Tokens:
    """ "Tue 04 ... Wed 05": a number beside each weekday that goes on with it is the day's.

    So it is only if the row has a number besides, else "Tue 14 Wed 15" are temperatures.
    """
    if "n" not in tokens.shape:
        return tokens
    days = list(tokens.places(Kind.WEEKDAY))
    for step in (1, -1):
        found: list[tuple[int, int, Weekday]] = []
        for at in days:
            number, lines = neighbour(tokens, at, step)
            near = lines == 0 or (lines == 1 and (step == 1 or _is_line(tokens, number)))
            if is_at(tokens, number - 1, Kind.DIRECTION):
                continue  # "NW 3 Thursday": how strong the wind is
            labelled = is_at(tokens, number - 1, Kind.BREAK) and is_at(
                tokens, number - 2, Kind.LABEL
            )
            if lines and labelled and tokens[number - 2].value != "day":
                continue  # "UV index⏎10⏎Monday"
            if 0 <= number < len(tokens) and tokens[number].kind is Kind.NUMBER and near:
                value = tokens[number].value
                weekday = tokens[at].value
                assert isinstance(value, Quantity) and isinstance(weekday, Weekday)
                if value.value in range(1, 32):
                    found.append((number, int(value.value), weekday))
        runs = [list(run) for _, run in groupby(found, key=lambda day: day[1:])]
        if runs and not _going_on(runs):
            runs.reverse()  # a list whose latest day comes first
        printed, found = len(found), _going_on(runs)
        if 2 * len(found) <= printed:
            continue  # of numbers below days, two go on by chance
        taken = {number for number, _, _ in found}
        values = sum(
            t.kind in (Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER) and i not in taken
            for i, t in enumerate(tokens)
        )
        if values < len(found) < _SURE_STRIP - _open_sentences(tokens, found, days):
            continue
        above = step < 0 and any(neighbour(tokens, at, 1)[1] for at, _, _ in found)
        if above and sum(map(tokens.shape.count, _SIGNED)) < len(found):
            continue  # "24⏎Thu⏎25⏎Fri": as warm as that
        return _reread(tokens, [(at, Reading(Kind.DATE, PartialDate(day))) for at, day, _ in found])
    return tokens


def _open_sentences(
    tokens: Tokens, found: Sequence[tuple[int, int, Weekday]], days: Sequence[int]
) -> bool:
    """Whether such a number stands between its day and words, at the beginning of each line."""
    numbers = {at for at, _, _ in found}
    heads = [at for at in days if _opens_line(tokens, at) and at + 1 in numbers]
    behind = [tokens.shape[at + 2 : at + 3] for at in heads]
    return len(heads) == len(found) and all(kind in _OF_A_SENTENCE for kind in behind)


_OF_A_SENTENCE: Final = (".", "f", "l", "w", "x")


def _going_on(
    runs: Sequence[Sequence[tuple[int, int, Weekday]]],
) -> list[tuple[int, int, Weekday]]:
    """The numbers that go on as their weekdays do, from the one before or to the next.

    A run is one that is printed for each of its hours: "Sa 14 | Sa 14 | Su 15".
    """
    on = [_follows(one[0], two[0]) for one, two in pairwise(runs)]
    going = (run for i, run in enumerate(runs) if any(on[max(0, i - 1) : i + 1]))
    return [day for run in going for day in run]


def _is_line(tokens: Tokens, at: int) -> bool:
    """Whether a token is all of its line."""
    return tokens.shape[at - 1 : at] in ("", "/") and tokens.shape[at + 1 : at + 2] in ("", "/")


_SIGNED: Final = (Kind.TEMPERATURE, Kind.PAIR)


def hours_under_heads(tokens: Tokens) -> Tokens:
    """Numbers in steps below the head "Time" of a table as hours: "| Monday 00 |", "| 23 |"."""
    of_time = {at for at in tokens.places(Kind.LABEL) if tokens[at].value == "time"}
    column = width = 0
    found: list[tuple[int, int]] = []
    for columns in table_lines(tokens) if of_time else ():
        heads = [c for c, cell in enumerate(columns) if not of_time.isdisjoint(cell)]
        if heads:
            column, width = heads[0], len(columns)
        elif len(columns) == width:
            numbers = [i for i in columns[column] if tokens.shape[i] == "n"]
            found += [
                (i, int(hour)) for i in numbers[-1:] if (hour := _hour(tokens[i])) in range(25)
            ]
    steps = {(two - one) % 24 for (_, one), (_, two) in pairwise(found)}
    if len(found) < _LEAST_HOURS or len(steps) > 1 or 0 in steps:
        return tokens
    return _reread(tokens, [(at, _clock(hour % 24)) for at, hour in found])


def bare_hours(tokens: Tokens) -> Tokens:
    """ "15", "16", "17" are hours below a label "Time", if they open their lines, or behind it."""
    if "n" not in tokens.shape:
        return tokens
    tokens = _hours_beside_pictures(tokens)
    times = [at for at in tokens.places(Kind.LABEL) if tokens[at].value == "time"]
    for at in (opening.start() for opening in _OPENS_CELLS.finditer(tokens.shape)):
        if mark_at(tokens, at) == "hour" and tokens[at + 1].value in DELIMITERS:
            tokens = _hours_behind(tokens, at)  # "Kl | 06 | 12 | 18"
    if not times:
        return tokens
    for at in times:
        zone = is_at(tokens, at - 1, Kind.WORD)  # "EST 3hrly 16 19 22"
        if _opens_line(tokens, at - zone):
            tokens = _hours_behind(tokens, at)
    for ends in ({"\t", "|", ";"}, {None}):
        found: list[tuple[int, int]] = []
        for at in tokens.places(Kind.NUMBER):
            if _opens_line(tokens, at) and _ends(tokens, at) in ends:
                hour = _hour(tokens[at])
                if hour in range(25):
                    found.append((at, int(hour)))
        steps = [(b - a) % 24 for (_, a), (_, b) in pairwise(found)]
        if len(steps) < 2 or len(set(steps)) > 1 or steps[0] == 0:
            continue
        return _reread(tokens, [(at, _clock(hour)) for at, hour in found])
    return tokens


def _hour(token: Token) -> float:
    """The hour that a number says: "6", "06", "0600"."""
    assert isinstance(token.value, Quantity)
    return token.value.value / 100 if length(token) == _OF_FOUR_DIGITS else token.value.value


_OPENS_CELLS: Final = re.compile("(?<![^/])[.o],")
_LEAST_HOURS: Final = 3
_OF_FOUR_DIGITS: Final = 4  # "0600"


def _clock(hour: int) -> Reading:
    return Reading(Kind.TIME, Clock(hour * 60))


def _hours_beside_pictures(tokens: Tokens) -> Tokens:
    """ "15 ⛅ 20°", "18 🌦 18°", "21 ☁️ 14°": numbers that open lines in steps, before pictures."""
    found: list[tuple[int, int]] = []
    for at in (opening.start() for opening in _BEFORE_SKY.finditer(tokens.shape)):
        value = tokens[at].value
        assert isinstance(value, Quantity)
        if value.value in range(25) and is_picture(tokens[at + 1]):
            found.append((at, int(value.value)))
    runs = [run for run in _runs_in_steps(found) if len(run) >= _LEAST_HOURS]
    return _reread(tokens, [(at, _clock(hour % 24)) for run in runs for at, hour in run])


_BEFORE_SKY: Final = re.compile("(?<![^/])n(?=C)")


def _runs_in_steps(hours: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Hours that go on in one step each, as long as they do."""
    run: list[tuple[int, int]] = []
    for hour in hours:
        step = (hour[1] - run[-1][1]) % 24 if run else 0
        if len(run) > 1 and step != (run[1][1] - run[0][1]) % 24:
            yield run
            run = []
        run.append(hour)
    yield run


def _hours_behind(tokens: Tokens, label: int) -> Tokens:
    """ "Hour (EST) | 13 | 14 | 15": numbers in steps, from a label to the end of its line."""
    line = tokens.shape[label:].partition("/")[0]
    found = [label + at for at, kind in enumerate(line) if kind == "n"]
    hours = [_hour(tokens[at]) for at in found]
    steps = {(b - a) % 24 for a, b in pairwise(hours)}
    if len(hours) < _LEAST_HOURS or len(steps) > 1 or 0 in steps:
        return tokens
    if line[found[0] - label :].strip("n,") or not all(h in range(25) for h in hours):
        return tokens
    clocks = (_clock(int(hour) % 24) for hour in hours)
    return _reread(tokens, list(zip(found, clocks, strict=True)))


def _opens_line(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or tokens[at - 1].kind is Kind.BREAK


def _ends(tokens: Sequence[Token], at: int) -> object:
    """The sign behind a token, None at the end of a line, and else nothing that is either."""
    if at + 1 == len(tokens) or tokens[at + 1].kind is Kind.BREAK:
        return None
    return tokens[at + 1].value if tokens[at + 1].kind is Kind.SEPARATOR else ""


def _follows(one: tuple[int, int, Weekday], two: tuple[int, int, Weekday]) -> bool:
    """Whether the day of the month goes on as the weekday does, over the end of a month too."""
    days = one[2].days_to(two[2])
    return (
        days > 0
        and any((one[1] + days - two[1]) % length == 0 for length in (28, 29, 30, 31))
        and (two[1] == one[1] + days or two[1] <= days)
    )
