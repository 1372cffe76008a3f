"""A window of a page in, typed tokens out.

The vocabulary finds phrases wherever a word may begin and end, in glued words too; one expression
finds numbers, dates and clock times; then neighbours that make one value are joined: number and
unit, the two ends of a range, day and month, "chance of" and "light rain". What a token may mean
besides stays with it as a further reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Final

from .fold import compose, fold
from .joins import joined
from .language import credible, one_language, votes
from .model import (
    Clock,
    Condition,
    Kind,
    Likelihood,
    PartialDate,
    Quantity,
    Reading,
    Span,
    Token,
    Weekday,
)
from .vocabulary import UNSPACED, Lexicon, Vocabulary, squeeze

# Letters and the marks that belong to them: a vowel sign of Devanagari ends no word.
_MARKS: Final = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
    "\u0981-\u0983\u09bc-\u09d7\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
_LETTER: Final = re.compile(f"[^\\W\\d_]|[{_MARKS}]")

_CAPITAL: Final = re.compile(r"[^\W\d_](?=[A-Z](?![a-z]))(?<=[a-z])")
_SEPARATORS: Final = "-—\t|,;:•·/()…~+&[]、"
_ATOM: Final = re.compile(
    rf"""
      (?P<ymd>   \d{{4}} (?P<s1>[-/.]) \d{{1,2}} (?P=s1) \d{{1,2}} (?!\d) )
    | (?P<xmy>   \d{{1,2}} (?P<s2>[-/.]) \d{{1,2}} (?P=s2) (?:\d{{4}}|(?<!-)\d{{2}}) (?![\d°]) )
    | (?P<spaced> \d{{4}} \.[ ] \d{{1,2}} \.[ ] \d{{1,2}} (?:\.(?!\d)|(?!\.?\d))
               | \d{{1,2}} \.[ ] \d{{1,2}} \.[ ] \d{{4}} (?!\d) )
    | (?P<clock> \d{{1,2}} : [0-5]\d (?: :[0-5]\d )?
                 (?: [ \n]?[ap]\.?m (?![^\W\d_]) \.? | [+-]\d{{4}} (?!\d) )? (?!:?\d\d) )
    | (?P<hour>  \d{{1,2}} (?: \.[0-5]\d )? [ ]? [ap]\.?[ ]?m (?![^\W\d_]) \.?
               | \d{{1,2}} h (?: [0-5]\d (?!\d*h) )? (?![^\W\d_]) )
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


def lex(page: str, window: Span, lexicon: Lexicon) -> list[Token]:
    """Tokens of ``page[window]``: disjoint, in order, every span in the page's own offsets.

    Examples
    --------
    >>> from weatherscrape.vocabulary import lexicon
    >>> page = "Mon 21:00\\nlight rain\\n12.7\\n°\\nC"
    >>> for token in lex(page, Span(0, len(page)), lexicon()):
    ...     print(token.kind.name, repr(page[token.span.start : token.span.end]))
    WEEKDAY 'Mon'
    TIME '21:00'
    BREAK '\\n'
    CONDITION 'light rain'
    BREAK '\\n'
    TEMPERATURE '12.7\\n°\\nC'
    """
    text, places = compose(page[window.start : window.end])
    text = fold(text)
    words = lexicon.of(text)
    tokens = _atoms(text, words)
    found = votes(tokens)
    spoken = credible(found) | {"en"}
    if any(_hides(token, spoken, text) for token in tokens):
        tokens = _atoms(text, words.within(spoken))
        found = votes(tokens)
    tokens = joined(_wrapped(one_language(tokens, found), text), text)
    return [Token(_placed(token.span, places, window.start), token.readings) for token in tokens]


_GOES_ON: Final = re.compile(r"[^\n]{44,99}[^\n.!?: ] *\n[ \n]*(?=[a-z0-9])")


def _wrapped(tokens: list[Token], text: str) -> list[Token]:
    """Tokens, where a blank line within a sentence is none: lines of a text set apart."""
    for at, token in enumerate(tokens):
        if token.kind is Kind.BREAK and token.value != 1:
            start, end = token.span
            line = text.rfind("\n", 0, start) + 1
            goes_on = _GOES_ON.match(text, line)
            if goes_on and goes_on.end() == end:
                tokens[at] = Token(token.span, (Reading(Kind.BREAK, 1),))
    return tokens


def _placed(span: Span, places: Sequence[int] | None, offset: int) -> Span:
    """A span of a window in the page: `places` are where its characters were, if some were two."""
    start, end = (places[span.start], places[span.end]) if places else span
    return Span(start + offset, end + offset)


def phrase_tokens(phrase: str, words: Vocabulary) -> list[Token]:
    """Tokens of a phrase by itself, in the languages of a vocabulary."""
    text = fold(phrase)
    return joined(_atoms(text, words), text)


def _hides(token: Token, spoken: frozenset[str], page: str) -> bool:
    """Whether a phrase of a language that is not spoken may hide a shorter one of one that is.

    A single word of a script with spaces hides nothing.
    """
    for reading in token.readings:
        if not (reading.languages and reading.languages.isdisjoint(spoken)):
            return False
    printed = page[slice(*token.span)]
    return not printed.isalpha() or UNSPACED.match(printed) is not None


# --- atoms --------------------------------------------------------------------------------------


def _may_break(text: str, at: int) -> bool:
    """Whether a word may begin or end at `at`: no letter on one side, or a capital after it."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if not (_LETTER.match(before) and _LETTER.match(after)):
        return True
    if after.isupper():  # "CloudyTonight", "°CLow"
        return before.islower() or (at + 1 < len(text) and text[at + 1].islower())
    return bool(UNSPACED.match(before) or UNSPACED.match(after))


# What is found glued in lower case, from so many letters on: "raintonight" is two words, but
# "Marlow" no month and no low, and "Snowden" no snow and no Czech day.
_GLUED: Final = {Kind.CONDITION: 3, Kind.WHEN: 4, Kind.WEEKDAY: 4}


class _Phrases:
    """The phrases of a text: what stands in the vocabulary, where a word may end behind it.

    Inside a run of letters a phrase counts only if phrases fill the run to a place where a word may
    end: "rain" in "raintonight", but not in "raincoat".
    """

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._text, self._vocabulary = text, vocabulary
        self._found: dict[int, tuple[int, str] | None] = {}
        self._chained: dict[int, bool] = {}

    @cached_property
    def _lower(self) -> str:
        return self._text.lower()

    @cached_property
    def _squeezed(self) -> str:
        """The text without white space."""
        return "".join(self._lower.split())

    @cached_property
    def _places(self) -> list[int]:
        """Where the characters of the squeezed text stand."""
        return [at for run in re.finditer(r"\S+", self._text) for at in range(*run.span())]

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
                same = reading.value == sky and _may_break(self._text, found[0])
                if same or (chance and sky.likelihood):
                    return found
        return phrase

    def _is_spoken(self, start: int, end: int, tokens: Sequence[Token]) -> bool:
        """Whether a phrase is of a sentence: it is among words, or these go on behind it."""
        if self._text[end : end + 1] == " " and self._text[end + 1 : end + 2].islower():
            return True
        return self._text[start].islower() and _is_of_text(tokens[-1:])

    def without_sky(self, start: int, phrase: tuple[int, str]) -> tuple[int, str]:
        """The part of a phrase that says how the sky is: "sunny" of "under sunny skies"."""
        values = {r.value for r in self._vocabulary.readings(phrase[1])}
        for end, form in self._beginning(start):
            said = {r.value for r in self._vocabulary.readings(form) if r.kind is Kind.CONDITION}
            if said & values and self._is_sky(end, phrase[0]):
                return end, form
        return phrase

    def behind_sky(self, start: int, phrase: tuple[int, str]) -> int:
        """Where a phrase says how the sky is, behind the word for it: "Cielo | nuboso".

        Zero if it begins with no such word, or if it is a cell.
        """
        end = phrase[0]
        space = self._text.find(" ", start, end)
        if space < 0 or not self._is_sky(start, space):
            return 0
        sky = self._vocabulary.readings(phrase[1])[0]
        if self._is_cell(start, end) or sky.kind is not Kind.CONDITION:
            return 0
        after = space + 1
        while space >= 0:  # "cerul va fi | senin"
            said = self._vocabulary.readings(squeeze(self._lower[space + 1 : end]))
            if any(reading.value == sky.value for reading in said):
                return space + 1
            space = self._text.find(" ", space + 1, end)
        return after

    def _is_cell(self, start: int, end: int) -> bool:
        """Whether nothing stands beside a stretch of text on its line, or between two bars."""
        return self._text[start - 1 : start] in _EDGES and self._text[end : end + 1] in _EDGES

    def _is_sky(self, start: int, end: int) -> bool:
        """Whether a stretch of text is a word for the sky itself."""
        readings = self._vocabulary.readings(squeeze(self._lower[start:end]))
        return any(reading.value == "sky" for reading in readings)

    def _first_word(self, start: int, end: int) -> tuple[int, str] | None:
        """The word at `start`, if a phrase that begins behind it goes beyond `end`.

        "Light snow" is a phrase, but "light | snow blown by the wind" are two.
        """
        readings = self._vocabulary.readings(squeeze(self._lower[start:end]))
        if any(reading.value in _LIKELY for reading in readings):
            return None  # "slight chance of | rain"
        space = self._text.find(" ", start, end)
        word = squeeze(self._lower[start:space])
        if space < 0 or not self._vocabulary.readings(word):
            return None
        longer = self.at(space + 1)
        return (space, word) if longer and longer[0] > end else None

    def _starting(self, start: int) -> Iterator[tuple[int, str]]:
        """Forms that the text may have at `start`, and where that is in the squeezed text."""
        first = bisect_left(self._places, start)
        if first < len(self._places) and self._places[first] == start:
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
            if not (
                _may_break(self._text, end) or (whole and len(form) >= 3 and self._chains(end))
            ):
                continue
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
        if squeeze(self._lower[start:capital]) not in self._vocabulary:
            return False
        printed = self._text[start:end]
        return not any(
            printed in entry.forms.split(" | ") for entry in self._vocabulary.entries(form)
        )

    def _chains(self, start: int) -> bool:
        """Whether phrases lead from `start`, inside a run of letters, to the end of a word."""
        if start not in self._chained and next(self._starting(start), None) is None:
            self._chained[start] = False
        if start not in self._chained:
            last = start
            while not _may_break(self._text, last):
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
        rain"). A unit may stand on its own lines ("°⏎C").
        """
        phrase = self._lower[start:end]
        line, newline, rest = phrase.partition("\n")
        unit = self._vocabulary.readings(form)[0].kind is Kind.UNIT
        places = self._places
        parted = (i for i in range(1, len(form)) if places[first + i] > places[first + i - 1] + 1)
        if "\t" in phrase:
            return False
        if not unit and not all(self._vocabulary.may_part(form, at) for at in parted):
            return False
        if not newline:
            return True
        if not rest.lstrip(" ") or "\n" in rest:
            return False  # over a blank line
        said = "".join(line.split())
        return unit or not (said.isdigit() or self._vocabulary.says(said))

    def read(self, at: int, end: int, tokens: list[Token], in_clause: bool = False) -> int:
        """Add the tokens from `at` on that begin before `end`; returns where the last one ends.

        `in_clause`: what stands before the text leads to weather, as :func:`_in_clause` tells.
        """
        text, vocabulary = self._text, self._vocabulary
        word_may_start = True
        while at < end:
            if text[at] == " ":
                at, word_may_start = at + 1, True
                continue
            phrase = self.at(at) if word_may_start or _may_break(text, at) else None
            if phrase and _in_clause(tokens, in_clause):
                phrase = self.bare(at, phrase)
            elif phrase and self._is_spoken(at, phrase[0], tokens):
                phrase = self.without_sky(at, phrase)
            if phrase and (sky := self.behind_sky(at, phrase)):
                tokens.append(Token(Span(at, sky - 1), (Reading(Kind.MODIFIER, "sky"),)))
                at = sky
            if phrase:
                stop, readings = phrase[0], vocabulary.readings(phrase[1])
                if stop == at + 1 and text[at] in _SEPARATORS:
                    # "/" joins conditions, and parts numbers
                    readings = (Reading(Kind.SEPARATOR, text[at]), *readings)
            else:
                match = _ATOM.match(text, at)
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
                    readings = vocabulary.short(text[at:stop].lower()) or (Reading(Kind.WORD),)
                else:
                    name = match.lastgroup if match.lastgroup not in ("s1", "s2") else ""
                    read = _ATOMS[name or _shape(match)](match.group())
                    readings = read if isinstance(read, tuple) else (read,)
            tokens.append(Token(Span(at, stop), readings))
            word_may_start = phrase is not None
            at = stop
        return at


def _is_of_text(tokens: Sequence[Token]) -> bool:
    """Whether a word that sentences are made of can be among some tokens."""
    return any(reading.kind in _OF_TEXT for token in tokens for reading in token.readings)


_LIKELY: Final = frozenset(Likelihood)
_EDGES: Final = ("", "\n", "\t", "|")  # of a cell
_OF_TEXT: Final = frozenset({Kind.WORD, Kind.FILLER, Kind.MODIFIER, Kind.CONNECTOR})

# Text without a number, to the end of a paragraph or a cell at most: no phrase goes on beyond.
_RUN: Final = re.compile(r"(?: (?!\n[ ]*\n) [^\d\t$£€¥₹₽₩] )+ (?: \t | \n [ \t\n]* )?", re.VERBOSE)
_KEPT_SIZE: Final = 120  # a longer run of text is hardly met again


def _atoms(text: str, vocabulary: Vocabulary) -> list[Token]:
    phrases = _Phrases(text, vocabulary)
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        run = _RUN.match(text, at)
        if run is None or (at and _LETTER.match(text[at - 1])):
            at = phrases.read(at, at + 1, tokens)
            continue
        end = run.end()
        read = _run if end - at <= _KEPT_SIZE else _run.__wrapped__
        counted = text[end : end + 1].isdigit()
        found, stop = read(run.group(), vocabulary, _follows_verb(tokens), counted)
        tokens += [Token(Span(at + a, at + b), readings) for (a, b), readings in found]
        at = phrases.read(at + stop, end, tokens)
    return tokens


@lru_cache(maxsize=1 << 12)
def _run(
    text: str, vocabulary: Vocabulary, in_clause: bool, counted: bool
) -> tuple[tuple[tuple[Span, tuple[Reading, ...]], ...], int]:
    """Tokens of a text without numbers, and where they end.

    Pages of a site, and of sites that print the same widget, say the same between their numbers.
    If it is `counted`, a number follows, and what may go on with it ("PM | 10") is left out.
    """
    tokens: list[Token] = []
    stop = len(text)
    if counted:
        words = (at for at in range(max(0, stop - _STEM), stop) if _may_break(text, at))
        stop = next((at for at in words if squeeze(text[at:]) in vocabulary.stems), stop)
    stop = _Phrases(text, vocabulary).read(0, stop, tokens, in_clause)
    return tuple((token.span, token.readings) for token in tokens), stop


_STEM: Final = 24  # characters of a phrase before its first digit


_COUNTED: Final = frozenset({Kind.NUMBER, Kind.UNIT, Kind.MARK, Kind.MODIFIER, Kind.BREAK})


def _in_clause(tokens: Sequence[Token], before: bool = False) -> bool:
    """Whether a verb of a forecast stands before, with at most a number between: "there is a 20%".

    `before`: whether one stood before the first of them.
    """
    last = next((t for t in reversed(tokens[-_CLAUSE:]) if t.kind not in _COUNTED), None)
    if last is None and len(tokens) < _CLAUSE:
        return before
    return last is not None and last.value == "verb"


_CLAUSE: Final = 5  # tokens of "a 20 to 30 percent"


def _follows_verb(tokens: Sequence[Token]) -> bool:
    """Whether a verb of a forecast stands before, in the line too if a number ends the tokens.

    "There should be showers, with a 20": a percentage, and of what.
    """
    if _in_clause(tokens):
        return True
    if not tokens or tokens[-1].kind is not Kind.NUMBER:
        return False
    line = takewhile(lambda token: token.kind is not Kind.BREAK, reversed(tokens[-_SENTENCE:]))
    return any(token.value == "verb" for token in line)


_SENTENCE: Final = 12  # tokens
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
        and (two.value.number - one.value.number) % 7 == 1
        for one in token.readings
        for two in days
    )


def _shape(match: re.Match[str]) -> str:
    return "ymd" if match.group("ymd") else "xmy"


def _word_end(text: str, start: int, end: int, phrases: _Phrases) -> int:
    """End of the word at `start`: the run of letters ends, or a capital or a phrase begins."""
    for at in range(start + 1, end):
        if text[at].isupper() and _may_break(text, at):
            return at
        if UNSPACED.match(text[at]) and phrases.at(at):
            return at
    return end


def _read_ymd(text: str) -> Reading:
    year, month, day = map(int, re.findall(r"\d+", text))
    value = PartialDate.of(day, month, year)
    return Reading(Kind.DATE, value) if value else Reading(Kind.WORD)


def _read_xmy(text: str) -> tuple[Reading, ...]:
    """Month first and day first, as far as both are dates; only slashes are read month first."""
    first, second, year = map(int, re.findall(r"\d+", text))
    year += 2000 if year < 100 else 0
    orders = [(first, second), (second, first)] if "/" in text else [(second, first)]
    values = [PartialDate.of(day, month, year) for month, day in orders]
    return tuple(Reading(Kind.DATE, v) for v in values if v) or (Reading(Kind.WORD),)


def _read_clock(text: str) -> Reading:
    """Local time in minutes; "12 AM" is midnight."""
    hour, minute = [*re.findall(r"\d+", text), "0"][:2]
    hours, minutes = int(hour), int(minute)
    half = re.search(r"[ap]", text, re.IGNORECASE)
    if half:
        if not 1 <= hours <= 12:
            return Reading(Kind.WORD)
        hours = hours % 12 + (12 if half.group() in "pP" else 0)
    if hours * 60 + minutes > 1440:
        return Reading(Kind.WORD)
    return Reading(Kind.TIME, Clock(hours * 60 + minutes))


def _read_dotted(text: str) -> tuple[Reading, ...]:
    """ "13.2." is February 13, or 13.2 at the end of a sentence; "13. 2." is no number."""
    day, month = map(int, re.findall(r"\d+", text))
    value = PartialDate.of(day, month)
    dated = (Reading(Kind.DATE, value),) if value else ()
    if " " in text:
        return dated or (Reading(Kind.WORD),)
    return (_read_number(text[:-1]), *dated)


_LONGEST_NUMBER: Final = 9  # characters; "1013.25" hPa, "65616.8" feet of visibility


def _read_number(text: str) -> Reading:
    """A number with either decimal sign: "1,013" is a thousand and thirteen, "12,7" a decimal."""
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        text = re.sub(r"[.,]", "", text[:decimal]) + "." + text[decimal + 1 :]
    elif re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", text):
        text = text.replace(",", "")
    elif text.count(".") + text.count(",") > 1:
        return Reading(Kind.WORD)  # a version, an address
    if len(text) > _LONGEST_NUMBER:
        return Reading(Kind.WORD)
    return Reading(Kind.NUMBER, Quantity(float(text.replace(",", "."))))


_MID_DECADE: Final = 5.0  # "in the 40s"


_ATOMS: Final[dict[str, Callable[[str], Reading | tuple[Reading, ...]]]] = {
    "ymd": _read_ymd,
    "xmy": _read_xmy,
    "clock": _read_clock,
    "hour": _read_clock,
    "spaced": lambda text: _read_ymd(text) if text[3].isdigit() else _read_xmy(text)[0],
    "decade": lambda text: Reading(Kind.NUMBER, Quantity(float(text.rstrip("sS'’")) + _MID_DECADE)),
    "dotted": _read_dotted,
    "decimal": lambda text: _read_dotted(text + "."),
    "money": lambda _: Reading(Kind.WORD),
    "number": _read_number,
    "break": lambda text: Reading(Kind.BREAK, min(text.count("\n"), 2)),
    "separator": lambda text: Reading(Kind.SEPARATOR, text),
}
