"""A WET file of generated pages: time over that of gunzip alone, and memory over its length."""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import pages

from weatherscrape import warc

PAGES = 1_000_000
SHARE = 0.02  # of pages, with a widget
DISTINCT = 400  # widgets of the pages whose memory is measured
MOST_TIMES = 1.35
SIZES = (100, 1000)  # MB, whose memory is compared
MOST_MEMORY = 1.3
RECORD = (
    "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.org/{number}\r\n"
    "WARC-Date: 2025-10-16T08:30:00Z\r\nContent-Type: text/plain\r\n"
    "Content-Length: {length}\r\n\r\n"
)
PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"


def write(path: Path, texts: Iterator[str], most: float = float("inf")) -> list[int]:
    """Write a WET file of pages, at most so many bytes before compression; sizes of its members."""
    sizes = []
    written = 0
    with path.open("wb") as file:
        for number, text in enumerate(texts):
            data = text.encode()
            head = RECORD.format(number=number, length=len(data)).encode()
            member = gzip.compress(head + data + b"\r\n\r\n", 6)
            file.write(member)
            sizes.append(len(member))
            written += len(data)
            if written >= most:
                break
    return sizes


def gunzip(path: Path, sizes: list[int]) -> float:
    """Seconds of this process for `gzip.decompress` on every member."""
    data = path.read_bytes()
    before, at = process_time(), 0
    for size in sizes:
        gzip.decompress(data[at : at + size])
        at += size
    return process_time() - before


def extract(path: Path, jobs: int) -> tuple[float, int]:
    """Seconds of reading all rows, of this process if it reads alone, and how many there are."""
    clock = process_time if jobs == 1 else perf_counter
    before = clock()
    rows = sum(part.rows.num_rows for part in warc.extract(path, jobs=jobs))
    return clock() - before, rows


def peak(path: Path) -> float:
    """MB of memory at most that the command takes."""
    command = [sys.executable, "-m", "weatherscrape.cli", "extract", str(path)]
    command += ["--format", "parquet", "--output", str(path.with_suffix(".parquet"))]
    code = f"import subprocess; subprocess.run({command!r}, check=True); {PEAK}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / 1024


def times(folder: Path, count: int) -> None:
    print("| WET.gz | pages | rows | processes | s | pages/s | times gunzip | target |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, share in (("without weather", 0.0), (f"{SHARE:.0%} with a widget", SHARE)):
        path = folder / "pages.wet.gz"
        sizes = write(path, pages.pages(count, share))
        alone = gunzip(path, sizes)
        for jobs in dict.fromkeys((1, os.cpu_count() or 1)):
            seconds, rows = extract(path, jobs)
            print(
                f"| {name} | {count:,} | {rows:,} | {jobs} | {seconds:.1f} |"
                f" {count / seconds:,.0f} | {seconds / alone:.2f} | {MOST_TIMES} |",
                flush=True,
            )
        path.unlink()


def memory(folder: Path) -> None:
    print("| WET.gz, the command to Parquet | peak MB | times | target |")
    print("| --- | ---: | ---: | ---: |")
    first = 0.0
    for size in SIZES:
        path = folder / "pages.wet.gz"
        write(path, pages.pages(PAGES, SHARE, distinct=DISTINCT), size * 1e6)
        most = peak(path)
        first = first or most
        ratio = most / first
        print(f"| {size:,} MB of text | {most:,.0f} | {ratio:.2f} | {MOST_MEMORY} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help="pages of the WET file")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        times(Path(folder), options.pages)
        print()
        memory(Path(folder))


if __name__ == "__main__":
    main()
