"""The command ``weatherscrape``: pages in, a table out.

Exit status: 0 if the pages were read (also if they hold no weather), 1 if a page could not be read
or the output not be written, 2 if the command line is wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import pandas as pd

from . import __version__
from .errors import ArgumentError
from .extract import extract_many
from .html import is_html, to_text
from .resolve import read_reference, read_timezone

_ALWAYS_SHOWN = ("temperature",)
_NOT_SHOWN = ("start", "end", "temperature_unit", "temperature_unit_stated")


class Failure(Exception):
    """What went wrong, in one line for a person."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return _extract(options)
    except ArgumentError as error:
        _say(str(error))
        return 2
    except (Failure, ModuleNotFoundError) as error:
        _say(str(error))
        return 1
    except BrokenPipeError:  # the reader has seen enough: `weatherscrape ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def run() -> NoReturn:
    """Entry point of the installed command."""
    sys.exit(main())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="weatherscrape", description="Find the weather in scraped web text."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = commands.add_parser(
        "extract",
        help="print the weather of pages as a table",
        description="Print the weather of pages, text or HTML, as a table with a row for each period.",
    )
    command.add_argument(
        "pages",
        nargs="*",
        default=["-"],
        metavar="PAGE",
        help="a file; - (default): standard input",
    )
    command.add_argument(
        "--reference", metavar="DATE", help="when the pages were published (ISO 8601)"
    )
    command.add_argument(
        "--tz", metavar="ZONE", help="time zone of the place, such as Europe/Paris"
    )
    command.add_argument(
        "--format",
        choices=("table", "csv", "json", "parquet"),
        default="table",
        help="default: table",
    )
    command.add_argument(
        "-o", "--output", metavar="FILE", help="write there, not to standard output"
    )
    command.add_argument(
        "--encoding", default="utf-8", metavar="NAME", help="of the pages; default: utf-8"
    )
    return parser


def _extract(options: argparse.Namespace) -> int:
    if options.format == "parquet" and options.output is None:
        raise ArgumentError("--format", "parquet", "-o FILE with it")
    zone = read_timezone(options.tz)
    reference = read_reference(options.reference, zone, "--reference")
    frame = extract_many(_texts(options), references=reference, tz=zone)
    if frame.empty:
        _say("no weather found")
    _write(frame, options.format, options.output)
    return 0


def _texts(options: argparse.Namespace) -> Iterator[str]:
    for name in options.pages:
        text = _decoded(name, _read(name), options.encoding)
        by_name = name.lower().endswith((".html", ".htm", ".xhtml"))
        yield to_text(text) if by_name or is_html(text) else text


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Failure(f"{name}: {error.strerror or error}") from error


def _decoded(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        accepted = "the name of a text encoding, such as utf-8 or latin-1"
        raise ArgumentError("--encoding", encoding, accepted) from None
    except UnicodeDecodeError as error:
        raise Failure(
            f"{name}: byte {error.start} (0x{data[error.start]:02x}) is not {encoding}; "
            "give the right one with --encoding"
        ) from error


def _write(frame: pd.DataFrame, form: str, output: str | None) -> None:
    try:
        if form == "parquet":
            _to_parquet(frame, str(output))
            return
        text = _to_text(frame, form)
        if output is None:
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            Path(output).write_text(text, encoding="utf-8")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Failure(f"{output or 'standard output'}: {error.strerror or error}") from error


def _to_parquet(frame: pd.DataFrame, output: str) -> None:
    try:
        frame.to_parquet(output, engine="pyarrow")
    except ImportError as error:
        raise Failure("pyarrow is needed: pip install 'weatherscrape[parquet]'") from error


def _to_text(frame: pd.DataFrame, form: str) -> str:
    if form == "csv":
        return frame.to_csv(index=False)
    if form == "json":
        return str(
            frame.to_json(orient="records", lines=True, date_format="iso", force_ascii=False)
        )
    return _table(frame)


def _table(frame: pd.DataFrame) -> str:
    """The columns that say something, for a person to read; nothing if there are no rows."""
    if frame.empty:
        return ""
    several = {name for name in ("page", "snippet") if frame[name].nunique() > 1}
    shown = [
        name
        for name in frame
        if name in several
        or name in _ALWAYS_SHOWN
        or (name not in ("page", "snippet", *_NOT_SHOWN) and frame[name].notna().any())
    ]
    if "reference_time" in shown:
        shown.remove("reference_time")
    return frame[shown].to_string(index=False, na_rep="", float_format=_short) + "\n"


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _say(message: str) -> None:
    print(f"weatherscrape: {message}", file=sys.stderr)
