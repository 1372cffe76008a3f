"""Which matcher finds the signs of weather fastest: MB/s over pages without weather, by script.

Each candidate tells of every page whether it holds one of the spellings of signs.txt. What is not
installed is left out: ``pip install google-re2 ahocorasick_rs polars pyarrow``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from time import process_time
from types import ModuleType

import hyperscan
import pages

from weatherscrape.scan import may_hold
from weatherscrape.signs import spellings

LANGUAGES = {"en": "ASCII", "fr": "accents", "ru": "Cyrillic", "ar": "Arabic", "zh_CN": "Chinese"}
PAGES = 1_000
ROUNDS = 3

Matcher = Callable[[Sequence[str], Sequence[bytes]], int]


def optional(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ImportError:
        return None


def candidates(forms: Sequence[str]) -> dict[str, Matcher]:
    encoded = [form.encode() for form in forms]
    pattern = re.compile("|".join(map(re.escape, forms)))
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=encoded, ids=range(len(encoded)), flags=[0] * len(encoded), literal=True
    )

    found: list[object] = []

    def keep(*match: object) -> None:
        found.append(match)

    def by_hyperscan(texts: Sequence[str], data: Sequence[bytes]) -> int:
        holding = 0
        for page in data:
            found.clear()
            database.scan(page, match_event_handler=keep)
            holding += bool(found)
        return holding

    known: dict[str, Matcher] = {
        "`in`, form by form": lambda texts, data: sum(
            any(form in page for form in encoded) for page in data
        ),
        "re, one expression": lambda texts, data: sum(bool(pattern.search(page)) for page in texts),
        "Hyperscan": by_hyperscan,
        "Hyperscan, with digits and words (ours)": lambda texts, data: sum(map(may_hold, data)),
    }
    if re2 := optional("re2"):
        options = re2.Options()
        options.max_mem = 1 << 28
        two = re2.compile("|".join(map(re2.escape, forms)), options)
        known["RE2, one expression"] = lambda texts, data: sum(bool(two.search(p)) for p in data)
    if rust := optional("ahocorasick_rs"):
        automaton = rust.BytesAhoCorasick(encoded)
        dfa = rust.BytesAhoCorasick(encoded, implementation=rust.Implementation.DFA)
        known["Aho-Corasick (Rust)"] = lambda texts, data: sum(
            bool(automaton.find_matches_as_indexes(page)) for page in data
        )
        known["Aho-Corasick (Rust), as DFA"] = lambda texts, data: sum(
            bool(dfa.find_matches_as_indexes(page)) for page in data
        )
    if (arrow := optional("pyarrow")) and (compute := optional("pyarrow.compute")):
        expression = "|".join(map(re.escape, forms))
        known["Arrow kernel over the column"] = lambda texts, data: compute.sum(
            compute.match_substring_regex(arrow.array(texts), expression)
        ).as_py()
    if polars := optional("polars"):
        known["Polars, contains_any over the column"] = lambda texts, data: (
            polars.Series(texts).str.contains_any(list(forms)).sum()
        )
    return known


def main() -> None:
    texts = {name: list(pages.pages(PAGES, 0, code)) for code, name in LANGUAGES.items()}
    data = {name: [page.encode() for page in of] for name, of in texts.items()}
    matchers = candidates(spellings())
    print(f"| MB/s, {len(spellings())} spellings |", " | ".join(texts), "|")
    print("| --- |" + " --- |" * len(texts))
    for name, matcher in matchers.items():
        speeds = []
        for script, of in texts.items():
            matcher(of[:10], data[script][:10])
            times = []
            for _ in range(ROUNDS):
                before = process_time()
                matcher(of, data[script])
                times.append(process_time() - before)
            speeds.append(sum(map(len, data[script])) / min(times) / 1e6)
        print(f"| {name} |", " | ".join(f"{speed:,.0f}" for speed in speeds), "|", flush=True)


if __name__ == "__main__":
    main()
