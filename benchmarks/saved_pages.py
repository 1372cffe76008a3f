"""What is found in a folder of saved web pages: argument, the folder.

Prints each page with rows and the text that they are of, to be judged by a reader, and the counts.
The tests of libraries for article extraction hold such pages, nearly all without weather.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterator
from pathlib import Path

import weatherscrape as ws
from weatherscrape.pages import HTML, Page

SUFFIXES = (".html", ".htm", ".testhtml")
AROUND = 40  # characters


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """The text of each page of a folder, gzip or not; of pages with the same text the first."""
    seen: set[str] = set()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        packed = path.suffix == ".gz"
        if (path.with_suffix("") if packed else path).suffix not in SUFFIXES:
            continue
        data = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
        text = Page(data, media=HTML[0]).text
        if text not in seen:
            seen.add(text)
            yield path, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    pages = rows = found = 0
    for path, text in texts(parser.parse_args().folder):
        frame = ws.extract(text)
        pages += 1
        found += bool(len(frame))
        rows += len(frame)
        if len(frame):
            print(f"{path.name}: {len(frame)} rows")
            start, end = frame["start"].min(), frame["end"].max()
            print("   ", repr(text[max(0, start - AROUND) : end + AROUND]))
    print(f"{pages} pages, {rows} rows on {found} of them")


if __name__ == "__main__":
    main()
