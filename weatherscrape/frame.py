"""Records in, one DataFrame out: all columns at once, for one page or a million."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from .resolve import Record
from .schema import CODES, COLUMNS, Column, Type

_COPIES_ON_WRITE: Final = int(pd.__version__.split(".")[0]) >= 3
_STR: Final = "str" if _COPIES_ON_WRITE else object
_DTYPES: Final = {
    c.name: pd.CategoricalDtype(list(c.categories)) for c in COLUMNS if c.type is Type.CATEGORY
}
_TEXTS: Final = [c for c in COLUMNS if c.type is Type.STRING]
_ATTRS: Final = {
    "units": {c.name: c.unit for c in COLUMNS if c.unit},
    "meanings": {c.name: c.meaning for c in COLUMNS},
    "standard_names": {c.name: c.standard_name for c in COLUMNS if c.standard_name},
}


def to_frame(records: Iterable[Record], tz: tzinfo | None = None) -> pd.DataFrame:
    """One frame of all records, with every column of the schema and its dtype, also if empty.

    Parameters
    ----------
    records
        A dict a row. Times are in UTC if `tz` is given, else local without a zone.
    tz
        Time zone of the datetime columns.

    Returns
    -------
    DataFrame, shape (number of records, len(COLUMNS))
        Units, meanings and CF standard names are in ``attrs``.

    Examples
    --------
    >>> to_frame([]).dtypes["weather_code"]
    UInt8Dtype()
    """
    rows = list(records)
    frame = _built(rows, tz) if rows else _empty(tz).copy(deep=not _COPIES_ON_WRITE)
    frame.attrs = {name: dict(entries) for name, entries in _ATTRS.items()}
    return frame


def _built(rows: Sequence[Record], tz: tzinfo | None) -> pd.DataFrame:
    # One array of all strings, cut up: making one costs more than filling it.
    texts = _strings([row.get(c.name) for c in _TEXTS for row in rows])
    arrays: dict[str, Any] = {}
    for column in COLUMNS:
        if column.type is Type.STRING:
            start = _TEXTS.index(column) * len(rows)
            arrays[column.name] = texts[start : start + len(rows)]
        else:
            arrays[column.name] = _array(column, [row.get(column.name) for row in rows], tz)
    return pd.DataFrame(arrays, index=pd.RangeIndex(len(rows)), copy=False)


def _strings(values: Sequence[Any]) -> Any:
    return pd.array(values, dtype=_STR) if _STR == "str" else np.array(values, dtype=object)


@cache
def _empty(tz: tzinfo | None) -> pd.DataFrame:
    """Made once: nearly every page of a crawl ends here."""
    return _built([], tz)


def _array(column: Column, values: Sequence[Any], tz: tzinfo | None) -> Any:
    kind = column.type
    if kind is Type.FLOAT:
        return np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    if kind is Type.INTEGER:
        return np.array(values, dtype=np.int64)
    if kind is Type.CATEGORY:
        codes = CODES[column.name]
        return pd.Categorical.from_codes(
            np.array([-1 if v is None else codes[v] for v in values], dtype=np.int8),
            dtype=_DTYPES[column.name],
            validate=False,
        )
    if kind is Type.BOOLEAN:
        return np.array(values, dtype=bool)
    if kind is Type.CODE:
        missing = np.array([v is None for v in values], dtype=bool)
        numbers = np.array([v or 0 for v in values], dtype=np.uint8)
        return pd.arrays.IntegerArray(numbers, missing)
    if kind is Type.DURATION:
        return pd.array(np.array(values, dtype="timedelta64[us]"))
    times = pd.DatetimeIndex(np.array(values, dtype="datetime64[us]"))
    return times.tz_localize("UTC").tz_convert(tz) if tz is not None else times
