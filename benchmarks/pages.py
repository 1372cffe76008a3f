"""Pages to measure with, the same on every run: documentation of this machine, and widgets.

The text is what Python and the installed programs say about themselves: the topics of ``pydoc`` in
English, the message catalogues (``*.mo``) in other languages. The widgets are drawn from
`weatherscrape.render` with a fixed seed. Nothing is downloaded.
"""

from __future__ import annotations

import gettext
import random
import sys
from collections.abc import Hashable, Iterator
from functools import cache
from itertools import cycle, groupby
from pathlib import Path
from pydoc_data.topics import topics

import pandas as pd

import weatherscrape as ws
from weatherscrape.templates import LAYOUT_NAMES

SEED = 20240229
CATALOGUES = (Path("/usr/share/locale"), Path(sys.prefix) / "share/locale")
WIDGET_SIZE = range(400, 2001)  # characters
PAGE_SIZE = (2_000, 5_000)  # characters, the least and the most
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SKIES = ["Sunny", "Cloudy", "Light rain", "Snow showers", "Fog", "Partly cloudy", "Thunderstorm"]
OTHERS = ["precipitation_probability", "wind_speed", "relative_humidity", "pressure"]
HOURLY = 0.4  # of widgets
PRINTED = 0.4  # of the widgets that have room for one of the others


@cache
def lines(language: str = "en") -> list[str]:
    """Lines of documentation in a language, in a fixed order; none if the machine has none."""
    if language == "en":
        return [line for text in topics.values() for line in _unwrapped(text) if line.isascii()]
    found: set[str] = set()
    for path in _catalogues(language):
        try:
            with path.open("rb") as file:
                messages = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        except (OSError, UnicodeDecodeError):
            continue
        found.update(line for text in messages.values() for line in text.splitlines())
    return sorted(found)


def _unwrapped(text: str) -> Iterator[str]:
    """Lines of a text with each paragraph on one, as it is in a page; of code line by line."""
    for kind, found in groupby(text.splitlines(), key=_kind):
        block = list(found)
        yield from [" ".join(map(str.strip, block))] if kind == "paragraph" else block


_CODE = ("   ", ">>>", "...")


def _kind(line: str) -> str:
    return "code" if line.startswith(_CODE) else "paragraph" if line else "blank"


def _catalogues(language: str) -> Iterator[Path]:
    for folder in CATALOGUES:
        yield from sorted(folder.glob(f"{language}/LC_MESSAGES/*.mo"))


@cache
def widgets(count: int = 300) -> list[str]:
    """Widgets of 400 to 2,000 characters, in each layout that `render` knows."""
    chosen = random.Random(SEED)
    drawn: list[str] = []
    for layout in cycle(LAYOUT_NAMES):
        if len(drawn) == count:
            break
        widget = ws.render(_forecast(chosen), layout=layout)
        if len(widget) in WIDGET_SIZE:
            drawn.append(widget)
    return drawn


def _forecast(chosen: random.Random) -> pd.DataFrame:
    """A forecast by the day, or by the hour from now on."""
    conditions = _conditions()
    temperature = chosen.randint(-10, 30)
    hour = chosen.randrange(24)
    hourly = chosen.random() < HOURLY
    columns = {"temperature": hourly, "temperature_max": not hourly, "temperature_min": not hourly}
    columns |= {name: chosen.random() < PRINTED for name in OTHERS}
    rows: list[dict[str, object]] = []
    for i in range(chosen.randint(7, 14)):
        at = chosen.randint(-3, 3) + temperature
        condition = chosen.choice(conditions)
        values = {
            "temperature": at,
            "temperature_max": at + 5,
            "temperature_min": at - 5,
            "precipitation_probability": chosen.randrange(0, 101, 10),
            "wind_speed": chosen.randint(3, 60) / 3.6,  # m/s
            "relative_humidity": chosen.randint(30, 100),
            "pressure": chosen.randint(980, 1040),
        }
        key = {"time": f"{(hour + i) % 24:02}:00"} if hourly else {"weekday": DAYS[i % 7]}
        rows.append(key | condition | {k: v for k, v in values.items() if columns[k]})
    return pd.DataFrame(rows)


@cache
def _conditions() -> list[dict[Hashable, object]]:
    lines = (f"{day}: {sky}, 9 °C" for day, sky in zip(DAYS, SKIES, strict=True))
    columns = ["condition", "intensity", "likelihood", "weather_code"]
    return ws.extract("\n".join(lines))[columns].to_dict("records")


def text(size: int, language: str = "en") -> str:
    """At least `size` characters of documentation, in an order of their own; "" without any."""
    shuffled = random.Random(SEED)
    pool, chosen, length = lines(language), [], 0
    while pool and length < size:
        at = shuffled.randrange(len(pool))
        chosen.append("\n".join(pool[at : at + 20]))
        length += len(chosen[-1]) + 1
    return "\n".join(chosen)


def pages(
    count: int, share: float = 0.02, language: str = "en", distinct: int | None = None
) -> Iterator[str]:
    """`count` pages of documentation; a `share` of them, evenly spread, with a widget inside.

    Each widget is another one, or one of `distinct`.
    """
    chosen = random.Random(SEED)
    source = text(2_000_000, language)
    if not source:
        known = ", ".join(sorted({path.parts[-3] for path in _catalogues("*")}))
        raise ValueError(f"language: no text in {language!r} on this machine; one of en, {known}")
    drawn = widgets(distinct or max(1, round(count * share))) if share else []
    tails = cycle(drawn)
    holds = 0.0
    for _ in range(count):
        size = chosen.randint(*PAGE_SIZE)
        at = chosen.randrange(len(source) - size)
        page = source[at : at + size]
        holds += share
        if holds >= 1:
            holds -= 1
            middle = page.find("\n", size // 2) + 1
            page = f"{page[:middle]}\n{next(tails)}\n\n{page[middle:]}"
        yield page
