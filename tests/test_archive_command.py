"""The command on archives: what it writes, what it tells, and how it ends."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow.parquet import write_table
from test_cli import extract_command
from warcs import WIDGET, record


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Of four records the third is damaged."""
    members = [gzip.compress(record(WIDGET if n else "nothing", n)) for n in range(4)]
    members[2] = members[2][:-9]
    path = tmp_path / "archive"
    path.write_bytes(b"".join(members))
    return path


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / "whole"
    path.write_bytes(b"".join(gzip.compress(record(WIDGET, n)) for n in range(3)))
    return path


@pytest.mark.parametrize("jobs", [1, 2])
def test_rows_go_to_a_file(jobs: int, whole: Path) -> None:
    output = whole.with_name("weather.parquet")
    assert extract_command(whole, "--format", "parquet", "-o", output, "--jobs", jobs) == 0
    stored = pd.read_parquet(output)
    assert stored["page"].tolist() == [0, 0, 1, 1, 2, 2]
    assert stored["url"][0] == "https://example.org/0"
    assert str(stored["valid_time"][0]) == "2025-10-21 00:00:00+00:00"


@pytest.mark.parametrize(("form", "lines"), [("table", 7), ("csv", 7), ("json", 6)])
def test_rows_go_to_standard_output(
    form: str, lines: int, whole: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert extract_command(whole, "--format", form) == 0
    out, err = capsysbinary.readouterr()
    assert len(out.splitlines()) == lines
    assert err == b""


def test_broken_records_are_told_at_the_end(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert extract_command(archive, "--format", "json") == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["page"] for line in out.splitlines()] == [1, 1, 2, 2]
    at = sum(len(gzip.compress(record(WIDGET if n else "nothing", n))) for n in range(2))
    first, second = err.splitlines()
    assert first == "weatherscrape: 1 broken record skipped:"
    assert f"{archive}: byte {at}: " in second


def test_strict_keeps_what_stands_before(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = archive.with_name("weather.csv")
    assert extract_command(archive, "--format", "csv", "-o", output, "--strict") == 1
    assert pd.read_csv(output)["page"].tolist() == [1, 1]
    (line,) = capsys.readouterr().err.splitlines()
    assert f"{archive}: byte " in line


def test_archive_may_be_standard_input(whole: Path) -> None:
    line = [sys.executable, "-m", "weatherscrape.cli", "extract", "--format", "json"]
    done = subprocess.run(line, input=whole.read_bytes(), capture_output=True, check=True)
    assert len(done.stdout.splitlines()) == 6
    assert done.stderr == b""


def test_archives_and_pages_together(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = whole.with_name("page.txt")
    page.write_text(WIDGET, encoding="utf-8")
    arguments = (page, whole, "--format", "json", "--reference", "2024-01-01")
    assert extract_command(*arguments) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["valid_time"][:10] for row in found[:4:2]] == ["2024-01-02", "2025-10-21"]


def test_columns_of_parquet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pages"
    write_table(pa.table({"body": [WIDGET], "link": ["x"], "day": ["2025-10-16"]}), path)
    assert extract_command(path) == 2
    assert "text: 'text'" in capsys.readouterr().err
    columns = ("--text-column", "body", "--url-column", "link", "--reference-column", "day")
    assert extract_command(path, "--format", "json", *columns) == 0
    row = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (row["url"], row["valid_time"][:10]) == ("x", "2025-10-21")


def test_no_weather_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty"
    path.write_bytes(record("nothing"))
    assert extract_command(path) == 0
    assert capsys.readouterr() == ("", "weatherscrape: no weather found\n")


def test_progress_is_for_a_terminal(
    whole: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    output = whole.with_name("weather.csv")
    assert extract_command(whole, "--format", "csv", "-o", output) == 0
    shown = terminal.getvalue()
    assert "3 pages, 3 snippets" in shown
    assert "100%" in shown


@pytest.mark.parametrize(
    ("arguments", "status"), [(["--jobs", "0"], 2), (["--tz", "Mars"], 2), (["missing"], 1)]
)
def test_wrong_arguments(
    arguments: list[str], status: int, whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert extract_command(whole, *arguments) == status
    (line,) = capsys.readouterr().err.splitlines()
    assert arguments[-1] in line


def test_output_that_cannot_be_written(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = whole.parent / "missing" / "weather"
    assert extract_command(whole, "--format", "csv", "-o", output) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"weatherscrape: {output}: No such file or directory"


def test_interrupt_leaves_no_file(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("weatherscrape.jobs.to_batch", interrupt)
    output = whole.with_name("weather.csv")
    assert extract_command(whole, "--format", "csv", "-o", output) == 130
    assert [path.name for path in whole.parent.iterdir()] == ["whole"]
