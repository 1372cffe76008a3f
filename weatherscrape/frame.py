"""Records in, one DataFrame out: all columns at once, for one page or a million."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import cache
from itertools import chain, repeat
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
_TEXTS: Final = [c.name for c in COLUMNS if c.type is Type.STRING]
_CODES: Final = {name: codes | {None: -1} for name, codes in CODES.items()}
_EPOCH: Final = datetime(1970, 1, 1)
_MICROSECOND: Final = timedelta(microseconds=1)
_NAT: Final = np.iinfo(np.int64).min  # as numpy has no time
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
    size = len(rows)
    columns = {c.name: [row.get(c.name) for row in rows] for c in COLUMNS}
    empty = {name for name, values in columns.items() if values.count(None) == size}
    # One array of all strings, cut up: making one costs more than filling it.
    told = [name for name in _TEXTS if name not in empty]
    texts = _strings([*chain(*(columns[name] for name in told)), *repeat(None, size)])
    places = {name: size * place for place, name in enumerate(told)}
    arrays: dict[str, Any] = {}
    for column in COLUMNS:
        name = column.name
        if column.type is Type.STRING:
            start = places.get(name, size * len(told))
            arrays[name] = texts[start : start + size]
        elif name in empty:
            arrays[name] = _missing(column, size, tz)
        else:
            arrays[name] = _array(column, columns[name], tz)
    return pd.DataFrame(arrays, index=pd.RangeIndex(size), copy=False)


def _strings(values: Sequence[Any]) -> Any:
    return pd.array(values, dtype=_STR) if _STR == "str" else np.array(values, dtype=object)


@cache
def _empty(tz: tzinfo | None) -> pd.DataFrame:
    """Made once: nearly every page of a crawl ends here."""
    return _built([], tz)


def _array(column: Column, values: Sequence[Any], tz: tzinfo | None) -> Any:
    kind = column.type
    if kind is Type.FLOAT:
        return np.array(values, dtype=np.float64)  # none is nan
    if kind is Type.INTEGER:
        return np.array(values, dtype=np.int64)
    if kind is Type.CATEGORY:
        codes = _CODES[column.name]
        return _category(column, np.array([codes[v] for v in values], dtype=np.int8))
    if kind is Type.BOOLEAN:
        return np.array(values, dtype=bool)
    if kind is Type.CODE:
        missing = np.array([v is None for v in values], dtype=bool)
        numbers = np.array([v or 0 for v in values], dtype=np.uint8)
        return pd.arrays.IntegerArray(numbers, missing)
    if kind is Type.DURATION:
        return pd.array(_microseconds(values, timedelta()).view("timedelta64[us]"))
    return _times(_microseconds(values, _EPOCH), tz)


def _missing(column: Column, size: int, tz: tzinfo | None) -> Any:
    """A column without any value."""
    kind = column.type
    if kind is Type.FLOAT:
        return np.full(size, np.nan)
    if kind is Type.CATEGORY:
        return _category(column, np.full(size, -1, dtype=np.int8))
    if kind is Type.DURATION:
        return pd.array(np.full(size, _NAT).view("timedelta64[us]"))
    if kind is Type.DATETIME:
        return _times(np.full(size, _NAT), tz)
    return _array(column, [None] * size, tz)


def _category(column: Column, codes: Any) -> Any:
    return pd.Categorical.from_codes(codes, dtype=_DTYPES[column.name], validate=False)


def _times(microseconds: Any, tz: tzinfo | None) -> Any:
    times = pd.DatetimeIndex(microseconds.view("datetime64[us]"))
    return times.tz_localize("UTC").tz_convert(tz) if tz is not None else times


def _microseconds(values: Sequence[Any], zero: datetime | timedelta) -> Any:
    """Moments or durations as numbers; numpy takes four times as long, and most come often."""
    numbers = {v: _NAT if v is None else (v - zero) // _MICROSECOND for v in set(values)}
    return np.array([numbers[v] for v in values], dtype=np.int64)
