"""What can go wrong: an argument of the caller's, or a data file. Text never raises.

* WeatherscrapeError
    * ArgumentError (a ValueError): an argument is not what the function accepts
    * VocabularyError (a ValueError): a data file says something that the library does not know
"""

from __future__ import annotations


class WeatherscrapeError(Exception):
    """Base of every error that weatherscrape raises on its own."""


class ArgumentError(WeatherscrapeError, ValueError):
    """An argument has a value that is not accepted.

    Attributes
    ----------
    argument
        Name of the argument.
    value
        What was given.
    """

    def __init__(self, argument: str, value: object, accepted: str) -> None:
        self.argument = argument
        self.value = value
        super().__init__(f"{argument}: {value!r} is not accepted; give {accepted}")


class VocabularyError(WeatherscrapeError, ValueError):
    """A data file has an entry that cannot be read.

    Attributes
    ----------
    file, section, entry
        Where it stands.
    """

    def __init__(self, file: str, section: str, entry: str, why: str) -> None:
        self.file, self.section, self.entry = file, section, entry
        super().__init__(f"{file} [{section}] {entry!r}: {why}")


class Failure(Exception):
    """What went wrong with the command, in one line for a person."""


def missing_extra(extra: str, package: str) -> ModuleNotFoundError:
    """The error for an optional package that is not installed, naming the extra that brings it."""
    return ModuleNotFoundError(f"{package} is needed: pip install 'weatherscrape[{extra}]'")
