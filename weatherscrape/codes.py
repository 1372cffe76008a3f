"""A page in, the page without the codes that colour it, and back: spans that hold in the page.

Programs colour what they print. Their codes stand between a number and its unit, inside words and
in the cells of tables, and say nothing; what is left of them where a page has lost its control
characters does not either. They are taken out before anything is read, so that a coloured page
gives the rows of the plain one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from .model import Span, Token

# ECMA-48: ESC [ and its end; ESC ] and its end (a title, a link); ESC ( and a character set.
# HTML that a scraper left in, as it is or escaped; an XML feed's own marks.
# Chats: modern.ircdocs.horse/formatting. Mail: RFC 2045, quoted-printable line ends. Status bars:
# polybar's %{F#ff0}, tmux's #[fg=red]. Markdown: images, links. Strings of programs: a backslash
# and an n.
_INLINE: Final = "a|abbr|b|big|em|font|i|img|small|span|strong|sub|sup|tt|u"
_CELL: Final = "td|th"
_BLOCK: Final = "br|center|dd|div|dl|dt|h[1-6]|hr|li|ol|p|table|tbody|thead|tr|ul"
_FEED: Final = "description|item|link|pubDate|lastBuildDate|title|ttl|guid"
_CODE: Final = re.compile(
    rf"""
      (?i: (?:<|&lt;) /? (?: (?P<line> {_BLOCK}|{_FEED} ) | (?P<cell> {_CELL} ) | {_INLINE} )
          (?: \s [^<>]*? )? /? (?:>|&gt;) )
    | <!\[CDATA\[ | \]\]>
    | \x1b \[ [0-?]* [ -/]* [@-~]
    | \x1b \] [^\x07\x1b\n]* (?: \x07 | \x1b\\ )
    | \x1b (?: [()] [0-9A-B] )?
    | \x03 (?: \d\d? (?: ,\d\d? )? )?
    | [\x02\x0f\x16\x1d\x1f]
    | (?: \\e | \\033 | \\x1[bB] | \\u001[bB] | \^\[ | [␛←\ufffd] )?
          \[ \d{{1,3}} (?: ;\d{{1,3}} )* m
    | \(B \[m
    | (?P<escaped> (?: \\r )? \\n )
    | = \r?\n
    | \r (?= \n )
    | =20 (?= \s )
    | (?<![^\n]) !\[\]\([^()\n]*\) [ \t]* \n
    | !? \[ (?= [^\[\]\n]* \]\( [^()\s]* \) ) | \]\( [^()\s]* \)
    | %\{{ [A-Za-z+!-] [^{{}}\n]* \}}
    | \# \[ [a-z] [^\[\]\s]* \]
    """,
    re.VERBOSE,
)
_RESIDUE: Final = (
    "[0m",
    "(B[m",
    "%{F",
    "#[fg",
    "=C2=",
    "=20\n",
    "\r\n",
    "](",
    "\\n",
    *("</", "<br", "<BR", "/>", "&lt;br", "&lt;BR", "&lt;b"),
    *"\x02\x0f\x16\x1d\x1f",
)  # where there are such codes, one of these is


class Plain:
    """A page without codes.

    Attributes
    ----------
    text
        What is left.
    """

    def __init__(self, page: str) -> None:
        self._starts: list[int] = [0]  # of the pieces that are left, in the text
        self._moved: list[int] = [0]  # how much further on they stand in the page
        pieces: list[str] = []
        at = length = 0
        for code in _CODE.finditer(page):
            stands = "\n" if code["line"] or code["escaped"] else "\t" if code["cell"] else ""
            pieces += (page[at : code.start()], stands)
            length += code.start() - at + len(stands)
            at = code.end()
            self._starts.append(length)
            self._moved.append(at - length)
        self.text = "".join([*pieces, page[at:]])

    def span(self, span: Span) -> Span:
        """Where in the page a span of the text stands, without the codes around it."""
        start, last = span.start, max(span.start, span.end - 1)
        end = last + self._before(last) + 1 if span.end > start else start + self._before(start)
        return Span(start + self._before(start), end)

    def _before(self, at: int) -> int:
        return self._moved[bisect_right(self._starts, at) - 1]

    def tokens(self, tokens: Sequence[Token]) -> list[Token]:
        """Tokens of the text as tokens of the page."""
        return [replace(token, span=self.span(token.span)) for token in tokens]


def has_controls(page: str) -> bool:
    """Whether a page has control characters that codes begin with: a look that costs nothing."""
    return "\x1b" in page or "\x03" in page


def has_controls_in_bytes(page: bytes) -> bool:
    """The same of a page in UTF-8."""
    return b"\x1b" in page or b"\x03" in page


def has_residue(page: str) -> bool:
    """Whether a page has what is left of codes."""
    return any(sign in page for sign in _RESIDUE)
