"""Find the weather in scraped web text and turn it into a typed forecast frame."""

from .errors import ArgumentError, VocabularyError, WeatherscrapeError
from .extract import extract, extract_many, find, tokenize

__version__ = "0.1.0"
__all__ = [
    "ArgumentError",
    "VocabularyError",
    "WeatherscrapeError",
    "extract",
    "extract_many",
    "find",
    "tokenize",
]
