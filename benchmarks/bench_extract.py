"""Time of one page: with weather, without, and of many pages together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import weatherscrape as ws

PAGES = Path(__file__).parents[1] / "examples" / "pages"
NEWS = (PAGES / "news.txt").read_text(encoding="utf-8")
ARTICLE = NEWS[: NEWS.index("Mon 21:00")]

Benchmark = Callable[..., Any]


def under(benchmark: Any, milliseconds: float) -> None:
    """Fail if the median is over the limit."""
    if benchmark.stats:  # none with --benchmark-disable
        assert benchmark.stats.stats.median * 1000 <= milliseconds


def test_news_page(benchmark: Benchmark) -> None:
    assert len(benchmark(ws.extract, NEWS)) == 6
    under(benchmark, 3)


def test_megabyte_without_weather(benchmark: Benchmark) -> None:
    text = ARTICLE * (1_000_000 // len(ARTICLE))
    assert benchmark(ws.extract, text).empty
    under(benchmark, 2)


def test_page_without_weather(benchmark: Benchmark) -> None:
    assert benchmark(ws.extract, ARTICLE).empty


def test_thousand_pages_one_in_a_hundred_with_weather(benchmark: Benchmark) -> None:
    pages = ([ARTICLE] * 99 + [NEWS]) * 10
    assert len(benchmark(ws.extract_many, pages)) == 60


def test_html_page(benchmark: Benchmark) -> None:
    from weatherscrape.html import to_text

    page = (PAGES / "ferry.html").read_text(encoding="utf-8")
    assert len(ws.extract(benchmark(to_text, page))) == 3
