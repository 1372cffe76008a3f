"""A page in, the stretches worth reading out: nearly every page of a crawl ends here.

Every snippet holds a sign of weather beside a number: a degree sign, a unit, a word of sky or rain,
a label. A vectorised matcher finds the signs in the page's bytes; what stands around those that
have a digit near them is a window. It may let too much through; it must not lose a snippet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from .data import read_data
from .model import Span

_REACH: Final = 700  # characters that a widget may go on without a sign
_REACH_IN_LINE: Final = 300  # the same inside a long line
_LONG_LINE: Final = 200  # a sign in a longer one reaches only so far
_TEXT_LINE: Final = 80  # characters of a line that is one of running text, if it is no table's
_IN_TABLES: Final = ("\t", "|", "°", "º", "˚", "℃", "&deg", "  ", "──", "━━", "┃", "│", "║")
_DIGIT: Final = re.compile(rb"[0-9]")
# The same with Arabic, Persian, Devanagari, Bengali, Thai and full-width digits, as UTF-8 bytes.
_ANY_DIGIT: Final = re.compile(
    rb"[0-9]|\xd9[\xa0-\xa9]|\xdb[\xb0-\xb9]|\xe0[\xa5\xa7][\xa6-\xaf]|\xe0\xb9[\x90-\x99]|\xef\xbc[\x90-\x99]"
)


@dataclass(frozen=True, slots=True)
class _Signs:
    """Signs of one section, and how many bytes before and after one a digit may stand.

    `leads`: bytes of which a page has one if it has a sign; none: any page may.
    """

    matcher: BytesAhoCorasick
    before: int
    after: int
    leads: tuple[bytes, ...]

    def places(self, data: bytes) -> list[int]:
        """Bytes of the page at which there is a sign with a digit near it."""
        found = self.matcher.find_matches_as_indexes(data)
        digit = _DIGIT if not found or data.isascii() else _ANY_DIGIT
        return [
            start
            for _, start, end in found
            if digit.search(data, max(0, start - self.before), end + self.after)
        ]


@cache
def _signs(encoding: str) -> tuple[_Signs, ...]:
    """The signs that a page of an encoding can hold."""
    compiled = (
        _compiled(entries, encoding)
        for name, entries in read_data("signs.txt").items()
        if name and entries.get("beyond") != [encoding]
    )
    return tuple(signs for signs in compiled if signs)


def _compiled(entries: dict[str, list[str]], encoding: str) -> _Signs | None:
    forms = {form.replace("_", " ") for form in entries.get("exact", ())}
    forms |= {f for s in entries.get("sign", ()) for f in (s, s.capitalize(), s.upper())}
    encoded = {form.encode(encoding, "ignore") for form in forms if _fits(form, encoding)}
    if not encoded:
        return None
    around = int(entries.get("around", ["0"])[0])
    before, after = (int(entries.get(side, [around])[0]) for side in ("before", "after"))
    matcher = BytesAhoCorasick(sorted(encoded), matchkind=MatchKind.LeftmostFirst)
    return _Signs(matcher, before, after, _leads(encoded, entries.get("letters", ()), encoding))


def _leads(encoded: Iterable[bytes], letters: Sequence[str], encoding: str) -> tuple[bytes, ...]:
    """The bytes that one of these forms or letters begins with, if none is ASCII."""
    if encoding != "utf-8":
        return ()
    leads = {form[:1] for form in ([x.encode() for x in letters] or encoded)}
    return () if any(lead.isascii() for lead in leads) else tuple(sorted(leads))


def _fits(form: str, encoding: str) -> bool:
    return len(form.encode(encoding, "ignore")) >= len(form)


def _encoded(page: str) -> tuple[bytes, str]:
    """A page in the narrowest encoding that it fits, and its name: a copy costs next to nothing."""
    if page.isascii():
        return page.encode("ascii"), "ascii"
    try:
        return page.encode("latin-1"), "latin-1"
    except UnicodeEncodeError:
        return page.encode("utf-8", "surrogatepass"), "utf-8"


def scan(page: str) -> list[Span]:
    """Windows of a page that may hold weather: disjoint, in order.

    Examples
    --------
    >>> scan("The council met on Monday at 9.")
    []
    >>> scan("Mon 12°")
    [Span(start=0, end=7)]
    """
    data, encoding = _encoded(page)
    possible: dict[tuple[bytes, ...], bool] = {(): True}
    places: list[int] = []
    for signs in _signs(encoding):
        if signs.leads not in possible:
            possible[signs.leads] = any(lead in data for lead in signs.leads)
        if possible[signs.leads]:
            places += signs.places(data)
    places.sort()
    windows: list[Span] = []
    at = seen = 0  # characters up to the byte `seen`
    for place in places:
        at += place - seen if len(data) == len(page) else _characters(data[seen:place])
        seen = place
        if windows and at < windows[-1].end - _REACH // 2:
            continue  # well inside the window before
        window = _window(page, at)
        if windows and window.start <= windows[-1].end + 1:  # nothing but a line break between
            window = Span(min(windows.pop().start, window.start), window.end)
        windows.append(window)
    return windows


def _characters(data: bytes) -> int:
    """Characters that begin in `data`: all bytes but those that go on with one."""
    return len(data.decode("utf-8", "surrogatepass"))


def _window(page: str, at: int) -> Span:
    """The lines around a sign, as far as it reaches, up to the next long line of text."""
    first, last = max(0, at - _REACH), min(len(page), at + _REACH)
    start = _line_start(page, at, first)
    end = _line_end(page, at, last)
    if end - start > _LONG_LINE:
        start, end = max(start, at - _REACH_IN_LINE), min(end, at + _REACH_IN_LINE)
    while start > first:
        line = _line_start(page, start - 1, first)
        if _is_text(page[line:start]):
            break
        start = line
    while end < last:
        line = _line_end(page, end + 1, last)
        if _is_text(page[end:line]):
            break
        end = line
    return Span(start, end)


def _is_text(line: str) -> bool:
    """Whether a line is one of running text, which no widget goes on behind."""
    return len(line) > _TEXT_LINE and not any(sign in line for sign in _IN_TABLES)


def _line_start(page: str, at: int, least: int) -> int:
    found = page.rfind("\n", least, at)
    return found + 1 if found >= 0 else least


def _line_end(page: str, at: int, most: int) -> int:
    found = page.find("\n", at, most)
    return found if found >= 0 else most
