"""A Spark DataFrame of pages in, one of rows out: :func:`weatherscrape.arrow.extract_batches`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from .arrow import SCHEMA, Extractor, extract_batches
from .errors import missing_extra

try:
    from pyspark.sql.pandas.types import from_arrow_schema
except ModuleNotFoundError as error:
    raise missing_extra("spark", "pyspark") from error

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def _known(kind: pa.DataType) -> pa.DataType:
    """The type that Spark has for one: it has no categories, and no numbers without a sign."""
    if pa.types.is_dictionary(kind):
        return kind.value_type
    return pa.int16() if kind == pa.uint8() else kind


SPARK_SCHEMA: Final = pa.schema([pa.field(field.name, _known(field.type)) for field in SCHEMA])


def extract(
    pages: DataFrame,
    *,
    text: str = "text",
    url: str | None = "url",
    reference: str | date | datetime | None = None,
    **options: Any,
) -> DataFrame:
    """Read the weather that a DataFrame of pages carries; nothing is shuffled.

    Parameters
    ----------
    pages
        The pages, a row each.
    text, url, reference
        Columns, as in :func:`weatherscrape.arrow.extract_batches`.
    **options
        `tz`, `languages`, `words` and `min_confidence`, as there.

    Returns
    -------
    DataFrame
        The columns of :data:`weatherscrape.arrow.SCHEMA`, with categories as strings. `page` counts
        the pages of a partition: what names a page is its `url`.

    Raises
    ------
    ArgumentError
        If an argument is not accepted; if a column is not there, when Spark runs it.

    Examples
    --------
    ::

        from pyspark.sql import SparkSession
        from weatherscrape import spark

        pages = SparkSession.builder.getOrCreate().read.parquet("pages/")
        spark.extract(pages, reference="captured").write.parquet("weather/")
    """
    Extractor(**options)  # what is wrong with these, is said here
    options |= {"text": text, "url": url, "reference": reference}
    return pages.mapInArrow(partial(_rows, options=options), from_arrow_schema(SPARK_SCHEMA))


def _rows(batches: Iterable[pa.RecordBatch], options: dict[str, Any]) -> Iterator[pa.RecordBatch]:
    found = extract_batches(batches, **options)
    for batch in found:
        yield from pa.Table.from_batches([batch]).cast(SPARK_SCHEMA).to_batches()
