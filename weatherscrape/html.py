"""An HTML page in, its text out: what a reader sees, with a line for each block element."""

from __future__ import annotations

import re
from typing import Final

from .errors import missing_extra

_HEAD: Final = 1000  # characters in which an HTML page shows what it is
_STRUCTURE: Final = re.compile(
    r"<(?:!doctype html|html|head|meta|body|main|article|section|div|table|ul|ol|p)\b", re.I
)
_IMAGE: Final = re.compile(r"<img\b[^>]*>", re.I)


def is_html(text: str) -> bool:
    """Whether a text begins as an HTML page or a piece of one does.

    >>> is_html("<!DOCTYPE html><p>Mon 12°"), is_html("Mon 12° < Tue 14°")
    (True, False)
    """
    head = text[:_HEAD].lstrip("\ufeff \t\r\n")
    return head.startswith("<") and _STRUCTURE.search(head) is not None


def to_text(html: str) -> str:
    r"""Text of an HTML page: block elements on lines of their own, table cells parted by tabs.

    Parameters
    ----------
    html
        The markup, decoded.

    Returns
    -------
    str
        The visible text and the alternative texts of images, without scripts and styles.

    Raises
    ------
    ModuleNotFoundError
        If the extra `html` (Resiliparse) is not installed.

    Examples
    --------
    >>> to_text("<body><div>Mon<br><img alt='Light rain'>12<sup>&deg;</sup>C</div></body>")
    'Mon\nLight rain 12°C'
    """
    try:
        from resiliparse.extract.html2text import extract_plain_text
    except ModuleNotFoundError as error:
        raise missing_extra("html", "Resiliparse") from error
    # An icon's name ("Light rain") is often all that says the sky; it would stick to the next word.
    apart = _IMAGE.sub(r" \g<0> ", html)
    valid = apart.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is no text
    return str(extract_plain_text(valid, list_bullets=False))
