"""Whether a token is a day or a part of one here: "Mo", "morgen" and "now" are words besides."""

from __future__ import annotations

import re
from itertools import chain
from typing import Final

from .headings import leads
from .model import (
    AIR,
    KEYS,
    Kind,
    PartialDate,
    Period,
    Reading,
    RelativeDay,
    Span,
    Token,
    Weekday,
    When,
)
from .tokens import (
    BETWEEN,
    DELIMITERS,
    NEAR,
    Tokens,
    Window,
    as_filler,
    as_word,
    is_at,
    kind_after,
    length,
    line,
    mark_at,
    neighbour,
    one_sentence,
    opens_line,
    printed_size,
    reading_at,
)


def is_no_day(window: Window, at: int) -> bool:
    """Whether a letter or two are no day: too few such are named, or it stands in a sentence."""
    if not _is_abbreviated(window[at], window.page):
        return False
    letters = _letters(window[at], window.page)
    if window.days >= _LEAST_DAYS[letters] and not _in_a_sentence(window, at, window.page):
        return False
    after = kind_after(window, at)
    if after in ("D", "m") or (after == "h" and opens_line(window, at)):
        return False
    return not _is_next_to_a_day(window, at)


def _is_next_to_a_day(window: Window, at: int) -> bool:
    """Whether the weekday before is the day before, abbreviated too: "Cs 3 °C  P 22 °C"."""
    day = window[at].value
    before = window.shape.rfind(Kind.WEEKDAY, max(0, at - NEAR), at)
    behind = window.shape.find(Kind.WEEKDAY, at + 1, at + NEAR)
    for beside, step in ((before, 1), (behind, -1)):
        other = window[beside].value if beside >= 0 else None
        if isinstance(day, Weekday) and isinstance(other, Weekday):
            near = printed_size(window[beside], window.page) <= _ABBREVIATED + 1
            if near and (day.number - other.number) % 7 == step % 7:
                return True
    return False


def _is_abbreviated(token: Token, page: str) -> bool:
    """Whether a token has one letter or two, and perhaps a dot."""
    start, end = token.span
    if end - start > _ABBREVIATED and page[end - 1] != ".":
        return False
    return _letters(token, page) <= _ABBREVIATED


_ABBREVIATED: Final = 2  # letters


def _letters(token: Token, page: str) -> int:
    """Letters of an abbreviation without its dot; two of an unspaced script are a word."""
    size = printed_size(token, page)
    return 1 if size == 2 and length(token) == 1 else size


_LEAST_DAYS: Final = (0, 3, 2)  # that a window names, for one of 1 or 2 letters to be believed


def short_days(tokens: Tokens, page: str) -> int:
    """How many different days the window names, abbreviated to a letter or two, or as "today"."""
    days: set[object] = set()
    units = (at for at in tokens.places(Kind.UNIT) if reading_at(tokens, at, Kind.WEEKDAY))
    for at in chain(tokens.places(Kind.WEEKDAY), units):
        if _is_abbreviated(tokens[at], page) and not _in_a_sentence(tokens, at, page):
            day = reading_at(tokens, at, Kind.WEEKDAY)
            days.add(day and day.value)
    for at in tokens.places(Kind.WHEN):
        value = tokens[at].value
        if isinstance(value, When) and value.day is not None:
            days.add(value.day)
    return len(days)


def _in_a_sentence(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a word in lower case stands beside words, or begins some: "We have a fine day"."""
    shape = tokens.shape
    start, end = tokens[at].span
    if not page[start].islower():
        return shape[at + 1 : at + 2] in ("x", ".") and _LEADS_ON.match(page, end) is not None
    return shape[max(0, at - 1) : at] == "x" or shape[at + 1 : at + 2] == "x"


_LEADS_ON: Final = re.compile(r" [^\W\d_A-Z]{3,} \w")


def day_or_part(tokens: Window, at: int) -> Token:
    """ "Morgen" is tomorrow, but the morning behind a weekday and among parts of the day."""
    token = tokens[at]
    before, lines = neighbour(tokens, at, -1)
    value = tokens[before].value if before >= 0 and lines == 0 else None
    dated = isinstance(value, Weekday | PartialDate) or (isinstance(value, When) and value.day)
    in_cell = at > 0 and tokens[at - 1].value in DELIMITERS
    after_today = in_cell and isinstance(value, When) and value.day is RelativeDay.TODAY
    part = [r for r in token.readings if isinstance(r.value, When) and r.value.period]
    day = [r for r in token.readings if isinstance(r.value, When) and r.value.day]
    named = [tokens[i].value for i in (at - 1, at + 1) if 0 <= i < len(tokens)] == ["(", ")"]
    # "Heute | Morgen", "martes 14 (mañana)"
    as_day = after_today or named or leads_a_sentence(tokens, at)
    as_part = not as_day and (dated or _among_parts(tokens, at))
    return Token(token.span, tuple(part if as_part else day)[:1] or token.readings[:1])


_PARTS: Final = frozenset({Period.MORNING, Period.AFTERNOON, Period.EVENING, Period.NIGHT})


def leads_a_sentence(window: Window, at: int) -> bool:
    """Whether a sentence begins with a day and its verb: "Morgen wird es kühler".

    Or with its weekday, or what it says of it: "Sunny. Morgen im Norden clouds".
    """
    before = window.page[max(0, window[at].span.start - 2) : window[at].span.start]
    opens = opens_line(window, at)
    if not (opens or _SENTENCE_ENDS.search(before)):
        return False
    behind = window.shape[at + 1 : at + 3]
    verb = is_at(window, at + 1, Kind.FILLER) and window[at + 1].value == "verb"
    return verb or behind in (".d", "x.", "xx") or (not opens and behind[:1] in _LED)


_LED: Final = (*".xC",)  # kinds of what a sentence says of its day


def _among_parts(tokens: Tokens, at: int) -> bool:
    """Whether the next word or the last one for a time is a part of the day, and no more."""
    near = range(max(0, at - NEAR), min(len(tokens), at + NEAR))
    heads = opens_line(tokens, at)  # then only those that head a line too
    whens = [
        i
        for i in near
        if isinstance(tokens[i].value, When) and (not heads or opens_line(tokens, i))
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


def nights_between(tokens: Tokens) -> Tokens:
    """The night from one day to the next is that of the first: "dans la nuit de lundi à mardi"."""
    out = list(tokens)
    for at in tokens.places(Kind.WHEN):
        when = tokens[at].value
        if not isinstance(when, When) or when.period is not Period.NIGHT:
            continue
        first = _weekday_near(tokens, at)
        second = _weekday_near(tokens, first) if first else 0
        if second and (_day(tokens, second) - _day(tokens, first)) % 7 == 1:
            out[first + 1 : second + 1] = [as_filler(t) for t in tokens[first + 1 : second + 1]]
    return tokens if out == tokens else Tokens(out)


_NEXT_WORDS: Final = 4  # tokens from a night to its day: "die Nacht von Freitag auf Samstag"
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


def weekday_ranges(tokens: Tokens, page: str) -> Tokens:
    """Tokens, with the days from one to another as no days of a forecast, or as the first of them.

    "Mon-Fri 9:00-17:00" are opening hours; "WED THROUGH THU: Sunny" begins on Wednesday.
    """
    found = [found.span() for found in _RANGE.finditer(tokens.shape)]
    if not found:
        return tokens
    out = list(tokens)
    for start, end in found:
        sign = next(i for i in range(start, end) if tokens.shape[i] not in "dwD")
        joined = tokens[sign].value == "-" or mark_at(tokens, sign) == "range"
        last = tokens[end - 1].span.end
        if (joined or tokens[sign].value == "through") and _HEADS.match(page, last):
            out[sign:end] = [as_filler(token) for token in tokens[sign:end]]
        elif joined and end - start == len("d-d"):  # or "March 31 - April 4"
            # A sentence that is about them is of no row: "From Monday to Friday it gets 20 °C."
            some_time = Reading(Kind.WORD, "later", tokens[start].readings[0].languages)
            out[start] = Token(tokens[start].span, (some_time,))
            out[end - 1] = as_word(tokens[end - 1])
            if opened := _OPENED.match(tokens.shape, end):
                out[opened.end() - 1] = as_word(tokens[opened.end() - 1])
    return Tokens(out)


_RANGE: Final = re.compile("dw?[^/dwD]dw?|D[^/dwD]D")
_OPENED: Final = re.compile("[,.]{0,2}h")  # the hours behind "Mon-Fri"
_HEADS: Final = re.compile(r" ?(?::|\.\.+|…)[ ]*[^\s\d]")  # what follows in the line


def nights_to_days(tokens: Tokens, page: str) -> Tokens:
    """Tokens, with what a night lasts to as no day of its own: "17日晚上到18日白天:多云".

    So it is where the sky follows: "今晚到明天小雨".
    """
    places: list[int] = []
    for found in _TO_DAY.finditer(tokens.shape):
        first, link, end = found.start(), found.start(1), found.end()
        dated = tokens.shape[first] == "D" or _is_of_a_day(tokens[first])
        heads = tokens.shape[end : end + 1] == "C" or _HEADS.match(page, tokens[end - 1].span.end)
        if dated and heads and mark_at(tokens, link) == "range":
            places += range(link, end)
    return tokens.rewritten(places, as_filler)


def _is_of_a_day(token: Token) -> bool:
    """Whether a word names a day with a part of it: "tonight"."""
    when = token.value
    return isinstance(when, When) and when.day is not None and when.period is not None


_TO_DAY: Final = re.compile("(?:Dw|w)([oj])(?:Dw?|w)")


def days_to_nights(tokens: Tokens) -> Tokens:
    """Tokens, with what lasts from the day to the night as of the whole day: "14日白天~夜间"."""
    out = list(tokens)
    for found in _TO_NIGHT.finditer(tokens.shape):
        at = found.start()
        first, sign, last = tokens[at], tokens[at + 1], tokens[at + 2]
        joined = sign.value == "~" or mark_at(tokens, at + 1) == "range"
        if not (joined and isinstance(first.value, When) and isinstance(last.value, When)):
            continue
        if (first.value.period, last.value) != (Period.DAY, When(None, Period.NIGHT)):
            continue
        today = Reading(Kind.WHEN, When(first.value.day), first.readings[0].languages)
        out[at] = Token(first.span, (today,)) if first.value.day else as_filler(first)
        out[at + 1 : at + 3] = as_filler(sign), as_filler(last)
    return tokens if out == tokens else Tokens(out)


_TO_NIGHT: Final = re.compile("w[,oj]w")


def parts_of_skies(tokens: Tokens) -> Tokens:
    """ "Thu 7 May | Morning fog": a part of the day in a cell of the sky is of the sky."""
    if not _OF_SKY.search(tokens.shape):
        return tokens
    out = list(tokens)
    for whole in reversed(tokens.lines(_BY_DAYS)):
        for found in reversed([*_OF_SKY.finditer(tokens.shape, whole.start, whole.stop)]):
            at = found.start()
            part, sky = tokens[at : at + 2]
            day = isinstance(part.value, When) and part.value.day
            if tokens[at - 1].value in DELIMITERS and not day:
                out[at : at + 2] = [Token(Span(part.span.start, sky.span.end), sky.readings)]
    return Tokens(out)


_OF_SKY: Final = re.compile("(?<=,)wC(?![^,/])")
_BY_DAYS: Final = line("[.,]*+[dD][^/]*")


def runs_on(window: Window, at: int) -> bool:
    """Whether a part of the day, or "now", is an ordinary word of a sentence.

    It is none with a sentence of its own before a colon: "...breeze. OVERNIGHT: Clear".
    """
    page, token = window.page, window[at]
    value = token.value
    assert isinstance(value, When)
    start, end = token.span
    if _SENTENCE_ENDS.search(page[max(0, start - 2) : start]) and leads(page, end):
        return False
    if _SENTENCE_STARTS.search(page, max(0, start - 3), start) and " " in page[start:end]:
        return False  # "Rain. In the night clouding over", but "Today pass"
    if value == _NOW and is_at(window, at + 1, Kind.CONDITION) and page[end : end + 1] == " ":
        return False  # "The weather in Leeds is currently cloudy"
    if page[end : end + 2] == "):" and _IN_BRACKETS.search(page, max(0, start - _BRACKET), start):
        return True  # "3-day forecast (starting tomorrow):"
    part = value.day is None and value.period is not Period.NOW
    if part and _opens_with(window, at) and _measures(window, at):
        return False  # "Nachts dagegen sinken die Temperaturen auf 4 Grad"
    if is_at(window, at - 1, Kind.WEEKDAY) and page[window[at - 1].span.end : start] in ("", " "):
        return False  # "Saturday evening", "zaterdagochtend"
    if page[max(0, start - 2) : start] == ". " and is_at(window, at + 1, *_SAYS) and value.period:
        return not page[start].isupper()  # "Leeds. Overnight light rain", "Leeds. By day 12 °C"
    if value.period is Period.NIGHT and _weekday_near(window, at):
        return False  # "but the night to Sunday will be cold"
    if is_at(window, at - 1, Kind.LABEL) and page[window[at - 1].span.end : start] == " ":
        return False  # "temperatures overnight drop to 28"
    if is_at(window, at + 1, Kind.DATE) and value.period is not Period.NOW:
        return False  # "Leeds. At night on 15 October"
    of_it = value.period is Period.DAY and is_at(window, at - 1, Kind.FILLER)  # "of the day"
    if _GIVES.match(window.shape, at + 1) and page[end : end + 1] == " " and not of_it:
        return False  # "at night 4-9°, but by day up to 14°"
    if part and _is_next_part(window, at):
        return False
    sides = [t for t in (*window[max(0, at - 1) : at], *window[at + 1 : at + 2])]
    return value.day is None and any(
        (t.kind is Kind.WORD and page[t.span.start].isalpha())  # no emoji
        or (_links(t) and t.span.start < token.span.start)
        for t in sides
    )


def _is_next_part(window: Window, at: int) -> bool:
    """Whether degrees are behind a part of the day and behind one right before: "but at night"."""
    before = _OF_PART.search(window.shape, max(0, at - _NEAR), at)
    return before is not None and _DEGREES.match(window.shape, at + 1) is not None


_OF_PART: Final = re.compile(r"w[^/dDw]*[TP][,jx.]*\Z")
_DEGREES: Final = re.compile(r"[.,fx]{0,4}[TP]")
_NEAR: Final = 12  # tokens


_NOW: Final = When(None, Period.NOW)
_GIVES: Final = re.compile("[.o]{0,3}[TP]|[.ojx]{0,2}l[.o]{0,2}[TP]")
_IN_BRACKETS: Final = re.compile(r"\([^\W\d_][^()\n]* \Z")
_BRACKET: Final = 24  # characters before a day in brackets


def _opens_with(window: Window, at: int) -> bool:
    """Whether a sentence begins with a token, or with a word or two and it: "Hacia la noche"."""
    page, first = window.page, at
    if page[window[at].span.start].islower():
        while first and at - first < _LED_BY and window.shape[first - 1] in ".xWuj":
            first -= 1
            if page[window[first].span.start].isupper():
                break
    start = window[first].span.start
    before = page[max(0, start - 2) : start].strip(" ")[-1:]
    return page[start].isupper() and before in _SENTENCE_END


_SENTENCE_END: Final = ("", ".", "\n")
_LED_BY: Final = 4  # tokens


def _measures(window: Window, at: int) -> bool:
    """Whether the sentence of a part of the day gives a temperature, by its unit or its label."""
    places = range(at + 1, min(len(window), at + _SENTENCE))
    found = next((i for i in places if window.shape[i] in "TP" or _is_labelled(window, i)), None)
    if found is None or any(kind in KEYS for kind in window.shape[at + 1 : found]):
        return False
    return one_sentence(window.page, window[at].span.end, window[found].span.start)


_SENTENCE: Final = 30  # tokens


def _is_labelled(window: Window, at: int) -> bool:
    """Whether the label of a temperature leads to a number: "it will drop to 35"."""
    if window.shape[at] != "n":
        return False
    before = at - 1
    while window.shape[before] in BETWEEN:
        before -= 1
    return window.shape[before] == "l" and window[before].value in AIR


def _links(token: Token) -> bool:
    """Whether a word leads on to another; "o" is west, and the article of "o dia"."""
    return token.kind in _LINKS or (token.kind is Kind.DIRECTION and length(token) == 1)


_SAYS: Final = (Kind.CONDITION, Kind.LABEL, Kind.TEMPERATURE, Kind.PAIR)
_SENTENCE_ENDS: Final = re.compile(r"[.!?।] ?$")
_SENTENCE_STARTS: Final = re.compile(r"(?:[.!?।] ?|\n|\A)\Z")


_LINKS: Final = (Kind.FILLER, Kind.MODIFIER, Kind.CONNECTOR)
