"""Tokens in, the value that each label names out.

A label stands before its value or after it, on top of its column, or at the head of its line. Where
both neighbours fit, the other labels of the window decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from .accepts import ACCEPTS, SUN, WIND, Columns, Named, unit_after
from .model import AIR, DAILY, KEYS, OF_AIR, VALUES, Clock, Kind, Likelihood, Quantity, Token
from .table_labels import under_heads, under_spaced_heads
from .tokens import ANY_LINE, BETWEEN, Tokens, is_at, is_picture, line, mark_at, neighbour


def find_labels(tokens: Tokens, page: str, tables: Sequence[Columns]) -> Named:
    """Which value each label names: index of the value → (field, index of the label).

    A label stands before its value or after it. Where both neighbours fit, the window's other
    labels decide. `tables`: the lines of the window that have columns.
    """
    shape = tokens.shape
    found = under_heads(tokens, tables) | under_spaced_heads(tokens) if "l" in shape else {}
    found |= _after_their_values(tokens) if "l" in shape else {}
    taken = {label for _, label in found.values()}
    crowd = _label_crowds(shape)
    open_labels: list[tuple[int, str, int, int]] = []
    votes = 0
    for at in tokens.places(Kind.LABEL):
        if at in taken:
            continue
        token = tokens[at]
        field = str(token.value)
        if field == "temperature":
            field = _extreme_before(tokens, at, page) or field
        accepts = ACCEPTS.get(field, ())
        if field == "condition" and _is_of_a_sky(tokens, at, page):
            continue
        colon = ":" in page[token.span.end : token.span.end + 2]
        if not colon and at in crowd:
            continue  # a table's head, a line a label
        after, down = neighbour(tokens, _last_word(tokens, at, page), 1, "u")
        if field not in AIR and _is_at_most(tokens, at, after, page):
            taken.add(after)
            after, down = neighbour(tokens, after, 1)
        before, up = neighbour(tokens, at, -1)
        if before > 1 and _VEERING.fullmatch(shape, before - 2, before + 1):
            before -= 2  # "west to southwest winds": from the west first
        kind_before = shape[before] if before >= 0 else None
        kind_after = shape[after] if after < len(shape) else None
        doubled = down == 0 and kind_after == "l"
        if doubled and not colon and field not in ("condition", "time", "day"):
            before_fits = kind_before in accepts[:1] and up == 0
            if not before_fits:
                continue  # two labels in a row: the head of a table
        if field == "wind_direction" and (point := _POINT_BEHIND.match(shape, after)):
            after, kind_after = point.end() - 1, "W"
        after_fits = down <= 2 and kind_after in accepts and after not in found
        if down and colon and kind_after in KEYS and "." in shape[at + 1 : shape.find("/", at)]:
            after_fits = False  # "Fine dust: good⏎16 October"
        if down and not colon and kind_after == "C" and is_picture(tokens[after]):
            continue  # a title over a widget: "Weather⏎☀️⏎19°C⏎Clear"
        if after_fits and field == "temperature" and _is_an_extreme(tokens, after):
            continue
        if not after_fits and field in DAILY:
            after, after_fits = _further(tokens, at, after, down)
        before_fits = up <= 1 and not colon and kind_before in accepts
        before_fits = before_fits and not page.startswith(".\n", tokens[before].span.end)
        if before_fits and field in DAILY and _joins(tokens, at + 1):
            after_fits = False  # "17 °C de mínima y 22 °C de máxima"
        if before_fits and (
            (up and unit_after(tokens, at))
            or (after_fits and _leads_to(shape, at, after))
            or ";" in page[tokens[before].span.end : token.span.start]
        ):
            before_fits = False  # "Temperatures in °C" says only that; "gusts to 45 mph"
        if before_fits and before in found:
            before_fits = found[before][0] == "" or False
        if before_fits and field == "wind_gusts" and _is_of_the_wind(tokens, before):
            before_fits = False  # "SW wind 15 to 20 kt with gusts to 25"
        if field == "other" and kind_before == "L" and up == 0 and not colon:
            after_fits = False  # "in 2000 m | altitude | between 3 and 6 °C"
        if after_fits and before_fits and field in SUN:  # "8:47PM⏎Sunset⏎9PM"
            hours = [_is_whole_hour(tokens[i]) for i in (after, before)]
            after_fits, before_fits = (not hours[0] or hours[1]), (not hours[1] or hours[0])
        if after_fits and before_fits and up == down == 0:
            # "S | wind | 20 kt": the value, and not where it comes from.
            after_fits, before_fits = _better(accepts, shape[after], shape[before])
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
    found |= _sun(tokens, found)
    found |= _felt(tokens, page)
    found |= _felt_later(tokens)
    found |= _in_brackets(tokens) | _at_most(tokens)
    found |= _before_speeds(tokens, found, page)
    found |= _along_the_line(tokens, found)
    found |= _by_hours(tokens, found)
    found |= _of_a_line(tokens, found)
    found |= _behind_bearings(tokens, found)
    found |= _with_bearings(tokens)
    found |= _of_a_title(tokens, found, page)
    found |= _over_a_list(tokens, found)
    found |= _of_both(tokens) | _side_by_side(tokens) | _below_both(tokens)
    last_first = votes < 0 or (votes == 0 and _value_first(tokens, open_labels))
    for at, field, before, after in open_labels:
        place = before if last_first and before not in found else after
        if place not in found:
            found[place] = (field, at)
    return found


def _is_an_extreme(tokens: Tokens, value: int) -> bool:
    """Whether a label behind a value says that it is the high: "temperature 17°C at the most"."""
    behind = _BEHIND_VALUE.match(tokens.shape, value)
    return behind is not None and tokens[behind.end() - 1].value in DAILY


_BEHIND_VALUE: Final = re.compile("[TP][.f]{0,2}l(?![.:,/]?[TPn])")


def _is_at_most(tokens: Tokens, label: int, after: int, page: str) -> bool:
    """Whether a word or sign for the most or least stands before the value: "UV max", "Wind↑9"."""
    if tokens.shape[after : after + 1] != "l" or tokens[after].value not in DAILY:
        return False
    gap = page[tokens[label].span.end : tokens[after].span.start]
    drawn = not any(map(str.isalnum, page[slice(*tokens[after].span)]))  # "Pressure⏎↓ 29.58 in"
    if gap not in (("", " ", "\n") if drawn else ("", " ")) and not _LEADERS.fullmatch(gap):
        return False
    accepts = ACCEPTS.get(str(tokens[label].value), ())
    value, down = neighbour(tokens, after, 1)
    before, up = neighbour(tokens, label, -1)
    if before >= 0 and up == 0 and tokens.shape[before] in accepts:
        return False  # "NW winds | min 19"
    return tokens.shape[value : value + 1] in accepts and down == 0


_LEADERS: Final = re.compile(r"\.{4,} ?")  # "RH..........MAX 89 PERCENT"


def _is_whole_hour(token: Token) -> bool:
    """Whether a time is one of the hours that a list of them has."""
    return isinstance(token.value, Clock) and token.value.minute % _HOUR == 0


_HOUR: Final = 60  # minutes

_VEERING: Final = re.compile("W[jo]W")
# "Wind/Direction: 5-15/WSW"
_POINT_BEHIND: Final = re.compile("[nS](?:,[nS])?,?W")


def _joins(tokens: Tokens, at: int) -> bool:
    """Whether "and" stands at a place, or a comma and then it."""
    at += is_at(tokens, at, Kind.SEPARATOR) and tokens[at].value == ","
    return mark_at(tokens, at) == "and"


def _extreme_before(tokens: Tokens, at: int, page: str) -> str:
    """The extreme that a word right before a label for temperatures makes of it: "max temp"."""
    before = tokens[at - 1] if at else None
    if before is None or before.kind is not Kind.LABEL or before.value not in DAILY:
        return ""
    return str(before.value) if page[before.span.end : tokens[at].span.start] == " " else ""


def _is_of_a_sky(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a word for the sky itself goes with the one before it: "clear | skies, cold"."""
    gap = page[tokens[at - 1].span.end : tokens[at].span.start] if at else ""
    return gap == " " and tokens.shape[at - 1] == "C"


def _last_word(tokens: Tokens, label: int, page: str) -> int:
    """The last token of a label that says how sure its value is: "High expected:", "low mainly"."""
    after = label + 1
    if tokens.shape[after : after + 1] != "f":
        return label
    mostly = tokens[after].value == "plain" and tokens.shape[after + 1 : after + 2] in OF_AIR
    if mostly or tokens[after].value == "course":
        return after
    if tokens[after].value not in set(Likelihood):
        return label
    return after if page[tokens[after].span.end :][:1] == ":" else label


# Neither is a label behind another one, nor before a value.
_BOTH_BEHIND: Final = re.compile(
    r"(?<!l)(?<!l[.,])[TnP][.x]{0,2}l[,jo]{1,2}[TnP][.x]{0,2}l(?![,.j]*[TnP])"
)


def _after_their_values(tokens: Tokens) -> Named:
    """The high and the low, each before its label: "7 °C la mínima y 26 °C la máxima"."""
    more: Named = {}
    for found in _BOTH_BEHIND.finditer(tokens.shape):
        run = range(*found.span())
        labels = [i for i in run if tokens.shape[i] == "l"]
        values = [i for i in run if tokens.shape[i] in "TnP"]
        if {tokens[i].value for i in labels} == DAILY:
            named = zip(values, labels, strict=True)
            more |= {value: (str(tokens[label].value), label) for value, label in named}
    return more


# "Minimum and maximum temperatures (C):⏎Leeds 17 25"
_BOTH_ABOVE: Final = re.compile(r"l[jo,]{1,2}l[xu,.]{0,5}/[x.]{1,6}(n)n(?![^/])")


def _below_both(tokens: Tokens) -> Named:
    """The low and the high behind a name, on the line below their labels."""
    more: Named = {}
    for found in _BOTH_ABOVE.finditer(tokens.shape):
        run = range(found.start(), found.start(1))
        labels = [i for i in run if tokens.shape[i] == "l"]
        if {tokens[i].value for i in labels} == DAILY:
            named = zip((found.start(1), found.start(1) + 1), labels, strict=True)
            more |= {value: (str(tokens[label].value), label) for value, label in named}
    return more


def _further(tokens: Tokens, label: int, at: int, down: int) -> tuple[int, bool]:
    """The value of a label over a day or a name, behind `down` line breaks, and whether it fits."""
    fits = False
    if down == 0:
        at, fits = _over_a_day(tokens, at)
    return (at, fits) if fits else _over_a_name(tokens, label, at)


def _over_a_day(tokens: Tokens, at: int) -> tuple[int, bool]:
    """The temperature behind the day that stands behind a label: "lows on Saturday 4 to 5 °C"."""
    shape = tokens.shape
    if shape[at : at + 1] in KEYS:
        after, lines = neighbour(tokens, at, 1)
        if lines == 0 and shape[after : after + 1] in OF_AIR:
            return after, True
    return at, False


def _over_a_name(tokens: Tokens, label: int, at: int) -> tuple[int, bool]:
    """The temperature at the end of a line that a label and a name open: "最高気温 東京 14度"."""
    found = _NAMED_PLACE.match(tokens.shape, label + 1)
    if found and (label == 0 or tokens.shape[label - 1] in _OPENS):
        return found.end() - 1, True
    return at, False


_NAMED_PLACE: Final = re.compile(r"x{1,3}+[TP](?![^/])")  # up to three tokens of a name
_OPENS: Final = BETWEEN | {Kind.BREAK}


def _is_of_the_wind(tokens: Tokens, at: int) -> bool:
    """Whether a speed stands behind the word for wind, or behind where it comes from."""
    before, lines = neighbour(tokens, at, -1)
    if before < 0 or lines:
        return False
    kind = tokens.shape[before]
    return kind == "W" or (kind == "l" and tokens[before].value in WIND)


def _better(accepts: Sequence[str], after: str, before: str) -> tuple[bool, bool]:
    """Which of two values a label names, (after, before), by their kinds; both if they are one."""
    if after == before or "W" not in (after, before):
        return True, True
    first = accepts.index(after) < accepts.index(before)
    return first, not first


def _leads_to(shape: str, label: int, value: int) -> bool:
    """Whether nothing but a word such as "to" stands between a label and a value."""
    return shape[label + 1 : value].strip("/") == "o"


_FELT: Final = re.compile("T(?=.T)")


def _felt(tokens: Tokens, page: str) -> Named:
    """ "11(9) °C": what a temperature feels like, glued to it in brackets."""
    return {
        at + 2: ("apparent_temperature", -1)
        for at in (found.start() for found in _FELT.finditer(tokens.shape))
        if tokens[at + 1].value == "("
        and tokens[at].span.end == tokens[at + 1].span.start
        and ")" in page[slice(*tokens[at + 2].span)]
    }


_FELT_LATER: Final = re.compile(r"l[,.]{0,2}[TnP][.wh]{0,2}j[.x]?[TnP]")


def _felt_later(tokens: Tokens) -> Named:
    """What it feels like at a later hour: "wind chill -8° this evening and | -15° | overnight"."""
    runs = [found.span() for found in _FELT_LATER.finditer(tokens.shape)]
    felt = [(at, end) for at, end in runs if tokens[at].value == "apparent_temperature"]
    return {end - 1: ("other", at) for at, end in felt}


_BRACKETED: Final = re.compile("S(?=,[nS],)")


def _in_brackets(tokens: Tokens) -> Named:
    """The gusts in brackets behind the wind: "7 m/s (12)", "7 m/s (12 m/s)"."""
    found: Named = {}
    for at in (speed.start() for speed in _BRACKETED.finditer(tokens.shape)):
        wind, gust = tokens[at].value, tokens[at + 2].value
        brackets = (tokens[at + 1].value, tokens[at + 3].value) == ("(", ")")
        if brackets and isinstance(wind, Quantity) and isinstance(gust, Quantity):
            found |= {at + 2: ("wind_gusts", -1)} if gust.value > wind.value else {}
    return found


_TOPPED: Final = re.compile("S[/,.]{1,2}l(?=S)")


def _at_most(tokens: Tokens) -> Named:
    """The gusts behind the wind, if a word for the most names them: "14 kts⏎max 19 kts"."""
    labels = (found.end() - 1 for found in _TOPPED.finditer(tokens.shape))
    return {
        label + 1: ("wind_gusts", label)
        for label in labels
        if tokens[label].value == "temperature_max"
    }


def _before_speeds(tokens: Tokens, found: Named, page: str) -> Named:
    """A wind without a unit before its gusts or the next wind, which have it.

    "NW | 14 | G 23 mph", "S 10-15, Gusts: 25 mph", "N wind 4-10, in the evening gusts to 15 m/s".
    """
    more: Named = {}
    for wind in _WITHOUT_UNIT.finditer(tokens.shape):
        at, end = wind.end(1) - 1, wind.end(2)
        gap = slice(tokens[at].span.end, tokens[end - 1].span.start)
        labelled = found.get(end - 1, ("", -1))[0] in ("wind_gusts", "wind_speed")
        named = labelled or tokens.shape[end - 2] == "W"
        if at not in found and named and "\n" not in page[gap] and ". " not in page[gap]:
            more[at] = ("wind_speed", -1)
    return more


_WITHOUT_UNIT: Final = re.compile("(Wn)(?=([^/ndDC%T]{1,12}?[Sn]))")


def _behind_bearings(tokens: Tokens, found: Named) -> Named:
    """A wind without a unit behind its label and a bearing: "Wind: NW 10"."""
    winds = [(wind.start(), wind.end() - 1) for wind in _BLOWN.finditer(tokens.shape)]
    return {
        at: ("wind_speed", label)
        for label, at in winds
        if at not in found and tokens[label].value in WIND - {"wind_gusts"}
    }


_BLOWN: Final = re.compile("l[,.]?Wn")
_OF_ONE: Final = line("l[.fxwdDo]{1,9}[TP][,.]*")


def _of_a_line(tokens: Tokens, found: Named) -> Named:
    """The one value of a line that a label begins: "High expected for Leeds today is 9 °C"."""
    more: Named = {}
    for whole in tokens.lines(_OF_ONE):
        value = next(i for i in whole if tokens.shape[i] in "TP")
        if value not in found and tokens[whole.start].value in DAILY:
            more[value] = (str(tokens[whole.start].value), whole.start)
    return more


_OF_WINDS: Final = line("[,.o]*+l[,.ou]*+(?:(?:Wn|nW)[,.ou]*+|-[,.ou]*+){2,}+")


def _with_bearings(tokens: Tokens) -> Named:
    """The winds of a line that a label of them begins: "Wind (Bft) | SW 5 | W 4"."""
    more: Named = {}
    for whole in tokens.lines(_OF_WINDS) if "W" in tokens.shape else ():
        label = tokens.shape.index("l", whole.start)
        field = str(tokens[label].value)
        if field in WIND:
            of = "wind_gusts" if field == "wind_gusts" else "wind_speed"
            more |= {i: (of, label) for i in whole if tokens.shape[i] == "n"}
    return more


_OF_HOURS: Final = line("[,.o]*+l[,.o]*+h[^/]*+")


def _by_hours(tokens: Tokens, found: Named) -> Named:
    """The values of a line of hours that a label begins: "Rain: 06-12 20%, 12-18 60%"."""
    more: Named = {}
    for whole in tokens.lines(_OF_HOURS):
        used = {label for _, label in found.values()}
        label = tokens.shape.index("l", whole.start)
        field = str(tokens[label].value)
        accepts = ACCEPTS.get(field, ())[:1]
        if label not in used and Kind.TIME not in accepts:
            named = (i for i in whole if tokens.shape[i] in accepts and i not in found)
            more |= {i: (field, label) for i in named}
    return more


def _of_a_title(tokens: Tokens, found: Named, page: str) -> Named:
    """Temperatures of the lines below one that names them: "The highs of today are:⏎Ankara: 14 °C".

    Lines with another label are named by that, but for the first value: "Leeds: 3; Wind chill: 1".
    """
    shape = tokens.shape
    lines = tokens.lines(_TITLE) if "l" in shape else []
    titles = {of.start: title for of in lines if (title := _title(tokens, of, page))}
    more: Named = {}
    if not titles:
        return more
    title, fresh, spaced = "", False, False
    for whole in tokens.lines(ANY_LINE):
        if (label := shape.find("l", whole.start, whole.stop)) >= 0:
            first = next((i for i in range(whole.start, label) if shape[i] in "Tn"), -1)
            if title and first not in found and first >= 0 and is_behind_name(tokens, first):
                more[first] = title, -1
                fresh = False
            else:
                title, fresh = titles.get(whole.start, ""), True
            continue
        blank = tokens[whole.start - 1].value != 1
        values = [i for i in whole if shape[i] in "Tn" and i not in found]
        named = len(values) == 1 or all(is_behind_name(tokens, i) for i in values)
        spaced = blank if fresh else spaced
        if not fresh and blank and not (spaced and values and named):
            title = ""  # a blank line ends what is named, but where one stands between all lines
        fresh = False
        if title and named:
            more |= dict.fromkeys(values, (title, -1))
    return more


_BOTH: Final = re.compile("l[,jo]l[,.]*P")
_BOTH_APART: Final = re.compile("l[jo]l[.l]*([nT])[jo]([nT])")


def _of_both(tokens: Tokens) -> Named:
    """The two ends of a range behind both labels: "High/Low: 23 °C - 13 °C".

    Or two values in the order of their labels: "a high and a low of 23 and 13 °C".
    """
    found: Named = {
        both.end() - 1: ("temperature", both.start() + 2)
        for both in _BOTH.finditer(tokens.shape)
        if {tokens[both.start()].value, tokens[both.start() + 2].value} == DAILY
    }
    for apart in _BOTH_APART.finditer(tokens.shape):
        labels = apart.start(), apart.start() + 2
        fields = [str(tokens[label].value) for label in labels]
        if set(fields) == DAILY:
            named = zip(fields, labels, strict=True)
            found |= dict(zip((apart.start(1), apart.start(2)), named, strict=True))
    return found


def _side_by_side(tokens: Tokens) -> Named:
    """Two values behind two labels, in their order: "Wind/Gusts: 10/24 mph"."""
    found: Named = {}
    for both in _SIDE_BY_SIDE.finditer(tokens.shape):
        labels = both.start(), both.start() + 2
        signs = tokens[labels[0] + 1].value, tokens[both.start(2) - 1].value
        fields = [str(tokens[at].value) for at in labels]
        pairs = zip(fields, both.groups(), strict=True)
        named = [kind in ACCEPTS.get(field, ()) for field, kind in pairs]
        if signs[0] == signs[1] in _SIDES and all(named) and set(fields) != DAILY:
            found[both.start(1)] = fields[0], labels[0]
            found[both.start(2)] = fields[1], labels[1]
    return found


_SIDE_BY_SIDE: Final = re.compile("l,l[,./W]{0,3}([nTS%]),([nTS%])")
_SIDES: Final = ("/", "|")


# A label on a line of its own, and lines of a day or an hour with one value each.
_OVER_A_LIST: Final = re.compile(r"(?<![^/])[.,C]*(l)[.,C]*((?:/[hdDw]+[.,]*[TPn%SL](?![^/])){2,})")
_OF_A_LIST: Final = re.compile("[TPn%SL](?![^/])")


def _over_a_list(tokens: Tokens, found: Named) -> Named:
    """The values of a list of hours or days below a label: "Feels like⏎6:00: 2°C⏎12:00: 10°C"."""
    more: Named = {}
    if "l" not in tokens.shape:
        return more
    for whole in _OVER_A_LIST.finditer(tokens.shape):
        label = whole.start(1)
        field = str(tokens[label].value)
        values = [of.start() for of in _OF_A_LIST.finditer(tokens.shape, *whole.span(2))]
        kinds = {tokens.shape[at] for at in values}
        if kinds <= set(ACCEPTS.get(field, ())) and not any(
            at in found and found[at][1] != label for at in values
        ):
            more |= {at: (field, label) for at in values}
    return more


def is_behind_name(tokens: Tokens, at: int) -> bool:
    """Whether a word and a colon stand before a value: "札幌：17℃  釧路：15℃", "York (YK): 12"."""
    last = at - 2 - (tokens.shape[at - 2 : at] == ",," and tokens[at - 2].value == ")")
    return tokens.shape[last : last + 2] in ("x,", "W,") and tokens[at - 1].value in (":", "：")


_TITLE: Final = line(f"[^/l{re.escape(''.join(VALUES))}]*+l[^/{re.escape(''.join(VALUES))}]*+")


def _title(tokens: Tokens, whole: range, page: str) -> str:
    """The temperature that a line without values names, if it ends with a colon or a bracket.

    Or if there is nothing but the label and a day: "金曜日の最高気温".
    """
    end = tokens[whole[-1]].span.end
    closed = page[end - 1] in ":】" or page[end : end + 2].strip(" \n") in (":", "】")
    if not (closed or _OF_A_DAY.fullmatch(tokens.shape, whole.start, whole.stop)):
        return ""
    labels = (str(tokens[i].value) for i in whole if tokens.shape[i] == "l")
    fields = [field for field in labels if field != "condition"]
    return fields[0] if len(fields) == 1 and fields[0] in AIR else ""


# "きょうの各地の予想最高気温です。"
_OF_A_DAY: Final = re.compile("[.,]*[dDw][.,f]*x?[.,f]*l[.,]*")


def _along_the_line(tokens: Tokens, found: Named) -> Named:
    """The other times of a line that a label of the sun begins: "Sunrise | 6:31 | 6:33".

    And of its sentence: "The sun rises at 6:12 and sets at 19:45".
    """
    more: Named = {}
    shape = tokens.shape
    for at, (field, label) in found.items():
        if field not in SUN or label > at:
            continue
        sets = _AND_SETS.match(shape, at + 1)
        if sets and _noon_between(tokens[at].value, tokens[sets.end() - 1].value):
            more[sets.end() - 1] = ("sunset", -1)
            continue
        after = at + 1
        while after < len(shape) and shape[after] in "h,":
            if shape[after] == "h" and after not in found:
                more[after] = (field, -1)
            after += 1
    return more


_AND_SETS: Final = re.compile("(?=[^h]*[xf])[.fjxw,]{1,5}h")


def _noon_between(one: object, two: object) -> bool:
    """Whether noon lies between two times."""
    return isinstance(one, Clock) and isinstance(two, Clock) and one.minute < _NOON < two.minute


_NOON: Final = 720


_OF_TIMES: Final = line("(?=[^/]*h[^/]*h)[,.ohx]*+")


_TWO_TIMES: Final = re.compile(r"(?<![^/])h/h(?![^/])")
_FIVE: Final = 5  # minutes that hours of people are multiples of, and those of the sun seldom


def _sun(tokens: Tokens, found: Mapping[int, object]) -> Named:
    """Two times on lines of their own, one before noon and one after: sunrise and sunset.

    Or behind both labels: "Sunrise / Sunset⏎07:38⏎16:32". Several pairs are those of days that
    follow each other, when the sun is later by some minutes.
    """
    out: Named = {}
    if "h" not in tokens.shape:
        return out
    for both in _SUN.finditer(tokens.shape):
        names = [both.start(), both.start() + 2]
        fields = [str(tokens[i].value) for i in names]
        if set(fields) == SUN:
            times = [both.start(1), both.end() - 1]
            out |= dict(zip(times, zip(fields, names, strict=True), strict=True))
    if out:
        return out
    two = [range(*lines.span()) for lines in _TWO_TIMES.finditer(tokens.shape)]
    lines = (*tokens.lines(_OF_TIMES), *(pair for pair in two if _is_uneven(tokens, pair)))
    pairs: list[list[Clock]] = []
    for whole in lines:
        times = [i for i in whole if tokens.shape[i] == "h"]
        words = tokens.shape.count("x", whole.start, whole.stop)
        clocks = [v for v in (tokens[i].value for i in times) if isinstance(v, Clock)]
        if (
            len(clocks) == 2
            and words <= 1
            and _noon_between(*clocks)
            and not found.keys() & set(times)
        ):
            out |= {times[0]: ("sunrise", -1), times[1]: ("sunset", -1)}
            pairs.append(clocks)
    moved = (
        abs(one.minute - two.minute)
        for pair, following in pairwise(pairs)
        for one, two in zip(pair, following, strict=True)
    )
    return out if all(minutes <= _A_DAY_LATER for minutes in moved) else {}


_A_DAY_LATER: Final = 10  # minutes


_SUN: Final = re.compile("l,l[,/]{0,2}(h)[,/]{1,2}h")


def _is_uneven(tokens: Tokens, times: range) -> bool:
    """Whether one of some times, each of a line, is none that people agree on."""
    clocks = [tokens[i].value for i in times]
    return any(isinstance(clock, Clock) and clock.minute % _FIVE for clock in clocks)


_SAID: Final = "".join(VALUES | KEYS | {Kind.WORD})
_UNSAID_RUN: Final = re.compile(f"l[^{re.escape(_SAID)}]*+")
_CROWD: Final = 3


def _label_crowds(shape: str) -> frozenset[int]:
    """Labels of runs of three or more with no value between."""
    runs = [run for run in _UNSAID_RUN.finditer(shape) if run[0].count("l") >= _CROWD]
    if runs and runs[-1].end() == len(shape):
        runs.pop()  # behind which nothing is said
    return frozenset(i for run in runs for i in range(*run.span()) if shape[i] == "l")


def _value_first(tokens: Tokens, labels: Sequence[tuple[int, str, int, int]]) -> bool:
    """Whether a strip of value, label, value, label, ... ends with a label."""
    if not labels:
        return False
    last = labels[-1]
    after, lines = neighbour(tokens, last[3], 1)
    return tokens.shape[after : after + 1] == "l" and lines == 0 and last[2] >= 0
