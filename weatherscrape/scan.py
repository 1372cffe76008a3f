"""A page in, the stretches worth reading out: nearly every page of a crawl ends here.

Every snippet holds a sign of weather beside a number: a degree sign, a unit, a word of sky or rain,
a label. What stands around the signs of :mod:`weatherscrape.signs` is a window. It may let too much
through; it must not lose a snippet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import Final

from .model import Span
from .signs import SKIES, Found, names_day, names_days, signs, signs_in_bytes

_REACH: Final = 400  # characters that a widget may go on without a sign
_REACH_IN_TEXT: Final = 700  # the same of a paragraph
_REACH_IN_LINE: Final = 300  # the same inside a long line
_LONG_LINE: Final = 200  # a sign in a longer one reaches only so far
_TEXT_LINE: Final = 80  # characters of a line that is one of running text, if it is no table's
# Two spaces stand between columns, but also behind the full stops of some writers.
_IN_TABLE: Final = re.compile("[\t|┃│║]|──|━━|(?<![.!?:)\"'”])  ")
_DEGREES: Final = ("°", "º", "˚", "℃", "&deg")
_IN_SENTENCES: Final = 2  # so many degree signs a text has in a line at most,
_FOR_EACH: Final = 70  # or in so many characters each
_COLUMNS: Final = 5  # that semicolons part, which no sentence has so many of,
_SPACES: Final = 4  # but for lists in words, with so many spaces for each
_MANY: Final = 3  # so often one sign is no chance


def may_hold(page: bytes) -> bool:
    """Whether a page in UTF-8 may hold weather: `scan` finds something in it.

    Examples
    --------
    >>> may_hold(b"The council met on Monday at 9."), may_hold("Mon 12°".encode())
    (False, True)
    """
    found = signs_in_bytes(page)
    if found is None:  # as of nearly every page
        return False
    first, is_weather = _first(found)
    return is_weather or _are_of_a_day(page, first) or any(_in_words(page, found.skies()))


def scan(page: str, *, any_sign: bool = False) -> list[Span]:
    """Windows of a page that may hold weather: disjoint, in order.

    Parameters
    ----------
    page
        The text.
    any_sign
        Whether one sign is enough, where rows are wanted that hardly anything speaks for.

    Examples
    --------
    >>> scan("The council met on Monday at 9.")
    []
    >>> scan("Mon 12°")
    [Span(start=0, end=7)]
    >>> scan("Clear, 5"), scan("Clear, 5", any_sign=True)
    ([], [Span(start=0, end=8)])
    """
    found = signs(page)
    if found is None:
        return []
    rest = iter(found)
    first, is_weather = _first(rest)
    if not (any_sign or is_weather or _are_of_a_day(page, first)):
        first, rest = [], iter(())
    windows: list[tuple[Span, list[Found]]] = []
    inside = -1  # up to where a sign makes the last one no longer
    is_told = False  # whether signs enough speak for the last one
    for sign in chain(first, rest):
        at = sign.start
        if at < inside:
            windows[-1][1].append(sign)
        else:
            window, within = _window(page, at), [sign]
            while windows and _are_one(page, windows[-1][0], window):
                before, earlier = windows.pop()
                window = Span(min(before.start, window.start), window.end)
                within = earlier + within
            windows.append((window, within))
            # A line of text, or the end of the page, closes a window.
            is_told = False
            inside = window.end - (0 if _is_closed(page, window.end) else _REACH // 2)
        if not is_told and (any_sign or _is_weather(windows[-1][1])):
            is_told = True
            found.skip(inside)
    numbered = [
        window
        for window, within in windows
        if any_sign or _is_weather(within) or _are_of_a_day(page, within)
    ]
    worded = [
        Span(_window(page, told[0].start).start, _window(page, told[-1].start).end)
        for told in _in_words(page, found.skies(numbered))
        if not any(w.start <= told[0].start and told[-1].start < w.end for w in numbered)
    ]
    return _merged(numbered, worded) if worded else numbered


def _in_words(page: str | bytes, skies: Sequence[Found]) -> Iterator[list[Found]]:
    """Words of sky that speak for one another without a number: several near a day, or two days.

    "Friday: Sunny spells.⏎Saturday: Cloudy, rain later."
    """
    near: list[Found] = []
    for sky, following in zip_longest(skies, skies[1:]):
        near.append(sky)
        if following is not None and following.start - sky.start < _REACH_IN_LINE:
            continue
        several = len(near) >= _MANY and len({sky.form for sky in near}) > 1
        if (several and _are_of_a_day(page, near)) or (
            len(near) >= SKIES and _are_of_days(page, near)
        ):
            yield near
        near = []


def _are_of_days(page: str | bytes, found: Sequence[Found]) -> bool:
    """Whether two days are named near some signs: "Rain on Friday.⏎On Saturday it will rain."."""
    first, last = found[0].start, found[-1].start
    near = page[max(0, first - _NEAR_A_DAY) : last + _NEAR_A_DAY]
    return names_days(near.encode("utf-8", "replace") if isinstance(near, str) else near)


_NEAR_A_DAY: Final = 80  # characters between a sky and its day


def _merged(windows: Iterable[Span], others: Iterable[Span]) -> list[Span]:
    """Windows in order, those that touch as one."""
    out: list[Span] = []
    for window in sorted([*windows, *others]):
        if out and window.start <= out[-1].end + 1:
            out[-1] = Span(out[-1].start, max(out[-1].end, window.end))
        else:
            out.append(window)
    return out


def _are_one(page: str, before: Span, window: Span) -> bool:
    """Whether only a line break stands between two windows, or one line that is no sentence."""
    if window.start - before.end - 1 > _LONG_LINE:
        return False
    between = page[before.end + 1 : window.start]
    if "\n" in between.strip("\n"):
        return False
    return not between.rstrip().endswith(".") or any(map(str.isdigit, between))


def _first(found: Iterable[Found]) -> tuple[list[Found], bool]:
    """The first signs, up to where they speak for one another, and whether they do."""
    first: list[Found] = []
    for sign in found:
        first.append(sign)
        if sign.alone or len(first) >= _MANY or sign.form != first[0].form:
            return first, True
    return first, False


def _are_of_a_day(page: str | bytes, found: Sequence[Found]) -> bool:
    """Whether a day is named near one of some signs."""
    for sign in found:
        at = sign.start
        near = page[at - _REACH_IN_LINE if at > _REACH_IN_LINE else 0 : at + _REACH_IN_LINE]
        if names_day(near.encode("utf-8", "replace") if isinstance(near, str) else near):
            return True
    return False


def _is_weather(found: Sequence[Found]) -> bool:
    """Whether signs speak for one another: "Clear 5" by itself never makes a row."""
    if len(found) < 2:  # as mostly
        return bool(found) and found[0].alone
    return (
        len(found) >= _MANY
        or any(sign.alone for sign in found)
        or len({sign.form for sign in found}) > 1
    )


def _window(page: str, at: int) -> Span:
    """The lines around a sign, as far as it reaches, up to the next long line of text."""
    start = _line_start(page, at, max(0, at - _REACH_IN_TEXT))
    end = _line_end(page, at, min(len(page), at + _REACH_IN_TEXT))
    prose = _is_text(page[start:end])
    reach = _REACH_IN_TEXT if prose else _REACH
    first, last = max(0, at - reach), min(len(page), at + reach)
    last = _outside_word(page, last)
    listed = prose and _IN_LIST.match(page, start, end) is not None
    if end - start > _LONG_LINE:
        start = start if prose else max(start, at - _REACH_IN_LINE)
        end = min(end, at + _REACH_IN_LINE)
    if _are_short(page[first:start]):
        start = first
    while start > first:
        line = _line_start(page, start - 1, first)
        if _parts(page[line:start], prose) and not _leads_on(page[line:start]):
            heading = _heading(page, line, first)
            if heading == line:
                start = line if prose else start  # the paragraph before goes with a text
                break
            line = heading
        start = line
    if _are_short(page[end:last]):
        end = last
    while end < last:
        line = _line_end(page, end + 1, last)
        goes_on = listed and _IN_LIST.match(page, end + 1, line)
        if _parts(page[end:line], prose) and not goes_on and _heading(page, end, start) == end:
            break
        end = line
    listed = _IN_LIST.match(page, start, end) is not None and not _names_day(page[start:at])
    told = not prose and not listed and _is_sentence(page[start:end])
    led = prose or listed or told
    return Span(_leading(page, start, listed) if led else start, end)


def _leading(page: str, at: int, listed: bool) -> int:
    """Where the paragraph above a text begins, if it names the day: "The forecast for Friday.".

    `listed`: the text is a list, and only the line right above it can be its title.
    """
    least = max(0, at - _REACH_IN_TEXT)
    end = least + len(page[least:at].rstrip())
    for _ in range(_PARAGRAPHS):
        before = page.rfind("\n", least, end)
        whole = before >= 0 or not least
        if not whole or (listed and _ITEM.match(page, before + 1)):  # an item of the same list
            return at
        if _names_day(page[before + 1 : end]):
            return before + 1
        if listed:
            return at
        end = least + len(page[least : before + 1].rstrip())
    return at


_PARAGRAPHS: Final = 3  # above a text, one of which may name its day


def _is_sentence(text: str) -> bool:
    """Whether a text is one sentence that names no day: "Highs will be between 15° and 20°."."""
    text = text.strip()
    line = "\n" not in text and text.count(" ") >= _WORDS and text.endswith(".")
    return line and not (_IN_TABLE.search(text) or _names_day(text))


_WORDS: Final = 4


def _names_day(text: str) -> bool:
    return names_day(text.encode("utf-8", "replace"))


# "- North coast: ...", "Gauteng: ...": what is said of one of several places.
_ITEM: Final = re.compile(r"[\s>]*[-–•*·][^\S\n]")
_IN_LIST: Final = re.compile(r"[\s>]*(?:[-–•*·][^\S\n]|[^\W\d_][^\n:.]{1,39}:[^\S\n])")


def _is_closed(page: str, end: int) -> bool:
    """Whether the page ends here, or the line does and the next one is of text."""
    if end == len(page):
        return True
    return page[end] == "\n" and _is_text(page[end : _line_end(page, end + 1, len(page))])


def _are_short(lines: str) -> bool:
    """Whether none of some lines can be of running text, which spares looking at each."""
    return max(map(len, lines.split("\n"))) < _TEXT_LINE


def _is_text(line: str) -> bool:
    """Whether a line is one of running text, which no widget goes on behind."""
    if len(line) <= _TEXT_LINE or _IN_TABLE.search(line):
        return False
    degrees = sum(map(line.count, _DEGREES))
    most = max(_IN_SENTENCES, len(line) // _FOR_EACH)
    sentences = degrees <= most and line.rstrip().endswith(".")
    columns = line.count(";")
    listed = columns < _COLUMNS or _SPACES * columns <= line.count(" ")
    return listed and (not degrees or sentences)


def _parts(line: str, prose: bool) -> bool:
    """Whether what is behind a line of text is of something else.

    Not so if the sign stands in a text (`prose`), and the line names a day.
    """
    return _is_text(line) and not (prose and _names_day(line))


def _heading(page: str, at: int, least: int) -> int:
    """Where the heading of a text at `at` begins, if that names a day, else where the text does.

    It is the line above, or a short one above that, if no text stands between.
    """
    end = at
    for above in range(_ABOVE):
        end = least + len(page[least:end].rstrip())
        start = page.rfind("\n", least, end) + 1 or least
        line = page[start:end]
        if start >= end or (_is_text(line) and (len(line) > _TITLE or line.endswith("."))):
            break
        if (not above or len(line) < _HEADING) and _names_day(line):
            return start
        end = start
    return at


_ABOVE: Final = 3  # lines
_HEADING: Final = 30  # characters
_TITLE: Final = 140  # characters of the title of an article, which no full stop ends


def _leads_on(line: str) -> bool:
    """Whether a line ends with a colon: it is about what stands below it."""
    return line.rstrip().endswith(":")


def _line_start(page: str, at: int, least: int) -> int:
    found = page.rfind("\n", least, at)
    return found + 1 if found >= 0 else least


def _outside_word(page: str, at: int) -> int:
    """A place, or where the word begins that it is in the middle of: no number is parted."""
    cut = _WORD.search(page, max(0, at - _LONGEST_WORD), at)
    return cut.start() if cut and at < len(page) and not page[at].isspace() else at


_WORD: Final = re.compile(r"(?<=\s)\S+\Z")
_LONGEST_WORD: Final = 24  # characters; scripts without spaces have no such words


def _line_end(page: str, at: int, most: int) -> int:
    found = page.find("\n", at, most)
    return found if found >= 0 else most
