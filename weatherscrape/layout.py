"""Items in, rows out: the layout that explains the window with the fewest irregular rows.

A widget is a repetition. Between two keys (days or hours) stand values, and somewhere between them
one row ends and the next begins. If the cut falls just before the key, rows open with their key; if
it falls just after, they close with it; if in between, the key stands inside its row. So a layout
is nothing but where the gaps are cut, and the best cuts, found by dynamic programming over the
gaps, make consecutive rows alike. Runs of keys followed by runs of as many values are columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise, takewhile, zip_longest
from typing import Final

from .accepts import ACCEPTS
from .cities import rows_of_lists
from .columns import columns_at, run_of_keys
from .cuts import best_cuts, code_of, distance, speaks
from .groups import Group, Item
from .model import AIR, DAILY, Key, Kind, PartialDate, Period, RelativeDay
from .titles import below

_BLOCK_WORDS: Final = 8  # so many words of another text between two items part two blocks
_TEXT_WORDS: Final = 16  # the same, between two paragraphs of running text
_CLIMATE_MONTHS: Final = 3
_TOLD_DAYS: Final = 2  # of a text that is about days
_NAMED_ALIKE: Final = 3  # columns with names that two places of a table share, whatever they lack
_BEGINNING: Final = 3  # values that two places have first, whatever is said behind
_PLACES_BARE: Final = 3  # places in a row that show a number without a unit to be a temperature


def blocks(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Stretches of items with little other text between them.

    Months without days are a climate table, and what stands in one is no forecast; but a text that
    tells of weekdays may name months.
    """
    months = [i for i, item in enumerate(items) if item.kind == "m"]
    if len(months) >= _CLIMATE_MONTHS:
        within = items[months[0] : months[-1] + 1]
        days = {item.key.weekday for item in within if item.key and item.place} - {None}
        if len(days) < _TOLD_DAYS:
            end = months[-1] + 1
            in_a_row = not any(items[at].lines for at in months[-2:])
            while in_a_row and end < len(items) and not (items[end].key or items[end].lines > 1):
                end += 1  # the lines of the table below its head
            items = [*items[: months[0]], *items[end:]]
    block: list[Item] = []
    skipped = 0
    for at, item in enumerate(items):
        if item.kind == "m" and item.key is None:
            skipped += item.words + 1
            continue
        if item.key and not item.key.facts:
            beside = [other.place for other in (*block[-1:], *items[at + 1 : at + 2])]
            if not any(place and place.paragraph == _paragraph(item) for place in beside):
                skipped += item.words + 1  # the season of another text
                continue
        if skipped:
            item, skipped = item._replace(words=item.words + skipped), 0
        if (
            item.words
            and block
            and _is_far(item, block)
            and not (_is_next(item, block) or _is_next_day(item, block))
        ):
            yield block
            block = []
        block.append(item)
    if block:
        yield block


def _paragraph(item: Item) -> int:
    return item.place.paragraph if item.place else -1


def _is_far(item: Item, block: Sequence[Item]) -> bool:
    """Whether so much other text stands before an item that it is not of the block above."""
    if item.words < min(_TEXT_WORDS, _BLOCK_WORDS // 2):
        return False  # as nearly always, before the block is looked at
    last = block[-1]
    if item.place and last.place:  # running text is of other words for the most part
        return item.place.paragraph != last.place.paragraph and item.words >= _TEXT_WORDS
    headed = last.key is not None and last.key.has_day and item.place is not None
    titled = item.key is None and any(other.opens for other in block if other.key)
    if titled and item.field in DAILY:
        return item.words >= _TEXT_WORDS  # "Rain near the coast.⏎⏎Lows of 8 to 11C."
    near = (
        item.lines < 2 or headed or titled or (last.kind is Kind.DIRECTION and _size(last) > _POINT)
    )
    return item.words >= (_BLOCK_WORDS if near else _BLOCK_WORDS // 2)


def _is_next(item: Item, block: Sequence[Item]) -> bool:
    """Whether a value is that of the next of several names, or of the first one below its day."""
    if not item.named or item.words >= _NAMES_END:
        return False
    keys = [other for other in block if other.kind is not Kind.LABEL]  # "Tuesday's weather"
    titled = all(other.key is not None and other.place is None for other in keys)
    return titled or any(other.named for other in block)


def _is_next_day(item: Item, block: Sequence[Item]) -> bool:
    """Whether a day that heads its line is the one behind the last day of a block.

    Or a part of today behind another part of it.
    """
    key = item.key
    if key is None or not (item.opens and item.lines) or item.words >= _REST_WORDS or item.in_text:
        return False
    heads = (other for other in reversed(block) if other.key and other.key.has_day)
    head = next(heads, None)
    if head is None or head.key is None or not head.opens:
        return False
    last = head.key
    if key.weekday and last.weekday:
        return (key.weekday.number - last.weekday.number) % _WEEK == 1
    return key.day is last.day is RelativeDay.TODAY and None is not key.period != last.period


_REST_WORDS: Final = 6  # of a sentence, behind its last value
_WEEK: Final = 7  # days
_NAMES_END: Final = 20  # words of another text behind the last name
_POINT: Final = 6  # characters of a bearing; "southerlies, strong at times" goes on


def _size(item: Item) -> int:
    return item.span.end - item.span.start


def group(block: Sequence[Item], day: Item | None = None) -> list[Group]:
    """Rows of a block, in the order of the page.

    `day`: of the last title above the block, if nothing but other text stands between.
    """
    if listed := rows_of_lists(block, day):
        rest = group([item for item in block if not item.entry], day)
        return sorted((*rest, *listed), key=_start)
    if day is not None:
        if several := _under_names([day, *block], [day]):
            return several
        return below(day, group(block))
    groups: list[Group] = []
    before: list[Item] = []
    if not any([item.box for item in block]):
        return _with_headers(_grouped(block))
    for table, part in groupby(block, key=lambda item: item.box and item.box[0]):
        items = list(part)
        boxed = _boxed(items) if table else []
        if not boxed:
            before += items
            continue
        head = [before.pop()] if before and before[-1].key else []  # the day, on top of its table
        groups += [*_grouped(before), *(Group(key, (), "key first") for key in head), *boxed]
        before = []
    return _with_headers(groups + _grouped(before))


def _start(row: Group) -> int:
    return min(item.span.start for item in (row.key, *row.values) if item)


def _boxed(items: Sequence[Item]) -> list[Group]:
    """Rows of a drawn table whose columns begin with their keys; none if it is another."""
    columns: dict[int, list[Item]] = {}
    for item in items:
        assert item.box
        columns.setdefault(item.box[1], []).append(item)
    if len(columns) < 2 or not all(
        column[0].key and not any(item.key for item in column[1:]) for column in columns.values()
    ):
        return []
    return [Group(key, tuple(values), "columns") for key, *values in columns.values()]


def _grouped(block: Sequence[Item]) -> list[Group]:
    """Rows of a block but for drawn tables."""
    rest, labels = _heads(_without_titles(block))
    groups: list[Group] = []
    at = start = 0
    while at < len(rest):
        end = run_of_keys(rest, at)
        columns = columns_at(rest, at, end) if end > at + 1 else None
        if columns is None:
            at = max(end, at + 1)
            continue
        groups += _stacked(rest[start:at], labels)
        groups += columns[1]
        at = start = columns[0]
    return groups + _stacked(rest[start:], labels)


def _without_titles(block: Sequence[Item]) -> list[Item]:
    """A block without "now" where it is part of a label that names no value: "Current air quality".

    What stands below it is of days.
    """
    out: list[Item] = []
    for at, item in enumerate(block):
        if item.key is not None and item.key.period is Period.NOW:
            behind = list(takewhile(lambda other: other.kind is Kind.LABEL, block[at + 1 :]))
            after = block[at + 1 + len(behind)] if at + 1 + len(behind) < len(block) else None
            titles = behind and not (behind[0].lines or behind[0].words)
            if titles and after is not None and after.key is not None and after.lines:
                continue
        out.append(item)
    return out


def _heads(block: Sequence[Item]) -> tuple[list[Item], list[tuple[int, tuple[Item, ...]]]]:
    """The block without its table heads, and the heads with the place that each stands before.

    A head is a run of labels that name no value of their own. A single free label stays: in columns
    it names the run of values that follows.
    """
    rest: list[Item] = []
    heads: list[tuple[int, tuple[Item, ...]]] = []
    run: list[Item] = []
    if not any([item.kind == "l" for item in block]):
        return list(block), heads
    for item in [*block, None]:
        if item is not None and item.kind is Kind.LABEL and item.words == 0:
            run.append(item)
            continue
        if len(run) >= 2:
            start = item.span.start if item else run[-1].span.end
            heads.append((start, tuple(run)))
            if item is not None:
                lines = max(label.lines for label in (*run, item))
                item = item._replace(lines=max(item.lines, lines))
        else:
            rest += run
        run = []
        if item is not None:
            if item.kind is Kind.LABEL:
                run.append(item)
            else:
                rest.append(item)
    return rest, heads


def _with_headers(groups: list[Group]) -> list[Group]:
    """A day holds for the parts of it below it; without values of its own, for hours too."""
    groups = _with_instruments(_with_time_below(groups))
    out: list[Group] = []
    header: Key | None = None
    header_at: Item | None = None
    empty = False
    header_row = 0
    dates: dict[object, PartialDate | None] = {}
    for row, after in zip_longest(groups, groups[1:]):
        row = _below_title(_dated(row, dates), out[-1] if out else None)
        key = row.key.key if row.key else None
        if key is None:
            header = (
                header if all(item.kind == "n" and not item.field for item in row.values) else None
            )
        elif not key.facts:
            header = None  # of a time that no row has
            continue
        elif key.day is RelativeDay.YESTERDAY and not row.values and header is not None:
            continue  # of the past, below the title of a forecast
        elif key.has_day:
            alone = not out or not _is_day(out[-1])  # "Today 21° 11°", and then its hours
            header_at = row.key
            header = key
            empty = not row.values or key.clock is not None or key.period is not None or alone
        elif (
            header is not None
            and header.day != "yesterday"
            and (empty or _is_part(key))
            and key.period != "now"
            and not _leads_to_a_day(row.key, after.key if after else None, header_at)
        ):
            if key.clock is not None and out and header_row < len(out):
                out[header_row], row = _with_extremes(out[header_row], row)
            elif out and header_row < len(out):
                out[header_row], row = _with_chance(out[header_row], row)
            row = row._replace(header=header._replace(period=None, clock=None))
        if key is not None and key.has_day:
            header_row = len(out)
        out.append(row)
    return out


def _with_time_below(groups: list[Group]) -> list[Group]:
    """A reading with its time and its sky, where these are the lines below its numbers.

    "14 °C⏎Humidity: 87%⏎Leeds⏎Thursday 5:00 PM⏎Cloudy", and then the days.
    """
    if len(groups) < _READING:
        return groups
    reading, time = groups[:_READING]
    now = reading.key and reading.key.key
    codes = [code_of(item) for item in reading.values]
    clock = time.key.key.clock if time.key and time.key.key else None
    kinds = [item.kind for item in time.values]
    told = kinds[:1] == [Kind.CONDITION] and _WARM.isdisjoint(kinds)
    if clock is None or clock.end is not None or not told:
        return groups
    if (now and now.period is not Period.NOW) or "C" in codes or "T" not in codes:
        return groups
    return [time._replace(values=(*reading.values, *time.values)), *groups[_READING:]]


_READING: Final = 2  # groups: its numbers, and its time
_WARM: Final = frozenset({Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER})


def _with_instruments(groups: list[Group]) -> list[Group]:
    """A reading with what instruments say below a title: "27 °C⏎Rain⏎Today's highlights⏎..."."""
    out: list[Group] = []
    joined = False  # the row before is one of instruments, and joined
    for row in groups:
        codes = {code_of(item) for item in row.values}
        key = row.key.key if row.key else None
        titled = key is not None and key.day is RelativeDay.TODAY and not (key.period or key.clock)
        said = {code_of(item) for item in out[-1].values} if out else set()
        joined = (titled and len(codes) > 1) or (joined and key is None)
        joined = joined and codes <= _INSTRUMENTS and "T" in said and not said & codes
        if joined:
            out[-1] = out[-1]._replace(values=(*out[-1].values, *row.values))
        else:
            out.append(row)
    return out


_INSTRUMENTS: Final = frozenset(
    {
        Kind.SPEED,
        Kind.DIRECTION,
        Kind.PRESSURE,
        "relative_humidity",
        "wind_speed",
        "wind_gusts",
        "wind_direction",
        "pressure",
        "visibility",
        "uv_index",
        "dew_point",
        "cloud_cover",
        "sunrise",
        "sunset",
    }
)


def _with_extremes(day: Group, hours: Group) -> tuple[Group, Group]:
    """A day and hours of it, with the highs and lows on lines below the hours with the day."""
    moved = tuple(item for item in hours.values if item.field in DAILY and item.lines)
    if not moved or len(moved) == len(hours.values):
        return day, hours
    rest = tuple(item for item in hours.values if item not in moved)
    return _with_more(day, moved), hours._replace(values=rest)


def _with_chance(day: Group, part: Group) -> tuple[Group, Group]:
    """A day and a part of it, with the percentage below the line of the part with the day.

    "Today⏎44°⏎Rain⏎Night: Cloudy⏎68%": the night has its line only.
    """
    *said, last = part.values or (None,)
    if last is None or last.kind is not Kind.PERCENT or last.field or last.lines != 1:
        return day, part
    opens = part.key is not None and part.key.opens and said and not said[0].lines
    if not opens or Kind.PERCENT in map(code_of, (*day.values, *said)):
        return day, part
    return _with_more(day, [last]), part._replace(values=tuple(said))


def _with_more(day: Group, values: Sequence[Item]) -> Group:
    """A day with values that stand behind a row of it: the two are read side by side."""
    return day._replace(values=(*day.values, *values), layout="columns")


def _dated(row: Group, dates: dict[object, PartialDate | None]) -> Group:
    """A row below a title that says which day that is: "Weather for today, 13 December".

    Or the hours of a weekday: "Monday - 17 March⏎Monday 15:00". `dates` are of the titles so far.
    """
    item = row.key
    key = item.key if item else None
    if item is None or key is None:
        return row
    day: object = key.day or (key.weekday if key.date or key.clock or not row.values else None)
    if key.date or (key.day and key.weekday):
        if key.day is None or not row.values:
            dates[day] = key.date
        return row
    if day is None or day not in dates:
        return row
    return row._replace(key=item._replace(key=key._replace(date=dates[day])))


def _below_title(row: Group, title: Group | None) -> Group:
    """A row of today right below a title that says which day that is: "Weather on Friday⏎Today"."""
    item, above = row.key, title.key if title else None
    if item is None or item.key is None or above is None or above.key is None:
        return row
    alone = title is not None and not title.values and not above.key.clock
    if not (alone and item.lines and not item.words):
        return row
    return row._replace(key=_dated_by(above, item))


def _leads_to_a_day(item: Item | None, after: Item | None, header: Item | None) -> bool:
    """Whether a part of a day begins a paragraph that names its day later: "At night cloudy.

    On Saturday sunny." It is not of the day of another paragraph.
    """
    if not (item and after and item.place and after.place and after.key and after.key.has_day):
        return False
    here = item.place.paragraph == after.place.paragraph
    return here and header is not None and _paragraph(header) != item.place.paragraph


def _is_day(row: Group) -> bool:
    """Whether a row is about a day, and not about hours or parts of it."""
    key = row.key.key if row.key else None
    return key is not None and key.has_day and key.clock is None


def _is_part(key: Key) -> bool:
    """Whether a key is a part of a day: its morning, or some hours."""
    return key.clock is None or key.clock.end is not None


# --- rows that stand one after the other ---------------------------------------------------------


def _stacked(items: Sequence[Item], heads: Sequence[tuple[int, tuple[Item, ...]]]) -> list[Group]:
    if any([item.kind == "l" for item in items]):
        items = list(_without_labels(items))
    if not items:
        return []
    keys = [item for item in items if item.key is not None]
    if not keys:
        return [_headed(row, heads) for row in _by_place(items)]
    if several := _under_names(items, keys) or _in_paragraphs(items, keys):
        return [_headed(row, heads) for row in several]
    if at := _below_text(items, keys):
        return [*_stacked(items[:at], heads), *_stacked(items[at:], heads)]
    gaps: list[list[Item]] = [[]]
    for item in items:
        if item.key is not None:
            gaps.append([])
        else:
            gaps[-1].append(item)
    if len(keys) > 1 and _heads_places(gaps[-1]):
        last = items.index(keys[-1])
        head = _dated_by(keys[-2], keys[-1]) if not gaps[-2] else keys[-1]
        return [*_stacked(items[:last], heads), *_stacked([head, *items[last + 1 :]], heads)]
    if not gaps[0] and (stacked := _below_days(keys, gaps[1:])):
        return [_headed(row, heads) for row in stacked]
    cuts = best_cuts(keys, gaps)
    groups: list[Group] = []
    own = [(gaps[i][cuts[i].pre :], gaps[i + 1][: cuts[i + 1].post]) for i in range(len(keys))]
    for i, (gap, cut) in enumerate(zip(gaps, cuts, strict=True)):
        if i:
            pre, post = _shared(keys, own, i - 1)
            name = "key inside" if pre and post else "key last" if pre else "key first"
            groups.append(Group(keys[i - 1], (*pre, *post), name))
        middle = gap[cut.post : cut.pre]
        if middle and not any(item.place for item in middle):
            groups.append(Group(None, tuple(middle), "no key"))
    return [_headed(row, heads) for row in groups] if heads else groups


def _dated_by(title: Item, item: Item) -> Item:
    """Today with the day of a title: "Forecast for Saturday, October 30⏎City; Today's high"."""
    above, key = title.key, item.key
    if above is None or key is None or key.day is not RelativeDay.TODAY or above.day is not None:
        return item
    if key.weekday or key.date:
        return item
    return item._replace(key=key._replace(weekday=above.weekday, date=above.date))


def _below_text(items: Sequence[Item], keys: Sequence[Item]) -> int:
    """Where a day heads a list of places below a text about days; 0 if none does."""
    if keys[0].place is None:
        return 0
    headings = [key for key in keys if key.place is None and key.lines]
    at = items.index(headings[0]) if headings else 0
    return at if at and _under_names(items[at:], headings) else 0


def _below_days(keys: Sequence[Item], gaps: Sequence[Sequence[Item]]) -> list[Group]:
    """Lists of places, each below its day: "Friday 13.3⏎Haifa 19°⏎Eilat 26°"; none for others.

    `gaps`: what stands behind each key, if anything.
    """
    rows: list[Group] = []
    if any(not (gap or key.lines or key.words) for gap, key in zip(gaps, keys[1:], strict=False)):
        return []  # "Fri Sat Sun" on one line are heads of columns, or links
    for key, gap in zip(keys, gaps, strict=True):
        places = _places(gap)
        alone = len(keys) == 1 or (key.key and key.key.has_day and gap and gap[0].lines)
        if gap and not (places and alone):
            return []
        rows += [Group(None, part, "no key", header=key.key) for part in places]
    return rows


def _shared(
    keys: Sequence[Item], own: Sequence[tuple[Sequence[Item], Sequence[Item]]], at: int
) -> tuple[Sequence[Item], Sequence[Item]]:
    """The values before a key and behind it, with those of the day that is named with it.

    "Sunny on Saturday and Sunday with highs near 70" says both of both.
    """
    pre, post = own[at]
    if at and not pre and not own[at - 1][1] and _are_one(keys[at - 1], keys[at]):
        pre = own[at - 1][0]
    after = at + 1
    if after < len(keys) and not post and not own[after][0] and _are_one(keys[at], keys[after]):
        post = own[after][1]
    return pre, post


def _are_one(key: Item, following: Item) -> bool:
    """Whether nothing but "and" stands between two days of a sentence."""
    days = [item.key for item in (key, following) if item.key and item.key.weekday]
    joined = key.place == following.place and following.words == 0
    joined = joined and (key.place is not None or (following.also == "and" and not following.lines))
    return joined and len(days) == 2 and days[0].weekday != days[1].weekday


def _under_names(items: Sequence[Item], keys: Sequence[Item]) -> list[Group]:
    """What is said of several places, each behind its name, on a day that stands once on top.

    "Today, Tuesday:⏎Coast: cloudy. West wind.⏎Hills: fog in the morning." A part of the day within
    says when of it. There may be the same of the next day.
    """
    if not any([item.named for item in items]):
        return []
    top = items.index(keys[0])
    if (top and keys[0].lines < 2) or not (keys[0].key and keys[0].key.has_day):
        return []
    groups = _by_place(items[:top]) if top else []
    several = False
    for day in _from_each(items[top:], lambda item: bool(item.key and item.key.has_day)):
        if any(item.opens for item in day[1:]):
            return []
        values = [item for item in day if item.key is None]
        if not values:
            continue
        parts = list(_from_each(values, lambda item: item.named))
        first = next((i for i, part in enumerate(parts) if any(map(_is_weather, part))), None)
        if first is None:
            return []
        parts = parts[first:]  # behind what stands above, "Warnings: 1. None"
        if not any(map(_is_weather, parts[-1])):
            parts.pop()  # of what stands below
        if not parts[0][0].named or not all(any(map(_is_weather, part)) for part in parts):
            return []
        several = several or len(parts) > 1
        for named, *rest in parts:
            told = tuple(_without_labels([named._replace(words=0), *rest]))
            groups.append(Group(None, told, "no key", header=day[0].key))
    return groups if several else []


def _in_paragraphs(items: Sequence[Item], keys: Sequence[Item]) -> list[Group]:
    """What a text says of several places, a paragraph each that names it, below one day.

    "Forecast for Wednesday⏎⏎Delhi will have light rain. The minimum will be 26 degrees ..."
    """
    head, *values = items
    if len(keys) != 1 or head is not keys[0] or not (head.key and head.key.has_day):
        return []
    parts = [tuple(part) for _, part in groupby(values, key=_paragraph)]
    if len(parts) < 2 or _paragraph(head) == _paragraph(values[0]):
        return []
    said = [{Kind.TEMPERATURE if i.field in AIR else i.kind for i in part} for part in parts]
    alike = all(len(one & two) >= _SAID_ALIKE for one, two in pairwise(said))
    if not alike or not all(part[0].place and part[0].words for part in parts):
        return []
    first = (part[0]._replace(words=0) for part in parts)
    rows = zip(first, parts, strict=True)
    return [Group(None, (one, *part[1:]), "no key", header=head.key) for one, part in rows]


_SAID_ALIKE: Final = 2  # kinds of values that the texts of two places have in common


def _is_weather(item: Item) -> bool:
    """Whether an item is a sky or a temperature."""
    return item.kind in _WEATHER or (item.field in DAILY and item.kind is not Kind.LABEL)


_WEATHER: Final = frozenset({Kind.CONDITION, Kind.TEMPERATURE, Kind.PAIR})


def _from_each(items: Sequence[Item], begins: Callable[[Item], bool]) -> Iterator[list[Item]]:
    """Stretches of items, each from one that begins it up to the next such one."""
    starts = [i for i, item in enumerate(items) if begins(item) or i == 0]
    for start, end in zip(starts, [*starts[1:], len(items)], strict=True):
        yield list(items[start:end])


def _heads_places(gap: Sequence[Item]) -> bool:
    """Whether what stands behind the last key is of several places: "Around the country today"."""
    named = bool(gap) and gap[0].words > 0 and gap[0].lines > 0
    return named and len(_places(gap)) >= _PLACES_BARE


def _without_labels(items: Sequence[Item]) -> Iterator[Item]:
    """Items but the free labels; what stands on a label's line begins that line."""
    lines = 0
    named = False
    for item in items:
        if item.kind is Kind.LABEL:
            lines = max(lines, item.lines)
            named = named or item.named
        else:
            if lines:
                item = item._replace(lines=max(lines, item.lines), named=named or item.named)
            yield item
            lines, named = 0, False


def _by_place(items: Sequence[Item]) -> list[Group]:
    """Readings of several places, or else one reading of one."""
    parts = _places(items) or _from_the_same(items) or [tuple(items)]
    return [Group(None, part, "no key") for part in parts]


def _from_the_same(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Readings that each begin with the same label, behind a name: none if one is all there is.

    "Osaka⏎Temperature: 28 °C⏎Sky: clear⏎Note: ...⏎Dublin⏎Temperature: 21 °C⏎Sky: ..."
    """
    first = items[0].field
    starts = [
        i for i, item in enumerate(items) if item.field == first and item.words and item.lines
    ]
    if not first or len(starts) < _READINGS or starts[0] != 0:
        return []
    parts = [tuple(items[a:b]) for a, b in zip(starts, [*starts[1:], len(items)], strict=True)]
    if not all(speaks(list(map(code_of, part))) for part in parts):
        return []
    return [(part[0]._replace(words=0), *part[1:]) for part in parts]


_READINGS: Final = 2


def _places(items: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Readings of two places or more, each behind the words that name it: none if there are not.

    "London 12° cloudy⏎Paris 15° sunny" is no row of two conditions.
    """
    starts = [i for i, item in enumerate(items) if item.words]
    lines = [i for i in starts if items[i].lines or i == 0]
    starts = lines if len(lines) > 1 else starts
    if len(starts) < 2 or starts[0] != 0:
        return []
    parts = [tuple(items[a:b]) for a, b in zip(starts, [*starts[1:], len(items)], strict=True)]
    parts = [part for part in parts if any(item.kind is not Kind.MISSING for item in part)]
    shapes = [tuple(map(code_of, part)) for part in parts]
    while len(parts) > _PLACES_BARE and not _are_alike(shapes[0], shapes[-1]):
        parts.pop()  # of another text below
        shapes.pop()
    bare = len(parts) >= _PLACES_BARE
    alike = all(_are_alike(one, two) for one, two in pairwise(shapes))
    if not alike or not all(speaks(shape, bare) for shape in shapes):
        return []
    return [(part[0]._replace(words=0), *part[1:]) for part in parts]


def _are_alike(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether two places, as the codes of their values, have the same values or nearly so."""
    return (
        distance(one, two) <= 1
        or (len(one) >= _BEGINNING and one[:_BEGINNING] == two[:_BEGINNING])
        or len(set(one) & set(two) & ACCEPTS.keys()) >= _NAMED_ALIKE
    )


def _headed(row: Group, heads: Sequence[tuple[int, tuple[Item, ...]]]) -> Group:
    if not heads or not row.values:
        return row
    start = row.values[0].span.start
    if row.key is not None:
        start = min(start, row.key.span.start)
    above = bisect_right(heads, start, key=lambda head: head[0])
    return row._replace(labels=heads[above - 1][1]) if above else row
