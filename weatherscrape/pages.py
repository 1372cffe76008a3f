"""Pages as an archive has them: undecoded, with the address and the date of their capture.

Nearly all pages of an archive hold no weather. So a page stays bytes until the scan has seen it,
and is decoded, or read as HTML, only if it may hold some.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from .errors import WeatherscrapeError, missing_extra
from .html import to_text

LIMIT: Final = 64 << 20  # bytes of a page; what is larger is no page
HTML: Final = ("text/html", "application/xhtml+xml")
_UTF_8: Final = ("utf-8", "utf8", "us-ascii", "ascii")


class Page(NamedTuple):
    """One page, as it was captured.

    Attributes
    ----------
    data
        Its bytes, as stored.
    url
        Its address, if it is known.
    reference
        When it was captured, if it is known.
    source, offset
        The file that it is from, and the byte of that file at which its record begins.
    media
        What the bytes are: "text/plain" or HTML.
    charset
        How they are encoded, if that is said. Else text is UTF-8, and HTML tells itself.

    Examples
    --------
    >>> Page("Mon 12°".encode()).text, Page(b"<p>Mon 12&deg;", media="text/html").text
    ('Mon 12°', 'Mon 12°')
    """

    data: bytes
    url: str | None = None
    reference: datetime | None = None
    source: str = ""
    offset: int = 0
    media: str = "text/plain"
    charset: str | None = None

    @property
    def is_utf_8(self) -> bool:
        """Whether the bytes are the text, in UTF-8, as far as is said."""
        return self.media == "text/plain" and (
            self.charset is None or self.charset.lower() in _UTF_8
        )

    @property
    def text(self) -> str:
        """What a reader sees. A UnicodeError if it is text and its bytes are no characters."""
        if self.media in HTML:
            return to_text(_decoded(self.data, self.charset))
        if self.charset is None:
            return self.data.decode("utf-8")
        return _decoded(self.data, self.charset)


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that could not be read: where it begins, and what is wrong with it."""

    source: str
    offset: int
    reason: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.source}: byte {self.offset}: {self.reason}"


class BrokenRecordError(WeatherscrapeError):
    """A record of an archive cannot be read, and it was asked to stop there.

    Attributes
    ----------
    broken
        Which one, and why.
    """

    def __init__(self, broken: Broken) -> None:
        self.broken = broken
        super().__init__(str(broken))


def _decoded(data: bytes, charset: str | None) -> str:
    """UTF-8 where it is valid, whatever a server says; else as stated; else as detected."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding, map_encoding_to_html5
    except ModuleNotFoundError as error:
        raise missing_extra("warc", "Resiliparse") from error
    stated = map_encoding_to_html5(charset, fallback_utf8=False) if charset else None
    encoding = stated or detect_encoding(data, from_html_meta=True) or "utf-8"
    return str(bytes_to_str(data, encoding, errors="replace"))
