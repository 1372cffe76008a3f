"""The command: formats, HTML, encodings, and one clear line for whatever goes wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import weatherscrape
from weatherscrape import cli, extract
from weatherscrape.cli import main

PAGE = "Mon 21:00\nlight rain\n12.7\n°\nC\nTue\n15.09\nmostlycloudy"
HTML = "<!DOCTYPE html><title>Sat</title><p>Mon<br>12&deg;C<br>fog<script>Tue 99°C rain</script>"

Run = subprocess.CompletedProcess[bytes]


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return written(tmp_path / "page.txt", PAGE.encode())


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def extract_command(*arguments: str | Path) -> int:
    return main(["extract", *map(str, arguments)])


def command(*arguments: str | Path, **options: Any) -> Run:
    """The real command, in a process of its own."""
    line = [sys.executable, "-m", "weatherscrape.cli", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, check=False, **options)


# --- what it prints ------------------------------------------------------------------------------


def test_table_has_only_columns_that_hold_something(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert extract_command(page) == 0
    out, err = capsys.readouterr()
    head, first, second = out.splitlines()
    assert head.split() == [
        *("weekday", "time", "temperature", "condition", "intensity"),
        *("weather_code", "condition_text", "confidence"),
    ]
    assert first.split()[:5] == ["mon", "21:00", "12.7", "rain", "light"]
    assert second.split()[:3] == ["tue", "15.09", "mostly_cloudy"]
    assert err == ""


def test_reference_and_tz_resolve_times(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_command(page, "--reference", "2025-10-16", "--tz", "Europe/Paris") == 0
    first = capsys.readouterr().out.splitlines()[1]
    assert first.split()[:5] == ["2025-10-20", "21:00:00+02:00", "4", "days", "21:00:00"]


def test_several_pages_are_one_table(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = written(page.with_name("empty.txt"), b"no weather")
    assert extract_command(page, empty, page) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[0] == "page"
    assert [row.split()[0] for row in rows] == ["0", "0", "2", "2"]


def test_csv_has_every_column(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_command(page, "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == list(extract("").columns)
    assert [row["temperature"] for row in rows] == ["12.7", "15.09"]


def test_json_is_a_record_a_line_with_iso_times(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert extract_command(page, "--format", "json", "--reference", "2025-10-16") == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["valid_time"].startswith("2025-10-20T21:00:00")
    assert first["lead_time"] == "P4DT21H0M0S"
    assert first["weather_code"] == 61
    assert second["intensity"] is None


def test_parquet_is_the_frame(page: Path) -> None:
    output = page.with_suffix(".parquet")
    assert extract_command(page, "--format", "parquet", "-o", output) == 0
    stored = pd.read_parquet(output)
    assert list(stored) == list(extract("").columns)
    assert stored["condition"].tolist() == ["rain", "mostly_cloudy"]
    assert stored.attrs["units"]["temperature"] == "°C"


def test_output_goes_to_a_file(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = page.with_suffix(".csv")
    assert extract_command(page, "--format", "csv", "-o", output) == 0
    assert capsys.readouterr().out == ""
    assert pd.read_csv(output)["temperature"].tolist() == [12.7, 15.09]


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input_is_a_page(arguments: tuple[str, ...]) -> None:
    done = command("extract", "--format", "json", *arguments, input=PAGE.encode())
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2


def test_output_is_utf_8_whatever_the_terminal() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = command("extract", input="Mon\n12 °C\nlight\u00a0rain".encode(), env=environment)
    assert done.returncode == 0
    assert "light\u00a0rain" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_no_weather_is_an_empty_table_and_a_note(form: str, tmp_path: Path) -> None:
    done = command("extract", "--format", form, input=b"Nothing here.")
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == ["weatherscrape: no weather found"]
    assert len(done.stdout.splitlines()) == (form == "csv")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"weatherscrape {weatherscrape.__version__}\n"


# --- HTML and encodings --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["page.html", "PAGE.HTM", "page.txt"])
def test_html_is_known_by_name_or_content(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert extract_command(written(tmp_path / name, HTML.encode()), "--format", "json") == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["weekday"], row["temperature"], row["condition"]) == ("mon", 12, "fog")


def test_html_without_its_extra_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "resiliparse.extract.html2text", None)
    assert extract_command(written(tmp_path / "page.html", HTML.encode())) == 1
    assert one_line(capsys) == "Resiliparse is needed: pip install 'weatherscrape[html]'"


def test_parquet_without_its_extra_names_it(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pandas.io.parquet.pyarrow", None)
    assert extract_command(page, "--format", "parquet", "-o", page.with_suffix(".parquet")) == 1
    assert one_line(capsys) == "pyarrow is needed: pip install 'weatherscrape[parquet]'"


def test_encoding_is_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = written(tmp_path / "page.txt", PAGE.encode("latin-1"))
    assert extract_command(page) == 1
    message = one_line(capsys)
    assert "byte 0xb0 in position 26" in message
    assert "--encoding" in message
    assert extract_command(page, "--encoding", "latin-1") == 0


def test_byte_order_mark_is_no_part_of_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = written(tmp_path / "page.txt", PAGE.encode("utf-8-sig"))
    assert extract_command(page, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["weekday"] == "mon"


# --- what goes wrong -----------------------------------------------------------------------------


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """The message on standard error, if it is one line and all there is."""
    out, err = capsys.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    return line.removeprefix("weatherscrape: ")


def test_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_command(tmp_path / "none.txt") == 1
    assert one_line(capsys).endswith("none.txt: No such file or directory")


def test_directory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_command(tmp_path) == 1
    assert str(tmp_path) in one_line(capsys)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_output_that_cannot_be_written(
    form: str, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = page.parent / "missing" / "weather"
    assert extract_command(page, "--format", form, "-o", output) == 1
    assert str(output) in one_line(capsys)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--reference", "yesterday-ish"], "--reference: 'yesterday-ish'"),
        (["--tz", "Mars/Olympus"], "tz: 'Mars/Olympus'"),
        (["--encoding", "utf-9"], "--encoding: 'utf-9'"),
        (["--encoding", "base64"], "--encoding: 'base64'"),
        (["--format", "parquet"], "--format: 'parquet'"),
    ],
)
def test_wrong_arguments(
    arguments: list[str], named: str, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert extract_command(page, *arguments) == 2
    assert one_line(capsys).startswith(named)


@pytest.mark.parametrize("arguments", [[], ["remove"], ["extract", "--format", "xlsx"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage: weatherscrape" in capsys.readouterr().err


def test_broken_pipe_is_quiet(page: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        line = [sys.executable, "-m", "weatherscrape.cli", "extract", str(page)]
        done = subprocess.run(line, stdout=write, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_interrupt_is_quiet(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "extract_many", interrupt)
    assert extract_command(page) == 130
    assert capsys.readouterr().err == ""


def test_installed_command() -> None:
    name = "weatherscrape.exe" if os.name == "nt" else "weatherscrape"
    installed = Path(sys.executable).parent / name
    if not installed.exists():
        pytest.skip("the project is not installed here")
    done = subprocess.run([installed, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"weatherscrape {weatherscrape.__version__}\n"
