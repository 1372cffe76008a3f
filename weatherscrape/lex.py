"""A window of a page in, typed tokens out.

The vocabulary finds phrases wherever a word may begin and end, in glued words too; one expression
finds numbers, dates and clock times; then neighbours that make one value are joined: number and
unit, the two ends of a range, day and month, "chance of" and "light rain". What a token may mean
besides stays with it as a further reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from .atoms import A_LETTER, ATOM, NOTHING, read_atom
from .data import languages, units
from .fold import compose, fold
from .joins import joined
from .language import credible, one_language, votes
from .model import Condition, Kind, Quantity, Reading, Span, Token
from .phenomena import in_sentence, is_phenomenon, is_sky
from .phrases import CLAUSE, SENTENCE, Phrases, follows_verb, in_clause, may_break
from .tokens import is_at, mark_at, reading_at
from .vocabulary import UNSPACED, Lexicon, Vocabulary, squeeze

_Said = tuple[int, int, tuple[Reading, ...]]  # where a token stands, and what it means


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
    said = _words_of(tokens)
    found = votes(said)
    spoken = credible(found) | {"en"}
    if _hide(said, spoken, text):
        tokens = _atoms(text, words.within(spoken))
        found = votes(_words_of(tokens))
    tokens = _without_counts(one_language(tokens, found), text)
    tokens = _parted(_wrapped(_without_skies(tokens, text, words), text), text)
    tokens = joined(tokens, text)
    if places is None and window.start == 0:
        return tokens
    return [Token(_placed(token.span, places, window.start), token.readings) for token in tokens]


def _without_counts(tokens: list[Token], text: str) -> list[Token]:
    """Tokens, with numbers in words as numbers only of degrees and winds: "nine to 11 degrees"."""
    if not any(_is_worded(token, text) for token in tokens):
        return tokens
    return [
        Token(token.span, NOTHING)
        if _is_worded(token, text) and not _is_of_a_measure(tokens, at)
        else token
        for at, token in enumerate(tokens)
    ]


def _is_worded(token: Token, text: str) -> bool:
    """Whether a token is a number in letters; zero and "the eighties" are no count of anything."""
    value = token.value
    return (
        token.kind is _NUMBER
        and isinstance(value, Quantity)
        and value.value != 0
        and text[token.span.start].isalpha()
        and squeeze(text[slice(*token.span)]) not in _decades(token.readings[0].languages)
    )


@cache
def _decades(codes: frozenset[str]) -> frozenset[str]:
    """Numbers in letters that stand for ten degrees each: "in the low seventies"."""
    decades = [languages()[code].sections.get("decade", {}) for code in codes]
    return frozenset(squeeze(form) for of in decades for forms in of.values() for form in forms)


def _is_of_a_measure(tokens: Sequence[Token], at: int) -> bool:
    """Whether the unit of a temperature or a wind follows a number, or its other end and that."""
    if mark_at(tokens, at + 1) in ("range", "and"):
        last = at + 2 + (mark_at(tokens, at + 2) in ("minus", "plus", "cold", "warm"))
        at = last if is_at(tokens, last, _NUMBER) else at
    unit = reading_at(tokens, at + 1, Kind.UNIT)
    return unit is not None and units()[str(unit.value)].kind in _SPELLED


def _without_skies(tokens: list[Token], text: str, words: Vocabulary) -> list[Token]:
    """Tokens with skies of sentences apart: "under | sunny | skies", "nuboso | con | lluvia"."""
    out: list[Token] = []
    for at, token in enumerate(tokens):
        if token.kind is _CONDITION and " " in text[token.span.start : token.span.end]:
            for part in _parts_of(token, tokens[at - 1] if at else None, text, words):
                out += _without_what_falls(part, text, words)
        else:
            out.append(token)
    return out


def _without_what_falls(token: Token, text: str, words: Vocabulary) -> list[Token]:
    """A phrase of a sentence for a sky and what falls from it as tokens for each."""
    start, end = token.span
    value = token.value
    if not (isinstance(value, Condition) and is_phenomenon(value) and in_sentence(text, end)):
        return [token]
    return _tokens(_apart(text[start:end], words), start) or [token]


@lru_cache(maxsize=1 << 10)
def _apart(printed: str, words: Vocabulary) -> tuple[_Said, ...]:
    """The tokens of a phrase that begins with a sky, if what is beside it follows; else none."""
    for space in [at for at, letter in enumerate(printed) if letter == " "][::-1]:
        left = printed[:space].rstrip(",")
        readings = words.readings(squeeze(left.lower()))
        sky = tuple([r for r in readings if isinstance(r.value, Condition) and is_sky(r.value)])
        if sky:
            rest: list[Token] = []
            Phrases(printed, words).read(len(left), len(printed), rest)
            if reading_at(rest, 0, Kind.CONNECTOR):
                return ((0, len(left), sky), *map(_said, rest))
            return ()
    return ()


def _parts_of(token: Token, before: Token | None, text: str, words: Vocabulary) -> list[Token]:
    """A phrase for the sky, or what it says and the word for the sky itself."""
    start, end = token.span
    printed = text[start:end]
    if before and before.kind in _DAYS and (parts := _behind_part(printed, token.readings, words)):
        return _tokens(parts, start)  # "Monday | night | clear"
    if after := _behind_sky(printed, token.readings, words):
        opens = _BEGINS.search(text, max(0, start - _INDENT), start)
        opened = opens is not None or (before is not None and before.kind in _NUMBERS)
        if opened and (text[end : end + 1] in _EDGES or text[end : end + 3] in _DASHES):
            return [token]
        sky = Span(start, start + printed.index(" "))
        return [Token(sky, _SKY), Token(Span(start + after, end), token.readings)]
    skies = _before_sky(printed, token.readings, words)
    if printed[0].isupper() and _is_stated(text, end, words):
        return [token]  # "Clear skies."
    goes_on = text[end : end + 1] == " " and text[end + 1 : end + 2].islower()
    goes_on = goes_on or in_sentence(text, end)
    if skies and (goes_on or (printed[0].islower() and before and _is_of_text(before))):
        space = start + printed.rindex(" ")
        return [Token(Span(start, space), skies[0]), Token(Span(space + 1, end), skies[1])]
    return [token]


def _is_stated(text: str, end: int, words: Vocabulary) -> bool:
    """Whether a phrase that ends there is all that is said of the sky: a stop or "and" follows."""
    if text[end : end + 1] in _STOPS:
        return True
    word = _NEXT_WORD.match(text, end)
    readings = words.readings(squeeze(word[1])) if word else ()
    return any(r.kind is Kind.CONNECTOR and r.value == "join" for r in readings)


_STOPS: Final = (".", "।", ",", ";")
_NEXT_WORD: Final = re.compile(r" (\w+)")


@lru_cache(maxsize=1 << 10)
def _behind_part(
    printed: str, readings: tuple[Reading, ...], words: Vocabulary
) -> tuple[_Said, ...]:
    """The part of the day that a phrase begins with, and the sky behind it; none if it does not."""
    first, _, rest = printed.partition(" ")
    part = tuple([r for r in words.readings(squeeze(first)) if r.kind is Kind.WHEN])
    values = {reading.value for reading in readings}
    same = tuple([r for r in words.readings(squeeze(rest)) if r.value in values])
    end = len(first)
    return ((0, end, part), (end + 1, len(printed), same)) if part and same else ()


@lru_cache(maxsize=1 << 10)
def _before_sky(
    printed: str, readings: tuple[Reading, ...], words: Vocabulary
) -> tuple[tuple[Reading, ...], tuple[Reading, ...]] | None:
    """What the parts of a phrase mean, if it ends with a word for the sky itself."""
    first, _, last = printed.rpartition(" ")
    sky = words.readings(squeeze(last))
    if not any(reading.value == "sky" for reading in sky):
        return None
    values = {reading.value for reading in readings}
    same = tuple(reading for reading in words.readings(squeeze(first)) if reading.value in values)
    return (same, sky) if same else None


@lru_cache(maxsize=1 << 10)
def _behind_sky(printed: str, readings: tuple[Reading, ...], words: Vocabulary) -> int:
    """Where a phrase says how the sky is, behind the word for it; 0 if it begins with none.

    "Cielo | nuboso", "cerul va fi | senin".
    """
    first = printed.partition(" ")[0]
    if not any(reading.value == "sky" for reading in words.readings(squeeze(first))):
        return 0
    at = space = len(first)
    while space >= 0:
        said = words.readings(squeeze(printed[space + 1 :]))
        if any(reading.value == readings[0].value for reading in said):
            return space + 1
        space = printed.find(" ", space + 1)
    return at + 1


def _is_of_text(token: Token) -> bool:
    """Whether a token can be a word that sentences are made of."""
    return any(reading.kind in _OF_TEXT for reading in token.readings)


_CONDITION: Final = Kind.CONDITION
_NUMBER: Final = Kind.NUMBER
_NUMBERS: Final = frozenset({Kind.NUMBER, Kind.UNIT})
_SPELLED: Final = frozenset({Kind.TEMPERATURE, Kind.SPEED})  # of what numbers in words count
_DAYS: Final = frozenset({Kind.WEEKDAY, Kind.DATE})
_SKY: Final = (Reading(Kind.MODIFIER, "sky"),)
_EDGES: Final = ("", "\n", "\t", "|")  # of a cell
_BEGINS: Final = re.compile(r"(?:(?:\A|\n) *|[\t|]|: |• |- )\Z")
_INDENT: Final = 20  # characters before a cell, at most
_DASHES: Final = (" - ", " – ", " | ")
_OF_TEXT: Final = frozenset({Kind.WORD, Kind.FILLER, Kind.MODIFIER, Kind.CONNECTOR})
_GOES_ON: Final = re.compile(r"[^\n]{44,99}[^\n.!?: ] *\n[ \n]*(?=[a-z0-9])")


def _wrapped(tokens: list[Token], text: str) -> list[Token]:
    """Tokens, where a blank line within a sentence is none: lines of a text set apart."""
    for at, token in enumerate(tokens):
        if token.kind is _BREAK and token.value != 1:
            start, end = token.span
            line = text.rfind("\n", 0, start) + 1
            goes_on = _GOES_ON.match(text, line)
            if goes_on and goes_on.end() == end:
                tokens[at] = Token(token.span, (Reading(Kind.BREAK, 1),))
    return tokens


def _parted(tokens: list[Token], text: str) -> list[Token]:
    """Tokens, with a line break for a full stop that a day is glued to: "in the evening.Sunday"."""
    if not _GLUED_STOP.search(text):
        return tokens
    out: list[Token] = []
    for token in tokens:
        start = token.span.start
        if token.kind in _OF_DAYS and _GLUED_STOP.match(text, max(0, start - 2)):
            if out and out[-1].span.end == start:  # "km/h.Sunday"
                out[-1] = Token(Span(out[-1].span.start, start - 1), out[-1].readings)
            out.append(Token(Span(start - 1, start), (Reading(Kind.BREAK, 1),)))
        out.append(token)
    return out


_GLUED_STOP: Final = re.compile(r"[a-z\d%°)C][.](?=[A-Z][a-z])")
_OF_DAYS: Final = frozenset({Kind.WEEKDAY, Kind.WHEN})

_BREAK: Final = Kind.BREAK


def _placed(span: Span, places: Sequence[int] | None, offset: int) -> Span:
    """A span of a window in the page: `places` are where its characters were, if some were two."""
    start, end = (places[span.start], places[span.end]) if places else span
    return Span(start + offset, end + offset)


def phrase_tokens(phrase: str, words: Vocabulary) -> list[Token]:
    """Tokens of a phrase by itself, in the languages of a vocabulary."""
    text = fold(phrase)
    return joined(_atoms(text, words), text)


def _words_of(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that are likeliest of some languages only."""
    return [token for token in tokens if token.readings[0].languages]


def _hide(tokens: Sequence[Token], spoken: frozenset[str], page: str) -> bool:
    """Whether a phrase of a language that is not spoken may hide a shorter one of one that is.

    A single word of a script with spaces hides nothing.
    """
    for token in tokens:
        if not spoken.isdisjoint(token.readings[0].languages):
            continue
        if any(not r.languages or not r.languages.isdisjoint(spoken) for r in token.readings):
            continue
        printed = page[slice(*token.span)]
        if not printed.isalpha() or UNSPACED.match(printed):
            return True
    return False


# --- runs of words, and numbers between them ------------------------------------------------------

# Text without a number, to the end of a paragraph or a cell at most, as no phrase goes on beyond; a
# number, date or time; what parts them; or a letter right behind one.
_PIECE: Final = re.compile(
    rf"""
      (?P<run> (?<!{A_LETTER}) (?: [^\d\t\n$£€¥₹₽₩]++ | \n(?![ ]*\n) )++ (?: \t | \n [ \t\n]* )? )
    | (?=[\d\t\n]) (?i: {ATOM.pattern} )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_KEPT_SIZE: Final = 120  # a longer run of text is hardly met again


def _atoms(text: str, vocabulary: Vocabulary) -> list[Token]:
    phrases = Phrases(text, vocabulary)
    lower, counts = phrases.lower, vocabulary.counts
    tokens: list[Token] = []
    at = 0
    verb_at = -SENTENCE  # where the last verb may stand
    while at < len(text):
        for piece in _PIECE.finditer(text, at):
            at, end = piece.span()
            name = piece.lastgroup
            if name == "run":
                led_to = len(tokens) - verb_at <= SENTENCE and follows_verb(tokens)
                read = _run if end - at <= _KEPT_SIZE else _run.__wrapped__
                words, stop, verb = read(
                    piece[0], vocabulary, led_to, text[end : end + 1].isdigit()
                )
                tokens += [Token(Span(at + a, at + b), readings) for a, b, readings in words]
                at += stop
                if verb:
                    verb_at = len(tokens)
            elif (
                name == "hour"
                and reading_at(tokens, len(tokens) - 1, Kind.MONTH)
                and (number := _before_sky_of_half(piece, phrases))
            ):
                tokens.append(Token(Span(at, at + len(number)), read_atom("number", number)))
                at += len(number)
            elif name != "other" and not counts(lower, at):
                reads = read_atom if end - at <= _KEPT_SIZE else read_atom.__wrapped__
                tokens.append(Token(Span(at, end), reads(name, piece[0])))
                at = end
            else:
                end = at + 1
            if at < end:
                at = phrases.read(at, end, tokens)
                verb_at = len(tokens)
            if at != piece.end():
                break
    return tokens


def _before_sky_of_half(hour: re.Match[str], phrases: Phrases) -> str:
    """The number of an hour whose "AM" is that of a sky: "Jun 10 AM Clouds/PM Sun"; else none."""
    number, space, _ = hour[0].partition(" ")
    after = hour.start() + len(number) + len(space)
    phrase = phrases.at(after) if space else None
    if phrase is None or phrase[0] <= hour.end():
        return ""
    return number if phrases.is_sky(phrase) else ""


class _Words(NamedTuple):
    """The tokens of a text without numbers."""

    tokens: tuple[_Said, ...]
    stop: int  # where the last one ends
    verb: bool  # whether there is a verb that leads to weather, as in "there will be"


@lru_cache(maxsize=1 << 12)
def _run(text: str, vocabulary: Vocabulary, led_to: bool, counted: bool) -> _Words:
    """Tokens of a text without numbers.

    Pages of a site, and of sites that print the same widget, say the same between their numbers.
    If it is `counted`, a number follows, and what may go on with it ("PM | 10") is left out.
    """
    stop = _stem_at(text, vocabulary) if counted else len(text)
    if stop == len(text):
        return _read_words(text, vocabulary, led_to)
    tokens: list[Token] = []
    stop = Phrases(text, vocabulary).read(0, stop, tokens, led_to)
    return _Words(tuple(map(_said, tokens)), stop, any(token.value == "verb" for token in tokens))


def _said(token: Token) -> _Said:
    return *token.span, token.readings


_STEM: Final = 24  # characters of a phrase before its first digit


def _stem_at(text: str, vocabulary: Vocabulary) -> int:
    """Where the words begin that may be those before the number of a phrase: the end, if none."""
    stop = len(text)
    tail = "".join(text[-_STEM:].lower().split())
    if any(tail[-size:] in vocabulary.stems for size in range(1, len(tail) + 1)):
        for at in range(max(0, stop - _STEM), stop):
            if may_break(text, at) and squeeze(text[at:]) in vocabulary.stems:
                return at
    return stop


# --- words by themselves --------------------------------------------------------------------------

_WORD: Final = re.compile(r"[^ \t\n]* [ ]* (?: \t | \n [ \t\n]* )?", re.VERBOSE)


def _read_words(text: str, vocabulary: Vocabulary, led_to: bool) -> _Words:
    """The tokens of a text, word by word: each is read with those that may go on with it.

    Few words are new, and most of them begin no longer phrase with the next one. What a word means
    behind a verb ("will be") depends on what stands before it, so it is read in its place.
    """
    said: list[_Said] = []
    phrases = Phrases(text, vocabulary)
    squeezed = "".join(text.lower().split())
    at, length = 0, 0  # places in the text, and in the squeezed one
    verb_at = 0 if led_to else -CLAUSE
    verb = False
    while at < len(text):
        end = _word_end(text, at)
        if len(said) - verb_at <= CLAUSE and in_clause(last := _tokens(said[-CLAUSE:]), led_to):
            start, known = at, len(last)
            at = _read_in_clause(text, at, phrases, last, led_to)
            said += map(_said, last[known:])
            length += len("".join(text[start:at].split()))
            verb_at, verb = len(said), True
            continue
        word = (_word if end - at <= _KEPT_SIZE else _word.__wrapped__)(text[at:end], vocabulary)
        while word.open_to and end < len(text) and word.goes_on(squeezed, length):
            end = _word_end(text, end)
            word = _word(text[at:end], vocabulary)
        said += [(at + a, at + b, readings) for a, b, readings in word.tokens]
        at, length = end, length + word.length
        if word.verb:
            verb_at, verb = len(said), True
    return _Words(tuple(said), at, verb)


def _tokens(said: Iterable[_Said], at: int = 0) -> list[Token]:
    """Tokens of a text that begins at a place."""
    return [Token(Span(at + start, at + end), readings) for start, end, readings in said]


def _read_in_clause(text: str, at: int, phrases: Phrases, tokens: list[Token], led_to: bool) -> int:
    """Add the tokens of a word behind a verb; returns where the next word begins."""
    end = _word_end(text, at)
    while at < end:
        at = phrases.read(at, end, tokens, led_to)
        if at > end:
            end = _word_end(text, at) if at < len(text) else at
    return at


def _word_end(text: str, at: int) -> int:
    """Where the next word begins."""
    word = _WORD.match(text, at)
    assert word
    return word.end()


class _Word(NamedTuple):
    """A word, or some."""

    tokens: tuple[_Said, ...]
    verb: bool
    length: int  # without white space
    open_to: frozenset[str]  # the next letters of the phrases that begin with it

    def goes_on(self, squeezed: str, at: int) -> bool:
        """Whether a phrase that begins with it may go on behind it: it stands at `at`."""
        end = at + self.length
        one, two, three = squeezed[end : end + 1], squeezed[end : end + 2], squeezed[end : end + 3]
        return one in self.open_to or two in self.open_to or three in self.open_to


@lru_cache(maxsize=1 << 13)
def _word(text: str, vocabulary: Vocabulary) -> _Word:
    tokens: list[Token] = []
    phrases = Phrases(text, vocabulary)
    phrases.read(0, len(text), tokens)
    open_to = frozenset().union(*map(vocabulary.going_on, phrases.looked_up))
    verb = any(token.value == "verb" for token in tokens)
    return _Word(tuple(map(_said, tokens)), verb, len("".join(text.split())), open_to)
