"""Archives: every kind of file, and whatever can be wrong with one."""

from __future__ import annotations

import gzip
import io
import itertools
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow.parquet import write_table
from warcs import COMPRESSED, WIDGET, record, response

from weatherscrape import ArgumentError, extract, warc
from weatherscrape.arrow import to_frame
from weatherscrape.magic import GZIP
from weatherscrape.pages import LIMIT
from weatherscrape.records import in_warc

NOTHING = "The council met on Monday at 9."


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    numbers = itertools.count()

    def written(content: bytes) -> Path:
        path = tmp_path / f"file{next(numbers)}"
        path.write_bytes(content)
        return path

    return written


Written = Callable[[bytes], Path]


def read(path: Path) -> list[str | int]:
    """The address of each page, the offset of each broken record."""
    return [
        page.offset if isinstance(page, warc.Broken) else str(page.url).rpartition("/")[2]
        for page in warc.pages(path)
    ]


def rows(paths: Path | list[Path], **options: object) -> pa.Table:
    found = warc.extract(paths, **options)  # type: ignore[arg-type]
    return pa.Table.from_batches([part.rows for part in found])


# --- what a file can be --------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMPRESSED)
def test_wet_is_known_by_its_first_bytes(name: str, file: Written) -> None:
    compress = COMPRESSED[name]
    path = file(b"".join(compress(record(WIDGET, n)) for n in range(3)))
    first, *_ = pages = list(warc.pages(path))
    assert isinstance(first, warc.Page)
    assert (first.text, first.url) == (WIDGET, "https://example.org/0")
    assert first.reference == datetime(2025, 10, 16, 8, 30, tzinfo=UTC)
    size = len(compress(record(WIDGET)))
    assert [page.offset for page in pages] == pytest.approx([0, size, 2 * size], abs=2)


def test_whole_file_may_be_one_member(file: Written) -> None:
    path = file(gzip.compress(b"".join(record(WIDGET, n) for n in range(3))))
    assert read(path) == ["0", "1", "2"]


def test_rows_have_the_address_and_the_date_of_their_record(file: Written) -> None:
    path = file(record(NOTHING, 0) + record(WIDGET, 1))
    table = rows(path)
    assert table["url"].to_pylist() == ["https://example.org/1"] * 2
    assert table["page"].to_pylist() == [1, 1]
    assert [moment.date() for moment in table["valid_time"].to_pylist()] == [
        date(2025, 10, 21),
        date(2025, 10, 22),
    ]


def test_rows_are_those_of_extract(file: Written) -> None:
    found = to_frame([part.rows for part in warc.extract(file(record(WIDGET)))])
    expected = extract(WIDGET, reference="2025-10-16T08:30Z", tz="UTC")
    for column in expected:
        assert found[column].astype(object).equals(expected[column].astype(object)) or (
            found[column].tolist() == expected[column].tolist()
        ), column


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("text/html", b"<p>Tue<br>14&deg;C<br>fog"),
        ("text/html; charset=iso-8859-1", b"<p>Tue<br>14\xb0C<br>fog"),
        ("text/html; charset=iso-8859-1", "<p>Tue<br>14°C<br>fog".encode()),
        ("text/html", b"<meta charset=windows-1251><p>Tue<br>14\xb0C<br>fog"),
        ("text/html; charset=nonsense", "<p>Tue<br>14°C<br>fog".encode()),
        ("text/plain; charset=latin-1", b"Tue\n14\xb0C\nfog"),
        ("application/xhtml+xml", "<p>Tue<br/>14°C<br/>fog</p>".encode()),
    ],
)
def test_pages_of_a_warc_are_html_in_any_encoding(media: str, body: bytes, file: Written) -> None:
    [page] = warc.pages(file(gzip.compress(response(body, media=media))))
    assert isinstance(page, warc.Page)
    assert page.text == "Tue\n14°C\nfog"


def test_body_of_a_response_may_be_compressed(file: Written) -> None:
    body = gzip.compress(b"<p>Tue<br>14&deg;C")
    [page] = warc.pages(file(response(body, headers="Content-Encoding: gzip\r\n")))
    assert isinstance(page, warc.Page)
    assert page.text == "Tue\n14°C"


def test_what_is_no_page_is_passed_over(file: Written) -> None:
    others = ["warcinfo", "request", "metadata", "revisit"]
    path = file(
        b"".join(record(WIDGET, kind=kind) for kind in others)
        + response(b"\x89PNG", media="image/png")
        + record(WIDGET, 7)
    )
    assert read(path) == ["7"]


@pytest.mark.parametrize("compress", COMPRESSED.values(), ids=COMPRESSED)
@pytest.mark.parametrize("content", [WIDGET, f"<!DOCTYPE html><pre>{WIDGET}</pre>"])
def test_file_may_be_a_page(
    content: str, compress: Callable[[bytes], bytes], file: Written
) -> None:
    table = rows(file(compress(content.encode())), reference="2025-10-16")
    assert table["temperature"].to_pylist() == [14, 15]
    assert table["url"].to_pylist() == [None, None]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary()])
def test_parquet(kind: pa.DataType, tmp_path: Path) -> None:
    path = tmp_path / "pages"
    texts = pa.array([NOTHING, None, WIDGET], kind)
    days = [date(2025, 10, 1), None, date(2025, 10, 16)]
    write_table(pa.table({"body": texts, "url": ["a", "b", "c"], "day": days}), path)
    table = rows(path, text="body", reference="day")
    assert table["url"].to_pylist() == ["c", "c"]
    assert table["page"].to_pylist() == [2, 2]
    assert table["valid_time"][0].as_py().date() == date(2025, 10, 21)
    with pytest.raises(ArgumentError, match=r"text: 'text' is not accepted; .*'body'"):
        rows(path)


def test_parquet_that_is_cut_off_is_broken(tmp_path: Path) -> None:
    path = tmp_path / "pages"
    write_table(pa.table({"text": [WIDGET]}), path)
    path.write_bytes(path.read_bytes()[:-10])
    assert read(path) == [0]


# --- what can be wrong with it -------------------------------------------------------------------


@pytest.fixture(params=["gzip", "zstd"])
def members(request: pytest.FixtureRequest) -> list[bytes]:
    return [COMPRESSED[request.param](record(f"{WIDGET}\n{n}", n)) for n in range(4)]


def start(members: list[bytes], number: int) -> int:
    return sum(map(len, members[:number]))


@pytest.mark.parametrize("at", [40, -7])
def test_damage_costs_one_record(at: int, members: list[bytes], file: Written) -> None:
    damaged = bytearray(members[1])
    damaged[at] ^= 0xFF
    path = file(members[0] + damaged + members[2] + members[3])
    assert read(path) == ["0", start(members, 1), "2", "3"]


@pytest.mark.parametrize("lost", [8, 30, 120, 140])
def test_end_may_be_cut_off(lost: int, members: list[bytes], file: Written) -> None:
    path = file(b"".join(members)[:-lost])
    assert read(path) == ["0", "1", "2", start(members, 3)]


def test_end_may_be_cut_off_in_a_header(file: Written) -> None:
    first = record(WIDGET, 0)
    assert read(file(first + record(WIDGET, 1)[:30])) == ["0", len(first)]


def test_damage_in_a_file_of_one_member_costs_what_is_behind_it(file: Written) -> None:
    texts = [f"{WIDGET}\n{random.Random(n).randbytes(30_000).hex()}" for n in range(9)]
    data = bytearray(gzip.compress(b"".join(map(record, texts, range(9)))))
    data[len(data) // 2] ^= 0xFF
    *pages, broken = read(file(data))
    assert pages == [str(n) for n in range(len(pages))]
    assert 2 <= len(pages) < 6
    assert isinstance(broken, int)


def test_rubbish_between_members(members: list[bytes], file: Written) -> None:
    assert [x for x in read(file(members[0] + b"rubbish" * 9 + members[1])) if x != 0] == ["0", "1"]


@pytest.mark.parametrize(
    "bad",
    [
        b"no WARC at all",
        b"WARC/1.0\r\nnonsense\r\n\r\nTue 14 C\r\n\r\n",
        record(WIDGET, 9, date="yesterday"),
        record(WIDGET, 9, date=""),
        record(WIDGET, 9, length=1 << 40),
        record(bytes(LIMIT + 1), 9),
        response(gzip.compress(bytes(LIMIT + 1)), 9, headers="Content-Encoding: gzip\r\n"),
    ],
    ids=["no record", "bad header", "bad date", "no date", "long", "bomb", "bomb in HTTP"],
)
def test_bad_record_is_told_once_and_passed_over(bad: bytes, file: Written) -> None:
    first, last = gzip.compress(record(WIDGET, 0)), gzip.compress(record(WIDGET, 1))
    path = file(first + gzip.compress(bad) + last)
    assert read(path) == ["0", len(first), "1"]


def test_damage_in_a_plain_file(file: Written) -> None:
    records = [record(WIDGET, n) for n in range(4)]
    records[1] = records[1].replace(b"WARC/1.0", b"RUBBISH!")
    assert [x for x in read(file(b"".join(records))) if isinstance(x, str)] == ["0", "2", "3"]


def test_bytes_that_are_no_characters(file: Written) -> None:
    bad = WIDGET.encode("latin-1")
    path = file(record(WIDGET, 0) + record(bad, 1) + record(WIDGET, 2))
    [part] = warc.extract(path)
    assert sorted(set(part.rows["page"].to_pylist())) == [0, 2]
    [broken] = part.broken
    assert broken.offset == len(record(WIDGET, 0))
    assert "0xb0" in broken.reason


def test_strict_stops_behind_what_was_read(members: list[bytes], file: Written) -> None:
    path = file(members[0] + members[1][:-20] + members[2])
    found = warc.extract(path, strict=True)
    assert next(found).rows["page"].to_pylist() == [0, 0]
    with pytest.raises(warc.BrokenRecordError, match=f"byte {len(members[0])}: "):
        next(found)


@given(data=st.data())
def test_any_damage_leaves_the_other_records(data: st.DataObject) -> None:
    """Nothing raises, and records far from the damage are read."""
    members = [gzip.compress(record(f"{WIDGET}\n{n}", n)) for n in range(4)]
    hit = data.draw(st.integers(0, 3))
    at, size = data.draw(st.integers(0, len(members[hit]) - 1)), data.draw(st.integers(1, 30))
    rubbish = data.draw(st.binary(max_size=30))
    members[hit] = members[hit][:at] + rubbish + members[hit][at + size :]
    found = [
        page.url
        for page in in_warc("damaged", io.BytesIO(b"".join(members)), GZIP)
        if isinstance(page, warc.Page)
    ]
    expected = [f"https://example.org/{n}" for n in range(4) if n != hit]
    assert [url for url in found if url in expected] == expected


# --- several files, several processes ------------------------------------------------------------


@pytest.fixture
def archives(tmp_path: Path) -> list[Path]:
    texts = [WIDGET if n % 3 else f"{NOTHING} {n}" for n in range(400)]
    paths = [tmp_path / "one.wet.gz", tmp_path / "two.warc.gz"]
    wet = [gzip.compress(record(text, n)) for n, text in enumerate(texts)]
    wet[200] = wet[200][:-5] + b"\0" + wet[200][-4:]
    paths[0].write_bytes(b"".join(wet))
    html = (response(f"<pre>{text}</pre>".encode(), n) for n, text in enumerate(texts[:200]))
    paths[1].write_bytes(b"".join(map(gzip.compress, html)))
    return paths


def test_rows_are_the_same_for_any_number_of_processes(archives: list[Path]) -> None:
    one, *others = (list(warc.extract(archives, jobs=jobs)) for jobs in (1, 2, 3))
    assert sum(part.pages for part in one) == 599
    assert sum(len(part.broken) for part in one) == 1
    for other in others:
        assert other == one
    pages = [page for part in one for page in part.rows["page"].to_pylist()]
    assert pages == sorted(pages)
    assert len(set(pages)) == sum(part.snippets for part in one)


def test_processes_end_when_reading_is_left(archives: list[Path]) -> None:
    found = warc.extract(archives, jobs=2)
    next(found)
    found.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("jobs", [0, -1, 1.5, "2"])
def test_number_of_processes_is_checked(jobs: int) -> None:
    with pytest.raises(ArgumentError, match=f"jobs: {jobs!r} is not accepted"):
        warc.extract([], jobs=jobs)


def test_arguments_are_checked_before_anything_is_read() -> None:
    with pytest.raises(ArgumentError, match="tz: 'Mars/Olympus'"):
        warc.extract("missing", tz="Mars/Olympus")


def test_missing_file() -> None:
    with pytest.raises(FileNotFoundError, match="missing"):
        list(warc.extract("missing"))


def test_low_confidence_reads_what_one_sign_speaks_for(file: Written) -> None:
    text = "Clear, 5"
    expected = len(extract(text, min_confidence=0))
    assert rows(file(record(text)), min_confidence=0).num_rows == expected


def test_colour_codes_hide_no_weather(file: Written) -> None:
    text = "Tue 14 \x1b[1m°\x1b[0mC f\x1b[31mog"
    assert rows(file(record(text))).num_rows == len(extract(text)) == 1


def test_import_of_the_package_needs_no_extra() -> None:
    extras = {"fastwarc", "resiliparse", "tqdm", "weatherscrape.arrow"}
    code = f"import sys, weatherscrape; sys.exit(not {extras}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
