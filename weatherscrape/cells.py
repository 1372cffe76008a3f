"""Groups in, cells out: every value gets the column that it fills.

A label or a table's head names a value; else its kind and its neighbours do: of two temperatures of
a day the higher is its maximum, a percentage beside a forecast is the chance of rain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise, takewhile
from operator import attrgetter
from typing import Final

from .accepts import WIND
from .data import rank, units
from .groups import Group, Item
from .model import (
    AIR,
    DAILY,
    DEGREES,
    NAMELESS,
    Cell,
    Condition,
    Kind,
    Pair,
    Period,
    Quantity,
    Value,
)
from .named_values import named_by_head, named_by_maybes
from .resolve import to_celsius
from .shown import Shown, has_extremes, shown_by
from .tokens import one_sentence
from .vocabulary import UNSPACED

_COLUMN_OF: Final = {
    Kind.SPEED: "wind_speed",
    Kind.DIRECTION: "wind_direction",
    Kind.PRESSURE: "pressure",
}
_MEASURES: Final = frozenset({*_COLUMN_OF, Kind.LENGTH})
_OF_MERCURY: Final = {"in": "inHg", "mm": "mmHg"}
_SKIPPED: Final = frozenset({"other", "update", "day", "time", "location"})
# Icons: "nt_mostlycloudy", "rain-day", "partly-cloudy", emoji.
_ICON: Final = re.compile(r"_|-(?:day|night)|^[a-z]+-[a-z]+$|^\W+$")


def name_cells(groups: Sequence[Group], page: str) -> list[list[Cell]]:
    """The cells of each row of a block, in the order of the page."""
    groups = _without_prices(groups, page)
    shown = shown_by(groups)
    rows = [_Cells(group, page, shown).named() for group in groups]
    return _with_units_of_winds(rows)


def _with_units_of_winds(rows: Sequence[list[Cell]]) -> list[list[Cell]]:
    """The possible cells of rows; winds without a unit have that of the other winds, if it is one.

    In a row that tells of nothing else they keep none: it is no row of weather.
    """
    seen = {unit for row in rows for cell in row if cell.field in _WINDS and (unit := _unit(cell))}
    unit = seen.pop() if len(seen) == 1 else None
    out = []
    for row in rows:
        if unit and not {cell.field for cell in row} <= _OF_WINDS_ALONE:
            row = [_with_unit(cell, unit) if cell.field in _WINDS else cell for cell in row]
        out.append([cell for cell in row if _possible(cell)])
    return out


def _unit(cell: Cell) -> str | None:
    return cell.value.unit if isinstance(cell.value, Quantity) else None


def _with_unit(cell: Cell, unit: str) -> Cell:
    """A cell with a unit, if it has none of its own."""
    value = cell.value
    if not isinstance(value, Quantity) or value.unit:
        return cell
    return cell._replace(value=replace(value, unit=unit))


_WINDS: Final = WIND - {"wind_direction"}
_OF_WINDS_ALONE: Final = WIND | {"pressure"}


def _without_prices(groups: Sequence[Group], page: str) -> Sequence[Group]:
    """Groups without numbers that have cents, if they are prices or points: "54.10", "50.00".

    Of a temperature with hundredths programs drop the zero at its end.
    """
    if not any(_ends_in_zero(item, page) for group in groups for item in group.values):
        return groups
    return [
        group._replace(values=tuple(i for i in group.values if not _is_price(i, page)))
        for group in groups
    ]


def _ends_in_zero(item: Item, page: str) -> bool:
    return _is_price(item, page) and page[item.span.end - 1] == "0"


def _is_price(item: Item, page: str) -> bool:
    """Whether a number that may be a temperature has hundredths and no unit."""
    if item.kind != "n" or item.field not in _MAYBE_WARM:
        return False
    return _HUNDREDTHS.fullmatch(page, *item.span) is not None


_CLOSE: Final = 2.0  # degrees between the ends of what may be 31 or 32
_DECIMAL: Final = re.compile(r"\d+[.,]\d+")
_MAYBE_WARM: Final = AIR | {""}
_HUNDREDTHS: Final = re.compile(r"\d+[.,]\d\d")


class _Cells:
    """The cells of one row, as they are found: the first value for a column keeps it."""

    def __init__(self, group: Group, page: str, shown: Shown) -> None:
        self._found: dict[str, Cell] = {}
        values = named_by_head(group) if group.labels else group.values
        values = named_by_maybes(values) if any([i.also for i in values]) else values
        self._values = [i for i in values if i.kind != "l"]  # of labels that no value follows
        self._loose = [i for i in self._values if not i.field and i.kind != "-"]
        self._kinds = {item.kind for item in self._loose}
        self._page, self._shown = page, shown
        self._now = _is_now(group) and not (shown.lists and has_extremes(group))
        key = group.key.key if group.key else group.header
        self._hour = key is not None and key.clock is not None
        self._span = key is not None and key.clock is not None and key.clock.end is not None
        self._part = key is None or not key.has_day
        self._dated = key is not None and key.date is not None and key.date.year is not None

    def named(self) -> list[Cell]:
        for item in self._values:
            if item.field:
                self._put_labelled(item)
        kinds = self._kinds
        if not kinds.isdisjoint(DEGREES):
            self._put_temperatures()
        if "C" in kinds:
            self._put_condition()
        if "%" in kinds:
            self._put_percentages()
        if not kinds.isdisjoint(_MEASURES):
            self._put_measures()
        if "wind_speed" in self._found and "wind_gusts" in self._found:
            self._share_unit("wind_speed", "wind_gusts")
            self._share_unit("wind_gusts", "wind_speed")
        if self._found.keys() & DAILY and not self._now and self._is_in_text("temperature"):
            other = self._found.pop("temperature")  # that of some places
            if self._is_high(other):
                self._found["temperature_max"] = other._replace(field="temperature_max")
        if not (self._now or self._hour or self._part):
            self._put_other_extreme()
        return sorted(self._found.values(), key=attrgetter("span"))

    def _put_other_extreme(self) -> None:
        """The temperature beside the low of a day as its high, or the other way: "18° Min 9°"."""
        known = self._found.keys() & DAILY
        cell = self._found.get("temperature")
        if cell is None or len(known) != 1 or self._is_in_text("temperature"):
            return
        (one,), (other,) = known, DAILY - known
        warm, extreme = cell.value, self._found[one].value
        if isinstance(warm, Quantity) and isinstance(extreme, Quantity):
            turn = warm.value - extreme.value
            if turn > 0 if other == "temperature_max" else turn < 0:
                self._found[other] = self._found.pop("temperature")._replace(field=other)

    def _is_high(self, cell: Cell) -> bool:
        """Whether a sentence gives a temperature and then the low: "21 °C, with a low of 9"."""
        low = self._found.get("temperature_min")
        if low is None or "temperature_max" in self._found or low.span < cell.span:
            return False
        if not (isinstance(cell.value, Quantity) and isinstance(low.value, Quantity)):
            return False
        places = [i.place for i in self._values if i.span in (cell.span, low.span)]
        return cell.value.value > low.value.value and len(places) == 2 and places[0] == places[1]

    def _is_in_text(self, field: str) -> bool:
        """Whether a column has its value from a sentence of running text."""
        cell = self._found.get(field)
        return cell is not None and any(i.place and i.span == cell.span for i in self._values)

    def _put(self, field: str, item: Item, value: Value = None) -> None:
        if field not in self._found:
            given = item.value if value is None else value
            self._found[field] = Cell(field, given, item.span)  # type: ignore[arg-type]

    def _put_labelled(self, item: Item) -> None:
        field, value = item.field, item.value
        kind = item.kind
        if kind == "-" or field in _SKIPPED:
            return
        if kind == "W":
            if isinstance(value, float):  # neither calm nor variable
                self._put("wind_direction", item)
        elif isinstance(value, Pair) and field in DAILY and self._is_range(item, value):
            # "highs 12 to 16 °C", "lows 6 to 2 °C"
            ends = [end for end in (value.first, value.second) if end]
            most = max if field == "temperature_max" else min
            self._put(field, item, most(ends, key=lambda end: end.value))
        elif isinstance(value, Pair):
            self._put_pair(item, value)
        elif kind == "C":
            alike = [i for i in self._values if i.kind is item.kind and i.field]
            self._put("condition", max(alike, key=_rank))  # "Sky: cloudy⏎Weather: light rain"
        elif not isinstance(value, Quantity):
            self._put(field, item)
        elif field == "pressure" and value.unit in _OF_MERCURY:  # "30.1 in", "745 mm"
            self._put(field, item, replace(value, unit=_OF_MERCURY[value.unit]))
        elif field == "pressure" and kind == "L":
            pass
        elif field == "precipitation" and kind == "%":
            self._put("precipitation_probability", item)
        elif field == "precipitation_probability" and kind == "n" and self._is_decimal(item):
            self._put("precipitation", item)  # "Rain 3.46"
        elif field == "wind_direction":
            if 0 <= value.value <= 360:
                self._put(field, item, value.value)
        else:
            self._put_one_of(item) if item.place and field in AIR else self._put(field, item)

    def _put_one_of(self, item: Item) -> None:
        """Of the highs that a sentence gives the highest: "from 8 in the north to 11 in the south".

        Of temperatures without such a label the lowest and the highest.
        """
        alike = [i for i in self._values if i.field == item.field and i.place == item.place]
        ends = sorted([(end.value, at) for at, i in enumerate(alike) for end in _ends(i)])
        single = [i for i in alike if isinstance(i.value, Quantity)]
        low, high = (most(single, key=_degrees) for most in (min, max))
        if item.field in DAILY:  # "14 on the coast and 17 to 19 in the south"
            degrees, at = ends[-1] if item.field == "temperature_max" else ends[0]
            best = next(end for end in _ends(alike[at]) if end.value == degrees)
            self._put(item.field, alike[at], best)
        elif low is high or self._found.keys() & DAILY:
            self._put(item.field, item)
        else:
            self._put("temperature_max", high)
            self._put("temperature_min", low)

    def _is_decimal(self, item: Item) -> bool:
        """Whether a number is printed with decimals, as chances are not."""
        return _DECIMAL.fullmatch(self._page, *item.span) is not None

    def _is_range(self, item: Item, pair: Pair) -> bool:
        """Whether a pair is a range of one temperature, not a high and a low.

        "15/18" is both, and a range if the row has something else for the other, or if a sentence
        says it of two that are close: "highs of 31/32 °C".
        """
        if not (pair.first and pair.second):
            return False
        if item.place and abs(pair.first.value - pair.second.value) <= _CLOSE:
            return True
        named = {i.field for i in self._values if isinstance(i.value, Pair | Quantity)}
        return named >= DAILY or "/" not in self._page[slice(*item.span)]

    def _put_pair(self, item: Item, pair: Pair) -> None:
        high, low = pair.first, pair.second
        if high and low and high.value < low.value:
            high, low = low, high
        if high:
            self._put("temperature_max", item, high)
        if low:
            self._put("temperature_min", item, low)

    def _put_temperatures(self) -> None:
        """Temperatures without a label, by how many different ones there are."""
        known = {
            cell.value.value
            for field in AIR
            if (cell := self._found.get(field)) and isinstance(cell.value, Quantity)
        }
        for item in self._loose if "P" in self._kinds else ():
            if isinstance(item.value, Pair) and not known:
                self._put_pair(item, item.value)
                known |= {q.value for q in (item.value.first, item.value.second) if q}
        paired = "temperature_max" in self._found or "temperature_min" in self._found
        printed = self._printed_temperatures(bare=self._shown.bare and not known)
        if self._part and len(printed) == 2 and self._is_bracketed(printed[1][0]):
            self._put("apparent_temperature", printed.pop()[0])  # "12 (10) °C"
        single = _different(printed, known)
        if self._now and not single and self._stands_before_pair(printed):
            single = printed[:1]  # as warm as it gets: "75 °F⏎75° - 71°"
        if self._shown.daily and not known and len(printed) == 2 and len(single) == 1:
            single = printed
        if not single or "temperature" in self._found:
            return
        values = [value for _, value in single]
        if len(single) == 2 and not (paired or self._now or self._hour):
            if all(i.words and UNSPACED.match(self._page, i.span.start - 1) for i, _ in single):
                return  # "東京は13℃、大阪は14℃": of two places
            high, low = (0, 1) if values[0] >= values[1] else (1, 0)
            self._put("temperature_max", single[high][0])
            self._put("temperature_min", single[low][0])
            return
        self._put("temperature", single[0][0])
        if len(single) == 3 and not paired:
            least, most = sorted(single[1:], key=lambda printed: printed[1])
            apart = single[1][0].lines > single[2][0].lines == 0  # "Now 25°⏎22° 38°"
            if apart or (values[1] >= values[2] and least[1] <= values[0] <= most[1]):
                self._put("temperature_max", most[0])
                self._put("temperature_min", least[0])

    def _stands_before_pair(self, printed: Sequence[tuple[Item, float]]) -> bool:
        pairs = [item.span for item in self._loose if item.kind is Kind.PAIR]
        return bool(pairs and printed) and printed[0][0].span < pairs[0]

    def _is_bracketed(self, item: Item) -> bool:
        """Whether brackets end between a number and its unit, or stand around both."""
        if set(self._page[slice(*item.span)]) & set("()") == {")"}:
            return True
        start, end = item.span
        return self._page[start - 1 : start] == "(" and self._page[end : end + 1] == ")"

    def _printed_temperatures(self, bare: bool) -> list[tuple[Item, float]]:
        """Temperatures with a degree sign or, if there are none and `bare`, numbers without."""
        for kind in "Tn" if bare else "T":
            found = [
                (item, item.value.value)
                for item in self._loose
                if item.kind == kind
                and isinstance(item.value, Quantity)
                # "berth 12": the word before a bare number says what it is
                and not (kind == "n" and item.words)
            ]
            if found or "P" in self._kinds:
                return found or self._before_extremes()
        return []

    def _before_extremes(self) -> list[tuple[Item, float]]:
        """The number of a reading that stands before its high and low: "Mist⏎23⏎31º - 18º"."""
        for number, pair in pairwise(self._loose) if self._now else ():
            value, ends = number.value, sorted([end.value for end in _ends(pair)])
            if number.kind == "n" and not number.words and pair.kind == "P" and len(ends) == 2:
                assert isinstance(value, Quantity)
                return [(number, value.value)] if ends[0] <= value.value <= ends[1] else []
        return []

    def _put_condition(self) -> None:
        """The gravest condition in words; the name of its icon only if there is nothing else."""
        found = [item for item in self._loose if item.kind == "C"]
        if len(found) == 1:
            self._put("condition", found[0])
            return
        words = [i for i in found if not _ICON.search(self._page[slice(*i.span)])]
        words = [
            i for i in words if not (isinstance(i.value, Condition) and i.value.is_feeling)
        ] or words
        for item in words[:1] or found[:1]:
            sentence = [i for i in words if self._in_one_text(item, i)]
            sentence = [i for i in sentence if not self._is_label_of_chance(item, i)]
            if any(not (_is_general(i) or self._follows_comma(i)) for i in sentence):
                # "Fine with sunny spells", but not "Fine, becoming cloudy"
                sentence = [i for i in sentence if not _is_general(i)]
            if item.place:
                sentence = [*sentence[:1], *takewhile(_goes_on, sentence[1:])]
            self._put("condition", max(sentence or [item], key=_rank))

    def _is_label_of_chance(self, sky: Item, item: Item) -> bool:
        """Whether a condition says what a percentage is of, in a list of values behind a sky.

        "Cloudy, 17 degrees, 50 per cent chance of rain", but not "cloudy, 50 % chance of rain".
        """
        first, last = self._values.index(sky), self._values.index(item)
        between = [i.kind for i in self._values[first + 1 : last]]
        return len(between) > 1 and between[-1] == "%" and between[0] != "C"

    def _follows_comma(self, item: Item) -> bool:
        return self._page.endswith(", ", 0, item.span.start)

    def _in_one_text(self, first: Item, item: Item) -> bool:
        """Whether no sentence, line, column or cell ends between two items."""
        start, end = first.span.end, item.span.start
        parted = any(sign in self._page[start:end] for sign in "\n\t|")
        return not parted and one_sentence(self._page, start, end)

    def _put_percentages(self) -> None:
        names = (
            ("relative_humidity", "cloud_cover")
            if self._now
            or self._shown.humid
            or self._is_behind_pressure
            or (self._hour and not self._span and (self._is_weighed or self._is_reading))
            else ("precipitation_probability", "relative_humidity")
        )
        free = [name for name in names if name not in self._found]
        if free == ["cloud_cover"]:
            return  # the humidity has its label, and nothing tells what else a share is of
        said = [cell.value for name, cell in self._found.items() if name not in free]
        chance = "precipitation_probability" in free
        percents = [
            i
            for i in self._loose
            if i.kind == "%" and (chance if self._is_of_a_chance(i) else i.value not in said)
        ]
        for name, item in zip(free, percents, strict=False):
            self._put(name, item)

    def _is_of_a_chance(self, item: Item) -> bool:
        """Whether a percentage is how likely what follows it is: "60 percent chance of showers"."""
        after = self._values[self._values.index(item) + 1 :]
        value = after[0].value if after and not after[0].words else None
        return isinstance(value, Condition) and value.likelihood is not None

    @property
    def _is_reading(self) -> bool:
        """Whether a row of some date, with its year, tells how warm it feels, as readings do."""
        return self._dated and "apparent_temperature" in self._found

    @property
    def _is_behind_pressure(self) -> bool:
        """Whether the share stands right behind the pressure: "16 °C⏎1024 hPa 54 % 10 km/h"."""
        shares = [at for at, item in enumerate(self._values) if item.kind == "%" and not item.field]
        before = self._values[shares[0] - 1] if len(shares) == 1 and shares[0] else None
        behind = before is not None and before.kind == "p"
        return behind and not (self._values[shares[0]].lines or self._values[shares[0]].words)

    @property
    def _is_weighed(self) -> bool:
        """Whether the pressure of the air is told, as stations do."""
        return any(item.kind == "p" or item.field == "pressure" for item in self._values)

    def _put_measures(self) -> None:
        speeds = [
            (item, item.value.value)
            for item in self._loose
            if item.kind == "S" and isinstance(item.value, Quantity)
        ]
        if len(speeds) == 2 and speeds[0][1] < speeds[1][1]:
            between = self._page[speeds[0][0].span.end : speeds[1][0].span.start]
            if not any(map(str.isalpha, between)):  # "15 km/h increasing to 25 km/h"
                self._put("wind_gusts", speeds[1][0])  # "4 (9) m/s"
        elif len(speeds) == 1 and self._is_behind_wind(speeds[0][0]):
            self._put("wind_gusts", speeds[0][0])
        for item in self._loose:
            if item.kind == "L" and isinstance(item.value, Quantity):
                if item.value.unit in ("mm", "in", "cm"):
                    self._put("precipitation", item)
                elif item.value.unit in ("km", "mi") and speeds:
                    self._put("visibility", item)
            elif item.kind in _COLUMN_OF and not isinstance(item.value, str):
                self._put(_COLUMN_OF[item.kind], item)

    def _is_behind_wind(self, item: Item) -> bool:
        """Whether a slash parts a speed from a lower one of the wind: "wind 9 km/h/18 km/h"."""
        wind = self._found.get("wind_speed")
        if (
            wind is None
            or not isinstance(wind.value, Quantity)
            or not isinstance(item.value, Quantity)
        ):
            return False
        linked = self._page[wind.span.end : item.span.start].strip() == "/"
        return linked and wind.value.value < item.value.value

    def _share_unit(self, field: str, other: str) -> None:
        """The unit of the gusts for the wind, if it has none of its own: "WSW 21 gust 34 km/h"."""
        cell, known = self._found.get(field), self._found.get(other)
        unit = _unit(known) if known else None
        if cell and unit:
            self._found[field] = _with_unit(cell, unit)


def _ends(item: Item) -> list[Quantity]:
    """The temperatures of an item: one, or the two of a range."""
    value = item.value
    ends = (value.first, value.second) if isinstance(value, Pair) else (value,)
    return [end for end in ends if isinstance(end, Quantity)]


def _degrees(item: Item) -> float:
    return item.value.value if isinstance(item.value, Quantity) else 0.0


def _goes_on(item: Item) -> bool:
    """Whether a condition of a sentence goes on with the one before it.

    "Sunny spells and passing showers", but not "mostly cloudy and there is a chance of showers".
    """
    chance = isinstance(item.value, Condition) and item.value.likelihood is not None
    return item.words < (1 if chance else _APART)


_APART: Final = 2  # words between two phrases that say different things


def _is_general(item: Item) -> bool:
    return isinstance(item.value, Condition) and item.value.general


def _rank(item: Item) -> int:
    """How grave a condition is; of several skies none is graver: "sunny, then some clouds"."""
    grave = rank(item.value.slug) if isinstance(item.value, Condition) else 0
    return grave if grave >= _PHENOMENA else min(grave, _SKY)


_SKY: Final = 10  # the least rank of a sky
_PHENOMENA: Final = 20  # and of what is more


def _different(
    printed: Sequence[tuple[Item, float]], known: set[float]
) -> list[tuple[Item, float]]:
    """`printed` without what is known already or was printed before."""
    seen = set(known)
    out = []
    for item, value in printed:
        if value not in seen:
            seen.add(value)
            out.append((item, value))
    return out


def trimmed(group: Group) -> Group:
    """A group without the numbers at its end that belong to the text that follows."""
    values = group.values
    end = len(values)
    while end and _is_of_text(values[end - 1]):
        end -= 1
    return group if end == len(values) else group._replace(values=values[:end])


def _is_of_text(item: Item) -> bool:
    return item.words > 0 and item.kind in NAMELESS and not item.field


def _is_now(group: Group) -> bool:
    key = group.key.key if group.key else group.header
    return key is None or key.period is Period.NOW


# What has been measured on Earth, in the frame's units, rounded outwards. Rain of a day and gusts:
# the WMO archive of weather and climate extremes.
_LIMITS: Final = {
    "apparent_temperature": (-115.0, 85.0),
    "dew_point": (-100.0, 40.0),
    "precipitation_probability": (0.0, 100.0),
    "relative_humidity": (0.0, 100.0),
    "cloud_cover": (0.0, 100.0),
    "precipitation": (0.0, 1.850),  # metres
    "wind_speed": (0.0, 115.0),
    "wind_gusts": (0.0, 115.0),
    "visibility": (0.0, 500_000.0),
    "uv_index": (0.0, 45.0),
}
_UNITLESS: Final = frozenset(
    {"precipitation_probability", "relative_humidity", "cloud_cover", "uv_index"}
)


_FALLEN: Final = 30.0  # cm of snow; more is what lies on the ground


def _possible(cell: Cell) -> bool:
    """Whether a cell holds something that its column can hold."""
    value = cell.value
    if not isinstance(value, Quantity) or cell.field not in _LIMITS:
        return True
    least, most = _LIMITS[cell.field]
    if cell.field in ("apparent_temperature", "dew_point"):
        read = [value.unit] if value.unit else ["C", "F"]
        return any(least <= to_celsius(value.value, unit) <= most for unit in read)
    if value.unit is None or cell.field in _UNITLESS:
        return cell.field in _UNITLESS and least <= value.value <= most
    if cell.field == "precipitation" and value.unit == "cm" and value.value > _FALLEN:
        return False
    factor = _factor(value.unit)
    return factor is None or least <= value.value * factor <= most


@cache
def _factor(unit: str) -> float | None:
    """What one of a unit is in the unit of the frame."""
    factor = units()[unit].factor
    return None if factor is None else float(factor)
