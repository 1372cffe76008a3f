"""Pages in memory, on one core: MB/s without weather, by script, and pages/s with a widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import process_time

import pages

import weatherscrape as ws
from weatherscrape.scan import may_hold

LANGUAGES = {"en": "ASCII", "fr": "accents", "ru": "Cyrillic", "ar": "Arabic", "zh_CN": "Chinese"}
PAGES = 1_000
ROUNDS = 5
WIDGETS = 300
LEAST = {"en": 1000}  # MB/s; 500 in other scripts
LEAST_OTHERS = 500
LEAST_WIDGETS = 2_000  # pages/s


def seconds(run: Callable[[], object]) -> float:
    """The best of some rounds, in time of this process."""
    times = []
    for _ in range(ROUNDS):
        before = process_time()
        run()
        times.append(process_time() - before)
    return min(times)


def without_weather() -> None:
    print("| pages without weather, MB/s | `may_hold` | `extract_many` | target |")
    print("| --- | ---: | ---: | ---: |")
    for code, name in LANGUAGES.items():
        texts = list(pages.pages(PAGES, 0, code))
        data = [text.encode() for text in texts]
        size = sum(map(len, data)) / 1e6
        scanned = size / seconds(lambda data=data: sum(map(may_hold, data)))  # type: ignore[misc]
        whole = size / seconds(lambda texts=texts: ws.extract_many(texts))  # type: ignore[misc]
        target = LEAST.get(code, LEAST_OTHERS)
        print(f"| {name} | {scanned:,.0f} | {whole:,.0f} | {target:,} |", flush=True)


def with_widgets() -> None:
    drawn = pages.widgets(WIDGETS)
    least, most = min(map(len, drawn)), max(map(len, drawn))
    print(f"| widgets of {least} to {most:,} characters | pages/s | target |")
    print("| --- | ---: | ---: |")
    ws.extract_many(pages.widgets(2 * WIDGETS)[WIDGETS:])  # words, not widgets, are met before
    met_once = rate(drawn)
    few = drawn[:50]  # fewer than are kept
    ws.extract_many(few)
    print(f"| each met the first time | {met_once:,.0f} | {LEAST_WIDGETS:,} |")
    print(f"| each met before | {rate(few):,.0f} | {LEAST_WIDGETS:,} |", flush=True)


def rate(texts: Sequence[str]) -> float:
    before = process_time()
    ws.extract_many(texts)
    return len(texts) / (process_time() - before)


def main() -> None:
    without_weather()
    print()
    with_widgets()


if __name__ == "__main__":
    main()
