"""All pages of a folder, text and HTML, in one Parquet file."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

import weatherscrape as ws
from weatherscrape.html import to_text

FILES = sorted((Path(__file__).parent / "pages").iterdir())


def texts() -> Iterator[str]:
    """Read one page at a time, so that a folder may be larger than the memory."""
    for file in FILES:
        page = file.read_text(encoding="utf-8")
        yield to_text(page) if file.suffix == ".html" else page


frame = ws.extract_many(texts())
frame.insert(0, "file", frame["page"].map(lambda page: FILES[page].name))

with TemporaryDirectory() as folder:
    output = Path(folder) / "weather.parquet"
    frame.to_parquet(output)
    stored = pd.read_parquet(output)

print(stored.groupby("file").size().rename("rows").to_string())
print(f"{stored['file'].nunique()} of {len(FILES)} pages hold weather")

# Output:
# file
# bot.txt       2
# ferry.html    3
# hourly.txt    4
# news.txt      6
# radio.txt     4
# 5 of 6 pages hold weather
