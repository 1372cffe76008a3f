"""Work grows with the text and no faster: counted in lines of Python run, never in time."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

import weatherscrape
from weatherscrape import extract
from weatherscrape.strategies import noise, pages, scraps, snippets

HOME = weatherscrape.__path__[0]
REPEATS = 6

pieces = st.one_of(snippets(), scraps(), pages(), noise(), st.text(max_size=30))


def steps(text: str) -> int:
    """Lines of the library run to extract a text, with no result remembered from before."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if event == "call" and not frame.f_code.co_filename.startswith(HOME):
            return None
        count += event == "line"
        return trace

    forget()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        extract(text)
    finally:
        sys.settrace(before)
    return count


def forget() -> None:
    """Clear what the stages remember of earlier texts; the data files stay loaded."""
    extract("Mon 12 °C fog")
    for remembered in remembering():
        remembered()


def remembering() -> list[Callable[[], None]]:
    modules = [
        importlib.import_module(f"weatherscrape.{module.name}")
        for module in pkgutil.iter_modules(weatherscrape.__path__)
        if not module.name.startswith("_")
    ]
    return [
        value.cache_clear
        for module in modules
        for value in vars(module).values()
        if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None
    ]


@given(pieces, st.sampled_from(["\n", "\n\n", " ", ""]))
def test_twice_the_text_is_at_most_two_and_a_half_times_the_steps(piece: str, between: str) -> None:
    text = between.join([piece] * REPEATS)
    once, twice = steps(text), steps(text + between + text)
    note(f"{len(text)} characters: {once} steps; twice as many: {twice}")
    assert twice <= 2.5 * once


def test_steps_are_counted() -> None:
    assert steps("Mon 12 °C fog\nTue 13 °C rain") > steps("Mon 12 °C fog") > 100
