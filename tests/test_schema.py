"""The schema, the data files and the words of the model say the same."""

from __future__ import annotations

import re

import pytest

from weatherscrape.data import languages, slugs, units
from weatherscrape.model import Condition, Kind
from weatherscrape.schema import BY_NAME, COLUMNS, SLUGS, Type
from weatherscrape.vocabulary import Entry, Vocabulary, _Forms, squeeze, vocabulary

# WMO 4677 codes that Open-Meteo documents, with those of the phenomena that it does not forecast.
OPEN_METEO = {
    "clear": 0,
    "mostly_clear": 1,
    "partly_cloudy": 2,
    "mostly_cloudy": 3,
    "cloudy": 3,
    "fog": 45,
    "freezing_fog": 48,
    "drizzle": 53,
    "rain": 63,
    "freezing_rain": 67,
    "snow": 73,
    "snow_grains": 77,
    "rain_showers": 81,
    "thunderstorm": 95,
}


def test_columns_are_named_once() -> None:
    assert len(BY_NAME) == len(COLUMNS)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_a_column_is_complete(column) -> None:  # type: ignore[no-untyped-def]
    assert re.fullmatch(r"[a-z_]+", column.name)
    assert column.meaning
    assert bool(column.unit) == (column.type is Type.FLOAT) or column.type in Type
    assert bool(column.categories) == (column.type is Type.CATEGORY)


def test_conditions_are_those_of_the_data() -> None:
    assert set(slugs()) == set(SLUGS)
    assert len({slug.rank for slug in slugs().values()}) == len(SLUGS)


@pytest.mark.parametrize(("slug", "code"), OPEN_METEO.items())
def test_codes_are_those_of_open_meteo(slug: str, code: int) -> None:
    assert slugs()[slug].code(None) == code


def test_codes_are_of_table_4677() -> None:
    codes = [code for slug in slugs().values() for code in slug.codes.values()]
    assert all(0 <= code <= 99 for code in codes)


def test_units_convert() -> None:
    measured = {Kind.SPEED, Kind.PRESSURE, Kind.LENGTH}
    unknown = [u.name for u in units().values() if u.kind in measured and u.factor is None]
    assert unknown == ["bft"]


@pytest.mark.parametrize("code", languages())
def test_a_language_is_complete(code: str) -> None:
    language = languages()[code]
    assert language.date_order in ("dmy", "mdy", "ymd")
    assert language.decimal in (".", ",", "٫")
    assert sorted(language.sections["weekday"]) == sorted(
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    )
    assert sorted(map(int, language.sections["month"])) == list(range(1, 13))
    assert set(slugs()) - {"tropical_storm", "ash", "sand", "snow_grains", "squall"} <= {
        reading.value.slug
        for form in vocabulary([code])
        for reading in vocabulary([code]).readings(form)
        if isinstance(reading.value, Condition)
    }


@pytest.mark.parametrize("code", languages())
def test_every_form_is_found_whole(code: str) -> None:
    words = vocabulary([code])
    for form in words:
        assert words.short(form) or form in words.starting(form, 0)


def test_what_is_kept_is_what_was_read() -> None:
    read = _Forms([Entry("x.txt", "condition", "rain", "rain | light  rain", "en")])
    kept = _Forms.load(read.dump())
    assert vars(kept) == vars(read)


def test_forms_are_matched_without_case_and_spaces() -> None:
    assert squeeze("Mostly\nCloudy") == "mostlycloudy"
    assert "mostlycloudy" in vocabulary()
    assert "mostlycloudy" not in Vocabulary([])
