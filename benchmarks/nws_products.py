"""What is read of a folder of National Weather Service text products: argument, the folder.

Prints how many files were read without an error, and what share of the periods of forecasts by
period (".TONIGHT...Mostly cloudy.") got a row of their own.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

import weatherscrape as ws

PERIOD = re.compile(r"^\.(?:REST OF |THIS )?[A-Z][A-Z ]+\.\.\.", re.MULTILINE)
DAYS = re.compile(r"TODAY|TONIGHT|\b(?:MON|TUE|WED|THU|FRI|SAT|SUN)|AFTERNOON|EVENING")
LEAST_PERIODS = 3  # of a forecast by period
END = re.compile(r"^(?:\$\$|&&)", re.MULTILINE)


def periods(text: str) -> list[tuple[int, int]]:
    """Where the periods of a product begin and end."""
    starts = [m for m in PERIOD.finditer(text.upper()) if DAYS.search(m.group())]
    ends = [m.start() for m in starts[1:]] + [len(text)] * bool(starts)
    spans = []
    for start, end in zip(starts, ends, strict=True):
        close = END.search(text, start.end(), end)
        spans.append((start.start(), close.start() if close else end))
    return spans


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    files = rows = forecasts = with_row = of_period = 0
    errors: Counter[str] = Counter()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        text = path.read_bytes().decode("latin-1").replace("\r", "")
        files += 1
        try:
            frame = ws.extract(text)
        except Exception as error:
            errors[f"{path.name}: {error!r}"] += 1
            continue
        rows += len(frame)
        spans = periods(text)
        if len(spans) >= LEAST_PERIODS:
            forecasts += 1
            of_period += len(spans)
            with_row += sum(frame["start"].between(a, b).any() for a, b in spans)
    print(f"{files} files, {sum(errors.values())} errors, {rows} rows")
    for error in errors:
        print("   ", error)
    print(f"{forecasts} forecasts by period, {of_period} periods, {with_row} with a row")


if __name__ == "__main__":
    main()
