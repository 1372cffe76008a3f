"""A text in, the phrases of its words out: what stands in the vocabulary, in glued words too."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Final

from .atoms import ATOM, LETTER, NOTHING, SEPARATORS, read_atom
from .model import Condition, Kind, Likelihood, Reading, Span, Token, Weekday
from .vocabulary import UNSPACED, Vocabulary, squeeze

_CAPITAL: Final = re.compile(r"[^\W\d_](?=[A-Z](?![a-z]))(?<=[a-z])")


def may_break(text: str, at: int) -> bool:
    """Whether a word may begin or end at `at`: no letter on one side, or a capital after it."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if not (LETTER.match(before) and LETTER.match(after)):
        return True
    if after.isupper():  # "CloudyTonight", "°CLow"
        return before.islower() or (at + 1 < len(text) and text[at + 1].islower())
    return bool(UNSPACED.match(before) or UNSPACED.match(after))


_LIKELY: Final = frozenset(Likelihood)
_FIRST_LETTER: Final = re.compile("(?<![\u0e00-\u0eff])[\u0e00-\u0eff]{2}")  # of an unspaced word
_GAP: Final = "   "  # between two columns
_WORD_OF_TWO: Final = 2  # letters of a script without spaces
# What is found glued in lower case, from so many letters on: "raintonight" is two words, but
# "Marlow" no month and no low, and "Snowden" no snow and no Czech day.
_GLUED: Final = {Kind.CONDITION: 3, Kind.WHEN: 4, Kind.WEEKDAY: 4}


class Phrases:
    """The phrases of a text: what stands in the vocabulary, where a word may end behind it.

    Inside a run of letters a phrase counts only if phrases fill the run to a place where a word may
    end: "rain" in "raintonight", but not in "raincoat".
    """

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text, self._vocabulary = text, vocabulary
        self._found: dict[int, tuple[int, str] | None] = {}
        self._chained: dict[int, bool] = {}
        self._begun: set[int] = set()

    @cached_property
    def lower(self) -> str:
        """The text in lower case."""
        return self._text.lower()

    @cached_property
    def _squeezed(self) -> str:
        """The text without white space."""
        return "".join(self.lower.split())

    @cached_property
    def _places(self) -> list[int]:
        """Where the characters of the squeezed text stand."""
        return [at for run in re.finditer(r"\S+", self._text) for at in range(*run.span())]

    @property
    def looked_up(self) -> Iterator[str]:
        """The text from each place where a phrase was looked for, as far as one may go beyond it.

        It is without white space.
        """
        least = len(self._squeezed) - self._vocabulary.longest
        return (self._squeezed[first:] for first in self._begun if first > least)

    def at(self, start: int) -> tuple[int, str] | None:
        """The longest phrase that begins at `start`: where it ends, and its form."""
        if start not in self._found:
            found = next(self._beginning(start), None)
            self._found[start] = (found and self._first_word(start, found[0])) or found
        return self._found[start]

    def bare(self, start: int, phrase: tuple[int, str]) -> tuple[int, str]:
        """The part of a phrase for the sky that says it in a sentence.

        Of "will see sunny skies" it is "sunny", of "a 20% chance of rain" the chance by itself.
        """
        readings = self._vocabulary.readings(phrase[1])
        sky = next((r.value for r in readings if r.kind is Kind.CONDITION), None)
        if not isinstance(sky, Condition):
            return phrase
        shorter = list(self._beginning(start))[::-1]
        for found in shorter:
            for reading in self._vocabulary.readings(found[1]):
                chance = reading.kind is Kind.MODIFIER and reading.value == sky.likelihood
                same = reading.value == sky and self._is_sky(found[0], phrase[0])
                if same or (chance and sky.likelihood):
                    return found
        return phrase

    def _is_sky(self, start: int, end: int) -> bool:
        """Whether a stretch of text is a word for the sky itself."""
        readings = self._vocabulary.readings(squeeze(self.lower[start:end]))
        return any(reading.value == "sky" for reading in readings)

    def is_sky(self, phrase: tuple[int, str]) -> bool:
        """Whether a phrase is one for the sky, or for what falls from it."""
        return self._vocabulary.readings(phrase[1])[0].kind is Kind.CONDITION

    def _first_word(self, start: int, end: int) -> tuple[int, str] | None:
        """The word at `start`, if a phrase that begins behind it goes beyond `end`.

        "Light snow" is a phrase, but "light | snow blown by the wind" are two.
        """
        readings = self._vocabulary.readings(squeeze(self.lower[start:end]))
        if any(reading.value in _LIKELY for reading in readings):
            return None  # "slight chance of | rain"
        space = self._text.find(" ", start, end)
        word = squeeze(self.lower[start:space])
        if space < 0 or not self._vocabulary.readings(word):
            return None
        longer = self.at(space + 1)
        if longer is None or longer[0] <= end or "\n" in self._text[space : longer[0]]:
            return None
        return space, word

    def _starting(self, start: int) -> Iterator[tuple[int, str]]:
        """Forms that the text may have at `start`, and where that is in the squeezed text."""
        first = bisect_left(self._places, start)
        if first < len(self._places) and self._places[first] == start:
            self._begun.add(first)
            for form in self._vocabulary.starting(self._squeezed, first):
                yield first, form

    def _beginning(self, start: int) -> Iterator[tuple[int, str]]:
        for first, form in self._starting(start):
            after = first + len(form)
            end = self._places[after - 1] + 1
            whole = end - start == len(form)
            if form[-1].isdigit() and self._text[end : end + 1].isdigit():
                continue  # "SO 25 km/h" has no sulphur dioxide
            if form[-1] == "-" and "-" in (
                self._text[start - 1 : start],
                self._text[end : end + 1],
            ):
                continue  # of a line that is drawn
            if not (may_break(self._text, end) or (whole and self._may_be_glued(form, end))):
                continue
            if _FIRST_LETTER.match(self._text, end - 1):
                continue  # the first letter of a Thai word is no unit of the line before
            if not whole and not self._may_span(start, end, first, form):
                continue
            capital = _CAPITAL.search(self._text, start + 1, end)
            if capital and self._is_cut_by(capital.end(), start, end, form):
                continue
            yield end, form

    def _is_cut_by(self, capital: int, start: int, end: int, form: str) -> bool:
        """Whether a word ends at a capital inside a phrase: "WindS 7 mph" is no "winds".

        Not if the phrase is printed so: "NyDNy" is a Hungarian wind.
        """
        if squeeze(self.lower[start:capital]) not in self._vocabulary:
            return False
        printed = self._text[start:end]
        return not any(
            printed in entry.forms.split(" | ") for entry in self._vocabulary.entries(form)
        )

    def _may_be_glued(self, form: str, end: int) -> bool:
        """Whether a phrase that ends inside a run of letters may be one of several glued there."""
        is_label = self._vocabulary.readings(form)[0].kind is Kind.LABEL
        return len(form) >= (4 if is_label else 3) and self._chains(end)

    def _chains(self, start: int) -> bool:
        """Whether phrases lead from `start`, inside a run of letters, to the end of a word."""
        if start not in self._chained and next(self._starting(start), None) is None:
            self._chained[start] = False
        if start not in self._chained:
            last = start
            while not may_break(self._text, last):
                last += 1
            for at in range(last - 1, start - 1, -1):
                self._chained[at] = any(
                    len(form) >= _GLUED.get(self._vocabulary.readings(form)[0].kind, len(form) + 1)
                    for _, form in self._beginning(at)
                )
        return self._chained[start]

    def _may_span(self, start: int, end: int, first: int, form: str) -> bool:
        """Whether a phrase may run over the white space in it.

        It may where its form does: "s and" is no "sand", "Wind S 5 mph" no "winds". Over one line
        break too ("mostly⏎cloudy"), but not if its first line says something by itself ("Sun⏎light
        rain"). A unit of widgets may stand on its own lines ("°⏎C").
        """
        phrase = self.lower[start:end]
        line, newline, rest = phrase.partition("\n")
        likeliest = self._vocabulary.readings(form)[0]
        unit = likeliest.kind is Kind.UNIT and likeliest.value != "K"  # "78⏎°⏎K⏎74": a day
        places = self._places
        parted = (i for i in range(1, len(form)) if places[first + i] > places[first + i - 1] + 1)
        if len(form) == _WORD_OF_TWO and UNSPACED.match(phrase):
            return False  # "15時 | 雨" is no late autumn rain
        if "\t" in phrase or (_GAP[1:] if UNSPACED.match(phrase) else _GAP) in phrase:
            return False
        if not unit and not all(self._vocabulary.may_part(form, at) for at in parted):
            return False
        if not newline:
            return True
        if not rest.lstrip(" ") or "\n" in rest:
            return False  # over a blank line
        said = "".join(line.split())
        return unit or not (said.isdigit() or self._vocabulary.says(said))

    def read(self, at: int, end: int, tokens: list[Token], led_to: bool = False) -> int:
        """Add the tokens from `at` on that begin before `end`; returns where the last one ends.

        `led_to`: what stands before the text leads to weather, as :func:`in_clause` tells.
        """
        text, vocabulary = self._text, self._vocabulary
        word_may_start = True
        while at < end:
            if text[at] == " ":
                at, word_may_start = at + 1, True
                continue
            phrase = self.at(at) if word_may_start or may_break(text, at) else None
            if phrase and in_clause(tokens, led_to):
                phrase = self.bare(at, phrase)
            if phrase:
                stop, readings = phrase[0], vocabulary.readings(phrase[1])
                if stop == at + 1 and text[at] in SEPARATORS:
                    # "/" joins conditions, and parts numbers
                    readings = _parting(text[at], readings)
            else:
                match = ATOM.match(text, at)
                if match is None:
                    at, word_may_start = at + 1, True
                    continue
                stop = match.end()
                if match.lastgroup == "word" and (week := _week(match, vocabulary)):
                    tokens += week
                    at, word_may_start = stop, True
                    continue
                if match.lastgroup == "word":
                    stop = _word_end(text, at, stop, self)
                    readings = vocabulary.short(text[at:stop].lower()) or NOTHING
                else:
                    readings = read_atom(match.lastgroup or "", match.group())
            tokens.append(Token(Span(at, stop), readings))
            word_may_start = phrase is not None
            at = stop
        return at


@lru_cache(maxsize=1 << 8)
def _parting(sign: str, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The readings of a sign that is a separator before all else."""
    return (Reading(Kind.SEPARATOR, sign), *readings)


_COUNTED: Final = frozenset({Kind.NUMBER, Kind.UNIT, Kind.MARK, Kind.MODIFIER, Kind.BREAK})


def in_clause(tokens: Sequence[Token], before: bool = False) -> bool:
    """Whether a verb of a forecast stands before, with at most a number between: "there is a 20%".

    `before`: whether one stood before the first of them.
    """
    last = next((t for t in reversed(tokens[-CLAUSE:]) if t.kind not in _COUNTED), None)
    if last is None and len(tokens) < CLAUSE:
        return before
    return last is not None and last.value == "verb"


CLAUSE: Final = 5  # tokens of "a 20 to 30 percent"


def follows_verb(tokens: Sequence[Token]) -> bool:
    """Whether a verb of a forecast stands before, in the line too if a number ends the tokens.

    "Friday brings highs of 12 and a 20": a percentage, and of what. Not behind a sky: "it will be
    cloudy with a 20".
    """
    if in_clause(tokens):
        return True
    if not tokens or tokens[-1].kind is not Kind.NUMBER:
        return False
    line = takewhile(lambda token: token.kind is not Kind.BREAK, reversed(tokens[-SENTENCE:]))
    said = next((t for t in line if t.value == "verb" or t.kind is Kind.CONDITION), None)
    return said is not None and said.value == "verb"


SENTENCE: Final = 12  # tokens
_SHORTEST_DAYS: Final = 3  # letters of an abbreviated weekday, and days that make a week of letters


def _week(match: re.Match[str], vocabulary: Vocabulary) -> list[Token]:
    """The weekdays that a word is glued together of, "jeuvensamdim": none if it is another."""
    word, start = match.group().lower(), match.start()
    if len(word) < _SHORTEST_DAYS**2 or not word.isalpha():
        return []
    tokens: list[Token] = []
    at = 0
    while at < len(word):
        found = None
        for end in (at + 3, at + 4, at + 2):
            days = [r for r in vocabulary.readings(word[at:end]) if r.kind is Kind.WEEKDAY]
            if end <= len(word) and days and (not tokens or _goes_on(tokens[-1], days)):
                found = end, tuple(days)
                break
        if found is None:
            return []
        end, readings = found
        tokens.append(Token(Span(start + at, start + end), readings))
        at = end
    return tokens if len(tokens) >= _SHORTEST_DAYS else []


def _goes_on(token: Token, days: Sequence[Reading]) -> bool:
    """Whether one of `days` is the day after the one that a token names."""
    return any(
        isinstance(one.value, Weekday)
        and isinstance(two.value, Weekday)
        and one.value.days_to(two.value) == 1
        for one in token.readings
        for two in days
    )


def _word_end(text: str, start: int, end: int, phrases: Phrases) -> int:
    """End of the word at `start`: the run of letters ends, or a capital or a phrase begins."""
    for at in range(start + 1, end):
        if text[at].isupper() and may_break(text, at):
            return at
        if UNSPACED.match(text[at]) and phrases.at(at):
            return at
    return end
