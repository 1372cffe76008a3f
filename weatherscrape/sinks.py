"""Record batches of rows in, a file out: Parquet, CSV or JSON lines, written as they come.

A file gets its name when it is whole; until then it stands beside it under a name of its own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Protocol

from .errors import ArgumentError
from .printed import to_text

if TYPE_CHECKING:
    import pyarrow as pa

Write = Callable[["pa.RecordBatch"], None]

_ROWS: Final = 10_000  # written at once: a part of an archive has few


@contextmanager
def replacing(path: str | PathLike[str]) -> Iterator[IO[bytes]]:
    """A file to write in place of another, which it becomes when all went well.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with replacing(Path(folder) / "weather.csv") as file:
    ...         _ = file.write(b"weekday")
    ...         before = Path(folder, "weather.csv").exists()
    ...     before, Path(folder, "weather.csv").read_bytes()
    (False, b'weekday')
    """
    target = Path(path).resolve()  # the file that a link stands for
    if target.exists() and not target.is_file():  # a pipe, a terminal
        with target.open("wb") as file:
            yield file
        return
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        with _opened(unfinished, path) as file:
            yield file
        os.replace(unfinished, target)  # noqa: PTH105 (named as what it does)
    finally:
        unfinished.unlink(missing_ok=True)


def _opened(unfinished: Path, path: str | PathLike[str]) -> IO[bytes]:
    try:
        return unfinished.open("wb")
    except OSError as error:  # tells of the name that was asked for
        raise OSError(error.errno, error.strerror, str(path)) from None


@contextmanager
def writing(output: str | PathLike[str] | None, form: str = "parquet") -> Iterator[Write]:
    """A function that writes batches with :data:`weatherscrape.arrow.SCHEMA`, one after the other.

    Parameters
    ----------
    output
        The file, which is there when all batches were written; none for standard output.
    form
        "parquet", "csv" or "json" (a record a line).

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import pandas as pd
    >>> from weatherscrape.arrow import to_batch
    >>> with TemporaryDirectory() as folder:
    ...     with writing(Path(folder) / "weather.parquet") as write:
    ...         write(to_batch([{"page": 7, "temperature": 12.7}]))
    ...     pd.read_parquet(Path(folder) / "weather.parquet")["temperature"].item()
    12.7
    """
    if form not in _SINKS:
        raise ArgumentError("form", form, " or ".join(map(repr, _SINKS)))
    if output is None:
        with _gathering(_SINKS[form](sys.stdout.buffer)) as write:
            yield write
        sys.stdout.flush()
        return
    with replacing(output) as file, _gathering(_SINKS[form](file)) as write:
        yield write


class _Sink(Protocol):
    def write(self, table: pa.Table) -> None: ...
    def close(self) -> None: ...


@contextmanager
def _gathering(sink: _Sink) -> Iterator[Write]:
    """Batches put together, because a small one costs as much as a large one."""
    import pyarrow as pa

    from .arrow import SCHEMA

    waiting: list[pa.RecordBatch] = []

    def flush() -> None:
        sink.write(pa.Table.from_batches(waiting, SCHEMA))
        waiting.clear()

    def write(batch: pa.RecordBatch) -> None:
        if batch.num_rows:
            waiting.append(batch)
        if sum(b.num_rows for b in waiting) >= _ROWS:
            flush()

    try:
        yield write
        flush()
    finally:
        sink.close()


class _Parquet:
    def __init__(self, file: IO[bytes]) -> None:
        from pyarrow.parquet import ParquetWriter

        from .arrow import SCHEMA

        self._writer = ParquetWriter(file, SCHEMA, compression="zstd")

    def write(self, table: pa.Table) -> None:
        if table.num_rows:
            self._writer.write_table(table)

    def close(self) -> None:
        self._writer.close()


class _Text:
    """Lines, as those of a frame: CSV or JSON."""

    def __init__(self, file: IO[bytes], form: str) -> None:
        self._file, self._form = file, form
        self._is_first = True

    def write(self, table: pa.Table) -> None:
        from .arrow import to_frame

        lines = to_text(to_frame(table.to_batches()), self._form, header=self._is_first)
        self._file.write(lines.encode("utf-8", "replace"))
        self._is_first = False

    def close(self) -> None:
        self._file.flush()


_SINKS: Final[dict[str, Callable[[IO[bytes]], _Sink]]] = {
    "parquet": _Parquet,
    "csv": partial(_Text, form="csv"),
    "json": partial(_Text, form="json"),
}
