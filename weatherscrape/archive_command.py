"""The command on archives: pages in and rows out as a stream; on a terminal, how far it is."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import accumulate
from pathlib import Path
from typing import Final

import pyarrow as pa

from . import warc
from .arrow import to_frame
from .errors import Failure, missing_extra
from .jobs import Part, collect_seldom
from .pages import Broken, BrokenRecordError
from .printed import to_text
from .sinks import Write, replacing, writing

_TOLD: Final = 100  # broken records, one by one


def run(names: Sequence[str], options: argparse.Namespace) -> int:
    """Write the rows of archives; returns the exit status."""
    collect_seldom()
    try:
        sizes = {name: Path(name).stat().st_size for name in names if name != "-"}
        return _run(names, sizes, options)
    except BrokenPipeError:
        raise
    except OSError as error:
        name = error.filename or options.output or "standard output"
        raise Failure(f"{name}: {error.strerror or error}") from error


def _run(names: Sequence[str], sizes: dict[str, int], options: argparse.Namespace) -> int:
    found = warc.extract(
        names,
        text=options.text_column,
        url=options.url_column,
        reference=options.reference_column or options.reference,
        encoding=options.encoding,
        tz=options.tz or "UTC",
        min_confidence=options.min_confidence,
        jobs=options.jobs,
        strict=options.strict,
    )
    broken: list[Broken] = []
    count: Counter[str] = Counter()
    with _progress(sizes) as show, _sink(options) as write:
        try:
            for part in found:
                write(part.rows)
                broken += part.broken[: _TOLD - len(broken)]
                count.update(pages=part.pages, snippets=part.snippets, broken=len(part.broken))
                show(part, count)
        except BrokenRecordError as error:
            _say(f"stopped at a broken record, with what stands before it written: {error}")
            return 1
    if not count["snippets"]:
        _say("no weather found")
    _tell(broken, count["broken"])
    return 0


def _tell(broken: Sequence[Broken], number: int) -> None:
    if not number:
        return
    _say(f"{number} broken record{'s' if number > 1 else ''} skipped:")
    for record in broken:
        _say(f"  {record}")
    if number > len(broken):
        _say(f"  and {number - len(broken)} more")


def _sink(options: argparse.Namespace) -> AbstractContextManager[Write]:
    if options.format == "table":
        return _table(options.output)
    return writing(options.output, options.format)


@contextmanager
def _table(output: str | None) -> Iterator[Write]:
    """A table is as wide as its widest cell: its rows are held together."""
    batches: list[pa.RecordBatch] = []
    yield batches.append
    text = to_text(to_frame(batches), "table").encode("utf-8", "replace")
    with replacing(output) if output else nullcontext(sys.stdout.buffer) as file:
        file.write(text)
        file.flush()


@contextmanager
def _progress(sizes: dict[str, int]) -> Iterator[Callable[[Part, Counter[str]], None]]:
    """A function that shows how far reading has come, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _part, _count: None
        return
    try:
        from tqdm import tqdm
    except ModuleNotFoundError as error:
        raise missing_extra("warc", "tqdm") from error
    before = dict(zip(sizes, accumulate(sizes.values(), initial=0), strict=False))
    total = sum(sizes.values()) or None
    with tqdm(total=total, unit="B", unit_scale=True, unit_divisor=1024) as bar:

        def show(part: Part, count: Counter[str]) -> None:
            rate = count["pages"] / max(bar.format_dict["elapsed"], 0.001)
            bar.set_postfix_str(
                f"{count['pages']:,} pages, {count['snippets']:,} snippets, {rate:,.0f} pages/s",
                refresh=False,
            )
            bar.update(before.get(part.source, 0) + part.offset - bar.n)

        yield show
        bar.update((total or bar.n) - bar.n)


def _say(message: str) -> None:
    print(f"weatherscrape: {message}", file=sys.stderr)
