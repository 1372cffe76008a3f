"""Hypothesis strategies: weather frames, pages that print them, and what scraping does to both.

They are for property tests of what stands before or behind :func:`weatherscrape.extract`. Frames
are as a forecast has them, pages are what :func:`weatherscrape.render` makes of them, and all
shrink to the plainest page of their kind: Monday, Tuesday and Wednesday, each at 0 °C.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

try:
    from hypothesis import assume
    from hypothesis import strategies as st
except ImportError as error:
    raise ImportError(
        "weatherscrape.strategies needs hypothesis: pip install 'weatherscrape[test]'"
    ) from error

from .data import languages as known_languages
from .data import slugs
from .errors import ArgumentError
from .frame import to_frame
from .model import Condition, Intensity, Likelihood, Period, RelativeDay, Weekday
from .render import printed, read, render
from .resolve import Record
from .templates import KEY, LAYOUT_NAMES, LAYOUTS, Layout, unit_of
from .wording import words_of

_Keys = list[Record]
_DAILY: Final = ("temperature_max", "temperature_min")
_WEEKDAYS: Final = tuple(Weekday)
_FIRST_DAYS: Final = (RelativeDay.TODAY, RelativeDay.TOMORROW)
_READING: Final = 5  # columns that a layout has room for if it can print a reading of now
_PARTS: Final = (Period.MORNING, Period.AFTERNOON, Period.EVENING, Period.NIGHT)


# --- frames --------------------------------------------------------------------------------------


@st.composite
def frames(draw: st.DrawFn, layout: str = "lines", language: str = "en") -> pd.DataFrame:
    """Frames of one snippet: a reading of now, or the forecast for days, parts of days or hours.

    Parameters
    ----------
    layout
        A layout of :func:`weatherscrape.render`: the frame has columns that it can print, in units
        that it prints without rounding.
    language
        Code of the language: the conditions are those that it has words for.

    Returns
    -------
    SearchStrategy[DataFrame]
        Frames as :func:`weatherscrape.extract` gives them, but for `start`, `end` and
        `condition_text`, which only a page has. The rows of a frame have the same columns.

    Examples
    --------
    >>> from hypothesis import given
    >>> @given(frames(layout="labels"))
    ... def test_days_have_a_temperature(frame):
    ...     assert frame.filter(like="temperature").notna().any(axis=1).all()
    >>> test_days_have_a_temperature()
    """
    columns = printed(layout, language)
    chosen = LAYOUTS[layout]
    kinds = [_days, _parts]
    if "temperature" in columns:
        kinds.append(_hours)
        if len(columns) > _READING:
            kinds.append(_now)
    kind = draw(st.sampled_from(kinds))
    keys = draw(kind())
    fields = draw(_fields(columns, chosen, kind))
    warmth = draw(_warmth(chosen))
    records = []
    for key in keys:
        record: Record = {"page": 0, "snippet": 0, "start": 0, "end": 0, "confidence": 1.0, **key}
        record["temperature_unit"] = chosen.temperature_unit
        record["temperature_unit_stated"] = chosen.unit != "none"
        if "condition" in fields:
            record |= _condition_record(draw(conditions(language)))
        record |= {
            name: draw(_value(name, chosen, warmth)) for name in fields if name != "condition"
        }
        if set(fields) >= set(_DAILY):
            low, high = sorted(float(str(record[name])) for name in _DAILY)
            record |= {"temperature_max": high, "temperature_min": low}
        records.append(record)
    frame = to_frame(records)
    if set(fields) >= set(_DAILY) and not (chosen.pair or chosen.labels("temperature_max")):
        # The same temperature twice in all rows would be one temperature, to any reader.
        higher = frame["temperature_max"] > frame["temperature_min"]
        assume(higher.any() if chosen.unit == "each" else higher.all())
    return frame


@st.composite
def _fields(
    draw: st.DrawFn, columns: Sequence[str], layout: Layout, kind: Callable[..., Any]
) -> list[str]:
    """Columns that all rows of a frame have besides their keys."""
    daily = "temperature" not in columns or (
        kind is _days and set(_DAILY) <= set(columns) and draw(st.booleans())
    )
    fields = set(_DAILY) if daily else {"temperature"}
    # Without a day in its keys, or alone, a row is weather to a careful reader only if it says so.
    sure = layout.unit == "each" and kind not in (_now, _parts)
    if "condition" in columns and (not sure or draw(st.booleans())):
        fields.add("condition")
    others = [name for name in columns if name not in (KEY, "condition", "temperature", *_DAILY)]
    if kind is not _days:  # the sun rises once a day
        others = [name for name in others if name not in ("sunrise", "sunset")]
    if kind is _now and not layout.labels(
        "precipitation_probability"
    ):  # "59%" of now can be the humidity just as well
        others = [name for name in others if name != "precipitation_probability"]
    if others:
        least = min(2, len(others)) if kind is _now else 0
        fields |= draw(st.sets(st.sampled_from(others), min_size=least, max_size=4))
    if "wind_direction" in fields and "wind_speed" in columns:  # "N" alone is a letter
        fields.add("wind_speed")
    return [name for name in columns if name in fields]


def _condition_record(condition: Condition) -> Record:
    return {
        "condition": condition.slug,
        "intensity": condition.intensity,
        "likelihood": condition.likelihood,
        "weather_code": slugs()[condition.slug].code(condition.intensity),
    }


# Lowest and highest number that forecasts print, by the unit it is printed in.
_RANGES: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "%": (0, 100),
        "km/h": (0, 120),
        "mph": (0, 75),
        "hPa": (960, 1045),
        "inHg": (28, 31),
        "mm": (0, 40),
        "in": (0, 3),
        "km": (0, 50),
        "mi": (0, 30),
        "": (0, 11),  # the ultraviolet index
    }
)
# Without a unit, 46 and more is °F; so °C stays below.
_WARMTHS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType({"C": (-25, 37), "F": (-10, 100)})
# Up to here in tenths: those of a hotter day could be the warmth of a person.
_TENTHS: Final[Mapping[str, int]] = MappingProxyType({"C": 34, "F": 94})


def _warmth(layout: Layout) -> st.SearchStrategy[int]:
    """How warm it is about the days of a frame."""
    return st.integers(*_WARMTHS[layout.temperature_unit])


def _value(name: str, layout: Layout, warmth: int) -> st.SearchStrategy[object]:
    """Values of a column: numbers that the layout prints with two decimals at most."""
    if name == "wind_direction":
        return st.integers(0, 15).map(lambda point: point * 22.5)
    if name in ("sunrise", "sunset"):
        hour = 4 if name == "sunrise" else 16
        return st.integers(0, 299).map(lambda minute: f"{hour + minute // 60:02}:{minute % 60:02}")
    if name == "precipitation_probability" and not layout.labels(name):
        return st.integers(0, 20).map(lambda fifth: 5.0 * fifth)  # else it could be the humidity
    unit = unit_of(name, layout)
    low, high = (warmth - 8, warmth + 8) if unit in _WARMTHS else _RANGES[unit]
    if name == "dew_point":
        high = warmth  # it never passes 35 °C
    numbers = st.integers(low, high).map(float)
    if unit not in ("%", ""):
        hundredths = unit in ("in", "inHg")
        parts = 100 if hundredths else 10
        most = min(high, _TENTHS.get(unit, high))
        if low <= most:
            numbers |= st.integers(low * parts, most * parts).map(lambda number: number / parts)
    return numbers.map(lambda number: read(number, name, unit))


def conditions(language: str = "en") -> st.SearchStrategy[Condition]:
    """Conditions that a language has words for, with an intensity only where WMO 4677 has one.

    Examples
    --------
    >>> from hypothesis import given
    >>> from weatherscrape.schema import SLUGS
    >>> @given(conditions("en"))
    ... def test_slugs_are_known(condition):
    ...     assert condition.slug in SLUGS
    >>> test_slugs_are_known()
    """
    return st.sampled_from(_conditions(language))


@cache
def _conditions(language: str) -> tuple[Condition, ...]:
    known = known_languages()
    if language not in known:
        raise ArgumentError("language", language, f"one of {', '.join(known)}")
    plain = [Condition(slug) for slug in slugs()]
    graded = [
        Condition(slug.name, intensity)
        for slug in slugs().values()
        for intensity in slug.codes
        if intensity
    ]
    stated = []
    for entry in known[language].sections.get("condition", {}):
        slug, *marks = entry.split()
        intensity = next((i for i in Intensity if i in marks), None)
        likelihood = next((i for i in Likelihood if i in marks), None)
        stated.append(Condition(slug, intensity, likelihood))
    words = words_of(known[language])
    return tuple(c for c in dict.fromkeys([*plain, *graded, *stated]) if words.can_say(c))


# --- when ----------------------------------------------------------------------------------------


@st.composite
def _days(draw: st.DrawFn) -> _Keys:
    """Consecutive days: by weekday, by date, by both, or from today on."""
    first = draw(st.dates(date(2001, 1, 1), date(2030, 12, 31)))
    form = draw(st.sampled_from(("weekday", "today", "day", "month", "date", "month alone")))
    # Three in a row show that it is a strip, and that "Mon 15" counts days and not degrees.
    size = draw(st.integers(3, 7))
    keys: _Keys = []
    for number in range(size):
        day = first + timedelta(days=number)
        key: Record = {"weekday": _WEEKDAYS[day.weekday()]}
        if form == "today" and number < len(_FIRST_DAYS):
            key = {"relative_day": _FIRST_DAYS[number]}
        elif form == "day":
            key["date"] = f"---{day.day:02}"
        elif form == "month":
            key["date"] = f"--{day.month:02}-{day.day:02}"
        elif form == "date":
            key["date"] = day.isoformat()
        elif form == "month alone":
            key = {"date": f"--{day.month:02}-{day.day:02}"}
        keys.append(key)
    return keys


@st.composite
def _parts(draw: st.DrawFn) -> _Keys:
    """Days and nights in turn, or the parts of one day."""
    if draw(st.booleans()):
        return [{"period": part} for part in _PARTS[: draw(st.integers(3, 4))]]
    first, relative = draw(st.integers(0, 6)), draw(st.booleans())
    keys: _Keys = []
    for number in range(draw(st.integers(4, 8))):
        day, night = divmod(number, 2)
        key: Record = {"weekday": _WEEKDAYS[(first + day) % 7]}
        if relative and day < len(_FIRST_DAYS):
            key = {"relative_day": _FIRST_DAYS[day]}
        if night:
            key["period"] = Period.NIGHT
        keys.append(key)
    return keys


@st.composite
def _hours(draw: st.DrawFn) -> _Keys:
    """Hours in equal steps, past midnight too, with or without their days."""
    first, step = draw(st.integers(0, 23)), draw(st.sampled_from((1, 3, 6)))
    weekday = draw(st.none() | st.integers(0, 6))
    keys: _Keys = []
    for number in range(draw(st.integers(4, 9))):
        days, hour = divmod(first + number * step, 24)
        key: Record = {"time": f"{hour:02}:00"}
        if weekday is not None:
            key["weekday"] = _WEEKDAYS[(weekday + days) % 7]
        keys.append(key)
    return keys


def _now() -> st.SearchStrategy[_Keys]:
    return st.just([{"period": Period.NOW}])


# --- pages ---------------------------------------------------------------------------------------


def snippets(
    layouts: Sequence[str] = LAYOUT_NAMES, languages: Sequence[str] = ("en",)
) -> st.SearchStrategy[str]:
    """Texts of one widget and nothing else.

    Parameters
    ----------
    layouts
        Names of layouts of :func:`weatherscrape.render`.
    languages
        Codes of the languages to print them in.

    Examples
    --------
    >>> from hypothesis import given
    >>> @given(snippets(layouts=["table"]))
    ... def test_tables_have_lines(text):
    ...     assert all(line.startswith("|") for line in text.splitlines())
    >>> test_tables_have_lines()
    """
    choices = st.tuples(st.sampled_from(list(layouts)), st.sampled_from(list(languages)))
    return choices.flatmap(
        lambda choice: frames(*choice).map(
            lambda frame: render(frame, layout=choice[0], language=choice[1])
        )
    )


# Sentences and menu lines of pages without a word of weather in any language, though with numbers.
_SENTENCES: Final = (
    "Read more.",
    "The council agreed to repair the bridge.",
    "She has taught at the village school since 1998.",
    "Two hundred people signed the petition before it was handed to the mayor.",
    "The museum keeps its collection of stamps behind glass.",
    "Readers may send their letters to the editor.",
    "The ferry carries 40 cars and makes the crossing in half an hour.",
    "Nobody was hurt when the lorry left the road.",
    "The team lost its third match of the season.",
)
_MENUS: Final = (
    ("Home", "About us", "Contact"),
    ("News", "Sport", "Business", "Culture", "Jobs"),
    ("Share", "Print", "Comments (3)"),
    ("Log in", "Register", "Help"),
)


def noise() -> st.SearchStrategy[str]:
    """Texts that say nothing of the weather: a sentence or more, or a menu with a line an entry.

    Examples
    --------
    >>> from hypothesis import given
    >>> from weatherscrape import extract
    >>> @given(noise())
    ... def test_noise_is_no_weather(text):
    ...     assert extract(text).empty
    >>> test_noise_is_no_weather()
    """
    sentence = st.sampled_from(_SENTENCES)
    paragraph = st.lists(sentence, min_size=2, max_size=4, unique=True).map(" ".join)
    return sentence | paragraph | st.sampled_from(_MENUS).map("\n".join)


@st.composite
def pages(
    draw: st.DrawFn, layouts: Sequence[str] = LAYOUT_NAMES, languages: Sequence[str] = ("en",)
) -> str:
    """Pages of paragraphs: neutral text, and a widget or two or none between.

    Parameters
    ----------
    layouts, languages
        As in :func:`snippets`.

    Examples
    --------
    >>> from hypothesis import given
    >>> from weatherscrape import extract
    >>> @given(pages())
    ... def test_spans_lie_in_the_page(page):
    ...     assert (extract(page)["end"] <= len(page)).all()
    >>> test_spans_lie_in_the_page()
    """
    paragraphs = [draw(noise())]
    for _ in range(draw(st.integers(0, 2))):
        paragraphs += [draw(snippets(layouts, languages)), draw(noise())]
    return "\n\n".join(paragraphs)


# --- damage --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Damage:
    r"""One thing that encoding errors and scrapers do to a text, to all of it alike.

    Attributes
    ----------
    pattern
        Regular expression of what is hit.
    replacements
        What can come in its place.
    """

    pattern: str
    replacements: tuple[str, ...]


_LOWER: Final = "[a-zà-öø-ÿα-ωа-я]"

# A reader still reads the same from a page with one of these.
HARMLESS: Final[Mapping[str, Damage]] = MappingProxyType(
    {
        "degree doubled": Damage("°", ("°°",)),
        "degree look-alike": Damage("°", ("º", "˚", "&deg;", "Â°")),
        "degree on its own line": Damage(r"(?<=\d) ?°(?=[CF]\b)", ("\n°\n", " \n°\n ")),
        "degree set apart": Damage(r"(?<=\d)°", (" °", "\N{NO-BREAK SPACE}°")),
        "minus look-alike": Damage(r"(?<![\d\w])-(?=\d)", ("\N{MINUS SIGN}", "\N{EN DASH}")),
        "spaces": Damage(
            " ",
            (
                "\N{NO-BREAK SPACE}",
                "\N{THIN SPACE}",
                "\N{NARROW NO-BREAK SPACE}",
                "\N{IDEOGRAPHIC SPACE}",
                "  ",
            ),
        ),
        # Not a unit to its label: "Rainfallmm" is no word that a reader knows.
        "words glued": Damage(f"(?<={_LOWER}) (?={_LOWER}{{4}})", ("",)),
        "line ends": Damage(r"\n", ("\r\n",)),
        "trailing spaces": Damage(r"(?=\n|\Z)", (" ", "\N{NO-BREAK SPACE}")),
        "blank before": Damage(r"\A", ("\ufeff", "\n\n", "  ")),
        "soft hyphens": Damage(r"(?=\n)", ("\N{ZERO WIDTH SPACE}", "\N{SOFT HYPHEN}")),
    }
)
# After these the text says less, and some of it may be lost.
HARMFUL: Final[Mapping[str, Damage]] = MappingProxyType(
    {
        "degree lost": Damage("°", ("", "?", "\N{REPLACEMENT CHARACTER}")),
        "line breaks lost": Damage(r"\n", (" ", "")),
        "tabs lost": Damage(r"\t", (" ", "")),
        "digits lost": Damage(r"\d", ("",)),
        "cut off": Damage(r"(?s).{,20}\Z", ("",)),
    }
)


@st.composite
def damage(draw: st.DrawFn, text: str, kinds: Mapping[str, Damage] = HARMLESS) -> str:
    r"""Copies of a text as a careless scraper would have it.

    Parameters
    ----------
    text
        The page.
    kinds
        What may happen to it, one thing a copy: `HARMLESS`, `HARMFUL`, or some of them.

    Examples
    --------
    >>> from hypothesis import given
    >>> from weatherscrape import extract
    >>> @given(damage("Mon\nfog\n-4 °C"))
    ... def test_damage_is_read(text):
    ...     assert extract(text)["temperature"].item() == -4
    >>> test_damage_is_read()
    """
    kind = kinds[draw(st.sampled_from(list(kinds)))]
    replacement = draw(st.sampled_from(kind.replacements))
    return re.sub(kind.pattern, lambda _: replacement, text)


def scraps(languages: Sequence[str] = ("en",)) -> st.SearchStrategy[str]:
    """Texts without sense, put together from the words, numbers and signs that weather is made of.

    Parameters
    ----------
    languages
        Codes of the languages whose words they have.

    Examples
    --------
    >>> from hypothesis import given
    >>> from weatherscrape import extract
    >>> @given(scraps())
    ... def test_any_text_is_read(text):
    ...     extract(text)
    >>> test_any_text_is_read()
    """
    forms = sorted({form for code in languages for form in _forms(code)})
    numbers = st.integers(-99, 2100).map(str) | st.decimals(
        -100, 1100, allow_nan=False, allow_infinity=False, places=1
    ).map(str)
    clocks = st.tuples(st.integers(0, 25), st.integers(0, 61)).map(lambda t: f"{t[0]}:{t[1]:02}")
    signs = st.sampled_from(
        [*"°%-/|:,.()+~\n\t ", "\n\n", " - ", "°C", "°F", "℃", "--", "AM", "pm"]
    )
    pieces = st.sampled_from(forms) | numbers | clocks | signs | st.characters()
    return st.tuples(st.lists(pieces, max_size=40), st.sampled_from(["", " ", "\n", "\t"])).map(
        lambda drawn: drawn[1].join(drawn[0])
    )


@cache
def _forms(language: str) -> frozenset[str]:
    known = known_languages()
    if language not in known:
        raise ArgumentError("language", language, f"one of {', '.join(known)}")
    sections = known[language].sections
    return frozenset(
        form for name in sections if name for forms in sections[name].values() for form in forms
    )


__all__ = [
    "HARMFUL",
    "HARMLESS",
    "Damage",
    "conditions",
    "damage",
    "frames",
    "noise",
    "pages",
    "scraps",
    "snippets",
]
