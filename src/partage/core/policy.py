"""A policy: rules, key and priorities, each with its source; versioned and dated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from partage.core.household import Need
from partage.core.units import RegionId

PolicyKind = Literal["proposal", "law", "historical"]
EXCEPTIONS = ("protected-path", "medical-hold", "declined-offer")


@dataclass(frozen=True, slots=True)
class Source:
    """What a block of a policy rests on."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """Which key says who owes what, over which regions, and how it is rounded."""

    name: str
    regions: Literal["consenting", "all"]
    rounding: str
    carry: bool
    source: Source


@dataclass(frozen=True, slots=True)
class Rule:
    """A hard rule: households it applies to are never placed in those regions.

    An empty condition applies to everybody. ``exceptions`` are from a closed list.
    """

    number: int
    never: tuple[RegionId, ...]
    modes: tuple[str, ...]
    entry_points: tuple[str, ...]
    exceptions: tuple[str, ...]
    source: Source

    def excludes(self, need: Need, region: str) -> bool:
        """Whether this rule forbids that region to this household."""
        if region not in self.never:
            return False
        if self.modes and need.mode not in self.modes:
            return False
        if self.entry_points and need.entry_point not in self.entry_points:
            return False
        excepted = (need.declined and "declined-offer" in self.exceptions) or (
            need.holds != "none" and need.holds in self.exceptions
        )
        return not excepted

    def __str__(self) -> str:
        who = " and ".join(
            part
            for part in (
                "entered " + " or ".join(self.modes) if self.modes else "",
                "by " + " or ".join(self.entry_points) if self.entry_points else "",
            )
            if part
        )
        return f"rule {self.number}: {who or 'everybody'}, never {', '.join(self.never)}"


@dataclass(frozen=True, slots=True)
class Priority:
    """One aim; priorities are kept in their order, no lower one ever costs a higher one."""

    id: str
    points: Mapping[str, int]
    source: Source


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules, key, rounding and priorities, in force from one day to another."""

    id: str
    version: str
    kind: PolicyKind
    nights: int
    key: KeyChoice
    rules: tuple[Rule, ...]
    priorities: tuple[Priority, ...]
    profile_blind: bool
    source: Source
    mark: str
    in_force_from: date | None = None
    in_force_to: date | None = None
    review_on: date | None = None
    trigger: str = ""
    assumption: str = ""
    notes: tuple[str, ...] = field(default=())

    def in_force(self, day: date) -> bool:
        """Whether the office may approve a plan under this policy on that day."""
        return (
            self.kind != "historical"
            and self.in_force_from is not None
            and self.in_force_from <= day
            and (self.in_force_to is None or day <= self.in_force_to)
        )

    def excluding(self, need: Need, region: str) -> Rule | None:
        """The first rule that forbids that region to this household, if one does."""
        return next((rule for rule in self.rules if rule.excludes(need, region)), None)
