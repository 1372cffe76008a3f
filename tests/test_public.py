"""The public surface: names, imports, errors, the frame that comes out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

import weatherscrape as ws
from weatherscrape.schema import COLUMNS

PAGES = ["Mon 12°C fog\nTue 14°C rain", "no weather", "Wed 9°C\nsnow\n\nHumidity: 81%"]


def test_names() -> None:
    assert ws.__all__ == [
        "ArgumentError",
        "VocabularyError",
        "WeatherscrapeError",
        "extract",
        "extract_many",
        "find",
        "remove",
        "remove_many",
        "render",
        "tokenize",
    ]
    assert all(hasattr(ws, name) for name in ws.__all__)


@pytest.mark.parametrize("package", ["hypothesis", "pyarrow", "resiliparse"])
def test_optional_packages_are_not_needed(package: str) -> None:
    code = f"""
import sys
sys.modules["{package}"] = None
import weatherscrape
assert len(weatherscrape.extract("Mon 12 C fog")) == 1
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


@pytest.mark.parametrize("package", ["hypothesis", "resiliparse"])
def test_optional_packages_are_imported_when_they_are_used(package: str) -> None:
    code = f"import sys, weatherscrape; sys.exit('{package}' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


# --- frames --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "Nothing here.", PAGES[0]])
@pytest.mark.parametrize("tz", [None, "UTC", "America/New_York"])
def test_every_frame_has_the_columns(text: str, tz: str | None) -> None:
    frame = ws.extract(text, tz=tz)
    assert list(frame) == [column.name for column in COLUMNS]
    pd.testing.assert_series_equal(frame.dtypes, ws.extract("Fri 1°C hail", tz=tz).dtypes)
    assert isinstance(frame.index, pd.RangeIndex)


def test_an_empty_frame_is_nobody_elses() -> None:
    frame = ws.extract("")
    frame["more"] = 1
    assert "more" not in ws.extract("")


def test_many_pages_are_read_as_each_alone() -> None:
    together = ws.extract_many(PAGES, references="2025-10-16", tz="Europe/Paris")
    apart = [
        ws.extract(page, reference="2025-10-16", tz="Europe/Paris").assign(page=number)
        for number, page in enumerate(PAGES)
    ]
    expected = pd.concat([frame for frame in apart if len(frame)], ignore_index=True)
    pd.testing.assert_frame_equal(together, expected)


def test_pages_may_come_one_by_one_each_with_its_reference() -> None:
    frame = ws.extract_many(iter(PAGES), references=iter(["2025-10-16", None, "2025-11-01"]))
    moments = frame.groupby("page")["reference_time"].first()
    assert moments.to_dict() == {0: pd.Timestamp("2025-10-16"), 2: pd.Timestamp("2025-11-01")}


def test_attrs_describe_the_columns() -> None:
    attrs = ws.extract("").attrs
    assert attrs["units"]["wind_speed"] == "m/s"
    assert attrs["standard_names"]["lead_time"] == "forecast_period"
    assert attrs["meanings"].keys() == {column.name for column in COLUMNS}
    attrs["units"].clear()
    assert ws.extract("").attrs["units"]


@pytest.mark.parametrize(
    "reference",
    [
        "2025-10-16T21:30",
        datetime(2025, 10, 16, 21, 30),
        pd.Timestamp("2025-10-16 21:30"),
        datetime(2025, 10, 16, 21, 30, tzinfo=ZoneInfo("UTC")),
        "2025-10-16T23:30+02:00",
    ],
)
def test_a_reference_has_many_forms(reference: Any) -> None:
    frame = ws.extract(PAGES[0], reference=reference)
    assert frame["reference_time"][0] == pd.Timestamp("2025-10-16 21:30")


def test_a_date_is_its_midnight() -> None:
    frame = ws.extract(PAGES[0], reference=date(2025, 10, 16))
    assert frame["reference_time"][0] == pd.Timestamp("2025-10-16")


# --- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", [ws.extract, ws.find, ws.tokenize])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"Mon 12", r"text is bytes.*text\.decode\('utf-8'\)"),
        (None, "text is NoneType; give a str"),
        (12.7, "text is float"),
        (["Mon 12"], "text is list"),
    ],
)
def test_a_text_is_a_str(function: Callable[[Any], object], text: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        function(text)


@pytest.mark.parametrize("texts", ["Mon 12°C fog", b"Mon 12"])
def test_one_text_is_not_many(texts: Any) -> None:
    with pytest.raises(TypeError, match="texts is one"):
        ws.extract_many(texts)


def test_one_of_many_texts_is_named() -> None:
    with pytest.raises(TypeError, match=r"texts\[1\] is NoneType"):
        ws.extract_many(["Mon 12°C fog", None])  # type: ignore[list-item]


@pytest.mark.parametrize("reference", ["yesterday-ish", "", "2025-13-01", 20251016, pd.NaT])
def test_a_reference_is_a_date(reference: Any) -> None:
    with pytest.raises(ws.ArgumentError, match=r"^reference: .* is not accepted; give") as caught:
        ws.extract("Mon 12°C fog", reference=reference)
    assert caught.value.argument == "reference"
    assert caught.value.value is reference


@pytest.mark.parametrize("tz", ["Mars/Olympus", "", 2, "/etc/passwd", "../../etc/passwd"])
def test_a_tz_is_a_time_zone(tz: Any) -> None:
    with pytest.raises(ws.ArgumentError, match=r"^tz: "):
        ws.extract("Mon 12°C fog", tz=tz)


@pytest.mark.parametrize("references", [["2025-10-16"], ["2025-10-16"] * 4, []])
def test_references_are_as_many_as_texts(references: list[str]) -> None:
    with pytest.raises(ws.ArgumentError, match="as many as texts"):
        ws.extract_many(PAGES, references=references)


@pytest.mark.parametrize("function", [ws.extract, ws.find, ws.tokenize])
def test_languages_are_known_ones(function: Callable[..., object]) -> None:
    with pytest.raises(ws.ArgumentError, match=r"^languages: 'tlh'"):
        function("Mon 12°C fog", languages=["en", "tlh"])


@pytest.mark.parametrize(
    "words",
    [
        {"conditions": {"rain": ["pizzle"]}},
        {"condition": {"rainn": ["pizzle"]}},
        {"condition": {"rain wet": ["pizzle"]}},
        {"unit": {"furlong": ["fur"]}},
        {"weekday": {"moon": ["Mondy"]}},
        {"when": {"soon": ["anon"]}},
    ],
)
def test_words_are_those_of_a_language_file(words: Any) -> None:
    with pytest.raises(ws.VocabularyError, match=r"words \["):
        ws.extract("Mon 12°C fog", words=words)


def test_words_can_be_added() -> None:
    words = {"condition": {"drizzle light": ["pizzle"]}}
    assert ws.extract("Mon 12°C pizzle", words=words)["condition"].item() == "drizzle"
    assert ws.extract("Mon 12°C pizzle")["condition"].isna().all()


def test_errors_have_one_base() -> None:
    assert issubclass(ws.ArgumentError, ws.WeatherscrapeError)
    assert issubclass(ws.ArgumentError, ValueError)
    assert issubclass(ws.VocabularyError, ws.WeatherscrapeError)
    assert issubclass(ws.VocabularyError, ValueError)


def test_the_surest_rows_are_those_of_a_higher_confidence() -> None:
    page = "Mon 14\nTue 15 cloudy\n\n" + "The committee met in the hall. " * 4
    page += "\n\nTue\n14°\nfog\nWed\n15°\nrain"
    every, sure = ws.extract(page, min_confidence=0), ws.extract(page, min_confidence=0.8)
    assert len(every) > len(sure) > 0
    assert (sure["confidence"] > 0.8).all()
    assert set(sure["start"]) <= set(every["start"])


@pytest.mark.parametrize("value", [-0.1, 1.5, float("nan")])
def test_confidence_is_a_probability(value: float) -> None:
    with pytest.raises(ws.ArgumentError, match=r"min_confidence: .* from 0 to 1"):
        ws.extract("Mon 12°C fog", min_confidence=value)
