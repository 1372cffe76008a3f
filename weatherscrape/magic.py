"""What a file is, as its first bytes say."""

from __future__ import annotations

from typing import Final

GZIP: Final = b"\x1f\x8b\x08"
ZSTD: Final = b"\x28\xb5\x2f\xfd"
WARC: Final = b"WARC/"
PARQUET: Final = b"PAR1"
HEAD: Final = 1000  # bytes that are enough, compressed or not


def is_archive(head: bytes) -> bool:
    """Whether a file that begins so is an archive or compressed, and not a page by itself.

    >>> is_archive(b"WARC/1.0"), is_archive(b"Mon 12 C")
    (True, False)
    """
    return head.startswith((GZIP, ZSTD, WARC, PARQUET))
