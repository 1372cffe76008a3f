"""Archives in, pages or rows out, as a stream: WARC and WET, Parquet, HTML and plain text.

What a file is, its first bytes say. A record that is damaged costs that record: it comes out as
:class:`Broken` with its place, and reading goes on with the next one that can be found.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import tzinfo
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any, Final, cast

from .arrow import Extractor, columns
from .errors import ArgumentError, missing_extra
from .html import is_html
from .jobs import Part, parts
from .magic import GZIP, HEAD, PARQUET, WARC, ZSTD
from .pages import Broken, BrokenRecordError, Page
from .records import in_warc
from .resolve import Reference, read_reference
from .sinks import writing
from .vocabulary import Words

try:
    from fastwarc import GzipReader, ZstdReader
except ModuleNotFoundError as error:
    raise missing_extra("warc", "FastWARC") from error

__all__ = ["Broken", "BrokenRecordError", "Page", "Part", "extract", "pages", "to_parquet"]

_READ: Final = 1 << 20  # bytes at a time
_ROWS: Final = 1000  # of a Parquet file at a time
_READERS: Final = {GZIP: GzipReader, ZSTD: ZstdReader}


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
                    yield from in_warc(name, file, magic)
                else:
                    yield from _one_page(name, reader(file), reference, encoding)
                return
        if head.startswith(WARC):
            yield from in_warc(name, file, WARC)
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


def to_parquet(
    path: str | PathLike[str], folder: str | PathLike[str], **options: Any
) -> tuple[Path, int]:
    """Write the rows of one archive to a Parquet file with a name of its own, as a task of many.

    The same archive gives the same file, which is there only when it is whole: a task that runs
    twice, because a machine was lost or slow, leaves its rows once.

    Parameters
    ----------
    path
        The archive, as in :func:`pages`.
    folder
        Where the file is written. It is made if it is not there.
    **options
        As in :func:`extract`.

    Returns
    -------
    file, broken
        What was written, and how many records could not be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     page = Path(folder) / "page.txt"
    ...     _ = page.write_text("Tue 14 C fog")
    ...     one, two = to_parquet(page, folder), to_parquet(page, folder)
    ...     one == two, len(list(Path(folder).glob("page.txt-*.parquet")))
    (True, 1)
    """
    name = fspath(path)
    told = hashlib.blake2b(name.encode(), digest_size=4).hexdigest()  # two folders may share names
    target = Path(folder) / f"{Path(name).name}-{told}.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    broken = 0
    with writing(target) as write:
        for part in extract(name, **options):
            write(part.rows)
            broken += len(part.broken)
    return target, broken


def _parts(
    found: Iterable[Page | Broken], extractor: Extractor, jobs: int, strict: bool
) -> Iterator[Part]:
    for part in parts(found, extractor, jobs, strict):
        yield part
        if strict and part.broken:
            raise BrokenRecordError(part.broken[0])


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
