"""Folding: look-alikes become one character, and no character moves."""

from __future__ import annotations

import sys

import pytest

from weatherscrape.fold import fold


@pytest.mark.parametrize(
    ("folded", "printed"),
    [
        ("12 °C", ["12 ºC", "12 ˚C", "12\xa0∘C", "１２\u3000°Ｃ", "١٢ °C", "१२\u202f°C", "๑๒ °C"]),
        ("-4", ["−4", "–4", "‐4", "－4", "﹣4", "-۴"]),
        ("7.5%", ["７．５％", "7٫5٪"]),
        ("21:00", ["２１：００", "২১:০০"]),
        ("fog \nMist", ["fog\\nMist"]),
        ("a b", ["a\u200bb", "a\u00adb", "a\ufeffb", "a\rb", "a\u2009b"]),
    ],
)
def test_look_alikes_become_one(folded: str, printed: list[str]) -> None:
    assert [fold(text) for text in printed] == [folded] * len(printed)


@pytest.mark.parametrize("text", ["light rain\n12.7\t°", "Šiauliai", "ÅÄÖ ß ñ", "日曜日", "☀️"])
def test_everything_else_stays(text: str) -> None:
    assert fold(text) == text


def test_every_character_stays_one() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(fold(every)) == len(every)
    assert len(fold(every).lower()) == len(every)
