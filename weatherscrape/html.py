"""An HTML page in, its text out: what a reader sees, with a line for each block element."""

from __future__ import annotations

import re
from typing import Final

from .errors import missing_extra

_MARKUP: Final = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def is_html(text: str) -> bool:
    """Whether a text begins as an HTML page does.

    >>> is_html("<!DOCTYPE html><p>Mon 12°"), is_html("Mon 12° < Tue 14°")
    (True, False)
    """
    return bool(_MARKUP.match(text))


def to_text(html: str) -> str:
    """Text of an HTML page: block elements on lines of their own, table cells parted by tabs.

    Parameters
    ----------
    html
        The markup, decoded.

    Returns
    -------
    str
        The visible text, without scripts and styles.

    Raises
    ------
    ModuleNotFoundError
        If the extra `html` (Resiliparse) is not installed.

    Examples
    --------
    >>> to_text("<html><body><div>Mon<br>12<sup>&deg;</sup>C</div></body></html>")
    'Mon\\n12°C'
    """
    try:
        from resiliparse.extract.html2text import extract_plain_text
    except ModuleNotFoundError as error:
        raise missing_extra("html", "Resiliparse") from error
    return str(extract_plain_text(html, list_bullets=False))
