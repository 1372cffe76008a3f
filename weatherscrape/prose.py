"""Tokens in, the sentences of running text out: what each is about, and what is no forecast.

A widget is a repetition, and its layout says where a row ends. A sentence says what it says of the
day that it names, and those behind it, of the same paragraph, go on about that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from .data import languages
from .model import (
    DEGREES,
    KEYS,
    Kind,
    Token,
)
from .tokens import BEFORE_NUMBER, BETWEEN, GLUED, WRAPPED, Tokens, length, mark_at


class Place(NamedTuple):
    """The paragraph of running text that a token stands in, and the sentence; both count up.

    `ahead`: the sentence has a verb of a forecast ("is expected to be").
    """

    paragraph: int
    sentence: int
    ahead: bool = False


_WORDS: Final = 4  # of a paragraph of running text, at least, that mean nothing to us
_SHARE: Final = 0.15  # of its tokens
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LOWER: Final = 8  # or so many in lower case,
_MOSTLY: Final = 0.7  # which are so many of all
_FEW: Final = 4  # or so many, so many of all, if they are of a bulletin
_SOME: Final = 0.4
_INITIAL: Final = r"(?<![\s.][^\W\d_])"  # no stop is behind one, but for a unit: "14 C. Wind"
_STOPS: Final = (
    rf"""(?<!\W[ap][.]m)(?!{BEFORE_NUMBER})[.!?…।]["'”’)]*\s+(?=["'“‘(]*[^\W_])"""
    r"|。[」』）]*\s*(?=\S)|[;；]\s*(?=[\u3400-\u9fff])"
)
_STOP: Final = re.compile(_INITIAL + _STOPS)
_UNIT_STOP: Final = re.compile(_STOPS)

_END: Final = re.compile(r"""[.!?…。।]["'”’)]*\s*\Z""")
_LINE_END: Final = re.compile(r"""[.!?…。।]["'”’)]*[ \t]*\n""")
_LINE_STOP: Final = re.compile(r"""[^\n]{0,3}?[.!?…。।]["'”’)]*[ \t]*(?:\n|\Z)""")
_ANY_STOP: Final = re.compile(r"[.!?…।](?!\w)|。")
_CELLS: Final = ("\t", "|")


def places(tokens: Tokens, page: str) -> list[Place | None]:
    """Where in running text each token stands; None: in none.

    Examples
    --------
    >>> from weatherscrape.lex import lex
    >>> from weatherscrape.model import Span
    >>> from weatherscrape.vocabulary import lexicon
    >>> page = "Rain moves in on Friday with highs near 50. It should be gone by noon."
    >>> tokens = Tokens(lex(page, Span(0, len(page)), lexicon()))
    >>> [place.sentence for place in places(tokens, page)][:: len(tokens) - 1]
    [0, 1]
    """
    found: list[Place | None] = [None] * len(tokens)
    if not _ANY_STOP.search(page):
        return found
    sentence = number = end = 0
    running = -1  # the last paragraph of running text
    for paragraph in _paragraphs(tokens, page):
        # Lines that no blank line parts can be of one paragraph.
        number += any(_is_blank(tokens[i]) for i in range(end, paragraph[0]))
        end = paragraph[-1]
        below = number == running and _ends_so(tokens, paragraph, page)
        if not below and not _is_running(tokens, paragraph, page):
            continue
        running = number
        for indices in _split(tokens, paragraph, page):
            place = Place(number, sentence, any(_is_verb(tokens[i], page) for i in indices))
            for at in indices:
                found[at] = place
            sentence += 1
    return found


def _ends_so(tokens: Tokens, line: range, page: str) -> bool:
    """Whether a line ends with a full stop, so that it goes on with the running text above it."""
    end = tokens[line[-1]].span.end
    return _LINE_STOP.match(page, end - 1) is not None


def _split(tokens: Tokens, paragraph: range, page: str) -> Iterator[list[int]]:
    """The sentences of a paragraph."""
    sentence: list[int] = []
    for at in paragraph:
        if tokens.shape[at] == "/":
            continue
        if sentence and _ends_between(tokens[sentence[-1]], tokens[at], page):
            yield sentence
            sentence = []
        sentence.append(at)
    yield sentence


def _is_verb(token: Token, page: str) -> bool:
    """Whether a token is or has a verb of a forecast: "is expected to be", "highs will reach"."""
    if token.kind is Kind.LABEL:
        printed = page[slice(*token.span)]
        languages = token.readings[0].languages
        return " " in printed and any(_verbs(code).search(printed) for code in languages)
    return token.value == "verb" and token.kind is Kind.FILLER


@cache
def _verbs(code: str) -> re.Pattern[str]:
    """The verbs of a forecast in a language, which labels can have: "high | will | be near"."""
    forms = languages()[code].sections.get("filler", {}).get("verb", ())
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms)))})\b", re.I)


_HEAD: Final = re.compile(r"[ ]*\.?[^\W\d_][^\n:]{0,30}?(?::|\.\.|…)")


def _heads(tokens: Tokens, at: int, page: str) -> bool:
    """Whether a line begins with what it is about: "SAT. NIGHT: Clear", "This weekend: ..."."""
    kind = tokens.shape[at : at + 1]
    if kind not in KEYS and (not kind or tokens[at].value not in ("week", "later")):
        return False
    return _HEAD.match(page, tokens[at].span.start) is not None


def _is_blank(token: Token) -> bool:
    return token.kind is Kind.BREAK and token.value != 1


_DAYS: Final = ("d", "D", "w")  # kinds of what two lines of a list begin with


def _paragraphs(tokens: Tokens, page: str) -> Iterator[range]:
    """Indices of tokens by paragraph: the lines of one that is wrapped go together."""
    first = start = 0  # of the paragraph, and of its last line in the page
    line = 0  # the first token of that
    in_list = False  # it is a line of a list of days
    for at in (*tokens.places(Kind.BREAK), len(tokens)):
        if at < len(tokens):
            end, after = tokens[at].span
            wrapped = end - start in WRAPPED and tokens[at].value == 1
            listed = tokens.shape[line] in _DAYS and tokens.shape[at + 1 : at + 2] in _DAYS
            if in_list and not listed:
                wrapped = wrapped and not page[after : after + 1].isupper()
            in_list = listed
            start, line = after, at + 1
            if wrapped and not (listed or _heads(tokens, at + 1, page)):
                continue
        kinds = tokens.shape[first:at]
        if kinds.strip("/"):
            yield range(at - len(kinds.lstrip("/")), first + len(kinds.rstrip("/")))
        first = at + 1


def _is_running(tokens: Tokens, paragraph: range, page: str) -> bool:
    """Whether a paragraph is of sentences: words that we need not know, and a full stop."""
    first, last = paragraph[0], paragraph[-1]
    start, end = tokens[first].span.start, tokens[last].span.end + 2
    words = tokens.shape.count("x", first, last + 1)
    if end - start < _LEAST and words + tokens.shape.count(".", first, last + 1) < _WORDS:
        return False
    text = page[start:end]
    if any(cell in text for cell in _CELLS) or not (_stops(text) or _END.search(text)):
        return False
    size = len(paragraph) - tokens.shape.count("/", first, last + 1)
    verbs = sum(tokens[i].value == "verb" for i in paragraph if tokens.shape[i] == ".")
    words += verbs
    if words >= max(_WORDS, _SHARE * size) or (verbs and "。" in text):
        return True
    printed = _WORD.findall(text)
    lower = len(printed) if text.isupper() else sum(map(str.islower, printed))
    said = verbs and _END.search(text) is not None
    if lower >= max(_FEW if said else _LOWER, _MOSTLY * len(printed)):
        return True
    return lower >= max(_FEW, _SOME * len(printed)) and _is_bulletin(tokens, paragraph, text)


def _stops(text: str) -> int:
    """How many full stops a sentence begins behind: not that of "16. října"."""
    return sum(
        not (text[stop.start() - 1].isdigit() and text[stop.end()].islower())
        for stop in _STOP.finditer(text)
    )


_LEAST: Final = 11  # characters that four words in lower case take


def _is_bulletin(tokens: Tokens, paragraph: range, text: str) -> bool:
    """Whether a paragraph of several sentences begins with a day and the word before it.

    "In der Nacht stark bewölkt. Am Samstag recht sonnig." has no words but those of weather.
    """
    first = tokens[paragraph[0]]
    second = tokens.shape[paragraph[0] + 1 : paragraph[-1] + 1].lstrip("/")[:1]
    led = first.kind in _LEADS and second in KEYS
    spoken = first.kind is Kind.WHEN and " " in text[: length(first)]
    return (led or spoken) and _stops(text) + bool(_END.search(text)) > 1


_LEADS: Final = frozenset({Kind.FILLER, Kind.WORD, Kind.DIRECTION})  # "am", "el", "В"


def _ends_between(one: Token, two: Token, page: str) -> bool:
    """Whether a sentence ends between two tokens."""
    start = max(0, one.span.end - 1)
    if _LINE_END.search(page, start, two.span.start):
        return True
    if two.kind in KEYS and GLUED.match(page, max(0, two.span.start - 1)):
        return True  # "in the evening.Sunday"
    if _is_glued(page, two.span.start):
        return True
    start += one.kind is Kind.LABEL  # the stop of a short one is its own: "Макс. 4 °C"
    ends = _UNIT_STOP if one.kind in DEGREES else _STOP
    stop = ends.search(page, start, two.span.start + _QUOTED)
    if stop is None or stop.start() >= two.span.start:
        return False
    return not page[two.span.start].islower()


def _is_glued(page: str, at: int) -> bool:
    """Whether a sentence begins right behind the full stop of another: "It will rain.Highs ..."."""
    before = page[max(0, at - 4) : at]
    return before[-1:] == "." and before[:3].isalpha() and before.islower() and page[at].isupper()


_QUOTED: Final = 3  # a token and the quotation marks that may be read as one


def sentences(at: Sequence[Place | None]) -> Iterator[list[int]]:
    """Indices of tokens by sentence."""
    if not any(at):
        return  # no running text
    inside = (i for i in range(len(at)) if at[i] is not None)
    for _, sentence in groupby(inside, key=lambda i: at[i]):
        yield list(sentence)


def touch(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether nothing that says something stands between two tokens: "natten till söndag"."""
    return all(tokens[i].kind in BETWEEN or mark_at(tokens, i) for i in range(first + 1, last))
