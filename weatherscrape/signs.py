"""The signs of weather in a page's bytes: one pass of a vectorised matcher finds them all.

A sign counts if a digit stands near it, and if it is a word or a part of one that the languages
have: "rain" in "raintonight" is one, "rain" in "constraint" is none. docs/explanation/speed.md has
the figures by which the matcher was chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import local
from typing import Final, NamedTuple

import hyperscan

from .data import DATA, languages, read_data

_DIGIT: Final = re.compile(rb"[0-9]")
# The same with Arabic, Persian, Devanagari, Bengali, Thai and full-width digits, as UTF-8 bytes.
_ANY_DIGIT: Final = re.compile(
    rb"[0-9]|\xd9[\xa0-\xa9]|\xdb[\xb0-\xb9]|\xe0[\xa5\xa7][\xa6-\xaf]|\xe0\xb9[\x90-\x99]|\xef\xbc[\x90-\x99]"
)
_WORD_END: Final = re.compile(rb"[A-Za-z]*")
_CAPITALS: Final = re.compile(rb"[A-Z]?[a-z]+|[A-Z]+")
_LONGEST_WORD: Final = 40  # letters; what is longer is no word
_MORE: Final = re.compile(rb"[a-z0-9]|[A-Z][A-Z0-9]")  # a number goes on: "7F" in "7FA0", "1 Cat"


class Found(NamedTuple):
    """A sign in a page.

    `start`: the byte at which it begins. `form`: its spelling, in lower case. `alone`: whether it
    means weather without another sign.
    """

    start: int
    form: bytes
    alone: bool


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign in one spelling, as UTF-8.

    `before` and `after` say how many bytes from it a digit may stand. A page holds one of the bytes
    `leads` if the sign means weather there; with none of them, any page may.
    """

    form: bytes
    before: int
    after: int
    alone: bool
    leads: tuple[bytes, ...]

    def counts(self, data: bytes, start: int, digit: re.Pattern[bytes]) -> bool:
        """Whether a digit is near, and the sign ends where a word or a number may end."""
        end = start + len(self.form)
        if not digit.search(data, max(0, start - self.before), end + self.after):
            return False
        if self.form.isalpha() and self.form.isascii():
            return _is_word(data, start, end)
        return not (self.form[-1:] in b"CF" and _MORE.match(data, end))


def _is_word(data: bytes, start: int, end: int) -> bool:
    """Whether the letters around a sign are a word of some language, or words that are glued."""
    last = _WORD_END.match(data, end, end + _LONGEST_WORD).end()  # type: ignore[union-attr]
    first = start
    while first and data[first - 1 : first].isalpha() and start - first < _LONGEST_WORD:
        first -= 1
    if (first, last) == (start, end):
        return True
    for part in _CAPITALS.finditer(data, first, last):
        if part.start() <= start < part.end():
            return _says_weather(part.group().lower(), data[start:end].lower())
    return False


@lru_cache(maxsize=65536)
def _says_weather(letters: bytes, sign: bytes) -> bool:
    """Whether letters are words one behind the other, the sign in one of them.

    >>> _says_weather(b"raintonight", b"rain"), _says_weather(b"constraint", b"rain")
    (True, False)
    """
    words = _words()
    text = letters.decode()
    reached = {0}
    for start in range(len(text)):
        if start in reached:
            reached |= {e for e in range(start + 3, len(text) + 1) if text[start:e] in words}
    return text in words or len(text) in reached


@cache
def _words() -> frozenset[str]:
    """Words without accents that stand in the vocabulary, of three letters and more."""
    found: set[str] = set()
    for code in languages():
        content = (DATA / "languages" / f"{code}.txt").read_text(encoding="utf-8")
        found.update(re.findall(r"(?<![^\W\d_])[a-z]{3,}(?![^\W\d_])", content.lower()))
    return frozenset(found)


class _Matcher:
    """What finds signs in bytes. Its working memory serves one pass at a time."""

    def __init__(self, signs: Sequence[_Sign]) -> None:
        self._signs = signs
        self._found: list[tuple[int, int]] = []
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._database.compile(
            expressions=[sign.form for sign in signs],
            ids=list(range(len(signs))),
            flags=[0] * len(signs),
            literal=True,
        )

    def _keep(self, sign: int, _start: int, end: int, _flags: int, _context: object) -> None:
        self._found.append((end - len(self._signs[sign].form), sign))

    def signs(self, data: bytes, digit: re.Pattern[bytes]) -> Iterator[Found]:
        """The signs that count, in order; of those that overlap the first."""
        self._database.scan(data, match_event_handler=self._keep)
        if not self._found:
            return
        found, self._found = self._found, []
        means: dict[tuple[bytes, ...], bool] = {(): True}
        behind = 0  # the last sign
        for start, number in sorted(found):
            sign = self._signs[number]
            if start < behind:
                continue
            if sign.leads not in means:
                means[sign.leads] = any(lead in data for lead in sign.leads)
            if means[sign.leads] and sign.counts(data, start, digit):
                yield Found(start, sign.form.lower(), sign.alone)
                behind = start + len(sign.form)


class _Matchers(local):
    """The matchers of one thread: for pages of ASCII, and for all others."""

    def __init__(self) -> None:
        self.ascii = _Matcher([sign for sign in _signs("ascii") if sign.form.isascii()])
        self.any = _Matcher(_signs("utf-8"))


@cache
def _matchers() -> _Matchers:
    return _Matchers()


def signs(page: bytes) -> Iterator[Found]:
    """The signs of weather in a page in UTF-8.

    Examples
    --------
    >>> [(sign.start, sign.form) for sign in signs(b"Mon 12 C, rain 40% in the train")]
    [(5, b'2 c'), (10, b'rain')]
    """
    if page.isascii():
        return _matchers().ascii.signs(page, _DIGIT)
    return _matchers().any.signs(page, _ANY_DIGIT)


@cache
def _signs(encoding: str) -> list[_Sign]:
    """The signs that mean weather in a page of an encoding."""
    return [
        sign
        for name, entries in read_data("signs.txt").items()
        if name and entries.get("beyond") != [encoding]
        for sign in _section(entries)
    ]


def _section(entries: dict[str, list[str]]) -> Iterator[_Sign]:
    """The signs of a section, in each spelling."""
    spelled = {form.replace("_", " ") for form in entries.get("exact", ())}
    spelled |= {f for s in entries.get("sign", ()) for f in (s, s.capitalize(), s.upper())}
    forms = sorted(form.encode() for form in spelled)
    around = int(entries.get("around", ["0"])[0])
    before, after = (int(entries.get(side, [around])[0]) for side in ("before", "after"))
    letters = [letter.encode() for letter in entries.get("letters", ())]
    leads = {form[:1] for form in letters or forms} if "beyond" in entries else set()
    rare = () if any(lead.isascii() for lead in leads) else tuple(sorted(leads))
    return (_Sign(form, before, after, "alone" in entries, rare) for form in forms)
