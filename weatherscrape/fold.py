"""Text in, text of the same length out: look-alike characters become the one that the lexer knows.

Every mapping is one character to one character, so an offset in the folded text *is* an offset in
the page. What cannot be mapped so (``&deg;``, ``Â°``, ``℃``) is spelled out in the data files.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ALIKE: Final = {
    "°": "º˚∘◦",  # masculine ordinal, ring above, ring operator, white bullet
    "-": "−–‐‑‒﹣",
    "—": "―",
    " ": "\t\r\v\f\x1c\x1d\x1e\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u202f\u205f\u3000\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u202a\u202b\u202c"
    "\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
    "\n": "\x85\u2028\u2029",
    "'": "’‘ʼ′`´",
    '"': "“”″",
    "/": "⁄∕",
    "|": "│┃║¦",
    ".": "٫",
    ",": "،",
    "%": "٪",
    "~": "〜∼",  # wave dash, tilde operator
    "I": "İ",  # the only letter whose lower case is longer than itself
    "i": "ı",
    # Letters of one sound that Arabic and Persian keyboards have twice.
    "ی": "يى",
    "ک": "ك",
    "ا": "أإآٱ",
    "ه": "ة",
    "Đ": "Ð",  # typed for one another in Vietnamese
    "đ": "ð",
}
_DIGIT_ZEROS: Final = "٠۰०০๐０"  # Arabic, Persian, Devanagari, Bengali, Thai, full width

_TABLE: Final[dict[int, str]] = {
    # The tab stays: in a flattened table it stands between two cells.
    **{ord(c): to for to, many in _ALIKE.items() for c in many if c != "\t"},
    **{ord(zero) + n: str(n) for zero in _DIGIT_ZEROS for n in range(10)},
    # Full-width forms stand in the order of ASCII, U+FEE0 higher (Unicode, block FF00).
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if not 0xFF10 <= code <= 0xFF19},
    ord("～"): "~",
}

LOOK_ALIKES: Final = "".join(map(chr, _TABLE))
_LOOKS_ELSE: Final = re.compile(f"[{re.escape(LOOK_ALIKES)}]")


# Unicode's spaces but for the ideographic one, which stands between cells of a page in Japanese.
_BLANKS: Final = {
    ord(c): " " for c in _ALIKE[" "] if unicodedata.category(c) == "Zs" and c != "\u3000"
}


def with_plain_spaces(text: str) -> str:
    """`text`, as long as before, with one kind of space: HTML prints "12&nbsp;°C".

    Underscores within a name before a colon or an equals sign are spaces, too.

    >>> with_plain_spaces("wind_speed: 3")
    'wind speed: 3'
    """
    if "_" in text:
        text = _OF_A_NAME.sub(" ", text)
    return text if text.isascii() else text.translate(_BLANKS)


_OF_A_NAME: Final = re.compile(r"(?<=[a-z])_(?=(?:[a-z]+_){0,3}[a-z]+[\"']?[ ]?[:=])")


def _replacement(match: re.Match[str]) -> str:
    return _TABLE[ord(match.group())]


_MARK: Final = re.compile("[\u0300-\u036f]")
_COMBINED: Final = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")


def compose(text: str) -> tuple[str, list[int] | None]:
    """`text` with letters and the marks behind them in one, and where each character was.

    The places are one more than the characters, and None if nothing changes.

    >>> compose("cafe\u0301")
    ('caf\xe9', [0, 1, 2, 3, 5])
    """
    if not _MARK.search(text) or not _COMBINED.search(text):
        return text, None
    parts: list[str] = []
    places: list[int] = []
    last = 0
    for match in (*_COMBINED.finditer(text), None):
        start = match.start() if match else len(text)
        parts.append(text[last:start])
        places += range(last, start)
        if match:
            letter = unicodedata.normalize("NFC", match.group())
            parts.append(letter)
            places += [start] * len(letter)
            last = match.end()
    return "".join(parts), [*places, len(text)]


# "26oC", "26o C", "Min Temp (oC)", and "26оС" in Cyrillic letters.
_RAISED_O: Final = re.compile(
    r"(?: (?<= [\d\ (\[] ) [oо] | (?<= \d ) [oо] (?= [ ] ) ) (?= [ ]? [CFС] (?!\w) )", re.VERBOSE
)
_RAISED: Final = re.compile("[oо][ ]?[CFС]")

_PRIMED: Final = re.compile(r"(?<=\d)['’´](?=[ ]?[cC](?!\w))")  # "14’c"


# Latin letters in Cyrillic words: "oчікують невеликий сніг".
_LATIN: Final = str.maketrans("aceiopxy", "асеіорху")
_MIXED: Final = re.compile(r"(?<=[а-яіїєґ])[aceiopxy]+|[aceiopxy]+(?=[а-яіїєґ])")


def fold(text: str) -> str:
    """`text` with look-alikes replaced, as long as before; case is kept.

    >>> fold("－１２º\u00a0C"), fold("26oC")
    ('-12° C', '26°C')
    """
    if _RAISED.search(text):
        text = _RAISED_O.sub("°", text)
    if _PRIMED.search(text):
        text = _PRIMED.sub("°", text)
    if not text.isascii() and _MIXED.search(text):
        text = _MIXED.sub(lambda letters: letters.group().translate(_LATIN), text)
    return _LOOKS_ELSE.sub(_replacement, text).replace("\\n", " \n")  # a line break as JSON has it
