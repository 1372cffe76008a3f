"""Writes docs/reference from the code: the columns, the conditions, the functions.

Run it after a change to schema.py, conditions.txt or a docstring; a test compares.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

import weatherscrape
from weatherscrape import arrow, dask, html, model, sinks, spark, strategies, warc
from weatherscrape.data import languages, slugs
from weatherscrape.model import Intensity
from weatherscrape.schema import COLUMNS

REFERENCE = Path(__file__).parent / "reference"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)


COLUMNS_HEAD = """# Columns

Every frame has these columns, in this order, with these types, also if it has no rows. Units,
meanings and CF standard names are in its `attrs`. `datetime64` is aware if `tz` is given; the
categories of `condition` are the [conditions](conditions.md).

"""
CONDITIONS_HEAD = """# Conditions

`condition` is one of these; `weather_code` is its code in WMO table 4677 as Open-Meteo uses it, by
intensity where one is stated. Of several phenomena in one phrase the one of the highest rank is the
condition: "fog, then heavy rain" is rain. Which words of a [language](languages.md) mean which
condition stands in its file.

"""
LANGUAGES_HEAD = """# Languages

Each is a file of `weatherscrape/data/languages`; [how to add or mend one](../how-to/words.md). The
numbers count forms: words and phrases as sites print them. `script` is a code of ISO 15924; a file
is read when a page has letters of its script. In the order of a date, y, m and d are year, month
and day.

"""
COUNTED = {
    "days": ("weekday", "weekday_short", "holiday", "when"),
    "months": ("month",),
    "conditions": ("condition", "modifier"),
    "labels": ("label",),
    "winds": ("direction",),
    "units": ("unit",),
}
MODULES: list[tuple[ModuleType, Sequence[str]]] = [
    (weatherscrape, weatherscrape.__all__),
    (html, ["to_text", "is_html"]),
    (warc, warc.__all__),
    (arrow, ["extract_batches", "to_frame"]),
    (sinks, ["writing"]),
    (spark, ["extract"]),
    (dask, ["extract"]),
    (strategies, strategies.__all__),
    (model, ["Snippet", "Row", "Cell", "Key", "Token", "Span"]),
]
LISTED = 10  # so many categories are listed with their column
LONG = 40  # characters of a default that is not shown


def columns() -> str:
    rows = [
        (
            f"`{column.name}`",
            column.type,
            column.unit,
            column.meaning,
            ", ".join(column.categories) if len(column.categories) <= LISTED else "",
            f"`{column.standard_name}`" if column.standard_name else "",
        )
        for column in COLUMNS
    ]
    head = ["column", "type", "unit", "meaning", "categories", "CF standard name"]
    return COLUMNS_HEAD + table(head, rows)


def conditions() -> str:
    rows = [
        (
            f"`{slug.name}`",
            slug.title,
            *(slug.codes.get(intensity, "") for intensity in (None, *Intensity)),
            slug.rank,
        )
        for slug in slugs().values()
    ]
    return CONDITIONS_HEAD + table(["condition", "name", "code", *Intensity, "rank"], rows)


def language_table() -> str:
    rows = []
    for code, language in sorted(languages().items()):
        counts = [
            sum(len(set(f)) for s in sections for f in language.sections.get(s, {}).values())
            for sections in COUNTED.values()
        ]
        order = language.date_order
        rows.append((f"`{code}`", language.name, language.script, order, language.decimal, *counts))
    head = ["code", "language", "script", "date", "decimal", *COUNTED]
    return LANGUAGES_HEAD + table(head, rows)


def functions() -> str:
    parts = ["# Functions and types\n"]
    for module, names in MODULES:
        parts.append(f"\n## {module.__name__}\n")
        parts += [part for name in names for part in described(name, getattr(module, name))]
    return "".join(parts)


def described(name: str, thing: object) -> Iterator[str]:
    """Heading, signature and docstring of a function or a class; of a constant its name."""
    yield f"\n### {name}\n\n"
    if not callable(thing):
        yield f"A mapping with the keys {', '.join(map(repr, thing))}.\n"  # type: ignore[call-overload]
        return
    if not (inspect.isclass(thing) and issubclass(thing, Exception)):
        yield f"    {name}{signature(thing)}\n\n"
    yield markdown(inspect.getdoc(thing) or "") + "\n"


def signature(thing: Callable[..., object]) -> str:
    """Parameters with their defaults, as a call is written; a long default is left out."""
    parameters = []
    for parameter in inspect.signature(thing).parameters.values():
        long = len(repr(parameter.default)) > LONG
        default = ... if long else parameter.default
        parameters.append(parameter.replace(annotation=parameter.empty, default=default))
    return str(inspect.Signature(parameters)).replace("Ellipsis", "...")


def markdown(docstring: str) -> str:
    """A numpydoc docstring with sections in bold and entries as a list."""
    text = re.sub(r":\w+:`~?([\w.]+)`", r"`\1`", docstring).replace("``", "`")
    lead, *sections = re.split(r"^(\w+)\n-+\n", text, flags=re.MULTILINE)
    parts = [re.sub(r"(?ms)^>>> .*", lambda shown: examples(shown[0]), lead).rstrip()]
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        listed = title in ("Parameters", "Returns", "Yields", "Raises", "Attributes")
        shown = entries(body) if listed else examples(body) if title == "Examples" else body
        parts.append(f"**{title}**\n\n{shown.rstrip()}")
    return "\n\n".join(parts)


def entries(body: str) -> str:
    """ "name⏎    what it is" as "- `name`: what it is"."""
    joined = re.sub(r"^(\S.*)\n +", r"- `\1`: ", body, flags=re.MULTILINE)
    return re.sub(r"\n +", " ", joined)


def examples(body: str) -> str:
    return re.sub(r"^(?=.)", "    ", body, flags=re.MULTILINE)


PAGES = {
    "columns.md": columns,
    "conditions.md": conditions,
    "languages.md": language_table,
    "api.md": functions,
}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (REFERENCE / page).write_text(make(), encoding="utf-8")
