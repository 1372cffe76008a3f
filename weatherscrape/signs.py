"""The signs of weather in a page: one pass of a vectorised matcher finds them all.

A sign counts if a digit stands near it, and if it is a word or a part of one that the languages
have: "rain" in "raintonight" is one, "rain" in "constraint" is none. docs/explanation/speed.md has
the figures by which the matcher was chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, islice
from string import ascii_letters, digits
from threading import local
from typing import Final, NamedTuple

import hyperscan

from .data import DATA, languages, read_data
from .model import Span
from .vocabulary import UNSPACED

SKIES: Final = 2  # words of sky and rain, at least, that stand for weather without a number
_AROUND: Final = 40  # bytes on each side of a sign that its word may have
_APART: Final = 32  # bytes; no sign is as long
_CHARACTER: Final = 4  # bytes, at most
_LETTERS: Final = ascii_letters.encode()
_CAPITALS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_GOES_ON: Final = re.compile(rb"[a-z0-9]|[A-Z](?![a-z])")  # "7F" in "7FA0", "1 C" in "1 Cat"
_NAME: Final = re.compile(rb"([A-Z]+)[0-9]*\Z|(?<![0-9])00\Z")  # "3F" in "X3F", "7F" in "007F"


class Found(NamedTuple):
    """A sign in a page.

    `start`: where it begins, in bytes or characters, whichever the page is of. `form`: its
    spelling, in lower case. `alone`: whether it means weather without another sign.
    """

    start: int
    form: str
    alone: bool


@dataclass(frozen=True, slots=True)
class _Coding:
    """How a page is read, and the bytes that its digits can begin with.

    Where none of these is, no digit is, and that is quickly seen.
    """

    name: str
    begins_digit: bytes


# The digits of pages that are not ASCII: with Arabic, Persian, Devanagari, Bengali, Thai ones, and
# full-width ones.
_ASCII: Final = _Coding("ascii", digits.encode())
_UTF8: Final = _Coding("utf-8", digits.encode() + b"\xd9\xdb\xe0\xef")
_DIGIT: Final = re.compile("[0-9٠-٩۰-۹०-९০-৯๐-๙０-９]")


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign in one spelling.

    `before` and `after` say how many bytes from it a digit may stand. Where there are `leads`,
    it means weather only in a page that has one of these bytes as UTF-8. `begins`: no letter
    stands before it. `words`: a number in words right before it is as good as a digit.
    """

    form: str
    before: int
    after: int
    alone: bool
    leads: tuple[bytes, ...]
    begins: bool
    words: bool


class _Literals:
    """What finds some forms in bytes. Its memory serves one pass at a time."""

    def __init__(self, forms: Sequence[bytes]) -> None:
        self._found: list[tuple[int, int]] = []
        keep = self._found.append
        self._keep = lambda form, _start, end, _flags, _context: keep((end, form))
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            expressions=forms, ids=range(len(forms)), flags=[0] * len(forms), literal=True
        )
        self._scan = database.scan

    def ends(self, data: bytes) -> list[tuple[int, int]]:
        """Where forms end, and which, in order."""
        self._scan(data, self._keep)
        if not self._found:
            return []
        found = sorted(self._found)
        self._found.clear()
        return found


class _Form(NamedTuple):
    """A sign as bytes of an encoding.

    `is_one` tells whether it ends where a word or a number may, if it ends there in the bytes.
    `words`: a number in words may stand before it.
    """

    size: int
    before: int
    after: int
    is_one: Callable[[bytes, int, int], bool] | None
    leads: tuple[bytes, ...]
    name: str
    alone: bool
    words: bool


def _form(sign: _Sign, spelled: bytes) -> _Form:
    return _Form(
        size=len(spelled),
        before=sign.before,
        after=sign.after,
        is_one=_check(sign),
        leads=sign.leads,
        name=sign.form.lower(),
        alone=sign.alone,
        words=sign.words,
    )


class _Matcher:
    """What finds the signs in pages of an encoding."""

    def __init__(self, coding: _Coding) -> None:
        self._coding = coding
        chosen = [sign for sign in _signs() if _fits(sign, coding)]
        spelled = [sign.form.encode(coding.name) for sign in chosen]
        self.forms = list(map(_form, chosen, spelled))
        self.ends = _Literals(spelled).ends
        around = (i for i, form in enumerate(self.forms) if form.before and form.after)
        self._skies = frozenset(around)

    def counts(self, data: bytes, end: int, form: _Form) -> bool:
        """Whether the form that ends there in a page is a sign."""
        size, before, after, is_one, leads, _, _, words = form
        start = end - size
        near = data[start - before if start > before else 0 : end + after]
        coding = self._coding
        counted = len(near.translate(None, coding.begins_digit)) < len(near)
        if counted and coding is not _ASCII:
            counted = _DIGIT.search(near.decode("utf-8", "ignore")) is not None
        if not counted and not (words and _is_counted(data, start)):
            return False
        if is_one is not None and not is_one(data, start, end):
            return False
        # The page has letters of the languages that the sign is of.
        return not leads or any(lead in data for lead in leads)

    def skies(self, ends: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
        """The words of sky and rain that end there, if they are several and not all the same."""
        skies = [found for found in ends if found[1] in self._skies]
        return skies if len(skies) >= SKIES and len({form for _, form in skies}) > 1 else ()

    def is_sky(self, data: bytes, end: int, number: int) -> bool:
        """Whether what ends there as a word of sky or rain is one, without a number near."""
        form = self.forms[number]
        size, _, _, is_one, leads, _, _, _ = form
        if is_one and not is_one(data, end - size, end):
            return False
        return not self.counts(data, end, form) and (
            not leads or any(lead in data for lead in leads)
        )


class Signs:
    """The signs in a page that count, in order; of those that overlap the first.

    What may be one is looked at when it is asked for: what is skipped costs nothing.
    """

    __slots__ = ("_at", "_at_byte", "_data", "_ends", "_first", "_matcher", "_skipped", "_text")

    def __init__(
        self,
        matcher: _Matcher,
        data: bytes,
        ends: list[tuple[int, int]],
        first: int,
        text: str | None,
    ) -> None:
        self._matcher, self._data = matcher, data
        self._ends = ends  # of what may be signs
        self._first = first  # of these that counts
        self._text = text  # if places are to be characters of it, and data has other ones
        self._at = self._at_byte = 0  # how far these were counted
        self._skipped = 0  # bytes

    def __iter__(self) -> Iterator[Found]:
        data, matcher = self._data, self._matcher
        behind = 0  # the last sign; the first one is known to count
        for end, number in islice(self._ends, self._first, None):
            if end < self._skipped:
                continue
            form = matcher.forms[number]
            start = end - form.size
            if behind and (start < behind or not matcher.counts(data, end, form)):
                continue
            behind = end
            at = start if self._text is None else self._character(start)
            yield Found(at, form.name, form.alone)

    def skies(self, windows: Sequence[Span] = ()) -> list[Found]:
        """The words of sky and rain in the page without a number near.

        None if all of them are in one of the windows: there they tell nothing new.
        """
        data, matcher = self._data, self._matcher
        ends = matcher.skies(self._ends)
        if not ends or self._are_in_one(windows, ends):
            return []
        self._at = self._at_byte = 0
        found: list[Found] = []
        behind = 0
        for end, number in ends:
            form = matcher.forms[number]
            start = end - form.size
            if start < behind or not matcher.is_sky(data, end, number):
                continue
            behind = end
            at = start if self._text is None else self._character(start)
            found.append(Found(at, form.name, form.alone))
        return found

    def _are_in_one(self, windows: Sequence[Span], ends: Sequence[tuple[int, int]]) -> bool:
        if not windows:
            return False
        starts = [end - self._matcher.forms[number].size for end, number in ends]
        first, last = min(starts), max(starts)
        if self._text is not None:
            self._at = self._at_byte = 0
            first, last = self._character(first), self._character(last)
        return any(window.start <= first and last < window.end for window in windows)

    def skip(self, to: int) -> None:
        """Pass over the signs before a place, but for those that may overlap one behind it."""
        self._skipped = (to if self._text is None else self._byte(to)) - _APART

    def _character(self, byte: int) -> int:
        passed = self._data[self._at_byte : byte].decode("utf-8", "surrogatepass")
        self._at, self._at_byte = self._at + len(passed), byte
        return self._at

    def _byte(self, character: int) -> int:
        assert self._text is not None
        ahead = self._text[self._at : character].encode("utf-8", "surrogatepass")
        return self._at_byte + len(ahead)


def _is_counted(data: bytes, end: int) -> bool:
    """Whether a number in words ends there: "mellan två och | sju | grader"."""
    before = data[max(0, end - _NUMBER) : end].decode("utf-8", "ignore")
    return before[before.rfind(" ") + 1 :].lower() in _numbers()


_NUMBER: Final = 32  # bytes that a number in words has, at most


@cache
def _numbers() -> frozenset[str]:
    """Numbers in words, of more than one letter, in any language."""
    named = (language.sections.get("number", {}).values() for language in languages().values())
    return frozenset(form.lower() for form in chain(*chain(*named)) if len(form) > 1)


def _check(sign: _Sign) -> Callable[[bytes, int, int], bool] | None:
    """What a sign has to be asked that was found in bytes."""
    word = sign.form.rstrip(":")
    if sign.begins:
        return _begins_word
    if word.isascii() and word.isalpha():
        return _is_word if word == sign.form else _is_word_with_colon
    return _is_over if word[-1] in "CF" else None


def _begins_word(data: bytes, start: int, _end: int) -> bool:
    """Whether no letter stands before a sign."""
    return not _character_before(data, start).isalpha()


def _is_over(data: bytes, start: int, end: int) -> bool:
    """Whether neither a word nor a number goes on behind a sign, nor a name ends with it."""
    if _GOES_ON.match(data, end):
        return False
    name = _NAME.search(data, max(0, start - _AROUND), start)
    return not name or (name[1] is not None and _has_word(name[1], 0))


def _is_word_with_colon(data: bytes, start: int, end: int) -> bool:
    return _is_word(data, start, end - 1)


def _is_word(data: bytes, start: int, end: int) -> bool:
    """Whether the letters around a sign are a word of some language, or words that are glued."""
    if not (data[start - 1 : start].isalpha() or data[end : end + 1].isalpha()):
        return True
    before = data[start - _AROUND if start > _AROUND else 0 : start]
    head = len(before) - len(before.rstrip(_LETTERS))
    after = data[end : end + _AROUND]
    tail = len(after) - len(after.lstrip(_LETTERS))
    return _has_word(data[start - head : end + tail], head)


@lru_cache(maxsize=65536)
def _has_word(letters: bytes, at: int) -> bool:
    """Whether the part of some letters that stands there, by their capitals, is of words.

    >>> _has_word(b"lightRain", 5), _has_word(b"constraint", 5)
    (True, False)
    """
    for part in _CAPITALS.finditer(letters.decode("ascii")):
        if part.start() <= at < part.end():
            return _says_weather(part.group().lower())
    return False


def _character_before(data: bytes, at: int) -> str:
    return data[max(0, at - _CHARACTER) : at].decode("utf-8", "ignore")[-1:]


def _fits(sign: _Sign, coding: _Coding) -> bool:
    try:
        sign.form.encode(coding.name)
    except UnicodeEncodeError:
        return False
    return not (sign.leads and coding is _ASCII)


def _says_weather(letters: str) -> bool:
    """Whether letters are a word, or some words one behind the other.

    >>> _says_weather("raintonight"), _says_weather("constraint")
    (True, False)
    """
    if letters in _others():
        return False
    words = _words()
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            ends = range(start + 3, len(letters) + 1)
            reached.update(end for end in ends if letters[start:end] in words)
    return len(letters) in reached


@cache
def _words() -> frozenset[str]:
    """Words without accents that stand in the vocabulary, of three letters and more."""
    found: set[str] = set()
    for code in languages():
        content = (DATA / "languages" / f"{code}.txt").read_text(encoding="utf-8")
        found.update(re.findall(r"(?<![^\W\d_])[a-z]{3,}(?![^\W\d_])", content.lower()))
    return frozenset(found)


@cache
def _others() -> frozenset[str]:
    """Words that hold a sign, or words one behind the other, and are of something else."""
    return frozenset(read_data("signs.txt")["elsewhere"]["word"])


class _Matchers(local):
    """The matchers of one thread, made when they are needed."""

    @cached_property
    def ascii(self) -> _Matcher:
        return _Matcher(_ASCII)

    @cached_property
    def utf8(self) -> _Matcher:
        return _Matcher(_UTF8)

    @cached_property
    def days(self) -> _Literals:
        return _Literals([day for day, _ in _days()])


_matchers: Final = _Matchers()


def signs(page: str) -> Signs | None:
    """The signs of weather in a page, if it has any.

    Examples
    --------
    >>> [(sign.start, sign.form) for sign in signs("Mon 12 C, rain 40% in the train") or ()]
    [(5, '2 c'), (10, 'rain')]
    """
    if page.isascii():
        return _signs_in(page.encode("ascii"), _matchers.ascii)
    return _signs_in(page.encode("utf-8", "surrogatepass"), _matchers.utf8, page)


def signs_in_bytes(page: bytes) -> Signs | None:
    """The signs of weather in a page in UTF-8, if it has any. Their places are bytes.

    >>> [sign.start for sign in signs_in_bytes("Mañana 12 °C".encode()) or ()]
    [11]
    """
    return _signs_in(page, _matchers.ascii if page.isascii() else _matchers.utf8)


def _signs_in(data: bytes, matcher: _Matcher, text: str | None = None) -> Signs | None:
    ends = matcher.ends(data)
    if not ends:  # as in most pages
        return None
    counts, forms = matcher.counts, matcher.forms
    for number, (end, of) in enumerate(ends):
        if counts(data, end, forms[of]):
            return Signs(matcher, data, ends, number, text)
    if len(ends) < SKIES or not matcher.skies(ends):  # as mostly
        return None
    return Signs(matcher, data, ends, len(ends), text)


def spellings() -> list[str]:
    """Every spelling of every sign."""
    return sorted({sign.form for sign in _signs()})


_DIGITS: Final = "0123456789０１２３４５６７８９"


_UNSEEN: Final = str.maketrans({"_": " ", "↵": "\n"})


@cache
def _signs() -> Sequence[_Sign]:
    sections = read_data("signs.txt")
    return [sign for name, entries in sections.items() if name for sign in _section(entries)]


def _section(entries: dict[str, list[str]]) -> Iterator[_Sign]:
    """The signs of a section, in each spelling."""
    numerals = _DIGITS if "beyond" in entries else digits
    exact = (form.translate(_UNSEEN) for form in entries.get("exact", ()))
    forms = {form.replace("#", digit) for form in exact for digit in numerals}
    forms |= {f for s in entries.get("sign", ()) for f in (s, s.capitalize(), s.upper())}
    around = int(entries.get("around", ["0"])[0])
    before, after = (int(entries.get(side, [around])[0]) for side in ("before", "after"))
    leads = tuple(sorted({letter.encode()[:1] for letter in entries.get("letters", ())}))
    alone, begins, words = (name in entries for name in ("alone", "begins", "words"))
    return (_Sign(form, before, after, alone, leads, begins, words) for form in sorted(forms))


# --- days ----------------------------------------------------------------------------------------

_SHORT_DAY: Final = 3  # letters; a day with so few counts with a capital: "Sat", but not "sat"


def names_day(text: bytes) -> bool:
    """Whether a day is named in a text in UTF-8, which one sign of weather can belong to.

    >>> names_day(b"Friday: Sunny"), names_day(b"she sat in the sun"), names_day("明日は".encode())
    (True, False, True)
    """
    return next(_days_in(text), None) is not None


def names_days(text: bytes) -> bool:
    """Whether two different days are named in a text in UTF-8.

    >>> names_days(b"Friday: Sunny"), names_days(b"Friday: Sunny. SATURDAY: Cloudy")
    (False, True)
    """
    return len({day.lower() for day in _days_in(text)}) > 1


def _days_in(text: bytes) -> Iterator[bytes]:
    days = _days()
    for end, number in _matchers.days.ends(text):
        day, unspaced = days[number]
        if _is_day(text, end, day, unspaced):
            yield day


def _is_day(text: bytes, end: int, day: bytes, unspaced: bool) -> bool:
    """Whether the day that ends there is a word by itself."""
    if unspaced:
        return True
    after = text[end : end + _CHARACTER].decode("utf-8", "ignore")
    return not (_character_before(text, end - len(day)).isalpha() or after[:1].isalpha())


@cache
def _days() -> list[tuple[bytes, bool]]:
    """Names of weekdays, months, today and two days on, and whether their script is unspaced."""
    days: set[tuple[bytes, bool]] = set()
    for language in languages().values():
        of_today = [
            forms
            for key, forms in language.sections.get("when", {}).items()
            if key.startswith(("today", "tomorrow", "day_after"))
        ]
        named = (language.sections.get(section, {}).values() for section in ("weekday", "month"))
        for form in chain(*chain(*named), *of_today):
            if UNSPACED.match(form[0]) and len(form) > 1:
                days.add((form.encode(), True))
            elif form.isalpha() and len(form) >= _SHORT_DAY:
                spelled = [form.capitalize(), form.upper()]
                spelled += [form.lower()] if len(form) > _SHORT_DAY else []
                days.update((word.encode(), False) for word in spelled)
    return sorted(days)
