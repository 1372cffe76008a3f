"""Keys and the values between them in, the cheapest cuts of every gap out.

Dynamic programming over the gaps, linear in their number. A cut costs little at the end of a line
and more inside it; rows that look alike cost nothing, and rows that differ do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import dropwhile, groupby
from typing import Final, NamedTuple

from .accepts import SUN
from .groups import Item, is_warm
from .model import DAILY, DEGREES, Kind, Period, Quantity

_MOST_VALUES: Final = 16  # of a row on one side of its key
# Costs, in the bits by which a reading must be likelier to be preferred.
_LEFT_OUT: Final = 0.8  # a value between rows that belongs to neither
_LABELLED_OUT: Final = 1.5  # the same, if a label names it
_APART_OUT: Final = 1.0  # all that is left out behind the last row and a blank line,
_STATION: Final = 3  # if it is so many values: what it is like now, or so
_EMPTY_ROW: Final = 2.0  # a key without values
_LOOSE_KEY: Final = 0.5  # the same, but set apart from the row before
_CUT_IN_LINE: Final = 2.0
_CUT_AT_LINE: Final = 0.4
_CUT_INSIDE_GAP: Final = 0.5  # rows that neither open nor close with their key
_CUT_AFTER_KEY: Final = 0.3  # rows that close with their key
_PER_WORD: Final = 0.3  # other words between two values of a row
_OPENS: Final = 1.5  # values before a key with a colon behind it
_BESIDE: Final = 1.5  # a value above a key that has another on its line: "14°⏎Mon 16° Tue 17°"
_TURN: Final = 0.3  # rows that begin to be cut in another manner
_CONFLICT: Final = 2.0  # two values where a row has room for one


class _Cut(NamedTuple):
    """A gap's values up to `post` belong to the key before it, from `pre` to the one after."""

    post: int
    pre: int


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
    apart: bool  # by many words, in lines of their own, from the value before


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
            alike = self.alike * distance(last_post, post)
        if self.goes_on:
            goes_on = self.goes_on * distance(last_pre, pre)
            turn = _TURN if _turns(last, len(before.codes), cut, len(gap.codes)) else 0.0
        crowded = bool(_crowded(last_pre + post))
        titles = bool(gap.values) and gap.values[0].lines >= _FAR
        alone = _row_cost(self.key, row, len(last_pre), titles)
        if self.key.lines and gap.values and not gap.values[0].lines:
            alone += _BESIDE if last_pre[-1:] == gap.codes[:1] else 0.0
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


def best_cuts(keys: Sequence[Item], gaps: Sequence[Sequence[Item]]) -> list[_Cut]:
    """The cheapest cut of every gap: Viterbi over gaps, linear in their number."""
    seen = [_values(gap) for gap in gaps]
    bare = any(["T" in [value[0] for value in values] for values in seen])
    last = len(keys)
    bounds = [_bounds(gap, keys, i) for i, gap in enumerate(gaps)]
    bounds[-1] = _within_paragraph(keys, gaps) or bounds[-1]
    for i, cut in _said_before(keys, gaps):
        bounds[i] = (cut,)
    for i in (*_before_clauses(keys, gaps), *_above_headings(keys, gaps)):
        bounds[i] = (_Cut(len(gaps[i]), len(gaps[i])),)
    for i, start in _headed_by_names(keys, gaps):
        bounds[i] = (_Cut(start, start),)
    shown = [_gap(values, i == 0, i == last, bare, bounds[i]) for i, values in enumerate(seen)]
    about: list[_Key | None] = [None, *_keys(keys, gaps), None]  # keys around the gaps
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
                code_of(item),
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
    apart = item.lines > 0 and item.words >= _MANY
    return _Key(_type(item), min(item.lines, 2), item.words > 0, item.opens, apart)


def _keys(items: Sequence[Item], gaps: Sequence[Sequence[Item]]) -> list[_Key]:
    """What a layout depends on of keys; a whole date tells of today, the days behind it less.

    Not one that is the heading of hours.
    """
    out: list[_Key] = []
    of_hours = False
    for item, values in zip(reversed(items), reversed(gaps[1:]), strict=True):
        key = _key(item)
        of_hours = bool(item.key and item.key.clock) or (of_hours and not values)
        whole = item.key is not None and item.key.date is not None and item.key.date.year
        out.append(key._replace(type="today") if whole and not of_hours else key)
    return out[::-1]


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
    """Rows under keys of one type should be alike; days and hours have lists of their own.

    What it is like now is told at more length than a day is.
    """
    if one.type == two.type:
        return 1.0
    return 0.1 if "now" in (one.type, two.type) else 0.4


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
    if before and after and before.opens and after.opens and not _in_two_texts(before, after):
        return (_Cut(len(gap), len(gap)),)
    if gap and before is None and after and after.lines and all(i.in_text for i in gap):
        return (_Cut(0, len(gap)),)  # of a text above the first row: "Watch the storm.⏎⏎Today⏎..."
    led = before is not None and before.opens and _follows(gap)
    spoken = (after and after.place) or any([item.place for item in gap])
    if not (led or spoken):
        return None
    values = [_Value(*value) for value in _values(gap)]
    cuts = list(_cuts(values, before is None, after is None))
    if led and not spoken:
        return tuple(cut for cut in cuts if cut.post)
    return tuple(_within(cuts, gap, before, after))


def _in_two_texts(one: Item, two: Item) -> bool:
    """Whether two keys stand within two paragraphs of running text, and do not begin these."""
    if one.place is None or two.place is None or one.lines or two.lines:
        return False
    return one.place.paragraph != two.place.paragraph


def _said_before(
    keys: Sequence[Item], gaps: Sequence[Sequence[Item]]
) -> Iterator[tuple[int, _Cut]]:
    """Gaps of sentences that end with a key, each of their keys behind what is said of it.

    "It will be 12 °C in the morning, 19 °C in the afternoon and 14 °C at night." Their day has what
    stands before the first temperature: "Friday will be dry with 12 °C in the morning, 19 ...". Of
    days, if the same is said of each: "20 °C on Monday, 22 °C on Tuesday and 25 °C on Thursday."
    """
    for place, run in groupby(range(len(keys)), key=lambda i: keys[i].place):
        own = list(run)
        if not place or any(item.place == place for item in gaps[own[-1] + 1]):
            continue
        parts = list(dropwhile(lambda i: _names_day(keys[i]), own))
        spoken = [[item for item in gaps[i] if item.place == place] for i in own]
        of_parts = not any(_names_day(keys[i]) for i in parts)
        if len(parts) > 1 and of_parts and all(spoken[own.index(parts[0]) :]):
            for i in parts:
                first = _first_degrees(gaps[i]) if i == parts[0] else 0
                if i != own[0]:
                    yield i, _Cut(first, first)
        elif len(own) > 1 and spoken[0] and not parts and _are_alike(spoken):
            yield from ((i, _Cut(0, 0)) for i in own[1:])


def _above_headings(keys: Sequence[Item], gaps: Sequence[Sequence[Item]]) -> Iterator[int]:
    """Gaps between two days that are each a heading of sentences, with a blank line above.

    "Today⏎⏎Sunny spells across the island, though ...⏎⏎14 to 18 °C⏎⏎Tonight⏎⏎Clear spells ...".
    """
    heads = [
        key.lines >= _FAR
        and key.place is None
        and bool(gap)
        and gap[0].place is not None
        and gap[0].lines > 0
        for key, gap in zip(keys, gaps[1:], strict=True)
    ]
    return (i for i in range(1, len(heads)) if heads[i - 1] and heads[i])


def _before_clauses(keys: Sequence[Item], gaps: Sequence[Sequence[Item]]) -> Iterator[int]:
    """Gaps of which all is told of the key before: a clause tells how warm a part of the day is.

    "Friday will be dry. It will be 5 to 8 degrees, while at night 2 to 6 degrees are expected."
    """
    for i, key in enumerate(keys):
        if not i or key.also != "," or key.place is None or _names_day(key):
            continue
        around = (gaps[i], gaps[i + 1])
        if all(any(is_warm(v) and v.place == key.place for v in gap) for gap in around):
            yield i


def _first_degrees(gap: Sequence[Item]) -> int:
    return next((at for at, item in enumerate(gap) if item.kind in DEGREES), 0)


def _are_alike(spoken: Sequence[Sequence[Item]]) -> bool:
    """Whether the same kinds of values stand before all keys, but for those that others lead."""
    kinds = [[_kind(item) for item in values] for values in spoken if values]
    return len(kinds) > 1 and all(one == kinds[0] for one in kinds) and bool(spoken[-1])


def _kind(item: Item) -> Kind:
    return Kind.TEMPERATURE if item.kind in DEGREES else item.kind


def _headed_by_names(
    keys: Sequence[Item], gaps: Sequence[Sequence[Item]]
) -> Iterator[tuple[int, int]]:
    """Gaps in which the values of a place stand above the text of its day, and where they begin.

    "Leeds: Low 26, High 58⏎⏎Tuesday will be cloudy.⏎⏎York: Low 30, High 61⏎⏎Tuesday will be dry."
    """
    found = [(i, _heading_values(gap, keys[i])) for i, gap in enumerate(gaps[:-1])]
    named = all(start >= 0 for _, start in found) and not found[0][1]
    if len(keys) > 1 and named and all(key.place for key in keys):
        yield from found


def _heading_values(gap: Sequence[Item], key: Item) -> int:
    """Where values behind a name begin, above the sentence of a key; -1 if there are none."""
    for i, item in enumerate(gap):
        if item.named and item.place is None:
            return i if all(other.place in (None, key.place) for other in gap[i:]) else -1
    return -1


def _names_day(key: Item) -> bool:
    return key.key is None or key.key.period is None or key.key.has_day


def _within_paragraph(keys: Sequence[Item], gaps: Sequence[Sequence[Item]]) -> _Bounds:
    """The cut of the last gap before its first blank line, if headings have no text behind one.

    ".SUN...SW WINDS 10 KT.⏎⏎WINDS HIGHER NEAR THUNDERSTORMS."
    """
    last = gaps[-1]
    end = next((i for i, item in enumerate(last) if item.lines >= _FAR), 0)
    if not end or len(keys) < _HEADINGS or not all(key.opens for key in keys):
        return None
    if any(item.lines >= _FAR for gap in gaps[1:-1] for item in gap):
        return None
    return (_Cut(end, len(last)),)


def _follows(gap: Sequence[Item]) -> bool:
    """Whether a gap begins with a value in the line of a key, or in the next one."""
    return bool(gap) and gap[0].lines < _FAR and not gap[0].words


_HEADINGS: Final = 3  # that show where their texts end


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
    told = _told_of(gap, before)
    free = ("",) if before is None or before.place else ("", None)
    owners = ["key" if owner in free and i < told else owner for i, owner in enumerate(owners)]
    of = {who: [i for i, owner in enumerate(owners) if owner == who] for who in ("key", "next", "")}
    least, most = max(of["key"], default=-1) + 1, min(of["next"], default=size)
    if not of[""]:
        return [cut for cut in cuts if least <= cut.post and cut.pre <= most] or cuts
    first, last = min(of[""]), max(of[""])
    return [
        _Cut(min(least, first) if of["key"] else 0, max(most, last + 1) if of["next"] else size)
    ]


_APART: Final = 2  # paragraphs that may go on about the day of one before them


def _told_of(gap: Sequence[Item], key: Item | None) -> int:
    """How many values other paragraphs tell of the day of a key: up to how warm it gets.

    "Saturday will be cloudy.⏎⏎Maximum temperatures 15 to 19 degrees."
    """
    if key is None:
        return 0
    place = key.place or (gap[0].place if key.opens and gap else None)  # below a heading
    if place is None:
        return 0
    told, here, last = 0, place.paragraph, -1
    part = key.key is not None and key.key.period is not None
    for i, item in enumerate(gap):
        here = item.place.paragraph if item.place else here
        # "Tonight, cloudy. Min 3 °C.⏎⏎The Borders:⏎⏎Dry. Max 12 °C." is of two places.
        if _is_of_the_day_after(item, key):
            break
        if here > place.paragraph + (0 if part and last == place.paragraph else _APART):
            break
        if item.field in DAILY and (item.place or key.place is None):
            last = here
        if here == last and (item.place or not item.lines or item.field in DAILY):
            told = i + 1
    return told


def _owner(item: Item, before: Item | None, after: Item | None) -> str | None:
    """Whose a value between two keys is: of the "key" before it, the "next" one, of none ("").

    None: the layout has to say.
    """
    place = item.place
    if item.bound and before is not None:
        return "key"
    if place is None:
        apart = after is not None and after.place is not None
        return None if not apart else "key" if before else ""
    if after is not None and after.place == place:
        return None if before is not None and before.place == place else "next"
    if before is None:
        return ""
    if before.place is None:
        # A paragraph between two headings is about the first, and one above another that names
        # what it is about.
        if after is None or (after.place is None and after.lines < _FAR):
            return None
        return "key" if after.place is None or after.place.paragraph > place.paragraph else None
    if _is_of_the_day_after(item, before):
        return ""
    return "key" if before.place.paragraph == place.paragraph else ""


def _is_of_the_day_after(item: Item, key: Item) -> bool:
    """Whether a high stands behind the sentence about a night: it is of no night.

    What a heading is about all of its text is about: "Night: clear. High 9."
    """
    night = key.key is not None and key.key.period is Period.NIGHT and not key.opens
    return night and item.field == "temperature_max" and item.place != key.place


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
        conflicts = _conflicts(middle, list(map(code_of, middle)))
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
        codes = [value.code for value in middle]
        felt = "T" not in codes and "T" in [value.code for value in gap.values[: cut.post]]
        if speaks(codes) and (middle[0].lines or middle[0].words) and not felt:
            now = key is not None and key.type == "now"
            cost += (1.0 if i or now else -1.0) + conflicts
        else:
            left_out = sum([_left_out(value, key) for value in middle])
            apart = not (key or lone) and middle[0].lines >= _FAR and len(middle) >= _STATION
            cost += min(left_out, _APART_OUT) if apart else left_out
    if i == 1 and key is not None:
        cost += 0.0 if cut.pre == size else _CUT_AFTER_KEY if cut.post == 0 else _CUT_INSIDE_GAP
    elif i == 0 and lone and cut.pre < size:
        cost += _CUT_INSIDE_GAP
    return cost


def _left_out(value: _Value, key: _Key | None) -> float:
    """What it costs that a value belongs to neither of two rows; `key` is that of the second."""
    if key and _is_labelled(value):
        return _LABELLED_OUT
    return 0.0 if value.in_text else _LEFT_OUT


def _is_labelled(value: _Value) -> bool:
    """Whether a label names a value."""
    return len(value.code) > 1 and value.code != _MAYBE


def speaks(codes: Sequence[str], bare: bool = False) -> bool:
    """Whether values without a key can be a reading of the present weather.

    `bare`: a number without a unit may be its temperature.
    """
    if "temperature_max" in codes and "temperature_min" in codes:
        return True
    sky = "C" in codes or "condition" in codes
    if sky and ("P" in codes or "apparent_temperature" in codes):
        return True  # without a sky it may be a range of anything
    temperature = "T" in codes or "temperature_max" in codes or (bare and "n" in codes)
    return temperature and not _BESIDE_TEMPERATURE.isdisjoint(codes)


def code_of(item: Item) -> str:
    """What an item is in a row: the column that a label gave it, or the letter of its kind."""
    if item.field:
        return "T" if item.field == "temperature" else item.field
    return _MAYBE if item.also and item.kind == "C" else item.kind


@lru_cache(maxsize=4096)
def distance(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """Edit distance of two rows' kinds; a number may stand for a temperature.

    When the sun rises and sets counts little: a day may tell it, and its night not.
    """
    suns = [sum(code in SUN for code in row) for row in (one, two)]
    one, two = (tuple([code for code in row if code not in SUN]) for row in (one, two))
    sun = _SUN * abs(suns[0] - suns[1])
    if one == two:
        return sun
    above = [float(j) for j in range(len(two) + 1)]
    for i, a in enumerate(one, 1):
        row = [float(i)]
        for j, b in enumerate(two, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + _swap(a, b)))
        above = row
    return above[-1] + sun


_SUN: Final = 0.1
_MAYBE: Final = "C?"  # a condition, or the label of the value behind it
_BARE: Final = "b"  # a number among temperatures that have their unit
_TEMPERATURES: Final = frozenset({"T", "n", "P", _BARE})
_BESIDE_TEMPERATURE: Final = frozenset(
    {
        "C",
        _MAYBE,
        "S",
        "apparent_temperature",
        "condition",
        "pressure",
        "relative_humidity",
        "wind_speed",
    }
)


def _swap(a: str, b: str) -> float:
    if a == b or {a, b} == {"C", "condition"}:
        return 0.0
    if Kind.MISSING in (a, b):
        return 0.3
    if {a, b} == DAILY:
        return 0.3  # a day and its night
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


def _row_cost(key: _Key, values: Sequence[_Value], pre: int, titles: bool) -> float:
    """What is odd about a row by itself, its values apart, of which `pre` stand before its key.

    `titles`: a blank line is behind the key.
    """
    if not values:
        return _EMPTY_ROW if key.lines < _FAR and not (key.words or titles) else _LOOSE_KEY
    turned = _OPENS if pre and (key.opens or key.apart) else 0.0
    words = sum([value.words for value in values[1:] if value.lines and not _is_labelled(value)])
    return turned + _PER_WORD * words


def _conflicts(items: Sequence[Item], codes: Sequence[str], key: int = 0) -> float:
    """The cost of values for which one row has no room; its key stands before the `key`-th."""
    crowded = _crowded(tuple(codes))
    if not crowded:
        return 0.0
    seen: dict[str, set[object]] = {}
    for at, (code, item) in enumerate(zip(codes, items, strict=True)):
        if code == "C" and at != key and codes[at - 1] in ("C" if item.lines else "C%"):
            continue  # "cloudy with a 30% chance of showers", two lines of skies
        if code in crowded:
            seen.setdefault(code, set()).add(item.value)
    if _are_now_and_extremes([i for i, code in zip(items, codes, strict=True) if code == "T"]):
        seen.pop("T", None)
    return _CONFLICT * sum(max(0, len(v) - _ROOM.get(code, 1)) for code, v in seen.items())


def _are_now_and_extremes(items: Sequence[Item]) -> bool:
    """Whether how warm it is stands before the high and the low: "23 °C⏎25°⏎18°"."""
    values = [item.value.value for item in items if isinstance(item.value, Quantity)]
    return len(values) == len(items) == _READING and values[1] >= values[0] >= values[2]


_READING: Final = 3


@lru_cache(maxsize=4096)
def _crowded(codes: tuple[str, ...]) -> frozenset[str]:
    """The kinds of values of which there are more than a row has room for."""
    counts = Counter(codes)
    return frozenset(code for code, count in counts.items() if count > _ROOM.get(code, 1))
