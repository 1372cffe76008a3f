"""Tokens in, the sentences of running text out: what each is about, and what is no forecast.

A widget is a repetition, and its layout says where a row ends. A sentence says what it says of the
day that it names, and those behind it, of the same paragraph, go on about that day.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from .model import (
    AIR,
    DAILY,
    EXTREME_OF,
    KEYS,
    Kind,
    PartialDate,
    Period,
    Quantity,
    RelativeDay,
    Token,
    When,
)
from .tokens import ANY_LINE, BEFORE_NUMBER, BETWEEN, GLUED, Tokens, length, mark_at


class Place(NamedTuple):
    """The paragraph of running text that a token stands in, and the sentence; both count up.

    `ahead`: the sentence has a verb of a forecast ("is expected to be").
    """

    paragraph: int
    sentence: int
    ahead: bool = False


_WORDS: Final = 4  # of a paragraph of running text, at least, that mean nothing to us
_SHARE: Final = 0.15  # of its tokens
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LOWER: Final = 8  # or so many in lower case,
_MOSTLY: Final = 0.7  # which are so many of all
_FEW: Final = 4  # or so many, so many of all, if they are of a bulletin
_SOME: Final = 0.4
_WRAPPED: Final = range(45, 101)  # characters of a line that goes on in the next
_STOP: Final = re.compile(
    rf"""(?<![\s.][^\W\d_])(?<!\W[ap][.]m)(?!{BEFORE_NUMBER})[.!?…]["'”’)]*\s+(?=["'“‘(]*[^\W_])"""
    r"|。[」』）]*\s*(?=\S)"
)
_END: Final = re.compile(r"""[.!?…。]["'”’)]*\s*\Z""")
_LINE_END: Final = re.compile(r"""[.!?…。]["'”’)]*[ \t]*\n""")
_LINE_STOP: Final = re.compile(r"""[^\n]{0,3}?[.!?…。]["'”’)]*[ \t]*(?:\n|\Z)""")
_ANY_STOP: Final = re.compile(r"[.!?…](?!\w)|。")
_CELLS: Final = ("\t", "|")


def places(tokens: Tokens, page: str) -> list[Place | None]:
    """Where in running text each token stands; None: in none.

    Examples
    --------
    >>> from weatherscrape.lex import lex
    >>> from weatherscrape.model import Span
    >>> from weatherscrape.vocabulary import lexicon
    >>> page = "Rain moves in on Friday with highs near 50. It should be gone by noon."
    >>> tokens = Tokens(lex(page, Span(0, len(page)), lexicon()))
    >>> [place.sentence for place in places(tokens, page)][:: len(tokens) - 1]
    [0, 1]
    """
    found: list[Place | None] = [None] * len(tokens)
    if not _ANY_STOP.search(page):
        return found
    sentence = number = end = 0
    running = -1  # the last paragraph of running text
    for paragraph in _paragraphs(tokens, page):
        # Lines that no blank line parts can be of one paragraph.
        number += any(_is_blank(tokens[i]) for i in range(end, paragraph[0]))
        end = paragraph[-1]
        below = number == running and _ends_so(tokens, paragraph, page)
        if not below and not _is_running(tokens, paragraph, page):
            continue
        running = number
        for indices in _split(tokens, paragraph, page):
            place = Place(number, sentence, any(_is_verb(tokens[i]) for i in indices))
            for at in indices:
                found[at] = place
            sentence += 1
    return found


def _ends_so(tokens: Tokens, line: range, page: str) -> bool:
    """Whether a line ends with a full stop, so that it goes on with the running text above it."""
    end = tokens[line[-1]].span.end
    return _LINE_STOP.match(page, end - 1) is not None


def _split(tokens: Tokens, paragraph: range, page: str) -> Iterator[list[int]]:
    """The sentences of a paragraph."""
    sentence: list[int] = []
    for at in paragraph:
        if tokens.shape[at] == "/":
            continue
        if sentence and _ends_between(tokens[sentence[-1]], tokens[at], page):
            yield sentence
            sentence = []
        sentence.append(at)
    yield sentence


def _is_verb(token: Token) -> bool:
    """Whether a token is a verb of a forecast: "is expected to be"."""
    return token.value == "verb" and token.kind is Kind.FILLER


_HEAD: Final = re.compile(r"[ ]*\.?[^\W\d_][^\n:]{0,30}?(?::|\.\.|…)")


def _heads(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a line begins with what it is about: "SAT. NIGHT: Clear", "This weekend: ..."."""
    kind = tokens.shape[at : at + 1]
    if kind not in KEYS and (not kind or tokens[at].value not in ("week", "later")):
        return False
    return _HEAD.match(page, tokens[at].span.start) is not None


def _is_blank(token: Token) -> bool:
    return token.kind is Kind.BREAK and token.value != 1


_DAYS: Final = ("d", "D", "w")  # kinds of what two lines of a list begin with


def _paragraphs(tokens: Tokens, page: str) -> Iterator[range]:
    """Indices of tokens by paragraph: the lines of one that is wrapped go together."""
    first = start = 0  # of the paragraph, and of its last line in the page
    line = 0  # the first token of that
    in_list = False  # it is a line of a list of days
    for at in (*tokens.places(Kind.BREAK), len(tokens)):
        if at < len(tokens):
            end, after = tokens[at].span
            wrapped = end - start in _WRAPPED and tokens[at].value == 1
            listed = tokens.shape[line] in _DAYS and tokens.shape[at + 1 : at + 2] in _DAYS
            if in_list and not listed:
                wrapped = wrapped and not page[after : after + 1].isupper()
            in_list = listed
            start, line = after, at + 1
            if wrapped and not (listed or _heads(tokens, at + 1, page)):
                continue
        kinds = tokens.shape[first:at]
        if kinds.strip("/"):
            yield range(at - len(kinds.lstrip("/")), first + len(kinds.rstrip("/")))
        first = at + 1


def _is_running(tokens: Tokens, paragraph: range, page: str) -> bool:
    """Whether a paragraph is of sentences: words that we need not know, and a full stop."""
    first, last = paragraph[0], paragraph[-1]
    start, end = tokens[first].span.start, tokens[last].span.end + 2
    words = tokens.shape.count("x", first, last + 1)
    if end - start < _LEAST and words + tokens.shape.count(".", first, last + 1) < _WORDS:
        return False
    text = page[start:end]
    if any(cell in text for cell in _CELLS) or not (_stops(text) or _END.search(text)):
        return False
    size = len(paragraph) - tokens.shape.count("/", first, last + 1)
    verbs = sum(tokens[i].value == "verb" for i in paragraph if tokens.shape[i] == ".")
    words += verbs
    if words >= max(_WORDS, _SHARE * size) or (verbs and "。" in text):
        return True
    printed = _WORD.findall(text)
    lower = len(printed) if text.isupper() else sum(map(str.islower, printed))
    if lower >= max(_LOWER, _MOSTLY * len(printed)):
        return True
    return lower >= max(_FEW, _SOME * len(printed)) and _is_bulletin(tokens, paragraph, text)


def _stops(text: str) -> int:
    """How many full stops a sentence begins behind: not that of "16. října"."""
    return sum(
        not (text[stop.start() - 1].isdigit() and text[stop.end()].islower())
        for stop in _STOP.finditer(text)
    )


_LEAST: Final = 11  # characters that four words in lower case take


def _is_bulletin(tokens: Tokens, paragraph: range, text: str) -> bool:
    """Whether a paragraph of several sentences begins with a day and the word before it.

    "In der Nacht stark bewölkt. Am Samstag recht sonnig." has no words but those of weather.
    """
    first = tokens[paragraph[0]]
    second = tokens.shape[paragraph[0] + 1 : paragraph[-1] + 1].lstrip("/")[:1]
    led = first.kind in _LEADS and second in KEYS
    spoken = first.kind is Kind.WHEN and " " in text[: length(first)]
    return (led or spoken) and _stops(text) + bool(_END.search(text)) > 1


_LEADS: Final = frozenset({Kind.FILLER, Kind.WORD, Kind.DIRECTION})  # "am", "el", "В"


def _ends_between(one: Token, two: Token, page: str) -> bool:
    """Whether a sentence ends between two tokens."""
    start = max(0, one.span.end - 1)
    if _LINE_END.search(page, start, two.span.start):
        return True
    if two.kind in KEYS and GLUED.match(page, max(0, two.span.start - 1)):
        return True  # "in the evening.Sunday"
    start += one.kind is Kind.LABEL  # the stop of a short one is its own: "Макс. 4 °C"
    stop = _STOP.search(page, start, two.span.start + _QUOTED)
    if stop is None or stop.start() >= two.span.start:
        return False
    return not page[two.span.start].islower()


_QUOTED: Final = 3  # a token and the quotation marks that may be read as one


def _sentences(at: Sequence[Place | None]) -> Iterator[list[int]]:
    """Indices of tokens by sentence."""
    if not any(at):
        return  # no running text
    inside = (i for i in range(len(at)) if at[i] is not None)
    for _, sentence in groupby(inside, key=lambda i: at[i]):
        yield list(sentence)


_MEASURED: Final = frozenset(
    {Kind.CONDITION, Kind.NUMBER, Kind.PAIR, Kind.PERCENT, Kind.SPEED, Kind.TEMPERATURE}
)


_OF_AIR: Final = frozenset({Kind.TEMPERATURE, Kind.PAIR})


def told(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Tokens of sentences that tell of what has been, of what is usual, or of what is an example.

    "It was sunny last year", "For example, a sign says rain and 12 °C".
    """
    found = _almanac(tokens, at)
    for indices in _sentences(at):
        values = {tokens[i].value for i in indices if tokens.shape[i] == "x"}
        place = at[indices[0]]
        ahead = place is not None and place.ahead
        over = "ago" in values or any(_is_year(tokens[i]) for i in indices)
        over = over or (not ahead and _since_a_date(tokens, indices))
        usual = "usual" in values and not (ahead and _names_an_extreme(tokens, indices))
        found.update(_records(tokens, indices))
        if usual or over or ("past" in values and not ahead):
            clause: Sequence[int] = indices
            only = usual and not over and "past" not in values and _opens_with_day(tokens, indices)
            if only or (ahead and over):
                clause = _from_clause(tokens, indices)
            found |= {i for i in clause if tokens.shape[i] in _MEASURED}
        elif "example" in values:
            said = next(i for i in indices if tokens[i].value == "example")
            found |= {i for i in indices if i > said and tokens.shape[i] in _MEASURED}
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


_OF_ONCE: Final = ("ago", "usual")


def _almanac(tokens: Tokens, at: Sequence[Place | None]) -> set[int]:
    """Tokens of lines that tell of what is usual or was once, and of the lines below their title.

    "Record high: 86 in 1949", "Normals for the period: low minus 19", "Almanac".
    """
    found: set[int] = set()
    titled = False
    years: defaultdict[int, list[int]] = defaultdict(list)
    for line in tokens.lines(ANY_LINE):
        words = {tokens[j].value for j in line if tokens.shape[j] == "x"}
        values = [j for j in line if tokens.shape[j] in _MEASURED and at[j] is None]
        blank = line.start and tokens[line.start - 1].value != 1
        forecast = not values and any(tokens[j].value == "title" for j in line)
        titled = (titled and not blank and not forecast) or ("almanac" in words and not values)
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

_YEARS: Final = range(1800, 2101)


def _is_year(token: Token) -> bool:
    """Whether a number by itself is a year: "in 1987 it hit 41 °C"."""
    value = token.value
    return (
        token.kind is Kind.NUMBER
        and isinstance(value, Quantity)
        and value.unit is None
        and value.value in _YEARS
        and length(token) == len("1987")
    )


def parts(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Parts of the day that a sentence with a temperature is about, without naming another day.

    "Friday will be mild. Overnight it cools off to 28 °F."
    """
    found: set[int] = set()
    for indices in _sentences(at):
        keys = [i for i in indices if tokens.shape[i] in KEYS]
        felt = any(tokens[i].value == "apparent_temperature" for i in indices)
        if len(keys) == 1 and not felt and any(tokens.shape[i] in _DEGREES for i in indices):
            found.update(keys)
    return frozenset(found)


def idle_parts(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Parts of the day that a sentence names behind a sky of its day, with nothing measured after.

    "On Saturday changeable, in the afternoon mostly dry."
    """
    found: set[int] = set()
    for indices in _sentences(at):
        day = said = False
        idle = -1
        for i in indices:
            kind = tokens[i].kind
            if kind in KEYS:
                found.update({idle} if idle >= 0 and not _touch(tokens, idle, i) else ())
                part = kind is Kind.WHEN and _is_part(tokens[i])
                idle = i if part and day and said else -1
                day, said = day or not part, said and part
            elif kind in _MEASURED:
                idle, said = -1, True
        found.update({idle} if idle >= 0 else ())
    return frozenset(found)


def passing_parts(
    tokens: Tokens, at: Sequence[Place | None], labels: Mapping[int, tuple[str, int]]
) -> frozenset[int]:
    """Parts of a day that the text goes on from to how warm the day itself gets.

    "Friday sunny. In the morning some fog. It gets 14 degrees.", "Windy in the afternoon, top 17".
    """
    found: set[int] = set()
    passing: list[int] = []
    paragraph, day = -1, False
    for indices in _sentences(at):
        place = at[indices[0]]
        assert place is not None
        if place.paragraph != paragraph:
            paragraph, day, passing = place.paragraph, False, []
        keys = [i for i in indices if tokens.shape[i] in KEYS]
        fields = [labels.get(i, ("", -1))[0] for i in indices if tokens.shape[i] in _OF_AIR]
        warm = bool(fields)
        if not keys:
            found.update(passing if warm and set(fields) != {"temperature_min"} else ())
            passing = [] if warm else passing
        elif day and not warm and all(_is_light(tokens[i]) for i in keys):
            passing += keys
        elif day and set(fields) == {"temperature_max"} and all(_is_light(tokens[i]) for i in keys):
            found.update(keys)
        else:
            day, passing = any(_is_whole(tokens[i]) for i in keys), []
    return frozenset(found)


def _is_whole(token: Token) -> bool:
    """Whether a key names a day, and no part of it."""
    return not _is_part(token) and _period(token) is None


def whole_days(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Words for the day in a paragraph that names which, and says nothing of its night.

    "No domingo o tempo muda. O dia deve ficar nublado."
    """
    found: set[int] = set()
    inside = [(i, place) for i in tokens.places(Kind.WHEN) if (place := at[i]) is not None]
    for _, whens in groupby(inside, key=lambda found: found[1].paragraph):
        words = [i for i, _ in whens]
        if any(_period(tokens[i]) in (Period.NIGHT, Period.EVENING) for i in words):
            continue
        days = [i for i in words if _is_part(tokens[i]) and _period(tokens[i]) is Period.DAY]
        found.update(i for i in days if _names_day_before(tokens, at, i))
    return frozenset(found)


def _period(token: Token) -> Period | None:
    when = token.value
    return when.period if isinstance(when, When) else None


def _names_day_before(tokens: Tokens, at: Sequence[Place | None], behind: int) -> bool:
    """Whether another sentence of its paragraph names a day before a place."""
    place = at[behind]
    for i in range(behind - 1, -1, -1):
        other = at[i]
        if place is None or other is None or other.paragraph != place.paragraph:
            return False
        if tokens.shape[i] in KEYS and not _is_part(tokens[i]):
            return other != place
    return False


def _is_light(token: Token) -> bool:
    """Whether a word means a part of the day between two nights."""
    when = token.value
    today = isinstance(when, When) and when.day in (None, RelativeDay.TODAY)
    return today and _period(token) in _LIGHT


_LIGHT: Final = frozenset({Period.MORNING, Period.AFTERNOON, Period.EVENING})


def days_of_extremes(
    tokens: Tokens, at: Sequence[Place | None], labels: Mapping[int, tuple[str, int]]
) -> frozenset[int]:
    """Words for the day and the night in a sentence that gives the low and the high of its day.

    "At night it cools off to 3 °C, by day it warms up to 12 °C."
    """
    found: set[int] = set()
    for indices in _sentences(at):
        if {"temperature_max", "temperature_min"} <= {labels[i][0] for i in indices if i in labels}:
            found.update(
                i
                for i in indices
                if isinstance(when := tokens[i].value, When)
                and when.day is None
                and when.period in (Period.DAY, Period.NIGHT)
                and not (i and tokens.shape[i - 1] in KEYS)  # "the low Tuesday night"
            )
    return frozenset(found)


def compared(tokens: Tokens, at: Sequence[Place | None]) -> frozenset[int]:
    """Days that a sentence compares its own with: "it will be cooler than Friday"."""
    found: set[int] = set()
    for i, token in enumerate(tokens):
        if at[i] is None or tokens.shape[i + 1 : i + 2] not in KEYS:
            continue
        before = tokens[max(0, i - _COMPARED) : i]
        than = token.value == "compare" and any(other.value == "change" for other in before)
        if than or token.value == "alike":
            found.add(i + 1)
    return frozenset(found)


_COMPARED: Final = 3  # tokens from "cooler" to "than"


def _is_part(token: Token) -> bool:
    """Whether a word means a part of the day and no day."""
    when = token.value
    return isinstance(when, When) and when.day is None


def some_time(tokens: Tokens, at: Sequence[Place | None], page: str) -> frozenset[int]:
    """Words for a time that no row has, where a sentence is about it: "next week", "in May".

    "The warmest day of the week" is not.
    """
    found: set[int] = set()
    keyed: Place | None = None
    for i, token in enumerate(tokens):
        if at[i] is None:
            continue
        if token.kind in KEYS:
            keyed = at[i]
        elif _is_month(token, page) or (token.kind is Kind.WORD and token.value == "week"):
            ahead = any(
                tokens.shape[j] in KEYS
                for j in range(i, min(len(tokens), i + _FAR))
                if at[j] == at[i]
            )
            if keyed != at[i] and not ahead:
                found.add(i)
        elif token.kind is Kind.WORD and token.value == "later":
            found.add(i)
    return frozenset(found)


def _is_month(token: Token, page: str) -> bool:
    """Whether a token is a month by itself: "may" and "march" are verbs."""
    return token.kind is Kind.MONTH and not page[token.span.start].islower()


_FAR: Final = 60  # tokens of a long sentence


_DEGREES: Final = frozenset({Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER})
_LIKELY: Final = range(-60, 131)  # degrees of the one unit or the other
_OVER: Final = 12  # tokens from a label to its number
_ON: Final = 6  # tokens from there to the next number of that label
_TO: Final = 16  # the same, to the other end of a range: "from 17 in the hills to 23 on the coast"


def labels(
    tokens: Tokens, at: Sequence[Place | None], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """What each label names, where that is in running text; `found` is so without sentences.

    No label names a value of another sentence. It names the temperatures behind it in its own:
    "Highs will soar into the upper 50s", "lows near 40 on Friday and in the 30s on Saturday".
    """
    found = {i: named for i, named in found.items() if named[1] < 0 or at[i] == at[named[1]]}
    # "Mostly clear skies and breezy conditions": words of a sentence, and no labels of it.
    found = {i: named for i, named in found.items() if not at[i] or named[0] != "condition"}
    for i, (field, label) in found.items():
        if at[i] is not None:
            found[i] = _named_before(tokens, field, label), label
    found |= _respectively(tokens, at)
    more = dict(found)
    used = {label: field for field, label in found.values()}
    label, field, over = -1, "", _OVER
    ranged = False  # whether the label has a range already, which nothing goes on from
    part = -1  # the last key
    for i, token in enumerate(tokens):
        if at[i] is None or (label >= 0 and at[i] != at[label]):
            label = -1
        if at[i] is None:
            continue
        if token.kind is Kind.LABEL:
            named = used.get(i, str(token.value))
            label, field, over = (i, named, _OVER) if named in AIR else (-1, "", _OVER)
            ranged = False
        elif i in found:
            label, over = (i if found[i][0] == field else -1), _ON
            ranged = _is_range(token)
        elif token.kind in KEYS:
            ranged = False
            part = i
        elif label >= 0 and token.kind in _DEGREES and _is_likely(token):
            if "range" in (mark_at(tokens, i - 1), mark_at(tokens, i - 2)):
                over = max(over, _TO)  # "from 13 on the coast to | locally | 16"
            if i - label > over:
                continue
            if ranged:
                label = -1
                continue
            if part > label and field in DAILY and _touch(tokens, part, i):
                field = _extreme_of(tokens[part]) or field
            more[i] = field, label if tokens.shape[label] == "l" else -1
            label, over, ranged = i, _ON, _is_range(token)
    return more | _up_to(tokens, at, more) | _of_gusts(tokens, at, more)


def _of_gusts(
    tokens: Tokens, at: Sequence[Place | None], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """Speeds that a sentence gives to the gusts it names: "gusts could well reach 45 mph"."""
    used = {label for _, label in found.values()}
    more: dict[int, tuple[str, int]] = {}
    for label in tokens.places(Kind.LABEL):
        if tokens[label].value != "wind_gusts" or label in used or at[label] is None:
            continue
        speed = _SPEED_AFTER.match(tokens.shape, label + 1)
        if speed is not None and at[speed.end() - 1] == at[label]:
            more[speed.end() - 1] = "wind_gusts", label
    return more


_SPEED_AFTER: Final = re.compile("[x.o]{1,6}S")


def _up_to(
    tokens: Sequence[Token], at: Sequence[Place | None], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """Temperatures that a day comes up to: "температура до +24 °C", "днём ясно и до +4 °C"."""
    more: dict[int, tuple[str, int]] = {}
    when: object = None  # the last key of the sentence
    for i, token in enumerate(tokens):
        if token.kind in KEYS:
            when = token.value
        elif i and at[i] != at[i - 1] and token.kind is not Kind.BREAK:
            when = None
        if i < 2 or token.kind is not Kind.TEMPERATURE or mark_at(tokens, i - 1) != "range":
            continue
        field, label = found.get(i, ("temperature", -1))
        before = tokens[i - 2]
        led = before.kind in _LEADS_UP or before.value == "temperature"
        if at[i] is None or field != "temperature" or not led:
            continue
        if not isinstance(when, When) or when.period in (None, Period.DAY, Period.AFTERNOON):
            more[i] = "temperature_max", label
    return more


_LEADS_UP: Final = frozenset({Kind.SEPARATOR, Kind.CONNECTOR, Kind.WEEKDAY, Kind.DATE, Kind.WHEN})


def _touch(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether nothing that says something stands between two tokens: "natten till söndag"."""
    return all(tokens[i].kind in BETWEEN or mark_at(tokens, i) for i in range(first + 1, last))


def _extreme_of(token: Token) -> str:
    """The extreme that a word for the night or the day stands for behind the other one.

    "Temperature at night 9 to 11°, by day 21 to 23°".
    """
    when = token.value
    if not isinstance(when, When) or when.day is not None:
        return ""
    return EXTREME_OF.get(when.period, "") if when.period else ""


def _is_range(token: Token) -> bool:
    """Whether a value has two ends: "12 to 16 °C"."""
    value = token.value
    return token.kind is Kind.PAIR or (isinstance(value, Quantity) and value.low is not None)


_GENERAL: Final = {**dict.fromkeys(AIR, _OF_AIR), "wind_gusts": frozenset({Kind.SPEED})}


def exceptions(
    tokens: Sequence[Token], at: Sequence[Place | None], labels: Mapping[int, tuple[str, int]]
) -> frozenset[int]:
    """Values without a label behind a labelled one of their sentence: of some places only.

    "Highs 12 to 16 °C, in the north-west locally up to 19 °C." Several are a list of places.
    Nor is one behind a word for an exception of the whole: "High 17 except 21 in the valleys".
    """
    found: set[int] = set()
    for indices in _sentences(at):
        found.update(i for i in indices if _is_of_a_height(tokens, i))
        said: frozenset[Kind] = frozenset()
        others: list[int] = []
        excepted = False
        for i in indices:
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


_SEVERAL: Final = 3
_COUNTED: Final = _DEGREES | {Kind.SPEED}


def _is_of_a_height(tokens: Sequence[Token], at: int) -> bool:
    """Whether a temperature is that of the air high up: "auf 2000 Metern -1 Grad"."""
    if tokens[at].kind not in _OF_AIR or at == 0 or tokens[at - 1].kind is not Kind.LENGTH:
        return False
    height = tokens[at - 1].value
    return isinstance(height, Quantity) and height.value >= _HIGH.get(height.unit or "", math.inf)


_HIGH: Final = {"m": 500, "ft": 1500}


def _named_before(tokens: Tokens, field: str, label: int) -> str:
    """What a label names, or the one right before it: "highs | dropping into the 30s"."""
    before = label - 1
    while before >= 0 and tokens.shape[before] == ".":
        before -= 1
    if field in AIR and label >= 0 and before >= 0 and tokens.shape[before] == "l":
        return str(tokens[before].value) if tokens[before].value in DAILY else field
    return field


def _respectively(tokens: Tokens, at: Sequence[Place | None]) -> dict[int, tuple[str, int]]:
    """What two labels name that stand before two values, in the same order.

    "The maximum and minimum temperatures will be around 20 and 7 degrees".
    """
    found: dict[int, tuple[str, int]] = {}
    for i, token in enumerate(tokens[:-2]):
        if at[i] is None or token.kind is not Kind.LABEL or token.value not in DAILY:
            continue
        link, other = tokens[i + 1], tokens[i + 2]
        if other.kind is not Kind.LABEL or link.kind not in (Kind.CONNECTOR, Kind.MARK):
            continue
        behind = range(i + 3, min(len(tokens), i + _OVER + 3))
        values = [j for j in behind if at[j] == at[i] and tokens.shape[j] in _DEGREES]
        if {token.value, other.value} == DAILY and len(values) > 1:
            found |= {values[0]: (str(token.value), i), values[1]: (str(other.value), i + 2)}
    return found


def _is_likely(token: Token) -> bool:
    """Whether a number can be a temperature of the air."""
    value = token.value
    return not isinstance(value, Quantity) or int(value.value) in _LIKELY
