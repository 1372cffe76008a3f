"""Other libraries on the same pages, in the same run: pages/s, and how many times ours that takes.

They read dates or quantities, not forecasts, so this tells what it would cost to begin with them.
What is not installed is left out: ``pip install 'weatherscrape[peers]'``.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from time import process_time

import pages

import weatherscrape as ws

COUNT = 40
SHARE = 0.5  # of pages, with a widget
LIMIT = 60.0  # s; who takes longer is measured on the pages so far
ONE_LINE = re.compile(r"(\w+)\s+(-?\d+(?:\.\d+)?)\s*°\s*([CF])")

Reader = Callable[[str], object]


def readers() -> dict[str, Reader]:
    """Functions that read a page, by the name of what they are from."""
    known: dict[str, tuple[str, Callable[[object], Reader]]] = {
        "dateparser.search": (
            "dateparser.search",
            lambda m: lambda page: m.search_dates(page, languages=["en"]),  # type: ignore[attr-defined]
        ),
        "quantulum3": ("quantulum3.parser", lambda m: m.parse),  # type: ignore[attr-defined]
        "recognizers-text, temperatures": (
            "recognizers_number_with_unit",
            lambda m: lambda page: m.recognize_temperature(page, "en-us"),  # type: ignore[attr-defined]
        ),
        "ctparse": ("ctparse", lambda m: lambda page: m.ctparse(page, timeout=1.0)),  # type: ignore[attr-defined]
    }
    found: dict[str, Reader] = {"weatherscrape": ws.extract, "re, one expression": ONE_LINE.findall}
    for name, (module, reader) in known.items():
        try:
            found[name] = reader(import_module(module))
        except ImportError:
            print(f"{name} is not installed")
    return found


def rate(read: Reader, texts: Sequence[str]) -> float:
    """Pages per second, once all is loaded."""
    read(texts[0])
    before = process_time()
    done = 0
    for text in texts[1:]:
        read(text)
        done += 1
        if process_time() - before > LIMIT:
            break
    return done / (process_time() - before)


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable()
    texts = list(pages.pages(COUNT, SHARE))
    rates = {name: rate(read, texts) for name, read in readers().items()}
    print(f"| {COUNT} pages, {SHARE:.0%} with a widget | pages/s | times our time |")
    print("| --- | ---: | ---: |")
    for name, speed in rates.items():
        print(f"| {name} | {speed:,.1f} | {rates['weatherscrape'] / speed:.2f} |", flush=True)


if __name__ == "__main__":
    main()
