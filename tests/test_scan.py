"""Scanning loses nothing that reading whole pages finds."""

from __future__ import annotations

import sys

import pytest
from gold import WEATHER, Case, cases, known_failures

import weatherscrape as ws
from weatherscrape.model import Span
from weatherscrape.scan import may_hold, scan

PAGES = [c for c in cases() if c.tier != "none" and c.id not in known_failures()]  # read right
COLUMNS = ["start", "end", *WEATHER]


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.id)
def test_scanning_and_not_scanning_give_the_same_rows(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned = ws.extract(case.text)[COLUMNS]
    module = sys.modules["weatherscrape.extract"]
    monkeypatch.setattr(module, "scan", lambda page, any_sign=False: [Span(0, len(page))])
    assert scanned.equals(ws.extract(case.text)[COLUMNS])


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.id)
def test_bytes_that_are_let_go_hold_no_window(case: Case) -> None:
    assert may_hold(case.text.encode()) or not scan(case.text)


@pytest.mark.parametrize(
    "text",
    [
        "the constraint holds for 3 of 5 templates",
        "It was clear to 12 of the members.",
        "0xF7FA0 1 Cat, 2 Cars",
        "X3F or CRC32C in Windows 10, up to 007F",
    ],
)
def test_words_that_only_hold_a_sign_open_no_window(text: str) -> None:
    assert scan(text) == []


@pytest.mark.parametrize("text", ["Sat: sunny, 12", "Friday: raintonight 12, 14", "Mon 12°"])
def test_a_day_or_a_degree_beside_a_sign_opens_one(text: str) -> None:
    assert scan(text) == [Span(0, len(text))]


@pytest.mark.parametrize("space", ["\u200b", "\u2009", "\u3000"])  # three bytes each
def test_spaces_between_a_number_and_its_sign_keep_the_window_open(space: str) -> None:
    assert scan(f"Mon\n12{space}\n°\nC") != []
    assert scan(f"Mon\n12{space}\nkm/h\nhumidity") != []


@pytest.mark.parametrize("space", [" ", "  "])  # as typists leave it behind a full stop
def test_a_window_begins_behind_running_text(space: str) -> None:
    text = (
        f"The council met at the mill.{space}It meets there again when spring has come to us all.\n"
    )
    assert scan(f"{text}{text}Mon\n12°C\nrain") == [Span(2 * len(text), 2 * len(text) + 13)]
