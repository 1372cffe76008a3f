"""The words of the world: data files in, one matcher out.

A data file is lines ``key = form | form`` under ``[section]`` lines; ``#`` opens a comment. Forms
are matched without regard to case and white space, so "mostly cloudy", "mostlycloudy" and
"Mostly⏎Cloudy" are one entry, and glued text costs nothing.

All forms of all languages go into one Aho-Corasick automaton, which finds them in time linear in
the text however many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from .errors import ArgumentError, VocabularyError
from .fold import fold
from .model import (
    Condition,
    Intensity,
    Kind,
    Likelihood,
    Period,
    Reading,
    RelativeDay,
    Weekday,
    When,
)

Sections = dict[str, dict[str, list[str]]]

DIMENSIONS: Final = {
    "temperature": Kind.TEMPERATURE,
    "speed": Kind.SPEED,
    "pressure": Kind.PRESSURE,
    "length": Kind.LENGTH,
    "fraction": Kind.PERCENT,
}
POINTS: Final = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split()
# Scripts that put no spaces between words: a word may begin and end anywhere.
UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
SECTIONS: Final = (
    "",
    "weekday",
    "weekday_short",
    "month",
    "when",
    "condition",
    "modifier",
    "connector",
    "label",
    "direction",
    "unit",
    "missing",
    "mark",
    "filler",
    "elsewhere",
)
DATA: Final = files("weatherscrape") / "data"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement and how many of the frame's units one of it is (exactly)."""

    name: str
    kind: Kind
    factor: Fraction | None


@dataclass(frozen=True, slots=True)
class Slug:
    """A phenomenon: its WMO 4677 codes by intensity (None: unstated) and its severity rank."""

    name: str
    title: str
    rank: int
    codes: Mapping[Intensity | None, int]

    def code(self, intensity: Intensity | None) -> int | None:
        """Present weather code (WMO-No. 306, table 4677, as Open-Meteo uses it), if any."""
        return self.codes.get(intensity, self.codes.get(None))


@dataclass(frozen=True, slots=True)
class Language:
    """What a language file says at its head."""

    code: str
    name: str
    date_order: str  # "mdy", "dmy" or "ymd"
    decimal: str
    sections: Sections


def squeeze(form: str) -> str:
    """The key of a form: folded, lower case, without white space.

    >>> squeeze("Mostly Cloudy")
    'mostlycloudy'
    """
    return "".join(fold(form).lower().split())


def read_sections(text: str, file: str) -> Sections:
    """Sections of a data file; what stands before the first is the section "".

    >>> read_sections("a = b\\n[c]\\nd = e | f", "x.txt")
    {'': {'a': ['b']}, 'c': {'d': ['e', 'f']}}
    """
    sections: Sections = {"": {}}
    entries, name = sections[""], ""
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
            entries = sections.setdefault(name, {})
            continue
        key, equals, forms = line.partition(" = ")
        if not equals:
            raise VocabularyError(file, name, line, "give 'key = form | form'")
        entries.setdefault(key.strip(), []).extend(f.strip() for f in forms.split(" | "))
    return sections


def _condition(key: str, file: str) -> Condition:
    slug, *marks = key.split()
    if slug not in slugs():
        raise VocabularyError(file, "condition", key, "no such condition in conditions.txt")
    intensity = next((Intensity(m) for m in marks if m in set(Intensity)), None)
    likelihood = next((Likelihood(m) for m in marks if m in set(Likelihood)), None)
    if len(marks) != (intensity is not None) + (likelihood is not None):
        raise VocabularyError(file, "condition", key, "give 'slug [intensity] [likelihood]'")
    return Condition(slug, intensity, likelihood)


def _when(key: str, file: str) -> When:
    facts = key.split()
    day = next((RelativeDay(f) for f in facts if f in set(RelativeDay)), None)
    period = next((Period(f) for f in facts if f in set(Period)), None)
    if len(facts) != (day is not None) + (period is not None):
        raise VocabularyError(file, "when", key, "give a relative day, a period, or both")
    return When(day, period)


def _readings(sections: Sections, file: str, of: frozenset[str]) -> Iterator[tuple[str, Reading]]:
    """Every form of a language file with what it means in the languages `of` (none: in any)."""
    for section in sections:
        if section not in SECTIONS:
            raise VocabularyError(file, section, "", f"the sections are {', '.join(SECTIONS[1:])}")

    def each(section: str) -> Iterator[tuple[str, str]]:
        for key, forms in sections.get(section, {}).items():
            for form in forms:
                yield key, form

    try:
        for section in ("weekday", "weekday_short"):
            for key, form in each(section):
                yield form, Reading(Kind.WEEKDAY, Weekday(key), of)
        for key, form in each("month"):
            yield form, Reading(Kind.MONTH, int(key), of)
        for key, form in each("direction"):
            yield (
                form,
                Reading(Kind.DIRECTION, POINTS.index(key) * 22.5 if key in POINTS else key, of),
            )
    except ValueError as error:
        raise VocabularyError(file, "weekday, month or direction", key, str(error)) from None
    for key, form in each("when"):
        yield form, Reading(Kind.WHEN, _when(key, file), of)
    for key, form in each("condition"):
        yield form, Reading(Kind.CONDITION, _condition(key, file), of)
    for key, form in each("unit"):
        if key not in units():
            raise VocabularyError(file, "unit", key, "no such unit in units.txt")
        yield form, Reading(Kind.UNIT, key, of)
    for section, kind in (
        ("label", Kind.LABEL),
        ("modifier", Kind.MODIFIER),
        ("connector", Kind.CONNECTOR),
        ("missing", Kind.MISSING),
        ("filler", Kind.FILLER),
        ("mark", Kind.MARK),
        ("elsewhere", Kind.WORD),
    ):
        for key, form in each(section):
            yield form, Reading(kind, key, of)


@cache
def units() -> Mapping[str, Unit]:
    """Every unit by name."""
    found = {}
    for section, entries in _data("units.txt").items():
        for name, forms in entries.items():
            factor = forms[0].partition(" : ")[0]
            number = None if not factor[0].isdigit() else Fraction(factor.replace(" ", ""))
            found[name] = Unit(name, DIMENSIONS.get(section, Kind.QUANTITY), number)
    return found


@cache
def slugs() -> Mapping[str, Slug]:
    """Every condition by slug, in the order of the file."""
    found = {}
    for slug, entry in _data("conditions.txt").items():
        if slug:
            codes = {
                intensity: int(entry[key][0])
                for intensity, key in [(None, "code"), *((i, str(i)) for i in Intensity)]
                if key in entry
            }
            found[slug] = Slug(slug, entry["name"][0], int(entry["rank"][0]), codes)
    return found


@cache
def languages() -> Mapping[str, Language]:
    """Every language by its BCP 47 code: the files of ``data/languages``."""
    found = {}
    for file in sorted((DATA / "languages").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            code = file.name.removesuffix(".txt")
            sections = read_sections(file.read_text(encoding="utf-8"), file.name)
            head = {key: forms[0] for key, forms in sections[""].items()}
            found[code] = Language(
                code, head["name"], head["date_order"], head["decimal"], sections
            )
    return found


def _data(name: str) -> Sections:
    return read_sections((DATA / name).read_text(encoding="utf-8"), name)


_EMPTY: Final = frozenset({Kind.MODIFIER, Kind.CONNECTOR, Kind.FILLER, Kind.MARK})


class Vocabulary:
    """Every form with its readings, and the automaton that finds them.

    Parameters
    ----------
    entries
        Pairs of a printed form and what it means. A form may come several times.
    """

    def __init__(self, entries: Iterable[tuple[str, Reading]]) -> None:
        readings: dict[str, dict[tuple[Kind, object], Reading]] = {}
        spaces: dict[str, set[int]] = {}
        for form, reading in entries:
            key = squeeze(form)
            same = readings.setdefault(key, {})
            if " " in form:
                words = form.split()
                ends = accumulate(len(word) for word in words[:-1])
                spaces.setdefault(key, set()).update(ends)
            known = same.get((reading.kind, reading.value))
            if known:
                reading = Reading(reading.kind, reading.value, known.languages | reading.languages)
            same[reading.kind, reading.value] = reading
        # Forms of one or two letters would match in every word: they are looked up as whole words.
        self._short = {
            form: tuple(r.values())
            for form, r in readings.items()
            if len(form) < 3 and form.isalpha() and not UNSPACED.match(form)
        }
        for form in self._short:
            del readings[form]
        self.forms = tuple(readings)
        self.readings = tuple(tuple(r.values()) for r in readings.values())
        self._spaces = tuple(frozenset(spaces.get(form, ())) for form in readings)
        self._by_form = dict(zip(self.forms, self.readings, strict=True)) | self._short
        self._automaton = AhoCorasick(self.forms, matchkind=MatchKind.Standard)

    def __contains__(self, squeezed: str) -> bool:
        return squeezed in self._by_form

    def says(self, squeezed: str) -> bool:
        """Whether a form says something by itself: "sunny" does, "mostly" does not."""
        readings = self._by_form.get(squeezed, ())
        return any(reading.kind not in _EMPTY for reading in readings)

    def may_part(self, index: int, at: int) -> bool:
        """Whether white space may stand before the `at`-th character of a form."""
        form = self.forms[index]
        return (
            at in self._spaces[index]
            or not (form[at - 1].isalpha() and form[at].isalpha())
            or bool(UNSPACED.match(form[at]))
        )

    def short(self, word: str) -> tuple[Reading, ...]:
        """Readings of a word of one or two letters, which :meth:`find` leaves out."""
        return self._short.get(word, ())

    def find(self, squeezed: str) -> list[tuple[int, int, int]]:
        """Every occurrence, overlaps too, of a form: (index of the form, start, end)."""
        return self._automaton.find_matches_as_indexes(squeezed, overlapping=True)


Words = Mapping[str, Mapping[str, Sequence[str]]]


def vocabulary(codes: Sequence[str] | None = None, words: Words | None = None) -> Vocabulary:
    """The compiled vocabulary of some languages (default: all), made at first use.

    Parameters
    ----------
    codes
        BCP 47 codes of the languages.
    words
        More words, by section and key as a language file has them; they hold in any language.

    Raises
    ------
    ArgumentError
        If a language is not known.
    VocabularyError
        If `words` has a section, a condition or a unit that is not known.

    Examples
    --------
    >>> "spitting" in vocabulary(["en"], {"condition": {"rain light": ["spitting"]}})
    True
    """
    frozen = tuple(
        (section, key, tuple(forms))
        for section, entries in (words or {}).items()
        for key, forms in entries.items()
    )
    return _compiled(None if codes is None else tuple(codes), frozen)


@cache
def _compiled(
    codes: tuple[str, ...] | None, words: tuple[tuple[str, str, tuple[str, ...]], ...]
) -> Vocabulary:
    known = languages()
    for code in codes or ():
        if code not in known:
            raise ArgumentError("languages", code, f"codes out of {', '.join(known)}")
    entries: list[tuple[str, Reading]] = []
    for dimension in _data("units.txt").values():
        for name, forms in dimension.items():
            spelled = [forms[0].partition(" : ")[2], *forms[1:]]
            entries += [(form, Reading(Kind.UNIT, name)) for form in spelled if form]
    for code in codes or known:
        entries += _readings(known[code].sections, f"{code}.txt", frozenset({code}))
    for section, key, given in words:
        entries += _readings({section: {key: list(given)}}, "words", frozenset())
    return Vocabulary(entries)
