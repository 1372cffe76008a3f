"""The engines give the rows of one process, also if a worker dies in the middle."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset
import pytest
from java import java_home
from warcs import record

from weatherscrape import warc
from weatherscrape.arrow import extract_batches, to_frame
from weatherscrape.errors import ArgumentError

pytestmark = pytest.mark.filterwarnings("default")

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TEXTS = [
    f"Ferry times\n\n{DAYS[n % 7]}\n{n % 30} °C\nfog\n{DAYS[(n + 1) % 7]}\n{n % 25} °C\nlight rain"
    if n % 3
    else f"The council met on Monday at {n}."
    for n in range(60)
]
PAGES = pa.table(
    {
        "text": TEXTS,
        "url": [f"https://example.org/{number}" for number in range(len(TEXTS))],
        "captured": ["2025-10-16"] * len(TEXTS),
    }
)


def die_once(marker: Path, process: int) -> None:
    """Kill a process, if nobody did so before."""
    try:
        marker.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(process, signal.SIGKILL)


def batches_or_death(batches: Iterable[pa.RecordBatch], marker: Path) -> Iterator[pa.RecordBatch]:
    """Batches as they are; where the fifteenth page is, the executor dies the first time."""
    for batch in batches:
        if TEXTS[14] in batch["text"].to_pylist():
            die_once(marker, os.getppid())
        yield batch


def frame_or_death(pages: pd.DataFrame, marker: Path) -> pd.DataFrame:
    if len(pages) and (pages["text"] == TEXTS[14]).any():
        die_once(marker, os.getpid())
    return pages


def file_or_death(path: str, folder: Path, marker: Path, spark: bool) -> str:
    if path.endswith("1.wet"):
        die_once(marker, os.getppid() if spark else os.getpid())
    return str(warc.to_parquet(path, folder)[0])


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows with what does not depend on how pages were parted."""
    frame = frame.drop(columns="page").sort_values(["url", "start"], ignore_index=True)
    return frame.astype({name: "str" for name in frame.select_dtypes("category")})


@pytest.fixture(scope="module")
def expected() -> pd.DataFrame:
    frame = in_order(to_frame(extract_batches(PAGES.to_batches(), reference="captured")))
    assert len(frame) == 2 * 40
    return frame


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("archives")
    for number in range(4):
        path = folder / f"{number}.wet"
        path.write_bytes(b"".join(record(TEXTS[n], n) for n in range(number, len(TEXTS), 4)))
    return sorted(map(str, folder.iterdir()))


def stored(folder: Path) -> pd.DataFrame:
    return in_order(to_frame(pyarrow.dataset.dataset(folder).to_table().to_batches()))


@pytest.fixture(scope="module")
def rows_of_archives(archives: list[str]) -> pd.DataFrame:
    return in_order(to_frame(part.rows for part in warc.extract(archives)))


# --- Spark ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    os.environ["JAVA_HOME"] = java_home(tmp_path_factory.mktemp("java"))
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.python.use.daemon": "false",  # the parent of a Python process is its executor
        "spark.python.worker.reuse": "false",
        "spark.local.dir": str(tmp_path_factory.mktemp("spark")),
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(sys.path),
        "spark.sql.session.timeZone": "UTC",
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    running = builder.getOrCreate()
    yield running
    running.stop()


def test_spark_gives_the_rows_of_one_process_though_an_executor_dies(
    session: object, expected: pd.DataFrame, tmp_path: Path
) -> None:
    from weatherscrape import spark

    rows = [tuple(row.values()) for row in PAGES.to_pylist()]
    pages = session.createDataFrame(rows, "text string, url string, captured string")  # type: ignore[attr-defined]
    marker = tmp_path / "died"
    pages = pages.repartition(4).mapInArrow(partial(batches_or_death, marker=marker), pages.schema)
    found = spark.extract(pages, reference="captured").toArrow()
    assert marker.exists()
    frame = in_order(found.to_pandas()).astype(expected.dtypes)
    pd.testing.assert_frame_equal(frame, expected)


def test_spark_writes_each_archive_once_though_an_executor_dies(
    session: object, archives: list[str], rows_of_archives: pd.DataFrame, tmp_path: Path
) -> None:
    marker, folder = tmp_path / "died", tmp_path / "weather"
    task = partial(file_or_death, folder=folder, marker=marker, spark=True)
    context = session.sparkContext  # type: ignore[attr-defined]
    context.parallelize(archives, len(archives)).map(task).collect()
    assert marker.exists()
    pd.testing.assert_frame_equal(stored(folder), rows_of_archives)


def test_spark_says_at_once_what_it_does_not_accept(session: object) -> None:
    from weatherscrape import spark

    pages = session.createDataFrame([("a",)], "text string")  # type: ignore[attr-defined]
    with pytest.raises(ArgumentError, match="min_confidence"):
        spark.extract(pages, url=None, min_confidence=2)


# --- Dask ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client() -> Iterator[object]:
    from dask.distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as connected,
    ):
        yield connected


def test_dask_gives_the_rows_of_one_process_though_a_worker_dies(
    client: object, expected: pd.DataFrame, tmp_path: Path
) -> None:
    import dask.dataframe

    from weatherscrape import dask as adapter

    pages = dask.dataframe.from_pandas(PAGES.to_pandas(), npartitions=4)
    marker = tmp_path / "died"
    pages = pages.map_partitions(frame_or_death, marker, meta=pages._meta)
    rows = adapter.extract(pages, reference="captured")
    assert list(rows.columns)[1:] == list(to_frame([]).columns)[1:]
    frame = rows.compute()
    assert marker.exists()
    pd.testing.assert_frame_equal(in_order(frame).astype(expected.dtypes), expected)


def test_dask_writes_each_archive_once_though_a_worker_dies(
    client: object, archives: list[str], rows_of_archives: pd.DataFrame, tmp_path: Path
) -> None:
    marker, folder = tmp_path / "died", tmp_path / "weather"
    task = partial(file_or_death, folder=folder, marker=marker, spark=False)
    client.gather(client.map(task, archives, retries=2))  # type: ignore[attr-defined]
    assert marker.exists()
    pd.testing.assert_frame_equal(stored(folder), rows_of_archives)


def test_dask_says_at_once_what_it_does_not_accept() -> None:
    import dask.dataframe

    from weatherscrape import dask as adapter

    pages = dask.dataframe.from_pandas(PAGES.to_pandas(), npartitions=1)
    with pytest.raises(ArgumentError, match="min_confidence"):
        adapter.extract(pages, min_confidence=2)
