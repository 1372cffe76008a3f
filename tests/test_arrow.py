"""Arrow: one schema whatever the input, and errors that name the argument."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weatherscrape import ArgumentError, extract_many
from weatherscrape.arrow import SCHEMA, Extractor, extract_batches, to_batch, to_frame
from weatherscrape.schema import COLUMNS
from weatherscrape.strategies import pages

WIDGET = "Tue\n14 °C\nfog\nWed\n15 °C\nlight rain"


def batch(**columns: list[Any]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


def rows(*batches: pa.RecordBatch, **options: Any) -> pa.Table:
    return pa.Table.from_batches(extract_batches(iter(batches), **options), SCHEMA)


def test_schema_is_the_address_and_the_columns_of_the_frame() -> None:
    assert SCHEMA.names == ["url", *(column.name for column in COLUMNS)]
    assert SCHEMA.field("temperature").metadata[b"unit"] == "°C".encode()


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("page", pa.int64()),
        ("start", pa.int32()),
        ("valid_time", pa.timestamp("us", "UTC")),
        ("lead_time", pa.duration("us")),
        ("weather_code", pa.uint8()),
        ("condition", pa.dictionary(pa.int8(), pa.string())),
        ("temperature", pa.float64()),
    ],
)
def test_types(column: str, kind: pa.DataType) -> None:
    assert SCHEMA.field(column).type == kind


@pytest.mark.parametrize("texts", [[], ["no weather"], [None], [WIDGET]])
def test_each_batch_gives_one_with_the_schema(texts: list[str]) -> None:
    given = pa.RecordBatch.from_arrays([pa.array(texts, pa.string())] * 2, ["text", "url"])
    [found] = extract_batches([given])
    assert found.schema.equals(SCHEMA)
    assert found.num_rows == 2 * (texts == [WIDGET])


def test_pages_are_counted_over_all_batches() -> None:
    one = batch(text=["nothing", WIDGET], url=["a", "b"])
    assert rows(one, one)["page"].to_pylist() == [1, 1, 3, 3]


@pytest.mark.parametrize(
    "reference",
    ["2025-10-16", date(2025, 10, 16), datetime(2025, 10, 16, tzinfo=UTC), "when"],
)
def test_reference_is_a_date_or_a_column(reference: Any) -> None:
    pages = batch(text=[WIDGET], url=["a"], when=[datetime(2025, 10, 16)])
    table = rows(pages, reference=reference)
    assert table["valid_time"][0].as_py() == datetime(2025, 10, 21, tzinfo=UTC)
    assert table["lead_time"][0].as_py() == timedelta(days=5)


def test_days_are_those_of_the_zone_and_times_utc() -> None:
    table = rows(batch(text=[WIDGET]), url=None, reference="2025-10-16", tz="Europe/Paris")
    assert table["valid_time"][0].as_py() == datetime(2025, 10, 20, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"text": "body"}, r"text: 'body' is not accepted; .*: 'text', 'n'"),
        ({"text": "n"}, r"text: 'n' is not accepted; .* int64"),
        ({"url": "link"}, r"url: 'link'"),
        ({"reference": "yesterday"}, r"reference: 'yesterday'"),
        ({"reference": "n"}, r"reference: 'n' .* int64"),
        ({"tz": "Mars/Olympus"}, r"tz: 'Mars/Olympus'"),
        ({"languages": ["xx"]}, r"'xx'"),
        ({"min_confidence": 2}, r"min_confidence: 2"),
    ],
)
def test_errors_name_argument_and_value(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        rows(batch(text=[WIDGET], n=[1]), **({"url": None} | options))


def test_a_table_is_no_batch() -> None:
    with pytest.raises(TypeError, match="Table"):
        list(extract_batches([pa.table({"text": [WIDGET]})]))


@given(st.lists(pages(), max_size=3))
def test_rows_are_those_of_extract_many(texts: list[str]) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    reference = "2025-10-16T08:30"
    given = pa.RecordBatch.from_arrays([pa.array(texts, pa.string())], ["text"])
    found = to_frame(extract_batches([given], url=None, reference=reference))
    expected = extract_many(texts, references=reference, tz="UTC")
    for name in expected:
        assert found[name].isna().tolist() == expected[name].isna().tolist()
        assert found[name].dropna().tolist() == expected[name].dropna().tolist()


def test_frame_has_the_dtypes_of_extract() -> None:
    found = to_frame([to_batch([])]).dtypes
    expected = extract_many([]).dtypes
    for name in ("condition", "weather_code", "temperature", "location", "lead_time"):
        assert str(found[name]) == str(expected[name])


def test_extractor_can_be_sent_to_another_process() -> None:
    extractor = Extractor("Europe/Paris", ["en"], {"condition": {"rain light": ["spitting"]}}, 0.9)
    assert pickle.loads(pickle.dumps(extractor)) == extractor
