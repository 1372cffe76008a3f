"""Archives in, pages or rows out, as a stream: WARC and WET, Parquet, HTML and plain text.

What a file is, its first bytes say. A record that is damaged costs that record: it comes out as
:class:`Broken` with its place, and reading goes on with the next one that can be found.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any, Final, cast

from .arrow import Extractor, columns
from .errors import ArgumentError, missing_extra
from .html import is_html
from .jobs import Part, parts
from .magic import GZIP, HEAD, PARQUET, WARC, ZSTD
from .pages import HTML, LIMIT, Broken, BrokenRecordError, Page
from .resolve import Reference, read_reference
from .vocabulary import Words

try:
    from fastwarc import GzipReader, WarcRecord, WarcRecordType, ZstdReader, ZstdWriter
    from fastwarc.warc import ArchiveIterator
except ModuleNotFoundError as error:
    raise missing_extra("warc", "FastWARC") from error

__all__ = ["Broken", "BrokenRecordError", "Page", "Part", "extract", "pages"]

_CUT_OFF: Final = "cut off"
_READ: Final = 1 << 20  # bytes at a time
_ROWS: Final = 1000  # of a Parquet file at a time
_MEDIA: Final = ("text/plain", *HTML)
_TOO_LARGE: Final = f"larger than {LIMIT >> 20} MiB"
_READERS: Final = {GZIP: GzipReader, ZSTD: ZstdReader}
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


def pages(
    path: str | PathLike[str],
    *,
    text: str = "text",
    url: str | None = "url",
    reference: Reference = None,
    encoding: str = "utf-8",
) -> Iterator[Page | Broken]:
    r"""Pages of a file, in its order: a page as soon as it is read.

    Parameters
    ----------
    path
        A WARC or WET file, as it is or compressed with gzip or Zstandard; a Parquet file; or a
        page, text or HTML. "-" is standard input.
    text, url
        Columns of a Parquet file. It need not have the one of addresses.
    reference
        When pages were published that don't say it, or that column of a Parquet file.
    encoding
        Of a file that is a page. The pages of archives say theirs.

    Yields
    ------
    Page or Broken
        A page, or where a record is that cannot be read.

    Raises
    ------
    ArgumentError
        If `reference` is no date, or a column is not there.
    OSError
        If the file cannot be opened or read.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> record = (
    ...     b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Date: 2025-10-16T08:30:00Z\r\n"
    ...     b"WARC-Target-URI: https://example.org\r\nContent-Length: 12\r\n\r\n"
    ...     b"Tue 14 C fog\r\n\r\n"
    ... )
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "tiny.wet"
    ...     _ = file.write_bytes(record)
    ...     [page] = pages(file)
    >>> page.url, page.reference.isoformat(), page.text
    ('https://example.org', '2025-10-16T08:30:00+00:00', 'Tue 14 C fog')
    """
    name = fspath(path)
    with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as opened:
        file = cast(io.BufferedReader, opened)
        head = file.peek(HEAD)[:HEAD]
        if head.startswith(PARQUET):
            yield from _in_parquet(name, file, text, url, reference)
            return
        for magic, reader in _READERS.items():
            if head.startswith(magic):
                if _is_warc(reader, head):
                    yield from _in_warc(name, file, magic)
                else:
                    yield from _one_page(name, reader(file), reference, encoding)
                return
        if head.startswith(WARC):
            yield from _in_warc(name, file, WARC)
        else:
            yield from _one_page(name, file, reference, encoding)


def extract(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    text: str = "text",
    url: str | None = "url",
    reference: Reference = None,
    encoding: str = "utf-8",
    tz: str | tzinfo | None = "UTC",
    languages: Sequence[str] | None = None,
    words: Words | None = None,
    min_confidence: float = 0.5,
    jobs: int = 1,
    strict: bool = False,
) -> Iterator[Part]:
    r"""Read the weather of archives, part by part; memory does not grow with their length.

    Parameters
    ----------
    paths
        The files, as in :func:`pages`.
    text, url, reference, encoding
        As in :func:`pages`.
    tz, languages, words, min_confidence
        As in :func:`weatherscrape.extract`. Times of the rows are in UTC.
    jobs
        How many processes read. The rows are the same, in the same order, for any number. With
        more than one, a script calls this below ``if __name__ == "__main__":``.
    strict
        Whether to stop at a record that is broken.

    Yields
    ------
    Part
        Rows as a record batch with :data:`weatherscrape.arrow.SCHEMA`, how many pages were read
        for them, and which records were broken. `page` counts the pages of all files.

    Raises
    ------
    ArgumentError
        If an argument is not accepted.
    OSError
        If a file cannot be opened or read.
    BrokenRecordError
        If a record is broken and `strict` is set; after all rows that stand before it.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "page.txt"
    ...     _ = file.write_text("Tue 14 C fog")
    ...     [part] = extract(file, reference="2025-10-16")
    >>> part.pages, part.snippets, part.rows["temperature"].to_pylist()
    (1, 1, [14.0])
    """
    if not isinstance(jobs, int) or jobs < 1:
        raise ArgumentError("jobs", jobs, "a number of processes from 1 on")
    names = [paths] if isinstance(paths, str | PathLike) else list(paths)
    extractor = Extractor(tz, languages, words, min_confidence)
    found = (
        page
        for name in names
        for page in pages(name, text=text, url=url, reference=reference, encoding=encoding)
    )
    return _parts(found, extractor, jobs, strict)


def _parts(
    found: Iterable[Page | Broken], extractor: Extractor, jobs: int, strict: bool
) -> Iterator[Part]:
    for part in parts(found, extractor, jobs, strict):
        yield part
        if strict and part.broken:
            raise BrokenRecordError(part.broken[0])


# --- WARC ----------------------------------------------------------------------------------------


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


def _in_warc(name: str, file: IO[bytes], magic: bytes) -> Iterator[Page | Broken]:
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
            for record in ArchiveIterator(cast(Any, _Stream(file, start)), parse_http=False):
                yield from _settled(last, damage, known)
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
    captured = record.record_date or _captured(headers.get("WARC-Date"))
    if captured is None:
        return Broken(name, at, f"WARC-Date: {headers.get('WARC-Date')!r} is no date")
    url = headers.get("WARC-Target-URI")
    if kind == WarcRecordType.conversion:  # of a WET file: text, nearly all of it without weather
        data = record.reader.read()
        if len(data) < size:
            return Broken(name, at, _CUT_OFF)
        return Page(data, url, captured, name, at)
    media, charset = headers.get("Content-Type"), None
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


def _captured(stated: str | None) -> datetime | None:
    """A date that FastWARC does not know: WARC 1.1 allows a day, or a year."""
    try:
        return read_reference(stated, UTC)
    except ArgumentError:
        return None


# --- what else a file can be ---------------------------------------------------------------------


def _is_warc(reader: Any, head: bytes) -> bool:
    """Whether a compressed file is a WARC. One that is damaged from the start may be."""
    try:
        return bool(reader(io.BytesIO(head)).read(len(WARC)) == WARC)
    except OSError:
        return True


def _one_page(name: str, file: Any, reference: Reference, encoding: str) -> Iterator[Page | Broken]:
    published = read_reference(reference, None)
    try:
        data = b"".join(iter(lambda: file.read(_READ), b""))
        text = data.decode(encoding)
    except LookupError:
        accepted = "the name of a text encoding, such as utf-8 or latin-1"
        raise ArgumentError("encoding", encoding, accepted) from None
    except UnicodeError as error:
        yield Broken(name, 0, str(error))
    else:
        media = "text/html" if is_html(text) else "text/plain"
        yield Page(text.encode(), None, published, name, 0, media)


def _in_parquet(
    name: str, file: IO[bytes], text: str, url: str | None, reference: Reference
) -> Iterator[Page | Broken]:
    """Pages of a Parquet file; a row group is read or broken as a whole."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        parquet = ParquetFile(file)
    except (OSError, ValueError) as error:
        yield Broken(name, 0, str(error))
        return
    stored = parquet.schema_arrow.names
    url = url if url in stored else None
    none = pa.RecordBatch.from_pylist([], parquet.schema_arrow)
    next(columns(none, text, url, reference), None)  # checks the names, with all that there are
    wanted = [column for column in (text, url, reference) if column in stored]
    for number in range(parquet.num_row_groups):
        at = parquet.metadata.row_group(number).column(0).data_page_offset
        try:
            for batch in parquet.iter_batches(_ROWS, row_groups=[number], columns=wanted):
                for data, address, published in columns(batch, text, url, reference):
                    yield Page(data or b"", address, published, name, at)
        except ArgumentError:
            raise
        except (OSError, ValueError) as error:
            yield Broken(name, at, str(error))
