"""Pages in, parts of rows out: in this process or in several, the same rows in the same order.

One process reads the pages and drops those without a sign of weather, which is most of them. What
is left goes in chunks to the others. No more chunks are under way than there is work for, so that
memory stays what it is however long the input.
"""

from __future__ import annotations

import gc
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Final

import pyarrow as pa

from .arrow import Extractor, to_batch
from .pages import Broken, Page
from .resolve import Record

# A chunk ends where it has work for some tenths of a second, or where the progress is worth a look.
_PAGES_KEPT: Final = 64
_BYTES_KEPT: Final = 1 << 20
_PAGES_READ: Final = 4096
_CHUNKS_AHEAD: Final = 3  # a process


@dataclass(frozen=True, slots=True)
class Part:
    """What was found in some pages that stand one behind the other.

    Attributes
    ----------
    rows
        The rows, a record batch.
    pages, snippets
        How many pages were read for them, and how many pieces of weather these hold.
    broken
        The records that could not be read.
    source, offset
        How far reading had come.
    """

    rows: pa.RecordBatch
    pages: int
    snippets: int
    broken: tuple[Broken, ...] = ()
    source: str = ""
    offset: int = 0


@dataclass(slots=True)
class _Chunk:
    """Pages with their numbers, and what is broken between them, in the order of the input."""

    kept: list[tuple[int, Page] | Broken] = field(default_factory=list)
    pages: int = 0
    size: int = 0
    source: str = ""
    offset: int = 0

    @property
    def is_full(self) -> bool:
        return (
            self.pages >= _PAGES_READ or len(self.kept) >= _PAGES_KEPT or self.size >= _BYTES_KEPT
        )


def parts(
    pages: Iterable[Page | Broken], extractor: Extractor, jobs: int = 1, strict: bool = False
) -> Iterator[Part]:
    """Read the weather of pages with a number of processes.

    Nothing is read behind a broken record if `strict` is set.
    """
    chunks = _chunks(pages, extractor, strict)
    if jobs == 1:
        return (_read(chunk, extractor, strict) for chunk in chunks)
    return _in_processes(chunks, extractor, jobs, strict)


def _chunks(pages: Iterable[Page | Broken], extractor: Extractor, strict: bool) -> Iterator[_Chunk]:
    chunk = _Chunk()
    may_find = extractor.may_find
    number = 0
    for page in pages:
        if isinstance(page, Broken):
            chunk.kept.append(page)
            if strict:
                break
        else:
            is_kept = not page.is_utf_8 or may_find(page.data)
            if is_kept:
                chunk.kept.append((number, page))
                chunk.size += len(page.data)
            number += 1
            chunk.pages += 1
            if not is_kept and chunk.pages < _PAGES_READ:  # as nearly every page
                continue
        if chunk.is_full:
            chunk.source, chunk.offset = page.source, page.offset
            yield chunk
            chunk = _Chunk()
    if chunk.pages or chunk.kept:
        chunk.source, chunk.offset = page.source, page.offset
        yield chunk


def _read(chunk: _Chunk, extractor: Extractor, strict: bool) -> Part:
    rows: list[Record] = []
    broken: list[Broken] = []
    snippets = 0
    for entry in chunk.kept:
        if isinstance(entry, Broken):
            broken.append(entry)
            continue
        number, page = entry
        try:
            text = page.text
        except ValueError as error:  # bytes that are no characters
            broken.append(Broken(page.source, page.offset, str(error)))
            if strict:
                break
            continue
        found = list(extractor.records(text, page.reference, number, page.url))
        snippets += len({record["snippet"] for record in found})
        rows += found
    return Part(to_batch(rows), chunk.pages, snippets, tuple(broken), chunk.source, chunk.offset)


# --- several processes ---------------------------------------------------------------------------

_extractor: Extractor  # of this process, if it is one of several


def _in_processes(
    chunks: Iterable[_Chunk], extractor: Extractor, jobs: int, strict: bool
) -> Iterator[Part]:
    # Spawned on every system: a copy of a process with threads may stand still for ever.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start, (extractor,))
    waiting: deque[Future[Part]] = deque()
    try:
        for chunk in chunks:
            waiting.append(pool.submit(_read_here, chunk, strict))
            if len(waiting) > _CHUNKS_AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _start(extractor: Extractor) -> None:
    global _extractor  # noqa: PLW0603 (sent once, not with every chunk)
    _extractor = extractor
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process says when to stop


def _read_here(chunk: _Chunk, strict: bool) -> Part:
    return _read(chunk, _extractor, strict)


_OBJECTS: Final = 50_000  # made between two looks for circles of them that nothing refers to


def collect_seldom() -> None:
    """Have a process that does nothing but read collect its garbage more seldom.

    Records are no circles, so there is none to find, and each look at them takes a walk over the
    vocabulary: a seventh of the time.
    """
    gc.set_threshold(_OBJECTS)
