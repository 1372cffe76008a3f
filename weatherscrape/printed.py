"""A frame in, text out: a table for a person, CSV or JSON lines for a program."""

from __future__ import annotations

from typing import Final

import pandas as pd

_NUMBERS: Final = ("page", "snippet")  # shown if there is more than the first
_NOT_SHOWN: Final = (
    "start",
    "end",
    "reference_time",
    "temperature_unit",
    "temperature_unit_stated",
)


def to_text(frame: pd.DataFrame, form: str, *, header: bool = True) -> str:
    """A frame as "table", "csv" or "json" (a record a line).

    >>> to_text(pd.DataFrame({"weekday": ["mon", "tue"]}), "csv", header=False)
    'mon\\ntue\\n'
    """
    if form == "csv":
        return frame.to_csv(index=False, header=header)
    if form == "json":
        # pandas 2 writes microseconds as if they were nanoseconds.
        frame = frame.astype({c: "timedelta64[ns]" for c in frame.select_dtypes("timedelta")})
        lines = frame.to_json(orient="records", lines=True, date_format="iso", force_ascii=False)
        return str(lines).lstrip("\n")  # no rows, no lines
    return _table(frame)


def _table(frame: pd.DataFrame) -> str:
    """The columns that hold something, for a person to read; nothing if there are no rows."""
    if frame.empty:
        return ""
    candidates = frame.drop(columns=list(_NOT_SHOWN))
    holds = candidates.notna().any()
    holds[list(_NUMBERS)] = candidates[list(_NUMBERS)].any()
    shown = candidates.loc[:, holds].astype(object)
    return shown.map(_printed).to_string(index=False) + "\n"


def _printed(value: object) -> str:
    if pd.isna(value):  # type: ignore[call-overload]  # every cell is a scalar
        return ""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
