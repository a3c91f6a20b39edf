"""A policy: rules, key and priorities, each with its source; versioned and dated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from partage.core.household import Need
from partage.core.units import RegionId, ServiceId

PolicyKind = Literal["proposal", "law", "historical"]
HAIR_SHARE = 20  # without a hair of its own: a twentieth of the most points that a person has
MOVES_AT_MOST = 10  # without a word in the policy: households that a re-plan may move
SILENT_HOURS = 72  # without a word in the policy: after so long a silent site is left out of plans
EXCEPTIONS = ("protected-path", "medical-hold", "declined-offer")


@dataclass(frozen=True, slots=True)
class Source:
    """What a block of a policy rests on."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """Which key says who owes what, over which regions, and how it is rounded.

    ``params`` are what the key takes beyond regions, figures and day. ``carry``: exact claims that
    were not met are carried to the next plan. ``ceiling``: regions for which what is due is also
    the most that may be placed there.
    """

    name: str
    regions: Literal["consenting", "all"]
    rounding: str
    carry: bool
    source: Source
    params: Mapping[str, Any] = field(default_factory=dict)
    ceiling: tuple[RegionId, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """What should bring a policy into force: a load over agreed places, for so many days in a row."""

    region: RegionId
    service: ServiceId
    percent: int  # load of what the region's sites agreed to, above which a day counts
    days: int
    source: Source

    def met_on(self, loads: Mapping[date, tuple[int, int]]) -> date | None:
        """The first day on which it was met, from load and agreed units by day; None if on none.

        A day without a number breaks the row: unknown is not over.
        """
        run = 0
        for day in sorted(loads):
            load, agreed = loads[day]
            if day - timedelta(days=1) not in loads:
                run = 0
            run = run + 1 if 100 * load > self.percent * agreed else 0
            if run >= self.days:
                return day
        return None

    def __str__(self) -> str:
        return (
            f"{self.service} in {self.region} above {self.percent} % of what is agreed, "
            f"{self.days} day(s) in a row"
        )


@dataclass(frozen=True, slots=True)
class Replan:
    """How freely a re-plan may move households that hold no offer yet.

    ``moves_at_most`` households move where no roof needs it; ``stay`` points a person a move must gain,
    at the least (None: the most that the first priority of points gives a person).
    """

    moves_at_most: int = MOVES_AT_MOST
    stay: int | None = None


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
    key: KeyChoice | None
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
    mechanism: str = "optimum"
    triggers: tuple[Trigger, ...] = ()
    replan: Replan = Replan()
    silent_hours: int = SILENT_HOURS  # without a word of a site, before plans leave it out
    hair: int | None = None  # points a person within which an officer decides; None: HAIR_SHARE
    text: str = field(default="", compare=False, repr=False)  # the file it was read from

    def in_force(self, day: date) -> bool:
        """Whether the office may approve a plan under this policy on that day."""
        return (
            self.kind != "historical"
            and self.in_force_from is not None
            and self.in_force_from <= day
            and (self.in_force_to is None or day <= self.in_force_to)
        )

    def impossible(self, regions: Sequence[str], modes: Sequence[str]) -> str:
        """Who is left no region at all by the rules together, in words; "" if nobody is."""
        points = {point for rule in self.rules for point in rule.entry_points} | {""}
        for mode in modes:
            for point in sorted(points):
                mine = [
                    rule
                    for rule in self.rules
                    if (not rule.modes or mode in rule.modes)
                    and (not rule.entry_points or point in rule.entry_points)
                ]
                if mine and set(regions) <= {region for rule in mine for region in rule.never}:
                    numbers = " and ".join(str(rule.number) for rule in mine)
                    return f"rule(s) {numbers} leave no region to those who entered {mode}" + (
                        f" by {point}" if point else ""
                    )
        return ""

    def excluding(self, need: Need, region: str) -> Rule | None:
        """The first rule that forbids that region to this household, if one does."""
        return next((rule for rule in self.rules if rule.excludes(need, region)), None)
