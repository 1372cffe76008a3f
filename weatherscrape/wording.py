"""The words that :mod:`weatherscrape.render` prints: what a language says for a value.

They are those of the language files, of each entry the form with the fewest other meanings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Any, Final

from .data import Language
from .lex import phrase_tokens
from .model import Condition, Intensity, Kind, Likelihood
from .templates import KEY, TEMPERATURES, Layout, unit_of
from .vocabulary import POINTS, squeeze, vocabulary, vocabulary_of

POINT: Final = 22.5  # degrees between two points of the compass
_ABBREVIATED: Final = 3  # letters of an abbreviated weekday that is sure by itself


@cache
def words_of(language: Language) -> Words:
    """The words of a language, made once."""
    return Words(language)


def _condition(row: Mapping[str, Any]) -> Condition | None:
    if "condition" not in row:
        return None
    intensity, likelihood = row.get("intensity"), row.get("likelihood")
    return Condition(
        str(row["condition"]),
        Intensity(intensity) if intensity else None,
        Likelihood(likelihood) if likelihood else None,
    )


class Words:
    """Of each entry of a language file, the first form that means nothing else, in any language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._own, self._all = vocabulary_of(language), vocabulary()
        self._conditions: dict[Condition, str | None] = {}

    def _forms(self, section: str, key: str) -> Sequence[str]:
        return self._language.sections.get(section, {}).get(key, ())

    def _first(self, section: str, key: str) -> str | None:
        forms = self._forms(section, key)
        return min(forms, key=self._meanings, default=None)

    def _meanings(self, form: str) -> tuple[int, int]:
        """How many there are in the language itself, and in all."""
        squeezed = squeeze(form)
        own, everywhere = (
            sum(r.kind is not Kind.MARK for r in words.readings(squeezed))
            for words in (self._own, self._all)
        )
        return own, everywhere

    @property
    def missing(self) -> str:
        """What stands where a value is missing."""
        return self._first("missing", "none") or "--"

    def label(self, column: str) -> str | None:
        """Name of a column."""
        return self._first("label", column)

    def unit(self, name: str) -> str:
        """A unit as the language abbreviates it ("км/ч"), else its international symbol."""
        short = self._first("unit", name) or name
        return short if len(short) <= len(name) else name

    def head(self, column: str, layout: Layout, dated: bool) -> str:
        """Label of a column of a table, with its unit if only the head has one."""
        if column == KEY:
            return self.label("day" if dated else "time") or ""
        if column == "condition":
            return self.label(column) or ""
        label, unit = self.label(column) or "", unit_of(column, layout)
        if layout.unit != "head" or unit in ("", "%"):
            return label
        return f"{label} °{unit}" if column in TEMPERATURES else f"{label} {self.unit(unit)}"

    def number(self, value: float) -> str:
        """A number with the decimal sign of the language."""
        text = format(Decimal(repr(value + 0.0)), "f").removesuffix(".0")
        if self._language.decimal == ".":
            return text
        whole, point, decimals = text.partition(".")
        if len(decimals) == 3:  # "1,234" would be a thousand two hundred and thirty-four
            decimals += "0"
        return whole + (self._language.decimal if point else "") + decimals

    def direction(self, degrees: float) -> str | None:
        """A point of the compass, if the direction is one."""
        point, rest = divmod(degrees, POINT)
        return None if rest else self._first("direction", POINTS[int(point) % 16])

    def condition(self, row: Mapping[str, Any]) -> str | None:
        """The phenomenon with how hard and how likely, as one phrase or put together.

        The first phrase that says so when it is read, or else the first that there is.
        """
        meant = _condition(row)
        if meant is None:
            return None
        if meant not in self._conditions:
            phrases = list(self._phrases(meant))
            sure = (phrase for phrase in phrases if self._says(phrase, meant))
            self._conditions[meant] = next(sure, phrases[0] if phrases else None)
        return self._conditions[meant]

    def can_say(self, condition: Condition) -> bool:
        """Whether a phrase of the language means just that."""
        return any(self._says(phrase, condition) for phrase in self._phrases(condition))

    def _says(self, phrase: str, condition: Condition) -> bool:
        tokens = phrase_tokens(phrase, self._own)
        return len(tokens) == 1 and [r.value for r in tokens[0].readings] == [condition]

    def _phrases(self, condition: Condition) -> Iterator[str]:
        """The file's own words for as much as they say, a modifier for each mark that is left."""
        marks = [str(m) for m in (condition.intensity, condition.likelihood) if m]
        for size in range(len(marks), -1, -1):
            for kept in combinations(marks, size):
                rest = [self._first("modifier", mark) for mark in marks if mark not in kept]
                forms = self._forms("condition", " ".join([condition.slug, *kept]))
                for form in sorted(forms, key=self._meanings) if all(rest) else ():
                    yield " ".join(word for word in (*reversed(rest), form) if word)

    def key(self, row: Mapping[str, Any], layout: Layout) -> str:
        """Day, date, part of the day and time, as far as the row says them."""
        day = [self._weekday(row, layout), self._date(row)]
        hour = [self._when(row), self._time(row, layout)]
        known = [" ".join(part for part in parts if part) for parts in (day, hour)]
        return (layout.after_day or " ").join(part for part in known if part)

    def _weekday(self, row: Mapping[str, Any], layout: Layout) -> str | None:
        forms = self._forms("weekday", str(row.get("weekday", "")))
        if layout.short_days:
            forms = sorted(forms, key=lambda f: (len(f.rstrip(".")) < _ABBREVIATED, len(f)))
        return min(forms, key=self._meanings, default=None)

    def _date(self, row: Mapping[str, Any]) -> str | None:
        """The full date in numbers; day and month with the name of the month; the day alone."""
        date = str(row.get("date", ""))
        if not date or date[0] != "-":
            return date
        if date.startswith("---"):
            return str(int(date[3:]))
        month, day = int(date[2:4]), str(int(date[5:]))
        name = self._first("month", str(month))
        if name is None:
            return None
        first_month = self._language.date_order != "dmy"
        return f"{name} {day}" if first_month else f"{day} {name}"

    def _when(self, row: Mapping[str, Any]) -> str | None:
        facts = [str(row[name]) for name in ("relative_day", "period") if name in row]
        joint = self._first("when", " ".join(facts))
        apart = [self._first("when", fact) for fact in facts]
        return joint or " ".join(word for word in apart if word) or None

    def _time(self, row: Mapping[str, Any], layout: Layout) -> str | None:
        if "time" not in row:
            return None
        ends = [clock(str(row[name]), layout) for name in ("time", "time_end") if name in row]
        return " - ".join(ends)


def clock(text: str, layout: Layout) -> str:
    """Time of day as it stands, "21:00", or as "9 PM"."""
    hour, minute = map(int, text.split(":"))
    if not layout.half_days or hour == 24:
        return text
    past = f":{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{past} {'PM' if hour >= 12 else 'AM'}"
