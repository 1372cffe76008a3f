"""What a text is about, by how it is set: a day with a colon behind it, a name above a value."""

from __future__ import annotations

import re
from typing import Final

from .groups import Item
from .model import Span


def leads(page: str, end: int) -> bool:
    """Whether a colon or dots say that what a word is about follows it: "TONIGHT...Clear".

    >>> leads("Wednesday (Oct. 7.): sun", 17), leads("Wednesday (Oct. 7.)", 17)
    (True, False)
    """
    return _LEADING.match(page, end) is not None


def introduces(page: str, end: int) -> bool:
    """The same, or a dash does: "Today - sunny"."""
    return leads(page, end) or _DASH.match(page, end) is not None


_LEADING: Final = re.compile(r"(?:\.?\))? ?(?:[:：…]|\.\.)")  # "(Oct. 7.):"
_DASH: Final = re.compile(r" [-–—] ")


def opens(page: str, span: Span) -> bool:
    """Whether what a key is about follows it: it begins a sentence that goes on from another.

    Or it begins a line, and a colon, dots or a full stop end it there, or it is all of the line.
    """
    start = span.start
    before = page[start - 1 : start]
    if before == " ":
        sentence = _SENTENCE_START.search(page, max(0, start - 7), start)
        if sentence and page[sentence.start() + 3].isupper():
            return True
    if not before.strip() and is_heading(page, span):
        return True
    if page[max(0, start - 2) : start].rstrip(" ")[-1:] == "。":
        return True
    if _OPENING.match(page, span.end) is None:
        return False
    if page[max(0, start - 2) : start].rstrip(" ")[-1:] in _ENDS:
        return True
    return _BULLET.search(page, max(0, start - _NEARBY), start) is not None


# Of what stands before a heading within a line.
_ENDS: Final = ("", "\n", ".", "。", "।", "！", "!")

_BULLET: Final = re.compile(r"(?:\A|\n)[ \t]*[-–•*·][ \t]+\Z")  # "- SATURDAY: Mostly sunny."

# No colon of a clock; a full stop, which a heading has that begins its line; a dash that ends it.
_OPENING: Final = re.compile(r"(?:\.?\))? ?(?:[:：](?!\d)|\.\.|…)|\. [A-Z]| [-–—][ \t]*\n")
_SENTENCE_START: Final = re.compile(r"\w[.!?] (?:[^\W\d_]{1,3} )?\Z")  # "On", "Am", "Le"


def is_heading(page: str, span: Span) -> bool:
    """Whether a key stands on a line by itself above a paragraph.

    A sentence, a blank line or nothing is above it.
    """
    start = max(0, span.start - _NEARBY)
    if _SENTENCE_END.search(page, start, span.start) and _HEADING.match(page, span.end):
        return True
    apart = _BLANK_LINE.search(page, start, span.start) is not None
    apart = apart and ":" not in page[slice(*span)]  # when an article is of
    return apart and _ABOVE_TEXT.match(page, span.end) is not None


_SENTENCE_END: Final = re.compile(r"(?:[.!?][ \t]*\n\s*|\A)\Z")
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n\s*\Z")
_NEARBY: Final = 12  # characters before a heading, with the spaces at the end of the line above

# A line by itself above a paragraph of two sentences or more.
_HEADING: Final = re.compile(r"[ \t]*\n\s*(?:[^\n.]+\n?){1,3}\.[ \n]+[^\W\d_]")
# The same with a blank line between, above a long line.
_ABOVE_TEXT: Final = re.compile(r"\.?[ \t]*\n[ \t]*\n[ \t]*[^\W\d_][^\n|\t:]{40}")


def in_lines(items: list[Item], page: str) -> list[Item]:
    """Items, where each day of a line has a colon behind it: all of them open what they are about.

    "Today: Cloudy High 62 Tonight: Rain Low 47 Thursday: Sunny High 44".
    """
    out = list(items)
    start = 0
    for end in range(1, len(items) + 1):
        if end < len(items) and not items[end].lines:
            continue
        keys = [at for at in range(start, end) if items[at].key]
        start = end
        if len(keys) >= _IN_LINE and all(leads(page, items[at].span.end) for at in keys):
            for at in keys:
                out[at] = items[at]._replace(opens=True)
    return out


_IN_LINE: Final = 3  # days with a colon behind them


def is_named(page: str, start: int, spoken: bool) -> bool:
    """Whether words and a colon before a value begin its line, or a heading is the line above.

    A name alone begins it, if that is none of running text (`spoken`).
    """
    first = max(0, start - _NAME_SIZE)
    if _NAME.search(page, first, start) or _NAME_AND_DASH.search(page, first, start):
        return True
    capitals = _CAPITALS.search(page, first, start)
    if capitals and capitals["name"].isupper():
        return True
    return not spoken and _NAME_IN_LINE.search(page, first, start) is not None


# What may stand between a name and its value: a label, and a few words.
_UP_TO_THE_VALUE: Final = r"(?: [^\n.:,]{1,20} : )? [^\n.:,]{0,40} \Z"

# Words and a colon, or a line by itself behind a mark, below a blank one or in brackets.
_NAME: Final = re.compile(
    r"""(?: (?: \A | \n ) [-–•*·\s]* [^\W\d_] [^\n:：.]* [:：] [ ]* \n?
          | (?: \A | \n ) [ ]* [^\W\d_] [^\n:.]{0,90} : [ ]* \n\n
          | (?: \A | \n ) [ ]* [・◆◇■□●○▼▲] [ ]* [^\W\d_] [^\n.。、|\t]{0,24} \n\n?
          | (?: \A | \n[ \t]*\n ) [ \t]* [^\W\d_] [^\n:.,;|\t\d]{1,39} \n
          | (?: \A | \n ) [ \t]* [<＜〈《【\[［] [^\W\d_] [^\n:.,;|\t\d]{0,19}
                            [>＞〉》】\]］] [ \t]* \n )"""
    + _UP_TO_THE_VALUE,
    re.VERBOSE,
)

# "Leeds (UK) - Low of 18ºC", but not "Elbe - Station York 21°C".
_NAME_AND_DASH: Final = re.compile(
    r"\n[ ]*[^\W\d_a-z][^\n:.,;|\t\d]{1,39}[ ][-–—][ ](?:[^\W\d_]+[ ](?:[^\W\d_A-Z]+[ ]){0,2})?\Z"
)

# A line by itself that may be in capitals.
_CAPITALS: Final = re.compile(
    r"\n [ ]* (?P<name> [^\W\d_] [^\n:.;|\t\d]{4,59} ) \n" + _UP_TO_THE_VALUE, re.VERBOSE
)

# "Auckland Cloudy. 26C high": of a line below a blank one.
_NAME_IN_LINE: Final = re.compile(r"(?:\A|\n[ \t]*\n)[ \t]*[^\W\d_a-z][^\n:.,;|\t\d]{1,24}[ ]\Z")
_NAME_SIZE: Final = 160  # characters before a value that its name can have
