"""Items in, those of places that stand behind their temperatures in a sentence named out.

"In the morning 6°C in Leeds and York, 5°C in Hull and 3°C in Whitby": each place is a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_letters
from typing import Final

from .groups import Item, is_warm
from .model import Kind, Pair, Quantity, Span

_LEAST: Final = 3  # places
_NAME: Final = r"[^\W\d_a-zß-ÿа-я][^\W\d_]+(?:[ '’-](?:d['’])?[^\W\d_a-zß-ÿа-я][^\W\d_]+){0,2}"
# "°C in Leeds and York,": a short word, a name, and another one or none.
_BEHIND: Final = re.compile(
    rf"[ ](?:[a-zß-ÿа-я]{{1,3}}[ ])?[a-zß-ÿа-я]{{1,4}}[ ](?P<one>{_NAME})"
    rf"(?:[ ][a-zß-ÿа-я]{{1,3}}[ ](?P<two>{_NAME}))?"
    r"(?=[,.;\n]|(?:[ ][a-zß-ÿа-я]{1,3}){1,2}[ ][-+]?\d|\Z)"
)
# ", 11 in Hull", "; 6 and 14 in Leeds": what goes on from there, without a unit.
_MORE: Final = re.compile(
    r"[,;]?(?:[ ][a-zß-ÿа-я]{1,3}){0,2}[ ](?P<low>[-+]?\d{1,2})"
    r"(?:(?:[ ]?[-–/][ ]?|(?:[ ][a-zß-ÿа-я]{1,4}){1,2}[ ])(?P<high>[-+]?\d{1,2}))?(?=[ ])"
)
_NEXT: Final = 60  # characters from one value to the next


def named_behind(items: Sequence[Item], page: str) -> list[Item]:
    """Items of a window; the temperatures of such sentences have their place as their `entry`.

    One that is told of two places is there twice.
    """
    out: list[Item] = []
    done = 0
    items = list(_with_more(items, page))
    for start, names in _runs(items, page):
        out += items[done:start]
        for item, places in zip(items[start : start + len(names)], names, strict=True):
            field = item.field or items[start].field
            out += [item._replace(entry=place, field=field, words=0) for place in places]
        done = start + len(names)
    return [*out, *items[done:]] if done else list(items)


def _with_more(items: Sequence[Item], page: str) -> Iterator[Item]:
    """Items, and the numbers without a unit that a sentence says of places behind the first.

    "13 °C in Leeds, 11 in York and 4 in Whitby": they are of the kind of that.
    """
    for at, item in enumerate(items):
        yield item
        end = items[at + 1].span.start if at + 1 < len(items) else len(page)
        last: Item | None = item
        while last and last.place and (names := _names(last, page)):
            behind = page.index(names[-1], last.span.end) + len(names[-1])
            found = _MORE.match(page, behind, end)
            last = _like(last, found) if found else None
            if last and _names(last, page):
                yield last


def _like(item: Item, found: re.Match[str]) -> Item | None:
    """An item of the kind of another one, if as many numbers are found for it."""
    low, high = (float(n) if n else None for n in found.group("low", "high"))
    value = item.value
    if isinstance(value, Pair) and value.first and value.second and low is not None and high:
        value = Pair(replace(value.first, value=low), replace(value.second, value=high))
    elif isinstance(value, Quantity) and low is not None and high is None:
        value = replace(value, value=low, low=None)
    else:
        return None
    end = found.end("low" if high is None else "high")
    return item._replace(span=Span(found.start("low"), end), value=value, lines=0, words=1)


def _runs(items: Sequence[Item], page: str) -> Iterator[tuple[int, list[tuple[str, ...]]]]:
    """Where temperatures stand one behind the other, each with the names behind it."""
    start, run = 0, list[tuple[str, ...]]()
    for at, item in enumerate(items):
        names = _names(item, page)
        near = at > 0 and item.span.start - items[at - 1].span.end < _NEXT
        if run and names and near and not item.lines and item.place == items[at - 1].place:
            run.append(names)
            continue
        if sum(map(len, run)) >= _LEAST and len(run) > 1:
            yield start, run
        start, run = at, [names] if names else []
    if sum(map(len, run)) >= _LEAST and len(run) > 1:
        yield start, run


def _names(item: Item, page: str) -> tuple[str, ...]:
    """The names behind a temperature, or behind two of a range."""
    if not is_warm(item):
        return ()
    start, end = item.span
    if item.kind is Kind.NUMBER:  # "19 in Hull": a unit that is a word was read with it
        end = start + len(page[start:end].rstrip(ascii_letters + " "))
    found = _BEHIND.match(page, end)
    return tuple(name for name in found.group("one", "two") if name) if found else ()
