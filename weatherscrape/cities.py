"""Items in, the same items out with those of a list of places named: "Denver 75, Boulder 77".

A text that gives the day once may tell it of many places: each is a row, of the same day.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, takewhile
from typing import Final, NamedTuple

from .accepts import ACCEPTS
from .blocks import paragraph
from .cuts import code_of, speaks
from .data import languages
from .groups import Group, Item
from .model import AIR, DAILY, Key, Kind, Pair, Period, Quantity, RelativeDay, Span
from .names_in_text import IN_NAMES, any_form, any_of
from .tokens import Tokens, line
from .vocabulary import UNSPACED

_LEAST: Final = 3  # places of a list
_LONGEST: Final = 60  # characters from a value to the next one, with the name between

# A name of one to four words, or of a script without spaces, behind what parts it from the value
# before: "; and Metro Davao, ", " ▲서울 ", "、札幌は", "仙台と札幌は".
_PARTS: Final = "[\\n,;:，；：。、及與与·•▲△▶◆○●|.–—-] | [ ]+"
_UNSPACED_NAME: Final = (
    r"(?: [\u30a0-\u30ff\u3400-\u9fff]{1,8} | [\uac00-\ud7af]{2,8}? (?: ·[\uac00-\ud7af]{1,8} )* )"
)
_PLACE: Final = rf"""
    (?: \A | {_PARTS} | <topic> (?=\w\w) ) [ ]* (?: [a-zß-ÿа-я]{{1,3}} [ ] )?
    (?: (?P<also> {_UNSPACED_NAME} ) <pairs> [ ]? )?
    (?P<name> [^\W\d_a-z\u3040-\u9fff\uac00-\ud7af] [^\W\d_]+
                (?: (?: [ '’.-] | (?<=[SFM]t) [.][ ] ) [^\W\d_]+ ){{0,3}}?
                (?: ,[ ] [A-Z]{{2}} (?=[ ]?[:：]) )?
            | (?: (?<=\n) | (?<=\n[ ]{{2}}) ) [^\W\d_]+ / [^\W\d_]+
            | [\u0900-\u0dff]{{2,}}
            | {_UNSPACED_NAME} )"""


@cache
def _name_before() -> re.Pattern[str]:
    """A name before a value: "Denver: 75", "Denver with 75", "in Denver between 75 and 80".

    A difference may stand between: "金沢は前日より5℃高い | 32℃".
    """
    words = any_form(form for form in _forms(*_LINKS) if form.isalpha())
    topic = any_of("topic")
    link = rf"[ ]* [:：,，|] | [ ]+ [–—-] | [\u3040-\u309f] | {topic} | [ ]{words}"
    than, change = (any_form(_forms(("elsewhere", key))) for key in ("than", "change"))
    degrees = any_form(form for form in _forms(("unit", "°")) if UNSPACED.match(form))
    difference = rf"(?: {than}? [ ]* \d+ [ ]* (?: [℃°] C? | {degrees} ) [ ]* {change} [ ]* )?"
    return re.compile(
        rf"{_place()} (?: {link} )? [ \n]* {difference} \Z",
        re.VERBOSE,
    )


@cache
def _place() -> str:
    """The expression for a name, with the particles of all languages."""
    return _PLACE.replace("<topic>", any_of("topic")).replace("<pairs>", any_of("pairs"))


def _forms(*keys: tuple[str, str]) -> Iterator[str]:
    """The forms that all languages have for some keys of sections."""
    for language in languages().values():
        for section, key in keys:
            yield from language.sections.get(section, {}).get(key, ())


_LINKS: Final = (("connector", "with"), ("connector", "besides"), ("mark", "between"))
_BEHIND_LABEL: Final = re.compile(r"[ :：.\n]*")


class _Entry(NamedTuple):
    """The items of one place of a list, from one in the window on; `also`: another one of them."""

    name: str
    start: int
    items: tuple[Item, ...]
    also: str = ""


def parts_in_lists(tokens: Tokens) -> frozenset[int]:
    """Parts of the day in lines that each tell of a place: they only say when.

    "Ankara: partly cloudy, showers in the afternoon 25⏎Adana: ..."
    """
    lines = tokens.lines(_LINE)
    if len(lines) < _LEAST:
        return frozenset()
    return frozenset(at for whole in lines for at in whole if tokens.shape[at] == "w")


_LINE: Final = line("x[x.W]{0,3},(?=[^/]*C)[^/]*[nTP]")


def in_lists(
    items: Sequence[Item],
    page: str,
    labels: Collection[Span],
    rows: Mapping[Span, str],
    warm: Mapping[int, str],
    airs: Mapping[int, int],
    titled: bool,
) -> list[Item]:
    """Items of a window; those of a list of places have its name as their `entry`.

    `labels`: where those stand that name a value. `rows`: those of
    :func:`weatherscrape.places_in_tables.rows_of_places`. `warm`: labels of temperatures, by
    their ends. `airs`: those of :func:`labels_of_air`. `titled`: a title names the weather.
    """
    if rows:
        return [item._replace(entry=_within(item, rows)) for item in items]
    items = _with_names_of_labels(items, page)
    out = list(items)
    more: dict[int, Sequence[Item]] = {}  # of the other one of two places, by where it stands
    starts = {end: start for start, end in labels}
    for run in _runs(items, page, starts):
        run = _above_a_title(run, page)
        apart = len({entry.name for entry in run}) > 1  # not named by a word that is a label
        if not apart or _names_follow(run[0], items, page):
            continue
        heads = _heads_of(run, items)
        field = heads[0] if heads else _field_of(run[0]) or _label_before(items, run[0].start)
        field = field or _label_above(run[0], page, warm)
        if sum(1 + bool(entry.also) for entry in run) < _least(run, field):
            continue
        cities = _cities(run, page, titled, warm)
        run = cities or run
        if not (field in AIR or cities or all(map(_tells_of_air, run))):
            continue  # other things have one temperature, too: "Lager 4°C, porter 12°C"
        of_air = bool(cities) or (_are_warm(run, field) and _are_of_air(run, page, airs))
        for entry in run:
            field = field if heads else _field_of(entry) or field  # "lows: ..., highs: ..."
            for at in _around(entry, items):
                out[at] = items[at]._replace(entry=entry.name)
            under = iter(heads)
            for at, item in enumerate(entry.items, entry.start):
                if heads and item.kind in _NUMBERS:
                    item = item._replace(field=next(under))
                named = item if item.field or field not in DAILY else _as(item, field)
                out[at] = named._replace(entry=entry.name, of_air=of_air)
            if entry.also:
                told = out[entry.start : entry.start + len(entry.items)]
                more[entry.start] = [item._replace(entry=entry.also) for item in told]
    return [item for at, one in enumerate(out) for item in (*more.get(at, ()), one)]


def _are_warm(run: Sequence[_Entry], field: str) -> bool:
    """Whether all that a list tells of its places is how warm it is."""
    items = (item for entry in run for item in entry.items)
    return all(field in AIR or item.field in AIR or item.kind is Kind.PAIR for item in items)


def _are_of_air(run: Sequence[_Entry], page: str, airs: Mapping[int, int]) -> bool:
    """Whether the text says that a list tells how warm the air is, or is expected to be.

    In a sentence about what is to come, "Highs will reach 12°C in ...", or by the label before the
    list: "Air temperature:". One of no day is read for that; lists of crops and wines look alike.
    """
    items = [item for entry in run for item in entry.items]
    if all(item.place and item.place.ahead for item in items):
        return True
    first = items[0].span.start
    name = page.rfind(run[0].name, max(0, first - _LONGEST), first)
    for end in (first, name):
        label = _TO_LABEL.search(page, max(0, end - _LONGEST), end)
        start = airs.get(label.start(), -1) if label else -1
        line = page[page.rfind("\n", 0, start) + 1 : start] if start >= 0 else ""
        if start >= 0 and (items[0].place or not any(map(str.isalnum, line))):
            return True
    return items[0].lines > 0 and _is_titled(page, name, airs)


_TO_LABEL: Final = re.compile(r"[^\w)]*\Z")


def _cities(
    run: Sequence[_Entry], page: str, titled: bool, warm: Mapping[int, str]
) -> list[_Entry]:
    """A list of many places that have lines of their own with nothing but how warm the air is.

    "Weather⏎...⏎Antwerp⏎14 °C⏎Dublin⏎12 °C⏎...". Below a label of temperatures, or with their
    signs, they need no unit: "Бургас: +13 / +18". All of a line is the name: "T.P Huế 24 - 30oC".
    """
    if len(run) < _MANY:
        return []
    sure = all(_is_signed(entry, page) for entry in run) or _is_below(run[0], page, warm)
    if not (titled or sure):
        return []
    cities = [_city(entry, page, sure) for entry in run]
    return [city for city in cities if city] if all(cities) else []


def _city(entry: _Entry, page: str, sure: bool) -> _Entry | None:
    """An entry, if a name that begins a line and how warm it is there are all of it."""
    item = entry.items[0]
    ends = (item.value.first, item.value.second) if isinstance(item.value, Pair) else (item.value,)
    name = _LINE_BEFORE.search(page, max(0, item.span.start - _LONGEST), item.span.start)
    if name is None or len(entry.items) > 1 or item.field in DAILY:
        return None
    if not all(isinstance(end, Quantity) and _is_of_air(end, sure) for end in ends):
        return None
    stops = page[item.span.end : item.span.end + 1] in ("", "\n")
    return entry._replace(name=name[1]) if stops and entry.name in name[1] else None


def _is_signed(entry: _Entry, page: str) -> bool:
    """Whether both ends of a pair have their sign, as those of no score or price: "+3 / +8"."""
    return _SIGNED.fullmatch(page, *entry.items[0].span) is not None


_SIGNED: Final = re.compile(r"[-+−–]\d{1,2}[ ]?/[ ]?[-+−–]\d{1,2}")


def _is_below(entry: _Entry, page: str, warm: Mapping[int, str]) -> bool:
    """Whether a label of temperatures with a colon ends the line above: "Temperatures:⏎⏎Hull"."""
    start = entry.items[0].span.start
    name = page.rfind(entry.name, max(0, start - _LONGEST), start)
    label = _COLON_ABOVE.search(page, max(0, name - _LONGEST), name)
    return label is not None and label.start() in warm


_COLON_ABOVE: Final = re.compile(r"[ ]*[:：][ ]*\n\W*\Z")


# The words that are all of the line which a value ends, or of the one above: "• Leeds: ".
_LINE_BEFORE: Final = re.compile(
    r"(?<![^\n])[^\w\n]*([^\W\d_](?:[^\W\d_]|[ '’.()-])*?)(?:[ ]?[:–—-])?[ ]*\n?[ ]*\Z"
)


def _is_of_air(degrees: Quantity, sure: bool) -> bool:
    """Whether people live where the air is so warm: an oven is hotter."""
    low, high = _LIVED_IN.get(degrees.unit or ("C" if sure else ""), (0, 0))
    return low <= degrees.value <= high


_LIVED_IN: Final = {"C": (-50, 50), "F": (-58, 122)}


def _is_titled(page: str, name: int, airs: Mapping[int, int]) -> bool:
    """Whether the line above a name is a title of air: "Forecast temperatures in key cities:".

    Of other things it could be as well: "Average temperatures in cities", "... in the cellar".
    """
    title = _TITLE.search(page, max(0, name - _TITLE_LONG), name)
    if title is None:
        return False
    line, last = title.span(1)
    ends = [end for end in range(line, last) if end in airs]
    if len(ends) != 1 or not _LED_IN.fullmatch(page, line, airs[ends[0]]):
        return False
    return _many_places().search(page, ends[0], last) is not None


@cache
def _many_places() -> re.Pattern[str]:
    """Words for the places of a list: "cities", "towns"."""
    return re.compile(rf"\b{any_of('places')}\b", re.IGNORECASE)


_TITLE_LONG: Final = 100  # characters
_TITLE: Final = re.compile(r"(?:\A|\n)([^\n.!?\d]+)[\n\s]*\n[^\w\n]*\Z")
_LED_IN: Final = re.compile(r"\W*(?:\w{1,3}\s)?")  # "The forecast temperatures ..."


@cache
def _of_air() -> re.Pattern[str]:
    """Words of labels that are of nothing but the air."""
    return re.compile(any_of("of_air"), re.IGNORECASE)


def labels_of_air(labels: Iterable[Span], page: str) -> dict[int, int]:
    """Where labels of temperatures end, and begin, that are of nothing but the air.

    Two can be joined: "Expected highs and lows". The word can stand beside them: "Forecast
    temperature", "Temperaturas previstas".
    """
    found: dict[int, int] = {}
    first, last = 0, -_JOINED
    for start, end in labels:
        if start - last > _JOINED or "\n" in page[last:start]:
            first = start
        word = _of_air().search(page, max(0, first - _BESIDE), end + _BESIDE)
        if word and "\n" not in page[min(word.start(), end) : max(word.end(), first)]:
            found[end] = min(first, word.start())
        last = end
    return found


_BESIDE: Final = 12  # characters of a word beside a label
_JOINED: Final = 5  # characters from a label to the next one, at most


def _field_of(entry: _Entry) -> str:
    """The label of the values of a list, if an entry begins with one and has no other."""
    return "" if _tells_both_ends(entry.items) else entry.items[0].field


def _tells_both_ends(items: Sequence[Item]) -> bool:
    """Whether items are a low and a high, each with its label: "low 13, high 24"."""
    return {item.field for item in items} == DAILY


def _with_names_of_labels(items: Sequence[Item], page: str) -> list[Item]:
    """Items, the labels before a high and low being words of its name: "Cape Town: 9°C/16°C"."""
    out: list[Item] = []
    for item in items:
        if item.kind is Kind.PAIR and item.words + item.lines == 0:
            end = item.span.start
            while out and _ends_name(out[-1], page, end):
                label = out.pop()
                end = label.span.start
                item = item._replace(lines=label.lines, words=item.words + label.words + 1)
                if label.lines:
                    break
        out.append(item)
    return out


def _ends_name(item: Item, page: str, end: int) -> bool:
    """Whether a word that can be a label is one of a name that goes on up to the `end`."""
    start = item.span.start
    printed = item.kind is Kind.LABEL and page[start:end].rstrip(": ")
    return bool(printed) and item.field in IN_NAMES and str(printed).istitle()


def _least(run: Sequence[_Entry], field: str) -> int:
    """Places that make a list: two behind a label, where particles tell their names from words.

    "最高気温は大阪で21℃、福岡で19℃の予想です".
    """
    told = field in AIR and all(UNSPACED.match(entry.name) for entry in run)
    return _LEAST - told


def _above_a_title(run: list[_Entry], page: str) -> list[_Entry]:
    """Entries, with the names above the line that all of them have: "Arden⏎Forecast⏎Clear⏎22°"."""
    if len(run) < _LEAST or len({entry.name for entry in run}) > 1:
        return run
    out: list[_Entry] = []
    for entry in run:
        start = entry.items[0].span.start
        title = page.rfind(run[0].name, max(0, start - _LONGEST), start)
        above = _line_above().search(page, max(0, title - _LONGEST), title)
        if above is None:
            return run
        out.append(entry._replace(name=above["name"]))
    return out


@cache
def _line_above() -> re.Pattern[str]:
    """A name on the line above."""
    return re.compile(_place() + r"[ ]*\n+[ ]*\Z", re.VERBOSE)


def _heads_of(run: Sequence[_Entry], items: Sequence[Item]) -> list[str]:
    """The columns that a head names above a list, one for each number of a place: "Now Min Max"."""
    heads: list[str] = []
    for item in reversed(items[: run[0].start]):
        now = item.key is not None and item.key.period is Period.NOW
        if not (now or (item.kind is Kind.LABEL and item.field in AIR)):
            break
        heads.insert(0, "temperature" if now else item.field)
    counts = {sum(item.kind in _NUMBERS for item in entry.items) for entry in run}
    return heads if len(set(heads)) == len(heads) > 1 and counts == {len(heads)} else []


def _within(item: Item, rows: Mapping[Span, str]) -> str:
    at = item.span.start
    return next((name for row, name in rows.items() if row.start <= at < row.end), "")


def _names_follow(entry: _Entry, items: Sequence[Item], page: str) -> bool:
    """Whether a name belongs to the value before it: "24 °C in Arden, 25 °C in Carrow"."""
    before = items[entry.start - 1] if entry.start else None
    if before is None or code_of(before) != code_of(entry.items[0]):
        return False
    led = _LED.match(page, before.span.end)
    return led is not None and page.startswith(entry.name, led.end())


_LED: Final = re.compile(r" [a-zß-ÿа-я]{1,4} ")


def _label_before(items: Sequence[Item], at: int) -> str:
    """The label before a list, with its day between: "Highs on Friday: Denver 75, Boulder 77"."""
    while at and not items[at].lines:
        at -= 1
        if items[at].key is None:
            named = items[at].kind is Kind.LABEL and items[at].field in DAILY
            return items[at].field if named else ""
    return ""


def _label_above(entry: _Entry, page: str, warm: Mapping[int, str]) -> str:
    """The label that ends the line above a list: "< Highs tomorrow >⏎⏎Arden: 12 °C"."""
    end = entry.items[0].span.start
    title = _TITLE_ABOVE.search(page, max(0, end - _LONGEST), end)
    field = warm.get(title.start(), "") if title else ""
    return field if field in DAILY else ""


_TITLE_ABOVE: Final = re.compile(r"(?<=\w)[^\w\n]*\n\s*(?=[^\n]+\Z)")


def rows_of_lists(block: Sequence[Item], day: Item | None) -> list[Group]:
    """The rows of the lists of places in a block, each of the day that the block names last.

    None if no day is known, unless a list tells the sky of each place and how warm it is, or many
    stand below "City;Low;High" or "Current temperatures": of vegetables there are such lists, too.
    `day`: of a title above the block.
    """
    groups: list[Group] = []
    start = 0
    for end in (*_keys_between(block), len(block)):
        listed = [item for item in block[start:end] if item.entry]
        if listed and not (rows := _rows_of_list(block, listed, day)):
            return []
        groups += rows if listed else []
        start = end
    return groups


def _keys_between(block: Sequence[Item]) -> Iterator[int]:
    """Where a day or a part of it parts two lists, and the second one has the places of the first.

    Or a day does that is named in a paragraph of the second one.

    "Saturday: 6°C in Leeds, 5°C in York. Sunday: 8°C in Leeds, 7°C in York."
    """
    before: set[str] = set()
    last = -1  # the paragraph of the last value
    for at, item in enumerate(block):
        if item.entry:
            before.add(item.entry)
            last = paragraph(item)
        elif item.key is not None and before and (item.place is not None or item.lines):
            behind = list(takewhile(lambda other: other.key is None, block[at + 1 :]))
            told = {other.entry for other in behind if other.entry}
            if before & told or (told and _names_day(item) and paragraph(item) != last):
                yield at
                before = set()


def _rows_of_list(block: Sequence[Item], listed: Sequence[Item], day: Item | None) -> list[Group]:
    """The rows of a list, of the day that is named last before it; none if it says too little."""
    places = _of_places(listed)
    first = block.index(listed[0])
    head = _day_of_list(block, first, day)
    named = max((at for at in range(first) if _names_day(block[at])), default=0)
    now = any(item.key and item.key.period is Period.NOW for item in block[named:first])
    daily = any(item.field in DAILY or item.kind is Kind.PAIR for item in listed)
    clock = head.clock if head and (now or not daily) else None  # not of when it was forecast
    part = _part_of_list(block[named:first]) if listed[0].place and not daily else None
    header = head and head._replace(period=Period.NOW if now else part, clock=clock)
    if head is None and len(places) >= _LEAST and all(item.of_air for item in listed):
        last = block[first - 1].key if first else None
        when = last.clock if last and not last.has_day else None
        now = not daily and (now or not (listed[0].field or listed[0].place or when))
        header = Key(listed[0].span, period=Period.NOW if now else part, clock=when)
    elif head is None and not all(speaks(list(map(code_of, v)), True) for v in places):
        if len(places) < _MANY or not _are_of_places(block[:first]):
            return []
        header = Key(listed[0].span, period=Period.NOW)
    earlier = next(
        (i.key for i in block[:first] if i.key and i.key.day is RelativeDay.YESTERDAY), None
    )
    groups: list[Group] = []
    for values in places:
        over = _told_twice(values) if earlier else ()
        groups += [Group(None, tuple(over), "no key", header=earlier)] if over else []
        groups += _of_parts(values[len(over) :], header)
    return groups


def _of_parts(values: Sequence[Item], header: Key | None) -> Iterator[Group]:
    """The rows of a place: one, or of each part of the day that its temperatures stand behind.

    What else is said of the place goes with the first: "By day 21 °C, by night 8 °C. Cloudy."
    """
    starts = [at for at, item in enumerate(values) if item.key and item.place]
    if not starts:
        yield Group(None, tuple(values), "no key", header=header)
        return
    of_parts = {at for start in starts for at in (start, start + 1)}
    rest = [item for at, item in enumerate(values) if at not in of_parts]
    for start in starts:
        told = (*values[start + 1 : start + 2], *rest)
        yield Group(values[start], told, "key first", header=header)
        rest = []


def _part_of_list(before: Sequence[Item]) -> Period | None:
    """The part of the day that a sentence with a list is about: the last one before it."""
    parts = [item.key.period for item in before if item.key and item.key.period]
    return parts[-1] if parts else None


def _are_of_places(head: Sequence[Item]) -> bool:
    """Whether what stands above a list says that it is of places, or of now."""
    labels = [item.field for item in head if item.kind is Kind.LABEL]
    now = any(item.key is not None and item.key.period is Period.NOW for item in head[-2:])
    return "location" in labels or (now and labels[-1:] == ["temperature"])


_MANY: Final = 5  # places of a list without a day


def _told_twice(values: Sequence[Item]) -> Sequence[Item]:
    """The extremes of the first of two days: "Yesterday's high;Yesterday's low;Today's high"."""
    seen: set[str] = set()
    for at, item in enumerate(values):
        if item.field in seen:
            return values[:at]
        if item.field not in DAILY:
            break
        seen.add(item.field)
    return ()


def _of_places(items: Sequence[Item]) -> list[list[Item]]:
    """The values of each place of lists; a second list may tell more of the same ones."""
    out: list[list[Item]] = []
    latest: dict[str, list[Item]] = {}
    for place, part in groupby(items, key=lambda item: item.entry):
        values = [item._replace(words=0) for item in part]
        told = latest.get(place)
        if told and not {*map(code_of, told)} & {*map(code_of, values)}:
            told += values
        else:
            latest[place] = values
            out.append(values)
    return out


def _day_of_list(block: Sequence[Item], first: int, day: Item | None) -> Key | None:
    """The day of a list that begins with the `first` item: the last that is named before it.

    Not one with values of its own, unless it heads a text, or the list stands in one. Of several
    days to choose from it is the first: "Saturday⏎Choose a day:⏎Sunday⏎Monday".
    """
    heads = [at for at in range(first) if _names_day(block[at])]
    if not heads:
        return day.key if day else None
    today = block[heads[-1]].key
    choice = len(heads) >= _CHOICE and heads[-1] - heads[0] == len(heads) - 1
    head = block[heads[0 if choice else -1]]
    if today and today.day is RelativeDay.TODAY:
        head = _dated(block[heads[-1]], block[: heads[-1]])
    values = [i for i in block[heads[-1] + 1 : first] if i.key is None and i.kind != Kind.LABEL]
    told = bool(values) and not values[0].named  # of the day itself, and not of another place
    follows = any(map(_names_day, block[first:]))
    above = any(item.lines for item in (head, *block[heads[-1] + 1 : first]))
    opens = head.place is not None or above or head is block[0]
    in_text = block[first].place is not None and opens
    return head.key if not told or follows or in_text else None


def _dated(today: Item, before: Sequence[Item]) -> Item:
    """Today, with the date that a title above gives: "For Monday, May 6⏎City;Today's high"."""
    heads = takewhile(lambda i: i.key or i.kind is Kind.LABEL, reversed(before))
    keys = (item.key for item in heads if item.key)
    date = next((key for key in keys if key.weekday or key.date), None)
    return today._replace(key=date._replace(day=RelativeDay.TODAY)) if date else today


_CHOICE: Final = 3  # days that a page lets one choose from, at least


def _names_day(item: Item) -> bool:
    return item.key is not None and item.key.has_day


def _around(entry: _Entry, items: Sequence[Item]) -> Iterator[int]:
    """What stands before an entry or behind it and is a value of it: "11°C⏎Leeds: Rain, 11°C"."""
    for at in (entry.start - 1, entry.start + len(entry.items)):
        if 0 <= at < len(items) and _is_said(items[at], entry):
            yield at


def _is_said(item: Item, entry: _Entry) -> bool:
    unnamed = not item.field and item.kind in "TS"
    return unnamed and item.value in [value.value for value in entry.items]


def _as(item: Item, field: str) -> Item:
    """A value of a list as what the label before the list says: "highs: Denver 75, Boulder 77"."""
    value = item.value
    if isinstance(value, Quantity) and value.low is not None:
        item = item._replace(value=replace(value, low=None))
    return item._replace(field=field)


def _runs(items: Sequence[Item], page: str, labels: Mapping[int, int]) -> Iterator[list[_Entry]]:
    """Entries one behind the other that say the same of each place.

    The skies of regions may stand between towns: "Coast: fine.⏎⏎Hull 14/17⏎⏎Hills: fog.⏎⏎..."
    """
    run: list[_Entry] = []
    for entry in _entries(items, page, labels):
        if run and _is_town(run[-1]) and _is_region(entry.items):
            continue
        if run and _goes_on(run[-1], entry, items) and _are_alike(run[0], entry):
            run.append(entry)
            continue
        yield run
        run = [entry]
    yield run


def _goes_on(one: _Entry, two: _Entry, items: Sequence[Item]) -> bool:
    """Whether nothing stands between two entries but a value that one of them has too."""
    between = items[one.start + len(one.items) : two.start]
    regions = _is_town(one) and _is_town(two) and _is_region(between)
    return regions or (
        len(between) < 2 and all(_is_said(i, one) or _is_said(i, two) for i in between)
    )


def _is_town(entry: _Entry) -> bool:
    """Whether an entry tells how warm a place gets, on a line of its own: "Hull 14/17"."""
    return entry.items[0].kind is Kind.PAIR and entry.items[0].lines > 0


def _is_region(items: Sequence[Item]) -> bool:
    """Whether items tell the sky of what is named before them, and not how warm it is there."""
    sky = bool(items) and items[0].named and items[0].kind is Kind.CONDITION and items[0].lines > 0
    return sky and not any(item.key or {item.kind, item.field} & _WARM for item in items)


_WARM: Final = frozenset({*AIR, Kind.TEMPERATURE, Kind.PAIR})


def _are_alike(one: _Entry, two: _Entry) -> bool:
    """Whether two entries say the same, or below blank lines most of it."""
    first, second = _without_label(one), _without_label(two)
    if first == second:
        return True
    both = {*first} & {*second}
    apart = min(one.items[0].lines, two.items[0].lines) >= _BLANK
    return apart and len(both) >= _BOTH and len(both & ACCEPTS.keys()) >= _NAMED


_BLANK: Final = 2  # line breaks
_BOTH: Final = 3  # kinds of values that two places have, whatever else they lack
_NAMED: Final = 2  # of these by labels


def _without_label(entry: _Entry) -> tuple[str, ...]:
    """What an entry says: a label before the list is that of its first value only.

    "Rain" is a sky like those of other places, if it may be a label besides.
    """
    sky = Kind.CONDITION
    if _tells_both_ends(entry.items):
        return (Kind.PAIR,)  # "Leeds low 13, high 24, York 15 to 22"
    if entry.items[0].kind is Kind.PAIR and entry.items[0].field == "temperature":
        entry = entry._replace(items=(entry.items[0]._replace(field=""), *entry.items[1:]))
    codes = [str(sky if item.kind is sky else code_of(item)) for item in entry.items]
    codes = [code for code, _ in groupby(codes)] if codes[-1] == sky else codes  # "windy | rain"
    if len(codes) == 1 and codes[0] in AIR:
        return (Kind.TEMPERATURE,)
    return tuple(codes)


def _entries(items: Sequence[Item], page: str, labels: Mapping[int, int]) -> Iterator[_Entry]:
    """Values with a name before them, and those that follow without one."""
    at = 0
    while at < len(items):
        name, also = _name(items, at, page, labels)
        if not name:
            at += 1
            continue
        end = at + 1
        while end < len(items) and items[end].key is None and not items[end].words:
            apart = items[end].lines > 1 and not items[end].field
            if (apart and items[end].kind is not Kind.CONDITION) or items[end].kind is Kind.LABEL:
                break
            end += 1
        yield _Entry(name, at, tuple(items[at:end]), also)
        at = end


def _name(items: Sequence[Item], at: int, page: str, labels: Mapping[int, int]) -> tuple[str, str]:
    """The name right before a value, or before its label, and another one: "Elizabeth Min 10".

    "仙台と札幌は26℃".
    """
    item = items[at]
    if item.key is not None or not item.words or item.kind not in _VALUES:
        return "", ""
    end = item.span.start
    before = max(items[at - 1].span.end if at else 0, end - _LONGEST)
    stops = [stop for stop in range(before + 1, end + 1) if stop in labels]
    if stops and _BEHIND_LABEL.fullmatch(page, stops[-1], end):
        end = labels[stops[-1]]
    found = _name_before().search(page, before, end)
    words = found["name"].split() if found else []
    ends = bool(words) and not words[-1][0].islower()  # not "Manila will range from"
    whole = _NAME_OF_LINE.search(page, before, end) if item.lines else None
    behind = found and whole and whole.end(1) < found.start("name")  # "Haifa: from"
    if found and ends and len(words) <= item.words + 1 and not behind:
        return " ".join(words), found["also"] or ""
    return (whole[1], "") if whole and whole[1].count(" ") <= item.words else ("", "")


# A name that begins a line, and goes on in lower case or in brackets, or leads to a range: "Golan
# heights — 8 °C", "Haifa: from 8 to 12".
_NAME_OF_LINE: Final = re.compile(
    r"""
    (?<=\n)[ ]*
    ( [^\W\d_a-zа-яß-ÿ][^\W\d_]+ (?: [ -][^\W\d_]+ ){0,2} (?: [ ][(][^()\d\n]{2,20}[)] )? )
    [ ]* (?: [:—–-][ ]* (?: [^\W\d_]{1,4}[ ] )? )? \Z""",
    re.VERBOSE,
)
_VALUES: Final = frozenset({Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER, Kind.CONDITION})


def _tells_of_air(entry: _Entry) -> bool:
    """Whether an entry has the label of a temperature, or tells more than one temperature."""
    kinds = {item.kind for item in entry.items}
    labelled = any(item.field in AIR for item in entry.items)
    sky = Kind.CONDITION in kinds and not kinds.isdisjoint(_NUMBERS)
    return labelled or sky or Kind.PAIR in kinds


_NUMBERS: Final = frozenset({Kind.TEMPERATURE, Kind.NUMBER})
