"""The labelled pages of tests/corpus, and the comparison of what is expected with what is read."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

CORPUS = Path(__file__).parent / "corpus"
POINTS = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split()
SKY = ["clear", "mostly_clear", "partly_cloudy", "mostly_cloudy", "cloudy"]
# The middle of each Beaufort number's class in m/s (WMO-No. 306), and half of the widest class.
BEAUFORT = [0.1, 0.9, 2.5, 4.5, 6.7, 9.4, 12.4, 15.6, 19.0, 22.7, 26.5, 30.6, 34.0]
BEAUFORT_WIDTH = 2.2
# One of each unit in the frame's units (°C apart).
SIZES = {
    "m/s": 1.0, "km/h": 0.27778, "mph": 0.44704, "kn": 0.51444,
    "mm": 1.0, "cm": 10.0, "hPa": 1.0, "inHg": 33.8639, "mmHg": 1.33322,
    "km": 1000.0, "m": 1.0, "mi": 1609.34, "in": 25.4,
}  # fmt: skip
WEATHER = (
    "temperature", "temperature_max", "temperature_min", "apparent_temperature", "dew_point",
    "precipitation", "wind_speed", "wind_gusts", "pressure", "visibility",
    "precipitation_probability", "relative_humidity", "cloud_cover", "uv_index", "wind_direction",
    "condition", "condition_text",
)  # fmt: skip
WHEN = (
    "weekday", "date", "relative_day", "time", "time_end", "period", "intensity", "sunrise",
    "sunset",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    id: str
    tier: str
    language: str
    text: str
    reference: date | None
    rows: list[dict[str, object]]


def cases() -> list[Case]:
    return [_case(path) for path in sorted(CORPUS.glob("*.json"))]


def _case(path: Path) -> Case:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    rows = [dict(row) for snippet in gold["snippets"] for row in snippet["rows"]]
    for row in rows:
        if "day" in row:
            row["relative_day"] = row.pop("day")
    reference = date.fromisoformat(gold["reference"]) if gold.get("reference") else None
    return Case(gold["id"], gold["tier"], gold["lang"], text, reference, rows)


def known_failures() -> dict[str, str]:
    return tomllib.loads((CORPUS / "known_failures.toml").read_text(encoding="utf-8"))


def differences(case: Case, frame: pd.DataFrame, exact: bool = False) -> list[str]:
    """What is wrong with a frame, a line a fault; empty if it is what the case expects.

    A page need not state all that a row says of its time; what an exact case does not state is not.
    """
    found = frame.to_dict("records")
    if len(found) != len(case.rows):
        return [f"{len(found)} rows, expected {len(case.rows)}"]
    faults = []
    for number, (gold, row) in enumerate(zip(case.rows, found, strict=True)):
        for field in dict.fromkeys((*WEATHER, *WHEN, *(gold if exact else ()))):
            value = None if pd.isna(row[field]) else row[field]
            if field in gold:
                if not agrees(field, gold[field], value, case.language):
                    faults.append(f"row {number} {field}: {value}, expected {gold[field]}")
            elif (exact or field in WEATHER) and value is not None:
                faults.append(f"row {number} {field}: {value}, expected none")
    return faults


def agrees(field: str, gold: object, value: object, language: str) -> bool:
    if value is None:
        return False
    if isinstance(gold, dict):
        return any(abs(float(str(value)) - v) <= t for v, t in _in_frame_units(field, gold))
    if field == "wind_direction":
        degrees = POINTS.index(gold) * 22.5 if isinstance(gold, str) else float(str(gold))
        return abs((float(str(value)) - degrees + 180) % 360 - 180) < 1
    if isinstance(gold, int | float):
        return abs(float(str(value)) - gold) < 0.06
    if field == "condition" and not language.startswith("en") and gold in SKY and value in SKY:
        return abs(SKY.index(str(gold)) - SKY.index(str(value))) <= 1  # services differ by a step
    return " ".join(str(value).split()).casefold() == " ".join(str(gold).split()).casefold()


def _in_frame_units(field: str, gold: dict[str, object]) -> list[tuple[float, float]]:
    """Every value that is right, each with its tolerance."""
    value, unit = float(str(gold["value"])), gold["unit"]
    if "temperature" in field or field == "dew_point":
        celsius, fahrenheit = value, (value - 32) * 5 / 9
        by_unit = {"C": [celsius], "F": [fahrenheit], "K": [value - 273.15]}
        return [(v, 0.06) for v in by_unit.get(str(unit), [celsius, fahrenheit])]
    if unit == "bft":
        return [(BEAUFORT[int(value)], BEAUFORT_WIDTH)]
    size = value * SIZES[str(unit)]
    return [(size, 0.06 + abs(size) * 2e-4)]
