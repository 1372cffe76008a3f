"""Two widgets with a paragraph between them are read as each is alone."""

from __future__ import annotations

import pandas as pd
from hypothesis import example, given, note

from weatherscrape import extract
from weatherscrape.strategies import noise, snippets

# So many words that nobody could take the second widget for a part of the first.
paragraphs = noise().filter(lambda text: "\n" not in text and len(text.split()) >= 8)


@example(  # "cars" is a Turkish Wednesday
    "Now\nClear\n0°C", "The ferry carries 40 cars and makes the crossing daily.", "Now\nClear\n0°C"
)
@given(snippets(), paragraphs, snippets())
def test_joined_pages_are_read_apart(first: str, between: str, second: str) -> None:
    before = f"{first}\n\n{between}\n\n"
    page = before + second
    note(page)
    one, two = extract(first), extract(second)
    two[["start", "end"]] += len(before)
    two["snippet"] += one["snippet"].max() + 1 if len(one) else 0
    expected = pd.concat([one, two], ignore_index=True)
    # Evidence adds up over widgets that stand so near: the rows are the same, and surer.
    joined = extract(page).drop(columns="confidence")
    pd.testing.assert_frame_equal(joined, expected.drop(columns="confidence"))
