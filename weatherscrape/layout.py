"""Items in, rows out: the layout that explains the window with the fewest irregular rows.

A widget is a repetition. Between two keys (days or hours) stand values, and somewhere between them
one row ends and the next begins. If the cut falls just before the key, rows open with their key; if
it falls just after, they close with it; if in between, the key stands inside its row. So a layout
is nothing but where the gaps are cut, and the best cuts, found by dynamic programming over the
gaps, make consecutive rows alike. Runs of keys followed by runs of as many values are columns.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise, zip_longest
from typing import Final, NamedTuple

from .items import Item
from .labels import ACCEPTS
from .model import Key, Kind, Quantity

_BLOCK_WORDS: Final = 8  # so many words of another text between two items part two blocks
_TEXT_WORDS: Final = 16  # the same, between two paragraphs of running text
_CLIMATE_MONTHS: Final = 3
_NAMED_ALIKE: Final = 3  # columns with names that two places of a table share, whatever they lack
_BEGINNING: Final = 3  # values that two places have first, whatever is said behind
_PLACES_BARE: Final = 3  # places in a row that show a number without a unit to be a temperature
_MOST_VALUES: Final = 16  # of a row on one side of its key
# Costs, in the bits by which a reading must be likelier to be preferred.
_LEFT_OUT: Final = 0.8  # a value between rows that belongs to neither
_EMPTY_ROW: Final = 2.0  # a key without values
_LOOSE_KEY: Final = 0.5  # the same, but set apart from the row before
_CUT_IN_LINE: Final = 2.0
_CUT_AT_LINE: Final = 0.4
_CUT_INSIDE_GAP: Final = 0.5  # rows that neither open nor close with their key
_CUT_AFTER_KEY: Final = 0.3  # rows that close with their key
_PER_WORD: Final = 0.3  # other words between two values of a row
_OPENS: Final = 1.5  # values before a key with a colon behind it
_TURN: Final = 0.3  # rows that begin to be cut in another manner
_CONFLICT: Final = 2.0  # two values where a row has room for one


class Group(NamedTuple):
    """The items of one row, not yet named: its key, its values, and the layout that they stand in.

    `labels` is the head of the table that the row stands in, if there is one.
    """

    key: Item | None
    values: tuple[Item, ...]
    layout: str
    labels: tuple[Item, ...] = ()
    header: Key | None = None


def blocks(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Stretches of items with little other text between them.

    Months without days are a climate table, and what stands in one is no forecast.
    """
    months = [i for i, item in enumerate(items) if item.kind == "m"]
    if len(months) >= _CLIMATE_MONTHS:
        items = [*items[: months[0]], *items[months[-1] + 1 :]]
    block: list[Item] = []
    skipped = 0
    for at, item in enumerate(items):
        if item.kind == "m" and item.key is None:
            continue
        if item.key and not item.key.facts:
            beside = [other.place for other in (*block[-1:], *items[at + 1 : at + 2])]
            if not any(place and place.paragraph == _paragraph(item) for place in beside):
                skipped += item.words + 1  # the season of another text
                continue
        if skipped:
            item, skipped = item._replace(words=item.words + skipped), 0
        if item.words and block and _is_far(item, block[-1]):
            yield block
            block = []
        block.append(item)
    if block:
        yield block


def _paragraph(item: Item) -> int:
    return item.place.paragraph if item.place else -1


def _is_far(item: Item, last: Item) -> bool:
    """Whether so much other text stands between two items that they are not of one block."""
    if item.place and last.place:  # running text is of other words for the most part
        return item.place.paragraph != last.place.paragraph and item.words >= _TEXT_WORDS
    near = item.lines < 2 or (last.kind is Kind.DIRECTION and _size(last) > _POINT)
    return item.words >= (_BLOCK_WORDS if near else _BLOCK_WORDS // 2)


_POINT: Final = 6  # characters of a bearing; "southerlies, strong at times" goes on


def _size(item: Item) -> int:
    return item.span.end - item.span.start


def group(block: Sequence[Item]) -> list[Group]:
    """Rows of a block, in the order of the page."""
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
    rest, labels = _heads(block)
    groups: list[Group] = []
    at = start = 0
    while at < len(rest):
        end = _run_of_keys(rest, at)
        columns = _columns(rest, at, end) if end > at + 1 else None
        if columns is None:
            at = max(end, at + 1)
            continue
        groups += _stacked(rest[start:at], labels)
        groups += columns[1]
        at = start = columns[0]
    return groups + _stacked(rest[start:], labels)


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
    out: list[Group] = []
    header: Key | None = None
    header_at: Item | None = None
    empty = False
    header_row = 0
    dates: dict[str, Key] = {}
    for row, after in zip_longest(groups, groups[1:]):
        row = _dated(row, dates)
        key = row.key.key if row.key else None
        if key is None:
            header = None
        elif not key.facts:
            header = None  # of a time that no row has
            continue
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
            row = row._replace(header=header._replace(period=None, clock=None))
        if key is not None and key.has_day:
            header_row = len(out)
        out.append(row)
    return out


_EXTREMES: Final = frozenset({"temperature_max", "temperature_min"})


def _with_extremes(day: Group, hours: Group) -> tuple[Group, Group]:
    """A day and hours of it, with the highs and lows on lines below the hours with the day."""
    moved = tuple(item for item in hours.values if item.field in _EXTREMES and item.lines)
    if not moved or len(moved) == len(hours.values):
        return day, hours
    rest = tuple(item for item in hours.values if item not in moved)
    return day._replace(values=(*day.values, *moved)), hours._replace(values=rest)


def _dated(row: Group, dates: dict[str, Key]) -> Group:
    """A row of "today" below a title that says which day that is: "Weather for today, 13 December".

    `dates` are the titles so far.
    """
    item = row.key
    key = item.key if item else None
    if item is None or key is None or key.day is None:
        return row
    if key.date or key.weekday:
        if not row.values:
            dates[key.day] = key
        return row
    title = dates.get(key.day)
    if title is None:
        return row
    return row._replace(key=item._replace(key=key._replace(date=title.date)))


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


# --- columns -------------------------------------------------------------------------------------


def _run_of_keys(items: Sequence[Item], at: int) -> int:
    """Where the keys end that stand together from `at` on."""
    end = at
    while end < len(items) and items[end].key is not None and (end == at or items[end].words == 0):
        end += 1
    return end


def _columns(items: Sequence[Item], at: int, end: int) -> tuple[int, list[Group]] | None:
    """Keys in a run and as many values of each kind behind it: (where it ends, the rows)."""
    if items[at].place:
        return None  # "Tuesday and Wednesday" of a sentence
    for keys in _heads_of_columns(items[at:end]):
        n = len(keys)
        after, runs = _runs(items, end, n)
        whole = after == len(items) or items[after].key is not None
        if len(runs) >= (1 if n > 2 or whole else 2):
            rows = [Group(keys[i], tuple(run[i] for run in runs), "columns") for i in range(n)]
            return after, rows
    return None


def _heads_of_columns(keys: Sequence[Item]) -> Iterator[list[Item]]:
    """Readings of a run of keys: one a column, or days and then the dates or hours below them.

    Below each of k days may stand as many hours or parts of the day.
    """
    yield list(keys)
    k = next((i for i, key in enumerate(keys) if key.kind is not keys[0].kind), len(keys))
    below = keys[k:]
    if len(below) > 1 and len(below) % k == 0:
        each = len(below) // k
        both = [joint(keys[i // each], key) for i, key in enumerate(below)]
        if all(both):
            yield [key for key in both if key]


def joint(above: Item, below: Item) -> Item | None:
    """Both keys as one, if they say different things."""
    one, two = above.key, below.key
    assert one and two
    facts = {name: getattr(two, name) for name in _FACTS if getattr(two, name) is not None}
    if any(getattr(one, name) is not None for name in facts):
        return None
    return above._replace(span=two.span, key=one._replace(span=two.span, **facts))


_FACTS: Final = ("weekday", "date", "day", "period", "clock")


def _runs(items: Sequence[Item], at: int, n: int) -> tuple[int, list[tuple[Item, ...]]]:
    """Runs of n values of one kind from `at` on. A label before a run names all of it."""
    runs: list[tuple[Item, ...]] = []
    while True:
        label = items[at] if at < len(items) and items[at].kind == "l" else None
        start = at + (label is not None)
        double = items[start : start + 2 * n]
        run = double[:n]
        if len(run) < n or any(i.words for i in run[1:]) or any(i.key for i in run):
            return at, runs
        pairs = len(double) == 2 * n and are_alike(double[0::2]) and are_alike(double[1::2])
        if pairs and (not are_alike(run) or (are_alike(double) and _interleaved(double))):
            runs += [named(double[0::2], label), named(double[1::2], None)]
            at = start + 2 * n
        elif are_alike(run):
            runs.append(named(run, label))
            at = start + n
        else:
            return at, runs


def named(run: Sequence[Item], label: Item | None) -> tuple[Item, ...]:
    """A run with the label and the unit that stand once, before it or with its first value."""
    first = run[0].value
    field = label.field if label else run[0].field
    unit = first.unit if isinstance(first, Quantity) else None
    if label is not None and isinstance(label.value, str):
        unit = label.value
    if not field or any(item.field for item in run[1:]):
        return tuple(run)
    return tuple(item._replace(field=field, value=_in_unit(item.value, unit)) for item in run)


def _in_unit(value: object, unit: str | None) -> object:
    if isinstance(value, Quantity) and value.unit is None:
        return replace(value, unit=unit)
    return value


def are_alike(run: Sequence[Item]) -> bool:
    """Whether values are of one kind, but for those that are missing."""
    kinds = {item.kind for item in run} - {Kind.MISSING}
    return len(kinds) == 1 or kinds == {Kind.NUMBER, Kind.TEMPERATURE}


def _interleaved(run: Sequence[Item]) -> bool:
    """Whether 2n temperatures are n pairs of high and low, not n highs and then n lows."""
    numbers = [item.value.value for item in run if isinstance(item.value, Quantity)]
    if any(item.field for item in run):
        return False
    if len(numbers) != len(run) or run[0].kind not in (Kind.TEMPERATURE, Kind.NUMBER):
        return False
    n = len(run) // 2
    pairs = all(a >= b for a, b in zip(numbers[0::2], numbers[1::2], strict=True))
    halves = all(a >= b for a, b in zip(numbers[:n], numbers[n:], strict=True))
    return pairs and not halves


# --- rows that stand one after the other ---------------------------------------------------------


class _Cut(NamedTuple):
    """A gap's values up to `post` belong to the key before it, from `pre` to the one after."""

    post: int
    pre: int


def _stacked(items: Sequence[Item], heads: Sequence[tuple[int, tuple[Item, ...]]]) -> list[Group]:
    if any([item.kind == "l" for item in items]):
        items = list(_without_labels(items))
    if not items:
        return []
    keys = [item for item in items if item.key is not None]
    if not keys:
        return [_headed(row, heads) for row in _by_place(items)]
    if several := _under_names(items, keys):
        return [_headed(row, heads) for row in several]
    gaps: list[list[Item]] = [[]]
    for item in items:
        if item.key is not None:
            gaps.append([])
        else:
            gaps[-1].append(item)
    if len(keys) > 1 and _heads_places(gaps[-1]):
        last = items.index(keys[-1])
        return [*_stacked(items[:last], heads), *_stacked(items[last:], heads)]
    if len(keys) == 1 and not gaps[0] and (places := _places(gaps[1])):
        shared = [Group(None, part, "no key", header=keys[0].key) for part in places]
        return [_headed(row, heads) for row in shared]
    cuts = _best_cuts(keys, gaps)
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
    joined = key.place is not None and key.place == following.place and following.words == 0
    return joined and len(days) == 2 and days[0].weekday != days[1].weekday


def _under_names(items: Sequence[Item], keys: Sequence[Item]) -> list[Group]:
    """What is said of several places, each behind its name, on the day that stands once on top.

    "Today, Tuesday:⏎Coast: cloudy. West wind.⏎Hills: fog in the morning." A part of the day within
    says when of it.
    """
    if not any([item.named for item in items]):
        return []
    days = [item for item in keys if item.key and item.key.has_day]
    top = items.index(keys[0])
    if days != keys[:1] or (top and keys[0].lines < 2) or any(key.opens for key in keys[1:]):
        return []
    values = [item for item in items[top:] if item.key is None]
    starts = [i for i, item in enumerate(values) if item.named]
    if len(starts) < 2 or starts[0] != 0:
        return []
    ends = [*starts[1:], len(values)]
    parts = [tuple(values[a:b]) for a, b in zip(starts, ends, strict=True)]
    header = keys[0].key
    return [
        *(_by_place(items[:top]) if top else ()),
        *(
            Group(None, (part[0]._replace(words=0), *part[1:]), "no key", header=header)
            for part in parts
        ),
    ]


def _heads_places(gap: Sequence[Item]) -> bool:
    """Whether what stands behind the last key is of several places: "Around the country today"."""
    named = bool(gap) and gap[0].words > 0 and gap[0].lines > 0
    return named and len(_places(gap)) >= _PLACES_BARE


def _without_labels(items: Sequence[Item]) -> Iterator[Item]:
    """Items but the free labels; what stands on a label's line begins that line."""
    lines = 0
    for item in items:
        if item.kind is Kind.LABEL:
            lines = max(lines, item.lines)
        else:
            yield item._replace(lines=max(lines, item.lines)) if lines else item
            lines = 0


def _by_place(items: Sequence[Item]) -> list[Group]:
    """Readings of several places, or else one reading of one."""
    return [Group(None, part, "no key") for part in _places(items) or [tuple(items)]]


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
    shapes = [tuple(map(_code, part)) for part in parts]
    alike = all(
        _distance(one, two) <= 1
        or (len(one) >= _BEGINNING and one[:_BEGINNING] == two[:_BEGINNING])
        or len(set(one) & set(two) & ACCEPTS.keys()) >= _NAMED_ALIKE
        for one, two in pairwise(shapes)
    )
    bare = len(parts) >= _PLACES_BARE
    if not alike or not all(_speaks(shape, bare) for shape in shapes):
        return []
    return [(part[0]._replace(words=0), *part[1:]) for part in parts]


def _headed(row: Group, heads: Sequence[tuple[int, tuple[Item, ...]]]) -> Group:
    if not heads or not row.values:
        return row
    start = row.values[0].span.start
    if row.key is not None:
        start = min(start, row.key.span.start)
    above = bisect_right(heads, start, key=lambda head: head[0])
    return row._replace(labels=heads[above - 1][1]) if above else row


class _Value(NamedTuple):
    """What a layout depends on of a value: its kind and what stands before it, if not too far."""

    code: str
    lines: int
    words: int
    in_text: bool


_Seen = tuple[tuple[str, int, int, bool], ...]  # the fields of some :class:`_Value`


class _Key(NamedTuple):
    """What a layout depends on of a key."""

    type: str
    lines: int
    words: bool
    opens: bool


class _Gap:
    """The values between two keys, as far as the layout depends on them, and where to cut them.

    A widget repeats itself, so that most of its gaps are one and the same object.
    """

    __slots__ = ("codes", "cuts", "values")

    def __init__(self, values: tuple[_Value, ...], cuts: tuple[_Cut, ...], bare: bool) -> None:
        self.values, self.cuts = values, cuts
        codes = [value.code for value in values]
        self.codes = tuple([_BARE if code == "n" else code for code in codes] if bare else codes)


class _Between:
    """What the rows between the cuts of two gaps cost, whatever their values are.

    It is found when it is asked for: most pairs of cuts are out of the question.
    """

    __slots__ = ("alike", "before", "found", "gap", "goes_on", "key")

    def __init__(
        self, before: _Gap, gap: _Gap, ahead: _Key | None, key: _Key, following: _Key | None
    ) -> None:
        self.before, self.gap, self.key = before, gap, key
        self.alike = _weight(ahead, key) if ahead else 0.0
        self.goes_on = _weight(key, following) if following else 0.0
        self.found: dict[int, _Costs] = {}

    def costs(self, place: int, number: int) -> _Costs:
        """Costs of the row between two cuts, and of what parts it from its neighbours."""
        before, gap = self.before, self.gap
        last, cut = before.cuts[place], gap.cuts[number]
        last_post, last_pre = before.codes[: last.post], before.codes[last.pre :]
        post, pre = gap.codes[: cut.post], gap.codes[cut.pre :]
        row = before.values[last.pre :] + gap.values[: cut.post]
        alike = goes_on = turn = 0.0
        if self.alike and (gap.codes or last_pre):
            alike = self.alike * _distance(last_post, post)
        if self.goes_on:
            goes_on = self.goes_on * _distance(last_pre, pre)
            turn = _TURN if _turns(last, len(before.codes), cut, len(gap.codes)) else 0.0
        crowded = bool(_crowded(last_pre + post))
        alone = _row_cost(self.key, row, len(last_pre))
        found = _Costs(alone, alike, goes_on, turn, crowded)
        self.found[number * len(before.cuts) + place] = found
        return found


class _Costs(NamedTuple):
    """Of a row by itself, beside the row before, and of how it goes on.

    `crowded`: it has more values of a kind than a row has room for, if they are different.
    """

    alone: float
    alike: float
    goes_on: float
    turn: float
    crowded: bool


def _best_cuts(keys: Sequence[Item], gaps: Sequence[Sequence[Item]]) -> list[_Cut]:
    """The cheapest cut of every gap: Viterbi over gaps, linear in their number."""
    seen = [_values(gap) for gap in gaps]
    bare = any(["T" in [value[0] for value in values] for values in seen])
    last = len(keys)
    shown = [
        _gap(values, i == 0, i == last, bare, _bounds(gaps[i], keys, i))
        for i, values in enumerate(seen)
    ]
    about: list[_Key | None] = [None, *map(_key, keys), None]  # keys around the gaps
    best = _cut_costs(shown[0], gaps[0], about[1], 0, last)
    history: list[list[int]] = []
    for i in range(1, len(gaps)):
        key = about[i]
        assert key is not None
        between = _between(shown[i - 1], shown[i], about[i - 1], key, about[i + 1])
        here = _cut_costs(shown[i], gaps[i], about[i + 1], i, last)
        best, cheapest = _next_costs(best, here, between, gaps[i - 1], gaps[i])
        history.append(cheapest)
    at = best.index(min(best))
    path = [shown[-1].cuts[at]]
    for gap, cheapest in zip(shown[-2::-1], history[::-1], strict=True):
        at = cheapest[at]
        path.append(gap.cuts[at])
    return path[::-1]


def _next_costs(
    best: Sequence[float],
    here: Sequence[float],
    between: _Between,
    before: Sequence[Item],
    gap: Sequence[Item],
) -> tuple[list[float], list[int]]:
    """Costs of all up to each cut of a gap, and the cut of the gap before that it goes with."""
    ordered = sorted(zip(best, range(len(best)), strict=True))
    found = between.found
    out: list[float] = []
    cheapest: list[int] = []
    for number, cost_here in enumerate(here):
        lowest, chosen = math.inf, 0
        first = number * len(best)
        for cost, place in ordered:
            if cost + cost_here > lowest:
                break  # what is added to it is never less than nothing
            costs = found.get(first + place) or between.costs(place, number)
            alone, alike, goes_on, turn, crowded = costs
            whole = cost + (cost_here + alone) + alike + goes_on + turn
            if crowded and whole <= lowest:
                last, cut = between.before.cuts[place], between.gap.cuts[number]
                row = (*before[last.pre :], *gap[: cut.post])
                codes = between.before.codes[last.pre :] + between.gap.codes[: cut.post]
                alone += _conflicts(row, codes, len(before) - last.pre)
                whole = cost + (cost_here + alone) + alike + goes_on + turn
            if whole < lowest or (whole == lowest and place < chosen):
                lowest, chosen = whole, place
        out.append(lowest)
        cheapest.append(chosen)
    return out, cheapest


def _values(gap: Sequence[Item]) -> _Seen:
    """The values of a gap as :class:`_Value` has them."""
    return tuple(
        [
            (
                _code(item),
                item.lines if item.lines < _FAR else _FAR,
                item.words if item.words < _MANY else _MANY,
                item.in_text,
            )
            for item in gap
        ]
    )


_FAR: Final = 2  # lines: behind a blank one
_MANY: Final = 4  # words: more do not count


def _key(item: Item) -> _Key:
    return _Key(_type(item), min(item.lines, 2), item.words > 0, item.opens)


_Bounds = tuple[_Cut, ...] | None  # the cuts that sentences and headings leave; None: all


@lru_cache(maxsize=1024)
def _gap(seen: _Seen, first: bool, last: bool, bare: bool, bounds: _Bounds) -> _Gap:
    values = tuple([_Value(*value) for value in seen])
    return _Gap(values, bounds or tuple(_cuts(values, first, last)), bare)


@lru_cache(maxsize=512)
def _between(
    before: _Gap, gap: _Gap, ahead: _Key | None, key: _Key, following: _Key | None
) -> _Between:
    return _Between(before, gap, ahead, key, following)


def _turns(one: _Cut, first: int, two: _Cut, second: int) -> bool:
    """Whether two gaps, of so many values, are cut in different manners: before the key or not."""
    if not first or not second:
        return False
    return (one.pre == first, one.post == 0) != (two.pre == second, two.post == 0)


def _weight(one: _Key, two: _Key) -> float:
    """Rows under keys of one type should be alike; days and hours have lists of their own."""
    return 1.0 if one.type == two.type else 0.4


def _type(item: Item) -> str:
    key = item.key
    assert key is not None
    if key.period is not None and key.period == "now":
        return "now"
    return "day" if key.has_day else "clock" if key.clock else "period"


def _cuts(gap: Sequence[_Value], first: bool, last: bool) -> Iterator[_Cut]:
    size = len(gap)
    if first:
        yield from (_Cut(0, pre) for pre in _near_ends(size))
    elif last:
        yield from (_Cut(post, size) for post in _near_ends(size))
    else:
        places = _near_ends(size)
        for post in places:
            yield _Cut(post, post)
            # Values between two rows: a reading of another place, after a line of its own.
            if post < size and gap[post].words and gap[post].lines:
                yield from (_Cut(post, pre) for pre in places if pre > post)


def _bounds(gap: Sequence[Item], keys: Sequence[Item], at: int) -> _Bounds:
    """The cuts of a gap that part no sentence of running text from the key that it is about.

    Between two headings ("TODAY: ...", "TONIGHT: ...") all is of the first.
    """
    before = keys[at - 1] if at else None
    after = keys[at] if at < len(keys) else None
    if before and after and before.opens and after.opens:
        return (_Cut(len(gap), len(gap)),)
    if not (after and after.place) and not any([item.place for item in gap]):
        return None
    values = [_Value(*value) for value in _values(gap)]
    cuts = list(_cuts(values, before is None, after is None))
    return tuple(_within(cuts, gap, before, after))


def _within(
    cuts: list[_Cut], gap: Sequence[Item], before: Item | None, after: Item | None
) -> list[_Cut]:
    size = len(gap)
    owners = [_owner(item, before, after) for item in gap]
    if gap and before and before.place is None and gap[0].place and gap[0].lines == 1:
        below = gap[0].place.paragraph  # "Wednesday⏎Showers likely. High near 61."
        owners = [
            "key" if item.place and item.place.paragraph == below and not owner else owner
            for item, owner in zip(gap, owners, strict=True)
        ]
    goes_on = _last_paragraph(gap, before)
    owners = [
        "key" if owner == "" and item.place and item.place.paragraph <= goes_on else owner
        for item, owner in zip(gap, owners, strict=True)
    ]
    of = {who: [i for i, owner in enumerate(owners) if owner == who] for who in ("key", "next", "")}
    least, most = max(of["key"], default=-1) + 1, min(of["next"], default=size)
    if not of[""]:
        return [cut for cut in cuts if least <= cut.post and cut.pre <= most] or cuts
    first, last = min(of[""]), max(of[""])
    return [
        _Cut(min(least, first) if of["key"] else 0, max(most, last + 1) if of["next"] else size)
    ]


_APART: Final = 2  # paragraphs that may go on about the day of one before them


def _last_paragraph(gap: Sequence[Item], key: Item | None) -> int:
    """The last paragraph that goes on about the day of a key: it says how warm it gets.

    "Saturday will be cloudy.⏎⏎Maximum temperatures 15 to 19 degrees."
    """
    if key is None or key.place is None:
        return -1
    named = (
        item for item in gap if item.place and item.field in ("temperature_max", "temperature_min")
    )
    near = (item.place.paragraph for item in named if item.place)
    return max((n for n in near if n <= key.place.paragraph + _APART), default=-1)


def _owner(item: Item, before: Item | None, after: Item | None) -> str | None:
    """Whose a value between two keys is: of the "key" before it, the "next" one, of none ("").

    None: the layout has to say.
    """
    place = item.place
    if place is None:
        apart = after is not None and after.place is not None
        return None if not apart else "key" if before else ""
    if after is not None and after.place == place:
        return None if before is not None and before.place == place else "next"
    if before is None:
        return ""
    if before.place is None:
        # A paragraph between two headings is about the first.
        return "key" if after is not None and after.place is None and after.lines > 1 else None
    return "key" if before.place.paragraph == place.paragraph else ""


def _near_ends(size: int) -> Sequence[int]:
    """Where a gap may be cut. No row has so many values that the middle of a long gap matters."""
    if size <= 2 * _MOST_VALUES:
        return range(size + 1)
    return (*range(_MOST_VALUES + 1), *range(size - _MOST_VALUES, size + 1))


def _cut_costs(
    gap: _Gap, items: Sequence[Item], key: _Key | None, i: int, last: int
) -> list[float]:
    """Costs of the cuts of the `i`-th gap by themselves."""
    alone, crowded = _cuts_alone(gap, key, min(i, 2), last == 1)
    found = list(alone)
    for number in crowded:
        cut = gap.cuts[number]
        middle = items[cut.post : cut.pre]
        conflicts = _conflicts(middle, list(map(_code, middle)))
        found[number] = _cut_cost(gap, cut, key, i, last == 1, conflicts)
    return found


@lru_cache(maxsize=1024)
def _cuts_alone(gap: _Gap, key: _Key | None, i: int, lone: bool) -> tuple[list[float], list[int]]:
    """The costs of cuts, and those that leave too many values of a kind between two rows."""
    costs = [_cut_cost(gap, cut, key, i, lone) for cut in gap.cuts]
    codes = [value.code for value in gap.values]
    middles = [tuple(codes[cut.post : cut.pre]) for cut in gap.cuts]
    return costs, [number for number, middle in enumerate(middles) if _crowded(middle)]


def _cut_cost(
    gap: _Gap, cut: _Cut, key: _Key | None, i: int, lone: bool, conflicts: float = 0.0
) -> float:
    """What a cut costs; `key` stands behind the gap, if it is not the last one."""
    cost = 0.0
    size = len(gap.values)
    for at in {cut.post, cut.pre}:
        if i == 0 and at == 0:
            continue
        after = gap.values[at] if at < size else key
        if after is None:
            continue
        if after.lines == 0:
            # Words part rows that go on in one line, not where a line ends between them.
            parted = after.words and not any(value.lines for value in gap.values)
            parted = parted and not (key and key.lines)
            cost += _CUT_AT_LINE if parted else _CUT_IN_LINE
        elif after.lines == 1:
            cost += _CUT_AT_LINE
    if cut.pre > cut.post:
        middle = gap.values[cut.post : cut.pre]
        if _speaks([value.code for value in middle]) and (middle[0].lines or middle[0].words):
            now = key is not None and key.type == "now"
            cost += (1.0 if i or now else -1.0) + conflicts
        else:
            cost += _LEFT_OUT * sum(not value.in_text for value in middle)
    if i == 1 and key is not None:
        cost += 0.0 if cut.pre == size else _CUT_AFTER_KEY if cut.post == 0 else _CUT_INSIDE_GAP
    elif i == 0 and lone and cut.pre < size:
        cost += _CUT_INSIDE_GAP
    return cost


def _speaks(codes: Sequence[str], bare: bool = False) -> bool:
    """Whether values without a key can be a reading of the present weather.

    `bare`: a number without a unit may be its temperature.
    """
    if "temperature_max" in codes and "temperature_min" in codes:
        return True
    temperature = "T" in codes or "temperature_max" in codes or (bare and "n" in codes)
    return temperature and not _BESIDE_TEMPERATURE.isdisjoint(codes)


def _code(item: Item) -> str:
    """What an item is in a row: the column that a label gave it, or the letter of its kind."""
    if item.field:
        return "T" if item.field == "temperature" else item.field
    return _MAYBE if item.also and item.kind == "C" else item.kind


@lru_cache(maxsize=4096)
def _distance(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """Edit distance of two rows' kinds; a number may stand for a temperature."""
    if one == two:
        return 0.0
    above = [float(j) for j in range(len(two) + 1)]
    for i, a in enumerate(one, 1):
        row = [float(i)]
        for j, b in enumerate(two, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + _swap(a, b)))
        above = row
    return above[-1]


_MAYBE: Final = "C?"  # a condition, or the label of the value behind it
_BARE: Final = "b"  # a number among temperatures that have their unit
_TEMPERATURES: Final = frozenset({"T", "n", "P", _BARE})
_BESIDE_TEMPERATURE: Final = frozenset(
    {"C", _MAYBE, "S", "relative_humidity", "wind_speed", "condition", "apparent_temperature"}
)


def _swap(a: str, b: str) -> float:
    if a == b or {a, b} == {"C", "condition"}:
        return 0.0
    if Kind.MISSING in (a, b):
        return 0.3
    if a in _TEMPERATURES and b in _TEMPERATURES:
        return 0.3 if "P" not in (a, b) else 0.6
    return 0.3 if {a, b} == {_MAYBE, "C"} else 1.5


_ROOM: Final = {
    "T": 2,
    "n": 1,
    _BARE: 2,
    "P": 1,
    "C": 1,
    "condition": 2,
    "%": 2,
    "S": 2,
    "W": 1,
    "p": 1,
    "L": 2,
}


def _row_cost(key: _Key, values: Sequence[_Value], pre: int) -> float:
    """What is odd about a row by itself, its values apart, of which `pre` stand before its key."""
    if not values:
        return _EMPTY_ROW if key.lines < 2 and not key.words else _LOOSE_KEY
    turned = _OPENS if pre and key.opens else 0.0
    words = sum([value.words for value in values[1:] if value.lines])
    return turned + _PER_WORD * words


def _conflicts(items: Sequence[Item], codes: Sequence[str], key: int = 0) -> float:
    """The cost of values for which one row has no room; its key stands before the `key`-th."""
    crowded = _crowded(tuple(codes))
    if not crowded:
        return 0.0
    seen: dict[str, set[object]] = {}
    for at, (code, item) in enumerate(zip(codes, items, strict=True)):
        if code == "C" and at != key and not item.lines and codes[at - 1] in ("C", "%"):
            continue  # "cloudy with a 30% chance of showers"
        if code in crowded:
            seen.setdefault(code, set()).add(item.value)
    return _CONFLICT * sum(max(0, len(v) - _ROOM.get(code, 1)) for code, v in seen.items())


@lru_cache(maxsize=4096)
def _crowded(codes: tuple[str, ...]) -> frozenset[str]:
    """The kinds of values of which there are more than a row has room for."""
    return frozenset(code for code in codes if codes.count(code) > _ROOM.get(code, 1))
