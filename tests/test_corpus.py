"""Every labelled page is read as labelled, but for those in tests/corpus/known_failures.toml."""

from __future__ import annotations

import pytest
from gold import Case, cases, differences, known_failures

import weatherscrape as ws

FAILURES = known_failures()
CASES = cases()


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case.id,
            marks=pytest.mark.xfail(reason=FAILURES[case.id]) if case.id in FAILURES else (),
        )
        for case in CASES
    ],
)
def test_page_is_read_as_labelled(case: Case) -> None:
    assert differences(case, ws.extract(case.text, reference=case.reference)) == []


def test_known_failures_are_pages() -> None:
    assert FAILURES.keys() <= {case.id for case in CASES}


def test_pages_without_weather_give_no_rows() -> None:
    texts = [case.text for case in CASES if case.tier == "none" and case.id not in FAILURES]
    assert len(texts) > 50
    assert ws.extract_many(texts).empty
