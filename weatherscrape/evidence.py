"""How much speaks for a row, in bits: log2 of the odds that it is weather.

It adds up over a block, because a widget repeats itself and chance does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from .dates import step
from .groups import Group, Item
from .model import (
    AIR,
    DAILY,
    NAMELESS,
    Cell,
    Condition,
    Key,
    Kind,
    Pair,
    Period,
    Quantity,
    Row,
    Span,
)
from .outlooks import begins_sentence, outlook
from .passed_over import OF_TENS

# The hottest and the coldest air ever measured (WMO world weather and climate extremes archive:
# 56.7 °C and -89.2 °C), rounded outwards.
_EXTREMES: Final = {"C": (-90.0, 58.0), "F": (-130.0, 136.0), "K": (183.0, 331.0)}
_BODY: Final = {"C": (35.0, 42.0), "F": (95.0, 107.6)}  # temperatures of people
_PRIOR: Final = -4.0  # most text is not weather
_APART: Final = 3.0  # a unit on a line of its own, as only the markup of widgets leaves it
_TENS: Final = 1.5  # "highs in the upper 50s", which is said of nothing else
_LABELLED: Final = 2.0
_LABELLED_GAP: Final = 0.5  # "Low: --"
_IMPOSSIBLE: Final = -8.0
_WORD: Final = -0.6
_HEADS: Final = 0.8  # a day that a colon or dots make a heading of
_AHEAD: Final = 1.5  # a day that a verb of a forecast is about
_TEXT_WORDS: Final = 3  # of running text that count: it has many; one less in a forecast
_LABEL_WORDS: Final = 1  # of those before a labelled high or low: it says what it is by itself
_UNTOLD: Final = -1.0  # a key that something else than weather is said of
_UNTOLD_WORDS: Final = 2
_UNREAD: Final = -0.4  # a number that no column takes
_ODD: Final = -1.0  # a temperature too many
_LONE_WORD: Final = -3.0  # a condition alone, among other words: "The fair opens on Monday"
_LONE_WORD_HEADED: Final = -0.8  # one that ends a sentence which begins a line with its day
_STOPS: Final = frozenset(".;。।")
_THE_WEB: Final = 1990  # no page with a forecast is older
_FAR_KEY: Final = -1.0  # behind a blank line
_NO_DAY: Final = -1.0  # nothing but parts of a day
_UNSURE: Final = -2.5  # no temperature with a degree sign or a unit, and rows without one
_IN_TEXT: Final = -4.0  # a reading of no time that begins in the middle of a text
_OF_NO_TIME: Final = -9.0  # sentences that tell neither when nor where
_MOST: Final = 0.6
_IRREGULAR: Final = -4.0  # nothing but temperatures at uneven hours
_NO_NUMBER: Final = -4.0  # a block of nothing but words
_NO_NUMBER_AHEAD: Final = -1.0  # the same in sentences about what is to come
_ANNOUNCED: Final = 3.0  # the same, but below a title that says "forecast"
_NAMED: Final = 2.0  # temperatures right at a title such as "Weather"
_AMONG: Final = 4.0  # sentences about what is to come, or the next days, near rows without doubt
_DAY_BY_DAY: Final = 2.0  # days in their order, each with its sky
_PLACES: Final = 3  # below a day, each with its weather
_WORST: Final = -3.0  # that a row which is none says against the others
_SHARE: Final = 0.35  # of what the rest of the block says for a row
_SHARE_MAX: Final = 4.0
_GOES_ON: Final = 0.1  # at least, for a row like the one beside it
_ON_TIME: Final = 1.5  # a key that is the next day or the next step of hours
_OUT_OF_TIME: Final = -1.5


def bits_of(group: Group, cells: Sequence[Cell], page: str) -> float:
    """The evidence in a row by itself."""
    values = group.values
    by_span = {item.span: item for item in values}
    ahead = _is_ahead(group)
    bits = _AHEAD if ahead else 0.0
    key = group.key.key if group.key else None
    if key is not None:
        bits += 0.7 if key.has_day or key.period is Period.NOW else 0.4 if key.clock else 0.0
        if group.key and group.key.opens and key.has_day and _ends_phrase(cells, page):
            bits += _HEADS
    elif group.header is None and _is_of_sentences(values):
        bits += _OF_NO_TIME
    elif group.header is None and _first(group).in_text and not any(item.field for item in values):
        bits += _IN_TEXT
    elif _is_alone(cells, page):
        bits += _ALONE_TOGETHER
    if key is not None and key.date and key.date.year and key.date.year < _THE_WEB:
        bits += _IMPOSSIBLE  # a diary
    if group.layout == "key last" and group.key and group.key.lines > 1:
        bits += _FAR_KEY
    bits += _IMPOSSIBLE if _is_too_wide(cells) or _is_of_two_scales(cells) else 0.0
    counted: set[Span] = set()
    for cell in cells:
        span = cell.span
        if span in counted:
            continue
        item = by_span[span]
        counted.add(span)
        value = cell.value
        of_air = cell.field.startswith("temperature")
        if isinstance(value, Condition):
            bits += _condition_bits(value.slug, page[span.start : span.end])
        elif of_air:
            bits += _temperature_bits(item)
            bits += _APART if page[span.start : span.end].endswith(("\nC", "\nF")) else 0.0
        elif item.field or cell.field == "wind_direction":
            bits += _LABELLED
        else:
            bits += 0.5
        if of_air and item.field:
            bits += 0.8 + (_TENS if page[span.start : span.end].endswith(OF_TENS) else 0.0)
    start = _first(group).span.start
    most = _TEXT_WORDS - ahead
    opens = group.key is not None and group.key.opens  # "Monday: ..."
    bits += _LABELLED_GAP * len([i for i in values if i.kind == "-" and i.field])
    for at, item in enumerate(values):
        last = values[at - 1] if at else None
        other_end = last and item.field and (item.field, item.place) == (last.field, last.place)
        # A text says more of its day than a row holds.
        beside = item.place and group.key and item.span not in counted
        if item.words and item.span.start > start and not (other_end or beside):
            limit = min(most, _LABEL_WORDS) if item.field in DAILY and item.place else most
            bits += _WORD * (min(item.words, limit) if item.place or opens else item.words)
        if not item.field and item.span not in counted:
            if item.kind in NAMELESS:
                bits += _UNREAD
            if item.kind == "T" and item.value not in [c.value for c in cells]:
                bits += _ODD
    lone = len(cells) == 1 and isinstance(cells[0].value, Condition)
    if lone and key and key.clock and _is_of_a_programme(group, cells[0], page):
        bits += _LONE_WORD
    if lone and any(item.words for item in values):
        headed = group.key is not None and group.key.lines > 0 and group.layout == "key first"
        stops = page[cells[0].span.end : cells[0].span.end + 1] in _STOPS
        headed = headed and (stops or (opens and _ends_phrase(cells, page)))
        headed = headed or (
            ahead and key is not None and key.has_day and begins_sentence(key, page)
        )
        of_place = group.header is not None and values[0].named  # "Limpopo: Fine and warm."
        bits += _LONE_WORD_HEADED if headed or of_place else _LONE_WORD
    return bits


def _is_of_a_programme(group: Group, sky: Cell, page: str) -> bool:
    """Whether words go on behind the sky of an hour, "21:00 Rain Man", or the hour is a number."""
    if group.key is None or group.key.opens or group.values[0].place is not None:
        return False
    hour = page[slice(*group.key.span)]
    return hour.isdigit() or _NAME_GOES_ON.match(page, sky.span.end) is not None


_NAME_GOES_ON: Final = re.compile(r" ?[^\W\d_]")


def _is_of_sentences(values: Sequence[Item]) -> bool:
    """Whether values stand in running text for the most part, and no heading names their place."""
    told = [item for item in values if item.place]
    return values[0].place is not None and 2 * len(told) >= len(values) and not values[0].named


def _is_too_wide(cells: Sequence[Cell]) -> bool:
    """Whether a high and a low are further apart than a day can make them: limits of a machine."""
    ends = [c.value for c in cells if c.field in DAILY and isinstance(c.value, Quantity)]
    if len(ends) < 2 or ends[0].unit != ends[1].unit:
        return False
    return abs(ends[0].value - ends[1].value) > _WIDEST.get(ends[0].unit or "F", _WIDEST["F"])


def _is_of_two_scales(cells: Sequence[Cell]) -> bool:
    """Whether some temperatures are in Celsius and others in Fahrenheit: answers of an exercise."""
    warm = [c.value for c in cells if c.field in TEMPERATURES and isinstance(c.value, Quantity)]
    return len({quantity.unit for quantity in warm if quantity.unit}) > 1


_WIDEST: Final = {"C": 50.0, "F": 90.0, "K": 50.0}  # degrees; deserts have up to 40 K


def _is_alone(cells: Sequence[Cell], page: str) -> bool:
    """Whether a sky and a temperature with its sign touch, and are all of a cell: "| ☀️ 21°C |"."""
    if len(cells) != 2 or {cell.field for cell in cells} != {"condition", "temperature"}:
        return False
    start, end = cells[0].span.start, cells[1].span.end
    between = page[cells[0].span.end : cells[1].span.start]
    before, after = page[:start].rstrip(" ")[-1:], page[end:].lstrip(" ")[:1]
    marked = any(cell.field == "temperature" and "°" in page[slice(*cell.span)] for cell in cells)
    return marked and not between.strip(" ,\n-–") and before in _EDGES and after in _EDGES


_ALONE_TOGETHER: Final = 0.5
_EDGES: Final = ("", "\n", "\t", "|", "•", "·")


def _ends_phrase(cells: Sequence[Cell], page: str) -> bool:
    """Whether a condition is no part of a name: "Rain." and "Rain later", but not "Rain Dogs".

    A stop, the end of the line or a word in lower case stands behind it.
    """
    ends = [cell.span.end for cell in cells if isinstance(cell.value, Condition)]
    return all(_GOES_ON_OR_ENDS.match(page, end) for end in ends)


_GOES_ON_OR_ENDS: Final = re.compile(r"\Z|[.,;\n]| (?=[^\W\d_])[^A-Z]")
_WEAK: Final = frozenset({"windy", "hot", "cold", "dust", "sand", "ash", "smoke", "squall", "hail"})


@lru_cache(maxsize=1024)
def _condition_bits(slug: str, printed: str) -> float:
    """A phrase of two words is rarely anything else; "Smoke" and "Cold" often are.

    Nor is the picture of a cloud, but suns and snowflakes are drawn for much else.
    """
    if not slug:
        return 0.0  # what else stands there says that it is a sky
    if slug in _WEAK:
        return 1.0
    drawn = not any(c.isalnum() for c in printed) and slug not in _DRAWN_FOR_ELSE
    return 3.0 if drawn or len(printed) > _TWO_WORDS else 2.0


_TWO_WORDS: Final = 8  # letters that one word seldom has
_DRAWN_FOR_ELSE: Final = frozenset({"clear", "snow", "thunderstorm"})


def _temperature_bits(item: Item) -> float:
    value = item.value
    if isinstance(value, Pair):
        ends = [_degree_bits(end, item.kind) for end in (value.first, value.second) if end]
        if _IMPOSSIBLE in ends:
            return _IMPOSSIBLE
        return ends[0] if len(ends) == 1 else 0.8 * sum(ends, 0.0)
    return _degree_bits(value, item.kind) if isinstance(value, Quantity) else 0.0


def _degree_bits(quantity: Quantity, kind: Kind) -> float:
    if not _is_of_air(quantity):
        return _IMPOSSIBLE
    return 2.0 if quantity.unit else 1.5 if kind == "T" else 1.0


def _is_of_air(quantity: Quantity) -> bool:
    """Whether any air has been so warm; without a unit it may be in the one that is smaller."""
    low, high = _EXTREMES.get(quantity.unit or "F", _EXTREMES["F"])
    return low <= quantity.value <= high


def possible(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Cells but for temperatures that no air has: "snow down to 800 m" is no low."""
    return tuple(
        [
            cell
            for cell in cells
            if cell.field not in AIR
            or not isinstance(cell.value, Quantity)
            or _is_of_air(cell.value)
        ]
    )


def _untold(groups: Sequence[Group]) -> int:
    """Keys with other words than weather behind them: the hours of a timetable."""
    return sum(
        one.key is not None
        and one.key.place is None  # not so a sentence of running text about something else
        and not one.values
        and _first(two).words >= _UNTOLD_WORDS
        for one, two in pairwise(group for group in groups if group.key or group.values)
    )


def _first(group: Group) -> Item:
    return min((*group.values, group.key) if group.key else group.values, key=attrgetter("span"))


class Setting(NamedTuple):
    """What the text says in which a block stands.

    `topic`: what it is about counts so much for a row whose key opens a sentence. `announced`: a
    title near it says "forecast". `among`: it is near the rows of another block. `names`: where
    the weather is named, as in "Weather" and "5-day forecast".
    """

    topic: float = 0.0
    announced: bool = False
    among: bool = False
    names: Sequence[Span] = ()


class Around(NamedTuple):
    """What is known of a block but for its rows.

    `bits`: the evidence in it for all of them. `topic`: what counts for a row whose key opens a
    sentence. `ahead`: it has verbs of a forecast. `outlook`: the keys of its days, if it tells the
    sky of one after another.
    """

    bits: float
    topic: float
    ahead: bool
    outlook: frozenset[Span]


def evidence_around(
    groups: Sequence[Group], rows: Sequence[Row], page: str, setting: Setting
) -> Around:
    """What is known of a block in its setting."""
    ahead = are_ahead(groups)
    bits = _UNTOLD * _untold(groups)
    bits += _ANNOUNCED if setting.announced and not _has_numbers(rows) else 0.0
    bits += _AMONG if setting.among else 0.0
    bits += _NAMED if _are_named(rows, setting.names, page) else 0.0
    return Around(bits, setting.topic, ahead, outlook(groups, page))


def _are_named(rows: Sequence[Row], names: Sequence[Span], page: str) -> bool:
    """Whether the weather is named right at temperatures: "May 7th 10AM 56°F⏎5-day forecast"."""
    if not rows or any(row.in_text for row in rows) or not _has_sure_temperature(rows, page):
        return False
    start = min(row.span.start for row in rows)
    end = max(row.span.end for row in rows)
    first, behind = (bisect_left(names, at, key=attrgetter("start")) for at in (start, end))
    within = first < behind
    above = first > 0 and _NEXT.fullmatch(page, names[first - 1].end, start)
    below = behind < len(names) and _NEXT.fullmatch(page, end, names[behind].start)
    return within or bool(above or below)


_NEXT: Final = re.compile(r"[ \t:|–-]*\n?[ \t]*")


def are_ahead(groups: Sequence[Group]) -> bool:
    """Whether a sentence about what is to come names the day of a row."""
    return any(map(_is_ahead, groups))


def _is_ahead(group: Group) -> bool:
    """Whether a text says that a row is about what is to come, in any of its sentences.

    "Saturday is cloudy. A high of 19 degrees is expected.", and so of the places of a list.
    """
    listed = bool(group.values) and group.values[0].entry != ""
    said = (group.key, *group.values) if group.key else group.values if listed else ()
    if not said or said[0].place is None:
        return False
    return any(item.place is not None and item.place.ahead for item in said)


def weighed(rows: list[Row], page: str, around: Around) -> list[Row]:
    """Rows with the evidence of their block added."""
    if not rows:
        return []
    rows = _without_repeats(rows)
    block = sum(max(row.bits, _WORST) for row in rows) + _order_bits(rows)
    wordy = not _has_numbers(rows)
    if _only_bodies(rows):
        return []
    places = sum(map(_is_of_place, rows)) >= _PLACES or _most_of_a_day(rows) >= _PLACES
    prior = _PRIOR + around.bits
    told = around.ahead or places or around.outlook
    prior += (_NO_NUMBER_AHEAD if told else _NO_NUMBER) if wordy else 0.0
    prior += 0.0 if any(_dated(row) and row.bits > 0 for row in rows) else _NO_DAY
    prior += _IRREGULAR if _is_timetable(rows) else 0.0
    prior += (
        _OF_THINGS
        if len(rows) >= _THINGS and all(_is_of_limits(row, page) for row in rows)
        else 0.0
    )
    extremes = around.ahead and any(cell.field in DAILY for row in rows for cell in row.cells)
    sure = extremes or places or around.outlook or _is_complete(rows)
    sure = sure or _has_sure_temperature(rows, page)
    prior += 0.0 if sure else _UNSURE
    out: list[Row] = []
    for row in rows:
        share = min(_SHARE * (block - max(row.bits, _WORST)), _SHARE_MAX)
        share += _DAY_BY_DAY if wordy and row.key and row.key.span in around.outlook else 0.0
        bits = prior + row.bits + share + (around.topic if opens_sentence(row, page) else 0.0)
        out.append(replace(row, bits=bits))
    return _with_days_of_places(_like_those_beside(rows, out))


def _with_days_of_places(rows: list[Row]) -> list[Row]:
    """Rows, where what is said of a day is as good as what is said of several places on it."""
    told = Counter(row.header for row in rows if row.key is None and row.bits > 0)
    sure = {day for day, places in told.items() if day is not None and places >= _PLACES}
    if not sure:
        return rows
    return [replace(row, bits=max(row.bits, _GOES_ON)) if row.key in sure else row for row in rows]


def _like_those_beside(rows: Sequence[Row], out: list[Row]) -> list[Row]:
    """Weighed rows, where one that is like a row beside it is as good as a row as that."""
    for ways in (range(1, len(out)), range(len(out) - 2, -1, -1)):
        beside = -ways.step
        for at in ways:
            if out[at].bits <= 0 < out[at + beside].bits and _is_like(rows[at + beside], rows[at]):
                out[at] = replace(out[at], bits=_GOES_ON)
    return out


def opens_sentence(row: Row, page: str) -> bool:
    """Whether the day of a row, in words, begins a sentence, a line or a cell: "Am Montag"."""
    return row.key is not None and row.key.has_day and begins_sentence(row.key, page)


def _is_of_limits(row: Row, page: str) -> bool:
    """Whether a row tells a least, a best and a most, of no day: seeds, fish and machines have.

    The best may be a number between the two that no column takes.
    """
    fields = {cell.field for cell in row.cells}
    if row.key is not None or row.header is not None or not DAILY <= fields <= TEMPERATURES:
        return False
    first, *_, last = row.cells
    return fields > DAILY or any(map(str.isdigit, page[first.span.end : last.span.start]))


_THINGS: Final = 3  # rows of a table
_OF_THINGS: Final = -6.0


def _has_numbers(rows: Sequence[Row]) -> bool:
    return any(isinstance(c.value, Quantity | Pair) for row in rows for c in row.cells)


def _is_of_place(row: Row) -> bool:
    """Whether a row tells the sky of a place below its day."""
    sky = any(cell.field == "condition" for cell in row.cells)
    return row.key is None and row.header is not None and sky


def _most_of_a_day(rows: Sequence[Row]) -> int:
    """Of how many places a table tells the sky of one day."""
    skies = [row for row in rows if row.layout == "columns" and row.cells[0].field == "condition"]
    return max(Counter(row.key for row in skies).values(), default=0)


def _is_like(one: Row, other: Row) -> bool:
    """Whether a row says what another does, in the same layout and the same order."""
    return (
        one.key is not None
        and other.key is not None
        and one.layout == other.layout
        and [cell.field for cell in one.cells] == [cell.field for cell in other.cells]
        and other.bits > 0
    )


_PLUS: Final = 3  # numbers with a plus: "Утро +1. День +4. Вечер +1."
_MARKED: Final = re.compile(r"[^\d\s.,/+~−–-]")


def _has_sure_temperature(rows: Sequence[Row], page: str) -> bool:
    """Whether any temperature is printed with its unit or a degree sign, or several with a plus."""
    cells = [cell for row in rows for cell in row.cells if cell.field in TEMPERATURES]
    plus = sum(page[cell.span.start] == "+" for cell in cells)
    return plus >= _PLUS or any(
        (isinstance(cell.value, Quantity) and cell.value.unit) or _MARKED.search(page, *cell.span)
        for cell in cells
    )


def _is_complete(rows: Sequence[Row]) -> bool:
    """Whether most rows say what a forecast does: sky and temperature, or high and low."""
    complete = 0
    for row in rows:
        fields = {cell.field for cell in row.cells}
        complete += {"temperature_max", "temperature_min"} <= fields or (
            "condition" in fields and bool(fields & TEMPERATURES)
        )
    return complete >= _MOST * len(rows)


def _is_timetable(rows: Sequence[Row]) -> bool:
    """Whether there are only temperatures at uneven hours: the programme of a heating."""
    if any(cell.field not in TEMPERATURES for row in rows for cell in row.cells):
        return False
    hours = [row.key.clock.minute for row in rows if row.key and row.key.clock]
    steps = [(b - a) % 1440 for a, b in pairwise(hours)]
    uneven = sum(one != two for one, two in pairwise(steps))
    return len(steps) > 1 and 2 * uneven > len(steps) - 1


def _dated(row: Row) -> bool:
    """Whether a row says when it is for by more than a part of some day."""
    key = row.key
    if row.header is not None and row.header.has_day:
        return True  # "On Friday, 25 September ... By day 20 to 22 °C"
    return key is None or key.has_day or key.clock is not None or key.period is Period.NOW


def _without_repeats(rows: Sequence[Row]) -> list[Row]:
    """Rows but those of the present weather that say again what the next or the last one says."""
    out: list[Row] = []
    for row in rows:
        if out and _present(out[-1]) and _present(row) and out[-1].place == row.place:
            last, this = _said(out[-1]), _said(row)
            if this <= last:
                continue
            if last <= this:
                out.pop()
        out.append(row)
    return out


def _present(row: Row) -> bool:
    """Whether a row is about now; below a day it is about a place."""
    return row.header is None if row.key is None else row.key.period is Period.NOW


def _said(row: Row) -> frozenset[tuple[str, object]]:
    values = {
        (c.field, c.value.value if isinstance(c.value, Quantity) else c.value) for c in row.cells
    }
    return frozenset(values)


TEMPERATURES: Final = AIR | {"apparent_temperature"}


def _order_bits(rows: Sequence[Row]) -> float:
    """What the order of the keys says: days go on one by one, hours by equal steps."""
    days = [r.key.weekday.number for r in rows if r.key and r.key.weekday]
    bits = 0.0
    for one, two in pairwise(days):
        bits += _ON_TIME if (two - one) % 7 <= 1 else _OUT_OF_TIME
    dates = [r.key.date for r in rows if r.key and r.key.date and not r.key.weekday]
    for first, second in pairwise(dates):
        bits += _ON_TIME if step(first, second) in (0, 1) else _OUT_OF_TIME
    hours = [r.key.clock.minute for r in rows if r.key and r.key.clock and not r.key.weekday]
    steps = [(b - a) % 1440 for a, b in pairwise(hours)]
    for one, two in pairwise(steps):
        bits += _ON_TIME if one == two else _OUT_OF_TIME
    parts = [_PARTS.index(r.key.period) for r in rows if r.key and _is_only_part(r.key)]
    steps = [(two - one) % len(_PARTS) == 1 for one, two in pairwise(parts)]
    if len(steps) >= _STEPS and all(steps):
        bits += _ON_TIME * len(steps)
    return bits


def _is_only_part(key: Key) -> bool:
    """Whether a key is one of the four parts of some day."""
    return key.period in _PARTS and not (key.has_day or key.clock)


_STEPS: Final = 2  # from one part of a day to the next
_PARTS: Final = (Period.MORNING, Period.DAY, Period.EVENING, Period.NIGHT)  # of a day, in order


def _only_bodies(rows: Sequence[Row]) -> bool:
    """Whether all there is are temperatures of a person, to the tenth of a degree.

    But for one of four: "the mean is 36.47°, the difference 0.49°".
    """
    cells = [c for row in rows for c in row.cells if not _is_feeling(c)]  # "it was cold inside"
    warm = [c.value for c in cells if c.field in AIR and isinstance(c.value, Quantity)]
    if len(warm) < len(cells):
        return False
    of_bodies = [q for q in warm if _is_of_a_body(q)]
    exact = any(q.value != int(q.value) for q in of_bodies)
    return exact and len(of_bodies) >= _BODIES * len(warm)


def _is_feeling(cell: Cell) -> bool:
    return isinstance(cell.value, Condition) and cell.value.is_feeling


def _is_of_a_body(quantity: Quantity) -> bool:
    low, high = _BODY.get(quantity.unit or "C", (0.0, 0.0))
    return low <= quantity.value <= high


_BODIES: Final = 0.75
