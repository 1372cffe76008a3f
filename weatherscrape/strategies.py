"""Hypothesis strategies for frames, pages and the damage that scraping does to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise ImportError(
        "weatherscrape.strategies needs hypothesis: pip install 'weatherscrape[test]'"
    ) from error

from .frame import to_frame
from .model import Condition, Intensity, Likelihood, Period, RelativeDay, Weekday
from .render import LAYOUTS, Layout, Words, printed, read, unit_of
from .resolve import Record
from .vocabulary import languages, slugs

_WEEKDAYS: Final = tuple(Weekday)
Draw = Any

@st.composite
def frames(draw: Draw, layout: str = "lines", language: str = "en") -> pd.DataFrame:
    chosen = LAYOUTS[layout]
    columns = printed(layout, language)
    daily_only = "temperature" not in columns
    kinds = [_days] if daily_only else [_days, _hours, _parts, _now]
    if daily_only:
        kinds.append(_parts)
    kind = draw(st.sampled_from(kinds))
    size = 1 if kind is _now else draw(st.integers(2, 7))
    keys = draw(kind(size, language))
    day_pair = kind is _days and {"temperature_max", "temperature_min"} <= set(columns) and (daily_only or draw(st.booleans()))
    if daily_only:
        day_pair = True
    values = ["temperature_max", "temperature_min"] if day_pair else ["temperature"]
    others = [c for c in columns if c not in ("key", "condition", "temperature", "temperature_max", "temperature_min")]
    if kind is _now or draw(st.booleans()):
        values.append("condition")
    extra = draw(st.lists(st.sampled_from(others), unique=True, max_size=4)) if others else []
    if "wind_direction" in extra and "wind_speed" not in extra and not chosen.named:
        extra.append("wind_speed")
    if kind is _now and not chosen.named and "precipitation_probability" in extra:
        extra.remove("precipitation_probability")
    values += extra
    records: list[Record] = []
    for key in keys:
        record: dict[str, Any] = {"page": 0, "snippet": 0, "start": 0, "end": 0, "confidence": 1.0, **key}
        record["temperature_unit"] = chosen.temperature_unit
        record["temperature_unit_stated"] = chosen.unit != "none"
        for name in values:
            if name == "condition":
                c = draw(conditions(language))
                record.update(condition=c.slug, intensity=c.intensity, likelihood=c.likelihood, weather_code=slugs()[c.slug].code(c.intensity))
            else:
                record[name] = draw(_number(name, chosen, record))
        if day_pair and record["temperature_max"] < record["temperature_min"]:
            record["temperature_max"], record["temperature_min"] = record["temperature_min"], record["temperature_max"]
        records.append(record)
    return to_frame(records)


def conditions(language: str = "en"):
    words = Words(languages()[language])
    found = []
    for key in languages()[language].sections["condition"]:
        slug, *marks = key.split()
        found.append(Condition(slug, next((Intensity(m) for m in marks if m in set(Intensity)), None), next((Likelihood(m) for m in marks if m in set(Likelihood)), None)))
    for slug in slugs().values():
        for intensity in slug.codes:
            c = Condition(slug.name, intensity)
            if c not in found and words.condition({k: v for k, v in dict(condition=c.slug, intensity=c.intensity).items() if v}):
                found.append(c)
    return st.sampled_from(found)


def _number(name: str, layout: Layout, record):
    unit = unit_of(name, layout)
    scale = {
        "C": (-25, 44), "F": (-10, 110), "%": (0, 100), "km/h": (0, 90), "mph": (0, 60), "hPa": (970, 1040),
        "inHg": (28, 31), "mm": (0, 30), "in": (0, 3), "km": (0, 50), "mi": (0, 30), "": (0, 11),
    }[unit]
    if name == "wind_direction":
        return st.integers(0, 15).map(lambda i: i * 22.5)
    if name in ("sunrise", "sunset"):
        return st.integers(4 * 60, 9 * 60).map(lambda m: f"{(m + (720 if name == 'sunset' else 0)) // 60:02}:{m % 60:02}")
    whole = st.integers(*scale)
    tenths = st.integers(scale[0] * 10, scale[1] * 10).map(lambda n: n / 10)
    return (whole if unit in ("", "%") else whole | tenths).map(lambda n: read(float(n), name, unit))


@st.composite
def _days(draw, size, language):
    day = draw(st.dates(date(2000, 1, 1), date(2030, 12, 31)))
    form = draw(st.sampled_from(["weekday", "weekday day", "weekday date", "date", "iso", "today"]))
    keys = []
    for number in range(size):
        d = day + timedelta(days=number)
        w = {"weekday": _WEEKDAYS[d.weekday()]}
        if form == "today" and number < 2:
            keys.append({"relative_day": [RelativeDay.TODAY, RelativeDay.TOMORROW][number]})
        elif form in ("weekday", "today"):
            keys.append(w)
        elif form == "weekday day":
            keys.append({**w, "date": f"---{d.day:02}"})
        elif form == "weekday date":
            keys.append({**w, "date": f"--{d.month:02}-{d.day:02}"})
        elif form == "date":
            keys.append({"date": f"--{d.month:02}-{d.day:02}"})
        else:
            keys.append({**w, "date": d.isoformat()})
    return keys


@st.composite
def _hours(draw, size, language):
    first = draw(st.integers(0, 23))
    step = draw(st.sampled_from([1, 3]))
    weekday = draw(st.none() | st.integers(0, 6))
    keys = []
    for number in range(size):
        hour = first + number * step
        key = {"time": f"{hour % 24:02}:00"}
        if weekday is not None:
            key["weekday"] = _WEEKDAYS[(weekday + hour // 24) % 7]
        keys.append(key)
    return keys


@st.composite
def _parts(draw, size, language):
    form = draw(st.sampled_from(["today", "weekday", "parts"]))
    if form == "parts":
        return [{"period": p} for p in (Period.MORNING, Period.AFTERNOON, Period.EVENING, Period.NIGHT)[:size]]
    first = draw(st.integers(0, 6))
    keys = []
    for number in range(size):
        day, night = divmod(number, 2)
        key: dict[str, Any] = {"period": Period.NIGHT} if night else {}
        if form == "today" and day < 2:
            key["relative_day"] = [RelativeDay.TODAY, RelativeDay.TOMORROW][day]
        else:
            key["weekday"] = _WEEKDAYS[(first + day) % 7]
        keys.append(key)
    return keys


def _now(size, language):
    return st.just([{"period": Period.NOW}])
