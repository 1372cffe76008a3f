"""Writes docs/reference from the code: the columns, the conditions, the functions.

Run it after a change to schema.py, conditions.txt or a docstring; a test compares.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import weatherscrape
from weatherscrape import html, model, strategies
from weatherscrape.model import Intensity
from weatherscrape.schema import COLUMNS
from weatherscrape.vocabulary import slugs

REFERENCE = Path(__file__).parent / "reference"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)


def columns() -> str:
    rows = [
        (
            f"`{column.name}`",
            column.type,
            column.unit,
            column.meaning + (": " + ", ".join(column.categories) if _short(column) else ""),
            column.standard_name and f"`{column.standard_name}`",
        )
        for column in COLUMNS
    ]
    return (
        "# Columns\n\n"
        "Every frame has these columns, in this order, with these types, also if it has no rows.\n"
        "Units, meanings and CF standard names are in its `attrs`. `datetime64` is aware if `tz` is\n"
        "given; the categories of `condition` are the [conditions](conditions.md).\n\n"
        + table(["column", "type", "unit", "meaning", "CF standard name"], rows)
    )


def _short(column: object) -> bool:
    return 0 < len(getattr(column, "categories", ())) < 10


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
    head = ["condition", "name", "code", *Intensity, "rank"]
    return (
        "# Conditions\n\n"
        "`condition` is one of these; `weather_code` is its code in WMO table 4677 as Open-Meteo uses\n"
        "it, by intensity where one is stated. Of several phenomena in one phrase the one of the\n"
        'highest rank is the condition: "fog, then heavy rain" is rain.\n\n' + table(head, rows)
    )


def functions() -> str:
    groups: list[tuple[str, object, Sequence[str]]] = [
        ("weatherscrape", weatherscrape, weatherscrape.__all__),
        ("weatherscrape.html", html, ["to_text", "is_html"]),
        ("weatherscrape.strategies", strategies, strategies.__all__),
        ("weatherscrape.model", model, ["Snippet", "Row", "Cell", "Key", "Token", "Span"]),
    ]
    parts = ["# Functions and types\n"]
    for title, module, names in groups:
        parts.append(f"\n## {title}\n")
        for name in names:
            parts.append("".join(described(name, getattr(module, name))))
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
    """Parameters with their defaults, as a call is written."""
    parameters = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in inspect.signature(thing).parameters.values()
    ]
    return str(inspect.Signature(parameters))


def markdown(docstring: str) -> str:
    """A numpydoc docstring with sections in bold and entries as a list."""
    text = re.sub(r":\w+:`~?([\w.]+)`", r"`\1`", docstring).replace("``", "`")
    lead, *sections = re.split(r"^(\w+)\n-+\n", text, flags=re.MULTILINE)
    parts = [lead.rstrip()]
    for title, body in zip(sections[::2], sections[1::2], strict=True):
        listed = title in ("Parameters", "Returns", "Raises", "Attributes")
        shown = entries(body) if listed else examples(body) if title == "Examples" else body
        parts.append(f"**{title}**\n\n{shown.rstrip()}")
    return "\n\n".join(parts)


def entries(body: str) -> str:
    """ "name⏎    what it is" as "- `name`: what it is"."""
    joined = re.sub(r"^(\S.*)\n +", r"- `\1`: ", body, flags=re.MULTILINE)
    return re.sub(r"\n +", " ", joined)


def examples(body: str) -> str:
    return re.sub(r"^(?=.)", "    ", body, flags=re.MULTILINE)


PAGES = {"columns.md": columns, "conditions.md": conditions, "api.md": functions}

if __name__ == "__main__":
    for page, make in PAGES.items():
        (REFERENCE / page).write_text(make(), encoding="utf-8")
