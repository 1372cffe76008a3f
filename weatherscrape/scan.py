"""A page in, the stretches worth reading out: nearly every page of a crawl ends here.

Every snippet holds a sign of weather: a degree sign, a unit, a word of sky or rain, a label. One
pass over the bytes finds the signs; the text around them is the window.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from .model import Span
from .vocabulary import DATA, read_sections

_REACH: Final = 700  # characters around a sign that its widget may fill


@cache
def _signs() -> BytesAhoCorasick:
    text = (DATA / "signs.txt").read_text(encoding="utf-8")
    signs = [sign for forms in read_sections(text, "signs.txt")["sign"].values() for sign in forms]
    cased = {s.encode() for sign in signs for s in (sign, sign.capitalize(), sign.upper())}
    return BytesAhoCorasick(sorted(cased), matchkind=MatchKind.LeftmostFirst)


def scan(page: str) -> list[Span]:
    """Windows of a page that may hold weather: disjoint, in order. It may let too much through.

    Examples
    --------
    >>> scan("The council met on Monday at 9.")
    []
    >>> scan("Mon 12°")
    [Span(start=0, end=7)]
    """
    data = page.encode("utf-8", "surrogatepass")
    places = [start for _, start, _ in _signs().find_matches_as_indexes(data)]
    if not places:
        return []
    windows: list[Span] = []
    at = seen = 0  # characters up to the byte `seen`
    for place in places:
        at += place - seen if len(data) == len(page) else _characters(data[seen:place])
        seen = place
        start, end = max(0, at - _REACH), min(len(page), at + _REACH)
        if windows and start <= windows[-1].end:
            windows[-1] = Span(windows[-1].start, end)
        else:
            windows.append(Span(start, end))
    return [_whole_lines(page, window) for window in windows]


def _characters(data: bytes) -> int:
    return len(data.decode("utf-8", "surrogatepass"))


def _whole_lines(page: str, window: Span) -> Span:
    """The window from the line on that it begins in; a line of prose is cut where it is."""
    start = page.rfind("\n", max(0, window.start - 200), window.start) + 1
    end = page.find("\n", window.end, window.end + 200)
    return Span(start or window.start, end if end >= 0 else window.end)
