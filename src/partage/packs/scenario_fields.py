"""Reading the fields of a scenario's blocks: each fault a sentence that names file, block and field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from partage.core.errors import InputRefused, shown
from partage.core.scenario import Ranged
from partage.core.situation import Grade, Origin

MOST_PERSONS = 10_000_000  # in a day, or in a site: more is a slip of the pen
YEARS = range(1990, 2100)
SAID = {"source", "url", "grade", "assumption", "known_on"}


class Block:
    """One block of a scenario file, read field by field; what nobody reads is refused."""

    def __init__(self, raw: Any, where: str, known: set[str]) -> None:
        self.where = where
        if not isinstance(raw, dict):
            raise self.no("is not a block", "write it as [[…]] with fields")
        self.raw: Mapping[str, Any] = raw
        for name in raw:
            if name not in known | SAID:
                raise self.no(
                    f"has '{name}', which is not known", f"known: {', '.join(sorted(known | SAID))}"
                )

    def no(self, what: str, do: str) -> InputRefused:
        """A refusal that names the block."""
        return InputRefused(f"The scenario {self.where} {what}.", f"{do[0].upper()}{do[1:]}.")

    def text(self, name: str, default: str | None = None) -> str:
        """A text; refused if it is missing and there is no default."""
        value = self.raw.get(name, default)
        if not isinstance(value, str) or (not value and default is None):
            raise self.no(f"has no text for '{name}'", "add it")
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """A word, or a list of words."""
        value = self.raw.get(name, [])
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise self.no(f"has '{name}' that is not a word or a list of words", "correct it")
        return tuple(words)

    def day(self, name: str, default: date | None = None) -> date:
        """A day, written unquoted."""
        value = self.raw.get(name, default)
        if type(value) is not date or value.year not in YEARS:
            raise self.no(f"has '{name}' that is not a day", "write it as 2023-02-20, unquoted")
        return value

    def maybe_day(self, name: str) -> date | None:
        """A day, or None."""
        return None if name not in self.raw else self.day(name)

    def whole(self, name: str, default: int | None = None, *, most: int = MOST_PERSONS) -> int:
        """A whole number from 0 to the most."""
        value = self.raw.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise self.no(
                f"has '{name}' that is not a whole number from 0 to {most:,}", "correct it"
            )
        return value

    def number(self, name: str, default: float | None = None, *, most: float = 1e9) -> float:
        """A number from 0 to the most; a rate is never negative."""
        value = self.raw.get(name, default)
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= most:
            given = "" if value is None else f" ({value})"
            raise self.no(
                f"has '{name}'{given} that is not a number from 0 to {most:,.0f}", "correct it"
            )
        return float(value)

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self.raw.get(name, default)
        if not isinstance(value, bool):
            raise self.no(f"does not say {name} = true or false", "say it")
        return value

    def origin(self, other: Origin | None = None) -> Origin:
        """Where the block comes from; refused if it says neither a source nor an assumption."""
        source, url = self.text("source", ""), self.text("url", "")
        assumption, grade = self.text("assumption", ""), self.text("grade", "")
        if grade not in ("A", "B", "C", ""):
            raise self.no("has a grade that is not A, B or C", "correct it")
        said = " ".join(part for part in (source, url) if part)
        if not said and not assumption:
            if other is not None:
                return other
            raise self.no(
                "says neither a source nor what is assumed", "add source = or assumption ="
            )
        checked: Grade = grade  # type: ignore[assignment]
        return Origin(said, assumption, checked)

    def ranged(
        self, name: str, most: float, unit: str, *, value: str = "value", site: str = ""
    ) -> Ranged:
        """A number with its range; refused if it lies outside, or if it is not between 0 and ``most``."""
        likely = self.number(value, most=most)
        least, top = self.number("least", likely, most=most), self.number("most", likely, most=most)
        if not least <= likely <= top:
            raise self.no(
                f"has {likely:g} outside its own range, {least:g} to {top:g}",
                "correct value, least or most",
            )
        return Ranged(
            name, likely, least, top, unit, self.origin(), self.maybe_day("known_on"), site
        )

    def days(self, first: date, last: date) -> tuple[date, date]:
        """First and last day; the scenario's where left out; refused if the last comes before the first."""
        one, other = self.day("first_day", first), self.day("last_day", last)
        if other < one:
            raise self.no(f"ends on {other}, before it begins on {one}", "correct the days")
        return one, other


def blocks(raw: Mapping[str, Any], name: str, where: str) -> Sequence[Any]:
    """The blocks of that name."""
    found = raw.get(name, [])
    if not isinstance(found, list):
        raise InputRefused(
            f"The scenario {where} has '{name}' that is not a list of blocks.", f"Write [[{name}]]."
        )
    return found


def known_name(name: str, known: Sequence[str], block: Block, kind: str) -> str:
    """A name that the pack or the scenario has."""
    if name not in known:
        raise block.no(
            f"names {shown(name, otherwise='something')}, which is no {kind}",
            f"known: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}",
        )
    return name
