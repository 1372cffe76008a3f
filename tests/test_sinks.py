"""Files of rows: written as a stream, whole or not there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from weatherscrape import ArgumentError, extract
from weatherscrape.arrow import SCHEMA, extract_batches
from weatherscrape.sinks import replacing, writing

WIDGET = "Tue\n14 °C\nfog\nWed\n15 °C\nlight rain"
READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "parquet": pd.read_parquet,
    "csv": pd.read_csv,
    "json": lambda path: pd.read_json(path, lines=True),
}


@pytest.fixture
def batch() -> pa.RecordBatch:
    pages = pa.RecordBatch.from_pydict({"text": [WIDGET], "url": ["https://example.org"]})
    [rows] = extract_batches([pages], reference="2025-10-16")
    return rows


@pytest.mark.parametrize("form", READERS)
def test_batches_become_one_file(form: str, batch: pa.RecordBatch, tmp_path: Path) -> None:
    output = tmp_path / "weather"
    with writing(output, form) as write:
        for rows in (batch, batch.slice(0, 0), batch):
            write(rows)
    stored = READERS[form](output)
    assert stored["temperature"].tolist() == [14, 15, 14, 15]
    assert list(stored) == SCHEMA.names
    assert [path.name for path in tmp_path.iterdir()] == ["weather"]


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_no_rows_have_all_columns(form: str, tmp_path: Path) -> None:
    with writing(tmp_path / "weather", form):
        pass
    assert list(READERS[form](tmp_path / "weather")) == SCHEMA.names


def test_json_is_what_the_frame_gives(batch: pa.RecordBatch, tmp_path: Path) -> None:
    with writing(tmp_path / "weather", "json") as write:
        write(batch)
    first = json.loads((tmp_path / "weather").read_text(encoding="utf-8").splitlines()[0])
    assert first["valid_time"] == "2025-10-21T00:00:00.000Z"
    assert first["lead_time"] == "P5DT0H0M0S"
    assert (first["weather_code"], first["condition"]) == (45, "fog")


def test_parquet_keeps_types_and_units(batch: pa.RecordBatch, tmp_path: Path) -> None:
    with writing(tmp_path / "weather") as write:
        write(batch)
    stored = pa.parquet.read_table(tmp_path / "weather").schema
    assert stored.equals(SCHEMA)
    assert stored.field("temperature").metadata[b"unit"] == "°C".encode()


@pytest.mark.parametrize("form", READERS)
def test_what_fails_leaves_the_file_that_was_there(
    form: str, batch: pa.RecordBatch, tmp_path: Path
) -> None:
    output = tmp_path / "weather"
    output.write_text("before")
    with pytest.raises(KeyboardInterrupt), writing(output, form) as write:
        write(batch)
        raise KeyboardInterrupt
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("weather", "before")]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal")
def test_killed_run_leaves_no_file_of_that_name(tmp_path: Path) -> None:
    code = """
import os, signal, sys
from weatherscrape.arrow import to_batch
from weatherscrape.sinks import writing
with writing(sys.argv[1], "csv") as write:
    for _ in range(3):
        write(to_batch([{"page": 0}] * 10_000))
    os.kill(os.getpid(), signal.SIGKILL)
"""
    output = tmp_path / "weather.csv"
    done = subprocess.run([sys.executable, "-c", code, output], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not output.exists()


def test_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("before")
    link.symlink_to(target)
    with replacing(link) as file:
        file.write(b"after")
    assert link.is_symlink()
    assert target.read_text() == "after"


@pytest.mark.skipif(not Path(os.devnull).exists(), reason="no such device")
def test_device_is_written_to() -> None:
    with replacing(os.devnull) as file:
        file.write(b"gone")
    assert not Path(os.devnull).is_file()


def test_form_is_checked(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="form: 'xlsx'"), writing(tmp_path / "x", "xlsx"):
        pass


def test_text_is_that_of_the_command(batch: pa.RecordBatch, tmp_path: Path) -> None:
    with writing(tmp_path / "weather", "csv") as write:
        write(batch)
    lines = (tmp_path / "weather").read_text(encoding="utf-8").splitlines()
    frame = extract(WIDGET, reference="2025-10-16", tz="UTC")
    assert [line.partition(",")[2] for line in lines] == frame.to_csv(index=False).splitlines()
