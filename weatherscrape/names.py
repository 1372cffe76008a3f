"""Whether what looks like weather is part of a name: "StormBot", "Thunder Road", a quoted title."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Final

from .model import KEYS, Kind, Span
from .tokens import ANY_LINE, Tokens, Window, as_filler, is_at, length, line
from .vocabulary import UNSPACED


def without_refrains(tokens: Tokens, page: str) -> Tokens:
    """Tokens, with the words of a line that stands below each of several days made fillers.

    "Saturday⏎Max 17⏎Alba area⏎Cloudy.⏎Sunday⏎Max 19⏎Alba area⏎Sunny." A list of places has several.
    A bare number behind them goes with them: "Mon⏎12°⏎BIO: 3⏎4°", "Mon 12°⏎BIO: 3 4°".
    """
    days = len(tokens.lines(_DAY))
    if days < _DAYS:
        return tokens
    found: defaultdict[str, list[int]] = defaultdict(list)  # places of its tokens by line
    times: Counter[str] = Counter()
    for words in tokens.lines(_WORDS):
        last = max(i for i in words if tokens.shape[i] == "x")
        printed = page[tokens[words[0]].span.start : tokens[last].span.end]
        found[printed] += words
        times[printed] += 1
    refrains = [printed for printed, often in times.items() if often > _DAYS]
    if len(refrains) != 1 or abs(times[refrains[0]] - days) > 1:
        return tokens
    return tokens.rewritten(found[refrains[0]], as_filler)


def listed(tokens: Tokens, page: str) -> frozenset[int]:
    """The first values of lines that each begin with the name of a place, and go on alike.

    "Auckland H 25C, L 16C", "Bacău 14 nori".
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    for whole in tokens.lines(ANY_LINE):
        shape = tokens.shape[whole.start : whole.stop]
        named = _NAMED_LINE.fullmatch(shape)
        if named is not None and not page[tokens[whole.start].span.start].islower():
            found[(named[1] + named[2]).replace(",", "")].append(whole.start + named.start(2))
    return frozenset(at for places in found.values() if len(places) >= _LISTED for at in places)


_NAMED_LINE: Final = re.compile("[xW][xW.]{0,3}([l,]*)([TnPC%S][lTnPC%S,]*)")
_LISTED: Final = 3

_DAYS: Final = 2  # on lines of their own; the first may be part of a title
_DAY: Final = line("[dD]++[TP]?")
_WORDS: Final = re.compile(r"(?<![^/])\.*+x[x.]*+(?:,?n)?(?![^/TP])")


def in_a_name(tokens: Tokens, at: int, page: str = "") -> bool:
    """Whether a token is glued to a word that means nothing.

    Where no spaces part the words (of `page`), only a short one is: "最高気温は|高い".
    """
    first = max(0, at - 1)
    if "x" not in tokens.shape[first : at + 2]:
        return False
    span = tokens[at].span
    if length(tokens[at]) >= _LONG_UNSPACED and UNSPACED.match(page, span.start):
        return False
    sides = [t for t in tokens[first : at + 2] if t.kind is Kind.WORD and t.value is None]
    return any(t.span.end == span.start or t.span.start == span.end for t in sides)


_LONG_UNSPACED: Final = 4  # characters


def is_letter_of_a_name(tokens: Tokens, at: int) -> bool:
    """Whether a token is a letter of a word of an unspaced script."""
    return length(tokens[at]) == 1 and in_a_name(tokens, at)


def is_of_a_place(window: Window, at: int) -> bool:
    """Whether "de" stands between a short day and a name: "Viña del Mar", "Mar del Plata"."""
    if length(window[at]) != _SHORT_DAY:
        return False
    for link, other in ((at - 1, at - 2), (at + 1, at + 2)):
        if is_at(window, link, Kind.FILLER) and is_at(window, other, Kind.WORD):
            first, last = (window[i].span for i in sorted((at, other)))
            if _PLACE.fullmatch(window.page, first.start, last.end):
                return True
    return False


_SHORT_DAY: Final = 3  # letters
_PLACE: Final = re.compile(r"[^\Wa-z\d_]\S* [a-z]{1,3} [^\Wa-z\d_]\S*")


def is_titled(window: Window, at: int) -> bool:
    """Whether a sky is a word of a title: "Friday: Thunder Road", with no temperature in its line.

    Capitals tell it in scripts that have them, and quotation marks in all.
    """
    if _is_quoted(window.page, window[at].span):
        return True
    if not (_is_of_name(window, at, at + 1) or _ends_name(window, at)):
        return False
    shape = window.shape
    end = shape.find("/", at)
    line = (at, end if end >= 0 else len(shape))
    return shape.find("T", *line) < 0 and shape.find("P", *line) < 0


def _ends_name(window: Window, at: int) -> bool:
    """Whether a sky is the last word of a name behind a day: "Tonight: Quiet Storm"."""
    led = window.shape[max(0, at - _NAMED) : at].rstrip(",").endswith("x")
    keyed = led and window.shape[max(0, at - _NAMED) : at - 1].rstrip(",")[-1:] in KEYS
    return keyed and _is_of_name(window, at - 1, at)


_NAMED: Final = 4  # tokens from a day to the last word of a name


def _is_of_name(window: Window, first: int, second: int) -> bool:
    """Whether two words go together with capitals, one of a sky and one that means nothing."""
    if window.shape[first : second + 1] not in ("Cx", "xC", "Cl"):
        return False
    page, one, two = window.page, window[first], window[second]
    unknown = two if one.kind is Kind.CONDITION else one
    if unknown.value not in (None, "location") or page[one.span.end : two.span.start] != " ":
        return False
    return page[slice(*one.span)].istitle() and page[slice(*two.span)].istitle()


def _is_quoted(page: str, span: Span) -> bool:
    """Whether a text quotes a sky: a title, or a name, but no value of data ("sky": "Rain")."""
    end = _CLOSING.match(page, span.end)
    if end is None:
        return False
    start = _OPENING.search(page, max(0, span.start - _QUOTED), span.start)
    if start is None:
        return False
    before = page[max(0, start.start() - _INDENT) : start.start()].rstrip(" ")[-1:]
    # "Rain Likely," is an album.
    if (not before or before in _OF_DATA) and page[end.end() - 2] != ",":
        return False
    words = _WORD.findall(page, start.start(), end.end())
    # What forecasters say is in lower case.
    return not any(len(word) >= _LONG and word.islower() for word in words)


_QUOTED: Final = 61  # characters

# Not the mark of a Hebrew abbreviation, which stands inside a word.
_OPENING: Final = re.compile(
    r"""(?: (?<![^\W\d_])["“„](?!\s) | « ) [^"“”«»„\n]{0,60}\Z""", re.VERBOSE
)

_CLOSING: Final = re.compile(
    r"""[^"“”«»„\n]{0,60} (?: (?<=\S)["”“](?![^\W\d_]) | » )""", re.VERBOSE
)

_WORD: Final = re.compile(r"[^\W\d_]+")
_LONG: Final = 5  # letters; the short words of a title may be in lower case
_INDENT: Final = 40  # characters
_OF_DATA: Final = ":=>,;|[{(\t\n"  # what stands before a value in quotation marks
