"""A Dask DataFrame of pages in, one of rows out: :func:`weatherscrape.arrow.extract_batches`."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from .arrow import Extractor, extract_batches, to_frame
from .errors import missing_extra

try:
    import dask.dataframe  # noqa: F401 (what is not installed, is said here)
except ModuleNotFoundError as error:
    raise missing_extra("dask", "dask") from error

if TYPE_CHECKING:
    from dask.dataframe import DataFrame


def extract(
    pages: DataFrame,
    *,
    text: str = "text",
    url: str | None = "url",
    reference: str | date | datetime | None = None,
    **options: Any,
) -> DataFrame:
    """Read the weather that a DataFrame of pages carries, partition by partition.

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
        `url` and the columns of the frame, typed before anything is computed. `page` counts the
        pages of a partition: what names a page is its `url`.

    Raises
    ------
    ArgumentError
        If an argument is not accepted; if a column is not there, when Dask computes it.

    Examples
    --------
    ::

        import dask.dataframe as dd
        from weatherscrape import dask

        pages = dd.read_parquet("pages/")
        dask.extract(pages, reference="captured").to_parquet("weather/")
    """
    Extractor(**options)  # what is wrong with these, is said here
    options |= {"text": text, "url": url, "reference": reference}
    return pages.map_partitions(_rows, options, meta=to_frame([]))


def _rows(pages: pd.DataFrame, options: dict[str, Any]) -> pd.DataFrame:
    batch = pa.RecordBatch.from_pandas(pages, preserve_index=False)
    return to_frame(extract_batches([batch], **options))
