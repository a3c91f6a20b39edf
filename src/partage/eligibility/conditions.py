"""Conditions as a lawyer may write them, read once, and asked of facts with three values.

    us_national                         not us_national
    mode is land-port                   border is one of land, waters
    relation is in family-member        any of exceptions
    claim less than 14 days after entry
    claim 14 days or more after entry   claim more than 1 year after first_entry
    entry after 2020-06-24              claim on or after 2025-06-03      entry before 2023-03-25
    under 18 on claim

A fact that is not known makes a condition unknown, never false (Kleene's strong logic).
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Value = bool | str | date
Known = Mapping[str, Value]
Holds = tuple[bool | None, tuple[str, ...]]  # the value, and the facts that are missing
BIRTH, MINOR, LEAP_DAY = "birth_date", "under_18", "leap-day"
_DAY = r"(\d{4}-\d{2}-\d{2})"
_FACT = r"([a-z][a-z0-9_]*)"
_SINCE = re.compile(
    rf"^{_FACT} (?:(less than|more than) (\d+) (day|year)s?|(\d+) (day)s? or more) after {_FACT}$"
)
_AGAINST = re.compile(rf"^{_FACT} (on or after|before|after) {_DAY}$")
_AGE = re.compile(rf"^(not )?under (\d+) on {_FACT}$")
_CHOICE = re.compile(rf"^{_FACT} is (one of |in )?([a-z0-9][a-z0-9, -]*)$")
_GROUP = re.compile(r"^any of ([a-z][a-z0-9-]*)$")
_PLAIN = re.compile(rf"^(not )?{_FACT}$")


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold; ``said`` is the words it was read from, ``facts`` what it asks for."""

    said: str
    facts: tuple[str, ...]
    kind: str
    negated: bool = False
    values: tuple[str, ...] = ()  # of a choice; a definition's name where kind is "in"
    number: int = 0
    unit: str = ""
    day: date | None = None

    def holds(self, known: Known, bounds: Mapping[str, str]) -> Holds:
        """Whether it holds of these facts, or None with what is missing.

        ``bounds`` names for a day another that it is never later than.
        """
        if self.kind == "since":
            return self._since(known, bounds)
        if self.kind == "age":
            return self._age(known)
        value = known.get(self.facts[0])
        if value is None:
            return None, self.facts
        if self.kind == "against":
            return _compared(value, self.unit, self.day), ()
        if self.kind == "choice":
            return value in self.values, ()
        return (value is True) is not self.negated, ()

    def _since(self, known: Known, bounds: Mapping[str, str]) -> Holds:
        later, earlier = known.get(self.facts[0]), known.get(self.facts[1])
        exact = isinstance(earlier, date)
        if not exact:  # at the latest on the day that it is never later than
            earlier = known.get(bounds.get(self.facts[1], ""))
        missing = tuple(f for f in self.facts if f not in known)
        if not isinstance(later, date) or not isinstance(earlier, date):
            return None, missing
        done = passed(later, earlier, self.number, self.unit, strictly=self.kind_is_more)
        if done is None:
            return None, (LEAP_DAY,)
        if not exact and not done:
            return None, missing  # it may have been earlier still
        return done is not self.negated, ()

    @property
    def kind_is_more(self) -> bool:
        """Whether the day itself does not count yet: "more than"."""
        return self.said.split(" ")[1] == "more"

    def _age(self, known: Known) -> Holds:
        born, on = known.get(BIRTH), known.get(self.facts[0])
        if isinstance(born, date) and isinstance(on, date):
            reached = passed(on, born, self.number, "year", strictly=False)
            return (
                (None, (LEAP_DAY,)) if reached is None else ((not reached) is not self.negated, ())
            )
        minor = known.get(MINOR)
        if isinstance(minor, bool) and not isinstance(born, date):
            return minor is not self.negated, ()
        missing = (MINOR,) if born is None else self.facts
        return None, missing


def passed(later: date, earlier: date, number: int, unit: str, *, strictly: bool) -> bool | None:
    """Whether so many days or years have passed; None on the anniversary that 29 February lacks."""
    if unit == "day":
        days = (later - earlier).days
        return days > number if strictly else days >= number
    year = earlier.year + number
    first = last = (earlier.month, earlier.day)
    if first == (2, 29) and not isleap(year):
        first, last = (2, 28), (3, 1)
    at = (later.year, (later.month, later.day))
    sure = at > (year, last) if strictly else at >= (year, last)
    maybe = at > (year, first) if strictly else at >= (year, first)
    return sure if sure == maybe else None


def _compared(value: Value, how: str, day: date | None) -> bool | None:
    if not isinstance(value, date) or day is None:
        return None
    return value < day if how == "before" else value > day if how == "after" else value >= day


def parse_condition(said: str) -> Condition | None:
    """The condition that these words say, or None if they are not of the forms above."""
    text = " ".join(said.split())
    if match := _SINCE.match(text):
        later, how, number, unit, more, days, earlier = match.groups()
        return Condition(
            text, (later, earlier), "since", negated=how == "less than",
            number=int(number or more), unit=unit or days,
        )  # fmt: skip
    if match := _AGAINST.match(text):
        try:
            day = date.fromisoformat(match[3])
        except ValueError:
            return None
        return Condition(text, (match[1],), "against", unit=match[2], day=day)
    if match := _AGE.match(text):
        return Condition(text, (match[3],), "age", negated=bool(match[1]), number=int(match[2]))
    if match := _GROUP.match(text):
        return Condition(text, (), "group", values=(match[1],))
    if match := _CHOICE.match(text):
        kind = "in" if match[2] == "in " else "choice"
        values = tuple(part.strip() for part in match[3].split(","))
        return Condition(text, (match[1],), kind, values=values)
    if match := _PLAIN.match(text):
        return Condition(text, (match[2],), "plain", negated=bool(match[1]))
    return None
