"""The data files: units, conditions and languages, read at first use.

A data file is lines ``key = form | form`` under ``[section]`` lines; ``#`` opens a comment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import takewhile
from pathlib import Path
from typing import Final

from .errors import VocabularyError
from .model import Intensity, Kind

Sections = dict[str, dict[str, list[str]]]

DIMENSIONS: Final = {
    "temperature": Kind.TEMPERATURE,
    "speed": Kind.SPEED,
    "pressure": Kind.PRESSURE,
    "length": Kind.LENGTH,
    "fraction": Kind.PERCENT,
}
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
    """What a language file says at its head, and how the file is read."""

    code: str
    name: str
    script: str  # ISO 15924: "Latn", "Cyrl"...
    date_order: str  # "mdy", "dmy" or "ymd"
    decimal: str
    read: Callable[[], str] = field(repr=False)
    edition: str = ""  # another one for another text
    around: tuple[str, ...] = ()  # words of a sentence around those for a sky: "skies", "expected"
    topic: tuple[str, ...] = ()  # particles that are written on to the name of a place: "서울|은"
    pairs: tuple[str, ...] = ()  # the same between two names: "仙台|と|札幌"
    places: tuple[str, ...] = ()  # of a title above a list: "cities"
    of_air: tuple[str, ...] = ()  # of a label that no oven has: "air temperature", "expected high"
    within: tuple[str, ...] = ()  # words that lead the name of a place: "U | Beogradu"
    capital: tuple[str, ...] = ()  # what stands for such a name: "В | столице"
    fahrenheit: bool = False  # whether a territory that counts so speaks it (CLDR)

    @property
    def sections(self) -> Sections:
        """Forms by section and key."""
        return _sections(self)


@cache
def _sections(language: Language) -> Sections:
    return read_sections(language.read(), f"{language.code}.txt")


def read_lines(text: str, file: str) -> Iterator[tuple[str, str, str]]:
    """Lines of a data file: (section, key, forms). What stands before the first section is in "".

    >>> list(read_lines("a = b\\n[c]\\n# of no use\\nd = e | f", "x.txt"))
    [('', 'a', 'b'), ('c', 'd', 'e | f')]
    """
    section, respelled = "", {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
            continue
        key, equals, forms = line.partition(" = ")
        if not (equals and all(map(str.strip, forms.split("|")))):
            raise VocabularyError(file, section, line, "give 'key = form | form'")
        if not section and key == "respelled":
            respelled = _letters(forms, file)
        if section and respelled:
            forms = _with_respelled(forms, respelled)
        yield section, key.strip(), forms


def _letters(pairs: str, file: str) -> dict[int, str]:
    """What is typed for some letters, of both cases: "ä ae | ö oe"."""
    parts = [pair.split(" ") for pair in pairs.split(" | ")]
    if any(len(part) != 2 or len(part[0]) != 1 for part in parts):
        raise VocabularyError(file, "", pairs, "give 'respelled = letter typed | letter typed'")
    letters = dict(parts)
    capitals = {letter.upper(): typed.title() for letter, typed in letters.items()}
    return {
        ord(letter): typed for letter, typed in (capitals | letters).items() if len(letter) == 1
    }


def _with_respelled(forms: str, letters: Mapping[int, str]) -> str:
    """Forms, and what is typed for the long ones where a keyboard has not all letters.

    Short ones would be other words: "hög" is no "hog".

    >>> _with_respelled("mäßig | Bö", _letters("ä ae | ö oe | ß ss", "de.txt"))
    'mäßig | Bö | maessig'
    """
    known = forms.split(" | ")
    typed = (form.translate(letters) for form in known)
    long = (form for form in typed if len(form.replace(" ", "")) >= _LONG_FORM)
    return " | ".join(dict.fromkeys((*known, *long)))


_LONG_FORM: Final = 6  # letters


def read_sections(text: str, file: str) -> Sections:
    """Forms of a data file by section and key.

    >>> read_sections("a = b\\n[c]\\nd = e | f", "x.txt")
    {'': {'a': ['b']}, 'c': {'d': ['e', 'f']}}
    """
    sections: Sections = {"": {}}
    for section, key, forms in read_lines(text, file):
        entries = sections.setdefault(section, {})
        entries.setdefault(key, []).extend(form.strip() for form in forms.split(" | "))
    return sections


@cache
def units() -> Mapping[str, Unit]:
    """Every unit by name."""
    found = {}
    for section, entries in read_data("units.txt").items():
        for name, forms in entries.items():
            factor = forms[0].partition(" : ")[0]
            number = None if not factor[0].isdigit() else Fraction(factor.replace(" ", ""))
            found[name] = Unit(name, DIMENSIONS.get(section, Kind.QUANTITY), number)
    return found


@cache
def slugs() -> Mapping[str, Slug]:
    """Every condition by slug, in the order of the file."""
    found = {}
    for slug, entry in read_data("conditions.txt").items():
        if slug:
            codes = {
                intensity: int(entry[key][0])
                for intensity, key in [(None, "code"), *((i, str(i)) for i in Intensity)]
                if key in entry
            }
            found[slug] = Slug(slug, entry["name"][0], int(entry["rank"][0]), codes)
    return found


def rank(slug: str) -> int:
    """How grave a condition is; one that we do not know (``""``) is a sky like others."""
    return slugs()[slug].rank if slug else slugs()["clear"].rank


_HEAD: Final = ("name", "script", "date_order", "decimal")
_WORDS_OF_HEAD: Final = ("around", "topic", "pairs", "of_air", "places", "within", "capital")


@cache
def languages() -> Mapping[str, Language]:
    """Every language by its BCP 47 code: the files of ``data/languages``."""
    found = {}
    for file in sorted((DATA / "languages").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".txt"):
            code = file.name.removesuffix(".txt")
            with file.open(encoding="utf-8") as lines:
                top = "".join(takewhile(lambda line: not line.startswith("["), lines))
            head = read_sections(top, file.name)[""]
            name, script, order, decimal = (head[k][0] for k in _HEAD)
            read = partial(file.read_text, encoding="utf-8")
            words = {key: tuple(head.get(key, ())) for key in _WORDS_OF_HEAD}
            found[code] = Language(
                code=code,
                name=name,
                script=script,
                date_order=order,
                decimal=decimal,
                read=read,
                edition=_edition(file),
                fahrenheit="fahrenheit" in head,
                **words,
            )
    return found


def _edition(file: Traversable) -> str:
    """When a file was written, and how long it is; nothing for one inside an archive."""
    if not isinstance(file, Path):
        return ""
    facts = file.stat()
    return f"{file.name} {facts.st_size} {facts.st_mtime_ns} "


def read_data(name: str) -> Sections:
    """Sections of a file of the package's data."""
    return read_sections((DATA / name).read_text(encoding="utf-8"), name)
