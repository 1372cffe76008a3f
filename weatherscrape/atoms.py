"""The printed form of a number, a date, a time or a sign in, what it can mean out.

One expression finds them all. What is found is read by its printed form alone, so each form is read
once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from .model import Clock, Kind, PartialDate, Quantity, Reading

# Letters and the marks that belong to them: a vowel sign of Devanagari ends no word.
_MARKS: Final = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0981-\u0983\u09bc-\u09d7\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
A_LETTER: Final = rf"(?:[^\W\d_]|[{_MARKS}])"
LETTER: Final = re.compile(A_LETTER)

SEPARATORS: Final = "-—\t|,;:•·/()…~+&[]、"
ATOM: Final = re.compile(
    rf"""
      (?P<ymd>   \d{{4}} (?P<s1>[-/.]) \d{{1,2}} (?P=s1) \d{{1,2}} (?!\d) (?:T(?=\d\d:))? )
    | (?P<xmy>   \d{{1,2}} (?P<s2>[-/.]) \d{{1,2}} (?P=s2) (?:\d{{4}}|(?<!-)\d{{2}}) (?![\d°]) )
    | (?P<compact> (?:19|20)\d\d (?:0[1-9]|1[0-2]) (?:0[1-9]|[12]\d|3[01]) (?![\d.,]) )
    | (?P<spaced> \d{{4}} \.[ ] \d{{1,2}} \.[ ] \d{{1,2}} (?:\.(?!\d)|(?!\.?\d))
               | \d{{1,2}} \.[ ] \d{{1,2}} \.[ ] \d{{4}} (?!\d) )
    | (?P<clock> \d{{1,2}} : [0-5]\d (?: :[0-5]\d (?:\.\d+)? )?
                 (?: [ \n]?[ap]\.?m (?![^\W\d_]) \.? | Z (?![^\W\d_]) | [ ]?[+-]\d{{4}} (?!\d) )?
                 (?!:\d\d | \d\d (?!:\d\d)) )
    | (?P<duration> \d{{1,3}} [ ]? (?: h | hrs? | hours? ) \.? [ ] [0-5]?\d [ ]?
                    (?: m | mins? | minutes? ) (?![^\W\d_]) )
    | (?P<hour>  \d{{1,2}} (?: \.[0-5]\d )? [ ]{{0,2}} [ap]\.?[ ]?m (?![^\W\d_]) \.?
               | \d{{1,2}} h (?: [0-5]\d (?!\d*h) )? (?![^\W\d_])
               | \d{{1,2}} [ ]h[ ] [0-5]\d (?![.,:]?\d|[^\W\d_]|[ ]?(?:h|°|%|km|deg)) )
    | (?P<decade> (?:[1-9]|1[01])0['’]?s (?![^\W\d_]) )
    | (?P<dotted> \d{{1,2}} \.[ ]? \d{{1,2}} \. (?![\d.]) )
    | (?P<decimal> \d{{1,2}} \. \d\d (?![\d.,]) )
    | (?P<money> [$£€¥₹₽₩] [ ]? \d [\d.,]* | \d [\d.,]* [ ]? [€£¥₹₽₩] )
    | (?P<number>\d+ (?: [.,]\d+ )* )
    | (?P<break> \n [ \t\n]* )
    | (?P<separator> \.{{2,3}} | [-—\t|,;:•·/()…~+&\[\]÷、] )
    | (?P<word>  (?: [^\W\d_] | [{_MARKS}] )+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)
def read_atom(name: str, printed: str) -> tuple[Reading, ...]:
    """What an atom can mean: `name` is that of its group in :data:`ATOM`.

    >>> [str(reading.value) for reading in read_atom("xmy", "4/5/2025")]
    ['2025-04-05', '2025-05-04']
    """
    return _READ[name](printed)


NOTHING: Final = (Reading(Kind.WORD),)


def _read_ymd(text: str) -> tuple[Reading, ...]:
    year, month, day = map(int, re.findall(r"\d+", text))
    value = PartialDate.of(day, month, year)
    return (Reading(Kind.DATE, value),) if value else NOTHING


_PIVOT: Final = 40  # the first two-digit year of the last century: the web has none of the 1930s


def _read_xmy(text: str) -> tuple[Reading, ...]:
    """Month first and day first, as far as both are dates; only slashes are read month first."""
    first, second, year = map(int, re.findall(r"\d+", text))
    if year < 100:
        year += 2000 if year < _PIVOT else 1900
    orders = [(first, second), (second, first)] if "/" in text else [(second, first)]
    values = [PartialDate.of(day, month, year) for month, day in orders]
    return tuple(Reading(Kind.DATE, v) for v in values if v) or NOTHING


def _read_clock(text: str) -> tuple[Reading, ...]:
    """Local time in minutes; "12 AM" is midnight."""
    hour, minute = [*re.findall(r"\d+", text), "0"][:2]
    hours, minutes = int(hour), int(minute)
    half = re.search(r"[ap]", text, re.IGNORECASE)
    if half:
        if not 1 <= hours <= 12:
            return NOTHING
        hours = hours % 12 + (12 if half.group() in "pP" else 0)
    if hours * 60 + minutes > 1440:
        return NOTHING
    return (Reading(Kind.TIME, Clock(hours * 60 + minutes)),)


def _read_dotted(text: str) -> tuple[Reading, ...]:
    """ "13.2." is February 13, or 13.2 at the end of a sentence; "13. 2." is no number.

    "2.13." is February 13 too, but "2.13" is a number.
    """
    one, two = map(int, re.findall(r"\d+", text))
    value = PartialDate.of(one, two) or (PartialDate.of(two, one) if text[-1] == "." else None)
    dated = (Reading(Kind.DATE, value),) if value else ()
    if " " in text:
        return dated or NOTHING
    return (*_read_number(text.rstrip(".")), *dated)


_LONGEST_NUMBER: Final = 9  # characters; "1013.25" hPa, "65616.8" feet of visibility


def _read_number(text: str) -> tuple[Reading, ...]:
    """A number with either decimal sign: "1,013" is a thousand and thirteen, "12,7" a decimal."""
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        text = re.sub(r"[.,]", "", text[:decimal]) + "." + text[decimal + 1 :]
    elif re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", text):
        text = text.replace(",", "")
    elif text.count(".") + text.count(",") > 1:
        return NOTHING  # a version, an address
    if len(text) > _LONGEST_NUMBER:
        return NOTHING
    return (Reading(Kind.NUMBER, Quantity(float(text.replace(",", ".")))),)


_MID_DECADE: Final = 5.0  # "in the 40s"


def _read_decade(text: str) -> tuple[Reading, ...]:
    return (Reading(Kind.NUMBER, Quantity(float(text.rstrip("sS'’")) + _MID_DECADE)),)


def _read_duration(text: str) -> tuple[Reading, ...]:
    """Minutes, as of "8 h 51 min"; "14h30min" without a blank is an hour in Brazil."""
    hours, minutes = map(int, re.findall(r"\d+", text))
    return (Reading(Kind.QUANTITY, Quantity(60.0 * hours + minutes, "min")),)


_READ: Final[dict[str, Callable[[str], tuple[Reading, ...]]]] = {
    "ymd": _read_ymd,
    "xmy": _read_xmy,
    "compact": lambda text: _read_ymd(f"{text[:4]}-{text[4:6]}-{text[6:]}"),
    "clock": _read_clock,
    "hour": _read_clock,
    "duration": _read_duration,
    "spaced": lambda text: _read_ymd(text) if text[3].isdigit() else _read_xmy(text)[:1],
    "decade": _read_decade,
    "dotted": _read_dotted,
    "decimal": _read_dotted,
    "money": lambda _: NOTHING,
    "number": _read_number,
    "break": lambda text: (Reading(Kind.BREAK, min(text.count("\n"), 2)),),
    "separator": lambda text: (Reading(Kind.SEPARATOR, text),),
}
