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
from typing import Final

import pandas as pd

from . import __version__
from .errors import ArgumentError, Failure, missing_extra
from .extract import extract_many
from .html import is_html
from .html import to_text as html_to_text
from .magic import HEAD, is_archive
from .printed import to_text
from .resolve import read_reference, read_timezone
from .sinks import replacing

_HTML: Final = (".html", ".htm", ".xhtml")


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="weatherscrape", description="Find the weather in scraped web text."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = commands.add_parser(
        "extract",
        help="print the weather of pages as a table",
        description="Print the weather of pages, text or HTML, or of archives of pages (WARC, WET, "
        "Parquet): a row for each period.",
    )
    option = command.add_argument
    option("pages", nargs="*", metavar="PAGE", help="a file, or - for standard input (default)")
    option("--reference", metavar="DATE", help="when the pages were published, in ISO 8601")
    option("--tz", metavar="ZONE", help="time zone of the place, such as Europe/Paris")
    option(
        "--min-confidence",
        type=float,
        default=0.5,
        metavar="P",
        help="leave out rows that are less sure, from 0 to 1 (default 0.5)",
    )
    option("--format", choices=("table", "csv", "json", "parquet"), default="table")
    option("-o", "--output", metavar="FILE", help="write there, not to standard output")
    option("--encoding", metavar="NAME", default="utf-8", help="of the pages (default: utf-8)")
    option = command.add_argument_group("archives (weatherscrape[warc])").add_argument
    option("--jobs", type=int, default=1, metavar="N", help="processes that read (default 1)")
    option("--strict", action="store_true", help="stop at a record that cannot be read")
    option("--text-column", default="text", metavar="NAME", help="of Parquet (default: text)")
    option("--url-column", default="url", metavar="NAME", help="of Parquet (default: url)")
    option("--reference-column", metavar="NAME", help="of Parquet: when a page was published")
    return parser


def _extract(options: argparse.Namespace) -> int:
    if options.format == "parquet" and options.output is None:
        raise ArgumentError("--format", "parquet", "-o FILE with it")
    names = options.pages or ["-"]
    if any(map(_is_archive, names)):
        from . import archive_command

        return archive_command.run(names, options)
    zone = read_timezone(options.tz)
    reference = read_reference(options.reference, zone, "--reference")
    texts = _texts(names, options.encoding)
    least = options.min_confidence
    frame = extract_many(texts, references=reference, tz=zone, min_confidence=least)
    if frame.empty:
        _say("no weather found")
    _write(frame, options.format, options.output)
    return 0


def _is_archive(name: str) -> bool:
    """Whether its first bytes are those of an archive; what cannot be read is told later."""
    try:
        if name == "-":
            return is_archive(sys.stdin.buffer.peek(HEAD)[:HEAD])  # type: ignore[union-attr]
        with Path(name).open("rb") as file:
            return is_archive(file.read(HEAD))
    except OSError:
        return False


def _texts(names: Sequence[str], encoding: str) -> Iterator[str]:
    for name in names:
        text = _decoded(name, _read(name), encoding)
        yield html_to_text(text) if name.lower().endswith(_HTML) or is_html(text) else text


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Failure(f"{name}: {error.strerror or error}") from error


def _decoded(name: str, page: bytes, encoding: str) -> str:
    try:
        return page.decode(encoding)
    except LookupError:
        accepted = "the name of a text encoding, such as utf-8 or latin-1"
        raise ArgumentError("--encoding", encoding, accepted) from None
    except UnicodeError as error:  # its words say which byte
        raise Failure(f"{name}: {error}; give the right encoding with --encoding") from error


def _write(frame: pd.DataFrame, form: str, output: str | None) -> None:
    try:
        if form == "parquet":
            _to_parquet(frame, str(output))
            return
        written = to_text(frame, form).encode("utf-8", "replace")
        if output is None:
            sys.stdout.buffer.write(written)
            sys.stdout.flush()
        else:
            with replacing(output) as file:
                file.write(written)
    except BrokenPipeError:
        raise
    except OSError as error:
        name = output or "standard output"
        raise Failure(f"{name}: {error.strerror or error}") from error


def _to_parquet(frame: pd.DataFrame, output: str) -> None:
    try:
        with replacing(output) as file:
            frame.to_parquet(file, engine="pyarrow", index=False)
    except ImportError as error:
        raise missing_extra("parquet", "pyarrow") from error


def _say(message: str) -> None:
    print(f"weatherscrape: {message}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
