"""Small archives for tests: records, and files of them."""

from __future__ import annotations

import gzip
import io

from fastwarc import ZstdWriter

WIDGET = "Tue\n14 °C\nfog\nWed\n15 °C\nlight rain"
DATE = "2025-10-16T08:30:00Z"


def record(
    text: str | bytes = WIDGET,
    number: int = 0,
    *,
    kind: str = "conversion",
    media: str = "text/plain",
    date: str = DATE,
    length: int | None = None,
) -> bytes:
    """One record as a WET file has it; `length` is a wrong one."""
    body = text.encode() if isinstance(text, str) else text
    head = f"""WARC/1.0
WARC-Type: {kind}
WARC-Target-URI: https://example.org/{number}
WARC-Date: {date}
WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>
Content-Type: {media}
Content-Length: {len(body) if length is None else length}

""".replace("\n", "\r\n").encode()
    return head + body + b"\r\n\r\n"


def response(
    body: bytes, number: int = 0, media: str = "text/html", headers: str = "", **options: str
) -> bytes:
    """One record as a WARC file has it: an answer over HTTP."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n{headers}\r\n".encode()
    return record(
        head + body,
        number,
        kind="response",
        media="application/http; msgtype=response",
        **options,  # type: ignore[arg-type]
    )


def zstandard(data: bytes) -> bytes:
    """A frame of its own."""
    with ZstdWriter(compressed := io.BytesIO()) as writer:
        writer.write(data)
    return compressed.getvalue()


COMPRESSED = {"plain": bytes, "gzip": gzip.compress, "zstd": zstandard}
