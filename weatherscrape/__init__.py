"""Find the weather in scraped web text and turn it into a typed forecast frame.

>>> import weatherscrape as ws
>>> ws.extract("Tue\\n14°\\nfog\\nWed\\n15°\\nlight rain")["condition_text"].tolist()
['fog', 'light rain']
"""

from .errors import ArgumentError, VocabularyError, WeatherscrapeError
from .extract import extract, extract_many, find, tokenize
from .remove import remove, remove_many
from .render import render

__version__ = "0.1.0"
__all__ = [
    "ArgumentError",
    "VocabularyError",
    "WeatherscrapeError",
    "extract",
    "extract_many",
    "find",
    "remove",
    "remove_many",
    "render",
    "tokenize",
]
