"""A crawl's archive in, its weather as Parquet out, as a stream."""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from weatherscrape import sinks, warc

PAGES = [
    "The council met on Monday at 9.",
    "Ferry times\n\nTue\n14 °C\nfog\nWed\n15 °C\nlight rain",
    "Tonight: Mostly cloudy, with a low around 8 °C.",
]
RECORD = """WARC/1.0\r
WARC-Type: conversion\r
WARC-Target-URI: https://example.org/{number}\r
WARC-Date: 2025-10-16T08:30:00Z\r
Content-Length: {length}\r
\r
"""

if __name__ == "__main__":  # more than one process would need it
    with TemporaryDirectory() as folder:
        archive, output = Path(folder) / "tiny.wet.gz", Path(folder) / "weather.parquet"
        with archive.open("wb") as file:  # such as Common Crawl has, but tiny
            for number, text in enumerate(map(str.encode, PAGES)):
                head = RECORD.format(number=number, length=len(text)).encode()
                file.write(gzip.compress(head + text + b"\r\n\r\n"))

        with sinks.writing(output) as write:
            for part in warc.extract(archive, jobs=1):
                write(part.rows)
        stored = pd.read_parquet(output)

    stored["day"] = stored["valid_time"].dt.date
    print(stored[["url", "day", "condition"]].to_string(index=False))

# Output:
#                   url        day     condition
# https://example.org/1 2025-10-21           fog
# https://example.org/1 2025-10-22          rain
# https://example.org/2 2025-10-16 mostly_cloudy
