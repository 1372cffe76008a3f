"""A WARC file in, its pages and what is broken in it out.

FastWARC reads the records. What it does not do is done here: to go on behind damage, and to tell
whether the last record is all there.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO, Any, Final, cast

from .errors import ArgumentError, missing_extra
from .magic import GZIP, WARC, ZSTD
from .pages import HTML, LIMIT, Broken, Page
from .resolve import read_reference

try:
    from fastwarc import WarcRecord, WarcRecordType, ZstdWriter
    from fastwarc.warc import ArchiveIterator, WarcHeader
except ModuleNotFoundError as error:
    raise missing_extra("warc", "FastWARC") from error

_READ: Final = 1 << 20  # bytes at a time
_MEDIA: Final = ("text/plain", *HTML)
_TOO_LARGE: Final = f"larger than {LIMIT >> 20} MiB"
_CUT_OFF: Final = "cut off"
_MOMENT: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")  # WARC 1.0
_WITH_PAGES: Final = (
    WarcRecordType.conversion,
    WarcRecordType.response,
    WarcRecordType.resource,
)
# Stands behind the last record when it is looked at again: see _ends_whole.
_END_ID: Final = "<urn:weatherscrape:end>"
_END: Final = (
    b"WARC/1.0\r\nWARC-Type: metadata\r\nWARC-Record-ID: %b\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    % _END_ID.encode()
)


class _Stream:
    """A file from a byte on, and what stands behind it. All that FastWARC asks of a file."""

    def __init__(self, file: IO[bytes], start: int, behind: bytes = b"") -> None:
        self._file, self._start, self._behind = file, start, behind
        self.end = start  # of what was read; in the end, of the file

    def tell(self) -> int:
        return self._start

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self.end += len(data)
        if not data:
            data, self._behind = self._behind[:size], self._behind[size:]
        return data


def in_warc(name: str, file: IO[bytes], magic: bytes) -> Iterator[Page | Broken]:
    """Pages of a WARC file, and what is broken in it.

    After damage the next record is looked for by its first bytes, which may also stand by chance
    in the middle of one: until a record can be read, it is the same damage.
    """
    start: int | None = 0
    last: Page | None = None  # given when what is behind it was read: it may be cut off
    damage: Broken | None = None
    known = -1  # a record that is known to be broken
    while start is not None:
        at, is_read, problem = start, False, ""
        try:
            stream = cast(Any, _Stream(file, start))
            for record in ArchiveIterator(stream, parse_http=False, inplace=True):
                if damage:
                    yield from _settled(last, damage, known)
                elif last:
                    yield last
                last = damage = None
                at, is_read = record.stream_pos, False
                page = _page(record, name, at)
                is_read = True
                if isinstance(page, Broken):
                    known = at
                    yield page
                else:
                    last = page
            if not _ends_whole(file, magic, at):
                problem = _CUT_OFF
        except (OSError, ValueError) as error:
            problem = str(error)
        if not problem:
            break
        if damage is None:
            is_behind = is_read and (magic != GZIP or problem == _CUT_OFF or _is_sound(file, at))
            damage = Broken(name, at, problem)
            if is_behind and last and problem != _CUT_OFF:
                yield last
                last = None
        elif is_behind:  # it was met behind a record, and here is where it is
            damage, is_behind = replace(damage, offset=start), False
        start = _next_record(file, magic, at + 1)
    yield from _settled(last, damage, known)


def _settled(last: Page | None, damage: Broken | None, known: int) -> Iterator[Page | Broken]:
    """The last page if it is not the one with the damage, and the damage if it is not known."""
    if last and not (damage and damage.offset == last.offset):
        yield last
    if damage and damage.offset != known:
        yield damage


def _ends_whole(file: IO[bytes], magic: bytes, at: int) -> bool:
    """Whether the last record, which begins there, is all there: FastWARC does not tell.

    A record put behind it comes out if it is.
    """
    if not file.seekable():
        return True
    file.seek(at)
    if file.read(len(magic)) != magic:  # inside of a member with many records, or no more bytes
        return True
    file.seek(at)
    stream = _Stream(file, at, _end_mark(magic))
    try:
        return any(
            record.record_id == _END_ID and record.stream_pos >= stream.end
            for record in ArchiveIterator(cast(Any, stream), parse_http=False)
        )
    except OSError:
        return False


def _is_sound(file: IO[bytes], at: int) -> bool:
    """Whether the member that begins there has its checksum: FastWARC gives the record before."""
    if not file.seekable():
        return True
    file.seek(at)
    if file.read(len(GZIP)) != GZIP:  # inside of a member with many records
        return True
    file.seek(at)
    inflater = zlib.decompressobj(wbits=31)
    try:
        while not inflater.eof and (data := inflater.unconsumed_tail or file.read(_READ)):
            inflater.decompress(data, _READ)
    except zlib.error:
        return False
    return inflater.eof


def _end_mark(magic: bytes) -> bytes:
    if magic == GZIP:
        return gzip.compress(_END)
    if magic == ZSTD:
        with ZstdWriter(compressed := io.BytesIO()) as writer:
            writer.write(_END)
        return compressed.getvalue()
    return _END


def _next_record(file: IO[bytes], magic: bytes, start: int) -> int | None:
    """Where the next record may begin, from a byte of the file on."""
    if not file.seekable():
        return None
    sought = b"\n" + magic if magic == WARC else magic
    file.seek(start)
    data = b""
    while more := file.read(_READ):
        data = data[1 - len(sought) :] + more
        found = data.find(sought)
        if found >= 0:
            at = file.tell() - len(data) + found + len(sought) - len(magic)
            file.seek(at)
            return at
    return None


def _page(record: WarcRecord, name: str, at: int) -> Page | Broken | None:
    """The page of a record, if it has one."""
    kind = record.record_type
    if kind not in _WITH_PAGES:
        return None
    size = record.content_length
    if size > LIMIT:
        return Broken(name, at, _TOO_LARGE)
    headers = record.headers
    captured = _captured(record)
    if captured is None:
        return Broken(name, at, f"WARC-Date: {headers.get(WarcHeader.WARC_DATE)!r} is no date")
    url = headers.get(WarcHeader.WARC_TARGET_URI)  # ten times as fast as by its name
    if kind == WarcRecordType.conversion:  # of a WET file: text, nearly all of it without weather
        data = record.reader.read()
        if len(data) < size:
            return Broken(name, at, _CUT_OFF)
        return Page(data, url, captured, name, at)
    media, charset = headers.get(WarcHeader.CONTENT_TYPE), None
    if record.is_http:
        record.parse_http(auto_decode="all", strict_mode=False)
        media, charset = record.http_content_type, record.http_charset
    media = (media or "").partition(";")[0].strip().lower()
    if media not in _MEDIA:
        return None
    data = record.reader.read(LIMIT + 1)
    if len(data) > LIMIT:  # it was compressed once more
        return Broken(name, at, _TOO_LARGE)
    if not record.is_http and len(data) < size:
        return Broken(name, at, _CUT_OFF)
    return Page(data, url, captured, name, at, media, charset)


def _captured(record: WarcRecord) -> datetime | None:
    """When a record says that it was captured."""
    stated = record.headers.get(WarcHeader.WARC_DATE)
    if stated and _MOMENT.fullmatch(stated):
        try:
            return datetime.fromisoformat(stated)
        except ValueError:  # a 30th of February
            pass
    return record.record_date or _read_date(stated)


def _read_date(stated: str | None) -> datetime | None:
    """A date that FastWARC does not know: WARC 1.1 allows a day, or a year."""
    try:
        return read_reference(stated, UTC)
    except ArgumentError:
        return None
