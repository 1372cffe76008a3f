"""The words of the world: the forms of the data files, and what each means.

Forms are matched without regard to case and white space, so "mostly cloudy", "mostlycloudy" and
"Mostly⏎Cloudy" are one entry, and glued text costs nothing. They are looked up by their first
letters, longest first, only where a word may begin: what a page costs does not depend on how many
there are. The files of a script are read when a page has letters of it.
"""

from __future__ import annotations

import hashlib
import marshal
import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from string import digits
from tempfile import NamedTemporaryFile
from typing import Final, NamedTuple

from .data import DATA, Language, languages, read_data, read_lines, slugs, units
from .errors import ArgumentError, VocabularyError
from .fold import LOOK_ALIKES, fold
from .model import (
    Condition,
    Intensity,
    Kind,
    Likelihood,
    PartialDate,
    Period,
    Quantity,
    Reading,
    RelativeDay,
    Value,
    Weekday,
    When,
)

POINTS: Final = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split()
# Scripts that put no spaces between words: a word may begin and end anywhere.
UNSPACED: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def squeeze(form: str) -> str:
    """The key of a form: folded, lower case, without white space.

    >>> squeeze("Mostly Cloudy")
    'mostlycloudy'
    """
    return "".join(fold(form).lower().split())


def _condition(key: str, file: str) -> Condition:
    slug, *marks = key.split()
    if slug not in slugs():
        raise VocabularyError(file, "condition", key, "no such condition in conditions.txt")
    intensity = next((Intensity(m) for m in marks if m in set(Intensity)), None)
    likelihood = next((Likelihood(m) for m in marks if m in set(Likelihood)), None)
    general = _GENERAL in marks
    if len(marks) != (intensity is not None) + (likelihood is not None) + general:
        raise VocabularyError(
            file, "condition", key, "give 'slug [intensity] [likelihood] [general]'"
        )
    return Condition(slug, intensity, likelihood, general)


_GENERAL: Final = "general"  # of a sky that says no more than that it is dry: "fine"


def _when(key: str, file: str) -> When:
    facts = key.split()
    day = next((RelativeDay(f) for f in facts if f in set(RelativeDay)), None)
    period = next((Period(f) for f in facts if f in set(Period)), None)
    if len(facts) != (day is not None) + (period is not None):
        raise VocabularyError(file, "when", key, "give a relative day, a period, or both")
    return When(day, period)


_KINDS: Final = {
    "weekday": Kind.WEEKDAY,
    "weekday_short": Kind.WEEKDAY,
    "month": Kind.MONTH,
    "holiday": Kind.DATE,
    "direction": Kind.DIRECTION,
    "when": Kind.WHEN,
    "condition": Kind.CONDITION,
    "unit": Kind.UNIT,
    "label": Kind.LABEL,
    "modifier": Kind.MODIFIER,
    "connector": Kind.CONNECTOR,
    "missing": Kind.MISSING,
    "number": Kind.NUMBER,
    "decade": Kind.NUMBER,
    "force": Kind.SPEED,
    "filler": Kind.FILLER,
    "mark": Kind.MARK,
    "elsewhere": Kind.WORD,
}
# A form's readings stand in this order.
_PLACES: Final = {section: place for place, section in enumerate(_KINDS)}


def _value(section: str, key: str, file: str) -> Value:
    """What a key of a section means."""
    try:
        if section.startswith("weekday"):
            return Weekday(key)
        if section == "month":
            return int(key)
        if section == "holiday":
            month, day = map(int, key.split("-"))
            return PartialDate(day, month)
        if section == "direction":
            return POINTS.index(key) * 22.5 if key in POINTS else key
        if section in ("number", "decade"):
            return Quantity(float(key))
        if section == "force":
            low, _, high = key.partition("-")
            return Quantity(float(high or low), "bft", float(low) if high else None)
    except ValueError as error:
        raise VocabularyError(file, section, key, str(error)) from None
    if section == "when":
        return _when(key, file)
    if section == "condition":
        return _condition(key, file)
    if section == "unit" and key not in units():
        raise VocabularyError(file, section, key, "no such unit in units.txt")
    return key


class Entry(NamedTuple):
    """A line of a data file. It is read when one of its forms is found."""

    file: str
    section: str
    key: str
    forms: str
    language: str = ""  # "": it holds in any

    def reading(self) -> Reading:
        """What its forms mean."""
        if self.section not in _KINDS:
            sections = f"the sections are {', '.join(_KINDS)}"
            raise VocabularyError(self.file, self.section, "", sections)
        of = frozenset({self.language} if self.language else ())
        value = _value(self.section, self.key, self.file)
        return Reading(_KINDS[self.section], value, of)


_OF_SENTENCES: Final = "tendency"  # a section of verbs, which no token is
_KEPT_FROM: Final = 4  # so many languages take long enough to read that what was read is kept
_EDITION: Final = b"6"  # of how it is kept
_DIGIT: Final = re.compile(r"\d")
_FIRST: Final = 4  # letters by which forms are looked up
_NEXT: Final = 3  # letters by which it is told how they go on
_SHORTEST: Final = 3  # letters of a form that counts within words


_LOOKED_UP: Final = 1 << 16  # letters whose forms are remembered


class _Forms:
    """The forms of some files, with the lines that they stand in.

    They are kept by their first letters, and those of the same letters are read when a text has
    these: a page needs a hundredth of all.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: list[tuple[str, ...]]
        self._entries = sorted(entries, key=lambda entry: _PLACES.get(entry[1], 0))
        # Of the forms with these first letters that are looked for within words, a bit each.
        self.lengths: dict[str, int] = {}
        self.stems: set[str] = set()  # what stands before the first digit of a form
        self._read: dict[str, dict[str, list[int]]] = {}
        self._going_on: dict[str, frozenset[str]] = {}
        # All at once: a call for each of fifty thousand forms would take longer than all the rest.
        squeezed = fold("\n".join(entry[3] for entry in self._entries)).lower()
        lines = squeezed.replace(" ", "").split("\n") if self._entries else []
        found: defaultdict[str, list[str]] = defaultdict(list)
        for number, forms in enumerate(lines):
            for form in forms.split("|"):
                found[form[:_FIRST]].append(f"{form} {number}")
                if digit := _DIGIT.search(form):
                    self.stems.add(form[: digit.start()])
        self._packed = {letters: "\n".join(forms) for letters, forms in found.items()}
        for letters, numbered in found.items():
            begun = {line.partition(" ")[0] for line in numbered}
            if sizes := {len(form) for form in begun if not _is_short(form)}:
                self.lengths[letters] = sum(1 << size for size in sizes)

    def beginning(self, letters: str) -> dict[str, list[int]]:
        """The forms with these first letters, each with the numbers of its lines."""
        if letters not in self._read:
            forms: dict[str, list[int]] = {}
            for line in self._packed.get(letters, "").splitlines():
                form, number = line.split(" ")
                forms.setdefault(form, []).append(int(number))
            self._read[letters] = forms
        return self._read[letters]

    @cached_property
    def longest(self) -> int:
        """Letters of the longest form."""
        return max((mask.bit_length() - 1 for mask in self.lengths.values()), default=0)

    @cached_property
    def _sorted(self) -> list[str]:
        """The first letters of the forms."""
        return sorted(self._packed)

    def going_on(self, begun: str) -> frozenset[str]:
        """The next letters, three at most, of the longer forms that begin so."""
        if begun not in self._going_on:
            if len(self._going_on) >= _LOOKED_UP:
                self._going_on.clear()
            at = len(begun)
            longer = (form[at : at + _NEXT] for form in self._starting(begun) if len(form) > at)
            self._going_on[begun] = frozenset(longer)
        return self._going_on[begun]

    def _starting(self, begun: str) -> Iterator[str]:
        """The forms that begin so; if that is short, no more than their first letters."""
        if len(begun) >= _FIRST:
            forms = self.beginning(begun[:_FIRST]) if begun[:_FIRST] in self._packed else ()
            yield from (form for form in forms if form.startswith(begun))
            return
        keys = self._sorted
        for at in range(bisect_left(keys, begun), len(keys)):
            if not keys[at].startswith(begun):
                return
            if len(begun) + 1 < _FIRST:
                yield keys[at]
            else:
                yield from self.beginning(keys[at])

    def __contains__(self, form: str) -> bool:
        letters = form[:_FIRST]
        return letters in self._packed and form in self.beginning(letters)

    def __iter__(self) -> Iterator[str]:
        for letters in self._packed:
            yield from self.beginning(letters)

    def entries(self, form: str) -> Iterator[Entry]:
        """The lines that a form stands in."""
        letters = form[:_FIRST]
        numbers = self.beginning(letters).get(form, ()) if letters in self._packed else ()
        for number in numbers:
            yield Entry(*self._entries[number])

    @cached_property
    def counting(self) -> frozenset[str]:
        """Of the forms that begin with a number: the number, and two letters behind it."""
        keys = (letters for letters in self._packed if letters[:1].isdigit())
        forms = (form for letters in keys for form in self.beginning(letters))
        return frozenset(form[: len(form) - len(form.lstrip(digits)) + 2] for form in forms)

    def dump(self) -> bytes:
        """All of it, to be loaded by :meth:`load`."""
        entries = list(map(tuple, self._entries))
        return marshal.dumps((self._packed, self.lengths, self.stems, entries))

    @classmethod
    def load(cls, dumped: bytes) -> _Forms:
        """What :meth:`dump` gave, in a twentieth of the time that the files take."""
        loaded = cls(())
        loaded._packed, loaded.lengths, loaded.stems, loaded._entries = marshal.loads(dumped)
        return loaded


# How long the forms are that begin with some letters, the longest first, and where they are.
_Beginning = tuple[tuple[int, ...], list[dict[str, list[int]]]]
_EMPTY: Final = frozenset({Kind.MODIFIER, Kind.CONNECTOR, Kind.FILLER, Kind.MARK})


class Vocabulary:
    """Every form of some files with its readings."""

    def __init__(self, files: Sequence[_Forms], spoken: frozenset[str] | None = None) -> None:
        self._files = tuple(files)
        self._spoken = spoken
        self.stems = frozenset().union(*(file.stems for file in files)) - {""}
        self._readings: dict[str, tuple[Reading, ...]] = {}
        self._beginnings: dict[str, _Beginning] = {}

    @cache  # noqa: B019
    def within(self, spoken: frozenset[str]) -> Vocabulary:
        """The forms that some languages have."""
        return Vocabulary(self._files, spoken)

    @cached_property
    def longest(self) -> int:
        """Letters of the longest form."""
        return max(file.longest for file in self._files)

    @cached_property
    def counts(self) -> Callable[[str, int], object]:
        """Whether a phrase may begin with the number at a place of a text, as in "10 days"."""
        return _counting(frozenset().union(*(file.counting for file in self._files)))

    def __contains__(self, squeezed: str) -> bool:
        for file in self._files:  # noqa: SIM110 - any() takes twice as long, and this is hot
            if squeezed in file:
                return True
        return False

    def __iter__(self) -> Iterator[str]:
        """Every form, squeezed."""
        return iter(dict.fromkeys(form for file in self._files for form in file))

    def entries(self, squeezed: str) -> Iterator[Entry]:
        """The lines in which a form stands."""
        for file in self._files:
            yield from file.entries(squeezed)

    def readings(self, squeezed: str) -> tuple[Reading, ...]:
        """What a form means: one reading a meaning, with all the languages that share it."""
        known = self._readings.get(squeezed)
        if known is None:
            if squeezed not in self:
                return ()
            merged: dict[tuple[Kind, object], Reading] = {}
            for entry in self.entries(squeezed):
                if self._spoken and entry.language and entry.language not in self._spoken:
                    continue
                read = entry.reading()
                same = merged.get((read.kind, read.value))
                if same is not None:
                    read = Reading(read.kind, read.value, same.languages | read.languages)
                merged[read.kind, read.value] = read
            known = self._readings[squeezed] = tuple(merged.values())
        return known

    def says(self, squeezed: str) -> bool:
        """Whether a form says something by itself: "sunny" does, "mostly" does not."""
        return any(reading.kind not in _EMPTY for reading in self.readings(squeezed))

    def short(self, word: str) -> tuple[Reading, ...]:
        """Readings of a word of one or two letters, which :meth:`starting` leaves out."""
        return self.readings(word) if _is_short(word) else ()

    def starting(self, squeezed: str, at: int) -> Iterator[str]:
        """Forms that stand in a text from `at` on, the longest first."""
        letters = squeezed[at : at + _FIRST]
        sizes, known = self._beginnings.get(letters) or self._look_up(letters)
        for size in sizes:
            form = squeezed[at : at + size]
            if len(form) < size or (size < _SHORTEST and _is_short(form)):
                continue
            for forms in known:
                if form in forms:
                    if self.readings(form):
                        yield form
                    break

    def _look_up(self, letters: str) -> _Beginning:
        """The forms that a text with these letters can begin with."""
        mask = 0
        known = []
        for size in range(1, len(letters) + 1):
            first = letters[:size]
            for file in self._files:
                if first in file.lengths:
                    mask |= file.lengths[first]
                    known.append(file.beginning(first))
        if len(self._beginnings) >= _LOOKED_UP:
            self._beginnings.clear()
        self._beginnings[letters] = _sizes(mask), known
        return self._beginnings[letters]

    def going_on(self, begun: str) -> frozenset[str]:
        """The next letters, three at most, of the longer forms that begin so.

        >>> "cl" in {letters[:2] for letters in vocabulary(["en"]).going_on("mostly")}
        True
        """
        of = (file.going_on(begun) for file in self._files if len(begun) < file.longest)
        return frozenset().union(*of)

    def may_part(self, form: str, at: int) -> bool:
        """Whether white space may stand before the `at`-th character of a form.

        >>> words = vocabulary(["en"])
        >>> words.may_part("mostlycloudy", 6), words.may_part("mostlycloudy", 3)
        (True, False)
        """
        if not (form[at - 1].isalnum() and form[at].isalnum()) or UNSPACED.match(form[at]):
            return True
        return any(
            squeeze(printed) == form and at in _spaces(fold(printed))
            for entry in self.entries(form)
            for printed in entry.forms.split(" | ")
        )


def _is_short(form: str) -> bool:
    """Whether a form would be found in every word, so that it counts only as a whole one."""
    return len(form) < _SHORTEST and form.isalpha() and not UNSPACED.match(form)


def _spaces(form: str) -> set[int]:
    """Where white space stands in a form, in letters from its beginning."""
    return set(accumulate(len(word) for word in form.split()))


@lru_cache(maxsize=64)
def _counting(beginnings: frozenset[str]) -> Callable[[str, int], object]:
    """Finds one of the beginnings of forms at a place of a text in lower case."""
    return re.compile(_any_of(beginnings)).match


def _any_of(forms: Iterable[str]) -> str:
    """An expression for what begins with one of some forms, with white space anywhere.

    >>> _any_of(["10d", "12h"])
    '(?:1\\\\s*(?:0\\\\s*(?:d)|2\\\\s*(?:h)))'
    """
    after: dict[str, list[str]] = {}
    for form in sorted(forms):
        if not form:
            return ""
        after.setdefault(form[0], []).append(form[1:])
    ways = (
        re.escape(letter) + (rf"\s*{rest}" if (rest := _any_of(more)) else "")
        for letter, more in after.items()
    )
    return f"(?:{'|'.join(ways) or '(?!)'})"


@lru_cache(maxsize=4096)
def _sizes(mask: int) -> tuple[int, ...]:
    """The bits that are set, the highest first."""
    return tuple(size for size in range(mask.bit_length() - 1, 0, -1) if mask >> size & 1)


# --- which files a text needs --------------------------------------------------------------------

# Letters without which a text is in no language of a script (Unicode, blocks).
_LETTERS: Final = {
    "Arab": re.compile("[\u0600-\u06ff]"),
    "Armn": re.compile("[\u0530-\u058f]"),
    "Beng": re.compile("[\u0980-\u09ff]"),
    "Cyrl": re.compile("[\u0400-\u04ff]"),
    "Deva": re.compile("[\u0900-\u097f]"),
    "Geor": re.compile("[\u10d0-\u10ff]"),
    "Grek": re.compile("[\u0386-\u03bb\u03bd-\u03ff]"),  # not the "µ" of units
    "Hans": re.compile("[\u3400-\u9fff]"),
    "Hant": re.compile("[\u3400-\u9fff]"),
    "Hebr": re.compile("[\u05d0-\u05ea]"),
    "Jpan": re.compile("[\u3040-\u30ff\u3400-\u9fff]"),
    "Kore": re.compile("[\uac00-\ud7af]"),
    "Taml": re.compile("[\u0b80-\u0bff]"),
    "Thai": re.compile("[\u0e00-\u0e7f]"),
}
_OTHER_LETTER: Final = re.compile("|".join(of.pattern for of in _LETTERS.values()))
Words = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Languages to read a page in, and words that hold in any of them.

    `codes` are BCP 47 codes, none for all languages.
    """

    codes: tuple[str, ...] = ()
    words: tuple[Entry, ...] = ()

    def of(self, text: str) -> Vocabulary:
        """The vocabulary of the languages whose script a text has letters of."""
        scripts = _scripts(text) if _OTHER_LETTER.search(text) else ()
        return _vocabulary(self.codes, self.words, ("Latn", *scripts))


def _scripts(text: str) -> list[str]:
    """The scripts that a text has letters of, besides the Latin one."""
    return [script for script, of in _LETTERS.items() if of.search(text)]


def lexicon(codes: Sequence[str] | None = None, words: Words | None = None) -> Lexicon:
    """What :func:`extract` reads with.

    Parameters
    ----------
    codes
        BCP 47 codes of the languages; none: all.
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
    >>> more = lexicon(["en"], {"condition": {"rain light": ["spitting"]}})
    >>> "spitting" in more.of("spitting")
    True
    """
    known = languages()
    for code in codes or ():
        if code not in known:
            raise ArgumentError("languages", code, f"codes out of {', '.join(known)}")
    entries = tuple(
        Entry("words", section, key, " | ".join(forms))
        for section, keys in (words or {}).items()
        for key, forms in keys.items()
    )
    for entry in entries:
        entry.reading()
    return Lexicon(tuple(codes or ()), entries)


def vocabulary(codes: Sequence[str] | None = None) -> Vocabulary:
    """The whole vocabulary of some languages (none: of all), whatever their script.

    Raises
    ------
    ArgumentError
        If a language is not known.
    """
    return _vocabulary(lexicon(codes).codes, (), ("Latn", *_LETTERS))


@cache
def _vocabulary(
    codes: tuple[str, ...], words: tuple[Entry, ...], scripts: tuple[str, ...]
) -> Vocabulary:
    files = [_shared()]
    for script in scripts:
        of = tuple(c for c, language in languages().items() if language.script == script)
        files.append(_forms(tuple(c for c in of if not codes or c in codes)))
    return Vocabulary([*files, _Forms(words)] if words else files)


@cache
def _shared() -> _Forms:
    """What means the same in all languages: units, and signs for the sky."""
    entries = []
    for dimension in read_data("units.txt").values():
        for name, forms in dimension.items():
            spelled = [forms[0].partition(" : ")[2], *forms[1:]]
            entries.append(Entry("units.txt", "unit", name, " | ".join(filter(None, spelled))))
    for slug, facts in read_data("conditions.txt").items():
        if "emoji" in facts:
            entries.append(Entry("conditions.txt", "condition", slug, " | ".join(facts["emoji"])))
    return _Forms(entries)


@cache
def _forms(codes: tuple[str, ...]) -> _Forms:
    """The forms of some languages: from their files, or as kept from the last time."""
    of = [languages()[code] for code in codes]
    if len(of) < _KEPT_FROM:
        return _read(of)
    kept = DATA / "__pycache__" / f"{'-'.join(codes)}.{sys.implementation.cache_tag}"
    state = [LOOK_ALIKES, fold(LOOK_ALIKES), *(language.edition for language in of)]
    edition = hashlib.blake2b("".join(state).encode(), digest_size=16, person=_EDITION).digest()
    if isinstance(kept, Path):
        with suppress(OSError, ValueError, EOFError, TypeError):
            dumped = kept.read_bytes()
            if dumped.startswith(edition):
                return _Forms.load(dumped[len(edition) :])
    forms = _read(of)
    if isinstance(kept, Path):
        _keep(kept, edition + forms.dump())
    return forms


def _read(of: Iterable[Language]) -> _Forms:
    return _Forms(
        Entry(f"{language.code}.txt", section, key, forms, language.code)
        for language in of
        for section, key, forms in read_lines(language.read(), f"{language.code}.txt")
        if section and section != _OF_SENTENCES
    )


def vocabulary_of(language: Language) -> Vocabulary:
    """The vocabulary of one language, and what all share."""
    return Vocabulary([_shared(), _read([language])])


def _keep(file: Path, content: bytes) -> None:
    """Write a file whole or, where none may be written, not at all."""
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, delete=False) as new:
            new.write(content)
        Path(new.name).chmod(0o644)  # whoever reads the data files may read it
        Path(new.name).replace(file)
