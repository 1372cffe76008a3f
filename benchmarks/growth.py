"""Time over the length of the input and over the share of pages with weather: it is linear."""

from __future__ import annotations

import argparse
from time import process_time

import pages

import weatherscrape as ws

SIZES = (10, 100, 1000)  # MB
SHARES = (0.001, 0.01, 0.1)
AVERAGE = sum(pages.PAGE_SIZE) / 2


def seconds(size: float, share: float) -> float:
    """Time of the extraction alone: pages are made as they are read, a stretch at a time."""
    count, spent = round(size * 1e6 / AVERAGE), 0.0
    stretch: list[str] = []
    for number, page in enumerate(pages.pages(count, share), 1):
        stretch.append(page)
        if len(stretch) == 1000 or number == count:
            before = process_time()
            ws.extract_many(stretch)
            spent += process_time() - before
            stretch.clear()
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=float, default=SIZES[-1], help="MB of pages")
    options = parser.parse_args()
    sizes = [size for size in SIZES if size <= options.most]
    pages.widgets(round(max(sizes) * 1e6 / AVERAGE * SHARES[-1]))  # drawn once, as the longest asks
    ws.extract_many(pages.pages(100, 0.5))  # words are read from their files
    print("| s per MB | " + " | ".join(f"{size:,} MB" for size in sizes) + " | last / first |")
    print("| --- |" + " ---: |" * (len(sizes) + 1))
    for share in SHARES:
        costs = [seconds(size, share) / size for size in sizes]
        shown = " | ".join(f"{cost:.4f}" for cost in costs)
        print(f"| {share:.1%} with weather | {shown} | {costs[-1] / costs[0]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
