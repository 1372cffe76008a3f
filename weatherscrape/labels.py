"""Tokens in, the value that each label names out.

A label stands before its value or after it, on top of its column, or at the head of its line. Where
both neighbours fit, the other labels of the window decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from .data import units
from .model import KEYS, VALUES, Clock, Kind, Token
from .tokens import BETWEEN, length, neighbour

# Which kinds of value a label can name. The likeliest stands first.
ACCEPTS: Final[Mapping[str, tuple[Kind, ...]]] = {
    "temperature": (Kind.TEMPERATURE, Kind.PAIR, Kind.NUMBER),
    "temperature_max": (Kind.TEMPERATURE, Kind.NUMBER, Kind.PAIR, Kind.MISSING),
    "temperature_min": (Kind.TEMPERATURE, Kind.NUMBER, Kind.PAIR, Kind.MISSING),
    "apparent_temperature": (Kind.TEMPERATURE, Kind.NUMBER),
    "dew_point": (Kind.TEMPERATURE, Kind.NUMBER),
    "precipitation_probability": (Kind.PERCENT, Kind.NUMBER, Kind.MISSING),
    "precipitation": (Kind.LENGTH, Kind.NUMBER, Kind.PERCENT, Kind.MISSING),
    "relative_humidity": (Kind.PERCENT, Kind.NUMBER),
    "cloud_cover": (Kind.PERCENT, Kind.NUMBER, Kind.CONDITION),
    "wind_speed": (Kind.SPEED, Kind.DIRECTION, Kind.NUMBER, Kind.MISSING),
    "wind_gusts": (Kind.SPEED, Kind.NUMBER, Kind.MISSING),
    "wind_direction": (Kind.DIRECTION, Kind.TEMPERATURE, Kind.NUMBER),
    "pressure": (Kind.PRESSURE, Kind.NUMBER, Kind.LENGTH),  # "30.1 in" of mercury
    "visibility": (Kind.LENGTH, Kind.NUMBER),
    "uv_index": (Kind.NUMBER,),
    "sunrise": (Kind.TIME,),
    "sunset": (Kind.TIME,),
    "condition": (Kind.CONDITION,),
    "time": (Kind.TIME,),
    "day": (Kind.WEEKDAY, Kind.DATE, Kind.WHEN),
    "update": (Kind.DATE, Kind.TIME, Kind.WEEKDAY),
    "other": (
        Kind.QUANTITY,
        Kind.LENGTH,
        Kind.NUMBER,
        Kind.TEMPERATURE,
        Kind.PAIR,
        Kind.PERCENT,
        Kind.TIME,
        Kind.SPEED,
        Kind.PRESSURE,
        Kind.DATE,
        Kind.MISSING,
    ),
}
WIND: Final = frozenset({"wind_speed", "wind_gusts", "wind_direction"})


def labelling(token: Token, kind: Kind) -> Token:
    """`token` as the label that names values of `kind`, where it can be several."""
    labels = [r for r in token.readings if r.kind is Kind.LABEL]
    best = min(labels, key=lambda r: _rank(str(r.value), kind))
    return Token(token.span, (best,))


def _rank(field: str, kind: Kind) -> int:
    accepts = ACCEPTS.get(field, ())
    return accepts.index(kind) if kind in accepts else len(Kind)


def find_labels(tokens: Sequence[Token], page: str) -> dict[int, tuple[str, int]]:
    """Which value each label names: index of the value → (field, index of the label).

    A label stands before its value or after it. Where both neighbours fit, the window's other
    labels decide.
    """
    lines = list(lines_of(tokens))
    found = _under_heads(tokens) | _under_spaced_heads(tokens, lines)
    taken = {label for _, label in found.values()}
    crowd = _label_crowds(tokens)
    open_labels: list[tuple[int, str, int, int]] = []
    votes = 0
    for at, token in enumerate(tokens):
        if token.kind is not Kind.LABEL or at in taken:
            continue
        field = str(token.value)
        accepts = ACCEPTS.get(field, ())
        after, down = neighbour(tokens, at, 1, Kind.UNIT)
        before, up = neighbour(tokens, at, -1)
        colon = ":" in page[token.span.end : token.span.end + 2]
        if not colon and at in crowd:
            continue  # a table's head, a line a label
        doubled = down == 0 and after < len(tokens) and tokens[after].kind is Kind.LABEL
        if doubled and not colon and field not in ("condition", "time", "day"):
            before_fits = before >= 0 and tokens[before].kind in accepts[:1] and up == 0
            if not before_fits:
                continue  # two labels in a row: the head of a table
        after_fits = after < len(tokens) and tokens[after].kind in accepts and down <= 2
        after_fits = after_fits and after not in found
        if not after_fits and field in _DAILY and down == 0:
            after, after_fits = _over_a_day(tokens, after, accepts, after_fits)
        if not after_fits and field in _DAILY:
            after, after_fits = _over_a_name(tokens, at, after, after_fits)
        before_fits = before >= 0 and tokens[before].kind in accepts and up <= 1 and not colon
        if before_fits and ";" in page[tokens[before].span.end : token.span.start]:
            before_fits = False  # "minime tra 7 e 9 gradi; massime tra 13 e 16"
        if (up and unit_after(tokens, at)) or (after_fits and _leads_to(tokens, at, after)):
            before_fits = False  # "Temperatures in °C" says only that; "gusts to 45 mph"
        if before_fits and before in found:
            before_fits = found[before][0] == "" or False
        if before_fits and field == "wind_gusts" and _is_of_the_wind(tokens, before):
            before_fits = False  # "SW wind 15 to 20 kt with gusts to 25"
        if after_fits and before_fits and up == down == 0:
            # "S | wind | 20 kt": the value, and not where it comes from.
            after_fits, before_fits = _better(accepts, tokens[after].kind, tokens[before].kind)
        if after_fits and before_fits:
            if down == 0 and up > 0:
                before_fits = False
            elif up == 0 and down > 0:
                after_fits = False
        if after_fits and before_fits:
            open_labels.append((at, field, before, after))
        elif after_fits:
            found[after] = (field, at)
            votes += 1
        elif before_fits:
            found[before] = (field, at)
            votes -= 1
    found |= _sun(tokens, found, lines)
    found |= _felt(tokens, page)
    found |= _before_gusts(tokens, found)
    found |= _along_the_line(tokens, found)
    found |= _by_hours(tokens, found, lines)
    found |= _of_a_title(tokens, found, lines, page)
    last_first = votes < 0 or (votes == 0 and _value_first(tokens, open_labels))
    for at, field, before, after in open_labels:
        place = before if last_first and before not in found else after
        if place not in found:
            found[place] = (field, at)
    return found


_DAILY: Final = frozenset({"temperature_max", "temperature_min"})


def _over_a_day(
    tokens: Sequence[Token], at: int, accepts: Sequence[Kind], fits: bool
) -> tuple[int, bool]:
    """The temperature behind the day that stands behind a label: "lows on Saturday 4 to 5 °C"."""
    if at < len(tokens) and tokens[at].kind in KEYS:
        after, lines = neighbour(tokens, at, 1)
        if lines == 0 and after < len(tokens) and tokens[after].kind in _DEGREES:
            return after, tokens[after].kind in accepts
    return at, fits


def _over_a_name(tokens: Sequence[Token], label: int, at: int, fits: bool) -> tuple[int, bool]:
    """The temperature at the end of a line that a label and a name open: "最高気温 東京 14度"."""
    opens = label == 0 or tokens[label - 1].kind in BETWEEN | {Kind.BREAK}
    value = at
    while opens and value < len(tokens) and tokens[value].kind is Kind.WORD:
        value += 1
    if label + 1 == at < value <= at + _NAME and value < len(tokens):
        ends = value + 1 == len(tokens) or tokens[value + 1].kind is Kind.BREAK
        if ends and tokens[value].kind in _DEGREES:
            return value, True
    return at, fits


_NAME: Final = 3  # tokens of a name
_DEGREES: Final = frozenset({Kind.TEMPERATURE, Kind.PAIR})


def _is_of_the_wind(tokens: Sequence[Token], at: int) -> bool:
    """Whether a speed stands behind the word for wind, or behind where it comes from."""
    before, lines = neighbour(tokens, at, -1)
    if before < 0 or lines:
        return False
    token = tokens[before]
    return token.kind is Kind.DIRECTION or (token.kind is Kind.LABEL and token.value in WIND)


def _better(accepts: Sequence[Kind], after: Kind, before: Kind) -> tuple[bool, bool]:
    """Which of two values a label names, (after, before), by their kinds; both if they are one."""
    if after is before or Kind.DIRECTION not in (after, before):
        return True, True
    first = accepts.index(after) < accepts.index(before)
    return first, not first


def _leads_to(tokens: Sequence[Token], label: int, value: int) -> bool:
    """Whether nothing but a word such as "to" stands between a label and a value."""
    between = [t.kind for t in tokens[label + 1 : value] if t.kind is not Kind.BREAK]
    return between == [Kind.MARK]


def _felt(tokens: Sequence[Token], page: str) -> dict[int, tuple[str, int]]:
    """ "11(9) °C": what a temperature feels like, glued to it in brackets."""
    return {
        at + 2: ("apparent_temperature", -1)
        for at in range(len(tokens) - 2)
        if tokens[at].kind is tokens[at + 2].kind is Kind.TEMPERATURE
        and tokens[at + 1].value == "("
        and tokens[at].span.end == tokens[at + 1].span.start
        and ")" in page[slice(*tokens[at + 2].span)]
    }


def _before_gusts(
    tokens: Sequence[Token], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """The wind without a unit between its direction and its gusts: "NW | 14 | G 23 mph"."""
    more: dict[int, tuple[str, int]] = {}
    for at, (field, label) in found.items():
        wind = label - 1
        letter = label == at - 1 and length(tokens[label]) == 1
        if field != "wind_gusts" or not letter or wind < 1 or wind in found:
            continue
        if tokens[wind].kind is Kind.NUMBER and tokens[wind - 1].kind is Kind.DIRECTION:
            more[wind] = ("wind_speed", -1)
    return more


def _by_hours(
    tokens: Sequence[Token], found: Mapping[int, tuple[str, int]], lines: Sequence[Sequence[int]]
) -> dict[int, tuple[str, int]]:
    """The values of a line of hours that a label begins: "Rain: 06-12 20%, 12-18 60%"."""
    used = {label for _, label in found.values()}
    more: dict[int, tuple[str, int]] = {}
    for whole in lines:
        line = [i for i in whole if tokens[i].kind not in BETWEEN]
        kinds = [tokens[i].kind for i in line[:2]]
        if kinds == [Kind.LABEL, Kind.TIME] and line[0] not in used:
            field = str(tokens[line[0]].value)
            accepts = ACCEPTS.get(field, ())[:1]
            named = (i for i in line if tokens[i].kind in accepts and i not in found)
            more |= {i: (field, line[0]) for i in named if Kind.TIME not in accepts}
    return more


_AIR: Final = _DAILY | {"temperature"}


def _of_a_title(
    tokens: Sequence[Token],
    found: Mapping[int, tuple[str, int]],
    lines: Sequence[Sequence[int]],
    page: str,
) -> dict[int, tuple[str, int]]:
    """Temperatures of the lines below one that names them: "The highs of today are:⏎Ankara: 14 °C".

    Lines with another label are named by that.
    """
    more: dict[int, tuple[str, int]] = {}
    title, fresh = "", False
    for line in lines:
        if not line:
            continue
        labels = [i for i in line if tokens[i].kind is Kind.LABEL]
        if labels:
            title, fresh = _title(tokens, line, labels, page), True
            continue
        if not fresh and tokens[line[0] - 1].value != 1:
            title = ""  # a blank line ends what is named
        fresh = False
        values = [i for i in line if tokens[i].kind in _OF_AIR and i not in found]
        if title and len(values) == 1:
            more[values[0]] = title, -1
    return more


_OF_AIR: Final = frozenset({Kind.TEMPERATURE, Kind.NUMBER})


def _title(tokens: Sequence[Token], line: Sequence[int], labels: Sequence[int], page: str) -> str:
    """The temperature that a line without values names, if it ends with a colon."""
    end = tokens[line[-1]].span.end
    colon = page[end - 1] == ":" or page[end : end + 2].strip(" ") == ":"
    if not colon or any(tokens[i].kind in VALUES for i in line):
        return ""
    fields = [str(tokens[i].value) for i in labels if tokens[i].value != "condition"]
    return fields[0] if len(fields) == 1 and fields[0] in _AIR else ""


def _along_the_line(
    tokens: Sequence[Token], found: Mapping[int, tuple[str, int]]
) -> dict[int, tuple[str, int]]:
    """The other times of a line that a label of the sun begins: "Sunrise | 6:31 | 6:33"."""
    more: dict[int, tuple[str, int]] = {}
    for at, (field, label) in found.items():
        if field not in ("sunrise", "sunset") or label > at:
            continue
        after = at + 1
        while after < len(tokens) and tokens[after].kind in (Kind.TIME, Kind.SEPARATOR):
            if tokens[after].kind is Kind.TIME and after not in found:
                more[after] = (field, -1)
            after += 1
    return more


_NOON: Final = 720


def _sun(
    tokens: Sequence[Token], found: Mapping[int, object], lines: Sequence[Sequence[int]]
) -> dict[int, tuple[str, int]]:
    """Two times on a line of their own, one before noon and one after: sunrise and sunset."""
    out: dict[int, tuple[str, int]] = {}
    for whole in lines:
        line = [i for i in whole if tokens[i].kind not in BETWEEN]
        times = [i for i in line if tokens[i].kind is Kind.TIME]
        others = [i for i in line if tokens[i].kind is not Kind.TIME]
        clocks = [v for v in (tokens[i].value for i in times) if isinstance(v, Clock)]
        if (
            len(clocks) == 2
            and len(others) <= 1
            and all(tokens[i].kind is Kind.WORD for i in others)
            and clocks[0].minute < _NOON < clocks[1].minute
            and not found.keys() & set(times)
        ):
            out |= {times[0]: ("sunrise", -1), times[1]: ("sunset", -1)}
    return out if len(out) == 2 else {}


def _label_crowds(tokens: Sequence[Token]) -> frozenset[int]:
    """Labels of runs of three or more with no value between."""
    crowds: set[int] = set()
    run: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind is Kind.LABEL:
            run.append(at)
        elif token.kind in _SAID:
            crowds |= set(run) if len(run) >= _CROWD else set()
            run = []
    return frozenset(crowds)


_CROWD: Final = 3
_SAID: Final = VALUES | KEYS | {Kind.WORD}


def _under_heads(tokens: Sequence[Token]) -> dict[int, tuple[str, int]]:
    """Values of tables whose columns are parted by tabs, bars or semicolons, with their heads.

    A line of two labels or more is a head; it holds for the lines below it with as many columns.
    """
    found: dict[int, tuple[str, int]] = {}
    head: dict[int, int] = {}
    width = 0
    for columns in table_lines(tokens):
        labels = {
            c: next((i for i in cell if tokens[i].kind is Kind.LABEL), None)
            for c, cell in enumerate(columns)
        }
        values = sum(tokens[i].kind in VALUES for cell in columns for i in cell)
        named = {c: i for c, i in labels.items() if i is not None}
        if all(tokens[i].kind in (Kind.MISSING, Kind.SEPARATOR) for cell in columns for i in cell):
            continue  # the rule under a head
        if len(named) >= 2 and values == 0:
            head, width = named, len(columns)
            continue
        if len(columns) != width:
            head = head if not any(columns) else {}
            continue
        for c, cell in enumerate(columns):
            if c not in head:
                continue
            for place in sorted(cell, key=lambda i: tokens[i].kind is Kind.DIRECTION):
                label = labelling(tokens[head[c]], tokens[place].kind)
                field = str(label.value)
                if tokens[place].kind in ACCEPTS.get(field, ()):
                    if field not in ("day", "condition"):
                        found[place] = (field, head[c])
                    break
    return found


def _under_spaced_heads(
    tokens: Sequence[Token], lines: Sequence[Sequence[int]]
) -> dict[int, tuple[str, int]]:
    """Numbers below a line of labels and nothing else, on lines with a name and as many numbers.

    "Min Max⏎Cairo 17 27⏎Aswan 18 32".
    """
    found: dict[int, tuple[str, int]] = {}
    head: list[int] = []
    for line in lines:
        said = [i for i in line if tokens[i].kind not in BETWEEN]
        values = [i for i in said if tokens[i].kind in VALUES]
        if len(said) > 1 and all(tokens[i].kind is Kind.LABEL for i in said):
            head = said if len({tokens[i].value for i in said}) == len(said) else []
        elif len(values) != len(head) or values != said[-len(values) :] or values == said:
            head = head if not said else []
        else:
            fields = [(str(tokens[label].value), label) for label in head]
            if all(
                tokens[i].kind in ACCEPTS.get(field, ())
                for i, (field, _) in zip(values, fields, strict=True)
            ):
                found |= dict(zip(values, fields, strict=True))
    return found


def lines_of(tokens: Sequence[Token]) -> Iterator[list[int]]:
    """Indices of tokens line by line."""
    line: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind is Kind.BREAK:
            yield line
            line = []
        else:
            line.append(at)
    yield line


_DELIMITERS: Final = ("\t", "|", ";")


def table_lines(tokens: Sequence[Token]) -> Iterator[list[list[int]]]:
    """Lines with two delimiters or more, as columns of token indices."""
    for line in lines_of(tokens):
        signs = [tokens[i].value for i in line if tokens[i].kind is Kind.SEPARATOR]
        delimiter = max(_DELIMITERS, key=signs.count)
        if signs.count(delimiter) >= 2:
            columns: list[list[int]] = [[]]
            for i in line:
                if tokens[i].kind is Kind.SEPARATOR and tokens[i].value == delimiter:
                    columns.append([])
                else:
                    columns[-1].append(i)
            if any(any(tokens[i].kind is not Kind.SEPARATOR for i in c) for c in columns):
                yield columns


def _value_first(tokens: Sequence[Token], labels: Sequence[tuple[int, str, int, int]]) -> bool:
    """Whether a strip of value, label, value, label, ... ends with a label."""
    if not labels:
        return False
    last = labels[-1]
    after, lines = neighbour(tokens, last[3], 1)
    return after < len(tokens) and tokens[after].kind is Kind.LABEL and lines == 0 and last[2] >= 0


def unit_after(tokens: Sequence[Token], label: int) -> str | None:
    """The unit printed right behind a label: "Wind speed mph", "Temperature (°C)"."""
    names = [str(r.value) for r in tokens[label].readings if r.kind is Kind.LABEL]
    accepts = [kind for name in names for kind in ACCEPTS.get(name, ())]
    at = label + 1
    while at < len(tokens) and tokens[at].kind in (Kind.SEPARATOR, Kind.FILLER, Kind.UNIT):
        unit = tokens[at].value
        if tokens[at].kind is Kind.UNIT and unit != "°" and units()[str(unit)].kind in accepts:
            return str(unit)
        at += 1
    return None


def unit_behind(tokens: Sequence[Token], at: int) -> str | None:
    """The unit of a wind whose direction stands between: "24 NW km/h"."""
    at += 1
    while at < len(tokens) and tokens[at].kind in (Kind.BREAK, Kind.DIRECTION):
        at += 1
    if at < len(tokens) and tokens[at].kind is Kind.UNIT and tokens[at - 1].kind is not Kind.UNIT:
        unit = str(tokens[at].value)
        return unit if units()[unit].kind is Kind.SPEED else None
    return None
