"""The frame: every column with its type, whatever the records hold."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest

from weatherscrape.frame import to_frame
from weatherscrape.resolve import Record, read_timezone
from weatherscrape.schema import COLUMNS, Type

LEAST: Record = {
    **dict.fromkeys(("page", "snippet", "start", "end"), 0),
    "temperature_unit_stated": False,
    "confidence": 1.0,
}


@pytest.mark.parametrize("tz", [None, "UTC", "Asia/Kolkata"])
def test_types_do_not_depend_on_rows(tz: str | None) -> None:
    zone = read_timezone(tz)
    pd.testing.assert_series_equal(to_frame([LEAST], zone).dtypes, to_frame([], zone).dtypes)


def test_types_are_those_of_the_schema() -> None:
    frame = to_frame([LEAST])
    for column in COLUMNS:
        dtype = frame[column.name].dtype
        if column.type is Type.CATEGORY:
            assert isinstance(dtype, pd.CategoricalDtype)
            assert tuple(dtype.categories) == column.categories
        elif column.type is not Type.STRING:
            assert str(dtype).startswith(column.type)


def test_what_is_not_stated_is_missing() -> None:
    frame = to_frame([LEAST])
    stated = [name for name in frame if frame[name].notna().item()]
    assert stated == list(LEAST)


def test_zone_is_that_of_the_caller() -> None:
    frame = to_frame([], read_timezone("Asia/Kolkata"))
    assert str(frame["valid_time"].dt.tz).endswith("Asia/Kolkata")


def test_frames_survive_pickle_and_copy() -> None:
    frame = to_frame([LEAST])
    for other in (frame.copy(), pickle.loads(pickle.dumps(frame))):
        pd.testing.assert_frame_equal(other, frame)
        assert other.attrs == frame.attrs
