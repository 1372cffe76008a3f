"""What sentences and tables say, as the specifications have it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from gold import Case, differences

import weatherscrape as ws

SPECS = Path(__file__).parent / "spec"
SPEC = [
    case
    for name in ("sentences", "tables")
    for case in tomllib.loads((SPECS / f"{name}.toml").read_text("utf-8"))["case"]
]
TEXT = "Freitag: Wolkig. Höchstwerte 14 Grad.\nSamstag: {}\nSonntag: Klar. Höchstwerte 17 Grad."


@pytest.mark.parametrize(
    ("said", "column", "value"),
    [
        ("Sonnig, am Nachmittag Gewitter. Höchstwerte 16 Grad.", "condition", "thunderstorm"),
        ("Sonnig, am Abend einige Wolken. Höchstwerte 16 Grad.", "condition", "clear"),
        ("Sonnig. Höchstwerte zwischen 12 und 16 Grad.", "temperature_max", 16.0),
        ("Sonnig. Tiefstwerte 6 bis 2 Grad.", "temperature_min", 2.0),
        ("Sonnig. Höchstwerte 16 Grad. Schwacher Westwind.", "wind_direction", 270.0),
        ("Sonnig. Höchstwerte 16 Grad. Der Wind weht mäßig aus Südost.", "wind_direction", 135.0),
    ],
)
def test_a_sentence_belongs_to_the_row_of_its_line(said: str, column: str, value: object) -> None:
    frame = ws.extract(TEXT.format(said))
    assert list(frame["weekday"]) == ["fri", "sat", "sun"]
    assert frame[column][1] == value


def test_a_part_of_the_day_beside_a_day_opens_a_row() -> None:
    frame = ws.extract("Mon clear 10°C Mon night clear 4°C Tue clear 11°C Tue night clear 5°C")
    assert list(frame["period"].astype(object).fillna("")) == ["", "night", "", "night"]


def test_night_and_day_of_one_date_are_its_extremes() -> None:
    lines = [f"{day} октября. Ясно. Температура ночью +1...+6, днём +9...+14." for day in (7, 8)]
    frame = ws.extract("\n".join(lines))
    assert list(frame["temperature_min"]) == [1.0, 1.0]
    assert list(frame["temperature_max"]) == [14.0, 14.0]


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        (
            "Sobota: Polojasno. Nejvyšší denní teploty 12 až 16 °C, na severu ojediněle až 19 °C.",
            "temperature_max",
            16.0,
        ),
        (
            "W sobotę będzie na ogół pogodnie. Temperatura maksymalna wyniesie od 17°C na "
            "Mazurach, Suwalszczyźnie i na Kaszubach do 23°C na Śląsku.",
            "temperature_max",
            23.0,
        ),
        ("På måndagen blir det molnigt med 4 till 5 minusgrader.", "temperature_min", -5.0),
        ("I morgen skyet. Temperatur mellem 2 og 5 graders frost.", "temperature_max", -2.0),
        ("В субботу облачно, дождь. Температура воздуха +4,+6°.", "temperature_max", 6.0),
        (
            "В субботу, по словам синоптиков, в городе будет солнечно, температура до +24 °C.",
            "temperature_max",
            24.0,
        ),
        ("Zaterdag is het bewolkt bij 12 graden, windkracht 3 tot 4.", "wind_speed", 6.7),
        (
            "Am Montag sonnig bei 20 Grad. Trocken bleibt es im Osten. Der Wind weht schwach.",
            "wind_direction",
            None,
        ),
        (
            "Maandag gaat het urenlang regenen, waarbij 15 tot 20 millimeter kan vallen. "
            "Het wordt maximaal 18 graden.",
            "precipitation",
            20.0,
        ),
    ],
)
def test_bulletins_say_more_than_one_place_has(text: str, column: str, value: object) -> None:
    (said,) = ws.extract(text)[column].astype(object).where(lambda v: v.notna(), None)
    assert said == pytest.approx(value, abs=0.01)


def test_parts_of_the_day_behind_the_names_of_places_are_of_the_date_on_top() -> None:
    frame = ws.extract(
        "Прогноз погоды на 25 сентября\n\n"
        "Тверь. Ночью небольшой дождь, температура +4,+6°. Днём облачно, температура +11,+13°."
        "\n\nКотлас. Ночью туман, температура +1,+3°. Днём ясно, температура +12,+14°."
    )
    assert list(frame["period"]) == ["night", "day"] * 2
    assert list(frame["temperature_max"]) == [6.0, 13.0, 3.0, 14.0]


def row(stated: dict[str, object]) -> dict[str, object]:
    """A row of the specification as the labelled pages have it: "87 F" is a value and its unit."""
    told: dict[str, object] = {}
    for field, value in stated.items():
        if field.startswith(("temperature", "wind_speed", "wind_gusts")):
            number, _, unit = str(value).partition(" ")
            told[field] = {"value": float(number), "unit": unit or None}
        else:
            told[field] = value
    return told


@pytest.mark.parametrize("case", SPEC, ids=lambda case: case["fact"])
def test_texts_are_read_as_specified(case: dict[str, object]) -> None:
    rows = [row(stated) for stated in case["rows"]]
    frame = ws.extract(str(case["text"]))
    if not any("condition_text" in stated for stated in rows):
        frame["condition_text"] = None
    assert differences(Case("", "", "en", str(case["text"]), None, rows), frame, exact=True) == []


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("Latest forecast", []),
        ("Forecast from the Met Office", []),
        ("Forecast for Pembry", ["Pembry"]),
        ("Forecast for Pembry: cloudy. Carrow", []),
        ("Eine Kaltfront erreicht Pembry", []),
    ],
)
def test_a_title_names_a_place_or_none(title: str, places: list[str]) -> None:
    frame = ws.extract(f"{title}\n\nMon 12 °C rain\nTue 14 °C fog\nWed 11 °C rain")
    assert list(frame["location"].dropna().unique()) == places
