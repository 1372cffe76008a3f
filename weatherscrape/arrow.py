"""Record batches of pages in, record batches of rows out: for streams that no frame should hold.

:data:`SCHEMA` is `url` and the columns of the frame, whatever the input: a column has one type,
and times are in UTC. Dask, DuckDB, Polars, Ray and Spark all speak Arrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cache, cached_property
from typing import Any, Final

import pandas as pd

from .errors import ArgumentError, missing_extra
from .extract import least_bits, may_find_in, records_of
from .resolve import Record, Reference, read_reference, read_timezone
from .schema import CODES, COLUMNS, Column, Type
from .vocabulary import Lexicon, Words, lexicon

try:
    import pyarrow as pa
except ModuleNotFoundError as error:
    raise missing_extra("warc", "pyarrow") from error

_MICROSECONDS: Final = pa.timestamp("us", tz="UTC")
_TYPES: Final[Mapping[Type, pa.DataType]] = {
    Type.INTEGER: pa.int32(),
    Type.CODE: pa.uint8(),
    Type.FLOAT: pa.float64(),
    Type.STRING: pa.string(),
    Type.BOOLEAN: pa.bool_(),
    Type.CATEGORY: pa.dictionary(pa.int8(), pa.string()),
    Type.DATETIME: _MICROSECONDS,
    Type.DURATION: pa.duration("us"),
}
_CODES: Final = {name: {None: None, **codes} for name, codes in CODES.items()}
_CATEGORIES: Final = {name: pa.array(list(codes), pa.string()) for name, codes in CODES.items()}


def _field(column: Column) -> pa.Field:
    stated = {
        "unit": column.unit,
        "meaning": column.meaning,
        "standard_name": column.standard_name,
    }
    # An archive has more pages than an int32 counts.
    kind = pa.int64() if column.name == "page" else _TYPES[column.type]
    return pa.field(column.name, kind, metadata={k: v for k, v in stated.items() if v})


SCHEMA: Final = pa.schema(
    [
        pa.field("url", pa.string(), metadata={"meaning": "address of the page"}),
        *(_field(column) for column in COLUMNS),
    ]
)

_FIELDS: Final = [(field.name, field.type) for field in SCHEMA]


@dataclass(frozen=True)
class Extractor:
    """What pages are read with. It can be sent to another process.

    Raises an :class:`ArgumentError` as :func:`weatherscrape.extract` does, when it is made.
    """

    tz: str | tzinfo | None = "UTC"
    languages: Sequence[str] | None = None
    words: Words | None = None
    min_confidence: float = 0.5

    def __post_init__(self) -> None:
        _ = self._least

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.tz, self.languages, self.words, self.min_confidence)

    @cached_property
    def _parts(self) -> tuple[tzinfo | None, Lexicon, float]:
        zone = read_timezone("UTC" if self.tz is None else self.tz)
        return zone, lexicon(self.languages, self.words), least_bits(self.min_confidence)

    @cached_property
    def _least(self) -> float:
        return self._parts[2]

    @property
    def zone(self) -> tzinfo | None:
        """Where the pages are from: what their days and hours are counted in."""
        return self._parts[0]

    def may_find(self, text: bytes) -> bool:
        """Whether a page in UTF-8 can have records."""
        return may_find_in(text, self._least)

    def records(
        self, text: str, reference: Reference, page: int, url: str | None
    ) -> Iterator[Record]:
        """Records of one page, with every column of :data:`SCHEMA`."""
        zone, words, least = self._parts
        moment = read_reference(reference, zone)
        for record in records_of(text, moment, zone, words, least):
            record["page"], record["url"] = page, url
            yield record


def to_batch(records: Iterable[Record]) -> pa.RecordBatch:
    """One batch of all records.

    >>> to_batch([{"page": 0, "url": "https://example.org", "weekday": "tue"}])["weekday"][0]
    <pyarrow.DictionaryScalar: 'tue'>
    """
    rows = list(records)
    return _batch(rows) if rows else _no_rows()


@cache
def _no_rows() -> pa.RecordBatch:
    """Made once: nearly every part of a crawl ends here."""
    return _batch([])


def _batch(rows: Sequence[Record]) -> pa.RecordBatch:
    return pa.record_batch(
        [_array(name, kind, [row.get(name) for row in rows]) for name, kind in _FIELDS],
        schema=SCHEMA,
    )


def _array(name: str, kind: pa.DataType, values: Sequence[Any]) -> pa.Array:
    if name in _CATEGORIES:
        codes = _CODES[name]
        numbers = pa.array([codes[value] for value in values], pa.int8())
        return pa.DictionaryArray.from_arrays(numbers, _CATEGORIES[name])
    if values.count(None) == len(values):
        return pa.nulls(len(values), kind)
    return pa.array(values, kind)


def to_frame(batches: Iterable[pa.RecordBatch]) -> pd.DataFrame:
    """One frame of all batches, with the dtypes that :func:`weatherscrape.extract` gives.

    >>> to_frame([]).dtypes["weather_code"]
    UInt8Dtype()
    """
    table = pa.Table.from_batches(batches, SCHEMA)
    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.uint8(): pd.UInt8Dtype()}.get)
    return frame


def extract_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    text: str = "text",
    url: str | None = "url",
    reference: str | date | datetime | None = None,
    tz: str | tzinfo | None = "UTC",
    languages: Sequence[str] | None = None,
    words: Words | None = None,
    min_confidence: float = 0.5,
) -> Iterator[pa.RecordBatch]:
    """Read the weather that batches of pages carry, one batch of rows for each batch of pages.

    Parameters
    ----------
    batches
        The pages, a row each. Consumed one by one.
    text
        The column of their texts: strings, or UTF-8 as bytes. None gives no rows.
    url
        The column of their addresses; None if there is none.
    reference
        The column of when they were published (timestamps, dates or ISO 8601 strings), or one date
        for all. None leaves `valid_time` null.
    tz
        Time zone of the places. Times of the rows are in UTC.
    languages, words, min_confidence
        As in :func:`weatherscrape.extract`.

    Yields
    ------
    RecordBatch
        Rows with :data:`SCHEMA`. `page` counts the rows of all batches.

    Raises
    ------
    TypeError
        If a batch is no record batch.
    ArgumentError
        If a column is not there or of another type, or as :func:`weatherscrape.extract`.

    Examples
    --------
    >>> import pyarrow as pa
    >>> pages = {"text": ["no weather", "Tue 14°C fog"], "url": ["https://a.org", "https://b.org"]}
    >>> batches = extract_batches([pa.RecordBatch.from_pydict(pages)], reference="2025-10-16")
    >>> pa.Table.from_batches(batches).select(["url", "page", "valid_time"]).to_pylist()
    [{'url': 'https://b.org', 'page': 1, 'valid_time': datetime.datetime(2025, 10, 21, 0, 0, ...)}]
    """
    extractor = Extractor(tz, languages, words, min_confidence)
    return _extracted(batches, text, url, reference, extractor)


def _extracted(
    batches: Iterable[pa.RecordBatch],
    text: str,
    url: str | None,
    reference: Reference,
    extractor: Extractor,
) -> Iterator[pa.RecordBatch]:
    before = 0
    for batch in batches:
        if not isinstance(batch, pa.RecordBatch):
            raise TypeError(f"batches holds a {type(batch).__name__}; give pyarrow.RecordBatch")
        pages = columns(batch, text, url, reference)
        yield to_batch(
            record
            for number, (data, address, moment) in enumerate(pages, before)
            if data is not None and extractor.may_find(data)
            for record in extractor.records(
                data.decode("utf-8", "replace"), moment, number, address
            )
        )
        before += batch.num_rows


def columns(
    batch: pa.RecordBatch, text: str, url: str | None, reference: Reference
) -> Iterator[tuple[bytes | None, str | None, Any]]:
    """Text as bytes, address and reference of each row of a batch."""
    size = batch.num_rows
    texts = _column(batch, "text", text, _is_text).cast(pa.large_binary())
    none = pa.nulls(size)
    urls = none if url is None else _column(batch, "url", url, _is_string)
    moments: Iterable[Any]
    if isinstance(reference, str) and reference in batch.schema.names:
        moments = _column(batch, "reference", reference, _is_moment).to_pylist()
    else:
        one = _one_reference(batch, reference)
        moments = (one for _ in range(size))
    for data, address, moment in zip(texts, urls, moments, strict=True):
        yield data.as_py(), address.as_py(), moment


def _one_reference(batch: pa.RecordBatch, reference: Reference) -> Reference:
    try:
        read_reference(reference, None)
    except ArgumentError:
        accepted = f"a date or a column that there is: {_names(batch)}"
        raise ArgumentError("reference", reference, accepted) from None
    return reference


def _column(batch: pa.RecordBatch, argument: str, name: str, fits: Any) -> pa.Array:
    if batch.schema.names.count(name) != 1:
        raise ArgumentError(argument, name, f"a column that there is: {_names(batch)}")
    column = batch.column(name)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not fits(column.type):
        accepted = f"a column of {_KINDS[argument]}; this one has {column.type}"
        raise ArgumentError(argument, name, accepted)
    return column


_KINDS: Final = {
    "text": "strings or bytes",
    "url": "strings",
    "reference": "timestamps, dates or strings",
}


def _names(batch: pa.RecordBatch) -> str:
    return ", ".join(map(repr, batch.schema.names)) or "there is none"


def _is_string(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)
    )


def _is_text(kind: pa.DataType) -> bool:
    return _is_string(kind) or bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _is_moment(kind: pa.DataType) -> bool:
    return _is_string(kind) or bool(pa.types.is_timestamp(kind) or pa.types.is_date(kind))
