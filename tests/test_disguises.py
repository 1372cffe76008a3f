"""What a scraper or a markup adds to a page says nothing: each labelled page is read as without."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from gold import Case, cases, differences, known_failures

import weatherscrape as ws

CASES = [case for case in cases() if case.rows and case.id not in known_failures()]


def each_line(before: str) -> Callable[[str], str]:
    return lambda page: re.sub(r"^(?=.*\S)", before, page, flags=re.MULTILINE)


DISGUISES: dict[str, Callable[[str], str]] = {
    "items of a list": each_line("- "),
    "items with bullets": each_line("• "),
    "a quotation": each_line("> "),
    "line ends of another system": lambda page: page.replace("\n", "\r\n"),
    "spaces that do not break": lambda page: page.replace(" ", "\xa0"),
    "pictures": lambda page: re.sub(r"\n(?=\S)", "\n![](/icons/sky.png)\n", page),
    "a page around": lambda page: f"Home\nNews\nContact\n\n{page}\n\nRead more\nPrivacy policy\n",
}

# Pages whose layout is what the disguise takes away or puts there: drawn tables, "- 2 º C", a blank
# line between a head and its rows, a title above a list. The signs of ten pages are phrases with
# spaces.
OF_LISTS = {
    "bg-plovdiv24-01",
    "en-classblog-01",
    "en-jacaranda-01",
    "en-masculine-01",
    "en-wego-03",
    "ro-clujtoday-01",
}
EXCEPT: dict[str, set[str]] = {
    "items of a list": OF_LISTS,
    "items with bullets": OF_LISTS,
    "a quotation": {"bg-plovdiv24-01", "en-classblog-01", "en-masculine-01", "en-wego-03"},
    "line ends of another system": {"en-printedheads-01", "en-vaporwair-01"},
    "spaces that do not break": {
        "ar-sana-01",
        "he-maalot-01",
        "he-mako-01",
        "nl-metro-01",
        "nl-wtv-01",
        "ro-clujtoday-01",
        "ru-goroda-01",
        "uk-jkg-01",
    },
    "pictures": {"en-printedheads-01", "en-saws-01", "en-vaporwair-01", "sk-tagdiv-01"},
    "a page around": {"en-tmuxweather-01"},
}


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_changes_nothing(name: str) -> None:
    def is_read(case: Case) -> bool:
        frame = ws.extract(DISGUISES[name](case.text), reference=case.reference)
        return differences(case, frame) == []

    assert {case.id for case in CASES if not is_read(case)} == EXCEPT[name]
